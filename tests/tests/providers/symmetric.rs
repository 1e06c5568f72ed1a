//! Ciphers, codes and key wrap: they draw no randomness, so that every result is the same to the byte.

use pocket_kms::crypto::cipher::Aead;
use pocket_kms::crypto::hash::Hash;
use pocket_kms_tests::providers::pairs;

/// Lengths around the blocks of AES and of every hash, and the longest that KMS takes.
const LENGTHS: [usize; 10] = [0, 1, 15, 16, 17, 63, 64, 65, 129, 4096];

#[test]
fn what_each_seals_each_opens() {
    for (maker, user) in pairs() {
        for aead in [Aead::Aes256Gcm, Aead::Sm4Gcm] {
            let key = vec![3; aead.key_length()];
            for length in LENGTHS {
                let (plaintext, associated) = (vec![9; length], vec![4; length % 50]);
                let (mut sealed, mut again) = (plaintext.clone(), plaintext.clone());
                let tag = maker.cipher.seal(aead, &key, &[5; 12], &associated, &mut sealed).unwrap();
                let same = user.cipher.seal(aead, &key, &[5; 12], &associated, &mut again).unwrap();
                assert_eq!((&tag, &sealed), (&same, &again), "{aead:?} of {length} bytes");
                let open = |tag, buffer: &mut [u8]| user.cipher.open(aead, &key, &[5; 12], &associated, buffer, tag);
                let mut bad = tag;
                bad[15] ^= 1;
                assert!(open(&bad, &mut again).is_err());
                assert_eq!(open(&tag, &mut sealed), Ok(()));
                assert_eq!(sealed, plaintext);
            }
            assert!(maker.cipher.seal(aead, &key[1..], &[5; 12], &[], &mut []).is_err(), "a key is as long as it is");
        }
    }
}

#[test]
fn codes_are_the_same_for_every_hash_and_for_keys_of_every_length() {
    for (one, other) in pairs() {
        for hash in Hash::ALL {
            for length in LENGTHS {
                let (key, message) = (vec![2; length], vec![8; length]);
                let [mut here, mut there] = [(); 2].map(|()| vec![0; hash.length()]);
                one.mac.hmac(hash, &key, &[&message, b"and", b"", b"more"], &mut here).unwrap();
                other
                    .mac
                    .hmac(hash, &key, &[&message[..length / 2], &message[length / 2..], b"andmore"], &mut there)
                    .unwrap();
                assert_eq!(here, there, "{hash:?}, {length} bytes");
            }
            assert!(one.mac.hmac(hash, b"key", &[], &mut vec![0; hash.length() - 1]).is_err());
        }
    }
}

#[test]
fn what_each_wraps_each_unwraps() {
    for (maker, user) in pairs() {
        for kek in [16, 24, 32].map(|length| vec![6; length]) {
            for length in LENGTHS.into_iter().skip(1) {
                let key = vec![1; length];
                let wrapped = maker.wrapping.wrap(&kek, &key).unwrap();
                assert_eq!(user.wrapping.wrap(&kek, &key), Ok(wrapped.clone()));
                assert_eq!(user.wrapping.unwrap(&kek, &wrapped).unwrap().as_slice(), key);
                let mut bad = wrapped.clone();
                bad[0] ^= 1;
                assert!(user.wrapping.unwrap(&kek, &bad).is_err());
                assert!(user.wrapping.unwrap(&kek, &wrapped[1..]).is_err());
            }
        }
    }
}
