//! The decision cases through a world: the request of a case becomes a real call with a real key.
//!
//! [`crate::decisions`] tests the decider in `decide.rs`, which is a second opinion. This module tests the core. It skips
//! a case that the core cannot express yet for a named reason and counts the reasons, so that it skips none silently.

use std::collections::BTreeMap;

use pocket_kms::{CryptoProvider, Options, Origin, Time, Value as Input, VpcEndpoint, World, names::AccountId};
use serde_json::Value;

use crate::cases::{list, text};

const NOW: Time = Time::from_millis(1_767_225_600_000);
/// The key of all cases; its id is fixed, and a world cannot create a key with a given id.
const WRITTEN: &str = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/// Why a case is left out, and how many cases are.
const LEFT_OUT: [(&str, usize); 7] = [
    ("an operation that is not built: EnableKeyRotation, ReplicateKey", 2),
    ("attestation, which tests/nitro asks of a world", 3),
    ("grants", 32),
    ("identity policies that do not allow", 14),
    ("limits: boundaries, session policies, organizations, endpoints", 25),
    ("several checks", 8),
    ("what a host would have to say of the caller", 9),
];

#[test]
fn every_decision_case_that_a_world_can_express_is_decided_as_the_specification_says() {
    let (mut left_out, mut wrong, mut judged) = (BTreeMap::new(), Vec::new(), 0);
    for case in list("decision_cases") {
        if let Some(reason) = reason(&case) {
            *left_out.entry(reason).or_insert(0) += 1;
            continue;
        }
        judged += 1;
        wrong.extend(differs(&case).map(|how| format!("{}: {how}", text(&case, "id"))));
    }
    assert!(wrong.is_empty(), "{} of {judged} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(left_out.into_iter().collect::<Vec<_>>(), LEFT_OUT, "{judged} cases were judged");
}

/// Why a case cannot be expressed.
fn reason(case: &Value) -> Option<&'static str> {
    const LIMITS: [&str; 5] = ["boundary", "session", "scp", "rcp", "endpoint"];
    let check = &case["checks"][0];
    let action = text(check, "action");
    let has =
        |start: &str| check["context"].as_object().is_some_and(|keys| keys.keys().any(|key| key.starts_with(start)));
    let allowed_by_identity = case["expect"]["decided_by"] != "resource" && case["expect"]["decision"] != "Allow";
    let reasons = [
        (action.ends_with("Grant") || !case["grants"].is_null() || !case["request"].is_null(), "grants"),
        (
            action == "kms:EnableKeyRotation" || check["context"]["kms:MultiRegionKeyType"] == "REPLICA",
            "an operation that is not built: EnableKeyRotation, ReplicateKey",
        ),
        (
            LIMITS.iter().any(|kind| !case["policies"][*kind].is_null()),
            "limits: boundaries, session policies, organizations, endpoints",
        ),
        (case["checks"].as_array().is_none_or(|checks| checks.len() > 1), "several checks"),
        (has("kms:RecipientAttestation"), "attestation, which tests/nitro asks of a world"),
        (
            ["aws:PrincipalOrg", "aws:PrincipalTag", "aws:ResourceTag", "kms:ResourceAliases", "kms:Trailing"]
                .iter()
                .any(|key| has(key)),
            "what a host would have to say of the caller",
        ),
        (allowed_by_identity, "identity policies that do not allow"),
    ];
    reasons.into_iter().find_map(|(applies, reason)| applies.then_some(reason))
}

/// How the decision of a world differs from the expected one.
fn differs(case: &Value) -> Option<String> {
    let key = Key::of(case);
    let (expect, check) = (&case["expect"], &case["checks"][0]);
    let caller = text(&case["principal"], "arn");
    let caller = case["principal"]["role_arn"].as_str().map_or(caller.to_owned(), |role| session(role, caller));
    let (operation, input) = key.request(text(check, "action"), &check["context"]);
    let call = key.world.begin(operation, input, Some("us-west-2"), Some(&caller), NOW);
    let call = call.unwrap_or_else(|refusal| panic!("{caller}: {refusal:?}")).with_origin(origin(&check["context"]));
    let error = key.world.finish(&call).reply.err();
    let denied = error.filter(|error| error.exception.name() == "AccessDeniedException");
    let message = expect["message"].as_str().map(|message| message.replace(WRITTEN, &key.arn));
    match (expect["decision"] == "Allow", denied) {
        (true, None) => None,
        (true, Some(error)) => Some(format!("denied: {error}")),
        (false, None) => Some("allowed".to_owned()),
        (false, Some(error)) => {
            let found = error.message;
            (message.is_some() && found != message).then(|| format!("{found:?}, not {message:?}"))
        }
    }
}

/// Where the call of a case comes from.
fn origin(context: &Value) -> Origin {
    let mut origin = Origin::default();
    let text = |key: &str| context[key].as_str();
    let service = |name: &str| name.split('.').next().map(|name| format!("{name}.amazonaws.com"));
    origin.via = text("kms:ViaService").and_then(service).into_iter().collect();
    origin.source_ip = text("aws:SourceIp").and_then(|address| address.parse().ok());
    origin.source_arn = text("aws:SourceArn").map(ToOwned::to_owned);
    origin.source_account = text("aws:SourceAccount").and_then(AccountId::parse);
    origin.vpc_endpoint = text("aws:SourceVpce").map(|id| {
        let mut endpoint = VpcEndpoint::default();
        id.clone_into(&mut endpoint.id);
        endpoint
    });
    origin
}

/// A role session whose role has a path is named by its role and its session.
fn session(role: &str, arn: &str) -> String {
    let has_path = role.split_once(":role/").is_some_and(|(_, name)| name.contains('/'));
    if has_path { role.to_owned() } else { arn.to_owned() }
}

/// A world with the key of a case and what the caller needs of it.
struct Key {
    world: World,
    arn: String,
    /// The name by which the request of the case names the key.
    name: String,
    ciphertext: Input,
}

impl Key {
    fn of(case: &Value) -> Self {
        let check = &case["checks"][0];
        let context = &check["context"];
        let options = Options { seed: Some(text(case, "id").as_bytes().into()), now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let owner = text(check, "resource_account");
        let call = |operation: &str, input: Input| {
            let reply = world.call(operation, input, Some("us-west-2"), Some(owner), NOW).reply;
            reply.unwrap_or_else(|error| panic!("{}: {operation}: {error}", text(case, "id")))
        };
        let (spec, usage) = match text(check, "action") {
            "kms:Sign" | "kms:Verify" => ("RSA_2048", "SIGN_VERIFY"),
            "kms:GenerateMac" | "kms:VerifyMac" => ("HMAC_256", "GENERATE_VERIFY_MAC"),
            "kms:DeriveSharedSecret" => ("ECC_NIST_P256", "KEY_AGREEMENT"),
            _ => ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"),
        };
        let member = |key: &str, default: &str| Input::from(context[key].as_str().unwrap_or(default));
        let made = call(
            "CreateKey",
            Input::from([
                ("KeySpec", member("kms:KeySpec", spec)),
                ("KeyUsage", member("kms:KeyUsage", usage)),
                ("Origin", member("kms:KeyOrigin", "AWS_KMS")),
                ("MultiRegion", Input::Bool(context["kms:MultiRegion"] == "true")),
            ]),
        );
        let arn = made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Input::as_text);
        let arn = arn.expect("an ARN").to_owned();
        let ciphertext = if spec == "SYMMETRIC_DEFAULT" && context["kms:KeyOrigin"] != "EXTERNAL" {
            let input = [("KeyId", arn.as_str().into()), ("Plaintext", Input::Blob(b"x".to_vec())), pairs(context, "")];
            call("Encrypt", Input::from(input)).member("CiphertextBlob").cloned().expect("a ciphertext")
        } else {
            Input::Blob(b"x".to_vec())
        };
        let name = context["kms:RequestAlias"].as_str().map_or(arn.clone(), |alias| {
            let input = [("AliasName", Input::from(alias)), ("TargetKeyId", arn.as_str().into())];
            call("CreateAlias", Input::from(input));
            arn.replace(arn.rsplit(':').next().unwrap_or_default(), alias)
        });
        if !check["key_policy"].is_null() {
            let policy = check["key_policy"].to_string().replace(WRITTEN, &arn);
            let input = [("KeyId", arn.as_str().into()), ("Policy", policy.into())];
            let bypass = ("BypassPolicyLockoutSafetyCheck", Input::Bool(true));
            call(
                "PutKeyPolicy",
                Input::Map(input.into_iter().chain([bypass]).map(|(name, value)| (name.into(), value)).collect()),
            );
        }
        Self { world, arn, name, ciphertext }
    }

    /// The request of a case.
    fn request(&self, action: &str, context: &Value) -> (&'static str, Input) {
        let member = |key: &str, default: &str| Input::from(context[key].as_str().unwrap_or(default));
        let plaintext = ("Plaintext", Input::Blob(b"x".to_vec()));
        let algorithm = ("EncryptionAlgorithm", member("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT"));
        let blob = ("CiphertextBlob", self.ciphertext.clone());
        let pair = ("KeyPairSpec", member("kms:DataKeyPairSpec", "ECC_NIST_P256"));
        let message = ("Message", Input::Blob(b"x".to_vec()));
        let (operation, members) = match action {
            "kms:CreateKey" => ("CreateKey", vec![tags(context)]),
            "kms:GenerateRandom" => ("GenerateRandom", vec![("NumberOfBytes", Input::Int(8))]),
            "kms:Decrypt" => ("Decrypt", vec![blob, algorithm, pairs(context, "")]),
            "kms:Encrypt" => ("Encrypt", vec![plaintext, algorithm, pairs(context, "")]),
            "kms:GenerateDataKey" => ("GenerateDataKey", vec![("KeySpec", "AES_256".into()), pairs(context, "")]),
            "kms:GenerateDataKeyPair" => ("GenerateDataKeyPair", vec![pair, pairs(context, "")]),
            "kms:GenerateDataKeyPairWithoutPlaintext" => {
                ("GenerateDataKeyPairWithoutPlaintext", vec![pair, pairs(context, "")])
            }
            "kms:Sign" => {
                ("Sign", vec![message, ("SigningAlgorithm", member("kms:SigningAlgorithm", "RSASSA_PSS_SHA_256"))])
            }
            "kms:GenerateMac" => {
                ("GenerateMac", vec![message, ("MacAlgorithm", member("kms:MacAlgorithm", "HMAC_SHA_256"))])
            }
            "kms:DeriveSharedSecret" => (
                "DeriveSharedSecret",
                vec![("KeyAgreementAlgorithm", "ECDH".into()), ("PublicKey", Input::Blob(b"x".to_vec()))],
            ),
            "kms:ReEncryptFrom" => (
                "ReEncrypt",
                vec![
                    blob,
                    pairs(context, "Source"),
                    ("SourceKeyId", self.name.as_str().into()),
                    ("DestinationKeyId", self.name.as_str().into()),
                ],
            ),
            "kms:GetParametersForImport" => (
                "GetParametersForImport",
                vec![
                    ("WrappingAlgorithm", "RSAES_OAEP_SHA_256".into()),
                    ("WrappingKeySpec", member("kms:WrappingKeySpec", "RSA_2048")),
                ],
            ),
            "kms:ScheduleKeyDeletion" => ("ScheduleKeyDeletion", Vec::new()),
            "kms:DescribeKey" => ("DescribeKey", Vec::new()),
            other => panic!("no request for {other}"),
        };
        let takes_key = !matches!(operation, "CreateKey" | "GenerateRandom" | "ReEncrypt");
        let key = takes_key.then(|| ("KeyId", self.name.as_str().into()));
        let members = key.into_iter().chain(members).filter(|(_, value)| *value != Input::Null);
        (operation, Input::Map(members.map(|(name, value)| (name.into(), value)).collect()))
    }
}

/// The encryption context of a case as a member; null where it has none.
fn pairs(context: &Value, side: &str) -> (&'static str, Input) {
    let name = if side.is_empty() { "EncryptionContext" } else { "SourceEncryptionContext" };
    let pairs = context.as_object().into_iter().flatten().filter_map(|(key, value)| {
        Some((key.strip_prefix("kms:EncryptionContext:")?.to_owned().into(), Input::from(value.as_str()?)))
    });
    let pairs: Vec<_> = pairs.collect();
    (name, if pairs.is_empty() { Input::Null } else { Input::Map(pairs) })
}

/// The tags of a case as a member; null where it has none.
fn tags(context: &Value) -> (&'static str, Input) {
    let tags = context.as_object().into_iter().flatten().filter_map(|(key, value)| {
        let key = Input::from(key.strip_prefix("aws:RequestTag/")?);
        Some(Input::from([("TagKey", key), ("TagValue", Input::from(value.as_str()?))]))
    });
    let tags: Vec<_> = tags.collect();
    ("Tags", if tags.is_empty() { Input::Null } else { Input::List(tags) })
}
