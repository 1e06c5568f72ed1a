//! Templates become worlds that decide as their authors meant.

use pocket_kms::{CryptoProvider, Time, Value, World, wire};
use pocket_kms_templates::{File, Options, read};

const NOW: Time = Time::from_millis(1_800_000_000_000);

fn world() -> World {
    let options = pocket_kms::Options { now: Some(NOW), ..pocket_kms::Options::default() };
    World::new(options, CryptoProvider::default(), [7; 32])
}

const ORDERS: &str = r#"
Parameters:
  Team: {Type: String, Default: red}
Conditions:
  IsRed: !Equals [!Ref Team, red]
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
            Action: kms:*
            Resource: "*"
          - !If
            - IsRed
            - Effect: Allow
              Principal: {AWS: !GetAtt Reader.Arn}
              Action: [kms:Decrypt]
              Resource: "*"
              Condition: {StringEquals: {"kms:EncryptionContext:team": !Ref Team}}
            - !Ref AWS::NoValue
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: !Join ["", [alias/, !Ref Team]], TargetKeyId: !Ref Key}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Reader
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Writer:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Writer
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: write
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "kms:GenerateDataKey*", Resource: !GetAtt Key.Arn}]
"#;

#[test]
fn a_template_is_a_world() {
    let plan = read(&[File { name: "orders.yaml", text: ORDERS }], &Options::default()).expect("a plan");
    let world = world();
    let reply = world.perform(&plan.recipe, NOW).expect("a world");
    let given = String::from_utf8(wire::to_json(reply.member("given").expect("names"))).expect("text");
    assert!(given.contains(r#""Alias":{"kind":"AWS::KMS::Alias","is":"alias/red"}"#), "{given}");
    let may = |role: &str, operation: &str, team: &str| {
        let input = Value::from([
            ("KeyId", Value::from("alias/red")),
            ("EncryptionContext", Value::from([("team", Value::from(team))])),
            (
                if operation == "Decrypt" { "CiphertextBlob" } else { "NumberOfBytes" },
                if operation == "Decrypt" { Value::Blob(vec![1; 200]) } else { Value::Int(32) },
            ),
        ]);
        let caller = format!("arn:aws:sts::111122223333:assumed-role/{role}/one");
        let key = world.call("DescribeKey", Value::from([("KeyId", Value::from("alias/red"))]), None, None, NOW);
        assert!(key.reply.is_ok());
        world.explain(operation, input, None, Some(&caller), NOW).allowed
    };
    assert!(may("Writer", "GenerateDataKey", "blue"));
    assert!(!may("Reader", "GenerateDataKey", "red"));
}
