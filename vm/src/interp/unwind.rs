//! Exceptions: raising, finding the handler, leaving frames, and the instructions around them.

use super::Vm;
use super::cache::Cache;
use super::frame::{After, GreenThread, OnReturn};
use super::run::{Body, Trap};
use crate::names::name;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::exception::Traceback;
use crate::value::{MaybeObj, Value};

/// Links of a chain of contexts that are looked at for a cycle.
const CONTEXTS_MAX: usize = 100_000;

impl Vm {
    /// An exception is raised in the top frame: goes to its handler, leaving frames on the way.
    ///
    /// `entry`: the top frame gets an entry in the traceback (not when it is raised again). Never returns `Trap::Raise`.
    pub(crate) fn unwind(&mut self, t: &mut GreenThread, exception: Value, entry: bool) -> Trap {
        let mut exception = exception;
        let mut entry = entry;
        self.set_context(t, exception);
        loop {
            let Some(frame) = t.frames.last() else {
                t.ended = Some(Err(exception));
                return Trap::Died(exception);
            };
            let at = frame.pc.saturating_sub(1);
            if entry {
                self.add_traceback(exception, frame, at);
            }
            entry = true;
            let loaded = &self.codes[frame.code.0 as usize];
            if let Some(handler) = loaded.code.handler(at).copied() {
                let height = (frame.base + loaded.entry.slots + handler.depth) as usize;
                self.note_unwound(t, height);
                t.stack.truncate(height);
                if handler.push_lasti {
                    t.stack.push(Value::Int(i64::from(at)));
                }
                t.stack.push(exception);
                if let Some(top) = t.frames.last_mut() {
                    top.pc = handler.target;
                }
                return Trap::Frames;
            }
            let (floor, owner, on_return) = (frame.floor as usize, frame.owner, frame.on_return);
            let operands = (frame.base + loaded.entry.slots) as usize;
            if self.is_watching() {
                self.keep_locals(t, exception);
            }
            self.note_unwound(t, operands);
            t.frames.pop();
            t.stack.truncate(floor);
            if let Some(owner) = owner.obj() {
                self.generator_ended(t, owner);
            }
            match on_return {
                OnReturn::Push | OnReturn::Init | OnReturn::ForIter | OnReturn::Send => {}
                OnReturn::Thread => {
                    t.ended = Some(Err(exception));
                    return Trap::Died(exception);
                }
                OnReturn::Native => {
                    let result =
                        self.raise_into_pending(t, After::Native, exception).and_then(|call| self.run_native(t, call));
                    match result {
                        Ok(()) => return Trap::Frames,
                        Err(Trap::Raise(other)) => {
                            if other != exception {
                                self.set_context(t, other);
                            }
                            exception = other;
                        }
                        Err(trap) => return trap,
                    }
                }
            }
        }
    }

    /// `__context__`: the exception that is being handled where this one is raised.
    fn set_context(&mut self, t: &GreenThread, exception: Value) {
        let handled = t.exception_handled();
        if handled.is_none() || handled == exception || !self.exception(exception).context.is_none() {
            return;
        }
        let mut link = handled;
        for _ in 0..CONTEXTS_MAX {
            let context = self.exception(link).context;
            if context.is_none() {
                break;
            }
            if context == exception {
                self.exception_mut(link).context = Value::None;
                break;
            }
            link = context;
        }
        self.exception_mut(exception).context = handled;
    }

    fn add_traceback(&mut self, exception: Value, frame: &super::frame::Frame, at: u32) {
        if self.codes[frame.code.0 as usize].code.flags.contains(crate::code::CodeFlags::ATOMIC) {
            return;
        }
        let next = self.exception(exception).traceback;
        let entry =
            Traceback { code: frame.code, instruction: at, globals: frame.globals, next, locals: Box::default() };
        let entry = Value::Obj(self.heap.alloc(Object::Traceback(Box::new(entry))));
        self.exception_mut(exception).traceback = entry;
    }

    /// The traceback keeps the locals of the frame that is left, as CPython's keeps the frame.
    fn keep_locals(&mut self, t: &GreenThread, exception: Value) {
        let (Some(frame), Value::Obj(entry)) = (t.frames.last(), self.exception(exception).traceback) else { return };
        let slots = self.codes[frame.code.0 as usize].entry.slots as usize;
        let base = frame.base as usize;
        let held = t.stack.get(base..base + slots).unwrap_or_default();
        if held.iter().any(|value| value.obj().is_some())
            && let Object::Traceback(entry) = self.heap.get_mut(entry)
            && entry.code == frame.code
        {
            entry.locals = held.into();
        }
    }

    pub(crate) fn op_push_exc_info(&mut self, t: &mut GreenThread) -> Body {
        let exception = t.pop();
        t.stack.push(t.handled.value_or_none());
        t.stack.push(exception);
        t.handled = MaybeObj::from(exception.obj());
        Ok(())
    }

    pub(crate) fn op_pop_except(&mut self, t: &mut GreenThread) -> Body {
        t.handled = MaybeObj::from(t.pop().obj());
        Ok(())
    }

    /// LOAD_ASSERTION_ERROR
    pub(crate) fn op_load_class(&mut self, t: &mut GreenThread, class: crate::value::ObjId) -> Body {
        t.stack.push(Value::Obj(class));
        Ok(())
    }

    /// RAISE_VARARGS
    pub(crate) fn op_raise(&mut self, t: &mut GreenThread, count: u32) -> Body {
        if count == 0 {
            return match t.exception_handled() {
                Value::None => Err(self.error(c::RUNTIME_ERROR, "No active exception to reraise")),
                handled => Err(Trap::Reraise(handled)),
            };
        }
        let cause = if count == 2 { t.pop() } else { Value::Unbound };
        let exception = t.pop();
        if self.is_exception(exception) && !self.is_exception_class(cause) {
            return Err(self.raise_from(exception, cause));
        }
        let raise = super::natives::pending(
            &crate::native::types::exception::RAISE,
            vec![exception, cause],
            Vec::new(),
            After::Drop,
        );
        self.run_native(t, raise)
    }

    /// Sets the cause and raises.
    pub(crate) fn raise_from(&mut self, exception: Value, cause: Value) -> Trap {
        if cause.is_bound() {
            if !cause.is_none() && !self.is_exception(cause) {
                return self.type_error("exception causes must derive from BaseException");
            }
            let data = self.exception_mut(exception);
            data.cause = cause;
            data.suppress_context = true;
        }
        Trap::Raise(exception)
    }

    /// RERAISE
    pub(crate) fn op_reraise(&mut self, t: &mut GreenThread, _lasti_below: u32) -> Body {
        let exception = t.pop();
        Err(Trap::Reraise(exception))
    }

    /// CHECK_EXC_MATCH
    pub(crate) fn op_check_exc_match(&mut self, t: &mut GreenThread) -> Body {
        let kind = t.pop();
        let exception = t.peek(1);
        let matches = self.exception_matches(exception, kind)?;
        t.stack.push(Value::Bool(matches));
        Ok(())
    }

    fn exception_matches(&mut self, exception: Value, kind: Value) -> Result<bool, Trap> {
        if let Some(kinds) = self.heap.tuple(kind) {
            let kinds = kinds.to_vec();
            if kinds.iter().any(|k| !self.is_exception_class(*k)) {
                return Err(self.type_error("catching classes that do not inherit from BaseException is not allowed"));
            }
            return Ok(kinds.iter().any(|k| k.obj().is_some_and(|k| self.exception_is(exception, k))));
        }
        match self.as_class(kind) {
            Some(class) if self.is_exception_class(kind) => Ok(self.exception_is(exception, class)),
            _ => Err(self.type_error("catching classes that do not inherit from BaseException is not allowed")),
        }
    }

    /// CHECK_EG_MATCH
    pub(crate) fn op_check_eg_match(&mut self, t: &mut GreenThread) -> Body {
        let (exception, kind) = t.pop_two();
        let callee = self.prelude("exception_group_match");
        self.call_and_run(t, callee, vec![exception, kind], Vec::new(), After::Unpack { before: 2, after: None })
    }

    /// BEFORE_WITH
    pub(crate) fn op_before_with(&mut self, t: &mut GreenThread, cache: usize) -> Body {
        let manager = t.pop();
        let class = self.heap.class_of(manager);
        let version = self.heap.class(class).version;
        if let Cache::With { class: known, version: seen, enter, exit } = *self.caches.get(cache)
            && (class, version) == (known, seen)
        {
            return self.enter_with(t, manager, Value::Native(enter), Value::Native(exit));
        }
        let enter = self.heap.lookup(class, name::ENTER);
        let exit = self.heap.lookup(class, name::EXIT);
        let (Some(enter), Some(exit)) = (enter, exit) else {
            let missed = if enter.is_none() { "" } else { " (missed __exit__ method)" };
            let type_name = self.heap.type_name(manager);
            let message = format!("'{type_name}' object does not support the context manager protocol{missed}");
            return Err(self.type_error(message));
        };
        if let (Value::Native(enter), Value::Native(exit)) = (enter, exit) {
            self.caches.set(cache, Cache::With { class, version, enter, exit });
        }
        self.enter_with(t, manager, enter, exit)
    }

    fn enter_with(&mut self, t: &mut GreenThread, manager: Value, enter: Value, exit: Value) -> Body {
        let exit = self.bind_special(exit, manager);
        t.stack.push(exit);
        let (enter, receiver) = match self.binds(enter) {
            true => (enter, manager),
            false => (self.bind_special(enter, manager), Value::Unbound),
        };
        self.native_returned = false;
        let start = t.stack.len();
        t.stack.extend([enter, receiver]);
        self.call_on_stack(t, start, Vec::new())
    }

    /// WITH_EXCEPT_START
    pub(crate) fn op_with_except_start(&mut self, t: &mut GreenThread) -> Body {
        let (exit, exception) = (t.peek(4), t.peek(1));
        let class = Value::Obj(self.heap.class_of(exception));
        let traceback = self.exception(exception).traceback;
        self.native_returned = false;
        self.call_and_run(t, exit, vec![class, exception, traceback], Vec::new(), After::Push)
    }

    /// `module.name` of a class as CPython's messages show it: builtins without the module.
    pub(crate) fn qualified_type_name(&self, value: Value) -> String {
        let class = self.heap.class(self.heap.class_of(value));
        match self.heap.str(class.module) {
            Some("builtins") | None => class.qualname.to_string(),
            Some(module) => format!("{module}.{}", class.qualname),
        }
    }
}
