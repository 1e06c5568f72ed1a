//! A cluster in its JSON form, read: every member that is not said is as key stores demand.

use crate::{
    error::Error,
    names::{AccountId, ClusterId, Region},
    state::{ClusterRow, ClusterState, FormValue, Hsm, HsmState, Kmsuser, Subnet},
    time::Time,
    wire::{SecretBytes, Value},
};

/// The most subnets of a cluster: one in each Availability Zone of the largest Region, and some to spare.
const MOST_SUBNETS: usize = 16;

/// The most HSMs of a cluster (AWS CloudHSM User Guide, "Quotas").
pub(super) const MOST_HSMS: usize = 28;

/// The most addresses that a subnet can have free: those of a /16 network.
const MOST_ADDRESSES: u32 = 65_536;

/// How many addresses are free in a subnet for which the host gives no number.
const FREE_ADDRESSES: u32 = 200;

/// What an Availability Zone looks like.
pub(super) const A_ZONE: &str = "an Availability Zone, such as us-east-1a";

/// The name of the user as whom KMS logs in.
const KMSUSER: &str = "kmsuser";

/// A cluster as its owner registers it.
pub(crate) struct Entry {
    /// The row; whether KMS is logged in, and since when the cluster is there, is not said in it.
    pub(super) row: ClusterRow,
    /// The new password of `kmsuser`.
    pub(super) password: Option<SecretBytes>,
    /// Whether the lineage was said.
    pub(super) has_lineage: bool,
}

impl Entry {
    /// Reads an entry; one that does not name an account is `account`'s.
    ///
    /// # Errors
    /// `ValidationException` with the place and what is wrong there.
    pub(crate) fn read(said: &FormValue<'_>, id: ClusterId, account: AccountId) -> Result<Self, Error> {
        let member = |name| said.value.member(name).unwrap_or(&Value::Null);
        let named = said.within("account", member("account"));
        let account = if named.is_there() { named.account()? } else { account };
        let named = said.within("region", member("region"));
        let region = if named.is_there() { named.region()? } else { Region::default() };
        let mut row = healthy(id, account, region);
        let has_lineage = *member("lineage") != Value::Null;
        let password = fill(said, &mut row, true)?;
        Ok(Self { row, password, has_lineage })
    }
}

/// A cluster that meets every rule.
pub(super) fn healthy(id: ClusterId, account: AccountId, region: Region) -> ClusterRow {
    let name = id.as_str().trim_start_matches("cluster-").to_ascii_lowercase();
    let zones = ["a", "b"].map(|zone| [region.as_str(), zone].concat());
    let subnet = |zone: &String| Subnet {
        id: ["subnet-", &name, &zone[zone.len() - 1..]].concat().into(),
        zone: zone.as_str().into(),
        free_addresses: FREE_ADDRESSES,
        deleted: false,
    };
    let hsm = |zone: &String| Hsm { zone: zone.as_str().into(), state: HsmState::Active, kmsuser: true };
    ClusterRow {
        account,
        region,
        state: ClusterState::Active,
        trust_anchor: None,
        lineage: id.as_str().into(),
        vpc: ["vpc-", &name].concat().into(),
        subnets: zones.iter().map(subnet).collect(),
        security_group: true,
        mutual_tls: false,
        network: true,
        kms_fault: false,
        busy: false,
        sessions: true,
        hsms: zones.iter().map(hsm).collect(),
        kmsuser: Kmsuser::default(),
        created: Time::default(),
    }
}

/// The members of a cluster, in the words of Python.
const MEMBERS: [&str; 15] = [
    "account",
    "region",
    "state",
    "trust_anchor",
    "lineage",
    "vpc",
    "subnets",
    "security_group",
    "mutual_tls",
    "network",
    "kms_fault",
    "busy",
    "sessions",
    "hsms",
    "kmsuser",
];

/// Puts what is said into a row, and gives back the password that is said. Subnets take the place of those that are there,
/// or change some of them.
pub(super) fn fill(said: &FormValue<'_>, row: &mut ClusterRow, replaces: bool) -> Result<Option<SecretBytes>, Error> {
    let [
        account,
        region,
        state,
        trust_anchor,
        lineage,
        vpc,
        subnets,
        security_group,
        mutual_tls,
        network,
        kms_fault,
        busy,
        sessions,
        hsms,
        kmsuser,
    ] = said.structure(MEMBERS)?;
    at_home(&said.within("account", account), &said.within("region", region), row)?;
    if let Some(name) = said.within("state", state).maybe_text("a state, such as ACTIVE")? {
        row.state = ClusterState::parse(name)
            .ok_or_else(|| said.within("state", state).must_be(&names(ClusterState::ALL, ClusterState::as_str)))?;
    }
    if let Some(anchor) = certificate(&said.within("trustAnchor", trust_anchor))? {
        row.trust_anchor = Some(anchor.into());
    }
    for (name, value, place) in [("lineage", lineage, &mut row.lineage), ("vpc", vpc, &mut row.vpc)] {
        if let Some(text) = said.within(name, value).maybe_text("a text")? {
            *place = text.into();
        }
    }
    for (name, value, place) in [
        ("securityGroup", security_group, &mut row.security_group),
        ("mutualTls", mutual_tls, &mut row.mutual_tls),
        ("network", network, &mut row.network),
        ("kmsFault", kms_fault, &mut row.kms_fault),
        ("busy", busy, &mut row.busy),
        ("sessions", sessions, &mut row.sessions),
    ] {
        flag(&said.within(name, value), place)?;
    }
    read_subnets(&said.within("subnets", subnets), &mut row.subnets, replaces)?;
    if *hsms != Value::Null {
        row.hsms = read_hsms(&said.within("hsms", hsms))?;
    }
    read_kmsuser(&said.within("kmsuser", kmsuser), &mut row.kmsuser)
}

/// Refuses another account or Region than the cluster has.
fn at_home(account: &FormValue<'_>, region: &FormValue<'_>, row: &ClusterRow) -> Result<(), Error> {
    let problem = "cannot change: the cluster is registered already";
    if account.is_there() && account.account()? != row.account {
        return Err(account.wrong(problem));
    }
    if region.is_there() && region.region()? != row.region {
        return Err(region.wrong(problem));
    }
    Ok(())
}

/// The longest certificate that KMS takes, in characters.
const LONGEST_CERTIFICATE: usize = 5000;

fn certificate<'a>(said: &FormValue<'a>) -> Result<Option<&'a str>, Error> {
    match said.value {
        Value::Null => Ok(None),
        Value::Text(text) if !text.is_empty() && text.len() <= LONGEST_CERTIFICATE => Ok(Some(text)),
        _ => Err(said.must_be("a certificate in PEM, of at most 5000 characters")),
    }
}

fn flag(said: &FormValue<'_>, place: &mut bool) -> Result<(), Error> {
    if let Some(flag) = said.maybe_flag()? {
        *place = flag;
    }
    Ok(())
}

/// The names of values, as a clause.
fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
    format!("one of {}", names.join(", "))
}

fn read_subnets(said: &FormValue<'_>, subnets: &mut Vec<Subnet>, replaces: bool) -> Result<(), Error> {
    if replaces && said.is_there() {
        subnets.clear();
    }
    for (id, value) in said.members("subnets by their ids")? {
        let said = said.within(id, value);
        let place = subnets.iter().position(|subnet| *subnet.id == **id);
        let known = place.and_then(|place| subnets.get(place));
        if said.is_there() {
            let subnet = read_subnet(&said, id, known)?;
            match place.and_then(|place| subnets.get_mut(place)) {
                Some(known) => *known = subnet,
                None => subnets.push(subnet),
            }
        } else {
            let place = place.ok_or_else(|| said.wrong("is not a subnet of the cluster"))?;
            subnets.remove(place);
        }
    }
    if subnets.len() <= MOST_SUBNETS {
        Ok(())
    } else {
        Err(said.wrong(format!("has more than {MOST_SUBNETS} subnets")))
    }
}

/// A subnet; what is not said of one that is known stays.
fn read_subnet(said: &FormValue<'_>, id: &str, known: Option<&Subnet>) -> Result<Subnet, Error> {
    let [zone, free, deleted] = said.structure(["zone", "free_addresses", "deleted"])?;
    let zone = said.within("zone", zone);
    let zone = match known {
        Some(known) if !zone.is_there() => known.zone.clone(),
        _ => zone.text(A_ZONE)?.into(),
    };
    let free = said.within("freeAddresses", free).maybe_number(MOST_ADDRESSES)?;
    let mut subnet = Subnet {
        id: id.into(),
        zone,
        free_addresses: free.unwrap_or(known.map_or(FREE_ADDRESSES, |known| known.free_addresses)),
        deleted: known.is_some_and(|known| known.deleted),
    };
    flag(&said.within("deleted", deleted), &mut subnet.deleted)?;
    Ok(subnet)
}

fn read_hsms(said: &FormValue<'_>) -> Result<Vec<Hsm>, Error> {
    let mut hsms = Vec::new();
    for (index, value) in said.list("a list of HSMs", MOST_HSMS)?.iter().enumerate() {
        let step = format!("[{index}]");
        let said = said.within(&step, value);
        let [zone, state, users] = said.structure(["zone", "state", "users"])?;
        let zone = said.within("zone", zone).text(A_ZONE)?.into();
        let state = match said.within("state", state).maybe_text("a state, such as ACTIVE")? {
            Some(name) => HsmState::parse(name)
                .ok_or_else(|| said.within("state", state).must_be(&names(HsmState::ALL, HsmState::as_str)))?,
            None => HsmState::Active,
        };
        let users = said.within("users", users);
        let named = users.list("a list of names", MOST_HSMS)?.iter().any(|user| user.as_text() == Some(KMSUSER));
        hsms.push(Hsm { zone, state, kmsuser: named || !users.is_there() });
    }
    Ok(hsms)
}

fn read_kmsuser(said: &FormValue<'_>, user: &mut Kmsuser) -> Result<Option<SecretBytes>, Error> {
    let names = ["password", "failed_logins", "locked", "logged_in_elsewhere", "second_factor"];
    let [password, failed_logins, locked, logged_in_elsewhere, second_factor] = said.structure(names)?;
    let failed = said.within("failedLogins", failed_logins).maybe_number(1000)?;
    user.failed_logins = failed.unwrap_or(user.failed_logins);
    for (name, value, place) in [
        ("locked", locked, &mut user.locked),
        ("loggedInElsewhere", logged_in_elsewhere, &mut user.logged_in_elsewhere),
        ("secondFactor", second_factor, &mut user.second_factor),
    ] {
        flag(&said.within(name, value), place)?;
    }
    let said = said.within("password", password);
    said.is_there().then(|| read_password(&said)).transpose()
}

/// A password of `kmsuser`: 7 to 32 letters and digits (CKS-314).
pub(super) fn read_password(said: &FormValue<'_>) -> Result<SecretBytes, Error> {
    let text = said
        .value
        .as_text()
        .filter(|text| (7..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let text = text.ok_or_else(|| said.must_be("a password of 7 to 32 letters and digits"))?;
    Ok(SecretBytes::from(text.as_bytes()))
}
