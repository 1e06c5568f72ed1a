//! The data source `aws_iam_policy_document`, where it is read only when the plan is applied.

use super::{
    references::references,
    resources::{Resource, Resources},
};
use crate::{
    data::{Data, Text},
    problem::Problem,
    text::{Content, Node},
};

/// The lists of a statement, and what they are called in a policy.
const LISTS: [(&str, &str); 4] =
    [("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"), ("not_resources", "NotResource")];

/// The document as JSON text; `None` where it does not follow from the plan.
pub(super) fn document(all: &Resources<'_>, own: &Resource<'_>, depth: usize) -> Result<Option<Text>, Problem> {
    let merged = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];
    let is_given = |name: &&str| {
        let value = own.values.member(name).is_some_and(|node| {
            node.content != Content::Null && !matches!(&node.content, Content::List(list) if list.is_empty())
        });
        value || own.config.is_some_and(|config| config.find(&["expressions", name]).is_some())
    };
    if merged.iter().any(is_given) {
        return Ok(None);
    }
    let mut statements = Vec::new();
    let configured = own.config.and_then(|config| config.find(&["expressions", "statement"])).map(Node::elements);
    let values = own.values.member("statement").map(Node::elements).unwrap_or_default();
    for (place, node) in values.iter().enumerate() {
        // Blocks that are made in a loop have one configuration for all of them.
        let config = configured.filter(|configured| configured.len() == values.len()).and_then(|all| all.get(place));
        let block = Block { all, own, node, config, depth };
        let Some(statement) = block.statement()? else { return Ok(None) };
        statements.push(statement);
    }
    let version = own.values.text_of("version").unwrap_or("2012-10-17");
    let mut document = vec![("Version".to_owned(), Data::Text(Text::from(version)))];
    if let Some(id) = own.values.text_of("policy_id") {
        document.push(("Id".to_owned(), Data::Text(Text::from(id))));
    }
    document.push(("Statement".to_owned(), Data::List(statements)));
    Ok(Some(Data::Map(document).to_json()))
}

/// A block, and what the configuration says of it.
struct Block<'r, 'a> {
    all: &'r Resources<'a>,
    own: &'r Resource<'a>,
    node: &'r Node,
    config: Option<&'r Node>,
    depth: usize,
}

impl<'r> Block<'r, '_> {
    fn statement(&self) -> Result<Option<Data>, Problem> {
        let mut statement = Vec::new();
        if let Some(sid) = self.node.text_of("sid").filter(|sid| !sid.is_empty()) {
            statement.push(("Sid".to_owned(), Data::Text(Text::from(sid))));
        }
        let effect = self.node.text_of("effect").unwrap_or("Allow");
        statement.push(("Effect".to_owned(), Data::Text(Text::from(effect))));
        for (block, element) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
            let Some(principals) = self.principals(block)? else { return Ok(None) };
            // Where there are none, the statement names nobody.
            if principals != Data::Map(Vec::new()) {
                statement.push((element.to_owned(), principals));
            }
        }
        for (list, element) in LISTS {
            let Some(texts) = self.list(list)? else { return Ok(None) };
            if !texts.is_empty() {
                statement.push((element.to_owned(), Data::List(texts)));
            }
        }
        let Some(conditions) = self.conditions()? else { return Ok(None) };
        if !conditions.is_empty() {
            statement.push(("Condition".to_owned(), Data::Map(conditions)));
        }
        Ok(Some(Data::Map(statement)))
    }

    /// The blocks of this name, with their configurations.
    fn blocks(&self, name: &str) -> Vec<Self> {
        let nodes = self.node.member(name).map(Node::elements).unwrap_or_default();
        let configs = self.config.and_then(|config| config.member(name)).map(Node::elements).unwrap_or_default();
        let is_same = nodes.len() == configs.len();
        let block = |(place, node): (usize, &'r Node)| Self {
            all: self.all,
            own: self.own,
            node,
            config: configs.get(place).filter(|_| is_same),
            depth: self.depth,
        };
        nodes.iter().enumerate().map(block).collect()
    }

    fn principals(&self, name: &str) -> Result<Option<Data>, Problem> {
        let mut kinds: Vec<(String, Data)> = Vec::new();
        for block in self.blocks(name) {
            let kind = block.node.text_of("type").unwrap_or("AWS");
            let Some(identifiers) = block.list("identifiers")? else { return Ok(None) };
            if kind == "*" {
                return Ok(Some(Data::Text(Text::from("*"))));
            }
            match kinds.iter_mut().find(|(known, _)| known == kind) {
                Some((_, Data::List(known))) => known.extend(identifiers),
                _ => kinds.push((kind.to_owned(), Data::List(identifiers))),
            }
        }
        Ok(Some(Data::Map(kinds)))
    }

    fn conditions(&self) -> Result<Option<Vec<(String, Data)>>, Problem> {
        let mut conditions: Vec<(String, Data)> = Vec::new();
        for block in self.blocks("condition") {
            let (Some(test), Some(variable)) = (block.node.text_of("test"), block.node.text_of("variable")) else {
                return Ok(None);
            };
            let Some(values) = block.list("values")? else { return Ok(None) };
            let entry = (variable.to_owned(), Data::List(values));
            match conditions.iter_mut().find(|(known, _)| known == test) {
                Some((_, Data::Map(known))) => known.push(entry),
                _ => conditions.push((test.to_owned(), Data::Map(vec![entry]))),
            }
        }
        Ok(Some(conditions))
    }

    /// A list of texts. What is not known of it is what the configuration refers to, where that is as much.
    fn list(&self, name: &str) -> Result<Option<Vec<Data>>, Problem> {
        let node = self.node.member(name);
        let nodes = node.map(Node::elements).unwrap_or_default();
        let unknown = nodes.iter().filter(|element| element.content == Content::Null).count();
        let config = self.config.and_then(|config| config.member(name));
        let is_missing = node.is_none_or(|node| node.content == Content::Null) && config.is_some();
        let known = nodes.iter().filter(|element| element.content != Content::Null);
        let mut texts: Vec<Data> = known.map(|element| written(&Data::of(element)).with_ids(&self.all.ids)).collect();
        if unknown == 0 && !is_missing {
            return Ok(Some(texts));
        }
        let Some(config) = config else { return Ok(None) };
        let mut found = Vec::new();
        for reference in references(config) {
            let value = self.all.referred(&self.own.module, &self.own.index, &reference, self.depth + 1)?;
            let Some(value) = value else { return Ok(None) };
            found.extend(value.elements().iter().cloned());
        }
        // What is known is referred to as well: of that there is no second one needed.
        found.retain(|value| !texts.contains(value));
        if !is_missing && found.len() != unknown {
            return Ok(None);
        }
        texts.extend(found);
        Ok((!texts.is_empty()).then_some(texts))
    }
}

/// A text of the data source, in which `&{` stands for `${`.
fn written(data: &Data) -> Data {
    match data.known() {
        Some(text) => Data::Text(Text::from(text.replace("&{", "${"))),
        None => data.clone(),
    }
}
