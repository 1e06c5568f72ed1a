//! Grants: their rows, who they are for, and what the index knows of them.

use std::{fmt, sync::Arc};

use rpds::RedBlackTreeMapSync as Map;
use serde::{Serialize, Serializer, ser::SerializeSeq};

use super::{
    draft::Draft,
    ids::Ids,
    keys::LineageId,
    secrets::{Secret, SecretName},
    stored::{Stored, stored},
    tables::{Change, State},
};
use crate::{
    names::{AccountId, GrantId, GrantName, KeyArn, KeyId, Region},
    shapes::GrantOperation,
    time::Time,
    wire::Value,
};

/// A grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GrantRow {
    /// The name that its creator gave it, against doing the same twice (P2-380).
    pub name: Option<Box<str>>,
    /// Who may do what it allows.
    pub grantee: GrantParty,
    /// Who may retire it.
    pub retiring: Option<GrantParty>,
    /// What it allows.
    pub operations: GrantOperations,
    /// What it wants of the encryption context of a request.
    pub context: Option<ContextConstraint>,
    /// The resource on whose behalf a service must call.
    pub source_arn: Option<Box<str>>,
    /// The account that created it.
    pub issuer: AccountId,
    /// When it was created.
    pub created: Time,
}

/// A grantee, or somebody who may retire a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GrantParty {
    /// The ARN of a principal, or the name of a service.
    pub name: Box<str>,
    /// Whether it is a service.
    pub is_service: bool,
    /// The unique id of a user or role that was registered when the grant was created: a successor of the same name is
    /// somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_id: Option<Box<str>>,
}

/// What a grant wants of an encryption context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ContextConstraint {
    /// Whether it must have these pairs and no others (`EncryptionContextEquals`), or these at least
    /// (`EncryptionContextSubset`).
    pub exact: bool,
    /// The pairs, sorted by their names.
    pub pairs: Vec<(Box<str>, Box<str>)>,
}

impl GrantParty {
    /// A principal.
    pub(crate) fn principal(arn: &str, unique_id: Option<String>) -> Self {
        Self { name: arn.into(), is_service: false, unique_id: unique_id.map(Into::into) }
    }

    /// A service.
    pub(crate) fn service(name: &str) -> Self {
        Self { name: name.into(), is_service: true, unique_id: None }
    }

    /// Whether it is the same as another; one that was not registered when it was named is whoever bears the name.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        let is_same_id = self.unique_id.is_none() || self.unique_id == other.unique_id;
        (&self.name, self.is_service) == (&other.name, other.is_service) && is_same_id
    }
}

impl ContextConstraint {
    /// The constraint that wants all pairs and no others.
    pub(crate) const EQUALS: &'static str = "EncryptionContextEquals";
    /// The constraint that wants these pairs, whatever else there is.
    pub(crate) const SUBSET: &'static str = "EncryptionContextSubset";

    /// The name of such a constraint, if a text is one.
    pub(crate) fn named(text: &str) -> Option<&'static str> {
        [Self::EQUALS, Self::SUBSET].into_iter().find(|name| *name == text)
    }

    /// Its name.
    pub const fn kind(&self) -> &'static str {
        if self.exact { Self::EQUALS } else { Self::SUBSET }
    }

    /// Whether an encryption context meets it; `value` gives the value of a pair, `count` the number of all pairs.
    pub(crate) fn holds<'a>(&self, value: impl Fn(&str) -> Option<&'a str>, count: usize) -> bool {
        let is_there = |(name, wanted): &(Box<str>, Box<str>)| value(name) == Some(wanted);
        (!self.exact || count == self.pairs.len()) && self.pairs.iter().all(is_there)
    }
}

/// A set of operations that a grant allows, in the order in which AWS shows them: its own, whatever the request's was
/// (the samples of CreateGrant and ListRetirableGrants show one grant).
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct GrantOperations(u32);

impl GrantOperations {
    const fn bit(operation: GrantOperation) -> u32 {
        1 << operation as u32
    }

    /// Whether an operation is among them.
    pub const fn contain(self, operation: GrantOperation) -> bool {
        self.0 & Self::bit(operation) != 0
    }

    /// Whether all of them are among others.
    pub const fn are_within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = GrantOperation> {
        GrantOperation::ALL.iter().copied().filter(move |operation| self.contain(*operation))
    }
}

impl FromIterator<GrantOperation> for GrantOperations {
    fn from_iter<T: IntoIterator<Item = GrantOperation>>(operations: T) -> Self {
        Self(operations.into_iter().fold(0, |all, operation| all | Self::bit(operation)))
    }
}

impl fmt::Debug for GrantOperations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for GrantOperations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names = serializer.serialize_seq(None)?;
        for operation in self.iter() {
            names.serialize_element(operation.as_str())?;
        }
        names.end()
    }
}

impl Stored for GrantOperations {
    fn stored(value: &Value) -> Option<Self> {
        let Value::List(names) = value else { return None };
        names.iter().map(|name| GrantOperation::parse(name.as_text()?)).collect()
    }
}

stored! {
    GrantRow { name, grantee, retiring, operations, context, source_arn, issuer, created }
    GrantParty { name, is_service, unique_id }
    ContextConstraint { exact, pairs }
}

/// What the index knows of grants: one of 50,000 on a key is found by its grantee, its name or its retiring principal.
#[derive(Clone, Default)]
pub(super) struct GrantIndex {
    keys: Map<KeyArn, KeyGrants>,
    retiring: Map<(Box<str>, Region, GrantName), ()>,
}

/// The grants of one key.
#[derive(Clone, Default)]
struct KeyGrants {
    ids: Ids<GrantId>,
    /// Those in force, and those that have ended and are not known to have.
    by_grantee: Groups,
    by_name: Groups,
}

/// The ids of grants that have a text in common. It is looked for once, and stands once: 50,000 grants may have one grantee.
#[derive(Clone, Default)]
struct Groups(Map<Box<str>, Ids<GrantId>>);

impl Groups {
    fn of<'a>(&'a self, text: &str) -> impl Iterator<Item = GrantId> + use<'a> {
        self.0.get(text).into_iter().flat_map(Ids::iter)
    }

    fn insert(&mut self, text: &str, id: GrantId) {
        if !self.0.contains_key(text) {
            self.0.insert_mut(text.into(), Ids::default());
        }
        if let Some(ids) = self.0.get_mut(text) {
            ids.insert(id);
        }
    }

    fn remove(&mut self, text: &str, id: GrantId) {
        let Some(ids) = self.0.get_mut(text) else { return };
        ids.remove(id);
        if ids.is_empty() {
            self.0.remove_mut(text);
        }
    }
}

impl GrantIndex {
    /// Takes a grant in, or out.
    pub(super) fn changed(&mut self, name: GrantName, former: Option<&GrantRow>, row: Option<&GrantRow>) {
        let retiring = |row: &GrantRow| Some((row.retiring.as_ref()?.name.clone(), name.key.region, name));
        if let Some(place) = former.and_then(retiring) {
            self.retiring.remove_mut(&place);
        }
        if let Some(place) = row.and_then(retiring) {
            self.retiring.insert_mut(place, ());
        }
        self.on_key(name.key, |grants| {
            if let Some(former) = former.and_then(|row| row.name.as_deref()) {
                grants.by_name.remove(former, name.id);
            }
            if let Some(own) = row.and_then(|row| row.name.as_deref()) {
                grants.by_name.insert(own, name.id);
            }
            match row {
                Some(_) => grants.ids.insert(name.id),
                None => grants.ids.remove(name.id),
            };
        });
    }

    /// Lets a grant be found by its grantee.
    pub(super) fn reaches(&mut self, name: GrantName, row: &GrantRow) {
        self.on_key(name.key, |grants| grants.by_grantee.insert(&row.grantee.name, name.id));
    }

    /// Lets a grant be found by its grantee no more.
    pub(super) fn ends(&mut self, name: GrantName, row: &GrantRow) {
        self.on_key(name.key, |grants| grants.by_grantee.remove(&row.grantee.name, name.id));
    }

    /// Changes the grants of a key where they are; a key without any has no place here.
    fn on_key(&mut self, key: KeyArn, change: impl FnOnce(&mut KeyGrants)) {
        if !self.keys.contains_key(&key) {
            self.keys.insert_mut(key, KeyGrants::default());
        }
        let Some(grants) = self.keys.get_mut(&key) else { return };
        change(grants);
        if grants.ids.is_empty() && grants.by_grantee.0.is_empty() {
            self.keys.remove_mut(&key);
        }
    }
}

/// What the state knows of grants.
impl State {
    /// Whether a key has grants, or had some that are not known to have ended.
    pub(crate) fn has_grants(&self, key: &KeyArn) -> bool {
        self.index.grants.keys.contains_key(key)
    }

    /// How many grants a key has.
    pub(crate) fn grant_count(&self, key: &KeyArn) -> usize {
        self.index.grants.keys.get(key).map_or(0, |grants| grants.ids.len())
    }

    /// The key of an account and Region that has the most grants, and how many it has.
    pub(crate) fn most_grants(&self, account: AccountId, region: Region) -> Option<(KeyArn, usize)> {
        let first = KeyArn { account, region, id: KeyId::FIRST };
        let keys = self.index.grants.keys.range(first..);
        let here = keys.take_while(|(key, _)| (key.account, key.region) == (account, region));
        here.map(|(key, grants)| (*key, grants.ids.len()))
            .filter(|(_, count)| *count > 0)
            .max_by_key(|(_, count)| *count)
    }

    /// A grant of this name, if there is one.
    pub(crate) fn grant(&self, name: GrantName) -> Option<(GrantName, &GrantRow)> {
        Some((name, &**self.grants.get(&name)?))
    }

    /// Whether there is or was a grant of this name, as far as anybody knows.
    pub(crate) fn has_had_grant(&self, name: &GrantName) -> bool {
        self.acting_grant(name).is_some()
    }

    /// The grants of a key behind one of them, in the order of their ids.
    pub(crate) fn grants_behind(&self, first: GrantName) -> impl Iterator<Item = (GrantName, &GrantRow)> {
        let grants = self.index.grants.keys.get(&first.key);
        let behind = grants.into_iter().flat_map(move |grants| grants.ids.behind(first.id));
        behind.filter_map(move |id| self.grant(GrantName { id, ..first }))
    }

    /// The grants of a key that have a grantee, also those that have ended and are not known to have.
    pub(crate) fn granted_to<'a>(
        &'a self,
        key: KeyArn,
        grantee: &str,
    ) -> impl Iterator<Item = (GrantName, &'a GrantRow)> + use<'a> {
        let grants = self.index.grants.keys.get(&key);
        let found = grants.map(|grants| grants.by_grantee.of(grantee));
        found.into_iter().flatten().filter_map(move |id| {
            let name = GrantName { key, id };
            Some((name, self.acting_grant(&name)?))
        })
    }

    /// The grants of a key that bear a name.
    pub(crate) fn grants_named<'a>(
        &'a self,
        key: KeyArn,
        name: &str,
    ) -> impl Iterator<Item = (GrantName, &'a GrantRow)> + use<'a> {
        let grants = self.index.grants.keys.get(&key);
        let found = grants.map(|grants| grants.by_name.of(name));
        found.into_iter().flatten().filter_map(move |id| self.grant(GrantName { key, id }))
    }

    /// The grants in a Region that somebody may retire, behind one of them.
    pub(crate) fn retirable_by<'a>(
        &'a self,
        retiring: &str,
        region: Region,
        behind: Option<GrantName>,
    ) -> impl Iterator<Item = (GrantName, &'a GrantRow)> + use<'a> {
        let first = behind.unwrap_or(GrantName {
            key: KeyArn { account: AccountId::ZERO, region: Region::FIRST, id: KeyId::FIRST },
            id: GrantId::FIRST,
        });
        let first = (Box::from(retiring), region, first);
        let found = self.index.grants.retiring.range(first.clone()..);
        let found = found.map(|(place, ())| place).take_while(move |place| (&place.0, place.1) == (&first.0, first.1));
        let names = found.map(|(_, _, name)| *name).filter(move |name| Some(*name) != behind);
        names.filter_map(|name| self.grant(name))
    }
}

/// What is recorded of grants.
impl Draft<'_> {
    /// Records a grant.
    pub(crate) fn put_grant(&mut self, name: GrantName, row: GrantRow) {
        self.record(Change::Grants { key: name, row: Some(Arc::new(row)) });
    }

    /// Records that a grant is gone.
    pub(crate) fn remove_grant(&mut self, name: GrantName) {
        self.record(Change::Grants { key: name, row: None });
    }

    /// Records that all grants of a key are gone.
    pub(super) fn remove_grants(&mut self, key: KeyArn) {
        let grants = self.state().index.grants.keys.get(&key);
        let ids: Vec<GrantId> = grants.into_iter().flat_map(|grants| grants.ids.iter()).collect();
        for id in ids {
            self.remove_grant(GrantName { key, id });
        }
    }

    /// Records the secret under which the grant tokens of a Region are sealed.
    pub(crate) fn put_grant_token_secret(&mut self, region: Region, secret: Secret) {
        // It is the world's: no account has it.
        self.put_secret(SecretName::GrantTokens(region), LineageId::of_account(AccountId::ZERO), secret);
    }
}
