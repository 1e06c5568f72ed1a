//! Says how long the core takes to decide Encrypt of 1 KiB, a round for each line that it reads.
//!
//! `python/bench/measures.py` starts it, so that its own rounds take turns with these: with the native provider, which
//! the wheel has, too.

use std::{hint::black_box, io, time::Instant};

use pocket_kms::{Call, Caller, Kms, Region, Step, Time, Value, names::AccountId};

/// Decisions in a round.
const CALLS: u32 = 100;

fn main() {
    let mut kms = Kms::new(pocket_kms_aws_lc::PROVIDER);
    let Step::Done(made) = kms.call(&call("CreateKey", Value::Map(Vec::new()))) else { return };
    let made = made.reply.expect("a key");
    let id = made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("a key id");
    let input = Value::from([("KeyId", id.clone()), ("Plaintext", Value::Blob(vec![b'x'; 1024]))]);
    let encrypt = call("Encrypt", input);
    for _ in io::stdin().lines() {
        let begun = Instant::now();
        for _ in 0..CALLS {
            drop(black_box(kms.decide(&encrypt)));
        }
        println!("{}", begun.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS));
    }
}

fn call(operation: &str, input: Value) -> Call {
    Call::new(
        operation,
        input,
        Caller::root(AccountId::parse("111122223333").expect("an account")),
        Region::parse("us-east-1").expect("a Region"),
        Time::from_millis(1_800_000_000_000),
        [5; 32],
    )
}
