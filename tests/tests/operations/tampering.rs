//! A flipped bit anywhere in a ciphertext, signature, code or message is refused, and so is a byte more or less.

use pocket_kms::{
    Error, Exception, Value,
    api::{MessageType, SigningAlgorithmSpec},
};

use crate::fixture::{Key, blob, bytes, exception, keys, message};

/// As many places are tried in long texts, evenly spread; shorter ones are tried bit by bit.
const MOST: usize = 2200;

/// The text with one bit flipped, for bits all over it, then cut and lengthened.
fn spoiled(text: &[u8], most: usize) -> Vec<(String, Vec<u8>)> {
    let bits = text.len() * 8;
    // An odd step meets every bit of a byte.
    let step = bits.div_ceil(most) | 1;
    let mut all: Vec<(String, Vec<u8>)> = (0..bits)
        .step_by(step)
        .map(|bit| {
            let mut changed = text.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            (format!("bit {bit}"), changed)
        })
        .collect();
    all.push(("a byte less".to_owned(), text[..text.len() - 1].to_vec()));
    all.push(("no first byte".to_owned(), text[1..].to_vec()));
    all.push(("a byte more".to_owned(), [text, &[0]].concat()));
    all.push(("a byte before".to_owned(), [&[0], text].concat()));
    all
}

fn refuses(case: &str, expected: Exception, text: &[u8], most: usize, reply: impl Fn(&[u8]) -> Result<Value, Error>) {
    assert_eq!(exception(reply(text)), None, "{case}");
    for (what, changed) in spoiled(text, most) {
        assert_eq!(exception(reply(&changed)), Some(expected), "{case}: {what}");
    }
}

#[test]
fn no_changed_ciphertext_opens() {
    for key in keys() {
        for &algorithm in key.algorithms.encryption() {
            let case = format!("{} {algorithm}", key.row.spec);
            let sealed = bytes(&key.encrypt(algorithm, b"plaintext").expect(&case), "CiphertextBlob");
            let most = if key.row.is_slow_to_generate() { 40 } else { MOST };
            refuses(&case, Exception::InvalidCiphertextException, &sealed, most, |sealed| {
                key.decrypt(algorithm, sealed)
            });
        }
    }
}

/// Every key, algorithm and message type that signs, with a message.
fn signings() -> Vec<(Key, SigningAlgorithmSpec, MessageType, Vec<u8>)> {
    let mut all = Vec::new();
    for key in keys() {
        for &algorithm in key.algorithms.signing() {
            let types = MessageType::ALL.iter().filter_map(|of| Some((key, algorithm, *of, message(algorithm, *of)?)));
            all.extend(types);
        }
    }
    assert!(all.len() > 30, "{}", all.len());
    all
}

#[test]
fn no_changed_signature_and_no_changed_message_verifies() {
    for (key, algorithm, of, message) in signings() {
        let case = format!("{} {algorithm} {of}", key.row.spec);
        let signature = bytes(&key.sign(algorithm, of, &message).expect(&case), "Signature");
        let verify = |message: &[u8], signature: &[u8]| key.verify(algorithm, of, message, signature);
        let most = if signature.len() > 80 { 300 } else { MOST };
        refuses(&case, Exception::KMSInvalidSignatureException, &signature, most, |signature| {
            verify(&message, signature)
        });
        for bit in (0..message.len() * 8).step_by(11) {
            let mut changed = message.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let refused = exception(verify(&changed, &signature));
            assert_eq!(refused, Some(Exception::KMSInvalidSignatureException), "{case}: bit {bit} of the message");
        }
    }
}

#[test]
fn no_changed_code_and_no_changed_message_verifies() {
    for key in keys() {
        for &algorithm in key.algorithms.mac() {
            let input =
                |message: &[u8]| [("Message", blob(message)), ("MacAlgorithm", Value::from(algorithm.as_str()))];
            let verify = |message: &[u8], mac: &[u8]| {
                let [message, algorithm] = input(message);
                key.call("VerifyMac", [message, algorithm, ("Mac", blob(mac))])
            };
            let mac = bytes(&key.call("GenerateMac", input(b"message")).expect("a code"), "Mac");
            let (case, refused) = (algorithm.as_str(), Exception::KMSInvalidMacException);
            refuses(case, refused, &mac, MOST, |mac| verify(b"message", mac));
            refuses(case, refused, b"message", MOST, |message| verify(message, &mac));
        }
    }
}

#[test]
fn a_changed_encapsulation_gives_another_secret_or_none() {
    for key in keys() {
        for &algorithm in key.algorithms.encapsulation() {
            let algorithm = || ("EncapsulationAlgorithm", Value::from(algorithm.as_str()));
            let made = key.call("Encapsulate", [algorithm()]).expect("a secret");
            let (sealed, secret) = (bytes(&made, "SharedSecretCiphertextBlob"), bytes(&made, "SharedSecret"));
            let open =
                |sealed: &[u8]| key.call("Decapsulate", [algorithm(), ("SharedSecretCiphertextBlob", blob(sealed))]);
            assert_eq!(bytes(&open(&sealed).expect("a secret"), "SharedSecret"), secret);
            for (what, changed) in spoiled(&sealed, 500) {
                let reply = open(&changed);
                if changed.len() == sealed.len() {
                    // FIPS 203, section 6.3: an invalid ciphertext of the right length gives a secret that nobody else has.
                    assert_ne!(bytes(&reply.expect("a secret"), "SharedSecret"), secret, "{}: {what}", key.row.spec);
                } else {
                    assert_eq!(
                        exception(reply),
                        Some(Exception::InvalidCiphertextException),
                        "{}: {what}",
                        key.row.spec
                    );
                }
            }
        }
    }
}

#[test]
fn no_changed_public_key_of_a_peer_is_taken() {
    for key in keys() {
        for &algorithm in key.algorithms.agreement() {
            let derive = |peer: &[u8]| {
                let algorithm = ("KeyAgreementAlgorithm", Value::from(algorithm.as_str()));
                key.call("DeriveSharedSecret", [algorithm, ("PublicKey", blob(peer))])
            };
            refuses(key.row.spec.as_str(), Exception::ValidationException, &key.public_key(), MOST, derive);
        }
    }
}

#[test]
fn what_one_key_made_another_of_the_same_spec_refuses() {
    let stranger = |key: Key| {
        let id = crate::fixture::create(key.region, key.row.spec, key.algorithms.usage(), "AWS_KMS").expect("a key");
        move |operation: &str, input: Vec<(&str, Value)>| {
            let mut members = vec![("KeyId".to_owned(), Value::from(id.as_str()))];
            members.extend(input.into_iter().map(|(name, value)| (name.to_owned(), value)));
            let world = crate::fixture::world();
            exception(
                world.call(operation, Value::from_iter(members), Some(key.region), None, crate::fixture::NOW).reply,
            )
        }
    };
    for key in keys().into_iter().filter(|key| !key.row.is_slow_to_generate()) {
        let other = stranger(key);
        let case = format!("{}", key.row.spec);
        for &algorithm in key.algorithms.encryption() {
            let sealed = blob(&bytes(&key.encrypt(algorithm, b"plaintext").expect(&case), "CiphertextBlob"));
            let input = vec![("CiphertextBlob", sealed), ("EncryptionAlgorithm", Value::from(algorithm.as_str()))];
            let symmetric = algorithm.as_str() == "SYMMETRIC_DEFAULT";
            let expected =
                if symmetric { Exception::IncorrectKeyException } else { Exception::InvalidCiphertextException };
            assert_eq!(other("Decrypt", input), Some(expected), "{case}");
        }
        for &algorithm in key.algorithms.signing() {
            let Some(message) =
                message(algorithm, MessageType::Digest).or_else(|| message(algorithm, MessageType::Raw))
            else {
                continue;
            };
            let of = if message.len() == 48 && algorithm.as_str() != "ECDSA_SHA_384" { "RAW" } else { "DIGEST" };
            let of = MessageType::parse(of).expect("a message type");
            let signature = bytes(&key.sign(algorithm, of, &message).expect(&case), "Signature");
            let input = vec![
                ("Message", blob(&message)),
                ("MessageType", Value::from(of.as_str())),
                ("SigningAlgorithm", Value::from(algorithm.as_str())),
                ("Signature", blob(&signature)),
            ];
            assert_eq!(other("Verify", input), Some(Exception::KMSInvalidSignatureException), "{case} {algorithm}");
        }
        for &algorithm in key.algorithms.mac() {
            let algorithm = || ("MacAlgorithm", Value::from(algorithm.as_str()));
            let mac = key.call("GenerateMac", [("Message", blob(b"m")), algorithm()]).expect("a code");
            let input = vec![("Message", blob(b"m")), algorithm(), ("Mac", blob(&bytes(&mac, "Mac")))];
            assert_eq!(other("VerifyMac", input), Some(Exception::KMSInvalidMacException), "{case}");
        }
    }
}
