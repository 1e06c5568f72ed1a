//! The names of custom key stores.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{AccountId, Region, as_text, in_place};
use crate::text::hex;

/// The length of an id: `cks-` and 17 hexadecimal digits.
const LENGTH: usize = 21;

/// The id of a custom key store: `cks-` and 17 hexadecimal digits in lower case (CKS-269).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyStoreId([u8; LENGTH]);

in_place!(KeyStoreId, 21);

impl KeyStoreId {
    /// The id that these random bytes make.
    pub fn new(random: [u8; 9]) -> Self {
        let digits = hex::encode(&random);
        let text: String = "cks-".chars().chain(digits.chars()).take(LENGTH).collect();
        Self::padded(&text)
    }

    /// Reads an id.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("cks-").filter(|_| text.len() == LENGTH)?;
        let good = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self::padded(text))
    }
}

/// The full name of a custom key store. AWS has no ARN for one: ours is written `<account>/<region>/<id>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyStoreName {
    /// The account that owns the store.
    pub account: AccountId,
    /// The Region in which the store is.
    pub region: Region,
    /// The id of the store.
    pub id: KeyStoreId,
}

impl KeyStoreName {
    /// Reads `<account>/<region>/<id>`.
    pub fn parse(text: &str) -> Option<Self> {
        let (account, rest) = text.split_once('/')?;
        let (region, id) = rest.split_once('/')?;
        Some(Self { account: AccountId::parse(account)?, region: Region::parse(region)?, id: KeyStoreId::parse(id)? })
    }
}

impl fmt::Display for KeyStoreName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.account, self.region, self.id)
    }
}

as_text!(KeyStoreName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_seventeen_digits_in_lower_case() {
        let id = KeyStoreId::new([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x12]);
        assert_eq!(id.to_string(), "cks-123456789abcdef01");
        assert_eq!(KeyStoreId::parse(id.as_str()), Some(id));
        for text in [
            "",
            "cks-",
            "cks-123456789abcdef0",
            "cks-123456789abcdef012",
            "cks-123456789ABCDEF01",
            "id-12345678901234567",
        ] {
            assert_eq!(KeyStoreId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_store_is_named_by_its_account_its_region_and_its_id() {
        let text = "111122223333/us-east-1/cks-123456789abcdef01";
        assert_eq!(KeyStoreName::parse(text).map(|name| name.to_string()).as_deref(), Some(text));
        for text in
            ["", "cks-123456789abcdef01", "111122223333/cks-123456789abcdef01", "1/us-east-1/cks-123456789abcdef01"]
        {
            assert_eq!(KeyStoreName::parse(text), None, "{text}");
        }
    }
}
