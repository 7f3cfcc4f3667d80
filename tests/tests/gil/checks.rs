//! G7 and G20 to G26: after which instructions a running thread can be made to let go.
//!
//! A function runs beside a second thread under a switch interval of a microsecond and short, varied latencies, so that it
//! is stopped thousands of times at changing places; the instructions it was stopped after are counted.

use crate::machine::{Machine, US};
use gilsim_scheduler::config::{Config, Jitter, Latencies};
use gilsim_vm::code::Op;
use std::collections::{BTreeMap, BTreeSet};

type Stops = BTreeMap<(u32, &'static str), usize>;

/// Without the variation the turns of a loop and the waits would fall into step, and always the same place be hit.
fn restless(config: &mut Config) {
    config.switch_interval_ns = US;
    config.jitter = Jitter::On;
    config.latencies = Latencies { timed_wait_ns: 900, wake_ns: 50, ..Latencies::ZERO };
}

/// Where `probe(turns)`, defined by the text, was stopped.
fn stops(profile: &str, text: &str, turns: u32) -> Stops {
    let program = format!(
        "import threading
{text}
busy = True

def beside():
    while busy:
        pass

other = threading.Thread(target=beside)
other.start()
probe({turns} * 3)
busy = False
other.join()
"
    );
    let ran = Machine::new(profile, &program).with(restless).run();
    ran.finished();
    let stops = ran.stops_in("probe");
    assert!(stops.values().sum::<usize>() > 40, "{profile}: {stops:?}");
    stops
}

fn names(stops: &Stops) -> BTreeSet<&'static str> {
    stops.keys().map(|(_, name)| *name).collect()
}

/// Index of the first instruction of `probe` with this operation.
fn index_of(profile: &str, text: &str, op: Op) -> u32 {
    let machine = Machine::new(profile, text);
    let code = crate::machine::code_named(&machine.code(), "probe").expect("the text defines probe");
    code.instrs.iter().position(|instr| instr.op == op).expect("the instruction is there") as u32
}

/// A function with as many kinds of instructions as fit, none of which leaves it for long.
const MIXED: &str = "class Box:
    pass

box = Box()
box.value = 0
total = 0

def step(value):
    return value

def probe(turns):
    global total
    table = {}
    for turn in range(turns):
        local = turn
        total += 1
        box.value = box.value + 1
        table[turn & 7] = -local
        both = (local, total)
        first, second = both
        if first < second and not (first is second):
            listed = [first, second, total]
        if turn not in table:
            text = f'{turn}'
        step(first)
        abs(second)
        del table[turn & 7]
";

/// What 3.9 runs on from without looking.
const FAST_3_9: &[&str] = &[
    "LOAD_FAST",
    "LOAD_CONST",
    "STORE_FAST",
    "POP_TOP",
    "COPY",
    "SWAP",
    "JUMP_FORWARD",
    "POP_JUMP_IF_FALSE",
    "POP_JUMP_IF_TRUE",
    "CONTAINS_OP",
    "IS_OP",
];

#[test]
fn g07_a_global_increment_is_never_interrupted_on_3_13_and_can_be_on_3_9() {
    let text = "total = 0\ndef probe(turns):\n    global total\n    for _ in range(turns):\n        total += 1\n";
    assert_eq!(names(&stops("3.13", text, 20_000)), BTreeSet::from(["JUMP_BACKWARD"]));
    let stopped = names(&stops("3.9", text, 20_000));
    for inside in ["LOAD_GLOBAL", "BINARY_OP"] {
        assert!(stopped.contains(inside), "after {inside}: {stopped:?}");
    }
}

#[test]
fn g20_on_3_9_a_switch_can_happen_after_any_but_the_fast_instructions() {
    let stopped = names(&stops("3.9", MIXED, 4_000));
    for fast in FAST_3_9 {
        assert!(!stopped.contains(fast), "never after {fast}: {stopped:?}");
    }
    let expected = [
        "LOAD_GLOBAL",
        "STORE_GLOBAL",
        "LOAD_ATTR",
        "STORE_ATTR",
        "STORE_SUBSCR",
        "DELETE_SUBSCR",
        "BINARY_OP",
        "UNARY_NEGATIVE",
        "COMPARE_OP",
        "BUILD_TUPLE",
        "BUILD_LIST",
        "UNPACK_SEQUENCE",
        "FORMAT_SIMPLE",
        "CALL",
        "FOR_ITER",
        "JUMP_BACKWARD",
    ];
    for name in expected {
        assert!(stopped.contains(name), "also after {name}: {stopped:?}");
    }
}

#[test]
fn g20_on_3_13_a_switch_happens_at_back_edges_and_after_calls_of_native_code_only() {
    assert_eq!(names(&stops("3.13", MIXED, 4_000)), BTreeSet::from(["CALL", "JUMP_BACKWARD"]));
}

#[test]
fn g21_on_3_9_a_membership_test_of_locals_cannot_be_parted_from_the_store() {
    let local = "def probe(turns):
    table = {}
    for key in range(turns):
        if key not in table:
            table[key] = key
";
    let shared = "table = {}
def probe(turns):
    for key in range(turns):
        if key not in table:
            table[key] = key
";
    for (profile, text, may) in
        [("3.9", local, false), ("3.9", shared, true), ("3.13", local, false), ("3.13", shared, false)]
    {
        let test = index_of(profile, text, Op::ContainsOp);
        let store = index_of(profile, text, Op::StoreSubscr);
        let between = stops(profile, text, 6_000).into_iter().filter(|((index, _), _)| (test..store).contains(index));
        let between: Stops = between.collect();
        assert_eq!(!between.is_empty(), may, "{profile}: {between:?}");
    }
}

#[test]
fn g23_a_call_of_a_python_function_offers_its_switch_at_entry_a_native_one_after_it() {
    let text = "def callee(value):
    return value

def probe(turns):
    for turn in range(turns):
        callee(turn)
";
    assert_eq!(names(&stops("3.13", text, 8_000)), BTreeSet::from(["JUMP_BACKWARD"]), "no stop after the call");
    let inside = stops_of("3.13", text, "callee");
    assert_eq!(names(&inside), BTreeSet::from(["RESUME"]));
    let native = "def probe(turns):\n    for turn in range(turns):\n        abs(turn)\n";
    assert_eq!(names(&stops("3.13", native, 8_000)), BTreeSet::from(["CALL", "JUMP_BACKWARD"]));
    // 3.9 looks after every call, whatever was called.
    assert!(names(&stops("3.9", text, 8_000)).contains("CALL"));
}

/// Where another function than `probe` was stopped.
fn stops_of(profile: &str, text: &str, function: &str) -> Stops {
    let program = format!(
        "import threading\n{text}\nother = threading.Thread(target=probe, args=(8_000,))\nother.start()\n\
         probe(8_000)\nother.join()\n"
    );
    Machine::new(profile, &program).with(restless).run().stops_in(function)
}

#[test]
fn g24_calls_that_hot_code_of_3_13_specialises_offer_no_switch() {
    let rows = [
        ("len(values)", false),
        ("isinstance(turn, int)", false),
        ("type(turn)", false),
        ("values.append(turn)", false),
        ("abs(turn)", true),
        ("int(turn)", true),
        ("str(turn)", true),
        ("max(turn, 5)", true),
        ("values.pop() if values else list()", true),
        ("append(turn)", true),
        ("','.join(words)", true),
    ];
    for (call, offers) in rows {
        let text = format!(
            "def probe(turns):
    values = []
    words = ['a', 'b']
    append = values.append
    for turn in range(turns):
        {call}
"
        );
        let stopped = names(&stops("3.13", &text, 5_000));
        assert_eq!(stopped.contains("CALL"), offers, "{call}: {stopped:?}");
        // 3.9 specialises nothing.
        assert!(names(&stops("3.9", &text, 2_000)).contains("CALL"), "{call}");
    }
}

#[test]
fn g25_a_loop_body_without_a_call_offers_one_switch_per_turn() {
    let text = "def probe(turns):
    number = 0
    table = {}
    while number < turns:
        table[number & 3] = number * 7
        if number & 1:
            number += 1
        else:
            number = number + 1
";
    let stopped = stops("3.13", text, 8_000);
    assert_eq!(names(&stopped), BTreeSet::from(["JUMP_BACKWARD"]));
}

#[test]
fn g26_on_3_9_no_switch_falls_directly_before_a_try_or_with_is_entered() {
    let text = "class Box:
    def __enter__(self):
        return self
    def __exit__(self, *details):
        return None

box = Box()

def probe(turns):
    for turn in range(turns):
        box.plain = turn
        box.guarded = turn
        try:
            box.inside = turn
        finally:
            box.after = turn
";
    let machine = Machine::new("3.9", text);
    let code = crate::machine::code_named(&machine.code(), "probe").expect("the text defines probe");
    let stores: Vec<u32> =
        (0..code.instrs.len() as u32).filter(|index| code.instrs[*index as usize].op == Op::StoreAttr).collect();
    let stopped = stops("3.9", text, 6_000);
    let after = |index: u32| stopped.get(&(index, "STORE_ATTR")).copied().unwrap_or(0);
    assert!(after(stores[0]) > 0 && after(stores[2]) > 0, "{stopped:?}");
    assert_eq!(after(stores[1]), 0, "before SETUP_FINALLY: {stopped:?}");
}
