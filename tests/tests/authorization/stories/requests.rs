//! The request of a case, and the key that it needs.

use serde_json::{Map, Value, json};

use super::{
    OWNER, REGION,
    decisions::put_policy,
    steps::{call, key, named, object, told},
};
use crate::cases::text;

/// To whom the cases grant, where they do not say it.
pub(super) const GRANTEE: &str = "arn:aws:iam::111122223333:role/X";
/// What is encrypted, signed and authenticated.
const PLAINTEXT: &str = "x";

/// The caller as a story names it: a session with its policies, and everybody else by an ARN or a name.
pub(super) fn caller(case: &Value) -> Value {
    let arn = text(&case["principal"], "arn");
    match case["policies"]["session"].as_array() {
        None => json!(arn),
        Some(policies) => {
            let policies: Vec<Value> = policies.iter().map(|policy| told(policy, false)).collect();
            json!({ "arn": arn, "session": { "policies": policies } })
        }
    }
}

/// Where the request comes from, as far as the case says so.
pub(super) fn origin(case: &Value) -> Option<Value> {
    let context = &case["checks"][0]["context"];
    let said = |key: &str| context.get(key).map(|value| told(value, false));
    // kms:ViaService names the service of the Region; a host names the services in their order.
    let via = context["kms:ViaService"].as_str().and_then(|name| name.split('.').next());
    let via = via.map(|name| json!([format!("{name}.amazonaws.com")]));
    let endpoint = case["policies"]["endpoint"].is_array().then(|| json!("vpce-1111aaaa"));
    let organization = said("aws:SourceOrgID").map(|id| json!({ "aws:SourceOrgID": id }));
    let origin = object([
        ("via", said("aws:CalledVia").or(via)),
        ("sourceIp", said("aws:SourceIp")),
        ("sourceArn", said("aws:SourceArn")),
        ("sourceAccount", said("aws:SourceAccount")),
        ("vpcEndpoint", said("aws:SourceVpce").or(endpoint)),
        ("context", organization),
    ]);
    (origin != json!({})).then_some(origin)
}

/// The request of a case.
pub(super) struct Request<'a> {
    case: &'a Value,
    checks: Vec<&'a Value>,
    /// Whether the key is the replica of one in another Region.
    pub(super) replica: bool,
}

impl<'a> Request<'a> {
    pub(super) fn of(case: &'a Value) -> Self {
        let checks: Vec<&Value> = case["checks"].as_array().expect("checks").iter().collect();
        let replica = checks[0]["context"]["kms:MultiRegionKeyType"] == "REPLICA";
        Self { case, checks, replica }
    }

    fn action(&self) -> &'a str {
        text(self.checks[0], "action")
    }

    /// A member of the first check's context.
    fn said(&self, key: &str) -> Option<Value> {
        self.checks[0]["context"].get(key).cloned()
    }

    /// The steps that make what the request is about.
    pub(super) fn keys(&self) -> Vec<Value> {
        let (spec, usage) = match self.action() {
            "kms:Sign" => ("ECC_NIST_P256", "SIGN_VERIFY"),
            "kms:GenerateMac" if self.said("kms:MacAlgorithm") == Some(json!("HMAC_SHA_384")) => {
                ("HMAC_384", "GENERATE_VERIFY_MAC")
            }
            "kms:DeriveSharedSecret" => ("ECC_NIST_P256", "KEY_AGREEMENT"),
            _ => ("", ""),
        };
        let particular = |word: &str| (!word.is_empty()).then(|| json!(word));
        let origin = (self.action() == "kms:GetParametersForImport").then(|| json!("EXTERNAL"));
        let resource_tags = tags(self.checks[0], "aws:ResourceTag/");
        let input = object([
            ("KeySpec", particular(spec)),
            ("KeyUsage", particular(usage)),
            ("Origin", origin),
            ("MultiRegion", self.said("kms:MultiRegion").map(|flag| json!(flag == "true"))),
            ("Tags", resource_tags),
        ]);
        let mut steps = self.made(input);
        steps.extend(self.enclave());
        steps.extend(self.sealed());
        let aliases = self.said("kms:ResourceAliases").unwrap_or_else(|| json!([]));
        let names = aliases.as_array().into_iter().flatten().cloned().chain(self.said("kms:RequestAlias"));
        steps.extend(names.map(|name| call("CreateAlias", json!({ "AliasName": name, "TargetKeyId": self.key() }))));
        if self.action() == "kms:DeriveSharedSecret" {
            let peer = json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT" });
            steps.push(named(call("CreateKey", peer), "peer"));
            steps.push(named(call("GetPublicKey", json!({ "KeyId": key("peer", false) })), "public"));
        }
        steps
    }

    /// The key, and where a second check is about another one, that one.
    fn made(&self, input: Value) -> Vec<Value> {
        let mut steps = if self.replica {
            let mut primary = named(call("CreateKey", input), "primary");
            primary["region"] = json!("us-east-1");
            let id = json!({ "KeyId": "${primary.KeyMetadata.KeyId}", "ReplicaRegion": REGION });
            let mut replicate = named(call("ReplicateKey", id), "key");
            replicate["region"] = json!("us-east-1");
            vec![primary, replicate]
        } else {
            vec![named(call("CreateKey", input), "key")]
        };
        if self.checks.iter().any(|check| text(check, "resource").contains("/0987dcba")) {
            steps.push(named(call("CreateKey", json!({})), "other"));
        }
        steps
    }

    /// The enclave whose document makes the attestation keys of the context.
    fn enclave(&self) -> Option<Value> {
        let context = self.checks[0]["context"].as_object()?;
        let mut attested =
            context.iter().filter_map(|(key, value)| Some((key.strip_prefix("kms:RecipientAttestation:")?, value)));
        let (name, value) = attested.next()?;
        let value = value.as_str()?.to_lowercase();
        let enclave = match (name, name.strip_prefix("NitroTPMPCR"), name.strip_prefix("PCR")) {
            ("ImageSha384", ..) => json!({ "imageSha384": value }),
            (_, Some(register), _) => json!({ "platform": "NitroTpm", "pcrs": { register: value } }),
            (_, _, Some(register)) => json!({ "pcrs": { register: value } }),
            other => panic!("no register {other:?}"),
        };
        Some(json!({ "enclave": enclave, "as": "recipient" }))
    }

    /// The ciphertext that the request decrypts.
    fn sealed(&self) -> Option<Value> {
        let decrypts = matches!(self.action(), "kms:Decrypt" | "kms:ReEncryptFrom");
        decrypts.then(|| {
            let input = object([
                ("KeyId", Some(json!(self.key()))),
                ("Plaintext", Some(json!({ "$bytes": PLAINTEXT }))),
                ("EncryptionContext", self.pairs(0)),
            ]);
            named(call("Encrypt", input), "sealed")
        })
    }

    /// The steps that put the key policies of the case.
    pub(super) fn policies(&self) -> Vec<Value> {
        let mut steps = Vec::new();
        for (part, label) in [("/1234abcd", "key"), ("/0987dcba", "other")] {
            let mut of_key = self.checks.iter().filter(|check| text(check, "resource").contains(part));
            let policy = of_key.next().map(|check| &check["key_policy"]).filter(|policy| policy.is_object());
            steps.extend(policy.map(|policy| put_policy(label, policy, self.replica)));
        }
        steps
    }

    /// The days that pass before the request.
    pub(super) fn waits(&self) -> Option<Value> {
        let days = self.said("kms:TrailingDaysWithoutKeyUsage")?;
        Some(json!({ "advance": format!("{}d", days.as_str()?) }))
    }

    /// The key as the request names it: by the ARN of an alias, where the case has one.
    fn key(&self) -> String {
        key("key", self.replica)
    }

    fn named_key(&self) -> Value {
        match self.said("kms:RequestAlias") {
            Some(alias) => json!(format!("arn:aws:kms:{REGION}:{OWNER}:{}", alias.as_str().unwrap_or_default())),
            None => json!(self.key()),
        }
    }

    /// The encryption context of a check.
    fn pairs(&self, check: usize) -> Option<Value> {
        let context = &self.case["request"]["encryption_context"];
        if context.is_object() {
            return Some(context.clone());
        }
        let context = self.checks.get(check)?["context"].as_object()?;
        let pairs =
            context.iter().filter_map(|(key, value)| Some((key.strip_prefix("kms:EncryptionContext:")?, value)));
        let pairs: Map<String, Value> = pairs.map(|(key, value)| (key.to_owned(), value.clone())).collect();
        (!pairs.is_empty()).then_some(Value::Object(pairs))
    }

    /// The operation and its input.
    pub(super) fn call(&self) -> (&'static str, Value) {
        let key = Some(self.named_key());
        let text = || Some(json!({ "$bytes": PLAINTEXT }));
        let blob = Some(json!({ "$from": "sealed.CiphertextBlob" }));
        let recipient = self.enclave().map(|_| json!({ "$from": "recipient" }));
        let pairs = ("EncryptionContext", self.pairs(0));
        match self.action() {
            "kms:CreateGrant" => ("CreateGrant", self.grant()),
            "kms:RetireGrant" => {
                let id = crate::cases::text(&self.case["request"], "grant_id");
                ("RetireGrant", object([("KeyId", key), ("GrantId", Some(json!(format!("${{{id}.GrantId}}"))))]))
            }
            "kms:CreateKey" => ("CreateKey", object([("Tags", self.new_tags())])),
            "kms:CreateAlias" => {
                ("CreateAlias", object([("AliasName", Some(json!("alias/finance"))), ("TargetKeyId", key)]))
            }
            "kms:GenerateRandom" => {
                ("GenerateRandom", object([("NumberOfBytes", Some(json!(8))), ("Recipient", recipient)]))
            }
            "kms:ListKeys" => ("ListKeys", json!({})),
            "kms:Decrypt" => {
                // The sentence for a key of another account is another one where the request names none.
                let foreign = self.case["principal"]["account"] != OWNER;
                let key = ("KeyId", key.filter(|_| foreign));
                ("Decrypt", object([key, ("CiphertextBlob", blob), pairs, ("Recipient", recipient)]))
            }
            "kms:Encrypt" => ("Encrypt", object([("KeyId", key), ("Plaintext", text()), pairs])),
            "kms:ReEncryptFrom" => ("ReEncrypt", self.re_encrypt()),
            "kms:DescribeKey" => ("DescribeKey", object([("KeyId", key)])),
            "kms:GenerateDataKey" => {
                ("GenerateDataKey", object([("KeyId", key), ("KeySpec", Some(json!("AES_256"))), pairs]))
            }
            "kms:GenerateDataKeyPair" | "kms:GenerateDataKeyPairWithoutPlaintext" => {
                let spec = self.said("kms:DataKeyPairSpec").or_else(|| Some(json!("ECC_NIST_P256")));
                let plain = self.action() == "kms:GenerateDataKeyPair";
                let operation = if plain { "GenerateDataKeyPair" } else { "GenerateDataKeyPairWithoutPlaintext" };
                (operation, object([("KeyId", key), ("KeyPairSpec", spec), pairs]))
            }
            _ => self.call_of_other_keys(key, text()),
        }
    }

    /// The operations that are not on symmetric keys, and those that manage keys.
    fn call_of_other_keys(&self, key: Option<Value>, text: Option<Value>) -> (&'static str, Value) {
        match self.action() {
            "kms:Sign" => {
                let algorithm = Some(json!("ECDSA_SHA_256"));
                ("Sign", object([("KeyId", key), ("Message", text), ("SigningAlgorithm", algorithm)]))
            }
            "kms:GenerateMac" => {
                let algorithm = self.said("kms:MacAlgorithm");
                ("GenerateMac", object([("KeyId", key), ("Message", text), ("MacAlgorithm", algorithm)]))
            }
            "kms:DeriveSharedSecret" => {
                let algorithm = Some(json!("ECDH"));
                let public = Some(json!({ "$from": "public.PublicKey" }));
                let members = [("KeyId", key), ("KeyAgreementAlgorithm", algorithm), ("PublicKey", public)];
                ("DeriveSharedSecret", object(members))
            }
            "kms:GetParametersForImport" => {
                let spec = self.said("kms:WrappingKeySpec");
                let algorithm = Some(json!("RSAES_OAEP_SHA_256"));
                let members = [("KeyId", key), ("WrappingAlgorithm", algorithm), ("WrappingKeySpec", spec)];
                ("GetParametersForImport", object(members))
            }
            "kms:ScheduleKeyDeletion" => ("ScheduleKeyDeletion", object([("KeyId", key)])),
            "kms:EnableKeyRotation" => {
                let period = self.said("kms:RotationPeriodInDays").and_then(|days| days.as_str()?.parse::<u32>().ok());
                let period = period.map(|days| json!(days));
                ("EnableKeyRotation", object([("KeyId", key), ("RotationPeriodInDays", period)]))
            }
            other => panic!("no request for {other}"),
        }
    }

    /// The tags that CreateKey would give.
    fn new_tags(&self) -> Option<Value> {
        let asked = self.checks.len() > 1;
        let given = tags(self.checks[0], "aws:RequestTag/");
        given.or_else(|| asked.then(|| json!([{ "TagKey": "Team", "TagValue": "red" }])))
    }

    fn re_encrypt(&self) -> Value {
        let destination = if self.checks.len() > 1 { key("other", false) } else { self.key() };
        object([
            ("CiphertextBlob", Some(json!({ "$from": "sealed.CiphertextBlob" }))),
            ("SourceKeyId", Some(json!(self.key()))),
            ("SourceEncryptionContext", self.pairs(0)),
            ("DestinationKeyId", Some(json!(destination))),
            ("DestinationEncryptionContext", self.pairs(1)),
        ])
    }

    /// The grant that the request would create.
    fn grant(&self) -> Value {
        let new = &self.case["request"]["new_grant"];
        let service = self.said("kms:GranteeServicePrincipal");
        let source = self.said("kms:GrantConstraintSourceArn");
        let source =
            source.or_else(|| service.as_ref().map(|_| json!("arn:aws:dynamodb:us-west-2:111122223333:table/T")));
        let kind = self.said("kms:GrantConstraintType").and_then(|kind| Some(kind.as_str()?.to_owned()));
        let pairs = self.pairs(0).unwrap_or_else(|| json!({ "dept": "it" }));
        let constraints = match (new.get("constraints"), kind, source) {
            (Some(constraints), ..) => Some(constraints.clone()),
            (None, Some(kind), _) => Some(json!({ kind: pairs })),
            (None, None, Some(source)) => Some(json!({ "SourceArn": source })),
            (None, None, None) => None,
        };
        let operations = new.get("operations").cloned().or_else(|| self.said("kms:GrantOperations"));
        let grantee = self.said("kms:GranteePrincipal").unwrap_or_else(|| json!(GRANTEE));
        object([
            ("KeyId", Some(json!(self.key()))),
            ("Operations", operations.or_else(|| Some(json!(["Decrypt"])))),
            ("GranteePrincipal", service.is_none().then_some(grantee)),
            ("RetiringServicePrincipal", service.clone()),
            ("GranteeServicePrincipal", service),
            ("RetiringPrincipal", self.said("kms:RetiringPrincipal")),
            ("Constraints", constraints),
        ])
    }
}

/// The tags of a context, as a request writes them.
fn tags(check: &Value, prefix: &str) -> Option<Value> {
    let tags = check["context"].as_object()?.iter();
    let tags = tags.filter_map(|(key, value)| Some(json!({ "TagKey": key.strip_prefix(prefix)?, "TagValue": value })));
    let tags: Vec<Value> = tags.collect();
    (!tags.is_empty()).then_some(Value::Array(tags))
}
