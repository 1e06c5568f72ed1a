//! The state as one call sees it while it is decided, and the changes that it has recorded.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    keys::{Key, KeyRow, LineageId, RegionalKey},
    rows::{AccountRow, AliasRow, PolicyRow},
    secrets::{Secret, SecretName, SecretRow},
    settings::{SettingName, SettingRow},
    tables::{Change, State},
};
use crate::{
    material::MaterialId,
    names::{AccountId, AliasArn, KeyArn},
    order::set,
    shapes::OriginType,
};

/// A view of the state that includes the call's own changes, which nobody else sees before they are applied.
pub(crate) struct Draft<'a> {
    base: &'a State,
    view: Option<State>,
    changes: Vec<Change>,
    /// Whether the view is the state itself: then nothing is left of what was before.
    in_place: bool,
    revision: u64,
}

impl<'a> Draft<'a> {
    /// A draft without changes.
    pub(crate) const fn new(base: &'a State) -> Self {
        Self { base, view: None, changes: Vec::new(), in_place: false, revision: base.revision() }
    }

    /// A draft that changes a state where it is, which costs no copies of it; `nothing` is an empty one.
    pub(crate) const fn in_place(state: State, nothing: &'a State) -> Self {
        let revision = state.revision();
        Self { base: nothing, view: Some(state), changes: Vec::new(), in_place: true, revision }
    }

    /// The state with the changes recorded so far.
    pub(crate) fn state(&self) -> &State {
        self.view.as_ref().unwrap_or(self.base)
    }

    /// Records a change, unless it changes nothing.
    pub(crate) fn record(&mut self, change: Change) {
        if !self.state().is_as(&change) {
            self.push(change);
        }
    }

    /// Records a change that is known to change something.
    fn push(&mut self, change: Change) {
        self.view.get_or_insert_with(|| self.base.clone()).apply(&change);
        self.changes.push(change);
    }

    /// The changes recorded, the last one of each row, and the state with them in it; nothing when nothing changes.
    ///
    /// A row that is in the end as it was counts as unchanged, where it is known how it was.
    pub(crate) fn finish(self) -> (Vec<Change>, Option<State>) {
        let Self { base, view, mut changes, in_place, revision } = self;
        let places = set(changes.iter().map(Change::place));
        if places.len() < changes.len() {
            let mut seen = BTreeSet::new();
            let last =
                changes.iter().rev().map(|change| seen.insert(change.place()) && (in_place || !base.is_as(change)));
            let mut kept: Vec<bool> = last.collect();
            changes.retain(|_| kept.pop().unwrap_or(false));
        }
        let revision = revision + changes.len() as u64;
        let view = view.filter(|_| in_place || !changes.is_empty()).map(|view| view.at_revision(revision));
        (changes, view)
    }
}

/// What is recorded of keys and their secrets.
impl Draft<'_> {
    /// A key.
    pub(crate) fn key(&self, arn: &KeyArn) -> Option<Key> {
        self.state().key(arn)
    }

    /// Records the row of a key, in all its Regions.
    pub(crate) fn put_key(&mut self, id: LineageId, mut row: KeyRow) {
        row.shrink_to_fit();
        self.record(Change::Keys { key: id, row: Some(Arc::new(row)) });
    }

    /// Records the row of a key as it is after `edit`.
    pub(crate) fn edit_row(&mut self, id: LineageId, edit: impl FnOnce(&mut KeyRow)) {
        if let Some(row) = self.state().keys.get(&id) {
            let mut row = KeyRow::clone(row);
            edit(&mut row);
            self.put_key(id, row);
        }
    }

    /// Records what a key has of its own as it is after `edit`.
    pub(crate) fn edit_key(&mut self, arn: KeyArn, edit: impl FnOnce(&mut RegionalKey)) {
        self.edit_row(LineageId::of(arn), |row| row.region_mut(arn.region).map_or((), edit));
    }

    /// Records a secret.
    pub(crate) fn put_secret(&mut self, name: SecretName, owner: LineageId, secret: Secret) {
        self.record(Change::Secrets { key: name, row: Some(Arc::new(SecretRow { owner, secret: Some(secret) })) });
    }

    /// Records that a secret is gone; its name stays, so that what it has encrypted can be told from noise.
    fn destroy(&mut self, name: SecretName) {
        if let Some(row) = self.state().secrets.get(&name).filter(|row| row.secret.is_some()) {
            let row = SecretRow { secret: None, owner: row.owner };
            self.push(Change::Secrets { key: name, row: Some(Arc::new(row)) });
        }
    }

    /// Records that imported key material of a key is gone: the secret of this Region, not its name.
    pub(crate) fn remove_import(&mut self, arn: KeyArn, id: MaterialId) {
        self.edit_key(arn, |key| key.imports.retain(|import| import.id != id));
        self.destroy(SecretName::Material(id, arn.region));
    }

    /// Records that a key is gone, with its secrets, its policy and its aliases (P2-112). What related keys of other
    /// Regions hold stays (LIF-240).
    pub(crate) fn remove_key(&mut self, arn: KeyArn) {
        let (Some(key), lineage) = (self.key(&arn), LineageId::of(arn)) else { return };
        let names: Vec<_> = self.state().aliases_of(arn).cloned().collect();
        for name in names {
            self.remove_alias(AliasArn { account: arn.account, region: arn.region, name });
        }
        for version in &key.versions {
            self.destroy(SecretName::Material(version.id, arn.region));
        }
        if key.origin == OriginType::External {
            self.destroy(SecretName::ImportTokens(arn));
        }
        self.record(Change::Policies { key: arn, row: None });
        if key.regions.len() > 1 {
            self.edit_row(lineage, |row| row.regions.retain(|key| key.region != arn.region));
        } else {
            if key.origin == OriginType::External {
                self.destroy(SecretName::ImportNames(lineage));
            }
            if key.rotation.is_some() {
                self.destroy(SecretName::RotationSeed(lineage));
            }
            self.push(Change::Keys { key: lineage, row: None });
        }
    }
}

/// What is recorded of policies, aliases, accounts and settings.
impl Draft<'_> {
    /// Records the policy of a key.
    pub(crate) fn put_policy(&mut self, arn: KeyArn, policy: Arc<PolicyRow>) {
        self.record(Change::Policies { key: arn, row: Some(policy) });
    }

    /// Records an account.
    pub(crate) fn put_account(&mut self, account: AccountId, row: AccountRow) {
        self.record(Change::Accounts { key: account, row: Some(Arc::new(row)) });
    }

    /// Records an alias.
    pub(crate) fn put_alias(&mut self, arn: AliasArn, row: AliasRow) {
        self.record(Change::Aliases { key: arn, row: Some(Arc::new(row)) });
    }

    /// Records that an alias is gone.
    pub(crate) fn remove_alias(&mut self, arn: AliasArn) {
        self.record(Change::Aliases { key: arn, row: None });
    }

    /// Records a setting, or that there is none.
    pub(crate) fn set(&mut self, name: SettingName, number: Option<u64>) {
        self.record(Change::Settings { key: name, row: number.map(|number| Arc::new(SettingRow { number })) });
    }
}
