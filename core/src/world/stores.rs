//! What custom key stores stand on: set up, shown, and acted on by its owner.

use super::{Cause, World, lock, recipe::Done};
use crate::{error::Error, kms::StoresSetup, time::Time, wire::Value};

impl World {
    /// Registers what custom key stores stand on, all of it or nothing: a structure of maps by name, of which each is
    /// optional.
    ///
    /// | member | by | an entry |
    /// | --- | --- | --- |
    /// | `clusters` | id of an AWS CloudHSM cluster | `account`, `region`, `state` (`ACTIVE`), `trustAnchor` (PEM), `lineage`, `vpc`, `subnets` (by id: `zone`, `freeAddresses`, `deleted`), `securityGroup`, `mutualTls`, `network`, `kmsFault`, `busy`, `sessions`, `hsms` (`zone`, `state`, `users`), `kmsuser` (`password`, `failedLogins`, `locked`, `loggedInElsewhere`, `secondFactor`) |
    /// | `endpointServices` | name of a VPC endpoint service | `owner`, `privateDnsName`, `loadBalancer` (`network`, `gateway`), `zones`, `allowedPrincipals`, `acceptanceRequired`, `domain` (`verified`, `pendingVerification`, `failed`), `state` (`Available`, `Deleted`) |
    ///
    /// | `proxies` | endpoint and prefix of a proxy: `https://xks.example.com/prefix` | `region` (`us-east-1`), `credentials` (`accessKeyId`, `rawSecretAccessKey`), `keys` (by id, or a list of ids: `spec`, `usages`, `status`, `material`), `rules`, `managers` (`id`, `model`, `healthStatus`), `faults`, `certificate` (`subject`, `notAfter`, `trusted`, `complete`, `protocols`, `clientCertificate`), `latency`, `clockOffset`, `metadata` (base64), `initializationVector` (12, 16), `requestLimit`, `maxPlaintext`, `maxAdditionalData`, `blocked` |
    ///
    /// An entry of a proxy that is there changes what it says and nothing else; a member that is null is as it was at first.
    /// The keys that are not named stay, and so does material; of credentials, rules, managers and faults there are those
    /// that are said. A rule allows what matches all its members: `operation`, `key`, and those of the request's metadata,
    /// each a text or several, in which `*` stands for anything; without rules everything is allowed.
    ///
    /// A fault hits every request, unless it says `store`, `operation` (of the proxy), `kmsOperation` or `key`; for as long as
    /// it is there, unless it says `times`, `for` (`10m`) or `until`. Its `fault` is
    ///
    /// | `fault` | with | |
    /// | --- | --- | --- |
    /// | `error` | `errorName`, `errorMessage`, `status` | the proxy refuses |
    /// | `response` | `status`, `body`, `length` (to which the body is repeated), `contentType`, `location` | something else answers |
    /// | `member` | `member`, `value` (JSON; without it, the member is missing) | a member of the answer is another one |
    /// | `flip` | `member` | a bit of it is flipped |
    /// | `delay` | `milliseconds` | the answer takes longer |
    /// | `unreachable`, `tls`, `timeout` | `reason` | there is no answer |
    /// | `ignoreAdditionalData`, `otherPlaintext`, `internal` | | the proxy ignores what it should authenticate; Decrypt gives another plaintext; KMS itself fails |
    ///
    /// What is not said is as key stores demand: a cluster has two HSMs in two Availability Zones, takes every trust anchor
    /// and, until KMS changes it, every password of `kmsuser`; a service allows KMS. Only a private DNS name must be said.
    /// An entry takes the place of the one of the same name, and those that are not named stay; the keys and backups of a
    /// cluster stay, too, and so does a password. `null` removes: what was made of a cluster can still be restored from its
    /// backups. Names of members may be written as Python does: `endpoint_services`.
    ///
    /// While nothing of a kind was ever registered, everything of it exists and is as KMS wishes (*trust* mode), unless the
    /// setting `strict-key-stores` is on.
    ///
    /// What is registered is part of the state: snapshots, forks and history have it, and the journal tells of it.
    ///
    /// ```
    /// use pocket_kms::{CryptoProvider, Options, Time, World, wire};
    ///
    /// let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]);
    /// let now = Time::from_millis(1_800_000_000_000);
    /// let setup = wire::from_json(br#"{"clusters": {"cluster-2ab3cdefghi": {"kmsuser": {"password": "kmsPswd"}}}}"#)?;
    /// world.register_stores(&setup, now)?;
    /// let broken = wire::from_json(br#"{"do": "removeHsm", "zone": "us-east-1a"}"#)?;
    /// let told = world.on_cluster("cluster-2ab3cdefghi", &broken, now)?;
    /// assert!(told.member("hsms").is_some());
    /// # Ok::<(), pocket_kms::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, which begins with the place of what is wrong:
    /// `clusters.cluster-2ab3cdefghi.hsms[0].zone: ...`. Nothing is registered then.
    pub fn register_stores(&self, setup: &Value, host_now: Time) -> Result<(), Error> {
        let read = StoresSetup::read(setup, self.account)?;
        let (draw, entropy) = lock(&self.host).entropy.numbered();
        self.change(Cause::Registration, host_now, &Done(draw, &[("stores", setup)]), |kms, now| {
            kms.register_stores(read, now, &entropy)
        })
    }

    /// What is registered, in the form that [`World::register_stores`] takes, without secrets.
    pub fn stores_setup(&self) -> Value {
        self.seen().stores_setup()
    }

    /// Does what the owner of a cluster can do with it, and says what became of it: the cluster in the form in which it is
    /// registered, with its keys and backups.
    ///
    /// | `do` | with | |
    /// | --- | --- | --- |
    /// | `set` | members of an entry | breaks or mends what is said; of the subnets those that are named |
    /// | `initialize`, `activate` | | `UNINITIALIZED` to `INITIALIZED` to `ACTIVE` |
    /// | `delete` | | deletes the cluster; a last backup stays |
    /// | `addHsm`, `removeHsm` | `zone` | |
    /// | `createUser` | `password` | makes `kmsuser` on all HSMs |
    /// | `deleteUser`, `lock` | | `kmsuser` |
    /// | `changePassword` | `password` | lets `kmsuser` in again, too; not while KMS is logged in |
    /// | `logIn`, `logOut` | `password` | some tool does so as `kmsuser`; a wrong password is counted |
    /// | `deleteKey` | `key` | by its id in the cluster, or the ARN of the KMS key |
    /// | `backUp` | | the reply has the id of the `backup` |
    /// | `restore` | `backup`, `cluster`, `members` | a new cluster of a backup, the newest without one; the reply tells of it |
    /// | `deleteBackup` | `backup` | |
    /// | `describe` | | |
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when the action cannot be read, or the cluster does not let it happen.
    pub fn on_cluster(&self, id: &str, action: &Value, host_now: Time) -> Result<Value, Error> {
        let mut told = Value::Null;
        let cluster = Value::from(id);
        let done = Done(None, &[("cluster", &cluster), ("action", action)]);
        self.change(Cause::Registration, host_now, &done, |kms, now| {
            let (became, changes) = kms.on_cluster(id, action, now)?;
            told = became;
            Ok(changes)
        })?;
        Ok(told)
    }
}
