//! The macros by which the tables of the API are declared, one line a type.

/// Declares text: `text! { AliasNameType 1..256 ~ "^[a-z]+$" by is_lower }`.
macro_rules! text {
    ($($(#[$doc:meta])* $name:ident $($min:literal .. $max:literal)? $(~ $pattern:literal by $matches:expr)? $(, $sensitive:ident)? ;)+) => {
        pub(super) mod texts {
            $(#[doc = concat!("A text", $(" of ", stringify!($min), " to ", stringify!($max), " characters",)? $(" that matches `", $pattern, "`",)? ".")]
            pub type $name = $crate::wire::macros::held!($($sensitive)?);)+
        }
        $(
        $(#[$doc])*
        #[doc = concat!("Text of the model's type `", stringify!($name), "`.")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = $crate::wire::macros::held!($($sensitive)?);
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Text {
                name: stringify!($name),
                length: $crate::wire::macros::length!($($min $max)?),
                pattern: $crate::wire::macros::pattern!($($pattern $matches)?),
                sensitive: $crate::wire::macros::sensitive!($($sensitive)?),
                scalars: false,
            };

            fn take(checked: $crate::wire::Checked) -> Self::Rust {
                checked.text().into()
            }

            fn see(rust: &Self::Rust) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Text(rust)
            }

            fn write(rust: Self::Rust) -> $crate::wire::Value {
                $crate::wire::Value::Text($crate::wire::macros::written!(rust $(, $sensitive)?))
            }
        })+
    };
}

/// Declares bytes: `blob! { CiphertextType 1..6144; PlaintextType 1..4096 sensitive; }`.
macro_rules! blob {
    ($($name:ident $min:literal .. $max:literal = $rust:ty as $case:ident, $sensitive:literal ;)+) => {
        pub(super) mod blobs {
            use super::SecretBytes;

            $(#[doc = concat!("From ", stringify!($min), " to ", stringify!($max), " bytes.")]
            pub type $name = $rust;)+
        }
        $(
        #[doc = concat!("Bytes of the model's type `", stringify!($name), "`.")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = $rust;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Blob {
                name: stringify!($name),
                length: $crate::wire::macros::length!($min $max),
                sensitive: $sensitive,
            };

            fn take(checked: $crate::wire::Checked) -> $rust {
                checked.bytes()
            }

            fn see(rust: &$rust) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Bytes(rust)
            }

            fn write(rust: $rust) -> $crate::wire::Value {
                $crate::wire::Value::$case(rust)
            }
        })+
    };
}

/// Declares whole numbers: `number! { LimitType 1..1000; }`.
macro_rules! number {
    ($($name:ident $min:literal .. $max:literal ;)+) => {
        pub(super) mod numbers {
            $(#[doc = concat!("A whole number from ", stringify!($min), " to ", stringify!($max), ".")]
            pub type $name = i64;)+
        }
        $(
        #[doc = concat!("A whole number from ", stringify!($min), " to ", stringify!($max), ".")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = i64;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Number {
                name: stringify!($name),
                range: $crate::wire::macros::length!($min $max),
            };

            fn take(checked: $crate::wire::Checked) -> i64 {
                checked.number()
            }

            fn see(rust: &i64) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Number(*rust)
            }

            fn write(rust: i64) -> $crate::wire::Value {
                $crate::wire::Value::Int(rust)
            }
        })+
    };
}

/// Declares an enumeration: `choice! { KeyState { Enabled = "Enabled", Disabled = "Disabled" } }`. With `named KeySpec`
/// behind its name, a refusal names the values of that enumeration instead.
macro_rules! choice {
    ($($(#[$doc:meta])* $name:ident $(named $other:ident)? { $($variant:ident = $wire:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[doc = concat!("The model's enumeration `", stringify!($name), "`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $(#[doc = concat!("`", $wire, "`")] $variant,)+ }

        impl $name {
            /// All values in the model's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// All values on the wire, in the model's order.
            pub(crate) const NAMES: &'static [&'static str] = &[$($wire,)+];

            /// The value on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)+ }
            }

            /// The value with this name on the wire.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        $crate::wire::macros::given!($name);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::wire::Names(Self::NAMES)).map(|place| Self::ALL[place])
            }
        }

        impl $crate::wire::Shape for $name {
            type Rust = Self;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Choice {
                name: stringify!($name),
                values: Self::NAMES,
                unpublished: &[],
                named: $crate::wire::macros::named!($($other)?),
            };

            fn take(checked: $crate::wire::Checked) -> Self {
                const FIRST: $name = $name::ALL[0];
                checked.choice(Self::ALL).unwrap_or(FIRST)
            }

            fn see(rust: &Self) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Text(rust.as_str())
            }

            fn write(rust: Self) -> $crate::wire::Value {
                $crate::wire::Value::Text(rust.as_str().to_owned())
            }
        }
    )+};
}

/// Declares lists: `list! { TagList of Tag; GrantTokenList of GrantTokenType 0..10; }`.
macro_rules! list {
    ($($name:ident of $of:ident $($min:literal .. $max:literal)? ;)+) => {
        pub(super) mod lists {
            use super::rust;

            $(#[doc = concat!("A list of `", stringify!($of), "`", $(", ", stringify!($min), " to ", stringify!($max), " of them",)? ".")]
            pub type $name = Vec<rust::$of>;)+
        }
        $(
        #[doc = concat!("A list of `", stringify!($of), "`.")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = Vec<<$of as $crate::wire::Shape>::Rust>;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::List {
                name: stringify!($name),
                length: $crate::wire::macros::length!($($min $max)?),
                of: <$of as $crate::wire::Shape>::TABLE,
            };

            fn take(checked: $crate::wire::Checked) -> Self::Rust {
                checked.list::<$of>()
            }

            fn see(rust: &Self::Rust) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::list::<$of>(rust)
            }

            fn write(rust: Self::Rust) -> $crate::wire::Value {
                $crate::wire::Value::List(rust.into_iter().map(<$of as $crate::wire::Shape>::write).collect())
            }
        })+
    };
}

/// Declares maps of text to text, sorted by key: `map! { EncryptionContextType of EncryptionContextKey to EncryptionContextValue; }`.
macro_rules! map {
    ($($name:ident of $key:ident to $value:ident ;)+) => {
        pub(super) mod maps {
            $(#[doc = concat!("`", stringify!($value), "` by `", stringify!($key), "`, sorted.")]
            pub type $name = std::collections::BTreeMap<String, String>;)+
        }
        $(
        #[doc = concat!("`", stringify!($value), "` by `", stringify!($key), "`.")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = std::collections::BTreeMap<String, String>;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Map {
                name: stringify!($name),
                key: <$key as $crate::wire::Shape>::TABLE,
                value: <$value as $crate::wire::Shape>::TABLE,
            };

            fn take(checked: $crate::wire::Checked) -> Self::Rust {
                checked.pairs()
            }

            fn see(rust: &Self::Rust) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Pairs(rust)
            }

            fn write(rust: Self::Rust) -> $crate::wire::Value {
                $crate::wire::Value::Map(rust.into_iter().map(|(key, value)| (key.into(), $crate::wire::Value::Text(value))).collect())
            }
        })+
    };
}

/// Declares structures: `shape! { pub struct SignResponse { KeyId key_id: Always KeyIdType, } }`. The request of an
/// operation bears the operation's name (the model's `SignRequest` is `Sign`), and says what the operation replies:
/// `pub struct Sign -> SignResponse { KeyId key_id: Required KeyIdType, }`.
macro_rules! shape {
    ($($(#[$doc:meta])* $vis:vis struct $name:ident $(-> $reply:ty)? { $($wire:ident $field:ident : $occurrence:ident $of:ident),* $(,)? })+) => {$(
        $(#[$doc])*
        #[doc = concat!($crate::wire::macros::purpose!($($reply)?), "the model's structure `", $crate::wire::macros::model_name!($name $(-> $reply)?), "`.")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis struct $name {
            $(#[doc = concat!("`", stringify!($wire), "`", $crate::wire::macros::occurs!($occurrence))]
            pub $field: $crate::wire::macros::member!($occurrence $of),)*
        }

        $crate::wire::macros::given!($name);
        $crate::wire::macros::request!([$($reply)?] $name { $($wire $field $occurrence $of,)* });

        impl $crate::wire::Shape for $name {
            type Rust = Self;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Structure {
                name: $crate::wire::macros::model_name!($name $(-> $reply)?),
                members: &[$($crate::wire::Member {
                    name: stringify!($wire),
                    required: <$crate::wire::$occurrence as $crate::wire::Occurrence<$of>>::REQUIRED,
                    certain: <$crate::wire::$occurrence as $crate::wire::Occurrence<$of>>::CERTAIN,
                    table: <$of as $crate::wire::Shape>::TABLE,
                },)*],
            };

            #[expect(clippy::allow_attributes, reason = "a structure without members takes none")]
            #[allow(unused_mut, unused_variables, reason = "a structure without members takes none")]
            fn take(checked: $crate::wire::Checked) -> Self {
                let mut members = checked.members();
                // The fields are evaluated in the order in which they stand here: that of the table.
                Self { $($field: <$crate::wire::$occurrence as $crate::wire::Occurrence<$of>>::take(&mut members),)* }
            }

            fn see(rust: &Self) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Structure(rust)
            }

            fn write(rust: Self) -> $crate::wire::Value {
                let Self { $($field,)* } = rust;
                $crate::wire::Value::named(&mut [$((
                    stringify!($wire),
                    <$crate::wire::$occurrence as $crate::wire::Occurrence<$of>>::write($field),
                ),)*])
            }
        }

        impl $crate::wire::Typed for $name {
            #[expect(clippy::allow_attributes, reason = "a structure without members uses neither")]
            #[allow(unused_variables, reason = "a structure without members looks at no name")]
            fn member(&self, name: &str) -> Option<$crate::wire::Seen<'_>> {
                $(if name == stringify!($wire) {
                    return <$crate::wire::$occurrence as $crate::wire::Occurrence<$of>>::see(&self.$field);
                })*
                None
            }
        }
    )+};
}

/// Declares truth values: `flag! { BooleanType; }`.
macro_rules! flag {
    ($($name:ident;)+) => {
        pub(super) mod flags {
            $(#[doc = "A truth value."]
            pub type $name = bool;)+
        }
        $(
        #[doc = concat!("A truth value of the model's type `", stringify!($name), "`.")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = bool;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Flag { name: stringify!($name) };

            fn take(checked: $crate::wire::Checked) -> bool {
                checked.flag()
            }

            fn see(rust: &bool) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Flag(*rust)
            }

            fn write(rust: bool) -> $crate::wire::Value {
                $crate::wire::Value::Bool(rust)
            }
        })+
    };
}

/// Declares instants: `timestamp! { DateType; }`.
macro_rules! timestamp {
    ($($name:ident;)+) => {
        pub(super) mod timestamps {
            $(#[doc = "An instant."]
            pub type $name = $crate::time::Time;)+
        }
        $(
        #[doc = concat!("An instant of the model's type `", stringify!($name), "`.")]
        #[derive(Debug)]
        pub(crate) enum $name {}

        impl $crate::wire::Shape for $name {
            type Rust = $crate::time::Time;
            const TABLE: &'static $crate::wire::Table = &$crate::wire::Table::Timestamp { name: stringify!($name) };

            fn take(checked: $crate::wire::Checked) -> $crate::time::Time {
                checked.time()
            }

            fn see(rust: &$crate::time::Time) -> $crate::wire::Seen<'_> {
                $crate::wire::Seen::Time(*rust)
            }

            fn write(rust: $crate::time::Time) -> $crate::wire::Value {
                $crate::wire::Value::Time(rust)
            }
        })+
    };
}

macro_rules! length {
    () => {
        $crate::wire::Length { min: None, max: None }
    };
    ($min:literal $max:literal) => {
        $crate::wire::Length { min: Some($min), max: Some($max) }
    };
}

macro_rules! named {
    () => {
        Self::NAMES
    };
    ($other:ident) => {
        $other::NAMES
    };
}

macro_rules! pattern {
    () => {
        None
    };
    ($published:literal $matches:expr) => {
        Some($crate::wire::Pattern { published: $published, matches: $matches })
    };
}

/// What a text is in Rust: a sensitive one is wiped when it is dropped.
macro_rules! held {
    () => {
        String
    };
    (sensitive) => {
        $crate::wire::SecretText
    };
}

macro_rules! written {
    ($text:ident) => {
        $text
    };
    ($text:ident, sensitive) => {
        $text.into_string()
    };
}

macro_rules! sensitive {
    () => {
        false
    };
    (sensitive) => {
        true
    };
}

/// What the model calls a structure.
macro_rules! model_name {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident -> $reply:ty) => {
        concat!(stringify!($name), "Request")
    };
}

/// What the documentation of a structure begins with.
macro_rules! purpose {
    () => {
        "In a request or a reply: "
    };
    ($reply:ty) => {
        "The request of an operation: "
    };
}

/// What a member is in Rust. The modules that declare structures have the types of the model in `rust`.
macro_rules! member {
    (Optional $of:ident) => {
        Option<rust::$of>
    };
    ($occurrence:ident $of:ident) => {
        rust::$of
    };
}

/// What the documentation of a member says about whether it is there.
macro_rules! occurs {
    (Required) => {
        ", which must be there."
    };
    (Optional) => {
        ", which may be absent."
    };
    (Always) => {
        ", which is always there."
    };
}

/// A value of the type can be given for a member of the type, and anything that iterates over such values for a list.
macro_rules! given {
    ($name:ident) => {
        impl $crate::wire::IntoMember<$name> for $name {
            fn into_member(self) -> $name {
                self
            }
        }

        impl<E: $crate::wire::IntoMember<$name>, G: IntoIterator<Item = E>> $crate::wire::IntoMember<Vec<$name>> for G {
            fn into_member(self) -> Vec<$name> {
                self.into_iter().map($crate::wire::IntoMember::into_member).collect()
            }
        }
    };
}

/// What a request has besides its shape: its operation, a constructor and setters.
macro_rules! request {
    ([] $($other:tt)*) => {};
    ([$reply:ty] $name:ident { $($wire:ident $field:ident $occurrence:ident $of:ident,)* }) => {
        impl $crate::wire::ApiRequest for $name {
            const OPERATION: &'static str = stringify!($name);
            type Reply = $reply;
        }

        $crate::wire::macros::constructor!($name [] [] $($field $occurrence $of,)*);

        impl $name {
            $($crate::wire::macros::setter!($wire $field $occurrence $of);)*
        }
    };
}

/// The constructor takes the members that must be there, in the model's order; without any there is a default.
macro_rules! constructor {
    ($name:ident [] [$($optional:ident)*]) => {
        impl Default for $name {
            /// It without any member.
            fn default() -> Self {
                Self { $($optional: None,)* }
            }
        }
    };
    ($name:ident [$($required:ident $of:ident)+] [$($optional:ident)*]) => {
        impl $name {
            /// A request with the members that must be there.
            pub fn new($($required: impl $crate::wire::IntoMember<rust::$of>),+) -> Self {
                Self { $($required: $crate::wire::IntoMember::into_member($required),)+ $($optional: None,)* }
            }
        }
    };
    ($name:ident [$($required:tt)*] [$($optional:ident)*] $field:ident Optional $of:ident, $($rest:tt)*) => {
        $crate::wire::macros::constructor!($name [$($required)*] [$($optional)* $field] $($rest)*);
    };
    ($name:ident [$($required:tt)*] [$($optional:ident)*] $field:ident $occurrence:ident $of:ident, $($rest:tt)*) => {
        $crate::wire::macros::constructor!($name [$($required)* $field $of] [$($optional)*] $($rest)*);
    };
}

/// The setter of a member that may be absent.
macro_rules! setter {
    ($wire:ident $field:ident Optional $of:ident) => {
        #[doc = concat!("The same with `", stringify!($wire), "`.")]
        #[must_use]
        pub fn $field(mut self, $field: impl $crate::wire::IntoMember<rust::$of>) -> Self {
            self.$field = Some($crate::wire::IntoMember::into_member($field));
            self
        }
    };
    ($wire:ident $field:ident $occurrence:ident $of:ident) => {};
}

pub(crate) use {
    blob, choice, constructor, flag, given, held, length, list, map, member, model_name, named, number, occurs,
    pattern, purpose, request, sensitive, setter, shape, text, timestamp, written,
};
