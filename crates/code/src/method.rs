//! The steps of a method in NumPy, from the lines of its own description.

use super::code_error::CodeError;
use super::expression_writer::{KnownName, PythonText, Target, filled, float, number, python};
use super::identifier::identifier;
use super::method_rows::{METHODS, MethodRow, SEARCHES};
use thalweg_core::Optimizer;
use thalweg_core::formula::expression::Expression;
use thalweg_core::formula::name;
use thalweg_core::formula::shape::{Shape, Tensor};
use thalweg_core::method::state::State;
use thalweg_core::method::step_record::StepRecord;
use thalweg_core::method::update_equation::{EquationRule, LineSearch, UpdateEquation, ValueType};
use thalweg_core::nalgebra::{Matrix2, Vector2};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::value::Value;

/// The steps of a method in NumPy.
#[derive(Clone, Debug, Default)]
pub struct MethodText {
    /// Functions that it calls, as whole texts.
    pub functions: Vec<&'static str>,
    /// The settings and what is kept from step to step, before the first step.
    pub begin: Vec<String>,
    /// The lines of a step, from `x` to the next `x`.
    pub step: Vec<String>,
    /// When the run is over because a search has found no step, and what is done if it is not; empty for a method
    /// that does not search.
    pub is_over: (&'static str, &'static str),
    /// What it calls by name that the program has to define.
    pub calls: Vec<&'static str>,
}

/// What is known so far of a step's names.
struct StepNames {
    names: Vec<(String, Shape)>,
}

impl StepNames {
    fn shape(&self, name: &str) -> Option<Shape> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, shape)| *shape)
    }

    fn add(&mut self, name: &str, shape: Shape) {
        self.names.push((name::printed(name), shape));
    }
}

/// Writes the steps of a method that leave from `start`; whether a schedule changes its learning rate, and the symbol of the
/// momentum, where it changes that.
///
/// # Errors
/// Its steps are not told by lines.
pub fn method(
    chosen: &Chosen<Optimizer>,
    start: [f64; 2],
    is_scheduled: bool,
    moved: Option<&str>,
) -> Result<MethodText, CodeError> {
    let optimizer = &*chosen.of;
    let settings = chosen.prepare();
    let lines = optimizer.lines(&settings);
    if !lines.iter().any(|line| line.name == "x") {
        return Err(CodeError::NoLines(optimizer.name.to_string()));
    }
    let row = METHODS.iter().find(|row| row.optimizer == optimizer.name).unwrap_or(&MethodRow::PLAIN);
    let mut state = State::at(Vector2::from(start));
    optimizer.executor().start(&settings, &mut state);
    if let Some(modifiers) = optimizer.modifiers() {
        modifiers.start(&settings, &mut state);
        let searches = lines.iter().any(|line| matches!(line.rule, EquationRule::Searched(..)));
        if searches && modifiers.changes_what_is_seen(&settings) {
            return Err(CodeError::ModifiedSearch(optimizer.name.to_string()));
        }
    }
    let mut text = MethodText::default();
    let mut names = StepNames { names: Vec::new() };
    names.add("x", Shape::Vector);
    names.add("t", Shape::Number);
    let mut kept = Vec::new();
    for (index, slot) in optimizer.kept(&settings) {
        let Some(value) = state.slots.get(index..).and_then(|slots| slot.value(slots)) else { continue };
        names.add(&slot.symbol, value.shape());
        if lines.iter().any(|line| line.name == slot.symbol) {
            let value = match value {
                Tensor::Number(number) => float(number),
                Tensor::Vector(value) => vector(value, start),
                Tensor::Matrix(value) => matrix(&value),
            };
            kept.push(format!("{} = {value}  # {}", identifier(&slot.symbol), slot.doc));
        }
    }
    for symbol in optimizer.symbols() {
        names.add(symbol, Shape::Number);
    }
    let used = used_symbols(&lines, row);
    for (symbol, value, says) in settings_of(chosen) {
        let is_moved = moved == Some(&*symbol);
        let is_changed =
            lines.iter().any(|line| line.name == symbol) || (is_scheduled && symbol == "α") || is_moved;
        if !used.contains(&symbol) && !is_changed {
            continue;
        }
        let name = identifier(&symbol);
        if is_changed {
            text.begin.push(format!("{name}0 = {value}  # {says}"));
            let factor = if is_scheduled && symbol == "α" { "*schedule(t - 1)" } else { "" };
            text.step.push(if is_moved {
                format!("{name} = momentum(t - 1, {name}0)")
            } else {
                format!("{name} = {name}0{factor}")
            });
        } else {
            text.begin.push(format!("{name} = {value}  # {says}"));
        }
    }
    text.begin.extend(kept);
    text.begin.extend(row.begin.iter().map(|line| (*line).to_owned()));
    let record = StepRecord { settings, gradient: Vector2::zeros(), before: state, after: state };
    // The gradient that every step is given, where no line asks for it.
    if used.iter().any(|name| name == "g") && !lines.iter().any(|line| line.name == "g") {
        names.add("g", Shape::Vector);
        text.step.push("g = gradient(x)  # the gradient where x stands".to_owned());
    }
    let mut done: Vec<&str> = Vec::new();
    for line in &lines {
        let instead = row.instead.iter().find(|(name, _)| *name == line.name && !done.contains(name));
        if let Some((name, python)) = instead {
            done.push(name);
            text.step.extend(python.lines().map(str::to_owned));
            names.add(name, shape_of(line.sort));
            if let EquationRule::Searched(_, search) = line.rule {
                text.search(search, row);
            }
            continue;
        }
        text.line(line, &record, &mut names)?;
        if let EquationRule::Searched(_, search) = line.rule {
            text.search(search, row);
        }
    }
    text.step.extend(row.end.lines().map(str::to_owned));
    text.functions.extend(row.functions);
    Ok(text)
}

impl MethodText {
    /// A line of the step.
    fn line(
        &mut self,
        line: &UpdateEquation,
        record: &StepRecord,
        names: &mut StepNames,
    ) -> Result<(), CodeError> {
        let name = identifier(&line.name);
        let shape = shape_of(line.sort);
        match &line.rule {
            EquationRule::Formula(formula) => {
                let expression = Expression::parse_line(formula)?;
                let known = |name: &str| names.shape(name).map(|shape| KnownName { shape, varies: true });
                let PythonText { text, calls, shape: found } = python(&expression, Target::Step, known)?;
                // A number that stands for a vector is one.
                let text =
                    if (found, shape) == (Shape::Number, Shape::Vector) { filled(&text) } else { text };
                self.step.extend(said(&format!("{name} = {text}"), &line.says));
                self.calls.extend(calls);
            }
            EquationRule::Known(_, told) => {
                let value = match told(record) {
                    Tensor::Number(value) => float(value),
                    Tensor::Vector(value) => format!("np.array([{}, {}])", float(value.x), float(value.y)),
                    Tensor::Matrix(value) => matrix(&value),
                };
                self.begin.push(format!("{name} = {value}  # {}", line.says));
            }
            EquationRule::Searched(_, search) => {
                if let Some(row) = SEARCHES.iter().find(|row| row.search == *search) {
                    self.step.push(format!(
                        "{name} = {}  # the step's length along d, 0 if none is found",
                        row.call
                    ));
                }
            }
        }
        names.add(&line.name, shape);
        Ok(())
    }

    fn search(&mut self, search: LineSearch, row: &MethodRow) {
        if let Some(found) = SEARCHES.iter().find(|row| row.search == search) {
            self.functions.push(found.text);
            self.calls.extend(found.asks);
        }
        self.is_over = (row.is_over, row.goes_on);
    }
}

/// A line with its meaning behind it, or above it where both are too long.
fn said(line: &str, says: &str) -> Vec<String> {
    const WIDTH: usize = 110;
    if says.is_empty() {
        vec![line.to_owned()]
    } else if line.chars().count() + says.chars().count() > WIDTH {
        vec![format!("# {says}"), line.to_owned()]
    } else {
        vec![format!("{line}  # {says}")]
    }
}

/// The kind of a line's value.
fn shape_of(sort: ValueType) -> Shape {
    match sort {
        ValueType::Number => Shape::Number,
        ValueType::Matrix => Shape::Matrix,
        ValueType::Point | ValueType::Displacement | ValueType::Direction | ValueType::PerCoordinate => {
            Shape::Vector
        }
    }
}

/// The symbols that formulas and searches read, as they are printed.
fn used_symbols(lines: &[UpdateEquation], row: &MethodRow) -> Vec<String> {
    let mut used: Vec<String> = row.reads.iter().map(|symbol| name::printed(symbol)).collect();
    for line in lines {
        match &line.rule {
            EquationRule::Formula(formula) => {
                if let Ok(expression) = Expression::parse_line(formula) {
                    used.extend_from_slice(expression.names());
                }
            }
            EquationRule::Searched(_, search) => {
                let rows = SEARCHES.iter().filter(|row| row.search == *search);
                used.extend(rows.flat_map(|row| row.reads).map(|symbol| name::printed(symbol)));
            }
            EquationRule::Known(..) => {}
        }
    }
    used
}

/// The numbers that a method can be told: symbol, value in Python, and meaning.
fn settings_of(chosen: &Chosen<Optimizer>) -> Vec<(String, String, String)> {
    let number = |(param, value): (&Param, &Value)| match (param.kind, value) {
        (Kind::Number { range, .. }, Value::Number(value)) => {
            let value = if range.whole { number(*value) } else { float(*value) };
            Some((name::printed(&param.symbol), value, format!("{}: {}", param.key, param.doc)))
        }
        _ => None,
    };
    chosen.settings().filter_map(number).collect()
}

/// A vector that a run begins with.
fn vector(value: Vector2<f64>, start: [f64; 2]) -> String {
    match [value.x, value.y] {
        [0.0, 0.0] => "np.zeros(2)".to_owned(),
        pair if pair == start => "x".to_owned(),
        [x, y] if x == y => format!("np.full(2, {})", float(x)),
        [x, y] => format!("np.array([{}, {}])", float(x), float(y)),
    }
}

/// A matrix that a run begins with.
fn matrix(value: &Matrix2<f64>) -> String {
    if *value == Matrix2::identity() {
        return "np.eye(2)".to_owned();
    }
    let [a, b, c, d] = [value.m11, value.m12, value.m21, value.m22].map(float);
    format!("np.array([[{a}, {b}], [{c}, {d}]])")
}
