//! Policies of up to 32 KiB, each with the encryption context against which it takes longest.
//!
//! Every policy allows its account everything and goes on with statements that deny, so that a key can have it and every
//! statement counts.

use pocket_kms::policy::Context;
use serde_json::{Map, Value, json};

/// A policy, and the request's encryption context.
#[derive(Debug)]
pub struct WorstCase {
    /// The text of the policy.
    pub policy: String,
    /// The pairs of the encryption context.
    pub pairs: Vec<(String, String)>,
}

impl WorstCase {
    /// The pairs as the condition keys that KMS makes of them.
    pub fn facts(&self) -> Context {
        let names = self.pairs.iter().map(|(name, _)| name.clone());
        let facts = Context::new().with_many("kms:EncryptionContextKeys", names);
        self.pairs
            .iter()
            .fold(facts, |facts, (name, value)| facts.with(&format!("kms:EncryptionContext:{name}"), value.clone()))
    }
}

/// How a worst case is made: from the bytes of the policy, and those of the encryption context.
pub type Make = fn(policy: usize, context: usize) -> WorstCase;

/// Every kind of policy that has been slow, or might be.
pub const TABLE: &[(&str, Make)] = &[
    ("many patterns, one long value", |policy, context| {
        one(policy, "StringLike", |_| "*a*b".to_owned(), "a".repeat(context))
    }),
    ("many patterns that must not match, one long value", |policy, context| {
        one(policy, "StringNotLike", |_| "*a*b".to_owned(), "a".repeat(context))
    }),
    ("one long pattern, one long value", |policy, context| {
        one(0, "StringLike", |_| format!("*{}b", "a".repeat(policy)), "a".repeat(context))
    }),
    ("one pattern of stars, one long value", |policy, context| {
        one(0, "StringLike", |_| "a*".repeat(policy / 2) + "b", "a".repeat(context))
    }),
    ("one pattern of question marks, one long value", |policy, context| {
        one(0, "StringLike", |_| format!("*{}b", "?a".repeat(policy / 2)), "a".repeat(context))
    }),
    ("many patterns and a value of many different characters", |policy, context| {
        let value = ('\u{1000}'..'\u{5000}').cycle().take(context / 3);
        one(policy, "StringLike", |at| format!("*a{}*ÿÿ", at % 10), value.collect())
    }),
    ("many texts but for case, one long value", |policy, context| {
        one(policy, "StringEqualsIgnoreCase", |_| "ABC".to_owned(), "abc".repeat(context / 3))
    }),
    ("many ARNs, one long ARN", |policy, context| {
        one(policy, "ArnLike", |_| "arn:*:a*:*:*:*a*b".to_owned(), format!("arn:a:a:a:a:{}", "a".repeat(context)))
    }),
    ("many patterns with one long variable", |policy, context| {
        let start = "${kms:EncryptionContext:w}";
        with_variables(policy, context, |at| format!("*{start}*{at}"))
    }),
    ("many patterns with a long variable between question marks", |policy, context| {
        let start = "${kms:EncryptionContext:w}";
        with_variables(policy, context, |at| format!("*?{at}?{start}?a"))
    }),
    ("many values, many texts", |policy, context| {
        many(policy, context, "ForAnyValue:StringEquals", |at| at.to_string())
    }),
    ("many values, many texts that must not match", |policy, context| {
        many(policy, context, "ForAllValues:StringNotEquals", |at| at.to_string())
    }),
    ("many values, many texts but for case", |policy, context| {
        many(policy, context, "ForAllValues:StringEqualsIgnoreCase", |at| format!("K{at}"))
    }),
    ("many values, many patterns", |policy, context| {
        many(policy, context, "ForAnyValue:StringLike", |at| format!("*{at}?x"))
    }),
    ("many values, many numbers", |policy, context| {
        many(policy, context, "ForAnyValue:NumericEquals", |at| format!("{at}.5"))
    }),
    ("many values, many dates", |policy, context| {
        many(policy, context, "ForAllValues:DateNotEquals", |at| (1_800_000_000 + at).to_string())
    }),
    ("many values, many addresses", |policy, context| {
        many(policy, context, "ForAnyValue:IpAddress", |at| format!("10.{}.{}.0/24", at / 256 % 256, at % 256))
    }),
    ("many values, many bytes", |policy, context| {
        many(policy, context, "ForAnyValue:BinaryEquals", |at| format!("{at:04}"))
    }),
    ("many conditions, one long value", |policy, context| {
        let conditions = filled(policy, 10, spelling).map(|key| (key, json!("*a*b")));
        denying(vec![json!({"StringNotLike": conditions.collect::<Map<_, _>>()})], long("a".repeat(context)))
    }),
    ("many conditions, many values", |policy, context| {
        let operators = filled(policy, 50, |at| cases_of("ForAllValues:StringNotLike", at));
        let conditions = operators.map(|operator| (operator, json!({"kms:EncryptionContextKeys": "*a*b"})));
        denying(vec![Value::Object(conditions.collect())], names(context, "a"))
    }),
    ("many conditions, many pairs", |policy, context| {
        let conditions = filled(policy, 35, |at| at.to_string());
        let conditions = conditions.map(|name| (format!("kms:EncryptionContext:K{name}"), json!("x")));
        denying(vec![json!({"StringNotEquals": conditions.collect::<Map<_, _>>()})], names(context, "K"))
    }),
    ("many numbers in many conditions, one long value", |policy, context| {
        let conditions = filled(policy, 10, spelling).map(|key| (key, json!("1")));
        denying(vec![json!({"NumericNotEquals": conditions.collect::<Map<_, _>>()})], long("1".repeat(context)))
    }),
    ("many statements, one long value", |policy, context| {
        let condition = json!({"StringLike": {"kms:EncryptionContext:v": "*a*b"}});
        let statements = filled(policy, 140, |_| String::new()).map(|_| condition.clone());
        denying(statements.collect(), long("a".repeat(context)))
    }),
    ("many principals", |policy, context| {
        let principals: Vec<_> = filled(policy, 3, |at| format!("{at:012}")).collect();
        let statement = json!({"Effect": "Deny", "Principal": {"AWS": principals}, "Action": "*", "Resource": "*"});
        of_statements(vec![statement], long("a".repeat(context)))
    }),
    ("many principals that are spared", |policy, context| {
        let principals: Vec<_> = filled(policy, 3, |at| format!("{at:012}")).collect();
        let statement =
            json!({"Effect": "Deny", "NotPrincipal": {"AWS": principals}, "Action": "a:b", "Resource": "*"});
        of_statements(vec![statement], long("a".repeat(context)))
    }),
    ("many actions", |policy, context| {
        let actions: Vec<_> = filled(policy, 3, |_| "*e*n*!".to_owned()).collect();
        let statement = json!({"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": "*"});
        of_statements(vec![statement], long("a".repeat(context)))
    }),
    ("many resources with a long variable", |policy, context| {
        let resource = |at| format!("arn:*:*:*:*:*${{kms:EncryptionContext:v}}*{at}");
        let resources: Vec<_> = filled(policy, 3, resource).collect();
        let statement = json!({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": resources});
        of_statements(vec![statement], long("a".repeat(context)))
    }),
];

fn of_statements(statements: Vec<Value>, pairs: Vec<(String, String)>) -> WorstCase {
    let root = json!({"AWS": "arn:aws:iam::111122223333:root"});
    let mut all = vec![json!({"Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*"})];
    all.extend(statements);
    WorstCase { policy: json!({"Version": "2012-10-17", "Statement": all}).to_string(), pairs }
}

/// A statement for each condition block.
fn denying(conditions: Vec<Value>, pairs: Vec<(String, String)>) -> WorstCase {
    let statements = conditions.into_iter().map(|condition| {
        json!({"Effect": "Deny", "Principal": "*", "Action": "kms:Encrypt", "Resource": "*", "Condition": condition})
    });
    of_statements(statements.collect(), pairs)
}

/// One condition of many constants, and one long value.
fn one(policy: usize, operator: &str, constant: impl Fn(usize) -> String, value: String) -> WorstCase {
    let constants: Vec<_> = filled(policy, 3, constant).collect();
    denying(vec![json!({operator: {"kms:EncryptionContext:v": constants}})], long(value))
}

fn with_variables(policy: usize, context: usize, constant: impl Fn(usize) -> String) -> WorstCase {
    let mut case = one(policy, "StringLike", constant, "a".repeat(context / 2));
    case.pairs.push(("w".to_owned(), "a".repeat(context / 4)));
    case
}

/// One condition of many constants, and many values of the same kind.
fn many(policy: usize, context: usize, operator: &str, constant: impl Fn(usize) -> String) -> WorstCase {
    let constants: Vec<_> = filled(policy, 3, constant).collect();
    denying(vec![json!({operator: {"kms:EncryptionContextKeys": constants}})], names(context, "1"))
}

fn long(value: String) -> Vec<(String, String)> {
    vec![("v".to_owned(), value)]
}

/// Pairs with names of eight bytes and more, and values of one.
fn names(context: usize, start: &str) -> Vec<(String, String)> {
    filled(context, 1, |at| format!("{start}{:07}", 9_999_999 - at)).map(|name| (name, "a".to_owned())).collect()
}

/// Texts (at least one) that fill this many bytes, counting the bytes around each.
fn filled(bytes: usize, around: usize, text: impl Fn(usize) -> String) -> impl Iterator<Item = String> {
    let mut left = bytes.max(1);
    (0..).map(text).take_while(move |text| {
        let goes_on = left > 0;
        left = left.saturating_sub(text.len() + around);
        goes_on
    })
}

/// The same condition key in different spellings.
fn spelling(at: usize) -> String {
    format!("{}:v", cases_of("kms:EncryptionContext", at))
}

/// The same name in different cases: the bits of a number say which letters are large.
fn cases_of(name: &str, number: usize) -> String {
    let mut bit = 0;
    let letters = name.chars().map(|letter| {
        if !letter.is_ascii_alphabetic() {
            return letter;
        }
        bit += 1;
        if number >> (bit - 1) & 1 == 1 { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    });
    letters.collect()
}
