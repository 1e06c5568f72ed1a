//! The same cases decided by us, and by the npm package `@cloud-copilot/iam-simulate`.
//!
//! Its licence is the AGPL: it is installed into a folder of its own when it is measured, and runs as a process of its
//! own. Nothing of it is in this repository.

use std::{fs, hint::black_box, path::Path, process::Command, time::Instant};

use pocket_kms::{
    Call, Caller, CryptoProvider, Kms, Options, Region, Sender, World, arguments, names::AccountId, wire,
};
use serde_json::{Value, json};

use crate::{NOW, OWNER, measure::Measure};

const CASES: &str = include_str!("../../vectors/authorization-cases.json");
const STORIES: &str = include_str!("../../cases/authorization.json");
const PACKAGE: &str = "@cloud-copilot/iam-simulate@0.1.173";
/// How much faster we must be.
const TIMES: f64 = 60.0;
/// How often each of our calls and decisions is made.
const ROUNDS: u32 = 200;

pub(crate) fn measure() {
    let cases: Value = serde_json::from_str(CASES).expect("the cases are JSON");
    let cases = cases["decision_cases"].as_array().expect("cases");
    let simulations: Vec<(String, Value)> = cases.iter().filter_map(simulation).collect();
    let folder = std::env::temp_dir().join(format!("pocket-kms-simulate-{}", std::process::id()));
    let theirs = simulated(&folder, &simulations);
    drop(fs::remove_dir_all(&folder));
    let Some(theirs) = theirs else {
        eprintln!("npm did not install {PACKAGE}: its cases are not measured");
        return;
    };
    let stories: Value = serde_json::from_str(STORIES).expect("the stories are JSON");
    let stories = stories.as_array().expect("stories");
    let (mut calls, mut decisions) = (0.0, 0.0);
    for (id, _) in &simulations {
        let story = stories.iter().find(|story| story["shows"][0] == id.as_str()).expect("every case has a story");
        let last = Last::of(story);
        calls += last.called();
        decisions += last.decided();
    }
    let count = u32::try_from(simulations.len()).expect("few cases");
    let beside = "iam-simulate, each a simulation";
    for (kind, all, at_most) in [("decision", decisions, Some(1.0 / TIMES)), ("whole call", calls, None)] {
        let (what, ours) = (format!("{count} authorization cases, each a {kind}"), all / f64::from(count));
        Measure { what: &what, ours, unit: "µs", beside, theirs: Some(theirs), at_most }.print();
    }
}

/// A case as the simulator takes it; those with grants, several checks or services have no such form.
fn simulation(case: &Value) -> Option<(String, Value)> {
    let checks = case["checks"].as_array()?;
    let check = checks.first().filter(|_| checks.len() == 1 && case["grants"].is_null())?;
    // It does not know kms:EncryptionContext and what is new, and refuses them.
    let context = check["context"].as_object()?;
    let known = |key: &String| !key.starts_with("kms:EncryptionContext") && !key.contains("CustomerMasterKey");
    if !context.keys().all(known) || case["principal"]["type"] == "service" {
        return None;
    }
    let policies = &case["policies"];
    let named = |documents: &Value| -> Vec<Value> {
        let documents = documents.as_array().into_iter().flatten().enumerate();
        documents.map(|(at, policy)| json!({ "name": format!("p{at}"), "policy": policy })).collect()
    };
    let levels = |levels: &Value| -> Vec<Value> {
        let levels = levels.as_array().into_iter().flatten();
        levels.map(|level| json!({ "orgIdentifier": level["level"], "policies": named(&level["documents"]) })).collect()
    };
    let resource = check["resource"].as_str()?;
    let resource = if resource.ends_with(":*") { "*" } else { resource };
    let mut simulation = json!({
        "request": {
            "principal": case["principal"]["arn"], "action": check["action"], "contextVariables": context,
            "resource": { "resource": resource, "accountId": check["resource_account"] },
        },
        "identityPolicies": named(&policies["identity"]),
        "serviceControlPolicies": levels(&policies["scp"]),
        "resourceControlPolicies": levels(&policies["rcp"]),
    });
    let given = [
        ("resourcePolicy", check["key_policy"].clone()),
        ("sessionPolicy", policies["session"].get(0).cloned().unwrap_or_default()),
        (
            "permissionBoundaryPolicies",
            policies["boundary"].as_array().map_or(Value::Null, |_| json!(named(&policies["boundary"]))),
        ),
        (
            "vpcEndpointPolicies",
            policies["endpoint"].as_array().map_or(Value::Null, |_| json!(named(&policies["endpoint"]))),
        ),
    ];
    for (member, value) in given.into_iter().filter(|(_, value)| !value.is_null()) {
        simulation[member] = value;
    }
    Some((case["id"].as_str()?.to_owned(), simulation))
}

/// Microseconds that the simulator takes for a case; `None` where it cannot be installed.
fn simulated(folder: &Path, simulations: &[(String, Value)]) -> Option<f64> {
    const PROGRAM: &str = "
        import { runSimulation } from '@cloud-copilot/iam-simulate';
        import { readFileSync } from 'node:fs';
        const all = JSON.parse(readFileSync('simulations.json', 'utf8'));
        const mode = { simulationMode: 'Strict' };
        const run = async () => { for (const one of all) await runSimulation(one, mode); };
        for (let turn = 0; turn < 5; turn += 1) await run();
        const times = [];
        for (let turn = 0; turn < 15; turn += 1) {
          const start = performance.now();
          await run();
          times.push(performance.now() - start);
        }
        times.sort((a, b) => a - b);
        console.log((times[7] * 1000) / all.length);";
    fs::create_dir_all(folder).ok()?;
    let simulations: Vec<&Value> = simulations.iter().map(|(_, simulation)| simulation).collect();
    fs::write(folder.join("simulations.json"), json!(simulations).to_string()).ok()?;
    fs::write(folder.join("package.json"), r#"{"private": true, "type": "module"}"#).ok()?;
    fs::write(folder.join("simulate.mjs"), PROGRAM).ok()?;
    let quiet = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", PACKAGE];
    let installed = Command::new("npm").args(quiet).current_dir(folder).status().ok()?;
    if !installed.success() {
        return None;
    }
    let output = Command::new("node").arg("simulate.mjs").current_dir(folder).output().ok()?;
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

/// The last call of a story, in the world that its other steps have made.
struct Last {
    world: World,
    step: Value,
}

impl Last {
    fn of(story: &Value) -> Self {
        let mut options = Options { now: Some(NOW), ..Options::default() };
        // What telling costs is measured for itself.
        options.audit.kept = 0;
        let world = World::new(options, CryptoProvider::default(), [9; 32]);
        let mut replies = json!({});
        let steps = story["steps"].as_array().expect("steps");
        let (last, before) = steps.split_last().expect("a step");
        for step in before {
            let step = filled(step, &replies);
            if let Some(entries) = step.get("directory") {
                world.register(&wire_value(entries), NOW).expect("a directory");
            } else if let Some(span) = step["advance"].as_str() {
                let span = pocket_kms::Span::parse(span).expect("a span");
                world.advance(span, NOW).expect("a time that the clock reaches");
            } else if step.get("enclave").is_none() {
                let (operation, input, region, sender) = call(&step);
                let reply = world.call_from(operation, input, Some(region), &sender, NOW).reply.expect("a reply");
                if let Some(name) = step["as"].as_str() {
                    replies[name] = serde_json::from_slice(&wire::to_json(&reply)).unwrap_or_default();
                }
            }
        }
        Self { world, step: filled(last, &replies) }
    }

    /// Microseconds that the whole call takes.
    fn called(&self) -> f64 {
        let (operation, input, region, sender) = call(&self.step);
        each(|| drop(black_box(self.world.call_from(operation, black_box(input.clone()), Some(region), &sender, NOW))))
    }

    /// Microseconds that the decision takes: the policies are there, as the simulator has them, and the request is.
    fn decided(&self) -> f64 {
        let (kms, _) =
            Kms::restore(&self.world.snapshot(&[1; 32]).expect("a snapshot"), &[1; 32], CryptoProvider::default())
                .expect("the same world");
        let (operation, input, region, sender) = call(&self.step);
        let mut caller = sender.caller.unwrap_or_else(|| Caller::root(AccountId::parse(OWNER).expect("an account")));
        caller.session = sender.session.unwrap_or(caller.session);
        let region = Region::parse(region).expect("a Region");
        let call = Call::new(operation, input, caller, region, self.world.now(NOW), [5; 32]);
        let call = call.with_origin(sender.origin).unrecorded();
        each(|| drop(black_box(kms.explain(black_box(&call)))))
    }
}

/// Microseconds that it takes, each time.
fn each(once: impl Fn()) -> f64 {
    (0..ROUNDS).for_each(|_| once());
    let begun = Instant::now();
    (0..ROUNDS).for_each(|_| once());
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS)
}

fn call(step: &Value) -> (&str, pocket_kms::Value, &str, Sender) {
    let caller = step.get("caller").map(wire_value).unwrap_or_default();
    let origin = step.get("origin").map(wire_value).unwrap_or_default();
    let sender = arguments::sender(&caller, &origin).expect("a sender");
    let region = step["region"].as_str().unwrap_or("us-east-1");
    (step["call"].as_str().expect("an operation"), wire_value(&step["input"]), region, sender)
}

fn wire_value(json: &Value) -> pocket_kms::Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

/// A step whose references are filled in: those of the stories are texts, bytes as JSON writes them, and documents.
fn filled(value: &Value, replies: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(filled_text(text, replies)),
        Value::Array(values) => values.iter().map(|value| filled(value, replies)).collect(),
        Value::Object(members) => match (members.len(), members.iter().next()) {
            (1, Some((name, Value::String(path)))) if name == "$from" => found(path, replies).clone(),
            (1, Some((name, Value::String(_)))) if name == "$bytes" => json!("eA=="),
            (1, Some((name, document))) if name == "$json" => json!(filled(document, replies).to_string()),
            _ => members.iter().map(|(name, value)| (filled_text(name, replies), filled(value, replies))).collect(),
        },
        other => other.clone(),
    }
}

fn filled_text(text: &str, replies: &Value) -> String {
    let mut parts = text.split("${");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((path, rest)) if !filled.ends_with('$') => {
                filled += found(path, replies).as_str().unwrap_or_default();
                filled += rest;
            }
            _ => filled.extend(["{", part]),
        }
    }
    filled
}

fn found<'a>(path: &str, replies: &'a Value) -> &'a Value {
    path.split('.').fold(replies, |value, name| &value[name])
}
