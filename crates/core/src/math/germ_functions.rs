//! Germs as numbers, so that a formula is evaluated along a ray as it is at a point.

use super::germ::{Germ, GermState, GermTerm};
use super::germ_arithmetic::{beyond, of};
use super::number::Number;
use super::scaled::Scaled;
use std::cmp::Ordering;
use std::f64::consts::{FRAC_PI_2, PI};

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

impl Germ {
    /// Of sinh and cosh: by the values of the function and of its derivative where that is small, else as it is made of
    /// both exponentials.
    fn hyperbolic(self, values: [fn(f64) -> f64; 2], join: impl Fn(Self, Self) -> Self) -> Self {
        match (self.state(), self.split()) {
            (GermState::Series, Some((constant, u))) if constant.rounded().abs() < 1.0 => {
                let values = values.map(|of| of(constant.rounded()));
                u.composed(|n| values[n % 2] / factorial(n))
            }
            (GermState::Series | GermState::Unbounded(_), _) => join(self.exp(), (-self).exp()) * 0.5,
            _ => self,
        }
    }

    /// The function of c + u, where this is u, with this value at c and this derivative g there: the next coefficient of
    /// g, n + 1, comes from n and the two before it.
    fn composed_with_slope(self, value: f64, slope: f64, next: impl Fn(usize, f64, f64) -> f64) -> Self {
        let mut slopes = [slope; super::germ::MOST_TERMS + 1];
        for n in 0..super::germ::MOST_TERMS {
            let before = if n > 0 { slopes[n - 1] } else { 0.0 };
            slopes[n + 1] = next(n, slopes[n], before);
        }
        self.composed(|n| if n == 0 { value } else { slopes.get(n - 1).copied().unwrap_or(0.0) / n as f64 })
    }

    /// Beyond -1 and 1 no angle has it for its sine.
    fn outside_of_one(self) -> Self {
        match self.state() {
            GermState::Series if self.lead().is_some_and(|lead| lead.power < 0.0 || lead.logs > 0) => {
                Self::with_state(GermState::UndefinedAlong)
            }
            GermState::Series => undecided(),
            GermState::Unbounded(_) => Self::with_state(GermState::UndefinedAlong),
            _ => self,
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

    /// (e^u - e^-u)/2; near 0 by the series, of which nothing cancels.
    fn sinh(self) -> Self {
        self.hyperbolic([libm::sinh, libm::cosh], |up, down| up - down)
    }

    /// (e^u + e^-u)/2
    fn cosh(self) -> Self {
        self.hyperbolic([libm::cosh, libm::sinh], |up, down| up + down)
    }

    /// By g (1 + x²) = 1 for the derivative g; beyond all bounds ±π/2 - atan(1/x).
    fn atan(self) -> Self {
        match (self.state(), self.split()) {
            (GermState::Series, Some((constant, u))) if constant.rounded().is_finite() => {
                let c = constant.rounded();
                let d = 1.0 + c * c;
                u.composed_with_slope(libm::atan(c), 1.0 / d, |_, g, before| -(2.0 * c * g + before) / d)
            }
            (GermState::Series | GermState::Unbounded(_), _) => {
                let inverse = of(1.0) / self;
                // The inverse of a logarithm vanishes, too, but by no power of t.
                let is_told = inverse.split().is_some();
                match self.side().filter(|_| is_told) {
                    Some(Ordering::Greater) => -inverse.atan() + FRAC_PI_2,
                    Some(Ordering::Less) => -inverse.atan() - FRAC_PI_2,
                    _ => undecided(),
                }
            }
            _ => self,
        }
    }

    fn asin(self) -> Self {
        match self.split() {
            Some((constant, _)) if constant.rounded() > 0.7 => -self.acos() + FRAC_PI_2,
            Some((constant, _)) if constant.rounded() < -0.7 => (-self).acos() - FRAC_PI_2,
            // By (1 - x²) g' = x g for the derivative g.
            Some((constant, u)) => {
                let c = constant.rounded();
                let d = (1.0 - c) * (1.0 + c);
                u.composed_with_slope(libm::asin(c), 1.0 / d.sqrt(), |n, g, before| {
                    let n = n as f64;
                    ((2.0 * n + 1.0) * c * g + n * before) / (d * (n + 1.0))
                })
            }
            None => self.outside_of_one(),
        }
    }

    /// π/2 - asin u; near 1 it is 2 asin √((1 - u)/2), near -1 π less that of -u.
    fn acos(self) -> Self {
        match self.split() {
            Some((constant, _)) if constant.rounded() > 0.7 => ((of(1.0) - self) * 0.5).sqrt().asin() * 2.0,
            Some((constant, _)) if constant.rounded() < -0.7 => -(-self).acos() + PI,
            Some(_) => -self.asin() + FRAC_PI_2,
            None => self.outside_of_one(),
        }
    }

    fn atan2(self, other: Self) -> Self {
        let (Some(y), Some(x)) = (self.side(), other.side()) else {
            return Self::with_state(self.state().max(other.state()));
        };
        let flat = (self.abs() - other.abs()).side() != Some(Ordering::Greater);
        let half = if y == Ordering::Less { -FRAC_PI_2 } else { FRAC_PI_2 };
        match (flat, x) {
            _ if x == Ordering::Equal && y == Ordering::Equal => of(0.0),
            (true, Ordering::Less) => (self / other).atan() + 2.0 * half,
            (true, _) => (self / other).atan(),
            (false, _) => -(other / self).atan() + half,
        }
    }

    fn log10(self) -> Self {
        self.ln() / std::f64::consts::LN_10
    }

    fn log2(self) -> Self {
        self.ln() / std::f64::consts::LN_2
    }

    fn hypot(self, other: Self) -> Self {
        (self.square() + other.square()).sqrt()
    }

    /// By g' = -2 x g for the derivative g.
    fn erf(self) -> Self {
        match (self.state(), self.split()) {
            (GermState::Series, Some((constant, u))) => {
                let c = constant.rounded();
                let slope = libm::exp(-c * c) * std::f64::consts::FRAC_2_SQRT_PI;
                u.composed_with_slope(libm::erf(c), slope, |n, g, before| {
                    -2.0 * (c * g + before) / (n as f64 + 1.0)
                })
            }
            // The inverse of a logarithm, which vanishes, and is no power.
            (GermState::Series, None) if self.limit().is_some() => undecided(),
            (GermState::Series | GermState::Unbounded(_), _) => match self.side() {
                Some(Ordering::Greater) => Self::flat() + 1.0,
                Some(Ordering::Less) => Self::flat() - 1.0,
                _ => undecided(),
            },
            _ => self,
        }
    }

    fn softplus(self) -> Self {
        let power = self.exp();
        match self.split() {
            // ln(1 + p) is p - p²/2 + ..., of which no more is left.
            Some((constant, _)) if constant.rounded() < -40.0 => power * (of(1.0) - power * 0.5),
            _ => (power + 1.0).ln(),
        }
    }

    fn sigmoid(self) -> Self {
        of(1.0) / ((-self).exp() + 1.0)
    }

    fn sign(self) -> Self {
        match self.side() {
            Some(Ordering::Greater) => of(1.0),
            Some(Ordering::Less) => of(-1.0),
            Some(Ordering::Equal) if self.is_flat() => of(0.0),
            Some(Ordering::Equal) => undecided(),
            None => self,
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

    /// self - other·q with the largest whole q that is not above their quotient.
    fn modulo(self, other: Self) -> Self {
        let whole = -((-(self / other)).ceil());
        self - other * whole
    }

    /// At where the ray begins.
    fn lookup<const N: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; N]) -> [Self; N] {
        let place = |germ: &Self| germ.limit().map_or(f64::NAN, Scaled::rounded);
        table(place(&self), place(&other)).map(of)
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
