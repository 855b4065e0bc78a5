//! Critical points at kinks: where smooth pieces of a function meet, and zero lies among their slopes.
//!
//! Near a kink f is one of a few smooth functions, each with its own value, gradient and Hessian. Where two of
//! them meet in a curve, a critical point solves F₁ = F₂ and λ∇F₁ + (1-λ)∇F₂ = 0 with λ from 0 to 1; where three
//! meet in a corner, F₁ = F₂ = F₃ with zero in the triangle of the gradients (Clarke, *Optimization and Nonsmooth
//! Analysis* (1983), sections 2.3 and 6.1). The pieces are read off a circle of samples, each continued to the
//! middle by its Taylor series, and the equations are solved by Newton's method while the circle shrinks.

use crate::math::within::Within;
use crate::objective::derivatives::{CurvatureAt, ValueGradientHessian};
use nalgebra::{Matrix2, Vector2};

/// A smooth piece of f, continued to a point by its Taylor series of second order.
#[derive(Clone, Copy, Debug)]
pub(super) struct SmoothPiece {
    pub value: f64,
    pub gradient: Vector2<f64>,
    pub hessian: Matrix2<f64>,
}

/// How many samples a circle has.
const SAMPLES: u32 = 12;
/// The smallest circle, in cells: errors of the third order are far below rounding in it.
pub(super) const SMALLEST: f64 = 1e-6;

/// The pieces of f that a circle of `radius` cells around `p` meets, continued to `p`.
pub(super) fn pieces(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    radius: f64,
    cell: Vector2<f64>,
) -> Vec<SmoothPiece> {
    let mut found: Vec<SmoothPiece> = Vec::new();
    for k in 0..SAMPLES {
        // Not along axes and diagonals, along which kinks like to run.
        let (sin, cos) = libm::sincos(0.17 + std::f64::consts::TAU * f64::from(k) / f64::from(SAMPLES));
        let q = p + cell.component_mul(&Vector2::new(cos, sin)) * radius;
        let ValueGradientHessian { value, gradient, hessian, smoothness } = f(q);
        if !(smoothness.has_hessian() && value.is_finite()) {
            continue;
        }
        let back = p - q;
        let bend = hessian * back;
        let piece = SmoothPiece {
            value: value + gradient.dot(&back) + back.dot(&bend) / 2.0,
            gradient: gradient + bend,
            hessian,
        };
        let is_same = |other: &SmoothPiece| {
            let slope = piece.gradient.amax().max(other.gradient.amax());
            let change = 0.05 * bend.amax() + 1e-7 * slope;
            (piece.gradient - other.gradient).amax() <= change
        };
        if !found.iter().any(is_same) {
            found.push(piece);
        }
    }
    found
}

/// The shortest vector in the convex hull of some.
pub(super) fn shortest(vectors: &[Vector2<f64>]) -> Vector2<f64> {
    let mut best = vectors.first().copied().unwrap_or_else(Vector2::zeros);
    for (i, a) in vectors.iter().enumerate() {
        for (j, b) in vectors.iter().enumerate().skip(i + 1) {
            let along = b - a;
            let part = (-a.dot(&along) / along.norm_squared()).within(0.0, 1.0);
            let nearest = if part.is_nan() { *a } else { a + along * part };
            if nearest.norm_squared() < best.norm_squared() {
                best = nearest;
            }
            let cross = |u: &Vector2<f64>, v: &Vector2<f64>| u.x * v.y - u.y * v.x;
            for c in &vectors[j + 1..] {
                let turns = [cross(a, b), cross(b, c), cross(c, a)];
                if turns.iter().all(|turn| *turn > 0.0) || turns.iter().all(|turn| *turn < 0.0) {
                    return Vector2::zeros();
                }
            }
        }
    }
    best
}

/// How far a multiplier may lie outside of 0 to 1 while the pieces are not yet known exactly.
const SLACK: f64 = 0.02;

/// The step to where two pieces meet and their gradients oppose each other. None where there is no such place
/// within `reach`.
fn along_curve(first: &SmoothPiece, second: &SmoothPiece, reach: f64) -> Option<Vector2<f64>> {
    let normal = first.gradient - second.gradient;
    let width = normal.norm();
    let part = (-second.gradient.dot(&normal) / (width * width)).within(0.0, 1.0);
    let hessian = first.hessian * part + second.hessian * (1.0 - part);
    let (normal, tangent) = (normal / width, Vector2::new(-normal.y, normal.x) / width);
    let across = -(first.value - second.value) / width;
    let bend = tangent.dot(&(hessian * tangent));
    let slope = tangent.dot(&second.gradient) + across * tangent.dot(&(hessian * normal));
    let along = -slope / bend;
    // Along a curve of critical points there is no slope, but for rounding, and no bend.
    let is_level = slope.abs() <= 1e-9 * width && (along.is_nan() || along.abs() > reach);
    let along = if is_level { 0.0 } else { along };
    let step = normal * across + tangent * along;
    let part = -(normal.dot(&second.gradient) + normal.dot(&(hessian * step))) / width;
    let is_between = (-SLACK..=1.0 + SLACK).contains(&part);
    (is_between && step.x.is_finite() && step.y.is_finite()).then_some(step)
}

/// The step to where three pieces meet, if zero is in the triangle of their gradients.
fn to_corner(pieces: [&SmoothPiece; 3]) -> Option<Vector2<f64>> {
    let [a, b, c] = pieces;
    let (u, v) = (a.gradient - c.gradient, b.gradient - c.gradient);
    let inverse = Matrix2::new(u.x, u.y, v.x, v.y).try_inverse()?;
    let step = inverse * Vector2::new(c.value - a.value, c.value - b.value);
    let [ga, gb, gc] = pieces.map(|piece| piece.gradient + piece.hessian * step);
    let back = Matrix2::from_columns(&[ga - gc, gb - gc]).try_inverse()?;
    let parts = back * -gc;
    let is_inside = parts.x >= -SLACK && parts.y >= -SLACK && parts.x + parts.y <= 1.0 + SLACK;
    (is_inside && step.x.is_finite() && step.y.is_finite()).then_some(step)
}

/// The critical point at a kink near `seed`, looked for among the pieces that a circle of `radius` cells meets
/// and in ever smaller circles. None where there is none, or it is not found in that way.
pub(super) fn kink_point(
    f: &CurvatureAt<'_>,
    seed: Vector2<f64>,
    radius: f64,
    cell: Vector2<f64>,
) -> Option<Vector2<f64>> {
    const STEPS: u32 = 60;
    let size = |step: Vector2<f64>| step.component_div(&cell).amax();
    let (mut at, mut radius) = (seed, radius);
    for _ in 0..STEPS {
        let pieces = pieces(f, at, radius, cell);
        // How little two pieces may differ.
        let others = |i: usize| pieces.iter().skip(i + 1);
        let gaps = pieces.iter().enumerate().flat_map(|(i, a)| others(i).map(|b| a.gradient - b.gradient));
        let slope = gaps.map(|gap| gap.component_mul(&cell).norm()).fold(f64::INFINITY, f64::min);
        let mut best: Option<(Vector2<f64>, f64)> = None;
        // Pieces that meet there, but behind others, are no kink: f has another value then.
        let mut offer = |piece: &SmoothPiece, step: Option<Vector2<f64>>| {
            let Some(step) = step.filter(|step| size(*step) <= 1.5 * radius) else { return };
            let model = piece.value + step.dot(&(piece.gradient + piece.hessian * step / 2.0));
            let off = (f(at + step).value - model).abs() / slope;
            let score = size(step) + 4.0 * off;
            if score <= 2.0 * radius && best.is_none_or(|(_, least)| score < least) {
                best = Some((step, score));
            }
        };
        for (i, a) in pieces.iter().enumerate() {
            for (j, b) in pieces.iter().enumerate().skip(i + 1) {
                offer(a, along_curve(a, b, radius * cell.amax()));
                for c in &pieces[j + 1..] {
                    offer(a, to_corner([a, b, c]));
                }
            }
        }
        let (step, _) = best?;
        at += step;
        let length = size(step);
        if radius <= SMALLEST && length <= 1e-3 * SMALLEST {
            return Some(at);
        }
        radius = (4.0 * length).within(radius / 16.0, radius / 2.0).max(SMALLEST);
    }
    None
}

/// Walks down `f` (up, if `sign` is -1) from `seed` until it is nearly at rest, by the shortest slope among those
/// around (Burke, Lewis and Overton, SIAM Journal on Optimization 15 (2005), 751-779, with the samples on a
/// circle instead of at random), and gives the place with the size of the last circle, in cells.
pub(super) fn descend(
    f: &CurvatureAt<'_>,
    seed: Vector2<f64>,
    cell: Vector2<f64>,
    sign: f64,
) -> Option<(Vector2<f64>, f64)> {
    const STEPS: u32 = 120;
    const ENOUGH: f64 = 1e-4;
    let (mut at, mut radius) = (seed, 0.5);
    let mut value = sign * f(at).value;
    for _ in 0..STEPS {
        if !value.is_finite() {
            return None;
        }
        // In units of the cell, so that the circle is round.
        let slopes: Vec<_> = (0..SAMPLES)
            .map(|k| {
                let angle = 0.17 + std::f64::consts::TAU * f64::from(k) / f64::from(SAMPLES);
                let (sin, cos) = libm::sincos(angle);
                f(at + cell.component_mul(&Vector2::new(cos, sin)) * radius).gradient.component_mul(&cell)
                    * sign
            })
            .filter(|slope| slope.x.is_finite() && slope.y.is_finite())
            .collect();
        let steepest = slopes.iter().map(Vector2::norm).fold(0.0, f64::max);
        let down = shortest(&slopes);
        let length = down.norm();
        let mut moved = false;
        if length > 0.01 * steepest {
            let mut stride = 4.0 * radius;
            while stride >= radius / 16.0 {
                let there = at - cell.component_mul(&down) * (stride / length);
                let lower = sign * f(there).value;
                if lower < value - 0.1 * stride * length {
                    (at, value, moved) = (there, lower, true);
                    break;
                }
                stride /= 2.0;
            }
        }
        if !moved {
            if radius <= ENOUGH {
                return Some((at, radius));
            }
            radius /= 4.0;
        }
    }
    Some((at, radius))
}
