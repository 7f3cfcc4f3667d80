//! PLACEHOLDERS until nata and natb land the real ones: delete each line here as the real method lands, then this file.
#![allow(missing_docs)]
use crate::native::{Cx, NativeResult, Stop};
use crate::value::Value;
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
}
