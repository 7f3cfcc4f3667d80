//! Virtual time per instruction, in nanoseconds, one column per profile.
//!
//! Measured on 2026-11-22 with CPython 3.13.0 and 3.9.18 (built with -O3) on a virtual machine with two cores of an Intel Xeon
//! at 2.5 GHz that also did other work, so the minimum of many short rounds counts. About 250 snippets were timed and the costs fitted
//! to them; the method and what it misses are in `benches/costs/measure.py`. To redo it, on a quiet machine:
//!
//! `cd benches/costs && python3.13 measure.py python3.13 python3.9`
//!
//! and put the rows it prints here and into `crate::native::costs`. One number stands for all uses of an instruction; what
//! is left is a median error of 5 % a snippet, and 40 % for one in ten. What 3.9 does not have (`match`) costs as on 3.13.
//! A native callee adds its own cost. Every opcode has one row, which a test checks.

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
    (Op::LoadConst, 3, 4),
    (Op::LoadFast, 3, 4),
    (Op::LoadFastCheck, 3, 4),
    (Op::LoadFastAndClear, 1, 1),
    (Op::StoreFast, 1, 1),
    (Op::DeleteFast, 1, 2),
    (Op::LoadDeref, 5, 7),
    (Op::StoreDeref, 15, 1),
    (Op::DeleteDeref, 15, 1),
    (Op::LoadFromDictOrDeref, 5, 7),
    (Op::LoadFromDictOrGlobals, 5, 7),
    (Op::MakeCell, 38, 48),
    (Op::CopyFreeVars, 4, 8),
    (Op::LoadGlobal, 6, 17),
    (Op::StoreGlobal, 31, 19),
    (Op::DeleteGlobal, 31, 19),
    (Op::LoadName, 5, 7),
    (Op::StoreName, 5, 7),
    (Op::DeleteName, 5, 7),
    (Op::LoadLocals, 3, 4),
    (Op::LoadAttr, 4, 27),
    (Op::LoadSuperAttr, 29, 88),
    (Op::StoreAttr, 3, 39),
    (Op::DeleteAttr, 36, 59),
    (Op::BinarySubscr, 3, 13),
    (Op::StoreSubscr, 1, 9),
    (Op::DeleteSubscr, 58, 38),
    (Op::BinarySlice, 102, 83),
    (Op::StoreSlice, 81, 67),
    (Op::LoadAssertionError, 3, 4),
    (Op::LoadBuildClass, 11258, 12555),
    (Op::SetupAnnotations, 5, 7),
    (Op::PopTop, 1, 1),
    (Op::PushNull, 2, 1),
    (Op::Copy, 2, 3),
    (Op::Swap, 10, 10),
    (Op::Nop, 1, 10),
    (Op::BinaryOp, 10, 18),
    (Op::CompareOp, 2, 11),
    (Op::IsOp, 1, 1),
    (Op::ContainsOp, 15, 13),
    (Op::UnaryNegative, 21, 20),
    (Op::UnaryInvert, 21, 21),
    (Op::UnaryNot, 2, 6),
    (Op::ToBool, 1, 1),
    (Op::CallIntrinsic1, 62, 57),
    (Op::CallIntrinsic2, 62, 57),
    (Op::BuildTuple, 27, 24),
    (Op::BuildList, 27, 24),
    (Op::BuildSet, 82, 80),
    (Op::BuildMap, 38, 24),
    (Op::BuildConstKeyMap, 109, 78),
    (Op::BuildString, 67, 80),
    (Op::BuildSlice, 101, 78),
    (Op::ListAppend, 4, 5),
    (Op::SetAdd, 1, 16),
    (Op::MapAdd, 27, 39),
    (Op::ListExtend, 29, 17),
    (Op::SetUpdate, 81, 57),
    (Op::DictUpdate, 93, 92),
    (Op::DictMerge, 80, 94),
    (Op::ConvertValue, 62, 57),
    (Op::FormatSimple, 1, 1),
    (Op::FormatWithSpec, 89, 119),
    (Op::UnpackSequence, 7, 8),
    (Op::UnpackEx, 96, 128),
    (Op::GetIter, 52, 35),
    (Op::ForIter, 5, 5),
    (Op::EndFor, 1, 1),
    (Op::GetLen, 4, 4),
    (Op::JumpForward, 1, 1),
    (Op::JumpBackward, 1, 3),
    (Op::JumpBackwardNoInterrupt, 3, 1),
    (Op::PopJumpIfFalse, 4, 2),
    (Op::PopJumpIfTrue, 2, 1),
    (Op::PopJumpIfNone, 1, 6),
    (Op::PopJumpIfNotNone, 3, 7),
    (Op::Call, 1, 2),
    (Op::CallKw, 21, 28),
    (Op::CallFunctionEx, 20, 11),
    (Op::MakeFunction, 113, 50),
    (Op::SetFunctionAttribute, 6, 1),
    (Op::ReturnValue, 14, 23),
    (Op::ReturnConst, 16, 49),
    (Op::Resume, 4, 21),
    (Op::ReturnGenerator, 5, 4),
    (Op::YieldValue, 1, 1),
    (Op::Send, 3, 1),
    (Op::EndSend, 5, 7),
    (Op::GetYieldFromIter, 5, 7),
    (Op::CleanupThrow, 96, 139),
    (Op::PushExcInfo, 83, 70),
    (Op::PopExcept, 82, 39),
    (Op::CheckExcMatch, 96, 139),
    (Op::CheckEgMatch, 96, 139),
    (Op::Reraise, 1, 1),
    (Op::RaiseVarargs, 10, 3),
    (Op::BeforeWith, 86, 91),
    (Op::WithExceptStart, 86, 91),
    (Op::ImportName, 148, 123),
    (Op::ImportFrom, 54, 86),
    (Op::MatchClass, 94, 94),
    (Op::MatchKeys, 86, 86),
    (Op::MatchMapping, 86, 86),
    (Op::MatchSequence, 1, 1),
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
