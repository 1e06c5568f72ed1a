//! Hash functions: a value that names one, and the digest that it gives.

/// The longest digest, in bytes.
pub const MAX_LENGTH: usize = 64;

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hash {
    /// FIPS 180-4; for OAEP only.
    Sha1,
    /// FIPS 180-4; for HMAC only.
    Sha224,
    /// FIPS 180-4.
    Sha256,
    /// FIPS 180-4.
    Sha384,
    /// FIPS 180-4.
    Sha512,
    /// GM/T 0004-2012.
    Sm3,
}

/// The digest of a message, held on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    bytes: [u8; MAX_LENGTH],
    length: usize,
}

impl Hash {
    /// Every hash function, in order.
    pub const ALL: [Self; 6] = [Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512, Self::Sm3];

    /// Length of the digest in bytes.
    pub const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 | Self::Sm3 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The digest of `message`.
    pub fn digest(self, message: &[u8]) -> Digest {
        match self {
            Self::Sha1 => Digest::of::<sha1::Sha1>(message),
            Self::Sha224 => Digest::of::<sha2::Sha224>(message),
            Self::Sha256 => Digest::of::<sha2::Sha256>(message),
            Self::Sha384 => Digest::of::<sha2::Sha384>(message),
            Self::Sha512 => Digest::of::<sha2::Sha512>(message),
            Self::Sm3 => Digest::of::<sm3::Sm3>(message),
        }
    }
}

impl Digest {
    /// A digest that somebody else computed; `None` when its length is not that of this hash.
    pub fn given(hash: Hash, digest: &[u8]) -> Option<Self> {
        (digest.len() == hash.length()).then(|| Self::copied(digest))
    }

    fn of<D: sha2::Digest>(message: &[u8]) -> Self {
        Self::copied(&D::digest(message))
    }

    fn copied(digest: &[u8]) -> Self {
        let mut bytes = [0; MAX_LENGTH];
        bytes[..digest.len()].copy_from_slice(digest);
        Self { bytes, length: digest.len() }
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_abc_are_the_published_ones() {
        // FIPS 180-4 examples; GM/T 0004-2012, A.1.
        let published = [
            (Hash::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (Hash::Sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
            (Hash::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                Hash::Sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            ),
            (
                Hash::Sha512,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            ),
        ];
        for (hash, digest) in published {
            assert_eq!(hex::encode(hash.digest(b"abc")), digest);
        }
    }

    #[test]
    fn a_digest_is_as_long_as_its_hash_says() {
        for hash in Hash::ALL {
            assert_eq!(hash.digest(b"").as_ref().len(), hash.length());
        }
    }
}
