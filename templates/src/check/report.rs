//! What the answers come to.

use pocket_kms::{Value, wire};

use super::assertions::Level;
use crate::door::Failure;

/// Judges answers. The input has the `state` that [`questions`](super::questions) gave, and `answers` in the order of its
/// questions, each an answer or `{"error": ..}`. The output has `passed`, `results` (each with `kind`, which
/// is `assertion`, `exposure` or `finding`, `sentence`, `passed`, `why`, and the place of its assertion or the `finding`) and
/// `text`, a line or two for each of them.
///
/// # Errors
/// [`Failure`] where there are not as many answers as questions.
pub fn report(input: &Value) -> Result<Value, Failure> {
    let checks = input.member("state").and_then(|state| state.member("checks"));
    let (Some(Value::List(checks)), Some(Value::List(answers))) = (checks, input.member("answers")) else {
        return Err(Failure::Input("state and answers are needed".to_owned()));
    };
    if checks.len() != answers.len() {
        let sentence = format!("there are {} answers to {} questions", answers.len(), checks.len());
        return Err(Failure::Input(sentence));
    }
    let (mut results, mut text, mut passed) = (Vec::new(), String::new(), true);
    for (check, answer) in checks.iter().zip(answers) {
        let judged = judged(check, answer);
        passed &= judged.is_ok();
        let sentence = check.member("sentence").and_then(Value::as_text).unwrap_or_default();
        let why = judged.as_ref().err().cloned().unwrap_or_default();
        let line = match &judged {
            Ok(()) => format!("ok    {sentence}\n"),
            Err(why) => format!("FAIL  {}{sentence}\n      {why}\n", place(check)),
        };
        text += &line;
        let mut result = vec![
            ("kind", check.member("kind").cloned().unwrap_or_default()),
            ("sentence", Value::from(sentence)),
            ("passed", Value::Bool(judged.is_ok())),
            ("why", Value::from(why)),
        ];
        for member in ["file", "line", "column", "action", "who"] {
            result.extend(check.member(member).map(|value| (member, value.clone())));
        }
        results.push(result.into_iter().collect());
    }
    let level = input.member("state").and_then(|state| state.member("lint")).and_then(Value::as_text);
    let level = level.and_then(Level::parse).unwrap_or(Level::Error);
    if let Some(Value::List(findings)) = input.member("state").and_then(|state| state.member("findings")) {
        for finding in findings {
            let (line, result, fails) = found_by_linter(finding, level);
            passed &= !fails;
            text += &line;
            results.push(result);
        }
    }
    Ok(Value::from([("passed", Value::Bool(passed)), ("results", Value::List(results)), ("text", Value::from(text))]))
}

/// A finding as a line and as a result, and whether it fails.
fn found_by_linter(finding: &Value, level: Level) -> (String, Value, bool) {
    let text = |member: &str| finding.member(member).and_then(Value::as_text).unwrap_or_default();
    let fails = level.fails(text("severity"));
    let word = if fails { "FAIL " } else { "note " };
    let (code, place, path, mend) = (text("code"), text("where"), text("path"), text("mend"));
    let sentence = format!("{place}: {path}: {}", text("sentence"));
    let line = format!("{word} {code}: {sentence}\n      {mend}\n");
    let result = Value::from([
        ("kind", Value::from("finding")),
        ("sentence", Value::from(sentence)),
        ("passed", Value::Bool(!fails)),
        ("why", Value::from(text("reason"))),
        ("finding", finding.clone()),
    ]);
    (line, result, fails)
}

/// Where an assertion stands, before its sentence.
fn place(check: &Value) -> String {
    match (check.member("file").and_then(Value::as_text), check.member("line"), check.member("column")) {
        (Some(file), Some(Value::Int(line)), Some(Value::Int(column))) if *line > 0 => {
            format!("{file}:{line}:{column}: ")
        }
        (Some(file), _, _) => format!("{file}: "),
        _ => String::new(),
    }
}

fn judged(check: &Value, answer: &Value) -> Result<(), String> {
    if let Some(error) = answer.member("error") {
        return Err(error.as_text().unwrap_or("the question was refused").to_owned());
    }
    match check.member("kind").and_then(Value::as_text) {
        Some("exposure") => not_exposed(answer),
        _ => as_asserted(check, answer),
    }
}

fn not_exposed(answer: &Value) -> Result<(), String> {
    let json = |value: Option<&Value>| value.map(|value| String::from_utf8(wire::to_json(value)).unwrap_or_default());
    match answer.member("exposed").and_then(Value::as_text) {
        Some("no") => Ok(()),
        Some("yes") => Err(format!("somebody can: {}", json(answer.member("witness")).unwrap_or_default())),
        _ => {
            let outside = json(answer.member("outside")).unwrap_or_default();
            Err(format!("it cannot be proved that nobody can: {outside:.500}"))
        }
    }
}

fn as_asserted(check: &Value, answer: &Value) -> Result<(), String> {
    let who = check.member("who").and_then(Value::as_text).unwrap_or_default();
    let action = check.member("action").and_then(Value::as_text).unwrap_or_default();
    let can = check.member("can") == Some(&Value::Bool(true));
    let found = found(answer, who);
    let is_conditional = found.is_some_and(|entry| entry.member("conditional") == Some(&Value::Bool(true)));
    match (can, found) {
        (true, None) => Err(format!("{who} cannot {action}")),
        (true, Some(entry)) if is_conditional => {
            Err(format!("{who} can {action} only under conditions: {}", paths(entry)))
        }
        (true, Some(_)) | (false, None) => Ok(()),
        (false, Some(entry)) => {
            let word = if is_conditional { "may, under conditions," } else { "can" };
            Err(format!("{who} {word} {action}: {}", paths(entry)))
        }
    }
}

/// What an answer says of somebody: by the own name, as a principal of a trusted account, or as anybody.
fn found<'a>(answer: &'a Value, who: &str) -> Option<&'a Value> {
    let list = |member: &str| match answer.member(member) {
        Some(Value::List(entries)) => entries.as_slice(),
        _ => &[],
    };
    let named = |entries: &'a [Value], member: &str, name: &str| {
        entries.iter().find(|entry| entry.member(member).and_then(Value::as_text) == Some(name))
    };
    let account = who.split(':').nth(4).unwrap_or_default();
    let own = named(list("principals"), "principal", who).or_else(|| named(list("services"), "service", who));
    // Who is told by name, and cannot, is not among the others of the account.
    let of_account = || named(list("accounts"), "account", account).filter(|_| !who.ends_with(":root"));
    own.or_else(of_account).or_else(|| answer.member("everyone").filter(|everyone| **everyone != Value::Null))
}

/// By what somebody can, in short.
fn paths(entry: &Value) -> String {
    let shown = match entry.member("paths") {
        Some(Value::List(paths)) => paths.iter().map(path).collect::<Vec<String>>().join("; "),
        _ => String::new(),
    };
    shown.chars().take(500).collect()
}

fn path(path: &Value) -> String {
    let text = |member: &str| path.member(member).and_then(Value::as_text);
    let mut shown = text("by").unwrap_or("a policy").to_owned();
    if let Some(name) = text("policy").or(text("grantId")) {
        shown.extend([" ", name]);
    }
    match (text("sid"), path.member("statement")) {
        (Some(sid), _) => shown.extend([", statement ", sid]),
        (None, Some(Value::Int(statement))) => shown.extend([", statement ", &(statement + 1).to_string()]),
        _ => {}
    }
    if let Some(Value::List(conditions)) = path.member("conditions") {
        for condition in conditions {
            shown.extend([" where ", &String::from_utf8(wire::to_json(condition)).unwrap_or_default()]);
        }
    }
    shown
}
