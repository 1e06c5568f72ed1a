//! A small model of keys over time, written from the rows of the specification alone: states, schedules, and materials
//! as names.

mod imports;
mod keys;
mod regions;
mod rotation;

pub(crate) use imports::Import;

use std::collections::{BTreeMap, BTreeSet};

/// The Regions in which things happen; the model knows them by number.
pub(crate) const REGIONS: [&str; 3] = ["us-east-1", "eu-west-1", "ap-south-1"];

/// Milliseconds since the epoch.
pub(crate) type Instant = i64;

/// A day is 24 hours everywhere (LIF-49).
pub(crate) const DAY: Instant = 86_400_000;

/// A material within its set: how many KMS made before it, or the number of the bytes that were imported.
pub(crate) type Material = u32;

/// A key: the number of its set, and that of its Region.
pub(crate) type Place = (usize, usize);

/// What kind of keys the keys of a set are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Symmetric,
    Imported,
    Mac,
    Signing,
}

/// How long a key waits for its deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deletion {
    At(Instant),
    /// This many days after the deletion of the last replica (LIF-231).
    Waiting(i64),
}

/// What each related key has of its own (LIF-191, LIF-192).
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) enabled: bool,
    pub(crate) deletion: Option<Deletion>,
    /// The imported materials that are present, and until when.
    pub(crate) present: BTreeMap<Material, Option<Instant>>,
}

/// A rotation that is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rotated {
    pub(crate) at: Instant,
    pub(crate) on_demand: bool,
}

/// The period in days, and when the next rotation is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) period: i64,
    pub(crate) due: Instant,
}

/// What related keys have in common (LIF-187 to LIF-190); a single-Region key is a set of one.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    pub(crate) kind: Kind,
    pub(crate) multi_region: bool,
    pub(crate) primary: usize,
    /// By Region; empty when the set is deleted.
    pub(crate) keys: BTreeMap<usize, Key>,
    pub(crate) schedule: Option<Schedule>,
    /// How many rotations on demand have been accepted.
    pub(crate) accepted: u32,
    /// In order; the last is current, the first was never rotated to.
    pub(crate) permanent: Vec<(Material, Option<Rotated>)>,
    pub(crate) pending: Option<Material>,
    pub(crate) descriptions: BTreeMap<Material, String>,
}

/// What a successful call must tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing that the model knows.
    Nothing,
    /// A key was made.
    Made,
    /// Something was encrypted under this material.
    Sealed(Material),
    /// Something was opened by this key, with this material.
    Opened(Place, Material),
    /// Something was moved from one material to another.
    Moved(Material, Material),
    /// The material that was imported or deleted; nothing for keys without material.
    Named(Option<Material>),
    /// A key shows its state.
    Shown,
    /// Its rotation status.
    Status(Option<Schedule>),
    /// Its rotations, or all of its materials.
    Listed,
}

/// Why a call must be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotFound,
    /// In the sentence of ReplicateKey (LIF-198).
    NotPrimary(Place),
    /// In that of UpdatePrimaryRegion; whether the key is a replica (LIF-216).
    NoPrimary(Place, bool),
    Origin(Place),
    Usage,
    State(Place, &'static str),
    Spec,
    NothingPending(Place),
    Limit(Place),
    Conflict,
    Incorrect,
    AnotherPending {
        place: Place,
        pending: Material,
    },
    /// What a replica does not import (LIF-142, LIF-143).
    OfPrimaryAlone,
    UnknownMaterial,
    WrongRegion,
    AlreadyThere,
    /// Some exception: the specification does not say which.
    Some,
}

pub(crate) type Answer = Result<Told, Refusal>;

/// All keys of an account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) now: Instant,
    pub(crate) sets: Vec<Set>,
    /// The set and the material of each ciphertext.
    pub(crate) sealed: Vec<(usize, Material)>,
    /// What time has brought.
    pub(crate) happened: BTreeSet<&'static str>,
}

impl Key {
    fn new() -> Self {
        Self { enabled: true, deletion: None, present: BTreeMap::new() }
    }
}

impl Set {
    pub(crate) fn current(&self) -> Option<Material> {
        self.permanent.last().map(|(material, _)| *material)
    }

    pub(crate) fn is_replica(&self, region: usize) -> bool {
        self.multi_region && region != self.primary
    }

    /// Whether a key lacks a material that it needs (LIF-131).
    fn lacks(&self, key: &Key) -> bool {
        let missing = |(material, _): &(Material, _)| !key.present.contains_key(material);
        self.kind == Kind::Imported && (self.permanent.is_empty() || self.permanent.iter().any(missing))
    }

    /// The first state that holds (LIF-269).
    pub(crate) fn state(&self, region: usize) -> &'static str {
        let key = &self.keys[&region];
        match key.deletion {
            Some(Deletion::At(_)) => "PendingDeletion",
            Some(Deletion::Waiting(_)) => "PendingReplicaDeletion",
            None if self.lacks(key) => "PendingImport",
            None if key.enabled => "Enabled",
            None => "Disabled",
        }
    }

    /// Whether every key of the set has the material that waits; only then can it become current (LIF-128, LIF-130).
    pub(crate) fn is_ready(&self) -> bool {
        self.pending.is_some_and(|pending| self.keys.values().all(|key| key.present.contains_key(&pending)))
    }

    /// The permanent materials and the one that waits.
    fn knows(&self, material: Material) -> bool {
        self.pending == Some(material) || self.permanent.iter().any(|(known, _)| *known == material)
    }

    /// When something becomes of this set, and not before (LIF-427, LIF-428).
    fn next_event(&self) -> Option<Instant> {
        let deletions = self.keys.values().filter_map(|key| match key.deletion {
            Some(Deletion::At(at)) => Some(at),
            _ => None,
        });
        let expiries = self.keys.values().flat_map(|key| key.present.values().copied().flatten());
        deletions.chain(expiries).chain(self.next_rotation()).min()
    }

    /// When the set rotates by itself: the state of the primary decides (LIF-246).
    pub(crate) fn next_rotation(&self) -> Option<Instant> {
        let schedule = self.schedule.filter(|_| self.keys.contains_key(&self.primary))?;
        (self.state(self.primary) == "Enabled").then_some(schedule.due)
    }

    /// Does what is due at this very instant, in the order of LIF-66, and says what it was.
    fn settle(&mut self, at: Instant) -> Vec<&'static str> {
        let mut happened = Vec::new();
        let deleted: Vec<usize> = self
            .keys
            .iter()
            .filter(|(_, key)| key.deletion == Some(Deletion::At(at)))
            .map(|(region, _)| *region)
            .collect();
        for region in deleted {
            happened.push(if self.is_replica(region) { "a replica is deleted" } else { "a set is deleted" });
            happened.extend(self.delete(region, at).then_some("a primary begins to wait"));
        }
        happened.extend(self.expire(at));
        if self.next_rotation() == Some(at) {
            self.rotate(at);
            happened.push("a key rotates");
        }
        happened
    }
}

impl Model {
    /// All keys that there are.
    pub(crate) fn places(&self) -> Vec<Place> {
        let of = |(number, set): (usize, &Set)| set.keys.keys().map(|region| (number, *region)).collect::<Vec<_>>();
        self.sets.iter().enumerate().flat_map(of).collect()
    }

    /// When something becomes of any key.
    pub(crate) fn next_event(&self) -> Option<Instant> {
        self.sets.iter().filter_map(Set::next_event).min()
    }

    /// Time goes on, and what is due on the way happens at its own instant.
    pub(crate) fn advance(&mut self, to: Instant) {
        while let Some(at) = self.next_event().filter(|at| *at <= to) {
            let due = self.sets.iter_mut().filter(|set| set.next_event() == Some(at));
            self.happened.extend(due.flat_map(|set| set.settle(at)));
        }
        self.now = to;
    }

    pub(crate) fn find(&self, place: Place) -> Result<&Set, Refusal> {
        self.sets.get(place.0).filter(|set| set.keys.contains_key(&place.1)).ok_or(Refusal::NotFound)
    }

    /// The set and the key of a place that was found.
    fn both(&mut self, (set, region): Place) -> Result<(&mut Set, usize), Refusal> {
        self.find((set, region))?;
        Ok((&mut self.sets[set], region))
    }

    /// Refuses all states but those that are named.
    fn in_state(&self, place: Place, allowed: &[&str]) -> Result<(), Refusal> {
        let state = self.find(place)?.state(place.1);
        if allowed.contains(&state) {
            return Ok(());
        }
        Err(Refusal::State(
            place,
            match state {
                "Disabled" => "disabled",
                "PendingImport" => "pending import",
                "PendingDeletion" | "PendingReplicaDeletion" => "pending deletion",
                other => panic!("nothing is refused for being {other}"),
            },
        ))
    }
}
