//! The settings of a world, made and read.

use std::sync::Arc;

use super::{Cause, World, lock, recipe::Done};
use crate::{
    error::Error,
    kms::Kms,
    state::{self, Change},
    time::Time,
    wire::Value,
};

impl World {
    /// Makes settings, all or none of them: a map from their names to numbers. A number of null takes back what was set.
    ///
    /// | name | number | by default |
    /// | --- | --- | --- |
    /// | `quota/keys`, `quota/aliases-per-key`, `quota/grants-per-key`, `quota/custom-key-stores` | a number of things | AWS's quota |
    /// | `request-quotas` | 1: requests are counted and throttled | 0 |
    /// | `request/CreateKey` or another operation, `request/symmetric` or another group | requests per second, also fractions | AWS's quota |
    /// | `lag/new-key` or another lag | milliseconds until others see what has happened | 0 |
    /// | `consistency` | all lags at once: `default`, `aws` or `aws-worst` | `default` |
    /// | `strict-regions` | 1: only the Regions of AWS exist | 0 |
    /// | `signature-skew` | milliseconds by which the time of a signature may differ from the world's clock | 5 minutes, of STS 15 |
    /// | `xks/time-limit` | milliseconds that a proxy of an external key store has for an answer, 0 for no limit | 250 |
    /// | `xks/integrity` | what a proxy confirms by an integrity value: 0 nothing, 1 data keys, 2 all that it encrypts | 1 |
    /// | `xks/reliability` | how reliable proxies are: 0 low, 1 high, 2 as they were in the last five minutes | 0 |
    /// | `strict-principals` | 1: only registered principals exist, also in accounts without any | 0 |
    /// | `strict-key-stores` | 1: only registered clusters, VPC endpoint services and proxies exist | 0 |
    /// | `strict` | all three at once | 0 |
    /// | `region/af-south-1` or another Region | 1: it is enabled | AWS's default |
    ///
    /// Behind an `@` stands where a setting holds: for an account (`quota/keys@111122223333`), a Region
    /// (`quota/keys@eu-west-1`), both (`quota/keys@111122223333/eu-west-1`) or a key, by its ARN. The narrowest one counts.
    /// Settings are part of the state: snapshots and forks have them, and the journal tells of them. A world that begins
    /// again has none.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when there is no such setting, or it cannot have such a number.
    pub fn set(&self, settings: &Value, host_now: Time) -> Result<(), Error> {
        let said = settings;
        let settings = state::read_settings(said)?;
        let mut records = Vec::new();
        self.change(Cause::Setting, host_now, &Done(None, &[("set", said)]), |kms, now| {
            Ok(kms.set_and_tell(&settings, now, &mut records))
        })?;
        lock(&self.journal).enter_records(records);
        Ok(())
    }

    /// Changes the world as its owner wants it, between two calls, and enters what has changed and what was done.
    ///
    /// # Errors
    /// Those of `change`, which leaves everything as it is then.
    pub(super) fn change(
        &self,
        cause: Cause,
        host_now: Time,
        done: &Done<'_>,
        change: impl FnOnce(&mut Kms, Time) -> Result<Vec<Change>, Error>,
    ) -> Result<(), Error> {
        let now = self.now(host_now);
        drop(self.settled(now));
        let mut kms = self.write();
        lock(&self.journal).history.begin(now, &kms);
        let basis = kms.state().revision();
        let changes = change(Arc::make_mut(&mut kms), now)?;
        self.keep(now, done);
        let mut journal = lock(&self.journal);
        journal.enter(basis, now, cause, &changes);
        if !changes.is_empty() {
            journal.history.keep(now, &kms);
        }
        Ok(())
    }

    /// What has been set, in the form that [`World::set`] takes.
    pub fn settings(&self) -> Value {
        self.seen().state().settings()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Options,
        crypto::CryptoProvider,
        lags::Lag,
        names::{AccountId, KeyArn, Region},
        quotas::ResourceQuota,
        state::Setting,
    };

    const NOW: Time = Time::from_millis(1_800_000_000_000);
    const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn world() -> World {
        World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32])
    }

    fn set(world: &World, members: &[(&str, Value)]) -> Result<(), Error> {
        let settings = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        world.set(&settings, NOW)
    }

    #[test]
    fn what_is_set_is_told_in_the_form_in_which_it_was_set() {
        let world = world();
        assert_eq!(world.settings(), Value::Map(Vec::new()));
        let settings = Value::from([
            ("quota/keys", Value::Int(3)),
            ("quota/keys@111122223333/eu-west-1", Value::Int(4)),
            ("request/CreateKey@eu-west-1", Value::Float(0.5)),
            ("consistency", Value::from("aws")),
        ]);
        world.set(&settings, NOW).expect("settings");
        assert_eq!(world.settings(), settings);
        let again = self::world();
        again.set(&world.settings(), NOW).expect("settings");
        assert_eq!(again.settings(), settings);
        set(&world, &[("quota/keys", Value::Null), ("lag/grant", Value::Int(1))]).expect("settings");
        let told = world.settings();
        assert_eq!((told.member("quota/keys"), told.member("consistency")), (None, None));
        assert_eq!(told.member("lag/grant"), Some(&Value::Int(1)));
        set(&world, &[("consistency", Value::Null)]).expect("settings");
        assert_eq!(world.settings().member("lag/grant"), None);
    }

    #[test]
    fn the_narrowest_scope_counts() {
        let world = world();
        let names = ["", "@eu-west-1", "@111122223333", "@111122223333/eu-west-1", &format!("@{KEY}")];
        let (account, other) = (AccountId::parse("111122223333").expect("an account"), AccountId::ZERO);
        let (here, there) = (Region::parse("eu-west-1").expect("a Region"), Region::default());
        let setting = Setting::Quota(ResourceQuota::AliasesPerKey);
        let key = KeyArn::parse(KEY);
        for (number, name) in (1..).zip(names) {
            set(&world, &[(&format!("quota/aliases-per-key{name}"), Value::Int(number))]).expect(name);
            let found = |account, region, key| world.seen().state().setting(setting, account, region, key);
            assert_eq!(found(account, here, key), u64::try_from(number).ok(), "{name}");
            assert_eq!(found(other, there, None), Some(1));
            assert_eq!(found(other, here, None), Some(if number > 1 { 2 } else { 1 }));
        }
    }

    #[test]
    fn settings_are_made_all_or_none_and_the_journal_tells_of_them() {
        let world = world();
        assert!(set(&world, &[("quota/keys", Value::Int(3)), ("quota/locks", Value::Int(3))]).is_err());
        assert_eq!((world.settings(), world.changes(0).entries.len()), (Value::Map(Vec::new()), 0));
        for _ in 0..2 {
            set(&world, &[("quota/keys", Value::Int(3)), ("strict-regions", Value::Int(1))]).expect("settings");
        }
        let entries = world.changes(0).entries;
        assert_eq!((entries.len(), entries[0].cause, entries[0].changes.len()), (1, Cause::Setting, 2));
        assert!(world.seen().state().has_strict_regions() && !world.seen().state().has_strict_principals());
        set(&world, &[("strict-regions", Value::Null), ("quota/keys", Value::Null)]).expect("settings");
        set(&world, &[("strict", Value::Bool(true))]).expect("settings");
        assert_eq!(
            world.settings(),
            Value::from([
                ("strict-regions", Value::Int(1)),
                ("strict-principals", Value::Int(1)),
                ("strict-key-stores", Value::Int(1))
            ])
        );
        set(&world, &[("strict", Value::Null)]).expect("settings");
        assert_eq!(world.settings(), Value::Map(Vec::new()));
    }

    #[test]
    fn forks_and_snapshots_have_the_settings_and_a_world_that_begins_again_has_none() {
        let world = world();
        set(&world, &[("lag/new-key", Value::Int(2000))]).expect("settings");
        assert_eq!(world.seen().state().lag(Lag::NewKey).millis(), 2000);
        let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
        let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
        for copy in [world.fork([0; 32]), restored] {
            assert_eq!(copy.settings(), world.settings());
        }
        world.reset([0; 32]);
        assert_eq!(world.settings(), Value::Map(Vec::new()));
    }
}
