//! The record of a step, and whether the run ends with it.

use super::problem::Problem;
use super::trajectory::{CHECKPOINT_EVERY, Cause, Ending, Quantity, Sample, Trajectory};
use crate::method::state::State;
use crate::objective::derivatives::ValueGradient;
use nalgebra::Vector2;

/// Records where a runner stands. Whether its run ends there.
///
/// A call from the loop over steps would send the whole state through memory.
#[inline(always)]
pub(crate) fn record(
    trajectory: &mut Trajectory,
    problem: &Problem,
    state: &State<f64>,
    slope: &ValueGradient,
    lr: f64,
) -> bool {
    let State { position, step, .. } = *state;
    let grad_norm = norm(slope.gradient);
    trajectory.samples.push(Sample { position, loss: slope.value, grad_norm, lr });
    if step.is_multiple_of(CHECKPOINT_EVERY) {
        trajectory.checkpoints.push(*state);
    }
    if problem.patience > 0 && slope.value < trajectory.lowest.1 {
        trajectory.lowest = (step, slope.value);
    }
    // The usual case in few comparisons: all of them fail on NaN.
    let goes_on = position.x.abs() <= problem.bound
        && position.y.abs() <= problem.bound
        && position.x.abs() < f64::INFINITY
        && position.y.abs() < f64::INFINITY
        && slope.value.abs() < f64::INFINITY
        && grad_norm < f64::INFINITY
        && (grad_norm > problem.tolerance || problem.tolerance <= 0.0)
        && (problem.patience == 0 || step - trajectory.lowest.0 < problem.patience)
        && step < problem.steps;
    if goes_on {
        return false;
    }
    trajectory.ending = ending(problem, (step, position), slope.value, grad_norm, trajectory.lowest.0);
    trajectory.ending.is_some()
}

/// Whether and why a run ends at this step, here; `lowest` is the step of the lowest f so far.
#[cold]
pub(crate) fn ending(
    problem: &Problem,
    (step, position): (u32, Vector2<f64>),
    loss: f64,
    grad_norm: f64,
    lowest: u32,
) -> Option<Ending> {
    let cause = if !(position.x.is_finite() && position.y.is_finite()) {
        Cause::NotFinite(Quantity::Position)
    } else if position.x.abs() > problem.bound || position.y.abs() > problem.bound {
        if keeps_falling(problem, position) { Cause::FallsForEver } else { Cause::OutOfBounds }
    } else if loss == f64::NEG_INFINITY {
        Cause::FallsForEver
    } else if !loss.is_finite() {
        Cause::NotFinite(Quantity::Loss)
    } else if !grad_norm.is_finite() {
        match loss {
            _ if loss.abs() < HUGE => Cause::NoGradient,
            _ if loss < 0.0 => Cause::FallsForEver,
            _ => Cause::NotFinite(Quantity::Gradient),
        }
    } else if problem.tolerance > 0.0 && grad_norm <= problem.tolerance {
        Cause::Converged
    } else if problem.patience > 0 && step - lowest >= problem.patience {
        Cause::Stalled
    } else if step >= problem.steps {
        Cause::StepLimit
    } else {
        return None;
    };
    Some(Ending { step, cause })
}

/// Where |f| is less, a gradient that is not finite is no overflow; where it is more, f is as good as infinite.
const HUGE: f64 = 1e200;

/// Whether f falls on the way to a far point, over its last half as over the quarter before.
fn keeps_falling(problem: &Problem, far: Vector2<f64>) -> bool {
    let [quarter, half, whole] = problem.on_the_way(far);
    whole == f64::NEG_INFINITY || (whole < half && half < quarter)
}

/// The length of a vector, also where its square over- or underflows.
#[inline]
pub(crate) fn norm(v: Vector2<f64>) -> f64 {
    let square = v.x * v.x + v.y * v.y;
    if square > 1e-280 && square < 1e280 { square.sqrt() } else { libm::hypot(v.x, v.y) }
}
