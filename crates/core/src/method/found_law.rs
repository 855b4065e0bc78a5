//! The law of a typed rule's error on a quadratic, found by making its steps there.

use super::recurrence::Recurrence;
use crate::formula::code::SurfaceQuery;
use crate::formula::parsed_rule::{ParsedRule, key_of};
use crate::formula::program::{GRADIENT_AT_START, Program, Role, VALUE_AT_START};
use crate::formula::shape::Shape;
use crate::math::number::Number;
use crate::math::random::uniform;
use crate::spec::settings::Settings;
use nalgebra::{DMatrix, DVector, Matrix2, Vector2};
use std::sync::Arc;

/// A part of the size of what is compared that rounding may leave.
const ROUNDING: f64 = 1e-9;

/// The numbers of steps at which a rule is tried: the first, and some of those for which a law that stays holds.
const STEPS: [u32; 5] = [1, 2, 3, 50, 1000];

/// Seeds of the points at which a rule is tried.
const TRIALS: u64 = 3;

const RANDOM: &str = "It draws random numbers at every step, so that no law of the error holds in one run: look at its runs \
     and maps.";
const KEEPS_NUMBERS: &str = "It keeps numbers or matrices from step to step, not vectors alone, so that (1 - αλ)^t \
     does not apply: look at its runs and maps.";
const NOT_LINEAR: &str = "Its step on a quadratic is no linear function of the error along each eigenvector, so that \
     (1 - αλ)^t does not apply: look at its runs and maps.";
const PULLED: &str = "Its step also depends on where the minimum lies, not on the distance from it alone, so that no \
     law of the error applies: look at its runs and maps.";
const CHANGES: &str =
    "Its step changes with the number of steps, so that no law stays: look at its runs and maps.";
const THREE_ROOTS: &str = "It remembers more than the step before: its law on a quadratic has more than two roots, and \
     of those nothing is said here. Look at its runs and maps.";

/// A rule whose step on a quadratic is linear: along an eigenvector the error obeys a recurrence.
#[derive(Clone, Debug)]
pub struct FoundLaw {
    rule: Arc<ParsedRule>,
    /// The vectors that are kept and move x.
    kept: Vec<String>,
    is_affine: bool,
    /// Whether what is kept moves x: not where it only looks on.
    remembers: bool,
    /// Which of the vectors, x the first, are places and move with the minimum; the others are differences.
    are_places: Vec<bool>,
}

/// What a rule is tried on: f = (p - c)·H·(p - c)/2.
#[derive(Clone, Copy)]
struct TestQuadratic {
    hessian: Matrix2<f64>,
    center: Vector2<f64>,
}

impl TestQuadratic {
    /// One curvature along all directions.
    fn round(lambda: f64) -> Self {
        Self { hessian: Matrix2::identity() * lambda, center: Vector2::zeros() }
    }

    fn answer(&self, question: SurfaceQuery, [x, y]: [f64; 2]) -> [f64; 3] {
        let away = Vector2::new(x, y) - self.center;
        let gradient = self.hessian * away;
        match question {
            SurfaceQuery::Value => [away.dot(&gradient) / 2.0, 0.0, 0.0],
            SurfaceQuery::Gradient => [gradient.x, gradient.y, 0.0],
            SurfaceQuery::Hessian => [self.hessian.m11, self.hessian.m12, self.hessian.m22],
        }
    }
}

impl FoundLaw {
    /// The law of a rule; `settings` are such as it may have.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    pub fn of(rule: &Arc<ParsedRule>, settings: &Settings<f64>) -> Result<Self, &'static str> {
        if rule.draws() {
            return Err(RANDOM);
        }
        if rule.moving_states().any(|(_, shape)| shape != Shape::Vector) {
            return Err(KEEPS_NUMBERS);
        }
        let kept = rule.moving_states().map(|(name, _)| name.to_owned()).collect();
        let are_places = Vec::new();
        let mut law = Self { rule: Arc::clone(rule), kept, is_affine: false, remembers: true, are_places };
        let tried: Vec<Settings<f64>> = (0..TRIALS).map(|trial| varied(settings, trial)).collect();
        law.are_places = law.places(settings);
        for (settings, trial) in tried.iter().zip(0..) {
            law.check_linear(settings, trial)?;
        }
        law.remembers = tried.iter().any(|settings| memory(&law.matrix(settings, 1.7, 2)) > 0.0);
        for settings in &tried {
            for lambda in [0.3, 1.7, 20.0] {
                law.check_recurrence(settings, lambda)?;
            }
        }
        // Where a rate of 0 leaves nothing of three, there is no telling what two of them are.
        law.is_affine = law.width() <= 2 && tried.iter().all(|settings| law.is_affine_at(settings));
        Ok(law)
    }

    /// The law along an eigenvector of eigenvalue `lambda`.
    pub fn at(&self, settings: &Settings<f64>, lambda: f64) -> Recurrence {
        let (first_step, step) = (self.matrix(settings, lambda, 1), self.matrix(settings, lambda, 2));
        let first = (&first_step * self.start(settings)).get(0).copied().unwrap_or(f64::NAN);
        let (now, before, _) = self.reduced(&step);
        Recurrence { first, now, before }
    }

    /// Whether the weights of the law are affine in the learning rate and in the eigenvalue: then an edge is where one of
    /// them says so, and the stable values are an interval.
    pub fn is_affine(&self) -> bool {
        self.is_affine
    }

    /// How many vectors a step begins with, x the first.
    fn width(&self) -> usize {
        self.kept.len() + 1
    }

    /// The vectors that a program begins with and what it makes of them.
    fn made(
        &self,
        program: &Program,
        behind: &str,
        settings: &Settings<f64>,
        step: u32,
        vectors: &[Vector2<f64>],
        on: &TestQuadratic,
    ) -> Vec<Vector2<f64>> {
        let x = vectors.first().copied().unwrap_or_default();
        let names: Vec<String> = std::iter::once("x".to_owned())
            .chain(self.kept.iter().map(|name| format!("{name}{behind}")))
            .collect();
        let mut values = vec![0.0; program.width()];
        for variable in program.variables() {
            let number = self.rule.settings().position(|name| name == variable.name);
            let numbers: [f64; 2] = match (variable.role, variable.name.as_str()) {
                (Role::Constant, _) => {
                    [number.and_then(|at| settings.numbers.get(at)).copied().unwrap_or(f64::NAN); 2]
                }
                (_, "t") => [f64::from(step); 2],
                (_, VALUE_AT_START) => [on.answer(SurfaceQuery::Value, x.into())[0]; 2],
                (_, GRADIENT_AT_START) => {
                    let [x, y, _] = on.answer(SurfaceQuery::Gradient, x.into());
                    [x, y]
                }
                (_, name) => {
                    let place = names.iter().position(|known| known == name);
                    place.and_then(|place| vectors.get(place)).copied().unwrap_or_default().into()
                }
            };
            for (value, number) in
                values.iter_mut().skip(variable.at).take(variable.shape.width()).zip(numbers)
            {
                *value = number;
            }
        }
        for power in program.carried() {
            let number = self.rule.settings().position(|name| name == power.setting);
            let base = number.and_then(|at| settings.numbers.get(at)).copied().unwrap_or(f64::NAN);
            if let Some(value) = values.get_mut(power.at) {
                *value = Number::powi(base, step);
            }
        }
        program.run(&mut values, |question, point| on.answer(question, point));
        let vector = |(name, kept): (&String, &Vector2<f64>)| {
            program
                .variable(name)
                .map_or(*kept, |variable| Vector2::new(values[variable.at], values[variable.at + 1]))
        };
        names.iter().zip(vectors).map(vector).collect()
    }

    fn step(
        &self,
        settings: &Settings<f64>,
        step: u32,
        vectors: &[Vector2<f64>],
        on: &TestQuadratic,
    ) -> Vec<Vector2<f64>> {
        self.made(self.rule.step(), "", settings, step, vectors, on)
    }

    /// The vectors before the first step, which begins at this distance from the minimum.
    fn begun(&self, settings: &Settings<f64>, x: Vector2<f64>) -> Vec<Vector2<f64>> {
        let mut vectors = vec![Vector2::zeros(); self.width()];
        if let Some(first) = vectors.first_mut() {
            *first = x;
        }
        let Some(start) = self.rule.start() else { return vectors };
        let mut begun = self.made(start, "₀", settings, 0, &vectors, &TestQuadratic::round(f64::NAN));
        if let Some(first) = begun.first_mut() {
            *first = x;
        }
        begun
    }

    /// What is kept before the first step along one coordinate, for an error of 1.
    fn start(&self, settings: &Settings<f64>) -> DVector<f64> {
        DVector::from_iterator(self.width(), self.begun(settings, Vector2::x()).iter().map(|vector| vector.x))
    }

    /// What a step does to what is kept along one coordinate of eigenvalue `lambda`.
    fn matrix(&self, settings: &Settings<f64>, lambda: f64, step: u32) -> DMatrix<f64> {
        let width = self.width();
        let mut matrix = DMatrix::zeros(width, width);
        for (column, mut entries) in matrix.column_iter_mut().enumerate() {
            let unit: Vec<Vector2<f64>> =
                (0..width).map(|row| if row == column { Vector2::x() } else { Vector2::zeros() }).collect();
            let made = self.step(settings, step, &unit, &TestQuadratic::round(lambda));
            for (entry, vector) in entries.iter_mut().zip(made) {
                *entry = vector.x;
            }
        }
        matrix
    }

    /// Whether the step is linear along each eigenvector, the same in all directions, wherever the minimum lies, and the
    /// same from the second step on.
    fn check_linear(&self, settings: &Settings<f64>, trial: u64) -> Result<(), &'static str> {
        let number = |index: u64| uniform(trial + 17, 0, index) * 2.0 - 1.0;
        let (low, high) = (0.4 + number(0).abs(), 2.5 + number(1).abs());
        let turn = nalgebra::Rotation2::new(0.7 + number(2)).into_inner();
        let hessian = turn * Matrix2::new(low, 0.0, 0.0, high) * turn.transpose();
        let centers = [Vector2::zeros(), Vector2::new(1.0 + number(3), number(4) - 2.0)];
        let width = self.width();
        // What the first step does, and what every later one does.
        let at_step = [1, 2].map(|step| [low, high].map(|lambda| self.matrix(settings, lambda, step)));
        // In the directions of the eigenvectors.
        let vectors: Vec<Vector2<f64>> = (0..width as u64)
            .map(|place| Vector2::new(number(5 + 2 * place), number(6 + 2 * place)))
            .collect();
        for scale in [1.0, -3.0, 1e-3] {
            let scaled: Vec<Vector2<f64>> = vectors.iter().map(|vector| turn * *vector * scale).collect();
            for center in centers {
                let on = TestQuadratic { hessian, center };
                let placed = self.moved(&scaled, center);
                for step in STEPS {
                    let made = self.moved(&self.step(settings, step, &placed, &on), -center);
                    let matrices = &at_step[usize::from(step > 1)];
                    let wanted: Vec<Vector2<f64>> = (0..width)
                        .map(|row| {
                            let along = [0, 1].map(|axis| {
                                (0..width)
                                    .map(|column| matrices[axis][(row, column)] * vectors[column][axis])
                                    .sum::<f64>()
                            });
                            turn * Vector2::from(along) * scale
                        })
                        .collect();
                    let size = wanted.iter().chain(&scaled).map(Vector2::amax).fold(0.0, f64::max);
                    let reach = size + center.amax();
                    let near = |(a, b): (&Vector2<f64>, &Vector2<f64>)| (a - b).amax() <= ROUNDING * reach;
                    if !(size.is_finite() && made.iter().zip(&wanted).all(near)) {
                        let is_plain = center == Vector2::zeros();
                        return Err(match (is_plain, step) {
                            (false, _) => PULLED,
                            (true, 1 | 2) => NOT_LINEAR,
                            (true, _) => CHANGES,
                        });
                    }
                }
            }
        }
        // What is kept before the first step is nothing, or so many times the distance.
        let begun = [1.0, -2.5].map(|scale| self.begun(settings, Vector2::new(0.7, -0.3) * scale));
        let [once, more] = begun;
        let linear = once.iter().zip(&more).all(|(once, more)| (once * -2.5 - more).amax() <= ROUNDING);
        if !linear {
            return Err(NOT_LINEAR);
        }
        // A place that does not begin with x is where the origin is, unless the first step asks for none.
        let first = &at_step[0][0];
        let is_begun = |place: usize| {
            (once[place] - once[0]).amax() <= ROUNDING || first.column(place).amax() <= ROUNDING
        };
        let begun = (0..width).all(|place| !self.are_places[place] || is_begun(place));
        if begun { Ok(()) } else { Err(PULLED) }
    }

    /// Which of the vectors a step leaves where they are once all of them stand at a minimum, wherever that is: those are
    /// places. The others rest at 0.
    fn places(&self, settings: &Settings<f64>) -> Vec<bool> {
        let width = self.width();
        let lambda = 1.3;
        let on = TestQuadratic { hessian: Matrix2::identity() * lambda, center: Vector2::new(1.0, 0.0) };
        let pull = self.step(settings, 2, &vec![Vector2::zeros(); width], &on);
        let pull = DVector::from_iterator(width, pull.iter().map(|vector| vector.x));
        let leaves = DMatrix::identity(width, width) - self.matrix(settings, lambda, 2);
        let is_finite = leaves.iter().chain(pull.iter()).all(|entry| entry.is_finite());
        let rest = if is_finite { leaves.svd(true, true).solve(&pull, 1e-10).ok() } else { None };
        let at = |place: usize| rest.as_ref().is_some_and(|rest| (rest[place] - 1.0).abs() <= 1e-6);
        (0..width).map(|place| place == 0 || at(place)).collect()
    }

    /// The vectors where the minimum has moved: those that are places move with it.
    fn moved(&self, vectors: &[Vector2<f64>], by: Vector2<f64>) -> Vec<Vector2<f64>> {
        let moves =
            |(vector, is_place): (&Vector2<f64>, &bool)| if *is_place { vector + by } else { *vector };
        vectors.iter().zip(&self.are_places).map(moves).collect()
    }

    /// Whether the errors obey the recurrence.
    fn check_recurrence(&self, settings: &Settings<f64>, lambda: f64) -> Result<(), &'static str> {
        let (first_step, step) = (self.matrix(settings, lambda, 1), self.matrix(settings, lambda, 2));
        let (now, before, left) = self.reduced(&step);
        let size = step.iter().fold(1.0, |size: f64, entry| size.max(entry.abs()));
        let allowed = ROUNDING * size * size;
        if left.is_nan() || left > allowed {
            return Err(THREE_ROOTS);
        }
        let start = self.start(settings);
        let (mut last, mut vectors) = (start[0], &first_step * &start);
        for _ in 0..4 {
            let next = &step * &vectors;
            let error = vectors[0];
            let off = (next[0] - now * error - before * last).abs();
            if off.is_nan() || off > allowed * (1.0 + error.abs() + last.abs()) {
                return Err(CHANGES);
            }
            (last, vectors) = (error, next);
        }
        Ok(())
    }

    /// The weights of the recurrence that the error obeys, of which a step is this matrix; and what is left of a third.
    fn reduced(&self, matrix: &DMatrix<f64>) -> (f64, f64, f64) {
        let width = matrix.nrows();
        let row = matrix.row(0);
        if width == 1 || !self.remembers {
            return (row[0], 0.0, 0.0);
        }
        if width == 2 {
            let determinant = matrix[(0, 0)] * matrix[(1, 1)] - matrix[(0, 1)] * matrix[(1, 0)];
            return (matrix[(0, 0)] + matrix[(1, 1)], 0.0 - determinant, 0.0);
        }
        let next = row * matrix;
        let now = (1..width).map(|at| next[at] * row[at]).sum::<f64>() / memory(matrix);
        let left = (1..width).map(|at| (next[at] - now * row[at]).abs()).fold(0.0, f64::max);
        (now, next[0] - now * row[0], left)
    }

    /// Whether the law is affine in the learning rate, and in the eigenvalue.
    fn is_affine_at(&self, settings: &Settings<f64>) -> bool {
        let law = |lr: f64, lambda: f64| {
            let mut settings = *settings;
            settings.numbers[0] *= lr;
            let Recurrence { first, now, before } = self.at(&settings, lambda);
            [first, now, before]
        };
        let bends = |of: [[f64; 3]; 3]| {
            let size = of.iter().flatten().fold(1.0, |size: f64, weight| size.max(weight.abs()));
            let [low, middle, high] = of;
            (0..3).any(|at| (low[at] - 2.0 * middle[at] + high[at]).abs() > ROUNDING * size)
        };
        let rates = [1.0, 2.0, 3.0].map(|lr| law(lr, 1.3));
        let eigenvalues = [0.5, 1.5, 2.5].map(|lambda| law(1.0, lambda));
        // The first of the numbers is the learning rate, where there is one.
        let has_rate = self.rule.settings().next().is_some_and(|name| key_of(name) == "lr");
        !(bends(eigenvalues) || has_rate && bends(rates))
    }
}

/// How much of what is kept goes into x in a step.
fn memory(step: &DMatrix<f64>) -> f64 {
    step.row(0).iter().skip(1).map(|entry| entry * entry).sum()
}

/// Other settings of the same kind; the first are the settings themselves.
fn varied(settings: &Settings<f64>, trial: u64) -> Settings<f64> {
    let mut varied = *settings;
    for (number, index) in varied.numbers.iter_mut().zip(0..).filter(|_| trial > 0) {
        let part = uniform(trial, 1, index);
        *number = if *number == 0.0 { 0.3 * part } else { *number * (0.5 + 0.5 * part) };
    }
    varied
}
