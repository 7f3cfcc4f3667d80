//! From a lowered instruction sequence to assembled code: a control flow graph and the passes over it.
//!
//! The passes and their order are those of CPython 3.13's `Python/flowgraph.c` (without super-instructions), because
//! their results are visible: in listings, in line numbers of tracebacks, in which checks for unbound locals run, and in
//! where the evaluation loop can switch. Each pass is a file; [`optimize`] runs them.

mod assemble;
mod cold;
mod effects;
mod exceptions;
mod graph;
mod instr;
mod jumps;
mod lines;
mod locals;
mod nops;
mod peephole;
mod sequence;
mod swaps;
mod warm_up;

pub(super) use assemble::{Layout, assemble};
pub(super) use instr::{FlowInstr, FlowOp, Loc};
pub(super) use sequence::{Label, Sequence};

use super::constants::Constants;
use crate::code::CodeRules;
use graph::Graph;

/// What the passes need to know about the code unit.
pub(super) struct UnitFacts<'a> {
    /// Number of local variables, parameters included.
    pub locals: usize,
    /// Number of parameters.
    pub parameters: usize,
    /// The profile, for NOPs that stand for an instruction of its version.
    pub rules: &'a CodeRules,
}

/// Builds the graph of a sequence and runs all passes that precede the layout of slots.
pub(super) fn optimize(sequence: Sequence, consts: &mut Constants, facts: &UnitFacts<'_>) -> Graph {
    let mut graph = Graph::from_sequence(sequence, facts.rules);
    exceptions::label_targets(&mut graph);
    jumps::inline_small_blocks(&mut graph);
    jumps::remove_unreachable(&mut graph);
    lines::resolve(&mut graph);
    peephole::optimize_constant_loads(&mut graph, consts);
    peephole::optimize_blocks(&mut graph, consts);
    nops::remove_nops_and_pairs(&mut graph);
    jumps::remove_unreachable(&mut graph);
    nops::remove_nops_and_jumps(&mut graph);
    assemble::remove_unused_constants(&mut graph, consts);
    locals::add_checks(&mut graph, facts.locals, facts.parameters);
    cold::push_to_end(&mut graph);
    lines::resolve(&mut graph);
    graph
}
