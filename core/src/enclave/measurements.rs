//! The measurements of an enclave ('Where to get an enclave's measurements' of the Nitro Enclaves User Guide).

use crate::{
    attestation::{Pcrs, Platform, is_pcr_length},
    crypto::hash::Hash,
};

/// Length of a register, which is that of SHA-384, in bytes.
const PCR_LENGTH: usize = 48;

/// The values of registers; those without a value are zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measurements(Pcrs);

impl Measurements {
    /// The measurements of an enclave image: PCR0, its digest.
    pub fn of_image(image: &[u8]) -> Self {
        let mut pcrs = Pcrs::new();
        pcrs.insert(0, extended(Hash::Sha384.digest(image).as_ref()));
        Self(pcrs)
    }

    /// With the IAM role of the parent instance, an ARN: PCR3.
    #[must_use]
    pub fn with_role(mut self, arn: &str) -> Self {
        self.0.insert(3, extended(arn.as_bytes()));
        self
    }

    /// With the id of the parent instance: PCR4.
    #[must_use]
    pub fn with_instance(mut self, id: &str) -> Self {
        self.0.insert(4, extended(id.as_bytes()));
        self
    }

    /// With a register of this value; `None` when there is no such register, or the length of its value is not 32,
    /// 48 or 64 bytes.
    pub fn with(mut self, index: u8, value: Vec<u8>) -> Option<Self> {
        let fits = index < 32 && is_pcr_length(value.len());
        self.0.insert(index, value);
        fits.then_some(self)
    }

    /// All registers that a document of this platform names.
    pub(super) fn registers(&self, platform: Platform) -> Pcrs {
        let last = match platform {
            Platform::NitroEnclave => 15,
            Platform::NitroTpm => 23,
        };
        let mut pcrs = Pcrs::new();
        pcrs.extend((0..=last).map(|index| (index, vec![0; PCR_LENGTH])));
        pcrs.extend(self.0.clone());
        pcrs
    }
}

/// A register of zeros, extended once.
fn extended(data: &[u8]) -> Vec<u8> {
    Hash::Sha384.digest(&[&[0; PCR_LENGTH][..], data].concat()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_measured_as_the_guide_says() {
        // printf '%096d' 0 | xxd -r -p | cat - <(printf arn:aws:iam::123456789012:role/Webserver) | sha384sum
        let arn = "arn:aws:iam::123456789012:role/Webserver";
        let registers = Measurements::default().with_role(arn).registers(Platform::NitroEnclave);
        assert_eq!(hex::encode(&registers[&3]), ROLE);
        assert_eq!(registers[&4], [0; 48]);
        assert_eq!(registers.len(), 16);
    }

    const ROLE: &str =
        "78fce75db17cd4e0a3fb8dad3ad128ca5e77edbb2b2c7f75329dccd99aa5f6ef4fc1f1a452e315b9e98f9e312e6921e6";

    #[test]
    fn a_register_has_a_number_below_32_and_the_length_of_a_digest() {
        let with = |index, length| Measurements::default().with(index, vec![1; length]).is_some();
        assert!(with(0, 48) && with(31, 32) && with(8, 64));
        assert!(!with(32, 48) && !with(0, 47) && !with(0, 0));
    }
}
