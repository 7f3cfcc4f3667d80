//! What is asked of the way in which an execution ends, besides that it ends well: the same output as another one, or a
//! state in which the threads could also have ended one after the other.

use super::Machine;
use super::end_state::EndState;
use gilsim_vm::value::ThreadId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum EndCheck {
    /// Nothing: writing is no step.
    Nothing,
    /// Every write is a step.
    Watched,
    /// The same, and in the end the output must be this.
    Output(Arc<str>),
    /// The same, and the end must be one of these.
    Serial(Arc<BTreeSet<EndState>>),
}

/// How an end differs from what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missed {
    /// The output.
    Output {
        /// That of the first execution.
        expected: String,
        /// This one.
        found: String,
    },
    /// No serial execution ends so.
    Serial(NotSerial),
}

/// An end that no serial execution has, by the variables that show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotSerial {
    /// Their names.
    pub names: Vec<String>,
    /// Their values.
    pub found: Vec<String>,
    /// Their values at the ends of serial executions.
    pub serial: BTreeSet<Vec<String>>,
}

impl Machine {
    /// From now on the output of every execution must be that of the one in which each thread goes on as long as it can.
    /// Only before [`Machine::begin`].
    pub fn expect_same_output(&mut self, steps_max: usize) {
        self.watch_output();
        let mut first = self.clone();
        first.begin();
        let mut last = ThreadId(0);
        for _ in 0..steps_max {
            let next = first.enabled().find(|thread| *thread == last).or_else(|| first.enabled().next());
            let Some(thread) = next else { break };
            first.step(thread);
            last = thread;
        }
        self.end_check = EndCheck::Output(first.text().into());
    }

    /// From now on every execution must end in one of these states. Only before [`Machine::begin`].
    pub fn expect_one_of(&mut self, ends: BTreeSet<EndState>) {
        self.watch_output();
        self.end_check = EndCheck::Serial(ends.into());
    }

    /// From now on writing is a step. Only before [`Machine::begin`].
    pub fn watch_output(&mut self) {
        assert!(!self.parallel, "checks are set before the first thread is started");
        self.end_check = EndCheck::Watched;
    }

    pub(super) fn watches_output(&self) -> bool {
        self.end_check != EndCheck::Nothing
    }

    /// How the end differs from what was asked, if it does.
    pub fn missed(&self) -> Option<Missed> {
        match &self.end_check {
            EndCheck::Nothing | EndCheck::Watched => None,
            EndCheck::Output(expected) => {
                let found = self.text();
                (**expected != *found).then(|| Missed::Output { expected: expected.to_string(), found })
            }
            EndCheck::Serial(serial) => {
                let end = self.end_state();
                (!serial.contains(&end)).then(|| Missed::Serial(NotSerial::of(&end, serial)))
            }
        }
    }
}

impl NotSerial {
    /// Told are the variables whose value no serial execution gives; if there is none, those that serial executions leave
    /// with different values.
    fn of(end: &EndState, serial: &BTreeSet<EndState>) -> NotSerial {
        let value_in = |other: &EndState, name: &str| {
            let found = other.0.iter().find(|(other, _)| other == name);
            found.map_or_else(|| "not there".to_owned(), |(_, value)| value.clone())
        };
        let values = |name: &str| serial.iter().map(|end| value_in(end, name)).collect::<BTreeSet<String>>();
        let names = || end.0.iter().map(|(name, _)| name.clone());
        let mut telling: Vec<String> = names().filter(|name| !values(name).contains(&value_in(end, name))).collect();
        if telling.is_empty() {
            telling = names().filter(|name| values(name).len() > 1).collect();
        }
        let row = |end: &EndState| telling.iter().map(|name| value_in(end, name)).collect::<Vec<String>>();
        NotSerial { found: row(end), serial: serial.iter().map(row).collect(), names: telling }
    }
}
