//! A scene: policies of every layer, grants, and requests to them.

use std::fmt;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    requests::{Request, requests},
    words::{CONSTRAINTS, GRANTEES, Layer, documents, masks},
};

/// How many requests are made to one set of policies, on average.
pub(super) const REQUESTS: usize = 40;
/// The most grants of a scene.
pub(super) const GRANTS: usize = 4;

#[derive(Clone)]
pub(super) struct Scene {
    pub(super) key_policy: Value,
    /// The policy of the key to which ciphertexts are encrypted again.
    pub(super) other_policy: Value,
    pub(super) alice: Vec<Value>,
    /// The policy of the group in which Alice is.
    pub(super) group: Option<Value>,
    pub(super) alice_boundary: Option<Value>,
    pub(super) role: Vec<Value>,
    pub(super) role_boundary: Option<Value>,
    pub(super) session: Vec<Value>,
    pub(super) bob: Vec<Value>,
    pub(super) carol: Vec<Value>,
    pub(super) organization: Option<Organization>,
    pub(super) endpoint: Option<Value>,
    pub(super) grants: Vec<Grant>,
    pub(super) requests: Vec<Request>,
}

impl fmt::Debug for Scene {
    /// What is there, a policy or a request a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = |name: &str, documents: &[&Value]| {
            documents.iter().try_for_each(|document| writeln!(f, "  {name}: {document}"))
        };
        all("key policy", &[&self.key_policy])?;
        all("policy of the other key", &[&self.other_policy])?;
        for (name, documents) in [
            ("alice", &self.alice),
            ("role", &self.role),
            ("session", &self.session),
            ("bob", &self.bob),
            ("carol", &self.carol),
        ] {
            all(name, &documents.iter().collect::<Vec<_>>())?;
        }
        for (name, document) in [
            ("group of alice", &self.group),
            ("boundary of alice", &self.alice_boundary),
            ("boundary of the role", &self.role_boundary),
            ("endpoint", &self.endpoint),
        ] {
            all(name, &document.iter().collect::<Vec<_>>())?;
        }
        if let Some(organization) = &self.organization {
            let levels = organization.service_control.iter().zip(["root", "unit", "account"]);
            for (documents, level) in levels {
                all(&format!("SCP of the {level}"), &documents.iter().collect::<Vec<_>>())?;
            }
            let levels = organization.resource_control.iter().zip(["root", "unit", "account"]);
            for (documents, level) in levels {
                all(&format!("RCP of the {level}"), &documents.iter().collect::<Vec<_>>())?;
            }
        }
        // As one line each, however the scene is to be shown.
        let grants = self.grants.iter().map(|grant| format!("{grant:?}"));
        let requests = self.requests.iter().map(|request| format!("{request:?}"));
        grants.chain(requests).try_for_each(|line| writeln!(f, "  {line}"))
    }
}

/// The policies of the root, the unit and the account.
#[derive(Clone, Debug)]
pub(super) struct Organization {
    pub(super) service_control: [Vec<Value>; 3],
    pub(super) resource_control: [Vec<Value>; 3],
}

/// A grant: to whom, for what, under which constraint, and who may retire it, by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) grantee: usize,
    pub(super) operations: u8,
    pub(super) constraint: usize,
    pub(super) retiring: Option<usize>,
}

pub(super) fn full() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] })
}

/// The key policy that leaves everything to IAM policies.
fn delegates() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },
    ] })
}

pub(super) fn scenes() -> impl Strategy<Value = Scene> {
    let own = |layer, least, most| prop::collection::vec(documents(layer), least..most);
    let key = || prop_oneof![1 => Just(delegates()), 3 => documents(Layer::Key)];
    let maybe = |layer| prop::option::weighted(0.3, documents(layer));
    let principals = (
        own(Layer::Identity, 0, 3),
        maybe(Layer::Identity),
        maybe(Layer::Boundary),
        own(Layer::Identity, 0, 3),
        maybe(Layer::Boundary),
        own(Layer::Session, 1, 3),
        own(Layer::Identity, 0, 3),
        own(Layer::Identity, 0, 2),
    );
    let world = (key(), key(), prop::option::weighted(0.4, organizations()), maybe(Layer::Endpoint));
    let grants = prop::collection::vec(grants(), 0..GRANTS);
    (principals, world, grants, prop::collection::vec(requests(), 1..2 * REQUESTS)).prop_map(
        |(principals, (key_policy, other_policy, organization, endpoint), grants, requests)| {
            let (alice, group, alice_boundary, role, role_boundary, session, bob, carol) = principals;
            Scene {
                key_policy,
                other_policy,
                alice,
                group,
                alice_boundary,
                role,
                role_boundary,
                session,
                bob,
                carol,
                organization,
                endpoint,
                grants,
                requests,
            }
        },
    )
}

fn organizations() -> impl Strategy<Value = Organization> {
    let level = || {
        let more = prop::collection::vec(documents(Layer::ServiceControl), 0..2);
        (prop::bool::weighted(0.85), more).prop_map(|(allows, mut documents)| {
            // An entity has at least one policy, and none twice.
            if (allows || documents.is_empty()) && !documents.contains(&full()) {
                documents.insert(0, full());
            }
            documents
        })
    };
    let denies = || prop::collection::vec(documents(Layer::ResourceControl), 0..2);
    ((level(), level(), level()), (denies(), denies(), denies())).prop_map(|(service, resource)| Organization {
        service_control: service.into(),
        resource_control: resource.into(),
    })
}

fn grants() -> impl Strategy<Value = Grant> {
    let retiring = prop::option::weighted(0.5, 0..GRANTEES.len() - 1);
    (0..GRANTEES.len(), masks(), 0..CONSTRAINTS.len(), retiring)
        .prop_map(|(grantee, operations, constraint, retiring)| Grant { grantee, operations, constraint, retiring })
}
