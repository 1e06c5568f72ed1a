//! Encryption contexts: framed without collisions, in any order, and letter by letter.

use pocket_kms::{Exception, Value, api::KeySpec};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::fixture::{Key, blob, bytes, call, exception, keys};

type Pairs = Vec<(String, String)>;

fn symmetric() -> Vec<Key> {
    keys().into_iter().filter(|key| key.row.spec == KeySpec::SymmetricDefault).collect()
}

fn context(pairs: &[(String, String)]) -> Value {
    pairs.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect()
}

fn sealed(key: Key, pairs: &[(String, String)]) -> Vec<u8> {
    let reply = key.call("Encrypt", [("Plaintext", blob(b"p")), ("EncryptionContext", context(pairs))]);
    bytes(&reply.expect("a ciphertext"), "CiphertextBlob")
}

fn opens(key: Key, sealed: &[u8], pairs: &[(String, String)]) -> bool {
    let input = [("CiphertextBlob", blob(sealed)), ("EncryptionContext", context(pairs))];
    let refused = exception(call(key.region, "Decrypt", input));
    assert!(matches!(refused, None | Some(Exception::InvalidCiphertextException)), "{refused:?}");
    refused.is_none()
}

fn pairs(texts: &[(&str, &str)]) -> Pairs {
    texts.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn for_all<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(strategy, test).unwrap_or_else(|failure| panic!("{failure}"));
}

/// Few letters, so that contexts run together alike.
fn contexts() -> impl Strategy<Value = std::collections::BTreeMap<String, String>> {
    prop::collection::btree_map("[aAb:=,]{0,3}", "[aAb:=,]{0,3}", 0..4)
}

#[test]
fn a_ciphertext_opens_with_its_own_context_alone() {
    for key in symmetric() {
        for_all(400, &(contexts(), contexts()), |(one, other)| {
            let (own, foreign): (Pairs, Pairs) =
                (one.clone().into_iter().collect(), other.clone().into_iter().collect());
            let blob = sealed(key, &own);
            prop_assert!(opens(key, &blob, &own));
            prop_assert_eq!(opens(key, &blob, &foreign), one == other, "{:?} and {:?}", one, other);
            Ok(())
        });
    }
}

#[test]
fn the_order_of_the_pairs_does_not_matter() {
    for key in symmetric() {
        for_all(100, &(contexts(), any::<prop::sample::Index>()), |(context, turn)| {
            let mut pairs: Pairs = context.into_iter().collect();
            let blob = sealed(key, &pairs);
            if !pairs.is_empty() {
                let turn = turn.index(pairs.len());
                pairs.rotate_left(turn);
            }
            prop_assert!(opens(key, &blob, &pairs));
            pairs.reverse();
            prop_assert!(opens(key, &blob, &pairs));
            Ok(())
        });
    }
}

#[test]
fn contexts_that_read_alike_are_different() {
    for key in symmetric() {
        let own = pairs(&[("a", "bc"), ("d", "e")]);
        let blob = sealed(key, &own);
        for other in [
            pairs(&[("ab", "c"), ("d", "e")]),
            pairs(&[("a", "bcd"), ("", "e")]),
            pairs(&[("abc", ""), ("d", "e")]),
            pairs(&[("a", "bcde")]),
            pairs(&[("a", "bc")]),
            pairs(&[("a", "bc"), ("d", "e"), ("", "")]),
            pairs(&[("bc", "a"), ("e", "d")]),
            pairs(&[("A", "bc"), ("d", "e")]),
            pairs(&[("a", "Bc"), ("d", "e")]),
            pairs(&[("a", "bc "), ("d", "e")]),
            pairs(&[("a", "e"), ("d", "bc")]),
            // Another normal form of Unicode is another text.
            pairs(&[("a", "bc"), ("d", "e\u{301}")]),
            pairs(&[]),
        ] {
            assert!(!opens(key, &blob, &other), "{other:?}");
        }
        assert!(opens(key, &blob, &own));
    }
}

#[test]
fn no_flipped_bit_of_a_context_goes_unnoticed() {
    let own = pairs(&[("Department", "Finance"), ("Purpose", "payroll 2026")]);
    for key in symmetric() {
        let blob = sealed(key, &own);
        for place in 0..own.len() {
            for side in 0..2 {
                let text = if side == 0 { &own[place].0 } else { &own[place].1 };
                // Bits of ASCII; what is not ASCII any more is not text either.
                for bit in (0..text.len() * 8).filter(|bit| bit % 8 != 7) {
                    let mut changed = text.clone().into_bytes();
                    changed[bit / 8] ^= 1 << (bit % 8);
                    let changed = String::from_utf8(changed).expect("ASCII");
                    let mut other = own.clone();
                    if side == 0 {
                        other[place].0 = changed;
                    } else {
                        other[place].1 = changed;
                    }
                    assert!(!opens(key, &blob, &other), "{other:?}");
                }
            }
        }
    }
}
