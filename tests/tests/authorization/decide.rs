//! One check of a request: every policy that applies, and the decision that follows from all of them.
//!
//! This is the decision procedure of the specification in its plainest form. It uses the public interface of the
//! policy language only, and judges it and the cases against each other.

use pocket_kms::policy::{Class, Document, Facts, Principal, PrincipalKind, Request, Verdict};

use crate::grants::{Grant, Wanted};

/// The kinds of policies, in the order in which a decision names explicit denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    ServiceControl,
    ResourceControl,
    Endpoint,
    Resource,
    Identity,
    Boundary,
    Session,
    Grant,
}

/// What allows a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Policy(Layer, String),
    /// The key policy and the identity policies of another account.
    Both(String),
    Grant(String),
    /// The account that created a grant.
    GrantAccount(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Allow(Source),
    ImplicitDeny(Layer),
    ExplicitDeny(Layer, String),
}

/// The caller and the policies that follow it. `None` means that there is no policy of this kind.
pub(crate) struct Caller<'a> {
    pub(crate) principal: Principal<'a>,
    pub(crate) service_linked: bool,
    pub(crate) identity: Vec<Document>,
    pub(crate) boundary: Option<Vec<Document>>,
    pub(crate) session: Option<Vec<Document>>,
    pub(crate) service_control: Vec<Vec<Document>>,
    pub(crate) endpoint: Option<Vec<Document>>,
}

/// One action on one resource. `key_policy` is `None` for aliases and where there is no key.
pub(crate) struct Check<'a> {
    pub(crate) action: &'a str,
    pub(crate) resource: &'a str,
    pub(crate) resource_account: &'a str,
    pub(crate) key_policy: Option<Document>,
    /// The policies of the organization to which the account of the resource belongs.
    pub(crate) resource_control: &'a [Document],
    pub(crate) forwarded: bool,
    pub(crate) facts: &'a dyn Facts,
}

/// Operations that a caller may use on keys of other accounts.
///
/// Source: Developer Guide, "Permissions reference", column "Cross-account use".
const CROSS_ACCOUNT: &[&str] = &[
    "CreateGrant",
    "Decrypt",
    "DeriveSharedSecret",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GetKeyRotationStatus",
    "GetPublicKey",
    "ListGrants",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
    "RevokeGrant",
    "Sign",
    "Verify",
    "VerifyMac",
];

/// The joint verdict of several documents of one kind.
#[derive(Default)]
struct Voice {
    denied: Option<String>,
    allowed: Option<(Class, String)>,
}

impl Voice {
    fn of<'d>(documents: impl IntoIterator<Item = &'d Document>, request: &Request<'_>) -> Self {
        let mut voice = Self::default();
        for document in documents {
            match document.evaluate(request) {
                Verdict::Silent => {}
                Verdict::Denied { statement } => _ = voice.denied.get_or_insert(name(document, statement)),
                Verdict::Allowed { statement, class } => {
                    if voice.allowed.as_ref().is_none_or(|(stronger, _)| *stronger < class) {
                        voice.allowed = Some((class, name(document, statement)));
                    }
                }
            }
        }
        voice
    }

    fn allows(&self) -> bool {
        self.allowed.is_some()
    }
}

/// A statement by its `Sid`, or by its number.
fn name(document: &Document, statement: usize) -> String {
    let sid = document.statements().get(statement).and_then(|statement| statement.sid());
    sid.map_or_else(|| statement.to_string(), Into::into)
}

/// The verdicts of all policies on a check.
struct Hearing<'a> {
    caller: &'a Caller<'a>,
    service_control: Vec<Voice>,
    resource_control: Voice,
    endpoint: Option<Voice>,
    key_policy: Option<Voice>,
    identity: Voice,
    boundary: Option<Voice>,
    session: Option<Voice>,
}

impl<'a> Hearing<'a> {
    fn of(caller: &'a Caller<'a>, check: &Check<'_>) -> Self {
        let Check { action, resource, facts, .. } = *check;
        let request = Request { principal: &caller.principal, action, resource, facts };
        let voice = |documents: &Vec<Document>| Voice::of(documents, &request);
        let service = matches!(caller.principal.kind, PrincipalKind::Service { .. });
        let retires = action == "kms:RetireGrant";
        let levels = caller.service_control.iter().filter(|_| !service && !caller.service_linked);
        let rcp = check.resource_control.iter().filter(|_| !caller.service_linked && !retires);
        Self {
            caller,
            service_control: levels.map(voice).collect(),
            resource_control: Voice::of(rcp, &request),
            endpoint: caller.endpoint.as_ref().filter(|_| !check.forwarded).map(voice),
            key_policy: check.key_policy.as_ref().filter(|_| !retires).map(|policy| Voice::of([policy], &request)),
            identity: voice(&caller.identity),
            boundary: caller.boundary.as_ref().map(voice),
            session: caller.session.as_ref().map(voice),
        }
    }

    fn denial(&self) -> Option<Decision> {
        let levels = self.service_control.iter().map(|voice| (Layer::ServiceControl, Some(voice)));
        let others = [
            (Layer::ResourceControl, Some(&self.resource_control)),
            (Layer::Endpoint, self.endpoint.as_ref()),
            (Layer::Resource, self.key_policy.as_ref()),
            (Layer::Identity, Some(&self.identity)),
            (Layer::Boundary, self.boundary.as_ref()),
            (Layer::Session, self.session.as_ref()),
        ];
        let mut voices = levels.chain(others);
        voices.find_map(|(layer, voice)| Some(Decision::ExplicitDeny(layer, voice?.denied.clone()?)))
    }

    /// The limits that apply to every other policy.
    fn outside_frame(&self) -> Option<Layer> {
        if !self.service_control.iter().all(Voice::allows) {
            return Some(Layer::ServiceControl);
        }
        let endpoint = self.endpoint.as_ref();
        endpoint.is_some_and(|voice| !voice.allows()).then_some(Layer::Endpoint)
    }

    /// What limits the caller's own permissions below this check.
    fn limit(&self) -> Option<Layer> {
        let federated = matches!(self.caller.principal.kind, PrincipalKind::FederatedUser { .. });
        let bounded = self.boundary.as_ref().is_some_and(|voice| !voice.allows());
        let session = self.session.as_ref().map_or(!federated, Voice::allows);
        match (bounded, session) {
            (true, _) => Some(Layer::Boundary),
            (_, false) => Some(Layer::Session),
            (false, true) => None,
        }
    }

    /// The statement by which the caller's own account allows; the root user needs none.
    fn own_allow(&self) -> Option<String> {
        let root = matches!(self.caller.principal.kind, PrincipalKind::Root);
        let allowed = self.identity.allowed.as_ref().map(|(_, statement)| statement.clone());
        allowed.or_else(|| root.then(|| "root".into()))
    }

    /// What is missing where a resource allows by this class.
    fn shortfall(&self, class: Class) -> Option<Layer> {
        match class {
            Class::Direct => None,
            Class::Delegation if self.own_allow().is_none() => Some(Layer::Identity),
            Class::Delegation | Class::Indirect => self.limit(),
        }
    }
}

/// Decides one check.
pub(crate) fn decide(caller: &Caller<'_>, check: &Check<'_>, grants: &[Grant], wanted: &Wanted) -> Decision {
    let hearing = Hearing::of(caller, check);
    if let Some(denial) = hearing.denial() {
        return denial;
    }
    if let Some(layer) = hearing.outside_frame() {
        return Decision::ImplicitDeny(layer);
    }
    if check.action == "kms:RetireGrant" {
        return retire(&hearing, crate::grants::retirements(caller, grants, wanted));
    }
    let Some(key_policy) = &hearing.key_policy else {
        let own = Source::Policy(Layer::Identity, hearing.own_allow().unwrap_or_default());
        return first(&hearing, [(own, Class::Delegation)], Layer::Identity);
    };
    let local = caller.principal.account == check.resource_account;
    let service = matches!(caller.principal.kind, PrincipalKind::Service { .. });
    // No key is a service's own.
    let reachable = local || CROSS_ACCOUNT.iter().any(|name| check.action == format!("kms:{name}"));
    let policy = key_policy.allowed.clone().map(|(class, statement)| {
        if local || service {
            (by(&hearing, class, statement), class)
        } else {
            (Source::Both(statement), Class::Delegation)
        }
    });
    let granted = crate::grants::permissions(caller, check, grants, wanted);
    first(&hearing, policy.into_iter().chain(granted).filter(|_| reachable), Layer::Resource)
}

/// Permission to retire comes from the grant; the decision does not name what a policy lacks.
fn retire(hearing: &Hearing<'_>, sources: Vec<(Source, Class)>) -> Decision {
    match first(hearing, sources, Layer::Grant) {
        Decision::ImplicitDeny(_) => Decision::ImplicitDeny(Layer::Grant),
        decision => decision,
    }
}

/// Under delegation the account's own policy decides.
fn by(hearing: &Hearing<'_>, class: Class, statement: String) -> Source {
    match hearing.own_allow() {
        Some(own) if class == Class::Delegation => Source::Policy(Layer::Identity, own),
        _ => Source::Policy(Layer::Resource, statement),
    }
}

/// The first source that lacks nothing; otherwise what the first one lacks, or which policy has no allow.
fn first(hearing: &Hearing<'_>, sources: impl IntoIterator<Item = (Source, Class)>, silent: Layer) -> Decision {
    let mut lacking = None;
    for (source, class) in sources {
        match hearing.shortfall(class) {
            None => return Decision::Allow(source),
            Some(layer) => _ = lacking.get_or_insert(layer),
        }
    }
    Decision::ImplicitDeny(lacking.unwrap_or(silent))
}
