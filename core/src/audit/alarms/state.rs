//! The state of an alarm from its newest data points, some of which may be missing (the page *Configuring how CloudWatch alarms
//! treat missing data* of the CloudWatch guide, and its tables).

/// Where an alarm stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The metric is within the threshold.
    Ok,
    /// It is not.
    Alarm,
    /// Nobody can tell.
    InsufficientData,
}

/// What a data point counts for that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It counts for nothing.
    Nothing,
    /// The alarm stays as it is.
    Ignore,
    /// It is beyond the threshold.
    Breaching,
    /// It is within.
    NotBreaching,
}

impl State {
    /// The name that CloudWatch gives it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Alarm => "ALARM",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

impl Missing {
    /// Reads the name that CloudWatch gives it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "missing" => Self::Nothing,
            "ignore" => Self::Ignore,
            "breaching" => Self::Breaching,
            "notBreaching" => Self::NotBreaching,
            _ => return None,
        })
    }
}

/// How many data points are looked at beyond those that an alarm needs, in case that some of them are missing. The guide says
/// that the number depends, and shows 5 for 3.
pub(super) const BEYOND: u32 = 2;

/// The state that follows from data points, the newest first: whether each is beyond the threshold, if it is there. `needed`
/// points are looked at where there are that many, and `to_alarm` of them must be beyond.
pub(crate) fn judge(
    points: &[Option<bool>],
    (needed, to_alarm): (usize, usize),
    missing: Missing,
    current: State,
) -> State {
    let there: Vec<bool> = points.iter().flatten().copied().take(needed).collect();
    let beyond = there.iter().filter(|beyond| **beyond).count();
    let decide = |beyond: usize| if beyond >= to_alarm { State::Alarm } else { State::Ok };
    if there.len() == needed || beyond >= to_alarm {
        return decide(beyond);
    }
    let all_beyond = beyond == there.len();
    match missing {
        Missing::Breaching => decide(beyond + needed - there.len()),
        Missing::NotBreaching => decide(beyond),
        Missing::Nothing if there.is_empty() => State::InsufficientData,
        // A breaching point that is followed by nothing is old enough at last (the special case of the guide).
        Missing::Nothing if all_beyond => {
            let oldest = points.iter().rposition(Option::is_some).map_or(0, |place| place + 1);
            if oldest >= to_alarm { State::Alarm } else { current }
        }
        Missing::Ignore if all_beyond => current,
        Missing::Nothing | Missing::Ignore => State::Ok,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Missing; 4] = [Missing::Nothing, Missing::Ignore, Missing::Breaching, Missing::NotBreaching];

    /// A row of the guide's tables: points with the newest last, and the states of its four columns; `=` for the current one.
    fn row(points: &str, to_alarm: usize, states: [&str; 4]) {
        let points: Vec<_> = points
            .chars()
            .rev()
            .map(|sign| match sign {
                'X' => Some(true),
                '0' => Some(false),
                _ => None,
            })
            .collect();
        for (missing, state) in ALL.into_iter().zip(states) {
            let known = [State::Ok, State::Alarm, State::InsufficientData];
            for current in known {
                let state = known.into_iter().find(|known| known.name() == state).unwrap_or(current);
                assert_eq!(
                    judge(&points, (3, to_alarm), missing, current),
                    state,
                    "{points:?} {missing:?} {current:?}"
                );
            }
        }
    }

    #[test]
    fn states_are_those_of_the_tables_of_the_guide() {
        row("0-X-X", 3, ["OK"; 4]);
        row("0----", 3, ["OK"; 4]);
        row("-----", 3, ["INSUFFICIENT_DATA", "=", "ALARM", "OK"]);
        row("0XX-X", 3, ["ALARM"; 4]);
        row("--X--", 3, ["ALARM", "=", "ALARM", "OK"]);
        row("0-X-X", 2, ["ALARM"; 4]);
        row("00X0X", 2, ["ALARM"; 4]);
        row("0-X--", 2, ["OK", "OK", "ALARM", "OK"]);
        row("----0", 2, ["OK", "OK", "ALARM", "OK"]);
        row("---X-", 2, ["ALARM", "=", "ALARM", "OK"]);
    }

    #[test]
    fn one_breaching_point_raises_no_alarm_too_early() {
        row("----X", 3, ["=", "=", "ALARM", "OK"]);
        row("---X-", 3, ["=", "=", "ALARM", "OK"]);
    }
}
