//! Calls that only look: what they draw moves nothing of what other calls draw.

use super::{Progress, World, lock};
use crate::{call::Call, kms::Step};

/// The operations that only look, besides those whose names begin with `Describe` or `List`.
const LOOKS: [&str; 4] = ["GetKeyLastUsage", "GetKeyPolicy", "GetKeyRotationStatus", "GetPublicKey"];

/// Whether an operation only looks.
pub(super) fn only_looks(operation: &str) -> bool {
    operation.starts_with("Describe") || operation.starts_with("List") || LOOKS.contains(&operation)
}

impl World {
    /// Takes the step of a call that only looks. Where it leaves something behind after all, it is a call like any other:
    /// the first look at an AWS managed key makes it, and quotas count requests.
    pub(super) fn look(&self, call: &Call) -> Progress {
        match self.settled(call.now).decide(call) {
            Step::Done(mut outcome) if outcome.changes.is_empty() && outcome.marks.is_empty() => {
                self.tell(&mut outcome, call);
                Progress::done(*outcome)
            }
            Step::Done(_) | Step::Ask(_) => {
                let (draw, entropy) = lock(&self.host).entropy.numbered();
                let mut call = call.clone();
                (call.entropy, call.draw) = (*entropy, draw);
                self.take(&call)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, api::*, crypto::CryptoProvider, time::Time, wire::Value, world::World};

    const NOW: Time = Time::from_millis(1_800_000_000_000);

    fn world() -> World {
        let seed = Some(b"looks".to_vec().into());
        World::new(Options { now: Some(NOW), seed, ..Options::default() }, CryptoProvider::default(), [0; 32])
    }

    fn key(world: &World) -> String {
        world.client(NOW).send(CreateKey::default()).expect("a key").key_metadata.key_id
    }

    #[test]
    fn who_looks_changes_no_later_id_and_no_later_ciphertext() {
        let (one, other) = (world(), world());
        let (key, same) = (key(&one), key(&other));
        for operation in
            ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "GetKeyLastUsage", "ListGrants", "ListKeys"]
        {
            let input = if operation == "ListKeys" { Vec::new() } else { vec![("KeyId", Value::from(&*key))] };
            let mut ids = Vec::new();
            for _ in 0..2 {
                let reply = other.call(operation, input.iter().cloned().collect(), None, None, NOW);
                assert!(reply.reply.is_ok(), "{operation}: {reply:?}");
                ids.push(reply.request_id);
            }
            assert_ne!(ids[0], ids[1]);
        }
        assert!(other.client(NOW).send(DescribeKey::new("alias/nothing")).is_err());
        let encrypt = |world: &World| world.client(NOW).send(Encrypt::new(&key, b"hello")).expect("a ciphertext");
        assert_eq!((&key, encrypt(&one)), (&same, encrypt(&other)));
        assert_eq!(self::key(&one), self::key(&other));
    }

    #[test]
    fn a_look_that_makes_an_aws_managed_key_draws_as_any_call_does() {
        let (one, other) = (world(), world());
        for _ in 0..3 {
            other.client(NOW).send(ListKeys::default()).expect("a list");
        }
        let managed = |world: &World| world.client(NOW).send(DescribeKey::new("alias/aws/s3")).expect("a key");
        assert_eq!(managed(&one), managed(&other));
        assert_eq!(key(&one), key(&other));
        // The next look finds the key, and moves nothing.
        managed(&one);
        assert_eq!(key(&one), key(&other));
    }

    #[test]
    fn a_snapshot_and_forks_keep_the_chain_of_those_who_look() {
        let world = world();
        let look = |world: &World| world.call("ListKeys", Value::Map(Vec::new()), None, None, NOW).request_id;
        look(&world);
        let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
        let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [9; 32]).expect("a world");
        assert_eq!(look(&world), look(&restored));
        assert_eq!(look(&world.fork([1; 32])), look(&restored.fork([2; 32])));
        assert_ne!(look(&world), look(&world.fork([1; 32])));
    }
}
