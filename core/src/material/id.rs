//! The id of one key material.

use super::Material;
use crate::algorithms::Family;
use crate::crypto::hash::Hash;
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider, opaque};
use crate::names::{AccountId, KeyId};
use crate::{text::hex, time::Time, wire::SecretBytes};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// Separates the ids of imported material from every other use of the MAC.
const IMPORTED: &[u8] = b"pocket-kms imported key material\0";

/// Separates the ids of chosen material from every other use of the hash.
const CHOSEN: &[u8] = b"pocket-kms chosen key material\0";

/// Separates the ids of scheduled material from every other use of the hash.
const SCHEDULED: &[u8] = b"pocket-kms scheduled key material\0";

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

    /// The id of material that its owner has chosen for a key. It follows from all that is chosen, so that the same key of
    /// another world opens what this one has encrypted.
    pub(crate) fn chosen(
        account: AccountId,
        key: KeyId,
        material: &Material,
        provider: &CryptoProvider,
    ) -> Result<Self, CryptoError> {
        let (account, key) = (account.text(), key.text());
        let parts = [CHOSEN, account.as_str().as_bytes(), key.as_str().as_bytes(), &identity(material, provider)?];
        Hash::Sha256.digest(&SecretBytes::new(parts.concat())).as_ref().try_into().map(Self).map_err(opaque)
    }

    /// The id of material that a schedule makes: a permutation of what it follows from, so that nobody has to keep it.
    pub(crate) fn scheduled(of: Scheduled) -> Self {
        let (is_multi_region, key) = of.key.parts();
        let at = u128::try_from(i128::from(of.at.millis()) - i128::from(Time::FIRST.millis())).unwrap_or_default();
        let rest =
            u128::from(of.account.number()) | u128::from(is_multi_region) << 40 | u128::from(of.seed) << 41 | at << 73;
        let mut halves = [key, rest.to_be_bytes()];
        for round in 0..ROUNDS {
            halves[1] = exclusive_or(halves[1], round_function(round, halves[0]));
            halves.swap(0, 1);
        }
        let mut id = [0; 32];
        id.copy_from_slice(halves.as_flattened());
        Self(id)
    }

    /// What material follows from whose id a schedule may have made. Nearly every other id gives nothing here, or what no
    /// key is.
    pub(crate) fn as_scheduled(&self) -> Option<Scheduled> {
        let (one, other) = self.0.split_first_chunk::<16>()?;
        let mut halves = [*one, other.try_into().ok()?];
        for round in (0..ROUNDS).rev() {
            halves.swap(0, 1);
            halves[1] = exclusive_or(halves[1], round_function(round, halves[0]));
        }
        let rest = u128::from_be_bytes(halves[1]);
        let part = |from: u32, bits: u32| rest >> from & ((1 << bits) - 1);
        let at = i64::try_from(part(73, 55)).ok()?.checked_add(Time::FIRST.millis())?;
        Some(Scheduled {
            account: AccountId::of_number(u64::try_from(part(0, 40)).ok()?)?,
            key: KeyId::of_parts(part(40, 1) == 1, halves[0]),
            seed: u32::try_from(part(41, 32)).ok()?,
            at: (at <= Time::LAST.millis()).then(|| Time::from_millis(at))?,
        })
    }

    /// Reads 64 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }
}

/// What the material of a scheduled rotation follows from, besides a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scheduled {
    /// The account that owns the key.
    pub(crate) account: AccountId,
    /// The key, or the related keys.
    pub(crate) key: KeyId,
    /// The number of the secret.
    pub(crate) seed: u32,
    /// The instant of the rotation.
    pub(crate) at: Time,
}

/// Four rounds of a Feistel network make a permutation that looks random (Luby and Rackoff, 1988). Nothing in it is
/// secret, and nothing has to be.
const ROUNDS: u8 = 4;

fn round_function(round: u8, half: [u8; 16]) -> [u8; 16] {
    let digest = Hash::Sha256.digest(&[SCHEDULED, &[round], &half].concat());
    let mut output = [0; 16];
    output.iter_mut().zip(digest.as_ref()).for_each(|(output, byte)| *output = *byte);
    output
}

fn exclusive_or(mut half: [u8; 16], other: [u8; 16]) -> [u8; 16] {
    half.iter_mut().zip(other).for_each(|(byte, other)| *byte ^= other);
    half
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
        hex::write(&self.0, f)
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
    fn the_id_of_scheduled_material_tells_what_it_follows_from() {
        for (key, at) in [
            (KeyId::new([0x5a; 16]), Time::FIRST),
            (KeyId::new_multi_region([0xff; 16]), Time::LAST),
            (KeyId::new([0; 16]), Time::from_millis(1_767_225_600_000)),
        ] {
            let account = AccountId::parse("999999999999").unwrap();
            let one = Scheduled { account, key, seed: u32::MAX, at };
            let id = MaterialId::scheduled(one);
            assert_eq!(id.as_scheduled(), Some(one));
            assert_ne!(id, MaterialId::scheduled(Scheduled { seed: 0, ..one }));
            let random = MaterialId::random(&mut Random::from_entropy(&[3; 32]));
            assert_ne!(random.as_scheduled().map(|of| of.key), Some(key));
        }
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
