//! The directory as a host gets it: in the form in which it is registered, without secrets.

use super::{
    aws_managed::aws_managed,
    rows::{EndpointRow, NamedPolicy, OrganizationRow, PrincipalRow},
};
use crate::{
    policy::PolicyRow,
    state::tables::State,
    wire::{self, Members, Value},
};

impl State {
    /// Everything that is registered.
    pub(crate) fn directory(&self) -> Value {
        let principals = self.principals.iter().map(|(name, row)| (name.arn(&row.path, &row.name), principal(row)));
        let policies = self.managed_policies.iter().filter(|(arn, row)| aws_managed(arn).as_ref() != Some(row));
        let policies = policies.map(|(arn, row)| (arn.to_string(), document(row)));
        let organizations = self.organizations.iter().map(|(id, row)| (id.to_string(), organization(row)));
        let endpoints = self.endpoints.iter().map(|(id, row)| (id.to_string(), endpoint(row)));
        told([
            ("principals", principals.collect()),
            ("policies", policies.collect()),
            ("organizations", organizations.collect()),
            ("vpcEndpoints", endpoints.collect()),
            ("accessKeys", self.access_keys()),
        ])
    }
}

/// A structure of what is there: nothing that is null or empty.
fn told<const N: usize>(members: [(&'static str, Value); N]) -> Value {
    let is_there = |value: &Value| match value {
        Value::Null => false,
        Value::Map(members) => !members.is_empty(),
        Value::List(values) => !values.is_empty(),
        _ => true,
    };
    members.into_iter().filter(|(_, value)| is_there(value)).collect()
}

/// A document as JSON; its text where the text is not JSON that values can hold.
fn document(row: &PolicyRow) -> Value {
    wire::from_json(row.text().as_bytes()).unwrap_or_else(|_| Value::from(row.text()))
}

fn texts(texts: &[Box<str>]) -> Value {
    Value::List(texts.iter().map(|text| Value::from(&**text)).collect())
}

fn maybe(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::from)
}

fn principal(row: &PrincipalRow) -> Value {
    let tags: Members = row.tags.iter().map(|(key, value)| (key.clone().into(), Value::from(value.as_str()))).collect();
    let linked_by_path = row.path.starts_with("/aws-service-role/");
    let linked = if row.service_linked == linked_by_path { Value::Null } else { Value::Bool(row.service_linked) };
    let policies = row.policies.iter().map(|(name, policy)| (name.to_string(), document(policy)));
    told([
        ("policies", policies.collect()),
        ("managedPolicies", texts(&row.managed)),
        ("permissionsBoundary", maybe(row.boundary.as_deref())),
        ("groups", texts(&row.groups)),
        ("tags", Value::Map(tags)),
        ("trustPolicy", row.trust.as_ref().map_or(Value::Null, |trust| document(trust))),
        ("maxSessionDuration", row.max_session.map_or(Value::Null, |seconds| Value::Int(seconds.into()))),
        ("serviceLinked", linked),
        ("uniqueId", Value::from(&*row.unique_id)),
    ])
}

/// From this many levels below the root on, policies are shown as text: what is told can be registered, and is read to a depth.
const DEEP: usize = 3;

/// How many levels deep units nest below the root.
const DEEPEST: usize = 5;

/// The policies of an entity on a level: a list that is empty allows nothing, and is told.
fn attached(policies: &[NamedPolicy], level: usize) -> Value {
    let one = |(arn, row): &NamedPolicy| {
        if arn.ends_with("/p-FullAWSAccess") {
            return Value::from("FullAWSAccess");
        }
        // Below the deepest units nothing but a text is read; an id that was given is not told there.
        if level > DEEPEST {
            return Value::from(row.text());
        }
        let document = if level < DEEP { document(row) } else { Value::from(row.text()) };
        Value::from([("arn", Value::from(&**arn)), ("document", document)])
    };
    Value::List(policies.iter().map(one).collect())
}

/// What an entity of an organization has, with its policies before it.
fn entity(service: &[NamedPolicy], resource: &[NamedPolicy], level: usize, rest: Members) -> Value {
    let mut members: Members = vec![("serviceControlPolicies".into(), attached(service, level))];
    if !resource.is_empty() {
        members.push(("resourceControlPolicies".into(), attached(resource, level)));
    }
    members.extend(rest);
    Value::Map(members)
}

fn organization(row: &OrganizationRow) -> Value {
    let Some(root) = row.units.first() else { return Value::Null };
    let mut members: Members = vec![
        ("managementAccount".into(), Value::from(row.management.to_string())),
        ("root".into(), Value::from(&*root.id)),
    ];
    if let Value::Map(rest) = entity(&root.service_control, &root.resource_control, 0, contents(row, 0, 1)) {
        members.extend(rest);
    }
    Value::Map(members)
}

/// The units and accounts in a unit, which are a level below it. Units nest five levels deep at most.
fn contents(row: &OrganizationRow, place: u32, level: usize) -> Members {
    let units = (1_u32..).zip(row.units.iter().skip(1)).filter(|(own, unit)| unit.parent == place && *own > place);
    let units = units.map(|(own, unit)| {
        (
            unit.id.to_string(),
            entity(&unit.service_control, &unit.resource_control, level, contents(row, own, level + 1)),
        )
    });
    let accounts = row.accounts.iter().filter(|member| member.parent == place);
    let accounts = accounts.map(|member| {
        (member.account.to_string(), entity(&member.service_control, &member.resource_control, level, Vec::new()))
    });
    match told([("units", units.collect()), ("accounts", accounts.collect())]) {
        Value::Map(members) => members,
        _ => Vec::new(),
    }
}

fn endpoint(row: &EndpointRow) -> Value {
    told([
        ("policy", row.policy.as_ref().map_or(Value::Null, |policy| document(policy))),
        ("vpc", maybe(row.vpc.as_deref())),
        ("owner", row.owner.map_or(Value::Null, |owner| Value::from(owner.to_string()))),
    ])
}
