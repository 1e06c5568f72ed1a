//! Grants through a world: those of services, and random lives of grants against a small model of them.

use std::collections::BTreeSet;

use pocket_kms::{CryptoProvider, Error, Exception, Options, Origin, Span, Value, World, wire};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::fixture::NOW;

const OWNER: &str = "111122223333";
const SERVICE: &str = "dynamodb.amazonaws.com";
const TABLE: &str = "arn:aws:dynamodb:us-east-1:111122223333:table/Example";

fn world(settings: &[(&'static str, i64)]) -> World {
    let options = Options { seed: Some(b"grants".to_vec().into()), now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let settings = settings.iter().map(|(name, number)| (*name, Value::Int(*number)));
    world.set(&settings.collect(), NOW).expect("settings");
    world
}

fn called(world: &World, caller: &str, operation: &str, input: Value) -> Result<Value, Error> {
    world.call(operation, input, None, Some(caller), NOW).reply
}

fn text(reply: &Value, member: &str) -> String {
    reply.member(member).and_then(Value::as_text).unwrap_or_else(|| panic!("{member} in {reply:?}")).to_owned()
}

fn new_key(world: &World) -> String {
    let reply = called(world, OWNER, "CreateKey", Value::Map(Vec::new())).expect("a key");
    text(reply.member("KeyMetadata").expect("metadata"), "Arn")
}

fn texts(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|text| Value::from(*text)).collect())
}

/// Encrypts as a service that calls for a resource.
fn encrypt_for(world: &World, service: &str, key: &str, source: Option<&str>) -> Result<Value, Error> {
    let input = Value::from([("KeyId", Value::from(key)), ("Plaintext", Value::Blob(vec![1]))]);
    let call = world.begin("Encrypt", input, None, Some(service), NOW).expect("a call");
    let origin = source.map_or_else(Origin::default, |source| Origin::default().source_arn(source));
    world.finish(&call.with_origin(origin)).reply
}

#[test]
fn a_service_uses_and_retires_a_grant_for_its_resource_alone() {
    let world = world(&[]);
    let key = new_key(&world);
    let constraints = Value::from([("SourceArn", Value::from(TABLE))]);
    let grant = Value::from([
        ("KeyId", Value::from(key.as_str())),
        ("GranteeServicePrincipal", Value::from(SERVICE)),
        ("RetiringServicePrincipal", Value::from(SERVICE)),
        ("Operations", texts(&["Encrypt", "DescribeKey"])),
        ("Constraints", constraints),
    ]);
    let grant = called(&world, OWNER, "CreateGrant", grant).expect("a grant");
    assert!(encrypt_for(&world, SERVICE, &key, Some(TABLE)).is_ok());
    let others = [(SERVICE, Some("arn:aws:dynamodb:us-east-1:111122223333:table/Other")), (SERVICE, None)];
    for (service, source) in others.into_iter().chain([("s3.amazonaws.com", Some(TABLE))]) {
        let refused = encrypt_for(&world, service, &key, source).expect_err("a refusal");
        assert_eq!(refused.exception, Exception::AccessDeniedException, "{service} for {source:?}");
    }
    let retire = || Value::from([("GrantToken", Value::from(text(&grant, "GrantToken")))]);
    let refused = called(&world, "s3.amazonaws.com", "RetireGrant", retire()).expect_err("a refusal");
    assert_eq!(refused.exception, Exception::AccessDeniedException);
    let retirable = |caller: &str, service: &str| {
        called(&world, caller, "ListRetirableGrants", Value::from([("RetiringServicePrincipal", Value::from(service))]))
    };
    let listed = retirable(SERVICE, SERVICE).expect("its own grants");
    assert!(matches!(listed.member("Grants"), Some(Value::List(grants)) if grants.len() == 1), "{listed:?}");
    let others = [("s3.amazonaws.com", SERVICE), (SERVICE, "s3.us-east-1.amazonaws.com")];
    for (caller, service) in others {
        let refused = retirable(caller, service).expect_err("those of another service");
        assert_eq!(refused.exception, Exception::AccessDeniedException, "{caller} asks for {service}");
    }
    let mine = Value::from([("KeyId", Value::from(key.as_str())), ("GranteeServicePrincipal", Value::from(SERVICE))]);
    let refused = called(&world, OWNER, "ListGrants", mine).expect_err("a filter for services");
    assert_eq!(refused.exception, Exception::ValidationException);
    called(&world, SERVICE, "RetireGrant", retire()).expect("the retiring service retires it");
    assert!(encrypt_for(&world, SERVICE, &key, Some(TABLE)).is_err());
}

#[test]
fn a_token_of_another_world_is_none() {
    let worlds = [world(&[]), World::new(Options::default(), CryptoProvider::default(), [7; 32])];
    let [one, other] = worlds.map(|world| {
        let key = new_key(&world);
        let grant = Value::from([
            ("KeyId", Value::from(key.as_str())),
            ("GranteePrincipal", Value::from("arn:aws:iam::444455556666:user/Bob")),
            ("Operations", texts(&["Encrypt"])),
        ]);
        let token = text(&called(&world, OWNER, "CreateGrant", grant).expect("a grant"), "GrantToken");
        (world, token)
    });
    for (world, token) in [(&one.0, &other.1), (&other.0, &one.1)] {
        let retire = Value::from([("GrantToken", Value::from(token.as_str()))]);
        let refused = called(world, OWNER, "RetireGrant", retire).expect_err("a foreign token");
        assert_eq!(refused.exception, Exception::InvalidGrantTokenException);
    }
    let retire = Value::from([("GrantToken", Value::from(one.1.as_str()))]);
    called(&one.0.fork([1; 32]), OWNER, "RetireGrant", retire).expect("a fork knows what its world gave before");
}

fn register(world: &World, json: &str) {
    world.register(&wire::from_json(json.as_bytes()).expect("JSON"), NOW).expect("a directory");
}

#[test]
fn a_grant_is_for_who_had_the_name_and_not_for_a_successor() {
    const ANN: &str = "arn:aws:iam::111122223333:user/Ann";
    let world = world(&[]);
    let key = new_key(&world);
    register(&world, &format!(r#"{{"principals": {{"{ANN}": {{"uniqueId": "AIDAANNANNANNANNANNANN"}}}}}}"#));
    let grant = |grantee: &str| {
        let operations = ("Operations", texts(&["DescribeKey"]));
        let input = [("KeyId", Value::from(key.as_str())), ("GranteePrincipal", Value::from(grantee)), operations];
        called(&world, OWNER, "CreateGrant", Value::from(input))
    };
    let describe = || called(&world, ANN, "DescribeKey", Value::from([("KeyId", Value::from(key.as_str()))]));
    let shown = || {
        let reply = called(&world, OWNER, "ListGrants", Value::from([("KeyId", Value::from(key.as_str()))]));
        let Some(Value::List(grants)) = reply.expect("a list").member("Grants").cloned() else { panic!("no list") };
        text(&grants[0], "GranteePrincipal")
    };
    let refused = grant("arn:aws:iam::111122223333:user/Bob").expect_err("nobody of this name");
    assert_eq!(
        refused.to_string(),
        "InvalidArnException: ARN does not refer to a valid principal: arn:aws:iam::111122223333:user/Bob"
    );
    assert!(describe().is_err());
    grant(ANN).expect("a grant");
    assert!(describe().is_ok());
    assert_eq!(shown(), ANN);
    register(&world, &format!(r#"{{"principals": {{"{ANN}": null}}}}"#));
    assert_eq!(shown(), "AIDAANNANNANNANNANNANN");
    register(&world, &format!(r#"{{"principals": {{"{ANN}": {{}}}}}}"#));
    assert!(describe().is_err(), "a successor has the name alone");
    assert_eq!(shown(), "AIDAANNANNANNANNANNANN");
}

#[test]
fn the_account_retires_by_identity_policies_and_a_named_principal_without_any() {
    let world = world(&[]);
    let key = new_key(&world);
    let ann = "arn:aws:iam::111122223333:user/Ann";
    let policy = |effect: &str| {
        let statement = format!(r#"{{"Effect": "{effect}", "Action": "kms:RetireGrant", "Resource": "*"}}"#);
        let policy = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
        register(&world, &format!(r#"{{"principals": {{"{ann}": {{"policies": {{"p": {policy}}}}}}}}}"#));
    };
    register(&world, &format!(r#"{{"principals": {{"{ann}": {{}}}}}}"#));
    let grant = |retiring: Option<&str>| {
        let mut input = vec![
            ("KeyId", Value::from(key.as_str())),
            ("GranteePrincipal", Value::from("arn:aws:iam::444455556666:user/Bob")),
            ("Operations", texts(&["DescribeKey"])),
        ];
        input.extend(retiring.map(|retiring| ("RetiringPrincipal", Value::from(retiring))));
        text(&called(&world, OWNER, "CreateGrant", input.into_iter().collect()).expect("a grant"), "GrantToken")
    };
    let retire = |token: &str| called(&world, ann, "RetireGrant", Value::from([("GrantToken", Value::from(token))]));
    let token = grant(None);
    assert_eq!(retire(&token).expect_err("no policy allows it").exception, Exception::AccessDeniedException);
    policy("Allow");
    retire(&token).expect("its account lets it");
    policy("Deny");
    let named = grant(Some(ann));
    let refused = retire(&named).expect_err("a denial wins");
    assert!(refused.to_string().ends_with("with an explicit deny in an identity-based policy"), "{refused}");
    register(&world, &format!(r#"{{"principals": {{"{ann}": null}}}}"#));
    register(&world, &format!(r#"{{"principals": {{"{ann}": {{}}}}}}"#));
    assert_eq!(retire(&named).expect_err("a successor").exception, Exception::AccessDeniedException);
    retire(&grant(Some(ann))).expect("the grant names it");
}

/// The lags of the model's world, in seconds.
const SHOWS_AFTER: i64 = 3;
const ENDS_AFTER: i64 = 2;
const PEOPLE: [&str; 3] = [
    "arn:aws:iam::444455556666:user/Bob",
    "arn:aws:iam::444455556666:user/Carol",
    "arn:aws:iam::777788889999:user/Bob",
];

#[derive(Clone, Debug)]
enum Act {
    Create { grantee: usize, retiring: Option<usize>, encrypts: bool, retires: bool },
    Wait(i64),
    Encrypt { person: usize, token: Option<usize> },
    Retire { grant: usize, person: Option<usize>, by_token: bool },
    Revoke { grant: usize },
}

/// A grant as the model knows it.
struct Grant {
    id: String,
    token: String,
    grantee: usize,
    retiring: Option<usize>,
    encrypts: bool,
    retires: bool,
    created: i64,
    ended: Option<i64>,
}

impl Grant {
    fn is_known(&self, now: i64) -> bool {
        now >= self.created + SHOWS_AFTER
    }

    /// Whether it reaches its grantee; what nobody has known ends at once.
    fn acts(&self, now: i64, has_token: bool) -> bool {
        match self.ended {
            None => has_token || self.is_known(now),
            Some(ended) => self.is_known(ended) && now < ended + ENDS_AFTER,
        }
    }
}

struct Life {
    world: World,
    key: String,
    now: i64,
    grants: Vec<Grant>,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let person = 0..PEOPLE.len();
    let grant = 0..6_usize;
    let act = prop_oneof![
        3 => (person.clone(), proptest::option::of(person.clone()), any::<bool>(), any::<bool>())
            .prop_map(|(grantee, retiring, encrypts, retires)| Act::Create { grantee, retiring, encrypts, retires }),
        3 => (1..4_i64).prop_map(Act::Wait),
        6 => (person.clone(), proptest::option::of(grant.clone()))
            .prop_map(|(person, token)| Act::Encrypt { person, token }),
        2 => (grant.clone(), proptest::option::of(person), any::<bool>())
            .prop_map(|(grant, person, by_token)| Act::Retire { grant, person, by_token }),
        1 => grant.prop_map(|grant| Act::Revoke { grant }),
    ];
    proptest::collection::vec(act, 1..40)
}

impl Life {
    fn begin() -> Self {
        let world = world(&[("lag/grant", SHOWS_AFTER * 1000), ("lag/grant-end", ENDS_AFTER * 1000)]);
        let key = new_key(&world);
        Self { world, key, now: 0, grants: Vec::new() }
    }

    fn named(&self, mut more: Vec<(&'static str, Value)>) -> Value {
        more.push(("KeyId", Value::from(self.key.as_str())));
        more.into_iter().collect()
    }

    /// Acts, and says how it ended and how the model says that it does; nothing where there is nothing to act on.
    fn act(&mut self, act: &Act) -> Option<(Option<Exception>, Option<Exception>)> {
        let denied = Some(Exception::AccessDeniedException);
        match *act {
            Act::Wait(seconds) => {
                self.world.advance(Span::from_millis(seconds * 1000), NOW).expect("a later time");
                self.now += seconds;
                None
            }
            Act::Create { grantee, retiring, encrypts, retires } => {
                self.create(grantee, retiring, encrypts, retires);
                None
            }
            Act::Encrypt { person, token } => {
                let token = token.and_then(|place| self.grants.get(place));
                let mut input = vec![("Plaintext", Value::Blob(vec![1]))];
                input.extend(token.map(|grant| ("GrantTokens", texts(&[&grant.token]))));
                let shown = token.map(|grant| grant.id.clone());
                let may = self.grants.iter().any(|grant| {
                    let has_token = shown.as_ref() == Some(&grant.id);
                    grant.grantee == person && grant.encrypts && grant.acts(self.now, has_token)
                });
                let reply = called(&self.world, PEOPLE[person], "Encrypt", self.named(input));
                Some((reply.err().map(|error| error.exception), if may { None } else { denied }))
            }
            Act::Retire { grant, person, by_token } => {
                let found = self.grants.get(grant)?;
                let input = if by_token {
                    Value::from([("GrantToken", Value::from(found.token.as_str()))])
                } else {
                    self.named(vec![("GrantId", Value::from(found.id.as_str()))])
                };
                let by_itself =
                    person.is_some() && (found.retiring == person || (found.retires && person == Some(found.grantee)));
                let expected = match (found.ended, person) {
                    (Some(_), None) => Some(Exception::NotFoundException),
                    (None, _) if (by_token || found.is_known(self.now)) && (person.is_none() || by_itself) => None,
                    _ => denied,
                };
                let caller = person.map_or(OWNER, |person| PEOPLE[person]);
                let reply = called(&self.world, caller, "RetireGrant", input);
                self.ended(grant, expected.is_none());
                Some((reply.err().map(|error| error.exception), expected))
            }
            Act::Revoke { grant } => {
                let found = self.grants.get(grant)?;
                let there = found.ended.is_none() && found.is_known(self.now);
                let input = self.named(vec![("GrantId", Value::from(found.id.as_str()))]);
                let reply = called(&self.world, OWNER, "RevokeGrant", input);
                self.ended(grant, there);
                Some((
                    reply.err().map(|error| error.exception),
                    if there { None } else { Some(Exception::NotFoundException) },
                ))
            }
        }
    }

    fn ended(&mut self, grant: usize, has_ended: bool) {
        if has_ended {
            self.grants[grant].ended = Some(self.now);
        }
    }

    fn create(&mut self, grantee: usize, retiring: Option<usize>, encrypts: bool, retires: bool) {
        let operations: Vec<_> = [(true, "DescribeKey"), (encrypts, "Encrypt"), (retires, "RetireGrant")]
            .into_iter()
            .filter_map(|(is_in, name)| is_in.then_some(name))
            .collect();
        let mut input = vec![("GranteePrincipal", Value::from(PEOPLE[grantee])), ("Operations", texts(&operations))];
        input.extend(retiring.map(|person| ("RetiringPrincipal", Value::from(PEOPLE[person]))));
        let reply = called(&self.world, OWNER, "CreateGrant", self.named(input)).expect("a grant");
        let (id, token) = (text(&reply, "GrantId"), text(&reply, "GrantToken"));
        self.grants.push(Grant { id, token, grantee, retiring, encrypts, retires, created: self.now, ended: None });
    }

    /// The ids that are listed, of all grants or of those that somebody may retire.
    fn listed(&self, retiring: Option<usize>) -> BTreeSet<String> {
        let reply = match retiring {
            None => called(&self.world, OWNER, "ListGrants", self.named(vec![("Limit", Value::Int(100))])),
            Some(person) => {
                let input =
                    Value::from([("RetiringPrincipal", Value::from(PEOPLE[person])), ("Limit", Value::Int(100))]);
                called(&self.world, PEOPLE[person], "ListRetirableGrants", input)
            }
        };
        let reply = reply.expect("a list");
        let Some(Value::List(grants)) = reply.member("Grants") else { panic!("{reply:?}") };
        grants.iter().map(|grant| text(grant, "GrantId")).collect()
    }
}

#[test]
fn grants_live_as_a_small_model_says() {
    let config = Config { cases: 150, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let lived = runner.run(&acts(), |acts| {
        let mut life = Life::begin();
        for act in &acts {
            if let Some((found, expected)) = life.act(act) {
                prop_assert_eq!(found, expected, "{:?} at {}", act, life.now);
            }
        }
        for retiring in [None, Some(0), Some(1), Some(2)] {
            let left = life.grants.iter().filter(|grant| grant.ended.is_none());
            let left = left.filter(|grant| retiring.is_none() || grant.retiring == retiring);
            prop_assert_eq!(life.listed(retiring), left.map(|grant| grant.id.clone()).collect::<BTreeSet<_>>());
        }
        Ok(())
    });
    if let Err(failure) = lived {
        panic!("{failure}");
    }
}
