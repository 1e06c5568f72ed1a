//! Organizations and VPC endpoints in the directory's JSON form.
//!
//! Sources: AWS Organizations User Guide, "Quotas and service limits", and the patterns of its API's ids.

use std::sync::Arc;

use super::{
    documents::document,
    rows::{EndpointRow, MemberAccount, NamedPolicy, OrganizationRow, Unit},
};
use crate::{
    caller::{VpcEndpoint, unique_id},
    error::Error,
    names::AccountId,
    order::sorted,
    policy::{Kind, PolicyRow},
    state::form_value::FormValue,
    wire::Value,
};

/// The longest documents, in characters, and the most policies that are attached to one entity.
const SERVICE_CONTROL: Sort =
    Sort { kind: Kind::ServiceControlPolicy, word: "service_control_policy", length: 10_240, most: 10 };
const RESOURCE_CONTROL: Sort =
    Sort { kind: Kind::ResourceControlPolicy, word: "resource_control_policy", length: 5120, most: 5 };

/// The longest policy of a VPC endpoint, in characters (Amazon VPC User Guide, "Quotas").
const ENDPOINT_LENGTH: usize = 20_480;

/// How deep units nest below the root.
const DEEPEST: usize = 5;

/// The most units of an organization, and the most accounts: far more than AWS's quotas by default.
const MOST_UNITS: usize = 5000;

/// What AWS attaches to everything: without another service control policy, all is allowed.
const FULL_ACCESS: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

/// The id of AWS's policy that allows everything, for both sorts: `FullAWSAccess`, `RCPFullAWSAccess`.
const FULL: [&str; 4] = ["FullAWSAccess", "p-FullAWSAccess", "RCPFullAWSAccess", "p-RCPFullAWSAccess"];

/// A sort of policies of an organization.
struct Sort {
    kind: Kind,
    word: &'static str,
    length: usize,
    most: usize,
}

/// Reads an organization.
struct Reader<'a> {
    id: &'a str,
    management: AccountId,
    row: OrganizationRow,
}

/// What an organization is called.
pub(super) fn is_organization(id: &str) -> bool {
    id.strip_prefix("o-").is_some_and(|rest| is_of(rest, 10..=32))
}

fn is_of(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// The part of the root's id that stands in the ids of all units.
fn root_of(unit: &str) -> Option<&str> {
    let (root, rest) = unit.strip_prefix("ou-")?.split_once('-')?;
    (is_of(root, 4..=32) && is_of(rest, 8..=32)).then_some(root)
}

/// Reads what is said of an organization.
pub(super) fn organization(said: &FormValue<'_>, id: &str) -> Result<OrganizationRow, Error> {
    if !is_organization(id) {
        return Err(said.wrong("is not the id of an organization: o- and 10 to 32 lower-case letters and digits"));
    }
    let [management, root, service, resource, units, accounts] = said.structure([
        "management_account",
        "root",
        "service_control_policies",
        "resource_control_policies",
        "units",
        "accounts",
    ])?;
    let management = said.within("managementAccount", management).account()?;
    let row = OrganizationRow { management, units: Vec::new(), accounts: Vec::new() };
    let mut reader = Reader { id, management, row };
    let (units, root) = (said.within("units", units), said.within("root", root));
    let root = reader.root(&root, &units)?;
    reader.row.units.push(Unit {
        id: root,
        parent: 0,
        service_control: reader.policies(&said.within("serviceControlPolicies", service), &SERVICE_CONTROL)?,
        resource_control: reader.policies(&said.within("resourceControlPolicies", resource), &RESOURCE_CONTROL)?,
    });
    reader.units(&units, 0, DEEPEST)?;
    reader.accounts(&said.within("accounts", accounts), 0)?;
    reader.finish(said)
}

impl Reader<'_> {
    /// The id of the root: the one that is given, the one that stands in the ids of the units, or one that follows from the
    /// id of the organization.
    fn root(&self, said: &FormValue<'_>, units: &FormValue<'_>) -> Result<Box<str>, Error> {
        let what = "the id of a root: r- and 4 to 32 lower-case letters and digits";
        if let Some(id) = said.maybe_text(what)? {
            let good = id.strip_prefix("r-").is_some_and(|rest| is_of(rest, 4..=32));
            return if good { Ok(id.into()) } else { Err(said.must_be(what)) };
        }
        let first = units.members("units by their ids")?.first().and_then(|(id, _)| root_of(id));
        Ok(first.map_or_else(|| made("r-", self.id, 4), |root| ["r-", root].concat().into()))
    }

    /// Reads units and what they contain.
    fn units(&mut self, said: &FormValue<'_>, parent: u32, deeper: usize) -> Result<(), Error> {
        for (id, value) in said.members("units by their ids")? {
            let said = said.within(id, value);
            let root = self.row.units.first().and_then(|root| root.id.strip_prefix("r-"));
            if root_of(id).is_none() || root_of(id) != root {
                let root = root.unwrap_or_default();
                return Err(said.wrong(format!(
                    "is not the id of a unit of this organization: ou-{root}- and 8 to 32 lower-case letters and digits"
                )));
            }
            if deeper == 0 {
                return Err(said.wrong(format!("is nested too deeply: units nest {DEEPEST} levels below the root")));
            }
            if self.row.units.iter().any(|unit| *unit.id == **id) {
                return Err(said.wrong("is given twice"));
            }
            if self.row.units.len() > MOST_UNITS {
                return Err(said.wrong(format!("is one unit too many: an organization has at most {MOST_UNITS}")));
            }
            let [service, resource, units, accounts] =
                said.structure(["service_control_policies", "resource_control_policies", "units", "accounts"])?;
            let place = u32::try_from(self.row.units.len()).unwrap_or_default();
            let unit = Unit {
                id: id.as_ref().into(),
                parent,
                service_control: self.policies(&said.within("serviceControlPolicies", service), &SERVICE_CONTROL)?,
                resource_control: self
                    .policies(&said.within("resourceControlPolicies", resource), &RESOURCE_CONTROL)?,
            };
            self.row.units.push(unit);
            self.units(&said.within("units", units), place, deeper - 1)?;
            self.accounts(&said.within("accounts", accounts), place)?;
        }
        Ok(())
    }

    /// Reads accounts: a map by their ids, or a list of ids where nothing is attached to them.
    fn accounts(&mut self, said: &FormValue<'_>, parent: u32) -> Result<(), Error> {
        if let Value::List(values) = said.value {
            for (index, value) in values.iter().enumerate() {
                let step = format!("[{index}]");
                let said = said.within(&step, value);
                let account = said.account()?;
                self.account(&said, account, &Value::Null, parent)?;
            }
            return Ok(());
        }
        for (id, value) in said.members("accounts by their ids, or a list of ids")? {
            let said = said.within(id, value);
            let account = AccountId::parse(id).ok_or_else(|| said.wrong("is not an account: twelve digits"))?;
            self.account(&said, account, value, parent)?;
        }
        Ok(())
    }

    fn account(&mut self, said: &FormValue<'_>, account: AccountId, value: &Value, parent: u32) -> Result<(), Error> {
        let [service, resource] = match value {
            Value::Null => [&Value::Null, &Value::Null],
            _ => said.structure(["service_control_policies", "resource_control_policies"])?,
        };
        self.row.accounts.push(MemberAccount {
            account,
            parent,
            service_control: self.policies(&said.within("serviceControlPolicies", service), &SERVICE_CONTROL)?,
            resource_control: self.policies(&said.within("resourceControlPolicies", resource), &RESOURCE_CONTROL)?,
        });
        Ok(())
    }

    /// Reads the policies that are attached to an entity. Where nothing is said, AWS's own policy allows everything.
    fn policies(&self, said: &FormValue<'_>, sort: &Sort) -> Result<Vec<NamedPolicy>, Error> {
        if !said.is_there() {
            return Ok(full_access(sort).into_iter().collect());
        }
        let mut policies: Vec<NamedPolicy> = Vec::new();
        for (index, value) in said.list("a list of documents", sort.most)?.iter().enumerate() {
            let step = format!("[{index}]");
            let said = said.within(&step, value);
            let policy = match value.as_text().filter(|text| FULL.contains(text)) {
                Some(_) => full_access(sort),
                None => Some(self.policy(&said, sort)?),
            };
            if policy.as_ref().is_some_and(|(arn, _)| policies.iter().any(|(known, _)| known == arn)) {
                return Err(said.wrong("is attached twice"));
            }
            policies.extend(policy);
        }
        Ok(policies)
    }

    /// One policy: a document, or a structure of `id` or `arn` and `document`.
    fn policy(&self, said: &FormValue<'_>, sort: &Sort) -> Result<NamedPolicy, Error> {
        let is_named = said.value.member("document").is_some();
        let [id, arn, content] = if is_named { said.structure(["id", "arn", "document"])? } else { [&Value::Null; 3] };
        let content = if is_named { said.within("document", content) } else { *said };
        let policy = document(&content, sort.kind, sort.length)?;
        let (id, arn) = (said.within("id", id), said.within("arn", arn));
        let what = "the ARN of a policy of the organization, such as \
                    arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-12345678";
        if let Some(text) = arn.maybe_text(what)? {
            let good = text.starts_with("arn:") && text.contains(":organizations::") && text.contains("/p-");
            return if good { Ok((text.into(), policy)) } else { Err(arn.must_be(what)) };
        }
        let what = "the id of a policy: p- and 8 to 128 letters, digits and underscores";
        let id: Box<str> = match id.maybe_text(what)? {
            Some(text) if is_policy(text) => text.into(),
            Some(_) => return Err(id.must_be(what)),
            None => made("p-", policy.text(), 10),
        };
        let Self { id: organization, management, .. } = self;
        let word = sort.word;
        Ok((format!("arn:aws:organizations::{management}:policy/{organization}/{word}/{id}").into(), policy))
    }

    /// The whole row: accounts are sorted, and each is there once.
    fn finish(mut self, said: &FormValue<'_>) -> Result<OrganizationRow, Error> {
        let management = self.management;
        if self.row.accounts.iter().all(|member| member.account != management) {
            self.accounts(
                &said.within("managementAccount", &Value::List(vec![Value::from(management.to_string())])),
                0,
            )?;
        }
        let mut row = self.row;
        row.accounts = sorted(row.accounts, |one, other| one.account.cmp(&other.account));
        let twice = row.accounts.windows(2).find_map(|pair| match pair {
            [one, other] if one.account == other.account => Some(one.account),
            _ => None,
        });
        match twice {
            Some(account) => Err(said.wrong(format!("has the account {account} in two places"))),
            None => Ok(row),
        }
    }
}

/// AWS's own service control policy. That for resources is always there, and never said.
fn full_access(sort: &Sort) -> Option<NamedPolicy> {
    if sort.kind != Kind::ServiceControlPolicy {
        return None;
    }
    let policy = PolicyRow::parse(FULL_ACCESS.to_owned(), sort.kind).ok()?;
    Some((["arn:aws:organizations::aws:policy/", sort.word, "/p-FullAWSAccess"].concat().into(), Arc::new(policy)))
}

/// An id that follows from a text.
fn made(prefix: &str, text: &str, length: usize) -> Box<str> {
    let mut id = prefix.to_owned();
    id.extend(unique_id("", text).chars().take(length).map(|letter| letter.to_ascii_lowercase()));
    id.into()
}

fn is_policy(id: &str) -> bool {
    let good = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    id.strip_prefix("p-").is_some_and(|rest| (8..=128).contains(&rest.len()) && good(rest))
}

/// Reads what is said of a VPC endpoint.
pub(super) fn endpoint(said: &FormValue<'_>, id: &str) -> Result<EndpointRow, Error> {
    if !VpcEndpoint::is_id(id) {
        return Err(said.wrong("is not the id of a VPC endpoint, such as vpce-0123456789abcdef0"));
    }
    let [policy, vpc, owner] = said.structure(["policy", "vpc", "owner"])?;
    let (policy, owner) = (said.within("policy", policy), said.within("owner", owner));
    Ok(EndpointRow {
        policy: policy.is_there().then(|| document(&policy, Kind::EndpointPolicy, ENDPOINT_LENGTH)).transpose()?,
        vpc: said.within("vpc", vpc).maybe_text("the id of a VPC, such as vpc-0123456789abcdef0")?.map(Into::into),
        owner: owner.is_there().then(|| owner.account()).transpose()?,
    })
}
