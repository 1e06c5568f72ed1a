//! Divides a module in two: what the first calls need stays, and the rest becomes a module that is loaded when a call needs it.
//!
//! A function of the rest that others call leaves a door in the first module: a function that has the rest loaded, and calls
//! the function through its slot of the table. The rest shares memory, tables and globals with the first module, and writes
//! its functions into their slots when it is instantiated.

mod first;
mod graph;
mod rest;
mod watch;

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use walrus::Module;

use self::graph::Graph;
pub(crate) use self::watch::watched;

/// The number of a function, a table, a memory or a global: the same in every reading of one file.
type Number = usize;

/// Things that the rest imports, by their names there.
type Shared = Vec<(String, Item)>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Function(Number),
    Table(Number),
    Memory(Number),
    Global(Number),
}

/// The first module and the rest; `first` names the functions that the first module must have.
pub(crate) fn divided(bytes: &[u8], first: &BTreeSet<String>) -> Result<(Vec<u8>, Vec<u8>), String> {
    let whole = read(bytes)?;
    let graph = Graph::of(&whole)?;
    let moved = graph.rest(first);
    let doors = graph.doors(&moved);
    let loaded = loaded(bytes, first);
    let (mut rest, shared) = rest::module(read(bytes)?, &graph, &moved, &doors, &loaded)?;
    let mut first = first::module(whole, &graph, &doors, &shared, &loaded)?;
    Ok((first.emit_wasm(), rest.emit_wasm()))
}

/// The name of the global that is not 0 once the rest is there. It names the division, so that the parts of two different
/// ones do not link.
fn loaded(bytes: &[u8], first: &BTreeSet<String>) -> String {
    let mut hasher = DefaultHasher::new();
    (bytes, first).hash(&mut hasher);
    format!("loaded {:016x}", hasher.finish())
}

fn read(bytes: &[u8]) -> Result<Module, String> {
    Module::from_buffer(bytes).map_err(said)
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
