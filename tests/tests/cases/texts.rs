//! The law of lessons: what their texts name stands in their steps, and what they promise is there.

use std::fs;

use pocket_kms::{Value, operations, wire};
use regex::Regex;

use crate::{
    host::Host,
    lesson::{Lesson, Told, folder, ids, lessons},
    pages::Pages,
    story::{Outcome, Step},
    values::{Replies, evaluate},
};

/// Names that look like names of the API, and are products and standards.
const PRODUCTS: [&str; 4] = ["CloudTrail", "CloudHSM", "OpenSSL", "GitHub"];

/// The people of the lessons.
const PEOPLE: [&str; 5] = ["Alice", "Auditor", "Bob", "Carol", "Dan"];

/// Characters that one text may have.
const LONGEST: usize = 360;

#[test]
fn the_index_names_every_lesson_once() {
    let files = fs::read_dir(folder()).expect("the folder of lessons").map(|entry| entry.expect("a file").path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut found: Vec<_> =
        files.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    found.retain(|name| name != "index");
    let mut named = ids();
    named.sort();
    found.sort();
    assert_eq!(named, found);
}

#[test]
fn every_lesson_says_what_it_is_and_has_six_to_fourteen_steps() {
    for lesson in lessons() {
        let Lesson { id, title, summary, teaches, minutes, told, .. } = &lesson;
        assert!(title.len() <= 60 && !title.ends_with('.'), "{id}: the title '{title}'");
        assert!((1..=2).contains(&sentences(summary)), "{id}: the summary '{summary}'");
        assert!((2..=4).contains(&teaches.len()), "{id} teaches {}", teaches.len());
        assert!(teaches.iter().all(|sentence| sentences(sentence) == 1), "{id} teaches {teaches:?}");
        assert!((3..=20).contains(minutes), "{id} takes {minutes} minutes");
        assert!((6..=14).contains(&told.len()), "{id} has {} steps", told.len());
    }
}

#[test]
fn what_texts_say_is_true_of_their_steps() {
    let faults: Vec<String> = lessons().iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{} texts are wrong\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_lesson_depends_on_what_its_seed_draws() {
    for mut lesson in lessons() {
        lesson.case.name.push_str(" With other draws.");
        if let Err(failure) = Host::tell(&lesson.case) {
            panic!("{}: {failure}", lesson.id);
        }
    }
}

#[test]
fn a_text_that_names_what_is_not_there_is_found() {
    let stands = Standing(r#"{"call": "Encrypt", "input": {"KeyId": "alias/a", "Days": 7}}"#.to_owned());
    assert_eq!(stands.missing("`Encrypt` takes `alias/a`. Encrypt it within 7 days, says CloudTrail."), [""; 0]);
    assert_eq!(stands.missing("`Decrypt` it."), ["Decrypt"]);
    assert_eq!(stands.missing("Decrypt it as alias/b within 8 days, Bob."), ["Decrypt", "alias/b", "8", "Bob"]);
    assert_eq!(stands.missing("It is GenerateDataKey, of AES_256, in eu-west-1, an AccessDeniedException.").len(), 4);
    assert_eq!(stands.missing("See `${key.KeyId}`, not 1234abcd-12ab-34cd-56ef-1234567890ab.").len(), 1);
    assert_eq!((sentences("One. Two: `a.b`, 1.5!"), sentences("None")), (2, 0));
}

/// What is wrong with the texts of a lesson.
fn faults(lesson: &Lesson) -> Vec<String> {
    let (mut host, mut stands, mut faults) = (Host::new(&lesson.case), Standing::default(), Vec::new());
    let pages = Pages::read();
    for (at, (step, told)) in lesson.case.steps.iter().zip(&lesson.told).enumerate() {
        stands.add(&told.step);
        let mut found = spoken(&told.text, host.replies(), &stands);
        if let Err(failure) = host.step(step) {
            found.push(failure);
        }
        host.replies().values().for_each(|reply| stands.add(&String::from_utf8_lossy(&wire::to_json(reply))));
        found.extend(spoken(&told.after, host.replies(), &stands));
        found.extend(led(&told.page, host.replies(), &pages));
        found.extend(unsaid(step, told));
        faults.extend(found.into_iter().map(|fault| format!("{}, step {}: {fault}", lesson.id, at + 1)));
    }
    let missing = lesson.cover().flat_map(|text| stands.missing(text));
    faults.extend(missing.map(|name| format!("{}: no step has {name}", lesson.id)));
    faults
}

/// What is wrong with one text.
fn spoken(text: &str, replies: &Replies, stands: &Standing) -> Vec<String> {
    let mut faults: Vec<String> =
        stands.missing(text).iter().map(|name| format!("'{name}' stands in no step so far: {text}")).collect();
    faults.extend(evaluate(&Value::from(text), replies).err());
    if !(1..=3).contains(&sentences(text)) || text.len() > LONGEST {
        faults.push(format!("not one to three plain sentences: {text}"));
    }
    faults
}

/// What is wrong with the address of a page.
fn led(page: &str, replies: &Replies, pages: &Pages) -> Option<String> {
    match evaluate(&Value::from(page), replies) {
        Ok(Value::Text(address)) if pages.has(&address) => None,
        Ok(other) => Some(format!("{other:?} is not a page")),
        Err(error) => Some(error),
    }
}

/// A text names the operation, and what comes of it where that is a refusal.
fn unsaid(step: &Step, told: &Told) -> Option<String> {
    let Step::Call(call) = step else { return None };
    if !told.text.contains(&format!("`{}`", call.operation)) {
        return Some(format!("the text does not name {}", call.operation));
    }
    match &call.outcome {
        Outcome::Exception { name, .. } if !told.after.contains(&format!("`{name}`")) => {
            Some(format!("what follows does not name {name}"))
        }
        _ => None,
    }
}

/// How many sentences end in a text.
fn sentences(text: &str) -> usize {
    let spoken: String = text.split('`').step_by(2).collect();
    if !text.ends_with(['.', '?', '!']) {
        return 0;
    }
    Regex::new(r"[.?!](\s|$)").expect("an expression").find_iter(&spoken).count()
}

/// Ids follow from seeds: a text refers to them.
fn is_id(word: &str) -> bool {
    Regex::new("(^|/)(mrk-|cks-)?[0-9a-f]{8}(-[0-9a-f]{4}-|[0-9a-f]{8})").expect("an expression").is_match(word)
}

/// What texts may name: the steps so far, and what came of them.
#[derive(Default)]
struct Standing(String);

impl Standing {
    fn add(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// What a text names, and does not stand here.
    fn missing(&self, text: &str) -> Vec<String> {
        let text = Regex::new(r"\$\{[^}]*\}").expect("an expression").replace_all(text, "");
        let token = Regex::new("[A-Za-z0-9](?:[A-Za-z0-9_:/.-]*[A-Za-z0-9])?").expect("an expression");
        let parts: Vec<_> = text.split('`').collect();
        let code = parts.iter().skip(1).step_by(2).filter(|part| !part.is_empty() && (!self.has(part) || is_id(part)));
        let prose = parts.iter().step_by(2).flat_map(|part| token.find_iter(part).map(|found| found.as_str()));
        code.copied().chain(prose.filter(|token| self.is_unfit(token))).map(str::to_owned).collect()
    }

    /// Whether a word of prose is a name that must be shown as one, or a number, an operation or somebody who stands nowhere.
    fn is_unfit(&self, word: &str) -> bool {
        let humps = word.as_bytes().windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
        let region = Regex::new(r"^[a-z]{2}(-[a-z]+)+-\d$").expect("an expression");
        let plain = word.bytes().all(|letter| letter.is_ascii_digit())
            || PEOPLE.contains(&word)
            || operations::TABLE.iter().any(|operation| operation.name == word && !humps);
        if plain {
            return !self.has(word);
        }
        !PRODUCTS.contains(&word) && (humps || word.contains(['_', ':', '/']) || region.is_match(word) || is_id(word))
    }

    /// Whether it stands here as a whole word.
    fn has(&self, word: &str) -> bool {
        let inside =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        self.0.match_indices(word).any(|(at, _)| {
            !inside(self.0[..at].chars().next_back()) && !inside(self.0[at + word.len()..].chars().next())
        })
    }
}
