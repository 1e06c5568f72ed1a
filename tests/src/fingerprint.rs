//! The bytes of a seeded run, in a few lines: every host and every target must write the same.

use pocket_kms::algorithms::{KeyType, MaterialKind, MessageForm, Row, TABLE, message_form};
use pocket_kms::api::{KeyUsageType, MessageType};
use pocket_kms::ciphertext::{Context, Maker, seal};
use pocket_kms::crypto::hash::Hash;
use pocket_kms::crypto::random::Random;
use pocket_kms::crypto::{CryptoError, CryptoProvider};
use pocket_kms::material::{Material, MaterialId};

/// One line for each key spec and each of its algorithms: a digest of what a run from fixed entropy makes.
///
/// It leaves out the longest RSA keys: without optimisation, making one takes minutes.
pub fn lines(provider: &CryptoProvider) -> Result<Vec<String>, CryptoError> {
    let mut lines = Vec::new();
    for row in TABLE.iter().filter(|row| row.material != MaterialKind::Rsa4096) {
        let mut random = Random::from_entropy(&[0x5e; 32]).stream(&format!("{:?}", row.material));
        let material = Material::generate(row.material, provider, &mut random)?;
        lines.push(line(row, "material", material.expose()));
        if row.key_type == KeyType::Asymmetric {
            lines.push(line(row, "public key", &material.public_key_der(provider)?));
        }
        for (name, bytes) in made(row, &material, provider, &mut random)? {
            lines.push(line(row, &name, &bytes));
        }
    }
    Ok(lines)
}

fn line(row: &Row, what: &str, bytes: &[u8]) -> String {
    let digest = Hash::Sha256.digest(bytes);
    let hex = hex::encode(&digest.as_ref()[..16]);
    format!("{:?} {what}: {} bytes, {hex}", row.material, bytes.len())
}

type Made = Vec<(String, Vec<u8>)>;

/// The results of every algorithm of the spec for a fixed message.
fn made(row: &Row, key: &Material, provider: &CryptoProvider, random: &mut Random) -> Result<Made, CryptoError> {
    let mut made = Vec::new();
    for algorithms in row.usages {
        for algorithm in algorithms.signing() {
            for message_type in MessageType::ALL {
                let message = match message_form(*algorithm, *message_type) {
                    MessageForm::Message => vec![1; 100],
                    MessageForm::Digest(length) => vec![2; length],
                    MessageForm::Refused => continue,
                };
                let name = format!("{} {}", algorithm.as_str(), message_type.as_str());
                made.push((name, key.sign(provider, *algorithm, *message_type, &message, random)?));
            }
        }
        for algorithm in algorithms.mac() {
            made.push((algorithm.as_str().to_owned(), key.mac(provider, *algorithm, &[1; 100])?));
        }
        if algorithms.usage() == KeyUsageType::EncryptDecrypt {
            made.extend(encrypted(row, key, provider, random)?);
        }
        if !algorithms.encapsulation().is_empty() {
            let encapsulation = key.encapsulate(provider, random)?;
            made.push(("encapsulation".to_owned(), encapsulation.ciphertext));
            made.push(("shared secret".to_owned(), encapsulation.shared_secret.to_vec()));
        }
        if !algorithms.agreement().is_empty() {
            let own = key.public_key_der(provider)?;
            made.push(("agreement".to_owned(), key.derive_shared_secret(provider, &own)?.to_vec()));
        }
    }
    Ok(made)
}

fn encrypted(row: &Row, key: &Material, provider: &CryptoProvider, random: &mut Random) -> Result<Made, CryptoError> {
    if row.key_type == KeyType::Symmetric {
        let context = Context::from([("purpose".to_owned(), "fingerprint".to_owned())]);
        let id = MaterialId::random(random);
        let blob = seal(provider, key, &id, Maker::Encrypt, &[1; 100], &context, random)?;
        return Ok(vec![("blob".to_owned(), blob)]);
    }
    let algorithms = row.algorithms(KeyUsageType::EncryptDecrypt).map_or(&[][..], |found| found.encryption());
    let encrypt = |algorithm: &_| key.encrypt(provider, *algorithm, &[1; 100], random);
    let names = algorithms.iter().map(|algorithm| algorithm.as_str().to_owned());
    names.zip(algorithms.iter().map(encrypt)).map(|(name, bytes)| Ok((name, bytes?))).collect()
}
