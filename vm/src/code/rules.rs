//! What a CPython version's evaluation loop does around each instruction: eval checks and costs.
//!
//! A profile is a list of rows that map (opcode, origin) to a [`Check`], the first matching row counting, and a column
//! of the cost table. Both are applied once, when code is assembled. The rows restate measurements: a signal every 40 µs,
//! whose Python handler runs exactly where a drop request would be honoured, and a count of the opcodes it stopped after.

use super::costs;
use super::library::{self, LibraryRules};
use super::{Instr, Op, Origin, Work, WorkNs};
use crate::native::costs::{NativeCosts, shipped_work};
use crate::source::Flavour;
use std::sync::Arc;

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
    /// The same, without exemptions: code that is not specialised.
    AfterEveryNativeCall,
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

/// One CPython version, as far as its evaluation loop goes.
#[derive(Debug)]
struct Version {
    name: &'static str,
    /// First match counts; the last row matches everything.
    rows: &'static [Row],
    /// No check directly before an instruction of these origins.
    looks_ahead_to: &'static [Origin],
    comprehension_is_call: bool,
    checks_after_init: bool,
    prints_in_pieces: bool,
    has_check_interval: bool,
    has_gil: bool,
    warm_after: Option<u8>,
    /// Whose measured costs it has, and how many hundredths of them.
    costs: (&'static str, u32),
}

/// The rules of one profile, as far as they are baked into code or concern native functions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeRules {
    /// The profile's name, such as `3.13`.
    pub profile: &'static str,
    /// Comprehensions are functions of their own (before 3.12).
    pub comprehension_is_call: bool,
    /// A call of a class whose `__init__` is in Python ends with a check (before 3.13).
    pub checks_after_init: bool,
    /// Each piece that `print` or `write` gives to a stream is a write of its own without the GIL (2.7).
    pub prints_in_pieces: bool,
    /// `sys.setcheckinterval` exists (up to 3.8; only 2.7 heeds it).
    pub has_check_interval: bool,
    /// What `sys._is_gil_enabled()` says.
    pub has_gil: bool,
    /// Calls that hot code specialises end without a check; in cold code they have one (from 3.11 on).
    pub exempts_calls: bool,
    /// How often a code object is entered until it is specialised, where loops by `while` do not count (3.11).
    pub warm_after: Option<u8>,
    /// Code is cold until then. If not, it counts as specialised from its first execution.
    pub starts_cold: bool,
    /// How the library's C code releases the GIL.
    pub library: &'static LibraryRules,
    looks_ahead_to: &'static [Origin],
    rows: &'static [Row],
    /// Cost per opcode.
    pub(crate) costs_ns: [u16; Op::COUNT],
    /// Cost of the work that the text tells.
    pub(crate) work_ns: WorkNs,
    /// Costs of native functions, where they are not those shipped for the profile.
    pub(crate) own_costs: Option<Arc<NativeCosts>>,
}

/// Virtual time of an instruction of atomic library code is this part of the usual: it stands for compiled C.
const ATOMIC_SPEED: u16 = 8;

const CALLS: &[Op] = &[Op::Call, Op::CallKw, Op::CallFunctionEx];

/// Instructions that 2.7 to 3.9 run on from without looking, beside those that one version has alone.
const FAST: &[Op] = &[
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
];

/// Parts of instructions of 2.7 to 3.9 that are checked elsewhere, or none of their instructions.
const PARTS: &[Op] = &[
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
];

const fn row(ops: &'static [Op], origins: &'static [Origin], check: Check) -> Row {
    Row { ops, origins, check }
}

// What 2.7 to 3.9 have no instruction for.
const NOT_THERE: Row = row(&[], &[Origin::Artefact], Check::None);
const YIELD_FROM_END: Row = row(&[Op::EndSend], &[Origin::YieldFrom], Check::After);
const YIELD_FROM: Row = row(&[], &[Origin::YieldFrom], Check::None);
// SETUP_FINALLY, SETUP_EXCEPT and POP_BLOCK; a handler is entered through the loop top.
const SETUP: Row = row(&[Op::Nop], &[Origin::SetupFinally, Origin::SetupExcept, Origin::PopBlock], Check::After);
const HANDLER: Row = row(&[Op::PushExcInfo], &[Origin::HandlerEntry], Check::After);
// LOAD_CLOSURE, unlike LOAD_FAST.
const LOAD_CLOSURE: Row = row(&[Op::LoadFast], &[Origin::LoadClosure], Check::After);
// A jump on a value that is no bool.
const NOT_BOOL: Row = row(&[Op::ToBool], &[Origin::BoolTest], Check::After);
// JUMP_IF_NOT_EXC_MATCH of 3.9; before, COMPARE_OP and a jump on a bool.
const EXCEPTION_JUMP: Row = row(&[Op::PopJumpIfFalse, Op::PopJumpIfTrue], &[Origin::ExceptionMatch], Check::After);
const EXCEPTION_COMPARE: Row = row(&[Op::CheckExcMatch], &[Origin::ExceptionMatch], Check::After);
const ANY_CALL: Row = row(CALLS, &[], Check::AfterAnyCall);
const FAST_JUMPS: Row = row(FAST, &[], Check::None);
const NO_OWN: Row = row(PARTS, &[], Check::None);
const REST_CHECKED: Row = row(&[], &[], Check::After);
const REST_UNCHECKED: Row = row(&[], &[], Check::None);

/// 2.7 to 3.8: after every instruction except the fast ones, judged by the instruction that this one stands for.
static ROWS_2_7: &[Row] = &[
    NOT_THERE,
    YIELD_FROM_END,
    YIELD_FROM,
    SETUP,
    HANDLER,
    LOAD_CLOSURE,
    NOT_BOOL,
    EXCEPTION_COMPARE,
    ANY_CALL,
    FAST_JUMPS,
    NO_OWN,
    REST_CHECKED,
];

/// 3.9: as before, but `in` and `is` have instructions of their own, which are fast.
static ROWS_3_9: &[Row] = &[
    NOT_THERE,
    YIELD_FROM_END,
    YIELD_FROM,
    SETUP,
    HANDLER,
    LOAD_CLOSURE,
    NOT_BOOL,
    EXCEPTION_JUMP,
    ANY_CALL,
    FAST_JUMPS,
    row(&[Op::ContainsOp, Op::IsOp], &[], Check::None),
    NO_OWN,
    REST_CHECKED,
];

/// 3.10: after calls, whatever was called, at back edges and taken conditional jumps, at entry, and at handlers.
static ROWS_3_10: &[Row] = &[
    NOT_THERE,
    YIELD_FROM,
    HANDLER,
    row(&[Op::Resume, Op::JumpBackward], &[], Check::After),
    ANY_CALL,
    // JUMP_IF_FALSE_OR_POP and JUMP_IF_NOT_EXC_MATCH never look; of an inverted jump the backward jump behind it does.
    row(&[], &[Origin::ValueTest, Origin::ExceptionMatch, Origin::Inverted], Check::None),
    row(&[Op::PopJumpIfFalse, Op::PopJumpIfTrue, Op::PopJumpIfNone, Op::PopJumpIfNotNone], &[], Check::AfterTaken),
    REST_UNCHECKED,
];

/// 3.11 to 3.13, hot code: function entry and resumption of a generator, back edges of loops, calls of C functions.
static ROWS_3_11: &[Row] = &[
    YIELD_FROM,
    row(&[Op::Resume, Op::JumpBackward], &[], Check::After),
    row(CALLS, &[], Check::AfterNativeCall),
    REST_UNCHECKED,
];

/// Oldest first. Sources: `Python/ceval.c` (from 3.12 on `Python/bytecodes.c`) of the versions, and the measurements
/// that the head of this file names, on 2.7.18, 3.6.15, 3.7.16, 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1 and 3.13.0.
/// 3.13t, the build without a GIL, was not measured: its code costs two fifths more than that of 3.13, which the
/// release notes of 3.13 say of its specialising interpreter, switched off there.
static VERSIONS: &[Version] = &[
    Version { prints_in_pieces: true, ..before_3_9("2.7", &[Origin::SetupFinally]) },
    before_3_9("3.6", &[Origin::SetupFinally, Origin::SetupWith]),
    before_3_9("3.7", &[Origin::SetupFinally, Origin::SetupWith]),
    before_3_9("3.8", TRY_AND_WITH),
    Version { rows: ROWS_3_9, ..before_3_12("3.9", TRY_AND_WITH) },
    Version { rows: ROWS_3_10, ..before_3_12("3.10", TRY_AND_WITH) },
    Version { rows: ROWS_3_11, warm_after: Some(WARM_AFTER), ..before_3_12("3.11", &[]) },
    Version { rows: ROWS_3_11, comprehension_is_call: false, ..before_3_12("3.12", &[]) },
    since_3_13("3.13", ("3.13", 100)),
    Version { has_gil: false, ..since_3_13("3.13t", ("3.13", 140)) },
];

/// `QUICKENING_WARMUP_DELAY` (3.11: Include/internal/pycore_code.h); RESUME and JUMP_BACKWARD count, a backward conditional jump does not.
const WARM_AFTER: u8 = 8;

const TRY_AND_WITH: &[Origin] = &[Origin::SetupFinally, Origin::SetupExcept, Origin::SetupWith];

const fn before_3_9(name: &'static str, looks_ahead_to: &'static [Origin]) -> Version {
    Version {
        name,
        rows: ROWS_2_7,
        looks_ahead_to,
        comprehension_is_call: true,
        checks_after_init: true,
        prints_in_pieces: false,
        has_check_interval: true,
        has_gil: true,
        warm_after: None,
        costs: (name, 100),
    }
}

const fn before_3_12(name: &'static str, looks_ahead_to: &'static [Origin]) -> Version {
    Version { has_check_interval: false, ..before_3_9(name, looks_ahead_to) }
}

const fn since_3_13(name: &'static str, costs: (&'static str, u32)) -> Version {
    Version {
        name,
        rows: ROWS_3_11,
        looks_ahead_to: &[],
        comprehension_is_call: false,
        checks_after_init: false,
        prints_in_pieces: false,
        has_check_interval: false,
        has_gil: true,
        warm_after: None,
        costs,
    }
}

impl Version {
    fn named(name: &str) -> Option<&'static Version> {
        VERSIONS.iter().find(|version| version.name == name)
    }
}

/// The column of the cost tables that a profile uses, and how many hundredths of it.
pub(crate) fn cost_column(profile: &str) -> (usize, u32) {
    let (version, percent) = Version::named(profile).map_or((profile, 100), |version| version.costs);
    (costs::column_of(version).expect("every profile names a column"), percent)
}

impl CodeRules {
    /// The names of all profiles, oldest first.
    pub fn profiles() -> impl Iterator<Item = &'static str> {
        VERSIONS.iter().map(|version| version.name)
    }

    /// The rules of a profile.
    pub fn for_profile(profile: &str) -> Option<CodeRules> {
        let version = Version::named(profile)?;
        Some(CodeRules {
            profile: version.name,
            comprehension_is_call: version.comprehension_is_call,
            checks_after_init: version.checks_after_init,
            prints_in_pieces: version.prints_in_pieces,
            has_check_interval: version.has_check_interval,
            has_gil: version.has_gil,
            exempts_calls: true,
            warm_after: version.warm_after,
            starts_cold: false,
            library: library::of(version.name),
            looks_ahead_to: version.looks_ahead_to,
            rows: version.rows,
            costs_ns: costs::instructions(profile),
            work_ns: shipped_work(profile),
            own_costs: None,
        })
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
    pub fn bake_for(&self, flavour: Flavour, op: Op, arg: u32, origin: Origin) -> (Check, u16) {
        let (check, cost_ns) = self.bake(op, origin);
        let work_ns = Work::of(op, arg, origin).map_or(0, |work| self.work_ns[work as usize]);
        let cost_ns = cost_ns.saturating_add(work_ns);
        match flavour {
            Flavour::User | Flavour::Library => (check, cost_ns),
            Flavour::Atomic => (Check::None, cost_ns.div_ceil(ATOMIC_SPEED)),
        }
    }

    /// An instruction as cold code executes it.
    pub fn cold(&self, instr: Instr) -> Instr {
        let more_ns = Work::of_cold(instr.op).map_or(0, |work| self.work_ns[work as usize]);
        let check = match instr.check {
            Check::AfterNativeCall => Check::AfterEveryNativeCall,
            check => check,
        };
        Instr { check, cost_ns: instr.cost_ns.saturating_add(more_ns), ..instr }
    }

    /// Whether the check after an instruction is left out because the one executed next enters a `try` or `with`.
    pub fn skips_check_before(&self, next: Option<Origin>, target: Option<Origin>, op: Op) -> bool {
        let follower = if matches!(op, Op::JumpBackward | Op::JumpForward) { target } else { next };
        follower.is_some_and(|origin| self.looks_ahead_to.contains(&origin))
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
            let (check, cost_ns) = rules.bake_for(Flavour::Atomic, op, 0, Origin::Plain);
            assert_eq!(check, Check::None);
            assert!(cost_ns <= rules.bake(op, Origin::Plain).1);
        }
    }

    #[test]
    fn unknown_profiles_have_no_rules() {
        assert!(CodeRules::profiles().all(|profile| CodeRules::for_profile(profile).is_some()));
        assert!(CodeRules::for_profile("3.14").is_none());
    }
}
