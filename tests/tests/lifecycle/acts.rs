//! Random acts on few keys in three Regions, so that they meet.

use proptest::prelude::*;

use crate::model::{DAY, Instant, Kind, Material, REGIONS};

/// A key by a number: one of those that there are, or now and then one that may not be there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pick(pub(crate) usize);

/// How far time goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wait {
    Span(Instant),
    /// To the next deadline, and this much further.
    Deadline(Instant),
    /// To 20 minutes before the next scheduled rotation, and this much further; then that key is rotated on demand.
    Conflict(Instant),
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Create {
        kind: Kind,
        multi_region: bool,
        region: usize,
    },
    Describe(Pick),
    Enable(Pick),
    Disable(Pick),
    ScheduleDeletion {
        key: Pick,
        days: i64,
    },
    CancelDeletion(Pick),
    EnableRotation {
        key: Pick,
        period: Option<i64>,
    },
    DisableRotation(Pick),
    /// Once, and this many times again.
    RotateOnDemand {
        key: Pick,
        again: u32,
    },
    RotationStatus(Pick),
    ListRotations {
        key: Pick,
        all: bool,
        limit: i64,
    },
    Encrypt(Pick),
    Decrypt {
        sealed: usize,
        region: usize,
    },
    ReEncrypt {
        sealed: usize,
        to: Pick,
    },
    Import {
        key: Pick,
        bytes: Material,
        new: Option<bool>,
        stay: Option<Instant>,
        description: Option<String>,
    },
    DeleteMaterial {
        key: Pick,
        material: Option<Material>,
    },
    Replicate {
        key: Pick,
        to: usize,
    },
    UpdatePrimary {
        key: Pick,
        to: usize,
    },
    Wait(Wait),
    /// From now on the same calls are also made to a fork of the world.
    Fork,
    /// From now on the same calls are also made to a world that was read from a snapshot.
    Restore,
}

impl Act {
    /// The key that an act is about, by its number.
    pub(crate) const fn key(&self) -> Option<Pick> {
        match self {
            Self::Describe(key)
            | Self::Enable(key)
            | Self::Disable(key)
            | Self::CancelDeletion(key)
            | Self::DisableRotation(key)
            | Self::RotationStatus(key)
            | Self::Encrypt(key)
            | Self::ScheduleDeletion { key, .. }
            | Self::RotateOnDemand { key, .. }
            | Self::EnableRotation { key, .. }
            | Self::ListRotations { key, .. }
            | Self::Import { key, .. }
            | Self::DeleteMaterial { key, .. }
            | Self::Replicate { key, .. }
            | Self::UpdatePrimary { key, .. } => Some(*key),
            _ => None,
        }
    }
}

fn kinds() -> impl Strategy<Value = (Kind, bool)> {
    let kind = prop_oneof![
        6 => Just(Kind::Symmetric),
        5 => Just(Kind::Imported),
        1 => Just(Kind::Mac),
        1 => Just(Kind::Signing),
    ];
    (kind, any::<bool>())
}

fn waits() -> impl Strategy<Value = Wait> {
    let moment = prop::sample::select(vec![-1, 0, 1]);
    prop_oneof![
        3 => (0..5_i64).prop_map(Wait::Span),
        2 => (1..20_000_000_i64).prop_map(Wait::Span),
        4 => (1..40 * DAY).prop_map(Wait::Span),
        2 => (80..400_i64).prop_map(|days| Wait::Span(days * DAY)),
        1 => (1..60_i64).prop_map(|years| Wait::Span(years * 365 * DAY)),
        6 => moment.clone().prop_map(Wait::Deadline),
        3 => moment.prop_map(Wait::Conflict),
    ]
}

fn imports() -> impl Strategy<Value = Act> {
    let new = prop::option::weighted(0.7, prop::bool::weighted(0.6));
    let stay = prop::option::weighted(0.4, prop_oneof![1..5_i64, DAY..100 * DAY, Just(365 * DAY)]);
    let description = prop::option::weighted(0.2, prop::sample::select(vec!["", "one", "two"]).prop_map(str::to_owned));
    (picks(), 0..4_u32, new, stay, description).prop_map(|(key, bytes, new, stay, description)| Act::Import {
        key,
        bytes,
        new,
        stay,
        description,
    })
}

pub(crate) fn picks() -> impl Strategy<Value = Pick> {
    (0..400_usize).prop_map(Pick)
}

/// Keys come, go, and change their Regions.
fn of_keys() -> impl Strategy<Value = Act> {
    let region = || 0..REGIONS.len();
    prop_oneof![
        4 => (kinds(), region()).prop_map(|((kind, multi_region), region)| Act::Create { kind, multi_region, region }),
        2 => picks().prop_map(Act::Describe),
        3 => picks().prop_map(Act::Enable),
        3 => picks().prop_map(Act::Disable),
        4 => (picks(), 7..31_i64).prop_map(|(key, days)| Act::ScheduleDeletion { key, days }),
        2 => picks().prop_map(Act::CancelDeletion),
        4 => (picks(), region()).prop_map(|(key, to)| Act::Replicate { key, to }),
        3 => (picks(), region()).prop_map(|(key, to)| Act::UpdatePrimary { key, to }),
    ]
}

/// Their materials come and go.
fn of_materials() -> impl Strategy<Value = Act> {
    let period = prop::option::of(prop::sample::select(vec![90, 91, 365, 2560]));
    let all = (picks(), any::<bool>(), prop_oneof![1..4_i64, Just(1000)]);
    prop_oneof![
        4 => (picks(), period).prop_map(|(key, period)| Act::EnableRotation { key, period }),
        1 => picks().prop_map(Act::DisableRotation),
        5 => (picks(), prop_oneof![9 => Just(0), 1 => Just(25_u32)])
            .prop_map(|(key, again)| Act::RotateOnDemand { key, again }),
        2 => picks().prop_map(Act::RotationStatus),
        2 => all.prop_map(|(key, all, limit)| Act::ListRotations { key, all, limit }),
        7 => imports(),
        2 => (picks(), prop::option::of(0..4_u32)).prop_map(|(key, material)| Act::DeleteMaterial { key, material }),
    ]
}

/// They are used.
fn of_users() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => picks().prop_map(Act::Encrypt),
        3 => (any::<usize>(), 0..REGIONS.len()).prop_map(|(sealed, region)| Act::Decrypt { sealed, region }),
        2 => (any::<usize>(), picks()).prop_map(|(sealed, to)| Act::ReEncrypt { sealed, to }),
    ]
}

/// Two sets, one of imported material, with a replica each: half of the stories begin with them.
pub(crate) fn sets() -> Vec<Act> {
    vec![
        Act::Create { kind: Kind::Symmetric, multi_region: true, region: 0 },
        Act::Create { kind: Kind::Imported, multi_region: true, region: 1 },
        Act::Import { key: Pick(1), bytes: 0, new: None, stay: None, description: None },
        Act::Replicate { key: Pick(0), to: 1 },
        Act::Replicate { key: Pick(2), to: 2 },
    ]
}

/// Any act.
pub(crate) fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        24 => of_keys(),
        24 => of_materials(),
        8 => of_users(),
        16 => waits().prop_map(Act::Wait),
        1 => Just(Act::Fork),
        1 => Just(Act::Restore),
    ]
}

/// A story of fewer than `most` acts, and those with which it may begin.
pub(crate) fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    (any::<bool>(), prop::collection::vec(any_act(), 1..most))
        .prop_map(|(begun, acts)| if begun { [sets(), acts].concat() } else { acts })
}
