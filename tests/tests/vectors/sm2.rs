//! SM2: the examples of GM/T 0003.5-2012 on the recommended curve.

use super::{PROVIDERS, ec_pkcs8, element, random};
use pocket_kms::crypto::sm2::{Message, PrivateKey};

const CURVE: &str = "2a811ccf5501822d";
const PRIVATE: &str = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
const PUBLIC: &str = concat!(
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
);

fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap_or_default()
}

/// An INTEGER from its 32 bytes.
fn integer(text: &str) -> Vec<u8> {
    let digits = bytes(text);
    let sign = if digits[0] & 0x80 == 0 { vec![] } else { vec![0] };
    element(2, &[sign, digits.strip_prefix(&[0]).unwrap_or(&digits).to_vec()].concat())
}

fn keys() -> Vec<Box<dyn PrivateKey>> {
    PROVIDERS.iter().filter_map(|provider| provider.sm2.load(&ec_pkcs8(CURVE, &bytes(PRIVATE))).ok()).collect()
}

#[test]
fn the_public_key_is_the_published_one() {
    assert_eq!(keys().len(), PROVIDERS.len());
    for key in keys() {
        assert!(hex::encode(key.spki().unwrap()).ends_with(PUBLIC));
    }
}

#[test]
fn the_published_signature_verifies_as_text_and_as_digest() {
    let signature = element(
        0x30,
        &[
            integer("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"),
            integer("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"),
        ]
        .concat(),
    );
    let digest = bytes("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
    for key in keys() {
        assert!(key.verify(Message::Text(b"message digest"), &signature));
        assert!(key.verify(Message::Digest(&digest), &signature));
        assert!(!key.verify(Message::Text(b"message digesu"), &signature));
        let own = key.sign(Message::Text(b"message digest"), &mut random()).unwrap();
        assert!(key.verify(Message::Digest(&digest), &own));
    }
}

#[test]
fn the_published_ciphertext_decrypts() {
    let ciphertext = element(
        0x30,
        &[
            integer("04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"),
            integer("e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"),
            element(4, &bytes("59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766")),
            element(4, &bytes("21886ca989ca9c7d58087307ca93092d651efa")),
        ]
        .concat(),
    );
    for key in keys() {
        assert_eq!(key.decrypt(&ciphertext).unwrap().as_slice(), b"encryption standard");
        for at in 0..ciphertext.len() {
            let mut changed = ciphertext.clone();
            changed[at] ^= 1;
            assert!(key.decrypt(&changed).is_err(), "byte {at}");
        }
    }
}

#[test]
fn the_shared_secret_is_the_x_coordinate_of_the_shared_point() {
    // Computed with plain integers in Python: [d]P for P = [2]G.
    for (key, provider) in keys().into_iter().zip(PROVIDERS) {
        let mut two = [0; 32];
        two[31] = 2;
        let peer = provider.sm2.load(&ec_pkcs8(CURVE, &two)).unwrap();
        let secret = key.agree(&peer.spki().unwrap()).unwrap();
        assert_eq!(hex::encode(&*secret), "63ceed557b9e861ea36f9ea27f550c1d58855a331c8ddd3c2c8e898325b749ee");
        assert_eq!(peer.agree(&key.spki().unwrap()).unwrap(), secret);
    }
}

#[test]
fn an_empty_plaintext_is_refused() {
    for key in keys() {
        assert!(key.encrypt(b"", &mut random()).is_err());
    }
}
