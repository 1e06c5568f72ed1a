//! Files as documents: YAML and JSON, with the place of every value.

mod json;
mod node;
mod scalars;
mod yaml;

pub(crate) use node::{Content, Member, Node};
pub(crate) use scalars::fraction;

use crate::problem::Problem;

/// The longest file that is read, in bytes. CloudFormation reads templates of a MiB; a Terraform plan of some thousand
/// resources is shorter than this.
pub const LONGEST_FILE: usize = 16 << 20;

/// The most values of a document, aliases counted as what they stand for.
const MOST_NODES: usize = 1_000_000;

/// The most characters of all texts of a document, aliases counted as what they stand for.
const MOST_TEXT: usize = 4 * LONGEST_FILE;

/// The deepest nesting that is read: a policy in a resource of a template has twenty levels.
const DEEPEST: usize = 100;

/// Reads a file. What begins with a brace or a bracket and is not named `.yaml` or `.yml` is JSON.
pub(crate) fn read(file: &str, text: &str) -> Result<Node, Problem> {
    if text.len() > LONGEST_FILE {
        let (length, most) = (text.len(), LONGEST_FILE >> 20);
        return Err(Problem::of(file, format!("the file has {length} bytes: files of at most {most} MiB are read")));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_yaml = [".yaml", ".yml"].iter().any(|end| file.ends_with(end));
    if !is_yaml && text.trim_start().starts_with(['{', '[']) { json::read(file, text) } else { yaml::read(file, text) }
}
