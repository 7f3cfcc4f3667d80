//! Where a thread is in its program.

use super::Vm;
use super::frame::{Frame, GreenThread};
use crate::code::{CodeFlags, Instr};
use crate::object::Object;
use crate::source::Flavour;
use crate::value::{CodeId, Value};
use std::sync::Arc;

/// A place in a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into `Vm::files`.
    pub file: u32,
    /// Line, from 1; 0 when the instruction belongs to no line.
    pub line: u32,
    /// Column in characters, from 0.
    pub column: u32,
    /// End column in characters, on the same line where the construct ends on it.
    pub end_column: u32,
    /// Qualified name of the code.
    pub code: Arc<str>,
    /// Index of the instruction.
    pub instruction: u32,
    /// Who wrote the code.
    pub flavour: Flavour,
}

impl Vm {
    fn is_atomic(&self, frame: &Frame) -> bool {
        self.codes[frame.code.0 as usize].code.flags.contains(CodeFlags::ATOMIC)
    }

    /// The innermost frame's current instruction.
    pub fn place(&self, thread: &GreenThread) -> Option<Place> {
        thread.frames.len().checked_sub(1).map(|depth| self.current_place(thread, depth))
    }

    /// The place of the instruction that the thread executes next.
    pub fn next_place(&self, thread: &GreenThread) -> Option<Place> {
        thread.frames.last().map(|frame| self.place_at(frame.code, frame.pc))
    }

    /// As [`Vm::program_place`], as code and index of the instruction: cheap to take, for [`Vm::place_at`] later.
    pub fn program_spot(&self, thread: &GreenThread) -> Option<(CodeId, u32)> {
        let depth = self.innermost_own(thread)?;
        Some((thread.frames[depth].code, current_instruction(thread, depth)))
    }

    /// As [`Vm::place`], of the innermost frame that belongs to the program itself, not to the library.
    pub fn program_place(&self, thread: &GreenThread) -> Option<Place> {
        self.innermost_own(thread).map(|depth| self.current_place(thread, depth))
    }

    /// Which frame is the innermost that belongs to the program itself.
    pub(crate) fn innermost_own(&self, thread: &GreenThread) -> Option<usize> {
        let is_own = |frame: &Frame| !self.codes[frame.code.0 as usize].code.flags.contains(CodeFlags::LIBRARY);
        thread.frames.iter().rposition(is_own)
    }

    fn current_place(&self, thread: &GreenThread, depth: usize) -> Place {
        self.place_at(thread.frames[depth].code, current_instruction(thread, depth))
    }

    /// Whether the thread's innermost frame stands for C code.
    pub fn is_in_atomic(&self, thread: &GreenThread) -> bool {
        thread.frames.last().is_some_and(|frame| self.is_atomic(frame))
    }

    /// The places of all frames, outermost first; frames that stand for C code are left out.
    pub fn stack(&self, thread: &GreenThread) -> Vec<Place> {
        let shown = (0..thread.frames.len()).filter(|depth| !self.is_atomic(&thread.frames[*depth]));
        shown.map(|depth| self.current_place(thread, depth)).collect()
    }

    /// The code and instruction that the thread's innermost frame executes next, or waits at.
    pub fn next_spot(&self, thread: &GreenThread) -> Option<(CodeId, u32)> {
        thread.frames.last().map(|frame| (frame.code, frame.pc))
    }

    /// The same of the innermost function of the program: where a function of the library is called, if that is what goes
    /// on. Of a thread that executes nothing of the program it is [`Vm::next_spot`].
    pub fn next_spot_in_program(&self, thread: &GreenThread) -> Option<(CodeId, u32)> {
        let frames = thread.frames.iter().enumerate().rev();
        let is_of_program = |code: CodeId| !self.codes[code.0 as usize].code.flags.contains(CodeFlags::LIBRARY);
        let mut of_program = frames.filter(|(_, frame)| is_of_program(frame.code));
        match of_program.next() {
            Some((depth, frame)) if depth + 1 < thread.frames.len() => {
                Some((frame.code, current_instruction(thread, depth)))
            }
            Some((_, frame)) => Some((frame.code, frame.pc)),
            None => self.next_spot(thread),
        }
    }

    /// The variables of a thread's functions in the program, innermost first, then those of its module.
    pub fn variables(&self, thread: &GreenThread) -> Vec<(Arc<str>, Value)> {
        let mut found = Vec::new();
        for frame in thread.frames.iter().rev() {
            let code = &self.codes[frame.code.0 as usize].code;
            if code.flags.contains(CodeFlags::LIBRARY) {
                continue;
            }
            for (slot, name) in code.localsplus.iter().enumerate() {
                let value = match thread.stack.at(frame.base as usize + slot) {
                    Value::Obj(id) => match self.heap.get(id) {
                        Object::Cell(inside) => *inside,
                        _ => Value::Obj(id),
                    },
                    other => other,
                };
                found.push((Arc::clone(name), value));
            }
            if let Object::Dict(globals) = self.heap.get(frame.globals) {
                let named = globals.iter().filter_map(|entry| Some((self.heap.str(entry.key)?.into(), entry.value)));
                found.extend(named.collect::<Vec<_>>());
            }
        }
        found
    }

    /// The instruction that the thread executes next, if it is not waiting for native code.
    pub fn peek(&self, thread: &GreenThread) -> Option<Instr> {
        let frame = thread.frames.last().filter(|_| thread.awaiting.is_none())?;
        self.codes[frame.code.0 as usize].code.instrs.get(frame.pc as usize).copied()
    }

    pub(crate) fn frame_place(&self, frame: &Frame) -> Place {
        self.place_at(frame.code, frame.pc.saturating_sub(1))
    }

    /// The place of an instruction.
    pub fn place_at(&self, code: CodeId, instruction: u32) -> Place {
        let loaded = &self.codes[code.0 as usize];
        let at = instruction as usize;
        let span = loaded.code.spans.get(at).copied().flatten();
        let file = &loaded.code.file;
        let (line, column, end_column) = match span {
            Some(span) => {
                let line = file.line(span.start);
                let column = file.char_column(span.start);
                let end = if file.line(span.end) == line {
                    file.char_column(span.end)
                } else {
                    file.line_text(line).chars().count() as u32
                };
                (line, column, end)
            }
            None => (0, 0, 0),
        };
        Place {
            file: loaded.file,
            line,
            column,
            end_column,
            code: Arc::clone(&loaded.code.qualname),
            instruction,
            flavour: file.flavour,
        }
    }
}

/// The instruction a frame executed last.
fn current_instruction(thread: &GreenThread, depth: usize) -> u32 {
    let is_top = depth + 1 == thread.frames.len();
    thread.jumped_from.filter(|_| is_top).unwrap_or_else(|| thread.frames[depth].pc.saturating_sub(1))
}
