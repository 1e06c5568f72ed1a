//! The names of things: partitions, Regions, accounts, key ids, alias names and their ARNs.

mod access_keys;
mod clusters;
mod grants;
mod key_stores;
mod proxies;
mod regions;

use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

pub use access_keys::AccessKeyId;
pub use clusters::{BackupId, ClusterId};
pub use grants::{GrantId, GrantName};
pub use key_stores::{KeyStoreId, KeyStoreName};
pub use proxies::{ExternalKeyName, ProxyName, is_external_key_id};

use crate::text::{Inline, fields, hex, uuid};

/// Implements the serde traits of a name through its text.
macro_rules! as_text {
    ($name:ty) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| D::Error::custom(concat!("not a ", stringify!($name))))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }
    };
}

use as_text;

/// Implements text access for a name that is stored inline, padded with zero bytes.
macro_rules! in_place {
    ($name:ident, $size:literal) => {
        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
                // Only `parse` and `new` build values, and they take ASCII alone.
                std::str::from_utf8(&self.0[..end]).unwrap_or_default()
            }

            fn padded(text: &str) -> Self {
                let mut bytes = [0; $size];
                bytes[..text.len()].copy_from_slice(text.as_bytes());
                Self(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        as_text!($name);
    };
}

use in_place;

/// A group of Regions with its own ARN prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Partition {
    /// The commercial Regions.
    Aws,
    /// The China Regions, where SM2, SM3 and SM4 apply.
    AwsCn,
    /// AWS GovCloud (US).
    AwsUsGov,
    /// AWS European Sovereign Cloud.
    AwsEusc,
    /// The US isolated Regions.
    AwsIso,
    /// The US isolated Regions, second partition.
    AwsIsoB,
    /// The European isolated Regions.
    AwsIsoE,
    /// The US isolated Regions, third partition.
    AwsIsoF,
}

impl Partition {
    /// The partition as ARNs name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsCn => "aws-cn",
            Self::AwsUsGov => "aws-us-gov",
            Self::AwsEusc => "aws-eusc",
            Self::AwsIso => "aws-iso",
            Self::AwsIsoB => "aws-iso-b",
            Self::AwsIsoE => "aws-iso-e",
            Self::AwsIsoF => "aws-iso-f",
        }
    }

    /// All partitions. Their order is that of their numbers, which are stored: a new one comes last.
    const ALL: [Self; 8] = [
        Self::Aws,
        Self::AwsCn,
        Self::AwsUsGov,
        Self::AwsEusc,
        Self::AwsIso,
        Self::AwsIsoB,
        Self::AwsIsoE,
        Self::AwsIsoF,
    ];

    /// Reads the partition as ARNs name it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.as_str() == text)
    }

    /// The number with the partition in its last three bits.
    pub(crate) const fn mark(self, number: u32) -> u32 {
        number & !7 | self as u32
    }

    /// The partition that a number was marked with.
    pub(crate) fn of_marked(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.mark(number) == number)
    }
}

/// The code of a Region, such as `us-west-2`: at most 32 characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region([u8; 32]);

in_place!(Region, 32);

impl Hash for Region {
    /// Hashes four words, not a list of bytes: every call asks several times for what a name of a key leads to.
    fn hash<H: Hasher>(&self, state: &mut H) {
        for word in self.0.as_chunks().0 {
            state.write_u64(u64::from_le_bytes(*word));
        }
    }
}

impl Region {
    /// A name before that of every Region, to begin a range with.
    pub(crate) const FIRST: Self = Self([0; 32]);

    /// Reads `([a-z]+-){2,3}[0-9]+`, the pattern of the API model.
    pub fn parse(text: &str) -> Option<Self> {
        if regions::is_known(text) {
            return Some(Self::padded(text));
        }
        let parts = text.split('-').count();
        let (words, number) = text.rsplit_once('-')?;
        let good = text.len() <= 32
            && (3..=4).contains(&parts)
            && words.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit());
        good.then(|| Self::padded(text))
    }

    /// The partition that the Region belongs to.
    pub fn partition(&self) -> Partition {
        match self.0 {
            [b'c', b'n', b'-', ..] => Partition::AwsCn,
            [b'e', b'u', b's', b'c', b'-', ..] => Partition::AwsEusc,
            [b'u', b's', b'-', b'g', b'o', b'v', b'-', ..] => Partition::AwsUsGov,
            [b'u', b's', b'-', b'i', b's', b'o', b'-', ..] => Partition::AwsIso,
            [b'u', b's', b'-', b'i', b's', b'o', b'b', b'-', ..] => Partition::AwsIsoB,
            [b'e', b'u', b'-', b'i', b's', b'o', b'e', b'-', ..] => Partition::AwsIsoE,
            [b'u', b's', b'-', b'i', b's', b'o', b'f', b'-', ..] => Partition::AwsIsoF,
            _ => Partition::Aws,
        }
    }
}

impl Default for Region {
    /// The Region of calls that name none: `us-east-1`.
    fn default() -> Self {
        Self::padded("us-east-1")
    }
}

/// An AWS account: twelve digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(u64);

impl AccountId {
    /// The account of twelve zeros.
    pub(crate) const ZERO: Self = Self(0);

    /// Reads exactly twelve digits.
    pub fn parse(text: &str) -> Option<Self> {
        let good = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if good { text.parse().ok().map(Self) } else { None }
    }

    /// The account as a number of at most 40 bits.
    pub(crate) const fn number(self) -> u64 {
        self.0
    }

    /// The account of a number; `None` for one that twelve digits cannot write.
    pub(crate) const fn of_number(number: u64) -> Option<Self> {
        if number < 1_000_000_000_000 { Some(Self(number)) } else { None }
    }

    /// The twelve digits.
    pub(crate) fn text(self) -> Inline<12> {
        let mut digits = [b'0'; 12];
        let mut rest = self.0;
        for digit in digits.iter_mut().rev() {
            *digit += u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
        Inline::full(digits)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_str())
    }
}

as_text!(AccountId);

/// A key id: a lowercase UUID, or `mrk-` and 32 hex digits for multi-Region keys (P1-64, P1-65).
///
/// It is kept as its bytes, of which there are half as many as digits: every row of a key holds it several times.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId {
    // The order is that of the texts: `m` comes behind all digits.
    is_multi_region: bool,
    bytes: [u8; 16],
}

impl Hash for KeyId {
    /// Hashes one word, not a list of bytes; that the same bytes may be both kinds of id, and then meet, hurts nobody.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(u128::from_le_bytes(self.bytes));
    }
}

impl KeyId {
    /// An id before every key id, to begin a range with.
    pub(crate) const FIRST: Self = Self { is_multi_region: false, bytes: [0; 16] };

    /// Reads either form of a key id; the case of the hex digits does not matter.
    pub fn parse(text: &str) -> Option<Self> {
        let is_multi_region = text.starts_with("mrk-");
        // Thirty-two digits, and as many signs more in both forms.
        let mut text: [u8; 36] = text.as_bytes().try_into().ok()?;
        text.make_ascii_lowercase();
        let bytes = if is_multi_region { hex::decode(&text[4..]) } else { uuid::parse(&text) };
        Some(Self { is_multi_region, bytes: bytes? })
    }

    /// The id of a new single-Region key, made of 16 random bytes as a version 4 UUID (RFC 9562).
    pub fn new(random: [u8; 16]) -> Self {
        Self { is_multi_region: false, bytes: uuid::versioned(random, 4) }
    }

    /// The id of a new multi-Region key, made of 16 random bytes.
    pub fn new_multi_region(random: [u8; 16]) -> Self {
        Self { is_multi_region: true, bytes: uuid::versioned(random, 4) }
    }

    /// Whether this is the id of a multi-Region key.
    pub const fn is_multi_region(&self) -> bool {
        self.is_multi_region
    }

    /// Whether it is the id of a multi-Region key, and its bytes.
    pub(crate) const fn parts(&self) -> (bool, [u8; 16]) {
        (self.is_multi_region, self.bytes)
    }

    /// The id that has these parts.
    pub(crate) const fn of_parts(is_multi_region: bool, bytes: [u8; 16]) -> Self {
        Self { is_multi_region, bytes }
    }

    /// How the id begins: ids that begin alike stand together in the order of ids.
    pub(crate) const fn beginning(&self) -> (bool, u16) {
        (self.is_multi_region, u16::from_be_bytes([self.bytes[0], self.bytes[1]]) >> 4)
    }

    /// The id as text.
    pub(crate) fn text(&self) -> Inline<36> {
        let uuid = uuid::text(&self.bytes);
        if !self.is_multi_region {
            return uuid;
        }
        let mut parts = ["mrk-"; 6];
        parts.iter_mut().skip(1).zip(uuid.as_str().split('-')).for_each(|(part, digits)| *part = digits);
        Inline::of(&parts)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_str())
    }
}

as_text!(KeyId);

/// The full name of a KMS key. The partition follows from the Region.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyArn {
    /// The account that owns the key.
    pub account: AccountId,
    /// The Region in which the key lives.
    pub region: Region,
    /// The key id, unique within account and Region.
    pub id: KeyId,
}

impl KeyArn {
    /// A name before that of every key, to begin a range with.
    pub(crate) const FIRST: Self = Self { account: AccountId::ZERO, region: Region::FIRST, id: KeyId::FIRST };

    /// Reads `arn:<partition>:kms:<region>:<account>:key/<id>`.
    pub fn parse(text: &str) -> Option<Self> {
        match KeyRef::parse(text)? {
            KeyRef::Arn(arn) => Some(arn),
            _ => None,
        }
    }

    /// The longest text of a name.
    const LONGEST: usize = 4 + 10 + 5 + 32 + 1 + 12 + 5 + 36;

    /// The name as text: what `to_string` gives, in half the time, for what every call writes.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(Self::LONGEST);
        self.with_parts(|parts| parts.iter().for_each(|part| text.push_str(part)));
        text
    }

    fn with_parts<T>(&self, with: impl FnOnce([&str; 8]) -> T) -> T {
        let Self { account, region, id } = self;
        let (partition, account, id) = (region.partition().as_str(), account.text(), id.text());
        with(["arn:", partition, ":kms:", region.as_str(), ":", account.as_str(), ":key/", id.as_str()])
    }
}

impl fmt::Display for KeyArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.with_parts(|parts| Inline::<{ Self::LONGEST }>::of(&parts)).as_str())
    }
}

as_text!(KeyArn);

/// The name of an alias with its `alias/` prefix: case-sensitive, at most 256 characters (P1-132, P1-142).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AliasName(Arc<str>);

impl AliasName {
    /// Reads `alias/` followed by at least one of `[a-zA-Z0-9:/_-]`.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("alias/")?;
        let good = !rest.is_empty() && text.len() <= 256 && rest.bytes().all(is_alias_byte);
        good.then(|| Self(text.into()))
    }

    /// A name before every alias, to begin a range with.
    pub(crate) fn first() -> Self {
        Self("".into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name is reserved for AWS managed keys (P1-68).
    pub fn is_reserved(&self) -> bool {
        self.0.starts_with("alias/aws/")
    }
}

fn is_alias_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'/' | b'_' | b'-')
}

impl fmt::Display for AliasName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

as_text!(AliasName);

/// The full name of an alias.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AliasArn {
    /// The account that owns the alias.
    pub account: AccountId,
    /// The Region in which the alias lives.
    pub region: Region,
    /// The alias name, unique within account and Region (P1-131).
    pub name: AliasName,
}

impl AliasArn {
    /// Reads `arn:<partition>:kms:<region>:<account>:alias/<name>`.
    pub fn parse(text: &str) -> Option<Self> {
        match KeyRef::parse(text)? {
            KeyRef::AliasArn(arn) => Some(arn),
            _ => None,
        }
    }
}

impl fmt::Display for AliasArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, region, name } = self;
        let (partition, account) = (region.partition().as_str(), account.text());
        let parts = ["arn:", partition, ":kms:", region.as_str(), ":", account.as_str(), ":", name.as_str()];
        f.write_str(Inline::<{ 4 + 10 + 5 + 32 + 1 + 12 + 1 + 256 }>::of(&parts).as_str())
    }
}

as_text!(AliasArn);

/// A key as a request names it: one of the four forms (P1-61).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRef {
    /// A key id of the caller's account in the Region of the call.
    Id(KeyId),
    /// A key ARN.
    Arn(KeyArn),
    /// An alias name of the caller's account in the Region of the call.
    AliasName(AliasName),
    /// An alias ARN.
    AliasArn(AliasArn),
}

impl fmt::Display for KeyRef {
    /// As it was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Arn(arn) => arn.fmt(f),
            Self::AliasName(name) => name.fmt(f),
            Self::AliasArn(arn) => arn.fmt(f),
        }
    }
}

impl KeyRef {
    /// The Region that an ARN names.
    pub(crate) const fn region(&self) -> Option<Region> {
        match self {
            Self::Id(_) | Self::AliasName(_) => None,
            Self::Arn(arn) => Some(arn.region),
            Self::AliasArn(arn) => Some(arn.region),
        }
    }

    /// Reads any of the four forms.
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with("arn:") {
            return Self::parse_arn(text);
        }
        if text.starts_with("alias/") {
            return AliasName::parse(text).map(Self::AliasName);
        }
        KeyId::parse(text).map(Self::Id)
    }

    fn parse_arn(text: &str) -> Option<Self> {
        let [_, partition, service, region, account, resource] = fields(text)?;
        let (region, account) = (Region::parse(region)?, AccountId::parse(account)?);
        if service != "kms" || partition != region.partition().as_str() {
            return None;
        }
        if let Some(id) = resource.strip_prefix("key/") {
            let id = KeyId::parse(id)?;
            return Some(Self::Arn(KeyArn { account, region, id }));
        }
        let name = AliasName::parse(resource)?;
        Some(Self::AliasArn(AliasArn { account, region, name }))
    }
}

/// Whether a text is a name of IAM, for a user, a role, a group, a session or a policy (API reference of IAM, `CreateUser`).
pub(crate) fn is_iam_name(text: &str, most: usize) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@-_".contains(&byte);
    (1..=most).contains(&text.len()) && text.bytes().all(good)
}

/// Whether a text is a name of IAM, with a path before it or without one.
pub(crate) fn is_iam_path(text: &str) -> bool {
    let (path, name) = text.rsplit_once('/').unwrap_or(("", text));
    is_iam_name(name, usize::MAX) && path.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    #[test]
    fn the_four_forms_of_a_key_identifier_are_told_apart() {
        assert!(matches!(KeyRef::parse(ID), Some(KeyRef::Id(_))));
        assert!(matches!(KeyRef::parse("mrk-1234abcd12ab34cd56ef1234567890ab"), Some(KeyRef::Id(_))));
        assert!(matches!(KeyRef::parse("alias/alias/X"), Some(KeyRef::AliasName(_))));
        for (text, alias) in [
            (format!("arn:aws:kms:us-west-2:111122223333:key/{ID}"), false),
            ("arn:aws-cn:kms:cn-north-1:111122223333:alias/a".to_owned(), true),
        ] {
            let parsed = KeyRef::parse(&text).expect("an ARN");
            assert_eq!(matches!(parsed, KeyRef::AliasArn(_)), alias);
        }
    }

    #[test]
    fn names_print_as_they_were_read() {
        for text in [
            format!("arn:aws:kms:us-west-2:000000000001:key/{ID}"),
            format!("arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/{ID}"),
        ] {
            assert_eq!(KeyArn::parse(&text).map(|arn| arn.to_string()), Some(text));
        }
    }

    #[test]
    fn what_is_not_a_name_is_refused() {
        for text in [
            "",
            "1234abcd-12ab-34cd-56ef-1234567890ag",
            "mrk-12",
            "alias/",
            "alias/sp ace",
            "arn:aws:kms:us-west-2:111122223333:key/",
            "arn:aws:s3:us-west-2:111122223333:alias/a",
            "arn:aws-cn:kms:us-west-2:111122223333:alias/a",
            "arn:aws:kms:us-west-2:1111:alias/a",
            "arn:aws:kms:uswest2:111122223333:alias/a",
        ] {
            assert_eq!(KeyRef::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn new_ids_have_the_forms_of_the_guide() {
        assert_eq!(KeyId::new([255; 16]).to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert!(KeyId::parse(&KeyId::new_multi_region([7; 16]).to_string()).is_some_and(|id| id.is_multi_region()));
    }
}
