//! `posix`: the operating system of the simulated machine, as far as it has one. `vm/lib/os.py` is built on it.
//!
//! A fixed user, no file system but the program's own files, and numbers that come from the configuration; nothing of the
//! host shows.

use crate::effect::{Effect, Reply};
use crate::interp::Vm;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Then, function};
use crate::value::{ObjId, Value};

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "posix", functions: FUNCTIONS, fill };

/// Number of the one user and of its one group.
const USER: i64 = 1000;

const FUNCTIONS: &[NativeDef] = &[
    function("getpid", Sig::NoArgs, |cx, _| Ok(Value::Int(i64::from(cx.vm.config.pid)))),
    function("getppid", Sig::NoArgs, |cx, _| Ok(Value::Int(i64::from(cx.vm.config.pid) - 1))),
    function("getuid", Sig::NoArgs, |_, _| Ok(Value::Int(USER))),
    function("geteuid", Sig::NoArgs, |_, _| Ok(Value::Int(USER))),
    function("getgid", Sig::NoArgs, |_, _| Ok(Value::Int(USER))),
    function("getegid", Sig::NoArgs, |_, _| Ok(Value::Int(USER))),
    function("getgroups", Sig::NoArgs, |cx, _| Ok(cx.new_list(vec![Value::Int(USER)]))),
    function("getpriority", Sig::Named(&["which", "who"], 2, 2), getpriority),
    function("cpu_count", Sig::NoArgs, |cx, _| Ok(Value::Int(i64::from(cx.vm.config.cores)))),
    function("sched_yield", Sig::NoArgs, |cx, _| cx.effect(Effect::YieldCpu, Then::Return(Value::None))),
    function("urandom", Sig::One, urandom),
    function("_exit", Sig::Named(&["status"], 1, 1), exit),
    function("_kind", Sig::One, kind),
];

/// What the environment variables are when the program starts, and constants.
fn fill(vm: &mut Vm, namespace: ObjId) {
    let environment: Vec<(String, String)> =
        vm.config.environment.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let environ = vm.heap.new_dict();
    for (name, value) in environment {
        let name = vm.heap.intern(&name);
        let value = vm.heap.new_str(value);
        vm.heap.dict_set_name(environ, name, value);
    }
    let mut values = vec![("environ", Value::Obj(environ))];
    let constants = [("PRIO_PROCESS", 0), ("PRIO_PGRP", 1), ("PRIO_USER", 2)];
    values.extend(constants.map(|(name, number)| (name, Value::Int(number))));
    for (text, value) in values {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, value);
    }
}

/// `getpriority(which, who)`: nobody has changed any.
fn getpriority(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    const EINVAL: i64 = 22;
    const ESRCH: i64 = 3;
    let (which, who) = (cx.int_arg(args.get(0))?, i64::from(cx.int_arg(args.get(1))?));
    let known = [0, i64::from(cx.vm.config.pid), i64::from(cx.vm.config.pid) - 1];
    match which {
        0 | 1 if known.contains(&who) => Ok(Value::Int(0)),
        2 if who == 0 || who == USER => Ok(Value::Int(0)),
        0..=2 => {
            let class = crate::object::builtin::class_id::PROCESS_LOOKUP_ERROR;
            Err(cx.os_error(class, ESRCH, "No such process", None))
        }
        _ => Err(cx.os_error(crate::object::builtin::class_id::OS_ERROR, EINVAL, "Invalid argument", None)),
    }
}

/// `urandom(size)`: bytes of the simulated machine's random numbers.
/// The system call, during which CPython has released the GIL.
const URANDOM_NS: u64 = 600;

fn urandom(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    /// Each eight bytes are a question to the world.
    const MOST: i64 = 1 << 20;
    let size = cx.size_arg(args.get(0))?;
    if size < 0 {
        return Err(cx.value_error("negative argument not allowed"));
    }
    if size > MOST {
        return Err(cx.value_error("os.urandom() of more than 1 MiB is not supported"));
    }
    cx.ask(Effect::Native { cost_ns: URANDOM_NS, drops_gil: true })?;
    let size = size as usize;
    let mut bytes = Vec::with_capacity(size);
    while bytes.len() < size {
        match cx.ask(Effect::Random)? {
            Reply::Int(word) => bytes.extend_from_slice(&word.to_le_bytes()),
            _ => bytes.extend_from_slice(&[0; 8]),
        }
    }
    bytes.truncate(size);
    Ok(cx.new_bytes(bytes))
}

fn exit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let status = cx.int_arg(args.get(0))?;
    cx.effect(Effect::Exit(status), Then::Return(Value::None))
}

/// `_kind(path)`: 1 for a file of the program, 2 for a folder on the way to one, else 0.
fn kind(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(path) = cx.as_str(args.get(0)) else { return Ok(Value::Int(0)) };
    let config = &cx.vm.config;
    let files = config.modules.values().map(|m| &*m.source.path).chain(config.argv.first().map(String::as_str));
    let folder = format!("{}/", path.trim_end_matches('/'));
    let mut kind = if matches!(path, "/" | "." | "/home" | "/home/user") { 2 } else { 0 };
    for file in files {
        let file = file.trim_start_matches("./");
        if file == path.trim_start_matches("./") {
            kind = 1;
        } else if kind == 0 && file.starts_with(&folder) {
            kind = 2;
        }
    }
    Ok(Value::Int(kind))
}
