//! Secret bytes and texts, wiped at the speed of memory.

use std::{
    fmt, mem,
    ops::{Deref, DerefMut},
};

use zeroize::ZeroizeOnDrop;

/// Bytes that are wiped when dropped, and never printed.
///
/// `Zeroizing<Vec<u8>>` stores one zero after the other, each as a volatile access; of a call that encrypts a kibibyte
/// that is a sixth. This type fills its memory at once, behind a barrier that the compiler does not see through.
///
/// Growing it beyond its capacity would leave the bytes behind where they were: make it as long as it becomes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretBytes(Vec<u8>);

impl SecretBytes {
    /// Takes bytes into its care.
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Lets the bytes go; whoever takes them wipes them.
    pub(crate) fn into_vec(mut self) -> Vec<u8> {
        mem::take(&mut self.0)
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        wipe(mem::take(&mut self.0));
    }
}

impl ZeroizeOnDrop for SecretBytes {}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} secret bytes>", self.0.len())
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for SecretBytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for SecretBytes {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for SecretBytes {
    /// The array itself stays with the caller, who wipes it.
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Deref for SecretBytes {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for SecretBytes {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl AsRef<[u8]> for SecretBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A text that is wiped when dropped, and never printed, such as a password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// Lets the text go; whoever takes it wipes it.
    pub(crate) fn into_string(mut self) -> String {
        mem::take(&mut self.0)
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        wipe(mem::take(&mut self.0).into_bytes());
    }
}

impl ZeroizeOnDrop for SecretText {}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<a secret text>")
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Deref for SecretText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Wipes bytes at the speed of memory: `zeroize` goes one by one, and a request may have megabytes.
pub(crate) fn wipe(mut bytes: Vec<u8>) {
    // What is spare may hold what once stood there.
    bytes.resize(bytes.capacity(), 0);
    bytes.fill(0);
    zeroize::optimization_barrier(bytes.as_slice());
}
