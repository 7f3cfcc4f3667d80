//! The human and the machine report of scripted runs.

use crate::fold::fold;
use crate::golden;
use crate::recording::header;
use crate::scenes::{SCENES, single_thread};
use gilsim_trace::gantt::Style;
use gilsim_trace::recording::Ending;
use gilsim_trace::report::*;

#[test]
fn every_scene_has_its_report() {
    for (name, scene) in SCENES {
        let world = scene();
        let (summary, timeline) = fold(&world.events, world.now);
        let info = RunInfo::from(&header());
        let styles = [Style::default(), Style { width: 70, ascii: true, ..Style::default() }];
        let reports = styles.map(|style| human_report(&info, &summary, &timeline.bins, &[], &style));
        golden::check(&format!("report/{name}.txt"), reports.join("\n").as_bytes());
    }
}

#[test]
fn a_quiet_program_without_threads_takes_five_lines_at_most() {
    let world = single_thread();
    let (summary, timeline) = fold(&world.events, world.now);
    let report = human_report(&RunInfo::from(&header()), &summary, &timeline.bins, &[], &Style::default());
    assert!(report.lines().count() <= 5, "{report}");
}

#[test]
fn the_virtual_time_can_be_read_by_a_program() {
    let world = single_thread();
    let (summary, timeline) = fold(&world.events, world.now);
    let report = human_report(&RunInfo::from(&header()), &summary, &timeline.bins, &[], &Style::default());
    let (_, rest) = report.split_once("virtual time ").unwrap();
    let (number, unit) = rest.lines().next().unwrap().split_once(' ').unwrap();
    assert!(number.parse::<f64>().is_ok());
    assert!(["ns", "µs", "ms", "s"].contains(&unit));
    assert_eq!(report.matches("virtual time").count(), 1);
}

pub fn machine_report() -> Report {
    let (_, scene) = SCENES[3];
    let world = scene();
    let (summary, _) = fold(&world.events, world.now);
    let header = header();
    let run = RunReport {
        tool: header.tool,
        argv: header.argv,
        profile: header.profile,
        gil: header.gil,
        switch_interval_ns: header.switch_interval_ns,
        cores: header.cores,
        seed: header.seed,
        virtual_time_ns: summary.end_ns,
        thread_count: summary.thread_count(),
        fairness_ppm: summary.fairness_ppm(),
    };
    let finding = FindingReport {
        tag: "deadlock".into(),
        code: "DEADLOCK".into(),
        title: "Thread-1 and Thread-2 wait for each other".into(),
        details: vec!["Thread-1 waits for `lock_b` since line 9 (12.4 ms), held by Thread-2 since line 14".into()],
    };
    let output = OutputReport { stdout: "漢字\n".into(), stderr: String::new() };
    let exit = ExitReport { status: 3, ending: Ending::Deadlock };
    Report::new(run, &summary, vec![finding], output, exit)
}

#[test]
fn the_machine_report_is_stable() {
    let report: serde_json::Value = serde_json::from_str(&machine_report().to_json()).unwrap();
    golden::check("report/machine.json", serde_json::to_string_pretty(&report).unwrap().as_bytes());
}
