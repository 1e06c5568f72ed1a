//! Credentials that expire: who gets them, and what they are made of.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{Action, Asked, AssumeRole};
use crate::{
    access::{Assumption, Identity, may_assume},
    call::Call,
    caller::{Caller, CallerKind, Session},
    crypto::{CryptoError, CryptoProvider, hash::Hash, mac::Mac, random::Random},
    error::Error,
    names::{AccessKeyId, Partition},
    policy::{Context, Values},
    state::{AccessKeyRow, Draft, PrincipalName, PrincipalType, SessionRow, State},
    time::{Span, Time},
    wire::Value,
};

/// What a session lasts when nobody says how long, and what one lasts at most that a session has opened, in seconds.
const HOUR: i64 = 3600;

/// How many temporary credentials a world keeps.
const MOST: usize = 100_000;

/// Credentials, and whose they are.
pub(crate) struct Issued {
    /// The action that has asked for them.
    pub(crate) action: &'static str,
    /// The access key id.
    pub(crate) access_key_id: AccessKeyId,
    /// The secret access key.
    pub(crate) secret: Zeroizing<String>,
    /// The session token.
    pub(crate) token: Zeroizing<String>,
    /// When they expire.
    pub(crate) expires: Time,
    /// The ARN and the id of a session of a role.
    pub(crate) role: Option<(String, String)>,
    /// The source identity of the session.
    pub(crate) source_identity: Option<String>,
    /// How much of the room for policies and tags they take, in percent; `None` where there are none.
    pub(crate) packed: Option<usize>,
}

/// Opens a session, or refuses to; `entropy` is what its credentials are made of.
pub(crate) fn issue(
    draft: &mut Draft<'_>,
    provider: &CryptoProvider,
    asked: &Asked,
    now: Time,
    entropy: &[u8; 32],
) -> Result<Issued, Error> {
    draft.sweep_sessions(now);
    if draft.state().count_access_keys() >= MOST {
        return Err(Error::too_many_sessions());
    }
    let (row, packed) = match &asked.action {
        Action::AssumeRole(role) => (assumed(draft.state(), asked, role, now, entropy)?, role.packed()),
        Action::GetSessionToken { seconds, mfa } => (own(draft.state(), asked, *seconds, *mfa, now)?, None),
    };
    let expires = row.expires().unwrap_or(now);
    let source_identity = row.session.as_ref().and_then(|session| session.source_identity.clone());
    let caller = row.caller().ok_or_else(|| Error::internal("a session of nobody"))?;
    let role = matches!(caller.kind, CallerKind::Role { .. }).then(|| {
        let id = Identity::of(&caller, asked.region, draft.state()).user_id().unwrap_or_default();
        (caller.arn(asked.region), id)
    });
    let mut random = Random::from_entropy(entropy).stream("sts");
    let access_key_id = new_id(draft.state(), &mut random)?;
    let secret = Zeroizing::new(STANDARD.encode(&*random.secret(30)));
    let token = token(provider.mac, secret.as_bytes(), access_key_id).map_err(|_| no_mac())?;
    draft.put_session(access_key_id, caller.account, row, secret.as_bytes());
    let action = asked.action.name();
    Ok(Issued { action, access_key_id, secret, token, expires, role, source_identity, packed })
}

/// The session token of temporary credentials. It follows from their secret, so that nothing else is kept of it.
pub(crate) fn token(mac: &dyn Mac, secret: &[u8], id: AccessKeyId) -> Result<Zeroizing<String>, CryptoError> {
    let mut bytes = Zeroizing::new([0; 96]);
    for (number, block) in (0_u8..).zip(bytes.chunks_exact_mut(32)) {
        mac.hmac(Hash::Sha256, secret, &[b"pocket-kms session token", id.as_str().as_bytes(), &[number]], block)?;
    }
    Ok(Zeroizing::new(STANDARD.encode(*bytes)))
}

fn no_mac() -> Error {
    Error::internal("a MAC of a session token could not be computed")
}

/// An id that nobody has.
fn new_id(state: &State, random: &mut Random) -> Result<AccessKeyId, Error> {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    for _ in 0..8 {
        let letters = random.array::<16>().map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        let text: String = "ASIA".chars().chain(letters).collect();
        if let Some(id) = AccessKeyId::parse(&text).filter(|id| state.access_key(id).is_none()) {
            return Ok(id);
        }
    }
    Err(Error::internal("no access key id is free"))
}

/// A session of a role.
fn assumed(
    state: &State,
    asked: &Asked,
    request: &AssumeRole,
    now: Time,
    entropy: &[u8; 32],
) -> Result<AccessKeyRow, Error> {
    let Asked { caller, region, .. } = asked;
    let named = PrincipalName::parse(&request.role).filter(|(name, ..)| name.kind() == PrincipalType::Role);
    let (role, path, name) = named.ok_or_else(|| Error::not_a_role(&request.role))?;
    if role.partition() != region.partition() {
        return Err(Error::not_a_role(&request.role));
    }
    let row = state.principal(&role).filter(|row| &*row.path == path && &*row.name == name);
    let source_identity = source_identity(&caller.session, request)?;
    let assumption = Assumption {
        role: &request.role,
        account: role.account(),
        exists: row.is_some() || state.trusts(role.account(), role.partition()),
        trust: row.and_then(|row| row.trust.as_deref()),
        facts: facts(request, source_identity, row.map(|row| &row.tags[..]).unwrap_or_default()),
    };
    let call = Call::new("AssumeRole", Value::Null, caller.clone(), *region, now, *entropy);
    let call = call.with_origin(asked.origin.clone());
    let identity = Identity::of(caller, *region, state);
    let with_tags = !request.tags.is_empty() || !caller.session.transitive.is_empty();
    let actions = [
        Some("sts:AssumeRole"),
        with_tags.then_some("sts:TagSession"),
        source_identity.is_some().then_some("sts:SetSourceIdentity"),
    ];
    for action in actions.into_iter().flatten() {
        may_assume(action, &assumption, &identity, &call, state)?;
    }
    let seconds = request.seconds.unwrap_or(HOUR);
    if caller.is_temporary() && seconds > HOUR {
        return Err(Error::role_chaining_is_shorter());
    }
    let (tags, transitive) = inherited(&caller.session, request)?;
    let mut session = Session { managed_policies: request.managed.clone(), ..Session::default() };
    session.policies.extend(request.policy.clone());
    state.resolve_session(&mut session)?;
    let session = SessionRow {
        name: Some(request.session_name.clone()),
        issued: now,
        expires: now.after(Span::from_millis(seconds * 1000)),
        mfa: false,
        source_identity: source_identity.map(str::to_owned),
        tags,
        transitive,
        policies: session.policies,
        managed: session.managed_policies,
    };
    let unique_id = row.map(|row| row.unique_id.clone());
    Ok(AccessKeyRow { principal: role.arn(path, name).into(), unique_id, session: Some(session) })
}

/// A session of the caller itself: nobody needs a permission for it.
fn own(state: &State, asked: &Asked, seconds: Option<i64>, mfa: bool, now: Time) -> Result<AccessKeyRow, Error> {
    let caller = &asked.caller;
    let (most, usual) = match caller.kind {
        _ if caller.is_temporary() => return Err(Error::session_of_session()),
        CallerKind::Root => (HOUR, HOUR),
        CallerKind::User(_) => (36 * HOUR, 12 * HOUR),
        _ => return Err(Error::no_identity(&caller.arn(asked.region))),
    };
    // That of a root user is shorter whatever is asked for.
    let seconds = seconds.unwrap_or(usual).min(most);
    let arn = Caller { partition: Some(partition(asked)), ..caller.clone() }.arn(asked.region);
    let session = SessionRow {
        name: None,
        issued: now,
        expires: now.after(Span::from_millis(seconds * 1000)),
        mfa,
        source_identity: None,
        tags: caller.session.tags.clone(),
        transitive: Vec::new(),
        policies: Vec::new(),
        managed: Vec::new(),
    };
    let unique_id = state.unique_id(&arn).map(Into::into);
    Ok(AccessKeyRow { principal: arn.into(), unique_id, session: Some(session) })
}

fn partition(asked: &Asked) -> Partition {
    asked.caller.partition.unwrap_or(asked.region.partition())
}

/// The source identity of the new session: once given, it stays through all roles.
fn source_identity<'a>(session: &'a Session, request: &'a AssumeRole) -> Result<Option<&'a str>, Error> {
    match (session.source_identity.as_deref(), request.source_identity.as_deref()) {
        (Some(had), Some(wanted)) if had != wanted => Err(Error::source_identity_stays(had)),
        (Some(had), _) => Ok(Some(had)),
        (None, wanted) => Ok(wanted),
    }
}

/// Tags with their keys, and the keys that are transitive.
type Tags = (Vec<(String, String)>, Vec<String>);

/// The tags of the new session: those that are passed, and the transitive ones of the session that passes them, which
/// cannot be overridden.
fn inherited(session: &Session, request: &AssumeRole) -> Result<Tags, Error> {
    let (mut tags, mut transitive) = (request.tags.clone(), request.transitive.clone());
    for key in &session.transitive {
        if tags.iter().any(|(passed, _)| passed.eq_ignore_ascii_case(key)) {
            return Err(Error::transitive_tag_conflict());
        }
        tags.extend(session.tags.iter().find(|(of, _)| of.eq_ignore_ascii_case(key)).cloned());
        transitive.push(key.clone());
    }
    Ok((tags, transitive))
}

/// The condition keys of AssumeRole, TagSession and SetSourceIdentity (service authorization reference of STS; IAM User
/// Guide, "Available keys for AWS STS").
fn facts(request: &AssumeRole, source_identity: Option<&str>, role_tags: &[(String, String)]) -> Context {
    let mut facts = Context::new();
    let mut one = |key: &str, value: &str| facts.insert(key, Values::one(value.to_owned()));
    one("sts:RoleSessionName", &request.session_name);
    if let Some(id) = &request.external_id {
        one("sts:ExternalId", id);
    }
    if let Some(identity) = source_identity {
        one("sts:SourceIdentity", identity);
    }
    if request.mfa {
        one("aws:MultiFactorAuthPresent", "true");
        one("aws:MultiFactorAuthAge", "0");
    }
    for (key, value) in &request.tags {
        one(&format!("aws:RequestTag/{key}"), value);
    }
    for (key, value) in role_tags {
        one(&format!("aws:ResourceTag/{key}"), value);
        one(&format!("iam:ResourceTag/{key}"), value);
    }
    let keys: Vec<String> = request.tags.iter().map(|(key, _)| key.clone()).collect();
    if !keys.is_empty() {
        facts.insert("aws:TagKeys", Values::many(keys));
    }
    if !request.transitive.is_empty() {
        facts.insert("sts:TransitiveTagKeys", Values::many(request.transitive.clone()));
    }
    facts
}

impl AssumeRole {
    /// How much of 2,048 characters the policies and tags take, in percent, at least one.
    fn packed(&self) -> Option<usize> {
        let policy = self.policy.as_ref().map_or(0, |policy| policy.text().len());
        let managed: usize = self.managed.iter().map(String::len).sum();
        let tags: usize = self.tags.iter().map(|(key, value)| key.len() + value.len()).sum();
        let length = policy + managed + tags;
        (length > 0).then(|| (length * 100 / super::LONGEST_POLICY).clamp(1, 100))
    }
}
