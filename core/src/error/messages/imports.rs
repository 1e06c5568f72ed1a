//! Sentences about imported key material.

use std::fmt::Display;

use crate::{
    error::{Error, Exception},
    names::KeyArn,
};

impl Error {
    /// CreateKey with the Origin `EXTERNAL` and a key spec whose material is never imported. The sentence is ours.
    pub(crate) fn not_importable(spec: impl Display) -> Self {
        let text = format!("Key material for the KeySpec {spec} cannot be imported");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// A wrapping algorithm or wrapping key that does not go with the key, or one with the other. The sentence is AWS's
    /// (recorded by a user who took an RSA_AES algorithm for a symmetric encryption key), and taken for the other pairs.
    pub(crate) fn wrapping(algorithm: impl Display, wrapping_key: impl Display, spec: impl Display) -> Self {
        let text = format!(
            "Wrapping algorithm {algorithm} and wrapping key spec {wrapping_key} cannot be used to import a {spec} key."
        );
        Self::new(Exception::ValidationException, text)
    }

    /// A wrapping algorithm or wrapping key that no key of the Region takes. The sentence is ours.
    pub(crate) fn wrapping_not_offered(algorithm: impl Display, wrapping_key: impl Display) -> Self {
        let text = format!(
            "Wrapping algorithm {algorithm} with wrapping key spec {wrapping_key} is not supported in this Region"
        );
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// ImportKeyMaterial without the end of what is to expire. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn valid_to_missing() -> Self {
        let text = "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES";
        Self::new(Exception::ValidationException, text)
    }

    /// ImportKeyMaterial with an end of what is not to expire. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn valid_to_excluded() -> Self {
        let text = "The parameter ValidTo cannot be specified for a key with an expiration model of \
                    KEY_MATERIAL_DOES_NOT_EXPIRE";
        Self::new(Exception::ValidationException, text)
    }

    /// ImportKeyMaterial with an end that has come already. The sentence is ours.
    pub(crate) fn valid_to_past() -> Self {
        Self::new(Exception::ValidationException, "ValidTo must be in the future")
    }

    /// ImportKeyMaterial with an end more than 365 days ahead (P4-345). The sentence is ours.
    pub(crate) fn valid_to_far() -> Self {
        Self::new(Exception::ValidationException, "ValidTo must not be more than 365 days in the future")
    }

    /// A member of ImportKeyMaterial or DeleteImportedKeyMaterial that is for symmetric encryption keys alone. The
    /// sentence is ours.
    pub(crate) fn symmetric_only(member: &str, spec: impl Display) -> Self {
        let text = format!("{member} is not supported for keys of the KeySpec {spec}");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// A key material id that does not belong to the key. The sentence is ours.
    pub(crate) fn no_material(id: &str, key: KeyArn) -> Self {
        Self::new(Exception::NotFoundException, format!("Key material {id} is not associated with {key}"))
    }

    /// The wrapped material is longer or shorter than the wrapping key makes it. The sentence is AWS's (recorded by
    /// LocalStack).
    pub(crate) fn wrapped_length() -> Self {
        Self::new(Exception::ValidationException, "Invalid encrypted key size.")
    }

    /// The import token does not belong to this key. AWS sends no sentence (recorded by LocalStack).
    pub(crate) fn import_token() -> Self {
        Self::silent(Exception::InvalidImportTokenException)
    }

    /// The import token is more than 24 hours old. AWS sends no sentence (recorded by LocalStack).
    pub(crate) fn import_token_expired() -> Self {
        Self::silent(Exception::ExpiredImportTokenException)
    }

    /// The material does not fit the key, or is not the one that is expected. AWS sends no sentence (recorded by
    /// LocalStack).
    pub(crate) fn key_material() -> Self {
        Self::silent(Exception::IncorrectKeyMaterialException)
    }

    /// ImportKeyMaterial of a new key material under the id of one that is there. The sentence is ours.
    pub(crate) fn id_of_new_material() -> Self {
        let text = "KeyMaterialId cannot be specified with the ImportType NEW_KEY_MATERIAL";
        Self::new(Exception::ValidationException, text)
    }

    /// ImportKeyMaterial of new material into a replica, whose primary key gets it first (LIF-142). The sentence is ours.
    pub(crate) fn new_material_of_replica(key: KeyArn) -> Self {
        let text = format!("{key} is a multi-Region replica key. Import new key material into its primary key first");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// ImportKeyMaterial with a description into a replica, which has those of its primary key (LIF-143). The sentence is
    /// ours.
    pub(crate) fn description_of_replica(key: KeyArn) -> Self {
        let text = format!("{key} is a multi-Region replica key. Set KeyMaterialDescription on its primary key");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// ImportKeyMaterial of new material into a key with other material that waits for its rotation. The sentence is AWS's
    /// (recorded by LocalStack, LIF-147).
    pub(crate) fn other_material_pending(id: impl Display, key: KeyArn, pending: impl Display) -> Self {
        let text = format!(
            "New key material (id: {id}) cannot be imported into KMS key {key}, because another key material (id: \
             {pending}) is pending rotation."
        );
        Self::new(Exception::KMSInvalidStateException, text)
    }
}
