//! What the linear theory says of a method on a quadratic: how fast the error along an eigenvector
//! decays, in which manner, where the edge of stability lies, and which settings are best.
//!
//! Source of the whole: Polyak, *Introduction to Optimization* (1987), sections 2.1 and 3.2;
//! Boyd and Vandenberghe, *Convex Optimization* (2004), section 9.3.

use crate::descent::optimizer::{Optimizer, Recurrence, Theory};
use crate::descent::param::{Kind, Settings};
use nalgebra::{Matrix2, Vector2};

/// A radius within this of 1 is called marginal: rounding alone may have put it on either side.
pub const MARGIN: f64 = 1e-12;

/// The roots of z² - now·z - before: the error is a sum of their powers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Roots {
    /// Two real roots, the one of larger absolute value first. A method without memory has its
    /// factor and 0.
    Real(f64, f64),
    /// re ± i·im, im > 0.
    Pair {
        /// The real part of both.
        re: f64,
        /// The imaginary part of one; the other's is its negative.
        im: f64,
    },
}

impl Roots {
    /// The roots of a recurrence: the eigenvalues of its companion matrix.
    pub fn of(recurrence: &Recurrence) -> Self {
        let Recurrence { now, before, .. } = *recurrence;
        if before == 0.0 {
            return Self::Real(now, 0.0);
        }
        let half = now / 2.0;
        let discriminant = half * half + before;
        if discriminant < 0.0 {
            return Self::Pair { re: half, im: (-discriminant).sqrt() };
        }
        // The sum in which nothing cancels, then the other from the product, which is -before.
        let large = half + discriminant.sqrt().copysign(half);
        Self::Real(large, if large == 0.0 { 0.0 } else { -before / large })
    }

    /// The spectral radius: in the long run, each step multiplies the error's size by it.
    pub fn radius(&self) -> f64 {
        match *self {
            Self::Real(large, _) => large.abs(),
            // im² is what is left of the product of the roots, so the root of the product is exact.
            Self::Pair { re, im } => libm::hypot(re, im),
        }
    }
}

/// What becomes of the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// All roots are 0: it is gone after a step or two.
    ConvergesAtOnce,
    /// It shrinks, keeping its side.
    Decays,
    /// It shrinks, changing sides at every step.
    Oscillates,
    /// It shrinks in swings of several steps: the roots are a complex pair.
    Spirals,
    /// It neither shrinks nor grows, to within [`MARGIN`].
    Marginal,
    /// It grows without end, or is not a number.
    Diverges,
}

/// Roots, radius and regime of one mode: one method with its settings, on one eigenvalue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    /// The law of the error.
    pub recurrence: Recurrence,
    /// The roots of its characteristic polynomial.
    pub roots: Roots,
    /// Their largest absolute value.
    pub radius: f64,
    /// What becomes of the error.
    pub regime: Regime,
}

impl Mode {
    /// What a recurrence does.
    pub fn of(recurrence: Recurrence) -> Self {
        let roots = Roots::of(&recurrence);
        let radius = roots.radius();
        let regime = match roots {
            _ if radius.is_nan() || radius > 1.0 + MARGIN => Regime::Diverges,
            _ if radius >= 1.0 - MARGIN => Regime::Marginal,
            Roots::Real(0.0, _) => Regime::ConvergesAtOnce,
            Roots::Pair { .. } => Regime::Spirals,
            Roots::Real(large, _) if large < 0.0 => Regime::Oscillates,
            Roots::Real(..) => Regime::Decays,
        };
        Self { recurrence, roots, radius, regime }
    }

    /// The mode of a method along an eigenvector of eigenvalue `lambda`; `None` where the linear
    /// theory does not apply to it.
    pub fn along(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> Option<Self> {
        match optimizer.theory {
            Theory::Linear(law) => Some(Self::of(law(settings, lambda))),
            Theory::None(_) => None,
        }
    }

    /// What becomes of the error, in words.
    pub fn words(&self) -> &'static str {
        match (self.regime, self.roots) {
            (Regime::ConvergesAtOnce, _) => "gone at once",
            (Regime::Decays, _) => "decays",
            (Regime::Oscillates, _) => "flips sign at every step and decays",
            (Regime::Spirals, _) => "swings to and fro and decays",
            (Regime::Marginal, Roots::Real(large, _)) if large < 0.0 => "flips sign for ever, without decay",
            (Regime::Marginal, Roots::Real(..)) => "stays: no decay",
            (Regime::Marginal, Roots::Pair { .. }) => "swings for ever, without decay",
            (Regime::Diverges, _) if !self.radius.is_finite() => "diverges: the step is infinite",
            (Regime::Diverges, Roots::Real(large, _)) if large < 0.0 => "diverges, flipping sign",
            (Regime::Diverges, Roots::Real(..)) => "diverges, ever further to one side",
            (Regime::Diverges, Roots::Pair { .. }) => "diverges in ever wider swings",
        }
    }

    /// The regime's word on a badge.
    pub fn label(&self) -> &'static str {
        match self.regime {
            Regime::ConvergesAtOnce => "converges at once",
            Regime::Decays => "decays",
            Regime::Oscillates => "oscillates",
            Regime::Spirals => "spirals",
            // Where there is no curvature no step is made.
            Regime::Marginal if self.recurrence.first == 1.0 => "stays",
            Regime::Marginal => "on the edge",
            Regime::Diverges => "diverges",
        }
    }

    /// How many steps make the error ten times smaller in the long run; `None` where it does not
    /// decay. 0 where it is gone at once.
    pub fn steps_per_digit(&self) -> Option<f64> {
        match self.regime {
            Regime::Marginal | Regime::Diverges => None,
            Regime::ConvergesAtOnce => Some(0.0),
            _ => Some(-std::f64::consts::LN_10 / libm::log(self.radius)),
        }
    }
}

/// e_t / e_0 for t = 0, 1, 2, ..., by the recurrence itself: for a method without memory the
/// powers (1 - αλ)^t, each the last one times the factor. Each step rounds once or twice, so after
/// t steps the relative error is some t·10⁻¹⁶ (relative to the radius' power, where the factors
/// themselves pass through zero). The series ends before a factor that is not a finite number.
pub fn factors(recurrence: Recurrence) -> Factors {
    Factors { recurrence, pair: (f64::NAN, 1.0), started: false }
}

/// The series that [`factors`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    recurrence: Recurrence,
    /// The factor before the present one, and the present one.
    pair: (f64, f64),
    started: bool,
}

impl Iterator for Factors {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let Recurrence { first, now, before } = self.recurrence;
        let (last, this) = self.pair;
        let present = this.is_finite().then_some(this)?;
        let next = match (self.started, before) {
            (false, _) => first,
            (true, 0.0) => now * this,
            (true, _) => now * this + before * last,
        };
        (self.pair, self.started) = ((this, next), true);
        Some(present)
    }
}

/// e_t / e_0 at one t, in some log₂ t multiplications: a power of the companion matrix by squaring.
/// Infinite where it overflows, NaN where the recurrence is not finite.
pub fn factor_at(recurrence: &Recurrence, step: u32) -> f64 {
    let Recurrence { first, now, before } = *recurrence;
    if step == 0 {
        return 1.0;
    }
    let mut power = Matrix2::new(now, before, 1.0, 0.0);
    let mut pair = Vector2::new(first, 1.0);
    let mut left = step - 1;
    while left > 0 {
        if left & 1 == 1 {
            pair = power * pair;
        }
        left >>= 1;
        if left > 0 {
            power *= power;
        }
    }
    let finite_law = first.is_finite() && now.is_finite() && before.is_finite();
    if finite_law && pair.x.is_nan() { f64::INFINITY } else { pair.x }
}

/// Whether a method forgets: every step multiplies the error by a factor of its own, whatever the
/// steps before were. Then, and only then, changing rates make e_t / e_0 the product of
/// (1 - α_s λ) over the steps made: the law of a method with memory speaks of rates that stay.
///
/// `now`, `before` and `first` are affine in the learning rate (see [`edge`]), so what two rates
/// show holds for all. One rate would not do: at αλ = 1 Nesterov's memory is not to be seen.
pub fn forgets(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> bool {
    let Theory::Linear(law) = optimizer.theory else { return false };
    let lr = settings.numbers[0];
    [lr, lr / 2.0].into_iter().all(|lr| {
        let mut settings = *settings;
        settings.numbers[0] = lr;
        let recurrence = law(&settings, lambda);
        // Newton's law is not a number where the Hessian is singular, and no memory all the same.
        let Recurrence { first, now, before } = recurrence;
        before == 0.0 && (now == first || (now.is_nan() && first.is_nan()))
    })
}

/// The learning rate at which the dominant root of the mode of eigenvalue `lambda` is -1: the
/// method decays below it and diverges above. For gradient descent 2/λ, for momentum 2(1+β)/λ, for
/// Nesterov 2(1+β)/((1+2β)λ).
///
/// A root of -1 means 1 + now - before = 0, and `now` and `before` are affine in the learning
/// rate for every method of the table, so two evaluations solve it exactly. `None` where there is
/// no such rate above zero: the theory does not apply, the method has no learning rate, λ is not
/// above zero for a first-order method (it then diverges at every rate), or another root is
/// beyond 1 already.
pub fn edge(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> Option<f64> {
    let Theory::Linear(law) = optimizer.theory else { return None };
    if !optimizer.has_learning_rate() {
        return None;
    }
    let at = |lr: f64| {
        let mut settings = *settings;
        settings.numbers[0] = lr;
        law(&settings, lambda)
    };
    let defect = |lr| {
        let Recurrence { now, before, .. } = at(lr);
        1.0 + now - before
    };
    // Where αλ is about 1 nothing cancels; for a method whose edge does not depend on λ that is
    // where α is.
    [1.0 / lambda.abs(), 1.0].into_iter().find_map(|probe| {
        let (rest, probed) = (defect(0.0), defect(probe));
        let edge = probe * (rest / (rest - probed));
        let there = at(edge);
        let solved = (1.0 + there.now - there.before).abs() <= 1e-9;
        let dominant = there.before.abs() <= 1.0 - MARGIN;
        (edge > 0.0 && edge.is_finite() && solved && dominant).then_some(edge)
    })
}

/// The best settings on a quadratic with eigenvalues from `mu` to `l` (0 < mu <= l), as keys and
/// values, where a formula for them is known; the other settings stay as they are.
/// Gradient descent: α = 2/(L+μ). Heavy ball: α = (2/(√L+√μ))², β = ((√κ-1)/(√κ+1))². Nesterov:
/// α = 1/L, β = (√κ-1)/(√κ+1). Newton: one full step.
pub fn optimal(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    mu: f64,
    l: f64,
) -> Option<Vec<(&'static str, f64)>> {
    let bowl = mu > 0.0 && mu <= l && l.is_finite();
    let best = if bowl { (optimizer.best?)(settings, mu, l)? } else { return None };
    best.iter().all(|(_, value)| value.is_finite()).then_some(best)
}

/// Where the method comes to rest near a critical point with the given Hessian: the point itself,
/// or with an L2 weight decay w the critical point of f + w|x|²/2, from
/// (H + wI) x = H x_critical. The error that the theory speaks of is the distance from there.
/// Exact on a quadratic. `None` where the theory does not apply or H + wI is singular.
pub fn fixed_point(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    critical: Vector2<f64>,
    hessian: &Matrix2<f64>,
) -> Option<Vector2<f64>> {
    let Theory::Linear(_) = optimizer.theory else { return None };
    let numbers = optimizer.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
    let decay = numbers.zip(settings.numbers).find(|(param, _)| param.key == "weight_decay");
    let decay = decay.map_or(0.0, |(_, value)| value);
    if decay == 0.0 {
        return Some(critical);
    }
    let shifted = hessian + Matrix2::identity() * decay;
    Some(shifted.try_inverse()? * (hessian * critical)).filter(|p| p.x.is_finite() && p.y.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(first: f64, now: f64, before: f64) -> Mode {
        Mode::of(Recurrence { first, now, before })
    }

    #[test]
    fn regimes_and_their_words() {
        for (now, before, regime, words) in [
            (0.0, 0.0, Regime::ConvergesAtOnce, "gone at once"),
            (0.9, 0.0, Regime::Decays, "decays"),
            (-0.9, 0.0, Regime::Oscillates, "flips sign at every step and decays"),
            (1.0, -0.5, Regime::Spirals, "swings to and fro and decays"),
            (0.0, -0.25, Regime::Spirals, "swings to and fro and decays"),
            (1.0, 0.0, Regime::Marginal, "stays: no decay"),
            (-1.0 - 1e-13, 0.0, Regime::Marginal, "flips sign for ever, without decay"),
            (1.0, -1.0, Regime::Marginal, "swings for ever, without decay"),
            (-1.3, 0.0, Regime::Diverges, "diverges, flipping sign"),
            (1.3, 0.0, Regime::Diverges, "diverges, ever further to one side"),
            (1.0, -1.5, Regime::Diverges, "diverges in ever wider swings"),
            (f64::NAN, 0.0, Regime::Diverges, "diverges: the step is infinite"),
            (f64::NEG_INFINITY, 0.0, Regime::Diverges, "diverges: the step is infinite"),
        ] {
            let mode = mode(now, now, before);
            assert_eq!((mode.regime, mode.words()), (regime, words), "{now} {before}");
            assert_eq!(
                mode.steps_per_digit().is_none(),
                regime == Regime::Marginal || regime == Regime::Diverges
            );
        }
        let tenth = mode(0.1, 0.1, 0.0).steps_per_digit().expect("decays");
        assert!((tenth - 1.0).abs() < 1e-15);
    }

    #[test]
    fn small_roots_keep_their_digits() {
        // (z - 1)(z - 1e-12): the textbook formula leaves four digits of the small root.
        assert_eq!(Roots::of(&Recurrence { first: 1.0, now: 1.0 + 1e-12, before: -1e-12 }), {
            let Roots::Real(large, _) =
                Roots::of(&Recurrence { first: 1.0, now: 1.0 + 1e-12, before: -1e-12 })
            else {
                panic!("complex")
            };
            Roots::Real(large, 1e-12 / large)
        });
        assert_eq!(Roots::of(&Recurrence::plain(0.0)), Roots::Real(0.0, 0.0));
    }

    #[test]
    fn the_series_and_the_single_factor_agree() {
        for recurrence in [
            Recurrence::plain(0.7),
            Recurrence::plain(-1.1),
            Recurrence { first: 0.9, now: 1.8, before: -0.9 },
            Recurrence { first: -0.4, now: -0.5, before: -0.3 },
            Recurrence { first: 0.5, now: 0.0, before: 0.0 },
        ] {
            let radius = Mode::of(recurrence).radius;
            for (step, factor) in factors(recurrence).take(400).enumerate() {
                let step = u32::try_from(step).expect("small");
                let size = libm::pow(radius.max(1e-300), f64::from(step)).max(factor.abs());
                assert!(
                    (factor - factor_at(&recurrence, step)).abs() <= 1e-11 * size,
                    "{recurrence:?} {step}"
                );
            }
        }
    }

    #[test]
    fn the_series_ends_before_it_overflows() {
        let grows = Recurrence { first: 3.0, now: 5.0, before: -1.5 };
        let series: Vec<_> = factors(grows).collect();
        assert!(series.iter().all(|factor| factor.is_finite()) && series.len() > 400);
        assert_eq!(factor_at(&grows, 1_000_000), f64::INFINITY);
        assert_eq!(factors(Recurrence::plain(f64::NAN)).collect::<Vec<_>>(), [1.0]);
        assert_eq!(factors(Recurrence::plain(f64::INFINITY)).collect::<Vec<_>>(), [1.0]);
        assert!(factor_at(&Recurrence::plain(f64::NAN), 3).is_nan());
        assert_eq!(factors(Recurrence::plain(0.0)).take(4).collect::<Vec<_>>(), [1.0, 0.0, 0.0, 0.0]);
    }
}
