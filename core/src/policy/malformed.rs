//! What can be wrong with a document, and where.

use std::fmt;

/// Why a text is not a policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The place, such as `Statement[1].Condition.StringEquals`; empty for the document itself.
    pub path: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// The kinds of mistakes. The service that received the document words its own message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The text is not JSON. Both numbers count from 1.
    Syntax {
        /// The line of the offending character.
        line: usize,
        /// Its column.
        column: usize,
    },
    /// The JSON is nested deeper than any policy can be.
    TooDeep {
        /// The line where the bound was passed.
        line: usize,
        /// The column there.
        column: usize,
    },
    /// A value has another JSON type than its element.
    Type {
        /// What the grammar requires.
        expected: &'static str,
    },
    /// A member is given twice.
    Duplicate,
    /// The grammar does not have such a member.
    Unknown,
    /// A required element is missing.
    Missing(&'static str),
    /// A list is empty, where the grammar requires one value or more.
    Empty,
    /// Two elements exclude each other, such as `Action` and `NotAction`.
    Both(&'static str, &'static str),
    /// The element has no place in this kind of policy, such as `Principal` in an identity policy.
    Misplaced,
    /// `Version` is neither `2008-10-17` nor `2012-10-17`.
    Version(String),
    /// `Effect` is neither `Allow` nor `Deny`.
    Effect(String),
    /// `Sid` has characters other than letters and digits.
    Sid(String),
    /// Two statements have the same `Sid`.
    SidTwice(String),
    /// A principal does not have a known form.
    InvalidPrincipal(String),
    /// A statement that allows has `NotPrincipal`.
    NotPrincipalAllows,
    /// An action or condition key does not name a service: `Decrypt` instead of `kms:Decrypt`.
    NoVendor(String),
    /// The service of an action is not a name: `k*s`.
    InvalidVendor(String),
    /// An action has more than one colon.
    Colons(String),
    /// A resource is neither an ARN nor `*`.
    Resource(String),
    /// The partition of a resource's ARN is unknown.
    Partition {
        /// The partition.
        partition: String,
        /// The whole resource.
        resource: String,
    },
    /// A resource's ARN has fewer than six fields in a kind of policy that requires all.
    IncompleteArn(String),
    /// The condition operator does not exist.
    UnknownOperator(String),
    /// The text has characters that documents of this kind do not have.
    Characters,
    /// An action in a trust policy is not one of STS.
    NotOfTrust(String),
}

impl Malformed {
    /// A problem at the place where it was found; [`Malformed::within`] adds the way there.
    pub(super) fn here(problem: Problem) -> Self {
        Self { path: String::new(), problem }
    }

    /// The same problem, seen from one step further out.
    pub(super) fn within(mut self, step: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{joint}{}", self.path);
        self
    }
}

/// Adds a step of the path to an error on its way out.
pub(super) trait Within {
    /// Names the element that was being read.
    fn within(self, step: &str) -> Self;
    /// Names the position in a list that was being read.
    fn within_item(self, index: usize) -> Self;
}

impl<T> Within for Result<T, Malformed> {
    fn within(self, step: &str) -> Self {
        self.map_err(|malformed| malformed.within(step))
    }

    fn within_item(self, index: usize) -> Self {
        self.map_err(|malformed| malformed.within(&format!("[{index}]")))
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "{}", self.problem),
            path => write!(f, "{path}: {}", self.problem),
        }
    }
}

impl std::error::Error for Malformed {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column } => {
                write!(f, "not JSON at line {line}, column {column}")
            }
            Self::TooDeep { line, column } => {
                write!(f, "nested too deeply at line {line}, column {column}")
            }
            Self::Type { expected } => write!(f, "must be {expected}"),
            Self::Duplicate => f.write_str("given twice"),
            Self::Unknown => f.write_str("not an element of the policy language"),
            Self::Missing(element) => write!(f, "{element} is missing"),
            Self::Empty => f.write_str("an empty list"),
            Self::Both(one, other) => write!(f, "{one} and {other} exclude each other"),
            Self::Misplaced => f.write_str("has no place in this kind of policy"),
            Self::Version(text) => write!(f, "unknown version {text:?}"),
            Self::Effect(text) => write!(f, "unknown effect {text:?}"),
            Self::Sid(text) => write!(f, "{text:?} has characters other than letters and digits"),
            Self::SidTwice(text) => write!(f, "{text:?} names two statements"),
            Self::InvalidPrincipal(text) => write!(f, "{text:?} is not a principal"),
            Self::NotPrincipalAllows => f.write_str("NotPrincipal only goes with Deny"),
            Self::NoVendor(text) => write!(f, "{text:?} does not name a service"),
            Self::InvalidVendor(text) => write!(f, "{text:?} is not a service"),
            Self::Colons(text) => write!(f, "{text:?} has more than one colon"),
            Self::Resource(text) => write!(f, "{text:?} is neither an ARN nor \"*\""),
            Self::Partition { partition, resource } => write!(f, "unknown partition {partition:?} of {resource:?}"),
            Self::IncompleteArn(text) => write!(f, "{text:?} has fewer than six fields"),
            Self::UnknownOperator(text) => write!(f, "unknown operator {text:?}"),
            Self::Characters => f.write_str("has characters beyond U+00FF, or control characters"),
            Self::NotOfTrust(text) => write!(f, "{text:?} is not an action of STS"),
        }
    }
}
