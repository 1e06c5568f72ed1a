//! `AWS::KMS::Key`, `AWS::KMS::ReplicaKey` and `AWS::KMS::Alias`.

use super::Resource;
use crate::{
    data::{Data, Text},
    lint,
    problem::Problem,
    scene::{Alias, At, Key, Replica, Rotation, Scene},
};

/// Properties that CreateKey knows by the same names.
const SAME: [&str; 5] = ["Description", "KeySpec", "KeyUsage", "MultiRegion", "Origin"];

pub(super) fn key(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let scope = &resource.scope;
    let at = scope.stack().at.clone();
    let Some(step) = scope.all.steps.get(&(scope.place, resource.name)).cloned() else { return Ok(()) };
    let mut input = Vec::new();
    for name in SAME {
        let value = match name {
            "MultiRegion" => resource.truth(name)?.map(Data::Bool),
            _ => resource.text(name)?.map(Data::Text),
        };
        input.extend(value.map(|value| (name, value)));
    }
    let days = match resource.given("RotationPeriodInDays") {
        None => None,
        Some(days) => {
            Some(days.whole().ok_or_else(|| resource.wrong("RotationPeriodInDays", "a period is a number of days"))?)
        }
    };
    let rotates = resource.truth("EnableKeyRotation")?.unwrap_or(false);
    if resource.known("Origin")?.as_deref() == Some("EXTERNAL") {
        scene.assume(
            scope.stack().file,
            resource.node.place,
            scope.path(),
            "the key waits for its material: a template has none",
        );
    }
    scene.name(resource.name, resource.kind, at.key_arn(&Text::key_id(&step)));
    scene.keys.push(Key {
        step,
        at,
        input,
        tags: resource.tags()?,
        policy: policy(resource)?,
        rotation: rotates.then_some(Rotation { days }),
        enabled: resource.truth("Enabled")?.unwrap_or(true),
    });
    Ok(())
}

/// The key policy. One that nobody could change any more is refused, as CreateKey refuses it (P1-109, P2-336).
fn policy(resource: &Resource<'_, '_, '_>) -> Result<Option<Text>, Problem> {
    let Some(document) = resource.given("KeyPolicy") else { return Ok(None) };
    let policy = resource.json(document, "KeyPolicy")?;
    let is_bypassed = resource.truth("BypassPolicyLockoutSafetyCheck")?.unwrap_or(false);
    // Who may change it does not depend on ids of keys.
    let locks_out = || match document {
        Data::Text(text) => lint::locks_out_by_text(&text.filled("")),
        structure => lint::locks_out(&structure.to_node("")),
    };
    if !is_bypassed && locks_out() {
        let sentence =
            "nobody may change the policy of the key: KMS refuses it, unless BypassPolicyLockoutSafetyCheck is true";
        return Err(resource.wrong("KeyPolicy", sentence));
    }
    Ok(Some(policy))
}

pub(super) fn replica(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let scope = &resource.scope;
    let at = scope.stack().at.clone();
    resource.required("PrimaryKeyArn")?;
    let arn = resource.text("PrimaryKeyArn")?.unwrap_or_default();
    let fields = arn.split(":");
    let field = |place: usize| fields.get(place).and_then(|field| field.known()).unwrap_or_default();
    let id = arn.split("/").pop().unwrap_or_default();
    let primary =
        At::of(field(4), field(3)).map_err(|_| resource.wrong("PrimaryKeyArn", "this is not the ARN of a key"))?;
    if id.steps().next().is_none() {
        let why = "its primary key is not in what was read";
        scene.leave_out(scope.stack().file, resource.node.place, scope.path(), why);
        return Ok(());
    }
    scene.name(resource.name, resource.kind, at.key_arn(&id));
    scene.replicas.push(Replica {
        at,
        primary,
        id,
        description: resource.text("Description")?,
        tags: resource.tags()?,
        policy: resource.document("KeyPolicy")?,
        enabled: resource.truth("Enabled")?.unwrap_or(true),
    });
    Ok(())
}

pub(super) fn alias(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let scope = &resource.scope;
    resource.required("AliasName")?;
    resource.required("TargetKeyId")?;
    let name = resource.known("AliasName")?.unwrap_or_default();
    let target = resource.text("TargetKeyId")?.unwrap_or_default();
    if target.steps().next().is_none() {
        let why = "its key is not in what was read";
        scene.leave_out(scope.stack().file, resource.node.place, scope.path(), why);
        return Ok(());
    }
    scene.name(resource.name, resource.kind, name.as_str());
    scene.aliases.push(Alias { at: scope.stack().at.clone(), name, target });
    Ok(())
}
