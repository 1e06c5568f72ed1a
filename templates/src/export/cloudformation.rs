//! Templates of CloudFormation: one for each account and Region, and the manifest of an assembly, which says which is which.

use pocket_kms::{Value, wire::Members};

use super::{
    Export, cli,
    documents::rewritten,
    inventory::{Inventory, Key, Principal},
    pretty,
};
use crate::lint;

/// What is deployed in one account and Region.
struct Stack<'i, 'a> {
    all: &'i Inventory<'a>,
    account: &'a str,
    region: &'a str,
    /// Whether what is the account's stands in it.
    has_principals: bool,
}

pub(super) fn write(inventory: &Inventory<'_>, export: &mut Export) {
    let mut stacks: Vec<Stack<'_, '_>> = Vec::new();
    let places = inventory.keys.iter().map(|key| (key.account, key.region));
    let principals = inventory.principals.iter().map(|principal| (principal.account, "us-east-1"));
    let policies = inventory.policies.iter().map(|(arn, _)| (arn.split(':').nth(4).unwrap_or_default(), "us-east-1"));
    for (account, region) in places.chain(principals).chain(policies) {
        let of_account = stacks.iter().any(|stack| stack.account == account);
        let is_known = stacks.iter().any(|stack| (stack.account, stack.region) == (account, region));
        // Principals need no Region of their own.
        let is_needed = !of_account || inventory.keys.iter().any(|key| (key.account, key.region) == (account, region));
        if !is_known && is_needed {
            stacks.push(Stack { all: inventory, account, region, has_principals: !of_account });
        }
    }
    let mut artifacts = Members::new();
    for stack in &stacks {
        let name = format!("{}-{}", stack.account, stack.region);
        let file = format!("{name}.template.json");
        let environment = format!("aws://{}/{}", stack.account, stack.region);
        let artifact = Value::from([
            ("type", Value::from("aws:cloudformation:stack")),
            ("environment", Value::from(environment)),
            ("properties", Value::from([("templateFile", Value::from(file.as_str()))])),
        ]);
        artifacts.push((name.into(), artifact));
        export.files.push((file, pretty(&stack.template())));
    }
    let manifest = Value::from([("version", Value::from("48.0.0")), ("artifacts", Value::Map(artifacts))]);
    export.files.insert(0, ("manifest.json".to_owned(), pretty(&manifest)));
    let is_in_stack = |key: &Key<'_>| key.text("customKeyStoreId").is_none();
    let granted = |key: &&Key<'_>| is_in_stack(key) && !key.grants().is_empty();
    for key in inventory.keys.iter().filter(granted) {
        export.leave_out(key.arn, "the grants of the key: CloudFormation has none, and grants.sh creates them");
    }
    if let Some(script) = cli::grants(inventory, &is_in_stack) {
        export.files.push(("grants.sh".to_owned(), script));
    }
    for key in inventory.keys.iter().filter(|key| key.exists && key.policy.is_some()) {
        export
            .leave_out(key.arn, "the key is there already: import it into the stack, which then gives it this policy");
    }
    inventory.leave_out_what_has_no_material(export);
    for key in inventory.keys.iter().filter(|key| key.text("customKeyStoreId").is_some()) {
        export.leave_out(key.arn, "CloudFormation makes no keys in custom key stores");
    }
}

impl Stack<'_, '_> {
    fn template(&self) -> Value {
        let mut resources = Members::new();
        let mut outputs = Members::new();
        let here = |key: &&Key<'_>| (key.account, key.region) == (self.account, self.region);
        // Of a key that is there already, a template can say the policy alone.
        let is_written = |key: &&Key<'_>| {
            let is_early = key.is_replica && key.waits();
            key.text("customKeyStoreId").is_none() && !is_early && (!key.exists || key.policy.is_some())
        };
        for key in self.all.keys.iter().filter(here).filter(is_written) {
            let mut written = self.key(key);
            if let (true, Value::Map(members)) = (key.exists, &mut written) {
                members.push(("DeletionPolicy".into(), Value::from("Retain")));
            }
            resources.push((key.name.clone().into(), written));
            if key.exists {
                continue;
            }
            for (number, alias) in (1..).zip(key.list("aliases")) {
                let properties = [("AliasName", alias.clone()), ("TargetKeyId", reference(&key.name))];
                resources.push((format!("{}Alias{number}", key.name).into(), resource("AWS::KMS::Alias", properties)));
            }
            let export = Value::from([("Name", Value::from(exported(key)))]);
            outputs.push((
                format!("{}Id", key.name).into(),
                Value::from([("Value", reference(&key.name)), ("Export", export)]),
            ));
        }
        if self.has_principals {
            self.principals(&mut resources);
        }
        Value::from([
            ("AWSTemplateFormatVersion", Value::from("2010-09-09")),
            ("Resources", Value::Map(resources)),
            ("Outputs", Value::Map(outputs)),
        ])
    }

    fn principals(&self, resources: &mut Members) {
        for (number, (arn, document)) in (1..).zip(&self.all.policies) {
            let fields: Vec<&str> = arn.splitn(6, ':').collect();
            let [_, _, _, _, account, path] = fields[..] else { continue };
            if account != self.account {
                continue;
            }
            let (path, name) = path.strip_prefix("policy").unwrap_or(path).rsplit_once('/').unwrap_or(("", path));
            let properties = [
                ("ManagedPolicyName", Value::from(name)),
                ("Path", Value::from(format!("{path}/"))),
                ("PolicyDocument", self.document(document, None)),
            ];
            resources.push((format!("Policy{number}").into(), resource("AWS::IAM::ManagedPolicy", properties)));
        }
        let own = self.all.principals.iter().filter(|principal| principal.account == self.account);
        for principal in own {
            if principal.exists {
                self.policies_of(principal, resources);
                continue;
            }
            let written = match principal.service() {
                None => self.principal(principal),
                Some((_, None)) => continue,
                Some((service, Some(suffix))) => {
                    let mut properties = vec![("AWSServiceName", Value::from(service))];
                    properties.extend((!suffix.is_empty()).then(|| ("CustomSuffix", Value::from(suffix))));
                    resource("AWS::IAM::ServiceLinkedRole", properties)
                }
            };
            resources.push((principal.name.clone().into(), written));
        }
    }

    /// The policies of a principal that is there already.
    fn policies_of(&self, principal: &Principal<'_>, resources: &mut Members) {
        let (kind, holder) = match principal.kind {
            "role" => ("AWS::IAM::RolePolicy", "RoleName"),
            "user" => ("AWS::IAM::UserPolicy", "UserName"),
            _ => ("AWS::IAM::GroupPolicy", "GroupName"),
        };
        for (number, (name, document)) in (1..).zip(principal.policies()) {
            let properties = [
                (holder, Value::from(principal.own_name)),
                ("PolicyName", Value::from(name)),
                ("PolicyDocument", self.document(document, None)),
            ];
            resources.push((format!("{}Policy{number}", principal.name).into(), resource(kind, properties)));
        }
    }

    fn key(&self, key: &Key<'_>) -> Value {
        let tags =
            key.tags().map(|(name, value)| Value::from([("Key", Value::from(name)), ("Value", Value::from(value))]));
        let tags: Vec<Value> = tags.collect();
        let policy = match &key.policy {
            Some(policy) => self.document(policy, Some(key)),
            None => default_policy(key),
        };
        let mut properties = vec![("KeyPolicy", policy), ("Enabled", Value::Bool(key.is("enabled")))];
        properties.extend(
            key.text("description").filter(|text| !text.is_empty()).map(|text| ("Description", Value::from(text))),
        );
        if !tags.is_empty() {
            properties.push(("Tags", Value::List(tags)));
        }
        if key.is_replica {
            let primary = self
                .all
                .keys
                .iter()
                .find(|other| other.id == key.id && !other.is_replica && other.account == key.account);
            let arn = primary.map_or(key.arn, |primary| primary.arn);
            properties.push(("PrimaryKeyArn", self.text(arn, None)));
            return resource("AWS::KMS::ReplicaKey", properties);
        }
        if key.policy.as_ref().is_some_and(lint::locks_out_by) {
            properties.push(("BypassPolicyLockoutSafetyCheck", Value::Bool(true)));
        }
        for (member, property) in [("spec", "KeySpec"), ("usage", "KeyUsage"), ("origin", "Origin")] {
            properties.extend(key.text(member).map(|text| (property, Value::from(text))));
        }
        properties.push(("MultiRegion", Value::Bool(key.is("multiRegion"))));
        if let Some(days) = key.value.member("rotationPeriodInDays") {
            properties.push(("EnableKeyRotation", Value::Bool(true)));
            properties.push(("RotationPeriodInDays", days.clone()));
        }
        resource("AWS::KMS::Key", properties)
    }

    fn principal(&self, principal: &Principal<'_>) -> Value {
        let (kind, name) = match principal.kind {
            "role" => ("AWS::IAM::Role", "RoleName"),
            "user" => ("AWS::IAM::User", "UserName"),
            _ => ("AWS::IAM::Group", "GroupName"),
        };
        let mut properties =
            vec![(name, Value::from(principal.own_name)), ("Path", Value::from(principal.path.as_str()))];
        let policies = principal.policies().into_iter().map(|(name, document)| {
            Value::from([("PolicyName", Value::from(name)), ("PolicyDocument", self.document(document, None))])
        });
        let tags = principal
            .tags()
            .map(|(name, value)| Value::from([("Key", Value::from(name)), ("Value", Value::from(value))]));
        let texts = |member: &str| principal.texts(member).into_iter().map(Value::from).collect::<Vec<Value>>();
        for (property, values) in [
            ("Policies", policies.collect::<Vec<Value>>()),
            ("ManagedPolicyArns", texts("managedPolicies")),
            ("Groups", texts("groups")),
            ("Tags", tags.collect()),
        ] {
            if !values.is_empty() {
                properties.push((property, Value::List(values)));
            }
        }
        properties.extend(principal.text("permissionsBoundary").map(|arn| ("PermissionsBoundary", Value::from(arn))));
        properties.extend(principal.trust().map(|trust| ("AssumeRolePolicyDocument", self.document(trust, None))));
        properties.extend(principal.longest_session().map(|seconds| ("MaxSessionDuration", seconds.clone())));
        resource(kind, properties)
    }

    /// A document in which keys are referred to; one does not refer to itself.
    fn document(&self, document: &Value, own: Option<&Key<'_>>) -> Value {
        rewritten(document, &|text| self.text(text, own))
    }

    fn text(&self, text: &str, own: Option<&Key<'_>>) -> Value {
        // In its own policy, a key is everything that there is.
        if own.is_some_and(|own| own.arn == text) {
            return Value::from("*");
        }
        let (mut written, mut imports, mut refers) = (String::new(), Members::new(), false);
        for piece in self.all.pieces(text) {
            match piece {
                Ok(plain) => written += &plain.replace("${", "${!"),
                Err(place) => {
                    let key = &self.all.keys[place];
                    if own.is_some_and(|own| own.id == key.id) {
                        written += key.id;
                        continue;
                    }
                    refers = true;
                    written.extend(["${", &key.name, "}"]);
                    if (key.account, key.region) != (self.account, self.region) {
                        let import = Value::from([("Fn::ImportValue", Value::from(exported(key)))]);
                        imports.retain(|(known, _)| **known != *key.name);
                        imports.push((key.name.clone().into(), import));
                    }
                }
            }
        }
        match (refers, imports.is_empty()) {
            (false, _) => Value::from(text),
            (true, true) => Value::from([("Fn::Sub", Value::from(written))]),
            (true, false) => Value::from([("Fn::Sub", Value::List(vec![Value::from(written), Value::Map(imports)]))]),
        }
    }
}

/// The policy that a key has for which none is given.
fn default_policy(key: &Key<'_>) -> Value {
    let partition = key.arn.split(':').nth(1).unwrap_or("aws");
    let root = format!("arn:{partition}:iam::{}:root", key.account);
    let statement = Value::from([
        ("Sid", Value::from("Enable IAM User Permissions")),
        ("Effect", Value::from("Allow")),
        ("Principal", Value::from([("AWS", Value::from(root))])),
        ("Action", Value::from("kms:*")),
        ("Resource", Value::from("*")),
    ]);
    Value::from([
        ("Version", Value::from("2012-10-17")),
        ("Id", Value::from("key-default-1")),
        ("Statement", Value::List(vec![statement])),
    ])
}

/// What the id of a key is exported as.
pub(super) fn exported(key: &Key<'_>) -> String {
    format!("pocket-kms-{}-{}-{}", key.account, key.region, key.name)
}

fn reference(name: &str) -> Value {
    Value::from([("Ref", Value::from(name))])
}

fn resource(kind: &str, properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from([("Type", Value::from(kind)), ("Properties", properties.into_iter().collect())])
}
