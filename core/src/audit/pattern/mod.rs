//! Filter patterns of CloudWatch Logs, as its user guide has them ("Filter pattern syntax"): over records in their JSON
//! form, and over their text.
//!
//! What the guide leaves open is decided here: a property that is absent, null, a list or a structure satisfies no
//! comparison, not even `!=` (the guide says so of lists and structures); with a wildcard selector one element is enough;
//! and `= true` is `IS TRUE`.

mod json;
mod reading;
mod regex;
mod terms;

use crate::wire::{self, Value};

/// The longest pattern, in bytes (CloudWatch Logs, PutMetricFilter).
const LONGEST: usize = 1024;

/// A pattern that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Json(json::Condition),
    Terms(terms::Terms),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} characters"));
        }
        let text = text.trim();
        if text.starts_with('[') {
            let problem =
                "is one of space-delimited log events, and records are JSON: write { $.eventName = \"Decrypt\" }";
            return Err(problem.to_owned());
        }
        if text.starts_with('{') {
            return json::Condition::read(text).map(Kind::Json).map(Self);
        }
        terms::Terms::read(text).map(Kind::Terms).map(Self)
    }

    /// Whether a record, in its JSON form, matches.
    pub(crate) fn matches(&self, record: &Value) -> bool {
        match &self.0 {
            Kind::Json(condition) => condition.holds(record),
            Kind::Terms(terms) => terms.match_text(&String::from_utf8_lossy(&wire::to_json(record))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two samples of the guide.
    const SIMPLE: &str = r#"{"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111",
        "arrayKey": ["value", "another value"], "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
        "SomeObject": null, "cluster.name": "c", "ThisFlag": true, "number": [1000, 0.5]}"#;
    const COMPOUND: &str = r#"{"user": {"id": 1, "email": "John.Stiles@example.com"},
        "users": [{"id": 2, "email": "John.Doe@example.com"}, {"id": 3, "email": "Jane.Doe@example.com"}],
        "actions": ["GET", "PUT", "DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]]}"#;

    fn holds(pattern: &str, sample: &str) -> bool {
        let sample = wire::from_json(sample.as_bytes()).expect("JSON");
        Pattern::read(pattern).unwrap_or_else(|problem| panic!("{pattern} {problem}")).matches(&sample)
    }

    #[test]
    fn the_patterns_of_the_guide_match_as_it_says() {
        for pattern in [
            r#"{ $.eventType = "UpdateTrail" }"#,
            "{ $.sourceIPAddress != 123.123.* }",
            r#"{ $.arrayKey[0] = "value" }"#,
            "{ $.eventType = %Trail% }",
            "{ $.arrayKey[*] = %val.{2}% }",
            r"{ $.* = %111\.111\.111\.1[0-9]{1,2}% }",
            "{ $.['cluster.name'] = \"c\" }",
            "{ $.SomeObject IS NULL }",
            "{ $.SomeOtherObject NOT EXISTS }",
            "{ $.ThisFlag IS TRUE }",
            "{ $.objectList[1].id = 2 }",
            "{ $.number[0] = 1e+3 }",
            "{ $.number[1] != 1e-3 }",
            "{ $.number[1] <= .5 && $.number[0] > +999 }",
            "{$.eventType=Upd*}",
        ] {
            assert!(holds(pattern, SIMPLE), "{pattern}");
        }
        for pattern in [
            r#"{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }"#,
            r#"{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }"#,
        ] {
            assert!(holds(pattern, COMPOUND), "{pattern}");
        }
        for pattern in [
            r#"{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }"#,
            r#"{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }"#,
            "{ $.users = 1 }",
            "{ $.users != 1 }",
            "{ $.nothing != 1 }",
            "{ $.nothing IS NULL }",
            "{ $.user NOT EXISTS }",
        ] {
            assert!(!holds(pattern, COMPOUND), "{pattern}");
        }
    }

    #[test]
    fn terms_of_the_guide_match_the_text() {
        let sample = r#"{"status": "ERROR 400", "why": "BAD REQUEST"}"#;
        for pattern in
            ["", "\" \"", "ERROR", "ERROR REQUEST", "?WARN ?ERROR", "ERROR -ARGUMENTS", "\"BAD REQUEST\"", "%4[0-9]+%"]
        {
            assert!(holds(pattern, sample), "{pattern}");
        }
        // Next to other terms, those with a question mark are ignored.
        for pattern in ["error", "ERROR -REQUEST", "?WARN ?INFO", "?ERROR WARN", "\"REQUEST BAD\"", "%^4%"] {
            assert!(!holds(pattern, sample), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_cannot_be_read_says_why() {
        for (pattern, why) in [
            ("{ $.a = ", "value"),
            ("{ $.a }", "="),
            ("{ $.a = 1 ", "}"),
            ("{ ($.a = 1 }", ")"),
            ("{ $.a IS NOT NULL }", "IS NOT"),
            ("{ $.a EXISTS }", "EXISTS"),
            ("{ $.a > b }", "number"),
            ("{ a = b }", "$"),
            ("{ $.[\"a.b\"] = c }", "single"),
            ("{ $.*.a[*] = c }", "one wildcard"),
            ("{ $.* = a || $.* = b || $.* = c || $.* = d }", "three wildcard"),
            ("{ $.a = %a% || $.a = %b% || $.a = %c% }", "two regular"),
            ("{ $.a = %(a)% }", "'('"),
            ("{ $.a = %a**% }", "*"),
            ("{ $.a = %[a% }", "]"),
            ("{ $.a = %a{3% }", "}"),
            ("{ $.a = %a{5,2}% }", "{5,2}"),
            ("{ $.a = %a{2000}% }", "long"),
            ("{ $.a = \"b }", "quotation"),
            ("{ $.a = 1 } x", "end"),
            ("[w1, w2]", "space-delimited"),
            ("GET:", "GET:"),
        ] {
            let problem = Pattern::read(pattern).err().unwrap_or_else(|| panic!("{pattern} was read"));
            assert!(problem.contains(why), "{pattern}: {problem}");
        }
        assert!(Pattern::read(&"{".repeat(2000)).is_err());
        assert!(Pattern::read(&format!("{{ {}", "(".repeat(900))).is_err());
    }
}
