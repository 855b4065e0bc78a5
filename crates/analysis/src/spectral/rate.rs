//! The rate of convergence of a run: what theory promises at a minimum, and what was measured.

use super::mode::Mode;
use super::stability::{fixed_point, optimal, place_of};
use nalgebra::Vector2;
use std::borrow::Cow;
use thalweg_core::catalogue::optimizers;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::description::Group;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::settings::Settings;

/// The best settings that are known for a quadratic, and what they promise.
#[derive(Clone, Debug, PartialEq)]
pub struct BestSettings {
    /// Keys and values; the other settings stay.
    pub settings: Vec<(Cow<'static, str>, f64)>,
    /// The factor by which the slowest error shrinks at each step in the long run; `None` for a
    /// method without a law, like the Chebyshev iteration.
    pub rate: Option<f64>,
}

impl BestSettings {
    /// The best settings of a method, the others as given, on a quadratic with these eigenvalues, ascending.
    /// `None` where none are known.
    pub fn of(optimizer: &Optimizer, settings: &Settings<f64>, eigenvalues: [f64; 2]) -> Option<Self> {
        let best = optimal(optimizer, settings, eigenvalues[0], eigenvalues[1])?;
        let rate = promised(optimizer, &with(optimizer, settings, &best), eigenvalues);
        Some(Self { settings: best, rate })
    }
}

/// The first-order methods of which the best settings are known, with those: for `optimizer` beside
/// its present settings, for others beside their defaults. None where the eigenvalues, ascending, are
/// not those of a bowl.
pub fn all_best(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    eigenvalues: [f64; 2],
) -> Vec<(&'static Optimizer, BestSettings)> {
    let first_order = optimizers::ALL.iter().copied().filter(|of| of.group == Group::FirstOrder);
    let best = first_order.filter_map(|of| {
        let settings = if of == optimizer { *settings } else { Chosen::with_defaults(of).prepare() };
        BestSettings::of(of, &settings, eigenvalues).map(|best| (of, best))
    });
    best.collect()
}

/// The rates of one run about a minimum: factors by which the error shrinks at each step in the
/// long run. The smaller, the faster; above 1 it grows.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvergenceRates {
    /// The minimum.
    pub minimum: CriticalPoint,
    /// Whether it is one of a whole line of minima: then rates are those of the distance from the line.
    pub is_on_line: bool,
    /// The Hessian's eigenvalues there, ascending.
    pub eigenvalues: [f64; 2],
    /// The largest |σ| over both eigenvalues at the present settings, under a schedule those of the
    /// step asked for; `None` where no law of the method stays.
    pub promised: Option<f64>,
    /// The best settings and the largest |σ| at them, where they are known.
    pub best: Option<BestSettings>,
    /// The run's own, up to the step asked for: see [`measured`].
    pub measured: Option<f64>,
}

impl ConvergenceRates {
    /// The rates of `run` after `step` steps, about the minimum nearest to where it stands then, among those that are
    /// known or found around there; where there is none, about the point of a line of minima that it comes to. `None`
    /// where there is neither, or its Hessian is not finite.
    pub fn at(run: &Run, problem: &Problem, step: u32) -> Option<Self> {
        let from = run.trajectory().at(step).map_or(problem.start, |sample| sample.position);
        // Of a typed function those within some way of a place are known: what has flown far away began nearer.
        let alone = [from, problem.start].into_iter().find_map(|place| {
            let near = problem.objective.critical_points_near(place);
            CriticalPoint::nearest_minimum(near.iter(), place)
        });
        let is_on_line = alone.is_none();
        let last = run.trajectory().samples().last().filter(|_| run.is_done()).map(|last| last.position);
        let on_line = || {
            let places = [last, Some(from), Some(problem.start)].into_iter().flatten();
            places
                .filter(|place| is_finite(*place))
                .find_map(|place| problem.objective.minimum_on_line(place))
        };
        let minimum = alone.or_else(on_line)?;
        let hessian = problem.objective.value_gradient_hessian(minimum.at).hessian;
        let eigenvalues = Spectrum::of(&hessian).values;
        if !eigenvalues.iter().all(|value| value.is_finite()) {
            return None;
        }
        // Along a line nothing is to be gained or lost.
        let [_, across] = eigenvalues;
        let felt = if is_on_line { [across; 2] } else { eigenvalues };
        let settings = run.settings_at(step);
        let rest = fixed_point(run.optimizer(), &settings, minimum.at, &hessian).unwrap_or(minimum.at);
        let samples = run.trajectory().samples();
        let made = samples.len().min(step as usize + 1);
        Some(Self {
            minimum,
            is_on_line,
            eigenvalues,
            promised: promised(run.optimizer(), &settings, felt),
            best: BestSettings::of(run.optimizer(), &settings, felt),
            measured: measured(&samples[..made], rest, rounding(run, problem, rest, felt)),
        })
    }
}

fn is_finite(p: Vector2<f64>) -> bool {
    p.x.is_finite() && p.y.is_finite()
}

/// The settings with some of their numbers replaced.
fn with(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    changed: &[(Cow<'static, str>, f64)],
) -> Settings<f64> {
    let mut settings = *settings;
    for (key, value) in changed {
        if let Some(place) = place_of(optimizer, key) {
            settings.numbers[place] = *value;
        }
    }
    settings
}

/// The largest spectral radius over the eigenvalues; `None` where no law stays, NaN where it is not a
/// number.
pub fn promised(optimizer: &Optimizer, settings: &Settings<f64>, eigenvalues: [f64; 2]) -> Option<f64> {
    let [first, second] = eigenvalues.map(|lambda| Mode::along(optimizer, settings, lambda));
    let (first, second) = (first?.radius, second?.radius);
    Some(if first >= second || first.is_nan() { first } else { second })
}

/// An error below this part of the largest counts as rounding.
const FLOOR: f64 = 1e-13;

/// The fewest steps from which a rate can be told.
const FEWEST: usize = 8;

/// The most steps that the slope is fitted through: of more, as many evenly spaced ones.
const MOST: usize = 4096;

/// How near to `rest` rounding lets a run come, about: by the gradient that is left there, and by the rounding of the
/// steep direction's part in it, over the smallest curvature.
fn rounding(run: &Run, problem: &Problem, rest: Vector2<f64>, [low, high]: [f64; 2]) -> f64 {
    let decay = match run.optimizer().theory.law() {
        Some(_) => run.optimizer().penalty(run.settings()),
        None => 0.0,
    };
    let left = problem.objective.value_gradient(rest).gradient + rest * decay;
    let (low, high) = (low + decay, high + decay);
    let distance = (left.norm() + f64::EPSILON * high * rest.norm()) / low;
    if low > 0.0 && distance.is_finite() { distance } else { 0.0 }
}

/// How much larger than what rounding leaves an error has to be to count.
const WELL_ABOVE: f64 = 16.0;

/// The size of the error at which a run goes round in a circle of a few points at its end, near `rest`: it is rounding
/// that holds it there. 0 where it does not, or not near.
fn circling(samples: &[Sample], rest: Vector2<f64>, start: f64) -> f64 {
    const NEAR: f64 = 1e-3;
    const LONGEST: usize = 8;
    let Some((last, before)) = samples.split_last() else { return 0.0 };
    let tail = &before[before.len().saturating_sub(LONGEST)..];
    let Some(turn) = tail.iter().rposition(|sample| sample.position == last.position) else { return 0.0 };
    let far = tail[turn..].iter().map(|sample| (sample.position - rest).norm()).fold(0.0, f64::max);
    if far < NEAR * start { far } else { 0.0 }
}

/// The rate that a run shows about the point `rest`: exp of the least-squares slope of
/// ln √(|e_t|² + |e_{t-1}|²) over the second half of its steps, e_t = x_t - `rest`. The pair
/// (e_t, e_{t-1}) is what the iteration matrix acts on: its norm passes through no zero where the
/// error swings.
///
/// Steps count up to the first whose norm is not finite, or no longer well above rounding: below 10⁻¹³ of the larger of
/// the start's error and of |`rest`|, or near `rounding`, or near where the run goes round in a circle at its end.
/// `None` where fewer than 8 remain in that half.
pub fn measured(samples: &[Sample], rest: Vector2<f64>, rounding: f64) -> Option<f64> {
    let start = (samples.first()?.position - rest).norm();
    let noise = WELL_ABOVE * rounding.max(circling(samples, rest, start));
    let floor = (FLOOR * start.max(rest.norm())).max(noise);
    let floor = floor * floor;
    let square = |index: usize| {
        let [before, after] = [samples[index], samples[index + 1]].map(|sample| sample.position - rest);
        before.norm_squared() + after.norm_squared()
    };
    let steps = samples.len() - 1;
    let end =
        (0..steps).find(|index| !(square(*index) > floor && square(*index).is_finite())).unwrap_or(steps);
    if end - end / 2 < FEWEST {
        return None;
    }
    let apart = (end / 2 / MOST).max(1);
    let (mut count, mut mean_step, mut mean_log, mut above, mut below) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for index in (end / 2..end).step_by(apart) {
        // The slope of a growing set of points (Welford's update).
        let (step, log) = (index as f64, libm::log(square(index)) / 2.0);
        count += 1.0;
        let (step_off, log_off) = (step - mean_step, log - mean_log);
        mean_step += step_off / count;
        mean_log += log_off / count;
        above += step_off * (log - mean_log);
        below += step_off * (step - mean_step);
    }
    Some(libm::exp(above / below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(errors: impl Iterator<Item = [f64; 2]>) -> Vec<Sample> {
        let sample =
            |[x, y]: [f64; 2]| Sample { position: Vector2::new(x, y), loss: 0.0, grad_norm: 0.0, lr: 0.0 };
        errors.map(sample).collect()
    }

    /// A geometric error has its ratio, wherever it rests and however it turns.
    #[test]
    fn a_steady_factor_is_found() {
        for (ratio, angle) in [(0.9, 0.0), (0.5, 0.0), (1.3, 0.0), (0.97, 2.0), (-0.8, 0.0)] {
            let rest = Vector2::new(3.0, -1.0);
            let run = samples((0..300).map(|step| {
                let step = f64::from(step);
                let size = libm::pow(libm::fabs(ratio), step)
                    * if ratio < 0.0 && step % 2.0 == 1.0 { -1.0 } else { 1.0 };
                [rest.x + size * libm::cos(angle * step), rest.y + size * libm::sin(angle * step)]
            }));
            let found = measured(&run, rest, 0.0).expect("enough steps");
            // The sums above are rounded to 1e-16 of the resting point.
            assert!((found - libm::fabs(ratio)).abs() < 2e-4, "{ratio} {angle}: {found}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_told() {
        let none = |run: &[Sample]| assert_eq!(measured(run, Vector2::zeros(), 0.0), None);
        none(&[]);
        none(&samples((0..12).map(|_| [1.0, 0.0])));
        none(&samples((0..500).map(|step| if step < 9 { [1.0, 1.0] } else { [0.0, 0.0] })));
        none(&samples((0..500).map(|step| if step < 9 { [1.0, 1.0] } else { [f64::NAN, 0.0] })));
        assert_eq!(measured(&samples((0..40).map(|_| [1.0, 0.0])), Vector2::zeros(), 0.0), Some(1.0));
        let long = samples((0..200_000).map(|step| [libm::exp(-1e-5 * f64::from(step)), 0.0]));
        let found = measured(&long, Vector2::zeros(), 0.0).expect("enough steps");
        assert!((libm::log(found) + 1e-5).abs() < 1e-12);
    }
}
