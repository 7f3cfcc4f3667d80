//! An interpreter's state: heap, code, modules, and the few objects that everything refers to.

use super::cache::Caches;
use super::frame::GreenThread;
use super::loaded::CodeTable;
use super::settings::Settings;
use super::warm_up::WarmUps;
use crate::config::VmConfig;
use crate::heap::Heap;
use crate::native::Args;
use crate::native::costs::NativeCosts;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::exception::Exception;
use crate::object::instance::Attrs;
use crate::object::sync::{Lock, SimpleQueue, ThreadHandle};
use crate::source::SourceFile;
use crate::value::{ObjId, ThreadId, Value};
use std::sync::Arc;

/// One interpreter: everything its threads share. Plain data; a clone is an independent copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Vm {
    /// Objects.
    pub heap: Heap,
    /// Surroundings and limits.
    pub config: Arc<VmConfig>,
    /// Loaded code.
    pub codes: CodeTable,
    /// Source files of loaded code.
    pub files: Arc<Vec<Arc<SourceFile>>>,
    /// `sys.modules`
    pub modules: ObjId,
    /// The namespace of `builtins`.
    pub builtins: ObjId,
    /// The functions of the prelude that are loaded.
    pub(crate) prelude: ObjId,
    /// `()`
    pub empty_tuple: Value,
    /// The one-character strings of ASCII.
    pub(crate) ascii: ObjId,
    /// The main thread.
    pub main: ThreadId,
    /// The thread that runs, or ran last.
    pub current: ThreadId,
    /// What native functions cost.
    pub(crate) native_costs: Arc<NativeCosts>,
    /// Inline caches.
    pub caches: Caches,
    /// Caches handed out to code so far.
    pub(crate) cache_count: u32,
    /// How often codes with cold loops were entered.
    pub(crate) entered: WarmUps,
    /// What the program can set.
    pub settings: Settings,
    /// Virtual time that the current instruction takes beyond its own cost; 0 between instructions.
    pub(crate) extra_ns: u64,
    /// The current instruction called a native function, which has returned.
    pub(crate) native_returned: bool,
    /// That call is one that specialised code never checks after.
    pub(crate) specialised: bool,
}

impl Vm {
    /// A machine with the builtins and nothing else.
    pub fn new(config: Arc<VmConfig>) -> Vm {
        super::boot::boot(config)
    }

    /// A string of at most one character.
    pub fn short_str(&mut self, text: &str) -> Value {
        match text.as_bytes() {
            [] => Value::Obj(crate::names::name::EMPTY),
            [byte] => Value::Obj(ObjId(self.ascii.0 + u32::from(*byte))),
            _ => self.heap.new_str(text),
        }
    }

    /// A string of one character.
    pub fn char_str(&mut self, ch: char) -> Value {
        if ch.is_ascii() { Value::Obj(ObjId(self.ascii.0 + ch as u32)) } else { self.heap.new_str(ch.to_string()) }
    }

    /// A new exception of a builtin class, without traceback.
    pub fn new_exception(&mut self, class: ObjId, args: Vec<Value>) -> Value {
        let args = if args.is_empty() { self.empty_tuple } else { self.heap.new_tuple(args) };
        let shape = self.heap.class(class).root_shape;
        Value::Obj(self.heap.alloc(Object::Exception(Box::new(Exception {
            class,
            args,
            attrs: Attrs::new(shape),
            cause: Value::None,
            context: Value::None,
            suppress_context: false,
            traceback: Value::None,
        }))))
    }

    /// Sets an attribute of an exception, past all descriptors.
    pub fn set_exception_field(&mut self, exception: Value, name: ObjId, value: Value) {
        if let Value::Obj(id) = exception {
            self.set_slot(id, name, value);
        }
    }

    /// A lock object's state.
    pub fn lock(&self, id: ObjId) -> &Lock {
        self.heap.lock(id)
    }

    /// A lock object's state, for writing.
    pub fn lock_mut(&mut self, id: ObjId) -> &mut Lock {
        self.heap.lock_mut(id)
    }

    /// A thread handle's state.
    pub fn thread_handle(&self, id: ObjId) -> &ThreadHandle {
        self.heap.thread_handle(id)
    }

    /// A thread handle's state, for writing.
    pub fn thread_handle_mut(&mut self, id: ObjId) -> &mut ThreadHandle {
        self.heap.thread_handle_mut(id)
    }

    /// A simple queue's state.
    pub fn simple_queue(&self, id: ObjId) -> &SimpleQueue {
        self.heap.simple_queue(id)
    }

    /// A simple queue's state, for writing.
    pub fn simple_queue_mut(&mut self, id: ObjId) -> &mut SimpleQueue {
        self.heap.simple_queue_mut(id)
    }

    /// Stops sharing with its clones what each run counts itself as a user of: two threads of the host that count there
    /// wait for each other's caches.
    pub fn unshare(&mut self) {
        self.codes = Arc::new(self.codes.to_vec());
    }

    /// Makes clones taken from now on cheap.
    pub fn freeze(&mut self) {
        self.heap.freeze();
    }

    /// Bytes the heap uses, estimated.
    pub fn heap_bytes(&self) -> usize {
        self.heap.used_bytes
    }

    /// Whether the heap is at its limit; to be asked after a collection.
    pub fn heap_limit_reached(&self) -> bool {
        self.heap.used_bytes > self.heap.limit_bytes
    }

    /// A thread that calls `function(*args, **kwargs)` and then ends.
    pub fn new_thread(
        &mut self,
        id: ThreadId,
        function: Value,
        args: &[Value],
        kwargs: &[(ObjId, Value)],
    ) -> GreenThread {
        let mut thread = GreenThread::new(id);
        self.start_call(&mut thread, function, &Args { pos: args, kw: kwargs });
        thread
    }

    /// The ident of a thread, as `threading.get_ident()` shows it.
    pub fn ident(id: ThreadId) -> i64 {
        0x7f10_0000_0000 + 0x1000 * i64::from(id.0)
    }

    /// A module of the interpreter by name.
    pub fn module(&self, name: &str) -> Option<Value> {
        let name = self.heap.interned.find(name)?;
        self.heap.dict_get_name(self.modules, name)
    }

    /// The class behind a value, if it is one.
    pub fn as_class(&self, value: Value) -> Option<ObjId> {
        match value {
            Value::Obj(id) if matches!(self.heap.get(id), Object::Class(_)) => Some(id),
            _ => None,
        }
    }

    /// Whether a value is an exception object.
    pub fn is_exception(&self, value: Value) -> bool {
        matches!(value, Value::Obj(id) if matches!(self.heap.get(id), Object::Exception(_)))
    }

    /// The exception behind a value that is known to be one.
    pub fn exception(&self, value: Value) -> &Exception {
        match value {
            Value::Obj(id) => match self.heap.get(id) {
                Object::Exception(exception) => exception,
                _ => unreachable!("handle of an exception"),
            },
            _ => unreachable!("an exception is a heap object"),
        }
    }

    /// The exception behind a value that is known to be one, for writing.
    pub fn exception_mut(&mut self, value: Value) -> &mut Exception {
        match value {
            Value::Obj(id) => match self.heap.get_mut(id) {
                Object::Exception(exception) => exception,
                _ => unreachable!("handle of an exception"),
            },
            _ => unreachable!("an exception is a heap object"),
        }
    }

    /// Whether an exception is an instance of a builtin exception class.
    pub fn exception_is(&self, exception: Value, class: ObjId) -> bool {
        self.heap.is_instance(exception, class)
    }

    /// The class of exceptions that everything derives from, for tests of `except` clauses.
    pub fn is_exception_class(&self, value: Value) -> bool {
        self.as_class(value).is_some_and(|class| self.heap.is_subclass(class, c::BASE_EXCEPTION))
    }
}
