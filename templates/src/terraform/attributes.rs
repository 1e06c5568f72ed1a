//! What the attributes of a resource are: as they stand, as they follow from its type, or by what they refer to.

use super::{
    documents,
    resources::{Resource, Resources},
};
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::Kind,
    text::Node,
};

/// How deep references may lead.
pub(super) const DEEPEST: usize = 50;

/// A resource among all.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'r, 'a> {
    pub(super) all: &'r Resources<'a>,
    pub(super) own: &'r Resource<'a>,
}

impl Attributes<'_, '_> {
    pub(super) fn wrong(&self, name: &str, sentence: impl Into<String>) -> Problem {
        let place = self.own.values.member(name).map_or(self.own.values.place, |node| node.place);
        Problem::at(self.own.file, place, &format!("{}.{name}", self.own.address), sentence)
    }

    /// An attribute; `None` where it is not given, or is known only once it is applied.
    pub(super) fn get(&self, name: &str) -> Result<Option<Data>, Problem> {
        self.all.attribute(self.own, name, 0)
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<Text>, Problem> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        value.to_text().map(Some).ok_or_else(|| self.wrong(name, format!("{name} is a text")))
    }

    pub(super) fn known(&self, name: &str) -> Result<Option<String>, Problem> {
        Ok(self.text(name)?.and_then(|text| text.known().map(str::to_owned)))
    }

    pub(super) fn truth(&self, name: &str) -> Result<Option<bool>, Problem> {
        Ok(self.get(name)?.and_then(|value| value.truth()))
    }

    pub(super) fn known_list(&self, name: &str) -> Result<Vec<String>, Problem> {
        let Some(value) = self.get(name)? else { return Ok(Vec::new()) };
        let texts: Option<Vec<String>> = value.elements().iter().map(Data::known).collect();
        texts.ok_or_else(|| self.wrong(name, format!("{name} is a list of texts that are known")))
    }

    /// Tags as texts by their keys.
    pub(super) fn tags(&self) -> Result<Vec<(String, Text)>, Problem> {
        let tags = match self.get("tags_all")? {
            Some(Data::Map(tags)) if !tags.is_empty() => Some(Data::Map(tags)),
            _ => self.get("tags")?,
        };
        let tags = tags.unwrap_or(Data::Null);
        Ok(tags.members().iter().filter_map(|(key, value)| Some((key.clone(), value.to_text()?))).collect())
    }

    /// Whether the plan says that an attribute will be there, but not what it is.
    pub(super) fn is_expected(&self, name: &str) -> bool {
        let is_given = |node: &Node| node.member("references").is_some() || node.member("constant_value").is_some();
        self.own.config.and_then(|config| config.find(&["expressions", name])).is_some_and(is_given)
    }
}

impl<'a> Resources<'a> {
    /// An attribute of a resource.
    pub(super) fn attribute(&self, own: &Resource<'a>, name: &str, depth: usize) -> Result<Option<Data>, Problem> {
        self.spend(own, 16)?;
        if depth > DEEPEST {
            let sentence = format!("references lead more than {DEEPEST} steps deep, or in a circle");
            return Err(Problem::at(own.file, own.values.place, &format!("{}.{name}", own.address), sentence));
        }
        if let Some(key) = Self::of_key(own, name) {
            return Ok(Some(Data::Text(key)));
        }
        if let Some(node) = own.values.member(name).filter(|node| !is_missing(node)) {
            let value = if self.is_template { self.filled(own, node, depth)? } else { Data::of(node) };
            return Ok(Some(value.with_ids(&self.ids)));
        }
        if own.kind == "aws_iam_policy_document" && name == "json" {
            return documents::document(self, own, depth).map(|document| document.map(Data::Text));
        }
        if let Some(computed) = self.computed(own, name, depth)? {
            return Ok(Some(Data::Text(computed)));
        }
        let Some(expression) = own.config.and_then(|config| config.find(&["expressions", name])) else {
            return Ok(None);
        };
        self.expressed(own, expression, depth)
    }

    /// The id and the ARN of a key, whether it exists or not: it is made anew.
    fn of_key(own: &Resource<'a>, name: &str) -> Option<Text> {
        match (name, own.step.as_ref()) {
            ("arn", Some(_)) => own.key_arn(),
            ("id" | "key_id", Some(step)) => Some(Text::key_id(step)),
            _ => None,
        }
    }

    /// What follows from the type and from other attributes.
    fn computed(&self, own: &Resource<'a>, name: &str, depth: usize) -> Result<Option<Text>, Problem> {
        let at = &own.at;
        let text = |attribute: &str| -> Result<Option<Text>, Problem> {
            Ok(self.attribute(own, attribute, depth + 1)?.and_then(|value| value.to_text()))
        };
        let known = |attribute: &str| -> Result<Option<String>, Problem> {
            Ok(text(attribute)?.and_then(|text| text.known().map(str::to_owned)))
        };
        let in_region = |service: &str, resource: String| {
            Some(Text::from(format!("arn:{}:{service}:{}:{}:{resource}", at.partition, at.region, at.account)))
        };
        let iam = |kind: Kind| -> Result<Option<Text>, Problem> {
            let path = known("path")?.unwrap_or_default();
            Ok(known("name")?.map(|name| Text::from(at.principal_arn(kind, &path, &name))))
        };
        Ok(match (own.kind, name) {
            ("aws_kms_replica_key" | "aws_kms_replica_external_key", "id" | "key_id") => {
                text("primary_key_arn")?.and_then(|arn| arn.split("/").pop())
            }
            ("aws_kms_replica_key" | "aws_kms_replica_external_key", "arn") => {
                text("key_id")?.map(|id| at.key_arn(&id))
            }
            ("aws_kms_alias", "id") => text("name")?,
            ("aws_kms_alias", "name") => {
                let prefix = known("name_prefix")?.filter(|prefix| !prefix.is_empty());
                let prefix = prefix.as_deref().unwrap_or("alias/");
                Some(Text::from(format!("{prefix}{}", in_alias(&own.address))))
            }
            ("aws_kms_alias", "target_key_arn") => text("target_key_id")?,
            ("aws_iam_role", "arn") => iam(Kind::Role)?,
            ("aws_iam_user", "arn") => iam(Kind::User)?,
            ("aws_iam_group", "arn") => iam(Kind::Group)?,
            ("aws_iam_role" | "aws_iam_user" | "aws_iam_group", "id" | "name") if name == "id" => text("name")?,
            ("aws_iam_role" | "aws_iam_user" | "aws_iam_group" | "aws_iam_policy", "name") => {
                // A name that the provider would make up is that of the resource.
                known("name_prefix")?
                    .map(|prefix| Text::from(format!("{prefix}{}", simple(&own.address))))
                    .or_else(|| Some(Text::from(simple(&own.address))))
            }
            ("aws_iam_policy", "arn" | "id") => {
                let path = known("path")?.unwrap_or_default();
                known("name")?.map(|name| Text::from(at.policy_arn(&path, &name)))
            }
            ("aws_s3_bucket", "arn") => {
                known("bucket")?.map(|name| Text::from(format!("arn:{}:s3:::{name}", at.partition)))
            }
            ("aws_sns_topic", "arn" | "id") => known("name")?.and_then(|name| in_region("sns", name)),
            ("aws_sqs_queue", "arn") => known("name")?.and_then(|name| in_region("sqs", name)),
            ("aws_lambda_function", "arn") => {
                known("function_name")?.and_then(|name| in_region("lambda", format!("function:{name}")))
            }
            ("aws_dynamodb_table", "arn") => {
                known("name")?.and_then(|name| in_region("dynamodb", format!("table/{name}")))
            }
            ("aws_cloudwatch_log_group", "arn") => {
                known("name")?.and_then(|name| in_region("logs", format!("log-group:{name}")))
            }
            ("aws_cloudtrail", "arn") => {
                known("name")?.and_then(|name| in_region("cloudtrail", format!("trail/{name}")))
            }
            ("aws_secretsmanager_secret", "arn" | "id") => {
                known("name")?.and_then(|name| in_region("secretsmanager", format!("secret:{name}")))
            }
            ("aws_caller_identity", "account_id" | "id") => Some(Text::from(self.account.as_str())),
            ("aws_partition", "partition" | "id") => Some(Text::from(at.partition.as_str())),
            ("aws_region", "name" | "id" | "region") => Some(Text::from(at.region.as_str())),
            _ => None,
        })
    }
}

/// The last part of an address, without what a name cannot have.
fn simple(address: &str) -> String {
    let last = address.rsplit('.').next().unwrap_or_default();
    last.chars().filter(|character| character.is_ascii_alphanumeric() || "+=,.@-_".contains(*character)).collect()
}

/// An address as far as the name of an alias can have it: as a whole, since aliases of all modules stand side by side.
fn in_alias(address: &str) -> String {
    let fits = |character: char| character.is_ascii_alphanumeric() || "/_-".contains(character);
    address.chars().map(|character| if fits(character) { character } else { '-' }).collect()
}

/// Whether nothing is known: null, or a list in which something is null.
fn is_missing(node: &Node) -> bool {
    use crate::text::Content;
    match &node.content {
        Content::Null => true,
        Content::List(elements) => elements.iter().any(|element| element.content == Content::Null),
        _ => false,
    }
}
