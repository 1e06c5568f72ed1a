//! Signing: the key that follows from a secret, and the signature that follows from the key.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{ALGORITHM, Message, TERMINATOR, canonical};
use crate::{
    crypto::{CryptoError, hash::Hash, mac::Mac},
    text::hex,
};

/// What a signature is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The day, such as `20261126`.
    pub day: &'a str,
    /// The Region.
    pub region: &'a str,
    /// The service, such as `kms`.
    pub service: &'a str,
}

/// A signature, and what it was made of.
pub struct Signature {
    /// The canonical request.
    pub canonical: Vec<u8>,
    /// The string to sign.
    pub to_sign: String,
    /// 64 hexadecimal digits.
    text: Zeroizing<String>,
}

type Key = Zeroizing<[u8; 32]>;

impl Signature {
    /// Signs a request. `signed` are the names of the signed headers, sorted and in lower case; `time` is the request's,
    /// such as `20261126T110000Z`.
    ///
    /// # Errors
    /// [`CryptoError`] when the provider cannot compute a MAC.
    pub fn new(
        mac: &dyn Mac,
        secret: &[u8],
        message: &Message<'_>,
        signed: &[String],
        of: (Scope<'_>, &str, bool),
    ) -> Result<Self, CryptoError> {
        Self::on_path(&canonical::path(message.path), mac, secret, message, signed, of)
    }

    /// Signs a request on a path in its canonical form, which for clients that know S3's rule alone is the path as it is sent.
    ///
    /// # Errors
    /// As those of [`Self::new`].
    pub(crate) fn on_path(
        path: &str,
        mac: &dyn Mac,
        secret: &[u8],
        message: &Message<'_>,
        signed: &[String],
        (scope, time, presigned): (Scope<'_>, &str, bool),
    ) -> Result<Self, CryptoError> {
        let canonical = canonical::request(path, message, signed, presigned);
        let Scope { day, region, service } = scope;
        let digest = hex::encode(Hash::Sha256.digest(&canonical).as_ref());
        let to_sign = format!("{ALGORITHM}\n{time}\n{day}/{region}/{service}/{TERMINATOR}\n{digest}");
        let mut key = hmac(mac, &Zeroizing::new([b"AWS4", secret].concat()), day)?;
        for part in [region, service, TERMINATOR] {
            key = hmac(mac, &*key, part)?;
        }
        let text = Zeroizing::new(hex::encode(&*hmac(mac, &*key, &to_sign)?));
        Ok(Self { canonical, to_sign, text })
    }

    /// The signature itself. Only who has the secret may see it.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether a request shows this signature, in a time that does not depend on where the two differ.
    pub fn is(&self, shown: &str) -> bool {
        self.text.as_bytes().ct_eq(shown.as_bytes()).into()
    }
}

fn hmac(mac: &dyn Mac, key: &[u8], text: &str) -> Result<Key, CryptoError> {
    let mut tag = Key::default();
    mac.hmac(Hash::Sha256, key, &[text.as_bytes()], &mut *tag)?;
    Ok(tag)
}
