//! STS opens sessions: of a role as its trust policy says, of a user for itself, with credentials that expire.

use pocket_kms::{CryptoProvider, Span, Value, World, http::Request, wire};

use crate::{NOW, at, signer::Signer};

const ALICE: &str = "AKIAALICEALICEALICE1";
const BOB: &str = "AKIABOBBOBBOBBOBBOB1";
const EVE: &str = "AKIAEVEEVEEVEEVEEVE1";

/// Alice may assume roles, Bob is trusted by name, Eve is of another account.
fn world() -> World {
    let world = crate::world();
    let form = r#"{
      "principals": {
        "arn:aws:iam::111122223333:user/Alice": {"policies": {"assume": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "kms:*"], "Resource": "*"}]}}},
        "arn:aws:iam::111122223333:user/Bob": {"tags": {"team": "blue"}},
        "arn:aws:iam::111122223333:role/team/Open": {"maxSessionDuration": 43200, "tags": {"cost": "low"}, "policies": [{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["kms:*", "sts:*"], "Resource": "*"}]}]},
        "arn:aws:iam::111122223333:role/Second": {"policies": [{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["kms:ListKeys", "kms:ListAliases"], "Resource": "*"}]}],
          "trustPolicy": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:*"},
            {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:RoleSessionName": "forbidden"}}}]}},
        "arn:aws:iam::111122223333:role/OfBob": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Bob"}, "Action": ["sts:AssumeRole", "sts:TagSession"],
             "Condition": {"StringEquals": {"aws:PrincipalTag/team": "blue"}}}]}},
        "arn:aws:iam::111122223333:role/External": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole",
             "Condition": {"StringEquals": {"sts:ExternalId": "ticket-7"}}}]}},
        "arn:aws:iam::111122223333:role/Factor": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole",
             "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}}
      },
      "accessKeys": {
        "AKIAALICEALICEALICE1": {"principal": "arn:aws:iam::111122223333:user/Alice", "secret": "alice"},
        "AKIABOBBOBBOBBOBBOB1": {"principal": "arn:aws:iam::111122223333:user/Bob", "secret": "bob"},
        "AKIAEVEEVEEVEEVEEVE1": {"principal": "arn:aws:iam::444455556666:user/Eve", "secret": "eve"},
        "AKIAROOTROOTROOTROO1": {"principal": "111122223333", "secret": "root"}
      }
    }"#;
    world.register(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a directory");
    world
}

fn alice() -> Signer {
    Signer::new(ALICE, "alice").sts()
}

fn bob() -> Signer {
    Signer::new(BOB, "bob").sts()
}

fn eve() -> Signer {
    Signer::new(EVE, "eve").sts()
}

/// The answer of STS in XML.
pub(crate) fn answered(world: &World, request: &Request) -> (u16, String) {
    let response = world.http(request, NOW);
    (response.status, String::from_utf8(response.body.clone()).expect("text"))
}

/// The text of an element that stands once.
pub(crate) fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{name} in {xml}"));
    rest.split_once(&format!("</{name}>")).map_or("", |(text, _)| text)
}

fn assume(role: &str, more: &str) -> String {
    let role = format!("arn:aws:iam::111122223333:role/{role}").replace(':', "%3A").replace('/', "%2F");
    format!("Action=AssumeRole&Version=2011-06-15&RoleArn={role}&RoleSessionName=work{more}")
}

/// Credentials that STS has given.
pub(crate) fn credentials(xml: &str) -> Signer {
    let token = Some(element(xml, "SessionToken").to_owned());
    Signer { token, ..Signer::new(element(xml, "AccessKeyId"), element(xml, "SecretAccessKey")) }
}

fn session(world: &World, signer: &Signer, role: &str, more: &str) -> Signer {
    let (status, xml) = answered(world, &signer.form(&assume(role, more)));
    assert_eq!(status, 200, "{xml}");
    credentials(&xml)
}

/// The code and the sentence of a refusal of STS.
pub(crate) fn refused(world: &World, signer: &Signer, form: &str) -> (String, String) {
    let (status, xml) = answered(world, &signer.form(form));
    assert!(status >= 400, "{xml}");
    (element(&xml, "Code").to_owned(), element(&xml, "Message").to_owned())
}

/// The exception of a refusal of KMS; `None` when it is answered.
pub(crate) fn of_kms(world: &World, request: &Request) -> Option<String> {
    let response = world.http(request, NOW);
    let body = wire::from_json(&response.body).unwrap_or(Value::Null);
    (response.status != 200).then(|| at(&body, &["__type"]).as_text().unwrap_or_default().to_owned())
}

#[test]
fn a_session_of_a_role_acts_as_the_role_until_it_expires_by_the_worlds_clock() {
    let world = world();
    let (status, xml) = answered(&world, &alice().form(&assume("team/Open", "&DurationSeconds=900")));
    assert_eq!((status, element(&xml, "Arn")), (200, "arn:aws:sts::111122223333:assumed-role/Open/work"));
    assert_eq!(element(&xml, "Expiration"), "2027-01-15T08:15:00Z");
    assert!(element(&xml, "AccessKeyId").starts_with("ASIA") && element(&xml, "SecretAccessKey").len() == 40);
    assert!(
        xml.starts_with("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>")
    );
    assert!(!xml.contains("PackedPolicySize") && !xml.contains("SourceIdentity"));
    let work = credentials(&xml);
    assert_eq!(of_kms(&world, &work.kms("CreateKey", "{}")), None);
    let (_, who) = answered(&world, &work.clone().sts().form("Action=GetCallerIdentity"));
    assert_eq!(element(&who, "Arn"), "arn:aws:sts::111122223333:assumed-role/Open/work");
    assert_eq!(element(&who, "UserId"), element(&xml, "AssumedRoleId"));
    let fork = world.fork([9; 32]);
    let kept =
        World::restore(&world.snapshot(&[1; 32]).expect("a snapshot"), &[1; 32], CryptoProvider::default(), [0; 32])
            .expect("a world");
    for copy in [&fork, &kept] {
        assert_eq!(of_kms(copy, &work.kms("ListKeys", "{}")), None);
    }
    world.advance(Span::from_millis(899_000), NOW).expect("a quarter of an hour");
    assert_eq!(of_kms(&world, &work.clone().at("20270115T081459Z").kms("ListKeys", "{}")), None);
    world.advance(Span::from_millis(1000), NOW).expect("a second");
    let late = work.clone().at("20270115T081500Z");
    assert_eq!(of_kms(&world, &late.kms("ListKeys", "{}")).as_deref(), Some("ExpiredTokenException"));
    let (code, sentence) = refused(&world, &late.sts(), "Action=GetCallerIdentity");
    assert_eq!((&*code, &*sentence), ("ExpiredToken", "The security token included in the request is expired"));
}

#[test]
fn temporary_credentials_are_nothing_without_their_own_token() {
    let world = world();
    let (one, other) = (session(&world, &alice(), "Second", ""), session(&world, &alice(), "Second", ""));
    assert_ne!(one.id, other.id);
    for token in [None, other.token.clone(), Some(String::new()), Some("x".repeat(128))] {
        let request = Signer { token, ..one.clone() }.kms("ListKeys", "{}");
        assert_eq!(of_kms(&world, &request).as_deref(), Some("UnrecognizedClientException"));
    }
    let (code, _) = refused(&world, &Signer { token: None, ..one.clone() }.sts(), "Action=GetCallerIdentity");
    assert_eq!(code, "InvalidClientTokenId");
    let wrong = Signer { secret: other.secret, ..one };
    assert_eq!(of_kms(&world, &wrong.kms("ListKeys", "{}")).as_deref(), Some("InvalidSignatureException"));
}

/// What a role answers to who must not assume it.
fn lacking(user: &str, role: &str, policy: &str) -> (String, String) {
    let sentence = format!(
        "User: arn:aws:iam::{user} is not authorized to perform: sts:AssumeRole on resource: \
         arn:aws:iam::111122223333:role/{role} because no {policy} policy allows the sts:AssumeRole action"
    );
    ("AccessDenied".to_owned(), sentence)
}

#[test]
fn the_trust_policy_decides_with_the_policies_of_the_caller() {
    let world = world();
    session(&world, &bob(), "OfBob", "");
    session(&world, &alice(), "Second", "");
    let (of_alice, of_bob, of_eve) = ("111122223333:user/Alice", "111122223333:user/Bob", "444455556666:user/Eve");
    for (signer, user, role, policy) in [
        // The trust policy names the account: identity policies must allow it, too.
        (bob(), of_bob, "Second", "identity-based"),
        (bob(), of_bob, "team/Open", "identity-based"),
        // It names somebody else.
        (alice(), of_alice, "OfBob", "role trust"),
        (eve(), of_eve, "OfBob", "role trust"),
        // Nothing tells whether there is such a role.
        (alice(), of_alice, "Nobody", "role trust"),
        (alice(), of_alice, "Open", "role trust"),
    ] {
        assert_eq!(refused(&world, &signer, &assume(role, "")), lacking(user, role, policy));
    }
    let root = Signer::new("AKIAROOTROOTROOTROO1", "root").sts();
    let (_, sentence) = refused(&world, &root, &assume("Second", ""));
    assert_eq!(sentence, "Roles may not be assumed by root accounts.");
    assert_eq!(answered(&world, &bob().form(&assume("Second", ""))).0, 403);
}

#[test]
fn the_conditions_of_a_trust_policy_see_what_is_asked() {
    let world = world();
    session(&world, &eve(), "External", "&ExternalId=ticket-7");
    for more in ["", "&ExternalId=ticket-8"] {
        let refusal = refused(&world, &eve(), &assume("External", more));
        assert_eq!(refusal, lacking("444455556666:user/Eve", "External", "role trust"));
    }
    session(&world, &alice(), "Factor", "&SerialNumber=GAHT12345678&TokenCode=123456");
    let refusal = refused(&world, &alice(), &assume("Factor", ""));
    assert_eq!(refusal, lacking("111122223333:user/Alice", "Factor", "role trust"));
    let forbidden = assume("Second", "").replace("=work", "=forbidden");
    let (_, sentence) = refused(&world, &alice(), &forbidden);
    assert!(sentence.ends_with("role/Second with an explicit deny in the role trust policy"), "{sentence}");
}

#[test]
fn in_a_trusted_account_everybody_may_assume_every_role_that_has_no_trust_policy() {
    let world = crate::world();
    for id in ["AKIAIOSFODNN7EXAMPLE", "444455556666", "arn:aws:iam::444455556666:user/Ann"] {
        let work = session(&world, &Signer::new(id, "any").sts(), "any/Role", "");
        let (_, who) = answered(&world, &work.clone().sts().form("Action=GetCallerIdentity"));
        assert_eq!(element(&who, "Arn"), "arn:aws:sts::111122223333:assumed-role/Role/work", "{id}");
        assert_eq!(of_kms(&world, &work.kms("ListKeys", "{}")), None);
    }
}

#[test]
fn session_policies_limit_what_the_role_may_do() {
    let world = world();
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let policy =
        encoded(r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:ListAliases","Resource":"*"}}"#);
    let (_, xml) = answered(&world, &alice().form(&assume("team/Open", &format!("&Policy={policy}"))));
    assert_eq!(element(&xml, "PackedPolicySize"), "4");
    let limited = credentials(&xml);
    assert_eq!(of_kms(&world, &limited.kms("ListAliases", "{}")), None);
    assert_eq!(of_kms(&world, &limited.kms("ListKeys", "{}")).as_deref(), Some("AccessDeniedException"));
    let managed = "&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/ReadOnlyAccess";
    let reader = session(&world, &alice(), "team/Open", managed);
    assert_eq!(of_kms(&world, &reader.kms("ListKeys", "{}")), None);
    assert_eq!(of_kms(&world, &reader.kms("CreateKey", "{}")).as_deref(), Some("AccessDeniedException"));
    for (more, code, shown) in [
        ("&Policy=%7B".to_owned(), "MalformedPolicyDocument", "malformed"),
        (
            format!("&Policy={}", "%20".repeat(2049)),
            "ValidationError",
            "'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
        ),
        (
            "&PolicyArns.member.1.arn=arn:aws:iam::111122223333:policy/Nothing".to_owned(),
            "ValidationError",
            "policy/Nothing",
        ),
    ] {
        let (of, sentence) = refused(&world, &alice(), &assume("team/Open", &more));
        assert!(of == code && sentence.contains(shown), "{of}: {sentence}");
    }
}

#[test]
fn tags_need_a_permission_and_transitive_ones_go_along() {
    let world = world();
    let tags = "&Tags.member.1.Key=team&Tags.member.1.Value=red&Tags.member.2.Key=step&Tags.member.2.Value=1&TransitiveTagKeys.member.1=team";
    let first = session(&world, &alice(), "team/Open", tags).sts();
    let (_, sentence) = refused(&world, &first, &assume("Second", "&Tags.member.1.Key=Team&Tags.member.1.Value=blue"));
    assert!(sentence.contains("inherits"), "{sentence}");
    let second = session(&world, &first, "Second", "");
    let keyed = |team: &str| {
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::111122223333:role/Second"}},"Action":"kms:*","Resource":"*","Condition":{{"StringEquals":{{"aws:PrincipalTag/team":"{team}"}},"Null":{{"aws:PrincipalTag/step":"true"}}}}}}}}"#
        );
        let input =
            Value::from([("Policy", Value::from(policy)), ("BypassPolicyLockoutSafetyCheck", Value::Bool(true))]);
        let made = world.call("CreateKey", input, Some("us-east-1"), Some("arn:aws:iam::111122223333:user/Alice"), NOW);
        let made = made.reply.expect("a key");
        let key = at(&made, &["KeyMetadata", "KeyId"]).as_text().expect("an id").to_owned();
        of_kms(&world, &second.kms("DescribeKey", &format!(r#"{{"KeyId":"{key}"}}"#)))
    };
    assert_eq!((keyed("red"), keyed("blue").as_deref()), (None, Some("AccessDeniedException")));
    let tagged = "&Tags.member.1.Key=a&Tags.member.1.Value=b";
    session(&world, &bob(), "OfBob", tagged);
    let (_, sentence) = refused(&world, &eve(), &assume("External", &format!("&ExternalId=ticket-7{tagged}")));
    assert!(sentence.contains("not authorized to perform: sts:TagSession on resource"), "{sentence}");
    for (more, shown) in [
        ("&TransitiveTagKeys.member.1=x", "'x'"),
        ("&Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.2.Key=A&Tags.member.2.Value=2", "same key"),
    ] {
        let (code, sentence) = refused(&world, &alice(), &assume("Second", more));
        assert!(code == "ValidationError" && sentence.contains(shown), "{code}: {sentence}");
    }
}

#[test]
fn a_source_identity_stays_and_needs_a_permission() {
    let world = world();
    let (_, xml) = answered(&world, &alice().form(&assume("team/Open", "&SourceIdentity=ann")));
    assert_eq!(element(&xml, "SourceIdentity"), "ann");
    let first = credentials(&xml).sts();
    let (_, next) = answered(&world, &first.form(&assume("Second", "")));
    assert_eq!(element(&next, "SourceIdentity"), "ann");
    let (_, sentence) = refused(&world, &first, &assume("Second", "&SourceIdentity=eve"));
    assert!(sentence.contains("ann"), "{sentence}");
    let (_, sentence) = refused(&world, &bob(), &assume("OfBob", "&SourceIdentity=bob"));
    assert!(sentence.contains("sts:SetSourceIdentity"), "{sentence}");
}

#[test]
fn a_chained_session_lasts_an_hour_at_most() {
    let world = world();
    let first = session(&world, &alice(), "team/Open", "&DurationSeconds=43200").sts();
    session(&world, &first, "Second", "&DurationSeconds=3600");
    let sentence = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    let refusal = refused(&world, &first, &assume("Second", "&DurationSeconds=3601"));
    assert_eq!(refusal, ("ValidationError".to_owned(), sentence.to_owned()));
}

#[test]
fn a_session_lasts_as_long_as_its_role_allows() {
    let world = world();
    let sentence = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    for (signer, role, most) in [(alice(), "team/Open", 43_200), (bob(), "OfBob", 3600)] {
        session(&world, &signer, role, &format!("&DurationSeconds={most}"));
        if most < 43_200 {
            let refusal = refused(&world, &signer, &assume(role, &format!("&DurationSeconds={}", most + 1)));
            assert_eq!(refusal, ("ValidationError".to_owned(), sentence.to_owned()), "{role}");
        }
    }
    // Who may not assume the role does not learn how long its sessions are.
    assert!(refused(&world, &bob(), &assume("Second", "&DurationSeconds=3601")).1.contains("not authorized"));
    // Of a role in a trusted account nobody knows.
    session(&crate::world(), &Signer::new("AKIAIOSFODNN7EXAMPLE", "any").sts(), "any/Role", "&DurationSeconds=43200");
    for seconds in ["3599", "43201", "\"3600\"", "-1"] {
        let form =
            format!(r#"{{"principals": {{"arn:aws:iam::111122223333:role/R": {{"maxSessionDuration": {seconds}}}}}}}"#);
        let error = world.register(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect_err("a refusal");
        let sentence = error.message.unwrap_or_default();
        assert!(sentence.ends_with("maxSessionDuration: must be a number of seconds from 3600 to 43200"), "{sentence}");
    }
}

#[test]
fn a_user_gets_a_session_of_its_own_and_a_session_gets_none() {
    let world = world();
    let (status, xml) =
        answered(&world, &bob().form("Action=GetSessionToken&SerialNumber=GAHT12345678&TokenCode=000000"));
    assert_eq!((status, element(&xml, "Expiration")), (200, "2027-01-15T20:00:00Z"));
    assert!(xml.starts_with("<GetSessionTokenResponse") && !xml.contains("AssumedRoleUser"), "{xml}");
    let own = credentials(&xml);
    let (_, who) = answered(&world, &own.clone().sts().form("Action=GetCallerIdentity"));
    assert_eq!(element(&who, "Arn"), "arn:aws:iam::111122223333:user/Bob");
    session(&world, &own.clone().sts(), "OfBob", "");
    let refusal = refused(&world, &own.sts(), "Action=GetSessionToken");
    assert_eq!(refusal, ("AccessDenied".to_owned(), "Cannot call GetSessionToken with session credentials".to_owned()));
    let root = Signer::new("AKIAROOTROOTROOTROO1", "root").sts();
    let (_, xml) = answered(&world, &root.form("Action=GetSessionToken&DurationSeconds=43200"));
    assert_eq!(element(&xml, "Expiration"), "2027-01-15T09:00:00Z");
}

#[test]
fn a_session_of_somebody_who_was_removed_is_nobodys() {
    let world = world();
    let work = session(&world, &alice(), "team/Open", "");
    let register =
        |form: &str| world.register(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a directory");
    register(r#"{"principals": {"arn:aws:iam::111122223333:role/team/Open": null}}"#);
    assert_eq!(of_kms(&world, &work.kms("ListKeys", "{}")).as_deref(), Some("UnrecognizedClientException"));
    register(
        r#"{"principals": {"arn:aws:iam::111122223333:role/team/Open": {"managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]}}}"#,
    );
    assert_eq!(of_kms(&world, &work.kms("ListKeys", "{}")).as_deref(), Some("UnrecognizedClientException"));
    register(r#"{"principals": {"arn:aws:iam::111122223333:user/Bob": null}}"#);
    let (code, _) = refused(&world, &bob(), "Action=GetCallerIdentity");
    assert_eq!(code, "InvalidClientTokenId");
}

#[test]
fn parameters_are_held_to_their_constraints() {
    let world = world();
    for (form, shown) in [
        (
            "Action=AssumeRole".to_owned(),
            "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'roleSessionName'",
        ),
        (
            assume("Second", "").replace("=work", "=a+b"),
            r"Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*",
        ),
        (assume("Second", "&DurationSeconds=899"), "Member must have value greater than or equal to 900"),
        (assume("Second", "&DurationSeconds=43201"), "Member must have value less than or equal to 43200"),
        (assume("Second", "&ExternalId=x"), "Member must have length greater than or equal to 2"),
        (
            "Action=AssumeRole&RoleSessionName=work&RoleArn=arn:aws:iam::111122223333:user/Alice".to_owned(),
            "is not the ARN of a role",
        ),
        (
            "Action=AssumeRole&RoleSessionName=work&RoleArn=arn:aws-cn:iam::111122223333:role/Second".to_owned(),
            "is not the ARN of a role",
        ),
        (format!("Action=GetSessionToken&TokenCode={}", "1".repeat(7)), "'tokenCode'"),
    ] {
        let (code, sentence) = refused(&world, &alice(), &form);
        assert!(code == "ValidationError" && sentence.contains(shown), "{code}: {sentence}");
    }
    assert_eq!(refused(&world, &alice(), "Action=DecodeAuthorizationMessage").0, "InvalidAction");
    assert_eq!(refused(&world, &alice(), "").0, "InvalidAction");
}

#[test]
fn nothing_that_is_kept_or_told_of_a_session_holds_its_secret() {
    let world = world();
    let (_, xml) = answered(&world, &alice().form(&assume("team/Open", "")));
    let told = format!("{:?} {world:?} {:?}", world.changes(0).entries, world.directory());
    for name in ["SecretAccessKey", "SessionToken"] {
        assert!(!told.contains(element(&xml, name)), "{name}");
    }
    assert!(told.contains(element(&xml, "AccessKeyId")), "the journal tells of the session");
    let snapshot = world.snapshot(&[1; 32]).expect("a snapshot");
    let secret = element(&xml, "SecretAccessKey").as_bytes();
    assert!(!snapshot.windows(secret.len()).any(|part| part == secret));
}
