//! The managed policies of AWS that say something of KMS, reduced to what they say of it.
//!
//! Source: AWS Managed Policy Reference Guide, read in November 2026
//! (`https://docs.aws.amazon.com/aws-managed-policy/latest/reference/`): AWSKeyManagementServicePowerUser v2,
//! AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy v2, AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy v2,
//! AdministratorAccess, PowerUserAccess v12, ReadOnlyAccess, SecurityAudit. A host that needs another one, or one of these
//! as it is written, registers it by its ARN.

use std::sync::Arc;

use crate::{
    error::Error,
    policy::{Kind, PolicyRow},
    text::fields,
};

/// What stands behind `arn:aws:iam::aws:policy/`, with the statement that remains.
const POLICIES: [(&str, &str); 7] = [
    ("AdministratorAccess", r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#),
    (
        "AWSKeyManagementServicePowerUser",
        r#"{"Effect":"Allow","Action":["kms:CreateAlias","kms:CreateKey","kms:DeleteAlias","kms:Describe*","kms:GenerateRandom","kms:Get*","kms:List*","kms:TagResource","kms:UntagResource"],"Resource":"*"}"#,
    ),
    ("PowerUserAccess", r#"{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"}"#),
    (
        "ReadOnlyAccess",
        r#"{"Sid":"ReadOnlyActionsGroup2","Effect":"Allow","Action":["kms:Describe*","kms:Get*","kms:List*"],"Resource":"*"}"#,
    ),
    ("SecurityAudit", r#"{"Effect":"Allow","Action":["kms:Describe*","kms:Get*","kms:List*"],"Resource":"*"}"#),
    // It says nothing of KMS: the role opens connections to CloudHSM clusters.
    (
        "aws-service-role/AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy",
        r#"{"Effect":"Allow","Action":"cloudhsm:Describe*","Resource":"*"}"#,
    ),
    (
        "aws-service-role/AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy",
        r#"{"Sid":"KMSSynchronizeMultiRegionKey","Effect":"Allow","Action":"kms:SynchronizeMultiRegionKey","Resource":"*"}"#,
    ),
];

/// Whether a managed policy of AWS is known, and need not be registered.
pub fn knows_managed_policy(arn: &str) -> bool {
    statement(arn).is_some()
}

/// What remains of a policy of AWS.
fn statement(arn: &str) -> Option<&'static str> {
    let ["arn", _, "iam", "", "aws", resource] = fields(arn)? else { return None };
    let name = resource.strip_prefix("policy/")?;
    POLICIES.iter().find(|(known, _)| *known == name).map(|(_, statement)| *statement)
}

/// A policy of AWS by its ARN, in whatever partition.
pub(super) fn aws_managed(arn: &str) -> Option<Arc<PolicyRow>> {
    let statement = statement(arn)?;
    let text = [r#"{"Version":"2012-10-17","Statement":["#, statement, "]}"].concat();
    PolicyRow::parse(text, Kind::IdentityPolicy).ok().map(Arc::new)
}

/// The refusal of a managed policy that nobody has registered.
pub(super) fn no_managed_policy(steps: &[&str], arn: &str) -> Error {
    let known: Vec<&str> = POLICIES.iter().map(|(name, _)| *name).collect();
    let shown: String = arn.chars().take(200).collect();
    let problem = format!(
        "there is no managed policy {shown}: register it among the policies by its ARN; of AWS's own, these are known: {}",
        known.join(", ")
    );
    Error::directory(steps, &problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_of_the_table_is_a_document() {
        for (name, _) in POLICIES {
            for partition in ["aws", "aws-cn"] {
                let arn = format!("arn:{partition}:iam::aws:policy/{name}");
                assert_eq!(aws_managed(&arn).map(|row| row.document().statements().len()), Some(1), "{arn}");
            }
        }
        for arn in ["arn:aws:iam::aws:policy/Nobody", "arn:aws:iam::111122223333:policy/AdministratorAccess", ""] {
            assert!(aws_managed(arn).is_none(), "{arn}");
        }
    }
}
