//! The requests and replies of the operations, and the types of their members.
//!
//! A request bears the name of its operation. Its constructor takes the members that must be there, and a method of its
//! own sets each of the others: `Encrypt::new(key, b"hello").encryption_context([("dept", "it")])`. Members are public.
//! A [`Client`](crate::Client) sends a request and returns its reply.

pub use super::{
    agreement::*, aliases::*, data_keys::*, encapsulation::*, encryption::*, grants::*, import::*, key_stores::*,
    keys::*, lifecycle::*, macs::*, multi_region::*, policies::*, random::*, rotation::*, signing::*, tags::*,
    usage::*,
};
pub use crate::{
    shapes::{RequestedSigningAlgorithm, rust::*},
    wire::{ApiReply, ApiRequest, IntoMember, SecretBytes, SecretText},
};
