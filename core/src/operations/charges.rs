//! What a call costs of the request quotas (section 6.2 of lifecycle.md).

use super::{Operation, Subject, key_stores};
use crate::{
    algorithms::{Family, row},
    call::Call,
    names::{AccountId, Region},
    quotas::RequestQuota,
    shapes::{DataKeyPairSpec, KeySpec},
    state::{Bucket, Charge, Mark, State},
    wire::Typed,
};

/// The operations that change the state of a key: in a burst, they find the key hot (LIF-334).
const HEATING: &[&str] = &[
    "CancelKeyDeletion",
    "DeleteImportedKeyMaterial",
    "DisableKey",
    "DisableKeyRotation",
    "EnableKey",
    "EnableKeyRotation",
    "ImportKeyMaterial",
    "ScheduleKeyDeletion",
    "UpdatePrimaryRegion",
];

/// What a call counts for of one request quota, whether or not anybody counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cost {
    /// The quota.
    pub(crate) quota: RequestQuota,
    /// The account that pays.
    pub(crate) account: AccountId,
    /// The Region of the quota.
    pub(crate) region: Region,
    /// How many requests it is there.
    pub(crate) requests: u32,
}

/// What a call costs, also of the quotas of custom key stores; nothing where requests are not counted.
pub(crate) fn charges(
    operation: &Operation,
    request: &dyn Typed,
    call: &Call,
    subjects: &[Subject],
    state: &State,
    costs: &[Cost],
) -> Vec<Mark> {
    let mut charges = of_account(operation, call, subjects, state, costs);
    charges.extend(key_stores::charges(operation, request, call, subjects, state));
    charges
}

/// What the account of a call pays.
fn of_account(operation: &Operation, call: &Call, subjects: &[Subject], state: &State, costs: &[Cost]) -> Vec<Mark> {
    let Some(account) = payer(call).filter(|_| !state.settings.is_empty()) else { return Vec::new() };
    let mut charges = Vec::new();
    for Cost { quota, region, requests, .. } in costs.iter().copied() {
        let row = Charge { at: call.now, requests, quota: state.request_quota(quota, account, region) };
        charges.push((region, Mark::Requests { key: Bucket::Quota(quota, account, region), row }));
    }
    if let Some(subject) = subjects.first().filter(|_| HEATING.contains(&operation.name)) {
        let row = Charge { at: call.now, requests: 1, quota: 0 };
        charges.push((call.region, Mark::Requests { key: Bucket::HotKey(subject.arn), row }));
    }
    charges.retain(|(region, _)| state.counts_requests(account, *region));
    charges.into_iter().map(|(_, charge)| charge).collect()
}

/// The account that pays: the caller's, whoever owns the key. A service in its own name calls for somebody (LIF-325).
fn payer(call: &Call) -> Option<AccountId> {
    if call.caller.is_service() { call.origin.source_account } else { Some(call.caller.account) }
}

/// What a call counts for (LIF-326 to LIF-330); nothing where nobody pays.
pub(crate) fn costs(operation: &Operation, request: &dyn Typed, call: &Call, subjects: &[Subject]) -> Vec<Cost> {
    let Some(account) = payer(call) else { return Vec::new() };
    let here = call.region;
    let there = |member| request.member(member).and_then(|region| Region::parse(region.text()?));
    let own = if operation.tracked().is_some() { None } else { RequestQuota::parse(operation.name) };
    let own = own.map(|quota| (quota, here, 1));
    let second = match operation.name {
        "ReplicateKey" => there("ReplicaRegion").map(|region| ("CreateKey", region, 2)),
        "UpdatePrimaryRegion" => {
            there("PrimaryRegion").filter(|region| *region != here).map(|region| (operation.name, region, 1))
        }
        _ => None,
    };
    let second = second.and_then(|(name, region, requests)| Some((RequestQuota::parse(name)?, region, requests)));
    let groups = match operation.name {
        "GenerateRandom" => vec![RequestQuota::parse("symmetric")],
        "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => vec![pair(request)],
        _ if operation.tracked().is_some() => groups(subjects),
        _ => Vec::new(),
    };
    let groups = groups.into_iter().flatten().map(|quota| (quota, here, 1));
    let costs = own.into_iter().chain(second).chain(groups);
    costs.map(|(quota, region, requests)| Cost { quota, account, region, requests }).collect()
}

/// The groups that the keys of a cryptographic operation belong to, each once (LIF-328).
fn groups(subjects: &[Subject]) -> Vec<Option<RequestQuota>> {
    let of = |subject: &Subject| RequestQuota::parse(group(subject.row.as_ref()?.spec, subject.arn.region)?);
    let mut groups: Vec<_> = subjects.iter().map(of).collect();
    groups.dedup();
    groups
}

/// The group of a key spec.
fn group(spec: KeySpec, region: Region) -> Option<&'static str> {
    Some(match row(spec, region.partition())?.material.family() {
        Family::Aead(_) | Family::Hmac(_) => "symmetric",
        Family::Rsa(_) => "rsa",
        Family::Curve(_) | Family::Edwards | Family::Sm2 => "ecc-sm2",
        Family::MlDsa(_) => "ml-dsa",
        Family::MlKem(_) => "ml-kem",
    })
}

/// The quota of a pair: each spec has one of its own.
fn pair(request: &dyn Typed) -> Option<RequestQuota> {
    let spec = DataKeyPairSpec::parse(request.member("KeyPairSpec")?.text()?)?;
    RequestQuota::parse(&format!("pair-{}", spec.as_str().to_ascii_lowercase().replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{operations::TABLE, wire::Seen};

    /// The request of a pair of this spec.
    struct Pair(&'static str);

    impl Typed for Pair {
        fn member(&self, _: &str) -> Option<Seen<'_>> {
            Some(Seen::Text(self.0))
        }
    }

    #[test]
    fn every_operation_that_is_not_cryptographic_has_a_quota_of_its_own_and_no_other_has() {
        for operation in TABLE {
            let cryptographic = operation.tracked().is_some() || operation.name == "GenerateRandom";
            assert_eq!(RequestQuota::parse(operation.name).is_none(), cryptographic, "{}", operation.name);
        }
        assert!(HEATING.iter().all(|name| Operation::find(name).is_ok()));
    }

    #[test]
    fn every_key_spec_is_in_a_group_and_every_pair_has_a_quota() {
        for spec in KeySpec::ALL {
            let regions = ["us-east-1", "cn-north-1"].map(|region| Region::parse(region).expect("a Region"));
            assert!(regions.iter().any(|region| group(*spec, *region).is_some()), "{spec}");
        }
        for spec in DataKeyPairSpec::ALL {
            assert!(pair(&Pair(spec.as_str())).is_some(), "{spec}");
        }
    }
}
