//! A document as it stands in a file: every value with its place.

use crate::problem::Place;

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) content: Content,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Null,
    Bool(bool),
    /// A number as it is written: an account id that begins with a zero keeps it.
    Number(Box<str>),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Member>),
}

/// A named value, with the place of its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) const NULL: Self = Self { place: Place { line: 0, column: 0 }, content: Content::Null };

    pub(crate) const fn new(place: Place, content: Content) -> Self {
        Self { place, content }
    }

    /// The members of a map; none of anything else.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.content {
            Content::Map(members) => members,
            _ => &[],
        }
    }

    /// The elements of a list; none of anything else.
    pub(crate) fn elements(&self) -> &[Self] {
        match &self.content {
            Content::List(elements) => elements,
            _ => &[],
        }
    }

    /// The member `name` of a map.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|member| member.name == name).map(|member| &member.node)
    }

    /// The value at the end of a way through maps.
    pub(crate) fn find(&self, way: &[&str]) -> Option<&Self> {
        way.iter().try_fold(self, |node, name| node.member(name))
    }

    /// The text of a scalar, as it is written.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Number(number) => Some(number),
            Content::Bool(true) => Some("true"),
            Content::Bool(false) => Some("false"),
            Content::Null | Content::List(_) | Content::Map(_) => None,
        }
    }

    /// The text of the member `name`.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        self.member(name)?.text()
    }

    /// The only member of a map of one member.
    pub(crate) fn only(&self) -> Option<&Member> {
        match self.members() {
            [member] => Some(member),
            _ => None,
        }
    }

    /// What kind of value this is, in the words of an error message.
    pub(crate) const fn kind(&self) -> &'static str {
        match self.content {
            Content::Null => "null",
            Content::Bool(_) => "a truth",
            Content::Number(_) => "a number",
            Content::Text(_) => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a structure",
        }
    }
}
