//! A policy that is kept: its text as it was given, the unique ids of its principals, and its compiled form.

use std::fmt;

use serde::{Serialize, Serializer};

use super::document::{Document, Kind};
use super::malformed::Malformed;

/// A policy: its text as it was given, the unique ids of its principals, and its compiled form.
#[derive(Clone)]
pub struct PolicyRow {
    text: String,
    kind: Kind,
    document: Document,
}

/// What of a policy is written down: its text, its kind unless it is a key policy, and the unique ids of the principals
/// in it that were bound to one when it was stored, for a successor of the same name is somebody else.
#[derive(Serialize)]
struct Written<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bound: Vec<(&'a str, &'a str)>,
}

impl PolicyRow {
    /// Reads a policy of some kind; that of a key is a [`Kind::ResourcePolicy`].
    ///
    /// # Errors
    /// When the text is not a well-formed policy of this kind.
    pub fn parse(text: String, kind: Kind) -> Result<Self, Malformed> {
        let document = Document::parse(&text, kind)?;
        Ok(Self { text, kind, document })
    }

    /// Reads a policy that was accepted before, whatever is accepted today, and binds its principals to the unique ids
    /// that they had.
    ///
    /// # Errors
    /// When the text never was a policy.
    pub(crate) fn read(text: String, kind: Kind, bound: &[(String, String)]) -> Result<Self, Malformed> {
        let document = Document::parse_stored(&text, kind)?;
        let own = |arn: &str| bound.iter().find(|(of, _)| of == arn).map(|(_, id)| id.clone());
        Ok(Self { text, kind, document }.bound_to(own))
    }

    /// The same policy, its users and roles bound to the unique ids that they have now.
    #[must_use]
    pub(crate) fn bound_to(mut self, unique_id: impl FnMut(&str) -> Option<String>) -> Self {
        self.document.bind(unique_id);
        self
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is attached to.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The same policy with its text laid out anew.
    ///
    /// The rewriting must not change what the text means.
    #[must_use]
    pub(crate) fn rewritten(self, rewrite: impl Fn(&str) -> Option<String>) -> Self {
        let text = rewrite(&self.text).unwrap_or_else(|| self.text.clone());
        Self { text, ..self }
    }

    /// The compiled form.
    pub const fn document(&self) -> &Document {
        &self.document
    }
}

impl PartialEq for PolicyRow {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.kind == other.kind && self.document.bound() == other.document.bound()
    }
}

impl Eq for PolicyRow {}

impl fmt::Debug for PolicyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PolicyRow").field(&self.text).finish()
    }
}

impl Serialize for PolicyRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = (self.kind != Kind::ResourcePolicy).then(|| self.kind.name());
        Written { text: &self.text, kind, bound: self.document.bound() }.serialize(serializer)
    }
}
