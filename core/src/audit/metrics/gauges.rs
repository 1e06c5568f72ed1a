//! Gauges that follow the state: when the imported material of a key expires, how old the credential of a key store is, and
//! which gauges end with a key or with the connection of a store.

use super::{points::Level, series::Series, store::Metrics};
use crate::{
    names::{KeyArn, KeyStoreName},
    shapes::OriginType,
    state::{Change, Connection, KeyRow, KeyStoreRow, LineageId, State},
    time::Time,
};

/// The gauges that show something now.
#[derive(Clone, Debug, Default)]
pub(super) struct Gauges {
    /// The keys whose material expires, in the order of their lineages.
    expiring: Vec<(LineageId, KeyArn)>,
    /// Those of key stores: there are few.
    of_stores: Vec<Series>,
}

impl Gauges {
    /// Notes that a gauge shows something, or nothing.
    pub(super) fn note(&mut self, series: &Series, level: Level) {
        if let Series::Expiration(key) = series {
            let entry = (LineageId::of(*key), *key);
            match (self.expiring.binary_search(&entry), level) {
                (Ok(place), Level::Gone) => drop(self.expiring.remove(place)),
                (Err(_), Level::Gone) | (Ok(_), _) => {}
                (Err(place), _) => self.expiring.insert(place, entry),
            }
            return;
        }
        let place = self.of_stores.iter().position(|known| known == series);
        match (place, level) {
            (Some(place), Level::Gone) => drop(self.of_stores.swap_remove(place)),
            (None, Level::Gone) | (Some(_), _) => {}
            (None, _) => self.of_stores.push(series.clone()),
        }
    }

    /// The keys of a lineage whose material expires.
    fn of_lineage(&self, lineage: LineageId) -> Vec<KeyArn> {
        let first = self.expiring.partition_point(|(of, _)| *of < lineage);
        self.expiring[first..].iter().take_while(|(of, _)| *of == lineage).map(|(_, key)| *key).collect()
    }
}

impl Metrics {
    /// Shows what follows from changes of the state.
    pub(crate) fn follow(&mut self, changes: &[Change], at: Time) {
        for change in changes {
            match change {
                Change::Keys { key, row } => self.follow_key(*key, row.as_deref(), at),
                Change::KeyStores { key, row } => self.follow_store(*key, row.as_deref(), at),
                _ => {}
            }
        }
    }

    /// Shows what follows from a state that somebody else has made. Since when it is so nobody knows: since the keys and the
    /// stores are there (a decision).
    pub(crate) fn begin(&mut self, state: &State) {
        for change in state.rows() {
            match change {
                Change::Keys { key: lineage, row: Some(row) } if row.origin == OriginType::External => {
                    let created = row.regions.iter().map(|own| own.created).min();
                    self.follow_key(lineage, Some(&row), created.unwrap_or_default());
                }
                Change::KeyStores { key, row: Some(row) } => self.follow_store(key, Some(&row), row.created),
                _ => {}
            }
        }
    }

    fn follow_key(&mut self, lineage: LineageId, row: Option<&KeyRow>, at: Time) {
        let row = row.filter(|row| row.origin == OriginType::External);
        if row.is_none() && self.gauges.expiring.is_empty() {
            return;
        }
        let mut over = self.gauges.of_lineage(lineage);
        for own in row.iter().flat_map(|row| &row.regions) {
            // What several materials have in common is the first end (AUD-194).
            if let Some(end) = own.imports.iter().filter_map(|import| import.until).min() {
                let key = lineage.in_region(own.region);
                over.retain(|other| *other != key);
                self.show(Series::Expiration(key), at, Level::Until(end));
            }
        }
        for key in over {
            self.show(Series::Expiration(key), at, Level::Gone);
        }
    }

    /// A store that is not connected shows nothing (CKS-391).
    fn follow_store(&mut self, store: KeyStoreName, row: Option<&KeyStoreRow>, at: Time) {
        let connection = row.map_or(Connection::Disconnected, |row| row.connection);
        match connection {
            Connection::Connected => {
                if let Some(made) = row.and_then(KeyStoreRow::external) {
                    self.show(Series::Credential(store), at, Level::Since(made.credential_given));
                }
            }
            Connection::Disconnected | Connection::Failed(_) | Connection::Disconnecting { .. } => {
                let of_store: Vec<Series> =
                    self.gauges.of_stores.iter().filter(|series| series.store() == Some(&store)).cloned().collect();
                for series in of_store {
                    self.show(series, at, Level::Gone);
                }
            }
            Connection::Connecting { .. } => {}
        }
    }
}
