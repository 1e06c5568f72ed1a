//! Rotation: schedules, and new materials.

use super::{Answer, DAY, Deletion, Instant, Kind, Material, Model, Place, Refusal, Rotated, Schedule, Set, Told};

/// How many rotations on demand a set has in its life (LIF-13).
const ON_DEMAND_ROTATIONS: u32 = 25;

/// How long before a rotation that is due none is begun on demand (LIF-93).
const TWENTY_MINUTES: Instant = 1_200_000;

/// The period of those who name none (LIF-46).
const USUAL_PERIOD: i64 = 365;

impl Set {
    fn next_material(&self) -> Material {
        Material::try_from(self.permanent.len()).expect("a number of materials")
    }

    /// The scheduled rotation happens on its own day, and the next one is a period later (LIF-52).
    pub(super) fn rotate(&mut self, at: Instant) {
        let material = self.next_material();
        self.permanent.push((material, Some(Rotated { at, on_demand: false })));
        if let Some(schedule) = &mut self.schedule {
            schedule.due = at + schedule.period * DAY;
        }
    }

    /// One rotation makes up for all that were missed (LIF-57, LIF-61).
    pub(super) fn catch_up(&mut self, region: usize, now: Instant) {
        if region == self.primary && self.schedule.is_some_and(|schedule| schedule.due <= now) {
            self.rotate(now);
        }
    }

    /// The schedule as it is shown: a primary that awaits its deletion hides it (LIF-58, LIF-104).
    pub(crate) fn shown_schedule(&self) -> Option<Schedule> {
        self.schedule.filter(|_| self.keys[&self.primary].deletion.is_none())
    }
}

impl Model {
    fn of_primary(&self, place: Place) -> Result<&Set, Refusal> {
        let set = self.find(place)?;
        if set.is_replica(place.1) { Err(Refusal::NotPrimary(place)) } else { Ok(set) }
    }

    /// What is asked before a schedule is set or dropped (LIF-75 to LIF-77): the kind of the key.
    fn scheduled(&self, place: Place) -> Result<Kind, Refusal> {
        let kind = self.of_primary(place)?.kind;
        if kind == Kind::Imported {
            return Err(Refusal::Origin(place));
        }
        self.in_state(place, &["Enabled"])?;
        Ok(kind)
    }

    pub(crate) fn enable_rotation(&mut self, place: Place, period: Option<i64>) -> Answer {
        // LIF-78
        if self.scheduled(place)? != Kind::Symmetric {
            return Err(Refusal::Spec);
        }
        let now = self.now;
        let (set, _) = self.both(place)?;
        let in_force = set.schedule.map(|schedule| schedule.period);
        let period = period.or(in_force).unwrap_or(USUAL_PERIOD);
        if in_force != Some(period) {
            set.schedule = Some(Schedule { period, due: now + period * DAY });
        }
        Ok(Told::Nothing)
    }

    pub(crate) fn disable_rotation(&mut self, place: Place) -> Answer {
        self.scheduled(place)?;
        self.both(place)?.0.schedule = None;
        Ok(Told::Nothing)
    }

    pub(crate) fn rotate_on_demand(&mut self, place: Place) -> Answer {
        let kind = self.of_primary(place)?.kind;
        self.in_state(place, &["Enabled"])?;
        if !matches!(kind, Kind::Symmetric | Kind::Imported) {
            return Err(Refusal::Spec);
        }
        let now = self.now;
        let (set, _) = self.both(place)?;
        if kind == Kind::Imported && !set.is_ready() {
            return Err(Refusal::NothingPending(place));
        }
        if set.accepted == ON_DEMAND_ROTATIONS {
            return Err(Refusal::Limit(place));
        }
        if set.schedule.is_some_and(|schedule| schedule.due - now <= TWENTY_MINUTES) {
            return Err(Refusal::Conflict);
        }
        set.accepted += 1;
        let material = set.pending.take().unwrap_or_else(|| set.next_material());
        set.permanent.push((material, Some(Rotated { at: now, on_demand: true })));
        Ok(Told::Nothing)
    }

    pub(crate) fn rotation_status(&self, place: Place) -> Answer {
        let set = self.find(place)?;
        if set.kind == Kind::Imported && set.state(place.1) == "PendingImport" {
            return Err(Refusal::Origin(place));
        }
        Ok(Told::Status(set.shown_schedule()))
    }

    pub(crate) fn list_rotations(&self, place: Place, all: bool) -> Answer {
        let rotates = matches!(self.find(place)?.kind, Kind::Symmetric | Kind::Imported);
        if all && !rotates { Err(Refusal::Spec) } else { Ok(Told::Listed) }
    }

    /// Whether a replica awaits its own deletion; what it then shows of the schedule is not laid down.
    pub(crate) fn is_dying_replica(&self, (set, region): Place) -> bool {
        let set = &self.sets[set];
        set.is_replica(region) && matches!(set.keys[&region].deletion, Some(Deletion::At(_)))
    }
}
