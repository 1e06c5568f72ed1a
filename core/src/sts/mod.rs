//! STS, as far as it gives credentials: sessions of roles and of users, which the state keeps until they expire.

mod form;
mod identity_token;
mod issue;

pub(crate) use form::Form;
pub(crate) use issue::{Issued, Subject, issue, token};

use std::sync::Arc;

use form::{Members, Pattern};
use identity_token::IdentityToken;

use crate::{
    caller::{Caller, Origin, Sender},
    error::Error,
    names::Region,
    policy::{Kind, PolicyRow},
};

/// The most characters of the session policies of one session together.
const LONGEST_POLICY: usize = 2048;

/// A request for credentials.
#[derive(Debug)]
pub(crate) struct SessionRequest {
    /// The request as it was made: parameters of the query protocol.
    pub(crate) form: String,
    /// What is asked for.
    pub(crate) action: Action,
    /// Who asks; nobody where the token of an identity provider does.
    pub(crate) caller: Option<Caller>,
    /// From where.
    pub(crate) origin: Origin,
    /// The Region of the endpoint.
    pub(crate) region: Region,
}

impl SessionRequest {
    /// What a request asks for that somebody else than HTTP has brought.
    ///
    /// # Errors
    /// Those of [`Action::read`], and a `ValidationException` of ours where nobody asks for credentials.
    pub(crate) fn of(form: &str, sender: Sender, region: Region) -> Result<Self, Error> {
        let action = Action::read(&Form::read(form.as_bytes()))?.ok_or_else(|| Error::unknown_action(""))?;
        let nobody = || Error::recipe("a session is opened for somebody: the step has a caller");
        let caller = if Action::is_signed(action.name()) { Some(sender.caller_or(|| Err(nobody()))?) } else { None };
        Ok(Self { form: form.to_owned(), action, caller, origin: sender.origin, region })
    }

    /// Who asks, where somebody must.
    fn caller(&self) -> Result<&Caller, Error> {
        self.caller.as_ref().ok_or_else(Error::no_credentials)
    }
}

/// What STS is asked for.
#[derive(Debug)]
pub(crate) enum Action {
    /// A session of a role.
    AssumeRole(Box<AssumeRole>),
    /// A session of a role, for the token of an identity provider.
    AssumeRoleWithWebIdentity(Box<AssumeRole>, Box<IdentityToken>),
    /// A session of a federated user.
    GetFederationToken(Box<GetFederationToken>),
    /// A session of the caller itself.
    GetSessionToken {
        /// How long it is to last, in seconds.
        seconds: Option<i64>,
        /// Whether the caller has shown a second factor.
        mfa: bool,
    },
}

/// The members of AssumeRole; those that AssumeRoleWithWebIdentity does not have are in its token, or are empty.
#[derive(Debug, Default)]
pub(crate) struct AssumeRole {
    role: String,
    session_name: String,
    seconds: Option<i64>,
    external_id: Option<String>,
    limits: Limits,
    tags: Vec<(String, String)>,
    transitive: Vec<String>,
    source_identity: Option<String>,
    mfa: bool,
}

/// The members of GetFederationToken.
#[derive(Debug, Default)]
pub(crate) struct GetFederationToken {
    name: String,
    seconds: Option<i64>,
    limits: Limits,
    tags: Vec<(String, String)>,
}

/// The session policies of a request.
#[derive(Debug, Default)]
struct Limits {
    policy: Option<Arc<PolicyRow>>,
    managed: Vec<String>,
}

const NAME: Pattern = (r"[\w+=,.@-]*", |sign| is_word(sign) || "+=,.@-".contains(sign));
const EXTERNAL_ID: Pattern = (r"[\w+=,.@:\/-]*", |sign| is_word(sign) || "+=,.@:/-".contains(sign));
const TAG: Pattern =
    (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", |sign| sign.is_alphanumeric() || sign == ' ' || "_.:/=+-@".contains(sign));
const POLICY: Pattern =
    (r"[\u0009\u000A\u000D\u0020-\u00FF]+", |sign| matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{FF}'));
const DIGITS: Pattern = (r"[\d]*", |sign| sign.is_ascii_digit());

const fn is_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

impl Action {
    /// Reads the parameters of a request; `None` when it asks for something else.
    ///
    /// # Errors
    /// `ValidationException` with AWS's sentence when parameters violate their constraints, and
    /// `MalformedPolicyDocumentException`.
    pub(crate) fn read(form: &Form) -> Result<Option<Self>, Error> {
        let mut members = Members::of(form);
        let action = match form.get("Action") {
            Some("AssumeRole") => Self::AssumeRole(Box::new(AssumeRole::read(members)?)),
            Some("AssumeRoleWithWebIdentity") => {
                let (asked, token) = AssumeRole::with_token(members)?;
                Self::AssumeRoleWithWebIdentity(Box::new(asked), Box::new(token))
            }
            Some("GetFederationToken") => Self::GetFederationToken(Box::new(GetFederationToken::read(members)?)),
            Some("GetSessionToken") => {
                let seconds = members.seconds("DurationSeconds", OWN_SECONDS);
                let mfa = second_factor(&mut members);
                members.end()?;
                Self::GetSessionToken { seconds, mfa }
            }
            _ => return Ok(None),
        };
        Ok(Some(action))
    }

    /// The name on the wire.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::AssumeRole(_) => "AssumeRole",
            Self::AssumeRoleWithWebIdentity(..) => "AssumeRoleWithWebIdentity",
            Self::GetFederationToken(_) => "GetFederationToken",
            Self::GetSessionToken { .. } => "GetSessionToken",
        }
    }

    /// Whether somebody must sign the requests of an action.
    pub(crate) fn is_signed(action: &str) -> bool {
        action != "AssumeRoleWithWebIdentity"
    }
}

/// How long a session of a role may last, and one of a user's own, in seconds.
const ROLE_SECONDS: (i64, i64) = (900, 43_200);
const OWN_SECONDS: (i64, i64) = (900, 129_600);

impl AssumeRole {
    fn read(mut members: Members<'_>) -> Result<Self, Error> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let role = members.required("RoleArn", (20, 2048), None).to_owned();
        let session_name = members.required("RoleSessionName", (2, 64), Some(NAME)).to_owned();
        let seconds = members.seconds("DurationSeconds", ROLE_SECONDS);
        let external_id = owned(members.text("ExternalId", (2, 1224), Some(EXTERNAL_ID)));
        let identity = members.said("SourceIdentity");
        let source_identity = source_identity(&mut members, identity);
        let limits = Limits::said(&mut members);
        let tags = tags(&mut members);
        let transitive = members.list("TransitiveTagKeys", 50, [""]);
        let transitive: Vec<String> = transitive.into_iter().map(|[key]| key.to_owned()).collect();
        let mfa = second_factor(&mut members);
        members.end()?;
        let limits = Limits::read(limits)?;
        let asked = Self { role, session_name, seconds, external_id, limits, tags, transitive, source_identity, mfa };
        asked.with_good_tags()
    }

    /// The members of AssumeRoleWithWebIdentity, and its token.
    fn with_token(mut members: Members<'_>) -> Result<(Self, IdentityToken), Error> {
        let role = members.required("RoleArn", (20, 2048), None).to_owned();
        let session_name = members.required("RoleSessionName", (2, 64), Some(NAME)).to_owned();
        let token = members.required("WebIdentityToken", (4, 20_000), None);
        // It is for the access tokens of OAuth 2.0, of which only their provider knows what they say.
        let provider = members.text("ProviderId", (4, 2048), None);
        let seconds = members.seconds("DurationSeconds", ROLE_SECONDS);
        let limits = Limits::said(&mut members);
        let mut members = members.end()?;
        if provider.is_some() {
            return Err(Error::not_a_token());
        }
        let token = IdentityToken::read(token)?;
        let (tags, transitive) = (token.tags.clone(), token.transitive.clone());
        // What a token says is not more trustworthy than what a request says.
        let source_identity = source_identity(&mut members, token.source_identity.as_deref());
        members.end()?;
        let asked = Self {
            role,
            session_name,
            seconds,
            limits: Limits::read(limits)?,
            tags,
            transitive,
            source_identity,
            ..Self::default()
        };
        Ok((asked.with_good_tags()?, token))
    }

    /// Refuses tags that are given twice, and transitive ones that are not given.
    fn with_good_tags(self) -> Result<Self, Error> {
        distinct(&self.tags)?;
        let passed = |key: &String| self.tags.iter().any(|(of, _)| of.eq_ignore_ascii_case(key));
        match self.transitive.iter().find(|key| !passed(key)) {
            Some(key) => Err(Error::transitive_tag_not_passed(key)),
            None => Ok(self),
        }
    }
}

impl GetFederationToken {
    fn read(mut members: Members<'_>) -> Result<Self, Error> {
        let name = members.required("Name", (2, 32), Some(NAME)).to_owned();
        let seconds = members.seconds("DurationSeconds", OWN_SECONDS);
        let limits = Limits::said(&mut members);
        let tags = tags(&mut members);
        members.end()?;
        distinct(&tags)?;
        Ok(Self { name, seconds, limits: Limits::read(limits)?, tags })
    }
}

impl Limits {
    /// What a request says of them: the text of a policy, and ARNs.
    fn said(members: &mut Members<'_>) -> (Option<String>, Vec<String>) {
        let policy = members.text("Policy", (1, LONGEST_POLICY), Some(POLICY)).map(str::to_owned);
        let managed = members.list("PolicyArns", 10, ["arn"]);
        (policy, managed.into_iter().map(|[arn]| arn.to_owned()).collect())
    }

    fn read((policy, managed): (Option<String>, Vec<String>)) -> Result<Self, Error> {
        let length = policy.as_deref().unwrap_or_default().len() + managed.iter().map(String::len).sum::<usize>();
        if length > LONGEST_POLICY {
            return Err(Error::session_policies_too_long(length, LONGEST_POLICY));
        }
        let policy = policy.map(|text| PolicyRow::parse(text, Kind::SessionPolicy)).transpose();
        let policy = policy.map_err(Error::malformed_policy)?.map(Arc::new);
        Ok(Self { policy, managed })
    }

    /// How much of 2,048 characters they take with tags, in percent, at least one; `None` where there are none.
    fn packed(&self, tags: &[(String, String)]) -> Option<usize> {
        let policy = self.policy.as_ref().map_or(0, |policy| policy.text().len());
        let managed: usize = self.managed.iter().map(String::len).sum();
        let tags: usize = tags.iter().map(|(key, value)| key.len() + value.len()).sum();
        let length = policy + managed + tags;
        (length > 0).then(|| (length * 100 / LONGEST_POLICY).clamp(1, 100))
    }
}

/// A source identity, whether a request or a token says it (API reference of AssumeRole and AssumeRoleWithWebIdentity).
fn source_identity(members: &mut Members<'_>, said: Option<&str>) -> Option<String> {
    let said = said?;
    members.hold("SourceIdentity", said, (2, 64), Some(NAME));
    if said.starts_with("aws:") {
        members.violated("SourceIdentity", "aws:", "Member must not begin with aws:".to_owned());
    }
    Some(said.to_owned())
}

fn tags(members: &mut Members<'_>) -> Vec<(String, String)> {
    let tags = members.list("Tags", 50, ["Key", "Value"]);
    for [key, value] in &tags {
        if !(1..=128).contains(&key.chars().count()) || !key.chars().all(TAG.1) {
            members.violated(
                "Tags",
                key,
                format!("Member must satisfy regular expression pattern: {} and have 1 to 128 characters", TAG.0),
            );
        }
        if value.chars().count() > 256 || !value.chars().all(TAG.1) {
            members.violated("Tags", value, "Member must have at most 256 characters of a tag".to_owned());
        }
    }
    tags.into_iter().map(|[key, value]| (key.to_owned(), value.to_owned())).collect()
}

/// Refuses two tags whose keys differ in case alone.
fn distinct(tags: &[(String, String)]) -> Result<(), Error> {
    let twice = |(at, (key, _)): (usize, &(String, String))| {
        tags.iter().take(at).any(|(before, _)| before.eq_ignore_ascii_case(key))
    };
    if tags.iter().enumerate().any(twice) { Err(Error::duplicate_session_tags()) } else { Ok(()) }
}

/// Whether a second factor is shown. No device is registered anywhere: any six digits of any device are right (a
/// decision).
fn second_factor(members: &mut Members<'_>) -> bool {
    const SERIAL: Pattern = (r"[\w+=/:,.@-]*", |sign| is_word(sign) || "+=/:,.@-".contains(sign));
    let device = members.text("SerialNumber", (9, 256), Some(SERIAL));
    let code = members.text("TokenCode", (6, 6), Some(DIGITS));
    device.is_some() && code.is_some()
}
