//! Measures a template of 500 resources: read, and become a world.

use std::{fmt::Write as _, hint::black_box, time::Instant};

use pocket_kms::{CryptoProvider, Options, Time, World};
use pocket_kms_templates::{File, Options as Reading, read};
use serde_json::json;

/// The most that the template may take, in milliseconds.
const AT_MOST: f64 = 100.0;
/// Runs; the median counts.
const RUNS: usize = 9;
const NOW: Time = Time::from_millis(1_800_000_000_000);

fn main() {
    let text = template();
    for (what, performed) in
        [("Template of 500 resources, read", false), ("Template of 500 resources, read and performed", true)]
    {
        let mut times = [(); RUNS].map(|()| {
            let options = Options { now: Some(NOW), ..Options::default() };
            let world = World::new(options, CryptoProvider::default(), [7; 32]);
            let begun = Instant::now();
            let plan = read(&[File { name: "template.yaml", text: &text }], &Reading::default()).expect("a plan");
            if performed {
                black_box(world.perform(&plan.recipe, NOW).expect("a world"));
            }
            black_box(plan);
            begun.elapsed().as_secs_f64() * 1e3
        });
        times.sort_by(f64::total_cmp);
        println!("{}", json!({"what": what, "ours": times[RUNS / 2], "unit": "ms", "at_most": AT_MOST}));
    }
}

/// 100 keys with an alias each, and 150 roles with a policy each that names a key.
fn template() -> String {
    let mut text = String::from(
        "Parameters:\n  Stage: {Type: String, Default: live}\nConditions:\n  IsLive: !Equals [!Ref Stage, live]\nResources:\n",
    );
    for number in 0..100 {
        let _ = write!(
            text,
            r#"  Key{number}:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Sid: Owner
            Effect: Allow
            Principal: {{AWS: !Sub "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:root"}}
            Action: kms:*
            Resource: "*"
          - !If
            - IsLive
            - Effect: Allow
              Principal: {{AWS: !GetAtt Role{number}.Arn}}
              Action: [kms:Encrypt, kms:Decrypt, "kms:GenerateDataKey*"]
              Resource: "*"
              Condition: {{StringEquals: {{kms:ViaService: !Join [".", [s3, !Ref "AWS::Region", !Ref "AWS::URLSuffix"]]}}}}
            - !Ref AWS::NoValue
  Alias{number}:
    Type: AWS::KMS::Alias
    Properties: {{AliasName: !Sub "alias/${{Stage}}-{number}", TargetKeyId: !Ref Key{number}}}
"#
        );
    }
    for number in 0..150 {
        let key = number % 100;
        let _ = write!(
            text,
            r#"  Role{number}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{{Effect: Allow, Principal: {{Service: lambda.amazonaws.com}}, Action: sts:AssumeRole}}]
  Policy{number}:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: keys
      Roles: [!Ref Role{number}]
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{{Effect: Allow, Action: [kms:Decrypt, kms:DescribeKey], Resource: !GetAtt Key{key}.Arn}}]
"#
        );
    }
    text
}
