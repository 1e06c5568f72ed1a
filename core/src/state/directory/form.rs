//! The directory's JSON form, read.

use std::{collections::BTreeSet, fmt, sync::Arc};

use super::{
    documents::document,
    names::PrincipalName,
    organizations::{endpoint, is_organization, organization},
    principals::{POLICY_ARN, named, principal},
    rows::{EndpointRow, OrganizationRow, PrincipalRow},
};
use crate::{
    arguments::{self, AccessKey},
    caller::VpcEndpoint,
    error::Error,
    names::{AccessKeyId, AccountId, Partition},
    policy::{Kind, PolicyRow},
    state::form_value::FormValue,
    text::fields,
    wire::Value,
};

/// The longest managed policy, in characters without white space (IAM User Guide, "IAM and AWS STS quotas").
const MANAGED_LENGTH: usize = 6144;

/// Something of the directory by its name; `None` removes it.
pub(super) type Entry<K, R> = (K, Option<R>);

/// What is to be registered, read and well formed by itself. Whether what it refers to exists is a question to the world.
#[derive(Default)]
pub struct Registration {
    pub(super) principals: Vec<(String, Entry<PrincipalName, PrincipalRow>)>,
    pub(super) policies: Vec<Entry<Box<str>, Arc<PolicyRow>>>,
    pub(super) organizations: Vec<Entry<Box<str>, OrganizationRow>>,
    pub(super) endpoints: Vec<Entry<Box<str>, EndpointRow>>,
    pub(super) access_keys: Vec<Entry<AccessKeyId, AccessKey>>,
}

impl fmt::Debug for Registration {
    /// Says of access keys only how many there are: they have secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { principals, policies, organizations, endpoints, access_keys } = self;
        let mut shown = f.debug_struct("Registration");
        shown.field("principals", principals).field("policies", policies).field("organizations", organizations);
        shown.field("endpoints", endpoints).field("access_keys", &access_keys.len()).finish()
    }
}

impl Registration {
    /// Reads the JSON form: see [`World::register`](crate::World::register). `form` may be anything; what is read is at most
    /// a MiB long and sixteen levels deep.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place; `RequestEntityTooLargeException` and
    /// `SerializationException` for a form that is too long or too deep.
    pub fn read(form: &Value) -> Result<Self, Error> {
        form.admit()?;
        let whole = FormValue::whole("the directory", form);
        if !whole.is_there() {
            return Err(whole.must_be("a structure such as {\"principals\": {...}}"));
        }
        let [principals, policies, organizations, endpoints, access_keys] =
            whole.structure(["principals", "policies", "organizations", "vpc_endpoints", "access_keys"])?;
        let mut read = Self::default();
        read.principals(&whole.within("principals", principals))?;
        read.policies(&whole.within("policies", policies))?;
        read.organizations(&whole.within("organizations", organizations))?;
        read.endpoints(&whole.within("vpcEndpoints", endpoints))?;
        read.access_keys(&whole.within("accessKeys", access_keys))?;
        Ok(read)
    }

    fn principals(&mut self, said: &FormValue<'_>) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for (arn, value) in said.members("principals by their ARNs")? {
            let said = said.within(arn, value);
            let (name, path, own) = named(&said, arn)?;
            if !seen.insert(name.clone()) {
                return Err(said.wrong("is given twice: names are compared without paths and without case"));
            }
            let row = said.is_there().then(|| principal(&said, &name, path, own)).transpose()?;
            self.principals.push((arn.clone().into_owned(), (name, row)));
        }
        Ok(())
    }

    fn policies(&mut self, said: &FormValue<'_>) -> Result<(), Error> {
        for (arn, value) in said.members("documents by the ARNs of managed policies")? {
            let said = said.within(arn, value);
            if !is_policy_arn(arn) {
                return Err(said.wrong(format!("is not {POLICY_ARN}")));
            }
            let row = said.is_there().then(|| document(&said, Kind::IdentityPolicy, MANAGED_LENGTH)).transpose()?;
            self.policies.push((arn.as_ref().into(), row));
        }
        Ok(())
    }

    fn organizations(&mut self, said: &FormValue<'_>) -> Result<(), Error> {
        for (id, value) in said.members("organizations by their ids")? {
            let said = said.within(id, value);
            let row = if said.is_there() || !is_organization(id) { Some(organization(&said, id)?) } else { None };
            self.organizations.push((id.as_ref().into(), row));
        }
        Ok(())
    }

    fn access_keys(&mut self, said: &FormValue<'_>) -> Result<(), Error> {
        for (id, value) in said.members("access keys by their ids")? {
            let said = said.within(id, value);
            let read = arguments::access_key(id, value);
            self.access_keys.push(read.map_err(|error| said.wrong(error.message.unwrap_or_default()))?);
        }
        Ok(())
    }

    fn endpoints(&mut self, said: &FormValue<'_>) -> Result<(), Error> {
        for (id, value) in said.members("VPC endpoints by their ids")? {
            let said = said.within(id, value);
            let row = if said.is_there() || !VpcEndpoint::is_id(id) { Some(endpoint(&said, id)?) } else { None };
            self.endpoints.push((id.as_ref().into(), row));
        }
        Ok(())
    }
}

/// Whether a text is the ARN of a managed policy of an account, or of AWS.
fn is_policy_arn(arn: &str) -> bool {
    let Some(["arn", partition, "iam", "", account, resource]) = fields(arn) else { return false };
    let good = |name: &str| !name.is_empty() && name.len() <= 640 && name.bytes().all(|byte| byte.is_ascii_graphic());
    let is_owner = account == "aws" || AccountId::parse(account).is_some();
    Partition::parse(partition).is_some() && is_owner && resource.strip_prefix("policy/").is_some_and(good)
}
