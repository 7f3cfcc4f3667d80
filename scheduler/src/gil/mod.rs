//! Global interpreter locks as pure state machines: they know threads by id and times in nanoseconds, nothing else.
//!
//! A model hears [`GilEvent`]s and answers with [`GilAction`]s; whoever drives it turns a `Sleep` into a timer, a `Wake`
//! into a timer of the wake latency, a `Take` into a running thread. Nothing here looks at a clock or draws a number, so
//! a model can be cloned, compared, fingerprinted and driven by a table. [`Gil`] is what an interpreter holds; a user's own
//! lock is a [`GilModel`] in [`Gil::Custom`].

pub mod eager;
pub mod free;
pub mod request;
#[cfg(test)]
mod request_properties;
#[cfg(test)]
mod request_tests;
pub mod tick;

use crate::fingerprint::Fingerprint;
use crate::profile::GilRule;
use eager::EagerGil;
use free::FreeGil;
use gilsim_vm::value::ThreadId;
use request::RequestGil;
use smallvec::SmallVec;
use std::any::Any;
use std::fmt::Debug;
use tick::TickGil;

/// What happened to a thread, as far as its interpreter's GIL is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GilEvent {
    /// A thread without the GIL wants it.
    Want(ThreadId),
    /// The timed wait that a [`GilAction::Sleep`] began is over, and nobody woke the thread before.
    TimedOut(ThreadId),
    /// A thread told by [`GilAction::Wake`] is awake.
    Arrived(ThreadId),
    /// The holder lets go.
    Drop {
        /// The holder.
        thread: ThreadId,
        /// Its last drop: it will not want the GIL again, so nothing is forced on it.
        last: bool,
        /// The waiter to wake, one of [`GilModel::waiters`]; `None`: the one whose turn it is.
        wake: Option<ThreadId>,
    },
    /// A waiting thread ends without the GIL (a daemon thread at the end of the program); its request is withdrawn.
    Leave(ThreadId),
}

/// What follows from an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GilAction {
    /// The thread has the GIL now.
    Take {
        /// The new holder.
        thread: ThreadId,
        /// The holder before it, itself if nobody else had it since.
        from: Option<ThreadId>,
        /// Switches so far, this one included.
        switch_number: u64,
    },
    /// The thread begins a timed wait, as the last in the queue.
    Sleep {
        /// Who.
        thread: ThreadId,
        /// How long, in nanoseconds.
        timeout_ns: u64,
    },
    /// The thread's timed wait ran out without a request, because the GIL changed hands meanwhile or is free.
    NoRequest {
        /// Who timed out.
        thread: ThreadId,
        /// How long it was to wait, in nanoseconds.
        timeout_ns: u64,
    },
    /// The thread's timed wait ran out; it asks the holder to let go.
    Request {
        /// Who asks.
        thread: ThreadId,
        /// How long it was to wait, in nanoseconds.
        timeout_ns: u64,
        /// Who is asked.
        holder: ThreadId,
    },
    /// The waiter is told that the GIL is free; it leaves the queue and arrives after its wake latency.
    Wake {
        /// Who.
        thread: ThreadId,
    },
    /// The thread that just let go on request may not go on before somebody has taken the GIL.
    Force {
        /// Who.
        thread: ThreadId,
    },
    /// A thread held by [`GilAction::Force`] may go on.
    Unforce {
        /// Who.
        thread: ThreadId,
    },
}

/// What follows from one event, in order: hardly ever more than three actions, which need no memory of their own.
pub type GilActions = SmallVec<[GilAction; 4]>;

/// A GIL model as a plain value behind a pointer. Every [`GilModel`] that can be cloned and compared is one.
pub trait GilValue {
    /// A copy.
    fn clone_model(&self) -> Box<dyn GilModel>;
    /// Whether the other is the same model in the same state.
    fn equals(&self, other: &dyn GilModel) -> bool;
    /// Adds the state to a fingerprint.
    fn fingerprint(&self, into: &mut Fingerprint);
    /// For [`GilValue::equals`].
    fn as_any(&self) -> &dyn Any;
}

impl<T: GilModel + Clone + PartialEq + 'static> GilValue for T {
    fn clone_model(&self) -> Box<dyn GilModel> {
        Box::new(self.clone())
    }

    fn equals(&self, other: &dyn GilModel) -> bool {
        other.as_any().downcast_ref::<T>() == Some(self)
    }

    fn fingerprint(&self, into: &mut Fingerprint) {
        into.debug(self);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A lock that decides which thread of an interpreter runs.
///
/// Contract: a thread is named in [`GilAction::Take`] only if no other holds the GIL (without a GIL, [`free`], nobody ever
/// holds it); every event is answered at once and
/// in the same way whenever the state and the event are the same.
pub trait GilModel: GilValue + Debug + Send + Sync {
    /// Takes note of an event at virtual time `now_ns` and appends what follows from it, in order.
    fn handle(&mut self, now_ns: u64, event: GilEvent, actions: &mut GilActions);
    /// Who has the GIL.
    fn holder(&self) -> Option<ThreadId>;
    /// Whether the holder should let go at its next eval check.
    fn must_drop(&self, thread: ThreadId) -> bool;
    /// Whether [`GilModel::check`] has to hear of every eval check that the holder passes.
    fn counts_checks(&self) -> bool {
        false
    }
    /// The holder passes an eval check: whether it should let go there.
    fn check(&mut self, thread: ThreadId) -> bool {
        self.must_drop(thread)
    }
    /// Sets how many ticks pass between two offers of the GIL, where ticks are counted.
    fn set_check_interval(&mut self, _ticks: i64) {}
    /// Threads in the queue, next to be woken first. Those already told are not among them.
    fn waiters(&self) -> Vec<ThreadId>;
    /// How many they are.
    fn waiting(&self) -> usize {
        self.waiters().len()
    }
    /// The switch interval, in nanoseconds.
    fn interval_ns(&self) -> u64;
    /// Sets the switch interval; acts from the next wait of each waiter on.
    fn set_interval_ns(&mut self, interval_ns: u64);
}

/// The GIL of an interpreter.
#[derive(Debug)]
pub enum Gil {
    /// CPython 2.7.
    Ticks(TickGil),
    /// CPython 3.2 and later.
    Requests(RequestGil),
    /// CPython 3.13t.
    Free(FreeGil),
    /// None of CPython's: it changes hands after every instruction.
    Eager(EagerGil),
    /// A model of the user's own.
    Custom(Box<dyn GilModel>),
}

impl Gil {
    /// The free GIL of a profile.
    pub fn of(rule: GilRule, switch_interval_ns: u64, check_interval_ticks: i64, seed: u64) -> Gil {
        match rule {
            GilRule::Ticks => Gil::Ticks(TickGil::new(check_interval_ticks, switch_interval_ns, seed)),
            GilRule::Requests(rule) => Gil::Requests(RequestGil::new(rule, switch_interval_ns)),
            GilRule::Free => Gil::Free(FreeGil::new(switch_interval_ns)),
        }
    }

    /// The model behind it.
    pub fn model(&self) -> &dyn GilModel {
        match self {
            Gil::Ticks(gil) => gil,
            Gil::Requests(gil) => gil,
            Gil::Free(gil) => gil,
            Gil::Eager(gil) => gil,
            Gil::Custom(gil) => gil.as_ref(),
        }
    }

    /// The model behind it, for events.
    pub fn model_mut(&mut self) -> &mut dyn GilModel {
        match self {
            Gil::Ticks(gil) => gil,
            Gil::Requests(gil) => gil,
            Gil::Free(gil) => gil,
            Gil::Eager(gil) => gil,
            Gil::Custom(gil) => gil.as_mut(),
        }
    }
}

impl Clone for Gil {
    fn clone(&self) -> Gil {
        match self {
            Gil::Ticks(gil) => Gil::Ticks(gil.clone()),
            Gil::Requests(gil) => Gil::Requests(gil.clone()),
            Gil::Free(gil) => Gil::Free(gil.clone()),
            Gil::Eager(gil) => Gil::Eager(gil.clone()),
            Gil::Custom(gil) => Gil::Custom(gil.clone_model()),
        }
    }
}

impl PartialEq for Gil {
    fn eq(&self, other: &Gil) -> bool {
        match (self, other) {
            (Gil::Ticks(a), Gil::Ticks(b)) => a == b,
            (Gil::Requests(a), Gil::Requests(b)) => a == b,
            (Gil::Free(a), Gil::Free(b)) => a == b,
            (Gil::Eager(a), Gil::Eager(b)) => a == b,
            (Gil::Custom(a), Gil::Custom(b)) => a.equals(b.as_ref()),
            _ => false,
        }
    }
}
