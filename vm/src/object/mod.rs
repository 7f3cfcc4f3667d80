//! What can be on the heap: one variant per kind of object, one file per kind with behaviour of its own.
//!
//! Objects refer to each other by handles only, so an object is plain data: cloned, compared and sent like any value. The
//! enum is kept at 40 bytes; what is larger is boxed.

pub mod access;
pub mod builtin;
pub mod class;
pub mod compare;
pub mod deque;
pub mod dict;
pub mod exception;
pub mod function;
pub mod generator;
pub mod instance;
pub mod iter;
pub mod set;
pub mod string;
pub mod sync;
pub mod text_io;

use crate::text::mersenne::MersenneTwister;
use crate::value::{CodeId, ObjId, Value};
use class::Class;
use deque::Deque;
use dict::{Dict, DictView};
use exception::{Exception, Traceback};
use function::Function;
use generator::Generator;
use instance::Instance;
use iter::Iter;
use num_bigint::BigInt;
use set::Set;
use string::PyStr;
use sync::{Lock, SimpleQueue, ThreadHandle};
use text_io::TextIo;

/// A heap object.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Object {
    /// An unused handle.
    #[default]
    Free,
    /// `str`
    Str(PyStr),
    /// An `int` outside 64 bits.
    BigInt(Box<BigInt>),
    /// `complex`: real and imaginary part, compared by bits.
    Complex(FloatBits, FloatBits),
    /// `bytes`
    Bytes(Box<[u8]>),
    /// `bytearray`
    ByteArray(Vec<u8>),
    /// `memoryview` over a bytes-like object: object, start, length, step 1.
    MemoryView(Box<MemoryView>),
    /// `tuple`
    Tuple(Box<[Value]>),
    /// `list`
    List(Vec<Value>),
    /// `dict`
    Dict(Box<Dict>),
    /// `dict_keys`, `dict_values`, `dict_items`
    DictView(DictView),
    /// `mappingproxy` of a dict
    MappingProxy(ObjId),
    /// `set`
    Set(Box<Set>),
    /// `frozenset`
    FrozenSet(Box<Set>),
    /// `slice`: start, stop, step
    Slice(Box<[Value; 3]>),
    /// `range`: start, stop, step in 64 bits
    Range(i64, i64, i64),
    /// A variable captured by a closure.
    Cell(Value),
    /// A function written in Python.
    Function(Box<Function>),
    /// A method bound to an object: function, object.
    BoundMethod(Value, Value),
    /// A code object.
    Code(CodeId),
    /// A class.
    Class(Box<Class>),
    /// An instance of a class written in Python, or of a builtin class without a kind of its own.
    Instance(Instance),
    /// A module: its namespace (a dict).
    Module(ObjId),
    /// An exception.
    Exception(Box<Exception>),
    /// A link of a traceback.
    Traceback(Box<Traceback>),
    /// A generator (or a library generator that poses as an iterator type).
    Generator(Box<Generator>),
    /// A native iterator.
    Iter(Box<Iter>),
    /// `property`: getter, setter, deleter, doc
    Property(Box<[Value; 4]>),
    /// `staticmethod`
    StaticMethod(Value),
    /// `classmethod`
    ClassMethod(Value),
    /// `super`: class, object, type of the object
    Super(ObjId, Value, ObjId),
    /// `list[int]`: origin, arguments (a tuple)
    GenericAlias(Value, Value),
    /// `X | Y` on types: arguments (a tuple)
    Union(ObjId),
    /// A slot descriptor of a class with `__slots__`: owner class, name
    Member(ObjId, ObjId),
    /// A getter of a builtin type (`__dict__`, `real`, ...): owner class, index into its table
    GetSet(ObjId, u32),
    /// `_thread.lock`, `_thread.RLock`
    Lock(Box<Lock>),
    /// `_thread._ThreadHandle`
    ThreadHandle(ThreadHandle),
    /// `_queue.SimpleQueue`
    SimpleQueue(Box<SimpleQueue>),
    /// `collections.deque`
    Deque(Box<Deque>),
    /// `_random.Random`
    Random(Box<MersenneTwister>),
    /// Standard streams.
    TextIo(Box<TextIo>),
    /// `weakref.ref`: target (cleared to None when collected) and callback
    WeakRef(Value, Value),
    /// A view of a frame for `sys._getframe`: code, line, globals, back
    FrameView(Box<FrameView>),
}

/// A float that compares by its bits.
#[derive(Clone, Copy, Debug)]
pub struct FloatBits(pub f64);

impl PartialEq for FloatBits {
    fn eq(&self, other: &FloatBits) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

/// `memoryview`
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryView {
    /// Object whose bytes are seen.
    pub base: Value,
    /// First byte.
    pub start: usize,
    /// Number of bytes.
    pub len: usize,
    /// Whether writing is refused.
    pub readonly: bool,
    /// Whether `release` was called.
    pub released: bool,
}

/// What `sys._getframe` tells of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameView {
    /// The code.
    pub code: CodeId,
    /// Current line.
    pub line: u32,
    /// Globals (a dict).
    pub globals: ObjId,
    /// The caller's view, or None.
    pub back: Value,
}

/// Places in a growing array of so many items, as the account of the heap has them: the next power of two, at least 4.
/// The capacity of the host's vectors would not do: a clone of a heap does not inherit it, and would collect at another
/// moment.
pub const fn room(items: usize) -> usize {
    match items {
        0 => 0,
        1..=4 => 4,
        _ => items.next_power_of_two(),
    }
}

impl Object {
    /// A string object.
    pub fn new_str(text: Box<str>) -> Object {
        Object::Str(PyStr::new(text))
    }

    /// Bytes that the object owns besides its slot, an estimate for the heap limit.
    pub fn owned_bytes(&self) -> usize {
        match self {
            Object::Str(s) => s.text.len(),
            Object::BigInt(n) => (n.bits() / 8) as usize + 32,
            Object::Bytes(b) => b.len(),
            Object::ByteArray(b) => room(b.len()),
            Object::Tuple(items) => items.len() * size_of::<Value>(),
            Object::List(items) => room(items.len()) * size_of::<Value>(),
            Object::Dict(d) => d.owned_bytes(),
            Object::Set(s) | Object::FrozenSet(s) => s.owned_bytes(),
            Object::Instance(i) => i.attrs.slots.len() * size_of::<Value>(),
            Object::Generator(g) => g.owned_bytes(),
            Object::Deque(d) => size_of::<Deque>() + room(d.items.len()) * size_of::<Value>(),
            Object::SimpleQueue(q) => size_of::<SimpleQueue>() + room(q.items.len()) * size_of::<Value>(),
            Object::Random(_) => size_of::<[u32; crate::text::mersenne::STATE_LEN]>(),
            Object::Class(_) => 400,
            Object::Function(_) => size_of::<Function>(),
            Object::Exception(_) => size_of::<Exception>(),
            Object::Free
            | Object::Complex(..)
            | Object::MemoryView(_)
            | Object::DictView(_)
            | Object::MappingProxy(_)
            | Object::Slice(_)
            | Object::Range(..)
            | Object::Cell(_)
            | Object::BoundMethod(..)
            | Object::Code(_)
            | Object::Module(_)
            | Object::Traceback(_)
            | Object::Iter(_)
            | Object::Property(_)
            | Object::StaticMethod(_)
            | Object::ClassMethod(_)
            | Object::Super(..)
            | Object::GenericAlias(..)
            | Object::Union(_)
            | Object::Member(..)
            | Object::GetSet(..)
            | Object::Lock(_)
            | Object::ThreadHandle(_)
            | Object::TextIo(_)
            | Object::WeakRef(..)
            | Object::FrameView(_) => 48,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_forty_bytes() {
        assert_eq!(size_of::<Object>(), 40);
    }
}
