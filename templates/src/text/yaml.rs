//! YAML as a document, and CloudFormation's short forms in it.

use std::collections::BTreeSet;

use pocket_kms::order;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, Tag};

use super::{
    DEEPEST, MOST_NODES, MOST_TEXT,
    node::{Content, Member, Node},
    scalars,
};
use crate::problem::{Place, Problem};

/// The functions of CloudFormation that have a short form, such as `!Sub`.
const SHORT_FORMS: [&str; 19] = [
    "And",
    "Base64",
    "Cidr",
    "Contains",
    "Equals",
    "FindInMap",
    "ForEach",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
];

/// Reads the one document of a file.
pub(super) fn read(file: &str, text: &str) -> Result<Node, Problem> {
    let mut builder = Builder { file, open: Vec::new(), anchors: Vec::new(), nodes: 0, length: 0, root: None };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let sentence = format!("this is not YAML: {}", error.info());
            Problem::at(file, place(*error.marker()), "", sentence)
        })?;
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents > 1 {
                return Err(
                    builder.wrong(place(span.start), "a second document begins here: a template is one document")
                );
            }
        }
        builder.take(event, span)?;
    }
    builder.root.ok_or_else(|| Problem::of(file, "the file is empty"))
}

fn place(marker: Marker) -> Place {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place { line: number(marker.line()), column: number(marker.col().saturating_add(1)) }
}

/// A list or structure that is not complete yet.
struct Open {
    place: Place,
    anchor: usize,
    function: Option<String>,
    /// The nodes and the length of all texts when it began.
    before: (usize, usize),
    content: Inside,
}

enum Inside {
    List(Vec<Node>),
    Map { members: Vec<Member>, names: BTreeSet<String>, key: Option<(String, Place)>, merged: Vec<Member> },
}

/// What an anchor stands for, and how much it is.
struct Anchored {
    node: Node,
    nodes: usize,
    length: usize,
}

struct Builder<'a> {
    file: &'a str,
    open: Vec<Open>,
    /// What anchors stand for, by their numbers, which the parser counts.
    anchors: Vec<Option<Anchored>>,
    nodes: usize,
    length: usize,
    root: Option<Node>,
}

impl Builder<'_> {
    fn wrong(&self, place: Place, sentence: impl Into<String>) -> Problem {
        Problem::at(self.file, place, &self.path(), sentence)
    }

    /// The way to where the document has come to.
    fn path(&self) -> String {
        let mut path = String::new();
        for open in &self.open {
            match &open.content {
                Inside::Map { key: Some((name, _)), .. } => {
                    let joint = if path.is_empty() { "" } else { "." };
                    path += joint;
                    path.extend(name.chars().take(100));
                }
                Inside::Map { .. } => {}
                Inside::List(nodes) => path.extend(["[", &nodes.len().to_string(), "]"]),
            }
        }
        path
    }

    /// Counts what has come.
    fn count(&mut self, place: Place, nodes: usize, length: usize) -> Result<(), Problem> {
        self.nodes = self.nodes.saturating_add(nodes);
        self.length = self.length.saturating_add(length);
        if self.nodes > MOST_NODES {
            return Err(self.wrong(
                place,
                format!("the document has more than {MOST_NODES} values, with what its aliases stand for"),
            ));
        }
        if self.length > MOST_TEXT {
            return Err(self.wrong(
                place,
                format!("the texts of the document have more than {MOST_TEXT} bytes, with what its aliases stand for"),
            ));
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        let at = place(span.start);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.count(at, 1, text.len())?;
                let node = self.scalar(&text, style, tag.as_deref(), at)?;
                self.complete(node, anchor, (1, text.len()))
            }
            Event::SequenceStart(anchor, tag) => self.begin(at, anchor, tag.as_deref(), Inside::List(Vec::new())),
            Event::MappingStart(anchor, tag) => {
                let content =
                    Inside::Map { members: Vec::new(), names: BTreeSet::new(), key: None, merged: Vec::new() };
                self.begin(at, anchor, tag.as_deref(), content)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
        }
    }

    fn begin(&mut self, place: Place, anchor: usize, tag: Option<&Tag>, content: Inside) -> Result<(), Problem> {
        let before = (self.nodes, self.length);
        self.count(place, 1, 0)?;
        if self.open.len() >= DEEPEST {
            return Err(self.wrong(place, format!("the document nests more than {DEEPEST} levels deep")));
        }
        let function = match tag {
            None => None,
            Some(tag) => self.function(tag, place)?,
        };
        self.open.push(Open { place, anchor, function, before, content });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Problem> {
        let Some(Open { place, anchor, function, before, content }) = self.open.pop() else { return Ok(()) };
        let content = match content {
            Inside::List(nodes) => Content::List(nodes),
            Inside::Map { mut members, names, merged, .. } => {
                // What is merged stands behind what the structure says itself.
                members.extend(merged.into_iter().filter(|member| !names.contains(&member.name)));
                Content::Map(members)
            }
        };
        let node = called(function, Node::new(place, content));
        let size = (self.nodes - before.0, self.length - before.1);
        self.complete(node, anchor, size)
    }

    /// What an alias stands for. It counts as often as it stands there, so that laughs do not become a billion.
    fn alias(&mut self, anchor: usize, place: Place) -> Result<(), Problem> {
        let Some(Some(known)) = self.anchors.get(anchor) else {
            return Err(self.wrong(place, "this alias stands within what it stands for"));
        };
        let (nodes, length) = (known.nodes, known.length);
        self.count(place, nodes, length)?;
        let node = self.anchors.get(anchor).and_then(Option::as_ref).map_or(Node::NULL, |known| known.node.clone());
        self.complete(node, 0, (nodes, length))
    }

    /// Puts a value where it belongs.
    fn complete(&mut self, node: Node, anchor: usize, (nodes, length): (usize, usize)) -> Result<(), Problem> {
        if anchor > 0 {
            self.count(node.place, nodes, length)?;
            // No document has more anchors than values.
            if self.anchors.len() <= anchor && anchor <= MOST_NODES {
                self.anchors.resize_with(anchor + 1, || None);
            }
            if let Some(place) = self.anchors.get_mut(anchor) {
                *place = Some(Anchored { node: node.clone(), nodes, length });
            }
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.content {
            Inside::List(list) => list.push(node),
            Inside::Map { members, names, key, merged } => match key.take() {
                None => {
                    let Some(name) = node.text() else {
                        let sentence = format!("the name of a member is a text, not {}", node.kind());
                        return Err(self.wrong(node.place, sentence));
                    };
                    *key = Some((name.to_owned(), node.place));
                }
                Some((name, _)) if name == "<<" => {
                    let sources = if let Content::List(nodes) = node.content { nodes } else { vec![node] };
                    for source in sources {
                        let place = source.place;
                        let Content::Map(more) = source.content else {
                            return Err(self.wrong(place, "<< merges structures, and nothing else"));
                        };
                        merge(merged, more);
                    }
                }
                Some((name, place)) => {
                    if !names.insert(name.clone()) {
                        let first =
                            members.iter().find(|member| member.name == name).map_or(0, |member| member.place.line);
                        return Err(
                            self.wrong(place, format!("{name:?} stands here twice: the first is in line {first}"))
                        );
                    }
                    members.push(Member { name, place, node });
                }
            },
        }
        Ok(())
    }

    fn scalar(&self, text: &str, style: ScalarStyle, tag: Option<&Tag>, place: Place) -> Result<Node, Problem> {
        let plain = || if style == ScalarStyle::Plain { scalars::plain(text) } else { Content::Text(text.to_owned()) };
        let Some(tag) = tag else { return Ok(Node::new(place, plain())) };
        if let Some(function) = self.function(tag, place)? {
            return Ok(called(Some(function), Node::new(place, Content::Text(text.to_owned()))));
        }
        let content = match tag.suffix.as_str() {
            "bool" | "int" | "float" | "null" if tag.is_yaml_core_schema() => scalars::plain(text),
            _ => Content::Text(text.to_owned()),
        };
        Ok(Node::new(place, content))
    }

    /// The function that a tag calls; none for the tags of YAML itself that templates know.
    fn function(&self, tag: &Tag, place: Place) -> Result<Option<String>, Problem> {
        let name = tag.suffix.as_str();
        if tag.is_yaml_core_schema() {
            return match name {
                "str" | "int" | "float" | "bool" | "null" | "seq" | "map" => Ok(None),
                _ => Err(self.wrong(place, format!("templates do not know the tag !!{name:.100}"))),
            };
        }
        match (tag.handle.as_str(), name) {
            ("" | "!", "" | "!") => Ok(None),
            ("!", "Ref" | "Condition") => Ok(Some(name.to_owned())),
            ("!", short) if SHORT_FORMS.contains(&short) || short == "Transform" => Ok(Some(format!("Fn::{short}"))),
            (handle, name) => {
                let known = SHORT_FORMS.join(", !");
                let tag = format!("{handle}{name}");
                Err(self.wrong(
                    place,
                    format!("the tag {tag:.100} is not known: there are !Ref, !Condition, !Transform, !{known}"),
                ))
            }
        }
    }
}

/// A value with the function around it that its short form calls.
fn called(function: Option<String>, node: Node) -> Node {
    let place = node.place;
    match function {
        None => node,
        Some(name) => Node::new(place, Content::Map(vec![Member { name, place, node }])),
    }
}

/// Merges members: the earlier ones win.
fn merge(merged: &mut Vec<Member>, more: Vec<Member>) {
    let known: BTreeSet<String> = order::set(merged.iter().map(|member| member.name.clone()));
    merged.extend(more.into_iter().filter(|member| !known.contains(&member.name)));
}
