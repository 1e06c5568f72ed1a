//! How the work of judging a request grows, in counted steps.

use std::cell::Cell;

use pocket_kms::policy::{Document, Facts, Kind, Principal, PrincipalKind, Request, Values};
use pocket_kms_tests::worst_cases::policies::{TABLE, WorstCase};

const ALICE: Principal<'_> = Principal {
    kind: PrincipalKind::User,
    account: "111122223333",
    arn: "arn:aws:iam::111122223333:user/alice",
    unique_id: None,
    bounded: false,
};

/// Facts that count how often they are asked.
struct Asked<F>(F, Cell<usize>);

impl<F: Facts> Facts for Asked<F> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        self.1.set(self.1.get() + 1);
        self.0.value(key)
    }
}

fn steps(case: &WorstCase, resource: &str) -> u64 {
    let document = Document::parse(&case.policy, Kind::ResourcePolicy).expect("a policy");
    let facts = Asked(case.facts(), Cell::new(0));
    let request = Request { principal: &ALICE, action: "kms:Encrypt", resource, facts: &facts };
    let steps = document.steps(&request);
    assert!(facts.1.get() <= case.policy.len() / 10 + 1, "asked {} times", facts.1.get());
    steps
}

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

#[test]
fn twice_the_policy_or_twice_the_context_takes_at_most_two_and_a_half_times_the_steps() {
    let (policy, context) = (4_000, 40_000);
    let mut wrong = Vec::new();
    for (name, make) in TABLE {
        let [once, policy_twice, context_twice] = [(policy, context), (2 * policy, context), (policy, 2 * context)]
            .map(|(policy, context)| steps(&make(policy, context), KEY));
        for (what, twice) in [("policy", policy_twice), ("context", context_twice)] {
            if 2 * twice > 5 * once {
                wrong.push(format!("{name}: {once} steps, and {twice} with twice the {what}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A step is about a nanosecond: a 15th of the longest context keeps the test short, and the law above does the rest.
#[test]
fn the_longest_policy_takes_at_most_fifty_million_steps_for_a_long_context() {
    for (name, make) in TABLE {
        let case = make(31_000, 60_000);
        assert!(case.policy.len() <= 32_768, "{name}: {} bytes", case.policy.len());
        let steps = steps(&case, KEY);
        assert!(steps <= 50_000_000, "{name}: {steps} steps");
    }
}
