//! One constructor per sentence that AWS says about keys, aliases, policies and callers.

use crate::{
    error::{Error, Exception},
    names::{AliasArn, KeyArn},
    policy::{Malformed, Problem},
    shapes::{
        AlgorithmSpec, EncryptionAlgorithmSpec, KeySpec, KeyUsageType, MessageType, OriginType, SigningAlgorithmSpec,
        WrappingKeySpec,
    },
};

/// Sentences about names.
impl Error {
    /// No key has this name; `id` is the key id as it was sent.
    pub(crate) fn no_key(arn: KeyArn, id: &str) -> Self {
        let KeyArn { account, region, .. } = arn;
        let text = format!("Key 'arn:{}:kms:{region}:{account}:key/{id}' does not exist", region.partition().as_str());
        Self::new(Exception::NotFoundException, text)
    }

    /// The text is none of the forms of a key identifier.
    pub(crate) fn invalid_key_id(text: &str) -> Self {
        Self::new(Exception::NotFoundException, format!("Invalid keyId '{text}'"))
    }

    /// The last part of a key ARN is no key id; AWS sets no quotes here.
    pub(crate) fn invalid_key_id_in_arn(id: &str) -> Self {
        Self::new(Exception::NotFoundException, format!("Invalid keyId {id}"))
    }

    /// An ARN of another Region.
    pub(crate) fn other_region(region: &str) -> Self {
        Self::new(Exception::NotFoundException, format!("Invalid arn {region}"))
    }

    /// An ARN that names no key and no alias. The sentence is ours.
    pub(crate) fn invalid_arn(exception: Exception, text: &str) -> Self {
        Self::new(exception, format!("'{text}' is not the ARN of a KMS key or alias"))
    }

    /// An alias where the operation takes keys alone (P1-138).
    pub(crate) fn aliases_not_supported() -> Self {
        Self::new(Exception::InvalidArnException, "Key Aliases are not supported for this operation.")
    }

    /// CreateAlias and UpdateAlias with an alias for the key (P1-145).
    pub(crate) fn alias_of_alias() -> Self {
        Self::new(Exception::ValidationException, "Aliases must refer to keys. Not aliases")
    }

    /// No alias has this name.
    pub(crate) fn no_alias(arn: impl std::fmt::Display) -> Self {
        Self::new(Exception::NotFoundException, format!("Alias {arn} is not found."))
    }

    /// The alias exists already.
    pub(crate) fn alias_exists(arn: &AliasArn) -> Self {
        Self::new(Exception::AlreadyExistsException, format!("An alias with the name {arn} already exists"))
    }

    /// An alias name without its prefix.
    pub(crate) fn alias_prefix() -> Self {
        let page = "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";
        let text = format!("Alias must start with the prefix \"alias/\". Please see {page}");
        Self::new(Exception::ValidationException, text)
    }

    /// An alias name that is reserved for AWS managed keys (P1-68); AWS sends no sentence.
    pub(crate) fn alias_reserved() -> Self {
        Self::silent(Exception::NotAuthorizedException)
    }

    /// An alias name with a colon, which the model's pattern lets through.
    pub(crate) fn alias_characters(name: &str) -> Self {
        Self::new(Exception::ValidationException, format!("{name} contains invalid characters for an alias"))
    }

    /// An alias name with nothing behind its prefix. The sentence is ours.
    pub(crate) fn alias_name(name: &str) -> Self {
        Self::new(Exception::InvalidAliasNameException, format!("{name} is not a valid alias name"))
    }

    /// UpdateAlias between keys of different types or usages (P1-162). The sentence is ours.
    pub(crate) fn alias_key_type(from: KeyArn, to: KeyArn) -> Self {
        let text = format!(
            "The alias cannot be moved from {from} to {to}: both keys must have the same key type and key usage"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// A marker that this operation did not give. The sentence is ours.
    pub(crate) fn marker() -> Self {
        Self::new(Exception::InvalidMarkerException, "The marker is not one that this operation has returned")
    }

    /// No policy of this name is attached to the key.
    pub(crate) fn no_policy() -> Self {
        Self::new(Exception::NotFoundException, "No such policy exists")
    }

    /// A policy name other than `default`. The sentence is ours.
    pub(crate) fn policy_name() -> Self {
        Self::new(Exception::ValidationException, "PolicyName must be default")
    }

    /// A custom key store that does not exist. The sentence is ours.
    pub(crate) fn no_key_store(id: &str) -> Self {
        Self::new(Exception::CustomKeyStoreNotFoundException, format!("Custom key store {id} does not exist"))
    }
}

/// Sentences about the state of a key (section 6.4 of the second part of the guide).
impl Error {
    /// Footnote 1 (P2-197).
    pub(crate) fn disabled(key: KeyArn) -> Self {
        Self::new(Exception::DisabledException, format!("{key} is disabled."))
    }

    /// Footnotes 3 to 5, 11, 14 and 15: the key is in a state that the operation does not allow.
    pub(crate) fn state(key: KeyArn, what: &str) -> Self {
        Self::new(Exception::KMSInvalidStateException, format!("{key} is {what}."))
    }

    /// Footnotes 6, 7 and 9: the origin of the key material rules the operation out.
    pub(crate) fn origin(key: KeyArn, origin: OriginType) -> Self {
        let text = format!("{key} origin is {origin} which is not valid for this operation.");
        Self::new(Exception::UnsupportedOperationException, text)
    }
}

/// Sentences about usage, specs and algorithms.
impl Error {
    /// The key has another usage.
    pub(crate) fn usage(key: KeyArn, usage: KeyUsageType, operation: &str) -> Self {
        let text = format!("{key} key usage is {usage} which is not valid for {operation}.");
        Self::new(Exception::InvalidKeyUsageException, text)
    }

    /// The algorithm is none of the key spec's.
    pub(crate) fn algorithm(algorithm: &str, spec: KeySpec) -> Self {
        let text = format!("Algorithm {algorithm} is incompatible with key spec {spec}.");
        Self::new(Exception::InvalidKeyUsageException, text)
    }

    /// Data keys come from symmetric encryption keys alone.
    pub(crate) fn data_key_of_asymmetric_key() -> Self {
        Self::new(Exception::InvalidKeyUsageException, "You cannot generate a data key with an asymmetric CMK")
    }

    /// The key spec cannot do this at all; AWS sends no sentence.
    pub(crate) fn key_spec() -> Self {
        Self::silent(Exception::UnsupportedOperationException)
    }

    /// CreateKey without a usage where none is the default.
    pub(crate) fn usage_missing() -> Self {
        let text = "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateKey with a usage that the key spec does not have.
    pub(crate) fn usage_of_spec(usage: KeyUsageType, spec: KeySpec) -> Self {
        Self::new(Exception::ValidationException, format!("KeyUsage {usage} is not compatible with KeySpec {spec}"))
    }

    /// CreateKey with the key spec under both of its names.
    pub(crate) fn spec_twice() -> Self {
        let text = "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is \
                    deprecated.";
        Self::new(Exception::ValidationException, text)
    }

    /// A key spec that the Region does not offer.
    pub(crate) fn spec_not_offered(member: &str, spec: &str) -> Self {
        Self::new(Exception::UnsupportedOperationException, format!("{member} {spec} is not supported in this Region"))
    }

    /// `Message` of Sign or Verify is no digest of the algorithm.
    pub(crate) fn digest_length(algorithm: SigningAlgorithmSpec) -> Self {
        Self::new(Exception::ValidationException, format!("Digest is invalid length for algorithm {algorithm}."))
    }

    /// `Message` of Sign or Verify is no external mu of the algorithm.
    pub(crate) fn mu_length(algorithm: SigningAlgorithmSpec) -> Self {
        Self::new(Exception::ValidationException, format!("External Mu is invalid length for algorithm {algorithm}."))
    }

    /// A message type that the algorithm does not take; `what` is `key spec ...` or `algorithm ...`.
    pub(crate) fn message_type(message_type: MessageType, what: &str) -> Self {
        Self::new(Exception::ValidationException, format!("Message type {message_type} is incompatible with {what}."))
    }

    /// A plaintext that the algorithm cannot take.
    pub(crate) fn plaintext_length(algorithm: EncryptionAlgorithmSpec, spec: KeySpec, most: usize) -> Self {
        let text = format!("Algorithm {algorithm} and key spec {spec} cannot encrypt data larger than {most} bytes.");
        Self::new(Exception::ValidationException, text)
    }

    /// An encryption context with an asymmetric key (P1-86).
    pub(crate) fn context_of_asymmetric_key() -> Self {
        let text = "EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.";
        Self::new(Exception::ValidationException, text)
    }
}

/// Sentences about ciphertexts, signatures and codes.
impl Error {
    /// The ciphertext cannot be opened; AWS does not say why.
    pub(crate) fn ciphertext() -> Self {
        Self::silent(Exception::InvalidCiphertextException)
    }

    /// A peer's public key that is none, or one of another curve; AWS sends no sentence.
    pub(crate) fn public_key() -> Self {
        Self::silent(Exception::ValidationException)
    }

    /// The ciphertext was made by another key than the request names.
    pub(crate) fn incorrect_key() -> Self {
        let text = "The key ID in the request does not identify a CMK that can perform this operation.";
        Self::new(Exception::IncorrectKeyException, text)
    }

    /// The ciphertext names a key of another Region; `caller` is the caller's ARN.
    pub(crate) fn ciphertext_of_another_region(caller: &str, action: &str) -> Self {
        Self::access_denied(format!(
            "User: {caller} is not authorized to perform: kms:{action} on the resource associated with this ciphertext \
             because the resource does not exist in this Region, no resource-based policies allow access, or a \
             resource-based policy explicitly denies access"
        ))
    }

    /// `Recipient` without one of its members, which the model calls optional.
    pub(crate) fn recipient_member(member: &str) -> Self {
        Self::missing(&format!("recipient.{member}"))
    }

    /// `Recipient` with an attestation document that is not believed. The sentence is ours: no answer of AWS is known.
    pub(crate) fn attestation_document(problem: &str) -> Self {
        Self::new(Exception::ValidationException, format!("The attestation document is not valid: {problem}"))
    }

    /// The signature does not verify; AWS does not say why.
    pub(crate) fn signature() -> Self {
        Self::silent(Exception::KMSInvalidSignatureException)
    }

    /// The code does not verify; AWS does not say why.
    pub(crate) fn mac() -> Self {
        Self::silent(Exception::KMSInvalidMacException)
    }
}

/// Sentences about imported key material. AWS sends none with the exceptions for tokens and material.
impl Error {
    /// CreateKey with the Origin `EXTERNAL` and a key spec whose material is never imported. The sentence is ours.
    pub(crate) fn not_importable(spec: KeySpec) -> Self {
        let text = format!("Key material for the KeySpec {spec} cannot be imported");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// A wrapping algorithm or wrapping key that does not go with the key, or one with the other. The sentence is ours.
    pub(crate) fn wrapping(algorithm: AlgorithmSpec, wrapping_key: WrappingKeySpec, spec: KeySpec) -> Self {
        let text = format!(
            "The WrappingAlgorithm {algorithm} with the WrappingKeySpec {wrapping_key} is not supported for key material \
             of the KeySpec {spec} in this Region"
        );
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// ImportKeyMaterial without the end of what is to expire.
    pub(crate) fn valid_to_missing() -> Self {
        let text = "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES";
        Self::new(Exception::ValidationException, text)
    }

    /// ImportKeyMaterial with an end of what is not to expire.
    pub(crate) fn valid_to_excluded() -> Self {
        let text = "The parameter ValidTo cannot be specified for a key with an expiration model of \
                    KEY_MATERIAL_DOES_NOT_EXPIRE";
        Self::new(Exception::ValidationException, text)
    }

    /// ImportKeyMaterial with an end that has come already.
    pub(crate) fn valid_to_past() -> Self {
        Self::new(Exception::ValidationException, "ValidTo must be in the future")
    }

    /// ImportKeyMaterial with an end more than 365 days ahead (P4-345). The sentence is ours.
    pub(crate) fn valid_to_far() -> Self {
        Self::new(Exception::ValidationException, "ValidTo must not be more than 365 days in the future")
    }

    /// A member of ImportKeyMaterial or DeleteImportedKeyMaterial that is for symmetric encryption keys alone. The
    /// sentence is ours.
    pub(crate) fn symmetric_only(member: &str, spec: KeySpec) -> Self {
        let text = format!("{member} is not supported for keys of the KeySpec {spec}");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// A key material id that is none of the key's. The sentence is ours.
    pub(crate) fn no_material(id: &str, key: KeyArn) -> Self {
        Self::new(Exception::NotFoundException, format!("Key material {id} is not associated with {key}"))
    }

    /// The wrapped material is longer or shorter than the wrapping key makes it.
    pub(crate) fn wrapped_length() -> Self {
        Self::new(Exception::ValidationException, "Invalid encrypted key size.")
    }

    /// The import token is none of this key's.
    pub(crate) fn import_token() -> Self {
        Self::silent(Exception::InvalidImportTokenException)
    }

    /// The import token is more than 24 hours old.
    pub(crate) fn import_token_expired() -> Self {
        Self::silent(Exception::ExpiredImportTokenException)
    }

    /// The material does not fit the key, or is not the one that is expected.
    pub(crate) fn key_material() -> Self {
        Self::silent(Exception::IncorrectKeyMaterialException)
    }
}

/// Sentences about parameters that the shapes cannot check.
impl Error {
    /// A member that the model calls optional, but this request needs.
    pub(crate) fn missing(member: &str) -> Self {
        let text = format!(
            "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// Decrypt or ReEncrypt with an asymmetric algorithm must name the key (P1-294).
    pub(crate) fn key_id_missing(member: &str) -> Self {
        Self::new(Exception::ValidationException, format!("{member} must not be null"))
    }

    /// GenerateDataKey with neither or both of its two lengths.
    pub(crate) fn data_key_length() -> Self {
        Self::new(Exception::ValidationException, "Please specify either number of bytes or key spec.")
    }

    /// GenerateRandom without a length.
    pub(crate) fn number_of_bytes() -> Self {
        Self::new(Exception::ValidationException, "NumberOfBytes is required.")
    }

    /// A waiting period outside of 7 to 30 days (P2-107).
    pub(crate) fn pending_window() -> Self {
        Self::new(Exception::ValidationException, "PendingWindowInDays must be between 7 and 30")
    }

    /// Members that exclude each other or miss each other. The sentence is ours.
    pub(crate) fn combination(text: &str) -> Self {
        Self::new(Exception::ValidationException, text)
    }

    /// Tags that break a rule.
    pub(crate) fn tags(text: &str) -> Self {
        Self::new(Exception::TagException, text)
    }

    /// A resource quota (section 'Resource quotas' of the fifth part of the guide).
    pub(crate) fn quota(what: &str, quota: usize, usage: usize) -> Self {
        let text = format!("{what} quota for this account in this region is {quota}, current usage is {usage}.");
        Self::new(Exception::LimitExceededException, text)
    }

    /// A key policy longer than 32,768 bytes (P2-240). The sentence is ours.
    pub(crate) fn policy_size() -> Self {
        Self::new(Exception::LimitExceededException, "The key policy document must not be longer than 32768 bytes")
    }

    /// A key policy that is no policy document; `problem` says where and why, in our words where AWS's are unknown.
    pub(crate) fn malformed_policy(malformed: &Malformed) -> Self {
        let text = match &malformed.problem {
            Problem::InvalidPrincipal(_) => return Self::invalid_principal(),
            Problem::Missing("Principal") => "Policy contains a statement with no principal.".to_owned(),
            _ => format!("The policy document is malformed: {malformed}"),
        };
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// A key policy that names somebody who does not exist.
    pub(crate) fn invalid_principal() -> Self {
        let text = "Policy contains a statement with one or more invalid principals.";
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// `ForAllValues` with a single-valued condition key: the token and the name of what the key stands for. The sentence
    /// for encryption contexts is the guide's (P3-21); its general one has "[encryption context or tag]" for both
    /// (P2-444). That tags have a token of the same form is a decision.
    pub(crate) fn overly_permissive_condition((token, fact): (&str, &str)) -> Self {
        let text = format!(
            "OverlyPermissiveCondition:{token}: Using the ForAllValues set operator with a single-valued condition key \
             matches requests without the specified {fact} or with an unspecified {fact}. To fix, remove ForAllValues."
        );
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// A key policy that would lock its author out.
    pub(crate) fn lockout() -> Self {
        let text = "The new key policy will not allow you to update the key policy in the future.";
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// The dry run of a call that would have succeeded.
    pub(crate) fn dry_run() -> Self {
        let text = "The request would have succeeded, but the DryRun option is set.";
        Self::new(Exception::DryRunOperationException, text)
    }

    /// What this version of pocket-kms does not do yet. The sentence is ours.
    pub(crate) fn not_yet(what: &str) -> Self {
        let text = format!("{what} is not supported by this version of pocket-kms");
        Self::new(Exception::UnsupportedOperationException, text)
    }
}

/// Sentences about the caller.
impl Error {
    /// No operation has this name.
    pub(crate) fn unknown_operation() -> Self {
        Self::silent(Exception::UnknownOperationException)
    }

    /// The caller may not do this; the sentence is one of section 5 of authorization.md.
    pub(crate) fn access_denied(text: String) -> Self {
        Self::new(Exception::AccessDeniedException, text)
    }

    /// The request carries no credentials.
    pub(crate) fn no_credentials() -> Self {
        Self::new(Exception::MissingAuthenticationTokenException, "Missing Authentication Token")
    }

    /// The `Authorization` header cannot be read. The sentence is ours.
    pub(crate) fn authorization_header(problem: &str) -> Self {
        Self::new(
            Exception::IncompleteSignatureException,
            format!("The Authorization header cannot be read: {problem}"),
        )
    }

    /// The body is longer than any request of the API. The sentence is ours.
    pub fn too_large(most: usize) -> Self {
        Self::new(Exception::RequestEntityTooLargeException, format!("The body must not be longer than {most} bytes"))
    }

    /// The host was asked to generate a key of this spec, and its answer is something else. The sentence is ours.
    pub(crate) fn foreign_key(spec: &str) -> Self {
        let told = format!("The host was asked to generate a key, but its answer is no {spec} key");
        Self::new(Exception::KMSInternalException, told)
    }

    /// An invariant does not hold: a fault of pocket-kms itself.
    pub(crate) fn internal(what: &str) -> Self {
        debug_assert!(false, "broken invariant: {what}");
        Self::new(Exception::KMSInternalException, format!("pocket-kms has a fault: {what}"))
    }
}
