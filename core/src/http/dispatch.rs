//! Dispatches a request by the service of its credential scope.

use std::borrow::Cow;

use zeroize::Zeroizing;

use super::{
    LONGEST_BODY, Request, Response,
    credentials::Scope,
    monitoring::{self, Monitored},
    query::{self, Identity},
    service::Service,
    verification::Proof,
};
use crate::{
    arguments,
    call::Incoming,
    caller::{Caller, Origin},
    error::Error,
    kms::Kms,
    names::{AccessKeyId, AccountId, Region},
    signature::parameter,
    state::SecretName,
    sts::{self, Form},
    time::Time,
    wire::{self, Value},
};

/// What `X-Amz-Target` begins with.
const KMS: &str = "TrentService.";

/// What `X-Amz-Target` of CloudTrail ends with before the name of an operation: SDKs write more or less of a name space.
const CLOUDTRAIL: &str = "CloudTrail_20131101";

/// Of services that are not answered, those whose protocol is REST with XML.
const REST_XML: [&str; 4] = ["s3", "s3express", "cloudfront", "route53"];

/// What is known when a request is read.
pub(crate) struct Known<'a> {
    /// The account of access keys that name none.
    pub(crate) account: AccountId,
    /// The world: which access keys are registered, and with which secrets.
    pub(crate) kms: &'a Kms,
    /// The world's time.
    pub(crate) now: Time,
}

/// What a request asks for, by service.
pub(crate) enum Dispatched {
    /// A call of KMS.
    Call(Box<Incoming>),
    /// GetCallerIdentity of STS: code that signs requests asks who it is.
    Identity(Identity),
    /// Credentials of STS.
    Session(Box<sts::SessionRequest>),
    /// Events of CloudTrail.
    Events(Box<Lookup>),
    /// Metrics or alarms of CloudWatch.
    Monitoring(Box<Monitored>),
}

/// A request of LookupEvents.
pub(crate) struct Lookup {
    /// The request.
    pub(crate) input: Value,
    /// Who asks: for the events of the account.
    pub(crate) caller: Caller,
    /// The Region of the endpoint.
    pub(crate) region: Region,
}

impl Request<'_> {
    /// Reads what is asked for: of KMS an operation with its input, caller, origin and Region; of STS, who calls.
    ///
    /// An access key id that is registered names its principal. One that is an ARN, twelve digits or the name of a
    /// service names its own caller (see [`Caller::parse`]); every other one is the root user of the known account.
    pub(crate) fn dispatched(&self, known: &Known<'_>) -> Result<Dispatched, Error> {
        if self.body.len() > LONGEST_BODY {
            return Err(Error::too_large(LONGEST_BODY));
        }
        if self.method == "CONNECT" {
            return Err(Error::no_tunnel(&self.target));
        }
        let operation = self.text("X-Amz-Target")?.and_then(|target| target.strip_prefix(KMS));
        let scope = self.scope();
        if scope.is_err()
            && self.is_query()
            && let Some(asked) = self.unsigned()?
        {
            return Ok(asked);
        }
        let scope = match scope {
            Ok(scope) => scope,
            Err(error) if operation.is_some() || self.is_query() => return Err(error),
            Err(_) => return Err(Error::unknown_operation()),
        };
        match Service::named(&scope.service).ok_or_else(|| Service::other(&scope.service))? {
            Service::Kms => {
                let operation = operation.ok_or_else(Error::unknown_operation)?;
                self.call(operation, &scope, known).map(Box::new).map(Dispatched::Call)
            }
            Service::Sts => self.sts(&scope, known),
            Service::CloudTrail => self.cloudtrail(&scope, known),
            Service::CloudWatch => {
                let (caller, _) = self.caller(&scope, known)?;
                self.monitored(caller, scope.region).map(Box::new).map(Dispatched::Monitoring)
            }
        }
    }

    /// A refusal in the protocol in which the request was made.
    pub(crate) fn refusal(&self, error: Error, request_id: &str, host_now: Time) -> Response {
        let mut response = if self.speaks_cbor() {
            monitoring::refusal(&error, request_id, host_now)
        } else if self.reads_xml() {
            let scope = self.scope();
            query::refusal(&error, scope.as_ref().map_or("", |scope| &scope.service), request_id, host_now)
        } else {
            Response::new(&Err(error), request_id, host_now)
        };
        response.only_head = self.method == "HEAD";
        response
    }

    /// What CloudTrail is asked for.
    fn cloudtrail(&self, scope: &Scope<'_>, known: &Known<'_>) -> Result<Dispatched, Error> {
        let target = self.text("X-Amz-Target")?.unwrap_or_default();
        let (service, operation) = target.rsplit_once('.').unwrap_or_default();
        if !service.ends_with(CLOUDTRAIL) {
            return Err(Error::unknown_operation());
        }
        if operation != "LookupEvents" {
            return Err(Error::lookup_alone(operation));
        }
        let (caller, _) = self.caller(scope, known)?;
        let input = self.json()?;
        Ok(Dispatched::Events(Box::new(Lookup { input, caller, region: scope.region })))
    }

    /// The body as JSON. SDKs send none that is compressed, but tools between may.
    fn json(&self) -> Result<Value, Error> {
        wire::from_json(&self.body).map_err(|error| {
            let compressed = |coding: &&str| ["gzip", "deflate", "br", "zstd"].contains(coding);
            self.first("Content-Encoding").filter(compressed).map_or(error, Error::compressed)
        })
    }

    /// The parameters of a request of the query protocol.
    fn parameters(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(if self.body.is_empty() { self.path().1.as_bytes() } else { &self.body })
    }

    /// What is asked for without a signature: credentials for the token of an identity provider. The Region is that of the
    /// endpoint's name, such as `sts.us-west-2.amazonaws.com`.
    fn unsigned(&self) -> Result<Option<Dispatched>, Error> {
        let text = self.parameters();
        let form = Form::read(text.as_bytes());
        if form.get("Action").is_none_or(sts::Action::is_signed) {
            return Ok(None);
        }
        let Some(action) = sts::Action::read(&form)? else { return Ok(None) };
        let host = self.host().unwrap_or_default();
        let region = host.split('.').nth(1).and_then(Region::parse).unwrap_or_default();
        let (form, origin) = (text.into_owned(), self.origin(None));
        Ok(Some(Dispatched::Session(Box::new(sts::SessionRequest { form, action, caller: None, origin, region }))))
    }

    /// What STS is asked for.
    fn sts(&self, scope: &Scope<'_>, known: &Known<'_>) -> Result<Dispatched, Error> {
        let text = self.parameters();
        let form = Form::read(text.as_bytes());
        let action = sts::Action::read(&form);
        if let (Ok(None), Some(name)) = (&action, form.get("Action").filter(|name| *name != "GetCallerIdentity")) {
            return Err(Error::unknown_action(name));
        }
        let region = scope.region;
        if let Some(asked) = self.unsigned()? {
            return Ok(asked);
        }
        let (caller, access_key_id) = self.caller(scope, known)?;
        Ok(match action? {
            Some(action) => {
                let origin = self.origin(access_key_id);
                Dispatched::Session(Box::new(sts::SessionRequest {
                    form: text.into_owned(),
                    action,
                    caller: Some(caller),
                    origin,
                    region,
                }))
            }
            None if form.get("Action").is_none() => return Err(Error::unknown_action("")),
            None => Dispatched::Identity(Identity::of(&caller, region, known.kms.state())?),
        })
    }

    fn call(&self, operation: &str, scope: &Scope<'_>, known: &Known<'_>) -> Result<Incoming, Error> {
        let (caller, access_key_id) = self.caller(scope, known)?;
        let origin = self.origin(access_key_id);
        let input = Zeroizing::new(self.json()?);
        Ok(Incoming { operation: operation.to_owned(), input, caller, origin, region: scope.region })
    }

    /// Where the request comes from: as its host says, and as it shows. The host of a connection over TLS is the one that the
    /// client asked for (AUD-3).
    fn origin(&self, access_key_id: Option<String>) -> Origin {
        let mut origin = self.sender.origin.clone();
        origin.user_agent = origin.user_agent.or_else(|| self.user_agent());
        origin.vpc_endpoint = origin.vpc_endpoint.or_else(|| self.vpc_endpoint());
        origin.access_key_id = origin.access_key_id.or(access_key_id);
        if let Some(tls) = origin.tls.as_mut().filter(|tls| tls.host.is_empty()) {
            self.host().unwrap_or_default().clone_into(&mut tls.host);
        }
        origin
    }

    /// The caller, and the access key id unless it names the caller: then it is not one of an access key.
    fn caller(&self, scope: &Scope<'_>, known: &Known<'_>) -> Result<(Caller, Option<String>), Error> {
        let mut access_key_id = None;
        let caller = self.sender.caller_or(|| {
            let registered = self.registered(scope, known)?;
            let principal = if registered.is_none() { scope.principal()? } else { None };
            access_key_id = principal.is_none().then(|| scope.access_key_id.to_string());
            Ok(registered.or(principal).unwrap_or_else(|| Caller::root(known.account)))
        })?;
        arguments::reaches(&caller, scope.region)?;
        Ok((caller, access_key_id))
    }

    /// Whom the access key id names where it is registered; where its secret is, too, the request must be signed with it.
    fn registered(&self, scope: &Scope<'_>, known: &Known<'_>) -> Result<Option<Caller>, Error> {
        let Some(id) = AccessKeyId::parse(&scope.access_key_id) else { return Ok(None) };
        let state = known.kms.state();
        let Some(row) = state.access_key(&id) else { return Ok(None) };
        let Some(caller) = row.caller() else { return Ok(None) };
        if let Some(secret) = state.secret(&SecretName::AccessKey(id)) {
            let secret = secret.expose();
            let token = row.session.as_ref().map(|_| sts::token(known.kms.provider().mac, secret, id)).transpose();
            let token = token.map_err(|_| Error::internal("a MAC of a session token could not be computed"))?;
            let proof = Proof { secret, token: token.as_deref().map(String::as_str), expires: row.expires() };
            self.verify(&proof, Service::named(&scope.service).unwrap_or(Service::Kms), known)?;
        }
        if state.has_holder(row) { scope.reaching(caller).map(Some) } else { Err(Error::invalid_token()) }
    }

    /// The credential scope that the request shows, in its header or in its URL. One that cannot be read is refused as AWS
    /// does, which wants all of it.
    fn scope(&self) -> Result<Scope<'_>, Error> {
        let scope = match self.text("Authorization")? {
            Some(header) => Scope::read(header),
            None => match parameter(self.path().1, "X-Amz-Credential") {
                Some(credential) => {
                    Scope::of(credential.strip_suffix("/aws4_request").unwrap_or_default()).map(Scope::into_owned)
                }
                None => Err(Error::no_credentials()),
            },
        };
        scope.map_err(|error| self.misread().unwrap_or(error))
    }

    /// Whether the request is answered only if it is signed with a secret that the world knows.
    pub(crate) fn is_verified(&self, known: &Known<'_>) -> bool {
        // Most worlds know none, and most callers are named otherwise: then nothing needs to be read.
        if self.sender.caller.is_some() || known.kms.state().count_access_keys() == 0 {
            return false;
        }
        let id = self.scope().ok().and_then(|scope| AccessKeyId::parse(&scope.access_key_id));
        id.is_some_and(|id| known.kms.state().secret(&SecretName::AccessKey(id)).is_some())
    }

    /// Whether the request holds credentials, in a header or in its URL.
    pub(super) fn is_signed(&self) -> bool {
        self.values("Authorization").next().is_some() || parameter(self.path().1, "X-Amz-Credential").is_some()
    }

    /// Whether the sender reads XML: by the query protocol, or because the protocol of its service does. Whoever names a
    /// target, or asks KMS, CloudTrail or most other services by GET, reads JSON.
    fn reads_xml(&self) -> bool {
        let names_a_target = self.values("X-Amz-Target").next().is_some();
        match self.scope() {
            Ok(scope) if !names_a_target && REST_XML.contains(&&*scope.service) => true,
            Ok(scope) => match Service::named(&scope.service) {
                Some(Service::Sts | Service::CloudWatch) => self.is_query(),
                Some(Service::Kms | Service::CloudTrail) | None => self.is_form(),
            },
            Err(_) => self.is_query(),
        }
    }

    /// Whether the request is one of AWS's query protocol, whose answers are XML.
    fn is_query(&self) -> bool {
        self.method == "GET" || self.is_form()
    }

    fn is_form(&self) -> bool {
        let mut kinds = self.values("Content-Type");
        kinds.next().is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"))
    }
}
