//! The way out: what a world has, as infrastructure code.

mod cli;
mod cloudformation;
mod documents;
mod inventory;
mod terraform;

use pocket_kms::Value;

use inventory::Inventory;

/// A format of infrastructure code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Templates of CloudFormation, one for each account and Region, and a manifest that says which is which.
    CloudFormation,
    /// A configuration of Terraform, in JSON.
    Terraform,
    /// A script of commands of the AWS CLI.
    Cli,
}

impl Format {
    /// The format of this name: `cloudformation`, `terraform` or `cli`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "cloudformation" => Some(Self::CloudFormation),
            "terraform" => Some(Self::Terraform),
            "cli" => Some(Self::Cli),
            _ => None,
        }
    }
}

/// Files of infrastructure code, and what is not in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Export {
    /// The files: their names and texts.
    pub files: Vec<(String, String)>,
    /// What the format cannot say: what it is, and why.
    pub left_out: Vec<(String, String)>,
}

/// Writes what [`World::inventory`](pocket_kms::World::inventory) tells.
///
/// Of a key or a principal that says `exists`, only what is new is written: the policy and the grants of the key, the
/// policies of the principal. The least privilege of somebody is such an inventory.
///
/// # Errors
/// A sentence where it is not an inventory, or is one of a later version.
pub fn export(inventory: &Value, format: Format) -> Result<Export, String> {
    let inventory = Inventory::read(inventory)?;
    let mut export = Export::default();
    inventory.leave_out(&mut export);
    match format {
        Format::CloudFormation => cloudformation::write(&inventory, &mut export),
        Format::Terraform => terraform::write(&inventory, &mut export),
        Format::Cli => cli::write(&inventory, &mut export),
    }
    Ok(export)
}

impl Export {
    fn leave_out(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.left_out.push((what.into(), why.into()));
    }

    /// The export as a value: `files` (of `name` and `text`) and `leftOut` (of `path` and `why`).
    pub fn to_value(&self) -> Value {
        let pairs = |pairs: &[(String, String)], names: [&'static str; 2]| {
            let pair = |(one, other): &(String, String)| {
                Value::from([(names[0], Value::from(one.as_str())), (names[1], Value::from(other.as_str()))])
            };
            Value::List(pairs.iter().map(pair).collect())
        };
        Value::from([
            ("files", pairs(&self.files, ["name", "text"])),
            ("leftOut", pairs(&self.left_out, ["path", "why"])),
        ])
    }
}

/// JSON text on many lines.
fn pretty(value: &Value) -> String {
    let text = pocket_kms::wire::to_json(value);
    let (mut pretty, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    let text = String::from_utf8(text).unwrap_or_default();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if quoted {
            pretty.push(character);
            quoted = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        let line = |depth: usize, pretty: &mut String| {
            pretty.push('\n');
            pretty.extend(std::iter::repeat_n("  ", depth));
        };
        match character {
            '{' | '[' => {
                pretty.push(character);
                if let Some(end) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    pretty.push(end);
                } else {
                    depth += 1;
                    line(depth, &mut pretty);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(depth, &mut pretty);
                pretty.push(character);
            }
            ',' => {
                pretty.push(',');
                line(depth, &mut pretty);
            }
            ':' => pretty.push_str(": "),
            other => {
                quoted = other == '"';
                pretty.push(other);
            }
        }
    }
    pretty.push('\n');
    pretty
}
