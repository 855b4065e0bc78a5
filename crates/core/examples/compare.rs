//! Two optimizers from the same start: who is where after how many steps.
//!
//! `cargo run -p thalweg-core --example compare`

use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::nalgebra::Vector2;
use thalweg_core::{Chosen, Objective, Problem, Race, Value};

fn main() -> Result<(), &'static str> {
    let surface = Chosen::with_defaults(surfaces::find("Rosenbrock").ok_or("no such surface")?);
    let mut momentum = Chosen::with_defaults(optimizers::find("Momentum").ok_or("no such optimizer")?);
    assert!(momentum.set("lr", Value::Number(2e-4)));
    let mut adam = Chosen::with_defaults(optimizers::find("Adam").ok_or("no such optimizer")?);
    assert!(adam.set("lr", Value::Number(0.05)));

    let problem = Problem::new(Objective::new(&surface), Vector2::new(-1.2, 1.0), 2000);
    let mut race = Race::new(problem, [&momentum, &adam]);
    race.finish();
    for run in race.runs() {
        println!("{}", run.optimizer().name);
        for (step, sample) in run.trajectory().samples().iter().enumerate().step_by(500) {
            println!("  step {step:4}: f = {:.3e} at {:.4?}", sample.loss, sample.position.as_slice());
        }
    }
    Ok(())
}
