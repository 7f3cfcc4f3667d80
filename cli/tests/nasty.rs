//! Programs made to break things: each ends with one clear message and the right status, soon and in little memory.
//!
//! A table by kind. Where the end is a limit of the run, the limit is made small, so that the tests stay fast; what is
//! tested is that it is noticed. Chains and nests are as long as the worst that a person would try: 100,000.

use crate::harness::{Done, Folder};

const MANY: usize = 100_000;

/// A program, the status it ends with, and a part of what it says on standard error.
struct Case {
    program: String,
    flags: &'static [&'static str],
    status: i32,
    says: &'static str,
}

fn case(program: impl Into<String>, status: i32, says: &'static str) -> Case {
    Case { program: program.into(), flags: &[], status, says }
}

fn limited(program: &str, flags: &'static [&'static str], says: &'static str) -> Case {
    Case { program: program.into(), flags, status: 5, says }
}

fn run(case: &Case) -> Done {
    let folder = Folder::with(&[("p.py", &case.program)]);
    folder.gilsim(&[&["run"], case.flags, &["p.py"]].concat())
}

fn check(cases: &[Case]) {
    for case in cases {
        let done = run(case);
        let shown: String = case.program.chars().take(60).collect();
        let stderr: String = done.stderr.chars().take(600).collect();
        assert_eq!(done.status, Some(case.status), "{shown}: {stderr}");
        assert!(done.stderr.contains(case.says), "{shown}: {} is not in {stderr}", case.says);
        let errors = done.stderr.matches("error[").count();
        assert!(errors <= 1, "{shown}: one message, not {errors}");
        assert!(done.stderr.len() < 100_000, "{shown}: a short message, not {} bytes", done.stderr.len());
        assert!(!done.stderr.contains("internal error"), "{shown}: {stderr}");
    }
}

/// `open` many times, a middle, `close` as often.
fn nest(open: &str, middle: &str, close: &str) -> String {
    format!("{}{middle}{}\n", open.repeat(MANY), close.repeat(MANY))
}

/// A text, a link many times, an end.
fn chain(first: &str, link: &str, last: &str) -> String {
    format!("{first}{}{last}\n", link.repeat(MANY))
}

/// Statements inside each other, each one column further right.
fn blocks(head: &str, count: usize) -> String {
    (0..=count).map(|level| format!("{}{}\n", " ".repeat(level), if level < count { head } else { "pass" })).collect()
}

const PARENTHESES: &str = "error[GS0901]: too many nested parentheses\n --> p.py:1:";
const EXPRESSIONS: &str = "error[GS0901]: too many nested expressions\n --> p.py:1:";

#[test]
fn nests() {
    check(&[
        case(nest("(", "", ")"), 2, PARENTHESES),
        case(nest("[", "", "]"), 2, PARENTHESES),
        case(nest("{", "", "}"), 2, PARENTHESES),
        case(nest("([{", "", ""), 2, PARENTHESES),
        case(nest("x[", "0", "]"), 2, PARENTHESES),
        case(nest("f(", "0", ")"), 2, PARENTHESES),
        case(nest("f'''{", "0", "}'''"), 2, "error[GS0901]: too many nested f-strings\n --> p.py:1:"),
        case(nest("lambda: ", "0", ""), 2, EXPRESSIONS),
        case(nest(")", "", ""), 2, "error[GS0001]: unmatched ')'\n --> p.py:1:1"),
        case(blocks("if 1:", 150), 2, "error[GS0901]: too many levels of indentation\n   --> p.py:101:1"),
        case(blocks("if 1:", 99), 0, ""),
        case(blocks("while x:", 22), 2, "error[GS0901]: too many statically nested blocks\n  --> p.py:"),
        case(blocks("with x:", 50), 2, "error[GS0901]: too many statically nested blocks\n  --> p.py:"),
        case(blocks("for x in []:", 20), 0, ""),
        case(blocks("def f():", 99), 0, ""),
        case(chain("with a", ", a", ": pass"), 2, "error[GS0901]: too many statically nested blocks"),
        case(format!("match 1:\n  case {}", nest("[", "", "]")), 2, "error[GS0901]: too many nested parentheses"),
    ]);
}

#[test]
fn chains_that_nest() {
    let chains = [
        chain("x = 1", " + 1", ""),
        chain("x = ", "- ", "1"),
        chain("x = ", "not ", "1"),
        chain("x = 1", " ** 1", ""),
        chain("a", ".b", ""),
        chain("f", "()", ""),
        chain("f", "[0]", ""),
        chain("x = ", "1 if 0 else ", "1"),
        chain("x = 'a'", " + 'a'", ""),
    ];
    check(&chains.map(|program| case(program, 2, EXPRESSIONS)));
}

/// What is long without being deep works.
#[test]
fn chains_that_are_flat() {
    check(&[
        case(chain("x = ", "x = ", "1"), 0, ""),
        case(chain("x = 1\nassert x", " <= x", ""), 0, ""),
        case(chain("x = 1\nassert x", " and x", ""), 0, ""),
        case(chain("x = 0\nassert not (x", " or x", ")"), 0, ""),
        case(chain("assert 1", " and 1", ""), 0, ""),
        case(chain("x = 1\nif x == 0: pass\n", "elif x == 0: pass\n", "else: x = 2\nassert x == 2"), 0, ""),
        case(chain("x = ", "'a' ", "\nassert len(x) == 100000"), 0, ""),
        case(chain("try: pass\n", "except A: pass\n", ""), 0, ""),
        case(chain("match 1:\n", " case 2: pass\n", ""), 0, ""),
    ]);
}

/// A line of 10 MB.
#[test]
fn long_lines() {
    let million = 1_000_000;
    check(&[
        case(format!("x = 1{}\n", " + 1".repeat(million * 5 / 2)), 2, EXPRESSIONS),
        case(format!("x = '{}'\nassert len(x) == 10_000_000\n", "a".repeat(10 * million)), 0, ""),
        case(format!("x = '{}\n", "a".repeat(10 * million)), 2, "error[GS0001]: unterminated string literal"),
        case(format!("#{}\nassert 1\n", "a".repeat(10 * million)), 0, ""),
        case(format!("x = [{}]\n", "1,".repeat(million / 2)), 0, ""),
        case(format!("x = [{})\n", "1,".repeat(million / 2)), 2, "error[GS0001]: closing parenthesis ')' does not"),
        case(format!("x = {}\n", "1".repeat(10 * million)), 2, "error[GS0001]: "),
    ]);
}

#[test]
fn endless_recursion() {
    let message = "RecursionError: maximum recursion depth exceeded";
    let programs = [
        "def f(): f()\nf()",
        "f = lambda: f()\nf()",
        "class C:\n def __repr__(self): return repr(self)\nrepr(C())",
        "class C:\n def __str__(self): return f'{self}'\nstr(C())",
        "class C:\n def __eq__(self, other): return self == other\nC() == C()",
        "class C:\n def __hash__(self): return hash(self)\n{C()}",
        "class C:\n def __getattr__(self, name): return self.x\nC().x",
        "class C:\n @property\n def x(self): return self.x\nC().x",
        "class C:\n def __init__(self): C()\nC()",
        "def g(): yield from g()\nlist(g())",
        "def g():\n for x in g(): yield x\nlist(g())",
        "def key(x): return sorted([2, 1], key=key)\nkey(1)",
        "def f(x): return list(map(f, [1]))\nf(1)",
        "s = 'eval(s)'\neval(s)",
    ];
    check(&programs.map(|program| case(program, 1, message)));
    // The recursion limit can be raised; then the heap's limit ends it.
    let endless = "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()";
    check(&[limited(endless, &["--max-heap", "20MB"], "(--max-heap)")]);
}

/// Values that would not fit are refused before they are made.
#[test]
fn huge_values() {
    let programs = [
        "x = 10**10**8",
        "n = 10\nx = n**n**8",
        "x = 1 << 10**12",
        "x = 'a' * 10**15",
        "x = b'a' * 10**15",
        "x = [0] * 10**12",
        "x = (0,) * 10**12",
        "x = 'a'.center(10**12)",
        "x = 'a'.zfill(10**12)",
        "x = f'{1:{10**12}}'",
        "x = ('a' * 10**6).replace('a', 'b' * 10**6)",
    ];
    check(&programs.map(|program| case(program, 1, "MemoryError")));
}

#[test]
fn what_grows_for_ever() {
    let programs = [
        "x = []\nwhile True: x.append(1)",
        "d = {}\ni = 0\nwhile True:\n i += 1\n d[i] = i",
        "s = 'a'\nwhile True: s += s",
        "s = [1]\nwhile True: s += s",
        "n = 3\nwhile True: n *= n",
        "def g():\n while True: yield 1\nlist(g())",
        "x = [i for i in range(10**12)]",
        "x = list(range(10**12))",
        "x = set(range(10**12))",
        "import queue\nq = queue.Queue()\nwhile True: q.put(1)",
    ];
    for program in programs {
        let done = run(&limited(program, &["--max-heap", "20MB"], ""));
        // What asks for too much at once gets a MemoryError, what grows by small pieces meets the limit.
        let stderr = &done.stderr;
        let ended = match done.status {
            Some(1) => stderr.contains("MemoryError"),
            Some(5) => stderr.contains("the limit of 20 MB of heap was reached (--max-heap)"),
            _ => false,
        };
        assert!(ended, "{program}: {:?} {stderr}", done.status);
    }
}

#[test]
fn what_never_ends() {
    let bomb = "import threading\ndef f():\n for _ in range(2): threading.Thread(target=f).start()\nf()";
    check(&[
        limited("while True: print('again')", &["--max-output", "100kB"], "(--max-output)"),
        limited("while True: print('again' * 1000000)", &[], "the limit of 10 MB of output was reached"),
        limited("import sys\nwhile True: print('x', file=sys.stderr)", &["--max-output", "1kB"], "(--max-output)"),
        limited("while True: pass", &["--max-steps", "1e6"], "(--max-steps)"),
        limited("import time\nwhile True: time.sleep(1)", &["--max-time", "1h"], "(--max-time)"),
        limited(bomb, &["--max-threads", "100"], "limit: the limit of 100 live threads was reached (--max-threads)"),
    ]);
}
