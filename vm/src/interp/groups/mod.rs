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

mod find;
pub mod number;

use super::access::may_touch;
use super::loss::Loss;
use crate::code::{Instr, Op};
use crate::value::CodeId;
use find::seen;
use number as n;
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
    /// Before a call.
    Calling,
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
    /// Groups up to the next stop of [`Mark::Touching`], of [`Mark::Calling`], of [`Mark::Entry`], and a stop before every
    /// instruction, made when first asked for.
    marked: [OnceLock<Box<[Group]>>; 4],
}

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
    /// The entries of all instructions of a code object; where the code warms up, each RESUME is executed alone, since it counts.
    pub fn of(instrs: &[Instr], warms_up: bool) -> Groups {
        let alone: Box<[Group]> = instrs.iter().map(|instr| Group::alone(*instr)).collect();
        let is_counted = |at: usize| warms_up && instrs[at].op == Op::Resume;
        let longest = |at: usize| if is_counted(at) { None } else { Group::at(instrs, at) };
        let longest = (0..instrs.len()).map(|at| longest(at).unwrap_or(alone[at])).collect();
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
            Some(Mark::Calling) => (1, |_, op| matches!(op, Op::Call | Op::CallKw | Op::CallFunctionEx)),
            Some(Mark::Entry) => (2, |at, _| at == 0),
            None => (3, |_, _| true),
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
        find::all(instrs, rest).find_map(|(op, len, [a, b, c, d])| {
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

#[cfg(test)]
mod tests;
