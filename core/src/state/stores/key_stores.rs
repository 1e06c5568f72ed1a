//! The rows of custom key stores, and what the state knows of them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    lags::Lag,
    names::{AccountId, ClusterId, KeyStoreName, Partition, Region},
    shapes::{
        ConnectionErrorCodeType, ConnectionStateType, CustomKeyStoreType, KeyState, OriginType,
        XksProxyConnectivityType,
    },
    state::{
        Draft, State,
        keys::{Key, LineageId, StoreKey},
        secrets::{Secret, SecretName},
        stored::{Stored, later, member, stored},
        tables::Change,
    },
    time::Time,
    wire::Value,
};

/// A custom key store without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct KeyStoreRow {
    /// The friendly name, unique in account and Region.
    pub name: Box<str>,
    /// What the store is made of; its type never changes.
    pub kind: KeyStoreKind,
    /// How the store stands to what is behind it.
    pub connection: Connection,
    /// When the store was created.
    pub created: Time,
}

/// What a custom key store is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum KeyStoreKind {
    /// An AWS CloudHSM key store.
    CloudHsm(CloudHsmStore),
    /// An external key store.
    External(ExternalStore),
}

/// What an AWS CloudHSM key store is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CloudHsmStore {
    /// The id of the cluster.
    pub cluster: ClusterId,
    /// The trust anchor certificate of the cluster, as the customer gave it.
    pub anchor: Box<str>,
}

impl CloudHsmStore {
    /// A store over a cluster.
    pub fn new(cluster: ClusterId, anchor: impl Into<Box<str>>) -> Self {
        Self { cluster, anchor: anchor.into() }
    }
}

/// How an external key store reaches its proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ExternalStore {
    /// `https://` and the host of the proxy.
    pub endpoint: Box<str>,
    /// The path of the proxy's API, which ends in `/kms/xks/v1`.
    pub path: Box<str>,
    /// The id of the access key that signs what KMS asks. Its secret is [`SecretName::KeyStore`].
    pub access_key: Box<str>,
    /// When the credential was given to KMS.
    pub credential_given: Time,
    /// The VPC endpoint service by which the proxy is reached; `None` for a public endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<EndpointService>,
}

impl ExternalStore {
    /// A store over a proxy, whose credential is given now.
    pub fn new(
        endpoint: impl Into<Box<str>>,
        path: impl Into<Box<str>>,
        access_key: Box<str>,
        now: Time,
        service: Option<EndpointService>,
    ) -> Self {
        Self { endpoint: endpoint.into(), path: path.into(), access_key, credential_given: now, service }
    }

    /// How KMS reaches the proxy, as the API names it.
    pub const fn connectivity(&self) -> XksProxyConnectivityType {
        match self.service {
            Some(_) => XksProxyConnectivityType::VpcEndpointService,
            None => XksProxyConnectivityType::PublicEndpoint,
        }
    }

    /// The host of the proxy.
    pub fn host(&self) -> &str {
        self.endpoint.strip_prefix("https://").unwrap_or(&self.endpoint)
    }
}

/// A VPC endpoint service, as a key store names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EndpointService {
    /// The name of the service.
    pub name: Box<str>,
    /// The account that owns the service (CKS-3).
    pub owner: AccountId,
}

impl EndpointService {
    /// A service and its owner.
    pub fn new(name: impl Into<Box<str>>, owner: AccountId) -> Self {
        Self { name: name.into(), owner }
    }
}

/// The connection of a custom key store (section 3.1 of custom-key-stores.md). What is under way knows its end: the
/// verdict of a connection is found in the call that asks for it, and shows when it is due (CKS-229).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Connection {
    /// The store is not connected: so it begins.
    Disconnected,
    /// The store is being connected.
    Connecting {
        /// When the verdict shows.
        until: Time,
        /// Why the connection will fail; `None` when it will be made.
        error: Option<ConnectionErrorCodeType>,
    },
    /// The store serves.
    Connected,
    /// The connection could not be made.
    Failed(ConnectionErrorCodeType),
    /// The store is being disconnected.
    Disconnecting {
        /// When it is.
        until: Time,
    },
}

impl Connection {
    /// The state as the API names it.
    pub const fn state(self) -> ConnectionStateType {
        match self {
            Self::Disconnected => ConnectionStateType::Disconnected,
            Self::Connecting { .. } => ConnectionStateType::Connecting,
            Self::Connected => ConnectionStateType::Connected,
            Self::Failed(_) => ConnectionStateType::Failed,
            Self::Disconnecting { .. } => ConnectionStateType::Disconnecting,
        }
    }

    /// Why the store is FAILED (CKS-225).
    pub const fn error(self) -> Option<ConnectionErrorCodeType> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// When what is under way ends.
    pub const fn until(self) -> Option<Time> {
        match self {
            Self::Connecting { until, .. } | Self::Disconnecting { until } => Some(until),
            _ => None,
        }
    }

    /// What becomes of the connection when what is under way ends.
    #[must_use]
    pub const fn ended(self) -> Self {
        match self {
            Self::Connecting { error: Some(error), .. } => Self::Failed(error),
            Self::Connecting { error: None, .. } => Self::Connected,
            Self::Disconnecting { .. } => Self::Disconnected,
            settled => settled,
        }
    }

    /// The connection at an instant.
    #[must_use]
    pub fn at(self, now: Time) -> Self {
        if self.until().is_some_and(|until| until <= now) { self.ended() } else { self }
    }
}

impl KeyStoreRow {
    /// A store that has just been created.
    pub fn new(name: impl Into<Box<str>>, kind: KeyStoreKind, created: Time) -> Self {
        Self { name: name.into(), kind, connection: Connection::Disconnected, created }
    }

    /// The type of the store.
    pub const fn store_type(&self) -> CustomKeyStoreType {
        match self.kind {
            KeyStoreKind::CloudHsm(_) => CustomKeyStoreType::AwsCloudhsm,
            KeyStoreKind::External(_) => CustomKeyStoreType::ExternalKeyStore,
        }
    }

    /// The origin of the keys in the store.
    pub const fn origin(&self) -> OriginType {
        match self.kind {
            KeyStoreKind::CloudHsm(_) => OriginType::AwsCloudhsm,
            KeyStoreKind::External(_) => OriginType::ExternalKeyStore,
        }
    }

    /// What an AWS CloudHSM key store is made of.
    pub const fn cloud_hsm(&self) -> Option<&CloudHsmStore> {
        match &self.kind {
            KeyStoreKind::CloudHsm(store) => Some(store),
            KeyStoreKind::External(_) => None,
        }
    }

    /// How an external key store reaches its proxy.
    pub const fn external(&self) -> Option<&ExternalStore> {
        match &self.kind {
            KeyStoreKind::External(store) => Some(store),
            KeyStoreKind::CloudHsm(_) => None,
        }
    }

    /// The lag that what is under way takes.
    pub(crate) const fn lag(&self) -> Option<Lag> {
        self.lag_of(self.connection)
    }

    /// The lag that a connection of the store takes while it is under way.
    pub(crate) const fn lag_of(&self, connection: Connection) -> Option<Lag> {
        match (connection, &self.kind) {
            (Connection::Connecting { .. }, KeyStoreKind::CloudHsm(_)) => Some(Lag::ConnectCloudHsm),
            (Connection::Connecting { .. }, KeyStoreKind::External(_)) => Some(Lag::ConnectExternal),
            (Connection::Disconnecting { .. }, KeyStoreKind::CloudHsm(_)) => Some(Lag::DisconnectCloudHsm),
            (Connection::Disconnecting { .. }, KeyStoreKind::External(_)) => Some(Lag::DisconnectExternal),
            _ => None,
        }
    }

    /// Whether the store serves at an instant.
    pub fn is_connected(&self, now: Time) -> bool {
        self.connection.at(now) == Connection::Connected
    }
}

/// What the state knows of key stores and of the keys in them.
impl State {
    /// The store that a key is in, if it is in one.
    pub fn store_of(&self, key: &Key) -> Option<(KeyStoreName, &KeyStoreRow)> {
        let StoreKey { store, .. } = key.in_store.as_deref()?;
        let name = KeyStoreName { account: key.lineage().account, region: key.own().region, id: *store };
        self.key_store(&name).map(|row| (name, row))
    }

    /// A key store.
    pub fn key_store(&self, name: &KeyStoreName) -> Option<&KeyStoreRow> {
        self.key_stores.get(name).map(|row| &**row)
    }

    /// The key stores of an account in a Region, in the order of their ids.
    pub(crate) fn key_stores_in(
        &self,
        account: AccountId,
        region: Region,
    ) -> impl Iterator<Item = (&KeyStoreName, &KeyStoreRow)> {
        let stores = self.key_stores.iter().map(|(name, row)| (name, &**row));
        stores.filter(move |(name, _)| (name.account, name.region) == (account, region))
    }

    /// Whether an account has AWS CloudHSM key stores in the Regions of a partition.
    pub(crate) fn has_cloud_hsm_stores(&self, account: AccountId, partition: Partition) -> bool {
        let is_its = |name: &KeyStoreName| name.account == account && name.region.partition() == partition;
        self.key_stores.iter().any(|(name, row)| is_its(name) && row.cloud_hsm().is_some())
    }

    /// The state of a key that is shown: a key in a store that does not serve is Unavailable, unless it waits for its
    /// deletion (CKS-304).
    pub(crate) fn state_of(&self, key: &Key, now: Time) -> KeyState {
        let state = key.state(now);
        let serves = || self.store_of(key).is_some_and(|(_, store)| store.is_connected(now));
        match state {
            KeyState::Enabled | KeyState::Disabled if key.in_store.is_some() && !serves() => KeyState::Unavailable,
            state => state,
        }
    }
}

/// What is recorded of key stores.
impl Draft<'_> {
    /// Records a key store.
    pub(crate) fn put_key_store(&mut self, name: KeyStoreName, row: KeyStoreRow) {
        self.record(Change::KeyStores { key: name, row: Some(row.into()) });
    }

    /// Records the row of a key store as it is after `edit`.
    pub(crate) fn edit_key_store(&mut self, name: KeyStoreName, edit: impl FnOnce(&mut KeyStoreRow)) {
        if let Some(row) = self.state().key_store(&name) {
            let mut row = row.clone();
            edit(&mut row);
            self.put_key_store(name, row);
        }
    }

    /// Records a secret of a key store: the password of `kmsuser`, or the secret access key of a proxy.
    pub(crate) fn put_store_secret(&mut self, name: SecretName, store: KeyStoreName, secret: &[u8]) {
        self.put_secret(name, LineageId::of_account(store.account), Secret::from_bytes(secret));
    }

    /// Records that a key store is gone, with its secrets.
    pub(crate) fn remove_key_store(&mut self, name: KeyStoreName) {
        self.destroy(SecretName::KeyStore(name));
        self.destroy(SecretName::KeyStorePassword(name));
        self.record(Change::KeyStores { key: name, row: None });
    }
}

impl Serialize for Connection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = match *self {
            Self::Connecting { error, .. } => error,
            other => other.error(),
        };
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("state", &self.state())?;
        if let Some(until) = self.until() {
            members.serialize_entry("until", &until)?;
        }
        if let Some(error) = error {
            members.serialize_entry("error", &error)?;
        }
        members.end()
    }
}

impl Stored for Connection {
    fn stored(value: &Value) -> Option<Self> {
        let until: Option<Time> = later(value, "until")?;
        let error: Option<ConnectionErrorCodeType> = later(value, "error")?;
        Some(match member(value, "state")? {
            ConnectionStateType::Disconnected => Self::Disconnected,
            ConnectionStateType::Connecting => Self::Connecting { until: until?, error },
            ConnectionStateType::Connected => Self::Connected,
            ConnectionStateType::Failed => Self::Failed(error?),
            ConnectionStateType::Disconnecting => Self::Disconnecting { until: until? },
        })
    }
}

impl Stored for KeyStoreKind {
    fn stored(value: &Value) -> Option<Self> {
        let Value::Map(members) = value else { return None };
        let [(kind, store)] = &members[..] else { return None };
        match &**kind {
            "cloud_hsm" => CloudHsmStore::stored(store).map(Self::CloudHsm),
            "external" => ExternalStore::stored(store).map(Self::External),
            _ => None,
        }
    }
}

stored! {
    KeyStoreRow { name, kind, connection, created }
    CloudHsmStore { cluster, anchor }
    ExternalStore { endpoint, path, access_key, credential_given; later service }
    EndpointService { name, owner }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::stored::from_json;

    const CODE: ConnectionErrorCodeType = ConnectionErrorCodeType::UserLockedOut;

    fn at(millis: i64) -> Time {
        Time::from_millis(millis)
    }

    #[test]
    fn a_connection_ends_as_its_verdict_says_and_not_before_it_is_due() {
        for (under_way, ended) in [
            (Connection::Connecting { until: at(5), error: None }, Connection::Connected),
            (Connection::Connecting { until: at(5), error: Some(CODE) }, Connection::Failed(CODE)),
            (Connection::Disconnecting { until: at(5) }, Connection::Disconnected),
        ] {
            assert_eq!((under_way.at(at(4)), under_way.at(at(5))), (under_way, ended));
            assert_eq!((under_way.error(), ended.at(at(9))), (None, ended));
        }
    }

    #[test]
    fn a_row_is_read_as_it_is_written() {
        let external = |service| {
            KeyStoreKind::External(ExternalStore {
                endpoint: "https://xks.example.com".into(),
                path: "/example/kms/xks/v1".into(),
                access_key: "BETWEEN2TENAND3TENCHARACTERS".into(),
                credential_given: at(7),
                service,
            })
        };
        let service =
            EndpointService { name: "com.amazonaws.vpce.us-east-1.vpce-svc-1".into(), owner: AccountId::ZERO };
        let cluster =
            CloudHsmStore { cluster: ClusterId::parse("cluster-7a23b4cdefg").unwrap(), anchor: "anchor".into() };
        for kind in [KeyStoreKind::CloudHsm(cluster), external(None), external(Some(service))] {
            for connection in [
                Connection::Disconnected,
                Connection::Connecting { until: at(5), error: None },
                Connection::Connecting { until: at(5), error: Some(CODE) },
                Connection::Connected,
                Connection::Failed(CODE),
                Connection::Disconnecting { until: at(5) },
            ] {
                let row = KeyStoreRow { name: "store".into(), kind: kind.clone(), connection, created: at(1) };
                assert_eq!(from_json(&serde_json::to_vec(&row).unwrap()), Some(row));
            }
        }
        assert_eq!(from_json::<Connection>(br#"{"state":"FAILED"}"#), None);
        assert_eq!(from_json::<Connection>(br#"{"state":"CONNECTING"}"#), None);
    }
}
