//! Conditions by which a statement allows no more than what was seen (AUD-219).

use std::collections::{BTreeMap, BTreeSet};

use super::needs::Need;
use crate::{
    access::{Action, Resource},
    error::Error,
    order::set,
    policy,
    state::FormValue,
    wire::{Members, Value},
};

/// Which conditions a policy is to have.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each kind is asked for by itself")]
pub(crate) struct Conditions {
    context: bool,
    context_keys: bool,
    via: bool,
    attestation: bool,
    caller_account: bool,
    grant_is_for_resource: bool,
}

/// The kinds of conditions, as a question names them.
const KINDS: [&str; 6] =
    ["context", "context_keys", "via", "attestation", "caller_account", "grant_is_for_aws_resource"];

impl Conditions {
    /// None at all.
    pub(super) const NONE: Self = Self {
        context: false,
        context_keys: false,
        via: false,
        attestation: false,
        caller_account: false,
        grant_is_for_resource: false,
    };

    /// Those that say something which the rest of a policy does not say.
    const USUAL: Self = Self { context: true, context_keys: true, via: true, attestation: true, ..Self::NONE };

    /// Reads `true` (those that are usual), `false` (none), or the list of those that are wanted.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours.
    pub(crate) fn read(said: &FormValue<'_>) -> Result<Self, Error> {
        let what = format!("true, false, or a list of kinds of conditions: {}", KINDS.join(", "));
        let named = match said.value {
            Value::Null | Value::Bool(true) => return Ok(Self::USUAL),
            Value::Bool(false) => return Ok(Self::NONE),
            Value::List(named) => named,
            _ => return Err(said.must_be(&what)),
        };
        let known = |value: &Value| value.as_text().is_some_and(|text| KINDS.contains(&text));
        if !named.iter().all(known) {
            return Err(said.must_be(&what));
        }
        let has = |kind: &str| named.iter().any(|value| value.as_text() == Some(kind));
        Ok(Self {
            context: has("context"),
            context_keys: has("context_keys"),
            via: has("via"),
            attestation: has("attestation"),
            caller_account: has("caller_account"),
            grant_is_for_resource: has("grant_is_for_aws_resource"),
        })
    }

    /// The `Condition` of a statement that allows what was needed; `None` where there is nothing to say.
    pub(super) fn of(self, action: Action, need: &Need, account: Option<&str>) -> Option<Value> {
        let mut block = Block::default();
        let is_on_key = matches!(need.resource, Resource::Key(_));
        if let Some(services) = all(&need.via).filter(|_| self.via && (is_on_key || action == Action::CreateKey)) {
            let for_grants = matches!(action, Action::CreateGrant | Action::ListGrants | Action::RevokeGrant);
            if self.grant_is_for_resource && for_grants {
                block.put("Bool", "kms:GrantIsForAWSResource".to_owned(), Value::from("true"));
            }
            block.put("StringEquals", "kms:ViaService".to_owned(), texts(services));
        }
        if let Some(images) = all(&need.images).filter(|_| self.attestation) {
            let key = "kms:RecipientAttestation:ImageSha384".to_owned();
            block.put("StringEqualsIgnoreCase", key, texts(images));
        }
        if let Some(account) = account.filter(|_| self.caller_account && is_on_key) {
            block.put("StringEquals", "kms:CallerAccount".to_owned(), Value::from(account));
        }
        self.contexts(need, &mut block);
        block.finish()
    }

    /// The pairs that never changed, and the names beside which there were no others.
    fn contexts(self, need: &Need, block: &mut Block) {
        let Some(names) = need.contexts.few_names() else { return };
        // Names of condition keys differ in more than case: of two pairs whose names do not, a condition sees one.
        let folded = set(names.iter().map(|name| policy::folded(name)));
        let constant = need.contexts.constant.iter().filter(|_| self.context && folded.len() == names.len());
        let constant: Vec<(&String, &String)> = constant.collect();
        for (name, value) in &constant {
            block.put("StringEquals", ["kms:EncryptionContext:", name].concat(), Value::from(literal(value)));
        }
        if self.context_keys {
            let key = "kms:EncryptionContextKeys".to_owned();
            block.put("ForAllValues:StringEquals", key.clone(), texts(names.iter().map(|name| literal(name))));
            if constant.is_empty() {
                // Of no name at all, all values are among those.
                block.put("Null", key, Value::from("false"));
            }
        }
    }
}

/// The values, if every use had one, and none had more than a few.
fn all(values: &BTreeSet<Option<String>>) -> Option<impl Iterator<Item = String>> {
    const MOST: usize = 20;
    let has_all = !values.contains(&None) && !values.is_empty() && values.len() <= MOST;
    has_all.then(|| values.iter().flatten().cloned())
}

/// A text in which nothing stands for something else: `${` begins a policy variable.
fn literal(text: &str) -> String {
    text.replace("${", "${$}{")
}

/// One text, or a list of several.
fn texts(texts: impl Iterator<Item = String>) -> Value {
    let mut texts: Vec<Value> = texts.map(Value::from).collect();
    match (texts.pop(), texts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => Value::List(texts.into_iter().chain(last).collect()),
    }
}

/// A condition block: values by operators and keys.
#[derive(Default)]
struct Block(BTreeMap<&'static str, BTreeMap<String, Value>>);

impl Block {
    fn put(&mut self, operator: &'static str, key: String, values: Value) {
        self.0.entry(operator).or_default().insert(key, values);
    }

    fn finish(self) -> Option<Value> {
        let operators = self.0.into_iter().map(|(operator, keys)| {
            let keys: Members = keys.into_iter().map(|(key, values)| (key.into(), values)).collect();
            (operator, Value::Map(keys))
        });
        let block: Vec<(&'static str, Value)> = operators.collect();
        (!block.is_empty()).then(|| block.into_iter().collect())
    }
}
