//! A recorded path beside a runner: where they part, and why.

use super::cause_search::CauseSearch;
use super::path_verdict::PathVerdict;
use super::precision::PathPrecision;
use super::trial::{PathFit, TriedMethod};
use nalgebra::Vector2;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;

/// Where the first row of a path stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStart {
    /// At step 0.
    AtStart,
    /// At step 1: the start itself was not recorded.
    AfterFirstStep,
    /// At step 0, and the second row once more.
    StartTwice,
}

/// The first step that differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepDifference {
    /// Which, from 1.
    pub step: u32,
    /// Where both stood before it, on the path.
    pub from: Vector2<f64>,
    /// Where the path went.
    pub path: Vector2<f64>,
    /// Where the runner would have gone from there.
    pub runner: Vector2<f64>,
}

/// A recorded path beside a runner.
#[derive(Clone, Debug)]
pub struct PathComparison {
    /// How exactly the path is known.
    pub precision: PathPrecision,
    /// Where its first row stands.
    pub start: PathStart,
    /// How far from the scenario's start it begins.
    pub start_off: f64,
    /// How many of its steps were looked at.
    pub steps: u32,
    /// The first step that differs.
    pub first: Option<StepDifference>,
    /// How far the runner, begun where the path begins, is from it at each step.
    pub deviation: Vec<f64>,
    /// How far the runner's steps are from the path's at most, each from where the path stood, as a part of that.
    pub worst: f64,
    /// How far they are at most as a part of the length of each step.
    pub nearness: f64,
    /// Why.
    pub verdict: PathVerdict,
}

/// So many steps are looked at: a mistake shows at once, and a path that goes wild says no more.
const MOST_STEPS: usize = 200;
/// The entry that a path is held against.
#[derive(Clone, Copy, Debug)]
pub struct ComparedRunner<'a> {
    /// The optimizer with its settings.
    pub optimizer: &'a Chosen<Optimizer>,
    /// How its learning rate changes.
    pub schedule: &'a Chosen<Schedule>,
}

impl PathComparison {
    /// `path` beside a runner of `problem`. The gradients are exact ones: what is drawn at random elsewhere is not known here.
    pub fn of(problem: &Problem, runner: ComparedRunner<'_>, path: &RecordedPath) -> Self {
        let precision = PathPrecision::of(path);
        let own = TriedMethod {
            optimizer: runner.optimizer.clone(),
            schedule: runner.schedule.clone(),
            lines: None,
        };
        let recorded: Vec<_> = path
            .points
            .iter()
            .map(|point| Vector2::from(*point))
            .take_while(|point| point.iter().all(|value| value.is_finite()))
            .collect();
        let start_off = recorded.first().map_or(f64::NAN, |first| (first - problem.start).amax());
        // The rows as they stand, and if that explains nothing, with the start put right.
        let mut held = held(problem, &own, (recorded.clone(), PathStart::AtStart), precision);
        if !held.is_explained()
            && let Some(other) = realigned(problem, &own, recorded, precision)
        {
            let other = self::held(problem, &own, other, precision);
            held = if other.is_explained() { other } else { held };
        }
        let HeldPath { points, start, fit, verdict } = held;
        let deviation = deviation(problem, &own, &points);
        let first = fit.as_ref().and_then(|fit| {
            let step = fit.first_off()?;
            Some(StepDifference {
                step: u32::try_from(step).unwrap_or(u32::MAX),
                from: *points.get(step - 1)?,
                path: *points.get(step)?,
                runner: *fit.ends.get(step - 1)?,
            })
        });
        let seen = points.len().min(MOST_STEPS + 1);
        let worst = fit.as_ref().map_or(f64::NAN, |fit| fit.worst(&points));
        let nearness = fit.as_ref().map_or(f64::NAN, |fit| fit.nearness(&points));
        let steps = u32::try_from(seen.saturating_sub(1)).unwrap_or(u32::MAX);
        Self { precision, start, start_off, steps, first, deviation, worst, nearness, verdict }
    }
}

/// A path held against a runner.
struct HeldPath {
    points: Vec<Vector2<f64>>,
    start: PathStart,
    fit: Option<PathFit>,
    verdict: PathVerdict,
}

impl HeldPath {
    fn is_explained(&self) -> bool {
        matches!(self.verdict, PathVerdict::Same | PathVerdict::Found(_))
    }
}

fn held(
    problem: &Problem,
    own: &TriedMethod,
    (points, start): (Vec<Vector2<f64>>, PathStart),
    precision: PathPrecision,
) -> HeldPath {
    let seen = points.get(..points.len().min(MOST_STEPS + 1)).unwrap_or(&points);
    let steps = seen.len().saturating_sub(1);
    let fit = own.fit(problem, seen, precision);
    let search = CauseSearch { problem, own, points: seen, precision };
    let verdict = match &fit {
        Some(fit) if fit.fits() && steps > 0 => PathVerdict::Same,
        _ if steps < 3 => PathVerdict::TooShort,
        _ => search.verdict(),
    };
    HeldPath { points, start, fit, verdict }
}

/// The path from the start of the first step on, where its rows may begin elsewhere.
fn realigned(
    problem: &Problem,
    own: &TriedMethod,
    mut points: Vec<Vector2<f64>>,
    precision: PathPrecision,
) -> Option<(Vec<Vector2<f64>>, PathStart)> {
    let near = |one: &Vector2<f64>, other: &Vector2<f64>| {
        (one - other).amax() <= 64.0 * precision.around(one.amax().max(other.amax()))
    };
    let [first, second, ..] = points[..] else { return None };
    if first == second {
        points.remove(0);
        return Some((points, PathStart::StartTwice));
    }
    let step = own.ends(problem, &[problem.start, first])?;
    if near(step.first()?, &first) {
        points.insert(0, problem.start);
        return Some((points, PathStart::AfterFirstStep));
    }
    None
}

/// How far the runner is from the path at each step, begun where that begins.
fn deviation(problem: &Problem, own: &TriedMethod, points: &[Vector2<f64>]) -> Vec<f64> {
    let Some(start) = points.first() else { return Vec::new() };
    let steps = u32::try_from(points.len() - 1).unwrap_or(u32::MAX);
    let problem = Problem { start: *start, steps, tolerance: 0.0, patience: 0, ..problem.clone() };
    let spec =
        RunSpec { optimizer: &own.optimizer, schedule: Some(&own.schedule), gradient: Gradient::Exact };
    let mut run = Run::new(spec, &problem);
    run.advance(&problem, steps);
    points
        .iter()
        .zip(run.trajectory().samples())
        .map(|(point, sample)| (point - sample.position).amax())
        .collect()
}
