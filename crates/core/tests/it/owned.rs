//! An optimizer that is made while the program runs: its description and its steps come from a text, and
//! everything that a built-in one can do it can do too.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use std::borrow::Cow;
use std::sync::Arc;
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::formula::tape::Tape;
use thalweg_core::math::number::Number;
use thalweg_core::method::description::{Description, Lines, Slot};
use thalweg_core::method::oracle::Oracle;
use thalweg_core::method::state::State;
use thalweg_core::method::step::{Input, Method};
use thalweg_core::method::update_equation::{EquationRule, UpdateEquation, ValueType};
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::method_executor::EveryNumber;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::race::Race;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::value::Value;

/// A velocity that a typed function of itself (`x`) and of the gradient (`y`) makes anew at each step.
#[derive(Debug)]
struct TypedVelocity(Tape);

impl Method for TypedVelocity {
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let [velocity, ..] = &mut state.slots;
        *velocity = velocity.zip_map(&input.gradient, |v, g| self.0.at(v, g));
        state.position -= *velocity * input.lr;
    }
}

/// The optimizer whose velocity is `text`, under this name.
fn typed(name: &str, text: &str) -> Arc<Optimizer> {
    let velocity = ParsedFormula::read(text).expect("a formula").tape();
    let line = |name: &'static str, formula: String, sort| UpdateEquation {
        name: Cow::Borrowed(name),
        rule: EquationRule::Formula(Cow::Owned(formula)),
        sort,
        says: Cow::Borrowed(""),
    };
    let lines = vec![
        line("v", text.replace('x', "v").replace('y', "g"), ValueType::Direction),
        line("x", "x - α·v".to_owned(), ValueType::Point),
    ];
    let rate = Param { doc: Cow::Owned(format!("the rate of {name}")), ..Param::learning_rate(1e-3) };
    let description = Description {
        name: Cow::Owned(name.to_owned()),
        params: Cow::Owned(vec![rate]),
        slots: Cow::Owned(vec![Slot::new("v", "v", "velocity")]),
        lines: Lines::Fixed(Cow::Owned(lines)),
        ..Description::PLAIN
    };
    Arc::new(Optimizer::new(description, EveryNumber(TypedVelocity(velocity))))
}

#[test]
fn a_typed_rule_runs_as_the_built_in_method_that_it_says() {
    let mut own = Chosen::with_defaults(typed("Heavy", "0.9*x + y"));
    let mut built_in = Chosen::with_defaults(optimizers::find("Momentum").expect("known"));
    for chosen in [&mut own, &mut built_in] {
        assert!(chosen.set("lr", Value::Number(2e-4)));
    }
    assert_eq!(own.of.update(), ["v ← 0.9*v + g", "x ← x - α·v"]);
    let objective = Objective::new(&Chosen::with_defaults(surfaces::find("Rosenbrock").expect("known")));
    let problem = Problem::new(objective, Vector2::new(-1.2, 1.0), 500);
    let mut race = Race::new(problem.clone(), [&own, &built_in]);
    race.finish();
    let [own_run, other] = race.runs() else { panic!("two runs") };
    assert_eq!(own_run.optimizer().name, "Heavy");
    assert_eq!(own_run.trajectory().samples().len(), 501);
    assert_eq!(own_run.trajectory().samples(), other.trajectory().samples());
    assert_eq!(own_run.evaluations(500), other.evaluations(500));
    assert_eq!(own_run.state_at(&problem, 300), other.state_at(&problem, 300));
    // Side by side too.
    let mut batch = BatchRunner::new(&own, &problem);
    assert!(batch.is_wide());
    let ends = batch.run(&[batch.cell(), batch.cell()]);
    let last = own_run.trajectory().samples().last().expect("a sample");
    assert!(ends.iter().all(|end| end.position == last.position));
}
