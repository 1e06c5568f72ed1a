//! What resources are called: what `Ref` and `Fn::GetAtt` give.
//!
//! Names that CloudFormation would make up are made of the stack's name and the logical id, without its random end.

use super::evaluation::Scope;
use crate::{
    data::{Data, Text},
    problem::Problem,
    scene::Kind,
    text::{Content, Node},
};

/// What is known of a type: its name is given by a property, and its ARN has a service and a resource, in which `%` stands
/// for the name. `@@` before the service says that the ARN names neither Region nor account.
struct Known {
    kind: &'static str,
    property: &'static str,
    arn: (&'static str, &'static str),
    /// Whether `Ref` gives the ARN.
    is_arn: bool,
}

const fn known(kind: &'static str, property: &'static str, service: &'static str, resource: &'static str) -> Known {
    Known { kind, property, arn: (service, resource), is_arn: false }
}

const fn by_arn(kind: &'static str, property: &'static str, service: &'static str, resource: &'static str) -> Known {
    Known { kind, property, arn: (service, resource), is_arn: true }
}

/// The types that policies about KMS name (AWS CloudFormation template reference, "Return values" of each).
#[rustfmt::skip]
const KNOWN: [Known; 27] = [
    known("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroupName", "autoscaling", "autoScalingGroup:*:autoScalingGroupName/%"),
    known("AWS::Backup::BackupVault", "BackupVaultName", "backup", "backup-vault:%"),
    known("AWS::CloudTrail::Trail", "TrailName", "cloudtrail", "trail/%"),
    known("AWS::CloudWatch::Alarm", "AlarmName", "cloudwatch", "alarm:%"),
    known("AWS::CodeBuild::Project", "Name", "codebuild", "project/%"),
    known("AWS::CodePipeline::Pipeline", "Name", "codepipeline", "%"),
    known("AWS::DynamoDB::GlobalTable", "TableName", "dynamodb", "table/%"),
    known("AWS::DynamoDB::Table", "TableName", "dynamodb", "table/%"),
    known("AWS::ECR::Repository", "RepositoryName", "ecr", "repository/%"),
    known("AWS::ECS::Cluster", "ClusterName", "ecs", "cluster/%"),
    known("AWS::EKS::Cluster", "Name", "eks", "cluster/%"),
    known("AWS::Events::EventBus", "Name", "events", "event-bus/%"),
    known("AWS::Events::Rule", "Name", "events", "rule/%"),
    known("AWS::Kinesis::Stream", "Name", "kinesis", "stream/%"),
    known("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName", "firehose", "deliverystream/%"),
    known("AWS::Lambda::Function", "FunctionName", "lambda", "function:%"),
    known("AWS::Logs::LogGroup", "LogGroupName", "logs", "log-group:%:*"),
    known("AWS::RDS::DBCluster", "DBClusterIdentifier", "rds", "cluster:%"),
    known("AWS::RDS::DBInstance", "DBInstanceIdentifier", "rds", "db:%"),
    known("AWS::S3::Bucket", "BucketName", "@@s3", "%"),
    known("AWS::SSM::Parameter", "Name", "ssm", "parameter/%"),
    by_arn("AWS::SecretsManager::Secret", "Name", "secretsmanager", "secret:%"),
    by_arn("AWS::SNS::Topic", "TopicName", "sns", "%"),
    known("AWS::SQS::Queue", "QueueName", "sqs", "%"),
    known("AWS::Serverless::Function", "FunctionName", "lambda", "function:%"),
    by_arn("AWS::StepFunctions::StateMachine", "StateMachineName", "states", "stateMachine:%"),
    by_arn("AWS::Serverless::StateMachine", "Name", "states", "stateMachine:%"),
];

impl<'a> Scope<'_, 'a> {
    /// What `Ref` gives of a resource.
    pub(super) fn resource_id(&self, name: &str, used: &Node) -> Result<Text, Problem> {
        let what = format!("the name of {name}");
        let id = self.remembered(&what, used.place, || self.computed_id(name, used).map(Data::Text))?;
        Ok(id.to_text().unwrap_or_default())
    }

    /// A resource that is there.
    fn resource(&self, name: &str, used: &Node) -> Result<&'a Node, Problem> {
        let Some(resource) = self.sections().resources.get(name) else {
            return Err(self.wrong(used.place, format!("the template has no parameter and no resource {name:.100}")));
        };
        if !self.is_there(name, resource)? {
            let sentence = format!("{name:.100} is not created: its condition does not hold");
            return Err(self.wrong(used.place, sentence));
        }
        Ok(resource)
    }

    /// A resource that is not in the template, but comes of one that is: the role of a function.
    fn made(&self, name: &str) -> Option<&'a Node> {
        let function = name.strip_suffix("Role")?;
        let node = self.sections().resources.get(function)?;
        let is_made = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"].contains(&node.text_of("Type")?);
        (is_made && node.find(&["Properties", "Role"]).is_none()).then_some(*node)
    }

    /// The path of such a role.
    fn made_path(&self, name: &str) -> Result<String, Problem> {
        let Some(function) = self.made(name) else { return Ok("/".to_owned()) };
        let kind = function.text_of("Type").and_then(|kind| kind.rsplit("::").next()).unwrap_or_default();
        let globals = || self.stack().node.find(&["Globals", kind, "RolePath"]);
        let path = function.find(&["Properties", "RolePath"]).or_else(globals);
        path.map_or_else(|| Ok("/".to_owned()), |path| self.known(path))
    }

    fn computed_id(&self, name: &str, used: &Node) -> Result<Text, Problem> {
        if !self.sections().resources.contains_key(name) && self.made(name).is_some() {
            return Ok(Text::from(self.made_up(name)));
        }
        let resource = self.resource(name, used)?;
        let kind = resource.text_of("Type").unwrap_or_default();
        if let Some(id) = self.key_id(name, kind, resource)? {
            return Ok(id);
        }
        match kind {
            "AWS::KMS::Alias" => self.own_name(name, resource, "AliasName"),
            "AWS::IAM::ManagedPolicy" => self.iam_arn(name, resource).map(Text::from),
            _ => match KNOWN.iter().find(|known| known.kind == kind) {
                Some(known) if known.is_arn => self.known_arn(name, resource, known),
                Some(known) => self.own_name(name, resource, known.property),
                None => {
                    if let Some((property, _)) = iam(kind) {
                        return self.own_name(name, resource, property);
                    }
                    let id = self.made_up(name);
                    self.assume(used.place, format!("{name} is taken to be called {id}"));
                    Ok(Text::from(id))
                }
            },
        }
    }

    /// The id of a key or of a replica.
    fn key_id(&self, name: &str, kind: &str, resource: &Node) -> Result<Option<Text>, Problem> {
        Ok(match kind {
            "AWS::KMS::Key" => self.all.steps.get(&(self.place, name)).map(|step| Text::key_id(step)),
            "AWS::KMS::ReplicaKey" => {
                let primary = resource.find(&["Properties", "PrimaryKeyArn"]);
                let primary =
                    primary.ok_or_else(|| self.wrong(resource.place, format!("{name:.100} has no PrimaryKeyArn")))?;
                self.text(primary)?.split("/").pop()
            }
            _ => None,
        })
    }

    /// The name that a property gives, or one that is made up.
    pub(super) fn own_name(&self, name: &str, resource: &Node, property: &str) -> Result<Text, Problem> {
        let given = resource.find(&["Properties", property]);
        let given = given.map(|node| self.value(node)).transpose()?.flatten();
        Ok(match given.and_then(|given| given.to_text()) {
            Some(given) => given,
            None if property == "BucketName" => Text::from(self.made_up(name).to_ascii_lowercase()),
            None => Text::from(self.made_up(name)),
        })
    }

    /// A name that CloudFormation would make up. Names of IAM have at most 64 characters.
    fn made_up(&self, name: &str) -> String {
        format!("{}-{name}", self.stack().name).chars().take(64).collect()
    }

    /// The ARN of a principal or managed policy of the template.
    pub(super) fn iam_arn(&self, name: &str, resource: &Node) -> Result<String, Problem> {
        let kind = resource.text_of("Type").unwrap_or_default();
        let Some((property, principal)) = iam(kind) else {
            return Err(self.wrong(resource.place, format!("{kind:.100} has no ARN of IAM")));
        };
        let path = match resource.find(&["Properties", "Path"]) {
            Some(path) => self.known(path)?,
            None => "/".to_owned(),
        };
        let own = self.own_name(name, resource, property)?;
        let own = own.known().ok_or_else(|| {
            self.wrong(resource.place, format!("the name of {name:.100} is not known before its key is made"))
        })?;
        let at = &self.stack().at;
        Ok(match principal {
            Some(kind) => at.principal_arn(kind, &path, own),
            None => at.policy_arn(&path, own),
        })
    }

    /// A text that is known.
    pub(super) fn known(&self, node: &Node) -> Result<String, Problem> {
        let text = self.text(node)?;
        let known = text.known().map(str::to_owned);
        known.ok_or_else(|| self.wrong(node.place, "this must be known before a key is made, and has the id of one"))
    }

    fn known_arn(&self, name: &str, resource: &Node, known: &Known) -> Result<Text, Problem> {
        let own = self.own_name(name, resource, known.property)?;
        let (service, form) = known.arn;
        let at = &self.stack().at;
        let mut arn = Text::from(match service.strip_prefix("@@") {
            Some(service) => format!("arn:{}:{service}:::", at.partition),
            None => format!("arn:{}:{service}:{}:{}:", at.partition, at.region, at.account),
        });
        let (front, back) = form.split_once('%').unwrap_or((form, ""));
        arn.push(front);
        arn.append(&own);
        arn.push(back);
        Ok(arn)
    }

    /// What `Fn::GetAtt` gives.
    pub(super) fn attribute(&self, given: &Node) -> Result<Text, Problem> {
        let wrong = || self.wrong(given.place, "Fn::GetAtt takes a resource and one of its attributes");
        if let Content::List(parts) = &given.content {
            let [resource, attribute] = &parts[..] else { return Err(wrong()) };
            let name = resource.text().ok_or_else(wrong)?;
            return self.attribute_of(name, &self.known(attribute)?, given);
        }
        let (name, attribute) = given.text().and_then(|text| text.split_once('.')).ok_or_else(wrong)?;
        self.attribute_of(name, attribute, given)
    }

    /// An attribute of a resource.
    pub(super) fn attribute_of(&self, name: &str, attribute: &str, used: &Node) -> Result<Text, Problem> {
        self.once(&format!("{name}.{attribute}"), used.place, || self.computed_attribute(name, attribute, used))
    }

    fn computed_attribute(&self, name: &str, attribute: &str, used: &Node) -> Result<Text, Problem> {
        let is_made = !self.sections().resources.contains_key(name) && self.made(name).is_some();
        if is_made && attribute == "Arn" {
            let at = &self.stack().at;
            return Ok(Text::from(at.principal_arn(Kind::Role, &self.made_path(name)?, &self.made_up(name))));
        }
        let resource = self.resource(name, used)?;
        let kind = resource.text_of("Type").unwrap_or_default();
        let at = &self.stack().at;
        if let Some(id) = self.key_id(name, kind, resource)? {
            return match attribute {
                "Arn" => Ok(at.key_arn(&id)),
                "KeyId" => Ok(id),
                _ => Err(self.wrong(used.place, format!("a key has no attribute {attribute:.100}"))),
            };
        }
        if iam(kind).is_some() && matches!(attribute, "Arn" | "PolicyArn") {
            return self.iam_arn(name, resource).map(Text::from);
        }
        let known = KNOWN.iter().find(|known| known.kind == kind);
        match known {
            Some(known) if attribute.ends_with("Arn") && attribute != "StreamArn" => {
                self.known_arn(name, resource, known)
            }
            Some(known) if attribute.ends_with("Name") => self.own_name(name, resource, known.property),
            _ => {
                let id = self.made_up(name);
                let value = if attribute.ends_with("Arn") {
                    let service = kind.split("::").nth(1).unwrap_or("service").to_ascii_lowercase();
                    format!("arn:{}:{service}:{}:{}:{id}", at.partition, at.region, at.account)
                } else {
                    format!("{id}-{attribute}")
                };
                self.assume(used.place, format!("{name}.{attribute} is taken to be {value}"));
                Ok(Text::from(value))
            }
        }
    }
}

/// The property that names something of IAM, and what kind of principal it is; none is a managed policy.
fn iam(kind: &str) -> Option<(&'static str, Option<Kind>)> {
    Some(match kind {
        "AWS::IAM::Role" => ("RoleName", Some(Kind::Role)),
        "AWS::IAM::User" => ("UserName", Some(Kind::User)),
        "AWS::IAM::Group" => ("GroupName", Some(Kind::Group)),
        "AWS::IAM::ManagedPolicy" => ("ManagedPolicyName", None),
        _ => return None,
    })
}
