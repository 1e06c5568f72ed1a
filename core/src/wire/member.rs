//! What can be given for a member of a request, so that `&str` does for a text and an array of pairs for a map.

use std::collections::BTreeMap;

use super::{SecretBytes, SecretText};
use crate::{order::map, time::Time};

/// What can be given for a member that is a `T` in Rust.
///
/// | the member is | and takes |
/// |---|---|
/// | text | `&str`, `String` |
/// | bytes | `Vec<u8>`, `&[u8]`, arrays; where they are secret, [`SecretBytes`], too |
/// | a whole number | any integer that an `i64` can hold |
/// | a value of an enumeration | that value |
/// | a list | whatever iterates over what its elements take |
/// | a map | whatever iterates over pairs of texts |
/// | tags | the same: `[("team", "blue")]` |
/// | the credential of a proxy | a pair: the access key id and the secret access key |
/// | constraints of a grant | `GrantConstraints::default().encryption_context_equals([("dept", "it")])` |
pub trait IntoMember<T> {
    /// The member.
    fn into_member(self) -> T;
}

/// Whatever becomes the type by `Into` can be given for it.
macro_rules! given_by_into {
    ($($rust:ty),+) => {$(
        impl<G: Into<$rust>> IntoMember<$rust> for G {
            fn into_member(self) -> $rust {
                self.into()
            }
        }
    )+};
}

given_by_into!(String, SecretText, Vec<u8>, SecretBytes, i64, bool, Time);

impl<G: IntoIterator<Item: Into<String>>> IntoMember<Vec<String>> for G {
    fn into_member(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<N: Into<String>, V: Into<String>, G: IntoIterator<Item = (N, V)>> IntoMember<BTreeMap<String, String>> for G {
    fn into_member(self) -> BTreeMap<String, String> {
        map(self.into_iter().map(|(name, value)| (name.into(), value.into())))
    }
}
