//! Code that has to warm up: which form of it a frame executes.
//!
//! Where the profile's loop leaves some code unspecialised for its first calls (3.11), such code is loaded twice, hot and cold, and every RESUME
//! of it counts and chooses (`_PyCode_Warmup` of CPython 3.11, Python/specialize.c). Both forms differ in costs and eval checks alone.

use super::{GreenThread, Vm};
use crate::code::{Code, CodeRules};
use crate::value::CodeId;
use std::collections::BTreeMap;

/// The two forms of a code object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Forms {
    /// Specialised; what a function refers to.
    pub hot: CodeId,
    /// Before that.
    pub cold: CodeId,
}

/// How often codes that have to warm up were entered, as far as it matters, by their hot form.
pub(crate) type WarmUps = BTreeMap<CodeId, u8>;

impl CodeRules {
    /// What a code object is before it is warm, if it is another than after.
    pub(super) fn cold_form(&self, code: &Code) -> Option<Code> {
        if !self.starts_cold || code.cold_loops.is_empty() {
            return None;
        }
        let mut form = code.clone();
        for (instr, _) in form.instrs.iter_mut().zip(&code.cold_loops).filter(|(_, is_cold)| **is_cold) {
            *instr = self.cold(*instr);
        }
        Some(form)
    }
}

impl Vm {
    /// Counts that a code object is entered, and says which form of it to execute.
    #[inline(never)]
    pub(super) fn form_to_enter(&mut self, forms: Forms) -> CodeId {
        let warm_after = self.config.rules.warm_after.unwrap_or(0);
        let entered = self.entered.entry(forms.hot).or_default();
        if *entered + 1 >= warm_after {
            return forms.hot;
        }
        *entered += 1;
        forms.cold
    }

    /// Whether a thread's next instruction is one of a loop in code that is not warm yet.
    pub fn is_cold(&self, thread: &GreenThread) -> bool {
        thread.frames.last().is_some_and(|frame| {
            let loaded = &self.codes[frame.code.0 as usize];
            let is_in_loop = loaded.code.cold_loops.get(frame.pc as usize) == Some(&true);
            is_in_loop && loaded.forms.is_some_and(|forms| forms.cold == frame.code)
        })
    }
}
