//! G7 and G20 to G26: after which instructions a running thread can be made to let go.
//!
//! A function runs beside a second thread under a switch interval of a microsecond and short, varied latencies, so that it
//! is stopped thousands of times at changing places; the instructions it was stopped after are counted.

use crate::machine::{Machine, PROFILES, US, era};
use gilsim_scheduler::config::{Config, Jitter, Latencies, Warmth};
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

/// What 3.6 to 3.9 run on from without looking.
const FAST: &[&str] = &[
    "LOAD_FAST",
    "LOAD_CONST",
    "STORE_FAST",
    "POP_TOP",
    "COPY",
    "SWAP",
    "JUMP_FORWARD",
    "POP_JUMP_IF_FALSE",
    "POP_JUMP_IF_TRUE",
];

/// What 3.9 has made fast besides.
const FAST_SINCE_3_9: &[&str] = &["CONTAINS_OP", "IS_OP"];

#[test]
fn g07_a_global_increment_is_never_interrupted_since_3_10_and_can_be_before() {
    let text = "total = 0\ndef probe(turns):\n    global total\n    for _ in range(turns):\n        total += 1\n";
    for profile in PROFILES {
        let stopped = names(&stops(profile, text, 20_000));
        if era(profile) >= 2 {
            assert_eq!(stopped, BTreeSet::from(["JUMP_BACKWARD"]), "{profile}");
            continue;
        }
        for inside in ["LOAD_GLOBAL", "BINARY_OP"] {
            assert!(stopped.contains(inside), "{profile}, after {inside}: {stopped:?}");
        }
    }
}

#[test]
fn g20_up_to_3_9_a_switch_can_happen_after_any_but_the_fast_instructions() {
    for profile in PROFILES.into_iter().filter(|profile| era(profile) < 2) {
        let stopped = names(&stops(profile, MIXED, 4_000));
        for fast in FAST {
            assert!(!stopped.contains(fast), "{profile}: never after {fast}: {stopped:?}");
        }
        for compared in FAST_SINCE_3_9 {
            assert_eq!(stopped.contains(compared), era(profile) == 0, "{profile}: {compared}: {stopped:?}");
        }
        others_are_stopped_after(profile, &stopped);
    }
}

fn others_are_stopped_after(profile: &str, stopped: &BTreeSet<&'static str>) {
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
        assert!(stopped.contains(name), "{profile}: also after {name}: {stopped:?}");
    }
}

#[test]
fn g20_since_3_11_a_switch_happens_at_back_edges_and_after_calls_of_native_code_only() {
    for profile in PROFILES.into_iter().filter(|profile| era(profile) == 3) {
        assert_eq!(names(&stops(profile, MIXED, 4_000)), BTreeSet::from(["CALL", "JUMP_BACKWARD"]), "{profile}");
    }
}

#[test]
fn g22_on_3_10_a_switch_happens_after_calls_and_jumps_that_are_taken() {
    let stopped = names(&stops("3.10", MIXED, 4_000));
    assert_eq!(stopped, BTreeSet::from(["CALL", "JUMP_BACKWARD", "POP_JUMP_IF_FALSE"]));
    let text = "def callee():
    return 1

def numbers():
    while True:
        yield 1

def probe(turns):
    source = numbers()
    for turn in range(turns):
        next(source)
        callee()
        if turn > -1:
            local = turn
        try:
            missing
        except NameError:
            pass
";
    let stopped = names(&stops("3.10", text, 4_000));
    assert_eq!(stopped, BTreeSet::from(["CALL", "JUMP_BACKWARD", "PUSH_EXC_INFO"]), "a jump not taken is no check");
    assert_eq!(names(&stops_of("3.10", text, "numbers")), BTreeSet::from(["JUMP_BACKWARD", "RESUME"]));
    assert_eq!(names(&stops_of("3.10", text, "callee")), BTreeSet::from(["RESUME"]));
}

#[test]
fn g21_since_3_9_a_membership_test_of_locals_cannot_be_parted_from_the_store() {
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
    let cases = PROFILES
        .into_iter()
        .flat_map(|profile| [(profile, local, era(profile) == 0), (profile, shared, era(profile) < 2)]);
    for (profile, text, may) in cases {
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
    let native = "def probe(turns):\n    for turn in range(turns):\n        abs(turn)\n";
    for profile in PROFILES {
        let stopped = names(&stops(profile, text, 4_000));
        if era(profile) < 3 {
            // After every call, whatever was called.
            assert!(stopped.contains("CALL"), "{profile}: {stopped:?}");
            continue;
        }
        assert_eq!(stopped, BTreeSet::from(["JUMP_BACKWARD"]), "{profile}: no stop after the call");
        assert_eq!(names(&stops_of(profile, text, "callee")), BTreeSet::from(["RESUME"]), "{profile}");
        assert_eq!(names(&stops(profile, native, 4_000)), BTreeSet::from(["CALL", "JUMP_BACKWARD"]), "{profile}");
    }
}

#[test]
fn g23_making_an_instance_with_an_init_in_python_ends_with_a_switch_before_3_13() {
    let text = "class Box:
    def __init__(self):
        self.n = 1

def probe(turns):
    for turn in range(turns):
        Box()
";
    for profile in PROFILES {
        let stopped = names(&stops(profile, text, 4_000));
        assert_eq!(stopped.contains("CALL"), profile != "3.13", "{profile}: {stopped:?}");
        assert!(names(&stops_of(profile, text, "Box.__init__")).contains("RESUME"), "{profile}");
    }
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
fn g24_calls_that_hot_code_since_3_11_specialises_offer_no_switch() {
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
        for profile in ["3.13", "3.12", "3.11"] {
            let stopped = names(&stops(profile, &text, 5_000));
            assert_eq!(stopped.contains("CALL"), offers, "{profile}, {call}: {stopped:?}");
        }
        // They specialise nothing.
        for profile in ["3.10", "3.9"] {
            assert!(names(&stops(profile, &text, 2_000)).contains("CALL"), "{profile}, {call}");
        }
    }
}

#[test]
fn g24_cold_code_specialises_nothing() {
    let text = "import threading
values, turns = [], range(6_000)
def probe():
    for turn in turns:
        len(values)
threads = [threading.Thread(target=probe) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
";
    for (warmth, offers) in [(Warmth::Hot, false), (Warmth::Cold, true)] {
        let machine = Machine::new("3.12", text).with(restless).with(|config| config.warmth = warmth);
        let stopped = names(&machine.run().stops_in("probe"));
        assert_eq!(stopped.contains("CALL"), offers, "{warmth:?}: {stopped:?}");
    }
}

#[test]
fn g24_on_3_11_a_while_loop_stays_cold_for_the_first_calls_of_its_function() {
    let text = |head: &str, before: &str| {
        format!("values = []\ndef probe(turns):\n    {head}\n        turns -= 1\n        len(values)\n{before}")
    };
    let is_cold = |profile: &str, text: &str| names(&stops(profile, text, 4_000)).contains("CALL");
    let cold = text("while turns:", "");
    assert!(is_cold("3.11", &cold));
    assert!(is_cold("3.11", &text("while turns:", "for call in range(6):\n    probe(3)\n")), "the seventh call");
    assert!(!is_cold("3.11", &text("while turns:", "for call in range(7):\n    probe(3)\n")), "the eighth call");
    assert!(!is_cold("3.11", &text("for turn in range(turns):", "")), "JUMP_BACKWARD counts");
    assert!(
        !is_cold("3.11", &text("for once in range(9):\n        pass\n    while turns:", "")),
        "warm before the loop"
    );
    for profile in ["3.12", "3.13"] {
        assert!(!is_cold(profile, &cold), "{profile}");
    }
    let both = format!(
        "import threading\n{cold}other = threading.Thread(target=probe, args=(9_000,))\nother.start()\nprobe(9_000)\nother.join()\n"
    );
    for (warmth, offers) in [(Warmth::AsCounted, true), (Warmth::Hot, false)] {
        let machine = Machine::new("3.11", &both).with(restless).with(|config| config.warmth = warmth);
        assert_eq!(names(&machine.run().stops_in("probe")).contains("CALL"), offers, "{warmth:?}");
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
    for profile in PROFILES.into_iter().filter(|profile| era(profile) >= 2) {
        let mut expected = BTreeSet::from(["JUMP_BACKWARD"]);
        if profile == "3.10" {
            expected.insert("POP_JUMP_IF_FALSE");
        }
        assert_eq!(names(&stops(profile, text, 8_000)), expected, "{profile}");
    }
}

#[test]
fn g26_up_to_3_9_no_switch_falls_directly_before_a_try_or_with_is_entered() {
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
    for profile in ["3.9", "3.8", "3.7", "3.6"] {
        no_switch_before_the_try(profile, text);
    }
}

fn no_switch_before_the_try(profile: &str, text: &str) {
    let machine = Machine::new(profile, text);
    let code = crate::machine::code_named(&machine.code(), "probe").expect("the text defines probe");
    let stores: Vec<u32> =
        (0..code.instrs.len() as u32).filter(|index| code.instrs[*index as usize].op == Op::StoreAttr).collect();
    let stopped = stops(profile, text, 6_000);
    let after = |index: u32| stopped.get(&(index, "STORE_ATTR")).copied().unwrap_or(0);
    assert!(after(stores[0]) > 0 && after(stores[2]) > 0, "{profile}: {stopped:?}");
    assert_eq!(after(stores[1]), 0, "{profile}, before SETUP_FINALLY: {stopped:?}");
}
