//! A sweep: how low gradient descent gets in a hundred steps, over the learning rate.
//!
//! `cargo run -p thalweg-core --example sweep`

use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::nalgebra::Vector2;
use thalweg_core::{BatchRunner, Chosen, Objective, Problem, RunConfig, Value};

fn main() -> Result<(), &'static str> {
    let surface = Chosen::with_defaults(surfaces::find("Quadratic").ok_or("no such surface")?);
    let problem = Problem::new(Objective::new(&surface), Vector2::new(-2.5, 1.0), 100);
    let mut descent = Chosen::with_defaults(optimizers::find("GradientDescent").ok_or("no such optimizer")?);

    // The settings of many runs, which go side by side in the processor's vectors.
    let mut batch = BatchRunner::new(&descent, &problem);
    let rates: Vec<f64> = (1..=24).map(|index| f64::from(index) * 1e-3).collect();
    let mut cells = Vec::new();
    for rate in &rates {
        assert!(descent.set("lr", Value::Number(*rate)));
        cells.push(RunConfig { settings: descent.prepare(), ..batch.cell() });
    }
    for (rate, end) in rates.iter().zip(batch.run(&cells)) {
        println!(
            "lr {rate:.3}: f = {:10.3e} after step {:3}, {}",
            end.loss, end.ending.step, end.ending.cause
        );
    }
    // The theory: the edge is at 2 over the largest curvature, here 2/100.
    Ok(())
}
