//! What a ciphertext blob says about itself, and what keeps it from being decrypted: a question of the owner of a world.

mod contexts;
mod verdict;

use zeroize::Zeroizing;

use super::World;
use crate::{
    ciphertext::{self, Context},
    error::Error,
    names::{AccountId, KeyArn, Region},
    state::{FormValue, State},
    time::Time,
    wire::{Base64, Value},
};
use verdict::Diagnosis;

/// What a blob is asked for.
struct Question {
    blob: Zeroizing<Vec<u8>>,
    /// The key under which it is to be opened; without one, the key that made it.
    key: Option<KeyArn>,
    context: Context,
    region: Region,
}

impl World {
    /// Says what a symmetric ciphertext blob says about itself, without decrypting it: `Format`, `Maker`,
    /// `KeyMaterialId`, `Algorithm`, `Length` and `PlaintextLength`, and as `KeyIds` the keys of this world that have
    /// that material. Where there are none, `Note` says so. A blob with an outer layer of an external key has `External`:
    /// the lengths of what its proxy gave with the ciphertext. `None` when the blob has no envelope, as those of asymmetric
    /// keys.
    pub fn inspect(&self, blob: &[u8]) -> Option<Value> {
        let description = ciphertext::describe(blob)?;
        let kms = self.seen();
        let keys = kms.state().keys_of(description.material_id).map(|arn| Value::from(arn.to_string()));
        let keys: Vec<Value> = keys.collect();
        let note = match (keys.len(), description.version) {
            (0, 1) => Some("the older layout of AWS: no key of this world made it, and none opens it"),
            (0, _) => Some("no key of this world made it, and none opens it"),
            _ => None,
        };
        let length = |length| i64::try_from(length).map_or(Value::Null, Value::Int);
        let external = description.external.map(|layer| {
            Value::from([("MetadataLength", length(layer.metadata_length)), ("IvLength", length(layer.iv_length))])
        });
        Some(Value::named(&mut [
            ("Format", Some(Value::Int(i64::from(description.version)))),
            ("Maker", Some(description.maker.as_str().into())),
            ("KeyMaterialId", Some(description.material_id.to_string().into())),
            ("KeyIds", Some(Value::List(keys))),
            ("Algorithm", Some(description.aead.as_str().into())),
            ("Length", Some(length(description.length))),
            ("PlaintextLength", Some(length(description.plaintext_length))),
            ("External", external),
            ("Note", note.map(Value::from)),
        ]))
    }

    /// Says whether a blob would be opened, and where not, what differs.
    pub(super) fn inspect_for(&self, question: &Value, host_now: Time) -> Result<Value, Error> {
        let (seen, now) = (self.seen(), self.now(host_now));
        let question = Question::read(question, self.account, seen.state())?;
        let mut answer = match self.inspect(&question.blob) {
            Some(Value::Map(members)) => members,
            _ => Vec::new(),
        };
        let diagnosis = Diagnosis { world: self, kms: &seen, question: &question, now };
        if let Value::Map(said) = diagnosis.answer() {
            answer.extend(said);
        }
        Ok(Value::Map(answer))
    }
}

impl Question {
    fn read(question: &Value, account: AccountId, state: &State) -> Result<Self, Error> {
        let said = FormValue::named("question", question);
        let [_, blob, key, context, home, region] =
            said.structure(["question", "blob", "key", "encryption_context", "account", "region"])?;
        let home = said.within("account", home);
        let account = if home.is_there() { home.account()? } else { account };
        let region = said.within("region", region);
        let region = if region.is_there() { region.region()? } else { Region::default() };
        let key = said.within("key", key);
        let key = key.is_there().then(|| named(&key, account, region, state)).transpose()?;
        let blob = bytes(&said.within("blob", blob))?;
        Ok(Self { blob, key, context: pairs(&said.within("encryptionContext", context))?, region })
    }
}

/// The bytes of a blob, or of a text in base64.
fn bytes(said: &FormValue<'_>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let decoded = match said.value {
        Value::Text(text) => Base64::decode(text).map(|bytes| bytes.0.to_vec()),
        value => value.as_bytes().map(<[u8]>::to_vec),
    };
    decoded.map(Zeroizing::new).ok_or_else(|| said.must_be("a ciphertext: its bytes, or base64 of them"))
}

/// The key of a name. It may be gone: ciphertexts still name it.
fn named(said: &FormValue<'_>, account: AccountId, region: Region, state: &State) -> Result<KeyArn, Error> {
    let text = said.text("a key: its id, its ARN, or the name or the ARN of an alias")?;
    state.key_named(text, account, region).ok_or_else(|| Error::no_key_to_ask(text))
}

/// The pairs of an encryption context.
fn pairs(said: &FormValue<'_>) -> Result<Context, Error> {
    const PAIRS: &str = "an encryption context: texts by their names";
    let pairs = said.members(PAIRS)?.iter().map(|(name, value)| {
        let value = value.as_text().ok_or_else(|| said.within(name, value).must_be("a text"))?;
        Ok((name.to_string(), value.to_owned()))
    });
    pairs.collect()
}
