//! Properties of whole simulations: clones, stepping, who holds what, causes and authors.

mod clones;
mod groups;
mod histories;

use crate::machine::{ALL_PROFILES, Machine};
use crate::programs::PROGRAMS;
use gilsim_scheduler::choice::{ChoicePoint, Pick, Strategy};
use gilsim_scheduler::config::{Jitter, StdoutMode};
use proptest::prelude::any;
use proptest::strategy::Strategy as _;

/// A program on a machine, and the picks of a strategy.
#[derive(Clone, Debug)]
struct Case {
    program: usize,
    profile: usize,
    cores: u32,
    seed: u64,
    jitter: bool,
    pipe: bool,
    /// `None`: first come, first served.
    picks: Option<u64>,
}

impl Case {
    fn machine(&self) -> Machine {
        let (_, text) = PROGRAMS[self.program];
        Machine::new(ALL_PROFILES[self.profile], text).with(|config| {
            config.cores = self.cores;
            config.seed = self.seed;
            config.jitter = if self.jitter { Jitter::On } else { Jitter::Off };
            config.stdout = if self.pipe { StdoutMode::Pipe } else { StdoutMode::Tty };
        })
    }

    fn strategy(&self) -> Picks {
        Picks(self.picks)
    }
}

fn cases() -> impl proptest::strategy::Strategy<Value = Case> {
    let machine = (0..PROGRAMS.len(), 0..ALL_PROFILES.len(), 1..4u32, 0..1000u64);
    let rest = (any::<bool>(), any::<bool>(), any::<Option<u64>>());
    (machine, rest).prop_map(|((program, profile, cores, seed), (jitter, pipe, picks))| Case {
        program,
        profile,
        cores,
        seed,
        jitter,
        pipe,
        picks,
    })
}

/// Picks at every choice: the faithful candidate, or by a linear congruential generator (Knuth's MMIX constants).
#[derive(Clone, Debug, PartialEq)]
struct Picks(Option<u64>);

impl Strategy for Picks {
    fn choose(&mut self, point: &ChoicePoint<'_>) -> Pick {
        let Some(state) = &mut self.0 else { return Pick::Candidate(point.faithful) };
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Pick::Candidate(((*state >> 33) % point.candidates.len() as u64) as u32)
    }
}
