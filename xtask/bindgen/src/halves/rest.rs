//! The module that is loaded when a call needs it.

use std::collections::{BTreeMap, BTreeSet};

use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalKind, ImportedFunction,
    Module, ValType, ir::Value, passes,
};

use super::{Item, Number, Shared, graph::Graph, said};

/// By this name the rest imports from the first module.
const FIRST: &str = "first";

/// The functions of the rest, and what they import.
pub(super) fn module(
    mut module: Module,
    graph: &Graph,
    moved: &BTreeSet<Number>,
    doors: &BTreeMap<Number, usize>,
    loaded: &str,
) -> Result<(Module, Shared), String> {
    clear(&mut module);
    let mut shared = functions(&mut module, &graph.called_in_first(moved));
    shared.extend(state(&mut module));
    fill(&mut module, graph.table, doors)?;
    start(&mut module, loaded);
    passes::gc::run(&mut module);
    let used: BTreeSet<_> = module.imports.iter().map(|import| import.name.clone()).collect();
    shared.retain(|(name, _)| used.contains(name));
    Ok((module, shared))
}

/// Removes what the first module keeps: its exports, its data and its elements.
fn clear(module: &mut Module) {
    for export in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    for data in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(data);
    }
    for memory in module.memories.iter_mut() {
        memory.data_segments.clear();
    }
    for element in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        module.elements.delete(element);
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
    }
    module.start = None;
}

/// Imports functions of the first module, among them those that it imports itself.
fn functions(module: &mut Module, called: &BTreeSet<Number>) -> Shared {
    let ids: Vec<_> = module.funcs.iter().map(walrus::Function::id).filter(|id| called.contains(&id.index())).collect();
    let import = |(at, id): (usize, FunctionId)| {
        let name = at.to_string();
        let import = module.imports.add(FIRST, &name, id);
        let function = module.funcs.get_mut(id);
        let ty = function.ty();
        if let FunctionKind::Import(from_host) = &function.kind {
            module.imports.delete(from_host.import);
        }
        function.kind = FunctionKind::Import(ImportedFunction { import, ty });
        (name, Item::Function(id.index()))
    };
    ids.into_iter().enumerate().map(import).collect()
}

/// Imports all tables, memories and globals.
fn state(module: &mut Module) -> Shared {
    let mut shared = Shared::new();
    for table in module.tables.iter_mut() {
        let name = format!("table{}", table.id().index());
        table.import = Some(module.imports.add(FIRST, &name, table.id()));
        // That of the first module has grown.
        table.maximum = None;
        shared.push((name, Item::Table(table.id().index())));
    }
    for memory in module.memories.iter_mut() {
        let name = format!("memory{}", memory.id().index());
        memory.import = Some(module.imports.add(FIRST, &name, memory.id()));
        shared.push((name, Item::Memory(memory.id().index())));
    }
    let globals: Vec<_> = module.globals.iter().map(|global| (global.id(), global.mutable)).collect();
    for (id, mutable) in globals {
        // The host keeps the variables, so that it can undo a call.
        let name = format!("{}{}", if mutable { "variable" } else { "constant" }, id.index());
        module.globals.get_mut(id).kind = GlobalKind::Import(module.imports.add(FIRST, &name, id));
        shared.push((name, Item::Global(id.index())));
    }
    shared
}

/// Writes the functions into their slots.
fn fill(module: &mut Module, table: Number, doors: &BTreeMap<Number, usize>) -> Result<(), String> {
    let table = module.tables.iter().map(walrus::Table::id).find(|id| id.index() == table);
    let table = table.ok_or("the rest has lost the table of functions")?;
    let functions = module.funcs.iter().map(walrus::Function::id);
    let by_slot: BTreeMap<_, _> = functions.filter_map(|id| Some((*doors.get(&id.index())?, id))).collect();
    let mut runs: Vec<(usize, Vec<FunctionId>)> = Vec::new();
    for (slot, function) in by_slot {
        match runs.last_mut() {
            Some((begin, run)) if *begin + run.len() == slot => run.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    for (begin, run) in runs {
        let offset = ConstExpr::Value(Value::I32(i32::try_from(begin).map_err(said)?));
        let kind = ElementKind::Active { table, offset };
        let element = module.elements.add(kind, ElementItems::Functions(run));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
    Ok(())
}

/// Says that the rest is there as the last of its instantiation.
fn start(module: &mut Module, loaded: &str) {
    let (loaded, _) = module.add_import_global(FIRST, loaded, ValType::I32, true, false);
    let mut start = FunctionBuilder::new(&mut module.types, &[], &[]);
    start.func_body().i32_const(1).global_set(loaded);
    module.start = Some(start.finish(Vec::new(), &mut module.funcs));
}
