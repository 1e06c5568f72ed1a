//! The module that is loaded first.

use std::collections::BTreeMap;

use walrus::{
    ConstExpr, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalId, LocalFunction, Module, TableId,
    ValType,
    ir::{UnaryOp, Value},
    passes,
};

use super::{Item, Number, Shared, graph::Graph, said};

/// The export that has the rest loaded.
const NEED: &str = "needRest";

/// Puts doors in the place of the functions of the rest, and exports what the rest imports.
pub(super) fn module(
    mut module: Module,
    graph: &Graph,
    doors: &BTreeMap<Number, usize>,
    shared: &Shared,
    name: &str,
) -> Result<Module, String> {
    let table = table(&module, graph.table)?;
    let need = module.exports.get_func(NEED).map_err(said)?;
    let loaded = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    let ensure = ensure(&mut module, loaded, need);
    let moved: Vec<_> =
        module.funcs.iter().filter_map(|function| Some((function.id(), *doors.get(&function.id().index())?))).collect();
    for (id, slot) in moved {
        let door = door(&mut module, id, slot, table, ensure)?;
        module.funcs.get_mut(id).kind = FunctionKind::Local(door);
    }
    let slots = doors.values().chain(graph.slots.keys()).max().map_or(0, |last| last + 1);
    grow(&mut module, table, slots)?;
    export(&mut module, shared)?;
    module.exports.add(name, loaded);
    passes::gc::run(&mut module);
    Ok(module)
}

fn table(module: &Module, number: Number) -> Result<TableId, String> {
    let found = module.tables.iter().map(walrus::Table::id).find(|id| id.index() == number);
    found.ok_or_else(|| "the table of functions is lost".to_owned())
}

/// A function that has the rest loaded, unless it is.
fn ensure(module: &mut Module, loaded: GlobalId, need: FunctionId) -> FunctionId {
    let mut ensure = FunctionBuilder::new(&mut module.types, &[], &[]);
    ensure.func_body().global_get(loaded).unop(UnaryOp::I32Eqz).if_else(
        None,
        |then| {
            then.call(need);
        },
        |_| {},
    );
    ensure.finish(Vec::new(), &mut module.funcs)
}

/// A function of the same type as another, which calls it in the rest.
fn door(
    module: &mut Module,
    id: FunctionId,
    slot: usize,
    table: TableId,
    ensure: FunctionId,
) -> Result<LocalFunction, String> {
    let ty = module.funcs.get(id).ty();
    let (params, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let arguments: Vec<_> = params.iter().map(|param| module.locals.add(*param)).collect();
    let mut door = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = door.func_body();
    body.call(ensure);
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(i32::try_from(slot).map_err(said)?).call_indirect(ty, table);
    Ok(door.local_func(arguments))
}

fn grow(module: &mut Module, table: TableId, slots: usize) -> Result<(), String> {
    let table = module.tables.get_mut(table);
    let slots = u64::try_from(slots).map_err(said)?;
    table.initial = table.initial.max(slots);
    table.maximum = table.maximum.map(|most| most.max(slots));
    Ok(())
}

fn export(module: &mut Module, shared: &Shared) -> Result<(), String> {
    let items: BTreeMap<_, ExportItem> = items(module);
    for (name, item) in shared {
        let exported = *items.get(item).ok_or_else(|| format!("the first module lacks what the rest calls {name}"))?;
        module.exports.add(name, exported);
    }
    Ok(())
}

/// What a module has, by number.
fn items(module: &Module) -> BTreeMap<Item, ExportItem> {
    let functions = module.funcs.iter().map(|of| (Item::Function(of.id().index()), of.id().into()));
    let tables = module.tables.iter().map(|of| (Item::Table(of.id().index()), of.id().into()));
    let memories = module.memories.iter().map(|of| (Item::Memory(of.id().index()), of.id().into()));
    let globals = module.globals.iter().map(|of| (Item::Global(of.id().index()), of.id().into()));
    functions.chain(tables).chain(memories).chain(globals).collect()
}
