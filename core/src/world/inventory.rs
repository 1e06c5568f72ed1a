//! What a world has, as data from which the same can be made elsewhere, without secrets.

use std::collections::BTreeMap;

use super::World;
use crate::{
    names::{GrantId, GrantName, KeyArn, KeyStoreName},
    order::sorted,
    policy::PolicyRow,
    shapes::KeyManagerType,
    state::{GrantParty, GrantRow, Key, KeyStoreRow, State},
    time::Time,
    wire::{Members, Value},
};

impl World {
    /// What the world has: `version` (1), `keys`, `keyStores`, `directory` (as [`World::directory`] tells it), `stores` (what
    /// key stores stand on, as [`World::stores_setup`] tells it) and `settings`.
    ///
    /// A key has `arn`, `account`, `region`, `keyId`, `spec`, `usage`, `origin`, `description`, `enabled` (whether it is
    /// switched on), `state`, `multiRegion`, `tags`, `policy` (JSON text; none where it is the default policy), `aliases`
    /// and `grants`. A multi-Region key has `primaryRegion`, too; one in a custom key
    /// store `customKeyStoreId`, and `xksKeyId` where it is an external one; one that rotates has `rotationPeriodInDays`, one that is
    /// to be deleted `pendingWindowInDays`. AWS managed keys are not told: they come by themselves. Keys stand in the
    /// order in which they were created, a primary key before its replicas.
    ///
    /// Custom key stores stand by their ids, with `account`, `region`, `connectionState`, `connectionErrorCode` where the
    /// connection has failed, and what CreateCustomKeyStore was told of them, but for what is secret.
    pub fn inventory(&self, host_now: Time) -> Value {
        self.inventory_at(self.now(host_now))
    }

    /// The same at an instant of the world's own clock.
    pub(super) fn inventory_at(&self, now: Time) -> Value {
        let seen = self.settled(now);
        let state = seen.state();
        let mut keys: Vec<(Time, bool, KeyArn, Key)> = Vec::new();
        for (lineage, row) in state.keys.iter().filter(|(_, row)| row.manager == KeyManagerType::Customer) {
            for own in &row.regions {
                let arn = lineage.in_region(own.region);
                let Some(key) = Key::of(row, &arn) else { continue };
                let created = row.home().map_or(own.created, |home| home.created);
                keys.push((created, key.is_replica(), arn, key));
            }
        }
        let place = |(created, is_replica, arn, _): &(Time, bool, KeyArn, Key)| (*created, arn.id, *is_replica, *arn);
        let keys = sorted(keys, |one, other| place(one).cmp(&place(other)));
        let aliases = aliases(state);
        let told = |(_, _, arn, key): &(Time, bool, KeyArn, Key)| {
            told(state, *arn, key, aliases.get(arn).cloned().unwrap_or_default(), now)
        };
        let keys = keys.iter().map(told).collect();
        Value::from([
            ("version", Value::Int(1)),
            ("keys", Value::List(keys)),
            (
                "keyStores",
                state.key_stores.iter().map(|(name, row)| (name.id.to_string(), store(*name, row))).collect(),
            ),
            ("directory", state.directory()),
            ("stores", self.stores_setup()),
            ("settings", state.settings()),
        ])
    }
}

/// What is told of a key.
fn told(state: &State, arn: KeyArn, key: &Key, aliases: Vec<Value>, now: Time) -> Value {
    let own = key.own();
    let tags = own.tags.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
    let mut members: Members = vec![
        ("arn".into(), Value::from(arn.to_string())),
        ("account".into(), Value::from(arn.account.to_string())),
        ("region".into(), Value::from(arn.region.as_str())),
        ("keyId".into(), Value::from(arn.id.to_string())),
        ("spec".into(), Value::from(key.spec.as_str())),
        ("usage".into(), Value::from(key.usage.as_str())),
        ("origin".into(), Value::from(key.origin.as_str())),
        ("description".into(), Value::from(own.description.as_str())),
        ("enabled".into(), Value::Bool(own.enabled)),
        ("state".into(), Value::from(state.state_of(key, now).as_str())),
        ("multiRegion".into(), Value::Bool(key.is_multi_region())),
        ("tags".into(), tags),
        ("aliases".into(), Value::List(aliases)),
        ("grants".into(), Value::List(grants(state, arn))),
    ];
    if let Some(store) = key.store() {
        members.push(("customKeyStoreId".into(), Value::from(store.to_string())));
    }
    if let Some(external) = key.external() {
        members.push(("xksKeyId".into(), Value::from(external)));
    }
    if let Some(primary) = key.primary {
        members.push(("primaryRegion".into(), Value::from(primary.as_str())));
    }
    if let Some(policy) = state.policies.get(&arn) {
        members.push(("policy".into(), Value::from(PolicyRow::text(policy))));
    }
    if let Some(rotation) = &key.rotation {
        members.push(("rotationPeriodInDays".into(), Value::Int(rotation.period)));
    }
    if let Some(deletion) = own.deletion {
        members.push(("pendingWindowInDays".into(), Value::Int(deletion.window)));
    }
    Value::Map(members)
}

/// What is told of a custom key store: neither a password nor a credential.
fn store(name: KeyStoreName, row: &KeyStoreRow) -> Value {
    let text = |text: &str| Some(Value::from(text));
    let (cluster, external) = (row.cloud_hsm(), row.external());
    let service = external.and_then(|external| external.service.as_ref());
    Value::named(&mut [
        ("account", Some(Value::from(name.account.to_string()))),
        ("region", text(name.region.as_str())),
        ("connectionState", text(row.connection.state().as_str())),
        ("connectionErrorCode", row.connection.error().and_then(|code| text(code.as_str()))),
        ("customKeyStoreName", text(&row.name)),
        ("customKeyStoreType", text(row.store_type().as_str())),
        ("cloudHsmClusterId", cluster.map(|own| Value::from(own.cluster.to_string()))),
        ("trustAnchorCertificate", cluster.and_then(|own| text(&own.anchor))),
        ("xksProxyUriEndpoint", external.map(|own| Value::from(own.endpoint.to_string()))),
        ("xksProxyUriPath", external.map(|own| Value::from(own.path.to_string()))),
        ("xksProxyConnectivity", external.and_then(|own| text(own.connectivity().as_str()))),
        ("xksProxyVpcEndpointServiceName", service.map(|service| Value::from(service.name.to_string()))),
        ("xksProxyVpcEndpointServiceOwner", service.map(|service| Value::from(service.owner.to_string()))),
    ])
}

/// The names of aliases by the keys that they name.
fn aliases(state: &State) -> BTreeMap<KeyArn, Vec<Value>> {
    let mut aliases: BTreeMap<KeyArn, Vec<Value>> = BTreeMap::new();
    for (alias, row) in &state.aliases {
        let key = KeyArn { account: alias.account, region: alias.region, id: row.target };
        aliases.entry(key).or_default().push(Value::from(alias.name.to_string()));
    }
    aliases
}

/// The grants of a key, in the words of CreateGrant.
fn grants(state: &State, key: KeyArn) -> Vec<Value> {
    let first = GrantName { key, id: GrantId::FIRST };
    state.grants_behind(first).map(|(_, row)| grant(row)).collect()
}

fn grant(row: &GrantRow) -> Value {
    let operations = row.operations.iter().map(|operation| Value::from(operation.as_str())).collect();
    let party = |party: &GrantParty, principal, service| {
        (if party.is_service { service } else { principal }, Value::from(&*party.name))
    };
    let mut members = vec![party(&row.grantee, "GranteePrincipal", "GranteeServicePrincipal")];
    members.extend(row.retiring.as_ref().map(|who| party(who, "RetiringPrincipal", "RetiringServicePrincipal")));
    members.push(("Operations", Value::List(operations)));
    members.extend(row.name.as_deref().map(|name| ("Name", Value::from(name))));
    let mut constraints: Vec<(&'static str, Value)> = Vec::new();
    if let Some(context) = &row.context {
        let pairs = context.pairs.iter().map(|(name, value)| (name.to_string(), Value::from(&**value)));
        constraints.push((context.kind(), pairs.collect()));
    }
    constraints.extend(row.source_arn.as_deref().map(|arn| ("SourceArn", Value::from(arn))));
    if !constraints.is_empty() {
        members.push(("Constraints", constraints.into_iter().collect()));
    }
    members.into_iter().collect()
}
