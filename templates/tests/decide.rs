//! Every folder of `tests/templates` decides as its author meant, and does so again once it was written and read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pocket_kms::{Value, World, wire};
use pocket_kms_templates::{
    Options, call,
    export::{Format, export},
};

mod shared;

use shared::{NOW, decisions, load};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/templates");
    let entries = fs::read_dir(root).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("decides.yaml").exists()).collect();
    folders.sort();
    folders
}

/// The files of a folder, by their names in it.
fn files(folder: &Path, front: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{front}{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            files(&path, &format!("{name}/"), found);
        } else if !["decides.yaml", "options.json"].contains(&name.as_str()) {
            found.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
}

/// Lets a world be asked what the file asserts.
fn check(world: &World, names: &Value, options: &Options, folder: &Path) -> Result<(), String> {
    let text = fs::read_to_string(folder.join("decides.yaml")).expect("text");
    let input = Value::from([
        ("name", Value::from("decides.yaml")),
        ("text", Value::from(text)),
        ("inventory", world.inventory(NOW)),
        ("names", names.clone()),
        ("account", Value::from(options.account.as_str())),
        ("region", Value::from(options.region.as_str())),
    ]);
    let asked = call("questions", &input).map_err(|failure| failure.to_string())?;
    let Some(Value::List(questions)) = asked.member("questions") else { panic!("{asked:?}") };
    assert!(!questions.is_empty(), "{} asserts nothing", folder.display());
    let answer = |question: &Value| {
        world.ask(question, NOW).unwrap_or_else(|error| Value::from([("error", Value::from(error.to_string()))]))
    };
    let answers = questions.iter().map(answer).collect();
    let input =
        Value::from([("state", asked.member("state").cloned().expect("a state")), ("answers", Value::List(answers))]);
    let report = call("report", &input).expect("a report");
    let text = report.member("text").and_then(Value::as_text).unwrap_or_default();
    if report.member("passed") == Some(&Value::Bool(true)) { Ok(()) } else { Err(text.to_owned()) }
}

fn options(folder: &Path) -> Options {
    match fs::read(folder.join("options.json")) {
        Ok(text) => Options::from_value(&wire::from_json(&text).expect("JSON")).expect("options"),
        Err(_) => Options::default(),
    }
}

#[test]
fn every_template_decides_as_its_author_meant() {
    let folders = folders();
    assert!(folders.len() >= 25, "{} templates", folders.len());
    let mut failures = String::new();
    for folder in folders {
        let mut found = Vec::new();
        files(&folder, "", &mut found);
        let options = options(&folder);
        let checked = load(&found, &options).and_then(|(world, names)| check(&world, &names, &options, &folder));
        failures += &checked.err().map(|failure| format!("{}: {failure}\n", folder.display())).unwrap_or_default();
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn what_is_written_and_read_again_decides_the_same() {
    let mut failures = String::new();
    for folder in folders() {
        let mut found = Vec::new();
        files(&folder, "", &mut found);
        let options = options(&folder);
        let Ok((world, _)) = load(&found, &options) else { continue };
        for format in [Format::CloudFormation, Format::Terraform] {
            let written = export(&world.inventory(NOW), format).expect("an export");
            if written
                .left_out
                .iter()
                .any(|(_, why)| why.contains("a grant") || why.contains("the grants") || why.contains("organization"))
            {
                continue;
            }
            let again = load(&written.files, &options).and_then(|(again, names)| {
                let (one, other) = (decisions(&world), decisions(&again));
                let differs =
                    one.iter().find(|told| !other.contains(told)).or(other.iter().find(|told| !one.contains(told)));
                differs.map_or(Ok(()), |told| Err(format!("not on both sides: {told}")))?;
                check(&again, &names, &options, &folder)
            });
            let failure = again.err().map(|failure| format!("{} as {format:?}: {failure}\n", folder.display()));
            failures += &failure.unwrap_or_default();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
