//! The text form of OpenMetrics 1.0: what a scraper of the served host reads.

use super::{
    points::Level,
    series::{METRICS, Metric, Nature, Series},
    store::Metrics,
    track::Track,
};
use crate::time::Time;

/// The media type of the text.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

impl Metrics {
    /// What all metrics have come to at an instant: counters as totals, what is measured as a summary, and gauges as they
    /// are now. Dimensions are labels, beside the account and the Region.
    pub(crate) fn open_metrics(&self, now: Time) -> String {
        let all = self.sorted();
        let mut text = String::new();
        for metric in &METRICS {
            let tells = |track: &Track| metric.nature != Nature::Gauge || track.shown() != Level::Gone;
            let own = all.iter().filter(|(series, track)| series.metric().name == metric.name && tells(track));
            let own: Vec<_> = own.collect();
            if !own.is_empty() {
                let name = head(&mut text, metric);
                for (series, track) in own {
                    tell(&mut text, &name, series, track, now);
                }
            }
        }
        text.push_str("# EOF\n");
        text
    }
}

/// What is said of a metric before its values; gives its name here.
fn head(text: &mut String, metric: &Metric) -> String {
    let unit = match metric.unit {
        "Seconds" => "_seconds",
        "Milliseconds" => "_milliseconds",
        _ => "",
    };
    let kind = match metric.nature {
        Nature::Counter => "counter",
        Nature::Measured => "summary",
        Nature::Gauge => "gauge",
    };
    let name =
        ["aws_", &snake(metric.namespace.strip_prefix("AWS/").unwrap_or_default()), "_", &snake(metric.name), unit];
    let name = name.concat();
    let mut line = |parts: [&str; 5]| parts.into_iter().for_each(|part| text.push_str(part));
    line(["# TYPE ", &name, " ", kind, "\n"]);
    if let Some(unit) = unit.strip_prefix('_') {
        line(["# UNIT ", &name, " ", unit, "\n"]);
    }
    line(["# HELP ", &name, " ", metric.help, "\n"]);
    name
}

/// The lines of one series.
fn tell(text: &mut String, name: &str, series: &Series, track: &Track, now: Time) {
    let labels = labels(series);
    let mut line = |suffix: &str, value: &str| {
        for part in [name, suffix, &labels, " ", value, "\n"] {
            text.push_str(part);
        }
    };
    match series.metric().nature {
        Nature::Counter => line("_total", &track.total.1.to_string()),
        Nature::Measured => {
            line("_count", &track.total.0.to_string());
            line("_sum", &track.total.1.to_string());
        }
        Nature::Gauge => {
            if let Some(value) = track.shown().at(now, series.unit_millis()) {
                line("", &value.to_string());
            }
        }
    }
}

/// Account, Region and dimensions, in braces.
fn labels(series: &Series) -> String {
    let (account, region) = series.place();
    let mut labels = ["{account=\"", &account.to_string(), "\",region=\"", region.as_str(), "\""].concat();
    for (name, value) in series.dimensions() {
        for part in [",", &snake(name), "=\""] {
            labels.push_str(part);
        }
        for sign in value.chars() {
            match sign {
                '\\' => labels.push_str("\\\\"),
                '"' => labels.push_str("\\\""),
                '\n' => labels.push_str("\\n"),
                other => labels.push(other),
            }
        }
        labels.push('"');
    }
    labels.push('}');
    labels
}

/// A name in lower case, its words apart: `KmsOperation` is `kms_operation`, and `CloudHSMKeyStoreThrottle`
/// `cloud_hsm_key_store_throttle`.
fn snake(name: &str) -> String {
    let signs: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 8);
    for (place, sign) in signs.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| signs.get(before));
        let next_is_small = signs.get(place + 1).is_some_and(char::is_ascii_lowercase);
        let begins =
            before.is_some_and(|before| before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next_is_small));
        if sign.is_ascii_uppercase() && begins {
            snake.push('_');
        }
        snake.push(sign.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::snake;

    #[test]
    fn names_are_words_apart() {
        let names = ["KmsOperation", "CloudHSMKeyStoreThrottle", "KMS", "KeyArn", "XksProxyErrors", "CallCount"];
        let snakes =
            ["kms_operation", "cloud_hsm_key_store_throttle", "kms", "key_arn", "xks_proxy_errors", "call_count"];
        assert_eq!(names.map(snake), snakes.map(str::to_owned));
    }
}
