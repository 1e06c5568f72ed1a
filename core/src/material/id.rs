//! The id of one key material.

use super::Material;
use crate::algorithms::Family;
use crate::crypto::hash::Hash;
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider, opaque};
use crate::names::KeyId;
use crate::{text::hex, wire::SecretBytes};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// Separates the ids of imported material from every other use of the MAC.
const IMPORTED: &[u8] = b"pocket-kms imported key material\0";

/// Identifies one key material: 32 bytes, written as 64 hexadecimal digits (`KeyMaterialId` in the API).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaterialId(pub [u8; 32]);

impl MaterialId {
    /// The id of material that KMS generates.
    pub fn random(random: &mut Random) -> Self {
        Self(random.array())
    }

    /// The id of imported material: a MAC over the material under `names`, a secret of the key (or of the related keys)
    /// that it is imported into. The id outlives the material and shows whether the same material comes back. Who reads
    /// it cannot test guesses of weak material. Different encodings of one private key have one id.
    pub fn imported(names: &[u8], material: &Material, provider: &CryptoProvider) -> Result<Self, CryptoError> {
        let mut name = [0; 32];
        provider.mac.hmac(Hash::Sha256, names, &[IMPORTED, &identity(material, provider)?], &mut name)?;
        Ok(Self(name))
    }

    /// The id that version 1 of the snapshots gave to imported material. Keys of such a world keep it, because their
    /// ciphertexts contain it.
    pub fn imported_by_version_1(
        key: KeyId,
        material: &Material,
        provider: &CryptoProvider,
    ) -> Result<Self, CryptoError> {
        let named =
            SecretBytes::new([IMPORTED, key.text().as_str().as_bytes(), &identity(material, provider)?].concat());
        Hash::Sha256.digest(&named).as_ref().try_into().map(Self).map_err(opaque)
    }

    /// Reads 64 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }
}

/// What two equal materials share: the bytes of a symmetric key, the public half of a key pair.
fn identity(material: &Material, provider: &CryptoProvider) -> Result<SecretBytes, CryptoError> {
    Ok(SecretBytes::new(match material.kind().family() {
        Family::Aead(_) | Family::Hmac(_) => material.expose().to_vec(),
        _ => material.public_key_der(provider)?,
    }))
}

impl fmt::Display for MaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.map(hex::digits);
        f.write_str(std::str::from_utf8(digits.as_flattened()).unwrap_or_default())
    }
}

impl fmt::Debug for MaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaterialId({self})")
    }
}

impl Serialize for MaterialId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MaterialId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a MaterialId"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_material_id_reads_what_it_writes() {
        let id = MaterialId::random(&mut Random::from_entropy(&[3; 32]));
        assert_eq!(id.to_string().len(), 64);
        assert_eq!(MaterialId::parse(&id.to_string()), Some(id));
        assert_eq!(MaterialId::parse("0b7fd7ddbac6eef27907413567cad8c810e2883dc8a7534067a82ee1142fc1e6x"), None);
        assert_eq!(MaterialId::parse(&"G".repeat(64)), None);
    }

    #[test]
    fn a_material_id_is_its_digits_in_json() {
        let id = MaterialId([0xab; 32]);
        let text = serde_json::to_string(&id).unwrap();
        assert_eq!(text, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<MaterialId>(&text).unwrap(), id);
        assert!(serde_json::from_str::<MaterialId>("\"ab\"").is_err());
    }
}
