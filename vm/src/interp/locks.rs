//! Locks that need nobody else: taken and given back without leaving the loop.
//!
//! Taking a lock that is free, and giving one back for which nobody waits, has no effect on any other thread. If the
//! caller of `run_until` says that nobody listens, the loop does both itself, exactly as the scheduler would at the end
//! of the instruction; everything else is asked of the scheduler as always.

use super::Vm;
use super::frame::{Awaiting, GreenThread};
use super::progress::Run;
use super::run::Trap;
use crate::effect::{Effect, Reply};
use crate::object::sync::{Hold, LockKind};
use crate::value::ObjId;

/// What the loop has to know to deal with locks itself. It does not where it is to stop at an eval check.
#[derive(Clone, Copy)]
pub struct OwnLocks<'a> {
    /// Virtual time at which the run begins.
    pub now_ns: u64,
    /// Whether a thread waits for a lock.
    pub is_waited_for: &'a dyn Fn(ObjId) -> bool,
}

impl Vm {
    /// Completes an instruction that asks for a lock, if nobody else is concerned; `cost_ns` is what the run costs with it.
    pub(super) fn settle_lock(&mut self, t: &mut GreenThread, trap: &Trap, run: &Run<'_>, cost_ns: u64) -> bool {
        let (Trap::Effect(effect), Some(Awaiting::Operand { then, .. })) = (trap, &t.awaiting) else { return false };
        let then = *then;
        let reply = match (&**effect, run.locks, run.stops) {
            (_, Some(_), _) if cost_ns >= run.budget.cost_ns.min(run.budget.checks_from_ns) => None,
            (Effect::Acquire { lock, depth, .. }, Some(locks), _) => {
                self.take_lock(t, *lock, *depth, Some(locks.now_ns + cost_ns))
            }
            (Effect::Release { lock, fully }, Some(locks), _) if !(locks.is_waited_for)(*lock) => {
                self.give_lock_back(*lock, *fully)
            }
            (Effect::Acquire { lock, depth, .. }, None, Some(stops)) if (stops.has_own)(t, *lock) => {
                self.take_lock(t, *lock, *depth, None)
            }
            (Effect::Release { lock, fully }, None, Some(stops)) if (stops.has_own)(t, *lock) => {
                self.give_lock_back(*lock, *fully)
            }
            _ => None,
        };
        let Some(Ok(value)) = reply.map(|reply| self.effect_value(reply, then)) else { return false };
        t.awaiting = None;
        self.native_returned = true;
        t.stack.push(value);
        true
    }

    fn take_lock(&mut self, t: &GreenThread, lock: ObjId, depth: u32, now_ns: Option<u64>) -> Option<Reply> {
        let state = self.heap.lock(lock);
        match state.holder {
            None => {
                let hold = now_ns.map(|since_ns| Hold { since_ns, at: self.program_spot(t) });
                self.heap.lock_mut(lock).take(t.id, depth, hold);
            }
            Some(holder) if holder == t.id && state.kind == LockKind::Reentrant => {
                self.heap.lock_mut(lock).depth += depth;
            }
            Some(_) => return None,
        }
        Some(Reply::Bool(true))
    }

    fn give_lock_back(&mut self, lock: ObjId, fully: bool) -> Option<Reply> {
        Some(Reply::Int(i64::from(self.heap.lock_mut(lock).give_back(fully))))
    }
}
