//! What the functions of templates are computed with.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use super::{Section, Stack, transforms};
use crate::{
    data::{Data, Text},
    options::Options,
    problem::{Place, Problem, Remark},
    scene::Scene,
    text::{Content, Node},
};

/// How many bytes all computed values may have together: functions can double their input again and again.
const MOST_COMPUTED: usize = 64 << 20;

/// How deep references to other things may nest.
const DEEPEST_REFERENCE: usize = 64;

/// Stacks, and what was computed of them so far.
pub(super) struct Evaluation<'a> {
    pub(super) stacks: &'a [Stack<'a>],
    pub(super) options: &'a Options,
    pub(super) sections: Vec<Sections<'a>>,
    /// The steps of keys, by their stacks and logical ids.
    pub(super) steps: BTreeMap<(usize, &'a str), String>,
    /// What stacks export, by its names.
    pub(super) exports: BTreeMap<String, (usize, &'a Node)>,
    /// What is computed already, by its stack and by what it is of.
    known: RefCell<BTreeMap<(usize, String), Data>>,
    pub(super) assumed: RefCell<Vec<Remark>>,
    /// What is being computed: what comes here again refers to itself.
    busy: RefCell<Vec<String>>,
    computed: Cell<usize>,
}

/// The sections of a template.
pub(super) struct Sections<'a> {
    pub(super) resources: Section<'a>,
    pub(super) parameters: Section<'a>,
    pub(super) conditions: Section<'a>,
    pub(super) mappings: Section<'a>,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(stacks: &'a [Stack<'a>], options: &'a Options) -> Self {
        let sections = stacks.iter().map(|stack| Sections {
            resources: stack.section("Resources"),
            parameters: stack.section("Parameters"),
            conditions: stack.section("Conditions"),
            mappings: stack.section("Mappings"),
        });
        Self {
            stacks,
            options,
            sections: sections.collect(),
            steps: BTreeMap::new(),
            exports: BTreeMap::new(),
            known: RefCell::default(),
            assumed: RefCell::default(),
            busy: RefCell::default(),
            computed: Cell::new(0),
        }
    }

    /// Gives each key the name of its step, so that everything may refer to it.
    pub(super) fn number_keys(&mut self, scene: &mut Scene) -> Result<(), Problem> {
        let mut keys = Vec::new();
        for (stack, sections) in self.sections.iter().enumerate() {
            for (name, node) in &sections.resources {
                if node.text_of("Type") == Some("AWS::KMS::Key") && Scope::new(self, stack).is_there(name, node)? {
                    keys.push((stack, *name));
                }
            }
        }
        for (stack, name) in keys {
            self.steps.insert((stack, name), scene.step(name));
        }
        Ok(())
    }

    /// Learns what the stacks export.
    pub(super) fn collect_exports(&mut self) -> Result<(), Problem> {
        let mut exports = BTreeMap::new();
        for (place, stack) in self.stacks.iter().enumerate() {
            let scope = Scope::new(self, place);
            for (name, output) in stack.section("Outputs") {
                let (Some(export), Some(value)) = (output.find(&["Export", "Name"]), output.member("Value")) else {
                    continue;
                };
                if scope.is_there(name, output)? {
                    // A name that cannot be computed is missed by whoever imports it.
                    let name = scope.text(export).ok().and_then(|name| name.known().map(str::to_owned));
                    exports.extend(name.map(|name| (name, (place, value))));
                }
            }
        }
        self.exports = exports;
        Ok(())
    }
}

/// A stack in which something is computed, and the way to it.
pub(super) struct Scope<'e, 'a> {
    pub(super) all: &'e Evaluation<'a>,
    pub(super) place: usize,
    path: String,
}

impl<'e, 'a> Scope<'e, 'a> {
    pub(super) const fn new(all: &'e Evaluation<'a>, place: usize) -> Self {
        Self { all, place, path: String::new() }
    }

    /// The same stack at another place of the document.
    pub(super) fn at(&self, path: &str) -> Self {
        Self { all: self.all, place: self.place, path: path.to_owned() }
    }

    pub(super) fn stack(&self) -> &'a Stack<'a> {
        &self.all.stacks[self.place]
    }

    pub(super) fn sections(&self) -> &'e Sections<'a> {
        &self.all.sections[self.place]
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn wrong(&self, place: Place, sentence: impl Into<String>) -> Problem {
        Problem::at(self.stack().file, place, &self.path, sentence)
    }

    pub(super) fn assume(&self, place: Place, why: impl Into<String>) {
        let remark = Remark { file: self.stack().file.to_owned(), place, path: self.path.clone(), why: why.into() };
        let mut assumed = self.all.assumed.borrow_mut();
        if !assumed.iter().any(|known| known.why == remark.why) {
            assumed.push(remark);
        }
    }

    /// Computes what may refer to something else, and refuses what comes back to itself.
    pub(super) fn once<T>(
        &self,
        what: &str,
        place: Place,
        compute: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let own = format!("{what} ({})", self.stack().file);
        let cycle = {
            let busy = self.all.busy.borrow();
            busy.contains(&own).then(|| busy.join(", "))
        };
        if let Some(way) = cycle {
            return Err(self.wrong(place, format!("{what} refers to itself, by way of {way:.300}")));
        }
        if self.all.busy.borrow().len() >= DEEPEST_REFERENCE {
            return Err(self.wrong(place, format!("references lead more than {DEEPEST_REFERENCE} steps deep")));
        }
        self.all.busy.borrow_mut().push(own);
        let computed = compute();
        self.all.busy.borrow_mut().pop();
        computed
    }

    /// What is computed once, and has a name of its own; it may refer to something else.
    pub(super) fn remembered(
        &self,
        what: &str,
        place: Place,
        compute: impl FnOnce() -> Result<Data, Problem>,
    ) -> Result<Data, Problem> {
        let key = (self.place, what.to_owned());
        if let Some(known) = self.all.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let computed = self.once(what, place, compute)?;
        self.all.known.borrow_mut().insert(key, computed.clone());
        Ok(computed)
    }

    /// Counts what was computed.
    pub(super) fn spend(&self, place: Place, bytes: usize) -> Result<(), Problem> {
        let computed = self.all.computed.get().saturating_add(bytes);
        self.all.computed.set(computed);
        if computed > MOST_COMPUTED {
            let most = MOST_COMPUTED >> 20;
            return Err(
                self.wrong(place, format!("what the functions of the template compute has more than {most} MiB"))
            );
        }
        Ok(())
    }

    /// Whether a resource or output is there: its condition holds, or it has none.
    pub(super) fn is_there(&self, name: &str, node: &Node) -> Result<bool, Problem> {
        match node.member("Condition") {
            None => Ok(true),
            Some(condition) => self.at(name).condition(condition),
        }
    }

    /// A value; `None` where it is `AWS::NoValue`.
    pub(super) fn value(&self, node: &Node) -> Result<Option<Data>, Problem> {
        self.spend(node.place, 8)?;
        Ok(Some(match &node.content {
            Content::Null => Data::Null,
            Content::Bool(flag) => Data::Bool(*flag),
            Content::Number(number) => Data::Number(number.clone()),
            Content::Text(text) => {
                self.spend(node.place, text.len())?;
                Data::Text(Text::from(text.as_str()))
            }
            Content::List(elements) => {
                let mut computed = Vec::with_capacity(elements.len());
                for element in elements {
                    computed.extend(self.value(element)?);
                }
                Data::List(computed)
            }
            Content::Map(members) => {
                if let Some(member) =
                    node.only().filter(|member| member.name == "Ref" || member.name.starts_with("Fn::"))
                {
                    let computed = self.function(&member.name, &member.node)?;
                    if let Some(Data::Text(text)) = &computed {
                        self.spend(node.place, text.len())?;
                    }
                    return Ok(computed);
                }
                let mut computed = Vec::with_capacity(members.len());
                for member in members {
                    // What a macro would add beside the others is not known.
                    if member.name == transforms::FUNCTION {
                        return self.function(&member.name, &member.node);
                    }
                    computed.extend(self.value(&member.node)?.map(|value| (member.name.clone(), value)));
                }
                Data::Map(computed)
            }
        }))
    }

    /// A value that must be there.
    pub(super) fn some(&self, node: &Node) -> Result<Data, Problem> {
        Ok(self.value(node)?.unwrap_or(Data::Null))
    }

    /// A text.
    pub(super) fn text(&self, node: &Node) -> Result<Text, Problem> {
        let value = self.some(node)?;
        value.to_text().ok_or_else(|| self.wrong(node.place, "a text must stand here"))
    }
}
