//! What stays of imported key material when it is gone.

use pocket_kms::{
    CryptoProvider, Error, Exception, Options, Span, Value, World,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
};

use crate::fixture::{NOW, bytes, exception};

const REGION: &str = "us-east-1";
const MINUTE: Span = Span::from_millis(60_000);

struct Imports {
    world: World,
    key: Value,
    /// The pair whose private key is imported.
    pair: Value,
}

impl Imports {
    fn new() -> Self {
        let seed = Some(b"imports".to_vec().into());
        let options = Options { seed, now: Some(NOW), insecure_key_pool: true, ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let call = |operation, input| world.call(operation, input, Some(REGION), None, NOW).reply.expect(operation);
        let id =
            |reply: &Value| reply.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("an id");
        let maker = id(&call("CreateKey", Value::Map(Vec::new())));
        let pair =
            call("GenerateDataKeyPair", Value::from([("KeyId", maker), ("KeyPairSpec", Value::from("ECC_NIST_P256"))]));
        let input = [("KeySpec", "ECC_NIST_P256"), ("KeyUsage", "SIGN_VERIFY"), ("Origin", "EXTERNAL")];
        let key = id(&call("CreateKey", Value::from(input.map(|(name, text)| (name, Value::from(text))))));
        Self { world, key, pair }
    }

    fn call<const N: usize>(&self, operation: &str, input: [(&str, Value); N]) -> Result<Value, Error> {
        let mut members = vec![("KeyId".into(), self.key.clone())];
        members.extend(input.into_iter().map(|(name, value)| (name.to_owned().into(), value)));
        self.world.call(operation, Value::Map(members), Some(REGION), None, NOW).reply
    }

    fn import(&self, end: [(&str, Value); 2]) {
        let wrapping = [("WrappingAlgorithm", "RSAES_OAEP_SHA_256"), ("WrappingKeySpec", "RSA_2048")];
        let wrapping = wrapping.map(|(name, text)| (name, Value::from(text)));
        let parameters = self.call("GetParametersForImport", wrapping).expect("parameters");
        let public = CryptoProvider::default().rsa.load_public(&bytes(&parameters, "PublicKey")).expect("an RSA key");
        let private = bytes(&self.pair, "PrivateKeyPlaintext");
        let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), &private, &mut Random::from_entropy(&[1; 32]));
        let token = ("ImportToken", parameters.member("ImportToken").cloned().expect("a token"));
        let material = ("EncryptedKeyMaterial", Value::Blob(sealed.expect("a key that fits")));
        let [model, valid_to] = end;
        self.call("ImportKeyMaterial", [token, material, model, valid_to]).expect("an import");
    }

    /// GetPublicKey gives the key of the pair, and Sign finds no private key.
    fn gives_its_public_key_alone(&self) {
        let reply = self.call("GetPublicKey", []).expect("the public key");
        assert_eq!(bytes(&reply, "PublicKey"), bytes(&self.pair, "PublicKey"));
        let message = [("Message", Value::Blob(b"x".to_vec())), ("SigningAlgorithm", Value::from("ECDSA_SHA_256"))];
        assert_eq!(exception(self.call("Sign", message)), Some(Exception::KMSInvalidStateException));
    }
}

#[test]
fn a_public_key_outlives_imported_material_that_is_deleted_or_expires() {
    // LIF-297, LIF-412, LIF-523.
    let imports = Imports::new();
    assert_eq!(exception(imports.call("GetPublicKey", [])), Some(Exception::KMSInvalidStateException));
    let lasting = [("ExpirationModel", Value::from("KEY_MATERIAL_DOES_NOT_EXPIRE")), ("ValidTo", Value::Null)];
    imports.import(lasting);
    imports.call("DeleteImportedKeyMaterial", []).expect("a deletion");
    imports.gives_its_public_key_alone();
    imports.import([
        ("ExpirationModel", Value::from("KEY_MATERIAL_EXPIRES")),
        ("ValidTo", Value::Time(NOW.after(MINUTE))),
    ]);
    imports.world.advance(MINUTE, NOW).expect("a time that the clock reaches");
    imports.gives_its_public_key_alone();
    // A clock that is set back brings nothing back.
    imports.world.set_time(NOW, NOW);
    imports.gives_its_public_key_alone();
    assert_eq!(imports.world.next_deadline(), None);
    imports.call("ScheduleKeyDeletion", []).expect("a deletion");
    assert_eq!(exception(imports.call("GetPublicKey", [])), Some(Exception::KMSInvalidStateException));
}

/// Imports 32 bytes into a symmetric key; gives the id of the material.
fn imported(world: &World, key: &str, byte: u8, import_type: &str) -> String {
    let call = |operation, input| world.call(operation, input, Some(REGION), None, NOW).reply.expect(operation);
    let wish = [("KeyId", key), ("WrappingAlgorithm", "RSAES_OAEP_SHA_256"), ("WrappingKeySpec", "RSA_2048")];
    let wish = wish.map(|(name, text)| (name, Value::from(text)));
    let parameters = call("GetParametersForImport", Value::from(wish));
    let public = CryptoProvider::default().rsa.load_public(&bytes(&parameters, "PublicKey")).expect("an RSA key");
    let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), &[byte; 32], &mut Random::from_entropy(&[1; 32]));
    let reply = call(
        "ImportKeyMaterial",
        Value::from([
            ("KeyId", Value::from(key)),
            ("ImportToken", parameters.member("ImportToken").cloned().expect("a token")),
            ("EncryptedKeyMaterial", Value::Blob(sealed.expect("a material that fits"))),
            ("ExpirationModel", Value::from("KEY_MATERIAL_DOES_NOT_EXPIRE")),
            ("ImportType", Value::from(import_type)),
        ]),
    );
    reply.member("KeyMaterialId").and_then(Value::as_text).expect("an id").to_owned()
}

#[test]
fn an_imported_key_of_version_1_keeps_the_name_of_its_material_and_gets_no_other_that_can_be_guessed() {
    // This key of the golden snapshot has material of sevens.
    const KEY: &str = "a613e894-0d0b-4868-bd93-529527d0e68c";
    let golden = include_bytes!("../../golden/snapshot-1.bin");
    let root_key = b"root key of the golden snapshots";
    let world = World::restore(golden, root_key, CryptoProvider::default(), [0; 32]).expect("a world");
    let former = |byte| {
        let named = [b"pocket-kms imported key material\0", KEY.as_bytes(), &[byte; 32]].concat();
        hex::encode(Hash::Sha256.digest(&named))
    };
    assert_eq!(imported(&world, KEY, 7, "EXISTING_KEY_MATERIAL"), former(7));
    let new = imported(&world, KEY, 8, "NEW_KEY_MATERIAL");
    assert_ne!(new, former(8));
    assert_eq!(imported(&world, KEY, 8, "EXISTING_KEY_MATERIAL"), new);
    assert_eq!(imported(&world, KEY, 7, "EXISTING_KEY_MATERIAL"), former(7));
}
