//! Native modules: what CPython has as extension modules in C. One file per module, one table for all.

pub mod compression;
pub mod digests;
pub mod gilsim;
pub mod math;
pub mod posix;
pub mod small;
pub mod sre;
pub mod sys;
pub mod sys_info;
pub mod thread;
pub mod time;
pub mod time_calendar;

use crate::interp::Vm;
use crate::names::name;
use crate::native::registry::{ModuleTable, natives};
use crate::object::Object;
use crate::value::{NativeId, ObjId, Value};

/// All native modules.
pub const TABLES: &[ModuleTable] = &[
    crate::native::functions::BUILTINS,
    crate::native::functions::reflection::TABLE,
    gilsim::TABLE,
    sys::TABLE,
    thread::TABLE,
    time::TABLE,
    math::TABLE,
    posix::TABLE,
    digests::TABLE,
    compression::TABLE,
    small::QUEUE,
    small::COLLECTIONS,
    small::RANDOM,
    crate::native::types::weak_ref::MODULE,
    small::ERRNO,
    sre::TABLE,
];

/// Whether there is a native module of this name.
pub fn table(name: &str) -> Option<&'static ModuleTable> {
    TABLES.iter().find(|t| t.name == name)
}

/// Makes the `builtins` module.
pub(crate) fn make_builtins(vm: &mut Vm) {
    let namespace = vm.builtins;
    fill_module(vm, &crate::native::functions::BUILTINS, namespace);
    let module = Value::Obj(vm.heap.alloc(Object::Module(namespace)));
    let modules = vm.modules;
    vm.heap.dict_set_name(modules, name::BUILTINS_MODULE, module);
    // The streams are needed before any program imports `sys`.
    make_module(vm, &sys::TABLE);
}

/// Makes a native module and enters it in `sys.modules`.
pub fn make_module(vm: &mut Vm, table: &'static ModuleTable) -> Value {
    let namespace = vm.heap.new_dict();
    fill_module(vm, table, namespace);
    let module = Value::Obj(vm.heap.alloc(Object::Module(namespace)));
    let name = vm.heap.intern(table.name);
    let modules = vm.modules;
    vm.heap.dict_set_name(modules, name, module);
    module
}

fn fill_module(vm: &mut Vm, table: &'static ModuleTable, namespace: ObjId) {
    let name = Value::Obj(vm.heap.intern(table.name));
    vm.heap.dict_set_name(namespace, name::NAME, name);
    for (i, registered) in natives().iter().enumerate() {
        if registered.module == Some(table.name) {
            let name = vm.heap.intern(registered.def.name);
            vm.heap.dict_set_name(namespace, name, Value::Native(NativeId(i as u32)));
        }
    }
    (table.fill)(vm, namespace);
}
