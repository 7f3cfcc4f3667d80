//! Groups are found where they are expected, and mean what their instructions mean.

use super::*;
use crate::code::Check;

fn instrs(of: &[(Op, u32)]) -> Vec<Instr> {
    of.iter().map(|(op, arg)| Instr { op: *op, check: Check::None, cost_ns: 3, arg: *arg }).collect()
}

/// The first entry of a table.
fn first(of: &[(Op, u32)]) -> Group {
    Groups::of(&instrs(of), false).longest[0]
}

#[test]
fn the_longest_group_is_found() {
    let sum = first(&[(Op::LoadFast, 1), (Op::LoadConst, 2), (Op::BinaryOp, 13), (Op::StoreFast, 3)]);
    assert_eq!(sum, Group { op: n::BINARY_FK_TO, len: 4, cost_ns: 12, a: 1, b: 2, c: 0, d: 3 });
    let test = first(&[(Op::LoadFast, 1), (Op::LoadFast, 2), (Op::CompareOp, 18), (Op::PopJumpIfTrue, 9)]);
    assert_eq!(test, Group { op: n::COMPARE_FF, len: 4, cost_ns: 12, a: 1, b: 2, c: 2 | JUMP_IF_TRUE, d: 9 });
    let store = first(&[(Op::Swap, 3), (Op::Swap, 2), (Op::StoreSubscr, 0)]);
    assert_eq!((store.op, store.len), (n::SET_ITEM_KEPT, 3));
}

#[test]
fn a_pair_of_loads_leaves_the_second_to_a_better_group() {
    let attribute = [(Op::LoadFast, 1), (Op::LoadFast, 2), (Op::LoadAttr, 4), (Op::PopTop, 0)];
    assert_eq!(first(&attribute).len, 1);
    assert_eq!(first(&attribute[1..]).op, n::ATTR_F);
    assert_eq!(first(&[(Op::LoadFast, 1), (Op::LoadFast, 2), (Op::PopTop, 0)]).op, n::LOAD_FF);
}

#[test]
fn a_loop_costs_its_jump_its_head_and_its_store() {
    let mut code = instrs(&[(Op::ForIter, 4), (Op::StoreFast, 1), (Op::Nop, 0), (Op::JumpBackward, 0)]);
    (code[0].cost_ns, code[1].cost_ns, code[2].cost_ns, code[3].cost_ns) = (10, 20, 40, 80);
    let jump = Groups::of(&code, false).longest[3];
    assert_eq!((jump.op, jump.len, jump.cost_ns, jump.a, jump.d), (n::JUMP_FOR_STORE, 3, 110, 0, 1));
}

#[test]
fn calls_take_the_load_of_their_last_argument_along() {
    let length = first(&[(Op::LoadFast, 1), (Op::Call, 1)]);
    assert_eq!((length.op, length.len, length.a, length.b), (n::LOAD_F_CALL, 2, 1, 1));
    let method = first(&[(Op::LoadFast, 1), (Op::LoadAttr, 5), (Op::Call, 0)]);
    assert_eq!((method.op, method.len, method.a), (n::ATTR_F_CALL, 3, 1));
    assert_eq!(first(&[(Op::LoadFast, 1), (Op::LoadAttr, 5), (Op::Call, 1)]).op, n::ATTR_F);
}

#[test]
fn the_begin_of_a_frame_joins_the_group_behind_it() {
    let group = first(&[(Op::Resume, 0), (Op::LoadFast, 0), (Op::LoadAttr, 4), (Op::PopTop, 0)]);
    assert_eq!((group.op, group.len, group.cost_ns), (n::ATTR_F, 3, 9));
    assert_eq!(first(&[(Op::Resume, 1), (Op::PopTop, 0)]).op, n::RESUME_POP);
    assert_eq!(first(&[(Op::Resume, 0), (Op::LoadConst, 0), (Op::ReturnValue, 0)]).len, 1);
    assert_eq!(first(&[(Op::Resume, 1), (Op::JumpBackward, 0)]).len, 1);
}

#[test]
fn what_does_not_fit_stays_alone() {
    let wide = first(&[(Op::LoadFast, 1), (Op::LoadConst, 70_000), (Op::BinaryOp, 0)]);
    assert_eq!((wide.op, wide.len), (Op::LoadFast as u8, 1));
    let mut dear = instrs(&[(Op::LoadFast, 1), (Op::LoadFast, 2), (Op::BinaryOp, 0)]);
    dear[2].cost_ns = u16::MAX;
    assert_eq!(Groups::of(&dear, false).longest[0].len, 1);
}

#[test]
fn with_the_limit_zero_every_instruction_is_alone() {
    let groups = Groups::of(&instrs(&[(Op::LoadFast, 1), (Op::LoadFast, 2), (Op::BinaryOp, 0)]), false);
    assert!(groups.alone.iter().all(|group| group.len == 1));
    assert_eq!(groups.longest[0].len, 3);
}
