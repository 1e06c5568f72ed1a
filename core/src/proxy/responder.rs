//! The responder: one request, checked in the order of CKS-168 and answered.

use std::borrow::Cow;

use super::{
    Answered, Proxies, Received, authentication, authorization,
    body::{Body, invalid},
    faults::{Acting, acting},
    line::ProxyLine,
    place::Place,
    refusal::{ProxyError, Refusal, json},
    sealing, transport, trusted,
};
use crate::{
    call::{ProxyAnswer, ProxyOperation, ProxyResponse},
    crypto::{cipher::TAG_LENGTH, random::Random},
    names::ProxyName,
    state::{ExternalKeyRow, ManagerRow, ProxyRow},
    wire::{SecretBytes, Value},
};

/// The longest metadata of a ciphertext, in bytes (CKS-89).
const LONGEST_METADATA: usize = 20;

/// Names a version of a key in the metadata of a ciphertext.
const VERSION: &str = "key_version=";

/// A refusal that all failures of authentication share (CKS-42).
const NOT_AUTHENTIC: Refusal =
    ProxyError::AuthenticationFailedException.because("the request is not signed by a credential of this proxy");

/// A request to a logical key store that there is.
pub(super) struct Responder<'a> {
    pub(super) proxies: Proxies<'a>,
    pub(super) received: &'a Received<'a>,
    pub(super) place: Place<'a>,
    pub(super) name: &'a ProxyName,
    pub(super) row: &'a ProxyRow,
    pub(super) body: Body,
    /// Whether nobody has registered the proxy: then it has everything, and believes everybody.
    pub(super) is_trusted: bool,
}

/// The answer to a path that does not belong to a logical key store here.
pub(super) fn nowhere(proxies: Proxies<'_>, received: &Received<'_>) -> Answered {
    let refusal = ProxyError::InvalidUriPathException.because("no logical key store of this proxy has this path");
    let response = refusal.response();
    let line = ProxyLine::nowhere(proxies.now, received, response.status);
    Answered { answer: ProxyAnswer::Response(response), marks: Vec::new(), line }
}

impl<'a> Responder<'a> {
    pub(super) fn new(
        proxies: Proxies<'a>,
        received: &'a Received<'a>,
        place: Place<'a>,
        (name, row): (&'a ProxyName, &'a ProxyRow),
    ) -> Self {
        let body = Body::read(received.message.body);
        Self { proxies, received, place, name, row, body, is_trusted: false }
    }

    /// What becomes of the request, with the faults that hit it.
    pub(super) fn answered(&self, random: &mut Random) -> Answered {
        let acting = acting(self);
        let mut marks = acting.marks();
        let answer = transport::broken(self, &acting).unwrap_or_else(|| {
            let response = acting.instead().unwrap_or_else(|| self.response(&acting, &mut marks, random));
            let response = acting.spoil(response).after(acting.elapsed(self.row));
            ProxyAnswer::Response(ProxyResponse { certificate: transport::certificate(self), ..response })
        });
        let line = ProxyLine::of(self, &acting, &answer);
        Answered { answer, marks, line }
    }

    fn response(&self, acting: &Acting<'_>, marks: &mut Vec<crate::state::Mark>, random: &mut Random) -> ProxyResponse {
        if self.received.message.method != "POST" {
            return ProxyResponse::new(405, Vec::new()).header("Allow", "POST");
        }
        self.reply(acting, marks, random).map_or_else(Refusal::response, |reply| json(200, &reply))
    }

    /// The checks, in their order (CKS-168).
    fn reply(
        &self,
        acting: &Acting<'_>,
        marks: &mut Vec<crate::state::Mark>,
        random: &mut Random,
    ) -> Result<Value, Refusal> {
        let operation = self.place.operation;
        if !self.is_trusted && !authentication::is_authentic(self.proxies, self.row, self.received.message) {
            return Err(NOT_AUTHENTIC);
        }
        marks.extend(self.paid()?);
        if !self.has_json() {
            return Err(invalid("Content-Type must be application/json"));
        }
        self.body.check(operation)?;
        if operation == ProxyOperation::GetHealthStatus {
            return self.unless_blocked().map(|()| self.health());
        }
        let key =
            self.key().ok_or(ProxyError::KeyNotFoundException.because("this logical key store has no such key"))?;
        if !self.is_allowed() {
            return Err(ProxyError::AccessDeniedException.because("no rule of this proxy allows the request"));
        }
        self.sizes()?;
        self.unless_blocked()?;
        match operation {
            ProxyOperation::Encrypt => self.encrypt(&key, acting, random),
            ProxyOperation::Decrypt => self.decrypt(&key, acting),
            _ => Ok(metadata_of(&key)),
        }
    }

    /// Refuses more requests than the proxy answers in a second (CKS-331).
    fn paid(&self) -> Result<Option<crate::state::Mark>, Refusal> {
        let Some(limit) = self.row.request_limit else { return Ok(None) };
        let charge = self.proxies.charge(self.row, limit);
        charge
            .map(Some)
            .ok_or(ProxyError::ThrottlingException.because("more requests than this proxy answers in a second"))
    }

    fn has_json(&self) -> bool {
        let headers = self.received.message.headers;
        let kind = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let kind = kind.and_then(|(_, value)| std::str::from_utf8(value).ok()).unwrap_or_default();
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    }

    /// The key that is asked for: deleted ones are not there.
    fn key(&self) -> Option<Cow<'a, ExternalKeyRow>> {
        if self.is_trusted {
            return Some(Cow::Owned(ExternalKeyRow { versions: vec![1], ..ExternalKeyRow::default() }));
        }
        let key = self.proxies.state.external_key(self.name, self.place.key).filter(|key| !key.deleted);
        key.map(Cow::Borrowed)
    }

    fn is_allowed(&self) -> bool {
        let fact = |name: &str| match name {
            "operation" => Some(self.place.operation.name().to_owned()),
            "key" => Some(self.place.key.to_owned()),
            name => self.body.metadata(name).map(ToOwned::to_owned),
        };
        self.row.rules.as_ref().is_none_or(|rules| rules.iter().any(|rule| authorization::allows(rule, fact)))
    }

    /// Refuses what is larger than the proxy takes (CKS-170).
    fn sizes(&self) -> Result<(), Refusal> {
        let (text, data) = (self.row.max_plaintext, self.row.max_additional_data);
        let limits = [("plaintext", text), ("ciphertext", text), ("additionalAuthenticatedData", data)];
        let fits = limits.iter().all(|(name, most)| self.body.length(name) as u64 <= u64::from(*most));
        let refusal = ProxyError::UnsupportedOperationException.because("a member is longer than this proxy takes");
        if fits { Ok(()) } else { Err(refusal) }
    }

    fn unless_blocked(&self) -> Result<(), Refusal> {
        let refusal = ProxyError::InvalidStateException.because("the owner of the key store has blocked it");
        if self.row.blocked { Err(refusal) } else { Ok(()) }
    }

    fn health(&self) -> Value {
        let instance = |row: &ManagerRow| {
            let (id, model) = (Value::from(&*row.id), Value::from(&*row.model));
            Value::from([("id", id), ("model", model), ("healthStatus", Value::from(row.health_status.as_str()))])
        };
        let model = ["pocket-kms ", env!("CARGO_PKG_VERSION")].concat();
        Value::from([
            ("xksProxyFleetSize", Value::Int(1)),
            ("xksProxyVendor", Value::from("pocket-kms")),
            ("xksProxyModel", Value::from(model)),
            ("ekmVendor", Value::from("pocket-kms")),
            ("ekmFleetDetails", Value::List(self.row.managers.iter().map(instance).collect())),
        ])
    }

    fn encrypt(&self, key: &ExternalKeyRow, acting: &Acting<'_>, random: &mut Random) -> Result<Value, Refusal> {
        let wants_integrity = self.body.wants_integrity();
        // Whoever is asked for a value decrypts what it has encrypted, before it answers (CKS-78).
        let usages: &[&str] = if wants_integrity { &["ENCRYPT", "DECRYPT"] } else { &["ENCRYPT"] };
        usable(key, usages)?;
        let plaintext = self.body.bytes("plaintext")?.unwrap_or_default();
        let data = self.body.bytes("additionalAuthenticatedData")?.unwrap_or_default();
        let metadata = self.metadata(key);
        let vector: Vec<u8> = random.secret(self.row.initialization_vector as usize).to_vec();
        let number = key.versions.last().copied().unwrap_or_default();
        let material = self.material(number).ok_or(FAILED)?;
        let associated = sealing::framed(acting.data(&data), &metadata);
        let provider = self.proxies.provider;
        let sealed = sealing::seal(provider, &material, &vector, &associated, &plaintext).map_err(|_| FAILED)?;
        let integrity = wants_integrity.then(|| sealing::integrity(&data, &metadata, &vector, &sealed));
        let metadata = Some(metadata).filter(|metadata| !metadata.is_empty());
        Ok(Value::named(&mut [
            ("authenticationTag", Some(Value::Blob(sealed.tag.to_vec()))),
            ("ciphertext", Some(Value::Blob(sealed.ciphertext))),
            ("ciphertextDataIntegrityValue", integrity.map(Value::Blob)),
            ("ciphertextMetadata", metadata.map(Value::Blob)),
            ("initializationVector", Some(Value::Blob(vector))),
        ]))
    }

    fn decrypt(&self, key: &ExternalKeyRow, acting: &Acting<'_>) -> Result<Value, Refusal> {
        usable(key, &["DECRYPT"])?;
        let bytes = |name: &str| self.body.bytes(name).map(Option::unwrap_or_default);
        let (ciphertext, data) = (bytes("ciphertext")?, bytes("additionalAuthenticatedData")?);
        let (metadata, vector, tag) =
            (bytes("ciphertextMetadata")?, bytes("initializationVector")?, bytes("authenticationTag")?);
        if !matches!(vector.len(), 12 | 16) {
            return Err(invalid("initializationVector must have 12 or 16 bytes"));
        }
        let tag: [u8; TAG_LENGTH] =
            tag.as_slice().try_into().map_err(|_| invalid("authenticationTag must have 16 bytes"))?;
        if metadata.len() > LONGEST_METADATA {
            return Err(invalid("ciphertextMetadata has more than 20 bytes"));
        }
        let associated = sealing::framed(acting.data(&data), &metadata);
        let mut versions = versions(key, &metadata).iter().rev();
        let opened = versions.find_map(|number| {
            let material = self.material(*number)?;
            sealing::open(self.proxies.provider, &material, &vector, &associated, (&ciphertext, &tag)).ok()
        });
        let refusal = ProxyError::InvalidCiphertextException.because("the ciphertext does not open under this key");
        let plaintext = opened.ok_or(refusal)?;
        Ok(Value::from([("plaintext", Value::Secret(acting.plaintext(plaintext)))]))
    }

    /// What the answer to Encrypt has as its metadata: what the proxy is set to, or the version of the key from the second
    /// on.
    fn metadata(&self, key: &ExternalKeyRow) -> Vec<u8> {
        use base64::{Engine, prelude::BASE64_STANDARD};
        match &self.row.metadata {
            Some(text) => BASE64_STANDARD.decode(&**text).unwrap_or_default(),
            None if key.versions.len() < 2 => Vec::new(),
            None => format!("{VERSION}{}", key.versions.len()).into_bytes(),
        }
    }

    fn material(&self, number: u32) -> Option<SecretBytes> {
        let Proxies { state, provider, .. } = self.proxies;
        if self.is_trusted {
            return trusted::material(provider, state.proxy_trust()?, self.name, self.place.key);
        }
        state.proxy_secret(self.row, number).map(|secret| SecretBytes::from(secret.expose()))
    }
}

const FAILED: Refusal = ProxyError::InternalException.because("the key manager has no material of this key");

/// The versions of a key that may have encrypted: the one that the metadata names, or each where it names none.
fn versions<'a>(key: &'a ExternalKeyRow, metadata: &[u8]) -> &'a [u32] {
    let named = std::str::from_utf8(metadata).ok().and_then(|text| text.strip_prefix(VERSION)?.parse::<usize>().ok());
    match named {
        Some(version) => version.checked_sub(1).and_then(|place| key.versions.get(place..=place)).unwrap_or_default(),
        None => &key.versions,
    }
}

/// Refuses a key that is disabled, or not meant for that.
fn usable(key: &ExternalKeyRow, usages: &[&str]) -> Result<(), Refusal> {
    if !key.enabled {
        return Err(ProxyError::InvalidStateException.because("the external key is disabled"));
    }
    if !key.is_usable() || !usages.iter().all(|usage| key.has_usage(usage)) {
        return Err(ProxyError::InvalidKeyUsageException.because("the external key is not meant for this operation"));
    }
    Ok(())
}

fn metadata_of(key: &ExternalKeyRow) -> Value {
    let usages = key.usages.iter().map(|usage| Value::from(&**usage));
    let status = if key.enabled { "ENABLED" } else { "DISABLED" };
    Value::from([
        ("keySpec", Value::from(&*key.spec)),
        ("keyUsage", Value::List(usages.collect())),
        ("keyStatus", Value::from(status)),
    ])
}
