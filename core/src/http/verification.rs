//! Whether a request is signed with the secret of its access key, in its place and at its time.

use subtle::ConstantTimeEq;

use super::{Request, dispatch::Known, request::behind_scheme, service::Service};
use crate::{
    error::Error,
    names::Region,
    signature::{Form, Message, Presented, Scope, Signature, TERMINATOR},
    time::{Span, Time},
};

const MINUTE: i64 = 60_000;

/// The longest time for which a presigned URL is good, in seconds: seven days (IAM's page of authentication methods).
const LONGEST_PRESIGNED: i64 = 604_800;

/// As much of a canonical request as a refusal shows, in bytes.
const LONGEST_SHOWN: usize = 16 << 10;

/// What proves that a request comes from the holder of an access key.
pub(super) struct Proof<'a> {
    /// The secret.
    pub(super) secret: &'a [u8],
    /// The session token of temporary credentials.
    pub(super) token: Option<&'a str>,
    /// When the credentials expire.
    pub(super) expires: Option<Time>,
}

impl Request<'_> {
    /// Refuses a request that is not signed as the proof wants it.
    ///
    /// The time is that of the world's clock, and the order of the checks a decision: what a client can see for itself
    /// comes first, and the signature last.
    pub(super) fn verify(&self, proof: &Proof<'_>, service: Service, known: &Known<'_>) -> Result<(), Error> {
        let authority = self.authority();
        let message = self.message(authority.as_deref());
        let presented = Presented::of(message)?;
        self.in_place(&presented, service)?;
        in_time(&presented, service, known)?;
        self.signed_where_it_must_be(&presented)?;
        let [shown, own] = [presented.token.as_deref(), proof.token].map(Option::unwrap_or_default);
        if !bool::from(shown.as_bytes().ct_eq(own.as_bytes())) {
            return Err(Error::invalid_token());
        }
        if proof.expires.is_some_and(|expires| expires <= known.now) {
            return Err(Error::expired_token());
        }
        let [day, region, service, _] = &presented.scope;
        let of = (Scope { day, region, service }, presented.time.as_str(), presented.form != Form::Header);
        let signature = Signature::new(known.kms.provider().mac, proof.secret, &message, &presented.signed, of);
        let signature = signature.map_err(|_| Error::internal("a MAC of a signature could not be computed"))?;
        if signature.is(&presented.signature) { Ok(()) } else { Err(mismatch(&signature)) }
    }

    /// What AWS finds wrong with credentials that cannot be read.
    pub(super) fn misread(&self) -> Option<Error> {
        match Presented::of(self.message(None)) {
            Err(error) => Some(error),
            Ok(presented) => match &presented.scope {
                [.., terminator] if terminator != TERMINATOR => Some(Error::other_terminator()),
                [_, region, ..] => Region::parse(region).is_none().then(|| Error::scope_of_other_region(region)),
            },
        }
    }

    /// What a signature covers.
    pub(crate) fn message<'a>(&'a self, authority: Option<&'a str>) -> Message<'a> {
        let (path, query) = self.path();
        Message { method: &self.method, path, query, headers: &self.headers, authority, body: &self.body }
    }

    /// The host of a target that is a whole URL, as clients sign it: without the port that its scheme has anyway.
    pub(crate) fn authority(&self) -> Option<String> {
        let rest = behind_scheme(&self.target)?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let authority = authority.rsplit_once('@').map_or(authority, |(_, authority)| authority);
        let port = if self.target.starts_with("https:") { ":443" } else { ":80" };
        Some(authority.strip_suffix(port).unwrap_or(authority).to_ascii_lowercase())
    }

    /// Refuses a credential scope of somewhere else.
    fn in_place(&self, presented: &Presented<'_>, service: Service) -> Result<(), Error> {
        let [day, region, of, terminator] = &presented.scope;
        if terminator != TERMINATOR {
            return Err(Error::other_terminator());
        }
        let host = self.host().unwrap_or_default();
        if Region::parse(region).is_none() || region_of(host).is_some_and(|there| there.as_str() != &**region) {
            return Err(Error::scope_of_other_region(region));
        }
        if *of != service.name() {
            return Err(Service::other(of));
        }
        if presented.time.get(..8) != Some(&**day) {
            return Err(Error::other_day(day, &presented.time));
        }
        Ok(())
    }

    /// The host and all headers of AWS are signed.
    fn signed_where_it_must_be(&self, presented: &Presented<'_>) -> Result<(), Error> {
        let of_aws = self.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let mut must = std::iter::once("host".to_owned()).chain(of_aws.filter(|name| name.starts_with("x-amz-")));
        must.find(|name| !presented.signs(name)).map_or(Ok(()), |name| Err(Error::must_be_signed(&name)))
    }
}

/// Refuses what is too old, or of the future: KMS allows five minutes, STS fifteen. A presigned URL of KMS is good for as
/// long as it says (a decision); those of STS are good for fifteen minutes whatever they say, as AWS's authenticator for
/// Kubernetes knows (kubernetes-sigs/aws-iam-authenticator, `pkg/token`).
///
/// SDKs sign by the clock of their machine: the setting `signature-skew` lets a host move the clock of a world away from
/// it.
fn in_time(presented: &Presented<'_>, service: Service, known: &Known<'_>) -> Result<(), Error> {
    let (time, now) = (&presented.time, known.now);
    let instant = presented.instant.ok_or_else(|| Error::signature_time(time))?;
    let usual = Span::from_millis(if service == Service::Sts { 15 * MINUTE } else { 5 * MINUTE });
    let mut good = known.kms.state().signature_skew().unwrap_or(usual);
    let mut span = format!("{} min.", good.millis() / MINUTE);
    let latest = now.after(good);
    if instant > latest {
        return Err(Error::signature_not_yet_current(time, &latest.basic(), &now.basic(), &span));
    }
    if let Form::Query { expires } = presented.form {
        let seconds = expires.filter(|seconds| (1..=LONGEST_PRESIGNED).contains(seconds));
        let seconds = seconds.ok_or_else(|| Error::presigned("X-Amz-Expires must be 1 to 604800 seconds"))?;
        let said = Span::from_millis(seconds * 1000);
        if service != Service::Sts && known.kms.state().signature_skew().is_none_or(|skew| skew < said) {
            (good, span) = (said, format!("{seconds} sec."));
        }
    }
    let earliest = Time::from_millis(now.millis() - good.millis());
    // Whole seconds are compared, for no request says more.
    if instant.millis() / 1000 < earliest.millis() / 1000 {
        return Err(Error::signature_expired(time, &earliest.basic(), &now.basic(), &span));
    }
    Ok(())
}

/// The Region in the name of a host of AWS's.
fn region_of(host: &str) -> Option<Region> {
    let host = host.to_ascii_lowercase();
    let of_aws = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn"];
    let name = of_aws.iter().find_map(|end| host.strip_suffix(end))?;
    name.split('.').find_map(Region::parse)
}

fn mismatch(signature: &Signature) -> Error {
    let canonical = &signature.canonical[..signature.canonical.len().min(LONGEST_SHOWN)];
    Error::signature_mismatch(&String::from_utf8_lossy(canonical), &signature.to_sign)
}
