//! An optimizer that is made while the program runs has its program from its lines, as the built-in ones do.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use super::python::is_there;
use super::trajectories::{RunnerCase, check};
use std::borrow::Cow;
use std::sync::Arc;
use thalweg_code::{CodeError, Language, script};
use thalweg_core::Optimizer;
use thalweg_core::catalogue::surfaces;
use thalweg_core::math::number::Number;
use thalweg_core::method::description::{Description, Lines, Slot};
use thalweg_core::method::oracle::Oracle;
use thalweg_core::method::state::State;
use thalweg_core::method::step::{Input, Method};
use thalweg_core::method::update_equation::UpdateEquation;
use thalweg_core::run::method_executor::EveryNumber;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Param;
use thalweg_scenario::{Runner, Scenario};

/// v = 0.9·v + g; x = x - α·v
#[derive(Debug)]
struct HeavyBall;

impl Method for HeavyBall {
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let [velocity, ..] = &mut state.slots;
        *velocity = *velocity * T::of(0.9) + input.gradient;
        state.position -= *velocity * input.lr;
    }
}

/// That method under a name of its own, with this line for its velocity.
fn optimizer(velocity: &'static str) -> Arc<Optimizer> {
    let lines = vec![UpdateEquation::direction("v", velocity, ""), UpdateEquation::point("x", "x - α·v", "")];
    let description = Description {
        name: Cow::Borrowed("Heavy"),
        params: Cow::Owned(vec![Param::learning_rate(2e-4)]),
        slots: Cow::Owned(vec![Slot::new("v", "v", "velocity")]),
        lines: Lines::Fixed(Cow::Owned(lines)),
        ..Description::PLAIN
    };
    Arc::new(Optimizer::new(description, EveryNumber(HeavyBall)))
}

fn race(velocity: &'static str) -> Scenario {
    let mut scenario = Scenario::new(surfaces::find("Rosenbrock").expect("known"));
    scenario.runners = vec![Runner::new(Chosen::with_defaults(optimizer(velocity)), 0)];
    scenario
}

#[test]
fn an_optimizer_of_ones_own_has_a_program() {
    let scenario = race("0.9·v + g");
    let program = script(&scenario, 0, Language::PyTorch).expect("a program");
    assert!(program.notes[0].starts_with("torch.optim has no such optimizer"), "{:?}", program.notes);
    assert!(program.text.contains("    g = gradient(x)"), "{}", program.text);
    assert!(program.text.contains("    v = 0.9*v + g\n    x = x - alpha*v\n"), "{}", program.text);
    if is_there(Language::NumPy) {
        check(&[RunnerCase::of("Rosenbrock", &scenario, &scenario.runners[0])], Language::NumPy);
    }
}

#[test]
fn a_name_that_stands_for_nothing_is_told() {
    let told = script(&race("0.9·v + h"), 0, Language::NumPy);
    assert_eq!(told, Err(CodeError::Formula("`h` stands for nothing".to_owned())));
}
