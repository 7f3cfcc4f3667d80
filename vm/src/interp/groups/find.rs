//! Which group begins at an instruction, if any: the patterns of code that are common enough to be one entry.

use super::JUMP_IF_TRUE;
use super::number as n;
use crate::code::{BinaryOperator, Instr, Op};

/// The number of a group, how many instructions it has, and its operands.
pub(super) type Shape = (u8, u8, [u32; 4]);

type Found = Option<Shape>;

/// `(opcode, operand)` of an instruction.
pub(super) fn seen(rest: &[Instr], at: usize) -> Option<(Op, u32)> {
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

/// The groups that begin with the first instruction of `rest`, the longest kinds first.
pub(super) fn all<'i>(instrs: &'i [Instr], rest: &'i [Instr]) -> impl Iterator<Item = Shape> + 'i {
    [compute, jump, subscript, pair, attribute, call].into_iter().filter_map(move |kind| kind(instrs, rest))
}
