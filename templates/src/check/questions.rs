//! What is to be asked.

use pocket_kms::{Value, wire::Members};

use super::{
    assertions::{self, Asked, Assertion, Exposure, Level},
    findings,
};
use crate::{door::Failure, problem::Problem};

/// A value of the encryption context that nobody's policy names: what holds for it holds for any other that is not named.
const ANY: &str = "a value that no policy names";

/// What is to be asked of a world, and what a report needs to judge the answers.
///
/// The input has `name` and `text` of a file of assertions (none checks exposure and findings alone), `inventory` of the
/// world, and of the templates in it `names`, which their recipe gives; `account` and `region` say where an alias is looked
/// for. The output has `questions` and `state`.
///
/// # Errors
/// [`Failure`] where the file cannot be read, or the input is not what it should be.
pub fn questions(input: &Value) -> Result<Value, Failure> {
    let text = |member: &str| input.member(member).and_then(Value::as_text);
    let file = text("name").unwrap_or("assertions");
    let asked = match text("text") {
        Some(text) => assertions::read(file, text)?,
        None => Asked { assertions: Vec::new(), exposure: Some(Exposure::default()), lint: Level::Error },
    };
    let scene = Scene {
        file,
        inventory: input.member("inventory").ok_or_else(|| Failure::Input("an inventory is needed".to_owned()))?,
        names: input.member("names").unwrap_or(&Value::Null),
        account: text("account").unwrap_or(pocket_kms::world::DEFAULT_ACCOUNT),
        region: text("region").unwrap_or("us-east-1"),
    };
    let (mut questions, mut checks) = (Vec::new(), Vec::new());
    for assertion in &asked.assertions {
        for action in &assertion.actions {
            let (question, who) = scene.asked(assertion, action)?;
            questions.push(question);
            checks.push(scene.check(assertion, action, &who));
        }
    }
    if let Some(exposure) = &asked.exposure {
        for (shown, key) in scene.exposed(exposure)? {
            let within = exposure.within.iter().map(|name| Value::from(name.as_str())).collect();
            let mut question =
                vec![("question", Value::from("exposure")), ("key", Value::from(key)), ("within", Value::List(within))];
            question.extend(exposure.services.map(|services| ("services", Value::Bool(services))));
            questions.push(question.into_iter().collect());
            let sentence = format!("nobody outside can use {shown}");
            checks.push(Value::from([("kind", Value::from("exposure")), ("sentence", Value::from(sentence))]));
        }
    }
    let state = Value::from([
        ("checks", Value::List(checks)),
        ("findings", Value::List(findings::of(scene.inventory))),
        ("lint", Value::from(asked.lint.name())),
    ]);
    Ok(Value::from([("questions", Value::List(questions)), ("state", state)]))
}

/// In what a name is looked for.
struct Scene<'a> {
    file: &'a str,
    inventory: &'a Value,
    names: &'a Value,
    account: &'a str,
    region: &'a str,
}

impl Scene<'_> {
    fn wrong(&self, assertion: &Assertion, sentence: String) -> Failure {
        Failure::File(Problem::at(self.file, assertion.place, "assert", sentence))
    }

    /// The question of an assertion, and by what name the caller stands in its answer.
    fn asked(&self, assertion: &Assertion, action: &str) -> Result<(Value, String), Failure> {
        let who = self.caller(assertion)?;
        let mut context = Members::new();
        let mut names = Vec::new();
        let mut is_open = false;
        for (name, value) in &assertion.context {
            names.push(Value::from(name.as_str()));
            let fact = format!("kms:EncryptionContext:{name}");
            match (value.as_str(), assertion.can) {
                ("*", true) => context.push((fact.into(), Value::from(ANY))),
                // That somebody cannot whatever the value is, is known only when it is left open.
                ("*", false) => is_open = true,
                (value, _) => context.push((fact.into(), Value::from(value))),
            }
        }
        if !names.is_empty() {
            context.push(("kms:EncryptionContextKeys".into(), Value::List(names)));
        }
        context.extend(assertion.given.iter().map(|(name, value)| (name.clone().into(), Value::from(value.as_str()))));
        let region = assertion.region.as_deref().unwrap_or(self.region);
        let mut question = vec![
            ("question", Value::from("who_can")),
            ("action", Value::from(action)),
            ("context", Value::Map(context)),
            ("closed", Value::Bool(!is_open)),
            ("account", Value::from(self.account)),
            ("region", Value::from(region)),
        ];
        question.extend(assertion.key.as_deref().map(|key| ("key", Value::from(self.key(key)))));
        if let Some(service) = &assertion.via {
            question.push(("origin", Value::from([("via", Value::from(service.as_str()))])));
        }
        Ok((question.into_iter().collect(), who))
    }

    fn check(&self, assertion: &Assertion, action: &str, who: &str) -> Value {
        let number = |number: u32| Value::Int(i64::from(number));
        Value::from([
            ("kind", Value::from("assertion")),
            ("sentence", Value::from(assertion.sentence.as_str())),
            ("file", Value::from(self.file)),
            ("line", number(assertion.place.line)),
            ("column", number(assertion.place.column)),
            ("action", Value::from(action)),
            ("who", Value::from(who)),
            ("can", Value::Bool(assertion.can)),
        ])
    }

    /// A key by the name that a template gives it, or by any of its own.
    fn key(&self, name: &str) -> String {
        let known = self.names.member(name).and_then(|known| known.member("is")).and_then(Value::as_text);
        known.unwrap_or(name).to_owned()
    }

    /// The ARN of a principal, or the name of a service.
    fn caller(&self, assertion: &Assertion) -> Result<String, Failure> {
        let (kind, who) = (assertion.kind.as_str(), assertion.who.as_str());
        let partition = pocket_kms::Region::parse(self.region).map_or("aws", |region| region.partition().as_str());
        match kind {
            "service" => return Ok(who.to_owned()),
            "account" => return Ok(format!("arn:{partition}:iam::{who}:root")),
            _ if who == "root" => return Ok(format!("arn:{partition}:iam::{}:root", self.account)),
            _ if who.starts_with("arn:") => return Ok(who.to_owned()),
            _ => {}
        }
        if let Some(arn) = self.names.member(who).and_then(|known| known.member("is")).and_then(Value::as_text) {
            return Ok(arn.to_owned());
        }
        let principals = self.inventory.member("directory").and_then(|directory| directory.member("principals"));
        let Some(Value::Map(principals)) = principals else {
            return Err(self.wrong(assertion, format!("there is no {kind} {who:.100}: nobody is in what was read")));
        };
        let ends = format!("/{who}");
        let is_kind = |arn: &str| kind.is_empty() || arn.contains(&format!(":{kind}/"));
        let found: Vec<&str> =
            principals.iter().map(|(arn, _)| &**arn).filter(|arn| arn.ends_with(&ends) && is_kind(arn)).collect();
        let own = found.iter().find(|arn| arn.contains(&format!("::{}:", self.account)));
        match (own, &found[..]) {
            (Some(arn), _) | (None, [arn]) => Ok((*arn).to_owned()),
            (None, []) => Err(self.wrong(assertion, format!("there is no {kind} {who:.100}"))),
            (None, _) => Err(self.wrong(assertion, format!("{who:.100} is the name of several: give the ARN"))),
        }
    }

    /// The keys that must not be exposed: what they are called, and their ARNs.
    fn exposed(&self, exposure: &Exposure) -> Result<Vec<(String, String)>, Failure> {
        if !exposure.keys.is_empty() {
            return Ok(exposure.keys.iter().map(|key| (key.clone(), self.key(key))).collect());
        }
        let Some(Value::List(keys)) = self.inventory.member("keys") else {
            return Err(Failure::Input("the inventory has no keys".to_owned()));
        };
        let named = |key: &Value| {
            let arn = key.member("arn")?.as_text()?.to_owned();
            let alias = match key.member("aliases") {
                Some(Value::List(aliases)) => aliases.first().and_then(Value::as_text),
                _ => None,
            };
            Some((alias.map_or_else(|| arn.clone(), |alias| format!("{alias} ({arn})")), arn))
        };
        Ok(keys.iter().filter_map(named).collect())
    }
}
