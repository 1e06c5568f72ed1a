//! What CloudWatch answers to requests that it refuses.

use crate::error::{Error, Exception};

impl Error {
    /// A member is not there that must be. The sentence is AWS's (answers of GetMetricStatistics in public issues).
    pub(crate) fn parameter_required(name: &str) -> Self {
        Self::monitoring(&["The parameter ", name, " is required."])
    }

    /// A value cannot be. The sentence is ours.
    pub(crate) fn parameter_value(name: &str, what: &str) -> Self {
        Self::monitoring(&["The parameter ", name, " must be ", what, "."])
    }

    /// The beginning is not before the end. The sentence is AWS's (answers of GetMetricStatistics in public issues).
    pub(crate) fn start_before_end() -> Self {
        Self::monitoring(&["The parameter StartTime must be less than the parameter EndTime."])
    }

    /// More periods are asked for than one answer holds. The sentence is AWS's (answers of GetMetricStatistics in public
    /// issues).
    pub(crate) fn too_many_datapoints(wanted: i64, most: i64) -> Self {
        Self::monitoring(&[
            "You have requested up to ",
            &wanted.to_string(),
            " datapoints, which exceeds the limit of ",
            &most.to_string(),
            ". You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
        ])
    }

    /// Neither kind of statistics is asked for. The sentence is ours.
    pub(crate) fn no_statistics() -> Self {
        Self::monitoring(&["At least one of the parameters Statistics and ExtendedStatistics must be specified."])
    }

    /// A token was not given by us. The sentence is ours.
    pub(crate) fn next_token() -> Self {
        Self::monitoring(&["The next token is not one that an earlier answer returned."])
    }

    /// Expressions over metrics are not computed here. The sentence is ours.
    pub(crate) fn no_expressions(id: &str) -> Self {
        let shown: String = id.chars().filter(|sign| !sign.is_control()).take(255).collect();
        Self::monitoring(&[
            "The query '",
            &shown,
            "' has an Expression: pocket-kms does not compute expressions; ask for a MetricStat.",
        ])
    }

    /// Two queries have one id. The sentence is ours.
    pub(crate) fn query_id_twice(id: &str) -> Self {
        let shown: String = id.chars().filter(|sign| !sign.is_control()).take(255).collect();
        Self::monitoring(&["The id '", &shown, "' is that of two queries."])
    }

    /// CloudWatch has more operations than are here. The sentence is ours.
    pub(crate) fn no_monitoring_operation(name: &str, known: &[&str]) -> Self {
        let shown: String = name.chars().filter(|sign| !sign.is_control()).take(100).collect();
        Self::monitoring(&["Of CloudWatch, pocket-kms has ", &known.join(", "), ", not '", &shown, "'."])
    }

    fn monitoring(parts: &[&str]) -> Self {
        Self::new(Exception::ValidationException, parts.concat())
    }
}
