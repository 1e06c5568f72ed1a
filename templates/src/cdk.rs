//! Assemblies of the CDK: a manifest that names stacks, and their templates beside it.

use std::collections::BTreeMap;

use crate::{
    cloudformation::{self, Stack},
    options::Options,
    problem::{Place, Problem},
    scene::{At, Scene},
    text::{self, Node},
};

/// Whether a document is the manifest of an assembly.
pub(crate) fn is_manifest(node: &Node) -> bool {
    node.member("artifacts").is_some() && node.member("version").is_some()
}

/// Reads the stacks that manifests name. `texts` are all files by their names: those that no manifest names are not read.
pub(crate) fn read<'a>(
    manifests: &[(&'a str, Node)],
    texts: &BTreeMap<&'a str, &'a str>,
    options: &Options,
    scene: &mut Scene,
) -> Result<(), Problem> {
    let mut stacks = Vec::new();
    for (file, manifest) in manifests {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for artifact in manifest.member("artifacts").map(Node::members).unwrap_or_default() {
            let node = &artifact.node;
            match node.text_of("type") {
                Some("aws:cloudformation:stack") => {
                    stacks.push(stack(file, folder, &artifact.name, node, texts, options)?);
                }
                // The manifest of a stage is a file of its own, in its folder.
                Some("cdk:cloud-assembly" | "cdk:asset-manifest" | "cdk:tree" | "cdk:feature-flag-report") => {}
                kind => {
                    let why = format!("artifacts of type {} are not stacks", kind.unwrap_or("none"));
                    scene.leave_out(file, artifact.place, &format!("artifacts.{}", artifact.name), why);
                }
            }
        }
    }
    cloudformation::read_stacks(stacks, options, scene)
}

fn stack<'a>(
    file: &'a str,
    folder: &str,
    artifact: &str,
    node: &Node,
    texts: &BTreeMap<&'a str, &'a str>,
    options: &Options,
) -> Result<Stack<'a>, Problem> {
    let path = format!("artifacts.{artifact}");
    let wrong = |place: Place, sentence: String| Problem::at(file, place, &path, sentence);
    let template = node.find(&["properties", "templateFile"]).and_then(Node::text);
    let template = template.ok_or_else(|| wrong(node.place, "a stack has a templateFile".to_owned()))?;
    let full = if folder.is_empty() { template.to_owned() } else { format!("{folder}/{template}") };
    let Some((name, text)) = texts.get_key_value(full.as_str()) else {
        return Err(wrong(node.place, format!("the template {full:.200} is not among the files")));
    };
    let stack_name = node.find(&["properties", "stackName"]).and_then(Node::text).unwrap_or(artifact);
    Ok(Stack {
        file: name,
        node: text::read(name, text)?,
        name: stack_name.to_owned(),
        at: environment(node, options).map_err(|sentence| wrong(node.place, sentence))?,
    })
}

/// Where a stack is deployed: `aws://111122223333/us-east-1`, or wherever the options say for what the CDK does not know.
fn environment(node: &Node, options: &Options) -> Result<At, String> {
    let environment = node.text_of("environment").and_then(|text| text.strip_prefix("aws://"));
    let (account, region) = environment.and_then(|text| text.split_once('/')).unwrap_or_default();
    let account = if account.is_empty() || account == "unknown-account" { &options.account } else { account };
    let region = if region.is_empty() || region == "unknown-region" { &options.region } else { region };
    At::of(account, region)
}
