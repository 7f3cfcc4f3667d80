//! Stack effects of instructions and the heights at block starts.

use super::graph::Graph;
use super::{FlowInstr, FlowOp};
use crate::code::Op;

/// Net effect of an instruction on the height of the stack: when it goes on to the next one, or when it jumps.
fn effect(instr: &FlowInstr, jumps: bool) -> i64 {
    let arg = i64::from(instr.arg);
    match instr.op {
        FlowOp::Real(op) => real_effect(op, arg),
        FlowOp::Jump | FlowOp::JumpNoInterrupt | FlowOp::PopBlock => 0,
        FlowOp::SetupFinally => i64::from(jumps),
        FlowOp::SetupCleanup => 2 * i64::from(jumps),
        // The result of `__enter__` is dropped, the index and the exception are pushed.
        FlowOp::SetupWith => i64::from(jumps),
        FlowOp::StoreFastMaybeNull => -1,
        FlowOp::LoadClosure => 1,
    }
}

fn real_effect(op: Op, arg: i64) -> i64 {
    match op {
        Op::LoadConst
        | Op::LoadFast
        | Op::LoadFastCheck
        | Op::LoadFastAndClear
        | Op::LoadDeref
        | Op::LoadName
        | Op::LoadLocals
        | Op::LoadAssertionError
        | Op::LoadBuildClass
        | Op::PushNull
        | Op::Copy
        | Op::ForIter // on both ways: END_FOR and POP_TOP at the target are counted as if they ran
        | Op::GetLen
        | Op::ReturnGenerator
        | Op::PushExcInfo
        | Op::WithExceptStart
        | Op::BeforeWith
        | Op::ImportFrom
        | Op::MatchKeys
        | Op::MatchMapping
        | Op::MatchSequence => 1,
        Op::LoadGlobal => 1 + (arg & 1),
        Op::LoadAttr => arg & 1,
        Op::LoadSuperAttr => -2 + (arg & 1),
        Op::StoreFast
        | Op::StoreDeref
        | Op::StoreGlobal
        | Op::StoreName
        | Op::DeleteAttr
        | Op::BinarySubscr
        | Op::PopTop
        | Op::BinaryOp
        | Op::CompareOp
        | Op::IsOp
        | Op::ContainsOp
        | Op::CallIntrinsic2
        | Op::ListAppend
        | Op::SetAdd
        | Op::ListExtend
        | Op::SetUpdate
        | Op::DictUpdate
        | Op::DictMerge
        | Op::FormatWithSpec
        | Op::EndFor
        | Op::PopJumpIfFalse
        | Op::PopJumpIfTrue
        | Op::PopJumpIfNone
        | Op::PopJumpIfNotNone
        | Op::SetFunctionAttribute
        | Op::ReturnValue
        | Op::EndSend
        | Op::CleanupThrow
        | Op::PopExcept
        | Op::ImportName
        | Op::Reraise => -1,
        Op::StoreAttr | Op::DeleteSubscr | Op::BinarySlice | Op::MapAdd | Op::MatchClass => -2,
        Op::StoreSubscr => -3,
        Op::StoreSlice => -4,
        Op::DeleteFast
        | Op::DeleteDeref
        | Op::MakeCell
        | Op::CopyFreeVars
        | Op::DeleteGlobal
        | Op::DeleteName
        | Op::LoadFromDictOrDeref
        | Op::LoadFromDictOrGlobals
        | Op::SetupAnnotations
        | Op::Swap
        | Op::Nop
        | Op::UnaryNegative
        | Op::UnaryInvert
        | Op::UnaryNot
        | Op::ToBool
        | Op::CallIntrinsic1
        | Op::ConvertValue
        | Op::FormatSimple
        | Op::GetIter
        | Op::JumpForward
        | Op::JumpBackward
        | Op::JumpBackwardNoInterrupt
        | Op::MakeFunction
        | Op::ReturnConst
        | Op::Resume
        | Op::YieldValue
        | Op::Send
        | Op::GetYieldFromIter
        | Op::CheckExcMatch
        | Op::CheckEgMatch => 0,
        Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString | Op::BuildSlice => 1 - arg,
        Op::BuildMap => 1 - 2 * arg,
        Op::BuildConstKeyMap | Op::RaiseVarargs => -arg,
        Op::UnpackSequence => arg - 1,
        Op::UnpackEx => (arg & 0xFF) + (arg >> 8),
        Op::Call => -1 - arg,
        Op::CallKw => -2 - arg,
        Op::CallFunctionEx => -2 - (arg & 1),
    }
}

/// Computes the height at each reached block's start; returns the largest height anywhere.
///
/// # Panics
/// If two ways reach a block with different heights, or the stack would underflow: a bug in lowering.
pub(super) fn compute_depths(graph: &mut Graph) -> u32 {
    let mut todo = vec![0];
    graph.block_mut(0).start_depth = Some(0);
    let mut highest = 0;
    while let Some(id) = todo.pop() {
        let mut depth = i64::from(graph.block(id).start_depth.unwrap_or(0));
        let mut reached = Vec::new();
        for instr in &graph.block(id).instrs {
            if let Some(target) = instr.target {
                reached.push((target, depth + effect(instr, true)));
            }
            depth += effect(instr, false);
            assert!(depth >= 0, "stack underflow at {:?} in the flow graph", instr.op);
            // An instruction may hold more than its net result for a moment, so one more is reserved.
            highest = highest.max(depth + 1);
        }
        let block = graph.block(id);
        if let Some(next) = block.next.filter(|_| block.falls_through()) {
            reached.push((next, depth));
        }
        for (target, depth) in reached {
            highest = highest.max(depth);
            let known = &mut graph.block_mut(target).start_depth;
            match *known {
                None => {
                    *known = Some(depth as u32);
                    todo.push(target);
                }
                Some(known) => assert_eq!(i64::from(known), depth, "inconsistent stack heights in the flow graph"),
            }
        }
    }
    highest as u32
}
