//! Typed rules beside the built-in methods whose lines they are: one run that is recorded, and many side by side.

#![allow(clippy::expect_used, reason = "a benchmark may stop at once")]

mod harness;
#[path = "harness/race.rs"]
mod race;

use nalgebra::Vector2;
use thalweg_core::catalogue::typed_rule;
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_config::RunConfig;
use thalweg_core::spec::chosen::Chosen;

const STEPS: u32 = 100_000;
const CELLS: u32 = 4096;
const CELL_STEPS: u32 = 500;

/// The sum of the losses at the ends of runs with learning rates of many sizes.
fn side_by_side(optimizer: &Chosen<Optimizer>, lr: f64) -> f64 {
    let objective = race::objective("Rosenbrock").expect("a name of the table");
    let problem = Problem::new(objective, Vector2::new(-1.2, 1.0), CELL_STEPS);
    let mut batch = BatchRunner::new(optimizer, &problem);
    let cells: Vec<RunConfig> = (0..CELLS)
        .map(|cell| {
            let mut config = batch.cell();
            config.settings.numbers[0] = lr * f64::from(cell + 1) / f64::from(CELLS);
            config
        })
        .collect();
    batch.run(&cells).iter().map(|result| result.loss).sum()
}

fn main() {
    for (name, lr) in [("GradientDescent", 1e-4), ("Momentum", 1e-4), ("Adam", 0.01), ("Newton", 0.5)] {
        let built_in = race::optimizer(name, lr);
        let typed = typed_rule::rule_of(&built_in).expect("all its lines are formulas");
        // The same numbers, or the comparison means nothing.
        let [ours, theirs] =
            [&typed, &built_in].map(|optimizer| race::run(std::slice::from_ref(optimizer), 200));
        let pairs = ours.runs()[0].trajectory().samples().iter().zip(theirs.runs()[0].trajectory().samples());
        assert!(pairs.into_iter().all(|(a, b)| (a.position - b.position).amax() < 1e-9), "{name}");
        harness::compare(
            &format!("{name} typed, on Rosenbrock, {STEPS} steps, recorded"),
            || race::run(std::slice::from_ref(&typed), STEPS),
            || race::run(std::slice::from_ref(&built_in), STEPS),
        );
        harness::compare(
            &format!("{name} typed, {CELLS} runs of {CELL_STEPS} steps side by side"),
            || side_by_side(&typed, lr),
            || side_by_side(&built_in, lr),
        );
    }
}
