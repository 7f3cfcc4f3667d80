//! Groups: runs of instructions that the loop executes at once when they are in their usual case.
//!
//! `LOAD_FAST a; LOAD_CONST 1; BINARY_OP +=; STORE_FAST a` is one fetch, one test of the time and one store instead of four of
//! each. A group begins at the instruction that the program counter is at and says nothing about other ways to get into
//! its middle: each instruction has an entry of its own, so jumps need no care.
//!
//! While ends of objects are watched (`destroy`), the loop has other entries: before an instruction or group that may let go
//! of something watched there is a test, which is no instruction and takes no time.
//!
//! A group means exactly what its instructions mean one after the other. It is executed only if its whole cost fits below
//! the loop's limit of time, so no pause could have fallen into it; it changes at most one thing, last; and if an operand
//! is not of the usual kind it has changed nothing, and its first instruction is executed alone. When every instruction
//! has to be looked at, the limit is 0 and there are no groups.

use super::access::may_touch;
use super::loss::Loss;
use crate::code::{BinaryOperator, Instr, Op};
use crate::value::CodeId;
use std::fmt;
use std::sync::OnceLock;

/// What the loop does next: one instruction, or a group.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Group {
    /// First operand: of a single instruction its own, else mostly a slot.
    pub a: u32,
    /// Where the result goes: a slot or a jump's target.
    pub d: u32,
    /// Second operand: a slot or a constant.
    pub b: u16,
    /// Third operand: the operator, the outcomes of a comparison, or the operand of the attribute.
    pub c: u16,
    /// What the instructions cost together.
    pub cost_ns: u16,
    /// An opcode's number, or a group's of [`number`].
    pub op: u8,
    /// How many instructions these are.
    pub len: u8,
}

/// Where a run in a code object stops for a look at the next instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Before what may touch something that other threads can reach.
    Touching,
    /// Before its first instruction.
    Entry,
    /// Nowhere.
    Nowhere,
}

/// What the loop looks out for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lookout<'a> {
    /// Nothing but the limit of time.
    Time,
    /// Also instructions that may let go of a suspended generator.
    Generators,
    /// Also instructions that may let go of any watched object.
    Objects,
    /// Also what the marks of the codes say, by number; in codes without a mark every instruction.
    Marks(&'a [Mark]),
    /// Every instruction.
    Everything,
}

/// The entries of a code object, by the position of the instruction. All of it follows from the code: no state.
#[derive(Clone)]
pub struct Groups {
    /// Each instruction alone.
    pub alone: Box<[Group]>,
    /// The longest group that begins at each.
    pub longest: Box<[Group]>,
    /// The same with tests for [`Lookout::Generators`], made when first asked for.
    generators: OnceLock<Box<[Group]>>,
    /// Each instruction alone, with tests for [`Lookout::Objects`], made when first asked for.
    objects: OnceLock<Box<[Group]>>,
    /// Groups up to the next stop of [`Mark::Touching`], of [`Mark::Entry`], and a stop before every instruction, made
    /// when first asked for.
    marked: [OnceLock<Box<[Group]>>; 3],
}

/// The numbers that the loop matches on: single instructions by their opcodes, groups above them.
pub mod number {
    use crate::code::Op;

    macro_rules! single {
        ($($name:ident $op:ident,)+) => { $(#[doc = stringify!($op)] pub const $name: u8 = Op::$op as u8;)+ };
    }

    single! {
        NOP Nop, RESUME Resume, END_FOR EndFor, LOAD_FAST LoadFast, LOAD_CONST LoadConst, STORE_FAST StoreFast,
        POP_TOP PopTop, PUSH_NULL PushNull, COPY Copy, SWAP Swap, JUMP_FORWARD JumpForward,
        JUMP_BACKWARD JumpBackward, JUMP_BACKWARD_NO_INTERRUPT JumpBackwardNoInterrupt,
        POP_JUMP_IF_FALSE PopJumpIfFalse, POP_JUMP_IF_TRUE PopJumpIfTrue, POP_JUMP_IF_NONE PopJumpIfNone,
        POP_JUMP_IF_NOT_NONE PopJumpIfNotNone, IS_OP IsOp, UNARY_NOT UnaryNot, TO_BOOL ToBool, BINARY_OP BinaryOp,
        COMPARE_OP CompareOp, UNARY_NEGATIVE UnaryNegative, BINARY_SUBSCR BinarySubscr, CONTAINS_OP ContainsOp,
        STORE_SUBSCR StoreSubscr, FOR_ITER ForIter, LOAD_DEREF LoadDeref, LOAD_GLOBAL LoadGlobal,
        STORE_GLOBAL StoreGlobal, LOAD_ATTR LoadAttr, STORE_ATTR StoreAttr, CALL Call, RETURN_VALUE ReturnValue,
        RETURN_CONST ReturnConst, LOAD_NAME LoadName, STORE_NAME StoreName, LIST_APPEND ListAppend,
        YIELD_VALUE YieldValue, UNPACK_SEQUENCE UnpackSequence,
    }

    macro_rules! groups {
        ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
            #[expect(non_camel_case_types, reason = "the constants have their names")]
            #[repr(u8)]
            enum Number { $($name),+ }
            $($(#[doc = $doc])+ pub const $name: u8 = Op::COUNT as u8 + Number::$name as u8;)+
            /// One above the highest number.
            pub const END: usize = Op::COUNT + [$(Number::$name),+].len();
        };
    }

    // In the names: F is a slot, K a constant, S an operand on the stack.
    groups! {
        /// Slot, slot, operator.
        BINARY_FF,
        /// Slot, constant, operator.
        BINARY_FK,
        /// Constant, slot, operator.
        BINARY_KF,
        /// Slot, operator.
        BINARY_SF,
        /// Constant, operator.
        BINARY_SK,
        /// Slot, slot, operator, store.
        BINARY_FF_TO,
        /// Slot, constant, operator, store.
        BINARY_FK_TO,
        /// Slot, operator, store.
        BINARY_SF_TO,
        /// Constant, operator, store.
        BINARY_SK_TO,
        /// Operator, store.
        BINARY_SS_TO,
        /// Slot, slot, comparison, jump.
        COMPARE_FF,
        /// Slot, constant, comparison, jump.
        COMPARE_FK,
        /// Slot, comparison, jump.
        COMPARE_SF,
        /// Constant, comparison, jump.
        COMPARE_SK,
        /// Comparison, jump.
        COMPARE_SS,
        /// Truth, jump.
        TRUTH_S,
        /// Slot, truth, jump.
        TRUTH_F,
        /// Slot, slot, subscript.
        ITEM_FF,
        /// Slot, constant, subscript.
        ITEM_FK,
        /// Slot, subscript.
        ITEM_SF,
        /// Constant, subscript.
        ITEM_SK,
        /// Slot, slot, both again, subscript: the begin of `a[i] += x`.
        ITEM_KEEP_FF,
        /// Slot, constant, both again, subscript.
        ITEM_KEEP_FK,
        /// Slot, slot, store of a subscript.
        SET_ITEM_FF,
        /// Slot, constant, store of a subscript.
        SET_ITEM_FK,
        /// Two swaps, store of a subscript: the end of `a[i] += x`.
        SET_ITEM_KEPT,
        /// Two loads of slots.
        LOAD_FF,
        /// Loads of a slot and a constant.
        LOAD_FK,
        /// A store and a load.
        STORE_LOAD,
        /// Two stores.
        STORE_STORE,
        /// The next item of a loop, stored.
        FOR_STORE,
        /// The jump to a loop's begin, the next item, stored.
        JUMP_FOR_STORE,
        /// Slot, attribute.
        ATTR_F,
        /// Slot, the same again, attribute: the begin of `a.n += x`.
        ATTR_KEEP_F,
        /// Slot, store of an attribute.
        SET_ATTR_F,
        /// Swap, store of an attribute: the end of `a.n += x`.
        SET_ATTR_KEPT,
        /// Slot, call with it as the last argument.
        LOAD_F_CALL,
        /// Slot, method, call without arguments.
        ATTR_F_CALL,
        /// The begin of a frame or what follows a `yield`, and the value sent there dropped.
        RESUME_POP,
        /// No instruction: asks whether the instruction may let go of something watched.
        WATCH_ONE,
        /// No instruction: asks the same of a group that stores into one or two slots.
        WATCH_SLOTS,
        /// No instruction: the run stops here, so that somebody can look at the next instruction.
        LOOK_FIRST,
    }

    const _: () = assert!(END <= 256, "the numbers fit in a byte");
}

use number as n;

/// Set in the operand of a group that ends with a jump if the test holds; otherwise it jumps if it does not.
pub const JUMP_IF_TRUE: u16 = 1 << 8;

impl PartialEq for Groups {
    fn eq(&self, _other: &Groups) -> bool {
        true
    }
}

impl fmt::Debug for Groups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Groups")
    }
}

impl Groups {
    /// The entries of all instructions of a code object.
    pub fn of(instrs: &[Instr]) -> Groups {
        let alone: Box<[Group]> = instrs.iter().map(|instr| Group::alone(*instr)).collect();
        let longest = (0..instrs.len()).map(|at| Group::at(instrs, at).unwrap_or(alone[at])).collect();
        Groups { alone, longest, generators: OnceLock::new(), objects: OnceLock::new(), marked: Default::default() }
    }

    /// The entries for what the loop looks out for.
    #[inline(always)]
    pub fn entries(&self, instrs: &[Instr], code: CodeId, lookout: Lookout<'_>) -> &[Group] {
        match lookout {
            Lookout::Time => &self.longest,
            Lookout::Everything => &self.alone,
            Lookout::Generators => {
                self.generators.get_or_init(|| (0..instrs.len()).map(|at| self.for_generators(instrs, at)).collect())
            }
            Lookout::Objects => {
                self.objects.get_or_init(|| (0..instrs.len()).map(|at| self.watched(instrs, at, false)).collect())
            }
            Lookout::Marks(marks) => self.marked(instrs, marks.get(code.0 as usize).copied()),
        }
    }

    fn marked(&self, instrs: &[Instr], mark: Option<Mark>) -> &[Group] {
        let (kind, stops): (usize, fn(usize, Op) -> bool) = match mark {
            Some(Mark::Nowhere) => return &self.longest,
            Some(Mark::Touching) => (0, |_, op| may_touch(op)),
            Some(Mark::Entry) => (1, |at, _| at == 0),
            None => (2, |_, _| true),
        };
        let entry = |at: usize| match self.longest[at] {
            _ if stops(at, instrs[at].op) => Group::without_instruction(n::LOOK_FIRST),
            group if others(instrs, at, group.len, group.op).iter().any(|instr| stops(1, instr.op)) => self.alone[at],
            group => group,
        };
        self.marked[kind].get_or_init(|| (0..instrs.len()).map(entry).collect())
    }

    /// An instruction alone, tested if it may let go of something.
    fn watched(&self, instrs: &[Instr], at: usize, only_generators: bool) -> Group {
        match Loss::of(instrs[at], only_generators) {
            Loss::Nothing => self.alone[at],
            _ => Group::without_instruction(n::WATCH_ONE),
        }
    }

    /// The longest group, tested if it stores; an instruction alone if it may let go of more.
    fn for_generators(&self, instrs: &[Instr], at: usize) -> Group {
        let group = self.longest[at];
        let mut slots = Vec::new();
        for instr in std::iter::once(&instrs[at]).chain(others(instrs, at, group.len, group.op)) {
            match Loss::of(*instr, true) {
                Loss::Nothing => {}
                Loss::Slot => slots.push(instr.arg),
                _ => return self.watched(instrs, at, true),
            }
        }
        match slots[..] {
            [] => group,
            [only] => Group { a: only, d: only, ..Group::without_instruction(n::WATCH_SLOTS) },
            [a, d] => Group { a, d, ..Group::without_instruction(n::WATCH_SLOTS) },
            _ => self.watched(instrs, at, true),
        }
    }
}

impl Group {
    /// An entry that executes nothing.
    fn without_instruction(op: u8) -> Group {
        Group { op, len: 0, cost_ns: 0, a: 0, b: 0, c: 0, d: 0 }
    }

    /// One instruction alone.
    fn alone(instr: Instr) -> Group {
        Group { op: instr.op as u8, len: 1, cost_ns: instr.cost_ns, a: instr.arg, b: 0, c: 0, d: 0 }
    }

    /// The longest group that begins at an instruction, if its operands fit.
    fn at(instrs: &[Instr], at: usize) -> Option<Group> {
        let rest = &instrs[at..];
        if matches!(seen(rest, 0)?, (Op::Resume, _)) && !matches!(seen(rest, 1)?, (Op::PopTop | Op::JumpBackward, _)) {
            // It does nothing but take its time.
            let next = Group::at(instrs, at + 1)?;
            let cost_ns = next.cost_ns.checked_add(instrs[at].cost_ns)?;
            return Some(Group { len: next.len + 1, cost_ns, ..next });
        }
        [compute, jump, subscript, pair, attribute, call].iter().find_map(|kind| {
            let (op, len, [a, b, c, d]) = kind(instrs, rest)?;
            let (b, c) = (u16::try_from(b).ok()?, u16::try_from(c).ok()?);
            Some(Group { op, len, cost_ns: cost_of(instrs, at, len, op)?, a, b, c, d })
        })
    }
}

/// The instructions of a group but the first. They follow each other, but for a loop's jump.
fn others(instrs: &[Instr], at: usize, len: u8, op: u8) -> &[Instr] {
    let start = if op == n::JUMP_FOR_STORE { instrs[at].arg as usize } else { at + 1 };
    &instrs[start..start + usize::from(len) - 1]
}

/// What a group costs, if that fits.
fn cost_of(instrs: &[Instr], at: usize, len: u8, op: u8) -> Option<u16> {
    others(instrs, at, len, op).iter().try_fold(instrs[at].cost_ns, |sum, instr| sum.checked_add(instr.cost_ns))
}

type Found = Option<(u8, u8, [u32; 4])>;

/// `(opcode, operand)` of an instruction.
fn seen(rest: &[Instr], at: usize) -> Option<(Op, u32)> {
    rest.get(at).map(|instr| (instr.op, instr.arg))
}

/// The operands before an operator: how many instructions load them, and which they are.
fn operands(rest: &[Instr]) -> Option<(usize, &'static str, u32, u32)> {
    Some(match (seen(rest, 0)?, seen(rest, 1)) {
        ((Op::LoadFast, a), Some((Op::LoadFast, b))) => (2, "FF", a, b),
        ((Op::LoadFast, a), Some((Op::LoadConst, b))) => (2, "FK", a, b),
        ((Op::LoadConst, a), Some((Op::LoadFast, b))) => (2, "KF", a, b),
        ((Op::LoadFast, b), _) => (1, "SF", 0, b),
        ((Op::LoadConst, b), _) => (1, "SK", 0, b),
        _ => (0, "SS", 0, 0),
    })
}

/// Operators, with and without a store.
fn compute(_: &[Instr], rest: &[Instr]) -> Found {
    let (loads, from, a, b) = operands(rest)?;
    let (Op::BinaryOp, arg) = seen(rest, loads)? else { return None };
    let operator = if arg >= BinaryOperator::InplaceAdd as u32 { arg - BinaryOperator::InplaceAdd as u32 } else { arg };
    if let Some((Op::StoreFast, to)) = seen(rest, loads + 1) {
        let op = match from {
            "FF" => Some(n::BINARY_FF_TO),
            "FK" => Some(n::BINARY_FK_TO),
            "SF" => Some(n::BINARY_SF_TO),
            "SK" => Some(n::BINARY_SK_TO),
            "SS" => Some(n::BINARY_SS_TO),
            _ => None,
        };
        if let Some(op) = op {
            return Some((op, loads as u8 + 2, [a, b, operator, to]));
        }
    }
    let op = match from {
        "FF" => n::BINARY_FF,
        "FK" => n::BINARY_FK,
        "KF" => n::BINARY_KF,
        "SF" => n::BINARY_SF,
        "SK" => n::BINARY_SK,
        _ => return None,
    };
    Some((op, loads as u8 + 1, [a, b, operator, 0]))
}

/// Tests and the jumps that follow them.
fn jump(_: &[Instr], rest: &[Instr]) -> Found {
    let target = |at: usize| match seen(rest, at)? {
        (Op::PopJumpIfFalse, target) => Some((0, target)),
        (Op::PopJumpIfTrue, target) => Some((u32::from(JUMP_IF_TRUE), target)),
        _ => None,
    };
    match (seen(rest, 0)?, seen(rest, 1)?) {
        ((Op::ToBool, _), _) => {
            let (sense, to) = target(1)?;
            return Some((n::TRUTH_S, 2, [0, 0, sense, to]));
        }
        ((Op::LoadFast, a), (Op::ToBool, _)) => {
            let (sense, to) = target(2)?;
            return Some((n::TRUTH_F, 3, [a, 0, sense, to]));
        }
        _ => {}
    }
    let (loads, from, a, b) = operands(rest)?;
    let (Op::CompareOp, arg) = seen(rest, loads)? else { return None };
    let (sense, to) = target(loads + 1)?;
    let op = match from {
        "FF" => n::COMPARE_FF,
        "FK" => n::COMPARE_FK,
        "SF" => n::COMPARE_SF,
        "SK" => n::COMPARE_SK,
        "SS" => n::COMPARE_SS,
        _ => return None,
    };
    Some((op, loads as u8 + 2, [a, b, arg & 0xe | sense, to]))
}

/// Items of containers.
fn subscript(_: &[Instr], rest: &[Instr]) -> Found {
    if let [(Op::Swap, 3), (Op::Swap, 2), (Op::StoreSubscr, _)] = [seen(rest, 0)?, seen(rest, 1)?, seen(rest, 2)?] {
        return Some((n::SET_ITEM_KEPT, 3, [0; 4]));
    }
    let (loads, from, a, b) = operands(rest)?;
    let twice = (seen(rest, loads), seen(rest, loads + 1)) == (Some((Op::Copy, 2)), Some((Op::Copy, 2)));
    let len = loads + if twice { 2 } else { 0 };
    let (op, _) = seen(rest, len)?;
    let op = match (op, from, twice) {
        (Op::BinarySubscr, "FF", true) => n::ITEM_KEEP_FF,
        (Op::BinarySubscr, "FK", true) => n::ITEM_KEEP_FK,
        (Op::BinarySubscr, "FF", false) => n::ITEM_FF,
        (Op::BinarySubscr, "FK", false) => n::ITEM_FK,
        (Op::BinarySubscr, "SF", false) => n::ITEM_SF,
        (Op::BinarySubscr, "SK", false) => n::ITEM_SK,
        (Op::StoreSubscr, "FF", false) => n::SET_ITEM_FF,
        (Op::StoreSubscr, "FK", false) => n::SET_ITEM_FK,
        _ => return None,
    };
    Some((op, len as u8 + 1, [a, b, 0, 0]))
}

/// Attributes of what a slot has.
fn attribute(_: &[Instr], rest: &[Instr]) -> Found {
    match (seen(rest, 0)?, seen(rest, 1)?) {
        ((Op::LoadFast, a), (Op::LoadAttr, arg)) if arg & 1 == 1 && seen(rest, 2) == Some((Op::Call, 0)) => {
            Some((n::ATTR_F_CALL, 3, [a, 0, 0, 0]))
        }
        ((Op::LoadFast, a), (Op::LoadAttr, arg)) => Some((n::ATTR_F, 2, [a, 0, arg & 1, 0])),
        ((Op::LoadFast, a), (Op::StoreAttr, _)) => Some((n::SET_ATTR_F, 2, [a, 0, 0, 0])),
        ((Op::Swap, 2), (Op::StoreAttr, _)) => Some((n::SET_ATTR_KEPT, 2, [0; 4])),
        ((Op::LoadFast, a), (Op::Copy, 1)) => match seen(rest, 2)? {
            (Op::LoadAttr, arg) if arg & 1 == 0 => Some((n::ATTR_KEEP_F, 3, [a, 0, arg & 1, 0])),
            _ => None,
        },
        _ => None,
    }
}

/// Loads, stores, and the heads of loops.
fn pair(instrs: &[Instr], rest: &[Instr]) -> Found {
    match (seen(rest, 0)?, seen(rest, 1)) {
        ((Op::JumpBackward, target), _) => {
            let head = instrs.get(target as usize..)?;
            match (seen(head, 0)?, seen(head, 1)?) {
                ((Op::ForIter, _), (Op::StoreFast, to)) => Some((n::JUMP_FOR_STORE, 3, [target, 0, 0, to])),
                _ => None,
            }
        }
        ((Op::ForIter, _), Some((Op::StoreFast, to))) => Some((n::FOR_STORE, 2, [0, 0, 0, to])),
        // What follows the second load may be a better group with it.
        ((Op::LoadFast, a), Some((Op::LoadFast, b))) if !begins_group(rest) => Some((n::LOAD_FF, 2, [a, b, 0, 0])),
        ((Op::LoadFast, a), Some((Op::LoadConst, b))) if !begins_group(rest) => Some((n::LOAD_FK, 2, [a, b, 0, 0])),
        ((Op::StoreFast, a), Some((Op::LoadFast, b))) if !begins_group(rest) => Some((n::STORE_LOAD, 2, [a, b, 0, 0])),
        ((Op::StoreFast, a), Some((Op::StoreFast, b))) => Some((n::STORE_STORE, 2, [a, b, 0, 0])),
        _ => None,
    }
}

/// Calls with what loads their last argument, and what drops the value sent to a generator.
fn call(_: &[Instr], rest: &[Instr]) -> Found {
    match (seen(rest, 0)?, seen(rest, 1)?) {
        ((Op::LoadFast, a), (Op::Call, count)) => Some((n::LOAD_F_CALL, 2, [a, count, 0, 0])),
        ((Op::Resume, _), (Op::PopTop, _)) => Some((n::RESUME_POP, 2, [0; 4])),
        _ => None,
    }
}

/// Whether a better group than a pair of loads begins at the second instruction.
fn begins_group(rest: &[Instr]) -> bool {
    let next = &rest[1..];
    [compute, jump, subscript, attribute].iter().any(|kind| kind(next, next).is_some())
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
