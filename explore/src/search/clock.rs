//! Vector clocks.

use gilsim_vm::value::ThreadId;
use smallvec::SmallVec;

/// How many steps of each thread come before something.
#[derive(PartialEq, Eq, Hash, Debug, Default)]
pub struct Clock(SmallVec<[u32; 12]>);

/// By copying memory; the derived one goes number by number.
impl Clone for Clock {
    #[inline]
    fn clone(&self) -> Clock {
        Clock(SmallVec::from_slice(&self.0))
    }
}

impl Clock {
    /// Steps of a thread.
    #[inline]
    pub fn of(&self, thread: ThreadId) -> u32 {
        self.0.get(thread.0 as usize).copied().unwrap_or(0)
    }

    /// Sets the steps of a thread.
    pub fn set(&mut self, thread: ThreadId, steps: u32) {
        let at = thread.0 as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] = steps;
    }

    /// Takes in everything that comes before something else.
    #[inline]
    pub fn join(&mut self, other: &Clock) {
        let common = self.0.len().min(other.0.len());
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = (*own).max(*other);
        }
        self.0.extend_from_slice(&other.0[common..]);
    }
}
