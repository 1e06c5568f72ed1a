//! Which functions call which, and which of them are the rest.

use std::collections::{BTreeMap, BTreeSet};

use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, Module, TableId,
    ir::{Call, Value, Visitor, dfs_in_order},
};

use super::{Number, said};

/// A function that is no longer than its door is better left where it is.
const DOOR: usize = 24;
/// A function of the first module that is so short stands in the rest as well, instead of being called there.
const COPIED: usize = 160;

pub(super) struct Graph {
    functions: Vec<Function>,
    /// The slots of the table of functions that are taken.
    pub(super) slots: BTreeMap<usize, Number>,
    /// Who is called from outside: by the host, or when the module starts.
    entries: BTreeSet<Number>,
    /// The table of functions.
    pub(super) table: Number,
}

struct Function {
    name: String,
    /// In bytes; 0 of what is imported.
    size: usize,
    calls: BTreeSet<Number>,
}

impl Graph {
    pub(super) fn of(module: &Module) -> Result<Graph, String> {
        let table = module.tables.main_function_table().map_err(said)?.ok_or("the module has no table of functions")?;
        let mut functions: Vec<_> = module
            .funcs
            .iter()
            .map(|function| Function {
                name: function.name.clone().unwrap_or_default(),
                size: 0,
                calls: BTreeSet::new(),
            })
            .collect();
        for (id, local) in module.funcs.iter_local() {
            let mut called = Called(BTreeSet::new());
            dfs_in_order(&mut called, local, local.entry_block());
            let function = functions.get_mut(id.index()).ok_or("the functions of the module have gaps")?;
            function.calls = called.0;
            function.size = local.original_range.as_ref().map_or(0, ExactSizeIterator::len);
        }
        let exported = module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        });
        let entries = exported.chain(module.start).map(|function| function.index()).collect();
        Ok(Graph { functions, slots: slots(module, table)?, entries, table: table.index() })
    }

    fn is_here(&self, number: Number) -> bool {
        self.functions[number].size > 0
    }

    fn here(&self) -> impl Iterator<Item = Number> {
        (0..self.functions.len()).filter(|number| self.is_here(*number))
    }

    /// The functions of the rest: all but those that are named, and short ones that lead nowhere else.
    pub(super) fn rest(&self, first: &BTreeSet<String>) -> BTreeSet<Number> {
        let mut rest: BTreeSet<_> =
            self.here().filter(|number| !first.contains(&self.functions[*number].name)).collect();
        loop {
            let stays = |number: &Number| {
                let function = &self.functions[*number];
                function.size <= DOOR && function.calls.is_disjoint(&rest)
            };
            let staying: Vec<_> = rest.iter().copied().filter(stays).collect();
            if staying.is_empty() {
                return rest;
            }
            rest.retain(|number| !staying.contains(number));
        }
    }

    /// The functions of the rest that others call, each with its slot: the one that it has, or a new one.
    pub(super) fn doors(&self, rest: &BTreeSet<Number>) -> BTreeMap<Number, usize> {
        let mut outside = self.entries.clone();
        outside.extend(self.slots.values());
        outside.extend(
            self.here().filter(|caller| !rest.contains(caller)).flat_map(|caller| &self.functions[caller].calls),
        );
        let mut doors: BTreeMap<_, _> = self.slots.iter().map(|(slot, function)| (*function, *slot)).collect();
        doors.retain(|function, _| rest.contains(function));
        let taken = self.slots.last_key_value().map_or(0, |(slot, _)| *slot);
        let without: Vec<_> =
            outside.intersection(rest).copied().filter(|function| !doors.contains_key(function)).collect();
        doors.extend(without.into_iter().zip(taken + 1..));
        doors
    }

    /// The functions of the first module that the rest calls there: all that it calls but those that it has copies of.
    pub(super) fn called_in_first(&self, rest: &BTreeSet<Number>) -> BTreeSet<Number> {
        let (mut called, mut copied) = (BTreeSet::new(), BTreeSet::new());
        let mut open: Vec<_> = rest.iter().flat_map(|caller| &self.functions[*caller].calls).copied().collect();
        while let Some(number) = open.pop() {
            if rest.contains(&number) {
                continue;
            }
            let short = self.is_here(number) && self.functions[number].size <= COPIED;
            if !short {
                called.insert(number);
            } else if copied.insert(number) {
                open.extend(&self.functions[number].calls);
            }
        }
        called
    }
}

struct Called(BTreeSet<Number>);

impl Visitor<'_> for Called {
    fn visit_call(&mut self, call: &Call) {
        self.0.insert(call.func.index());
    }
}

/// What stands in a table of functions.
fn slots(module: &Module, table: TableId) -> Result<BTreeMap<usize, Number>, String> {
    let mut slots = BTreeMap::new();
    for element in module.elements.iter() {
        match (&element.kind, &element.items) {
            (ElementKind::Declared, _) => {}
            (
                ElementKind::Active { table: of, offset: ConstExpr::Value(Value::I32(offset)) },
                ElementItems::Functions(functions),
            ) if *of == table => {
                let offset = usize::try_from(*offset).map_err(said)?;
                slots.extend(functions.iter().enumerate().map(|(at, function)| (offset + at, function.index())));
            }
            _ => return Err("elements of the module are not a list of functions at a known place".to_owned()),
        }
    }
    Ok(slots)
}
