//! The roles of SAM's functions and state machines.

use super::Resource;
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::{Kind, Principal, Scene},
    text::Node,
};

/// Policy templates of SAM that speak of KMS: the parameter that is the key, and the actions (AWS SAM Developer Guide, "Policy
/// template list").
const TEMPLATES: [(&str, &str, &str); 2] =
    [("KMSDecryptPolicy", "KeyId", "kms:Decrypt"), ("KMSEncryptPolicy", "KeyId", "kms:Encrypt")];

pub(super) fn role(resource: &Resource<'_, '_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let (scope, is_function) = (&resource.scope, resource.kind == "AWS::Serverless::Function");
    let globals = scope.stack().node.find(&["Globals", "Function"]).filter(|_| is_function);
    let global = |property: &str| {
        let node = globals.and_then(|globals| globals.member(property));
        node.map(|node: &Node| scope.some(node)).transpose()
    };
    // A function that says its role has no other.
    if resource.given("Role").is_some() || global("Role")?.is_some_and(|role| role != Data::Null) {
        return Ok(());
    }
    let (service, basic) = if is_function { ("lambda.amazonaws.com", true) } else { ("states.amazonaws.com", false) };
    let name = format!("{}Role", resource.name);
    let arn = scope.attribute_of(&name, "Arn", resource.node)?;
    let arn = arn.known().unwrap_or_default().to_owned();
    let mut principal = Principal::new(Kind::Role, arn.clone());
    let trust = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
    );
    principal.trust = Some(resource.document("AssumeRolePolicyDocument")?.unwrap_or_else(|| Text::from(trust)));
    let boundary = global("PermissionsBoundary")?.and_then(|boundary| boundary.known());
    principal.boundary = resource.known("PermissionsBoundary")?.or(boundary);
    if basic {
        let partition = &scope.stack().at.partition;
        principal.attach(format!("arn:{partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
    }
    for policy in resource.given("Policies").map(Data::elements).unwrap_or_default() {
        attach(resource, policy, &mut principal, scene)?;
    }
    scene.name(name, "AWS::IAM::Role", arn);
    scene.declare(principal);
    Ok(())
}

/// A policy of SAM: the name or ARN of a managed one, a document, or a template with its parameters.
fn attach(
    resource: &Resource<'_, '_, '_>,
    policy: &Data,
    principal: &mut Principal,
    scene: &mut Scene,
) -> Result<(), Problem> {
    if let Some(name) = policy.known() {
        let partition = &resource.scope.stack().at.partition;
        principal.attach(if name.starts_with("arn:") {
            name
        } else {
            format!("arn:{partition}:iam::aws:policy/{name}")
        });
        return Ok(());
    }
    if policy.member("Statement").is_some() {
        let number = principal.policies.len();
        principal.put_policy(&format!("{}RolePolicy{number}", resource.name), policy.to_json());
        return Ok(());
    }
    let [(template, parameters)] = policy.members() else {
        return Err(resource.wrong("Policies", "a policy is a name, a document, or a template with its parameters"));
    };
    let Some((_, parameter, action)) = TEMPLATES.iter().find(|(name, _, _)| name == template) else {
        let scope = &resource.scope;
        let why = format!("the policy template {template:.100} is taken to say nothing of KMS");
        scene.assume(scope.stack().file, resource.node.place, scope.path(), why);
        return Ok(());
    };
    let key = parameters.member(parameter).and_then(Data::to_text);
    let key = key.ok_or_else(|| resource.wrong("Policies", format!("{template} takes a {parameter}")))?;
    let at = &resource.scope.stack().at;
    let statement = [
        ("Effect".to_owned(), Data::Text(Text::from("Allow"))),
        ("Action".to_owned(), Data::Text(Text::from(*action))),
        ("Resource".to_owned(), Data::Text(at.key_arn(&key))),
    ];
    let document = [
        ("Version".to_owned(), Data::Text(Text::from("2012-10-17"))),
        ("Statement".to_owned(), Data::List(vec![Data::Map(statement.into())])),
    ];
    let number = principal.policies.len();
    principal.put_policy(&format!("{}RolePolicy{number}", resource.name), Data::Map(document.into()).to_json());
    Ok(())
}
