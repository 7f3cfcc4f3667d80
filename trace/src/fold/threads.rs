//! The threads that are followed, by number.
//!
//! Numbers of threads are given out in order and each creation is an event, so a thread's number is less than the events
//! heard so far: such threads stand in a vector, where each is found at once among a million. A recording that was not
//! written by gilsim may have any numbers; those stand in a map, so that memory stays within the events heard.

use super::thread::ThreadFold;
use gilsim_scheduler::event::ThreadId;
use std::collections::BTreeMap;

/// Threads by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Threads {
    near: Vec<Option<Box<ThreadFold>>>,
    far: BTreeMap<ThreadId, Box<ThreadFold>>,
}

impl Threads {
    /// The thread with this number, if it is followed.
    pub fn get(&self, thread: ThreadId) -> Option<&ThreadFold> {
        match self.near.get(thread.0 as usize) {
            Some(Some(fold)) => Some(fold),
            _ => self.far.get(&thread).map(Box::as_ref),
        }
    }

    /// The same, for changing.
    pub fn get_mut(&mut self, thread: ThreadId) -> Option<&mut ThreadFold> {
        match self.near.get_mut(thread.0 as usize) {
            Some(Some(fold)) => Some(fold),
            _ => self.far.get_mut(&thread).map(Box::as_mut),
        }
    }

    /// Follows a thread after so many events.
    pub fn insert(&mut self, fold: ThreadFold, events: u64) {
        let place = fold.id.0 as usize;
        if u64::from(fold.id.0) > events {
            self.far.insert(fold.id, Box::new(fold));
            return;
        }
        if self.near.len() <= place {
            self.near.resize_with(place + 1, || None);
        }
        self.near[place] = Some(Box::new(fold));
    }

    /// Follows a thread no longer; whether it was followed.
    pub fn remove(&mut self, thread: ThreadId) -> bool {
        let near = self.near.get_mut(thread.0 as usize).and_then(Option::take);
        near.is_some() || self.far.remove(&thread).is_some()
    }

    /// All of them, in the order of their numbers.
    pub fn into_sorted(self) -> Vec<ThreadFold> {
        let boxed = self.near.into_iter().flatten().chain(self.far.into_values());
        let mut all: Vec<ThreadFold> = boxed.map(|fold| *fold).collect();
        all.sort_by_key(|fold| fold.id);
        all
    }
}
