//! Frames and threads: everything a thread can be doing is data.
//!
//! A thread has one stack of values; each frame owns a stretch of it: its slots (locals, cells), then its operands. A call's
//! arguments are already where the callee's slots begin, so calling copies nothing. Native functions that wait for Python code
//! are kept as [`Pending`] entries, in step with the frames that will return to them.

use super::stack::ValueStack;
use crate::effect::{Effect, Reply};
use crate::heap::Heap;
use crate::native::{Memo, NativeDef, Then};
use crate::object::Object;
use crate::value::{CodeId, MaybeObj, ObjId, ThreadId, Value};
use thin_vec::ThinVec;

/// What happens with the value a frame returns or yields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnReturn {
    /// It is pushed on the caller's operands.
    Push,
    /// It must be None; the constructed instance, which is the frame's first slot's owner, is pushed instead (`__init__`).
    Init,
    /// The frame is a generator's, resumed by FOR_ITER: a yielded value is pushed; a return ends the loop.
    ForIter,
    /// The frame is a generator's, resumed by SEND: a yielded value is pushed; a return pushes its value and jumps.
    Send,
    /// The top [`Pending`] entry gets it.
    Native,
    /// The thread ends with it.
    Thread,
}

/// A frame.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// Its code.
    pub code: CodeId,
    /// Next instruction.
    pub pc: u32,
    /// First slot in the thread's stack.
    pub base: u32,
    /// Height to which the thread's stack is cut when the frame ends.
    pub floor: u32,
    /// Global namespace (a dict).
    pub globals: ObjId,
    /// The function, for its closure.
    pub function: MaybeObj,
    /// Local namespace of a module, class body or `exec`.
    pub namespace: MaybeObj,
    /// The generator object this frame belongs to. With `OnReturn::Init` the instance.
    pub owner: MaybeObj,
    /// What happens at its end.
    pub on_return: OnReturn,
}

/// What is done with the value of a native function that finished.
#[derive(Clone, PartialEq, Debug)]
pub enum After {
    /// Push it on the frame's operands.
    Push,
    /// Push it and an empty place for `self` (LOAD_ATTR before a call).
    PushCallable,
    /// Drop it.
    Drop,
    /// Push the negation of the bool it is.
    PushNot,
    /// FOR_ITER: `Unbound` ends the loop.
    ForIter,
    /// Unpack the list: so many items, or so many before and after a star.
    Unpack {
        /// Items, or items before the star.
        before: u32,
        /// Items after the star, if there is a star.
        after: Option<u32>,
    },
    /// SEND: a pair of whether the iterator is exhausted and its value.
    Send,
    /// `__init__` returned: it must be None, push the instance.
    Init(Value),
    /// Give it to the next [`Pending`] entry as the result of the call it asked for.
    Native,
    /// The thread ends with it.
    Thread,
}

/// A native function that waits for the result of Python code or of an effect.
#[derive(Clone, PartialEq, Debug)]
pub struct Pending {
    /// The function.
    pub def: &'static NativeDef,
    /// Positional arguments, the bound object first.
    pub args: Vec<Value>,
    /// Keyword arguments.
    pub kwargs: Vec<(ObjId, Value)>,
    /// What it has been told so far.
    pub memo: Vec<Memo>,
    /// The class of exceptions it wants to see from the call it waits for.
    pub catching: Option<ObjId>,
    /// Its value is that of the call it waits for, unless that is `NotImplemented` (`special`).
    pub passes_on: bool,
    /// What is done with its value.
    pub after: After,
}

/// Who gets the reply to an effect.
#[derive(Clone, PartialEq, Debug)]
pub enum Awaiting {
    /// A native function that goes on with it, or whose value has more to pass than the operands.
    Native(Box<(Pending, Then)>),
    /// The operands of the frame on top: it is the value of the native function that asked.
    Operand {
        /// How the reply becomes the value.
        then: Then,
        /// What the function was called on, which has to stay alive.
        receiver: Value,
    },
}

impl Awaiting {
    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        let then = match self {
            Awaiting::Native(waiting) => {
                waiting.0.each_value(visit);
                waiting.1
            }
            Awaiting::Operand { then, receiver } => {
                visit(*receiver);
                *then
            }
        };
        if let Then::Return(value) = then {
            visit(value);
        }
    }
}

/// A thread of the simulated program: frames and values, nothing else. What every turn needs comes first, in this order:
/// among many threads each line of the processor's cache counts.
#[derive(Clone, PartialEq, Debug)]
#[repr(C)]
pub struct GreenThread {
    /// Frames, outermost first.
    pub frames: Vec<Frame>,
    /// Slots and operands of all frames.
    pub stack: ValueStack,
    /// A native function asked for this effect while the reply to another one was given to it.
    pub next_effect: Option<Box<Effect>>,
    /// Values the last instruction may have let go of, each with a watched object that hung on it.
    pub drops: ThinVec<(Value, ObjId)>,
    /// The instruction at which the thread stopped, if it jumped: the one before `pc` is another then.
    pub jumped_from: Option<u32>,
    /// Its number.
    pub id: ThreadId,
    /// An eval check fell due just when the thread stopped.
    pub check_due: bool,
    /// The exception being handled by the generator that runs, or by the thread where none does.
    pub handled: MaybeObj,
    /// The exception being handled where that generator was resumed, or farther outside.
    pub handled_outside: MaybeObj,
    /// Native functions that wait, outermost first.
    pub pending: ThinVec<Pending>,
    /// The native function whose effect is being performed, and how the reply becomes its result.
    pub awaiting: Option<Awaiting>,
    /// The result of a thread that has no frames left: its value, or the exception that ended it.
    pub ended: Option<Result<Value, Value>>,
}

/// How far from a thread's record to read.
#[derive(Clone, Copy, Debug)]
pub enum Peep<'a> {
    /// The record itself.
    Record,
    /// The top frame and the topmost operand.
    Storage,
    /// The first slot, and the object that the topmost operand is: often the iterator of a loop.
    Values(&'a Heap),
}

/// Storage for frames is kept in steps of so many.
const FRAMES_STEP: usize = 4;

impl GreenThread {
    /// A thread without frames.
    pub fn new(id: ThreadId) -> GreenThread {
        GreenThread {
            id,
            frames: Vec::new(),
            stack: ValueStack::new(),
            pending: ThinVec::new(),
            handled: MaybeObj::NONE,
            handled_outside: MaybeObj::NONE,
            awaiting: None,
            next_effect: None,
            check_due: false,
            jumped_from: None,
            drops: ThinVec::new(),
            ended: None,
        }
    }

    /// The exception being handled (`sys.exception()`), or None.
    pub fn exception_handled(&self) -> Value {
        self.nearest_handled().value_or_none()
    }

    /// The same, as a thread keeps it.
    pub(super) fn nearest_handled(&self) -> MaybeObj {
        if self.handled.is_some() { self.handled } else { self.handled_outside }
    }

    /// Reads what its next instruction needs first, so far from this record; what it is means nothing.
    pub fn peep(&self, how_far: Peep<'_>) -> u64 {
        let operand = || self.stack.last().copied().unwrap_or_default();
        match how_far {
            Peep::Record => u64::from(self.is_ready()) + u64::from(self.id.0),
            Peep::Storage => {
                let Some(frame) = self.frames.last() else { return 0 };
                u64::from(frame.pc) + u64::from(frame.namespace.is_some()) + u64::from(operand().is_bound())
            }
            Peep::Values(heap) => {
                let base = self.frames.last().map_or(0, |frame| frame.base as usize);
                let slot = self.stack.get(base).copied().unwrap_or_default();
                let object = operand().obj().map(|id| heap.get(id));
                u64::from(slot.is_bound()) + u64::from(matches!(object, Some(Object::Free)))
            }
        }
    }

    /// Gives back storage that it may never need again.
    pub fn shrink(&mut self) {
        // A copy and in steps, for the reasons that `ValueStack::shrink` gives.
        let kept = self.frames.len().next_multiple_of(FRAMES_STEP);
        if kept < self.frames.capacity() {
            let mut frames = Vec::with_capacity(kept);
            frames.append(&mut self.frames);
            self.frames = frames;
        }
        self.stack.shrink();
        self.pending.shrink_to_fit();
        self.drops.shrink_to_fit();
    }

    /// Makes this thread equal to another, in the storage it has.
    pub fn copy_from(&mut self, other: &GreenThread) {
        self.id = other.id;
        self.frames.clone_from(&other.frames);
        self.stack.copy_from(&other.stack);
        self.pending.clone_from(&other.pending);
        self.handled = other.handled;
        self.handled_outside = other.handled_outside;
        self.awaiting.clone_from(&other.awaiting);
        self.next_effect.clone_from(&other.next_effect);
        self.check_due = other.check_due;
        self.jumped_from = other.jumped_from;
        self.drops.clone_from(&other.drops);
        self.ended = other.ended;
    }

    /// All values the thread can reach directly, for the collector.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.stack.iter().copied().for_each(&mut *visit);
        visit(self.handled.value());
        visit(self.handled_outside.value());
        if let Some(Ok(value) | Err(value)) = self.ended {
            visit(value)
        }
        for frame in &self.frames {
            frame.each_value(visit);
        }
        for call in &self.pending {
            call.each_value(visit);
        }
        if let Some(awaiting) = &self.awaiting {
            awaiting.each_value(visit);
        }
    }
}

impl Frame {
    /// Values the frame refers to, its slots aside.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::Obj(self.globals));
        for object in [self.function, self.namespace, self.owner] {
            visit(object.value());
        }
    }
}

impl Pending {
    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.iter().copied().for_each(&mut *visit);
        for (name, value) in &self.kwargs {
            visit(Value::Obj(*name));
            visit(*value);
        }
        for memo in &self.memo {
            match memo {
                Memo::Value(v) | Memo::Kept(v) | Memo::Raised(v) | Memo::Reply(Reply::Value(v)) => visit(*v),
                Memo::Loop(state) => state.each_value(visit),
                Memo::Reply(_) => {}
            }
        }
        if let After::Init(instance) = self.after {
            visit(instance);
        }
    }
}
