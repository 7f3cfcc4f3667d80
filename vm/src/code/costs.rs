//! Virtual time per instruction, in nanoseconds, one column per profile.
//!
//! Measured on 2026-11-23 with CPython 2.7.18, 3.6.15, 3.7.16, 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1 and 3.13.0 (built with
//! -O3), all in one go, on a virtual machine with two cores of an Intel Xeon at 2.5 GHz that also did other work, so times count in
//! units of a short loop timed beside each. About 270 snippets were timed and the
//! costs fitted to them (246 on 2.7, whose language lacks some); the method and what it misses are in
//! `cli/src/calibrate`. To redo it: `gilsim calibrate` for each version, then `benches/costs/ship.py` with the
//! cost files, which changes the columns here and in `crate::native::costs`. One number stands for most uses of an instruction (`super::work` tells
//! which it does not); what is left is a median error of 1 to 3 % a snippet, and 20 to 29 % for one in ten. What a version does not have (`match`
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
    (Op::LoadConst, [4, 5, 6, 4, 4, 4, 2, 3, 3]),
    (Op::LoadFast, [4, 4, 4, 4, 4, 4, 2, 2, 2]),
    (Op::LoadFastCheck, [4, 4, 4, 4, 4, 4, 2, 2, 2]),
    (Op::LoadFastAndClear, [4, 4, 4, 4, 4, 4, 2, 1, 1]),
    (Op::StoreFast, [2, 1, 1, 1, 1, 2, 1, 1, 1]),
    (Op::DeleteFast, [2, 4, 4, 2, 2, 2, 5, 3, 2]),
    (Op::LoadDeref, [19, 14, 10, 19, 12, 9, 5, 6, 5]),
    (Op::StoreDeref, [1, 1, 1, 1, 1, 1, 5, 6, 16]),
    (Op::DeleteDeref, [1, 1, 1, 1, 1, 1, 5, 6, 16]),
    (Op::LoadFromDictOrDeref, [19, 14, 10, 19, 12, 9, 5, 6, 5]),
    (Op::LoadFromDictOrGlobals, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::MakeCell, [67, 58, 53, 81, 62, 61, 55, 83, 93]),
    (Op::CopyFreeVars, [1, 1, 6, 2, 3, 1, 1, 5, 4]),
    (Op::LoadGlobal, [8, 13, 19, 15, 16, 16, 6, 5, 5]),
    (Op::StoreGlobal, [12, 20, 29, 17, 16, 16, 26, 26, 35]),
    (Op::DeleteGlobal, [12, 20, 29, 17, 16, 16, 26, 26, 35]),
    (Op::LoadName, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::StoreName, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::DeleteName, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::LoadLocals, [4, 4, 4, 4, 4, 4, 2, 2, 2]),
    (Op::LoadAttr, [30, 37, 30, 28, 28, 26, 5, 6, 5]),
    (Op::LoadSuperAttr, [88, 197, 204, 173, 186, 176, 121, 33, 39]),
    (Op::StoreAttr, [34, 36, 35, 40, 39, 46, 4, 5, 3]),
    (Op::DeleteAttr, [40, 89, 68, 61, 72, 47, 28, 37, 40]),
    (Op::BinarySubscr, [11, 11, 9, 10, 12, 12, 3, 1, 1]),
    (Op::StoreSubscr, [20, 15, 14, 14, 14, 13, 3, 3, 2]),
    (Op::DeleteSubscr, [24, 29, 25, 32, 31, 33, 30, 32, 39]),
    (Op::BinarySlice, [47, 90, 86, 87, 83, 95, 99, 126, 109]),
    (Op::StoreSlice, [8, 42, 38, 41, 49, 43, 45, 61, 61]),
    (Op::LoadAssertionError, [4, 5, 6, 4, 4, 4, 2, 3, 3]),
    (Op::LoadBuildClass, [10669, 17002, 12496, 11207, 9267, 12645, 10384, 15593, 12233]),
    (Op::SetupAnnotations, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::PopTop, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::PushNull, [1, 1, 1, 1, 1, 1, 3, 2, 3]),
    (Op::Copy, [1, 3, 3, 3, 3, 2, 2, 2, 2]),
    (Op::Swap, [1, 4, 7, 6, 6, 6, 1, 2, 3]),
    (Op::Nop, [12, 11, 10, 10, 10, 8, 4, 2, 2]),
    (Op::BinaryOp, [6, 17, 16, 19, 20, 20, 12, 15, 14]),
    (Op::CompareOp, [7, 14, 13, 13, 12, 10, 8, 4, 5]),
    (Op::IsOp, [4, 2, 1, 2, 1, 3, 4, 1, 1]),
    (Op::ContainsOp, [11, 13, 15, 11, 14, 14, 18, 16, 14]),
    (Op::UnaryNegative, [7, 23, 20, 22, 21, 21, 17, 23, 21]),
    (Op::UnaryInvert, [7, 25, 20, 25, 21, 23, 17, 22, 21]),
    (Op::UnaryNot, [3, 5, 6, 4, 5, 3, 3, 4, 2]),
    (Op::ToBool, [3, 1, 1, 1, 1, 2, 3, 2, 1]),
    (Op::CallIntrinsic1, [57, 61, 61, 62, 63, 64, 58, 74, 67]),
    (Op::CallIntrinsic2, [57, 61, 61, 62, 63, 64, 58, 74, 67]),
    (Op::BuildTuple, [18, 19, 16, 18, 24, 28, 28, 38, 25]),
    (Op::BuildList, [16, 15, 16, 17, 21, 25, 25, 33, 23]),
    (Op::BuildSet, [72, 72, 79, 76, 81, 88, 90, 96, 99]),
    (Op::BuildMap, [17, 28, 30, 21, 22, 31, 28, 42, 32]),
    (Op::BuildConstKeyMap, [89, 65, 69, 73, 78, 90, 109, 129, 124]),
    (Op::BuildString, [80, 75, 80, 87, 81, 83, 68, 86, 74]),
    (Op::BuildSlice, [80, 84, 83, 80, 80, 91, 96, 139, 129]),
    (Op::ListAppend, [1, 19, 20, 24, 16, 37, 16, 22, 23]),
    (Op::SetAdd, [10, 5, 13, 12, 17, 11, 11, 1, 1]),
    (Op::MapAdd, [30, 32, 32, 39, 40, 40, 46, 41, 41]),
    (Op::ListExtend, [1, 1, 1, 1, 1, 1, 1, 5, 9]),
    (Op::SetUpdate, [57, 39, 31, 31, 35, 36, 37, 56, 50]),
    (Op::DictUpdate, [92, 76, 73, 86, 96, 32, 145, 145, 149]),
    (Op::DictMerge, [13, 27, 36, 65, 176, 122, 141, 139, 154]),
    (Op::ConvertValue, [57, 61, 61, 62, 63, 64, 58, 74, 67]),
    (Op::FormatSimple, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::FormatWithSpec, [119, 298, 263, 281, 256, 245, 270, 310, 301]),
    (Op::UnpackSequence, [7, 9, 9, 7, 8, 10, 7, 6, 6]),
    (Op::UnpackEx, [128, 132, 116, 128, 155, 157, 139, 198, 197]),
    (Op::GetIter, [33, 43, 43, 35, 39, 38, 31, 48, 47]),
    (Op::ForIter, [6, 1, 1, 1, 1, 1, 6, 1, 1]),
    (Op::EndFor, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::GetLen, [4, 4, 4, 4, 4, 8, 5, 7, 4]),
    (Op::JumpForward, [1, 1, 1, 1, 1, 1, 3, 1, 1]),
    (Op::JumpBackward, [1, 7, 6, 6, 6, 5, 1, 4, 5]),
    (Op::JumpBackwardNoInterrupt, [1, 1, 1, 6, 1, 3, 7, 2, 3]),
    (Op::PopJumpIfFalse, [1, 3, 2, 2, 1, 2, 1, 2, 3]),
    (Op::PopJumpIfTrue, [1, 2, 1, 1, 1, 1, 1, 1, 2]),
    (Op::PopJumpIfNone, [11, 7, 8, 6, 6, 8, 2, 1, 2]),
    (Op::PopJumpIfNotNone, [12, 7, 7, 8, 7, 9, 3, 2, 2]),
    (Op::Call, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::CallKw, [36, 28, 25, 30, 30, 21, 26, 32, 30]),
    (Op::CallFunctionEx, [40, 26, 2, 16, 8, 18, 28, 29, 22]),
    (Op::MakeFunction, [30, 49, 49, 52, 49, 70, 78, 101, 119]),
    (Op::SetFunctionAttribute, [10, 1, 1, 1, 1, 1, 1, 1, 4]),
    (Op::ReturnValue, [31, 20, 19, 25, 25, 30, 11, 9, 9]),
    (Op::ReturnConst, [48, 45, 37, 46, 47, 49, 15, 14, 14]),
    (Op::Resume, [16, 35, 26, 24, 21, 21, 13, 10, 9]),
    (Op::ReturnGenerator, [1, 1, 1, 2, 2, 1, 17, 2, 14]),
    (Op::YieldValue, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::Send, [1, 1, 1, 2, 1, 3, 6, 2, 3]),
    (Op::EndSend, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::GetYieldFromIter, [7, 7, 7, 7, 7, 7, 5, 5, 5]),
    (Op::CleanupThrow, [385, 171, 135, 157, 134, 186, 47, 95, 73]),
    (Op::PushExcInfo, [89, 49, 57, 63, 63, 65, 91, 95, 92]),
    (Op::PopExcept, [47, 34, 36, 39, 36, 37, 91, 94, 91]),
    (Op::CheckExcMatch, [385, 171, 135, 157, 134, 186, 47, 95, 73]),
    (Op::CheckEgMatch, [385, 171, 135, 157, 134, 186, 47, 95, 73]),
    (Op::Reraise, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (Op::RaiseVarargs, [55, 1, 1, 3, 14, 1, 38, 1, 6]),
    (Op::BeforeWith, [195, 187, 136, 119, 131, 126, 182, 250, 250]),
    (Op::WithExceptStart, [195, 187, 136, 119, 131, 126, 182, 250, 250]),
    (Op::ImportName, [359, 114, 112, 115, 107, 112, 118, 130, 147]),
    (Op::ImportFrom, [283, 1015, 964, 660, 601, 918, 946, 129, 116]),
    (Op::MatchClass, [94, 98, 97, 96, 95, 186, 178, 223, 209]),
    (Op::MatchKeys, [86, 90, 89, 88, 87, 166, 84, 109, 115]),
    (Op::MatchMapping, [86, 90, 89, 88, 87, 166, 85, 107, 115]),
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
