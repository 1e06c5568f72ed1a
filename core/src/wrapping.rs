//! How key material travels to KMS: which wrapping algorithm may carry which material, and how KMS unwraps it.
//!
//! Source: developer guide, "Select a wrapping algorithm" (ledger P4-329; newest edition for SM2 and China Regions).

use crate::algorithms::{Family, MaterialKind, Row};
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider};
use crate::material::Material;
use crate::names::Partition;
use crate::shapes::{AlgorithmSpec, EncryptionAlgorithmSpec, KeySpec, WrappingKeySpec};
use crate::wire::SecretBytes;

/// Length of the AES key between an RSA wrapping key and the material, in bytes (P4-337).
const AES_KEY_LENGTH: usize = 32;
/// The shortest output of AES key wrap with padding, in bytes (RFC 5649, section 4.1).
const SHORTEST_WRAP: usize = 16;

/// How a wrapping algorithm wraps material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// The material itself is encrypted with the wrapping key.
    Direct(EncryptionAlgorithmSpec),
    /// An AES key is encrypted with the wrapping key, and wraps the material.
    ByAesKey(EncryptionAlgorithmSpec),
}

/// The scheme behind an API name. RSAES_PKCS1_V1_5 has had none since 10 October 2023 (P4-324).
const fn scheme(algorithm: AlgorithmSpec) -> Option<Scheme> {
    match algorithm {
        AlgorithmSpec::RsaesOaepSha1 => Some(Scheme::Direct(EncryptionAlgorithmSpec::RsaesOaepSha1)),
        AlgorithmSpec::RsaesOaepSha256 => Some(Scheme::Direct(EncryptionAlgorithmSpec::RsaesOaepSha256)),
        AlgorithmSpec::RsaAesKeyWrapSha1 => Some(Scheme::ByAesKey(EncryptionAlgorithmSpec::RsaesOaepSha1)),
        AlgorithmSpec::RsaAesKeyWrapSha256 => Some(Scheme::ByAesKey(EncryptionAlgorithmSpec::RsaesOaepSha256)),
        AlgorithmSpec::Sm2pke => Some(Scheme::Direct(EncryptionAlgorithmSpec::Sm2pke)),
        AlgorithmSpec::RsaesPkcs1V15 => None,
    }
}

/// Whether keys of this spec can have imported material at all; ML-DSA and ML-KEM keys cannot.
pub(crate) const fn is_importable(row: &Row) -> bool {
    !matches!(row.material.family(), Family::MlDsa(_) | Family::MlKem(_))
}

/// Whether any key may be imported with this algorithm and under this wrapping key: SM2 is for China alone.
pub(crate) fn is_offered(partition: Partition, algorithm: AlgorithmSpec, wrapping: WrappingKeySpec) -> bool {
    let sm2 = algorithm == AlgorithmSpec::Sm2pke || wrapping == WrappingKeySpec::Sm2;
    scheme(algorithm).is_some() && (!sm2 || partition == Partition::AwsCn)
}

/// Whether material for a key may be wrapped with this algorithm under this wrapping key.
pub(crate) fn suits(row: &Row, partition: Partition, algorithm: AlgorithmSpec, wrapping: WrappingKeySpec) -> bool {
    let Some(scheme) = scheme(algorithm) else { return false };
    let sm2 = scheme == Scheme::Direct(EncryptionAlgorithmSpec::Sm2pke);
    let by_aes_key = matches!(scheme, Scheme::ByAesKey(_));
    let china = partition == Partition::AwsCn;
    let carries = match row.material.family() {
        Family::Aead(_) | Family::Hmac(_) => !sm2 && !by_aes_key,
        Family::Rsa(_) => (by_aes_key && !china) || (sm2 && china),
        Family::Curve(_) | Family::Edwards => (!by_aes_key || !china) && (!sm2 || china),
        Family::Sm2 => !by_aes_key,
        Family::MlDsa(_) | Family::MlKem(_) => false,
    };
    let fits = row.material != MaterialKind::P521 || wrapping != WrappingKeySpec::Rsa2048 || by_aes_key;
    carries && fits && sm2 == (wrapping == WrappingKeySpec::Sm2)
}

/// The spec of the key pair behind a wrapping key spec.
pub(crate) const fn key_spec(wrapping: WrappingKeySpec) -> KeySpec {
    match wrapping {
        WrappingKeySpec::Rsa2048 => KeySpec::Rsa2048,
        WrappingKeySpec::Rsa3072 => KeySpec::Rsa3072,
        WrappingKeySpec::Rsa4096 => KeySpec::Rsa4096,
        WrappingKeySpec::Sm2 => KeySpec::Sm2,
    }
}

/// Whether wrapped material can have this length under this wrapping key.
pub(crate) fn has_length(algorithm: AlgorithmSpec, wrapping_key: &Material, length: usize) -> bool {
    match (scheme(algorithm), wrapping_key.kind().family()) {
        (Some(Scheme::Direct(_)), Family::Rsa(bits)) => length == bits / 8,
        (Some(Scheme::ByAesKey(_)), Family::Rsa(bits)) => {
            length.checked_sub(bits / 8).is_some_and(|rest| rest >= SHORTEST_WRAP && rest.is_multiple_of(8))
        }
        _ => true,
    }
}

/// Unwraps material, the inverse of what its owner did with the wrapping algorithm (P4-335 to P4-340).
pub(crate) fn unwrap(
    algorithm: AlgorithmSpec,
    wrapping_key: &Material,
    wrapped: &[u8],
    provider: &CryptoProvider,
    random: &mut Random,
) -> Result<SecretBytes, CryptoError> {
    match (scheme(algorithm).ok_or(CryptoError)?, wrapping_key.kind().family()) {
        (Scheme::Direct(algorithm), _) => wrapping_key.decrypt(provider, algorithm, wrapped, random),
        (Scheme::ByAesKey(algorithm), Family::Rsa(bits)) => {
            let (aes_key, wrapped) = wrapped.split_at_checked(bits / 8).ok_or(CryptoError)?;
            let aes_key = wrapping_key.decrypt(provider, algorithm, aes_key, random)?;
            if aes_key.len() != AES_KEY_LENGTH {
                return Err(CryptoError);
            }
            provider.wrapping.unwrap(&aes_key, wrapped)
        }
        (Scheme::ByAesKey(_), _) => Err(CryptoError),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithms::TABLE;

    #[test]
    fn every_importable_spec_has_a_way_in_every_region_that_offers_it() {
        for row in TABLE {
            for partition in [Partition::Aws, Partition::AwsCn] {
                if crate::algorithms::row(row.spec, partition) != Some(row) {
                    continue;
                }
                let ways = AlgorithmSpec::ALL.iter().flat_map(|algorithm| {
                    WrappingKeySpec::ALL.iter().map(move |wrapping| suits(row, partition, *algorithm, *wrapping))
                });
                assert_eq!(ways.filter(|suits| *suits).count() > 0, is_importable(row), "{:?}", row.spec);
            }
        }
    }

    #[test]
    fn pkcs1_v1_5_carries_nothing_any_more() {
        for row in TABLE {
            for wrapping in WrappingKeySpec::ALL {
                assert!(!suits(row, Partition::Aws, AlgorithmSpec::RsaesPkcs1V15, *wrapping), "{:?}", row.spec);
            }
        }
    }

    #[test]
    fn sm2_keys_wrap_in_china_alone() {
        let rows =
            |partition| TABLE.iter().filter(move |row| crate::algorithms::row(row.spec, partition) == Some(*row));
        let by_sm2 = |row, partition| suits(row, partition, AlgorithmSpec::Sm2pke, WrappingKeySpec::Sm2);
        assert!(!rows(Partition::Aws).any(|row| by_sm2(row, Partition::Aws)));
        assert!(rows(Partition::AwsCn).any(|row| by_sm2(row, Partition::AwsCn)));
    }
}
