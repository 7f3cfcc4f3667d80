//! The part of the heap that a look for ended objects can leave out: modules, classes and functions of the library.
//!
//! They live as long as the program, and nothing they refer to changes unless their page is written. So at the first look
//! the heap is frozen, and what can be reached from the library through modules, classes, functions and the like is
//! entered here together with the edges that lead out of it. Later looks begin at these edges, and look again only at
//! objects of pages that were written since.

use super::gc::{Marker, each_child};
use super::{Heap, PAGE};
use crate::object::Object;
use crate::value::{ObjId, Value};
use std::sync::Arc;

/// The library's part of a heap.
#[derive(Debug, PartialEq)]
pub struct Base {
    /// Its objects, one bit each.
    part: Vec<u64>,
    /// Pages there were.
    pages: u32,
    /// Objects outside of it that it refers to, each with the page of who refers to it.
    edges: Vec<(u32, ObjId)>,
}

impl Base {
    /// Whether an object belongs to the library.
    fn holds(&self, id: ObjId) -> bool {
        self.part.get(id.0 as usize / 64).is_some_and(|word| word & (1 << (id.0 % 64)) != 0)
    }

    /// A shared page is written for the first time.
    pub(super) fn note_written(&self, page: u32, written: &mut Vec<u32>) {
        if page < self.pages
            && let Err(at) = written.binary_search(&page)
        {
            written.insert(at, page);
        }
    }
}

/// Whether such an object stays what it is for as long as the program runs.
fn is_lasting(object: &Object) -> bool {
    matches!(
        object,
        Object::Module(_)
            | Object::Class(_)
            | Object::Function(_)
            | Object::Property(_)
            | Object::StaticMethod(_)
            | Object::ClassMethod(_)
            | Object::Tuple(_)
            | Object::Code(_)
            | Object::GetSet(..)
            | Object::Member(..)
            | Object::GenericAlias(..)
            | Object::Union(_)
    )
}

impl Heap {
    /// Forgets the base: handles were freed, or the library has grown.
    pub(crate) fn forget_base(&mut self) {
        self.base = None;
        self.written.clear();
    }

    /// Whether there is a base.
    pub(crate) fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// Enters the base: what lasts, from namespaces of library modules and from single objects on.
    pub(crate) fn make_base(&mut self, namespaces: &[ObjId], objects: &[ObjId]) {
        let mut part = vec![0u64; self.capacity().div_ceil(64)];
        let mut todo = Vec::new();
        let mut edges = Vec::new();
        let mut add = |id: ObjId, todo: &mut Vec<ObjId>| {
            let (word, bit) = (id.0 as usize / 64, 1 << (id.0 % 64));
            if part[word] & bit == 0 {
                part[word] |= bit;
                todo.push(id);
            }
        };
        namespaces.iter().for_each(|id| add(*id, &mut todo));
        for id in objects {
            match is_lasting(self.get(*id)) {
                true => add(*id, &mut todo),
                false => edges.push((u32::MAX, *id)),
            }
        }
        while let Some(id) = todo.pop() {
            let object = self.get(id);
            each_child(object, &mut |value| {
                if let Value::Obj(child) = value {
                    let is_class_dict = matches!(object, Object::Class(class) if class.dict == child);
                    match is_class_dict || is_lasting(self.get(child)) {
                        true => add(child, &mut todo),
                        false => edges.push((id.0 / PAGE as u32, child)),
                    }
                }
            });
        }
        edges.retain(|(_, id)| {
            part[id.0 as usize / 64] & (1 << (id.0 % 64)) == 0 && super::reach::can_hold(self.get(*id))
        });
        edges.sort_unstable();
        edges.dedup();
        self.freeze();
        self.written.clear();
        let pages = self.capacity().div_ceil(PAGE) as u32;
        self.base = Some(Arc::new(Base { part, pages, edges }));
    }

    /// Takes the base for marked, and marks what it refers to.
    pub(crate) fn mark_base(&self, marker: &mut Marker) {
        let Some(base) = &self.base else { return };
        for page in &self.written {
            let first = page * PAGE as u32;
            for id in (first..first + PAGE as u32).map(ObjId).filter(|id| base.holds(*id)) {
                each_child(self.get(id), &mut |value| marker.mark_value(value));
            }
        }
        marker.skip_all(&base.part);
        for (page, id) in &base.edges {
            if self.written.binary_search(page).is_err() {
                marker.mark(*id);
            }
        }
    }
}
