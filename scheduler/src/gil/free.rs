//! No GIL: the free-threaded build, CPython 3.13t.
//!
//! Source: PEP 703 and `Python/ceval_gil.c` of 3.13. While the GIL is off, taking and dropping do nothing: every thread
//! that wants to run does, as soon as a core is free. Objects have locks of their own, which keep single operations of
//! builtin containers whole; here an instruction is whole anyway, and library code that stands for C is executed in one piece.
//! Misses: a thread that was alone in such code when another began to run can be met in the middle of it; and the time that two threads lose when they use the same container at the same instant.

use super::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;

/// A GIL that is switched off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreeGil {
    /// Without effect; what `sys.getswitchinterval()` says.
    interval_ns: u64,
}

impl FreeGil {
    /// A GIL that nobody waits for.
    pub fn new(interval_ns: u64) -> FreeGil {
        FreeGil { interval_ns }
    }
}

impl GilModel for FreeGil {
    fn handle(&mut self, _now_ns: u64, event: GilEvent, actions: &mut GilActions) {
        match event {
            GilEvent::Want(thread) | GilEvent::Arrived(thread) => {
                actions.push(GilAction::Take { thread, from: Some(thread), switch_number: 0 });
            }
            GilEvent::TimedOut(_) => unreachable!("nobody waits"),
            GilEvent::Drop { .. } | GilEvent::Leave(_) => {}
        }
    }

    fn holder(&self) -> Option<ThreadId> {
        None
    }

    fn must_drop(&self, _thread: ThreadId) -> bool {
        false
    }

    fn waiters(&self) -> Vec<ThreadId> {
        Vec::new()
    }

    fn interval_ns(&self) -> u64 {
        self.interval_ns
    }

    fn set_interval_ns(&mut self, interval_ns: u64) {
        self.interval_ns = interval_ns;
    }
}
