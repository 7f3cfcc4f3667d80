//! Shapes (hidden classes): which attribute of an instance is stored in which slot.
//!
//! Every class has a root shape; adding an attribute leads to a child shape, the same one for the same name. A shape
//! therefore tells the class and the slots at once, which is what the inline caches compare. An instance whose attributes do
//! not fit the scheme (`__dict__` was taken, more than [`MOST_SLOTS`] attributes) switches to a real dict: its shape is
//! [`ShapeId::DICT`] and its only slot holds the dict. Deleting an attribute leads to the shape that has the others in
//! their order, while there are few shapes.

use crate::value::ObjId;

/// Index of a shape.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ShapeId(pub u32);

impl ShapeId {
    /// The attributes are in a dict, `slots[0]`.
    pub const DICT: ShapeId = ShapeId(0);
    /// No attributes are possible (`__slots__ = ()`, builtin values without `__dict__`).
    pub const NONE: ShapeId = ShapeId(1);
}

/// Attributes above this number go to a dict.
pub const MOST_SLOTS: usize = 64;

/// From this number of shapes on a deletion makes a dict, so that a program that deletes much does not make ever more.
const SHAPES_FOR_DELETION_MAX: usize = 10_000;

/// One shape.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Shape {
    /// Attribute names (interned) in slot order.
    pub names: Vec<ObjId>,
    children: Vec<(ObjId, ShapeId)>,
    /// The shapes after a deletion.
    without: Vec<(ObjId, ShapeId)>,
}

/// All shapes of a heap.
#[derive(Clone, Debug, PartialEq)]
pub struct Shapes {
    all: Vec<Shape>,
}

impl Default for Shapes {
    fn default() -> Shapes {
        Shapes { all: vec![Shape::default(), Shape::default()] }
    }
}

impl Shapes {
    /// A new shape without attributes, for a new class.
    pub fn new_root(&mut self) -> ShapeId {
        self.all.push(Shape::default());
        ShapeId(self.all.len() as u32 - 1)
    }

    /// The shape behind an id.
    #[inline(always)]
    pub fn get(&self, id: ShapeId) -> &Shape {
        &self.all[id.0 as usize]
    }

    /// The slot of a name.
    #[inline(always)]
    pub fn slot(&self, id: ShapeId, name: ObjId) -> Option<usize> {
        self.all[id.0 as usize].names.iter().position(|n| *n == name)
    }

    /// The shape after adding `name`, if that step was made before.
    pub fn child(&self, id: ShapeId, name: ObjId) -> Option<ShapeId> {
        self.all[id.0 as usize].children.iter().find(|(n, _)| *n == name).map(|(_, shape)| *shape)
    }

    /// The shape after adding `name`, made if need be.
    pub fn add_child(&mut self, id: ShapeId, name: ObjId) -> ShapeId {
        if let Some(shape) = self.child(id, name) {
            return shape;
        }
        let mut names = self.all[id.0 as usize].names.clone();
        names.push(name);
        self.all.push(Shape { names, ..Shape::default() });
        let child = ShapeId(self.all.len() as u32 - 1);
        self.all[id.0 as usize].children.push((name, child));
        child
    }

    /// The shape after deleting `name`, if that step was made before.
    pub fn without(&self, id: ShapeId, name: ObjId) -> Option<ShapeId> {
        self.all[id.0 as usize].without.iter().find(|(n, _)| *n == name).map(|(_, shape)| *shape)
    }

    /// The shape after deleting `name`, made if need be. None if the shape does not come from this root by additions, or
    /// if there are too many shapes.
    pub fn add_without(&mut self, root: ShapeId, id: ShapeId, name: ObjId) -> Option<ShapeId> {
        let names = self.get(id).names.get(self.get(root).names.len()..)?.to_vec();
        let grown = names.iter().try_fold(root, |shape, name| self.child(shape, *name));
        if grown != Some(id) || !names.contains(&name) || self.all.len() >= SHAPES_FOR_DELETION_MAX {
            return None;
        }
        let shape = names.into_iter().filter(|n| *n != name).fold(root, |shape, name| self.add_child(shape, name));
        self.all[id.0 as usize].without.push((name, shape));
        Some(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deletion_leads_to_the_shape_of_the_others() {
        let mut shapes = Shapes::default();
        let (root, other) = (shapes.new_root(), shapes.new_root());
        let [a, b, c] = [1, 2, 3].map(ObjId);
        let abc = [a, b, c].into_iter().fold(root, |shape, name| shapes.add_child(shape, name));
        let ac = shapes.add_without(root, abc, b).expect("few shapes");
        assert_eq!(shapes.get(ac).names, [a, c]);
        assert_eq!(shapes.without(abc, b), Some(ac));
        assert_eq!(shapes.child(root, a).and_then(|shape| shapes.child(shape, c)), Some(ac));
        assert_eq!(shapes.add_without(other, abc, b), None, "it comes from another root");
    }

    #[test]
    fn the_same_names_in_the_same_order_give_the_same_shape() {
        let mut shapes = Shapes::default();
        let root = shapes.new_root();
        let (a, b) = (ObjId(1), ObjId(2));
        let ab = shapes.add_child(root, a);
        let ab = shapes.add_child(ab, b);
        let again = shapes.add_child(root, a);
        assert_eq!(shapes.add_child(again, b), ab);
        assert_eq!(shapes.slot(ab, b), Some(1));
        let ba = shapes.add_child(root, b);
        assert_ne!(shapes.add_child(ba, a), ab);
    }
}
