//! `Fn::ForEach`: members that are written once for each value of a collection.

use std::collections::BTreeSet;

use pocket_kms::order;

use super::evaluation::Scope;
use crate::{
    problem::Problem,
    text::{Content, Member, Node},
};

const LOOP: &str = "Fn::ForEach";

/// The sections in which there may be loops (CloudFormation Template Reference, "`Fn::ForEach`").
const SECTIONS: [&str; 3] = ["Conditions", "Outputs", "Resources"];

/// The deepest nesting of loops that is followed: AWS allows five.
const DEEPEST: usize = 5;

/// So much counts a value, for it takes more room than its text.
const A_VALUE: usize = 64;

/// Whether there is a loop in a template.
pub(super) fn has_loops(template: &Node) -> bool {
    SECTIONS.iter().filter_map(|name| template.member(name)).any(has_loop)
}

fn has_loop(node: &Node) -> bool {
    match &node.content {
        Content::List(elements) => elements.iter().any(has_loop),
        Content::Map(members) => members.iter().any(|member| is_loop(member) || has_loop(&member.node)),
        _ => false,
    }
}

fn is_loop(member: &Member) -> bool {
    member.name.strip_prefix(LOOP).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

impl Scope<'_, '_> {
    /// The template with what its loops write.
    pub(super) fn unrolled(&self) -> Result<Node, Problem> {
        let template = &self.stack().node;
        let mut members = Vec::new();
        for member in template.members() {
            let node = if SECTIONS.contains(&member.name.as_str()) {
                self.at(&member.name).without_loops(&member.node, 0)?
            } else {
                member.node.clone()
            };
            members.push(Member { name: member.name.clone(), place: member.place, node });
        }
        Ok(Node::new(template.place, Content::Map(members)))
    }

    /// A value with what its loops write.
    fn without_loops(&self, node: &Node, depth: usize) -> Result<Node, Problem> {
        self.spend(node.place, A_VALUE + node.text().map_or(0, str::len))?;
        let content = match &node.content {
            Content::List(elements) => {
                let elements = elements.iter().map(|element| self.without_loops(element, depth));
                Content::List(elements.collect::<Result<_, _>>()?)
            }
            Content::Map(members) => Content::Map(self.members_without_loops(members, depth)?),
            _ => return Ok(node.clone()),
        };
        Ok(Node::new(node.place, content))
    }

    fn members_without_loops(&self, members: &[Member], depth: usize) -> Result<Vec<Member>, Problem> {
        let mut written: Vec<Member> = Vec::with_capacity(members.len());
        let mut names: BTreeSet<&str> = order::set(members.iter().map(|member| member.name.as_str()));
        let mut unrolled = Vec::new();
        for member in members {
            if is_loop(member) {
                unrolled.push((member, self.unroll(member, depth)?));
            }
        }
        let loops = unrolled.iter().flat_map(|(source, members)| members.iter().map(move |member| (source, member)));
        for (source, member) in loops {
            if !names.insert(&member.name) {
                let sentence =
                    format!("the loop {:.100} writes {:.100}, which is there already", source.name, member.name);
                return Err(self.wrong(source.place, sentence));
            }
        }
        for member in members {
            if !is_loop(member) {
                let node = self.without_loops(&member.node, depth)?;
                written.push(Member { name: member.name.clone(), place: member.place, node });
            }
        }
        written.extend(unrolled.into_iter().flat_map(|(_, members)| members));
        Ok(written)
    }

    /// Writes what a loop stands for.
    fn unroll(&self, member: &Member, depth: usize) -> Result<Vec<Member>, Problem> {
        if depth >= DEEPEST {
            return Err(self.wrong(member.place, format!("loops nest more than {DEEPEST} levels deep")));
        }
        let [identifier, collection, body] = member.node.elements() else {
            let sentence = "Fn::ForEach takes an identifier, a collection and what is written for each of its values";
            return Err(self.wrong(member.node.place, sentence));
        };
        let (Some(identifier), Content::Map(body)) = (identifier.text(), &body.content) else {
            let sentence = "the identifier of a loop is a text, and what it writes is a structure";
            return Err(self.wrong(member.node.place, sentence));
        };
        let mut written = Vec::new();
        for value in self.some(collection)?.elements() {
            let Some(value) = value.known() else {
                return Err(self.wrong(collection.place, "the values of a loop are texts that are known"));
            };
            let filling = Filling { identifier, value: &value };
            let filled: Vec<Member> = body.iter().map(|member| filling.member(member)).collect();
            written.extend(self.members_without_loops(&filled, depth + 1)?);
        }
        Ok(written)
    }
}

/// A value in the place of an identifier.
struct Filling<'a> {
    identifier: &'a str,
    value: &'a str,
}

impl Filling<'_> {
    /// `${Name}` stands for the value, `&{Name}` for its letters and digits.
    fn text(&self, text: &str) -> String {
        let plain = text.replace(&format!("${{{}}}", self.identifier), self.value);
        let marked = format!("&{{{}}}", self.identifier);
        if !plain.contains(&marked) {
            return plain;
        }
        let letters: String = self.value.chars().filter(char::is_ascii_alphanumeric).collect();
        plain.replace(&marked, &letters)
    }

    fn member(&self, member: &Member) -> Member {
        Member { name: self.text(&member.name), place: member.place, node: self.node(&member.node) }
    }

    fn node(&self, node: &Node) -> Node {
        let reference = node.only().filter(|only| only.name == "Ref" && only.node.text() == Some(self.identifier));
        let content = match &node.content {
            _ if reference.is_some() => Content::Text(self.value.to_owned()),
            Content::Text(text) => Content::Text(self.text(text)),
            Content::List(elements) => Content::List(elements.iter().map(|element| self.node(element)).collect()),
            Content::Map(members) => Content::Map(members.iter().map(|member| self.member(member)).collect()),
            other => other.clone(),
        };
        Node::new(node.place, content)
    }
}
