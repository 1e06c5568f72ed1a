//! ML-DSA from the `ml-dsa` crate, ML-KEM from the `ml-kem` crate.

use super::RustCrypto;
use crate::crypto::lattice::{
    DecapsulationKey, DsaSet, Encapsulation, EncapsulationKey, KemSet, Message, MlDsa, MlKem, SigningKey, VerifyingKey,
};
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, opaque};
use crate::wire::SecretBytes;
use ml_dsa::{MlDsa44, MlDsa65, MlDsa87, MlDsaParams};
use ml_kem::kem::Decapsulate;
use ml_kem::{MlKem512, MlKem768, MlKem1024};
use pkcs8::{DecodePrivateKey, EncodePrivateKey};
use rand_core::{TryCryptoRng, TryRng};
use spki::{DecodePublicKey, EncodePublicKey};
use zeroize::Zeroizing;

impl MlDsa for RustCrypto {
    fn generate(&self, set: DsaSet, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let seed = Zeroizing::new(random.array());
        match set {
            DsaSet::MlDsa44 => pkcs8(&ml_dsa::SigningKey::<MlDsa44>::from_seed((&*seed).into())),
            DsaSet::MlDsa65 => pkcs8(&ml_dsa::SigningKey::<MlDsa65>::from_seed((&*seed).into())),
            DsaSet::MlDsa87 => pkcs8(&ml_dsa::SigningKey::<MlDsa87>::from_seed((&*seed).into())),
        }
    }

    fn load(&self, set: DsaSet, pkcs8: &[u8]) -> Result<Box<dyn SigningKey>, CryptoError> {
        Ok(match set {
            DsaSet::MlDsa44 => Box::new(private::<ml_dsa::SigningKey<MlDsa44>>(pkcs8)?),
            DsaSet::MlDsa65 => Box::new(private::<ml_dsa::SigningKey<MlDsa65>>(pkcs8)?),
            DsaSet::MlDsa87 => Box::new(private::<ml_dsa::SigningKey<MlDsa87>>(pkcs8)?),
        })
    }

    fn load_public(&self, set: DsaSet, spki: &[u8]) -> Result<Box<dyn VerifyingKey>, CryptoError> {
        Ok(match set {
            DsaSet::MlDsa44 => Box::new(public::<ml_dsa::VerifyingKey<MlDsa44>>(spki)?),
            DsaSet::MlDsa65 => Box::new(public::<ml_dsa::VerifyingKey<MlDsa65>>(spki)?),
            DsaSet::MlDsa87 => Box::new(public::<ml_dsa::VerifyingKey<MlDsa87>>(spki)?),
        })
    }
}

impl<P: MlDsaParams> VerifyingKey for ml_dsa::VerifyingKey<P>
where
    Self: EncodePublicKey,
{
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.to_public_key_der().map_err(opaque)?.into_vec())
    }

    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool {
        let Ok(signature) = ml_dsa::Signature::<P>::try_from(signature) else { return false };
        match message {
            Message::Text(text) => self.verify_with_context(text, &[], &signature),
            Message::Mu(mu) => self.verify_mu(mu.into(), &signature),
        }
    }
}

impl<P: MlDsaParams> VerifyingKey for ml_dsa::SigningKey<P>
where
    ml_dsa::VerifyingKey<P>: EncodePublicKey,
{
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        AsRef::<ml_dsa::VerifyingKey<P>>::as_ref(self).spki()
    }

    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool {
        VerifyingKey::verify(AsRef::<ml_dsa::VerifyingKey<P>>::as_ref(self), message, signature)
    }
}

impl<P: MlDsaParams> SigningKey for ml_dsa::SigningKey<P>
where
    ml_dsa::VerifyingKey<P>: EncodePublicKey,
{
    fn sign(&self, message: Message<'_>, rnd: &[u8; 32]) -> Result<Vec<u8>, CryptoError> {
        let key = self.expanded_key();
        let signature = match message {
            Message::Text(text) => key.sign_randomized(text, &[], &mut FixedBytes(rnd)),
            Message::Mu(mu) => key.sign_mu_randomized(mu.into(), &mut FixedBytes(rnd)),
        };
        Ok(signature.map_err(opaque)?.encode().to_vec())
    }
}

/// Hands the same 32 bytes to an algorithm that asks for its 32 random bytes once.
struct FixedBytes<'a>(&'a [u8; 32]);

impl TryRng for FixedBytes<'_> {
    type Error = CryptoError;

    fn try_next_u32(&mut self) -> Result<u32, CryptoError> {
        Err(CryptoError)
    }

    fn try_next_u64(&mut self) -> Result<u64, CryptoError> {
        Err(CryptoError)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), CryptoError> {
        if bytes.len() != self.0.len() {
            return Err(CryptoError);
        }
        bytes.copy_from_slice(self.0);
        Ok(())
    }
}

impl TryCryptoRng for FixedBytes<'_> {}

impl MlKem for RustCrypto {
    fn generate(&self, set: KemSet, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let seed = Zeroizing::new(random.array::<64>());
        match set {
            KemSet::MlKem512 => pkcs8(&ml_kem::DecapsulationKey::<MlKem512>::from_seed((*seed).into())),
            KemSet::MlKem768 => pkcs8(&ml_kem::DecapsulationKey::<MlKem768>::from_seed((*seed).into())),
            KemSet::MlKem1024 => pkcs8(&ml_kem::DecapsulationKey::<MlKem1024>::from_seed((*seed).into())),
        }
    }

    fn load(&self, set: KemSet, pkcs8: &[u8]) -> Result<Box<dyn DecapsulationKey>, CryptoError> {
        Ok(match set {
            KemSet::MlKem512 => Box::new(private::<ml_kem::DecapsulationKey<MlKem512>>(pkcs8)?),
            KemSet::MlKem768 => Box::new(private::<ml_kem::DecapsulationKey<MlKem768>>(pkcs8)?),
            KemSet::MlKem1024 => Box::new(private::<ml_kem::DecapsulationKey<MlKem1024>>(pkcs8)?),
        })
    }

    fn load_public(&self, set: KemSet, spki: &[u8]) -> Result<Box<dyn EncapsulationKey>, CryptoError> {
        Ok(match set {
            KemSet::MlKem512 => Box::new(public::<ml_kem::EncapsulationKey<MlKem512>>(spki)?),
            KemSet::MlKem768 => Box::new(public::<ml_kem::EncapsulationKey<MlKem768>>(spki)?),
            KemSet::MlKem1024 => Box::new(public::<ml_kem::EncapsulationKey<MlKem1024>>(spki)?),
        })
    }
}

/// The crate's parameters are traits that cannot be named from outside.
macro_rules! kem {
    ($($set:ident),+) => {$(
        impl EncapsulationKey for ml_kem::EncapsulationKey<$set> {
            fn spki(&self) -> Result<Vec<u8>, CryptoError> {
                Ok(self.to_public_key_der().map_err(opaque)?.into_vec())
            }

            fn encapsulate(&self, m: &[u8; 32]) -> Result<Encapsulation, CryptoError> {
                let (ciphertext, secret) = self.encapsulate_deterministic(m.into());
                Ok(Encapsulation { ciphertext: ciphertext.to_vec(), shared_secret: SecretBytes::new(secret.to_vec()) })
            }
        }

        impl EncapsulationKey for ml_kem::DecapsulationKey<$set> {
            fn spki(&self) -> Result<Vec<u8>, CryptoError> {
                self.encapsulation_key().spki()
            }

            fn encapsulate(&self, m: &[u8; 32]) -> Result<Encapsulation, CryptoError> {
                EncapsulationKey::encapsulate(self.encapsulation_key(), m)
            }
        }

        impl DecapsulationKey for ml_kem::DecapsulationKey<$set> {
            fn decapsulate(&self, ciphertext: &[u8]) -> Result<SecretBytes, CryptoError> {
                let ciphertext = ciphertext.try_into().map_err(opaque)?;
                Ok(SecretBytes::new(Decapsulate::decapsulate(self, &ciphertext).to_vec()))
            }
        }
    )+};
}

kem!(MlKem512, MlKem768, MlKem1024);

fn pkcs8(key: &impl EncodePrivateKey) -> Result<SecretBytes, CryptoError> {
    Ok(SecretBytes::new(key.to_pkcs8_der().map_err(opaque)?.as_bytes().to_vec()))
}

fn private<K: DecodePrivateKey>(pkcs8: &[u8]) -> Result<K, CryptoError> {
    K::from_pkcs8_der(pkcs8).map_err(opaque)
}

fn public<K: DecodePublicKey>(spki: &[u8]) -> Result<K, CryptoError> {
    K::from_public_key_der(spki).map_err(opaque)
}
