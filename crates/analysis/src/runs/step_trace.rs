//! A step taken apart: its lines one after the other, with the numbers that were there. Derived from
//! the method's own description, whichever method it is.

use nalgebra::Vector2;
use std::borrow::Cow;
use thalweg_core::formula::bindings::Bindings;
use thalweg_core::formula::expression::Expression;
use thalweg_core::formula::numbers::Piece;
use thalweg_core::formula::parsed_rate::COUNTER;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::formula::write::Spelling;
use thalweg_core::method::oracle::answer;
use thalweg_core::method::state::State;
use thalweg_core::method::step_record::StepRecord;
use thalweg_core::method::update_equation::{EquationRule, UpdateEquation, ValueType};
use thalweg_core::run::prepared_schedule::TypedRate;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::stochastic_oracle::{EvaluationCounter, StochasticOracle};

/// One line of the step with its numbers.
#[derive(Clone, Debug)]
pub struct StepPart {
    /// What the description says.
    pub line: UpdateEquation,
    /// The line in symbols.
    pub text: String,
    /// The right side with its numbers: one row, or one for each coordinate. Empty for what no
    /// formula gives.
    pub numbers: Vec<Vec<Piece>>,
    /// What it comes to.
    pub value: Tensor,
    /// What the symbol stood for before, where it did.
    pub before: Option<Tensor>,
}

/// A step, taken apart.
#[derive(Clone, Debug)]
pub struct StepTrace {
    /// The state that it leaves from.
    pub state: State<f64>,
    /// Where it arrives, as recorded.
    pub to: Vector2<f64>,
    /// Its lines, in their order.
    pub parts: Vec<StepPart>,
}

/// The learning rate's line under a schedule.
const SCHEDULED: UpdateEquation = UpdateEquation::number(
    "α",
    "α₀·σ",
    "this step's learning rate: what is set, times the schedule's factor",
);

/// The symbol of what a schedule makes of the momentum.
const MOVED: &str = "μₜ";
/// The momentum's line under a schedule that moves it.
const MOMENTUM: UpdateEquation = UpdateEquation::number(
    "β",
    MOVED,
    "this step's momentum, which the schedule moves against the learning rate",
);

/// The symbol of how many steps a typed schedule has made; t counts the method's, from 1.
const MADE: &str = "t′";

/// The learning rate's line under a typed schedule, with its symbols.
fn typed_line(typed: &TypedRate, symbols: &mut Bindings) -> Option<UpdateEquation> {
    let mut expression = typed.formula.expression()?.clone();
    expression.rename(COUNTER, MADE);
    symbols.bind(MADE, Tensor::Number(f64::from(typed.step)));
    for (name, number) in &typed.settings {
        symbols.bind(name, Tensor::Number(*number));
    }
    let says =
        format!("this step's learning rate, by the formula of the schedule: {MADE} steps were made before");
    let formula = expression.written(Spelling::Printed);
    Some(UpdateEquation {
        rule: EquationRule::Formula(Cow::Owned(formula)),
        says: Cow::Owned(says),
        ..SCHEDULED
    })
}

impl StepTrace {
    /// How many lines a step of `run` has.
    pub fn count(run: &Run) -> usize {
        let moved = usize::from(run.moved_momentum().is_some());
        run.optimizer().lines(&run.settings_at(0)).len() + usize::from(run.is_scheduled()) + moved
    }

    /// The step of `run` that leaves from `step`. `None` where no computed step does: the run has ended
    /// there or before, or is not computed so far.
    ///
    /// The state is replayed, from `known` on if that is a state of this very run and near.
    pub fn of(run: &Run, problem: &Problem, known: Option<&State<f64>>, step: u32) -> Option<Self> {
        if step >= run.trajectory().last_step() {
            return None;
        }
        let before = run.state_after(problem, known, step);
        let after = run.state_after(problem, Some(&before), step + 1);
        let mut scene =
            StochasticOracle::new(&problem.objective, run.gradient(), EvaluationCounter::default());
        // Where the method itself is asked from and goes to: modifiers may take the run elsewhere.
        let made = run.method_stride(problem, &before);
        let stand = made.before.position;
        scene.begin(step, stand, problem.objective.value_gradient(stand));
        let (optimizer, set) = (run.optimizer(), run.settings());
        // With the momentum that the schedule gives, where it does; α is that which is set until a line changes it.
        let mut settings = run.settings_at(step);
        settings.numbers[0] = set.numbers[0];
        let settings = &settings;
        let lines = optimizer.lines(settings);
        let mut symbols = Bindings::new();
        symbols.bind("x", Tensor::Vector(before.position));
        for (index, slot) in optimizer.kept(settings) {
            if let Some(value) = before.slots.get(index..).and_then(|slots| slot.value(slots)) {
                symbols.bind(&slot.symbol, value);
            }
        }
        for (symbol, number) in optimizer.symbols().zip(settings.numbers) {
            symbols.bind(symbol, Tensor::Number(number));
        }
        symbols.bind("t", Tensor::Number(f64::from(step) + 1.0));
        let rate = run.learning_rate(step);
        let mut parts = Vec::new();
        if run.is_scheduled() {
            let [set, ..] = settings.numbers;
            symbols.bind("α₀", Tensor::Number(set));
            symbols.bind("σ", Tensor::Number(rate / set));
            // Settings of the schedule may be called as those of the method.
            let mut own = symbols.clone();
            let typed = run.typed_rate(step).and_then(|typed| typed_line(&typed, &mut own));
            parts.extend(part(&typed.unwrap_or(SCHEDULED), &made, &scene, &mut own));
            // Not what the division above has made of it.
            symbols.bind("α", Tensor::Number(rate));
        }
        if let Some((symbol, momentum)) = run.moved_momentum() {
            symbols.bind(MOVED, Tensor::Number(settings.numbers[momentum]));
            let line = UpdateEquation { name: Cow::Owned(symbol), ..MOMENTUM };
            parts.extend(part(&line, &made, &scene, &mut symbols));
        }
        let mut searched = lines.iter().any(|line| matches!(line.rule, EquationRule::Searched(..)));
        let mut is_searched = false;
        for line in &lines {
            is_searched |= matches!(line.rule, EquationRule::Searched(..));
            parts.push(part(line, &made, &scene, &mut symbols)?);
            // A length that is read off the step gives its end up to rounding only, which what
            // follows, a difference of gradients, would see.
            if searched && is_searched && line.name == "x" {
                searched = false;
                symbols.bind("x", Tensor::Vector(made.after.position));
            }
        }
        Some(Self { state: before, to: after.position, parts })
    }

    /// The step itself: the new position less the old one.
    pub fn change(&self) -> Vector2<f64> {
        self.to - self.state.position
    }

    /// The gradient that the method used: the last value that its lines call g.
    pub fn gradient(&self) -> Option<Vector2<f64>> {
        let mut parts = self.parts.iter().rev().filter(|part| part.line.name == "g");
        parts.next().and_then(|part| if let Tensor::Vector(g) = part.value { Some(g) } else { None })
    }

    /// How far each coordinate has moved per unit of its gradient, |Δx|/|g|: what a learning rate of plain
    /// gradient descent would have had to be. None where the gradient is 0.
    pub fn effective(&self) -> [Option<f64>; 2] {
        let (change, gradient) = (self.change(), self.gradient());
        [0, 1].map(|i| {
            let g = gradient?[i];
            (g != 0.0).then(|| libm::fabs(change[i] / g))
        })
    }
}

/// A line's value, bound to its name. `None` if the description does not fit together, which a
/// test over all of them excludes.
fn part(
    line: &UpdateEquation,
    made: &StepRecord,
    oracle: &StochasticOracle<'_>,
    symbols: &mut Bindings,
) -> Option<StepPart> {
    let before = symbols.value(&line.name);
    let (value, numbers) = match &line.rule {
        EquationRule::Formula(text) => {
            let expression = Expression::parse_line(text).ok()?;
            let line =
                expression.evaluate(symbols, |question, point| answer(oracle, question, point)).ok()?;
            (line.value(), line.numbers())
        }
        EquationRule::Known(_, told) => (told(made), Vec::new()),
        EquationRule::Searched(along, _) => {
            let Some(Tensor::Vector(d)) = symbols.value(along) else { return None };
            let step = made.after.position - made.before.position;
            // In units of its larger part, of which the square cannot vanish.
            let size = d.amax();
            let d = d / size;
            let length = if size > 0.0 { step.dot(&d) / d.norm_squared() / size } else { 0.0 };
            (Tensor::Number(length), Vec::new())
        }
    };
    // A 0 that stands for a vector is one.
    let value = match (value, line.sort) {
        (value, ValueType::Number | ValueType::Matrix) => value,
        (Tensor::Number(number), _) => Tensor::Vector(Vector2::new(number, number)),
        (value, _) => value,
    };
    symbols.bind(&line.name, value);
    let text = line.text(before.is_some());
    Some(StepPart { line: line.clone(), text, numbers, value, before })
}
