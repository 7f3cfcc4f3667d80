//! Generators: frames that leave the thread at a `yield` and come back.

use super::Vm;
use super::frame::{Frame, GreenThread, OnReturn};
use super::run::{Body, Trap};
use crate::code::Op;
use crate::native::Resume;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::generator::{Generator, GeneratorState};
use crate::value::{CodeId, MaybeObj, ObjId, Value};

impl Vm {
    /// RETURN_GENERATOR: the frame becomes a generator object, which is returned.
    pub(crate) fn op_return_generator(&mut self, t: &mut GreenThread) -> Body {
        let frame = t.frames.pop().expect("the frame that runs");
        let stack = t.stack.split_off(frame.base as usize);
        t.stack.truncate(frame.floor as usize);
        let (mut name, mut qualname, mut class) = (Value::None, Value::None, c::GENERATOR);
        if let Some(id) = frame.function.obj() {
            let function = self.heap.function(id);
            (name, qualname) = (function.name, function.qualname);
            if let Value::Obj(pose) = function.poses_as {
                class = pose;
            }
        }
        let on_return = frame.on_return;
        let instance = frame.owner;
        let saved = Frame { owner: MaybeObj::NONE, ..frame };
        let generator = self.heap.alloc(Object::Generator(Box::new(Generator {
            state: GeneratorState::Created,
            frame: saved,
            stack,
            handled: MaybeObj::NONE,
            outside: [MaybeObj::NONE; 2],
            name,
            qualname,
            class,
        })));
        self.give_back(t, on_return, instance, Value::Obj(generator))
    }

    /// RETURN_VALUE
    pub(crate) fn op_return_value(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        self.op_return(t, value)
    }

    /// RETURN_CONST
    pub(crate) fn op_return(&mut self, t: &mut GreenThread, value: Value) -> Body {
        let frame = t.frames.pop().expect("the frame that runs");
        t.stack.truncate(frame.floor as usize);
        self.native_returned = self.ends_native_call(frame.on_return);
        match frame.on_return {
            OnReturn::Push if frame.owner.is_none() => {
                t.stack.push(value);
                Err(Trap::Frames)
            }
            on_return => self.frame_returned(t, on_return, frame.owner, value),
        }
    }

    /// Before 3.13 a call of a class is one of native code, which ends after `__init__`.
    #[inline(always)]
    pub(super) fn ends_native_call(&self, on_return: OnReturn) -> bool {
        on_return == OnReturn::Init && self.config.rules.checks_after_init
    }

    #[inline(never)]
    fn frame_returned(&mut self, t: &mut GreenThread, on_return: OnReturn, owner: MaybeObj, value: Value) -> Body {
        let generator = owner.obj().filter(|id| matches!(self.heap.get(*id), Object::Generator(_)));
        let Some(generator) = generator else {
            return self.give_back(t, on_return, owner, value);
        };
        self.generator_ended(t, generator);
        match on_return {
            OnReturn::ForIter => self.end_loop(t),
            OnReturn::Send => self.end_send(t, value),
            _ => {
                let args = if value.is_none() { Vec::new() } else { vec![value] };
                let stop = self.new_exception(c::STOP_ITERATION, args);
                let waiting = self.raise_into_pending(t, super::frame::After::Native, stop)?;
                self.run_native(t, waiting)?;
                Err(Trap::Frames)
            }
        }
    }

    /// Gives the value of an ordinary frame to whoever waits for it.
    fn give_back(&mut self, t: &mut GreenThread, on_return: OnReturn, owner: MaybeObj, value: Value) -> Body {
        match on_return {
            OnReturn::Push => t.stack.push(value),
            OnReturn::Init => {
                self.check_init_result(value)?;
                t.stack.push(owner.value());
            }
            OnReturn::Native => self.give_to_pending(t, value)?,
            OnReturn::Thread => {
                t.ended = Some(Ok(value));
                return Err(Trap::Finished(value));
            }
            OnReturn::ForIter | OnReturn::Send => unreachable!("only generators are resumed so"),
        }
        Err(Trap::Frames)
    }

    /// YIELD_VALUE
    pub(crate) fn op_yield(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        match self.suspend(t) {
            OnReturn::Native => self.give_to_pending(t, value)?,
            _ => t.stack.push(value),
        }
        Err(Trap::Frames)
    }

    /// YIELD_VALUE to a loop or another generator: gives the value and returns the code of the frame below.
    #[inline]
    pub(super) fn yield_to_frame(&mut self, t: &mut GreenThread) -> Option<CodeId> {
        let [.., caller, frame] = &t.frames[..] else { return None };
        if !matches!(frame.on_return, OnReturn::ForIter | OnReturn::Send) {
            return None;
        }
        let code = caller.code;
        let value = t.pop();
        self.suspend(t);
        t.stack.push(value);
        Some(code)
    }

    /// Puts the frame that runs back into its generator.
    #[inline]
    fn suspend(&mut self, t: &mut GreenThread) -> OnReturn {
        let frame = t.frames.pop().expect("the frame that runs");
        let on_return = frame.on_return;
        let id = frame.owner.obj().expect("the frame of a generator");
        let generator = self.generator_mut(id);
        generator.state = GeneratorState::Suspended;
        generator.handled = t.handled;
        [t.handled, t.handled_outside] = std::mem::replace(&mut generator.outside, [MaybeObj::NONE; 2]);
        generator.stack.clear();
        generator.stack.extend_from_slice(&t.stack[frame.base as usize..]);
        t.stack.truncate(frame.floor as usize);
        let code = frame.code;
        generator.frame = Frame { owner: MaybeObj::NONE, ..frame };
        if self.codes[code.0 as usize].entry.tries {
            self.watch_suspended(id);
        }
        on_return
    }

    /// FOR_ITER of a generator that goes on: puts its frame on the thread and returns its code.
    #[inline]
    pub(super) fn enter_in_loop(&mut self, t: &mut GreenThread, iterator: Value) -> Option<CodeId> {
        let Value::Obj(id) = iterator else { return None };
        let Object::Generator(generator) = self.heap.get(id) else { return None };
        if !matches!(generator.state, GeneratorState::Created | GeneratorState::Suspended) {
            return None;
        }
        let code = generator.frame.code;
        if t.frames.len() > self.settings.recursion_max as usize {
            return None;
        }
        self.put_on(t, id, OnReturn::ForIter);
        t.stack.push(Value::None);
        Some(code)
    }

    /// Puts a generator's frame back on the thread.
    pub(crate) fn resume_generator(
        &mut self,
        t: &mut GreenThread,
        id: ObjId,
        how: Resume,
        on_return: OnReturn,
    ) -> Body {
        let state = self.generator_mut(id).state;
        match (state, how) {
            (GeneratorState::Running, _) => return Err(self.error(c::VALUE_ERROR, "generator already executing")),
            (GeneratorState::Created, Resume::Send(value)) if !value.is_none() => {
                return Err(self.type_error("can't send non-None value to a just-started generator"));
            }
            (GeneratorState::Finished, Resume::Send(_)) => {
                return Err(Trap::Raise(self.new_exception(c::STOP_ITERATION, Vec::new())));
            }
            (GeneratorState::Finished, Resume::Throw(exception) | Resume::ThrowHere(exception)) => {
                return Err(Trap::Raise(exception));
            }
            _ => {}
        }
        if let (GeneratorState::Suspended, Resume::Throw(exception)) = (state, how)
            && let Some(inner) = self.delegate(id).and_then(|inner| self.unfinished(inner))
        {
            self.enter_generator(t, id, on_return)?;
            if let Some(frame) = t.frames.last_mut() {
                frame.pc -= 1;
            }
            return match self.resume_generator(t, inner, Resume::Throw(exception), OnReturn::Send) {
                Err(Trap::Raise(exception)) => Err(self.unwind(t, exception, true)),
                other => other,
            };
        }
        self.enter_generator(t, id, on_return)?;
        match how {
            Resume::Send(value) => t.stack.push(value),
            Resume::Throw(exception) | Resume::ThrowHere(exception) => {
                return Err(self.unwind(t, exception, true));
            }
        }
        Ok(())
    }

    fn enter_generator(&mut self, t: &mut GreenThread, id: ObjId, on_return: OnReturn) -> Body {
        if t.frames.len() > self.settings.recursion_max as usize {
            return Err(self.error(c::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        self.put_on(t, id, on_return);
        Ok(())
    }

    #[inline]
    fn put_on(&mut self, t: &mut GreenThread, id: ObjId, on_return: OnReturn) {
        let floor = t.stack.len() as u32;
        let handled_outside = t.nearest_handled();
        let generator = self.generator_mut(id);
        generator.state = GeneratorState::Running;
        generator.outside = [t.handled, t.handled_outside];
        t.handled = generator.handled;
        t.handled_outside = handled_outside;
        t.stack.append(&mut generator.stack);
        let frame = Frame { base: floor, floor, owner: MaybeObj::from(id), on_return, ..generator.frame };
        t.frames.push(frame);
    }

    /// The iterator that a suspended generator delegates to (`yield from`).
    pub(crate) fn delegate(&self, id: ObjId) -> Option<Value> {
        let Object::Generator(generator) = self.heap.get(id) else { return None };
        if generator.state != GeneratorState::Suspended {
            return None;
        }
        let instrs = &self.codes[generator.frame.code.0 as usize].code.instrs;
        instrs.get(generator.frame.pc as usize).filter(|i| i.op == Op::Resume && i.arg & 3 == 2)?;
        generator.stack.last().copied()
    }

    /// A generator that has not ended.
    fn unfinished(&self, value: Value) -> Option<ObjId> {
        let id = value.obj()?;
        matches!(self.heap.get(id), Object::Generator(g) if g.state != GeneratorState::Finished).then_some(id)
    }

    /// Whether a generator, and each that it delegates to, delegates to a generator or to nothing.
    pub(crate) fn delegates_to_generators(&self, id: ObjId) -> bool {
        let mut last = id;
        while let Some(inner) = self.delegate(last) {
            match self.unfinished(inner) {
                Some(inner) => last = inner,
                None => return false,
            }
        }
        true
    }

    /// The generator's frame is gone.
    pub(crate) fn generator_ended(&mut self, t: &mut GreenThread, id: ObjId) {
        if let Object::Generator(generator) = self.heap.get_mut(id) {
            generator.state = GeneratorState::Finished;
            [t.handled, t.handled_outside] = std::mem::replace(&mut generator.outside, [MaybeObj::NONE; 2]);
            generator.handled = MaybeObj::NONE;
        }
        if self.is_watching() && matches!(self.heap.get(id), Object::Generator(_)) {
            self.heap.generator_ended(id);
        }
    }

    pub(crate) fn generator_mut(&mut self, id: ObjId) -> &mut Generator {
        match self.heap.get_mut(id) {
            Object::Generator(generator) => generator,
            _ => unreachable!("handle of a generator"),
        }
    }

    /// SEND: iterator and value to send are on the stack.
    pub(crate) fn op_send(&mut self, t: &mut GreenThread, _target: u32) -> Body {
        let value = t.pop();
        let iterator = t.peek(1);
        if let Value::Obj(id) = iterator
            && matches!(self.heap.get(id), Object::Generator(_))
        {
            return match self.resume_generator(t, id, Resume::Send(value), OnReturn::Send) {
                Ok(()) => Err(Trap::Frames),
                Err(Trap::Raise(e))
                    if self.exception_is(e, c::STOP_ITERATION)
                        && self.generator_mut(id).state == GeneratorState::Finished =>
                {
                    self.end_send(t, Value::None)
                }
                Err(trap) => Err(trap),
            };
        }
        let send = super::natives::pending(
            &crate::native::types::generator::SEND,
            vec![iterator, value],
            Vec::new(),
            super::frame::After::Send,
        );
        self.run_native(t, send)
    }

    /// After a native SEND: whether the iterator is exhausted, and its value.
    pub(crate) fn sent(&mut self, t: &mut GreenThread, outcome: Value) -> Body {
        match self.heap.tuple(outcome) {
            Some([Value::Bool(true), value]) => {
                let value = *value;
                self.end_send(t, value)
            }
            Some([_, value]) => {
                let value = *value;
                t.stack.push(value);
                Ok(())
            }
            _ => unreachable!("SEND gives a pair"),
        }
    }

    /// The delegate returned: its value, and on to END_SEND.
    fn end_send(&mut self, t: &mut GreenThread, value: Value) -> Body {
        t.stack.push(value);
        let frame = t.frames.last_mut().expect("the frame that delegates");
        let send = self.codes[frame.code.0 as usize].code.instrs[frame.pc as usize - 1];
        frame.pc = send.arg;
        Err(Trap::Frames)
    }

    pub(crate) fn op_end_send(&mut self, t: &mut GreenThread) -> Body {
        let (_iterator, value) = t.pop_two();
        t.stack.push(value);
        Ok(())
    }

    /// FOR_ITER is done: drops the iterator and leaves the loop.
    pub(crate) fn end_loop(&mut self, t: &mut GreenThread) -> Body {
        t.drop_top(1);
        let frame = t.frames.last_mut().expect("the frame of the loop");
        let for_iter = self.codes[frame.code.0 as usize].code.instrs[frame.pc as usize - 1];
        frame.pc = for_iter.arg + 2;
        Err(Trap::Frames)
    }

    /// CLEANUP_THROW: iterator, last sent value, exception.
    pub(crate) fn op_cleanup_throw(&mut self, t: &mut GreenThread) -> Body {
        let exception = t.peek(1);
        if !self.exception_is(exception, c::STOP_ITERATION) {
            t.pop();
            return Err(Trap::Reraise(exception));
        }
        t.drop_top(3);
        let value = self.stop_iteration_value(exception);
        t.stack.push(Value::None);
        t.stack.push(value);
        Ok(())
    }

    /// `StopIteration.value`
    pub(crate) fn stop_iteration_value(&self, exception: Value) -> Value {
        self.heap.tuple(self.exception(exception).args).and_then(|args| args.first().copied()).unwrap_or(Value::None)
    }
}
