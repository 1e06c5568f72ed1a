//! AWS's query protocol, both ways: names such as `Dimensions.member.1.Name` become values, and values become XML.

use crate::{
    http::query::element,
    sts::Form,
    wire::{Members, Value},
};

/// How deep names may nest.
const DEEPEST: usize = 16;

/// The most elements of a list.
const MOST: usize = 1000;

/// The parameters of a form as one value; all that is in it is text.
pub(super) fn read(form: &Form) -> Value {
    let mut whole = Value::Map(Members::new());
    for (name, text) in form.pairs() {
        let steps: Vec<&str> = name.split('.').collect();
        if steps.len() <= DEEPEST {
            put(&mut whole, &steps, text);
        }
    }
    whole
}

fn put(to: &mut Value, steps: &[&str], text: &str) {
    match steps {
        [] => *to = text.into(),
        ["member", number, rest @ ..] => {
            if !matches!(to, Value::List(_)) {
                *to = Value::List(Vec::new());
            }
            let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let (Value::List(values), Some(place)) = (to, place.filter(|place| *place < MOST)) {
                if values.len() <= place {
                    values.resize(place + 1, Value::Null);
                }
                if let Some(value) = values.get_mut(place) {
                    put(value, rest, text);
                }
            }
        }
        [name, rest @ ..] => {
            if !matches!(to, Value::Map(_)) {
                *to = Value::Map(Members::new());
            }
            let Value::Map(members) = to else { return };
            let place = members.iter().position(|(of, _)| of == name).unwrap_or(members.len());
            if place == members.len() {
                members.push(((*name).to_owned().into(), Value::Null));
            }
            if let Some((_, value)) = members.get_mut(place) {
                put(value, rest, text);
            }
        }
    }
}

/// Writes the members of a structure as elements.
pub(super) fn write(to: &mut String, value: &Value) {
    match value {
        Value::Map(members) => members.iter().for_each(|(name, value)| write_member(to, name, value)),
        Value::List(values) => values.iter().for_each(|value| write_member(to, "member", value)),
        _ => {}
    }
}

fn write_member(to: &mut String, name: &str, value: &Value) {
    let text = match value {
        Value::Null => return,
        Value::Text(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Time(time) => time.to_string(),
        Value::Map(_) | Value::List(_) | Value::Blob(_) | Value::Secret(_) => return write_inner(to, name, value),
    };
    element(to, name, &text);
}

fn write_inner(to: &mut String, name: &str, value: &Value) {
    to.push_str(&["<", name, ">"].concat());
    match value {
        // The only map among structures.
        Value::Map(members) if name == "ExtendedStatistics" => {
            for (key, value) in members {
                to.push_str("<entry>");
                element(to, "key", key);
                write_member(to, "value", value);
                to.push_str("</entry>");
            }
        }
        inner => write(to, inner),
    }
    to.push_str(&["</", name, ">"].concat());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_values_and_values_become_elements() {
        let form =
            Form::read(b"Action=A&Dimensions.member.2.Name=b&Dimensions.member.1.Name=a&Dimensions.member.1.Value=1+2");
        let value = read(&form);
        let dimensions = Value::List(vec![
            Value::from([("Name", "a".into()), ("Value", "1 2".into())]),
            Value::from([("Name", "b".into())]),
        ]);
        assert_eq!(value, Value::from([("Action", "A".into()), ("Dimensions", dimensions)]));
        let mut xml = String::new();
        write(&mut xml, &value);
        assert_eq!(
            xml,
            "<Action>A</Action><Dimensions><member><Name>a</Name><Value>1 2</Value></member><member><Name>b</Name>\
             </member></Dimensions>"
        );
    }

    #[test]
    fn no_name_makes_a_list_of_any_length_or_a_value_of_any_depth() {
        let deep = "a.".repeat(100);
        let value = read(&Form::read(format!("A.member.1000000=1&A.member.0=1&A.member.x=1&{deep}b=1").as_bytes()));
        assert_eq!(value, Value::from([("A", Value::List(Vec::new()))]));
    }
}
