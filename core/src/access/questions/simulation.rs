//! The form of a simulation: what would come of a call if other policies were installed.

use std::sync::Arc;

use super::form::{LONGEST, MOST};
use crate::{
    arguments,
    call::Documents,
    caller::Sender,
    error::Error,
    policy::Kind,
    state::{FormValue, NamedPolicy, document},
    wire::Value,
};

/// What would come of a call if other policies were installed.
pub(crate) struct Simulation {
    pub(crate) operation: String,
    pub(crate) input: Value,
    pub(crate) region: Option<String>,
    pub(crate) sender: Sender,
    pub(crate) documents: Arc<Documents>,
    /// Grants as CreateGrant takes them, with their keys.
    pub(crate) grants: Vec<Value>,
}

impl Simulation {
    /// Whether a question is a simulation.
    pub(crate) fn is(question: &Value) -> bool {
        question.member("question").and_then(Value::as_text) == Some("simulate")
    }

    /// Reads the form.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, which begins with the place of what is wrong.
    pub(crate) fn read(question: &Value) -> Result<Self, Error> {
        let said = FormValue::named("question", question);
        let names = [
            "question",
            "operation",
            "input",
            "region",
            "caller",
            "origin",
            "key_policy",
            "identity_policies",
            "permissions_boundary",
            "session_policies",
            "service_control_policies",
            "resource_control_policies",
            "endpoint_policy",
            "grants",
        ];
        let [
            _,
            operation,
            input,
            region,
            caller,
            origin,
            key,
            identity,
            boundary,
            session,
            scps,
            rcps,
            endpoint,
            grants,
        ] = said.structure(names)?;
        let input = match input {
            Value::Null => Value::Map(Vec::new()),
            Value::Map(_) => input.clone(),
            _ => return Err(said.within("input", input).must_be("a structure")),
        };
        let key = said.within("keyPolicy", key);
        let key_policy = key.is_there().then(|| document(&key, Kind::ResourcePolicy, LONGEST)).transpose()?;
        let documents = Documents {
            key_policy,
            identity: listed(&said.within("identityPolicies", identity), Kind::IdentityPolicy)?,
            boundary: maybe(&said.within("permissionsBoundary", boundary), Kind::IdentityPolicy)?,
            session: listed(&said.within("sessionPolicies", session), Kind::SessionPolicy)?,
            service_control: levels(&said.within("serviceControlPolicies", scps), Kind::ServiceControlPolicy)?,
            resource_control: levels(&said.within("resourceControlPolicies", rcps), Kind::ResourceControlPolicy)?,
            endpoint: maybe(&said.within("endpointPolicy", endpoint), Kind::EndpointPolicy)?,
        };
        let sender = arguments::sender(caller, origin)?;
        let endpoint = said.within("endpointPolicy", endpoint);
        if documents.endpoint.is_some() && sender.origin.vpc_endpoint.is_none() {
            return Err(endpoint.wrong("has a say only where origin has the id of a vpcEndpoint"));
        }
        Ok(Self {
            operation: said.within("operation", operation).text("an operation, such as Decrypt")?.to_owned(),
            input,
            region: said.within("region", region).maybe_text("a Region")?.map(str::to_owned),
            sender,
            documents: Arc::new(documents),
            grants: said.within("grants", grants).list("grants as CreateGrant takes them", MOST)?.to_vec(),
        })
    }
}

/// Documents with names, or a list of documents, which are named by their places.
fn listed(said: &FormValue<'_>, kind: Kind) -> Result<Option<Vec<NamedPolicy>>, Error> {
    let mut policies: Vec<NamedPolicy> = Vec::new();
    match said.value {
        Value::Null => return Ok(None),
        Value::List(values) => {
            said.list("documents", MOST)?;
            for (place, value) in values.iter().enumerate() {
                let step = format!("[{place}]");
                let name = format!("{} {}", kind.name(), place + 1);
                policies.push((name.into(), document(&said.within(&step, value), kind, LONGEST)?));
            }
        }
        _ => {
            for (name, value) in said.members("documents by their names, or a list of documents")? {
                policies.push((name.as_ref().into(), document(&said.within(name, value), kind, LONGEST)?));
            }
        }
    }
    Ok(Some(policies))
}

/// One document; `false` says that there is none.
#[expect(clippy::option_option, reason = "nothing said, none, and a document are three things")]
fn maybe(said: &FormValue<'_>, kind: Kind) -> Result<Option<Option<NamedPolicy>>, Error> {
    match said.value {
        Value::Null => Ok(None),
        Value::Bool(false) => Ok(Some(None)),
        _ => Ok(Some(Some((kind.name().into(), document(said, kind, LONGEST)?)))),
    }
}

/// Levels of an organization, from its root down: lists of documents.
fn levels(said: &FormValue<'_>, kind: Kind) -> Result<Option<Vec<Vec<NamedPolicy>>>, Error> {
    if !said.is_there() {
        return Ok(None);
    }
    let values = said.list("levels of an organization: lists of documents", MOST)?;
    let level = |(place, value): (usize, &Value)| {
        let step = format!("[{place}]");
        Ok(listed(&said.within(&step, value), kind)?.unwrap_or_default())
    };
    values.iter().enumerate().map(level).collect::<Result<Vec<_>, Error>>().map(Some)
}
