//! The worlds of an endpoint, and their addresses.
//!
//! A fork has the address `/_pocket-kms/worlds/<id>`: an SDK takes it as its endpoint, and it is administered below it as
//! the first world is below `/`.

use std::{
    collections::BTreeMap,
    sync::{Arc, MutexGuard, PoisonError},
};

use super::{Endpoint, administration::Refusal};
use crate::{http::Request, world::World};

/// The most forks that are open at once.
pub const MOST_FORKS: usize = 256;

/// Below this path of every world stands its administration.
pub(super) const ADMINISTRATION: &str = "/_pocket-kms";

/// Below this path of the endpoint stand the forks.
pub(super) const WORLDS: &str = "/_pocket-kms/worlds/";

/// The forks of an endpoint by their ids, which are numbers that are given once.
#[derive(Debug, Default)]
pub(super) struct Forks {
    open: BTreeMap<u64, Arc<World>>,
    last: u64,
}

/// Where a request goes.
pub(super) struct Place<'a> {
    pub(super) world: Arc<World>,
    /// The path below the address of the world.
    below: &'a str,
}

impl Place<'_> {
    /// The path below the address of the world.
    pub(super) const fn below(&self) -> &str {
        self.below
    }

    /// The path below the administration, if it is for that.
    pub(super) fn administration(&self) -> Option<&str> {
        let path = self.below.strip_prefix(ADMINISTRATION)?;
        (path.is_empty() || path.starts_with('/')).then_some(path)
    }
}

impl Endpoint {
    /// Where a request goes: its path begins with the address of a world.
    pub(super) fn place<'a>(&self, request: &'a Request) -> Result<Place<'a>, Refusal> {
        let (path, _) = request.path();
        let Some(rest) = path.strip_prefix(WORLDS).filter(|rest| !rest.is_empty()) else {
            return Ok(Place { world: Arc::clone(&self.root), below: path });
        };
        let (id, below) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if request.method == "DELETE" && below.is_empty() {
            // A world is dropped from outside.
            return Ok(Place { world: Arc::clone(&self.root), below: path });
        }
        let world = number(id).and_then(|id| self.forks().open.get(&id).cloned());
        world.map(|world| Place { world, below }).ok_or_else(|| Refusal::no_world(id))
    }

    /// Opens a fork; gives its id.
    pub(super) fn open(&self, fork: World) -> Result<u64, Refusal> {
        let mut forks = self.forks();
        if forks.open.len() >= MOST_FORKS {
            return Err(Refusal::too_many_worlds());
        }
        forks.last += 1;
        let id = forks.last;
        forks.open.insert(id, Arc::new(fork));
        Ok(id)
    }

    /// Drops a fork.
    pub(super) fn drop_fork(&self, id: &str) -> Result<(), Refusal> {
        let dropped = number(id).and_then(|id| self.forks().open.remove(&id));
        dropped.map(drop).ok_or_else(|| Refusal::no_world(id))
    }

    /// The ids of all open forks.
    pub(super) fn ids(&self) -> Vec<u64> {
        self.forks().open.keys().copied().collect()
    }

    fn forks(&self) -> MutexGuard<'_, Forks> {
        self.forks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number that an id writes in the one way in which it was given.
fn number(id: &str) -> Option<u64> {
    id.parse().ok().filter(|number: &u64| number.to_string() == id)
}
