//! The next step of a thread, before it is taken.

use super::rules::Guard;
use gilsim_vm::effect::Effect;
use gilsim_vm::interp::access::Access;
use gilsim_vm::value::{ObjId, ThreadId};
use smallvec::SmallVec;

/// What a step touches.
pub type Accesses = SmallVec<[Access; 2]>;

/// What kind of step is next.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// An instruction that touches shared places.
    Instruction,
    /// Something asked of the world: a lock, a queue, the end of another thread.
    Effect(Effect),
    /// A method of the library that is one step; it is at its first instruction.
    Method {
        /// The object.
        object: ObjId,
        /// What must hold.
        guard: Guard,
        /// Nanoseconds after which it does something else if the guard does not hold: 0 if it does not block.
        gives_up_ns: Option<u64>,
    },
    /// The second step of a wait.
    Resume {
        /// The lock that a notifier releases.
        waiter: ObjId,
        /// The lock to be taken again.
        lock: Option<ObjId>,
        /// Nanoseconds after which it may give up.
        timeout_ns: Option<u64>,
    },
    /// It has started another thread, and goes on as soon as that one runs: no step.
    Spawned,
    /// Others may go on: the thread has executed many instructions since its last step.
    Pause,
    /// The thread's end, where somebody asks for it.
    End,
}

/// The next step of a thread.
#[derive(PartialEq, Debug)]
pub struct Operation {
    /// What it is.
    pub kind: Kind,
    /// What it touches.
    pub accesses: Accesses,
}

/// By copying memory; the derived one goes access by access.
impl Clone for Operation {
    fn clone(&self) -> Operation {
        Operation { kind: self.kind.clone(), accesses: copy_of(&self.accesses) }
    }
}

/// The same accesses, by copying memory.
#[inline]
pub fn copy_of(accesses: &[Access]) -> Accesses {
    Accesses::from_slice(accesses)
}

impl Operation {
    /// Whether the order of two steps of different threads can matter.
    #[inline]
    pub fn depends_on(&self, other: &Operation) -> bool {
        conflict(&self.accesses, &other.accesses)
    }
}

/// Whether two sets of accesses conflict.
#[inline]
pub fn conflict(a: &[Access], b: &[Access]) -> bool {
    a.iter().any(|one| b.iter().any(|other| one.conflicts(other)))
}

/// An event of another thread that comes before the next step whatever the schedule: the thread, and how many steps it
/// had taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Before {
    /// The thread.
    pub thread: ThreadId,
    /// How many steps it had taken, that one included.
    pub steps: u32,
}
