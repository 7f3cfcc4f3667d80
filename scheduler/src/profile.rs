//! Profiles: what differs between CPython versions, as rows of data.
//!
//! A profile changes the rules of the GIL, eval checks, costs, and how often some library steps release the GIL. Language,
//! messages and `sys.version` are 3.13's in every profile. Sources: `Python/ceval_gil.c` (`ceval_gil.h` up to 3.11),
//! `Modules/_threadmodule.c`, `Modules/_queuemodule.c`, `Modules/timemodule.c`, `Modules/posixmodule.c` of the versions named, and
//! counts of releases per operation measured on 2.7.18 and 3.6.15 to 3.13.0 (Linux). 3.13t was not measured. Where a correction came with a patch release
//! (`os.sched_yield` in 3.10.13 and 3.11.7, `atexit` in 3.12.1), the row is that of the patch release.
//!
//! Not here because one interpreter cannot tell: up to 3.6 the GIL is made when the first thread starts, up to 3.8 the drop
//! request is one flag of the process. From 3.12 on an interpreter may have a GIL of its own, as every interpreter of a
//! simulation has (`Simulation::add_interpreter`).

use crate::gil::request::RequestRule;
use gilsim_vm::code::{CodeRules, CostTable};
use std::sync::Arc;

/// What decides which thread of an interpreter runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GilRule {
    /// A GIL that is offered after so many ticks (2.7).
    Ticks,
    /// A GIL that a waiter asks for after a switch interval (3.2 on).
    Requests(RequestRule),
    /// None; objects have locks of their own (3.13t).
    Free,
}

/// How a free lock is acquired.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockRule {
    /// With the GIL released around it, as any other, even if it does not block (2.7).
    AlwaysReleases,
    /// Without releasing the GIL (3.2 on).
    TriesFirst,
}

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

/// What starting a thread from a function registered with `atexit` does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartAtExitRule {
    /// It works (all but 3.12).
    Works,
    /// RuntimeError (3.12.1).
    Refused,
}

/// One CPython version.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    /// Its name, such as `3.13`.
    pub name: &'static str,
    /// What kind of GIL it has.
    pub gil: GilRule,
    /// How a free lock is acquired.
    pub lock: LockRule,
    /// How `join` waits.
    pub join: JoinRule,
    /// What `time.sleep(0)` does.
    pub sleep_zero: SleepZeroRule,
    /// What `os.sched_yield()` does.
    pub sched_yield: YieldRule,
    /// How `SimpleQueue` hands over.
    pub queue: QueueRule,
    /// What a thread started at exit meets.
    pub start_at_exit: StartAtExitRule,
    /// Costs in place of the shipped ones.
    pub costs: Option<Arc<CostTable>>,
}

/// Newest version first. Sources of a row: those named above, of that version.
const PROFILES: &[Profile] = &[
    NEWEST,
    Profile { name: "3.13t", gil: GilRule::Free, ..NEWEST },
    Profile { name: "3.12", start_at_exit: StartAtExitRule::Refused, ..UP_TO_3_12 },
    Profile { name: "3.11", ..UP_TO_3_12 },
    Profile { name: "3.10", sleep_zero: SleepZeroRule::ReturnsAtOnce, ..UP_TO_3_12 },
    Profile { name: "3.9", ..UP_TO_3_9 },
    Profile { name: "3.8", ..UP_TO_3_9 },
    Profile { name: "3.7", ..UP_TO_3_9 },
    Profile { name: "3.6", ..UP_TO_3_9 },
    Profile { name: "2.7", gil: GilRule::Ticks, lock: LockRule::AlwaysReleases, ..UP_TO_3_9 },
];

const NEWEST: Profile = Profile {
    name: "3.13",
    gil: GilRule::Requests(RequestRule::PerThread),
    lock: LockRule::TriesFirst,
    join: JoinRule::EventThenSystemThread,
    sleep_zero: SleepZeroRule::SleepsForSlack,
    sched_yield: YieldRule::ReleasesGil,
    queue: QueueRule::HandOff,
    start_at_exit: StartAtExitRule::Works,
    costs: None,
};

const UP_TO_3_12: Profile = Profile {
    gil: GilRule::Requests(RequestRule::PerInterpreter),
    join: JoinRule::Lock,
    queue: QueueRule::Compete,
    ..NEWEST
};

const UP_TO_3_9: Profile =
    Profile { sleep_zero: SleepZeroRule::ReturnsAtOnce, sched_yield: YieldRule::KeepsGil, ..UP_TO_3_12 };

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
        let rules = CodeRules::for_profile(self.name).expect("every profile has a row in the tables of code rules");
        match &self.costs {
            Some(costs) => rules.with_costs(costs),
            None => rules,
        }
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
