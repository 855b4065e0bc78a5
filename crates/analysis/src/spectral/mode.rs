//! One mode of the error: the roots of its law, how fast it shrinks, and in which manner.

use thalweg_core::method::recurrence::Recurrence;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::settings::Settings;

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

/// What becomes of the error. The names are those of Goh, *Why Momentum Really Works*, Distill
/// (2017).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// Both weights of the law are 0, to within [`MARGIN`]: it is gone after a step or two.
    OneStep,
    /// It shrinks, keeping its side.
    Monotone,
    /// It shrinks in swings of several steps: the roots are a complex pair.
    Ripples,
    /// It shrinks, changing sides at every step.
    Oscillates,
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
            // Of the weights, not of the radius: a rounding of theirs is the square of one of its own.
            _ if recurrence.now.abs().max(recurrence.before.abs()) <= MARGIN => Regime::OneStep,
            Roots::Pair { .. } => Regime::Ripples,
            Roots::Real(large, _) if large < 0.0 => Regime::Oscillates,
            Roots::Real(..) => Regime::Monotone,
        };
        Self { recurrence, roots, radius, regime }
    }

    /// The mode of a method along an eigenvector of eigenvalue `lambda`; `None` where the linear
    /// theory does not apply to it.
    pub fn along(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> Option<Self> {
        Some(Self::of(optimizer.theory.law()?.at(settings, lambda)))
    }

    /// Whether the first step leaves no error, where both roots are 0: with memory it may take two.
    pub fn is_gone_at_once(&self) -> bool {
        self.recurrence.first.abs() <= MARGIN
    }

    /// How many steps make the error ten times smaller in the long run; `None` where it does not
    /// decay. 0 where it is gone at once.
    pub fn steps_per_digit(&self) -> Option<f64> {
        match self.regime {
            Regime::Marginal | Regime::Diverges => None,
            Regime::OneStep => Some(0.0),
            _ => Some(-std::f64::consts::LN_10 / libm::log(self.radius)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(first: f64, now: f64, before: f64) -> Mode {
        Mode::of(Recurrence { first, now, before })
    }

    #[test]
    fn regimes_follow_from_the_roots() {
        for (now, before, regime) in [
            (0.0, 0.0, Regime::OneStep),
            (0.9, 0.0, Regime::Monotone),
            (-0.9, 0.0, Regime::Oscillates),
            (1.0, -0.5, Regime::Ripples),
            (0.0, -0.25, Regime::Ripples),
            (1.0, 0.0, Regime::Marginal),
            (-1.0 - 1e-13, 0.0, Regime::Marginal),
            (1.0, -1.0, Regime::Marginal),
            (-1.3, 0.0, Regime::Diverges),
            (1.3, 0.0, Regime::Diverges),
            (1.0, -1.5, Regime::Diverges),
            (f64::NAN, 0.0, Regime::Diverges),
            (f64::NEG_INFINITY, 0.0, Regime::Diverges),
        ] {
            let mode = mode(now, now, before);
            assert_eq!(mode.regime, regime, "{now} {before}");
            assert_eq!(
                mode.steps_per_digit().is_none(),
                regime == Regime::Marginal || regime == Regime::Diverges
            );
        }
        // Nesterov's method in PyTorch's form at αλ = 1 takes two steps.
        assert!(!mode(-0.9, 0.0, 0.0).is_gone_at_once() && mode(1e-17, 1e-17, 0.0).is_gone_at_once());
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
}
