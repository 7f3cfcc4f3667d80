//! Tuples with names: `time.struct_time`, `sys.version_info` and the like (Objects/structseq.c).

use crate::interp::Vm;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::instance::{Attrs, Instance};
use crate::value::{ObjId, Value};

macro_rules! sequences {
    ($($table:ident $class:ident $shown:literal $constructor:expr, [$($index:literal $field:literal),+ $(,)?];)+) => {
        $(
            /// The table.
            pub const $table: TypeTable = TypeTable {
                class: c::$class,
                methods: {
                    const METHODS: &[NativeDef] = &[
                        constructor(Sig::Raw, $constructor),
                        method("__repr__", Sig::NoArgs, |cx, args| repr(cx, args, $shown, &[$($field),+])),
                    ];
                    METHODS
                },
                getsets: {
                    const GETSETS: &[GetSetDef] = &[
                        $(GetSetDef { name: $field, get: |cx, args| Ok(item(cx, args, $index)), set: None }),+
                    ];
                    GETSETS
                },
            };
        )+
        /// The tables of all these types.
        pub const TABLES: &[TypeTable] = &[$($table),+];
    };
}

sequences! {
    TIME STRUCT_TIME "time.struct_time" new_time, [
        0 "tm_year", 1 "tm_mon", 2 "tm_mday", 3 "tm_hour", 4 "tm_min", 5 "tm_sec", 6 "tm_wday", 7 "tm_yday", 8 "tm_isdst",
    ];
    VERSION VERSION_INFO "sys.version_info" refused, [
        0 "major", 1 "minor", 2 "micro", 3 "releaselevel", 4 "serial",
    ];
    FLAGS SYS_FLAGS "sys.flags" refused, [
        0 "debug", 1 "inspect", 2 "interactive", 3 "optimize", 4 "dont_write_bytecode", 5 "no_user_site", 6 "no_site",
        7 "ignore_environment", 8 "verbose", 9 "bytes_warning", 10 "quiet", 11 "hash_randomization", 12 "isolated",
        13 "dev_mode", 14 "utf8_mode", 15 "warn_default_encoding", 16 "safe_path", 17 "int_max_str_digits",
    ];
    FLOAT FLOAT_INFO "sys.float_info" refused, [
        0 "max", 1 "max_exp", 2 "max_10_exp", 3 "min", 4 "min_exp", 5 "min_10_exp", 6 "dig", 7 "mant_dig", 8 "epsilon",
        9 "radix", 10 "rounds",
    ];
    INT INT_INFO "sys.int_info" refused, [
        0 "bits_per_digit", 1 "sizeof_digit", 2 "default_max_str_digits", 3 "str_digits_check_threshold",
    ];
    HASH HASH_INFO "sys.hash_info" refused, [
        0 "width", 1 "modulus", 2 "inf", 3 "nan", 4 "imag", 5 "algorithm", 6 "hash_bits", 7 "seed_bits", 8 "cutoff",
    ];
    THREAD THREAD_INFO "sys.thread_info" refused, [0 "name", 1 "lock", 2 "version"];
}

fn item(cx: &Cx<'_>, args: &Args<'_>, index: usize) -> Value {
    let inner = cx.vm.heap.unwrap_payload(args.get(0));
    cx.tuple_items(inner).get(index).copied().unwrap_or(Value::None)
}

fn repr(cx: &mut Cx<'_>, args: &Args<'_>, shown: &str, fields: &[&str]) -> NativeResult {
    let mut parts = Vec::with_capacity(fields.len());
    for (i, field) in fields.iter().enumerate() {
        let value = item(cx, args, i);
        parts.push(format!("{field}={}", cx.repr(value)?));
    }
    Ok(cx.new_str(format!("{shown}({})", parts.join(", "))))
}

fn refused(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let shown = args.get(0).obj().map(|class| cx.class_name(class)).unwrap_or_default();
    Err(cx.type_error(format!("cannot create '{shown}' instances")))
}

impl Vm {
    /// A tuple of a class with named fields.
    pub fn new_struct(&mut self, class: ObjId, fields: Vec<Value>) -> Value {
        let inner = self.heap.new_tuple(fields);
        let shape = self.heap.class(class).root_shape;
        let attrs = Attrs { shape, slots: vec![inner] };
        Value::Obj(self.heap.alloc(Object::Instance(Instance { attrs, class })))
    }

    /// `time.struct_time` with its two fields beyond the nine of the tuple.
    pub fn new_struct_time(&mut self, fields: Vec<Value>, zone: Value, offset: Value) -> Value {
        let time = self.new_struct(c::STRUCT_TIME, fields);
        if let Value::Obj(id) = time {
            for (field, value) in [("tm_zone", zone), ("tm_gmtoff", offset)] {
                let field = self.heap.intern(field);
                self.set_slot(id, field, value);
            }
        }
        time
    }
}

/// `time.struct_time(sequence, dict={})`
fn new_time(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    const SHOWN: usize = 9;
    const ALL: usize = 11;
    if !cx.is_iterable(args.get(1)) {
        return Err(cx.type_error("constructor requires a sequence"));
    }
    let mut items = cx.iterate(args.get(1))?;
    let given = items.len();
    if !(SHOWN..=ALL).contains(&given) {
        let bound = if given < SHOWN { "at least 9" } else { "at most 11" };
        let text = format!("time.struct_time() takes an {bound}-sequence ({given}-sequence given)");
        return Err(cx.type_error(text));
    }
    let extra = |cx: &mut Cx<'_>, field: &str, at: usize| {
        let key = cx.vm.heap.intern(field);
        let named = args.given(2).and_then(Value::obj).filter(|d| matches!(cx.vm.heap.get(*d), Object::Dict(_)));
        let named = named.and_then(|dict| cx.vm.heap.dict_get_name(dict, key));
        items.get(at).copied().or(named).unwrap_or(Value::None)
    };
    let (zone, offset) = (extra(cx, "tm_zone", SHOWN), extra(cx, "tm_gmtoff", SHOWN + 1));
    items.truncate(SHOWN);
    Ok(cx.vm.new_struct_time(items, zone, offset))
}
