//! The script of an export, run by a shell against a world: it decides as the world that was written.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use pocket_kms::{CryptoProvider, Time, Value, World, wire};
use pocket_kms_templates::{
    File, Options,
    export::{Format, export},
    read,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);

/// In the place of the AWS CLI: it writes down what it is asked for, and gives keys names.
const AWS: &str = r#"
aws() {
    { printf '%s\x1f' "$@"; printf '\n'; } >> "$CALLS"
    case " $* " in *" create-key "*) echo "KEY$(wc -l < "$CALLS")" ;; esac
}
"#;

fn world() -> World {
    let options = pocket_kms::Options { now: Some(NOW), ..pocket_kms::Options::default() };
    World::new(options, CryptoProvider::default(), [7; 32])
}

/// The calls of a script: the words of each, without the one that names the CLI.
fn calls(script: &str, name: &str) -> Vec<Vec<String>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let (path, calls) = (folder.join("keys.sh"), folder.join("calls"));
    fs::write(&path, format!("{AWS}{script}")).expect("a script");
    let done = Command::new("bash").arg(&path).env("CALLS", &calls).output().expect("a shell");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = fs::read_to_string(calls).expect("calls");
    text.lines().map(|line| line.trim_end_matches('\u{1f}').split('\u{1f}').map(str::to_owned).collect()).collect()
}

/// A world in which the calls were made.
fn replayed(calls: &[Vec<String>]) -> World {
    let world = world();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut principals: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    let mut policies: Vec<(String, Value)> = Vec::new();
    let mut kms = Vec::new();
    for (number, words) in (1..).zip(calls) {
        let (mut options, mut verbs) = (BTreeMap::new(), Vec::new());
        let mut words = words.iter().peekable();
        while let Some(word) = words.next() {
            match word.strip_prefix("--") {
                None => verbs.push(word.clone()),
                Some(option) => {
                    let value = words.next_if(|value| !value.starts_with("--")).cloned().unwrap_or_default();
                    options.insert(option.to_owned(), value);
                }
            }
        }
        if verbs[0] == "kms" {
            kms.push((number, verbs[1].clone(), options));
        } else {
            iam(&verbs[1], &options, &mut principals, &mut policies);
        }
    }
    // Keys come first: the policies of principals name them.
    let bare = principals.keys().map(|arn| (arn.clone(), Value::Map(Vec::new()))).collect();
    world.register(&Value::from([("principals", bare)]), NOW).expect("principals");
    for (number, verb, options) in kms {
        let reply = call(&world, &verb, &options, &ids);
        if verb == "create-key" {
            let id = reply.member("KeyMetadata").and_then(|key| key.member("KeyId")?.as_text().map(str::to_owned));
            ids.insert(format!("KEY{number}"), id.expect("an id"));
        }
    }
    let filled = |value: &Value| {
        let mut text = String::from_utf8(wire::to_json(value)).expect("text");
        // The longest names first: KEY1 is the beginning of KEY12.
        for (name, id) in ids.iter().rev() {
            text = text.replace(name, id);
        }
        wire::from_json(text.as_bytes()).expect("JSON")
    };
    let principals =
        principals.into_iter().map(|(arn, members)| (arn, filled(&members.into_iter().collect()))).collect();
    let policies = policies.into_iter().map(|(arn, document)| (arn, filled(&document))).collect();
    world.register(&Value::from([("policies", policies), ("principals", principals)]), NOW).expect("a directory");
    world
}

fn call(world: &World, verb: &str, options: &BTreeMap<String, String>, ids: &BTreeMap<String, String>) -> Value {
    let camel = |name: &str| -> String {
        let words = name.split('-').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..]));
        words.collect()
    };
    let mut input = Vec::new();
    for (name, value) in
        options.iter().filter(|(name, _)| !["profile", "region", "query", "output"].contains(&name.as_str()))
    {
        let mut text = value.clone();
        for (name, id) in ids.iter().rev() {
            text = text.replace(name, id);
        }
        let value = match name.as_str() {
            "tags" | "operations" | "constraints" => wire::from_json(text.as_bytes()).expect("JSON"),
            "multi-region" | "bypass-policy-lockout-safety-check" => Value::Bool(true),
            "rotation-period-in-days" => Value::Int(text.parse().expect("a number")),
            _ => Value::from(text),
        };
        input.push((camel(name), value));
    }
    let (region, caller) = (options["region"].as_str(), options["profile"].as_str());
    world.call(&camel(verb), input.into_iter().collect(), Some(region), Some(caller), NOW).reply.expect(verb)
}

/// What a command of IAM comes to in the directory's form.
fn iam(
    verb: &str,
    options: &BTreeMap<String, String>,
    principals: &mut BTreeMap<String, Vec<(String, Value)>>,
    policies: &mut Vec<(String, Value)>,
) {
    let account = &options["profile"];
    let json = |option: &str| wire::from_json(options[option].as_bytes()).expect("JSON");
    if verb == "create-policy" {
        let arn = format!("arn:aws:iam::{account}:policy{}{}", options["path"], options["policy-name"]);
        return policies.push((arn, json("policy-document")));
    }
    let kind = ["role", "user", "group"].into_iter().find(|kind| {
        let own = format!("{kind}-name");
        options.contains_key(&own) && !(*kind == "group" && verb == "add-user-to-group")
    });
    let Some(kind) = kind else { panic!("{verb} {options:?}") };
    let name = &options[&format!("{kind}-name")];
    if verb == format!("create-{kind}") {
        let arn = format!("arn:aws:iam::{account}:{kind}{}{name}", options["path"]);
        let members = principals.entry(arn).or_default();
        if options.contains_key("assume-role-policy-document") {
            members.push(("trustPolicy".to_owned(), json("assume-role-policy-document")));
        }
        if options.contains_key("tags") {
            let Value::List(tags) = json("tags") else { panic!("{options:?}") };
            let tag = |tag: &Value| {
                let text = |member: &str| tag.member(member).and_then(Value::as_text).expect("a text").to_owned();
                (text("Key"), Value::from(text("Value")))
            };
            members.push(("tags".to_owned(), tags.iter().map(tag).collect()));
        }
        return;
    }
    let ends = format!("/{name}");
    let holder =
        principals.iter_mut().find(|(arn, _)| arn.ends_with(&ends) && arn.contains(&format!(":{account}:{kind}/")));
    let members = holder.expect("a holder").1;
    let mut add = |member: &str, value: Value| match members.iter_mut().find(|(known, _)| known == member) {
        Some((_, Value::List(list))) => list.push(value),
        _ => members.push((member.to_owned(), Value::List(vec![value]))),
    };
    match verb {
        "add-user-to-group" => add("groups", Value::from(options["group-name"].as_str())),
        verb if verb.starts_with("attach-") => add("managedPolicies", Value::from(options["policy-arn"].as_str())),
        verb if verb.ends_with("-permissions-boundary") => {
            members.push(("permissionsBoundary".to_owned(), Value::from(options["permissions-boundary"].as_str())));
        }
        _ => add("policies", json("policy-document")),
    }
}

/// Who can do some things with every key, without the ids of keys.
fn decisions(world: &World) -> Vec<String> {
    let inventory = world.inventory(NOW);
    let Some(Value::List(keys)) = inventory.member("keys") else { panic!("{inventory:?}") };
    let mut told = Vec::new();
    for key in keys {
        let text = |member: &str| key.member(member).and_then(Value::as_text).expect("a text");
        let aliases = String::from_utf8(wire::to_json(key.member("aliases").expect("aliases"))).expect("text");
        for action in ["kms:Decrypt", "kms:Encrypt", "kms:CreateGrant", "kms:PutKeyPolicy"] {
            let question = [
                ("question", Value::from("who_can")),
                ("action", Value::from(action)),
                ("key", Value::from(text("arn"))),
            ];
            let answer = world.ask(&Value::from(question), NOW).expect("an answer");
            for kind in ["principals", "accounts", "services"] {
                let Some(Value::List(entries)) = answer.member(kind) else { continue };
                for entry in entries {
                    let name = ["principal", "account", "service"].into_iter().find_map(|member| entry.member(member));
                    told.push(format!(
                        "{aliases} {} {action} {name:?} {:?}",
                        text("region"),
                        entry.member("conditional")
                    ));
                }
            }
        }
    }
    told.sort();
    told
}

#[test]
fn a_script_makes_what_the_world_had() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/templates");
    for (folder, file) in [
        ("cloudformation-tags-decide", "template.yaml"),
        ("cloudformation-dynamodb", "template.yaml"),
        ("cloudformation-signing", "template.yaml"),
        ("cloudformation-groups", "template.yaml"),
        ("terraform-state-grants", "state.json"),
        ("terraform-plan-two-regions", "plan.json"),
    ] {
        let text = fs::read_to_string(root.join(folder).join(file)).expect("text");
        let plan = read(&[File { name: file, text: &text }], &Options::default()).expect("a plan");
        let world = world();
        world.perform(&plan.recipe, NOW).expect("a world");
        let written = export(&world.inventory(NOW), Format::Cli).expect("an export");
        let again = replayed(&calls(&written.files[0].1, folder));
        assert_eq!(decisions(&again), decisions(&world), "{folder}");
    }
}
