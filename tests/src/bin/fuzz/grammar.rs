//! Programs shaped by Python's grammar: they compile mostly, raise often, and call what a program can call.

use crate::input::Dice;

const NAMES: &[&str] = &["a", "b", "c", "f", "g", "C", "x", "self", "lock", "args", "_"];
#[rustfmt::skip]
const LITERALS: &[&str] = &[
    "0", "1", "-1", "2", "7", "255", "10**30", "2**64", "0.5", "-0.0", "1e308", "float('nan')", "1j", "True", "None",
    "''", "'a'", "'héllo'", "'\\U0001f600'", "b''", "b'xy'", "...", "()", "[]", "{}", "set()", "'%s'", "'{}'",
    "'{0!r:>5}'",
];
#[rustfmt::skip]
const BINARY: &[&str] = &[
    "+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>", "and", "or", "==", "!=", "<", "<=", ">",
    "is", "is not", "in", "not in",
];
#[rustfmt::skip]
const CALLS: &[&str] = &[
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr", "complex", "dict", "dir",
    "divmod", "enumerate", "eval", "exec", "filter", "float", "format", "frozenset", "getattr", "globals", "hasattr",
    "hash", "hex", "id", "int", "isinstance", "issubclass", "iter", "len", "list", "locals", "map", "max",
    "memoryview", "min", "next", "object", "oct", "ord", "pow", "print", "property", "range", "repr", "reversed",
    "round", "set", "setattr", "slice", "sorted", "str", "sum", "super", "tuple", "type", "vars", "zip", "delattr",
    "staticmethod", "threading.Thread", "threading.Lock", "threading.RLock", "threading.Condition", "threading.Event",
    "threading.Timer", "threading.Semaphore", "threading.Barrier", "threading.local", "threading.current_thread",
    "queue.Queue", "queue.SimpleQueue", "time.sleep", "time.time", "sys.exit", "sys.setrecursionlimit",
    "sys.getsizeof", "f", "g", "C", "ValueError", "KeyError", "StopIteration", "ExceptionGroup", "__import__",
    "compile", "random.random", "collections.deque", "collections.Counter", "collections.OrderedDict",
    "itertools.count", "itertools.product", "functools.partial", "functools.reduce", "math.sqrt", "math.factorial",
    "concurrent.futures.ThreadPoolExecutor",
];
#[rustfmt::skip]
const METHODS: &[&str] = &[
    "append", "extend", "pop", "insert", "remove", "sort", "reverse", "index", "count", "copy", "clear", "join",
    "split", "strip", "replace", "format", "encode", "decode", "find", "startswith", "upper", "title", "zfill",
    "translate", "partition", "get", "keys", "values", "items", "update", "setdefault", "popitem", "add", "discard",
    "union", "send", "throw", "close", "__next__", "__iter__", "__len__", "__class__", "__init__", "__dict__",
    "__add__", "__getitem__", "acquire", "release", "wait", "notify", "notify_all", "set", "start", "join",
    "is_alive", "put", "submit", "result", "put_nowait", "bit_length", "to_bytes", "from_bytes", "hex",
    "as_integer_ratio", "conjugate", "mro", "__subclasses__",
];
const TARGETS: &[&str] = &["a", "b", "c", "a, b", "*a, b", "a[0]", "a[:]", "a.b", "self.x", "(a, [b, c])", "C.z", "x"];
const EXCEPTIONS: &[&str] =
    &["Exception", "ValueError", "(TypeError, KeyError)", "BaseException", "a", "StopIteration"];

/// What every program begins with, so that its names mean something.
const PRELUDE: &str = "import threading, queue, time, sys, random, collections, itertools, functools, math\nimport \
     concurrent.futures\na = b = c = x = _ = 1\nself = args = []\nlock = threading.Lock()\ndef f(*args, **kw): return \
     args\ng = lambda x=0: x\nclass C: z = 0\n";

/// A program.
pub fn program(dice: &mut Dice) -> String {
    let mut text = PRELUDE.to_owned();
    block(dice, &mut text, 0, 3, 1);
    text
}

fn block(dice: &mut Dice, text: &mut String, indent: usize, depth: usize, least: usize) {
    for _ in 0..least + dice.roll(4) {
        statement(dice, text, indent, depth);
    }
}

fn line(text: &mut String, indent: usize, content: &str) {
    text.push_str(&"    ".repeat(indent));
    text.push_str(content);
    text.push('\n');
}

/// A statement on one line.
pub fn simple_statement(dice: &mut Dice) -> String {
    let value = expression(dice, 3);
    match dice.roll(16) {
        0..=3 => format!("{} = {value}", dice.pick(TARGETS)),
        4 => {
            format!("{} {}= {value}", dice.pick(&["a", "b", "a[0]", "self.x"]), dice.pick(&["+", "-", "*", "**", "|"]))
        }
        5 => format!("print({value})"),
        6 => format!("del {}", dice.pick(TARGETS)),
        7 => format!("assert {value}, {}", expression(dice, 1)),
        8 => format!("raise {value}"),
        9 => dice.pick(&["pass", "break", "continue", "return", "raise", "global a", "nonlocal b", "yield"]).to_owned(),
        10 => format!("return {value}"),
        11 => format!("{}: {value} = {}", dice.pick(NAMES), expression(dice, 1)),
        12 => format!("threading.Thread(target={}, args=({value},)).start()", dice.pick(NAMES)),
        _ => value,
    }
}

fn statement(dice: &mut Dice, text: &mut String, indent: usize, depth: usize) {
    if depth == 0 || dice.roll(3) > 0 {
        return line(text, indent, &simple_statement(dice));
    }
    let inner = expression(dice, 2);
    let target = dice.pick(TARGETS);
    match dice.roll(9) {
        0 => compound(dice, text, indent, depth, &[&format!("if {inner}:"), "else:"]),
        1 => compound(dice, text, indent, depth, &[&format!("for {target} in {inner}:"), "else:"]),
        2 => compound(dice, text, indent, depth, &[&format!("while {inner}:")]),
        3 => compound(dice, text, indent, depth, &[&format!("with {inner} as {target}:")]),
        4 => attempt(dice, text, indent, depth),
        5 | 6 => function(dice, text, indent, depth),
        7 => compound(dice, text, indent, depth, &[&format!("class C({inner}):")]),
        _ => cases(dice, text, indent, depth, &inner),
    }
}

fn compound(dice: &mut Dice, text: &mut String, indent: usize, depth: usize, heads: &[&str]) {
    for head in heads {
        line(text, indent, head);
        block(dice, text, indent + 1, depth - 1, 1);
    }
}

fn attempt(dice: &mut Dice, text: &mut String, indent: usize, depth: usize) {
    let star = dice.pick(&["", "", "", "*"]);
    let handler = format!("except{star} {} as {}:", dice.pick(EXCEPTIONS), dice.pick(NAMES));
    match dice.roll(3) {
        0 => compound(dice, text, indent, depth, &["try:", &handler]),
        1 => compound(dice, text, indent, depth, &["try:", "finally:"]),
        _ => compound(dice, text, indent, depth, &["try:", &handler, "else:", "finally:"]),
    }
}

fn function(dice: &mut Dice, text: &mut String, indent: usize, depth: usize) {
    if dice.roll(4) == 0 {
        line(text, indent, &format!("@{}", dice.pick(&["property", "staticmethod", "functools.cache", "f", "g"])));
    }
    let parameters = dice.pick(&["", "x", "self", "a, /, b=1, *, c", "*args", "**kw", "a=[], *args, **kw", "x: int"]);
    let name =
        dice.pick(&["f", "g", "__init__", "__getattr__", "__eq__", "__del__", "__iter__", "__enter__", "__call__"]);
    compound(dice, text, indent, depth, &[&format!("def {name}({parameters}):")]);
}

fn cases(dice: &mut Dice, text: &mut String, indent: usize, depth: usize, subject: &str) {
    line(text, indent, &format!("match {subject}:"));
    let patterns = ["1 | 2", "[a, *b]", "{'k': a, **c}", "C(z=a)", "str() as x", "None", "(a, b) if a", "-1.5", "_"];
    for _ in 0..1 + dice.roll(3) {
        line(text, indent + 1, &format!("case {}:", dice.pick(&patterns)));
        block(dice, text, indent + 2, depth - 1, 1);
    }
}

/// An expression nested at most `depth` deep.
pub fn expression(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return if dice.roll(2) == 0 { dice.pick(NAMES) } else { dice.pick(LITERALS) }.to_owned();
    }
    let first = expression(dice, depth - 1);
    let second = expression(dice, depth - 1);
    match dice.roll(18) {
        0..=2 => format!("({first} {} {second})", dice.pick(BINARY)),
        3..=5 => format!("{}({first})", dice.pick(CALLS)),
        6 => format!("{}({first}, {second})", dice.pick(CALLS)),
        7 | 8 => format!("({first}).{}({second})", dice.pick(METHODS)),
        9 => format!("({first}).{}", dice.pick(METHODS)),
        10 => format!("{first}[{second}]"),
        11 => format!("[{first}, *[{second}]]"),
        12 => format!("{{{first}: {second}}}"),
        13 => format!("[{first} for {} in {second}]", dice.pick(&["a", "b", "a, b"])),
        14 => format!("({} {first})", dice.pick(&["not", "-", "~", "yield", "x :=", "lambda x:"])),
        15 => format!("({first} if {second} else {})", dice.pick(NAMES)),
        16 => format!("f'{{{}!r:>{{{}}}}}'", dice.pick(NAMES), dice.pick(&["5", "a", "x"])),
        _ => format!("{}(*{first}, **{second})", dice.pick(CALLS)),
    }
}
