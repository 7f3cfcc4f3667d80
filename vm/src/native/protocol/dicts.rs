//! Dicts with any keys: lookup, insertion, removal, merging.
//!
//! Keys whose hash and equality need no Python code are found in one go. Where a key's `__eq__` is Python code, the keys with
//! the same hash are noted first and asked one after the other; if the dict changed meanwhile the search starts again, as
//! in CPython (Objects/dictobject.c).

use crate::interp::fast::Reach;
use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::compare::{Hash, equal, hash_of};
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// The hash of a key.
    ///
    /// # Errors
    /// `TypeError` if it is not hashable; those of `__hash__`.
    #[inline]
    pub fn key_hash(&mut self, key: Value) -> Result<i64, Box<Stop>> {
        match hash_of(&self.vm.heap, key) {
            Hash::Known(hash) => Ok(hash),
            Hash::AskPython | Hash::Unhashable(_) => self.hash(key),
        }
    }

    /// The place of a key in a dict.
    ///
    /// # Errors
    /// Those of the key's `__hash__` and `__eq__`.
    pub fn dict_find(&mut self, dict: ObjId, key: Value) -> Result<Option<usize>, Box<Stop>> {
        let hash = self.key_hash(key)?;
        self.dict_find_hashed(dict, hash, key)
    }

    /// The place of a key whose hash is known.
    ///
    /// # Errors
    /// Those of `__eq__`.
    pub fn dict_find_hashed(&mut self, dict: ObjId, hash: i64, key: Value) -> Result<Option<usize>, Box<Stop>> {
        match self.dict_find_native(dict, hash, key) {
            Some(place) => {
                let found = place.map_or(Reach::Near, |at| Reach::of_key(key, self.vm.heap.dict(dict).key_at(at)));
                self.cost_ns += self.vm.native_costs.found_ns(found);
                Ok(place)
            }
            None => self.dict_find_asking(dict, hash, key),
        }
    }

    /// As [`Cx::dict_find_hashed`], without Python code; `None` if some is needed.
    pub fn dict_find_native(&self, dict: ObjId, hash: i64, key: Value) -> Option<Option<usize>> {
        let heap = &self.vm.heap;
        let mut ask = false;
        let place = heap.dict(dict).find(hash, |other| {
            other.is(key)
                || equal(heap, other, key).unwrap_or_else(|| {
                    ask = true;
                    false
                })
        });
        if ask { None } else { Some(place) }
    }

    fn dict_find_asking(&mut self, dict: ObjId, hash: i64, key: Value) -> Result<Option<usize>, Box<Stop>> {
        loop {
            let noted = self.once(|cx| {
                let table = cx.vm.heap.dict(dict);
                let keys = table.candidates(hash).into_iter().filter_map(|p| table.entry_at(p)).map(|e| e.key);
                let keys = keys.collect();
                Ok(cx.new_tuple(keys))
            })?;
            let keys = self.vm.heap.tuple(noted).unwrap_or_default().to_vec();
            let mut found = None;
            for other in keys {
                if other.is(key) || self.eq(other, key)? {
                    found = Some(other);
                    break;
                }
            }
            let Some(other) = found else { return Ok(None) };
            let place = self.vm.heap.dict(dict).find(hash, |k| k.is(other));
            if place.is_some() {
                return Ok(place);
            }
        }
    }

    /// The value of a key.
    ///
    /// # Errors
    /// Those of the key's `__hash__` and `__eq__`.
    pub fn dict_get(&mut self, dict: ObjId, key: Value) -> Result<Option<Value>, Box<Stop>> {
        let place = self.dict_find(dict, key)?;
        Ok(place.map(|p| self.vm.heap.dict(dict).value_at(p)))
    }

    /// Sets a key's value.
    ///
    /// # Errors
    /// Those of the key's `__hash__` and `__eq__`.
    pub fn dict_set(&mut self, dict: ObjId, key: Value, value: Value) -> Result<(), Box<Stop>> {
        let hash = self.key_hash(key)?;
        let place = self.dict_find_hashed(dict, hash, key)?;
        self.dict_put(dict, place, hash, key, value);
        Ok(())
    }

    /// Sets a value at the place that a search for the key gave.
    pub fn dict_put(&mut self, dict: ObjId, place: Option<usize>, hash: i64, key: Value, value: Value) {
        match place {
            Some(place) => self.vm.heap.dict_mut(dict).set_value_at(place, value),
            None => self.vm.heap.dict_push(dict, hash, key, value),
        }
    }

    /// Removes a key; gives the key of the dict and its value.
    ///
    /// # Errors
    /// Those of the key's `__hash__` and `__eq__`.
    pub fn dict_del(&mut self, dict: ObjId, key: Value) -> Result<Option<(Value, Value)>, Box<Stop>> {
        let place = self.dict_find(dict, key)?;
        Ok(place.map(|p| self.vm.heap.dict_remove_at(dict, p)))
    }

    /// A new dict with the entries of another one.
    pub fn dict_copy(&mut self, dict: ObjId) -> ObjId {
        let entries: Vec<_> = self.vm.heap.dict(dict).iter().map(|e| (e.hash, e.key, e.value)).collect();
        let copy = self.vm.heap.new_dict();
        for (hash, key, value) in entries {
            self.vm.heap.dict_push(copy, hash, key, value);
        }
        copy
    }

    /// The dict behind a value: a `dict`, a `mappingproxy` of one, or an instance of a derived class that iterates over its
    /// keys as `dict` does.
    pub fn native_mapping(&self, v: Value) -> Option<ObjId> {
        let id = self.native_iterable(v)?;
        match self.vm.heap.get(id) {
            Object::Dict(_) => Some(id),
            Object::MappingProxy(dict) => Some(*dict),
            _ => None,
        }
    }

    /// Sets entries in order, natively as far as that goes. Gives the pairs that are left when Python code is needed.
    fn dict_set_pairs(&mut self, dict: ObjId, pairs: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>, Box<Stop>> {
        for (i, (key, value)) in pairs.iter().enumerate() {
            let hash = match hash_of(&self.vm.heap, *key) {
                Hash::Known(hash) => hash,
                Hash::Unhashable(_) => self.hash(*key)?,
                Hash::AskPython => return Ok(pairs[i..].to_vec()),
            };
            match self.dict_find_native(dict, hash, *key) {
                Some(place) => self.dict_put(dict, place, hash, *key, *value),
                None => return Ok(pairs[i..].to_vec()),
            }
        }
        Ok(Vec::new())
    }

    /// The pairs that `dict.update(other)` sets, if finding them needs no Python code; else `None`.
    ///
    /// # Errors
    /// `TypeError` and `ValueError` for what are no pairs.
    fn native_pairs(&mut self, other: Value) -> Result<Option<Vec<(Value, Value)>>, Box<Stop>> {
        if let Some(mapping) = self.native_mapping(other) {
            let pairs: Vec<_> = self.vm.heap.dict(mapping).iter().map(|e| (e.key, e.value)).collect();
            return Ok(Some(pairs));
        }
        let is_mapping = {
            let keys = name::KEYS;
            self.vm.heap.lookup(self.vm.heap.class_of(other), keys).is_some()
                || other.obj().is_some_and(|id| self.vm.get_slot(id, keys).is_some())
        };
        if is_mapping || self.native_iterable(other).is_none() {
            return Ok(None);
        }
        let items = self.iterate(other)?;
        let mut pairs = Vec::with_capacity(items.len());
        for item in items {
            let Some(pair) = self.container_items(item)? else { return Ok(None) };
            match pair[..] {
                [key, value] => pairs.push((key, value)),
                // The error comes when the pairs before it are in.
                _ => return Ok(None),
            }
        }
        Ok(Some(pairs))
    }

    /// `dict.update(other)`: the whole rest of a native function, which then returns None.
    ///
    /// # Errors
    /// `TypeError`, `ValueError` for what is no mapping and no iterable of pairs; those of keys.
    pub fn dict_update(&mut self, dict: ObjId, other: Value) -> NativeResult {
        let other = self.replayable(other)?;
        let left = match self.native_pairs(other)? {
            Some(pairs) => {
                let left = self.dict_set_pairs(dict, pairs)?;
                if left.is_empty() {
                    return Ok(Value::None);
                }
                let left = left.into_iter().map(|(k, v)| self.new_tuple(vec![k, v])).collect();
                self.new_list(left)
            }
            None => other,
        };
        self.tail_prelude("dict_update", &[Value::Obj(dict), left])
    }

    /// Fills a new dict in the middle of a native function. `dict` must come from [`Cx::once`] when Python code is needed;
    /// setting the same entries twice does no harm then.
    ///
    /// # Errors
    /// As [`Cx::dict_update`].
    pub fn dict_fill(&mut self, dict: ObjId, other: Value) -> Result<(), Box<Stop>> {
        let other = self.replayable(other)?;
        if let Some(pairs) = self.native_pairs(other)?
            && self.dict_set_pairs(dict, pairs)?.is_empty()
        {
            return Ok(());
        }
        let update = self.vm.prelude("dict_update");
        self.call(update, &[Value::Obj(dict), other])?;
        Ok(())
    }

    /// A value that can be iterated over again: what is left of a native iterator as a list, everything else as it is.
    fn replayable(&mut self, v: Value) -> NativeResult {
        match self.object(v) {
            Some(Object::Iter(_)) => self.once(|cx| {
                let items = cx.drain(v.obj().expect("an iterator"))?;
                Ok(cx.new_list(items))
            }),
            _ => Ok(v),
        }
    }
}
