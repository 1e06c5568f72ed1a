//! Whether a blob would be opened, and where not, what differs: the key, its material, the context, or the bytes.

use std::cmp::Ordering;

use super::{Question, contexts};
use crate::{
    algorithms::{self, Algorithms},
    ciphertext::{self, Blob, Context, Description},
    crypto::random::Random,
    kms::Kms,
    material::MaterialId,
    names::KeyArn,
    operations,
    shapes::{EncryptionAlgorithmSpec, KeySpec, KeyState, KeyUsageType},
    state::{Key, LineageId},
    time::Time,
    wire::{Base64, Name, Value},
    world::World,
};

/// What a blob begins with, and where it says how long its rest is.
const BEGINNING: usize = 58;

/// A blob, what is asked of it, and the world in which that is.
pub(super) struct Diagnosis<'a> {
    pub(super) world: &'a World,
    pub(super) kms: &'a Kms,
    pub(super) question: &'a Question,
    pub(super) now: Time,
}

/// What was found.
struct Finding {
    verdict: &'static str,
    sentences: Vec<String>,
    facts: Vec<(Name, Value)>,
}

impl Finding {
    fn new(verdict: &'static str, sentence: impl Into<String>) -> Self {
        Self { verdict, sentences: vec![sentence.into()], facts: Vec::new() }
    }

    fn and(mut self, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self
    }

    fn fact(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push((Name::Borrowed(name), value.into()));
        self
    }
}

impl Diagnosis<'_> {
    /// `Verdict`, `Sentences`, and what else is known.
    pub(super) fn answer(&self) -> Value {
        let found = match ciphertext::describe(&self.question.blob) {
            Some(description) => self.of_layout(&description),
            None => self.without_layout(),
        };
        let sentences = found.sentences.into_iter().map(Value::Text).collect();
        let said = [
            (Name::Borrowed("Verdict"), Value::from(found.verdict)),
            (Name::Borrowed("Sentences"), Value::List(sentences)),
        ];
        Value::Map(said.into_iter().chain(found.facts).collect())
    }

    /// Bytes in no layout of symmetric ciphertexts: those of an asymmetric key, or none of KMS.
    fn without_layout(&self) -> Finding {
        let key = self.question.key.and_then(|arn| self.kms.state().key(&arn));
        if let Some(key) = key.filter(|key| key.usage == KeyUsageType::EncryptDecrypt) {
            let row = algorithms::row(key.spec, self.question.region.partition());
            if let Some(Algorithms::Encryption(all)) = row.and_then(|row| row.algorithms(key.usage))
                && key.spec != KeySpec::SymmetricDefault
            {
                return self.asymmetric(&key, all);
            }
        }
        let found =
            Finding::new("not a blob", "These bytes are in no layout that KMS gives to ciphertexts of symmetric keys.");
        match hint(&self.question.blob) {
            Some(hint) => found.and(hint),
            None => {
                found.and("A ciphertext of an asymmetric key says nothing of its key: name the key to have it tried.")
            }
        }
    }

    fn asymmetric(&self, key: &Key, all: &[EncryptionAlgorithmSpec]) -> Finding {
        let provider = self.kms.provider();
        let material = key.current().and_then(|id| operations::held(id, key, self.kms.state(), provider));
        let opens = all.iter().find(|algorithm| {
            let mut random = Random::from_entropy(&[0; 32]);
            let material = material.as_ref();
            material.is_some_and(|it| it.decrypt(provider, **algorithm, &self.question.blob, &mut random).is_ok())
        });
        match opens {
            Some(algorithm) => {
                let name = algorithm.as_str();
                let sentence = format!("Decrypt opens it under this key with the encryption algorithm {name}.");
                self.in_state(Finding::new("opens", sentence), key).fact("EncryptionAlgorithm", name)
            }
            None => Finding::new(
                "cannot be told",
                "It opens under this key with none of its encryption algorithms: another key made it, or its bytes were altered.",
            )
            .and("A ciphertext of an asymmetric key says nothing of the key that made it."),
        }
    }

    /// A blob that names key material.
    fn of_layout(&self, description: &Description) -> Finding {
        let id = description.material_id;
        let Some(holders) = self.kms.state().holders(id) else {
            let found = Finding::new(
                "unknown key",
                "No key of this world has or had the key material that it names: another world made it, or AWS.",
            );
            return if description.version == 1 { found.and("It is in an older layout of AWS.") } else { found };
        };
        let made_by = self.near(holders.owner);
        let found = self.under(holders.owner, id).fact("MadeBy", made_by.to_string());
        match self.question.key.filter(|key| LineageId::of(*key) != holders.owner) {
            Some(key) => {
                let mut sentences = vec![format!("The key {made_by} made it, and not the key {key}.")];
                sentences.extend(
                    found.sentences.into_iter().map(|sentence| format!("Under the key that made it: {sentence}")),
                );
                Finding { verdict: "another key", sentences, ..found }
            }
            None => found,
        }
    }

    /// The key of a lineage in the Region of the question, or else in another one.
    fn near(&self, owner: LineageId) -> KeyArn {
        let here = owner.in_region(self.question.region);
        let row = self.kms.state().keys.get(&owner);
        let own = row.and_then(|row| row.regions.iter().find(|own| own.region == here.region).or(row.home()));
        own.map_or(here, |own| owner.in_region(own.region))
    }

    /// What the key that made a blob does with it.
    fn under(&self, owner: LineageId, id: MaterialId) -> Finding {
        let (state, provider, region) = (self.kms.state(), self.kms.provider(), self.question.region);
        let Some(row) = state.keys.get(&owner) else {
            return Finding::new(
                "key deleted",
                "The key that made it was deleted, and its key material with it: nothing opens it any more.",
            );
        };
        let arns: Vec<KeyArn> = row.regions.iter().map(|own| owner.in_region(own.region)).collect();
        let Some(key) = state.key(&owner.in_region(region)) else {
            let regions: Vec<&str> = row.regions.iter().map(|own| own.region.as_str()).collect();
            let regions = regions.join(", ");
            return Finding::new(
                "another Region",
                format!("The key that made it is in {regions}, and not in {region}."),
            );
        };
        let Some(material) = operations::held(id, &key, state, provider) else {
            let sentence =
                "The key that made it is there, but this key material is not: it was deleted, or has expired.";
            let found = Finding::new("material missing", sentence);
            return self.in_state(found.and("Import the same key material again, and it opens."), &key);
        };
        let Ok(Blob::Plain(envelope)) = Blob::parse(&self.question.blob) else {
            return Finding::new(
                "external key",
                "Its outer layer is sealed by an external key, which only its external key manager opens: Decrypt alone can tell.",
            );
        };
        let opens = |context: &Context| envelope.open(provider, &material, context).is_ok();
        if opens(&self.question.context) {
            let sentence = "Key, key material, encryption context and bytes fit: Decrypt opens it.";
            return self.in_state(Finding::new("opens", sentence), &key);
        }
        let (tried, found) = contexts::search(self.world, state, &arns, &self.question.context, &opens);
        let finding = match found {
            Some((context, source)) => {
                let pairs: Value = context.into_iter().map(|(name, value)| (name, Value::Text(value))).collect();
                Finding::new("another context", "Key and bytes fit, but the encryption context is another one.")
                    .and(source.sentence())
                    .fact("EncryptionContext", pairs)
                    .fact("KnownFrom", source.to_value())
            }
            None => Finding::new(
                "altered or unknown context",
                "Either its bytes were altered, or it was encrypted with an encryption context that nobody recorded: \
                 cryptography does not tell one from the other.",
            ),
        };
        self.in_state(finding, &key).fact("ContextsTried", Value::count(tried))
    }

    /// The same with the state of the key, where that stands in the way.
    fn in_state(&self, found: Finding, key: &Key) -> Finding {
        let arn = key.lineage().in_region(key.own().region);
        let Some(state) = self.kms.state().key_state(&arn, self.now) else { return found };
        let found = found.fact("KeyState", state.as_str());
        if matches!(state, KeyState::Enabled | KeyState::Updating) {
            return found;
        }
        let name = state.as_str();
        found.and(format!("The key is in the state {name}, in which Decrypt is refused."))
    }
}

/// What bytes that are in no layout may be.
fn hint(blob: &[u8]) -> Option<String> {
    if blob.is_empty() {
        return Some("There are no bytes.".to_owned());
    }
    let text = std::str::from_utf8(blob).ok().and_then(|text| Base64::decode(text.trim()));
    if text.is_some_and(|bytes| ciphertext::describe(&bytes.0).is_some()) {
        return Some("They are the base64 text of a ciphertext: decode it once more.".to_owned());
    }
    let [1, 2, 2 | 3, 0, 0x78, ..] = blob else { return None };
    let said = blob.get(BEGINNING - 4..BEGINNING)?.try_into().ok().map(u32::from_be_bytes)?;
    let (there, said) = (blob.len(), BEGINNING as u64 + u64::from(said));
    Some(match said.cmp(&(there as u64)) {
        Ordering::Greater => {
            format!("They begin as a ciphertext of {said} bytes, of which {there} are there: the end is missing.")
        }
        Ordering::Less => format!("They begin as a ciphertext of {said} bytes, and go on: {there} are there."),
        Ordering::Equal => "They begin as a ciphertext, but bytes of its head were altered.".to_owned(),
    })
}
