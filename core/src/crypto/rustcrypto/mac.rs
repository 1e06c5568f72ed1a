//! HMAC from the `hmac` crate.

use super::RustCrypto;
use crate::crypto::hash::Hash;
use crate::crypto::mac::Mac;
use crate::crypto::{CryptoError, opaque};
use hmac::{EagerHash, Hmac, KeyInit, Mac as _};

impl Mac for RustCrypto {
    fn hmac(&self, hash: Hash, key: &[u8], parts: &[&[u8]], out: &mut [u8]) -> Result<(), CryptoError> {
        match hash {
            Hash::Sha1 => hmac::<sha1::Sha1>(key, parts, out),
            Hash::Sha224 => hmac::<sha2::Sha224>(key, parts, out),
            Hash::Sha256 => hmac::<sha2::Sha256>(key, parts, out),
            Hash::Sha384 => hmac::<sha2::Sha384>(key, parts, out),
            Hash::Sha512 => hmac::<sha2::Sha512>(key, parts, out),
            Hash::Sm3 => hmac::<sm3::Sm3>(key, parts, out),
        }
    }
}

fn hmac<D: EagerHash>(key: &[u8], parts: &[&[u8]], out: &mut [u8]) -> Result<(), CryptoError> {
    let mut mac = Hmac::<D>::new_from_slice(key).map_err(opaque)?;
    for part in parts {
        mac.update(part);
    }
    let tag = mac.finalize().into_bytes();
    if out.len() != tag.len() {
        return Err(CryptoError);
    }
    out.copy_from_slice(&tag);
    Ok(())
}
