//! What the owner of a proxy does with it.

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use zeroize::Zeroizing;

use super::{
    faults::fault,
    register::{MOST_CREDENTIALS, MOST_FAULTS, credential},
    rows::{ExternalKeyRow, ProxyCredential, ProxyRow},
};
use crate::{
    crypto::random::Random,
    error::Error,
    names::ProxyName,
    state::{draft::Draft, form_value::FormValue, secrets::SecretName},
    time::Time,
    wire::{Members, Value},
};

/// The characters of an access key id (CKS-37).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What can be done with a key.
const OF_KEYS: [&str; 6] = ["rotateKey", "replaceKey", "deleteKey", "restoreKey", "enableKey", "disableKey"];

/// What can be done besides.
const OTHERS: [&str; 5] = ["configurationFile", "addCredential", "removeCredential", "addFault", "removeFault"];

/// What an action of an owner is about.
struct Action<'a> {
    name: &'a ProxyName,
    said: &'a FormValue<'a>,
    now: Time,
}

impl Draft<'_> {
    /// Does what the owner of a proxy wants done: `{"do": "rotateKey", "key": "foo"}`. Gives what it says.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours. The draft is good for nothing then.
    pub(crate) fn on_proxy(
        &mut self,
        name: &ProxyName,
        said: &FormValue<'_>,
        now: Time,
        random: &mut Random,
    ) -> Result<Value, Error> {
        let row = self.state().proxy(name).cloned();
        let mut row = row.ok_or_else(|| said.wrong(format!("there is no proxy {name}: register it first")))?;
        let what = format!("what is to be done: one of {}", [&OF_KEYS[..], &OTHERS].concat().join(", "));
        let wanted = said.value.member("do").unwrap_or(&Value::Null);
        let wanted = said.within("do", wanted);
        let action = Action { name, said, now };
        let told = match wanted.text(&what)? {
            of_key if OF_KEYS.contains(&of_key) => self.on_external_key(&action, of_key, &mut row, random)?,
            "configurationFile" => {
                action.arguments(["do"])?;
                let credential = self.new_credential(&mut row, said, random)?;
                let path = Value::from(name.path());
                Value::from([("XksProxyUriPath", path), ("XksProxyAuthenticationCredential", credential)])
            }
            "addCredential" => self.add_credential(&action, &mut row, random)?,
            "removeCredential" => self.remove_credential(&action, &mut row)?,
            "addFault" => action.add_fault(&mut row)?,
            "removeFault" => action.remove_fault(&mut row)?,
            _ => return Err(wanted.must_be(&what)),
        };
        self.put_proxy(name, row);
        Ok(told)
    }

    fn on_external_key(
        &mut self,
        action: &Action<'_>,
        wanted: &str,
        row: &mut ProxyRow,
        random: &mut Random,
    ) -> Result<Value, Error> {
        let [_, id] = action.arguments(["do", "key"])?;
        let said = action.said.within("key", id);
        let id = said.text("the id of a key")?;
        let known = self.state().external_key(action.name, id).cloned();
        let mut key: ExternalKeyRow = known.ok_or_else(|| said.wrong(format!("there is no key {id}")))?;
        match wanted {
            "rotateKey" => self.rotate_external_key(row, &mut key, random),
            "replaceKey" => self.replace_external_key(row, &mut key, random),
            "deleteKey" => key.deleted = true,
            "restoreKey" => key.deleted = false,
            _ => key.enabled = wanted == "enableKey",
        }
        self.put_external_key(action.name, id, Some(key));
        Ok(Value::Map(Vec::new()))
    }

    /// Adds a credential with an id and a secret of the right alphabets (CKS-178); gives it as AWS names its members.
    fn new_credential(
        &mut self,
        row: &mut ProxyRow,
        said: &FormValue<'_>,
        random: &mut Random,
    ) -> Result<Value, Error> {
        let id: [u8; 20] = random.array();
        let id: String = id.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        // 32 bytes are 43 characters of base64 without padding.
        let secret = Zeroizing::new(BASE64_STANDARD_NO_PAD.encode(&*random.secret(32)));
        self.credit(row, said, &id, &secret)
    }

    fn add_credential(&mut self, action: &Action<'_>, row: &mut ProxyRow, random: &mut Random) -> Result<Value, Error> {
        let mut members = Zeroizing::new(Value::Map(action.others()));
        if matches!(&*members, Value::Map(members) if members.is_empty()) {
            return self.new_credential(row, action.said, random);
        }
        let said = FormValue::whole("the credential", &members);
        let (id, secret) = credential(&said)?;
        let secret = secret.ok_or_else(|| said.wrong("needs rawSecretAccessKey"))?;
        let told = self.credit(row, &said, id, secret);
        zeroize::Zeroize::zeroize(&mut *members);
        told
    }

    fn credit(&mut self, row: &mut ProxyRow, said: &FormValue<'_>, id: &str, secret: &str) -> Result<Value, Error> {
        if row.credentials.iter().any(|known| *known.access_key_id == *id) {
            return Err(said.wrong(format!("there is a credential {id}: remove it first")));
        }
        if row.credentials.len() >= MOST_CREDENTIALS {
            return Err(said.wrong(format!("has {MOST_CREDENTIALS} credentials: remove one first")));
        }
        let number = self.add_proxy_secret(row, secret.as_bytes());
        row.credentials.push(ProxyCredential { access_key_id: id.into(), secret: number });
        Ok(Value::from([("AccessKeyId", Value::from(id)), ("RawSecretAccessKey", Value::from(secret))]))
    }

    fn remove_credential(&mut self, action: &Action<'_>, row: &mut ProxyRow) -> Result<Value, Error> {
        let [_, id] = action.arguments(["do", "access_key_id"])?;
        let said = action.said.within("accessKeyId", id);
        let id = said.text("the id of a credential")?;
        let place = row.credentials.iter().position(|known| *known.access_key_id == *id);
        let place = place.ok_or_else(|| said.wrong(format!("there is no credential {id}")))?;
        let gone = row.credentials.remove(place);
        self.destroy(SecretName::Proxy(row.number, gone.secret));
        Ok(Value::Map(Vec::new()))
    }
}

impl<'a> Action<'a> {
    /// What is said besides what is to be done.
    fn arguments<const N: usize>(&self, names: [&'static str; N]) -> Result<[&'a Value; N], Error> {
        self.said.structure(names)
    }

    /// The same as members.
    fn others(&self) -> Members {
        match self.said.value {
            Value::Map(members) => members.iter().filter(|(name, _)| name != "do").cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn add_fault(&self, row: &mut ProxyRow) -> Result<Value, Error> {
        if row.faults.len() >= MOST_FAULTS {
            return Err(self.said.wrong(format!("has {MOST_FAULTS} faults: remove one first")));
        }
        let mut others = self.others();
        others.retain(|(name, _)| name != "id");
        let others = Value::Map(others);
        let read = fault(&FormValue::whole("the fault", &others), row.faulted + 1, self.now)?;
        row.faulted = read.id;
        let told = Value::from([("id", Value::Int(read.id.into()))]);
        row.faults.push(read);
        Ok(told)
    }

    fn remove_fault(&self, row: &mut ProxyRow) -> Result<Value, Error> {
        let [_, id] = self.arguments(["do", "id"])?;
        let said = self.said.within("id", id);
        let wanted = said.maybe_number(u32::MAX)?;
        let place = row.faults.iter().position(|fault| Some(fault.id) == wanted);
        let place = place.ok_or_else(|| said.wrong("is not the id of a fault of this proxy"))?;
        row.faults.remove(place);
        Ok(Value::Map(Vec::new()))
    }
}
