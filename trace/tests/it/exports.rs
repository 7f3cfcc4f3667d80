//! Exporters: every valid recording is accepted, the shape of each format holds, goldens.

use crate::golden;
use crate::recording::{end_of, load, write};
use crate::scenes::{deadlock, two_busy_threads};
use crate::world::{World, random_run};
use gilsim_trace::export::{EXPORTERS, ExportOptions, export, exporter};
use gilsim_trace::recording::Recording;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

fn export_to(recording: &Recording, format: &str) -> Vec<u8> {
    let mut out = Vec::new();
    export(recording, exporter(format).unwrap(), &ExportOptions::default(), &mut out).unwrap();
    out
}

fn recorded(world: &World, ended: bool) -> Recording {
    load(&write(&world.events, &end_of(world.now, ended))).unwrap()
}

#[test]
fn scenes_have_their_files() {
    for (name, world, ended) in [("two-busy-threads", two_busy_threads(), true), ("deadlock", deadlock(), false)] {
        golden::check(&format!("export/{name}.giltrace"), &write(&world.events, &end_of(world.now, ended)));
        let recording = recorded(&world, ended);
        for (format, extension) in [("text", "txt"), ("chrome", "json"), ("perfetto", "perfetto-trace")] {
            golden::check(&format!("export/{name}.{extension}"), &export_to(&recording, format));
        }
    }
}

#[test]
fn formats_have_different_names() {
    let names: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.name()).collect();
    assert_eq!(names, ["perfetto", "chrome", "text"]);
    assert!(exporter("svg-of-the-future").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_exporter_accepts_every_recording_also_a_cut_one(seed: u64, cut in 0.1..1.0f64) {
        let (events, end_ns, ended) = random_run(seed);
        let bytes = write(&events, &end_of(end_ns, ended));
        let whole = load(&bytes).unwrap();
        let cut = load(&bytes[..(bytes.len() as f64 * cut) as usize]);
        for recording in [Ok(whole), cut].into_iter().flatten() {
            for exporter in EXPORTERS {
                let first = export_to(&recording, exporter.name());
                prop_assert!(!first.is_empty());
                prop_assert_eq!(first, export_to(&recording, exporter.name()));
            }
            check_chrome(&export_to(&recording, "chrome"))?;
            check_perfetto(&export_to(&recording, "perfetto"))?;
        }
    }
}

/// Slices of a row nest, flows come in pairs, times ascend and have three digits.
fn check_chrome(bytes: &[u8]) -> Result<(), TestCaseError> {
    let file: Value = serde_json::from_slice(bytes).unwrap();
    prop_assert_eq!(&file["displayTimeUnit"], "ns");
    let mut last = 0;
    let mut open: BTreeMap<(u64, u64), Vec<u64>> = BTreeMap::new();
    let mut flows: BTreeMap<u64, u32> = BTreeMap::new();
    for line in std::str::from_utf8(bytes).unwrap().lines().filter(|line| line.starts_with("{\"ph\"")) {
        let event: Value = serde_json::from_str(line.trim_end_matches(',')).unwrap();
        let row = (event["pid"].as_u64().unwrap(), event["tid"].as_u64().unwrap());
        let time = |key: &str| {
            let (_, rest) = line.split_once(&format!("\"{key}\":")).unwrap();
            let text = rest.split([',', '}']).next().unwrap();
            let (whole, part) = text.split_once('.').unwrap();
            assert_eq!(part.len(), 3);
            whole.parse::<u64>().unwrap() * 1000 + part.parse::<u64>().unwrap()
        };
        let phase = event["ph"].as_str().unwrap();
        if phase == "M" {
            prop_assert!(event.get("ts").is_none());
            continue;
        }
        let ts = time("ts");
        prop_assert!(ts >= last);
        last = ts;
        match phase {
            "X" => {
                let end = ts + time("dur");
                let stack = open.entry(row).or_default();
                stack.retain(|outer| *outer > ts);
                prop_assert!(stack.iter().all(|outer| *outer >= end), "{line}");
                stack.push(end);
            }
            "s" => prop_assert_eq!(flows.insert(event["id"].as_u64().unwrap(), 1), None),
            "f" => prop_assert_eq!(flows.insert(event["id"].as_u64().unwrap(), 2), Some(1)),
            "i" | "C" => {}
            other => prop_assert!(false, "phase {other}"),
        }
    }
    prop_assert!(flows.values().all(|ends| *ends == 2));
    Ok(())
}

/// One field of a message: number and value.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a message, by the rules of the wire format.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    fn varint(bytes: &mut &[u8]) -> u64 {
        let mut value = 0u64;
        for shift in (0..).step_by(7) {
            let (first, rest) = bytes.split_first().unwrap();
            *bytes = rest;
            value |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                break;
            }
        }
        value
    }
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut bytes)),
            1 => {
                let (value, rest) = bytes.split_at(8);
                bytes = rest;
                Field::Number(u64::from_le_bytes(value.try_into().unwrap()))
            }
            2 => {
                let length = varint(&mut bytes) as usize;
                let (value, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(value)
            }
            other => panic!("wire type {other}"),
        };
        fields.push((tag >> 3, field));
    }
    fields
}

fn number(message: &[u8], field: u64) -> Option<u64> {
    fields(message).into_iter().find_map(|(found, value)| match value {
        Field::Number(value) if found == field => Some(value),
        _ => None,
    })
}

fn message(outer: &[u8], field: u64) -> Option<&[u8]> {
    fields(outer).into_iter().find_map(|(found, value)| match value {
        Field::Bytes(value) if found == field => Some(value),
        _ => None,
    })
}

/// Tracks are declared first, times ascend, slices of a track begin and end in turn, every flow that ends has begun.
fn check_perfetto(bytes: &[u8]) -> Result<(), TestCaseError> {
    let mut depth: BTreeMap<u64, i32> = BTreeMap::new();
    let mut last = 0;
    let mut flows: BTreeMap<u64, bool> = BTreeMap::new();
    for (_, packet) in fields(bytes) {
        let Field::Bytes(packet) = packet else { panic!("packets are messages") };
        if let Some(descriptor) = message(packet, 60) {
            let parent = number(descriptor, 5);
            prop_assert!(parent.is_none_or(|parent| depth.contains_key(&parent)));
            prop_assert_eq!(depth.insert(number(descriptor, 1).unwrap(), 0), None);
            continue;
        }
        let event = message(packet, 11).unwrap();
        let time = number(packet, 8).unwrap();
        prop_assert!(time >= last);
        last = time;
        let open = depth.get_mut(&number(event, 11).unwrap()).unwrap();
        match number(event, 9) {
            Some(1) => *open += 1,
            Some(2) => *open -= 1,
            Some(3 | 4) => {}
            other => prop_assert!(false, "type {other:?}"),
        }
        prop_assert!(*open >= 0);
        for (field, value) in fields(event) {
            match (field, value) {
                (47, Field::Number(flow)) => {
                    prop_assert_ne!(flows.insert(flow, false), Some(true));
                }
                (48, Field::Number(flow)) => prop_assert_eq!(flows.insert(flow, true), Some(false)),
                _ => {}
            }
        }
    }
    prop_assert!(depth.values().all(|open| *open == 0));
    Ok(())
}
