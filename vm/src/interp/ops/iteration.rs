//! Iteration and unpacking.

use super::slow;
use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread, OnReturn};
use crate::interp::run::{Body, Trap};
use crate::native::Resume;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::generator::GeneratorState;
use crate::value::Value;

impl Vm {
    /// GET_ITER
    pub(crate) fn op_get_iter(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        if let Value::Obj(id) = value
            && matches!(self.heap.get(id), Object::Generator(_))
        {
            t.stack.push(value);
            return Ok(());
        }
        self.direct(t, &slow::ITER, &[value], After::Push)
    }

    /// GET_YIELD_FROM_ITER
    pub(crate) fn op_get_yield_from_iter(&mut self, t: &mut GreenThread) -> Body {
        self.op_get_iter(t)
    }

    /// FOR_ITER of generators, and of iterators that have to be asked
    pub(crate) fn op_for_iter(&mut self, t: &mut GreenThread, _target: u32) -> Body {
        let iterator = t.peek(1);
        if let Value::Obj(id) = iterator
            && let Object::Generator(generator) = self.heap.get(id)
        {
            if generator.state == GeneratorState::Finished {
                return self.end_loop(t);
            }
            self.resume_generator(t, id, Resume::Send(Value::None), OnReturn::ForIter)?;
            return Err(Trap::Frames);
        }
        self.direct(t, &slow::NEXT, &[iterator], After::ForIter)
    }

    /// FOR_ITER of an iterator that is not handled in place: its next item, or `Unbound`.
    pub(crate) fn for_iter_next(&mut self, t: &mut GreenThread, value: Value) -> Body {
        if !value.is_bound() {
            return self.end_loop(t);
        }
        t.stack.push(value);
        Ok(())
    }

    /// GET_LEN
    pub(crate) fn op_get_len(&mut self, t: &mut GreenThread) -> Body {
        let value = t.peek(1);
        self.direct(t, &slow::LEN, &[value], After::Push)
    }

    /// UNPACK_SEQUENCE
    pub(crate) fn op_unpack_sequence(&mut self, t: &mut GreenThread, count: u32) -> Body {
        let value = t.pop();
        if let Some(items) = self.heap.tuple(value)
            && items.len() == count as usize
        {
            t.stack.extend(items.iter().rev());
            return Ok(());
        }
        self.unpack(t, value, count, None)
    }

    /// UNPACK_EX
    pub(crate) fn op_unpack_ex(&mut self, t: &mut GreenThread, arg: u32) -> Body {
        let value = t.pop();
        self.unpack(t, value, arg & 0xff, Some(arg >> 8))
    }

    fn unpack(&mut self, t: &mut GreenThread, value: Value, before: u32, after: Option<u32>) -> Body {
        let how = After::Unpack { before, after };
        let wanted = before as usize + after.unwrap_or(0) as usize;
        self.direct(
            t,
            &crate::native::types::function::UNPACK,
            &[value, Value::Int(wanted as i64), Value::Bool(after.is_some())],
            how,
        )
    }

    /// The items that were asked for are in a list (or tuple): onto the operands with them, the first on top.
    pub(crate) fn unpack_list(&mut self, t: &mut GreenThread, list: Value, before: u32, after: Option<u32>) -> Body {
        let items: Vec<Value> = match list {
            Value::Obj(id) => match self.heap.get(id) {
                Object::List(items) => items.clone(),
                Object::Tuple(items) => items.to_vec(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        match after {
            None => self.unpack_exactly(t, &items, before as usize),
            Some(after) => self.unpack_star(t, &items, before as usize, after as usize),
        }
    }

    fn unpack_exactly(&mut self, t: &mut GreenThread, items: &[Value], count: usize) -> Body {
        if items.len() < count {
            let message = format!("not enough values to unpack (expected {count}, got {})", items.len());
            return Err(self.error(c::VALUE_ERROR, message));
        }
        if items.len() > count {
            return Err(self.error(c::VALUE_ERROR, format!("too many values to unpack (expected {count})")));
        }
        t.stack.extend(items.iter().rev());
        Ok(())
    }

    fn unpack_star(&mut self, t: &mut GreenThread, items: &[Value], before: usize, after: usize) -> Body {
        if items.len() < before + after {
            let message =
                format!("not enough values to unpack (expected at least {}, got {})", before + after, items.len());
            return Err(self.error(c::VALUE_ERROR, message));
        }
        let end = items.len() - after;
        let middle = self.heap.new_list(items[before..end].to_vec());
        t.stack.extend(items[end..].iter().rev());
        t.stack.push(middle);
        t.stack.extend(items[..before].iter().rev());
        Ok(())
    }
}
