//! Why a run diverged, where the linear theory can tell.

use crate::spectral::mode::{Mode, Regime};
use crate::spectral::stability::edge;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::{Cause, Quantity, Sample};
use thalweg_core::spec::settings::Settings;

/// How many steps back the search for the beginning of the divergence goes.
const LOOK_BACK: usize = 10_000;

/// A divergence: when, by which event it was found, and where the linear theory can tell, its cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// The step at which the run was found to have diverged.
    pub step: u32,
    /// What happened there.
    pub event: DivergenceEvent,
    /// The instability that led there; none where the theory cannot tell, or where f has a hole.
    pub cause: Option<Instability>,
}

/// The event that ends a diverging run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DivergenceEvent {
    /// It starts where f is not defined.
    StartsUndefined([f64; 2]),
    /// It stepped to where f is not defined, not to where the numbers end: no theory of step sizes explains
    /// that.
    SteppedToUndefined([f64; 2]),
    /// A coordinate passed this bound.
    OutOfBounds(f64),
    /// This became infinite or NaN.
    NotFinite(Quantity),
}

/// The diverging mode of a linearised method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instability {
    /// Which eigenvalue of the Hessian, ascending: 0 or 1; none of a function of x alone, which has only f''.
    pub index: Option<usize>,
    /// The eigenvalue.
    pub lambda: f64,
    /// The step from which on the method diverges at every point of the run.
    pub from: u32,
    /// Why the mode diverges.
    pub reason: InstabilityReason,
}

/// Why a mode diverges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InstabilityReason {
    /// The step divides by a singular Hessian.
    SingularHessian,
    /// αλ is beyond the edge, which for most methods is a bound on that product alone.
    ProductBeyondEdge {
        /// Learning rate times eigenvalue.
        product: f64,
        /// The largest stable product.
        edge: f64,
    },
    /// α is beyond the edge for this eigenvalue.
    RateBeyondEdge {
        /// The learning rate.
        lr: f64,
        /// The largest stable learning rate.
        edge: f64,
    },
    /// The eigenvalue is below zero: the surface falls away along its direction.
    FallsAway,
    /// Each step multiplies the error by this factor.
    Grows(f64),
}

impl Divergence {
    /// The divergence of a run on the problem that it was made on; `None` for a run that did not diverge.
    ///
    /// The theory is local: it speaks of the Hessian at a point. The point is the first of the run's
    /// last unbroken stretch of points from which the linearised method diverges; on a quadratic that
    /// is the start. Of several diverging eigenvectors, the one along which the run went farthest from
    /// there is named.
    pub fn of(run: &Run, problem: &Problem) -> Option<Self> {
        let ending = run.trajectory().ending()?;
        let event = match ending.cause {
            Cause::OutOfBounds => DivergenceEvent::OutOfBounds(problem.bound),
            Cause::NotFinite(value) => DivergenceEvent::NotFinite(value),
            _ => return None,
        };
        Some(match hole(run, &problem.objective, ending.cause) {
            Some(event) => Self { step: ending.step, event, cause: None },
            None => Self { step: ending.step, event, cause: instability(run, &problem.objective) },
        })
    }
}

/// The event of a run that has come to where the surface has no value.
fn hole(run: &Run, objective: &Objective, cause: Cause) -> Option<DivergenceEvent> {
    /// Farther out f may be no number because it overflows on the way to its value.
    const FAR: f64 = 1e6;
    let last = run.trajectory().samples().last()?;
    let nearer = last.position * (FAR / last.position.amax()).min(1.0);
    let is_undefined = last.loss.is_nan() && objective.value(nearer).is_nan();
    let is_hole = cause == Cause::NotFinite(Quantity::Loss) && is_undefined;
    let at = last.position.into();
    is_hole.then_some(if run.trajectory().last_step() == 0 {
        DivergenceEvent::StartsUndefined(at)
    } else {
        DivergenceEvent::SteppedToUndefined(at)
    })
}

fn instability(run: &Run, objective: &Objective) -> Option<Instability> {
    let optimizer = run.optimizer();
    // A changing learning rate counts as it is at each step.
    let settings_at = |index: usize| run.settings_at(u32::try_from(index).unwrap_or(u32::MAX));
    let samples = run.trajectory().samples();
    let spectrum = |sample: &Sample| Spectrum::of(&objective.value_gradient_hessian(sample.position).hessian);
    // The last points may be too far out for a finite Hessian.
    let end =
        samples.iter().rposition(|sample| spectrum(sample).values.iter().all(|value| value.is_finite()))?;
    let stretch = samples[..=end].iter().enumerate().rev().take(LOOK_BACK);
    let unstable = |(index, sample): &(usize, &Sample)| {
        let settings = settings_at(*index);
        spectrum(sample).values.iter().any(|lambda| diverges(optimizer, &settings, *lambda))
    };
    let length = stretch.take_while(unstable).count();
    let from = end.checked_sub(length.checked_sub(1)?)?;
    let Spectrum { values, vectors } = spectrum(&samples[from]);
    let settings = &settings_at(from);
    let went = samples[end].position - samples[from].position;
    let index = worst(optimizer, settings, values, vectors.map(|vector| vector.dot(&went).abs()))?;
    let reason = reason(optimizer, settings, values[index])?;
    let place = (!objective.is_univariate()).then_some(index);
    Some(Instability {
        index: place,
        lambda: values[index],
        from: u32::try_from(from).unwrap_or(u32::MAX),
        reason,
    })
}

fn diverges(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> bool {
    Mode::along(optimizer, settings, lambda).is_some_and(|mode| mode.regime == Regime::Diverges)
}

/// The diverging eigenvector along which the run went farthest; where it went nowhere, the one of
/// the larger radius.
fn worst(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    values: [f64; 2],
    distances: [f64; 2],
) -> Option<usize> {
    let key = |index: &usize| {
        let radius = Mode::along(optimizer, settings, values[*index]).map_or(0.0, |mode| mode.radius);
        Vector2::new(distances[*index], radius)
    };
    (0..2).filter(|index| diverges(optimizer, settings, values[*index])).max_by(|left, right| {
        let (left, right) = (key(left), key(right));
        left.x.total_cmp(&right.x).then(left.y.total_cmp(&right.y))
    })
}

/// Whether a method's step divides by the Hessian, and that has the eigenvalue 0, with what damps it: its law is then
/// not a number at any learning rate. At one so large that the law overflows it still is at a smaller one.
fn divides_by_zero(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> bool {
    let mut slow = *settings;
    slow.numbers[0] = settings.numbers[0].min(1.0 / (1.0 + lambda.abs()));
    Mode::along(optimizer, &slow, lambda).is_some_and(|mode| !mode.radius.is_finite())
}

/// Why the mode of eigenvalue `lambda` diverges.
fn reason(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> Option<InstabilityReason> {
    let mode = Mode::along(optimizer, settings, lambda)?;
    let lr = settings.numbers[0];
    Some(match edge(optimizer, settings, lambda) {
        _ if divides_by_zero(optimizer, settings, lambda) => InstabilityReason::SingularHessian,
        Some(edge) if lr > edge => {
            // For most methods the edge is a bound on αλ alone; for Newton's it is one on α.
            let bound = edge * lambda;
            let of_product = self::edge(optimizer, settings, 2.0 * lambda)
                .is_some_and(|other| (other * lambda * 2.0 - bound).abs() <= 1e-9 * bound.abs());
            if of_product && (lr * lambda).is_finite() {
                InstabilityReason::ProductBeyondEdge { product: lr * lambda, edge: bound }
            } else {
                InstabilityReason::RateBeyondEdge { lr, edge }
            }
        }
        _ if lambda < 0.0 => InstabilityReason::FallsAway,
        _ => InstabilityReason::Grows(mode.radius),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::surface::Surface;

    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::formula::parsed_formula::ParsedFormula;
    use thalweg_core::spec::value::Value;

    fn divergence(
        surface: &Chosen<Surface>,
        start: [f64; 2],
        optimizer: &str,
        settings: &[(&str, f64)],
    ) -> Option<Divergence> {
        let mut chosen = Chosen::with_defaults(optimizers::find(optimizer).expect(optimizer));
        for (key, value) in settings {
            assert!(chosen.set(key, Value::Number(*value)), "{key}");
        }
        let problem = Problem::new(Objective::new(surface), Vector2::from(start), 3000);
        let mut run = Run::new(&chosen, &problem);
        run.advance(&problem, u32::MAX);
        Divergence::of(&run, &problem)
    }

    fn cause(surface: &str, start: [f64; 2], optimizer: &str, settings: &[(&str, f64)]) -> Instability {
        let surface = Chosen::with_defaults(surfaces::find(surface).expect(surface));
        divergence(&surface, start, optimizer, settings).expect("diverged").cause.expect("a cause")
    }

    #[test]
    fn the_bound_that_was_passed_is_found() {
        let bowl = |optimizer, settings: &[(&str, f64)]| cause("Quadratic", [-2.5, 1.0], optimizer, settings);
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs();
        for (optimizer, settings, wanted) in [
            ("GradientDescent", &[("lr", 0.023)][..], [2.3, 2.0]),
            ("Momentum", &[("lr", 0.04), ("momentum", 0.9)], [4.0, 3.8]),
            ("Nesterov", &[("lr", 0.02), ("momentum", 0.5)], [2.0, 1.5]),
        ] {
            let found = bowl(optimizer, settings);
            assert_eq!((found.index, found.from), (Some(1), 0), "{optimizer}");
            let InstabilityReason::ProductBeyondEdge { product, edge } = found.reason else {
                panic!("{optimizer}: {found:?}")
            };
            assert!(close(product, wanted[0]) && close(edge, wanted[1]), "{optimizer}: {found:?}");
        }
        // Newton's edge is a bound on α; weight decay makes one of the bound on αλ.
        for (optimizer, settings, wanted) in [
            ("Newton", &[("lr", 2.25)][..], [2.25, 2.0]),
            ("GradientDescent", &[("lr", 0.0201), ("weight_decay", 1.0)], [0.0201, 2.0 / 101.0]),
        ] {
            let found = bowl(optimizer, settings);
            let InstabilityReason::RateBeyondEdge { lr, edge } = found.reason else {
                panic!("{optimizer}: {found:?}")
            };
            assert!(close(lr, wanted[0]) && close(edge, wanted[1]), "{optimizer}: {found:?}");
        }
    }

    /// A rate at which everything overflows at once is beyond the edge; the Hessian is what it is.
    #[test]
    fn an_overflow_is_not_taken_for_a_singular_hessian() {
        for lr in [1e300, 1e306, 1e307, 1e308] {
            for name in ["GradientDescent", "Momentum", "Nesterov", "Newton", "SaddleFreeNewton"] {
                let found = cause("Quadratic", [1.0, 1.0], name, &[("lr", lr)]);
                let told = match found.reason {
                    InstabilityReason::ProductBeyondEdge { product, edge } => {
                        product.is_finite() && product > edge
                    }
                    InstabilityReason::RateBeyondEdge { lr: rate, edge } => rate == lr && rate > edge,
                    _ => false,
                };
                assert!(told, "{name} at {lr}: {found:?}");
            }
        }
        // f = xx·x²/2 + x·y + y²/2 is singular at xx = 1, and its gradient is not zero off a line.
        let mut singular = Chosen::with_defaults(surfaces::find("QuadraticForm").expect("known"));
        for (key, value) in [("xx", 1.0), ("xy", 1.0), ("yy", 1.0)] {
            assert!(singular.set(key, Value::Number(value)), "{key}");
        }
        let found = divergence(&singular, [1.0, 1.0], "Newton", &[]).and_then(|found| found.cause);
        assert_eq!(found.map(|found| found.reason), Some(InstabilityReason::SingularHessian));
    }

    #[test]
    fn falling_is_told_from_flipping() {
        // On the axis of the saddle nothing falls: it is the steep wall that throws it off.
        let flips = cause("Saddle", [1.0, 0.0], "GradientDescent", &[("lr", 1.1)]);
        assert_eq!(flips.reason, InstabilityReason::ProductBeyondEdge { product: 2.2, edge: 2.0 });
    }

    #[test]
    fn a_step_into_a_hole_is_told_from_a_divergence() {
        let mut surface = Chosen::with_defaults(surfaces::find("Formula").expect("known"));
        let typed = ParsedFormula::read("sqrt(x) + y^2").expect("right");
        assert!(surface.set("f", Value::Formula(typed)));
        let of = |start, steps: f64| divergence(&surface, start, "GradientDescent", &[("lr", steps)]);
        let event = DivergenceEvent::SteppedToUndefined([-0.5, 0.0]);
        assert_eq!(of([1.0, 0.0], 3.0), Some(Divergence { step: 1, event, cause: None }));
        let event = DivergenceEvent::SteppedToUndefined([1.0 - 5e6, 0.0]);
        assert_eq!(of([1.0, 0.0], 1e7), Some(Divergence { step: 1, event, cause: None }), "far out as well");
        let event = DivergenceEvent::StartsUndefined([-1.0, 0.0]);
        assert_eq!(of([-1.0, 0.0], 3.0), Some(Divergence { step: 0, event, cause: None }));
    }

    #[test]
    fn where_the_theory_is_silent_there_is_no_cause() {
        let bowl = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
        assert_eq!(divergence(&bowl, [-2.5, 1.0], "GradientDescent", &[("lr", 0.01)]), None);
        let event = DivergenceEvent::OutOfBounds(1e12);
        let adam = divergence(&bowl, [-2.5, 1.0], "Adam", &[("lr", 1e13)]);
        assert_eq!(adam, Some(Divergence { step: 1, event, cause: None }));
    }
}
