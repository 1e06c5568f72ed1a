//! How the names in a request lead to keys, and what state the keys are in.

use super::{CourseWriter, MOST, Stage, some};
use crate::{
    ciphertext,
    material::MaterialId,
    names::{AliasArn, KeyArn, KeyRef},
    operations::{self, Gate, Subject},
    state::{LineageId, State},
    wire::{Name, Seen, Value},
};

/// The members that name keys.
const NAMES: [&str; 5] = ["KeyId", "SourceKeyId", "DestinationKeyId", "TargetKeyId", "AliasName"];

impl CourseWriter<'_> {
    /// How each name was resolved, what the ciphertext says of its key, and the keys that the call is about.
    pub(super) fn keys(&self) -> Value {
        let names = NAMES.iter().filter_map(|member| {
            let Some(Seen::Text(text)) = self.request.as_ref()?.typed().member(member) else { return None };
            Some(self.named(member, text))
        });
        let keys = self.trail.subjects.iter().map(|subject| {
            let by = if subject.by_ciphertext { "ciphertext" } else { "name" };
            Value::from([
                ("key", Value::from(subject.arn.to_string())),
                ("by", by.into()),
                ("action", subject.action.to_string().into()),
                ("exists", Value::Bool(self.state.key(&subject.arn).is_some())),
            ])
        });
        let names = Value::List(names.collect());
        let mut facts = vec![(Name::Borrowed("names"), names)];
        facts.extend(self.ciphertext().map(|said| (Name::Borrowed("ciphertext"), said)));
        facts.extend(some("keys", keys));
        Value::Map(facts)
    }

    /// What a name is, and where it leads.
    fn named(&self, member: &'static str, text: &str) -> Value {
        let (account, region) = (self.call.caller.account, self.call.region);
        let alias = |arn: AliasArn| (Some(arn), None);
        let (form, (alias, key)) = match KeyRef::parse(text) {
            Some(KeyRef::Id(id)) => ("key ID", (None, Some(KeyArn { account, region, id }))),
            Some(KeyRef::Arn(arn)) => ("key ARN", (None, Some(arn))),
            Some(KeyRef::AliasName(name)) => ("alias name", alias(AliasArn { account, region, name })),
            Some(KeyRef::AliasArn(arn)) => ("alias ARN", alias(arn)),
            None => ("none of the four forms", (None, None)),
        };
        let key = key.or_else(|| self.state.aliased_key(alias.as_ref()?));
        let exists = key.is_some_and(|key| self.state.key(&key).is_some() && !self.state.is_unseen(key));
        let lag = match (&alias, key) {
            (_, Some(key)) if self.state.is_unseen(key) => Some("new-key"),
            (Some(alias), None) if self.state.aliases.contains_key(alias) => Some("alias-target"),
            _ => None,
        };
        let missed = !exists && lag.is_none() && self.stage == Stage::Keys;
        let elsewhere = if missed { elsewhere(alias.as_ref(), key, self.state) } else { Vec::new() };
        let mut facts = vec![
            (Name::Borrowed("member"), Value::from(member)),
            (Name::Borrowed("name"), Value::from(text)),
            (Name::Borrowed("form"), Value::from(form)),
            (Name::Borrowed("exists"), Value::Bool(exists)),
        ];
        facts.extend(alias.map(|arn| (Name::Borrowed("alias"), arn.to_string().into())));
        facts.extend(key.map(|arn| (Name::Borrowed("key"), arn.to_string().into())));
        facts.extend(lag.map(|lag| (Name::Borrowed("hiddenBy"), lag.into())));
        facts.extend(some("elsewhere", elsewhere.into_iter().map(Value::from)));
        Value::Map(facts)
    }

    /// What the ciphertext of the request says of its key.
    fn ciphertext(&self) -> Option<Value> {
        let Some(Seen::Bytes(blob)) = self.request.as_ref()?.typed().member("CiphertextBlob") else { return None };
        let Some(said) = ciphertext::describe(blob) else {
            return Some(Value::from([("length", Value::count(blob.len())), ("materialId", Value::Null)]));
        };
        let owner = self.owner_of(said.material_id).map_or(Value::Null, Value::from);
        Some(Value::from([
            ("length", Value::count(said.length)),
            ("materialId", said.material_id.to_string().into()),
            ("madeBy", owner),
        ]))
    }

    /// The key that has or had key material, near the Region of the call.
    fn owner_of(&self, id: MaterialId) -> Option<String> {
        let holders = self.state.holders_near(id, self.call.region)?;
        let near = holders.owner.in_region(self.call.region);
        let key = if self.state.key(&near).is_some() { near } else { self.state.keys_of(id).next().unwrap_or(near) };
        Some(key.to_string())
    }

    /// What each key is, and whether that allows the operation.
    pub(super) fn states(&self) -> Value {
        Value::Map(some("keys", self.trail.subjects.iter().filter_map(|subject| self.state_of(subject))))
    }

    fn state_of(&self, subject: &Subject) -> Option<Value> {
        let (arn, now) = (&subject.arn, self.call.now);
        let key = self.state.key(arn)?;
        let (state, seen) = (self.state.key_state(arn, now)?, self.state.seen_state(arn, now)?);
        let gate = (subject.gate != Gate::Never)
            .then_some(self.operation)
            .flatten()
            .map(|operation| operations::gate(operation, subject, self.state, now));
        let role = match (key.is_multi_region(), key.is_replica()) {
            (false, _) => "single-Region",
            (true, false) => "primary",
            (true, true) => "replica",
        };
        let text = |text: &str| Some(Value::from(text));
        let refused = gate.as_ref().and_then(|gate| gate.as_ref().err());
        let deletion = key.own().deletion.and_then(|deletion| deletion.date).map(Value::Time);
        Some(Value::named(&mut [
            ("key", Some(arn.to_string().into())),
            ("state", text(seen.as_str())),
            ("hiddenState", (state != seen).then(|| state.as_str().into())),
            ("deletionDate", deletion),
            ("spec", text(key.spec.as_str())),
            ("usage", text(key.usage.as_str())),
            ("needsUsage", subject.usage.map(|usage| usage.as_str().into())),
            ("origin", text(key.origin.as_str())),
            ("role", text(role)),
            ("store", self.state.store_of(&key).map(|(name, _)| name.id.to_string().into())),
            ("allows", Some(gate.as_ref().map_or(Value::Null, |gate| Value::Bool(gate.is_ok())))),
            ("refusal", refused.map(|error| error.exception.name().into())),
        ]))
    }
}

/// Where there is a key of this id, or an alias of this name, in other Regions of the account.
fn elsewhere(alias: Option<&AliasArn>, key: Option<KeyArn>, state: &State) -> Vec<String> {
    if let Some(alias) = alias.filter(|_| key.is_none()) {
        let others = state.aliases.keys().filter(|arn| (arn.account, &arn.name) == (alias.account, &alias.name));
        return others.take(MOST).map(ToString::to_string).collect();
    }
    let Some(key) = key else { return Vec::new() };
    let row = state.keys.get(&LineageId::of(key));
    let regions = row.iter().flat_map(|row| row.regions.iter());
    regions.take(MOST).map(|own| LineageId::of(key).in_region(own.region).to_string()).collect()
}
