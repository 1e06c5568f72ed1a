//! The exceptions of KMS: their names on the wire and their HTTP status.

macro_rules! exceptions {
    ($($(#[$doc:meta])* $name:ident = $status:literal;)+) => {
        /// Every exception of the API model and the errors common to all AWS JSON services.
        ///
        /// The variant's name is the name on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Exception { $($(#[$doc])* #[doc = concat!("HTTP status ", stringify!($status), ".")] $name,)+ }

        impl Exception {
            /// All rows of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name on the wire, as in `__type`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The HTTP status of a response that carries this exception.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }
        }
    };
}

exceptions! {
    AlreadyExistsException = 400;
    CloudHsmClusterInUseException = 400;
    CloudHsmClusterInvalidConfigurationException = 400;
    CloudHsmClusterNotActiveException = 400;
    CloudHsmClusterNotFoundException = 400;
    CloudHsmClusterNotRelatedException = 400;
    ConflictException = 400;
    CustomKeyStoreHasCMKsException = 400;
    CustomKeyStoreInvalidStateException = 400;
    CustomKeyStoreNameInUseException = 400;
    CustomKeyStoreNotFoundException = 400;
    DependencyTimeoutException = 500;
    DisabledException = 400;
    DryRunOperationException = 400;
    ExpiredImportTokenException = 400;
    IncorrectKeyException = 400;
    IncorrectKeyMaterialException = 400;
    IncorrectTrustAnchorException = 400;
    InvalidAliasNameException = 400;
    InvalidArnException = 400;
    InvalidCiphertextException = 400;
    InvalidGrantIdException = 400;
    InvalidGrantTokenException = 400;
    InvalidImportTokenException = 400;
    InvalidKeyUsageException = 400;
    InvalidMarkerException = 400;
    KMSInternalException = 500;
    KMSInvalidMacException = 400;
    KMSInvalidSignatureException = 400;
    KMSInvalidStateException = 400;
    KeyUnavailableException = 500;
    LimitExceededException = 400;
    MalformedPolicyDocumentException = 400;
    NotFoundException = 400;
    TagException = 400;
    UnsupportedOperationException = 400;
    XksKeyAlreadyInUseException = 400;
    XksKeyInvalidConfigurationException = 400;
    XksKeyNotFoundException = 400;
    XksProxyIncorrectAuthenticationCredentialException = 400;
    XksProxyInvalidConfigurationException = 400;
    XksProxyInvalidResponseException = 400;
    XksProxyUriEndpointInUseException = 400;
    XksProxyUriInUseException = 400;
    XksProxyUriUnreachableException = 400;
    XksProxyVpcEndpointServiceInUseException = 400;
    XksProxyVpcEndpointServiceInvalidConfigurationException = 400;
    XksProxyVpcEndpointServiceNotFoundException = 400;
    /// CloudTrail: a category of events that there is not.
    InvalidEventCategoryException = 400;
    /// CloudTrail: an attribute by which no event is looked up.
    InvalidLookupAttributesException = 400;
    /// CloudTrail: a page cannot have this many events.
    InvalidMaxResultsException = 400;
    /// CloudTrail: a token that was not given for this request.
    InvalidNextTokenException = 400;
    /// CloudTrail: times that cannot be read, or are in the wrong order.
    InvalidTimeRangeException = 400;
    /// STS: the token of an identity provider cannot be read.
    InvalidIdentityTokenException = 400;
    /// STS: the token of an identity provider has expired.
    ExpiredIdentityTokenException = 400;
    /// Common error: the caller lacks permission.
    AccessDeniedException = 400;
    /// Common error: the temporary credentials of the caller are no longer valid.
    ExpiredTokenException = 400;
    /// Common error: the `Authorization` header cannot be read.
    IncompleteSignatureException = 400;
    /// Common error: the signature is not one for this service.
    InvalidSignatureException = 400;
    /// Common error: the request carries no credentials.
    MissingAuthenticationTokenException = 400;
    /// Common error: the name is not for customers to use.
    NotAuthorizedException = 400;
    /// Common error: the body is larger than any request of this API.
    RequestEntityTooLargeException = 413;
    /// Common error: the body is not a JSON object of the expected types.
    SerializationException = 400;
    /// Common error: requests come faster than they are answered.
    ThrottlingException = 400;
    /// Common error: `X-Amz-Target` names no operation.
    UnknownOperationException = 400;
    /// Common error: the access key names nobody.
    UnrecognizedClientException = 400;
    /// Common error: one or more members violate their constraints.
    ValidationException = 400;
}
