//! Shortest forms of runs of SWAP, and SWAPs done by exchanging the stores that follow.
//!
//! A run of SWAPs is a permutation of the top items; it is rebuilt from its cycles, each SWAP exchanging the top with
//! one other place (a star transposition sort), which needs the fewest SWAPs.

use super::FlowInstr;
use crate::code::Op;

/// Optimizes all SWAPs of a block.
pub(super) fn optimize(instrs: &mut [FlowInstr]) {
    let mut index = 0;
    while index < instrs.len() {
        if instrs[index].is(Op::Swap) {
            index = shorten_run(instrs, index);
            apply_statically(instrs, index);
        }
        index += 1;
    }
}

/// Rewrites the run of SWAPs and NOPs that starts at `start`; returns the index of its last instruction (or `start` if it
/// is a single SWAP).
fn shorten_run(instrs: &mut [FlowInstr], start: usize) -> usize {
    let in_run = |instr: &FlowInstr| instr.is(Op::Swap) || instr.is(Op::Nop);
    let len = instrs[start..].iter().take_while(|instr| in_run(instr)).count();
    let run = &mut instrs[start..start + len];
    if run.iter().filter(|instr| instr.is(Op::Swap)).count() < 2 {
        return start;
    }
    let depth = run.iter().filter(|instr| instr.is(Op::Swap)).map(|instr| instr.arg).max().unwrap_or(0) as usize;
    let mut places: Vec<Option<usize>> = (0..depth).map(Some).collect();
    for swap in run.iter().filter(|instr| instr.is(Op::Swap)) {
        places.swap(0, swap.arg as usize - 1);
    }
    let mut swaps = Vec::new(); // in reverse order of execution
    for start in 0..depth {
        if places[start].is_none_or(|place| place == start) {
            continue;
        }
        let mut at = start;
        loop {
            if at != 0 {
                swaps.push(at as u32 + 1);
            }
            let Some(next) = places[at].take() else { break };
            at = next;
        }
    }
    let used = run.len() - swaps.len();
    for instr in &mut run[..used] {
        instr.make_nop();
    }
    for (instr, &arg) in run[used..].iter_mut().rev().zip(&swaps) {
        instr.make_nop();
        instr.op = super::FlowOp::Real(Op::Swap);
        instr.arg = arg;
    }
    start + len - 1
}

/// Whether an instruction only pops the top and can neither raise nor run code.
fn is_swappable(instr: &FlowInstr) -> bool {
    instr.is(Op::PopTop) || instr.stored_slot().is_some()
}

/// The next swappable instruction after `index`, skipping NOPs; on `line` if one is given.
fn next_swappable(instrs: &[FlowInstr], index: usize, line: Option<u32>) -> Option<usize> {
    for (at, instr) in instrs.iter().enumerate().skip(index + 1) {
        if line.is_some_and(|line| line != 0 && instr.loc.line != line) {
            return None; // other lines in between could see the names bound in another order
        }
        if instr.is(Op::Nop) {
            continue;
        }
        return is_swappable(instr).then_some(at);
    }
    None
}

/// Replaces SWAPs at and before `last` by exchanging the instructions that pop the two items.
fn apply_statically(instrs: &mut [FlowInstr], last: usize) {
    for index in (0..=last).rev() {
        let swap = instrs[index];
        if !swap.is(Op::Swap) {
            if swap.is(Op::Nop) || is_swappable(&swap) {
                continue;
            }
            return;
        }
        let Some(first) = next_swappable(instrs, index, None) else { return };
        let line = instrs[first].loc.line;
        let mut second = first;
        for _ in 1..swap.arg {
            let Some(next) = next_swappable(instrs, second, Some(line)) else { return };
            second = next;
        }
        if stores_collide(instrs, first, second) {
            return;
        }
        instrs[index].make_nop();
        instrs.swap(first, second);
    }
}

/// Whether the two instructions, or one of them and one in between, store into the same slot.
fn stores_collide(instrs: &[FlowInstr], first: usize, second: usize) -> bool {
    let ends = [instrs[first].stored_slot(), instrs[second].stored_slot()];
    if ends[0].is_some() && ends[0] == ends[1] {
        return true;
    }
    instrs[first + 1..second].iter().filter_map(FlowInstr::stored_slot).any(|slot| ends.contains(&Some(slot)))
}
