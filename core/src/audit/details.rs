//! `serviceEventDetails`: what a record tells of what KMS has done by itself.

use crate::{
    material::MaterialId,
    names::KeyId,
    shapes::{OriginType, RotationType},
    wire::{self, Value},
};

/// What a service event tells of its key.
#[derive(Debug)]
pub(super) enum Details {
    /// JSON text.
    Text(Box<str>),
    /// A rotation. Many may happen at once, so that what follows from it is written when it is read.
    Rotated(Box<Rotated>),
}

/// A rotation of a key.
#[derive(Debug)]
pub(super) struct Rotated {
    pub(super) key: KeyId,
    pub(super) by: RotationType,
    pub(super) origin: OriginType,
    pub(super) previous: Option<MaterialId>,
    pub(super) current: MaterialId,
}

impl Details {
    /// `serviceEventDetails`.
    pub(super) fn to_value(&self) -> Option<Value> {
        match self {
            Self::Text(text) => wire::from_json(text.as_bytes()).ok(),
            Self::Rotated(rotated) => Some(Value::named(&mut [
                ("rotationType", Some(Value::from(rotated.by.as_str()))),
                ("keyOrigin", Some(Value::from(rotated.origin.as_str()))),
                ("previousKeyMaterialId", rotated.previous.map(|id| Value::from(id.to_string()))),
                ("currentKeyMaterialId", Some(Value::from(rotated.current.to_string()))),
                ("keyId", Some(Value::from(rotated.key.to_string()))),
            ])),
        }
    }
}
