//! The table of all operations, and the families of handlers behind it.

mod charges;
mod dependents;
mod exceptions;
mod execution;
mod pages;
mod quotas;
mod recipient;
mod request;
mod resolve;
mod states;

mod agreement;
mod aliases;
mod aws_managed;
mod chosen;
mod data_keys;
mod encapsulation;
mod encryption;
pub(crate) mod faulted;
mod grants;
mod import;
mod key_stores;
mod keys;
mod lifecycle;
mod macs;
mod multi_region;
mod policies;
mod random;
mod rotation;
mod sealing;
mod signing;
mod store_facts;
mod tags;
mod usage;

pub mod api;
pub(crate) mod schedule;

pub(crate) use aws_managed::make_first_used;
pub(crate) use charges::{Cost, charges, costs};
pub(crate) use dependents::dependents;
pub(crate) use execution::{Execution, FurtherChecks, held};
pub(crate) use grants::{can_be_granted, tokens};
pub(crate) use keys::metadata_of;
pub(crate) use recipient::Recipient;
pub(crate) use request::Request;
pub(crate) use resolve::Resolver;
pub use resolve::{Gate, Subject};
pub(crate) use states::gate;
pub use states::{Origins, Reaction, Reactions, Roles};
pub use store_facts::{Side, StoreFacts};
pub(crate) use store_facts::{note_made_key, store_facts};
pub(crate) use usage::idle_days;

use crate::{
    access::{Action, Resource},
    algorithms::{self, KeyType},
    arguments,
    call::Call,
    caller::CallerKind,
    error::{Error, Exception},
    names::{AliasArn, AliasName},
    shapes::{KeyLastUsageTrackingOperation, KeySpec, KeyUsageType},
    state::Key,
    wire::{self, Checked, Seen, Table, Typed, Value},
};

/// Whose keys an operation works on (section 2.6 of authorization.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Keys of the caller's own account.
    OwnAccount,
    /// Keys of any account.
    AnyAccount,
    /// No key: identity policies alone decide. ListAliases belongs here: the key that it may name is a filter, and no
    /// permission on that key is asked.
    NoKey,
}

impl Reach {
    /// Whose keys the operation of a wire name works on.
    pub fn of(operation: &str) -> Option<Self> {
        REACHES.iter().find(|(name, _)| *name == operation).map(|(_, reach)| *reach)
    }
}

/// What an operation asks of authorization besides a check for each key that it names (section 2.5 of authorization.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Asks {
    /// Nothing: it is on keys.
    Keys,
    /// A check on the alias that it names, too.
    Alias,
    /// A check on the account: it is on no key.
    Account,
    /// A check on the account, and one for the tags, if it gives any.
    AccountAndTags,
}

/// One row: everything that is particular to an operation.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Operation {
    /// The wire name.
    pub name: &'static str,
    /// The action that a caller needs; ReEncrypt needs another one for its second key.
    pub action: Action,
    /// The shape of the request.
    pub input: &'static Table,
    /// The shape of the reply; `None` for an empty body.
    pub output: Option<&'static Table>,
    /// The modelled exceptions.
    pub raises: &'static [Exception],
    /// Whose keys it works on.
    pub reach: Reach,
    /// What it asks besides a check for each key.
    pub asks: Asks,
    /// Whether aliases may name the key (P1-138).
    pub aliases: bool,
    /// How it reacts to key states.
    pub states: &'static Reactions,
    /// The usage that the key must have.
    pub usage: Option<KeyUsageType>,
    /// The type that the key must have, where its usage says too little.
    pub key_type: Option<KeyType>,
    take: fn(Checked) -> Box<dyn Request>,
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Operation").field(&self.name).finish()
    }
}

/// Whether an action works on keys of other accounts (section 2.6 of authorization.md).
pub(crate) fn crosses_accounts(action: Action) -> bool {
    of_action(action).any(|operation| operation.reach == Reach::AnyAccount)
}

/// Whether an action works on keys of the spec, the usage and the origin of a key.
pub(crate) fn works_for(action: Action, key: &Key) -> bool {
    let is_used_so = |operation: &Operation| operation.usage.is_none_or(|needed| needed == key.usage);
    let is_of = |operation: &Operation| operation.states.origins.include(key.origin);
    of_action(action).any(|operation| is_used_so(operation) && is_of(operation) && operation.suits(key.spec))
}

/// The operations that ask for an action.
fn of_action(action: Action) -> impl Iterator<Item = &'static Operation> {
    let of_both_keys = matches!(action, Action::ReEncryptTo);
    let action = if of_both_keys { Action::ReEncryptFrom } else { action };
    TABLE.iter().filter(move |operation| operation.action == action)
}

impl Operation {
    /// Finds an operation by its wire name.
    ///
    /// # Errors
    /// `UnknownOperationException`.
    pub fn find(name: &str) -> Result<&'static Self, Error> {
        let place = TABLE.binary_search_by(|row| row.name.cmp(name)).map_err(|_| Error::unknown_operation())?;
        TABLE.get(place).ok_or_else(Error::unknown_operation)
    }

    /// The operation that may be meant by a name that none has: AWS says nothing about it.
    pub(crate) fn meant(name: &str) -> Option<&'static str> {
        arguments::meant(name, &TABLE.iter().map(|row| row.name).collect::<Vec<_>>())
    }

    /// Whether it works on keys of a spec, as far as their type says.
    fn suits(&self, spec: KeySpec) -> bool {
        self.key_type.is_none_or(|needed| algorithms::key_type(spec) == Some(needed))
    }

    /// Checks the shape of a request.
    pub(crate) fn read(&self, input: &Value) -> Result<Box<dyn Request>, Error> {
        wire::check(input, self.input).map(self.take)
    }

    /// What the operation is on besides keys, and with which actions: they are asked before its keys are.
    pub(crate) fn besides(&self, request: &dyn Typed, call: &Call) -> Vec<(Action, Resource)> {
        let account = || Resource::Account(call.caller.account, call.region);
        let tags = match request.member("Tags") {
            Some(Seen::List(tags)) if !tags.is_empty() => {
                Some((Action::TagResource, Resource::NewKey(call.caller.account, call.region)))
            }
            _ => None,
        };
        match self.asks {
            Asks::Keys => Vec::new(),
            Asks::Alias => {
                let alias = request.member("AliasName").and_then(|name| AliasName::parse(name.text()?));
                let arn = |name| AliasArn { account: call.caller.account, region: call.region, name };
                alias.map(|name| (self.action, Resource::Alias(arn(name)))).into_iter().collect()
            }
            Asks::Account if self.is_about_itself(request, call) => Vec::new(),
            Asks::Account => vec![(self.action, account())],
            Asks::AccountAndTags => [(self.action, account())].into_iter().chain(tags).collect(),
        }
    }

    /// Whether a service asks for the grants that it may retire itself: it needs no account for that
    /// (API_ListRetirableGrants.html). That it learns of no other service's is a decision.
    pub(crate) fn is_about_itself(&self, request: &dyn Typed, call: &Call) -> bool {
        let CallerKind::Service(service) = &call.caller.kind else { return false };
        let named = request.member("RetiringServicePrincipal");
        self.action == Action::ListRetirableGrants && named.as_ref().and_then(Seen::text) == Some(service)
    }

    /// Whether its handler asks authorization for more, once it knows what that is on: what an operation does in another
    /// Region is on something there, too.
    pub(crate) const fn asks_later(&self) -> bool {
        matches!(self.action, Action::ReplicateKey | Action::UpdatePrimaryRegion)
    }

    /// The operation as the last use of a key names it; `None` for those that are not tracked (LIF-337).
    pub(crate) fn tracked(&self) -> Option<KeyLastUsageTrackingOperation> {
        // Those that are tracked are those for which a key must have a usage.
        self.usage.and_then(|_| KeyLastUsageTrackingOperation::parse(self.name))
    }

    /// Whether the operation uses a key for cryptography.
    pub(crate) fn is_cryptographic(&self) -> bool {
        self.tracked().is_some()
    }

    /// Whether the operation takes the member `DryRun` (P3-314).
    pub fn has_dry_run(&self) -> bool {
        matches!(self.input, Table::Structure { members, .. } if members.iter().any(|member| member.name == "DryRun"))
    }
}

macro_rules! operations {
    ($($name:ident $reach:ident $asks:ident $named:ident $states:ident $usage:ident $key_type:ident $keys:expr => $handler:expr;)+) => {
        /// All operations of the API, sorted by name.
        pub static TABLE: &[Operation] = &[$(Operation {
            name: stringify!($name),
            action: action!($name),
            input: request::input($handler),
            output: request::output($handler),
            raises: exceptions::$name,
            reach: Reach::$reach,
            asks: Asks::$asks,
            aliases: named!($named),
            states: &states::$states,
            usage: usage!($usage),
            key_type: key_type!($key_type),
            take: |checked| request::taken(checked, $handler, $keys),
        },)+];

        /// Whose keys each operation works on: who asks this alone brings no handler along.
        const REACHES: &[(&str, Reach)] = &[$((stringify!($name), Reach::$reach),)+];

        // The request of an operation bears its name: the compiler compares.
        $(const _: () = assert!(request::is_of(stringify!($name), $handler));)+
    };
}

macro_rules! action {
    (ReEncrypt) => {
        Action::ReEncryptFrom
    };
    ($name:ident) => {
        Action::$name
    };
}

macro_rules! named {
    (four_forms) => {
        true
    };
    (id_or_arn) => {
        false
    };
    (nothing) => {
        false
    };
}

macro_rules! key_type {
    (any) => {
        None
    };
    ($key_type:ident) => {
        Some(KeyType::$key_type)
    };
}

macro_rules! usage {
    (any) => {
        None
    };
    ($usage:ident) => {
        Some(KeyUsageType::$usage)
    };
}

use request::Keys::{None as NoKeys, One, Own};

operations! {
//  operation                           reach      asks           key named by states           usage             type       keys                  handler
    CancelKeyDeletion                   OwnAccount Keys           id_or_arn  CANCEL_DELETION  any               any        One(|r| &r.key_id) => lifecycle::cancel_key_deletion;
    ConnectCustomKeyStore               NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => key_stores::connect_custom_key_store;
    CreateAlias                         OwnAccount Alias          id_or_arn  EDIT             any               any        Own(aliases::create_alias_keys) => aliases::create_alias;
    CreateCustomKeyStore                NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => key_stores::create_custom_key_store;
    CreateGrant                         AnyAccount Keys           id_or_arn  GRANT            any               any        One(|r| &r.key_id) => grants::create_grant;
    CreateKey                           NoKey      AccountAndTags nothing    ANY_STATE        any               any        NoKeys => keys::create_key;
    Decapsulate                         AnyAccount Keys           four_forms USE              EncapsulateDecapsulate any        One(|r| &r.key_id) => encapsulation::decapsulate;
    Decrypt                             AnyAccount Keys           four_forms USE              EncryptDecrypt    any        Own(encryption::decrypt_keys) => encryption::decrypt;
    DeleteAlias                         OwnAccount Alias          id_or_arn  ANY_STATE        any               any        Own(aliases::delete_alias_keys) => aliases::delete_alias;
    DeleteCustomKeyStore                NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => key_stores::delete_custom_key_store;
    DeleteImportedKeyMaterial           OwnAccount Keys           id_or_arn  IMPORT_DELETE    any               any        One(|r| &r.key_id) => import::delete_imported_key_material;
    DeriveSharedSecret                  AnyAccount Keys           four_forms USE              KeyAgreement      any        One(|r| &r.key_id) => agreement::derive_shared_secret;
    DescribeCustomKeyStores             NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => key_stores::describe_custom_key_stores;
    DescribeKey                         AnyAccount Keys           four_forms ANY_STATE        any               any        One(|r| &r.key_id) => keys::describe_key;
    DisableKey                          OwnAccount Keys           id_or_arn  SWITCH           any               any        One(|r| &r.key_id) => lifecycle::disable_key;
    DisableKeyRotation                  OwnAccount Keys           id_or_arn  ROTATE           any               Symmetric  One(|r| &r.key_id) => rotation::disable_key_rotation;
    DisconnectCustomKeyStore            NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => key_stores::disconnect_custom_key_store;
    EnableKey                           OwnAccount Keys           id_or_arn  SWITCH           any               any        One(|r| &r.key_id) => lifecycle::enable_key;
    EnableKeyRotation                   OwnAccount Keys           id_or_arn  ROTATE           any               Symmetric  One(|r| &r.key_id) => rotation::enable_key_rotation;
    Encapsulate                         AnyAccount Keys           four_forms USE              EncapsulateDecapsulate any        One(|r| &r.key_id) => encapsulation::encapsulate;
    Encrypt                             AnyAccount Keys           four_forms USE              EncryptDecrypt    any        One(|r| &r.key_id) => encryption::encrypt;
    GenerateDataKey                     AnyAccount Keys           four_forms USE              EncryptDecrypt    Symmetric  Own(data_keys::data_key_keys) => data_keys::generate_data_key;
    GenerateDataKeyPair                 AnyAccount Keys           four_forms NO_CUSTOM_STORE  EncryptDecrypt    Symmetric  One(|r| &r.key_id) => data_keys::generate_data_key_pair;
    GenerateDataKeyPairWithoutPlaintext AnyAccount Keys           four_forms NO_CUSTOM_STORE  EncryptDecrypt    Symmetric  One(|r| &r.key_id) => data_keys::generate_data_key_pair_without_plaintext;
    GenerateDataKeyWithoutPlaintext     AnyAccount Keys           four_forms USE              EncryptDecrypt    Symmetric  Own(data_keys::data_key_without_plaintext_keys) => data_keys::generate_data_key_without_plaintext;
    GenerateMac                         AnyAccount Keys           four_forms USE              GenerateVerifyMac any        One(|r| &r.key_id) => macs::generate_mac;
    GenerateRandom                      NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => random::generate_random;
    GetKeyLastUsage                     OwnAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => usage::get_key_last_usage;
    GetKeyPolicy                        OwnAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => policies::get_key_policy;
    GetKeyRotationStatus                AnyAccount Keys           id_or_arn  ROTATION_STATUS  any               any        One(|r| &r.key_id) => rotation::get_key_rotation_status;
    GetParametersForImport              OwnAccount Keys           id_or_arn  IMPORT_PREPARE   any               any        One(|r| &r.key_id) => import::get_parameters_for_import;
    GetPublicKey                        AnyAccount Keys           four_forms PUBLIC_KEY       any               Asymmetric One(|r| &r.key_id) => signing::get_public_key;
    ImportKeyMaterial                   OwnAccount Keys           id_or_arn  IMPORT           any               any        One(|r| &r.key_id) => import::import_key_material;
    ListAliases                         NoKey      Account        id_or_arn  ANY_STATE        any               any        Own(aliases::list_aliases_keys) => aliases::list_aliases;
    ListGrants                          AnyAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => grants::list_grants;
    ListKeyPolicies                     OwnAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => policies::list_key_policies;
    ListKeyRotations                    OwnAccount Keys           id_or_arn  LIST_ROTATIONS   any               any        One(|r| &r.key_id) => rotation::list_key_rotations;
    ListKeys                            NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => keys::list_keys;
    ListResourceTags                    OwnAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => tags::list_resource_tags;
    ListRetirableGrants                 NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => grants::list_retirable_grants;
    PutKeyPolicy                        OwnAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => policies::put_key_policy;
    ReEncrypt                           AnyAccount Keys           four_forms USE              EncryptDecrypt    any        Own(encryption::re_encrypt_keys) => encryption::re_encrypt;
    ReplicateKey                        OwnAccount Keys           id_or_arn  REPLICATE        any               any        One(|r| &r.key_id) => multi_region::replicate_key;
    RetireGrant                         AnyAccount Keys           id_or_arn  ANY_STATE        any               any        Own(grants::retire_grant_keys) => grants::retire_grant;
    RevokeGrant                         AnyAccount Keys           id_or_arn  ANY_STATE        any               any        One(|r| &r.key_id) => grants::revoke_grant;
    RotateKeyOnDemand                   OwnAccount Keys           id_or_arn  ROTATE_NOW       any               Symmetric  One(|r| &r.key_id) => rotation::rotate_key_on_demand;
    ScheduleKeyDeletion                 OwnAccount Keys           id_or_arn  DELETE           any               any        One(|r| &r.key_id) => lifecycle::schedule_key_deletion;
    Sign                                AnyAccount Keys           four_forms USE              SignVerify        any        One(|r| &r.key_id) => signing::sign;
    TagResource                         OwnAccount Keys           id_or_arn  EDIT             any               any        One(|r| &r.key_id) => tags::tag_resource;
    UntagResource                       OwnAccount Keys           id_or_arn  EDIT             any               any        One(|r| &r.key_id) => tags::untag_resource;
    UpdateAlias                         OwnAccount Alias          id_or_arn  EDIT             any               any        Own(aliases::update_alias_keys) => aliases::update_alias;
    UpdateCustomKeyStore                NoKey      Account        nothing    ANY_STATE        any               any        NoKeys => key_stores::update_custom_key_store;
    UpdateKeyDescription                OwnAccount Keys           id_or_arn  EDIT             any               any        One(|r| &r.key_id) => keys::update_key_description;
    UpdatePrimaryRegion                 OwnAccount Keys           id_or_arn  MOVE_PRIMARY     any               any        One(|r| &r.key_id) => multi_region::update_primary_region;
    Verify                              AnyAccount Keys           four_forms USE              SignVerify        any        One(|r| &r.key_id) => signing::verify;
    VerifyMac                           AnyAccount Keys           four_forms USE              GenerateVerifyMac any        One(|r| &r.key_id) => macs::verify_mac;
}
