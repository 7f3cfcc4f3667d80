//! Local rewrites: constants that decide jumps, tuples of constants, jumps to jumps, fused tests.

use super::graph::Graph;
use super::{FlowInstr, FlowOp, swaps};
use crate::code::{Comparison, Const, Op};
use crate::compile::constants::Constants;

/// Folds what follows a LOAD_CONST: conditional jumps, TO_BOOL, `is None` tests, RETURN_VALUE.
pub(super) fn optimize_constant_loads(graph: &mut Graph, consts: &mut Constants) {
    for id in graph.order() {
        let instrs = &mut graph.block_mut(id).instrs;
        let mut loaded = None;
        for index in 0..instrs.len() {
            let is_copy = loaded.is_some() && instrs[index].is(Op::Copy) && instrs[index].arg == 1;
            if !is_copy {
                loaded = instrs[index].loaded_constant();
            }
            if let Some(constant) = loaded {
                fold_use(instrs, index, constant, consts);
            }
        }
    }
}

/// Folds the instruction after `index`, which pushes `constant`.
fn fold_use(instrs: &mut [FlowInstr], index: usize, constant: u32, consts: &mut Constants) {
    let Some(next) = instrs.get(index + 1) else { return };
    match next.op {
        FlowOp::Real(op @ (Op::PopJumpIfFalse | Op::PopJumpIfTrue)) => {
            let taken = consts.get(constant).is_true() == (op == Op::PopJumpIfTrue);
            instrs[index].make_nop();
            match taken {
                true => instrs[index + 1].op = FlowOp::Jump,
                false => instrs[index + 1].make_nop(),
            }
        }
        FlowOp::Real(Op::IsOp) if *consts.get(constant) == Const::None => fold_is_none(instrs, index),
        FlowOp::Real(Op::ReturnValue) => {
            instrs[index].make_nop();
            instrs[index + 1].op = FlowOp::Real(Op::ReturnConst);
            instrs[index + 1].arg = constant;
        }
        FlowOp::Real(Op::ToBool) => {
            let truth = consts.add(Const::Bool(consts.get(constant).is_true()));
            instrs[index].make_nop();
            instrs[index + 1].op = FlowOp::Real(Op::LoadConst);
            instrs[index + 1].arg = truth;
        }
        _ => {}
    }
}

/// LOAD_CONST None, IS_OP, [TO_BOOL], POP_JUMP_IF_x becomes POP_JUMP_IF_(NOT_)NONE.
fn fold_is_none(instrs: &mut [FlowInstr], index: usize) {
    let mut at = index + 2;
    if instrs.get(at).is_some_and(|instr| instr.is(Op::ToBool)) {
        instrs[at].make_nop();
        at += 1;
    }
    let Some(jump) = instrs.get(at) else { return };
    let mut negated = instrs[index + 1].arg == 1;
    match jump.op {
        FlowOp::Real(Op::PopJumpIfFalse) => negated = !negated,
        FlowOp::Real(Op::PopJumpIfTrue) => {}
        _ => return,
    }
    instrs[at].op = FlowOp::Real(if negated { Op::PopJumpIfNotNone } else { Op::PopJumpIfNone });
    instrs[index].make_nop();
    instrs[index + 1].make_nop();
}

/// Rewrites within each block, then its SWAPs.
pub(super) fn optimize_blocks(graph: &mut Graph, consts: &mut Constants) {
    for id in graph.order() {
        let mut index = 0;
        while index < graph.block(id).instrs.len() {
            if !thread_jump(graph, id, index) {
                rewrite_at(&mut graph.block_mut(id).instrs, index, consts);
                index += 1;
            }
        }
        swaps::optimize(&mut graph.block_mut(id).instrs);
    }
}

/// If the instruction is a jump to a jump, goes to the final target directly.
fn thread_jump(graph: &mut Graph, id: u32, index: usize) -> bool {
    let instr = graph.block(id).instrs[index];
    let op = match instr.op {
        FlowOp::Jump | FlowOp::JumpNoInterrupt => instr.op,
        FlowOp::Real(Op::PopJumpIfFalse | Op::PopJumpIfTrue | Op::PopJumpIfNone | Op::PopJumpIfNotNone) => instr.op,
        _ => return false,
    };
    let Some(&second) = instr.target.and_then(|target| graph.block(target).instrs.first()) else { return false };
    let op = match (op, second.op) {
        (FlowOp::Jump | FlowOp::JumpNoInterrupt, FlowOp::Jump) => FlowOp::Jump,
        (FlowOp::Jump | FlowOp::JumpNoInterrupt, FlowOp::JumpNoInterrupt) => op,
        (FlowOp::Real(_), FlowOp::Jump) => op,
        _ => return false,
    };
    if instr.target == second.target {
        return false;
    }
    let target = second.target.expect("a jump has a target");
    let jump = FlowInstr { origin: instr.origin, ..Graph::jump_to(op, target, second.loc) };
    let block = graph.block_mut(id);
    block.instrs[index].make_nop();
    block.instrs.push(jump);
    true
}

/// One rewrite at `index`, looking one instruction ahead.
fn rewrite_at(instrs: &mut [FlowInstr], index: usize, consts: &mut Constants) {
    let FlowOp::Real(op) = instrs[index].op else { return };
    let arg = instrs[index].arg;
    let next = instrs.get(index + 1).map(|instr| (instr.op, instr.arg, instr.loc.line));
    let next_is = |wanted: Op| next.is_some_and(|(op, ..)| op == FlowOp::Real(wanted));
    match op {
        Op::BuildTuple
            if next_is(Op::UnpackSequence) && next.is_some_and(|next| next.1 == arg) && arg <= 3 && arg > 0 =>
        {
            instrs[index].make_nop();
            match arg {
                1 => instrs[index + 1].make_nop(),
                _ => instrs[index + 1].op = FlowOp::Real(Op::Swap),
            }
        }
        Op::BuildTuple => fold_tuple(instrs, index, consts),
        Op::StoreFast
            if next_is(Op::StoreFast) && next.is_some_and(|n| n.1 == arg && n.2 == instrs[index].loc.line) =>
        {
            instrs[index].op = FlowOp::Real(Op::PopTop);
            instrs[index].arg = 0;
        }
        Op::Swap if arg == 1 => instrs[index].make_nop(),
        Op::LoadGlobal if next_is(Op::PushNull) && arg & 1 == 0 => {
            instrs[index].arg |= 1;
            instrs[index + 1].make_nop();
        }
        Op::CompareOp if next_is(Op::ToBool) => move_down(instrs, index, arg | Comparison::TO_BOOL),
        Op::ContainsOp | Op::IsOp if next_is(Op::ToBool) => move_down(instrs, index, arg),
        Op::ContainsOp | Op::IsOp if next_is(Op::UnaryNot) => move_down(instrs, index, arg ^ 1),
        Op::ToBool if next_is(Op::ToBool) => instrs[index].make_nop(),
        Op::UnaryNot if next_is(Op::ToBool) => move_down(instrs, index, 0),
        Op::UnaryNot if next_is(Op::UnaryNot) => {
            instrs[index].make_nop();
            instrs[index + 1].make_nop();
        }
        _ => {}
    }
}

/// Moves an instruction into the place of the next one, with a new operand.
fn move_down(instrs: &mut [FlowInstr], index: usize, arg: u32) {
    let op = instrs[index].op;
    let origin = instrs[index].origin;
    instrs[index].make_nop();
    let next = &mut instrs[index + 1];
    next.make_nop();
    next.op = op;
    next.arg = arg;
    next.origin = origin;
}

/// LOAD_CONST × n, BUILD_TUPLE n becomes one LOAD_CONST.
fn fold_tuple(instrs: &mut [FlowInstr], index: usize, consts: &mut Constants) {
    let size = instrs[index].arg as usize;
    let Some(start) = index.checked_sub(size) else { return };
    let Some(indices) = instrs[start..index].iter().map(FlowInstr::loaded_constant).collect::<Option<Vec<u32>>>()
    else {
        return;
    };
    let items = indices.into_iter().map(|item| consts.get(item).clone()).collect();
    instrs[start..index].iter_mut().for_each(FlowInstr::make_nop);
    instrs[index].op = FlowOp::Real(Op::LoadConst);
    instrs[index].arg = consts.add(Const::Tuple(items));
}
