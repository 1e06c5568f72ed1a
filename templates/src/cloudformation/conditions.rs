//! Conditions of a template, and the functions of which they are made.

use super::evaluation::Scope;
use crate::{
    data::Data,
    problem::Problem,
    text::{Content, Node},
};

impl Scope<'_, '_> {
    /// Whether a condition holds: a name, or a function of conditions.
    pub(super) fn condition(&self, node: &Node) -> Result<bool, Problem> {
        match &node.content {
            Content::Text(name) => self.named_condition(name, node),
            Content::Map(_) => self.computed_condition(node),
            Content::Bool(flag) => Ok(*flag),
            _ => Err(self.wrong(node.place, format!("a condition must stand here, not {}", node.kind()))),
        }
    }

    fn named_condition(&self, name: &str, node: &Node) -> Result<bool, Problem> {
        // Texts of a truth come from functions such as Fn::If within a condition.
        let Some(condition) = self.sections().conditions.get(name) else {
            return Err(self.wrong(node.place, format!("the template has no condition {name:.100}")));
        };
        let what = format!("the condition {name}");
        let holds = self.remembered(&what, node.place, || self.condition(condition).map(Data::Bool))?;
        Ok(holds == Data::Bool(true))
    }

    fn computed_condition(&self, node: &Node) -> Result<bool, Problem> {
        let Some(member) = node.only() else {
            return Err(self.wrong(node.place, "a condition is one function"));
        };
        let parts = member.node.elements();
        match (member.name.as_str(), parts) {
            ("Condition", _) => self.condition(&member.node),
            ("Fn::Equals", [one, other]) => {
                let (one, other) = (self.some(one)?, self.some(other)?);
                Ok(match (one.to_text(), other.to_text()) {
                    (Some(one), Some(other)) => one == other,
                    _ => one == other,
                })
            }
            ("Fn::Not", [one]) => Ok(!self.condition(one)?),
            ("Fn::And" | "Fn::Or", parts) if (1..=10).contains(&parts.len()) => {
                let or = member.name == "Fn::Or";
                for part in parts {
                    if self.condition(part)? == or {
                        return Ok(or);
                    }
                }
                Ok(!or)
            }
            ("Fn::Contains", [list, value]) => {
                let (list, value) = (self.some(list)?, self.some(value)?);
                Ok(list.elements().iter().any(|element| element.to_text() == value.to_text()))
            }
            ("Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" | "Fn::Contains", _) => {
                let sentence = format!("{} does not take {} values like these", member.name, parts.len());
                Err(self.wrong(node.place, sentence))
            }
            (name, _) => Err(self.wrong(node.place, format!("conditions do not know {name:.100}"))),
        }
    }
}
