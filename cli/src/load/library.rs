//! Which modules can be imported without a file beside the program, and which names belong to the standard library.

use super::stdlib::STDLIB;

/// Modules that CPython finds before it looks beside the program (built in, frozen, or imported at start-up): a file
/// of this name beside the program is not seen.
const BEFORE_THE_PROGRAM: &[&str] = &[
    "_thread",
    "abc",
    "atexit",
    "builtins",
    "codecs",
    "errno",
    "faulthandler",
    "gc",
    "genericpath",
    "io",
    "itertools",
    "linecache",
    "marshal",
    "ntpath",
    "os",
    "posix",
    "posixpath",
    "pwd",
    "runpy",
    "site",
    "stat",
    "sys",
    "time",
    "zipimport",
];

/// Whether a top-level module of this name is found before the program's folder is searched.
pub fn precedes_the_program(top_level: &str) -> bool {
    BEFORE_THE_PROGRAM.contains(&top_level)
}

/// Whether Python 3.13's standard library has a top-level module of this name.
pub fn is_standard(top_level: &str) -> bool {
    STDLIB.split_ascii_whitespace().any(|name| name == top_level)
}

/// Whether gilsim has the module, by its full name.
pub fn is_supported(module: &str) -> bool {
    supported_names().contains(&module)
}

/// The public modules that gilsim has, sorted.
pub fn supported_names() -> Vec<&'static str> {
    // Until the machine tells by itself.
    vec![
        "__future__",
        "_thread",
        "abc",
        "bisect",
        "builtins",
        "collections",
        "collections.abc",
        "concurrent",
        "concurrent.futures",
        "concurrent.futures.thread",
        "contextlib",
        "copy",
        "dataclasses",
        "functools",
        "heapq",
        "itertools",
        "keyword",
        "linecache",
        "logging",
        "math",
        "operator",
        "os",
        "os.path",
        "queue",
        "random",
        "reprlib",
        "string",
        "sys",
        "threading",
        "time",
        "traceback",
        "types",
        "typing",
        "warnings",
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_names_are_known() {
        assert!(is_standard("threading") && is_standard("tkinter") && !is_standard("numpy"));
    }
}
