//! Every operation in every connection state of a custom key store of either type, as `vectors/key-store-states.json` says
//! it: on the store itself, and on a key in it.

use std::{collections::BTreeMap, fs, path::Path};

use pocket_kms::{Error, Value, operations::TABLE};
use serde::Deserialize;

use crate::{
    driver::member,
    states::{HERE, Input, NOW, Scene},
};

const EXTERNAL: &str = "EXTERNAL_KEY_STORE";
pub(crate) const CLOUD_HSM: &str = "AWS_CLOUDHSM";

const TYPES: [&str; 2] = [EXTERNAL, CLOUD_HSM];

/// What the file says of operations, by their names and what is asked of them.
type Rows = BTreeMap<String, Row>;

#[derive(Deserialize)]
struct Published {
    states: Vec<String>,
    stores: Rows,
    keys: Rows,
    disabled_keys: Rows,
    keys_pending_deletion: Rows,
}

/// A row for both types of stores, or one for each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Both(Cells),
    Each(BTreeMap<String, Cells>),
}

/// One cell for all states, or one for each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cells {
    All(String),
    Each([String; 5]),
}

impl Row {
    fn cell(&self, store_type: &str, state: usize) -> &str {
        let cells = match self {
            Self::Both(cells) => cells,
            Self::Each(types) => &types[store_type],
        };
        match cells {
            Cells::All(cell) => cell,
            Cells::Each(cells) => &cells[state],
        }
    }
}

fn published() -> Published {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/key-store-states.json");
    serde_json::from_slice(&fs::read(path).expect("the table")).expect("operations and states")
}

/// What the key in the store is before the store gets into its state.
#[derive(Clone, Copy, PartialEq)]
enum Key {
    None,
    Enabled,
    Disabled,
    PendingDeletion,
}

/// A world with a custom key store, and a key in it.
struct Store {
    scene: Scene,
    store_type: &'static str,
    id: String,
}

impl Store {
    fn new(operation: &str, store_type: &'static str, key: Key) -> Self {
        let mut scene = Scene::empty(operation);
        let mut made = settled(store_type, "store", "/example");
        made.push(("CustomKeyStoreType", store_type.into()));
        let made = scene.expect("CreateCustomKeyStore", HERE, made);
        let id = member(&made, "CustomKeyStoreId").as_text().expect("an id").to_owned();
        if key != Key::None {
            scene.expect("ConnectCustomKeyStore", HERE, vec![("CustomKeyStoreId", id.as_str().into())]);
            (scene.key, scene.arn) = scene.create(&in_store(store_type, &id, "foo"));
            // What a key of another kind would have made.
            for name in ["Mac", "PublicKey", "SharedSecretCiphertextBlob", "Signature"] {
                scene.made.insert(name, Value::Blob(vec![1; 32]));
            }
            if ["Decrypt", "ReEncrypt", "DeleteAlias", "RetireGrant", "RevokeGrant", "UpdateAlias"].contains(&operation)
            {
                scene.prepare(HERE);
            }
            match key {
                Key::Disabled => drop(scene.expect("DisableKey", HERE, vec![scene.id()])),
                Key::PendingDeletion => drop(scene.expect("ScheduleKeyDeletion", HERE, vec![scene.id()])),
                _ => {}
            }
            scene.expect("DisconnectCustomKeyStore", HERE, vec![("CustomKeyStoreId", id.as_str().into())]);
        }
        Self { scene, store_type, id }
    }

    fn named(&self) -> (&'static str, Value) {
        ("CustomKeyStoreId", self.id.as_str().into())
    }

    /// Brings the store, which is not connected, into a connection state.
    fn enter(&self, state: &str) {
        let set = |name: &str, number: Value| {
            let settings = [(name.to_owned(), number)].into_iter().collect();
            self.scene.world.set(&settings, NOW).expect("a setting");
        };
        let call = |operation| self.scene.expect(operation, HERE, vec![self.named()]);
        let minute = || Value::Int(60_000);
        match state {
            "DISCONNECTED" => {}
            "CONNECTED" => drop(call("ConnectCustomKeyStore")),
            "CONNECTING" => {
                set("lag/connect-cloudhsm", minute());
                set("lag/connect-external", minute());
                call("ConnectCustomKeyStore");
            }
            "FAILED" => {
                set("strict-key-stores", Value::Int(1));
                call("ConnectCustomKeyStore");
                set("strict-key-stores", Value::Null);
            }
            "DISCONNECTING" => {
                call("ConnectCustomKeyStore");
                set("lag/disconnect-cloudhsm", minute());
                set("lag/disconnect-external", minute());
                call("DisconnectCustomKeyStore");
            }
            other => panic!("no call brings a store into {other}"),
        }
        assert_eq!(self.shown(), state);
    }

    /// The connection state that is shown.
    fn shown(&self) -> String {
        let shown = self.scene.expect("DescribeCustomKeyStores", HERE, vec![self.named()]);
        let Value::List(stores) = member(&shown, "CustomKeyStores") else { panic!("a list") };
        member(&stores[0], "ConnectionState").as_text().expect("a text").to_owned()
    }

    /// The request of a row about stores: the operation, and behind a colon what is asked of it.
    fn request(&self, row: &str) -> Input {
        let (operation, what) = row.split_once(": ").unwrap_or((row, ""));
        let update = |members: &[&'static str]| {
            let new = settled(self.store_type, "new", "/new");
            let new = new.into_iter().chain([password()]).filter(|(name, _)| members.contains(name));
            [self.named()].into_iter().chain(new).collect()
        };
        match (operation, what) {
            ("CreateCustomKeyStore", _) => {
                let mut members = settled(self.store_type, "other", "/other");
                members.push(("CustomKeyStoreType", self.store_type.into()));
                members
            }
            ("CreateKey", _) => in_store(self.store_type, &self.id, "bar"),
            ("GenerateRandom", _) => vec![self.named(), ("NumberOfBytes", Value::Int(8))],
            ("UpdateCustomKeyStore", "NewCustomKeyStoreName") => {
                vec![self.named(), ("NewCustomKeyStoreName", "renamed".into())]
            }
            ("UpdateCustomKeyStore", "NewCustomKeyStoreName and KeyStorePassword") => {
                let mut members: Input = vec![self.named(), ("NewCustomKeyStoreName", "renamed".into())];
                members.push(password());
                members
            }
            ("UpdateCustomKeyStore", "CloudHsmClusterId") => {
                // The one that it has is related to itself.
                vec![self.named(), ("CloudHsmClusterId", CLUSTER.into())]
            }
            ("UpdateCustomKeyStore", "XksProxyConnectivity and what goes with it") => {
                vec![
                    self.named(),
                    ("XksProxyConnectivity", "VPC_ENDPOINT_SERVICE".into()),
                    ("XksProxyUriEndpoint", "https://private.example.com".into()),
                    ("XksProxyVpcEndpointServiceName", "com.amazonaws.vpce.us-east-1.vpce-svc-1".into()),
                ]
            }
            ("UpdateCustomKeyStore", "nothing") => vec![self.named()],
            ("UpdateCustomKeyStore", "KeyStorePassword") => vec![self.named(), password()],
            ("UpdateCustomKeyStore", "XksProxyUriPath and XksProxyUriEndpoint") => {
                external_only(&self.id, &["XksProxyUriPath", "XksProxyUriEndpoint"])
            }
            ("UpdateCustomKeyStore", member) if member.starts_with("Xks") => external_only(&self.id, &[member]),
            ("UpdateCustomKeyStore", _) => update(&[]),
            _ => vec![self.named()],
        }
    }

    fn call(&self, operation: &str, input: Input) -> String {
        cell(&self.scene.call(operation, HERE, input), &self.scene.arn)
    }
}

const CLUSTER: &str = "cluster-7a23b4cdefg";

fn password() -> (&'static str, Value) {
    ("KeyStorePassword", "password2".into())
}

/// The values of an external key store, to be changed.
fn external_only(store: &str, members: &[&str]) -> Input {
    let new = settled(EXTERNAL, "new", "/new").into_iter().filter(|(name, _)| members.contains(name));
    [("CustomKeyStoreId", store.into())].into_iter().chain(new).collect()
}

/// The values of a store.
pub(crate) fn settled(store_type: &str, name: &str, prefix: &str) -> Input {
    let mut members: Input = vec![("CustomKeyStoreName", name.into())];
    if store_type == CLOUD_HSM {
        let cluster = if name == "other" { "cluster-2a23b4cdefg" } else { CLUSTER };
        members.push(("CloudHsmClusterId", cluster.into()));
        members.push(("TrustAnchorCertificate", "certificate".into()));
        members.push(("KeyStorePassword", "password1".into()));
    } else {
        let credential = [
            ("AccessKeyId", Value::from("BETWEEN2TENAND3TENCHARACTERS")),
            ("RawSecretAccessKey", Value::from("PleaseReplaceThisWithSomeSecretOfLength43To64")),
        ];
        members.push(("XksProxyConnectivity", "PUBLIC_ENDPOINT".into()));
        members.push(("XksProxyUriEndpoint", format!("https://{name}.example.com").into()));
        members.push(("XksProxyUriPath", format!("{prefix}/kms/xks/v1").into()));
        members.push(("XksProxyAuthenticationCredential", Value::from(credential)));
    }
    members
}

/// The request for a key in a store.
pub(crate) fn in_store(store_type: &str, store: &str, external: &str) -> Input {
    let mut members: Input = vec![("CustomKeyStoreId", store.into()), ("Origin", store_type.into())];
    if store_type == EXTERNAL {
        members.push(("XksKeyId", external.into()));
    }
    members
}

/// What the file calls the answer of a call.
fn cell(reply: &Result<Value, Error>, arn: &str) -> String {
    let Err(error) = reply else { return "Succeed".to_owned() };
    let (name, message) = (error.exception.name(), error.message.as_deref().unwrap_or_default());
    let states = ["disabled", "pending deletion", "not pending deletion", "unavailable"];
    if let Some(state) = states.into_iter().find(|state| message == format!("{arn} is {state}.")) {
        return format!("{name}:{}", state.replace(' ', "-"));
    }
    if message.starts_with(&format!("{arn} origin is ")) {
        return format!("{name}:origin");
    }
    let not_connected = "This KMS key is in a custom key store that is not connected to its external key store proxy.";
    if message.starts_with(not_connected) { format!("{name}:not-connected") } else { name.to_owned() }
}

/// Calls an operation in every state of both types of stores, and tells what is other than the file says.
fn differences(rows: &Rows, key: Key, states: &[String]) -> (usize, Vec<String>) {
    let (mut cells, mut wrong) = (0, Vec::new());
    for (name, row) in rows {
        for store_type in TYPES {
            for (place, state) in states.iter().enumerate() {
                let operation = name.split(':').next().unwrap_or_default();
                let has_key = key != Key::None || name.ends_with("with a key");
                let key = if has_key && key == Key::None { Key::Enabled } else { key };
                let store = Store::new(operation, store_type, key);
                store.enter(state);
                let before = store.scene.world.changes(0).entries.len();
                let is_on_key = key != Key::None && !name.ends_with("with a key");
                let input = if is_on_key { store.scene.request(operation) } else { store.request(name) };
                let found = store.call(operation, input);
                cells += 1;
                let wanted = row.cell(store_type, place);
                if found != wanted {
                    wrong.push(format!("{name} in {state} of {store_type}: {found}, the table says {wanted}"));
                }
                if found != "Succeed" && store.scene.world.changes(0).entries.len() != before {
                    wrong.push(format!("{name} in {state} of {store_type} is refused and changes something"));
                }
            }
        }
    }
    (cells, wrong)
}

#[test]
fn every_operation_does_in_every_connection_state_what_the_table_says() {
    let Published { states, stores, keys, disabled_keys, keys_pending_deletion } = published();
    let mut wrong = Vec::new();
    let tables = [
        (&stores, Key::None, 180),
        (&keys, Key::Enabled, 500),
        (&disabled_keys, Key::Disabled, 50),
        (&keys_pending_deletion, Key::PendingDeletion, 230),
    ];
    for (rows, key, wanted) in tables {
        let (cells, differences) = differences(rows, key, &states);
        assert_eq!(cells, wanted);
        wrong.extend(differences);
    }
    assert!(wrong.is_empty(), "{} cells\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether an operation is asked for in every connection state.
pub(crate) fn asks(operation: &str) -> bool {
    let Published { stores, keys, .. } = published();
    stores.keys().chain(keys.keys()).any(|row| row.split(':').next() == Some(operation))
}

#[test]
fn the_table_has_every_operation() {
    for operation in TABLE {
        assert!(asks(operation.name), "{}", operation.name);
    }
}
