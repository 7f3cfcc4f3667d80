//! Line numbers for instructions without a location.
//!
//! Every instruction that leaves the frame needs the line it left from (PEP 626), so exit blocks without a line are
//! copied per jump to them; then lines flow down within blocks and into blocks with one predecessor.

use super::graph::{Block, Graph};
use super::{FlowInstr, Loc};

/// Resolves all locations that can be resolved.
pub(super) fn resolve(graph: &mut Graph) {
    duplicate_exits(graph);
    propagate(graph);
}

/// A block that exits or checks, but has no line of its own.
fn needs_line(block: &Block) -> bool {
    (block.exits_scope() || block.instrs.iter().any(FlowInstr::has_eval_break)) && block.has_no_line()
}

fn duplicate_exits(graph: &mut Graph) {
    let mut current = Some(0);
    while let Some(id) = current {
        duplicate_target(graph, id);
        current = graph.block(id).next;
    }
    for id in graph.order() {
        let block = graph.block(id);
        let (Some(next), Some(last)) = (block.next.filter(|_| block.falls_through()), block.last()) else { continue };
        let loc = last.loc;
        if needs_line(graph.block(next))
            && let Some(first) = graph.block_mut(next).instrs.first_mut()
        {
            first.loc = loc;
        }
    }
}

/// If the block ends with a jump to a shared exit without a line, gives the jump a copy of its own.
fn duplicate_target(graph: &mut Graph, id: u32) {
    let Some(&last) = graph.block(id).last() else { return };
    let Some(target) = last.target.filter(|_| last.is_jump()) else { return };
    let Some(target) = graph.next_nonempty(Some(target)) else { return };
    if !needs_line(graph.block(target)) || graph.block(target).predecessors <= 1 {
        return;
    }
    let mut copy = Block { is_target: true, predecessors: 1, ..graph.block(target).clone() };
    copy.instrs[0].loc = last.loc;
    graph.block_mut(target).predecessors -= 1;
    let copy = graph.insert_after(target, copy);
    graph.block_mut(id).instrs.last_mut().expect("the block ends with a jump").target = Some(copy);
}

fn propagate(graph: &mut Graph) {
    for id in graph.order() {
        let mut loc = Loc::NONE;
        for instr in &mut graph.block_mut(id).instrs {
            match instr.loc.is_none() {
                true => instr.loc = loc,
                false => loc = instr.loc,
            }
        }
        let block = graph.block(id);
        let Some(&last) = block.last() else { continue };
        if let Some(next) = block.next.filter(|_| block.falls_through()) {
            inherit(graph.block_mut(next), loc);
        }
        if let Some(target) = last.target.filter(|_| last.is_jump()) {
            inherit(graph.block_mut(target), loc);
        }
    }
}

/// Gives the first instruction of a block with one predecessor that predecessor's location.
fn inherit(block: &mut Block, loc: Loc) {
    if block.predecessors == 1
        && let Some(first) = block.instrs.first_mut().filter(|first| first.loc.is_none())
    {
        first.loc = loc;
    }
}
