//! Fingerprints of states: equal for states from which the same can happen.
//!
//! A state is what every thread is doing, and the objects that were written or made since the first thread was started.
//! How it was reached is no part of it, with these exceptions, which only make equal states look different: objects that
//! nobody refers to any more, and version numbers of classes. Different states look equal with a chance of 2^-64 a pair.

use super::{Machine, Thread};
use gilsim_scheduler::fingerprint::Fingerprint;
use gilsim_vm::object::Object;

impl Machine {
    /// The fingerprint of this state. Only after [`Machine::begin`].
    pub fn state(&self) -> u64 {
        let mut print = Fingerprint::new();
        print.debug(&(&self.ending, self.watches_output().then_some(&self.output)));
        for thread in &self.threads {
            let Thread { green, next, daemon, handle, is_over, may_switch, clock_ns, random, .. } = thread;
            print.debug(&(green, next.as_ref().map(|next| &next.kind), daemon, handle, is_over, may_switch));
            print.debug(&(clock_ns, random));
        }
        for (id, before) in self.vm.heap.changed() {
            let now = object(self.vm.heap.get(id));
            if before.is_none_or(|before| object(before) != now) {
                print.debug(&(id, now));
            }
        }
        print.debug(&self.vm.heap.changed_weak_refs());
        print.finish()
    }
}

/// Of an object: what is in it, without the version of a dict.
fn object(object: &Object) -> u64 {
    let mut print = Fingerprint::new();
    match object {
        Object::Dict(dict) => dict.iter().for_each(|entry| print.debug(entry)),
        other => print.debug(other),
    }
    print.finish()
}
