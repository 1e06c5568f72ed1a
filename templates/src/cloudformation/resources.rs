//! The resources of a stack that a world of KMS knows.

mod keys;
mod principals;
mod properties;
mod serverless;

use super::{evaluation::Scope, transforms};
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::{Others, Scene},
    text::Node,
};

/// A resource whose properties are computed.
struct Resource<'r, 'e, 'a> {
    scope: Scope<'e, 'a>,
    name: &'r str,
    kind: &'r str,
    node: &'r Node,
    properties: Data,
}

/// Reads the resources of a stack.
pub(super) fn read(stack: &Scope<'_, '_>, scene: &mut Scene) -> Result<(), Problem> {
    let mut others = Others::default();
    for (name, node) in &stack.sections().resources {
        let path = format!("Resources.{name}");
        if *name == transforms::FUNCTION {
            scene.leave_out(stack.stack().file, node.place, &path, transforms::why(node.text_of("Name")));
            continue;
        }
        let scope = stack.at(&path);
        let Some(kind) = node.text_of("Type") else {
            return Err(scope.wrong(node.place, "a resource has a Type"));
        };
        if !scope.is_there(name, node)? {
            continue;
        }
        let Some(reader) = reader(kind) else {
            others.add(kind, stack.stack().file, node.place);
            continue;
        };
        let properties = match node.member("Properties") {
            Some(properties) => scope.some(properties)?,
            None => Data::Map(Vec::new()),
        };
        let resource = Resource { scope, name, kind, node, properties };
        properties::check(&resource, scene)?;
        reader(&resource, scene)?;
    }
    others.leave_out(scene, |kind| {
        Some(match kind {
            "AWS::CloudFormation::Stack" => {
                "nested stacks are files of their own: give their templates, too".to_owned()
            }
            "AWS::IAM::InstanceProfile" => String::new(),
            "AWS::Serverless::Connector" => "connectors give permissions of other services: none of KMS".to_owned(),
            _ => return None,
        })
    });
    Ok(())
}

type Reader = fn(&Resource<'_, '_, '_>, &mut Scene) -> Result<(), Problem>;

fn reader(kind: &str) -> Option<Reader> {
    Some(match kind {
        "AWS::KMS::Key" => keys::key,
        "AWS::KMS::ReplicaKey" => keys::replica,
        "AWS::KMS::Alias" => keys::alias,
        "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => principals::principal,
        "AWS::IAM::ServiceLinkedRole" => principals::service_linked,
        "AWS::IAM::ManagedPolicy" => principals::managed_policy,
        "AWS::IAM::Policy" => principals::policy,
        "AWS::IAM::RolePolicy" | "AWS::IAM::UserPolicy" | "AWS::IAM::GroupPolicy" => principals::own_policy,
        "AWS::IAM::UserToGroupAddition" => principals::addition,
        "AWS::Serverless::Function" | "AWS::Serverless::StateMachine" => serverless::role,
        _ => return None,
    })
}

impl Resource<'_, '_, '_> {
    fn wrong(&self, property: &str, sentence: impl Into<String>) -> Problem {
        let node = self.node.find(&["Properties", property]).unwrap_or(self.node);
        let path = format!("{}.Properties.{property}", self.scope.path());
        Problem::at(self.scope.stack().file, node.place, &path, sentence)
    }

    fn given(&self, property: &str) -> Option<&Data> {
        self.properties.member(property)
    }

    /// A property that must be there.
    fn required(&self, property: &str) -> Result<&Data, Problem> {
        self.given(property).ok_or_else(|| self.wrong(property, format!("{property} must be given")))
    }

    fn text(&self, property: &str) -> Result<Option<Text>, Problem> {
        let Some(value) = self.given(property) else { return Ok(None) };
        value.to_text().map(Some).ok_or_else(|| self.wrong(property, format!("{property} is a text")))
    }

    fn known(&self, property: &str) -> Result<Option<String>, Problem> {
        let Some(text) = self.text(property)? else { return Ok(None) };
        let known = text.known().map(str::to_owned);
        known.map(Some).ok_or_else(|| self.wrong(property, format!("{property} cannot have the id of a key in it")))
    }

    fn known_list(&self, property: &str) -> Result<Vec<String>, Problem> {
        let elements = self.given(property).map(Data::elements).unwrap_or_default();
        let texts: Option<Vec<String>> = elements.iter().map(Data::known).collect();
        texts.ok_or_else(|| self.wrong(property, format!("{property} is a list of texts")))
    }

    fn truth(&self, property: &str) -> Result<Option<bool>, Problem> {
        let Some(value) = self.given(property) else { return Ok(None) };
        value.truth().map(Some).ok_or_else(|| self.wrong(property, format!("{property} is true or false")))
    }

    /// A document as JSON text.
    fn document(&self, property: &str) -> Result<Option<Text>, Problem> {
        match self.given(property) {
            None => Ok(None),
            Some(document) => self.json(document, property).map(Some),
        }
    }

    fn json(&self, document: &Data, property: &str) -> Result<Text, Problem> {
        match document {
            Data::Map(_) => Ok(document.to_json()),
            // A document may be given as its text.
            Data::Text(text) => Ok(text.clone()),
            _ => Err(self.wrong(property, "a policy document is a structure")),
        }
    }

    /// Tags as texts by their keys.
    fn tags(&self) -> Result<Vec<(String, Text)>, Problem> {
        let elements = match self.given("Tags") {
            None => return Ok(Vec::new()),
            Some(Data::Map(members)) => {
                let tag = |(key, value): &(String, Data)| Some((key.clone(), value.to_text()?));
                let tags: Option<Vec<_>> = members.iter().map(tag).collect();
                return tags.ok_or_else(|| self.wrong("Tags", "tags are texts by their keys"));
            }
            Some(list) => list.elements(),
        };
        let tag = |tag: &Data| Some((tag.member("Key")?.known()?, tag.member("Value")?.to_text()?));
        let tags: Option<Vec<_>> = elements.iter().map(tag).collect();
        tags.ok_or_else(|| self.wrong("Tags", "a tag has a Key and a Value"))
    }
}
