//! Decisions as data, and as prose.

use std::fmt;

use super::Action;
use crate::{
    names::{AccountId, AliasArn, KeyArn, Region},
    order::sorted,
    policy::{Effect, Finding, Outcome},
};

/// So many findings are told one by one; the others are counted.
const MAX_TOLD: usize = 5;

/// Why a check was answered as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The action.
    pub action: Action,
    /// What it is to be done to.
    pub resource: Resource,
    /// What it comes to.
    pub ruling: Ruling,
    /// Whose word it took, in the order in which they spoke; the last one decided.
    pub layers: Vec<Layer>,
    /// How each statement of the key policy met the request, in the order of the text.
    pub findings: Vec<Finding>,
}

/// What an action is on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resource {
    /// A KMS key.
    Key(KeyArn),
    /// An alias.
    Alias(AliasArn),
    /// An account in a Region, where the operation is on no key and no alias.
    Account(AccountId, Region),
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(arn) => arn.fmt(f),
            Self::Alias(arn) => arn.fmt(f),
            Self::Account(account, region) => {
                write!(f, "arn:{}:kms:{region}:{account}:*", region.partition().as_str())
            }
        }
    }
}

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ruling {
    /// The caller may do it.
    Allowed,
    /// Nothing allows it.
    NotAllowed,
    /// A statement denies it.
    Denied,
}

/// A voice in a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layer {
    /// A service in its own name belongs to no account: no identity policies speak for it.
    NoAccount,
    /// There is no such key.
    NoSuchKey,
    /// The key is another account's, and the operation does not work on keys of other accounts, whatever policies say.
    OtherAccount,
    /// The key policy names the caller or its account, or denies, or says nothing.
    KeyPolicy,
    /// The identity policies of the caller's account: the key policy leaves the decision to them, or the resource has
    /// no policy of its own. The account is trusted: they allow everything.
    IdentityPolicy,
}

impl Decision {
    /// Whether the caller may do it.
    pub const fn allowed(&self) -> bool {
        matches!(self.ruling, Ruling::Allowed)
    }

    /// The effect of the statements that decided; `None` where none did.
    const fn deciding(&self) -> Option<Effect> {
        match self.ruling {
            Ruling::Allowed => Some(Effect::Allow),
            Ruling::Denied => Some(Effect::Deny),
            Ruling::NotAllowed => None,
        }
    }

    /// What decided, then near misses.
    fn worth_telling(&self) -> Vec<&Finding> {
        let rank = |finding: &&Finding| match &finding.outcome {
            Outcome::Applied(_) if Some(finding.effect) == self.deciding() => Some(0),
            Outcome::Applied(_) => Some(1),
            Outcome::Condition { .. } if finding.effect == Effect::Allow => Some(2),
            Outcome::Condition { .. } => Some(3),
            Outcome::Action | Outcome::Resource | Outcome::Principal => None,
        };
        let told = self.findings.iter().filter(|finding| rank(finding).is_some()).collect();
        sorted(told, |one, other| rank(one).cmp(&rank(other)))
    }
}

impl fmt::Display for Decision {
    /// What decided comes first, near misses next; statements about something else are counted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.allowed() { "allowed" } else { "denied" };
        write!(f, "{} on {} is {verb} ", self.action, self.resource)?;
        match self.layers.last() {
            Some(Layer::NoAccount) => {
                return f.write_str("because a service that calls in its own name belongs to no account");
            }
            Some(Layer::NoSuchKey) => return f.write_str("because there is no such key"),
            Some(Layer::OtherAccount) => {
                return f.write_str("because the operation does not work on keys of other accounts");
            }
            Some(Layer::IdentityPolicy) if self.layers.len() == 1 => {
                return f.write_str("by the identity policies of the caller's account");
            }
            Some(Layer::IdentityPolicy) => {
                f.write_str("by the key policy together with the identity policies of the caller's account")?;
            }
            Some(Layer::KeyPolicy) | None => f.write_str("by the key policy")?,
        }
        let told = self.worth_telling();
        let mut joint = ": ";
        for finding in told.iter().take(MAX_TOLD) {
            write!(f, "{joint}{finding}")?;
            joint = "; ";
        }
        let untold = told.len().saturating_sub(MAX_TOLD);
        if untold > 0 {
            let (them, have) = if untold == 1 { ("statement", "has") } else { ("statements", "have") };
            write!(f, "; {untold} more {them} {have} to do with it")?;
        }
        for (elsewhere, what) in
            [(Outcome::Principal, "principals"), (Outcome::Resource, "resources"), (Outcome::Action, "actions")]
        {
            let mut about = self.findings.iter().filter(|finding| finding.outcome == elsewhere);
            match (about.next(), about.count()) {
                (None, _) => continue,
                (Some(one), 0) => write!(f, "{joint}{one}")?,
                (Some(_), more) => write!(f, "{joint}{} statements are about other {what}", more + 1)?,
            }
            joint = "; ";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Class;

    fn finding(statement: usize, effect: Effect, outcome: Outcome) -> Finding {
        Finding { statement, sid: None, effect, outcome }
    }

    fn decision(ruling: Ruling, layers: &[Layer], findings: Vec<Finding>) -> String {
        let region = Region::parse("us-east-1").expect("a Region");
        let resource = KeyArn::parse("arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        let resource = resource.expect("an ARN");
        assert_eq!((resource.region, resource.account), (region, AccountId::ZERO));
        let resource = Resource::Key(resource);
        Decision { action: Action::Encrypt, resource, ruling, layers: layers.to_vec(), findings }.to_string()
    }

    fn condition() -> Outcome {
        Outcome::Condition {
            operator: "StringEquals".into(),
            key: "aws:username".into(),
            expected: vec!["bob".into()],
            actual: None,
        }
    }

    #[test]
    fn what_decided_comes_first_and_what_is_about_something_else_last() {
        let findings = vec![
            finding(0, Effect::Allow, Outcome::Principal),
            finding(1, Effect::Allow, condition()),
            finding(2, Effect::Allow, Outcome::Applied(Class::Direct)),
            finding(3, Effect::Deny, Outcome::Applied(Class::Direct)),
            finding(4, Effect::Deny, Outcome::Action),
            finding(5, Effect::Deny, Outcome::Action),
        ];
        let text = decision(Ruling::Denied, &[Layer::KeyPolicy], findings);
        let (_, reasons) = text.split_once(" is denied by the key policy: ").expect("a denial");
        assert_eq!(
            reasons,
            "statement 4 denies it; statement 3 allows it; statement 2 would allow it if aws:username equals \"bob\" \
             (StringEquals), but the request has no such key in its context; statement 1 is about other principals; 2 \
             statements are about other actions"
        );
    }

    #[test]
    fn every_layer_has_its_words() {
        let account = decision(Ruling::Allowed, &[Layer::KeyPolicy, Layer::IdentityPolicy], Vec::new());
        assert!(
            account
                .ends_with("is allowed by the key policy together with the identity policies of the caller's account")
        );
        let none = decision(Ruling::NotAllowed, &[Layer::NoSuchKey], Vec::new());
        assert!(none.ends_with("is denied because there is no such key"));
        let nobody = decision(Ruling::NotAllowed, &[Layer::NoAccount], Vec::new());
        assert!(nobody.ends_with("is denied because a service that calls in its own name belongs to no account"));
        let other = decision(Ruling::NotAllowed, &[Layer::OtherAccount], Vec::new());
        assert!(other.ends_with("is denied because the operation does not work on keys of other accounts"));
    }

    #[test]
    fn a_long_policy_makes_a_short_text() {
        let findings = (0..1000).map(|number| finding(number, Effect::Allow, condition())).collect();
        let text = decision(Ruling::NotAllowed, &[Layer::KeyPolicy], findings);
        assert!(text.ends_with("; 995 more statements have to do with it") && text.len() < 1200, "{text}");
    }
}
