//! Files in, a plan out.

use pocket_kms::Value;

use crate::{
    cloudformation,
    options::Options,
    problem::{Problem, Remark},
    scene::Scene,
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
    let mut scene = Scene::default();
    let mut templates = Vec::new();
    for file in files {
        let node = text::read(file.name, file.text)?;
        match Format::of(&node) {
            Some(Format::CloudFormation) => templates.push((file.name, node)),
            None => {
                let sentence = "the file is none that is known here: a template of CloudFormation has Resources, the output of terraform show -json has format_version";
                return Err(Problem::of(file.name, sentence));
            }
        }
    }
    cloudformation::read(templates, options, &mut scene)?;
    Ok(scene.plan())
}

/// The formats, told by what stands on top.
enum Format {
    CloudFormation,
}

impl Format {
    fn of(node: &Node) -> Option<Self> {
        if node.member("Resources").is_some() || node.member("AWSTemplateFormatVersion").is_some() {
            return Some(Self::CloudFormation);
        }
        None
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
