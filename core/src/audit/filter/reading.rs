//! A filter in its JSON form, read.

use super::{
    Filter, KeyName,
    parts::{Outcome, Pairs, Part},
};
use crate::{
    arguments,
    audit::pattern::Pattern,
    caller::Caller,
    error::{Error, Exception},
    names::KeyRef,
    operations,
    state::{FormValue, State},
    text::is_like,
    time::Time,
    wire::Value,
};

/// The most operations and keys that a filter names, and the most pairs of a context.
const MOST: usize = 1000;

/// What KMS does by itself, as records name it (AUD-183 to AUD-187).
const EVENTS: [&str; 4] = ["DeleteExpiredKeyMaterial", "DeleteKey", "RotateKey", "SynchronizeMultiRegionKey"];

/// The codes of errors that no exception of the API has as its name (AUD-82, AUD-101).
const CODES: [&str; 2] = ["AccessDenied", "VpceAccessDenied"];

/// Whose records are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// This world's: a name that it cannot have is a mistake.
    Here,
    /// Anybody's.
    Anywhere,
}

impl Filter {
    /// Reads a filter; nothing means all records.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place of what is wrong: a member that there is not,
    /// and a value that no record can have. A filter that silently matches nothing would let every test pass.
    pub(crate) fn read(said: &FormValue<'_>, state: &State, written: Written) -> Result<Self, Error> {
        let names = [
            "operation",
            "caller",
            "key",
            "alias",
            "encryption_context",
            "via",
            "outcome",
            "error",
            "read_only",
            "account",
            "region",
            "from",
            "to",
            "grant",
            "request_id",
            "event_id",
            "shared_id",
            "pattern",
        ];
        let values = said.structure(names)?;
        let at = |place: usize| -> FormValue<'_> {
            let (name, value) = names.get(place).zip(values.get(place)).unwrap_or((&"", &&Value::Null));
            said.within(name, value)
        };
        let mut parts = Vec::new();
        parts.extend(self::operations(&at(0), written)?.map(Part::Operation));
        parts.extend(self::outcome(&at(6))?.map(Part::Outcome));
        parts.extend(self::error(&at(7), written)?.map(Part::Error));
        parts.extend(at(8).maybe_flag()?.map(Part::ReadOnly));
        let account = at(9).is_there().then(|| at(9).account()).transpose()?;
        parts.extend(account.map(Part::Account));
        let region = at(10).is_there().then(|| at(10).region()).transpose()?;
        parts.extend(region.map(Part::Region));
        let (from, to) = (self::moment(&at(11))?, self::moment(&at(12))?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(at(11).wrong("lies behind to"));
        }
        parts.extend(from.map(Part::From).into_iter().chain(to.map(Part::To)));
        parts.extend(self::text(&at(5), "the name of a service, such as secretsmanager.amazonaws.com")?.map(Part::Via));
        let keys = self::keys(&at(2), |name| KeyName::of(name, state, account, region))?;
        parts.extend(keys.map(Part::Key));
        parts.extend(self::id(&at(14))?.map(Part::Request));
        parts.extend(self::id(&at(15))?.map(Part::Event));
        parts.extend(self::id(&at(16))?.map(Part::Shared));
        parts.extend(self::callers(&at(1), written)?.map(Part::Caller));
        parts.extend(self::text(&at(3), "the name of an alias, such as alias/app")?.map(Part::Alias));
        parts.extend(self::text(&at(13), "the id of a grant")?.map(Part::Grant));
        parts.extend(self::context(&at(4))?.map(Part::Context));
        parts.extend(self::pattern(&at(17))?);
        Ok(Self { parts })
    }
}

fn text(said: &FormValue<'_>, what: &str) -> Result<Option<String>, Error> {
    Ok(said.maybe_text(what)?.map(str::to_owned))
}

fn id(said: &FormValue<'_>) -> Result<Option<String>, Error> {
    let what = "an id as records print it, such as 1234abcd-12ab-34cd-56ef-1234567890ab";
    let text = self::text(said, what)?;
    let is_id = |text: &String| text.len() == 36 && text.bytes().all(|sign| sign.is_ascii_hexdigit() || sign == b'-');
    if text.as_ref().is_none_or(is_id) { Ok(text) } else { Err(said.must_be(what)) }
}

/// An instant: text as policies write it, or seconds.
fn moment(said: &FormValue<'_>) -> Result<Option<Time>, Error> {
    match said.value {
        Value::Null => Ok(None),
        Value::Text(text) => {
            arguments::moment(text).map(Some).map_err(|error| said.wrong(error.message.unwrap_or_default()))
        }
        value => value.as_time().map(Some).ok_or_else(|| said.must_be("an instant, such as 2030-01-01T00:00:00Z")),
    }
}

/// One value, or each of a list.
fn each<T>(
    said: &FormValue<'_>,
    what: &str,
    mut read: impl FnMut(&FormValue<'_>) -> Result<T, Error>,
) -> Result<Option<Vec<T>>, Error> {
    if !said.is_there() {
        return Ok(None);
    }
    if matches!(said.value, Value::Text(_)) {
        return Ok(Some(vec![read(said)?]));
    }
    let values = said.list(what, MOST)?;
    if values.is_empty() {
        return Err(said.wrong("is empty: leave it out, or name one"));
    }
    let read = |(place, value): (usize, &Value)| read(&said.within(&format!("[{place}]"), value));
    values.iter().enumerate().map(read).collect::<Result<_, _>>().map(Some)
}

/// The names of operations, and of what KMS does by itself.
pub(crate) fn operations(said: &FormValue<'_>, written: Written) -> Result<Option<Vec<String>>, Error> {
    let what = "the name of an operation, such as Decrypt, or a list of names";
    each(said, what, |said| {
        let text = said.text(what)?;
        let name = text.strip_prefix("kms:").unwrap_or(text);
        let known = || operations::TABLE.iter().map(|operation| operation.name).chain(EVENTS);
        if written == Written::Anywhere || known().any(|known| is_like(known, name)) {
            return Ok(name.to_owned());
        }
        let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
        Err(match known().find(|known| plain(known) == plain(name)) {
            Some(meant) => said.wrong(format!("'{name}' is written {meant}")),
            None => said.wrong(format!(
                "'{name}' is not an operation of KMS, nor something that KMS does by itself ({}); * stands for any text",
                EVENTS.join(", ")
            )),
        })
    })
}

fn callers(said: &FormValue<'_>, written: Written) -> Result<Option<Vec<String>>, Error> {
    let what = "an ARN, an account or the name of a service, with * for any text; or a list of them";
    each(said, what, |said| {
        let text = said.text(what)?;
        let is_name = text.starts_with("arn:") || text.contains('*') || text == "AWS Internal";
        let can_be = is_name || Caller::parse(text).is_some() || written == Written::Anywhere;
        if can_be { Ok(text.to_owned()) } else { Err(said.must_be(what)) }
    })
}

fn keys(said: &FormValue<'_>, named: impl Fn(&KeyRef) -> Vec<KeyName>) -> Result<Option<Vec<KeyName>>, Error> {
    let what = "a key: its id, its ARN, or the name or the ARN of an alias; or a list of them";
    let keys = each(said, what, |said| KeyRef::parse(said.text(what)?).ok_or_else(|| said.must_be(what)))?;
    Ok(keys.map(|keys| keys.iter().flat_map(named).collect()))
}

fn outcome(said: &FormValue<'_>) -> Result<Option<Outcome>, Error> {
    let what = "ok, refused (also denied) or denied";
    let Some(text) = said.maybe_text(what)? else { return Ok(None) };
    let found = [Outcome::Ok, Outcome::Refused, Outcome::Denied].into_iter().find(|outcome| outcome.name() == text);
    found.map(Some).ok_or_else(|| said.must_be(what))
}

/// The code of an error. That of a denial may also be named as the API does.
fn error(said: &FormValue<'_>, written: Written) -> Result<Option<String>, Error> {
    let what = "the code of an error, such as DisabledException or AccessDenied";
    let Some(code) = said.maybe_text(what)? else { return Ok(None) };
    let code = if code == "AccessDeniedException" { "AccessDenied" } else { code };
    let known = || Exception::ALL.iter().map(|exception| exception.name()).chain(CODES);
    if written == Written::Anywhere || known().any(|known| is_like(known, code)) {
        return Ok(Some(code.to_owned()));
    }
    Err(said.wrong(format!(
        "'{code}' is not an error of KMS: there are AccessDenied, NotFoundException, DisabledException and others"
    )))
}

fn context(said: &FormValue<'_>) -> Result<Option<Pairs>, Error> {
    if !said.is_there() {
        return Ok(None);
    }
    let members = said.members("pairs of texts; null stands for any value")?;
    if members.len() > MOST {
        return Err(said.wrong(format!("has more than {MOST} pairs")));
    }
    let pair = |(name, value): &(crate::wire::Name, Value)| match value {
        Value::Null => Ok((name.to_string(), None)),
        Value::Text(text) => Ok((name.to_string(), Some(text.clone()))),
        _ => Err(said.within(name, value).must_be("a text, or null for any value")),
    };
    members.iter().map(pair).collect::<Result<_, _>>().map(Some)
}

fn pattern(said: &FormValue<'_>) -> Result<Option<Part>, Error> {
    let Some(text) = said.maybe_text("a filter pattern of CloudWatch Logs, such as { $.eventName = \"Decrypt\" }")?
    else {
        return Ok(None);
    };
    let pattern = Pattern::read(text).map_err(|problem| said.wrong(problem))?;
    Ok(Some(Part::Pattern(text.to_owned(), Box::new(pattern))))
}
