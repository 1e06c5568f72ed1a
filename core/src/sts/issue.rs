//! Credentials that expire: who gets them, and what they are made of.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{Action, AssumeRole, GetFederationToken, IdentityToken, Limits, SessionRequest};
use crate::{
    access::{Assumption, Identity, may_assume, may_federate},
    call::Call,
    caller::{Caller, CallerKind, Session},
    crypto::{CryptoError, CryptoProvider, hash::Hash, mac::Mac, random::Random},
    error::Error,
    names::{AccessKeyId, AccountId, Partition},
    policy::{Context, Values},
    state::{AccessKeyRow, Draft, PrincipalName, PrincipalRow, PrincipalType, SessionRow, State, claim},
    time::{Span, Time},
    wire::Value,
};

/// What a session lasts when nobody says how long, and what one lasts at most that a session has opened, in seconds.
const HOUR: i64 = 3600;

/// How many temporary credentials a world keeps.
const MOST: usize = 100_000;

/// The service that asks on behalf of who shows a token.
const STS: &str = "sts.amazonaws.com";

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
    /// Whose they are, where that is told.
    pub(crate) subject: Option<Subject>,
    /// The subject, the audience and the issuer of an identity provider's token.
    pub(crate) identity: Option<[String; 3]>,
    /// The source identity of the session.
    pub(crate) source_identity: Option<String>,
    /// How much of the room for policies and tags they take, in percent; `None` where there are none.
    pub(crate) packed: Option<usize>,
}

/// Whose credentials are: the ARN and the id.
pub(crate) enum Subject {
    /// A session of a role.
    Role(String, String),
    /// A federated user.
    Federated(String, String),
}

/// Opens a session, or refuses to; `entropy` is what its credentials are made of.
pub(crate) fn issue(
    draft: &mut Draft<'_>,
    provider: &CryptoProvider,
    asked: &SessionRequest,
    now: Time,
    entropy: &[u8; 32],
) -> Result<Issued, Error> {
    draft.sweep_sessions(now);
    if draft.state().count_access_keys() >= MOST {
        return Err(Error::too_many_sessions());
    }
    let at = Moment { state: draft.state(), asked, now, entropy };
    let (row, packed, identity) = match &asked.action {
        Action::AssumeRole(role) => (at.assumed(role)?, role.limits.packed(&role.tags), None),
        Action::AssumeRoleWithWebIdentity(role, token) => {
            let told = [&token.subject, &token.audience, &token.issuer].map(String::clone);
            (at.by_token(role, token)?, role.limits.packed(&role.tags), Some(told))
        }
        Action::GetFederationToken(of) => (at.federated(of)?, of.limits.packed(&of.tags), None),
        Action::GetSessionToken { seconds, mfa } => (at.own(*seconds, *mfa)?, None, None),
    };
    let expires = row.expires().unwrap_or(now);
    let source_identity = row.session.as_ref().and_then(|session| session.source_identity.clone());
    let caller = row.caller().ok_or_else(|| Error::internal("a session of nobody"))?;
    let (arn, id) = (caller.arn(asked.region), Identity::of(&caller, asked.region, draft.state()).user_id());
    let subject = match caller.kind {
        CallerKind::Role { .. } => Some(Subject::Role(arn, id.unwrap_or_default())),
        CallerKind::FederatedUser(_) => Some(Subject::Federated(arn, id.unwrap_or_default())),
        CallerKind::Root | CallerKind::User(_) | CallerKind::Service(_) => None,
    };
    let mut random = Random::from_entropy(entropy).stream("sts");
    let access_key_id = new_id(draft.state(), &mut random)?;
    let secret = Zeroizing::new(STANDARD.encode(&*random.secret(30)));
    let token = token(provider.mac, secret.as_bytes(), access_key_id).map_err(|_| no_mac())?;
    draft.put_session(access_key_id, caller.account, row, secret.as_bytes());
    let action = asked.action.name();
    Ok(Issued { action, access_key_id, secret, token, expires, subject, identity, source_identity, packed })
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

/// A request, and what it meets.
struct Moment<'a> {
    state: &'a State,
    asked: &'a SessionRequest,
    now: Time,
    entropy: &'a [u8; 32],
}

/// A role that somebody wants to assume, as far as the directory knows it.
struct Wanted<'a> {
    arn: &'a str,
    of: PrincipalName,
    path: &'a str,
    name: &'a str,
    row: Option<&'a PrincipalRow>,
}

impl<'a> Moment<'a> {
    /// A session of a role.
    fn assumed(&self, request: &AssumeRole) -> Result<AccessKeyRow, Error> {
        let caller = self.asked.caller()?;
        if matches!(caller.kind, CallerKind::FederatedUser(_)) {
            return Err(Error::federated_users_assume_no_roles());
        }
        let role = self.wanted(&request.role)?;
        if role.of.partition() != self.asked.region.partition() {
            return Err(Error::not_a_role(&request.role));
        }
        let source_identity = source_identity(&caller.session, request)?;
        let identity = Identity::of(caller, self.asked.region, self.state);
        let with_tags = !request.tags.is_empty() || !caller.session.transitive.is_empty();
        let actions = actions("sts:AssumeRole", with_tags, source_identity);
        self.may_open(&role, None, &actions, facts(request, source_identity, role.tags()), &identity)?;
        let seconds = request.seconds.unwrap_or(HOUR);
        if caller.is_temporary() && seconds > HOUR {
            return Err(Error::role_chaining_is_shorter());
        }
        role.allows(seconds)?;
        let (tags, transitive) = inherited(&caller.session, request)?;
        let session = self.limited(&request.limits, seconds)?;
        let source_identity = source_identity.map(str::to_owned);
        let name = Some(request.session_name.clone());
        Ok(role.opened(SessionRow { name, source_identity, tags, transitive, ..session }))
    }

    /// A session of a role for the token of an identity provider, as the trust policy of the role alone decides.
    fn by_token(&self, request: &AssumeRole, token: &IdentityToken) -> Result<AccessKeyRow, Error> {
        token.valid_at(self.now)?;
        let role = self.wanted(&request.role)?;
        let provider = token.provider_of(role.of.account(), role.of.partition());
        let nobody = Caller::new(AccountId::ZERO, CallerKind::Service(STS.to_owned()));
        let identity = Identity::of(&nobody, self.asked.region, self.state);
        let source_identity = request.source_identity.as_deref();
        let mut facts = facts(request, source_identity, role.tags());
        facts.insert("aws:PrincipalIsAWSService", Values::one("false"));
        facts.insert("aws:FederatedProvider", Values::one(provider.clone()));
        for (key, values) in token.facts() {
            facts.insert(&key, claim(&key, values));
        }
        let actions = actions("sts:AssumeRoleWithWebIdentity", !request.tags.is_empty(), source_identity);
        self.may_open(&role, Some(&provider), &actions, facts, &identity)?;
        let seconds = request.seconds.unwrap_or(HOUR);
        role.allows(seconds)?;
        let session = self.limited(&request.limits, seconds)?;
        Ok(role.opened(SessionRow {
            name: Some(request.session_name.clone()),
            source_identity: request.source_identity.clone(),
            tags: request.tags.clone(),
            transitive: request.transitive.clone(),
            provider: Some(provider.into()),
            claims: token.kept(),
            ..session
        }))
    }

    /// A session of a federated user: its user needs a permission, and policies limit what it may do.
    fn federated(&self, request: &GetFederationToken) -> Result<AccessKeyRow, Error> {
        let (caller, region) = (self.asked.caller()?, self.asked.region);
        let (most, usual) = self.lasting(Error::federation_of_session)?;
        let partition = self.partition(caller).as_str();
        let arn = format!("arn:{partition}:sts::{}:federated-user/{}", caller.account, request.name);
        let identity = Identity::of(caller, region, self.state);
        let mut facts = Context::new();
        add_tags(&mut facts, &request.tags);
        for action in actions("sts:GetFederationToken", !request.tags.is_empty(), None) {
            may_federate(action, &arn, &facts, &identity, &self.call(caller), self.state)?;
        }
        let session = self.limited(&request.limits, request.seconds.unwrap_or(usual).min(most))?;
        let issuer = self.own_arn(caller);
        let unique_id = self.state.unique_id(&issuer).map(Into::into);
        let session = SessionRow { tags: request.tags.clone(), issuer: Some(issuer.into()), ..session };
        Ok(AccessKeyRow { principal: arn.into(), unique_id, session: Some(session) })
    }

    /// A session of the caller itself: nobody needs a permission for it.
    fn own(&self, seconds: Option<i64>, mfa: bool) -> Result<AccessKeyRow, Error> {
        let caller = self.asked.caller()?;
        let (most, usual) = self.lasting(Error::session_of_session)?;
        let session = self.limited(&Limits::default(), seconds.unwrap_or(usual).min(most))?;
        let arn = self.own_arn(caller);
        let unique_id = self.state.unique_id(&arn).map(Into::into);
        let session = SessionRow { mfa, tags: caller.session.tags.clone(), ..session };
        Ok(AccessKeyRow { principal: arn.into(), unique_id, session: Some(session) })
    }

    /// How long the sessions of a user or of the root user last at most, and usually, in seconds. Those of a root user are
    /// shorter whatever is asked for.
    fn lasting(&self, of_session: fn() -> Error) -> Result<(i64, i64), Error> {
        let caller = self.asked.caller()?;
        match caller.kind {
            _ if caller.is_temporary() => Err(of_session()),
            CallerKind::Root => Ok((HOUR, HOUR)),
            CallerKind::User(_) => Ok((36 * HOUR, 12 * HOUR)),
            _ => Err(Error::no_identity(&caller.arn(self.asked.region))),
        }
    }

    fn partition(&self, caller: &Caller) -> Partition {
        caller.partition.unwrap_or(self.asked.region.partition())
    }

    fn own_arn(&self, caller: &Caller) -> String {
        Caller { partition: Some(self.partition(caller)), ..caller.clone() }.arn(self.asked.region)
    }

    fn call(&self, caller: &Caller) -> Call {
        let action = self.asked.action.name();
        let call = Call::new(action, Value::Null, caller.clone(), self.asked.region, self.now, *self.entropy);
        call.with_origin(self.asked.origin.clone())
    }

    /// The role of this ARN.
    fn wanted(&self, arn: &'a str) -> Result<Wanted<'a>, Error> {
        let named = PrincipalName::parse(arn).filter(|(name, ..)| name.kind() == PrincipalType::Role);
        let (of, path, name) = named.ok_or_else(|| Error::not_a_role(arn))?;
        let row = self.state.principal(&of).filter(|row| &*row.path == path && &*row.name == name);
        Ok(Wanted { arn, of, path, name, row })
    }

    /// Lets somebody open a session of a role, or refuses it.
    fn may_open(
        &self,
        role: &Wanted<'_>,
        provider: Option<&str>,
        actions: &[&str],
        facts: Context,
        identity: &Identity<'_>,
    ) -> Result<(), Error> {
        let trusted = self.state.trusts(role.of.account(), role.of.partition());
        let assumption = Assumption {
            role: role.arn,
            account: role.of.account(),
            exists: role.row.is_some() || trusted,
            trusted,
            provider,
            trust: role.row.and_then(|row| row.trust.as_deref()),
            facts,
        };
        let call = self.call(identity.caller());
        actions.iter().try_for_each(|action| may_assume(action, &assumption, identity, &call, self.state))
    }

    /// A session that begins now, with its policies.
    fn limited(&self, limits: &Limits, seconds: i64) -> Result<SessionRow, Error> {
        let mut session = Session { managed_policies: limits.managed.clone(), ..Session::default() };
        session.policies.extend(limits.policy.clone());
        self.state.resolve_session(&mut session)?;
        Ok(SessionRow {
            name: None,
            issued: self.now,
            expires: self.now.after(Span::from_millis(seconds * 1000)),
            mfa: false,
            source_identity: None,
            tags: Vec::new(),
            transitive: Vec::new(),
            policies: session.policies,
            managed: session.managed_policies,
            issuer: None,
            provider: None,
            claims: Vec::new(),
        })
    }
}

impl Wanted<'_> {
    fn tags(&self) -> &[(String, String)] {
        self.row.map(|row| &row.tags[..]).unwrap_or_default()
    }

    /// Refuses a session that is longer than those of the role may be: an hour, where the role says nothing. Of a role that
    /// is not registered nobody knows, and every length is right (a decision).
    fn allows(&self, seconds: i64) -> Result<(), Error> {
        let most = self.row.map(|row| row.max_session.map_or(HOUR, i64::from));
        if most.is_some_and(|most| seconds > most) { Err(Error::session_is_shorter()) } else { Ok(()) }
    }

    fn opened(&self, session: SessionRow) -> AccessKeyRow {
        let unique_id = self.row.map(|row| row.unique_id.clone());
        AccessKeyRow { principal: self.of.arn(self.path, self.name).into(), unique_id, session: Some(session) }
    }
}

/// What a session needs to be allowed: tags and a source identity are actions of their own.
fn actions(first: &'static str, with_tags: bool, source_identity: Option<&str>) -> Vec<&'static str> {
    let tags = with_tags.then_some("sts:TagSession");
    let source_identity = source_identity.map(|_| "sts:SetSourceIdentity");
    [Some(first), tags, source_identity].into_iter().flatten().collect()
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
    for (key, value) in role_tags {
        one(&format!("aws:ResourceTag/{key}"), value);
        one(&format!("iam:ResourceTag/{key}"), value);
    }
    add_tags(&mut facts, &request.tags);
    if !request.transitive.is_empty() {
        facts.insert("sts:TransitiveTagKeys", Values::many(request.transitive.clone()));
    }
    facts
}

/// The condition keys of session tags.
fn add_tags(facts: &mut Context, tags: &[(String, String)]) {
    for (key, value) in tags {
        facts.insert(&format!("aws:RequestTag/{key}"), Values::one(value.clone()));
    }
    if !tags.is_empty() {
        facts.insert("aws:TagKeys", Values::many(tags.iter().map(|(key, _)| key.clone())));
    }
}
