//! Virtual time of native functions, in nanoseconds, beyond that of the instruction that calls them.
//!
//! Measured together with the costs of instructions; how, when and on what machine is said in `crate::code::costs`. The
//! arguments were those of an ordinary small call. Work that grows with the data (sorting, iterating, copying) is added
//! by the functions that do it. A function without a row costs `OTHER_NS`, about the median of the rows.
//! Rows of zeros are those that a calibration tells apart (`crate::code::work`, items of dicts and of long lists) and that the shipped columns, which are older,
//! have in the costs of the instructions. What cold code of 3.11 takes longer is of a later calibration, scaled to that column as `ship.py` does.

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
    ("BaseException", [80, 103, 83, 95, 80, 87, 105, 151, 127]),
    ("RLock.acquire", [53, 58, 40, 61, 53, 46, 66, 65, 66]),
    ("RLock.release", [43, 44, 41, 44, 43, 42, 41, 41, 41]),
    ("Random.random", [28, 49, 32, 33, 28, 31, 33, 70, 69]),
    ("SimpleQueue.get", [14, 14, 30, 21, 14, 18, 28, 43, 22]),
    ("SimpleQueue.put", [25, 25, 76, 36, 25, 35, 26, 31, 25]),
    ("_thread.get_ident", [33, 36, 41, 39, 33, 32, 35, 50, 41]),
    ("abs", [21, 25, 23, 24, 21, 13, 8, 8, 5]),
    ("all", [70, 74, 72, 66, 70, 66, 55, 83, 71]),
    ("any", [48, 55, 56, 68, 48, 50, 37, 61, 51]),
    ("bool", [67, 90, 62, 65, 67, 15, 11, 11, 7]),
    ("callable", [19, 24, 23, 19, 19, 15, 7, 7, 6]),
    ("chr", [33, 52, 50, 27, 33, 20, 11, 11, 10]),
    ("cold: BINARY_OP", [0, 0, 0, 0, 0, 0, 5, 0, 0]),
    ("cold: BINARY_SUBSCR", [0, 0, 0, 0, 0, 0, 10, 0, 0]),
    ("cold: CALL", [0, 0, 0, 0, 0, 0, 20, 0, 0]),
    ("cold: COMPARE_OP", [0, 0, 0, 0, 0, 0, 6, 0, 0]),
    ("cold: LOAD_ATTR", [0, 0, 0, 0, 0, 0, 15, 0, 0]),
    ("cold: LOAD_GLOBAL", [0, 0, 0, 0, 0, 0, 9, 0, 0]),
    ("cold: STORE_ATTR", [0, 0, 0, 0, 0, 0, 21, 0, 0]),
    ("cold: STORE_SUBSCR", [0, 0, 0, 0, 0, 0, 10, 0, 0]),
    ("deque.append", [10, 36, 26, 14, 10, 7, 2, 1, 1]),
    ("deque.popleft", [5, 12, 9, 6, 5, 4, 10, 7, 9]),
    ("dict", [159, 233, 229, 235, 159, 85, 184, 221, 203]),
    ("dict.copy", [41, 117, 48, 50, 41, 59, 56, 77, 65]),
    ("dict.get", [8, 46, 19, 11, 8, 12, 16, 13, 14]),
    ("dict.items", [121, 40, 33, 35, 25, 31, 27, 44, 36]),
    ("dict.keys", [22, 35, 30, 30, 22, 28, 25, 41, 36]),
    ("dict.pop", [9, 56, 54, 14, 9, 12, 20, 16, 16]),
    ("dict.setdefault", [10, 51, 21, 14, 10, 16, 20, 18, 19]),
    ("dict.update", [33, 72, 68, 80, 33, 42, 60, 71, 60]),
    ("dict.values", [22, 35, 29, 31, 22, 28, 25, 41, 35]),
    ("divmod", [74, 115, 83, 68, 74, 72, 60, 82, 69]),
    ("enumerate", [648, 170, 152, 143, 136, 135, 90, 139, 125]),
    ("float", [117, 147, 119, 120, 117, 73, 60, 67, 63]),
    ("format", [200, 293, 239, 197, 200, 199, 182, 227, 218]),
    ("getattr", [30, 71, 49, 32, 30, 28, 21, 30, 28]),
    ("hasattr", [30, 70, 52, 36, 30, 30, 22, 29, 30]),
    ("hash", [37, 44, 47, 42, 37, 31, 25, 32, 27]),
    ("id", [41, 41, 37, 44, 41, 34, 27, 40, 32]),
    ("instance", [110, 138, 124, 125, 120, 121, 147, 204, 88]),
    ("int", [120, 164, 156, 131, 120, 128, 120, 143, 71]),
    ("int.bit_length", [6, 17, 12, 10, 6, 10, 9, 7, 7]),
    ("isinstance", [23, 55, 44, 33, 23, 18, 7, 6, 3]),
    ("iter", [39, 83, 76, 46, 39, 36, 30, 47, 40]),
    ("len", [22, 28, 29, 27, 22, 15, 8, 10, 5]),
    ("list", [72, 145, 113, 118, 72, 69, 60, 90, 77]),
    ("list.append", [7, 52, 30, 14, 7, 13, 4, 4, 0]),
    ("list.copy", [51, 65, 61, 49, 51, 50, 48, 74, 63]),
    ("list.count", [28, 39, 31, 28, 28, 25, 25, 30, 29]),
    ("list.extend", [17, 37, 32, 28, 17, 19, 21, 24, 26]),
    ("list.index", [51, 123, 98, 54, 51, 49, 49, 58, 58]),
    ("list.insert", [20, 100, 66, 30, 20, 19, 18, 25, 24]),
    ("list.pop", [0, 4, 2, 1, 0, 0, 7, 7, 6]),
    ("list.reverse", [22, 33, 28, 25, 22, 26, 27, 26, 25]),
    ("list.sort", [55, 140, 86, 68, 55, 56, 55, 50, 68]),
    ("lock.__enter__", [20, 30, 18, 54, 72, 55, 48, 40, 109]),
    ("lock.__exit__", [20, 30, 18, 54, 72, 55, 48, 40, 109]),
    ("lock.acquire", [46, 47, 29, 57, 46, 39, 55, 59, 62]),
    ("lock.locked", [0, 13, 6, 6, 0, 0, 4, 3, 5]),
    ("lock.release", [41, 41, 38, 43, 41, 40, 39, 39, 39]),
    ("map", [135, 141, 118, 147, 135, 99, 86, 135, 114]),
    ("math.floor", [16, 70, 72, 78, 16, 19, 10, 11, 8]),
    ("math.gcd", [76, 134, 89, 81, 76, 79, 70, 74, 63]),
    ("math.sin", [35, 31, 43, 43, 35, 35, 27, 32, 27]),
    ("math.sqrt", [27, 24, 30, 31, 27, 26, 16, 24, 18]),
    ("max", [139, 152, 130, 169, 139, 139, 143, 186, 27]),
    ("min", [137, 144, 131, 173, 137, 144, 143, 190, 26]),
    ("next", [45, 68, 51, 43, 45, 30, 23, 32, 27]),
    ("object", [77, 58, 53, 57, 77, 45, 46, 56, 51]),
    ("operator: bits", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: concatenate", [22, 18, 19, 20, 19, 23, 28, 37, 29]),
    ("operator: dict item", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: dict store", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: divide", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: equal key", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: far item", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: multiply", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: power", [30, 22, 23, 24, 25, 23, 34, 41, 41]),
    ("operator: range item", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: remainder", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: shift", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("operator: str format", [328, 110, 106, 117, 115, 117, 132, 154, 163]),
    ("operator: wide divide", [14, 94, 85, 101, 90, 90, 99, 132, 136]),
    ("operator: wide multiply", [5, 29, 24, 35, 29, 30, 33, 49, 41]),
    ("ord", [23, 25, 31, 23, 23, 17, 10, 9, 8]),
    ("pow", [308, 319, 295, 298, 308, 302, 28, 31, 27]),
    ("property", [74, 120, 120, 88, 74, 91, 81, 108, 99]),
    ("range", [146, 400, 359, 379, 254, 239, 201, 144, 114]),
    ("repr", [79, 77, 74, 95, 79, 82, 65, 95, 87]),
    ("reversed", [90, 112, 102, 105, 90, 60, 42, 67, 55]),
    ("round", [93, 200, 130, 117, 93, 91, 79, 112, 95]),
    ("set", [149, 193, 174, 197, 149, 157, 141, 176, 168]),
    ("set.add", [7, 17, 15, 11, 7, 13, 15, 12, 11]),
    ("set.discard", [13, 18, 15, 12, 13, 20, 23, 17, 17]),
    ("set.union", [167, 181, 171, 171, 167, 184, 195, 243, 220]),
    ("sorted", [187, 250, 168, 178, 187, 192, 170, 223, 207]),
    ("str", [157, 153, 143, 174, 157, 126, 64, 93, 81]),
    ("str.count", [65, 84, 70, 70, 65, 73, 85, 98, 19]),
    ("str.encode", [26, 64, 41, 34, 26, 31, 29, 38, 31]),
    ("str.endswith", [60, 76, 64, 66, 60, 68, 82, 94, 15]),
    ("str.find", [65, 84, 70, 69, 65, 76, 89, 101, 21]),
    ("str.format", [183, 190, 176, 193, 183, 190, 195, 231, 220]),
    ("str.isdigit", [8, 23, 16, 13, 8, 15, 13, 12, 12]),
    ("str.join", [72, 78, 69, 74, 72, 65, 59, 79, 66]),
    ("str.lower", [26, 39, 33, 36, 26, 31, 27, 37, 31]),
    ("str.replace", [52, 130, 93, 63, 52, 54, 58, 63, 55]),
    ("str.rjust", [50, 115, 89, 59, 50, 49, 50, 55, 46]),
    ("str.split", [60, 100, 77, 64, 60, 66, 66, 85, 67]),
    ("str.startswith", [65, 79, 68, 72, 65, 70, 89, 100, 20]),
    ("str.strip", [359, 26, 19, 12, 359, 14, 13, 9, 11]),
    ("str.upper", [28, 38, 31, 33, 28, 33, 29, 40, 31]),
    ("sum", [93, 131, 101, 92, 93, 86, 72, 99, 92]),
    ("sys.getswitchinterval", [23, 20, 28, 27, 23, 26, 24, 34, 29]),
    ("time.monotonic", [43, 42, 53, 51, 43, 50, 52, 61, 56]),
    ("time.perf_counter", [46, 44, 57, 54, 46, 49, 53, 65, 54]),
    ("time.time", [44, 45, 52, 52, 44, 50, 54, 60, 54]),
    ("tuple", [16, 90, 59, 58, 16, 16, 6, 8, 5]),
    ("type", [43, 58, 68, 56, 43, 9, 2, 1, 0]),
    ("zip", [177, 187, 161, 186, 177, 197, 195, 291, 257]),
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
    /// Reading an item, beyond the instruction, by where it is found.
    item_ns: [u64; Reach::COUNT],
    /// Replacing or adding one.
    store_item_ns: [u64; Reach::COUNT],
    /// What finding a key costs beyond what every lookup does.
    found_ns: [u64; Reach::COUNT],
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
        let sieve = Sieve::new();
        let cost_ns = |name: Parts| if sieve.may_have(name) { cost_ns(name) } else { None };
        let named =
            |name: &'static str| u64::from(cost_ns([name, "", ""]).unwrap_or_else(|| unreachable!("{name} has a row")));
        let (far, equal) = (named("operator: far item"), named("operator: equal key"));
        let reaching_in = |list: u64, dict: u64| [0, list, dict, dict + equal];
        let reaching = |dict: &'static str| reaching_in(far, named(dict));
        NativeCosts {
            natives: natives().iter().map(|native| cost_ns(full_name(native)).unwrap_or(OTHER_NS)).collect(),
            instance_ns: named("instance"),
            concatenate_ns: named("operator: concatenate"),
            power_ns: named("operator: power"),
            str_format_ns: named("operator: str format"),
            wide_multiply_ns: named("operator: wide multiply"),
            wide_divide_ns: named("operator: wide divide"),
            item_ns: reaching("operator: dict item"),
            store_item_ns: reaching("operator: dict store"),
            found_ns: reaching_in(0, 0),
        }
    }

    /// What reading an item costs beyond the instruction.
    #[inline(always)]
    pub(crate) fn item_ns(&self, reach: Reach) -> u64 {
        self.item_ns[reach as usize]
    }

    /// What finding a key costs, beyond what every lookup does.
    #[inline(always)]
    pub(crate) fn found_ns(&self, reach: Reach) -> u64 {
        self.found_ns[reach as usize]
    }

    /// What writing an item costs beyond the instruction.
    #[inline(always)]
    pub(crate) fn store_item_ns(&self, reach: Reach) -> u64 {
        self.store_item_ns[reach as usize]
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

/// Which lengths the names of the table have, by their first byte: most functions have no row, and are not searched for.
struct Sieve([u64; 256]);

impl Sieve {
    fn new() -> Sieve {
        let mut lengths = [0; 256];
        for (name, _) in COSTS_NS {
            lengths[usize::from(name.as_bytes()[0])] |= Sieve::bit(name.len());
        }
        Sieve(lengths)
    }

    fn may_have(&self, name: Parts) -> bool {
        let lengths = name[0].as_bytes().first().map_or(0, |first| self.0[usize::from(*first)]);
        lengths & Sieve::bit(name.iter().map(|part| part.len()).sum()) != 0
    }

    /// Long names share the last bit.
    fn bit(length: usize) -> u64 {
        1 << length.min(63)
    }
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
                !names.iter().any(|n| n == name)
                    && !OTHERS.contains(name)
                    && !["operator: ", "cold: "].iter().any(|kind| name.starts_with(kind))
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
