//! Displays: tuples, lists, sets, dicts, strings.

use super::slow;
use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::Body;
use crate::object::{Object, room};
use crate::value::{ObjId, Value};

impl Vm {
    pub(crate) fn op_build_tuple(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let items = t.stack.split_off(t.stack.len() - count as usize);
        let tuple = if items.is_empty() { self.empty_tuple } else { self.heap.new_tuple(items) };
        t.stack.push(tuple);
        Ok(())
    }

    pub(crate) fn op_build_list(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let items = t.stack.split_off(t.stack.len() - count as usize);
        let list = self.heap.new_list(items);
        t.stack.push(list);
        Ok(())
    }

    pub(crate) fn op_build_set(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let items = t.stack.split_off(t.stack.len() - count as usize);
        self.direct(t, &slow::BUILD_SET, &items, After::Push)
    }

    pub(crate) fn op_build_map(&mut self, t: &mut GreenThread, count: u32) -> Body {
        if count == 0 {
            let dict = self.heap.new_dict();
            t.stack.push(Value::Obj(dict));
            return Ok(());
        }
        let items = t.stack.split_off(t.stack.len() - 2 * count as usize);
        self.direct(t, &slow::BUILD_MAP, &items, After::Push)
    }

    pub(crate) fn op_build_const_key_map(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let keys = t.pop();
        let keys: Vec<Value> = self.heap.tuple(keys).map(<[Value]>::to_vec).unwrap_or_default();
        let values = t.stack.split_off(t.stack.len() - count as usize);
        let items: Vec<Value> = keys.into_iter().zip(values).flat_map(|(k, v)| [k, v]).collect();
        self.direct(t, &slow::BUILD_MAP, &items, After::Push)
    }

    pub(crate) fn op_build_string(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let start = t.stack.len() - count as usize;
        let pieces =
            || t.stack[start..].iter().map(|piece| self.heap.str(self.heap.unwrap_payload(*piece)).unwrap_or_default());
        let mut text = String::with_capacity(pieces().map(str::len).sum());
        text.extend(pieces());
        t.stack.truncate(start);
        let string = self.heap.new_str(text);
        t.stack.push(string);
        Ok(())
    }

    /// The container at a depth below the operands taken by LIST_APPEND and its like.
    fn container(t: &GreenThread, depth: u32) -> ObjId {
        t.peek(depth as usize).obj().expect("a container under construction")
    }

    pub(crate) fn op_list_append(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let item = t.pop();
        let list = Self::container(t, depth);
        self.list_push(list, item);
        Ok(())
    }

    /// Appends to a list.
    #[inline]
    pub(crate) fn list_push(&mut self, list: ObjId, item: Value) {
        if let Object::List(items) = self.heap.get_mut(list) {
            let before = items.len();
            items.push(item);
            if before == 0 || before >= 4 && before.is_power_of_two() {
                self.heap.grew((room(before + 1) - room(before)) * size_of::<Value>());
            }
        }
    }

    pub(crate) fn op_set_add(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let item = t.pop();
        let set = Value::Obj(Self::container(t, depth));
        self.direct(t, &slow::SET_ADD, &[set, item], After::Drop)
    }

    pub(crate) fn op_map_add(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let (key, value) = t.pop_two();
        let dict = Value::Obj(Self::container(t, depth));
        self.direct(t, &slow::SET_ITEM, &[dict, key, value], After::Drop)
    }

    pub(crate) fn op_list_extend(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let iterable = t.pop();
        let list = Value::Obj(Self::container(t, depth));
        self.direct(t, &slow::LIST_EXTEND, &[list, iterable], After::Drop)
    }

    pub(crate) fn op_set_update(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let iterable = t.pop();
        let set = Value::Obj(Self::container(t, depth));
        self.direct(t, &slow::SET_UPDATE, &[set, iterable], After::Drop)
    }

    pub(crate) fn op_dict_update(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let mapping = t.pop();
        let dict = Value::Obj(Self::container(t, depth));
        self.direct(t, &slow::DICT_UPDATE, &[dict, mapping], After::Drop)
    }

    pub(crate) fn op_dict_merge(&mut self, t: &mut GreenThread, depth: u32) -> Body {
        let mapping = t.pop();
        let dict = Value::Obj(Self::container(t, depth));
        let callee = t.peek(depth as usize + 3);
        self.direct(t, &slow::DICT_MERGE, &[dict, mapping, callee], After::Drop)
    }

    pub(crate) fn op_convert_value(&mut self, t: &mut GreenThread, how: u32) -> Body {
        let value = t.pop();
        self.direct(t, &slow::CONVERT, &[Value::Int(i64::from(how)), value], After::Push)
    }

    pub(crate) fn op_format_simple(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        if self.heap.str(value).is_some() {
            t.stack.push(value);
            return Ok(());
        }
        if let Value::Int(n) = value {
            let text = self.short_str(itoa::Buffer::new().format(n));
            t.stack.push(text);
            return Ok(());
        }
        let empty = Value::Obj(crate::names::name::EMPTY);
        self.direct(t, &slow::FORMAT, &[value, empty], After::Push)
    }

    pub(crate) fn op_format_with_spec(&mut self, t: &mut GreenThread) -> Body {
        let (value, spec) = t.pop_two();
        self.direct(t, &slow::FORMAT, &[value, spec], After::Push)
    }
}
