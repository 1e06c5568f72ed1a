//! Makes a module for engines that know wide arithmetic of one for all engines.
//!
//! The compiler can do that, too, but LLVM 22 gets some of it wrong: of `i64::saturating_mul` it makes code that reads the
//! upper half of a product before there is one. Without the feature it calls a function for each product of 128 bits, which
//! writes it to memory. Here the instruction takes the place of each such call, and what is read of the product right after
//! it is not read from memory. Nothing else differs between the two modules.

use walrus::{
    FunctionId, FunctionKind, LocalId, MemoryId, Module, ModuleLocals, ValType,
    ir::{
        BinaryOp, Binop, Call, Const, I64MulWideU, Instr, InstrLocId, InstrSeq, Load, LoadKind, LocalGet, LocalSet,
        MemArg, Store, StoreKind, Value, VisitorMut, dfs_pre_order_mut,
    },
};

/// What the compiler calls: the address of the product, then both factors, of each its lower half first.
const PRODUCT: &str = "__multi3";
/// How many halves of factors are on the stack above the address.
const HALVES: usize = 4;

/// The module in which products are instructions.
pub(crate) fn widened(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut module = Module::from_buffer(bytes).map_err(|error| error.to_string())?;
    let product = module.funcs.by_name(PRODUCT).ok_or_else(|| format!("the module has no function {PRODUCT}"))?;
    let memory = module.get_memory_id().map_err(|error| error.to_string())?;
    let operands = Operands::new(&mut module.locals);
    let mut widening = Widening { product, memory, locals: &mut module.locals, operands, calls: 0 };
    for function in module.funcs.iter_mut().filter(|function| function.id() != product) {
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        // A local counts in the functions alone that use it.
        let entry = local.entry_block();
        dfs_pre_order_mut(&mut widening, local, entry);
    }
    if widening.calls == 0 {
        return Err(format!("nothing in the module calls {PRODUCT}"));
    }
    Ok(module.emit_wasm())
}

/// Where the operands of a product are kept.
#[derive(Clone, Copy)]
struct Operands {
    to: LocalId,
    factors: [[LocalId; 2]; 2],
}

impl Operands {
    fn new(locals: &mut ModuleLocals) -> Self {
        let to = locals.add(ValType::I32);
        let mut two = || [locals.add(ValType::I64), locals.add(ValType::I64)];
        Self { to, factors: [two(), two()] }
    }
}

/// A place in memory: this many bytes behind the address in a local.
type Place = (LocalId, u64);

/// Puts the instruction in the place of the calls.
struct Widening<'m> {
    product: FunctionId,
    memory: MemoryId,
    locals: &'m mut ModuleLocals,
    operands: Operands,
    calls: usize,
}

impl VisitorMut for Widening<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        let is_product = |(instruction, _): &(Instr, InstrLocId)| self.is_product(instruction);
        if !sequence.instrs.iter().any(is_product) {
            return;
        }
        let mut written = Written { instructions: Vec::new(), known: Vec::new() };
        for (instruction, line) in std::mem::take(&mut sequence.instrs) {
            if self.is_product(&instruction) {
                self.calls += 1;
                let halves = [self.locals.add(ValType::I64), self.locals.add(ValType::I64)];
                written.product(multiplied(self.operands, halves, self.memory), halves, line);
            } else {
                written.other(instruction, line);
            }
        }
        sequence.instrs = written.instructions;
    }
}

impl Widening<'_> {
    fn is_product(&self, instruction: &Instr) -> bool {
        matches!(instruction, Instr::Call(Call { func }) if *func == self.product)
    }
}

/// The instructions of a sequence, as far as they are written.
struct Written {
    instructions: Vec<(Instr, InstrLocId)>,
    /// The places at which halves of products stand, and the locals that have them as well.
    known: Vec<(Place, LocalId)>,
}

impl Written {
    fn product(&mut self, product: Vec<Instr>, halves: [LocalId; 2], line: InstrLocId) {
        let place = self.place();
        self.instructions.extend(product.into_iter().map(|instruction| (instruction, line)));
        // What it has overwritten is not known any more; where it was written to, nobody knows without a place.
        match place {
            None => self.known.clear(),
            Some((base, offset)) => {
                self.known.retain(|((other, at), _)| *other == base && at.abs_diff(offset + 4) >= 12);
                self.known.extend([((base, offset), halves[0]), ((base, offset + 8), halves[1])]);
            }
        }
    }

    fn other(&mut self, instruction: Instr, line: InstrLocId) {
        if let Some(half) = self.half(&instruction) {
            self.instructions.pop();
            self.instructions.push((Instr::LocalGet(LocalGet { local: half }), line));
            return;
        }
        match (&instruction, arity(&instruction)) {
            // Whoever else writes to memory, or could, may write to these places.
            (Instr::Store(_), _) | (_, None) => self.known.clear(),
            (Instr::LocalSet(LocalSet { local }), _) => self.forget(*local),
            (Instr::LocalTee(tee), _) => self.forget(tee.local),
            _ => {}
        }
        self.instructions.push((instruction, line));
    }

    fn forget(&mut self, base: LocalId) {
        self.known.retain(|((other, _), _)| *other != base);
    }

    /// The local that has what an instruction reads from memory.
    fn half(&self, instruction: &Instr) -> Option<LocalId> {
        let Instr::Load(Load { kind: LoadKind::I64 { atomic: false }, arg, .. }) = instruction else { return None };
        let (Instr::LocalGet(LocalGet { local }), _) = self.instructions.last()? else { return None };
        self.known.iter().find(|(place, _)| *place == (*local, arg.offset)).map(|(_, half)| *half)
    }

    /// Where a product will be written whose operands are on the stack, if that is a place.
    fn place(&self) -> Option<Place> {
        let (mut missing, mut at) = (HALVES, self.instructions.len());
        while missing > 0 {
            at = at.checked_sub(1)?;
            let (taken, given) = arity(&self.instructions.get(at)?.0)?;
            missing = missing.checked_sub(given)? + taken;
        }
        let (before, halves) = self.instructions.split_at(at);
        let (base, offset) = match before {
            [
                ..,
                (Instr::LocalGet(base), _),
                (Instr::Const(Const { value: Value::I32(offset) }), _),
                (Instr::Binop(Binop { op: BinaryOp::I32Add }), _),
            ] => (base.local, u64::try_from(*offset).ok()?),
            [.., (Instr::LocalGet(base), _)] => (base.local, 0),
            _ => return None,
        };
        let moves = |instruction: &Instr| match instruction {
            Instr::LocalSet(set) => set.local == base,
            Instr::LocalTee(tee) => tee.local == base,
            _ => false,
        };
        (!halves.iter().any(|(instruction, _)| moves(instruction))).then_some((base, offset))
    }
}

/// How many values an instruction takes from the stack, and how many it gives; `None` of one that does more than that.
fn arity(instruction: &Instr) -> Option<(usize, usize)> {
    Some(match instruction {
        Instr::LocalGet(_) | Instr::GlobalGet(_) | Instr::Const(_) => (0, 1),
        Instr::LocalSet(_) | Instr::Drop(_) => (1, 0),
        Instr::LocalTee(_) | Instr::Unop(_) | Instr::Load(_) => (1, 1),
        Instr::Binop(_) => (2, 1),
        Instr::Store(_) => (2, 0),
        Instr::Select(_) => (3, 1),
        Instr::I64MulWideU(_) => (2, 2),
        _ => return None,
    })
}

/// The product of the operands on the stack, in the locals of its halves and in memory: that of the lower halves is wide; of
/// each lower half with the other upper one, only the lower half counts. It is the same for factors with a sign and without.
fn multiplied(operands: Operands, [lower, upper]: [LocalId; 2], memory: MemoryId) -> Vec<Instr> {
    let Operands { to, factors: [[a, upper_a], [b, upper_b]] } = operands;
    let get = |local| Instr::LocalGet(LocalGet { local });
    let set = |local| Instr::LocalSet(LocalSet { local });
    let binary = |op| Instr::Binop(Binop { op });
    let store = |offset| {
        let (kind, arg) = (StoreKind::I64 { atomic: false }, MemArg { align: 8, offset });
        Instr::Store(Store { memory, kind, arg })
    };
    let mut instructions: Vec<Instr> = [upper_b, b, upper_a, a, to].map(set).into();
    instructions.extend([get(a), get(b), Instr::I64MulWideU(I64MulWideU {}), set(upper), set(lower)]);
    instructions.push(get(upper));
    for (one, other) in [(a, upper_b), (upper_a, b)] {
        instructions.extend([get(one), get(other), binary(BinaryOp::I64Mul), binary(BinaryOp::I64Add)]);
    }
    instructions.push(set(upper));
    instructions.extend([get(to), get(lower), store(0), get(to), get(upper), store(8)]);
    instructions
}
