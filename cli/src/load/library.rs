//! Which modules can be imported without a file beside the program, and which names belong to the standard library.

use gilsim_vm::stdlib::STDLIB;

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

/// Members of supported modules that belong to what gilsim does not have yet: processes.
const LATER_MEMBERS: &[(&str, &[&str])] = &[
    ("concurrent.futures", &["ProcessPoolExecutor"]),
    (
        "multiprocessing",
        &[
            "Array",
            "Barrier",
            "BoundedSemaphore",
            "Condition",
            "Event",
            "JoinableQueue",
            "Lock",
            "Manager",
            "Pipe",
            "Pool",
            "Process",
            "Queue",
            "RLock",
            "RawArray",
            "RawValue",
            "Semaphore",
            "SimpleQueue",
            "Value",
            "active_children",
            "connection",
            "current_process",
            "get_all_start_methods",
            "get_context",
            "get_logger",
            "get_start_method",
            "log_to_stderr",
            "managers",
            "parent_process",
            "set_start_method",
            "shared_memory",
            "sharedctypes",
        ],
    ),
    ("multiprocessing.pool", &["Pool"]),
    ("os", &["fork", "forkpty", "kill", "popen", "system", "wait", "waitpid"]),
];

/// Packages from outside the standard library that gilsim means to have.
const LATER_PACKAGES: &[&str] = &["ipywidgets", "tqdm"];

/// Whether a member of a module is known and not there yet.
pub fn is_later_member(module: &str, name: &str) -> bool {
    LATER_MEMBERS.iter().any(|(of, names)| *of == module && names.contains(&name))
}

/// Whether a top-level package is known and not there yet.
pub fn is_later_package(top_level: &str) -> bool {
    LATER_PACKAGES.contains(&top_level)
}

/// Modules whose names begin with an underscore and that programs import all the same.
const UNDERSCORED: &[&str] = &["__future__", "_heapq", "_random", "_thread", "_weakref"];

/// The public modules that gilsim has, sorted.
pub fn supported_names() -> Vec<&'static str> {
    let is_public = |name: &&str| !name.split('.').any(|part| part.starts_with('_')) || UNDERSCORED.contains(name);
    gilsim_vm::library::module_names().into_iter().filter(is_public).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_names_are_known() {
        assert!(is_standard("threading") && is_standard("tkinter") && !is_standard("numpy"));
    }
}
