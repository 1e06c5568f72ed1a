//! Configurations in JSON syntax: resources whose texts refer to one another.

use super::resources::{Resource, Resources};
use crate::{
    options::Options,
    problem::Problem,
    scene::{At, Scene},
    text::{Content, Node},
};

/// A configuration of a provider.
struct Provider {
    alias: Option<String>,
    region: Option<String>,
    account: Option<String>,
}

impl<'a> Resources<'a> {
    /// The resources of configurations that are one module.
    pub(super) fn configured(
        files: &'a [(&'a str, Node)],
        options: &Options,
        scene: &mut Scene,
    ) -> Result<Self, Problem> {
        let mut all = Self::none(None, options);
        all.is_template = true;
        let providers: Vec<Provider> = files.iter().flat_map(|(_, node)| providers(node)).collect();
        for (file, node) in files {
            for (section, front) in [("resource", ""), ("data", "data.")] {
                for kind in node.member(section).map(Node::members).unwrap_or_default() {
                    for named in kind.node.members() {
                        let address = format!("{front}{}.{}", kind.name, named.name);
                        let values = match &named.node.content {
                            Content::List(blocks) => blocks.first().unwrap_or(&Node::NULL),
                            _ => &named.node,
                        };
                        if values.member("count").is_some() || values.member("for_each").is_some() {
                            let why =
                                "what is repeated is known only in a plan: give the output of terraform show -json";
                            scene.leave_out(file, values.place, &address, why);
                            continue;
                        }
                        let at = place(values, &providers, options);
                        let at = at.map_err(|sentence| Problem::at(file, values.place, &address, sentence))?;
                        all.put(file, address, &kind.name, values, at);
                    }
                }
            }
            for section in ["module", "locals"] {
                if let Some(node) = node.member(section) {
                    let why = "modules and locals are known only in a plan: give the output of terraform show -json";
                    scene.leave_out(file, node.place, section, why);
                }
            }
        }
        Ok(all.settle(scene))
    }

    fn put(&mut self, file: &'a str, address: String, kind: &'a str, values: &'a Node, at: At) {
        let (module, index) = (String::new(), String::new());
        let resource = Resource { file, address, module, kind, index, values, config: None, at, step: None };
        self.by_address.insert(resource.address.clone(), resource);
    }
}

fn providers(node: &Node) -> Vec<Provider> {
    let Some(aws) = node.find(&["provider", "aws"]) else { return Vec::new() };
    let blocks = match &aws.content {
        Content::List(blocks) => blocks.as_slice(),
        _ => std::slice::from_ref(aws),
    };
    let provider = |block: &Node| Provider {
        alias: block.text_of("alias").map(str::to_owned),
        region: block.text_of("region").map(str::to_owned),
        account: block.member("allowed_account_ids").and_then(|ids| ids.elements().first()?.text()).map(str::to_owned),
    };
    blocks.iter().map(provider).collect()
}

/// The account and the Region of a resource: those of its provider.
fn place(values: &Node, providers: &[Provider], options: &Options) -> Result<At, String> {
    let wanted = values.text_of("provider").and_then(|provider| provider.strip_prefix("aws."));
    let provider = providers.iter().find(|provider| provider.alias.as_deref() == wanted);
    if let (Some(alias), None) = (wanted, provider) {
        return Err(format!("there is no provider aws.{alias:.100}"));
    }
    let region = values.text_of("region").or(provider.and_then(|provider| provider.region.as_deref()));
    let account = provider.and_then(|provider| provider.account.as_deref());
    At::of(account.unwrap_or(&options.account), region.unwrap_or(&options.region))
}
