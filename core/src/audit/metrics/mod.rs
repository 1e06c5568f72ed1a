//! What CloudWatch is told of KMS: points that follow from calls, and gauges that follow from the state and the time
//! (section 3 of audit-records.md).

mod asked;
mod gauges;
mod open_metrics;
mod points;
mod query;
mod series;
mod statistics;
mod store;
mod track;

pub(crate) use asked::{Meant, read_period, read_statistic};
pub(crate) use open_metrics::MEDIA_TYPE;
pub use points::Point;
pub(crate) use points::{Facts, of_call, of_exchange};
pub(crate) use query::{Datum, Query, View, Wanted};
pub(crate) use series::{METRICS, Series, resource};
pub(crate) use statistics::{STATISTICS, Statistic};
pub(crate) use store::Metrics;
pub(crate) use track::MINUTE;
