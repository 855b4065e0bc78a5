//! The best learning rate and momentum of a method whose law is found, by search: no formula is known of a typed rule.

use super::mode::Mode;
use std::borrow::Cow;
use thalweg_core::math::golden_section::least_between;
use thalweg_core::method::recurrence::Recurrence;
use thalweg_core::method::theory::Law;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::settings::Settings;

/// What a setting is called that is a momentum where several might be.
const MOMENTA: [&str; 5] = ["momentum", "beta", "beta1", "mu", "rho"];

/// How many values of a setting decide its polynomial: of degree 3.
const NODES: usize = 4;

/// How far the learning rate is looked for, in decades beside 1/L, and how near to 1 the momentum.
const DECADES: (f64, f64) = (-2.0, 5.0);
const NEAREST: f64 = 6.0;

/// A number of the first look at each of the two, and of halvings after it.
const LOOKS: usize = 48;
const SECTIONS: u32 = 56;

/// The settings at which the slowest error decays fastest where the Hessian has eigenvalues from `mu` to `l`, as keys and
/// values; the other settings stay. None where no law was found, where its weights are no polynomials of these settings, or
/// where no rate is stable.
pub(super) fn searched(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    [mu, l]: [f64; 2],
) -> Option<Vec<(Cow<'static, str>, f64)>> {
    let Some(law @ Law::Found(_)) = optimizer.theory.law() else { return None };
    if !optimizer.has_learning_rate() {
        return None;
    }
    let momentum = momentum(optimizer, &law, settings);
    let fitted =
        [mu, l].map(|lambda| FittedLaw::of(&law, settings, momentum.map(|(place, _)| place), lambda));
    let [Some(first), Some(last)] = fitted else { return None };
    // In decades: the rate in units of 1/L, and 1 - β.
    let radius = |rate: f64, near: f64| {
        let (lr, beta) = (libm::exp10(rate) / l, 1.0 - libm::exp10(-near));
        let [a, b] = [&first, &last].map(|law| Mode::of(law.at(lr, beta)).radius);
        if a.is_nan() || b.is_nan() { f64::INFINITY } else { a.max(b) }
    };
    let best_rate = |near: f64| {
        let (low, high) = DECADES;
        let looks = (0..=LOOKS).map(|look| low + (high - low) * look as f64 / LOOKS as f64);
        let best = looks.min_by(|a, b| radius(*a, near).total_cmp(&radius(*b, near))).unwrap_or(0.0);
        let reach = (high - low) / LOOKS as f64;
        lowest(best - reach, best + reach, |rate| radius(rate, near))
    };
    let Some((_, param)) = momentum else {
        let rate = best_rate(0.0);
        return (radius(rate, 0.0) < 1.0).then(|| vec![("lr".into(), libm::exp10(rate) / l)]);
    };
    let looks = (0..=LOOKS).map(|look| NEAREST * look as f64 / LOOKS as f64);
    let value = |near: f64| radius(best_rate(near), near);
    let best = looks.min_by(|a, b| value(*a).total_cmp(&value(*b))).unwrap_or(0.0);
    let reach = NEAREST / LOOKS as f64;
    let near = lowest((best - reach).max(0.0), best + reach, value);
    let rate = best_rate(near);
    let (lr, beta) = (libm::exp10(rate) / l, 1.0 - libm::exp10(-near));
    (radius(rate, near) < 1.0).then(|| vec![("lr".into(), lr), (param.key.clone(), beta)])
}

/// Where a function that falls and then rises is lowest, between two places.
fn lowest(low: f64, high: f64, of: impl Fn(f64) -> f64) -> f64 {
    let (from, to) = least_between((low, high), SECTIONS, of);
    f64::midpoint(from, to)
}

/// The setting that is searched besides the learning rate: the one that the law depends on; of several, the one that is
/// called a momentum. With its place among the numbers.
fn momentum<'o>(optimizer: &'o Optimizer, law: &Law, settings: &Settings<f64>) -> Option<(usize, &'o Param)> {
    let numbers = optimizer.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
    let weights = |settings: &Settings<f64>| {
        let Recurrence { now, before, .. } = law.at(settings, 1.0);
        [now, before]
    };
    let matters = |place: usize| {
        let with = |number: f64| {
            let mut settings = *settings;
            settings.numbers[place] = number;
            weights(&settings)
        };
        with(0.3).iter().zip(with(0.6)).any(|(a, b)| (a - b).abs() > 1e-12)
    };
    let count: Vec<(usize, &Param)> =
        numbers.enumerate().skip(1).filter(|(place, _)| matters(*place)).collect();
    match count[..] {
        [only] => Some(only),
        _ => count.into_iter().find(|(_, param)| MOMENTA.contains(&&*param.key)),
    }
}

/// The weights of a law along one eigenvector, as polynomials of the learning rate and the momentum.
struct FittedLaw {
    /// Of `now` and of `before`: by the power of the rate, then of the momentum.
    weights: [[[f64; NODES]; NODES]; 2],
    /// What the rate is counted in.
    unit: f64,
}

impl FittedLaw {
    /// None where the weights are no such polynomials.
    fn of(law: &Law, settings: &Settings<f64>, momentum: Option<usize>, lambda: f64) -> Option<Self> {
        let unit = 1.0 / lambda;
        let exact = |lr: f64, beta: f64| {
            let mut settings = *settings;
            settings.numbers[0] = lr * unit;
            if let Some(place) = momentum {
                settings.numbers[place] = beta;
            }
            let Recurrence { now, before, .. } = law.at(&settings, lambda);
            [now, before]
        };
        // Not at 0, where a rule may divide.
        let places = [0.25, 0.5, 0.75, 1.0].map(|place| (place * 2.0, place - 0.125));
        let values = places.map(|(lr, _)| places.map(|(_, beta)| exact(lr, beta)));
        let weights = [0, 1].map(|which| {
            let rows =
                values.map(|row| coefficients(places.map(|(_, beta)| beta), row.map(|pair| pair[which])));
            let mut by_power = [[0.0; NODES]; NODES];
            for power in 0..NODES {
                let of_rate = coefficients(places.map(|(lr, _)| lr), rows.map(|row| row[power]));
                for (rate, weight) in of_rate.into_iter().enumerate() {
                    by_power[rate][power] = weight;
                }
            }
            by_power
        });
        let fitted = Self { weights, unit };
        let agrees = [(0.1, 0.05), (3.0, 0.97), (1.3, 0.4)].into_iter().all(|(lr, beta)| {
            let Recurrence { now, before, .. } = fitted.at(lr * unit, beta);
            let [a, b] = exact(lr, beta);
            [(now, a), (before, b)]
                .iter()
                .all(|(found, exact)| (found - exact).abs() <= 1e-8 * (1.0 + exact.abs()))
        });
        agrees.then_some(fitted)
    }

    fn at(&self, lr: f64, beta: f64) -> Recurrence {
        let lr = lr / self.unit;
        let value = |weights: &[[f64; NODES]; NODES]| {
            weights.iter().rev().fold(0.0, |sum, row| {
                sum * lr + row.iter().rev().fold(0.0, |sum, weight| sum * beta + weight)
            })
        };
        let [now, before] = [0, 1].map(|which| value(&self.weights[which]));
        Recurrence { first: now, now, before }
    }
}

/// The coefficients of the polynomial of degree 3 through these values, by divided differences.
fn coefficients(places: [f64; NODES], values: [f64; NODES]) -> [f64; NODES] {
    let mut differences = values;
    for order in 1..NODES {
        for at in (order..NODES).rev() {
            differences[at] = (differences[at] - differences[at - 1]) / (places[at] - places[at - order]);
        }
    }
    let mut powers = [0.0; NODES];
    for at in (0..NODES).rev() {
        // powers ← powers·(u - place) + difference
        for power in (0..NODES).rev() {
            let below = if power > 0 { powers[power - 1] } else { 0.0 };
            powers[power] = below - places[at] * powers[power];
        }
        powers[0] += differences[at];
    }
    powers
}
