//! The JSON form of a proxy, member by member: what is not said stays as it is, and null is what was at first.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::rows::{ManagerHealth, ManagerRow, ProxyRow, ProxyRule, ProxyTls, USUAL_ADDITIONAL_DATA, USUAL_PLAINTEXT};
use crate::{
    arguments::{self, camel},
    error::Error,
    state::form_value::FormValue,
    time::{Span, Time},
    wire::Value,
};

/// The most managers that an answer may tell of (CKS-60).
const MOST_MANAGERS: usize = 10;

/// The most rules, and texts of a member of one.
const MOST_RULES: usize = 100;

/// The longest metadata of an answer, in bytes (CKS-73).
const LONGEST_METADATA: usize = 20;

/// The most bytes of a plaintext that a proxy can be told to take: what a request to KMS may have.
const MOST_BYTES: u32 = 1 << 20;

/// The longest latency and the greatest difference of clocks, in milliseconds: a day.
const DAY: u32 = 86_400_000;

/// What a rule can speak of.
pub(crate) const RULED: [&str; 8] = [
    "operation",
    "key",
    "awsPrincipalArn",
    "kmsOperation",
    "kmsKeyArn",
    "kmsViaService",
    "awsSourceVpc",
    "awsSourceVpce",
];

/// Takes over what a member says.
type Reader = fn(&mut ProxyRow, &FormValue<'_>) -> Result<(), Error>;

/// The members that say how a proxy is, besides its Region, its credentials, its keys and its faults.
const MEMBERS: [(&str, Reader); 11] = [
    ("rules", |row, said| said.is_there().then(|| rules(said)).transpose().map(|read| row.rules = read)),
    ("managers", |row, said| managers(said).map(|read| row.managers = read)),
    ("certificate", |row, said| certificate(said).map(|read| row.certificate = read)),
    ("latency", |row, said| span(said).map(|read| row.latency = read)),
    ("clockOffset", |row, said| offset(said).map(|read| row.clock_offset = read)),
    ("metadata", |row, said| metadata(said).map(|read| row.metadata = read)),
    ("initializationVector", |row, said| vector(said).map(|read| row.initialization_vector = read)),
    ("requestLimit", |row, said| said.maybe_number(MOST_BYTES).map(|read| row.request_limit = read)),
    ("maxPlaintext", |row, said| most(said, USUAL_PLAINTEXT).map(|read| row.max_plaintext = read)),
    ("maxAdditionalData", |row, said| most(said, USUAL_ADDITIONAL_DATA).map(|read| row.max_additional_data = read)),
    ("blocked", |row, said| said.maybe_flag().map(|read| row.blocked = read.unwrap_or_default())),
];

impl ProxyRow {
    /// Takes over what a member of the form says; `None` where a proxy has no such member.
    pub(super) fn take(&mut self, name: &str, said: &FormValue<'_>) -> Option<Result<(), Error>> {
        let (_, read) = MEMBERS.iter().find(|(known, _)| *known == camel(name))?;
        Some(read(self, said))
    }

    /// The names of all members of the form, for who has named another one.
    pub(super) fn known(more: &[&str]) -> String {
        let own = MEMBERS.iter().map(|(name, _)| *name);
        more.iter().copied().chain(own).collect::<Vec<_>>().join(", ")
    }
}

/// A list of texts, or one of them.
pub(super) fn texts(said: &FormValue<'_>, what: &str) -> Result<Vec<Box<str>>, Error> {
    match said.value {
        Value::Text(_) => Ok(vec![said.text(what)?.into()]),
        _ => said.list(what, MOST_RULES)?.iter().map(|one| Ok(said.within("", one).text(what)?.into())).collect(),
    }
}

fn rules(said: &FormValue<'_>) -> Result<Vec<ProxyRule>, Error> {
    let rules = said.list("a list of rules", MOST_RULES)?.iter().enumerate();
    rules.map(|(place, value)| rule(&said.within(&format!("[{place}]"), value))).collect()
}

fn rule(said: &FormValue<'_>) -> Result<ProxyRule, Error> {
    let mut rule = ProxyRule::default();
    for (name, value) in said.members("a rule such as {\"operation\": \"Encrypt\"}")? {
        let said = said.within(name, value);
        let known = RULED.iter().find(|known| **known == camel(name));
        let known = known.ok_or_else(|| said.wrong(format!("is not known here: there are {}", RULED.join(", "))))?;
        rule.0.push(((*known).into(), texts(&said, "a text, or a list of texts, in which * stands for anything")?));
    }
    Ok(rule)
}

fn managers(said: &FormValue<'_>) -> Result<Vec<ManagerRow>, Error> {
    if !said.is_there() {
        return Ok(vec![ManagerRow::default()]);
    }
    let what = "a list of 1 to 10 managers such as {\"id\": \"one\", \"healthStatus\": \"ACTIVE\"}";
    let values = said.list(what, MOST_MANAGERS)?;
    if values.is_empty() {
        return Err(said.must_be(what));
    }
    values.iter().enumerate().map(|(place, value)| manager(&said.within(&format!("[{place}]"), value))).collect()
}

fn manager(said: &FormValue<'_>) -> Result<ManagerRow, Error> {
    let [id, model, health] = said.structure(["id", "model", "health_status"])?;
    let mut row = ManagerRow::default();
    if let Some(id) = said.within("id", id).maybe_text("a text")? {
        row.id = id.into();
    }
    if let Some(model) = said.within("model", model).maybe_text("a text")? {
        row.model = model.into();
    }
    let health = said.within("healthStatus", health);
    let what = "ACTIVE, DEGRADED or UNAVAILABLE";
    if let Some(text) = health.maybe_text(what)? {
        row.health_status = ManagerHealth::parse(text).ok_or_else(|| health.must_be(what))?;
    }
    Ok(row)
}

fn certificate(said: &FormValue<'_>) -> Result<ProxyTls, Error> {
    let [subject, not_after, trusted, complete, protocols, client_certificate] =
        said.structure(["subject", "not_after", "trusted", "complete", "protocols", "client_certificate"])?;
    let mut row = ProxyTls::default();
    let subject = said.within("subject", subject).maybe_text("the common name of the certificate")?;
    row.subject = subject.map(Box::from);
    row.not_after = moment(&said.within("notAfter", not_after))?;
    row.trusted = said.within("trusted", trusted).maybe_flag()?.unwrap_or(true);
    row.complete = said.within("complete", complete).maybe_flag()?.unwrap_or(true);
    row.client_certificate = said.within("clientCertificate", client_certificate).maybe_flag()?.unwrap_or(false);
    let protocols = said.within("protocols", protocols);
    if protocols.is_there() {
        row.protocols = texts(&protocols, "a list of versions of TLS, such as TLSv1.3")?;
    }
    Ok(row)
}

/// An instant in ISO 8601.
pub(super) fn moment(said: &FormValue<'_>) -> Result<Option<Time>, Error> {
    let text = said.maybe_text("an instant such as 2027-01-01T00:00:00Z")?;
    text.map(|text| arguments::moment(text).map_err(|error| said.wrong(error.message.unwrap_or_default()))).transpose()
}

/// A length of time: a text such as `100ms`, or milliseconds.
pub(super) fn span(said: &FormValue<'_>) -> Result<Span, Error> {
    match said.value {
        Value::Text(text) => Span::parse(text).ok_or_else(|| said.must_be("a length of time such as 100ms")),
        _ => Ok(Span::from_millis(said.maybe_number(DAY)?.unwrap_or_default().into())),
    }
}

/// A difference of clocks: milliseconds, or a text that may begin with a minus sign.
fn offset(said: &FormValue<'_>) -> Result<i64, Error> {
    let what = "milliseconds, or a text such as 6m or -6m, of at most a day";
    let millis = match said.value {
        Value::Null => 0,
        Value::Int(millis) => *millis,
        Value::Text(text) => {
            let (sign, span) = text.strip_prefix('-').map_or((1, text.as_str()), |span| (-1, span));
            sign * Span::parse(span).ok_or_else(|| said.must_be(what))?.millis()
        }
        _ => return Err(said.must_be(what)),
    };
    if millis.unsigned_abs() <= DAY.into() { Ok(millis) } else { Err(said.must_be(what)) }
}

fn metadata(said: &FormValue<'_>) -> Result<Option<Box<str>>, Error> {
    let text = match said.value {
        Value::Null => return Ok(None),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => BASE64_STANDARD.encode(bytes),
        _ => String::from("?"),
    };
    let bytes = BASE64_STANDARD.decode(&text).ok().filter(|bytes| bytes.len() <= LONGEST_METADATA);
    let what = "base64 of at most 20 bytes: a member fault makes longer metadata";
    bytes.map(|_| Some(text.into())).ok_or_else(|| said.must_be(what))
}

fn vector(said: &FormValue<'_>) -> Result<u32, Error> {
    match said.maybe_number(u32::MAX)? {
        None => Ok(12),
        Some(length @ (12 | 16)) => Ok(length),
        Some(_) => Err(said.must_be("the length of an initialization vector in bytes, 12 or 16")),
    }
}

fn most(said: &FormValue<'_>, usual: u32) -> Result<u32, Error> {
    Ok(said.maybe_number(MOST_BYTES)?.unwrap_or(usual))
}
