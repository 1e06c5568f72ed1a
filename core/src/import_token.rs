//! Import tokens: the private half of a wrapping key pair, sealed for the one key that material is to be imported into.
//!
//! GetParametersForImport keeps no wrapping key: its token carries it. A KMS key keeps one secret, made at its first
//! request, which seals its tokens and disappears with the key. A token of another key or a changed token does not
//! open, an old one says that it has expired, and nothing has to be tidied up after 24 hours.
//!
//! ```text
//! offset  bytes
//!  0      01         version
//!  1      12 bytes   nonce
//! 13      JSON       the parameters, sealed with AES-256-GCM; the key ARN is associated data
//! -16     16 bytes   tag
//! ```

use crate::algorithms::MaterialKind;
use crate::crypto::cipher::{Aead, NONCE_LENGTH, TAG_LENGTH};
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider, opaque};
use crate::material::Material;
use crate::names::KeyArn;
use crate::shapes::AlgorithmSpec;
use crate::time::{Span, Time};
use crate::wire::Base64;
use crate::wire::SecretBytes;
use serde::{Deserialize, Serialize};

/// How long a token and its wrapping key may be used (P4-317).
pub(crate) const LIFETIME: Span = Span::from_days(1);

const VERSION: u8 = 1;
/// The cipher of every token, in every Region.
const SEAL: Aead = Aead::Aes256Gcm;
/// More bytes than the parameters of the longest wrapping key need: a buffer that grows would leave copies of the key.
const CAPACITY: usize = 4096;

/// The content of a token.
pub(crate) struct ImportToken {
    /// How the material must be wrapped.
    pub(crate) algorithm: AlgorithmSpec,
    /// When the token expires.
    pub(crate) valid_to: Time,
    /// The private key that unwraps the material.
    pub(crate) wrapping_key: Material,
}

#[derive(Serialize, Deserialize)]
struct Parameters {
    algorithm: AlgorithmSpec,
    valid_to: Time,
    kind: MaterialKind,
    private_key: Base64,
}

impl ImportToken {
    /// The token as bytes for the caller.
    pub(crate) fn seal(
        &self,
        key: KeyArn,
        secret: &[u8],
        provider: &CryptoProvider,
        random: &mut Random,
    ) -> Result<Vec<u8>, CryptoError> {
        let mut sealed = SecretBytes::new(Vec::with_capacity(CAPACITY));
        serde_json::to_writer(&mut *sealed, &self.parameters()).map_err(opaque)?;
        let nonce: [u8; NONCE_LENGTH] = random.array();
        let associated = key.to_string();
        let tag = provider.cipher.seal(SEAL, secret, &nonce, associated.as_bytes(), &mut sealed)?;
        Ok([&[VERSION], &nonce[..], sealed.as_slice(), &tag].concat())
    }

    fn parameters(&self) -> Parameters {
        Parameters {
            algorithm: self.algorithm,
            valid_to: self.valid_to,
            kind: self.wrapping_key.kind(),
            private_key: Base64::from(self.wrapping_key.expose()),
        }
    }

    /// Opens a token of this key, expired or not.
    pub(crate) fn open(
        token: &[u8],
        key: KeyArn,
        secret: &[u8],
        provider: &CryptoProvider,
    ) -> Result<Self, CryptoError> {
        let [VERSION, rest @ ..] = token else { return Err(CryptoError) };
        let (nonce, rest) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(CryptoError)?;
        let (sealed, tag) = rest.split_last_chunk::<TAG_LENGTH>().ok_or(CryptoError)?;
        let mut opened = SecretBytes::new(sealed.to_vec());
        let associated = key.to_string();
        provider.cipher.open(SEAL, secret, nonce, associated.as_bytes(), &mut opened, tag)?;
        let Parameters { algorithm, valid_to, kind, private_key } = serde_json::from_slice(&opened).map_err(opaque)?;
        Ok(Self { algorithm, valid_to, wrapping_key: Material::from_bytes(kind, private_key.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::KeyRef;

    const HERE: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const THERE: &str = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn arn(text: &str) -> KeyArn {
        match KeyRef::parse(text) {
            Some(KeyRef::Arn(arn)) => arn,
            _ => panic!("{text} is a key ARN"),
        }
    }

    fn random() -> Random {
        Random::from_entropy(&[5; 32])
    }

    fn token(secret: &[u8]) -> Vec<u8> {
        let provider = CryptoProvider::default();
        let wrapping_key = Material::generate(MaterialKind::P256, &provider, &mut random()).unwrap();
        let valid_to = Time::from_millis(1_800_000_000_000);
        let token = ImportToken { algorithm: AlgorithmSpec::RsaesOaepSha256, valid_to, wrapping_key };
        token.seal(arn(HERE), secret, &provider, &mut random()).unwrap()
    }

    fn open(token: &[u8], key: &str, secret: &[u8]) -> Result<ImportToken, CryptoError> {
        ImportToken::open(token, arn(key), secret, &CryptoProvider::default())
    }

    #[test]
    fn a_token_opens_as_what_it_was_sealed_as() {
        let secret = [7; 32];
        let opened = open(&token(&secret), HERE, &secret).unwrap();
        assert_eq!(opened.algorithm, AlgorithmSpec::RsaesOaepSha256);
        assert_eq!(opened.valid_to.millis(), 1_800_000_000_000);
        let wrapping_key = Material::generate(MaterialKind::P256, &CryptoProvider::default(), &mut random()).unwrap();
        assert_eq!(opened.wrapping_key, wrapping_key);
    }

    #[test]
    fn a_token_opens_for_no_other_key_and_under_no_other_secret() {
        let secret = [7; 32];
        let token = token(&secret);
        assert!(open(&token, THERE, &secret).is_err());
        assert!(open(&token, HERE, &[6; 32]).is_err());
    }

    #[test]
    fn no_changed_bit_and_no_missing_byte_goes_unnoticed() {
        let secret = [7; 32];
        let token = token(&secret);
        for at in 0..token.len() {
            let mut changed = token.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(open(&changed, HERE, &secret).is_err(), "byte {at}");
            assert!(open(&token[..at], HERE, &secret).is_err(), "length {at}");
        }
    }

    #[test]
    fn the_longest_wrapping_key_fits_the_api_and_the_buffer() {
        let secret = [7; 32];
        let private_key = SecretBytes::new(vec![7; 2400]); // PKCS #8 of RSA_4096 takes 2,376 bytes at most.
        let wrapping_key = Material::from_bytes(MaterialKind::Rsa4096, private_key);
        let token =
            ImportToken { algorithm: AlgorithmSpec::RsaAesKeyWrapSha256, valid_to: Time::default(), wrapping_key };
        let sealed = token.seal(arn(HERE), &secret, &CryptoProvider::default(), &mut random()).unwrap();
        assert!(sealed.len() < CAPACITY, "{}", sealed.len());
    }
}
