//! Random sequences of calls on few keys and aliases, so that they meet.

use pocket_kms::{
    Call, Caller, Kms, Outcome, Region, Span, Step, Time, Value,
    state::{Change, Mark, Registration},
    wire,
};
use proptest::prelude::*;

/// What kind of key to make; each is made in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Symmetric,
    Mac,
    Signing,
    WithoutMaterial,
}

/// One thing that happens. Keys, aliases and ciphertexts are meant by numbers, modulo how many there are.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Create(Kind),
    Describe(usize),
    Enable(usize),
    Disable(usize),
    Schedule {
        key: usize,
        days: i64,
    },
    Cancel(usize),
    Name {
        alias: u8,
        key: usize,
    },
    Rename {
        alias: u8,
        key: usize,
    },
    Unname(u8),
    Tag(usize),
    Encrypt(usize),
    EncryptBy(u8),
    Decrypt(usize),
    /// Twice alike is once.
    Grant {
        key: usize,
        name: u8,
    },
    Retire(usize),
    Wait(i64),
    /// Registers or removes something; see [`forms`].
    Register(usize),
    /// Puts a policy that names a user.
    PutPolicy {
        key: usize,
        user: usize,
    },
}

/// The users who come and go.
const USERS: [&str; 2] = ["arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:user/team/Bob"];

/// What is registered and removed, as JSON. Some of it is refused at times: what is attached cannot go.
fn forms() -> Vec<String> {
    let user = |arn: &str, entry: &str| format!(r#"{{"principals": {{"{arn}": {entry}}}}}"#);
    let allow = r#"{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}"#;
    let mut forms: Vec<String> = USERS.iter().flat_map(|arn| [user(arn, "null"), user(arn, "{}")]).collect();
    let more = [
        user(USERS[0], &format!(r#"{{"policies": [{allow}], "managedPolicies": ["arn:aws:iam::111122223333:policy/p"]}}"#)),
        user("arn:aws:iam::111122223333:group/dev", "{}"),
        user("arn:aws:iam::111122223333:group/dev", "null"),
        user(USERS[1], r#"{"groups": ["dev"], "permissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess"}"#),
        format!(r#"{{"policies": {{"arn:aws:iam::111122223333:policy/p": {allow}}}}}"#),
        r#"{"policies": {"arn:aws:iam::111122223333:policy/p": null}}"#.to_owned(),
        r#"{"organizations": {"o-exampleorgid": {"managementAccount": "999988887777", "accounts": ["111122223333"]}}}"#
            .to_owned(),
        r#"{"organizations": {"o-exampleorgid": null}}"#.to_owned(),
        r#"{"vpcEndpoints": {"vpce-0123456789abcdef0": {"owner": "111122223333"}}}"#.to_owned(),
        r#"{"accessKeys": {"AKIAIOSFODNN7EXAMPLE": {"principal": "arn:aws:iam::111122223333:user/ann", "secret": "s"}}}"#
            .to_owned(),
    ];
    forms.extend(more);
    forms
}

/// A policy that names a user, and leaves the key to its account.
fn naming(user: &str) -> Value {
    let statement = |principal: &str| {
        format!(r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "kms:*", "Resource": "*"}}"#)
    };
    Value::from(format!(r#"{{"Statement": [{}, {}]}}"#, statement("111122223333"), statement(user)))
}

pub(crate) fn acts() -> impl Strategy<Value = Vec<Act>> {
    let kind = prop_oneof![
        4 => Just(Kind::Symmetric),
        1 => Just(Kind::Mac),
        1 => Just(Kind::Signing),
        1 => Just(Kind::WithoutMaterial)
    ];
    let (key, alias, days) = (0_usize..6, 0_u8..3, 1_i64..35);
    let grant = (key.clone(), alias.clone());
    let act = prop_oneof![
        2 => kind.prop_map(Act::Create),
        1 => key.clone().prop_map(Act::Describe),
        1 => key.clone().prop_map(Act::Enable),
        1 => key.clone().prop_map(Act::Disable),
        1 => (key.clone(), days).prop_map(|(key, days)| Act::Schedule { key, days }),
        1 => key.clone().prop_map(Act::Cancel),
        1 => (alias.clone(), key.clone()).prop_map(|(alias, key)| Act::Name { alias, key }),
        1 => (alias.clone(), key.clone()).prop_map(|(alias, key)| Act::Rename { alias, key }),
        1 => alias.clone().prop_map(Act::Unname),
        1 => key.clone().prop_map(Act::Tag),
        2 => key.prop_map(Act::Encrypt),
        2 => alias.prop_map(Act::EncryptBy),
        2 => (0_usize..8).prop_map(Act::Decrypt),
        2 => grant.prop_map(|(key, name)| Act::Grant { key, name }),
        1 => (0_usize..6).prop_map(Act::Retire),
        1 => (0_i64..20).prop_map(Act::Wait),
        2 => (0_usize..forms().len()).prop_map(Act::Register),
        1 => (0_usize..6, 0_usize..USERS.len()).prop_map(|(key, user)| Act::PutPolicy { key, user }),
    ];
    prop::collection::vec(act, 1..60)
}

/// A world in which acts are acted.
pub(crate) struct Scenario {
    pub(crate) kms: Kms,
    pub(crate) keys: Vec<String>,
    pub(crate) ciphertexts: Vec<Vec<u8>>,
    pub(crate) grant_tokens: Vec<String>,
    pub(crate) now: Time,
    /// Every change so far.
    pub(crate) journal: Vec<Change>,
    /// Every mark so far.
    pub(crate) marks: Vec<Mark>,
    acted: u64,
}

impl Scenario {
    pub(crate) fn new() -> Self {
        Self {
            kms: Kms::default(),
            keys: Vec::new(),
            ciphertexts: Vec::new(),
            grant_tokens: Vec::new(),
            now: Time::from_millis(1_800_000_000_000),
            journal: Vec::new(),
            marks: Vec::new(),
            acted: 0,
        }
    }

    /// The call of an act; `None` for waiting, and for what has no object yet.
    pub(crate) fn call_of(&self, act: &Act) -> Option<Call> {
        let text = |text: &str| Value::from(text);
        let pick = |number: usize| Some(text(self.keys.get(number % self.keys.len().max(1))?));
        let alias = |number: u8| Value::from(format!("alias/a{number}"));
        let plaintext = || Value::Blob(b"plaintext".to_vec());
        let (operation, input) = match act {
            Act::Create(kind) => ("CreateKey", shape(*kind)),
            Act::Describe(key) => ("DescribeKey", Value::from([("KeyId", pick(*key)?)])),
            Act::Enable(key) => ("EnableKey", Value::from([("KeyId", pick(*key)?)])),
            Act::Disable(key) => ("DisableKey", Value::from([("KeyId", pick(*key)?)])),
            Act::Schedule { key, days } => (
                "ScheduleKeyDeletion",
                Value::from([("KeyId", pick(*key)?), ("PendingWindowInDays", Value::Int(*days))]),
            ),
            Act::Cancel(key) => ("CancelKeyDeletion", Value::from([("KeyId", pick(*key)?)])),
            Act::Name { alias: name, key } => {
                ("CreateAlias", Value::from([("AliasName", alias(*name)), ("TargetKeyId", pick(*key)?)]))
            }
            Act::Rename { alias: name, key } => {
                ("UpdateAlias", Value::from([("AliasName", alias(*name)), ("TargetKeyId", pick(*key)?)]))
            }
            Act::Unname(name) => ("DeleteAlias", Value::from([("AliasName", alias(*name))])),
            Act::Tag(key) => {
                let tag = Value::from([("TagKey", text("a")), ("TagValue", text("b"))]);
                ("TagResource", Value::from([("KeyId", pick(*key)?), ("Tags", Value::List(vec![tag]))]))
            }
            Act::Encrypt(key) => ("Encrypt", Value::from([("KeyId", pick(*key)?), ("Plaintext", plaintext())])),
            Act::EncryptBy(name) => ("Encrypt", Value::from([("KeyId", alias(*name)), ("Plaintext", plaintext())])),
            Act::Decrypt(number) => {
                let blob = self.ciphertexts.get(number % self.ciphertexts.len().max(1))?;
                ("Decrypt", Value::from([("CiphertextBlob", Value::Blob(blob.clone()))]))
            }
            Act::Grant { key, name } => {
                let operations = Value::List(vec![text("DescribeKey"), text("RetireGrant")]);
                let grantee = ("GranteePrincipal", text("arn:aws:iam::444455556666:user/Bob"));
                let named = ("Name", Value::from(format!("grant-{name}")));
                ("CreateGrant", Value::from([("KeyId", pick(*key)?), grantee, ("Operations", operations), named]))
            }
            Act::Retire(number) => {
                let token = self.grant_tokens.get(number % self.grant_tokens.len().max(1))?;
                ("RetireGrant", Value::from([("GrantToken", text(token))]))
            }
            Act::PutPolicy { key, user } => {
                ("PutKeyPolicy", Value::from([("KeyId", pick(*key)?), ("Policy", naming(USERS[*user]))]))
            }
            Act::Wait(_) | Act::Register(_) => return None,
        };
        Some(self.call(operation, input))
    }

    /// A call of the default account at this moment.
    pub(crate) fn call(&self, operation: &str, input: Value) -> Call {
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&self.acted.to_le_bytes());
        let region = Region::parse("us-east-1").expect("a Region");
        let caller = Caller::parse("111122223333").expect("an account");
        Call::new(operation, input, caller, region, self.now, entropy)
    }

    /// Acts, and remembers what the reply brought.
    pub(crate) fn act(&mut self, act: &Act) -> Option<Outcome> {
        if let Act::Wait(days) = act {
            self.now = self.now.after(Span::from_days(*days));
        }
        let due = self.kms.due(self.now);
        self.kms.replay(&due);
        self.journal.extend(due);
        if let Act::Register(form) = act {
            self.register(&forms()[*form]);
        }
        let call = self.call_of(act)?;
        self.acted += 1;
        let outcome = decide(&self.kms, &call);
        self.kms.apply(outcome.basis, &outcome.changes).expect("nobody has changed the state since");
        self.kms.mark(&outcome.marks);
        self.journal.extend(outcome.changes.iter().cloned());
        self.marks.extend(outcome.marks.iter().copied());
        if let Ok(reply) = &outcome.reply {
            self.remember(act, reply);
        }
        Some(outcome)
    }

    /// Registers all of a form, or nothing.
    fn register(&mut self, form: &str) {
        let form = wire::from_json(form.as_bytes()).expect(form);
        let registration = Registration::read(&form).expect("a form");
        let revision = self.kms.state().revision();
        match self.kms.register(registration, self.now) {
            Ok(changes) => self.journal.extend(changes),
            Err(error) => assert_eq!(self.kms.state().revision(), revision, "{error}"),
        }
    }

    fn remember(&mut self, act: &Act, reply: &Value) {
        match act {
            Act::Create(_) => {
                let id = reply.member("KeyMetadata").and_then(|data| data.member("KeyId")).and_then(Value::as_text);
                self.keys.push(id.expect("a key id").to_owned());
            }
            Act::Encrypt(_) | Act::EncryptBy(_) => {
                let blob = reply.member("CiphertextBlob").and_then(Value::as_bytes);
                self.ciphertexts.push(blob.expect("a ciphertext").to_vec());
            }
            Act::Grant { .. } => {
                let token = reply.member("GrantToken").and_then(Value::as_text);
                self.grant_tokens.push(token.expect("a token").to_owned());
            }
            _ => {}
        }
    }
}

fn shape(kind: Kind) -> Value {
    let pair =
        |spec: &str, usage: &str| Value::from([("KeySpec", Value::from(spec)), ("KeyUsage", Value::from(usage))]);
    match kind {
        Kind::Symmetric => Value::Map(Vec::new()),
        Kind::Mac => pair("HMAC_256", "GENERATE_VERIFY_MAC"),
        Kind::Signing => pair("ECC_NIST_P256", "SIGN_VERIFY"),
        Kind::WithoutMaterial => Value::from([("Origin", Value::from("EXTERNAL"))]),
    }
}

/// Decides a call of a host that is never asked.
pub(crate) fn decide(kms: &Kms, call: &Call) -> Outcome {
    match kms.decide(call) {
        Step::Done(outcome) => *outcome,
        Step::Ask(question) => panic!("a host that is never asked was asked {question:?}"),
    }
}
