//! Principals in the directory's JSON form.

use std::ops::RangeInclusive;

use super::{
    documents::{document, inline},
    names::{PrincipalName, PrincipalType},
    rows::PrincipalRow,
};
use crate::{
    error::Error,
    names::is_iam_name,
    policy::{Kind, folded},
    state::form_value::FormValue,
    time::Time,
    wire::Value,
};

/// The most managed policies of a principal, and the most groups of a user (IAM User Guide, "IAM and AWS STS quotas").
const MOST_MANAGED: usize = 10;
const MOST_GROUPS: usize = 10;

/// The most tags of a user or role (the same page).
const MOST_TAGS: usize = 50;

/// The longest trust policy of a role, in characters (the same page).
const TRUST_LENGTH: usize = 2048;

/// How long a session of a role may be allowed to last, in seconds (API reference of IAM, `UpdateRole`).
const SESSIONS: RangeInclusive<u32> = 3600..=43_200;

/// What the ARN of a principal must be.
const ARN: &str = "is not the ARN of a principal, such as arn:aws:iam::111122223333:user/team/alice, \
                   arn:aws:iam::111122223333:role/App or arn:aws:iam::111122223333:group/dev";

/// What the ARN of a managed policy must be.
pub(super) const POLICY_ARN: &str = "the ARN of a managed policy, such as arn:aws:iam::111122223333:policy/Name or \
                                     arn:aws:iam::aws:policy/ReadOnlyAccess";

impl PrincipalType {
    /// The most characters of all inline policies together.
    const fn inline_length(self) -> usize {
        match self {
            Self::User => 2048,
            Self::Role => 10_240,
            Self::Group => 5120,
        }
    }

    /// The longest name.
    const fn name_length(self) -> usize {
        match self {
            Self::User | Self::Role => 64,
            Self::Group => 128,
        }
    }
}

/// Reads the ARN of a principal: its name, and its path and name as they stand.
pub(super) fn named<'a>(said: &FormValue<'_>, arn: &'a str) -> Result<(PrincipalName, &'a str, &'a str), Error> {
    let (name, path, own) = PrincipalName::parse(arn).ok_or_else(|| said.wrong(ARN))?;
    let most = name.kind().name_length();
    if !is_iam_name(own, most) {
        return Err(
            said.wrong(format!("has a name that is not valid: 1 to {most} letters, digits and characters of +=,.@-_"))
        );
    }
    if path.len() > 512 || path.contains("//") || !path.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(
            said.wrong("has a path that is not valid: at most 512 printable characters, no two slashes in a row")
        );
    }
    Ok((name, path, own))
}

/// Reads what is said of a principal; its unique id is empty where none is given.
pub(super) fn principal(
    said: &FormValue<'_>,
    of: &PrincipalName,
    path: &str,
    name: &str,
) -> Result<PrincipalRow, Error> {
    let kind = of.kind();
    let [policies, managed, boundary, groups, tags, trust, max_session, service_linked, unique_id] =
        said.structure([
            "policies",
            "managed_policies",
            "permissions_boundary",
            "groups",
            "tags",
            "trust_policy",
            "max_session_duration",
            "service_linked",
            "unique_id",
        ])?;
    let only = |of: &[PrincipalType], step: &str, value: &Value| {
        let fits = of.contains(&kind) || *value == Value::Null;
        let owners: Vec<&str> = of.iter().map(|kind| kind.as_str()).collect();
        let problem = || format!("has no place in a {}: only a {} has it", kind.as_str(), owners.join(" or a "));
        if fits { Ok(()) } else { Err(said.within(step, value).wrong(problem())) }
    };
    only(&[PrincipalType::User], "groups", groups)?;
    only(&[PrincipalType::Role], "trustPolicy", trust)?;
    only(&[PrincipalType::Role], "maxSessionDuration", max_session)?;
    only(&[PrincipalType::Role], "serviceLinked", service_linked)?;
    only(&[PrincipalType::User, PrincipalType::Role], "permissionsBoundary", boundary)?;
    only(&[PrincipalType::User, PrincipalType::Role], "tags", tags)?;
    let trust = said.within("trustPolicy", trust);
    let trust = trust.is_there().then(|| document(&trust, Kind::TrustPolicy, TRUST_LENGTH)).transpose()?;
    // Where a service's own roles live (IAM User Guide, "Service-linked roles").
    let is_linked = kind == PrincipalType::Role && path.starts_with("/aws-service-role/");
    Ok(PrincipalRow {
        name: name.into(),
        path: path.into(),
        unique_id: given_id(&said.within("uniqueId", unique_id), kind)?,
        created: Time::default(),
        tags: given_tags(&said.within("tags", tags))?,
        policies: inline(&said.within("policies", policies), kind.inline_length())?,
        managed: managed_policies(&said.within("managedPolicies", managed))?,
        boundary: said.within("permissionsBoundary", boundary).maybe_text(POLICY_ARN)?.map(Into::into),
        groups: group_names(&said.within("groups", groups), of)?,
        trust,
        max_session: longest_session(&said.within("maxSessionDuration", max_session))?,
        service_linked: said.within("serviceLinked", service_linked).maybe_flag()?.unwrap_or(is_linked),
    })
}

fn longest_session(said: &FormValue<'_>) -> Result<Option<u32>, Error> {
    let wrong = || said.must_be("a number of seconds from 3600 to 43200");
    match said.maybe_number(u32::MAX).map_err(|_| wrong())? {
        Some(seconds) if !SESSIONS.contains(&seconds) => Err(wrong()),
        seconds => Ok(seconds),
    }
}

fn given_id(said: &FormValue<'_>, kind: PrincipalType) -> Result<Box<str>, Error> {
    let what = format!("a unique id: {} and 12 to 124 capital letters and digits", kind.prefix());
    let Some(id) = said.maybe_text(&what)? else { return Ok("".into()) };
    let rest = id.strip_prefix(kind.prefix()).filter(|rest| (12..=124).contains(&rest.len()));
    let good = rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    if good { Ok(id.into()) } else { Err(said.must_be(&what)) }
}

/// Tags: at most 128 characters in a key, 256 in a value. Keys that differ only in case are one (IAM User Guide, "Tags for
/// AWS Identity and Access Management resources").
fn given_tags(said: &FormValue<'_>) -> Result<Vec<(String, String)>, Error> {
    let members = said.members("tags: texts by their keys")?;
    if members.len() > MOST_TAGS {
        return Err(said.wrong(format!("has more than {MOST_TAGS} tags")));
    }
    let mut keys = std::collections::BTreeSet::new();
    let mut tags = Vec::with_capacity(members.len());
    for (key, value) in members {
        let said = said.within(key, value);
        let text = value.as_text().filter(|text| text.chars().count() <= 256);
        let Some(text) = text.filter(|_| (1..=128).contains(&key.chars().count())) else {
            return Err(said.wrong("is not a tag: a key has 1 to 128 characters, its value is a text of at most 256"));
        };
        if !keys.insert(folded(key)) {
            return Err(said.wrong("is given twice: keys of tags are compared without case"));
        }
        tags.push((key.clone().into_owned(), text.to_owned()));
    }
    Ok(tags)
}

fn managed_policies(said: &FormValue<'_>) -> Result<Vec<Box<str>>, Error> {
    each(said, "a list of ARNs of managed policies", MOST_MANAGED, POLICY_ARN)
}

/// The names of a user's groups, which may be told by their ARNs, too: who registers a group has its ARN.
fn group_names(said: &FormValue<'_>, user: &PrincipalName) -> Result<Vec<Box<str>>, Error> {
    let mut groups: Vec<Box<str>> = Vec::new();
    for group in each(said, "a list of names of groups", MOST_GROUPS, "the name of a group, such as dev")? {
        let name = match PrincipalName::parse(&group) {
            None => &*group,
            Some((named, _, name))
                if named == PrincipalName::new(user.partition(), user.account(), PrincipalType::Group, name) =>
            {
                name
            }
            Some(_) => return Err(said.wrong(format!("has {group}, which is not a group of the user's account"))),
        };
        if groups.iter().any(|known| **known == *name) {
            return Err(said.wrong(format!("has the group {name} twice")));
        }
        groups.push(name.into());
    }
    Ok(groups)
}

/// A list of texts, each named once.
fn each(said: &FormValue<'_>, what: &str, most: usize, one: &str) -> Result<Vec<Box<str>>, Error> {
    let mut texts: Vec<Box<str>> = Vec::new();
    for (index, value) in said.list(what, most)?.iter().enumerate() {
        let step = format!("[{index}]");
        let said = said.within(&step, value);
        let text = said.text(one)?;
        if texts.iter().any(|known| **known == *text) {
            return Err(said.wrong("is given twice"));
        }
        texts.push(text.into());
    }
    Ok(texts)
}
