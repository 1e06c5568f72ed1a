//! What a call has to do with custom key stores: the facts of which records are made (CKS-392 to CKS-407), also of a call
//! that is refused.

use super::{Operation, Subject, key_stores::named};
use crate::{
    access::Action,
    call::Call,
    names::{ClusterId, KeyArn, KeyStoreName},
    state::{Draft, KeyStoreRow, State},
    wire::{Typed, Value},
};

/// A custom key store that a call is about, as it was before the call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreFacts {
    /// The store. A key may be in a store of another account than the caller's.
    pub store: KeyStoreName,
    /// Its friendly name.
    pub name: Box<str>,
    /// The id of the cluster of an AWS CloudHSM key store.
    pub cluster: Option<ClusterId>,
    /// What is behind the KMS key that the call uses or has made: the id of the key in the cluster, or of the external key.
    pub backing: Option<Box<str>>,
    /// Which of several keys the store is about.
    pub side: Side,
}

/// The place of a key in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Side {
    /// The only one; or the call is about the store itself.
    Only,
    /// The key that decrypts in ReEncrypt.
    Source,
    /// The key that encrypts in ReEncrypt.
    Destination,
}

impl StoreFacts {
    fn of(store: KeyStoreName, row: &KeyStoreRow) -> Self {
        let cluster = row.cloud_hsm().map(|made| made.cluster);
        Self { store, name: row.name.clone(), cluster, backing: None, side: Side::Only }
    }
}

/// The facts of a call once its keys are known. Records of DescribeCustomKeyStores tell nothing of stores, nor do those of
/// the management of keys, except that ScheduleKeyDeletion says where material goes that is to be deleted (AUD-177).
pub(crate) fn store_facts(
    operation: &Operation,
    request: &dyn Typed,
    call: &Call,
    subjects: &[Subject],
    state: &State,
) -> Vec<StoreFacts> {
    if state.key_stores.is_empty() || operation.name == "DescribeCustomKeyStores" {
        return Vec::new();
    }
    if operation.tracked().is_none() && operation.action != Action::ScheduleKeyDeletion {
        return named(request, call, state).map(|(store, row)| StoreFacts::of(store, row)).into_iter().collect();
    }
    let sides = [Side::Source, Side::Destination];
    let of_key = |(place, subject): (usize, &Subject)| {
        let key = subject.row.as_ref()?;
        let (store, row) = state.store_of(key)?;
        let backing = key.in_store.as_ref().map(|in_store| in_store.backing.clone());
        let side = sides.get(place).copied().filter(|_| subjects.len() > 1).unwrap_or(Side::Only);
        Some(StoreFacts { backing, side, ..StoreFacts::of(store, row) })
    };
    subjects.iter().enumerate().filter_map(of_key).collect()
}

/// Adds what is behind the key that CreateKey has made.
pub(crate) fn note_made_key(facts: &mut [StoreFacts], operation: &Operation, reply: &Value, draft: &Draft<'_>) {
    let ([facts], "CreateKey") = (facts, operation.name) else { return };
    let arn = reply.member("KeyMetadata").and_then(|data| KeyArn::parse(data.member("Arn")?.as_text()?));
    let key = arn.and_then(|arn| draft.key(&arn));
    facts.backing = key.and_then(|key| key.in_store.as_ref().map(|in_store| in_store.backing.clone()));
}
