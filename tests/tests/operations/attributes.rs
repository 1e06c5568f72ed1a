//! Access by attributes: what identity policies see of a key's tags and aliases, of organizations and of sessions.

use pocket_kms::{
    Caller, CryptoProvider, Error, Exception, Options, Origin, Session, Span, Time, Value, VpcEndpoint, World, api::*,
    policy::Values,
};

use crate::fixture::NOW;

const APP: &str = "arn:aws:iam::111122223333:role/App";
const ADMIN: &str = "111122223333";

/// A world whose role `App` may use every key under one condition, and in which an organization has its account.
fn world(condition: &str) -> World {
    let options = Options { seed: Some(b"attributes".to_vec().into()), now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let form = format!(
        r#"{{
            "principals": {{"{APP}": {{"tags": {{"team": "blue"}}, "policies": [{{"Version": "2012-10-17", "Statement": {{
                "Effect": "Allow", "Action": ["kms:Encrypt", "kms:CreateKey", "kms:TagResource"], "Resource": "*",
                "Condition": {{{condition}}}}}}}]}}}},
            "organizations": {{"o-exampleorgid": {{"managementAccount": "999988887777",
                "units": {{"ou-ab12-11111111": {{"accounts": {{"111122223333": {{}}}}}}}}}}}}
        }}"#
    );
    let form = pocket_kms::wire::from_json(form.as_bytes()).expect("JSON");
    world.register(&form, NOW).expect("a directory");
    world
}

fn app() -> Caller {
    APP.parse().expect("a caller")
}

/// A tag by its key and its value.
type Pair = (&'static str, &'static str);

fn new_key(world: &World, tags: Vec<Pair>) -> String {
    let created = world.client(NOW).caller(ADMIN.parse().expect("root")).send(CreateKey::default().tags(tags));
    created.expect("a key").key_metadata.key_id
}

fn encrypts(world: &World, key: &str, caller: Caller, origin: Origin, now: Time) -> bool {
    allowed(world.client(now).caller(caller).origin(origin).send(Encrypt::new(key, b"x")))
}

fn allowed<T>(reply: Result<T, Error>) -> bool {
    match reply {
        Ok(_) => true,
        Err(error) if error.exception == Exception::AccessDeniedException => false,
        Err(error) => panic!("{error}"),
    }
}

/// Lets changes show after five minutes.
fn lag(world: &World, name: &'static str) {
    let settings = [(name, Value::Int(300_000))].into_iter().collect();
    world.set(&settings, NOW).expect("settings");
}

#[test]
fn the_tags_of_a_key_open_it_and_show_late_where_there_is_a_lag() {
    let condition = r#""StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}"#;
    let world = world(condition);
    let (tagged, plain) = (new_key(&world, vec![("TEAM", "blue")]), new_key(&world, Vec::new()));
    let can = |key: &str| encrypts(&world, key, app(), Origin::default(), NOW);
    assert!(can(&tagged) && !can(&plain), "tags of a new key count at once");
    let admin = world.client(NOW).caller(ADMIN.parse().expect("root"));
    admin.send(TagResource::new(&plain, vec![("team", "blue")])).expect("a tag");
    assert!(can(&plain));
    lag(&world, "lag/tags-in-authorization");
    admin.send(UntagResource::new(&plain, vec!["team".to_owned()])).expect("no tag");
    assert!(can(&plain), "the tags before decide");
    world.advance(Span::from_millis(299_999), NOW).expect("time");
    assert!(can(&plain));
    world.advance(Span::from_millis(1), NOW).expect("time");
    assert!(!can(&plain));
}

#[test]
fn the_aliases_of_a_key_open_it_until_there_are_too_many() {
    let world = world(r#""ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/app/*"}"#);
    let key = new_key(&world, Vec::new());
    let can = || encrypts(&world, &key, app(), Origin::default(), NOW);
    let admin = world.client(NOW).caller(ADMIN.parse().expect("root"));
    admin.send(CreateAlias::new("alias/other", &key)).expect("an alias");
    assert!(!can());
    admin.send(CreateAlias::new("alias/app/one", &key)).expect("an alias");
    assert!(can(), "the request names the key by its id");
    let quota = |most| [("quota/aliases-per-key", Value::Int(most))].into_iter().collect();
    world.set(&quota(1), NOW).expect("a quota");
    assert!(!can(), "two aliases are more than the quota");
    world.set(&quota(2), NOW).expect("a quota");
    assert!(can());
    lag(&world, "lag/aliases-in-authorization");
    admin.send(DeleteAlias::new("alias/app/one")).expect("no alias");
    assert!(can(), "the aliases before decide");
    world.advance(Span::from_millis(300_000), NOW).expect("time");
    assert!(!can());
}

#[test]
fn attributes_of_a_key_mean_nothing_in_its_own_policy() {
    let world = world(r#""Bool": {"aws:SecureTransport": "false"}"#);
    for condition in [
        r#""StringEquals": {"aws:ResourceTag/team": "blue"}"#,
        r#""ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/app"}"#,
    ] {
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": [
                {{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:root"}}, "Action": "kms:*", "Resource": "*"}},
                {{"Effect": "Allow", "Principal": {{"AWS": "{APP}"}}, "Action": "kms:Encrypt", "Resource": "*", "Condition": {{{condition}}}}}]}}"#
        );
        let admin = world.client(NOW).caller(ADMIN.parse().expect("root"));
        let create = CreateKey::default().policy(policy).tags(vec![("team", "blue")]);
        let key = admin.send(create).expect("a key").key_metadata.key_id;
        let _ = admin.send(DeleteAlias::new("alias/app"));
        admin.send(CreateAlias::new("alias/app", &key)).expect("an alias");
        assert!(!encrypts(&world, &key, app(), Origin::default(), NOW), "{condition}");
    }
}

#[test]
fn tags_on_create_are_those_of_the_new_key() {
    for condition in
        [r#""StringEquals": {"aws:ResourceTag/team": "blue"}"#, r#""StringEquals": {"aws:RequestTag/team": "blue"}"#]
    {
        let world = world(condition);
        let create = |tags| allowed(world.client(NOW).caller(app()).send(CreateKey::default().tags(tags)));
        assert!(create(vec![("team", "blue")]), "{condition}");
        assert!(!create(vec![("team", "red")]) && !create(Vec::new()), "{condition}");
    }
}

#[test]
fn conditions_see_organizations_sessions_endpoints_and_what_the_host_adds() {
    let endpoint = || VpcEndpoint::new("vpce-0123456789abcdef0").vpc("vpc-1").owner(ADMIN.parse().expect("an account"));
    let through = || Origin::default().vpc_endpoint(endpoint());
    let in_session = |session: Session| (app().with_session(session), Origin::default());
    let here = || (app(), Origin::default());
    let web = || {
        let sub = Values::one("us-east-1:0000");
        Session::default().provider("cognito-identity.amazonaws.com").fact("cognito-identity.amazonaws.com:sub", sub)
    };
    let path = "o-exampleorgid/r-*/ou-ab12-11111111/";
    let paths = |key: &str| format!(r#""ForAnyValue:StringLike": {{"{key}": "{path}"}}"#);
    let equals = |key: &str, value: &str| format!(r#""StringEquals": {{"{key}": "{value}"}}"#);
    for (condition, (caller, origin)) in [
        (equals("aws:PrincipalOrgID", "o-exampleorgid"), here()),
        (equals("aws:ResourceOrgID", "o-exampleorgid"), here()),
        (paths("aws:PrincipalOrgPaths"), here()),
        (paths("aws:ResourceOrgPaths"), here()),
        (equals("aws:ResourceAccount", ADMIN), here()),
        (equals("aws:VpceAccount", ADMIN), (app(), through())),
        (equals("aws:VpceOrgID", "o-exampleorgid"), (app(), through())),
        (paths("aws:VpceOrgPaths"), (app(), through())),
        (equals("aws:SourceVpcArn", "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1"), (app(), through())),
        (equals("aws:SourceOrgID", "o-1"), (app(), Origin::default().fact("aws:SourceOrgID", Values::one("o-1")))),
        (equals("aws:referer", "x"), (app(), Origin::default().fact("aws:Referer", Values::many(["x"])))),
        (equals("aws:PrincipalTag/team", "blue"), here()),
        (equals("aws:FederatedProvider", "cognito-identity.amazonaws.com"), in_session(web())),
        (equals("cognito-identity.amazonaws.com:sub", "us-east-1:0000"), in_session(web())),
        (
            r#""NumericLessThan": {"aws:MultiFactorAuthAge": "31"}"#.to_owned(),
            in_session(Session::default().mfa().mfa_age(Span::from_millis(30_999))),
        ),
        (
            r#""NumericEquals": {"aws:MultiFactorAuthAge": "60"}"#.to_owned(),
            in_session(Session::default().mfa().issued(Time::from_millis(NOW.millis() - 60_000))),
        ),
    ] {
        let world = world(&condition);
        let key = new_key(&world, Vec::new());
        assert!(encrypts(&world, &key, caller, origin, NOW), "{condition}");
        let absent = condition.replace("o-exampleorgid", "o-other").replace(ADMIN, "222233334444");
        let absent = absent.replace("blue", "red").replace("-1:0000", "-2:0000").replace(r#""x""#, r#""y""#);
        let other = self::world(&absent);
        let key = new_key(&other, Vec::new());
        let plain = app();
        assert!(!encrypts(&other, &key, plain, Origin::default(), NOW), "{absent}");
    }
}

#[test]
fn a_provider_key_is_a_variable_in_a_policy() {
    let world =
        world(r#""ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/${cognito-identity.amazonaws.com:sub}"}"#);
    let key = new_key(&world, Vec::new());
    let admin = world.client(NOW).caller(ADMIN.parse().expect("root"));
    admin.send(CreateAlias::new("alias/visitor-7", &key)).expect("an alias");
    for (visitor, can) in [("visitor-7", true), ("visitor-8", false), ("*", false)] {
        let session = Session::default().fact("cognito-identity.amazonaws.com:sub", Values::one(visitor));
        assert_eq!(encrypts(&world, &key, app().with_session(session), Origin::default(), NOW), can, "{visitor}");
    }
}
