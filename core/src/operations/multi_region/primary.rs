//! UpdatePrimaryRegion.

use super::{UpdatePrimaryRegion, transition};
use crate::{
    call::Stop,
    error::Error,
    lags::Lag,
    names::Region,
    operations::{Execution, Subject},
    state::{LineageId, Transition},
};

/// Makes a replica the primary key, and the primary key a replica (P4-204). Nothing else of them changes (LIF-226). While
/// that takes its time, both are updating, and the new primary key is one already (LIF-224).
pub(in crate::operations) fn update_primary_region(
    request: UpdatePrimaryRegion,
    execution: &mut Execution<'_>,
) -> Result<(), Stop> {
    let primary = execution.subject()?;
    let named = Region::parse(&request.primary_region);
    if named == Some(primary.arn.region) {
        return Ok(());
    }
    let replica = named.and_then(|region| related(&primary, region));
    let replica = replica.ok_or_else(|| Error::no_replica_in(&request.primary_region))?;
    execution.authorize(&replica, &request)?;
    execution.gate_state(&replica)?;
    let (from, to) = (primary.arn.region, replica.arn.region);
    let updating = transition(Transition::Updating, Lag::PrimaryUpdate, execution);
    execution.draft.edit_row(LineageId::of(primary.arn), |row| {
        row.primary = Some(to);
        for own in row.regions.iter_mut().filter(|own| own.region == from || own.region == to) {
            own.transition = updating;
        }
    });
    Ok(())
}

/// The related key of another Region.
fn related(subject: &Subject, region: Region) -> Option<Subject> {
    let mut other = subject.clone();
    other.row = Some(subject.row.as_ref()?.related(region)?);
    other.arn.region = region;
    Some(other)
}
