//! Decisions in prose: a line about what decided, and one for each other layer that speaks.

use std::fmt;

use super::{Decider, Decision, GrantFinding, GrantOutcome, Layer, LayerFinding, PolicyFinding, Resource, Says};
use crate::{
    order::sorted,
    policy::{Class, Effect, Finding, Outcome},
};

/// How many findings of what decided are told one by one; the others are counted.
const MAX_TOLD: usize = 5;

/// How many findings of any other layer are told.
const MAX_TOLD_BESIDE: usize = 2;

impl fmt::Display for Decision {
    /// What decided comes first, near misses next; statements about something else are counted. Each further layer that
    /// speaks has a line below.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.allowed() { "allowed" } else { "denied" };
        write!(f, "{} on {} is {verb} {}", self.action, self.resource, self.by())?;
        let told = self.told_first();
        if let Some(layer) = told.and_then(|layer| self.layer(layer)) {
            self.tell(f, layer, ": ", MAX_TOLD)?;
        }
        if told == Some(Layer::Grants) {
            self.tell_grants(f, ": ")?;
        }
        for layer in self.layers.iter().filter(|layer| Some(layer.layer) != told && layer.speaks()) {
            let says =
                if layer.delegates() { "leaves it to the identity policies" } else { layer.says.phrase(layer.layer) };
            write!(f, "\n  {} {says}", layer.layer.phrase())?;
            self.tell(f, layer, ": ", MAX_TOLD_BESIDE)?;
        }
        if told != Some(Layer::Grants) && !self.grants.is_empty() {
            f.write_str("\n  the grants of the key")?;
            self.tell_grants(f, ": ")?;
        }
        Ok(())
    }
}

impl Decision {
    /// Who decided.
    const fn by(&self) -> &'static str {
        match (self.decided_by, &self.resource) {
            (Decider::NoAccount, _) => "because a service that calls in its own name belongs to no account",
            (Decider::NoSuchKey, _) => "because there is no such key",
            (Decider::OwnAccountOnly, _) => "because the operation does not work on keys of other accounts",
            (Decider::RegionNotEnabled, _) => "because the account of the caller has not enabled the Region of the key",
            (Decider::GrantAccount, _) => "because the account of the caller has created the grant",
            (Decider::BothAccounts, _) => BOTH,
            (Decider::Layer(Layer::Identity), Resource::Key(_)) if self.allowed() => BOTH,
            (Decider::Layer(Layer::ServiceControl), _) => "by the service control policies of the caller's account",
            (Decider::Layer(Layer::ResourceControl), _) => "by the resource control policies of the key's account",
            (Decider::Layer(Layer::Endpoint), _) => "by the policy of the VPC endpoint",
            (Decider::Layer(Layer::KeyPolicy), _) => "by the key policy",
            (Decider::Layer(Layer::Identity), _) => "by the identity policies of the caller's account",
            (Decider::Layer(Layer::Boundary), _) => "by the permissions boundary of the caller",
            (Decider::Layer(Layer::Session), _) => "by the session policies of the caller",
            (Decider::Layer(Layer::Grants), _) => "by the grants of the key",
        }
    }

    /// The layer whose statements are told first: where the identity policies of a trusted account allow, those of the key
    /// policy.
    fn told_first(&self) -> Option<Layer> {
        let layer = self.decided_by.layer()?;
        let has_policies = self.layer(layer).is_some_and(|layer| !layer.policies.is_empty());
        let key_policy = || layer == Layer::Identity && self.allowed() && self.layer(Layer::KeyPolicy).is_some();
        Some(if !has_policies && key_policy() { Layer::KeyPolicy } else { layer })
    }

    /// Tells the statements of a layer, or that there are none.
    fn tell(&self, f: &mut fmt::Formatter<'_>, layer: &LayerFinding, joint: &str, most: usize) -> fmt::Result {
        if layer.policies.is_empty() {
            return match layer.because {
                Some(_) => Ok(()),
                None if layer.layer == Layer::Grants => Ok(()),
                None => write!(f, "{joint}there are none"),
            };
        }
        let mut joint = joint;
        let told = self.worth_telling(layer);
        for told in told.iter().take(most) {
            write!(f, "{joint}{told}")?;
            joint = "; ";
        }
        let untold = told.len().saturating_sub(most);
        if untold > 0 {
            let (them, have) = if untold == 1 { ("statement", "has") } else { ("statements", "have") };
            write!(f, "; {untold} more {them} {have} to do with it")?;
        }
        for (elsewhere, what) in
            [(Outcome::Principal, "principals"), (Outcome::Resource, "resources"), (Outcome::Action, "actions")]
        {
            let mut about = layer.statements().filter(|told| told.finding.outcome == elsewhere);
            match (about.next(), about.count()) {
                (None, _) => continue,
                (Some(one), 0) => write!(f, "{joint}{one}")?,
                (Some(_), more) => write!(f, "{joint}{} statements are about other {what}", more + 1)?,
            }
            joint = "; ";
        }
        Ok(())
    }

    /// What decided, then near misses.
    fn worth_telling<'a>(&self, layer: &'a LayerFinding) -> Vec<StatementLine<'a>> {
        let rank = |told: &StatementLine<'_>| match &told.finding.outcome {
            Outcome::Applied(_) if Some(told.finding.effect) == self.effect() => Some(0),
            Outcome::Applied(_) => Some(1),
            Outcome::Condition { .. } if told.finding.effect == Effect::Allow => Some(2),
            Outcome::Condition { .. } => Some(3),
            Outcome::Action | Outcome::Resource | Outcome::Principal => None,
        };
        let told = layer.statements().filter(|told| rank(told).is_some()).collect();
        sorted(told, |one, other| rank(one).cmp(&rank(other)))
    }

    fn tell_grants(&self, f: &mut fmt::Formatter<'_>, joint: &str) -> fmt::Result {
        let mut joint = joint;
        for grant in self.grants.iter().take(MAX_TOLD_BESIDE) {
            write!(f, "{joint}{grant}")?;
            joint = "; ";
        }
        match self.grants.len().saturating_sub(MAX_TOLD_BESIDE) + self.more_grants {
            0 => Ok(()),
            1 => f.write_str("; there is one more"),
            more => write!(f, "; there are {more} more"),
        }
    }
}

const BOTH: &str = "by the key policy together with the identity policies of the caller's account";

/// A statement of a policy that may be one of several.
struct StatementLine<'a> {
    policy: Option<&'a str>,
    finding: &'a Finding,
}

impl fmt::Display for StatementLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.policy {
            Some(policy) => write!(f, "{policy}: {}", self.finding),
            None => self.finding.fmt(f),
        }
    }
}

impl LayerFinding {
    /// Whether there is something to tell of it: of what only limits others, where it does.
    fn speaks(&self) -> bool {
        let gives = matches!(self.layer, Layer::KeyPolicy | Layer::Identity);
        let speaks = gives || self.says != Says::Allows;
        speaks && self.layer != Layer::Grants && self.because.is_none() && self.says != Says::DoesNotApply
    }

    /// Whether it is a key policy that lets the caller's account decide.
    fn delegates(&self) -> bool {
        let strongest =
            || self.applied().filter(|(_, found, _)| found.effect == Effect::Allow).map(|(.., class)| class).max();
        self.layer == Layer::KeyPolicy && self.says == Says::Allows && strongest() == Some(Class::Delegation)
    }

    fn statements(&self) -> impl Iterator<Item = StatementLine<'_>> {
        // A key has one policy, and nobody gives it a name.
        let named = self.layer != Layer::KeyPolicy;
        self.policies.iter().flat_map(move |PolicyFinding { policy, findings, .. }| {
            let policy = named.then_some(policy.as_str());
            findings.iter().map(move |finding| StatementLine { policy, finding })
        })
    }
}

impl Layer {
    /// The layer at the beginning of a line.
    const fn phrase(self) -> &'static str {
        match self {
            Self::ServiceControl => "the service control policies",
            Self::ResourceControl => "the resource control policies",
            Self::Endpoint => "the policy of the VPC endpoint",
            Self::KeyPolicy => "the key policy",
            Self::Identity => "the identity policies",
            Self::Boundary => "the permissions boundary",
            Self::Session => "the session policies",
            Self::Grants => "the grants",
        }
    }

    const fn is_many(self) -> bool {
        matches!(self, Self::ServiceControl | Self::ResourceControl | Self::Identity | Self::Session | Self::Grants)
    }
}

impl Says {
    const fn phrase(self, layer: Layer) -> &'static str {
        match (self, layer.is_many()) {
            (Self::Allows, true) => "allow it",
            (Self::Allows, false) => "allows it",
            (Self::Denies, true) => "deny it",
            (Self::Denies, false) => "denies it",
            (Self::IsSilent, true) => "do not allow it",
            (Self::IsSilent, false) => "does not allow it",
            (Self::DoesNotApply, true) => "do not apply",
            (Self::DoesNotApply, false) => "does not apply",
        }
    }
}

impl fmt::Display for GrantFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "grant {} ", self.grant)?;
        match self.outcome {
            GrantOutcome::Operation => f.write_str("is for other operations"),
            GrantOutcome::Grantee => f.write_str("is for another grantee"),
            GrantOutcome::Constraint(name) => write!(f, "has a constraint that does not hold, {name}"),
            GrantOutcome::NotVisibleYet => f.write_str("is not visible yet without its token"),
            GrantOutcome::Applied(_) => f.write_str("allows it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Action, Ruling},
        names::KeyArn,
    };

    const KEY: &str = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn finding(statement: usize, effect: Effect, outcome: Outcome) -> Finding {
        Finding { statement, sid: None, effect, outcome }
    }

    fn heard(layer: Layer, says: Says, policy: &str, findings: Vec<Finding>) -> LayerFinding {
        let policy = PolicyFinding { policy: policy.to_owned(), level: None, findings };
        LayerFinding { layer, says, because: None, policies: vec![policy] }
    }

    fn decision(ruling: Ruling, decided_by: Decider, layers: Vec<LayerFinding>) -> Decision {
        let resource = Resource::Key(KeyArn::parse(KEY).expect("an ARN"));
        let (grants, more_grants) = (Vec::new(), 0);
        Decision { action: Action::Encrypt, resource, ruling, decided_by, layers, grants, more_grants }
    }

    fn by_key_policy(ruling: Ruling, findings: Vec<Finding>) -> String {
        let layer = heard(Layer::KeyPolicy, Says::IsSilent, "default", findings);
        decision(ruling, Decider::Layer(Layer::KeyPolicy), vec![layer]).to_string()
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
        let text = by_key_policy(Ruling::Denied, findings);
        let (_, reasons) = text.split_once(" is denied by the key policy: ").expect("a denial");
        assert_eq!(
            reasons,
            "statement 4 denies it; statement 3 allows it; statement 2 would allow it if aws:username equals \"bob\" \
             (StringEquals), but the request has no such key in its context; statement 1 is about other principals; 2 \
             statements are about other actions"
        );
    }

    #[test]
    fn every_decider_has_its_words() {
        for (decider, words) in [
            (Decider::BothAccounts, "by the key policy together with the identity policies of the caller's account"),
            (Decider::NoSuchKey, "because there is no such key"),
            (Decider::NoAccount, "because a service that calls in its own name belongs to no account"),
            (Decider::OwnAccountOnly, "because the operation does not work on keys of other accounts"),
            (Decider::RegionNotEnabled, "because the account of the caller has not enabled the Region of the key"),
            (Decider::Layer(Layer::Session), "by the session policies of the caller"),
        ] {
            let text = decision(Ruling::NotAllowed, decider, Vec::new()).to_string();
            assert_eq!(text, format!("kms:Encrypt on {KEY} is denied {words}"));
        }
        let both = decision(Ruling::Allowed, Decider::Layer(Layer::Identity), Vec::new()).to_string();
        assert!(
            both.ends_with("is allowed by the key policy together with the identity policies of the caller's account")
        );
    }

    #[test]
    fn every_other_layer_that_speaks_has_a_line_below() {
        let allow = |policy: &str, layer| {
            heard(layer, Says::Allows, policy, vec![finding(0, Effect::Allow, Outcome::Applied(Class::Delegation))])
        };
        let trusted = LayerFinding { because: Some("nobody"), policies: Vec::new(), ..allow("", Layer::Session) };
        let boundary =
            heard(Layer::Boundary, Says::IsSilent, "arn:b", vec![finding(0, Effect::Allow, Outcome::Action)]);
        let layers = vec![allow("default", Layer::KeyPolicy), allow("Mine", Layer::Identity), boundary, trusted];
        let mut denied = decision(Ruling::NotAllowed, Decider::Layer(Layer::Boundary), layers);
        denied.grants =
            ["a", "b", "c"].map(|id| GrantFinding { grant: id.into(), outcome: GrantOutcome::Grantee }).into();
        denied.more_grants = 4;
        let text = denied.to_string();
        let expected = [
            "by the permissions boundary of the caller: arn:b: statement 1 is about other actions",
            "  the key policy leaves it to the identity policies: statement 1 allows it",
            "  the identity policies allow it: Mine: statement 1 allows it",
            "  the grants of the key: grant a is for another grantee; grant b is for another grantee; there are 5 more",
        ];
        assert_eq!(text, format!("kms:Encrypt on {KEY} is denied {}", expected.join("\n")));
    }

    #[test]
    fn a_long_policy_makes_a_short_text() {
        let findings = (0..1000).map(|number| finding(number, Effect::Allow, condition())).collect();
        let text = by_key_policy(Ruling::NotAllowed, findings);
        assert!(text.ends_with("; 995 more statements have to do with it") && text.len() < 1200, "{text}");
    }
}
