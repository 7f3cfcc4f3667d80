//! Which handler guards which instruction: walks the graph with the stack of open guarded regions.

use super::FlowOp;
use super::graph::Graph;
use crate::code::Op;

/// Operand bit of RESUME: the resumed `yield` stands inside exactly one guarded region.
const RESUME_DEPTH_ONE: u32 = 4;

/// Marks handler blocks, gives every instruction its handler, and turns POP_BLOCK into NOP.
pub(super) fn label_targets(graph: &mut Graph) {
    for id in graph.order() {
        let pushes: Vec<_> = graph.block(id).instrs.iter().filter(|i| i.is_block_push()).copied().collect();
        for push in pushes {
            let target = graph.block_mut(push.target.expect("a block push has a target"));
            target.is_handler = true;
            target.preserve_lasti |= push.op != FlowOp::SetupFinally;
        }
    }
    let mut open: Vec<Option<Vec<u32>>> = vec![None; graph.blocks.len()];
    open[0] = Some(Vec::new());
    let mut todo = vec![0];
    let mut seen = vec![false; graph.blocks.len()];
    seen[0] = true;
    while let Some(id) = todo.pop() {
        let stack = open[id as usize].take().expect("a block on the list has its stack");
        let reached = label_block(graph, id, stack);
        for (target, stack) in reached {
            if !std::mem::replace(&mut seen[target as usize], true) {
                open[target as usize] = Some(stack);
                todo.push(target);
            }
        }
    }
}

/// Labels one block; returns the blocks it leads to with the regions open there.
fn label_block(graph: &mut Graph, id: u32, mut stack: Vec<u32>) -> Vec<(u32, Vec<u32>)> {
    let mut reached = Vec::new();
    let mut yield_depth = None;
    for instr in &mut graph.block_mut(id).instrs {
        match instr.op {
            FlowOp::SetupFinally | FlowOp::SetupCleanup | FlowOp::SetupWith => {
                let target = instr.target.expect("a block push has a target");
                reached.push((target, stack.clone()));
                stack.push(target);
                continue;
            }
            FlowOp::PopBlock => {
                stack.pop();
                instr.make_nop();
                continue;
            }
            FlowOp::Real(Op::YieldValue) => yield_depth = Some(stack.len()),
            FlowOp::Real(Op::Resume) if instr.arg != 0 && yield_depth.take() == Some(1) => {
                instr.arg |= RESUME_DEPTH_ONE;
            }
            _ => {}
        }
        instr.handler = stack.last().copied();
        if instr.is_jump() {
            reached.push((instr.target.expect("a jump has a target"), stack.clone()));
        }
    }
    if graph.block(id).falls_through()
        && let Some(next) = graph.block(id).next
    {
        reached.push((next, stack));
    }
    reached
}
