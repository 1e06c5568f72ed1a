//! The directory of a world, filled and read.

use super::{Cause, World, recipe::Done};
use crate::{
    error::Error,
    state::Registration,
    time::Time,
    wire::{Name, Value},
};

impl World {
    /// Registers who exists besides keys, all of it or nothing: a structure of maps by name, of which each is optional.
    ///
    /// | member | by | an entry |
    /// | --- | --- | --- |
    /// | `principals` | ARN of a user, role or group | `policies` (inline: documents by name, or a list), `managedPolicies` (ARNs), `permissionsBoundary` (ARN), `groups` (names; of users), `tags`, `trustPolicy`, `maxSessionDuration` (seconds) and `serviceLinked` (of roles), `uniqueId` |
    /// | `policies` | ARN of a managed policy | the document |
    /// | `organizations` | id | `managementAccount`, `root` (id), `serviceControlPolicies`, `resourceControlPolicies`, `units` (by id, with the same members), `accounts` (by id, with policies; or a list) |
    /// | `vpcEndpoints` | id | `policy`, `vpc`, `owner` |
    /// | `accessKeys` | id | `principal` (ARN of a user, or an account), `secret` |
    ///
    /// A document is a structure or its JSON text. An entry takes the place of the one of the same name, `null` removes it,
    /// and those that are not named stay. A policy of an organization is a document, `{"id" or "arn", "document"}`, or
    /// `"FullAWSAccess"`, which is what every entity has where none are said. Names of members may be written as Python
    /// does: `managed_policies`.
    ///
    /// An account in which nobody was ever registered is in *trust* mode: its principals exist, and their identity policies
    /// allow everything. The first user, role or group that is registered ends that for good; so does the setting
    /// `strict-principals`, for all accounts. From then on key policies can only name principals that exist, and are bound
    /// to their unique ids. A principal that is removed and registered again has another unique id: a function of its name
    /// and of how many principals of its account were removed before.
    ///
    /// Of AWS's managed policies those that say something of KMS are known, reduced to that; others are registered by their
    /// ARNs, like `arn:aws:iam::aws:policy/Name`.
    ///
    /// What is registered is part of the state: snapshots, forks and history have it, and the journal tells of it.
    ///
    /// ```
    /// use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire};
    ///
    /// let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]);
    /// let now = Time::from_millis(1_800_000_000_000);
    /// let form = wire::from_json(br#"{
    ///     "principals": {
    ///         "arn:aws:iam::111122223333:role/App": {
    ///             "policies": {"keys": {"Version": "2012-10-17", "Statement": [
    ///                 {"Effect": "Allow", "Action": "kms:CreateKey", "Resource": "*"}
    ///             ]}},
    ///             "managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
    ///         }
    ///     }
    /// }"#)?;
    /// world.register(&form, now)?;
    /// let told = world.directory();
    /// let app = told.member("principals").and_then(|all| all.member("arn:aws:iam::111122223333:role/App"));
    /// assert!(app.and_then(|app| app.member("uniqueId")).is_some());
    /// # Ok::<(), pocket_kms::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, which begins with the place of what is wrong:
    /// `principals.arn:aws:iam::111122223333:role/App.policies.keys: ...`. Nothing is registered then.
    pub fn register(&self, form: &Value, host_now: Time) -> Result<(), Error> {
        let registration = Registration::read(form)?;
        self.change(Cause::Registration, host_now, &Done(None, &[("register", form)]), |kms, now| {
            kms.register(registration, now)
        })
    }

    /// Removes what has these names, all of it or nothing: principals and managed policies by their ARNs, organizations, VPC
    /// endpoints and access keys by their ids.
    ///
    /// # Errors
    /// Those of [`World::register`], where something is not registered.
    pub fn unregister(&self, names: &[String], host_now: Time) -> Result<(), Error> {
        let mut form: Vec<(&'static str, Vec<(Name, Value)>)> = Vec::new();
        for name in names {
            let (kind, entry) = (kind_of(name), (Name::from(name.clone()), Value::Null));
            match form.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, entries)) => entries.push(entry),
                None => form.push((kind, vec![entry])),
            }
        }
        self.register(&form.into_iter().map(|(kind, entries)| (kind, Value::Map(entries))).collect(), host_now)
    }

    /// What is registered, in the form that [`World::register`] takes, without secrets.
    pub fn directory(&self) -> Value {
        self.seen().state().directory()
    }
}

/// The member of the form in which something of this name stands.
fn kind_of(name: &str) -> &'static str {
    match name {
        arn if arn.starts_with("arn:") && arn.contains(":policy/") => "policies",
        arn if arn.starts_with("arn:") => "principals",
        id if id.starts_with("o-") => "organizations",
        id if id.starts_with("vpce-") => "vpcEndpoints",
        _ => "accessKeys",
    }
}

#[cfg(test)]
mod tests;
