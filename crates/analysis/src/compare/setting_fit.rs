//! The value of one number of a method with which its steps fit a path best.

use super::precision::PathPrecision;
use super::trial::TriedMethod;
use nalgebra::Vector2;
use thalweg_core::run::problem::Problem;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::range::Range;
use thalweg_core::spec::value::Value;

/// Values that people use.
const USUAL: [f64; 34] = [
    0.0, 1e-16, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 0.02, 0.03, 0.05, 0.1,
    0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 1.0, 1.5, 2.0, 4.0, 10.0,
];
/// Corrections after the best of the usual values.
const CORRECTIONS: usize = 12;
/// So far aside, as parts of a value, it is tried how the steps depend on it.
const ASIDE: [f64; 3] = [1e-7, 1e-4, 1e-1];
/// What a step has to change by, as a part of itself, to show.
const SHOWS: f64 = 1e-10;
/// Nearer to a short decimal than this part of it, it is that; of a path that is known no better than single precision,
/// nearer than the second.
const NEAR: [f64; 2] = [1e-6, 1e-3];

/// The value of the number at `key` with which the steps of `tried` come nearest to the path through `points`; none
/// where it is no number, or the steps do not depend on it.
pub fn fitted(
    tried: &TriedMethod,
    key: &str,
    (problem, points): (&Problem, &[Vector2<f64>]),
    precision: PathPrecision,
) -> Option<f64> {
    let param = tried.optimizer.of.params.iter().find(|param| param.key == key)?;
    let Kind::Number { range, .. } = param.kind else { return None };
    let with = |value: f64| {
        let mut tried = tried.clone();
        tried.optimizer.set(key, Value::Number(value)).then_some(tried)
    };
    // Each step in units of its own length: late ones, which are short, count as much as early ones.
    let scales: Vec<f64> =
        points.windows(2).map(|pair| (pair[1] - pair[0]).amax().max(f64::MIN_POSITIVE)).collect();
    let errors = |value: f64| -> Option<Vec<f64>> {
        let ends = with(value)?.ends(problem, points)?;
        let errors = ends.iter().zip(points.iter().skip(1)).zip(&scales);
        Some(errors.flat_map(|((end, to), scale)| [(end.x - to.x) / scale, (end.y - to.y) / scale]).collect())
    };
    let size = |errors: &[f64]| {
        let sum: f64 = errors.iter().map(|error| Bounded::of(error.abs()).0).sum();
        if sum.is_nan() { f64::INFINITY } else { sum }
    };
    let present = tried.optimizer.number(key)?;
    let candidates = USUAL
        .into_iter()
        .chain([present, present / 2.0, present * 2.0])
        .filter(|value| range.contains(*value));
    let mut best = (f64::INFINITY, present);
    for candidate in candidates {
        let far = errors(candidate).map_or(f64::INFINITY, |errors| size(&errors));
        if far < best.0 {
            best = (far, candidate);
        }
    }
    let (mut far, mut value) = best;
    // Gauss and Newton's corrections: the errors are almost linear in the value near the right one.
    for _ in 0..CORRECTIONS {
        let Some(next) = corrected(value, range, &errors) else { break };
        let next_far = errors(next).map_or(f64::INFINITY, |errors| size(&errors));
        if next_far >= far {
            break;
        }
        (far, value) = (next_far, next);
    }
    Some(short(value, precision)).filter(|value| range.contains(*value))
}

/// An error that counts no more than a whole step, so that those of a wild part do not hide the others.
struct Bounded(f64);

impl Bounded {
    fn of(error: f64) -> Self {
        Self(if error < 1.0 { error } else { 1.0 })
    }
}

fn corrected(value: f64, range: Range, errors: &impl Fn(f64) -> Option<Vec<f64>>) -> Option<f64> {
    let here = errors(value)?;
    // What hardly shows, as an ε does, is moved until it does, above what rounding makes.
    let (mut step, mut there) = (0.0, here.clone());
    for part in ASIDE {
        let by = part * if value == 0.0 { 1e-3 } else { value.abs() };
        step = if range.contains(value + by) { by } else { -by };
        there = errors(value + step)?;
        let moved = here.iter().zip(&there).map(|(here, there)| (there - here).abs());
        if moved.filter(|moved| moved.is_finite()).fold(0.0, f64::max) > SHOWS {
            break;
        }
    }
    let (mut along, mut square) = (0.0, 0.0);
    for (here, there) in here.iter().zip(&there) {
        let slope = (there - here) / step;
        if here.is_finite() && slope.is_finite() && here.abs() < 1e6 {
            along += here * slope;
            square += slope * slope;
        }
    }
    let next = value - along / square;
    (square > 0.0 && range.contains(next) && next != value).then_some(next)
}

/// A value rounded to one digit, two digits and so on.
pub fn roundings(value: f64) -> impl Iterator<Item = f64> {
    (0..4).filter_map(move |digits| format!("{value:.digits$e}").parse().ok())
}

/// The short decimal that a value is, but for roundings.
fn short(value: f64, precision: PathPrecision) -> f64 {
    let part = NEAR[usize::from(precision != PathPrecision::Double)];
    let text = format!("{value:.4e}");
    let short: f64 = text.parse().unwrap_or(value);
    // 0.999 is told by 1 - 0.999.
    let near = |short: f64| {
        (short - value).abs() <= part * value.abs()
            && (short - value).abs() <= part * (1.0 - value).abs().max(1e-3)
    };
    if near(short) { short } else { value }
}
