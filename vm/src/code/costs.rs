//! Virtual time per instruction, in nanoseconds, one column per profile.
//!
//! Measured on 2026-11-22 with CPython 2.7.18, 3.6.15, 3.7.16, 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1 and 3.13.0 (built with
//! -O3) on a virtual machine with two cores of an Intel Xeon at 2.5 GHz that also did other work, so the minimum of many
//! short rounds counts; 3.13 and 3.9 first, the others in one run with these two. About 250 snippets were timed and the
//! costs fitted to them (134 on 2.7, whose language lacks some); the method and what it misses are in
//! `cli/src/calibrate`. To redo it, on a quiet machine: `gilsim calibrate` for each version, then `benches/costs/ship.py` with the
//! cost files, which changes the columns here and in `crate::native::costs`. One number stands for all uses of an instruction; what
//! is left is a median error of 2 to 10 % a snippet, and 25 to 45 % for one in ten. What a version does not have (`match`
//! before 3.10) costs as on the nearest version that has it. 3.13t has no column (see `super::rules`). A native callee adds its
//! own cost. Every opcode has one row, which a test checks.

use super::Op;

/// The CPython versions, one column each.
pub(crate) const COLUMNS: [&str; 9] = ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"];

/// Nanoseconds in each version of [`COLUMNS`].
pub(crate) type Row = [u16; COLUMNS.len()];

/// The column of a version.
pub(crate) fn column_of(version: &str) -> Option<usize> {
    COLUMNS.iter().position(|name| *name == version)
}

/// (opcode, its row).
#[rustfmt::skip]
static COSTS_NS: &[(Op, Row)] = &[
    (Op::LoadConst, [3, 4, 5, 4, 4, 4, 2, 2, 3]),
    (Op::LoadFast, [4, 5, 4, 4, 4, 4, 2, 2, 3]),
    (Op::LoadFastCheck, [4, 5, 4, 4, 4, 4, 2, 2, 3]),
    (Op::LoadFastAndClear, [4, 5, 4, 4, 1, 4, 2, 2, 1]),
    (Op::StoreFast, [2, 1, 1, 1, 1, 2, 1, 1, 1]),
    (Op::DeleteFast, [2, 1, 6, 3, 2, 1, 4, 2, 1]),
    (Op::LoadDeref, [7, 5, 6, 7, 7, 5, 2, 4, 5]),
    (Op::StoreDeref, [1, 1, 1, 1, 1, 1, 7, 18, 15]),
    (Op::DeleteDeref, [1, 1, 1, 1, 1, 1, 7, 18, 15]),
    (Op::LoadFromDictOrDeref, [7, 5, 6, 7, 7, 5, 2, 4, 5]),
    (Op::LoadFromDictOrGlobals, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::MakeCell, [48, 50, 44, 65, 48, 48, 39, 61, 38]),
    (Op::CopyFreeVars, [8, 6, 5, 8, 8, 4, 2, 3, 4]),
    (Op::LoadGlobal, [7, 14, 18, 15, 17, 19, 6, 6, 6]),
    (Op::StoreGlobal, [28, 23, 31, 20, 19, 24, 24, 30, 31]),
    (Op::DeleteGlobal, [28, 23, 31, 20, 19, 24, 24, 30, 31]),
    (Op::LoadName, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::StoreName, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::DeleteName, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::LoadLocals, [4, 5, 4, 4, 4, 4, 2, 2, 3]),
    (Op::LoadAttr, [25, 33, 28, 26, 27, 24, 4, 5, 4]),
    (Op::LoadSuperAttr, [88, 184, 178, 175, 88, 178, 111, 34, 29]),
    (Op::StoreAttr, [32, 34, 37, 38, 39, 42, 3, 5, 3]),
    (Op::DeleteAttr, [39, 74, 60, 61, 59, 547, 28, 39, 36]),
    (Op::BinarySubscr, [14, 12, 11, 11, 13, 13, 5, 4, 3]),
    (Op::StoreSubscr, [20, 7, 9, 8, 9, 9, 2, 1, 1]),
    (Op::DeleteSubscr, [28, 36, 36, 35, 38, 44, 54, 55, 58]),
    (Op::BinarySlice, [49, 87, 88, 81, 83, 93, 91, 123, 102]),
    (Op::StoreSlice, [34, 62, 63, 61, 67, 69, 70, 87, 81]),
    (Op::LoadAssertionError, [3, 4, 5, 4, 4, 4, 2, 2, 3]),
    (Op::LoadBuildClass, [7245, 11745, 8103, 7707, 12555, 10351, 7660, 11971, 11258]),
    (Op::SetupAnnotations, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::PopTop, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::PushNull, [1, 1, 1, 1, 1, 1, 2, 1, 2]),
    (Op::Copy, [1, 2, 3, 3, 3, 2, 2, 2, 2]),
    (Op::Swap, [1, 10, 9, 13, 10, 10, 6, 10, 10]),
    (Op::Nop, [12, 9, 11, 10, 10, 8, 3, 1, 1]),
    (Op::BinaryOp, [9, 14, 15, 16, 18, 18, 10, 12, 10]),
    (Op::CompareOp, [7, 12, 12, 11, 11, 10, 7, 3, 2]),
    (Op::IsOp, [6, 1, 4, 3, 1, 3, 3, 2, 1]),
    (Op::ContainsOp, [11, 12, 16, 12, 13, 13, 22, 19, 15]),
    (Op::UnaryNegative, [7, 21, 20, 21, 20, 20, 16, 25, 21]),
    (Op::UnaryInvert, [7, 24, 20, 24, 21, 21, 16, 25, 21]),
    (Op::UnaryNot, [3, 3, 6, 5, 6, 3, 3, 5, 2]),
    (Op::ToBool, [3, 1, 1, 1, 1, 2, 3, 1, 1]),
    (Op::CallIntrinsic1, [57, 58, 59, 58, 57, 62, 55, 74, 62]),
    (Op::CallIntrinsic2, [57, 58, 59, 58, 57, 62, 55, 74, 62]),
    (Op::BuildTuple, [18, 17, 16, 18, 24, 27, 27, 36, 27]),
    (Op::BuildList, [16, 15, 17, 20, 24, 27, 25, 39, 27]),
    (Op::BuildSet, [74, 66, 74, 74, 80, 86, 88, 91, 82]),
    (Op::BuildMap, [17, 26, 29, 21, 24, 27, 27, 42, 38]),
    (Op::BuildConstKeyMap, [93, 62, 66, 70, 78, 91, 97, 128, 109]),
    (Op::BuildString, [80, 71, 77, 83, 80, 81, 65, 84, 67]),
    (Op::BuildSlice, [85, 82, 81, 77, 78, 89, 92, 138, 101]),
    (Op::ListAppend, [11, 6, 9, 7, 5, 13, 4, 3, 4]),
    (Op::SetAdd, [19, 8, 12, 10, 16, 8, 3, 1, 1]),
    (Op::MapAdd, [39, 28, 32, 36, 39, 39, 40, 28, 27]),
    (Op::ListExtend, [26, 21, 19, 19, 17, 19, 22, 28, 29]),
    (Op::SetUpdate, [57, 54, 53, 53, 57, 56, 57, 86, 81]),
    (Op::DictUpdate, [92, 73, 69, 76, 92, 34, 137, 148, 93]),
    (Op::DictMerge, [94, 28, 28, 63, 94, 136, 129, 154, 80]),
    (Op::ConvertValue, [57, 58, 59, 58, 57, 62, 55, 74, 62]),
    (Op::FormatSimple, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::FormatWithSpec, [119, 290, 265, 245, 119, 257, 255, 309, 89]),
    (Op::UnpackSequence, [7, 8, 11, 8, 8, 9, 7, 6, 7]),
    (Op::UnpackEx, [128, 143, 136, 144, 128, 173, 159, 234, 96]),
    (Op::GetIter, [28, 47, 43, 33, 35, 35, 34, 61, 52]),
    (Op::ForIter, [7, 2, 2, 4, 5, 5, 6, 4, 5]),
    (Op::EndFor, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::GetLen, [4, 4, 4, 4, 4, 8, 6, 7, 4]),
    (Op::JumpForward, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::JumpBackward, [1, 5, 5, 3, 3, 2, 1, 1, 1]),
    (Op::JumpBackwardNoInterrupt, [1, 1, 2, 3, 1, 3, 6, 2, 3]),
    (Op::PopJumpIfFalse, [1, 2, 2, 2, 2, 2, 1, 3, 4]),
    (Op::PopJumpIfTrue, [2, 1, 1, 1, 1, 1, 1, 3, 2]),
    (Op::PopJumpIfNone, [12, 4, 9, 7, 6, 8, 2, 1, 1]),
    (Op::PopJumpIfNotNone, [11, 12, 8, 9, 7, 9, 3, 3, 3]),
    (Op::Call, [1, 1, 1, 1, 2, 2, 1, 1, 1]),
    (Op::CallKw, [28, 25, 19, 28, 28, 19, 23, 26, 21]),
    (Op::CallFunctionEx, [11, 21, 1, 14, 11, 9, 23, 20, 20]),
    (Op::MakeFunction, [1, 55, 57, 54, 50, 73, 77, 103, 113]),
    (Op::SetFunctionAttribute, [1, 1, 1, 1, 1, 1, 1, 1, 6]),
    (Op::ReturnValue, [28, 25, 25, 28, 23, 31, 15, 14, 14]),
    (Op::ReturnConst, [61, 53, 46, 48, 49, 53, 17, 16, 16]),
    (Op::Resume, [28, 24, 19, 19, 21, 17, 11, 7, 4]),
    (Op::ReturnGenerator, [4, 6, 4, 4, 4, 2, 8, 2, 5]),
    (Op::YieldValue, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::Send, [1, 1, 2, 2, 1, 3, 6, 3, 3]),
    (Op::EndSend, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::GetYieldFromIter, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::CleanupThrow, [315, 137, 142, 151, 139, 166, 52, 101, 96]),
    (Op::PushExcInfo, [136, 79, 59, 65, 70, 84, 91, 93, 83]),
    (Op::PopExcept, [64, 42, 35, 38, 39, 42, 91, 92, 82]),
    (Op::CheckExcMatch, [315, 137, 142, 151, 139, 166, 52, 101, 96]),
    (Op::CheckEgMatch, [315, 137, 142, 151, 139, 166, 52, 101, 96]),
    (Op::Reraise, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::RaiseVarargs, [3, 14, 3, 3, 3, 3, 23, 1, 10]),
    (Op::BeforeWith, [152, 142, 127, 97, 91, 123, 164, 238, 86]),
    (Op::WithExceptStart, [152, 142, 127, 97, 91, 123, 164, 238, 86]),
    (Op::ImportName, [359, 111, 116, 108, 123, 115, 115, 130, 148]),
    (Op::ImportFrom, [284, 718, 731, 608, 86, 701, 517, 133, 54]),
    (Op::MatchClass, [94, 94, 94, 94, 94, 179, 160, 219, 94]),
    (Op::MatchKeys, [86, 86, 86, 86, 86, 168, 88, 119, 86]),
    (Op::MatchMapping, [86, 86, 86, 86, 86, 168, 90, 117, 86]),
    (Op::MatchSequence, [1, 1, 1, 1, 1, 2, 2, 2, 1]),
];

/// What each instruction costs in a profile, indexed by opcode.
pub(crate) fn instructions(profile: &str) -> [u16; Op::COUNT] {
    let (column, percent) = super::cost_column(profile);
    let mut costs_ns = [0; Op::COUNT];
    for (op, row) in COSTS_NS {
        costs_ns[*op as usize] = scaled(row[column], percent);
    }
    costs_ns
}

/// So many hundredths of a cost, rounded up.
pub(crate) fn scaled(ns: u16, percent: u32) -> u16 {
    u16::try_from((u32::from(ns) * percent).div_ceil(100)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opcode_has_one_row_in_order() {
        let ops: Vec<Op> = COSTS_NS.iter().map(|row| row.0).collect();
        assert_eq!(ops, Op::ALL);
        assert!(COSTS_NS.iter().all(|row| row.1.iter().all(|ns| *ns > 0)));
    }
}
