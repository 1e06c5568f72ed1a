//! Sentences about names: of keys, aliases and policies.

use std::fmt::Display;

use crate::{
    error::{Error, Exception},
    names::{AliasArn, KeyArn},
};

impl Error {
    /// No key has this name; `id` is the key id as it was sent. The sentence is AWS's (messages.md).
    pub(crate) fn no_key(arn: KeyArn, id: &str) -> Self {
        let KeyArn { account, region, .. } = arn;
        let text = format!("Key 'arn:{}:kms:{region}:{account}:key/{id}' does not exist", region.partition().as_str());
        Self::new(Exception::NotFoundException, text)
    }

    /// The text does not have any form of a key identifier. The sentence is AWS's (messages.md).
    pub(crate) fn invalid_key_id(text: &str) -> Self {
        Self::new(Exception::NotFoundException, format!("Invalid keyId '{text}'"))
    }

    /// The last part of a key ARN is not a key id; AWS sets no quotes here. The sentence is AWS's (recorded by
    /// LocalStack).
    pub(crate) fn invalid_key_id_in_arn(id: &str) -> Self {
        Self::new(Exception::NotFoundException, format!("Invalid keyId {id}"))
    }

    /// An ARN of another Region. The sentence is AWS's (messages.md).
    pub(crate) fn other_region(region: &str) -> Self {
        Self::new(Exception::NotFoundException, format!("Invalid arn {region}"))
    }

    /// An ARN that names neither a key nor an alias. The sentence is ours.
    pub(crate) fn invalid_arn(exception: Exception, text: &str) -> Self {
        Self::new(exception, format!("'{text}' is not the ARN of a KMS key or alias"))
    }

    /// An alias where the operation takes keys alone. The sentence is AWS's (P1-138).
    pub(crate) fn aliases_not_supported() -> Self {
        Self::new(Exception::InvalidArnException, "Key Aliases are not supported for this operation.")
    }

    /// CreateAlias and UpdateAlias with an alias for the key. The sentence is AWS's (P1-145).
    pub(crate) fn alias_of_alias() -> Self {
        Self::new(Exception::ValidationException, "Aliases must refer to keys. Not aliases")
    }

    /// No alias has this name. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn no_alias(arn: impl Display) -> Self {
        Self::new(Exception::NotFoundException, format!("Alias {arn} is not found."))
    }

    /// The alias exists already. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn alias_exists(arn: &AliasArn) -> Self {
        Self::new(Exception::AlreadyExistsException, format!("An alias with the name {arn} already exists"))
    }

    /// An alias name without its prefix. The sentence is AWS's (messages.md).
    pub(crate) fn alias_prefix() -> Self {
        let page = "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";
        let text = format!("Alias must start with the prefix \"alias/\". Please see {page}");
        Self::new(Exception::ValidationException, text)
    }

    /// An alias name that is reserved for AWS managed keys. AWS sends no sentence (P1-68).
    pub(crate) fn alias_reserved() -> Self {
        Self::silent(Exception::NotAuthorizedException)
    }

    /// An alias name with a colon, which the model's pattern allows. The sentence is AWS's (recorded by moto).
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

    /// A marker of ListKeyRotations that it did not give for this key. AWS sends no sentence (LIF-97).
    pub(crate) fn rotations_marker() -> Self {
        Self::silent(Exception::InvalidMarkerException)
    }

    /// No policy of this name is attached to the key. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn no_policy() -> Self {
        Self::new(Exception::NotFoundException, "No such policy exists")
    }

    /// A policy name other than `default`. The sentence is ours.
    pub(crate) fn policy_name() -> Self {
        Self::new(Exception::ValidationException, "PolicyName must be default")
    }
}
