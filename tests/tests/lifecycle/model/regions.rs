//! Multi-Region sets: replicas, and the change of the primary.

use super::{Answer, Key, Model, Place, Refusal, Told};

impl Model {
    pub(crate) fn replicate(&mut self, place: Place, to: usize) -> Answer {
        let set = self.find(place)?;
        if !set.multi_region || set.is_replica(place.1) {
            return Err(Refusal::NotPrimary(place));
        }
        self.in_state(place, &["Enabled"])?;
        let (set, region) = self.both(place)?;
        if to == region {
            return Err(Refusal::WrongRegion);
        }
        if set.keys.contains_key(&to) {
            return Err(Refusal::AlreadyThere);
        }
        set.keys.insert(to, Key::new());
        Ok(Told::Nothing)
    }

    pub(crate) fn update_primary(&mut self, place: Place, to: usize) -> Answer {
        let set = self.find(place)?;
        if !set.multi_region || set.is_replica(place.1) {
            return Err(Refusal::NoPrimary(place, set.multi_region));
        }
        self.in_state(place, &["Enabled"])?;
        if to == place.1 {
            return Ok(Told::Nothing);
        }
        self.find((place.0, to)).map_err(|_| Refusal::WrongRegion)?;
        self.in_state((place.0, to), &["Enabled"])?;
        self.both(place)?.0.primary = to;
        Ok(Told::Nothing)
    }
}
