//! A step as somebody types it: several assignments, one after the other, with what is kept from step to step.

use super::assignment::{Assignment, read};
use super::bindings::predefined;
use super::builder::{Builder, Operand};
use super::check::shapes;
use super::code::SurfaceQuery;
use super::expression::Place;
use super::lower::{Lowered, NOTHING, lower};
use super::name;
use super::parse_error::ParseError;
use super::register_file::RegisterFile;
use super::routine::Routine;
use super::shape::Shape;
use crate::math::number::Number;

/// Where the value of a name comes from before the first assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whoever runs the program gives it at every step.
    Given,
    /// Nothing assigns it: a setting.
    Constant,
    /// It is read before it is assigned: kept from the step before, 0 at first.
    State,
}

/// A name whose value a step begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// As it is printed.
    pub name: String,
    /// Where its value comes from.
    pub role: Role,
    /// Its kind.
    pub shape: Shape,
    /// The index of the first of its numbers among those of a step.
    pub at: usize,
}

/// The most powers that are carried from step to step; more are computed in each.
pub const MOST_CARRIED: usize = 4;
/// What counts the steps.
const COUNTER: &str = "t";
/// The learning rate: a schedule may change it from step to step, and its powers are those of the step.
const RATE: &str = "α";

/// The variable that holds f where a step begins.
pub const VALUE_AT_START: &str = "f(x)";
/// The variable that holds the gradient where a step begins.
pub const GRADIENT_AT_START: &str = "∇f(x)";

/// Several assignments, ready to be run for any number.
///
/// ```
/// use thalweg_core::formula::program::Program;
/// use thalweg_core::formula::shape::Shape;
///
/// let given = [("x", Shape::Vector), ("g", Shape::Vector)];
/// let program = Program::parse("m = beta*m + (1 - beta)*g; x = x - lr*m", &given).unwrap();
/// let mut values = program.start(|name| if name == "lr" { 0.1 } else { 0.9 });
/// let [x, g] = ["x", "g"].map(|name| program.variable(name).unwrap().at);
/// values[x..x + 2].copy_from_slice(&[1.0, 2.0]);
/// values[g..g + 2].copy_from_slice(&[10.0, 20.0]);
/// program.run(&mut values, |_, _| [f64::NAN; 3]);
/// assert_eq!(values[x..x + 2], [1.0 - 0.1 * (1.0 - 0.9) * 10.0, 2.0 - 0.1 * (1.0 - 0.9) * 20.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    variables: Vec<Variable>,
    assignments: Vec<Assignment>,
    /// The kind of what each assigns.
    assigned: Vec<Shape>,
    /// What is asked where the step begins.
    at_start: Vec<SurfaceQuery>,
    /// Settings to the power of the step's number, which are given with it.
    carried: Vec<CarriedPower>,
    routine: Routine,
}

/// A setting to the power of the step's number: whoever runs the steps multiplies it on from one to the next, as libraries do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedPower {
    /// The name of the setting, as it is printed.
    pub setting: String,
    /// The index of the power among the numbers of a step.
    pub at: usize,
}

impl Program {
    /// Reads assignments, as `m = beta*m + (1 - beta)*g; x = x - lr*m`, one after the other with `;` or the end of a
    /// line between them. `given` are the names that every step is given, with their kinds.
    ///
    /// # Errors
    ///
    /// The first mistake in the text, or else what does not fit together.
    pub fn parse(text: &str, given: &[(&str, Shape)]) -> Result<Self, ParseError> {
        Self::of(read(text)?, given, false)
    }

    /// The program of these assignments. With `answers`, it is given f and the gradient where x is, too:
    /// [`VALUE_AT_START`] and [`GRADIENT_AT_START`], which answer when a step asks the surface where it begins.
    ///
    /// # Errors
    ///
    /// What does not fit together.
    pub(super) fn of(
        assignments: Vec<Assignment>,
        given: &[(&str, Shape)],
        answers: bool,
    ) -> Result<Self, ParseError> {
        let at_start = [(VALUE_AT_START, Shape::Number), (GRADIENT_AT_START, Shape::Vector)];
        let given = given.iter().chain(at_start.iter().filter(|_| answers));
        let given = given.map(|(name, shape)| (name::printed(name), Role::Given, Some(*shape)));
        let mut names: Vec<(String, Role, Option<Shape>)> = given.collect();
        for (index, assignment) in assignments.iter().enumerate() {
            for name in assignment.expression.constants() {
                let is_assigned = |of: &[Assignment]| of.iter().any(|earlier| earlier.name == *name);
                if names.iter().any(|(known, ..)| known == name) || is_assigned(&assignments[..index]) {
                    continue;
                }
                if is_assigned(&assignments[index..]) {
                    names.push((name.clone(), Role::State, None));
                } else if predefined(name).is_none() {
                    names.push((name.clone(), Role::Constant, Some(Shape::Number)));
                }
            }
        }
        infer(&assignments, &mut names)?;
        let mut at = 0;
        let variable = |(name, role, shape): (String, Role, Option<Shape>)| {
            let shape = shape.unwrap_or(Shape::Number);
            at += shape.width();
            Variable { name, role, shape, at: at - shape.width() }
        };
        let variables: Vec<Variable> = names.into_iter().map(variable).collect();
        if answers {
            let program = compile(variables.clone(), assignments.clone(), &[])?;
            let raised = program.1;
            if raised.is_empty() || raised.len() > MOST_CARRIED {
                return Ok(program.0);
            }
            return Ok(compile(variables, assignments, &raised)?.0);
        }
        Ok(compile(variables, assignments, &[])?.0)
    }

    /// The settings to the power of the step's number that a step is given.
    pub fn carried(&self) -> &[CarriedPower] {
        &self.carried
    }

    /// The names whose values a step begins with.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The name, in whichever spelling, whose value a step begins with.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        let name = name::printed(name);
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The assignments, in their order.
    pub fn assignments(&self) -> &[Assignment] {
        &self.assignments
    }

    /// The kind of what each assignment gives its name.
    pub fn assigned_shapes(&self) -> impl Iterator<Item = Shape> {
        self.assigned.iter().copied()
    }

    /// What a step asks the surface, each question at each point once.
    pub fn asks(&self) -> impl Iterator<Item = SurfaceQuery> {
        self.at_start.iter().copied().chain(self.routine.asks())
    }

    /// How many numbers a step begins with.
    pub fn width(&self) -> usize {
        self.variables.last().map_or(0, |last| last.at + last.shape.width())
    }

    /// The numbers that the first step begins with: the constants, by their names as they are printed; 0 for all
    /// else.
    pub fn start<T: Number>(&self, constant: impl Fn(&str) -> T) -> Vec<T> {
        let mut values = vec![T::of(0.0); self.width()];
        for variable in self.variables.iter().filter(|variable| variable.role == Role::Constant) {
            values[variable.at] = constant(&variable.name);
        }
        values
    }

    /// Makes one step: what is assigned gets its new numbers in place, the rest stays. `ask` answers for the surface,
    /// with as many numbers as the question wants.
    ///
    /// There have to be [`Program::width`] values; what is missing is NaN, and what is more is left alone.
    #[inline]
    pub fn run<T: Number>(&self, values: &mut [T], ask: impl Fn(SurfaceQuery, [T; 2]) -> [T; 3]) {
        self.routine.run(values, ask);
    }

    /// How many registers [`Program::run_rows`] needs.
    pub(crate) fn registers(&self) -> usize {
        self.routine.registers()
    }

    /// The register that holds what is assigned at the end to the number at this place.
    pub(crate) fn result(&self, place: usize) -> Option<u16> {
        self.routine.result(place)
    }

    /// [`Program::run`] of K steps side by side, with the vector instructions of who calls it, within registers: the
    /// first are the numbers that a step begins with, the results are where [`Program::result`] says.
    #[inline(always)]
    pub(crate) fn run_rows<T: Number, const K: usize, F: RegisterFile<T, K>>(
        &self,
        registers: &mut F,
        ask: impl Fn(usize, SurfaceQuery, [T; 2]) -> [T; 3],
    ) {
        self.routine.run_rows(registers, ask);
    }
}

/// Finds the kinds of what is kept: those that the assignments give it, from what is known of the rest.
fn infer(assignments: &[Assignment], names: &mut [(String, Role, Option<Shape>)]) -> Result<(), ParseError> {
    // Each round finds one more at least; those that depend on themselves alone are numbers.
    for _ in 0..=names.len() {
        let found = final_shapes(assignments, names)?;
        let mut changed = false;
        for (name, _, shape) in names.iter_mut().filter(|(_, _, shape)| shape.is_none()) {
            *shape = found.iter().rev().find(|(found, _)| found == name).and_then(|(_, shape)| *shape);
            changed |= shape.is_some();
        }
        if !changed {
            break;
        }
    }
    for (_, _, shape) in names.iter_mut() {
        shape.get_or_insert(Shape::Number);
    }
    for (assignment, (_, shape)) in assignments.iter().zip(final_shapes(assignments, names)?) {
        let known = names.iter().find(|(name, ..)| *name == assignment.name).and_then(|(_, _, shape)| *shape);
        let error = |message: String| {
            let Place { at, length, .. } = assignment.place;
            Err(ParseError::new(at, length, message))
        };
        let written = name::typed(&assignment.name);
        match (known, shape) {
            (_, Some(shape @ (Shape::Row | Shape::Inverse))) => {
                return error(format!(
                    "`{written}` would be {}: only numbers, vectors and matrices are kept",
                    shape.name()
                ));
            }
            (Some(known), Some(shape))
                if known != shape && (known, shape) != (Shape::Vector, Shape::Number) =>
            {
                return error(format!(
                    "`{written}` is {}, and this would make it {}",
                    known.name(),
                    shape.name()
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The kind that each assignment gives its name, as far as it is known.
fn final_shapes(
    assignments: &[Assignment],
    names: &[(String, Role, Option<Shape>)],
) -> Result<Vec<(String, Option<Shape>)>, ParseError> {
    let mut assigned: Vec<(String, Option<Shape>)> = Vec::with_capacity(assignments.len());
    for Assignment { name, expression, .. } in assignments {
        let known = |name: &str| {
            let last = assigned.iter().rev().find(|(assigned, _)| assigned == name).map(|(_, shape)| *shape);
            let named = || names.iter().find(|(known, ..)| known == name).map(|(_, _, shape)| *shape);
            last.or_else(named).unwrap_or_else(|| predefined(name).map(|value| value.shape()))
        };
        let shape = shapes(expression, known)?.last().copied().flatten();
        // A number that is put where a vector is kept stands for a vector of it.
        let kept = names.iter().find(|(known, ..)| known == name).and_then(|(_, _, shape)| *shape);
        let shape = if (kept, shape) == (Some(Shape::Vector), Some(Shape::Number)) { kept } else { shape };
        assigned.push((name.clone(), shape));
    }
    Ok(assigned)
}

/// The program, with powers of the `raised` settings as numbers that a step is given; and the settings that are raised to the
/// power of the step's number in it.
fn compile(
    mut variables: Vec<Variable>,
    assignments: Vec<Assignment>,
    raised: &[String],
) -> Result<(Program, Vec<String>), ParseError> {
    let mut width: usize = variables.iter().map(|variable| variable.shape.width()).sum();
    let mut carried = Vec::new();
    for setting in raised {
        let name = format!("{setting}^{COUNTER}");
        variables.push(Variable { name, role: Role::Given, shape: Shape::Number, at: width });
        carried.push(CarriedPower { setting: setting.clone(), at: width });
        width += 1;
    }
    let mut builder = Builder::new(width, false);
    let at = |name: &str| variables.iter().find(|variable| variable.name == name).map(|variable| variable.at);
    if let Some(counter) = at(COUNTER) {
        let power = |power: &CarriedPower| at(&power.setting).map(|base| [base, power.at]);
        builder.carry(counter, carried.iter().filter_map(power).collect());
    }
    if let (Some(x), Some(value), Some(gradient)) = (at("x"), at(VALUE_AT_START), at(GRADIENT_AT_START)) {
        builder.answer_at(x, value, gradient);
    }
    let mut assigned = Vec::with_capacity(assignments.len());
    let mut known: Vec<(&str, Lowered)> = Vec::new();
    for Variable { name, shape, at, .. } in &variables {
        let mut numbers = [NOTHING; 4];
        for (number, index) in numbers.iter_mut().zip(*at..).take(shape.width()) {
            *number = Operand::Value(index);
        }
        known.push((name, Lowered { shape: *shape, numbers }));
    }
    for Assignment { name, expression, .. } in &assignments {
        let value = |name: &str| {
            let last = known.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| *value);
            last.or_else(|| {
                predefined(name).map(|value| Lowered {
                    shape: value.shape(),
                    numbers: value.numbers().map(Operand::Constant),
                })
            })
        };
        let shapes = shapes(expression, |name| value(name).map(|value| value.shape))?;
        let shapes: Vec<Shape> = shapes.into_iter().map(|shape| shape.unwrap_or(Shape::Number)).collect();
        let unknown = Lowered::number(Operand::Constant(f64::NAN));
        let names: Vec<Lowered> =
            expression.constants().iter().map(|name| value(name).unwrap_or(unknown)).collect();
        let lowered = lower(expression, &shapes, &names, &mut builder);
        let last = lowered.last().copied().unwrap_or(unknown);
        let shape =
            variables.iter().find(|variable| variable.name == *name).map_or(last.shape, |kept| kept.shape);
        assigned.push(shape);
        known.push((name, last.as_shape(shape)));
    }
    let mut wanted = Vec::new();
    for Variable { name, shape, at, .. } in &variables {
        let is_assigned = assignments.iter().any(|assignment| assignment.name == *name);
        if let (true, Some((_, value))) = (is_assigned, known.iter().rev().find(|(known, _)| known == name)) {
            wanted.extend((*at..).zip(value.numbers).take(shape.width()));
        }
    }
    let at_start = builder.asked_at_start();
    let is_raised = |variable: &&Variable| {
        variable.role == Role::Constant && variable.name != RATE && builder.raised().contains(&variable.at)
    };
    let raised = variables.iter().filter(is_raised).map(|variable| variable.name.clone()).collect();
    let routine = Routine::new(builder, width, &wanted);
    Ok((Program { variables, assignments, assigned, at_start, carried, routine }, raised))
}
