//! The rows of the directory.

use std::sync::Arc;

use serde::Serialize;

use crate::{names::AccountId, policy::PolicyRow, state::stored::stored, time::Time};

/// A policy with its name: that of an inline policy, or an ARN.
pub(crate) type NamedPolicy = (Box<str>, Arc<PolicyRow>);

/// A user, a role or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PrincipalRow {
    /// The name as it was given.
    pub name: Box<str>,
    /// The path, from slash to slash: `/` or `/team/`.
    pub path: Box<str>,
    /// The unique id, which no successor of the same name has.
    pub unique_id: Box<str>,
    /// When it was registered first.
    pub created: Time,
    /// The tags.
    pub tags: Vec<(String, String)>,
    /// The inline policies by their names.
    pub policies: Vec<NamedPolicy>,
    /// The ARNs of the managed policies that are attached to it.
    pub managed: Vec<Box<str>>,
    /// The ARN of the managed policy that bounds it.
    pub boundary: Option<Box<str>>,
    /// The groups of a user, by their names.
    pub groups: Vec<Box<str>>,
    /// The trust policy of a role: who may assume it. Without one the host alone says who does.
    pub trust: Option<Arc<PolicyRow>>,
    /// How long a session of a role may last, in seconds, where that is said: AWS's default is an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_session: Option<u32>,
    /// Whether the role is linked to a service, so that policies of organizations do not bind it.
    pub service_linked: bool,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OrganizationRow {
    /// The management account, which no policy of the organization binds.
    pub management: AccountId,
    /// The root: the first unit, above all others. Units stand behind those that contain them.
    pub units: Vec<Unit>,
    /// The member accounts, sorted; the management account is one of them.
    pub accounts: Vec<MemberAccount>,
}

/// The root of an organization, or an organizational unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unit {
    /// Its id: `r-ab12` or `ou-ab12-11111111`.
    pub id: Box<str>,
    /// The place of the unit that contains it among all units; the root contains itself.
    pub parent: u32,
    /// The service control policies that are attached to it, by their ARNs.
    pub service_control: Vec<NamedPolicy>,
    /// The resource control policies that are attached to it, by their ARNs; AWS's own, which allows everything, is not
    /// among them.
    pub resource_control: Vec<NamedPolicy>,
}

/// An account of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MemberAccount {
    /// The account.
    pub account: AccountId,
    /// The place among all units of the one that contains it.
    pub parent: u32,
    /// As those of a [`Unit`].
    pub service_control: Vec<NamedPolicy>,
    /// As those of a [`Unit`].
    pub resource_control: Vec<NamedPolicy>,
}

/// A VPC endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EndpointRow {
    /// Its policy; without one everything passes.
    pub policy: Option<Arc<PolicyRow>>,
    /// The VPC that contains it.
    pub vpc: Option<Box<str>>,
    /// The account that owns it.
    pub owner: Option<AccountId>,
}

stored! {
    PrincipalRow {
        name, path, unique_id, created, tags, policies, managed, boundary, groups, trust, service_linked;
        later max_session
    }
    OrganizationRow { management, units, accounts }
    Unit { id, parent, service_control, resource_control }
    MemberAccount { account, parent, service_control, resource_control }
    EndpointRow { policy, vpc, owner }
}

impl PrincipalRow {
    /// A role that is linked to a service, and has nothing that anybody has given it.
    pub(super) fn linked(path: &str, name: &str) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            unique_id: Box::default(),
            created: Time::default(),
            tags: Vec::new(),
            policies: Vec::new(),
            managed: Vec::new(),
            boundary: None,
            groups: Vec::new(),
            trust: None,
            max_session: None,
            service_linked: true,
        }
    }
}

impl OrganizationRow {
    /// A member account.
    pub fn member(&self, account: AccountId) -> Option<&MemberAccount> {
        let place = self.accounts.binary_search_by_key(&account, |member| member.account).ok()?;
        self.accounts.get(place)
    }

    /// The units from the root down to the one that contains an account.
    pub(crate) fn above(&self, member: &MemberAccount) -> Vec<&Unit> {
        let mut units = Vec::new();
        let mut at = member.parent;
        // Each unit stands behind the one that contains it.
        while let Some(unit) = self.units.get(at as usize) {
            units.push(unit);
            if unit.parent >= at {
                break;
            }
            at = unit.parent;
        }
        units.reverse();
        units
    }
}
