//! The properties that the resources have which are read ("AWS resource and property types reference" of CloudFormation).

use pocket_kms::arguments::meant;

use super::Resource;
use crate::{data::Data, problem::Problem, scene::Scene};

/// The properties of a type; none where they are not looked at.
fn of(kind: &str) -> &'static [&'static str] {
    match kind {
        "AWS::KMS::Key" => &[
            "BypassPolicyLockoutSafetyCheck",
            "Description",
            "EnableKeyRotation",
            "Enabled",
            "KeyPolicy",
            "KeySpec",
            "KeyUsage",
            "MultiRegion",
            "Origin",
            "PendingWindowInDays",
            "RotationPeriodInDays",
            "Tags",
        ],
        "AWS::KMS::ReplicaKey" => {
            &["Description", "Enabled", "KeyPolicy", "PendingWindowInDays", "PrimaryKeyArn", "Tags"]
        }
        "AWS::KMS::Alias" => &["AliasName", "TargetKeyId"],
        "AWS::IAM::Role" => &[
            "AssumeRolePolicyDocument",
            "Description",
            "ManagedPolicyArns",
            "MaxSessionDuration",
            "Path",
            "PermissionsBoundary",
            "Policies",
            "RoleName",
            "Tags",
        ],
        "AWS::IAM::User" => &[
            "Groups",
            "LoginProfile",
            "ManagedPolicyArns",
            "Path",
            "PermissionsBoundary",
            "Policies",
            "Tags",
            "UserName",
        ],
        "AWS::IAM::Group" => &["GroupName", "ManagedPolicyArns", "Path", "Policies"],
        "AWS::IAM::ManagedPolicy" => {
            &["Description", "Groups", "ManagedPolicyName", "Path", "PolicyDocument", "Roles", "Users"]
        }
        "AWS::IAM::Policy" => &["Groups", "PolicyDocument", "PolicyName", "Roles", "Users"],
        "AWS::IAM::RolePolicy" => &["PolicyDocument", "PolicyName", "RoleName"],
        "AWS::IAM::UserPolicy" => &["PolicyDocument", "PolicyName", "UserName"],
        "AWS::IAM::GroupPolicy" => &["GroupName", "PolicyDocument", "PolicyName"],
        _ => &[],
    }
}

/// Refuses a property that is another one, misspelt, as `CloudFormation` does: without it the key would have the default
/// policy, and a test of the template would pass. What else is not known may be newer than this list, and is left out.
pub(super) fn check(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let (known, Data::Map(given)) = (of(resource.kind), &resource.properties) else { return Ok(()) };
    for (name, _) in given.iter().filter(|(name, _)| !known.is_empty() && !known.contains(&name.as_str())) {
        if let Some(meant) = meant(name, known) {
            let sentence = format!("{} has no property {name}: perhaps {meant} is meant", resource.kind);
            return Err(resource.wrong(name, sentence));
        }
        let node = resource.node.find(&["Properties", name]).unwrap_or(resource.node);
        let path = format!("{}.Properties.{name}", resource.scope.path());
        let why = format!("{} has no such property that is known here", resource.kind);
        scene.leave_out(resource.scope.stack().file, node.place, &path, why);
    }
    Ok(())
}
