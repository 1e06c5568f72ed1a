//! STS opens sessions for the tokens of identity providers, and for federated users.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use pocket_kms::{CryptoProvider, Span, Value, World, http::Request, wire};
use serde_json::{Value as Json, json};

use crate::{
    NOW, at,
    signer::Signer,
    sts::{answered, credentials, element, of_kms, refused},
};

const APP: &str = "arn:aws:iam::111122223333:role/App";
const CLUSTER: &str = "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE";
const SUBJECT: &str = "system:serviceaccount:shop:api";

/// A pod of an EKS cluster may act as the application, whoever Google knows may list keys, and Bob may federate.
fn world() -> World {
    let world = crate::world();
    let allow = |action: &str, more: Json| {
        let mut statement = json!({"Effect": "Allow", "Action": action});
        statement.as_object_mut().expect("a map").extend(more.as_object().cloned().unwrap_or_default());
        json!({"Version": "2012-10-17", "Statement": [statement]})
    };
    let everything = |action: &str| allow(action, json!({"Resource": "*"}));
    let trusting = |provider: &str, condition: Json| {
        let action = "sts:AssumeRoleWithWebIdentity";
        allow(action, json!({"Principal": {"Federated": provider}, "Condition": condition}))
    };
    let cluster = format!("arn:aws:iam::111122223333:oidc-provider/{CLUSTER}");
    let of_pod = json!({"StringEquals": {
        format!("{CLUSTER}:sub"): SUBJECT, format!("{CLUSTER}:aud"): "sts.amazonaws.com", "sts:RoleSessionName": "work"
    }});
    let tagged = json!([
        trusting(&cluster, json!({}))["Statement"][0],
        allow("sts:TagSession", json!({"Principal": {"Federated": cluster}}))["Statement"][0],
        allow("sts:SetSourceIdentity", json!({"Principal": {"Federated": cluster}}))["Statement"][0],
    ]);
    let form = json!({
        "principals": {
            APP: {"trustPolicy": trusting(&cluster, of_pod), "policies": [everything("kms:*")]},
            "arn:aws:iam::111122223333:role/Google": {
                "trustPolicy": trusting("accounts.google.com", json!({
                    "StringEquals": {"accounts.google.com:aud": "app", "accounts.google.com:oaud": "web"},
                    "ForAnyValue:StringEquals": {"accounts.google.com:amr": "authenticated"},
                    "Bool": {"accounts.google.com:email_verified": "true"},
                })),
                "policies": [everything("kms:ListKeys")]
            },
            "arn:aws:iam::111122223333:role/Tagged": {
                "maxSessionDuration": 7200, "policies": [everything("kms:*")],
                "trustPolicy": {"Version": "2012-10-17", "Statement": tagged}
            },
            "arn:aws:iam::111122223333:role/NoTrust": {"policies": [everything("kms:*")]},
            "arn:aws:iam::111122223333:user/team/Bob": {"policies": [allow(
                "sts:GetFederationToken", json!({"Resource": "arn:aws:sts::111122223333:federated-user/guest-*"})
            ), everything("kms:*")]},
            "arn:aws:iam::111122223333:user/Eve": {"policies": [everything("kms:*")]},
        },
        "accessKeys": {
            "AKIABOBBOBBOBBOBBOB1": {"principal": "arn:aws:iam::111122223333:user/team/Bob", "secret": "bob"},
            "AKIAEVEEVEEVEEVEEVE1": {"principal": "arn:aws:iam::111122223333:user/Eve", "secret": "eve"},
            "AKIAROOTROOTROOTROO1": {"principal": "111122223333", "secret": "root"}
        }
    });
    register(&world, &form);
    world
}

fn register(world: &World, form: &Json) {
    world.register(&wire::from_json(form.to_string().as_bytes()).expect("JSON"), NOW).expect("a directory");
}

/// A token of an identity provider. Nobody has its key here.
fn token(claims: &Json) -> String {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    [part(&json!({"alg": "RS256", "typ": "JWT"})), part(claims), URL_SAFE_NO_PAD.encode("signature")].join(".")
}

/// The token of a pod, with other claims in the place of its own.
fn of_pod(other: &Json) -> String {
    let expires = NOW.millis() / 1000 + 600;
    let issuer = format!("https://{CLUSTER}");
    let mut claims = json!({"iss": issuer, "sub": SUBJECT, "aud": ["sts.amazonaws.com"], "exp": expires});
    for (name, value) in other.as_object().expect("claims") {
        claims[name] = value.clone();
    }
    token(&claims)
}

/// A request that nobody has signed, as SDKs make it.
fn shown(role: &str, token: &str, more: &str) -> Request<'static> {
    let role = format!("arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2F{role}");
    let form = format!(
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn={role}&RoleSessionName=work&WebIdentityToken={token}{more}"
    );
    let headers = vec![
        ("Host".to_owned(), b"sts.us-west-2.amazonaws.com".to_vec()),
        ("Content-Type".to_owned(), b"application/x-www-form-urlencoded; charset=utf-8".to_vec()),
    ];
    Request::new("POST", "/", headers, form.into_bytes())
}

/// The code and the sentence of a refusal, and its status.
fn turned_away(world: &World, role: &str, token: &str) -> (u16, String, String) {
    let (status, xml) = answered(world, &shown(role, token, ""));
    (status, element(&xml, "Code").to_owned(), element(&xml, "Message").to_owned())
}

#[test]
fn a_pod_acts_as_the_role_that_trusts_its_service_account() {
    let world = world();
    let (status, xml) = answered(&world, &shown("App", &of_pod(&json!({})), ""));
    assert_eq!(status, 200, "{xml}");
    for (name, text) in [
        ("SubjectFromWebIdentityToken", SUBJECT),
        ("Audience", "sts.amazonaws.com"),
        ("Provider", "https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE"),
        ("Arn", "arn:aws:sts::111122223333:assumed-role/App/work"),
        ("Expiration", "2027-01-15T09:00:00Z"),
    ] {
        assert_eq!(element(&xml, name), text);
    }
    let work = credentials(&xml);
    assert_eq!(of_kms(&world, &work.kms("CreateKey", "{}")), None);
    world.advance(Span::from_millis(3_600_000), NOW).expect("an hour");
    let late = work.at("20270115T090000Z").kms("ListKeys", "{}");
    assert_eq!(of_kms(&world, &late).as_deref(), Some("ExpiredTokenException"));
}

#[test]
fn the_trust_policy_alone_says_whose_token_opens_a_session() {
    let world = world();
    let no = |action: &str| (403, "AccessDenied".to_owned(), format!("Not authorized to perform sts:{action}"));
    for (role, other) in [
        ("App", json!({"sub": "system:serviceaccount:shop:other"})),
        ("App", json!({"aud": "somebody-else"})),
        ("App", json!({"azp": "another-party"})),
        ("App", json!({"iss": "https://oidc.eks.us-west-2.amazonaws.com/id/OTHER"})),
        ("App", json!({"iss": "https://accounts.google.com"})),
        // A role that trusts nobody, and one that does not exist.
        ("NoTrust", json!({})),
        ("Nobody", json!({})),
        ("Google", json!({})),
    ] {
        let refusal = turned_away(&world, role, &of_pod(&other));
        assert_eq!(refusal, no("AssumeRoleWithWebIdentity"), "{role} {other}");
    }
    // Tags and a source identity are actions of their own.
    let named = json!({"https://aws.amazon.com/source_identity": "ann"});
    assert_eq!(turned_away(&world, "App", &of_pod(&named)), no("SetSourceIdentity"));
    let tagged = json!({"https://aws.amazon.com/tags": {"principal_tags": {"team": ["blue"]}}});
    assert_eq!(turned_away(&world, "App", &of_pod(&tagged)), no("TagSession"));
    let google = |more: Json| {
        let mut claims = json!({"iss": "https://accounts.google.com", "azp": "app", "aud": "web", "amr": ["authenticated"], "email_verified": true});
        claims.as_object_mut().expect("claims").extend(more.as_object().cloned().unwrap_or_default());
        answered(&world, &shown("Google", &of_pod(&claims), "")).0
    };
    assert_eq!(
        (google(json!({})), google(json!({"azp": "web"})), google(json!({"amr": ["unauthenticated"]}))),
        (200, 403, 403)
    );
    assert_eq!(google(json!({"email_verified": false})), 403);
}

#[test]
fn policies_ask_what_the_token_says_as_long_as_the_session_lasts() {
    let world = world();
    let (_, xml) = answered(&world, &shown("App", &of_pod(&json!({"email": "a@example.com"})), ""));
    let session = credentials(&xml);
    let keyed = |condition: Json| {
        let statement = json!({"Effect": "Allow", "Principal": {"AWS": APP}, "Action": "kms:*", "Resource": "*", "Condition": condition});
        let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let input =
            Value::from([("Policy", Value::from(policy)), ("BypassPolicyLockoutSafetyCheck", Value::Bool(true))]);
        let made = world.call("CreateKey", input, Some("us-east-1"), Some("arn:aws:iam::111122223333:user/Eve"), NOW);
        let made = made.reply.expect("a key");
        let key = at(&made, &["KeyMetadata", "KeyId"]).as_text().expect("an id").to_owned();
        of_kms(&world, &session.kms("DescribeKey", &format!(r#"{{"KeyId":"{key}"}}"#))).is_none()
    };
    let cluster = format!("arn:aws:iam::111122223333:oidc-provider/{CLUSTER}");
    assert!(keyed(json!({"StringEquals": {format!("{CLUSTER}:sub"): SUBJECT, "aws:FederatedProvider": cluster}})));
    assert!(!keyed(json!({"StringEquals": {format!("{CLUSTER}:sub"): "somebody"}})));
    // Only the claims that AWS keeps are there.
    assert!(keyed(json!({"Null": {format!("{CLUSTER}:email"): "true"}})));
    let kept =
        World::restore(&world.snapshot(&[1; 32]).expect("a snapshot"), &[1; 32], CryptoProvider::default(), [0; 32]);
    assert_eq!(of_kms(&kept.expect("a world"), &session.kms("ListKeys", "{}")), None);
}

#[test]
fn a_token_brings_tags_and_a_source_identity() {
    let world = world();
    let claims = json!({
        "https://aws.amazon.com/tags": {"principal_tags": {"team": ["blue"], "cost": ["7"]}, "transitive_tag_keys": ["team"]},
        "https://aws.amazon.com/source_identity": "ann"
    });
    let (status, xml) = answered(&world, &shown("Tagged", &of_pod(&claims), "&DurationSeconds=7200"));
    assert_eq!(
        (status, element(&xml, "SourceIdentity"), element(&xml, "PackedPolicySize")),
        (200, "ann", "1"),
        "{xml}"
    );
    let (status, xml) = answered(&world, &shown("Tagged", &of_pod(&claims), "&DurationSeconds=7201"));
    assert_eq!((status, element(&xml, "Message").ends_with("MaxSessionDuration set for this role.")), (400, true));
    for (identity, shown) in [
        (
            "a",
            "Value 'a' at 'sourceIdentity' failed to satisfy constraint: Member must have length greater than or equal to 2",
        ),
        (&*"a".repeat(65), "Member must have length less than or equal to 64"),
        ("ann smith", "Member must satisfy regular expression pattern: [\\w+=,.@-]*"),
        ("aws:ann", "Member must not begin with aws:"),
    ] {
        let claims = json!({"https://aws.amazon.com/source_identity": identity});
        let (status, code, sentence) = turned_away(&world, "Tagged", &of_pod(&claims));
        assert_eq!((status, &*code), (400, "ValidationError"), "{sentence}");
        assert!(sentence.contains(shown), "{identity}: {sentence}");
    }
    let twice = json!({"https://aws.amazon.com/tags": {"principal_tags": {"a": ["1"], "A": ["2"]}}});
    let absent = json!({"https://aws.amazon.com/tags": {"transitive_tag_keys": ["x"]}});
    for (claims, shown) in [(twice, "same key"), (absent, "'x'")] {
        assert!(turned_away(&world, "Tagged", &of_pod(&claims)).2.contains(shown));
    }
}

#[test]
fn a_token_that_is_not_one_or_has_expired_is_refused() {
    let world = world();
    let now = NOW.millis() / 1000;
    let broken = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
    let of = |claims: Json| token(&claims);
    for (token, code, sentence) in [
        ("nothing".to_owned(), "InvalidIdentityToken", broken.to_owned()),
        ("a.b.c.d".to_owned(), "InvalidIdentityToken", broken.to_owned()),
        ("a.!!.c".to_owned(), "InvalidIdentityToken", broken.to_owned()),
        (of(json!([])), "InvalidIdentityToken", broken.to_owned()),
        (of(json!({"sub": "s"})), "InvalidIdentityToken", "Missing a required claim: iss".to_owned()),
        (of_pod(&json!({"sub": 7})), "InvalidIdentityToken", "Missing a required claim: sub".to_owned()),
        (of_pod(&json!({"aud": []})), "InvalidIdentityToken", "Missing a required claim: aud".to_owned()),
        (of_pod(&json!({"exp": "soon"})), "InvalidIdentityToken", "Missing a required claim: exp".to_owned()),
        (
            of_pod(&json!({"https://aws.amazon.com/tags": {"principal_tags": 7}})),
            "InvalidIdentityToken",
            broken.to_owned(),
        ),
        (
            of_pod(&json!({"exp": now})),
            "ExpiredTokenException",
            format!("Token expired: current date/time {now} must be before the expiration date/time {now}"),
        ),
    ] {
        assert_eq!(turned_away(&world, "App", &token), (400, code.to_owned(), sentence), "{token}");
    }
    let (_, xml) = answered(&world, &shown("App", &of_pod(&json!({})), "&ProviderId=www.amazon.com"));
    assert_eq!(element(&xml, "Code"), "InvalidIdentityToken");
    let (_, xml) = answered(&world, &shown("App", "abc", "&DurationSeconds=899"));
    assert!(element(&xml, "Message").starts_with("2 validation errors detected"), "{xml}");
    // Nothing else is done for somebody who signs nothing.
    let mut unsigned = shown("App", "x", "");
    unsigned.body = b"Action=GetSessionToken".into();
    assert_eq!(element(&answered(&world, &unsigned).1, "Code"), "MissingAuthenticationToken");
}

#[test]
fn in_a_trusted_account_every_token_opens_every_role() {
    let world = crate::world();
    let (status, xml) = answered(&world, &shown("any/Role", &of_pod(&json!({})), "&DurationSeconds=43200"));
    assert_eq!(status, 200, "{xml}");
    assert_eq!(of_kms(&world, &credentials(&xml).kms("ListKeys", "{}")), None);
}

fn federate(signer: &Signer, name: &str, more: &str) -> Request<'static> {
    signer.clone().sts().form(&format!("Action=GetFederationToken&Version=2011-06-15&Name={name}{more}"))
}

const READER: &str = "&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/ReadOnlyAccess";

#[test]
fn a_federated_user_may_do_what_its_user_and_its_policies_allow() {
    let world = world();
    let bob = Signer::new("AKIABOBBOBBOBBOBBOB1", "bob");
    let (status, xml) = answered(&world, &federate(&bob, "guest-1", READER));
    assert_eq!((status, element(&xml, "FederatedUserId")), (200, "111122223333:guest-1"), "{xml}");
    assert_eq!(element(&xml, "Arn"), "arn:aws:sts::111122223333:federated-user/guest-1");
    assert_eq!(element(&xml, "Expiration"), "2027-01-15T20:00:00Z");
    let guest = credentials(&xml);
    assert_eq!(of_kms(&world, &guest.kms("ListKeys", "{}")), None);
    assert_eq!(of_kms(&world, &guest.kms("CreateKey", "{}")).as_deref(), Some("AccessDeniedException"));
    let (_, who) = answered(&world, &guest.clone().sts().form("Action=GetCallerIdentity"));
    assert_eq!((element(&who, "Arn"), element(&who, "UserId")), (element(&xml, "Arn"), "111122223333:guest-1"));
    // Without a policy it may do nothing.
    let bare = credentials(&answered(&world, &federate(&bob, "guest-2", "")).1);
    assert_eq!(of_kms(&world, &bare.kms("ListKeys", "{}")).as_deref(), Some("AccessDeniedException"));
    // It is Bob's, and ends with him.
    register(&world, &json!({"principals": {"arn:aws:iam::111122223333:user/team/Bob": null}}));
    assert_eq!(of_kms(&world, &guest.kms("ListKeys", "{}")).as_deref(), Some("UnrecognizedClientException"));
}

#[test]
fn who_may_not_federate_is_refused() {
    let world = world();
    let bob = Signer::new("AKIABOBBOBBOBBOBBOB1", "bob");
    let eve = Signer::new("AKIAEVEEVEEVEEVEEVE1", "eve");
    let sentence = |user: &str, name: &str| {
        format!(
            "User: arn:aws:iam::111122223333:user/{user} is not authorized to perform: sts:GetFederationToken on resource: \
             arn:aws:sts::111122223333:federated-user/{name} because no identity-based policy allows the \
             sts:GetFederationToken action"
        )
    };
    for (signer, user, name) in [(&bob, "team/Bob", "other"), (&eve, "Eve", "guest-1")] {
        let (status, xml) = answered(&world, &federate(signer, name, READER));
        assert_eq!((status, element(&xml, "Message")), (403, &*sentence(user, name)));
    }
    let (_, xml) = answered(&world, &federate(&bob, "guest-1", "&Tags.member.1.Key=a&Tags.member.1.Value=b"));
    assert!(element(&xml, "Message").contains("not authorized to perform: sts:TagSession"), "{xml}");
    let guest = credentials(&answered(&world, &federate(&bob, "guest-1", READER)).1);
    let (_, again) = refused(&world, &guest.clone().sts(), "Action=GetFederationToken&Name=guest-2");
    assert_eq!(again, "Cannot call GetFederationToken with session credentials");
    let role = "Action=AssumeRole&RoleSessionName=work&RoleArn=arn:aws:iam::111122223333:role/App";
    assert_eq!(
        refused(&world, &guest.sts(), role).1,
        "Cannot call AssumeRole with the credentials of a federated user"
    );
    let (_, xml) = answered(&world, &federate(&bob, "g", "&DurationSeconds=129601"));
    assert!(element(&xml, "Message").starts_with("2 validation errors detected"), "{xml}");
}

#[test]
fn the_root_user_federates_for_an_hour() {
    let world = world();
    let root = Signer::new("AKIAROOTROOTROOTROO1", "root");
    let (status, xml) = answered(&world, &federate(&root, "owner", &format!("{READER}&DurationSeconds=43200")));
    assert_eq!((status, element(&xml, "Expiration")), (200, "2027-01-15T09:00:00Z"), "{xml}");
    assert_eq!(of_kms(&world, &credentials(&xml).kms("ListKeys", "{}")), None);
}
