//! How a run ended, with the numbers that decided.

use super::diagnosis::Divergence;
use super::false_minimum::{FalseMinimum, falls_around};
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::math::within::Within;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::line_search::exact;
use thalweg_core::method::oracle::Evaluations;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::{Cause, Sample};

/// How a run ended and what it found: where it stopped, with the numbers that stopped it.
///
/// ```
/// use nalgebra::Vector2;
/// use thalweg_analysis::runs::false_minimum::FalseMinimum;
/// use thalweg_analysis::runs::termination::Termination;
/// use thalweg_core::catalogue::{optimizers, surfaces};
/// use thalweg_core::objective::objective::Objective;
/// use thalweg_core::run::problem::Problem;
/// use thalweg_core::run::run::Run;
/// use thalweg_core::spec::chosen::Chosen;
///
/// // Newton's method goes to the saddle of x² - y² in one step, and stays there.
/// let saddle = Chosen::with_defaults(surfaces::find("Saddle").ok_or("unknown")?);
/// let problem = Problem::new(Objective::new(&saddle), Vector2::new(1.5, 0.25), 10);
/// let mut run = Run::new(&Chosen::with_defaults(optimizers::find("Newton").ok_or("unknown")?), &problem);
/// run.advance(&problem, u32::MAX);
/// let wanted = Termination::StandsStill { since: 1, grad_norm: 0.0, ground: FalseMinimum::Saddle(-2.0) };
/// assert_eq!(Termination::of(&run, &problem), Some(wanted));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Termination {
    /// It diverged.
    Diverged(Divergence),
    /// It rests where the gradient is zero, exactly or as far as rounding lets anybody know, but f no lowest: no test of
    /// the gradient can tell that from a minimum.
    StandsStill {
        /// The first step at which it stands there.
        since: u32,
        /// |∇f| there.
        grad_norm: f64,
        /// What the surface is like there.
        ground: FalseMinimum,
    },
    /// It rests where the gradient is zero, exactly or as far as rounding lets anybody know, and nothing speaks against a
    /// minimum.
    Arrived {
        /// The first step at which it stands there, to the end.
        since: u32,
        /// f there.
        loss: f64,
        /// |∇f| there, or at a kink the length of the slopes' mean.
        grad_norm: f64,
        /// Whether the gradient is a mean of slopes: f has a kink there, and falls on no side.
        at_kink: bool,
    },
    /// The gradient became as small as asked.
    Converged {
        /// The step at which it did.
        step: u32,
        /// |∇f| there.
        grad_norm: f64,
        /// The bound on |∇f| that was asked for.
        tolerance: f64,
        /// What the surface is like there, where that is no minimum.
        ground: Option<FalseMinimum>,
    },
    /// f has not fallen for as many steps as were allowed.
    Stalled {
        /// The step at which it was stopped.
        step: u32,
        /// The lowest f.
        lowest: f64,
        /// The step at which f was the lowest.
        since: u32,
        /// How many steps without a fall were allowed.
        patience: u32,
    },
    /// The method's search found no step.
    NoStep {
        /// The step that was not made.
        step: u32,
        /// From where.
        at: [f64; 2],
        /// |∇f| there.
        grad_norm: f64,
        /// What the search has cost.
        cost: Evaluations,
        /// Whether what f could still fall is less than the rounding of f or of the position.
        is_rounding: bool,
    },
    /// All steps are made, and those at the end were too short to change the position.
    StepsVanish {
        /// The first step at which it stands where it ends.
        since: u32,
        /// f there.
        loss: f64,
        /// |∇f| there.
        grad_norm: f64,
    },
    /// f is finite but has no gradient, so that no step is defined.
    NoGradient {
        /// The step at which it came there.
        step: u32,
        /// Where.
        at: [f64; 2],
        /// f there.
        loss: f64,
    },
    /// f falls for ever, and the run with it.
    FallsForEver {
        /// The step at which it was stopped.
        step: u32,
        /// f there.
        loss: f64,
        /// The bound that |x| or |y| has passed; none where f is minus infinity before.
        bound: Option<f64>,
        /// Whether f has no lower bound on the way, as far as numbers tell.
        is_unbounded: bool,
    },
    /// All steps are made.
    StepLimit {
        /// How many.
        step: u32,
        /// f at the end.
        loss: f64,
        /// |∇f| at the end.
        grad_norm: f64,
        /// The direction of the last step, where f falls without bound along it.
        falls_along: Option<[f64; 2]>,
    },
}

impl Termination {
    /// How a run on a problem ended; `None` while it has not ended.
    pub fn of(run: &Run, problem: &Problem) -> Option<Self> {
        let trajectory = run.trajectory();
        let ending = trajectory.ending()?;
        if ending.cause.is_divergence() {
            return Divergence::of(run, problem).map(Self::Diverged);
        }
        let last = trajectory.samples().last()?;
        let Sample { position, loss, grad_norm, .. } = *last;
        let (step, at) = (ending.step, position.into());
        match ending.cause {
            Cause::FallsForEver => {
                let passed = position.amax() > problem.bound;
                let is_unbounded = loss == f64::NEG_INFINITY
                    || falls_without_bound(problem, position)
                    || falls_along(run, problem).is_some();
                let bound = passed.then_some(problem.bound);
                return Some(Self::FallsForEver { step, loss, bound, is_unbounded });
            }
            Cause::NoGradient => return Some(Self::NoGradient { step, at, loss }),
            _ => {}
        }
        let since = standstill(run, 0.0);
        let is_at_rest = since.is_some() || ending.cause == Cause::NoStep;
        if grad_norm > 0.0 && is_at_rest && is_beside_tip(problem, last) {
            return Some(Self::Arrived { since: since.unwrap_or(step), loss, grad_norm, at_kink: true });
        }
        let nature = problem.objective.nature(position);
        let ground = FalseMinimum::at(problem, position, &nature);
        let at_kink = nature.smoothness == Smoothness::Kink;
        let rests = if grad_norm == 0.0 {
            since
        } else {
            // What moves on by no more than the rounding of the point stays where it is.
            let apart = ROUNDING * position.amax();
            let found_none = (ending.cause == Cause::NoStep).then_some(step);
            standstill(run, apart).or(found_none).filter(|_| nature.is_critical && !at_kink)
        };
        let rests = rests.filter(|_| ending.cause != Cause::Converged || grad_norm == 0.0);
        // What the test of the gradient has found at a kink is no gradient.
        if let Some(since) = rests.or(Some(step).filter(|_| at_kink && ending.cause == Cause::Converged)) {
            return Some(match ground {
                Some(ground) => Self::StandsStill { since, grad_norm, ground },
                None => Self::Arrived { since, loss, grad_norm, at_kink },
            });
        }
        Some(match ending.cause {
            Cause::Converged => Self::Converged { step, grad_norm, tolerance: problem.tolerance, ground },
            Cause::Stalled => {
                let (since, lowest) = trajectory.lowest().unwrap_or((0, loss));
                Self::Stalled { step, lowest, since, patience: problem.patience }
            }
            Cause::NoStep => {
                let [before, after] = [step.saturating_sub(1), step].map(|step| run.evaluations(step));
                let is_rounding = is_rounding(problem, last);
                Self::NoStep { step, at, grad_norm, cost: after.since(&before), is_rounding }
            }
            _ => match since {
                Some(since) if since + 1 < step => Self::StepsVanish { since, loss, grad_norm },
                _ => Self::StepLimit { step, loss, grad_norm, falls_along: falls_along(run, problem) },
            },
        })
    }
}

/// Whether f falls by no less over the last half of the way to a far point than over the quarter before: as the
/// logarithm does, which has no lower bound.
fn falls_without_bound(problem: &Problem, far: Vector2<f64>) -> bool {
    let [quarter, half, whole] = problem.on_the_way(far);
    half < quarter && half - whole >= (1.0 - 1e-3) * (quarter - half)
}

/// Squares of what is less are zero.
const TINY: f64 = 1e-154;

/// Whether a point is a minimum at a kink but for rounding, as that of a cone: where the slopes there are not zero,
/// nobody comes nearer.
fn is_beside_tip(problem: &Problem, last: &Sample) -> bool {
    let Sample { position, loss, .. } = *last;
    let flushed = position.map(|part| if part.abs() < TINY { 0.0 } else { part });
    let near = problem.objective.critical_points_near(position);
    let near = CriticalPoint::nearest_minimum(near.iter(), position).map(|minimum| minimum.at);
    [Some(flushed), near].into_iter().flatten().any(|tip| {
        let is_near = (tip - position).amax() <= (8.0 * ULPS * position.amax()).max(TINY);
        is_near
            && problem.objective.value(tip) <= loss
            && problem.objective.smoothness(tip) == Smoothness::Kink
            && !falls_around(problem, tip)
    })
}

/// The direction of a run's last step, or that which several of its steps have together, if f falls without bound along
/// it.
fn falls_along(run: &Run, problem: &Problem) -> Option<[f64; 2]> {
    let samples = run.trajectory().samples();
    let last = samples.last()?.position;
    // A zigzag goes down by two steps; what swings longer, by many.
    let before = [1, 2, samples.len() / 4].map(|steps| samples.len().checked_sub(1 + steps));
    before.into_iter().flatten().find_map(|place| {
        let direction = (last - samples[place].position).try_normalize(0.0)?;
        // A search along it that crosses no pole comes to no end.
        let is_endless = || exact(&problem.objective, last, direction).is_some_and(|end| end.amax() > 1e12);
        (falls_in_direction(problem, last, direction) && is_endless()).then(|| direction.into())
    })
}

/// Whether f falls without bound from a point in a direction: at each doubling of the way up to the bound.
fn falls_in_direction(problem: &Problem, from: Vector2<f64>, direction: Vector2<f64>) -> bool {
    let first = 1.0 + from.amax();
    let doublings = libm::log2(1e3 * problem.bound.min(1e12) / first).within(8.0, 64.0) as i32;
    let on_the_way = |doubling: i32| problem.objective.value(from + direction * libm::ldexp(first, doubling));
    let mut values = (0..doublings).map(on_the_way);
    let (Some(mut above), Some(mut here)) = (values.next(), values.next()) else { return false };
    for below in values {
        let is_steep = below == f64::NEG_INFINITY || here - below >= (1.0 - 1e-3) * (above - here);
        if !(below < here && here < above && is_steep) {
            return here == f64::NEG_INFINITY && above.is_finite();
        }
        (above, here) = (here, below);
    }
    true
}

/// What a rounding or two of a number is at most, as a part of it.
const ULPS: f64 = 8.0 * f64::EPSILON;

/// Whether what f could fall from here, by a step along its gradient, is less than its rounding, or the step less than
/// that of the position.
fn is_rounding(problem: &Problem, last: &Sample) -> bool {
    let hessian = problem.objective.value_gradient_hessian(last.position).hessian;
    let [low, high] = Spectrum::of(&hessian).values;
    let curvature = low.abs().max(high.abs());
    let falls = last.grad_norm * (last.grad_norm / curvature) / 2.0;
    let gradient = problem.objective.value_gradient(last.position).gradient;
    // By coordinates: beside a small one a large one tells nothing.
    let is_short = |axis: usize| gradient[axis].abs() / curvature <= ULPS * last.position[axis].abs();
    falls <= ULPS * last.loss.abs() || (is_short(0) && is_short(1))
}

/// How many units in the last place of the larger coordinate rounding may move a point that stays where it is: as many as
/// the rule for critical points leaves open.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Whether a run ended otherwise than by making all its steps on ground that slopes, and moving.
pub fn is_remarkable(run: &Run) -> bool {
    let trajectory = run.trajectory();
    let flat = trajectory.samples().last().is_some_and(|last| last.grad_norm == 0.0);
    let rests = match trajectory.samples() {
        [.., a, b, c] => {
            let apart = ROUNDING * c.position.amax();
            [a, b].into_iter().all(|before| (before.position - c.position).amax() <= apart)
        }
        _ => false,
    };
    flat || rests || trajectory.ending().is_some_and(|ending| ending.cause != Cause::StepLimit)
}

/// The first step of those at the end that all stand where the run ends, or no farther `apart`, if there is more than
/// one, or if it ends where it starts: unless it is noise or a minibatch that would move it on.
fn standstill(run: &Run, apart: f64) -> Option<u32> {
    let samples = run.trajectory().samples();
    let end = samples.last()?.position;
    let is_elsewhere = |sample: &Sample| (sample.position - end).amax() > apart;
    let moved = samples.iter().rposition(is_elsewhere);
    let since = moved.map_or(0, |step| step + 1);
    let stays = since + 1 < samples.len() || (since == 0 && run.gradient() == Gradient::Exact);
    stays.then(|| u32::try_from(since).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::run::run_spec::RunSpec;
    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::spec::value::Value;

    fn termination(
        (surface, settings): (&str, &[(&str, f64)]),
        start: [f64; 2],
        (optimizer, lr): (&str, f64),
        edit: impl FnOnce(&mut Problem),
    ) -> Termination {
        let mut chosen = Chosen::with_defaults(optimizers::find(optimizer).expect("known"));
        let has_rate = chosen.settings().any(|(param, _)| param.key == "lr");
        assert_eq!(chosen.set("lr", Value::Number(lr)), has_rate);
        let mut of = Chosen::with_defaults(surfaces::find(surface).expect("known"));
        for (key, value) in settings {
            assert!(of.set(key, Value::Number(*value)), "{key}");
        }
        let mut problem = Problem::new(Objective::new(&of), Vector2::from(start), 300);
        edit(&mut problem);
        let mut run = Run::new(&chosen, &problem);
        assert_eq!(Termination::of(&run, &problem).is_some(), run.is_done());
        run.advance(&problem, u32::MAX);
        Termination::of(&run, &problem).expect("it has ended")
    }

    const BOWL: (&str, &[(&str, f64)]) = ("Quadratic", &[("kappa", 2.0)]);

    /// f = (x² + 2y²)/2 at α = 1/2: y is 0 after one step, and x halves.
    #[test]
    fn each_cause_has_its_numbers() {
        let of = |edit: fn(&mut Problem)| termination(BOWL, [1.0, 1.0], ("GradientDescent", 0.5), edit);
        let halved = |steps| (0..steps).fold(1.0_f64, |half, _| half / 2.0);
        let (grad_norm, tolerance) = (halved(20), 1e-6);
        assert_eq!(
            of(|problem| problem.tolerance = 1e-6),
            Termination::Converged { step: 20, grad_norm, tolerance, ground: None }
        );
        assert_eq!(
            of(|problem| problem.steps = 3),
            Termination::StepLimit { step: 3, loss: halved(7), grad_norm: halved(3), falls_along: None }
        );
        // At α = 1 the other component flips between 1 and -1: f falls once, and never again.
        assert_eq!(
            termination(BOWL, [1.0, 1.0], ("GradientDescent", 1.0), |problem| problem.patience = 50),
            Termination::Stalled { step: 51, lowest: 1.0, since: 1, patience: 50 }
        );
        let diverged = termination(BOWL, [1.0, 1.0], ("GradientDescent", 3.0), |_| ());
        assert!(matches!(diverged, Termination::Diverged(_)), "{diverged:?}");
    }

    #[test]
    fn a_false_minimum_is_called_what_it_is() {
        let plain = ("QuadraticForm", &[("xx", 0.0), ("xy", 0.0), ("yy", 0.0)][..]);
        for tolerance in [0.0, 1e-6] {
            for name in ["GradientDescent", "Momentum", "Adam", "Bfgs", "SteepestDescent"] {
                let still =
                    termination(plain, [1.0, 2.0], (name, 0.1), |problem| problem.tolerance = tolerance);
                let ground = FalseMinimum::Flat;
                assert_eq!(still, Termination::StandsStill { since: 0, grad_norm: 0.0, ground }, "{name}");
            }
        }
        // Newton's method goes to the saddle in one step; gradient descent on its axis in many.
        let saddle = termination(("Saddle", &[]), [1.5, 0.25], ("Newton", 1.0), |_| ());
        assert_eq!(
            saddle,
            Termination::StandsStill { since: 1, grad_norm: 0.0, ground: FalseMinimum::Saddle(-2.0) }
        );
        let near = termination(("Saddle", &[]), [1.5, 0.0], ("GradientDescent", 0.1), |problem| {
            problem.tolerance = 1e-3;
        });
        let Termination::Converged { ground, .. } = near else { panic!("{near:?}") };
        assert_eq!(ground, Some(FalseMinimum::Saddle(-2.0)));
        let top = ("QuadraticForm", &[("xx", -1.0), ("xy", 0.0), ("yy", 0.0)][..]);
        let top = termination(top, [0.0, 2.0], ("GradientDescent", 0.1), |_| ());
        assert_eq!(
            top,
            Termination::StandsStill { since: 0, grad_norm: 0.0, ground: FalseMinimum::Maximum(-1.0) }
        );
        let monkey = termination(("MonkeySaddle", &[]), [0.0, 0.0], ("GradientDescent", 0.1), |_| ());
        assert_eq!(
            monkey,
            Termination::StandsStill { since: 0, grad_norm: 0.0, ground: FalseMinimum::FlatToSecondOrder }
        );
        let minimum = termination(BOWL, [0.0, 0.0], ("GradientDescent", 0.1), |_| ());
        assert_eq!(minimum, Termination::Arrived { since: 0, loss: 0.0, grad_norm: 0.0, at_kink: false });
    }

    /// Noise moves on from where exact gradients would stand still.
    #[test]
    fn with_noise_nobody_stands_still() {
        let chosen = Chosen::with_defaults(optimizers::find("GradientDescent").expect("known"));
        let saddle = Chosen::with_defaults(surfaces::find("Saddle").expect("known"));
        let problem =
            Problem { tolerance: 1e-6, ..Problem::new(Objective::new(&saddle), Vector2::zeros(), 9) };
        let gradient = Gradient::Noise { sigma: 0.1, seed: 1 };
        let mut run = Run::new(RunSpec { optimizer: &chosen, schedule: None, gradient }, &problem);
        run.advance(&problem, u32::MAX);
        let ground = Some(FalseMinimum::Saddle(-2.0));
        let converged = Termination::Converged { step: 0, grad_norm: 0.0, tolerance: 1e-6, ground };
        assert_eq!(Termination::of(&run, &problem), Some(converged));
    }
}
