//! The `builtins` module: functions, and the names of classes and constants.

pub mod reflection;

use super::registry::ModuleTable;
use crate::interp::Vm;
use crate::object::builtin::BUILTIN_CLASSES;
use crate::value::{ObjId, Value};

/// The module.
pub const BUILTINS: ModuleTable = ModuleTable { name: "builtins", functions: &[], fill };

/// Builtin classes of module `builtins` that are not names of the module.
const HIDDEN: &[&str] = &[
    "NoneType",
    "NotImplementedType",
    "ellipsis",
    "function",
    "builtin_function_or_method",
    "method_descriptor",
    "wrapper_descriptor",
    "method-wrapper",
    "classmethod_descriptor",
    "method",
    "code",
    "cell",
    "module",
    "generator",
    "frame",
    "traceback",
    "mappingproxy",
    "member_descriptor",
    "getset_descriptor",
    "dict_keys",
    "dict_values",
    "dict_items",
    "list_iterator",
    "list_reverseiterator",
    "tuple_iterator",
    "str_iterator",
    "str_ascii_iterator",
    "bytes_iterator",
    "bytearray_iterator",
    "range_iterator",
    "dict_keyiterator",
    "dict_valueiterator",
    "dict_itemiterator",
    "dict_reversekeyiterator",
    "set_iterator",
    "iterator",
    "callable_iterator",
];

fn fill(vm: &mut Vm, namespace: ObjId) {
    for (i, row) in BUILTIN_CLASSES.iter().enumerate() {
        if row.module == "builtins" && !HIDDEN.contains(&row.name) {
            let name = vm.heap.intern(row.name);
            vm.heap.dict_set_name(namespace, name, Value::Obj(ObjId(i as u32)));
        }
    }
    let constants = [
        ("None", Value::None),
        ("True", Value::Bool(true)),
        ("False", Value::Bool(false)),
        ("Ellipsis", Value::Ellipsis),
        ("NotImplemented", Value::NotImplemented),
        ("__debug__", Value::Bool(true)),
        ("EnvironmentError", Value::Obj(crate::object::builtin::class_id::OS_ERROR)),
        ("IOError", Value::Obj(crate::object::builtin::class_id::OS_ERROR)),
    ];
    for (text, value) in constants {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, value);
    }
}
