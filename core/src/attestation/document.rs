//! The signed content of an attestation document: its fields and their bounds.
//!
//! The specification is 'Attestation Document Specification' of the Nitro Secure Module's `attestation_process.md`,
//! and for NitroTPM the page 'Validate a NitroTPM Attestation Document' of the EC2 User Guide.

use std::collections::BTreeMap;

use super::{
    Invalid, Platform,
    cbor::{Reader, Writer},
};

/// The only digest that the specification allows.
const DIGEST: &str = "SHA384";
/// One more than the highest index of a register.
const PCRS: u64 = 32;
/// The longest certificate, key, nonce or user data, in bytes. (The text of the specification says 512 for the last
/// two, its grammar says 1,024.)
const MAX_BYTES: usize = 1024;
/// The longest module id, in bytes; the specification names no bound.
const MAX_MODULE_ID: usize = 256;

/// Platform configuration registers by their index.
pub type Pcrs = BTreeMap<u8, Vec<u8>>;

/// The fields of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) platform: Platform,
    pub(crate) module_id: String,
    /// Milliseconds since the epoch.
    pub(crate) timestamp: u64,
    pub(crate) pcrs: Pcrs,
    /// The signing certificate, DER.
    pub(crate) certificate: Vec<u8>,
    /// Its issuers, the root first.
    pub(crate) cabundle: Vec<Vec<u8>>,
    pub(crate) public_key: Option<Vec<u8>>,
    pub(crate) user_data: Option<Vec<u8>>,
    pub(crate) nonce: Option<Vec<u8>>,
}

/// The fields that have been read so far.
#[derive(Default)]
struct Fields<'a> {
    names: Vec<&'a str>,
    module_id: Option<String>,
    timestamp: Option<u64>,
    pcrs: Option<(Platform, Pcrs)>,
    certificate: Option<Vec<u8>>,
    cabundle: Option<Vec<Vec<u8>>>,
    public_key: Option<Vec<u8>>,
    user_data: Option<Vec<u8>>,
    nonce: Option<Vec<u8>>,
}

impl Document {
    /// Reads the content of a signed message: every field within its bounds, each once, none unknown.
    pub(super) fn read(payload: &[u8]) -> Result<Self, Invalid> {
        let mut reader = Reader::new(payload);
        let mut fields = Fields::default();
        for _ in 0..reader.map()? {
            fields.read(&mut reader)?;
        }
        reader.end()?;
        fields.finish()
    }

    /// Writes the fields in the order in which the Nitro hypervisor does.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(9);
        writer.text("module_id");
        writer.text(&self.module_id);
        writer.text("digest");
        writer.text(DIGEST);
        writer.text("timestamp");
        writer.unsigned(self.timestamp);
        writer.text(self.platform.field());
        writer.map(self.pcrs.len());
        for (index, value) in &self.pcrs {
            writer.unsigned(u64::from(*index));
            writer.bytes(value);
        }
        writer.text("certificate");
        writer.bytes(&self.certificate);
        writer.text("cabundle");
        writer.array(self.cabundle.len());
        for certificate in &self.cabundle {
            writer.bytes(certificate);
        }
        for (name, value) in [("public_key", &self.public_key), ("user_data", &self.user_data), ("nonce", &self.nonce)]
        {
            writer.text(name);
            writer.bytes_or_null(value.as_deref());
        }
        writer.into_bytes()
    }
}

impl Platform {
    /// The name of the field that holds its registers.
    const fn field(self) -> &'static str {
        match self {
            Self::NitroEnclave => "pcrs",
            Self::NitroTpm => "nitrotpm_pcrs",
        }
    }
}

impl<'a> Fields<'a> {
    /// Reads one field, which must not have been there before.
    fn read(&mut self, reader: &mut Reader<'a>) -> Result<(), Invalid> {
        let name = reader.text()?;
        if self.names.contains(&name) {
            return Err(Invalid::Field);
        }
        self.names.push(name);
        match name {
            "module_id" => self.module_id = Some(module_id(reader.text()?)?),
            "digest" if reader.text()? == DIGEST => {}
            "timestamp" => self.timestamp = Some(timestamp(reader.unsigned()?)?),
            "pcrs" if self.pcrs.is_none() => self.pcrs = Some((Platform::NitroEnclave, pcrs(reader)?)),
            "nitrotpm_pcrs" if self.pcrs.is_none() => self.pcrs = Some((Platform::NitroTpm, pcrs(reader)?)),
            "certificate" => self.certificate = Some(some_bytes(reader)?),
            "cabundle" => self.cabundle = Some(cabundle(reader)?),
            "public_key" => self.public_key = public_key(reader)?,
            "user_data" => self.user_data = optional_bytes(reader)?,
            "nonce" => self.nonce = optional_bytes(reader)?,
            _ => return Err(Invalid::Field),
        }
        Ok(())
    }

    fn finish(self) -> Result<Document, Invalid> {
        let (platform, pcrs) = self.pcrs.filter(|_| self.names.contains(&"digest")).ok_or(Invalid::Field)?;
        Ok(Document {
            platform,
            module_id: self.module_id.ok_or(Invalid::Field)?,
            timestamp: self.timestamp.ok_or(Invalid::Field)?,
            pcrs,
            certificate: self.certificate.ok_or(Invalid::Field)?,
            cabundle: self.cabundle.ok_or(Invalid::Field)?,
            public_key: self.public_key,
            user_data: self.user_data,
            nonce: self.nonce,
        })
    }
}

fn module_id(text: &str) -> Result<String, Invalid> {
    if text.is_empty() || text.len() > MAX_MODULE_ID { Err(Invalid::Field) } else { Ok(text.to_owned()) }
}

const fn timestamp(millis: u64) -> Result<u64, Invalid> {
    if millis == 0 { Err(Invalid::Field) } else { Ok(millis) }
}

/// One to 32 registers, each once.
fn pcrs(reader: &mut Reader<'_>) -> Result<Pcrs, Invalid> {
    let mut pcrs = Pcrs::new();
    for _ in 0..reader.map()? {
        let index = reader.unsigned()?;
        let index = u8::try_from(index).ok().filter(|_| index < PCRS).ok_or(Invalid::Field)?;
        let value = reader.bytes()?;
        let fits = is_pcr_length(value.len());
        if !fits || pcrs.insert(index, value.to_vec()).is_some() {
            return Err(Invalid::Field);
        }
    }
    if pcrs.is_empty() { Err(Invalid::Field) } else { Ok(pcrs) }
}

/// Whether a register can have this length.
pub(crate) const fn is_pcr_length(length: usize) -> bool {
    matches!(length, 32 | 48 | 64)
}

fn cabundle(reader: &mut Reader<'_>) -> Result<Vec<Vec<u8>>, Invalid> {
    let mut bundle = Vec::new();
    for _ in 0..reader.array()? {
        bundle.push(some_bytes(reader)?);
    }
    if bundle.is_empty() { Err(Invalid::Field) } else { Ok(bundle) }
}

fn some_bytes(reader: &mut Reader<'_>) -> Result<Vec<u8>, Invalid> {
    optional_bytes(reader)?.filter(|bytes| !bytes.is_empty()).ok_or(Invalid::Field)
}

fn public_key(reader: &mut Reader<'_>) -> Result<Option<Vec<u8>>, Invalid> {
    let key = optional_bytes(reader)?;
    if key.as_ref().is_some_and(Vec::is_empty) { Err(Invalid::Field) } else { Ok(key) }
}

/// Bytes, or null: the hypervisor writes the fields that it was not asked for as null.
fn optional_bytes(reader: &mut Reader<'_>) -> Result<Option<Vec<u8>>, Invalid> {
    match reader.bytes_or_null()? {
        Some(bytes) if bytes.len() > MAX_BYTES => Err(Invalid::Field),
        bytes => Ok(bytes.map(<[u8]>::to_vec)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document {
            platform: Platform::NitroEnclave,
            module_id: "i-0-enc0".to_owned(),
            timestamp: 1,
            pcrs: Pcrs::from([(0, vec![1; 48]), (31, vec![2; 32])]),
            certificate: vec![3; 1024],
            cabundle: vec![vec![4], vec![5; 9]],
            public_key: Some(vec![6]),
            user_data: Some(Vec::new()),
            nonce: None,
        }
    }

    /// What becomes of a document when it is written and read.
    fn again(edit: impl FnOnce(&mut Document)) -> Result<Document, Invalid> {
        let mut document = document();
        edit(&mut document);
        Document::read(&document.write())
    }

    #[test]
    fn a_document_reads_what_it_writes() {
        assert_eq!(again(|_| ()), Ok(document()));
        let tpm = again(|document| document.platform = Platform::NitroTpm).unwrap();
        assert_eq!(tpm.platform, Platform::NitroTpm);
    }

    #[test]
    fn a_field_out_of_its_bounds_is_refused() {
        let edits: [fn(&mut Document); 15] = [
            |document| document.module_id.clear(),
            |document| document.module_id = "x".repeat(257),
            |document| document.timestamp = 0,
            |document| document.pcrs.clear(),
            |document| drop(document.pcrs.insert(32, vec![0; 48])),
            |document| drop(document.pcrs.insert(1, vec![0; 47])),
            |document| drop(document.pcrs.insert(1, Vec::new())),
            |document| document.certificate.clear(),
            |document| document.certificate = vec![0; 1025],
            |document| document.cabundle.clear(),
            |document| document.cabundle.push(Vec::new()),
            |document| document.cabundle.push(vec![0; 1025]),
            |document| document.public_key = Some(Vec::new()),
            |document| document.user_data = Some(vec![0; 1025]),
            |document| document.nonce = Some(vec![0; 1025]),
        ];
        for (place, edit) in edits.into_iter().enumerate() {
            assert_eq!(again(edit), Err(Invalid::Field), "{place}");
        }
    }

    const MANDATORY: [&str; 6] = ["module_id", "digest", "timestamp", "pcrs", "certificate", "cabundle"];

    /// A payload with fields of these names.
    fn named(names: &[&str]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(names.len());
        for name in names {
            writer.text(name);
            match *name {
                "module_id" => writer.text("i"),
                "digest" => writer.text(DIGEST),
                "timestamp" => writer.unsigned(1),
                "pcrs" | "nitrotpm_pcrs" => {
                    writer.map(1);
                    writer.unsigned(0);
                    writer.bytes(&[0; 48]);
                }
                "cabundle" => {
                    writer.array(1);
                    writer.bytes(&[1]);
                }
                _ => writer.bytes(&[1]),
            }
        }
        writer.into_bytes()
    }

    #[test]
    fn every_mandatory_field_must_be_there_and_no_other_is_needed() {
        assert!(Document::read(&named(&MANDATORY)).is_ok());
        for missing in MANDATORY {
            let names: Vec<&str> = MANDATORY.into_iter().filter(|name| *name != missing).collect();
            assert_eq!(Document::read(&named(&names)), Err(Invalid::Field), "{missing}");
        }
    }

    #[test]
    fn fields_that_are_repeated_or_unknown_are_refused() {
        for extra in ["nonce", "public_key", "user_data"] {
            assert!(Document::read(&named(&[&MANDATORY[..], &[extra]].concat())).is_ok(), "{extra}");
            assert!(Document::read(&named(&[&MANDATORY[..], &[extra, extra]].concat())).is_err(), "{extra}");
        }
        for extra in MANDATORY.into_iter().chain(["nitrotpm_pcrs", "Nonce", ""]) {
            let names = [&MANDATORY[..], &[extra]].concat();
            assert_eq!(Document::read(&named(&names)), Err(Invalid::Field), "{extra}");
        }
    }

    #[test]
    fn a_register_that_is_given_twice_is_refused() {
        let mut writer = Writer::new();
        writer.map(1);
        writer.text("pcrs");
        writer.map(2);
        for _ in 0..2 {
            writer.unsigned(3);
            writer.bytes(&[0; 48]);
        }
        assert_eq!(Document::read(&writer.into_bytes()), Err(Invalid::Field));
    }

    #[test]
    fn another_digest_is_refused() {
        let mut bytes = document().write();
        let place = bytes.windows(6).position(|window| window == DIGEST.as_bytes()).unwrap();
        bytes[place + 3..place + 6].copy_from_slice(b"512");
        assert_eq!(Document::read(&bytes), Err(Invalid::Field));
    }

    #[test]
    fn a_map_that_promises_more_than_it_holds_ends_at_once() {
        let endless = [0xbb, 0x7f, 255, 255, 255, 255, 255, 255, 255];
        assert_eq!(Document::read(&endless), Err(Invalid::Encoding));
        let deep = vec![0x81; 16_384];
        assert_eq!(Document::read(&deep), Err(Invalid::Encoding));
    }
}
