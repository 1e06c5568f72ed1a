//! What a change hides for a while, and what others see meanwhile: the value before (LIF-355 to LIF-364).
//!
//! Whatever has shown by the time of a call is taken away before the call is decided. So what is left here is hidden.

use std::sync::Arc;

use super::{
    draft::Draft,
    former::{FormerName, FormerRow, Subject},
    grants::GrantRow,
    keys::{Key, KeyRow, LineageId, Transition},
    tables::{Change, State},
};
use crate::{
    lags::Lag,
    material::MaterialId,
    names::{AccountId, AliasArn, AliasName, GrantName, KeyArn, KeyId, KeyRef, Region},
    order::set,
    policy::PolicyRow,
    shapes::KeyState,
    time::{Span, Time},
};

/// The lags that hide a part of a key's row: from all who look at the key, and the last one from conditions alone.
const PARTS: [Lag; 4] = [Lag::KeyState, Lag::KeyAttributes, Lag::MultiRegionSync, Lag::TagsInAuthorization];

/// Gives the row of a key the part that a lag hides, as it was before. It does nothing to a key that was not there.
fn hide(lag: Lag, region: Region, before: &KeyRow, seen: &mut KeyRow) {
    let is_replica = seen.primary.is_some_and(|primary| primary != region);
    let own = before.regions.iter().find(|own| own.region == region);
    let Some((own, shown)) = own.zip(seen.region_mut(region)) else { return };
    match lag {
        Lag::KeyState => {
            (shown.enabled, shown.deletion) = (own.enabled, own.deletion);
            // Material that is gone is gone at once: nothing could be done with it.
            let left = std::mem::take(&mut shown.imports);
            let is_left = |id| left.iter().any(|import| import.id == id);
            shown.imports = own.imports.iter().filter(|import| is_left(import.id)).copied().collect();
        }
        Lag::KeyAttributes => {
            shown.description.clone_from(&own.description);
            if !is_replica {
                seen.rotation.clone_from(&before.rotation);
            }
        }
        Lag::MultiRegionSync if is_replica => {
            (seen.rotation, seen.rotating) = (before.rotation.clone(), before.rotating.clone());
            seen.versions = before.versions.clone();
        }
        Lag::TagsInAuthorization => shown.tags.clone_from(&own.tags),
        _ => {}
    }
}

/// What is hidden from now on.
impl Draft<'_> {
    /// Records what others still see once a change is made: by the call at `called`, or by itself. Both rows are still to
    /// be seen here, the one before in the state and the one after in the change.
    pub(super) fn hidden(&self, change: &Change, called: Option<Time>) -> Vec<Change> {
        if self.has_no_settings() {
            return Vec::new();
        }
        let state = self.state();
        let mut hidden = Hidden { state, changes: Vec::new() };
        match (change, called) {
            (Change::Keys { key, row: Some(after) }, _) => hidden.of_row(*key, after, called),
            // The policy of a new key is recorded before the key, and decides at once.
            (Change::Policies { key, .. }, Some(now)) if state.key(key).is_some() => {
                if let Some(before) = state.policy_of(key) {
                    hidden.until(Lag::KeyPolicy, Subject::Key(*key), now, FormerRow::Policy(Arc::clone(before)));
                }
            }
            (Change::Aliases { key, .. }, Some(now)) => {
                let before = state.aliases.get(key).map(|row| row.target);
                for lag in [Lag::AliasTarget, Lag::AliasesInAuthorization] {
                    let before = before.map_or(FormerRow::Absent, FormerRow::Target);
                    hidden.until(lag, Subject::Alias(key.clone()), now, before);
                }
            }
            (Change::Grants { key, row }, Some(now)) => hidden.of_grant(*key, row.is_some(), now),
            _ => {}
        }
        hidden.changes
    }
}

/// What is hidden no more.
impl Draft<'_> {
    /// Records that a key has come through its transition. Not everybody who has to use a new replica knows it by then.
    pub(crate) fn ready(&mut self, key: KeyArn, at: Time) {
        let transition = self.state().key(&key).and_then(|key| key.own().transition);
        self.edit_row(LineageId::of(key), |row| {
            if let Some(own) = row.region_mut(key.region) {
                own.transition = None;
            }
            row.keep_waiting(at);
        });
        if let Some(Transition::Creating(_)) = transition {
            let mut hidden = Hidden { state: self.state(), changes: Vec::new() };
            hidden.until(Lag::ReplicaUsable, Subject::Key(key), at, FormerRow::Absent);
            let Hidden { changes, .. } = hidden;
            for change in changes {
                self.record(change);
            }
        }
    }

    /// Records that what shows first does.
    pub(crate) fn show_first(&mut self) {
        if let Some(name) = self.state().first_hidden().cloned() {
            self.record(Change::Former { key: name, row: None });
        }
    }

    /// Records that everything whose lag has been taken back shows now.
    pub(crate) fn show_unlagged(&mut self) {
        let state = self.state();
        let hidden = state.former.keys().filter(|name| state.lag(name.lag) == Span::default());
        for name in hidden.cloned().collect::<Vec<_>>() {
            self.record(Change::Former { key: name, row: None });
        }
    }
}

/// What a change hides, as it is collected.
struct Hidden<'a> {
    state: &'a State,
    changes: Vec<Change>,
}

impl Hidden<'_> {
    fn of_row(&mut self, lineage: LineageId, after: &KeyRow, called: Option<Time>) {
        let Some(before) = self.state.keys.get(&lineage) else {
            for (own, now) in after.regions.iter().filter_map(|own| Some((own, called?))) {
                self.until(Lag::NewKey, Subject::Key(lineage.in_region(own.region)), now, FormerRow::Absent);
            }
            return;
        };
        let rotated = rotated(lineage, before, after);
        for own in after.regions.iter().filter(|own| before.regions.iter().any(|was| was.region == own.region)) {
            let key = || Subject::Key(lineage.in_region(own.region));
            for (lag, now) in PARTS.into_iter().filter_map(|lag| Some((lag, called?))) {
                let mut seen = after.clone();
                hide(lag, own.region, before, &mut seen);
                if seen != *after {
                    self.until(lag, key(), now, FormerRow::Key(Arc::clone(before)));
                }
            }
            if let Some((material, at)) = rotated {
                self.until(Lag::CurrentMaterialInDescribe, key(), at, FormerRow::Material(material));
            }
        }
    }

    /// A new grant reaches nobody yet, and one that has ended goes on (LIF-357). What nobody has known has no end to be
    /// waited for.
    fn of_grant(&mut self, name: GrantName, stays: bool, now: Time) {
        match (self.state.grants.get(&name), stays) {
            (None, true) => self.until(Lag::Grant, Subject::Grant(name), now, FormerRow::Absent),
            (Some(before), false) if !self.state.is_unseen_grant(name) => {
                self.until(Lag::GrantEnd, Subject::Grant(name), now, FormerRow::Grant(Arc::clone(before)));
            }
            (Some(_), false) => {
                let unseen = self.state.all_former(Lag::Grant, Subject::Grant(name));
                self.changes.extend(unseen.map(|(name, _)| Change::Former { key: name.clone(), row: None }));
            }
            _ => {}
        }
    }

    /// Hides what has changed at `since`, if it shows late. Of two changes under way the earlier shows at its own instant
    /// if that comes first; one that would show with the later one or after it never does (LIF-362).
    fn until(&mut self, lag: Lag, of: Subject, since: Time, before: FormerRow) {
        let length = self.state.lag(lag);
        if length == Span::default() {
            return;
        }
        let name = FormerName { lag, of, until: since.after(length) };
        let overtaken = self.state.former.range(name.clone()..);
        let overtaken: Vec<_> = overtaken.take_while(|(later, _)| (later.lag, &later.of) == (lag, &name.of)).collect();
        let before = overtaken.first().map_or_else(|| Arc::new(before), |(_, row)| Arc::clone(row));
        let gone = overtaken.into_iter().filter(|(later, _)| **later != name);
        self.changes.extend(gone.map(|(later, _)| Change::Former { key: later.clone(), row: None }));
        self.changes.push(Change::Former { key: name, row: Some(before) });
    }
}

/// The key material before the current one and the instant of the rotation between them, when that is new in a row.
fn rotated(lineage: LineageId, before: &KeyRow, after: &KeyRow) -> Option<(MaterialId, Time)> {
    if before.versions.current(lineage) == after.versions.current(lineage) {
        return None;
    }
    let mut permanent = after.versions.of(lineage).rev().filter_map(|version| Some((version.id, version.since?)));
    let (_, since) = permanent.next()?;
    Some((permanent.next()?.0, since.at))
}

/// What others see.
impl State {
    /// What is seen of something instead of its row.
    fn former(&self, lag: Lag, of: Subject) -> Option<&FormerRow> {
        let first = FormerName { lag, of, until: Time::FIRST };
        let (name, row) = self.former.range(first.clone()..).next()?;
        ((name.lag, &name.of) == (lag, &first.of)).then_some(row)
    }

    /// All that is hidden of something, what shows first before the others.
    fn all_former(&self, lag: Lag, of: Subject) -> impl Iterator<Item = (&FormerName, &Arc<FormerRow>)> {
        let first = FormerName { lag, of, until: Time::FIRST };
        let rows = self.former.range(first.clone()..);
        rows.take_while(move |(name, _)| (name.lag, &name.of) == (lag, &first.of))
    }

    fn former_of_key(&self, lag: Lag, key: KeyArn) -> Option<&FormerRow> {
        if self.former.is_empty() { None } else { self.former(lag, Subject::Key(key)) }
    }

    /// Whether a key is so new that nobody finds it (LIF-356).
    pub(crate) fn is_unseen(&self, key: KeyArn) -> bool {
        self.former_of_key(Lag::NewKey, key).is_some()
    }

    /// Whether a replica has been made, and not everybody who has to use it knows that.
    pub(crate) fn is_unknown_replica(&self, key: KeyArn) -> bool {
        self.former_of_key(Lag::ReplicaUsable, key).is_some()
    }

    /// A key as others see it, save for its current material.
    pub(crate) fn seen_key(&self, arn: &KeyArn) -> Option<Key> {
        let row = self.keys.get(&LineageId::of(*arn))?;
        let mut seen = None;
        for lag in PARTS.into_iter().filter(|lag| *lag != Lag::TagsInAuthorization) {
            if let Some(FormerRow::Key(before)) = self.former_of_key(lag, *arn) {
                hide(lag, arn.region, before, seen.get_or_insert_with(|| KeyRow::clone(row)));
            }
        }
        Key::of(seen.map(Arc::new).as_ref().unwrap_or(row), arn)
    }

    /// The state of a key as others see it.
    pub(crate) fn seen_state(&self, arn: &KeyArn, now: Time) -> Option<KeyState> {
        self.seen_key(arn).map(|key| self.state_of(&key, now))
    }

    /// The current material of a key as DescribeKey tells it.
    pub(crate) fn seen_material(&self, arn: KeyArn) -> Option<MaterialId> {
        match self.former_of_key(Lag::CurrentMaterialInDescribe, arn) {
            Some(FormerRow::Material(material)) => Some(*material),
            _ => self.key(&arn)?.current(),
        }
    }

    /// The policy of a key that decides (LIF-359).
    pub(crate) fn deciding_policy(&self, key: &KeyArn) -> Option<&PolicyRow> {
        match self.former_of_key(Lag::KeyPolicy, *key) {
            Some(FormerRow::Policy(before)) => Some(before),
            _ => self.policy_of(key).map(AsRef::as_ref),
        }
    }

    /// Whether a grant is so new that it reaches nobody who does not have its token (LIF-357).
    pub(crate) fn is_unseen_grant(&self, name: GrantName) -> bool {
        !self.former.is_empty() && self.former(Lag::Grant, Subject::Grant(name)).is_some()
    }

    /// A grant that is in force, or has ended and is not known to have.
    pub(super) fn acting_grant(&self, name: &GrantName) -> Option<&GrantRow> {
        if let Some(row) = self.grants.get(name) {
            return Some(row);
        }
        match self.former(Lag::GrantEnd, Subject::Grant(*name)) {
            Some(FormerRow::Grant(before)) => Some(before),
            _ => None,
        }
    }

    /// The key that an alias leads to.
    pub(crate) fn seen_target(&self, alias: &AliasArn) -> Option<KeyId> {
        self.target(Lag::AliasTarget, alias)
    }

    /// The key that an alias leads to, by its ARN.
    pub(crate) fn aliased_key(&self, alias: &AliasArn) -> Option<KeyArn> {
        let id = self.seen_target(alias)?;
        Some(KeyArn { account: alias.account, region: alias.region, id })
    }

    /// The key of a name in one of its four forms; of an id and of the name of an alias, in an account and a Region. It may
    /// be gone: only an alias has to be there.
    pub(crate) fn key_named(&self, name: &str, account: AccountId, region: Region) -> Option<KeyArn> {
        match KeyRef::parse(name)? {
            KeyRef::Id(id) => Some(KeyArn { account, region, id }),
            KeyRef::Arn(arn) => Some(arn),
            KeyRef::AliasName(name) => self.aliased_key(&AliasArn { account, region, name }),
            KeyRef::AliasArn(alias) => self.aliased_key(&alias),
        }
    }

    /// Whether a key has an alias, as far as policies know (LIF-358).
    pub(crate) fn is_known_alias(&self, name: &AliasName, key: KeyArn) -> bool {
        let alias = || AliasArn { account: key.account, region: key.region, name: name.clone() };
        self.former.is_empty() || self.target(Lag::AliasesInAuthorization, &alias()) == Some(key.id)
    }

    /// The tags of a key that conditions see; those that it is created with count at once (LIF-358, LIF-366).
    pub(crate) fn known_tags(&self, key: KeyArn) -> &[(String, String)] {
        let row = match self.former_of_key(Lag::TagsInAuthorization, key) {
            Some(FormerRow::Key(before)) => Some(before),
            _ => self.keys.get(&LineageId::of(key)),
        };
        let own = row.and_then(|row| row.regions.iter().find(|own| own.region == key.region));
        own.map_or(&[], |own| &own.tags)
    }

    /// The names of the aliases of a key that conditions see, sorted (LIF-358).
    pub(crate) fn known_aliases(&self, key: KeyArn) -> Vec<&AliasName> {
        if self.former.is_empty() {
            return self.aliases_of(key).collect();
        }
        let lag = Lag::AliasesInAuthorization;
        let first = AliasArn { account: key.account, region: key.region, name: AliasName::first() };
        let hidden = self.former.range(FormerName { lag, of: Subject::Alias(first), until: Time::FIRST }..);
        let hidden = hidden.map_while(|(name, _)| match &name.of {
            Subject::Alias(alias) if name.lag == lag && (alias.account, alias.region) == (key.account, key.region) => {
                Some(&alias.name)
            }
            _ => None,
        });
        let names = set(self.aliases_of(key).chain(hidden));
        names.into_iter().filter(|name| self.is_known_alias(name, key)).collect()
    }

    fn target(&self, lag: Lag, alias: &AliasArn) -> Option<KeyId> {
        let former = if self.former.is_empty() { None } else { self.former(lag, Subject::Alias(alias.clone())) };
        match former {
            Some(FormerRow::Target(key)) => Some(*key),
            Some(_) => None,
            None => self.aliases.get(alias).map(|row| row.target),
        }
    }
}
