//! Why a caller was denied, in headers that every SDK shows: for people, and as data.

use crate::{
    access::{Decision, Detail},
    wire::{self, Value},
};

/// The name of the header for people: a JSON list of sentences in ASCII.
pub const REASONS_HEADER: &str = "x-pocket-kms-reasons";

/// The name of the header for programs: a JSON list of decisions in ASCII, in the form of [`Decision::to_value`]. As much
/// is told as there is room for.
pub const DECISIONS_HEADER: &str = "x-pocket-kms-decisions";

/// The longest value of each header, in bytes. Clients refuse responses whose headers are much longer.
const LONGEST: usize = 6 << 10;

/// The value of the header for people; `None` when nobody was denied.
pub(super) fn sentences(decisions: &[Decision]) -> Option<String> {
    let denied = decisions.iter().filter(|decision| !decision.allowed());
    let sentences: Vec<String> = denied.map(|decision| in_json(&decision.to_string())).collect();
    if sentences.is_empty() { None } else { Some(["[", &sentences.join(","), "]"].concat()) }
}

/// The value of the header for programs; `None` when nobody was denied, and where not even the rulings have room.
pub(super) fn data(decisions: &[Decision]) -> Option<String> {
    if decisions.iter().all(Decision::allowed) {
        return None;
    }
    [Detail::Statements, Detail::NearMisses, Detail::Layers].into_iter().find_map(|detail| {
        let list = decisions.iter().map(|decision| decision.detailed(detail)).collect();
        let text = String::from_utf8(wire::to_json(&Value::List(list))).ok()?;
        Some(ascii(&text)).filter(|text| text.len() <= LONGEST)
    })
}

/// A text in JSON. AWS decides by the first check that fails, so one sentence is the rule.
fn in_json(sentence: &str) -> String {
    let mut text = String::from("\"");
    for character in sentence.chars() {
        if text.len() > LONGEST {
            text.push_str("...");
            break;
        }
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            other => push_ascii(other, &mut text),
        }
    }
    text + "\""
}

/// A JSON text in ASCII: other characters stand in strings alone.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    json.chars().for_each(|character| push_ascii(character, &mut text));
    text
}

fn push_ascii(character: char, text: &mut String) {
    match character {
        ' '..='~' => text.push(character),
        other => {
            let units = &mut [0; 2];
            text.extend(other.encode_utf16(units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
}
