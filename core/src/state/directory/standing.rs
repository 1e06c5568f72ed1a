//! What speaks for a caller, and what the directory knows of accounts, organizations and endpoints: gathered for a call.

use std::{borrow::Cow, mem};

use super::{
    aws_managed::{aws_managed, no_managed_policy},
    names::{PrincipalName, PrincipalType},
    rows::{MemberAccount, NamedPolicy, OrganizationRow, PrincipalRow, Unit},
};
use crate::{
    call::Documents,
    caller::{Caller, CallerKind, Session, VpcEndpoint, unique_id},
    error::Error,
    names::{AccountId, Partition, Region},
    policy::{PolicyRow, PrincipalEntry},
    state::{settings::Setting, tables::State},
};

/// What speaks for a caller, borrowed from the state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing<'a> {
    /// Whether the account is in trust mode: its identity policies allow everything.
    pub(crate) trusted: bool,
    /// The unique id of the user, or of the role or user behind a session; `None` in trust mode, where names count. One
    /// who is not registered, in an account where others are, has the id that he would get: nobody before him had it.
    pub(crate) unique_id: Option<Cow<'a, str>>,
    /// The path of the user or role, from slash to slash, when it is registered: the ARN of a session does not tell it.
    pub(crate) path: Option<&'a str>,
    /// The tags of the user or role.
    pub(crate) tags: &'a [(String, String)],
    /// Its own policies, inline and managed, and those of its groups.
    pub(crate) identity: Vec<Voice<'a>>,
    /// Its boundary.
    pub(crate) boundary: Option<Voice<'a>>,
    /// The session policies; `None` for a session without one, and for callers without a session.
    pub(crate) session: Option<Vec<Voice<'a>>>,
    /// The service control policies that bind its account: those of the root, of each unit, of the account. Empty without
    /// an organization, and for what they do not bind: the management account and service-linked roles.
    pub(crate) service_control: Vec<Vec<Voice<'a>>>,
    /// Whether it is a role that is linked to a service.
    pub(crate) service_linked: bool,
    /// The organization of its account.
    pub(crate) organization: Option<Membership<'a>>,
}

/// One document and its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice<'a> {
    /// The name of an inline policy, or the ARN of a managed policy, a service control policy or a resource control policy.
    pub(crate) name: &'a str,
    /// Whether the name is an ARN: AWS names those policies in its refusals.
    pub(crate) is_arn: bool,
    /// The document.
    pub(crate) policy: &'a PolicyRow,
}

impl<'a> Standing<'a> {
    /// Lets documents speak that are not installed.
    pub(crate) fn take(&mut self, documents: &'a Documents) {
        if let Some(identity) = &documents.identity {
            (self.trusted, self.identity) = (false, Voice::all(identity));
        }
        if let Some(boundary) = &documents.boundary {
            self.boundary = boundary.as_ref().map(Voice::of);
        }
        if let Some(session) = &documents.session {
            self.session = Some(Voice::all(session));
        }
        if let Some(levels) = documents.service_control.as_ref().filter(|_| !self.service_linked) {
            self.service_control = levels.iter().map(|level| Voice::all(level)).collect();
        }
    }
}

impl<'a> Voice<'a> {
    /// Several documents.
    pub(crate) fn all(policies: &'a [NamedPolicy]) -> Vec<Self> {
        policies.iter().map(Self::of).collect()
    }

    pub(crate) fn of((name, policy): &'a NamedPolicy) -> Self {
        Self { name, is_arn: name.starts_with("arn:"), policy }
    }
}

/// That an account belongs to an organization.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Membership<'a> {
    /// The id of the organization: what `aws:PrincipalOrgID` and `aws:ResourceOrgID` say.
    pub(crate) id: &'a str,
    row: &'a OrganizationRow,
    member: &'a MemberAccount,
}

impl<'a> Membership<'a> {
    /// The path of the account: what `aws:PrincipalOrgPaths` and `aws:ResourceOrgPaths` say, such as
    /// `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`.
    pub(crate) fn path(&self) -> String {
        let mut path = self.id.to_owned() + "/";
        for unit in self.row.above(self.member) {
            path += &unit.id;
            path.push('/');
        }
        path
    }

    /// Whether it is the management account.
    pub(crate) fn manages(&self) -> bool {
        self.member.account == self.row.management
    }

    /// The policies that bind the account, level by level; none bind the management account.
    fn levels(
        &self,
        of_unit: fn(&Unit) -> &Vec<NamedPolicy>,
        of_account: fn(&MemberAccount) -> &Vec<NamedPolicy>,
    ) -> Vec<Vec<Voice<'a>>> {
        if self.manages() {
            return Vec::new();
        }
        let units = self.row.above(self.member).into_iter().map(of_unit);
        let levels = units.chain([of_account(self.member)]);
        levels.map(|policies| policies.iter().map(Voice::of).collect()).collect()
    }
}

/// Whether a principal exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Existence {
    /// It is registered, with this unique id.
    Registered(String),
    /// Its account is in trust mode, where everybody exists; or it is something that has no unique id, such as a service.
    Trusted,
    /// Its account has registered principals, and it is not one of them; or IAM lets nobody have its name.
    Missing,
}

/// What the directory knows.
impl State {
    /// A principal by its name.
    pub(crate) fn principal(&self, name: &PrincipalName) -> Option<&PrincipalRow> {
        self.principals.get(name).map(|row| &**row)
    }

    /// Whether an account is in trust mode: nobody was ever registered in it, and the world is not strict. To remove the
    /// last principal does not bring trust back, so that nobody gains by being removed.
    pub(crate) fn trusts(&self, account: AccountId, partition: Partition) -> bool {
        let registered = self.accounts.get(&account).is_some_and(|row| row.removed(partition).is_some());
        !registered && !self.has_strict_principals()
    }

    /// Whether principals exist only where they are registered.
    pub fn has_strict_principals(&self) -> bool {
        !self.settings.is_empty() && self.of_world(Setting::StrictPrincipals) == Some(1)
    }

    /// What speaks for a caller. A service in its own name has no standing at all.
    pub(crate) fn standing<'a>(&'a self, caller: &'a Caller, region: Region) -> Standing<'a> {
        if caller.is_service() {
            return Standing::default();
        }
        let partition = caller.partition.unwrap_or(region.partition());
        let trusted = self.trusts(caller.account, partition);
        let organization = self.membership(caller.account);
        let mut standing = Standing { trusted, organization, ..Standing::default() };
        if !trusted {
            self.stand(caller, partition, &mut standing);
        }
        standing.session = self.session_policies(&caller.session);
        if !standing.service_linked {
            let levels = organization.map(|of| of.levels(|unit| &unit.service_control, |own| &own.service_control));
            standing.service_control = levels.unwrap_or_default();
        }
        standing
    }

    /// The name of the user or role behind a caller, and its row where it is registered.
    fn behind<'a>(
        &'a self,
        caller: &Caller,
        partition: Partition,
    ) -> Option<(PrincipalName, Option<&'a PrincipalRow>)> {
        let (kind, named) = behind(caller)?;
        let key = PrincipalName::new(partition, caller.account, kind, named);
        let any_path = !matches!(caller.kind, CallerKind::User(_));
        let row = self.principal(&key).filter(|row| row.is_named(named, any_path));
        Some((key, row))
    }

    /// The unique id and the path of the user or role behind a caller, as the directory knows them. In an account where
    /// nobody was ever registered, it knows neither: the id then follows from the name.
    pub(crate) fn known_as(&self, caller: &Caller, region: Region) -> (Option<Cow<'_, str>>, Option<&str>) {
        let partition = caller.partition.unwrap_or(region.partition());
        if caller.is_service() || self.trusts(caller.account, partition) {
            return (None, None);
        }
        match (self.behind(caller, partition), behind(caller)) {
            (Some((_, Some(row))), _) => (Some(Cow::Borrowed(&*row.unique_id)), Some(&row.path)),
            (Some((key, None)), Some((_, named))) => (Some(self.next_unique_id(&key, named).into()), None),
            _ => (None, None),
        }
    }

    /// Adds what the row of a user or role says.
    fn stand<'a>(&'a self, caller: &Caller, partition: Partition, standing: &mut Standing<'a>) {
        let (Some((key, row)), Some((_, named))) = (self.behind(caller, partition), behind(caller)) else {
            return;
        };
        let Some(row) = row else {
            standing.unique_id = Some(self.next_unique_id(&key, named).into());
            return;
        };
        standing.unique_id = Some((&*row.unique_id).into());
        standing.path = Some(&row.path);
        standing.tags = &row.tags;
        standing.service_linked = row.service_linked;
        standing.boundary = row.boundary.as_deref().and_then(|arn| self.managed(arn));
        self.add_policies(row, &mut standing.identity);
        for group in &row.groups {
            let group = PrincipalName::new(partition, caller.account, PrincipalType::Group, group);
            if let Some(group) = self.principal(&group) {
                self.add_policies(group, &mut standing.identity);
            }
        }
    }

    /// The session policies of a session; `None` for one that was not given any.
    fn session_policies<'a>(&'a self, session: &'a Session) -> Option<Vec<Voice<'a>>> {
        if session.policies.is_empty() && session.managed_policies.is_empty() {
            return None;
        }
        let own = session.policies.iter().map(|policy| Voice { name: "session policy", is_arn: false, policy });
        Some(own.chain(session.managed_policies.iter().filter_map(|arn| self.managed(arn))).collect())
    }

    /// Looks up the managed policies that a session was given: those of AWS that nobody has stand with its own from now on.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that names a policy which is not registered.
    pub(crate) fn resolve_session(&self, session: &mut Session) -> Result<(), Error> {
        for arn in mem::take(&mut session.managed_policies) {
            if self.managed_policies.contains_key(&*arn) {
                session.managed_policies.push(arn);
            } else {
                session.policies.push(aws_managed(&arn).ok_or_else(|| no_managed_policy(&["session"], &arn))?);
            }
        }
        Ok(())
    }

    fn add_policies<'a>(&'a self, row: &'a PrincipalRow, voices: &mut Vec<Voice<'a>>) {
        voices.extend(row.policies.iter().map(Voice::of));
        voices.extend(row.managed.iter().filter_map(|arn| self.managed(arn)));
    }

    /// A managed policy by its ARN.
    fn managed(&self, arn: &str) -> Option<Voice<'_>> {
        let (name, policy) = self.managed_policies.entry(arn)?;
        Some(Voice { name, is_arn: true, policy })
    }

    /// The organization of an account.
    pub(crate) fn membership(&self, account: AccountId) -> Option<Membership<'_>> {
        let id = self.accounts.get(&account)?.organization.as_ref()?;
        let (id, row) = self.organizations.entry(id)?;
        Some(Membership { id, row, member: row.member(account)? })
    }

    /// The resource control policies that bind an account's resources: those of the root, of each unit, of the account;
    /// levels without one are left out. Empty without an organization, and for the management account.
    pub(crate) fn resource_control(&self, account: AccountId) -> Vec<Vec<Voice<'_>>> {
        let of = self.membership(account);
        let mut levels =
            of.map(|of| of.levels(|unit| &unit.resource_control, |own| &own.resource_control)).unwrap_or_default();
        levels.retain(|level| !level.is_empty());
        levels
    }

    /// The policy of a VPC endpoint; without one everything passes.
    pub(crate) fn endpoint_policy(&self, id: &str) -> Option<Voice<'_>> {
        let (name, row) = self.endpoints.entry(id)?;
        Some(Voice { name, is_arn: false, policy: row.policy.as_deref()? })
    }

    /// The VPC that contains the endpoint of a call: as the host says, or else as the directory knows.
    pub(crate) fn vpc_of<'a>(&'a self, endpoint: &'a VpcEndpoint) -> Option<&'a str> {
        let known = || self.endpoints.get(endpoint.id.as_str()).and_then(|row| row.vpc.as_deref());
        endpoint.vpc.as_deref().or_else(known)
    }

    /// The account that owns the endpoint of a call: as the host says, as the directory knows, or else the caller's (a
    /// decision: most come through endpoints of their own). That of AWS itself has no owner who is told.
    pub(crate) fn owner_of(&self, endpoint: &VpcEndpoint, caller: &Caller) -> Option<AccountId> {
        let known = || self.endpoints.get(endpoint.id.as_str()).and_then(|row| row.owner);
        let own = (!caller.is_service()).then_some(caller.account);
        if endpoint.is_of_aws() { None } else { endpoint.owner.or_else(known).or(own) }
    }

    /// Whether a principal exists that a policy names by its ARN, and with which unique id. A session exists with its role.
    pub(crate) fn exists(&self, arn: &str) -> Existence {
        let Some(caller) = Caller::parse(arn) else {
            use PrincipalEntry::{Role, Session, User};
            // IAM lets no user, role or session have such a name.
            let is_of_iam = matches!(PrincipalEntry::parse(arn), Some(User(_) | Role(_) | Session(_)));
            return if is_of_iam { Existence::Missing } else { Existence::Trusted };
        };
        let partition = caller.partition.unwrap_or(Region::default().partition());
        let (kind, named, any_path) = match &caller.kind {
            CallerKind::User(name) => (PrincipalType::User, name, false),
            CallerKind::Role { role, .. } => (PrincipalType::Role, role, arn.contains(":assumed-role/")),
            // The name of a federated user is whatever the user has chosen who stands behind it.
            CallerKind::Root | CallerKind::FederatedUser(_) | CallerKind::Service(_) => return Existence::Trusted,
        };
        // Nobody registers AWS's own roles, such as aws:ec2-infrastructure: no other name has a colon.
        if named.starts_with("aws:") || self.trusts(caller.account, partition) {
            return Existence::Trusted;
        }
        let key = PrincipalName::new(partition, caller.account, kind, named);
        match self.principal(&key).filter(|row| row.is_named(named, any_path)) {
            Some(row) => Existence::Registered(row.unique_id.to_string()),
            None => Existence::Missing,
        }
    }

    /// The unique id of a registered user or role.
    pub(crate) fn unique_id(&self, arn: &str) -> Option<String> {
        match self.exists(arn) {
            Existence::Registered(id) => Some(id),
            Existence::Trusted | Existence::Missing => None,
        }
    }

    /// The unique id that a principal gets who is registered next: a function of its full name, and of how many of its
    /// account were removed before, so that a successor is told from whoever had the name.
    pub(super) fn next_unique_id(&self, name: &PrincipalName, path_and_name: &str) -> String {
        let (account, partition) = (name.account(), name.partition());
        let removed = self.accounts.get(&account).and_then(|row| row.removed(partition)).unwrap_or_default();
        let own = format!("{} {account} {}/{path_and_name}", partition.as_str(), name.kind().as_str());
        // The first one has the id that is told of a caller in trust mode.
        let text = if removed > 0 { format!("{own} {removed}") } else { own };
        unique_id(name.kind().prefix(), &text)
    }
}

/// What kind of principal stands behind a caller, and under which name.
fn behind(caller: &Caller) -> Option<(PrincipalType, &str)> {
    match &caller.kind {
        CallerKind::User(name) => Some((PrincipalType::User, name)),
        CallerKind::FederatedUser(_) => Some((PrincipalType::User, caller.federator()?)),
        CallerKind::Role { role, .. } => Some((PrincipalType::Role, role)),
        CallerKind::Root | CallerKind::Service(_) => None,
    }
}

impl PrincipalRow {
    /// Whether a path and a name, such as `team/Alice`, are those of this principal; `any_path` where a name alone stands
    /// for it, as in the ARN of a session.
    pub(super) fn is_named(&self, named: &str, any_path: bool) -> bool {
        if any_path && !named.contains('/') {
            return *named == *self.name;
        }
        let own = self.path.strip_prefix('/').unwrap_or(&self.path);
        named.strip_prefix(own) == Some(&*self.name)
    }
}
