//! How a run ended, in one sentence with numbers.

use super::diagnosis::{diagnose, short};
use crate::spectral::spectrum::Spectrum;
use nalgebra::{Matrix2, Vector2};
use thalweg_core::method::gradient::Gradient;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::{Cause, Sample};

/// The sentence that says how a run ended and what it found: where it stopped, with the numbers
/// that stopped it; for a diverged run, why, where that can be told. A run that rests where the
/// gradient is zero but f no lowest is told so: no test of the gradient can tell that from a minimum.
/// `None` while the run has not ended.
pub fn describe(run: &Run, problem: &Problem) -> Option<String> {
    let trajectory = run.trajectory();
    let ending = trajectory.ending()?;
    if ending.cause.is_divergence() {
        return diagnose(run, problem);
    }
    let last = trajectory.samples().last()?;
    let trap = Trap::at(problem, last.position);
    if last.grad_norm == 0.0
        && let (Some(since), Some(trap)) = (standstill(run), &trap)
    {
        return Some(format!(
            "stands still at step {since}: the gradient is exactly zero here{}",
            trap.words()
        ));
    }
    let (step, loss, norm) = (ending.step, short(last.loss), short(last.grad_norm));
    Some(match ending.cause {
        Cause::Converged => {
            let trap = trap.map_or_else(String::new, |trap| trap.remark().to_owned());
            format!("converged at step {step}: |∇f| = {norm} ≤ {}{trap}", short(problem.tolerance))
        }
        Cause::Stalled => {
            let (since, lowest) = trajectory.lowest().unwrap_or((0, last.loss));
            format!(
                "stalled at step {step}: f has not fallen below {} since step {since} ({} allowed)",
                short(lowest),
                steps(problem.patience),
            )
        }
        _ if step == 1 => format!("its one step made: f = {loss}, |∇f| = {norm}"),
        _ => format!("all {step} steps made: f = {loss}, |∇f| = {norm}"),
    })
}

/// Whether a run ended otherwise than by making all its steps on ground that slopes.
pub fn is_remarkable(run: &Run) -> bool {
    let trajectory = run.trajectory();
    let flat = trajectory.samples().last().is_some_and(|last| last.grad_norm == 0.0);
    flat || trajectory.ending().is_some_and(|ending| ending.cause != Cause::StepLimit)
}

fn steps(count: u32) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

/// The first step of those at the end that all stand where the run ends, if there is more than one,
/// or if it ends where it starts: unless it is noise or a minibatch that would move it on.
fn standstill(run: &Run) -> Option<usize> {
    let samples = run.trajectory().samples();
    let end = samples.last()?.position;
    let moved = samples.iter().rposition(|Sample { position, .. }| *position != end);
    let since = moved.map_or(0, |step| step + 1);
    let stays = since + 1 < samples.len() || (since == 0 && run.gradient() == Gradient::Exact);
    stays.then_some(since)
}

/// What the ground is like where a vanishing gradient does not mean a minimum.
enum Trap {
    /// f is the same all around.
    Flat,
    /// All first and second derivatives vanish, but f is not the same all around.
    SecondOrder,
    /// f falls along the first eigenvector, which has this eigenvalue, and rises along the other.
    Saddle(f64),
    /// f falls along both eigenvectors, or falls along one and does not change along the other.
    Top(f64),
}

impl Trap {
    /// `None` where the second derivatives do not speak against a minimum.
    fn at(problem: &Problem, p: Vector2<f64>) -> Option<Self> {
        let objective = &problem.objective;
        let known = objective.critical_points().iter();
        let near = 1e-6 * (1.0 + p.amax());
        if known.into_iter().any(|point| point.kind == PointKind::Minimum && (point.at - p).amax() <= near) {
            return None;
        }
        let curvature = objective.value_gradient_hessian(p);
        if curvature.hessian == Matrix2::zeros() {
            // Some thousandths of the scale of the coordinates, in eight directions.
            let reach = 2e-3 * (1.0 + p.amax());
            let around = [-1.0, 0.0, 1.0].map(|x| [-1.0, 0.0, 1.0].map(|y| Vector2::new(x, y) * reach));
            let flat = around.as_flattened().iter().all(|d| objective.value(p + d) == curvature.value);
            return Some(if flat { Self::Flat } else { Self::SecondOrder });
        }
        let spectrum = Spectrum::of(&curvature.hessian);
        let [low, high] = spectrum.values;
        match spectrum.kind() {
            PointKind::Saddle => Some(Self::Saddle(low)),
            PointKind::Maximum => Some(Self::Top(low)),
            // Singular: the larger of the two in size decides.
            PointKind::Inconclusive if low < 0.0 && -low > high.abs() => Some(Self::Top(low)),
            PointKind::Minimum | PointKind::Inconclusive => None,
        }
    }

    /// What follows "the gradient is exactly zero here".
    fn words(&self) -> String {
        match self {
            Self::Flat => {
                " and so is the Hessian: the surface is flat, no gradient method can move".to_owned()
            }
            Self::SecondOrder => {
                " and so is the Hessian: the surface is flat to second order, no gradient method can move"
                    .to_owned()
            }
            Self::Saddle(low) => format!(
                ": a saddle, f falls along v₁ (λ₁ = {}), but no gradient method can start to move",
                short(*low)
            ),
            Self::Top(low) => format!(
                ": a maximum, f falls along v₁ (λ₁ = {}), but no gradient method can start to move",
                short(*low)
            ),
        }
    }

    /// What follows the numbers of a run that the test of the gradient has stopped.
    fn remark(&self) -> &'static str {
        match self {
            Self::Flat => ", on flat ground: the Hessian is zero too",
            Self::SecondOrder => ", where the Hessian is zero too",
            Self::Saddle(_) => ", near a saddle: f falls along v₁",
            Self::Top(_) => ", near a maximum: f falls along v₁",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::objective::objective::Objective;
    use thalweg_core::objective::surface::Surface;
    use thalweg_core::run::optimizer::Optimizer;
    use thalweg_core::run::run_spec::RunSpec;
    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::described::Described;
    use thalweg_core::spec::value::Value;

    fn sentence(
        surface: (&str, &[(&str, f64)]),
        start: [f64; 2],
        optimizer: (&str, f64),
        edit: impl FnOnce(&mut Problem),
    ) -> String {
        let mut chosen = Chosen::with_defaults(Optimizer::find(optimizer.0).expect("known"));
        chosen.set("lr", Value::Number(optimizer.1));
        let mut of = Chosen::with_defaults(Surface::find(surface.0).expect("known"));
        for (key, value) in surface.1 {
            assert!(of.set(key, Value::Number(*value)), "{key}");
        }
        let mut problem = Problem::new(Objective::new(&of), Vector2::from(start), 300);
        edit(&mut problem);
        let mut run = Run::new(&chosen, &problem);
        assert_eq!(describe(&run, &problem).is_some(), run.is_done());
        run.advance(&problem, u32::MAX);
        describe(&run, &problem).expect("it has ended")
    }

    const BOWL: (&str, &[(&str, f64)]) = ("Quadratic", &[("kappa", 2.0)]);

    /// f = (x² + 2y²)/2 at α = 1/2: y is 0 after one step, and x halves.
    #[test]
    fn each_cause_has_its_numbers() {
        let of = |edit: fn(&mut Problem)| sentence(BOWL, [1.0, 1.0], ("GradientDescent", 0.5), edit);
        assert_eq!(of(|problem| problem.tolerance = 1e-6), "converged at step 20: |∇f| = 9.537e-7 ≤ 1e-6");
        assert_eq!(of(|problem| problem.steps = 3), "all 3 steps made: f = 0.007812, |∇f| = 0.125");
        assert_eq!(of(|problem| problem.steps = 1), "its one step made: f = 0.125, |∇f| = 0.5");
        // At α = 1 the other component flips between 1 and -1: f falls once, and never again.
        let flips = sentence(BOWL, [1.0, 1.0], ("GradientDescent", 1.0), |problem| problem.patience = 50);
        assert_eq!(flips, "stalled at step 51: f has not fallen below 1 since step 1 (50 steps allowed)");
        let diverged = sentence(BOWL, [1.0, 1.0], ("GradientDescent", 3.0), |_| ());
        assert!(diverged.starts_with("diverged at step ") && diverged.contains("αλ₂ = 6 > 2"), "{diverged}");
    }

    #[test]
    fn who_rests_where_f_is_no_lowest_is_told() {
        let plain = ("QuadraticForm", &[("xx", 0.0), ("xy", 0.0), ("yy", 0.0)][..]);
        let flat = "the gradient is exactly zero here and so is the Hessian: the surface is flat, \
                    no gradient method can move";
        for tolerance in [0.0, 1e-6] {
            for name in ["GradientDescent", "Momentum", "Adam", "Bfgs", "SteepestDescent"] {
                let still = sentence(plain, [1.0, 2.0], (name, 0.1), |problem| problem.tolerance = tolerance);
                assert_eq!(still, format!("stands still at step 0: {flat}"), "{name}");
            }
        }
        // Newton's method goes to the saddle in one step; gradient descent on its axis in many.
        let saddle = sentence(("Saddle", &[]), [1.5, 0.25], ("Newton", 1.0), |_| ());
        assert_eq!(
            saddle,
            "stands still at step 1: the gradient is exactly zero here: a saddle, f falls along v₁ (λ₁ = -2), \
             but no gradient method can start to move"
        );
        let near = sentence(("Saddle", &[]), [1.5, 0.0], ("GradientDescent", 0.1), |problem| {
            problem.tolerance = 1e-3;
        });
        assert!(
            near.starts_with("converged at step ") && near.ends_with(", near a saddle: f falls along v₁")
        );
        let top = ("QuadraticForm", &[("xx", -1.0), ("xy", 0.0), ("yy", 0.0)][..]);
        let top = sentence(top, [0.0, 2.0], ("GradientDescent", 0.1), |_| ());
        assert!(top.contains("a maximum, f falls along v₁ (λ₁ = -1)"), "{top}");
        let monkey = sentence(("MonkeySaddle", &[]), [0.0, 0.0], ("GradientDescent", 0.1), |_| ());
        assert!(monkey.contains("flat to second order"), "{monkey}");
        let minimum = sentence(BOWL, [0.0, 0.0], ("GradientDescent", 0.1), |_| ());
        assert_eq!(minimum, "all 300 steps made: f = 0, |∇f| = 0");
    }

    /// Noise moves on from where exact gradients would stand still.
    #[test]
    fn with_noise_nobody_stands_still() {
        let chosen = Chosen::with_defaults(Optimizer::find("GradientDescent").expect("known"));
        let saddle = Chosen::with_defaults(Surface::find("Saddle").expect("known"));
        let problem =
            Problem { tolerance: 1e-6, ..Problem::new(Objective::new(&saddle), Vector2::zeros(), 9) };
        let gradient = Gradient::Noise { sigma: 0.1, seed: 1 };
        let mut run = Run::new(RunSpec { optimizer: &chosen, schedule: None, gradient }, &problem);
        run.advance(&problem, u32::MAX);
        let found = describe(&run, &problem).expect("it has ended");
        assert_eq!(found, "converged at step 0: |∇f| = 0 ≤ 1e-6, near a saddle: f falls along v₁");
    }
}
