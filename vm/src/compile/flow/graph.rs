//! The control flow graph: basic blocks in a linked order.
//!
//! A block starts at an instruction that some jump or block push names, or after a terminator. Blocks are never removed
//! from the order; an emptied block is skipped.

use super::{FlowInstr, FlowOp, Loc, Sequence};
use crate::code::{Check, CodeRules, Op, Origin};

/// A basic block.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub instrs: Vec<FlowInstr>,
    /// The block that follows in the text order.
    pub next: Option<u32>,
    /// Some instruction names it.
    pub is_target: bool,
    /// It is the start of an exception handler.
    pub is_handler: bool,
    /// Its handler wants the index of the raising instruction.
    pub preserve_lasti: bool,
    /// How many ways lead to it.
    pub predecessors: u32,
    /// Reached only after an exception.
    pub cold: bool,
    /// Reached in normal flow.
    pub warm: bool,
    /// Stack height at its start, if it is reached.
    pub start_depth: Option<u32>,
}

impl Block {
    pub fn last(&self) -> Option<&FlowInstr> {
        self.instrs.last()
    }

    /// Whether control can reach the next block.
    pub fn falls_through(&self) -> bool {
        self.last().is_none_or(|last| !last.is_unconditional_jump() && !last.is_scope_exit())
    }

    /// Whether it ends by leaving the frame.
    pub fn exits_scope(&self) -> bool {
        self.last().is_some_and(FlowInstr::is_scope_exit)
    }

    pub fn has_no_line(&self) -> bool {
        self.instrs.iter().all(|instr| instr.loc.is_none())
    }
}

/// The graph. Block 0 is the entry.
pub(in crate::compile) struct Graph {
    pub(super) blocks: Vec<Block>,
    /// For each origin: a NOP of this origin has an eval check of its own in the profile.
    checked_nops: Vec<Origin>,
}

impl Graph {
    /// Cuts a sequence into blocks.
    pub fn from_sequence(sequence: Sequence, rules: &CodeRules) -> Graph {
        let Sequence { instrs, labels } = sequence;
        let mut block_of = vec![None; instrs.len()];
        for instr in &instrs {
            if let Some(label) = instr.target {
                block_of[labels[label as usize] as usize] = Some(0);
            }
        }
        let mut blocks = vec![Block::default()];
        for (index, instr) in instrs.iter().enumerate() {
            let current = blocks.len() - 1;
            let ended = blocks[current].last().is_some_and(FlowInstr::is_terminator);
            let named = block_of[index].is_some();
            if ended || (named && (!blocks[current].instrs.is_empty() || blocks[current].is_target)) {
                blocks[current].next = Some(blocks.len() as u32);
                blocks.push(Block::default());
            }
            let current = blocks.len() - 1;
            if named {
                blocks[current].is_target = true;
                block_of[index] = Some(current as u32);
            }
            blocks[current].instrs.push(*instr);
        }
        for block in &mut blocks {
            for instr in &mut block.instrs {
                instr.target = instr.target.and_then(|label| block_of[labels[label as usize] as usize]);
            }
        }
        let is_checked = |origin: &&Origin| rules.bake(Op::Nop, **origin).0 != Check::None;
        Graph { blocks, checked_nops: Origin::ALL.iter().filter(is_checked).copied().collect() }
    }

    /// Whether a NOP of this origin is an eval check of the profile.
    pub fn is_checked_nop(&self, instr: &FlowInstr) -> bool {
        self.checked_nops.contains(&instr.origin)
    }

    /// The block with this number.
    pub(super) fn block(&self, id: u32) -> &Block {
        &self.blocks[id as usize]
    }

    /// The block with this number, to change.
    pub(super) fn block_mut(&mut self, id: u32) -> &mut Block {
        &mut self.blocks[id as usize]
    }

    /// The blocks in order.
    pub fn order(&self) -> Vec<u32> {
        let mut order = Vec::with_capacity(self.blocks.len());
        let mut current = Some(0);
        while let Some(id) = current {
            order.push(id);
            current = self.block(id).next;
        }
        order
    }

    /// `start` or the first block after it that has instructions.
    pub fn next_nonempty(&self, start: Option<u32>) -> Option<u32> {
        let mut current = start;
        while let Some(id) = current {
            if !self.block(id).instrs.is_empty() {
                return Some(id);
            }
            current = self.block(id).next;
        }
        None
    }

    /// Puts a new block behind `before`.
    pub(super) fn insert_after(&mut self, before: u32, block: Block) -> u32 {
        let id = self.blocks.len() as u32;
        let next = self.block(before).next;
        self.blocks.push(Block { next, ..block });
        self.block_mut(before).next = Some(id);
        id
    }

    /// A jump instruction to a block.
    pub fn jump_to(op: FlowOp, target: u32, loc: Loc) -> FlowInstr {
        FlowInstr { target: Some(target), ..FlowInstr::new(op, 0, loc, Origin::Plain) }
    }
}
