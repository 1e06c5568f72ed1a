//! Random stories in worlds that take AWS's time. No model foretells them; what is checked holds of every world: nothing
//! happens before the next deadline and something does at it, nobody sees anything change in between, and a copy of the
//! world answers every later call as the world does, from whatever moment it is (LIF-431 to LIF-433, LIF-442).

use std::{cell::RefCell, collections::BTreeSet};

use pocket_kms::{
    Time, Value,
    lags::{Consistency, Lag},
    state::{Due, SettingName},
};
use proptest::{prelude::*, sample::select, test_runner::TestRunner};

use crate::{
    acts::{self, Act, Pick, Wait},
    driver::{self, Driver, Input, member},
    key_stores::{self, CLOUD_HSM},
    model::{DAY, Instant, Place, REGIONS},
};

/// When every story begins: 2026-11-25T12:00:00Z.
const START: Instant = 1_795_608_000_000;

/// No story goes on for longer.
const END: Instant = START + 200 * 365 * DAY;

/// How many deadlines of one wait are looked at one by one.
const LOOKED_AT: usize = 4;

/// How many deadlines pass at most until a rotation is next.
const MOST_HOPS: usize = 20;

/// Somebody of another account, who may do what grants and key policies let him do.
const BOB: &str = "arn:aws:iam::444455556666:user/bob";

/// One thing that happens.
#[derive(Clone, Debug)]
enum Event {
    /// To keys over time.
    Act(Act),
    /// A call about a key, and a number that says with what.
    Call(&'static str, Pick, usize),
    /// A key is asked to rotate, perhaps; then the next key that is to rotate gets a replica, or another primary Region,
    /// just before.
    Meet { asked: Option<Pick>, to: usize, moves: bool },
}

const CALLS: [&str; 14] = [
    "ConnectCustomKeyStore",
    "CreateAlias",
    "CreateGrant",
    "DeleteAlias",
    "DisconnectCustomKeyStore",
    "Encrypt",
    "GetKeyLastUsage",
    "PutKeyPolicy",
    "RevokeGrant",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateKeyDescription",
];

fn events() -> impl Strategy<Value = Vec<Event>> {
    let call =
        (select(&CALLS[..]), acts::picks(), 0..4_usize).prop_map(|(call, key, number)| Event::Call(call, key, number));
    let meet = (prop::option::of(acts::picks()), 0..REGIONS.len(), any::<bool>());
    let meet = meet.prop_map(|(asked, to, moves)| Event::Meet { asked, to, moves });
    let event = prop_oneof![
        6 => acts::any_act().prop_map(Event::Act),
        4 => call,
        1 => meet,
    ];
    prop::collection::vec(event, 1..60)
}

/// Lets a policy tell of a key by its aliases and its tags, or leaves the key to its account.
fn policy(number: usize) -> Value {
    let allow = |principal: &str, more: &str| {
        format!(r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"kms:*","Resource":"*"{more}}}"#)
    };
    let account = allow(driver::ACCOUNT, "");
    let conditions = [
        r#","Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/a0"}}"#,
        r#","Condition":{"StringEquals":{"aws:ResourceTag/a":"0"}}"#,
    ];
    let bob = if number == 0 { Vec::new() } else { conditions.map(|condition| allow(BOB, condition)).to_vec() };
    Value::from(format!(r#"{{"Statement":[{}]}}"#, [vec![account], bob].concat().join(",")))
}

struct Story {
    driver: Driver,
    now: Instant,
    /// The keys that were made.
    places: BTreeSet<Place>,
    /// The grants that were made, each with its key.
    grants: Vec<(Place, Value)>,
    store: Value,
    /// What has fallen due.
    happened: BTreeSet<String>,
}

impl Story {
    /// Two sets with a replica each and a key in a key store, made before the world takes its time.
    fn begin(consistency: Consistency) -> Self {
        let (places, grants, happened) = Default::default();
        let mut story = Self { driver: Driver::new(), now: START, places, grants, store: Value::Null, happened };
        for act in acts::sets() {
            story.act(&act);
        }
        story.act(&Act::EnableRotation { key: Pick(0), period: Some(90) });
        for key in story.places.clone() {
            story.call("PutKeyPolicy", key, 1);
        }
        let mut settled = key_stores::settled(CLOUD_HSM, "store", "");
        settled.push(("CustomKeyStoreType", CLOUD_HSM.into()));
        let made = story.made("CreateCustomKeyStore", settled);
        story.store = member(&made, "CustomKeyStoreId").clone();
        story.made("ConnectCustomKeyStore", vec![("CustomKeyStoreId", story.store.clone())]);
        let id = story.store.as_text().expect("an id").to_owned();
        let made = story.made("CreateKey", key_stores::in_store(CLOUD_HSM, &id, ""));
        story.remember_key(&made, 0);
        let lag = |lag: &Lag| {
            let name: SettingName = format!("lag/{}", lag.id()).parse().expect("a setting");
            (name, u64::try_from(consistency.length(*lag).millis()).ok())
        };
        story.driver.kms.set(&Lag::ALL.iter().map(lag).collect::<Vec<_>>(), Time::from_millis(START));
        story
    }

    fn made(&mut self, operation: &str, input: Input) -> Value {
        self.driver.call(operation, input, 0, self.now).expect(operation)
    }

    fn remember_key(&mut self, made: &Value, region: usize) {
        self.places.insert((self.driver.ids.len(), region));
        let id = member(member(made, "KeyMetadata"), "KeyId").as_text().expect("an id");
        self.driver.ids.push(id.to_owned());
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Act(act) => self.act(act),
            Event::Call(operation, key, number) => self.call(operation, self.picked(*key), *number),
            Event::Meet { asked, to, moves } => {
                if let Some(key) = *asked {
                    self.act(&Act::RotateOnDemand { key, again: 0 });
                }
                self.meet(*to, *moves);
            }
        }
        let next = self.driver.kms.next_deadline().map(Time::millis);
        assert!(next.is_none_or(|next| next > self.now), "{event:?} leaves something that is due at once");
    }

    fn picked(&self, Pick(number): Pick) -> Place {
        let sets = self.driver.ids.len().max(1);
        let place = self.places.iter().nth(number % self.places.len().max(1));
        place.filter(|_| number % 13 != 12).copied().unwrap_or((number / 13 % sets, number % REGIONS.len()))
    }

    fn act(&mut self, act: &Act) {
        let sealed = self.driver.sealed.len();
        let (act, key) = match act.clone() {
            Act::Wait(wait) => return self.wait(wait),
            Act::Fork => return self.driver.fork(),
            Act::Restore => return self.driver.restore(),
            Act::Decrypt { .. } | Act::ReEncrypt { .. } if sealed == 0 => return,
            Act::Decrypt { sealed: number, region } => (Act::Decrypt { sealed: number % sealed, region }, (0, region)),
            Act::ReEncrypt { sealed: number, to } => (Act::ReEncrypt { sealed: number % sealed, to }, self.picked(to)),
            Act::Create { region, .. } => (act.clone(), (self.driver.ids.len(), region)),
            Act::ListRotations { key, .. } => (Act::RotationStatus(key), self.picked(key)),
            other => {
                let key = self.picked(other.key().expect("an act on a key"));
                (other, key)
            }
        };
        self.act_on(&act, key);
    }

    fn act_on(&mut self, act: &Act, key: Place) {
        if let Ok(reply) = self.driver.act(act, key, self.now) {
            self.remember(act, key, &reply);
        }
    }

    /// Lets time pass until a rotation is next, and then something happen that it has to wait for.
    fn meet(&mut self, to: usize, moves: bool) {
        for _ in 0..MOST_HOPS {
            let Some(next) = self.driver.kms.next_deadline().filter(|next| next.millis() < END) else { return };
            let happened = self.driver.kms.clone().settle(next, 1).happened;
            if let Due::Rotation(key) | Due::OnDemandRotation(key) = happened[0].what {
                let set = self.driver.ids.iter().position(|id| *id == key.id.to_string());
                let region = REGIONS.iter().position(|region| *region == key.region.as_str());
                let key = (set.expect("a key"), region.expect("a Region"));
                self.pass(next.millis() - 1);
                let any = Pick(0);
                let act = if moves { Act::UpdatePrimary { key: any, to } } else { Act::Replicate { key: any, to } };
                return self.act_on(&act, key);
            }
            self.pass(next.millis());
        }
    }

    fn remember(&mut self, act: &Act, key: Place, reply: &Value) {
        match act {
            Act::Create { region, .. } => self.remember_key(reply, *region),
            Act::Replicate { to, .. } => drop(self.places.insert((key.0, *to))),
            Act::Encrypt(_) | Act::ReEncrypt { .. } => {
                self.driver.sealed.push(member(reply, "CiphertextBlob").as_bytes().expect("bytes").to_vec());
            }
            Act::Import { bytes, .. } => {
                if let Some(id) = reply.member("KeyMaterialId").and_then(Value::as_text) {
                    self.driver.learn(key.0, *bytes, id);
                }
            }
            _ => {}
        }
    }

    fn call(&mut self, operation: &'static str, key: Place, number: usize) {
        let (named, text) = (self.driver.named(key), |name, text: String| (name, Value::from(text)));
        let alias = || text("AliasName", format!("alias/a{}", number % 2));
        let tag = [("TagKey", Value::from("a")), ("TagValue", Value::from(number.to_string()))];
        let grant = self.grants.get(number % self.grants.len().max(1)).cloned();
        let (mut caller, mut region) = (driver::ACCOUNT, key.1);
        let input = match operation {
            "CreateAlias" | "UpdateAlias" => vec![alias(), ("TargetKeyId", named.1)],
            "DeleteAlias" => vec![alias()],
            "CreateGrant" => {
                let operations = Value::List(vec!["Encrypt".into(), "DescribeKey".into()]);
                vec![named, ("GranteePrincipal", BOB.into()), ("Operations", operations)]
            }
            "RevokeGrant" => {
                let Some((key, id)) = grant else { return };
                region = key.1;
                vec![self.driver.named(key), ("GrantId", id)]
            }
            "Encrypt" => {
                caller = BOB;
                vec![named, ("Plaintext", Value::Blob(vec![1]))]
            }
            "PutKeyPolicy" => vec![named, ("Policy", policy(number % 2))],
            "TagResource" => vec![named, ("Tags", Value::List(vec![Value::from(tag)]))],
            "UntagResource" => vec![named, ("TagKeys", Value::List(vec!["a".into()]))],
            "UpdateKeyDescription" => vec![named, text("Description", number.to_string())],
            "ConnectCustomKeyStore" | "DisconnectCustomKeyStore" => {
                region = 0;
                vec![("CustomKeyStoreId", self.store.clone())]
            }
            _ => vec![named],
        };
        let reply = self.driver.call_of(caller, operation, input, region, self.now);
        if let ("CreateGrant", Ok(reply)) = (operation, &reply) {
            self.grants.push((key, member(reply, "GrantId").clone()));
        }
    }

    fn wait(&mut self, wait: Wait) {
        let next = self.driver.kms.next_deadline().map(Time::millis);
        let to = match wait {
            Wait::Span(span) => Some(self.now + span),
            Wait::Deadline(more) => next.map(|next| next + more),
            Wait::Conflict(more) => next.map(|next| next - 1_200_000 + more),
        };
        if let Some(to) = to.filter(|to| (self.now..END).contains(to)) {
            self.pass(to);
        }
    }

    /// Lets time pass: deadline by deadline, and in a copy of the world in one step.
    fn pass(&mut self, to: Instant) {
        for _ in 0..LOOKED_AT {
            let next = self.driver.kms.next_deadline().map(Time::millis).filter(|next| *next <= to);
            let Some(next) = next else { break };
            self.rest(next - 1);
            let deadlines: Vec<_> = self.driver.kms.state().deadlines().collect();
            assert!(deadlines.is_sorted() && !deadlines.is_empty(), "{deadlines:?} are not in their order");
            let settled = self.driver.kms.settle(Time::from_millis(next), usize::MAX);
            assert!(!settled.changes.is_empty(), "nothing happens at a deadline");
            let first = settled.happened.first().map(|happened| (happened.at, happened.what));
            assert_eq!(first.as_ref(), deadlines.first(), "something else happens than what was due first");
            let kinds: Vec<_> = settled.happened.iter().map(|happened| kind(&happened.what)).collect();
            for waited in ["rotation", "on_demand_rotation"] {
                if kinds.contains(&"ready".to_owned()) && kinds.contains(&waited.to_owned()) {
                    self.happened.insert(format!("{waited} after all are ready"));
                }
            }
            for happened in settled.happened {
                assert_eq!(happened.at.millis(), next, "{happened:?} has another instant than its own");
                self.happened.insert(kind(&happened.what));
            }
            self.now = next;
        }
        if self.driver.kms.next_deadline().is_none_or(|next| next.millis() > to) {
            self.rest(to);
        }
        self.now = to;
        self.driver.kms.settle(Time::from_millis(to), usize::MAX);
        if let Some(double) = &mut self.driver.double {
            double.settle(Time::from_millis(to), usize::MAX);
            assert_eq!(driver::rows(double), driver::rows(&self.driver.kms), "one step is not many");
        }
    }

    /// Nothing happens before the next deadline, and nobody sees anything change.
    fn rest(&self, until: Instant) {
        if until > self.now {
            assert!(self.driver.kms.due(Time::from_millis(until)).is_empty(), "something happens before the deadline");
            for (now, then) in self.seen(self.now).into_iter().zip(self.seen(until)) {
                assert_eq!(now, then, "changes without a deadline between {} and {until}", self.now);
            }
        }
    }

    /// What everybody sees at an instant. The last use of a key is not part of it: it shows late without a deadline (LIF-431).
    fn seen(&self, at: Instant) -> Vec<(String, Result<Value, String>)> {
        let mut seen = Vec::new();
        let mut look = |caller, operation, input: Input, region| {
            let what = format!("{operation} {input:?} in {region} by {caller}");
            let reply =
                driver::decide(&self.driver.kms, &driver::prepared(caller, operation, input, region, at, u64::MAX))
                    .reply;
            seen.push((what, driver::said(&reply)));
        };
        for key in &self.places {
            let named = || vec![self.driver.named(*key)];
            for operation in ["DescribeKey", "GetKeyRotationStatus", "ListKeyRotations", "ListGrants", "ListAliases"] {
                look(driver::ACCOUNT, operation, named(), key.1);
            }
            look(BOB, "DescribeKey", named(), key.1);
            let rehearsed = [("Plaintext", Value::Blob(vec![1])), ("DryRun", Value::Bool(true))];
            look(BOB, "Encrypt", [named(), rehearsed.to_vec()].concat(), key.1);
        }
        look(driver::ACCOUNT, "DescribeCustomKeyStores", Vec::new(), 0);
        seen
    }
}

/// What fell due, without its subject.
fn kind(what: &Due) -> String {
    let Ok(serde_json::Value::Object(written)) = serde_json::to_value(what) else { panic!("{what:?}") };
    let (kind, subject) = written.into_iter().next().expect("a kind");
    if kind == "visible" { format!("{subject} shows") } else { kind }
}

/// What the stories must have come to.
const WANTED: [&str; 20] = [
    "\"alias-target\" shows",
    "\"aliases-in-authorization\" shows",
    "\"current-material-in-describe\" shows",
    "\"grant\" shows",
    "\"grant-end\" shows",
    "\"key-attributes\" shows",
    "\"key-policy\" shows",
    "\"key-state\" shows",
    "\"multi-region-sync\" shows",
    "\"new-key\" shows",
    "\"replica-usable\" shows",
    "\"tags-in-authorization\" shows",
    "connection",
    "deletion",
    "expiry",
    "on_demand_rotation",
    "on_demand_rotation after all are ready",
    "ready",
    "rotation",
    "rotation after all are ready",
];

#[test]
fn the_next_deadline_is_never_late_and_never_early_and_copies_of_a_world_answer_alike() {
    let happened = RefCell::new(BTreeSet::new());
    let told = (select(Consistency::ALL), events());
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    let random = proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, random).run(&told, |(consistency, events)| {
        let mut story = Story::begin(consistency);
        for event in &events {
            story.take(event);
        }
        happened.borrow_mut().append(&mut story.happened);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    let happened = happened.into_inner();
    let missing: Vec<_> = WANTED.iter().filter(|wanted| !happened.contains(**wanted)).collect();
    assert!(missing.is_empty(), "in no story: {missing:?}, but {happened:?}");
}
