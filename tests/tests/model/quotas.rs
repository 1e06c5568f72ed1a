//! Compares the quotas with those that AWS publishes (`vectors/quotas.json`): every one of them, in every Region that has
//! its own.

use std::{collections::BTreeMap, fs, path::Path};

use pocket_kms::{
    Region,
    quotas::{RequestQuota, ResourceQuota},
};
use serde::Deserialize;

/// The members of the file that are compared.
#[derive(Debug, Deserialize)]
struct Published {
    resource: BTreeMap<String, u64>,
    request: BTreeMap<String, BTreeMap<String, u64>>,
}

fn published() -> Published {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/quotas.json");
    serde_json::from_slice(&fs::read(path).expect("the published quotas")).expect("two tables")
}

#[test]
fn the_resource_quotas_are_those_that_aws_publishes() {
    let ours: BTreeMap<_, _> =
        ResourceQuota::ALL.iter().map(|quota| (quota.id().to_owned(), quota.published())).collect();
    assert_eq!(ours, published().resource);
}

#[test]
fn the_request_quotas_are_those_that_aws_publishes_in_every_region() {
    let mut regions: Vec<String> = published().request.into_values().flat_map(BTreeMap::into_keys).collect();
    regions.retain(|name| name != "default");
    assert!(regions.len() >= 10, "{regions:?}");
    regions.push("sa-east-1".to_owned());
    let mut unpublished = Vec::new();
    for quota in RequestQuota::all() {
        let Some(values) = published().request.remove(quota.id()) else {
            unpublished.push(quota.id());
            continue;
        };
        for name in &regions {
            let value = values.get(name).unwrap_or(&values["default"]);
            let region = Region::parse(name).expect("a Region");
            assert_eq!(quota.published(region), value * 1000, "{quota:?} in {name}");
        }
    }
    assert_eq!(unpublished, ["pair-ml-kem-512", "pair-ml-kem-768", "pair-ml-kem-1024"]);
    for id in published().request.keys() {
        assert!(RequestQuota::parse(id).is_some(), "nothing counts {id}");
    }
}
