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
        // The first point lies on a diagonal, where both sides of `min` are equal.
        for (x, y) in lattice().skip(1) {
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
        "atan(x*y) - asin(x/3)*acos(y/3)",
        "atan2(y, x) + atan2(x*y, 3)",
        "sinh(x)*cosh(x - y)",
        "log10(x^2 + 1) + log2(2 + x*y/3)",
        "hypot(x, y + 3)",
        "sigmoid(x*y)*softplus(x - 2*y)",
        "relu(x*y) + erf(x - y)",
        "floor(x)*y + ceil(y)*x - sign(x)*mod(y, 0.7)",
        "(x*y if x < y else x^2) - (x if x >= 0.3 else y)",
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

/// Where the sides of a choice differ, they do not decide a derivative; where they agree, they do.
#[test]
fn what_is_not_decided_is_not_a_number() {
    for (text, x, y) in [
        ("abs(x)", 0.0, 1.0),
        ("max(x, y)", 2.0, 2.0),
        ("min(y, x)", 2.0, 2.0),
        ("sqrt(x^2 + y^2)", 0.0, 0.0),
        ("(x^2 + y^2)^0.5", 0.0, 0.0),
        ("x^1.5", 0.0, 1.0),
        ("x^y", 0.0, 2.0),
        ("abs(x)^2", 0.0, 1.0),
        ("1/(1 + exp(-x))", -800.0, 1.0),
    ] {
        let ValueGradientHessian { gradient, hessian, .. } = curvature(text, x, y);
        let numbers = gradient.iter().chain(hessian.iter());
        assert!(numbers.into_iter().any(|number| !number.is_finite()), "{text}: {gradient} {hessian}");
    }
    for text in ["max(x, x)", "min(y*x, x*y)", "abs(x - x)", "abs(x^3)"] {
        let ValueGradientHessian { gradient, hessian, .. } = curvature(text, 0.0, 1.0);
        assert!(
            gradient.iter().chain(hessian.iter()).all(|number| number.is_finite()),
            "{text}: {gradient} {hessian}"
        );
    }
}

/// sech² and its derivative, without the cancellation of 1 - tanh², over the whole range.
#[test]
fn tanh_keeps_its_derivatives_for_large_arguments() {
    for step in -7000..=7000 {
        let x = f64::from(step) * 0.05;
        let at = curvature("tanh(x)", x, 0.0);
        let power = libm::exp(-2.0 * x.abs());
        let slope = 4.0 * power / ((1.0 + power) * (1.0 + power));
        let second = -2.0 * libm::tanh(x) * slope;
        assert!((at.gradient.x - slope).abs() <= 1e-14 * slope, "{x}: {} {slope}", at.gradient.x);
        assert!((at.hessian.m11 - second).abs() <= 2e-14 * second.abs(), "{x}: {} {second}", at.hessian.m11);
    }
}
