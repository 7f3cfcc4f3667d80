//! Exception handlers move behind the code that runs without exceptions.

use super::graph::{Block, Graph};
use super::{FlowOp, Loc, nops};

/// Moves blocks that only exceptions reach to the end, in their order.
pub(super) fn push_to_end(graph: &mut Graph) {
    if graph.block(0).next.is_none() {
        return;
    }
    mark_warm(graph);
    mark_cold(graph);
    add_explicit_jumps(graph);
    let (cold, warm): (Vec<u32>, Vec<u32>) = graph.order().into_iter().partition(|&id| graph.block(id).cold);
    if cold.is_empty() {
        return;
    }
    let order: Vec<u32> = warm.into_iter().chain(cold).collect();
    for (index, &id) in order.iter().enumerate() {
        graph.block_mut(id).next = order.get(index + 1).copied();
    }
    nops::remove_nops_and_jumps(graph);
}

/// The blocks that normal flow reaches from `id` in one step.
fn successors(graph: &Graph, id: u32) -> Vec<u32> {
    let block = graph.block(id);
    let next = block.next.filter(|_| block.falls_through());
    next.into_iter()
        .chain(block.instrs.iter().filter(|instr| instr.is_jump()).filter_map(|instr| instr.target))
        .collect()
}

fn mark_warm(graph: &mut Graph) {
    let mut todo = vec![0];
    graph.block_mut(0).warm = true;
    while let Some(id) = todo.pop() {
        for target in successors(graph, id) {
            if !std::mem::replace(&mut graph.block_mut(target).warm, true) {
                todo.push(target);
            }
        }
    }
}

fn mark_cold(graph: &mut Graph) {
    let mut todo: Vec<u32> = graph.order().into_iter().filter(|&id| graph.block(id).is_handler).collect();
    let mut seen = vec![false; graph.blocks.len()];
    for &id in &todo {
        seen[id as usize] = true;
    }
    while let Some(id) = todo.pop() {
        graph.block_mut(id).cold = true;
        for target in successors(graph, id) {
            if !graph.block(target).warm && !std::mem::replace(&mut seen[target as usize], true) {
                todo.push(target);
            }
        }
    }
}

/// A cold block that would fall through to a warm one jumps there instead.
fn add_explicit_jumps(graph: &mut Graph) {
    for id in graph.order() {
        let block = graph.block(id);
        let Some(next) = block.next.filter(|_| block.cold && block.falls_through()) else { continue };
        if graph.block(next).warm {
            let jump = Graph::jump_to(FlowOp::JumpNoInterrupt, next, Loc::NONE);
            graph.block_mut(next).is_target = true;
            graph.insert_after(id, Block { instrs: vec![jump], cold: true, predecessors: 1, ..Block::default() });
        }
    }
}
