//! The ids by which records name a call: of the request, of its event, and of the copies of that event.

use std::{fmt, iter};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

use crate::{crypto::random::Random, material::MaterialId, names::AccountId, text::uuid};

/// The number of the generator that draws the ids, and only them: making more records or none moves no other byte.
const AUDIT: u64 = 1;

/// A UUID (RFC 9562), printed in lowercase.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid([u8; 16]);

/// The ids of a call. Every call draws them in this order (AUD-9), before anybody knows whether it makes a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ids {
    /// `requestID`, which the reply carries as `x-amzn-RequestId` (AUD-11).
    pub request: Uuid,
    /// `eventID` of an action that one account's trail records.
    pub event: Uuid,
    /// `sharedEventID` of an action that the trails of several accounts record (AUD-44).
    pub shared: Uuid,
}

impl Ids {
    /// The ids of a call with this entropy.
    pub(crate) fn of(entropy: &[u8; 32]) -> Self {
        let drawn = Random::first(entropy, AUDIT);
        let [request, event, shared] = [0, 16, 32].map(|place| Uuid::cut(&drawn[place..], 4));
        Self { request, event, shared }
    }

    /// The id of the event as an account is told of it. An action that is told to several accounts has another id in
    /// each copy, of version 3 (AUD-37).
    pub(crate) fn event_for(&self, account: AccountId, told_to_several: bool) -> Uuid {
        if told_to_several { self.shared.named(account) } else { self.event }
    }

    /// The ids of further events of the call with this entropy, which are drawn behind its own (AUD-9).
    pub(crate) fn further(entropy: &[u8; 32]) -> impl Iterator<Item = Uuid> {
        let mut audit = Random::from_entropy(entropy).numbered(AUDIT);
        iter::repeat_with(move || Uuid::draw(&mut audit)).skip(3)
    }
}

impl Uuid {
    /// Sixteen random bytes as a UUID of version 4.
    fn draw(random: &mut Random) -> Self {
        Self(uuid::versioned(random.array(), 4))
    }

    /// The UUID of version 3 that is made of this one and an account. That it is cut from a SHA-256 and not an MD5 is a
    /// decision: nobody can tell, and nothing else here needs MD5.
    fn named(&self, account: AccountId) -> Self {
        let digest = Sha256::new().chain_update(self.0).chain_update(account.to_string()).finalize();
        Self::cut(&digest, 3)
    }

    /// The first sixteen bytes, which look drawn, as a UUID of a version.
    fn cut(from: &[u8], version: u8) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&from[..16]);
        Self(uuid::versioned(bytes, version))
    }

    /// An id that follows from what it names, in the form of one that was drawn.
    pub(crate) fn of_text(text: &str) -> Self {
        Self::cut(&Sha256::digest(text), 4)
    }

    /// The id of the one event that has made key material current: the id of the material looks drawn already.
    pub(crate) fn of_material(id: &MaterialId) -> Self {
        Self::cut(&id.0[16..], 4)
    }

    /// An id that follows from this one.
    pub(crate) fn following(&self) -> Self {
        Self::of_text(&self.to_string())
    }

    /// Reads the printed form.
    pub fn parse(text: &str) -> Option<Self> {
        uuid::parse(text.as_bytes().try_into().ok()?).map(Self)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(uuid::text(&self.0).as_str())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Uuid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Uuid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a UUID"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_printed() {
        let ids = Ids::of(&[7; 32]);
        for id in [ids.request, ids.event, ids.shared] {
            let text = id.to_string();
            assert_eq!((text.len(), text.as_bytes()[14], Uuid::parse(&text)), (36, b'4', Some(id)), "{text}");
            assert_eq!(Uuid::parse(&text.to_ascii_uppercase()), None);
        }
        assert!(ids.request != ids.event && ids.event != ids.shared);
    }

    #[test]
    fn what_is_not_an_id_is_not_read() {
        for text in ["", "0", "00000000-0000-4000-8000-00000000000", "000000000-000-4000-8000-000000000000", "ä"] {
            assert_eq!(Uuid::parse(text), None, "{text}");
        }
    }
}
