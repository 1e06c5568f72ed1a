//! What the operations promise for every key spec, algorithm and message type, seen from outside.

mod agreement;
mod attributes;
mod aws_managed;
mod contexts;
mod fixture;
mod grants;
mod imports;
mod messages;
mod pairs;
mod plaintexts;
mod secrets;
mod specs;
mod tampering;
mod typed;
