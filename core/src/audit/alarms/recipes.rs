//! The alarms that AWS recommends, ready-made (AUD-205, P2-85, P5-234 to P5-237; the 2026 text of the guide on use of keys that
//! wait for their deletion).

use super::state::Missing;

/// What a ready-made alarm is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    /// A metric, with the dimension that it is narrowed to.
    Metric(&'static str, Option<(&'static str, &'static str)>),
    /// Records that match a pattern of CloudWatch Logs.
    Pattern(&'static str),
    /// How much of a request quota is asked for, as a percentage of what it admits.
    Quota,
}

/// A ready-made alarm.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    pub(crate) name: &'static str,
    pub(crate) about: About,
    pub(crate) statistic: &'static str,
    /// In minutes.
    pub(crate) period: i64,
    pub(crate) comparison: &'static str,
    pub(crate) threshold: f64,
    pub(crate) missing: Missing,
}

/// All of them. What the guide leaves open is decided: 30 days for material that expires (its own example), 80 of a hundred
/// for quotas, and that a metric which speaks only of errors is well while it is silent.
pub(crate) const RECIPES: [Recipe; 10] = [
    metric("proxy_certificate", "XksProxyCertificateDaysToExpire", None, ("Minimum", 5, "LessThanThreshold", 10.0)),
    metric("proxy_latency", "XksProxyLatency", None, ("Average", 5, "GreaterThanThreshold", 200.0)),
    quiet(metric("proxy_retryable_errors", "XksProxyErrors", Some(("ErrorType", "Retryable")), FIVE_ERRORS)),
    quiet(metric("proxy_non_retryable_errors", "XksProxyErrors", Some(("ErrorType", "Non-retryable")), FIVE_ERRORS)),
    metric(
        "unavailable_key_managers",
        "XksExternalKeyManagerStates",
        Some(("XksExternalKeyManagerState", "Unavailable")),
        ("Maximum", 5, "GreaterThanThreshold", 0.0),
    ),
    metric(
        "degraded_key_managers",
        "XksExternalKeyManagerStates",
        Some(("XksExternalKeyManagerState", "Degraded")),
        ("Maximum", 5, "GreaterThanThreshold", 0.0),
    ),
    metric(
        "material_expiring",
        "SecondsUntilKeyMaterialExpiration",
        None,
        ("Minimum", 1, "LessThanThreshold", 30.0 * 86_400.0),
    ),
    pattern("pending_deletion_use", r#"{ $.eventSource = kms* && $.errorMessage = "* is pending deletion."}"#),
    pattern(
        "disabled_or_scheduled_for_deletion",
        "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) \
         && ($.errorCode NOT EXISTS) }",
    ),
    Recipe {
        name: "quota_share",
        about: About::Quota,
        statistic: "Sum",
        period: 1,
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 80.0,
        missing: Missing::NotBreaching,
    },
];

const FIVE_ERRORS: (&str, i64, &str, f64) = ("Sum", 1, "GreaterThanThreshold", 5.0);

const fn metric(
    name: &'static str,
    metric: &'static str,
    narrowed: Option<(&'static str, &'static str)>,
    (statistic, period, comparison, threshold): (&'static str, i64, &'static str, f64),
) -> Recipe {
    let about = About::Metric(metric, narrowed);
    Recipe { name, about, statistic, period, comparison, threshold, missing: Missing::Nothing }
}

/// The same, which is well while nothing is told.
const fn quiet(recipe: Recipe) -> Recipe {
    Recipe { missing: Missing::NotBreaching, ..recipe }
}

const fn pattern(name: &'static str, pattern: &'static str) -> Recipe {
    Recipe {
        name,
        about: About::Pattern(pattern),
        statistic: "Sum",
        period: 1,
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1.0,
        missing: Missing::NotBreaching,
    }
}
