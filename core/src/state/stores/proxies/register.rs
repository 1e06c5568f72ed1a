//! What is registered of proxies becomes changes of a draft, all of it or nothing.

use std::collections::BTreeSet;

use super::{
    faults::fault,
    rows::{ProxyCredential, ProxyRow},
};
use crate::{
    arguments::camel,
    crypto::random::Random,
    error::Error,
    names::{AccountId, ProxyName, Region},
    state::{
        draft::Draft,
        form_value::FormValue,
        keys::LineageId,
        secrets::{Secret, SecretName},
        tables::{Change, State},
    },
    time::Time,
};

/// The most credentials that a proxy takes at once.
pub(super) const MOST_CREDENTIALS: usize = 10;

/// The most faults that a proxy has at once.
pub(super) const MOST_FAULTS: usize = 100;

/// The most proxies of a world.
const MOST_PROXIES: usize = 1000;

/// What a proxy is registered by.
const NAME: &str = "the endpoint and the prefix of a proxy, such as https://xks.example.com/prefix";

/// The members of the form that are more than settings.
const MORE: [&str; 4] = ["region", "credentials", "keys", "faults"];

/// Names the secret of all proxies that nobody has registered.
const TRUST: SecretName = SecretName::Proxy(0, 0);

/// What the state knows of proxies.
impl State {
    /// A proxy that is registered.
    pub(crate) fn proxy(&self, name: &ProxyName) -> Option<&ProxyRow> {
        self.proxies.get(name).map(|row| &**row)
    }

    /// The proxies behind a host, whatever their prefixes.
    pub(crate) fn proxies_of<'a>(&'a self, host: &str) -> impl Iterator<Item = (&'a ProxyName, &'a ProxyRow)> {
        let host = host.to_ascii_lowercase();
        self.proxies.iter().filter(move |(name, _)| name.host() == host).map(|(name, row)| (name, &**row))
    }

    /// A secret of a proxy.
    pub(crate) fn proxy_secret(&self, proxy: &ProxyRow, number: u32) -> Option<&Secret> {
        self.secret(&SecretName::Proxy(proxy.number, number))
    }

    /// The secret from which the material of all external keys follows that nobody has registered.
    pub(crate) fn proxy_trust(&self) -> Option<&Secret> {
        self.secret(&TRUST)
    }

    /// A number that no proxy has ever had whose secrets have left their names.
    fn next_proxy(&self) -> u32 {
        let (first, last) = (SecretName::Proxy(0, 0), SecretName::Proxy(u32::MAX, u32::MAX));
        let named = self.secrets.others(first..=last).map(|name| match name {
            SecretName::Proxy(number, _) => *number,
            _ => 0,
        });
        let there = self.proxies.iter().map(|(_, row)| row.number);
        named.chain(there).max().unwrap_or_default() + 1
    }
}

/// What is recorded of proxies.
impl Draft<'_> {
    /// Records what is registered: the member `proxies` of the form.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place. The draft is good for nothing then.
    pub(crate) fn register_proxies(
        &mut self,
        said: &FormValue<'_>,
        now: Time,
        random: &mut Random,
    ) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for (name, value) in said.members("proxies by their endpoints and prefixes")? {
            let said = said.within(name, value);
            let proxy = ProxyName::parse(name).ok_or_else(|| said.wrong(["is not ", NAME].concat()))?;
            if !seen.insert(proxy.clone()) {
                return Err(said.wrong("is given twice"));
            }
            if said.is_there() {
                self.register_proxy(&proxy, &said, now, random)?;
            } else {
                self.remove_proxy(&proxy, &said)?;
            }
        }
        if self.state().proxies.iter().count() > MOST_PROXIES {
            return Err(said.wrong(format!("has more than {MOST_PROXIES} proxies")));
        }
        Ok(())
    }

    fn register_proxy(
        &mut self,
        name: &ProxyName,
        said: &FormValue<'_>,
        now: Time,
        random: &mut Random,
    ) -> Result<(), Error> {
        let known = self.state().proxy(name).cloned();
        let mut row = known.unwrap_or_else(|| ProxyRow::new(self.state().next_proxy(), Region::default()));
        for (member, value) in said.members("a proxy such as {\"keys\": {\"foo\": {}}}")? {
            let said = said.within(member, value);
            match &*camel(member) {
                "region" => row.region = if said.is_there() { said.region()? } else { Region::default() },
                "credentials" => self.register_credentials(&mut row, &said)?,
                "keys" => self.register_external_keys(name, &mut row, &said, random)?,
                "faults" => register_faults(&mut row, &said, now)?,
                _ => row.take(member, &said).unwrap_or_else(|| {
                    Err(said.wrong(["is not known here: there are ", &ProxyRow::known(&MORE)].concat()))
                })?,
            }
        }
        self.put_proxy(name, row);
        Ok(())
    }

    /// Records a proxy.
    pub(super) fn put_proxy(&mut self, name: &ProxyName, row: ProxyRow) {
        self.record(Change::Proxies { key: name.clone(), row: Some(row.into()) });
    }

    fn remove_proxy(&mut self, name: &ProxyName, said: &FormValue<'_>) -> Result<(), Error> {
        let row = self.state().proxy(name).cloned();
        let row = row.ok_or_else(|| said.wrong("is not registered, and cannot be removed"))?;
        for number in 1..=row.secrets {
            self.destroy(SecretName::Proxy(row.number, number));
        }
        let keys: Vec<_> = self.state().external_keys_of(name).map(|(key, _)| key.clone()).collect();
        for key in keys {
            self.record(Change::ExternalKeys { key, row: None });
        }
        self.record(Change::Proxies { key: name.clone(), row: None });
        Ok(())
    }

    /// Records the secret from which the material of all external keys follows that nobody has registered.
    pub(crate) fn put_proxy_trust(&mut self, secret: Secret) {
        self.put_secret(TRUST, LineageId::of_account(AccountId::ZERO), secret);
    }

    /// Records a new secret of a proxy; gives its number.
    pub(super) fn add_proxy_secret(&mut self, row: &mut ProxyRow, secret: &[u8]) -> u32 {
        row.secrets += 1;
        let name = SecretName::Proxy(row.number, row.secrets);
        self.put_secret(name, LineageId::of_account(AccountId::ZERO), Secret::from_bytes(secret));
        row.secrets
    }

    /// Credentials take the place of all that there were; one that is known keeps its secret where none is said.
    fn register_credentials(&mut self, row: &mut ProxyRow, said: &FormValue<'_>) -> Result<(), Error> {
        let values = said.list("a list of credentials", MOST_CREDENTIALS)?;
        let former = std::mem::take(&mut row.credentials);
        for (place, value) in values.iter().enumerate() {
            let step = format!("[{place}]");
            let said = said.within(&step, value);
            let (id, secret) = credential(&said)?;
            if row.credentials.iter().any(|other| *other.access_key_id == *id) {
                return Err(said.wrong("has the id of another one in the list"));
            }
            let known = former.iter().find(|known| *known.access_key_id == *id).map(|known| known.secret);
            let number = match (known, secret) {
                (Some(known), secret) if secret.is_none_or(|secret| self.is_secret(row, known, secret)) => known,
                (_, Some(secret)) => self.add_proxy_secret(row, secret.as_bytes()),
                _ => return Err(said.wrong("needs rawSecretAccessKey: no secret of this id is known")),
            };
            row.credentials.push(ProxyCredential { access_key_id: id.into(), secret: number });
        }
        let is_gone = |known: &&ProxyCredential| row.credentials.iter().all(|kept| kept.secret != known.secret);
        for gone in former.iter().filter(is_gone) {
            self.destroy(SecretName::Proxy(row.number, gone.secret));
        }
        Ok(())
    }

    fn is_secret(&self, row: &ProxyRow, number: u32, secret: &str) -> bool {
        self.state().proxy_secret(row, number) == Some(&Secret::from_bytes(secret.as_bytes()))
    }
}

/// The id and the secret of a credential, under the names of this form or those of AWS.
pub(super) fn credential<'a>(said: &FormValue<'a>) -> Result<(&'a str, Option<&'a str>), Error> {
    let (mut id, mut secret) = (None, None);
    for (name, value) in said.members("a credential: accessKeyId and rawSecretAccessKey")? {
        let said = said.within(name, value);
        match &*camel(name) {
            "accessKeyId" | "AccessKeyId" => id = Some(access_key_id(&said, value.as_text())?),
            "rawSecretAccessKey" | "RawSecretAccessKey" => secret = Some(secret_of(&said, value.as_text())?),
            _ => return Err(said.wrong("is not known here: there are accessKeyId, rawSecretAccessKey")),
        }
    }
    Ok((id.ok_or_else(|| said.wrong("needs accessKeyId"))?, secret))
}

/// An access key id (CKS-37).
fn access_key_id<'a>(said: &FormValue<'_>, text: Option<&'a str>) -> Result<&'a str, Error> {
    let good = |id: &&str| {
        (20..=30).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte))
    };
    text.filter(good).ok_or_else(|| said.must_be("20 to 30 characters of A to Z and 2 to 7"))
}

/// A secret access key, which no refusal shows (CKS-38).
fn secret_of<'a>(said: &FormValue<'_>, text: Option<&'a str>) -> Result<&'a str, Error> {
    let good = |secret: &&str| {
        let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'=');
        (43..=64).contains(&secret.len()) && secret.bytes().all(is_good)
    };
    text.filter(good).ok_or_else(|| said.must_be("43 to 64 characters: letters, digits, /, + and ="))
}

/// Faults take the place of all that there were; one that says its id is the one that had it.
fn register_faults(row: &mut ProxyRow, said: &FormValue<'_>, now: Time) -> Result<(), Error> {
    let mut faults = Vec::new();
    for (place, value) in said.list("a list of faults", MOST_FAULTS)?.iter().enumerate() {
        let step = format!("[{place}]");
        let said = said.within(&step, value);
        let read = fault(&said, row.faulted + 1, now)?;
        row.faulted = row.faulted.max(read.id);
        if faults.iter().any(|other: &super::rows::ProxyFault| other.id == read.id) {
            return Err(said.wrong("has the id of another one in the list"));
        }
        faults.push(read);
    }
    row.faults = faults;
    Ok(())
}
