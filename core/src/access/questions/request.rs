//! A request as a host would make it: who calls, from where, and with which members, so that condition keys have chosen values.

use std::{borrow::Cow, mem};

use super::{
    exposure::Outsider,
    guessed::Stands,
    scene::{Ground, Scene},
    witness::Chosen,
};
use crate::{
    access::{
        Action,
        condition_keys::{Source, find},
    },
    arguments,
    caller::{Caller, Sender},
    names::AccountId,
    order::sorted,
    policy::{self, Context, Facts as _, Values, instant},
    shapes::{grant_constraint_source_arn, principal_id},
    state::ContextConstraint,
    time::Time,
    wire::{Members, Value},
};

/// A request that nobody has made.
pub(super) struct Imaginary {
    pub(super) caller: Caller,
    sender: Sender,
    /// What a host says.
    said_caller: Value,
    said_origin: Value,
    /// What follows from the members.
    context: Context,
    input: Members,
    now: Option<Time>,
}

/// What a host says of a request, while it is put together.
#[derive(Default)]
struct RequestDraft {
    arn: Option<String>,
    account: Option<AccountId>,
    user: Option<String>,
    service: Option<String>,
    kind: Option<String>,
    session: Members,
    tags: Members,
    facts_of_session: Members,
    origin: Members,
    facts_of_origin: Members,
    via: Vec<String>,
    endpoint: Members,
    pairs: Vec<(String, String)>,
    /// The constraint of a new grant on encryption contexts, and that on the source.
    constraint: Option<&'static str>,
    source: Option<String>,
    /// Whether both keys of ReEncrypt are one.
    is_same_key: bool,
    context: Context,
    input: Members,
    now: Option<Time>,
}

impl Imaginary {
    /// The request in which condition keys have chosen values; `None` where no request can have them.
    pub(super) fn of(chosen: &Chosen, scene: &Scene<'_>, outsider: &Outsider<'_>) -> Option<Self> {
        let mut said = RequestDraft::default();
        for (key, (name, value)) in chosen {
            if let Some(value) = value {
                said.say(key, name, value)?;
            }
        }
        let is_service = outsider.caller.is_service();
        if is_service && !said.origin.iter().any(|(name, _)| name == "sourceAccount") {
            let account = scene.fresh().to_string();
            said.origin.push(("sourceAccount".into(), Value::from(account)));
        }
        said.finish(scene, outsider)
    }

    /// The scene in which the request is heard as it is.
    pub(super) fn scene<'a>(&'a self, scene: &Scene<'a>) -> Scene<'a> {
        let ground = scene.ground;
        let ground = Ground { now: self.now.unwrap_or(ground.now), ..ground };
        Scene {
            context: Some(&self.context),
            origin: Some(&self.sender.origin),
            is_closed: true,
            ..Scene::new(ground, scene.action, scene.target)
        }
    }

    /// What a host says to make it.
    pub(super) fn told(&self, action: Action) -> Value {
        let mut members: Members = vec![
            ("action".into(), Value::from(action.as_str())),
            ("caller".into(), self.said_caller.clone()),
            ("origin".into(), self.said_origin.clone()),
            ("input".into(), Value::Map(self.input.clone())),
        ];
        members.extend(self.now.map(|now| ("now".into(), Value::from(now.to_string()))));
        Value::Map(members)
    }
}

impl RequestDraft {
    /// Lets a condition key have a value.
    fn say(&mut self, key: &str, name: &str, value: &str) -> Option<()> {
        let text = || Value::from(value);
        let origin = |said: &mut Self, member: &'static str| said.origin.push((member.into(), Value::from(value)));
        match key {
            "kms:calleraccount" | "aws:principalaccount" => self.account = Some(AccountId::parse(value)?),
            "aws:principalarn" => self.arn = Some(value.to_owned()),
            "aws:username" => self.user = Some(value.to_owned()),
            "aws:principalservicename" | "aws:principalservicenameslist" => self.service = Some(value.to_owned()),
            "aws:principaltype" => self.kind = Some(value.to_owned()),
            "aws:multifactorauthpresent" => {
                let member = if value == "true" { "mfa" } else { "temporary" };
                self.session.push((member.into(), Value::Bool(true)));
            }
            "aws:multifactorauthage" => {
                self.session.push(("mfaAge".into(), Value::Int(value.parse().ok()?)));
            }
            "aws:sourceidentity" => self.session.push(("sourceIdentity".into(), text())),
            "aws:federatedprovider" => self.session.push(("provider".into(), text())),
            "aws:tokenissuetime" => self.session.push(("tokenIssued".into(), Value::Time(instant(value)?))),
            "aws:principalorgid" => self.facts_of_session.push((name.to_owned().into(), text())),
            "aws:principalorgpaths" => {
                self.facts_of_session.push((name.to_owned().into(), Value::List(vec![text()])));
            }
            "aws:securetransport" => self.origin.push(("secureTransport".into(), Value::Bool(value == "true"))),
            "aws:useragent" => origin(self, "userAgent"),
            "aws:sourceip" => origin(self, "sourceIp"),
            "aws:vpcsourceip" => {
                origin(self, "sourceIp");
                self.has_endpoint();
            }
            "aws:sourcevpce" => {
                self.endpoint.retain(|(name, _)| name != "id");
                self.endpoint.push(("id".into(), text()));
            }
            "aws:sourcevpc" => {
                self.has_endpoint();
                self.endpoint.push(("vpc".into(), text()));
            }
            "aws:vpceaccount" => {
                self.has_endpoint();
                self.endpoint.push(("owner".into(), text()));
            }
            "aws:sourcearn" => origin(self, "sourceArn"),
            "aws:sourceaccount" => origin(self, "sourceAccount"),
            "aws:viaawsservice" | "kms:grantisforawsresource" if value == "true" => self.forwards("s3.amazonaws.com"),
            "aws:viaawsservice" | "kms:grantisforawsresource" => {}
            "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast" => self.forwards(value),
            "kms:viaservice" => self.forwards(&(value.split('.').next()?.to_owned() + ".amazonaws.com")),
            "aws:currenttime" | "aws:epochtime" => self.now = Some(instant(value)?),
            "kms:grantconstrainttype" => self.constraint = Some(ContextConstraint::named(value)?),
            "kms:grantconstraintsourcearn" => {
                self.source = Some(value.to_owned()).filter(|arn| grant_constraint_source_arn(arn));
                self.source.as_ref()?;
            }
            "kms:reencryptonsamekey" => {
                self.is_same_key = value == "true";
                self.context.insert(name, Values::one(value.to_owned()));
            }
            _ => self.say_more(key, name, value)?,
        }
        Some(())
    }

    /// Families of keys, members of requests, and what only a host knows.
    fn say_more(&mut self, key: &str, name: &str, value: &str) -> Option<()> {
        let row = find(key).map(|(row, _)| row);
        if key.starts_with("aws:principaltag/") {
            self.tags.push((name.get("aws:PrincipalTag/".len()..)?.to_owned().into(), Value::from(value)));
        } else if key.starts_with("kms:encryptioncontext:") {
            self.pairs.push((name.get("kms:EncryptionContext:".len()..)?.to_owned(), value.to_owned()));
        } else if key == "kms:encryptioncontextkeys" {
            self.pairs.push((value.to_owned(), "x".to_owned()));
        } else if row.is_none_or(|row| row.source == Source::Origin) {
            let many = row.is_some_and(|row| row.multivalued);
            let value = if many { Value::List(vec![Value::from(value)]) } else { Value::from(value) };
            self.facts_of_origin.push((name.to_owned().into(), value));
        } else {
            let row = row.filter(|row| row.source == Source::Request)?;
            let member = member_of(row.name).filter(|name| !name.ends_with("Principal") || principal_id(value))?;
            let list = row.multivalued;
            self.context
                .insert(name, if list { Values::many([value.to_owned()]) } else { Values::one(value.to_owned()) });
            let value = if list { Value::List(vec![Value::from(value)]) } else { Value::from(value) };
            self.input.push((member.into(), value));
        }
        Some(())
    }

    /// Puts it together, and reads it as what a host says is read.
    fn finish(mut self, scene: &Scene<'_>, outsider: &Outsider<'_>) -> Option<Imaginary> {
        // A condition may name somebody whose name nobody can have.
        let arn = Some(self.caller_of(outsider)).filter(|arn| principal_id(arn))?;
        self.complete(scene.action, &arn);
        self.say_pairs(scene.action);
        if !self.via.is_empty() {
            let via = self.via.iter().map(|service| Value::from(service.as_str())).collect();
            self.origin.push(("via".into(), Value::List(via)));
        }
        for (name, members) in [("vpcEndpoint", self.endpoint), ("context", self.facts_of_origin)] {
            push(&mut self.origin, name, members);
        }
        push(&mut self.session, "tags", self.tags);
        push(&mut self.session, "context", self.facts_of_session);
        let key = scene.target.map(|target| Value::from(target.arn.to_string()));
        let other = if scene.action == Action::ReEncryptFrom { "DestinationKeyId" } else { "SourceKeyId" };
        self.input.extend(key.clone().filter(|_| self.is_same_key).map(|key| (other.into(), key)));
        self.input.extend(key.map(|key| ("KeyId".into(), key)));
        for (name, _) in &mut self.input {
            if let Cow::Borrowed(member) = *name {
                *name = scene.action.member(member).into();
            }
        }
        let mut caller: Members = vec![("arn".into(), Value::from(arn))];
        push(&mut caller, "session", self.session);
        let (said_caller, said_origin) = (Value::Map(caller), Value::Map(self.origin));
        let sender = arguments::sender(&said_caller, &said_origin).ok()?;
        let caller = sender.caller_or(|| Err(())).ok()?;
        let is_outside = |account| scene.within.is_none_or(|within| within.is_outside(account));
        let acts_for = if caller.is_service() { sender.origin.source_account? } else { caller.account };
        let (context, input, now) = (self.context, self.input, self.now);
        let request = Imaginary { caller, sender, said_caller, said_origin, context, input, now };
        is_outside(acts_for).then_some(request)
    }

    /// Adds the encryption context; a new grant has it in its constraints.
    fn say_pairs(&mut self, action: Action) {
        if self.constraint.is_some() && self.pairs.is_empty() {
            self.pairs.push(("x".to_owned(), "x".to_owned()));
        }
        self.pairs = sorted(mem::take(&mut self.pairs), Ord::cmp);
        self.pairs.dedup_by(|(later, _), (earlier, _)| later == earlier);
        for (name, value) in &self.pairs {
            self.context.insert(&["kms:EncryptionContext:", name].concat(), Values::one(value.clone()));
        }
        let pairs = self.pairs.iter().map(|(name, value)| (name.clone().into(), Value::from(value.as_str())));
        let pairs: Members = pairs.collect();
        if !pairs.is_empty() {
            let names = self.pairs.iter().map(|(name, _)| name.clone());
            self.context.insert("kms:EncryptionContextKeys", Values::many(names.collect::<Vec<_>>()));
        }
        if action != Action::CreateGrant {
            push(&mut self.input, "EncryptionContext", pairs);
            return;
        }
        let mut constraints = Members::new();
        if !pairs.is_empty() {
            let kind = self.constraint.unwrap_or(ContextConstraint::EQUALS);
            self.context.insert("kms:GrantConstraintType", Values::one(kind));
            push(&mut constraints, kind, pairs);
        }
        if let Some(source) = self.source.take() {
            self.context.insert("kms:GrantConstraintSourceArn", Values::one(source.clone()));
            constraints.push(("SourceArn".into(), Value::from(source)));
        }
        push(&mut self.input, "Constraints", constraints);
    }

    /// Adds what no request for an action is without.
    fn complete(&mut self, action: Action, arn: &str) {
        const REQUIRED: [(Action, &str, &str); 9] = [
            (Action::CreateGrant, "kms:GrantOperations", "DescribeKey"),
            (Action::DeriveSharedSecret, "kms:KeyAgreementAlgorithm", "ECDH"),
            (Action::GenerateDataKeyPair, "kms:DataKeyPairSpec", "ECC_NIST_P256"),
            (Action::GenerateMac, "kms:MacAlgorithm", "HMAC_SHA_256"),
            (Action::ReEncryptFrom, "kms:ReEncryptOnSameKey", "false"),
            (Action::ReEncryptTo, "kms:ReEncryptOnSameKey", "false"),
            (Action::Sign, "kms:SigningAlgorithm", "RSASSA_PSS_SHA_256"),
            (Action::Verify, "kms:SigningAlgorithm", "RSASSA_PSS_SHA_256"),
            (Action::VerifyMac, "kms:MacAlgorithm", "HMAC_SHA_256"),
        ];
        let mut more: Vec<(&str, &str)> =
            REQUIRED.iter().filter(|(of, ..)| *of == action).map(|(_, key, value)| (*key, *value)).collect();
        if action == Action::CreateGrant && self.context.value("kms:granteeserviceprincipal").is_none() {
            more.push(("kms:GranteePrincipal", arn));
        }
        for (key, value) in more {
            let folded = policy::folded(key);
            if self.context.value(&folded).is_none() {
                _ = self.say(&folded, key, value);
            }
        }
    }

    /// Who calls: an outsider who stands for others takes the name that the conditions ask for, or is a root user, whom
    /// nothing in his account limits.
    fn caller_of(&self, outsider: &Outsider<'_>) -> String {
        if matches!(outsider.stands, Stands::Itself) {
            return outsider.said().to_owned();
        }
        if let Some(arn) = &self.arn {
            return arn.clone();
        }
        if outsider.caller.is_service() {
            return self.service.clone().unwrap_or_else(|| "witness.amazonaws.com".to_owned());
        }
        let account = match (outsider.stands, self.account) {
            (Stands::Outside(_), Some(account)) => account,
            _ => outsider.caller.account,
        };
        let who = match (&self.user, self.kind.as_deref()) {
            (Some(user), _) => "iam::{}:user/".to_owned() + user,
            (None, Some("User")) => "iam::{}:user/witness".to_owned(),
            (None, Some("AssumedRole")) => "iam::{}:role/witness".to_owned(),
            (None, Some("FederatedUser")) => "sts::{}:federated-user/witness".to_owned(),
            (None, _) => "iam::{}:root".to_owned(),
        };
        "arn:aws:".to_owned() + &who.replace("{}", account.text().as_str())
    }

    fn forwards(&mut self, service: &str) {
        if !self.via.iter().any(|known| known == service) {
            self.via.push(service.to_owned());
        }
    }

    fn has_endpoint(&mut self) {
        if !self.endpoint.iter().any(|(name, _)| name == "id") {
            self.endpoint.push(("id".into(), Value::from("vpce-0123456789abcdef0")));
        }
    }
}

/// Adds a structure that has members.
fn push(members: &mut Members, name: &'static str, inner: Members) {
    if !inner.is_empty() {
        members.push((name.into(), Value::Map(inner)));
    }
}

/// The member of a request from which a condition key has its value, where the two have one form.
fn member_of(name: &str) -> Option<&'static str> {
    const MEMBERS: [(&str, &str); 10] = [
        ("kms:DataKeyPairSpec", "KeyPairSpec"),
        ("kms:EncryptionAlgorithm", "EncryptionAlgorithm"),
        ("kms:GrantOperations", "Operations"),
        ("kms:GranteePrincipal", "GranteePrincipal"),
        ("kms:GranteeServicePrincipal", "GranteeServicePrincipal"),
        ("kms:KeyAgreementAlgorithm", "KeyAgreementAlgorithm"),
        ("kms:MacAlgorithm", "MacAlgorithm"),
        ("kms:MessageType", "MessageType"),
        ("kms:RetiringPrincipal", "RetiringPrincipal"),
        ("kms:SigningAlgorithm", "SigningAlgorithm"),
    ];
    MEMBERS.iter().find(|(key, _)| *key == name).map(|(_, member)| *member)
}
