//! Typed formulas beside the same functions of the table.

mod harness;
#[path = "harness/race.rs"]
mod race;

use nalgebra::Vector2;
use std::hint::black_box;
use thalweg_core::formula::expression::Expression;
use thalweg_core::formula::tape::Tape;
use thalweg_core::math::dual::Dual;
use thalweg_core::objective::objective::Objective;

const POINTS: u32 = 100_000;
const NODES: usize = 512;

/// The name of a surface, and what one types for it.
const PAIRS: [(&str, &str); 4] = [
    ("Rosenbrock", "(1-x)^2 + 100*(y-x^2)^2"),
    ("Himmelblau", "(x^2+y-11)^2 + (x+y^2-7)^2"),
    ("Rastrigin", "20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))"),
    ("Ackley", "-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + 20 + e"),
];

/// Value and gradient of a typed formula, as [`Objective::slope`] has them.
fn slope(tape: &Tape, p: Vector2<f64>) -> (f64, Vector2<f64>) {
    let at = tape.at(Dual::x(p.x), Dual::y(p.y));
    (at.value, Vector2::from(at.slope))
}

/// The sum of values and gradients over points that do not wait for each other.
fn scattered(slope: impl Fn(Vector2<f64>) -> (f64, Vector2<f64>)) -> f64 {
    let points = (0..POINTS).map(|step| {
        let part = |rate: f64| (f64::from(step) * rate).fract() * 4.0 - 2.0;
        slope(Vector2::new(part(0.754_877_666), part(0.569_840_291)))
    });
    points.map(|(value, gradient)| value + gradient.x + gradient.y).sum()
}

/// A run, where each point waits for the gradient at the one before.
fn descended(slope: impl Fn(Vector2<f64>) -> (f64, Vector2<f64>)) -> Vector2<f64> {
    (0..POINTS).fold(Vector2::new(-1.2, 1.0), |p, _| p - slope(p).1 * 1e-5)
}

/// All values of a grid, row by row.
fn rows(row: impl Fn(&[f64], f64, &mut [f64])) -> Vec<f64> {
    let coordinates: Vec<f64> = (0..NODES).map(|node| node as f64 / 128.0 - 2.0).collect();
    let mut values = vec![0.0; NODES * NODES];
    for (out, y) in values.chunks_mut(NODES).zip(&coordinates) {
        row(&coordinates, *y, out);
    }
    values
}

fn main() {
    for (name, text) in PAIRS {
        let (Some(objective), Ok(expression)) = (race::objective(name), Expression::parse(text)) else {
            println!("{name}: not in the table, or not a formula");
            continue;
        };
        let tape = expression.tape(&[]);
        println!("{name}: {text}");
        let (tape, objective): (&Tape, &Objective) = (black_box(&tape), black_box(&objective));
        let typed = |p| slope(tape, p);
        let built_in = |p| {
            let at = objective.value_gradient(p);
            (at.value, at.gradient)
        };
        harness::compare(
            "  slopes at 100,000 points (beside: built in)",
            || scattered(typed),
            || scattered(built_in),
        );
        harness::compare(
            "  slopes along 100,000 steps (beside: built in)",
            || descended(typed),
            || descended(built_in),
        );
        harness::compare(
            "  rows of 512 x 512 (beside: built in)",
            || rows(|xs, y, out| tape.row(xs, y, out)),
            || rows(|xs, y, out| objective.row(xs, y, out)),
        );
        harness::measure("  reading and compiling", || {
            Expression::parse(black_box(text)).map(|expression| expression.tape(&[]))
        });
    }
}
