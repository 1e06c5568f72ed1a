//! The quotas of an account in a Region, and how much of each is used.

use super::World;
use crate::{
    arguments,
    error::Error,
    kms::Kms,
    names::{AccountId, Region},
    quotas::{RequestQuota, ResourceQuota},
    state::{Bucket, Setting, State},
    time::Time,
    wire::Value,
};

impl World {
    /// Every quota of an account in a Region, as a map with the members
    ///
    /// - `name`: the name of the setting;
    /// - `limit`: the quota, of requests in a second;
    /// - `usage`: how much of it is used; of requests, those since the second began;
    /// - `enforced`: whether what exceeds it is refused;
    /// - `key`: of a quota that each key has, the ARN of the key that has used the most, or null when none has used any.
    ///
    /// Without an account it is the world's, and without a Region it is `us-east-1`.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when `account` or `region` is not one.
    pub fn quotas(&self, account: Option<&str>, region: Option<&str>, host_now: Time) -> Result<Value, Error> {
        let account = account.map_or(Ok(self.account), arguments::account)?;
        let region = region.map_or_else(|| Ok(Region::default()), arguments::region)?;
        let now = self.now(host_now);
        let kms = self.settled(now);
        let resources = ResourceQuota::ALL.iter().map(|quota| resource(*quota, account, region, kms.state()));
        let requests = RequestQuota::all().map(|quota| request(quota, account, region, now, &kms));
        Ok(Value::List(resources.chain(requests).collect()))
    }
}

fn resource(quota: ResourceQuota, account: AccountId, region: Region, state: &State) -> Value {
    let (key, usage) = match quota {
        ResourceQuota::Keys => (None, state.key_count(account, region)),
        ResourceQuota::AliasesPerKey => {
            state.most_aliases(account, region).map_or((None, 0), |(key, count)| (Some(key), count))
        }
        ResourceQuota::GrantsPerKey => {
            state.most_grants(account, region).map_or((None, 0), |(key, count)| (Some(key), count))
        }
        ResourceQuota::CustomKeyStores => (None, state.key_stores_in(account, region).count()),
    };
    let most = state.quota(quota, account, region, key);
    let mut shown = vec![
        ("name", Value::from(Setting::Quota(quota).to_string())),
        ("limit", Value::count(most)),
        ("usage", Value::count(usage)),
        ("enforced", Value::Bool(true)),
    ];
    if quota.is_of_key() {
        shown.push(("key", key.map_or(Value::Null, |key| Value::from(key.to_string()))));
    }
    shown.into_iter().collect()
}

fn request(quota: RequestQuota, account: AccountId, region: Region, now: Time, kms: &Kms) -> Value {
    let setting = Setting::Request(quota);
    let most = kms.state().request_quota(quota, account, region);
    Value::from([
        ("name", Value::from(setting.to_string())),
        ("limit", setting.shown(most)),
        ("usage", Value::count(kms.meters().used(&Bucket::Quota(quota, account, region), now, most))),
        ("enforced", Value::Bool(kms.state().counts_requests(account, region))),
    ])
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::{Options, api::*, crypto::CryptoProvider, error::Exception};

    const NOW: Time = Time::from_millis(1_800_000_000_000);

    fn world(settings: &[(&'static str, i64)]) -> World {
        let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32]);
        let settings = settings.iter().map(|(name, number)| (*name, Value::Int(*number))).collect();
        world.set(&settings, NOW).expect("settings");
        world
    }

    /// The row of a quota.
    fn row(world: &World, name: &str) -> Value {
        let Ok(Value::List(rows)) = world.quotas(None, None, NOW) else { panic!("a list") };
        let mut rows = rows.into_iter().filter(|row| row.member("name").and_then(Value::as_text) == Some(name));
        rows.next().expect(name)
    }

    fn told(world: &World, name: &str) -> (Option<Value>, Option<Value>, Option<Value>) {
        let row = row(world, name);
        (row.member("limit").cloned(), row.member("usage").cloned(), row.member("enforced").cloned())
    }

    fn numbers(limit: i64, usage: i64, enforced: bool) -> (Option<Value>, Option<Value>, Option<Value>) {
        (Some(Value::Int(limit)), Some(Value::Int(usage)), Some(Value::Bool(enforced)))
    }

    #[test]
    fn every_quota_is_told_with_its_limit_and_its_usage() {
        let world = world(&[("quota/keys", 7)]);
        let client = world.client(NOW);
        let key = || client.send(CreateKey::default()).expect("a key").key_metadata.key_id;
        let (few, many) = (key(), key());
        assert_eq!(row(&world, "quota/aliases-per-key").member("key"), Some(&Value::Null));
        for (name, key) in
            [("alias/1", &few), ("alias/2", &many), ("alias/3", &many), ("alias/4", &few), ("alias/5", &many)]
        {
            client.send(CreateAlias::new(name, key)).expect("an alias");
        }
        assert_eq!(told(&world, "quota/keys"), numbers(7, 2, true));
        assert_eq!(told(&world, "quota/aliases-per-key"), numbers(50, 3, true));
        let fullest = row(&world, "quota/aliases-per-key");
        assert!(fullest.member("key").and_then(Value::as_text).is_some_and(|arn| arn.ends_with(&many)));
        assert_eq!(told(&world, "quota/custom-key-stores"), numbers(10, 0, true));
        assert_eq!(told(&world, "request/CreateKey"), numbers(5, 0, false));
    }

    #[test]
    fn the_quotas_of_nobody_and_nowhere_are_refused() {
        let world = world(&[("quota/keys@444455556666/eu-west-1", 9)]);
        assert!(world.quotas(Some("1"), None, NOW).is_err() && world.quotas(None, Some("here"), NOW).is_err());
        let Ok(Value::List(rows)) = world.quotas(Some("444455556666"), Some("eu-west-1"), NOW) else {
            panic!("a list")
        };
        assert_eq!(rows[0].member("limit"), Some(&Value::Int(9)));
    }

    #[test]
    fn requests_are_told_for_the_second_in_which_they_came_and_a_fork_begins_without_any() {
        let world = world(&[("request-quotas", 1)]);
        let list = |world: &World| world.client(NOW).send(ListKeys::default()).expect("a list");
        list(&world);
        list(&world);
        assert_eq!(told(&world, "request/ListKeys"), numbers(500, 2, true));
        assert_eq!(told(&world.fork([0; 32]), "request/ListKeys"), numbers(500, 0, true));
        world.advance(crate::Span::from_millis(1000), NOW).expect("a later time");
        assert_eq!(told(&world, "request/ListKeys"), numbers(500, 0, true));
        list(&world);
        world.set_time(NOW, NOW);
        assert_eq!(told(&world, "request/ListKeys"), numbers(500, 0, true));
    }

    #[test]
    fn a_quota_admits_its_number_to_callers_that_come_at_once() {
        let world = world(&[("request-quotas", 1), ("request/ListKeys", 100)]);
        let admitted = || {
            let replies = (0..50).map(|_| world.client(NOW).send(ListKeys::default()));
            let refused = |error: &crate::Error| assert_eq!(error.exception, Exception::ThrottlingException);
            replies.filter(|reply| reply.as_ref().inspect_err(|error| refused(error)).is_ok()).count()
        };
        let total: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(admitted)).collect();
            threads.into_iter().map(|thread| thread.join().expect("a count")).sum()
        });
        assert_eq!(total, 100);
    }
}
