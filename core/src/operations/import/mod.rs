//! GetParametersForImport, ImportKeyMaterial and DeleteImportedKeyMaterial: key material that comes from outside.

mod checks;
mod material;
mod parameters;

pub(super) use material::{delete_imported_key_material, import_key_material};
pub(super) use parameters::get_parameters_for_import;

use crate::{shapes::*, wire::shape};

shape! {
    pub struct DeleteImportedKeyMaterial -> DeleteImportedKeyMaterialResponse {
        KeyId key_id: Required KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub struct DeleteImportedKeyMaterialResponse {
        KeyId key_id: Optional KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdResponseType,
    }

    pub struct GetParametersForImport -> GetParametersForImportResponse {
        KeyId key_id: Required KeyIdType,
        WrappingAlgorithm wrapping_algorithm: Required AlgorithmSpec,
        WrappingKeySpec wrapping_key_spec: Required WrappingKeySpec,
    }

    pub struct GetParametersForImportResponse {
        KeyId key_id: Optional KeyIdType,
        ImportToken import_token: Optional CiphertextType,
        PublicKey public_key: Optional PlaintextType,
        ParametersValidTo parameters_valid_to: Optional DateType,
    }

    pub struct ImportKeyMaterial -> ImportKeyMaterialResponse {
        KeyId key_id: Required KeyIdType,
        ImportToken import_token: Required CiphertextType,
        EncryptedKeyMaterial encrypted_key_material: Required CiphertextType,
        ValidTo valid_to: Optional DateType,
        ExpirationModel expiration_model: Optional ExpirationModelType,
        ImportType import_type: Optional ImportType,
        KeyMaterialDescription key_material_description: Optional KeyMaterialDescriptionType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub struct ImportKeyMaterialResponse {
        KeyId key_id: Optional KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }
}

#[cfg(test)]
mod tests;
