//! IMPORT_NAME, IMPORT_FROM.

use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread};
use crate::interp::loaded::LoadedCode;
use crate::interp::run::Body;
use crate::value::Value;

impl Vm {
    /// IMPORT_NAME: level, fromlist
    pub(crate) fn op_import_name(&mut self, t: &mut GreenThread, loaded: &LoadedCode, arg: u32) -> Body {
        let (level, fromlist) = t.pop_two();
        let globals = Value::Obj(t.frames[t.frames.len() - 1].globals);
        let name = Value::Obj(loaded.names[arg as usize]);
        self.direct(t, &crate::interp::import::IMPORT, &[name, globals, fromlist, level], After::Push)
    }

    /// IMPORT_FROM: module
    pub(crate) fn op_import_from(&mut self, t: &mut GreenThread, loaded: &LoadedCode, arg: u32) -> Body {
        let module = t.peek(1);
        let name = Value::Obj(loaded.names[arg as usize]);
        self.direct(t, &crate::interp::import::IMPORT_FROM, &[module, name], After::Push)
    }
}
