//! The demo programs of gilsim as data: each poses a question, and its lesson says what to look at in the run.
//!
//! Data only: nothing here runs or prints. The command `gilsim demos` lists, shows, runs and copies them, and a test
//! runs each with the settings in [`Demo::ends`] and compares.

mod catalog;

pub use catalog::COURSE;

/// A CPython version whose rules a demo runs under, by its profile name (`3.13`).
pub type ProfileName = &'static str;

/// Demos that belong together.
#[derive(Debug)]
pub struct Chapter {
    /// A few words for the list.
    pub title: &'static str,
    /// The demos, from simple to advanced.
    pub demos: &'static [Demo],
}

/// One demo.
#[derive(Debug)]
pub struct Demo {
    /// Name on the command line.
    pub name: &'static str,
    /// A few words for the list.
    pub title: &'static str,
    /// The question that the run answers.
    pub question: &'static str,
    /// What is run.
    pub program: Program,
    /// One paragraph: why the program does what it does.
    pub lesson: &'static str,
    /// What to look at in the report and what to try next; whole commands stand in back quotes.
    pub look_at: &'static [&'static str],
    /// The profile it runs under unless told otherwise.
    pub profile: ProfileName,
    /// The demo that repairs this one.
    pub repaired_by: Option<&'static str>,
    /// How it ends, per profile.
    pub ends: &'static [End],
}

/// A program of one file.
#[derive(Debug)]
pub struct Program {
    /// Name of the file.
    pub file: &'static str,
    /// Its text.
    pub source: &'static str,
}

/// How a demo ends under some profiles, with all other settings as they are by default.
#[derive(Debug)]
pub struct End {
    /// The profiles.
    pub profiles: &'static [ProfileName],
    /// Exit status of the command.
    pub status: u8,
    /// Virtual time in ms, if it consists of pauses; computing adds a little.
    pub lasts_ms: Option<u64>,
    /// What its standard output must be.
    pub stdout: Stdout,
    /// Parts of the report on stderr.
    pub report: &'static [&'static str],
}

/// What standard output must be.
#[derive(Debug)]
pub enum Stdout {
    /// These lines.
    Lines(&'static [&'static str]),
    /// Lines that begin with these texts, each followed by a number in this range and maybe a unit.
    Numbers(&'static [(&'static str, f64, f64)]),
}

/// All demos, in the order of the course.
pub fn demos() -> impl Iterator<Item = &'static Demo> {
    COURSE.iter().flat_map(|chapter| chapter.demos)
}

/// The demo of this name.
pub fn find(name: &str) -> Option<&'static Demo> {
    demos().find(|demo| demo.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_files_are_named_alike_and_repairs_exist() {
        let names: BTreeSet<_> = demos().map(|demo| demo.name).collect();
        assert_eq!(names.len(), demos().count());
        for demo in demos() {
            assert_eq!(demo.program.file, format!("{}.py", demo.name.replace('-', "_")));
            if let Some(repair) = demo.repaired_by {
                let found = find(repair).unwrap_or_else(|| panic!("{} is repaired by an unknown demo", demo.name));
                assert!(found.repaired_by.is_none(), "{} is repaired by a broken demo", demo.name);
                let mention = format!("`gilsim demos run {repair}`");
                assert!(demo.look_at.iter().any(|point| point.contains(&mention)), "{} hides its repair", demo.name);
            }
        }
    }

    #[test]
    fn every_program_is_in_the_course() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/programs");
        let files = std::fs::read_dir(folder).expect("programs").map(|entry| entry.expect("a file").file_name());
        let there: BTreeSet<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
        let taught: BTreeSet<String> = demos().map(|demo| demo.program.file.to_string()).collect();
        assert_eq!(there, taught);
    }

    #[test]
    fn every_demo_says_how_it_ends_under_all_profiles_once() {
        for demo in demos() {
            let mut profiles: Vec<_> = demo.ends.iter().flat_map(|end| end.profiles).copied().collect();
            profiles.sort_unstable();
            assert_eq!(profiles, ["3.13", "3.9"], "{}", demo.name);
            assert!(profiles.contains(&demo.profile), "{}", demo.name);
        }
    }

    #[test]
    fn every_demo_has_a_question_a_lesson_and_something_to_look_at() {
        for demo in demos() {
            assert!(!demo.look_at.is_empty() && demo.lesson.len() > 100, "{}", demo.name);
            assert!(demo.question.ends_with('?') && demo.title.len() < 80, "{}", demo.name);
        }
    }

    /// A program is shown on a projector: one screen, no long lines, and its question on top.
    #[test]
    fn every_program_fits_on_a_projector() {
        for demo in demos() {
            let lines: Vec<&str> = demo.program.source.lines().collect();
            assert!(lines.len() <= 45, "{} has {} lines", demo.name, lines.len());
            for line in &lines {
                assert!(line.chars().count() <= 92 && line.is_ascii(), "{}: {line}", demo.name);
            }
            let first = lines[0];
            assert!(first.starts_with("\"\"\"") && first.ends_with("?\"\"\""), "{}: {first}", demo.name);
        }
    }
}
