//! Proxies as a host gets them: in the form in which they are registered, without secrets.

use super::rows::{ExternalKeyRow, ProxyFault, ProxyRow, ProxyRule, ProxyTls};
use crate::{
    arguments::camel,
    names::ProxyName,
    state::tables::State,
    wire::{self, Value},
};

impl State {
    /// All proxies that are registered.
    pub(crate) fn proxies_setup(&self) -> Value {
        self.proxies.iter().map(|(name, row)| (name.to_string(), self.proxy_setup(name, row))).collect()
    }

    fn proxy_setup(&self, name: &ProxyName, row: &ProxyRow) -> Value {
        let credentials =
            row.credentials.iter().map(|known| Value::from([("accessKeyId", Value::from(&*known.access_key_id))]));
        let keys = self.external_keys_of(name).map(|(key, row)| (key.id.to_string(), external_key(row)));
        let usual = ProxyRow::new(row.number, row.region);
        let rules = row.rules.as_ref().map(|rules| Value::List(rules.iter().map(rule).collect()));
        let managers = Some(Value::List(row.managers.iter().map(stored).collect()));
        let faults = Some(Value::List(row.faults.iter().map(fault).collect()));
        let millis = |millis: i64| Some(Value::Int(millis)).filter(|_| millis != 0);
        let differs = |own: u32, usual: u32| Some(number(own)).filter(|_| own != usual);
        Value::named(&mut [
            ("region", Some(Value::from(row.region.as_str()))),
            ("credentials", Some(Value::List(credentials.collect()))),
            ("keys", Some(keys.collect())),
            ("rules", rules),
            ("managers", managers),
            ("faults", faults.filter(|_| !row.faults.is_empty())),
            ("certificate", Some(certificate(&row.certificate)).filter(|_| row.certificate != usual.certificate)),
            ("latency", millis(row.latency.millis())),
            ("clockOffset", millis(row.clock_offset)),
            ("metadata", row.metadata.as_deref().map(Value::from)),
            ("initializationVector", differs(row.initialization_vector, usual.initialization_vector)),
            ("requestLimit", row.request_limit.map(number)),
            ("maxPlaintext", differs(row.max_plaintext, usual.max_plaintext)),
            ("maxAdditionalData", differs(row.max_additional_data, usual.max_additional_data)),
            ("blocked", Some(Value::Bool(true)).filter(|_| row.blocked)),
        ])
    }
}

fn number(number: u32) -> Value {
    Value::Int(number.into())
}

fn texts(texts: &[Box<str>]) -> Value {
    Value::List(texts.iter().map(|text| Value::from(&**text)).collect())
}

fn external_key(row: &ExternalKeyRow) -> Value {
    let status = match (row.deleted, row.enabled) {
        (true, _) => "DELETED",
        (false, true) => "ENABLED",
        (false, false) => "DISABLED",
    };
    Value::from([
        ("spec", Value::from(&*row.spec)),
        ("usages", texts(&row.usages)),
        ("status", Value::from(status)),
        ("versions", number(u32::try_from(row.versions.len()).unwrap_or(u32::MAX))),
    ])
}

fn rule(rule: &ProxyRule) -> Value {
    rule.0.iter().map(|(name, patterns)| (name.to_string(), texts(patterns))).collect()
}

fn certificate(row: &ProxyTls) -> Value {
    Value::named(&mut [
        ("subject", row.subject.as_deref().map(Value::from)),
        ("notAfter", row.not_after.map(|time| Value::from(time.to_string()))),
        ("trusted", Some(Value::Bool(row.trusted))),
        ("complete", Some(Value::Bool(row.complete))),
        ("protocols", Some(texts(&row.protocols))),
        ("clientCertificate", Some(Value::Bool(row.client_certificate))),
    ])
}

/// A row whose members are those of the form.
fn stored(row: &impl serde::Serialize) -> Value {
    let text = serde_json::to_vec(row).unwrap_or_default();
    let Ok(Value::Map(members)) = wire::from_json(&text) else { return Value::Null };
    members.into_iter().map(|(name, value)| (camel(&name), value)).collect()
}

fn fault(row: &ProxyFault) -> Value {
    let Value::Map(mut members) = stored(row) else { return Value::Null };
    for (name, value) in &mut members {
        match (&**name, row.until, &row.value) {
            ("until", Some(until), _) => *value = Value::from(until.to_string()),
            ("value", _, Some(json)) => *value = wire::from_json(json.as_bytes()).unwrap_or_default(),
            _ => {}
        }
    }
    Value::Map(members)
}
