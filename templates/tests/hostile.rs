//! Files that are wrong, huge or made to harm: an error that names the place, or a plan, in bounded time.

use std::fmt::Write as _;

use pocket_kms::Value;
use pocket_kms_templates::{File, LONGEST_FILE, Options, Plan, Problem, read};
use serde_json::json;

fn plan(name: &str, text: &str) -> Result<Plan, Problem> {
    read(&[File { name, text }], &Options::default())
}

fn problem(name: &str, text: &str) -> String {
    plan(name, text).expect_err("a problem").to_string()
}

const KEY: &str = "Resources:\n  Key:\n    Type: AWS::KMS::Key\n";

/// A key whose description is an expression.
fn described(expression: &str) -> String {
    format!("{KEY}    Properties:\n      Description: {expression}\n")
}

#[test]
fn what_is_not_yaml_or_json_is_told_with_its_place() {
    assert!(problem("a.yaml", "Resources:\n  Key: [1, 2\n").starts_with("a.yaml:3:1: this is not YAML: "));
    assert!(problem("a.json", "{\"Resources\":\n  {\"Key\": }}").starts_with("a.json:2:11: this is not JSON: "));
    assert_eq!(problem("a.yaml", ""), "a.yaml: the file is empty");
    assert!(problem("a.yaml", "Resources: {}\n---\nResources: {}\n").contains("a second document begins here"));
    assert!(problem("a.yaml", "one: 1\ntwo: 2\n").contains("does not read this kind of file"));
    assert!(problem("a.json", "[1]").contains("does not read this kind of file"));
}

#[test]
fn a_name_that_stands_twice_is_told_with_both_places() {
    let text = "Resources:\n  Key: {Type: AWS::KMS::Key}\n  Key: {Type: AWS::KMS::Key}\n";
    assert_eq!(problem("a.yaml", text), "a.yaml:3:3: Resources: \"Key\" stands here twice: the first is in line 2");
    assert!(problem("a.json", "{\"Resources\": {}, \"Resources\": {}}").contains("stands here twice"));
}

#[test]
fn tags_that_nobody_knows_are_told_and_those_of_yaml_are_read() {
    assert!(
        problem("a.yaml", &described("!Secret x"))
            .starts_with("a.yaml:5:20: Resources.Key.Properties.Description: the tag !Secret is not known")
    );
    assert!(problem("a.yaml", &described("!!binary aGVsbG8=")).contains("templates do not know the tag !!binary"));
    assert!(problem("a.yaml", &described("!<tag:example.com,2000:app/x> y")).contains("is not known"));
    for read in ["!!str 12", "! x", "!Sub 'a${AWS::Region}'", "&a x", "!!int 3", "\"\\u00e4\""] {
        plan("a.yaml", &described(read)).unwrap_or_else(|problem| panic!("{read}: {problem}"));
    }
}

#[test]
fn laughs_do_not_become_a_billion() {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let again = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{again}]");
    }
    assert!(problem("a.yaml", &text).contains("has more than 1000000 values, with what its aliases stand for"));
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 1000].join(", "));
    assert!(problem("a.yaml", &long).contains("with what its aliases stand for"));
    assert!(problem("a.yaml", "a: &a [1, *a]\n").contains("stands within what it stands for"));
    assert!(problem("a.yaml", "a: *nobody\n").contains("a.yaml:1:4: "));
}

#[test]
fn what_nests_too_deeply_or_is_too_long_is_refused_before_it_is_read() {
    let deep = |levels: usize| format!("Resources: {}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(problem("a.yaml", &deep(150)).contains("nests more than 100 levels deep"));
    assert!(problem("a.yaml", &deep(100_000)).starts_with("a.yaml:1:"));
    assert!(!problem("a.json", &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))).is_empty());
    for length in [LONGEST_FILE + 1, 50_000_000] {
        assert!(problem("a.yaml", &" ".repeat(length)).contains("files of at most 16 MiB are read"));
    }
    let many = format!("Resources:\n  Key: [{}]\n", "1,".repeat(1_500_000));
    assert!(problem("a.yaml", &many).contains("more than 1000000 values"));
}

#[test]
fn what_refers_to_itself_is_refused() {
    let cycle = "Conditions:\n  One: !Not [{Condition: Two}]\n  Two: !Not [{Condition: One}]\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Condition: One\n";
    assert!(
        problem("a.yaml", cycle).contains("the condition One of stack refers to itself")
            || problem("a.yaml", cycle).contains("refers to itself")
    );
    let names = "Resources:\n  A: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref B}}\n  B: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref A}}\n";
    assert!(problem("a.yaml", names).contains("refers to itself"));
    let attributes = names.replace("!Ref B", "!Sub '${B.Arn}'").replace("!Ref A", "!GetAtt A.Arn");
    assert!(problem("a.yaml", &attributes).contains("refers to itself"));
    let exported = "Resources: {Key: {Type: AWS::KMS::Key, Properties: {Description: !ImportValue a}}}\nOutputs: {A: {Value: !ImportValue a, Export: {Name: a}}}\n";
    assert!(problem("a.yaml", exported).contains("refers to itself"));
}

#[test]
fn loops_are_told_where_they_are_wrong_and_end() {
    let looping = |loops: &str| problem("a.yaml", &format!("Resources:\n  Fn::ForEach::Keys: {loops}\n"));
    for (loops, sentence) in [
        ("[Name, [a, a], {'${Name}Key': {Type: AWS::KMS::Key}}]", "writes aKey, which is there already"),
        ("[Name, [a-b, ab], {'&{Name}': {Type: AWS::KMS::Key}}]", "writes ab, which is there already"),
        ("[Name, [a]]", "Fn::ForEach takes an identifier, a collection and what is written"),
        ("[Name, [a], b]", "what it writes is a structure"),
        ("[Name, !Ref Nobody, {}]", "has no parameter and no resource Nobody"),
        ("[Name, [[a]], {}]", "the values of a loop are texts"),
    ] {
        let refused = looping(loops);
        assert!(refused.contains(sentence) && refused.starts_with("a.yaml:2:"), "{refused}");
    }
    let nested = |levels: usize, values: &str| {
        let key = "{Type: AWS::KMS::Key}".to_owned();
        let names: Vec<String> = (0..levels).map(|level| format!("${{L{level}}}")).collect();
        let names = names.concat();
        (0..levels).rev().fold(key, |inner, level| {
            let name = if level + 1 == levels { format!("'K{names}'") } else { format!("Fn::ForEach::In{level}") };
            format!("[L{level}, [{values}], {{{name}: {inner}}}]")
        })
    };
    assert!(looping(&nested(6, "a")).contains("loops nest more than 5 levels deep"));
    assert!(looping(&nested(5, &"a,".repeat(500))).contains("which is there already"));
    let many: Vec<String> = (0..500).map(|number| format!("v{number}")).collect();
    assert!(looping(&nested(5, &many.join(","))).contains("64 MiB"));
}

#[test]
fn macros_are_not_run_and_that_is_told() {
    let include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://amzn-s3-demo-bucket/keys.yaml}}";
    let whole = plan("a.yaml", &format!("Transform: [AWS::Serverless-2016-10-31, Ours]\n{KEY}  {include}\n"));
    let told: Vec<(String, u32, String)> = whole
        .expect("a plan")
        .left_out
        .into_iter()
        .map(|remark| (remark.path, remark.place.line, remark.why))
        .collect();
    let [macros, included] = &told[..] else { panic!("{told:?}") };
    assert_eq!((macros.0.as_str(), macros.1), ("Transform", 1));
    assert!(macros.2.contains("the macro Ours runs in Lambda"), "{macros:?}");
    assert_eq!((included.0.as_str(), included.1), ("Resources.Fn::Transform", 5));
    assert!(included.2.contains("AWS::Include reads a file from S3"), "{included:?}");
    // A key of which something is not known is not made.
    let refused = problem("a.yaml", &format!("{KEY}    Properties:\n      Description: mine\n      {include}\n"));
    assert!(refused.starts_with("a.yaml:6:") && refused.contains("AWS::Include reads a file from S3"), "{refused}");
}

#[test]
fn functions_do_not_double_without_end() {
    let mut text = String::from("Resources:\n  R0: {Type: AWS::IAM::User, Properties: {UserName: x}}\n");
    for level in 1..40 {
        let _ = writeln!(
            text,
            "  R{level}: {{Type: AWS::IAM::User, Properties: {{UserName: !Sub '${{R{}}}${{R{}}}'}}}}",
            level - 1,
            level - 1
        );
    }
    assert!(problem("a.yaml", &text).contains("64 MiB"));
}

#[test]
fn what_is_not_given_is_told_where_it_is_used() {
    let text = format!("Parameters:\n  Team: {{Type: String}}\n{}", described("!Ref Team"));
    assert!(
        problem("a.yaml", &text)
            .starts_with("a.yaml:7:20: Resources.Key: the parameter Team has no default: give its value")
    );
    let given = Options { parameters: [("Tema".to_owned(), Value::from("red"))].into(), ..Options::default() };
    let refused = read(&[File { name: "a.yaml", text: &text }], &given).expect_err("a problem").to_string();
    assert!(refused.contains("there is no parameter Tema"), "{refused}");
    let given = Options { parameters: [("Team".to_owned(), Value::from("red"))].into(), ..Options::default() };
    read(&[File { name: "a.yaml", text: &text }], &given).expect("a plan");
    // A parameter that nothing of ours uses may be missing.
    plan("a.yaml", &format!("Parameters:\n  Team: {{Type: String}}\n{KEY}")).expect("a plan");
    for (expression, sentence) in [
        ("!Ref Nobody", "has no parameter and no resource Nobody"),
        ("!GetAtt Key.Colour", "has no attribute Colour"),
        ("!ImportValue keys", "nothing exports keys"),
        ("!FindInMap [A, b, c]", "the mapping A has nothing for b and c"),
        ("!Select [3, [a]]", "there is no element 3: the list has 1"),
        ("!If [Never, a, b]", "has no condition Never"),
        ("!Cidr [a, 1, 1]", "a is not a block of addresses"),
        ("!Cidr [10.0.0.0/24, 9, 5]", "has no 9 networks of 5 bits each"),
        ("!Cidr [10.0.0.0/24, many]", "Fn::Cidr takes whole numbers"),
        ("!Base64 [a]", "a.yaml:5:"),
        ("{Fn::Transform: {Name: a}}", "Fn::Transform is not computed here"),
        ("!Ref AWS::Nothing", "there is no pseudo parameter"),
        ("[a]", "Description is a text"),
    ] {
        let refused = problem("a.yaml", &described(expression));
        assert!(refused.contains(sentence) && refused.starts_with("a.yaml:5:"), "{refused}");
    }
}

#[test]
fn a_key_policy_that_nobody_may_change_is_refused_unless_it_is_meant() {
    let template = |more: &str, action: &str| {
        let statement = format!("{{Effect: Allow, Principal: {{AWS: '*'}}, Action: '{action}', Resource: '*'}}");
        plan("a.yaml", &format!("{KEY}    Properties:\n{more}      KeyPolicy: {{Statement: [{statement}]}}\n"))
    };
    let refused = template("", "kms:Decrypt").expect_err("a policy without kms:PutKeyPolicy");
    assert_eq!((refused.place.line, refused.path.as_str()), (5, "Resources.Key.Properties.KeyPolicy"));
    assert!(refused.sentence.contains("unless BypassPolicyLockoutSafetyCheck is true"), "{refused}");
    assert!(template("      BypassPolicyLockoutSafetyCheck: true\n", "kms:Decrypt").is_ok());
    assert!(template("", "kms:Put*").is_ok());
    let with = |policy: &str| {
        plan("a.yaml", &format!("{KEY}    Properties:\n      KeyPolicy: {policy}\n  Other: {{Type: AWS::KMS::Key}}\n"))
    };
    let statement =
        |action: &str| format!(r#"{{"Effect": "Allow", "Principal": "*", "Action": "{action}", "Resource": "*"}}"#);
    for (action, is_refused) in [("kms:Decrypt", true), ("kms:*", false)] {
        let text = format!(r#"{{"Statement": [{}]}}"#, statement(action));
        let of_another_key = "Condition: {StringEquals: {'aws:SourceArn': !GetAtt Other.Arn}}";
        let structure = format!(
            "{{Statement: [{{Effect: Allow, Principal: '*', Action: '{action}', Resource: '*', {of_another_key}}}]}}"
        );
        for policy in [format!("'{text}'"), structure] {
            assert_eq!(with(&policy).is_err(), is_refused, "{policy}");
        }
    }
}

#[test]
fn misspelt_properties_are_refused_and_unknown_ones_left_out() {
    let template = |kind: &str, property: &str| {
        let read = plan("a.yaml", &format!("Resources:\n  A:\n    Type: {kind}\n    Properties:\n      {property}\n"));
        read.map(|plan| plan.left_out.into_iter().map(|left| (left.path, left.why)).collect::<Vec<_>>())
    };
    for (kind, property, meant) in [
        ("AWS::KMS::Key", "KeyPolcy: {}", "KeyPolicy"),
        ("AWS::KMS::Key", "Keypolicy: {}", "KeyPolicy"),
        ("AWS::KMS::Key", "EnableKeyRotatoin: true", "EnableKeyRotation"),
        ("AWS::IAM::Role", "PermissionBoundary: arn:aws:iam::aws:policy/ReadOnlyAccess", "PermissionsBoundary"),
    ] {
        let refused = template(kind, property).expect_err(property);
        let name = property.split(':').next().unwrap_or_default();
        assert_eq!(refused.sentence, format!("{kind} has no property {name}: perhaps {meant} is meant"));
        assert_eq!((refused.place.line, refused.path), (5, format!("Resources.A.Properties.{name}")));
    }
    let left = template("AWS::KMS::Key", "QuantumShielding: true").expect("a plan");
    let why = "AWS::KMS::Key has no such property that is known here".to_owned();
    assert_eq!(left, [("Resources.A.Properties.QuantumShielding".to_owned(), why)]);
    assert_eq!(template("AWS::KMS::Key", "BypassPolicyLockoutSafetyCheck: true").expect("a plan"), []);
}

#[test]
fn what_is_known_only_later_is_left_out_of_a_plan_and_all_else_is_read() {
    let document = json!({ "Version": "2012-10-17", "Statement": [] }).to_string();
    let later = json!({ "references": ["random_pet.later.id", "random_pet.later"] });
    let key = json!({ "references": ["aws_kms_key.key.key_id", "aws_kms_key.key"] });
    let [policy, readers] = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "readers"];
    let resources = [
        ("aws_kms_key", json!({}), json!({})),
        ("aws_iam_role_policy", json!({ "policy": document }), json!({ "role": later })),
        ("aws_iam_user_policy_attachment", json!({ "policy_arn": policy }), json!({ "user": later })),
        ("aws_iam_policy_attachment", json!({ "policy_arn": policy }), json!({ "groups": later })),
        ("aws_iam_user_group_membership", json!({ "groups": [readers] }), json!({ "user": later })),
        ("aws_iam_group_membership", json!({ "users": ["Bob"] }), json!({ "group": later })),
        ("aws_kms_grant", json!({ "operations": ["Decrypt"] }), json!({ "key_id": key, "grantee_principal": later })),
    ];
    let described = |with: &str| {
        let of = |(kind, values, expressions): &(&str, serde_json::Value, serde_json::Value)| {
            let content = if with == "values" { values } else { expressions };
            json!({ "address": format!("{kind}.key"), "mode": "managed", "type": kind, "name": "key", with: content })
        };
        json!({ "root_module": { "resources": resources.iter().map(of).collect::<Vec<_>>() } })
    };
    let text = json!({
        "format_version": "1.2",
        "planned_values": described("values"),
        "configuration": described("expressions"),
    });
    let left = plan("plan.json", &text.to_string()).expect("a plan").left_out;
    let told: Vec<&str> = left.iter().filter_map(|remark| remark.path.strip_suffix(".key")).collect();
    let mut expected: Vec<&str> = resources.iter().skip(1).map(|(kind, ..)| *kind).collect();
    expected.sort_unstable();
    let mut sorted = told.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    assert!(left.iter().all(|remark| remark.why.contains("only once the plan is applied")), "{left:?}");
}

#[test]
fn plans_of_later_formats_are_refused() {
    let plan =
        |version: &str| format!("{{\"format_version\": \"{version}\", \"planned_values\": {{\"root_module\": {{}}}}}}");
    let refused = problem("plan.json", &plan("2.0"));
    assert!(refused.contains("plans and states of format 2.0 are not known here"), "{refused}");
    assert!(refused.starts_with("plan.json:1:20: "), "{refused}");
    read(&[File { name: "plan.json", text: &plan("1.9") }], &Options::default()).expect("a plan");
    assert!(problem("plan.json", "{\"format_version\": \"1.0\"}").contains("neither a plan nor a state"));
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    let text = format!(
        "{KEY}  Topic: {{Type: AWS::SNS::Topic}}\n  Far: {{Type: AWS::KMS::Alias, Properties: {{AliasName: alias/far, TargetKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab}}}}\n  Role: {{Type: AWS::IAM::Role, Properties: {{ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3FullAccess]}}}}\n"
    );
    let told = plan("a.yaml", &text).expect("a plan");
    let told: Vec<(&str, u32, &str)> =
        told.left_out.iter().map(|remark| (remark.path.as_str(), remark.place.line, remark.why.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Resources.Far", 5, "its key is not in what was read"),
            ("AWS::SNS::Topic", 4, "1 of this type: it is neither a key nor a principal nor a policy"),
            ("", 0, "this policy of AWS is taken to say nothing of KMS"),
        ]
    );
}
