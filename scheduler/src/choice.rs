//! Choices: the only places where a run could have gone otherwise.
//!
//! At a [`ChoicePoint`] a [`Strategy`] picks one of the candidates, given in ascending order of id. A choice with one
//! candidate is never asked. Each point also says what the faithful model of the operating system and the GIL does
//! (first come, first served), so [`Faithful`] needs no state. Wrappers compose: [`Recorded`] keeps the picks of another
//! strategy, [`Replay`] answers from such a list and says where a run departs from it.

use gilsim_vm::value::ThreadId;

/// What is chosen between.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ChoiceKind {
    /// Several timers are due at the same instant: whose fires first.
    Timer,
    /// Several threads can execute at the same instant: which does first.
    Run,
    /// The GIL is dropped: which waiter is woken.
    GilWake,
    /// A lock is released: which waiter is woken.
    LockWake,
    /// An item is put: which waiting thread gets it or is woken.
    QueueWake,
    /// A core is free: which waiting thread gets it.
    Core,
}

impl ChoiceKind {
    /// Its name in schedules and traces.
    pub fn name(self) -> &'static str {
        match self {
            ChoiceKind::Timer => "timer",
            ChoiceKind::Run => "run",
            ChoiceKind::GilWake => "gil-wake",
            ChoiceKind::LockWake => "lock-wake",
            ChoiceKind::QueueWake => "queue-wake",
            ChoiceKind::Core => "core",
        }
    }
}

/// A question to a strategy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChoicePoint<'a> {
    /// What is chosen between.
    pub what: ChoiceKind,
    /// At least two threads, ascending.
    pub candidates: &'a [ThreadId],
    /// Index of the candidate that the faithful model takes.
    pub faithful: u32,
    /// Virtual time.
    pub time_ns: u64,
}

/// The answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Pick {
    /// Index of a candidate.
    Candidate(u32),
    /// Give this execution up ([`crate::outcome::Outcome::Abandoned`]).
    Abandon,
}

/// Answers choices. Handed in at each call; never part of a simulation.
pub trait Strategy {
    /// Whether this kind of choice is worth asking; where not, the faithful candidate is taken and no list is made.
    fn wants(&self, _what: ChoiceKind) -> bool {
        true
    }

    /// Picks. An index beyond the candidates is a defect of the strategy and panics.
    fn choose(&mut self, point: &ChoicePoint<'_>) -> Pick;
}

/// The faithful operating system and GIL: first come, first served.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Faithful;

impl Strategy for Faithful {
    fn wants(&self, _what: ChoiceKind) -> bool {
        false
    }

    fn choose(&mut self, point: &ChoicePoint<'_>) -> Pick {
        Pick::Candidate(point.faithful)
    }
}

/// A choice that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeChoice {
    /// What was chosen between.
    pub what: ChoiceKind,
    /// The candidates.
    pub candidates: Vec<ThreadId>,
    /// What was picked.
    pub pick: Pick,
}

/// Keeps what another strategy picked: the schedule of the execution.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recorded<S> {
    /// The strategy asked.
    pub inner: S,
    /// Choices in order.
    pub made: Vec<MadeChoice>,
}

impl<S> Recorded<S> {
    /// Nothing recorded yet.
    pub fn new(inner: S) -> Recorded<S> {
        Recorded { inner, made: Vec::new() }
    }
}

impl<S: Strategy> Strategy for Recorded<S> {
    fn choose(&mut self, point: &ChoicePoint<'_>) -> Pick {
        let pick = self.inner.choose(point);
        self.made.push(MadeChoice { what: point.what, candidates: point.candidates.to_vec(), pick });
        pick
    }
}

/// Where a replay stopped following its schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Divergence {
    /// Index of the choice.
    pub index: usize,
    /// What the schedule has there; `None` when it is too short.
    pub expected: Option<MadeChoice>,
    /// What was asked.
    pub what: ChoiceKind,
    /// The candidates offered.
    pub candidates: Vec<ThreadId>,
}

/// Answers from a schedule; the execution is abandoned at the first question that differs from the recorded one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replay {
    schedule: Vec<MadeChoice>,
    next: usize,
    divergence: Option<Divergence>,
}

impl Replay {
    /// Follows a schedule.
    pub fn new(schedule: Vec<MadeChoice>) -> Replay {
        Replay { schedule, next: 0, divergence: None }
    }

    /// Where the run departed from the schedule.
    pub fn divergence(&self) -> Option<&Divergence> {
        self.divergence.as_ref()
    }

    /// Whether every pick was used.
    pub fn is_used_up(&self) -> bool {
        self.next == self.schedule.len()
    }
}

impl Strategy for Replay {
    fn choose(&mut self, point: &ChoicePoint<'_>) -> Pick {
        let recorded = self.schedule.get(self.next);
        match recorded.filter(|made| made.what == point.what && made.candidates == point.candidates) {
            Some(made) => {
                self.next += 1;
                made.pick
            }
            None => {
                let expected = recorded.cloned();
                let candidates = point.candidates.to_vec();
                self.divergence.get_or_insert(Divergence { index: self.next, expected, what: point.what, candidates });
                Pick::Abandon
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANDIDATES: [ThreadId; 3] = [ThreadId(1), ThreadId(4), ThreadId(7)];

    fn point(what: ChoiceKind, candidates: &[ThreadId]) -> ChoicePoint<'_> {
        ChoicePoint { what, candidates, faithful: 1, time_ns: 0 }
    }

    #[test]
    fn a_replay_gives_the_recorded_picks_and_notices_a_departure() {
        let mut recorded = Recorded::new(Faithful);
        assert_eq!(recorded.choose(&point(ChoiceKind::Timer, &CANDIDATES)), Pick::Candidate(1));
        assert_eq!(recorded.choose(&point(ChoiceKind::LockWake, &CANDIDATES[..2])), Pick::Candidate(1));

        let mut replay = Replay::new(recorded.made);
        assert_eq!(replay.choose(&point(ChoiceKind::Timer, &CANDIDATES)), Pick::Candidate(1));
        assert!(!replay.is_used_up() && replay.divergence().is_none());
        assert_eq!(replay.choose(&point(ChoiceKind::LockWake, &CANDIDATES)), Pick::Abandon);
        let divergence = replay.divergence().expect("other candidates");
        assert_eq!((divergence.index, divergence.candidates.len()), (1, 3));
        assert_eq!(divergence.expected.as_ref().map(|made| made.candidates.len()), Some(2));
    }

    #[test]
    fn a_schedule_that_is_too_short_is_a_departure() {
        let mut replay = Replay::new(Vec::new());
        assert_eq!(replay.choose(&point(ChoiceKind::Run, &CANDIDATES)), Pick::Abandon);
        assert_eq!(replay.divergence().map(|at| at.expected.is_none()), Some(true));
    }
}
