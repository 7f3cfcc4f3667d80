//! The demo programs of gilsim as data: each poses a question, and its lesson says what to look at in the run.
//!
//! Data only: nothing here runs or prints. The command `gilsim demos` lists, shows, runs and copies them, and a test
//! runs each with the settings in [`Demo::ends`] and compares.

mod catalog;

pub use catalog::DEMOS;

/// A CPython version whose rules a demo runs under, by its profile name (`3.13`).
pub type ProfileName = &'static str;

/// One demo.
#[derive(Debug)]
pub struct Demo {
    /// Name on the command line.
    pub name: &'static str,
    /// A few words for the list.
    pub title: &'static str,
    /// The question that the run answers.
    pub question: &'static str,
    /// Name of the program's file.
    pub file: &'static str,
    /// The program.
    pub source: &'static str,
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

/// How a demo ends under a profile, with all other settings as they are by default.
#[derive(Debug)]
pub struct End {
    /// The profile.
    pub profile: ProfileName,
    /// Exit status of the command.
    pub status: u8,
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

/// The demo of this name.
pub fn find(name: &str) -> Option<&'static Demo> {
    DEMOS.iter().find(|demo| demo.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_files_are_unique_and_repairs_exist() {
        for (index, demo) in DEMOS.iter().enumerate() {
            for other in &DEMOS[index + 1..] {
                assert!(demo.name != other.name && demo.file != other.file, "{}", demo.name);
            }
            if let Some(repair) = demo.repaired_by {
                assert!(find(repair).is_some(), "{} is repaired by an unknown demo", demo.name);
            }
            assert_eq!(demo.file, format!("{}.py", demo.name.replace('-', "_")));
        }
    }

    #[test]
    fn every_demo_says_how_it_ends_under_its_own_profile() {
        for demo in DEMOS {
            assert!(demo.ends.iter().any(|end| end.profile == demo.profile), "{}", demo.name);
            assert!(!demo.look_at.is_empty() && demo.lesson.len() > 100, "{}", demo.name);
        }
    }
}
