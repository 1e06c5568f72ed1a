//! What the keys in a custom key store need of it: when they are made, and when they are used (sections 3.6 and 3.7 of
//! custom-key-stores.md).

use super::{found, proxy};
use crate::{
    call::Stop,
    cluster,
    error::{Error, Exception},
    material::MaterialId,
    names::{KeyArn, KeyStoreName},
    operations::{Execution, Subject, keys::CreateKey},
    shapes::*,
    state::{Connection, KeyStoreRow, State, StoreKey, backing_key_id},
};

/// The longest URI of a proxy (CKS-19).
const LONGEST_URI: usize = 256;

/// Where a new key comes to be, if that is a store.
pub(in crate::operations) struct Place {
    store: KeyStoreName,
    /// The external key behind the new one, in an external key store.
    external: Option<String>,
}

/// Reads where the material of a new key is to come from: a store, its origin and an external key go together or not at
/// all (CKS-292), and a store takes one kind of key (CKS-293).
pub(in crate::operations) fn check_request(request: &CreateKey, spec: KeySpec) -> Result<OriginType, Error> {
    let origin = request.origin.unwrap_or(OriginType::AwsKms);
    let is_of_store = matches!(origin, OriginType::AwsCloudhsm | OriginType::ExternalKeyStore);
    match (&request.custom_key_store_id, &request.xks_key_id) {
        (_, Some(_)) if origin != OriginType::ExternalKeyStore => return Err(Error::external_key_without_store()),
        (Some(_), _) if !is_of_store => return Err(Error::store_without_origin(origin)),
        (None, _) if is_of_store => return Err(Error::origin_without_store(origin)),
        (_, None) if origin == OriginType::ExternalKeyStore => return Err(Error::external_key_missing()),
        _ => {}
    }
    if is_of_store { check_kind(request, spec).map(|()| origin) } else { Ok(origin) }
}

fn check_kind(request: &CreateKey, spec: KeySpec) -> Result<(), Error> {
    if spec != KeySpec::SymmetricDefault {
        return Err(Error::key_not_for_stores(&format!("KeySpec {spec}")));
    }
    match request.key_usage {
        Some(usage) if usage != KeyUsageType::EncryptDecrypt => {
            Err(Error::key_not_for_stores(&format!("KeyUsage {usage}")))
        }
        _ if request.multi_region == Some(true) => Err(Error::key_not_for_stores("MultiRegion true")),
        _ => Ok(()),
    }
}

/// The place of a new key in a store that takes it: the store must be there, of the type that the origin says, and
/// connected (CKS-294 to CKS-298). What the proxy knows of the external key is asked later.
pub(in crate::operations) fn place(
    request: &CreateKey,
    origin: OriginType,
    execution: &Execution<'_>,
) -> Result<Option<Place>, Error> {
    let Some(id) = &request.custom_key_store_id else { return Ok(None) };
    let (store, row) = found(id, execution)?;
    if row.origin() != origin {
        return Err(Error::origin_of_other_store(store.id, row.store_type(), origin));
    }
    check_connected(store, row, "for a KMS key to be created in it")?;
    let state = execution.draft.state();
    if let Some(made) = row.cloud_hsm() {
        cluster::can_create_key(state, store.account, store.region, made.cluster)?;
    }
    if let Some(external) = &request.xks_key_id {
        check_external(store, external, state)?;
    }
    Ok(Some(Place { store, external: request.xks_key_id.clone() }))
}

fn check_external(store: KeyStoreName, external: &str, state: &State) -> Result<(), Error> {
    if proxy(store, state)?.longest_uri(external) > LONGEST_URI {
        return Err(Error::external_key_too_long(LONGEST_URI));
    }
    match state.key_over(store, external) {
        Some(_) => Err(Error::external_key_in_use(external, store.id)),
        None => Ok(()),
    }
}

impl Place {
    /// Asks the proxy for the external key, or makes the key in the cluster, and says where the new key is. Nothing else
    /// refuses the call any more (CKS-299, CKS-300).
    pub(in crate::operations) fn take(
        self,
        arn: KeyArn,
        material: MaterialId,
        execution: &mut Execution<'_>,
    ) -> Result<Box<StoreKey>, Stop> {
        let Self { store, external } = self;
        let state = execution.draft.state();
        if let Some(external) = external {
            execution.asker().check_external_key(&proxy(store, state)?, &external)??;
            return Ok(Box::new(StoreKey::new(store.id, external.into())));
        }
        if let Some(made) = state.key_store(&store).and_then(KeyStoreRow::cloud_hsm) {
            let cluster = made.cluster;
            cluster::key_made(&mut execution.draft, cluster, arn, material);
        }
        Ok(Box::new(StoreKey::new(store.id, backing_key_id(material).into())))
    }
}

/// Refuses a store that does not serve.
fn check_connected(store: KeyStoreName, row: &KeyStoreRow, purpose: &str) -> Result<(), Error> {
    match row.connection {
        Connection::Connected => Ok(()),
        _ if row.external().is_some() => Err(Error::store_unconnected(Exception::CustomKeyStoreInvalidStateException)),
        connection => Err(Error::store_state(store.id, connection.state(), &["CONNECTED ", purpose].concat())),
    }
}

/// Checks that the cluster behind a key can work with it, where there is one (CKS-309). Whether a proxy can is seen when
/// it is asked.
pub(in crate::operations) fn can_use(subject: &Subject, state: &State) -> Result<(), Error> {
    let key = subject.row()?;
    let made = state.store_of(key).and_then(|(_, store)| store.cloud_hsm());
    let material = made.and_then(|made| Some((made, key.current()?)));
    material.map_or(Ok(()), |(made, material)| cluster::can_use(state, made.cluster, subject.arn, material))
}

/// Checks that a store generates random bytes: an AWS CloudHSM key store that serves (CKS-241, CKS-246).
pub(in crate::operations) fn generates_random(id: &str, execution: &Execution<'_>) -> Result<(), Error> {
    let (store, row) = found(id, execution)?;
    let Some(made) = row.cloud_hsm() else { return Err(Error::no_random_of_external_store(store.id)) };
    check_connected(store, row, "for random bytes to be generated in it")?;
    cluster::can_generate_random(execution.draft.state(), store.account, store.region, made.cluster)
}
