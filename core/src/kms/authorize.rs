//! The fifth step of a call: authorization of all that it is on.

use super::{Kms, Stage, Trail};
use crate::{
    access::{self, Action, Check, Decision, Identity, Resource},
    call::Call,
    error::Error,
    operations::{self, Asks, Operation},
    state::{Draft, State},
    wire::Typed,
};

impl Kms {
    /// Refuses a service in its own name what is on an account: identity policies alone allow that, and it has none.
    pub(super) fn check_account(
        operation: &Operation,
        request: &dyn Typed,
        call: &Call,
        draft: &Draft<'_>,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        trail.stage = Stage::Keys;
        let is_on_account = operation.asks != Asks::Keys && !operation.is_about_itself(request, call);
        if !call.caller.is_service() || !is_on_account {
            return Ok(());
        }
        let account = Resource::Account(call.caller.account, call.region);
        let check = Check::without_key(operation.action, request, account);
        let identity = Identity::of_call(call, draft.state());
        match access::authorize(&check, &identity, call, draft.state(), &mut trail.checks) {
            Ok(_) => Err(Error::internal("a service has no account that allows anything")),
            Err(denial) => {
                let (error, decision) = *denial;
                trail.decisions.push(decision);
                trail.stage = Stage::Decision;
                Err(error)
            }
        }
    }

    /// Asks for everything that the call is on. When something is refused, the trail tells of all of it. Gives back what
    /// the trail is to tell, too, if the handler asks for more and is refused.
    pub(super) fn authorize(
        &self,
        operation: &Operation,
        request: &dyn Typed,
        call: &Call,
        state: &State,
        trail: &mut Trail,
    ) -> Result<Vec<Decision>, Error> {
        let identity = Identity::of_call(call, state);
        let checks = self.checks(operation, request, call, state, trail);
        let explained = |checks: &[Check<'_>]| {
            let all = checks.iter().map(|check| access::explain(check, &identity, call, state));
            all.collect::<Vec<_>>()
        };
        let (mut decisions, mut checked) = (Vec::new(), Vec::new());
        for (place, check) in checks.iter().enumerate() {
            match access::authorize(check, &identity, call, state, &mut checked) {
                Ok(decision) => decisions.extend(decision),
                Err(denial) => {
                    let (error, decision) = *denial;
                    // Without a wish to know, what was allowed has not been told yet.
                    let mut told = if call.explain { decisions } else { explained(&checks[..place]) };
                    told.push(decision);
                    let rest = explained(&checks[place + 1..]);
                    if call.audit {
                        checked.extend(rest.iter().map(Decision::in_short));
                    }
                    told.extend(rest);
                    (trail.decisions, trail.checks) = (told, checked);
                    return Err(error);
                }
            }
        }
        let earlier = if operation.asks_later() && !call.explain { explained(&checks) } else { Vec::new() };
        (trail.decisions, trail.checks) = (decisions, checked);
        (trail.authorized, trail.stage) = (true, Stage::State);
        Ok(earlier)
    }

    /// What the call is on: what has no policy of its own first, then its keys.
    fn checks<'a>(
        &self,
        operation: &Operation,
        request: &'a dyn Typed,
        call: &Call,
        state: &'a State,
        trail: &'a Trail,
    ) -> Vec<Check<'a>> {
        let attestation = trail.attestation.as_deref();
        let on_same_key = match &trail.subjects[..] {
            [from, to] if from.action == Action::ReEncryptFrom => Some(from.arn == to.arn),
            _ => None,
        };
        let besides = operation.besides(request, call).into_iter();
        let besides = besides.chain(operations::dependents(operation.action, request, call, state));
        let besides = besides.map(|(action, on)| Check { attestation, ..Check::without_key(action, request, on) });
        let keys = trail.subjects.iter().filter(|subject| subject.action.is_on_key()).map(|subject| {
            let idle_days = operations::idle_days(subject, &self.meters, state, call.now);
            Check {
                on_same_key,
                attestation,
                idle_days,
                tokens: &trail.tokens,
                ..subject.check(operation, request, state)
            }
        });
        // Most calls are on what they name alone, and a check is large.
        let mut checks = Vec::with_capacity(trail.subjects.len().max(1));
        checks.extend(besides.chain(keys));
        checks
    }
}
