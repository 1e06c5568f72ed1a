//! What holds of custom key stores and the keys in them, whatever happens to them in whatever order.

use std::collections::BTreeSet;

use pocket_kms::{Call, Caller, CryptoProvider, Kms, Outcome, Region, Span, Step, Time, Value, state::Change};
use proptest::prelude::*;

use crate::{acts::decide, for_all};

/// One thing that happens. Stores and keys are meant by numbers, modulo how many there are.
#[derive(Clone, Debug)]
enum Act {
    CreateStore {
        external: bool,
        name: u8,
    },
    Connect(usize),
    Disconnect(usize),
    DeleteStore(usize),
    Rename {
        store: usize,
        name: u8,
    },
    Move {
        store: usize,
        name: u8,
    },
    CreateKey {
        store: usize,
        external: u8,
    },
    Encrypt(usize),
    Schedule(usize),
    Cancel(usize),
    Disable(usize),
    /// Minutes.
    Wait(i64),
    /// Whether key stores need time to connect.
    Lag(bool),
    /// Whether only that exists which is registered, which is nothing.
    Strict(bool),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let (number, name) = (0_usize..4, 0_u8..3);
    let act = prop_oneof![
        3 => (any::<bool>(), name.clone()).prop_map(|(external, name)| Act::CreateStore { external, name }),
        5 => number.clone().prop_map(Act::Connect),
        2 => number.clone().prop_map(Act::Disconnect),
        1 => number.clone().prop_map(Act::DeleteStore),
        1 => (number.clone(), name.clone()).prop_map(|(store, name)| Act::Rename { store, name }),
        1 => (number.clone(), name.clone()).prop_map(|(store, name)| Act::Move { store, name }),
        5 => (number.clone(), name).prop_map(|(store, external)| Act::CreateKey { store, external }),
        3 => number.clone().prop_map(Act::Encrypt),
        1 => number.clone().prop_map(Act::Schedule),
        1 => number.clone().prop_map(Act::Cancel),
        1 => number.prop_map(Act::Disable),
        3 => (0_i64..40).prop_map(Act::Wait),
        1 => Just(Act::Wait(7 * 24 * 60)),
        1 => any::<bool>().prop_map(Act::Lag),
        1 => any::<bool>().prop_map(Act::Strict),
    ];
    prop::collection::vec(act, 1..50)
}

/// A world, and a double of it that settles what falls due at the very instant.
struct Scenario {
    kms: Kms,
    punctual: Kms,
    stores: Vec<String>,
    keys: Vec<String>,
    now: Time,
    journal: Vec<Change>,
    acted: u64,
    /// How the calls have ended.
    ends: BTreeSet<String>,
}

fn pick(names: &[String], number: usize) -> Option<Value> {
    names.get(number % names.len().max(1)).map(|name| Value::from(&**name))
}

impl Scenario {
    fn new() -> Self {
        let (stores, keys, journal, ends) = Default::default();
        let now = Time::from_millis(1_800_000_000_000);
        Self { kms: Kms::default(), punctual: Kms::default(), stores, keys, now, journal, acted: 0, ends }
    }

    fn call_of(&self, act: &Act) -> Option<Call> {
        let store = |number: &usize| Some(("CustomKeyStoreId", pick(&self.stores, *number)?));
        let key = |number: &usize| Some(("KeyId", pick(&self.keys, *number)?));
        let named = |what: &'static str, name: &u8| (what, Value::from(format!("name-{name}")));
        let (operation, input) = match act {
            Act::CreateStore { external, name } => ("CreateCustomKeyStore", settled(*external, *name)),
            Act::Connect(number) => ("ConnectCustomKeyStore", Value::from([store(number)?])),
            Act::Disconnect(number) => ("DisconnectCustomKeyStore", Value::from([store(number)?])),
            Act::DeleteStore(number) => ("DeleteCustomKeyStore", Value::from([store(number)?])),
            Act::Rename { store: number, name } => {
                ("UpdateCustomKeyStore", Value::from([store(number)?, named("NewCustomKeyStoreName", name)]))
            }
            Act::Move { store: number, name } => {
                let path = Value::from(format!("/moved-{name}/kms/xks/v1"));
                ("UpdateCustomKeyStore", Value::from([store(number)?, ("XksProxyUriPath", path)]))
            }
            Act::CreateKey { store: number, external: 2 } => {
                ("CreateKey", Value::from([store(number)?, ("Origin", Value::from("AWS_CLOUDHSM"))]))
            }
            Act::CreateKey { store: number, external } => {
                let origin = ("Origin", Value::from("EXTERNAL_KEY_STORE"));
                ("CreateKey", Value::from([store(number)?, origin, named("XksKeyId", external)]))
            }
            Act::Encrypt(number) => {
                ("Encrypt", Value::from([key(number)?, ("Plaintext", Value::Blob(b"plaintext".to_vec()))]))
            }
            Act::Schedule(number) => {
                ("ScheduleKeyDeletion", Value::from([key(number)?, ("PendingWindowInDays", Value::Int(7))]))
            }
            Act::Cancel(number) => ("CancelKeyDeletion", Value::from([key(number)?])),
            Act::Disable(number) => ("DisableKey", Value::from([key(number)?])),
            Act::Wait(_) | Act::Lag(_) | Act::Strict(_) => return None,
        };
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&self.acted.to_le_bytes());
        let region = Region::parse("us-east-1").expect("a Region");
        let caller = Caller::parse("111122223333").expect("an account");
        Some(Call::new(operation, input, caller, region, self.now, entropy))
    }

    /// Lets time pass: in the double from one deadline to the next.
    fn wait(&mut self, minutes: i64) {
        self.now = self.now.after(Span::from_millis(minutes * 60_000));
        while let Some(at) = self.punctual.next_deadline().filter(|at| *at <= self.now) {
            let happened = self.punctual.settle(at, usize::MAX).happened;
            assert!(!happened.is_empty(), "a deadline at which nothing happens");
        }
    }

    fn set(&mut self, settings: &[(&str, Option<u64>)]) {
        let settings: Vec<_> = settings.iter().map(|(name, number)| (name.parse().expect(name), *number)).collect();
        // What has fallen due before is settled with it.
        let due = self.kms.due(self.now);
        self.kms.replay(&due);
        self.journal.extend(due);
        self.journal.extend(self.kms.set(&settings, self.now));
        self.punctual.set(&settings, self.now);
    }

    fn act(&mut self, act: &Act) -> Option<Outcome> {
        match act {
            Act::Wait(minutes) => self.wait(*minutes),
            Act::Lag(is_slow) => {
                let minutes = |minutes: u64| is_slow.then_some(minutes * 60_000);
                let [connect, disconnect] = [minutes(20), minutes(5)];
                self.set(&[
                    ("lag/connect-cloudhsm", connect),
                    ("lag/connect-external", disconnect),
                    ("lag/disconnect-cloudhsm", disconnect),
                    ("lag/disconnect-external", disconnect),
                ]);
            }
            Act::Strict(is_strict) => self.set(&[("strict-key-stores", is_strict.then_some(1))]),
            _ => {}
        }
        let call = self.call_of(act)?;
        self.acted += 1;
        let outcome = decide(&self.kms, &call);
        assert_eq!(format!("{:?}", decide(&self.kms, &call)), format!("{outcome:?}"), "a call is decided in one way");
        let end = outcome.reply.as_ref().map_or_else(|error| error.exception.name(), |_| "Succeed");
        self.ends.insert(format!("{} {end}", call.operation));
        let twin = decide(&self.punctual, &call);
        assert_eq!(twin.reply, outcome.reply, "{act:?}");
        self.punctual.apply(twin.basis, &twin.changes).expect("a fresh decision");
        self.kms.apply(outcome.basis, &outcome.changes).expect("a fresh decision");
        self.journal.extend(outcome.changes.iter().cloned());
        if let Ok(reply) = &outcome.reply {
            let id = |value: &Value, name: &str| value.member(name).and_then(Value::as_text).map(str::to_owned);
            match act {
                Act::CreateStore { .. } => self.stores.extend(id(reply, "CustomKeyStoreId")),
                Act::CreateKey { .. } => {
                    self.keys.extend(reply.member("KeyMetadata").and_then(|made| id(made, "KeyId")));
                }
                _ => {}
            }
        }
        Some(outcome)
    }
}

/// The request for a store of a type, of which there are three.
fn settled(external: bool, name: u8) -> Value {
    let text = |text: String| Value::from(text);
    let mut members = vec![("CustomKeyStoreName".to_owned(), text(format!("name-{name}")))];
    let mut add = |name: &str, value: Value| members.push((name.to_owned(), value));
    if external {
        let credential = [
            ("AccessKeyId", Value::from("BETWEEN2TENAND3TENCHARACTERS")),
            ("RawSecretAccessKey", Value::from("PleaseReplaceThisWithSomeSecretOfLength43To64")),
        ];
        add("CustomKeyStoreType", "EXTERNAL_KEY_STORE".into());
        add("XksProxyConnectivity", "PUBLIC_ENDPOINT".into());
        add("XksProxyUriEndpoint", "https://xks.example.com".into());
        add("XksProxyUriPath", text(format!("/moved-{name}/kms/xks/v1")));
        add("XksProxyAuthenticationCredential", Value::from(credential));
    } else {
        add("CloudHsmClusterId", text(format!("cluster-{}a23b4cdefg", name + 2)));
        add("TrustAnchorCertificate", "certificate".into());
        add("KeyStorePassword", "password1".into());
    }
    members.into_iter().collect()
}

/// All rows but secrets, which their own names tell.
fn rows(kms: &Kms) -> BTreeSet<String> {
    kms.state().rows().map(|row| serde_json::to_string(&row).expect("a row")).collect()
}

/// Whether no two stores share what one alone may have, and no two keys of a store what is behind them.
fn check_alone(kms: &Kms) -> Result<(), TestCaseError> {
    let (mut names, mut behind) = (BTreeSet::new(), BTreeSet::new());
    for row in kms.state().rows() {
        match row {
            Change::KeyStores { row: Some(row), .. } => {
                prop_assert!(names.insert(row.name.to_string()), "two stores are called {}", row.name);
                let cluster = row.cloud_hsm().map(|made| made.cluster.to_string());
                let proxy = row.external().map(|made| [&*made.endpoint, &*made.path].concat());
                for one in cluster.into_iter().chain(proxy) {
                    prop_assert!(names.insert(one.clone()), "two stores stand on {}", one);
                }
            }
            Change::Keys { row: Some(row), .. } => {
                let Some(key) = &row.in_store else { continue };
                let place = format!("{} {}", key.store, key.backing);
                prop_assert!(behind.insert(place.clone()), "two keys over {}", place);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What the random stories must have come to.
const WANTED: [&str; 16] = [
    "CancelKeyDeletion Succeed",
    "ConnectCustomKeyStore CustomKeyStoreInvalidStateException",
    "ConnectCustomKeyStore Succeed",
    "CreateCustomKeyStore CustomKeyStoreNameInUseException",
    "CreateCustomKeyStore Succeed",
    "CreateKey CustomKeyStoreInvalidStateException",
    "CreateKey Succeed",
    "CreateKey XksKeyAlreadyInUseException",
    "DeleteCustomKeyStore CustomKeyStoreHasCMKsException",
    "DeleteCustomKeyStore Succeed",
    "DisconnectCustomKeyStore CustomKeyStoreInvalidStateException",
    "DisconnectCustomKeyStore Succeed",
    "Encrypt KMSInvalidStateException",
    "Encrypt Succeed",
    "UpdateCustomKeyStore Succeed",
    "UpdateCustomKeyStore ValidationException",
];

#[test]
fn key_stores_keep_the_laws_of_the_house_whatever_happens_to_them() {
    let ends = std::cell::RefCell::new(BTreeSet::new());
    for_all(200, &acts(), |acts| {
        let mut scenario = Scenario::new();
        for act in &acts {
            let before = rows(&scenario.kms);
            if let Some(outcome) = scenario.act(act)
                && outcome.reply.is_err()
            {
                prop_assert!(outcome.changes.is_empty(), "{:?} is refused and changes something", act);
                prop_assert_eq!(rows(&scenario.kms), before);
            }
            check_alone(&scenario.kms)?;
        }
        ends.borrow_mut().append(&mut scenario.ends);
        let due = scenario.kms.due(scenario.now);
        scenario.kms.replay(&due);
        scenario.journal.extend(due);
        prop_assert_eq!(rows(&scenario.kms), rows(&scenario.punctual), "settled late and at once");
        let mut replayed = Kms::default();
        replayed.replay(&scenario.journal);
        prop_assert_eq!(rows(&replayed), rows(&scenario.kms), "replayed");
        let bytes = scenario.kms.snapshot(&[7; 32], b"").expect("a snapshot");
        let (restored, _) = Kms::restore(&bytes, &[7; 32], CryptoProvider::default()).expect("a world");
        prop_assert_eq!(rows(&restored), rows(&scenario.kms), "restored");
        prop_assert_eq!(restored.next_deadline(), scenario.kms.next_deadline());
        // Both go on alike: what is derived from the rows came back with them.
        for kms in [&restored, &scenario.kms.fork(), &replayed] {
            for act in [Act::Connect(0), Act::CreateKey { store: 0, external: 0 }, Act::DeleteStore(0), Act::Encrypt(0)]
            {
                if let Some(call) = scenario.call_of(&act) {
                    let (one, other) = (decide(kms, &call).reply, decide(&scenario.kms, &call).reply);
                    prop_assert_eq!(one, other, "{:?}", act);
                }
            }
        }
        Ok(())
    });
    let ends = ends.into_inner();
    let missing: Vec<_> = WANTED.iter().filter(|end| !ends.contains(**end)).collect();
    assert!(missing.is_empty(), "no story comes to {missing:?}; they come to {ends:?}");
}

#[test]
fn a_host_that_is_never_asked_gets_no_question_of_a_proxy() {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::CreateStore { external: true, name: 0 }));
    let call = scenario.call_of(&Act::Connect(0)).expect("a store");
    assert!(matches!(scenario.kms.decide(&call), Step::Done(_)));
}
