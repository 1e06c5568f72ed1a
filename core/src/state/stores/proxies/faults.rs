//! The JSON form of a fault of a proxy: what it does, to whom, and for how long.

use super::{
    form::{moment, span},
    rows::{ProxyFault, ProxyFaultKind as Kind},
};
use crate::{
    arguments::camel,
    call::{ProxyOperation, TlsFault, Unreachable, Waiting},
    error::Error,
    state::form_value::FormValue,
    time::Time,
    wire,
};

/// The longest body of an answer, in bytes: sixteen MiB.
const LONGEST_BODY: u32 = 16 << 20;

/// The longest delay, in milliseconds: an hour.
const LONGEST_DELAY: u32 = 3_600_000;

/// The members that every fault may have.
const LIMITS: [&str; 7] = ["id", "store", "operation", "kmsOperation", "key", "times", "until"];

/// The kinds of faults with the members that each must have, and those that it may have.
const KINDS: [(Kind, &[&str], &[&str]); 11] = [
    (Kind::Error, &["errorName"], &["errorMessage", "status"]),
    (Kind::Response, &["status"], &["body", "length", "contentType", "location"]),
    (Kind::Member, &["member"], &["value"]),
    (Kind::Flip, &["member"], &[]),
    (Kind::Unreachable, &[], &["reason"]),
    (Kind::Tls, &[], &["reason"]),
    (Kind::Timeout, &[], &["reason"]),
    (Kind::Delay, &["milliseconds"], &[]),
    (Kind::IgnoreAdditionalData, &[], &[]),
    (Kind::OtherPlaintext, &[], &[]),
    (Kind::Internal, &[], &[]),
];

/// Reads a fault; one without an id gets that one.
pub(super) fn fault(said: &FormValue<'_>, id: u32, now: Time) -> Result<ProxyFault, Error> {
    let members = said.members("a fault such as {\"fault\": \"error\", \"errorName\": \"ThrottlingException\"}")?;
    let named = |name: &str| members.iter().find(|(known, _)| camel(known) == name);
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let what = ["one of ", &kinds.join(", ")].concat();
    let Some((name, value)) = named("fault") else { return Err(said.wrong(format!("fault must be {what}"))) };
    let kind = said.within(name, value);
    let kind = kind.text(&what).ok().and_then(Kind::parse).ok_or_else(|| kind.must_be(&what))?;
    let Some((_, must, may)) = KINDS.iter().find(|(known, ..)| *known == kind) else { return Err(said.must_be(&what)) };
    if let Some(missing) = must.iter().find(|name| named(name).is_none()) {
        return Err(said.wrong(format!("a fault of the kind {} needs {missing}", kind.as_str())));
    }
    let mut fault = ProxyFault::new(id, kind);
    for (name, value) in members {
        let (said, known) = (said.within(name, value), camel(name));
        let is_known = known == "fault" || known == "for";
        if !is_known && ![&LIMITS[..], must, may].iter().any(|names| names.contains(&&*known)) {
            let known = [must, may, &LIMITS[..], &["for"]].concat().join(", ");
            return Err(said.wrong(format!("is not known to faults of this kind: there are {known}")));
        }
        take(&mut fault, &known, &said, now)?;
    }
    Ok(fault)
}

fn take(fault: &mut ProxyFault, name: &str, said: &FormValue<'_>, now: Time) -> Result<(), Error> {
    let text = || Ok(said.maybe_text("a text")?.map(Box::from));
    match name {
        "id" => fault.id = said.maybe_number(u32::MAX)?.unwrap_or(fault.id),
        "store" => fault.store = text()?,
        "operation" => fault.operation = one_of(said, &ProxyOperation::ALL.map(ProxyOperation::name))?,
        "kmsOperation" => fault.kms_operation = text()?,
        "key" => fault.key = text()?,
        "times" => fault.times = said.maybe_number(u32::MAX)?.filter(|times| *times > 0),
        "until" => fault.until = moment(said)?,
        "for" => fault.until = said.is_there().then(|| span(said)).transpose()?.map(|span| now.after(span)),
        "errorName" => fault.error_name = text()?,
        "errorMessage" => fault.error_message = text()?,
        "status" => fault.status = status(said)?,
        // A body may be empty.
        "body" => fault.body = said.value.as_text().map(Box::from),
        "length" => fault.length = said.maybe_number(LONGEST_BODY)?,
        "contentType" => fault.content_type = header(said)?,
        "location" => fault.location = header(said)?,
        "member" => fault.member = text()?,
        "value" => fault.value = said.is_there().then(|| json(said)),
        "reason" => fault.reason = reason(fault.fault, said)?,
        "milliseconds" => fault.milliseconds = said.maybe_number(LONGEST_DELAY)?,
        _ => {}
    }
    Ok(())
}

fn json(said: &FormValue<'_>) -> Box<str> {
    String::from_utf8(wire::to_json(said.value)).unwrap_or_default().into()
}

fn one_of(said: &FormValue<'_>, names: &[&str]) -> Result<Option<Box<str>>, Error> {
    let what = ["one of ", &names.join(", ")].concat();
    let text = said.maybe_text(&what)?;
    text.map(|text| names.contains(&text).then(|| text.into()).ok_or_else(|| said.must_be(&what))).transpose()
}

/// Why nothing arrives, for each kind of fault that has such a reason.
fn reason(kind: Kind, said: &FormValue<'_>) -> Result<Option<Box<str>>, Error> {
    let names: Vec<&str> = match kind {
        Kind::Tls => TlsFault::ALL.iter().map(|reason| reason.as_str()).collect(),
        Kind::Timeout => Waiting::ALL.iter().map(|reason| reason.as_str()).collect(),
        _ => Unreachable::ALL.iter().map(|reason| reason.as_str()).collect(),
    };
    one_of(said, &names)
}

fn status(said: &FormValue<'_>) -> Result<Option<u32>, Error> {
    let status = said.maybe_number(599)?;
    if status.is_some_and(|status| status < 200) { Err(said.must_be("a status from 200 to 599")) } else { Ok(status) }
}

/// A value of a header, in one line.
fn header(said: &FormValue<'_>) -> Result<Option<Box<str>>, Error> {
    let what = "printable ASCII";
    let text = said.maybe_text(what)?;
    let good = |text: &&str| text.bytes().all(|byte| matches!(byte, 0x20..=0x7e));
    text.map(|text| Some(text).filter(good).map(Box::from).ok_or_else(|| said.must_be(what))).transpose()
}
