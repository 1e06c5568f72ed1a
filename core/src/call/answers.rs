//! What a host can be asked while a call is decided, and what it answers.

use std::fmt;

use super::{
    Stop,
    fault::FaultQuestion,
    proxy::{ProxyAnswer, ProxyRequest},
};
use crate::{shapes::KeySpec, wire::SecretBytes};

/// The kinds of question that a host answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answerable {
    /// It generates keys: see [`Question::GenerateKey`].
    pub keys: bool,
    /// It sends requests to the proxies of external key stores: see [`Question::Proxy`].
    pub proxies: bool,
    /// It decides about faults: see [`Question::Fault`].
    pub faults: bool,
}

impl Answerable {
    /// A host that is never asked.
    pub const NOTHING: Self = Self { keys: false, proxies: false, faults: false };

    /// The same host, which generates keys, or does not.
    #[must_use]
    pub const fn keys(mut self, keys: bool) -> Self {
        self.keys = keys;
        self
    }

    /// The same host, which sends requests to proxies, or does not.
    #[must_use]
    pub const fn proxies(mut self, proxies: bool) -> Self {
        self.proxies = proxies;
        self
    }

    /// The same host, which decides about faults, or does not.
    #[must_use]
    pub const fn faults(mut self, faults: bool) -> Self {
        self.faults = faults;
        self
    }

    const fn contains(self, question: &Question) -> bool {
        match question {
            Question::GenerateKey(_) => self.keys,
            Question::Proxy(_) => self.proxies,
            Question::Fault(_) => self.faults,
        }
    }
}

/// What the host can be asked, and what it has answered so far. By default it is asked nothing.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    can: Answerable,
    given: Vec<(Question, Result<HostAnswer, Unanswered>)>,
}

impl Answers {
    /// No answers yet, of a host that can give some of these kinds.
    pub const fn of(can: Answerable) -> Self {
        Self { can, given: Vec::new() }
    }

    /// The kinds of question that the host answers.
    pub const fn can(&self) -> Answerable {
        self.can
    }

    /// Whether the host has answered anything else than that it does not answer.
    pub(crate) fn has_any(&self) -> bool {
        self.given.iter().any(|(_, answer)| answer.is_ok())
    }

    /// Adds the host's answer to a question. From now on the call may ask more of its kind.
    pub fn add(&mut self, question: Question, answer: Result<HostAnswer, Unanswered>) {
        match question {
            Question::GenerateKey(_) => self.can.keys = true,
            Question::Proxy(_) => self.can.proxies = true,
            Question::Fault(_) => self.can.faults = true,
        }
        self.given.push((question, answer));
    }

    /// The host's answer to this very question. A decision is deterministic: taken again, it asks the same. Where the
    /// state has moved on, it asks something else, and what was answered before is left aside (CKS-160).
    ///
    /// # Errors
    /// [`Stop::Ask`] when the core may ask the host and has not asked this yet.
    pub(crate) fn to(&self, question: Question) -> Result<Result<&HostAnswer, Unanswered>, Stop> {
        if !self.can.contains(&question) {
            return Ok(Err(Unanswered::Declined));
        }
        let found = self.given.iter().find(|(asked, _)| *asked == question);
        let found = found.map(|(_, answer)| answer.as_ref().map_err(|no| *no));
        found.ok_or(Stop::Ask(question))
    }
}

/// Something that the host can do better than the core. Two equal questions of one call have one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// Generate a private key of this spec; the host may know a faster way than the core, which otherwise generates it.
    GenerateKey(KeySpec),
    /// Send this request to the proxy of an external key store. Where the host declines, the proxy cannot be reached.
    Proxy(Box<ProxyRequest>),
    /// Say whether a fault applies to the call ([`Fault::when`](super::Fault::when)). Where the host declines, it does not;
    /// where the host fails, the call is refused.
    Fault(Box<FaultQuestion>),
}

/// The host's answer to a [`Question`].
#[derive(Clone)]
#[non_exhaustive]
pub enum HostAnswer {
    /// A private key as PKCS #8 in DER.
    GeneratedKey(SecretBytes),
    /// What has become of the request to a proxy.
    Proxy(ProxyAnswer),
    /// Whether the fault applies.
    Fault(bool),
}

/// Why a host gives no answer to a [`Question`]. Each question says what the core does then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unanswered {
    /// The host cannot answer, or does not want to.
    Declined,
    /// What the host would have asked has failed. A host that can tell its caller so ends the call instead.
    Failed,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declined => f.write_str("the host does not answer: the core does without it"),
            Self::Failed => f.write_str("what the host would have asked has failed"),
        }
    }
}

impl std::error::Error for Unanswered {}

impl fmt::Debug for HostAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeneratedKey(_) => f.write_str("GeneratedKey(..)"),
            Self::Proxy(answer) => answer.fmt(f),
            Self::Fault(applies) => write!(f, "Fault({applies})"),
        }
    }
}
