//! `AWS::IAM::*`.

use super::Resource;
use crate::{
    data::Data,
    problem::Problem,
    scene::{Kind, ManagedPolicy, Principal, Scene, service_linked_name},
};

/// Those to whom a policy is attached: the property that names them.
const ATTACHED: [(&str, Kind); 3] = [("Roles", Kind::Role), ("Users", Kind::User), ("Groups", Kind::Group)];

pub(super) fn principal(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let kind = match resource.kind {
        "AWS::IAM::Role" => Kind::Role,
        "AWS::IAM::User" => Kind::User,
        _ => Kind::Group,
    };
    let arn = resource.scope.iam_arn(resource.name, resource.node)?;
    let mut principal = Principal::new(kind, arn.clone());
    if kind == Kind::Role {
        principal.trust = resource.document("AssumeRolePolicyDocument")?;
        principal.longest_session = resource.known("MaxSessionDuration")?;
    }
    principal.boundary = resource.known("PermissionsBoundary")?;
    principal.groups = resource.known_list("Groups")?;
    for arn in resource.known_list("ManagedPolicyArns")? {
        principal.attach(arn);
    }
    for policy in resource.given("Policies").map(Data::elements).unwrap_or_default() {
        let name = policy.member("PolicyName").and_then(Data::known);
        let (Some(name), Some(document)) = (name, policy.member("PolicyDocument")) else {
            return Err(resource.wrong("Policies", "a policy has a PolicyName and a PolicyDocument"));
        };
        principal.put_policy(&name, resource.json(document, "Policies")?);
    }
    if kind != Kind::Group {
        for (key, value) in resource.tags()? {
            let value = value
                .known()
                .ok_or_else(|| resource.wrong("Tags", "a tag of a principal cannot have the id of a key"))?;
            principal.tags.push((key, value.to_owned()));
        }
    }
    scene.name(resource.name, resource.kind, arn);
    scene.declare(principal);
    Ok(())
}

/// Roles of services, with the names that the services give them.
pub(super) fn service_linked(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let service = resource.known("AWSServiceName")?.unwrap_or_default();
    let suffix = resource.known("CustomSuffix")?;
    let Some(name) = service_linked_name(&service, suffix.as_deref()) else {
        let scope = &resource.scope;
        let why = format!("the name of the role that {service:.100} gives itself is not known here");
        scene.leave_out(scope.stack().file, resource.node.place, scope.path(), why);
        return Ok(());
    };
    let path = format!("/aws-service-role/{service}/");
    let arn = resource.scope.stack().at.principal_arn(Kind::Role, &path, &name);
    scene.name(resource.name, resource.kind, arn.as_str());
    scene.declare(Principal::new(Kind::Role, arn));
    Ok(())
}

pub(super) fn managed_policy(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    resource.required("PolicyDocument")?;
    let arn = resource.scope.iam_arn(resource.name, resource.node)?;
    let document = resource.document("PolicyDocument")?.unwrap_or_default();
    scene.name(resource.name, resource.kind, arn.as_str());
    scene.policies.push(ManagedPolicy { arn: arn.clone(), document });
    for (property, kind) in ATTACHED {
        for name in resource.known_list(property)? {
            let holder = resource.scope.stack().at.principal_arn(kind, "/", &name);
            scene.principal(kind, &holder).attach(arn.clone());
        }
    }
    Ok(())
}

pub(super) fn policy(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    resource.required("PolicyDocument")?;
    let document = resource.document("PolicyDocument")?.unwrap_or_default();
    let name = resource.known("PolicyName")?.unwrap_or_else(|| resource.name.to_owned());
    for (property, kind) in ATTACHED {
        for holder in resource.known_list(property)? {
            let holder = resource.scope.stack().at.principal_arn(kind, "/", &holder);
            scene.principal(kind, &holder).put_policy(&name, document.clone());
        }
    }
    Ok(())
}

/// A policy of one principal, which it names.
pub(super) fn own_policy(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let (property, kind) = match resource.kind {
        "AWS::IAM::RolePolicy" => ("RoleName", Kind::Role),
        "AWS::IAM::UserPolicy" => ("UserName", Kind::User),
        _ => ("GroupName", Kind::Group),
    };
    resource.required(property)?;
    let holder = resource.known(property)?.unwrap_or_default();
    // Without a document there is nothing that the policy says.
    let Some(document) = resource.document("PolicyDocument")? else { return Ok(()) };
    let name = resource.known("PolicyName")?.unwrap_or_else(|| resource.name.to_owned());
    let holder = resource.scope.stack().at.principal_arn(kind, "/", &holder);
    scene.principal(kind, &holder).put_policy(&name, document);
    Ok(())
}

pub(super) fn addition(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    resource.required("GroupName")?;
    let group = resource.known("GroupName")?.unwrap_or_default();
    for user in resource.known_list("Users")? {
        let arn = resource.scope.stack().at.principal_arn(Kind::User, "/", &user);
        scene.principal(Kind::User, &arn).groups.push(group.clone());
    }
    Ok(())
}
