//! Removal of NOPs that no line and no eval check needs, of load-and-drop pairs, and of the jumps this makes redundant.
//!
//! A NOP stays if it is the only instruction of its line (a debugger would stop there), or if it stands for an
//! instruction after which the profile's version looked at the drop request and no instruction before it can carry that.

use super::graph::Graph;
use super::jumps;
use super::{FlowInstr, Loc};
use crate::code::Op;

/// Removes NOPs until nothing changes, together with jumps to the next block.
pub(super) fn remove_nops_and_jumps(graph: &mut Graph) {
    loop {
        let mut removed = 0;
        for id in graph.order() {
            removed += remove_in_block(graph, id);
        }
        removed += jumps::remove_redundant(graph);
        if removed == 0 {
            return;
        }
    }
}

/// Removes NOPs, and pairs that push a constant or a copy and pop it at once.
pub(super) fn remove_nops_and_pairs(graph: &mut Graph) {
    loop {
        let mut pairs = Vec::new();
        let mut previous: Option<(u32, usize)> = None;
        for id in graph.order() {
            remove_in_block(graph, id);
            let block = graph.block(id);
            if block.is_target {
                previous = None;
            }
            for (index, instr) in block.instrs.iter().enumerate() {
                if let Some((block_id, at)) = previous
                    && instr.is(Op::PopTop)
                    && pushes_for_nothing(&graph.block(block_id).instrs[at])
                {
                    pairs.push(((block_id, at), (id, index)));
                    previous = None;
                    continue;
                }
                previous = Some((id, index));
            }
            if !block.falls_through() || block.last().is_some_and(FlowInstr::is_jump) {
                previous = None;
            }
        }
        if pairs.is_empty() {
            return;
        }
        for (push, pop) in pairs {
            graph.block_mut(push.0).instrs[push.1].make_nop();
            graph.block_mut(pop.0).instrs[pop.1].make_nop();
        }
    }
}

fn pushes_for_nothing(instr: &FlowInstr) -> bool {
    instr.is(Op::LoadConst) || (instr.is(Op::Copy) && instr.arg == 1)
}

/// Removes the removable NOPs of a block; returns how many.
fn remove_in_block(graph: &mut Graph, id: u32) -> usize {
    let instrs = std::mem::take(&mut graph.block_mut(id).instrs);
    if instrs.is_empty() {
        return 0; // without looking for the next block: a long chain may consist of empty ones
    }
    let following = following_line(graph, id);
    let mut kept: Vec<FlowInstr> = Vec::with_capacity(instrs.len());
    let mut pending: Vec<FlowInstr> = instrs;
    let count = pending.len();
    let mut previous_line = None;
    for index in 0..count {
        let instr = pending[index];
        if instr.is(Op::Nop) && is_redundant(&mut pending, index, previous_line, following) {
            if !graph.is_checked_nop(&instr) && !instr.check_after {
                continue;
            }
            if let Some(before) = kept.last_mut() {
                before.check_after = true;
                continue;
            }
        }
        previous_line = Some(instr.loc.line);
        kept.push(instr);
    }
    let removed = count - kept.len();
    graph.block_mut(id).instrs = kept;
    removed
}

/// Whether the NOP at `index` serves no line. Hands its location to a successor that has none.
fn is_redundant(instrs: &mut [FlowInstr], index: usize, previous: Option<u32>, following: Option<u32>) -> bool {
    let loc = instrs[index].loc;
    if loc.is_none() || previous == Some(loc.line) {
        return true;
    }
    match instrs.get_mut(index + 1) {
        Some(next) if next.loc.line == loc.line => true,
        Some(next) if next.loc.is_none() => {
            next.loc = loc;
            true
        }
        Some(_) => false,
        None => following == Some(loc.line),
    }
}

/// The line of the first instruction after the block that will stay.
fn following_line(graph: &Graph, id: u32) -> Option<u32> {
    let next = graph.next_nonempty(graph.block(id).next)?;
    let stays = |instr: &&FlowInstr| !(instr.is(Op::Nop) && instr.loc.is_none());
    Some(graph.block(next).instrs.iter().find(stays).map_or(Loc::NONE, |instr| instr.loc).line)
}
