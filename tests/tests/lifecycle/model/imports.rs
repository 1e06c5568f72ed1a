//! Imported material: it comes, waits, expires and goes.

use super::{Answer, Instant, Key, Kind, Material, Model, Place, Refusal, Set, Told};

/// What an import asks for.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// Which of a few materials.
    pub(crate) bytes: Material,
    /// New, existing, or not said.
    pub(crate) new: Option<bool>,
    /// How long it stays; for ever if nothing is said.
    pub(crate) stay: Option<Instant>,
    pub(crate) description: Option<String>,
}

impl Set {
    /// Takes out what expires at this instant (LIF-163), and says what it was.
    pub(super) fn expire(&mut self, at: Instant) -> Vec<&'static str> {
        let mut happened = Vec::new();
        let of = |(region, key): (&usize, &Key)| {
            let gone = key.present.iter().filter(|(_, until)| **until == Some(at));
            gone.map(|(material, _)| (*region, *material)).collect::<Vec<_>>()
        };
        for (region, material) in self.keys.iter().flat_map(of).collect::<Vec<_>>() {
            let waits = self.pending == Some(material);
            happened.push(if waits { "a material that waits expires" } else { "a material expires" });
            self.drop_material(region, material);
        }
        happened
    }

    /// The one that waits is forgotten by the whole set when it goes from the primary (LIF-123, LIF-182, LIF-183).
    fn drop_material(&mut self, region: usize, material: Material) {
        if self.pending == Some(material) && region == self.primary {
            self.pending = None;
            self.descriptions.remove(&material);
            for key in self.keys.values_mut() {
                key.present.remove(&material);
            }
        } else if let Some(key) = self.keys.get_mut(&region) {
            key.present.remove(&material);
        }
    }

    fn check_import(&self, place: Place, import: &Import) -> Result<bool, Refusal> {
        let replica = self.is_replica(place.1);
        if replica && (import.new == Some(true) || import.description.is_some()) {
            return Err(Refusal::OfPrimaryAlone);
        }
        let new = import.new.unwrap_or(!replica && self.permanent.is_empty());
        match self.pending {
            // Unless it is the one that waits itself (LIF-147, LIF-150).
            Some(pending) if new && pending != import.bytes => Err(Refusal::AnotherPending { place, pending }),
            _ if new == self.knows(import.bytes) => Err(Refusal::Incorrect),
            _ => Ok(new),
        }
    }
}

impl Model {
    /// What GetParametersForImport and ImportKeyMaterial ask first (LIF-139).
    pub(crate) fn importable(&self, place: Place) -> Result<&Set, Refusal> {
        let set = self.find(place)?;
        if set.kind != Kind::Imported {
            return Err(Refusal::Origin(place));
        }
        self.in_state(place, &["Enabled", "Disabled", "PendingImport"])?;
        Ok(set)
    }

    pub(crate) fn import(&mut self, place: Place, import: &Import) -> Answer {
        let new = self.importable(place)?.check_import(place, import)?;
        let now = self.now;
        let (set, region) = self.both(place)?;
        let lacked = set.lacks(&set.keys[&region]);
        match (new, set.permanent.is_empty()) {
            (true, true) => set.permanent.push((import.bytes, None)),
            (true, false) => set.pending = Some(import.bytes),
            (false, _) => {}
        }
        if let Some(text) = &import.description {
            set.descriptions.insert(import.bytes, text.clone());
        }
        let key = set.keys.get_mut(&region).ok_or(Refusal::NotFound)?;
        key.present.insert(import.bytes, import.stay.map(|stay| now + stay));
        // The last missing material enables the key, whatever it was before (LIF-133, LIF-134).
        if lacked && !set.lacks(&set.keys[&region]) {
            set.keys.get_mut(&region).ok_or(Refusal::NotFound)?.enabled = true;
        }
        Ok(Told::Named(Some(import.bytes)))
    }

    /// In every state (LIF-160); the current material if none is named (LIF-156).
    pub(crate) fn delete_material(&mut self, place: Place, material: Option<Material>) -> Answer {
        if self.find(place)?.kind != Kind::Imported {
            return Err(Refusal::Origin(place));
        }
        let (set, region) = self.both(place)?;
        let material = match material {
            Some(named) if !set.knows(named) => return Err(Refusal::UnknownMaterial),
            named => named.or(set.current()),
        };
        if let Some(material) = material {
            set.drop_material(region, material);
        }
        Ok(Told::Named(material))
    }
}
