//! Files in, a plan out.

use std::collections::BTreeMap;

use pocket_kms::{Value, order};

use crate::{
    account, cdk, cloudformation,
    options::Options,
    problem::{Problem, Remark},
    scene::Scene,
    terraform,
    text::{self, Node},
};

/// A file: its name, from which errors begin, and its text.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// The name, with folders where they matter.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

/// What files come to.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What [`World::perform`](pocket_kms::World::perform) takes. It gives what everything is called: by logical ids or
    /// addresses, `kind` (the type of the resource) and `is` (the ARN of a key, principal or policy, or the name of an alias).
    pub recipe: Value,
    /// What was left out, and why.
    pub left_out: Vec<Remark>,
    /// What the files do not say and was taken as given, and why.
    pub assumed: Vec<Remark>,
}

/// Reads files of any known format.
///
/// # Errors
/// The first [`Problem`]; nothing is given then.
pub fn read(files: &[File<'_>], options: &Options) -> Result<Plan, Problem> {
    let texts: BTreeMap<&str, &str> = order::map(files.iter().map(|file| (file.name, file.text)));
    let mut scene = Scene::default();
    let (mut manifests, mut templates, mut configurations, mut shown) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // An assembly has many files that we do not read: its manifests name those that we do.
    let is_manifest = |name: &str| name == "manifest.json" || name.ends_with("/manifest.json");
    let is_assembly = files.iter().any(|file| is_manifest(file.name));
    for file in files.iter().filter(|file| !is_assembly || is_manifest(file.name)) {
        let node = text::read(file.name, file.text)?;
        match Format::of(file.name, &node) {
            Some(Format::Assembly) => manifests.push((file.name, node)),
            Some(Format::CloudFormation) => templates.push((file.name, node)),
            Some(Format::Configuration) => configurations.push((file.name, node)),
            Some(Format::Shown) => shown.push((file.name, node)),
            Some(Format::Account) => account::read(file.name, &node, &mut scene)?,
            None => return Err(Problem::of(file.name, UNKNOWN)),
        }
    }
    if manifests.is_empty() && templates.is_empty() {
        cloudformation::takes_no_parameters(options)?;
    }
    if !manifests.is_empty() {
        cdk::read(&manifests, &texts, options, &mut scene)?;
    }
    if !templates.is_empty() {
        cloudformation::read(templates, options, &mut scene)?;
    }
    terraform::read_configurations(&configurations, options, &mut scene)?;
    for (name, node) in &shown {
        terraform::read(name, node, options, &mut scene)?;
    }
    Ok(scene.plan())
}

const UNKNOWN: &str = "pocket-kms does not read this kind of file: a template of CloudFormation has Resources, the output of \
                       terraform show -json has format_version, the manifest of a CDK assembly has artifacts, and the \
                       output of aws iam get-account-authorization-details has UserDetailList";

/// The formats, told by what stands on top.
enum Format {
    CloudFormation,
    Assembly,
    Shown,
    Configuration,
    Account,
}

impl Format {
    fn of(file: &str, node: &Node) -> Option<Self> {
        Some(if cdk::is_manifest(node) {
            Self::Assembly
        } else if terraform::is_shown(node) {
            Self::Shown
        } else if terraform::is_configuration(file, node) {
            Self::Configuration
        } else if account::is_details(node) {
            Self::Account
        } else if node.member("Resources").is_some() || node.member("AWSTemplateFormatVersion").is_some() {
            Self::CloudFormation
        } else {
            return None;
        })
    }
}

impl Plan {
    /// The plan as a value: `version` (1), `recipe`, `leftOut` and `assumed`.
    pub fn to_value(&self) -> Value {
        let remarks = |remarks: &[Remark]| Value::List(remarks.iter().map(Remark::to_value).collect());
        Value::from([
            ("version", Value::Int(1)),
            ("recipe", self.recipe.clone()),
            ("leftOut", remarks(&self.left_out)),
            ("assumed", remarks(&self.assumed)),
        ])
    }
}
