//! Calls: of Python functions, native functions, classes, and everything else that is callable.
//!
//! The arguments of a call instruction stay where they are on the stack and become the first slots of the callee's frame.

use super::Vm;
use super::cache::Cache;
use super::fast::HIDDEN_FRAMES;
use super::frame::{After, Frame, GreenThread, OnReturn, Pending};
use super::natives::pending;
use super::run::{Body, Trap};
use crate::code::CodeFlags;
use crate::names::name;
use crate::native::Args;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::Layout;
use crate::object::instance::{Attrs, Instance};
use crate::value::{MaybeObj, ObjId, Value};

/// Calls in C until one of Python code or a native function, before it is a recursion without end.
const CALLS_MAX: u32 = 1_000;

impl Vm {
    /// CALL: callable, self or NULL, then `count` arguments are on the stack.
    pub(crate) fn op_call(&mut self, t: &mut GreenThread, count: u32, cache: usize) -> Body {
        let start = t.stack.len() - count as usize - 2;
        if let Value::Obj(class) = t.stack[start]
            && let Object::Class(data) = self.heap.get(class)
            && let Some(Value::Obj(init)) = self.simple_init(class)
        {
            self.caches.set(cache, Cache::Construct { class, version: data.version, init });
        }
        self.native_returned = false;
        self.specialised = false;
        self.call_on_stack(t, start, Vec::new())
    }

    /// CALL_KW: as CALL, with a tuple of keyword names on top.
    pub(crate) fn op_call_kw(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let names = t.pop();
        let names: Vec<Value> = self.heap.tuple(names).map(<[Value]>::to_vec).unwrap_or_default();
        let start = t.stack.len() - count as usize - 2;
        let values = t.stack.split_off(t.stack.len() - names.len());
        let kwargs = names.iter().zip(values).filter_map(|(n, v)| Some((n.obj()?, v))).collect();
        self.native_returned = false;
        self.specialised = false;
        self.call_on_stack(t, start, kwargs)
    }

    /// Calls what is at `start` with the arguments above it; the result replaces all of it.
    pub(crate) fn call_on_stack(&mut self, t: &mut GreenThread, start: usize, kwargs: Vec<(ObjId, Value)>) -> Body {
        let mut is_bound_method = false;
        loop {
            let callee = t.stack[start];
            let first = start + if t.stack[start + 1].is_bound() { 1 } else { 2 };
            match callee {
                Value::Native(id) => {
                    self.call_native_on_stack(t, id, start, first, kwargs)?;
                    // Specialised code knows `values.append(x)`, not a bound method kept in a variable.
                    self.specialised &= !is_bound_method;
                    return Ok(());
                }
                Value::Obj(id) => match self.heap.get(id) {
                    Object::Function(_) => return self.enter_function(t, id, first, kwargs, start, OnReturn::Push),
                    Object::BoundMethod(function, object) => {
                        let (function, object) = (*function, *object);
                        match first == start + 2 {
                            true => t.stack[start + 1] = object,
                            // The place has an argument: the end of a `with` statement.
                            false => t.stack.insert(start + 1, object),
                        }
                        t.stack[start] = function;
                        is_bound_method = true;
                        continue;
                    }
                    Object::Class(_) => return self.call_class_on_stack(t, id, start, first, kwargs),
                    _ => {}
                },
                _ => {}
            }
            let args = t.stack[first..].to_vec();
            t.stack.truncate(start);
            return self.call_and_run(t, callee, args, kwargs, After::Push);
        }
    }

    /// Calls a value with arguments from a vector and runs native code until Python code has to run.
    pub(crate) fn call_and_run(
        &mut self,
        t: &mut GreenThread,
        callee: Value,
        args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
        after: After,
    ) -> Body {
        match self.call_value(t, callee, args, kwargs, after)? {
            Some(call) => self.run_native(t, call),
            None => Err(Trap::Frames),
        }
    }

    /// Starts a call whose arguments are in a vector. Some: a native function to run; None: a frame was pushed.
    pub(crate) fn call_value(
        &mut self,
        t: &mut GreenThread,
        callee: Value,
        mut args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
        after: After,
    ) -> Result<Option<Pending>, Trap> {
        let mut callee = callee;
        // Every turn of the loop is a call in C; a `__call__` that is an instance of its own class never ends.
        for _ in 0..CALLS_MAX {
            match callee {
                Value::Native(id) => return self.native_call(id, args, kwargs, after).map(Some),
                Value::Obj(id) => match self.heap.get(id) {
                    Object::Function(_) => return self.push_function(t, id, args, kwargs, after),
                    Object::BoundMethod(function, object) => {
                        args.insert(0, *object);
                        callee = *function;
                        continue;
                    }
                    Object::StaticMethod(function) => {
                        callee = *function;
                        continue;
                    }
                    Object::GenericAlias(origin, _) => {
                        callee = *origin;
                        continue;
                    }
                    Object::Class(_) => return self.call_class(t, id, args, kwargs, after),
                    _ => {}
                },
                _ => {}
            }
            let class = self.heap.class_of(callee);
            match self.heap.lookup(class, name::CALL) {
                Some(function) if function.is_bound() && !function.is_none() => {
                    args.insert(0, callee);
                    callee = function;
                }
                _ => {
                    let message = format!("'{}' object is not callable", self.heap.type_name(callee));
                    return Err(self.type_error(message));
                }
            }
        }
        Err(self.error(c::RECURSION_ERROR, "maximum recursion depth exceeded"))
    }

    /// Starts a thread's first call.
    pub(crate) fn start_call(&mut self, t: &mut GreenThread, callee: Value, args: &Args<'_>) {
        let trap = match self.call_value(t, callee, args.pos.to_vec(), args.kw.to_vec(), After::Thread) {
            Ok(Some(call)) => self.run_native(t, call).err(),
            Ok(None) => None,
            Err(trap) => Some(trap),
        };
        match trap {
            None | Some(Trap::Frames) => {}
            Some(Trap::Effect(effect)) => t.next_effect = Some(effect),
            Some(Trap::Finished(value)) => t.ended = Some(Ok(value)),
            Some(Trap::Raise(e) | Trap::Reraise(e) | Trap::Died(e)) => t.ended = Some(Err(e)),
        }
    }

    fn push_function(
        &mut self,
        t: &mut GreenThread,
        function: ObjId,
        args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
        after: After,
    ) -> Result<Option<Pending>, Trap> {
        let on_return = match after {
            After::Push => OnReturn::Push,
            After::Native => OnReturn::Native,
            After::Thread => OnReturn::Thread,
            other => {
                t.pending.push(super::natives::passing(other));
                OnReturn::Native
            }
        };
        let floor = t.stack.len();
        t.stack.extend_from_slice(&args);
        match self.enter_function(t, function, floor, kwargs, floor, on_return) {
            Ok(()) | Err(Trap::Frames) => Ok(None),
            Err(trap) => {
                t.stack.truncate(floor);
                Err(trap)
            }
        }
    }

    /// Pushes the frame of a Python function whose positional arguments are the stack from `first` on.
    pub(crate) fn enter_function(
        &mut self,
        t: &mut GreenThread,
        id: ObjId,
        first: usize,
        kwargs: Vec<(ObjId, Value)>,
        floor: usize,
        on_return: OnReturn,
    ) -> Body {
        const SPECIAL: u32 = CodeFlags::VARARGS.0 | CodeFlags::VARKEYWORDS.0;
        let function = self.heap.function(id);
        let (code_id, globals) = (function.code, function.globals);
        let code = &self.codes[code_id.0 as usize].code;
        let simple = kwargs.is_empty() && code.kwonly_count == 0 && code.flags.0 & SPECIAL == 0;
        if !simple || t.stack.len() - first != code.argcount as usize {
            self.bind_arguments(t, id, first, kwargs)?;
        }
        let code = &self.codes[code_id.0 as usize].code;
        t.stack.resize(first + code.localsplus.len(), Value::Unbound);
        let own_namespace = code.flags.0 & (CodeFlags::OPTIMIZED.0 | CodeFlags::NEWLOCALS.0) == 0;
        let namespace = if own_namespace { MaybeObj::from(globals) } else { MaybeObj::NONE };
        self.push_frame(
            t,
            Frame {
                code: code_id,
                pc: 0,
                base: first as u32,
                floor: floor as u32,
                globals,
                function: MaybeObj::from(id),
                namespace,
                owner: MaybeObj::NONE,
                on_return,
            },
        )
    }

    /// Pushes a frame, unless that would pass the recursion limit.
    pub(crate) fn push_frame(&mut self, t: &mut GreenThread, frame: Frame) -> Body {
        if t.frames.len() >= self.settings.recursion_max as usize + HIDDEN_FRAMES {
            return Err(self.error(c::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        t.frames.push(frame);
        Err(Trap::Frames)
    }

    /// Calls a class from a call instruction: the common cases without leaving the stack.
    fn call_class_on_stack(
        &mut self,
        t: &mut GreenThread,
        class: ObjId,
        start: usize,
        first: usize,
        kwargs: Vec<(ObjId, Value)>,
    ) -> Body {
        if let Some(init) = self.simple_init(class) {
            let instance = self.new_instance(class);
            match init {
                Value::Obj(function) => {
                    self.extra_ns += self.native_costs.instance_ns;
                    // The class stays where it was, as on the cached path: states must not tell the two apart.
                    if first == start + 2 {
                        t.stack[start + 1] = Value::Obj(instance);
                    } else {
                        t.stack.insert(start + 1, Value::Obj(instance));
                    }
                    let result = self.enter_function(t, function, start + 1, kwargs, start, OnReturn::Init);
                    if let (Err(Trap::Frames), Some(frame)) = (&result, t.frames.last_mut()) {
                        frame.owner = MaybeObj::from(instance);
                    }
                    return result;
                }
                _ if kwargs.is_empty() && t.stack.len() == first => {
                    self.extra_ns += self.native_costs.instance_ns;
                    self.native_returned = true;
                    t.stack.truncate(start);
                    t.stack.push(Value::Obj(instance));
                    return Ok(());
                }
                _ => {}
            }
        }
        if class == c::TYPE && t.stack.len() == first + 1 && kwargs.is_empty() {
            let object = t.stack[first];
            self.native_returned = true;
            self.specialised = true;
            t.stack.truncate(start);
            t.stack.push(Value::Obj(self.heap.class_of(object)));
            return Ok(());
        }
        if kwargs.is_empty() && self.heap.class(class).metaclass == c::TYPE {
            if first == start + 1 {
                t.stack.insert(start, Value::Unbound);
            }
            t.stack[start + 1] = Value::Obj(class);
            return self.run_on_stack(t, &crate::native::types::class_call::TYPE_CALL, start, start + 1, false);
        }
        let args = t.stack[first..].to_vec();
        t.stack.truncate(start);
        self.call_and_run(t, Value::Obj(class), args, kwargs, After::Push)
    }

    /// The `__init__` of a class whose instances are made in the plain way: no metaclass and no `__new__` of its own.
    fn simple_init(&self, class: ObjId) -> Option<Value> {
        let data = self.heap.class(class);
        if data.metaclass != c::TYPE || data.layout != Layout::Plain || !data.is_heap_type {
            return None;
        }
        let new = self.heap.lookup(class, name::NEW)?;
        if !self.is_native(new)
            || self.heap.lookup(class, name::ABSTRACT_METHODS).is_some()
            || self.is_thread_local(class)
        {
            return None;
        }
        let init = self.heap.lookup(class, name::INIT)?;
        match init {
            Value::Native(_) => Some(init),
            Value::Obj(id) if matches!(self.heap.get(id), Object::Function(_)) => Some(init),
            _ => None,
        }
    }

    /// A new instance of a class whose instances have attributes only.
    pub(crate) fn new_instance(&mut self, class: ObjId) -> ObjId {
        let shape = self.heap.class(class).root_shape;
        let instance = self.heap.alloc(Object::Instance(Instance { attrs: Attrs::new(shape), class }));
        if self.heap.watch.any_del {
            self.watch_instance(instance, class);
        }
        instance
    }

    /// Calls a class with arguments from a vector.
    fn call_class(
        &mut self,
        t: &mut GreenThread,
        class: ObjId,
        mut args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
        after: After,
    ) -> Result<Option<Pending>, Trap> {
        let metaclass = self.heap.class(class).metaclass;
        if metaclass != c::TYPE {
            let call = self.heap.lookup(metaclass, name::CALL).unwrap_or(Value::Unbound);
            if !self.is_native(call) {
                args.insert(0, Value::Obj(class));
                return self.call_value(t, call, args, kwargs, after);
            }
        }
        args.insert(0, Value::Obj(class));
        Ok(Some(pending(&crate::native::types::class_call::TYPE_CALL, args, kwargs, after)))
    }

    /// CALL_FUNCTION_EX
    pub(crate) fn op_call_function_ex(&mut self, t: &mut GreenThread, flags: u32) -> Body {
        let kwargs = if flags & 1 == 1 { t.pop() } else { Value::Unbound };
        let args = t.pop();
        let (callee, _null) = t.pop_two();
        self.native_returned = false;
        let call =
            pending(&crate::native::types::function::CALL_EX, vec![callee, args, kwargs], Vec::new(), After::Push);
        self.run_native(t, call)
    }

    /// The result of `__init__` must be None.
    pub(crate) fn check_init_result(&mut self, value: Value) -> Body {
        if value.is_none() {
            return Ok(());
        }
        let message = format!("__init__() should return None, not '{}'", self.heap.type_name(value));
        Err(self.type_error(message))
    }
}
