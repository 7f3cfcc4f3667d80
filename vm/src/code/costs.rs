//! Virtual time per instruction, in nanoseconds, one column per profile.
//!
//! Preliminary values of the right order for a 3 GHz machine: simple instructions a few ns, calls tens of ns. A native
//! callee adds its own cost. Every opcode has one row, which a test checks.

use super::Op;

/// Which column of the table.
#[derive(Clone, Copy)]
pub(super) enum Column {
    /// CPython 3.13, specialised code.
    Python3_13,
    /// CPython 3.9.
    Python3_9,
}

/// (opcode, ns on 3.13, ns on 3.9).
#[rustfmt::skip]
static COSTS_NS: &[(Op, u16, u16)] = &[
    (Op::LoadConst, 3, 5),
    (Op::LoadFast, 3, 5),
    (Op::LoadFastCheck, 3, 5),
    (Op::LoadFastAndClear, 3, 5),
    (Op::StoreFast, 3, 5),
    (Op::DeleteFast, 4, 6),
    (Op::LoadDeref, 4, 6),
    (Op::StoreDeref, 4, 6),
    (Op::DeleteDeref, 4, 6),
    (Op::LoadFromDictOrDeref, 5, 7),
    (Op::LoadFromDictOrGlobals, 5, 7),
    (Op::MakeCell, 2, 2),
    (Op::CopyFreeVars, 2, 2),
    (Op::LoadGlobal, 5, 7),
    (Op::StoreGlobal, 12, 15),
    (Op::DeleteGlobal, 12, 15),
    (Op::LoadName, 12, 15),
    (Op::StoreName, 12, 15),
    (Op::DeleteName, 12, 15),
    (Op::LoadLocals, 2, 2),
    (Op::LoadAttr, 8, 18),
    (Op::LoadSuperAttr, 8, 18),
    (Op::StoreAttr, 8, 18),
    (Op::DeleteAttr, 8, 18),
    (Op::BinarySubscr, 10, 16),
    (Op::StoreSubscr, 15, 22),
    (Op::DeleteSubscr, 15, 22),
    (Op::BinarySlice, 25, 35),
    (Op::StoreSlice, 25, 35),
    (Op::LoadAssertionError, 4, 6),
    (Op::LoadBuildClass, 4, 6),
    (Op::SetupAnnotations, 15, 22),
    (Op::PopTop, 3, 5),
    (Op::PushNull, 2, 2),
    (Op::Copy, 3, 5),
    (Op::Swap, 3, 5),
    (Op::Nop, 2, 2),
    (Op::BinaryOp, 10, 16),
    (Op::CompareOp, 10, 16),
    (Op::IsOp, 4, 6),
    (Op::ContainsOp, 8, 18),
    (Op::UnaryNegative, 10, 16),
    (Op::UnaryInvert, 10, 16),
    (Op::UnaryNot, 4, 6),
    (Op::ToBool, 4, 6),
    (Op::CallIntrinsic1, 15, 22),
    (Op::CallIntrinsic2, 15, 22),
    (Op::BuildTuple, 15, 22),
    (Op::BuildList, 25, 35),
    (Op::BuildSet, 25, 35),
    (Op::BuildMap, 25, 35),
    (Op::BuildConstKeyMap, 25, 35),
    (Op::BuildString, 25, 35),
    (Op::BuildSlice, 15, 22),
    (Op::ListAppend, 10, 16),
    (Op::SetAdd, 10, 16),
    (Op::MapAdd, 10, 16),
    (Op::ListExtend, 25, 35),
    (Op::SetUpdate, 25, 35),
    (Op::DictUpdate, 25, 35),
    (Op::DictMerge, 25, 35),
    (Op::ConvertValue, 15, 22),
    (Op::FormatSimple, 25, 35),
    (Op::FormatWithSpec, 25, 35),
    (Op::UnpackSequence, 10, 16),
    (Op::UnpackEx, 25, 35),
    (Op::GetIter, 10, 16),
    (Op::ForIter, 10, 16),
    (Op::EndFor, 2, 2),
    (Op::GetLen, 5, 7),
    (Op::JumpForward, 4, 6),
    (Op::JumpBackward, 4, 6),
    (Op::JumpBackwardNoInterrupt, 4, 6),
    (Op::PopJumpIfFalse, 4, 6),
    (Op::PopJumpIfTrue, 4, 6),
    (Op::PopJumpIfNone, 4, 6),
    (Op::PopJumpIfNotNone, 4, 6),
    (Op::Call, 35, 60),
    (Op::CallKw, 45, 75),
    (Op::CallFunctionEx, 50, 80),
    (Op::MakeFunction, 25, 35),
    (Op::SetFunctionAttribute, 3, 4),
    (Op::ReturnValue, 4, 6),
    (Op::ReturnConst, 4, 6),
    (Op::Resume, 4, 6),
    (Op::ReturnGenerator, 15, 22),
    (Op::YieldValue, 15, 22),
    (Op::Send, 15, 22),
    (Op::EndSend, 4, 6),
    (Op::GetYieldFromIter, 10, 16),
    (Op::CleanupThrow, 15, 22),
    (Op::PushExcInfo, 4, 6),
    (Op::PopExcept, 4, 6),
    (Op::CheckExcMatch, 15, 22),
    (Op::CheckEgMatch, 25, 35),
    (Op::Reraise, 50, 80),
    (Op::RaiseVarargs, 50, 80),
    (Op::BeforeWith, 45, 75),
    (Op::WithExceptStart, 45, 75),
    (Op::ImportName, 300, 400),
    (Op::ImportFrom, 40, 50),
    (Op::MatchClass, 25, 35),
    (Op::MatchKeys, 15, 22),
    (Op::MatchMapping, 5, 7),
    (Op::MatchSequence, 5, 7),
];

/// The costs of one column, indexed by opcode.
pub(super) fn column(column: Column) -> [u16; Op::COUNT] {
    let mut costs_ns = [0; Op::COUNT];
    for &(op, python3_13, python3_9) in COSTS_NS {
        costs_ns[op as usize] = match column {
            Column::Python3_13 => python3_13,
            Column::Python3_9 => python3_9,
        };
    }
    costs_ns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opcode_has_one_row_in_order() {
        let ops: Vec<Op> = COSTS_NS.iter().map(|row| row.0).collect();
        assert_eq!(ops, Op::ALL);
        assert!(COSTS_NS.iter().all(|row| row.1 > 0 && row.2 > 0));
    }
}
