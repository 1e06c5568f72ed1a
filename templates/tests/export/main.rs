//! What an export writes, read again or run by a shell: it decides as the world that was written, a random one, too.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use pocket_kms::{Value, World, wire};
use pocket_kms_templates::{
    File, Options,
    export::{Format, export},
    read,
};

mod imported;
#[path = "../shared/mod.rs"]
mod shared;

use shared::{NOW, decisions, load, world};

/// In the place of the AWS CLI: it writes down what it is asked for, and gives keys names.
const AWS: &str = r#"
aws() {
    { printf '%s\x1f' "$@"; printf '\n'; } >> "$CALLS"
    case " $* " in *" create-key "* | *" list-exports "*) echo "KEY$(wc -l < "$CALLS")" ;; esac
}
"#;

/// The calls of a script: the words of each, without the one that names the CLI.
fn calls(script: &str, name: &str) -> Vec<Vec<String>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let (path, calls) = (folder.join("keys.sh"), folder.join("calls"));
    fs::write(&path, format!("{AWS}{script}")).expect("a script");
    let done = Command::new("bash").arg(&path).env("CALLS", &calls).output().expect("a shell");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = fs::read_to_string(calls).expect("calls");
    text.lines().map(|line| line.trim_end_matches('\u{1f}').split('\u{1f}').map(str::to_owned).collect()).collect()
}

/// The words of a command that are not options, and its options.
fn command(words: &[String]) -> (Vec<String>, BTreeMap<String, String>) {
    let (mut options, mut verbs) = (BTreeMap::new(), Vec::new());
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        match word.strip_prefix("--") {
            None => verbs.push(word.clone()),
            Some(option) => {
                let value = words.next_if(|value| !value.starts_with("--")).cloned().unwrap_or_default();
                options.insert(option.to_owned(), value);
            }
        }
    }
    (verbs, options)
}

/// A world in which the calls were made.
fn replayed(calls: &[Vec<String>]) -> World {
    let world = world();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut principals: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    let mut policies: Vec<(String, Value)> = Vec::new();
    let mut kms = Vec::new();
    for (number, words) in (1..).zip(calls) {
        let (verbs, options) = command(words);
        if verbs[0] == "kms" {
            kms.push((number, verbs[1].clone(), options));
        } else {
            iam(&verbs[1], &options, &mut principals, &mut policies);
        }
    }
    // Keys come first: the policies of principals name them.
    let bare = principals.keys().map(|arn| (arn.clone(), Value::Map(Vec::new()))).collect();
    world.register(&Value::from([("principals", bare)]), NOW).expect("principals");
    for (number, verb, options) in kms {
        let reply = call(&world, &verb, &options, &ids);
        if verb == "create-key" {
            let id = reply.member("KeyMetadata").and_then(|key| key.member("KeyId")?.as_text().map(str::to_owned));
            ids.insert(format!("KEY{number}"), id.expect("an id"));
        }
    }
    let filled = |value: &Value| {
        let mut text = String::from_utf8(wire::to_json(value)).expect("text");
        // The longest names first: KEY1 is the beginning of KEY12.
        for (name, id) in ids.iter().rev() {
            text = text.replace(name, id);
        }
        wire::from_json(text.as_bytes()).expect("JSON")
    };
    let principals =
        principals.into_iter().map(|(arn, members)| (arn, filled(&members.into_iter().collect()))).collect();
    let policies = policies.into_iter().map(|(arn, document)| (arn, filled(&document))).collect();
    world.register(&Value::from([("policies", policies), ("principals", principals)]), NOW).expect("a directory");
    world
}

/// Creates the grants of a script beside templates, in a world of these.
fn grant(world: &World, names: &Value, calls: &[Vec<String>]) {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for (number, words) in (1..).zip(calls) {
        let (verbs, options) = command(words);
        if verbs[1] == "list-exports" {
            let name = options["query"].split('\'').nth(1).and_then(|name| name.rsplit('-').next()).expect("a name");
            let arn = names.member(name).and_then(|name| name.member("is")?.as_text()).expect("a key");
            ids.insert(format!("KEY{number}"), arn.rsplit('/').next().expect("an id").to_owned());
        } else {
            call(world, &verbs[1], &options, &ids);
        }
    }
}

fn call(world: &World, verb: &str, options: &BTreeMap<String, String>, ids: &BTreeMap<String, String>) -> Value {
    let camel = |name: &str| -> String {
        let words = name.split('-').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..]));
        words.collect()
    };
    let mut input = Vec::new();
    for (name, value) in
        options.iter().filter(|(name, _)| !["profile", "region", "query", "output"].contains(&name.as_str()))
    {
        let mut text = value.clone();
        for (name, id) in ids.iter().rev() {
            text = text.replace(name, id);
        }
        let value = match name.as_str() {
            "tags" | "operations" | "constraints" => wire::from_json(text.as_bytes()).expect("JSON"),
            "multi-region" | "bypass-policy-lockout-safety-check" => Value::Bool(true),
            "rotation-period-in-days" => Value::Int(text.parse().expect("a number")),
            _ => Value::from(text),
        };
        input.push((camel(name), value));
    }
    let (region, caller) = (options["region"].as_str(), options["profile"].as_str());
    world.call(&camel(verb), input.into_iter().collect(), Some(region), Some(caller), NOW).reply.expect(verb)
}

/// What a command of IAM comes to in the directory's form.
fn iam(
    verb: &str,
    options: &BTreeMap<String, String>,
    principals: &mut BTreeMap<String, Vec<(String, Value)>>,
    policies: &mut Vec<(String, Value)>,
) {
    let account = &options["profile"];
    let json = |option: &str| wire::from_json(options[option].as_bytes()).expect("JSON");
    if verb == "create-policy" {
        let arn = format!("arn:aws:iam::{account}:policy{}{}", options["path"], options["policy-name"]);
        return policies.push((arn, json("policy-document")));
    }
    let kind = ["role", "user", "group"].into_iter().find(|kind| {
        let own = format!("{kind}-name");
        options.contains_key(&own) && !(*kind == "group" && verb == "add-user-to-group")
    });
    let Some(kind) = kind else { panic!("{verb} {options:?}") };
    let name = &options[&format!("{kind}-name")];
    if verb == format!("create-{kind}") {
        let arn = format!("arn:aws:iam::{account}:{kind}{}{name}", options["path"]);
        let members = principals.entry(arn).or_default();
        if options.contains_key("assume-role-policy-document") {
            members.push(("trustPolicy".to_owned(), json("assume-role-policy-document")));
        }
        if let Some(seconds) = options.get("max-session-duration") {
            members.push(("maxSessionDuration".to_owned(), Value::Int(seconds.parse().expect("seconds"))));
        }
        if options.contains_key("tags") {
            let Value::List(tags) = json("tags") else { panic!("{options:?}") };
            let tag = |tag: &Value| {
                let text = |member: &str| tag.member(member).and_then(Value::as_text).expect("a text").to_owned();
                (text("Key"), Value::from(text("Value")))
            };
            members.push(("tags".to_owned(), tags.iter().map(tag).collect()));
        }
        return;
    }
    let ends = format!("/{name}");
    let holder =
        principals.iter_mut().find(|(arn, _)| arn.ends_with(&ends) && arn.contains(&format!(":{account}:{kind}/")));
    let members = holder.expect("a holder").1;
    let mut add = |member: &str, value: Value| match members.iter_mut().find(|(known, _)| known == member) {
        Some((_, Value::List(list))) => list.push(value),
        _ => members.push((member.to_owned(), Value::List(vec![value]))),
    };
    match verb {
        "add-user-to-group" => add("groups", Value::from(options["group-name"].as_str())),
        verb if verb.starts_with("attach-") => add("managedPolicies", Value::from(options["policy-arn"].as_str())),
        verb if verb.ends_with("-permissions-boundary") => {
            members.push(("permissionsBoundary".to_owned(), Value::from(options["permissions-boundary"].as_str())));
        }
        _ => add("policies", json("policy-document")),
    }
}

#[test]
fn a_script_makes_what_the_world_had() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/templates");
    for (folder, file) in [
        ("cloudformation-tags-decide", "template.yaml"),
        ("cloudformation-dynamodb", "template.yaml"),
        ("cloudformation-signing", "template.yaml"),
        ("cloudformation-groups", "template.yaml"),
        ("terraform-state-grants", "state.json"),
        ("terraform-plan-two-regions", "plan.json"),
    ] {
        let text = fs::read_to_string(root.join(folder).join(file)).expect("text");
        let plan = read(&[File { name: file, text: &text }], &Options::default()).expect("a plan");
        let world = world();
        world.perform(&plan.recipe, NOW).expect("a world");
        let written = export(&world.inventory(NOW), Format::Cli).expect("an export");
        let again = replayed(&calls(&written.files[0].1, folder));
        assert_eq!(decisions(&again), decisions(&world), "{folder}");
    }
}

/// Numbers that follow from a seed (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("a small number")
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const OWN: &str = "111122223333";
const OTHER: &str = "444455556666";
const PRINCIPALS: [&str; 5] = [
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:user/team/bob",
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:iam::111122223333:role/ci/deployer",
    "arn:aws:iam::444455556666:role/visitor",
];
const ACTIONS: [&str; 7] = [
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:*",
    "kms:CreateGrant",
    "kms:PutKeyPolicy",
    "kms:Describe*",
];
const CONDITIONS: [&str; 6] = [
    "{}",
    r#"{"StringEquals": {"kms:EncryptionContext:tenant": "blue"}}"#,
    r#"{"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": "111122223333"}}"#,
    r#"{"StringLike": {"aws:PrincipalTag/team": "${aws:PrincipalTag/team}", "aws:ResourceTag/%{note}": "a\"b $c*"}}"#,
    r#"{"Bool": {"kms:GrantIsForAWSResource": "true"}}"#,
    r#"{"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": ["tenant", "it's"]}}"#,
];

fn statement(random: &mut Random, what: &str) -> String {
    let effect = random.one(&["Allow", "Allow", "Allow", "Deny"]);
    let (action, condition) = (random.one(&ACTIONS), random.one(&CONDITIONS));
    format!(r#"{{"Effect": "{effect}", {what}, "Action": ["{action}"], "Condition": {condition}}}"#)
}

fn key_policy(random: &mut Random, account: &str) -> String {
    let root = format!(r#"{{"AWS": "arn:aws:iam::{account}:root"}}"#);
    let mut statements =
        vec![format!(r#"{{"Effect": "Allow", "Principal": {root}, "Action": "kms:*", "Resource": "*"}}"#)];
    for _ in 0..random.below(3) {
        let named = format!(r#"{{"AWS": "{}"}}"#, random.one(&PRINCIPALS));
        let principal =
            random.one(&[r#"{"Service": "sns.amazonaws.com"}"#, r#""*""#, &root, &named, &named]).to_owned();
        statements.push(statement(random, &format!(r#""Principal": {principal}, "Resource": "*""#)));
    }
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
}

/// An identity policy, which may name keys.
fn identity_policy(random: &mut Random, arns: &[String]) -> String {
    let arn = arns[random.below(arns.len())].as_str();
    let resource = random.one(&["*", "arn:aws:kms:*:111122223333:key/*", arn]).to_owned();
    let statement = statement(random, &format!(r#""Resource": "{resource}""#));
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#)
}

fn said(text: &str) -> Value {
    wire::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn done(world: &World, operation: &str, input: &str, region: &str, account: &str) -> Value {
    let outcome = world.call(operation, said(input), Some(region), Some(account), NOW);
    outcome.reply.unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
}

/// Registers principals without anything, so that policies of keys and grants may name them.
fn bare(world: &World) {
    let members: Vec<String> = PRINCIPALS.iter().map(|arn| format!(r#""{arn}": {{}}"#)).collect();
    let group = r#""arn:aws:iam::111122223333:group/readers": {}"#;
    world
        .register(&said(&format!(r#"{{"principals": {{{group}, {}}}}}"#, members.join(", "))), NOW)
        .expect("principals");
}

/// A key with its alias, policy, tags and grants, and perhaps a replica; gives its ARN.
fn key(world: &World, random: &mut Random, number: usize) -> String {
    let (account, region) = (random.one(&[OWN, OWN, OTHER]), random.one(&["us-east-1", "eu-west-1"]));
    let policy = String::from_utf8(wire::to_json(&Value::from(key_policy(random, account)))).expect("text");
    let is_multi = random.below(3) == 0;
    let input = format!(
        r#"{{"MultiRegion": {is_multi}, "Description": "${{a}} \"b\" %{{c}}", "Policy": {policy}, "Tags": [{{"TagKey": "team", "TagValue": "red"}}]}}"#
    );
    let made = done(world, "CreateKey", &input, region, account);
    let arn = made.member("KeyMetadata").and_then(|key| key.member("Arn")?.as_text()).expect("an ARN").to_owned();
    let id = arn.rsplit('/').next().expect("an id");
    let named = |region: &str| {
        let input = format!(r#"{{"AliasName": "alias/k{number}", "TargetKeyId": "{id}"}}"#);
        done(world, "CreateAlias", &input, region, account);
    };
    named(region);
    for grant in 0..random.below(3) {
        let constraint =
            random.one(&["", r#", "Constraints": {"EncryptionContextSubset": {"a ${tenant}": "%{b} $c"}}"#]);
        let retiring = random.one(&["", r#", "RetiringPrincipal": "arn:aws:iam::111122223333:user/alice""#]);
        let (grantee, operation) = (random.one(&PRINCIPALS), random.one(&["Decrypt", "Encrypt", "GenerateDataKey"]));
        let input = format!(
            r#"{{"KeyId": "{arn}", "GranteePrincipal": "{grantee}", "Operations": ["{operation}"], "Name": "g{grant}"{constraint}{retiring}}}"#
        );
        done(world, "CreateGrant", &input, region, account);
    }
    if is_multi && random.below(2) == 0 {
        let other = if region == "us-east-1" { "eu-west-1" } else { "us-east-1" };
        let input = format!(r#"{{"KeyId": "{arn}", "ReplicaRegion": "{other}", "Policy": {policy}}}"#);
        done(world, "ReplicateKey", &input, region, account);
        named(other);
    } else if random.below(4) == 0 {
        done(world, "DisableKey", &format!(r#"{{"KeyId": "{arn}"}}"#), region, account);
    }
    arn
}

/// A world of some keys and principals; a smaller seed gives a smaller one.
fn random_world(seed: usize) -> World {
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (seed as u64 + 1));
    let world = world();
    bare(&world);
    let arns: Vec<String> = (0..=seed % 4).map(|number| key(&world, &mut random, number)).collect();
    let mut entries = vec![format!(
        r#""arn:aws:iam::111122223333:group/readers": {{"policies": {{"own": {}}}}}"#,
        identity_policy(&mut random, &arns)
    )];
    for arn in PRINCIPALS.iter().filter(|arn| arn.contains(OWN)) {
        let group = if arn.contains(":user/") { random.one(&["", r#""groups": ["readers"], "#]) } else { "" };
        let more = random.one(&[
            "",
            r#""managedPolicies": ["arn:aws:iam::111122223333:policy/shared/all"], "#,
            r#""permissionsBoundary": "arn:aws:iam::111122223333:policy/shared/all", "#,
        ]);
        let lasting = if arn.contains(":role/") { random.one(&["", r#""maxSessionDuration": 7200, "#]) } else { "" };
        let policy = identity_policy(&mut random, &arns);
        entries.push(format!(
            r#""{arn}": {{{group}{more}{lasting}"tags": {{"team": "red"}}, "policies": {{"own": {policy}}}}}"#
        ));
    }
    let managed = identity_policy(&mut random, &arns);
    let form = format!(
        r#"{{"policies": {{"arn:aws:iam::111122223333:policy/shared/all": {managed}}}, "principals": {{{}}}}}"#,
        entries.join(", ")
    );
    world.register(&said(&form), NOW).expect("a directory");
    world
}

/// The grants of all keys by the aliases of these, without what is drawn.
fn grants(world: &World) -> Vec<String> {
    let inventory = world.inventory(NOW);
    let list = |value: &Value, member: &str| match value.member(member) {
        Some(Value::List(values)) => values.clone(),
        _ => Vec::new(),
    };
    let mut told = Vec::new();
    for key in list(&inventory, "keys") {
        for grant in list(&key, "grants") {
            let members = ["Name", "GranteePrincipal", "RetiringPrincipal", "Operations", "Constraints"];
            let shown = members.map(|member| format!("{:?}", grant.member(member)));
            told.push(format!("{:?} {}", key.member("aliases"), shown.join(" ")));
        }
    }
    told.sort();
    told
}

/// How long sessions of roles may last, where somebody has said it.
fn lasting(world: &World) -> Vec<String> {
    let directory = world.directory();
    let Some(Value::Map(principals)) = directory.member("principals") else { return Vec::new() };
    let seconds = |(arn, principal): &(_, Value)| Some(format!("{arn} {:?}", principal.member("maxSessionDuration")?));
    let mut told: Vec<String> = principals.iter().filter_map(seconds).collect();
    told.sort();
    told
}

/// What keys are, by their aliases.
fn kinds(world: &World) -> Vec<String> {
    let inventory = world.inventory(NOW);
    let Some(Value::List(keys)) = inventory.member("keys") else { panic!("{inventory:?}") };
    let members = ["aliases", "region", "spec", "usage", "origin", "multiRegion", "state"];
    let told = keys.iter().map(|key| members.map(|member| format!("{:?}", key.member(member))).join(" "));
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

#[test]
fn names_that_mean_something_elsewhere_harm_no_key() {
    let world = world();
    for names in [
        &["PATH"][..],
        &["UID"],
        &["x", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
        &["x1"],
        &["x-alias1"],
        &["x-alias"],
        &["x/alias"],
    ] {
        let made = done(&world, "CreateKey", "{}", "us-east-1", OWN);
        let id = made.member("KeyMetadata").and_then(|key| key.member("KeyId")?.as_text()).expect("an id");
        for name in names {
            let input = format!(r#"{{"AliasName": "alias/{name}", "TargetKeyId": "{id}"}}"#);
            done(&world, "CreateAlias", &input, "us-east-1", OWN);
        }
    }
    for format in [Format::Terraform, Format::CloudFormation, Format::Cli] {
        let written = export(&world.inventory(NOW), format).expect("an export");
        let again = if format == Format::Cli {
            replayed(&calls(&written.files[0].1, "names"))
        } else {
            load(&written.files, &Options::default()).expect("a world").0
        };
        assert_eq!(kinds(&again), kinds(&world), "{format:?}");
    }
}

/// How many random worlds are written; a failure of a small seed is a small world.
const WORLDS: usize = 24;

#[test]
fn random_worlds_are_written_and_made_again() {
    let (mut granted, mut lasted) = (0, 0);
    for seed in 0..WORLDS {
        let world = random_world(seed);
        let expected = (decisions(&world), grants(&world), lasting(&world));
        granted += expected.1.len();
        lasted += expected.2.len();
        assert!(!expected.0.is_empty(), "seed {seed} decides nothing");
        for format in [Format::Terraform, Format::CloudFormation, Format::Cli] {
            let written = export(&world.inventory(NOW), format).expect("an export");
            let folder = format!("random-{seed}-{format:?}");
            let again = if format == Format::Cli {
                replayed(&calls(&written.files[0].1, &folder))
            } else {
                let (again, names) = load(&written.files, &Options::default())
                    .unwrap_or_else(|problem| panic!("seed {seed} as {format:?}: {problem}"));
                if let Some((_, script)) = written.files.iter().find(|(name, _)| name == "grants.sh") {
                    grant(&again, &names, &calls(script, &folder));
                }
                again
            };
            assert_eq!((decisions(&again), grants(&again), lasting(&again)), expected, "seed {seed} as {format:?}");
        }
    }
    assert!(granted > WORLDS / 2, "only {granted} grants");
    assert!(lasted > WORLDS / 2, "only {lasted} roles say how long their sessions may last");
}
