//! Parameters of a template: what is given, what is their default, and what may be given.

use pocket_kms::Value;

use super::{Stack, evaluation::Scope};
use crate::{
    data::{Data, Text},
    options::Options,
    problem::Problem,
    text::{Node, fraction},
};

/// Refuses values for parameters that no template has.
pub(super) fn are_known(stacks: &[Stack<'_>], options: &Options) -> Result<(), Problem> {
    let has = |stack: &Stack<'_>, name: &str| stack.node.find(&["Parameters", name]).is_some();
    let unknown = options.parameters.keys().find(|name| !stacks.iter().any(|stack| has(stack, name)));
    match unknown {
        None => Ok(()),
        Some(name) => {
            let file = stacks.first().map_or("options", |stack| stack.file);
            Err(Problem::of(file, format!("there is no parameter {name:.100}, for which a value is given")))
        }
    }
}

impl Scope<'_, '_> {
    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str, declared: &Node, used: &Node) -> Result<Data, Problem> {
        let kind = declared.text_of("Type").unwrap_or("String");
        let given = self.all.options.parameters.get(name);
        let value = match given {
            Some(value) => self.given_value(name, value, used)?,
            // The default of such a parameter is the name of another one, in Systems Manager.
            None if kind.starts_with("AWS::SSM::Parameter::Value") => {
                let sentence = format!("the parameter {name:.100} is read from Systems Manager: give its value");
                return Err(self.wrong(used.place, sentence));
            }
            None => {
                let missing =
                    || self.wrong(used.place, format!("the parameter {name:.100} has no default: give its value"));
                // A default is a value: no function stands in it.
                declared.member("Default").map(Data::of).ok_or_else(missing)?
            }
        };
        let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<") || kind.contains("<List<");
        let value = match value.to_text() {
            Some(text) if is_list => {
                Data::List(text.split(",").iter().map(|piece| Data::Text(trimmed(piece))).collect())
            }
            _ => value,
        };
        self.is_allowed(name, declared, &value, used)?;
        Ok(value)
    }

    fn given_value(&self, name: &str, value: &Value, used: &Node) -> Result<Data, Problem> {
        let wrong = || {
            self.wrong(
                used.place,
                format!("the value of the parameter {name:.100} must be a text, a number, a truth or a list of texts"),
            )
        };
        Ok(match value {
            Value::Text(text) => Data::Text(Text::from(text.as_str())),
            Value::Int(number) => Data::Number(number.to_string().into()),
            Value::Float(number) => Data::Number(fraction(*number)),
            Value::Bool(flag) => Data::Bool(*flag),
            Value::List(values) => {
                let texts: Option<Vec<Data>> =
                    values.iter().map(|value| Some(Data::Text(Text::from(value.as_text()?)))).collect();
                Data::List(texts.ok_or_else(wrong)?)
            }
            _ => return Err(wrong()),
        })
    }

    fn is_allowed(&self, name: &str, declared: &Node, value: &Data, used: &Node) -> Result<(), Problem> {
        let Some(allowed) = declared.member("AllowedValues") else { return Ok(()) };
        let texts: Vec<&str> = allowed.elements().iter().filter_map(Node::text).collect();
        for element in value.elements() {
            let known = element.known().unwrap_or_default();
            if !texts.contains(&known.as_str()) {
                let shown = texts.join(", ");
                let sentence = format!("the parameter {name:.100} cannot be {known:.100}: it is one of {shown:.300}");
                return Err(self.wrong(used.place, sentence));
            }
        }
        Ok(())
    }
}

/// A piece of a list without the blanks around it.
fn trimmed(text: &Text) -> Text {
    text.known().map_or_else(|| text.clone(), |known| Text::from(known.trim()))
}
