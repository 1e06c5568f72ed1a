//! From JSON to a compiled document: the grammar of the policy language and the rules of each kind of policy.
//!
//! Source: IAM User Guide, "Grammar of the IAM JSON policy language".

use std::collections::BTreeSet;

use super::condition::Condition;
use super::document::{Document, Effect, Kind, Scope, Statement, Version, Who};
use super::json::Json;
use super::malformed::{Malformed, Problem, Within};
use super::operator::Operator;
use super::pattern::{Dialect, Pattern};
use super::principal::{PrincipalEntry, is_partition};

type Parsed<T> = Result<T, Malformed>;

fn refuse<T>(problem: Problem) -> Parsed<T> {
    Err(Malformed::here(problem))
}

/// The kind of a document and the version it is written in.
#[derive(Clone, Copy)]
struct Dress {
    kind: Kind,
    version: Version,
}

pub(super) fn document(text: &str, kind: Kind) -> Parsed<Document> {
    let mut members = Members::read(Json::parse(text)?, &["Version", "Id", "Statement"])?;
    let version = members.take("Version").map_or(Ok(Version::V2008), version).within("Version")?;
    let id = members.take("Id");
    if id.is_some() && !kind.names_principals() {
        return refuse(Problem::Misplaced).within("Id");
    }
    let id = id.map(text_of).transpose().within("Id")?;
    let dress = Dress { kind, version };
    let statements = statements(members.require("Statement")?, dress).within("Statement")?;
    Ok(Document { version, id: id.map(Into::into), statements: statements.into() })
}

fn version(json: Json) -> Parsed<Version> {
    match text_of(json)?.as_str() {
        "2012-10-17" => Ok(Version::V2012),
        "2008-10-17" => Ok(Version::V2008),
        other => refuse(Problem::Version(other.into())),
    }
}

fn statements(json: Json, dress: Dress) -> Parsed<Vec<Statement>> {
    let list = match json {
        Json::List(list) => list,
        one => return Ok(vec![statement(one, dress)?]),
    };
    if list.is_empty() {
        return refuse(Problem::Empty);
    }
    let mut statements = Vec::with_capacity(list.len());
    let mut sids = BTreeSet::new();
    for (index, json) in list.into_iter().enumerate() {
        let statement = statement(json, dress).within_item(index)?;
        let repeated = statement.sid().filter(|sid| dress.kind.is_strict() && !sids.insert((*sid).to_owned()));
        if let Some(sid) = repeated {
            return refuse(Problem::SidTwice(sid.into())).within("Sid").within_item(index);
        }
        statements.push(statement);
    }
    Ok(statements)
}

/// The elements of a statement.
const ELEMENTS: &[&str] =
    &["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

fn statement(json: Json, dress: Dress) -> Parsed<Statement> {
    let mut members = Members::read(json, ELEMENTS)?;
    let sid = members.take("Sid").map(|json| sid(json, dress.kind)).transpose().within("Sid")?;
    let effect = effect(members.require("Effect")?).within("Effect")?;
    let who = who(&mut members, effect, dress.kind)?;
    let actions = scope(&mut members, "Action", "NotAction", dress, action)?;
    let resources = scope(&mut members, "Resource", "NotResource", dress, resource)?;
    let conditions = members.take("Condition").map_or(Ok(Vec::new()), |json| conditions(json, dress));
    let statement = Statement {
        sid: sid.map(Into::into),
        effect,
        who,
        actions,
        resources,
        conditions: conditions.within("Condition")?.into(),
    };
    if dress.kind == Kind::ResourceControlPolicy {
        only_denies_everybody(&statement)?;
    }
    Ok(statement)
}

impl Kind {
    /// IAM and Organizations are strict with their own policies: a `Sid` is of letters and digits and unique, actions
    /// and resources must be there and well formed. Services are lenient with the policies of their resources.
    const fn is_strict(self) -> bool {
        !matches!(self, Self::ResourcePolicy | Self::EndpointPolicy)
    }
}

/// Resource control policies of customers deny named actions to everybody; conditions narrow that.
///
/// Source: AWS Organizations User Guide, "RCP syntax".
fn only_denies_everybody(statement: &Statement) -> Parsed<()> {
    if statement.effect == Effect::Allow {
        return refuse(Problem::Effect("Allow".into())).within("Effect");
    }
    if statement.principals() != [PrincipalEntry::Everyone] {
        return refuse(Problem::Misplaced).within("Principal");
    }
    match statement.actions {
        Scope::AllBut(_) => refuse(Problem::Misplaced).within("NotAction"),
        Scope::Of(_) | Scope::Nothing => Ok(()),
    }
}

fn sid(json: Json, kind: Kind) -> Parsed<String> {
    let sid = text_of(json)?;
    if kind.is_strict() && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return refuse(Problem::Sid(sid));
    }
    Ok(sid)
}

fn effect(json: Json) -> Parsed<Effect> {
    match text_of(json)?.as_str() {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        other => refuse(Problem::Effect(other.into())),
    }
}

fn who(members: &mut Members, effect: Effect, kind: Kind) -> Parsed<Who> {
    let element = members.either("Principal", "NotPrincipal")?;
    match element {
        None if kind.names_principals() => refuse(Problem::Missing("Principal")),
        None => Ok(Who::Bearer),
        Some((name, _)) if !kind.names_principals() => refuse(Problem::Misplaced).within(name),
        Some((name @ "Principal", json)) => Ok(Who::Named(principals(json).within(name)?.into())),
        Some((name, _)) if kind == Kind::ResourceControlPolicy => refuse(Problem::Misplaced).within(name),
        Some((name, _)) if effect == Effect::Allow => refuse(Problem::NotPrincipalAllows).within(name),
        Some((name, json)) => Ok(Who::Others(principals(json).within(name)?.into())),
    }
}

fn principals(json: Json) -> Parsed<Vec<PrincipalEntry>> {
    let members = match json {
        Json::Scalar { text, quoted: true } if text == "*" => return Ok(vec![PrincipalEntry::Everyone]),
        Json::Scalar { text, .. } => return refuse(Problem::InvalidPrincipal(text)),
        other => Members::unchecked(other)?,
    };
    let mut entries = Vec::new();
    for (class, json) in members.0 {
        let parse = match class.as_str() {
            "AWS" => PrincipalEntry::parse,
            "Service" => PrincipalEntry::parse_service,
            "Federated" => provider,
            _ => return refuse(Problem::InvalidPrincipal(class)),
        };
        let read = |text: &str| parse(text).map_or_else(|| refuse(Problem::InvalidPrincipal(text.into())), Ok);
        entries.extend(each(json, read).within(&class)?);
    }
    if entries.is_empty() { refuse(Problem::Empty) } else { Ok(entries) }
}

fn provider(text: &str) -> Option<PrincipalEntry> {
    (!text.is_empty()).then(|| PrincipalEntry::Provider(text.into()))
}

fn scope(
    members: &mut Members,
    of: &'static str,
    all_but: &'static str,
    dress: Dress,
    compile: fn(&str, Dress) -> Parsed<Pattern>,
) -> Parsed<Scope> {
    let Some((name, json)) = members.either(of, all_but)? else {
        return if dress.kind.is_strict() { refuse(Problem::Missing(of)) } else { Ok(Scope::Nothing) };
    };
    let patterns = each(json, |text| compile(text, dress)).within(name)?.into();
    Ok(if name == of { Scope::Of(patterns) } else { Scope::AllBut(patterns) })
}

/// Resource policies take any action; elsewhere it must name a service, or be `*` where that is allowed.
fn action(text: &str, dress: Dress) -> Parsed<Pattern> {
    let any = text == "*" && dress.kind != Kind::ResourceControlPolicy;
    if dress.kind.is_strict() && !any {
        let (vendor, name) = split_vendor(text)?;
        if name.contains(':') {
            return refuse(Problem::Colons(text.into()));
        }
        if !vendor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') || vendor.is_empty() {
            return refuse(Problem::InvalidVendor(vendor.into()));
        }
    }
    Ok(Pattern::compile(text, Dialect::Action, false))
}

fn split_vendor(text: &str) -> Parsed<(&str, &str)> {
    text.split_once(':').map_or_else(|| refuse(Problem::NoVendor(text.into())), Ok)
}

/// Identity policies may leave fields of an ARN out; session policies may not; resource policies take any text.
fn resource(text: &str, dress: Dress) -> Parsed<Pattern> {
    let variables = dress.version == Version::V2012;
    let compile = |text: &str| Ok(Pattern::compile(text, Dialect::Resource, variables));
    if text == "*" || !dress.kind.is_strict() {
        return compile(text);
    }
    let mut fields = text.split(':');
    let (scheme, partition) = (fields.next(), fields.next());
    let Some(partition) = partition.filter(|_| scheme == Some("arn")) else {
        return refuse(Problem::Resource(text.into()));
    };
    if !is_partition(partition) && !partition.contains(['*', '?']) {
        let partition = partition.into();
        return refuse(Problem::Partition { partition, resource: text.into() });
    }
    let missing = 4_usize.saturating_sub(fields.count());
    if missing > 0 && dress.kind == Kind::SessionPolicy {
        return refuse(Problem::IncompleteArn(text.into()));
    }
    compile(&(text.to_owned() + &":*".repeat(missing)))
}

fn conditions(json: Json, dress: Dress) -> Parsed<Vec<Condition>> {
    let variables = dress.version == Version::V2012;
    let mut conditions = Vec::new();
    for (name, json) in Members::unchecked(json)?.0 {
        let Some(operator) = Operator::parse(&name) else {
            return refuse(Problem::UnknownOperator(name));
        };
        for (key, json) in Members::unchecked(json).within(&name)?.0 {
            let values = condition_values(&key, json, dress.kind).within(&key).within(&name)?;
            conditions.push(Condition::compile(operator, &key, values, variables));
        }
    }
    Ok(conditions)
}

fn condition_values(key: &str, json: Json, kind: Kind) -> Parsed<Vec<String>> {
    if kind.is_strict() {
        split_vendor(key)?;
    }
    match json {
        Json::List(list) if list.is_empty() => refuse(Problem::Empty),
        Json::List(list) => {
            let values = list.into_iter().enumerate();
            values.map(|(index, json)| scalar(json).within_item(index)).collect()
        }
        one => Ok(vec![scalar(one)?]),
    }
}

/// A string, number or boolean.
fn scalar(json: Json) -> Parsed<String> {
    match json {
        Json::Scalar { text, .. } => Ok(text),
        _ => refuse(Problem::Type { expected: "a string, number or boolean" }),
    }
}

fn text_of(json: Json) -> Parsed<String> {
    match json {
        Json::Scalar { text, quoted: true } => Ok(text),
        _ => refuse(Problem::Type { expected: "a string" }),
    }
}

/// One text, or a list of one or more.
fn each<T>(json: Json, mut read: impl FnMut(&str) -> Parsed<T>) -> Parsed<Vec<T>> {
    let list = match json {
        Json::List(list) => list,
        one => return Ok(vec![read(&text_of(one)?)?]),
    };
    if list.is_empty() {
        return refuse(Problem::Empty);
    }
    let items = list.into_iter().enumerate();
    items.map(|(index, json)| text_of(json).and_then(|text| read(&text)).within_item(index)).collect()
}

/// The members of an object, each given once.
struct Members(Vec<(String, Json)>);

impl Members {
    /// Reads an object whose members are all known.
    fn read(json: Json, known: &[&str]) -> Parsed<Self> {
        let members = Self::unchecked(json)?;
        match members.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => refuse(Problem::Unknown).within(name),
            None => Ok(members),
        }
    }

    /// Reads an object with any members.
    fn unchecked(json: Json) -> Parsed<Self> {
        let Json::Members(members) = json else {
            return refuse(Problem::Type { expected: "an object" });
        };
        let mut names = BTreeSet::new();
        match members.iter().find(|(name, _)| !names.insert(name)) {
            Some((name, _)) => refuse(Problem::Duplicate).within(name),
            None => Ok(Self(members)),
        }
    }

    fn take(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(member, _)| member == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn require(&mut self, name: &'static str) -> Parsed<Json> {
        self.take(name).map_or_else(|| refuse(Problem::Missing(name)), Ok)
    }

    /// One of two members that exclude each other.
    fn either(&mut self, one: &'static str, other: &'static str) -> Parsed<Option<(&'static str, Json)>> {
        match (self.take(one), self.take(other)) {
            (Some(_), Some(_)) => refuse(Problem::Both(one, other)),
            (Some(json), None) => Ok(Some((one, json))),
            (None, Some(json)) => Ok(Some((other, json))),
            (None, None) => Ok(None),
        }
    }
}
