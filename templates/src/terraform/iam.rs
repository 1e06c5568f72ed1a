//! `aws_iam_*`.

use super::attributes::Attributes;
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::{Kind, ManagedPolicy, Principal, Scene, service_linked_name},
};

/// Inline policies of one principal: the attribute that names it.
const INLINE: [(&str, &str, Kind); 3] = [
    ("aws_iam_role_policy", "role", Kind::Role),
    ("aws_iam_user_policy", "user", Kind::User),
    ("aws_iam_group_policy", "group", Kind::Group),
];

/// Attachments of managed policies to one principal.
const ATTACHMENTS: [(&str, &str, Kind); 3] = [
    ("aws_iam_role_policy_attachment", "role", Kind::Role),
    ("aws_iam_user_policy_attachment", "user", Kind::User),
    ("aws_iam_group_policy_attachment", "group", Kind::Group),
];

/// Whether a resource adds something to principals that other resources are.
pub(super) fn is_attachment(kind: &str) -> bool {
    let all = INLINE.iter().chain(&ATTACHMENTS);
    all.map(|(known, _, _)| *known).any(|known| known == kind)
        || matches!(kind, "aws_iam_policy_attachment" | "aws_iam_user_group_membership" | "aws_iam_group_membership")
}

/// Reads a resource, if it is a principal or a managed policy.
pub(super) fn read(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<bool, Problem> {
    match of.own.kind {
        "aws_iam_role" => principal(of, Kind::Role, scene)?,
        "aws_iam_user" => principal(of, Kind::User, scene)?,
        "aws_iam_group" => principal(of, Kind::Group, scene)?,
        "aws_iam_policy" => managed_policy(of, scene)?,
        "aws_iam_service_linked_role" => service_linked(of, scene)?,
        // What is in them is in the resources that they are about.
        "aws_iam_instance_profile"
        | "aws_iam_role_policies_exclusive"
        | "aws_iam_role_policy_attachments_exclusive" => {}
        _ => return Ok(false),
    }
    Ok(true)
}

fn service_linked(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let service = of.known("aws_service_name")?.unwrap_or_default();
    let suffix = of.known("custom_suffix")?.filter(|suffix| !suffix.is_empty());
    let named = service_linked_name(&service, suffix.as_deref());
    let path = format!("/aws-service-role/{service}/");
    match of.known("arn")?.or(named.map(|name| of.own.at.principal_arn(Kind::Role, &path, &name))) {
        Some(arn) => {
            scene.name(of.own.address.as_str(), of.own.kind, arn.as_str());
            scene.declare(Principal::new(Kind::Role, arn));
        }
        None => left_out(of, scene, "the name of the role that its service gives itself is not known here"),
    }
    Ok(())
}

fn left_out(of: &Attributes<'_, '_>, scene: &mut Scene, why: &str) {
    scene.leave_out(of.own.file, of.own.values.place, &of.own.address, why);
}

const LATER: &str = "what the policy says is known only once the plan is applied: the output for the state has it";

const WHOSE: &str = "whose it is, is known only once the plan is applied: the output for the state has it";

fn arn(of: &Attributes<'_, '_>, kind: &str) -> Result<String, Problem> {
    of.known("arn")?.ok_or_else(|| of.wrong("arn", format!("the ARN of the {kind} is not known")))
}

fn principal(of: &Attributes<'_, '_>, kind: Kind, scene: &mut Scene) -> Result<(), Problem> {
    let arn = arn(of, kind.word())?;
    let mut principal = Principal::new(kind, arn.clone());
    if kind == Kind::Role {
        principal.trust = of.text("assume_role_policy")?.filter(|text| text.len() > 0);
        principal.longest_session = of.known("max_session_duration")?;
        for policy in of.known_list("managed_policy_arns")? {
            principal.attach(policy);
        }
        for policy in of.get("inline_policy")?.unwrap_or(Data::Null).elements() {
            let name = policy.member("name").and_then(Data::known);
            if let (Some(name), Some(document)) = (name, policy.member("policy").and_then(Data::to_text)) {
                principal.put_policy(&name, document);
            }
        }
    }
    principal.boundary = of.known("permissions_boundary")?.filter(|arn| !arn.is_empty());
    if kind != Kind::Group {
        let tags = of.tags()?;
        principal.tags = tags.into_iter().filter_map(|(key, value)| Some((key, value.known()?.to_owned()))).collect();
    }
    scene.name(of.own.address.as_str(), of.own.kind, arn);
    scene.declare(principal);
    Ok(())
}

fn managed_policy(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let arn = arn(of, "policy")?;
    match of.text("policy")? {
        Some(document) => {
            scene.name(of.own.address.as_str(), of.own.kind, arn.as_str());
            scene.policies.push(ManagedPolicy { arn, document });
        }
        None => left_out(of, scene, LATER),
    }
    Ok(())
}

/// Adds something to principals.
pub(super) fn attach(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let holder = |attribute: &str, kind: Kind| -> Result<Option<String>, Problem> {
        Ok(of.known(attribute)?.map(|name| of.own.at.principal_arn(kind, "/", &name)))
    };
    if let Some((_, attribute, kind)) = INLINE.iter().find(|(known, _, _)| *known == of.own.kind) {
        let document: Option<Text> = of.text("policy")?;
        match (holder(attribute, *kind)?, document) {
            (Some(holder), Some(document)) => {
                scene.principal(*kind, &holder).put_policy(&inline_name(of)?, document);
            }
            (None, _) => left_out(of, scene, WHOSE),
            (_, None) => left_out(of, scene, LATER),
        }
        return Ok(());
    }
    if let Some((_, attribute, kind)) = ATTACHMENTS.iter().find(|(known, _, _)| *known == of.own.kind) {
        match (holder(attribute, *kind)?, of.known("policy_arn")?) {
            (Some(holder), Some(arn)) => scene.principal(*kind, &holder).attach(arn),
            (None, _) => left_out(of, scene, WHOSE),
            (_, None) => left_out(of, scene, "which policy it attaches is not known"),
        }
        return Ok(());
    }
    memberships(of, scene)
}

/// The name of an inline policy; one that the provider makes up is another one for each resource, also after one prefix.
fn inline_name(of: &Attributes<'_, '_>) -> Result<String, Problem> {
    if let Some(name) = of.known("name")? {
        return Ok(name);
    }
    let prefix = of.known("name_prefix")?.unwrap_or_default();
    Ok(format!("{prefix}{}", of.own.address.replace(['.', '[', ']', '"'], "-")))
}

fn memberships(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let at = &of.own.at;
    match of.own.kind {
        "aws_iam_policy_attachment" => {
            let Some(policy) = of.known("policy_arn")? else {
                left_out(of, scene, "which policy it attaches is not known");
                return Ok(());
            };
            for (attribute, kind) in [("roles", Kind::Role), ("users", Kind::User), ("groups", Kind::Group)] {
                let names = of.known_list(attribute)?;
                if names.is_empty() && of.is_expected(attribute) {
                    left_out(of, scene, WHOSE);
                }
                for name in names {
                    scene.principal(kind, &at.principal_arn(kind, "/", &name)).attach(policy.clone());
                }
            }
        }
        "aws_iam_user_group_membership" => {
            let Some(user) = of.known("user")? else {
                left_out(of, scene, WHOSE);
                return Ok(());
            };
            let groups = of.known_list("groups")?;
            scene.principal(Kind::User, &at.principal_arn(Kind::User, "/", &user)).groups.extend(groups);
        }
        _ => {
            let Some(group) = of.known("group")? else {
                left_out(of, scene, WHOSE);
                return Ok(());
            };
            for user in of.known_list("users")? {
                scene.principal(Kind::User, &at.principal_arn(Kind::User, "/", &user)).groups.push(group.clone());
            }
        }
    }
    Ok(())
}
