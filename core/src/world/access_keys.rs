//! Access keys that the owner of a world registers.

use std::sync::Arc;

use super::{Cause, World, lock};
use crate::{arguments, error::Error, time::Time, wire::Value};

impl World {
    /// Registers access keys, all or none of them: `{"AKIA...": {"principal": "arn...", "secret": "..."}}`; `null` in
    /// place of one removes it. Those that are not named stay.
    ///
    /// A request that is signed with a registered id comes from its principal, and one with a secret is refused unless
    /// its signature is right. Every other id says what it says.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, which shows no secret.
    pub fn set_access_keys(&self, keys: &Value, host_now: Time) -> Result<(), Error> {
        keys.admit()?;
        let Value::Map(keys) = keys else { return Err(Error::access_keys()) };
        let keys: Result<Vec<_>, Error> = keys.iter().map(|(id, key)| arguments::access_key(id, key)).collect();
        let keys = keys?;
        let now = self.now(host_now);
        drop(self.settled(now));
        let mut kms = self.write();
        lock(&self.journal).history.begin(now, &kms);
        let basis = kms.state().revision();
        let changes = Arc::make_mut(&mut kms).set_access_keys(keys);
        let mut journal = lock(&self.journal);
        journal.enter(basis, now, Cause::Setting, &changes);
        if !changes.is_empty() {
            journal.history.keep(now, &kms);
        }
        Ok(())
    }

    /// The access keys that are registered, in the form that [`World::set_access_keys`] takes, without their secrets.
    pub fn access_keys(&self) -> Value {
        self.seen().state().access_keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, crypto::CryptoProvider, http::Request};

    const NOW: Time = Time::from_millis(1_800_000_000_000);
    const ALICE: &str = "arn:aws:iam::111122223333:user/Alice";

    fn world() -> World {
        World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32])
    }

    fn key(members: &[(&'static str, &str)]) -> Value {
        members.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect()
    }

    #[test]
    fn access_keys_are_told_without_their_secrets_and_the_journal_has_none_either() {
        let world = world();
        let keys = [
            ("AKIAIOSFODNN7EXAMPLE", key(&[("principal", ALICE), ("secret", "a very secret text")])),
            ("test", key(&[("principal", "444455556666")])),
        ];
        world.set_access_keys(&Value::from(keys), NOW).expect("access keys");
        let told = Value::from([
            ("AKIAIOSFODNN7EXAMPLE", key(&[("principal", ALICE)])),
            ("test", key(&[("principal", "444455556666")])),
        ]);
        assert_eq!(world.access_keys(), told);
        let entries = world.changes(0).entries;
        assert_eq!((entries.len(), entries[0].changes.len()), (1, 3));
        assert!(!format!("{entries:?}{world:?}").contains("very secret"));
        world.set_access_keys(&Value::from([("test", Value::Null)]), NOW).expect("access keys");
        assert_eq!(world.access_keys(), Value::from([("AKIAIOSFODNN7EXAMPLE", key(&[("principal", ALICE)]))]));
    }

    #[test]
    fn a_registered_id_names_its_principal_until_it_is_removed() {
        let world = world();
        let who = || {
            let credential = "AWS4-HMAC-SHA256 Credential=test/20270115/us-east-1/sts/aws4_request";
            let headers = vec![("Authorization".to_owned(), credential.as_bytes().to_vec())];
            let request = Request::new("POST", "/", headers, b"Action=GetCallerIdentity&Version=2011-06-15".to_vec());
            String::from_utf8(world.http(&request, NOW).body.clone()).expect("text")
        };
        assert!(who().contains("arn:aws:iam::111122223333:root"));
        world.set_access_keys(&Value::from([("test", key(&[("principal", ALICE)]))]), NOW).expect("access keys");
        assert!(who().contains(ALICE), "{}", who());
        world.set_access_keys(&Value::from([("test", Value::Null)]), NOW).expect("access keys");
        assert!(who().contains("arn:aws:iam::111122223333:root"));
    }

    #[test]
    fn forks_and_snapshots_have_the_access_keys_and_nothing_is_registered_of_a_list_with_an_error() {
        let world = world();
        let keys = [("good", key(&[("principal", ALICE)])), ("b a d", key(&[("principal", ALICE)]))];
        assert!(world.set_access_keys(&Value::from(keys), NOW).is_err());
        assert!(world.set_access_keys(&Value::from("good"), NOW).is_err());
        assert_eq!(world.access_keys(), Value::Map(Vec::new()));
        world
            .set_access_keys(&Value::from([("good", key(&[("principal", ALICE), ("secret", "s")]))]), NOW)
            .expect("one");
        let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
        let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
        for copy in [world.fork([0; 32]), restored] {
            assert_eq!(copy.access_keys(), world.access_keys());
        }
        world.reset([0; 32]);
        assert_eq!(world.access_keys(), Value::Map(Vec::new()));
    }
}
