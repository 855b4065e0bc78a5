//! A loss around a point where the arithmetic of dual numbers does not tell its derivatives.

use super::derivatives::{ValueGradient, ValueGradientHessian};
use super::loss_function::Constants;
use super::ray_fit::{RayDerivatives, curvature_of, gradient_of};
use super::smoothness::Smoothness;
use crate::math::germ::{Germ, GermState, MOST_TERMS};
use crate::math::number::Number;
use crate::math::scaled::Scaled;
use nalgebra::{Matrix2, Vector2};

/// The formula of a surface, along a ray.
pub(super) type LossAlongRay = fn(&Constants, Germ, Germ) -> Germ;

/// How many terms are looked at first: more take longer, and are seldom needed.
const FEW_TERMS: usize = 5;

/// The directions that are looked at: both of each axis and each diagonal, and some in which nothing special is
/// expected, each with its opposite.
const DIRECTIONS: [[f64; 2]; 10] = [
    [1.0, 0.0],
    [0.0, 1.0],
    [1.0, 1.0],
    [1.0, -1.0],
    [1.0, 0.37],
    [1.0, 2.3],
    [1.0, -0.61],
    [1.0, -1.7],
    [0.19, 1.0],
    [-0.13, 1.0],
];
/// How many of them come first that a formula may have a reason to treat differently.
const SPECIAL: usize = 4;

/// From where on what overflows is left as it is: runs that diverge come by in great numbers.
const FAR: f64 = 1e100;

/// How far to the side of an axis is close beside it, for one along it.
const BESIDE: f64 = 1.0 / (1_u64 << 40) as f64;

/// Two numbers that differ by more than this part of them are limits of a function that jumps.
const JUMP: f64 = 1e-6;

/// A loss around a point.
///
/// It is looked at along rays, as a [`Germ`] along each: the selections of `max`, `min` and `abs` are those that occur
/// close to the point, infinite derivatives inside that cancel do so, quotients 0/0 have their limits, and nothing
/// overflows on the way.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub loss: LossAlongRay,
    pub constants: &'a Constants,
    pub at: [f64; 2],
}

impl Surroundings<'_> {
    /// Whether it is no point of the plane, or one so far out that what overflows there is left as it is.
    fn is_far_out(&self) -> bool {
        !self.at.iter().all(|coordinate| coordinate.abs() < FAR)
    }

    /// The loss along a ray, known beyond this power if it can be.
    fn along(&self, [dx, dy]: [f64; 2], power: f64) -> Germ {
        let [x, y] = self.at;
        let ray = |keep| (self.loss)(self.constants, Germ::ray(x, dx, keep), Germ::ray(y, dy, keep));
        let few = ray(FEW_TERMS);
        let is_known = few.state() != GermState::Undecided && few.known() > power;
        if is_known { few } else { ray(MOST_TERMS) }
    }

    /// The value where the arithmetic of `f64` gives none that is finite: what it is without overflow, or the limit
    /// that it has along all rays on which it is defined.
    pub fn value(&self, plain: f64) -> f64 {
        if self.is_far_out() {
            return plain;
        }
        let here = self.along([0.0, 0.0], 0.0);
        match here.state() {
            GermState::Series => return here.limit().map_or(plain, Scaled::rounded),
            GermState::UndefinedAround => return f64::NAN,
            GermState::Unbounded(_) => return plain,
            GermState::Undecided | GermState::UndefinedAlong => {}
        }
        let (mut limit, mut generic) = (None, 0);
        for (index, direction) in both_ways() {
            let germ = self.along(direction, 0.0);
            match (germ.state(), germ.limit()) {
                (GermState::UndefinedAlong, _) => {}
                (GermState::Series, Some(along)) => {
                    let along = along.rounded();
                    if limit.is_some_and(|limit| is_jump(limit, along)) {
                        return f64::NAN;
                    }
                    limit = limit.or(Some(along));
                    generic += usize::from(index >= SPECIAL);
                }
                _ => return plain,
            }
        }
        // Along single lines alone it is no function of two variables.
        limit.filter(|_| generic > 2).unwrap_or(f64::NAN)
    }

    /// Value and gradient, from what the arithmetic of dual numbers gives.
    pub fn value_gradient(&self, plain: ValueGradient) -> ValueGradient {
        self.value_gradient_rays(plain).0
    }

    /// Value and gradient, with the derivatives along each ray on which the loss is defined; without them where they
    /// are not looked at.
    fn value_gradient_rays(&self, plain: ValueGradient) -> (ValueGradient, Vec<Option<RayDerivatives>>) {
        let value = if plain.value.is_finite() { plain.value } else { self.value(plain.value) };
        if value.is_nan() {
            return (ValueGradient { value, gradient: Vector2::repeat(f64::NAN) }, Vec::new());
        }
        if value.is_infinite() || self.is_far_out() {
            return (ValueGradient { value, ..plain }, Vec::new());
        }
        let rays = self.rays();
        if rays.iter().flatten().any(|ray| is_jump(ray.value, value)) {
            return (ValueGradient { value, gradient: Vector2::repeat(f64::NAN) }, rays);
        }
        let gradient = match [0, 1].map(|axis| self.partial(axis)) {
            [Some(x), Some(y)] => Vector2::new(x, y),
            partials => {
                let is_edge = rays.iter().skip(2 * SPECIAL).any(Option::is_none);
                let defined: Vec<RayDerivatives> = rays.iter().copied().flatten().collect();
                let fit = if is_edge { None } else { gradient_of(&defined) };
                let beside = |axis: usize| if is_edge { f64::NAN } else { self.partial_beside(axis) };
                fit.unwrap_or_else(|| {
                    Vector2::from([0, 1].map(|axis: usize| partials[axis].unwrap_or_else(|| beside(axis))))
                })
            }
        };
        (ValueGradient { value, gradient }, rays)
    }

    /// Value, gradient and Hessian, and which of them exist, from what the arithmetic of dual numbers gives.
    pub fn value_gradient_hessian(&self, plain: ValueGradientHessian) -> ValueGradientHessian {
        let ValueGradientHessian { value, gradient, hessian, .. } = plain;
        let (slope, rays) = self.value_gradient_rays(ValueGradient { value, gradient });
        let ValueGradient { value, gradient } = slope;
        let none = Matrix2::repeat(f64::NAN);
        let undefined = |gradient, hessian| ValueGradientHessian {
            value,
            gradient,
            hessian,
            smoothness: Smoothness::Undefined,
        };
        if value.is_nan() {
            return undefined(gradient, none);
        }
        if value.is_infinite() || self.is_far_out() {
            return undefined(gradient, hessian);
        }
        let is_edge = rays.iter().skip(2 * SPECIAL).any(Option::is_none);
        let defined: Vec<RayDerivatives> = rays.into_iter().flatten().collect();
        if defined.iter().any(|ray| is_jump(ray.value, value)) {
            return undefined(Vector2::repeat(f64::NAN), none);
        }
        if defined.iter().any(|ray| ray.overflows) {
            return undefined(gradient, hessian);
        }
        let is_linear = gradient_of(&defined).is_some();
        let curvature = if is_linear { curvature_of(&defined) } else { None };
        let smoothness = match (is_edge, is_linear, curvature) {
            (true, ..) => Smoothness::DomainEdge,
            (_, false, _) => Smoothness::Kink,
            (.., None) => Smoothness::OnceDifferentiable,
            (.., Some(_)) => Smoothness::Smooth,
        };
        ValueGradientHessian { value, gradient, hessian: curvature.unwrap_or(none), smoothness }
    }

    /// The derivative along an axis: the mean of those on its two sides, or that of the one side where it is defined.
    /// None where it is defined on neither.
    fn partial(&self, axis: usize) -> Option<f64> {
        let ray = |sign: f64| {
            let mut direction = [0.0; 2];
            direction[axis] = sign;
            Some(self.along(direction, 1.0)).filter(|germ| germ.state() == GermState::Series)
        };
        match (ray(1.0), ray(-1.0)) {
            // As one germ, of which infinite slopes on both sides may cancel.
            (Some(plus), Some(minus)) => Some(RayDerivatives::of(&((plus - minus) * 0.5), [0.0; 2]).slope),
            (Some(plus), None) => Some(RayDerivatives::of(&plus, [0.0; 2]).slope),
            (None, Some(minus)) => Some(-RayDerivatives::of(&minus, [0.0; 2]).slope),
            (None, None) => None,
        }
    }

    /// The derivative along an axis on which the loss is not defined: the mean of those close beside it.
    fn partial_beside(&self, axis: usize) -> f64 {
        let mut sum = Germ::of(0.0);
        for (along, across) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
            let mut direction = [across * BESIDE; 2];
            direction[axis] = along;
            sum += self.along(direction, 1.0) * along;
        }
        let is_known = sum.state() == GermState::Series;
        if is_known { RayDerivatives::of(&(sum / 4.0), [0.0; 2]).slope } else { f64::NAN }
    }

    /// The derivatives along each ray on which the loss is defined.
    fn rays(&self) -> Vec<Option<RayDerivatives>> {
        let ray = |(_, direction)| {
            let germ = self.along(direction, 2.0);
            match germ.state() {
                GermState::Series => Some(RayDerivatives::of(&germ, direction)),
                // It is defined, and no more is known of it.
                GermState::Undecided => Some(RayDerivatives::unknown(direction)),
                _ => None,
            }
        };
        both_ways().map(ray).collect()
    }
}

/// Each direction and its opposite, with the direction's index.
fn both_ways() -> impl Iterator<Item = (usize, [f64; 2])> {
    DIRECTIONS.into_iter().enumerate().flat_map(|(index, [x, y])| [(index, [x, y]), (index, [-x, -y])])
}

fn is_jump(a: f64, b: f64) -> bool {
    let size = a.abs().max(b.abs());
    // Where values underflow, those without it are as near as can be.
    size > 1e-150 && (a - b).abs() > JUMP * size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::expression::Expression;
    use crate::math::dual::Dual;
    use crate::objective::loss_function::SurfaceData;
    use crate::spec::settings::{MAX_CHOICES, MAX_NUMBERS};
    use std::sync::Arc;

    /// Where dual numbers tell the derivatives, the rays tell the same.
    #[test]
    fn at_ordinary_points_rays_agree_with_dual_numbers() {
        for text in [
            "x^3*y^5 - x/(y^2 + 1)",
            "(1-x)^2 + 100*(y-x^2)^2",
            "exp(-x^2 - 2*y^2)*sin(3*x)",
            "log(x^2 + y^2 + 1)*cos(x - y^2)",
            "sqrt(x^2 + y^2 + 1) + abs(x*y)",
            "max(x*y, x^2 - 1) - min(x, 2*y)",
            "tan(x/2 + y/4) + tanh(4*x*y + 1)",
            "(x^2 + 1)^(y^2) + 2^x",
            "(1 + x^2 + y^2)^-0.75 + (x*y + 5)^7",
            "log(1 + exp(-x*y)) + abs(sin(x))^3",
            "atan(x*y) + asin(sin(x)*0.95) - acos(cos(y)*0.9)",
            "atan2(y + 3, x*y) + atan2(x, -3 - y^2)",
            "sinh(x)*cosh(y/2) + cosh(3*x)",
            "log10(x^2 + 1)*log2(y^2 + 2) + hypot(x - 3, y)",
            "erf(x*y) + erf(2*x)*sigmoid(3*y) + softplus(5*x - y)",
            "relu(x - y) + sign(x)*y + floor(x)*y - mod(y, 1.3)*ceil(y)",
            "(x^2 if x < y else y^2) + (x if x*y = 7 else y)",
            "exp(x)/(1 + exp(x)) + (exp(y) - exp(-y))/(exp(y) + exp(-y))",
        ] {
            let tape = Expression::parse(text).expect(text).tape(&[]);
            let constants = Constants {
                numbers: [0.0; MAX_NUMBERS],
                choices: [0; MAX_CHOICES],
                derived: [0.0; 2],
                matter: SurfaceData::Formula(Arc::new(tape.clone())),
            };
            let loss: LossAlongRay = |constants, x, y| match &constants.matter {
                SurfaceData::Formula(tape) => tape.at(x, y),
                _ => Germ::of(f64::NAN),
            };
            for step in 1..60 {
                let part = |rate: f64| (f64::from(step) * rate).fract() * 4.0 - 2.0;
                let (x, y) = (part(0.754_877_666), part(0.569_840_291));
                let at = tape.at(Dual::x(Dual::x(x)), Dual::y(Dual::y(y)));
                let [[xx, xy], [_, yy]] = at.slope.map(|slope| slope.slope);
                let hessian = Matrix2::new(xx, xy, xy, yy);
                let (value, gradient) = (at.value.value, Vector2::from(at.value.slope));
                let plain =
                    ValueGradientHessian { value, gradient, hessian, smoothness: Smoothness::Undefined };
                let found =
                    Surroundings { loss, constants: &constants, at: [x, y] }.value_gradient_hessian(plain);
                let size = 1.0 + value.abs() + gradient.norm() + hessian.norm();
                let off = (found.gradient - gradient).norm() + (found.hessian - hessian).norm();
                assert!(off <= 1e-12 * size, "{text} at ({x}, {y}): {found:?} {plain:?}");
                assert_eq!(found.smoothness, Smoothness::Smooth, "{text} at ({x}, {y})");
            }
        }
    }
}
