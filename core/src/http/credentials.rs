//! The credential scope of a request, read for what it says: nothing is proved by it.

use std::borrow::Cow;

use crate::{caller::Caller, error::Error, names::Region};

/// What the header says about the caller.
pub(super) struct Scope<'a> {
    pub(super) access_key_id: Cow<'a, str>,
    pub(super) region: Region,
    pub(super) service: Cow<'a, str>,
}

impl<'a> Scope<'a> {
    /// Reads `AWS4-HMAC-SHA256 Credential=<id>/<date>/<region>/<service>/aws4_request, ...`.
    pub(super) fn read(header: &'a str) -> Result<Self, Error> {
        let parameters = header
            .strip_prefix("AWS4-HMAC-SHA256")
            .ok_or_else(|| Error::authorization_header("it is not AWS4-HMAC-SHA256"))?;
        let credential = credential(parameters).ok_or_else(|| Error::authorization_header("Credential is missing"))?;
        Self::of(credential)
    }

    /// Reads `<id>/<date>/<region>/<service>`.
    pub(super) fn of(credential: &'a str) -> Result<Self, Error> {
        // An ARN holds slashes; the scope never does.
        let mut fields = credential.rsplitn(4, '/');
        let (Some(service), Some(region), Some(_date), Some(id)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Err(Error::authorization_header("Credential must be <id>/<date>/<region>/<service>/aws4_request"));
        };
        let region = Region::parse(region).ok_or_else(|| Error::authorization_header("the Region is not one"))?;
        Ok(Self { access_key_id: id.into(), region, service: service.into() })
    }

    /// The same scope, with texts of its own.
    pub(super) fn into_owned(self) -> Scope<'static> {
        let [access_key_id, service] = [self.access_key_id, self.service].map(|text| Cow::Owned(text.into_owned()));
        Scope { access_key_id, region: self.region, service }
    }

    /// Whom the access key id itself names: an ARN its principal, twelve digits the root user of that account, the name of a
    /// service the service itself.
    pub(super) fn principal(&self) -> Result<Option<Caller>, Error> {
        match Caller::parse(&self.access_key_id) {
            Some(caller) => self.reaching(caller).map(Some),
            None if self.access_key_id.starts_with("arn:") => Err(Error::access_key_of_nobody(&self.access_key_id)),
            None => Ok(None),
        }
    }

    /// The caller, unless its partition is not that of the Region.
    pub(super) fn reaching(&self, caller: Caller) -> Result<Caller, Error> {
        if caller.reaches(self.region) {
            return Ok(caller);
        }
        let partition = self.region.partition().as_str();
        Err(Error::other_partition(&caller.arn(self.region), self.region.as_str(), partition))
    }
}

/// What stands in `Credential=<credential>/aws4_request`. Names of users and sessions may hold commas.
fn credential(parameters: &str) -> Option<&str> {
    let (before, rest) = split_once(parameters, 'C', "Credential=")?;
    let (credential, after) = split_once(rest, '/', "/aws4_request")?;
    let stands_alone = before.trim_end().is_empty() || before.trim_end().ends_with(',');
    let ends = after.is_empty() || after.starts_with([',', ' ']);
    (stands_alone && ends).then_some(credential)
}

/// What stands before and behind a word that begins with this letter. The library's search for words prepares tables first,
/// which takes longer than to look at each such letter.
fn split_once<'a>(text: &'a str, first: char, word: &str) -> Option<(&'a str, &'a str)> {
    text.match_indices(first).find_map(|(at, _)| Some((&text[..at], text[at..].strip_prefix(word)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scope_names_key_and_region() {
        let header =
            "AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-central-1/kms/aws4_request, SignedHeaders=host, Signature=00";
        let scope = Scope::read(header).map_err(|error| error.to_string()).expect("a header of an SDK");
        assert_eq!((&*scope.access_key_id, scope.region.as_str()), ("AKID", "eu-central-1"));
    }

    #[test]
    fn an_access_key_id_that_is_an_arn_names_its_principal() {
        let principal = |id: &str, region: &str| {
            let header = format!(
                "AWS4-HMAC-SHA256 SignedHeaders=host, Credential={id}/20261122/{region}/kms/aws4_request,Signature=0"
            );
            Scope::read(&header).and_then(|scope| scope.principal())
        };
        for id in [
            "arn:aws:iam::111122223333:user/team/a,b=c",
            "arn:aws:sts::111122223333:assumed-role/R/a,b@c",
            "arn:aws:iam::111122223333:root",
        ] {
            let caller = principal(id, "us-west-2").expect("a principal").expect("a caller");
            assert_eq!(caller.arn(Region::parse("us-west-2").expect("a Region")), id);
        }
        assert_eq!(principal("AKIDEXAMPLE", "us-west-2"), Ok(None));
        for (id, region, shown) in [
            ("arn:aws:iam::1:user/a", "us-west-2", "'arn:aws:iam::1:user/a' is not the ARN of a principal"),
            ("arn:aws:s3:::bucket", "us-west-2", "arn:aws:iam::111122223333:user/Alice"),
            ("arn:aws-cn:iam::111122223333:user/a", "us-west-2", "begin with arn:aws:"),
        ] {
            let error = principal(id, region).expect_err("a refusal");
            assert_eq!(error.exception.name(), "UnrecognizedClientException");
            assert!(error.message.as_ref().is_some_and(|sentence| sentence.contains(shown)), "{error}");
        }
    }

    #[test]
    fn headers_that_cannot_be_read_say_what_is_wrong() {
        for header in [
            "",
            "Basic x",
            "AWS4-HMAC-SHA256 Credential=a/b",
            "AWS4-HMAC-SHA256 XCredential=a/b/eu-central-1/kms/aws4_request",
            "AWS4-HMAC-SHA256 Credential=a/b/eu-central-1/kms/aws4_requests",
            "AWS4-HMAC-SHA256 Credential=a/b/c/kms/aws4_request",
        ] {
            assert!(Scope::read(header).is_err_and(|error| error.message.is_some()), "{header:?}");
        }
    }
}
