//! A simulation is a value: a clone and its original, stepped alike, stay equal; a run is repeated steps.

use super::{Case, Picks, cases};
use crate::machine::Listener;
use gilsim_scheduler::event::Deaf;
use gilsim_scheduler::simulation::Simulation;
use proptest::prelude::*;

/// Advances, and gives whether the run goes on.
fn advance(simulation: &mut Simulation, picks: &mut Picks, singly: bool) -> bool {
    let outcome = if singly { simulation.step(picks, &mut Deaf) } else { simulation.advance(picks, &mut Deaf) };
    outcome.is_none()
}

fn run(simulation: &mut Simulation, picks: &mut Picks) {
    while advance(simulation, picks, false) {}
}

/// Steps so often, or to the end.
fn step_on(simulation: &mut Simulation, picks: &mut Picks, advances: usize, steps: usize) {
    for _ in 0..advances {
        if !advance(simulation, picks, false) {
            return;
        }
    }
    for _ in 0..steps {
        if !advance(simulation, picks, true) {
            return;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn a_clone_and_its_original_stay_equal_to_the_end(
        case in cases(), advances in 0..400usize, steps in 0..40usize, later in 1..60usize,
    ) {
        let mut original = case.machine().simulation();
        let mut picks = case.strategy();
        step_on(&mut original, &mut picks, advances, steps);
        let mut clone = original.clone();
        let mut clone_picks = picks.clone();
        for _ in 0..later {
            advance(&mut original, &mut picks, true);
            advance(&mut clone, &mut clone_picks, true);
        }
        prop_assert!(original == clone);
        prop_assert_eq!(original.fingerprint(), clone.fingerprint());
        run(&mut original, &mut picks);
        run(&mut clone, &mut clone_picks);
        prop_assert!(original == clone);
        prop_assert_eq!(original.fingerprint(), clone.fingerprint());
        prop_assert_eq!(picks, clone_picks);
    }

    #[test]
    fn running_a_clone_leaves_the_original_alone(case in cases(), advances in 0..400usize, steps in 0..40usize) {
        let mut original = case.machine().simulation();
        let mut picks = case.strategy();
        step_on(&mut original, &mut picks, advances, steps);
        let before = original.fingerprint();
        let witness = original.clone();
        let mut clone = original.clone();
        clone.freeze();
        run(&mut clone, &mut picks.clone());
        prop_assert!(original == witness);
        prop_assert_eq!(original.fingerprint(), before);
        run(&mut original, &mut picks);
        prop_assert!(original == clone);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_run_is_repeated_steps(case in cases()) {
        let machine = case.machine();
        let (mut batched, mut singly) = (machine.simulation(), machine.simulation());
        let (mut heard, mut heard_singly) = (Listener::default(), Listener::default());
        let (mut picks, mut picks_singly) = (case.strategy(), case.strategy());
        let outcome = batched.run(&mut picks, &mut heard);
        let outcome_singly = loop {
            if let Some(outcome) = singly.step(&mut picks_singly, &mut heard_singly) {
                break outcome;
            }
        };
        prop_assert_eq!(outcome, outcome_singly);
        prop_assert_eq!(heard, heard_singly);
        prop_assert_eq!(picks, picks_singly);
        prop_assert_eq!(batched.steps(), singly.steps());
        prop_assert!(batched == singly);
    }

    #[test]
    fn no_observer_changes_a_run(case in cases()) {
        let machine = case.machine();
        let (mut heard, mut unheard) = (machine.simulation(), machine.simulation());
        let outcome = heard.run(&mut case.strategy(), &mut Listener::default());
        prop_assert_eq!(outcome, unheard.run(&mut case.strategy(), &mut Deaf));
        prop_assert_eq!(heard.fingerprint(), unheard.fingerprint());
    }
}

/// The fingerprint sees what equality sees: two different runs differ in both.
#[test]
fn different_seeds_of_jitter_give_different_machines() {
    let case = |seed| Case { program: 1, profile: 0, cores: 2, seed, jitter: true, pipe: false, picks: None };
    let mut machines = [case(1).machine().simulation(), case(2).machine().simulation()];
    machines.iter_mut().for_each(|machine| run(machine, &mut Picks(None)));
    assert!(machines[0] != machines[1]);
    assert_ne!(machines[0].fingerprint(), machines[1].fingerprint());
}
