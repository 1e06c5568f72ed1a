//! The state as one call sees it while it is decided, and the changes that it has recorded.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use foldhash::fast::FixedState;

use super::{
    due::{Due, Happened},
    keys::{Deletion, Key, KeyRow, LineageId, RegionalKey, Rotation},
    rows::{AccountRow, AliasRow},
    secrets::{Secret, SecretName, SecretRow},
    settings::{SettingName, SettingRow},
    tables::{Change, State},
    versions::Run,
};
use crate::{
    lags::{Lag, lateness},
    material::MaterialId,
    names::{AccountId, AliasArn, KeyArn},
    policy::PolicyRow,
    shapes::OriginType,
    time::{Span, Time},
};

/// Up to how many changes are searched one by one, rather than put into a view.
const FEW: usize = 8;

/// A view of the state that includes the call's own changes, which nobody else sees before they are applied.
pub(crate) struct Draft<'a> {
    base: &'a State,
    /// The state with the changes in it, made when somebody looks at it: most calls record a few changes at their end and
    /// look no more, and these are then applied where the state is, which copies nothing.
    view: OnceCell<Box<State>>,
    changes: Vec<Change>,
    /// Whether the view is the state itself: then nothing is left of what was before.
    in_place: bool,
    revision: u64,
    /// The time of the call that records; `None` while that is recorded which has fallen due by itself.
    called: Option<Time>,
}

impl<'a> Draft<'a> {
    /// A draft without changes.
    pub(crate) const fn new(base: &'a State) -> Self {
        let revision = base.revision();
        Self { base, view: OnceCell::new(), changes: Vec::new(), in_place: false, revision, called: None }
    }

    /// A draft that changes a state where it is, which costs no copies of it; `nothing` is an empty one.
    pub(crate) fn in_place(state: State, nothing: &'a State) -> Self {
        let revision = state.revision();
        Self {
            base: nothing,
            view: Box::new(state).into(),
            changes: Vec::new(),
            in_place: true,
            revision,
            called: None,
        }
    }

    /// The state with the changes recorded so far.
    pub(crate) fn state(&self) -> &State {
        match self.view.get() {
            Some(view) => view,
            None if self.changes.is_empty() => self.base,
            None => self.view.get_or_init(|| Box::new(self.base.clone().with(&self.changes))),
        }
    }

    /// The state as far as it tells of key stores: a call that changes none is spared a view of all that it records.
    pub(crate) fn of_stores(&self) -> &State {
        let is_of_store = |change: &Change| matches!(change, Change::KeyStores { .. });
        match self.unseen() {
            Some(changes) if !changes.iter().any(is_of_store) => self.base,
            _ => self.state(),
        }
    }

    /// From now on a call records.
    pub(crate) const fn begin_call(&mut self, now: Time) {
        self.called = Some(now);
    }

    /// Records a change, unless it changes nothing, and with it what others still see of what was.
    pub(crate) fn record(&mut self, change: Change) {
        if !self.is_as(&change) {
            let hidden = self.hidden(&change, self.called);
            for change in std::iter::once(change).chain(hidden) {
                self.push(change);
            }
        }
    }

    /// Records a change that is known to change something.
    fn push(&mut self, change: Change) {
        if let Some(view) = self.view.get_mut() {
            view.apply(&change);
        }
        self.changes.push(change);
    }

    /// Whether the row is already as a change would have it.
    fn is_as(&self, change: &Change) -> bool {
        let changes = self.unseen();
        let is_first =
            changes.is_some_and(|all| all.len() <= FEW && all.iter().all(|one| one.place() != change.place()));
        let state = if is_first { self.base } else { self.state() };
        state.is_as(change)
    }

    /// The changes that nobody has looked at; `None` once there is a view with them in it.
    fn unseen(&self) -> Option<&[Change]> {
        self.view.get().is_none().then_some(&self.changes[..])
    }

    /// Whether nothing is set in the world, as far as it is known without a look at the changes.
    pub(super) fn has_no_settings(&self) -> bool {
        let sets = |change: &Change| matches!(change, Change::Settings { .. });
        self.base.settings.is_empty() && self.unseen().is_some_and(|changes| !changes.iter().any(sets))
    }

    /// The changes recorded, the last one of each row, and the state with them in it, if somebody has looked at it.
    ///
    /// A row that is in the end as it was counts as unchanged, where it is known how it was.
    pub(crate) fn finish(self) -> (Vec<Change>, Option<Box<State>>) {
        let Self { base, view, mut changes, in_place, revision, .. } = self;
        if repeats(&changes) {
            let mut seen = BTreeSet::new();
            let last =
                changes.iter().rev().map(|change| seen.insert(change.place()) && (in_place || !base.is_as(change)));
            let mut kept: Vec<bool> = last.collect();
            changes.retain(|_| kept.pop().unwrap_or(false));
        }
        let revision = revision + changes.len() as u64;
        let mut view = view.into_inner().filter(|_| in_place || !changes.is_empty());
        if let Some(view) = &mut view {
            view.turn_to(revision);
        }
        (changes, view)
    }
}

/// Whether several changes are about one row.
fn repeats(changes: &[Change]) -> bool {
    if changes.len() <= FEW {
        return changes
            .iter()
            .enumerate()
            .any(|(place, one)| changes[..place].iter().any(|two| two.place() == one.place()));
    }
    let mut places = HashSet::with_capacity_and_hasher(changes.len(), FixedState::default());
    !changes.iter().all(|change| places.insert(change.place()))
}

/// What is recorded of keys and their secrets.
impl Draft<'_> {
    /// A key.
    pub(crate) fn key(&self, arn: &KeyArn) -> Option<Key> {
        let Some(changes) = self.unseen() else { return self.state().key(arn) };
        let lineage = LineageId::of(*arn);
        let recorded = changes.iter().rev().find_map(|change| match change {
            Change::Keys { key, row } if *key == lineage => Some(row),
            _ => None,
        });
        recorded.map_or_else(|| self.base.key(arn), |row| Key::of(row.as_ref()?, arn))
    }

    /// Records the row of a key, in all its Regions.
    pub(crate) fn put_key(&mut self, id: LineageId, mut row: KeyRow) {
        row.shrink_to_fit();
        self.record(Change::Keys { key: id, row: Some(Arc::new(row)) });
    }

    /// Records the row of a key as it is after `edit`.
    pub(crate) fn edit_row(&mut self, id: LineageId, edit: impl FnOnce(&mut KeyRow)) {
        if let Some(row) = self.state().keys.get(&id) {
            let mut row = KeyRow::clone(row);
            edit(&mut row);
            self.put_key(id, row);
        }
    }

    /// Records what a key has of its own as it is after `edit`.
    pub(crate) fn edit_key(&mut self, arn: KeyArn, edit: impl FnOnce(&mut RegionalKey)) {
        self.edit_row(LineageId::of(arn), |row| row.region_mut(arn.region).map_or((), edit));
    }

    /// Records a secret.
    pub(crate) fn put_secret(&mut self, name: SecretName, owner: LineageId, secret: Secret) {
        self.record(Change::Secrets { key: name, row: Some(Arc::new(SecretRow { owner, secret: Some(secret) })) });
    }

    /// Records that a secret is gone; its name stays, so that what it has encrypted can be told from noise.
    pub(crate) fn destroy(&mut self, name: SecretName) {
        if let Some(row) = self.state().secrets.get(&name).filter(|row| row.secret.is_some()) {
            let row = SecretRow { secret: None, owner: row.owner };
            self.push(Change::Secrets { key: name, row: Some(Arc::new(row)) });
        }
    }

    /// Records that imported key material of a key is gone: the secret of this Region, not its name. Material that waits
    /// for its rotation is forgotten with its name, and with it the copies that replicas of the key have (LIF-123,
    /// LIF-182, LIF-183); what a replica loses is its own copy alone.
    pub(crate) fn remove_import(&mut self, arn: KeyArn, id: MaterialId) {
        let lineage = LineageId::of(arn);
        let Some(key) = self.key(&arn) else { return };
        let is_forgotten = !key.is_replica() && key.versions.pending().is_some_and(|version| version.id == id);
        let loses = |region| is_forgotten || region == arn.region;
        for own in key.regions.iter().filter(|own| loses(own.region)) {
            self.destroy(SecretName::Material(id, own.region));
        }
        self.edit_row(lineage, |row| {
            for own in row.regions.iter_mut().filter(|own| loses(own.region)) {
                own.imports.retain(|import| import.id != id);
            }
            if is_forgotten {
                row.versions.remove(id);
                // A rotation to it that is under way has nothing to end with.
                row.rotating = None;
            }
        });
    }

    /// Records that a key is gone, with its secrets, its policy and its aliases (P2-112). What related keys of other
    /// Regions hold stays (LIF-240). A primary key that waits for its last replica begins its own waiting period at that
    /// instant (LIF-232).
    pub(crate) fn remove_key(&mut self, arn: KeyArn, at: Time) {
        let (Some(key), lineage) = (self.key(&arn), LineageId::of(arn)) else { return };
        let names: Vec<_> = self.state().aliases_of(arn).cloned().collect();
        for name in names {
            self.remove_alias(AliasArn { account: arn.account, region: arn.region, name });
        }
        for version in key.versions.singles() {
            self.destroy(SecretName::Material(version.id, arn.region));
        }
        if key.origin == OriginType::External {
            self.destroy(SecretName::ImportTokens(arn));
        }
        self.remove_grants(arn);
        self.record(Change::Policies { key: arn, row: None });
        if key.regions.len() > 1 {
            self.edit_row(lineage, |row| row.regions.retain(|key| key.region != arn.region));
            self.begin_waiting(lineage, at);
        } else {
            self.remove_lineage(lineage, &key);
        }
    }

    /// Records that the last key of a lineage is gone, with what they shared.
    fn remove_lineage(&mut self, lineage: LineageId, key: &KeyRow) {
        if key.origin == OriginType::External {
            self.destroy(SecretName::ImportNames(lineage));
        }
        let scheduled = key.rotation.as_ref().map(|rotation| rotation.seed);
        for seed in key.versions.runs().map(|run| run.seed).chain(scheduled) {
            self.destroy(SecretName::RotationSeed(lineage, seed));
        }
        self.push(Change::Keys { key: lineage, row: None });
    }

    /// Records that a schedule is no longer in force. Its secret goes, unless the key has rotated by it.
    pub(crate) fn end_schedule(&mut self, lineage: LineageId) {
        let Some(row) = self.state().keys.get(&lineage) else { return };
        let unused = row.rotation.as_ref().filter(|rotation| row.versions.runs().all(|run| run.seed != rotation.seed));
        if let Some(seed) = unused.map(|rotation| rotation.seed) {
            self.destroy(SecretName::RotationSeed(lineage, seed));
        }
        self.edit_row(lineage, |row| row.rotation = None);
    }

    /// Records that a schedule is in force from now on.
    pub(crate) fn begin_schedule(&mut self, lineage: LineageId, period: i64, seed: u32, now: Time) {
        let due = now.after(Span::from_days(period));
        let late = self.lateness(lineage, due);
        self.edit_row(lineage, |row| row.rotation = Some(Rotation { period, due, seed, late }.into()));
    }

    /// How late a rotation is in a world with such a lag, and until all related keys have the new material (LIF-244).
    fn lateness(&self, lineage: LineageId, due: Time) -> Span {
        let state = self.state();
        let late = lateness(&lineage.to_string(), due, state.lag(Lag::RotationLateness));
        late.and(state.sync_lag(lineage))
    }

    /// Records what is due of a schedule by `now`: the rotation at `at`, and those that follow it at their own dates. One
    /// that is late is so alone, and the dates of the others stay (LIF-52, LIF-53, LIF-64).
    pub(crate) fn rotate(&mut self, lineage: LineageId, at: Time, now: Time) -> Option<Happened> {
        let rotation = *self.state().keys.get(&lineage)?.rotation.as_deref()?;
        let keep_their_dates = at == rotation.due && self.state().lag(Lag::RotationLateness) == Span::default();
        let times = if keep_their_dates { rotation.times(now) } else { 1 };
        self.rotated(lineage, rotation, at, times, rotation.due)
    }

    /// Records the rotation that a key has missed while it was disabled or waited for its deletion: one, however many
    /// were due, and the next a period after it (LIF-57, LIF-61).
    pub(crate) fn catch_up(&mut self, arn: KeyArn, now: Time) -> Option<Happened> {
        let lineage = LineageId::of(arn);
        let row = self.state().keys.get(&lineage)?;
        let is_home = row.home().is_some_and(|home| home.region == arn.region && home.deletion.is_none());
        let missed = row.rotation.as_deref().copied().filter(|rotation| is_home && rotation.due <= now)?;
        self.rotated(lineage, missed, now, 1, now)
    }

    /// Records rotations of which the first is at `first`; the next is due as many periods after `from`.
    fn rotated(
        &mut self,
        lineage: LineageId,
        rotation: Rotation,
        first: Time,
        times: u32,
        from: Time,
    ) -> Option<Happened> {
        let Rotation { period, seed, .. } = rotation;
        let due = from.after(Span::from_days(period.saturating_mul(i64::from(times))));
        let late = self.lateness(lineage, due);
        let home = self.state().keys.get(&lineage)?.home()?.region;
        self.edit_row(lineage, |row| {
            row.versions.rotate(Run { seed, first, period, count: times });
            row.rotation = Some(Rotation { due, late, ..rotation }.into());
        });
        let what = Due::Rotation(lineage.in_region(home));
        Some(Happened { times, every: Span::from_days(period), ..Happened::once(first, what) })
    }

    /// When a key is deleted that begins its waiting period: at its end, unless the world has a lag (LIF-241).
    pub(crate) fn deletion_date(&self, arn: KeyArn, window: i64, from: Time) -> Time {
        let end = from.after(Span::from_days(window));
        end.after(lateness(&arn.to_string(), end, self.state().lag(Lag::DeletionLateness)))
    }

    /// Begins the waiting period of a primary key whose last replica is gone (LIF-232).
    fn begin_waiting(&mut self, lineage: LineageId, at: Time) {
        let waits = self.state().keys.get(&lineage).and_then(|row| match &row.regions[..] {
            [last] => last.deletion.filter(|deletion| deletion.date.is_none()).map(|deletion| (last.region, deletion)),
            _ => None,
        });
        if let Some((region, deletion)) = waits {
            let arn = lineage.in_region(region);
            let date = Some(self.deletion_date(arn, deletion.window, at));
            self.edit_key(arn, |key| key.deletion = Some(Deletion { date, ..deletion }));
        }
    }
}

/// What is recorded of policies, aliases, accounts and settings.
impl Draft<'_> {
    /// Records the policy of a key.
    pub(crate) fn put_policy(&mut self, arn: KeyArn, policy: Arc<PolicyRow>) {
        self.record(Change::Policies { key: arn, row: Some(policy) });
    }

    /// Records an account.
    pub(crate) fn put_account(&mut self, account: AccountId, row: AccountRow) {
        self.record(Change::Accounts { key: account, row: Some(Arc::new(row)) });
    }

    /// Records an alias.
    pub(crate) fn put_alias(&mut self, arn: AliasArn, row: AliasRow) {
        self.record(Change::Aliases { key: arn, row: Some(Arc::new(row)) });
    }

    /// Records that an alias is gone.
    pub(crate) fn remove_alias(&mut self, arn: AliasArn) {
        self.record(Change::Aliases { key: arn, row: None });
    }

    /// Records a setting, or that there is none.
    pub(crate) fn set(&mut self, name: SettingName, number: Option<u64>) {
        self.record(Change::Settings { key: name, row: number.map(|number| Arc::new(SettingRow { number })) });
    }
}
