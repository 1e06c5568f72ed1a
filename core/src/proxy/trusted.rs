//! Trust mode: where nobody has registered a proxy, every endpoint has a healthy one that has every external key (CKS-180).

use super::{Answered, Proxies, asked_by_kms, place, responder};
use crate::{
    call::ProxyRequest,
    crypto::{CryptoProvider, hash::Hash, random::Random},
    names::ProxyName,
    state::{Draft, ProxyRow, Secret},
    wire::SecretBytes,
};

/// Separates the material of external keys from every other use of a secret.
const MATERIAL: &[u8] = b"pocket-kms external key in trust mode\0";

/// Makes the secret of a world from which the material of all external keys follows that nobody has registered, unless there
/// is one: with the first external key store, for only what is in one is ever asked for.
pub(crate) fn make_trust(draft: &mut Draft<'_>, random: &Random) {
    if draft.state().proxy_trust().is_none() {
        draft.put_proxy_trust(Secret::random(&mut random.stream("proxies in trust mode")));
    }
}

/// Answers what a KMS of this world asks any endpoint; `None` in a strict world, and where a proxy is registered. Whoever asks
/// is believed.
pub(crate) fn trusted(proxies: Proxies<'_>, request: &ProxyRequest, random: &mut Random) -> Option<Answered> {
    if !proxies.state.proxies.is_empty() || proxies.state.has_strict_key_stores() {
        return None;
    }
    let prefix = place::prefix_of(&request.path).unwrap_or_default();
    let (name, row) = (ProxyName::new(&request.host, prefix), ProxyRow::trusted(request.store.region));
    Some(asked_by_kms(request, |received| match place::place(received.path) {
        Some(place) => {
            let responder = responder::Responder::new(proxies, received, place, (&name, &row));
            responder::Responder { is_trusted: true, ..responder }.answered(random)
        }
        None => responder::nowhere(proxies, received),
    }))
}

/// The material of an external key: it follows from its endpoint, its prefix and its id.
pub(super) fn material(
    provider: &CryptoProvider,
    secret: &Secret,
    proxy: &ProxyName,
    key: &str,
) -> Option<SecretBytes> {
    let mut material = SecretBytes::new(vec![0; 32]);
    let name = [&proxy.to_string(), "/keys/", key].concat();
    provider.mac.hmac(Hash::Sha256, secret.expose(), &[MATERIAL, name.as_bytes()], &mut material).ok()?;
    Some(material)
}
