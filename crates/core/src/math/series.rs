//! Truncated Taylor series: a value that carries its first derivatives in one variable along, up to a fixed order.

use super::number::Number;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// The highest order that is kept.
pub const ORDER: usize = 12;

/// A Taylor series in t, cut off behind t¹²: a formula evaluated at [`Series::variable`] gives the Taylor polynomial of
/// its value around that point, exact but for rounding. The recurrences are those of Griewank and Walther, *Evaluating
/// Derivatives*, 2nd ed., section 13.2.
///
/// Where an operation stands at a point that does not decide its series (a root of 0, a power of 0 that is not whole),
/// the coefficients that are not decided are not finite. Which side of a kink is taken at the kink itself is no more than
/// a choice: whoever asks makes sure that there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Series {
    /// The coefficients of 1, t, t², ...
    pub coefficients: [f64; ORDER + 1],
}

impl Series {
    /// `value` + t.
    pub fn variable(value: f64) -> Self {
        let mut series = Self::of(value);
        series.coefficients[1] = 1.0;
        series
    }

    /// The series whose coefficients `next` gives, one after the other, from those before.
    #[inline]
    fn grown(first: f64, mut next: impl FnMut(usize, &[f64; ORDER + 1]) -> f64) -> Self {
        let mut coefficients = [0.0; ORDER + 1];
        coefficients[0] = first;
        for k in 1..=ORDER {
            coefficients[k] = next(k, &coefficients);
        }
        Self { coefficients }
    }

    fn zip(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        let mut coefficients = self.coefficients;
        for (here, there) in coefficients.iter_mut().zip(other.coefficients) {
            *here = of(*here, there);
        }
        Self { coefficients }
    }

    fn each(self, of: impl Fn(f64) -> f64) -> Self {
        Self { coefficients: self.coefficients.map(of) }
    }

    /// The value, of order 0.
    fn value(self) -> f64 {
        self.coefficients[0]
    }

    /// Whether nothing in it depends on t.
    fn is_constant(self) -> bool {
        self.coefficients[1..].iter().all(|coefficient| *coefficient == 0.0)
    }

    /// How far its coefficients are finite: the highest degree of a Taylor polynomial that there is; none where there is
    /// no value.
    pub fn degree(&self) -> Option<usize> {
        let finite = self.coefficients.iter().take_while(|coefficient| coefficient.is_finite()).count();
        finite.checked_sub(1)
    }

    /// The value at `t` of the polynomial of this degree.
    pub fn polynomial(&self, degree: usize, t: f64) -> f64 {
        let terms = self.coefficients.iter().take(degree + 1).rev();
        terms.fold(0.0, |sum, coefficient| sum * t + coefficient)
    }

    /// The derivative by t; its last coefficient is not known, and 0.
    fn derivative(self) -> Self {
        let mut coefficients = [0.0; ORDER + 1];
        for (k, slope) in coefficients.iter_mut().take(ORDER).enumerate() {
            *slope = (k + 1) as f64 * self.coefficients[k + 1];
        }
        Self { coefficients }
    }

    /// The series that has this value and this derivative by t.
    fn integral(value: f64, derivative: Self) -> Self {
        Self::grown(value, |k, _| derivative.coefficients[k - 1] / k as f64)
    }

    /// g(self), given the value of g and the series of its derivative there.
    fn chain(self, value: f64, derivative: Self) -> Self {
        Self::integral(value, derivative * self.derivative())
    }

    /// These coefficients behind another value.
    fn with_value(mut self, value: f64) -> Self {
        self.coefficients[0] = value;
        self
    }

    /// sin and cos together: each is what the other grows from.
    fn sine_and_cosine(self) -> [Self; 2] {
        let u = self.coefficients;
        let mut sine = Self::of(libm::sin(u[0]));
        let mut cosine = Self::of(libm::cos(u[0]));
        for k in 1..=ORDER {
            let weighed =
                |of: &Self| -> f64 { (1..=k).map(|j| j as f64 * u[j] * of.coefficients[k - j]).sum() };
            let (next_sine, next_cosine) = (weighed(&cosine) / k as f64, -weighed(&sine) / k as f64);
            sine.coefficients[k] = next_sine;
            cosine.coefficients[k] = next_cosine;
        }
        [sine, cosine]
    }

    /// v with v' = (1 + sign·v²)·u', which tan and tanh have; `first` is v and `slope` 1 + sign·v² at t = 0.
    fn tangent(self, first: f64, slope: f64, sign: f64) -> Self {
        let u = self.coefficients;
        let mut square = [0.0; ORDER + 1];
        square[0] = slope;
        Self::grown(first, |k, v| {
            let next = (1..=k).map(|j| j as f64 * u[j] * square[k - j]).sum::<f64>() / k as f64;
            let inner: f64 = (1..k).map(|j| v[j] * v[k - j]).sum();
            square[k] = sign * (inner + 2.0 * v[0] * next);
            next
        })
    }
}

impl Add for Series {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Series {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl Mul for Series {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (u, v) = (self.coefficients, other.coefficients);
        let mut coefficients = [0.0; ORDER + 1];
        for (k, product) in coefficients.iter_mut().enumerate() {
            *product = (0..=k).map(|j| u[j] * v[k - j]).sum();
        }
        Self { coefficients }
    }
}

#[allow(clippy::suspicious_arithmetic_impl, reason = "the quotient's recurrence")]
impl Div for Series {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let (u, v) = (self.coefficients, other.coefficients);
        Self::grown(u[0] / v[0], |k, q| {
            let known: f64 = (1..=k).map(|j| v[j] * q[k - j]).sum();
            (u[k] - known) / v[0]
        })
    }
}

impl Neg for Series {
    type Output = Self;
    fn neg(self) -> Self {
        self.each(|coefficient| -coefficient)
    }
}

impl Add<f64> for Series {
    type Output = Self;
    fn add(mut self, constant: f64) -> Self {
        self.coefficients[0] += constant;
        self
    }
}

impl Sub<f64> for Series {
    type Output = Self;
    fn sub(mut self, constant: f64) -> Self {
        self.coefficients[0] -= constant;
        self
    }
}

impl Mul<f64> for Series {
    type Output = Self;
    fn mul(self, constant: f64) -> Self {
        self.each(|coefficient| coefficient * constant)
    }
}

impl Div<f64> for Series {
    type Output = Self;
    fn div(self, constant: f64) -> Self {
        self.each(|coefficient| coefficient / constant)
    }
}

impl AddAssign for Series {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Series {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl MulAssign for Series {
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

impl Number for Series {
    fn of(value: f64) -> Self {
        let mut coefficients = [0.0; ORDER + 1];
        coefficients[0] = value;
        Self { coefficients }
    }

    fn sqrt(self) -> Self {
        if self.is_constant() {
            return Self::of(self.value().sqrt());
        }
        let u = self.coefficients;
        Self::grown(u[0].sqrt(), |k, r| {
            let known: f64 = (1..k).map(|j| r[j] * r[k - j]).sum();
            (u[k] - known) / (2.0 * r[0])
        })
    }

    fn exp(self) -> Self {
        let u = self.coefficients;
        Self::grown(libm::exp(u[0]), |k, e| {
            (1..=k).map(|j| j as f64 * u[j] * e[k - j]).sum::<f64>() / k as f64
        })
    }

    fn ln(self) -> Self {
        let u = self.coefficients;
        Self::grown(libm::log(u[0]), |k, l| {
            let known = (1..k).map(|j| j as f64 * l[j] * u[k - j]).sum::<f64>() / k as f64;
            (u[k] - known) / u[0]
        })
    }

    fn sin(self) -> Self {
        let [sine, _] = self.sine_and_cosine();
        sine
    }

    fn cos(self) -> Self {
        let [_, cosine] = self.sine_and_cosine();
        cosine
    }

    fn tan(self) -> Self {
        let first = libm::tan(self.value());
        self.tangent(first, 1.0 + first * first, 1.0)
    }

    fn tanh(self) -> Self {
        let first = libm::tanh(self.value());
        self.tangent(first, Number::sech_squared(self.value(), first), -1.0)
    }

    fn sinh(self) -> Self {
        ((self.exp() - (-self).exp()) * 0.5).with_value(libm::sinh(self.value()))
    }

    fn cosh(self) -> Self {
        ((self.exp() + (-self).exp()) * 0.5).with_value(libm::cosh(self.value()))
    }

    fn atan(self) -> Self {
        self.chain(libm::atan(self.value()), Self::of(1.0) / (self * self + 1.0))
    }

    fn asin(self) -> Self {
        self.chain(libm::asin(self.value()), Self::of(1.0) / (-(self * self) + 1.0).sqrt())
    }

    fn acos(self) -> Self {
        self.chain(libm::acos(self.value()), Self::of(-1.0) / (-(self * self) + 1.0).sqrt())
    }

    fn atan2(self, other: Self) -> Self {
        let across = other * self.derivative() - self * other.derivative();
        let turn = across / (self * self + other * other);
        Self::integral(libm::atan2(self.value(), other.value()), turn)
    }

    fn log10(self) -> Self {
        (self.ln() / std::f64::consts::LN_10).with_value(libm::log10(self.value()))
    }

    fn log2(self) -> Self {
        (self.ln() / std::f64::consts::LN_2).with_value(libm::log2(self.value()))
    }

    fn hypot(self, other: Self) -> Self {
        (self * self + other * other).sqrt().with_value(libm::hypot(self.value(), other.value()))
    }

    fn erf(self) -> Self {
        let bell = (-(self * self)).exp() * std::f64::consts::FRAC_2_SQRT_PI;
        self.chain(libm::erf(self.value()), bell)
    }

    fn softplus(self) -> Self {
        self.chain(Number::softplus(self.value()), self.sigmoid())
    }

    fn powf(self, exponent: f64) -> Self {
        /// Larger powers of 0 vanish beyond what is kept.
        const MOST: f64 = (ORDER + 1) as f64;
        let u = self.coefficients;
        if u[0] == 0.0 && exponent >= 0.0 && exponent.fract() == 0.0 {
            return self.powi(exponent.min(MOST) as u32);
        }
        if self.is_constant() {
            return Self::of(libm::pow(u[0], exponent));
        }
        Self::grown(libm::pow(u[0], exponent), |k, p| {
            let term = |j: usize| (exponent * j as f64 - (k - j) as f64) * u[j] * p[k - j];
            (1..=k).map(term).sum::<f64>() / (k as f64 * u[0])
        })
    }

    fn pow(self, exponent: Self) -> Self {
        if exponent.is_constant() { self.powf(exponent.value()) } else { (exponent * self.ln()).exp() }
    }

    fn ceil(self) -> Self {
        Self::of(libm::ceil(self.value()))
    }

    fn modulo(self, other: Self) -> Self {
        let (u, v) = (self.value(), other.value());
        (self - other * libm::floor(u / v)).with_value(Number::modulo(u, v))
    }

    /// What a table says depends on where it is asked alone, and it is asked at one place.
    fn lookup<const N: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; N]) -> [Self; N] {
        table(self.value(), other.value()).map(Self::of)
    }

    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        if self.value() < other.value() { then } else { otherwise }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::dual::Dual;

    /// n!
    fn factorial(n: usize) -> f64 {
        (1..=n).map(|k| k as f64).product()
    }

    fn close(found: f64, wanted: f64, what: &str) {
        assert!((found - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "{what}: {found} is not {wanted}");
    }

    #[test]
    fn the_series_of_the_lectures() {
        let t = Series::variable(0.0);
        for k in 0..=ORDER {
            let odd = [0.0, 1.0, 0.0, -1.0][k % 4] / factorial(k);
            let even = [1.0, 0.0, -1.0, 0.0][k % 4] / factorial(k);
            close(t.sin().coefficients[k], odd, "sin");
            close(t.cos().coefficients[k], even, "cos");
            close(t.exp().coefficients[k], 1.0 / factorial(k), "exp");
            close((Series::of(1.0) / (-t + 1.0)).coefficients[k], 1.0, "1/(1 - t)");
            let log = if k == 0 { 0.0 } else { (if k % 2 == 1 { 1.0 } else { -1.0 }) / k as f64 };
            close((t + 1.0).ln().coefficients[k], log, "ln(1 + t)");
        }
        // tan t = t + t³/3 + 2t⁵/15 + 17t⁷/315 + ..., tanh with signs that change.
        for (k, wanted) in [(1, 1.0), (2, 0.0), (3, 1.0 / 3.0), (5, 2.0 / 15.0), (7, 17.0 / 315.0)] {
            close(t.tan().coefficients[k], wanted, "tan");
            let sign = if k % 4 == 3 { -1.0 } else { 1.0 };
            close(t.tanh().coefficients[k], sign * wanted, "tanh");
        }
        close((t + 1.0).sqrt().coefficients[3], 1.0 / 16.0, "sqrt(1 + t)");
        close((t + 4.0).powf(-1.5).coefficients[1], -1.5 / 32.0, "(4 + t)^-1.5");
        assert_eq!(t.powf(3.0), t * t * t);
        assert_eq!(t.powf(40.0), Series::of(0.0));
        assert_eq!((t - 2.0).powf(3.0).coefficients[..5], [-8.0, 12.0, -6.0, 1.0, 0.0]);
        close((t + 2.0).pow(t + 3.0).coefficients[1], 8.0 * (libm::log(2.0) + 1.5), "(2 + t)^(3 + t)");
    }

    /// Of every function the first two derivatives are those of dual numbers.
    #[test]
    fn the_first_derivatives_are_those_of_dual_numbers() {
        type Elementary<T> = fn(T) -> T;
        fn functions<T: Number>() -> [(&'static str, Elementary<T>); 26] {
            [
                ("sinh", T::sinh),
                ("cosh", T::cosh),
                ("atan", T::atan),
                ("asin", |x| (x * 0.3).asin()),
                ("acos", |x| (x * 0.3).acos()),
                ("atan2", |x| x.atan2(x * x - 1.0)),
                ("log10", T::log10),
                ("log2", T::log2),
                ("hypot", |x| x.hypot(x * x)),
                ("erf", T::erf),
                ("softplus", |x| (x - 1.0).softplus()),
                ("sigmoid", |x| (x - 1.0).sigmoid()),
                ("sqrt", T::sqrt),
                ("exp", T::exp),
                ("ln", T::ln),
                ("sin", T::sin),
                ("cos", T::cos),
                ("tan", T::tan),
                ("tanh", T::tanh),
                ("powf", |x| x.powf(2.5)),
                ("pow", |x| x.pow(x)),
                ("abs", |x| (x - 5.0).abs()),
                ("maximum", |x| x.maximum(T::of(1.0))),
                ("sign", |x| x.sign() * x),
                ("modulo", |x| x.modulo(T::of(0.5))),
                ("quotient", |x| (x * x + 1.0) / (x + 3.0)),
            ]
        }
        for x in [0.3, 0.7, 1.9, 2.6] {
            for ((name, series), (_, dual)) in
                functions::<Series>().into_iter().zip(functions::<Dual<Dual<f64>>>())
            {
                let found = series(Series::variable(x)).coefficients;
                let wanted = dual(Dual::x(Dual::x(x)));
                close(found[0], wanted.value.value, name);
                close(found[1], wanted.value.slope[0], name);
                close(2.0 * found[2], wanted.slope[0].slope[0], name);
            }
        }
    }

    #[test]
    fn what_is_not_decided_is_not_finite() {
        let t = Series::variable(0.0);
        assert_eq!(t.sqrt().degree(), Some(0));
        assert_eq!((t * t).powf(1.5).degree(), Some(0));
        assert_eq!(t.ln().degree(), None);
        assert_eq!((t + 1.0).ln().degree(), Some(ORDER));
        let sine = Series::variable(0.0).sin();
        assert!((sine.polynomial(1, 0.5) - 0.5).abs() < 1e-15);
        assert!((sine.polynomial(3, 0.5) - (0.5 - 0.125 / 6.0)).abs() < 1e-15);
        assert!((sine.polynomial(ORDER, 0.5) - libm::sin(0.5)).abs() < 1e-13);
    }
}
