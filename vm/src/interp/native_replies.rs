//! What happens to a native function that stopped: its effect gets a reply, the call it asked for returns or raises.

use super::Vm;
use super::frame::{After, Awaiting, GreenThread, Pending};
use super::run::{Body, Trap};
use crate::effect::Reply;
use crate::native::{Memo, Then};
use crate::object::builtin::class_id as c;
use crate::value::Value;

impl Vm {
    /// An exception leaves a native function: a waiting one that asked to see it goes on, all others end with it.
    pub(crate) fn raise_into_pending(
        &mut self,
        t: &mut GreenThread,
        after: After,
        exception: Value,
    ) -> Result<Pending, Trap> {
        let mut after = after;
        loop {
            match after {
                After::Native => {
                    let mut waiting = t.pending.pop().expect("a native function waits for this call");
                    if waiting.catching.is_some_and(|class| self.exception_is(exception, class)) {
                        waiting.memo.push(Memo::Raised(exception));
                        waiting.catching = None;
                        return Ok(waiting);
                    }
                    after = waiting.after;
                }
                After::Thread => {
                    t.ended = Some(Err(exception));
                    return Err(Trap::Died(exception));
                }
                _ => return Err(Trap::Raise(exception)),
            }
        }
    }

    /// The result of a call that a native function waits for arrives from a Python frame.
    pub(crate) fn give_to_pending(&mut self, t: &mut GreenThread, value: Value) -> Body {
        match self.native_done(t, After::Native, value)? {
            Some(waiting) => self.run_native(t, waiting),
            None => Ok(()),
        }
    }

    /// Completes the instruction that waited for the world.
    pub fn reply(&mut self, t: &mut GreenThread, reply: Reply) {
        let Some(awaiting) = t.awaiting.take() else { return };
        self.native_returned = false;
        let done = match awaiting {
            Awaiting::Native(waiting) => self.reply_to_native(t, *waiting, reply),
            Awaiting::Operand { then, .. } => match self.effect_value(reply, then) {
                Ok(value) => self.finish_native(t, After::Push, value),
                Err(exception) => Err(Trap::Raise(exception)),
            },
        };
        let trap = match done {
            Err(Trap::Raise(exception)) => self.unwind(t, exception, true),
            Err(trap) => trap,
            Ok(()) => Trap::Frames,
        };
        match trap {
            Trap::Effect(effect) => t.next_effect = Some(effect),
            Trap::Finished(value) => t.ended = Some(Ok(value)),
            Trap::Died(exception) => t.ended = Some(Err(exception)),
            Trap::Frames | Trap::Raise(_) | Trap::Reraise(_) => t.check_due = self.waits_for_check(t),
        }
    }

    fn reply_to_native(&mut self, t: &mut GreenThread, (mut call, then): (Pending, Then), reply: Reply) -> Body {
        if then == Then::Again {
            call.memo.push(Memo::Reply(reply));
            return self.run_native(t, call);
        }
        match self.effect_value(reply, then) {
            Ok(value) => self.finish_native(t, call.after, value),
            Err(exception) => {
                let waiting = self.raise_into_pending(t, call.after, exception)?;
                self.run_native(t, waiting)
            }
        }
    }

    pub(super) fn finish_native(&mut self, t: &mut GreenThread, after: After, value: Value) -> Body {
        match self.native_done(t, after, value)? {
            Some(waiting) => self.run_native(t, waiting),
            None => Ok(()),
        }
    }

    pub(super) fn effect_value(&mut self, reply: Reply, then: Then) -> Result<Value, Value> {
        Ok(match (then, reply) {
            (_, Reply::Failed(refusal)) => {
                let text = self.heap.new_str(refusal.message().to_owned());
                return Err(self.new_exception(c::RUNTIME_ERROR, vec![text]));
            }
            (Then::Return(value), _) => value,
            (Then::EmptyOnTimeout, Reply::TimedOut) => return Err(self.new_exception(c::QUEUE_EMPTY, Vec::new())),
            (Then::Seconds, Reply::Int(ns)) => Value::Float(seconds(ns)),
            (Then::SecondsOfMicroseconds, Reply::Int(us)) => Value::Float(1e-6 * us as f64),
            (Then::SavedDepth, Reply::Int(depth)) => {
                let owner = Value::Int(Vm::ident(self.current));
                self.heap.new_tuple(vec![Value::Int(depth), owner])
            }
            (_, Reply::Done) => Value::None,
            (_, Reply::Bool(b)) => Value::Bool(b),
            (_, Reply::Int(i)) => Value::Int(i),
            (_, Reply::Value(value)) => value,
            (_, Reply::TimedOut) => Value::Bool(false),
        })
    }
}

/// Nanoseconds as seconds: the nearest float.
fn seconds(ns: i64) -> f64 {
    ns as f64 / 1e9
}
