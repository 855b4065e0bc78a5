//! A recorded path beside a runner: where they part, and why.

use super::precision::PathPrecision;
use super::setting_fit::fitted;
use super::slip::{SlippedLines, slips};
use super::slip_kind::SlipKind;
use super::trial::{PathFit, TriedMethod, program};
use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::method::update_equation::UpdateEquation;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// What makes the steps of a path, in place of the runner's own.
#[derive(Clone, Debug, PartialEq)]
pub enum PathCause {
    /// The setting at this key has this value.
    Setting {
        /// The key.
        key: String,
        /// The value that the runner has.
        expected: Value,
        /// The value that the path was made with.
        found: Value,
    },
    /// A line was written in another way.
    Slip(SlipKind),
    /// The learning rate stays what it is: the runner's schedule is left out.
    NoSchedule,
    /// It is another method, of this name, with the settings that both have.
    Method(String),
}

/// What fits a path.
#[derive(Clone, Debug)]
pub struct PathFinding {
    /// What differs from the runner; all of it together.
    pub causes: Vec<PathCause>,
    /// The lines that are affected: as they should be, and as they were.
    pub lines: Vec<(String, String)>,
    /// How far the steps are from the path's at most, as a part of where the path stands.
    pub worst: f64,
}

/// What is said of a path.
#[derive(Clone, Debug)]
pub enum PathVerdict {
    /// It is the runner's, but for roundings.
    Same,
    /// It is this; or, if there are more, one of these, which cannot be told apart on this path.
    Found(Vec<PathFinding>),
    /// None of the known mistakes, one by one or two at a time.
    Unknown,
    /// It has too few steps to say so much.
    TooShort,
}

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
    /// Why.
    pub verdict: PathVerdict,
}

/// So many steps are looked at: a mistake shows at once, and a path that goes wild says no more.
const MOST_STEPS: usize = 200;
/// A number is fitted to so many.
const STEPS_FOR_NUMBERS: usize = 40;

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
        let steps = u32::try_from(seen.saturating_sub(1)).unwrap_or(u32::MAX);
        Self { precision, start, start_off, steps, first, deviation, worst, verdict }
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

/// The search for what makes a path.
struct CauseSearch<'a> {
    problem: &'a Problem,
    own: &'a TriedMethod,
    points: &'a [Vector2<f64>],
    precision: PathPrecision,
}

/// Something to try.
struct CauseTrial {
    tried: TriedMethod,
    causes: Vec<PathCause>,
    changed: Vec<usize>,
}

impl CauseSearch<'_> {
    fn verdict(&self) -> PathVerdict {
        let mut single = self.slipped();
        single.extend(self.chosen());
        single.extend(self.methods());
        let mut trials =
            self.fitted(&CauseTrial { tried: self.own.clone(), causes: Vec::new(), changed: Vec::new() });
        trials.extend(single);
        let found = self.findings(&trials);
        if !found.is_empty() {
            return PathVerdict::Found(found);
        }
        // Then one mistake, and another number.
        let is_number =
            |cause: &PathCause| matches!(cause, PathCause::Setting { found: Value::Number(_), .. });
        let others =
            trials.iter().filter(|trial| !trial.causes.is_empty() && !trial.causes.iter().any(is_number));
        let with_number: Vec<_> = others.flat_map(|trial| self.fitted(trial)).collect();
        let mut found = self.findings(&with_number);
        if found.is_empty() {
            found = self.findings(&self.pairs());
        }
        if found.is_empty() {
            found = self.findings(&self.slipped_in_other_forms());
        }
        if found.is_empty() { PathVerdict::Unknown } else { PathVerdict::Found(found) }
    }

    /// What of the trials fits. A switch that makes the same method as a slip is not told beside it.
    fn findings(&self, trials: &[CauseTrial]) -> Vec<PathFinding> {
        let mut found: Vec<(PathFinding, &CauseTrial)> = Vec::new();
        for trial in trials {
            let Some(fit) = self.fit(trial).filter(PathFit::fits) else { continue };
            if !found
                .iter()
                .any(|(_, known)| known.causes == trial.causes || self.is_switch_for(trial, known))
            {
                let worst = fit.worst(self.points);
                let causes = trial.causes.clone();
                found.push((PathFinding { causes, lines: self.lines(trial), worst }, trial));
            }
        }
        found.into_iter().map(|(finding, _)| finding).collect()
    }

    /// Whether a switch or a choice makes what a slip makes, wherever a path goes.
    fn is_switch_for(&self, switched: &CauseTrial, slipped: &CauseTrial) -> bool {
        let is_switch = matches!(
            switched.causes.first(),
            Some(PathCause::Setting { found: Value::Switch(_) | Value::Choice(_), .. })
        );
        if !is_switch || !matches!(slipped.causes.first(), Some(PathCause::Slip(_))) {
            return false;
        }
        // Another path: this one with every second point beside where it was.
        let aside = |(step, point): (usize, &Vector2<f64>)| {
            let by = 0.1 * (1.0 + point.amax()) * (step % 2) as f64;
            point + Vector2::new(by, -0.7 * by)
        };
        let other: Vec<_> = self.points.iter().enumerate().map(aside).collect();
        let ends = |trial: &CauseTrial| trial.tried.ends(self.problem, &other);
        let (Some(one), Some(two)) = (ends(switched), ends(slipped)) else { return false };
        one.iter().zip(&two).all(|(one, two)| (one - two).amax() <= 1e-12 * one.amax().max(two.amax()))
    }

    fn fit(&self, trial: &CauseTrial) -> Option<PathFit> {
        // Most are wrong at once: the whole path, and how exactly it is known, is asked of the others only.
        let few = self.points.get(..self.points.len().min(4))?;
        let at_first = trial.tried.fit(self.problem, few, self.precision)?;
        if !at_first.fits() {
            return None;
        }
        trial.tried.fit(self.problem, self.points, self.precision)
    }

    /// The lines that differ, as they should be and as they were.
    fn lines(&self, trial: &CauseTrial) -> Vec<(String, String)> {
        let Some(lines) = &trial.tried.lines else { return Vec::new() };
        let own = self.own.optimizer.of.lines(&self.own.optimizer.prepare());
        let texts = trial.changed.iter().filter_map(|index| {
            let (index, theirs) = (*index, lines.get(*index)?);
            let ours = own.iter().filter(|line| line.name == theirs.name);
            let ours = ours
                .clone()
                .nth(lines.get(..index)?.iter().filter(|line| line.name == theirs.name).count())?;
            let (ours, theirs) = (ours.text(true), theirs.text(true));
            if ours != theirs {
                return Some((ours, theirs));
            }
            // The line is right, and stands at a wrong place.
            let is_late = trial.causes.contains(&PathCause::Slip(SlipKind::StateUpdatedLate));
            let beside = if is_late { index.checked_sub(1)? } else { index + 1 };
            let beside = lines.get(beside)?.text(true);
            let orders = [format!("{theirs}, then {beside}"), format!("{beside}, then {theirs}")];
            let [moved_first, moved_last] = orders;
            Some(if is_late { (moved_first, moved_last) } else { (moved_last, moved_first) })
        });
        texts.collect()
    }

    /// `trial` with each of its numbers as it fits best.
    fn fitted(&self, trial: &CauseTrial) -> Vec<CauseTrial> {
        let params = &trial.tried.optimizer.of.params;
        let numbers = params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
        let mut found = Vec::new();
        for param in numbers {
            let Some(expected) = trial.tried.optimizer.number(&param.key) else { continue };
            // Two numbers are told by a few steps; more would only cost time.
            let few = self.points.get(..self.points.len().min(STEPS_FOR_NUMBERS)).unwrap_or(self.points);
            let value = fitted(&trial.tried, &param.key, (self.problem, few), self.precision)
                .filter(|value| *value != expected);
            let Some(value) = value else { continue };
            let mut tried = trial.tried.clone();
            let _ = tried.optimizer.set(&param.key, Value::Number(value));
            let (key, expected, value) =
                (param.key.to_string(), Value::Number(expected), Value::Number(value));
            let mut causes = trial.causes.clone();
            causes.push(PathCause::Setting { key, expected, found: value });
            found.push(CauseTrial { tried, causes, changed: trial.changed.clone() });
        }
        found
    }

    /// Each mistake in the lines.
    fn slipped(&self) -> Vec<CauseTrial> {
        let trial = |SlippedLines { kind, lines, changed }: SlippedLines| {
            let tried = TriedMethod { lines: Some(lines), ..self.own.clone() };
            CauseTrial { tried, causes: vec![PathCause::Slip(kind)], changed }
        };
        self.slips_of(&self.own_lines()).into_iter().map(trial).collect()
    }

    /// Each mistake in the lines that the method has in another form, or with a switch the other way.
    fn slipped_in_other_forms(&self) -> Vec<CauseTrial> {
        let mut found = Vec::new();
        for other in self.chosen() {
            let optimizer = other.tried.optimizer.refreshed();
            let lines = optimizer.of.lines(&optimizer.prepare());
            for SlippedLines { kind, lines, .. } in self.slips_of(&lines) {
                let tried =
                    TriedMethod { optimizer: optimizer.clone(), lines: Some(lines), ..other.tried.clone() };
                let causes = other.causes.iter().cloned().chain([PathCause::Slip(kind)]).collect();
                found.push(CauseTrial { tried, causes, changed: Vec::new() });
            }
        }
        found
    }

    fn own_lines(&self) -> Vec<UpdateEquation> {
        self.own.optimizer.of.lines(&self.own.optimizer.prepare())
    }

    fn slips_of(&self, lines: &[UpdateEquation]) -> Vec<SlippedLines> {
        if program(lines).is_none() {
            return Vec::new();
        }
        slips(lines, self.problem.objective.examples().map(<[_]>::len))
    }

    /// Two mistakes in the lines.
    fn pairs(&self) -> Vec<CauseTrial> {
        let mut found = Vec::new();
        for one in self.slips_of(&self.own_lines()) {
            for other in self.slips_of(&one.lines) {
                if other.kind == one.kind || other.kind as u8 <= one.kind as u8 {
                    continue;
                }
                let tried = TriedMethod { lines: Some(other.lines), ..self.own.clone() };
                let causes = vec![PathCause::Slip(one.kind), PathCause::Slip(other.kind)];
                let mut changed = [one.changed.clone(), other.changed].concat();
                changed.sort_unstable();
                changed.dedup();
                found.push(CauseTrial { tried, causes, changed });
            }
        }
        found
    }

    /// Each switch and choice in its other positions, and the schedule left out.
    fn chosen(&self) -> Vec<CauseTrial> {
        let mut found = Vec::new();
        for (param, expected) in self.own.optimizer.settings() {
            let others = match (param.kind, expected) {
                (Kind::Switch { .. }, Value::Switch(on)) => vec![Value::Switch(!on)],
                (Kind::Choice { alternatives }, Value::Choice(index)) => {
                    (0..alternatives.len()).filter(|other| other != index).map(Value::Choice).collect()
                }
                _ => Vec::new(),
            };
            for value in others {
                let mut tried = self.own.clone();
                let _ = tried.optimizer.set(&param.key, value.clone());
                let (key, expected) = (param.key.to_string(), expected.clone());
                let causes = vec![PathCause::Setting { key, expected, found: value }];
                found.push(CauseTrial { tried, causes, changed: Vec::new() });
            }
        }
        if !self.own.schedule.of.is_constant() {
            let tried = TriedMethod { schedule: Chosen::default(), ..self.own.clone() };
            found.push(CauseTrial { tried, causes: vec![PathCause::NoSchedule], changed: Vec::new() });
        }
        found
    }

    /// Every other method with the settings that both have.
    fn methods(&self) -> Vec<CauseTrial> {
        let others = optimizers::ALL.iter().filter(|other| other.name != self.own.optimizer.of.name);
        let trial = |other: &&'static Optimizer| CauseTrial {
            tried: TriedMethod {
                optimizer: self.own.optimizer.turned_into_method(*other),
                lines: None,
                ..self.own.clone()
            },
            causes: vec![PathCause::Method(other.name.to_string())],
            changed: Vec::new(),
        };
        others.map(trial).collect()
    }
}
