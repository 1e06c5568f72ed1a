//! `aws_kms_*`.

use super::attributes::Attributes;
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::{Alias, At, Grant, Key, Replica, Rotation, Scene},
};

/// Attributes of a key that CreateKey knows, by their names there.
const SAME: [(&str, &str); 6] = [
    ("description", "Description"),
    ("key_usage", "KeyUsage"),
    ("customer_master_key_spec", "KeySpec"),
    ("key_spec", "KeySpec"),
    ("custom_key_store_id", "CustomKeyStoreId"),
    ("xks_key_id", "XksKeyId"),
];

/// Whether a resource is the policy of a key that another resource is.
pub(super) fn is_policy(kind: &str) -> bool {
    kind == "aws_kms_key_policy"
}

/// Reads a resource, if it is one of these.
pub(super) fn read(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<bool, Problem> {
    match of.own.kind {
        "aws_kms_key" | "aws_kms_external_key" => key(of, scene)?,
        "aws_kms_replica_key" | "aws_kms_replica_external_key" => replica(of, scene)?,
        "aws_kms_alias" => alias(of, scene)?,
        "aws_kms_grant" => grant(of, scene)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn key(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let Some(step) = of.own.step.clone() else { return Ok(()) };
    let mut input = Vec::new();
    for (attribute, member) in SAME {
        let text = of.text(attribute)?.filter(|text| text.len() > 0);
        input.extend(text.map(|text| (member, Data::Text(text))));
    }
    if of.truth("multi_region")? == Some(true) {
        input.push(("MultiRegion", Data::Bool(true)));
    }
    let is_external = of.own.kind == "aws_kms_external_key";
    if is_external {
        input.push(("Origin", Data::Text(Text::from("EXTERNAL"))));
        scene.assume(of.own.file, of.own.values.place, &of.own.address, "the key waits for its material");
    } else if of.get("custom_key_store_id")?.is_some() {
        let external = of.get("xks_key_id")?.is_some();
        input.push(("Origin", Data::Text(Text::from(if external { "EXTERNAL_KEY_STORE" } else { "AWS_CLOUDHSM" }))));
    }
    if of.get("custom_key_store_id")?.is_none() && of.is_expected("custom_key_store_id") {
        let why = "its custom key store is not in what was read: the key is one of KMS itself here";
        scene.assume(of.own.file, of.own.values.place, &of.own.address, why);
    }
    let rotates = of.truth("enable_key_rotation")?.unwrap_or(false);
    let days = of.get("rotation_period_in_days")?.and_then(|days| days.whole()).filter(|days| *days > 0);
    let arn = of.own.at.key_arn(&Text::key_id(&step));
    let policy = policy(of, scene)?;
    scene.name(of.own.address.as_str(), of.own.kind, arn);
    scene.keys.push(Key {
        step,
        at: of.own.at.clone(),
        input,
        tags: of.tags()?,
        policy,
        rotation: rotates.then_some(Rotation { days }),
        enabled: is_external || of.truth("is_enabled")?.unwrap_or(true),
    });
    Ok(())
}

/// A key policy, if it is known.
fn policy(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<Option<Text>, Problem> {
    let policy = of.text("policy")?.filter(|policy| policy.len() > 0);
    if policy.is_none() && of.is_expected("policy") {
        let why = "what the policy says is known only once the plan is applied: the key has the default policy here";
        scene.leave_out(of.own.file, of.own.values.place, &format!("{}.policy", of.own.address), why);
    }
    Ok(policy)
}

fn replica(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let arn = of.text("primary_key_arn")?.unwrap_or_default();
    let fields = arn.split(":");
    let field = |place: usize| fields.get(place).and_then(|field| field.known()).unwrap_or_default().to_owned();
    let id = arn.split("/").pop().unwrap_or_default();
    let primary = At::of(&field(4), &field(3));
    let (Ok(primary), true) = (primary, id.steps().next().is_some()) else {
        scene.leave_out(of.own.file, of.own.values.place, &of.own.address, "its primary key is not in what was read");
        return Ok(());
    };
    let policy = policy(of, scene)?;
    scene.name(of.own.address.as_str(), of.own.kind, of.own.at.key_arn(&id));
    scene.replicas.push(Replica {
        at: of.own.at.clone(),
        primary,
        id,
        description: of.text("description")?.filter(|text| text.len() > 0),
        tags: of.tags()?,
        policy,
        enabled: of.truth("enabled")?.unwrap_or(true),
    });
    Ok(())
}

fn alias(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let name = of.known("name")?.ok_or_else(|| of.wrong("name", "an alias has a name that is known"))?;
    let target = of.text("target_key_id")?.unwrap_or_default();
    if target.steps().next().is_none() {
        scene.leave_out(of.own.file, of.own.values.place, &of.own.address, "its key is not in what was read");
        return Ok(());
    }
    scene.name(of.own.address.as_str(), of.own.kind, name.as_str());
    scene.aliases.push(Alias { at: of.own.at.clone(), name, target });
    Ok(())
}

fn grant(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let key = of.text("key_id")?.unwrap_or_default();
    if key.steps().next().is_none() {
        scene.leave_out(of.own.file, of.own.values.place, &of.own.address, "its key is not in what was read");
        return Ok(());
    }
    let mut input = vec![("KeyId".to_owned(), Data::Text(key.clone()))];
    for (attribute, member) in
        [("grantee_principal", "GranteePrincipal"), ("retiring_principal", "RetiringPrincipal"), ("name", "Name")]
    {
        let text = of.text(attribute)?.filter(|text| text.len() > 0);
        input.extend(text.map(|text| (member.to_owned(), Data::Text(text))));
    }
    if input.iter().all(|(member, _)| member != "GranteePrincipal") {
        let why = "whom it is given to is known only once the plan is applied: the output for the state has it";
        scene.leave_out(of.own.file, of.own.values.place, &of.own.address, why);
        return Ok(());
    }
    input.push(("Operations".to_owned(), of.get("operations")?.unwrap_or(Data::List(Vec::new()))));
    if let Some(constraints) = of.get("constraints")?.and_then(|blocks| blocks.elements().first().cloned()) {
        let kinds = [
            ("encryption_context_equals", "EncryptionContextEquals"),
            ("encryption_context_subset", "EncryptionContextSubset"),
        ];
        let given = kinds.iter().filter_map(|(attribute, member)| {
            let pairs = constraints.member(attribute).filter(|pairs| !pairs.members().is_empty())?;
            Some(((*member).to_owned(), pairs.clone()))
        });
        let given: Vec<_> = given.collect();
        if !given.is_empty() {
            input.push(("Constraints".to_owned(), Data::Map(given)));
        }
    }
    scene.grants.push(Grant { at: place(of, &key), input: Data::Map(input) });
    Ok(())
}

/// Where a grant is created: a state does not say it, and then it is where the key is.
fn place(of: &Attributes<'_, '_>, key: &Text) -> At {
    let is_said = of.own.config.is_some() || of.all.is_template || of.own.values.text_of("region").is_some();
    let step = key.steps().next().filter(|_| !is_said);
    let found = step.and_then(|step| of.all.by_address.values().find(|one| one.step.as_deref() == Some(step)));
    found.map_or_else(|| of.own.at.clone(), |key| key.at.clone())
}

/// Gives a key its policy, if the resource is one.
pub(super) fn attach(of: &Attributes<'_, '_>, scene: &mut Scene) -> Result<bool, Problem> {
    if !is_policy(of.own.kind) {
        return Ok(false);
    }
    let key = of.text("key_id")?.unwrap_or_default();
    let policy = policy(of, scene)?;
    // Related keys have one id: which of them it is, the Region says.
    let at = place(of, &key);
    let step = key.steps().next();
    let replica = scene.replicas.iter_mut().find(|replica| replica.at == at && replica.id.steps().next() == step);
    let own = replica.map(|replica| &mut replica.policy).filter(|_| step.is_some());
    let of_step = scene.keys.iter_mut().find(|key| Some(key.step.as_str()) == step);
    match own.or_else(|| of_step.map(|key| &mut key.policy)) {
        Some(own) => *own = policy,
        None => scene.leave_out(of.own.file, of.own.values.place, &of.own.address, "its key is not in what was read"),
    }
    Ok(true)
}
