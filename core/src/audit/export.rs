//! Records as CloudTrail delivers them to a bucket, and one a line (AUD-103, AUD-108).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::any_record::AnyRecord;
use crate::{order::sorted, time::Time};

/// CloudTrail delivers about every five minutes.
const WINDOW: i64 = 5 * 60 * 1000;

/// The most records of a file; CloudTrail's are no longer than this allows.
const MOST: usize = 10_000;

/// A trail file. Its name ends as that of a packed one does, and its text is to be packed by whoever writes it.
#[derive(Clone, Debug)]
pub(crate) struct TrailFile {
    pub(crate) name: String,
    pub(crate) text: String,
    /// How many records it has.
    pub(crate) records: usize,
}

/// Trail files that are being filled.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// The records by account, Region and the end of their window.
    windows: BTreeMap<(String, String, i64), Vec<String>>,
}

impl Trail {
    /// Adds a record.
    pub(crate) fn add(&mut self, told: AnyRecord<'_>) {
        let account = told.account().map_or_else(|| "000000000000".to_owned(), |account| account.to_string());
        let region = told.region().map_or_else(|| "unknown".to_owned(), |region| region.to_string());
        let end = told.time().millis().div_euclid(WINDOW) * WINDOW + WINDOW;
        self.windows.entry((account, region, end)).or_default().push(told.to_json());
    }

    /// The files, in the order of their names' accounts, Regions and times.
    pub(crate) fn files(self) -> Vec<TrailFile> {
        let mut files = Vec::new();
        for ((account, region, end), records) in self.windows {
            for (part, records) in records.chunks(MOST).enumerate() {
                let time = Time::from_millis(end);
                let date = time.to_string();
                let day: Vec<&str> = date.split('T').next().unwrap_or_default().split('-').collect();
                let minute = time.basic();
                let minute = minute.get(..13).unwrap_or_default();
                let text = ["{\"Records\":[", &records.join(","), "]}"].concat();
                let folder = ["AWSLogs", &account, "CloudTrail", &region, &day.join("/")].join("/");
                let unique = unique(&[&account, &region, minute, &part.to_string(), &text]);
                let name = format!("{folder}/{account}_CloudTrail_{region}_{minute}Z_{unique}.json.gz");
                files.push(TrailFile { name, text, records: records.len() });
            }
        }
        files
    }
}

/// The sixteen letters and digits at the end of a name: they follow from what is in the file, so that a file that is
/// written again has the same name.
fn unique(parts: &[&str]) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    let digest: [u8; 32] = digest.finalize().into();
    digest.iter().take(16).map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()
}

/// One record a line, in the order of time and then of their ids.
pub(crate) fn lines(records: Vec<(Time, Option<String>, String)>) -> String {
    let mut text = String::new();
    for (_, _, record) in sorted(records, Ord::cmp) {
        text.push_str(&record);
        text.push('\n');
    }
    text
}
