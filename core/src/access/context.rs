//! Who calls, and what the condition keys of a request are, in the words of the policy language.

use std::cell::OnceCell;

use crate::{
    attestation::{Attestation, Platform},
    call::{Call, Caller, CallerKind},
    names::{AliasName, Region},
    policy::{Facts, FoldedNames, Principal, PrincipalKind, Values},
    shapes::OriginType,
    state::KeyRow,
    wire::Value,
};

/// A caller with all names that policies may use for it.
pub(super) struct Identity {
    pub(super) account: String,
    pub(super) arn: String,
    /// The ARN of the role behind a session.
    role: String,
    kind: &'static str,
}

impl Identity {
    pub(super) fn of(caller: &Caller, region: Region) -> Self {
        let partition = region.partition().as_str();
        let account = caller.account.to_string();
        let (kind, role) = match &caller.kind {
            CallerKind::Root => ("Account", String::new()),
            CallerKind::User(_) => ("User", String::new()),
            CallerKind::Role { role, .. } => ("AssumedRole", format!("arn:{partition}:iam::{account}:role/{role}")),
            CallerKind::FederatedUser(_) => ("FederatedUser", String::new()),
        };
        Self { arn: caller.arn(region), account, role, kind }
    }

    /// The caller as policies see it.
    pub(super) fn principal(&self) -> Principal<'_> {
        let kind = match self.kind {
            "Account" => PrincipalKind::Root,
            "User" => PrincipalKind::User,
            "AssumedRole" => PrincipalKind::RoleSession { role: &self.role },
            _ => PrincipalKind::FederatedUser { user: "" },
        };
        Principal { kind, account: &self.account, arn: &self.arn, unique_id: None, bounded: false }
    }
}

/// The condition keys of one check (section 4 of authorization.md).
pub(super) struct RequestFacts<'a> {
    pub(super) call: &'a Call,
    pub(super) identity: &'a Identity,
    pub(super) key: Option<&'a KeyRow>,
    pub(super) action: &'static str,
    pub(super) alias: Option<&'a AliasName>,
    pub(super) attestation: Option<&'a Attestation>,
    /// The pairs of the encryption context by their folded names, from the first time that a policy asks for one.
    pub(super) pairs: OnceCell<FoldedNames<'a, &'a Value>>,
}

impl Facts for RequestFacts<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        if let Some(name) = key.strip_prefix("kms:encryptioncontext:") {
            return self.context_pair(name);
        }
        if let Some(measurement) = key.strip_prefix("kms:recipientattestation:") {
            return self.measurement(measurement).map(Values::one);
        }
        self.of_caller(key).or_else(|| self.of_key(key)).or_else(|| self.of_request(key))
    }
}

impl<'a> RequestFacts<'a> {
    /// Global keys, and `kms:CallerAccount`.
    fn of_caller(&self, key: &str) -> Option<Values<'_>> {
        let identity = self.identity;
        let value = match key {
            "kms:calleraccount" | "aws:principalaccount" => identity.account.clone(),
            // A session's `aws:PrincipalArn` is the ARN of its role.
            "aws:principalarn" if !identity.role.is_empty() => identity.role.clone(),
            "aws:principalarn" => identity.arn.clone(),
            "aws:principaltype" => identity.kind.to_owned(),
            "aws:requestedregion" => self.call.region.to_string(),
            "aws:currenttime" => self.call.now.to_string(),
            "aws:epochtime" => (self.call.now.millis() / 1000).to_string(),
            "aws:securetransport" => "true".to_owned(),
            "aws:viaawsservice" | "aws:principalisawsservice" => "false".to_owned(),
            _ => return None,
        };
        Some(Values::one(value))
    }

    /// Properties of the key.
    fn of_key(&self, key: &str) -> Option<Values<'_>> {
        let row = self.key?;
        let value = match key {
            "kms:keyspec" | "kms:customermasterkeyspec" => row.spec.as_str(),
            "kms:keyusage" | "kms:customermasterkeyusage" => row.usage.as_str(),
            "kms:keyorigin" => OriginType::as_str(row.origin),
            "kms:multiregion" if row.is_multi_region() => "true",
            "kms:multiregion" => "false",
            "kms:multiregionkeytype" if row.is_multi_region() => "PRIMARY",
            _ => return None,
        };
        Some(Values::one(value))
    }

    /// A measurement of the attested caller: `ImageSha384`, `PCR<n>` of an enclave, `NitroTPMPCR<n>` of an instance
    /// (P6-102 to P6-108). Without a valid document there is none (P6-105).
    fn measurement(&self, name: &str) -> Option<String> {
        let attestation = self.attestation?;
        if name == "imagesha384" {
            return attestation.image_digest();
        }
        let (platform, index) = match name.strip_prefix("nitrotpmpcr") {
            Some(index) => (Platform::NitroTpm, index),
            None => (Platform::NitroEnclave, name.strip_prefix("pcr")?),
        };
        let number: u8 = index.parse().ok()?;
        // The names have no leading zeros and no signs.
        (number.to_string() == index).then(|| attestation.measurement(platform, number))?
    }

    /// Members of the request, with their defaults where AWS sets them.
    fn of_request(&self, key: &str) -> Option<Values<'_>> {
        let (member, default) = match key {
            "kms:requestalias" => return self.alias.map(|alias| Values::one(alias.as_str())),
            "kms:encryptioncontextkeys" => return self.context_keys(),
            "kms:encryptionalgorithm" => (self.sided("EncryptionAlgorithm"), Some("SYMMETRIC_DEFAULT")),
            "kms:signingalgorithm" => ("SigningAlgorithm", None),
            "kms:messagetype" => ("MessageType", Some("RAW")),
            "kms:macalgorithm" => ("MacAlgorithm", None),
            "kms:keyagreementalgorithm" => ("KeyAgreementAlgorithm", None),
            "kms:datakeypairspec" => ("KeyPairSpec", None),
            "kms:bypasspolicylockoutsafetycheck" => ("BypassPolicyLockoutSafetyCheck", None),
            "kms:wrappingalgorithm" => ("WrappingAlgorithm", None),
            "kms:wrappingkeyspec" => ("WrappingKeySpec", None),
            "kms:expirationmodel" => ("ExpirationModel", None),
            "kms:validto" => ("ValidTo", None),
            "kms:schedulekeydeletionpendingwindowindays" => ("PendingWindowInDays", Some("30")),
            _ => return None,
        };
        if !self.takes(member) {
            return None;
        }
        let given = self.call.input.member(member).and_then(text_of);
        given.map(Values::one).or_else(|| default.map(Values::one))
    }

    /// Whether the operation of this check has the member at all.
    fn takes(&self, member: &str) -> bool {
        match member {
            "MessageType" => matches!(self.action, "Sign" | "Verify"),
            "PendingWindowInDays" => self.action == "ScheduleKeyDeletion",
            "EncryptionAlgorithm" => {
                matches!(self.action, "Encrypt" | "Decrypt") || self.action.starts_with("GenerateDataKey")
            }
            _ => true,
        }
    }

    /// The name of a member that ReEncrypt has once for each of its two keys.
    fn sided(&self, member: &'static str) -> &'static str {
        match (self.action, member) {
            ("ReEncryptFrom", "EncryptionAlgorithm") => "SourceEncryptionAlgorithm",
            ("ReEncryptTo", "EncryptionAlgorithm") => "DestinationEncryptionAlgorithm",
            ("ReEncryptFrom", "EncryptionContext") => "SourceEncryptionContext",
            ("ReEncryptTo", "EncryptionContext") => "DestinationEncryptionContext",
            _ => member,
        }
    }

    fn context(&self) -> &'a [(String, Value)] {
        match self.call.input.member(self.sided("EncryptionContext")) {
            Some(Value::Map(pairs)) => pairs,
            _ => &[],
        }
    }

    fn context_pair(&self, name: &str) -> Option<Values<'_>> {
        let by_name = || FoldedNames::new(self.context().iter().map(|(key, value)| (key.as_str(), value)));
        self.pairs.get_or_init(by_name).get(name)?.as_text().map(Values::one)
    }

    fn context_keys(&self) -> Option<Values<'_>> {
        let pairs = self.context();
        (!pairs.is_empty()).then(|| Values::many(pairs.iter().map(|(key, _)| key.as_str())))
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(seconds) => Some(seconds.to_string()),
        Value::Time(time) => Some(time.to_string()),
        _ => None,
    }
}
