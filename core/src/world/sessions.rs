//! Sessions that STS opens in a world.

use super::{Cause, World, lock};
use crate::{
    error::Error,
    http::{Request, Response},
    ids::Ids,
    sts::{Asked, Issued},
    time::Time,
};

impl World {
    /// Answers a request for credentials.
    pub(super) fn session(&self, request: &Request, asked: &Asked, host_now: Time) -> Response {
        let entropy = lock(&self.host).entropy.next();
        let request_id = Ids::from_entropy(&entropy).request;
        let operation = asked.action.name();
        let cause = Cause::Call { operation, request_id, fault: None, caught_up: None };
        let mut issued: Option<Issued> = None;
        let changed = self.change(cause, host_now, |kms, now| {
            let (given, changes) = kms.open_session(asked, now, &entropy)?;
            issued = Some(given);
            Ok(changes)
        });
        let request_id = request_id.to_string();
        match (changed, issued) {
            (Ok(()), Some(issued)) => issued.response(&request_id, host_now),
            (Ok(()), None) => request.refusal(Error::internal("a session was not opened"), &request_id, host_now),
            (Err(error), _) => request.refusal(error, &request_id, host_now),
        }
    }
}
