//! Telling of single instructions: lines, instructions, calls and returns of the program's own code.
//!
//! An observer that wants these makes the machine step singly. Calls and returns are seen by counting, before each
//! instruction of a thread, the frames of the program's own code: a generator that is resumed counts as called.

use super::Driver;
use super::tell::position;
use crate::choice::Strategy;
use crate::chronicle::{Executing, Spot};
use crate::event::{EventKind, Observer, interest};
use gilsim_vm::code::CodeFlags;
use gilsim_vm::source::Flavour;
use gilsim_vm::value::ThreadId;

/// The groups that need single steps.
pub(super) const INSTRUCTION_DETAIL: u32 = interest::LINE | interest::OP | interest::CALL;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Before an instruction: calls, returns and new lines since the last one of the thread.
    pub(super) fn before_instruction(&mut self, thread: ThreadId) {
        if O::INTEREST & interest::CALL != 0 {
            self.tell_calls(thread);
        }
        let green = &self.sim.thread(thread).green;
        let vm = &self.sim.interpreter_of(thread).vm;
        let (Some(place), Some(instr)) = (vm.next_place(green), vm.peek(green)) else { return };
        if place.flavour != Flavour::User {
            return;
        }
        let spot = Spot { file: place.file, line: place.line, depth: green.frames.len() };
        let at = position(place);
        if O::INTEREST & interest::OP != 0 {
            let name = instr.op.name();
            self.sim.chronicle.executes(thread, Executing { name, cost_ns: 0, at: at.clone() });
        }
        if spot.line != 0 && self.sim.chronicle.moved(thread, spot) != Some(spot) && O::INTEREST & interest::LINE != 0 {
            self.emit(Some(thread), EventKind::Line, Some(at), None);
        }
    }

    /// After an instruction.
    pub(super) fn after_instruction(&mut self, thread: ThreadId) {
        if let Some(done) = self.sim.chronicle.executed(thread) {
            self.emit(Some(thread), EventKind::Op { name: done.name, cost_ns: done.cost_ns }, Some(done.at), None);
        }
    }

    fn tell_calls(&mut self, thread: ThreadId) {
        let frames = &self.sim.thread(thread).green.frames;
        if self.sim.chronicle.frames(thread).is_some_and(|(all, _)| all == frames.len()) {
            return;
        }
        let vm = &self.sim.interpreter_of(thread).vm;
        let is_own = |code: usize| !vm.codes[code].code.flags.contains(CodeFlags::LIBRARY);
        let own = frames.iter().filter(|frame| is_own(frame.code.0 as usize)).count();
        let all = frames.len();
        let before = self.sim.chronicle.set_frames(thread, (all, own)).map_or(0, |(_, own)| own);
        for _ in before..own {
            self.tell(Some(thread), EventKind::Call, None);
        }
        for _ in own..before {
            self.tell(Some(thread), EventKind::Return, None);
        }
    }
}
