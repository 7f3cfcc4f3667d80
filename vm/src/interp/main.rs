//! The main thread: runs the program and then ends the process as CPython does.

use super::{GreenThread, Vm};
use crate::code::Code;
use crate::names::name;
use crate::native::Args;
use crate::object::Object;
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// The main thread of a program: runs its code as `__main__`, prints the traceback of an uncaught exception, waits for
    /// the other threads, calls what was registered at exit. It finishes with the exit status. Its number is `Vm::main`.
    pub fn main_thread(&mut self, main: &Arc<Code>) -> GreenThread {
        let runner = self.load_library_now("_main");
        let code = self.load_code(main);
        let code = Value::Obj(self.heap.alloc(Object::Code(code)));
        let namespace = self.module_namespace("__main__", &main.file.path, false);
        let module = Value::Obj(self.heap.alloc(Object::Module(namespace)));
        let modules = self.modules;
        self.heap.dict_set_name(modules, name::MAIN, module);
        let body = self.make_function(code, namespace);
        let run = self.heap.intern("run");
        let run = self.heap.dict_get_name(runner, run).unwrap_or_else(|| unreachable!("_main has run"));
        let mut thread = GreenThread::new(self.main);
        self.start_call(&mut thread, run, &Args { pos: &[body], kw: &[] });
        thread
    }
}
