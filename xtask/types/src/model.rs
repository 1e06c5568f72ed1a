//! The named types behind the operations, gathered once and sorted by name.

use std::collections::{BTreeMap, BTreeSet};

use pocket_kms::{
    operations::{Operation, TABLE},
    wire::{Member, Table},
};

/// The input of the printers.
pub(crate) struct Model {
    /// The operations, sorted by name.
    pub(crate) operations: &'static [Operation],
    /// The enumerations by name, with their values.
    pub(crate) choices: BTreeMap<&'static str, &'static [&'static str]>,
    /// The structures by name, with their members.
    pub(crate) structures: BTreeMap<&'static str, &'static [Member]>,
    /// The structures that requests contain.
    sent: BTreeSet<&'static str>,
}

impl Model {
    /// The model of the core's tables.
    pub(crate) fn of_the_core() -> Self {
        let mut model =
            Self { operations: TABLE, choices: BTreeMap::new(), structures: BTreeMap::new(), sent: BTreeSet::new() };
        for operation in TABLE {
            model.gather(operation.input, true);
            operation.output.into_iter().for_each(|output| model.gather(output, false));
        }
        model
    }

    /// Whether requests contain the structure, so that callers write its members.
    pub(crate) fn is_sent(&self, structure: &str) -> bool {
        self.sent.contains(structure)
    }

    /// No type of the API contains itself.
    fn gather(&mut self, table: &'static Table, sent: bool) {
        match table {
            Table::Choice { name, values, .. } => {
                self.choices.insert(name, values);
            }
            Table::List { of, .. } => self.gather(of, sent),
            Table::Structure { name, members } => {
                self.structures.insert(name, members);
                if sent {
                    self.sent.insert(name);
                }
                members.iter().for_each(|member| self.gather(member.table, sent));
            }
            _ => {}
        }
    }
}
