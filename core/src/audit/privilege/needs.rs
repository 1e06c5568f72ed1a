//! What recorded calls needed: actions on resources, and what was alike in all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Who;
use crate::{
    access::{Action, Checked, Decider, Layer, Resource, Ruling},
    audit::Record,
    names::{GrantId, KeyArn},
    order::map,
    time::Time,
    wire::Value,
};

/// With more names or values than these, nothing of their kind was alike.
const MOST_ALIKE: usize = 50;

/// `errorCode` of a call that authorization has refused (AUD-82).
const DENIED: &str = "AccessDenied";

/// What was needed, by action and resource.
pub(super) type Needs = BTreeMap<(Action, String), Need>;

/// One action that was needed on one resource.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) resource: Resource,
    pub(super) times: u64,
    pub(super) first: Time,
    pub(super) last: Time,
    pub(super) contexts: Contexts,
    /// The services that forwarded the caller's session, as `kms:ViaService` names them; `None` among them where none did.
    pub(super) via: BTreeSet<Option<String>>,
    /// The images of the enclaves that asked; `None` among them where none did.
    pub(super) images: BTreeSet<Option<String>>,
    /// Whether no grant, to whomever, has allowed one of the uses: the policy of the key had to.
    pub(super) by_key_policy: bool,
}

/// The encryption contexts of several requests.
#[derive(Clone, Debug)]
pub(super) struct Contexts {
    /// The pairs that all of them had.
    pub(super) constant: BTreeMap<String, String>,
    /// The names that any of them had.
    pub(super) names: BTreeSet<String>,
    /// Whether each of them had a pair.
    pub(super) always: bool,
}

/// A check of a recorded call, with what the record shows of the request.
pub(super) struct Use<'r> {
    pub(super) record: &'r Record,
    pub(super) checked: &'r Checked,
}

/// The records of calls, each action once: several accounts may have copies of it.
pub(super) fn calls(records: &[Record]) -> impl Iterator<Item = &Record> {
    let mut shared = None;
    records.iter().filter(move |record| {
        let again = record.shared_id().is_some() && record.shared_id() == shared;
        shared = record.shared_id();
        !again && !record.is_network_activity() && !record.is_service_event()
    })
}

/// The calls of somebody.
pub(super) fn own<'r>(records: &'r [Record], who: &Who) -> Vec<&'r Record> {
    calls(records).filter(|record| who.is(record.identity())).collect()
}

/// The checks of calls.
pub(super) fn uses<'r>(calls: &[&'r Record]) -> impl Iterator<Item = Use<'r>> {
    calls.iter().flat_map(|record| record.checks().iter().map(|checked| Use { record, checked }))
}

impl Use<'_> {
    /// Whether it was allowed, and the call with it: one that was denied all the same has not needed it.
    pub(super) fn is_allowed(&self) -> bool {
        self.checked.ruling == Ruling::Allowed && self.record.error().is_none_or(|(code, _)| code != DENIED)
    }

    /// Whether policies had to allow it: no grant did that needs none.
    pub(super) const fn is_by_policies(&self) -> bool {
        self.checked.grant.is_none() || self.checked.delegated
    }

    /// Whether identity policies had a part in allowing it.
    pub(super) const fn is_by_identity(&self) -> bool {
        match self.checked.by {
            Decider::Layer(Layer::Identity) | Decider::BothAccounts | Decider::GrantAccount => true,
            Decider::Layer(Layer::Grants) => self.checked.delegated,
            _ => false,
        }
    }

    /// The grant that allowed it alone.
    pub(super) fn by_grant(&self) -> Option<GrantId> {
        self.checked.grant.filter(|_| self.checked.by == Decider::Layer(Layer::Grants))
    }

    /// The resource as a policy names it.
    pub(super) fn named(&self) -> String {
        match &self.checked.resource {
            Resource::Account(..) => "*".to_owned(),
            resource => resource.to_string(),
        }
    }

    /// The encryption context of the request, or that of the grant that it would create.
    pub(super) fn context(&self) -> Vec<(String, String)> {
        let pairs = match self.checked.action {
            Action::ReEncryptFrom => self.record.parameter("sourceEncryptionContext"),
            Action::ReEncryptTo => self.record.parameter("destinationEncryptionContext"),
            Action::CreateGrant => self.record.parameter("constraints").and_then(|constraints| {
                let of = |name| constraints.member(name).cloned();
                of("encryptionContextEquals").or_else(|| of("encryptionContextSubset"))
            }),
            action if has_context(action) => self.record.parameter("encryptionContext"),
            _ => None,
        };
        let Some(Value::Map(pairs)) = pairs else { return Vec::new() };
        let text = |value: Value| value.as_text().map(str::to_owned);
        pairs.into_iter().filter_map(|(name, value)| Some((name.into_owned(), text(value)?))).collect()
    }

    /// The service that forwarded the session, as `kms:ViaService` names it.
    pub(super) fn via(&self) -> Option<String> {
        let service = self.record.identity().via()?.split('.').next()?;
        Some(format!("{service}.{}.amazonaws.com", self.record.region()))
    }

    /// The image of the enclave that asked.
    fn image(&self) -> Option<String> {
        if !is_attested(self.checked.action) {
            return None;
        }
        let recipient = self.record.additional()?;
        let digest = recipient.member("recipient")?.member("attestationDocumentEnclaveImageDigest")?;
        digest.as_text().map(str::to_owned)
    }
}

/// Adds uses up. `is_symmetric` says of which keys encryption contexts are conditions.
pub(super) fn needs<'r>(uses: impl Iterator<Item = Use<'r>>, is_symmetric: impl Fn(KeyArn) -> bool) -> Needs {
    let mut needs = Needs::new();
    for used in uses {
        let context = match used.checked.resource {
            Resource::Key(key) if has_context(used.checked.action) && is_symmetric(key) => used.context(),
            _ => Vec::new(),
        };
        let at = used.record.time();
        let need = needs.entry((used.checked.action, used.named())).or_insert_with(|| Need {
            resource: used.checked.resource.clone(),
            times: 0,
            first: at,
            last: at,
            contexts: Contexts::of(&context),
            via: BTreeSet::new(),
            images: BTreeSet::new(),
            by_key_policy: false,
        });
        need.times += 1;
        need.by_key_policy |= used.checked.grant.is_none();
        (need.first, need.last) = (need.first.min(at), need.last.max(at));
        need.contexts.add(context);
        note(&mut need.via, used.via());
        note(&mut need.images, used.image());
    }
    needs
}

/// Keeps a value among few.
fn note(few: &mut BTreeSet<Option<String>>, value: Option<String>) {
    if few.len() <= MOST_ALIKE {
        few.insert(value);
    }
}

impl Contexts {
    /// Those of one request.
    fn of(pairs: &[(String, String)]) -> Self {
        Self { constant: map(pairs.iter().cloned()), names: BTreeSet::new(), always: !pairs.is_empty() }
    }

    fn add(&mut self, pairs: Vec<(String, String)>) {
        self.always &= !pairs.is_empty();
        let pairs = map(pairs);
        self.constant.retain(|name, value| pairs.get(name) == Some(value));
        if self.names.len() <= MOST_ALIKE {
            self.names.extend(pairs.into_keys());
        }
    }

    /// The names, if they are few.
    pub(super) fn few_names(&self) -> Option<&BTreeSet<String>> {
        Some(&self.names).filter(|names| self.always && names.len() <= MOST_ALIKE)
    }
}

/// Whether the context of a request is a condition of an action.
pub(super) const fn has_context(action: Action) -> bool {
    use Action::*;
    matches!(
        action,
        CreateGrant
            | Decrypt
            | Encrypt
            | GenerateDataKey
            | GenerateDataKeyPair
            | GenerateDataKeyPairWithoutPlaintext
            | GenerateDataKeyWithoutPlaintext
            | ReEncryptFrom
            | ReEncryptTo
    )
}

/// Whether what an enclave attests to is a condition of an action.
const fn is_attested(action: Action) -> bool {
    use Action::*;
    matches!(action, Decrypt | DeriveSharedSecret | GenerateDataKey | GenerateDataKeyPair | GenerateRandom)
}
