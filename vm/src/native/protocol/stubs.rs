//! PLACEHOLDERS until nata and natb land the real ones: delete each line here as the real method lands, then this file.
#![allow(missing_docs)]
use crate::native::{Cx, NativeResult, Stop};
use crate::object::set::Set;
use crate::value::{ObjId, Value};
type R<T> = Result<T, Box<Stop>>;
impl Cx<'_> {
    pub fn get_item(&mut self, _a: Value, _b: Value) -> NativeResult {
        unimplemented!()
    }
    pub fn set_item(&mut self, _a: Value, _b: Value, _c: Value) -> R<()> {
        unimplemented!()
    }
    pub fn del_item(&mut self, _a: Value, _b: Value) -> R<()> {
        unimplemented!()
    }
    pub fn contains(&mut self, _a: Value, _b: Value) -> R<bool> {
        unimplemented!()
    }
    pub fn iter(&mut self, _a: Value) -> NativeResult {
        unimplemented!()
    }
    pub fn next(&mut self, _a: Value) -> R<Option<Value>> {
        unimplemented!()
    }
    pub fn iterate(&mut self, _a: Value) -> R<Vec<Value>> {
        unimplemented!()
    }
    pub fn is_iterable(&mut self, _a: Value) -> bool {
        unimplemented!()
    }
    pub fn list_extend(&mut self, _a: Value, _s: &[Value]) {
        unimplemented!()
    }
    pub fn make_set(&mut self, _s: &[Value]) -> R<Set> {
        unimplemented!()
    }
    pub fn set_merge(&mut self, _a: ObjId, _s: Set) -> R<()> {
        unimplemented!()
    }
    pub fn set_add(&mut self, _a: ObjId, _s: Value) -> R<()> {
        unimplemented!()
    }
    pub fn display_update(&mut self, _a: Value, _s: Value, _c: Value) -> NativeResult {
        unimplemented!()
    }
    pub fn build_map(&mut self, _s: &[Value]) -> NativeResult {
        unimplemented!()
    }
}
