//! Sentences about signatures. Those of AWS stand on IAM's page "Troubleshoot Signature Version 4 signing", or where it
//! is said.

use crate::error::{Error, Exception};

impl Error {
    /// The header is there and says nothing. The sentence is AWS's (that page).
    pub(crate) fn empty_authorization() -> Self {
        Self::incomplete("Authorization header cannot be empty.")
    }

    /// Something in the header is not a pair. The sentence is AWS's (that page; awslabs/time-addressable-media-store#8).
    pub(crate) fn not_a_pair(hashed: &str) -> Self {
        Self::incomplete(format!(
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with \
             Base64): '{hashed}'."
        ))
    }

    /// The header does not say everything: what of credential, signature, signed headers and time is missing. The
    /// sentence is AWS's (that page; aws/chalice#828, where the whole header follows, which AWS now hashes).
    pub(crate) fn missing_of_authorization(missing: [bool; 4], hashed: &str) -> Self {
        let sentences = [
            "Authorization header requires 'Credential' parameter.",
            "Authorization header requires 'Signature' parameter.",
            "Authorization header requires 'SignedHeaders' parameter.",
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        ];
        let missing = sentences.iter().zip(missing).filter(|(_, missing)| *missing).map(|(sentence, _)| *sentence);
        let missing: Vec<&str> = missing.collect();
        let missing = missing.join(" ");
        Self::incomplete(format!("{missing} (Hashed with SHA-256 and encoded with Base64) Authorization={hashed}"))
    }

    /// The credential does not have its five parts. The sentence is AWS's (mhart/aws4#97).
    pub(crate) fn credential(credential: &str) -> Self {
        let shown: String = credential.chars().take(200).collect();
        Self::incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{shown}'"
        ))
    }

    /// A presigned URL does not say what it must. The sentence is ours.
    pub(crate) fn presigned(problem: &str) -> Self {
        Self::incomplete(format!("The parameters of the presigned URL cannot be read: {problem}"))
    }

    /// A header is not signed that must be. The sentence is AWS's (aws/aws-sdk-php#2469, for the host; the same form for
    /// others).
    pub(crate) fn must_be_signed(header: &str) -> Self {
        let shown = if header == "host" { "'Host' or ':authority'".to_owned() } else { format!("'{header}'") };
        Self::unfit(format!("{shown} must be a 'SignedHeader' in the AWS Authorization."))
    }

    /// The credential scope ends otherwise. The sentence is AWS's (that page).
    pub(crate) fn other_terminator() -> Self {
        Self::unfit("Credential should be scoped with a valid terminator: 'aws4_request'")
    }

    /// The credential scope is one of another Region than that of the host. The sentence is AWS's (that page; with its
    /// full stop in JuliaCloud/AWS.jl#565).
    pub(crate) fn scope_of_other_region(region: &str) -> Self {
        let shown: String = region.chars().take(64).collect();
        Self::unfit(format!("Credential should be scoped to a valid region, not '{shown}'."))
    }

    /// The day of the credential scope is not that of the request. The sentence is AWS's (that page); what follows it is
    /// ours.
    pub(crate) fn other_day(scope: &str, time: &str) -> Self {
        let [scope, time] = [scope, time].map(|text| text.chars().take(32).collect::<String>());
        Self::unfit(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: the scope says \
             '{scope}', the request '{time}'"
        ))
    }

    /// The time of the request is not one. The sentence is ours.
    pub(crate) fn signature_time(time: &str) -> Self {
        let shown: String = time.chars().take(32).collect();
        Self::incomplete(format!(
            "'{shown}' is not the time of a request in the basic format of ISO 8601, 20261126T110000Z"
        ))
    }

    /// The request is too old. The sentence is AWS's (of KMS in aws/aws-sdk-js-v3#6400, of STS in aws/aws-cli#6676).
    pub(crate) fn signature_expired(time: &str, earliest: &str, now: &str, span: &str) -> Self {
        Self::unfit(format!("Signature expired: {time} is now earlier than {earliest} ({now} - {span})"))
    }

    /// The request is of the future. The sentence is AWS's (s12v/awsbeats#48).
    pub(crate) fn signature_not_yet_current(time: &str, latest: &str, now: &str, span: &str) -> Self {
        Self::unfit(format!("Signature not yet current: {time} is still later than {latest} ({now} + {span})"))
    }

    /// The signature is another one. The sentence is AWS's (aws/aws-sdk-js#168).
    pub(crate) fn signature_mismatch(canonical: &str, to_sign: &str) -> Self {
        Self::unfit(format!(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
             Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this \
             request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{to_sign}'\n"
        ))
    }

    /// The session token is not that of the access key, or there is none. The sentence is AWS's (of KMS in
    /// aws/aws-encryption-sdk-java#9).
    pub(crate) fn invalid_token() -> Self {
        Self::new(Exception::UnrecognizedClientException, "The security token included in the request is invalid.")
    }

    /// The temporary credentials have expired. The sentence is AWS's (of KMS in boto/boto3#1127).
    pub(crate) fn expired_token() -> Self {
        Self::new(Exception::ExpiredTokenException, "The security token included in the request is expired")
    }

    fn incomplete(sentence: impl Into<String>) -> Self {
        Self::new(Exception::IncompleteSignatureException, sentence)
    }

    fn unfit(sentence: impl Into<String>) -> Self {
        Self::new(Exception::InvalidSignatureException, sentence)
    }
}
