//! Questions that are asked of a world: who can do what, and what would be if other policies were installed.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{World, lock};
use crate::{
    access::questions::{Ground, Simulation, ask},
    call::{Call, Documents},
    caller::Caller,
    error::Error,
    kms::{Kms, Step},
    names::{KeyArn, Region},
    operations,
    policy::{Kind, PolicyRow},
    time::Time,
    wire::Value,
};

impl World {
    /// Answers a question about who can do what. Nothing changes: no clock, no key, no quota, no randomness.
    ///
    /// A question is a structure with `question` and these members, of which names may also be written as Python does
    /// (`identity_policies`):
    ///
    /// | `question` | members |
    /// | --- | --- |
    /// | `who_can` | `action`; `key` (in any of its four forms), or nothing for actions on no key; for `kms:RetireGrant` the id of a `grant`; `context`, `origin`, `closed`; `account`, `region` |
    /// | `what_can` | `principal`; `keys`, `actions`, `after`, `context`, `closed`, `account`, `region` |
    /// | `simulate` | what is explained: `operation`, `input`, `region`, `caller`, `origin`; and in the place of what is installed `keyPolicy`, `identityPolicies`, `permissionsBoundary`, `sessionPolicies`, `serviceControlPolicies` and `resourceControlPolicies` (lists of levels), `endpointPolicy`, and on top `grants` as CreateGrant takes them; `false` for a boundary or an endpoint policy says that there is none |
    /// | `inspect` | `blob`, `key`, `encryptionContext`, `account`, `region`: whether Decrypt would open the blob under the key and the context, and where not, which of them differs |
    /// | `exposure` | `key`, `within` (accounts and ids of organizations that are not outside; the key's own account never is), `policy` (in the place of the key policy), `actions`, `services` (whether services count that act on behalf of somebody outside: true where nothing is said); `account`, `region` |
    ///
    /// `context` has values by the names of condition keys. What it does not say, and what follows neither from the key nor
    /// from the principal, is not known: the answer then has the conditions that remain. With `closed`, the request has
    /// nothing else. `origin` says where the request comes from, as for calls.
    ///
    /// Policies of VPC endpoints limit those alone who use them, and session policies the sessions that have them: they are heard
    /// where `origin` or the caller of a simulation says so. A user stands for the federated users that it makes.
    ///
    /// The answer to `who_can` has `version`, `action`, `resource`, and whoever can do it: `principals` (registered, named, and
    /// root users), `accounts` in trust mode (all their other principals), `services`, and `everyone` (whoever is not named
    /// otherwise, or null). Each has a name (`principal`, `account` or `service`), `kind`, `conditional` (whether it depends
    /// on the request), `paths` and `limits`. A path has `by` ("key policy", "identity policy" or "grant"), `policy`,
    /// `statement` (counted from 0) and `sid`, or `grantId` and `grantee`; `conditions` that remain, each with `operator`, `key`
    /// and `values`; and, for an identity policy, `with`: the statements of the key policy that let the account decide. Limits
    /// are statements that may still deny, and those that frame the caller under conditions, with their `layer` and `effect`.
    ///
    /// The answer to `what_can` has `keys`, each with `key` and its `actions`, and as `account` the actions that are on no key;
    /// `after` where there are more keys: the ARN to go on behind. That to `simulate` is the one of [`World::explain`].
    ///
    /// The answer to `exposure` has `exposed`: "no" where nobody outside can ever use the key, whatever the context of a request;
    /// "yes" with a `witness`, a request that is let through (`action`, `caller`, `origin`, `input` as far as conditions ask for
    /// it, and `now` where it is let through at another time alone); "undecided" where neither is proved. `outside` has who may
    /// use the key as far as anybody knows, each with `principal`, `actions`, `paths` and `limits`. Nothing in the accounts of
    /// outsiders speaks against them: it is theirs to change. To retire a grant is not a use of a key, and a service that does not
    /// say on whose behalf it acts is not outside.
    ///
    /// The answer to `inspect` is the one of [`World::inspect`], where the blob has that layout, with `Verdict`, `Sentences` that
    /// say it, and as far as they are known `MadeBy` (the ARN of the key that made it), `KeyState`, `ContextsTried`, the
    /// `EncryptionContext` under which the blob opens, and `KnownFrom`: where that context stands. No answer has a plaintext:
    /// this is for the owner of a world, and no call of KMS tells any of it.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place of what is wrong, and `NotFoundException`
    /// for a key that does not exist.
    pub fn ask(&self, question: &Value, host_now: Time) -> Result<Value, Error> {
        question.admit()?;
        if Simulation::is(question) {
            return self.simulate(Simulation::read(question)?, host_now);
        }
        if question.member("question").and_then(Value::as_text) == Some("inspect") {
            return self.inspect_for(question, host_now);
        }
        let now = self.now(host_now);
        let kms = self.seen();
        let ground = Ground {
            state: kms.state(),
            account: self.account,
            region: Region::default(),
            now,
            crosses: operations::crosses_accounts,
            works_for: operations::works_for,
        };
        ask(question, ground)
    }

    /// What a call would come to by other policies and grants.
    fn simulate(&self, asked: Simulation, host_now: Time) -> Result<Value, Error> {
        let Simulation { operation, input, region, sender, documents, grants } = asked;
        let incoming = self.incoming(&operation, Zeroizing::new(input), region.as_deref(), &sender)?;
        let now = lock(&self.host).clock.now(host_now);
        let call = Call::of(incoming, now, [0; 32]).with_documents(documents).traced();
        let seen = self.seen();
        if grants.is_empty() {
            return Ok(seen.explain(&call).to_value());
        }
        // A copy of the world has the grants: nobody else sees it.
        let mut kms = Kms::clone(&seen);
        for (number, grant) in (1..=u8::MAX).cycle().zip(grants) {
            create(&mut kms, &call, grant, number)?;
        }
        Ok(kms.explain(&call).to_value())
    }
}

/// Creates a grant on the first key of a call, unless it names another one: whoever may do so.
fn create(kms: &mut Kms, call: &Call, grant: Value, number: u8) -> Result<(), Error> {
    let Value::Map(mut members) = grant else { return Err(Error::grant_to_ask()) };
    let key = kms.keys_of(call).first().copied();
    let named = members.iter().find(|(name, _)| name == "KeyId").and_then(|(_, value)| KeyArn::parse(value.as_text()?));
    let key = named.or(key).ok_or_else(Error::grant_to_ask)?;
    members.retain(|(name, _)| name != "KeyId");
    members.push(("KeyId".into(), Value::from(key.to_string())));
    let anything = PolicyRow::parse(ANYTHING.to_owned(), Kind::ResourcePolicy).map_err(|_| Error::grant_to_ask())?;
    let documents = Documents {
        key_policy: Some(Arc::new(anything)),
        service_control: Some(Vec::new()),
        resource_control: Some(Vec::new()),
        ..Documents::default()
    };
    let owner = Caller::root(key.account);
    let call = Call::new("CreateGrant", Value::Map(members), owner, key.region, call.now, [number; 32]);
    match kms.call(&call.with_documents(Arc::new(documents))) {
        Step::Done(outcome) => outcome.reply.map(|_| ()),
        Step::Ask(_) => Err(Error::grant_to_ask()),
    }
}

/// A key policy under which the owner of a key may create grants.
const ANYTHING: &str = r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}"#;
