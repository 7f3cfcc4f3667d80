//! Constants of `sys`, and the sizes of objects as `sys.getsizeof` tells them.

use crate::effect::Stream;
use crate::interp::Vm;
use crate::native::Cx;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::text_io::{Buffering, TextIo};
use crate::value::{ObjId, Value};

/// Bits of the version number: 3.13.0 final.
const HEX_VERSION: i64 = 0x030d_00f0;

/// Hooks that a program may replace, and where they can be had again.
const HOOKS: [(&str, &str); 3] =
    [("displayhook", "__displayhook__"), ("excepthook", "__excepthook__"), ("unraisablehook", "__unraisablehook__")];

struct Filler<'v> {
    vm: &'v mut Vm,
    namespace: ObjId,
}

impl Filler<'_> {
    fn set(&mut self, name: &str, value: Value) {
        let name = self.vm.heap.intern(name);
        self.vm.heap.dict_set_name(self.namespace, name, value);
    }

    fn text(&mut self, text: &str) -> Value {
        Value::Obj(self.vm.heap.intern(text))
    }

    fn set_text(&mut self, name: &str, text: &str) {
        let value = self.text(text);
        self.set(name, value);
    }

    fn list(&mut self, texts: &[String]) -> Value {
        let items = texts.iter().map(|text| self.vm.heap.new_str(text.as_str())).collect();
        self.vm.heap.new_list(items)
    }

    fn stream(&mut self, stream: Stream, buffering: Buffering) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::TextIo(Box::new(TextIo::standard(stream, buffering)))))
    }
}

/// Makes the entries of the module that are no functions.
pub(super) fn fill(vm: &mut Vm, namespace: ObjId) {
    let argv = vm.config.argv.clone();
    let (buffering, modules) = (vm.config.stdout, vm.modules);
    let mut f = Filler { vm, namespace };
    for (name, text) in [
        ("version", "3.13.0 (gilsim) [simulator]"),
        ("platform", "linux"),
        ("byteorder", "little"),
        ("copyright", "gilsim runs Python programs in simulated time; the language is that of CPython 3.13."),
        ("executable", "/usr/bin/python3"),
        ("_base_executable", "/usr/bin/python3"),
        ("prefix", "/usr"),
        ("base_prefix", "/usr"),
        ("exec_prefix", "/usr"),
        ("base_exec_prefix", "/usr"),
        ("platlibdir", "lib"),
        ("float_repr_style", "short"),
        ("abiflags", ""),
    ] {
        f.set_text(name, text);
    }
    for (name, number) in [
        ("hexversion", HEX_VERSION),
        ("api_version", 1013),
        ("maxsize", i64::MAX),
        ("maxunicode", 0x10_ffff),
        ("dont_write_bytecode", 0),
    ] {
        f.set(name, Value::Int(number));
    }
    f.set("dont_write_bytecode", Value::Bool(false));
    f.set("modules", Value::Obj(modules));
    let folder = argv.first().and_then(|path| path.rsplit_once('/')).map_or(String::new(), |(dir, _)| dir.to_owned());
    let path = f.list(&[folder]);
    f.set("path", path);
    for name in ["argv", "orig_argv"] {
        let list = f.list(&argv);
        f.set(name, list);
    }
    for name in ["warnoptions", "meta_path", "path_hooks"] {
        let list = f.list(&[]);
        f.set(name, list);
    }
    for (name, kept_as) in HOOKS {
        let name = f.vm.heap.intern(name);
        let hook = f.vm.heap.dict_get_name(f.namespace, name).unwrap_or_else(|| unreachable!("a function of sys"));
        f.set(kept_as, hook);
    }
    streams(&mut f, buffering);
    structures(&mut f);
}

fn streams(f: &mut Filler<'_>, buffering: Buffering) {
    let stdout = f.stream(Stream::Stdout, buffering);
    let stderr = f.stream(Stream::Stderr, Buffering::Line);
    for (name, value) in [("stdout", stdout), ("__stdout__", stdout), ("stderr", stderr), ("__stderr__", stderr)] {
        f.set(name, value);
    }
}

fn structures(f: &mut Filler<'_>) {
    let int = Value::Int;
    let last = f.text("final");
    let version = f.vm.new_struct(c::VERSION_INFO, vec![int(3), int(13), int(0), last, int(0)]);
    f.set("version_info", version);
    // PYTHONHASHSEED=0 turns the randomisation of hashes off.
    let mut flags = vec![int(0); 18];
    flags[13] = Value::Bool(false);
    flags[14] = int(1);
    flags[16] = Value::Bool(false);
    flags[17] = int(crate::text::int_parse::INT_MAX_STR_DIGITS as i64);
    let flags = f.vm.new_struct(c::SYS_FLAGS, flags);
    f.set("flags", flags);
    let float = vec![
        Value::Float(f64::MAX),
        int(1024),
        int(308),
        Value::Float(f64::MIN_POSITIVE),
        int(-1021),
        int(-307),
        int(15),
        int(53),
        Value::Float(f64::EPSILON),
        int(2),
        int(1),
    ];
    let float = f.vm.new_struct(c::FLOAT_INFO, float);
    f.set("float_info", float);
    let ints = vec![int(30), int(4), int(4300), int(640)];
    let ints = f.vm.new_struct(c::INT_INFO, ints);
    f.set("int_info", ints);
    let algorithm = f.text("siphash13");
    let modulus = (1 << 61) - 1;
    let hash = vec![int(64), int(modulus), int(314_159), int(0), int(1_000_003), algorithm, int(64), int(128), int(0)];
    let hash = f.vm.new_struct(c::HASH_INFO, hash);
    f.set("hash_info", hash);
    let (threads, lock, library) = (f.text("pthread"), f.text("semaphore"), f.text("NPTL 2.36"));
    let thread = f.vm.new_struct(c::THREAD_INFO, vec![threads, lock, library]);
    f.set("thread_info", thread);
    let implementation = implementation(f, version);
    f.set("implementation", implementation);
    let names: Vec<String> = super::TABLES.iter().map(|table| table.name.to_owned()).collect();
    let items = names.iter().map(|name| f.text(name)).collect();
    let builtin_names = f.vm.heap.new_tuple(items);
    f.set("builtin_module_names", builtin_names);
}

/// `sys.implementation`: a module object serves as a plain namespace.
fn implementation(f: &mut Filler<'_>, version: Value) -> Value {
    let namespace = f.vm.heap.new_dict();
    let (cpython, tag) = (f.text("cpython"), f.text("cpython-313"));
    for (name, value) in
        [("name", cpython), ("cache_tag", tag), ("version", version), ("hexversion", Value::Int(HEX_VERSION))]
    {
        let name = f.vm.heap.intern(name);
        f.vm.heap.dict_set_name(namespace, name, value);
    }
    Value::Obj(f.vm.heap.alloc(Object::Module(namespace)))
}

/// Bytes of an object as CPython 3.13 counts them on a 64-bit machine, where its layout is known; for lists and dicts the
/// table that their history would have is taken to be the smallest that fits.
pub(super) fn size_of_object(cx: &Cx<'_>, v: Value) -> usize {
    const GC_HEADER: usize = 16;
    match cx.object(v) {
        None => match v {
            Value::Int(i) => int_size(64 - u64::from(i.unsigned_abs().leading_zeros())),
            Value::Bool(_) => 28,
            Value::Float(_) => 24,
            Value::Native(_) => 72,
            _ => 16,
        },
        Some(object) => match object {
            Object::BigInt(n) => int_size(n.bits()),
            Object::Complex(..) => 32,
            Object::Str(s) => str_size(&s.text, s.len()),
            Object::Bytes(b) => 33 + b.len(),
            Object::ByteArray(b) => 56 + if b.is_empty() { 0 } else { b.len() + 1 },
            Object::Tuple(items) => 24 + 8 * items.len() + GC_HEADER,
            Object::List(items) => 40 + 8 * items.len() + GC_HEADER,
            Object::Dict(dict) => 48 + dict_keys_size(cx, dict) + GC_HEADER,
            Object::Set(set) | Object::FrozenSet(set) => {
                let table = set.slot_count();
                200 + if table > 8 { 16 * table } else { 0 } + GC_HEADER
            }
            Object::Range(..) => 48,
            Object::Slice(_) => 40 + GC_HEADER,
            Object::Deque(deque) => 232 + 528 * deque.items.len().div_ceil(64).max(1),
            Object::Function(_) => 144 + GC_HEADER,
            Object::Class(_) => 1064,
            _ => 32 + GC_HEADER,
        },
    }
}

fn int_size(bits: u64) -> usize {
    24 + 4 * (bits.div_ceil(30).max(1) as usize)
}

fn str_size(text: &str, len: usize) -> usize {
    match text.chars().max() {
        None => 41,
        Some(ch) if ch.is_ascii() => 41 + len,
        Some(ch) if u32::from(ch) < 0x100 => 57 + len,
        Some(ch) if u32::from(ch) < 0x1_0000 => 58 + 2 * len,
        Some(_) => 60 + 4 * len,
    }
}

fn dict_keys_size(cx: &Cx<'_>, dict: &crate::object::dict::Dict) -> usize {
    const HEADER: usize = 32;
    if dict.places() == 0 {
        return 0;
    }
    let mut size = 8;
    while size * 2 / 3 < dict.places() {
        size *= 2;
    }
    let index_width = if size <= 1 << 7 {
        1
    } else if size <= 1 << 15 {
        2
    } else {
        4
    };
    let all_text = dict.iter().all(|e| cx.vm.heap.str(e.key).is_some());
    HEADER + size * index_width + size * 2 / 3 * if all_text { 16 } else { 24 }
}
