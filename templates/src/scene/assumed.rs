//! What files refer to and do not declare: it is taken as given, and said so; or left out, where nobody knows what it says.

use std::{collections::BTreeSet, mem};

use pocket_kms::{Value, order, state::knows_managed_policy, wire};

use super::{Kind, Scene};
use crate::{
    data::{Data, Text},
    plan::Plan,
    problem::Place,
};

impl Scene {
    /// The plan of everything that was read.
    pub(crate) fn plan(mut self) -> Plan {
        self.leave_out_what_has_no_key();
        self.leave_out_what_has_no_material();
        self.know_policies();
        self.know_groups();
        self.know_principals();
        let recipe = self.recipe();
        Plan { recipe, left_out: self.left_out, assumed: self.assumed }
    }

    /// Keeps of policies and principals what refers to keys that are made.
    fn leave_out_what_has_no_key(&mut self) {
        let steps: BTreeSet<String> = order::set(self.made().into_iter().map(str::to_owned));
        let is_made = |text: &Text| text.steps().all(|step| steps.contains(step));
        self.aliases.retain(|alias| is_made(&alias.target));
    }

    /// A key that waits for its material is not disabled, has no replicas and takes no grants: KMS refuses all of it.
    fn leave_out_what_has_no_material(&mut self) {
        let waiting = self.keys.iter_mut().filter(|key| key.waits());
        let waiting: BTreeSet<String> = order::set(waiting.map(|key| {
            key.enabled = true;
            key.step.clone()
        }));
        let waits = |text: &Text| text.steps().any(|step| waiting.contains(step));
        let (lost, kept): (Vec<_>, Vec<_>) =
            mem::take(&mut self.replicas).into_iter().partition(|replica| waits(&replica.id));
        self.replicas = kept;
        for replica in lost {
            let arn = replica.at.key_arn(&replica.id);
            let name = self.called(&arn);
            self.aliases.retain(|alias| alias.at != replica.at || !waits(&alias.target));
            self.names.retain(|name| name.what != arn);
            self.leave_out(
                &name,
                Place::default(),
                "",
                "its primary key waits for its material: it has no replica before",
            );
        }
        let (lost, kept): (Vec<_>, Vec<_>) =
            mem::take(&mut self.grants).into_iter().partition(|grant| grant.key().is_some_and(waits));
        self.grants = kept;
        for grant in lost {
            let step = grant.key().and_then(|key| key.steps().next());
            let key = self.keys.iter().find(|key| Some(key.step.as_str()) == step);
            let name = key.map(|key| self.called(&key.at.key_arn(&Text::key_id(&key.step)))).unwrap_or_default();
            let why = "a grant: the key waits for its material, and takes none before";
            self.leave_out(&name, Place::default(), "", why);
        }
    }

    /// What the files call a key.
    fn called(&self, arn: &Text) -> String {
        self.names.iter().find(|name| name.what == *arn).map(|name| name.name.clone()).unwrap_or_default()
    }

    /// A managed policy that nobody declares, and of which nothing is known, is not attached.
    fn know_policies(&mut self) {
        let declared: BTreeSet<String> = order::set(self.policies.iter().map(|policy| policy.arn.clone()));
        let is_known = |arn: &str| declared.contains(arn) || knows_managed_policy(arn);
        let mut unknown = BTreeSet::new();
        for principal in &mut self.principals {
            let (known, others): (Vec<String>, Vec<String>) =
                mem::take(&mut principal.managed).into_iter().partition(|arn| is_known(arn));
            principal.managed = known;
            unknown.extend(others);
            if principal.boundary.as_deref().is_some_and(|arn| !is_known(arn)) {
                unknown.extend(principal.boundary.take());
            }
        }
        for arn in unknown {
            let why = if arn.contains(":iam::aws:") {
                "this policy of AWS is taken to say nothing of KMS"
            } else {
                "what this managed policy says is not in what was read: it is not attached, nor a boundary"
            };
            self.leave_out(&arn, Place::default(), "", why);
        }
    }

    /// Groups that users are in, and roles and users that key policies and grants name, exist.
    fn know_groups(&mut self) {
        let mut groups = Vec::new();
        for user in &self.principals {
            let front = user.arn.split(":user").next().unwrap_or_default();
            groups.extend(user.groups.iter().map(|group| format!("{front}:group/{group}")));
        }
        for arn in groups {
            self.principal(Kind::Group, &arn);
        }
    }

    /// Where the files say who an account's principals are, those exist, too, that policies of keys name.
    fn know_principals(&mut self) {
        let mut named = BTreeSet::new();
        let policies = self.keys.iter().filter_map(|key| key.policy.as_ref());
        for policy in policies.chain(self.replicas.iter().filter_map(|replica| replica.policy.as_ref())) {
            named.extend(principals(policy));
        }
        for grant in &self.grants {
            for member in ["GranteePrincipal", "RetiringPrincipal"] {
                named.extend(grant.input.member(member).and_then(Data::known));
            }
        }
        let accounts: BTreeSet<String> = order::set(self.principals.iter().map(|one| one.account().to_owned()));
        for arn in named {
            let Some((kind, account)) = principal_of(&arn) else { continue };
            if accounts.contains(account) {
                self.principal(kind, &arn);
            }
        }
        let taken: Vec<String> =
            self.principals.iter().filter(|one| !one.declared).map(|one| one.arn.clone()).collect();
        for arn in taken {
            self.assume(&arn, Place::default(), "", "it is referred to, and taken to exist");
        }
    }
}

/// The user or role that an ARN names, and its account.
fn principal_of(arn: &str) -> Option<(Kind, &str)> {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "iam", "", account, resource] = fields[..] else { return None };
    let kind = match resource.split_once('/')? {
        ("user", _) => Kind::User,
        ("role", _) => Kind::Role,
        _ => return None,
    };
    (!resource.contains(['*', '?', '$'])).then_some((kind, account))
}

/// The principals of AWS that the statements of a document name.
fn principals(policy: &Text) -> Vec<String> {
    let Ok(document) = wire::from_json(policy.filled("0").as_bytes()) else { return Vec::new() };
    let statements = match document.member("Statement") {
        Some(Value::List(statements)) => statements.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let mut named = Vec::new();
    for statement in statements {
        for element in ["Principal", "NotPrincipal"] {
            match statement.member(element).and_then(|principal| principal.member("AWS")) {
                Some(Value::Text(arn)) => named.push(arn.clone()),
                Some(Value::List(arns)) => named.extend(arns.iter().filter_map(Value::as_text).map(str::to_owned)),
                _ => {}
            }
        }
    }
    named
}
