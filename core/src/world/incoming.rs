//! What comes in, before it is a call: who sends it, and whether it can be one.

use zeroize::Zeroizing;

use super::World;
use crate::{
    arguments,
    call::Incoming,
    caller::{Caller, Origin, Sender},
    error::Error,
    names::Region,
    wire::Value,
};

impl World {
    /// A call of a caller who is named by a text.
    pub(super) fn incoming_of(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
    ) -> Result<Incoming, Error> {
        // An input that is refused is wiped.
        let input = Zeroizing::new(input);
        let caller = caller.map_or_else(|| Ok(Caller::root(self.account)), str::parse)?;
        self.incoming_by(operation, input, region, caller, Origin::default())
    }

    /// A call of a sender.
    pub(super) fn incoming(
        &self,
        operation: &str,
        input: Zeroizing<Value>,
        region: Option<&str>,
        sender: &Sender,
    ) -> Result<Incoming, Error> {
        let caller = sender.caller_or(|| Ok(Caller::root(self.account)))?;
        self.incoming_by(operation, input, region, caller, sender.origin.clone())
    }

    fn incoming_by(
        &self,
        operation: &str,
        input: Zeroizing<Value>,
        region: Option<&str>,
        mut caller: Caller,
        origin: Origin,
    ) -> Result<Incoming, Error> {
        input.admit()?;
        let region = region.map_or_else(|| Ok(Region::default()), arguments::region)?;
        if !caller.session.managed_policies.is_empty() {
            self.seen().state().resolve_session(&mut caller.session)?;
        }
        arguments::reaches(&caller, region)?;
        Ok(Incoming { operation: operation.to_owned(), input, caller, origin, region })
    }
}
