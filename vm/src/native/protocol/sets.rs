//! Sets with any items: lookup, insertion, removal, and the algebra of sets.
//!
//! The algorithms are those of CPython 3.13's Objects/setobject.c, because the order of a set's items depends on the order
//! in which they were put in. Operations that make a new set build it apart from the heap and change nothing before they are
//! done.

use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::compare::{Hash, equal, hash_of};
use crate::object::set::Set;
use crate::text::hash::hash_frozenset;
use crate::value::{ObjId, Value};

/// An operation of the algebra of sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetOp {
    /// `|`
    Union,
    /// `&`
    Intersection,
    /// `-`
    Difference,
    /// `^`
    SymmetricDifference,
}

/// Items with their hashes.
type Hashed = Vec<(i64, Value)>;

impl Cx<'_> {
    /// The table of a set or frozenset, or of an instance of a class derived from one.
    pub fn set_table(&self, v: Value) -> Option<&Set> {
        match self.object(self.vm.heap.unwrap_payload(v)) {
            Some(Object::Set(table) | Object::FrozenSet(table)) => Some(table),
            _ => None,
        }
    }

    fn heap_set(&self, set: ObjId) -> &Set {
        match self.vm.heap.get(set) {
            Object::Set(table) | Object::FrozenSet(table) => table,
            _ => unreachable!("handle of a set"),
        }
    }

    fn heap_set_mut(&mut self, set: ObjId) -> &mut Set {
        match self.vm.heap.get_mut(set) {
            Object::Set(table) | Object::FrozenSet(table) => table,
            _ => unreachable!("handle of a set"),
        }
    }

    /// The item of a set on the heap that is equal to this one.
    fn set_find(&mut self, set: ObjId, hash: i64, item: Value) -> Result<Option<Value>, Box<Stop>> {
        match find_native(self, self.heap_set(set), hash, item) {
            Some(found) => Ok(found),
            None => self.set_find_asking(set, hash, item),
        }
    }

    fn set_find_asking(&mut self, set: ObjId, hash: i64, item: Value) -> Result<Option<Value>, Box<Stop>> {
        loop {
            let noted = self.once(|cx| {
                let items = cx.heap_set(set).candidates(hash);
                Ok(cx.new_tuple(items))
            })?;
            let items = self.vm.heap.tuple(noted).unwrap_or_default().to_vec();
            let Some(found) = self.first_equal(&items, item)? else { return Ok(None) };
            if self.heap_set(set).find(hash, |other| other.is(found)).is_some() {
                return Ok(Some(found));
            }
        }
    }

    fn first_equal(&mut self, items: &[Value], item: Value) -> Result<Option<Value>, Box<Stop>> {
        for other in items {
            if other.is(item) || self.eq(*other, item)? {
                return Ok(Some(*other));
            }
        }
        Ok(None)
    }

    /// The item of a table that is equal to this one; the table is not on the heap.
    fn table_find(&mut self, table: &Set, hash: i64, item: Value) -> Result<Option<Value>, Box<Stop>> {
        match find_native(self, table, hash, item) {
            Some(found) => Ok(found),
            None => self.first_equal(&table.candidates(hash), item),
        }
    }

    fn table_add(&mut self, table: &mut Set, hash: i64, item: Value) -> Result<(), Box<Stop>> {
        if self.table_find(table, hash, item)?.is_none() {
            table.insert(hash, item);
        }
        Ok(())
    }

    /// The hash of an item that is looked for: a set stands for the equal frozenset.
    fn sought_hash(&mut self, item: Value) -> Result<i64, Box<Stop>> {
        if let Hash::Unhashable(_) = hash_of(&self.vm.heap, item)
            && let Some(table) = self.set_table(item)
        {
            return Ok(hash_frozenset(table.iter().map(|(hash, _)| hash)));
        }
        self.key_hash(item)
    }

    /// `item in set`
    ///
    /// # Errors
    /// Those of the item's `__hash__` and `__eq__`.
    pub fn set_contains(&mut self, set: ObjId, item: Value) -> Result<bool, Box<Stop>> {
        let hash = self.sought_hash(item)?;
        Ok(self.set_find(set, hash, item)?.is_some())
    }

    /// `set.add(item)`
    ///
    /// # Errors
    /// Those of the item's `__hash__` and `__eq__`.
    pub fn set_add(&mut self, set: ObjId, item: Value) -> Result<(), Box<Stop>> {
        let hash = self.key_hash(item)?;
        if self.set_find(set, hash, item)?.is_none() {
            self.set_insert(set, hash, item);
        }
        Ok(())
    }

    fn set_insert(&mut self, set: ObjId, hash: i64, item: Value) {
        let table = self.heap_set_mut(set);
        let before = table.owned_bytes();
        table.insert(hash, item);
        let after = table.owned_bytes();
        self.vm.heap.grew(after.saturating_sub(before));
    }

    /// `set.discard(item)`: whether it was there.
    ///
    /// # Errors
    /// Those of the item's `__hash__` and `__eq__`.
    pub fn set_discard(&mut self, set: ObjId, item: Value) -> Result<bool, Box<Stop>> {
        let hash = self.sought_hash(item)?;
        let found = self.set_find(set, hash, item)?;
        if let Some(found) = found {
            self.heap_set_mut(set).remove(hash, found);
        }
        Ok(found.is_some())
    }

    /// A set of these items.
    ///
    /// # Errors
    /// Those of the items' `__hash__` and `__eq__`.
    pub fn make_set(&mut self, items: &[Value]) -> Result<Set, Box<Stop>> {
        let mut table = Set::default();
        for item in items {
            let hash = self.key_hash(*item)?;
            self.table_add(&mut table, hash, *item)?;
        }
        Ok(table)
    }

    /// The set of an iterable's items: a copy of a set's table, or made item by item.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_of(&mut self, iterable: Value) -> Result<Set, Box<Stop>> {
        if let Some(table) = self.plain_set(iterable) {
            return Ok(table.copy());
        }
        let mut table = Set::default();
        self.table_update(&mut table, iterable)?;
        Ok(table)
    }

    /// The table of a value that is iterated over as a set, not by an `__iter__` of its own.
    fn plain_set(&self, v: Value) -> Option<&Set> {
        match self.vm.heap.get(self.native_iterable(v)?) {
            Object::Set(table) | Object::FrozenSet(table) => Some(table),
            _ => None,
        }
    }

    /// Items and hashes of an iterable; sets and dicts know the hashes of theirs.
    fn hashed_items(&mut self, iterable: Value) -> Result<Hashed, Box<Stop>> {
        if let Some(hashed) = self.known_hashes(iterable) {
            return Ok(hashed);
        }
        let items = self.iterate(iterable)?;
        let mut hashed = Vec::with_capacity(items.len());
        for item in items {
            hashed.push((self.key_hash(item)?, item));
        }
        Ok(hashed)
    }

    fn known_hashes(&self, iterable: Value) -> Option<Hashed> {
        match self.vm.heap.get(self.native_iterable(iterable)?) {
            Object::Set(table) | Object::FrozenSet(table) => Some(table.iter().collect()),
            Object::Dict(dict) => Some(dict.iter().map(|e| (e.hash, e.key)).collect()),
            _ => None,
        }
    }

    /// Adds all items of an iterable to a table (`set_update_internal`).
    fn table_update(&mut self, table: &mut Set, iterable: Value) -> Result<(), Box<Stop>> {
        if let Some(other) = self.plain_set(iterable)
            && table.is_empty()
        {
            table.fill_empty(other);
            return Ok(());
        }
        if let Some(known) = self.known_hashes(iterable) {
            table.reserve(known.len());
        }
        for (hash, item) in self.hashed_items(iterable)? {
            self.table_add(table, hash, item)?;
        }
        Ok(())
    }

    /// The result of a set operation with any iterable, as the named methods take it (`set.union(iterable)`).
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_combine(&mut self, op: SetOp, left: &Set, right: Value) -> Result<Set, Box<Stop>> {
        match op {
            SetOp::Union => {
                let mut table = left.copy();
                self.table_update(&mut table, right)?;
                Ok(table)
            }
            SetOp::Intersection => self.intersect(left, right),
            SetOp::Difference => self.subtract(left, right),
            SetOp::SymmetricDifference => {
                let table = self.set_of(right)?;
                let left: Hashed = left.iter().collect();
                self.toggle(table, left)
            }
        }
    }

    /// `set.update(right)`: the new table of `left`.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_joined(&mut self, left: &Set, right: Value) -> Result<Set, Box<Stop>> {
        let mut table = left.clone();
        self.table_update(&mut table, right)?;
        Ok(table)
    }

    /// `set.symmetric_difference_update(right)`: the new table of `left`.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_toggle(&mut self, left: &Set, right: Value) -> Result<Set, Box<Stop>> {
        let right = match self.known_hashes(right) {
            Some(hashed) => hashed,
            None => self.set_of(right)?.iter().collect(),
        };
        self.toggle(left.clone(), right)
    }

    fn toggle(&mut self, mut table: Set, items: Hashed) -> Result<Set, Box<Stop>> {
        for (hash, item) in items {
            match self.table_find(&table, hash, item)? {
                Some(found) => table.remove(hash, found),
                None => table.insert(hash, item),
            }
        }
        Ok(table)
    }

    fn intersect(&mut self, left: &Set, right: Value) -> Result<Set, Box<Stop>> {
        let mut result = Set::default();
        let swapped = self.plain_set(right).filter(|other| other.len() > left.len()).cloned();
        if let Some(other) = swapped {
            for (hash, item) in left.iter().collect::<Hashed>() {
                if self.table_find(&other, hash, item)?.is_some() {
                    self.table_add(&mut result, hash, item)?;
                }
            }
            return Ok(result);
        }
        for (hash, item) in self.hashed_items_for_lookup(right)? {
            if self.table_find(left, hash, item)?.is_some() {
                self.table_add(&mut result, hash, item)?;
            }
        }
        Ok(result)
    }

    fn hashed_items_for_lookup(&mut self, right: Value) -> Result<Hashed, Box<Stop>> {
        match self.plain_set(right) {
            Some(table) => Ok(table.iter().collect()),
            None => {
                let items = self.iterate(right)?;
                items.into_iter().map(|item| Ok((self.key_hash(item)?, item))).collect()
            }
        }
    }

    fn subtract(&mut self, left: &Set, right: Value) -> Result<Set, Box<Stop>> {
        let Some(known) = self.known_hashes(right) else {
            let right = self.hashed_items_for_lookup(right)?;
            return self.remove_all(left.copy(), right);
        };
        if left.len() >> 2 > known.len() {
            return self.remove_all(left.copy(), known);
        }
        let mut result = Set::default();
        let other = self.lookup_table(&known);
        for (hash, item) in left.iter().collect::<Hashed>() {
            if self.table_find(&other, hash, item)?.is_none() {
                self.table_add(&mut result, hash, item)?;
            }
        }
        Ok(result)
    }

    /// A table of items that are known to be different from each other.
    fn lookup_table(&self, items: &Hashed) -> Set {
        let mut table = Set::default();
        for (hash, item) in items {
            table.insert(*hash, *item);
        }
        table
    }

    /// The table without these items (`set_difference_update_internal`).
    fn remove_all(&mut self, mut table: Set, items: Hashed) -> Result<Set, Box<Stop>> {
        for (hash, item) in items {
            if let Some(found) = self.table_find(&table, hash, item)? {
                table.remove(hash, found);
            }
        }
        table.shrink_after_difference();
        Ok(table)
    }

    /// `set.difference_update(right)`: the new table of `left`.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_minus(&mut self, left: &Set, right: Value) -> Result<Set, Box<Stop>> {
        let items = match self.known_hashes(right) {
            Some(hashed) => hashed,
            None => self.hashed_items_for_lookup(right)?,
        };
        self.remove_all(left.clone(), items)
    }

    /// `|=` and `-=` with a set or dict, without copying the table, if no comparison needs Python code; else false, and
    /// nothing happened.
    pub fn set_apply_natively(&mut self, op: SetOp, set: ObjId, right: Value) -> bool {
        let Some(known) = self.known_hashes(right) else { return false };
        let table = self.heap_set(set);
        if !matches!(op, SetOp::Union | SetOp::Difference) || table.is_empty() {
            return false;
        }
        let mut found = Vec::with_capacity(known.len());
        for (hash, item) in &known {
            match find_native(self, table, *hash, *item) {
                Some(hit) => found.push(hit),
                None => return false,
            }
        }
        let before = table.owned_bytes();
        let table = self.heap_set_mut(set);
        if op == SetOp::Union {
            table.reserve(known.len());
        }
        for ((hash, item), hit) in known.into_iter().zip(found) {
            match (op, hit) {
                (SetOp::Union, None) => table.insert(hash, item),
                (SetOp::Difference, Some(own)) => table.remove(hash, own),
                _ => {}
            }
        }
        if op == SetOp::Difference {
            table.shrink_after_difference();
        }
        let after = table.owned_bytes();
        self.vm.heap.grew(after.saturating_sub(before));
        true
    }

    /// Adds items of an iterable as far as that needs no Python code; gives the items that are left, as a list.
    fn set_add_natively(&mut self, set: ObjId, right: Value) -> Result<Option<Value>, Box<Stop>> {
        if self.known_hashes(right).is_some() {
            self.set_apply(SetOp::Union, set, right)?;
            return Ok(None);
        }
        let items = self.iterate(right)?;
        for (i, item) in items.iter().enumerate() {
            let hit = match hash_of(&self.vm.heap, *item) {
                Hash::Known(hash) => find_native(self, self.heap_set(set), hash, *item).map(|hit| (hash, hit)),
                Hash::Unhashable(_) => {
                    self.hash(*item)?;
                    None
                }
                Hash::AskPython => None,
            };
            match hit {
                Some((_, Some(_))) => {}
                Some((hash, None)) => self.set_insert(set, hash, *item),
                None => return Ok(Some(self.new_list(items[i..].to_vec()))),
            }
        }
        Ok(None)
    }

    /// `set.update(iterable)`: the whole rest of a native function, which then returns None.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_update(&mut self, set: ObjId, right: Value) -> NativeResult {
        match self.set_add_natively(set, right)? {
            Some(left) => self.tail_prelude("set_update", &[Value::Obj(set), left]),
            None => Ok(Value::None),
        }
    }

    /// `set.update(iterable)` in the middle of a native function: adding the same items twice does no harm.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_extend(&mut self, set: ObjId, right: Value) -> Result<(), Box<Stop>> {
        if let Some(left) = self.set_add_natively(set, right)? {
            let update = self.vm.prelude("set_update");
            self.call(update, &[Value::Obj(set), left])?;
        }
        Ok(())
    }

    /// `set(iterable)` on the heap. As [`Cx::set_of`], for any number of items that need Python code.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn filled_set(&mut self, iterable: Value) -> NativeResult {
        if let Some(table) = self.plain_set(iterable) {
            let copy = table.copy();
            return Ok(self.new_set(copy));
        }
        let set = self.once(|cx| Ok(cx.new_set(Set::default())))?;
        self.set_extend(set.obj().expect("a set"), iterable)?;
        Ok(set)
    }

    /// Whether every item of `left` is in `right`.
    ///
    /// # Errors
    /// Those of the items' `__eq__`.
    pub fn set_is_subset(&mut self, left: &Set, right: &Set) -> Result<bool, Box<Stop>> {
        if left.len() > right.len() {
            return Ok(false);
        }
        for (hash, item) in left.iter().collect::<Hashed>() {
            if self.table_find(right, hash, item)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether two sets have no item in common.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_is_disjoint(&mut self, left: &Set, right: Value) -> Result<bool, Box<Stop>> {
        for (hash, item) in self.hashed_items(right)? {
            if self.table_find(left, hash, item)?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Replaces the table of a set on the heap.
    pub fn set_replace(&mut self, set: ObjId, table: Set) {
        let place = self.heap_set_mut(set);
        let before = place.owned_bytes();
        *place = table;
        let after = place.owned_bytes();
        self.vm.heap.grew(after.saturating_sub(before));
    }

    /// A new `set`.
    pub fn new_set(&mut self, table: Set) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::Set(Box::new(table))))
    }

    /// A new `frozenset`.
    pub fn new_frozenset(&mut self, table: Set) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::FrozenSet(Box::new(table))))
    }
}

/// The item of a table that is equal to this one, without Python code; `None` if some is needed.
fn find_native(cx: &Cx<'_>, table: &Set, hash: i64, item: Value) -> Option<Option<Value>> {
    let mut ask = false;
    let found = table.find(hash, |other| {
        other.is(item)
            || equal(&cx.vm.heap, other, item).unwrap_or_else(|| {
                ask = true;
                false
            })
    });
    if ask { None } else { Some(found) }
}
