//! The schemas in `schema/` describe what is written: a validator for the part of JSON Schema they use.

use crate::recording::{end_of, write};
use crate::reports::machine_report;
use crate::world::random_run;
use gilsim_scheduler::event::*;
use gilsim_trace::recording::{Ending, LimitName, RunEnd};
use serde_json::Value;
use std::path::PathBuf;

fn schema(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with `value`, if anything. An unknown keyword is an error, so that nothing passes by being ignored.
fn problem(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    schema.as_object().unwrap().iter().find_map(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "$id" | "title" | "description" | "$defs" => None,
        "$ref" => problem(root, root.pointer(&rule.as_str().unwrap()[1..]).unwrap(), value),
        "type" => (!has_type(rule, value)).then(|| format!("{value} is no {rule}")),
        "const" => (rule != value).then(|| format!("{value} is not {rule}")),
        "enum" => (!rule.as_array().unwrap().contains(value)).then(|| format!("{value} is none of {rule}")),
        "minimum" => {
            value.as_i64().filter(|number| *number < rule.as_i64().unwrap()).map(|n| format!("{n} is too small"))
        }
        "minItems" => too_few(value.as_array().map(Vec::len), rule),
        "maxItems" => too_many(value.as_array().map(Vec::len), rule),
        "pattern" => {
            assert_eq!(rule, "^[0-9a-f]{64}$");
            let text = value.as_str()?;
            let right = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            (!right).then(|| format!("{text} is no SHA-256"))
        }
        "required" => rule
            .as_array()?
            .iter()
            .find(|key| value.get(key.as_str().unwrap()).is_none())
            .map(|k| format!("{k} is missing")),
        "additionalProperties" => {
            assert_eq!(rule, false);
            let known = schema["properties"].as_object().unwrap();
            value.as_object()?.keys().find(|key| !known.contains_key(*key)).map(|key| format!("{key} is unknown"))
        }
        "properties" => value.as_object()?.iter().find_map(|(key, value)| problem(root, rule.get(key)?, value)),
        "items" => value.as_array()?.iter().find_map(|value| problem(root, rule, value)),
        "oneOf" => {
            let fitting = rule.as_array().unwrap().iter().filter(|one| problem(root, one, value).is_none()).count();
            (fitting != 1).then(|| format!("{value} fits {fitting} of the alternatives"))
        }
        other => panic!("keyword {other} is not known to this validator"),
    })
}

fn has_type(rule: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("type {other} is not known to this validator"),
    };
    match rule {
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}

fn too_few(length: Option<usize>, rule: &Value) -> Option<String> {
    length.filter(|length| (*length as u64) < rule.as_u64().unwrap()).map(|length| format!("{length} items"))
}

fn too_many(length: Option<usize>, rule: &Value) -> Option<String> {
    length.filter(|length| (*length as u64) > rule.as_u64().unwrap()).map(|length| format!("{length} items"))
}

fn check_lines(bytes: &[u8]) {
    let schema = schema("giltrace.schema.json");
    for line in std::str::from_utf8(bytes).unwrap().lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(problem(&schema, &schema, &value), None, "{line}");
    }
}

#[test]
fn recordings_follow_their_schema() {
    for seed in 0..24 {
        let (events, end_ns, ended) = random_run(seed);
        check_lines(&write(&events, &end_of(end_ns, ended)));
    }
}

#[test]
fn golden_recordings_follow_the_schema_and_keep_loading() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/export");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "giltrace") {
            let bytes = std::fs::read(path).unwrap();
            check_lines(&bytes);
            assert_eq!(crate::recording::load(&bytes).unwrap().integrity, gilsim_trace::recording::Integrity::Complete);
            seen += 1;
        }
    }
    assert!(seen >= 2);
}

/// One event of every kind and with every optional field, which random runs do not all have.
fn one_of_each() -> Vec<EventKind> {
    use EventKind::*;
    let (thread, object) = (ThreadId(1), ObjId(5));
    let block = |reason| Block { reason, deadline_ns: Some(9) };
    vec![
        ThreadCreate { child: thread, daemon: true },
        ThreadBegin,
        ThreadEnd(gilsim_scheduler::event::ThreadEnd::Ok),
        ThreadEnd(gilsim_scheduler::event::ThreadEnd::Exception("ValueError".into())),
        ThreadEnd(gilsim_scheduler::event::ThreadEnd::Stopped),
        ThreadName { target: thread, name: "a \"b\"".into() },
        ThreadJoin { target: thread, ended: false },
        GilWant { holder: Some(thread), queue_length: 2 },
        GilTimeout { interval_ns: 5, switched_meanwhile: true },
        GilRequest { holder: thread },
        GilCheck,
        GilDrop { reason: DropReason::Ticks, held_ns: 1, instructions: u64::MAX },
        GilForcedWait,
        GilTake { waited_ns: 1, from: Some(thread), switch_number: 3, forced: true },
        CpuRun { core: 1 },
        CpuStop { core: 1 },
        block(BlockReason::Lock { lock: object, owner: Some(thread) }),
        block(BlockReason::Queue { queue: object }),
        block(BlockReason::Join { target: thread }),
        block(BlockReason::JoinAll),
        block(BlockReason::Sleep),
        block(BlockReason::Io { operation: "write stdout" }),
        block(BlockReason::Native),
        Wake { cause: WakeCause::Put },
        ObjectNew { object, kind: ObjectKind::ThreadHandle, name: Some("h".into()) },
        LockTry { lock: object, blocking: false },
        LockAcquire { lock: object, depth: 2, waited_ns: 4 },
        LockRelease { lock: object, depth: 1, woken: Some(thread) },
        QueuePut { queue: object, size: 1 },
        QueueGet { queue: object, size: 0 },
        Line,
        Op { name: "LOAD_GLOBAL", cost_ns: 30 },
        Call,
        Return,
        Raise { class: "KeyError".into() },
        Output { stream: Stream::Stderr, text: "x".repeat(70_000) },
        Choice { what: "run", candidates: vec![ThreadId(0), thread], picked: 1 },
        Limit(gilsim_scheduler::event::Limit::Heap),
        Mark("here".into()),
    ]
}

#[test]
fn every_kind_of_event_follows_the_schema_and_comes_back() {
    let event = |(number, kind): (usize, EventKind)| Event {
        id: EventId(number as u64),
        time_ns: number as u64,
        interpreter: InterpreterId(2),
        thread: Some(ThreadId(0)),
        kind,
        at: None,
        by: None,
    };
    let events: Vec<Event> = one_of_each().into_iter().enumerate().map(event).collect();
    let bytes = write(&events, &RunEnd { time_ns: 99, ending: Ending::Finished { exit: -1 } });
    check_lines(&bytes);
    let recording = crate::recording::load(&bytes).unwrap();
    assert_eq!(recording.events.len(), events.len());
    for (read, written) in recording.events.iter().zip(&events) {
        assert_eq!((read.interpreter, read.thread), (written.interpreter, written.thread));
        // Objects have the file's own numbers and long output is cut; all else is as it was.
        let (read, written) = (format!("{:?}", read.kind), format!("{:?}", written.kind));
        let plain =
            |text: &str| text.replace("ObjId(0)", "ObjId").replace("ObjId(1)", "ObjId").replace("ObjId(5)", "ObjId");
        if written.len() < 60_000 {
            assert_eq!(plain(&read), plain(&written));
        } else {
            assert!(read.len() < written.len());
        }
    }
}

#[test]
fn every_ending_follows_the_schema_and_comes_back() {
    let endings = [
        Ending::Finished { exit: 0 },
        Ending::Uncaught { class: "ValueError".into() },
        Ending::Deadlock,
        Ending::Livelock,
        Ending::Limit { which: LimitName::Time },
        Ending::Abandoned,
    ];
    for ending in endings {
        let end = RunEnd { time_ns: 7, ending };
        let bytes = write(&[], &end);
        check_lines(&bytes);
        assert_eq!(crate::recording::load(&bytes).unwrap().end, Some(end));
    }
}

#[test]
fn the_machine_report_follows_its_schema() {
    let schema = schema("report.schema.json");
    let report: Value = serde_json::from_str(&machine_report().to_json()).unwrap();
    assert_eq!(problem(&schema, &schema, &report), None);
}

#[test]
fn the_validator_finds_faults() {
    let schema = schema("giltrace.schema.json");
    let faults = [
        r#"{"k":"th.begin","s":0,"t":1}"#,
        r#"{"k":"th.begin","s":0,"t":-1,"th":0}"#,
        r#"{"k":"th.begin","s":0,"t":1,"th":0,"mood":1}"#,
        r#"{"k":"gil.drop","s":0,"t":1,"th":0,"why":"boredom","held_ns":1,"instructions":1}"#,
        r#"{"k":"nonsense","s":0,"t":1,"th":0}"#,
        r#"{"k":"def","def":"pos","id":0,"at":[1,2,3]}"#,
    ];
    for fault in faults {
        assert!(problem(&schema, &schema, &serde_json::from_str(fault).unwrap()).is_some(), "{fault}");
    }
}
