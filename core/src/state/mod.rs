//! All state as tables of rows, and every mutation as a list of whole-row changes.
//!
//! The maps are persistent: cloning a [`State`] costs a few reference counts, so that forks and drafts are free.

mod access_keys;
mod copies;
mod directory;
mod draft;
mod due;
mod few;
mod form_value;
mod former;
mod grants;
mod ids;
mod index;
mod keys;
mod meters;
mod reliability;
mod requests;
mod rows;
mod secrets;
mod settings;
mod snapshot;
mod stored;
mod stores;
mod tables;
mod upgrade;
mod uses;
mod versions;
mod visible;

pub(crate) use access_keys::claim;
pub use access_keys::{AccessKeyRow, SessionRow};
pub use directory::{
    EndpointRow, MemberAccount, OrganizationRow, PrincipalName, PrincipalRow, PrincipalType, Registration, Unit,
    knows_managed_policy,
};
pub use due::{BackingKey, Due, Happened};
pub use former::{FormerName, FormerRow, Subject};
pub use grants::{ContextConstraint, GrantOperations, GrantParty, GrantRow};
pub use keys::{Deletion, Import, Key, KeyRow, LineageId, RegionalKey, Rotating, Rotation, StoreKey, Transition};
pub use meters::{Hit, LastUse, METERS, Mark, Marks, Meters};
pub use reliability::ProxyUse;
pub use requests::{Bucket, Charge};
pub use rows::{AccountRow, AliasRow};
pub use secrets::{Secret, SecretName, SecretRow};
pub use settings::{Scope, Setting, SettingName, SettingRow};
pub use snapshot::SnapshotError;
pub use stores::{
    BackupRow, CloudHsmStore, ClusterKeyName, ClusterKeyRow, ClusterRow, ClusterState, Connection, DomainState,
    EndpointService, EndpointServiceRow, ExternalKeyRow, ExternalStore, Hsm, HsmState, KeyStoreKind, KeyStoreRow,
    Kmsuser, LoadBalancer, ManagerHealth, ManagerRow, ProxyCredential, ProxyFault, ProxyFaultKind, ProxyRow, ProxyRule,
    ProxyTls, Subnet, backing_key_id,
};
pub use tables::{Change, State, TABLES, TableRules};
pub use versions::{Run, Since, Version, Versions};

pub(crate) use directory::{Existence, Membership, NamedPolicy, Standing, Voice, document};
pub(crate) use draft::Draft;
pub(crate) use form_value::FormValue;
pub(crate) use settings::read as read_settings;
pub(crate) use snapshot::{restore, snapshot};
