//! Terraform: what `terraform show -json` tells of a plan or a state, and configurations in JSON.

mod attributes;
mod configuration;
mod documents;
mod iam;
mod keys;
mod organizations;
mod references;
mod resources;

use crate::{
    options::Options,
    problem::Problem,
    scene::Scene,
    text::{Content, Node},
};
use resources::Resources;

/// Whether a document is an output of `terraform show -json`.
pub(crate) fn is_shown(node: &Node) -> bool {
    node.member("format_version").is_some() && node.member("provider_schemas").is_none()
}

/// Whether a document is a configuration in JSON.
pub(crate) fn is_configuration(file: &str, node: &Node) -> bool {
    file.ends_with(".tf.json") && matches!(node.content, Content::Map(_))
}

/// Reads an output of `terraform show -json`.
pub(crate) fn read(file: &str, node: &Node, options: &Options, scene: &mut Scene) -> Result<(), Problem> {
    let version = node.text_of("format_version").unwrap_or_default();
    let major = version.split('.').next().unwrap_or_default();
    if !matches!(major, "0" | "1") {
        let place = node.member("format_version").map_or(node.place, |node| node.place);
        let sentence = format!("plans and states of format {version:.20} are not known here: those of format 1 are");
        return Err(Problem::at(file, place, "format_version", sentence));
    }
    if node.member("values").is_none() && node.member("planned_values").is_none() {
        let sentence = "there is neither a plan nor a state in it: values and planned_values are missing";
        return Err(Problem::at(file, node.place, "", sentence));
    }
    Resources::shown(file, node, options, scene)?.read(scene)
}

/// Reads configurations in JSON, which are one module.
pub(crate) fn read_configurations(files: &[(&str, Node)], options: &Options, scene: &mut Scene) -> Result<(), Problem> {
    Resources::configured(files, options, scene)?.read(scene)
}
