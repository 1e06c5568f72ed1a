//! The key materials of a key, in the order in which they became current; one that waits for its rotation comes last.
//!
//! A schedule may rotate a key a thousand times before anybody looks. So an unbroken run of scheduled rotations stands as
//! its beginning, its period and its number, and names and material of each rotation in it are computed when they are
//! wanted (LIF-409, LIF-419).

use std::borrow::Cow;

use serde::Serialize;
use smallvec::SmallVec;

use super::{
    keys::LineageId,
    stored::{Stored, stored},
};
use crate::{
    material::{MaterialId, Scheduled},
    shapes::RotationType,
    time::{Span, Time},
    wire::{Base64, Value},
};

/// One key material of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Version {
    /// Its name.
    pub id: MaterialId,
    /// Since when, and by what, it has been current; `None` for material that waits for a rotation (LIF-121).
    pub since: Option<Since>,
    /// What its owner wrote about it when it was imported (LIF-189).
    pub description: Option<Box<str>>,
    /// The public key of imported material in DER; GetPublicKey gives it when the private key is gone (LIF-412).
    #[serde(serialize_with = "as_base64", skip_serializing_if = "Option::is_none")]
    pub public_key: Option<Box<[u8]>>,
}

/// Bytes of a row, in base64.
#[expect(clippy::ref_option, reason = "serde passes the member by reference")]
fn as_base64<S: serde::Serializer>(bytes: &Option<Box<[u8]>>, serializer: S) -> Result<S::Ok, S::Error> {
    bytes.as_deref().map(Base64::from).serialize(serializer)
}

/// How a version became current.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Since {
    /// When it became current.
    pub at: Time,
    /// The kind of rotation that made it so; `None` for the first version (LIF-74).
    pub by: Option<RotationType>,
}

impl Version {
    /// The first version of a key, current from now on.
    pub const fn first(id: MaterialId, now: Time) -> Self {
        Self { id, since: Some(Since { at: now, by: None }), description: None, public_key: None }
    }

    /// A version that waits for a rotation.
    pub const fn pending(id: MaterialId) -> Self {
        Self { id, since: None, description: None, public_key: None }
    }
}

/// An unbroken run of scheduled rotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Run {
    /// The number of the secret from which the materials follow.
    pub seed: u32,
    /// The instant of the first rotation.
    pub first: Time,
    /// From one rotation to the next, in days.
    pub period: i64,
    /// How many rotations there have been.
    pub count: u32,
}

impl Run {
    /// The instant of a rotation, counted from 0.
    fn instant(&self, place: u32) -> Time {
        self.first.after(Span::from_days(self.period.saturating_mul(i64::from(place))))
    }

    /// Which of the rotations was at this instant, counted from 0.
    fn place(&self, at: Time) -> Option<u32> {
        let since = at.millis() - self.first.millis();
        let period = Span::from_days(self.period).millis();
        let place = (since >= 0 && since % period == 0).then(|| since / period)?;
        u32::try_from(place).ok().filter(|place| *place < self.count)
    }
}

/// A version, or a run of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Entry {
    One(Version),
    Run(Run),
}

impl Entry {
    const fn count(&self) -> u32 {
        match self {
            Self::One(_) => 1,
            Self::Run(run) => run.count,
        }
    }

    const fn is_pending(&self) -> bool {
        matches!(self, Self::One(Version { since: None, .. }))
    }

    /// Which of the versions has become current at an instant, by a rotation of this kind.
    fn place(&self, at: Time, by: RotationType) -> Option<u32> {
        match self {
            Self::One(version) => (version.since? == Since { at, by: Some(by) }).then_some(0),
            Self::Run(run) if by == RotationType::Automatic => run.place(at),
            Self::Run(_) => None,
        }
    }

    /// One of the versions, counted from 0.
    fn nth(&self, place: u32, of: LineageId) -> Cow<'_, Version> {
        match self {
            Self::One(version) => Cow::Borrowed(version),
            Self::Run(run) => {
                let at = run.instant(place);
                let id = MaterialId::scheduled(Scheduled { account: of.account, key: of.id, seed: run.seed, at });
                Cow::Owned(Version::first(id, at).by(RotationType::Automatic))
            }
        }
    }
}

impl Version {
    fn by(self, by: RotationType) -> Self {
        Self { since: self.since.map(|since| Since { by: Some(by), ..since }), ..self }
    }
}

/// All versions of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Versions(SmallVec<[Entry; 1]>);

/// What a key knows of its versions. The names of scheduled ones contain that of the key.
impl Versions {
    /// Whether there are none: the key never had material.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them in their order.
    pub fn of(&self, key: LineageId) -> impl DoubleEndedIterator<Item = Cow<'_, Version>> {
        self.0.iter().flat_map(move |entry| (0..entry.count()).map(move |place| entry.nth(place, key)))
    }

    /// The current one: the last that has become current.
    pub fn current(&self, key: LineageId) -> Option<MaterialId> {
        let entry = self.0.iter().rev().find(|entry| !entry.is_pending())?;
        Some(entry.nth(entry.count().saturating_sub(1), key).id)
    }

    /// The one that waits for its rotation; there is at most one (LIF-138).
    pub fn pending(&self) -> Option<&Version> {
        self.singles().find(|version| version.since.is_none())
    }

    /// The version of this name.
    pub fn get(&self, id: MaterialId, key: LineageId) -> Option<Cow<'_, Version>> {
        if let Some(version) = self.singles().find(|version| version.id == id) {
            return Some(Cow::Borrowed(version));
        }
        self.runs().next()?;
        let Scheduled { account, key: of, seed, at } = id.as_scheduled()?;
        let is_there = (account, of) == (key.account, key.id)
            && self.runs().any(|run| run.seed == seed && run.place(at).is_some());
        is_there.then(|| Cow::Owned(Version::first(id, at).by(RotationType::Automatic)))
    }

    /// The rotations of this kind from an instant on: a number of them in one run, or one that stands for itself. Each with its
    /// instant, the material that was current before it, and the one that has been since.
    pub(crate) fn rotations(
        &self,
        from: Time,
        by: RotationType,
        times: u32,
        key: LineageId,
    ) -> Vec<(Time, Option<MaterialId>, MaterialId)> {
        let mut before = None;
        for entry in &self.0 {
            if let Some(place) = entry.place(from, by) {
                let mut previous = match place.checked_sub(1) {
                    Some(earlier) => Some(entry.nth(earlier, key).id),
                    None => before.map(|entry: &Entry| entry.nth(entry.count().saturating_sub(1), key).id),
                };
                let last = place.saturating_add(times).min(entry.count());
                let rotation = |place| {
                    let version = entry.nth(place, key);
                    Some((version.since?.at, previous.replace(version.id), version.id))
                };
                return (place..last).filter_map(rotation).collect();
            }
            if !entry.is_pending() {
                before = Some(entry);
            }
        }
        Vec::new()
    }

    /// Those that stand for themselves: all but scheduled ones.
    pub fn singles(&self) -> impl DoubleEndedIterator<Item = &Version> {
        self.0.iter().filter_map(|entry| match entry {
            Entry::One(version) => Some(version),
            Entry::Run(_) => None,
        })
    }

    /// The runs of scheduled rotations.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.0.iter().filter_map(|entry| match entry {
            Entry::One(_) => None,
            Entry::Run(run) => Some(run),
        })
    }
}

/// How the list changes.
impl Versions {
    /// Adds a version behind the others.
    pub(crate) fn push(&mut self, version: Version) {
        // Most keys have one for good, and a row has no room to spare.
        self.0.reserve_exact(1);
        self.0.push(Entry::One(version));
    }

    /// Changes a version that stands for itself.
    pub(crate) fn edit(&mut self, id: MaterialId, edit: impl FnOnce(&mut Version)) {
        let found = self.0.iter_mut().find_map(|entry| match entry {
            Entry::One(version) if version.id == id => Some(version),
            _ => None,
        });
        if let Some(version) = found {
            edit(version);
        }
    }

    /// Forgets a version that stands for itself.
    pub(crate) fn remove(&mut self, id: MaterialId) {
        self.0.retain(|entry| !matches!(entry, Entry::One(version) if version.id == id));
    }

    /// Makes the version that waits the current one; it comes last from then on.
    pub(crate) fn complete(&mut self, at: Time) {
        if let Some(place) = self.0.iter().position(Entry::is_pending)
            && let Entry::One(version) = self.0.remove(place)
        {
            let since = Some(Since { at, by: Some(RotationType::OnDemand) });
            self.push(Version { since, ..version });
        }
    }

    /// Adds scheduled rotations: the last run goes on, if they follow it, else a new one begins.
    pub(crate) fn rotate(&mut self, rotations: Run) {
        // What waits stays last.
        let place = self.0.iter().rposition(|entry| !entry.is_pending()).map_or(0, |last| last + 1);
        match place.checked_sub(1).and_then(|last| self.0.get_mut(last)) {
            Some(Entry::Run(run))
                if (run.seed, run.period) == (rotations.seed, rotations.period)
                    && run.instant(run.count) == rotations.first =>
            {
                run.count = run.count.saturating_add(rotations.count);
            }
            _ => self.0.insert(place, Entry::Run(rotations)),
        }
    }

    pub(super) fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }
}

impl FromIterator<Version> for Versions {
    fn from_iter<T: IntoIterator<Item = Version>>(versions: T) -> Self {
        Self(versions.into_iter().map(Entry::One).collect())
    }
}

stored! {
    Version { id, since, description, public_key }
    Since { at, by }
    Run { seed, first, period, count }
}

impl Stored for Entry {
    fn stored(value: &Value) -> Option<Self> {
        match value.member("seed") {
            Some(_) => Run::stored(value).filter(|run| run.period > 0).map(Self::Run),
            None => Version::stored(value).map(Self::One),
        }
    }
}

impl Stored for Versions {
    fn stored(value: &Value) -> Option<Self> {
        Stored::stored(value).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        names::{AccountId, KeyId},
        state::stored::from_json,
    };

    const FIRST: MaterialId = MaterialId([1; 32]);
    const WAITING: MaterialId = MaterialId([2; 32]);

    fn key() -> LineageId {
        LineageId { account: AccountId::parse("111122223333").unwrap(), id: KeyId::new_multi_region([7; 16]) }
    }

    fn day(number: i64) -> Time {
        Time::default().after(Span::from_days(number))
    }

    fn run(seed: u32, first: i64, count: u32) -> Run {
        Run { seed, first: day(first), period: 90, count }
    }

    fn rotated() -> Versions {
        let mut versions: Versions = [Version::first(FIRST, day(0))].into_iter().collect();
        versions.rotate(run(1, 90, 2));
        versions.push(Version::pending(WAITING));
        versions.rotate(run(1, 270, 1));
        versions
    }

    #[test]
    fn a_run_goes_on_while_nothing_comes_between() {
        let mut versions = rotated();
        assert_eq!(versions.runs().collect::<Vec<_>>(), [&run(1, 90, 3)]);
        versions.rotate(run(2, 360, 1));
        versions.rotate(run(2, 451, 1));
        assert_eq!(versions.runs().skip(1).collect::<Vec<_>>(), [&run(2, 360, 1), &run(2, 451, 1)]);
    }

    #[test]
    fn what_waits_is_last_until_it_is_current() {
        let mut versions = rotated();
        let times = |versions: &Versions| -> Vec<_> {
            versions.of(key()).map(|version| version.since.map(|since| since.at)).collect()
        };
        assert_eq!(times(&versions), [Some(day(0)), Some(day(90)), Some(day(180)), Some(day(270)), None]);
        versions.complete(day(300));
        assert_eq!(times(&versions).last(), Some(&Some(day(300))));
        assert_eq!((versions.current(key()), versions.pending()), (Some(WAITING), None));
    }

    #[test]
    fn a_scheduled_version_is_found_by_its_name_in_its_key_alone() {
        let versions = rotated();
        let scheduled = versions.current(key()).unwrap();
        assert_eq!(
            versions.get(scheduled, key()).unwrap().since,
            Some(Since { at: day(270), by: Some(RotationType::Automatic) })
        );
        let other = LineageId { id: KeyId::new_multi_region([8; 16]), ..key() };
        assert_eq!(versions.get(scheduled, other), None);
        let ids: Vec<_> = versions.of(key()).map(|version| version.id).collect();
        assert!(ids.iter().all(|id| versions.get(*id, key()).is_some_and(|version| version.id == *id)));
    }

    #[test]
    fn versions_are_read_as_they_are_written() {
        let json = serde_json::to_vec(&rotated()).unwrap();
        assert_eq!(from_json(&json), Some(rotated()));
    }
}
