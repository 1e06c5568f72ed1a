//! What is told of privileges, users and deletions, in the words of the answers.

use pocket_kms::{CryptoProvider, Options, World, arguments, wire};
use pocket_kms_templates as templates;
use serde_json::{Value, json};

use super::stage::{NOW, audit, value};

const OWNER: &str = "111122223333";
const ROLE: &str = "arn:aws:iam::111122223333:role/app/App";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/App/one";
const BOB: &str = "arn:aws:iam::111122223333:user/bob";

/// A world, a key with an alias, and somebody who may do everything.
struct Scene {
    world: World,
    key: String,
}

impl Scene {
    fn new(policies: &Value) -> Self {
        let options =
            Options { seed: Some(b"answers".to_vec().into()), now: Some(NOW), history: 100, ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let form = json!({ "principals": { ROLE: { "policies": policies }, BOB: { "policies": policies } } });
        world.register(&value(&form), NOW).expect("a directory");
        let made = done(&world, OWNER, "CreateKey", &json!({}));
        let key = made["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned();
        done(&world, OWNER, "CreateAlias", &json!({ "AliasName": "alias/app", "TargetKeyId": key }));
        Self { world, key }
    }

    fn broad() -> Self {
        Self::new(&json!({ "all": { "Statement": { "Effect": "Allow", "Action": "kms:*", "Resource": "*" } } }))
    }

    fn encrypt(&self, who: &str, context: &Value) -> Value {
        done(
            &self.world,
            who,
            "Encrypt",
            &json!({ "KeyId": self.key, "Plaintext": "eA==", "EncryptionContext": context }),
        )
    }

    fn ask(&self, question: &Value) -> Value {
        audit(&self.world, question)
    }
}

fn call(world: &World, who: &str, operation: &str, input: &Value) -> Result<Value, String> {
    let reply = world.call(operation, value(input), None, Some(who), NOW).reply;
    let reply = reply.map_err(|error| error.exception.name().to_owned())?;
    Ok(serde_json::from_slice(&wire::to_json(&reply)).unwrap_or_default())
}

fn done(world: &World, who: &str, operation: &str, input: &Value) -> Value {
    call(world, who, operation, input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
}

fn least(scene: &Scene, more: &Value) -> Value {
    let mut question = json!({ "question": "least_privilege", "principal": ROLE });
    question.as_object_mut().expect("members").extend(more.as_object().expect("members").clone());
    scene.ask(&question)
}

#[test]
fn the_least_identity_policy_has_exact_actions_keys_and_contexts() {
    let scene = Scene::broad();
    let sealed = scene.encrypt(SESSION, &json!({ "tenant": "a", "stage": "prod" }));
    scene.encrypt(SESSION, &json!({ "tenant": "b", "stage": "prod" }));
    let context = json!({ "tenant": "a", "stage": "prod" });
    let input = json!({ "CiphertextBlob": sealed["CiphertextBlob"], "EncryptionContext": context });
    done(&scene.world, SESSION, "Decrypt", &input);
    done(&scene.world, SESSION, "ListKeys", &json!({}));
    let told = least(&scene, &json!({}));
    let with = |action: &str, condition: Value| json!({ "Effect": "Allow", "Action": [action], "Resource": [scene.key], "Condition": condition });
    let names = json!({ "kms:EncryptionContextKeys": ["stage", "tenant"] });
    let expected = json!({
        "Version": "2012-10-17",
        "Statement": [
            with("kms:Decrypt", json!({
                "ForAllValues:StringEquals": names,
                "StringEquals": { "kms:EncryptionContext:stage": "prod", "kms:EncryptionContext:tenant": "a" },
            })),
            with("kms:Encrypt", json!({
                "ForAllValues:StringEquals": names, "StringEquals": { "kms:EncryptionContext:stage": "prod" },
            })),
            { "Effect": "Allow", "Action": ["kms:ListKeys"], "Resource": ["*"] },
        ],
    });
    assert_eq!(told["policy"], expected);
    assert_eq!((&told["calls"], &told["keyPolicies"], &told["grants"]), (&json!(4), &json!([]), &json!([])));
    // Without conditions, what is on one key is one statement.
    let loose = least(&scene, &json!({ "conditions": false }));
    assert_eq!(loose["policy"]["Statement"][0]["Action"], json!(["kms:Decrypt", "kms:Encrypt"]));
    let only = least(&scene, &json!({ "filter": { "operation": "ListKeys" } }));
    assert_eq!(only["policy"]["Statement"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_a_service_forwarded_is_allowed_through_that_service_alone() {
    let scene = Scene::broad();
    let sender =
        arguments::sender(&value(&json!(SESSION)), &value(&json!({ "via": "s3.amazonaws.com" }))).expect("a sender");
    let input = json!({ "KeyId": scene.key, "KeySpec": "AES_256" });
    scene.world.call_from("GenerateDataKey", value(&input), None, &sender, NOW).reply.expect("a data key");
    let told = least(&scene, &json!({}));
    let condition = &told["policy"]["Statement"][0]["Condition"];
    assert_eq!(*condition, json!({ "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }));
    // Once it was called directly, too, it is not.
    done(&scene.world, SESSION, "GenerateDataKey", &input);
    assert_eq!(least(&scene, &json!({}))["policy"]["Statement"][0].get("Condition"), None);
}

#[test]
fn what_was_denied_is_told_apart_and_allowed_when_somebody_wants_it() {
    let scene = Scene::new(&json!({}));
    let denied = call(&scene.world, SESSION, "Encrypt", &json!({ "KeyId": "alias/app", "Plaintext": "eA==" }));
    assert_eq!(denied, Err("AccessDeniedException".to_owned()));
    let told = least(&scene, &json!({}));
    assert_eq!(told["policy"], Value::Null);
    let denied = &told["denied"][0];
    let expected = (json!("kms:Encrypt"), json!(scene.key), json!(1), json!("identity policies"));
    assert_eq!(
        (denied["action"].clone(), denied["resource"].clone(), denied["times"].clone(), denied["by"].clone()),
        expected
    );
    assert!(denied["message"].as_str().is_some_and(|message| message.contains("no identity-based policy")), "{denied}");
    let told = least(&scene, &json!({ "denied": true }));
    assert_eq!(told["policy"]["Statement"][0]["Action"], json!(["kms:Encrypt"]));
}

#[test]
fn a_question_that_cannot_be_answered_says_what_is_wrong_with_it() {
    let scene = Scene::broad();
    let refused = |question: Value| {
        let error = scene.world.audit(&value(&question), NOW).expect_err("a refusal");
        error.message.unwrap_or_default()
    };
    let ask = |question: &str, member: &str, with: Value| {
        let mut all = json!({ "question": question, "principal": ROLE });
        all[member] = with;
        refused(all)
    };
    assert!(ask("least_privilege", "form", json!("role")).contains("form: must be identity, key policy, grant"));
    assert!(
        ask("least_privilege", "conditions", json!(["mfa"])).contains("conditions: must be true, false, or a list")
    );
    assert!(ask("least_privilege", "principal", json!("nobody")).contains("'nobody' names nobody"));
    assert!(ask("unused", "keys", json!(1)).contains("is not known here"));
    assert!(refused(json!({ "question": "users_of", "key": "alias/none" })).contains("alias/none"));
    assert!(
        refused(json!({ "question": "dry_deletion", "key": scene.key, "state": "gone" })).contains("state: must be")
    );
    assert!(refused(json!({ "question": "diff", "before": {} })).contains("must be an inventory"));
    assert!(refused(json!({ "question": "diff", "from": "yesterday" })).contains("must be an instant"));
}

#[test]
fn what_is_granted_and_never_needed_is_told_by_action_statement_and_grant() {
    let policies = json!({
        "use": { "Statement": [
            { "Sid": "Use", "Effect": "Allow", "Action": ["kms:Encrypt", "kms:ReEncrypt*"], "Resource": "*" },
            { "Sid": "List", "Effect": "Allow", "Action": "kms:List*", "Resource": "*" },
            { "Sid": "Hr", "Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*",
              "Condition": { "StringEquals": { "kms:EncryptionContext:dept": "hr" } } },
        ] },
    });
    let scene = Scene::new(&policies);
    let grant = |operations: Value| {
        let input = json!({ "KeyId": scene.key, "GranteePrincipal": ROLE, "Operations": operations });
        done(&scene.world, OWNER, "CreateGrant", &input)["GrantId"].clone()
    };
    let (useful, idle) = (grant(json!(["Decrypt", "DescribeKey"])), grant(json!(["GenerateDataKey"])));
    let sealed = scene.encrypt(SESSION, &json!({ "dept": "it" }));
    let input = json!({ "CiphertextBlob": sealed["CiphertextBlob"], "EncryptionContext": { "dept": "it" } });
    done(&scene.world, SESSION, "Decrypt", &input);
    let told = scene.ask(&json!({ "question": "unused", "principal": ROLE }));
    let statements = told["statements"].as_array().expect("a list");
    let used: Vec<_> = statements.iter().map(|one| (one["sid"].as_str(), one["used"].as_bool())).collect();
    assert_eq!(used, [(Some("Use"), Some(true)), (Some("List"), Some(false)), (Some("Hr"), Some(false))]);
    let actions = &statements[0]["actions"];
    assert_eq!(actions[0], json!({ "action": "kms:Encrypt", "used": ["kms:Encrypt"], "unused": {} }));
    let expected = json!({ "Write": ["kms:ReEncryptFrom", "kms:ReEncryptTo"] });
    assert_eq!(actions[1], json!({ "action": "kms:ReEncrypt*", "used": [], "unused": expected }));
    assert_eq!(statements[1]["actions"][0]["unused"]["List"].as_array().map(Vec::len), Some(7));
    let of = |grant: &Value| told["grants"].as_array().and_then(|all| all.iter().find(|one| one["grantId"] == *grant));
    let useful = of(&useful).expect("a grant");
    assert_eq!((&useful["needed"], &useful["unused"]), (&json!(["Decrypt"]), &json!(["DescribeKey"])));
    assert_eq!(of(&idle).map(|grant| grant["used"].clone()), Some(json!(false)));
}

#[test]
fn users_of_a_key_are_told_with_what_they_did_and_by_what_they_may() {
    let scene = Scene::broad();
    scene.encrypt(SESSION, &json!({ "tenant": "a" }));
    scene.encrypt(SESSION, &json!({ "tenant": "b" }));
    done(&scene.world, BOB, "DescribeKey", &json!({ "KeyId": "alias/app" }));
    let told = scene.ask(&json!({ "question": "users_of", "key": "alias/app", "filter": { "caller": "arn:aws:*/*" } }));
    let users = told["users"].as_array().expect("a list");
    let names: Vec<_> = users.iter().map(|user| (user["principal"].as_str(), user["times"].as_i64())).collect();
    assert_eq!(names, [(Some(ROLE), Some(2)), (Some(BOB), Some(1))]);
    let role = &users[0];
    assert_eq!(role["contexts"], json!({ "tenant": ["a", "b"] }));
    assert_eq!((&role["sessions"], &role["by"]), (&json!([SESSION]), &json!(["identity policies"])));
    assert_eq!(role["materials"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_dry_deletion_names_those_whose_calls_fail_when_the_key_is_really_deleted() {
    let scene = Scene::broad();
    let sealed = scene.encrypt(SESSION, &json!({}));
    done(&scene.world, BOB, "DescribeKey", &json!({ "KeyId": scene.key }));
    let dry = |state: &str| {
        let filter = json!({ "caller": "arn:aws:*/*" });
        scene.ask(&json!({ "question": "dry_deletion", "key": scene.key, "state": state, "filter": filter }))
    };
    let told = dry("pending deletion");
    assert_eq!((&told["safe"], &told["unaffected"]), (&json!(false), &json!(1)));
    let callers = told["callers"].as_array().expect("a list");
    let [caller] = &callers[..] else { panic!("{told:#}") };
    assert_eq!((&caller["principal"], &caller["operations"][0]["operation"]), (&json!(ROLE), &json!("Encrypt")));
    assert_eq!(told["lost"]["aliases"], json!(["alias/app"]));
    assert_eq!(dry("deleted")["callers"].as_array().map(Vec::len), Some(2));
    // Nothing has happened to the key: now it does.
    let input = json!({ "KeyId": scene.key, "PendingWindowInDays": 7 });
    done(&scene.world, OWNER, "ScheduleKeyDeletion", &input);
    let blob = json!({ "CiphertextBlob": sealed["CiphertextBlob"] });
    let refused = call(&scene.world, SESSION, "Decrypt", &blob);
    assert_eq!(refused, Err(caller["operations"][0]["error"].as_str().expect("an error").to_owned()));
    done(&scene.world, BOB, "DescribeKey", &json!({ "KeyId": scene.key }));
}

#[test]
fn what_has_made_a_key_and_what_takes_an_alias_from_it_do_not_need_it() {
    let scene = Scene::broad();
    let made = |input: &Value| done(&scene.world, OWNER, "CreateKey", input)["KeyMetadata"]["Arn"].clone();
    let (old, new) = (made(&json!({})), made(&json!({})));
    let name = json!("alias/moved");
    done(&scene.world, OWNER, "CreateAlias", &json!({ "AliasName": name, "TargetKeyId": old }));
    let moves = json!({ "AliasName": name, "TargetKeyId": new });
    done(&scene.world, OWNER, "UpdateAlias", &moves);
    let dry = |key: &Value, state: &str, operation: &str| {
        let filter = json!({ "operation": operation });
        let told = scene.ask(&json!({ "question": "dry_deletion", "key": key, "state": state, "filter": filter }));
        (told["safe"].clone(), told["unaffected"].clone())
    };
    let (works, fails) = ((json!(true), json!(1)), (json!(false), json!(0)));
    assert_eq!(
        (dry(&old, "deleted", "CreateKey"), dry(&old, "pending deletion", "CreateKey")),
        (works.clone(), works.clone())
    );
    assert_eq!(
        (dry(&old, "pending deletion", "UpdateAlias"), dry(&new, "pending deletion", "UpdateAlias")),
        (works, fails.clone())
    );
    // The alias of a deleted key is deleted with it.
    assert_eq!(dry(&old, "deleted", "UpdateAlias"), fails);
    done(&scene.world, OWNER, "UpdateAlias", &json!({ "AliasName": name, "TargetKeyId": old }));
    done(&scene.world, OWNER, "ScheduleKeyDeletion", &json!({ "KeyId": old, "PendingWindowInDays": 7 }));
    done(&scene.world, OWNER, "UpdateAlias", &moves);
}

#[test]
fn findings_are_of_the_key_that_they_are_about() {
    let scene = Scene::broad();
    let open = json!({ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" } });
    let arn = |made: &Value| made["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned();
    let primary = arn(&done(&scene.world, OWNER, "CreateKey", &json!({ "MultiRegion": true })));
    let copy = json!({ "KeyId": primary, "ReplicaRegion": "eu-west-1", "Policy": open.to_string() });
    done(&scene.world, OWNER, "ReplicateKey", &copy);
    let gone = arn(&done(&scene.world, OWNER, "CreateKey", &json!({})));
    let sealed = scene.encrypt(SESSION, &json!({}))["CiphertextBlob"].clone();
    let moved =
        done(&scene.world, SESSION, "ReEncrypt", &json!({ "CiphertextBlob": sealed, "DestinationKeyId": gone }));
    let within = json!({ "CiphertextBlob": moved["CiphertextBlob"], "DestinationKeyId": gone });
    done(&scene.world, SESSION, "ReEncrypt", &within);
    done(&scene.world, OWNER, "ScheduleKeyDeletion", &json!({ "KeyId": gone }));
    let again = json!({ "CiphertextBlob": sealed, "DestinationKeyId": gone });
    call(&scene.world, SESSION, "ReEncrypt", &again).expect_err("a refusal");
    let told = scene.ask(&json!({ "question": "findings", "endpoints": ["vpce-1111aaaa"] }));
    let of = |finding: &str| -> Vec<&str> {
        let found = told["findings"].as_array().into_iter().flatten().filter(|one| one["finding"] == finding);
        found.filter_map(|one| one["subject"].as_str()).collect()
    };
    assert_eq!(of("public-key-policy"), [primary.replace("us-east-1", "eu-west-1")]);
    assert_eq!(of("use-while-pending-deletion"), [gone.as_str()]);
    let times = told["findings"].as_array().into_iter().flatten().filter(|one| one["subject"] == gone.as_str());
    let times: Vec<_> = times.filter(|one| one["finding"] == "outside-endpoint").map(|one| &one["times"]).collect();
    assert_eq!(times, [&json!(2)]);
    let mut outside = [scene.key.as_str(), gone.as_str()];
    outside.sort_unstable();
    assert_eq!(of("outside-endpoint"), outside);
}

#[test]
fn findings_name_the_events_that_prove_them() {
    let scene = Scene::broad();
    let open = json!({ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" } });
    done(&scene.world, OWNER, "PutKeyPolicy", &json!({ "KeyId": scene.key, "Policy": open.to_string() }));
    let input =
        json!({ "KeyId": scene.key, "GranteePrincipal": "arn:aws:iam::444455556666:root", "Operations": ["Decrypt"] });
    done(&scene.world, OWNER, "CreateGrant", &input);
    done(&scene.world, OWNER, "ScheduleKeyDeletion", &json!({ "KeyId": scene.key }));
    call(&scene.world, BOB, "Encrypt", &json!({ "KeyId": scene.key, "Plaintext": "eA==" })).expect_err("a refusal");
    let told = scene.ask(&json!({ "question": "findings", "regions": ["us-east-1"] }));
    let findings = told["findings"].as_array().expect("a list");
    let kinds: Vec<_> = findings.iter().filter_map(|finding| finding["finding"].as_str()).collect();
    assert_eq!(kinds, ["key-disabled", "public-key-policy", "foreign-grant", "use-while-pending-deletion"]);
    let records = scene.ask(&json!({ "question": "records", "filter": { "operation": "PutKeyPolicy" } }));
    assert_eq!(findings[1]["records"], json!([records["records"][0]["eventID"]]));
    let elsewhere =
        scene.ask(&json!({ "question": "findings", "regions": ["eu-west-1"], "endpoints": ["vpce-1111aaaa"] }));
    let kinds: Vec<_> =
        elsewhere["findings"].as_array().into_iter().flatten().filter_map(|one| one["finding"].as_str()).collect();
    assert!(kinds.contains(&"unusual-region"), "{kinds:?}");
}

#[test]
fn the_least_privilege_leaves_as_cloudformation_and_terraform() {
    let scene = Scene::broad();
    scene.encrypt(SESSION, &json!({ "tenant": "${a}" }));
    let files = |form: &str, format: &str| {
        let told = least(&scene, &json!({ "form": form, "inventory": true }));
        let input = json!({ "inventory": told["inventory"], "format": format });
        let written = templates::call("export", &value(&input)).expect("an export");
        let written: Value = serde_json::from_slice(&wire::to_json(&written)).expect("JSON");
        let texts =
            written["files"].as_array().into_iter().flatten().map(|file| file["text"].as_str().unwrap_or_default());
        let read = texts.filter_map(|text| serde_json::from_str::<Value>(text).ok()).collect::<Vec<_>>();
        (told, read)
    };
    let (told, written) = files("identity", "cloudformation");
    let resources = &written[1]["Resources"];
    let policy = resources.as_object().and_then(|all| all.values().next()).expect("a resource");
    assert_eq!(policy["Type"], json!("AWS::IAM::RolePolicy"));
    assert_eq!(policy["Properties"]["RoleName"], json!("App"));
    assert_eq!(policy["Properties"]["PolicyDocument"], told["policy"]);
    let (told, written) = files("identity", "terraform");
    let policies = &written[0]["resource"]["aws_iam_role_policy"];
    let policy = policies.as_object().and_then(|all| all.values().next()).expect("a resource");
    // In a text of Terraform, what begins a reference is written twice.
    let text = policy["policy"].as_str().expect("a text").replace("$${", "${");
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), told["policy"]);
    assert_eq!(policy["role"], json!("App"));
    let (told, written) = files("key policy", "terraform");
    let policies = &written[0]["resource"]["aws_kms_key_policy"];
    let policy = policies.as_object().and_then(|all| all.values().next()).expect("a resource");
    let text = policy["policy"].as_str().expect("a text").replace("$${", "${");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["Statement"][1], told["keyPolicies"][0]["statements"][0]);
    assert_eq!(policy["key_id"], json!(scene.key));
    let (told, written) = files("grant", "terraform");
    let grants = &written[0]["resource"]["aws_kms_grant"];
    let grant = grants.as_object().and_then(|all| all.values().next()).expect("a resource");
    assert_eq!(grant["operations"], told["grants"][0]["Operations"]);
    assert_eq!(grant["constraints"][0]["encryption_context_equals"], json!({ "tenant": "$${a}" }));
}
