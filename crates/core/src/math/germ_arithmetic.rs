//! Arithmetic of germs.

use super::germ::{Germ, GermState, GermTerm};
use super::scaled::Scaled;
use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// What comes of two of which one is no series: the worse of the two, or what `bounded` makes of them.
pub(super) fn joined(
    a: &Germ,
    b: &Germ,
    series: impl Fn(&Germ, &Germ) -> Germ,
    unbounded: impl Fn(&Germ, &Germ) -> Germ,
) -> Germ {
    match (a.state(), b.state()) {
        (GermState::Series, GermState::Series) => series(a, b),
        (GermState::Series | GermState::Unbounded(_), GermState::Series | GermState::Unbounded(_)) => {
            unbounded(a, b)
        }
        (a, b) => Germ::with_state(a.max(b)),
    }
}

/// Beyond every power, with this sign.
pub(super) fn beyond(sign: Option<Ordering>) -> Germ {
    Germ::with_state(match sign {
        Some(Ordering::Greater) => GermState::Unbounded(true),
        Some(Ordering::Less) => GermState::Unbounded(false),
        _ => GermState::Undecided,
    })
}

/// The sign of a product.
fn sign_of_product(a: &Germ, b: &Germ) -> Option<Ordering> {
    let (a, b) = (a.side()?, b.side()?);
    match b {
        Ordering::Less => Some(a.reverse()),
        Ordering::Equal => None,
        Ordering::Greater => Some(a),
    }
}

impl Add for Germ {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        joined(&self, &other, Self::sum, |a, b| match (a.state(), b.state()) {
            (GermState::Unbounded(a), GermState::Unbounded(b)) if a != b => {
                Self::with_state(GermState::Undecided)
            }
            (unbounded @ GermState::Unbounded(_), _) | (_, unbounded) => Self::with_state(unbounded),
        })
    }
}

impl Neg for Germ {
    type Output = Self;
    fn neg(self) -> Self {
        match self.state() {
            GermState::Unbounded(up) => Self::with_state(GermState::Unbounded(!up)),
            _ => self.shifted(GermTerm::constant(Scaled::of(-1.0))),
        }
    }
}

impl Sub for Germ {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Germ {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        joined(&self, &other, Self::product, |a, b| {
            if a.is_zero() || b.is_zero() {
                // It is 0 at every t, where the other is a finite number.
                return Self::constant(Scaled::ZERO);
            }
            beyond(sign_of_product(a, b))
        })
    }
}

impl Div for Germ {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        joined(&self, &other, quotient, |a, b| match b.state() {
            GermState::Unbounded(_) if a.state() == GermState::Series => {
                if a.is_zero() {
                    *a
                } else {
                    Self::flat()
                }
            }
            GermState::Unbounded(_) => Self::with_state(GermState::Undecided),
            _ => beyond(sign_of_product(a, b)),
        })
    }
}

/// The quotient of two series.
fn quotient(a: &Germ, b: &Germ) -> Germ {
    let Some(lead) = b.lead() else {
        let is_zero = b.is_zero();
        return Germ::with_state(if is_zero { GermState::UndefinedAlong } else { GermState::Undecided });
    };
    let inverse = b.beside_lead(lead).composed(|n| if n % 2 == 0 { 1.0 } else { -1.0 });
    a.divided(lead).product(&inverse)
}

impl Add<f64> for Germ {
    type Output = Self;
    fn add(self, constant: f64) -> Self {
        self + of(constant)
    }
}

impl Sub<f64> for Germ {
    type Output = Self;
    fn sub(self, constant: f64) -> Self {
        self - of(constant)
    }
}

impl Mul<f64> for Germ {
    type Output = Self;
    fn mul(self, constant: f64) -> Self {
        self * of(constant)
    }
}

impl Div<f64> for Germ {
    type Output = Self;
    fn div(self, constant: f64) -> Self {
        self / of(constant)
    }
}

/// The constant `value`; an infinite one stands for more than every number.
pub(super) fn of(value: f64) -> Germ {
    if value.is_nan() {
        Germ::with_state(GermState::UndefinedAround)
    } else if value.is_infinite() {
        Germ::with_state(GermState::Unbounded(value > 0.0))
    } else {
        Germ::constant(Scaled::of(value))
    }
}

impl AddAssign for Germ {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Germ {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl MulAssign for Germ {
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}
