//! What policies say to everybody who wants one action of one resource, found once for each policy.

use std::{cell::RefCell, collections::BTreeMap};

use crate::policy::{Doubt, PolicyRow, Request, Sieve, Verdict};

/// The policies that were heard for an action on a resource, by where they stand in memory: all of them outlive the
/// question. Ten thousand principals share a few policies, of which most have nothing to do with the action.
#[derive(Default)]
pub(crate) struct Sieves {
    seen: RefCell<BTreeMap<*const PolicyRow, Sieve>>,
}

impl Sieves {
    /// What a policy says about a request that nobody has made yet.
    pub(crate) fn judge(&self, policy: &PolicyRow, request: &Request<'_>, doubt: Doubt) -> Verdict {
        match self.sieve(policy, request) {
            Sieve::Settled(verdict) => verdict,
            Sieve::Open => policy.document().judge(request, Some(doubt)),
        }
    }

    /// Whether a policy has nothing to say to anybody.
    pub(crate) fn is_silent(&self, policy: &PolicyRow, request: &Request<'_>) -> bool {
        self.sieve(policy, request) == Sieve::Settled(Verdict::Silent)
    }

    fn sieve(&self, policy: &PolicyRow, request: &Request<'_>) -> Sieve {
        let place = std::ptr::from_ref(policy);
        let known = self.seen.borrow().get(&place).copied();
        known.unwrap_or_else(|| {
            let sieve = policy.document().sieve(request.action, request.resource);
            self.seen.borrow_mut().insert(place, sieve);
            sieve
        })
    }
}
