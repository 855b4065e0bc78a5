//! Germs as numbers, so that a formula is evaluated along a ray as it is at a point.

use super::germ::{Germ, GermState, GermTerm};
use super::germ_arithmetic::{beyond, of};
use super::number::Number;
use super::scaled::Scaled;
use std::cmp::Ordering;

/// What cannot be told from the terms that are kept.
fn undecided() -> Germ {
    Germ::with_state(GermState::Undecided)
}

/// Something between fixed bounds, of which no more is known: a wave of ever higher frequency.
fn bounded(germ: &Germ) -> Germ {
    match germ.state() {
        GermState::Series | GermState::Unbounded(_) => Germ::unknown_from(0.0, germ.keep()),
        state => Germ::with_state(state),
    }
}

impl Germ {
    /// Of a lead with this sign, the domain ends here: nowhere around the point if the lead is a constant.
    fn outside(lead: GermTerm) -> Self {
        let is_around = lead.power == 0.0 && lead.logs == 0;
        Self::with_state(if is_around { GermState::UndefinedAround } else { GermState::UndefinedAlong })
    }

    /// lead^power·(1 + u)^power, where the factor of the lead has its own power.
    fn raised(self, power: f64, factor: impl Fn(Scaled) -> Scaled) -> Self {
        match self.state() {
            GermState::Series => {}
            GermState::Unbounded(true) if power > 0.0 => return self,
            GermState::Unbounded(true) => return Self::flat(),
            GermState::Unbounded(false) => {
                return if power.fract() == 0.0 {
                    beyond(Some(sign_of_power(Ordering::Less, power)))
                } else {
                    Self::with_state(GermState::UndefinedAlong)
                };
            }
            _ => return self,
        }
        let Some(lead) = self.lead() else {
            return if power > 0.0 {
                Self::unknown_from(self.known() * power, self.keep())
            } else if self.is_zero() {
                Self::with_state(GermState::UndefinedAlong)
            } else {
                undecided()
            };
        };
        let whole = power.fract() == 0.0;
        let logs = f64::from(lead.logs) * power;
        if lead.side() != Some(Ordering::Greater) && !whole {
            return Self::outside(lead);
        }
        // The logarithm has a whole power, or none that is kept; its sign is that of the factor where it is odd.
        if logs.fract() != 0.0 || (lead.logs % 2 != 0 && !whole) {
            return undecided();
        }
        let size = lead.factor;
        let factor = match lead.factor.sign() {
            Some(Ordering::Less) if whole && power % 2.0 != 0.0 => factor(size.negative()).negative(),
            Some(Ordering::Less) => factor(size.negative()),
            _ => factor(size),
        };
        let mut coefficients = [1.0; super::germ::MOST_TERMS + 1];
        for n in 1..coefficients.len() {
            coefficients[n] = coefficients[n - 1] * (power - (n as f64 - 1.0)) / n as f64;
        }
        let raised = self.beside_lead(lead).composed(|n| coefficients.get(n).copied().unwrap_or(0.0));
        raised.shifted(GermTerm { factor, power: lead.power * power, logs: logs as i32 })
    }

    /// Σ c_n uⁿ times a factor, of what is beside the constant.
    fn around(u: Self, factor: Scaled, coefficient: impl Fn(usize) -> f64) -> Self {
        u.composed(coefficient).shifted(GermTerm::constant(factor))
    }

    /// Sine or cosine, by the first four derivatives where the ray begins.
    fn wave(self, derivatives: impl Fn(f64) -> [f64; 4]) -> Self {
        match (self.state(), self.split()) {
            (GermState::Series, Some((constant, u))) => {
                let derivatives = derivatives(constant.rounded());
                Self::around(u, Scaled::ONE, |n| derivatives[n % 4] / factorial(n))
            }
            _ => bounded(&self),
        }
    }

    /// Joins by the sign of the difference to another; where it is 0 as far as known, what is chosen is known no further.
    fn chosen(self, other: Self, when: Ordering) -> Self {
        let difference = self - other;
        match difference.side() {
            Some(Ordering::Equal) => {
                let mut chosen = self;
                chosen.forget_from(difference.known());
                chosen
            }
            Some(order) => {
                if order == when {
                    self
                } else {
                    other
                }
            }
            None => Self::with_state(self.state().max(other.state()).max(GermState::Undecided)),
        }
    }
}

fn sign_of_power(sign: Ordering, power: f64) -> Ordering {
    if power % 2.0 == 0.0 { Ordering::Greater } else { sign }
}

fn factorial(n: usize) -> f64 {
    (1..=n).map(|factor| factor as f64).product()
}

impl Number for Germ {
    fn of(value: f64) -> Self {
        of(value)
    }

    fn sqrt(self) -> Self {
        self.raised(0.5, Scaled::sqrt)
    }

    fn exp(self) -> Self {
        match self.state() {
            GermState::Series => {}
            GermState::Unbounded(false) => return Self::flat(),
            _ => return self,
        }
        let power = |n: usize| 1.0 / factorial(n);
        match (self.split(), self.lead()) {
            (Some((constant, u)), _) => Self::around(u, constant.exp(), power),
            // exp(c ln t) = t^c
            (None, Some(lead))
                if lead.power == 0.0 && lead.logs == 1 && lead.factor.rounded().is_finite() =>
            {
                let rest = self - Self::term(lead, self.keep());
                match rest.split() {
                    Some((constant, u)) => Self::around(u, constant.exp(), power).shifted(GermTerm {
                        factor: Scaled::ONE,
                        power: lead.factor.rounded(),
                        logs: 0,
                    }),
                    None => undecided(),
                }
            }
            (None, Some(lead)) if lead.power < 0.0 || lead.logs > 0 => beyond(lead.side()).exp(),
            _ => undecided(),
        }
    }

    fn ln(self) -> Self {
        match self.state() {
            GermState::Series => {}
            GermState::Unbounded(false) => return Self::with_state(GermState::UndefinedAlong),
            _ => return self,
        }
        let Some(lead) = self.lead() else {
            return if self.is_flat() { Self::with_state(GermState::Unbounded(false)) } else { undecided() };
        };
        if lead.side() != Some(Ordering::Greater) {
            return Self::outside(lead);
        }
        if lead.logs != 0 {
            return undecided();
        }
        let rest = self.beside_lead(lead).composed(|n| match n {
            0 => 0.0,
            n if n % 2 == 0 => -1.0 / n as f64,
            n => 1.0 / n as f64,
        });
        let powers = GermTerm { factor: Scaled::of(lead.power), power: 0.0, logs: 1 };
        let constant = Self::constant(lead.factor.ln());
        Self::term(powers, self.keep()).sum(&constant).sum(&rest)
    }

    fn sin(self) -> Self {
        self.wave(|x| {
            let (sin, cos) = (libm::sin(x), libm::cos(x));
            [sin, cos, -sin, -cos]
        })
    }

    fn cos(self) -> Self {
        self.wave(|x| {
            let (sin, cos) = (libm::sin(x), libm::cos(x));
            [cos, -sin, -cos, sin]
        })
    }

    /// tan(c + u) = tan c + (1 + tan² c) tan u/(1 - tan c tan u)
    fn tan(self) -> Self {
        match (self.state(), self.split()) {
            (GermState::Series, Some((constant, u))) => {
                let tan = libm::tan(constant.rounded());
                let rest = u.sin() / u.cos();
                rest * (tan * tan + 1.0) / (of(1.0) - rest * tan) + tan
            }
            (GermState::Series | GermState::Unbounded(_), _) => undecided(),
            _ => self,
        }
    }

    /// tanh(c + u) = tanh c + sech² c tanh u/(1 + tanh c tanh u)
    fn tanh(self) -> Self {
        match (self.state(), self.split()) {
            (GermState::Series, Some((constant, u))) => {
                let x = constant.rounded();
                let small = Scaled::of(-2.0 * x.abs()).exp();
                let sum = small.plus(Scaled::ONE);
                let slope = Self::constant(Scaled::of(4.0).times(small).over(sum.times(sum)));
                let tanh = libm::tanh(x);
                // (e^u - e^-u)/(e^u + e^-u), of which both series are exact to their last terms.
                let odd = u.composed(|n| if n % 2 == 1 { 1.0 / factorial(n) } else { 0.0 });
                let even = u.composed(|n| if n % 2 == 0 { 1.0 / factorial(n) } else { 0.0 });
                let rest = odd / even;
                slope * rest / (rest * tanh + 1.0) + tanh
            }
            (GermState::Series, None) => match self.lead() {
                Some(lead) if self.known() > 0.0 && (lead.power < 0.0 || lead.logs > 0) => {
                    beyond(lead.side()).tanh()
                }
                _ => undecided(),
            },
            (GermState::Unbounded(up), _) => Self::flat() + if up { 1.0 } else { -1.0 },
            _ => self,
        }
    }

    fn powf(self, exponent: f64) -> Self {
        if exponent == 0.0 {
            return of(1.0);
        }
        self.raised(exponent, |factor| factor.powf(exponent))
    }

    fn pow(self, exponent: Self) -> Self {
        match (exponent.lead(), exponent.split()) {
            (None, _) if exponent.is_zero() => of(1.0),
            (Some(lead), Some((_, rest))) if rest.is_zero() => self.powf(lead.factor.rounded()),
            _ if self.is_zero() => match exponent.side() {
                Some(Ordering::Greater) => self,
                Some(Ordering::Less) => Self::with_state(GermState::UndefinedAlong),
                _ => undecided(),
            },
            _ => (exponent * self.ln()).exp(),
        }
    }

    fn ceil(self) -> Self {
        let Some((constant, u)) = self.split() else { return undecided() };
        let (here, above) = (constant.rounded(), u.side() == Some(Ordering::Greater));
        let next = libm::ceil(here);
        of(if next == here && above { next + 1.0 } else { next })
    }

    /// self - other·q with the whole q that is next to their quotient, towards 0.
    fn modulo(self, other: Self) -> Self {
        let size = (self / other).abs();
        let whole = -((-size).ceil());
        let quotient = (self / other).select_less(of(0.0), -whole, whole);
        self - other * quotient
    }

    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        let difference = self - other;
        match (difference.state(), difference.side()) {
            (_, Some(Ordering::Less)) => then,
            (_, Some(Ordering::Greater)) | (GermState::UndefinedAlong | GermState::UndefinedAround, _) => {
                otherwise
            }
            _ if difference.is_flat() => otherwise,
            _ => undecided(),
        }
    }

    fn weigh(self, factor: Self) -> Self {
        self * factor
    }

    fn abs(self) -> Self {
        if self.side() == Some(Ordering::Less) { -self } else { self }
    }

    fn maximum(self, other: Self) -> Self {
        self.chosen(other, Ordering::Greater)
    }

    fn minimum(self, other: Self) -> Self {
        self.chosen(other, Ordering::Less)
    }
}
