//! What each instruction may let go of, for the ends of objects (`destroy`).

use crate::code::{Instr, Op};

/// What an instruction may let go of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Loss {
    Nothing,
    /// The value of a slot.
    Slot,
    /// The content of the cell in a slot.
    Cell,
    /// The value of a global name.
    Global,
    /// The value of a name of the frame's namespace.
    Name,
    /// The exception being handled.
    Handled,
    /// Everything in the frame.
    Frame,
    /// So many values from the top of the stack.
    Operands(usize),
}

impl Loss {
    /// While only generators are watched, those instructions count by which programs let go of one: of a variable, an
    /// item, a frame, a result.
    pub(super) fn of(instr: Instr, only_generators: bool) -> Loss {
        match instr.op {
            Op::LoadFast
            | Op::LoadConst
            | Op::LoadGlobal
            | Op::LoadName
            | Op::LoadDeref
            | Op::LoadFastCheck
            | Op::Copy
            | Op::Swap
            | Op::PushNull
            | Op::Nop
            | Op::Resume
            | Op::JumpForward
            | Op::JumpBackward
            | Op::JumpBackwardNoInterrupt
            | Op::YieldValue
            | Op::ReturnGenerator
            | Op::PopJumpIfFalse
            | Op::PopJumpIfTrue
            | Op::BuildTuple
            | Op::BuildList
            | Op::BuildMap
            | Op::BuildSet => Loss::Nothing,
            Op::StoreFast | Op::DeleteFast => Loss::Slot,
            Op::StoreDeref | Op::DeleteDeref => Loss::Cell,
            Op::StoreGlobal | Op::DeleteGlobal => Loss::Global,
            Op::StoreName | Op::DeleteName => Loss::Name,
            Op::PopExcept => Loss::Handled,
            Op::ReturnValue | Op::ReturnConst => Loss::Frame,
            Op::PopTop | Op::EndFor | Op::StoreAttr | Op::DeleteAttr | Op::StoreSubscr | Op::DeleteSubscr => {
                Loss::Operands(3)
            }
            _ if only_generators => Loss::Nothing,
            Op::Call => Loss::Operands(instr.arg as usize + 2),
            Op::CallKw | Op::CallFunctionEx => Loss::Operands((instr.arg as usize).saturating_add(3)),
            _ => Loss::Operands(3),
        }
    }
}
