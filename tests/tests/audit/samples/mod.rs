//! Records that AWS wrote, or documents: the call that made each is made in a world of ours, and the records are compared
//! (AUD-213 to AUD-215).
//!
//! `vectors/cloudtrail-samples.json` has them reduced to their shapes: ids and times are placeholders that say what stands
//! there, all else is literal. Of records of older versions it has what is comparable: what was asked, what was told, and
//! the number of resources. What later versions have added may be more in ours.

mod guide;
mod older;
mod reduced;
mod scene;
mod stores;
mod today;

use serde_json::{Map, Value as Json};

pub(crate) use reduced::reduced;
pub(crate) use scene::{blob, value};

/// Members that later versions have added, wherever they stand (AUD-113, AUD-173, AUD-175).
const LATER: &[&str] = &[
    "backingKeyId",
    "currentKeyMaterialId",
    "customerMasterKeySpec",
    "encryptionAlgorithm",
    "encryptionAlgorithms",
    "keyMaterialId",
    "keySpec",
    "multiRegion",
];

/// The records of ours that tell of the calls of the samples.
fn ours() -> Vec<(&'static str, Json)> {
    [today::records(), guide::records(), older::records(), stores::records()].concat()
}

#[test]
fn every_sample_is_written_as_aws_writes_it() {
    let text = include_str!("../../../vectors/cloudtrail-samples.json");
    let samples: Vec<Map<String, Json>> = serde_json::from_str(text).expect("samples");
    let ours = ours();
    let mut differences = Vec::new();
    for sample in &samples {
        let id = sample["id"].as_str().expect("an id");
        let Some((_, record)) = ours.iter().find(|(name, _)| *name == id) else {
            differences.push(format!("{id} is not told"));
            continue;
        };
        let theirs = &sample["record"];
        let full = matches!(theirs["eventVersion"].as_str(), Some("1.11" | "1.09"));
        let record = if full { reduced("", record) } else { comparable(record, theirs) };
        compare(id, Some(&record), Some(theirs), !full, &mut differences);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!((samples.len(), ours.len()), (44, 44));
}

/// What a record of an older version is compared by.
fn comparable(record: &Json, theirs: &Json) -> Json {
    let member = |name: &str| reduced("", record.get(name).unwrap_or(&Json::Null));
    let resources = record.get("resources").and_then(Json::as_array).map_or(0, Vec::len);
    let mut of = Map::new();
    for name in ["eventName", "requestParameters", "responseElements", "additionalEventData"] {
        of.insert(name.to_owned(), member(name));
    }
    of.insert("eventVersion".to_owned(), theirs["eventVersion"].clone());
    of.insert("resources".to_owned(), Json::from(resources));
    Json::Object(of)
}

/// Notes where ours differs from theirs. The order of members has no meaning (AUD-51).
fn compare(at: &str, ours: Option<&Json>, theirs: Option<&Json>, older: bool, differences: &mut Vec<String>) {
    match (ours, theirs) {
        (Some(Json::Object(own)), Some(Json::Object(other))) => {
            for name in own.keys().chain(other.keys().filter(|name| !own.contains_key(*name))) {
                if !other.contains_key(name) && older && LATER.contains(&name.as_str()) {
                    continue;
                }
                compare(&format!("{at}.{name}"), own.get(name), other.get(name), older, differences);
            }
        }
        (Some(Json::Array(own)), Some(Json::Array(other))) if own.len() == other.len() => {
            for (place, (own, other)) in own.iter().zip(other).enumerate() {
                compare(&format!("{at}[{place}]"), Some(own), Some(other), older, differences);
            }
        }
        // What was told of nothing is told since December 2022 (AUD-233), and what was added stands in a member of its own.
        (Some(Json::Object(own)), Some(Json::Null)) if older && own.keys().all(|name| is_later(at, name)) => {}
        _ if ours == theirs => {}
        _ => differences.push(format!("{at}: ours {}, theirs {}", shown(ours), shown(theirs))),
    }
}

fn is_later(at: &str, name: &str) -> bool {
    LATER.contains(&name) || (at.ends_with("responseElements") && name == "keyId")
}

fn shown(value: Option<&Json>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Json::to_string)
}
