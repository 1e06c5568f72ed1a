//! What is registered, and what follows from it for key policies.

use super::*;
use crate::{
    Options,
    caller::Caller,
    crypto::CryptoProvider,
    names::{AccountId, Partition, Region},
    state::Existence,
    wire,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const ALICE: &str = "arn:aws:iam::111122223333:user/team/Alice";
const APP: &str = "arn:aws:iam::111122223333:role/x/App";

fn world() -> World {
    World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32])
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect(text)
}

fn register(world: &World, text: &str) -> Result<(), Error> {
    world.register(&json(text), NOW)
}

fn refusal(world: &World, text: &str) -> String {
    register(world, text).expect_err(text).message.unwrap_or_default()
}

/// A form with everything in it.
const ALL: &str = r#"{
        "principals": {
            "arn:aws:iam::111122223333:user/team/Alice": {
                "policies": {"own": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}]}},
                "managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/p/Mine"],
                "permissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess",
                "groups": ["Dev"], "tags": {"team": "blue"}, "uniqueId": "AIDAJQABLZS4A3QDU576Q"
            },
            "arn:aws:iam::111122223333:role/x/App": {
                "policies": ["{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"kms:*\", \"Resource\": \"*\"}}"],
                "trustPolicy": {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                                "Principal": {"AWS": "arn:aws:iam::111122223333:user/team/Alice"}}}
            },
            "arn:aws:iam::111122223333:role/aws-service-role/s3.amazonaws.com/AWSServiceRoleForS3": {},
            "arn:aws:iam::111122223333:group/Dev": {
                "policies": [{"Statement": {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*"}}]
            }
        },
        "policies": {
            "arn:aws:iam::111122223333:policy/p/Mine": {"Statement": {"Effect": "Allow", "Action": "kms:Sign", "Resource": "*"}}
        },
        "organizations": {"o-exampleorgid": {
            "managementAccount": "999988887777",
            "serviceControlPolicies": ["FullAWSAccess", {"id": "p-noverify1", "document":
                {"Statement": {"Effect": "Deny", "Action": "kms:Verify", "Resource": "*"}}}],
            "resourceControlPolicies": [{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "kms:Sign", "Resource": "*"}}],
            "units": {"ou-ab12-11111111": {
                "units": {"ou-ab12-22222222": {"accounts": {"111122223333": {"serviceControlPolicies": []}}}},
                "accounts": ["444455556666"]
            }}
        }},
        "vpcEndpoints": {"vpce-0123456789abcdef0": {
            "policy": {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}},
            "vpc": "vpc-0123456789abcdef0", "owner": "111122223333"
        }},
        "accessKeys": {"AKIAIOSFODNN7EXAMPLE": {"principal": "arn:aws:iam::111122223333:user/team/Alice", "secret": "SECRET"}}
    }"#;

fn names(voices: &[crate::state::Voice<'_>]) -> Vec<String> {
    voices.iter().map(|voice| voice.name.to_owned()).collect()
}

#[test]
fn what_is_registered_speaks_for_its_callers() {
    let world = world();
    register(&world, ALL).expect("a directory");
    let kms = world.seen();
    let (state, region) = (kms.state(), Region::default());
    let caller = |text: &str| Caller::parse(text).expect(text);
    let callers = [
        ALICE,
        "arn:aws:sts::111122223333:assumed-role/App/one",
        "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForS3/s",
        "444455556666",
    ];
    let [alice, session, linked, other] = callers.map(caller);
    let [alice, session, linked, other] =
        [&alice, &session, &linked, &other].map(|caller| state.standing(caller, region));
    assert!(!alice.trusted && !alice.service_linked);
    assert_eq!((alice.unique_id.as_deref(), alice.path), (Some("AIDAJQABLZS4A3QDU576Q"), Some("/team/")));
    assert_eq!(alice.tags, [("team".to_owned(), "blue".to_owned())]);
    let mine = "arn:aws:iam::111122223333:policy/p/Mine";
    assert_eq!(names(&alice.identity), ["own", "arn:aws:iam::aws:policy/ReadOnlyAccess", mine, "policy-1"]);
    assert_eq!(alice.boundary.map(|voice| voice.name), Some("arn:aws:iam::aws:policy/PowerUserAccess"));
    let full = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";
    let own = "arn:aws:organizations::999988887777:policy/o-exampleorgid/service_control_policy/p-noverify1";
    let levels: Vec<Vec<String>> = alice.service_control.iter().map(|level| names(level)).collect();
    assert_eq!(levels, [vec![full, own], vec![full], vec![full], vec![]]);
    let path = alice.organization.as_ref().map(crate::state::Membership::path);
    assert_eq!(path.as_deref(), Some("o-exampleorgid/r-ab12/ou-ab12-11111111/ou-ab12-22222222/"));
    let account = |text: &str| AccountId::parse(text).expect(text);
    assert_eq!(state.resource_control(account("444455556666")).len(), 1);
    assert!(state.resource_control(account("999988887777")).is_empty(), "the management account is not bound");
    // A session knows neither the path of its role nor, in a service's own role, the policies of the organization.
    assert_eq!((session.path, names(&session.identity)), (Some("/x/"), vec!["policy-1".to_owned()]));
    assert!(linked.service_linked && linked.service_control.is_empty());
    assert!(other.trusted && other.organization.is_some());
    let voice = state.endpoint_policy("vpce-0123456789abcdef0").expect("a policy");
    assert!(!voice.is_arn && state.endpoints.get(voice.name).is_some_and(|row| row.owner.is_some()));
    assert!(state.endpoint_policy("vpce-00000000").is_none());
    let trust = state.principals.values().find_map(|row| row.trust.clone()).expect("a trust policy");
    assert_eq!(trust.document().bound(), [(ALICE, "AIDAJQABLZS4A3QDU576Q")]);
}

#[test]
fn a_path_and_the_case_of_a_name_count_and_others_do_not_exist() {
    let world = world();
    register(&world, ALL).expect("a directory");
    let kms = world.seen();
    for (arn, exists) in [
        (ALICE, true),
        ("arn:aws:iam::111122223333:user/Alice", false),
        ("arn:aws:iam::111122223333:user/team/alice", false),
        (APP, true),
        ("arn:aws:iam::111122223333:role/App", false),
        ("arn:aws:sts::111122223333:assumed-role/App/one", true),
        ("arn:aws:sts::111122223333:assumed-role/Other/one", false),
        ("arn:aws:iam::111122223333:root", true),
        ("arn:aws:iam::777788889999:user/anybody", true),
        ("arn:aws:iam::777788889999:user/any body", false),
        ("arn:aws:sts::777788889999:assumed-role/a:b/one", false),
        ("arn:aws:iam::777788889999:role/aws:ec2-infrastructure", true),
        ("arn:aws-cn:iam::111122223333:user/anybody", true),
    ] {
        assert_eq!(kms.state().exists(arn) != Existence::Missing, exists, "{arn}");
    }
    world.set(&json(r#"{"strict-principals": true}"#), NOW).expect("a setting");
    assert_eq!(world.seen().state().exists("arn:aws:iam::777788889999:user/anybody"), Existence::Missing);
}

#[test]
fn the_directory_is_told_in_the_form_in_which_it_is_registered() {
    let first = world();
    assert_eq!(first.directory(), Value::Map(Vec::new()));
    register(&first, ALL).expect("a directory");
    let told = first.directory();
    let policies = told.member("policies").expect("policies");
    assert!(told.member("accessKeys").is_some() && !format!("{told:?}").contains("SECRET"));
    assert!(matches!(policies, Value::Map(members) if members.len() == 1), "those of AWS are not told: {policies:?}");
    let again = world();
    again.register(&told, NOW).expect("the same directory");
    assert_eq!(again.directory(), told);
    let third = self::world();
    third.register(&again.directory(), NOW).expect("the same directory");
    let rows = |world: &World| world.seen().state().rows().map(|row| format!("{row:?}")).collect::<Vec<_>>();
    assert_eq!(rows(&third), rows(&again), "also what is not told follows from it");
    let bytes = first.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
    assert_eq!((restored.directory(), first.fork([0; 32]).directory()), (told.clone(), told));
    first.reset([0; 32]);
    assert_eq!(first.directory(), Value::Map(Vec::new()));
}

#[test]
fn names_in_the_style_of_python_are_read_as_well() {
    let world = world();
    let form = r#"{"principals": {"arn:aws:iam::111122223333:user/a":
            {"managed_policies": ["arn:aws:iam::aws:policy/SecurityAudit"], "unique_id": "AIDAJQABLZS4A3QDU576Q"}}}"#;
    register(&world, form).expect("a directory");
    let told = world.directory();
    let user = told.member("principals").and_then(|all| all.member("arn:aws:iam::111122223333:user/a"));
    assert!(user.is_some_and(|user| user.member("managedPolicies").is_some()), "{told:?}");
}

#[test]
fn who_is_removed_and_registered_again_is_somebody_else_and_replays_agree() {
    let alice = r#"{"principals": {"arn:aws:iam::111122223333:user/alice": {}}}"#;
    let gone = r#"{"principals": {"arn:aws:iam::111122223333:user/alice": null}}"#;
    let live = || {
        let world = world();
        let id = |world: &World| world.seen().state().unique_id("arn:aws:iam::111122223333:user/alice");
        register(&world, alice).expect("a user");
        let first = id(&world);
        register(&world, alice).expect("the same user");
        assert_eq!(id(&world), first, "who stays keeps the id");
        register(&world, gone).expect("nobody");
        assert_eq!(id(&world), None);
        let caller = Caller::parse("arn:aws:iam::111122223333:user/alice").expect("a caller");
        let nobody =
            world.seen().state().standing(&caller, Region::default()).unique_id.map(std::borrow::Cow::into_owned);
        assert!(nobody.is_some() && nobody != first, "who is gone is not who was there");
        assert!(!world.seen().state().trusts(world.account(), Partition::Aws), "trust does not come back");
        register(&world, alice).expect("a successor");
        [first, id(&world)]
    };
    let [first, second] = live();
    assert!(first.is_some() && second.is_some() && first != second);
    assert_eq!(live(), [first, second]);
}

#[test]
fn what_is_removed_by_its_name_is_gone_whatever_it_is() {
    let world = world();
    register(&world, ALL).expect("a directory");
    let told = world.directory();
    let remove = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        world.unregister(&names, NOW)
    };
    for names in [&["o-exampleorgid", "o-unknownorgid"][..], &["arn:aws:iam::111122223333:group/Dev"]] {
        assert!(remove(names).is_err(), "{names:?}");
        assert_eq!(world.directory(), told);
    }
    let mine = "arn:aws:iam::111122223333:policy/p/Mine";
    remove(&["AKIAIOSFODNN7EXAMPLE", "o-exampleorgid", "vpce-0123456789abcdef0", ALICE, mine]).expect("all of it");
    let Value::Map(left) = world.directory() else { panic!("a structure") };
    let left: Vec<&str> = left.iter().map(|(kind, _)| &**kind).collect();
    assert_eq!(left, ["principals"]);
    remove(&[]).expect("nothing");
}

#[test]
fn registration_is_all_or_nothing_and_the_journal_tells_of_it() {
    let world = world();
    register(&world, ALL).expect("a directory");
    let (told, entries) = (world.directory(), world.changes(0).entries);
    assert_eq!((entries.len(), entries[0].cause), (1, Cause::Registration));
    for form in [
        r#"{"principals": {"arn:aws:iam::111122223333:user/b": {}, "arn:aws:iam::111122223333:user/c": {"groups": ["no"]}}}"#,
        r#"{"principals": {"arn:aws:iam::111122223333:user/b": {}}, "policies": {"arn:aws:iam::111122223333:policy/p/Mine": null}}"#,
        r#"{"principals": {"arn:aws:iam::111122223333:user/b": {}, "arn:aws:iam::111122223333:group/Dev": null}}"#,
    ] {
        assert!(register(&world, form).is_err(), "{form}");
        assert_eq!(world.directory(), told);
    }
    assert_eq!(world.changes(0).entries.len(), 1);
}

#[test]
fn a_refusal_names_the_place_and_says_what_is_allowed() {
    let world = world();
    register(&world, ALL).expect("a directory");
    let long =
        format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "kms:{}", "Resource": "*"}}}}"#, "x".repeat(7000));
    let user = |rest: &str| format!(r#"{{"principals": {{"arn:aws:iam::111122223333:user/u": {rest}}}}}"#);
    let role = |rest: &str| format!(r#"{{"principals": {{"arn:aws:iam::111122223333:role/r": {rest}}}}}"#);
    let unit = |id: &str| {
        format!(
            r#"{{"organizations": {{"o-otherorgid1": {{"managementAccount": "222233334444", "units": {{"ou-ab12-11111111": {{}}, "{id}": {{}}}}}}}}}}"#
        )
    };
    for (form, place, told) in [
            ("[]".to_owned(), "the directory: ", "must be a structure"),
            (r#"{"people": {}}"#.to_owned(), "people: ", "principals, policies, organizations, vpcEndpoints"),
            (r#"{"principals": {"alice": {}}}"#.to_owned(), "principals.alice: ", "arn:aws:iam::111122223333:user/team/alice"),
            (r#"{"principals": {"arn:aws:iam::111122223333:user/team/aLICE": {}}}"#.to_owned(), "principals.", "user/team/Alice"),
            (r#"{"principals": {"arn:aws:iam::111122223333:user/a": {}, "arn:aws:iam::111122223333:user/p/A": {}}}"#.to_owned(), "principals.", "given twice"),
            (r#"{"principals": {"arn:aws:iam::111122223333:user/nobody": null}}"#.to_owned(), "principals.", "is not registered"),
            (user(r#"{"policy": []}"#), "principals.arn:aws:iam::111122223333:user/u.policy: ", "managedPolicies"),
            (user(r#"{"policies": {"a b": {}}}"#), "principals.arn:aws:iam::111122223333:user/u.policies.a b: ", "letters"),
            (user(r#"{"policies": [{"Statement": {"Effect": "Alow", "Action": "kms:*", "Resource": "*"}}]}"#), "principals.arn:aws:iam::111122223333:user/u.policies[0]: Statement.Effect", "Alow"),
            (user(r#"{"policies": [7]}"#), "principals.arn:aws:iam::111122223333:user/u.policies[0]: ", "a policy document"),
            (user(&format!(r#"{{"policies": [{long}]}}"#)), "principals.arn:aws:iam::111122223333:user/u.policies: ", "at most 2048"),
            (user(r#"{"groups": ["no"]}"#), "principals.arn:aws:iam::111122223333:user/u.groups[0]: ", "group/no"),
            (user(r#"{"managedPolicies": ["arn:aws:iam::aws:policy/Nothing"]}"#), "principals.arn:aws:iam::111122223333:user/u.managedPolicies[0]: there is no managed policy arn:aws:iam::aws:policy/Nothing", "SecurityAudit"),
            (user(r#"{"permissionsBoundary": "arn:aws:iam::111122223333:policy/No"}"#), "principals.arn:aws:iam::111122223333:user/u.permissionsBoundary: ", "policy/No"),
            (user(r#"{"trustPolicy": {}}"#), "principals.arn:aws:iam::111122223333:user/u.trustPolicy: ", "only a role"),
            (user(r#"{"uniqueId": "AROAJQABLZS4A3QDU576Q"}"#), "principals.arn:aws:iam::111122223333:user/u.uniqueId: ", "AIDA"),
            (user(r#"{"uniqueId": "AIDAJQABLZS4A3QDU576Q"}"#), "principals.arn:aws:iam::111122223333:user/u.uniqueId: ", "another principal"),
            (user(r#"{"tags": {"a": 1}}"#), "principals.arn:aws:iam::111122223333:user/u.tags.a: ", "256"),
            (role(r#"{"serviceLinked": "yes"}"#), "principals.arn:aws:iam::111122223333:role/r.serviceLinked: ", "true or false"),
            (format!(r#"{{"policies": {{"arn:aws:iam::111122223333:policy/Long": {long}}}}}"#), "policies.arn:aws:iam::111122223333:policy/Long: ", "at most 6144"),
            (r#"{"policies": {"arn:aws:iam::111122223333:policy/p/Mine": null}}"#.to_owned(), "policies.arn:aws:iam::111122223333:policy/p/Mine: ", ALICE),
            (r#"{"policies": {"Mine": {}}}"#.to_owned(), "policies.Mine: ", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
            (r#"{"principals": {"arn:aws:iam::111122223333:group/Dev": null}}"#.to_owned(), "principals.arn:aws:iam::111122223333:group/dev: ", ALICE),
            (r#"{"organizations": {"org": {}}}"#.to_owned(), "organizations.org: ", "o- and 10"),
            (r#"{"organizations": {"o-otherorgid1": {}}}"#.to_owned(), "organizations.o-otherorgid1.managementAccount: ", "twelve digits"),
            (r#"{"organizations": {"o-otherorgid1": {"managementAccount": "111122223333"}}}"#.to_owned(), "organizations.o-otherorgid1.accounts: ", "o-exampleorgid"),
            (r#"{"organizations": {"o-otherorgid1": {"managementAccount": "222233334444", "accounts": ["222233334444", "222233334444"]}}}"#.to_owned(), "organizations.o-otherorgid1: ", "two places"),
            (r#"{"organizations": {"o-otherorgid1": {"managementAccount": "222233334444", "resourceControlPolicies": [{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}}]}}}"#.to_owned(), "organizations.o-otherorgid1.resourceControlPolicies[0]: ", "Effect"),
            (unit("ou-cd34-11111111"), "organizations.o-otherorgid1.units.ou-cd34-11111111: ", "ou-ab12-"),
            (r#"{"vpcEndpoints": {"vpce-1": {}}}"#.to_owned(), "vpcEndpoints.vpce-1: ", "vpce-0123456789abcdef0"),
            (r#"{"accessKeys": {"AKIAIOSFODNN7EXAMPLE": {"principal": "arn:aws:iam::111122223333:role/x/App", "secret": "abc"}}}"#.to_owned(), "accessKeys.AKIAIOSFODNN7EXAMPLE: ", "AKIAIOSFODNN7EXAMPLE"),
        ] {
            let sentence = refusal(&world, &form);
            assert!(sentence.starts_with(place) && sentence.contains(told), "{form}: {sentence}");
        }
}

/// A policy that names the root user, and somebody in an element and in a condition.
fn naming(arn: &str) -> Value {
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"AWS": ["{arn}"]}, "Action": "kms:DescribeKey", "Resource": "*"},
        {"Effect": "Allow", "Principal": "*", "Action": "kms:GetPublicKey", "Resource": "*",
         "Condition": {"StringEquals": {"aws:PrincipalArn": "{arn}"}}}
    ]}"#;
    Value::from(text.replace("{arn}", arn))
}

struct Keyed {
    world: World,
    key: Value,
}

impl Keyed {
    fn new() -> Self {
        let world = world();
        let input = [("KeySpec", Value::from("RSA_2048")), ("KeyUsage", Value::from("SIGN_VERIFY"))];
        let reply = world.call("CreateKey", Value::from(input), None, None, NOW).reply.expect("a key");
        let key = reply.member("KeyMetadata").and_then(|key| key.member("Arn")).cloned().expect("an ARN");
        Self { world, key }
    }

    fn put(&self, policy: Value) -> Result<Value, Error> {
        let input = Value::from([("KeyId", self.key.clone()), ("Policy", policy)]);
        self.world.call("PutKeyPolicy", input, None, None, NOW).reply
    }

    fn policy(&self) -> String {
        let reply = self.world.call("GetKeyPolicy", Value::from([("KeyId", self.key.clone())]), None, None, NOW).reply;
        reply.expect("a policy").member("Policy").and_then(Value::as_text).expect("a text").to_owned()
    }

    fn may(&self, operation: &str, caller: &str) -> bool {
        let input = Value::from([("KeyId", self.key.clone())]);
        self.world.call(operation, input, None, Some(caller), NOW).reply.is_ok()
    }

    fn register(&self, arn: &str, entry: &str) {
        register(&self.world, &format!(r#"{{"principals": {{"{arn}": {entry}}}}}"#)).expect("registered");
    }
}

const BOB: &str = "arn:aws:iam::111122223333:user/bob";

#[test]
fn a_key_policy_can_name_only_those_who_exist_where_somebody_is_registered() {
    let keyed = Keyed::new();
    keyed.put(naming(BOB)).expect("in trust mode everybody exists");
    keyed.register("arn:aws:iam::111122223333:user/alice", "{}");
    let refused = keyed.put(naming(BOB)).expect_err("nobody is called so");
    assert_eq!(refused.exception.name(), "MalformedPolicyDocumentException");
    let sentence = "Policy contains a statement with one or more invalid principals.";
    assert_eq!(refused.message.as_deref(), Some(sentence));
    for nobody in ["arn:aws:sts::111122223333:assumed-role/App/one", "arn:aws:iam::111122223333:role/App"] {
        assert!(keyed.put(naming(nobody)).is_err(), "{nobody}");
    }
    for somebody in [
        "arn:aws:iam::111122223333:user/alice",
        "arn:aws:iam::777788889999:user/of-another-account",
        "111122223333",
        "arn:aws:sts::111122223333:federated-user/anybody",
    ] {
        keyed.put(naming(somebody)).expect(somebody);
    }
}

#[test]
fn a_successor_has_nothing_from_the_policy_that_named_its_predecessor() {
    for trusted in [false, true] {
        let keyed = Keyed::new();
        if !trusted {
            keyed.register(BOB, "{}");
        }
        keyed.put(naming(BOB)).expect("a policy");
        let written = keyed.policy();
        keyed.register(BOB, "{}");
        assert!(written.contains(BOB) && keyed.policy() == written);
        assert!(keyed.may("DescribeKey", BOB) && keyed.may("GetPublicKey", BOB));
        let id = keyed.world.seen().state().unique_id(BOB).expect("an id");
        keyed.register(BOB, "null");
        assert_eq!(keyed.policy(), written.replacen(BOB, &id, 1), "trusted: {trusted}");
        assert!(!keyed.may("DescribeKey", BOB));
        keyed.register(BOB, "{}");
        assert!(!keyed.may("DescribeKey", BOB), "a successor is somebody else");
        assert!(keyed.may("GetPublicKey", BOB), "conditions go by names");
        assert_eq!(keyed.policy(), written.replacen(BOB, &id, 1));
        assert!(keyed.put(Value::from(keyed.policy())).is_err(), "what is left of somebody cannot be put again");
        keyed.put(naming(BOB)).expect("a policy");
        assert!(keyed.may("DescribeKey", BOB));
        assert_eq!(keyed.policy(), written);
    }
}

#[test]
fn access_keys_have_holders_who_exist_and_go_with_them() {
    let world = world();
    register(&world, ALL).expect("a directory");
    let key = |holder: &str| format!(r#"{{"accessKeys": {{"AKIAI44QH8DHBEXAMPLE": {{"principal": "{holder}"}}}}}}"#);
    assert!(refusal(&world, &key(BOB)).starts_with("accessKeys.AKIAI44QH8DHBEXAMPLE.principal: there is no "));
    register(&world, &key("arn:aws:iam::777788889999:user/trusted")).expect("in trust mode everybody exists");
    register(&world, &format!(r#"{{"principals": {{"{ALICE}": null}}}}"#)).expect("nobody");
    let Some(Value::Map(left)) = world.directory().member("accessKeys").cloned() else { panic!("access keys") };
    assert_eq!(left.iter().map(|(id, _)| &**id).collect::<Vec<_>>(), ["AKIAI44QH8DHBEXAMPLE"]);
}

#[test]
fn units_nest_five_levels_deep_and_what_is_told_of_them_can_be_registered() {
    let policy = r#"{"Statement": [{"Effect": "Deny", "Action": ["kms:Sign"], "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalTag/a": ["b"]}}}]}"#;
    let attached = [("serviceControlPolicies", Value::List(vec![Value::from(policy)]))];
    let account = Value::from([("accounts", Value::from([("111122223333", Value::from(attached))]))]);
    let nested = |depth: usize, leaf: Value| {
        let unit = |inner: Value, level: usize| {
            let units: Value = [(format!("ou-ab12-{level:08}"), inner)].into_iter().collect();
            Value::from([("units", units)])
        };
        let Value::Map(mut members) = (0..depth).fold(leaf, unit) else { panic!("a structure") };
        members.push(("managementAccount".into(), Value::from("999988887777")));
        Value::from([("organizations", Value::from([("o-exampleorgid", Value::Map(members))]))])
    };
    let first = world();
    let refused = first.register(&nested(6, Value::from([])), NOW).expect_err("too deep").message.unwrap_or_default();
    assert!(refused.contains("nested too deeply"), "{refused}");
    first.register(&nested(5, account), NOW).expect("an organization");
    let again = world();
    let told = wire::from_json(&wire::to_json(&first.directory())).expect("JSON that is not too deep");
    again.register(&told, NOW).expect("the same organization");
    assert_eq!(again.directory(), first.directory());
    let caller = Caller::parse("111122223333").expect("a caller");
    let kms = again.seen();
    assert_eq!(kms.state().standing(&caller, Region::default()).service_control.len(), 7);
}
