//! Random calls against a model of KMS that fits on a page.

use std::collections::BTreeMap;

use pocket_kms::{Outcome, Value};
use proptest::prelude::*;

use crate::{
    acts::{Act, Kind, Scenario, acts},
    for_all,
};

const NOT_FOUND: &str = "NotFoundException";
const INVALID_STATE: &str = "KMSInvalidStateException";

struct Key {
    kind: Kind,
    enabled: bool,
    /// The day of its deletion.
    due: Option<i64>,
    gone: bool,
}

struct Grant {
    key: usize,
    name: u8,
    retired: bool,
}

/// What the model knows.
#[derive(Default)]
struct Model {
    keys: Vec<Key>,
    aliases: BTreeMap<u8, usize>,
    /// The key of each ciphertext.
    sealed: Vec<usize>,
    grants: Vec<Grant>,
    /// The grant of each token.
    tokens: Vec<usize>,
    today: i64,
}

impl Key {
    fn state(&self) -> &'static str {
        match self {
            Self { due: Some(_), .. } => "PendingDeletion",
            Self { kind: Kind::WithoutMaterial, .. } => "PendingImport",
            Self { enabled: true, .. } => "Enabled",
            _ => "Disabled",
        }
    }
}

impl Model {
    fn key(&self, number: usize) -> Result<usize, &'static str> {
        let number = number % self.keys.len().max(1);
        if self.keys[number].gone { Err(NOT_FOUND) } else { Ok(number) }
    }

    fn edited(&self, number: usize) -> Result<usize, &'static str> {
        let number = self.key(number)?;
        if self.keys[number].due.is_some() { Err(INVALID_STATE) } else { Ok(number) }
    }

    fn switched(&self, number: usize) -> Result<usize, &'static str> {
        let number = self.edited(number)?;
        if self.keys[number].kind == Kind::WithoutMaterial { Err(INVALID_STATE) } else { Ok(number) }
    }

    fn used(&self, number: usize) -> Result<usize, &'static str> {
        let number = self.key(number)?;
        // The usage is asked before the state (LIF-281).
        if !matches!(self.keys[number].kind, Kind::Symmetric | Kind::WithoutMaterial) {
            return Err("InvalidKeyUsageException");
        }
        let number = self.switched(number)?;
        if self.keys[number].enabled { Ok(number) } else { Err("DisabledException") }
    }

    /// Acts, and says what KMS must answer: nothing in particular, or an exception.
    fn act(&mut self, act: &Act) -> Result<(), &'static str> {
        match act {
            Act::Create(kind) => self.keys.push(Key { kind: *kind, enabled: true, due: None, gone: false }),
            Act::Describe(key) => drop(self.key(*key)?),
            Act::Enable(key) => self.switched(*key).map(|key| self.keys[key].enabled = true)?,
            Act::Disable(key) => self.switched(*key).map(|key| self.keys[key].enabled = false)?,
            Act::Schedule { key, days } => {
                let key = self.edited(*key)?;
                if !(7..=30).contains(days) {
                    return Err("ValidationException");
                }
                self.keys[key].due = Some(self.today + days);
            }
            Act::Cancel(key) => {
                let key = self.key(*key)?;
                self.keys[key].due.take().ok_or(INVALID_STATE)?;
                self.keys[key].enabled = false;
            }
            Act::Name { alias, key } => {
                let key = self.edited(*key)?;
                if self.aliases.contains_key(alias) {
                    return Err("AlreadyExistsException");
                }
                self.aliases.insert(*alias, key);
            }
            Act::Rename { alias, key } => self.rename(*alias, *key)?,
            Act::Unname(alias) => self.aliases.remove(alias).map(drop).ok_or(NOT_FOUND)?,
            Act::Tag(key) => drop(self.edited(*key)?),
            Act::Encrypt(key) => {
                let key = self.used(*key)?;
                self.sealed.push(key);
            }
            Act::EncryptBy(alias) => {
                let key = self.used(*self.aliases.get(alias).ok_or(NOT_FOUND)?)?;
                self.sealed.push(key);
            }
            Act::Decrypt(number) => drop(self.used(self.sealed[number % self.sealed.len()])?),
            Act::Grant { key, name } => self.grant(*key, *name)?,
            Act::Retire(number) => {
                let grant = self.tokens[number % self.tokens.len()];
                if !self.is_alive(&self.grants[grant]) {
                    return Err(NOT_FOUND);
                }
                self.grants[grant].retired = true;
            }
            Act::Wait(days) => self.wait(*days),
            // The model knows nothing of who may do what.
            Act::Register(_) | Act::PutPolicy { .. } => {}
        }
        Ok(())
    }

    fn is_alive(&self, grant: &Grant) -> bool {
        !grant.retired && !self.keys[grant.key].gone
    }

    fn grant(&mut self, key: usize, name: u8) -> Result<(), &'static str> {
        let key = self.switched(key)?;
        if !self.keys[key].enabled {
            return Err("DisabledException");
        }
        let same = |grant: &Grant| (grant.key, grant.name) == (key, name) && self.is_alive(grant);
        let place = self.grants.iter().position(same).unwrap_or(self.grants.len());
        if place == self.grants.len() {
            self.grants.push(Grant { key, name, retired: false });
        }
        self.tokens.push(place);
        Ok(())
    }

    fn rename(&mut self, alias: u8, key: usize) -> Result<(), &'static str> {
        let key = self.key(key)?;
        let old = *self.aliases.get(&alias).ok_or(NOT_FOUND)?;
        self.edited(key)?;
        let type_of = |key: usize| match self.keys[key].kind {
            Kind::WithoutMaterial => Kind::Symmetric,
            kind => kind,
        };
        if type_of(key) != type_of(old) {
            return Err("ValidationException");
        }
        self.aliases.insert(alias, key);
        Ok(())
    }

    fn wait(&mut self, days: i64) {
        self.today += days;
        for key in &mut self.keys {
            key.gone |= key.due.is_some_and(|due| due <= self.today);
        }
        self.aliases.retain(|_, key| !self.keys[*key].gone);
    }
}

#[test]
fn a_world_does_what_a_small_model_of_it_does() {
    for_all(300, &acts(), |acts| {
        let (mut scenario, mut model) = (Scenario::new(), Model::default());
        for act in acts.iter().filter(|act| !matches!(act, Act::Register(_) | Act::PutPolicy { .. })) {
            let expected = (scenario.call_of(act).is_some() || matches!(act, Act::Wait(_))).then(|| model.act(act));
            let outcome = scenario.act(act);
            if let (Some(expected), Some(outcome)) = (expected, &outcome) {
                let found = outcome.reply.as_ref().map(drop).map_err(|error| error.exception.name());
                prop_assert_eq!(found, expected, "{:?}", act);
                check_reply(act, outcome, &model)?;
            }
            check_lists(&scenario, &model)?;
        }
        Ok(())
    });
}

fn check_reply(act: &Act, outcome: &Outcome, model: &Model) -> Result<(), TestCaseError> {
    let Ok(reply) = &outcome.reply else { return Ok(()) };
    match act {
        Act::Describe(number) => {
            let found = reply.member("KeyMetadata").and_then(|data| data.member("KeyState")).and_then(Value::as_text);
            prop_assert_eq!(found, Some(model.keys[number % model.keys.len()].state()));
        }
        Act::Decrypt(_) => {
            prop_assert_eq!(reply.member("Plaintext").and_then(Value::as_bytes), Some(&b"plaintext"[..]));
        }
        _ => {}
    }
    Ok(())
}

fn check_lists(scenario: &Scenario, model: &Model) -> Result<(), TestCaseError> {
    let list = |operation: &str, member: &str| {
        let outcome = crate::acts::decide(&scenario.kms, &scenario.call(operation, Value::Map(Vec::new())));
        outcome.reply.expect("a list").member(member).cloned()
    };
    let Some(Value::List(keys)) = list("ListKeys", "Keys") else { panic!("a list of keys") };
    prop_assert_eq!(keys.len(), model.keys.iter().filter(|key| !key.gone).count());
    let Some(Value::List(aliases)) = list("ListAliases", "Aliases") else { panic!("a list of aliases") };
    let text = |entry: &Value, member: &str| entry.member(member).and_then(Value::as_text).map(ToOwned::to_owned);
    let found = aliases.iter().map(|entry| (text(entry, "AliasName"), text(entry, "TargetKeyId")));
    // Those that AWS has predefined have no key.
    let found: Vec<_> = found.filter(|(_, target)| target.is_some()).collect();
    let expected: Vec<_> = model
        .aliases
        .iter()
        .map(|(alias, key)| (Some(format!("alias/a{alias}")), Some(scenario.keys[*key].clone())))
        .collect();
    prop_assert_eq!(found, expected);
    let grants = scenario.kms.state().rows().filter(|row| row.rules().name == "grants").count();
    prop_assert_eq!(grants, model.grants.iter().filter(|grant| model.is_alive(grant)).count());
    Ok(())
}
