//! Goldens of the terminal Gantt, and what holds for every picture.

use crate::fold::fold;
use crate::golden;
use crate::scenes::SCENES;
use crate::world::random_run;
use gilsim_scheduler::event::ThreadId;
use gilsim_trace::fold::Summary;
use gilsim_trace::fold::Timeline;
use gilsim_trace::gantt::{Colour, Finding, Style, draw};
use gilsim_trace::text;
use proptest::prelude::*;

fn picture(folded: &(Summary, Timeline), findings: &[Finding], style: &Style) -> Vec<String> {
    draw(&folded.0, &folded.1.bins, findings, style)
}

#[test]
fn every_scene_has_its_picture() {
    for (name, scene) in SCENES {
        let world = scene();
        let folded = fold(&world.events, world.now);
        let styles = [
            Style::default(),
            Style { width: 160, ..Style::default() },
            Style { width: 60, ascii: true, colour: Colour::Plain },
        ];
        let pictures = styles.map(|style| picture(&folded, &[], &style).join("\n"));
        golden::check(&format!("gantt/{name}.txt"), (pictures.join("\n\n") + "\n").as_bytes());
    }
}

#[test]
fn colours_do_not_change_the_glyphs() {
    let (name, scene) = SCENES[0];
    let world = scene();
    let folded = fold(&world.events, world.now);
    let plain = picture(&folded, &[], &Style::default());
    for (suffix, colour) in [("16", Colour::Ansi16), ("24bit", Colour::True)] {
        let painted = picture(&folded, &[], &Style { colour, ..Style::default() }).join("\n") + "\n";
        golden::check(&format!("gantt/{name}.{suffix}.ansi"), painted.as_bytes());
        let mut bare = String::new();
        let mut rest = painted.as_str();
        while let Some((before, after)) = rest.split_once('\x1b') {
            bare.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        bare.push_str(rest);
        let trimmed: Vec<&str> = bare.lines().map(str::trim_end).collect();
        assert_eq!(trimmed, plain);
    }
}

#[test]
fn a_finding_is_marked_where_it_happened_and_in_the_legend() {
    let (_, scene) = SCENES[0];
    let world = scene();
    let folded = fold(&world.events, world.now);
    let finding = Finding { thread: ThreadId(1), time_ns: world.now / 2 };
    let lines = picture(&folded, &[finding], &Style::default());
    let lane = lines.iter().find(|line| line.starts_with("Thread-1")).unwrap();
    let plot: Vec<char> = lane.chars().skip("Thread-1 (count) ".len()).collect();
    assert_eq!(plot.iter().position(|c| *c == '◆'), Some(83 / 2));
    assert!(lines.last().unwrap().ends_with("◆ finding"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_line_is_wider_than_asked_and_none_holds_a_control_character(
        seed: u64, width in 1usize..180, ascii: bool, lanes in 1usize..14
    ) {
        let (events, end_ns, _) = random_run(seed);
        let mut fold = gilsim_trace::fold::Fold::new(Default::default(), gilsim_trace::fold::Bins::new(lanes));
        events.iter().for_each(|event| fold.event(event));
        let (summary, bins) = fold.finish(end_ns);
        let findings = [Finding { thread: ThreadId(1), time_ns: end_ns / 3 }];
        let style = Style { width, ascii, colour: Colour::Plain };
        for line in draw(&summary, &bins, &findings, &style) {
            prop_assert!(text::width(&line) <= width.max(3), "{line:?}");
            prop_assert!(text::is_visible(&line, text::Breaks::Escape));
            // Names are the program's own; everything else obeys `--ascii`.
            let own = line.chars().filter(|c| *c < char::from_u32(0x2e80).unwrap());
            prop_assert!(!ascii || own.clone().all(|c| c.is_ascii()), "{line:?}");
        }
    }
}
