//! AWS managed keys: the aliases that AWS has predefined in every account, and the keys that are made when one of them is
//! used for the first time.
//!
//! A service makes the key of an account: when it uses its alias on behalf of somebody in the account, or when somebody
//! describes the alias (API_DescribeKey.html). Nobody in the account can change the key, for its policy allows nobody
//! but the service to do more than look at it (P1-24, P3-130); so authorization refuses the rest. AWS owned keys are in
//! accounts of AWS, where nobody sees them (P1-31): a world has none.

use std::sync::Arc;

use super::{Operation, rotation};
use crate::{
    algorithms,
    call::Call,
    crypto::{CryptoProvider, random::Random},
    error::Error,
    material::{Material, MaterialId},
    names::{AliasArn, AliasName, KeyArn, KeyId, KeyRef},
    policy::{Kind, PolicyRow},
    shapes::{KeyManagerType, KeySpec, KeyUsageType, OriginType},
    state::{AliasRow, Draft, KeyRow, LineageId, RegionalKey, Secret, SecretName, Version, Versions},
    wire::{Seen, Typed},
};

/// A service that keeps a key of its own in an account.
struct Service {
    /// Its alias, behind `alias/aws/`.
    name: &'static str,
    /// How `kms:ViaService` begins (P3-133 to P3-139).
    via: &'static str,
    /// What the policy of its key calls it.
    title: &'static str,
    /// What its key protects, as the description of the key says.
    protects: &'static str,
    /// Whether it makes grants on its key.
    grants: bool,
}

macro_rules! services {
    ($($name:literal $via:literal $title:literal $protects:literal $grants:ident;)+) => {
        /// The services, in the order of their aliases. Which of them AWS predefines is nowhere written: these are the
        /// names that lists of aliases from many accounts show.
        const SERVICES: &[Service] =
            &[$(Service { name: $name, via: $via, title: $title, protects: $protects, grants: $grants },)+];
    };
}

services! {
    "acm"               "acm"               "ACM"               "ACM private keys"                  true;
    "backup"            "backup"            "Backup"            "Backup data"                       true;
    "codecommit"        "codecommit"        "CodeCommit"        "CodeCommit repositories"           true;
    "connect"           "connect"           "Connect"           "Connect data"                      true;
    "dms"               "dms"               "DMS"               "DMS replication instance volumes"  true;
    "dynamodb"          "dynamodb"          "DynamoDB"          "DynamoDB data"                     true;
    "ebs"               "ec2"               "EBS"               "EBS volumes"                       true;
    "elasticfilesystem" "elasticfilesystem" "EFS"               "EFS filesystems"                   true;
    "es"                "es"                "Elasticsearch"     "Elasticsearch data"                true;
    "fsx"               "fsx"               "FSx"               "FSx resources"                     true;
    "glue"              "glue"              "Glue"              "Glue data"                         true;
    "kafka"             "kafka"             "Kafka"             "Kafka data"                        true;
    "kinesis"           "kinesis"           "Kinesis"           "Kinesis data"                      false;
    "kinesisvideo"      "kinesisvideo"      "Kinesis Video"     "Kinesis Video data"                true;
    "lambda"            "lambda"            "AWS Lambda"        "Lambda functions"                  true;
    "lightsail"         "lightsail"         "Lightsail"         "Lightsail data"                    true;
    "rds"               "rds"               "RDS"               "RDS database volumes"              true;
    "redshift"          "redshift"          "Redshift"          "Redshift clusters"                 true;
    "s3"                "s3"                "S3"                "S3 objects"                        false;
    "secretsmanager"    "secretsmanager"    "AWS Secrets Manager" "Secrets Manager data"            true;
    "ses"               "ses"               "SES"               "SES data"                          false;
    "sns"               "sns"               "SNS"               "SNS data"                          false;
    "sqs"               "sqs"               "SQS"               "SQS messages"                      false;
    "ssm"               "ssm"               "SSM"               "SSM parameters"                    true;
    "workmail"          "workmail"          "WorkMail"          "WorkMail data"                     true;
    "workspaces"        "workspaces"        "WorkSpaces"        "WorkSpaces volumes"                true;
    "xray"              "xray"              "X-Ray"             "X-Ray data"                        false;
}

/// How the names of these aliases begin.
const PREFIX: &str = "alias/aws/";

/// Where requests name a key by an alias.
const MEMBERS: [&str; 3] = ["KeyId", "SourceKeyId", "DestinationKeyId"];

/// The names that AWS has predefined, sorted.
pub(super) fn predefined() -> impl Iterator<Item = AliasName> {
    SERVICES.iter().filter_map(|service| AliasName::parse(&[PREFIX, service.name].concat()))
}

/// Makes the AWS managed keys that a call is the first to use. That comes before the call is decided, as what falls due
/// does: no lag hides such a key from its own call, and a call that is refused makes none. Gives back the keys.
pub(crate) fn make_first_used(
    operation: &Operation,
    request: &dyn Typed,
    call: &Call,
    draft: &mut Draft<'_>,
    random: &Random,
    provider: &CryptoProvider,
) -> Result<Vec<KeyArn>, Error> {
    let mut made = Vec::new();
    if !operation.aliases || call.caller.is_service() {
        return Ok(made);
    }
    for member in MEMBERS {
        let Some(Seen::Text(text)) = request.member(member) else { continue };
        let Some((alias, service)) = text.contains(PREFIX).then(|| named(text, call)).flatten() else { continue };
        let describes = operation.name == "DescribeKey";
        if (describes || is_via(service, call)) && !draft.state().aliases.contains_key(&alias) {
            made.push(make(alias, service, call, draft, random, provider)?);
        }
    }
    Ok(made)
}

/// The predefined alias of the caller's own account that a text names.
fn named(text: &str, call: &Call) -> Option<(AliasArn, &'static Service)> {
    let (account, region) = (call.caller.account, call.region);
    let alias = match KeyRef::parse(text)? {
        KeyRef::AliasName(name) => AliasArn { account, region, name },
        KeyRef::AliasArn(arn) if (arn.account, arn.region) == (account, region) => arn,
        _ => return None,
    };
    let name = alias.name.as_str().strip_prefix(PREFIX)?;
    let service = SERVICES.iter().find(|service| service.name == name)?;
    Some((alias, service))
}

/// Whether it is the service that forwards the call.
fn is_via(service: &Service, call: &Call) -> bool {
    call.origin.via.last().is_some_and(|via| via.split('.').next() == Some(service.via))
}

/// Makes the key of a service in the caller's account and Region, with its policy, its alias and its yearly rotation
/// (LIF-44, LIF-45).
fn make(
    alias: AliasArn,
    service: &Service,
    call: &Call,
    draft: &mut Draft<'_>,
    random: &Random,
    provider: &CryptoProvider,
) -> Result<KeyArn, Error> {
    let internal = || Error::internal("an AWS managed key could not be made");
    let AliasArn { account, region, .. } = alias;
    let row = algorithms::row(KeySpec::SymmetricDefault, region.partition()).ok_or_else(internal)?;
    let mut random = random.stream(&format!("AWS managed key {alias}"));
    let mut arn = KeyArn { account, region, id: KeyId::new(random.array()) };
    while draft.state().keys.contains_key(&LineageId::of(arn)) {
        arn.id = KeyId::new(random.array());
    }
    let mut material = MaterialId::random(&mut random);
    while draft.state().holders(material).is_some() {
        material = MaterialId::random(&mut random);
    }
    let lineage = LineageId::of(arn);
    let secret = Secret::Material(Material::generate(row.material, provider, &mut random).map_err(|_| internal())?);
    let description = format!("Default key that protects my {} when no other key is defined", service.protects);
    let mut versions = Versions::default();
    versions.push(Version::first(material, call.now));
    let key = KeyRow {
        spec: KeySpec::SymmetricDefault,
        usage: KeyUsageType::EncryptDecrypt,
        origin: OriginType::AwsKms,
        manager: KeyManagerType::Aws,
        primary: None,
        rotation: None,
        on_demand: 0,
        rotating: None,
        in_store: None,
        versions,
        regions: [RegionalKey::new(region, call.now, description, Vec::new())].into(),
    };
    let policy = PolicyRow::parse(policy(service, &alias), Kind::ResourcePolicy).map_err(|_| internal())?;
    draft.put_secret(SecretName::Material(material, region), lineage, secret);
    draft.put_policy(arn, Arc::new(policy));
    draft.put_key(lineage, key);
    let seed = rotation::new_seed(lineage, region, draft, random);
    draft.begin_schedule(lineage, rotation::USUAL_PERIOD, seed, call.now);
    draft.put_alias(alias, AliasRow { target: arn.id, created: call.now, updated: call.now });
    Ok(arn)
}

/// The policy of a service's key (P2-456, P3-130): the service may use it for everybody in the account, and the account
/// may look at it.
fn policy(service: &Service, alias: &AliasArn) -> String {
    let Service { name, via, title, .. } = service;
    let AliasArn { account, region, .. } = alias;
    let (grant, revoke) = if service.grants { (r#""kms:CreateGrant", "#, r#", "kms:RevokeGrant""#) } else { ("", "") };
    let partition = region.partition().as_str();
    format!(
        r#"{{
  "Version" : "2012-10-17",
  "Id" : "auto-{name}-2",
  "Statement" : [ {{
    "Sid" : "Allow access through {title} for all principals in the account that are authorized to use {title}",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "*"
    }},
    "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", {grant}"kms:DescribeKey" ],
    "Resource" : "*",
    "Condition" : {{
      "StringEquals" : {{
        "kms:CallerAccount" : "{account}",
        "kms:ViaService" : "{via}.{region}.amazonaws.com"
      }}
    }}
  }}, {{
    "Sid" : "Allow direct access to key metadata to the account",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "arn:{partition}:iam::{account}:root"
    }},
    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*"{revoke} ],
    "Resource" : "*"
  }} ]
}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::laid_out;

    #[test]
    fn the_aliases_are_sorted_names_of_aliases() {
        let names: Vec<_> = predefined().collect();
        assert!(names.len() == SERVICES.len() && names.is_sorted() && names.iter().all(AliasName::is_reserved));
    }

    #[test]
    fn every_policy_stands_in_the_layout_in_which_aws_shows_it() {
        let alias = AliasArn::parse("arn:aws-cn:kms:cn-north-1:111122223333:alias/aws/s3").expect("an alias");
        for service in SERVICES {
            let text = policy(service, &alias);
            assert_eq!(laid_out(&text).as_deref(), Ok(text.as_str()));
            assert!(PolicyRow::parse(text.clone(), Kind::ResourcePolicy).is_ok(), "{text}");
            assert!(text.contains("arn:aws-cn:iam::111122223333:root") && text.contains(".cn-north-1.amazonaws.com"));
        }
    }
}
