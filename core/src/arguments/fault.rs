//! What a host says of a fault: one table of members for all languages.
//!
//! | member | kind | what |
//! | --- | --- | --- |
//! | `fault` | text | the name of the fault, such as `throttled` |
//! | `moment` | text | `before` anything is decided (the default), or `after`: the answer is lost |
//! | `operation` | text or list | the operations, such as `Encrypt` |
//! | `key` | text | a key that the call is about: an id, an ARN, the name or the ARN of an alias |
//! | `account` | text | the account of the caller |
//! | `region` | text | the Region that is called |
//! | `caller` | text | the caller, as in calls; the ARN of a role means its sessions |
//! | `count` | number | how many calls meet it |
//! | `every` | number | Every nth call that fits meets it |
//! | `probability` | number | how probably a call that fits meets it, from 0 to 1 |
//! | `between` | list | two instants of the world's clock, either of which may be null |
//! | `retry_after` | milliseconds | what the response tells an SDK to wait |
//! | `delay` | milliseconds | how long the host keeps the answer back |
//!
//! JavaScript writes the same names as `retryAfter`. A predicate, `when`, is a function of the host's language: the binding
//! keeps it, and says its number ([`Fault::when`]).

use super::{
    account,
    members::{Argument, Fact, listed, read},
    moment, refused, region,
};
use crate::{
    call::{Effect, Fault, FaultKind, Moment, Principal},
    error::Error,
    names::KeyRef,
    time::{Span, Time},
    wire::Value,
};

/// The longest time that an answer can be kept back, or an SDK be told to wait.
const LONGEST_WAIT: Span = Span::from_millis(3_600_000);

/// The most operations that one rule names: more than there are.
const MOST_OPERATIONS: usize = 100;

const MEMBERS: [(&str, Fact<Fault>); 13] = [
    ("fault", |to, said| said.kind().map(|kind| to.kind = kind)),
    ("moment", |to, said| said.moment().map(|moment| to.moment = moment)),
    ("operation", |to, said| said.operations().map(|operations| to.operations = operations)),
    ("key", |to, said| said.key().map(|key| to.key = Some(key))),
    ("account", |to, said| account(said.str()?).map(|account| to.account = Some(account))),
    ("region", |to, said| region(said.str()?).map(|region| to.region = Some(region))),
    ("caller", |to, said| said.principal().map(|caller| to.caller = Some(caller))),
    ("count", |to, said| said.number().map(|count| to.count = Some(count))),
    ("every", |to, said| said.number().map(|every| to.every = Some(every))),
    ("probability", |to, said| said.probability().map(|probability| to.probability = Some(probability))),
    ("between", |to, said| said.between().map(|(from, until)| (to.from, to.until) = (from, until))),
    ("retry_after", |to, said| said.wait().map(|span| to.retry_after = Some(span))),
    ("delay", |to, said| said.wait().map(|span| to.delay = span)),
];

/// Reads what a host says of a fault: a structure with members of the table above, of which `fault` alone must be there.
/// `null` says nothing.
///
/// # Errors
/// A `ValidationException` with a sentence of ours that says what there is.
pub fn fault(said: &Value) -> Result<Fault, Error> {
    said.admit()?;
    let Value::Map(members) = said else {
        return Err(refused(&format!("a fault is a structure: {}", listed(&MEMBERS))));
    };
    if members.iter().any(|(name, value)| name == "when" && *value != Value::Null) {
        return Err(Error::fault_takes_no_function());
    }
    let mut fault = Fault::new(FaultKind::Slow);
    read("fault", members, &MEMBERS, &mut fault)?;
    if !members.iter().any(|(name, value)| name == "fault" && *value != Value::Null) {
        return Err(refused(&format!("fault must say which one: {}", kinds())));
    }
    if fault.kind.effect() == Effect::Wait && fault.delay == Span::default() {
        return Err(refused("the fault slow needs a delay in milliseconds"));
    }
    Ok(fault)
}

/// The names of all faults, as a clause.
fn kinds() -> String {
    let names: Vec<&str> = FaultKind::ALL.iter().map(|kind| kind.name()).collect();
    format!("there are {}", names.join(", "))
}

impl Argument<'_> {
    fn kind(&self) -> Result<FaultKind, Error> {
        let name = self.str()?;
        FaultKind::parse(name).ok_or_else(|| refused(&format!("there is no fault '{name}': {}", kinds())))
    }

    fn moment(&self) -> Result<Moment, Error> {
        match self.value.as_text() {
            Some("before") => Ok(Moment::Before),
            Some("after") => Ok(Moment::After),
            _ => Err(self.wrong("before or after")),
        }
    }

    fn operations(&self) -> Result<Vec<String>, Error> {
        let wrong = || self.wrong("the name of an operation, such as Encrypt, or a list of such names");
        let values = match self.value {
            Value::List(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        let fits = !values.is_empty() && values.len() <= MOST_OPERATIONS;
        let names = values.iter().map(|value| value.as_text().map(ToOwned::to_owned)).collect::<Option<Vec<_>>>();
        names.filter(|_| fits).ok_or_else(wrong)
    }

    fn key(&self) -> Result<KeyRef, Error> {
        let wrong = || self.wrong("the id or the ARN of a key, or the name or the ARN of an alias");
        KeyRef::parse(self.str()?).ok_or_else(wrong)
    }

    fn principal(&self) -> Result<Principal, Error> {
        let text = self.str()?;
        Principal::parse(text)
            .ok_or_else(|| self.wrong("an account id, the ARN of a principal, or the name of a service"))
    }

    /// A number from 1.
    fn number(&self) -> Result<u64, Error> {
        let number = match self.value {
            Value::Int(number) => u64::try_from(*number).ok(),
            _ => None,
        };
        number.filter(|number| *number > 0).ok_or_else(|| self.wrong("a whole number from 1"))
    }

    fn probability(&self) -> Result<f64, Error> {
        let probability = match self.value {
            Value::Int(0) => Some(0.0),
            Value::Int(1) => Some(1.0),
            Value::Float(number) => Some(*number),
            _ => None,
        };
        probability.filter(|number| (0.0..=1.0).contains(number)).ok_or_else(|| self.wrong("a number from 0 to 1"))
    }

    fn between(&self) -> Result<(Option<Time>, Option<Time>), Error> {
        let wrong = || self.wrong("a list of two instants, the earlier one first; either may be null");
        let Value::List(instants) = self.value else { return Err(wrong()) };
        let [from, until] = &instants[..] else { return Err(wrong()) };
        let instant = |value: &Value| match value {
            Value::Null => Ok(None),
            Value::Text(text) => moment(text).map(Some),
            other => other.as_time().map(Some).ok_or_else(wrong),
        };
        let (from, until) = (instant(from)?, instant(until)?);
        let in_order = from.zip(until).is_none_or(|(from, until)| from < until);
        if in_order { Ok((from, until)) } else { Err(wrong()) }
    }

    fn wait(&self) -> Result<Span, Error> {
        let millis = match self.value {
            Value::Int(millis) if (0..=LONGEST_WAIT.millis()).contains(millis) => Some(*millis),
            _ => None,
        };
        millis.map(Span::from_millis).ok_or_else(|| self.wrong("whole milliseconds, an hour at most"))
    }
}

impl Fault {
    /// The names of all members by which a host says a fault, as Python writes them.
    pub fn members() -> impl Iterator<Item = &'static str> {
        MEMBERS.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::members::camel, *};

    /// One value for every member.
    fn all() -> Vec<(&'static str, Value)> {
        let text = |text: &str| Value::from(text);
        vec![
            ("fault", text("throttled")),
            ("moment", text("after")),
            ("operation", Value::List(vec![text("Encrypt"), text("Decrypt")])),
            ("key", text("alias/a")),
            ("account", text("111122223333")),
            ("region", text("eu-west-1")),
            ("caller", text("arn:aws:iam::111122223333:user/Alice")),
            ("count", Value::Int(2)),
            ("every", Value::Int(3)),
            ("probability", Value::Float(0.5)),
            ("between", Value::List(vec![text("2030-01-01T00:00:00Z"), Value::Null])),
            ("retry_after", Value::Int(1500)),
            ("delay", Value::Int(20)),
        ]
    }

    #[test]
    fn every_member_can_be_said_in_the_words_of_both_languages() {
        let words: Vec<_> = all().into_iter().map(|(name, _)| name).collect();
        assert_eq!(words, Fault::members().collect::<Vec<_>>());
        let camels: Value = all().into_iter().map(|(name, value)| (camel(name), value)).collect();
        let (snake, camels) = (fault(&all().into_iter().collect()), fault(&camels));
        let read = snake.expect("a fault");
        assert_eq!(format!("{read:?}"), format!("{:?}", camels.expect("a fault")));
        assert_eq!((read.kind, read.moment, read.operations.len()), (FaultKind::Throttled, Moment::After, 2));
        assert_eq!((read.count, read.every, read.probability), (Some(2), Some(3), Some(0.5)));
        assert_eq!((read.from, read.until), (Some(Time::from_millis(1_893_456_000_000)), None));
        assert_eq!((read.retry_after, read.delay), (Some(Span::from_millis(1500)), Span::from_millis(20)));
    }

    #[test]
    fn what_is_not_a_fault_is_refused_with_a_sentence_that_helps() {
        let with = |name: &'static str, value: Value| {
            let mut members = all();
            members.retain(|(other, _)| *other != name);
            members.push((name, value));
            fault(&members.into_iter().collect())
        };
        for (refusal, shown) in [
            (fault(&Value::from("throttled")), "its members are fault, moment"),
            (fault(&Value::from([])), "throttled, limit-exceeded"),
            (with("fault", Value::Null), "throttled, limit-exceeded"),
            (with("fault", Value::from("throttle")), "'throttle': there are throttled"),
            (with("when", Value::Bool(true)), "when is a function"),
            (with("times", Value::Int(1)), "fault has no 'times': its members are"),
            (fault(&Value::from([("fault", Value::from("slow"))])), "delay"),
            (with("moment", Value::from("during")), "before or after"),
            (with("operation", Value::List(Vec::new())), "such as Encrypt"),
            (with("operation", Value::Int(1)), "such as Encrypt"),
            (with("key", Value::from("alias/")), "key must be"),
            (with("account", Value::from("12")), "'12'"),
            (with("region", Value::from("here")), "'here'"),
            (with("caller", Value::from("Alice")), "caller must be"),
            (with("count", Value::Int(0)), "count must be a whole number from 1"),
            (with("every", Value::Float(1.5)), "every must be"),
            (with("probability", Value::Float(1.01)), "from 0 to 1"),
            (with("probability", Value::Float(f64::NAN)), "from 0 to 1"),
            (with("between", Value::from("2030")), "two instants"),
            (with("between", Value::List(vec![Value::from("2031"), Value::from("2030")])), "the earlier one first"),
            (with("between", Value::List(vec![Value::from("soon"), Value::Null])), "'soon'"),
            (with("delay", Value::Int(3_600_001)), "an hour"),
            (with("retry_after", Value::Int(-1)), "milliseconds"),
        ] {
            let sentence = refusal.expect_err(shown).message.unwrap_or_default();
            assert!(sentence.contains(shown), "{shown}: {sentence}");
        }
    }
}
