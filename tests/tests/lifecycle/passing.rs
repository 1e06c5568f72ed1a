//! Every operation on a key that is being created as a replica, or whose set changes its primary Region, as
//! `vectors/key-states.json` says it (LIF-491).

use pocket_kms::Value;

use crate::{
    driver::member,
    states::{HERE, NOW, Scene, cell, is_import, published, shape_for, tags},
};

/// Where the set begins; the key in the state is in `HERE`.
const HOME: &str = "us-west-2";

/// What is judged before these states, or cannot be asked in them: each operation with the reason.
pub(crate) const OUT_OF_REACH: [(&str, &str, &str); 7] = [
    ("Creating", "DisableKeyRotation", "a replica is refused for its role"),
    ("Creating", "EnableKeyRotation", "a replica is refused for its role"),
    ("Creating", "ReplicateKey", "a replica is refused for its role"),
    ("Creating", "RetireGrant", "a key that is being created gets no grant"),
    ("Creating", "RevokeGrant", "a key that is being created gets no grant"),
    ("Creating", "RotateKeyOnDemand", "a replica is refused for its role"),
    ("Updating", "UpdatePrimaryRegion", "both keys are replicas meanwhile, and are refused for their role"),
];

/// Lets a state that passes last.
fn lasting(scene: &Scene, lag: &'static str) {
    scene.world.set(&Value::from([(lag, Value::Int(60_000))]), NOW).expect("a setting");
}

/// A primary key in HOME, of a kind that the operation is for.
fn primary(scene: &mut Scene, operation: &str) {
    let (spec, usage) = shape_for(operation);
    let origin = if is_import(operation) { "EXTERNAL" } else { "AWS_KMS" };
    let mut input =
        [("KeySpec", spec), ("KeyUsage", usage), ("Origin", origin)].map(|(name, text)| (name, text.into())).to_vec();
    input.extend([("MultiRegion", Value::Bool(true)), ("Tags", tags())]);
    let made = scene.expect("CreateKey", HOME, input);
    let text = |name| member(member(&made, "KeyMetadata"), name).as_text().expect("a text").to_owned();
    (scene.key, scene.arn) = (text("KeyId"), text("Arn").replace(HOME, HERE));
    if is_import(operation) {
        scene.import(spec, HOME);
    }
}

fn replicate(scene: &Scene) {
    let tags = ("Tags", tags());
    scene.expect("ReplicateKey", HOME, vec![scene.id(), ("ReplicaRegion", Value::from(HERE)), tags]);
}

/// The key of an operation, which is being created in HERE. What the primary key has made is good there, too.
fn creating(operation: &str) -> Scene {
    let mut scene = Scene::empty(operation);
    primary(&mut scene, operation);
    lasting(&scene, "lag/replica-creating");
    match operation {
        // Aliases are of one Region.
        "DeleteAlias" | "UpdateAlias" => {
            replicate(&scene);
            scene.prepare(HERE);
        }
        "RetireGrant" | "RevokeGrant" => replicate(&scene),
        _ => {
            scene.prepare(HOME);
            replicate(&scene);
        }
    }
    scene
}

/// The key of an operation, which is becoming the primary key in HERE.
fn updating(operation: &str) -> Scene {
    let mut scene = Scene::empty(operation);
    primary(&mut scene, operation);
    replicate(&scene);
    if is_import(operation) {
        scene.import(shape_for(operation).0, HERE);
    }
    scene.prepare(HERE);
    lasting(&scene, "lag/primary-update");
    scene.expect("UpdatePrimaryRegion", HOME, vec![scene.id(), ("PrimaryRegion", Value::from(HERE))]);
    scene
}

#[test]
fn states_that_pass_have_the_published_effect_on_every_operation() {
    let mut wrong = Vec::new();
    let mut cells = 0;
    for (operation, row) in published().into_iter().filter(|(name, _)| !name.contains("CustomKeyStore")) {
        for (state, scene) in [("Creating", creating as fn(&str) -> Scene), ("Updating", updating)] {
            if OUT_OF_REACH.iter().any(|(of, name, _)| (*of, *name) == (state, &*operation)) {
                continue;
            }
            let scene = scene(&operation);
            let shown = scene.expect("DescribeKey", HERE, vec![scene.id()]);
            assert_eq!(member(member(&shown, "KeyMetadata"), "KeyState"), &Value::from(state), "{operation}");
            // The primary key alone is asked to let the other one take its place.
            let moves = operation == "UpdatePrimaryRegion";
            let (region, more) =
                if moves { (HOME, vec![("PrimaryRegion", Value::from(HERE))]) } else { (HERE, Vec::new()) };
            let request = if moves { [vec![scene.id()], more].concat() } else { scene.request(&operation) };
            let found = cell(&scene.call(&operation, region, request), &scene.arn);
            cells += 1;
            if found != row[state] {
                wrong.push(format!("{operation} on a key in {state}: {found}, the specification says {}", row[state]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells\n{}", wrong.len(), wrong.join("\n"));
    // 50 operations in two states, without those that are out of reach.
    assert_eq!(cells, 2 * 50 - OUT_OF_REACH.len());
}

#[test]
fn what_is_out_of_reach_is_refused_for_another_reason() {
    for (state, operation, why) in OUT_OF_REACH.into_iter().filter(|(.., why)| why.contains("role")) {
        let scene = if state == "Creating" { creating(operation) } else { updating(operation) };
        let refusal = scene.call(operation, HERE, scene.request(operation)).expect_err(why);
        let sentence = refusal.message.unwrap_or_default().to_lowercase();
        assert!(sentence.ends_with("is not a multi-region primary key."), "{operation} in {state}: {sentence}");
    }
    let scene = creating("CreateGrant");
    let refusal = scene.call("CreateGrant", HERE, scene.request("CreateGrant"));
    assert_eq!(cell(&refusal, &scene.arn), "KMSInvalidStateException:creating");
}
