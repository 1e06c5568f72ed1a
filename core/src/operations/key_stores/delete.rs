//! Deleting a custom key store: it must be disconnected, and hold no key.

use super::{DeleteCustomKeyStore, DeleteCustomKeyStoreResponse, found};
use crate::{call::Stop, error::Error, operations::Execution, state::Connection};

/// Deletes a store that is not connected and in which there is no key of any state. What is behind it stays as it is, and
/// its name, addresses and cluster are free again (CKS-287).
pub(in crate::operations) fn delete_custom_key_store(
    request: DeleteCustomKeyStore,
    execution: &mut Execution<'_>,
) -> Result<DeleteCustomKeyStoreResponse, Stop> {
    let (name, row) = found(&request.custom_key_store_id, execution)?;
    if row.connection != Connection::Disconnected {
        return Err(Error::store_state(name.id, row.connection.state(), "DISCONNECTED to be deleted").into());
    }
    let keys = execution.draft.state().keys_in_store(name).count();
    if keys > 0 {
        return Err(Error::store_has_keys(name.id, keys).into());
    }
    execution.draft.remove_key_store(name);
    Ok(DeleteCustomKeyStoreResponse {})
}
