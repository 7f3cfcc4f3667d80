//! The first objects of a machine: builtin classes, names, one-character strings, the `builtins` and `sys` modules.
//!
//! Everything is made in table order, so that handles are the same in every run.

use super::Vm;
use super::cache::Caches;
use super::settings::Settings;
use crate::config::VmConfig;
use crate::heap::Heap;
use crate::names::{NAMES, name};
use crate::native::NativeKind;
use crate::native::costs::NativeCosts;
use crate::native::registry::{getsets, natives};
use crate::object::Object;
use crate::object::builtin::{BUILTIN_CLASSES, Kind, class_id as c};
use crate::object::class::{Class, Layout};
use crate::object::string::PyStr;
use crate::value::{NativeId, ObjId, ThreadId, Value};
use std::sync::Arc;

/// So many names the first objects have, about: a table that is large enough at once need not grow.
const NAMES_ABOUT: usize = 1_500;

/// Makes a machine.
pub fn boot(config: Arc<VmConfig>) -> Vm {
    let mut heap = Heap::new(config.heap_bytes_max);
    Arc::make_mut(&mut heap.interned).reserve(NAMES_ABOUT);
    for _ in BUILTIN_CLASSES {
        heap.alloc(Object::Cell(Value::None));
    }
    for (i, text) in NAMES.iter().enumerate() {
        let id = heap.intern(text);
        debug_assert_eq!(id.0 as usize, BUILTIN_CLASSES.len() + i, "names are distinct and in order");
    }
    let ascii = ascii_strings(&mut heap);
    let empty_tuple = Value::Obj(heap.alloc(Object::Tuple(Box::default())));
    let (modules, builtins, prelude) = (heap.new_dict(), heap.new_dict(), heap.new_dict());
    let native_costs = NativeCosts::of_rules(&config.rules);
    let mut vm = Vm {
        native_costs,
        heap,
        config,
        codes: Arc::default(),
        files: Arc::default(),
        modules,
        builtins,
        prelude,
        empty_tuple,
        ascii,
        main: ThreadId(0),
        current: ThreadId(0),
        caches: Caches::default(),
        cache_count: 0,
        settings: Settings::default(),
        entered: Default::default(),
        extra_ns: 0,
        native_returned: false,
        specialised: false,
    };
    make_classes(&mut vm);
    fill_classes(&mut vm);
    crate::modules::make_builtins(&mut vm);
    vm
}

/// The 128 strings of one ASCII character, at consecutive handles.
fn ascii_strings(heap: &mut Heap) -> ObjId {
    let first = ObjId(heap.capacity() as u32);
    for byte in 0..128u8 {
        heap.alloc(Object::Str(PyStr::new((byte as char).to_string().into())));
    }
    for byte in 0..128u8 {
        let text = (byte as char).to_string();
        Arc::make_mut(&mut heap.interned).add(&text, ObjId(first.0 + u32::from(byte)));
    }
    first
}

fn make_classes(vm: &mut Vm) {
    for (i, row) in BUILTIN_CLASSES.iter().enumerate() {
        let id = ObjId(i as u32);
        let dict = vm.heap.new_dict();
        let root_shape = Arc::make_mut(&mut vm.heap.shapes).new_root();
        let version = vm.heap.fresh_version();
        let mut mro = vec![id];
        if id != c::OBJECT {
            mro.extend_from_slice(&vm.heap.class(row.base).mro.clone());
            vm.heap.class_mut(row.base).subclasses.push(id);
        }
        let module = Value::Obj(vm.heap.intern(row.module));
        *vm.heap.get_mut(id) = Object::Class(Box::new(Class {
            name: row.name.into(),
            qualname: row.name.into(),
            bases: if id == c::OBJECT { Vec::new() } else { vec![row.base] },
            mro,
            dict,
            metaclass: c::TYPE,
            layout: if row.base == c::TUPLE { Layout::Value(c::TUPLE) } else { row.layout() },
            is_heap_type: false,
            is_base_type: !matches!(row.kind, Kind::Final | Kind::FinalValue),
            has_dict: matches!(row.kind, Kind::Exception) || id == c::THREAD_LOCAL,
            version,
            root_shape,
            subclasses: Vec::new(),
            native_new: None,
            module,
        }));
        if row.base == c::TUPLE {
            let root = Arc::make_mut(&mut vm.heap.shapes).add_child(root_shape, name::HIDDEN_VALUE);
            vm.heap.class_mut(id).root_shape = root;
        }
    }
    let group = vm.heap.class_mut(c::EXCEPTION_GROUP);
    group.bases.push(c::EXCEPTION);
    group.mro = vec![c::EXCEPTION_GROUP, c::BASE_EXCEPTION_GROUP, c::EXCEPTION, c::BASE_EXCEPTION, c::OBJECT];
    vm.heap.class_mut(c::EXCEPTION).subclasses.push(c::EXCEPTION_GROUP);
}

fn fill_classes(vm: &mut Vm) {
    for (i, registered) in natives().iter().enumerate() {
        let Some(class) = registered.owner else { continue };
        let native = Value::Native(NativeId(i as u32));
        let value = match registered.def.kind {
            NativeKind::StaticMethod => Value::Obj(vm.heap.alloc(Object::StaticMethod(native))),
            NativeKind::ClassMethod => Value::Obj(vm.heap.alloc(Object::ClassMethod(native))),
            NativeKind::New => {
                vm.heap.class_mut(class).native_new = Some(NativeId(i as u32));
                native
            }
            NativeKind::Function | NativeKind::Method => native,
        };
        let name = vm.heap.intern(registered.def.name);
        let dict = vm.heap.class(class).dict;
        vm.heap.dict_set_name(dict, name, value);
    }
    for (i, (class, def)) in getsets().iter().enumerate() {
        let name = vm.heap.intern(def.name);
        let value = Value::Obj(vm.heap.alloc(Object::GetSet(*class, i as u32)));
        let dict = vm.heap.class(*class).dict;
        vm.heap.dict_set_name(dict, name, value);
    }
    for class in [c::LIST, c::DICT, c::SET, c::BYTEARRAY, c::DEQUE, c::SLICE] {
        if class != c::SLICE {
            let dict = vm.heap.class(class).dict;
            vm.heap.dict_set_name(dict, name::HASH, Value::None);
        }
    }
}
