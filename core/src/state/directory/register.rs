//! What is registered becomes changes of a draft, all of it or nothing.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    aws_managed::{aws_managed, no_managed_policy},
    form::Registration,
    names::{PrincipalName, PrincipalType},
    rows::{EndpointRow, OrganizationRow, PrincipalRow},
    standing::Existence,
};
use crate::{
    error::Error,
    names::AccountId,
    order::set,
    policy::{PolicyRow, PrincipalEntry, Statement},
    state::{draft::Draft, rows::AccountRow, tables::Change},
    time::Time,
};

/// The users and roles that were removed, by their ARNs, with the unique ids that they had.
type Removed = BTreeMap<String, String>;

/// Where a refusal stands: the steps to it.
fn wrong(steps: &[&str], problem: &str) -> Error {
    Error::directory(steps, problem)
}

/// The refusal to remove what is not there.
fn nothing_there(steps: &[&str]) -> Error {
    wrong(steps, "is not registered, and cannot be removed")
}

/// Refuses to remove what is not there: it may go by another name.
fn must_be_there(is_there: bool, steps: &[&str]) -> Result<(), Error> {
    if is_there { Ok(()) } else { Err(nothing_there(steps)) }
}

impl Draft<'_> {
    /// Records what is registered.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when something that is referred to does not exist, or would not any
    /// more. The draft is good for nothing then.
    pub(crate) fn register(&mut self, registration: Registration, now: Time) -> Result<(), Error> {
        let Registration { principals, policies, organizations, endpoints, access_keys } = registration;
        let gone: Vec<_> = policies.iter().filter(|(_, row)| row.is_none()).map(|(arn, _)| arn.clone()).collect();
        for (key, row) in policies {
            must_be_there(row.is_some() || self.state().managed_policies.contains_key(&key), &["policies", &key])?;
            self.record(Change::ManagedPolicies { key, row });
        }
        let mut removed = Removed::new();
        let (mut touched, mut given) = (Vec::new(), Vec::new());
        let has_removed = principals.iter().any(|(_, (_, row))| row.is_none());
        for (arn, (name, row)) in principals {
            match row {
                Some(row) => {
                    if !row.unique_id.is_empty() {
                        given.push((arn.clone(), name.clone()));
                    }
                    self.put_principal(&arn, &name, row, now, &mut removed)?;
                    touched.push((arn, name));
                }
                None => self.remove_principal(&arn, &name, &mut removed)?,
            }
        }
        for (arn, name) in &touched {
            self.check(arn, name)?;
        }
        self.check_unique_ids(&given)?;
        if !gone.is_empty() || has_removed {
            self.check_removed(&gone)?;
        }
        for (id, row) in organizations {
            must_be_there(row.is_some() || self.state().organizations.contains_key(&id), &["organizations", &id])?;
            self.put_organization(&id, row)?;
        }
        for (key, row) in endpoints {
            must_be_there(row.is_some() || self.state().endpoints.contains_key(&key), &["vpcEndpoints", &key])?;
            let bound = |policy: Arc<PolicyRow>| {
                Arc::new(PolicyRow::clone(&policy).bound_to(|arn| self.state().unique_id(arn)))
            };
            let row = row.map(|row| Arc::new(EndpointRow { policy: row.policy.map(bound), ..row }));
            self.record(Change::Endpoints { key, row });
        }
        for (id, key) in access_keys {
            if let Some(holder) = key.as_ref().filter(|key| self.state().exists(&key.principal) == Existence::Missing) {
                let problem = format!("there is no {}: register it first, or with its access key", holder.principal);
                return Err(wrong(&["accessKeys", id.as_str(), "principal"], &problem));
            }
            self.put_access_key(id, key);
        }
        self.bind_removed(&removed);
        self.bind_trust(&touched);
        Ok(())
    }

    fn principal(&self, name: &PrincipalName) -> Option<PrincipalRow> {
        self.state().principal(name).cloned()
    }

    fn edit_account(&mut self, account: AccountId, edit: impl FnOnce(&mut AccountRow)) {
        let mut row = self.state().accounts.get(&account).map(|row| AccountRow::clone(row)).unwrap_or_default();
        edit(&mut row);
        self.put_account(account, row);
    }

    /// Puts a principal in place of the one that it is: the same path and the same name, letter by letter.
    /// With another unique id it is somebody else, and the one before is gone.
    fn put_principal(
        &mut self,
        arn: &str,
        name: &PrincipalName,
        row: PrincipalRow,
        now: Time,
        removed: &mut Removed,
    ) -> Result<(), Error> {
        let mut row = PrincipalRow { created: now, ..row };
        if let Some(known) = self.principal(name) {
            if (&known.path, &known.name) != (&row.path, &row.name) {
                let own = name.arn(&known.path, &known.name);
                let problem = format!("is registered as {own}: names are unique in an account, without paths and case");
                return Err(wrong(&["principals", arn], &problem));
            }
            if row.unique_id.is_empty() || row.unique_id == known.unique_id {
                (row.unique_id, row.created) = (known.unique_id, known.created);
            } else {
                removed.insert(arn.to_owned(), known.unique_id.into());
            }
        }
        if row.unique_id.is_empty() {
            let named = [row.path.strip_prefix('/').unwrap_or_default(), &row.name].concat();
            row.unique_id = self.state().next_unique_id(name, &named).into();
        }
        let partition = name.partition();
        if self.state().accounts.get(&name.account()).is_none_or(|account| account.removed(partition).is_none()) {
            self.edit_account(name.account(), |account| account.registered.push((partition, 0)));
        }
        self.record(Change::Principals { key: name.clone(), row: Some(Arc::new(row)) });
        Ok(())
    }

    /// Records a role that AWS makes in an account for one of its services.
    ///
    /// # Errors
    /// `ValidationException` when a role of the same name with another path is registered.
    pub(crate) fn make_linked_role(&mut self, arn: &str, now: Time) -> Result<(), Error> {
        let Some((name, path, plain)) = PrincipalName::parse(arn) else {
            return Err(Error::internal("the ARN of a service-linked role is not one"));
        };
        self.put_principal(arn, &name, PrincipalRow::linked(path, plain), now, &mut Removed::new())
    }

    fn remove_principal(&mut self, arn: &str, name: &PrincipalName, removed: &mut Removed) -> Result<(), Error> {
        let known = self.principal(name).filter(|known| name.arn(&known.path, &known.name) == arn);
        let Some(known) = known else {
            return Err(nothing_there(&["principals", arn]));
        };
        let partition = name.partition();
        self.edit_account(name.account(), |account| {
            let count = account.registered.iter_mut().find(|(of, _)| *of == partition);
            if let Some((_, count)) = count {
                *count += 1;
            }
        });
        self.record(Change::Principals { key: name.clone(), row: None });
        removed.insert(arn.to_owned(), known.unique_id.into());
        Ok(())
    }

    /// Checks that everything exists to which a principal refers. A policy of AWS comes with the first who has it.
    fn check(&mut self, arn: &str, name: &PrincipalName) -> Result<(), Error> {
        let Some(row) = self.principal(name) else { return Ok(()) };
        for (index, policy) in row.managed.iter().enumerate() {
            self.attach(policy, &["principals", arn, "managedPolicies", &format!("[{index}]")])?;
        }
        if let Some(policy) = &row.boundary {
            self.attach(policy, &["principals", arn, "permissionsBoundary"])?;
        }
        for (index, group) in row.groups.iter().enumerate() {
            let key = PrincipalName::new(name.partition(), name.account(), PrincipalType::Group, group);
            if self.state().principal(&key).is_none_or(|known| known.name != *group) {
                let problem = format!("there is no group {group} in the account: register {key} first, or with it");
                return Err(wrong(&["principals", arn, "groups", &format!("[{index}]")], &problem));
            }
        }
        Ok(())
    }

    /// Sees to it that a managed policy is registered.
    fn attach(&mut self, policy: &str, steps: &[&str]) -> Result<(), Error> {
        if self.state().managed_policies.get(policy).is_some() {
            return Ok(());
        }
        let Some(row) = aws_managed(policy) else { return Err(no_managed_policy(steps, policy)) };
        self.record(Change::ManagedPolicies { key: policy.into(), row: Some(row) });
        Ok(())
    }

    /// Checks that nobody was given the unique id of somebody else.
    fn check_unique_ids(&self, given: &[(String, PrincipalName)]) -> Result<(), Error> {
        let state = self.state();
        let ids = given.iter().filter_map(|(arn, name)| Some((&*state.principal(name)?.unique_id, (arn, name))));
        let mut owners = BTreeMap::new();
        for (id, (arn, name)) in ids {
            if let Some((_, other)) = owners.insert(id, (arn, name)) {
                return Err(taken(arn, other));
            }
        }
        let others = state.principals.iter().filter(|_| !owners.is_empty());
        for (name, row) in others {
            if let Some((arn, _)) = owners.get(&*row.unique_id).filter(|(_, owner)| *owner != name) {
                return Err(taken(arn, name));
            }
        }
        Ok(())
    }

    /// Checks that nobody refers to a managed policy or a group that is gone.
    fn check_removed(&self, gone: &[Box<str>]) -> Result<(), Error> {
        let state = self.state();
        let gone = set(gone.iter().map(|arn| &**arn).filter(|arn| state.managed_policies.get(*arn).is_none()));
        for (name, row) in &state.principals {
            let attached = row.managed.iter().chain(&row.boundary).find(|arn| gone.contains(&***arn));
            if let Some(policy) = attached {
                let problem = format!("is attached to {}: detach it first", name.arn(&row.path, &row.name));
                return Err(wrong(&["policies", policy], &problem));
            }
            let lost = row.groups.iter().find(|group| {
                let key = PrincipalName::new(name.partition(), name.account(), PrincipalType::Group, group);
                state.principal(&key).is_none()
            });
            if let Some(group) = lost {
                let key = PrincipalName::new(name.partition(), name.account(), PrincipalType::Group, group);
                let problem =
                    format!("has a member, {}: take it out of the group first", name.arn(&row.path, &row.name));
                return Err(wrong(&["principals", &key.to_string()], &problem));
            }
        }
        Ok(())
    }

    /// Puts an organization in place of the one of this id, and tells its accounts.
    fn put_organization(&mut self, id: &str, row: Option<OrganizationRow>) -> Result<(), Error> {
        let former = self.state().organizations.get(id).cloned();
        let left = former.iter().flat_map(|former| &former.accounts).map(|member| member.account);
        let left: Vec<AccountId> =
            left.filter(|account| row.as_ref().is_none_or(|row| row.member(*account).is_none())).collect();
        for account in left {
            self.edit_account(account, |account| account.organization = None);
        }
        for member in row.iter().flat_map(|row| &row.accounts) {
            let known = self.state().accounts.get(&member.account).and_then(|account| account.organization.clone());
            match known {
                Some(other) if *other != *id => {
                    let problem = format!("{} belongs to the organization {other}", member.account);
                    return Err(wrong(&["organizations", id, "accounts"], &problem));
                }
                Some(_) => {}
                None => self.edit_account(member.account, |account| account.organization = Some(id.into())),
            }
        }
        self.record(Change::Organizations { key: id.into(), row: row.map(Arc::new) });
        Ok(())
    }

    /// Binds what names principals that are gone to the unique ids that they had: it was written while nobody else had
    /// their names, and must not mean their successors.
    fn bind_removed(&mut self, removed: &Removed) {
        if removed.is_empty() {
            return;
        }
        let policies: Vec<_> = self.state().policies.iter().map(|(key, row)| (*key, Arc::clone(row))).collect();
        for (key, row) in policies {
            if let Some(row) = bound_to(&row, removed) {
                self.record(Change::Policies { key, row: Some(row) });
            }
        }
        let endpoints: Vec<_> =
            self.state().endpoints.iter().map(|(key, row)| (key.clone(), Arc::clone(row))).collect();
        for (key, row) in endpoints {
            if let Some(policy) = row.policy.as_ref().and_then(|policy| bound_to(policy, removed)) {
                let row = EndpointRow { policy: Some(policy), ..EndpointRow::clone(&row) };
                self.record(Change::Endpoints { key, row: Some(Arc::new(row)) });
            }
        }
        let principals: Vec<_> =
            self.state().principals.iter().map(|(key, row)| (key.clone(), Arc::clone(row))).collect();
        for (key, row) in principals {
            if let Some(trust) = row.trust.as_ref().and_then(|trust| bound_to(trust, removed)) {
                let row = PrincipalRow { trust: Some(trust), ..PrincipalRow::clone(&row) };
                self.record(Change::Principals { key, row: Some(Arc::new(row)) });
            }
        }
    }

    /// Binds the trust policies of new roles to whom they name now.
    fn bind_trust(&mut self, touched: &[(String, PrincipalName)]) {
        for (_, name) in touched {
            let Some(row) = self.principal(name) else { continue };
            let Some(trust) = &row.trust else { continue };
            let trust = PolicyRow::clone(trust).bound_to(|arn| self.state().unique_id(arn));
            let row = PrincipalRow { trust: Some(Arc::new(trust)), ..row };
            self.record(Change::Principals { key: name.clone(), row: Some(Arc::new(row)) });
        }
    }
}

/// The refusal of a unique id that another principal has.
fn taken(arn: &str, other: &PrincipalName) -> Error {
    wrong(&["principals", arn, "uniqueId"], &format!("is that of another principal, {other}"))
}

/// A policy that names somebody who is gone, by the name alone, bound to the unique ids; `None` for all others.
fn bound_to(row: &PolicyRow, removed: &Removed) -> Option<Arc<PolicyRow>> {
    let entries = row.document().statements().iter().flat_map(Statement::principals);
    let names_one = |entry: &PrincipalEntry| match entry {
        PrincipalEntry::User(entity) | PrincipalEntry::Role(entity) => {
            entity.unique_id().is_none() && removed.contains_key(entity.arn())
        }
        _ => false,
    };
    if !entries.into_iter().any(names_one) {
        return None;
    }
    let known: Vec<(String, String)> =
        row.document().bound().into_iter().map(|(arn, id)| (arn.to_owned(), id.to_owned())).collect();
    let id = |arn: &str| {
        let own = known.iter().find(|(of, _)| of == arn).map(|(_, id)| id.clone());
        own.or_else(|| removed.get(arn).cloned())
    };
    Some(Arc::new(row.clone().bound_to(id)))
}
