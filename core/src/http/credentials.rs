//! The credential scope of a SigV4 `Authorization` header. The signature itself is not checked.

use crate::{error::Error, names::Region};

/// What the header says about the caller.
pub(super) struct Scope {
    pub(super) access_key_id: String,
    pub(super) region: Region,
}

impl Scope {
    /// Reads `AWS4-HMAC-SHA256 Credential=<id>/<date>/<region>/kms/aws4_request, ...`.
    pub(super) fn read(header: Option<&str>) -> Result<Self, Error> {
        let header = header.ok_or_else(Error::no_credentials)?;
        let parameters = header
            .strip_prefix("AWS4-HMAC-SHA256")
            .ok_or_else(|| Error::authorization_header("it is not AWS4-HMAC-SHA256"))?;
        let credential = parameters.split(',').find_map(|part| part.trim().strip_prefix("Credential="));
        let credential = credential.ok_or_else(|| Error::authorization_header("Credential is missing"))?;
        // An access key id of a foreign emulator may hold slashes; the scope never does.
        let mut fields = credential.rsplitn(5, '/');
        let (Some("aws4_request"), Some(_service), Some(region), Some(_date), Some(id)) =
            (fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Err(Error::authorization_header("Credential must be <id>/<date>/<region>/kms/aws4_request"));
        };
        let region = Region::parse(region).ok_or_else(|| Error::authorization_header("the Region is not one"))?;
        Ok(Self { access_key_id: id.to_owned(), region })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scope_names_key_and_region() {
        let header =
            "AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-central-1/kms/aws4_request, SignedHeaders=host, Signature=00";
        let scope = Scope::read(Some(header)).map_err(|error| error.to_string()).expect("a header of an SDK");
        assert_eq!((scope.access_key_id.as_str(), scope.region.as_str()), ("AKID", "eu-central-1"));
    }

    #[test]
    fn headers_that_cannot_be_read_say_what_is_wrong() {
        for header in [
            None,
            Some(""),
            Some("Basic x"),
            Some("AWS4-HMAC-SHA256 Credential=a/b"),
            Some("AWS4-HMAC-SHA256 Credential=a/b/c/kms/aws4_request"),
        ] {
            assert!(Scope::read(header).is_err_and(|error| error.message.is_some()), "{header:?}");
        }
    }
}
