//! Sentences about ids and materials that tags choose for keys, which are not AWS's at all.

use std::fmt::Display;

use crate::error::{Error, Exception};

impl Error {
    /// What the tag holds is not the id of such a key. The sentence is ours.
    pub(crate) fn chosen_id(tag: &str, text: &str, multi_region: bool) -> Self {
        let form = if multi_region {
            "of a multi-Region key, mrk- and 32 hexadecimal digits,"
        } else {
            "of a single-Region key, such as 1234abcd-12ab-34cd-56ef-1234567890ab,"
        };
        Self::chosen(format!("the tag {tag} takes the id {form} not '{text}'"))
    }

    /// A key has the id of the tag already. The sentence is ours.
    pub(crate) fn chosen_id_taken(tag: &str, arn: impl Display) -> Self {
        Self::chosen(format!(
            "the tag {tag} chooses the id of {arn}, which exists, or will until its deletion: choose another"
        ))
    }

    /// What the tag holds is not the material of such a key; `form` is what would be. The sentence is ours.
    pub(crate) fn chosen_material(tag: &str, spec: impl Display, form: &str) -> Self {
        Self::chosen(format!("the tag {tag} takes the key material of a key of the spec {spec} in base64: {form}"))
    }

    /// Keys of this origin have material from elsewhere. The sentence is ours.
    pub(crate) fn chosen_material_of_origin(tag: &str, origin: impl Display) -> Self {
        Self::chosen(format!(
            "the tag {tag} is for keys of the origin AWS_KMS, not of {origin}, whose material comes from elsewhere"
        ))
    }

    fn chosen(problem: String) -> Self {
        Self::new(Exception::ValidationException, problem)
    }
}
