//! Profiles: what differs between CPython versions, as rows of data.
//!
//! A profile changes the rules of the GIL, eval checks, costs, and how often some library steps release the GIL. Language,
//! messages and `sys.version` are 3.13's in every profile. Sources: `Python/ceval_gil.c`, `Modules/_threadmodule.c`,
//! `Modules/_queuemodule.c`, `Modules/timemodule.c` of the versions named, and counts of releases per operation measured
//! on 3.9.18 and 3.13.0 (Linux).

use crate::gil::request::RequestRule;
use gilsim_vm::code::CodeRules;

/// How `join` waits for the end of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JoinRule {
    /// On a lock that the thread releases at its end; joining an ended thread releases nothing (up to 3.12).
    Lock,
    /// On an event, and then the first to join a thread waits for its operating system thread, without the GIL, even when
    /// it has ended (3.13 on).
    EventThenSystemThread,
}

/// What `time.sleep(0)` does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SleepZeroRule {
    /// Releases the GIL and comes back at once (`select`, up to 3.10).
    ReturnsAtOnce,
    /// Sleeps for the timer slack of the operating system (`clock_nanosleep`, 3.11 on).
    SleepsForSlack,
}

/// What `os.sched_yield()` does with the GIL.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum YieldRule {
    /// Keeps it (3.9).
    KeepsGil,
    /// Releases it, and a thread that waits for it gets it first (3.10.13 on).
    ReleasesGil,
}

/// How an item gets from `SimpleQueue.put` to a waiting `get`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QueueRule {
    /// Through the queue: the woken thread may find that another one was faster, and waits again (up to 3.12).
    Compete,
    /// Straight into the hand of the thread that has waited longest (3.13 on).
    HandOff,
}

/// One CPython version.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    /// Its name, such as `3.13`.
    pub name: &'static str,
    /// Where the drop request lives.
    pub request: RequestRule,
    /// How `join` waits.
    pub join: JoinRule,
    /// What `time.sleep(0)` does.
    pub sleep_zero: SleepZeroRule,
    /// What `os.sched_yield()` does.
    pub sched_yield: YieldRule,
    /// How `SimpleQueue` hands over.
    pub queue: QueueRule,
}

const PROFILES: &[Profile] = &[
    Profile {
        name: "3.13",
        request: RequestRule::PerThread,
        join: JoinRule::EventThenSystemThread,
        sleep_zero: SleepZeroRule::SleepsForSlack,
        sched_yield: YieldRule::ReleasesGil,
        queue: QueueRule::HandOff,
    },
    Profile {
        name: "3.9",
        request: RequestRule::PerInterpreter,
        join: JoinRule::Lock,
        sleep_zero: SleepZeroRule::ReturnsAtOnce,
        sched_yield: YieldRule::KeepsGil,
        queue: QueueRule::Compete,
    },
];

impl Profile {
    /// The profile used when none is named.
    pub const DEFAULT: &str = "3.13";

    /// The profile of this name.
    pub fn by_name(name: &str) -> Option<Profile> {
        PROFILES.iter().find(|profile| profile.name == name).cloned()
    }

    /// All names, newest version first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PROFILES.iter().map(|profile| profile.name)
    }

    /// Eval checks and costs, which the virtual machine bakes into code.
    pub fn code_rules(&self) -> CodeRules {
        CodeRules::for_profile(self.name).expect("every profile has a row in the tables of code rules")
    }
}

impl Default for Profile {
    fn default() -> Profile {
        Profile::by_name(Profile::DEFAULT).expect("the default profile has a row")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_has_code_rules_and_is_found_by_name() {
        for name in Profile::names() {
            let profile = Profile::by_name(name).expect("listed");
            assert_eq!(profile.code_rules().profile, name);
        }
        assert_eq!(Profile::default().name, "3.13");
        assert_eq!(Profile::by_name("3.14"), None);
    }
}
