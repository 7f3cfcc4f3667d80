//! The linear form that lowering produces: instructions and labels.

use super::{FlowInstr, FlowOp, Loc};
use crate::code::{Op, Origin};

/// A place in a sequence that jumps can name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::compile) struct Label(pub(super) u32);

/// A growing instruction sequence.
#[derive(Clone, Default, Debug)]
pub(in crate::compile) struct Sequence {
    pub(super) instrs: Vec<FlowInstr>,
    /// Index of the instruction that each label stands before; `u32::MAX` while it is not placed.
    pub(super) labels: Vec<u32>,
}

impl Sequence {
    const UNPLACED: u32 = u32::MAX;

    /// A label to be placed later.
    pub fn label(&mut self) -> Label {
        self.labels.push(Self::UNPLACED);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label before the next instruction.
    pub fn place(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.instrs.len() as u32;
    }

    /// Appends an instruction.
    pub fn push(&mut self, op: Op, arg: u32, loc: Loc, origin: Origin) {
        self.instrs.push(FlowInstr::new(FlowOp::Real(op), arg, loc, origin));
    }

    /// Appends a pseudo-instruction without target.
    pub fn push_pseudo(&mut self, op: FlowOp, arg: u32, loc: Loc, origin: Origin) {
        self.instrs.push(FlowInstr::new(op, arg, loc, origin));
    }

    /// Appends an instruction with a target.
    pub fn push_jump(&mut self, op: FlowOp, target: Label, loc: Loc, origin: Origin) {
        self.instrs.push(FlowInstr { target: Some(target.0), ..FlowInstr::new(op, 0, loc, origin) });
    }

    /// Puts an instruction with a target at the start.
    pub fn insert_first(&mut self, op: FlowOp, target: Label, origin: Origin) {
        self.instrs.insert(0, FlowInstr { target: Some(target.0), ..FlowInstr::new(op, 0, Loc::NONE, origin) });
        for place in &mut self.labels {
            if *place != Self::UNPLACED {
                *place += 1;
            }
        }
    }
}
