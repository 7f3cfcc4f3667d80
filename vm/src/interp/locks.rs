//! Locks that need nobody else: taken and given back without leaving the loop.
//!
//! Taking a lock that is free, and giving one back for which nobody waits, has no effect on any other thread. If the
//! caller of `run_until` says that nobody listens, the loop does both itself, exactly as the scheduler would at the end
//! of the instruction; everything else is asked of the scheduler as always.

use super::Vm;
use super::frame::{Awaiting, GreenThread};
use super::run::Trap;
use crate::effect::{Effect, Reply};
use crate::object::sync::{Hold, LockKind};
use crate::value::ObjId;

/// What the loop has to know to deal with locks itself.
#[derive(Clone, Copy)]
pub struct OwnLocks<'a> {
    /// Virtual time at which the run begins.
    pub now_ns: u64,
    /// Whether a thread waits for a lock.
    pub is_waited_for: &'a dyn Fn(ObjId) -> bool,
}

impl Vm {
    /// Completes an instruction that asks for a lock, if nobody else is concerned; `end_ns` is when the instruction ends.
    pub(super) fn settle_lock(&mut self, t: &mut GreenThread, trap: &Trap, locks: OwnLocks<'_>, end_ns: u64) -> bool {
        let (Trap::Effect(effect), Some(Awaiting::Operand { then, .. })) = (trap, &t.awaiting) else { return false };
        let then = *then;
        let reply = match **effect {
            Effect::Acquire { lock, depth, .. } => self.take_lock(t, lock, depth, end_ns),
            Effect::Release { lock, fully } => self.give_lock_back(lock, fully, locks),
            _ => None,
        };
        let Some(Ok(value)) = reply.map(|reply| self.effect_value(reply, then)) else { return false };
        t.awaiting = None;
        self.native_returned = true;
        t.stack.push(value);
        true
    }

    fn take_lock(&mut self, t: &GreenThread, lock: ObjId, depth: u32, now_ns: u64) -> Option<Reply> {
        let state = self.heap.lock(lock);
        match state.holder {
            None => {
                let at = self.program_spot(t);
                self.heap.lock_mut(lock).take(t.id, depth, Hold { since_ns: now_ns, at });
            }
            Some(holder) if holder == t.id && state.kind == LockKind::Reentrant => {
                self.heap.lock_mut(lock).depth += depth;
            }
            Some(_) => return None,
        }
        Some(Reply::Bool(true))
    }

    fn give_lock_back(&mut self, lock: ObjId, fully: bool, locks: OwnLocks<'_>) -> Option<Reply> {
        if (locks.is_waited_for)(lock) {
            return None;
        }
        Some(Reply::Int(i64::from(self.heap.lock_mut(lock).give_back(fully))))
    }
}
