//! Makes the calls of acts in a world, and gives the names of the model to what the world calls otherwise.

use std::collections::{BTreeMap, BTreeSet};

use pocket_kms::{
    Call, Caller, CryptoProvider, Error, Kms, Outcome, Region, Step, Time, Value,
    crypto::{hash::Hash, insecure_key_pool::InsecureKeyPool, random::Random, rsa::Encryption},
};

use crate::{
    acts::Act,
    model::{Import, Instant, Kind, Material, Model, Place, REGIONS},
};

pub(crate) const ACCOUNT: &str = "111122223333";

/// Under which snapshots are written.
const ROOT: [u8; 32] = [7; 32];

/// Cryptography that makes the keys of imports in microseconds.
pub(crate) fn provider() -> CryptoProvider {
    let pool = InsecureKeyPool::new(&mut Random::from_entropy(&[9; 32]));
    CryptoProvider { insecure_key_pool: Some(pool), ..pocket_kms_aws_lc::PROVIDER }
}

/// The world, and what is known of it from outside.
pub(crate) struct Driver {
    pub(crate) kms: Kms,
    /// A world that must answer every call as the first one does.
    pub(crate) double: Option<Kms>,
    /// The key id of each set.
    pub(crate) ids: Vec<String>,
    /// The ciphertexts, in the order of the model's.
    pub(crate) sealed: Vec<Vec<u8>>,
    /// What the world calls the materials of each set.
    materials: BTreeMap<(usize, Material), String>,
    /// All of these ids.
    taken: BTreeSet<String>,
    calls: u64,
}

/// Members of a request.
pub(crate) type Input = Vec<(&'static str, Value)>;

impl Driver {
    pub(crate) fn new() -> Self {
        let kms = Kms::new(provider());
        let (ids, sealed, materials, taken) = Default::default();
        Self { kms, double: None, ids, sealed, materials, taken, calls: 0 }
    }

    pub(crate) fn arn(&self, (set, region): Place) -> String {
        format!("arn:aws:kms:{}:{ACCOUNT}:key/{}", REGIONS[region], self.ids[set])
    }

    /// Makes a call in a Region at an instant, to the double as well, and checks what holds of every call.
    pub(crate) fn call(&mut self, operation: &str, input: Input, region: usize, now: Instant) -> Result<Value, Error> {
        self.call_of(ACCOUNT, operation, input, region, now)
    }

    /// The same by somebody else.
    pub(crate) fn call_of(
        &mut self,
        caller: &str,
        operation: &str,
        input: Input,
        region: usize,
        now: Instant,
    ) -> Result<Value, Error> {
        self.calls += 1;
        let call = prepared(caller, operation, input, region, now, self.calls);
        let outcome = decide(&self.kms, &call);
        if outcome.reply.is_err() {
            assert!(outcome.changes.is_empty(), "a refused {operation} changes something (LIF-438)");
        }
        taken(&mut self.kms, &outcome);
        if let Some(double) = &mut self.double {
            let other = decide(double, &call);
            assert_eq!(said(&other.reply), said(&outcome.reply), "{operation} in a copy of the world (LIF-442)");
            taken(double, &other);
        }
        outcome.reply
    }

    /// The call that an act on a key is; `key` is where it goes.
    pub(crate) fn act(&mut self, act: &Act, key: Place, now: Instant) -> Result<Value, Error> {
        let (operation, input) = self.request(act, key, now);
        self.call(operation, input, key.1, now)
    }

    fn request(&mut self, act: &Act, key: Place, now: Instant) -> (&'static str, Input) {
        let plain = |operation, driver: &Self| (operation, vec![driver.named(key)]);
        match act {
            Act::Create { kind, multi_region, .. } => ("CreateKey", shape(*kind, *multi_region)),
            Act::Describe(_) => plain("DescribeKey", self),
            Act::Enable(_) => plain("EnableKey", self),
            Act::Disable(_) => plain("DisableKey", self),
            Act::CancelDeletion(_) => plain("CancelKeyDeletion", self),
            Act::DisableRotation(_) => plain("DisableKeyRotation", self),
            Act::RotateOnDemand { .. } => plain("RotateKeyOnDemand", self),
            Act::RotationStatus(_) => plain("GetKeyRotationStatus", self),
            Act::ScheduleDeletion { days, .. } => {
                ("ScheduleKeyDeletion", vec![self.named(key), ("PendingWindowInDays", Value::Int(*days))])
            }
            Act::EnableRotation { period, .. } => {
                let period = period.map(|period| ("RotationPeriodInDays", Value::Int(period)));
                ("EnableKeyRotation", [self.named(key)].into_iter().chain(period).collect())
            }
            Act::Encrypt(_) => ("Encrypt", vec![self.named(key), ("Plaintext", Value::Blob(b"plaintext".to_vec()))]),
            Act::Decrypt { sealed, .. } => ("Decrypt", vec![("CiphertextBlob", self.ciphertext(*sealed))]),
            Act::ReEncrypt { sealed, .. } => {
                let to = ("DestinationKeyId", Value::from(self.arn(key)));
                ("ReEncrypt", vec![("CiphertextBlob", self.ciphertext(*sealed)), to])
            }
            Act::DeleteMaterial { material, .. } => {
                let id = material.map(|material| ("KeyMaterialId", Value::from(self.name_of(key.0, material))));
                ("DeleteImportedKeyMaterial", [self.named(key)].into_iter().chain(id).collect())
            }
            Act::Replicate { to, .. } => {
                ("ReplicateKey", vec![self.named(key), ("ReplicaRegion", REGIONS[*to].into())])
            }
            Act::UpdatePrimary { to, .. } => {
                ("UpdatePrimaryRegion", vec![self.named(key), ("PrimaryRegion", REGIONS[*to].into())])
            }
            Act::Import { bytes, new, stay, description, .. } => {
                let import = Import { bytes: *bytes, new: *new, stay: *stay, description: description.clone() };
                ("ImportKeyMaterial", self.import(key, &import, now))
            }
            Act::ListRotations { .. } | Act::Wait(_) | Act::Fork | Act::Restore => {
                panic!("{act:?} is not a single call")
            }
        }
    }

    pub(crate) fn named(&self, key: Place) -> (&'static str, Value) {
        ("KeyId", Value::from(self.arn(key)))
    }

    fn ciphertext(&self, number: usize) -> Value {
        Value::Blob(self.sealed[number].clone())
    }

    /// An import with a token and a wrapping key of its own; of junk, where none are given.
    fn import(&mut self, key: Place, import: &Import, now: Instant) -> Input {
        let wrapping = [("WrappingAlgorithm", "RSAES_OAEP_SHA_256"), ("WrappingKeySpec", "RSA_2048")];
        let mut input = vec![self.named(key)];
        input.extend(wrapping.map(|(name, value)| (name, Value::from(value))));
        let parameters = self.call("GetParametersForImport", input, key.1, now);
        let (token, sealed) = match &parameters {
            Ok(parameters) => (member(parameters, "ImportToken").clone(), wrapped(parameters, import.bytes)),
            Err(_) => (Value::Blob(vec![0; 32]), vec![0; 256]),
        };
        let end = match import.stay {
            Some(stay) => ("ValidTo", Value::Time(Time::from_millis(now + stay))),
            None => ("ExpirationModel", Value::from("KEY_MATERIAL_DOES_NOT_EXPIRE")),
        };
        let kind = |new| if new { "NEW_KEY_MATERIAL" } else { "EXISTING_KEY_MATERIAL" };
        let mut input =
            vec![self.named(key), ("ImportToken", token), ("EncryptedKeyMaterial", Value::Blob(sealed)), end];
        input.extend(import.new.map(|new| ("ImportType", Value::from(kind(new)))));
        input.extend(import.description.clone().map(|text| ("KeyMaterialDescription", Value::from(text))));
        input
    }

    /// What the world calls a material, or something that it calls nothing.
    pub(crate) fn name_of(&self, set: usize, material: Material) -> String {
        self.materials.get(&(set, material)).cloned().unwrap_or_else(|| format!("{material:064x}"))
    }

    /// A material bears one id in all Regions and for ever, and no other material bears it (LIF-153, LIF-248, LIF-440).
    pub(crate) fn learn(&mut self, set: usize, material: Material, id: &str) {
        if let Some(known) = self.materials.get(&(set, material)) {
            assert_eq!(known, id, "material {material} of set {set}");
        } else {
            assert!(self.taken.insert(id.to_owned()), "{id} is the id of two materials");
            self.materials.insert((set, material), id.to_owned());
        }
    }

    pub(crate) fn fork(&mut self) {
        self.double = Some(self.kms.fork());
    }

    pub(crate) fn restore(&mut self) {
        let bytes = self.kms.snapshot(&ROOT, b"").expect("a snapshot");
        let (restored, _) = Kms::restore(&bytes, &ROOT, provider()).expect("a world");
        self.double = Some(restored);
    }

    /// Lets time go on, in two steps in one copy and in one in another: they must come to the same (LIF-432), nothing
    /// may happen before the deadline, and something must happen at it (LIF-433).
    pub(crate) fn advance(&mut self, now: Instant, to: Instant) {
        let to = Time::from_millis(to);
        let before = rows(&self.kms);
        if let Some(deadline) = self.kms.next_deadline().filter(|deadline| *deadline <= to) {
            let early = self.kms.due(Time::from_millis(deadline.millis() - 1));
            assert!(early.is_empty(), "something happens before the deadline (LIF-433)");
            assert!(!self.kms.due(deadline).is_empty(), "nothing happens at the deadline (LIF-433)");
            let middle = Time::from_millis(now + (to.millis() - now) / 2);
            let mut stepwise = self.kms.fork();
            while !stepwise.settle(middle, 1).happened.is_empty() {}
            stepwise.settle(to, usize::MAX);
            self.kms.settle(to, usize::MAX);
            assert_eq!(rows(&stepwise), rows(&self.kms), "two steps are not one (LIF-432)");
        } else {
            assert!(self.kms.due(to).is_empty(), "something happens without a deadline (LIF-433)");
            assert_eq!(rows(&self.kms), before);
        }
        if let Some(double) = &mut self.double {
            let due = double.due(to);
            double.replay(&due);
            assert_eq!(rows(double), rows(&self.kms), "a copy of the world has gone another way (LIF-442)");
        }
    }

    /// What the model says is next must be what the world says (LIF-427 to LIF-431).
    pub(crate) fn check_deadline(&self, model: &Model) {
        assert_eq!(self.kms.next_deadline().map(Time::millis), model.next_event(), "the next deadline");
    }
}

/// A member that must be there.
pub(crate) fn member<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.member(name).unwrap_or_else(|| panic!("no {name} in {value:?}"))
}

pub(crate) fn decide(kms: &Kms, call: &Call) -> Outcome {
    match kms.decide(call) {
        Step::Done(outcome) => *outcome,
        Step::Ask(question) => panic!("a host that is never asked was asked {question:?}"),
    }
}

/// A call, with the entropy of its number.
pub(crate) fn prepared(caller: &str, operation: &str, input: Input, region: usize, now: Instant, number: u64) -> Call {
    let mut entropy = [0; 32];
    entropy[..8].copy_from_slice(&number.to_le_bytes());
    let input = input.into_iter().map(|(name, value)| (name.to_owned().into(), value)).collect();
    let caller = Caller::parse(caller).expect("a caller");
    let region = Region::parse(REGIONS[region]).expect("a Region");
    Call::new(operation, Value::Map(input), caller, region, Time::from_millis(now), entropy)
}

fn taken(kms: &mut Kms, outcome: &Outcome) {
    kms.apply(outcome.basis, &outcome.changes).expect("nobody has changed the state since");
    kms.mark(&outcome.marks);
}

pub(crate) fn said(reply: &Result<Value, Error>) -> Result<Value, String> {
    reply.clone().map_err(|error| error.to_string())
}

/// Every row as text. Secrets are not part of it: what can be opened tells of those.
pub(crate) fn rows(kms: &Kms) -> Vec<String> {
    kms.state().rows().map(|row| serde_json::to_string(&row).expect("a row")).collect()
}

fn wrapped(parameters: &Value, bytes: Material) -> Vec<u8> {
    let public = member(parameters, "PublicKey").as_bytes().expect("bytes");
    let public = pocket_kms_aws_lc::PROVIDER.rsa.load_public(public).expect("an RSA key");
    let material = [u8::try_from(bytes).expect("few materials"); 32];
    let mut random = Random::from_entropy(&[1; 32]);
    public.encrypt(Encryption::Oaep(Hash::Sha256), &material, &mut random).expect("a key that fits")
}

fn shape(kind: Kind, multi_region: bool) -> Input {
    let text = |name, value: &str| (name, Value::from(value));
    let mut input = match kind {
        Kind::Symmetric => Vec::new(),
        Kind::Imported => vec![text("Origin", "EXTERNAL")],
        Kind::Mac => vec![text("KeySpec", "HMAC_256"), text("KeyUsage", "GENERATE_VERIFY_MAC")],
        Kind::Signing => vec![text("KeySpec", "ECC_NIST_P256"), text("KeyUsage", "SIGN_VERIFY")],
    };
    input.push(("MultiRegion", Value::Bool(multi_region)));
    input
}
