//! A panic inside of a decision, such as a fault in a foreign provider, leaves the world as it was, and usable.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        OnceLock,
        atomic::{AtomicU8, Ordering},
    },
};

use pocket_kms::{
    CryptoProvider, Options, Time, Value, World,
    crypto::{
        Capability, CryptoError,
        edwards::{Edwards, PrivateKey, PublicKey},
        random::Random,
    },
    wire::SecretBytes,
};

static WORLD: OnceLock<World> = OnceLock::new();
static DECISIONS: AtomicU8 = AtomicU8::new(0);

/// At its first key it is overtaken by another call, so that the second decision is made while the world is locked;
/// there it panics.
struct Faulty;

impl Capability for Faulty {
    fn name(&self) -> &'static str {
        "faulty"
    }
}

impl Edwards for Faulty {
    fn generate(&self, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        match DECISIONS.fetch_add(1, Ordering::SeqCst) {
            0 => drop(create("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT")),
            1 => panic!("on purpose"),
            _ => {}
        }
        CryptoProvider::default().edwards.generate(random)
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        CryptoProvider::default().edwards.load(pkcs8)
    }

    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        CryptoProvider::default().edwards.load_public(spki)
    }
}

fn world() -> &'static World {
    let provider = CryptoProvider { edwards: &Faulty, ..CryptoProvider::default() };
    WORLD.get_or_init(|| World::new(Options::default(), provider, [1; 32]))
}

fn create(spec: &str, usage: &str) -> Value {
    let input = Value::from([("KeySpec", Value::from(spec)), ("KeyUsage", Value::from(usage))]);
    world().call("CreateKey", input, None, None, Time::default()).reply.expect("a key")
}

fn keys() -> usize {
    let reply = world().call("ListKeys", Value::from([]), None, None, Time::default()).reply.expect("the keys");
    match reply.member("Keys") {
        Some(Value::List(keys)) => keys.len(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_panic_while_the_world_is_locked_leaves_it_as_it_was_and_usable() {
    let made = || create("ECC_NIST_EDWARDS25519", "SIGN_VERIFY");
    assert!(catch_unwind(AssertUnwindSafe(made)).is_err());
    assert_eq!((DECISIONS.load(Ordering::SeqCst), keys()), (2, 1));
    made();
    assert_eq!(keys(), 2);
    assert_eq!(world().fork([0; 32]).changes(0).entries.len(), 0);
}
