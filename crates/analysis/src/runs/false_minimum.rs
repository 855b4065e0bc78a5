//! Where a vanishing gradient does not mean a minimum.

use nalgebra::{Matrix2, Vector2};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::math::sym2::solve_near_singular;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::objective::point_nature::PointNature;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::run::problem::Problem;

/// What a surface is like at a point where a vanishing gradient does not mean a minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FalseMinimum {
    /// f is the same all around.
    Flat,
    /// f has a kink, at which the slopes' mean vanishes, and falls in some direction.
    Kink,
    /// All first and second derivatives vanish, but f is not the same all around.
    FlatToSecondOrder,
    /// f falls along the first eigenvector, which has this eigenvalue, and rises along the other.
    Saddle(f64),
    /// f falls on, though so gently that the gradient is as good as zero: no critical point is near.
    GentleSlope,
    /// f falls along both eigenvectors, or falls along one and does not change along the other.
    Maximum(f64),
    /// The maximum of a function of x alone, with this f''.
    Top(f64),
}

impl FalseMinimum {
    /// What the surface of a problem is like at a point, which is of this nature; `None` where the second derivatives do
    /// not speak against a minimum.
    pub(crate) fn at(problem: &Problem, p: Vector2<f64>, nature: &PointNature) -> Option<Self> {
        let objective = &problem.objective;
        if nature.is_critical && nature.kind == PointKind::Minimum {
            return None;
        }
        // Also where the run has gone far from what is known of the surface.
        let known = objective.critical_points_near(p);
        let near = 1e-6 * (1.0 + p.amax());
        if known.iter().any(|point| point.kind == PointKind::Minimum && (point.at - p).amax() <= near) {
            return None;
        }
        let curvature = objective.value_gradient_hessian(p);
        if curvature.smoothness == Smoothness::Kink {
            return falls_around(problem, p).then_some(Self::Kink);
        }
        if curvature.hessian == Matrix2::zeros() {
            // Some thousandths of the scale of the coordinates, in eight directions.
            let reach = 2e-3 * (1.0 + p.amax());
            let around = [-1.0, 0.0, 1.0].map(|x| [-1.0, 0.0, 1.0].map(|y| Vector2::new(x, y) * reach));
            let flat = around.as_flattened().iter().all(|d| objective.value(p + d) == curvature.value);
            return Some(if flat { Self::Flat } else { Self::FlatToSecondOrder });
        }
        let spectrum = Spectrum::of(&curvature.hessian);
        let [low, high] = spectrum.values;
        let is_saddle_or_maximum = matches!(nature.kind, PointKind::Saddle | PointKind::Maximum);
        if is_saddle_or_maximum && !nature.is_critical && !is_near_critical(problem, p, &curvature) {
            return Some(Self::GentleSlope);
        }
        match nature.kind {
            PointKind::Maximum if objective.is_univariate() => Some(Self::Top(low)),
            PointKind::Saddle => Some(Self::Saddle(low)),
            PointKind::Maximum => Some(Self::Maximum(low)),
            // Singular: the larger of the two in size decides.
            PointKind::Inconclusive if low < 0.0 && -low > high.abs() => Some(Self::Maximum(low)),
            PointKind::Minimum | PointKind::Inconclusive => None,
        }
    }
}

/// Whether a critical point is near: Newton's step to it takes most of the gradient away, which on a tail it does not; or, where
/// the Hessian vanishes at the point, one step after the other is shorter by a part, as beside x³. On a tail all are as long.
fn is_near_critical(problem: &Problem, p: Vector2<f64>, here: &ValueGradientHessian) -> bool {
    const STEPS: usize = 3;
    let (mut at, mut there, mut last) = (p, *here, f64::INFINITY);
    for _ in 0..STEPS {
        let step = solve_near_singular(&there.hessian, there.gradient);
        let (slope, length) = (there.gradient.norm(), step.norm());
        at -= step;
        there = problem.objective.value_gradient_hessian(at);
        if last == f64::INFINITY && there.gradient.norm() <= 0.1 * slope {
            return true;
        }
        // Beside a tenth power the steps shrink by a ninth, on the tail of exp(-x²) by less.
        if !(length <= 0.9 * last && there.gradient.norm() <= 0.9 * slope) {
            return false;
        }
        last = length;
    }
    true
}

/// Whether f is lower than at `p` in one of many directions from there, near by.
pub(super) fn falls_around(problem: &Problem, p: Vector2<f64>) -> bool {
    const DIRECTIONS: u32 = 48;
    let value = problem.objective.value(p);
    let lower = |reach: f64, turn: u32| {
        let angle = std::f64::consts::TAU * f64::from(turn) / f64::from(DIRECTIONS);
        let step = Vector2::new(libm::cos(angle), libm::sin(angle)) * reach;
        problem.objective.value(p + step) < value
    };
    let reaches = [1e-6, 1e-4, 1e-3].map(|part| part * (1.0 + p.amax()));
    reaches.into_iter().any(|reach| (0..DIRECTIONS).any(|turn| lower(reach, turn)))
}
