//! HMAC from AWS-LC.

use super::{PURE, Reproducible};
use aws_lc_rs::hmac;
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::hash::Hash;
use pocket_kms::crypto::mac::Mac;

/// For texts as short as this AWS-LC takes longer to set itself up than to compute; from such a text follows the key of
/// every message.
const SHORT: usize = 64;

impl Mac for Reproducible {
    fn hmac(&self, hash: Hash, key: &[u8], parts: &[&[u8]], out: &mut [u8]) -> Result<(), CryptoError> {
        // AWS-LC has no SM3.
        let Some(algorithm) = algorithm(hash) else { return PURE.mac.hmac(hash, key, parts, out) };
        if out.len() != hash.length() {
            return Err(CryptoError);
        }
        if hash == Hash::Sha256 && parts.iter().map(|part| part.len()).sum::<usize>() <= SHORT {
            return PURE.mac.hmac(hash, key, parts, out);
        }
        let mut context = hmac::Context::with_key(&hmac::Key::new(algorithm, key));
        for part in parts {
            context.update(part);
        }
        out.copy_from_slice(context.sign().as_ref());
        Ok(())
    }
}

fn algorithm(hash: Hash) -> Option<hmac::Algorithm> {
    match hash {
        Hash::Sha1 => Some(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        Hash::Sha224 => Some(hmac::HMAC_SHA224),
        Hash::Sha256 => Some(hmac::HMAC_SHA256),
        Hash::Sha384 => Some(hmac::HMAC_SHA384),
        Hash::Sha512 => Some(hmac::HMAC_SHA512),
        Hash::Sm3 => None,
    }
}
