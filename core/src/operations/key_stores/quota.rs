//! The request quota of each custom key store: 1,800 requests per second of the callers of all accounts together, which
//! cannot be set (CKS-10, CKS-157).

use super::named;
use crate::{
    call::Call,
    cluster,
    names::KeyStoreName,
    operations::{Operation, Subject},
    state::{Bucket, Charge, KeyStoreRow, Mark, State},
    wire::Typed,
};

/// What a store does in a second.
const PER_SECOND: u64 = 1800;

/// The operations that count for the store of each of their keys; the others refuse a key in a store.
const ON_KEYS: [&str; 5] = ["Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncrypt"];

/// What a call costs of the quotas of stores, each store once: nothing where requests are not counted, unless the cluster of
/// the store is busy (CKS-372).
pub(in crate::operations) fn charges(
    operation: &Operation,
    request: &dyn Typed,
    call: &Call,
    subjects: &[Subject],
    state: &State,
) -> Vec<Mark> {
    if state.key_stores.is_empty() {
        return Vec::new();
    }
    let mut stores = match operation.name {
        "GenerateRandom" => named(request, call, state).into_iter().collect(),
        name if ON_KEYS.contains(&name) => {
            subjects.iter().filter_map(|subject| state.store_of(subject.row.as_ref()?)).collect()
        }
        _ => Vec::new(),
    };
    stores.dedup_by_key(|(store, _)| *store);
    let charge = |(store, row): (KeyStoreName, &KeyStoreRow)| {
        let row = Charge { at: call.now, requests: 1, quota: per_second(store, row, state)? * 1000 };
        Some(Mark::Requests { key: Bucket::KeyStore(store), row })
    };
    stores.into_iter().filter_map(charge).collect()
}

/// How many requests a store does in a second; `None` when nobody counts them.
fn per_second(store: KeyStoreName, row: &KeyStoreRow, state: &State) -> Option<u64> {
    let published = state.counts_requests(store.account, store.region).then_some(PER_SECOND);
    let busy = row.cloud_hsm().and_then(|made| cluster::busy_rate(state, made.cluster));
    published.into_iter().chain(busy).min()
}
