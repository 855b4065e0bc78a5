//! A method of one's own: a step, written once for every number type, and what is said of it.
//!
//! `cargo run -p thalweg-core --example own_method`

use std::borrow::Cow;
use std::sync::Arc;
use thalweg_core::catalogue::surfaces;
use thalweg_core::math::number::Number;
use thalweg_core::method::description::Description;
use thalweg_core::method::oracle::Oracle;
use thalweg_core::method::state::State;
use thalweg_core::method::step::{Input, Method};
use thalweg_core::nalgebra::Vector2;
use thalweg_core::run::method_executor::EveryNumber;
use thalweg_core::spec::param::Param;
use thalweg_core::{Chosen, Objective, Optimizer, Problem, Race};

/// Gradient descent whose step is never longer than the learning rate.
#[derive(Debug)]
struct Clipped;

impl Method for Clipped {
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let length = (input.gradient.x.square() + input.gradient.y.square()).sqrt();
        state.position -= input.gradient * (input.lr / length.maximum(T::of(1.0)));
    }
}

fn main() -> Result<(), &'static str> {
    let description = Description {
        name: Cow::Borrowed("Clipped"),
        params: Cow::Owned(vec![Param::learning_rate(0.01)]),
        ..Description::PLAIN
    };
    let clipped = Chosen::with_defaults(Arc::new(Optimizer::new(description, EveryNumber(Clipped))));
    let surface = Chosen::with_defaults(surfaces::find("GoldsteinPrice").ok_or("no such surface")?);
    let problem = Problem::new(Objective::new(&surface), Vector2::new(-1.5, 1.0), 400);
    let mut race = Race::new(problem, [&clipped]);
    race.finish();
    for sample in race.runs().iter().flat_map(|run| run.trajectory().samples().iter().step_by(80)) {
        println!("f = {:10.3} at {:.3?}", sample.loss, sample.position.as_slice());
    }
    Ok(())
}
