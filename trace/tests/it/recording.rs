//! The recording: round trip, cutting, damage, levels of detail.

use crate::world::random_run;
use gilsim_scheduler::event::{Event, EventKind, Limit, Observer, interest};
use gilsim_trace::recording::*;
use proptest::prelude::*;

pub fn header() -> Header {
    Header {
        tool: "gilsim 0.1.0".into(),
        profile: "3.13".into(),
        gil: GilMode::Requests,
        switch_interval_ns: 5_000_000,
        cores: 4,
        cost_model: CostModel { name: "default".into(), hash: "0123abcd".into() },
        seed: 0,
        policy: "faithful".into(),
        schedule: None,
        detail: Detail::Sync,
        argv: vec!["counter.py".into()],
        files: vec![SourceText::new("counter.py", "import threading\n")],
    }
}

pub fn end_of(time_ns: u64, ended: bool) -> RunEnd {
    RunEnd { time_ns, ending: if ended { Ending::Finished { exit: 0 } } else { Ending::Deadlock } }
}

pub fn write(events: &[Event], end: &RunEnd) -> Vec<u8> {
    let mut recorder: Recorder<_, { interest::OP_DETAIL }> =
        Recorder::new(Vec::new(), &header(), EVENTS_MAX_DEFAULT).unwrap();
    events.iter().for_each(|event| recorder.event(event));
    recorder.finish(end, &[]).unwrap()
}

pub fn load(bytes: &[u8]) -> Result<Recording, ReadError> {
    read(&mut &bytes[..], &ReadLimits::default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_read_and_written_again_is_the_same(seed: u64) {
        let (events, time_ns, ended) = random_run(seed);
        let end = end_of(time_ns, ended);
        let bytes = write(&events, &end);
        let recording = load(&bytes).unwrap();
        prop_assert_eq!(&recording.integrity, &Integrity::Complete);
        prop_assert_eq!(recording.events.len(), events.len());
        prop_assert_eq!(recording.end.as_ref(), Some(&end));
        for (read, original) in recording.events.iter().zip(&events) {
            prop_assert_eq!((read.id, read.time_ns, read.thread, read.by), (original.id, original.time_ns, original.thread, original.by));
            prop_assert_eq!(&read.at, &original.at);
        }
        // Handles differ (small numbers in the file), so the second generation is compared in bytes, handles aside.
        let again = load(&write(&recording.events, &end)).unwrap();
        prop_assert_eq!(again.events, recording.events);
        prop_assert_eq!(write(&events, &end), bytes);
    }

    #[test]
    fn a_file_cut_anywhere_loads_and_says_so(seed: u64, cut in 0.0..1.0f64) {
        let (events, time_ns, ended) = random_run(seed);
        let bytes = write(&events, &end_of(time_ns, ended));
        let length = (bytes.len() as f64 * cut) as usize;
        let first_line = bytes.iter().position(|b| *b == b'\n').unwrap();
        match load(&bytes[..length]) {
            Ok(recording) => {
                prop_assert_eq!(recording.integrity, Integrity::Truncated);
                prop_assert!(recording.end.is_none());
                prop_assert!(length > first_line);
            }
            Err(error) => {
                prop_assert!(matches!(error, ReadError::NotATrace(_)));
                prop_assert!(length <= first_line);
            }
        }
    }

    #[test]
    fn no_change_to_a_file_passes_unnoticed_or_panics(seed in 0u64..64, place: prop::sample::Index, byte: u8) {
        let (events, time_ns, ended) = random_run(seed);
        let mut bytes = write(&events, &end_of(time_ns, ended));
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let last_line = bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').unwrap();
        if let Ok(recording) = load(&bytes) {
            // The last line is not under the checksum; everything before it is.
            prop_assert!(recording.integrity != Integrity::Complete || place > last_line);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
        let _ = load(&bytes);
        let mut valid = write(&[], &end_of(0, true));
        let first_line = valid.iter().position(|b| *b == b'\n').unwrap();
        valid.splice(first_line + 1.., bytes);
        prop_assert!(load(&valid).is_ok());
    }
}

#[test]
fn a_higher_major_version_is_refused_with_what_to_do() {
    let text = String::from_utf8(write(&[], &end_of(0, true))).unwrap();
    let newer = text.replacen("\"version\":[1,0]", "\"version\":[2,3]", 1);
    let error = load(newer.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "the trace has format version 2.3; this gilsim reads versions up to 1.x: use a newer gilsim");
}

#[test]
fn unknown_kinds_and_fields_of_a_higher_minor_version_are_passed_over() {
    let header = String::from_utf8(write(&[], &end_of(0, true))).unwrap();
    let header = header.lines().next().unwrap().replacen("[1,0]", "[1,7],\"novelty\":{}", 1);
    let lines = [
        "{\"k\":\"def\",\"def\":\"thread\",\"id\":0,\"colour\":\"red\"}",
        "{\"k\":\"def\",\"def\":\"heap\",\"id\":9}",
        "{\"k\":\"th.begin\",\"s\":0,\"t\":5,\"th\":0,\"mood\":[1]}",
        "{\"k\":\"rd\",\"s\":1,\"t\":6,\"th\":0,\"class\":7}",
        "{\"k\":\"th.end\",\"s\":2,\"t\":7,\"th\":0,\"outcome\":\"ok\"}",
    ];
    let recording = load(format!("{header}\n{}\n", lines.join("\n")).as_bytes()).unwrap();
    assert_eq!(recording.integrity, Integrity::Truncated);
    assert_eq!((recording.events.len(), recording.unknown_lines), (2, 2));
}

#[test]
fn each_broken_rule_is_told_with_its_line() {
    let header = String::from_utf8(write(&[], &end_of(0, true))).unwrap();
    let header = header.lines().next().unwrap().to_owned();
    let table = [
        ("{\"k\":\"th.begin\",\"s\":0,\"t\":5,\"th\":0}", "a thread is used before its definition"),
        ("{\"k\":\"th.begin\",\"s\":1,\"t\":5,\"th\":-1}", "event 1 where event 0 is due"),
        ("{\"k\":\"th.begin\",\"s\":0,\"th\":-1}", "field `t` is missing"),
        ("{\"k\":\"gil.request\",\"s\":0,\"t\":1,\"th\":-1,\"holder\":3}", "a thread is used before its definition"),
        (
            "{\"k\":\"lock.acq\",\"s\":0,\"t\":1,\"th\":-1,\"obj\":0,\"depth\":1,\"waited_ns\":0}",
            "an object is used before its definition",
        ),
        ("{\"k\":\"mark\",\"s\":0,\"t\":1,\"th\":-1,\"text\":\"x\",\"by\":0}", "an event is caused by a later one"),
        ("{\"k\":\"mark\",\"s\":0,\"t\":1,\"th\":-1,\"text\":\"x\",\"at\":0}", "position not defined"),
        ("{\"k\":\"mark\",\"s\":0,\"t\":1,\"th\":-1,\"text\":\"x\",\"at\":[1,1,0,0,\"f\",0]}", "file not defined"),
        ("{\"k\":\"def\",\"def\":\"thread\",\"id\":7}", "definition 7 where 0 is due"),
        ("{\"k\":\"wake\",\"s\":0,\"t\":1,\"th\":-1,\"why\":\"magic\"}", "field `why` has an unknown value"),
    ];
    for (line, problem) in table {
        let recording = load(format!("{header}\n{line}\n").as_bytes()).unwrap();
        assert_eq!(recording.integrity, Integrity::Damaged { line: 2, problem: problem.to_owned() }, "{line}");
    }
}

#[test]
fn long_lines_many_events_and_deep_nesting_meet_a_limit() {
    let header = String::from_utf8(write(&[], &end_of(0, true))).unwrap();
    let header = header.lines().next().unwrap().to_owned();
    let small = ReadLimits { line_bytes_max: header.len() + 1, events_max: 1, ..ReadLimits::default() };
    let long = format!("{header}\n{{\"k\":\"{}\"}}\n", "x".repeat(header.len()));
    let recording = read(&mut long.as_bytes(), &small).unwrap();
    assert!(matches!(recording.integrity, Integrity::Damaged { line: 2, .. }));
    let two = "{\"k\":\"mark\",\"s\":0,\"t\":1,\"th\":-1,\"text\":\"\"}\n{\"k\":\"mark\",\"s\":1,\"t\":1,\"th\":-1,\"text\":\"\"}\n";
    let recording = read(&mut format!("{header}\n{two}").as_bytes(), &small).unwrap();
    assert!(matches!(recording.integrity, Integrity::Damaged { line: 3, .. }));
    let deep = format!("{header}\n{}\n", "[".repeat(100_000));
    assert!(matches!(load(deep.as_bytes()).unwrap().integrity, Integrity::Damaged { line: 2, .. }));
}

#[test]
fn a_recording_is_cut_at_its_limit_with_a_note() {
    let (events, time_ns, _) = random_run(5);
    assert!(events.len() > 20);
    let mut recorder: Recorder<_, { interest::OP_DETAIL }> = Recorder::new(Vec::new(), &header(), 10).unwrap();
    events.iter().for_each(|event| recorder.event(event));
    assert_eq!(recorder.dropped(), events.len() as u64 - 10);
    let recording = load(&recorder.finish(&end_of(time_ns, true), &[]).unwrap()).unwrap();
    assert_eq!(recording.integrity, Integrity::Complete);
    assert_eq!(recording.dropped, events.len() as u64 - 10);
    assert_eq!(recording.events.len(), 11);
    assert_eq!(recording.events[10].kind, EventKind::Limit(Limit::Events));
}

#[test]
fn lower_detail_leaves_out_events_and_renumbers_the_rest() {
    let (events, time_ns, ended) = random_run(7);
    let mut recorder: Recorder<_, { interest::SWITCH }> =
        Recorder::new(Vec::new(), &header(), EVENTS_MAX_DEFAULT).unwrap();
    events.iter().for_each(|event| recorder.event(event));
    let recording = load(&recorder.finish(&end_of(time_ns, ended), &[]).unwrap()).unwrap();
    assert_eq!(recording.integrity, Integrity::Complete);
    let kept: Vec<&Event> = events.iter().filter(|e| e.kind.group() & interest::SWITCH != 0).collect();
    assert!(kept.len() < events.len());
    assert_eq!(recording.events.len(), kept.len());
    for (read, original) in recording.events.iter().zip(kept) {
        assert_eq!(read.time_ns, original.time_ns);
        if let Some(by) = read.by {
            let cause = &events[original.by.unwrap().0 as usize];
            assert_eq!(recording.events[by.0 as usize].kind.group(), cause.kind.group());
            assert_eq!(recording.events[by.0 as usize].time_ns, cause.time_ns);
        }
    }
}

#[test]
fn files_used_before_their_name_is_known_are_completed_at_the_end() {
    let (mut events, time_ns, ended) = random_run(3);
    for event in &mut events {
        event.at.as_mut().unwrap().file = 2;
    }
    let mut recorder: Recorder<_, { interest::OP_DETAIL }> =
        Recorder::new(Vec::new(), &header(), EVENTS_MAX_DEFAULT).unwrap();
    events.iter().for_each(|event| recorder.event(event));
    let files =
        [header().files[0].clone(), SourceText::new("helper.py", "x = 1\n"), SourceText::name_only("threading.py")];
    let recording = load(&recorder.finish(&end_of(time_ns, ended), &files).unwrap()).unwrap();
    assert_eq!(recording.integrity, Integrity::Complete);
    assert_eq!(recording.files, files);
}
