//! References between resources, variables and modules.

use super::resources::{Resource, Resources, without_indices};
use crate::{
    data::{Data, Text},
    problem::Problem,
    text::{Content, Node},
};

impl<'a> Resources<'a> {
    /// What an expression of a resource's configuration gives, as far as that follows from it.
    pub(super) fn expressed(
        &self,
        own: &Resource<'a>,
        expression: &Node,
        depth: usize,
    ) -> Result<Option<Data>, Problem> {
        self.expressed_in(&own.module, &own.index, expression, depth + 1)
    }

    /// The same in a module. A plan tells what an expression refers to, and not how it is made of that: where it refers to
    /// one thing, it is taken to be that.
    pub(super) fn expressed_in(
        &self,
        module: &str,
        index: &str,
        expression: &Node,
        depth: usize,
    ) -> Result<Option<Data>, Problem> {
        if let Some(constant) = expression.member("constant_value") {
            return Ok(Some(Data::of(constant)));
        }
        match &references(expression)[..] {
            [one] => self.referred(module, index, one, depth),
            _ => Ok(None),
        }
    }

    /// What a reference gives.
    pub(super) fn referred(
        &self,
        module: &str,
        index: &str,
        reference: &str,
        depth: usize,
    ) -> Result<Option<Data>, Problem> {
        if depth > super::attributes::DEEPEST {
            return Ok(None);
        }
        let steps = steps(reference);
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match &steps[..] {
            ["var", name, ..] => self.variable(module, without_brackets(name), depth),
            ["module", called, output, ..] => self.output(&format!("{module}module.{called}."), output, index, depth),
            ["each", "key"] | ["count", "index"] => {
                let key = index.trim_matches(['[', ']', '"']);
                Ok((!key.is_empty()).then(|| Data::Text(Text::from(key))))
            }
            ["data", kind, name, attribute, ..] => {
                self.found(&format!("{module}data.{kind}.{name}"), index, attribute, depth)
            }
            ["local" | "path" | "terraform" | "self" | "each" | "count", ..] => Ok(None),
            [kind, name, attribute, ..] => self.found(&format!("{module}{kind}.{name}"), index, attribute, depth),
            _ => Ok(None),
        }
    }

    fn found(&self, address: &str, index: &str, attribute: &str, depth: usize) -> Result<Option<Data>, Problem> {
        let attribute = without_brackets(attribute);
        let exact = self.by_address.get(address).or_else(|| self.by_address.get(&format!("{address}{index}")));
        let resource = exact.or_else(|| {
            // The only instance is meant, whatever its index.
            let front = format!("{address}[");
            let mut instances =
                self.by_address.range(front.clone()..).take_while(|(known, _)| known.starts_with(&front));
            let first = instances.next();
            first.filter(|_| instances.next().is_none()).map(|(_, resource)| resource)
        });
        match resource {
            Some(resource) => self.attribute(resource, attribute, depth + 1),
            None => Ok(None),
        }
    }

    /// A variable: what the call of the module says, or its default; in the root module what was given.
    fn variable(&self, module: &str, name: &str, depth: usize) -> Result<Option<Data>, Problem> {
        let Some((parent, call)) = parent(module) else {
            let given = self.variables.and_then(|variables| variables.find(&[name, "value"]));
            return Ok(given.or_else(|| self.default(module, name)).map(Data::of));
        };
        let calls = self.modules.get(&without_indices(parent));
        let called = calls.and_then(|calls| calls.find(&["module_calls", &without_indices(call), "expressions", name]));
        match called {
            Some(expression) => self.expressed_in(parent, "", expression, depth + 1),
            None => Ok(self.default(module, name).map(Data::of)),
        }
    }

    fn default(&self, module: &str, name: &str) -> Option<&'a Node> {
        self.modules.get(&without_indices(module))?.find(&["variables", name, "default"])
    }

    fn output(&self, module: &str, name: &str, index: &str, depth: usize) -> Result<Option<Data>, Problem> {
        let config = self.modules.get(&without_indices(module));
        match config.and_then(|config| config.find(&["outputs", without_brackets(name), "expression"])) {
            Some(expression) => self.expressed_in(module, index, expression, depth + 1),
            None => Ok(None),
        }
    }

    /// A value of a configuration with everything in the place of what its texts refer to.
    pub(super) fn filled(&self, own: &Resource<'a>, node: &Node, depth: usize) -> Result<Data, Problem> {
        Ok(match &node.content {
            Content::Text(text) => self.interpolated(own, node, text, depth)?,
            Content::List(elements) => {
                let filled: Result<Vec<Data>, Problem> =
                    elements.iter().map(|element| self.filled(own, element, depth)).collect();
                Data::List(filled?)
            }
            Content::Map(members) => {
                let mut filled = Vec::with_capacity(members.len());
                for member in members {
                    // Names of members are templates, too.
                    let name = self.interpolated(own, &member.node, &member.name, depth)?.known();
                    let name = name.unwrap_or_else(|| member.name.clone());
                    filled.push((name, self.filled(own, &member.node, depth)?));
                }
                Data::Map(filled)
            }
            _ => Data::of(node),
        })
    }

    /// A text in which `${..}` is a reference, `$${` stands for `${`, and `%%{` for `%{`.
    fn interpolated(&self, own: &Resource<'a>, node: &Node, text: &str, depth: usize) -> Result<Data, Problem> {
        let (mut done, mut rest) = (Text::default(), text);
        let plain = |text: &str| text.replace("%%{", "%{");
        while let Some(start) = rest.find("${") {
            if rest[..start].ends_with('$') {
                done.push(&plain(&rest[..start]));
                done.push("{");
                rest = &rest[start + 2..];
                continue;
            }
            done.push(&plain(&rest[..start]));
            let Some(length) = rest[start..].find('}') else { break };
            let reference = rest[start + 2..start + length].trim();
            let value = self.referred(&own.module, &own.index, reference, depth + 1)?;
            let wrong = || {
                let sentence =
                    format!("{reference:.200} is not known here: expressions are references, and nothing else");
                Problem::at(own.file, node.place, &own.address, sentence)
            };
            let value = value.ok_or_else(wrong)?;
            rest = &rest[start + length + 1..];
            if done.len() == 0 && rest.is_empty() {
                return Ok(value);
            }
            done.append(&value.to_text().ok_or_else(wrong)?);
            self.spend(own, done.len())?;
        }
        done.push(&plain(rest));
        Ok(Data::Text(done))
    }
}

/// What an expression refers to: of a reference and those that are its beginning the whole one.
pub(super) fn references(expression: &Node) -> Vec<String> {
    let all: Vec<&str> =
        expression.member("references").map(Node::elements).unwrap_or_default().iter().filter_map(Node::text).collect();
    let is_front =
        |one: &str| all.iter().any(|other| other.strip_prefix(one).is_some_and(|rest| rest.starts_with(['.', '['])));
    let mut whole: Vec<String> = Vec::new();
    for one in all.iter().filter(|one| !is_front(one)) {
        if !whole.iter().any(|known| known == one) {
            whole.push((*one).to_owned());
        }
    }
    whole
}

/// The steps of a reference: what stands between dots that are not in brackets.
fn steps(reference: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let (mut depth, mut quoted) = (0_usize, false);
    for character in reference.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            '.' if !quoted && depth == 0 => {
                steps.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = steps.last_mut() {
            last.push(character);
        }
    }
    steps
}

fn without_brackets(step: &str) -> &str {
    step.split('[').next().unwrap_or_default()
}

/// The module around a module, and how it calls it.
fn parent(module: &str) -> Option<(&str, &str)> {
    let own = module.strip_suffix('.')?;
    let place = own.rfind("module.")?;
    Some((&module[..place], &own[place + "module.".len()..]))
}
