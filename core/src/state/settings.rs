//! The settings of a world: numbers by name, for the whole world or a part of it.

use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use super::{
    keys::LineageId,
    stored::{Stored, stored},
    tables::State,
};
use crate::{
    call::Reliability,
    error::Error,
    lags::{Consistency, Lag},
    names::{AccountId, KeyArn, Region},
    quotas::{RequestQuota, ResourceQuota},
    time::Span,
    wire::{Members, Value},
};

/// The name of everything at once that makes a world strict.
const STRICT: &str = "strict";

/// How many milliseconds AWS waits for a proxy (CKS-152).
const PROXY_TIME_LIMIT: u32 = 250;

/// The name of all lags at once.
const CONSISTENCY: &str = "consistency";

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Setting {
    /// `quota/keys` and its like: a number of things.
    Quota(ResourceQuota),
    /// `request-quotas`: 1 where requests are counted and throttled.
    RequestQuotas,
    /// `request/CreateKey` and its like: thousandths of a request per second. A name and a number that hosts give and get
    /// are in requests per second.
    Request(RequestQuota),
    /// `lag/new-key` and its like: milliseconds.
    Lag(Lag),
    /// `strict-regions`: 1 where only the Regions of AWS exist.
    StrictRegions,
    /// `strict-principals`: 1 where only registered principals exist, also in accounts without any.
    StrictPrincipals,
    /// `strict-key-stores`: 1 where only registered clusters, VPC endpoint services and proxies exist (CKS-180).
    StrictKeyStores,
    /// `chosen-keys`: 1 where two tags of CreateKey choose the id and the material of the key.
    ChosenKeys,
    /// `signature-skew`: by how many milliseconds the time of a signature may differ from the world's clock.
    SignatureSkew,
    /// `xks/time-limit`: the milliseconds that a proxy of an external key store has for an answer; 0 for no limit.
    XksTimeLimit,
    /// `xks/integrity`: which answers of Encrypt a proxy must confirm by an integrity value: 0 none, 1 those for data keys,
    /// 2 all of them.
    XksIntegrity,
    /// `xks/reliability`: how reliable proxies are where a call does not say: 0 low, 1 high, 2 as they were in the last
    /// five minutes.
    XksReliability,
    /// `region/af-south-1` and its like: 1 where an account has enabled a Region that is off by default.
    Region(Region),
}

/// Where a setting holds. What is set for less overrules what is set for more; an account overrules a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// Everywhere.
    World,
    /// For all accounts in a Region.
    Region(Region),
    /// For an account in all its Regions.
    Account(AccountId),
    /// For an account in a Region.
    Place(AccountId, Region),
    /// For a key.
    Key(KeyArn),
}

/// A setting and where it holds. In text the scope stands behind an `@`: `quota/keys@111122223333/eu-west-1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SettingName {
    setting: Setting,
    scope: Scope,
}

/// A number that was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SettingRow {
    /// The number, in the unit of its [`Setting`].
    pub number: u64,
}

stored! {
    SettingRow { number }
}

impl SettingName {
    /// The name of a setting for a scope; `None` when it is not a setting of such scopes.
    pub fn new(setting: Setting, scope: Scope) -> Option<Self> {
        setting.holds_for(scope).then_some(Self { setting, scope })
    }

    /// What is set.
    pub const fn setting(&self) -> Setting {
        self.setting
    }

    /// Where it holds.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// The account whose setting it is; `None` when it is that of several.
    pub const fn account(&self) -> Option<AccountId> {
        match self.scope {
            Scope::World | Scope::Region(_) => None,
            Scope::Account(account) | Scope::Place(account, _) => Some(account),
            Scope::Key(arn) => Some(arn.account),
        }
    }
}

/// For what a setting can be made: for the whole world always, and for what else it tells.
#[derive(Clone, Copy)]
enum Extent {
    World,
    Account,
    /// An account, a Region, or both.
    Place,
    /// The same, or a key.
    Key,
}

impl Setting {
    const fn extent(self) -> Extent {
        match self {
            Self::Quota(quota) if quota.is_of_key() => Extent::Key,
            Self::Quota(_) | Self::RequestQuotas | Self::Request(_) => Extent::Place,
            Self::Lag(_)
            | Self::StrictRegions
            | Self::StrictPrincipals
            | Self::StrictKeyStores
            | Self::ChosenKeys
            | Self::SignatureSkew
            | Self::XksTimeLimit
            | Self::XksIntegrity
            | Self::XksReliability => Extent::World,
            Self::Region(_) => Extent::Account,
        }
    }

    fn holds_for(self, scope: Scope) -> bool {
        match self.extent() {
            Extent::World => scope == Scope::World,
            Extent::Account => matches!(scope, Scope::World | Scope::Account(_)),
            Extent::Place => !matches!(scope, Scope::Key(_)),
            Extent::Key => true,
        }
    }

    /// For what it can be set, in words.
    const fn places(self) -> &'static str {
        match self.extent() {
            Extent::World => "of the whole world alone",
            Extent::Account => "of the world or an account",
            Extent::Place => "of the world, an account, a Region, or both",
            Extent::Key => "of the world, an account, a Region, both, or a key",
        }
    }

    /// The greatest number that it can have, how many parts of a whole it counts, and both in words.
    const fn range(self) -> (u64, u64, &'static str) {
        match self {
            Self::Quota(_) => (1_000_000_000, 1, "a whole number from 0 to 1000000000, or null"),
            Self::Request(_) => {
                (1_000_000_000_000, 1000, "a number of requests per second from 0.001 to 1000000000, 0, or null")
            }
            Self::Lag(_) => (31_536_000_000, 1, "whole milliseconds from 0 to 31536000000 (a year), or null"),
            Self::SignatureSkew => {
                (3_153_600_000_000, 1, "whole milliseconds from 0 to 3153600000000 (a hundred years), or null")
            }
            Self::XksTimeLimit => (600_000, 1, "whole milliseconds from 0 (no limit) to 600000 (ten minutes), or null"),
            Self::XksIntegrity => (2, 1, "0 (never), 1 (for data keys), 2 (always), or null"),
            Self::XksReliability => (2, 1, "0 (low), 1 (high), 2 (measured), or null"),
            Self::RequestQuotas
            | Self::StrictRegions
            | Self::StrictPrincipals
            | Self::StrictKeyStores
            | Self::ChosenKeys
            | Self::Region(_) => (1, 1, "1 (on), 0 (off), or null"),
        }
    }

    /// A number in its unit as hosts get it.
    #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
    pub(crate) fn shown(self, number: u64) -> Value {
        let (_, parts, _) = self.range();
        if number.is_multiple_of(parts) {
            Value::count(number / parts)
        } else {
            Value::Float(number as f64 / parts as f64)
        }
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let no_setting = || Error::no_setting(text);
        match text {
            "request-quotas" => return Ok(Self::RequestQuotas),
            "strict-regions" => return Ok(Self::StrictRegions),
            "strict-principals" => return Ok(Self::StrictPrincipals),
            "strict-key-stores" => return Ok(Self::StrictKeyStores),
            "chosen-keys" => return Ok(Self::ChosenKeys),
            "signature-skew" => return Ok(Self::SignatureSkew),
            "xks/time-limit" => return Ok(Self::XksTimeLimit),
            "xks/integrity" => return Ok(Self::XksIntegrity),
            "xks/reliability" => return Ok(Self::XksReliability),
            _ => {}
        }
        let (family, name) = text.split_once('/').ok_or_else(no_setting)?;
        let (found, known): (_, Vec<&str>) = match family {
            "quota" => {
                let found = ResourceQuota::ALL.iter().find(|quota| quota.id() == name);
                (found.map(|quota| Self::Quota(*quota)), ResourceQuota::ALL.iter().map(|quota| quota.id()).collect())
            }
            "request" => {
                (RequestQuota::parse(name).map(Self::Request), RequestQuota::all().map(RequestQuota::id).collect())
            }
            "lag" => (Lag::parse(name).map(Self::Lag), Lag::ALL.iter().map(|lag| lag.id()).collect()),
            "region" => (Region::parse(name).map(Self::Region), vec!["names of Regions"]),
            _ => return Err(no_setting()),
        };
        found.ok_or_else(|| Error::no_setting_of(family, name, &known))
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (family, name) = match self {
            Self::Quota(quota) => ("quota/", quota.id()),
            Self::RequestQuotas => ("request-quotas", ""),
            Self::Request(quota) => ("request/", quota.id()),
            Self::Lag(lag) => ("lag/", lag.id()),
            Self::StrictRegions => ("strict-regions", ""),
            Self::StrictPrincipals => ("strict-principals", ""),
            Self::StrictKeyStores => ("strict-key-stores", ""),
            Self::ChosenKeys => ("chosen-keys", ""),
            Self::SignatureSkew => ("signature-skew", ""),
            Self::XksTimeLimit => ("xks/", "time-limit"),
            Self::XksIntegrity => ("xks/", "integrity"),
            Self::XksReliability => ("xks/", "reliability"),
            Self::Region(region) => ("region/", region.as_str()),
        };
        f.write_str(family)?;
        f.write_str(name)
    }
}

impl Scope {
    fn parse(text: &str) -> Option<Self> {
        if let Some(arn) = KeyArn::parse(text) {
            return Some(Self::Key(arn));
        }
        let of_place =
            |(account, region): (&str, &str)| Some(Self::Place(AccountId::parse(account)?, Region::parse(region)?));
        let place = text.split_once('/').and_then(of_place);
        place.or_else(|| AccountId::parse(text).map(Self::Account)).or_else(|| Region::parse(text).map(Self::Region))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::World => Ok(()),
            Self::Region(region) => write!(f, "@{region}"),
            Self::Account(account) => write!(f, "@{account}"),
            Self::Place(account, region) => write!(f, "@{account}/{region}"),
            Self::Key(arn) => write!(f, "@{arn}"),
        }
    }
}

impl FromStr for SettingName {
    type Err = Error;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, Error> {
        let (name, scope) = match text.split_once('@') {
            Some((name, scope)) => (name, Scope::parse(scope).ok_or_else(|| Error::setting_scope(scope))?),
            None => (text, Scope::World),
        };
        let setting = Setting::parse(name)?;
        Self::new(setting, scope).ok_or_else(|| Error::setting_elsewhere(name, setting.places()))
    }
}

impl fmt::Display for SettingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.setting, self.scope)
    }
}

impl fmt::Debug for SettingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for SettingName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Stored for SettingName {
    fn stored(value: &Value) -> Option<Self> {
        value.as_text()?.parse().ok()
    }
}

/// Settings to be made: each name with its number, or with `None` where the number is taken back.
pub(crate) type Settings = Vec<(SettingName, Option<u64>)>;

/// Reads settings as hosts give them: a map from names to numbers, `true`, `false` or null. `consistency` stands for all
/// lags at once, and takes the name of a profile; `strict` stands for everything that makes a world strict.
///
/// # Errors
/// `ValidationException` when there is no such setting, or it cannot have such a number.
pub(crate) fn read(settings: &Value) -> Result<Settings, Error> {
    let Value::Map(members) = settings else { return Err(Error::settings()) };
    let mut read = Vec::new();
    for (name, value) in members {
        if &**name == CONSISTENCY {
            let profile = profile(value)?;
            read.extend(Lag::ALL.iter().map(|lag| lag_of(*lag, profile)));
        } else if &**name == STRICT {
            for setting in [Setting::StrictPrincipals, Setting::StrictRegions, Setting::StrictKeyStores] {
                let (_, _, values) = setting.range();
                let wrong = || Error::setting_value(name, values);
                let number = (*value != Value::Null).then(|| number(value, setting).ok_or_else(wrong)).transpose()?;
                read.push((SettingName { setting, scope: Scope::World }, number));
            }
        } else {
            let named: SettingName = name.parse()?;
            let (_, _, values) = named.setting.range();
            let number = match value {
                Value::Null => None,
                value => Some(number(value, named.setting).ok_or_else(|| Error::setting_value(name, values))?),
            };
            // No lag is the same as a lag of nothing.
            let is_default = matches!(named.setting, Setting::Lag(_)) && number == Some(0);
            read.push((named, number.filter(|_| !is_default)));
        }
    }
    Ok(read)
}

fn profile(value: &Value) -> Result<Consistency, Error> {
    let name = match value {
        Value::Null => Some(Consistency::Default.id()),
        value => value.as_text(),
    };
    let found = Consistency::ALL.iter().find(|profile| Some(profile.id()) == name);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = Consistency::ALL.iter().map(|profile| profile.id()).collect();
        Error::setting_value(CONSISTENCY, &names.join(", "))
    })
}

fn lag_of(lag: Lag, profile: Consistency) -> (SettingName, Option<u64>) {
    let millis = u64::try_from(profile.length(lag).millis()).unwrap_or_default();
    (SettingName { setting: Setting::Lag(lag), scope: Scope::World }, Some(millis).filter(|millis| *millis > 0))
}

/// The number that a value stands for, in the unit of a setting.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "it is compared with what it was")]
fn number(value: &Value, setting: Setting) -> Option<u64> {
    let (most, parts, _) = setting.range();
    let number = match value {
        Value::Bool(flag) if most == 1 => i64::from(*flag),
        Value::Int(number) => number.checked_mul(i64::try_from(parts).ok()?)?,
        Value::Float(number) => {
            let counted = (number * parts as f64).round();
            let is_exact = parts > 1 || number.fract() == 0.0;
            // What is not nothing must not become nothing; a number beyond all ranges is not a number here.
            let good = is_exact && counted.abs() < 1e15 && (counted == 0.0) == (*number == 0.0);
            good.then_some(counted as i64)?
        }
        _ => return None,
    };
    u64::try_from(number).ok().filter(|number| *number <= most)
}

/// What is set.
impl State {
    /// The number of a setting for a key, or for whatever an account has in a Region: that of the narrowest scope for
    /// which there is one.
    pub fn setting(&self, setting: Setting, account: AccountId, region: Region, key: Option<KeyArn>) -> Option<u64> {
        if self.settings.is_empty() {
            return None;
        }
        let rest = [Scope::Place(account, region), Scope::Account(account), Scope::Region(region), Scope::World];
        let mut scopes = key.map(Scope::Key).into_iter().chain(rest);
        scopes.find_map(|scope| Some(self.settings.get(&SettingName { setting, scope })?.number))
    }

    pub(super) fn of_world(&self, setting: Setting) -> Option<u64> {
        self.settings.get(&SettingName { setting, scope: Scope::World }).map(|row| row.number)
    }

    /// A quota of a key, or of whatever an account has in a Region.
    pub fn quota(&self, quota: ResourceQuota, account: AccountId, region: Region, key: Option<KeyArn>) -> u64 {
        self.setting(Setting::Quota(quota), account, region, key).unwrap_or_else(|| quota.published())
    }

    /// A request quota of an account in a Region, in thousandths of a request per second, whether requests are counted or
    /// not.
    pub fn request_quota(&self, quota: RequestQuota, account: AccountId, region: Region) -> u64 {
        self.setting(Setting::Request(quota), account, region, None).unwrap_or_else(|| quota.published(region))
    }

    /// Whether the requests of an account in a Region are counted and throttled.
    pub fn counts_requests(&self, account: AccountId, region: Region) -> bool {
        self.setting(Setting::RequestQuotas, account, region, None) == Some(1)
    }

    /// How long a lag is.
    pub fn lag(&self, lag: Lag) -> Span {
        Span::from_millis(
            self.of_world(Setting::Lag(lag)).and_then(|millis| millis.try_into().ok()).unwrap_or_default(),
        )
    }

    /// By how much the time of a signature may differ from the world's clock, where somebody has said it.
    pub(crate) fn signature_skew(&self) -> Option<Span> {
        let millis = self.of_world(Setting::SignatureSkew)?;
        Some(Span::from_millis(millis.try_into().unwrap_or(i64::MAX)))
    }

    /// How long new key material needs to come to all related keys; nothing for a key that has none (LIF-244).
    pub(crate) fn sync_lag(&self, lineage: LineageId) -> Span {
        let is_set = self.keys.get(&lineage).is_some_and(|row| row.regions.len() > 1);
        if is_set { self.lag(Lag::MultiRegionSync) } else { Span::default() }
    }

    /// Whether only the Regions of AWS exist.
    pub fn has_strict_regions(&self) -> bool {
        self.of_world(Setting::StrictRegions) == Some(1)
    }

    /// Whether only the clusters, VPC endpoint services and proxies exist that are registered (CKS-180).
    pub fn has_strict_key_stores(&self) -> bool {
        self.of_world(Setting::StrictKeyStores) == Some(1)
    }

    /// Whether tags of CreateKey choose the id and the material of the key.
    pub(crate) fn has_chosen_keys(&self) -> bool {
        !self.settings.is_empty() && self.of_world(Setting::ChosenKeys) == Some(1)
    }

    /// Whether an account has enabled a Region, as far as anybody has said so.
    pub fn has_enabled(&self, account: AccountId, region: Region) -> Option<bool> {
        self.setting(Setting::Region(region), account, region, None).map(|number| number == 1)
    }

    /// Whether an account has a Region: as the host has said, else every Region unless the world is strict (LIF-262).
    pub(crate) fn reaches(&self, account: AccountId, region: Region) -> bool {
        let default = || !self.has_strict_regions() || region.is_in_every_account();
        self.settings.is_empty() || self.has_enabled(account, region).unwrap_or_else(default)
    }

    /// How many milliseconds a proxy has for an answer; `None` for no limit (CKS-152, CKS-154).
    pub(crate) fn proxy_time_limit(&self) -> Option<u32> {
        let limit =
            self.of_world(Setting::XksTimeLimit).map_or(PROXY_TIME_LIMIT, |limit| u32::try_from(limit).unwrap_or(0));
        (limit > 0).then_some(limit)
    }

    /// How reliable the proxy of a store is where a call does not say; `measured` tells how it was in the last five minutes
    /// (CKS-156).
    pub(crate) fn proxy_reliability(&self, measured: impl FnOnce() -> bool) -> Reliability {
        let is_high = match self.of_world(Setting::XksReliability) {
            Some(2) => measured(),
            number => number == Some(1),
        };
        if is_high { Reliability::High } else { Reliability::Low }
    }

    /// Whether a proxy confirms an answer of Encrypt by an integrity value: of data keys alone, where nothing else is set
    /// (CKS-197).
    pub(crate) fn asks_integrity(&self, is_data_key: bool) -> bool {
        match self.of_world(Setting::XksIntegrity) {
            None | Some(1) => is_data_key,
            Some(number) => number > 0,
        }
    }

    /// Everything that is set, in the form in which it is read. Lags that are those of a profile are named by it.
    pub(crate) fn settings(&self) -> Value {
        let profile = Consistency::ALL.iter().skip(1).find(|profile| {
            let mut lags = Lag::ALL.iter().map(|lag| lag_of(*lag, **profile));
            lags.all(|(name, number)| self.of_world(name.setting) == number)
        });
        let named = profile.map(|profile| (CONSISTENCY.into(), Value::from(profile.id())));
        let rows = self.settings.iter().filter(|(name, _)| named.is_none() || !matches!(name.setting, Setting::Lag(_)));
        let rows = rows.map(|(name, row)| (name.to_string().into(), name.setting.shown(row.number)));
        let members: Members = rows.chain(named.clone()).collect();
        Value::Map(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(name: &str, value: Value) -> String {
        let settings: Value = [(name.to_owned(), value)].into_iter().collect();
        read(&settings).expect_err(name).message.unwrap_or_default()
    }

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for text in [
            "quota/keys",
            "quota/aliases-per-key@arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "quota/grants-per-key@111122223333/eu-west-1",
            "quota/custom-key-stores@eu-west-1",
            "request-quotas@111122223333",
            "request/symmetric@eu-west-1",
            "request/pair-rsa-2048",
            "request/CreateKey",
            "lag/last-usage",
            "strict-regions",
            "strict-principals",
            "strict-key-stores",
            "chosen-keys",
            "signature-skew",
            "xks/time-limit",
            "xks/integrity",
            "xks/reliability",
            "region/af-south-1@111122223333",
        ] {
            assert_eq!(text.parse::<SettingName>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_setting_is_refused_with_a_sentence_that_helps() {
        let one = || Value::Int(1);
        for (name, value, told) in [
            ("quotas", one(), "quota/keys"),
            ("quota/key", one(), "it has keys, aliases-per-key"),
            ("request/Encrypt", one(), "symmetric, rsa"),
            ("lag/newkey", one(), "new-key"),
            ("region/nowhere", one(), "names of Regions"),
            ("quota/keys@", one(), "@111122223333/eu-west-1"),
            ("quota/keys@1/eu-west-1", one(), "@111122223333/eu-west-1"),
            ("lag/new-key@eu-west-1", one(), "of the whole world alone"),
            ("strict-regions@111122223333", one(), "of the whole world alone"),
            ("region/af-south-1@eu-west-1", one(), "of the world or an account"),
            ("quota/keys", Value::Int(-1), "from 0 to"),
            ("quota/keys", Value::Float(0.5), "a whole number"),
            ("quota/keys", Value::Int(i64::MAX), "from 0 to"),
            ("quota/keys", Value::from("3"), "a whole number"),
            ("quota/keys", Value::Bool(true), "a whole number"),
            ("request/CreateKey", Value::Float(0.0001), "from 0.001"),
            ("request/CreateKey", Value::Float(f64::NAN), "from 0.001"),
            ("request/CreateKey", Value::Float(f64::INFINITY), "from 0.001"),
            ("request/CreateKey", Value::Int(i64::MAX), "from 0.001"),
            ("lag/new-key", Value::Float(0.5), "whole milliseconds"),
            ("request-quotas", Value::Int(2), "1 (on), 0 (off)"),
            ("consistency", Value::from("best"), "default, aws, aws-worst"),
            ("consistency", one(), "default, aws, aws-worst"),
            ("strict", Value::Int(2), "1 (on), 0 (off)"),
            ("xks/time-limit", Value::Int(600_001), "600000 (ten minutes)"),
            ("xks/integrity", Value::Int(3), "1 (for data keys)"),
            ("xks/reliability@111122223333", one(), "of the whole world alone"),
        ] {
            let sentence = sentence(name, value);
            assert!(sentence.contains(told), "{name}: {sentence}");
        }
        assert!(read(&one()).is_err());
        assert!(sentence(&"é".repeat(10_000), one()).len() < 600);
    }

    #[test]
    fn a_number_is_kept_in_the_unit_of_its_setting() {
        let settings = Value::from([
            ("request/CreateKey", Value::Float(0.25)),
            ("request/rsa", Value::Int(3)),
            ("quota/keys", Value::Float(3.0)),
            ("strict-regions", Value::Bool(true)),
            ("lag/grant", Value::Int(1500)),
            ("lag/new-key", Value::Int(0)),
            ("lag/key-policy", Value::Null),
        ]);
        let numbers: Vec<_> = read(&settings).expect("settings").into_iter().map(|(_, number)| number).collect();
        assert_eq!(numbers, [Some(250), Some(3000), Some(3), Some(1), Some(1500), None, None]);
        let rsa = Setting::Request(RequestQuota::parse("rsa").expect("a quota"));
        assert_eq!((rsa.shown(250), rsa.shown(2000)), (Value::Float(0.25), Value::Int(2)));
    }
}
