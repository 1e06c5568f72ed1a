//! The faults that hit a request (section 4.1 of custom-key-stores.md).

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{Proxies, refusal, responder::Responder};
use crate::{
    call::ProxyResponse,
    state::{Bucket, Charge, Mark, ProxyFault, ProxyFaultKind as Kind, ProxyRow},
    wire::{self, Members, SecretBytes, Value},
};

/// The faults that hit one request.
pub(super) struct Acting<'a> {
    faults: Vec<&'a ProxyFault>,
    marks: Vec<Mark>,
}

/// Which faults hit a request.
pub(super) fn acting<'a>(responder: &Responder<'a>) -> Acting<'a> {
    let (mut faults, mut marks) = (Vec::new(), Vec::new());
    for fault in responder.row.faults.iter().filter(|fault| hits(responder, fault)) {
        if let Some(times) = fault.times {
            let Some(mark) = responder.proxies.spent(responder.row, fault, times) else { continue };
            marks.push(mark);
        }
        faults.push(fault);
    }
    Acting { faults, marks }
}

fn hits(responder: &Responder<'_>, fault: &ProxyFault) -> bool {
    let is = |wanted: &Option<Box<str>>, own: Option<&str>| wanted.as_deref().is_none_or(|wanted| own == Some(wanted));
    is(&fault.store, responder.received.store)
        && is(&fault.operation, Some(responder.place.operation.name()))
        && is(&fault.kms_operation, responder.body.metadata("kmsOperation"))
        && is(&fault.key, Some(responder.place.key))
        && fault.until.is_none_or(|until| responder.proxies.now < until)
}

impl Proxies<'_> {
    /// What a fault that hits a limited number of requests leaves behind; `None` when it has hit them all.
    fn spent(&self, row: &ProxyRow, fault: &ProxyFault, most: u32) -> Option<Mark> {
        let name = (row.number, fault.id);
        let before = self.earlier.iter().filter(|mark| matches!(mark, Mark::ProxyFaults { key, .. } if *key == name));
        let nth = self.meters.proxy_faults(name).saturating_add(1) + u32::try_from(before.count()).unwrap_or(u32::MAX);
        (nth <= most).then(|| Mark::proxy_fault(name, nth, self.now))
    }

    /// What a request costs where a proxy answers a limited number per second; `None` when there is no room for it.
    pub(super) fn charge(&self, row: &ProxyRow, limit: u32) -> Option<Mark> {
        let (key, quota) = (Bucket::Proxy(row.number), u64::from(limit) * 1000);
        let is_own = |mark: &&Mark| matches!(mark, Mark::Requests { key: of, .. } if *of == key);
        let before = u64::try_from(self.earlier.iter().filter(is_own).count()).unwrap_or(u64::MAX);
        let used = self.meters.used(&key, self.now, quota).saturating_add(before);
        (used < u64::from(limit)).then_some(Mark::Requests { key, row: Charge { at: self.now, requests: 1, quota } })
    }
}

impl<'a> Acting<'a> {
    /// What the meters are to know of them.
    pub(super) fn marks(&self) -> Vec<Mark> {
        self.marks.clone()
    }

    /// The first of these kinds.
    pub(super) fn first(&self, kinds: &[Kind]) -> Option<&'a ProxyFault> {
        self.faults.iter().find(|fault| kinds.contains(&fault.fault)).copied()
    }

    /// Their kinds, for the log.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.faults.iter().map(|fault| fault.fault.as_str()).collect()
    }

    /// How long the answer takes, in milliseconds.
    pub(super) fn elapsed(&self, row: &ProxyRow) -> u32 {
        let delays = self.faults.iter().filter_map(|fault| fault.milliseconds.filter(|_| fault.fault == Kind::Delay));
        let own = u32::try_from(row.latency.millis()).unwrap_or(u32::MAX);
        delays.fold(own, u32::saturating_add)
    }

    /// What is answered instead of everything.
    pub(super) fn instead(&self) -> Option<ProxyResponse> {
        let fault = self.first(&[Kind::Error, Kind::Response])?;
        if let Some(name) = &fault.error_name {
            return Some(refusal::faulty(name, fault.error_message.as_deref(), fault.status));
        }
        let status = fault.status.and_then(|status| status.try_into().ok()).unwrap_or(502);
        let mut response = ProxyResponse::new(status, repeated(fault));
        for (name, value) in [("Content-Type", &fault.content_type), ("Location", &fault.location)] {
            if let Some(value) = value {
                response = response.header(name, &**value);
            }
        }
        Some(response)
    }

    /// The data that is authenticated.
    pub(super) fn data<'b>(&self, data: &'b [u8]) -> &'b [u8] {
        if self.first(&[Kind::IgnoreAdditionalData]).is_some() { &[] } else { data }
    }

    /// The plaintext that Decrypt gives.
    pub(super) fn plaintext(&self, mut plaintext: SecretBytes) -> SecretBytes {
        if self.first(&[Kind::OtherPlaintext]).is_some() {
            plaintext.iter_mut().for_each(|byte| *byte = !*byte);
        }
        plaintext
    }

    /// The response with members changed, as far as it is JSON and has them.
    pub(super) fn spoil(&self, response: ProxyResponse) -> ProxyResponse {
        let mut wanted = self.faults.iter().filter(|fault| matches!(fault.fault, Kind::Member | Kind::Flip)).peekable();
        if wanted.peek().is_none() {
            return response;
        }
        let Ok(Value::Map(mut members)) = wire::from_json(&response.body) else { return response };
        for fault in wanted {
            let Some(name) = fault.member.as_deref() else { continue };
            match fault.fault {
                Kind::Flip => flip(&mut members, name),
                _ => put(&mut members, name, fault.value.as_deref()),
            }
        }
        ProxyResponse { body: wire::to_json(&Value::Map(members)).into(), ..response }
    }
}

/// The body of an answer, as long as it is wanted.
fn repeated(fault: &ProxyFault) -> Vec<u8> {
    let body = fault.body.as_deref().unwrap_or_default().as_bytes();
    match fault.length {
        Some(length) => {
            let unit = if body.is_empty() { b" " } else { body };
            unit.iter().copied().cycle().take(length as usize).collect()
        }
        None => body.to_vec(),
    }
}

fn put(members: &mut Members, name: &str, value: Option<&str>) {
    let value = value.and_then(|json| wire::from_json(json.as_bytes()).ok());
    let there = members.iter_mut().find(|(known, _)| known == name);
    match (there, value) {
        (Some((_, old)), Some(value)) => *old = value,
        (None, Some(value)) => members.push((name.to_owned().into(), value)),
        (_, None) => members.retain(|(known, _)| known != name),
    }
}

/// Flips a bit of the bytes of a member.
fn flip(members: &mut Members, name: &str) {
    let Some((_, Value::Text(text))) = members.iter_mut().find(|(known, _)| known == name) else { return };
    let Ok(mut bytes) = BASE64_STANDARD.decode(&*text) else { return };
    if let Some(byte) = bytes.first_mut() {
        *byte ^= 1;
        *text = BASE64_STANDARD.encode(bytes);
    }
}
