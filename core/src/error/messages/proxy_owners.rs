//! Sentences about what the owner of a world does with simulated proxies, which are not AWS's at all.

use crate::error::Error;

impl Error {
    /// A text is not the endpoint and the prefix of a proxy. The sentence is ours.
    pub(crate) fn proxy_name(name: &str) -> Self {
        let shown: String = name.chars().filter(|character| !character.is_control()).take(200).collect();
        Self::argument(&format!(
            "'{shown}' is not a proxy: write its endpoint and the prefix of its paths, such as https://xks.example.com/prefix"
        ))
    }
}
