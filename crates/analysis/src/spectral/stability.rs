//! What the linear theory says of a method on a quadratic: how fast the error along an eigenvector
//! decays, in which manner, where the edge of stability lies, and which settings are best.
//!
//! Source of the whole: Polyak, *Introduction to Optimization* (1987), sections 2.1 and 3.2;
//! Boyd and Vandenberghe, *Convex Optimization* (2004), section 9.3.

use super::best_search::searched as searched_best;
pub use super::mode::{MARGIN, Mode, Regime, Roots};
use nalgebra::{Matrix2, Vector2};
use std::borrow::Cow;
use thalweg_core::method::description::Group;
use thalweg_core::method::recurrence::Recurrence;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::settings::Settings;

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
    let Some(law) = optimizer.theory.law() else { return false };
    let lr = settings.numbers[0];
    [lr, lr / 2.0].into_iter().all(|lr| {
        let mut settings = *settings;
        settings.numbers[0] = lr;
        let recurrence = law.at(&settings, lambda);
        // Newton's law is not a number where the Hessian is singular, and no memory all the same.
        let Recurrence { first, now, before } = recurrence;
        before == 0.0 && (now == first || (now.is_nan() && first.is_nan()))
    })
}

/// The open interval of the values of one number in which a law is stable: both eigenvalues of its
/// iteration matrix within the unit circle. `law` gives the law at a value, and must be affine in it.
///
/// By the conditions of Schur and Cohn (Jury, *Theory and Application of the z-Transform Method*,
/// 1964, section 3.4) for z² - now·z - before: 1 - now - before, 1 + now - before and 1 + before are
/// all above zero. Each is affine in the number, so that two evaluations give its zero exactly and
/// the stable values are an interval. `scale` is a value at which nothing cancels. `None` where no
/// value is stable. An end may be infinite.
fn interval(law: impl Fn(f64) -> Recurrence, scale: f64) -> Option<(f64, f64)> {
    let conditions = |value: f64| {
        let Recurrence { now, before, .. } = law(value);
        [1.0 - now - before, 1.0 + now - before, 1.0 + before]
    };
    let (rest, probed) = (conditions(0.0), conditions(scale));
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for index in 0..3 {
        let slope = (probed[index] - rest[index]) / scale;
        if !slope.is_finite() {
            return None;
        }
        if (probed[index] - rest[index]).abs() <= MARGIN {
            // It does not depend on the number.
            if rest[index] <= MARGIN {
                return None;
            }
            continue;
        }
        let zero = -rest[index] / slope;
        if slope > 0.0 {
            low = low.max(zero);
        } else {
            high = high.min(zero);
        }
    }
    // What rounding alone has put beside zero.
    let clean = |end: f64, other: f64| if end.abs() <= MARGIN * other.abs() { 0.0 } else { end };
    let (low, high) = (clean(low, high), clean(high, low));
    (low < high).then_some((low, high))
}

/// The end of the values from zero on in which a law is stable that need not be affine: looked for on a ladder around
/// `scale`, and halved down to the last digits. Infinite where it has none on the ladder; `None` where the law is not
/// stable near zero.
fn searched(law: impl Fn(f64) -> Recurrence, scale: f64) -> Option<f64> {
    const RUNGS: i32 = 300;
    const BELOW: i32 = 150;
    let is_stable = |value: f64| Mode::of(law(value)).radius < 1.0;
    let rung = |at: i32| scale * libm::pow(1.1, f64::from(at - BELOW));
    if !is_stable(rung(0)) {
        return None;
    }
    let Some(first) = (1..RUNGS).find(|at| !is_stable(rung(*at))) else { return Some(f64::INFINITY) };
    let (mut low, mut high) = (rung(first - 1), rung(first));
    for _ in 0..60 {
        let middle = low + (high - low) / 2.0;
        if is_stable(middle) { low = middle } else { high = middle }
    }
    Some(low + (high - low) / 2.0)
}

/// The open interval of learning rates above zero at which the mode of eigenvalue `lambda` decays.
/// `None` where there is none: no law of the method stays, it has no learning rate, λ is not above
/// zero for a first-order method (it then diverges at every rate), or its other settings let no
/// error decay.
pub fn stable_rates(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> Option<(f64, f64)> {
    let law = optimizer.theory.law()?;
    if !optimizer.has_learning_rate() {
        return None;
    }
    let at = |lr: f64| {
        let mut settings = *settings;
        settings.numbers[0] = lr;
        law.at(&settings, lambda)
    };
    if !law.is_affine() {
        let scales = [1.0 / lambda.abs(), 1.0];
        return scales.into_iter().find_map(|scale| searched(at, scale)).map(|high| (0.0, high));
    }
    // Where αλ is about 1 nothing cancels; for a method whose edge does not depend on λ that is
    // where α is. An end that was found is a better place to look from.
    let found = [1.0 / lambda.abs(), 1.0].into_iter().find_map(|scale| {
        let (_, high) = interval(at, scale)?;
        interval(at, if high.is_finite() { high } else { scale })
    });
    found.map(|(low, high)| (low.max(0.0), high)).filter(|(low, high)| low < high)
}

/// The largest learning rate at which the mode of eigenvalue `lambda` decays: above it, it diverges.
/// For gradient descent 2/λ, for momentum 2(1+β)/λ, for Nesterov 2(1+β)/((1+2β)λ). Computed from
/// the iteration matrix; `None` where there is none, see [`stable_rates`].
///
/// ```
/// use thalweg_analysis::spectral::stability::edge;
/// use thalweg_core::catalogue::optimizers;
/// use thalweg_core::spec::chosen::Chosen;
///
/// let momentum = Chosen::with_defaults(optimizers::find("Momentum").ok_or("unknown")?);
/// let beta = momentum.number("momentum").ok_or("no momentum")?;
/// let found = edge(&momentum.of, &momentum.prepare(), 100.0).ok_or("no edge")?;
/// assert!((found - 2.0 * (1.0 + beta) / 100.0).abs() < 1e-15);
/// # Ok::<(), &str>(())
/// ```
pub fn edge(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> Option<f64> {
    stable_rates(optimizer, settings, lambda).map(|(_, high)| high).filter(|high| high.is_finite())
}

/// Whether at every learning rate above zero some error grows where the Hessian has these eigenvalues: a first-order
/// method falls away along one below zero. One that is 0 to rounding lets an error be as it is. `false` for a method
/// without a law that stays, or without a learning rate.
pub fn is_never_stable(optimizer: &Optimizer, settings: &Settings<f64>, eigenvalues: [f64; 2]) -> bool {
    let has_law = optimizer.theory.law().is_some() && optimizer.has_learning_rate();
    let mut curved = curved(eigenvalues);
    has_law && curved.any(|lambda| stable_rates(optimizer, settings, lambda).is_none())
}

/// The largest learning rate at which no error grows where the Hessian has these eigenvalues: the smallest of the
/// edges along them. `None` where there is none, as where no learning rate is stable, see [`is_never_stable`].
pub fn overall_edge(optimizer: &Optimizer, settings: &Settings<f64>, eigenvalues: [f64; 2]) -> Option<f64> {
    if is_never_stable(optimizer, settings, eigenvalues) {
        return None;
    }
    curved(eigenvalues).filter_map(|lambda| edge(optimizer, settings, lambda)).min_by(f64::total_cmp)
}

/// Those eigenvalues that are not 0 to the rounding of the derivatives: along a valley's level floor it leaves some
/// units in the last place of the larger one.
fn curved(eigenvalues: [f64; 2]) -> impl Iterator<Item = f64> {
    const ROUNDING: f64 = 1e-13;
    let least = ROUNDING * eigenvalues[0].abs().max(eigenvalues[1].abs());
    eigenvalues.into_iter().filter(move |lambda| lambda.abs() > least)
}

/// The largest eigenvalue along which the error decays at the present settings: the sharpness at
/// the edge of stability, 2/α for gradient descent. `None` where there is none, as for Newton's
/// method, whose law does not depend on the eigenvalue.
pub fn sharpest(optimizer: &Optimizer, settings: &Settings<f64>) -> Option<f64> {
    let law = optimizer.theory.law()?;
    if optimizer.group == Group::SecondOrder {
        return None;
    }
    let at = |lambda: f64| law.at(settings, lambda);
    // Only where to look first.
    let lr = if optimizer.has_learning_rate() { settings.numbers[0] } else { 1.0 };
    if law.is_affine() { sharpest_of(at, lr) } else { searched(at, 1.0 / lr) }
}

/// The largest eigenvalue along which the error decays by a law that is affine in the eigenvalue, at the
/// learning rate `lr`.
pub fn sharpest_of(law: impl Fn(f64) -> Recurrence, lr: f64) -> Option<f64> {
    let scale = 1.0 / lr;
    if !scale.is_finite() {
        return None;
    }
    let (_, high) = interval(&law, scale)?;
    let (_, high) = interval(&law, if high.is_finite() { high } else { scale })?;
    (high > 0.0 && high.is_finite()).then_some(high)
}

/// The best settings on a quadratic with eigenvalues from `mu` to `l` (0 < mu <= l), as keys and
/// values, where a formula for them is known, or, of a typed rule with a law, where a search finds them; the other settings
/// stay as they are.
/// Gradient descent: α = 2/(L+μ). Heavy ball: α = (2/(√L+√μ))², β = ((√κ-1)/(√κ+1))². Nesterov:
/// α = 4/(3L+μ), β = (√(3κ+1)-2)/(√(3κ+1)+2). Newton: one full step.
pub fn optimal(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    mu: f64,
    l: f64,
) -> Option<Vec<(Cow<'static, str>, f64)>> {
    let bowl = mu > 0.0 && mu <= l && l.is_finite();
    if !bowl {
        return None;
    }
    let best: Vec<(Cow<'static, str>, f64)> = match optimizer.best {
        Some(best) => {
            best(settings, mu, l)?.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect()
        }
        None => searched_best(optimizer, settings, [mu, l])?,
    };
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
    optimizer.theory.law()?;
    let decay = optimizer.penalty(settings);
    if decay == 0.0 {
        return Some(critical);
    }
    let shifted = hessian + Matrix2::identity() * decay;
    Some(shifted.try_inverse()? * (hessian * critical)).filter(|p| p.x.is_finite() && p.y.is_finite())
}

/// The place of a number among [`Settings::numbers`].
pub(crate) fn place_of(optimizer: &Optimizer, key: &str) -> Option<usize> {
    let mut numbers = optimizer.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
    numbers.position(|param| param.key == key)
}

/// The number of this key among the settings.
pub(crate) fn number_of(optimizer: &Optimizer, settings: &Settings<f64>, key: &str) -> Option<f64> {
    place_of(optimizer, key).map(|index| settings.numbers[index])
}

#[cfg(test)]
mod tests {
    use super::*;

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
