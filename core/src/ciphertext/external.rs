//! The ciphertext blob of a key in an external key store: an ordinary blob, encrypted once more by the external key
//! (section 2.2 of custom-key-stores.md).
//!
//! ```text
//! offset  bytes
//!  0      37 bytes   as in an ordinary blob: constants, maker, the material's id
//! 37      02         an outer layer follows
//! 38      16 bytes   random
//! 54      4 bytes    length of what follows, big endian
//! 58      1 + m      length of the proxy's metadata (0 to 20; 0 where it gave none), metadata
//!         1 + 12|16  length of the initialization vector, the vector
//!         16 bytes   tag
//!         n bytes    ciphertext of the outer layer, as long as the ordinary blob below it
//! ```
//!
//! Its length is that of the layer below and 87 bytes more, with a vector of 12 bytes and no metadata. The external key
//! authenticates the first 54 bytes and the encryption context; what follows them depends on its answer.

use super::{
    Aead, Context, Description, FRAME_LENGTH, HEADER_LENGTH, Maker, TAG_LENGTH, associated_data, layout, length,
};
use crate::{
    algorithms::MAX_SYMMETRIC_PLAINTEXT,
    crypto::{CryptoError, hash::Hash, random::Random},
    material::MaterialId,
};

/// Says that an outer layer follows.
pub(super) const LAYER: u8 = 2;

/// How many of the first bytes the external key authenticates.
const OUTLINE_LENGTH: usize = 54;

/// The longest metadata of a proxy, in bytes.
const LONGEST_METADATA: u8 = 20;

/// The most bytes that a proxy must take as additional authenticated data (CKS-68).
const MOST_ASSOCIATED: usize = 8192;

/// The first bytes of a blob, which are there before the proxy is asked.
#[derive(Clone, Copy)]
pub struct Outline([u8; OUTLINE_LENGTH]);

impl Outline {
    /// Begins a blob.
    pub fn new(maker: Maker, id: &MaterialId, random: &mut Random) -> Self {
        let mut bytes = [0; OUTLINE_LENGTH];
        bytes[..5].copy_from_slice(&[1, 2, maker.byte(), 0, 0x78]);
        bytes[5..37].copy_from_slice(&id.0);
        bytes[37] = LAYER;
        bytes[38..].copy_from_slice(&random.array::<16>());
        Self(bytes)
    }

    /// What the external key authenticates with the layer below (CKS-208): these bytes, and the encryption context, or its
    /// digest where it would be longer than proxies must take.
    ///
    /// # Errors
    /// [`CryptoError`] when the context has gigabytes.
    pub fn associated(&self, context: &Context) -> Result<Vec<u8>, CryptoError> {
        let framed = associated_data(context, &[])?;
        let mut associated = self.0.to_vec();
        if OUTLINE_LENGTH + 1 + framed.len() <= MOST_ASSOCIATED {
            associated.push(0);
            associated.extend_from_slice(&framed);
        } else {
            associated.push(1);
            associated.extend_from_slice(Hash::Sha256.digest(&framed).as_ref());
        }
        Ok(associated)
    }

    /// The whole blob with the answer of a proxy.
    ///
    /// # Errors
    /// [`CryptoError`] when the answer does not have the lengths of one.
    pub fn seal(&self, metadata: &[u8], iv: &[u8], tag: &[u8; 16], ciphertext: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let short = |bytes: &[u8]| u8::try_from(bytes.len()).map_err(|_| CryptoError);
        let rest = 2 + metadata.len() + iv.len() + tag.len() + ciphertext.len();
        let mut blob = Vec::with_capacity(OUTLINE_LENGTH + 4 + rest);
        blob.extend_from_slice(&self.0);
        blob.extend_from_slice(&length(rest)?);
        blob.push(short(metadata)?);
        blob.extend_from_slice(metadata);
        blob.push(short(iv)?);
        blob.extend_from_slice(iv);
        blob.extend_from_slice(tag);
        blob.extend_from_slice(ciphertext);
        Ok(blob)
    }
}

/// A parsed blob, not yet opened.
#[derive(Clone, Copy)]
pub struct External<'a> {
    maker: Maker,
    pub(super) material_id: MaterialId,
    outline: Outline,
    length: usize,
    /// What the proxy gave with the ciphertext; empty where it gave nothing.
    pub metadata: &'a [u8],
    /// The initialization vector: 12 or 16 bytes.
    pub iv: &'a [u8],
    /// The tag.
    pub tag: &'a [u8; 16],
    /// The ciphertext of the outer layer.
    pub ciphertext: &'a [u8],
}

/// What the outer layer of a blob says about itself to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the layout is what it is")]
pub struct ExternalLayer {
    /// Length of the proxy's metadata in bytes.
    pub metadata_length: usize,
    /// Length of the initialization vector in bytes.
    pub iv_length: usize,
}

impl<'a> External<'a> {
    /// Parses a blob. It accepts only the one encoding that [`Outline::seal`] writes, with nothing before, after or between.
    ///
    /// # Errors
    /// [`CryptoError`] for all other bytes.
    pub fn parse(blob: &'a [u8]) -> Result<Self, CryptoError> {
        let (outline, rest) = blob.split_first_chunk::<OUTLINE_LENGTH>().ok_or(CryptoError)?;
        let (said, rest) = rest.split_first_chunk().ok_or(CryptoError)?;
        if *said != length(rest.len())? {
            return Err(CryptoError);
        }
        let [1, 2, maker, 0, 0x78, named @ ..] = outline else { return Err(CryptoError) };
        let (id, layer) = named.split_first_chunk().ok_or(CryptoError)?;
        let maker = Maker::from_byte(*maker).filter(|_| layer.first() == Some(&LAYER)).ok_or(CryptoError)?;
        let (metadata, rest) =
            counted(rest).filter(|(_, count, _)| *count <= LONGEST_METADATA).map(rest_of).ok_or(CryptoError)?;
        let (iv, rest) =
            counted(rest).filter(|(_, count, _)| matches!(count, 12 | 16)).map(rest_of).ok_or(CryptoError)?;
        let (tag, ciphertext) = rest.split_first_chunk().ok_or(CryptoError)?;
        // Nothing shorter is an ordinary blob.
        if ciphertext.len() <= HEADER_LENGTH {
            return Err(CryptoError);
        }
        let (material_id, outline, length) = (MaterialId(*id), Outline(*outline), blob.len());
        Ok(Self { maker, material_id, outline, length, metadata, iv, tag, ciphertext })
    }

    /// What the external key has authenticated with the layer below.
    ///
    /// # Errors
    /// [`CryptoError`] when the context has gigabytes.
    pub fn associated(&self, context: &Context) -> Result<Vec<u8>, CryptoError> {
        self.outline.associated(context)
    }

    /// What the blob says about itself; `None` when no ordinary blob is as long as the layer below.
    pub(super) fn describe(&self) -> Option<Description> {
        let is_below = |plaintext: &usize| {
            let content = FRAME_LENGTH + plaintext + TAG_LENGTH;
            HEADER_LENGTH + layout::length(Aead::Aes256Gcm, content) == self.ciphertext.len()
        };
        // External key stores are in no Region of China, where the cipher is another one (CKS-271).
        let layer = ExternalLayer { metadata_length: self.metadata.len(), iv_length: self.iv.len() };
        Some(Description {
            version: 2,
            maker: self.maker,
            material_id: self.material_id,
            aead: Aead::Aes256Gcm,
            length: self.length,
            plaintext_length: (0..=MAX_SYMMETRIC_PLAINTEXT).find(is_below)?,
            external: Some(layer),
        })
    }
}

/// Bytes that are preceded by their number, the number, and what follows them.
fn counted(bytes: &[u8]) -> Option<(&[u8], u8, &[u8])> {
    let (count, rest) = bytes.split_first()?;
    let (counted, rest) = rest.split_at_checked(usize::from(*count))?;
    Some((counted, *count, rest))
}

fn rest_of<'a>((counted, _, rest): (&'a [u8], u8, &'a [u8])) -> (&'a [u8], &'a [u8]) {
    (counted, rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ciphertext::{Blob, describe};

    const ID: MaterialId = MaterialId([0xa5; 32]);

    fn blob(plaintext: usize, metadata: usize, iv: usize) -> Vec<u8> {
        let outline = Outline::new(Maker::Encrypt, &ID, &mut Random::from_entropy(&[1; 32]));
        let below = HEADER_LENGTH + layout::length(Aead::Aes256Gcm, FRAME_LENGTH + plaintext + TAG_LENGTH);
        outline.seal(&vec![3; metadata], &vec![4; iv], &[5; 16], &vec![6; below]).unwrap()
    }

    /// CKS-209, CKS-454.
    #[test]
    fn a_blob_has_the_length_of_the_layer_below_and_that_of_the_answer() {
        for (plaintext, length) in [(1, 241), (16, 256), (32, 272), (64, 308), (1024, 1274), (4096, 4346)] {
            for (metadata, iv) in [(0, 12), (20, 12), (0, 16), (20, 16)] {
                let blob = blob(plaintext, metadata, iv);
                assert_eq!(blob.len(), length + metadata + iv - 12);
                let described = describe(&blob).unwrap();
                assert_eq!((described.length, described.plaintext_length), (blob.len(), plaintext));
                assert_eq!(described.external, Some(ExternalLayer { metadata_length: metadata, iv_length: iv }));
                assert_eq!((described.material_id, described.version), (ID, 2));
            }
        }
    }

    /// CKS-210, CKS-459.
    #[test]
    fn a_blob_has_one_encoding() {
        let whole = blob(16, 5, 16);
        assert!(matches!(Blob::parse(&whole), Ok(Blob::External(External { metadata: [3, ..], .. }))));
        for cut in 0..whole.len() {
            assert!(Blob::parse(&whole[..cut]).is_err(), "cut at {cut}");
        }
        assert!(Blob::parse(&[&whole[..], &[0]].concat()).is_err());
        for (place, byte) in
            [(0, 2), (1, 1), (2, 4), (3, 1), (4, 0), (37, 1), (37, 3), (57, 0), (58, 21), (58, 4), (64, 13)]
        {
            let mut changed = whole.clone();
            changed[place] = byte;
            assert!(Blob::parse(&changed).is_err(), "{byte} at {place}");
        }
    }

    /// CKS-208.
    #[test]
    fn a_long_context_is_authenticated_by_its_digest() {
        let outline = Outline::new(Maker::GenerateDataKey, &ID, &mut Random::from_entropy(&[1; 32]));
        let context = |length: usize| Context::from([("a".to_owned(), "b".repeat(length))]);
        let associated = |length| outline.associated(&context(length)).unwrap();
        // 54 bytes, a mark, and the frame of a pair: 4, 4 + 1 and 4 bytes before the value.
        let most = 8192 - 55 - 13;
        assert_eq!((associated(most).len(), associated(most)[54]), (8192, 0));
        assert_eq!((associated(most + 1).len(), associated(most + 1)[54]), (54 + 1 + 32, 1));
        assert_eq!(outline.associated(&Context::new()).unwrap().len(), 54 + 1 + 4);
        assert_ne!(associated(most + 1), associated(most + 2));
    }
}
