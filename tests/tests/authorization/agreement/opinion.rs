//! A scene as the second opinion sees it: callers, policies and contexts, drawn from the scene itself.

use std::collections::BTreeMap;

use pocket_kms::policy::{Context, Document, Kind, Principal, PrincipalEntry, PrincipalKind, Values};
use serde_json::Value;

use super::{
    requests::{Ask, CONTEXTS, Request, SOURCES, Who},
    scene::Scene,
    words::{CONSTRAINTS, Constraint, GRANTEES, OPERATIONS},
    world::base,
};
use crate::{
    cases::document,
    decide::{Caller, Check, Decision, decide},
    grants::{Constraints, Grant, Pairs, Wanted},
    sentences::sentence,
};

const OWNER: &str = "111122223333";
const SERVICES: [&str; 1] = ["dynamodb.amazonaws.com"];

pub(super) struct Opinion<'a> {
    scene: &'a Scene,
    callers: BTreeMap<Who, Caller<'static>>,
    key_policy: Document,
    other_policy: Document,
    resource_control: Vec<Document>,
    grants: Vec<Grant>,
}

/// What is checked, and on what.
#[derive(Clone, Debug)]
struct Asked {
    action: &'static str,
    on: On,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum On {
    Key,
    Other,
    Alias,
    Account,
    NewKey,
}

impl<'a> Opinion<'a> {
    pub(super) fn of(scene: &'a Scene) -> Self {
        let callers = Who::ALL.into_iter().map(|who| (who, caller(scene, who))).collect();
        let grants = scene.grants.iter().enumerate().map(|(at, drawn)| {
            let retiring = drawn.retiring.map(|at| GRANTEES[at]);
            grant(at, drawn.grantee, drawn.operations, drawn.constraint, retiring)
        });
        let levels = scene.organization.iter().flat_map(|organization| organization.resource_control.iter().flatten());
        Self {
            scene,
            callers,
            key_policy: document(&scene.key_policy, Kind::ResourcePolicy),
            other_policy: document(&scene.other_policy, Kind::ResourcePolicy),
            resource_control: levels.map(|json| document(json, Kind::ResourceControlPolicy)).collect(),
            grants: grants.collect(),
        }
    }

    /// What a request may be answered with: nothing when it is let through, else a sentence of any check that fails. A
    /// sentence of the grants' own is not known: it ends with an ellipsis.
    pub(super) fn answers(&self, request: &Request) -> Vec<Option<String>> {
        let caller = &self.callers[&request.who];
        let sentences = asked(request).into_iter().flat_map(|asked| self.refusals(caller, request, &asked));
        let sentences: Vec<Option<String>> = sentences.map(Some).collect();
        if sentences.is_empty() { vec![None] } else { sentences }
    }

    /// The sentences of a check that fails. What one of several grants lacks is named, whichever it is.
    fn refusals(&self, caller: &Caller<'_>, request: &Request, asked: &Asked) -> Vec<String> {
        let account = match request.who.account() {
            "" => "000000000000",
            account => account,
        };
        let base = base();
        let (resource, resource_account, key_policy) = match asked.on {
            On::Key => (base.key.clone(), OWNER, Some(self.key_policy.clone())),
            On::Other => (base.other.clone(), OWNER, Some(self.other_policy.clone())),
            // A service belongs to no account: whose alias it would be, nobody can say.
            On::Alias if request.who != Who::Service => {
                (format!("arn:aws:kms:us-west-2:{account}:alias/new"), account, None)
            }
            On::NewKey => (format!("arn:aws:kms:us-west-2:{account}:key/*"), account, None),
            On::Alias | On::Account => (format!("arn:aws:kms:us-west-2:{account}:*"), account, None),
        };
        let facts = self.facts(request, asked);
        let check = Check {
            action: asked.action,
            resource: &resource,
            resource_account,
            key_policy,
            resource_control: if resource_account == OWNER { &self.resource_control } else { &[] },
            // Neither what a service forwards nor what comes over the internet uses an endpoint.
            forwarded: request.origin.via.is_some() || !request.origin.endpoint,
            facts: &facts,
        };
        let wanted = self.wanted(request);
        let first = |at: usize| {
            let mut grants = self.grants.clone();
            grants.rotate_left(at);
            decide(caller, &check, &grants, &wanted)
        };
        if matches!(first(0), Decision::Allow(_)) {
            return Vec::new();
        }
        let sentence = |decision| {
            let unknown = || format!("User: {} is not authorized to perform: {}...", request.who.arn(), asked.action);
            sentence(&caller.principal, &check, &decision).unwrap_or_else(unknown)
        };
        (0..self.grants.len().max(1)).map(|at| sentence(first(at))).collect()
    }

    fn wanted(&self, request: &Request) -> Wanted {
        let context = CONTEXTS[request.context].iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut wanted = Wanted {
            encryption_context: context.collect(),
            source_arn: request.origin.source.map(Into::into),
            ..Wanted::default()
        };
        match &request.ask {
            Ask::RetireGrant(at) => wanted.grant_id = Some((at % self.grants.len()).to_string()),
            Ask::CreateGrant { grantee, operations, constraint } => {
                let new = grant(0, *grantee, *operations, *constraint, None);
                wanted.new_grant = Some((new.operations, new.constraints));
            }
            _ => {}
        }
        wanted
    }

    /// The context of a check (section 4 of the specification, as far as the grammar asks for it).
    fn facts(&self, request: &Request, asked: &Asked) -> Context {
        let mut facts = Context::new();
        self.facts_of_caller(request, &mut facts);
        facts_of_origin(request, asked, &mut facts);
        facts_of_request(request, asked, self.constraint(request), &mut facts);
        let keys = matches!(asked.on, On::Key | On::Other) || asked.action == "kms:CreateKey";
        if keys {
            put(&mut facts, "kms:KeySpec", "SYMMETRIC_DEFAULT");
            put(&mut facts, "kms:MultiRegion", "false");
        }
        if asked.on == On::Key {
            facts.insert("kms:ResourceAliases", Values::many(vec!["alias/app"]));
            put(&mut facts, "aws:ResourceTag/Project", "alpha");
        }
        let by_kms = keys || asked.action == "kms:TagResource";
        if by_kms && request.who != Who::Service {
            put(&mut facts, "kms:CallerAccount", request.who.account());
        }
        facts
    }

    /// The constraint of the grant that a request is about: its kind and its encryption context.
    fn constraint(&self, request: &Request) -> Constraint {
        match request.ask {
            Ask::CreateGrant { constraint, .. } => CONSTRAINTS[constraint],
            Ask::RetireGrant(at) => CONSTRAINTS[self.scene.grants[at % self.scene.grants.len()].constraint],
            _ => ("", &[]),
        }
    }

    fn facts_of_caller(&self, request: &Request, facts: &mut Context) {
        let who = request.who;
        put(facts, "aws:PrincipalIsAWSService", if who == Who::Service { "true" } else { "false" });
        if who == Who::Service {
            return;
        }
        put(facts, "aws:PrincipalAccount", who.account());
        if self.scene.organization.is_some() && who.account() == OWNER {
            put(facts, "aws:PrincipalOrgID", "o-exampleorg1");
        }
        let (arn, kind, name, tag) = match who {
            Who::Alice => (who.arn(), "User", Some("alice"), Some("blue")),
            Who::Bob => (who.arn(), "User", Some("bob"), None),
            Who::Session | Who::PlainSession => (APP, "AssumedRole", None, Some("red")),
            Who::Linked => (LINKED, "AssumedRole", None, None),
            Who::Federated => (who.arn(), "FederatedUser", None, None),
            _ => (who.arn(), "Account", None, None),
        };
        put(facts, "aws:PrincipalArn", arn);
        put(facts, "aws:PrincipalType", kind);
        if let Some(name) = name {
            put(facts, "aws:username", name);
        }
        if let Some(tag) = tag {
            put(facts, "aws:PrincipalTag/Team", tag);
        }
        let temporary = matches!(kind, "AssumedRole" | "FederatedUser");
        if temporary || request.origin.mfa {
            put(facts, "aws:MultiFactorAuthPresent", if request.origin.mfa { "true" } else { "false" });
        }
    }
}

const APP: &str = "arn:aws:iam::111122223333:role/app/App";
const LINKED: &str =
    "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

fn put(facts: &mut Context, key: &str, value: &str) {
    facts.insert(key, Values::one(value.to_owned()));
}

fn facts_of_origin(request: &Request, asked: &Asked, facts: &mut Context) {
    let origin = &request.origin;
    put(facts, "aws:SecureTransport", if origin.insecure { "false" } else { "true" });
    put(facts, "aws:RequestedRegion", "us-west-2");
    put(facts, "aws:CurrentTime", "2026-01-01T00:00:00Z");
    put(facts, "aws:EpochTime", "1767225600");
    put(facts, "aws:UserAgent", concat!("pocket-kms/", env!("CARGO_PKG_VERSION")));
    put(facts, "aws:ViaAWSService", if origin.via.is_some() { "true" } else { "false" });
    if let Some(service) = origin.via {
        facts.insert("aws:CalledVia", Values::many(vec![service]));
        put(facts, "aws:CalledViaFirst", service);
        if matches!(asked.on, On::Key | On::Other) || matches!(asked.action, "kms:CreateKey" | "kms:TagResource") {
            let name = service.split('.').next().unwrap_or_default();
            put(facts, "kms:ViaService", &format!("{name}.us-west-2.amazonaws.com"));
        }
    }
    let endpoint = origin.endpoint && origin.via.is_none();
    if endpoint {
        put(facts, "aws:SourceVpce", "vpce-1111aaaa");
    }
    match origin.ip {
        Some(address) if endpoint => put(facts, "aws:VpcSourceIp", address),
        Some(address) if !origin.endpoint => put(facts, "aws:SourceIp", address),
        _ => {}
    }
    if let Some(source) = origin.source {
        put(facts, "aws:SourceArn", source);
    }
}

fn facts_of_request(request: &Request, asked: &Asked, (kind, constraint): Constraint, facts: &mut Context) {
    let cryptography = matches!(
        asked.action,
        "kms:Encrypt" | "kms:Decrypt" | "kms:GenerateDataKey" | "kms:ReEncryptFrom" | "kms:ReEncryptTo"
    );
    let context = if cryptography { CONTEXTS[request.context] } else { constraint };
    if cryptography {
        put(facts, "kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }
    if !kind.is_empty() {
        put(facts, "kms:GrantConstraintType", kind);
    }
    if !context.is_empty() {
        for (name, value) in context {
            put(facts, &format!("kms:EncryptionContext:{name}"), value);
        }
        facts.insert(
            "kms:EncryptionContextKeys",
            Values::many(context.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
        );
    }
    let named = cryptography && asked.action != "kms:ReEncryptTo" || asked.action == "kms:DescribeKey";
    if request.by_alias && named {
        put(facts, "kms:RequestAlias", "alias/app");
    }
    match &request.ask {
        Ask::CreateGrant { grantee, .. } if !GRANTEES[*grantee].starts_with("arn:") => {
            put(facts, "kms:GrantConstraintSourceArn", SOURCES[0]);
        }
        Ask::ReEncrypt { same } => put(facts, "kms:ReEncryptOnSameKey", if *same { "true" } else { "false" }),
        Ask::ScheduleKeyDeletion { days } => {
            put(facts, "kms:ScheduleKeyDeletionPendingWindowInDays", &days.unwrap_or(30).to_string());
        }
        Ask::TagResource { team } => tags(facts, team),
        Ask::CreateKey { tagged: true } => tags(facts, "blue"),
        Ask::UntagResource => facts.insert("aws:TagKeys", Values::many(vec!["team", "project"])),
        _ => {}
    }
}

fn tags(facts: &mut Context, team: &str) {
    put(facts, "aws:RequestTag/team", team);
    facts.insert("aws:TagKeys", Values::many(vec!["team"]));
}

/// The checks that a request needs.
fn asked(request: &Request) -> Vec<Asked> {
    let on = |action, on| Asked { action, on };
    match &request.ask {
        Ask::Encrypt => vec![on("kms:Encrypt", On::Key)],
        Ask::Decrypt => vec![on("kms:Decrypt", On::Key)],
        Ask::GenerateDataKey => vec![on("kms:GenerateDataKey", On::Key)],
        Ask::DescribeKey => vec![on("kms:DescribeKey", On::Key)],
        Ask::ReEncrypt { same } => {
            vec![on("kms:ReEncryptFrom", On::Key), on("kms:ReEncryptTo", if *same { On::Key } else { On::Other })]
        }
        Ask::ListGrants => vec![on("kms:ListGrants", On::Key)],
        Ask::CreateGrant { .. } => vec![on("kms:CreateGrant", On::Key)],
        Ask::RetireGrant(_) => vec![on("kms:RetireGrant", On::Key)],
        Ask::RevokeGrant(_) => vec![on("kms:RevokeGrant", On::Key)],
        Ask::ListKeys => vec![on("kms:ListKeys", On::Account)],
        Ask::CreateKey { tagged: false } => vec![on("kms:CreateKey", On::Account)],
        Ask::CreateKey { tagged: true } => vec![on("kms:CreateKey", On::Account), on("kms:TagResource", On::NewKey)],
        Ask::CreateAlias => vec![on("kms:CreateAlias", On::Alias), on("kms:CreateAlias", On::Key)],
        Ask::TagResource { .. } => vec![on("kms:TagResource", On::Key)],
        Ask::UntagResource => vec![on("kms:UntagResource", On::Key)],
        Ask::ScheduleKeyDeletion { .. } => vec![on("kms:ScheduleKeyDeletion", On::Key)],
        Ask::DisableKey => vec![on("kms:DisableKey", On::Key)],
        Ask::GetKeyPolicy => vec![on("kms:GetKeyPolicy", On::Key)],
        Ask::GenerateRandom => vec![on("kms:GenerateRandom", On::Account)],
    }
}

fn grant(at: usize, grantee: usize, operations: u8, constraint: usize, retiring: Option<&str>) -> Grant {
    let service = !GRANTEES[grantee].starts_with("arn:");
    let entry = |text: &str| PrincipalEntry::parse(text).or_else(|| PrincipalEntry::parse_service(text));
    let (kind, pairs) = CONSTRAINTS[constraint];
    let pairs: Pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let named = OPERATIONS.iter().enumerate().filter(|(at, _)| operations & (1 << at) != 0);
    Grant {
        id: at.to_string(),
        key: base().key.clone(),
        operations: named.map(|(_, name)| (*name).to_owned()).collect(),
        grantee: entry(GRANTEES[grantee]).expect("a grantee"),
        retiring: if service { entry(GRANTEES[grantee]) } else { retiring.and_then(entry) },
        constraints: Constraints {
            equals: (kind == "EncryptionContextEquals").then(|| pairs.clone()),
            subset: (kind == "EncryptionContextSubset").then_some(pairs),
            source_arn: service.then(|| SOURCES[0].to_owned()),
        },
        issuing_account: OWNER.to_owned(),
        visible: true,
    }
}

/// A caller with all policies of the scene that are about it.
fn caller(scene: &Scene, who: Who) -> Caller<'static> {
    let all = |documents: &[Value], kind: Kind| -> Vec<Document> {
        documents.iter().map(|json| document(json, kind)).collect()
    };
    let identity = |documents: &[Value]| all(documents, Kind::IdentityPolicy);
    let (own, boundary) = match who {
        Who::Alice => {
            let mut own = identity(&scene.alice);
            own.extend(scene.group.iter().map(|group| document(group, Kind::IdentityPolicy)));
            (own, scene.alice_boundary.as_ref())
        }
        Who::Session | Who::PlainSession => (identity(&scene.role), scene.role_boundary.as_ref()),
        Who::Bob => (identity(&scene.bob), None),
        Who::Federated => (identity(&scene.carol), None),
        Who::Root | Who::ForeignRoot | Who::Linked | Who::Service => (Vec::new(), None),
    };
    let kind = match who {
        Who::Alice | Who::Bob => PrincipalKind::User,
        Who::Session | Who::PlainSession => PrincipalKind::RoleSession { role: APP },
        Who::Linked => PrincipalKind::RoleSession { role: LINKED },
        Who::Federated => PrincipalKind::FederatedUser { user: "arn:aws:iam::111122223333:user/carol" },
        Who::Root | Who::ForeignRoot => PrincipalKind::Root,
        Who::Service => PrincipalKind::Service { names: &SERVICES },
    };
    let organization = scene.organization.as_ref();
    let member = organization.filter(|_| who.account() == OWNER);
    Caller {
        principal: Principal {
            kind,
            account: who.account(),
            arn: who.arn(),
            unique_id: None,
            bounded: boundary.is_some(),
        },
        service_linked: who == Who::Linked,
        identity: own,
        boundary: boundary.map(|boundary| vec![document(boundary, Kind::IdentityPolicy)]),
        session: (who == Who::Session).then(|| all(&scene.session, Kind::SessionPolicy)),
        service_control: member.map_or_else(Vec::new, |organization| {
            organization.service_control.iter().map(|level| all(level, Kind::ServiceControlPolicy)).collect()
        }),
        endpoint: scene.endpoint.as_ref().map(|endpoint| vec![document(endpoint, Kind::EndpointPolicy)]),
    }
}
