//! Sentences about access keys that a host registers.

use crate::error::{Error, Exception};

impl Error {
    /// A text is not the id of an access key. The sentence is ours.
    pub(crate) fn access_key_id(id: &str) -> Self {
        let shown: String = id.chars().take(64).collect();
        let text = format!(
            "'{shown}' is not the id of an access key: an id has 1 to 32 letters, digits and underscores, such as \
             AKIAIOSFODNN7EXAMPLE"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// An access key is to name somebody who has none that lasts. The sentence is ours.
    pub(crate) fn access_key_of(id: &str, principal: &str) -> Self {
        let shown: String = principal.chars().take(200).collect();
        let text = format!(
            "the access key {id} cannot be one of '{shown}': its principal is a user or the root user of an account, \
             such as arn:aws:iam::111122223333:user/Alice; roles get temporary ones from AssumeRole of sts"
        );
        Self::new(Exception::ValidationException, text)
    }
}
