//! What typed formulas say and evaluate to.

mod derivatives;
mod mistakes;
mod properties;
mod round_trip;

use super::expression::Expression;
use super::tape::Tape;
use crate::math::number::Number;
use std::f64::consts::{E, PI};

/// The tape of a formula that is known to be right.
fn tape(text: &str, constants: &[f64]) -> Tape {
    Expression::parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}")).tape(constants)
}

/// A lattice with irrational steps, which hits no axis and no diagonal, in [-2, 2] x [-2, 2].
fn lattice() -> impl Iterator<Item = (f64, f64)> + Clone {
    (0..60_u32).map(|step| {
        let part = |rate: f64| (f64::from(step) * rate + 0.000_123).fract() * 4.0 - 2.0;
        (part(0.754_877_666), part(0.569_840_291))
    })
}

/// Equal to the bit; all NaN are one.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

#[test]
#[allow(clippy::manual_midpoint, reason = "the roundings are those of the text")]
fn a_formula_has_the_values_of_the_same_in_rust() {
    fn check(text: &str, f: impl Fn(f64, f64) -> f64) {
        let tape = tape(text, &[]);
        for (x, y) in lattice() {
            let (found, wanted) = (tape.at(x, y), f(x, y));
            assert!(same(found, wanted), "{text} at ({x}, {y}): {found} is not {wanted}");
        }
    }
    check("x", |x, _| x);
    check("y", |_, y| y);
    check("7", |_, _| 7.0);
    check("(1-x)^2 + 100*(y-x^2)^2", |x, y| {
        let (u, v) = (1.0 - x, y - x * x);
        u * u + v * v * 100.0
    });
    check("(x^2+y-11)^2 + (x+y^2-7)^2", |x, y| {
        let (u, v) = (x * x + y - 11.0, x + y * y - 7.0);
        u * u + v * v
    });
    check("20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))", |x, y| {
        let tau = 2.0 * PI;
        20.0 + x * x + y * y - 10.0 * (libm::cos(tau * x) + libm::cos(tau * y))
    });
    check("-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + 20 + e", |x, y| {
        let tau = 2.0 * PI;
        let wave = libm::exp((libm::cos(tau * x) + libm::cos(tau * y)) / 2.0);
        -20.0 * libm::exp(-0.2 * f64::sqrt((x * x + y * y) / 2.0)) - wave + 20.0 + E
    });
    check("log(x) + ln(y)", |x, y| libm::log(x) + libm::log(y));
    check("sin(x)/tan(y) - tanh(x*y)", |x, y| libm::sin(x) / libm::tan(y) - libm::tanh(x * y));
    check("abs(x) - abs(-y)", |x, y| f64::abs(x) - f64::abs(y));
    check("min(x, y)*2 + max(x, 0.5)", |x, y| f64::min(x, y) * 2.0 + f64::max(x, 0.5));
    check("x^2.5 + y^-0.5", |x, y| libm::pow(x, 2.5) + libm::pow(y, -0.5));
    check("x^0.5", |x, _| libm::pow(x, 0.5));
    check("x^7 - y^4", |x, y| Number::powi(x, 7) - Number::powi(y, 4));
    check("x^-3", |x, _| 1.0 / Number::powi(x, 3));
    check("x^1024", |x, _| Number::powi(x, 1024));
    check("x^1025", |x, _| libm::pow(x, 1025.0));
    check("x^y", libm::pow);
    check("2^x", |x, _| libm::pow(2.0, x));
    check("e^(x - y)", |x, y| libm::exp(x - y));
    check("1/x - x/3 + 3 - x", |x, _| 1.0 / x - x / 3.0 + 3.0 - x);
    check("y^2 + 3*y - 1", |_, y| y * y + 3.0 * y - 1.0);
    check("(x+y)^2 - (x-y)^2 + (x-1.5)^2", |x, y| {
        let (sum, difference, shifted) = (x + y, x - y, x - 1.5);
        sum * sum - difference * difference + shifted * shifted
    });
    check("x - (y*2 + x*3 + (y + (x*x)))", |x, y| x - (y * 2.0 + x * 3.0 + (y + x * x)));
    check("--x + +y", |x, y| x + y);
    check("sinh(x) + cosh(y) - atan(x*y)", |x, y| libm::sinh(x) + libm::cosh(y) - libm::atan(x * y));
    check("asin(x/2)*acos(y/2)", |x, y| libm::asin(x / 2.0) * libm::acos(y / 2.0));
    check("atan2(y, x) + hypot(x, y)", |x, y| libm::atan2(y, x) + libm::hypot(x, y));
    check("log10(x) + log2(y) + erf(x)", |x, y| libm::log10(x) + libm::log2(y) + libm::erf(x));
    check("floor(x) + ceil(y) + mod(x, 0.5)", |x, y| {
        libm::floor(x) + libm::ceil(y) + (x % 0.5 + if x < 0.0 { 0.5 } else { 0.0 })
    });
    check("relu(x) - sign(y)", |x, y| (if x > 0.0 { x } else { 0.0 }) - f64::signum(y));
    check("x if x < y else 2y", |x, y| if x < y { x } else { 2.0 * y });
    check("x if x >= y else y if y > 0 else 1", |x, y| {
        if x >= y {
            x
        } else if y > 0.0 {
            y
        } else {
            1.0
        }
    });
}

#[test]
fn operators_bind_as_on_paper() {
    fn check(text: &str, wanted: f64) {
        let found = tape(text, &[]).at(3.0, 5.0);
        assert_eq!(found, wanted, "{text}");
    }
    check("2+3*4", 14.0);
    check("2*3+4", 10.0);
    check("(2+3)*4", 20.0);
    check("10-4-3", 3.0);
    check("10-(4-3)", 9.0);
    check("48/4/3", 4.0);
    check("48/4*3", 36.0);
    check("2^3^2", 512.0);
    check("(2^3)^2", 64.0);
    check("-x^2", -9.0);
    check("(-x)^2", 9.0);
    check("2^-1", 0.5);
    check("2^-x^0", 0.5);
    check("2^-1*4", 2.0);
    check("2*-x", -6.0);
    check("-x*y", -15.0);
    check("-x-y", -8.0);
    check("x--y", 8.0);
    check("x-+y", -2.0);
    check("x*y^2", 75.0);
    check("x/y^2", 3.0 / 25.0);
    check("-2^2", -4.0);
    check("2^+2", 4.0);
    check("min(x, y) - max(x, y)", -2.0);
    check("max(min(x, 4), 2)", 3.0);
    check(" x\t*\n y ", 15.0);
    check("1.5 + .5 + 2. + 2e-3 + 1E+2 + 1e1", 114.002);
    check("x^0 + y^1", 6.0);
    check("0^0", 1.0);
    check("exp(0)*sqrt(4)*(abs(-3))", 6.0);
    check("2x", 6.0);
    check("2x^2", 18.0);
    check("2(x+1)*y", 40.0);
    check("3*2x - 4y", -2.0);
    check("2sqrt(4)", 4.0);
    check("x**2", 9.0);
    check("x² + y³", 134.0);
    check("x⁻¹*6", 2.0);
    check("|x - y|*2", 4.0);
    check("||x| - |-y||", 2.0);
    check("1 if x == 3 else 2", 1.0);
    check("1 + 2 if x ≥ 3 else 2*8", 3.0);
    check("1 + (2 if x < 3 else 2)*8", 17.0);
    check("mod(-7, 3) + mod(7, -3)", 0.0);
}

#[test]
fn names_become_constants_in_order_of_appearance() {
    let expression = Expression::parse("b*x^2 + a*y + b*a_1 + X").unwrap();
    assert_eq!(expression.constants(), ["b", "a", "a_1", "X"]);
    assert_eq!(expression.tape(&[2.0, 3.0, 5.0, 7.0]).at(1.0, 1.0), 22.0);
    assert!(expression.tape(&[2.0]).at(1.0, 1.0).is_nan(), "what has no value is NaN");
    assert_eq!(Expression::parse("x + pi + e").unwrap().constants(), [""; 0]);
    let most = "a1+a2+a3+a4+a5+a6+a7+a8+a1";
    assert_eq!(Expression::parse(most).unwrap().tape(&[1.0; 8]).at(0.0, 0.0), 9.0);
}

#[test]
fn what_would_be_nan_or_infinite_stays_so() {
    fn check(text: &str, x: f64, wanted: f64) {
        let found = tape(text, &[f64::NAN]).at(x, 1.0);
        assert!(same(found, wanted), "{text} at {x}: {found} is not {wanted}");
    }
    let (nan, infinite) = (f64::NAN, f64::INFINITY);
    check("0*x", infinite, nan);
    check("x*0", nan, nan);
    check("x-x", infinite, nan);
    check("x/x", 0.0, nan);
    check("0/x", 0.0, nan);
    check("x*0", -1.0, -0.0);
    check("x+0", -0.0, 0.0);
    check("x-0", -0.0, -0.0);
    check("0-x", 0.0, 0.0);
    check("-x", 0.0, -0.0);
    check("x^0", nan, 1.0);
    check("1/x", 0.0, infinite);
    check("x^-2", 0.0, infinite);
    check("log(x)", -1.0, nan);
    check("log(x)", 0.0, -infinite);
    check("sqrt(0-1) + x", 1.0, nan);
    check("10^308*10*x", 1.0, infinite);
    check("k", 0.0, nan);
    check("abs(x)", -0.0, 0.0);
    check("abs(x)", -infinite, infinite);
    check("abs(x)", nan, nan);
    for text in ["min(x, y)", "max(x, y)", "min(y, x)", "max(y, x)", "min(x, k)", "max(k, x)", "max(3, k)"] {
        check(text, nan, nan);
    }
    for text in ["min(k, x)", "max(k, x)", "min(x, k)", "max(x, k)"] {
        check(text, infinite, nan);
        check(text, -infinite, nan);
        check(text, 2.0, nan);
    }
    check("min(x, y)", -infinite, -infinite);
    check("max(y, x)", infinite, infinite);
    check("max(x, y)", -infinite, 1.0);
    check("min(x, x)", infinite, infinite);
    check("1 if x < k else 2", 0.0, nan);
    check("1 if k = x else 2", 0.0, nan);
    check("1 if x < y else 2", nan, nan);
    check("1 if x = x else 2", infinite, 1.0);
    check("1 if x >= x else 2", -infinite, 1.0);
    check("sigmoid(x)", -infinite, 0.0);
    check("softplus(x)", infinite, infinite);
    check("relu(x)", nan, nan);
    check("asin(x)", 1.5, nan);
}

#[test]
fn a_tape_computes_nothing_twice_and_needs_few_registers() {
    fn check(text: &str, steps: usize, registers: usize) {
        let tape = tape(text, &[]);
        assert_eq!((tape.steps.len(), tape.registers), (steps, registers), "{text}: {tape:#?}");
    }
    check("x", 0, 2);
    check("2*3 + exp(0)", 1, 2);
    check("1*x/1", 0, 2);
    check("x*x + x^2", 2, 2);
    check("sin(x+y)*sin(y+x)", 3, 2);
    check("(1-x)^2 + 100*(y-x^2)^2", 4, 3);
    check("x^4 + x^2", 2, 2);
    check("x+x+x+x+x+x+x+x", 7, 2);
    assert_eq!(tape("y^2 + sin(y)*x", &[]).without_x, 2, "what depends on y alone is hoisted");
}

#[test]
fn a_tape_of_many_registers_is_evaluated_all_the_same() {
    // Each parenthesis leaves a value behind that waits for the rest.
    for depth in [3_u32, 7, 15, 16, 17, 30] {
        let opened = (1..=depth).map(|level| format!("(x+{level}.5)/(")).collect::<Vec<_>>().concat();
        let text = format!("{opened}y{}", ")".repeat(depth as usize));
        let tape = tape(&text, &[]);
        let f =
            |x: f64, y: f64| (1..=depth).rev().fold(y, |rest, level| (x + (f64::from(level) + 0.5)) / rest);
        assert!(tape.registers > depth as usize, "{tape:#?}");
        for (x, y) in lattice() {
            assert_eq!(tape.at(x, y), f(x, y), "{text}");
            let mut out = [0.0];
            tape.row(&[x], y, &mut out);
            assert_eq!(out, [f(x, y)], "{text}");
        }
    }
}

#[test]
fn tapes_are_equal_to_the_bit() {
    assert_eq!(tape("k*x", &[f64::NAN]), tape("k*x", &[f64::NAN]));
    assert_ne!(tape("x + k", &[0.0]), tape("x + k", &[-0.0]));
    assert_eq!(tape("2 * x", &[]), tape("x*(1+1)", &[]));
}
