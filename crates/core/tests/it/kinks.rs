//! Values and derivatives where the arithmetic of dual numbers alone does not tell: ties, tips, roots of 0,
//! quotients 0/0, overflow inside. One function has one answer, however it is spelled.

use nalgebra::Vector2;
use std::f64::consts::{FRAC_PI_2, LN_2, PI};
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::objective::smoothness::Smoothness::{
    DomainEdge, Kink, OnceDifferentiable, Smooth, Undefined,
};
use thalweg_testing::typed;

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;

/// A function as it is typed, a point, and what is right there: smoothness, value, gradient, and the Hessian's xx, xy
/// and yy.
type PointCase = (&'static str, [f64; 2], Smoothness, f64, [f64; 2], [f64; 3]);

fn near(found: f64, wanted: f64) -> bool {
    found == wanted
        || (found.is_nan() && wanted.is_nan())
        || (found - wanted).abs() <= 1e-12 * (1e-3 + wanted.abs())
}

/// All cases, and which of them are not so.
fn check(cases: &[PointCase]) {
    let mut wrong = Vec::new();
    for (text, at, smoothness, value, gradient, hessian) in cases {
        let objective = typed(text);
        let p = Vector2::from(*at);
        let found = objective.value_gradient_hessian(p);
        let h = &found.hessian;
        let numbers = [found.value, found.gradient.x, found.gradient.y, h.m11, h.m12, h.m22];
        // Of a function of x alone the second derivative stands in both places.
        let last = if objective.is_univariate() { hessian[0] } else { hessian[2] };
        let wanted = [*value, gradient[0], gradient[1], hessian[0], hessian[1], last];
        let is_right = numbers.iter().zip(wanted).all(|(found, wanted)| near(*found, wanted));
        if !is_right || found.smoothness != *smoothness || h.m12.to_bits() != h.m21.to_bits() {
            wrong.push(format!(
                "{text} at {at:?}: {:?} {numbers:?}, not {smoothness:?} {wanted:?}",
                found.smoothness
            ));
        }
        // Whoever asks for less gets the same.
        let slope = objective.value_gradient(p);
        let mut row = [0.0];
        objective.row(&[p.x], p.y, &mut row);
        let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        let values = [slope.value, objective.value(p), row[0]];
        if !values.iter().all(|value| same(*value, found.value))
            || !near(slope.gradient.x, found.gradient.x)
            || !near(slope.gradient.y, found.gradient.y)
        {
            wrong.push(format!("{text} at {at:?}: {values:?} {slope:?} beside {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const NONE: [f64; 3] = [NAN; 3];

#[test]
fn ties_of_pieces_that_join_smoothly() {
    let logistic = "((max((1*x+0.5*y),0) - ((1*x+0.5*y))*1 + log(1+exp(-abs((1*x+0.5*y)))))+(max((-0.5*x+-1.5*y),0) - \
                    ((-0.5*x+-1.5*y))*0 + log(1+exp(-abs((-0.5*x+-1.5*y)))))+(max((2*x+1.5*y),0) - ((2*x+1.5*y))*1 + \
                    log(1+exp(-abs((2*x+1.5*y)))))+(max((-2*x+-1*y),0) - ((-2*x+-1*y))*0 + log(1+exp(-abs((-2*x+-1*y))))))/4";
    check(&[
        (logistic, [0.0, 0.0], Smooth, LN_2, [-0.6875, -0.5625], [0.578_125, 0.390_625, 0.359_375]),
        ("max(x,0) - x + log(1+exp(-abs(x))) + y^2", [0.0; 2], Smooth, LN_2, [-0.5, 0.0], [0.25, 0.0, 2.0]),
        ("max(0,x) - x + log(1+exp(-abs(x))) + y^2", [0.0; 2], Smooth, LN_2, [-0.5, 0.0], [0.25, 0.0, 2.0]),
        ("-min(0,-x) - x + log(1+exp(-abs(x))) + y^2", [0.0; 2], Smooth, LN_2, [-0.5, 0.0], [0.25, 0.0, 2.0]),
        ("abs(x)^2 + y", [0.0, 1.0], Smooth, 1.0, [0.0, 1.0], [2.0, 0.0, 0.0]),
        ("abs(x)*abs(x) + y", [0.0, 1.0], Smooth, 1.0, [0.0, 1.0], [2.0, 0.0, 0.0]),
        ("abs(x)^2.0 + abs(y-1)^4", [0.0, 1.0], Smooth, 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        ("max(x,0)^2 + max(-x,0)^2 + x*y", [0.0, 3.0], Smooth, 0.0, [3.0, 0.0], [2.0, 1.0, 0.0]),
        ("max(x,-x)^2", [0.0, 3.0], Smooth, 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        ("max(x,y) + min(x,y)", [2.0, 2.0], Smooth, 4.0, [1.0, 1.0], [0.0; 3]),
        ("max(x,y) * min(x,y)", [2.0, 2.0], Smooth, 4.0, [2.0, 2.0], [0.0, 1.0, 0.0]),
        ("max(x*y, y*x)", [2.0, 3.0], Smooth, 6.0, [3.0, 2.0], [0.0, 1.0, 0.0]),
        ("max(abs(x), abs(-x))^2", [0.0, 0.0], Smooth, 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        ("abs(x^2 - 2*x + 1)", [1.0, 5.0], Smooth, 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        ("abs(x)*x^3 + abs(y)^3", [0.0, 0.0], Smooth, 0.0, [0.0, 0.0], [0.0; 3]),
        ("cos(abs(x)) + exp(-abs(y)^2)", [0.0, 0.0], Smooth, 2.0, [0.0, 0.0], [-1.0, 0.0, -2.0]),
        // Huber's loss: x²/2 up to 1, then |x| - 1/2.
        ("min(abs(x),1)*(abs(x) - min(abs(x),1)/2)", [0.0, 0.0], Smooth, 0.0, [0.0, 0.0], [1.0, 0.0, 0.0]),
        ("min(abs(x),1)*(abs(x) - min(abs(x),1)/2)", [1.0, 0.0], OnceDifferentiable, 0.5, [1.0, 0.0], NONE),
        ("min(abs(x),1)*(abs(x) - min(abs(x),1)/2)", [-1.0, 0.0], OnceDifferentiable, 0.5, [-1.0, 0.0], NONE),
    ]);
}

#[test]
fn kinks_have_the_mean_of_their_sides() {
    check(&[
        ("abs(x)", [0.0, 1.0], Kink, 0.0, [0.0, 0.0], NONE),
        ("abs(x)", [-0.0, 1.0], Kink, 0.0, [0.0, 0.0], NONE),
        ("abs(x)", [2.0, 1.0], Smooth, 2.0, [1.0, 0.0], [0.0; 3]),
        ("abs(x)", [-2.0, 1.0], Smooth, 2.0, [-1.0, 0.0], [0.0; 3]),
        ("abs(3*y)", [2.0, -1.0], Smooth, 3.0, [0.0, -3.0], [0.0; 3]),
        ("max(x, 2*x)", [0.0, 1.0], Kink, 0.0, [1.5, 0.0], NONE),
        ("max(2*x, x)", [0.0, 1.0], Kink, 0.0, [1.5, 0.0], NONE),
        ("max(x, y)", [2.0, 2.0], Kink, 2.0, [0.5, 0.5], NONE),
        ("min(x, y)", [2.0, 2.0], Kink, 2.0, [0.5, 0.5], NONE),
        ("max(y, x)", [2.0, 2.0], Kink, 2.0, [0.5, 0.5], NONE),
        ("max(x, y)", [1.0, 2.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
        ("abs(x) + y^2", [0.0, 3.0], Kink, 9.0, [0.0, 6.0], NONE),
        ("abs(x-1) + y^2", [1.0, 2.0], Kink, 4.0, [0.0, 4.0], NONE),
        ("sqrt((x-1)^2) + y^2", [1.0, 2.0], Kink, 4.0, [0.0, 4.0], NONE),
        ("((x-1)^2)^0.5 + y^2", [1.0, 2.0], Kink, 4.0, [0.0, 4.0], NONE),
        ("((x-1)^4)^0.25 + y^2", [1.0, 2.0], Kink, 4.0, [0.0, 4.0], NONE),
        ("max(x-1,1-x) + y^2", [1.0, 2.0], Kink, 4.0, [0.0, 4.0], NONE),
        ("(x-1)^2/abs(x-1) + y^2", [1.0, 2.0], Kink, 4.0, [0.0, 4.0], NONE),
        ("sqrt(x^2+y^2)", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("(x^2+y^2)^0.5", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("(x^2+y^2)^(1/2) + x", [0.0; 2], Kink, 0.0, [1.0, 0.0], NONE),
        ("(x^2+y^2)/sqrt(x^2+y^2)", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("exp(log(x^2+y^2)/2)", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("-sqrt(x^2+y^2)", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("-(x^2+y^2)^0.5", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("sin(sqrt(x^2+y^2))", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("abs(x) + abs(y)", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("max(x^2+(y-1)^2+y-1, -x^2-(y-1)^2+y+1)", [0.0; 2], Kink, 0.0, [0.0, 1.0], NONE),
        ("max(max(5*x+y,-5*x+y),x^2+y^2+4*y)", [0.0, -3.0], Kink, -3.0, [0.0, -0.5], NONE),
        ("x*abs(y)/(abs(x)+abs(y))", [0.0; 2], Kink, 0.0, [0.0; 2], NONE),
        ("sqrt(abs(x)) + y^2", [0.0, 3.0], Kink, 9.0, [0.0, 6.0], NONE),
        ("abs(x)^0.5 + y^2", [0.0, 3.0], Kink, 9.0, [0.0, 6.0], NONE),
        ("x/sqrt(abs(x)) + y^2", [0.0, 3.0], Kink, 9.0, [INF, 6.0], NONE),
    ]);
}

/// The inverse of a logarithm vanishes slower than every power: with an infinite slope, or with none that is told.
#[test]
fn what_vanishes_by_no_power_is_a_kink_and_not_the_edge_of_the_domain() {
    check(&[
        ("atan(log(abs(x))) + y", [0.0, 1.0], Kink, 1.0 - FRAC_PI_2, [NAN, 1.0], NONE),
        ("atan(log(x^2)) + y", [0.0, 1.0], Kink, 1.0 - FRAC_PI_2, [NAN, 1.0], NONE),
        ("atan(1/log(abs(x))) + y", [0.0, 1.0], Kink, 1.0, [NAN, 1.0], NONE),
        ("atan2(y, log(abs(x))) + x", [0.0, 1.0], Kink, PI, [NAN, 0.0], NONE),
        ("erf(1/log(x^2)) + y", [0.0, 1.0], Kink, 1.0, [NAN, 1.0], NONE),
        ("tanh(1/log(x^2)) + y", [0.0, 1.0], Kink, 1.0, [NAN, 1.0], NONE),
        ("exp(1/log(x^2)) + y", [0.0, 1.0], Kink, 2.0, [NAN, 1.0], NONE),
        ("erf(log(x^2)) + y", [0.0, 1.0], Smooth, 0.0, [0.0, 1.0], [0.0; 3]),
    ]);
    for x in [0.3_f64, 1.0, -2.5] {
        let log = libm::log(x.abs());
        let below = x * (1.0 + log * log);
        check(&[(
            "atan(log(abs(x))) + y",
            [x, 1.0],
            Smooth,
            libm::atan(log) + 1.0,
            [1.0 / below, 1.0],
            [-(1.0 + log) * (1.0 + log) / (below * below), 0.0, 0.0],
        )]);
    }
}

#[test]
fn once_differentiable_and_smooth_powers() {
    check(&[
        ("abs(x)^1.5 + y^2", [0.0, 1.0], OnceDifferentiable, 1.0, [0.0, 2.0], NONE),
        ("abs(x)*sqrt(abs(x)) + y^2", [0.0, 1.0], OnceDifferentiable, 1.0, [0.0, 2.0], NONE),
        ("abs(x)*abs(x)^0.5 + y^2", [0.0, 1.0], OnceDifferentiable, 1.0, [0.0, 2.0], NONE),
        ("(x^2)^0.75 + y^2", [0.0, 1.0], OnceDifferentiable, 1.0, [0.0, 2.0], NONE),
        ("exp(1.5*log(abs(x))) + y^2", [0.0, 1.0], OnceDifferentiable, 1.0, [0.0, 2.0], NONE),
        ("x*abs(x) + y^2", [0.0, 1.0], OnceDifferentiable, 1.0, [0.0, 2.0], NONE),
        ("max(x,0)^2", [0.0, 1.0], OnceDifferentiable, 0.0, [0.0, 0.0], NONE),
        ("(x^2+y^2)^0.75", [0.0; 2], OnceDifferentiable, 0.0, [0.0; 2], NONE),
        ("x^2*log(x^2+y^2)", [0.0; 2], OnceDifferentiable, 0.0, [0.0; 2], NONE),
        ("abs(x)^2.5 + y^2", [0.0, 1.0], Smooth, 1.0, [0.0, 2.0], [0.0, 0.0, 2.0]),
        ("sqrt(x^2+y^2)^2", [0.0; 2], Smooth, 0.0, [0.0; 2], [2.0, 0.0, 2.0]),
        ("sqrt(x)^4", [4.0, 1.0], Smooth, 16.0, [8.0, 0.0], [2.0, 0.0, 0.0]),
        ("-exp(-sqrt(x^2+y^2)^2)", [0.0; 2], Smooth, -1.0, [0.0; 2], [2.0, 0.0, 2.0]),
        ("-exp(-((x^2+y^2)^0.5)^2)", [0.0; 2], Smooth, -1.0, [0.0; 2], [2.0, 0.0, 2.0]),
        ("((x^2+y^2)^0.5)^4", [0.0; 2], Smooth, 0.0, [0.0; 2], [0.0; 3]),
        ("cos(sqrt(x^2+2*y^2))", [0.0; 2], Smooth, 1.0, [0.0; 2], [-1.0, 0.0, -2.0]),
        ("sqrt(x^2+y^2)^3", [0.0; 2], Smooth, 0.0, [0.0; 2], [0.0; 3]),
        ("-(1+cos(12*sqrt(x^2+y^2)))/(0.5*(x^2+y^2)+2)", [0.0; 2], Smooth, -1.0, [0.0; 2], [72.5, 0.0, 72.5]),
        ("sqrt(x^2+y^2)*tanh(sqrt(x^2+y^2))", [0.0; 2], Smooth, 0.0, [0.0; 2], [2.0, 0.0, 2.0]),
        ("sqrt((x*y)^2)^2", [0.0, 3.0], Smooth, 0.0, [0.0; 2], [18.0, 0.0, 0.0]),
        ("abs(x*y)^2", [0.0, 0.0], Smooth, 0.0, [0.0; 2], [0.0; 3]),
    ]);
}

#[test]
fn limits_at_removable_singularities() {
    check(&[
        ("sin(x)/x + y^2", [0.0, 1.0], Smooth, 2.0, [0.0, 2.0], [-1.0 / 3.0, 0.0, 2.0]),
        ("sin(x)/x*sin(y)/y", [0.0, 0.0], Smooth, 1.0, [0.0, 0.0], [-1.0 / 3.0, 0.0, -1.0 / 3.0]),
        ("(1-cos(x))/x^2", [0.0, 1.0], Smooth, 0.5, [0.0, 0.0], [-1.0 / 12.0, 0.0, 0.0]),
        ("(x-sin(x))/x^3", [0.0, 1.0], Smooth, 1.0 / 6.0, [0.0, 0.0], [-1.0 / 60.0, 0.0, 0.0]),
        ("sin(sqrt(x^2+y^2))/sqrt(x^2+y^2)", [0.0; 2], Smooth, 1.0, [0.0; 2], [-1.0 / 3.0, 0.0, -1.0 / 3.0]),
        ("log(1+x)/x + y", [0.0, 2.0], Smooth, 3.0, [-0.5, 1.0], [2.0 / 3.0, 0.0, 0.0]),
        ("(exp(x)-1)/x", [0.0, 2.0], Smooth, 1.0, [0.5, 0.0], [1.0 / 3.0, 0.0, 0.0]),
        ("(x^2-y^2)/(x-y)", [2.0, 2.0], Smooth, 4.0, [1.0, 1.0], [0.0; 3]),
        ("x*y/x", [0.0, 2.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
        ("exp(-1/x^2) + y", [0.0, 2.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
        ("tanh(x)/x", [0.0, 2.0], Smooth, 1.0, [0.0, 0.0], [-2.0 / 3.0, 0.0, 0.0]),
        ("tan(x)/x", [0.0, 2.0], Smooth, 1.0, [0.0, 0.0], [2.0 / 3.0, 0.0, 0.0]),
        ("x^2*sin(1/x)", [0.0, 2.0], OnceDifferentiable, 0.0, [0.0, 0.0], NONE),
        // What has no limit is undefined.
        ("x/sqrt(x^2+y^2)", [0.0; 2], Undefined, NAN, [NAN; 2], NONE),
        ("x*y/(x^2+y^2)", [0.0; 2], Undefined, NAN, [NAN; 2], NONE),
        ("x/abs(x)", [0.0; 2], Undefined, NAN, [NAN; 2], NONE),
        ("sin(1/x)", [0.0; 2], Undefined, NAN, [NAN; 2], NONE),
        ("(x-x)/(y-y)", [1.0; 2], Undefined, NAN, [NAN; 2], NONE),
        ("tan(1/x) + y", [0.0; 2], Undefined, NAN, [NAN; 2], NONE),
    ]);
}

#[test]
fn zero_times_infinity_is_of_no_account() {
    check(&[
        ("sqrt(x) + y^2", [0.0, 3.0], DomainEdge, 9.0, [INF, 6.0], NONE),
        ("x^0.5 + y^2", [0.0, 3.0], DomainEdge, 9.0, [INF, 6.0], NONE),
        ("sqrt(-x) + y^2", [0.0, 3.0], DomainEdge, 9.0, [-INF, 6.0], NONE),
        ("y^2 - sqrt(x)", [0.0, 3.0], DomainEdge, 9.0, [-INF, 6.0], NONE),
        ("x^1.5 + y^2", [0.0, 3.0], DomainEdge, 9.0, [0.0, 6.0], NONE),
        ("x*x^0.5 + y^2", [0.0, 3.0], DomainEdge, 9.0, [0.0, 6.0], NONE),
        ("x*sqrt(x) + y^2", [0.0, 3.0], DomainEdge, 9.0, [0.0, 6.0], NONE),
        ("x^2.5 + y^2", [0.0, 3.0], DomainEdge, 9.0, [0.0, 6.0], [0.0, 0.0, 2.0]),
        ("sqrt(x)^4 + y^2", [0.0, 3.0], DomainEdge, 9.0, [0.0, 6.0], [2.0, 0.0, 2.0]),
        ("x*log(x) + y^2", [0.0, 3.0], DomainEdge, 9.0, [-INF, 6.0], NONE),
        ("x^y", [0.0, 3.0], DomainEdge, 0.0, [0.0, 0.0], [0.0; 3]),
        ("x^y", [0.0, 2.0], DomainEdge, 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        ("x^x + y", [0.0, 2.0], DomainEdge, 3.0, [-INF, 1.0], NONE),
        ("x*exp(-y)", [1.0, 800.0], Smooth, 0.0, [0.0, 0.0], [0.0; 3]),
        ("x*exp(-y)", [0.0, -700.0], Smooth, 0.0, [libm::exp(700.0), 0.0], [0.0, -libm::exp(700.0), 0.0]),
        ("x*exp(-exp(y))", [2.0, 800.0], Smooth, 0.0, [0.0; 2], [0.0; 3]),
        ("2^y", [5.0, 3.0], Smooth, 8.0, [0.0, 8.0 * LN_2], [0.0, 0.0, 8.0 * LN_2 * LN_2]),
        ("0^y", [5.0, 3.0], Smooth, 0.0, [0.0, 0.0], [0.0; 3]),
        ("x^-1", [-2.0, 0.0], Smooth, -0.5, [-0.25, 0.0], [-0.25, 0.0, 0.0]),
        ("x^2", [0.0, 1.0], Smooth, 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        // Below zero a power exists at whole exponents only: along x it can be derived, not along y.
        ("x^y", [-1.5, 2.0], DomainEdge, 2.25, [-3.0, NAN], NONE),
        ("x^y", [-1.5, 3.0], DomainEdge, -3.375, [6.75, NAN], NONE),
    ]);
}

#[test]
fn overflow_inside_is_not_the_functions() {
    let e = |x: f64| libm::exp(x);
    check(&[
        ("1/(1+exp(-x)) + y", [-800.0, 1.0], Smooth, 1.0, [0.0, 1.0], [0.0; 3]),
        ("1/(1+exp(-x)) + y", [-708.0, 1.0], Smooth, 1.0, [e(-708.0), 1.0], [e(-708.0), 0.0, 0.0]),
        ("exp(x)/(1+exp(x)) + y", [800.0, 1.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
        ("log(1+exp(x)) + y", [800.0, 1.0], Smooth, 801.0, [1.0, 1.0], [0.0; 3]),
        ("log(exp(x)) + y", [-1e4, 1.0], Smooth, -9999.0, [1.0, 1.0], [0.0; 3]),
        ("(exp(x)-exp(-x))/(exp(x)+exp(-x)) + y", [1000.0, 1.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
        ("(exp(x)-exp(-x))/(exp(x)+exp(-x)) + y", [-1000.0, 1.0], Smooth, 0.0, [0.0, 1.0], [0.0; 3]),
        ("(x^6+y^6)^(1/6)", [3e90, 0.0], Smooth, 3e90, [1.0, 0.0], [0.0; 3]),
        (
            "sqrt(x^2+y^2)",
            [3e-200, 4e-200],
            Smooth,
            0.0,
            [0.6, 0.8],
            [0.64 / 5e-200, -0.48 / 5e-200, 0.36 / 5e-200],
        ),
        ("exp(x)*exp(-x) + y", [1000.0, 1.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
        ("exp(-x^2)*exp(x^2) + y", [40.0, 1.0], Smooth, 2.0, [0.0, 1.0], [0.0; 3]),
    ]);
    let ValueGradientHessian { value, .. } = typed("x^2").value_gradient_hessian(Vector2::new(1e200, 0.0));
    assert_eq!(value, INF, "what is too large is too large");
    let steep = typed("x*exp(-y)").value_gradient_hessian(Vector2::new(0.0, -800.0));
    assert_eq!((steep.value, steep.gradient, steep.smoothness), (0.0, Vector2::new(INF, 0.0), Undefined));
}

#[test]
fn where_there_is_no_value_there_are_no_derivatives() {
    for text in
        ["log(x)", "sqrt(x)", "x^0.5", "log(x) + y^2", "max(log(x), 0)", "x^y", "log(x)*0", "1/log(x)"]
    {
        for at in [[-1.0, 0.5], [-1e-300, 0.5], [-1e300, 2.5]] {
            let found = typed(text).value_gradient_hessian(Vector2::from(at));
            let numbers =
                [found.value, found.gradient.x, found.gradient.y, found.hessian.m11, found.hessian.m22];
            assert!(numbers.iter().all(|number| number.is_nan()), "{text} at {at:?}: {found:?}");
            assert_eq!(found.smoothness, Undefined, "{text} at {at:?}");
        }
    }
}
