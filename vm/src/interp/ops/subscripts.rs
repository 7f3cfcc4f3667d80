//! `container[key]`: lists, tuples and dicts here, everything else by protocol.

use super::slow;
use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::Body;
use crate::object::Object;
use crate::object::compare::{Hash, equal, hash_of};
use crate::value::{ObjId, Value};

impl Vm {
    /// BINARY_SUBSCR
    #[inline]
    pub(crate) fn op_binary_subscr(&mut self, t: &mut GreenThread) -> Body {
        let (container, key) = t.pop_two();
        if let Value::Obj(id) = container {
            let found = match (self.heap.get(id), key) {
                (Object::List(items), Value::Int(i)) => item_at(items, i),
                (Object::Tuple(items), Value::Int(i)) => item_at(items, i),
                (Object::Dict(_), _) => self.dict_place(id, key).map(|place| self.heap.dict(id).value_at(place)),
                _ => None,
            };
            if let Some(value) = found {
                t.stack.push(value);
                return Ok(());
            }
        }
        self.direct(t, &slow::GET_ITEM, &[container, key], After::Push)
    }

    /// The place of a key in a dict, when that needs no Python code.
    #[inline]
    fn dict_place(&self, dict: ObjId, key: Value) -> Option<usize> {
        let Hash::Known(hash) = hash_of(&self.heap, key) else { return None };
        self.heap.dict(dict).find(hash, |other| other == key || equal(&self.heap, other, key) == Some(true))
    }

    /// STORE_SUBSCR: value, container, key
    #[inline]
    pub(crate) fn op_store_subscr(&mut self, t: &mut GreenThread) -> Body {
        let (container, key) = t.pop_two();
        let value = t.pop();
        if let Value::Obj(id) = container {
            match (self.heap.get(id), key) {
                (Object::List(items), Value::Int(i)) => {
                    if let Some(at) = position(items.len(), i) {
                        if let Object::List(items) = self.heap.get_mut(id) {
                            items[at] = value;
                        }
                        return Ok(());
                    }
                }
                (Object::Dict(_), _) => {
                    if let Some(place) = self.dict_place(id, key) {
                        self.heap.dict_mut(id).set_value_at(place, value);
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        self.direct(t, &slow::SET_ITEM, &[container, key, value], After::Drop)
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

/// The position an index means in a sequence of this length, if it is inside.
#[inline(always)]
pub(crate) fn position(len: usize, index: i64) -> Option<usize> {
    let at = if index < 0 { index + len as i64 } else { index };
    (at >= 0 && (at as usize) < len).then_some(at as usize)
}

#[inline(always)]
fn item_at(items: &[Value], index: i64) -> Option<Value> {
    position(items.len(), index).map(|at| items[at])
}
