//! `Fn::Sub`: names in a text.

use super::evaluation::Scope;
use crate::{
    data::Text,
    problem::Problem,
    text::{Content, Node},
};

impl Scope<'_, '_> {
    /// A text with the values of what stands in it as `${Name}`, `${Name.Attribute}`, or `${!Name}` for `${Name}` itself.
    pub(super) fn substituted(&self, given: &Node) -> Result<Text, Problem> {
        let (template, own) = match &given.content {
            Content::List(parts) => match &parts[..] {
                [template] => (template, None),
                [template, own] => (template, Some(own)),
                _ => return Err(self.wrong(given.place, "Fn::Sub takes a text, and names with their values")),
            },
            _ => (given, None),
        };
        let Some(text) = template.text() else {
            return Err(self.wrong(template.place, format!("Fn::Sub takes a text, not {}", template.kind())));
        };
        let (mut done, mut rest) = (Text::default(), text);
        while let Some(start) = rest.find("${") {
            done.push(&rest[..start]);
            let Some(length) = rest[start..].find('}') else { break };
            let name = &rest[start + 2..start + length];
            match name.strip_prefix('!') {
                Some(literal) => done.push(&format!("${{{literal}}}")),
                None => done.append(&self.variable(name.trim(), own, template)?),
            }
            self.spend(given.place, done.len())?;
            rest = &rest[start + length + 1..];
        }
        done.push(rest);
        Ok(done)
    }

    fn variable(&self, name: &str, own: Option<&Node>, used: &Node) -> Result<Text, Problem> {
        if let Some(value) = own.and_then(|own| own.member(name)) {
            return self.text(value);
        }
        let is_resource = !name.starts_with("AWS::") && !self.sections().parameters.contains_key(name);
        if let Some((resource, attribute)) = name.split_once('.').filter(|_| is_resource) {
            return self.attribute_of(resource, attribute, used);
        }
        let value = self.named(name, used)?;
        value.to_text().ok_or_else(|| self.wrong(used.place, format!("{name:.100} is not a text")))
    }
}
