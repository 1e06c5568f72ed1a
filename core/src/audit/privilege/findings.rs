//! What somebody who watches over keys wants to be told of (AUD-225).

use std::collections::BTreeMap;

use super::needs::calls;
use crate::{
    access::Resource,
    audit::Record,
    caller::{Caller, CallerKind},
    names::{AccountId, Region},
    operations::Operation,
    order::set,
    policy::{Effect, Kind, PolicyRow, PrincipalEntry, Statement},
    state::State,
    time::Time,
    wire::Value,
};

/// The most records that are named to prove one thing.
const MOST: usize = 100;

/// What is expected of calls.
pub(crate) struct Expected {
    /// The Regions in which calls are usual; without any, those in which the world has keys.
    pub(crate) regions: Vec<Region>,
    /// The VPC endpoints through which keys are used; without any, from wherever.
    pub(crate) endpoints: Vec<String>,
}

/// Something to be told, and the records that prove it.
struct Finding {
    times: i64,
    first: Time,
    last: Time,
    records: Vec<Value>,
}

/// The kinds of findings, and what each of them means.
const KINDS: [(&str, &str); 8] = [
    ("key-disabled", "A key was disabled, or its deletion was scheduled."),
    ("material-deleted", "Imported key material was deleted."),
    ("public-key-policy", "A key policy allows something to everybody, under no condition."),
    ("foreign-grant", "A grant was given to another account."),
    ("unusual-region", "A call was made in a Region in which none was expected."),
    ("outside-endpoint", "A key was used, and not through one of the expected VPC endpoints."),
    ("debug-enclave", "An enclave attested to measurements of zeros: it runs in debug mode."),
    ("use-while-pending-deletion", "Somebody wanted to use a key that is to be deleted."),
];

/// The answer to `findings`.
pub(crate) fn findings(records: &[Record], expected: &Expected, state: &State) -> Value {
    let mut regions = expected.regions.clone();
    if regions.is_empty() {
        regions =
            set(state.keys.iter().flat_map(|(_, row)| row.regions.iter().map(|own| own.region))).into_iter().collect();
    }
    let mut found: BTreeMap<(usize, String), Finding> = BTreeMap::new();
    for record in calls(records) {
        for (kind, subject) in kinds(record, expected, &regions) {
            let Some(place) = KINDS.iter().position(|(name, _)| *name == kind) else { continue };
            let at = record.time();
            let finding = found.entry((place, subject)).or_insert_with(|| Finding {
                times: 0,
                first: at,
                last: at,
                records: Vec::new(),
            });
            finding.times += 1;
            (finding.first, finding.last) = (finding.first.min(at), finding.last.max(at));
            if finding.records.len() < MOST {
                finding.records.push(Value::from(record.event_id().to_string()));
            }
        }
    }
    let told = found.into_iter().filter_map(|((place, subject), finding)| {
        let (kind, sentence) = KINDS.get(place)?;
        Some(Value::from([
            ("finding", Value::from(*kind)),
            ("sentence", Value::from(*sentence)),
            ("subject", Value::from(subject)),
            ("times", Value::Int(finding.times)),
            ("first", Value::from(finding.first.to_string())),
            ("last", Value::from(finding.last.to_string())),
            ("records", Value::List(finding.records)),
        ]))
    });
    Value::from([("version", Value::Int(1)), ("findings", Value::List(told.collect()))])
}

/// What a record proves, with what that is about.
fn kinds(record: &Record, expected: &Expected, regions: &[Region]) -> Vec<(&'static str, String)> {
    let keys = record.resources().iter().filter_map(|resource| match resource.arn {
        Resource::Key(key) => Some(key),
        _ => None,
    });
    let key = keys.clone().next();
    let subject = || key.map(|key| key.to_string()).unwrap_or_default();
    let mut kinds = Vec::new();
    if let Some((_, message)) = record.error() {
        // The sentence names the key: ReEncrypt has two.
        if let Some(of) = message.and_then(|message| message.strip_suffix(" is pending deletion.")) {
            kinds.push(("use-while-pending-deletion", of.to_owned()));
        }
        return kinds;
    }
    match record.name() {
        "DisableKey" | "ScheduleKeyDeletion" => kinds.push(("key-disabled", subject())),
        "DeleteImportedKeyMaterial" => kinds.push(("material-deleted", subject())),
        // What ReplicateKey says of a policy is of the new replica, which has a record of its own: that of CreateKey.
        "PutKeyPolicy" | "CreateKey" if is_public(record) => {
            kinds.push(("public-key-policy", subject()));
        }
        "CreateGrant" => {
            let owner = key.map(|key| key.account);
            kinds.extend(foreign(record, owner).map(|to| ("foreign-grant", format!("{} to {to}", subject()))));
        }
        _ => {}
    }
    if !regions.contains(&record.region()) {
        kinds.push(("unusual-region", record.region().to_string()));
    }
    // An operation that uses a key asks for a usage.
    let is_use = Operation::find(record.name()).is_ok_and(|operation| operation.usage.is_some());
    let endpoint = record.identity().endpoint();
    let is_expected = endpoint.is_some_and(|own| expected.endpoints.iter().any(|known| **known == *own.id));
    if is_use && !expected.endpoints.is_empty() && !is_expected && record.identity().via().is_none() {
        // ReEncrypt may name one key twice.
        kinds.extend(set(keys).into_iter().map(|key| ("outside-endpoint", key.to_string())));
    }
    if is_debugged(record) {
        kinds.push(("debug-enclave", subject()));
    }
    kinds
}

/// Whether the policy of the request allows something to everybody.
fn is_public(record: &Record) -> bool {
    let policy = record.parameter("policy");
    let text = policy.as_ref().and_then(Value::as_text).unwrap_or_default();
    let Ok(policy) = PolicyRow::parse(text.to_owned(), Kind::ResourcePolicy) else { return false };
    let is_open = |statement: &Statement| {
        statement.effect() == Effect::Allow
            && statement.conditions().is_empty()
            && statement.principals().iter().any(|entry| matches!(entry, PrincipalEntry::Everyone))
    };
    policy.document().statements().iter().any(is_open)
}

/// The grantee of the request, if another account has it; a service belongs to none.
fn foreign(record: &Record, owner: Option<AccountId>) -> Option<String> {
    let grantee = record.parameter("granteePrincipal")?;
    let name = grantee.as_text()?;
    let caller = Caller::parse(name)?;
    let is_foreign = !matches!(caller.kind, CallerKind::Service(_)) && Some(caller.account) != owner;
    is_foreign.then(|| name.to_owned())
}

/// Whether the enclave of the request measured nothing: in debug mode, its registers are zeros.
fn is_debugged(record: &Record) -> bool {
    let Some(additional) = record.additional() else { return false };
    let digest = additional.member("recipient").and_then(|of| of.member("attestationDocumentEnclaveImageDigest"));
    digest.and_then(Value::as_text).is_some_and(|digest| !digest.is_empty() && digest.bytes().all(|byte| byte == b'0'))
}
