//! The ciphertext blob of a symmetric key: AWS's outer shape, exactly AWS's length.
//!
//! ```text
//! offset  bytes
//!  0      01 02      constant, layout version
//!  2      02 or 03   made by Encrypt or ReEncrypt, or by one of the GenerateDataKey operations
//!  3      00 78      constant
//!  5      32 bytes   the material's id
//! 37      01         constant
//! 38      16 bytes   random: the message's own key is derived from the material with them (SP 800-108)
//! 54      4 bytes    length of what follows, big endian
//! 58      DER        ContentInfo (RFC 5652) of type encryptedData; its last bytes are the content
//! ```
//!
//! The content is the sealed inner message and its 16-byte tag. The inner message is an 11-byte frame before the
//! plaintext: one byte of version (01), six zero bytes, and the plaintext's length in four bytes, big endian. The
//! constant bytes also make it improbable that one blob opens under two keys. Associated data are the encryption
//! context and every byte of the blob before the content.

mod external;
mod layout;

pub use external::{External, ExternalLayer, Outline};

use crate::algorithms::{Family, MAX_SYMMETRIC_PLAINTEXT};
use crate::crypto::cipher::{Aead, NONCE_LENGTH, TAG_LENGTH};
use crate::crypto::hash::Hash;
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider, kdf, opaque};
use crate::material::{Material, MaterialId};
use crate::wire::SecretBytes;
use std::{collections::BTreeMap, ops::Deref};
use zeroize::Zeroizing;

/// The pairs of an encryption context.
pub type Context = BTreeMap<String, String>;

/// Where a blob says how many layers it has: 01 in one of this layout.
const LAYER: usize = 37;
/// Length of the head before the DER, in bytes.
const HEADER_LENGTH: usize = 58;
/// Length of the frame before the plaintext, in bytes.
const FRAME_LENGTH: usize = 11;
/// The part of the frame that never changes.
const FRAME_CONSTANT: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];
/// The longest key of a cipher, in bytes.
const MAX_KEY_LENGTH: usize = 32;
/// Separates message keys from every other derivation.
const KEY_LABEL: &[u8] = b"pocket-kms message key";

/// Which operations made a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// Encrypt and ReEncrypt.
    Encrypt,
    /// The GenerateDataKey and GenerateDataKeyPair operations.
    GenerateDataKey,
}

impl Maker {
    /// The operations in a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Encrypt => "Encrypt",
            Self::GenerateDataKey => "GenerateDataKey",
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Encrypt => 2,
            Self::GenerateDataKey => 3,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            2 => Some(Self::Encrypt),
            3 => Some(Self::GenerateDataKey),
            _ => None,
        }
    }
}

/// A parsed blob of either layout, not yet opened.
#[derive(Clone, Copy)]
pub enum Blob<'a> {
    /// One layer: see [`Envelope`].
    Plain(Envelope<'a>),
    /// An outer layer of an external key around such a blob.
    External(External<'a>),
}

impl<'a> Blob<'a> {
    /// Parses a blob.
    ///
    /// # Errors
    /// [`CryptoError`] when it is in neither layout.
    pub fn parse(blob: &'a [u8]) -> Result<Self, CryptoError> {
        match blob.get(LAYER) {
            Some(&external::LAYER) => External::parse(blob).map(Self::External),
            _ => Envelope::parse(blob).map(Self::Plain),
        }
    }

    /// The material that the blob names.
    pub const fn material_id(&self) -> &MaterialId {
        match self {
            Self::Plain(envelope) => &envelope.material_id,
            Self::External(external) => &external.material_id,
        }
    }

    /// What the blob says about itself.
    fn describe(&self) -> Option<Description> {
        match self {
            Self::Plain(envelope) => Some(envelope.describe()),
            Self::External(external) => external.describe(),
        }
    }
}

/// A parsed blob, not yet opened.
#[derive(Clone, Copy)]
pub struct Envelope<'a> {
    maker: Maker,
    material_id: MaterialId,
    salt: [u8; 16],
    aead: Aead,
    nonce: [u8; NONCE_LENGTH],
    /// Every byte before the content.
    prefix: &'a [u8],
    content: &'a [u8],
    tag: &'a [u8; TAG_LENGTH],
}

/// What a blob says about itself to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Description {
    /// Version of the outer layout.
    pub version: u8,
    /// Which operations made it.
    pub maker: Maker,
    /// The material that it is sealed under.
    pub material_id: MaterialId,
    /// The content's algorithm.
    pub aead: Aead,
    /// Length of the whole blob in bytes.
    pub length: usize,
    /// Length of the plaintext in bytes.
    pub plaintext_length: usize,
    /// What the outer layer of an external key says; the other layer is inside.
    pub external: Option<ExternalLayer>,
}

/// What a blob says about itself, in the layout of today or in the older one; `None` for other bytes.
///
/// The older layout has no salt, and 01 for its version (P6-144). AWS's keys still open it, and no key of ours ever made
/// one: its header is the 5 constant bytes, 32 bytes that name the key, and the length of the DER.
pub fn describe(blob: &[u8]) -> Option<Description> {
    if let Ok(blob) = Blob::parse(blob) {
        return blob.describe();
    }
    let [1, 1, maker, 0, 0x78, rest @ ..] = blob else { return None };
    let maker = Maker::from_byte(*maker)?;
    let (id, rest) = rest.split_first_chunk()?;
    let (length, der) = rest.split_first_chunk()?;
    let (aead, _, sealed) =
        layout::read(der).filter(|_| u32::try_from(der.len()) == Ok(u32::from_be_bytes(*length)))?;
    let plaintext_length = sealed.len().checked_sub(TAG_LENGTH)?;
    let (material_id, length) = (MaterialId(*id), blob.len());
    Some(Description { version: 1, maker, material_id, aead, length, plaintext_length, external: None })
}

/// Seals a plaintext under symmetric material.
pub fn seal(
    provider: &CryptoProvider,
    material: &Material,
    id: &MaterialId,
    maker: Maker,
    plaintext: &[u8],
    context: &Context,
    random: &mut Random,
) -> Result<Vec<u8>, CryptoError> {
    let aead = aead(material)?;
    let salt: [u8; 16] = random.array();
    let nonce: [u8; NONCE_LENGTH] = random.array();
    let mut blob = outline(maker, id, &salt, aead, &nonce, plaintext.len())?;
    let start = blob.len() - TAG_LENGTH - plaintext.len() - FRAME_LENGTH;
    let associated = associated_data(context, &blob[..start])?;
    let (inner, tag) = blob[start..].split_at_mut(FRAME_LENGTH + plaintext.len());
    inner[..FRAME_LENGTH].copy_from_slice(&frame(plaintext.len())?);
    inner[FRAME_LENGTH..].copy_from_slice(plaintext);
    let key = message_key(provider, material, aead, &salt)?;
    tag.copy_from_slice(&provider.cipher.seal(aead, &key, &nonce, &associated, inner)?);
    Ok(blob)
}

impl<'a> Envelope<'a> {
    /// Parses a blob. It accepts only the one encoding that [`seal`] writes, with nothing before, after or between.
    pub fn parse(blob: &'a [u8]) -> Result<Self, CryptoError> {
        let (header, body) = blob.split_at_checked(HEADER_LENGTH).ok_or(CryptoError)?;
        let (maker, material_id, salt) = read_header(header, body.len())?;
        let (aead, nonce, sealed) = layout::read(body).ok_or(CryptoError)?;
        let (content, tag) = sealed.split_last_chunk().ok_or(CryptoError)?;
        if content.len() < FRAME_LENGTH {
            return Err(CryptoError);
        }
        let prefix = &blob[..blob.len() - sealed.len()];
        Ok(Self { maker, material_id, salt, aead, nonce, prefix, content, tag })
    }

    /// The material that the blob names.
    pub fn material_id(&self) -> &MaterialId {
        &self.material_id
    }

    /// What the blob says about itself.
    pub fn describe(&self) -> Description {
        Description {
            version: self.prefix[1],
            maker: self.maker,
            material_id: self.material_id,
            aead: self.aead,
            length: self.prefix.len() + self.content.len() + TAG_LENGTH,
            plaintext_length: self.content.len() - FRAME_LENGTH,
            external: None,
        }
    }

    /// Opens the blob with the material that it names and the encryption context that it was sealed with.
    pub fn open(
        &self,
        provider: &CryptoProvider,
        material: &Material,
        context: &Context,
    ) -> Result<SecretBytes, CryptoError> {
        if aead(material)? != self.aead {
            return Err(CryptoError);
        }
        let key = message_key(provider, material, self.aead, &self.salt)?;
        let associated = associated_data(context, self.prefix)?;
        let mut inner = SecretBytes::new(self.content.to_vec());
        provider.cipher.open(self.aead, &key, &self.nonce, &associated, &mut inner, self.tag)?;
        if inner[..FRAME_LENGTH] != frame(inner.len() - FRAME_LENGTH)? {
            return Err(CryptoError);
        }
        inner.drain(..FRAME_LENGTH);
        Ok(inner)
    }
}

/// The blob with zeros for its content.
fn outline(
    maker: Maker,
    id: &MaterialId,
    salt: &[u8; 16],
    aead: Aead,
    nonce: &[u8; NONCE_LENGTH],
    plaintext_length: usize,
) -> Result<Vec<u8>, CryptoError> {
    if plaintext_length > MAX_SYMMETRIC_PLAINTEXT {
        return Err(CryptoError);
    }
    let content_length = FRAME_LENGTH + plaintext_length + TAG_LENGTH;
    let body_length = layout::length(aead, content_length);
    let mut blob = Vec::with_capacity(HEADER_LENGTH + body_length);
    blob.extend_from_slice(&[1, 2, maker.byte(), 0, 0x78]);
    blob.extend_from_slice(&id.0);
    blob.push(1);
    blob.extend_from_slice(salt);
    blob.extend_from_slice(&length(body_length)?);
    layout::write(aead, nonce, content_length, &mut blob);
    blob.resize(HEADER_LENGTH + body_length, 0);
    Ok(blob)
}

fn read_header(header: &[u8], body_length: usize) -> Result<(Maker, MaterialId, [u8; 16]), CryptoError> {
    let [1, 2, maker, 0, 0x78, rest @ ..] = header else { return Err(CryptoError) };
    let (id, rest) = rest.split_first_chunk().ok_or(CryptoError)?;
    let [1, rest @ ..] = rest else { return Err(CryptoError) };
    let (salt, length) = rest.split_first_chunk().ok_or(CryptoError)?;
    let body_length = u32::try_from(body_length).map_err(opaque)?;
    if *length != body_length.to_be_bytes() {
        return Err(CryptoError);
    }
    let maker = Maker::from_byte(*maker).ok_or(CryptoError)?;
    Ok((maker, MaterialId(*id), *salt))
}

fn aead(material: &Material) -> Result<Aead, CryptoError> {
    match material.kind().family() {
        Family::Aead(aead) => Ok(aead),
        _ => Err(CryptoError),
    }
}

/// The hash of the key derivation that goes with a cipher.
const fn derivation_hash(aead: Aead) -> Hash {
    match aead {
        Aead::Aes256Gcm => Hash::Sha256,
        Aead::Sm4Gcm => Hash::Sm3,
    }
}

/// The key of one message.
struct MessageKey {
    bytes: Zeroizing<[u8; MAX_KEY_LENGTH]>,
    length: usize,
}

impl Deref for MessageKey {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

fn message_key(
    provider: &CryptoProvider,
    material: &Material,
    aead: Aead,
    salt: &[u8; 16],
) -> Result<MessageKey, CryptoError> {
    let mut key = MessageKey { bytes: Zeroizing::new([0; MAX_KEY_LENGTH]), length: aead.key_length() };
    let place = &mut key.bytes[..key.length];
    kdf::counter_mode(provider.mac, derivation_hash(aead), material.expose(), KEY_LABEL, salt, place)?;
    Ok(key)
}

fn frame(plaintext_length: usize) -> Result<[u8; FRAME_LENGTH], CryptoError> {
    let mut frame = [0; FRAME_LENGTH];
    frame[..FRAME_CONSTANT.len()].copy_from_slice(&FRAME_CONSTANT);
    frame[FRAME_CONSTANT.len()..].copy_from_slice(&length(plaintext_length)?);
    Ok(frame)
}

/// Each text is preceded by its length and the whole by the number of pairs, so that no two different contexts and
/// prefixes give the same bytes. The map keeps its keys sorted: order never matters.
fn associated_data(context: &Context, prefix: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let texts = context.iter().map(|(key, value)| key.len() + value.len() + 8).sum::<usize>();
    let mut data = Vec::with_capacity(4 + texts + prefix.len());
    data.extend_from_slice(&length(context.len())?);
    for text in context.iter().flat_map(|(key, value)| [key, value]) {
        data.extend_from_slice(&length(text.len())?);
        data.extend_from_slice(text.as_bytes());
    }
    data.extend_from_slice(prefix);
    Ok(data)
}

fn length(length: usize) -> Result<[u8; 4], CryptoError> {
    u32::try_from(length).map(u32::to_be_bytes).map_err(opaque)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithms::MaterialKind;
    use base64::Engine as _;
    use proptest::prelude::*;

    const ID: MaterialId = MaterialId([0xa5; 32]);

    fn material() -> Material {
        Material::from_bytes(MaterialKind::Aes256, SecretBytes::new((0..32).collect()))
    }

    fn context(pairs: &[(&str, &str)]) -> Context {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn sealed(maker: Maker, plaintext: &[u8], context: &Context) -> Vec<u8> {
        let mut random = Random::from_entropy(&[1; 32]);
        seal(&CryptoProvider::default(), &material(), &ID, maker, plaintext, context, &mut random).unwrap()
    }

    fn opened(blob: &[u8], context: &Context) -> Result<SecretBytes, CryptoError> {
        Envelope::parse(blob)?.open(&CryptoProvider::default(), &material(), context)
    }

    #[test]
    fn a_blob_has_the_length_and_the_beginning_of_those_of_aws() {
        let base64 = |blob: &[u8]| base64::engine::general_purpose::STANDARD.encode(blob);
        let encrypted = sealed(Maker::Encrypt, &[7; 32], &context(&[]));
        assert_eq!(encrypted.len(), 184);
        assert!(base64(&encrypted).starts_with("AQICAHi"));
        let data_key = sealed(Maker::GenerateDataKey, &[7; 32], &context(&[("a", "b")]));
        assert_eq!(data_key.len(), 184);
        assert!(base64(&data_key).starts_with("AQIDAHi"));
        // The parts that all published blobs of this size share; the nonce lies between them.
        let before = concat!(
            "0000007e307c06092a864886f70d010706a06f306d020100306806092a864886f70d010701",
            "301e060960864801650304012e3011040c"
        );
        assert_eq!(hex::encode(&encrypted[54..108]), before);
        assert_eq!(hex::encode(&encrypted[120..125]), "020110803b");
    }

    /// The value of the guide's sample of Parameter Store (P6-144).
    #[test]
    fn the_older_layout_is_described_and_not_opened() {
        let sample = concat!(
            "0101020078273a43113a1e4b68b5e40388f4faf622ead98cd7b2e0ffd138eb8551a3af1cbf0000006f306d06092a864886f70d010706a0",
            "60305e020100305906092a864886f70d010701301e060960864801650304012e3011040c89983b0e388276b4266d3484020110802c8e0afb",
            "9ae9b51279d8cc4df133c6c695ed2829871f5421ed0647e321e6464e02fa1e0d1f4839e930775c4976",
        );
        let blob = hex::decode(sample).unwrap();
        let described = describe(&blob).unwrap();
        assert_eq!((described.version, described.maker, described.aead), (1, Maker::Encrypt, Aead::Aes256Gcm));
        assert_eq!((described.length, described.plaintext_length), (152, 28));
        assert!(described.material_id.to_string().starts_with("273a43113a1e4b68"));
        assert!(Envelope::parse(&blob).is_err());
        for cut in 0..blob.len() {
            assert_eq!(describe(&blob[..cut]), None, "cut at {cut}");
        }
    }

    #[test]
    fn what_was_sealed_opens() {
        let context = context(&[("AppName", "ExampleApp"), ("", "")]);
        for length in [1, 31, 32, 100, 101, 4095, 4096] {
            let plaintext = vec![0x5a; length];
            let blob = sealed(Maker::Encrypt, &plaintext, &context);
            assert_eq!(opened(&blob, &context).unwrap().as_slice(), plaintext);
            let description = Envelope::parse(&blob).unwrap().describe();
            assert_eq!(description.plaintext_length, length);
            assert_eq!(description.length, blob.len());
            assert_eq!((description.version, description.maker, description.material_id), (2, Maker::Encrypt, ID));
        }
    }

    #[test]
    fn a_china_region_seals_with_sm4_in_the_same_layout() {
        let provider = CryptoProvider::default();
        let material = Material::from_bytes(MaterialKind::Sm4, SecretBytes::new((0..16).collect()));
        let mut random = Random::from_entropy(&[1; 32]);
        let blob = seal(&provider, &material, &ID, Maker::Encrypt, b"p", &context(&[]), &mut random).unwrap();
        let envelope = Envelope::parse(&blob).unwrap();
        assert_eq!(envelope.describe().aead, Aead::Sm4Gcm);
        assert_eq!(envelope.open(&provider, &material, &context(&[])).unwrap().as_slice(), b"p");
        assert!(envelope.open(&provider, &super::tests::material(), &context(&[])).is_err());
    }

    #[test]
    fn a_plaintext_longer_than_the_api_takes_is_not_sealed() {
        let mut random = Random::from_entropy(&[1; 32]);
        let too_long = vec![0; MAX_SYMMETRIC_PLAINTEXT + 1];
        let provider = CryptoProvider::default();
        let refused = seal(&provider, &material(), &ID, Maker::Encrypt, &too_long, &context(&[]), &mut random);
        assert_eq!(refused, Err(CryptoError));
    }

    #[test]
    fn two_blobs_of_one_plaintext_differ_but_for_the_names_in_them() {
        let mut random = Random::from_entropy(&[1; 32]);
        let mut blob = || {
            let provider = CryptoProvider::default();
            seal(&provider, &material(), &ID, Maker::Encrypt, b"same", &context(&[]), &mut random).unwrap()
        };
        let (one, other) = (blob(), blob());
        assert_eq!(one[..38], other[..38]);
        assert_ne!(one[38..54], other[38..54]);
        assert_ne!(one[58..], other[58..]);
    }

    #[test]
    fn a_context_is_not_the_same_as_its_neighbours() {
        let blob = sealed(Maker::Encrypt, b"p", &context(&[("a", "bc")]));
        for other in [
            context(&[("ab", "c")]),
            context(&[("abc", "")]),
            context(&[("A", "bc")]),
            context(&[("a", "bc"), ("d", "")]),
            context(&[]),
        ] {
            assert!(opened(&blob, &other).is_err(), "{other:?}");
        }
    }

    #[test]
    fn material_of_another_kind_opens_nothing() {
        let blob = sealed(Maker::Encrypt, b"p", &context(&[]));
        let mac = Material::from_bytes(MaterialKind::HmacSha256, SecretBytes::new((0..32).collect()));
        let envelope = Envelope::parse(&blob).unwrap();
        assert!(envelope.open(&CryptoProvider::default(), &mac, &context(&[])).is_err());
    }

    #[test]
    fn a_length_that_is_longer_than_it_must_be_is_refused() {
        // The outermost SEQUENCE with its length in two bytes instead of one.
        let mut blob = sealed(Maker::Encrypt, &[7; 32], &context(&[]));
        blob.splice(58..60, [0x30, 0x81, 0x7c]);
        blob[57] += 1;
        assert!(Envelope::parse(&blob).is_err());
    }

    #[test]
    fn bytes_after_the_end_are_refused_even_when_the_length_counts_them() {
        let mut blob = sealed(Maker::Encrypt, &[7; 32], &context(&[]));
        blob.push(0);
        assert!(Envelope::parse(&blob).is_err());
        blob[57] += 1;
        assert!(Envelope::parse(&blob).is_err());
    }

    #[test]
    fn the_message_key_is_that_of_sp_800_108() {
        // Computed independently: HMAC-SHA-256(00..1f, 00000001 || label || 00 || 10..1f || 00000100).
        let salt = *b"\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";
        let key = message_key(&CryptoProvider::default(), &material(), Aead::Aes256Gcm, &salt).unwrap();
        assert_eq!(hex::encode(&*key), "13442a45ab40f0bd8302b3aa4e14b99cac6e2095868f7417db03ab7597c9cfd8");
    }

    #[test]
    fn any_flipped_bit_of_a_blob_is_refused() {
        let context = context(&[("purpose", "test")]);
        for length in [1, 32, 200] {
            let mut blob = sealed(Maker::Encrypt, &vec![1; length], &context);
            for bit in 0..blob.len() * 8 {
                blob[bit / 8] ^= 1 << (bit % 8);
                assert!(opened(&blob, &context).is_err(), "bit {bit} of the blob of {length} bytes");
                blob[bit / 8] ^= 1 << (bit % 8);
            }
            assert!(opened(&blob, &context).is_ok());
        }
    }

    proptest! {
        #[test]
        fn any_cut_of_a_blob_is_refused(at in any::<prop::sample::Index>()) {
            let blob = sealed(Maker::GenerateDataKey, &[1; 40], &context(&[]));
            prop_assert!(opened(&blob[..at.index(blob.len())], &context(&[])).is_err());
        }

        #[test]
        fn any_other_context_is_refused(
            one in proptest::collection::btree_map("[a-c]{0,3}", "[a-c]{0,3}", 0..4),
            other in proptest::collection::btree_map("[a-c]{0,3}", "[a-c]{0,3}", 0..4),
        ) {
            let blob = sealed(Maker::Encrypt, b"p", &one);
            prop_assert_eq!(opened(&blob, &other).is_ok(), one == other);
        }

        #[test]
        fn any_bytes_parse_or_not_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = describe(&bytes);
        }
    }
}
