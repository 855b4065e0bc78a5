//! A surface of one's own: a formula, written once for every number type, has exact derivatives.
//!
//! `cargo run -p thalweg-core --example own_surface`

use std::sync::Arc;
use thalweg_core::catalogue::optimizers;
use thalweg_core::math::number::Number;
use thalweg_core::nalgebra::Vector2;
use thalweg_core::objective::loss_function::{Constants, LossFunction};
use thalweg_core::objective::surface::SurfaceFunctions;
use thalweg_core::{Chosen, Objective, Problem, Race, Surface, Value};

/// A valley that winds like a river: (y - sin x)² + x²/50.
struct River;

impl LossFunction for River {
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        (y - x.sin()).square() + x.square() / 50.0
    }
}

fn main() -> Result<(), &'static str> {
    let river = Surface { name: "River", functions: SurfaceFunctions::of::<River>(), ..Surface::PLAIN };
    let objective = Objective::new(&Chosen::with_defaults(Arc::new(river)));
    let start = Vector2::new(6.0, 2.0);
    let here = objective.value_gradient_hessian(start);
    println!("f = {:.4}, gradient {:.4?}", here.value, here.gradient.as_slice());
    println!("Hessian {:.4}", here.hessian);

    let mut momentum = Chosen::with_defaults(optimizers::find("Momentum").ok_or("no such optimizer")?);
    assert!(momentum.set("lr", Value::Number(0.05)));
    let mut race = Race::new(Problem::new(objective, start, 300), [&momentum]);
    race.finish();
    for sample in race.runs().iter().flat_map(|run| run.trajectory().samples().iter().step_by(50)) {
        println!("f = {:.2e} at {:.3?}", sample.loss, sample.position.as_slice());
    }
    Ok(())
}
