//! An access key that a host registers: `{"AKIA...": {"principal": "arn...", "secret": "..."}}`.

use zeroize::Zeroizing;

use super::{
    members::{Fact, listed, read},
    refused,
};
use crate::{
    caller::{Caller, CallerKind},
    error::Error,
    names::AccessKeyId,
    wire::Value,
};

/// What a host says of an access key.
#[derive(Default)]
pub(crate) struct AccessKey {
    /// Whose it is, as [`Caller::parse`] reads it: a user, or the root user of an account.
    pub(crate) principal: String,
    /// The secret; without it the id names its principal, and no signature is checked.
    pub(crate) secret: Option<Zeroizing<String>>,
}

/// The members of an access key.
const FACTS: [(&str, Fact<AccessKey>); 2] = [
    ("principal", |key, said| said.text().map(|text| key.principal = text)),
    ("secret", |key, said| said.text().map(|text| key.secret = Some(Zeroizing::new(text)))),
];

/// Reads one entry of `accessKeys`: an id, and what is said of the key; `null` removes it.
///
/// # Errors
/// A `ValidationException` with a sentence of ours; it does not show the secret.
pub(crate) fn access_key(id: &str, said: &Value) -> Result<(AccessKeyId, Option<AccessKey>), Error> {
    let id = AccessKeyId::parse(id).ok_or_else(|| Error::access_key_id(id))?;
    let mut key = AccessKey::default();
    match said {
        Value::Null => return Ok((id, None)),
        Value::Map(members) => read("an access key", members, &FACTS, &mut key)?,
        _ => return Err(refused(&format!("an access key is a structure: {}", listed(&FACTS)))),
    }
    let caller = Caller::parse(&key.principal).map(|caller| caller.kind);
    match caller {
        Some(CallerKind::Root | CallerKind::User(_)) => Ok((id, Some(key))),
        _ => Err(Error::access_key_of(id.as_str(), &key.principal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(id: &str, members: &[(&'static str, &str)]) -> Result<(AccessKeyId, Option<AccessKey>), Error> {
        access_key(id, &members.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect())
    }

    #[test]
    fn an_access_key_names_a_user_or_a_root_user_with_or_without_a_secret() {
        let user = "arn:aws:iam::111122223333:user/team/alice";
        let (id, key) =
            read_of("AKIAIOSFODNN7EXAMPLE", &[("principal", user), ("secret", "s")]).expect("an access key");
        let key = key.expect("an access key");
        assert_eq!((id.as_str(), &*key.principal), ("AKIAIOSFODNN7EXAMPLE", user));
        assert_eq!(key.secret.as_ref().map(|secret| secret.as_str()), Some("s"));
        assert!(read_of("test", &[("principal", "111122223333")]).is_ok_and(|(_, key)| key.is_some()));
        assert!(access_key("test", &Value::Null).is_ok_and(|(_, key)| key.is_none()));
    }

    #[test]
    fn what_is_not_an_access_key_is_refused_without_its_secret() {
        let alice = ("principal", "arn:aws:iam::111122223333:user/alice");
        for (id, members, shown) in [
            ("a b", vec![alice], "'a b'"),
            ("111122223333", vec![alice], "'111122223333'"),
            ("test", vec![("secret", "hidden")], "arn:aws:iam::111122223333:user/Alice"),
            ("test", vec![("principal", "arn:aws:iam::111122223333:role/R"), ("secret", "hidden")], "AssumeRole"),
            ("test", vec![("principal", "s3.amazonaws.com")], "s3.amazonaws.com"),
            ("test", vec![alice, ("secret", "")], "secret"),
            ("test", vec![alice, ("sekret", "hidden")], "'sekret'"),
        ] {
            let sentence = read_of(id, &members).err().and_then(|error| error.message).expect(shown);
            assert!(sentence.contains(shown) && !sentence.contains("hidden"), "{sentence}");
        }
        assert!(access_key("test", &Value::from("hidden")).is_err());
    }
}
