//! The last steps: slots, prefix instructions, jump directions, heights, the handler table, and the profile's rules.

use super::graph::Graph;
use super::{FlowInstr, FlowOp, Loc, effects, jumps, nops, warm_up};
use crate::code::{Check, CodeRules, Handler, Instr, Op, Origin, SlotKind};
use crate::compile::constants::Constants;
use crate::source::{Flavour, Span};

use std::sync::Arc;

/// The variables of a code unit and how they lie in a frame.
pub(in crate::compile) struct Layout {
    pub varnames: Vec<Arc<str>>,
    pub cellvars: Vec<Arc<str>>,
    pub freevars: Vec<Arc<str>>,
    /// Locals that are hidden variables of inlined comprehensions.
    pub hidden: Vec<Arc<str>>,
    pub is_generator: bool,
    /// Location of the first line of the unit.
    pub first_loc: Loc,
}

/// What assembly produces.
pub(in crate::compile) struct Assembled {
    pub instrs: Vec<Instr>,
    pub cold_loops: Vec<bool>,
    pub spans: Vec<Option<Span>>,
    pub handlers: Vec<Handler>,
    pub stack_size: u32,
    pub localsplus: Vec<Arc<str>>,
    pub slot_kinds: Vec<SlotKind>,
}

/// Drops constants that no instruction loads, except the first (it may be the docstring).
pub(super) fn remove_unused_constants(graph: &mut Graph, consts: &mut Constants) {
    let mut used = vec![false; consts.len()];
    if let Some(first) = used.first_mut() {
        *first = true;
    }
    let loads = |instr: &FlowInstr| instr.is(Op::LoadConst) || instr.is(Op::ReturnConst);
    for id in graph.order() {
        for instr in graph.block(id).instrs.iter().filter(|instr| loads(instr)) {
            used[instr.arg as usize] = true;
        }
    }
    let renumbered = consts.retain(&used);
    for block in &mut graph.blocks {
        for instr in block.instrs.iter_mut().filter(|instr| loads(instr)) {
            instr.arg = renumbered[instr.arg as usize];
        }
    }
}

/// Lays out slots and turns the graph into final instructions.
pub(in crate::compile) fn assemble(
    mut graph: Graph,
    layout: &Layout,
    rules: &CodeRules,
    flavour: Flavour,
) -> Assembled {
    for instr in graph.blocks.iter_mut().flat_map(|block| &mut block.instrs) {
        if instr.op == FlowOp::StoreFastMaybeNull {
            instr.op = FlowOp::Real(Op::StoreFast);
        }
    }
    let stack_size = effects::compute_depths(&mut graph);
    for instr in graph.blocks.iter_mut().flat_map(|block| &mut block.instrs) {
        if instr.is_block_push() {
            instr.make_nop();
        } else if instr.op == FlowOp::LoadClosure {
            instr.op = FlowOp::Real(Op::LoadFast);
            instr.arg += CLOSURE_MARK;
        }
    }
    nops::remove_nops_and_jumps(&mut graph);
    let (cell_slots, localsplus, slot_kinds) = slots(layout);
    fix_cells(&mut graph, &cell_slots);
    insert_prefix(&mut graph, layout, &cell_slots);
    jumps::normalize(&mut graph);
    let mut assembled = Assembled {
        instrs: vec![],
        cold_loops: vec![],
        spans: vec![],
        handlers: vec![],
        stack_size,
        localsplus,
        slot_kinds,
    };
    emit(&graph, rules, flavour, &mut assembled);
    assembled
}

/// Added to the operand of a closure load between its conversion and `fix_cells`.
const CLOSURE_MARK: u32 = 1 << 30;

/// The slot of each cell and free variable, and the names and kinds of all slots.
fn slots(layout: &Layout) -> (Vec<u32>, Vec<Arc<str>>, Vec<SlotKind>) {
    let mut names = layout.varnames.clone();
    let mut kinds: Vec<SlotKind> = names
        .iter()
        .map(|name| if layout.hidden.contains(name) { SlotKind::Hidden } else { SlotKind::Local })
        .collect();
    let mut cell_slots = Vec::new();
    for name in &layout.cellvars {
        match layout.varnames.iter().position(|local| local == name) {
            Some(slot) => {
                kinds[slot] = SlotKind::LocalCell;
                cell_slots.push(slot as u32);
            }
            None => {
                cell_slots.push(names.len() as u32);
                names.push(name.clone());
                kinds.push(SlotKind::Cell);
            }
        }
    }
    for name in &layout.freevars {
        cell_slots.push(names.len() as u32);
        names.push(name.clone());
        kinds.push(SlotKind::Free);
    }
    (cell_slots, names, kinds)
}

/// Replaces indices into cells and free variables by slots.
fn fix_cells(graph: &mut Graph, cell_slots: &[u32]) {
    for instr in graph.blocks.iter_mut().flat_map(|block| &mut block.instrs) {
        match instr.op {
            FlowOp::Real(Op::MakeCell | Op::LoadDeref | Op::StoreDeref | Op::DeleteDeref | Op::LoadFromDictOrDeref) => {
                instr.arg = cell_slots[instr.arg as usize]
            }
            FlowOp::Real(Op::LoadFast) if instr.arg >= CLOSURE_MARK => {
                instr.arg = cell_slots[(instr.arg - CLOSURE_MARK) as usize];
            }
            _ => {}
        }
    }
}

/// COPY_FREE_VARS, MAKE_CELL and the start of a generator go before everything else.
fn insert_prefix(graph: &mut Graph, layout: &Layout, cell_slots: &[u32]) {
    let artefact = |op: Op, arg: u32, loc: Loc| FlowInstr::new(FlowOp::Real(op), arg, loc, Origin::Artefact);
    let mut prefix = Vec::new();
    if !layout.freevars.is_empty() {
        prefix.push(artefact(Op::CopyFreeVars, layout.freevars.len() as u32, Loc::NONE));
    }
    let mut cells = cell_slots[..layout.cellvars.len()].to_vec();
    cells.sort_unstable();
    prefix.extend(cells.into_iter().map(|slot| artefact(Op::MakeCell, slot, Loc::NONE)));
    if layout.is_generator {
        prefix.push(artefact(Op::ReturnGenerator, 0, layout.first_loc));
        prefix.push(artefact(Op::PopTop, 0, layout.first_loc));
    }
    graph.block_mut(0).instrs.splice(0..0, prefix);
}

/// Writes instructions, spans and handlers in block order.
fn emit(graph: &Graph, rules: &CodeRules, flavour: Flavour, out: &mut Assembled) {
    let order = graph.order();
    let mut starts = vec![0; graph.blocks.len()];
    let mut offset = 0;
    for &id in &order {
        starts[id as usize] = offset;
        offset += graph.block(id).instrs.len() as u32;
    }
    let flat: Vec<&FlowInstr> = order.iter().flat_map(|&id| &graph.block(id).instrs).collect();
    for (index, instr) in flat.iter().enumerate() {
        let FlowOp::Real(op) = instr.op else { unreachable!("pseudo-instruction {:?} survived", instr.op) };
        let arg = instr.target.map_or(instr.arg, |target| starts[target as usize]);
        let (mut check, cost_ns) = rules.bake_for(flavour, op, arg, instr.origin);
        let next = flat.get(index + 1).map(|next| next.origin);
        let target = instr.target.and_then(|_| flat.get(arg as usize)).map(|target| target.origin);
        if rules.skips_check_before(next, target, op) {
            check = Check::None;
        }
        if instr.check_after && check == Check::None && flavour != Flavour::Atomic {
            check = Check::After;
        }
        out.instrs.push(Instr { op, check, cost_ns, arg });
        out.spans.push((!instr.loc.is_none()).then_some(instr.loc.span));
        add_handler(graph, &starts, index as u32, instr.handler, &mut out.handlers);
    }
    if rules.warm_after.is_some() && flavour != Flavour::Atomic {
        out.cold_loops = warm_up::cold_loops(&flat, &out.instrs);
    }
}

/// Extends the handler table by one instruction.
fn add_handler(graph: &Graph, starts: &[u32], index: u32, handler: Option<u32>, rows: &mut Vec<Handler>) {
    let Some(id) = handler else { return };
    let block = graph.block(id);
    // The exception itself, and the index below it, are pushed by the unwinding.
    let pushed = 1 + u32::from(block.preserve_lasti);
    let depth = block.start_depth.map_or(0, |depth| depth - pushed);
    let target = starts[id as usize];
    match rows.last_mut() {
        Some(row) if row.end == index && row.target == target => row.end = index + 1,
        _ => rows.push(Handler { start: index, end: index + 1, target, depth, push_lasti: block.preserve_lasti }),
    }
}
