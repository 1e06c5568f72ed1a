//! Whether what a key shows of itself is what the model knows of it.

use pocket_kms::{Time, Value};

use crate::{
    driver::{Driver, member},
    model::{Deletion, Instant, Kind, Material, Place, REGIONS, Rotated, Schedule, Set},
    story::Story,
};

fn instant(at: Instant) -> Value {
    Value::Time(Time::from_millis(at))
}

/// LIF-100, LIF-101: two members, or four.
pub(crate) fn check_status(arn: &str, schedule: Option<Schedule>, reply: &Value) {
    let mut wanted = vec![("KeyId", Value::from(arn)), ("KeyRotationEnabled", Value::Bool(schedule.is_some()))];
    if let Some(Schedule { period, due }) = schedule {
        wanted.extend([("RotationPeriodInDays", Value::Int(period)), ("NextRotationDate", instant(due))]);
    }
    same_members(wanted, reply);
}

/// Exactly these members, in whatever order.
fn same_members(mut wanted: Vec<(&str, Value)>, found: &Value) {
    let Value::Map(members) = found else { panic!("no object: {found:?}") };
    let mut found: Vec<(&str, Value)> = members.iter().map(|(name, value)| (&**name, value.clone())).collect();
    wanted.sort_by(|a, b| a.0.cmp(b.0));
    found.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(found, wanted);
}

/// DescribeKey, as far as time and lineage go.
pub(crate) fn check_metadata(story: &mut Story, key: Place, found: &Value) {
    let (set, region) = (&story.model.sets[key.0], key.1);
    let own = &set.keys[&region];
    let state = set.state(region);
    assert_eq!(found.member("KeyState"), Some(&Value::from(state)), "{key:?}");
    assert_eq!(found.member("Enabled"), Some(&Value::Bool(state == "Enabled")), "{key:?} (LIF-437)");
    let (date, window) = match own.deletion {
        Some(Deletion::At(at)) => (Some(instant(at)), None),
        Some(Deletion::Waiting(days)) => (None, Some(Value::Int(days))),
        None => (None, None),
    };
    assert_eq!(found.member("DeletionDate"), date.as_ref(), "{key:?}");
    assert_eq!(found.member("PendingDeletionWindowInDays"), window.as_ref(), "{key:?}");
    let (model, until) = expiration(set, region);
    assert_eq!(found.member("ExpirationModel"), model.map(Value::from).as_ref(), "{key:?} (LIF-135)");
    assert_eq!(found.member("ValidTo"), until.map(instant).as_ref(), "{key:?} (LIF-135)");
    check_relations(&story.driver, key, set, found);
    let current = set.current().filter(|_| matches!(set.kind, Kind::Symmetric | Kind::Imported));
    match (current, found.member("CurrentKeyMaterialId").and_then(Value::as_text)) {
        (Some(material), Some(id)) => story.driver.learn(key.0, material, id),
        (None, None) => {}
        (wanted, found) => panic!("{key:?}: the current material is {found:?}, not {wanted:?}"),
    }
}

/// The earliest end of the permanent materials that are present (LIF-135).
fn expiration(set: &Set, region: usize) -> (Option<&'static str>, Option<Instant>) {
    let present = &set.keys[&region].present;
    let ends: Vec<_> = set.permanent.iter().filter_map(|(material, _)| present.get(material).copied()).collect();
    match (ends.is_empty(), ends.iter().copied().flatten().min()) {
        (true, _) => (None, None),
        (false, None) => (Some("KEY_MATERIAL_DOES_NOT_EXPIRE"), None),
        (false, until) => (Some("KEY_MATERIAL_EXPIRES"), until),
    }
}

/// One primary and its replicas, the same in all of them (LIF-194, LIF-434).
fn check_relations(driver: &Driver, key: Place, set: &Set, found: &Value) {
    assert_eq!(found.member("MultiRegion"), Some(&Value::Bool(set.multi_region)), "{key:?}");
    let Some(relations) = found.member("MultiRegionConfiguration") else {
        assert!(!set.multi_region, "{key:?} has no relations");
        return;
    };
    let named = |region: usize| {
        Value::from([("Arn", Value::from(driver.arn((key.0, region)))), ("Region", Value::from(REGIONS[region]))])
    };
    let role = if set.is_replica(key.1) { "REPLICA" } else { "PRIMARY" };
    assert_eq!(relations.member("MultiRegionKeyType"), Some(&Value::from(role)), "{key:?}");
    assert_eq!(relations.member("PrimaryKey"), Some(&named(set.primary)), "{key:?}");
    let Value::List(replicas) = member(relations, "ReplicaKeys") else { panic!("no list: {relations:?}") };
    let wanted: Vec<_> =
        set.keys.keys().filter(|region| **region != set.primary).map(|region| named(*region)).collect();
    assert_eq!(replicas.len(), wanted.len(), "{key:?}: {replicas:?}");
    assert!(wanted.iter().all(|replica| replicas.contains(replica)), "{key:?}: {replicas:?}, not {wanted:?}");
}

/// ListKeyRotations: what is listed, in its order, with all that is known of each (LIF-105 to LIF-110).
pub(crate) fn check_list(story: &mut Story, key: Place, all: bool, found: &[Value]) {
    let set = story.model.sets[key.0].clone();
    if !matches!(set.kind, Kind::Symmetric | Kind::Imported) {
        assert!(found.is_empty(), "{key:?}: {found:?}");
        return;
    }
    let permanent = set.permanent.iter().filter(|(_, rotated)| all || rotated.is_some());
    let mut wanted: Vec<(Material, Option<Rotated>)> = permanent.copied().collect();
    wanted.extend(set.pending.filter(|_| all).map(|pending| (pending, None)));
    assert_eq!(found.len(), wanted.len(), "{key:?}: {found:?}, not {wanted:?}");
    let arn = story.driver.arn(key);
    for ((material, rotated), entry) in wanted.into_iter().zip(found) {
        let id = member(entry, "KeyMaterialId").as_text().expect("an id");
        story.driver.learn(key.0, material, id);
        let mut members = vec![("KeyId", Value::from(arn.as_str())), ("KeyMaterialId", Value::from(id))];
        members.push(("KeyMaterialState", Value::from(material_state(&set, material))));
        if let Some(Rotated { at, on_demand }) = rotated {
            let kind = if on_demand { "ON_DEMAND" } else { "AUTOMATIC" };
            members.extend([("RotationDate", instant(at)), ("RotationType", Value::from(kind))]);
        }
        if set.kind == Kind::Imported {
            members.extend(of_import(&set, key.1, material));
        }
        same_members(members, entry);
    }
}

fn material_state(set: &Set, material: Material) -> &'static str {
    match (set.pending == Some(material), set.current() == Some(material)) {
        (true, _) if set.is_ready() => "PENDING_ROTATION",
        (true, _) => "PENDING_MULTI_REGION_IMPORT_AND_ROTATION",
        (_, true) => "CURRENT",
        _ => "NON_CURRENT",
    }
}

/// What an entry says of an imported material in one Region (LIF-108).
fn of_import(set: &Set, region: usize, material: Material) -> Vec<(&'static str, Value)> {
    let present = set.keys[&region].present.get(&material);
    let state = if present.is_some() { "IMPORTED" } else { "PENDING_IMPORT" };
    let mut members = vec![("ImportState", Value::from(state))];
    let description = set.descriptions.get(&material).filter(|text| !text.is_empty());
    members.extend(description.map(|text| ("KeyMaterialDescription", Value::from(text.as_str()))));
    match present {
        Some(Some(until)) => {
            members.extend([("ExpirationModel", "KEY_MATERIAL_EXPIRES".into()), ("ValidTo", instant(*until))]);
        }
        Some(None) => members.push(("ExpirationModel", "KEY_MATERIAL_DOES_NOT_EXPIRE".into())),
        None => {}
    }
    members
}
