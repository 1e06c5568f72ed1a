//! The schema of our own for records: `vectors/cloudtrail-record.schema.json`, for whoever wants to check records.

use std::sync::OnceLock;

use serde_json::Value as Json;

use crate::json_schema;

const TEXT: &str = include_str!("../../vectors/cloudtrail-record.schema.json");

/// What is wrong with a record; nothing if it is as the schema says.
pub(crate) fn faults(record: &Json) -> Vec<String> {
    static ROOT: OnceLock<Json> = OnceLock::new();
    let root = ROOT.get_or_init(|| serde_json::from_str(TEXT).expect("the schema is JSON"));
    json_schema::faults(root, root, record)
}
