//! All resources of a plan, a state or a configuration, by their addresses.

use std::{cell::Cell, collections::BTreeMap};

use super::{attributes::Attributes, iam, keys, organizations};
use crate::{
    data::{Ids, Text},
    options::Options,
    problem::Problem,
    scene::{At, Others, Scene},
    text::Node,
};

/// A resource, or a data source.
pub(super) struct Resource<'a> {
    pub(super) file: &'a str,
    pub(super) address: String,
    /// The address of its module, with a dot behind it; empty for the root.
    pub(super) module: String,
    pub(super) kind: &'a str,
    /// The number or text in brackets behind its name, with the brackets.
    pub(super) index: String,
    pub(super) values: &'a Node,
    /// What the configuration says, where it is known.
    pub(super) config: Option<&'a Node>,
    pub(super) at: At,
    /// The step that creates the key.
    pub(super) step: Option<String>,
}

/// Everything in which resources refer to one another.
pub(super) struct Resources<'a> {
    pub(super) by_address: BTreeMap<String, Resource<'a>>,
    /// The configurations of modules by their addresses without indices; that of the root has an empty one.
    pub(super) modules: BTreeMap<String, &'a Node>,
    pub(super) variables: Option<&'a Node>,
    /// Ids of keys that exist, and the steps that make keys in their place.
    pub(super) ids: Ids,
    /// Whether texts have references in them, as configurations do.
    pub(super) is_template: bool,
    pub(super) account: String,
    /// How much was asked for so far: references can fan out.
    asked: Cell<usize>,
}

/// How many attributes, and how many bytes of text, are followed.
const MOST_ASKED: usize = 64 << 20;

/// Types that are KMS keys.
pub(super) const KEYS: [&str; 2] = ["aws_kms_key", "aws_kms_external_key"];

impl<'a> Resources<'a> {
    /// The resources of a plan or a state.
    pub(super) fn shown(file: &'a str, node: &'a Node, options: &Options, scene: &mut Scene) -> Result<Self, Problem> {
        let mut all = Self::none(node.member("variables"), options);
        if let Some(root) = node.find(&["configuration", "root_module"]) {
            all.configure(String::new(), root, 0);
        }
        let providers = node.find(&["configuration", "provider_config"]);
        // What was read before the plan stands in the prior state, and nowhere else.
        let prior = node.find(&["prior_state", "values", "root_module"]);
        let own = node.find(&["planned_values", "root_module"]).or_else(|| node.find(&["values", "root_module"]));
        for (root, only_data) in [(prior, true), (own, false)] {
            if let Some(root) = root {
                all.collect(file, root, "", only_data, providers, options)?;
            }
        }
        Ok(all.settle(scene))
    }

    pub(super) fn none(variables: Option<&'a Node>, options: &Options) -> Self {
        Self {
            by_address: BTreeMap::new(),
            modules: BTreeMap::new(),
            variables,
            ids: Ids::new(),
            asked: Cell::new(0),
            is_template: false,
            account: options.account.clone(),
        }
    }

    /// Learns the configuration of a module and of those that it calls.
    fn configure(&mut self, address: String, module: &'a Node, depth: usize) {
        for call in module.member("module_calls").map(Node::members).unwrap_or_default() {
            if let Some(called) = call.node.member("module").filter(|_| depth < 50) {
                self.configure(format!("{address}module.{}.", call.name), called, depth + 1);
            }
        }
        self.modules.insert(address, module);
    }

    /// Collects the resources of a module and of those in it.
    fn collect(
        &mut self,
        file: &'a str,
        module: &'a Node,
        address: &str,
        only_data: bool,
        providers: Option<&'a Node>,
        options: &Options,
    ) -> Result<(), Problem> {
        for node in module.member("resources").map(Node::elements).unwrap_or_default() {
            let (Some(own), Some(kind), Some(name)) =
                (node.text_of("address"), node.text_of("type"), node.text_of("name"))
            else {
                return Err(Problem::at(file, node.place, address, "a resource has an address, a type and a name"));
            };
            let is_data = node.text_of("mode") == Some("data");
            if only_data && !is_data {
                continue;
            }
            let index = node.member("index").map(index).unwrap_or_default();
            let values = node.member("values").unwrap_or(&Node::NULL);
            let plain = format!("{}{kind}.{name}", if is_data { "data." } else { "" });
            let config = self.config(address, &plain);
            let region = self.region(values, config, providers).unwrap_or_else(|| options.region.clone());
            let account = account(values).unwrap_or_else(|| options.account.clone());
            let at = At::of(&account, &region).map_err(|sentence| Problem::at(file, values.place, own, sentence))?;
            let (address, module) = (own.to_owned(), address.to_owned());
            let resource = Resource { file, address, module, kind, index, values, config, at, step: None };
            self.by_address.insert(resource.address.clone(), resource);
        }
        for child in module.member("child_modules").map(Node::elements).unwrap_or_default() {
            let inner = format!("{}.", child.text_of("address").unwrap_or_default());
            self.collect(file, child, &inner, only_data, providers, options)?;
        }
        Ok(())
    }

    /// What the configuration says of a resource.
    fn config(&self, module: &str, plain: &str) -> Option<&'a Node> {
        let module = self.modules.get(&without_indices(module))?;
        let resources = module.member("resources").map(Node::elements).unwrap_or_default();
        resources.iter().find(|config| config.text_of("address") == Some(plain))
    }

    /// The Region that a resource or its provider names.
    fn region(&self, values: &Node, config: Option<&Node>, providers: Option<&Node>) -> Option<String> {
        let of_arn = values.text_of("arn").and_then(|arn| arn.split(':').nth(3));
        if let Some(region) = values.text_of("region").or(of_arn).filter(|region| !region.is_empty()) {
            return Some(region.to_owned());
        }
        let key = config?.text_of("provider_config_key")?;
        let region = providers?.find(&[key, "expressions", "region"])?;
        if let Some(region) = region.text_of("constant_value") {
            return Some(region.to_owned());
        }
        let reference = region.member("references")?.elements().first()?.text()?;
        let value = self.variables?.find(&[reference.strip_prefix("var.")?, "value"])?;
        value.text().map(str::to_owned)
    }

    /// Gives every key its step, and learns the account and the ids of keys that exist.
    pub(super) fn settle(mut self, scene: &mut Scene) -> Self {
        let mut identities = self.by_address.values().filter(|resource| resource.kind == "aws_caller_identity");
        if let Some(account) = identities.find_map(|resource| resource.values.text_of("account_id")) {
            let (earlier, account) = (std::mem::take(&mut self.account), account.to_owned());
            for resource in self.by_address.values_mut().filter(|resource| resource.at.account == earlier) {
                resource.at.account.clone_from(&account);
            }
            self.account = account;
        }
        for resource in self.by_address.values_mut() {
            if KEYS.contains(&resource.kind) && !resource.is_data() {
                let step = scene.step(&resource.address);
                let id = resource.values.text_of("key_id").or_else(|| resource.values.text_of("id"));
                self.ids.extend(id.filter(|id| id.len() > 8).map(|id| (id.to_owned(), step.clone())));
                resource.step = Some(step);
            }
        }
        self
    }

    /// Counts what is asked for.
    pub(super) fn spend(&self, own: &Resource<'_>, amount: usize) -> Result<(), Problem> {
        self.asked.set(self.asked.get().saturating_add(amount));
        if self.asked.get() > MOST_ASKED {
            let sentence = "the references lead to more than is read: nothing follows them to the end";
            return Err(Problem::at(own.file, own.values.place, &own.address, sentence));
        }
        Ok(())
    }

    /// Reads all of them.
    pub(super) fn read(&self, scene: &mut Scene) -> Result<(), Problem> {
        let mut others = Others::default();
        let mut later = Vec::new();
        for resource in self.by_address.values().filter(|resource| !resource.is_data()) {
            let attributes = Attributes { all: self, own: resource };
            if organizations::is_one(resource.kind) {
                continue;
            }
            let known = keys::read(&attributes, scene)? || iam::read(&attributes, scene)?;
            if iam::is_attachment(resource.kind) || keys::is_policy(resource.kind) {
                later.push(attributes);
            } else if !known {
                others.add(resource.kind, resource.file, resource.values.place);
            }
        }
        for attributes in later {
            if !keys::attach(&attributes, scene)? {
                iam::attach(&attributes, scene)?;
            }
        }
        organizations::read(self, scene)?;
        others.leave_out(scene, |_| None);
        Ok(())
    }
}

impl Resource<'_> {
    pub(super) fn is_data(&self) -> bool {
        self.address[self.module.len().min(self.address.len())..].starts_with("data.")
    }

    /// The ARN of the key.
    pub(super) fn key_arn(&self) -> Option<Text> {
        self.step.as_ref().map(|step| self.at.key_arn(&Text::key_id(step)))
    }
}

/// An index as it stands in an address.
fn index(node: &Node) -> String {
    match &node.content {
        crate::text::Content::Text(text) => format!("[\"{text}\"]"),
        _ => node.text().map(|number| format!("[{number}]")).unwrap_or_default(),
    }
}

/// The account in the ARN of a resource that exists.
fn account(values: &Node) -> Option<String> {
    let account = values.text_of("arn")?.split(':').nth(4)?;
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then(|| account.to_owned())
}

/// An address without what stands in brackets.
pub(super) fn without_indices(address: &str) -> String {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    let mut quoted = false;
    for character in address.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            other if depth == 0 => plain.push(other),
            _ => {}
        }
    }
    plain
}
