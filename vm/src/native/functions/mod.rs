//! The `builtins` module: functions, and the names of classes and constants.

mod folding;
mod iteration;
pub mod objects;
mod output;
pub mod reflection;

use super::registry::ModuleTable;
use super::{NativeDef, Sig, function};
use crate::interp::Vm;
use crate::object::builtin::BUILTIN_CLASSES;
use crate::value::{ObjId, Value};

/// The module.
pub const BUILTINS: ModuleTable = ModuleTable { name: "builtins", functions: FUNCTIONS, fill };

const FUNCTIONS: &[NativeDef] = &[
    function("abs", Sig::One, objects::abs),
    function("all", Sig::One, folding::all),
    function("any", Sig::One, folding::any),
    function("ascii", Sig::One, objects::ascii),
    function("bin", Sig::One, objects::bin),
    function("callable", Sig::One, objects::callable),
    function("chr", Sig::One, objects::chr),
    function("divmod", Sig::Positional(2, 2), |cx, args| cx.divmod(args.get(0), args.get(1))),
    function("exit", Sig::Positional(0, 1), objects::exit),
    function("format", Sig::Positional(1, 2), objects::format),
    function("hash", Sig::One, objects::hash),
    function("hex", Sig::One, objects::hex),
    function("id", Sig::One, objects::id),
    function("input", Sig::Positional(0, 1), output::input),
    function("iter", Sig::Positional(1, 2), iteration::iter),
    function("len", Sig::One, iteration::len),
    function("max", Sig::Raw, folding::max),
    function("min", Sig::Raw, folding::min),
    function("next", Sig::Positional(1, 2), iteration::next),
    function("oct", Sig::One, objects::oct),
    function("open", Sig::Named(OPEN, 1, 8), output::open),
    function("ord", Sig::One, objects::ord),
    function("pow", Sig::Named(&["base", "exp", "mod"], 2, 3), objects::pow),
    function("print", Sig::Raw, output::print),
    function("quit", Sig::Positional(0, 1), objects::exit),
    function("repr", Sig::One, objects::repr),
    function("round", Sig::Named(&["number", "ndigits"], 1, 2), objects::round),
    function("sorted", Sig::Raw, folding::sorted),
    function("sum", Sig::Raw, folding::sum),
];

const OPEN: &[&str] = &["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"];

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
    "dict_reversevalueiterator",
    "dict_reverseitemiterator",
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
