//! A race on Rosenbrock's function, for the benchmarks.

#![allow(dead_code, missing_docs, clippy::expect_used)]

use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::race::Race;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

pub fn objective(name: &str) -> Option<Objective> {
    Some(Objective::new(&Chosen::with_defaults(surfaces::find(name)?)))
}

pub fn optimizer(name: &str, lr: f64) -> Chosen<Optimizer> {
    let mut chosen = Chosen::with_defaults(optimizers::find(name).expect("a name of the table"));
    assert!(chosen.set("lr", Value::Number(lr)));
    chosen
}

pub fn run(optimizers: &[Chosen<Optimizer>], steps: u32) -> Race {
    let objective = objective("Rosenbrock").expect("a name of the table");
    let start = Vector2::new(-1.2, 1.0);
    let mut race = Race::new(Problem::new(objective, start, steps), optimizers);
    race.finish();
    race
}
