//! Rotation of key material: by a schedule, on demand, and the list of what there was.

use super::{
    Execution, Subject,
    keys::{new_version, offered},
    pages::Pager,
};
use crate::{
    call::Stop,
    crypto::random::Random,
    error::Error,
    lags::Lag,
    names::{KeyArn, Region},
    shapes::*,
    state::{Draft, Due, Happened, Import, Key, LineageId, Rotating, Secret, SecretName, Since, State, Version},
    time::{Span, Time},
    wire::shape,
};

shape! {
    pub struct DisableKeyRotation -> () {
        KeyId key_id: Required KeyIdType,
    }

    pub struct EnableKeyRotation -> () {
        KeyId key_id: Required KeyIdType,
        RotationPeriodInDays rotation_period_in_days: Optional RotationPeriodInDaysType,
    }

    pub struct GetKeyRotationStatus -> GetKeyRotationStatusResponse {
        KeyId key_id: Required KeyIdType,
    }

    pub struct GetKeyRotationStatusResponse {
        KeyRotationEnabled key_rotation_enabled: Always BooleanType,
        KeyId key_id: Always KeyIdType,
        RotationPeriodInDays rotation_period_in_days: Optional RotationPeriodInDaysType,
        NextRotationDate next_rotation_date: Optional DateType,
        OnDemandRotationStartDate on_demand_rotation_start_date: Optional DateType,
    }

    pub struct ListKeyRotations -> ListKeyRotationsResponse {
        KeyId key_id: Required KeyIdType,
        IncludeKeyMaterial include_key_material: Optional IncludeKeyMaterial,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub struct ListKeyRotationsResponse {
        Rotations rotations: Always RotationsList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct RotateKeyOnDemand -> RotateKeyOnDemandResponse {
        KeyId key_id: Required KeyIdType,
    }

    pub struct RotateKeyOnDemandResponse {
        KeyId key_id: Always KeyIdType,
    }
}

/// The period of a schedule for which none is named, in days (LIF-11).
pub(super) const USUAL_PERIOD: i64 = 365;

/// How many rotations a key can be asked for in its life (LIF-13).
const ON_DEMAND_ROTATIONS: u32 = 25;

/// How long before a scheduled rotation none can be asked for (LIF-93).
const BEFORE_SCHEDULED: Span = Span::from_millis(20 * 60 * 1000);

/// Sets the schedule of a key; the clock starts now (LIF-46 to LIF-48).
pub(super) fn enable_key_rotation(request: EnableKeyRotation, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    check_rotates(key, execution)?;
    let asked = request.rotation_period_in_days;
    if key.rotation.as_ref().is_some_and(|rotation| asked.is_none_or(|period| period == rotation.period)) {
        return Ok(());
    }
    let (lineage, period) = (key.lineage(), asked.unwrap_or(USUAL_PERIOD));
    execution.draft.end_schedule(lineage);
    // A stream of its own, so that no other byte of the call is another one for it.
    let random = execution.random.stream(&format!("rotation of {lineage}"));
    let seed = new_seed(lineage, execution.call.region, &mut execution.draft, random);
    execution.draft.begin_schedule(lineage, period, seed, execution.call.now);
    Ok(())
}

/// The secret of a new schedule, and its number.
pub(super) fn new_seed(lineage: LineageId, region: Region, draft: &mut Draft<'_>, mut random: Random) -> u32 {
    let secret = Secret::random(&mut random);
    let name = |number| SecretName::RotationSeed(lineage, number);
    let is_free = |state: &State, number| !state.secrets.contains_key(&name(number));
    let mut number = region.partition().mark(u32::from_be_bytes(random.array()));
    while !is_free(draft.state(), number) {
        number = number.wrapping_add(8);
    }
    draft.put_secret(name(number), lineage, secret);
    number
}

/// Ends the schedule of a key; what it has made stays (LIF-51, LIF-82). A key that cannot rotate has none: as
/// floci's suite has it, AWS is content. LIF-81 leaves it open.
pub(super) fn disable_key_rotation(_: DisableKeyRotation, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let subject = execution.subject()?;
    execution.draft.end_schedule(LineageId::of(subject.arn));
    Ok(())
}

/// Tells the schedule of a key. While its deletion is pending, it has none (LIF-58); a replica has that of its primary key
/// (LIF-103).
pub(super) fn get_key_rotation_status(
    _: GetKeyRotationStatus,
    execution: &mut Execution<'_>,
) -> Result<GetKeyRotationStatusResponse, Stop> {
    let subject = execution.subject()?;
    let key = seen(&subject, execution)?;
    let is_masked = key.own().deletion.or(key.home().and_then(|home| home.deletion)).is_some();
    let schedule = key.rotation.as_ref().filter(|_| !is_masked);
    Ok(GetKeyRotationStatusResponse {
        key_rotation_enabled: schedule.is_some(),
        key_id: subject.arn.text(),
        rotation_period_in_days: schedule.map(|schedule| schedule.period),
        next_rotation_date: schedule.map(|schedule| schedule.due),
        on_demand_rotation_start_date: key.rotating.as_ref().map(|rotating| rotating.since),
    })
}

/// The key as others see it.
fn seen(subject: &Subject, execution: &Execution<'_>) -> Result<Key, Error> {
    execution.draft.state().seen_key(&subject.arn).map_or_else(|| subject.row().cloned(), Ok)
}

/// Gives a key new material at once, or makes that current which was imported for it (LIF-111, LIF-122).
pub(super) fn rotate_key_on_demand(
    _: RotateKeyOnDemand,
    execution: &mut Execution<'_>,
) -> Result<RotateKeyOnDemandResponse, Stop> {
    let subject = execution.subject()?;
    let (key, now) = (subject.row()?, execution.call.now);
    let reply = RotateKeyOnDemandResponse { key_id: subject.arn.text() };
    check_rotates(key, execution)?;
    let is_imported = key.origin == OriginType::External;
    if is_imported && key.pending_state(now) != Some(KeyMaterialState::PendingRotation) {
        return Err(Error::no_pending_material(subject.arn).into());
    }
    if key.rotating.is_some() {
        return Ok(reply);
    }
    if key.on_demand >= ON_DEMAND_ROTATIONS {
        return Err(Error::on_demand_rotations(subject.arn).into());
    }
    if key.rotation.as_ref().is_some_and(|rotation| rotation.due <= now.after(BEFORE_SCHEDULED)) {
        return Err(Error::scheduled_rotation_near().into());
    }
    if !is_imported {
        make_pending(subject.arn, key, execution)?;
    }
    if begin(key, now, &mut execution.draft) {
        execution.completed = Some(Box::new(Happened::once(now, Due::OnDemandRotation(subject.arn))));
    }
    Ok(reply)
}

/// Makes new material that waits for its rotation, in every Region of the key.
fn make_pending(arn: KeyArn, key: &Key, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let regions: Vec<_> = key.regions.iter().map(|own| own.region).collect();
    let id = new_version(arn, offered(key.spec, execution)?, &regions, execution)?;
    execution.draft.edit_row(key.lineage(), |row| row.versions.push(Version::pending(id)));
    Ok(())
}

/// Begins a rotation that was asked for. It is complete at once, unless the world has a lag, or a replica is being made
/// (LIF-112, LIF-244). Gives back whether it is.
fn begin(key: &Key, now: Time, draft: &mut Draft<'_>) -> bool {
    let state = draft.state();
    let takes = state.lag(Lag::OnDemandRotation).and(state.sync_lag(key.lineage()));
    let at_once = takes == Span::default() && key.is_made();
    draft.edit_row(key.lineage(), |row| {
        row.on_demand += 1;
        if at_once {
            row.versions.complete(now);
        } else {
            row.rotating = Some(Rotating { since: now, until: now.after(takes) }.into());
        }
    });
    at_once
}

/// Only symmetric encryption keys rotate (LIF-78, LIF-89).
fn check_rotates(key: &Key, execution: &Execution<'_>) -> Result<(), Error> {
    if execution.operation.suits(key.spec) { Ok(()) } else { Err(Error::key_spec()) }
}

/// Lists the rotations of a key that are complete, or all of its key materials (LIF-105 to LIF-110).
pub(super) fn list_key_rotations(
    request: ListKeyRotations,
    execution: &mut Execution<'_>,
) -> Result<ListKeyRotationsResponse, Stop> {
    let subject = execution.subject()?;
    let (key, now) = (&seen(&subject, execution)?, execution.call.now);
    let all = request.include_key_material == Some(IncludeKeyMaterial::AllKeyMaterial);
    if all && key.spec != KeySpec::SymmetricDefault {
        return Err(Error::key_spec().into());
    }
    let pager = Pager::new("ListKeyRotations", request.limit, request.marker.as_deref(), 100, 1000)
        .map_err(|_| Error::rotations_marker())?;
    let first = pager.after().map(|name| place(name, subject.arn).ok_or_else(Error::rotations_marker)).transpose()?;
    let is_rotation = |version: &Version| version.since.is_some_and(|since| since.by.is_some());
    let versions = (0_usize..).zip(key.versions());
    let versions = versions.filter(|(_, version)| all || is_rotation(version));
    let page = pager.page(versions.skip_while(|(at, _)| first.is_some_and(|last| *at <= last)), |(at, _)| {
        format!("{} {at}", subject.arn)
    });
    let truncated = page.truncated();
    let page = page.map(|(_, version)| entry(&version, subject.arn, key, now));
    Ok(ListKeyRotationsResponse { rotations: page.items, next_marker: page.next, truncated })
}

/// Reads the name of an entry, which holds for its own key alone (LIF-97).
fn place(name: &str, arn: KeyArn) -> Option<usize> {
    let (of, place) = name.split_once(' ')?;
    place.parse().ok().filter(|_| of == arn.to_string())
}

fn entry(version: &Version, arn: KeyArn, key: &Key, now: Time) -> RotationsListEntry {
    let is_imported = key.origin == OriginType::External;
    let import = key.imports(now).find(|import| import.id == version.id);
    let Since { at, by } = version.since.unwrap_or_default();
    RotationsListEntry {
        key_id: Some(arn.to_string()),
        key_material_id: Some(version.id.to_string()),
        key_material_description: version.description.as_deref().map(str::to_owned),
        import_state: is_imported.then(|| import.map_or(ImportState::PendingImport, |_| ImportState::Imported)),
        key_material_state: Some(state_of(version, key, now)),
        expiration_model: import.map(expiration_model),
        valid_to: import.and_then(|import| import.until),
        rotation_date: by.map(|_| at),
        rotation_type: by,
    }
}

fn state_of(version: &Version, key: &Key, now: Time) -> KeyMaterialState {
    match version.since {
        Some(_) if key.current() == Some(version.id) => KeyMaterialState::Current,
        Some(_) => KeyMaterialState::NonCurrent,
        None => key.pending_state(now).unwrap_or(KeyMaterialState::PendingRotation),
    }
}

fn expiration_model(import: &Import) -> ExpirationModelType {
    match import.until {
        Some(_) => ExpirationModelType::KeyMaterialExpires,
        None => ExpirationModelType::KeyMaterialDoesNotExpire,
    }
}
