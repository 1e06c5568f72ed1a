//! The token of an identity provider: a JSON Web Token (RFC 7519), read for what it says.
//!
//! The signature is not verified: AWS asks the provider for its keys, and nothing here has a network. Whoever shows the token
//! to this world vouches for it, as for every other fact of a request (a decision).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    error::Error,
    names::{AccountId, Partition},
    time::Time,
    wire::{self, Value},
};

/// The providers that every account knows: policies name them by their names (IAM User Guide, "Principal", web identity).
const PUBLIC: [&str; 4] =
    ["accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"];

/// The claims that a session keeps (IAM User Guide, "Available keys for AWS OIDC federation"): the others are for trust
/// policies alone.
const KEPT: [&str; 3] = ["amr", "aud", "sub"];

/// The claim with the session tags, and the one with the source identity (IAM User Guide, "Pass session tags in AWS STS").
const TAGS: &str = "https://aws.amazon.com/tags";
const SOURCE_IDENTITY: &str = "https://aws.amazon.com/source_identity";

/// What a token says.
#[derive(Debug)]
pub(crate) struct IdentityToken {
    /// The issuer, as it stands in the token.
    pub(super) issuer: String,
    pub(super) subject: String,
    /// What the condition key `aud` says.
    pub(super) audience: String,
    /// In seconds.
    expires: i64,
    /// The values of the provider's condition keys by their names behind the colon.
    claims: Vec<(String, Vec<String>)>,
    pub(super) tags: Vec<(String, String)>,
    pub(super) transitive: Vec<String>,
    pub(super) source_identity: Option<String>,
}

impl IdentityToken {
    /// Reads a token.
    pub(super) fn read(token: &str) -> Result<Self, Error> {
        let mut parts = token.split('.');
        let (Some(_header), Some(claims), Some(_signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::not_a_token());
        };
        let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| Error::not_a_token())?;
        let claims = wire::from_json(&claims).map_err(|_| Error::not_a_token())?;
        let Value::Map(members) = &claims else { return Err(Error::not_a_token()) };
        let text = |name: &str| claims.member(name).and_then(Value::as_text).filter(|text| !text.is_empty());
        let required = |name: &str| text(name).map(str::to_owned).ok_or_else(|| Error::claim_is_missing(name));
        let (issuer, subject) = (required("iss")?, required("sub")?);
        let audiences = texts(claims.member("aud")).filter(|audiences| !audiences.is_empty());
        let audiences = audiences.ok_or_else(|| Error::claim_is_missing("aud"))?;
        let expires = match claims.member("exp") {
            Some(Value::Int(seconds)) => *seconds,
            #[expect(clippy::cast_possible_truncation, reason = "a time far away is as far away when it is cut")]
            Some(Value::Float(seconds)) => *seconds as i64,
            _ => return Err(Error::claim_is_missing("exp")),
        };
        let authorized = text("azp").map(|party| vec![party.to_owned()]);
        let own = members.iter().filter(|(name, _)| !matches!(&**name, "aud" | "azp" | TAGS | SOURCE_IDENTITY));
        let own = own.filter_map(|(name, value)| Some((name.clone().into_owned(), texts(Some(value))?)));
        let mut said: Vec<(String, Vec<String>)> = own.collect();
        let seen = authorized.unwrap_or_else(|| audiences.clone());
        let audience = seen.first().cloned().unwrap_or_default();
        said.extend([("aud".to_owned(), seen), ("oaud".to_owned(), audiences)]);
        let (tags, transitive) = tags(claims.member(TAGS)).ok_or_else(Error::not_a_token)?;
        let source_identity = text(SOURCE_IDENTITY).map(str::to_owned);
        Ok(Self { issuer, subject, audience, expires, claims: said, tags, transitive, source_identity })
    }

    /// Refuses a token that has expired by the world's clock.
    pub(super) fn valid_at(&self, now: Time) -> Result<(), Error> {
        let seconds = now.millis().div_euclid(1000);
        if self.expires > seconds { Ok(()) } else { Err(Error::token_has_expired(seconds, self.expires)) }
    }

    /// The name of the provider, with which its condition keys begin: its URL without the scheme.
    fn provider(&self) -> &str {
        self.issuer.strip_prefix("https://").unwrap_or(&self.issuer)
    }

    /// The provider as the trust policy of a role names it.
    pub(super) fn provider_of(&self, account: AccountId, partition: Partition) -> String {
        let name = self.provider();
        if PUBLIC.contains(&name) {
            return name.to_owned();
        }
        format!("arn:{}:iam::{account}:oidc-provider/{name}", partition.as_str())
    }

    /// What the token says, by the names of condition keys.
    pub(super) fn facts(&self) -> impl Iterator<Item = (String, &[String])> {
        self.claims.iter().map(|(claim, values)| (format!("{}:{claim}", self.provider()), &values[..]))
    }

    /// What the session keeps of it.
    pub(super) fn kept(&self) -> Vec<(String, Vec<String>)> {
        let kept = self.claims.iter().filter(|(claim, _)| KEPT.contains(&claim.as_str()));
        kept.map(|(claim, values)| (format!("{}:{claim}", self.provider()), values.clone())).collect()
    }
}

/// The value of a claim as condition keys have it: a text, a number or a truth, or a list of those.
fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    let one = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    match value? {
        Value::List(values) => values.iter().map(one).collect(),
        value => Some(vec![one(value)?]),
    }
}

/// Tags with their keys, and the keys that are transitive.
type Tags = (Vec<(String, String)>, Vec<String>);

/// The session tags of a token: `{"principal_tags": {"team": ["blue"]}, "transitive_tag_keys": ["team"]}`.
fn tags(claim: Option<&Value>) -> Option<Tags> {
    let Some(claim) = claim else { return Some(Tags::default()) };
    let tags = match claim.member("principal_tags") {
        Some(Value::Map(tags)) => tags.iter(),
        None => [].iter(),
        Some(_) => return None,
    };
    let tags = tags.map(|(key, value)| Some((key.clone().into_owned(), texts(Some(value))?.into_iter().next()?)));
    let transitive = claim.member("transitive_tag_keys");
    Some((tags.collect::<Option<_>>()?, transitive.map_or_else(|| Some(Vec::new()), |keys| texts(Some(keys)))?))
}
