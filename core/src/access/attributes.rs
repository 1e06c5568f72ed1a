//! What the state knows of keys, accounts and organizations, as conditions see it.

use super::{Action, Resource, context::RequestFacts};
use crate::{
    names::{AccountId, AliasName, KeyArn},
    policy::{FoldedNames, Values},
    quotas::ResourceQuota,
    state::Membership,
};

impl RequestFacts<'_> {
    /// The account of what the action is on: that of the caller, where nothing else is said.
    pub(super) fn resource_account(&self) -> AccountId {
        self.resource.map_or(self.identity.caller.account, |resource| resource.place().0)
    }

    /// The key that the action is on, where there is one already.
    fn existing_key(&self) -> Option<KeyArn> {
        match self.resource? {
            Resource::Key(arn) if self.action != Action::CreateKey => self.key.map(|_| *arn),
            _ => None,
        }
    }

    /// A tag of the key, or one that a new key is to have: "tag on create" sets `aws:ResourceTag`, too.
    pub(super) fn resource_tag(&self, tag: &str) -> Option<Values<'_>> {
        let tags = match self.existing_key() {
            None => self.tags(),
            Some(arn) => self.folded.key_tags.get_or_init(|| {
                let tags = self.identity.state.known_tags(arn).iter();
                FoldedNames::new(tags.map(|(name, value)| (name.as_str(), value.as_str())))
            }),
        };
        tags.get(tag).map(|value| Values::one(*value))
    }

    /// The aliases of the key. With more of them than the quota the condition is void, and nobody has access by it
    /// (P3-107): we show one alias without a name then, which no policy means.
    pub(super) fn resource_aliases(&self) -> Option<Values<'_>> {
        let (key, state) = (self.existing_key()?, self.identity.state);
        let aliases = state.known_aliases(key);
        let most = state.quota(ResourceQuota::AliasesPerKey, key.account, key.region, Some(key));
        match aliases.len() as u64 {
            0 => None,
            count if count > most => Some(Values::many([""])),
            _ => Some(Values::many(aliases.into_iter().map(AliasName::as_str))),
        }
    }

    /// The organization of the caller's account.
    pub(super) const fn own_organization(&self) -> Option<Membership<'_>> {
        self.identity.standing.organization
    }

    /// The organization of the account that owns what the action is on.
    pub(super) fn resource_organization(&self) -> Option<Membership<'_>> {
        self.identity.state.membership(self.resource_account())
    }

    /// The organization of the account on whose behalf a service calls in its own name.
    pub(super) fn source_organization(&self) -> Option<Membership<'_>> {
        self.identity.state.membership(self.call.origin.source_account?)
    }

    /// The organization of the account that owns the VPC endpoint.
    pub(super) fn endpoint_organization(&self) -> Option<Membership<'_>> {
        self.identity.state.membership(self.endpoint_owner()?)
    }
}

/// What the `OrgID` keys say.
pub(super) fn id(organization: Option<Membership<'_>>) -> Option<Values<'_>> {
    organization.map(|organization| Values::one(organization.id))
}

/// What the `OrgPaths` keys say.
pub(super) fn paths(organization: Option<Membership<'_>>) -> Option<Values<'_>> {
    organization.map(|organization| Values::many([organization.path()]))
}
