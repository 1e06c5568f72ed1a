//! RSA from the `rsa` crate; only its blinded calls.

use super::{RustCrypto, primes::prime};
use crate::crypto::hash::Hash;
use crate::crypto::random::Random;
use crate::crypto::rsa::{Encryption, PrivateKey, PublicKey, Rsa, Signature};
use crate::crypto::{CryptoError, opaque, two_primes};
use crate::wire::SecretBytes;
use pkcs8::DecodePrivateKey;
use rsa::traits::{PaddingScheme, PublicKeyParts, SignatureScheme};
use rsa::{Oaep, Pkcs1v15Encrypt, Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey};
use spki::{DecodePublicKey, EncodePublicKey};

impl Rsa for RustCrypto {
    fn generate(&self, modulus_bits: usize, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let bits = u32::try_from(modulus_bits / 2).map_err(opaque)?;
        let one = prime(bits, random)?;
        let other = prime(bits, random)?;
        two_primes::private_key(&one, &other)
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        Ok(Box::new(RsaPrivateKey::from_pkcs8_der(pkcs8).map_err(opaque)?))
    }

    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        Ok(Box::new(RsaPublicKey::from_public_key_der(spki).map_err(opaque)?))
    }
}

impl PublicKey for RsaPublicKey {
    fn modulus_bits(&self) -> usize {
        self.n().bits() as usize
    }

    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.to_public_key_der().map_err(opaque)?.into_vec())
    }

    fn encrypt(&self, scheme: Encryption, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        match scheme {
            Encryption::Oaep(Hash::Sha1) => Oaep::<sha1::Sha1>::new().encrypt(random, self, plaintext),
            Encryption::Oaep(Hash::Sha256) => Oaep::<sha2::Sha256>::new().encrypt(random, self, plaintext),
            Encryption::Pkcs1v15 => Pkcs1v15Encrypt.encrypt(random, self, plaintext),
            Encryption::Oaep(_) => return Err(CryptoError),
        }
        .map_err(opaque)
    }

    fn verify(&self, scheme: Signature, digest: &[u8], signature: &[u8]) -> bool {
        match scheme {
            Signature::Pss(Hash::Sha256) => Pss::<sha2::Sha256>::new().verify(self, digest, signature),
            Signature::Pss(Hash::Sha384) => Pss::<sha2::Sha384>::new().verify(self, digest, signature),
            Signature::Pss(Hash::Sha512) => Pss::<sha2::Sha512>::new().verify(self, digest, signature),
            Signature::Pkcs1v15(Hash::Sha256) => Pkcs1v15Sign::new::<sha2::Sha256>().verify(self, digest, signature),
            Signature::Pkcs1v15(Hash::Sha384) => Pkcs1v15Sign::new::<sha2::Sha384>().verify(self, digest, signature),
            Signature::Pkcs1v15(Hash::Sha512) => Pkcs1v15Sign::new::<sha2::Sha512>().verify(self, digest, signature),
            Signature::Pss(_) | Signature::Pkcs1v15(_) => return false,
        }
        .is_ok()
    }
}

impl PublicKey for RsaPrivateKey {
    fn modulus_bits(&self) -> usize {
        self.as_public_key().modulus_bits()
    }

    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.as_public_key().spki()
    }

    fn encrypt(&self, scheme: Encryption, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        PublicKey::encrypt(self.as_public_key(), scheme, plaintext, random)
    }

    fn verify(&self, scheme: Signature, digest: &[u8], signature: &[u8]) -> bool {
        PublicKey::verify(self.as_public_key(), scheme, digest, signature)
    }
}

impl PrivateKey for RsaPrivateKey {
    fn decrypt(&self, scheme: Encryption, ciphertext: &[u8], random: &mut Random) -> Result<SecretBytes, CryptoError> {
        match scheme {
            Encryption::Oaep(Hash::Sha1) => self.decrypt_blinded(random, Oaep::<sha1::Sha1>::new(), ciphertext),
            Encryption::Oaep(Hash::Sha256) => self.decrypt_blinded(random, Oaep::<sha2::Sha256>::new(), ciphertext),
            Encryption::Pkcs1v15 => self.decrypt_blinded(random, Pkcs1v15Encrypt, ciphertext),
            Encryption::Oaep(_) => return Err(CryptoError),
        }
        .map(SecretBytes::new)
        .map_err(opaque)
    }

    fn sign(&self, scheme: Signature, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        // The PSS encoder of the crate takes a digest of any length.
        if digest.len() != scheme.hash().length() {
            return Err(CryptoError);
        }
        match scheme {
            Signature::Pss(Hash::Sha256) => self.sign_with_rng(random, Pss::<sha2::Sha256>::new(), digest),
            Signature::Pss(Hash::Sha384) => self.sign_with_rng(random, Pss::<sha2::Sha384>::new(), digest),
            Signature::Pss(Hash::Sha512) => self.sign_with_rng(random, Pss::<sha2::Sha512>::new(), digest),
            Signature::Pkcs1v15(Hash::Sha256) => {
                self.sign_with_rng(random, Pkcs1v15Sign::new::<sha2::Sha256>(), digest)
            }
            Signature::Pkcs1v15(Hash::Sha384) => {
                self.sign_with_rng(random, Pkcs1v15Sign::new::<sha2::Sha384>(), digest)
            }
            Signature::Pkcs1v15(Hash::Sha512) => {
                self.sign_with_rng(random, Pkcs1v15Sign::new::<sha2::Sha512>(), digest)
            }
            Signature::Pss(_) | Signature::Pkcs1v15(_) => return Err(CryptoError),
        }
        .map_err(opaque)
    }
}
