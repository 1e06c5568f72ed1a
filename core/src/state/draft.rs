//! The state as one call sees it while it is decided, and the changes that it has recorded.

use std::sync::Arc;

use super::tables::{Change, State};
use crate::{
    import_token,
    material::MaterialId,
    names::{AliasArn, KeyArn},
    state::rows::{AliasRow, KeyRow, MaterialRow, Policy, Presence},
    time::Time,
};

/// A view of the state that includes the call's own changes, which nobody else sees before they are applied.
pub(crate) struct Draft<'a> {
    base: &'a State,
    view: Option<State>,
    changes: Vec<Change>,
}

impl<'a> Draft<'a> {
    /// A draft without changes.
    pub(crate) const fn new(base: &'a State) -> Self {
        Self { base, view: None, changes: Vec::new() }
    }

    /// The state with the changes recorded so far.
    pub(crate) fn state(&self) -> &State {
        self.view.as_ref().unwrap_or(self.base)
    }

    /// Records a change.
    pub(crate) fn record(&mut self, change: Change) {
        self.view.get_or_insert_with(|| self.base.clone()).apply(&change);
        self.changes.push(change);
    }

    /// The changes recorded.
    pub(crate) fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// A key.
    pub(crate) fn key(&self, arn: &KeyArn) -> Option<&Arc<KeyRow>> {
        self.state().keys.get(arn)
    }

    /// Records a key as it is after `edit`.
    pub(crate) fn edit_key(&mut self, arn: KeyArn, edit: impl FnOnce(&mut KeyRow)) {
        if let Some(row) = self.key(&arn) {
            let mut row = KeyRow::clone(row);
            edit(&mut row);
            self.put_key(arn, row);
        }
    }

    /// Records a key.
    pub(crate) fn put_key(&mut self, arn: KeyArn, row: KeyRow) {
        self.record(Change::Keys { key: arn, row: Some(Arc::new(row)) });
    }

    /// Records the policy of a key.
    pub(crate) fn put_policy(&mut self, arn: KeyArn, policy: Arc<Policy>) {
        self.record(Change::Policies { key: arn, row: Some(policy) });
    }

    /// Records an alias.
    pub(crate) fn put_alias(&mut self, arn: AliasArn, row: AliasRow) {
        self.record(Change::Aliases { key: arn, row: Some(Arc::new(row)) });
    }

    /// Records key material.
    pub(crate) fn put_material(&mut self, id: MaterialId, row: MaterialRow) {
        self.record(Change::Materials { key: id, row: Some(Arc::new(row)) });
    }

    /// Records that imported key materials of a key are gone: their secrets, not their names.
    pub(crate) fn remove_imports(&mut self, arn: KeyArn, which: impl Fn(MaterialId, Presence) -> bool) {
        let Some(row) = self.key(&arn) else { return };
        let mut row = KeyRow::clone(row);
        let mut removed = Vec::new();
        for material in &mut row.materials {
            let id = material.id;
            if let Some(import) = material.import.as_mut().filter(|import| which(id, import.presence)) {
                import.presence = Presence::Gone;
                removed.push(id);
            }
        }
        self.put_key(arn, row);
        for id in removed {
            self.destroy_material(id);
        }
    }

    /// Records that the imported key materials of a key that have expired by `now` are gone (P4-346).
    pub(crate) fn remove_expired_imports(&mut self, arn: KeyArn, now: Time) {
        self.remove_imports(arn, |_, presence| presence.ends().is_some_and(|end| end <= now));
    }

    /// Records that the secret of key material is gone; its name stays, so that ciphertexts can be told apart.
    fn destroy_material(&mut self, id: MaterialId) {
        if let Some(row) = self.state().materials.get(&id) {
            let row = MaterialRow { material: None, ..MaterialRow::clone(row) };
            self.put_material(id, row);
        }
    }

    /// Records that an alias is gone.
    pub(crate) fn remove_alias(&mut self, arn: AliasArn) {
        self.record(Change::Aliases { key: arn, row: None });
    }

    /// Records that a key is gone, with its material, its policy and its aliases (P2-112).
    pub(crate) fn remove_key(&mut self, arn: KeyArn) {
        let names: Vec<_> = self.state().aliases_of(arn).cloned().collect();
        for name in names {
            self.remove_alias(AliasArn { account: arn.account, region: arn.region, name });
        }
        for material in self.key(&arn).map(|row| row.materials.clone()).unwrap_or_default() {
            self.destroy_material(material.id);
        }
        self.destroy_material(import_token::secret_id(arn));
        if self.state().policies.contains_key(&arn) {
            self.record(Change::Policies { key: arn, row: None });
        }
        self.record(Change::Keys { key: arn, row: None });
    }
}
