//! Which instructions stay cold: those of loops that do not make their code warm.
//!
//! CPython 3.11 specialises a code object when it was entered, or went round a loop by JUMP_BACKWARD, a few times
//! (`_PyCode_Warmup`). A `while` loop goes round by a conditional jump, which does not count. So it stays cold until its function has been called
//! often enough, or another loop in it has gone round. What this leaves out: the few turns of such another loop that come before.

use super::{FlowInstr, FlowOp};
use crate::code::{Instr, Op, Origin};
use std::ops::RangeInclusive;

/// For each instruction whether it is in such a loop; empty if none is. `flat` is what `instrs` were made from.
pub(super) fn cold_loops(flat: &[&FlowInstr], instrs: &[Instr]) -> Vec<bool> {
    let is_counted = |jump: usize| jump.checked_sub(1).is_none_or(|before| flat[before].origin != Origin::Inverted);
    let back = |at: &usize| flat[*at].op == FlowOp::Real(Op::JumpBackward);
    let loop_of = |jump: usize| instrs[jump].arg as usize..=jump;
    let (counted, uncounted): (Vec<usize>, Vec<usize>) =
        (0..flat.len()).filter(back).partition(|jump| is_counted(*jump));
    let counted: Vec<RangeInclusive<usize>> = counted.into_iter().map(loop_of).collect();
    let warm_from = counted.iter().map(|turns| *turns.start()).min().unwrap_or(flat.len());
    let mut cold = Vec::new();
    for turns in uncounted.into_iter().map(loop_of).filter(|turns| *turns.end() < warm_from) {
        cold.resize(flat.len(), false);
        cold[turns].fill(true);
    }
    cold
}
