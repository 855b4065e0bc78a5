//! Gradient and Hessian beside another implementation of differentiation, and by pencil and paper
//! where that one gives up.

use super::{lattice, tape};
use crate::math::dual::Dual;
use crate::objective::derivatives::ValueGradientHessian;
use crate::objective::num_dual_check;
use crate::objective::smoothness::Smoothness;
use nalgebra::{Matrix2, Vector2};

fn curvature(text: &str, x: f64, y: f64) -> ValueGradientHessian {
    let at = tape(text, &[]).at(Dual::x(Dual::x(x)), Dual::y(Dual::y(y)));
    let [[xx, xy], [yx, yy]] = at.slope.map(|slope| slope.slope);
    ValueGradientHessian {
        value: at.value.value,
        gradient: Vector2::from(at.value.slope),
        hessian: Matrix2::new(xx, xy, yx, yy),
        smoothness: Smoothness::Smooth,
    }
}

#[test]
fn every_operation_has_the_derivatives_that_others_find() {
    /// At the points where x and y are as far from 0 as it takes: `positive` for both above 0.
    fn check(text: &str, positive: bool) {
        let tape = tape(text, &[]);
        for (x, y) in lattice() {
            let (x, y) = if positive { (x.abs() + 0.1, y.abs() + 0.1) } else { (x, y) };
            let ours = curvature(text, x, y);
            let theirs = num_dual_check::curvature_of(|x, y| tape.at(x, y), x, y);
            let size = 1.0 + theirs.value.abs() + theirs.gradient.norm() + theirs.hessian.norm();
            let near = |difference: f64| difference <= 1e-11 * size;
            assert!(near((ours.value - theirs.value).abs()), "{text} at ({x}, {y})");
            assert!(
                near((ours.gradient - theirs.gradient).norm()),
                "{text} at ({x}, {y}): {ours:?} {theirs:?}"
            );
            assert!(
                near((ours.hessian - theirs.hessian).norm()),
                "{text} at ({x}, {y}): {ours:?} {theirs:?}"
            );
            // To one rounding or so: where the two are computed apart, they are not the same sum.
            assert!(near((ours.hessian.m12 - ours.hessian.m21).abs()), "{text}: symmetric");
        }
    }
    for text in [
        "x",
        "3",
        "x*y",
        "x/y",
        "2*x - y/3 + 5",
        "1 - x - (2 - y)",
        "3/(x^2 + 1)",
        "-x*-y",
        "x^2",
        "x^3*y^5",
        "(x + y)^2",
        "(x - y)^2",
        "(x - 1.5)^2",
        "(1.5 - x*y)^2",
        "x*y - sin(y)^2",
        "x*y + sin(x)^2",
        "x*y + 3*sin(x)",
        "3*sin(x) + x*y",
        "(1-x)^2 + 100*(y-x^2)^2",
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        "x^-1",
        "x^-2 + y^-3",
        "(x*y + 5)^17",
        "exp(x*y)",
        "exp(-x^2 - 2*y^2)",
        "e^(x*y)",
        "log(x^2 + y^2 + 1)",
        "sqrt(x^2 + y^2 + 1)",
        "abs(x*y)",
        "abs(x) + abs(y - 1)",
        "sin(x*y)",
        "cos(x - y^2)",
        "tan(x/2 + y/4)",
        "tanh(x*y + 1)",
        "min(x, y)",
        "max(x*y, x^2 - 1)",
        "max(x, 0.3)*min(1, y)",
        "2^x",
        "0.5^(x*y)",
        "(x^2 + 1)^y",
        "(x^2 + 1)^(y^2)",
        "(1 + x^2)^1.5",
        "(1 + x^2 + y^2)^-0.75",
        "tanh(sin(x)*exp(cos(y)))/(1 + x^2)",
        "sin(cos(tan(tanh(x*y/3))))",
        "20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
        "-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + 20 + e",
        "log(1 + exp(-x*y)) + abs(sin(x))^3",
    ] {
        check(text, false);
    }
    for text in [
        "log(x)*log(y)",
        "sqrt(x*y)",
        "x^0.5",
        "x^1.5*y^2.5",
        "x^-0.5 + y^-1.5",
        "x^pi",
        "x^y",
        "y^(x + 1)",
        "x^x^y",
        "(x + y)^(x - y)",
        "x^(sin(y))",
        "(x/3)^1025",
    ] {
        check(text, true);
    }
}

/// Where a power touches 0, the derivatives that exist are there.
#[test]
fn powers_have_their_derivatives_at_and_below_zero() {
    /// What of the value, gradient and Hessian (xx, xy, yy) is given.
    fn check(text: &str, x: f64, y: f64, wanted: [Option<f64>; 6]) {
        let at = curvature(text, x, y);
        let found = [at.value, at.gradient.x, at.gradient.y, at.hessian.m11, at.hessian.m12, at.hessian.m22];
        for (found, wanted) in found.into_iter().zip(wanted) {
            if let Some(wanted) = wanted {
                let near = found == wanted || (found - wanted).abs() <= 1e-13 * wanted.abs();
                assert!(near, "{text} at ({x}, {y}): {found} is not {wanted}");
            } else {
                assert!(found.is_nan(), "{text} at ({x}, {y}): {found} for what does not exist");
            }
        }
    }
    let all = |numbers: [f64; 6]| numbers.map(Some);
    check("x^1.5", 0.0, 1.0, all([0.0, 0.0, 0.0, f64::INFINITY, 0.0, 0.0]));
    check("x^2.5", 0.0, 1.0, all([0.0; 6]));
    check("x^2", 0.0, 1.0, all([0.0, 0.0, 0.0, 2.0, 0.0, 0.0]));
    check("x^y", 0.0, 3.0, all([0.0; 6]));
    check("x^y", 0.0, 2.0, all([0.0, 0.0, 0.0, 2.0, 0.0, 0.0]));
    check("x^y", 0.0, 1.5, all([0.0, 0.0, 0.0, f64::INFINITY, 0.0, 0.0]));
    // Below zero the power exists at whole exponents only: along x it can be derived, not along y.
    check("x^y", -1.5, 2.0, [Some(2.25), Some(-3.0), None, Some(2.0), None, None]);
    check("x^y", -1.5, 3.0, [Some(-3.375), Some(6.75), None, Some(-9.0), None, None]);
    check("2^y", 5.0, 3.0, {
        let ln2 = std::f64::consts::LN_2;
        all([8.0, 0.0, 8.0 * ln2, 0.0, 0.0, 8.0 * ln2 * ln2])
    });
    check("0^y", 5.0, 3.0, all([0.0; 6]));
    check("x^-1", -2.0, 0.0, all([-0.5, -0.25, 0.0, -0.25, 0.0, 0.0]));
}

#[test]
fn kinks_have_the_derivatives_that_they_are_said_to_have() {
    fn check(text: &str, x: f64, y: f64, gradient: [f64; 2]) {
        let at = curvature(text, x, y);
        assert_eq!(at.gradient, Vector2::from(gradient), "{text} at ({x}, {y})");
        assert_eq!(at.hessian, Matrix2::zeros(), "{text} at ({x}, {y})");
    }
    check("abs(x)", 0.0, 1.0, [0.0, 0.0]);
    check("abs(x)", -0.0, 1.0, [0.0, 0.0]);
    check("abs(x)", 2.0, 1.0, [1.0, 0.0]);
    check("abs(x)", -2.0, 1.0, [-1.0, 0.0]);
    check("abs(3*y)", 2.0, -1.0, [0.0, -3.0]);
    // Where both are equal, the first counts.
    check("max(x, y)", 2.0, 2.0, [1.0, 0.0]);
    check("min(x, y)", 2.0, 2.0, [1.0, 0.0]);
    check("max(x, y)", 1.0, 2.0, [0.0, 1.0]);
    check("min(x, y)", 1.0, 2.0, [1.0, 0.0]);
}

/// The rule 1 - tanh² loses digits where tanh nears 1, but never more than a rounding of 1.
#[test]
fn tanh_keeps_its_derivatives_for_large_arguments() {
    for step in 0..=400 {
        let x = f64::from(step) * 0.1;
        let at = curvature("tanh(x)", x, 0.0);
        // sech² x, without cancellation.
        let power = libm::exp(-2.0 * x);
        let slope = 4.0 * power / ((1.0 + power) * (1.0 + power));
        let second = -2.0 * libm::tanh(x) * slope;
        assert!((at.gradient.x - slope).abs() <= 2.3e-16, "{x}: {} {slope}", at.gradient.x);
        assert!((at.hessian.m11 - second).abs() <= 7e-16, "{x}: {} {second}", at.hessian.m11);
    }
}
