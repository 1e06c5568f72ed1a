//! The operations as programs in Rust use them: with requests and replies that have types.

use std::collections::BTreeSet;

use pocket_kms::{
    AccountId, Caller, Client, CryptoProvider, Exception, Options, Origin, Region, Session, Span, Time, VpcEndpoint,
    World,
    api::*,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
    operations::TABLE,
};

use crate::fixture::NOW;

fn world() -> World {
    let seed = Some(b"typed".to_vec().into());
    World::new(Options { seed, insecure_key_pool: true, ..Options::default() }, CryptoProvider::default(), [0; 32])
}

/// A client that notes which operations it has sent.
struct Tour<'w> {
    client: Client<'w, Time>,
    sent: BTreeSet<&'static str>,
}

impl Tour<'_> {
    fn send<R: ApiRequest>(&mut self, request: R) -> R::Reply {
        self.sent.insert(R::OPERATION);
        self.client.send(request).unwrap_or_else(|refusal| panic!("{}: {refusal}", R::OPERATION))
    }

    fn key(&mut self, spec: KeySpec, usage: KeyUsageType, origin: OriginType) -> String {
        self.send(CreateKey::default().key_spec(spec).key_usage(usage).origin(origin)).key_metadata.key_id
    }

    fn own(&mut self, spec: KeySpec, usage: KeyUsageType) -> String {
        self.key(spec, usage, OriginType::AwsKms)
    }

    fn encryption(&mut self, key: &str) {
        let blob = self.send(Encrypt::new(key, b"hello").encryption_context([("dept", "it")])).ciphertext_blob;
        let moved = ReEncrypt::new(key).ciphertext_blob(blob).source_encryption_context([("dept", "it")]);
        let moved = self.send(moved);
        assert!(moved.source_key_id.ends_with(key));
        let opened = self.send(Decrypt::default().ciphertext_blob(moved.ciphertext_blob));
        assert_eq!(opened.plaintext.as_deref(), Some(&b"hello".to_vec()));
    }

    fn data_keys(&mut self, key: &str) {
        let both = self.send(GenerateDataKey::new(key).key_spec(DataKeySpec::Aes256));
        assert_eq!(both.plaintext.map(|plaintext| plaintext.len()), Some(32));
        assert!(!self.send(GenerateDataKeyWithoutPlaintext::new(key).number_of_bytes(64)).ciphertext_blob.is_empty());
        let pair = self.send(GenerateDataKeyPair::new(key, DataKeyPairSpec::EccNistP256));
        assert!(pair.private_key_plaintext.is_some());
        let pair = self.send(GenerateDataKeyPairWithoutPlaintext::new(key, DataKeyPairSpec::Rsa2048));
        assert_eq!(pair.key_pair_spec, DataKeyPairSpec::Rsa2048);
        assert_eq!(self.send(GenerateRandom::default().number_of_bytes(24)).plaintext.map(|some| some.len()), Some(24));
    }

    fn signatures(&mut self) {
        let key = self.own(KeySpec::EccNistP256, KeyUsageType::SignVerify);
        let algorithm = SigningAlgorithmSpec::EcdsaSha256;
        let signature = self.send(Sign::new(&key, b"hello", algorithm)).signature;
        assert!(self.send(Verify::new(&key, b"hello", signature, algorithm)).signature_valid);
        assert_eq!(self.send(GetPublicKey::new(&key)).key_spec, Some(KeySpec::EccNistP256));
        let key = self.own(KeySpec::Hmac256, KeyUsageType::GenerateVerifyMac);
        let mac = self.send(GenerateMac::new(b"hello", &key, MacAlgorithmSpec::HmacSha256)).mac;
        assert!(self.send(VerifyMac::new(b"hello", &key, MacAlgorithmSpec::HmacSha256, mac)).mac_valid);
    }

    fn agreements(&mut self) {
        let key = self.own(KeySpec::EccNistP256, KeyUsageType::KeyAgreement);
        let public = self.send(GetPublicKey::new(&key)).public_key.expect("a public key");
        let request = DeriveSharedSecret::new(&key, KeyAgreementAlgorithmSpec::Ecdh, public);
        assert_eq!(self.send(request).shared_secret.map(|secret| secret.len()), Some(32));
        let key = self.own(KeySpec::MlKem768, KeyUsageType::EncapsulateDecapsulate);
        let sent = self.send(Encapsulate::new(&key, EncapsulationAlgorithmSpec::MlKem));
        let blob = sent.shared_secret_ciphertext_blob;
        let got = self.send(Decapsulate::new(&key, blob, EncapsulationAlgorithmSpec::MlKem));
        assert_eq!(got.shared_secret, sent.shared_secret);
    }

    fn imports(&mut self) {
        let key = self.key(KeySpec::SymmetricDefault, KeyUsageType::EncryptDecrypt, OriginType::External);
        let (algorithm, spec) = (AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa2048);
        let parameters = self.send(GetParametersForImport::new(&key, algorithm, spec));
        let wrapping = parameters.public_key.expect("a wrapping key");
        let wrapping = CryptoProvider::default().rsa.load_public(&wrapping).expect("an RSA key");
        let sealed = wrapping.encrypt(Encryption::Oaep(Hash::Sha256), &[5; 32], &mut Random::from_entropy(&[1; 32]));
        let token = parameters.import_token.expect("a token");
        let ends = NOW.after(Span::from_days(1));
        self.send(ImportKeyMaterial::new(&key, token, sealed.expect("a key that fits")).valid_to(ends));
        let described = self.send(DescribeKey::new(&key)).key_metadata;
        assert_eq!((described.key_state, described.valid_to), (Some(KeyState::Enabled), Some(ends)));
        self.send(DeleteImportedKeyMaterial::new(&key));
    }

    fn settings(&mut self, key: &str) {
        self.send(TagResource::new(key, [("team", "blue"), ("cost", "low")]));
        self.send(UntagResource::new(key, ["cost"]));
        let tags = self.send(ListResourceTags::new(key)).tags;
        assert_eq!(tags.iter().map(|tag| (&*tag.tag_key, &*tag.tag_value)).collect::<Vec<_>>(), [("team", "blue")]);
        self.send(UpdateKeyDescription::new(key, "of the archive"));
        let policy = self.send(GetKeyPolicy::new(key)).policy;
        self.send(PutKeyPolicy::new(key, policy));
        assert_eq!(self.send(ListKeyPolicies::new(key)).policy_names, ["default"]);
        self.send(CreateAlias::new("alias/archive", key));
        self.send(UpdateAlias::new("alias/archive", key));
        assert_eq!(self.send(ListAliases::default().key_id(key).limit(5)).aliases.len(), 1);
        self.send(DeleteAlias::new("alias/archive"));
        assert!(self.send(ListKeys::default()).keys.iter().any(|entry| entry.key_id.as_deref() == Some(key)));
    }

    fn rotation(&mut self, key: &str) {
        self.send(EnableKeyRotation::new(key).rotation_period_in_days(90));
        let status = self.send(GetKeyRotationStatus::new(key));
        assert_eq!(status.next_rotation_date, Some(NOW.after(Span::from_days(90))));
        self.send(DisableKeyRotation::new(key));
        self.send(RotateKeyOnDemand::new(key));
        assert_eq!(self.send(ListKeyRotations::new(key)).rotations.len(), 1);
        assert!(self.send(GetKeyLastUsage::new(key)).key_last_usage.operation.is_some());
    }

    fn regions(&mut self) {
        let made = self.send(CreateKey::default().multi_region(true)).key_metadata;
        let replica = self.send(ReplicateKey::new(made.key_id.as_str(), "eu-west-1")).replica_key_metadata;
        assert_eq!((replica.key_id, replica.key_state), (made.key_id.clone(), Some(KeyState::Creating)));
        self.send(UpdatePrimaryRegion::new(made.key_id.as_str(), "eu-west-1"));
    }

    fn grants(&mut self, key: &str) {
        let (grantee, retiring) = ("arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/bob");
        let request = CreateGrant::new(key, [GrantOperation::Encrypt, GrantOperation::Decrypt]);
        let made = self.send(request.grantee_principal(grantee).retiring_principal(retiring).name("archive"));
        let listed = self.send(ListGrants::new(key)).grants;
        assert_eq!(listed.iter().map(|grant| &grant.grant_id).collect::<Vec<_>>(), [&Some(made.grant_id.clone())]);
        self.send(RevokeGrant::new(key, made.grant_id));
        let again = self.send(CreateGrant::new(key, [GrantOperation::DescribeKey]).grantee_principal(grantee));
        self.send(RetireGrant::default().grant_token(again.grant_token));
        let left = self.send(ListRetirableGrants::default().retiring_principal(retiring)).grants;
        assert_eq!(left.len(), 0);
    }

    fn key_stores(&mut self) {
        let request = CreateCustomKeyStore::new("archive").cloud_hsm_cluster_id("cluster-7a23b4cdefg");
        let request = request.trust_anchor_certificate("a certificate").key_store_password("password1");
        let store = self.send(request).custom_key_store_id;
        self.send(UpdateCustomKeyStore::new(&*store).new_custom_key_store_name("vault"));
        self.send(ConnectCustomKeyStore::new(&*store));
        let request = CreateKey::default().origin(OriginType::AwsCloudhsm).custom_key_store_id(&*store);
        let key = self.send(request).key_metadata;
        assert_eq!(key.cloud_hsm_cluster_id.as_deref(), Some("cluster-7a23b4cdefg"));
        self.encryption(&key.key_id);
        self.send(DisconnectCustomKeyStore::new(&*store));
        assert_eq!(self.send(DescribeKey::new(&key.key_id)).key_metadata.key_state, Some(KeyState::Unavailable));
        let stores = self.send(DescribeCustomKeyStores::default().custom_key_store_name("vault")).custom_key_stores;
        let state = stores.first().and_then(|store| store.connection_state);
        assert_eq!((stores.len(), state), (1, Some(ConnectionStateType::Disconnected)));
        let empty = CreateCustomKeyStore::new("empty").cloud_hsm_cluster_id("cluster-2a23b4cdefg");
        let empty = empty.trust_anchor_certificate("a certificate").key_store_password("password1");
        let empty = self.send(empty).custom_key_store_id;
        self.send(DeleteCustomKeyStore::new(empty));
    }

    fn life(&mut self, key: &str) {
        self.send(DisableKey::new(key));
        assert_eq!(self.send(DescribeKey::new(key)).key_metadata.enabled, Some(false));
        self.send(EnableKey::new(key));
        let ends = self.send(ScheduleKeyDeletion::new(key).pending_window_in_days(7)).deletion_date;
        assert_eq!(ends, Some(NOW.after(Span::from_days(7))));
        self.send(CancelKeyDeletion::new(key));
    }
}

#[test]
fn every_operation_has_a_request_and_a_reply_with_types() {
    let world = world();
    let client = world.client(NOW).region("us-west-2").expect("a Region");
    let mut tour = Tour { client, sent: BTreeSet::new() };
    let key = tour.own(KeySpec::SymmetricDefault, KeyUsageType::EncryptDecrypt);
    tour.encryption(&key);
    tour.data_keys(&key);
    tour.signatures();
    tour.agreements();
    tour.imports();
    tour.settings(&key);
    tour.rotation(&key);
    tour.regions();
    tour.grants(&key);
    tour.life(&key);
    tour.key_stores();
    assert_eq!(tour.sent, TABLE.iter().map(|row| row.name).collect());
}

#[test]
fn a_client_calls_as_its_caller_from_its_origin_in_its_region() {
    let world = world();
    let client = world.client(|| NOW).region("eu-west-1").expect("a Region");
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/app"}, "Action": "kms:*", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:sourceVpce": "vpce-1"}}}]}"#;
    let made = client.send(CreateKey::default().policy(policy)).expect("a key").key_metadata;
    assert_eq!(made.arn.as_deref().map(|arn| arn.starts_with("arn:aws:kms:eu-west-1:111122223333:key/")), Some(true));
    let describe = DescribeKey::new(made.key_id);

    let app = client.clone().caller("arn:aws:iam::111122223333:user/app".parse().expect("a caller"));
    let denied = app.reply(describe.clone());
    assert_eq!(denied.reply.map_err(|error| error.exception), Err(Exception::AccessDeniedException));
    assert_eq!(denied.trail.decisions.len(), 1);
    let origin = Origin::default().vpc_endpoint(VpcEndpoint::new("vpce-1"));
    app.clone().origin(origin).send(describe.clone()).expect("a caller from that endpoint");

    let elsewhere = client.clone().region("us-east-1").expect("a Region").send(describe.clone());
    assert_eq!(elsewhere.map_err(|error| error.exception), Err(Exception::NotFoundException));
    let chinese = client.caller("arn:aws-cn:iam::111122223333:root".parse().expect("a caller"));
    let refusal: Box<dyn std::error::Error> = chinese.send(describe).expect_err("another partition").into();
    assert!(refusal.to_string().contains("ARNs that begin with arn:aws:"), "{refusal}");
}

#[test]
fn each_fact_of_an_origin_and_a_session_fulfils_its_condition() {
    let world = world();
    let client = world.client(NOW);
    let service = Origin::default().source_arn("arn:aws:s3:::archive").source_account(world.account());
    let endpoint = VpcEndpoint::new("vpce-1").vpc("vpc-1").owner(world.account());
    let origins = [
        (
            r#""StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}"#,
            Origin::default().via("s3.amazonaws.com"),
        ),
        (r#""IpAddress": {"aws:SourceIp": "192.0.2.0/24"}"#, Origin::default().source_ip([192, 0, 2, 7].into())),
        (r#""StringEquals": {"aws:UserAgent": "mine"}"#, Origin::default().user_agent("mine")),
        (r#""Bool": {"aws:SecureTransport": "false"}"#, Origin::default().without_tls()),
        (
            r#""StringEquals": {"aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1"}"#,
            Origin::default().vpc_endpoint(endpoint),
        ),
    ];
    let user =
        |session| "arn:aws:iam::111122223333:user/app".parse::<Caller>().expect("a caller").with_session(session);
    let sessions = [
        (r#""Bool": {"aws:MultiFactorAuthPresent": "true"}"#, Session::default().temporary().mfa()),
        (r#""StringEquals": {"aws:PrincipalTag/team": "blue"}"#, Session::default().tag("team", "blue")),
        (r#""StringEquals": {"aws:SourceIdentity": "alice"}"#, Session::default().temporary().source_identity("alice")),
    ];
    let described = |condition: &str, client: &Client<'_, Time>| {
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": [
                {{"Effect": "Allow", "Principal": {{"AWS": "*", "Service": "s3.amazonaws.com"}}, "Action": "kms:DescribeKey", "Resource": "*", "Condition": {{{condition}}}}}]}}"#
        );
        let create = CreateKey::default().policy(policy).bypass_policy_lockout_safety_check(true);
        let key = world.client(NOW).send(create).expect("a key").key_metadata.arn.expect("an ARN");
        client.send(DescribeKey::new(key)).is_ok()
    };
    for (condition, origin) in origins {
        let plain = client.clone().caller(user(Session::default()));
        assert!(!described(condition, &plain), "{condition}");
        assert!(described(condition, &plain.origin(origin)), "{condition}");
    }
    for (condition, session) in sessions {
        assert!(!described(condition, &client.clone().caller(user(Session::default()))), "{condition}");
        assert!(described(condition, &client.clone().caller(user(session))), "{condition}");
    }
    let condition =
        r#""StringEquals": {"aws:SourceAccount": "111122223333"}, "ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}"#;
    let archive = client.clone().caller("s3.amazonaws.com".parse().expect("a service"));
    assert!(!described(condition, &archive) && described(condition, &archive.origin(service)));
}

#[test]
fn what_cannot_be_read_is_an_error_with_a_sentence() {
    let refusals: [Box<dyn std::error::Error>; 4] = [
        "12".parse::<AccountId>().expect_err("no account").into(),
        "us-east".parse::<Region>().expect_err("no Region").into(),
        "Alice".parse::<Caller>().expect_err("no caller").into(),
        world().client(NOW).region("us-east").expect_err("no Region").into(),
    ];
    for (refusal, shown) in refusals.into_iter().zip(["'12'", "'us-east'", "'Alice'", "'us-east'"]) {
        assert!(refusal.to_string().contains(shown), "{refusal}");
    }
}

#[test]
fn a_request_is_printed_without_its_secrets() {
    let shown = format!("{:?}", Encrypt::new("alias/a", [0xe7; 4]));
    assert!(shown.contains("alias/a") && shown.contains("<4 secret bytes>") && !shown.contains("231"), "{shown}");
    assert_eq!(format!("{:?}", SecretText::from("password")), "<a secret text>");
}

#[test]
fn a_request_that_breaks_a_constraint_is_refused_as_any_other() {
    let world = world();
    let refusal = world.client(NOW).send(Encrypt::new("", [])).expect_err("an empty key id");
    assert_eq!(refusal.exception, Exception::ValidationException);
    let typed = refusal.message.expect("a sentence");
    assert!(typed.contains("'keyId'") && typed.contains("'plaintext'"), "{typed}");
}

#[test]
fn structures_within_requests_are_made_like_requests() {
    let world = world();
    let client = world.client(NOW);
    let key = client.send(CreateKey::default()).expect("a key").key_metadata.key_id;
    let constraints = GrantConstraints::default().encryption_context_equals([("dept", "it")]);
    let request =
        CreateGrant::new(&*key, [GrantOperation::Decrypt]).grantee_principal("arn:aws:iam::111122223333:root");
    client.send(request.constraints(constraints.clone())).expect("a grant");
    let listed = client.send(ListGrants::new(key)).expect("grants").grants;
    let [grant] = &listed[..] else { panic!("{listed:?}") };
    // Of a grant without a name, the name is empty, which no request may say.
    assert_eq!((grant.name.as_deref(), grant.constraints.as_ref()), (Some(""), Some(&constraints)));

    let credential = ("ABCDEFGHIJKLMNOPQRST", "DXjSUawnel2fr6SKC7G25CNxTyWKE5PF9XX6H/u9pSo=");
    let request = CreateCustomKeyStore::new("outside").custom_key_store_type(CustomKeyStoreType::ExternalKeyStore);
    let request = request.xks_proxy_uri_endpoint("https://xks.example.com").xks_proxy_uri_path("/kms/xks/v1");
    let request = request.xks_proxy_connectivity(XksProxyConnectivityType::PublicEndpoint);
    client.send(request.xks_proxy_authentication_credential(credential)).expect("a key store");
}
