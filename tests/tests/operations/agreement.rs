//! Foreign public keys of DeriveSharedSecret: those of the own curve in every honest encoding, and nothing else.

use pocket_kms::{Exception, Value, algorithms::MaterialKind, api::KeySpec};

use crate::fixture::{Key, blob, bytes, exception, keys};

fn derive(key: Key, peer: &[u8]) -> Result<Value, pocket_kms::Error> {
    key.call("DeriveSharedSecret", [("KeyAgreementAlgorithm", Value::from("ECDH")), ("PublicKey", blob(peer))])
}

fn agreeing() -> Vec<Key> {
    let found: Vec<Key> = keys().into_iter().filter(|key| !key.algorithms.agreement().is_empty()).collect();
    assert_eq!(found.len(), 4, "three NIST curves and SM2");
    found
}

/// Where the point begins in a `SubjectPublicKeyInfo`.
fn point(spki: &[u8], material: MaterialKind) -> usize {
    let coordinate = match material {
        MaterialKind::P384 => 48,
        MaterialKind::P521 => 66,
        _ => 32,
    };
    spki.len() - 2 * coordinate - 1
}

/// The same algorithm with another point; the point must be no longer than the one that it replaces.
fn with_point(spki: &[u8], start: usize, point: &[u8]) -> Vec<u8> {
    // The outer SEQUENCE holds the algorithm and a BIT STRING, whose unused bits stand before the point.
    let outer = if spki[1] == 0x81 { 3 } else { 2 };
    let algorithm = &spki[outer..outer + 2 + usize::from(spki[outer + 1])];
    assert!(start > outer + algorithm.len());
    let element = |tag: u8, content: &[u8]| match u8::try_from(content.len()).expect("a short element") {
        short @ 0..0x80 => [&[tag, short], content].concat(),
        long => [&[tag, 0x81, long], content].concat(),
    };
    element(0x30, &[algorithm.to_vec(), element(0x03, &[&[0], point].concat())].concat())
}

#[test]
fn two_keys_of_a_spec_agree_on_as_many_bytes_as_the_field_has() {
    for key in agreeing() {
        let id = crate::fixture::create(key.region, key.row.spec, key.algorithms.usage(), "AWS_KMS").expect("a key");
        let world = crate::fixture::world();
        let other = |operation: &str, more: Vec<(&str, Value)>| {
            let mut members = vec![("KeyId".to_owned(), Value::from(id.as_str()))];
            members.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
            world.call(operation, Value::from_iter(members), Some(key.region), None, crate::fixture::NOW).reply
        };
        let theirs = bytes(&other("GetPublicKey", vec![]).expect("a public key"), "PublicKey");
        let ecdh = ("KeyAgreementAlgorithm", Value::from("ECDH"));
        let there = other("DeriveSharedSecret", vec![ecdh, ("PublicKey", blob(&key.public_key()))]);
        let (here, there) = (bytes(&derive(key, &theirs).expect("a secret"), "SharedSecret"), there.expect("a secret"));
        assert_eq!(here, bytes(&there, "SharedSecret"));
        let field = match key.row.spec {
            KeySpec::EccNistP384 => 48,
            KeySpec::EccNistP521 => 66,
            _ => 32,
        };
        assert_eq!(here.len(), field, "{}", key.row.spec);
    }
}

#[test]
fn a_compressed_point_is_the_same_key() {
    for key in agreeing() {
        let own = key.public_key();
        let start = point(&own, key.row.material);
        let (x, y) = own[start + 1..].split_at((own.len() - start) / 2);
        let compressed = with_point(&own, start, &[&[2 | (y[y.len() - 1] & 1)], x].concat());
        let secret = |peer: &[u8]| bytes(&derive(key, peer).expect("a secret"), "SharedSecret");
        assert_eq!(secret(&compressed), secret(&own), "{}", key.row.spec);
    }
}

#[test]
fn what_is_no_point_of_the_own_curve_is_refused() {
    for key in agreeing() {
        let own = key.public_key();
        let start = point(&own, key.row.material);
        let length = (own.len() - start) / 2;
        let off_curve = [&[4][..], &vec![1; length], &vec![1; length]].concat();
        let beyond_the_field = [&[4][..], &vec![0xff; length], &own[start + 1 + length..]].concat();
        let hybrid = [&[6 | (own[own.len() - 1] & 1)][..], &own[start + 1..]].concat();
        for (what, point) in [
            ("the identity", vec![0]),
            ("zeros", vec![0; 2 * length + 1]),
            ("the point (0, 0)", [&[4][..], &vec![0; 2 * length]].concat()),
            ("a point beside the curve", off_curve),
            ("coordinates beyond the field", beyond_the_field),
            ("no point at all", vec![]),
            ("half a point", own[start..start + 1 + length].to_vec()),
            ("a hybrid form that lies", hybrid.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 0)).collect()),
        ] {
            let refused = exception(derive(key, &with_point(&own, start, &point)));
            assert_eq!(refused, Some(Exception::ValidationException), "{what} for {}", key.row.spec);
        }
        // The same construction with the honest point is taken, so it is the points that were refused.
        assert_eq!(exception(derive(key, &with_point(&own, start, &own[start..]))), None);
    }
}

#[test]
fn keys_of_other_specs_and_other_encodings_are_refused() {
    let all = keys();
    for key in agreeing() {
        let mut foreign: Vec<(String, Vec<u8>)> = all
            .iter()
            .filter(|other| other.row.key_type == pocket_kms::algorithms::KeyType::Asymmetric)
            .filter(|other| other.row.spec != key.row.spec)
            .map(|other| (other.row.spec.to_string(), other.public_key()))
            .collect();
        let own = key.public_key();
        let start = point(&own, key.row.material);
        foreign.push(("a bare point".to_owned(), own[start..].to_vec()));
        foreign.push(("text".to_owned(), b"-----BEGIN PUBLIC KEY-----".to_vec()));
        foreign.push(("an endless length".to_owned(), vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff]));
        foreign.push(("deep nesting".to_owned(), [0x30, 0x80].repeat(4000)));
        foreign.push(("8,192 zeros".to_owned(), vec![0; 8192]));
        for (what, peer) in foreign {
            assert_eq!(exception(derive(key, &peer)), Some(Exception::ValidationException), "{what}");
        }
    }
}
