//! What a host says about the enclave that it wants: a value, so that every binding reads it alike.

use super::{Measurements, Spec};
use crate::{attestation::Platform, error::Error, wire::Value};

/// The members of such a value.
const MEMBERS: [&str; 6] = ["Platform", "Pcrs", "ImageSha384", "RoleArn", "InstanceId", "KeySpec"];

impl Spec {
    /// Reads `Platform` (`NitroEnclave` or `NitroTpm`), `Pcrs` (registers by their numbers), `ImageSha384` (PCR0),
    /// `RoleArn` (measured into PCR3), `InstanceId` (measured into PCR4) and `KeySpec` (`RSA_2048` to `RSA_4096`).
    ///
    /// Registers are bytes or hexadecimal text. A missing member has its default.
    ///
    /// # Errors
    /// A `ValidationException` with a sentence of ours.
    pub fn parse(wish: &Value) -> Result<Self, Error> {
        if let Value::Map(members) = wish
            && let Some((stranger, _)) = members.iter().find(|(name, _)| !MEMBERS.contains(&&**name))
        {
            return Err(refused(&format!("an enclave has no {stranger}")));
        }
        let said = |name| wish.member(name).filter(|value| **value != Value::Null);
        let platform = said("Platform").map_or(Ok(Platform::NitroEnclave), platform)?;
        let rsa_bits = said("KeySpec").map_or(Ok(Self::default().rsa_bits), rsa_bits)?;
        let mut measurements = Measurements::default();
        if let Some(arn) = said("RoleArn") {
            measurements = measurements.with_role(text("RoleArn", arn)?);
        }
        if let Some(id) = said("InstanceId") {
            measurements = measurements.with_instance(text("InstanceId", id)?);
        }
        if let Some(digest) = said("ImageSha384") {
            measurements = with(measurements, "0", digest)?;
        }
        let Some(registers) = said("Pcrs") else {
            return Ok(Self { platform, measurements, rsa_bits });
        };
        let Value::Map(registers) = registers else {
            return Err(refused("Pcrs must be a structure: numbers of registers and their values"));
        };
        for (number, value) in registers {
            measurements = with(measurements, number, value)?;
        }
        Ok(Self { platform, measurements, rsa_bits })
    }
}

fn refused(sentence: &str) -> Error {
    Error::argument(sentence)
}

fn text<'a>(name: &str, value: &'a Value) -> Result<&'a str, Error> {
    value.as_text().ok_or_else(|| refused(&format!("{name} must be text")))
}

fn platform(value: &Value) -> Result<Platform, Error> {
    match text("Platform", value)? {
        "NitroEnclave" => Ok(Platform::NitroEnclave),
        "NitroTpm" => Ok(Platform::NitroTpm),
        other => Err(refused(&format!("Platform is NitroEnclave or NitroTpm, not '{other}'"))),
    }
}

fn rsa_bits(value: &Value) -> Result<usize, Error> {
    match text("KeySpec", value)? {
        "RSA_2048" => Ok(2048),
        "RSA_3072" => Ok(3072),
        "RSA_4096" => Ok(4096),
        other => Err(refused(&format!("KeySpec is RSA_2048, RSA_3072 or RSA_4096, not '{other}'"))),
    }
}

fn with(measurements: Measurements, number: &str, value: &Value) -> Result<Measurements, Error> {
    let bytes = value.as_bytes().map(<[u8]>::to_vec).or_else(|| value.as_text().and_then(from_hex));
    let register = number.parse().ok().zip(bytes);
    let measured = register.and_then(|(number, bytes)| measurements.with(number, bytes));
    measured.ok_or_else(|| {
        refused(&format!(
            "PCR{number} must be one of the registers 0 to 31, with 32, 48 or 64 bytes or as many hexadecimal digits"
        ))
    })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    bytes.collect::<Option<_>>().filter(|_| odd.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pcrs(members: Vec<(&str, Value)>) -> Result<Spec, Error> {
        let members = members.into_iter().map(|(name, value)| (name.to_owned().into(), value)).collect();
        Spec::parse(&Value::from([("Pcrs", Value::Map(members))]))
    }

    #[test]
    fn nothing_said_is_an_enclave_in_debug_mode() {
        let spec = Spec::parse(&Value::from([("Pcrs", Value::Null)])).expect("a spec");
        assert_eq!((spec.platform, spec.rsa_bits), (Platform::NitroEnclave, 2048));
        assert!(spec.measurements.registers(spec.platform).values().all(|value| value == &[0; 48]));
    }

    #[test]
    fn registers_are_bytes_or_hexadecimal_text() {
        let spec = pcrs(vec![("8", Value::from("aB".repeat(48))), ("15", Value::Blob(vec![7; 32]))]).expect("a spec");
        let registers = spec.measurements.registers(spec.platform);
        assert_eq!((&registers[&8], &registers[&15]), (&vec![0xab; 48], &vec![7; 32]));
    }

    #[test]
    fn what_the_guide_measures_lands_in_its_register() {
        let wish = Value::from([
            ("Platform", Value::from("NitroTpm")),
            ("ImageSha384", Value::Blob(vec![1; 48])),
            ("RoleArn", Value::from("arn:aws:iam::111122223333:role/R")),
            ("InstanceId", Value::from("i-1234567890abcdef0")),
            ("KeySpec", Value::from("RSA_4096")),
        ]);
        let spec = Spec::parse(&wish).expect("a spec");
        let expected = Measurements::default()
            .with_role("arn:aws:iam::111122223333:role/R")
            .with_instance("i-1234567890abcdef0")
            .with(0, vec![1; 48]);
        assert_eq!((spec.platform, spec.rsa_bits, Some(spec.measurements)), (Platform::NitroTpm, 4096, expected));
    }

    #[test]
    fn what_is_no_register_no_key_and_no_member_is_refused() {
        for (number, value) in [
            ("32", Value::Blob(vec![0; 48])),
            ("-1", Value::Blob(vec![0; 48])),
            ("x", Value::Blob(vec![0; 48])),
            ("0", Value::Blob(vec![0; 47])),
            ("0", Value::from("0".repeat(95))),
            ("0", Value::from("é".repeat(48))),
            ("0", Value::Int(1)),
        ] {
            assert!(pcrs(vec![(number, value)]).is_err(), "{number}");
        }
        for member in MEMBERS.into_iter().chain(["Pcr"]) {
            assert!(Spec::parse(&Value::from([(member, Value::Int(1))])).is_err(), "{member}");
        }
        assert!(Spec::parse(&Value::from([("KeySpec", Value::from("RSA_1024"))])).is_err());
        assert!(Spec::parse(&Value::from([("Platform", Value::from("TPM"))])).is_err());
    }
}
