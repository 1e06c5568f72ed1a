//! A configuration of Terraform, in its JSON syntax.

use pocket_kms::{Value, wire, wire::Members};

use super::{
    Export,
    documents::rewritten,
    inventory::{Inventory, Key, Principal},
    pretty,
};

/// Resources by their types.
#[derive(Default)]
struct Resources(Vec<(&'static str, Members)>);

impl Resources {
    fn put(&mut self, kind: &'static str, name: &str, members: Vec<(&'static str, Value)>) {
        let entry = (name.to_owned().into(), members.into_iter().collect());
        match self.0.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, entries)) => entries.push(entry),
            None => self.0.push((kind, vec![entry])),
        }
    }
}

pub(super) fn write(inventory: &Inventory<'_>, export: &mut Export) {
    let mut resources = Resources::default();
    let mut providers: Vec<(&str, &str)> = Vec::new();
    let mut provider = |account, region| {
        if !providers.contains(&(account, region)) {
            providers.push((account, region));
        }
        Value::from(format!("aws.{}", alias(account, region)))
    };
    for key in &inventory.keys {
        let at = provider(key.account, key.region);
        write_key(inventory, key, &at, &mut resources, export);
    }
    for (number, (arn, document)) in (1..).zip(&inventory.policies) {
        let fields: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, _, _, _, account, path] = fields[..] else { continue };
        let (path, name) = path.strip_prefix("policy").unwrap_or(path).rsplit_once('/').unwrap_or(("", path));
        let members = vec![
            ("provider", provider(account, "us-east-1")),
            ("name", Value::from(name)),
            ("path", Value::from(format!("{path}/"))),
            ("policy", inventory.document(document)),
        ];
        resources.put("aws_iam_policy", &format!("Policy{number}"), members);
    }
    for principal in &inventory.principals {
        let at = provider(principal.account, "us-east-1");
        match principal.service() {
            None => write_principal(inventory, principal, &at, &mut resources),
            Some((_, None)) => {}
            Some((service, Some(suffix))) => {
                let mut members = vec![("provider", at), ("aws_service_name", Value::from(service))];
                members.extend((!suffix.is_empty()).then(|| ("custom_suffix", Value::from(suffix))));
                resources.put("aws_iam_service_linked_role", &principal.name, members);
            }
        }
    }
    let providers = providers.into_iter().map(|(account, region)| {
        Value::from([
            ("alias", Value::from(alias(account, region))),
            ("region", Value::from(region)),
            ("allowed_account_ids", Value::List(vec![Value::from(account)])),
        ])
    });
    let providers = Value::from([("aws", Value::List(providers.collect()))]);
    let resources = resources.0.into_iter().map(|(kind, entries)| (kind, Value::Map(entries))).collect();
    let configuration = Value::from([("provider", providers), ("resource", resources)]);
    export.files.push(("main.tf.json".to_owned(), pretty(&configuration)));
}

/// The alias of a provider.
fn alias(account: &str, region: &str) -> String {
    format!("a{account}_{}", region.replace('-', "_"))
}

fn write_key(inventory: &Inventory<'_>, key: &Key<'_>, at: &Value, resources: &mut Resources, export: &mut Export) {
    if key.exists {
        return write_parts(inventory, key, &Value::from(key.arn), at, resources, export);
    }
    let tags: Members = key.tags().map(|(name, value)| (name.to_owned().into(), escaped(value))).collect();
    let mut members = vec![("provider", at.clone())];
    members.extend(key.text("description").map(|text| ("description", escaped(text))));
    if !tags.is_empty() {
        members.push(("tags", Value::Map(tags)));
    }
    let enabled = Value::Bool(key.is("enabled"));
    if key.is_replica {
        members.push(("primary_key_arn", inventory.text(&primary(inventory, key))));
        members.push(("enabled", enabled));
        members.extend(key.policy.as_ref().map(|policy| ("policy", inventory.document(policy))));
    } else if is_external(key) {
        members.extend(named(key, &[("spec", "key_spec"), ("usage", "key_usage")]));
        members.push(("multi_region", Value::Bool(key.is("multiRegion"))));
    } else {
        members.extend(named(
            key,
            &[
                ("spec", "customer_master_key_spec"),
                ("usage", "key_usage"),
                ("customKeyStoreId", "custom_key_store_id"),
                ("xksKeyId", "xks_key_id"),
            ],
        ));
        members.push(("multi_region", Value::Bool(key.is("multiRegion"))));
        members.push(("is_enabled", enabled));
        if let Some(days) = key.value.member("rotationPeriodInDays") {
            members.push(("enable_key_rotation", Value::Bool(true)));
            members.push(("rotation_period_in_days", days.clone()));
        }
    }
    let (kind, own_id) = resource(key);
    resources.put(kind, &key.name, members);
    let id = Value::from(format!("${{{kind}.{}.{own_id}}}", key.name));
    for (number, alias) in (1..).zip(key.list("aliases")) {
        let members = vec![("provider", at.clone()), ("name", alias.clone()), ("target_key_id", id.clone())];
        resources.put("aws_kms_alias", &format!("{}_{number}", key.name), members);
    }
    write_parts(inventory, key, &id, at, resources, export);
}

/// The type of the resource that makes a key, and its attribute that is the id of the key: alone among them, that of an
/// external key is `id`.
fn resource(key: &Key<'_>) -> (&'static str, &'static str) {
    match (key.is_replica, is_external(key)) {
        (true, true) => ("aws_kms_replica_external_key", "key_id"),
        (true, false) => ("aws_kms_replica_key", "key_id"),
        (false, true) => ("aws_kms_external_key", "id"),
        (false, false) => ("aws_kms_key", "key_id"),
    }
}

/// Whether the material of a key is imported.
fn is_external(key: &Key<'_>) -> bool {
    key.text("origin") == Some("EXTERNAL")
}

/// Texts of a key, as attributes.
fn named<'k>(
    key: &'k Key<'_>,
    attributes: &'static [(&'static str, &'static str)],
) -> impl Iterator<Item = (&'static str, Value)> + use<'k> {
    attributes.iter().filter_map(|(member, attribute)| Some((*attribute, escaped(key.text(member)?))))
}

/// What is not of the resource of a key itself: its policy and its grants.
fn write_parts(
    inventory: &Inventory<'_>,
    key: &Key<'_>,
    id: &Value,
    at: &Value,
    resources: &mut Resources,
    export: &mut Export,
) {
    if let Some(policy) = key.policy.as_ref().filter(|_| !key.is_replica || key.exists) {
        // A resource of its own may refer to the key.
        let members = vec![
            ("provider", at.clone()),
            ("key_id", id.clone()),
            ("policy", inventory.document(policy)),
            ("bypass_policy_lockout_safety_check", Value::Bool(true)),
        ];
        resources.put("aws_kms_key_policy", &key.name, members);
    }
    for (number, grant) in (1..).zip(key.list("grants")) {
        match write_grant(grant, at, id) {
            Some(members) => resources.put("aws_kms_grant", &format!("{}_{number}", key.name), members),
            None => {
                export.leave_out(key.arn, "a grant to a service, or for a source: Terraform has no attribute for that");
            }
        }
    }
}

/// The ARN of the primary key of a replica.
fn primary(inventory: &Inventory<'_>, key: &Key<'_>) -> String {
    let is_primary = |other: &&Key<'_>| (other.id, other.account) == (key.id, key.account) && !other.is_replica;
    inventory.keys.iter().find(is_primary).map_or(key.arn, |primary| primary.arn).to_owned()
}

fn write_grant(grant: &Value, at: &Value, key: &Value) -> Option<Vec<(&'static str, Value)>> {
    let mut members = vec![("provider", at.clone()), ("key_id", key.clone())];
    members.push(("grantee_principal", escaped(grant.member("GranteePrincipal")?.as_text()?)));
    members.push(("operations", grant.member("Operations")?.clone()));
    if grant.member("RetiringServicePrincipal").is_some() {
        return None;
    }
    for (member, attribute) in [("RetiringPrincipal", "retiring_principal"), ("Name", "name")] {
        let text = grant.member(member).and_then(Value::as_text);
        members.extend(text.map(|text| (attribute, escaped(text))));
    }
    if let Some(constraints) = grant.member("Constraints") {
        if constraints.member("SourceArn").is_some() {
            return None;
        }
        let mut block = Members::new();
        for (member, attribute) in [
            ("EncryptionContextEquals", "encryption_context_equals"),
            ("EncryptionContextSubset", "encryption_context_subset"),
        ] {
            let pairs = constraints.member(member);
            block.extend(pairs.map(|pairs| (attribute.into(), rewritten(pairs, &|text| escaped(text)))));
        }
        members.push(("constraints", Value::List(vec![Value::Map(block)])));
    }
    Some(members)
}

fn write_principal(inventory: &Inventory<'_>, principal: &Principal<'_>, at: &Value, resources: &mut Resources) {
    let (kind, inline, attachment) = match principal.kind {
        "role" => ("aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"),
        "user" => ("aws_iam_user", "aws_iam_user_policy", "aws_iam_user_policy_attachment"),
        _ => ("aws_iam_group", "aws_iam_group_policy", "aws_iam_group_policy_attachment"),
    };
    let attribute = match principal.kind {
        "role" => "role",
        "user" => "user",
        _ => "group",
    };
    let holder = if principal.exists {
        Value::from(principal.own_name)
    } else {
        write_bearer(inventory, principal, kind, at, resources);
        Value::from(format!("${{{kind}.{}.name}}", principal.name))
    };
    for (number, (name, document)) in (1..).zip(principal.policies()) {
        let members = vec![
            ("provider", at.clone()),
            (attribute, holder.clone()),
            ("name", Value::from(name)),
            ("policy", inventory.document(document)),
        ];
        resources.put(inline, &format!("{}_{number}", principal.name), members);
    }
    for (number, arn) in (1..).zip(principal.texts("managedPolicies")) {
        let members = vec![("provider", at.clone()), (attribute, holder.clone()), ("policy_arn", Value::from(arn))];
        resources.put(attachment, &format!("{}_{number}", principal.name), members);
    }
    let groups = principal.texts("groups");
    if !groups.is_empty() {
        let groups = Value::List(groups.into_iter().map(Value::from).collect());
        let members = vec![("provider", at.clone()), ("user", holder), ("groups", groups)];
        resources.put("aws_iam_user_group_membership", &principal.name, members);
    }
}

/// A user, role or group itself.
fn write_bearer(
    inventory: &Inventory<'_>,
    principal: &Principal<'_>,
    kind: &'static str,
    at: &Value,
    resources: &mut Resources,
) {
    let mut members = vec![
        ("provider", at.clone()),
        ("name", Value::from(principal.own_name)),
        ("path", Value::from(principal.path.as_str())),
    ];
    members.extend(principal.trust().map(|trust| ("assume_role_policy", inventory.document(trust))));
    members.extend(principal.longest_session().map(|seconds| ("max_session_duration", seconds.clone())));
    members.extend(principal.text("permissionsBoundary").map(|arn| ("permissions_boundary", Value::from(arn))));
    let tags: Members = principal.tags().map(|(name, value)| (name.to_owned().into(), escaped(value))).collect();
    if !tags.is_empty() {
        members.push(("tags", Value::Map(tags)));
    }
    resources.put(kind, &principal.name, members);
}

impl Inventory<'_> {
    /// A document as JSON text in which keys are referred to.
    fn document(&self, document: &Value) -> Value {
        let text = match document {
            Value::Text(text) => return self.text(text),
            document => wire::to_json(&rewritten(document, &|text| self.text(text))),
        };
        Value::from(String::from_utf8(text).unwrap_or_default())
    }

    /// A text in which keys are referred to.
    fn text(&self, text: &str) -> Value {
        let mut written = String::new();
        for piece in self.pieces(text) {
            match piece {
                Ok(plain) => written += &plain.replace("${", "$${").replace("%{", "%%{"),
                Err(place) => {
                    let key = &self.keys[place];
                    let (kind, id) = resource(key);
                    written.extend(["${", kind, ".", &key.name, ".", id, "}"]);
                }
            }
        }
        Value::from(written)
    }
}

/// A text that refers to nothing.
fn escaped(text: &str) -> Value {
    Value::from(text.replace("${", "$${").replace("%{", "%%{"))
}
