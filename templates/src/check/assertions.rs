//! The file of assertions: sentences or structures, and what else is checked.

use super::sentence;
use crate::{
    problem::{Place, Problem},
    text::{self, Content, Node},
};

/// What a file asks for.
pub(super) struct Asked {
    pub(super) assertions: Vec<Assertion>,
    /// Whether keys may be open to anybody outside: those that are inside; `None` where nobody asks.
    pub(super) exposure: Option<Exposure>,
    pub(super) lint: Level,
}

/// Who is not outside.
#[derive(Default)]
pub(super) struct Exposure {
    pub(super) within: Vec<String>,
    /// Names of keys; all where there are none.
    pub(super) keys: Vec<String>,
    pub(super) services: Option<bool>,
}

/// From which severity on a finding of the linter fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Error,
    Security,
    Warning,
    Suggestion,
    None,
}

impl Level {
    const ALL: [(&str, Self); 5] = [
        ("error", Self::Error),
        ("security", Self::Security),
        ("warning", Self::Warning),
        ("suggestion", Self::Suggestion),
        ("none", Self::None),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, level)| *level == self).map_or("none", |(name, _)| name)
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
    }

    /// Whether a finding of this severity fails, in AWS's words for it.
    pub(super) fn fails(self, severity: &str) -> bool {
        let failing: &[&str] = match self {
            Self::None => &[],
            Self::Error => &["ERROR"],
            Self::Security => &["ERROR", "SECURITY_WARNING"],
            Self::Warning => &["ERROR", "SECURITY_WARNING", "GENERAL_WARNING"],
            Self::Suggestion => return true,
        };
        failing.contains(&severity)
    }
}

/// Who can, or cannot, do what.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Assertion {
    pub(super) sentence: String,
    pub(super) place: Place,
    /// The kind of the caller (`role`, `user`, `group`, `service`, `account`, or none) and its name.
    pub(super) kind: String,
    pub(super) who: String,
    pub(super) can: bool,
    pub(super) actions: Vec<String>,
    pub(super) key: Option<String>,
    /// The encryption context; a value of `*` stands for any.
    pub(super) context: Vec<(String, String)>,
    /// Further facts by the names of condition keys.
    pub(super) given: Vec<(String, String)>,
    pub(super) region: Option<String>,
    pub(super) via: Option<String>,
}

/// Reads a file. Whether keys are exposed is asked where the file says so.
pub(super) fn read(file: &str, text: &str) -> Result<Asked, Problem> {
    let node = text::read(file, text)?;
    let asked = |assertions: &Node| -> Result<Vec<Assertion>, Problem> {
        let Content::List(list) = &assertions.content else {
            return Err(Problem::at(file, assertions.place, "assert", "assertions are a list of sentences"));
        };
        list.iter().map(|node| assertion(file, node)).collect()
    };
    if let Content::List(_) = node.content {
        return Ok(Asked { assertions: asked(&node)?, exposure: None, lint: Level::Error });
    }
    let mut read = Asked { assertions: Vec::new(), exposure: None, lint: Level::Error };
    for member in node.members() {
        let wrong = |sentence: &str| Problem::at(file, member.node.place, &member.name, sentence);
        match member.name.as_str() {
            "assert" => read.assertions = asked(&member.node)?,
            "exposure" => read.exposure = exposure(&member.node).map_err(wrong)?,
            "lint" => {
                read.lint =
                    level(&member.node).ok_or_else(|| wrong("lint is error, security, warning, suggestion or none"))?;
            }
            _ => {
                let sentence = "is not known here: there are assert, exposure and lint";
                return Err(Problem::at(file, member.place, &member.name, sentence));
            }
        }
    }
    if node.members().is_empty() {
        return Err(Problem::at(
            file,
            node.place,
            "",
            "the file is a list of sentences, or has assert, exposure and lint",
        ));
    }
    Ok(read)
}

fn level(node: &Node) -> Option<Level> {
    match node.text()? {
        "true" => Some(Level::Error),
        "false" => Some(Level::None),
        name => Level::parse(name),
    }
}

fn exposure(node: &Node) -> Result<Option<Exposure>, &'static str> {
    let texts = |name: &str| -> Vec<String> {
        let list = node.member(name).map(Node::elements).unwrap_or_default();
        list.iter().filter_map(Node::text).map(str::to_owned).collect()
    };
    match &node.content {
        Content::Bool(false) => Ok(None),
        Content::Text(text) if text == "none" => Ok(None),
        Content::Bool(true) | Content::Null => Ok(Some(Exposure::default())),
        Content::Map(members) => {
            if members.iter().any(|member| !["within", "keys", "services"].contains(&member.name.as_str())) {
                return Err("exposure has within, keys and services");
            }
            let services = match node.member("services").map(|node| &node.content) {
                Some(Content::Bool(flag)) => Some(*flag),
                None => None,
                Some(_) => return Err("services is true or false"),
            };
            Ok(Some(Exposure { within: texts("within"), keys: texts("keys"), services }))
        }
        _ => Err("exposure is false, true, or a structure of within (accounts and organizations), keys and services"),
    }
}

fn assertion(file: &str, node: &Node) -> Result<Assertion, Problem> {
    let wrong = |place: Place, sentence: String| Problem::at(file, place, "assert", sentence);
    match &node.content {
        Content::Text(text) => {
            let read = sentence::read(text).map_err(|sentence| wrong(node.place, sentence))?;
            Ok(Assertion { place: node.place, ..read })
        }
        Content::Map(_) => structured(node).map_err(|(place, sentence)| wrong(place, sentence)),
        _ => Err(wrong(node.place, "an assertion is a sentence or a structure".to_owned())),
    }
}

/// An assertion as a structure: `who`, `can` or `cannot`, `key`, `context`, `given`, `region` and `via`.
fn structured(node: &Node) -> Result<Assertion, (Place, String)> {
    let mut read = Assertion { place: node.place, ..Assertion::default() };
    let mut verbs = 0;
    for member in node.members() {
        let text = || {
            let text = member.node.text().map(str::to_owned);
            text.ok_or_else(|| (member.node.place, format!("{} is a text", member.name)))
        };
        let pairs = || {
            let pair = |pair: &crate::text::Member| Some((pair.name.clone(), pair.node.text()?.to_owned()));
            let pairs: Option<Vec<_>> = member.node.members().iter().map(pair).collect();
            pairs.ok_or_else(|| (member.node.place, format!("{} is texts by their names", member.name)))
        };
        match member.name.as_str() {
            "who" => (read.kind, read.who) = sentence::who(&text()?),
            verb @ ("can" | "cannot") => {
                verbs += 1;
                read.can = verb == "can";
                let list = match &member.node.content {
                    Content::List(list) => list.as_slice(),
                    _ => std::slice::from_ref(&member.node),
                };
                read.actions = list.iter().filter_map(Node::text).map(str::to_owned).collect();
            }
            "key" => read.key = Some(text()?),
            "context" => read.context = pairs()?,
            "given" => read.given = pairs()?,
            "region" => read.region = Some(text()?),
            "via" => read.via = Some(text()?),
            name => {
                let known = "who, can, cannot, key, context, given, region and via";
                return Err((member.place, format!("{name:.100} is not known here: there are {known}")));
            }
        }
    }
    if verbs != 1 || read.who.is_empty() || read.actions.is_empty() {
        return Err((node.place, "an assertion says who can, or who cannot, do what".to_owned()));
    }
    let verb = if read.can { "can" } else { "cannot" };
    let key = read.key.as_deref().unwrap_or_default();
    let sentence = format!("{} {} {verb} {} {key}", read.kind, read.who, read.actions.join(", "));
    sentence.trim().clone_into(&mut read.sentence);
    Ok(read)
}
