//! What a CPython version's evaluation loop does around each instruction: eval checks and costs.
//!
//! A profile is a list of rows that map (opcode, origin) to a [`Check`], the first matching row counting, and a column
//! of the cost table. Both are applied once, when code is assembled. The rows restate measurements: a signal every 40 µs,
//! whose Python handler runs exactly where a drop request would be honoured, and a count of the opcodes it stopped after.

use super::costs;
use super::{Op, Origin};
use crate::source::Flavour;

/// Where the evaluation loop looks at the drop request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(u8)]
pub enum Check {
    /// Nowhere.
    #[default]
    None,
    /// When the instruction has completed.
    After,
    /// When the instruction jumped.
    AfterTaken,
    /// When a call whose callee was native returned; the VM knows the exempted callees.
    AfterNativeCall,
    /// When a call returned, whatever was called.
    AfterAnyCall,
}

/// One row: which instructions, and their check. Empty lists match everything.
#[derive(PartialEq, Eq, Debug)]
struct Row {
    ops: &'static [Op],
    origins: &'static [Origin],
    check: Check,
}

/// The rules of one profile, as far as they are baked into code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeRules {
    /// The profile's name, `3.13` or `3.9`.
    pub profile: &'static str,
    /// Comprehensions are functions of their own (before 3.12).
    pub comprehension_is_call: bool,
    /// No check directly before an instruction that enters a `try` or `with` (before 3.11).
    looks_ahead: bool,
    /// First match counts; the last row matches everything.
    rows: &'static [Row],
    /// Cost per opcode.
    costs_ns: [u16; Op::COUNT],
}

/// Virtual time of an instruction of atomic library code is this part of the usual: it stands for compiled C.
const ATOMIC_SPEED: u16 = 8;

/// 3.12 and 3.13, hot code: function entry and resumption of a generator, back edges of loops, calls of C functions.
static ROWS_3_13: &[Row] = &[
    Row { ops: &[Op::Resume], origins: &[Origin::YieldFrom], check: Check::None },
    Row { ops: &[Op::Resume, Op::JumpBackward], origins: &[], check: Check::After },
    Row { ops: &[Op::Call, Op::CallKw, Op::CallFunctionEx], origins: &[], check: Check::AfterNativeCall },
    Row { ops: &[], origins: &[], check: Check::None },
];

/// 3.9: after every instruction except the fast ones, judged by the instruction of 3.9 that this one stands for.
static ROWS_3_9: &[Row] = &[
    // What 3.9 has no instruction for.
    Row { ops: &[], origins: &[Origin::Artefact], check: Check::None },
    Row { ops: &[Op::EndSend], origins: &[Origin::YieldFrom], check: Check::After },
    Row { ops: &[], origins: &[Origin::YieldFrom], check: Check::None },
    // SETUP_FINALLY and POP_BLOCK; a handler is entered through the loop top.
    Row { ops: &[Op::Nop], origins: &[Origin::SetupFinally, Origin::PopBlock], check: Check::After },
    Row { ops: &[Op::PushExcInfo], origins: &[Origin::HandlerEntry], check: Check::After },
    // LOAD_CLOSURE, unlike LOAD_FAST.
    Row { ops: &[Op::LoadFast], origins: &[Origin::LoadClosure], check: Check::After },
    // A jump on a value that is no bool; JUMP_IF_NOT_EXC_MATCH.
    Row { ops: &[Op::ToBool], origins: &[Origin::BoolTest], check: Check::After },
    Row { ops: &[Op::PopJumpIfFalse, Op::PopJumpIfTrue], origins: &[Origin::ExceptionMatch], check: Check::After },
    Row { ops: &[Op::Call, Op::CallKw, Op::CallFunctionEx], origins: &[], check: Check::AfterAnyCall },
    // The fast instructions of 3.9.
    Row {
        ops: &[
            Op::LoadFast,
            Op::LoadFastCheck,
            Op::LoadConst,
            Op::StoreFast,
            Op::PopTop,
            Op::Copy,
            Op::Swap,
            Op::JumpForward,
            Op::PopJumpIfFalse,
            Op::PopJumpIfTrue,
            Op::ContainsOp,
            Op::IsOp,
        ],
        origins: &[],
        check: Check::None,
    },
    // Parts of instructions of 3.9 that are checked elsewhere, or none of its instructions.
    Row {
        ops: &[
            Op::LoadFastAndClear,
            Op::LoadLocals,
            Op::PushNull,
            Op::MakeCell,
            Op::CopyFreeVars,
            Op::Nop,
            Op::ToBool,
            Op::PopJumpIfNone,
            Op::PopJumpIfNotNone,
            Op::EndFor,
            Op::ConvertValue,
            Op::SetFunctionAttribute,
            Op::CheckExcMatch,
            Op::PushExcInfo,
            Op::CleanupThrow,
            Op::JumpBackwardNoInterrupt,
            // These leave the frame; a generator checks when it is resumed.
            Op::YieldValue,
            Op::Send,
            Op::ReturnValue,
            Op::ReturnConst,
            Op::ReturnGenerator,
            Op::RaiseVarargs,
            Op::Reraise,
        ],
        origins: &[],
        check: Check::None,
    },
    Row { ops: &[], origins: &[], check: Check::After },
];

impl CodeRules {
    /// The names of all profiles.
    pub const PROFILES: &[&str] = &["3.9", "3.13"];

    /// The rules of a profile.
    pub fn for_profile(profile: &str) -> Option<CodeRules> {
        match profile {
            "3.13" => Some(CodeRules {
                profile: "3.13",
                comprehension_is_call: false,
                looks_ahead: false,
                rows: ROWS_3_13,
                costs_ns: costs::column(costs::Column::Python3_13),
            }),
            "3.9" => Some(CodeRules {
                profile: "3.9",
                comprehension_is_call: true,
                looks_ahead: true,
                rows: ROWS_3_9,
                costs_ns: costs::column(costs::Column::Python3_9),
            }),
            _ => None,
        }
    }

    /// Check and cost of an instruction in the user's code or in preemptible library code.
    pub fn bake(&self, op: Op, origin: Origin) -> (Check, u16) {
        let matches = |row: &&Row| {
            (row.ops.is_empty() || row.ops.contains(&op)) && (row.origins.is_empty() || row.origins.contains(&origin))
        };
        let check = self.rows.iter().find(matches).map_or(Check::None, |row| row.check);
        (check, self.costs_ns[op as usize])
    }

    /// Check and cost of an instruction in code of the given flavour.
    pub fn bake_for(&self, flavour: Flavour, op: Op, origin: Origin) -> (Check, u16) {
        let (check, cost_ns) = self.bake(op, origin);
        match flavour {
            Flavour::User | Flavour::Library => (check, cost_ns),
            Flavour::Atomic => (Check::None, cost_ns.div_ceil(ATOMIC_SPEED)),
        }
    }

    /// Whether the check after an instruction is left out because the one executed next enters a `try` or `with`.
    pub fn skips_check_before(&self, next: Option<Origin>, target: Option<Origin>, op: Op) -> bool {
        let follower = if matches!(op, Op::JumpBackward | Op::JumpForward) { target } else { next };
        self.looks_ahead && matches!(follower, Some(Origin::SetupFinally | Origin::SetupWith))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(profile: &str, op: Op, origin: Origin) -> Check {
        CodeRules::for_profile(profile).unwrap().bake(op, origin).0
    }

    #[test]
    fn profile_3_13_checks_at_resume_back_edge_and_native_calls_only() {
        for &op in Op::ALL {
            let expected = match op {
                Op::Resume | Op::JumpBackward => Check::After,
                Op::Call | Op::CallKw | Op::CallFunctionEx => Check::AfterNativeCall,
                _ => Check::None,
            };
            assert_eq!(check("3.13", op, Origin::Plain), expected, "{}", op.name());
        }
        assert_eq!(check("3.13", Op::Resume, Origin::YieldFrom), Check::None);
    }

    #[test]
    fn profile_3_9_checks_after_all_but_fast_instructions() {
        let checked = [
            Op::LoadGlobal,
            Op::LoadAttr,
            Op::StoreGlobal,
            Op::StoreAttr,
            Op::StoreSubscr,
            Op::BinaryOp,
            Op::UnaryNegative,
            Op::UnaryNot,
            Op::CompareOp,
            Op::BuildList,
            Op::GetIter,
            Op::ForIter,
            Op::JumpBackward,
            Op::ListAppend,
            Op::MakeFunction,
            Op::PopExcept,
            Op::BeforeWith,
            Op::WithExceptStart,
            Op::Resume,
            Op::LoadDeref,
            Op::DeleteFast,
        ];
        assert!(checked.iter().all(|&op| check("3.9", op, Origin::Plain) == Check::After));
        let fast = [Op::LoadFast, Op::LoadConst, Op::StoreFast, Op::PopTop, Op::Copy, Op::Swap, Op::JumpForward];
        assert!(fast.iter().all(|&op| check("3.9", op, Origin::Plain) == Check::None));
        assert_eq!(check("3.9", Op::ContainsOp, Origin::Plain), Check::None);
        assert_eq!(check("3.9", Op::IsOp, Origin::Plain), Check::None);
        assert_eq!(check("3.9", Op::Call, Origin::Plain), Check::AfterAnyCall);
        assert_eq!(check("3.9", Op::Nop, Origin::SetupFinally), Check::After);
        assert_eq!(check("3.9", Op::Nop, Origin::Plain), Check::None);
        assert_eq!(check("3.9", Op::ToBool, Origin::Plain), Check::None);
        assert_eq!(check("3.9", Op::ToBool, Origin::BoolTest), Check::After);
    }

    #[test]
    fn atomic_code_is_never_checked_and_cheap() {
        let rules = CodeRules::for_profile("3.9").unwrap();
        for &op in Op::ALL {
            let (check, cost_ns) = rules.bake_for(Flavour::Atomic, op, Origin::Plain);
            assert_eq!(check, Check::None);
            assert!(cost_ns <= rules.bake(op, Origin::Plain).1);
        }
    }

    #[test]
    fn unknown_profiles_have_no_rules() {
        assert!(CodeRules::PROFILES.iter().all(|profile| CodeRules::for_profile(profile).is_some()));
        assert!(CodeRules::for_profile("3.14").is_none());
    }
}
