//! Special methods written in Python, called by an instruction: the short way in and out.
//!
//! `a + b` of instances is the work of a native function that asks for the call of `__add__` and would be run again to pass
//! its result on. Where it is plain from the classes that this call comes first, the frame is pushed at once, with the native
//! function waiting for it (`Pending`) as always; it is marked as one whose value is that of the call, so in the usual
//! case (the result is not `NotImplemented`) it need not be run at all. Everything unusual goes on in the native function.

use super::Vm;
use super::frame::{After, GreenThread, OnReturn, Pending};
use super::natives::pending;
use super::ops::slow;
use super::run::{Body, Trap};
use crate::code::{BinaryOperator, Comparison};
use crate::names::name;
use crate::native::NativeDef;
use crate::native::protocol::arithmetic::method_names;
use crate::native::protocol::equality::method_name;
use crate::object::Object;
use crate::object::class::Layout;
use crate::value::{CodeId, MaybeObj, ObjId, Value};

impl Vm {
    /// BINARY_OP of an instance whose class has the method.
    pub(super) fn enter_operator(&mut self, t: &mut GreenThread, arg: u32, a: Value, b: Value) -> Option<Body> {
        let class = self.plain_class(a)?;
        let (plain, in_place) = BinaryOperator::from_number(arg)?.plain();
        let (forward, _, own) = method_names(plain);
        let function = match self.heap.lookup(class, own).filter(|_| in_place) {
            Some(method) => self.python_function(method)?,
            None if self.comes_second(class, b) => return None,
            None => self.method(class, forward)?,
        };
        self.enter_special(t, &slow::BINARY, &[Value::Int(i64::from(arg)), a, b], function, &[a, b], After::Push)
    }

    /// COMPARE_OP of an instance whose class has the method.
    pub(super) fn enter_comparison(&mut self, t: &mut GreenThread, arg: u32, a: Value, b: Value) -> Option<Body> {
        let class = self.plain_class(a)?;
        if self.comes_second(class, b) {
            return None;
        }
        let function = self.method(class, method_name(Comparison::from_operand(arg)?))?;
        self.enter_special(t, &slow::COMPARE, &[Value::Int(i64::from(arg)), a, b], function, &[a, b], After::Push)
    }

    /// BINARY_SUBSCR of an instance whose class has `__getitem__`.
    pub(super) fn enter_getitem(&mut self, t: &mut GreenThread, container: Value, key: Value) -> Option<Body> {
        let function = self.method(self.plain_class(container)?, name::GETITEM)?;
        self.enter_special(t, &slow::GET_ITEM, &[container, key], function, &[container, key], After::Push)
    }

    /// LOAD_ATTR of a property.
    pub(super) fn enter_property(
        &mut self,
        t: &mut GreenThread,
        object: Value,
        attr: ObjId,
        after: After,
    ) -> Option<Body> {
        let class = self.plain_class(object)?;
        if self.has_custom_getattribute(class) || self.heap.lookup(class, name::GETATTR).is_some() {
            return None;
        }
        let Value::Obj(property) = self.heap.lookup(class, attr)? else { return None };
        let Object::Property(parts) = self.heap.get(property) else { return None };
        let function = self.python_function(parts[0])?;
        self.enter_special(t, &slow::GET_ATTR, &[object, Value::Obj(attr)], function, &[object], after)
    }

    /// The class of an instance that is no builtin value and has no attributes of each thread.
    fn plain_class(&self, value: Value) -> Option<ObjId> {
        let Value::Obj(id) = value else { return None };
        let Object::Instance(instance) = self.heap.get(id) else { return None };
        let plain = self.heap.class(instance.class).layout == Layout::Plain && !self.is_thread_local(instance.class);
        plain.then_some(instance.class)
    }

    /// Whether the right operand's class is derived from the left one's, so that its method could come first.
    fn comes_second(&self, class: ObjId, b: Value) -> bool {
        let other = self.heap.class_of(b);
        other != class && self.heap.is_subclass(other, class)
    }

    fn method(&self, class: ObjId, name: ObjId) -> Option<ObjId> {
        self.heap.lookup(class, name).and_then(|method| self.python_function(method))
    }

    fn python_function(&self, method: Value) -> Option<ObjId> {
        method.obj().filter(|id| matches!(self.heap.get(*id), Object::Function(_)))
    }

    /// Pushes the frame of a function for a native function that waits for its value.
    fn enter_special(
        &mut self,
        t: &mut GreenThread,
        def: &'static NativeDef,
        given: &[Value],
        function: ObjId,
        args: &[Value],
        after: After,
    ) -> Option<Body> {
        let base = t.stack.len();
        t.stack.extend_from_slice(args);
        if !self.complete_arguments(t, function, base) {
            t.stack.truncate(base);
            return None;
        }
        t.pending.push(Pending { passes_on: true, ..pending(def, given.to_vec(), Vec::new(), after) });
        self.push_plain_frame(t, function, base, base, MaybeObj::NONE, OnReturn::Native);
        Some(Err(Trap::Frames))
    }

    /// RETURN_VALUE to a native function that would only pass the value on: does so, and returns the code of the frame below.
    pub(super) fn leave_special(&mut self, t: &mut GreenThread, value: Value) -> Option<CodeId> {
        let waiting = t.pending.last().filter(|waiting| waiting.passes_on)?;
        let is_answer = match (&waiting.after, waiting.args.first()) {
            _ if value == Value::NotImplemented => false,
            (After::Push, Some(Value::Int(arg))) if std::ptr::eq(waiting.def, &slow::COMPARE) => {
                *arg as u32 & Comparison::TO_BOOL == 0 || matches!(value, Value::Bool(_))
            }
            (After::Push | After::PushCallable, _) => true,
            _ => false,
        };
        let [.., caller, frame] = &t.frames[..] else { return None };
        if !is_answer || frame.owner.is_some() {
            return None;
        }
        let (code, floor) = (caller.code, frame.floor as usize);
        t.frames.pop();
        t.stack.truncate(floor);
        t.stack.push(value);
        self.native_returned = true;
        if let Some(Pending { after: After::PushCallable, .. }) = t.pending.pop() {
            t.stack.push(Value::Unbound);
            self.native_returned = false;
        }
        Some(code)
    }
}
