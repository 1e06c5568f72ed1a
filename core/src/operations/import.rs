//! GetParametersForImport, ImportKeyMaterial and DeleteImportedKeyMaterial: key material that comes from outside.

use super::{Stage, keys::offered};
use crate::{
    call::Stop,
    error::Error,
    import_token::{self, ImportToken},
    material::{Material, MaterialId},
    names::KeyArn,
    shapes::*,
    state::{Import, KeyMaterial, KeyRow, MaterialRow, Presence},
    time::{Span, Time},
    wire::shape,
    wrapping,
};

shape! {
    pub(super) struct DeleteImportedKeyMaterialRequest {
        KeyId key_id: Required KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub(super) struct DeleteImportedKeyMaterialResponse {
        KeyId key_id: Optional KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdResponseType,
    }

    pub(super) struct GetParametersForImportRequest {
        KeyId key_id: Required KeyIdType,
        WrappingAlgorithm wrapping_algorithm: Required AlgorithmSpec,
        WrappingKeySpec wrapping_key_spec: Required WrappingKeySpec,
    }

    pub(super) struct GetParametersForImportResponse {
        KeyId key_id: Optional KeyIdType,
        ImportToken import_token: Optional CiphertextType,
        PublicKey public_key: Optional PlaintextType,
        ParametersValidTo parameters_valid_to: Optional DateType,
    }

    pub(super) struct ImportKeyMaterialRequest {
        KeyId key_id: Required KeyIdType,
        ImportToken import_token: Required CiphertextType,
        EncryptedKeyMaterial encrypted_key_material: Required CiphertextType,
        ValidTo valid_to: Optional DateType,
        ExpirationModel expiration_model: Optional ExpirationModelType,
        ImportType import_type: Optional ImportType,
        KeyMaterialDescription key_material_description: Optional KeyMaterialDescriptionType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub(super) struct ImportKeyMaterialResponse {
        KeyId key_id: Optional KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }
}

/// How far ahead imported key material may expire (P4-345).
const LONGEST_VALIDITY: Span = Span::from_days(365);

/// Makes a wrapping key, and the token with which material that is wrapped under it is imported (P4-316).
pub(super) fn get_parameters_for_import(
    request: GetParametersForImportRequest,
    stage: &mut Stage<'_>,
) -> Result<GetParametersForImportResponse, Stop> {
    let subject = stage.subject()?;
    let (algorithm, spec) = (request.wrapping_algorithm, request.wrapping_key_spec);
    let key_spec = subject.row()?.spec;
    if !wrapping::suits(offered(key_spec, stage)?, stage.call.region.partition(), algorithm, spec) {
        return Err(Error::wrapping(algorithm, spec, key_spec).into());
    }
    let row = offered(wrapping::key_spec(spec), stage)?;
    let wrapping_key = stage.new_wrapping_key(subject.arn, row)?;
    let public_key = wrapping_key.public_key_der(stage.provider);
    let public_key = public_key.map_err(|_| Error::internal("a wrapping key has no public half"))?;
    let valid_to = stage.call.now.after(import_token::LIFETIME);
    let secret = token_secret(subject.arn, stage);
    let token = ImportToken { algorithm, valid_to, wrapping_key };
    let token = token.seal(subject.arn, &secret, stage.provider, &mut stage.random);
    Ok(GetParametersForImportResponse {
        key_id: Some(subject.arn.to_string()),
        import_token: Some(token.map_err(|_| Error::internal("an import token cannot be sealed"))?),
        public_key: Some(public_key.into()),
        parameters_valid_to: Some(valid_to),
    })
}

/// The secret that seals the tokens of a key, made at the first need.
fn token_secret(arn: KeyArn, stage: &mut Stage<'_>) -> Material {
    let id = import_token::secret_id(arn);
    if let Some(secret) = stage.draft.state().materials.get(&id).and_then(|row| row.material.clone()) {
        return secret;
    }
    let secret = import_token::new_secret(&mut stage.random);
    put_material(id, arn, secret.clone(), stage);
    secret
}

fn put_material(id: MaterialId, arn: KeyArn, material: Material, stage: &mut Stage<'_>) {
    let created = stage.call.now;
    stage.draft.put_material(id, MaterialRow { account: arn.account, key: arn.id, created, material: Some(material) });
}

/// Unwraps key material and gives it to the key. What was once imported is the only material ever (P4-265).
pub(super) fn import_key_material(
    request: ImportKeyMaterialRequest,
    stage: &mut Stage<'_>,
) -> Result<ImportKeyMaterialResponse, Stop> {
    let subject = stage.subject()?;
    let key = subject.row()?;
    let presence = requested_presence(&request, stage.call.now)?;
    check_members(&request, key)?;
    let token = open_token(&request.import_token, subject.arn, stage)?;
    let material = unwrap(&token, &request.encrypted_key_material, key.spec, stage)?;
    let id = MaterialId::imported(subject.arn.id, &material, stage.provider);
    let id = id.map_err(|_| Error::internal("imported key material has no name"))?;
    check_identity(id, &request, key)?;
    put_material(id, subject.arn, material, stage);
    stage.edit(|key| admit(id, presence, request.key_material_description, key))?;
    Ok(ImportKeyMaterialResponse { key_id: Some(subject.arn.to_string()), key_material_id: told(id, key.spec) })
}

/// The expiration that a request asks for; expiring is the default (P4-347).
fn requested_presence(request: &ImportKeyMaterialRequest, now: Time) -> Result<Presence, Error> {
    let model = request.expiration_model.unwrap_or(ExpirationModelType::KeyMaterialExpires);
    match (model, request.valid_to) {
        (ExpirationModelType::KeyMaterialDoesNotExpire, None) => Ok(Presence::Lasting),
        (ExpirationModelType::KeyMaterialDoesNotExpire, Some(_)) => Err(Error::valid_to_excluded()),
        (ExpirationModelType::KeyMaterialExpires, None) => Err(Error::valid_to_missing()),
        (ExpirationModelType::KeyMaterialExpires, Some(end)) if end <= now => Err(Error::valid_to_past()),
        (ExpirationModelType::KeyMaterialExpires, Some(end)) if end > now.after(LONGEST_VALIDITY) => {
            Err(Error::valid_to_far())
        }
        (ExpirationModelType::KeyMaterialExpires, Some(end)) => Ok(Presence::Until(end)),
    }
}

/// Checks the members that only symmetric encryption keys have, and those that exclude each other.
fn check_members(request: &ImportKeyMaterialRequest, key: &KeyRow) -> Result<(), Error> {
    let given = [
        ("ImportType", request.import_type.is_some()),
        ("KeyMaterialDescription", request.key_material_description.is_some()),
        ("KeyMaterialId", request.key_material_id.is_some()),
    ];
    if let Some((member, _)) = given.iter().find(|(_, given)| *given && key.spec != KeySpec::SymmetricDefault) {
        return Err(Error::symmetric_only(member, key.spec));
    }
    if request.key_material_id.is_some() && request.import_type == Some(ImportType::NewKeyMaterial) {
        return Err(Error::combination("KeyMaterialId cannot be specified with the ImportType NEW_KEY_MATERIAL"));
    }
    Ok(())
}

fn open_token(token: &[u8], arn: KeyArn, stage: &Stage<'_>) -> Result<ImportToken, Error> {
    let secret = stage.draft.state().materials.get(&import_token::secret_id(arn));
    let secret = secret.and_then(|row| row.material.as_ref()).ok_or_else(Error::import_token)?;
    let token = ImportToken::open(token, arn, secret, stage.provider).map_err(|_| Error::import_token())?;
    if token.valid_to <= stage.call.now {
        return Err(Error::import_token_expired());
    }
    Ok(token)
}

fn unwrap(token: &ImportToken, wrapped: &[u8], spec: KeySpec, stage: &mut Stage<'_>) -> Result<Material, Error> {
    let ImportToken { algorithm, wrapping_key, .. } = token;
    if !wrapping::has_length(*algorithm, wrapping_key, wrapped.len()) {
        return Err(Error::wrapped_length());
    }
    let bytes = wrapping::unwrap(*algorithm, wrapping_key, wrapped, stage.provider, &mut stage.random);
    let bytes = bytes.map_err(|_| Error::ciphertext())?;
    let kind = offered(spec, stage)?.material;
    Material::import(kind, bytes, stage.provider).map_err(|_| Error::key_material())
}

/// Checks that the material is the one that the request and the key expect.
fn check_identity(id: MaterialId, request: &ImportKeyMaterialRequest, key: &KeyRow) -> Result<(), Error> {
    let asked = request.key_material_id.as_deref();
    if asked.is_some_and(|asked| asked != id.to_string()) {
        return Err(Error::key_material());
    }
    let first = key.materials.is_empty();
    let known = key.materials.iter().any(|material| material.id == id);
    let default = if first { ImportType::NewKeyMaterial } else { ImportType::ExistingKeyMaterial };
    match request.import_type.unwrap_or(default) {
        ImportType::NewKeyMaterial if first => Ok(()),
        ImportType::NewKeyMaterial if !known => Err(Error::not_yet("A second key material of one key")),
        ImportType::ExistingKeyMaterial if known => Ok(()),
        ImportType::NewKeyMaterial | ImportType::ExistingKeyMaterial => Err(Error::key_material()),
    }
}

/// Enters imported material in its key. A key that was waiting for it is enabled then; a disabled one stays so.
fn admit(id: MaterialId, presence: Presence, description: Option<String>, key: &mut KeyRow) {
    key.enabled |= key.state() == KeyState::PendingImport;
    match key.materials.iter_mut().find(|material| material.id == id) {
        Some(material) => {
            let former = material.import.take().and_then(|import| import.description);
            material.import = Some(Import { presence, description: description.or(former) });
        }
        None => key.materials.push(KeyMaterial { id, import: Some(Import { presence, description }) }),
    }
}

/// The name of key material as replies tell it: of symmetric encryption keys alone.
fn told(id: MaterialId, spec: KeySpec) -> Option<String> {
    (spec == KeySpec::SymmetricDefault).then(|| id.to_string())
}

/// Takes imported key material away from its key, which waits for it from then on (P4-303).
pub(super) fn delete_imported_key_material(
    request: DeleteImportedKeyMaterialRequest,
    stage: &mut Stage<'_>,
) -> Result<DeleteImportedKeyMaterialResponse, Stop> {
    let subject = stage.subject()?;
    let key = subject.row()?;
    let id = material_to_delete(request.key_material_id.as_deref(), subject.arn, key)?;
    if let Some(id) = id {
        stage.draft.remove_imports(subject.arn, |each, _| each == id);
    }
    Ok(DeleteImportedKeyMaterialResponse {
        key_id: Some(subject.arn.to_string()),
        key_material_id: id.and_then(|id| told(id, key.spec)),
    })
}

/// The material that a request names, or the current one; a key into which nothing was imported has none.
fn material_to_delete(asked: Option<&str>, arn: KeyArn, key: &KeyRow) -> Result<Option<MaterialId>, Error> {
    let Some(asked) = asked else { return Ok(key.current().map(|material| material.id)) };
    if key.spec != KeySpec::SymmetricDefault {
        return Err(Error::symmetric_only("KeyMaterialId", key.spec));
    }
    let found = key.materials.iter().find(|material| material.id.to_string() == asked);
    found.map(|material| Some(material.id)).ok_or_else(|| Error::no_material(asked, arn))
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use zeroize::Zeroizing;

    use super::*;
    use crate::{
        algorithms::MaterialKind,
        call::{Answer, Answers, Question},
        crypto::{CryptoProvider, hash::Hash, random::Random, rsa::Encryption},
        error::Exception,
        wire::Value,
        world::{Options, Progress, World},
    };

    const START: Time = Time::from_millis(1_800_000_000_000);
    const DAY: i64 = 86_400_000;
    const FOREVER: (&str, &str) = ("ExpirationModel", "KEY_MATERIAL_DOES_NOT_EXPIRE");

    /// A world, and the Region in which its calls arrive. It asks for RSA keys, which are made once for all tests.
    struct Desk {
        world: World,
        region: &'static str,
    }

    /// What GetParametersForImport gave.
    struct Parcel {
        public_key: Vec<u8>,
        token: Vec<u8>,
        algorithm: AlgorithmSpec,
    }

    fn desk() -> Desk {
        let options = Options { seed: Some(b"import".to_vec()), now: Some(START), ..Options::default() };
        Desk { world: World::new(options, CryptoProvider::default(), [0; 32]), region: "us-east-1" }
    }

    impl Desk {
        fn call<const N: usize>(&self, operation: &str, input: [(&str, Value); N]) -> Result<Value, Error> {
            let call = self.world.begin(operation, Value::from(input), Some(self.region), None, START);
            let mut call = call.expect("a call");
            call.answers = Answers::Given(Vec::new());
            loop {
                match self.world.step(&call) {
                    Progress::Done(answer) => return answer.reply,
                    Progress::Ask(Question::GenerateKey(spec)) => {
                        call.answers = Answers::Given(vec![Answer::GeneratedKey(pair(spec).into())]);
                    }
                }
            }
        }

        fn key(&self, spec: &str, usage: &str) -> String {
            let input = [("Origin", "EXTERNAL"), ("KeySpec", spec), ("KeyUsage", usage)];
            let made = self.call("CreateKey", input.map(|(name, value)| (name, Value::from(value)))).expect("a key");
            member(member(&made, "KeyMetadata"), "KeyId").as_text().expect("an id").to_owned()
        }

        fn symmetric(&self) -> String {
            self.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT")
        }

        fn parameters(&self, key: &str, algorithm: AlgorithmSpec, wrapping: WrappingKeySpec) -> Result<Parcel, Error> {
            let input =
                [("WrappingAlgorithm", algorithm.as_str()), ("WrappingKeySpec", wrapping.as_str()), ("KeyId", key)];
            let reply = self.call("GetParametersForImport", input.map(|(name, value)| (name, Value::from(value))))?;
            let bytes = |name| member(&reply, name).as_bytes().expect("bytes").to_vec();
            Ok(Parcel { public_key: bytes("PublicKey"), token: bytes("ImportToken"), algorithm })
        }

        fn parcel(&self, key: &str) -> Parcel {
            self.parameters(key, AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa2048).expect("parameters")
        }

        fn import(&self, key: &str, parcel: &Parcel, material: &[u8]) -> Result<Value, Error> {
            self.send(key, &parcel.token, &parcel.wrap(material), [(FOREVER.0, Value::from(FOREVER.1))])
        }

        fn send<const N: usize>(
            &self,
            key: &str,
            token: &[u8],
            wrapped: &[u8],
            more: [(&str, Value); N],
        ) -> Result<Value, Error> {
            let mut input = vec![
                ("KeyId".to_owned(), Value::from(key)),
                ("ImportToken".to_owned(), Value::Blob(token.to_vec())),
                ("EncryptedKeyMaterial".to_owned(), Value::Blob(wrapped.to_vec())),
            ];
            input.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
            self.world.call("ImportKeyMaterial", Value::Map(input), Some(self.region), None, START).reply
        }

        /// A symmetric key with this material, which lasts.
        fn imported(&self, material: &[u8]) -> String {
            let key = self.symmetric();
            self.import(&key, &self.parcel(&key), material).expect("an import");
            key
        }

        fn describe(&self, key: &str) -> Value {
            member(&self.call("DescribeKey", [("KeyId", Value::from(key))]).expect("metadata"), "KeyMetadata").clone()
        }

        fn state(&self, key: &str) -> String {
            member(&self.describe(key), "KeyState").as_text().expect("a state").to_owned()
        }

        fn encrypt(&self, key: &str) -> Result<Vec<u8>, Error> {
            let input = [("KeyId", Value::from(key)), ("Plaintext", Value::Blob(b"hello".to_vec()))];
            let reply = self.call("Encrypt", input)?;
            Ok(member(&reply, "CiphertextBlob").as_bytes().expect("bytes").to_vec())
        }

        fn decrypt(&self, blob: &[u8]) -> Result<Value, Error> {
            self.call("Decrypt", [("CiphertextBlob", Value::Blob(blob.to_vec()))])
        }

        fn delete(&self, key: &str) -> Result<Value, Error> {
            self.call("DeleteImportedKeyMaterial", [("KeyId", Value::from(key))])
        }

        fn wait(&self, millis: i64) {
            self.world.advance(Span::from_millis(millis), START);
        }
    }

    impl Parcel {
        /// Wraps as the owner of the material does.
        fn wrap(&self, material: &[u8]) -> Vec<u8> {
            self.wrap_as(self.algorithm, material)
        }

        fn wrap_as(&self, algorithm: AlgorithmSpec, material: &[u8]) -> Vec<u8> {
            let (provider, mut random) = (CryptoProvider::default(), Random::from_entropy(&[1; 32]));
            let mut oaep = |hash, text: &[u8]| {
                let public = provider.rsa.load_public(&self.public_key).expect("an RSA key");
                public.encrypt(Encryption::Oaep(hash), text, &mut random).expect("a text that fits")
            };
            let aes_key = [3; 32];
            match algorithm {
                AlgorithmSpec::RsaesOaepSha1 => oaep(Hash::Sha1, material),
                AlgorithmSpec::RsaesOaepSha256 => oaep(Hash::Sha256, material),
                AlgorithmSpec::RsaAesKeyWrapSha1 => [oaep(Hash::Sha1, &aes_key), kwp(&aes_key, material)].concat(),
                AlgorithmSpec::RsaAesKeyWrapSha256 => [oaep(Hash::Sha256, &aes_key), kwp(&aes_key, material)].concat(),
                AlgorithmSpec::Sm2pke => {
                    let public = provider.sm2.load_public(&self.public_key).expect("an SM2 key");
                    public.encrypt(material, &mut random).expect("a text that fits")
                }
                AlgorithmSpec::RsaesPkcs1V15 => panic!("no key is wrapped so"),
            }
        }
    }

    fn kwp(aes_key: &[u8], material: &[u8]) -> Vec<u8> {
        CryptoProvider::default().wrapping.wrap(aes_key, material).expect("a wrap")
    }

    fn member<'a>(value: &'a Value, name: &str) -> &'a Value {
        value.member(name).unwrap_or(&Value::Null)
    }

    /// One key pair for each RSA spec.
    fn pair(spec: KeySpec) -> Vec<u8> {
        static PAIRS: [OnceLock<Vec<u8>>; 2] = [const { OnceLock::new() }; 2];
        let (place, kind) = match spec {
            KeySpec::Rsa2048 => (0, MaterialKind::Rsa2048),
            KeySpec::Rsa3072 => (1, MaterialKind::Rsa3072),
            _ => panic!("{spec} is not used here"),
        };
        PAIRS[place].get_or_init(|| material(kind)).clone()
    }

    fn material(kind: MaterialKind) -> Vec<u8> {
        let mut random = Random::from_entropy(&[2; 32]);
        Material::generate(kind, &CryptoProvider::default(), &mut random).expect("material").expose().to_vec()
    }

    /// Material as its owner has it, for the specs of this test.
    fn owned(spec: &str, region: &str) -> Vec<u8> {
        match spec {
            "SYMMETRIC_DEFAULT" if region.starts_with("cn-") => vec![7; 16],
            "SYMMETRIC_DEFAULT" | "HMAC_256" => vec![7; 32],
            "HMAC_224" => vec![7; 28],
            "HMAC_384" => vec![7; 48],
            "HMAC_512" => vec![7; 64],
            "RSA_2048" => pair(KeySpec::Rsa2048),
            "RSA_3072" => pair(KeySpec::Rsa3072),
            "ECC_NIST_P256" => material(MaterialKind::P256),
            "ECC_NIST_P384" => material(MaterialKind::P384),
            "ECC_NIST_P521" => material(MaterialKind::P521),
            "ECC_SECG_P256K1" => material(MaterialKind::Secp256k1),
            "ECC_NIST_EDWARDS25519" => material(MaterialKind::Ed25519),
            "SM2" => material(MaterialKind::Sm2),
            _ => panic!("{spec} is not used here"),
        }
    }

    fn refused(reply: Result<Value, Error>) -> (Exception, Option<String>) {
        let error = reply.expect_err("a refusal");
        (error.exception, error.message)
    }

    fn silent(exception: Exception) -> (Exception, Option<String>) {
        (exception, None)
    }

    #[test]
    fn material_of_every_kind_is_imported_by_every_algorithm_that_suits_it() {
        use AlgorithmSpec::*;
        let oaep = [RsaesOaepSha1, RsaesOaepSha256].as_slice();
        let hybrid = [RsaAesKeyWrapSha1, RsaAesKeyWrapSha256].as_slice();
        let both = [oaep, hybrid].concat();
        let both = both.as_slice();
        let chinese = [RsaesOaepSha1, RsaesOaepSha256, Sm2pke].as_slice();
        let aws = Desk { region: "us-east-1", ..desk() };
        let china = Desk { region: "cn-north-1", ..desk() };
        let mut count = 0;
        for (desk, spec, usage, suitable) in [
            (&aws, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", oaep),
            (&aws, "HMAC_224", "GENERATE_VERIFY_MAC", oaep),
            (&aws, "HMAC_256", "GENERATE_VERIFY_MAC", oaep),
            (&aws, "HMAC_384", "GENERATE_VERIFY_MAC", oaep),
            (&aws, "HMAC_512", "GENERATE_VERIFY_MAC", oaep),
            (&aws, "RSA_2048", "ENCRYPT_DECRYPT", hybrid),
            (&aws, "RSA_3072", "SIGN_VERIFY", hybrid),
            (&aws, "ECC_NIST_P256", "SIGN_VERIFY", both),
            (&aws, "ECC_NIST_P384", "KEY_AGREEMENT", both),
            (&aws, "ECC_NIST_P521", "SIGN_VERIFY", both),
            (&aws, "ECC_SECG_P256K1", "SIGN_VERIFY", both),
            (&aws, "ECC_NIST_EDWARDS25519", "SIGN_VERIFY", both),
            (&china, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", oaep),
            (&china, "HMAC_256", "GENERATE_VERIFY_MAC", oaep),
            (&china, "RSA_2048", "SIGN_VERIFY", &[Sm2pke]),
            (&china, "ECC_NIST_P256", "SIGN_VERIFY", chinese),
            (&china, "SM2", "ENCRYPT_DECRYPT", chinese),
        ] {
            let material = owned(spec, desk.region);
            for &algorithm in AlgorithmSpec::ALL {
                for wrapping in [WrappingKeySpec::Rsa2048, WrappingKeySpec::Rsa3072, WrappingKeySpec::Sm2] {
                    let too_long = spec == "ECC_NIST_P521" && wrapping == WrappingKeySpec::Rsa2048;
                    let suits = suitable.contains(&algorithm)
                        && (algorithm == Sm2pke) == (wrapping == WrappingKeySpec::Sm2)
                        && !(too_long && oaep.contains(&algorithm));
                    let case = format!("{spec} in {} by {algorithm} under {wrapping}", desk.region);
                    let key = desk.key(spec, usage);
                    match desk.parameters(&key, algorithm, wrapping) {
                        Ok(parcel) => {
                            assert!(suits, "{case} is offered");
                            desk.import(&key, &parcel, &material).unwrap_or_else(|error| panic!("{case}: {error}"));
                            assert_eq!(desk.state(&key), "Enabled", "{case}");
                            count += 1;
                        }
                        Err(error) => {
                            assert!(!suits, "{case}: {error}");
                            assert_eq!(error.exception, Exception::UnsupportedOperationException, "{case}");
                        }
                    }
                }
            }
        }
        assert_eq!(count, 5 * 4 + 2 * 4 + 4 * 8 + 6 + 2 * 4 + 1 + 2 * 5);
    }

    #[test]
    fn what_was_deleted_may_come_back_and_opens_its_ciphertexts_again() {
        let desk = desk();
        let key = desk.imported(&[7; 32]);
        let blob = desk.encrypt(&key).expect("a ciphertext");
        let id = member(&desk.describe(&key), "CurrentKeyMaterialId").clone();
        assert_eq!(member(&desk.delete(&key).expect("a deletion"), "KeyMaterialId"), &id);
        assert_eq!(desk.state(&key), "PendingImport");
        assert_eq!(member(&desk.describe(&key), "ExpirationModel"), &Value::Null);
        let arn = member(&desk.describe(&key), "Arn").as_text().expect("an ARN").to_owned();
        let pending = (Exception::KMSInvalidStateException, Some(format!("{arn} is pending import.")));
        assert_eq!(refused(desk.decrypt(&blob)), pending);
        assert_eq!(refused(desk.encrypt(&key).map(Value::Blob)), pending);
        let reply = desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("the same material");
        assert_eq!(member(&reply, "KeyMaterialId"), &id);
        assert_eq!(member(&desk.decrypt(&blob).expect("a plaintext"), "Plaintext").as_bytes(), Some(&b"hello"[..]));
    }

    #[test]
    fn other_material_than_the_first_is_refused_even_when_that_is_gone() {
        let desk = desk();
        let key = desk.imported(&[7; 32]);
        let other = |key: &str| desk.import(key, &desk.parcel(key), &[8; 32]);
        assert_eq!(refused(other(&key)), silent(Exception::IncorrectKeyMaterialException));
        desk.delete(&key).expect("a deletion");
        assert_eq!(refused(other(&key)), silent(Exception::IncorrectKeyMaterialException));
        assert_eq!(desk.state(&key), "PendingImport");
    }

    #[test]
    fn another_encoding_of_a_private_key_is_the_same_material() {
        let desk = desk();
        let key = desk.key("ECC_NIST_P256", "SIGN_VERIFY");
        let der = material(MaterialKind::P256);
        desk.import(&key, &desk.parcel(&key), &der).expect("DER");
        let public = desk.call("GetPublicKey", [("KeyId", Value::from(key.as_str()))]).expect("a public key");
        let indefinite = [&[0x30, 0x80], &der[3..], &[0, 0]].concat();
        let reply = desk.import(&key, &desk.parcel(&key), &indefinite).expect("BER");
        assert_eq!(member(&reply, "KeyMaterialId"), &Value::Null, "an asymmetric key tells no material id");
        assert_eq!(desk.call("GetPublicKey", [("KeyId", Value::from(key.as_str()))]), Ok(public));
        let other =
            Material::generate(MaterialKind::P256, &CryptoProvider::default(), &mut Random::from_entropy(&[5; 32]));
        let reply = desk.import(&key, &desk.parcel(&key), other.expect("a key").expose());
        assert_eq!(refused(reply), silent(Exception::IncorrectKeyMaterialException));
    }

    #[test]
    fn the_same_material_in_another_key_does_not_open_a_ciphertext() {
        let desk = desk();
        let (one, other) = (desk.imported(&[7; 32]), desk.imported(&[7; 32]));
        let (blob, theirs) = (desk.encrypt(&one).expect("a blob"), desk.encrypt(&other).expect("a blob"));
        let input = [("CiphertextBlob", Value::Blob(blob.clone())), ("KeyId", Value::from(other.as_str()))];
        assert_eq!(refused(desk.call("Decrypt", input)).0, Exception::IncorrectKeyException);
        let forged = [&blob[..5], &theirs[5..37], &blob[37..]].concat();
        assert_eq!(refused(desk.decrypt(&forged)), silent(Exception::InvalidCiphertextException));
    }

    #[test]
    fn material_expires_when_its_time_has_come() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let end = START.after(Span::from_days(10));
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), [("ValidTo", Value::Time(end))]).expect("an import");
        let blob = desk.encrypt(&key).expect("a ciphertext");
        assert_eq!(member(&desk.describe(&key), "ValidTo"), &Value::Time(end));
        assert_eq!(member(&desk.describe(&key), "ExpirationModel").as_text(), Some("KEY_MATERIAL_EXPIRES"));
        assert_eq!(desk.world.next_deadline(), Some(end));
        desk.wait(10 * DAY - 1);
        assert!(desk.decrypt(&blob).is_ok());
        desk.wait(1);
        assert_eq!(refused(desk.decrypt(&blob)).0, Exception::KMSInvalidStateException);
        assert_eq!(desk.state(&key), "PendingImport");
        assert_eq!(member(&desk.describe(&key), "ValidTo"), &Value::Null);
        assert_eq!(desk.world.next_deadline(), None);
        desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("the same material");
        assert!(desk.decrypt(&blob).is_ok());
    }

    #[test]
    fn a_new_import_replaces_the_expiration() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let until = |days| [("ValidTo", Value::Time(START.after(Span::from_days(days))))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), until(10)).expect("an import");
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), until(365)).expect("an import");
        assert_eq!(desk.world.next_deadline(), Some(START.after(Span::from_days(365))));
        desk.import(&key, &parcel, &[7; 32]).expect("an import");
        assert_eq!(desk.world.next_deadline(), None);
    }

    #[test]
    fn expiration_model_and_end_must_fit_each_other_and_the_clock() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let end = |millis: i64| Some(Value::Time(Time::from_millis(START.millis() + millis)));
        for (model, end, sentence) in [
            (None, None, "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"),
            (
                Some("KEY_MATERIAL_EXPIRES"),
                None,
                "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
            ),
            (
                Some("KEY_MATERIAL_DOES_NOT_EXPIRE"),
                end(DAY),
                "The parameter ValidTo cannot be specified for a key with an expiration model of \
                 KEY_MATERIAL_DOES_NOT_EXPIRE",
            ),
            (None, end(0), "ValidTo must be in the future"),
            (None, end(-DAY), "ValidTo must be in the future"),
            (None, end(365 * DAY + 1), "ValidTo must not be more than 365 days in the future"),
        ] {
            let model = model.map_or(Value::Null, Value::from);
            let more = [("ExpirationModel", model), ("ValidTo", end.unwrap_or_default())];
            let reply = desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more);
            assert_eq!(refused(reply), (Exception::ValidationException, Some(sentence.to_owned())));
        }
        assert_eq!(desk.state(&key), "PendingImport");
    }

    #[test]
    fn a_token_serves_its_own_key_alone_and_unchanged() {
        let desk = desk();
        let (one, other) = (desk.symmetric(), desk.symmetric());
        let (parcel, theirs) = (desk.parcel(&one), desk.parcel(&other));
        let wrapped = parcel.wrap(&[7; 32]);
        let mut changed = parcel.token.clone();
        changed[20] ^= 1;
        let stranger = desk.symmetric();
        for (key, token) in
            [(&one, &theirs.token), (&other, &parcel.token), (&one, &changed), (&stranger, &parcel.token)]
        {
            let reply = desk.send(key, token, &wrapped, [(FOREVER.0, Value::from(FOREVER.1))]);
            assert_eq!(refused(reply), silent(Exception::InvalidImportTokenException));
        }
    }

    #[test]
    fn a_token_serves_for_24_hours() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        desk.wait(DAY - 1);
        desk.import(&key, &parcel, &[7; 32]).expect("an import in time");
        desk.wait(1);
        let late = desk.import(&key, &parcel, &[7; 32]);
        assert_eq!(refused(late), silent(Exception::ExpiredImportTokenException));
    }

    #[test]
    fn a_newer_request_leaves_older_parameters_valid_but_they_do_not_mix() {
        let desk = desk();
        let key = desk.symmetric();
        let old = desk.parcel(&key);
        let new = desk.parameters(&key, AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa3072).expect("parameters");
        let forever = || [(FOREVER.0, Value::from(FOREVER.1))];
        let mixed = desk.send(&key, &new.token, &old.wrap(&[7; 32]), forever());
        assert_eq!(refused(mixed), (Exception::ValidationException, Some("Invalid encrypted key size.".to_owned())));
        desk.import(&key, &old, &[7; 32]).expect("old parameters");
        desk.import(&key, &new, &[7; 32]).expect("new parameters");
    }

    #[test]
    fn what_cannot_be_unwrapped_is_refused() {
        let desk = desk();
        let key = desk.key("ECC_NIST_P256", "SIGN_VERIFY");
        let der = material(MaterialKind::P256);
        let size = (Exception::ValidationException, Some("Invalid encrypted key size.".to_owned()));
        let ciphertext = silent(Exception::InvalidCiphertextException);
        let forever = || [(FOREVER.0, Value::from(FOREVER.1))];
        let direct = desk.parcel(&key);
        for (wrapped, answer) in [
            (vec![1; 255], &size),
            (vec![1; 257], &size),
            (vec![1; 256], &ciphertext),
            (vec![0xff; 256], &ciphertext),
            (direct.wrap_as(AlgorithmSpec::RsaesOaepSha1, &der), &ciphertext),
        ] {
            assert_eq!(
                &refused(desk.send(&key, &direct.token, &wrapped, forever())),
                answer,
                "{} bytes",
                wrapped.len()
            );
        }
        let hybrid = desk.parameters(&key, AlgorithmSpec::RsaAesKeyWrapSha256, WrappingKeySpec::Rsa2048);
        let hybrid = hybrid.expect("parameters");
        let whole = hybrid.wrap(&der);
        let short_key = [direct.wrap(&[3; 16]), kwp(&[3; 16], &der)].concat();
        let mut changed = whole.clone();
        changed[300] ^= 1;
        for (wrapped, answer) in [
            (whole[..256].to_vec(), &size),
            (whole[..264].to_vec(), &size),
            (whole[..whole.len() - 1].to_vec(), &size),
            (whole[..whole.len() - 8].to_vec(), &ciphertext),
            (changed, &ciphertext),
            (short_key, &ciphertext),
            (hybrid.wrap_as(AlgorithmSpec::RsaAesKeyWrapSha1, &der), &ciphertext),
        ] {
            assert_eq!(
                &refused(desk.send(&key, &hybrid.token, &wrapped, forever())),
                answer,
                "{} bytes",
                wrapped.len()
            );
        }
        assert_eq!(desk.state(&key), "PendingImport");
    }

    #[test]
    fn material_must_fit_the_key_spec() {
        let desk = desk();
        for (spec, usage, unfit) in [
            ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", vec![vec![1; 16], vec![1; 31], vec![1; 33], Vec::new()]),
            ("HMAC_224", "GENERATE_VERIFY_MAC", vec![vec![1; 27], vec![1; 129]]),
            ("HMAC_512", "GENERATE_VERIFY_MAC", vec![vec![1; 63], vec![1; 32]]),
            ("ECC_NIST_P256", "SIGN_VERIFY", vec![owned("ECC_SECG_P256K1", ""), vec![1; 32], vec![0x30, 0x80]]),
            ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", vec![owned("ECC_NIST_P256", ""), vec![1; 32]]),
        ] {
            let key = desk.key(spec, usage);
            let parameters = desk.parameters(&key, AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa3072);
            let parcel = parameters.expect("parameters");
            for material in unfit {
                let reply = desk.import(&key, &parcel, &material);
                let answer = silent(Exception::IncorrectKeyMaterialException);
                assert_eq!(refused(reply), answer, "{spec} with {} bytes", material.len());
            }
            assert_eq!(desk.state(&key), "PendingImport");
        }
        let key = desk.key("RSA_2048", "ENCRYPT_DECRYPT");
        let parcel = desk.parameters(&key, AlgorithmSpec::RsaAesKeyWrapSha256, WrappingKeySpec::Rsa2048).expect("one");
        for material in [pair(KeySpec::Rsa3072), owned("ECC_NIST_P256", ""), vec![0x30; 3000]] {
            assert_eq!(
                refused(desk.import(&key, &parcel, &material)),
                silent(Exception::IncorrectKeyMaterialException)
            );
        }
    }

    #[test]
    fn an_hmac_key_may_be_longer_than_its_digest() {
        let desk = desk();
        let provider = CryptoProvider::default();
        for length in [28, 64, 65, 128] {
            let key = desk.key("HMAC_224", "GENERATE_VERIFY_MAC");
            desk.import(&key, &desk.parcel(&key), &vec![5; length]).expect("an import");
            let input = [("KeyId", key.as_str()), ("MacAlgorithm", "HMAC_SHA_224")];
            let [key_id, algorithm] = input.map(|(name, value)| (name, Value::from(value)));
            let reply = desk.call("GenerateMac", [key_id, algorithm, ("Message", Value::Blob(b"m".to_vec()))]);
            let mut expected = [0; 28];
            provider.mac.hmac(Hash::Sha224, &vec![5; length], &[b"m"], &mut expected).expect("a code");
            assert_eq!(member(&reply.expect("a code"), "Mac").as_bytes(), Some(&expected[..]), "{length} bytes");
        }
    }

    #[test]
    fn the_import_type_says_whether_the_material_is_new() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let send = |byte: u8, import_type: &str| {
            let more = [("ImportType", Value::from(import_type)), (FOREVER.0, Value::from(FOREVER.1))];
            desk.send(&key, &parcel.token, &parcel.wrap(&[byte; 32]), more)
        };
        let incorrect = silent(Exception::IncorrectKeyMaterialException);
        assert_eq!(refused(send(7, "EXISTING_KEY_MATERIAL")), incorrect);
        send(7, "NEW_KEY_MATERIAL").expect("the first material");
        assert_eq!(refused(send(7, "NEW_KEY_MATERIAL")), incorrect);
        assert_eq!(refused(send(8, "EXISTING_KEY_MATERIAL")), incorrect);
        send(7, "EXISTING_KEY_MATERIAL").expect("the same material");
        assert_eq!(refused(send(8, "NEW_KEY_MATERIAL")).0, Exception::UnsupportedOperationException);
    }

    #[test]
    fn a_key_material_id_must_be_that_of_the_material() {
        let desk = desk();
        let key = desk.imported(&[7; 32]);
        let parcel = desk.parcel(&key);
        let id = member(&desk.describe(&key), "CurrentKeyMaterialId").clone();
        let send = |id: Value, import_type: Value| {
            let more = [("KeyMaterialId", id), ("ImportType", import_type), (FOREVER.0, Value::from(FOREVER.1))];
            desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more)
        };
        send(id.clone(), Value::Null).expect("its own id");
        let other = Value::from("0".repeat(64).as_str());
        assert_eq!(refused(send(other.clone(), Value::Null)), silent(Exception::IncorrectKeyMaterialException));
        assert_eq!(refused(send(id.clone(), Value::from("NEW_KEY_MATERIAL"))).0, Exception::ValidationException);
        let delete =
            |id| desk.call("DeleteImportedKeyMaterial", [("KeyId", Value::from(key.as_str())), ("KeyMaterialId", id)]);
        assert_eq!(refused(delete(other)).0, Exception::NotFoundException);
        assert_eq!(member(&delete(id.clone()).expect("a deletion"), "KeyMaterialId"), &id);
    }

    #[test]
    fn members_of_symmetric_keys_are_refused_for_others() {
        let desk = desk();
        let key = desk.key("HMAC_256", "GENERATE_VERIFY_MAC");
        let parcel = desk.parcel(&key);
        for (member, value) in [
            ("ImportType", "NEW_KEY_MATERIAL".to_owned()),
            ("KeyMaterialDescription", "the safe".to_owned()),
            ("KeyMaterialId", "0".repeat(64)),
        ] {
            let more = [(member, Value::from(value.as_str())), (FOREVER.0, Value::from(FOREVER.1))];
            let reply = desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more);
            assert_eq!(refused(reply).0, Exception::UnsupportedOperationException, "{member}");
        }
        let input = [("KeyId", Value::from(key.as_str())), ("KeyMaterialId", Value::from("0".repeat(64).as_str()))];
        let deletion = desk.call("DeleteImportedKeyMaterial", input);
        assert_eq!(refused(deletion).0, Exception::UnsupportedOperationException);
    }

    #[test]
    fn a_description_stays_until_another_is_given() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let described = |text: Option<&str>| {
            let more = [
                ("KeyMaterialDescription", text.map_or(Value::Null, Value::from)),
                (FOREVER.0, Value::from(FOREVER.1)),
            ];
            desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more).expect("an import");
            let entry = desk.world.changes(0).pop().expect("a change").to_value();
            let Value::List(materials) = member(member(&entry, "row"), "materials") else { panic!("no materials") };
            member(member(&materials[0], "import"), "description").as_text().map(ToOwned::to_owned)
        };
        assert_eq!(described(None), None);
        assert_eq!(described(Some("the safe")).as_deref(), Some("the safe"));
        assert_eq!(described(None).as_deref(), Some("the safe"));
        assert_eq!(described(Some("the vault")).as_deref(), Some("the vault"));
    }

    #[test]
    fn a_disabled_key_stays_disabled_while_its_material_is_there() {
        let desk = desk();
        let key = desk.imported(&[7; 32]);
        let key_id = || [("KeyId", Value::from(key.as_str()))];
        desk.call("DisableKey", key_id()).expect("a disabled key");
        desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("an import");
        assert_eq!(desk.state(&key), "Disabled");
        desk.delete(&key).expect("a deletion");
        assert_eq!(desk.state(&key), "PendingImport");
        desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("an import");
        assert_eq!(desk.state(&key), "Enabled");
    }

    #[test]
    fn a_key_that_waits_for_its_deletion_loses_material_and_gets_none() {
        let desk = desk();
        let key = desk.imported(&[7; 32]);
        let parcel = desk.parcel(&key);
        let key_id = || [("KeyId", Value::from(key.as_str()))];
        desk.call("ScheduleKeyDeletion", key_id()).expect("a deletion date");
        desk.delete(&key).expect("a deletion");
        assert_eq!(desk.state(&key), "PendingDeletion");
        assert_eq!(refused(desk.import(&key, &parcel, &[7; 32])).0, Exception::KMSInvalidStateException);
        desk.call("CancelKeyDeletion", key_id()).expect("a cancellation");
        assert_eq!(desk.state(&key), "PendingImport");
        desk.import(&key, &parcel, &[7; 32]).expect("an import");
        assert_eq!(desk.state(&key), "Enabled");
    }

    #[test]
    fn a_key_with_expiring_material_is_deleted_in_its_own_time() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let end = [("ValidTo", Value::Time(START.after(Span::from_days(7))))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), end).expect("an import");
        desk.call("ScheduleKeyDeletion", [("KeyId", Value::from(key.as_str()))]).expect("a deletion date");
        desk.wait(8 * DAY);
        assert_eq!(desk.state(&key), "PendingDeletion");
        desk.wait(22 * DAY);
        let reply = desk.call("DescribeKey", [("KeyId", Value::from(key.as_str()))]);
        assert_eq!(refused(reply).0, Exception::NotFoundException);
        assert_eq!(desk.world.next_deadline(), None);
    }

    #[test]
    fn a_restored_world_knows_its_tokens_its_material_and_its_deadlines() {
        let desk = desk();
        let key = desk.symmetric();
        let parcel = desk.parcel(&key);
        let end = START.after(Span::from_days(3));
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), [("ValidTo", Value::Time(end))]).expect("an import");
        let blob = desk.encrypt(&key).expect("a ciphertext");
        let bytes = desk.world.snapshot(&[1; 32], [0; 32]).expect("a snapshot");
        let secret = Zeroizing::new([7_u8; 32]);
        assert!(!bytes.windows(32).any(|window| window == secret.as_slice()), "the material stands open");
        let world = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
        let desk = Desk { world, ..desk };
        assert_eq!(desk.world.next_deadline(), Some(end));
        assert!(desk.decrypt(&blob).is_ok());
        desk.import(&key, &parcel, &[7; 32]).expect("a token from before");
        assert_eq!(desk.world.next_deadline(), None);
    }
}
