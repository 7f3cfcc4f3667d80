//! What a virtual machine is told when it is made: the program's surroundings and its limits.

use crate::code::CodeRules;
use crate::object::text_io::Buffering;
use crate::source::SourceFile;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Surroundings and limits of one interpreter.
#[derive(Clone, Debug, PartialEq)]
pub struct VmConfig {
    /// Eval checks and costs.
    pub rules: CodeRules,
    /// Modules beside the program, by full name (`pkg.mod`); a package is its `__init__.py`.
    pub modules: BTreeMap<String, UserModule>,
    /// `sys.argv`; the first is the program's path.
    pub argv: Vec<String>,
    /// `os.environ` of the simulated machine.
    pub environment: BTreeMap<String, String>,
    /// What `sys.stdin` gives: an input of the run like the program's text.
    pub stdin: Arc<str>,
    /// How `sys.stdout` is buffered.
    pub stdout: Buffering,
    /// Simulated CPUs (`os.cpu_count()`).
    pub cores: u32,
    /// `os.getpid()`; the parent has the number before it.
    pub pid: u32,
    /// `time.time()` at the start of the program, nanoseconds since 1970.
    pub epoch_ns: u64,
    /// Bytes the heap may use.
    pub heap_bytes_max: usize,
    /// Whether exceptions that nobody catches are printed, which costs more than most executions of a search.
    pub prints_tracebacks: bool,
}

/// A module beside the program.
#[derive(Clone, Debug, PartialEq)]
pub struct UserModule {
    /// Its text.
    pub source: Arc<SourceFile>,
    /// Whether it is a package (`__init__.py`).
    pub is_package: bool,
}

impl VmConfig {
    /// The defaults of a run without options, for a profile's rules.
    pub fn new(rules: CodeRules) -> VmConfig {
        VmConfig {
            rules,
            modules: BTreeMap::new(),
            argv: vec![String::new()],
            environment: default_environment(),
            stdin: Arc::from(""),
            stdout: Buffering::Line,
            cores: 4,
            pid: 1000,
            epoch_ns: 1_735_689_600_000_000_000,
            heap_bytes_max: 1_500_000_000,
            prints_tracebacks: true,
        }
    }
}

/// A small, fixed environment: nothing of the host's reaches a program.
fn default_environment() -> BTreeMap<String, String> {
    [
        ("HOME", "/home/user"),
        ("LANG", "C.UTF-8"),
        ("PATH", "/usr/bin:/bin"),
        ("PYTHONHASHSEED", "0"),
        ("TZ", "UTC"),
        ("USER", "user"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}
