//! Running native functions: the memo, nested calls, effects and replies.
//!
//! A native function runs at once. If it stops for a call, it is kept as a [`Pending`] entry until the result is there, then
//! run again. A chain of native functions that call native functions is worked off by a loop, never by recursion.

use super::Vm;
use super::frame::{After, Awaiting, GreenThread, OnReturn, Pending};
use super::native_calls::is_for_operand;
use super::run::{Body, Trap};
use crate::native::{Args, Cx, Memo, NativeDef, NativeResult, Sig, Stop, function};
use crate::value::{MaybeObj, ObjId, Value};

/// A native function whose value is that of the call it waits for.
static PASS: NativeDef = function("pass", Sig::Raw, pass);

fn pass(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    cx.call(Value::None, &[])
}

impl Vm {
    /// Runs a native function, and the ones that wait for it, until Python code has to run.
    pub(crate) fn run_native(&mut self, t: &mut GreenThread, call: Pending) -> Body {
        let mut call = call;
        loop {
            let result = self.invoke(t, &mut call);
            match result {
                Ok(value) => match self.native_done(t, call.after, value)? {
                    Some(waiting) => call = waiting,
                    None => return Ok(()),
                },
                Err(stop) => match self.native_stopped(t, call, *stop)? {
                    Some(next) => call = next,
                    None => return Ok(()),
                },
            }
        }
    }

    fn invoke(&mut self, t: &GreenThread, call: &mut Pending) -> NativeResult {
        let mut cx = Cx { vm: self, thread: t, memo: &mut call.memo, memo_used: 0, cost_ns: 0, depth: 0 };
        let result = (call.def.run)(&mut cx, &Args { pos: &call.args, kw: &call.kwargs });
        let cost_ns = cx.cost_ns;
        if result.is_ok() {
            self.extra_ns += cost_ns;
        }
        result
    }

    /// A native function returned: puts its value where it belongs. Some: a native function that waited for it.
    pub(crate) fn native_done(
        &mut self,
        t: &mut GreenThread,
        after: After,
        value: Value,
    ) -> Result<Option<Pending>, Trap> {
        match after {
            After::Push => {
                self.native_returned = true;
                t.stack.push(value);
            }
            After::PushCallable => t.stack.extend([value, Value::Unbound]),
            After::Drop => {}
            After::PushNot => t.stack.push(Value::Bool(value != Value::Bool(true))),
            After::ForIter => return self.for_iter_next(t, value).map(|()| None),
            After::Send => return self.sent(t, value).map(|()| None),
            After::Unpack { before, after } => return self.unpack_list(t, value, before, after).map(|()| None),
            After::Init(instance) => {
                self.check_init_result(value)?;
                t.stack.push(instance);
            }
            After::Native => {
                let mut waiting = t.pending.pop().expect("a native function waits for this call");
                waiting.memo.push(Memo::Value(value));
                waiting.catching = None;
                waiting.passes_on = false;
                return Ok(Some(waiting));
            }
            After::Thread => {
                t.ended = Some(Ok(value));
                return Err(Trap::Finished(value));
            }
        }
        Ok(None)
    }

    /// A native function stopped: does what it asks for. Some: a native function that goes on next.
    pub(crate) fn native_stopped(
        &mut self,
        t: &mut GreenThread,
        mut call: Pending,
        stop: Stop,
    ) -> Result<Option<Pending>, Trap> {
        match stop {
            Stop::Raise(exception) => self.raise_into_pending(t, call.after, exception).map(Some),
            Stop::Call { callee, args, kwargs, catching } => {
                call.catching = catching;
                t.pending.push(call);
                self.call_for_native(t, callee, args, kwargs)
            }
            Stop::TailCall { callee, args, kwargs } => {
                t.pending.push(passing(call.after));
                self.call_for_native(t, callee, args, kwargs)
            }
            Stop::Effect(effect, then) => {
                t.awaiting = Some(match call.after {
                    After::Push if is_for_operand(&effect, then) => {
                        Awaiting::Operand { then, receiver: call.args.first().copied().unwrap_or_default() }
                    }
                    _ => Awaiting::Native(Box::new((call, then))),
                });
                Err(Trap::Effect(Box::new(effect)))
            }
            Stop::Exec { function, namespace } => {
                t.pending.push(passing(call.after));
                let result = self.call_for_native(t, function, Vec::new(), Vec::new());
                if let (Err(Trap::Frames), Some(frame)) = (&result, t.frames.last_mut()) {
                    frame.namespace = MaybeObj::from(namespace);
                }
                result
            }
            Stop::Resume { generator, how } => {
                t.pending.push(passing(call.after));
                match self.resume_generator(t, generator, how, OnReturn::Native) {
                    Ok(()) => Err(Trap::Frames),
                    Err(Trap::Raise(exception)) => self.raise_into_pending(t, After::Native, exception).map(Some),
                    Err(trap) => Err(trap),
                }
            }
        }
    }

    /// Starts the call that the top pending entry waits for.
    fn call_for_native(
        &mut self,
        t: &mut GreenThread,
        callee: Value,
        args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
    ) -> Result<Option<Pending>, Trap> {
        match self.call_value(t, callee, args, kwargs, After::Native) {
            Ok(Some(next)) => Ok(Some(next)),
            Ok(None) => Err(Trap::Frames),
            Err(Trap::Raise(exception)) => self.raise_into_pending(t, After::Native, exception).map(Some),
            Err(trap) => Err(trap),
        }
    }
}

/// A pending entry that hands the result of the call it waits for on to `after`.
pub(crate) fn passing(after: After) -> Pending {
    pending(&PASS, Vec::new(), Vec::new(), after)
}

pub(crate) fn pending(def: &'static NativeDef, args: Vec<Value>, kwargs: Vec<(ObjId, Value)>, after: After) -> Pending {
    Pending { def, args, kwargs, memo: Vec::new(), catching: None, passes_on: false, after }
}
