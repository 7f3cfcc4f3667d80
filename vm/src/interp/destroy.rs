//! The end of objects: `__del__`, callbacks of weak references, generators that are dropped.
//!
//! Where `super::drops` finds that something watched may have ended, the scheduler brings all threads, and `end_objects`
//! decides by reachability and by peeling (`heap::reach`). What then has to be called runs as frames of the thread that let
//! go, before its next instruction.

use super::Vm;
use super::frame::{After, GreenThread};
use crate::code::intrinsic::Intrinsic1;
use crate::code::{Code, Handler, Op};
use crate::heap::gc::{Marker, each_child};
use crate::heap::reach::{Ended, can_hold};
use crate::heap::watch::{Due, Request};
use crate::names::name;
use crate::object::Object;
use crate::value::{ObjId, ThreadId, Value};
use std::collections::BTreeSet;

impl Vm {
    /// Decides which watched objects have ended. To be called between instructions of `by` with all threads of the machine.
    pub fn end_objects(
        &mut self,
        by: (ThreadId, usize),
        drops: &[(Value, ObjId)],
        threads: &mut dyn Iterator<Item = &GreenThread>,
    ) {
        let request = std::mem::take(&mut self.heap.watch.request);
        if request == Request::None && !self.heap.watch.spend(self.heap.capacity()) {
            // Too much was looked at lately: the next round comes to it.
            return;
        }
        let mut due = match request {
            Request::Exit => self.end_at_exit(by.0, threads),
            Request::Collect => self.end_cycles(threads),
            Request::None | Request::All => {
                let wanted: BTreeSet<ObjId> = drops.iter().map(|(_, id)| *id).collect();
                self.end_unreferenced(request, drops, &wanted, threads)
            }
        };
        due.reverse();
        for mut call in due {
            call.by = Some(by);
            self.heap.watch.due.push(call);
        }
        self.heap.set_attention();
    }

    fn end_unreferenced(
        &mut self,
        request: Request,
        drops: &[(Value, ObjId)],
        wanted: &BTreeSet<ObjId>,
        threads: &mut dyn Iterator<Item = &GreenThread>,
    ) -> Vec<Due> {
        let mut marker = self.look_roots(threads);
        if request == Request::None && marker.run_until(&self.heap, wanted) {
            return Vec::new();
        }
        marker.run(&self.heap);
        let shown = |(value, id): &(Value, ObjId)| if value.is_bound() { *value } else { Value::Obj(*id) };
        let dropped: Vec<Value> = drops.iter().map(shown).collect();
        let ended = self.heap.ended(&marker, &dropped);
        let due = ended.watched.into_iter().filter_map(|id| self.heap.end(id, |_, _| true)).collect();
        self.heap.free_gone(&ended.gone);
        due
    }

    /// The roots of a look: the base, and what the threads and the machine refer to besides.
    fn look_roots(&mut self, threads: &mut dyn Iterator<Item = &GreenThread>) -> Marker {
        if !self.heap.has_base() {
            self.make_base();
        }
        let mut marker = Marker::new(self.heap.capacity());
        self.heap.mark_base(&mut marker);
        self.mark_threads(threads, &mut marker);
        marker
    }

    /// Everything of the library, and the machine's own objects.
    fn make_base(&mut self) {
        let is_library = |namespace: ObjId| {
            let file = self.heap.dict_get_name(namespace, name::FILE).and_then(|file| self.heap.str(file));
            file.is_none_or(|file| file.starts_with("<gilsim>")) && !self.is_main(namespace)
        };
        let modules = self.heap.dict(self.modules).iter().filter_map(|entry| match self.heap.get(entry.value.obj()?) {
            Object::Module(namespace) if is_library(*namespace) => Some(*namespace),
            _ => None,
        });
        let mut namespaces: Vec<ObjId> = modules.collect();
        namespaces.extend([self.modules, self.builtins, self.prelude]);
        let consts = self.codes.iter().flat_map(|loaded| loaded.consts.iter().filter_map(|value| value.obj()));
        let objects: Vec<ObjId> = Self::machine_objects().chain(consts).chain(self.empty_tuple.obj()).collect();
        self.heap.make_base(&namespaces, &objects);
    }

    fn is_main(&self, namespace: ObjId) -> bool {
        let module = self.heap.dict_get_name(self.modules, name::MAIN).and_then(Value::obj);
        module.is_some_and(|module| *self.heap.get(module) == Object::Module(namespace))
    }

    /// `gc.collect()`: weak references to garbage die, then finalisers are called in the order of creation.
    fn end_cycles(&mut self, threads: &mut dyn Iterator<Item = &GreenThread>) -> Vec<Due> {
        let mut marker = self.roots(threads);
        marker.run(&self.heap);
        let Ended { watched: mut ended, kept, .. } = self.heap.ended(&marker, &[]);
        let tracked = kept.iter().filter(|id| self.is_tracked(**id));
        self.heap.watch.collected += tracked.count() as i64;
        let mut watched: Vec<(u64, ObjId)> =
            kept.iter().filter_map(|id| Some((self.heap.watch.get(*id)?.born, *id))).collect();
        watched.sort_unstable();
        ended.extend(watched.into_iter().map(|(_, id)| id));
        let reached = |_: &_, reference: ObjId| marker.is_marked(reference);
        let due: Vec<Due> = ended.into_iter().filter_map(|id| self.heap.end(id, reached)).collect();
        // What is to be called for keeps all it needs; the rest goes at once.
        due.iter().for_each(|call| call.each_value(&mut |value| marker.mark_value(value)));
        self.heap.collect(marker);
        self.caches = super::cache::Caches::default();
        due
    }

    /// The program ends: the finalisers of everything that only its modules hold.
    fn end_at_exit(&mut self, main: ThreadId, threads: &mut dyn Iterator<Item = &GreenThread>) -> Vec<Due> {
        if !self.heap.watch.iter().any(|(_, watched)| watched.finaliser) {
            return Vec::new();
        }
        let mut keeps = Marker::new(self.heap.capacity());
        for thread in threads.filter(|thread| thread.id != main) {
            thread.each_value(&mut |value| keeps.mark_value(value));
        }
        keeps.run(&self.heap);
        let mut start = vec![self.modules];
        start.extend(self.heap.watch.iter().map(|(id, _)| id));
        let mut order = Vec::new();
        if let Some(Value::Obj(module)) = self.heap.dict_get_name(self.modules, name::MAIN)
            && let Object::Module(namespace) = *self.heap.get(module)
        {
            // What other modules hold outlives the program's own.
            let mut others = keeps.clone();
            others.skip(module);
            others.skip(namespace);
            for entry in self.heap.dict(self.modules).iter() {
                others.mark_value(entry.value);
            }
            others.run(&self.heap);
            let own = self.heap.dict(namespace).iter().filter_map(|entry| entry.value.obj()).collect::<Vec<_>>();
            order = self.heap.in_order_of_exit(&own, &others);
        }
        order.extend(start.into_iter().flat_map(|start| self.heap.in_order_of_exit(&[start], &keeps)));
        order.into_iter().filter_map(|id| self.heap.end(id, |_, _| false)).collect()
    }

    /// Starts the next call that is due in this thread.
    pub fn start_due(&mut self, t: &mut GreenThread) {
        let depth = t.frames.len();
        if depth == 0 {
            return;
        }
        let suits = |call: &Due| call.by.is_none_or(|(thread, frames)| thread == t.id && depth <= frames);
        let Some(at) = self.heap.watch.due.iter().rposition(suits) else { return };
        let call = self.heap.watch.due.remove(at);
        let object = Value::Obj(call.object);
        let refs = self.heap.new_list(call.refs);
        let function = self.prelude("end_object");
        let result =
            self.call_and_run(t, function, vec![Value::Int(call.ending as i64), object, refs], vec![], After::Drop);
        debug_assert!(result.is_err(), "a Python function pushes a frame");
        self.heap.set_attention();
    }

    /// A thread has ended: what it let go of, and what was to be called in it, falls to the others.
    pub(super) fn hand_over_drops(&mut self, t: &mut GreenThread) {
        let id = t.id;
        for call in self.heap.watch.due.iter_mut().filter(|call| call.by.is_some_and(|(thread, _)| thread == id)) {
            call.by = None;
        }
        if !std::mem::take(&mut t.drops).is_empty() && self.heap.watch.request == Request::None {
            self.heap.request(Request::All);
        }
    }

    /// Whether CPython's collector looks at such an object: a container, if a dict one with a container inside.
    pub(crate) fn is_tracked(&self, id: ObjId) -> bool {
        match self.heap.get(id) {
            Object::Class(_) | Object::Module(_) => true,
            Object::Lock(_) | Object::Property(_) => false,
            Object::Dict(dict) => {
                let atoms = |value: Value| value.obj().is_none_or(|child| !can_hold(self.heap.get(child)));
                !dict.iter().all(|entry| atoms(entry.value))
            }
            object => can_hold(object),
        }
    }

    /// `sys.getrefcount`: references to an object from all that this thread reaches, and from its own slots.
    pub(crate) fn count_references(&self, t: &GreenThread, object: ObjId) -> i64 {
        let mut marker = self.roots(&mut std::iter::once(t));
        marker.run(&self.heap);
        let mut count = 0;
        let mut visit = |value: Value| count += i64::from(value == Value::Obj(object));
        (0..self.heap.capacity() as u32).map(ObjId).filter(|id| marker.is_marked(*id)).for_each(|id| {
            each_child(self.heap.get(id), &mut visit);
        });
        t.each_value(&mut visit);
        count
    }

    /// Watches a new instance if its class has `__del__`.
    pub(crate) fn watch_instance(&mut self, instance: ObjId, class: ObjId) {
        if self.heap.lookup(class, name::DEL).is_some() {
            self.heap.watch_end(instance);
        }
    }

    /// A generator was suspended: it is watched if something is to be done when it is dropped.
    pub(super) fn watch_suspended(&mut self, id: ObjId) {
        let Object::Generator(generator) = self.heap.get(id) else { return };
        let code = &self.codes[generator.frame.code.0 as usize].code;
        let Some(handler) = code.handler(generator.frame.pc.saturating_sub(1)) else { return };
        if !sees_no_end(code, handler) {
            self.heap.watch_end(id);
        }
    }
}

/// Whether a handler is the one of every generator that looks for StopIteration: it sees nothing of the end.
pub(super) fn sees_no_end(code: &Code, handler: &Handler) -> bool {
    let first = code.instrs.get(handler.target as usize);
    first.is_some_and(|instr| instr.op == Op::CallIntrinsic1 && instr.arg == Intrinsic1::StopIterationError as u32)
}

impl Due {
    /// Everything the call needs.
    pub(crate) fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::Obj(self.object));
        self.refs.iter().copied().for_each(visit);
    }
}
