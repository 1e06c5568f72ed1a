//! What holds of rows: each can be read back, each table is declared, no key replaces another, and related keys go
//! their own ways.

use std::sync::Arc;

use pocket_kms::{
    AccountId, Call, CryptoProvider, Kms, Region, Span, StoresSetup, Time, Value,
    api::{KeyState, OriginType},
    names::{AccessKeyId, KeyArn},
    operations,
    state::{
        AccessKeyRow, Change, ClusterKeyName, ClusterKeyRow, Deletion, Import, KeyRow, LineageId, METERS, Mark,
        ProxyUse, Registration, SecretName, SettingName, TABLES,
    },
    wire,
};
use proptest::prelude::*;

use crate::{
    acts::{Scenario, acts, decide},
    for_all, inputs,
};

const ROOT_KEY: [u8; 32] = [7; 32];

fn acted(acts: &[crate::acts::Act]) -> Scenario {
    let mut scenario = Scenario::new();
    for act in acts {
        drop(scenario.act(act));
    }
    scenario
}

fn text(change: &Change) -> String {
    serde_json::to_string(change).expect("a row")
}

/// A world that has gone through everything that the acts can do, with a row in every table.
fn populated() -> Scenario {
    let mut scenario = Scenario::new();
    let policy =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}"#;
    let key = made(&mut scenario, &[("Policy", policy)]);
    drop(made(&mut scenario, &[]));
    let plaintext = [("KeyId", key.clone()), ("Plaintext", Value::Blob(vec![1]))];
    drop(done(&mut scenario, "Encrypt", Value::from(plaintext)));
    let grantee = ("GranteePrincipal", Value::from("arn:aws:iam::444455556666:user/Bob"));
    let operations = ("Operations", Value::List(vec![Value::from("Decrypt")]));
    drop(done(&mut scenario, "CreateGrant", Value::from([("KeyId", key.clone()), grantee, operations])));
    let alias = [("AliasName", Value::from("alias/a")), ("TargetKeyId", key)];
    drop(done(&mut scenario, "CreateAlias", Value::from(alias)));
    let name: SettingName = "request-quotas@111122223333".parse().expect("a setting");
    let lag: SettingName = "lag/new-key".parse().expect("a setting");
    let set = scenario.kms.set(&[(name, Some(1)), (lag, Some(60_000))], Time::default());
    scenario.journal.extend(set);
    let key = AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").expect("an id");
    let row = Some(Arc::new(AccessKeyRow::new("arn:aws:iam::111122223333:user/Alice")));
    let registered = Change::AccessKeys { key, row };
    scenario.kms.replay(std::slice::from_ref(&registered));
    scenario.journal.push(registered);
    let store = Change::from_json(STORE.as_bytes()).expect("a key store");
    scenario.kms.replay(std::slice::from_ref(&store));
    if let Change::KeyStores { key, .. } = &store {
        let row = ProxyUse { at: Time::default(), failed: false, check: false };
        scenario.kms.mark(&[Mark::ProxyRequests { key: *key, row }]);
    }
    scenario.journal.push(store);
    drop(made(&mut scenario, &[]));
    drop(done(&mut scenario, "ListKeys", Value::Map(Vec::new())));
    let form = wire::from_json(DIRECTORY.as_bytes()).expect("JSON");
    let registration = Registration::read(&form).expect("a form");
    scenario.journal.extend(scenario.kms.register(registration, Time::default()).expect("a directory"));
    let setup = StoresSetup::read(
        &wire::from_json(STORES.as_bytes()).expect("JSON"),
        AccountId::parse("111122223333").expect("an account"),
    );
    scenario
        .journal
        .extend(scenario.kms.register_stores(setup.expect("a form"), Time::default(), &[7; 32]).expect("a setup"));
    let hit = Mark::from_json(br#"{"meter":"proxy_faults","key":[1,1],"row":{"nth":1,"at":0}}"#).expect("a mark");
    scenario.kms.mark(&[hit]);
    scenario.marks.push(hit);
    let action = Value::from([("do", Value::from("backUp"))]);
    let (_, changes) = scenario.kms.on_cluster(CLUSTER, &action, Time::default()).expect("a backup");
    scenario.journal.extend(changes);
    let key = ClusterKeyName::parse(&format!("{CLUSTER}/{}", "7".repeat(64))).expect("a name");
    let label = KeyArn::parse("arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    let held = Change::ClusterKeys { key, row: Some(Arc::new(ClusterKeyRow::new(label.expect("an ARN")))) };
    scenario.kms.replay(std::slice::from_ref(&held));
    scenario.journal.push(held);
    scenario
}

/// A custom key store.
const STORE: &str = r#"{
    "table": "key_stores",
    "key": "111122223333/us-east-1/cks-1234567890abcdef0",
    "row": {
        "name": "hsm",
        "kind": {"cloud_hsm": {"cluster": "cluster-7a23b4cdefg", "anchor": "certificate"}},
        "connection": {"state": "DISCONNECTED"},
        "created": 0
    }
}"#;

const CLUSTER: &str = "cluster-2ab3cdefghi";

/// Something for each table of what key stores stand on.
const STORES: &str = r#"{
    "clusters": {"cluster-2ab3cdefghi": {"account": "111122223333", "kmsuser": {"password": "kmsPswd"}}},
    "endpointServices": {"com.amazonaws.vpce.us-east-1.vpce-svc-0123456789": {"owner": "111122223333"}},
    "proxies": {"https://xks.example.com": {"keys": ["foo"]}}
}"#;

/// Something for each table of the directory.
const DIRECTORY: &str = r#"{
    "principals": {"arn:aws:iam::111122223333:user/alice": {}},
    "policies": {"arn:aws:iam::111122223333:policy/p": {"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}},
    "organizations": {"o-exampleorgid": {"managementAccount": "111122223333"}},
    "vpcEndpoints": {"vpce-0123456789abcdef0": {"owner": "111122223333"}}
}"#;

fn done(scenario: &mut Scenario, operation: &str, input: Value) -> Value {
    let call = scenario.call(operation, input);
    made_by(scenario, &call)
}

fn made_by(scenario: &mut Scenario, call: &Call) -> Value {
    let outcome = decide(&scenario.kms, call);
    scenario.kms.apply(outcome.basis, &outcome.changes).expect("a fresh decision");
    scenario.kms.mark(&outcome.marks);
    scenario.journal.extend(outcome.changes.iter().cloned());
    scenario.marks.extend(outcome.marks.iter().filter(|mark| mark.rules().journaled).copied());
    outcome.reply.expect("a reply")
}

fn made(scenario: &mut Scenario, input: &[(&str, &str)]) -> Value {
    let input = input.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
    let reply = done(scenario, "CreateKey", input.collect());
    reply.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("an id")
}

#[test]
fn every_table_and_every_meter_keeps_what_it_declares() {
    let scenario = populated();
    let count = |kms: &Kms, name: &str| {
        let rows = kms
            .state()
            .rows()
            .map(|row| row.rules().name)
            .chain(kms.meters().rows().into_iter().map(|row| row.rules().name));
        rows.filter(|of| *of == name).count()
    };
    let mut replayed = Kms::default();
    replayed.replay(&scenario.journal);
    replayed.mark(&scenario.marks);
    let bytes = scenario.kms.snapshot(&ROOT_KEY, b"").expect("a snapshot");
    let (restored, _) = Kms::restore(&bytes, &ROOT_KEY, CryptoProvider::default()).expect("a world");
    for rules in TABLES.iter().chain(METERS) {
        let rows = count(&scenario.kms, rules.name);
        assert!(rows > 0, "no row of {} is looked at", rules.name);
        assert_eq!(count(&restored, rules.name), if rules.saved { rows } else { 0 }, "{}", rules.name);
        assert_eq!(count(&scenario.kms.fork(), rules.name), if rules.forked { rows } else { 0 }, "{}", rules.name);
        let marked = scenario.marks.iter().any(|mark| mark.rules() == rules);
        let journaled = marked || scenario.journal.iter().any(|change| change.rules() == rules);
        assert_eq!(count(&replayed, rules.name), if rules.in_history { rows } else { 0 }, "{}", rules.name);
        assert_eq!(journaled, rules.journaled, "{}", rules.name);
        let lane = if METERS.contains(rules) { "meter" } else { "table" };
        let quoted = format!("\"{lane}\":\"{}\"", rules.name);
        let is_open = bytes.windows(quoted.len()).any(|part| part == quoted.as_bytes());
        assert_eq!(is_open, rules.saved && !rules.sealed, "{} in the open part of a snapshot", rules.name);
    }
    for row in scenario.kms.state().rows() {
        let is_shared = matches!(row, Change::Settings { .. } | Change::Proxies { .. } | Change::ExternalKeys { .. });
        assert!(row.account().is_some() || is_shared, "whose is {row:?}?");
    }
    for row in scenario.kms.meters().rows() {
        let owner = if matches!(row, Mark::ProxyFaults { .. }) { "000000000000" } else { "111122223333" };
        assert_eq!(Some(row.account()), AccountId::parse(owner), "whose is {row:?}?");
    }
}

#[test]
fn a_change_is_read_back_as_it_was_and_a_secret_never() {
    for_all(60, &acts(), |acts| {
        for change in &acted(&acts).journal {
            let again = Change::from_json(text(change).as_bytes());
            if change.rules().sealed {
                prop_assert!(again.is_none(), "{:?}", change);
            } else {
                prop_assert_eq!(text(&again.expect("a change")), text(change));
            }
        }
        Ok(())
    });
}

#[test]
fn an_unknown_table_is_refused_and_a_member_that_came_later_has_a_default() {
    for text in [r#"{"table":"visitors","key":"a","row":null}"#, r#"{"table":"keys"}"#, r#"{"key":"a"}"#, "[]", ""] {
        assert!(Change::from_json(text.as_bytes()).is_none(), "{text}");
    }
    let alias = r#"{"row":null,"key":"arn:aws:kms:us-east-1:111122223333:alias/a","table":"aliases"}"#;
    assert!(Change::from_json(alias.as_bytes()).is_some(), "the members stand in any order");
    let text = r#"{"table":"keys","key":"111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","row":{
        "spec":"SYMMETRIC_DEFAULT","usage":"ENCRYPT_DECRYPT","origin":"AWS_KMS","manager":"CUSTOMER",
        "versions":[],"regions":[{"region":"us-east-1","created":0,"enabled":true}]}}"#;
    let Some(Change::Keys { row: Some(row), .. }) = Change::from_json(text.as_bytes()) else {
        panic!("a row without what came later")
    };
    assert_eq!((row.primary, &row.rotation, row.regions[0].deletion), (None, &None, None));
    for missing in [r#""versions":[],"#, r#""origin":"AWS_KMS","#, r#","enabled":true"#] {
        assert!(text.contains(missing));
        assert!(Change::from_json(text.replace(missing, "").as_bytes()).is_none(), "without {missing}");
    }
}

#[test]
fn no_change_is_recorded_that_changes_nothing_and_no_row_twice() {
    for_all(60, &acts(), |acts| {
        let mut scenario = Scenario::new();
        for act in &acts {
            let before = scenario.kms.clone();
            let Some(outcome) = scenario.act(act) else { continue };
            let mut rows: Vec<String> = before.state().rows().map(|row| text(&row)).collect();
            rows.extend(before.due(scenario.now).iter().map(text));
            for change in &outcome.changes {
                let is_sealed = change.rules().sealed;
                prop_assert!(is_sealed || !rows.contains(&text(change)), "{:?} by {:?}", change, act);
            }
            let mut keys: Vec<String> = outcome.changes.iter().map(named).collect();
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), outcome.changes.len());
        }
        Ok(())
    });
}

/// A change as text, with the secret in it: two of them are the same row only if they are the same text.
fn whole(change: &Change) -> String {
    match change {
        Change::Secrets { row: Some(row), .. } => {
            format!("{change:?} {:?}", row.secret.as_ref().map(|secret| secret.expose().to_vec()))
        }
        _ => text(change),
    }
}

/// The same of every operation, for whatever a caller may send, and again once it is done: what a call has changed, the
/// same call need not change again.
#[test]
fn no_operation_records_a_row_as_it_was() {
    let scenario = inputs::scenario();
    let (texts, blobs) = (inputs::texts(&scenario), inputs::blobs(&scenario));
    let changed = std::cell::Cell::new(0);
    for operation in operations::TABLE {
        for_all(150, &inputs::fitting(operation.input, &texts, &blobs), |input| {
            let call = scenario.call(operation.name, input);
            let mut kms = scenario.kms.clone();
            for _ in 0..2 {
                let outcome = decide(&kms, &call);
                let rows: Vec<String> = kms.state().rows().map(|row| whole(&row)).collect();
                for change in &outcome.changes {
                    prop_assert!(!rows.contains(&whole(change)), "{:?} by {}", change, operation.name);
                }
                changed.set(changed.get() + outcome.changes.len());
                kms.apply(outcome.basis, &outcome.changes).expect("a fresh decision");
            }
            Ok(())
        });
    }
    assert!(changed.get() > 200, "{} changes", changed.get());
}

/// The table and the key of a change.
fn named(change: &Change) -> String {
    let change: serde_json::Value = serde_json::from_str(&text(change)).expect("JSON");
    format!("{} {}", change["table"], change["key"])
}

#[test]
fn a_snapshot_says_the_same_of_the_same_world_and_keeps_its_revision() {
    for_all(30, &acts(), |acts| {
        let scenario = acted(&acts);
        let bytes = scenario.kms.snapshot(&ROOT_KEY, b"host").expect("a snapshot");
        let (restored, _) = Kms::restore(&bytes, &ROOT_KEY, CryptoProvider::default()).expect("a world");
        prop_assert_eq!(restored.state().revision(), scenario.kms.state().revision());
        prop_assert_eq!(&restored.snapshot(&ROOT_KEY, b"host").expect("a snapshot"), &bytes);
        Ok(())
    });
}

#[test]
fn two_contents_share_no_key_stream() {
    let scenario = populated();
    let sealed = |host: &[u8]| {
        let bytes = scenario.kms.snapshot(&ROOT_KEY, host).expect("a snapshot");
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").expect("an end of the open part") + 2;
        bytes[end..].to_vec()
    };
    let (one, other) = (sealed(&[1; 64]), sealed(&[2; 64]));
    assert_ne!(one[..32], other[..32], "each content has a seal of its own");
    let equal = one[32..].iter().zip(&other[32..]).filter(|(a, b)| a == b).count();
    assert!(equal * 16 < one.len(), "{equal} of {} bytes are the same", one.len());
}

#[test]
fn entropy_that_repeats_itself_replaces_no_key() {
    let mut scenario = Scenario::new();
    let mut call = scenario.call("CreateKey", Value::Map(Vec::new()));
    let ids: Vec<String> = (0..3)
        .map(|_| {
            let reply = made_by(&mut scenario, &call);
            let data = reply.member("KeyMetadata").expect("metadata");
            let of = |name: &str| data.member(name).and_then(Value::as_text).expect("a text").to_owned();
            of("KeyId") + " " + &of("CurrentKeyMaterialId")
        })
        .collect();
    let distinct = |ids: &[String], part: usize| {
        let mut parts: Vec<_> = ids.iter().filter_map(|id| id.split(' ').nth(part)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.len()
    };
    assert_eq!((distinct(&ids, 0), distinct(&ids, 1)), (3, 3));
    // Another account may be given the id of a key, but never the name of its material, which stands in ciphertexts.
    call.caller = pocket_kms::Caller::parse("444455556666").expect("an account");
    let reply = made_by(&mut scenario, &call);
    let material = reply.member("KeyMetadata").and_then(|data| data.member("CurrentKeyMaterialId"));
    let material = material.and_then(Value::as_text).expect("a material");
    assert!(ids.iter().all(|id| !id.ends_with(material)));
}

#[test]
fn entropy_that_repeats_itself_replaces_no_grant_and_no_key_store() {
    let mut scenario = Scenario::new();
    let key = made(&mut scenario, &[]);
    let grant = |name: &str| {
        let grantee = Value::from("arn:aws:iam::444455556666:user/Bob");
        let operations = Value::List(vec![Value::from("Decrypt")]);
        let members = [("KeyId", key.clone()), ("GranteePrincipal", grantee), ("Operations", operations)];
        members.into_iter().chain([("Name", Value::from(name))]).collect::<Value>()
    };
    let store = |name: &str, cluster: &str| {
        let members = [
            ("CustomKeyStoreName", name),
            ("CloudHsmClusterId", cluster),
            ("TrustAnchorCertificate", "a certificate"),
            ("KeyStorePassword", "kmsuserPassword1"),
        ];
        Value::from(members.map(|(name, text)| (name, Value::from(text))))
    };
    let calls = [
        ("CreateGrant", grant("one"), "GrantId"),
        ("CreateGrant", grant("other"), "GrantId"),
        ("CreateCustomKeyStore", store("one", "cluster-7a23b4cdefg"), "CustomKeyStoreId"),
        ("CreateCustomKeyStore", store("other", "cluster-2ab3cdefghi"), "CustomKeyStoreId"),
    ];
    // Every call of this scenario brings the same entropy.
    let mut ids: Vec<String> = calls
        .into_iter()
        .map(|(operation, input, name)| {
            let reply = done(&mut scenario, operation, input);
            reply.member(name).and_then(Value::as_text).expect(name).to_owned()
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4, "{ids:?}");
    let rows = |of: &str| scenario.kms.state().rows().filter(|row| row.rules().name == of).count();
    assert_eq!((rows("grants"), rows("key_stores")), (2, 2));
}

/// A multi-Region key with a replica, as ReplicateKey will make it, and what both were given to open.
struct Related {
    scenario: Scenario,
    primary: KeyArn,
    replica: KeyArn,
    blob: Value,
}

fn related() -> Related {
    let mut scenario = Scenario::new();
    let key = done(&mut scenario, "CreateKey", Value::from([("MultiRegion", Value::Bool(true))]));
    let arn = key.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text).expect("an ARN");
    let primary = KeyArn::parse(arn).expect("an ARN");
    let replica = KeyArn { region: Region::parse("eu-west-1").expect("a Region"), ..primary };
    let input = [("KeyId", Value::from(arn)), ("Plaintext", Value::Blob(b"shared".to_vec()))];
    let reply = done(&mut scenario, "Encrypt", Value::from(input));
    let blob = reply.member("CiphertextBlob").cloned().expect("a blob");
    let copies: Vec<Change> = scenario.kms.state().rows().filter_map(|row| replicated(row, replica.region)).collect();
    scenario.kms.replay(&copies);
    Related { scenario, primary, replica, blob }
}

fn replicated(change: Change, region: Region) -> Option<Change> {
    Some(match change {
        Change::Keys { key, row: Some(row) } => {
            let mut row = KeyRow::clone(&row);
            let mut own = row.regions[0].clone();
            own.region = region;
            row.regions.push(own);
            Change::Keys { key, row: Some(Arc::new(row)) }
        }
        Change::Secrets { key: SecretName::Material(id, _), row } => {
            Change::Secrets { key: SecretName::Material(id, region), row }
        }
        _ => return None,
    })
}

impl Related {
    fn opened(&self, region: Region) -> Result<Value, String> {
        let mut call = self.scenario.call("Decrypt", Value::from([("CiphertextBlob", self.blob.clone())]));
        call.region = region;
        let reply = decide(&self.scenario.kms, &call).reply.map_err(|error| error.exception.name().to_owned())?;
        Ok(reply.member("Plaintext").cloned().expect("a plaintext"))
    }

    /// Lets the key of one Region be deleted.
    fn delete(&mut self, arn: KeyArn) {
        let id = LineageId::of(arn);
        let row = self.scenario.kms.state().rows().find_map(|row| match row {
            Change::Keys { key, row } if key == id => row,
            _ => None,
        });
        let mut row = KeyRow::clone(&row.expect("a key"));
        let own = row.regions.iter_mut().find(|own| own.region == arn.region).expect("a key of the Region");
        own.deletion = Some(Deletion { window: 7, date: Some(self.scenario.now) });
        self.scenario.kms.replay(&[Change::Keys { key: id, row: Some(Arc::new(row)) }]);
        let due = self.scenario.kms.due(self.scenario.now);
        self.scenario.kms.replay(&due);
    }
}

#[test]
fn a_replica_that_is_deleted_takes_nothing_from_its_primary_and_the_other_way_round() {
    for first_goes_the_primary in [true, false] {
        let mut related = related();
        let (mut gone, mut left) = (related.primary, related.replica);
        if !first_goes_the_primary {
            (gone, left) = (left, gone);
        }
        assert!(related.opened(gone.region).is_ok() && related.opened(left.region).is_ok());
        related.delete(gone);
        assert!(related.opened(left.region).is_ok(), "{left} still has its material");
        assert!(related.opened(gone.region).is_err());
        related.delete(left);
        assert_eq!(related.opened(left.region), Err("NotFoundException".to_owned()), "told from noise");
        let held = related
            .scenario
            .kms
            .state()
            .rows()
            .filter(|row| matches!(row, Change::Secrets { row: Some(row), .. } if row.secret.is_some()));
        assert_eq!(held.count(), 0);
    }
}

/// The same keys as if each had imported their material, which expires at these instants.
fn imported(until: [Option<Time>; 2]) -> Related {
    let mut related = related();
    let as_imported = |change| match change {
        Change::Keys { key, row: Some(row) } => {
            let mut row = KeyRow::clone(&row);
            let id = row.versions.singles().next().expect("a version").id;
            row.origin = OriginType::External;
            for (own, until) in row.regions.iter_mut().zip(until) {
                own.imports = vec![Import { id, until }];
            }
            Some(Change::Keys { key, row: Some(Arc::new(row)) })
        }
        _ => None,
    };
    let changes: Vec<Change> = related.scenario.kms.state().rows().filter_map(as_imported).collect();
    related.scenario.kms.replay(&changes);
    related
}

#[test]
fn related_keys_lose_imported_material_apart() {
    let mut related = imported([None, None]);
    let input = Value::from([("KeyId", Value::from(related.primary.to_string()))]);
    drop(done(&mut related.scenario, "DeleteImportedKeyMaterial", input));
    assert_eq!(related.opened(related.primary.region), Err("KMSInvalidStateException".to_owned()));
    assert!(related.opened(related.replica.region).is_ok());

    let expiry = Scenario::new().now.after(Span::from_days(1));
    let mut related = imported([None, Some(expiry)]);
    let state = |related: &Related, millis: i64| {
        let now = Time::from_millis(expiry.millis() + millis);
        [related.primary, related.replica].map(|arn| related.scenario.kms.state().key_state(&arn, now))
    };
    assert_eq!(state(&related, -1), [Some(KeyState::Enabled), Some(KeyState::Enabled)]);
    // The state is that of the instant, also before what is due has been recorded.
    assert_eq!(state(&related, 0), [Some(KeyState::Enabled), Some(KeyState::PendingImport)]);
    assert_eq!(related.scenario.kms.next_deadline(), Some(expiry));
    related.scenario.now = expiry;
    let due = related.scenario.kms.due(expiry);
    related.scenario.kms.replay(&due);
    assert!(related.opened(related.primary.region).is_ok());
    assert_eq!(related.opened(related.replica.region), Err("KMSInvalidStateException".to_owned()));
    assert_eq!(related.scenario.kms.next_deadline(), None);
}

#[test]
fn what_is_due_is_the_same_in_one_step_and_in_many_and_each_thing_has_its_own_instant() {
    for_all(60, &acts(), |acts| {
        let scenario = acted(&acts);
        let (mut once, mut often) = (scenario.kms.clone(), scenario.kms.clone());
        let later = scenario.now.after(Span::from_days(40));
        let due = once.due(later);
        once.replay(&due);
        let mut happened = Vec::new();
        while let Some(next) = often.next_deadline().filter(|next| *next <= later) {
            let (forecast, settled) = (often.due(next), often.settle(later, 1));
            prop_assert!(!settled.changes.is_empty(), "what is due changes something");
            prop_assert!(settled.changes.len() <= forecast.len());
            prop_assert_eq!(often.state().revision(), settled.basis + settled.changes.len() as u64);
            prop_assert_eq!(settled.happened[0].at, next);
            happened.extend(settled.happened);
        }
        prop_assert!(happened.is_sorted_by_key(|one| (one.at, one.what)));
        prop_assert!(often.settle(later, usize::MAX).happened.is_empty());
        let rows = |kms: &Kms| kms.state().rows().map(|row| text(&row)).collect::<Vec<_>>();
        prop_assert_eq!(rows(&once), rows(&often));
        Ok(())
    });
}
