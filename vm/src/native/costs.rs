//! Virtual time of native functions, in nanoseconds, beyond that of the instruction that calls them.
//!
//! Measured together with the costs of instructions; how, when and on what machine is said in `crate::code::costs`. The
//! arguments were those of an ordinary small call. Work that grows with the data (sorting, iterating, copying) is added
//! by the functions that do it. A function without a row costs `OTHER_NS`, about the median of the rows.

use super::NativeKind;
use super::registry::{Registered, natives};
use crate::object::builtin::BUILTIN_CLASSES;
use crate::value::NativeId;
use std::sync::LazyLock;

/// Any function without a row.
const OTHER_NS: u16 = 40;

/// (function, `class.method`, `module.function` or class; ns on 3.13; ns on 3.9), in order of names.
#[rustfmt::skip]
static COSTS_NS: &[Row] = &[
    ("BaseException", 127, 80),
    ("RLock.acquire", 66, 53),
    ("RLock.release", 41, 43),
    ("Random.random", 69, 28),
    ("SimpleQueue.get", 22, 14),
    ("SimpleQueue.put", 25, 25),
    ("_thread.get_ident", 41, 33),
    ("abs", 5, 21),
    ("all", 71, 70),
    ("any", 51, 48),
    ("bool", 7, 67),
    ("callable", 6, 19),
    ("chr", 10, 33),
    ("deque.append", 1, 10),
    ("deque.popleft", 9, 5),
    ("dict", 203, 159),
    ("dict.copy", 65, 41),
    ("dict.get", 14, 8),
    ("dict.items", 36, 25),
    ("dict.keys", 36, 22),
    ("dict.pop", 16, 9),
    ("dict.setdefault", 19, 10),
    ("dict.update", 60, 33),
    ("dict.values", 35, 22),
    ("divmod", 69, 74),
    ("enumerate", 125, 136),
    ("float", 63, 117),
    ("format", 218, 200),
    ("getattr", 28, 30),
    ("hasattr", 30, 30),
    ("hash", 27, 37),
    ("id", 32, 41),
    ("instance", 88, 120),
    ("int", 71, 120),
    ("int.bit_length", 7, 6),
    ("isinstance", 3, 23),
    ("iter", 40, 39),
    ("len", 5, 22),
    ("list", 77, 72),
    ("list.append", 0, 7),
    ("list.copy", 63, 51),
    ("list.count", 29, 28),
    ("list.extend", 26, 17),
    ("list.index", 58, 51),
    ("list.insert", 24, 20),
    ("list.pop", 6, 0),
    ("list.reverse", 25, 22),
    ("list.sort", 68, 55),
    ("lock.__enter__", 109, 72),
    ("lock.__exit__", 109, 72),
    ("lock.acquire", 62, 46),
    ("lock.locked", 5, 0),
    ("lock.release", 39, 41),
    ("map", 114, 135),
    ("math.floor", 8, 16),
    ("math.gcd", 63, 76),
    ("math.sin", 27, 35),
    ("math.sqrt", 18, 27),
    ("max", 27, 139),
    ("min", 26, 137),
    ("next", 27, 45),
    ("object", 51, 77),
    ("operator: concatenate", 29, 19),
    ("operator: power", 41, 25),
    ("operator: str format", 163, 115),
    ("operator: wide divide", 136, 90),
    ("operator: wide multiply", 41, 29),
    ("ord", 8, 23),
    ("pow", 27, 308),
    ("property", 99, 74),
    ("range", 114, 254),
    ("repr", 87, 79),
    ("reversed", 55, 90),
    ("round", 95, 93),
    ("set", 168, 149),
    ("set.add", 11, 7),
    ("set.discard", 17, 13),
    ("set.union", 220, 167),
    ("sorted", 207, 187),
    ("str", 81, 157),
    ("str.count", 19, 65),
    ("str.encode", 31, 26),
    ("str.endswith", 15, 60),
    ("str.find", 21, 65),
    ("str.format", 220, 183),
    ("str.isdigit", 12, 8),
    ("str.join", 66, 72),
    ("str.lower", 31, 26),
    ("str.replace", 55, 52),
    ("str.rjust", 46, 50),
    ("str.split", 67, 60),
    ("str.startswith", 20, 65),
    ("str.strip", 11, 359),
    ("str.upper", 31, 28),
    ("sum", 92, 93),
    ("sys.getswitchinterval", 29, 23),
    ("time.monotonic", 56, 43),
    ("time.perf_counter", 54, 46),
    ("time.time", 54, 44),
    ("tuple", 5, 16),
    ("type", 0, 43),
    ("zip", 257, 177),
];

/// Costs of a profile.
#[derive(Debug, PartialEq)]
pub struct NativeCosts {
    natives: Vec<u16>,
    /// Making an instance of a class written in Python, without its `__init__`.
    pub instance_ns: u64,
    /// `+` of strings, lists, tuples, beyond the instruction.
    pub concatenate_ns: u64,
    /// `**`, beyond the instruction.
    pub power_ns: u64,
    /// `%` of a string, beyond the instruction.
    pub str_format_ns: u64,
    /// `*` of integers of which one has more than 30 bits, beyond the instruction.
    pub wide_multiply_ns: u64,
    /// `//` and `%` of integers of which one has more than 30 bits, beyond the instruction.
    pub wide_divide_ns: u64,
}

static PYTHON_3_13: LazyLock<NativeCosts> = LazyLock::new(|| NativeCosts::column(|row| row.1));
static PYTHON_3_9: LazyLock<NativeCosts> = LazyLock::new(|| NativeCosts::column(|row| row.2));

type Row = (&'static str, u16, u16);

impl NativeCosts {
    /// The costs of a profile.
    pub fn of(profile: &str) -> &'static NativeCosts {
        if profile == "3.9" { &PYTHON_3_9 } else { &PYTHON_3_13 }
    }

    /// The cost of the function with this number.
    #[inline(always)]
    pub fn ns(&self, id: NativeId) -> u64 {
        u64::from(self.natives[id.0 as usize])
    }

    fn column(of: impl Fn(&Row) -> u16) -> NativeCosts {
        let named = |name: &str| u64::from(of(row(name).unwrap_or_else(|| unreachable!("{name} has a row"))));
        NativeCosts {
            natives: natives().iter().map(|native| row(&full_name(native)).map_or(OTHER_NS, &of)).collect(),
            instance_ns: named("instance"),
            concatenate_ns: named("operator: concatenate"),
            power_ns: named("operator: power"),
            str_format_ns: named("operator: str format"),
            wide_multiply_ns: named("operator: wide multiply"),
            wide_divide_ns: named("operator: wide divide"),
        }
    }
}

fn row(name: &str) -> Option<&'static Row> {
    COSTS_NS.binary_search_by(|row| row.0.cmp(name)).ok().map(|at| &COSTS_NS[at])
}

/// `len`, `list.append`, `math.sqrt`; a constructor is the class.
fn full_name(registered: &Registered) -> String {
    let name = registered.def.name;
    let class = registered.owner.map(|owner| BUILTIN_CLASSES[owner.0 as usize].name);
    match (class, registered.module) {
        (Some(class), _) if registered.def.kind == NativeKind::New => class.to_owned(),
        (Some(class), _) => format!("{class}.{name}"),
        (None, Some(module)) if module != "builtins" => format!("{module}.{name}"),
        (None, _) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that are no native functions here: they are instructions' work, or the library is Python.
    const OTHERS: &[&str] = &["instance"];

    #[test]
    fn rows_are_in_order_and_name_functions() {
        assert!(COSTS_NS.is_sorted_by(|a, b| a.0 < b.0));
        let names: Vec<String> = natives().iter().map(full_name).collect();
        let unknown: Vec<&str> = COSTS_NS
            .iter()
            .map(|row| row.0)
            .filter(|name| {
                !names.iter().any(|n| n == name) && !OTHERS.contains(name) && !name.starts_with("operator: ")
            })
            .collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }
}
