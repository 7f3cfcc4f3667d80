//! Which loads of locals may find them unbound: those become LOAD_FAST_CHECK.
//!
//! A forward data-flow analysis over the first 64 locals; further locals are only followed within one block (CPython's
//! limit, kept because the choice of opcode is visible in listings).

use super::graph::Graph;
use super::{FlowInstr, FlowOp};
use crate::code::Op;

const TRACKED_MAX: usize = 64;

/// Replaces LOAD_FAST by LOAD_FAST_CHECK where the local may be unbound.
pub(super) fn add_checks(graph: &mut Graph, locals: usize, parameters: usize) {
    if locals == 0 {
        return;
    }
    if locals > TRACKED_MAX {
        check_untracked(graph, locals);
    }
    let tracked = locals.min(TRACKED_MAX);
    let start: u64 = (parameters..tracked).fold(0, |mask, slot| mask | 1 << slot);
    let mut flow =
        Analysis { unsafe_masks: vec![0; graph.blocks.len()], listed: vec![false; graph.blocks.len()], todo: vec![] };
    flow.reach(0, start);
    for id in graph.order() {
        flow.scan(graph, id);
    }
    while let Some(id) = flow.todo.pop() {
        flow.listed[id as usize] = false;
        flow.scan(graph, id);
    }
}

struct Analysis {
    /// Per block, the locals that may be unbound at its start.
    unsafe_masks: Vec<u64>,
    listed: Vec<bool>,
    todo: Vec<u32>,
}

impl Analysis {
    fn reach(&mut self, id: u32, mask: u64) {
        let known = &mut self.unsafe_masks[id as usize];
        if *known | mask != *known {
            *known |= mask;
            if !std::mem::replace(&mut self.listed[id as usize], true) {
                self.todo.push(id);
            }
        }
    }

    fn scan(&mut self, graph: &mut Graph, id: u32) {
        let mut mask = self.unsafe_masks[id as usize];
        let mut reached = Vec::new();
        for instr in &mut graph.block_mut(id).instrs {
            if let Some(handler) = instr.handler {
                reached.push((handler, mask));
            }
            if instr.arg < TRACKED_MAX as u32 {
                mask = step(instr, mask);
            }
        }
        let block = graph.block(id);
        if let Some(next) = block.next.filter(|_| block.falls_through()) {
            reached.push((next, mask));
        }
        if let Some(target) = block.last().filter(|last| last.is_jump()).and_then(|last| last.target) {
            reached.push((target, mask));
        }
        for (target, mask) in reached {
            self.reach(target, mask);
        }
    }
}

/// Effect of one instruction on the set of possibly unbound locals.
fn step(instr: &mut FlowInstr, mask: u64) -> u64 {
    let bit = 1u64 << (instr.arg & 63);
    match instr.op {
        FlowOp::Real(Op::DeleteFast | Op::LoadFastAndClear) | FlowOp::StoreFastMaybeNull => mask | bit,
        FlowOp::Real(Op::StoreFast | Op::LoadFastCheck) => mask & !bit,
        FlowOp::Real(Op::LoadFast) => {
            if mask & bit != 0 {
                instr.op = FlowOp::Real(Op::LoadFastCheck);
            }
            mask & !bit
        }
        _ => mask,
    }
}

/// Locals past the tracked ones: bound only if stored or loaded earlier in the same block.
fn check_untracked(graph: &mut Graph, locals: usize) {
    for id in graph.order() {
        let mut bound = vec![false; locals - TRACKED_MAX];
        for instr in &mut graph.block_mut(id).instrs {
            let Some(slot) = (instr.arg as usize).checked_sub(TRACKED_MAX) else { continue };
            match instr.op {
                FlowOp::Real(Op::DeleteFast | Op::LoadFastAndClear) | FlowOp::StoreFastMaybeNull => bound[slot] = false,
                FlowOp::Real(Op::StoreFast) => bound[slot] = true,
                FlowOp::Real(Op::LoadFast) if !std::mem::replace(&mut bound[slot], true) => {
                    instr.op = FlowOp::Real(Op::LoadFastCheck);
                }
                _ => {}
            }
        }
    }
}
