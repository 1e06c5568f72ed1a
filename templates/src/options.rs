//! What a host says of files beside their text.

use std::collections::BTreeMap;

use pocket_kms::{Value, order};

use crate::{problem::Problem, scene::At};

/// How files are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The account in which everything stands for which no file says another one.
    pub account: String,
    /// The Region of the same.
    pub region: String,
    /// The name of the stack, from which names follow that CloudFormation would make up.
    pub stack_name: String,
    /// Values of the template's parameters, by their names.
    pub parameters: BTreeMap<String, Value>,
    /// What other stacks export, by its names.
    pub imports: BTreeMap<String, String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            account: pocket_kms::world::DEFAULT_ACCOUNT.to_owned(),
            region: "us-east-1".to_owned(),
            stack_name: "stack".to_owned(),
            parameters: BTreeMap::new(),
            imports: BTreeMap::new(),
        }
    }
}

impl Options {
    /// Reads options from a value with the members `account`, `region`, `stackName`, `parameters` and `imports`, each of which
    /// may be missing.
    ///
    /// # Errors
    /// [`Problem`] where a member is not what it should be, or is not known.
    pub fn from_value(value: &Value) -> Result<Self, Problem> {
        let mut options = Self::default();
        let wrong = |sentence: String| Problem::of("options", sentence);
        let members = match value {
            Value::Null => return Ok(options),
            Value::Map(members) => members,
            _ => return Err(wrong("the options are a structure".to_owned())),
        };
        for (name, value) in members {
            let text = || value.as_text().map(str::to_owned).ok_or_else(|| wrong(format!("{name} is a text")));
            match (&**name, value) {
                (_, Value::Null) => {}
                ("account", _) => options.account = text()?,
                ("region", _) => options.region = text()?,
                ("stackName", _) => options.stack_name = text()?,
                ("parameters", Value::Map(members)) => {
                    options.parameters =
                        order::map(members.iter().map(|(name, value)| (name.to_string(), value.clone())));
                }
                ("imports", Value::Map(members)) => {
                    for (name, value) in members {
                        let value = value.as_text().ok_or_else(|| wrong(format!("the import {name} is a text")))?;
                        options.imports.insert(name.to_string(), value.to_owned());
                    }
                }
                ("parameters" | "imports", _) => return Err(wrong(format!("{name} is a structure"))),
                _ => {
                    let known = "account, region, stackName, parameters and imports";
                    return Err(wrong(format!("there is no option {name:.100}: there are {known}")));
                }
            }
        }
        options.at().map(|_| options).map_err(wrong)
    }

    /// Where everything stands for which no file says another place.
    pub(crate) fn at(&self) -> Result<At, String> {
        At::of(&self.account, &self.region)
    }
}

impl At {
    /// An account and a Region.
    ///
    /// # Errors
    /// A sentence where one of them is not one.
    pub(crate) fn of(account: &str, region: &str) -> Result<Self, String> {
        let read = pocket_kms::Region::parse(region).ok_or_else(|| format!("{region:.100} is not a Region"))?;
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("{account:.100} is not an account: an account is twelve digits"));
        }
        let partition = read.partition().as_str().to_owned();
        Ok(Self { partition, account: account.to_owned(), region: region.to_owned() })
    }
}
