//! Proxies of external key stores in a world: what their owner does with them, their log, and requests from outside.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Cause, World, lock, recipe::Done};
use crate::{
    crypto::random::Random,
    error::Error,
    http::{Request, Response},
    names::ProxyName,
    proxy::{self, Answered, Proxies, Received},
    state::Mark,
    time::Time,
    wire::Value,
};

/// The proxy of a host that serves one and names none.
const USUAL: &str = "https://xks.example.com";

/// Proxies that are registered (see [`World::register_stores`]).
impl World {
    /// Does what the owner of a proxy wants done, and gives what it says. `name` is its endpoint with the prefix.
    ///
    /// | `do` | with | |
    /// | --- | --- | --- |
    /// | `rotateKey` | `key` | new material, by which Encrypt goes from now on; Decrypt knows the former, too |
    /// | `replaceKey` | `key` | another key under the same id: what the former has encrypted is lost |
    /// | `deleteKey`, `restoreKey`, `enableKey`, `disableKey` | `key` | |
    /// | `configurationFile` | | a new credential, in the file that the console of KMS takes: `XksProxyUriPath` and `XksProxyAuthenticationCredential` |
    /// | `addCredential` | `accessKeyId` and `rawSecretAccessKey`, or nothing for new ones | gives `AccessKeyId` and `RawSecretAccessKey` |
    /// | `removeCredential` | `accessKeyId` | |
    /// | `addFault` | a fault (see [`World::register_stores`]) | gives its `id` |
    /// | `removeFault` | `id` | |
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours; nothing is done then.
    pub fn on_proxy(&self, name: &str, action: &Value, host_now: Time) -> Result<Value, Error> {
        let (proxy, name) = (Value::from(name), proxy_name(name)?);
        let (draw, entropy) = lock(&self.host).entropy.numbered();
        let mut told = Value::Null;
        let done = Done(draw, &[("proxy", &proxy), ("action", action)]);
        self.change(Cause::Registration, host_now, &done, |kms, now| {
            let (said, changes) = kms.on_proxy(&name, action, now, &entropy)?;
            told = said;
            Ok(changes)
        })?;
        Ok(told)
    }

    /// What a proxy was asked behind the request with the number `after`, by key stores of this world and by others, oldest
    /// first, as far back as it is kept: a list of structures with `number` (the requests to all proxies are counted, from 1),
    /// `time`, `operation`, `key`, `metadata` (who asks, as the request says), `status` (0 where there was no answer),
    /// `error`, `milliseconds`, and `faults`, the kinds of those that hit it. No plaintext is in it.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when `name` is not the endpoint and the prefix of a proxy.
    pub fn proxy_log(&self, name: &str, after: u64) -> Result<Value, Error> {
        let name = proxy_name(name)?;
        let chunks = lock(&self.journal).proxied.since(|(number, _)| *number > after);
        let requests = chunks.iter().flat_map(|chunk| chunk.iter());
        let requests = requests.filter(|(number, line)| *number > after && line.proxy.as_ref() == Some(&name));
        Ok(Value::List(requests.map(|(number, line)| line.value(*number)).collect()))
    }

    /// The number of the oldest request to a proxy that is kept.
    pub(crate) fn oldest_proxied(&self) -> u64 {
        lock(&self.journal).proxied.oldest().map_or(1, |(number, _)| *number)
    }

    /// Registers what stands in a form of [`World::register_stores`], for a host that serves the proxies in it: every one
    /// without a credential gets one, and what is given back are their proxy configuration files, by their names. A world
    /// in which no proxy is registered gets `https://xks.example.com` with the key `foo`.
    ///
    /// # Errors
    /// Those of [`World::register_stores`].
    pub fn set_up_proxies(&self, form: &Value, host_now: Time) -> Result<Value, Error> {
        if *form != Value::Null {
            self.register_stores(form, host_now)?;
        }
        if !self.has_proxies() {
            let keys = Value::List(vec![Value::from("foo")]);
            let proxies: Value = [(USUAL, Value::from([("keys", keys)]))].into_iter().collect();
            self.register_stores(&Value::from([("proxies", proxies)]), host_now)?;
        }
        let seen = self.seen();
        let without = seen.state().proxies.iter().filter(|(_, row)| row.credentials.is_empty());
        let without: Vec<String> = without.map(|(name, _)| name.to_string()).collect();
        drop(seen);
        let file = Value::from([("do", Value::from("configurationFile"))]);
        let files = without.into_iter().map(|name| {
            let made = self.on_proxy(&name, &file, host_now)?;
            Ok((name, made))
        });
        files.collect::<Result<Vec<_>, Error>>().map(|files| files.into_iter().collect())
    }

    /// The hosts in the endpoints of all proxies that are registered: a server of theirs shows a certificate for them.
    pub fn proxy_hosts(&self) -> Vec<String> {
        let seen = self.seen();
        let mut hosts: Vec<String> = seen.state().proxies.iter().map(|(name, _)| name.host().to_owned()).collect();
        hosts.dedup();
        hosts
    }

    /// Whether a proxy is registered.
    pub(crate) fn has_proxies(&self) -> bool {
        !self.seen().state().proxies.is_empty()
    }

    /// Answers an HTTP request in the proxy role: as one of the registered proxies, which a host serves to a KMS.
    ///
    /// The path says which one: `<prefix>/kms/xks/v1/...`. Where several have the prefix, the header `Host` decides. The
    /// request is signed for the name and the path under which it was sent; the proxy's time is the world's.
    pub fn proxy_http(&self, request: &Request, host_now: Time) -> Response {
        self.proxy_http_below(request, request.path().0, host_now)
    }

    /// The same where `path` stands below an address of several worlds.
    pub(crate) fn proxy_http_below(&self, request: &Request, path: &str, host_now: Time) -> Response {
        let now = self.now(host_now);
        let entropy: Zeroizing<[u8; 32]> = lock(&self.host).entropy.look();
        let (authority, host) = (request.authority(), request.host().unwrap_or_default());
        let received = Received { message: request.message(authority.as_deref()), path, host, store: None };
        drop(self.settled(now));
        loop {
            let seen = self.seen();
            let (state, meters, provider) = (seen.state(), seen.meters(), seen.provider());
            let proxies = Proxies { state, meters, provider, earlier: &[], now };
            let answered = proxy::serve(proxies, &received, &mut Random::from_entropy(&entropy));
            drop(seen);
            // Another request may have been faster, and a fault be used up.
            if self.take_in(&answered.marks) {
                let Answered { answer, line, .. } = answered;
                let response = Response::of_proxy(&answer, line.error.clone(), host_now);
                lock(&self.journal).enter_proxied(&[Arc::new(line)]);
                return response;
            }
        }
    }

    /// Takes in what a request to a proxy has marked, unless it cannot be any more.
    fn take_in(&self, marks: &[Mark]) -> bool {
        if marks.is_empty() {
            return true;
        }
        let mut kms = self.write();
        let admits = kms.admits(marks);
        if admits {
            self.keep_no_more("somebody outside of it used up a fault or a quota of a proxy that it serves");
            Arc::make_mut(&mut kms).mark(marks);
            lock(&self.journal).enter_marks(marks);
        }
        admits
    }
}

/// The name of a proxy.
fn proxy_name(name: &str) -> Result<ProxyName, Error> {
    ProxyName::parse(name).ok_or_else(|| Error::proxy_name(name))
}

#[cfg(test)]
mod tests;
