//! Names with values, as command lines write them: `quota/keys=3`.

use super::{refused, shown};
use crate::{
    error::Error,
    wire::{self, Value},
};

/// The name and the value of a text such as `Stage=test`, which an option of a command line has been given.
///
/// # Errors
/// A `ValidationException` with a sentence of ours, where the text has no `=`.
pub fn named<'a>(option: &str, text: &'a str) -> Result<(&'a str, &'a str), Error> {
    let sentence = || refused(&format!("{option} takes NAME=VALUE, not {}", shown(text)));
    text.split_once('=').ok_or_else(sentence)
}

/// Settings of a world in the form that [`World::set`](crate::World::set) takes, from the texts of `--set`. A value is a
/// number, `true`, `false` or `null`, as JSON writes them, or a name; whether a setting can have it, the world says. Of several
/// values of one setting, the last one counts.
///
/// # Errors
/// Those of [`named`].
pub fn settings<T: AsRef<str>>(texts: &[T]) -> Result<Value, Error> {
    let mut read: Vec<(&str, Value)> = Vec::with_capacity(texts.len());
    for text in texts {
        let (name, value) = named("--set", text.as_ref())?;
        read.retain(|(other, _)| *other != name);
        read.push((name, scalar(value)));
    }
    Ok(read.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn scalar(text: &str) -> Value {
    match wire::from_json(text.as_bytes()) {
        Ok(value @ (Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null)) => value,
        _ => Value::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_has_a_number_a_word_of_json_or_a_name() {
        let texts = [
            ("quota/keys=3", Value::Int(3)),
            ("request/CreateKey=0.5", Value::Float(0.5)),
            ("signature-skew=1e3", Value::Float(1000.0)),
            ("strict-regions=true", Value::Bool(true)),
            ("chosen-keys=false", Value::Bool(false)),
            ("strict=null", Value::Null),
            ("consistency=aws", Value::from("aws")),
            ("lag/new-key=", Value::from("")),
            ("lag/grant=[1]", Value::from("[1]")),
            ("lag/alias=a=b", Value::from("a=b")),
        ];
        let read = settings(&texts.each_ref().map(|(text, _)| *text)).expect("settings");
        for (text, value) in texts {
            let (name, _) = named("--set", text).expect(text);
            assert_eq!(read.member(name), Some(&value), "{text}");
        }
    }

    #[test]
    fn of_several_values_of_one_setting_the_last_one_counts() {
        let read = settings(&["quota/keys=3", "strict=1", "quota/keys=4"]).expect("settings");
        assert_eq!(read, Value::from([("strict", Value::Int(1)), ("quota/keys", Value::Int(4))]));
    }

    #[test]
    fn a_name_without_a_value_is_refused_with_the_option_that_wants_one() {
        for (refusal, shown) in [
            (settings(&["quota/keys=3", "strict"]).map(drop), "--set takes NAME=VALUE, not strict"),
            (named("--parameter", "Stage").map(drop), "--parameter takes NAME=VALUE, not Stage"),
        ] {
            assert_eq!(refusal.expect_err(shown).message.as_deref(), Some(shown));
        }
        let sentence = settings(&["x".repeat(1_000_000)]).expect_err("a refusal").message.unwrap_or_default();
        assert!(sentence.len() < 500, "{} bytes", sentence.len());
    }
}
