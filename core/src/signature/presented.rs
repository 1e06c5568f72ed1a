//! What a request shows of its signature, in its header or in its URL.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{ALGORITHM, Message, canonical};
use crate::{crypto::hash::Hash, error::Error, order::sorted, policy, time::Time};

/// What a request says of its signature. Nothing of it is checked yet.
pub struct Presented<'a> {
    /// Where the request says it.
    pub form: Form,
    /// The access key id.
    pub access_key_id: Cow<'a, str>,
    /// The day, the Region, the service and the terminator of the credential scope.
    pub scope: [Cow<'a, str>; 4],
    /// The names of the signed headers: sorted, each of them once, in lower case.
    pub signed: Vec<String>,
    /// The signature.
    pub signature: Cow<'a, str>,
    /// The time of the signature, in ISO 8601: `20261126T110000Z`.
    pub time: String,
    /// The same as an instant; `None` when it is not one.
    pub instant: Option<Time>,
    /// The session token.
    pub token: Option<Cow<'a, str>>,
}

/// Where a request says who has signed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In the header `Authorization`.
    Header,
    /// In the query of a presigned URL, for this many seconds.
    Query {
        /// How long the URL is good, in seconds; `None` when it is not a number.
        expires: Option<i64>,
    },
}

impl<'a> Presented<'a> {
    /// Reads what a request shows.
    ///
    /// # Errors
    /// `MissingAuthenticationTokenException` when it shows nothing, `IncompleteSignatureException` when it does not show
    /// everything.
    pub fn of(message: Message<'a>) -> Result<Self, Error> {
        match message.values("Authorization").next() {
            Some(header) => {
                let header = std::str::from_utf8(header).map_err(|_| Error::authorization_header("it is not text"))?;
                Self::in_header(header, message)
            }
            None if parameter(message.query, "X-Amz-Algorithm").is_some() => Self::in_query(message),
            None => Err(Error::no_credentials()),
        }
    }

    fn in_header(header: &'a str, message: Message<'a>) -> Result<Self, Error> {
        let header = header.trim();
        if header.is_empty() {
            return Err(Error::empty_authorization());
        }
        let parameters = header.strip_prefix(ALGORITHM).filter(|rest| rest.starts_with([' ', '\t']));
        let parameters = parameters.ok_or_else(|| Error::authorization_header("it is not AWS4-HMAC-SHA256"))?;
        let [mut credential, mut signed, mut signature] = [None; 3];
        for pair in parameters.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or_else(|| Error::not_a_pair(&hashed(header)))?;
            match name.trim() {
                "Credential" => credential = Some(value.trim()),
                "SignedHeaders" => signed = Some(value.trim()),
                "Signature" => signature = Some(value.trim()),
                _ => {}
            }
        }
        let time = time(message);
        let (Some(credential), Some(signed), Some(signature), Some(time)) = (credential, signed, signature, &time)
        else {
            let missing = [credential.is_none(), signature.is_none(), signed.is_none(), time.is_none()];
            return Err(Error::missing_of_authorization(missing, &hashed(header)));
        };
        let token = message.text("X-Amz-Security-Token").map(Cow::Borrowed);
        Self::made(Form::Header, credential.into(), signed, signature.into(), time.clone(), token)
    }

    fn in_query(message: Message<'a>) -> Result<Self, Error> {
        let shown = |name: &str| parameter(message.query, name);
        if shown("X-Amz-Algorithm").as_deref() != Some(ALGORITHM) {
            return Err(Error::presigned("X-Amz-Algorithm is not AWS4-HMAC-SHA256"));
        }
        let must = |name: &str| shown(name).ok_or_else(|| Error::presigned(&[name, " is missing"].concat()));
        let (credential, signed, signature) =
            (must("X-Amz-Credential")?, must("X-Amz-SignedHeaders")?, must("X-Amz-Signature")?);
        let (time, expires) = (must("X-Amz-Date")?.into_owned(), must("X-Amz-Expires")?);
        let form = Form::Query { expires: expires.parse().ok() };
        Self::made(form, credential, &signed, signature, time, shown("X-Amz-Security-Token"))
    }

    fn made(
        form: Form,
        credential: Cow<'a, str>,
        signed: &str,
        signature: Cow<'a, str>,
        time: String,
        token: Option<Cow<'a, str>>,
    ) -> Result<Self, Error> {
        let fields: Vec<&str> = credential.split('/').collect();
        let [id, scope @ ..] = &fields[..] else { return Err(Error::credential(&credential)) };
        let scope: [&str; 4] = scope.try_into().map_err(|_| Error::credential(&credential))?;
        let (access_key_id, scope) = ((*id).to_owned().into(), scope.map(|field| field.to_owned().into()));
        let signed = signed.split(';').filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect();
        let mut signed: Vec<String> = sorted(signed, Ord::cmp);
        signed.dedup();
        let instant = instant(&time);
        Ok(Self { form, access_key_id, scope, signed, signature, time, instant, token })
    }

    /// Whether a header is signed.
    pub fn signs(&self, name: &str) -> bool {
        self.signed.iter().any(|signed| signed.eq_ignore_ascii_case(name))
    }
}

/// A parameter of a query, decoded.
pub(crate) fn parameter<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(match canonical::decoded(value) {
        Cow::Borrowed(_) => Cow::Borrowed(value),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    })
}

/// The time of a request in ISO 8601: that of `X-Amz-Date`, or else that of `Date`, which may be one of HTTP.
fn time(message: Message<'_>) -> Option<String> {
    if let Some(time) = message.text("X-Amz-Date") {
        return Some(time.to_owned());
    }
    let date = message.text("Date")?;
    Some(of_http(date).unwrap_or_else(|| date.to_owned()))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` in ISO 8601.
fn of_http(date: &str) -> Option<String> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let fields: Vec<&str> = date.split_once(", ")?.1.split(' ').collect();
    let [day, month, year, time, "GMT"] = fields[..] else { return None };
    let month = MONTHS.find(month).filter(|at| at % 3 == 0 && month.len() == 3)? / 3 + 1;
    let time = time.replace(':', "");
    Some(format!("{year}{month:02}{day}T{time}Z"))
}

/// `20261126T110000Z` as an instant.
fn instant(time: &str) -> Option<Time> {
    let is_basic = time.len() == 16 && time.is_ascii();
    let digits =
        |from: usize, to: usize| time.get(from..to).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = (digits(0, 4)?, digits(4, 6)?, digits(6, 8)?);
    let (hour, minute, second) = (digits(9, 11)?, digits(11, 13)?, digits(13, 15)?);
    let is_basic = is_basic && time.get(8..9) == Some("T") && time.ends_with('Z');
    let text = format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z");
    policy::instant(&text).filter(|_| is_basic)
}

/// The digest by which AWS names a header that it does not want to repeat.
fn hashed(header: &str) -> String {
    STANDARD.encode(Hash::Sha256.digest(header.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_request_is_that_of_either_header() {
        let read = |name: &str, value: &str| {
            let headers = [(name.into(), value.as_bytes().into())];
            let message =
                Message { method: "POST", path: "/", query: "", headers: &headers, authority: None, body: b"" };
            time(message)
        };
        assert_eq!(read("x-amz-date", " 20150830T123600Z ").as_deref(), Some("20150830T123600Z"));
        assert_eq!(read("date", "Sun, 06 Nov 1994 08:49:37 GMT").as_deref(), Some("19941106T084937Z"));
        assert_eq!(read("date", "19941106T084937Z").as_deref(), Some("19941106T084937Z"));
        assert_eq!(read("expires", "19941106T084937Z"), None);
    }

    #[test]
    fn an_instant_is_written_in_one_way() {
        assert_eq!(instant("19941106T084937Z").map(Time::millis), Some(784_111_777_000));
        for time in ["", "19941106", "1994-11-06T08:49:37Z", "19941306T084937Z", "19941106T084937+", "199é106T08493Z"]
        {
            assert_eq!(instant(time), None, "{time}");
        }
    }
}
