//! Dual numbers: a value that carries its exact gradient along.

use super::number::Number;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// A value and its two partial derivatives, with the rules of differentiation as arithmetic.
///
/// A formula evaluated at `Dual::x(x)`, `Dual::y(y)` gives its value and exact gradient; at
/// `Dual<Dual<f64>>` also its exact Hessian. Source: Griewank and Walther, *Evaluating
/// Derivatives*, 2nd ed., chapter 3 (forward mode).
///
/// Where an operation stands at a point that does not decide its derivative (both sides of `maximum` equal, `abs` or
/// a root of 0), the derivative is NaN or infinite, unless both sides agree on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<T> {
    /// The value.
    pub value: T,
    /// The derivatives by x and by y.
    pub slope: [T; 2],
}

impl<T: Number> Dual<T> {
    /// The first variable, with derivative (1, 0).
    #[inline(always)]
    pub fn x(value: T) -> Self {
        Self { value, slope: [T::of(1.0), T::of(0.0)] }
    }

    /// The second variable, with derivative (0, 1).
    #[inline(always)]
    pub fn y(value: T) -> Self {
        Self { value, slope: [T::of(0.0), T::of(1.0)] }
    }

    /// Of both derivatives. An array's own `map` is seldom inlined.
    #[inline(always)]
    fn each(self, of: impl Fn(T) -> T) -> [T; 2] {
        let [x, y] = self.slope;
        [of(x), of(y)]
    }

    /// g(self), given the value of g and of its derivative there.
    #[inline(always)]
    fn chain(self, value: T, derivative: T) -> Self {
        Self { value, slope: self.each(|slope| slope * derivative) }
    }

    /// A value that is constant but where `border` is 0, and jumps there.
    #[inline(always)]
    fn constant_between(self, value: T, border: T) -> Self {
        let (zero, jump) = (T::of(0.0), T::of(f64::NAN));
        let slope = |du: T| border.select_less(zero, zero, zero.select_less(border, zero, du.weigh(jump)));
        Self { value, slope: self.each(slope) }
    }

    #[inline(always)]
    fn zip(self, other: Self, value: T, slope: impl Fn(T, T) -> T) -> Self {
        let [ax, ay] = self.slope;
        let [bx, by] = other.slope;
        Self { value, slope: [slope(ax, bx), slope(ay, by)] }
    }
}

/// √(1 - u²), of which nothing cancels near -1 and 1.
#[inline(always)]
fn from_one<T: Number>(u: T) -> T {
    ((-u + 1.0) * (u + 1.0)).sqrt()
}

impl<T: Number> Add for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, self.value + other.value, |a, b| a + b)
    }
}

impl<T: Number> Sub for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, self.value - other.value, |a, b| a - b)
    }
}

#[allow(clippy::suspicious_arithmetic_impl, reason = "the product rule")]
impl<T: Number> Mul for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let (u, v) = (self.value, other.value);
        self.zip(other, u * v, |du, dv| du * v + u * dv)
    }
}

#[allow(clippy::suspicious_arithmetic_impl, reason = "the quotient rule")]
impl<T: Number> Div for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        self.zip(other, quotient, |du, dv| (du - quotient * dv) / other.value)
    }
}

impl<T: Number> Neg for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self { value: -self.value, slope: self.each(|slope| -slope) }
    }
}

impl<T: Number> Add<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, constant: f64) -> Self {
        Self { value: self.value + constant, ..self }
    }
}

impl<T: Number> Sub<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, constant: f64) -> Self {
        Self { value: self.value - constant, ..self }
    }
}

impl<T: Number> Mul<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, constant: f64) -> Self {
        self.chain(self.value * constant, T::of(constant))
    }
}

impl<T: Number> Div<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, constant: f64) -> Self {
        Self { value: self.value / constant, slope: self.each(|slope| slope / constant) }
    }
}

impl<T: Number> AddAssign for Dual<T> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<T: Number> SubAssign for Dual<T> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<T: Number> MulAssign for Dual<T> {
    #[inline(always)]
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

impl<T: Number> Number for Dual<T> {
    #[inline(always)]
    fn of(value: f64) -> Self {
        Self { value: T::of(value), slope: [T::of(0.0); 2] }
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.chain(root, T::of(0.5) / root)
    }

    #[inline(always)]
    fn exp(self) -> Self {
        let power = self.value.exp();
        self.chain(power, power)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        self.chain(self.value.ln(), T::of(1.0) / self.value)
    }

    #[inline(always)]
    fn sin(self) -> Self {
        self.chain(self.value.sin(), self.value.cos())
    }

    #[inline(always)]
    fn cos(self) -> Self {
        self.chain(self.value.cos(), -self.value.sin())
    }

    #[inline(always)]
    fn tan(self) -> Self {
        let tan = self.value.tan();
        self.chain(tan, tan * tan + 1.0)
    }

    #[inline(always)]
    fn tanh(self) -> Self {
        let tanh = self.value.tanh();
        self.chain(tanh, self.value.sech_squared(tanh))
    }

    #[inline(always)]
    fn sinh(self) -> Self {
        self.chain(self.value.sinh(), self.value.cosh())
    }

    #[inline(always)]
    fn cosh(self) -> Self {
        self.chain(self.value.cosh(), self.value.sinh())
    }

    #[inline(always)]
    fn atan(self) -> Self {
        self.chain(self.value.atan(), T::of(1.0) / (self.value.square() + 1.0))
    }

    #[inline(always)]
    fn asin(self) -> Self {
        self.chain(self.value.asin(), T::of(1.0) / from_one(self.value))
    }

    #[inline(always)]
    fn acos(self) -> Self {
        self.chain(self.value.acos(), T::of(-1.0) / from_one(self.value))
    }

    /// The angle grows by what is across, divided by the distance; on the negative axis, where it jumps, it has no
    /// derivative across.
    #[inline(always)]
    fn atan2(self, other: Self) -> Self {
        let (y, x, zero) = (self.value, other.value, T::of(0.0));
        let [cos, sin] = x.direction(y);
        let distance = x.hypot(y);
        let jump = T::of(f64::NAN);
        self.zip(other, y.atan2(x), |dy, dx| {
            let turn = (cos * dy - sin * dx) / distance;
            let across = zero.select_less(dy, jump, dy.select_less(zero, jump, turn));
            let on_axis = x.select_less(zero, across, turn);
            zero.select_less(y, turn, y.select_less(zero, turn, on_axis))
        })
    }

    #[inline(always)]
    fn log10(self) -> Self {
        self.chain(self.value.log10(), T::of(1.0) / (self.value * std::f64::consts::LN_10))
    }

    #[inline(always)]
    fn log2(self) -> Self {
        self.chain(self.value.log2(), T::of(1.0) / (self.value * std::f64::consts::LN_2))
    }

    #[inline(always)]
    fn hypot(self, other: Self) -> Self {
        let [cos, sin] = self.value.direction(other.value);
        self.zip(other, self.value.hypot(other.value), |du, dv| cos * du + sin * dv)
    }

    /// Of an angle that turns, cosine and sine change by what the other is: nothing cancels.
    #[inline(always)]
    fn direction(self, other: Self) -> [Self; 2] {
        let [cos, sin] = self.value.direction(other.value);
        let distance = self.value.hypot(other.value);
        let turn = |du: T, dv: T| (cos * dv - sin * du) / distance;
        [
            self.zip(other, cos, |du, dv| -(sin * turn(du, dv))),
            self.zip(other, sin, |du, dv| cos * turn(du, dv)),
        ]
    }

    #[inline(always)]
    fn erf(self) -> Self {
        let bell = (-self.value.square()).exp() * std::f64::consts::FRAC_2_SQRT_PI;
        self.chain(self.value.erf(), bell)
    }

    #[inline(always)]
    fn softplus(self) -> Self {
        self.chain(self.value.softplus(), self.value.sigmoid())
    }

    /// 1/(1 + e^-u) is (1 + tanh(u/2))/2.
    #[inline(always)]
    fn sigmoid(self) -> Self {
        let half = self.value * 0.5;
        self.chain(self.value.sigmoid(), half.sech_squared(half.tanh()) * 0.25)
    }

    #[inline(always)]
    fn at_border(self, other: Self) -> Self {
        // Where the values differ, there is a jump.
        let jump = self.value.agreed(other.value) * 0.0;
        self.zip(other, self.value.at_border(other.value), |a, b| a.agreed(b) + jump)
    }

    /// The derivative of sech² is -2 tanh sech².
    #[inline(always)]
    fn sech_squared(self, tanh: Self) -> Self {
        let slope = self.value.sech_squared(tanh.value);
        Self { value: slope, slope: self.each(|du| -(du * slope * tanh.value * 2.0)) }
    }

    #[inline(always)]
    fn powf(self, exponent: f64) -> Self {
        // Both by themselves, for at 0 the rule below gives 0 times infinity.
        if exponent == 0.0 {
            return Self::of(1.0);
        }
        if exponent == 1.0 {
            return self;
        }
        let u = self.value;
        let derivative = u.powf(exponent - 1.0) * exponent;
        // At 0 a power that is not whole ends, or has a tip.
        let (zero, open) = (T::of(0.0), T::of(f64::NAN));
        let decided = u.select_less(zero, derivative, zero.select_less(u, derivative, open));
        self.chain(u.powf(exponent), if exponent.fract() == 0.0 { derivative } else { decided })
    }

    /// With u the base and v the exponent: v u^(v-1) du + u^v ln(u) dv. A base below zero has no
    /// logarithm, but it has a derivative where the exponent is whole and does not move.
    #[inline(always)]
    fn pow(self, exponent: Self) -> Self {
        let (u, v) = (self.value, exponent.value);
        let power = u.pow(v);
        let by_base = v * u.pow(v - 1.0);
        let by_exponent = power * u.ln();
        self.zip(exponent, power, |du, dv| {
            let moved = u.select_less(T::of(0.0), dv.weigh(by_exponent), dv * by_exponent);
            du * by_base + moved
        })
    }

    #[inline(always)]
    fn agreed(self, other: Self) -> Self {
        self.zip(other, self.value.agreed(other.value), T::agreed)
    }

    #[inline(always)]
    fn abs(self) -> Self {
        let (u, zero) = (self.value, T::of(0.0));
        let slope = |du: T| u.select_less(zero, -du, zero.select_less(u, du, du.agreed(-du)));
        Self { value: u.abs(), slope: self.each(slope) }
    }

    #[inline(always)]
    fn maximum(self, other: Self) -> Self {
        let (u, v) = (self.value, other.value);
        let slope = |du: T, dv: T| u.select_less(v, dv, v.select_less(u, du, du.agreed(dv)));
        self.zip(other, u.maximum(v), slope)
    }

    #[inline(always)]
    fn minimum(self, other: Self) -> Self {
        let (u, v) = (self.value, other.value);
        let slope = |du: T, dv: T| u.select_less(v, du, v.select_less(u, dv, du.agreed(dv)));
        self.zip(other, u.minimum(v), slope)
    }

    #[inline(always)]
    fn ceil(self) -> Self {
        let next = self.value.ceil();
        self.constant_between(next, self.value - next)
    }

    #[inline(always)]
    fn sign(self) -> Self {
        self.constant_between(self.value.sign(), self.value)
    }

    /// a mod b = a - q·b with a whole q, which does not move, but jumps where nothing is left.
    #[inline(always)]
    fn modulo(self, other: Self) -> Self {
        let left = self.value.modulo(other.value);
        let whole = (self.value - left) / other.value;
        let (zero, jump) = (T::of(0.0), T::of(f64::NAN));
        self.zip(other, left, |da, db| {
            let slope = da - db.weigh(whole);
            let at_none = slope.weigh(jump);
            zero.select_less(left, slope, left.select_less(zero, slope, at_none))
        })
    }

    #[inline(always)]
    fn weigh(self, factor: Self) -> Self {
        let (u, v) = (self.value, factor.value);
        self.zip(factor, u.weigh(v), |du, dv| du.weigh(v) + u.weigh(dv))
    }

    #[inline(always)]
    fn lookup<const N: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; N]) -> [Self; N] {
        self.value.lookup(other.value, table).map(|value| Self { value, slope: [T::of(0.0); 2] })
    }

    #[inline(always)]
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        let choose = |then, otherwise| self.value.select_less(other.value, then, otherwise);
        then.zip(otherwise, choose(then.value, otherwise.value), choose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x^2 y + exp(x) sin(y) / (1 + y^2): every rule but the selections, against pencil and paper.
    #[test]
    fn a_nested_dual_gives_gradient_and_hessian() {
        fn f<T: Number>(x: T, y: T) -> T {
            x.square() * y + x.exp() * y.sin()
        }
        let (a, b) = (0.7_f64, -1.3_f64);
        let at = f(Dual::x(Dual::x(a)), Dual::y(Dual::y(b)));
        let (e, s, c) = (libm::exp(a), libm::sin(b), libm::cos(b));
        let expected = [
            (at.value.value, a * a * b + e * s),
            (at.value.slope[0], 2.0 * a * b + e * s),
            (at.value.slope[1], a * a + e * c),
            (at.slope[0].slope[0], 2.0 * b + e * s),
            (at.slope[0].slope[1], 2.0 * a + e * c),
            (at.slope[1].slope[0], 2.0 * a + e * c),
            (at.slope[1].slope[1], -e * s),
        ];
        for (found, wanted) in expected {
            assert!((found - wanted).abs() < 1e-14, "{found} is not {wanted}");
        }
    }

    #[test]
    fn selections_choose_value_and_slope_together() {
        let (x, y) = (Dual::x(-2.0), Dual::y(3.0));
        assert_eq!(x.abs(), -x);
        assert_eq!(x.maximum(y), y);
        assert_eq!(x.minimum(y), x);
        let tied = x.maximum(Dual::of(-2.0));
        assert!(tied.value == -2.0 && tied.slope[0].is_nan() && tied.slope[1] == 0.0, "{tied:?}");
        assert_eq!(x.minimum(x), x);
        assert!((x + 2.0).abs().slope[0].is_nan());
        assert_eq!((x + 2.0).square().abs().slope, [0.0; 2]);
        assert_eq!(y.powi(0), Dual::of(1.0));
        assert_eq!(y.powi(5).slope[1], 5.0 * 81.0);
    }
}
