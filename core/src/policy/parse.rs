//! From JSON to a document, compiled or checked alone: the grammar of the policy language and the rules of each kind of
//! policy.
//!
//! Source: IAM User Guide, "Grammar of the IAM JSON policy language".

use std::collections::BTreeSet;

use super::condition::Condition;
use super::document::{Document, Effect, Kind, Principals, Scope, Statement, Version};
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
///
/// Who only wants to know whether a document is well formed does not compile it: the module that reads templates then has
/// neither patterns nor their tables of letters.
#[derive(Clone, Copy)]
struct Grammar<const COMPILES: bool> {
    kind: Kind,
    version: Version,
}

impl<const COMPILES: bool> Grammar<COMPILES> {
    fn pattern(self, text: &str, dialect: Dialect) -> Pattern {
        let variables = self.version == Version::V2012 && dialect != Dialect::Action;
        if COMPILES { Pattern::compile(text, dialect, variables) } else { Pattern::default() }
    }

    fn condition(self, operator: Operator, key: &str, expected: Vec<String>) -> Option<Condition> {
        let variables = self.version == Version::V2012;
        COMPILES.then(|| Condition::compile(operator, key, expected, variables))
    }
}

/// Reads a text that this parser, or an older one, once accepted.
pub(super) fn stored(text: &str, kind: Kind) -> Parsed<Document> {
    let refusal = match document(text, kind) {
        Ok(document) => return Ok(document),
        Err(refusal) => refusal,
    };
    let mut members = Members::unchecked(Json::parse(text)?)?;
    let version = members.take("Version").map_or(Ok(Version::V2008), version).unwrap_or(Version::V2012);
    let id = members.take("Id").and_then(|json| text_of(json).ok());
    let list = match members.take("Statement") {
        Some(Json::List(list)) => list,
        Some(one) => vec![one],
        None => return Err(refusal),
    };
    let grammar = Grammar::<true> { kind, version };
    let statements = list.into_iter().map(|json| statement(json.clone(), grammar).or_else(|_| not_understood(json)));
    let statements: Vec<Statement> = statements.collect::<Parsed<_>>()?;
    Ok(Document { version, id: id.map(Into::into), statements: statements.into() })
}

/// A stored statement that today's grammar refuses. It must not open anything: it allows nothing, or denies everything.
fn not_understood(json: Json) -> Parsed<Statement> {
    let mut members = Members::unchecked(json)?;
    let sid = members.take("Sid").and_then(|json| text_of(json).ok()).map(Into::into);
    let effect = members.take("Effect").map_or(Ok(Effect::Deny), effect).unwrap_or(Effect::Deny);
    let everything = |dialect| Scope::Of([Pattern::compile("*", dialect, false)].into());
    let (principals, actions, resources) = match effect {
        Effect::Allow => (Principals::Named([].into()), Scope::Nothing, Scope::Nothing),
        Effect::Deny => {
            let everybody = Principals::Named([PrincipalEntry::Everyone].into());
            (everybody, everything(Dialect::Action), everything(Dialect::Resource))
        }
    };
    Ok(Statement { sid, effect, principals, actions, resources, conditions: [].into() })
}

pub(super) fn document(text: &str, kind: Kind) -> Parsed<Document> {
    read::<true>(text, kind)
}

/// Whether [`document`] would take a text.
pub(super) fn check(text: &str, kind: Kind) -> Parsed<()> {
    read::<false>(text, kind).map(drop)
}

fn read<const COMPILES: bool>(text: &str, kind: Kind) -> Parsed<Document> {
    if kind != Kind::ResourcePolicy && !text.chars().all(is_of_documents) {
        return refuse(Problem::Characters);
    }
    let mut members = Members::read(Json::parse(text)?, &["Version", "Id", "Statement"])?;
    let version = members.take("Version").map_or(Ok(Version::V2008), version).within("Version")?;
    let id = members.take("Id");
    if id.is_some() && !kind.names_principals() {
        return refuse(Problem::Misplaced).within("Id");
    }
    let id = id.map(text_of).transpose().within("Id")?;
    let grammar = Grammar::<COMPILES> { kind, version };
    let statements = statements(members.require("Statement")?, grammar).within("Statement")?;
    Ok(Document { version, id: id.map(Into::into), statements: statements.into() })
}

/// Whether documents have this character: U+0009, U+000A, U+000D and U+0020 to U+00FF (API_PutUserPolicy.html). Where KMS
/// receives a key policy, the model of its API says the same, with a sentence of its own.
const fn is_of_documents(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{ff}')
}

fn version(json: Json) -> Parsed<Version> {
    match text_of(json)?.as_str() {
        "2012-10-17" => Ok(Version::V2012),
        "2008-10-17" => Ok(Version::V2008),
        other => refuse(Problem::Version(other.into())),
    }
}

fn statements<const COMPILES: bool>(json: Json, grammar: Grammar<COMPILES>) -> Parsed<Vec<Statement>> {
    let list = match json {
        Json::List(list) => list,
        one => return Ok(vec![statement(one, grammar)?]),
    };
    if list.is_empty() {
        return refuse(Problem::Empty);
    }
    let mut statements = Vec::with_capacity(list.len());
    let mut sids = BTreeSet::new();
    for (index, json) in list.into_iter().enumerate() {
        let statement = statement(json, grammar).within_item(index)?;
        let repeated = statement.sid().filter(|sid| grammar.kind.is_strict() && !sids.insert((*sid).to_owned()));
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

fn statement<const COMPILES: bool>(json: Json, grammar: Grammar<COMPILES>) -> Parsed<Statement> {
    let mut members = Members::read(json, ELEMENTS)?;
    let sid = members.take("Sid").map(|json| sid(json, grammar.kind)).transpose().within("Sid")?;
    let effect = effect(members.require("Effect")?).within("Effect")?;
    let principals = named_principals(&mut members, effect, grammar.kind)?;
    let actions = scope(&mut members, "Action", "NotAction", grammar, action)?;
    let resources = scope(&mut members, "Resource", "NotResource", grammar, resource)?;
    let conditions = members.take("Condition").map_or(Ok(Vec::new()), |json| conditions(json, grammar));
    let statement = Statement {
        sid: sid.map(Into::into),
        effect,
        principals,
        actions,
        resources,
        conditions: conditions.within("Condition")?.into(),
    };
    if grammar.kind == Kind::ResourceControlPolicy {
        only_denies_everybody(&statement)?;
    }
    Ok(statement)
}

impl Kind {
    /// IAM and Organizations are strict with their own policies: a `Sid` has only letters and digits and is unique, and
    /// actions and resources must be present and well formed. Services are lenient with policies of their resources.
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

fn named_principals(members: &mut Members, effect: Effect, kind: Kind) -> Parsed<Principals> {
    let element = members.either("Principal", "NotPrincipal")?.filter(|(_, json)| !is_empty(json));
    match element {
        None if kind.names_principals() => refuse(Problem::Missing("Principal")),
        None => Ok(Principals::Bearer),
        Some((name, _)) if !kind.names_principals() => refuse(Problem::Misplaced).within(name),
        Some((name @ "Principal", json)) => Ok(Principals::Named(principals(json).within(name)?.into())),
        Some((name, _)) if kind == Kind::ResourceControlPolicy => refuse(Problem::Misplaced).within(name),
        Some((name, _)) if effect == Effect::Allow => refuse(Problem::NotPrincipalAllows).within(name),
        Some((name, json)) => Ok(Principals::Others(principals(json).within(name)?.into())),
    }
}

fn principals(json: Json) -> Parsed<Vec<PrincipalEntry>> {
    let members = match json {
        Json::Scalar { text, quoted: true } if text == "*" => return Ok(vec![PrincipalEntry::Everyone]),
        Json::Scalar { text, .. } => return refuse(Problem::InvalidPrincipal(text)),
        other => Members::unchecked(other)?,
    };
    let mut entries = Vec::new();
    for (class, json) in members.0.into_iter().filter(|(_, json)| !is_empty(json)) {
        let parse = match class.as_str() {
            "AWS" => PrincipalEntry::parse,
            "Service" => PrincipalEntry::parse_service,
            "Federated" => provider,
            _ => return refuse(Problem::InvalidPrincipal(class)),
        };
        let read = |text: &str| parse(text).map_or_else(|| refuse(Problem::InvalidPrincipal(text.into())), Ok);
        entries.extend(each(json, read).within(&class)?);
    }
    Ok(entries)
}

/// Whether an element is empty: AWS treats an empty container, or a container of empty ones, like an absent element
/// (OBS-2). Treating an empty text in the same way is a decision.
fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => false,
        Json::Scalar { text, quoted } => *quoted && text.is_empty(),
        Json::List(items) => items.iter().all(is_empty),
        Json::Members(members) => members.iter().all(|(_, json)| is_empty(json)),
    }
}

fn provider(text: &str) -> Option<PrincipalEntry> {
    (!text.is_empty()).then(|| PrincipalEntry::Provider(text.into()))
}

fn scope<const COMPILES: bool>(
    members: &mut Members,
    of: &'static str,
    all_but: &'static str,
    grammar: Grammar<COMPILES>,
    compile: fn(&str, Grammar<COMPILES>) -> Parsed<Pattern>,
) -> Parsed<Scope> {
    let Some((name, json)) = members.either(of, all_but)?.filter(|(_, json)| !is_empty(json)) else {
        return match grammar.kind {
            Kind::TrustPolicy if of == "Resource" => Ok(Scope::AllBut([].into())),
            kind if kind.is_strict() => refuse(Problem::Missing(of)),
            _ => Ok(Scope::Nothing),
        };
    };
    if grammar.kind == Kind::TrustPolicy && of == "Resource" {
        return refuse(Problem::Misplaced).within(name);
    }
    let patterns = each(json, |text| compile(text, grammar)).within(name)?.into();
    Ok(if name == of { Scope::Of(patterns) } else { Scope::AllBut(patterns) })
}

/// Resource policies take any action; elsewhere it must name a service, or be `*` where that is allowed.
fn action<const COMPILES: bool>(text: &str, grammar: Grammar<COMPILES>) -> Parsed<Pattern> {
    let any = text == "*" && grammar.kind != Kind::ResourceControlPolicy;
    if grammar.kind.is_strict() && !any {
        let (vendor, name) = split_vendor(text)?;
        if name.contains(':') {
            return refuse(Problem::Colons(text.into()));
        }
        if !vendor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)) || vendor.is_empty() {
            return refuse(Problem::InvalidVendor(vendor.into()));
        }
        if grammar.kind == Kind::TrustPolicy && !vendor.eq_ignore_ascii_case("sts") {
            return refuse(Problem::NotOfTrust(text.into()));
        }
    }
    Ok(grammar.pattern(text, Dialect::Action))
}

fn split_vendor(text: &str) -> Parsed<(&str, &str)> {
    text.split_once(':').map_or_else(|| refuse(Problem::NoVendor(text.into())), Ok)
}

/// Identity policies may leave fields of an ARN out; session policies may not; resource policies take any text.
fn resource<const COMPILES: bool>(text: &str, grammar: Grammar<COMPILES>) -> Parsed<Pattern> {
    let compile = |text: &str| Ok(grammar.pattern(text, Dialect::Resource));
    if text == "*" || !grammar.kind.is_strict() {
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
    if missing > 0 && grammar.kind == Kind::SessionPolicy {
        return refuse(Problem::IncompleteArn(text.into()));
    }
    compile(&(text.to_owned() + &":*".repeat(missing)))
}

fn conditions<const COMPILES: bool>(json: Json, grammar: Grammar<COMPILES>) -> Parsed<Vec<Condition>> {
    let mut conditions = Vec::new();
    for (name, json) in Members::unchecked(json)?.0 {
        let Some(operator) = Operator::parse(&name) else {
            return refuse(Problem::UnknownOperator(name));
        };
        for (key, json) in Members::unchecked(json).within(&name)?.0 {
            let values = condition_values(&key, json, grammar.kind).within(&key).within(&name)?;
            conditions.extend(grammar.condition(operator, &key, values));
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

/// One text, or a list of texts.
fn each<T>(json: Json, mut read: impl FnMut(&str) -> Parsed<T>) -> Parsed<Vec<T>> {
    let list = match json {
        Json::List(list) => list,
        one => return Ok(vec![read(&text_of(one)?)?]),
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOW: &str = r#""Effect":"Allow","Principal":"*","Action":"a:*","Resource":"*""#;
    const OWN: &str = r#""Effect":"Allow","Action":"a:*","Resource":"*""#;

    fn refused(text: &str, kind: Kind) -> (String, Problem) {
        let malformed = document(text, kind).expect_err(text);
        (malformed.path, malformed.problem)
    }

    fn accepted(text: &str, kind: Kind) {
        if let Err(malformed) = document(text, kind) {
            panic!("{malformed} in {text}");
        }
    }

    /// A document of one statement, written as its members.
    fn one(members: &str) -> String {
        format!(r#"{{"Version":"2012-10-17","Statement":{{{members}}}}}"#)
    }

    #[test]
    fn a_document_is_refused_at_the_place_of_its_mistake() {
        for (text, path, problem) in [
            ("[]".into(), "", Problem::Type { expected: "an object" }),
            ("{}".into(), "", Problem::Missing("Statement")),
            (r#"{"Statement":[]}"#.into(), "Statement", Problem::Empty),
            (r#"{"statement":[]}"#.into(), "statement", Problem::Unknown),
            (r#"{"Version":"2020-01-01"}"#.into(), "Version", Problem::Version("2020-01-01".into())),
            (r#"{"Version":2012}"#.into(), "Version", Problem::Type { expected: "a string" }),
            (r#"{"Id":null,"Statement":[]}"#.into(), "Id", Problem::Type { expected: "a string" }),
            (r#"{"Statement":[7]}"#.into(), "Statement[0]", Problem::Type { expected: "an object" }),
            (one(r#""Principal":"*""#), "Statement", Problem::Missing("Effect")),
            (one(r#""Effect":"Allow","Action":"a:b""#), "Statement", Problem::Missing("Principal")),
            (one(&format!(r#"{ALLOW},"NotAction":"a:b""#)), "Statement", Problem::Both("Action", "NotAction")),
            (one(&format!(r#"{ALLOW},"NotResource":"*""#)), "Statement", Problem::Both("Resource", "NotResource")),
            (one(&format!(r#"{ALLOW},"NotPrincipal":"*""#)), "Statement", Problem::Both("Principal", "NotPrincipal")),
            (
                one(r#""Effect":"Deny","Principal":"*","Action":["a:b",1]"#),
                "Statement.Action[1]",
                Problem::Type { expected: "a string" },
            ),
            (
                one(r#""Effect":"Deny","Principal":{"AWS":["*","bob"]}"#),
                "Statement.Principal.AWS[1]",
                Problem::InvalidPrincipal("bob".into()),
            ),
            (
                one(r#""Effect":"Deny","Principal":"111122223333""#),
                "Statement.Principal",
                Problem::InvalidPrincipal("111122223333".into()),
            ),
            (
                one(&format!(r#"{ALLOW},"Condition":{{"Bool":{{"a:b":null}}}}"#)),
                "Statement.Condition.Bool.a:b",
                Problem::Type { expected: "a string, number or boolean" },
            ),
            (
                one(&format!(r#"{ALLOW},"Condition":{{"Bool":{{"a:b":[]}}}}"#)),
                "Statement.Condition.Bool.a:b",
                Problem::Empty,
            ),
            (
                one(&format!(r#"{ALLOW},"Condition":{{"Bool":"true"}}"#)),
                "Statement.Condition.Bool",
                Problem::Type { expected: "an object" },
            ),
            (
                one(&format!(r#"{ALLOW},"Condition":{{"NullIfExists":{{}}}}"#)),
                "Statement.Condition",
                Problem::UnknownOperator("NullIfExists".into()),
            ),
        ] {
            assert_eq!(refused(&text, Kind::ResourcePolicy), (path.to_owned(), problem), "{text}");
        }
    }

    #[test]
    fn policies_of_iam_are_checked_more_strictly() {
        for (text, path, problem) in [
            (one(ALLOW), "Statement.Principal", Problem::Misplaced),
            (one(r#""Effect":"Allow","Resource":"*""#), "Statement", Problem::Missing("Action")),
            (
                one(r#""Effect":"Allow","Action":"a:b:c","Resource":"*""#),
                "Statement.Action",
                Problem::Colons("a:b:c".into()),
            ),
            (
                one(r#""Effect":"Allow","Action":":b","Resource":"*""#),
                "Statement.Action",
                Problem::InvalidVendor(String::new()),
            ),
            (
                one(r#""Effect":"Allow","Action":"a:b","Resource":["*","x"]"#),
                "Statement.Resource[1]",
                Problem::Resource("x".into()),
            ),
            (
                one(r#""Effect":"Allow","Action":"a:b","Resource":"arn:az:a:b:c:d""#),
                "Statement.Resource",
                Problem::Partition { partition: "az".into(), resource: "arn:az:a:b:c:d".into() },
            ),
            (
                one(&format!(r#"{OWN},"Condition":{{"Bool":{{"b":"true"}}}}"#)),
                "Statement.Condition.Bool.b",
                Problem::NoVendor("b".into()),
            ),
        ] {
            assert_eq!(refused(&text, Kind::IdentityPolicy), (path.to_owned(), problem), "{text}");
        }
    }

    #[test]
    fn an_empty_element_is_an_absent_one() {
        for empty in ["{}", "[]", r#""""#, r#"[""]"#, r#"{"AWS":[]}"#, r#"{"AWS":"","Service":[]}"#] {
            for element in ["Principal", "NotPrincipal"] {
                let text = one(&format!(r#""Effect":"Deny","Action":"*","{element}":{empty}"#));
                let missing = ("Statement".to_owned(), Problem::Missing("Principal"));
                assert_eq!(refused(&text, Kind::ResourcePolicy), missing, "{text}");
            }
        }
        for empty in ["[]", r#""""#, r#"[""]"#] {
            for element in ["Action", "NotAction", "Resource", "NotResource"] {
                let other = if element.ends_with("Action") { "Resource" } else { "Action" };
                let rest = format!(r#""Effect":"Deny","{other}":"*","{element}":{empty}"#);
                accepted(&one(&format!(r#"{rest},"Principal":"*""#)), Kind::ResourcePolicy);
                let missing = Problem::Missing(element.strip_prefix("Not").unwrap_or(element));
                assert_eq!(refused(&one(&rest), Kind::IdentityPolicy), ("Statement".to_owned(), missing), "{rest}");
            }
        }
        accepted(&one(r#""Effect":"Deny","Principal":{"AWS":"*","Service":[]}"#), Kind::ResourcePolicy);
    }

    #[test]
    fn a_stored_statement_that_is_no_longer_understood_allows_nothing_and_denies_everything() {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{{ALLOW}}},{{"Sid":"s",{ALLOW},"Hat":1}},{{"Effect":"Deny","Hat":1}}]}}"#
        );
        assert_eq!(refused(&text, Kind::ResourcePolicy).0, "Statement[1].Hat");
        let stored = Document::parse_stored(&text, Kind::ResourcePolicy).expect("it is stored");
        let [readable, allow, deny] = stored.statements() else { panic!("three statements") };
        assert_eq!(readable.principals(), [PrincipalEntry::Everyone]);
        assert_eq!((allow.sid(), allow.effect(), allow.principals()), (Some("s"), Effect::Allow, &[][..]));
        assert!(matches!(allow.actions, Scope::Nothing));
        assert_eq!((deny.effect(), deny.principals()), (Effect::Deny, &[PrincipalEntry::Everyone][..]));
        assert!(matches!(deny.actions, Scope::Of(_)) && matches!(deny.resources, Scope::Of(_)));
        assert!(Document::parse_stored("[", Kind::ResourcePolicy).is_err());
    }

    #[test]
    fn resource_policies_may_repeat_sids_and_leave_elements_out() {
        let twice = r#"{"Statement":[{"Sid":"a b","Effect":"Deny","Principal":"*"},{"Sid":"a b","Effect":"Deny","Principal":"*"}]}"#;
        accepted(twice, Kind::ResourcePolicy);
    }

    #[test]
    fn session_policies_need_whole_arns() {
        let text = one(r#""Effect":"Allow","Action":"a:b","Resource":"arn:aws:a""#);
        accepted(&text, Kind::IdentityPolicy);
        let problem = Problem::IncompleteArn("arn:aws:a".into());
        assert_eq!(refused(&text, Kind::SessionPolicy), ("Statement.Resource".into(), problem));
    }

    #[test]
    fn resource_control_policies_deny_named_actions_to_everybody() {
        let deny = |rest: &str| one(&format!(r#""Effect":"Deny","Resource":"*",{rest}"#));
        accepted(&deny(r#""Principal":"*","Action":"a:*""#), Kind::ResourceControlPolicy);
        for (text, path, problem) in [
            (one(ALLOW), "Statement.Effect", Problem::Effect("Allow".into())),
            (deny(r#""Principal":"*","Action":"*""#), "Statement.Action", Problem::NoVendor("*".into())),
            (deny(r#""Principal":"*","NotAction":"a:*""#), "Statement.NotAction", Problem::Misplaced),
            (deny(r#""NotPrincipal":"*","Action":"a:*""#), "Statement.NotPrincipal", Problem::Misplaced),
            (deny(r#""Principal":{"AWS":"111122223333"},"Action":"a:*""#), "Statement.Principal", Problem::Misplaced),
        ] {
            assert_eq!(refused(&text, Kind::ResourceControlPolicy), (path.to_owned(), problem), "{text}");
        }
    }

    #[test]
    fn numbers_and_booleans_are_read_as_their_text() {
        let text = one(&format!(r#"{ALLOW},"Condition":{{"NumericEquals":{{"a:b":[10,-3,1546257599.0,true,"x"]}}}}"#));
        let document = document(&text, Kind::ResourcePolicy).expect("a document");
        let expected: Vec<&str> = document.statements()[0].conditions()[0].expected().collect();
        assert_eq!(expected, ["10", "-3", "1546257599.0", "true", "x"]);
    }

    #[test]
    fn a_document_tells_what_it_says() {
        let text = r#"{"Id":"i","Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Deny","Principal":{"Service":["a.b"],"Federated":"c"},"Condition":{"Bool":{"a:B":true}}}]}"#;
        let document = document(text, Kind::ResourcePolicy).expect("a document");
        assert_eq!((document.id(), document.version()), (Some("i"), Version::V2012));
        let [statement] = document.statements() else { panic!("one statement") };
        assert_eq!((statement.sid(), statement.effect()), (Some("s"), Effect::Deny));
        let principals = [PrincipalEntry::Service("a.b".into()), PrincipalEntry::Provider("c".into())];
        assert_eq!(statement.principals(), principals);
        let [condition] = statement.conditions() else { panic!("one condition") };
        assert_eq!((condition.operator().to_string().as_str(), condition.key()), ("Bool", "a:B"));
    }
}
