//! Displays of dicts and the merging of keyword arguments: `{k: v}`, `{**m}`, `f(**m)`.

use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::compare::{Hash, hash_of};
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// A dict of keys and values in turn.
    ///
    /// # Errors
    /// Those of the keys' `__hash__` and `__eq__`.
    pub fn build_map(&mut self, items: &[Value]) -> NativeResult {
        let dict = self.vm.heap.new_dict();
        for pair in items.chunks_exact(2) {
            self.dict_set(dict, pair[0], pair[1])?;
        }
        Ok(Value::Obj(dict))
    }

    /// `{**mapping}`, and with a callee `callee(**mapping)`: adds the entries of a mapping to a dict.
    ///
    /// # Errors
    /// `TypeError` for what is no mapping, for keywords that are no strings, and for keywords given twice.
    pub fn display_update(&mut self, dict: Value, mapping: Value, callee: Value) -> NativeResult {
        let target = dict.obj().expect("a dict under construction");
        if let Some(source) = self.native_mapping(mapping) {
            if let Some(result) = self.display_natively(target, source, callee) {
                return result;
            }
        } else if !self.has_keys(mapping)? {
            let kind = self.type_name(mapping);
            return Err(match callee {
                Value::Unbound => self.type_error(format!("'{kind}' object is not a mapping")),
                callee => {
                    let shown = self.callee_name(callee);
                    self.type_error(format!("{shown} argument after ** must be a mapping, not {kind}"))
                }
            });
        }
        match callee {
            Value::Unbound => self.tail_prelude("dict_update", &[dict, mapping]),
            callee => {
                let shown = self.callee_name(callee);
                let shown = self.new_str(shown);
                self.tail_prelude("dict_merge_keywords", &[dict, mapping, shown])
            }
        }
    }

    fn has_keys(&mut self, mapping: Value) -> Result<bool, Box<Stop>> {
        if self.lookup_special(mapping, name::KEYS).is_some() {
            return Ok(true);
        }
        Ok(mapping.obj().is_some_and(|id| self.vm.get_slot(id, name::KEYS).is_some())
            || self.lookup_special(mapping, name::GETATTR).is_some())
    }

    /// The entries of a builtin dict; `None` if a key needs Python code (then nothing was added).
    fn display_natively(&mut self, target: ObjId, source: ObjId, callee: Value) -> Option<NativeResult> {
        let entries: Vec<_> = self.vm.heap.dict(source).iter().copied().collect();
        let mut places = Vec::with_capacity(entries.len());
        for entry in &entries {
            match hash_of(&self.vm.heap, entry.key) {
                Hash::Known(_) => places.push(self.dict_find_native(target, entry.hash, entry.key)?),
                _ => return None,
            }
        }
        for (entry, place) in entries.iter().zip(places) {
            if place.is_some() && callee.is_bound() {
                return Some(self.given_twice(entry.key, callee));
            }
            self.dict_put(target, place, entry.hash, entry.key, entry.value);
        }
        Some(Ok(Value::None))
    }

    fn given_twice(&mut self, key: Value, callee: Value) -> NativeResult {
        let shown = self.callee_name(callee);
        let key = match self.as_str(key) {
            Some(text) => text.to_owned(),
            None => return Err(self.type_error("keywords must be strings")),
        };
        Err(self.type_error(format!("{shown} got multiple values for keyword argument '{key}'")))
    }
}
