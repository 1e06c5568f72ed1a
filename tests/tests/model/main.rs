//! Compares our tables with what AWS publishes: the API model of the newest botocore, the guide's tables of key states,
//! of permissions and of quotas. `tests/model/exceptions.json` must excuse every difference with a reason.

mod condition_keys;
mod facts;
mod patterns;
mod published;
mod quotas;
mod states;

use std::{collections::BTreeMap, fs, path::Path};

use facts::Facts;
use serde::Deserialize;

/// An intended difference.
#[derive(Debug, Deserialize)]
struct Excuse {
    /// Which fact.
    fact: String,
    /// The fact in our tables, if they have it.
    ours: Option<String>,
    /// The fact in the model, if it has it.
    published: Option<String>,
    /// Why the difference is right.
    why: String,
}

fn excuses() -> Vec<Excuse> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("model/exceptions.json");
    serde_json::from_slice(&fs::read(path).expect("the file of exceptions")).expect("a list of excuses")
}

/// Every fact on which the two sides disagree, as each has it.
fn differences<'a>(ours: &'a Facts, published: &'a Facts) -> BTreeMap<&'a str, [Option<&'a str>; 2]> {
    let names = ours.keys().chain(published.keys()).map(String::as_str);
    let pairs = names.map(|name| (name, [ours, published].map(|facts| facts.get(name).map(String::as_str))));
    pairs.filter(|(_, [ours, published])| ours != published).collect()
}

#[test]
fn our_tables_say_what_the_published_model_says() {
    let Some(model) = published::model() else { return };
    let (ours, published) = (facts::ours(), facts::published(&model));
    assert!(published.len() > 1000, "the model holds {} facts only", published.len());
    let mut different = differences(&ours, &published);
    let mut wrong = Vec::new();
    for excuse in excuses() {
        assert!(excuse.why.len() > 10, "{} is excused without a reason", excuse.fact);
        let meant = Some([excuse.ours.as_deref(), excuse.published.as_deref()]);
        if different.remove(excuse.fact.as_str()) != meant {
            wrong.push(format!("the excuse of {:?} excuses nothing", excuse.fact));
        }
    }
    wrong.extend(different.into_iter().map(|(name, [ours, published])| {
        format!("{name}\n    ours:      {}\n    published: {}", ours.unwrap_or("-"), published.unwrap_or("-"))
    }));
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_difference_is_found_wherever_it_is() {
    let Some(model) = published::model() else { return };
    let (ours, published) = (facts::ours(), facts::published(&model));
    let known = differences(&ours, &published).len();
    for name in published.keys().step_by(13) {
        let mut other = published.clone();
        other.insert(name.clone(), "something else".to_owned());
        let found = differences(&ours, &other).len();
        assert!(found >= known, "{name}: changing a fact hides a difference");
        let agreed = ours.get(name) == published.get(name);
        assert_eq!(found, known + usize::from(agreed), "{name}: changing a fact makes no difference");
    }
}
