//! What a method would have done from where a recorded path stood, step by step.

use super::precision::PathPrecision;
use nalgebra::Vector2;
use thalweg_core::formula::program::Program;
use thalweg_core::formula::shape::Shape;
use thalweg_core::method::description::Description;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::oracle::answer;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::method::state::State;
use thalweg_core::method::update_equation::{EquationRule, UpdateEquation};
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;

/// A method that a recorded path is held against.
#[derive(Clone, Debug)]
pub struct TriedMethod {
    /// The optimizer with its settings.
    pub optimizer: Chosen<Optimizer>,
    /// How its learning rate changes.
    pub schedule: Chosen<Schedule>,
    /// Its lines, where they are others than the optimizer's own.
    pub lines: Option<Vec<UpdateEquation>>,
}

/// How a method's steps fit a path.
#[derive(Clone, Debug)]
pub struct PathFit {
    /// Of each step that the path has made, how far from its end the method's step ends, from the same place.
    pub off: Vec<f64>,
    /// How far off that may be for roundings alone.
    pub allowed: Vec<f64>,
    /// Where the method's step ends.
    pub ends: Vec<Vector2<f64>>,
}

impl PathFit {
    /// Whether every step is the method's, but for roundings.
    pub fn fits(&self) -> bool {
        self.first_off().is_none()
    }

    /// The first step, from 1, that is not the method's.
    pub fn first_off(&self) -> Option<usize> {
        let is_off = |(off, allowed): (&f64, &f64)| off.is_nan() || *off > *allowed;
        self.off.iter().zip(&self.allowed).position(is_off).map(|place| place + 1)
    }

    /// The largest distance, as a part of where the path stands and goes.
    pub fn worst(&self, points: &[Vector2<f64>]) -> f64 {
        let part = |((off, from), to): ((&f64, &Vector2<f64>), &Vector2<f64>)| {
            let size = from.amax().max(to.amax());
            if *off == 0.0 { 0.0 } else { off / size }
        };
        self.off
            .iter()
            .zip(points)
            .zip(points.iter().skip(1))
            .map(part)
            .fold(0.0, |most: f64, part| if part.is_nan() || part > most { part } else { most })
    }
}

impl PathFit {
    /// The largest distance, as a part of the path's step.
    pub fn nearness(&self, points: &[Vector2<f64>]) -> f64 {
        let part = |(off, pair): (&f64, &[Vector2<f64>])| {
            if *off == 0.0 { 0.0 } else { off / (pair[1] - pair[0]).amax() }
        };
        let parts = self.off.iter().zip(points.windows(2)).map(part);
        parts.fold(0.0, |most: f64, part| if part.is_nan() || part > most { part } else { most })
    }
}

/// The roundings of a step, in units of its last place, that are looked over.
const ROUNDINGS: f64 = 64.0;
/// What a place known no better does to the step, times this, is looked over.
const UNKNOWN: f64 = 8.0;

impl TriedMethod {
    /// How its steps fit the path through `points`: each is made from where the path stood, with what the method remembers
    /// of the steps before. None where its lines cannot be run.
    pub fn fit(
        &self,
        problem: &Problem,
        points: &[Vector2<f64>],
        precision: PathPrecision,
    ) -> Option<PathFit> {
        let ends = self.ends(problem, points)?;
        let around = |point: &Vector2<f64>| point.map(|value| precision.around(value));
        // Where the path may have stood as well, in four patterns of signs.
        let mut sways = vec![0.0_f64; ends.len()];
        for pattern in 0..4_usize {
            let moved: Vec<_> = points
                .iter()
                .enumerate()
                .map(|(step, point)| {
                    let sign = |axis: usize| {
                        if (step * (pattern % 2) + axis * (pattern / 2)).is_multiple_of(2) {
                            1.0
                        } else {
                            -1.0
                        }
                    };
                    point + around(point).component_mul(&Vector2::new(sign(0), sign(1)))
                })
                .collect();
            for (sway, (moved, end)) in sways.iter_mut().zip(self.ends(problem, &moved)?.iter().zip(&ends)) {
                let far = (moved - end).amax();
                *sway = if far.is_nan() || far > *sway { far } else { *sway };
            }
        }
        let steps = points.windows(2).zip(&ends).zip(&sways);
        let (mut off, mut allowed) = (Vec::new(), Vec::new());
        for ((pair, end), sway) in steps {
            let ([from, to], step) = ([pair[0], pair[1]], (end - pair[0]).amax());
            off.push((end - to).amax());
            let rounding = around(&from).amax().max(around(&to).amax());
            allowed.push(UNKNOWN * (sway + rounding) + ROUNDINGS * precision.arithmetic() * step);
        }
        Some(PathFit { off, allowed, ends })
    }

    /// Where its step ends from each of `points` but the last.
    pub fn ends(&self, problem: &Problem, points: &[Vector2<f64>]) -> Option<Vec<Vector2<f64>>> {
        let start = *points.first()?;
        let problem = Problem { start, ..problem.clone() };
        let spec =
            RunSpec { optimizer: &self.optimizer, schedule: Some(&self.schedule), gradient: Gradient::Exact };
        let run = Run::new(spec, &problem);
        match &self.lines {
            Some(lines) => self.ends_of_lines(lines, &run, &problem, points),
            None => Some(ends_of_method(&run, &problem, points)),
        }
    }

    fn ends_of_lines(
        &self,
        lines: &[UpdateEquation],
        run: &Run,
        problem: &Problem,
        points: &[Vector2<f64>],
    ) -> Option<Vec<Vector2<f64>>> {
        let of: &Description = &self.optimizer.of;
        let program = program(lines)?;
        let place = |name: &str| program.variable(name).map(|variable| variable.at);
        let mut values = program.start(|_| f64::NAN);
        let first = run.state_at(problem, 0);
        for (place, slot) in of.kept(run.settings()) {
            let Some(value) = first.slots.get(place) else { continue };
            let Some(variable) = program.variable(&slot.symbol) else { continue };
            let width = variable.shape.width();
            // A matrix takes more room than a slot.
            let kept = values.get_mut(variable.at..variable.at + width).filter(|_| width <= 2)?;
            kept.copy_from_slice([value.x, value.y].get(..width)?);
        }
        let (x, t) = (place("x")?, place("t"));
        let settings: Vec<_> = of.symbols().map(place).collect();
        let steps = points.iter().take(points.len().saturating_sub(1)).enumerate();
        steps
            .map(|(step, point)| {
                values.get_mut(x..x + 2)?.copy_from_slice(&[point.x, point.y]);
                let given = run.settings_at(u32::try_from(step).ok()?);
                // A line may change what a setting stands for: each step begins with it anew.
                for (place, number) in settings.iter().zip(given.numbers) {
                    if let Some(value) = place.and_then(|at| values.get_mut(at)) {
                        *value = number;
                    }
                }
                if let Some(value) = t.and_then(|at| values.get_mut(at)) {
                    *value = step as f64 + 1.0;
                }
                program.run(&mut values, |question, at| answer(&problem.objective, question, at));
                Some(Vector2::new(*values.get(x)?, *values.get(x + 1)?))
            })
            .collect()
    }
}

/// Where the method's own steps end.
fn ends_of_method(run: &Run, problem: &Problem, points: &[Vector2<f64>]) -> Vec<Vector2<f64>> {
    let mut state = run.state_at(problem, 0);
    let steps = points.iter().take(points.len().saturating_sub(1));
    steps
        .map(|point| {
            state = State { position: *point, ..state };
            let after = run.strides(problem, &state).next().map_or(state, |stride| stride.after);
            state = after;
            after.position
        })
        .collect()
}

/// The lines as a program, if all of them are formulas.
pub fn program(lines: &[UpdateEquation]) -> Option<Program> {
    let mut text = Vec::new();
    for line in lines {
        let EquationRule::Formula(formula) = &line.rule else { return None };
        text.push(format!("{} = {formula}", line.name));
    }
    Program::parse(&text.join("; "), &[("x", Shape::Vector), ("t", Shape::Number)]).ok()
}
