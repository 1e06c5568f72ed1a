//! What `aws iam get-account-authorization-details` tells: users, groups, roles and managed policies of an account.
//!
//! How long sessions of a role may last it does not tell: RoleDetail has no MaxSessionDuration (IAM API Reference), so that such
//! roles have the hour that IAM gives when nobody asks for another one.

use crate::{
    data::{Data, Text},
    problem::{Place, Problem},
    scene::{Kind, ManagedPolicy, Principal, Scene},
    text::{Content, Node},
};

/// The lists of the output: what they have, and how inline policies are called in it.
const LISTS: [(&str, Kind, &str); 3] = [
    ("UserDetailList", Kind::User, "UserPolicyList"),
    ("GroupDetailList", Kind::Group, "GroupPolicyList"),
    ("RoleDetailList", Kind::Role, "RolePolicyList"),
];

/// Whether a document is such an output.
pub(crate) fn is_details(node: &Node) -> bool {
    LISTS.iter().any(|(list, _, _)| node.member(list).is_some())
        || node.member("Policies").is_some_and(|policies| {
            policies.elements().iter().any(|policy| policy.member("PolicyVersionList").is_some())
        })
}

/// Reads the output.
pub(crate) fn read(file: &str, node: &Node, scene: &mut Scene) -> Result<(), Problem> {
    for (list, kind, inline) in LISTS {
        for (number, entry) in node.member(list).map(Node::elements).unwrap_or_default().iter().enumerate() {
            let reader = Details { file, path: format!("{list}[{number}]"), node: entry };
            let principal = reader.principal(kind, inline)?;
            scene.name(principal.arn.clone(), kind.word(), principal.arn.as_str());
            scene.declare(principal);
        }
    }
    for (number, entry) in node.member("Policies").map(Node::elements).unwrap_or_default().iter().enumerate() {
        let reader = Details { file, path: format!("Policies[{number}]"), node: entry };
        let policy = reader.policy()?;
        scene.name(policy.arn.clone(), "policy", policy.arn.as_str());
        scene.policies.push(policy);
    }
    if node.member("IsTruncated").and_then(Node::text) == Some("true") {
        let why = "the output was cut: what its next pages have is missing";
        scene.leave_out(file, node.place, "IsTruncated", why);
    }
    Ok(())
}

/// An entry of a list.
struct Details<'a> {
    file: &'a str,
    path: String,
    node: &'a Node,
}

impl Details<'_> {
    fn wrong(&self, place: Place, sentence: &str) -> Problem {
        Problem::at(self.file, place, &self.path, sentence)
    }

    fn text(&self, name: &str) -> Result<String, Problem> {
        let text = self.node.text_of(name).map(str::to_owned);
        text.ok_or_else(|| self.wrong(self.node.place, &format!("{name} is missing")))
    }

    fn principal(&self, kind: Kind, inline: &str) -> Result<Principal, Problem> {
        let mut principal = Principal::new(kind, self.text("Arn")?);
        for policy in self.list(inline) {
            let (Some(name), Some(document)) = (policy.text_of("PolicyName"), policy.member("PolicyDocument")) else {
                return Err(self.wrong(policy.place, "an inline policy has a PolicyName and a PolicyDocument"));
            };
            principal.put_policy(name, self.document(document)?);
        }
        for policy in self.list("AttachedManagedPolicies") {
            let arn = policy.text_of("PolicyArn");
            principal
                .attach(arn.ok_or_else(|| self.wrong(policy.place, "an attached policy has a PolicyArn"))?.to_owned());
        }
        principal.groups = self.list("GroupList").iter().filter_map(Node::text).map(str::to_owned).collect();
        let boundary = self.node.find(&["PermissionsBoundary", "PermissionsBoundaryArn"]);
        principal.boundary = boundary.and_then(Node::text).map(str::to_owned);
        let trust = self.node.member("AssumeRolePolicyDocument").filter(|_| kind == Kind::Role);
        principal.trust = trust.map(|trust| self.document(trust)).transpose()?;
        if kind != Kind::Group {
            let tags = self.list("Tags").iter();
            let tags = tags.filter_map(|tag| Some((tag.text_of("Key")?.to_owned(), tag.text_of("Value")?.to_owned())));
            principal.tags = tags.collect();
        }
        Ok(principal)
    }

    /// A managed policy in its default version.
    fn policy(&self) -> Result<ManagedPolicy, Problem> {
        let versions = self.list("PolicyVersionList");
        let is_default = |version: &&Node| version.text_of("IsDefaultVersion") == Some("true");
        let version = versions.iter().find(is_default).and_then(|version| version.member("Document"));
        let document =
            version.ok_or_else(|| self.wrong(self.node.place, "no version of the policy is the default one"))?;
        Ok(ManagedPolicy { arn: self.text("Arn")?, document: self.document(document)? })
    }

    fn list(&self, name: &str) -> &[Node] {
        self.node.member(name).map(Node::elements).unwrap_or_default()
    }

    /// A document: a structure, or its text, which IAM's API sends percent-encoded.
    fn document(&self, node: &Node) -> Result<Text, Problem> {
        match &node.content {
            Content::Map(_) => Ok(Data::of(node).to_json()),
            Content::Text(text) if text.trim_start().starts_with('{') => Ok(Text::from(text.as_str())),
            Content::Text(text) => {
                let decoded = decoded(text)
                    .ok_or_else(|| self.wrong(node.place, "the document is neither JSON nor percent-encoded JSON"))?;
                Ok(Text::from(decoded))
            }
            _ => Err(self.wrong(node.place, "a policy document is a structure")),
        }
    }
}

/// A text without the percent encoding of RFC 3986.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}
