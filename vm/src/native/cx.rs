//! The context of a native function: the machine, the thread that calls, the memo, and everything needed to make values
//! and errors.

use super::{Memo, NativeResult, Stop, Then};
use crate::effect::{Effect, Reply};
use crate::heap::Heap;
use crate::interp::Vm;
use crate::interp::frame::GreenThread;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::error::{ErrorKind, TextError};
use crate::value::{ObjId, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// The context of a native function.
#[derive(Debug)]
pub struct Cx<'a> {
    /// The machine.
    pub vm: &'a mut Vm,
    /// The calling thread.
    pub thread: &'a GreenThread,
    /// What the function was told so far; see the module documentation.
    pub memo: &'a mut Vec<Memo>,
    /// How much of the memo was used in this run of the function.
    pub memo_used: usize,
    /// Virtual time that the function's work takes beyond the cost of the call, in nanoseconds.
    pub cost_ns: u64,
    /// How deep native code is nested (`repr` of a list in a list …); see `protocol::nesting`.
    pub depth: u32,
}

/// Integers above this number of bits are refused with MemoryError: 4 MB of digits are beyond any use, and the time to
/// compute them beyond patience.
pub const INT_BITS_MAX: u64 = 1 << 25;

impl<'a> Cx<'a> {
    /// The context of a call by `thread`.
    pub fn new(vm: &'a mut Vm, thread: &'a GreenThread, memo: &'a mut Vec<Memo>) -> Cx<'a> {
        Cx { vm, thread, memo, memo_used: 0, cost_ns: 0, depth: 0 }
    }
}

impl Cx<'_> {
    /// The heap.
    #[inline(always)]
    pub fn heap(&mut self) -> &mut Heap {
        &mut self.vm.heap
    }

    /// The object behind a value.
    #[inline(always)]
    pub fn object(&self, value: Value) -> Option<&Object> {
        match value {
            Value::Obj(id) => Some(self.vm.heap.get(id)),
            _ => None,
        }
    }

    /// The text of a string (also of an instance of a class derived from `str`).
    pub fn as_str(&self, value: Value) -> Option<&str> {
        self.vm.heap.str(self.vm.heap.unwrap_payload(value))
    }

    /// The name of a value's type in messages: `int`, `A`, `collections.deque`.
    pub fn type_name(&self, value: Value) -> String {
        self.class_name(self.vm.heap.class_of(value))
    }

    /// The name of a class in messages: a builtin class outside `builtins` shows its module.
    pub fn class_name(&self, class: ObjId) -> String {
        let class = self.vm.heap.class(class);
        match self.vm.heap.str(class.module) {
            Some(module) if !class.is_heap_type && module != "builtins" => format!("{module}.{}", class.name),
            _ => class.name.to_string(),
        }
    }

    // Making values

    /// A new string.
    pub fn new_str(&mut self, text: impl Into<Box<str>>) -> Value {
        let text = text.into();
        if text.len() <= 1 {
            return self.vm.short_str(&text);
        }
        self.vm.heap.new_str(text)
    }

    /// A new tuple.
    pub fn new_tuple(&mut self, items: Vec<Value>) -> Value {
        if items.is_empty() { self.vm.empty_tuple } else { self.vm.heap.new_tuple(items) }
    }

    /// A new list.
    pub fn new_list(&mut self, items: Vec<Value>) -> Value {
        self.vm.heap.new_list(items)
    }

    /// A new bytes object.
    pub fn new_bytes(&mut self, bytes: impl Into<Box<[u8]>>) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::Bytes(bytes.into())))
    }

    /// An integer, in place if it fits in 64 bits.
    pub fn new_int(&mut self, n: BigInt) -> Value {
        match n.to_i64() {
            Some(i) => Value::Int(i),
            None => Value::Obj(self.vm.heap.alloc(Object::BigInt(Box::new(n)))),
        }
    }

    /// An integer from 128 bits.
    pub fn new_i128(&mut self, n: i128) -> Value {
        match i64::try_from(n) {
            Ok(i) => Value::Int(i),
            Err(_) => self.new_int(BigInt::from(n)),
        }
    }

    // Errors

    /// Raises an exception of a builtin class with a message.
    pub fn raise(&mut self, class: ObjId, message: impl Into<Box<str>>) -> Box<Stop> {
        let text = self.vm.heap.new_str(message);
        self.raise_with(class, vec![text])
    }

    /// Raises an exception of a builtin class with these arguments.
    pub fn raise_with(&mut self, class: ObjId, args: Vec<Value>) -> Box<Stop> {
        let exception = self.vm.new_exception(class, args);
        Box::new(Stop::Raise(exception))
    }

    /// `TypeError`
    pub fn type_error(&mut self, message: impl Into<Box<str>>) -> Box<Stop> {
        self.raise(c::TYPE_ERROR, message)
    }

    /// `ValueError`
    pub fn value_error(&mut self, message: impl Into<Box<str>>) -> Box<Stop> {
        self.raise(c::VALUE_ERROR, message)
    }

    /// `IndexError`
    pub fn index_error(&mut self, message: impl Into<Box<str>>) -> Box<Stop> {
        self.raise(c::INDEX_ERROR, message)
    }

    /// `KeyError` of a key.
    pub fn key_error(&mut self, key: Value) -> Box<Stop> {
        self.raise_with(c::KEY_ERROR, vec![key])
    }

    /// `OverflowError`
    pub fn overflow_error(&mut self, message: impl Into<Box<str>>) -> Box<Stop> {
        self.raise(c::OVERFLOW_ERROR, message)
    }

    /// `RuntimeError`
    pub fn runtime_error(&mut self, message: impl Into<Box<str>>) -> Box<Stop> {
        self.raise(c::RUNTIME_ERROR, message)
    }

    /// `AttributeError` with its `name` and `obj`.
    pub fn attribute_error(&mut self, message: impl Into<Box<str>>, name: Value, obj: Value) -> Box<Stop> {
        let text = self.vm.heap.new_str(message);
        let exception = self.vm.new_exception(c::ATTRIBUTE_ERROR, vec![text]);
        self.vm.set_exception_field(exception, crate::names::name::OBJ_NAME, name);
        self.vm.set_exception_field(exception, crate::names::name::OBJ, obj);
        Box::new(Stop::Raise(exception))
    }

    /// The error of a pure algorithm of `crate::text`.
    pub fn text_error(&mut self, error: TextError) -> Box<Stop> {
        let class = match error.kind {
            ErrorKind::ValueError => c::VALUE_ERROR,
            ErrorKind::TypeError => c::TYPE_ERROR,
            ErrorKind::OverflowError => c::OVERFLOW_ERROR,
            ErrorKind::ZeroDivisionError => c::ZERO_DIVISION_ERROR,
            ErrorKind::MemoryError => c::MEMORY_ERROR,
            ErrorKind::IndexError => c::INDEX_ERROR,
            ErrorKind::KeyError => c::KEY_ERROR,
            ErrorKind::LookupError => c::LOOKUP_ERROR,
            ErrorKind::OsError => c::OS_ERROR,
        };
        self.raise(class, &*error.message)
    }

    /// Refuses an allocation that would pass the heap's limit, with MemoryError as CPython.
    ///
    /// # Errors
    /// `MemoryError`
    pub fn reserve(&mut self, bytes: usize) -> Result<(), Box<Stop>> {
        // Growth by many small pieces is the limit's business, after a collection; a single piece that is out of all
        // proportion is refused at once.
        if bytes > self.vm.heap.limit_bytes / 4 && self.vm.heap.would_exceed(bytes) {
            return Err(self.raise_with(c::MEMORY_ERROR, Vec::new()));
        }
        Ok(())
    }

    // Asking for Python code and for the world

    /// The result of calling `callee`; see the module documentation for what this does.
    ///
    /// # Errors
    /// `Stop::Call` the first time.
    pub fn call(&mut self, callee: Value, args: &[Value]) -> NativeResult {
        match self.recall(|memo| matches!(memo, Memo::Value(_))) {
            Some(Memo::Value(value)) => Ok(value),
            _ => Err(Box::new(Stop::Call { callee, args: args.to_vec(), kwargs: Vec::new(), catching: None })),
        }
    }

    /// As [`Cx::call`], with keyword arguments.
    ///
    /// # Errors
    /// `Stop::Call` the first time.
    pub fn call_kw(&mut self, callee: Value, args: &[Value], kwargs: &[(ObjId, Value)]) -> NativeResult {
        match self.recall(|memo| matches!(memo, Memo::Value(_))) {
            Some(Memo::Value(value)) => Ok(value),
            _ => {
                let kwargs = kwargs.to_vec();
                Err(Box::new(Stop::Call { callee, args: args.to_vec(), kwargs, catching: None }))
            }
        }
    }

    /// As [`Cx::call`]; an exception of class `catching` is given back as `Err` inside the result.
    ///
    /// # Errors
    /// `Stop::Call` the first time.
    pub fn call_catching(
        &mut self,
        callee: Value,
        args: &[Value],
        catching: ObjId,
    ) -> Result<Result<Value, Value>, Box<Stop>> {
        match self.recall(|memo| matches!(memo, Memo::Value(_) | Memo::Raised(_))) {
            Some(Memo::Value(value)) => Ok(Ok(value)),
            Some(Memo::Raised(exception)) => Ok(Err(exception)),
            _ => {
                Err(Box::new(Stop::Call { callee, args: args.to_vec(), kwargs: Vec::new(), catching: Some(catching) }))
            }
        }
    }

    /// Ends the function: its result is that of this call.
    pub fn tail_call(&self, callee: Value, args: &[Value]) -> NativeResult {
        Err(Box::new(Stop::TailCall { callee, args: args.to_vec(), kwargs: Vec::new() }))
    }

    /// Ends the function: its result is that of calling a function of the prelude (`vm/lib/_prelude.py`).
    ///
    /// # Errors
    /// Always stops.
    pub fn tail_prelude(&mut self, function: &str, args: &[Value]) -> NativeResult {
        let callee = self.vm.prelude(function);
        self.tail_call(callee, args)
    }

    /// Ends the function: its result is made from the reply to an effect.
    pub fn effect<T>(&self, effect: Effect, then: Then) -> Result<T, Box<Stop>> {
        Err(Box::new(Stop::Effect(effect, then)))
    }

    /// The reply to an effect in the middle of a function.
    ///
    /// # Errors
    /// `Stop::Effect` the first time.
    pub fn ask(&mut self, effect: Effect) -> Result<Reply, Box<Stop>> {
        match self.recall(|memo| matches!(memo, Memo::Reply(_))) {
            Some(Memo::Reply(reply)) => Ok(reply),
            _ => Err(Box::new(Stop::Effect(effect, Then::Again))),
        }
    }

    /// Keeps a value for the next runs of the function: computed once, remembered afterwards. For steps that change
    /// something (advancing an iterator) before a later call may stop.
    ///
    /// # Errors
    /// Those of `compute`.
    pub fn once(&mut self, compute: impl FnOnce(&mut Self) -> NativeResult) -> NativeResult {
        let start = self.memo_used;
        if let Some(Memo::Kept(value)) = self.memo.get(start) {
            self.memo_used += 1;
            return Ok(*value);
        }
        let value = compute(self)?;
        // What was asked for while computing is not needed any more.
        self.memo.truncate(start);
        self.memo.push(Memo::Kept(value));
        self.memo_used = start + 1;
        Ok(value)
    }

    /// The next entry of the memo, if it is of the kind that is asked for. Another kind means that what the function looks
    /// at was changed by another thread since the last run: what was remembered from here on is forgotten.
    fn recall(&mut self, fits: impl FnOnce(&Memo) -> bool) -> Option<Memo> {
        match self.memo.get(self.memo_used) {
            Some(memo) if fits(memo) => {
                self.memo_used += 1;
                Some(memo.clone())
            }
            Some(_) => {
                self.memo.truncate(self.memo_used);
                None
            }
            None => None,
        }
    }
}
