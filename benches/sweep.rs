//! What a map costs: its cells side by side, beside the same cells one after the other through the
//! race, and beside the loop over arrays that one would write by hand, as wide and with the same instructions.

#![allow(clippy::expect_used, reason = "a benchmark may stop at once")]

mod harness;
#[path = "harness/race.rs"]
mod race;

use nalgebra::Vector2;
use std::hint::black_box;
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::plan::SweepPlan;
use thalweg_core::math::simd;
use thalweg_core::math::simd::Task;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

const SIDE: usize = 256;
const STEPS: u32 = 500;
/// How many cells the loop by hand takes at a time.
const ABREAST: usize = 64;

/// f and its gradient.
#[inline(always)]
fn quadratic(x: f64, y: f64) -> (f64, f64, f64) {
    (0.5 * (x * x + 100.0 * y * y), x, 100.0 * y)
}

#[inline(always)]
fn rosenbrock(x: f64, y: f64) -> (f64, f64, f64) {
    let (u, v) = (1.0 - x, y - x * x);
    (u * u + 100.0 * v * v, -2.0 * u - 400.0 * x * v, 200.0 * v)
}

/// The loop by hand, as `harness/sweep.c` has it: the losses after all steps, and nothing is watched on the way.
struct ByHand<'a, F> {
    f: F,
    /// The learning rates and momenta of the cells.
    rates: &'a [f64],
    momenta: &'a [f64],
    start: Vector2<f64>,
}

impl<F: Fn(f64, f64) -> (f64, f64, f64)> Task for ByHand<'_, F> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn run(self) -> Vec<f64> {
        let Self { f, rates, momenta, start } = self;
        let mut losses = Vec::with_capacity(rates.len());
        for (lr, beta) in rates.as_chunks::<ABREAST>().0.iter().zip(momenta.as_chunks::<ABREAST>().0) {
            let (mut x, mut y) = ([start.x; ABREAST], [start.y; ABREAST]);
            let (mut u, mut v) = ([0.0; ABREAST], [0.0; ABREAST]);
            for _ in 0..STEPS {
                for run in 0..ABREAST {
                    let (_, gx, gy) = f(x[run], y[run]);
                    u[run] = beta[run] * u[run] + gx;
                    v[run] = beta[run] * v[run] + gy;
                    x[run] -= lr[run] * u[run];
                    y[run] -= lr[run] * v[run];
                }
            }
            losses.extend((0..ABREAST).map(|run| f(x[run], y[run]).0));
        }
        losses
    }
}

fn map(plan: &SweepPlan) -> f64 {
    let mut trials = plan.trials();
    let mut sum = 0.0;
    for piece in plan.pieces() {
        sum += plan.compute(&mut trials, piece).iter().map(|found| f64::from(found.step)).sum::<f64>();
    }
    sum
}

fn one_by_one(plan: &SweepPlan, problem: &Problem) -> f64 {
    let mut sum = 0.0;
    let mut chosen = race::optimizer("Momentum", 1e-3);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let [lr, momentum, ..] = plan.cell(column, row).settings.numbers;
            assert!(chosen.set("lr", Value::Number(lr)) && chosen.set("momentum", Value::Number(momentum)));
            let mut run = Run::new(&chosen, problem);
            run.advance(problem, u32::MAX);
            sum += f64::from(run.trajectory().last_step());
        }
    }
    sum
}

fn axis(chosen: &Chosen<Optimizer>, key: &str, ends: (f64, f64)) -> SweepAxis {
    let varied = Varied::setting(&chosen.of, None, key).expect("a number");
    SweepAxis::new(varied, ends, SIDE).expect("an axis")
}

fn main() {
    println!("vector instructions: {}", simd::instructions());
    for (name, start, rates) in [
        ("Quadratic", Vector2::new(-2.5, 1.0), (1e-5, 0.019)),
        ("Rosenbrock", Vector2::new(-1.2, 1.0), (1e-7, 1e-4)),
    ] {
        let chosen = race::optimizer("Momentum", 1e-3);
        let problem = Problem::new(race::objective(name).expect("a surface"), start, STEPS);
        for (what, tolerance, rates, momenta) in [
            ("every step made", 0.0, rates, (0.0, 0.9)),
            ("sliders' ranges, to 1e-3", 1e-3, (1e-5, 10.0), (0.0, 0.999)),
        ] {
            let axes = (axis(&chosen, "lr", rates), Some(axis(&chosen, "momentum", momenta)));
            let plan = SweepPlan::new(&chosen, &problem, axes, tolerance, 5.0);
            let made = map(&plan) / (SIDE * SIDE) as f64;
            let title = |other| format!("{name}, {what} (mean {made:.0}), {other}");
            let problem = Problem { tolerance, ..problem.clone() };
            harness::compare(&title("the race"), || map(&plan), || one_by_one(&plan, &problem));
            let numbers = (0..SIDE).flat_map(|row| (0..SIDE).map(move |column| (column, row)));
            let numbers = numbers.map(|(column, row)| plan.cell(column, row).settings.numbers);
            let (rates, momenta): (Vec<_>, Vec<_>) = numbers.map(|[lr, momentum, ..]| (lr, momentum)).unzip();
            harness::compare(
                &title("by hand"),
                || map(&plan),
                || {
                    let (rates, momenta) = black_box((&rates[..], &momenta[..]));
                    match name {
                        "Quadratic" => simd::dispatch(ByHand { f: quadratic, rates, momenta, start }),
                        _ => simd::dispatch(ByHand { f: rosenbrock, rates, momenta, start }),
                    }
                },
            );
        }
    }
}
