//! What only one custom key store may have: names, clusters, addresses and VPC endpoint services.

use crate::{
    error::Error,
    names::{AccountId, ClusterId, KeyStoreName, Region},
    operations::Execution,
    state::{ExternalStore, KeyStoreRow, State},
};

/// The key stores beside the one that is created or updated.
pub(super) struct Others<'a> {
    state: &'a State,
    account: AccountId,
    region: Region,
    /// The store that is updated; it may keep what it has.
    updated: Option<KeyStoreName>,
}

impl<'a> Others<'a> {
    pub(super) fn new(execution: &'a Execution<'_>, updated: Option<KeyStoreName>) -> Self {
        let (account, region) = (execution.call.caller.account, execution.call.region);
        Self { state: execution.draft.state(), account, region, updated }
    }

    /// Those of the account in the Region.
    pub(super) fn own(&self) -> impl Iterator<Item = (&'a KeyStoreName, &'a KeyStoreRow)> {
        let stores = self.state.key_stores_in(self.account, self.region);
        stores.filter(|(name, _)| self.updated != Some(**name))
    }

    /// The external ones of all accounts in the Region.
    fn external(&self) -> impl Iterator<Item = (&'a KeyStoreName, &'a ExternalStore)> {
        let here = self.state.key_stores.iter().filter(|(name, _)| name.region == self.region);
        here.filter(|(name, _)| self.updated != Some(**name)).filter_map(|(name, row)| Some((name, row.external()?)))
    }

    /// Refuses a name that another store has, of whatever type (CKS-254).
    pub(super) fn leave_name(&self, name: &str) -> Result<(), Error> {
        match self.own().find(|(_, row)| &*row.name == name) {
            Some((other, _)) => Err(Error::store_name_in_use(name, other.id)),
            None => Ok(()),
        }
    }

    /// The clusters of the other AWS CloudHSM key stores.
    pub(super) fn clusters(&self) -> Vec<ClusterId> {
        self.own().filter_map(|(_, row)| Some(row.cloud_hsm()?.cluster)).collect()
    }

    /// Refuses what the proxy of another store has (CKS-262 to CKS-264): the whole address within the account, the
    /// endpoint where one of the two stores reaches it through a VPC, and the VPC endpoint service.
    pub(super) fn leave_proxy(&self, new: &ExternalStore) -> Result<(), Error> {
        let is_own = |name: &KeyStoreName| name.account == self.account;
        if self.external().any(|(name, of)| is_own(name) && of.endpoint == new.endpoint && of.path == new.path) {
            return Err(Error::proxy_in_use(&new.endpoint, &new.path));
        }
        let through_vpc = |of: &ExternalStore| of.service.is_some() || new.service.is_some();
        if self.external().any(|(_, of)| of.endpoint == new.endpoint && through_vpc(of)) {
            return Err(Error::proxy_endpoint_in_use(&new.endpoint));
        }
        let service = new.service.as_ref().map(|service| &*service.name);
        let has = |of: &ExternalStore| of.service.as_ref().map(|service| &*service.name) == service;
        match service {
            Some(name) if self.external().any(|(_, of)| has(of)) => Err(Error::endpoint_service_in_use(name)),
            _ => Ok(()),
        }
    }
}
