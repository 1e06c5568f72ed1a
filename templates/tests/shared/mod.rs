//! A world of what files say, and what it decides.

use pocket_kms::{CryptoProvider, Time, Value, World};
use pocket_kms_templates::{File, Options, read};

pub(crate) const NOW: Time = Time::from_millis(1_800_000_000_000);

pub(crate) fn world() -> World {
    let options = pocket_kms::Options { now: Some(NOW), ..pocket_kms::Options::default() };
    World::new(options, CryptoProvider::default(), [7; 32])
}

pub(crate) fn load(files: &[(String, String)], options: &Options) -> Result<(World, Value), String> {
    let files: Vec<File<'_>> = files.iter().map(|(name, text)| File { name, text }).collect();
    let plan = read(&files, options).map_err(|problem| problem.to_string())?;
    let world = world();
    let reply = world.perform(&plan.recipe, NOW).map_err(|error| error.to_string())?;
    Ok((world, reply.member("given").cloned().expect("names")))
}

/// Who can do some things with every key that has an alias, as text without the ids of keys.
pub(crate) fn decisions(world: &World) -> Vec<String> {
    let inventory = world.inventory(NOW);
    let Some(Value::List(keys)) = inventory.member("keys") else { panic!("{inventory:?}") };
    let text = |key: &Value, member: &str| key.member(member).and_then(Value::as_text).map(str::to_owned);
    let mut told = Vec::new();
    for key in keys {
        let Some(Value::List(aliases)) = key.member("aliases") else { continue };
        let Some(alias) = aliases.first().and_then(Value::as_text) else { continue };
        let place =
            format!("{} {} {alias}", text(key, "account").expect("an account"), text(key, "region").expect("a Region"));
        for action in [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:CreateGrant",
            "kms:PutKeyPolicy",
            "kms:DescribeKey",
        ] {
            let question = Value::from([
                ("question", Value::from("who_can")),
                ("action", Value::from(action)),
                ("key", Value::from(text(key, "arn").expect("an ARN"))),
            ]);
            let answer = world.ask(&question, NOW).expect("an answer");
            for kind in ["principals", "accounts", "services", "everyone"] {
                let entries = match answer.member(kind) {
                    Some(Value::List(entries)) => entries.clone(),
                    Some(entry) => vec![entry.clone()],
                    None => Vec::new(),
                };
                for entry in entries {
                    let name = ["principal", "account", "service"].into_iter().find_map(|member| text(&entry, member));
                    told.push(format!("{place} {action}: {kind} {name:?} {:?}", entry.member("conditional")));
                }
            }
        }
    }
    told.sort();
    told
}
