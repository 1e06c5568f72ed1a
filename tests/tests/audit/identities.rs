//! Who has acted, and from where: every kind of caller (AUD-53 to AUD-73).

use pocket_kms::{CryptoProvider, Options, Value, World, arguments, http::Request, wire};
use serde_json::{Value as Json, json};

use super::{
    samples::{reduced, value},
    shape::NOW,
};

fn world() -> World {
    World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32])
}

/// The record of a call of ListKeys.
fn told(world: &World, region: &str, caller: &Json, origin: &Json) -> Json {
    let sender = arguments::sender(&value(caller), &value(origin)).expect("a sender");
    let reply = world.call_from("ListKeys", Value::from([]), Some(region), &sender, NOW);
    let id = reply.request_id;
    let records = world.records(0).records;
    let own = records.iter().find(|(_, record)| record.request_id() == Some(id)).expect("a record");
    serde_json::from_str(&own.1.to_json()).expect("JSON")
}

/// The identity in such a record, without the hour in which a session began.
fn identity(caller: Json, origin: Json) -> Json {
    reduced("", &told(&world(), "us-west-2", &caller, &origin))["userIdentity"].clone()
}

fn attributes(mfa: &str) -> Json {
    json!({"creationDate": "<instant>", "mfaAuthenticated": mfa})
}

fn issuer(name: &str, path: &str) -> Json {
    json!({
        "type": "Role", "principalId": "AROA<id>", "arn": format!("arn:aws:iam::111122223333:role/{path}{name}"),
        "accountId": "111122223333", "userName": name,
    })
}

#[test]
fn root_users_have_their_account_for_an_id() {
    let root = json!({
        "type": "Root", "principalId": "111122223333", "arn": "arn:aws:iam::111122223333:root",
        "accountId": "111122223333", "accessKeyId": "AKIA<id>",
    });
    assert_eq!(identity(json!("111122223333"), json!({})), root);
    let session = identity(json!("111122223333"), json!({"mfa": true}));
    assert_eq!(session["sessionContext"], json!({"attributes": attributes("true")}));
    assert_eq!(session["accessKeyId"], "ASIA<id>");
    let assumed = json!({"arn": "111122223333", "session": {"temporary": true, "context": {"aws:AssumedRoot": true}}});
    assert_eq!(identity(assumed, json!({}))["sessionContext"]["assumedRoot"], "true");
}

#[test]
fn users_are_named_without_their_path() {
    let alice = json!("arn:aws:iam::111122223333:user/team/Alice");
    let user = json!({
        "type": "IAMUser", "principalId": "AIDA<id>", "arn": "arn:aws:iam::111122223333:user/team/Alice",
        "accountId": "111122223333", "accessKeyId": "AKIA<id>", "userName": "Alice",
    });
    assert_eq!(identity(alice.clone(), json!({})), user);
    let forwarded = identity(alice.clone(), json!({"via": "secretsmanager.amazonaws.com"}));
    let mut expected = user;
    expected["accessKeyId"] = json!("ASIA<id>");
    expected["sessionContext"] = json!({"attributes": attributes("false")});
    expected["invokedBy"] = json!("secretsmanager.amazonaws.com");
    assert_eq!(forwarded, expected);
    let own_key = identity(alice, json!({"access_key_id": "ASIAIOSFODNN7EXAMPLE", "token_issued": 1_799_990_000}));
    assert_eq!(
        (&own_key["accessKeyId"], &own_key["sessionContext"]["attributes"]),
        (&json!("ASIA<id>"), &attributes("false"))
    );
}

#[test]
fn sessions_of_roles_name_their_role_with_its_path() {
    let session = json!("arn:aws:sts::111122223333:assumed-role/App/work");
    let expected = json!({
        "type": "AssumedRole", "principalId": "AROA<id>:work",
        "arn": "arn:aws:sts::111122223333:assumed-role/App/work", "accountId": "111122223333",
        "accessKeyId": "ASIA<id>",
        "sessionContext": {"sessionIssuer": issuer("App", ""), "attributes": attributes("false")},
    });
    assert_eq!(identity(session, json!({})), expected);
    let pathed = identity(json!("arn:aws:iam::111122223333:role/team/blue/App"), json!({}));
    assert_eq!(pathed["sessionContext"]["sessionIssuer"], issuer("App", "team/blue/"));
    // Of a registered role the path is known, whatever names its session.
    let world = world();
    let role = json!({"principals": {"arn:aws:iam::111122223333:role/team/App": {"unique_id": "AROAREGISTEREDEXAMPLE", "policies": {"all": {
        "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}}}}});
    world.register(&value(&role), NOW).expect("a role");
    let record = told(&world, "us-west-2", &json!("arn:aws:sts::111122223333:assumed-role/App/work"), &json!({}));
    let session = &record["userIdentity"]["sessionContext"];
    assert_eq!(session["sessionIssuer"]["arn"], "arn:aws:iam::111122223333:role/team/App");
    assert_eq!(session["sessionIssuer"]["principalId"], "AROAREGISTEREDEXAMPLE");
    assert_eq!(record["userIdentity"]["principalId"], "AROAREGISTEREDEXAMPLE:work");
}

#[test]
fn sessions_show_who_opened_them_and_for_whom() {
    let role =
        |session: Json| identity(json!({"arn": "arn:aws:iam::111122223333:role/App", "session": session}), json!({}));
    let web = role(json!({"provider": "cognito-identity.amazonaws.com"}));
    let provider = json!({"federatedProvider": "cognito-identity.amazonaws.com", "attributes": {}});
    assert_eq!(web["sessionContext"]["webIdFederationData"], provider);
    let saml = role(json!({"provider": "arn:aws:iam::111122223333:saml-provider/Own"}));
    assert_eq!(saml["sessionContext"].get("webIdFederationData"), None, "nothing tells it apart");
    let named = role(json!({"source_identity": "ann", "context": {"ec2:RoleDelivery": "2.0"}}));
    assert_eq!(named["sessionContext"]["sourceIdentity"], "ann");
    assert_eq!(named["sessionContext"]["ec2RoleDelivery"], "2.0");
    let store = "arn:aws:identitystore::111122223333:identitystore/d-1";
    let center = role(json!({"context": {"identitystore:UserId": "u-1", "identitystore:IdentityStoreArn": store}}));
    assert_eq!(center["onBehalfOf"], json!({"userId": "u-1", "identityStoreArn": store}));
    let function = "arn:aws:lambda:us-west-2:111122223333:function:f";
    let lambda = role(json!({"context": {"lambda:SourceFunctionArn": function}}));
    let scope = json!({"issuerType": "AWS::Lambda::Function", "credentialsIssuedTo": function});
    assert_eq!(lambda["inScopeOf"], scope);
}

#[test]
fn federated_users_are_issued_by_the_user_who_made_them() {
    let issuer = json!({
        "type": "IAMUser", "principalId": "AIDA<id>", "arn": "arn:aws:iam::111122223333:user/Bob",
        "accountId": "111122223333", "userName": "Bob",
    });
    let expected = json!({
        "type": "FederatedUser", "principalId": "111122223333:Bob",
        "arn": "arn:aws:sts::111122223333:federated-user/Bob", "accountId": "111122223333", "accessKeyId": "ASIA<id>",
        "sessionContext": {"sessionIssuer": issuer, "attributes": attributes("false")},
    });
    assert_eq!(identity(json!("arn:aws:sts::111122223333:federated-user/Bob"), json!({})), expected);
}

#[test]
fn the_role_of_ec2_for_volumes_acts_for_an_instance() {
    let caller = json!("arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-0123456789abcdef0");
    let shown = identity(caller, json!({"via": "ec2.amazonaws.com"}));
    assert_eq!(shown["principalId"], "111122223333:aws:ec2-infrastructure:i-0123456789abcdef0");
    assert_eq!(shown["sessionContext"]["sessionIssuer"]["principalId"], "111122223333:aws:ec2-infrastructure");
    assert_eq!(shown["invokedBy"], "AWS Internal");
    let instance = "arn:aws:ec2:us-west-2:111122223333:instance/i-0123456789abcdef0";
    assert_eq!(shown["inScopeOf"], json!({"issuerType": "AWS::EC2::Instance", "credentialsIssuedTo": instance}));
}

#[test]
fn the_same_name_has_the_same_ids_and_another_one_has_others() {
    let ids = |caller: &str, region| {
        let shown = told(&world(), region, &json!(caller), &json!({}))["userIdentity"].clone();
        (shown["principalId"].clone(), shown["accessKeyId"].clone())
    };
    let alice = ids("arn:aws:iam::111122223333:user/Alice", "us-west-2");
    assert_eq!(alice, ids("arn:aws:iam::111122223333:user/Alice", "eu-west-1"));
    for other in ["arn:aws:iam::111122223333:user/Bob", "arn:aws:iam::444455556666:user/Alice"] {
        let other = ids(other, "us-west-2");
        assert!(other.0 != alice.0 && other.1 != alice.1);
    }
    let chinese = ids("arn:aws-cn:iam::111122223333:user/Alice", "cn-north-1");
    assert!(chinese.0 != alice.0 && chinese.1 != alice.1);
    // A user who is registered without an id gets the one that was told of him before.
    let world = world();
    let all = json!({"Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]});
    let user = json!({"principals": {"arn:aws:iam::111122223333:user/Alice": {"policies": {"all": all}}}});
    world.register(&value(&user), NOW).expect("a user");
    let shown = told(&world, "us-west-2", &json!("arn:aws:iam::111122223333:user/Alice"), &json!({}));
    assert_eq!(shown["userIdentity"]["principalId"], alice.0);
}

#[test]
fn an_access_key_id_that_names_the_caller_is_not_shown() {
    for (named, shown) in [
        ("arn:aws:iam::111122223333:user/Alice", "AKIA<id>"),
        ("444455556666", "AKIA<id>"),
        ("AKIAIOSFODNN7EXAMPLE", "AKIA<id>"),
        ("test", "test"),
    ] {
        let world = world();
        let credential = format!("AWS4-HMAC-SHA256 Credential={named}/20270115/us-east-1/kms/aws4_request");
        let headers =
            [("X-Amz-Target", "TrentService.ListKeys"), ("Authorization", credential.as_str()), ("User-Agent", "curl")];
        let headers = headers.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec();
        drop(world.http(&Request::new("POST", "/", headers, b"{}".to_vec()), NOW));
        let records = world.records(0).records;
        let record: Json = serde_json::from_str(&records[0].1.to_json()).expect("JSON");
        assert_eq!(reduced("", &record)["userIdentity"]["accessKeyId"], shown, "{named}");
        assert_eq!((&record["userAgent"], &record["sourceIPAddress"]), (&json!("curl"), &json!("127.0.0.1")));
    }
}

#[test]
fn addresses_agents_and_connections_are_the_clients_unless_a_service_called() {
    let tls =
        json!({"version": "TLSv1.3", "cipher_suite": "TLS_AES_256_GCM_SHA384", "host": "kms.us-west-2.amazonaws.com"});
    let mut origin = json!({"source_ip": "2001:db8::1", "user_agent": "x".repeat(2000), "tls": tls,
        "vpc_endpoint": "vpce-0123456789abcdef0", "from_console": true});
    let alice = json!("arn:aws:iam::111122223333:user/Alice");
    let record = told(&world(), "us-west-2", &alice, &origin);
    assert_eq!(
        (&record["sourceIPAddress"], record["userAgent"].as_str().map(str::len)),
        (&json!("2001:db8::1"), Some(1024))
    );
    assert_eq!(record["tlsDetails"]["clientProvidedHostHeader"], "kms.us-west-2.amazonaws.com");
    assert_eq!(record["tlsDetails"].get("keyExchange"), None);
    assert_eq!(
        (&record["vpcEndpointId"], &record["vpcEndpointAccountId"]),
        (&json!("vpce-0123456789abcdef0"), &json!("111122223333"))
    );
    for (via, shown) in [("lambda.amazonaws.com", "lambda.amazonaws.com"), ("s3.amazonaws.com", "AWS Internal")] {
        origin["via"] = json!(via);
        let record = told(&world(), "us-west-2", &alice, &origin);
        let [address, agent, invoked_by] =
            [&record["sourceIPAddress"], &record["userAgent"], &record["userIdentity"]["invokedBy"]];
        assert_eq!([address, agent, invoked_by], [shown; 3].map(|shown| json!(shown)).each_ref());
        assert_eq!((record.get("tlsDetails"), &record["sessionCredentialFromConsole"]), (None, &json!("true")));
        assert_eq!((record.get("vpcEndpointId"), record.get("vpcEndpointAccountId")), (None, None), "{via}");
    }
    let plain = told(&world(), "us-west-2", &alice, &json!({}));
    assert_eq!(plain["userAgent"], concat!("pocket-kms/", env!("CARGO_PKG_VERSION")));
    for member in ["tlsDetails", "vpcEndpointId", "vpcEndpointAccountId", "sessionCredentialFromConsole"] {
        assert_eq!(plain.get(member), None, "{member}");
    }
}

#[test]
fn members_stand_in_the_order_in_which_aws_writes_them() {
    const ORDER: [&str; 25] = [
        "eventVersion",
        "userIdentity",
        "eventTime",
        "eventSource",
        "eventName",
        "awsRegion",
        "sourceIPAddress",
        "userAgent",
        "errorCode",
        "errorMessage",
        "requestParameters",
        "responseElements",
        "additionalEventData",
        "requestID",
        "eventID",
        "readOnly",
        "resources",
        "eventType",
        "managementEvent",
        "recipientAccountId",
        "serviceEventDetails",
        "sharedEventID",
        "vpcEndpointId",
        "vpcEndpointAccountId",
        "eventCategory",
    ];
    let world = world();
    let alice = json!("arn:aws:iam::111122223333:user/Alice");
    told(
        &world,
        "us-west-2",
        &alice,
        &json!({"vpc_endpoint": "vpce-0123456789abcdef0", "tls": {"version": "TLSv1.3"}}),
    );
    drop(world.call("DescribeKey", Value::from([("KeyId", Value::from("alias/none"))]), None, None, NOW));
    for (_, record) in world.records(0).records {
        let Value::Map(members) = record.to_value() else { panic!("a structure") };
        let places =
            members.iter().map(|(name, _)| ORDER.iter().chain(&["tlsDetails"]).position(|known| known == name));
        let places: Option<Vec<usize>> = places.collect();
        assert!(places.expect("known members").is_sorted(), "{members:?}");
        assert!(wire::to_json(&record.to_value()).len() < 4096);
    }
}

#[test]
fn records_that_follow_one_another_share_who_has_acted() {
    let world = world();
    let [alice, bob] = ["Alice", "Bob"].map(|name| json!(format!("arn:aws:iam::111122223333:user/{name}")));
    for caller in [&alice, &alice, &bob] {
        told(&world, "us-west-2", caller, &json!({"user_agent": "curl"}));
    }
    told(&world, "us-east-1", &bob, &json!({"user_agent": "curl"}));
    let records = world.records(0).records;
    let shared = records.windows(2).map(|pair| std::ptr::eq(pair[0].1.identity(), pair[1].1.identity()));
    assert_eq!(shared.collect::<Vec<_>>(), [true, false, false]);
}
