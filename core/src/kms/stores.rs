//! What custom key stores stand on, as the owner of a world sets it up: clusters, VPC endpoint services and proxies.

use std::{fmt, sync::Arc};

use zeroize::Zeroizing;

use super::Kms;
use crate::{
    cluster,
    crypto::random::Random,
    endpoint_service,
    error::Error,
    names::{AccountId, ClusterId, ProxyName},
    state::{Change, Draft, EndpointServiceRow, FormValue},
    time::Time,
    wire::Value,
};

/// How many VPC endpoint services a world knows at most, removed ones among them.
const MOST_SERVICES: usize = 500;

/// Something by its name; `None` removes it.
type Entry<K, R> = (K, Option<R>);

/// What custom key stores stand on, read and well formed by itself.
#[derive(Default)]
pub struct StoresSetup {
    clusters: Vec<Entry<ClusterId, cluster::Entry>>,
    endpoint_services: Vec<Entry<Box<str>, EndpointServiceRow>>,
    /// As they were said: what an entry says changes the proxy that there is.
    proxies: Zeroizing<Value>,
}

impl fmt::Debug for StoresSetup {
    /// Says how much there is: clusters and proxies have secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("StoresSetup");
        shown
            .field("clusters", &self.clusters.len())
            .field("endpoint_services", &self.endpoint_services)
            .finish_non_exhaustive()
    }
}

impl StoresSetup {
    /// Reads the JSON form: see [`World::register_stores`](crate::World::register_stores). What names no owner is
    /// `account`'s.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place; `RequestEntityTooLargeException` and
    /// `SerializationException` for a form that is too long or too deep.
    pub fn read(form: &Value, account: AccountId) -> Result<Self, Error> {
        form.admit()?;
        let whole = FormValue::whole("the setup of key stores", form);
        if !whole.is_there() {
            return Err(whole.must_be("a structure such as {\"clusters\": {...}}"));
        }
        let [clusters, endpoint_services, proxies] = whole.structure(["clusters", "endpoint_services", "proxies"])?;
        let mut read = Self { proxies: Zeroizing::new(proxies.clone()), ..Self::default() };
        read.clusters(&whole.within("clusters", clusters), account)?;
        read.endpoint_services(&whole.within("endpointServices", endpoint_services), account)?;
        Ok(read)
    }

    fn clusters(&mut self, said: &FormValue<'_>, account: AccountId) -> Result<(), Error> {
        for (id, value) in said.members("clusters by their ids")? {
            let said = said.within(id, value);
            let id = ClusterId::parse(id).ok_or_else(|| said.wrong(format!("is not {}", cluster::AN_ID)))?;
            let entry = said.is_there().then(|| cluster::Entry::read(&said, id, account)).transpose()?;
            self.clusters.push((id, entry));
        }
        Ok(())
    }

    fn endpoint_services(&mut self, said: &FormValue<'_>, account: AccountId) -> Result<(), Error> {
        for (name, value) in said.members("VPC endpoint services by their names")? {
            let said = said.within(name, value);
            if !endpoint_service::is_name(name) {
                return Err(
                    said.wrong("is not the name of a service: com.amazonaws.vpce.us-east-1.vpce-svc-0123456789")
                );
            }
            let entry = said.is_there().then(|| endpoint_service::read(&said, name, account)).transpose()?;
            self.endpoint_services.push((name.as_ref().into(), entry));
        }
        Ok(())
    }
}

impl Kms {
    /// Registers what custom key stores stand on, all or nothing. Gives back what has changed.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when something is removed that is not there, or belongs to somebody
    /// else; nothing is registered then.
    pub fn register_stores(&mut self, setup: StoresSetup, now: Time, entropy: &[u8; 32]) -> Result<Vec<Change>, Error> {
        let mut draft = Draft::new(&self.state);
        let whole = FormValue::whole("the setup of key stores", &Value::Null);
        let clusters = whole.within("clusters", &Value::Null);
        for (id, entry) in setup.clusters {
            cluster::register(&mut draft, &clusters.within(id.as_str(), &Value::Null), id, entry, now)?;
        }
        let services = whole.within("endpointServices", &Value::Null);
        for (key, row) in setup.endpoint_services {
            let former = draft.state().endpoint_services.get(&key).filter(|row| row.available);
            let gone = former.map(|row| EndpointServiceRow { available: false, ..EndpointServiceRow::clone(row) });
            let missing = || services.within(&key, &Value::Null).wrong("is not registered, and cannot be removed");
            let row = Arc::new(row.or(gone).ok_or_else(missing)?);
            let known = &draft.state().endpoint_services;
            if !known.contains_key(&key) && known.iter().count() >= MOST_SERVICES {
                return Err(services.wrong(format!("there are {MOST_SERVICES}: there can be no more")));
            }
            draft.record(Change::EndpointServices { key, row: Some(row) });
        }
        draft.register_proxies(&whole.within("proxies", &setup.proxies), now, &mut Random::from_entropy(entropy))?;
        let (changes, after) = draft.finish();
        self.take_over(&changes, after);
        Ok(changes)
    }

    /// Acts on a cluster as its owner: see [`World::on_cluster`](crate::World::on_cluster). Gives back what became of the
    /// cluster, and what has changed.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when the action cannot be read, or the cluster does not let it happen.
    pub fn on_cluster(&mut self, id: &str, action: &Value, now: Time) -> Result<(Value, Vec<Change>), Error> {
        action.admit()?;
        let said = FormValue::whole("the action", action);
        let no_id = || said.wrong(format!("is on what is not {}", cluster::AN_ID));
        let id = ClusterId::parse(id).ok_or_else(no_id)?;
        let mut draft = Draft::new(&self.state);
        let told = cluster::act(&mut draft, id, &said, now)?;
        let (changes, after) = draft.finish();
        self.take_over(&changes, after);
        Ok((told, changes))
    }

    /// Does what the owner of a proxy wants done. Gives what it says, and what has changed.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours; nothing is done then.
    pub(crate) fn on_proxy(
        &mut self,
        name: &ProxyName,
        action: &Value,
        now: Time,
        entropy: &[u8; 32],
    ) -> Result<(Value, Vec<Change>), Error> {
        action.admit()?;
        let mut draft = Draft::new(&self.state);
        let said = FormValue::whole("the action", action);
        let told = draft.on_proxy(name, &said, now, &mut Random::from_entropy(entropy))?;
        let (changes, after) = draft.finish();
        self.take_over(&changes, after);
        Ok((told, changes))
    }

    /// What is registered, in the form in which it is, without secrets.
    pub(crate) fn stores_setup(&self) -> Value {
        let told = [
            ("clusters", cluster::registered(&self.state)),
            ("endpointServices", endpoint_service::registered(&self.state)),
            ("proxies", self.state.proxies_setup()),
        ];
        told.into_iter().filter(|(_, value)| *value != Value::Map(Vec::new())).collect()
    }
}
