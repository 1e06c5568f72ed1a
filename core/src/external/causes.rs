//! Why a request to a proxy comes to nothing, and what that becomes: table 1.10 of custom-key-stores.md.

use crate::{
    call::{ProxyAnswer, Reliability, Unreachable, Waiting},
    error::{Error, Exception},
    shapes::ConnectionErrorCodeType,
};

const CIS: Exception = Exception::CustomKeyStoreInvalidStateException;
const CONFIGURATION: Exception = Exception::XksProxyInvalidConfigurationException;
const CREDENTIAL: Exception = Exception::XksProxyIncorrectAuthenticationCredentialException;
const INTERNAL: Exception = Exception::KMSInternalException;
const KEY: Exception = Exception::XksKeyInvalidConfigurationException;
const NO_KEY: Exception = Exception::XksKeyNotFoundException;
const RESPONSE: Exception = Exception::XksProxyInvalidResponseException;
const URI: Exception = Exception::XksProxyUriUnreachableException;

/// The sentence of a row, for whatever exception has it.
type Sentence = fn(Exception) -> Error;

/// A cell: an exception, and the sentence where it is not that of the row.
type Cell = Option<(Exception, Option<Sentence>)>;

/// What a cryptographic operation answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// `KMSInvalidStateException`.
    Kis,
    /// The same, and `KMSInternalException` where the proxy is reliable (CKS-155).
    OrInternal,
    /// `KMSInternalException`.
    Internal,
    /// No cryptographic operation meets this.
    Never,
}

/// Whether the metrics call an error one that may go away when it is tried again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Retry {
    /// `Retryable`.
    R,
    /// `Non-retryable`.
    N,
    /// The request itself was a success, or there was none.
    None,
}

/// One row of the table.
struct Row {
    create: Cell,
    connect: ConnectionErrorCodeType,
    create_key: Cell,
    when_used: Use,
    sentence: Sentence,
    name: Option<&'static str>,
    retry: Retry,
}

macro_rules! cell {
    (-) => {
        None
    };
    ($exception:ident) => {
        Some(($exception, None))
    };
    ($exception:ident, $sentence:ident) => {
        Some(($exception, Some(Error::$sentence)))
    };
}

macro_rules! named {
    (-) => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}

macro_rules! causes {
    ($($(#[$doc:meta])* $cause:ident: $name:tt $retry:ident
        | [$($create:tt)+] $connect:ident [$($create_key:tt)+] $use:ident | $sentence:ident;)+) => {
        /// Why a request to a proxy comes to nothing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Cause { $($(#[$doc])* $cause,)+ }

        impl Cause {
            const fn row(self) -> &'static Row {
                match self { $(Self::$cause => &Row {
                    create: cell!($($create)+),
                    connect: ConnectionErrorCodeType::$connect,
                    create_key: cell!($($create_key)+),
                    when_used: Use::$use,
                    sentence: Error::$sentence,
                    name: named!($name),
                    retry: Retry::$retry,
                },)+ }
            }
        }
    };
}

causes! {
    //                      as the metrics tell it                       | create, update       connect ends FAILED with          create key       use       | sentence
    /// CKS-129.
    AccessDenied:         "AccessDeniedException" N                      | [CONFIGURATION]      XksProxyAccessDenied              [CIS]            Kis        | proxy_denied;
    /// CKS-130.
    Authentication:       "AuthenticationFailedException" N              | [CREDENTIAL]         InvalidCredentials                [CIS]            Kis        | proxy_authentication;
    /// CKS-131.
    DependencyTimeout:    "DependencyTimeoutException" R                 | [URI]                XksProxyTimedOut                  [CIS]            OrInternal | proxy_dependency;
    /// CKS-132.
    ProxyInternal:        "InternalException" R                          | [RESPONSE]           XksProxyInvalidResponse           [CIS]            OrInternal | proxy_without_manager;
    /// CKS-133.
    InvalidCiphertext:    "InvalidCiphertextException" N                 | [RESPONSE]           XksProxyInvalidResponse           [CIS, proxy_malformed] Kis  | outer_ciphertext;
    /// CKS-134.
    InvalidKeyUsage:      "InvalidKeyUsageException" N                   | [RESPONSE, proxy_malformed] XksProxyInvalidResponse    [KEY]            Kis        | external_key_misused;
    /// CKS-135.
    InvalidState:         "InvalidStateException" N                      | [URI, proxy_unhealthy] XksProxyNotReachable            [KEY]            Kis        | external_key_off;
    /// CKS-136.
    InvalidUriPath:       "InvalidUriPathException" N                    | [CONFIGURATION]      XksProxyInvalidConfiguration      [CIS]            Kis        | proxy_path;
    /// CKS-137.
    KeyNotFound:          "KeyNotFoundException" N                       | [RESPONSE, proxy_malformed] XksProxyInvalidResponse    [NO_KEY]         Kis        | proxy_without_key;
    /// CKS-138.
    Throttling:           "ThrottlingException" R                        | [URI]                XksProxyNotReachable              [CIS]            Kis        | proxy_throttled;
    /// CKS-139.
    Unsupported:          "UnsupportedOperationException" N              | [RESPONSE]           XksProxyInvalidResponse           [KEY]            Kis        | proxy_unsupported;
    /// CKS-140.
    Validation:           "ValidationException" N                        | [RESPONSE]           XksProxyInvalidResponse           [CIS]            Kis        | proxy_malformed;
    /// CKS-141: no TCP connection.
    Unconnected:          "XksProxyUnreachableException" R               | [URI]                XksProxyNotReachable              [CIS]            Kis        | proxy_unconnected;
    /// CKS-141 of a connection that was not made in time.
    ConnectTimeout:       "XksProxyUnreachableException" R               | [URI]                XksProxyNotReachable              [CIS]            OrInternal | proxy_unconnected;
    /// CKS-142: no such name, an endpoint that the host may not call, or nobody who can answer.
    Unreachable:          "XksProxyUnreachableException" R               | [URI]                XksProxyNotReachable              [CIS]            Kis        | proxy_unreachable;
    /// CKS-143.
    Tls:                  "XksProxyUnreachableException" R               | [CONFIGURATION]      XksProxyInvalidTlsConfiguration   [CIS]            Kis        | proxy_tls;
    /// CKS-144: connected, and no whole answer in time.
    AnswerTimeout:        "XksProxyUnreachableException" R               | [URI]                XksProxyTimedOut                  [CIS]            OrInternal | proxy_silent;
    /// CKS-145.
    Malformed:            "XksProxyInvalidResponseException" N           | [RESPONSE]           XksProxyInvalidResponse           [CIS]            Kis        | proxy_malformed;
    /// CKS-146: all key managers are unavailable.
    Unhealthy:            - None                                         | [URI]                XksProxyNotReachable              [-]              Never      | proxy_unhealthy;
    /// CKS-148: what the proxy has decrypted is not the inner layer.
    Inner:                - None                                         | [-]                  XksProxyInvalidResponse           [-]              Kis        | inner_ciphertext;
    /// CKS-150: KMS itself fails.
    Internal:             - None                                         | [INTERNAL]           InternalError                     [INTERNAL]       Internal   | proxy_unasked;
    /// CKS-151: another fault of the network.
    Network:              "XksProxyUnreachableException" R               | [URI]                NetworkErrors                     [CIS]            Kis        | proxy_unconnected;
}

/// The errors that a proxy may answer (section 1.9).
const OF_PROXIES: [Cause; 12] = [
    Cause::AccessDenied,
    Cause::Authentication,
    Cause::DependencyTimeout,
    Cause::ProxyInternal,
    Cause::InvalidCiphertext,
    Cause::InvalidKeyUsage,
    Cause::InvalidState,
    Cause::InvalidUriPath,
    Cause::KeyNotFound,
    Cause::Throttling,
    Cause::Unsupported,
    Cause::Validation,
];

impl Cause {
    /// The cause that a proxy names.
    pub(super) fn named(name: &str) -> Option<Self> {
        OF_PROXIES.into_iter().find(|cause| cause.name() == Some(name))
    }

    /// The cause of an answer; of a response, that it could not be read.
    pub(super) const fn of(answer: &ProxyAnswer) -> Self {
        match answer {
            ProxyAnswer::Response(_) => Self::Malformed,
            ProxyAnswer::Unreachable(kind) => match kind {
                Unreachable::Name | Unreachable::NotAllowed | Unreachable::Nobody => Self::Unreachable,
                Unreachable::Network => Self::Network,
                Unreachable::Refused | Unreachable::Reset | Unreachable::NoRoute | Unreachable::Other => {
                    Self::Unconnected
                }
            },
            ProxyAnswer::Tls { .. } => Self::Tls,
            ProxyAnswer::Timeout(Waiting::Connecting) => Self::ConnectTimeout,
            ProxyAnswer::Timeout(Waiting::Answer) => Self::AnswerTimeout,
            ProxyAnswer::Internal => Self::Internal,
        }
    }

    /// The `ExceptionName` of the metrics (CKS-382).
    pub(super) const fn name(self) -> Option<&'static str> {
        self.row().name
    }

    /// Whether the error may go away when it is tried again (CKS-381); `None` where the request was a success.
    pub(super) const fn is_retryable(self) -> Option<bool> {
        match self.row().retry {
            Retry::R => Some(true),
            Retry::N => Some(false),
            Retry::None => None,
        }
    }

    /// What CreateCustomKeyStore and UpdateCustomKeyStore answer.
    pub(crate) fn on_create(self) -> Error {
        self.answer(self.row().create)
    }

    /// Why a connection has failed.
    pub(crate) const fn on_connect(self) -> ConnectionErrorCodeType {
        self.row().connect
    }

    /// What CreateKey answers.
    pub(crate) fn on_create_key(self) -> Error {
        self.answer(self.row().create_key)
    }

    /// What a cryptographic operation answers.
    pub(crate) fn on_use(self, reliability: Reliability) -> Error {
        let exception = match (self.row().when_used, reliability) {
            (Use::Kis, _) | (Use::OrInternal, Reliability::Low) => Some(Exception::KMSInvalidStateException),
            (Use::Internal, _) | (Use::OrInternal, Reliability::High) => Some(INTERNAL),
            (Use::Never, _) => None,
        };
        self.answer(exception.map(|exception| (exception, None)))
    }

    fn answer(self, cell: Cell) -> Error {
        match cell {
            Some((exception, sentence)) => sentence.unwrap_or(self.row().sentence)(exception),
            None => Error::internal("a proxy was asked for what this operation does not ask"),
        }
    }
}
