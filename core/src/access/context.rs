//! Who calls and what is known of the request, in the words of the policy language.

use std::cell::OnceCell;

use super::{Action, Resource, condition_keys};
use crate::{
    attestation::Attestation,
    call::Call,
    caller::{Caller, CallerKind, VpcEndpoint},
    names::{AccountId, AliasName, Partition, Region},
    policy::{Facts, FoldedNames, Principal, PrincipalKind, Values},
    shapes::KeySpec,
    state::{ContextConstraint, GrantRow, KeyRow, Standing, State},
    text::Inline,
    wire::{Seen, Typed},
};

/// A caller with all names that policies may use for it.
pub(crate) struct Identity<'a> {
    /// Its account; empty for a service.
    account: Inline<12>,
    pub(super) arn: String,
    /// The ARN that a session stands for: that of its role or of its user.
    behind: String,
    partition: Partition,
    /// The names of a service.
    pub(super) service: Vec<&'a str>,
    pub(super) caller: &'a Caller,
    /// What speaks for it.
    pub(super) standing: Standing<'a>,
    pub(super) state: &'a State,
}

impl<'a> Identity<'a> {
    pub(crate) fn of(caller: &'a Caller, region: Region, state: &'a State) -> Self {
        let standing = state.standing(caller, region);
        let partition = caller.partition.unwrap_or(region.partition());
        let (account, named) = (caller.account, partition.as_str());
        let behind = match &caller.kind {
            CallerKind::Role { role, .. } => match standing.path {
                // The ARN of a session does not tell the path of its role.
                Some(path) => {
                    format!("arn:{named}:iam::{account}:role{path}{}", role.rsplit('/').next().unwrap_or(role))
                }
                None => format!("arn:{named}:iam::{account}:role/{role}"),
            },
            CallerKind::FederatedUser(_) => match (caller.federator(), standing.path) {
                (None, _) => format!("arn:{named}:iam::{account}:root"),
                (Some(user), Some(path)) => {
                    format!("arn:{named}:iam::{account}:user{path}{}", user.rsplit('/').next().unwrap_or(user))
                }
                (Some(user), None) => format!("arn:{named}:iam::{account}:user/{user}"),
            },
            _ => String::new(),
        };
        let service = match &caller.kind {
            CallerKind::Service(name) => vec![name.as_str()],
            _ => Vec::new(),
        };
        let account = if service.is_empty() { account.text() } else { Inline::of(&[]) };
        Self { arn: caller.arn(region), account, behind, partition, service, caller, standing, state }
    }

    /// The identity of a call's caller: documents that are not installed speak for it in the place of those that are.
    pub(crate) fn of_call(call: &'a Call, state: &'a State) -> Self {
        let mut identity = Self::of(&call.caller, call.region, state);
        if let Some(documents) = call.documents.as_deref() {
            identity.standing.take(documents);
        }
        identity
    }

    /// The caller itself.
    pub(crate) const fn caller(&self) -> &'a Caller {
        self.caller
    }

    /// The caller as policies see it.
    pub(super) fn principal(&self) -> Principal<'_> {
        let kind = match &self.caller.kind {
            CallerKind::Root => PrincipalKind::Root,
            CallerKind::User(_) => PrincipalKind::User,
            CallerKind::Role { .. } => PrincipalKind::RoleSession { role: &self.behind },
            CallerKind::FederatedUser(_) => PrincipalKind::FederatedUser { user: &self.behind },
            CallerKind::Service(_) => PrincipalKind::Service { names: &self.service },
        };
        let (unique_id, bounded) = (self.standing.unique_id.as_deref(), self.standing.boundary.is_some());
        Principal { kind, account: self.account.as_str(), arn: &self.arn, unique_id, bounded }
    }

    /// What `aws:userid` says.
    pub(crate) fn user_id(&self) -> Option<String> {
        match (&self.caller.kind, self.standing.unique_id.as_deref()) {
            (CallerKind::User(_), Some(id)) => Some(id.to_owned()),
            (CallerKind::Role { session, .. }, Some(id)) => Some(format!("{id}:{session}")),
            _ => self.caller.user_id(self.partition),
        }
    }

    /// The account of the caller; a service in its own name has none.
    pub(super) fn account(&self) -> Option<&str> {
        self.service.is_empty().then_some(self.account.as_str())
    }

    /// What `aws:PrincipalType` says.
    pub(super) const fn kind(&self) -> Option<&'static str> {
        match &self.caller.kind {
            CallerKind::Root => Some("Account"),
            CallerKind::User(_) => Some("User"),
            CallerKind::Role { .. } => Some("AssumedRole"),
            CallerKind::FederatedUser(_) => Some("FederatedUser"),
            CallerKind::Service(_) => None,
        }
    }

    /// What `aws:PrincipalArn` says: of a role session it is the ARN of the role.
    pub(crate) fn principal_arn(&self) -> Option<&str> {
        match &self.caller.kind {
            CallerKind::Role { .. } => Some(&self.behind),
            CallerKind::Service(_) => None,
            _ => Some(&self.arn),
        }
    }

    /// What `aws:username` says: only IAM users have one.
    pub(super) fn user_name(&self) -> Option<&str> {
        match &self.caller.kind {
            CallerKind::User(user) => user.rsplit('/').next(),
            _ => None,
        }
    }
}

/// What the condition keys of one check are read from: see [`condition_keys`].
pub(super) struct RequestFacts<'a> {
    pub(super) call: &'a Call,
    pub(super) identity: &'a Identity<'a>,
    pub(super) request: &'a dyn Typed,
    pub(super) key: Option<&'a KeyRow>,
    pub(super) action: Action,
    /// Where the action is to happen: elsewhere than the call for a related key (LIF-266).
    pub(super) region: Region,
    pub(super) alias: Option<&'a AliasName>,
    pub(super) on_same_key: Option<bool>,
    pub(super) attestation: Option<&'a Attestation>,
    pub(super) idle_days: Option<i64>,
    /// The grant that the request would retire.
    pub(super) retired: Option<&'a GrantRow>,
    /// What the action is on.
    pub(super) resource: Option<&'a Resource>,
    pub(super) folded: Folded<'a>,
}

/// Names that people chose, folded from the first time that a policy asks for one.
#[derive(Default)]
pub(super) struct Folded<'a> {
    pairs: OnceCell<FoldedNames<'a, &'a str>>,
    tags: OnceCell<FoldedNames<'a, &'a str>>,
    principal_tags: OnceCell<FoldedNames<'a, &'a str>>,
    pub(super) key_tags: OnceCell<FoldedNames<'a, &'a str>>,
}

impl Facts for RequestFacts<'_> {
    /// What follows from the request comes first; where it says nothing, the host may.
    fn value(&self, key: &str) -> Option<Values<'_>> {
        condition_keys::value(self, key)
    }
}

impl<'a> RequestFacts<'a> {
    /// What is known of a check on `key` in a Region. An action that makes a key has one when it makes a related key: it is
    /// known already what that will be (LIF-265).
    pub(super) fn new(
        call: &'a Call,
        identity: &'a Identity<'a>,
        request: &'a dyn Typed,
        action: Action,
        key: Option<&'a KeyRow>,
        region: Region,
    ) -> Self {
        let folded = Folded::default();
        let (alias, on_same_key, attestation, idle_days, retired) = (None, None, None, None, None);
        Self {
            call,
            identity,
            request,
            key,
            action,
            region,
            alias,
            on_same_key,
            attestation,
            idle_days,
            retired,
            resource: None,
            folded,
        }
    }

    /// The VPC endpoint of the call.
    pub(super) fn endpoint(&self) -> Option<&'a VpcEndpoint> {
        self.call.origin.own_endpoint()
    }

    /// The VPC that contains it.
    pub(super) fn vpc(&self) -> Option<&'a str> {
        self.identity.state.vpc_of(self.endpoint()?)
    }

    /// The account that owns it.
    pub(super) fn endpoint_owner(&self) -> Option<AccountId> {
        self.identity.state.owner_of(self.endpoint()?, self.identity.caller)
    }

    /// What the host says of a condition key, whose name is in lower case: a session knows better than a place.
    pub(super) fn told(&self, key: &str) -> Option<Values<'_>> {
        let session = self.identity.caller.session.facts.value(key);
        session.or_else(|| self.call.origin.facts.value(key))
    }

    /// A member of the request, if the request has it.
    pub(super) fn member(&self, name: &str) -> Option<Values<'a>> {
        match self.request.member(name)? {
            Seen::Text(text) => Some(Values::one(text)),
            Seen::Flag(flag) => Some(Values::one(flag.to_string())),
            Seen::Number(number) => Some(Values::one(number.to_string())),
            // One number, whatever form the host gave: it answers numeric and date operators alike (P3-122).
            Seen::Time(time) => Some(Values::one(time.seconds().to_string())),
            Seen::Bytes(_) | Seen::List(_) | Seen::Pairs(_) | Seen::Structure(_) => None,
        }
    }

    /// A member of the request, or what AWS takes in its place.
    pub(super) fn member_or(&self, name: &str, default: &'static str) -> Option<Values<'a>> {
        self.member(name).or(Some(Values::one(default)))
    }

    /// The pairs of the encryption context; asymmetric keys have none.
    pub(super) fn context(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let symmetric = self.key.is_none_or(|key| key.spec == KeySpec::SymmetricDefault);
        let pairs = match self.action {
            Action::CreateGrant => self.constraint().map(|(_, pairs)| pairs),
            _ => self.request.member(self.action.member("EncryptionContext")),
        };
        let pairs = match pairs {
            Some(Seen::Pairs(pairs)) if symmetric => Some(pairs),
            _ => None,
        };
        let pairs = pairs.into_iter().flatten().map(|(name, value)| (name.as_str(), value.as_str()));
        let retired = self.retired.and_then(|grant| grant.context.as_ref()).map(|context| &context.pairs);
        pairs.chain(retired.into_iter().flatten().map(|(name, value)| (&**name, &**value)))
    }

    /// The constraint on encryption contexts of a new grant: its name and its pairs.
    fn constraint(&self) -> Option<(&'static str, Seen<'a>)> {
        let constraints = self.constraints()?;
        let of = |name| Some((name, constraints.member(name)?));
        of(ContextConstraint::EQUALS).or_else(|| of(ContextConstraint::SUBSET))
    }

    /// The constraints of a new grant.
    pub(super) fn constraints(&self) -> Option<&'a dyn Typed> {
        match self.request.member("Constraints")? {
            Seen::Structure(constraints) => Some(constraints),
            _ => None,
        }
    }

    /// What `kms:GrantConstraintType` says: of a new grant, or of one that is to be retired.
    pub(super) fn constraint_type(&self) -> Option<&'static str> {
        let retired = || Some(self.retired?.context.as_ref()?.kind());
        self.constraint().map(|(name, _)| name).or_else(retired)
    }

    /// The texts of a list in the request.
    pub(super) fn list(&self, name: &str) -> Option<Values<'a>> {
        let Seen::List(texts) = self.request.member(name)? else { return None };
        Some(Values::many(texts.iter().filter_map(Seen::text)))
    }

    /// The value of a pair, whose name is in lower case.
    pub(super) fn context_pair(&self, name: &str) -> Option<Values<'a>> {
        let pairs = self.folded.pairs.get_or_init(|| FoldedNames::new(self.context()));
        pairs.get(name).map(|value| Values::one(*value))
    }

    /// The names of the pairs; without a pair there is no value at all.
    pub(super) fn context_keys(&self) -> Option<Values<'a>> {
        let names: Vec<_> = self.context().map(|(name, _)| name).collect();
        (!names.is_empty()).then(|| Values::many(names))
    }

    /// The tags that the request would give.
    pub(super) fn tags(&self) -> &FoldedNames<'a, &'a str> {
        self.folded.tags.get_or_init(|| FoldedNames::new(self.given_tags()))
    }

    /// The tags of the principal: those of its session come before those of the user or role.
    pub(super) fn principal_tags(&self) -> &FoldedNames<'a, &'a str> {
        let tags = self.identity.caller.session.tags.iter().chain(self.identity.standing.tags);
        let pairs = tags.map(|(name, value)| (name.as_str(), value.as_str()));
        self.folded.principal_tags.get_or_init(|| FoldedNames::new(pairs))
    }

    fn given_tags(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let tags = match self.request.member("Tags") {
            Some(Seen::List(tags)) => tags,
            _ => Vec::new(),
        };
        tags.into_iter().filter_map(|tag| match tag {
            Seen::Structure(tag) => Some((tag.member("TagKey")?.text()?, tag.member("TagValue")?.text()?)),
            _ => None,
        })
    }

    /// The keys of the tags that the request would give or take.
    pub(super) fn tag_keys(&self) -> Option<Values<'a>> {
        let names: Vec<&str> = match self.request.member("TagKeys") {
            Some(Seen::List(names)) => names.iter().filter_map(Seen::text).collect(),
            _ => self.given_tags().map(|(name, _)| name).collect(),
        };
        (!names.is_empty()).then(|| Values::many(names))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        call::Call,
        names::AccountId,
        shapes::{KeyManagerType, KeyUsageType, OriginType},
        state::{Key, KeyRow, LineageId, RegionalKey, Versions},
        time::Time,
        wire::Value,
    };

    /// A request that asks for something else than the key is.
    struct Other;

    impl Typed for Other {
        fn member(&self, name: &str) -> Option<Seen<'_>> {
            match name {
                "KeySpec" => Some(Seen::Text("RSA_2048")),
                "MultiRegion" => Some(Seen::Flag(false)),
                _ => None,
            }
        }
    }

    #[test]
    fn to_create_a_replica_is_asked_in_its_region_with_the_members_of_the_key() {
        let region = |name| Region::parse(name).expect("a Region");
        let (home, away) = (region("us-east-1"), region("eu-west-1"));
        let row = KeyRow {
            spec: KeySpec::Hmac256,
            usage: KeyUsageType::GenerateVerifyMac,
            origin: OriginType::External,
            manager: KeyManagerType::Customer,
            primary: Some(home),
            rotation: None,
            on_demand: 0,
            rotating: None,
            in_store: None,
            versions: Versions::default(),
            regions: [RegionalKey::new(home, Time::default(), String::new(), Vec::new())].into(),
        };
        let lineage = LineageId::parse("111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab").expect("a lineage");
        let key = Key::of(&Arc::new(row), &lineage.in_region(home)).expect("a key");
        let caller = Caller::root(AccountId::ZERO);
        let call = Call::new("ReplicateKey", Value::Null, caller.clone(), home, Time::default(), [0; 32]);
        let nothing = State::default();
        let identity = Identity::of(&caller, home, &nothing);
        let told = |key: Option<&KeyRow>, region| {
            let facts = RequestFacts::new(&call, &identity, &Other, Action::CreateKey, key, region);
            let names = ["aws:requestedregion", "kms:keyspec", "kms:keyusage", "kms:keyorigin", "kms:multiregion"];
            let names = names.into_iter().chain(["kms:multiregionkeytype"]);
            names.map(|name| facts.value(name).map(|value| format!("{value:?}"))).collect::<Vec<_>>()
        };
        let one = |text: &'static str| Some(format!("{:?}", Values::one(text)));
        let replica = ["eu-west-1", "HMAC_256", "GENERATE_VERIFY_MAC", "EXTERNAL", "true", "REPLICA"].map(one);
        assert_eq!(told(Some(&key), away), replica);
        let new = ["us-east-1", "RSA_2048", "ENCRYPT_DECRYPT", "AWS_KMS", "false"].map(one);
        assert_eq!(told(None, home), [&new[..], &[None]].concat());
    }
}
