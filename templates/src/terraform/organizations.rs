//! `aws_organizations_*` of a state: an organization with its units, accounts and policies.
//!
//! Their ids are known only once they exist, so that a plan that makes them has none.

use std::collections::BTreeMap;

use super::resources::{Resource, Resources};
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::Scene,
};

/// How many levels deep units are read: a recipe has no room for more.
const DEEPEST: usize = 2;

/// Types that are read together.
pub(super) fn is_one(kind: &str) -> bool {
    matches!(
        kind,
        "aws_organizations_organization"
            | "aws_organizations_organizational_unit"
            | "aws_organizations_account"
            | "aws_organizations_policy"
            | "aws_organizations_policy_attachment"
    )
}

/// A structure that is being made.
type Members = Vec<(String, Data)>;

/// Reads all of them.
pub(super) fn read(all: &Resources<'_>, scene: &mut Scene) -> Result<(), Problem> {
    let of = |kind: &'static str| all.by_address.values().filter(move |one| one.kind == kind && !one.is_data());
    let Some(organization) = of("aws_organizations_organization").next() else {
        for resource in all.by_address.values().filter(|one| is_one(one.kind) && !one.is_data()) {
            let why = "the organization itself is not in what was read";
            scene.leave_out(resource.file, resource.values.place, &resource.address, why);
        }
        return Ok(());
    };
    let values = organization.values;
    let root = values.member("roots").and_then(|roots| roots.elements().first()?.text_of("id"));
    let (Some(id), Some(management), Some(root)) = (values.text_of("id"), values.text_of("master_account_id"), root)
    else {
        let why = "its ids are known only once it exists: the output for the state has them";
        scene.leave_out(organization.file, values.place, &organization.address, why);
        return Ok(());
    };
    let mut tree = Tree { all, attached: BTreeMap::new(), children: BTreeMap::new() };
    tree.attach(scene)?;
    for kind in ["aws_organizations_organizational_unit", "aws_organizations_account"] {
        for child in of(kind) {
            if let Some(parent) = child.values.text_of("parent_id") {
                tree.children.entry(parent).or_default().push(child);
            }
        }
    }
    let mut form = vec![text("managementAccount", management), text("root", root)];
    form.extend(tree.entity(root, 0, scene));
    scene.organizations.push((id.to_owned(), Data::Map(form)));
    Ok(())
}

fn text(name: &str, text: &str) -> (String, Data) {
    (name.to_owned(), Data::Text(Text::from(text)))
}

/// What is attached to the entities of an organization, and which stand within which.
struct Tree<'r, 'a> {
    all: &'r Resources<'a>,
    /// By the ids of entities: the kind of a policy, and its document.
    attached: BTreeMap<String, Vec<(&'static str, Data)>>,
    children: BTreeMap<&'r str, Vec<&'r Resource<'a>>>,
}

impl Tree<'_, '_> {
    fn attach(&mut self, scene: &mut Scene) -> Result<(), Problem> {
        let of =
            |kind: &'static str| self.all.by_address.values().filter(move |one| one.kind == kind && !one.is_data());
        let mut policies: BTreeMap<&str, (&'static str, Data)> = BTreeMap::new();
        for policy in of("aws_organizations_policy") {
            let kind = match policy.values.text_of("type").unwrap_or("SERVICE_CONTROL_POLICY") {
                "SERVICE_CONTROL_POLICY" => "serviceControlPolicies",
                "RESOURCE_CONTROL_POLICY" => "resourceControlPolicies",
                _ => continue,
            };
            let content = self.all.attribute(policy, "content", 0)?;
            if let (Some(id), Some(content)) = (policy.values.text_of("id"), content) {
                policies.insert(id, (kind, content));
            }
        }
        for attachment in of("aws_organizations_policy_attachment") {
            let (policy, target) = (attachment.values.text_of("policy_id"), attachment.values.text_of("target_id"));
            let (Some(policy), Some(target)) = (policy, target) else { continue };
            match policies.get(policy) {
                Some((kind, content)) => {
                    self.attached.entry(target.to_owned()).or_default().push((kind, content.clone()));
                }
                None if policy == "p-FullAWSAccess" => {}
                None => {
                    let why = format!("the policy {policy:.100} is not in what was read");
                    scene.leave_out(attachment.file, attachment.values.place, &attachment.address, why);
                }
            }
        }
        Ok(())
    }

    /// The policies of an entity.
    fn policies(&self, id: &str) -> Members {
        let mut members = Members::new();
        let attached = self.attached.get(id).map(Vec::as_slice).unwrap_or_default();
        for kind in ["serviceControlPolicies", "resourceControlPolicies"] {
            let own = attached.iter().filter(|(of, _)| *of == kind).map(|(_, document)| document.clone());
            let mut own: Vec<Data> = own.collect();
            if !own.is_empty() {
                // AWS attaches it to every entity, and nobody writes that down.
                own.insert(0, Data::Text(Text::from("FullAWSAccess")));
                members.push((kind.to_owned(), Data::List(own)));
            }
        }
        members
    }

    /// The policies of the root or of a unit, and what stands within it.
    fn entity(&self, id: &str, depth: usize, scene: &mut Scene) -> Members {
        let mut members = self.policies(id);
        let (mut units, mut accounts) = (Members::new(), Members::new());
        for child in self.children.get(id).map(Vec::as_slice).unwrap_or_default() {
            let Some(own) = child.values.text_of("id") else { continue };
            if child.kind == "aws_organizations_account" {
                accounts.push((own.to_owned(), Data::Map(self.policies(own))));
            } else if depth < DEEPEST {
                units.push((own.to_owned(), Data::Map(self.entity(own, depth + 1, scene))));
            } else {
                let why = format!("units are read {DEEPEST} levels deep");
                scene.leave_out(child.file, child.values.place, &child.address, why);
            }
        }
        for (name, inner) in [("units", units), ("accounts", accounts)] {
            if !inner.is_empty() {
                members.push((name.to_owned(), Data::Map(inner)));
            }
        }
        members
    }
}
