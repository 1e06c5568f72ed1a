//! Administration of the simulated proxies of external key stores.

use zeroize::Zeroizing;

use super::{AdministrationCall, Refusal, page};
use crate::{signature::decoded, wire::Value};

impl AdministrationCall<'_> {
    /// Does what the owner of a proxy wants done: the body is the action, and names the proxy.
    pub(super) fn on_proxy(&self) -> Result<Value, Refusal> {
        let members = self.input.iter().filter(|(name, _)| name != "proxy").cloned();
        let action = Zeroizing::new(Value::Map(members.collect()));
        Ok(self.world.on_proxy(self.proxy()?, &action, self.host_now)?)
    }

    /// What a proxy was asked.
    pub(super) fn proxy_log(&self) -> Result<Value, Refusal> {
        let (mut proxy, mut after) = (None, 0);
        for (name, value) in &self.input {
            let text = value.as_text().unwrap_or_default();
            match &**name {
                "proxy" => proxy = Some(String::from_utf8_lossy(&decoded(text)).into_owned()),
                "after" => {
                    let number = text.parse().ok();
                    after =
                        number.ok_or_else(|| Refusal::bad("after must be a number that was told before".to_owned()))?;
                }
                _ => return Err(Refusal::bad(format!("there is no '{name}' here: this call takes proxy and after"))),
            }
        }
        let proxy = proxy.ok_or_else(Refusal::no_proxy)?;
        let log = self.world.proxy_log(&proxy, after)?;
        let requests = if let Value::List(requests) = log { requests } else { Vec::new() };
        Ok(page("requests", self.world.oldest_proxied(), after, requests))
    }

    fn proxy(&self) -> Result<&str, Refusal> {
        let named = self.input.iter().find(|(name, _)| name == "proxy");
        named.and_then(|(_, value)| value.as_text()).ok_or_else(Refusal::no_proxy)
    }
}

impl Refusal {
    fn no_proxy() -> Self {
        Self::bad(
            "say which proxy is meant by its endpoint and prefix: \"proxy\": \"https://xks.example.com/prefix\""
                .to_owned(),
        )
    }
}
