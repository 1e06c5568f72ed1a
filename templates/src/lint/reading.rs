//! A policy as it stands in its text: statements, and the places of what is in them.

use std::collections::BTreeSet;

use pocket_kms::{access::Action, policy::Operator};

use super::Kind;
use crate::{problem::Place, text::Node};

/// A policy.
pub(super) struct Policy<'a> {
    pub(super) kind: Kind,
    pub(super) root: &'a Node,
    pub(super) statements: Vec<Statement<'a>>,
}

/// A statement, as far as it has the shape of one.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about a statement")]
pub(super) struct Statement<'a> {
    pub(super) node: &'a Node,
    pub(super) path: String,
    pub(super) sid: Option<&'a str>,
    pub(super) allows: bool,
    /// The values of `Action` or `NotAction`.
    pub(super) actions: Vec<Said<'a>>,
    pub(super) not_action: bool,
    pub(super) resources: Vec<Said<'a>>,
    pub(super) not_resource: bool,
    /// The values of `Principal` or `NotPrincipal`, and under which key each stands; `*` stands under none.
    pub(super) principals: Vec<(&'a str, Said<'a>)>,
    pub(super) not_principal: bool,
    pub(super) conditions: Vec<Condition<'a>>,
}

/// A text of a policy, and where it stands.
#[derive(Clone)]
pub(super) struct Said<'a> {
    pub(super) text: &'a str,
    pub(super) place: Place,
    pub(super) path: String,
}

/// A condition: an operator, a key, and its values.
pub(super) struct Condition<'a> {
    pub(super) operator: &'a str,
    /// The operator, where there is one of that name.
    pub(super) parsed: Option<Operator>,
    pub(super) key: &'a str,
    pub(super) place: Place,
    pub(super) path: String,
    pub(super) values: Vec<Said<'a>>,
    /// Whether the values are of different types.
    pub(super) mixed: bool,
}

impl<'a> Policy<'a> {
    pub(super) fn read(root: &'a Node, kind: Kind) -> Self {
        let statements = match root.member("Statement") {
            Some(one) if !one.members().is_empty() => vec![Statement::read(one, "Statement".to_owned())],
            Some(list) => {
                let numbered = list.elements().iter().enumerate();
                numbered.map(|(number, node)| Statement::read(node, format!("Statement[{number}]"))).collect()
            }
            None => Vec::new(),
        };
        Self { kind, root, statements }
    }

    /// Whether policy variables mean something in it.
    pub(super) fn knows_variables(&self) -> bool {
        self.root.text_of("Version") == Some("2012-10-17")
    }
}

impl<'a> Statement<'a> {
    fn read(node: &'a Node, path: String) -> Self {
        let (actions, not_action) = element(node, &path, "Action", "NotAction");
        let (resources, not_resource) = element(node, &path, "Resource", "NotResource");
        let not_principal = node.member("Principal").is_none() && node.member("NotPrincipal").is_some();
        let name = if not_principal { "NotPrincipal" } else { "Principal" };
        let principals = node.member(name).map(|own| principals(own, &format!("{path}.{name}"))).unwrap_or_default();
        Self {
            node,
            sid: node.text_of("Sid"),
            allows: node.text_of("Effect") == Some("Allow"),
            actions,
            not_action,
            resources,
            not_resource,
            principals,
            not_principal,
            conditions: conditions(node, &path),
            path,
        }
    }

    /// The place of an element.
    pub(super) fn place_of(&self, element: &str) -> Place {
        let member = self.node.members().iter().find(|member| member.name == element);
        member.map_or(self.node.place, |member| member.place)
    }

    /// Whether the statement is about an action.
    pub(super) fn covers(&self, action: Action) -> bool {
        let named = self.actions.iter().any(|said| matches(said.text, action.as_str()));
        !self.actions.is_empty() && named != self.not_action
    }

    /// Whether the statement denies.
    pub(super) fn denies(&self) -> bool {
        self.node.text_of("Effect") == Some("Deny")
    }

    /// Whether everybody is among those of whom it speaks.
    pub(super) fn is_for_everybody(&self) -> bool {
        !self.not_principal
            && self.principals.iter().any(|(kind, said)| said.text == "*" && matches!(*kind, "" | "AWS"))
    }

    /// The conditions on a key, whose name is in lower case; a prefix stands for all that begin so.
    pub(super) fn on(&self, prefix: &str) -> impl Iterator<Item = &Condition<'a>> {
        let prefix = prefix.to_owned();
        self.conditions.iter().filter(move |condition| condition.key.to_ascii_lowercase().starts_with(&prefix))
    }

    /// Whether a condition that holds for some alone asks for one of these keys.
    pub(super) fn asks(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.on(key).any(Condition::is_demanding))
    }
}

impl Condition<'_> {
    /// Whether the condition needs the key to be there, and to have one of some values.
    pub(super) fn is_demanding(&self) -> bool {
        self.parsed.is_some_and(|operator| {
            let name = operator.comparison.name();
            let all = operator.set.is_some_and(|set| set.name() == "ForAllValues");
            !operator.if_exists && !name.contains("Not") && name != "Null" && !all
        })
    }
}

/// The values of an element, or of the one that stands for all others.
fn element<'a>(node: &'a Node, path: &str, of: &str, all_but: &str) -> (Vec<Said<'a>>, bool) {
    let not = node.member(of).is_none() && node.member(all_but).is_some();
    let name = if not { all_but } else { of };
    (node.member(name).map(|own| texts(own, &format!("{path}.{name}"))).unwrap_or_default(), not)
}

/// One text, or those of a list.
fn texts<'a>(node: &'a Node, path: &str) -> Vec<Said<'a>> {
    let said = |node: &'a Node, path: String| Some(Said { text: node.text()?, place: node.place, path });
    match node.elements() {
        [] => said(node, path.to_owned()).into_iter().collect(),
        all => all.iter().enumerate().filter_map(|(at, node)| said(node, format!("{path}[{at}]"))).collect(),
    }
}

fn principals<'a>(node: &'a Node, path: &str) -> Vec<(&'a str, Said<'a>)> {
    let alone = texts(node, path).into_iter().map(|said| ("", said));
    let named = node.members().iter().flat_map(|member| {
        let path = format!("{path}.{}", member.name);
        texts(&member.node, &path).into_iter().map(|said| (member.name.as_str(), said))
    });
    alone.chain(named).collect()
}

fn conditions<'a>(node: &'a Node, path: &str) -> Vec<Condition<'a>> {
    let operators = node.member("Condition").map(Node::members).unwrap_or_default().iter();
    let all = operators.flat_map(|operator| {
        operator.node.members().iter().map(move |key| {
            let path = format!("{path}.Condition.{}.{}", operator.name, key.name);
            Condition {
                operator: &operator.name,
                parsed: Operator::parse(&operator.name),
                key: &key.name,
                place: key.place,
                values: texts(&key.node, &path),
                mixed: key.node.elements().windows(2).any(|pair| pair[0].kind() != pair[1].kind()),
                path,
            }
        })
    });
    all.collect()
}

/// Whether a pattern of actions covers one: `*` is any run, `?` one character, and case does not matter.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    fits(pattern, text, u8::eq_ignore_ascii_case)
}

/// Those of the same list, and what they are covered by: the same one, or one with wildcards.
pub(super) fn covered<'a>(
    list: &'a [Said<'a>],
    same: fn(&u8, &u8) -> bool,
) -> impl Iterator<Item = (&'a Said<'a>, &'a str)> {
    let equal = move |one: &str, other: &str| {
        one.len() == other.len() && one.bytes().zip(other.bytes()).all(|(one, other)| same(&one, &other))
    };
    // Nobody reads more of them, and they are compared with all.
    let wild: Vec<(usize, &str)> =
        list.iter().enumerate().map(|(at, said)| (at, said.text)).filter(|(_, text)| is_wild(text)).take(100).collect();
    let mut seen = BTreeSet::new();
    list.iter().enumerate().filter_map(move |(at, said)| {
        let again =
            !seen.insert(said.text.to_ascii_lowercase()) && list[..at].iter().any(|one| equal(one.text, said.text));
        let wider =
            wild.iter().find(|(other, wider)| *other != at && !equal(wider, said.text) && fits(wider, said.text, same));
        wider.map(|(_, wider)| *wider).or(again.then_some(said.text)).map(|wider| (said, wider))
    })
}

/// Whether a text has a wildcard.
pub(super) fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether a pattern covers a text, where letters are the same.
fn fits(pattern: &str, text: &str, same: fn(&u8, &u8) -> bool) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(byte) if *byte == b'?' || same(byte, &text[read]) => (at, read) = (at + 1, read + 1),
            _ => match star {
                Some((before, taken)) => {
                    star = Some((before, taken + 1));
                    (at, read) = (before + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}
