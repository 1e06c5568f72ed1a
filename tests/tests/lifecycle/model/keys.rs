//! Keys: made, switched, used and deleted.

use super::{Answer, DAY, Deletion, Key, Kind, Model, Place, Refusal, Set, Told};

impl Set {
    /// A key goes; with a primary, which by then has no replicas, all of the set (LIF-231). Whether a primary begins to
    /// wait for its own deletion by that (LIF-232).
    pub(super) fn delete(&mut self, region: usize, at: i64) -> bool {
        self.keys.remove(&region);
        if let [only] = self.keys.keys().copied().collect::<Vec<_>>()[..]
            && let Some(key) = self.keys.get_mut(&only)
            && let Some(Deletion::Waiting(window)) = key.deletion
        {
            key.deletion = Some(Deletion::At(at + window * DAY));
            return true;
        }
        false
    }
}

impl Model {
    pub(crate) fn create(&mut self, kind: Kind, multi_region: bool, region: usize) -> Told {
        let permanent = if kind == Kind::Imported { Vec::new() } else { vec![(0, None)] };
        self.sets.push(Set {
            kind,
            multi_region,
            primary: region,
            keys: [(region, Key::new())].into(),
            schedule: None,
            accepted: 0,
            permanent,
            pending: None,
            descriptions: [].into(),
        });
        Told::Made
    }

    pub(crate) fn describe(&self, place: Place) -> Answer {
        self.find(place).map(|_| Told::Shown)
    }

    pub(crate) fn enable(&mut self, place: Place) -> Answer {
        self.in_state(place, &["Enabled", "Disabled"])?;
        let now = self.now;
        let (set, region) = self.both(place)?;
        set.keys.get_mut(&region).ok_or(Refusal::NotFound)?.enabled = true;
        set.catch_up(region, now);
        Ok(Told::Nothing)
    }

    pub(crate) fn disable(&mut self, place: Place) -> Answer {
        self.in_state(place, &["Enabled", "Disabled"])?;
        let (set, region) = self.both(place)?;
        set.keys.get_mut(&region).ok_or(Refusal::NotFound)?.enabled = false;
        Ok(Told::Nothing)
    }

    pub(crate) fn schedule_deletion(&mut self, place: Place, days: i64) -> Answer {
        self.in_state(place, &["Enabled", "Disabled", "PendingImport"])?;
        let now = self.now;
        let (set, region) = self.both(place)?;
        let waits = set.multi_region && region == set.primary && set.keys.len() > 1;
        let deletion = if waits { Deletion::Waiting(days) } else { Deletion::At(now + days * DAY) };
        set.keys.get_mut(&region).ok_or(Refusal::NotFound)?.deletion = Some(deletion);
        Ok(Told::Nothing)
    }

    /// The key is disabled then, and makes up for a rotation that was missed all the same (LIF-61, LIF-233).
    pub(crate) fn cancel_deletion(&mut self, place: Place) -> Answer {
        let now = self.now;
        let (set, region) = self.both(place)?;
        let key = set.keys.get_mut(&region).ok_or(Refusal::NotFound)?;
        key.deletion.take().ok_or(Refusal::State(place, "not pending deletion"))?;
        key.enabled = false;
        set.catch_up(region, now);
        Ok(Told::Nothing)
    }

    /// Whether a key can encrypt and decrypt: its usage is asked before its state (LIF-281, LIF-282).
    fn used(&self, place: Place) -> Result<&Set, Refusal> {
        let set = self.find(place)?;
        if !matches!(set.kind, Kind::Symmetric | Kind::Imported) {
            return Err(Refusal::Usage);
        }
        self.in_state(place, &["Enabled"])?;
        Ok(set)
    }

    pub(crate) fn encrypt(&mut self, place: Place) -> Answer {
        let material = self.used(place)?.current().ok_or(Refusal::Some)?;
        self.sealed.push((place.0, material));
        Ok(Told::Sealed(material))
    }

    /// Every related key that can be used has all materials of its set (LIF-131, LIF-251, LIF-436).
    pub(crate) fn decrypt(&self, number: usize, region: usize) -> Answer {
        let (set, material) = self.sealed[number];
        let place = (set, region);
        // What is told of a key that is not there depends on whether it ever was (LIF-254).
        self.find(place).map_err(|_| Refusal::Some)?;
        self.used(place)?;
        Ok(Told::Opened(place, material))
    }

    pub(crate) fn re_encrypt(&mut self, number: usize, to: Place) -> Answer {
        let (set, from) = self.sealed[number];
        let source = (set, to.1);
        // Both keys are found before anything else is asked (LIF-287).
        self.find(source).map_err(|_| Refusal::Some)?;
        self.find(to)?;
        self.used(source)?;
        let onto = self.used(to)?.current().ok_or(Refusal::Some)?;
        self.sealed.push((to.0, onto));
        Ok(Told::Moved(from, onto))
    }
}
