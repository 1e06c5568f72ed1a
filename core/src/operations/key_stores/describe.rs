//! Describing custom key stores.

use super::{DescribeCustomKeyStores, DescribeCustomKeyStoresResponse, found};
use crate::{
    call::Stop,
    error::Error,
    names::{KeyStoreId, KeyStoreName},
    operations::{Execution, pages::Pager},
    order::sorted,
    shapes::*,
    state::{ExternalStore, KeyStoreRow},
    time::Time,
};

/// How many stores a page has when the request does not say: AWS publishes no number (CKS-290).
const PAGE: usize = 100;

/// Describes one store, or those of the caller's account in the Region in the order of their creation (CKS-288 to
/// CKS-290).
pub(in crate::operations) fn describe_custom_key_stores(
    request: DescribeCustomKeyStores,
    execution: &mut Execution<'_>,
) -> Result<DescribeCustomKeyStoresResponse, Stop> {
    let pager = Pager::new("DescribeCustomKeyStores", request.limit, request.marker.as_deref(), PAGE, 1000)?;
    let after = pager.after().map(|text| place(text).ok_or_else(Error::marker)).transpose()?;
    let wanted = wanted(&request, execution)?;
    let stores = sorted(wanted, |one, other| (one.1.created, one.0).cmp(&(other.1.created, other.0)));
    let rest = stores.into_iter().filter(|(name, row)| after.is_none_or(|after| (row.created, name.id) > after));
    let page = pager.page(rest, |(name, row)| format!("{} {}", row.created.millis(), name.id));
    let truncated = page.truncated();
    let page = page.map(|(name, row)| entry(*name, row));
    Ok(DescribeCustomKeyStoresResponse { custom_key_stores: page.items, next_marker: page.next, truncated })
}

/// The instant and the id behind which a page begins.
fn place(text: &str) -> Option<(Time, KeyStoreId)> {
    let (created, id) = text.split_once(' ')?;
    Some((Time::from_millis(created.parse().ok()?), KeyStoreId::parse(id)?))
}

/// The stores that a request is about.
fn wanted<'a>(
    request: &DescribeCustomKeyStores,
    execution: &'a Execution<'_>,
) -> Result<Vec<(&'a KeyStoreName, &'a KeyStoreRow)>, Error> {
    let state = execution.draft.state();
    let mut all = state.key_stores_in(execution.call.caller.account, execution.call.region);
    match (&request.custom_key_store_id, &request.custom_key_store_name) {
        (Some(_), Some(_)) => Err(Error::two_store_filters()),
        (Some(id), None) => {
            let (wanted, _) = found(id, execution)?;
            Ok(all.filter(|(name, _)| **name == wanted).collect())
        }
        (None, Some(name)) => {
            let store = all.find(|(_, row)| *row.name == **name);
            Ok(vec![store.ok_or_else(|| Error::no_key_store(name))?])
        }
        (None, None) => Ok(all.collect()),
    }
}

/// What is said of a store: neither a password nor a secret access key (CKS-289).
fn entry(name: KeyStoreName, row: &KeyStoreRow) -> CustomKeyStoresListEntry {
    let cluster = row.cloud_hsm();
    CustomKeyStoresListEntry {
        custom_key_store_id: Some(name.id.to_string()),
        custom_key_store_name: Some(row.name.to_string()),
        cloud_hsm_cluster_id: cluster.map(|store| store.cluster.to_string()),
        trust_anchor_certificate: cluster.map(|store| store.anchor.to_string()),
        connection_state: Some(row.connection.state()),
        connection_error_code: row.connection.error(),
        creation_date: Some(row.created),
        custom_key_store_type: Some(row.store_type()),
        xks_proxy_configuration: row.external().map(configuration),
    }
}

fn configuration(store: &ExternalStore) -> XksProxyConfigurationType {
    XksProxyConfigurationType {
        connectivity: Some(store.connectivity()),
        access_key_id: Some((&*store.access_key).into()),
        uri_endpoint: Some(store.endpoint.to_string()),
        uri_path: Some(store.path.to_string()),
        vpc_endpoint_service_name: store.service.as_ref().map(|service| service.name.to_string()),
        vpc_endpoint_service_owner: store.service.as_ref().map(|service| service.owner.to_string()),
    }
}
