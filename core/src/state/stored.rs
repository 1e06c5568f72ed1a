//! Reading what is stored: a row is a value of JSON, and every type says once how it stands in one.
//!
//! Serde's derived readers would do the same, but each of them brings the reading of JSON again for each of its members,
//! which makes the module of a page larger by a tenth. Writing, which costs little, is derived.

use std::sync::Arc;

use serde::{
    Deserialize,
    de::{IntoDeserializer, value::StrDeserializer},
};
use smallvec::{Array, SmallVec};
use zeroize::Zeroizing;

use super::{
    keys::LineageId,
    stores::{ClusterState, DomainState, HsmState, LoadBalancer, ManagerHealth, ProxyFaultKind},
};
use crate::{
    algorithms::MaterialKind,
    ids::Uuid,
    material::MaterialId,
    names::{
        AccessKeyId, AccountId, AliasArn, BackupId, ClusterId, ExternalKeyName, GrantName, KeyArn, KeyId, KeyStoreId,
        KeyStoreName, Partition, ProxyName, Region,
    },
    shapes::{
        ConnectionErrorCodeType, ConnectionStateType, KeyLastUsageTrackingOperation, KeyManagerType, KeySpec,
        KeyUsageType, OriginType, RotationType,
    },
    time::{Span, Time},
    wire::{self, Base64, Value},
};

/// What can be read from a stored value.
pub(super) trait Stored: Sized {
    /// Reads a value; `None` when it is not one that this type writes.
    fn stored(value: &Value) -> Option<Self>;

    /// What a member is that was not written; `None` when it must be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads the JSON of a row.
pub(super) fn from_json<T: Stored>(json: &[u8]) -> Option<T> {
    // A row may be a secret.
    let value = Zeroizing::new(wire::from_json(json).ok()?);
    T::stored(&value)
}

/// Reads the member of a structure.
pub(super) fn member<T: Stored>(value: &Value, name: &str) -> Option<T> {
    value.member(name).map_or_else(T::absent, T::stored)
}

/// Reads the member of a structure that came later: where it was not written, it is empty.
pub(super) fn later<T: Stored + Default>(value: &Value, name: &str) -> Option<T> {
    value.member(name).map_or_else(|| Some(T::default()), T::stored)
}

/// Refuses a structure that has other members than these.
pub(super) fn only(value: &Value, names: &[&str]) -> Option<()> {
    let Value::Map(members) = value else { return None };
    members.iter().all(|(name, _)| names.contains(&&**name)).then_some(())
}

/// Reads structures member by member: `stored! { Since { at, by } }`. Members behind `later` came later.
macro_rules! stored {
    ($($name:ident { $($member:ident),+ $(; later $($later:ident),+)? })+) => {$(
        impl $crate::state::stored::Stored for $name {
            fn stored(value: &$crate::wire::Value) -> Option<Self> {
                Some(Self {
                    $($member: $crate::state::stored::member(value, stringify!($member))?,)+
                    $($($later: $crate::state::stored::later(value, stringify!($later))?,)+)?
                })
            }
        }
    )+};
}
pub(super) use stored;

/// Reads names, which stand as text.
macro_rules! as_text {
    ($($name:ident),+) => {$(
        impl Stored for $name {
            fn stored(value: &Value) -> Option<Self> {
                Self::parse(value.as_text()?)
            }
        }
    )+};
}

as_text! { AccessKeyId, AccountId, AliasArn, BackupId, ClusterId, GrantName, KeyArn, KeyId, KeyStoreId, KeyStoreName }
as_text! { ConnectionErrorCodeType, ConnectionStateType, LineageId, MaterialId, Partition, Region, Uuid }
as_text! { ExternalKeyName, ProxyName }
as_text! { ClusterState, DomainState, HsmState, LoadBalancer, ManagerHealth, ProxyFaultKind }
as_text! { KeyLastUsageTrackingOperation, KeyManagerType, KeySpec, KeyUsageType, OriginType, RotationType }

impl Stored for MaterialKind {
    fn stored(value: &Value) -> Option<Self> {
        let text: StrDeserializer<'_, serde::de::value::Error> = value.as_text()?.into_deserializer();
        Self::deserialize(text).ok()
    }
}

impl Stored for Base64 {
    fn stored(value: &Value) -> Option<Self> {
        Self::decode(value.as_text()?)
    }
}

impl Stored for bool {
    fn stored(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        }
    }
}

impl Stored for i64 {
    fn stored(value: &Value) -> Option<Self> {
        match value {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }
}

impl Stored for u64 {
    fn stored(value: &Value) -> Option<Self> {
        i64::stored(value)?.try_into().ok()
    }
}

impl Stored for u32 {
    fn stored(value: &Value) -> Option<Self> {
        i64::stored(value)?.try_into().ok()
    }
}

impl Stored for Time {
    fn stored(value: &Value) -> Option<Self> {
        i64::stored(value).map(Self::from_millis)
    }
}

impl Stored for Span {
    fn stored(value: &Value) -> Option<Self> {
        i64::stored(value).map(Self::from_millis)
    }
}

impl Stored for String {
    fn stored(value: &Value) -> Option<Self> {
        value.as_text().map(str::to_owned)
    }
}

impl Stored for Box<str> {
    fn stored(value: &Value) -> Option<Self> {
        value.as_text().map(Self::from)
    }
}

impl Stored for Box<[u8]> {
    fn stored(value: &Value) -> Option<Self> {
        Base64::stored(value).map(|bytes| Self::from(bytes.0.as_slice()))
    }
}

impl<T: Stored> Stored for Option<T> {
    fn stored(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::stored(value).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn stored(value: &Value) -> Option<Self> {
        match value {
            Value::List(values) => values.iter().map(T::stored).collect(),
            _ => None,
        }
    }
}

impl<A: Array<Item: Stored>> Stored for SmallVec<A> {
    fn stored(value: &Value) -> Option<Self> {
        match value {
            Value::List(values) => values.iter().map(Stored::stored).collect(),
            _ => None,
        }
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn stored(value: &Value) -> Option<Self> {
        match value {
            Value::List(values) => match &values[..] {
                [one, other] => Some((A::stored(one)?, B::stored(other)?)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<T: Stored> Stored for Box<T> {
    fn stored(value: &Value) -> Option<Self> {
        T::stored(value).map(Self::new)
    }
}

impl<T: Stored> Stored for Arc<T> {
    fn stored(value: &Value) -> Option<Self> {
        T::stored(value).map(Self::new)
    }
}
