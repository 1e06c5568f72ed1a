//! The fuzz target of templates: whatever the files, reading ends, and what is read can be tried.

use pocket_kms::{CryptoProvider, Options, Time, Value, World};
use pocket_kms_templates::{
    File, Options as Reading, call,
    export::{Format, export},
    read,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);

/// Files of infrastructure: the first line is the name of the file, which says what it is, the rest its text. What is read
/// is performed, written in every format, and read again. A file of assertions is read for what it asks.
///
/// # Panics
/// When it has found something.
pub fn template(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((name, text)) = text.split_once('\n') else { return };
    if name == "assertions.yaml" {
        return assertions(text);
    }
    let mut files = vec![File { name, text }];
    if name == "manifest.json" {
        // The manifest names templates: they are its own text.
        files.push(File { name: "a.template.json", text });
    }
    let plan = match read(&files, &Reading::default()) {
        Ok(plan) => plan,
        Err(problem) => {
            return assert!(!problem.sentence.is_empty() && problem.to_string().len() < 10_000, "{problem}");
        }
    };
    let options = Options { now: Some(NOW), insecure_key_pool: true, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [7; 32]);
    if world.perform(&plan.recipe, NOW).is_err() {
        assert!(world.changes(0).entries.is_empty(), "something is half loaded");
        return;
    }
    let inventory = world.inventory(NOW);
    for format in [Format::CloudFormation, Format::Terraform, Format::Cli] {
        let written = export(&inventory, format).expect("an inventory is written");
        if format != Format::Cli {
            let files: Vec<File<'_>> = written.files.iter().map(|(name, text)| File { name, text }).collect();
            let again = read(&files, &Reading::default());
            assert!(again.is_ok(), "what was written is not read: {again:?}");
        }
    }
}

fn assertions(text: &str) {
    let input =
        Value::from([("text", Value::from(text)), ("inventory", Value::from([("keys", Value::List(Vec::new()))]))]);
    if let Err(failure) = call("questions", &input) {
        assert!(!failure.to_string().is_empty());
    }
}
