//! The description of a type: what the published API model says of it, as data.

/// A range of lengths, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The least allowed length.
    pub min: Option<i64>,
    /// The greatest allowed length.
    pub max: Option<i64>,
}

/// A published regular expression, and the predicate that stands for it.
///
/// The core carries no regular expression engine; a test compares each predicate with the real expression.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// The expression as the API model prints it.
    pub published: &'static str,
    /// Whether a text matches.
    pub matches: fn(&str) -> bool,
}

/// One member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The wire name.
    pub name: &'static str,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Whether it is always there: it is required, or every reply holds it, which the model does not say.
    pub certain: bool,
    /// The member's type.
    pub table: &'static Table,
}

/// One type of the API model.
#[derive(Clone, Copy, Debug)]
pub enum Table {
    /// Text with a length in characters and perhaps a pattern.
    Text {
        /// The model's name of the type.
        name: &'static str,
        /// The length in characters.
        length: Length,
        /// The pattern, if any.
        pattern: Option<Pattern>,
        /// Whether the text must not be shown.
        sensitive: bool,
        /// Whether a number or a truth value is taken as text, too (P1-87).
        scalars: bool,
    },
    /// Text out of a fixed set.
    Choice {
        /// The model's name of the type.
        name: &'static str,
        /// The allowed values.
        values: &'static [&'static str],
        /// Values that AWS takes besides, although the model does not have them.
        unpublished: &'static [&'static str],
        /// The values that a refusal names, which for a few members of AWS's are those of another enumeration.
        named: &'static [&'static str],
    },
    /// Bytes.
    Blob {
        /// The model's name of the type.
        name: &'static str,
        /// The length in bytes.
        length: Length,
        /// Whether the bytes must not be shown.
        sensitive: bool,
    },
    /// A whole number.
    Number {
        /// The model's name of the type.
        name: &'static str,
        /// The allowed values.
        range: Length,
    },
    /// A truth value.
    Flag {
        /// The model's name of the type.
        name: &'static str,
    },
    /// An instant.
    Timestamp {
        /// The model's name of the type.
        name: &'static str,
    },
    /// Values of one type.
    List {
        /// The model's name of the type.
        name: &'static str,
        /// The number of elements.
        length: Length,
        /// The type of the elements.
        of: &'static Table,
    },
    /// Values of one type by name.
    Map {
        /// The model's name of the type.
        name: &'static str,
        /// The type of the names.
        key: &'static Table,
        /// The type of the values.
        value: &'static Table,
    },
    /// Named members.
    Structure {
        /// The model's name of the type.
        name: &'static str,
        /// The members in the model's order.
        members: &'static [Member],
    },
}

impl Table {
    /// The model's name of the type.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text { name, .. }
            | Self::Choice { name, .. }
            | Self::Blob { name, .. }
            | Self::Number { name, .. }
            | Self::Flag { name }
            | Self::Timestamp { name }
            | Self::List { name, .. }
            | Self::Map { name, .. }
            | Self::Structure { name, .. } => name,
        }
    }

    /// Whether values of this type must not be shown.
    pub const fn is_sensitive(&self) -> bool {
        matches!(self, Self::Text { sensitive: true, .. } | Self::Blob { sensitive: true, .. })
    }
}
