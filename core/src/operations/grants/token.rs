//! Grant tokens: names of grants, sealed under a secret of the world.
//!
//! A token is not a row. It is what only this world can have written, and says which grant it stands for, so that the
//! grant passes before others know of it. Every CreateGrant writes a new one, and all tokens of one grant are worth the
//! same (P2-365, P2-366).
//!
//! ```text
//! offset  bytes
//!  0      01         version
//!  1      12 bytes   nonce
//! 13      text       the name of the grant, sealed with AES-256-GCM; the Region is associated data
//! -16     16 bytes   tag
//! ```

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{
    call::Stop,
    crypto::{
        CryptoProvider,
        cipher::{Aead, NONCE_LENGTH, TAG_LENGTH},
    },
    error::{Error, Exception},
    names::{GrantName, Region},
    operations::{Execution, Resolver},
    state::{Secret, SecretName, State},
    wire::{Seen, Typed},
};

const VERSION: u8 = 1;
/// The cipher of every token, in every Region.
const SEAL: Aead = Aead::Aes256Gcm;

/// A new token of a grant.
pub(super) fn of(grant: GrantName, execution: &mut Execution<'_>) -> Result<String, Stop> {
    let region = grant.key.region;
    let secret = secret(region, execution);
    let nonce: [u8; NONCE_LENGTH] = execution.random.array();
    let mut name = grant.to_string().into_bytes();
    let associated = region.as_str().as_bytes();
    let tag = execution.provider.cipher.seal(SEAL, secret.expose(), &nonce, associated, &mut name);
    let tag = tag.map_err(|_| Error::internal("a grant token cannot be sealed"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode([&[VERSION], &nonce[..], &name, &tag].concat()))
}

/// The secret that seals the tokens of a Region, made at the first need.
fn secret(region: Region, execution: &mut Execution<'_>) -> Secret {
    if let Some(secret) = execution.draft.state().secret(&SecretName::GrantTokens(region)) {
        return secret.clone();
    }
    let secret = Secret::random(&mut execution.random);
    execution.draft.put_grant_token_secret(region, secret.clone());
    secret
}

/// The grant that a token of this world and Region stands for, whether or not there still is one.
pub(super) fn open(token: &str, resolver: &Resolver<'_>) -> Result<GrantName, Error> {
    opened(token, resolver.call.region, resolver.draft.state(), resolver.provider).ok_or_else(Error::grant_token)
}

fn opened(token: &str, region: Region, state: &State, provider: &CryptoProvider) -> Option<GrantName> {
    let token = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let [VERSION, rest @ ..] = &token[..] else { return None };
    let (nonce, rest) = rest.split_first_chunk::<NONCE_LENGTH>()?;
    let (sealed, tag) = rest.split_last_chunk::<TAG_LENGTH>()?;
    let mut name = sealed.to_vec();
    let secret = state.secret(&SecretName::GrantTokens(region))?;
    let associated = region.as_str().as_bytes();
    provider.cipher.open(SEAL, secret.expose(), nonce, associated, &mut name, tag).ok()?;
    GrantName::parse(std::str::from_utf8(&name).ok()?).filter(|name| name.key.region == region)
}

/// The grants whose tokens a request has.
///
/// # Errors
/// `InvalidGrantTokenException` when one of them is not a token of this world and Region. The model of DescribeKey does not
/// list it: there, such a token helps nobody and hurts nobody (decision).
pub(crate) fn tokens(request: &dyn Typed, resolver: &Resolver<'_>) -> Result<Vec<GrantName>, Error> {
    let Some(Seen::List(tokens)) = request.member("GrantTokens") else { return Ok(Vec::new()) };
    let opened = tokens.iter().filter_map(Seen::text).map(|token| open(token, resolver));
    if resolver.operation.raises.contains(&Exception::InvalidGrantTokenException) {
        return opened.collect();
    }
    Ok(opened.filter_map(Result::ok).collect())
}
