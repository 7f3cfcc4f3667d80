//! Fingerprints of states: equal for states from which the same can happen.
//!
//! A state is what every thread is doing, and the objects that it can reach of those that were written or made since the
//! first thread was started. How it was reached is no part of it: objects made since then are numbered in the order in
//! which they are met on the way from the threads and from older objects, so neither handles nor garbage count. The
//! exception, which only makes equal states look different, are dicts with keys that such objects are by identity.
//! Different states look equal with a chance of 2^-64 a pair.

use super::{DAEMON_SLEEPS, Machine, Points, Thread};
use gilsim_scheduler::fingerprint::Fingerprint;
use gilsim_vm::heap::Heap;
use gilsim_vm::object::Object;
use gilsim_vm::value::ObjId;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Write};

impl Machine {
    /// The fingerprint of this state. Only after [`Machine::begin`].
    pub fn state(&self) -> u64 {
        let mut state = State::new(&self.vm.heap);
        state.debug(&(&self.ending, &self.vm.settings, self.watches_output().then_some(&self.output)));
        for thread in &self.threads {
            let Thread {
                green,
                next,
                daemon,
                handle,
                is_over,
                may_switch,
                clock_ns,
                library_ns,
                random,
                sleeps,
                waited_ns,
                ..
            } = &**thread;
            let may_switch = Some(may_switch).filter(|_| self.points == Points::EvalChecks);
            state.debug(&(green, next.as_ref().map(|next| &next.kind), daemon, handle, is_over, may_switch));
            let clock_ns = Some(clock_ns).filter(|_| self.knowledge.reads_clock(green.id));
            let library_ns = Some(library_ns).filter(|_| self.measures_wait(green.id));
            state.debug(&(
                clock_ns,
                library_ns,
                waited_ns,
                random,
                Some(sleeps.min(&DAEMON_SLEEPS)).filter(|_| *daemon),
            ));
        }
        for (id, before) in self.vm.heap.written() {
            if raw(before) != raw(self.vm.heap.get(id)) {
                state.debug(&id);
                state.object(id);
            }
        }
        state.debug(&self.vm.heap.changed_weak_refs());
        state.finish()
    }
}

/// Where in the text `ObjId(7)` the writer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Anywhere,
    Open,
    Number,
}

/// A fingerprint in the making, and the objects that were met.
struct State<'a> {
    heap: &'a Heap,
    print: Fingerprint,
    /// Numbers of objects made since the first thread was started.
    numbers: BTreeMap<ObjId, usize>,
    /// The same in the order of their numbers.
    met: Vec<ObjId>,
    at: At,
}

/// Takes the text of values and puts numbers in place of handles.
impl Write for State<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let at = std::mem::replace(&mut self.at, At::Anywhere);
        match (at, text) {
            (At::Anywhere, "ObjId") => self.at = At::Open,
            (At::Open, "(") => self.at = At::Number,
            (At::Number, digits) => {
                if let Ok(handle) = digits.parse() {
                    self.handle(ObjId(handle));
                    return Ok(());
                }
            }
            _ => {}
        }
        self.print.bytes(text.as_bytes());
        Ok(())
    }
}

impl<'a> State<'a> {
    fn new(heap: &'a Heap) -> State<'a> {
        State { heap, print: Fingerprint::new(), numbers: BTreeMap::new(), met: Vec::new(), at: At::Anywhere }
    }

    fn debug(&mut self, value: &dyn Debug) {
        // Writing into a fingerprint cannot fail.
        let _ = write!(self, "{value:?};");
    }

    fn handle(&mut self, id: ObjId) {
        if !self.heap.is_of_thread(id) {
            self.print.bytes(&id.0.to_le_bytes());
            return;
        }
        let next = self.met.len();
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.met.push(id);
        }
        self.print.bytes(b"#");
        self.print.bytes(&(number as u64).to_le_bytes());
    }

    /// What is in an object, without the versions by which iterators and caches notice changes.
    fn object(&mut self, id: ObjId) {
        let heap = self.heap;
        match heap.get(id) {
            Object::Str(text) => self.print.bytes(text.text.as_bytes()),
            other => visible(other, &mut |part| self.debug(part)),
        }
    }

    fn finish(mut self) -> u64 {
        let mut at = 0;
        while let Some(id) = self.met.get(at).copied() {
            self.object(id);
            at += 1;
        }
        self.print.finish()
    }
}

/// Gives the parts of an object that a program can see.
fn visible(object: &Object, tell: &mut dyn FnMut(&dyn Debug)) {
    match object {
        Object::Dict(dict) => dict.iter().for_each(|entry| tell(entry)),
        Object::Deque(deque) => tell(&(&deque.items, deque.most)),
        Object::Class(class) => tell(&(&class.name, &class.bases, class.dict, class.metaclass, class.layout)),
        other => tell(other),
    }
}

/// Of an object as it was before any thread was started, or is now, to compare the two.
fn raw(object: &Object) -> u64 {
    let mut print = Fingerprint::new();
    visible(object, &mut |part| print.debug(part));
    print.finish()
}
