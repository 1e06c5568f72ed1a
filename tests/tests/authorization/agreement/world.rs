//! A scene in a world: what the core decides.

use std::sync::OnceLock;

use pocket_kms::{CryptoProvider, Options, Time, Value, World, arguments, wire};
use serde_json::json;

use super::{
    requests::{Ask, CONTEXTS, Origin, Request, SOURCES, Who},
    scene::Scene,
    words::{CONSTRAINTS, GRANTEES, OPERATIONS},
};

pub(super) const NOW: Time = Time::from_millis(1_767_225_600_000);
const OWNER: &str = "111122223333";
const REGION: &str = "us-west-2";

/// The keys of all scenes, which are made once.
pub(super) struct Base {
    world: World,
    pub(super) key: String,
    pub(super) other: String,
    /// A ciphertext for each encryption context.
    sealed: Vec<serde_json::Value>,
}

pub(super) fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        let options = Options { seed: Some(b"agreement".to_vec().into()), now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let tags = json!([{ "TagKey": "Project", "TagValue": "alpha" }]);
        let keys = [json!({ "Tags": tags }), json!({})].map(|input| {
            let made = asked(&world, "CreateKey", &input).expect("a key");
            made["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned()
        });
        let [key, other] = keys;
        asked(&world, "CreateAlias", &json!({ "AliasName": "alias/app", "TargetKeyId": key })).expect("an alias");
        let sealed = CONTEXTS.iter().map(|context| {
            let input = json!({ "KeyId": key, "Plaintext": "eA==", "EncryptionContext": pairs(context) });
            asked(&world, "Encrypt", &input).expect("a ciphertext")["CiphertextBlob"].clone()
        });
        let sealed = sealed.collect();
        Base { world, key, other, sealed }
    })
}

/// Asks as the root user of the owner.
fn asked(world: &World, operation: &str, input: &serde_json::Value) -> Result<serde_json::Value, String> {
    let reply = world.call(operation, value(input), Some(REGION), Some(OWNER), NOW).reply;
    let reply = reply.map_err(|error| format!("{operation} {input}: {error}"))?;
    Ok(serde_json::from_slice(&wire::to_json(&reply)).unwrap_or_default())
}

fn json_of(value: &Value) -> serde_json::Value {
    serde_json::from_slice(&wire::to_json(value)).expect("a value is JSON")
}

fn value(json: &serde_json::Value) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

pub(super) fn pairs(context: &[(&str, &str)]) -> serde_json::Value {
    context.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
}

/// A scene in a world.
pub(super) struct Told<'a> {
    scene: &'a Scene,
    world: World,
    grants: Vec<String>,
}

impl<'a> Told<'a> {
    /// Puts a scene into a world, which must accept all of it.
    pub(super) fn of(scene: &'a Scene) -> Result<Self, String> {
        let world = base().world.fork([0; 32]);
        register(&world, &directory(scene))?;
        let grants = scene.grants.iter().map(|grant| {
            let mut input = granted(grant.grantee, grant.operations, grant.constraint);
            if let Some(retiring) = grant.retiring.filter(|_| GRANTEES[grant.grantee].starts_with("arn:")) {
                input["RetiringPrincipal"] = json!(GRANTEES[retiring]);
            }
            Ok(asked(&world, "CreateGrant", &input)?["GrantId"].as_str().unwrap_or_default().to_owned())
        });
        let grants = grants.collect::<Result<_, String>>()?;
        for (key, policy) in [(&base().key, &scene.key_policy), (&base().other, &scene.other_policy)] {
            let input = json!({ "KeyId": key, "Policy": policy.to_string(), "BypassPolicyLockoutSafetyCheck": true });
            asked(&world, "PutKeyPolicy", &input)?;
        }
        register(&world, &organization(scene))?;
        Ok(Self { scene, world, grants })
    }

    /// The sentence by which a request is denied; nothing when it is let through.
    pub(super) fn answer(&self, request: &Request) -> Option<String> {
        let (operation, input) = self.call(request);
        let sender = arguments::sender(&self.caller(request.who), &origin(&request.origin)).expect("a sender");
        let changes = !matches!(request.ask, Ask::Encrypt | Ask::Decrypt | Ask::GenerateDataKey | Ask::DescribeKey);
        let world = changes.then(|| self.world.fork([0; 32]));
        let reply =
            world.as_ref().unwrap_or(&self.world).call_from(operation, value(&input), Some(REGION), &sender, NOW);
        match reply.reply {
            Err(error) if error.exception.name() == "AccessDeniedException" => Some(error.message.unwrap_or_default()),
            Err(error) if !reply.trail.authorized => Some(format!("not decided: {error}")),
            _ => None,
        }
    }

    /// How each check of a request is decided.
    pub(super) fn decisions(&self, request: &Request) -> Vec<serde_json::Value> {
        if self.grants.is_empty() && matches!(request.ask, Ask::RetireGrant(_) | Ask::RevokeGrant(_)) {
            return Vec::new();
        }
        let (operation, input) = self.call(request);
        let sender = arguments::sender(&self.caller(request.who), &origin(&request.origin)).expect("a sender");
        let explained = self.world.explain_from(operation, value(&input), Some(REGION), &sender, NOW);
        explained.decisions.iter().map(|decision| json_of(&decision.to_value())).collect()
    }

    /// How each check of the same request of somebody else is decided, with more that is said of where it comes from.
    pub(super) fn decisions_of(&self, request: &Request, caller: &str, more: &str) -> Vec<serde_json::Value> {
        if self.grants.is_empty() && matches!(request.ask, Ask::RetireGrant(_) | Ask::RevokeGrant(_)) {
            return Vec::new();
        }
        let (operation, mut input) = self.call(request);
        if operation == "Decrypt" {
            input["KeyId"] = json!(base().key);
        }
        let mut said = json_of(&origin(&request.origin));
        let more: serde_json::Value = serde_json::from_str(more).expect("JSON");
        said.as_object_mut().expect("members").extend(more.as_object().expect("members").clone());
        let sender = arguments::sender(&Value::from(caller), &value(&said)).expect("a sender");
        let explained = self.world.explain_from(operation, value(&input), Some(REGION), &sender, NOW);
        explained.decisions.iter().map(|decision| json_of(&decision.to_value())).collect()
    }

    /// How each check of a witness is decided, when it is made as a call.
    pub(super) fn witnessed(&self, witness: &serde_json::Value) -> Vec<serde_json::Value> {
        let base = base();
        let (mut input, mut operation) = (witness["input"].clone(), witness["action"].as_str().unwrap_or_default());
        operation = operation.strip_prefix("kms:").unwrap_or(operation);
        // What a call needs and the witness leaves open.
        let mut with = |member: &str, value: serde_json::Value| {
            if input[member].is_null() {
                input[member] = value;
            }
        };
        match operation {
            "Encrypt" => with("Plaintext", json!("eA==")),
            "Decrypt" => with("CiphertextBlob", base.sealed[0].clone()),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => with("KeySpec", json!("AES_256")),
            "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => {
                with("KeyPairSpec", json!("ECC_NIST_P256"));
            }
            "ReEncryptFrom" => {
                with("CiphertextBlob", base.sealed[0].clone());
                with("DestinationKeyId", json!(base.other));
                operation = "ReEncrypt";
            }
            "ReEncryptTo" => {
                with("CiphertextBlob", base.sealed[0].clone());
                with("SourceKeyId", json!(base.other));
                operation = "ReEncrypt";
            }
            // Whether there is such a grant is asked of those who may revoke it.
            "RevokeGrant" => with("GrantId", json!(self.grants.first().map_or("0".repeat(64), String::clone))),
            _ => {}
        }
        let sender = arguments::sender(&value(&witness["caller"]), &value(&witness["origin"])).expect("a sender");
        let now = witness["now"].as_str().map_or(NOW, |text| arguments::moment(text).expect("an instant"));
        let world = self.world.fork([0; 32]);
        world.set_time(now, NOW);
        let explained = world.explain_from(operation, value(&input), Some(REGION), &sender, now);
        explained.decisions.iter().map(|decision| json_of(&decision.to_value())).collect()
    }

    /// Who can do something with the key.
    pub(super) fn who_can(&self, action: &str) -> serde_json::Value {
        self.ask(&json!({ "question": "who_can", "action": action, "key": base().key }))
    }

    /// The answer to a question.
    pub(super) fn ask(&self, question: &serde_json::Value) -> serde_json::Value {
        json_of(&self.world.ask(&value(question), NOW).unwrap_or_else(|error| panic!("{question}: {error}")))
    }

    fn caller(&self, who: Who) -> Value {
        match who {
            Who::Session => value(&json!({ "arn": who.arn(), "session": { "policies": self.scene.session } })),
            _ => Value::from(who.arn()),
        }
    }

    fn call(&self, request: &Request) -> (&'static str, serde_json::Value) {
        let base = base();
        let key = if request.by_alias { format!("arn:aws:kms:{REGION}:{OWNER}:alias/app") } else { base.key.clone() };
        let context = pairs(CONTEXTS[request.context]);
        let grant = |at: usize| self.grants[at % self.grants.len()].clone();
        let on_key = json!({ "KeyId": base.key });
        let with = |member: &str, value: serde_json::Value| {
            let mut input = on_key.clone();
            input[member] = value;
            input
        };
        match &request.ask {
            Ask::Encrypt => ("Encrypt", json!({ "KeyId": key, "Plaintext": "eA==", "EncryptionContext": context })),
            Ask::Decrypt => {
                let sealed = &base.sealed[request.context];
                let mut input = json!({ "CiphertextBlob": sealed, "EncryptionContext": context });
                if request.by_alias || !is_local(request.who) {
                    input["KeyId"] = json!(key);
                }
                ("Decrypt", input)
            }
            Ask::GenerateDataKey => {
                ("GenerateDataKey", json!({ "KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context }))
            }
            Ask::DescribeKey => ("DescribeKey", json!({ "KeyId": key })),
            Ask::ReEncrypt { same } => {
                let to = if *same { &base.key } else { &base.other };
                (
                    "ReEncrypt",
                    json!({
                        "CiphertextBlob": base.sealed[request.context], "SourceKeyId": key, "SourceEncryptionContext": context,
                        "DestinationKeyId": to, "DestinationEncryptionContext": context,
                    }),
                )
            }
            Ask::ListGrants => ("ListGrants", on_key),
            Ask::CreateGrant { grantee, operations, constraint } => {
                ("CreateGrant", granted(*grantee, *operations, *constraint))
            }
            Ask::RetireGrant(at) => ("RetireGrant", with("GrantId", json!(grant(*at)))),
            Ask::RevokeGrant(at) => ("RevokeGrant", with("GrantId", json!(grant(*at)))),
            Ask::ListKeys => ("ListKeys", json!({})),
            Ask::CreateKey { tagged: false } => ("CreateKey", json!({})),
            Ask::CreateKey { tagged: true } => {
                ("CreateKey", json!({ "Tags": [{ "TagKey": "team", "TagValue": "blue" }] }))
            }
            Ask::CreateAlias => ("CreateAlias", json!({ "AliasName": "alias/new", "TargetKeyId": base.key })),
            Ask::TagResource { team } => ("TagResource", with("Tags", json!([{ "TagKey": "team", "TagValue": team }]))),
            Ask::UntagResource => ("UntagResource", with("TagKeys", json!(["team", "project"]))),
            Ask::ScheduleKeyDeletion { days } => match days {
                Some(days) => ("ScheduleKeyDeletion", with("PendingWindowInDays", json!(days))),
                None => ("ScheduleKeyDeletion", on_key),
            },
            Ask::DisableKey => ("DisableKey", on_key),
            Ask::GetKeyPolicy => ("GetKeyPolicy", on_key),
            Ask::GenerateRandom => ("GenerateRandom", json!({ "NumberOfBytes": 4 })),
        }
    }
}

fn is_local(who: Who) -> bool {
    who.account() == OWNER
}

fn register(world: &World, directory: &serde_json::Value) -> Result<(), String> {
    world.register(&value(directory), NOW).map_err(|error| format!("{directory}: {error}"))
}

/// A grant as CreateGrant takes it.
fn granted(grantee: usize, operations: u8, constraint: usize) -> serde_json::Value {
    let named = OPERATIONS.iter().enumerate().filter(|(at, _)| operations & (1 << at) != 0);
    let named: Vec<&str> = named.map(|(_, name)| *name).collect();
    let mut input = json!({ "KeyId": base().key, "Operations": named });
    let (kind, context) = CONSTRAINTS[constraint];
    if !kind.is_empty() {
        input["Constraints"][kind] = pairs(context);
    }
    let grantee = GRANTEES[grantee];
    if grantee.starts_with("arn:") {
        input["GranteePrincipal"] = json!(grantee);
    } else {
        input["GranteeServicePrincipal"] = json!(grantee);
        input["RetiringServicePrincipal"] = json!(grantee);
        input["Constraints"]["SourceArn"] = json!(SOURCES[0]);
    }
    input
}

/// Who is there.
fn directory(scene: &Scene) -> serde_json::Value {
    let boundary = |name: &str, document: &Option<serde_json::Value>| {
        document.as_ref().map(|_| json!(format!("arn:aws:iam::{OWNER}:policy/{name}")))
    };
    let mut policies = json!({});
    for (name, document) in [("Alice", &scene.alice_boundary), ("App", &scene.role_boundary)] {
        if let Some(document) = document {
            policies[format!("arn:aws:iam::{OWNER}:policy/{name}")] = document.clone();
        }
    }
    let group: Vec<_> = scene.group.iter().collect();
    json!({
        "policies": policies,
        "principals": {
            "arn:aws:iam::111122223333:group/dev": { "policies": group },
            Who::Alice.arn(): { "policies": scene.alice, "groups": ["dev"], "tags": { "Team": "blue" },
                "permissionsBoundary": boundary("Alice", &scene.alice_boundary) },
            "arn:aws:iam::111122223333:role/app/App": { "policies": scene.role, "tags": { "team": "red" },
                "permissionsBoundary": boundary("App", &scene.role_boundary) },
            "arn:aws:iam::111122223333:user/carol": { "policies": scene.carol },
            "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling":
                { "serviceLinked": true },
            Who::Bob.arn(): { "policies": scene.bob },
        },
    })
}

/// What frames the scene.
fn organization(scene: &Scene) -> serde_json::Value {
    let mut directory = json!({});
    if let Some(organization) = &scene.organization {
        let level = |at: usize| {
            json!({
                "serviceControlPolicies": organization.service_control[at],
                "resourceControlPolicies": organization.resource_control[at],
            })
        };
        let (mut root, mut unit) = (level(0), level(1));
        unit["accounts"] = json!({ OWNER: level(2) });
        root["managementAccount"] = json!("999988887777");
        root["units"] = json!({ "ou-ab12-11111111": unit });
        directory["organizations"] = json!({ "o-exampleorg1": root });
    }
    if let Some(document) = &scene.endpoint {
        directory["vpcEndpoints"] = json!({ "vpce-1111aaaa": { "policy": document } });
    }
    directory
}

fn origin(origin: &Origin) -> Value {
    let mut said = json!({ "secureTransport": !origin.insecure });
    if let Some(service) = origin.via {
        said["via"] = json!([service]);
    }
    if let Some(address) = origin.ip {
        said["sourceIp"] = json!(address);
    }
    if origin.endpoint {
        said["vpcEndpoint"] = json!("vpce-1111aaaa");
    }
    if origin.mfa {
        said["mfa"] = json!(true);
    }
    if let Some(source) = origin.source {
        said["sourceArn"] = json!(source);
    }
    value(&said)
}
