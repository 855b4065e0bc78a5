//! The search for what makes a path: the known mistakes one by one, and two at a time.

use super::path_verdict::{PathCause, PathFinding, PathVerdict};
use super::precision::PathPrecision;
use super::setting_fit::{fitted, roundings};
use super::slip::{SlippedLines, slips};
use super::slip_kind::SlipKind;
use super::trial::{PathFit, TriedMethod, program};
use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::method::update_equation::UpdateEquation;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// A number is fitted to so many.
const STEPS_FOR_NUMBERS: usize = 40;

/// The search for what makes a path.
pub(super) struct CauseSearch<'a> {
    pub problem: &'a Problem,
    pub own: &'a TriedMethod,
    pub points: &'a [Vector2<f64>],
    pub precision: PathPrecision,
}

/// Something to try.
struct CauseTrial {
    tried: TriedMethod,
    causes: Vec<PathCause>,
    changed: Vec<usize>,
}

impl CauseSearch<'_> {
    /// What makes the path, if it is something known.
    pub fn verdict(&self) -> PathVerdict {
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
            // Of the numbers that explain the path the shortest is told: what is meant, where the path knows no better.
            let with = |value: f64| {
                let mut tried = trial.tried.clone();
                (value != expected && tried.optimizer.set(&param.key, Value::Number(value)))
                    .then_some((value, tried))
            };
            let fits = |(_, tried): &(f64, TriedMethod)| {
                tried.fit(self.problem, few, self.precision).is_some_and(|fit| fit.fits())
            };
            let is_fit = with(value).as_ref().is_some_and(fits);
            let short = roundings(value).filter(|_| is_fit).filter_map(with).find(fits);
            let Some((value, tried)) = short.or_else(|| with(value)) else { continue };
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
