//! Virtual time of native functions, in nanoseconds, beyond that of the instruction that calls them.
//!
//! Measured together with the costs of instructions; how, when and on what machine is said in `crate::code::costs`. The
//! arguments were those of an ordinary small call. Work that grows with the data (sorting, iterating, copying) is added
//! by the functions that do it. A function without a row costs `OTHER_NS`, about the median of the rows.

use super::NativeKind;
use super::registry::{Registered, natives};
use crate::code::costs::{Row, scaled};
use crate::code::{CodeRules, Work, WorkNs, cost_column};
use crate::interp::fast::Reach;
use crate::object::builtin::BUILTIN_CLASSES;
use crate::value::NativeId;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// Any function without a row.
const OTHER_NS: u16 = 40;

/// (function, `class.method`, `module.function` or class; its row), in order of names.
#[rustfmt::skip]
static COSTS_NS: &[(&str, Row)] = &[
    ("BaseException", [85, 92, 89, 99, 92, 93, 105, 161, 130]),
    ("RLock.acquire", [829, 52, 39, 58, 51, 48, 66, 75, 65]),
    ("RLock.release", [555, 45, 41, 44, 43, 43, 42, 42, 41]),
    ("Random.random", [46, 54, 35, 38, 39, 36, 33, 73, 70]),
    ("SimpleQueue.get", [14, 15, 22, 23, 20, 21, 27, 39, 19]),
    ("SimpleQueue.put", [25, 26, 71, 38, 40, 38, 27, 31, 24]),
    ("_thread.get_ident", [33, 39, 44, 39, 39, 36, 34, 42, 37]),
    ("abs", [14, 27, 26, 25, 24, 21, 8, 10, 7]),
    ("all", [28, 49, 45, 35, 42, 36, 25, 52, 43]),
    ("any", [37, 58, 47, 45, 46, 48, 31, 51, 48]),
    ("bool", [72, 98, 65, 67, 63, 18, 12, 12, 9]),
    ("callable", [17, 39, 24, 23, 22, 21, 8, 8, 7]),
    ("chr", [70, 54, 54, 29, 29, 40, 12, 12, 11]),
    ("deque.append", [33, 40, 23, 30, 9, 17, 2, 1, 1]),
    ("deque.popleft", [11, 13, 9, 9, 5, 7, 7, 8, 9]),
    ("dict", [219, 251, 235, 250, 155, 97, 196, 229, 207]),
    ("dict.copy", [86, 122, 56, 51, 46, 61, 57, 74, 69]),
    ("dict.get", [33, 46, 23, 10, 8, 11, 16, 12, 15]),
    ("dict.items", [101, 44, 35, 35, 27, 35, 27, 42, 39]),
    ("dict.keys", [41, 37, 33, 28, 24, 30, 25, 39, 39]),
    ("dict.pop", [35, 51, 58, 12, 11, 12, 15, 15, 16]),
    ("dict.setdefault", [35, 51, 22, 12, 10, 15, 18, 16, 21]),
    ("dict.update", [109, 76, 77, 79, 34, 45, 64, 72, 63]),
    ("dict.values", [42, 36, 32, 28, 26, 29, 25, 38, 35]),
    ("divmod", [107, 124, 84, 84, 71, 81, 62, 86, 76]),
    ("enumerate", [139, 178, 171, 149, 142, 158, 92, 143, 133]),
    ("float", [116, 157, 125, 127, 127, 78, 61, 72, 69]),
    ("format", [265, 312, 274, 196, 206, 212, 194, 242, 228]),
    ("getattr", [52, 76, 50, 29, 40, 35, 22, 29, 28]),
    ("hasattr", [52, 75, 44, 33, 34, 34, 23, 28, 32]),
    ("hash", [17, 61, 48, 43, 49, 39, 26, 35, 29]),
    ("id", [16, 44, 38, 43, 48, 44, 28, 38, 36]),
    ("instance", [110, 158, 132, 129, 124, 125, 151, 199, 97]),
    ("int", [288, 174, 142, 144, 129, 153, 124, 152, 81]),
    ("int.bit_length", [8, 17, 13, 9, 9, 10, 8, 6, 7]),
    ("isinstance", [48, 72, 36, 52, 35, 34, 8, 9, 7]),
    ("iter", [58, 82, 81, 56, 50, 44, 31, 48, 44]),
    ("len", [19, 34, 33, 25, 23, 23, 9, 12, 8]),
    ("list", [100, 133, 86, 95, 53, 52, 39, 66, 59]),
    ("list.append", [52, 56, 42, 17, 7, 14, 2, 4, 1]),
    ("list.copy", [51, 70, 66, 53, 47, 54, 48, 80, 64]),
    ("list.count", [27, 41, 38, 30, 25, 28, 26, 35, 34]),
    ("list.extend", [12, 19, 18, 7, 0, 0, 0, 7, 9]),
    ("list.index", [126, 131, 107, 57, 53, 51, 49, 57, 54]),
    ("list.insert", [100, 101, 74, 29, 27, 24, 18, 30, 31]),
    ("list.pop", [4, 4, 2, 1, 0, 0, 7, 7, 6]),
    ("list.reverse", [26, 37, 29, 24, 23, 26, 25, 25, 24]),
    ("list.sort", [49, 51, 0, 0, 0, 0, 56, 0, 0]),
    ("lock.__enter__", [0, 1, 8, 24, 22, 64, 35, 35, 1]),
    ("lock.__exit__", [0, 10, 15, 54, 71, 57, 48, 39, 43]),
    ("lock.acquire", [52, 51, 40, 55, 46, 35, 66, 72, 61]),
    ("lock.locked", [28, 15, 14, 6, 5, 5, 3, 3, 5]),
    ("lock.release", [42, 43, 46, 43, 42, 40, 41, 40, 39]),
    ("map", [440, 152, 106, 146, 144, 100, 88, 131, 127]),
    ("math.floor", [9, 72, 78, 78, 22, 23, 6, 7, 7]),
    ("math.gcd", [76, 136, 88, 79, 74, 84, 66, 57, 47]),
    ("math.sin", [22, 34, 42, 39, 37, 43, 22, 31, 28]),
    ("math.sqrt", [9, 27, 30, 30, 30, 38, 13, 19, 17]),
    ("max", [88, 145, 134, 146, 137, 141, 137, 180, 22]),
    ("min", [88, 153, 143, 142, 143, 153, 140, 180, 22]),
    ("next", [19, 51, 21, 9, 14, 15, 10, 22, 17]),
    ("object", [41, 70, 58, 66, 54, 55, 49, 56, 53]),
    ("operator: bits", [4, 16, 14, 11, 8, 10, 9, 9, 13]),
    ("operator: concatenate", [24, 19, 18, 17, 17, 22, 27, 35, 27]),
    ("operator: dict item", [0, 5, 2, 2, 0, 2, 12, 11, 15]),
    ("operator: dict store", [0, 2, 2, 2, 3, 7, 19, 22, 23]),
    ("operator: divide", [10, 0, 0, 0, 0, 0, 5, 6, 5]),
    ("operator: far item", [2, 22, 21, 19, 15, 16, 10, 21, 23]),
    ("operator: multiply", [10, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: power", [31, 15, 17, 23, 18, 22, 33, 29, 30]),
    ("operator: range item", [2, 15, 13, 15, 15, 16, 11, 17, 15]),
    ("operator: remainder", [12, 4, 2, 1, 1, 0, 6, 9, 9]),
    ("operator: shift", [7, 14, 13, 11, 11, 13, 15, 16, 20]),
    ("operator: str format", [321, 116, 106, 123, 117, 128, 132, 145, 150]),
    ("operator: wide divide", [0, 90, 89, 102, 88, 91, 100, 123, 128]),
    ("operator: wide multiply", [0, 27, 23, 33, 28, 31, 34, 45, 42]),
    ("ord", [15, 33, 25, 23, 23, 25, 11, 9, 8]),
    ("pow", [60, 359, 287, 306, 315, 305, 28, 32, 30]),
    ("property", [92, 128, 111, 90, 98, 92, 85, 112, 112]),
    ("range", [118, 268, 238, 247, 152, 145, 127, 74, 75]),
    ("repr", [24, 98, 88, 92, 87, 87, 69, 92, 93]),
    ("reversed", [88, 137, 114, 114, 94, 64, 45, 68, 63]),
    ("round", [71, 214, 149, 120, 98, 100, 81, 117, 100]),
    ("set", [145, 177, 152, 167, 127, 136, 120, 153, 155]),
    ("set.add", [12, 18, 18, 9, 9, 13, 14, 10, 12]),
    ("set.discard", [18, 18, 17, 11, 15, 19, 22, 14, 17]),
    ("set.union", [143, 159, 157, 150, 145, 164, 174, 217, 199]),
    ("sorted", [170, 147, 58, 60, 78, 76, 61, 115, 100]),
    ("str", [81, 170, 165, 175, 161, 131, 65, 88, 90]),
    ("str.count", [89, 85, 73, 72, 69, 79, 90, 101, 20]),
    ("str.encode", [295, 68, 51, 32, 30, 34, 31, 32, 31]),
    ("str.endswith", [91, 78, 65, 66, 67, 70, 85, 95, 16]),
    ("str.find", [84, 84, 83, 72, 68, 84, 91, 104, 21]),
    ("str.format", [116, 195, 179, 194, 184, 194, 218, 233, 219]),
    ("str.isdigit", [7, 25, 19, 12, 12, 16, 14, 11, 12]),
    ("str.join", [28, 61, 51, 61, 50, 54, 36, 46, 49]),
    ("str.lower", [27, 42, 35, 37, 29, 32, 28, 33, 32]),
    ("str.replace", [119, 134, 105, 64, 52, 58, 60, 58, 64]),
    ("str.rjust", [95, 117, 95, 58, 52, 54, 51, 54, 52]),
    ("str.split", [83, 104, 81, 67, 61, 72, 66, 82, 67]),
    ("str.startswith", [89, 83, 80, 75, 68, 75, 96, 103, 20]),
    ("str.strip", [19, 27, 26, 11, 8, 14, 13, 9, 11]),
    ("str.upper", [33, 42, 34, 32, 30, 34, 30, 32, 30]),
    ("sum", [52, 88, 71, 55, 60, 53, 38, 65, 64]),
    ("sys.getswitchinterval", [23, 22, 28, 33, 30, 31, 22, 32, 26]),
    ("time.monotonic", [43, 46, 48, 49, 47, 54, 48, 52, 47]),
    ("time.perf_counter", [46, 46, 53, 51, 49, 52, 50, 53, 49]),
    ("time.time", [25, 47, 48, 48, 49, 50, 49, 50, 45]),
    ("tuple", [66, 100, 60, 60, 32, 21, 6, 6, 3]),
    ("type", [35, 63, 66, 57, 54, 16, 2, 3, 1]),
    ("zip", [254, 200, 172, 188, 181, 220, 200, 290, 260]),
];

/// Costs of a profile.
#[derive(Debug, PartialEq, Eq)]
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
    /// Finding an item in a dict, beyond the subscript.
    dict_item_ns: u64,
    /// Replacing or adding an item of a dict, beyond the subscript.
    dict_store_ns: u64,
    /// Touching an item of a list that is larger than the caches.
    far_item_ns: u64,
}

/// Each made when its profile is first asked for: a run needs one.
static BY_PROFILE: LazyLock<BTreeMap<&'static str, OnceLock<Arc<NativeCosts>>>> =
    LazyLock::new(|| CodeRules::profiles().map(|profile| (profile, OnceLock::new())).collect());

/// The shipped costs of a profile by name, as in a cost file.
pub(crate) fn shipped(profile: &str) -> BTreeMap<&'static str, u16> {
    let (column, percent) = cost_column(profile);
    COSTS_NS.iter().map(|(name, row)| (*name, scaled(row[column], percent))).collect()
}

/// The shipped costs of the work that the text tells.
pub(crate) fn shipped_work(profile: &str) -> WorkNs {
    let (column, percent) = cost_column(profile);
    let row = |work: Work| row_of([work.name(), "", ""]).unwrap_or_else(|| unreachable!("{} has a row", work.name()));
    std::array::from_fn(|at| scaled(row(Work::ALL[at])[column], percent))
}

impl NativeCosts {
    /// The costs that a machine with these rules has.
    pub(crate) fn of_rules(rules: &CodeRules) -> Arc<NativeCosts> {
        let shipped = || {
            let (column, percent) = cost_column(rules.profile);
            NativeCosts::new(|name| row_of(name).map(|row| scaled(row[column], percent)))
        };
        let own = rules.own_costs.as_ref();
        Arc::clone(own.unwrap_or_else(|| BY_PROFILE[rules.profile].get_or_init(|| Arc::new(shipped()))))
    }

    /// Costs by name; every row of the shipped table has to be there.
    pub(crate) fn of_names(costs_ns: &BTreeMap<&'static str, u16>) -> NativeCosts {
        NativeCosts::new(|name| costs_ns.get(name.concat().as_str()).copied())
    }

    /// The cost of the function with this number.
    #[inline(always)]
    pub fn ns(&self, id: NativeId) -> u64 {
        u64::from(self.natives[id.0 as usize])
    }

    fn new(cost_ns: impl Fn(Parts) -> Option<u16>) -> NativeCosts {
        let named =
            |name: &'static str| u64::from(cost_ns([name, "", ""]).unwrap_or_else(|| unreachable!("{name} has a row")));
        NativeCosts {
            natives: natives().iter().map(|native| cost_ns(full_name(native)).unwrap_or(OTHER_NS)).collect(),
            instance_ns: named("instance"),
            concatenate_ns: named("operator: concatenate"),
            power_ns: named("operator: power"),
            str_format_ns: named("operator: str format"),
            wide_multiply_ns: named("operator: wide multiply"),
            wide_divide_ns: named("operator: wide divide"),
            dict_item_ns: named("operator: dict item"),
            dict_store_ns: named("operator: dict store"),
            far_item_ns: named("operator: far item"),
        }
    }

    /// What reading an item costs beyond the instruction.
    #[inline(always)]
    pub(crate) fn item_ns(&self, reach: Reach) -> u64 {
        match reach {
            Reach::Near => 0,
            Reach::Far => self.far_item_ns,
            Reach::Dict => self.dict_item_ns,
        }
    }

    /// What writing an item costs beyond the instruction.
    #[inline(always)]
    pub(crate) fn store_item_ns(&self, reach: Reach) -> u64 {
        match reach {
            Reach::Near => 0,
            Reach::Far => self.far_item_ns,
            Reach::Dict => self.dict_store_ns,
        }
    }
}

fn row_of(name: Parts) -> Option<&'static Row> {
    COSTS_NS.binary_search_by(|row| compare(row.0, name)).ok().map(|at| &COSTS_NS[at].1)
}

/// A name in parts: putting together those of all functions would take a third of the time that a machine is made in.
type Parts = [&'static str; 3];

/// The order of a name and another one in parts.
fn compare(name: &str, parts: Parts) -> Ordering {
    let mut rest = name.as_bytes();
    for part in parts {
        let (head, tail) = rest.split_at(rest.len().min(part.len()));
        match head.cmp(part.as_bytes()) {
            Ordering::Equal => rest = tail,
            other => return other,
        }
    }
    if rest.is_empty() { Ordering::Equal } else { Ordering::Greater }
}

/// `len`, `list.append`, `math.sqrt`; a constructor is the class.
fn full_name(registered: &Registered) -> Parts {
    let name = registered.def.name;
    let class = registered.owner.map(|owner| BUILTIN_CLASSES[owner.0 as usize].name);
    match (class, registered.module) {
        (Some(class), _) if registered.def.kind == NativeKind::New => [class, "", ""],
        (Some(class), _) => [class, ".", name],
        (None, Some(module)) if module != "builtins" => [module, ".", name],
        (None, _) => [name, "", ""],
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
        let names: Vec<String> = natives().iter().map(|native| full_name(native).concat()).collect();
        let unknown: Vec<&str> = COSTS_NS
            .iter()
            .map(|row| row.0)
            .filter(|name| {
                !names.iter().any(|n| n == name) && !OTHERS.contains(name) && !name.starts_with("operator: ")
            })
            .collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[test]
    fn a_name_in_parts_compares_as_the_whole() {
        let names = ["", "a", "a.", "a.b", "a.bc", "aa", "ab", "b", "a.c", "a-b"];
        for name in names {
            for parts in [["a", ".", "b"], ["a", "", ""], ["", "", ""], ["a", ".", ""]] {
                assert_eq!(compare(name, parts), name.cmp(&parts.concat()), "{name:?} {parts:?}");
            }
        }
    }
}
