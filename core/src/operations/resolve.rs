//! From the names in a request to keys: the four forms, across accounts, never across Regions.

use super::{Operation, Reach};
use crate::{
    access::{Action, Check, Resource},
    call::{Call, Stop},
    crypto::CryptoProvider,
    error::{Error, Exception},
    names::{AccountId, AliasArn, AliasName, GrantName, KeyArn, KeyId, KeyRef, Region},
    shapes::KeyUsageType,
    state::{Draft, Key, State},
    text::fields,
    wire::Typed,
};

/// A key that a call is about, and what it wants of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Subject {
    /// The key.
    pub arn: KeyArn,
    /// Its row; `None` for a key of another account that may or may not exist: authorization answers for it.
    pub row: Option<Key>,
    /// The alias by which the request names the key.
    pub alias: Option<AliasName>,
    /// The action that the caller needs; when it is not on a key, nothing is asked of the key's policy.
    pub action: Action,
    /// The usage that the key must have.
    pub usage: Option<KeyUsageType>,
    /// Who asks the key's origin, usage and state, and when.
    pub gate: Gate,
    /// Whether the request names the key by a ciphertext alone.
    pub by_ciphertext: bool,
    /// The grant that the request would retire.
    pub grant: Option<GrantName>,
}

/// When a key's origin, usage and state are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gate {
    /// Before the handler begins.
    First,
    /// Never: the old key of an alias may be in any state (P2-206).
    Never,
    /// By the handler, once it has checked the keys before this one, and that this one has made the ciphertext.
    ByHandler,
}

impl Subject {
    /// The row of a key that authorization has let through.
    pub(crate) fn row(&self) -> Result<&Key, Error> {
        self.row.as_ref().ok_or_else(|| Error::no_key(self.arn, self.arn.id.text().as_str()))
    }

    /// What authorization is asked about the key.
    pub(crate) fn check<'a>(&'a self, operation: &Operation, request: &'a dyn Typed, state: &'a State) -> Check<'a> {
        Check {
            key: self.row.as_deref(),
            policy: self.row.as_ref().and_then(|_| state.deciding_policy(&self.arn)),
            alias: self.alias.as_ref().filter(|alias| state.is_known_alias(alias, self.arn)),
            by_ciphertext: self.by_ciphertext,
            crosses_accounts: operation.reach == Reach::AnyAccount,
            retired: self.grant.and_then(|name| state.grant(name)),
            ..Check::without_key(self.action, request, Resource::Key(self.arn))
        }
    }

    /// The same subject for another action.
    pub(crate) const fn action(mut self, action: Action) -> Self {
        self.action = action;
        self
    }
}

/// What names are resolved against.
pub(crate) struct Resolver<'a> {
    /// The call.
    pub(crate) call: &'a Call,
    /// The state as the call sees it.
    pub(crate) draft: &'a Draft<'a>,
    /// The row of the operation, whose name is also its action.
    pub(crate) operation: &'static Operation,
    /// The cryptography in use.
    pub(crate) provider: &'a CryptoProvider,
}

impl<'a> Resolver<'a> {
    /// What the names in a call of an operation are resolved against.
    pub(crate) const fn new(
        operation: &'static Operation,
        call: &'a Call,
        draft: &'a Draft<'a>,
        provider: &'a CryptoProvider,
    ) -> Self {
        Self { call, draft, operation, provider }
    }

    /// The key that a text names.
    ///
    /// # Errors
    /// `NotFoundException`, `InvalidArnException`.
    pub(crate) fn key(&self, text: &str) -> Result<Subject, Stop> {
        if names_alias(text) && !self.operation.aliases {
            return Err(Error::aliases_not_supported().into());
        }
        let (account, region) = (self.call.caller.account, self.call.region);
        match self.parse(text)? {
            // Without an account, a name says nothing.
            KeyRef::Id(_) | KeyRef::AliasName(_) if !self.call.caller.owns(account) => {
                Ok(self.unknown(KeyArn { account, region, id: KeyId::FIRST }))
            }
            KeyRef::Id(id) => self.existing(KeyArn { account, region, id }, None, Some(text)),
            KeyRef::Arn(arn) => self.existing(arn, None, Some(text)),
            KeyRef::AliasName(name) => self.alias(&AliasArn { account, region, name }),
            KeyRef::AliasArn(arn) => self.alias(&arn),
        }
    }

    /// The key of an alias.
    fn alias(&self, arn: &AliasArn) -> Result<Subject, Stop> {
        match self.draft.state().seen_target(arn) {
            Some(id) => {
                let key = KeyArn { account: arn.account, region: arn.region, id };
                self.known(key, Some(arn.name.clone()))
            }
            None if self.call.caller.owns(arn.account) => Err(Error::no_alias(arn).into()),
            None => Ok(self.unknown(KeyArn { account: arn.account, region: arn.region, id: KeyId::FIRST })),
        }
    }

    /// A key of the caller's account must exist. For other accounts, authorization decides what to reveal (P3-187).
    pub(crate) fn known(&self, arn: KeyArn, alias: Option<AliasName>) -> Result<Subject, Stop> {
        self.existing(arn, alias, None)
    }

    /// A key of which the caller is to learn nothing: authorization refuses it as if it did not exist.
    pub(crate) const fn unknown(&self, arn: KeyArn) -> Subject {
        self.subject(arn, None, None)
    }

    fn existing(&self, arn: KeyArn, alias: Option<AliasName>, sent: Option<&str>) -> Result<Subject, Stop> {
        let row = self.draft.key(&arn).filter(|_| !self.draft.state().is_unseen(arn));
        if row.is_none() && self.call.caller.owns(arn.account) {
            // The message shows the id of a missing key as the caller sent it, whatever the case of the digits.
            let (id, sent) = (arn.id.text(), sent.and_then(|text| text.rsplit('/').next()));
            return Err(Error::no_key(arn, sent.unwrap_or(id.as_str())).into());
        }
        Ok(self.subject(arn, row, alias))
    }

    /// Reads a key identifier, with AWS's answer for each way in which it can be wrong.
    fn parse(&self, text: &str) -> Result<KeyRef, Error> {
        let region = self.call.region;
        if let Some(named) = KeyRef::parse(text) {
            return match named.region() {
                Some(other) if other != region => Err(Error::other_region(other.as_str())),
                _ => Ok(named),
            };
        }
        if !text.starts_with("arn:") {
            return Err(Error::invalid_key_id(text));
        }
        let Some([_, _, "kms", arn_region, owner, resource]) = fields(text) else {
            return Err(self.invalid_arn(text));
        };
        if Region::parse(arn_region).is_none() || AccountId::parse(owner).is_none() {
            return Err(self.invalid_arn(text));
        }
        if arn_region != region.as_str() {
            return Err(Error::other_region(arn_region));
        }
        match resource.strip_prefix("key/") {
            Some(id) => Err(Error::invalid_key_id_in_arn(id)),
            None => Err(self.invalid_arn(text)),
        }
    }

    /// An ARN that names no key and no alias; the model lists no exception of its own for cryptographic operations.
    fn invalid_arn(&self, text: &str) -> Error {
        let own = self.operation.raises.contains(&Exception::InvalidArnException);
        Error::invalid_arn(if own { Exception::InvalidArnException } else { Exception::NotFoundException }, text)
    }

    const fn subject(&self, arn: KeyArn, row: Option<Key>, alias: Option<AliasName>) -> Subject {
        Subject {
            arn,
            row,
            alias,
            action: self.operation.action,
            usage: self.operation.usage,
            gate: Gate::First,
            by_ciphertext: false,
            grant: None,
        }
    }
}

/// Whether a text is meant as an alias name or alias ARN.
pub(super) fn names_alias(text: &str) -> bool {
    text.starts_with("alias/") || (text.starts_with("arn:") && text.contains(":alias/"))
}
