//! `container[key]` by protocol; the usual cases of lists, tuples and dicts are in `interp::fast`.

use super::slow;
use crate::interp::Vm;
use crate::interp::fast::Reach;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::Body;
use crate::object::Object;
use crate::value::{ObjId, Value};

impl Vm {
    /// BINARY_SUBSCR
    pub(crate) fn op_binary_subscr(&mut self, t: &mut GreenThread) -> Body {
        let (container, key) = t.pop_two();
        if let Some(entered) = self.enter_getitem(t, container, key) {
            return entered;
        }
        if self.is_plain_dict(container) {
            self.extra_ns += self.native_costs.item_ns(Reach::Dict);
        }
        self.direct(t, &slow::GET_ITEM, &[container, key], After::Push)
    }

    /// STORE_SUBSCR: value, container, key
    pub(crate) fn op_store_subscr(&mut self, t: &mut GreenThread) -> Body {
        let (container, key) = t.pop_two();
        let value = t.pop();
        if self.is_plain_dict(container) {
            self.extra_ns += self.native_costs.store_item_ns(Reach::Dict);
        }
        self.direct(t, &slow::SET_ITEM, &[container, key, value], After::Drop)
    }

    fn is_plain_dict(&self, container: Value) -> bool {
        matches!(container, Value::Obj(id) if matches!(self.heap.get(id), Object::Dict(_)))
    }

    /// DELETE_SUBSCR
    pub(crate) fn op_delete_subscr(&mut self, t: &mut GreenThread) -> Body {
        let (container, key) = t.pop_two();
        self.direct(t, &slow::DEL_ITEM, &[container, key], After::Drop)
    }

    fn new_slice(&mut self, start: Value, stop: Value, step: Value) -> Value {
        Value::Obj(self.heap.alloc(Object::Slice(Box::new([start, stop, step]))))
    }

    /// BINARY_SLICE
    pub(crate) fn op_binary_slice(&mut self, t: &mut GreenThread) -> Body {
        let (start, stop) = t.pop_two();
        let container = t.pop();
        let builtin = |id: ObjId| matches!(self.heap.get(id), Object::Str(_) | Object::List(_) | Object::Tuple(_));
        if container.obj().is_some_and(builtin) {
            return self.direct(t, &slow::GET_SLICE, &[container, start, stop], After::Push);
        }
        let slice = self.new_slice(start, stop, Value::None);
        self.direct(t, &slow::GET_ITEM, &[container, slice], After::Push)
    }

    /// STORE_SLICE: value, container, start, stop
    pub(crate) fn op_store_slice(&mut self, t: &mut GreenThread) -> Body {
        let (start, stop) = t.pop_two();
        let (value, container) = t.pop_two();
        let slice = self.new_slice(start, stop, Value::None);
        self.direct(t, &slow::SET_ITEM, &[container, slice, value], After::Drop)
    }

    /// BUILD_SLICE
    pub(crate) fn op_build_slice(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let step = if count == 3 { t.pop() } else { Value::None };
        let (start, stop) = t.pop_two();
        let slice = self.new_slice(start, stop, step);
        t.stack.push(slice);
        Ok(())
    }
}
