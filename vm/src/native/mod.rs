//! Native functions: what CPython writes in C and we write in Rust.
//!
//! A native function is a plain `fn` over a context and its arguments. It never runs Python code itself. When it needs
//! some, it asks with [`Cx::call`]: that ends the function with [`Stop::Call`], the machine runs the Python code as
//! ordinary frames (preemptible, accounted, visible to the scheduler), and then runs the native function *again from the
//! start* with the results so far in its memo, where `Cx::call` finds them. Hence the rule for every native function: **change
//! nothing before the last call that can stop**, and ask for the same things in the same order each time.
//!
//! The tables of functions are in `types/` (methods of builtin types), `functions/` (the builtins module) and
//! `crate::modules` (native modules). [`registry`] numbers them.

pub mod args;
pub mod costs;
pub mod cx;
pub mod functions;
pub mod protocol;
pub mod registry;
pub mod steps;
pub mod types;

pub use args::{Args, Sig};
pub use cx::Cx;

use crate::effect::{Effect, Reply};
use crate::value::{ObjId, Value};
use std::fmt;

/// What a native function gives back.
pub type NativeResult = Result<Value, Box<Stop>>;

/// A native function.
pub type NativeFn = fn(&mut Cx<'_>, &Args<'_>) -> NativeResult;

/// Why a native function did not return a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// It raises this exception.
    Raise(Value),
    /// It needs the result of a call; then it is run again.
    Call {
        /// What to call.
        callee: Value,
        /// Positional arguments.
        args: Vec<Value>,
        /// Keyword arguments.
        kwargs: Vec<(ObjId, Value)>,
        /// Exceptions of this class are given to the native function instead of being raised.
        catching: Option<ObjId>,
    },
    /// Its result is the result of this call.
    TailCall {
        /// What to call.
        callee: Value,
        /// Positional arguments.
        args: Vec<Value>,
        /// Keyword arguments.
        kwargs: Vec<(ObjId, Value)>,
    },
    /// Its result is made from the reply to this effect.
    Effect(Effect, Then),
    /// Run a function's code with this mapping as its local namespace (class bodies, `exec`).
    Exec {
        /// The function.
        function: Value,
        /// Its local namespace.
        namespace: ObjId,
    },
    /// Resume a generator: its next value is the result (see `interp::generators`).
    Resume {
        /// The generator object.
        generator: ObjId,
        /// What is sent or thrown.
        how: Resume,
    },
}

/// How a generator is resumed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resume {
    /// `next(g)`, `g.send(v)`
    Send(Value),
    /// `g.throw(exc)`: in the generator that it delegates to, if it does.
    Throw(Value),
    /// Raises where the generator is suspended, even if it delegates there.
    ThrowHere(Value),
}

/// How the reply to an effect becomes the result of the native function that asked for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Then {
    /// `Done` is None, the rest as it is. (`Failed` raises RuntimeError, here and in the others.)
    AsIs,
    /// This value.
    Return(Value),
    /// Nanoseconds as a float of seconds.
    Seconds,
    /// Microseconds as a float of seconds, multiplied as `sys.getswitchinterval` does.
    SecondsOfMicroseconds,
    /// `TimedOut` raises `_queue.Empty`.
    EmptyOnTimeout,
    /// A release of all levels of a re-entrant lock: `(depth, owner)` for `_acquire_restore`.
    SavedDepth,
    /// Run this native function with the same arguments and the reply appended to its memo.
    Again,
}

/// What a memo holds: the results of the calls and effects a native function asked for so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Memo {
    /// A call returned this.
    Value(Value),
    /// The function computed this itself and keeps it ([`Cx::once`]).
    Kept(Value),
    /// A call raised this, and the native function wanted to know.
    Raised(Value),
    /// An effect was answered.
    Reply(Reply),
    /// Where a loop over a container is; see [`steps`].
    Loop(Box<steps::LoopState>),
}

/// A row of a table of native functions.
pub struct NativeDef {
    /// Python's name.
    pub name: &'static str,
    /// Parameters.
    pub sig: Sig,
    /// The function.
    pub run: NativeFn,
    /// What it is bound to.
    pub kind: NativeKind,
}

/// Without the function's address, which differs from process to process.
impl fmt::Debug for NativeDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NativeDef { name, sig, run: _, kind } = self;
        f.debug_struct("NativeDef").field("name", name).field("sig", sig).field("kind", kind).finish()
    }
}

/// What a native function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeKind {
    /// A function of a module.
    Function,
    /// A method: the object is the first argument.
    Method,
    /// A method of the class: the class is the first argument.
    ClassMethod,
    /// A static method.
    StaticMethod,
    /// A constructor (`__new__`): the class is the first argument.
    New,
}

/// A function of a module.
pub const fn function(name: &'static str, sig: Sig, run: NativeFn) -> NativeDef {
    NativeDef { name, sig, run, kind: NativeKind::Function }
}

/// A method; `sig` does not count the object.
pub const fn method(name: &'static str, sig: Sig, run: NativeFn) -> NativeDef {
    NativeDef { name, sig, run, kind: NativeKind::Method }
}

/// A class method; `sig` does not count the class.
pub const fn class_method(name: &'static str, sig: Sig, run: NativeFn) -> NativeDef {
    NativeDef { name, sig, run, kind: NativeKind::ClassMethod }
}

/// A static method.
pub const fn static_method(name: &'static str, sig: Sig, run: NativeFn) -> NativeDef {
    NativeDef { name, sig, run, kind: NativeKind::StaticMethod }
}

/// A constructor; `sig` does not count the class.
pub const fn constructor(sig: Sig, run: NativeFn) -> NativeDef {
    NativeDef { name: "__new__", sig, run, kind: NativeKind::New }
}

/// Compared by identity of the row: every row is a different function.
impl PartialEq for NativeDef {
    fn eq(&self, other: &NativeDef) -> bool {
        std::ptr::eq(self, other)
    }
}

/// A computed attribute of a builtin type (`__dict__`, `real`, `co_name`, …).
pub struct GetSetDef {
    /// Attribute name.
    pub name: &'static str,
    /// Called with the object.
    pub get: NativeFn,
    /// Called with the object and the new value (`Unbound` to delete), if it can be set.
    pub set: Option<NativeFn>,
}

/// Without the functions' addresses, which differ from process to process.
impl fmt::Debug for GetSetDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetSetDef").field("name", &self.name).finish_non_exhaustive()
    }
}
