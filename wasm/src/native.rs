//! Native cryptography that the host lends: the private operations of RSA, and key agreement over the large curves.
//!
//! Only operations are lent whose result follows from their arguments, so that a world gives the same bytes with them
//! and without. Keys are loaded and checked by the pure-Rust provider in any case; what the host cannot do, or refuses, that
//! provider does: not every host knows all of node:crypto, and what is wrong with an argument is told by one alone.

use std::cell::RefCell;

use js_sys::Uint8Array;
use pocket_kms::{
    CryptoProvider,
    crypto::{
        Capability, CryptoError,
        curve::{self, Curves, NamedCurve},
        hash::Hash,
        random::Random,
        rsa::{self, Encryption, Rsa, Signature},
        rustcrypto::PROVIDER as PURE,
    },
    wire::SecretBytes,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What a host lends. It holds the keys; here they have numbers.
    #[derive(Clone)]
    pub type Lent;
    /// Loads a private key, PKCS #8 in DER.
    #[wasm_bindgen(catch, method, structural)]
    fn load(this: &Lent, pkcs8: &[u8]) -> Result<u32, JsValue>;
    /// Forgets a key.
    #[wasm_bindgen(method, structural)]
    fn forget(this: &Lent, key: u32);
    /// Signs a digest: with a salt by RSASSA-PSS, without by RSASSA-PKCS1-v1_5.
    #[wasm_bindgen(catch, method, structural)]
    fn sign(this: &Lent, key: u32, digest: &[u8], salt: Option<&[u8]>) -> Result<Uint8Array, JsValue>;
    /// Opens a ciphertext of RSAES-OAEP whose hash has digests of this length.
    #[wasm_bindgen(catch, method, structural)]
    fn decrypt(this: &Lent, key: u32, digest_length: usize, ciphertext: &[u8]) -> Result<Uint8Array, JsValue>;
    /// The shared secret with a peer's `SubjectPublicKeyInfo`.
    #[wasm_bindgen(catch, method, structural)]
    fn agree(this: &Lent, key: u32, peer: &[u8]) -> Result<Uint8Array, JsValue>;
}

thread_local! {
    static LENT: RefCell<Option<Lent>> = const { RefCell::new(None) };
}

/// Takes what the host lends, for all worlds that begin from now on.
pub(crate) fn take(native: Lent) {
    LENT.set(Some(native));
}

/// The cryptography of a new world.
pub(crate) fn provider() -> CryptoProvider {
    if lent().is_none() {
        return PURE;
    }
    CryptoProvider { rsa: &Native, curve: &Native, ..PURE }
}

fn lent() -> Option<Lent> {
    LENT.with_borrow(Clone::clone)
}

struct Native;

impl Capability for Native {
    fn name(&self) -> &'static str {
        "host"
    }
}

/// A private key, here and at the host.
struct Key<T: ?Sized> {
    pure: Box<T>,
    number: u32,
}

impl<T: ?Sized> Key<T> {
    /// The key here alone, unless the host loads it as well.
    fn both(pure: Box<T>, pkcs8: &[u8]) -> Result<Self, Box<T>> {
        match lent().and_then(|lent| lent.load(pkcs8).ok()) {
            Some(number) => Ok(Self { pure, number }),
            None => Err(pure),
        }
    }

    /// The result of an operation of the host, whose copy is wiped; `None` where the host has none.
    fn by_host(&self, operation: impl FnOnce(&Lent, u32) -> Result<Uint8Array, JsValue>) -> Option<SecretBytes> {
        let result = operation(&lent()?, self.number).ok()?;
        let bytes = SecretBytes::new(result.to_vec());
        result.fill(0, 0, result.length());
        Some(bytes)
    }
}

impl<T: ?Sized> Drop for Key<T> {
    fn drop(&mut self) {
        if let Some(lent) = lent() {
            lent.forget(self.number);
        }
    }
}

impl Rsa for Native {
    fn generate(&self, modulus_bits: usize, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        PURE.rsa.generate(modulus_bits, random)
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn rsa::PrivateKey>, CryptoError> {
        let both = Key::both(PURE.rsa.load(pkcs8)?, pkcs8);
        Ok(both.map_or_else(|pure| pure, |key| Box::new(key)))
    }

    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn rsa::PublicKey>, CryptoError> {
        PURE.rsa.load_public(spki)
    }
}

impl rsa::PublicKey for Key<dyn rsa::PrivateKey> {
    fn modulus_bits(&self) -> usize {
        self.pure.modulus_bits()
    }

    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.pure.spki()
    }

    fn encrypt(&self, scheme: Encryption, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        self.pure.encrypt(scheme, plaintext, random)
    }

    fn verify(&self, scheme: Signature, digest: &[u8], signature: &[u8]) -> bool {
        self.pure.verify(scheme, digest, signature)
    }
}

impl rsa::PrivateKey for Key<dyn rsa::PrivateKey> {
    fn decrypt(&self, scheme: Encryption, ciphertext: &[u8], random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let opened = match scheme {
            Encryption::Oaep(hash @ (Hash::Sha1 | Hash::Sha256)) => {
                self.by_host(|lent, key| lent.decrypt(key, hash.length(), ciphertext))
            }
            // Hosts answer wrong padding in ways of their own.
            _ => None,
        };
        opened.map_or_else(|| self.pure.decrypt(scheme, ciphertext, random), Ok)
    }

    fn sign(&self, scheme: Signature, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        let hash = scheme.hash();
        if digest.len() != hash.length() || !matches!(hash, Hash::Sha256 | Hash::Sha384 | Hash::Sha512) {
            return Err(CryptoError);
        }
        let mut again = random.again();
        let salt = match scheme {
            Signature::Pss(_) => Some(random.secret(digest.len())),
            Signature::Pkcs1v15(_) => None,
        };
        let signature = self.by_host(|lent, key| lent.sign(key, digest, salt.as_deref().map(|salt| &salt[..])));
        signature.map_or_else(|| self.pure.sign(scheme, digest, &mut again), |signature| Ok(signature.to_vec()))
    }
}

impl Curves for Native {
    fn generate(&self, curve: NamedCurve, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        PURE.curve.generate(curve, random)
    }

    fn load(&self, curve: NamedCurve, pkcs8: &[u8]) -> Result<Box<dyn curve::PrivateKey>, CryptoError> {
        let pure = PURE.curve.load(curve, pkcs8)?;
        // On the small curves it is slower to ask.
        if !matches!(curve, NamedCurve::P384 | NamedCurve::P521) {
            return Ok(pure);
        }
        let both = Key::both(pure, pkcs8);
        Ok(both.map_or_else(|pure| pure, |key| Box::new(CurveKey { curve, key })))
    }

    fn load_public(&self, curve: NamedCurve, spki: &[u8]) -> Result<Box<dyn curve::PublicKey>, CryptoError> {
        PURE.curve.load_public(curve, spki)
    }
}

/// A private key on a large curve.
struct CurveKey {
    curve: NamedCurve,
    key: Key<dyn curve::PrivateKey>,
}

impl curve::PublicKey for CurveKey {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.key.pure.spki()
    }

    fn verify(&self, digest: &[u8], signature: &[u8]) -> bool {
        self.key.pure.verify(digest, signature)
    }
}

impl curve::PrivateKey for CurveKey {
    fn sign(&self, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        self.key.pure.sign(digest, random)
    }

    fn agree(&self, peer: &[u8]) -> Result<SecretBytes, CryptoError> {
        // Hosts also take a peer that names its curve by parameters, or another curve.
        let peer = PURE.curve.load_public(self.curve, peer)?.spki()?;
        self.key.by_host(|lent, key| lent.agree(key, &peer)).map_or_else(|| self.key.pure.agree(&peer), Ok)
    }
}
