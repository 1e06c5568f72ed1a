//! The keys of the key manager: registered, rotated, replaced, deleted and restored.

use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

use super::{
    form::texts,
    rows::{ExternalKeyRow, ProxyRow, SPECS},
};
use crate::{
    arguments::camel,
    crypto::random::Random,
    error::Error,
    names::{ExternalKeyName, ProxyName, is_external_key_id},
    state::{
        draft::Draft,
        form_value::FormValue,
        secrets::SecretName,
        tables::{Change, State},
    },
    wire::{SecretBytes, Value},
};

/// The most keys that a logical key store shows.
const MOST_KEYS: usize = 10_000;

/// The most versions that a new key has; a rotation adds more.
const MOST_VERSIONS: u32 = 1000;

/// How long the material of a key is, in bytes.
const MATERIAL: usize = 32;

/// What the members of a key are.
const MEMBERS: &str = "spec, usages, status, material, versions";

/// What the state knows of external keys.
impl State {
    /// A key that a logical key store shows, deleted or not.
    pub(crate) fn external_key(&self, proxy: &ProxyName, id: &str) -> Option<&ExternalKeyRow> {
        self.external_keys.get(&ExternalKeyName { proxy: proxy.clone(), id: id.into() }).map(|row| &**row)
    }

    /// The keys of a logical key store, in the order of their ids.
    pub(crate) fn external_keys_of<'a>(
        &'a self,
        proxy: &'a ProxyName,
    ) -> impl Iterator<Item = (&'a ExternalKeyName, &'a ExternalKeyRow)> {
        let first = ExternalKeyName { proxy: proxy.clone(), id: "".into() };
        let keys = self.external_keys.range(first..).take_while(move |(name, _)| name.proxy == *proxy);
        keys.map(|(name, row)| (name, &**row))
    }
}

/// What is recorded of external keys.
impl Draft<'_> {
    /// Keys by their ids, or a list of ids: what is not said of a key stays as it is, and null takes the key away.
    pub(super) fn register_external_keys(
        &mut self,
        proxy: &ProxyName,
        row: &mut ProxyRow,
        said: &FormValue<'_>,
        random: &mut Random,
    ) -> Result<(), Error> {
        if let Value::List(ids) = said.value {
            let nothing = Value::Map(Vec::new());
            for (place, value) in ids.iter().enumerate().take(MOST_KEYS) {
                let step = format!("[{place}]");
                let id = said.within(&step, value).text("the id of a key")?;
                self.register_external_key((proxy, id), row, &said.within(id, &nothing), random)?;
            }
        } else {
            for (id, value) in said.members("keys by their ids, or a list of ids")? {
                self.register_external_key((proxy, id), row, &said.within(id, value), random)?;
            }
        }
        if self.state().external_keys_of(proxy).nth(MOST_KEYS).is_some() {
            return Err(said.wrong(format!("has more than {MOST_KEYS} keys")));
        }
        Ok(())
    }

    fn register_external_key(
        &mut self,
        (proxy, id): (&ProxyName, &str),
        row: &mut ProxyRow,
        said: &FormValue<'_>,
        random: &mut Random,
    ) -> Result<(), Error> {
        if !is_external_key_id(id) {
            return Err(said.wrong("is not the id of an external key: 1 to 128 letters, digits, -, _ and ."));
        }
        let known = self.state().external_key(proxy, id).cloned();
        if !said.is_there() {
            let known = known.ok_or_else(|| said.wrong("is not registered, and cannot be removed"))?;
            self.forget_versions(row, &known.versions);
            self.put_external_key(proxy, id, None);
            return Ok(());
        }
        let is_new = known.is_none();
        let mut key = known.unwrap_or_default();
        let (mut material, mut told) = (None, None);
        for (name, value) in said.members("a key such as {\"status\": \"ENABLED\"}")? {
            let said = said.within(name, value);
            match &*camel(name) {
                "spec" => key.spec = one_of(&said, &SPECS)?.into(),
                "usages" => key.usages = texts(&said, "a list of usages, such as ENCRYPT")?,
                "status" => {
                    let status = one_of(&said, &["ENABLED", "DISABLED", "DELETED"])?;
                    (key.enabled, key.deleted) = (status != "DISABLED", status == "DELETED");
                }
                "material" => material = Some(material_of(&said)?),
                "versions" => told = said.maybe_number(MOST_VERSIONS)?,
                _ => return Err(said.wrong(["is not known here: there are ", MEMBERS].concat())),
            }
        }
        if let Some(material) = material {
            self.replace_material(row, &mut key, &material);
        } else if key.versions.is_empty() {
            let material = random.secret(MATERIAL);
            self.replace_material(row, &mut key, &material);
        }
        let has = |key: &ExternalKeyRow| u32::try_from(key.versions.len()).unwrap_or(u32::MAX);
        // What is told of a key may be told again, also to another world, where the key has as many versions.
        while is_new && told.is_some_and(|told| has(&key) < told) {
            self.rotate_external_key(row, &mut key, random);
        }
        if told.is_some_and(|told| has(&key) != told) {
            return Err(said.wrong(format!("versions are {} here, and more where the key is rotated", has(&key))));
        }
        self.put_external_key(proxy, id, Some(key));
        Ok(())
    }

    /// Records a key.
    pub(super) fn put_external_key(&mut self, proxy: &ProxyName, id: &str, row: Option<ExternalKeyRow>) {
        let key = ExternalKeyName { proxy: proxy.clone(), id: id.into() };
        self.record(Change::ExternalKeys { key, row: row.map(Into::into) });
    }

    /// Gives a key new material, by which Encrypt goes from now on (CKS-342).
    pub(super) fn rotate_external_key(&mut self, row: &mut ProxyRow, key: &mut ExternalKeyRow, random: &mut Random) {
        let version = self.add_proxy_secret(row, &random.secret(MATERIAL));
        key.versions.push(version);
    }

    /// Puts another key under the id of a key: what the one before has encrypted is lost (CKS-343).
    pub(super) fn replace_external_key(&mut self, row: &mut ProxyRow, key: &mut ExternalKeyRow, random: &mut Random) {
        let material = random.secret(MATERIAL);
        self.replace_material(row, key, &material);
    }

    fn replace_material(&mut self, row: &mut ProxyRow, key: &mut ExternalKeyRow, material: &[u8]) {
        let is_same = match key.versions[..] {
            [only] => self.state().proxy_secret(row, only).is_some_and(|secret| secret.expose() == material),
            _ => false,
        };
        if !is_same {
            self.forget_versions(row, &key.versions);
            key.versions = vec![self.add_proxy_secret(row, material)];
        }
    }

    fn forget_versions(&mut self, row: &ProxyRow, versions: &[u32]) {
        for number in versions {
            self.destroy(SecretName::Proxy(row.number, *number));
        }
    }
}

fn one_of<'a>(said: &FormValue<'a>, names: &[&str]) -> Result<&'a str, Error> {
    let what = ["one of ", &names.join(", ")].concat();
    said.text(&what).ok().filter(|text| names.contains(text)).ok_or_else(|| said.must_be(&what))
}

/// The material of a key: 32 bytes, in JSON as base64.
fn material_of(said: &FormValue<'_>) -> Result<SecretBytes, Error> {
    let bytes = match said.value {
        Value::Text(text) => {
            let mut bytes = Zeroizing::new([0; MATERIAL + 1]);
            BASE64_STANDARD
                .decode_slice(text, &mut *bytes)
                .ok()
                .and_then(|length| bytes.get(..length).map(SecretBytes::from))
        }
        value => value.as_bytes().map(SecretBytes::from),
    };
    bytes.filter(|bytes| bytes.len() == MATERIAL).ok_or_else(|| said.must_be("32 bytes, in base64"))
}
