//! Why a caller was denied, in a header that every SDK shows.

use crate::access::Decision;

/// The name of the header: a JSON list of sentences in ASCII.
pub const REASONS_HEADER: &str = "x-pocket-kms-reasons";

/// The longest value of the header, in bytes. Clients refuse responses whose headers are much longer.
const LONGEST: usize = 6 << 10;

/// The value of the header; `None` when nobody was denied.
pub(super) fn header(decisions: &[Decision]) -> Option<String> {
    let sentences: Vec<String> = decisions.iter().filter(|decision| !decision.allowed()).map(in_json).collect();
    if sentences.is_empty() { None } else { Some(["[", &sentences.join(","), "]"].concat()) }
}

/// A decision as a text in JSON. AWS decides by the first check that fails, so one sentence is the rule.
fn in_json(decision: &Decision) -> String {
    let mut text = String::from("\"");
    for character in decision.to_string().chars() {
        if text.len() > LONGEST {
            text.push_str("...");
            break;
        }
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            ' '..='~' => text.push(character),
            other => {
                let units = &mut [0; 2];
                text.extend(other.encode_utf16(units).iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
    }
    text + "\""
}
