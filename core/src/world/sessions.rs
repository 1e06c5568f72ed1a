//! Sessions that STS opens in a world.

use super::{Cause, World, lock, recipe::Done};
use crate::{
    arguments,
    caller::Caller,
    error::Error,
    http::{Request, Response},
    ids::{Ids, Uuid},
    names::AccountId,
    sts::{Issued, SessionRequest},
    time::Time,
    wire::Value,
};

impl World {
    /// Answers a request for credentials, with this date.
    pub(super) fn session(&self, request: &Request, asked: &SessionRequest, host_now: Time, date: Time) -> Response {
        let (request_id, issued) = self.open_session(asked, host_now);
        let request_id = request_id.to_string();
        match issued {
            Ok(issued) => issued.response(&request_id, date),
            Err(error) => request.refusal(error, &request_id, date),
        }
    }

    /// Opens a session; gives the id of the request, and the credentials.
    pub(super) fn open_session(&self, asked: &SessionRequest, host_now: Time) -> (Uuid, Result<Issued, Error>) {
        let (draw, entropy) = lock(&self.host).entropy.numbered();
        let request_id = Ids::of(&entropy).request;
        let operation = asked.action.name();
        let cause = Cause::Call { operation, request_id, fault: None, caught_up: None };
        let mut issued: Option<Issued> = None;
        // Nobody asks where a token does: whoever is written has the origin alone.
        let caller = asked.caller.clone().unwrap_or_else(|| Caller::root(AccountId::ZERO));
        let written = arguments::written(&caller, &asked.origin, asked.region);
        if written.is_none() {
            self.keep_no_more("somebody opened a session whom a recipe cannot name");
        }
        let (caller, origin) = written.unwrap_or_default();
        let caller = if asked.caller.is_some() { caller } else { Value::Null };
        let (form, region) = (Value::from(asked.form.as_str()), Value::from(asked.region.as_str()));
        let members = [("sts", &form), ("caller", &caller), ("origin", &origin), ("region", &region)];
        let changed = self.change(cause, host_now, &Done(draw, &members), |kms, now| {
            let (given, changes) = kms.open_session(asked, now, &entropy)?;
            issued = Some(given);
            Ok(changes)
        });
        let opened = match (changed, issued) {
            (Ok(()), Some(issued)) => Ok(issued),
            (Ok(()), None) => Err(Error::internal("a session was not opened")),
            (Err(error), _) => Err(error),
        };
        (request_id, opened)
    }
}
