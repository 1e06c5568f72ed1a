//! Clusters as a host gets them: in the form in which they are registered, without secrets.

use std::sync::Arc;

use crate::{
    material::MaterialId,
    names::ClusterId,
    state::{ClusterKeyName, ClusterKeyRow, ClusterRow, State, Subnet, backing_key_id},
    wire::{Members, Value},
};

/// What the id of a cluster looks like.
pub(crate) const AN_ID: &str = "the id of a cluster: cluster- and 11 to 16 letters and digits from 2 to 7";

/// How many keys of a cluster are shown.
const SHOWN_KEYS: usize = 1000;

/// All clusters that are registered.
pub(crate) fn registered(state: &State) -> Value {
    state.clusters.iter().map(|(id, row)| (id.to_string(), Value::Map(members(row)))).collect()
}

fn text(text: &str) -> Value {
    Value::from(text)
}

/// A cluster in the form in which it is registered.
fn members(row: &ClusterRow) -> Members {
    let subnet = |subnet: &Subnet| {
        let free = ("freeAddresses", Value::Int(i64::from(subnet.free_addresses)));
        let deleted = ("deleted", Value::Bool(subnet.deleted));
        let all = [("zone", text(&subnet.zone)), free, deleted];
        (subnet.id.to_string(), all.into_iter().filter(|(_, value)| *value != Value::Bool(false)).collect())
    };
    let hsms = row.hsms.iter().map(|hsm| {
        let users = if hsm.kmsuser { vec![text("kmsuser")] } else { Vec::new() };
        let (zone, state) = (text(&hsm.zone), text(hsm.state.as_str()));
        Value::from([("zone", zone), ("state", state), ("users", Value::List(users))])
    });
    let user = &row.kmsuser;
    let kmsuser = Value::from([
        ("failedLogins", Value::Int(i64::from(user.failed_logins))),
        ("locked", Value::Bool(user.locked)),
        ("loggedInElsewhere", Value::Bool(user.logged_in_elsewhere)),
        ("secondFactor", Value::Bool(user.second_factor)),
    ]);
    let mut members: Members = vec![
        ("account".into(), text(&row.account.to_string())),
        ("region".into(), text(row.region.as_str())),
        ("state".into(), text(row.state.as_str())),
    ];
    if let Some(anchor) = &row.trust_anchor {
        members.push(("trustAnchor".into(), text(anchor)));
    }
    let rest = [
        ("lineage", text(&row.lineage)),
        ("vpc", text(&row.vpc)),
        ("subnets", row.subnets.iter().map(subnet).collect()),
        ("securityGroup", Value::Bool(row.security_group)),
        ("mutualTls", Value::Bool(row.mutual_tls)),
        ("network", Value::Bool(row.network)),
        ("kmsFault", Value::Bool(row.kms_fault)),
        ("busy", Value::Bool(row.busy)),
        ("sessions", Value::Bool(row.sessions)),
        ("hsms", Value::List(hsms.collect())),
        ("kmsuser", kmsuser),
    ];
    members.extend(rest.map(|(name, value)| (name.into(), value)));
    members
}

/// A cluster with everything that is in it, and what an action has to tell besides.
pub(super) fn described(state: &State, id: ClusterId, more: &[(&'static str, Value)]) -> Value {
    let Some(row) = state.clusters.get(&id) else { return Value::Null };
    let mut told: Members = vec![("cluster".into(), text(id.as_str()))];
    told.extend(members(row));
    let first = ClusterKeyName::new(id, MaterialId([0; 32]));
    let keys = || state.cluster_keys.range(first..).take_while(|(name, _)| name.cluster == id);
    let key = |(name, row): (&ClusterKeyName, &Arc<ClusterKeyRow>)| {
        let (own, label) = (Value::from(backing_key_id(name.material)), text(&row.label.to_string()));
        Value::from([("id", own), ("label", label)])
    };
    let backups = state.backups.iter().filter(|(_, backup)| backup.cluster == id);
    let backups = backups.map(|(backup, made)| {
        let (created, keys) = (Value::Time(made.created), Value::count(made.keys.len()));
        Value::from([("backup", text(backup.as_str())), ("created", created), ("keyCount", keys)])
    });
    let user = state.clusters.get(&id).is_some_and(|row| row.hsms.iter().any(|hsm| hsm.kmsuser));
    told.push(("hasKmsuser".into(), Value::Bool(user)));
    told.push(("kmsIsLoggedIn".into(), Value::Bool(row.kmsuser.logged_in)));
    told.push(("created".into(), Value::Time(row.created)));
    told.push(("keyCount".into(), Value::count(keys().count())));
    told.push(("keys".into(), Value::List(keys().take(SHOWN_KEYS).map(key).collect())));
    told.push(("backups".into(), Value::List(backups.collect())));
    told.extend(more.iter().map(|(name, value)| ((*name).into(), value.clone())));
    Value::Map(told)
}
