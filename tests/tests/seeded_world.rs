//! A seeded world replies with the same bytes on every target; the WebAssembly module is held to the same file.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire};
use pocket_kms_tests::providers::PROVIDERS;

/// One call a line: `call`, `input`, perhaps `region`, and `reply`.
const GOLDEN: &str = include_str!("../golden/seeded-world.jsonl");

#[test]
fn a_seeded_world_gives_the_replies_that_it_always_gave_with_every_provider() {
    PROVIDERS.into_iter().for_each(replay);
}

fn replay(provider: CryptoProvider) {
    // The clock stands between two seconds, so that every instant has a fraction in JSON.
    let now = Some(Time::from_millis(1_767_225_600_500));
    let options = Options { seed: Some(b"golden".to_vec().into()), now, ..Options::default() };
    let world = World::new(options, provider, [0; 32]);
    let replayed: Vec<String> = GOLDEN.lines().map(|line| replayed(&world, line)).collect();
    // On a wanted change (a new release of a library that draws in another order), the printed text is the new one.
    let replayed = replayed.join("\n");
    assert!(replayed == GOLDEN.trim_end(), "{provider:?}\n{replayed}\n");
}

/// The line with the reply of today.
fn replayed(world: &World, line: &str) -> String {
    let call = wire::from_json(line.as_bytes()).expect("a call in JSON");
    let member = |name: &str| call.member(name).cloned().unwrap_or_default();
    let (operation, region) = (member("call"), member("region"));
    let operation = operation.as_text().expect("a call names its operation");
    let answer = world.call(operation, member("input"), region.as_text(), None, Time::default());
    let reply = match answer.reply {
        Ok(Value::Null) => Value::Map(Vec::new()),
        Ok(reply) => reply,
        Err(error) => panic!("{line}: {error}"),
    };
    let Value::Map(mut members) = call else { panic!("{line} is not a structure") };
    members.retain(|(name, _)| name != "reply");
    members.push(("reply".into(), reply));
    String::from_utf8(wire::to_json(&Value::Map(members))).expect("text")
}
