//! Local variables and cells.

use crate::code::SlotKind;
use crate::interp::Vm;
use crate::interp::frame::GreenThread;
use crate::interp::loaded::LoadedCode;
use crate::interp::run::{Body, Trap};
use crate::object::Object;
use crate::value::{ObjId, Value};

impl Vm {
    #[inline(always)]
    fn base(t: &GreenThread) -> usize {
        t.frames[t.frames.len() - 1].base as usize
    }

    pub(crate) fn op_load_fast_check(&mut self, t: &mut GreenThread, loaded: &LoadedCode, slot: u32) -> Body {
        let value = t.stack[Self::base(t) + slot as usize];
        if !value.is_bound() {
            return Err(self.unbound_local_error(loaded.slots[slot as usize]));
        }
        t.stack.push(value);
        Ok(())
    }

    pub(crate) fn op_load_fast_and_clear(&mut self, t: &mut GreenThread, slot: u32) -> Body {
        let at = Self::base(t) + slot as usize;
        let value = std::mem::take(&mut t.stack[at]);
        t.stack.push(value);
        Ok(())
    }

    pub(crate) fn op_delete_fast(&mut self, t: &mut GreenThread, loaded: &LoadedCode, slot: u32) -> Body {
        let at = Self::base(t) + slot as usize;
        if !t.stack[at].is_bound() {
            return Err(self.unbound_local_error(loaded.slots[slot as usize]));
        }
        t.stack[at] = Value::Unbound;
        Ok(())
    }

    pub(crate) fn op_make_cell(&mut self, t: &mut GreenThread, slot: u32) -> Body {
        let at = Self::base(t) + slot as usize;
        let cell = self.heap.alloc(Object::Cell(t.stack[at]));
        t.stack[at] = Value::Obj(cell);
        Ok(())
    }

    pub(crate) fn op_copy_free_vars(&mut self, t: &mut GreenThread, loaded: &LoadedCode, count: u32) -> Body {
        let frame = &t.frames[t.frames.len() - 1];
        let first = frame.base as usize + loaded.code.localsplus.len() - count as usize;
        if let Some(function) = frame.function.obj() {
            for (i, cell) in self.heap.function(function).closure.iter().enumerate() {
                t.stack[first + i] = Value::Obj(*cell);
            }
        }
        Ok(())
    }

    #[inline]
    fn cell_content(&self, t: &GreenThread, slot: u32) -> Value {
        match t.stack[Self::base(t) + slot as usize] {
            Value::Obj(id) => match self.heap.get(id) {
                Object::Cell(value) => *value,
                _ => Value::Obj(id),
            },
            other => other,
        }
    }

    fn empty_cell_error(&mut self, loaded: &LoadedCode, slot: u32) -> Trap {
        let name = loaded.slots[slot as usize];
        match loaded.code.slot_kinds[slot as usize] {
            SlotKind::Free => self.unbound_free_error(name),
            _ => self.unbound_local_error(name),
        }
    }

    pub(crate) fn op_load_deref(&mut self, t: &mut GreenThread, loaded: &LoadedCode, slot: u32) -> Body {
        let value = self.cell_content(t, slot);
        if !value.is_bound() {
            return Err(self.empty_cell_error(loaded, slot));
        }
        t.stack.push(value);
        Ok(())
    }

    pub(crate) fn op_store_deref(&mut self, t: &mut GreenThread, slot: u32) -> Body {
        let value = t.pop();
        if let Value::Obj(id) = t.stack[Self::base(t) + slot as usize] {
            self.set_cell(id, value);
        }
        Ok(())
    }

    /// Stores into a cell.
    pub(crate) fn set_cell(&mut self, cell: ObjId, value: Value) {
        if let Object::Cell(content) = self.heap.get_mut(cell) {
            *content = value;
        }
    }

    pub(crate) fn op_delete_deref(&mut self, t: &mut GreenThread, loaded: &LoadedCode, slot: u32) -> Body {
        if !self.cell_content(t, slot).is_bound() {
            return Err(self.empty_cell_error(loaded, slot));
        }
        if let Value::Obj(id) = t.stack[Self::base(t) + slot as usize] {
            self.set_cell(id, Value::Unbound);
        }
        Ok(())
    }

    pub(crate) fn op_load_from_dict_or_deref(&mut self, t: &mut GreenThread, loaded: &LoadedCode, slot: u32) -> Body {
        let mapping = t.pop();
        let found = mapping.obj().and_then(|dict| self.heap.dict_get_name(dict, loaded.slots[slot as usize]));
        match found {
            Some(value) => {
                t.stack.push(value);
                Ok(())
            }
            None => self.op_load_deref(t, loaded, slot),
        }
    }
}
