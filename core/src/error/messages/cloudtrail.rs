//! Sentences of LookupEvents of CloudTrail. No published answer of AWS shows any.

use crate::error::{Error, Exception};

impl Error {
    /// The attributes of a request cannot be looked up. The sentence is ours.
    pub(crate) fn lookup_attributes(problem: &str) -> Self {
        Self::new(
            Exception::InvalidLookupAttributesException,
            format!("LookupAttributes cannot be looked up: {problem}"),
        )
    }

    /// A time is not one. The sentence is ours.
    pub(crate) fn lookup_time(member: &str) -> Self {
        let sentence = format!("{member} must be an instant of the years 1 to 9999");
        Self::new(Exception::InvalidTimeRangeException, sentence)
    }

    /// The range of time ends before it begins. The sentence is ours.
    pub(crate) fn lookup_times_reversed() -> Self {
        Self::new(Exception::InvalidTimeRangeException, "StartTime is later than EndTime")
    }

    /// There is no such category of events. The sentence is ours.
    pub(crate) fn lookup_category(category: &str) -> Self {
        let shown: String = category.chars().filter(|sign| !sign.is_control()).take(100).collect();
        let sentence = format!("EventCategory must be insight, or absent for management events, not '{shown}'");
        Self::new(Exception::InvalidEventCategoryException, sentence)
    }

    /// A page cannot have this many events. The sentence is ours.
    pub(crate) fn lookup_max_results(most: usize) -> Self {
        let sentence = format!("MaxResults must be a whole number from 1 to {most}");
        Self::new(Exception::InvalidMaxResultsException, sentence)
    }

    /// A token is not one of this request. The sentence is ours.
    pub(crate) fn lookup_token() -> Self {
        let sentence = "NextToken is not one that LookupEvents has given, or it was given for other parameters: send the same ones with it";
        Self::new(Exception::InvalidNextTokenException, sentence)
    }

    /// Another operation of CloudTrail. The sentence is ours.
    pub(crate) fn lookup_alone(operation: &str) -> Self {
        let shown: String = operation.chars().filter(|sign| !sign.is_control()).take(100).collect();
        let sentence = format!("pocket-kms answers LookupEvents of CloudTrail alone, not '{shown}'");
        Self::new(Exception::UnsupportedOperationException, sentence)
    }

    /// A service has no history of events. The sentence is ours.
    pub(crate) fn lookup_of_nobody(caller: &str) -> Self {
        let sentence = format!("{caller} belongs to no account, and CloudTrail gives events to accounts alone");
        Self::new(Exception::UnsupportedOperationException, sentence)
    }
}
