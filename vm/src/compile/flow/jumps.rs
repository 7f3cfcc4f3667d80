//! Passes over jumps: copying small exits, dropping unreachable blocks and jumps to the next block, direction.

use super::FlowOp;
use super::graph::{Block, Graph};
use crate::code::{Op, Origin};

/// Largest exit block that is copied in place of a jump to it.
const COPY_SIZE_MAX: usize = 4;

/// Replaces unconditional jumps to small exits, and to blocks without any line, by a copy of the target.
pub(super) fn inline_small_blocks(graph: &mut Graph) {
    let order = graph.order();
    loop {
        let mut changed = false;
        for &id in &order {
            changed |= inline_at(graph, id);
        }
        if !changed {
            return;
        }
    }
}

fn inline_at(graph: &mut Graph, id: u32) -> bool {
    let Some(&last) = graph.block(id).last() else { return false };
    if !last.is_unconditional_jump() {
        return false;
    }
    let target_id = last.target.expect("a jump has a target");
    let target = graph.block(target_id);
    let small_exit = target.exits_scope() && target.instrs.len() <= COPY_SIZE_MAX;
    let lineless = target.has_no_line() && !target.falls_through();
    if !small_exit && !lineless {
        return false;
    }
    let copied = target.instrs.clone();
    let block = graph.block_mut(id);
    block.instrs.last_mut().expect("the block ends with a jump").make_nop();
    block.instrs.extend(copied);
    if lineless && last.op == FlowOp::Jump {
        let end = block.instrs.last_mut().expect("the block is not empty");
        if end.is_unconditional_jump() {
            end.op = FlowOp::Jump; // an eval check of the removed jump must not get lost
        }
    }
    let target = graph.block_mut(target_id);
    target.predecessors = target.predecessors.saturating_sub(1);
    true
}

/// Empties blocks that nothing leads to and counts the ways to the others.
pub(super) fn remove_unreachable(graph: &mut Graph) {
    for block in &mut graph.blocks {
        block.predecessors = 0;
    }
    let mut seen = vec![false; graph.blocks.len()];
    let mut todo = vec![0];
    seen[0] = true;
    graph.block_mut(0).predecessors = 1;
    while let Some(id) = todo.pop() {
        let block = graph.block(id);
        let mut reached: Vec<u32> = if block.falls_through() { block.next.into_iter().collect() } else { vec![] };
        reached.extend(block.instrs.iter().filter_map(|instr| instr.target));
        for target in reached {
            graph.block_mut(target).predecessors += 1;
            if !std::mem::replace(&mut seen[target as usize], true) {
                todo.push(target);
            }
        }
    }
    for block in &mut graph.blocks {
        if block.predecessors == 0 {
            block.instrs.clear();
            block.is_handler = false;
        }
    }
}

/// Turns jumps to the next non-empty block into NOPs; returns how many.
pub(super) fn remove_redundant(graph: &mut Graph) -> usize {
    let mut removed = 0;
    for id in graph.order() {
        let block = graph.block(id);
        let Some(last) = block.last().filter(|last| last.is_unconditional_jump()) else { continue };
        let target = graph.next_nonempty(last.target);
        if target.is_some() && target == graph.next_nonempty(block.next) {
            graph.block_mut(id).instrs.last_mut().expect("the block ends with a jump").make_nop();
            removed += 1;
        }
    }
    removed
}

/// Gives every jump its direction. A conditional jump backwards becomes the inverted jump over a backward jump.
pub(super) fn normalize(graph: &mut Graph) {
    let mut seen = vec![false; graph.blocks.len()];
    let mut current = Some(0);
    while let Some(id) = current {
        seen.resize(graph.blocks.len(), false);
        seen[id as usize] = true;
        normalize_block(graph, id, &seen);
        current = graph.block(id).next;
    }
}

fn normalize_block(graph: &mut Graph, id: u32, seen: &[bool]) {
    let Some(&last) = graph.block(id).last() else { return };
    let Some(target) = last.target.filter(|_| last.is_jump()) else { return };
    let forward = !seen[target as usize];
    let next = graph.block(id).next;
    let cold = graph.block(id).cold;
    let jump = graph.block_mut(id).instrs.last_mut().expect("the block ends with a jump");
    match jump.op {
        FlowOp::Jump if forward => jump.op = FlowOp::Real(Op::JumpForward),
        FlowOp::Jump => {
            jump.op = FlowOp::Real(Op::JumpBackward);
            jump.origin = Origin::BackEdge;
        }
        FlowOp::JumpNoInterrupt if forward => jump.op = FlowOp::Real(Op::JumpForward),
        FlowOp::JumpNoInterrupt => jump.op = FlowOp::Real(Op::JumpBackwardNoInterrupt),
        FlowOp::Real(op) if !forward => {
            let Some(inverted) = inverse(op) else { return };
            jump.op = FlowOp::Real(inverted);
            jump.origin = Origin::Inverted;
            jump.target = next;
            let back = Graph::jump_to(FlowOp::Jump, target, last.loc);
            graph.insert_after(id, Block { instrs: vec![back], cold, ..Block::default() });
        }
        _ => {}
    }
}

/// The conditional jump that jumps when this one does not.
fn inverse(op: Op) -> Option<Op> {
    Some(match op {
        Op::PopJumpIfFalse => Op::PopJumpIfTrue,
        Op::PopJumpIfTrue => Op::PopJumpIfFalse,
        Op::PopJumpIfNone => Op::PopJumpIfNotNone,
        Op::PopJumpIfNotNone => Op::PopJumpIfNone,
        _ => return None,
    })
}
