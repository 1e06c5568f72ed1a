//! What IAM, STS and Organizations say of a document that is malformed: their sentences, with the place.
//!
//! The sentences of IAM are those that `moto` 5.2 has copied (`moto/iam/policy_validation.py`). KMS has others, and words
//! them where it receives a key policy.

use std::borrow::Cow;

use super::document::Kind;
use super::malformed::{Malformed, Problem};

impl Malformed {
    /// AWS's sentence about a document of this kind, and the place. Where AWS says only that something is wrong with the
    /// syntax, what is wrong comes first.
    pub fn refusal(&self, kind: Kind) -> String {
        let sentence = self.sentence(kind);
        let place = match self.path.as_str() {
            "" => String::new(),
            path => format!(" ({path})"),
        };
        match sentence {
            Some(sentence) => format!("{sentence}{place}"),
            None => format!("{self}. Syntax errors in policy."),
        }
    }

    /// AWS's sentence, where it has one for the very problem.
    fn sentence(&self, kind: Kind) -> Option<Cow<'static, str>> {
        Some(match &self.problem {
            Problem::Missing("Action") => "Policy statement must contain actions.".into(),
            Problem::Missing("Resource") => "Policy statement must contain resources.".into(),
            Problem::SidTwice(_) => "Statement IDs (SID) in a single policy must be unique.".into(),
            Problem::NoVendor(_) => "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".into(),
            Problem::Colons(_) => "Actions/Condition can contain only one colon.".into(),
            Problem::InvalidVendor(vendor) => format!("Vendor {vendor} is not valid").into(),
            Problem::Resource(text) => format!("Resource {text} must be in ARN format or \"*\".").into(),
            Problem::Partition { partition, resource } => {
                let complete = complete(resource);
                format!("Partition \"{partition}\" is not valid for resource \"{complete}\".").into()
            }
            // That the case of the word is wrong is found by IAM's second reader.
            Problem::Effect(word) if word.eq_ignore_ascii_case("Allow") || word.eq_ignore_ascii_case("Deny") => {
                "The policy failed legacy parsing".into()
            }
            Problem::Characters => "The specified value for policyDocument is invalid. It must contain only printable \
                                    ASCII characters."
                .into(),
            Problem::NotOfTrust(_) => "Trust Policy statement actions can only be sts:AssumeRole, \
                                       sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity"
                .into(),
            Problem::Misplaced if kind == Kind::TrustPolicy && self.path.ends_with("Resource") => {
                "Has prohibited field Resource.".into()
            }
            _ => return None,
        })
    }
}

/// A resource as IAM shows it: what its ARN lacks are stars.
fn complete(resource: &str) -> String {
    let lacking = 6_usize.saturating_sub(resource.split(':').count());
    resource.to_owned() + &":*".repeat(lacking)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Document;

    fn said(text: &str, kind: Kind) -> String {
        Document::parse(text, kind).expect_err(text).refusal(kind)
    }

    #[test]
    fn a_document_is_refused_in_the_words_of_iam_and_with_the_place() {
        let one = |members: &str| format!(r#"{{"Version":"2012-10-17","Statement":[{{{members}}}]}}"#);
        for (members, sentence) in [
            (r#""Effect":"Allow","Resource":"*""#, "Policy statement must contain actions. (Statement[0])"),
            (r#""Effect":"Allow","Action":"a:b""#, "Policy statement must contain resources. (Statement[0])"),
            (
                r#""Effect":"Allow","Action":["a:b","c"],"Resource":"*""#,
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. (Statement[0].Action[1])",
            ),
            (
                r#""Effect":"Allow","Action":"a:b:c","Resource":"*""#,
                "Actions/Condition can contain only one colon. (Statement[0].Action)",
            ),
            (r#""Effect":"Allow","Action":"a_b:c","Resource":"*""#, "Vendor a_b is not valid (Statement[0].Action)"),
            (
                r#""Effect":"Allow","Action":"a:b","Resource":"key""#,
                "Resource key must be in ARN format or \"*\". (Statement[0].Resource)",
            ),
            (
                r#""Effect":"Allow","Action":"a:b","Resource":"arn:az:kms""#,
                "Partition \"az\" is not valid for resource \"arn:az:kms:*:*:*\". (Statement[0].Resource)",
            ),
            (
                r#""Effect":"allow","Action":"a:b","Resource":"*""#,
                "The policy failed legacy parsing (Statement[0].Effect)",
            ),
            (
                r#""Effect":"Permit","Action":"a:b","Resource":"*""#,
                "Statement[0].Effect: unknown effect \"Permit\". Syntax errors in policy.",
            ),
        ] {
            assert_eq!(said(&one(members), Kind::IdentityPolicy), sentence);
        }
        let twice = r#"{"Sid":"a","Effect":"Allow","Action":"a:b","Resource":"*"}"#;
        let twice = format!(r#"{{"Statement":[{twice},{twice}]}}"#);
        let sentence = "Statement IDs (SID) in a single policy must be unique. (Statement[1].Sid)";
        assert_eq!(said(&twice, Kind::ServiceControlPolicy), sentence);
        let far = one(r#""Sid":"я","Effect":"Allow","Action":"a:b","Resource":"*""#);
        assert!(said(&far, Kind::SessionPolicy).ends_with("printable ASCII characters."));
    }

    #[test]
    fn a_trust_policy_is_about_assuming_its_role() {
        let trust = |members: &str| {
            let named = r#""Effect":"Allow","Principal":{"AWS":"111122223333"}"#;
            format!(r#"{{"Statement":{{{named},{members}}}}}"#)
        };
        for members in [
            r#""Action":"sts:AssumeRole""#,
            r#""Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"]"#,
            r#""Action":"STS:Assume*""#,
            r#""Action":"*""#,
        ] {
            assert!(Document::parse(&trust(members), Kind::TrustPolicy).is_ok(), "{members}");
        }
        for (members, sentence) in [
            (r#""Action":"kms:Decrypt""#, "can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and"),
            (r#""Action":"sts:AssumeRole","Resource":"*""#, "Has prohibited field Resource. (Statement.Resource)"),
            (r#""Action":"sts:AssumeRole","NotResource":"*""#, "Has prohibited field Resource."),
            (r#""NotPrincipal":"*""#, "exclude each other"),
            (r#""Sid":"a""#, "Policy statement must contain actions."),
        ] {
            let said = said(&trust(members), Kind::TrustPolicy);
            assert!(said.contains(sentence), "{said}");
        }
    }
}
