//! Garbage collection: the roots of a machine.

use super::Vm;
use super::frame::GreenThread;
use crate::heap::gc::Marker;
use crate::names::NAMES;
use crate::object::builtin::BUILTIN_CLASSES;
use crate::value::{ObjId, Value};

impl Vm {
    /// Whether enough was allocated for a collection to be worth its time.
    pub fn wants_collection(&self) -> bool {
        self.heap.wants_collection()
    }

    /// Frees everything that neither these threads nor the machine itself can reach. To be called between instructions,
    /// with all threads of the machine. Unreachable objects with a finaliser or callbacks live until these were called.
    pub fn collect(&mut self, threads: &mut dyn Iterator<Item = &GreenThread>) {
        let mut marker = self.roots(threads);
        marker.run(&self.heap);
        let mut lost: Vec<(u64, ObjId)> = Vec::new();
        for (id, watched) in self.heap.watch.iter() {
            if !marker.is_marked(id) {
                lost.push((watched.born, id));
            }
        }
        lost.sort_unstable();
        for (_, id) in lost.into_iter().rev() {
            if let Some(due) = self.heap.end(id, |_, reference| marker.is_marked(reference)) {
                due.each_value(&mut |value| marker.mark_value(value));
                self.heap.watch.due.push(due);
            }
        }
        self.heap.collect(marker);
        self.caches = super::cache::Caches::default();
    }

    /// Marks what these threads and the machine itself refer to.
    pub(super) fn roots(&self, threads: &mut dyn Iterator<Item = &GreenThread>) -> Marker {
        let mut marker = Marker::new(self.heap.capacity());
        Self::machine_objects().for_each(|id| marker.mark(id));
        marker.mark_value(self.empty_tuple);
        for root in [self.modules, self.builtins, self.prelude] {
            marker.mark(root);
        }
        for loaded in self.codes.iter() {
            loaded.consts.iter().for_each(|value| marker.mark_value(*value));
            loaded.names.iter().chain(&loaded.slots).for_each(|name| marker.mark(*name));
        }
        self.mark_threads(threads, &mut marker);
        marker
    }

    /// Builtin classes, names and short strings.
    pub(super) fn machine_objects() -> impl Iterator<Item = ObjId> {
        (0..(BUILTIN_CLASSES.len() + NAMES.len() + 128) as u32).map(ObjId)
    }

    /// Marks what these threads, and the calls that are due in them, refer to.
    pub(super) fn mark_threads(&self, threads: &mut dyn Iterator<Item = &GreenThread>, marker: &mut Marker) {
        for due in &self.heap.watch.due {
            due.each_value(&mut |value| marker.mark_value(value));
        }
        for thread in threads {
            thread.each_value(&mut |value| marker.mark_value(value));
            if let Some(effect) = &thread.next_effect {
                mark_effect(effect, marker);
            }
        }
    }
}

fn mark_effect(effect: &crate::effect::Effect, marker: &mut Marker) {
    use crate::effect::Effect;
    match effect {
        Effect::Spawn { function, args, kwargs, handle, .. } => {
            marker.mark_value(*function);
            args.iter().for_each(|v| marker.mark_value(*v));
            for (name, value) in kwargs {
                marker.mark(*name);
                marker.mark_value(*value);
            }
            marker.mark(*handle);
        }
        Effect::QueuePut { queue, item } => {
            marker.mark(*queue);
            marker.mark_value(*item);
        }
        Effect::Join { handle: id, .. }
        | Effect::Acquire { lock: id, .. }
        | Effect::Release { lock: id, .. }
        | Effect::QueueGet { queue: id, .. } => {
            marker.mark(*id);
        }
        _ => {
            let _: Option<Value> = None;
        }
    }
}
