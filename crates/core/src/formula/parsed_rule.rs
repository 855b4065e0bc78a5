//! An update rule as somebody types it: the assignments of a step, with what it keeps, how that begins, and what can be
//! set.

use super::assignment::{Assignment, read};
use super::expression::Node;
use super::limits::MOST_CONSTANTS;
use super::name;
use super::parse::SEED;
use super::parse_error::ParseError;
use super::program::{Program, Role};
use super::setting_slip::{is_same_but_for_signs, slip};
use super::shape::Shape;
use super::write::Spelling;
use std::sync::Arc;

/// What every step is given besides the settings: the position, and which step it is, from 1 on.
const GIVEN: [(&str, Shape); 2] = [("x", Shape::Vector), ("t", Shape::Number)];

/// Lines that are put before a rule that names these without saying what they are.
const IMPLIED: [(&str, &str); 2] = [("g", "g = ∇f(x)"), ("f", "f = f(x)")];

/// The learning rate's names; the first is the one that it has.
const RATES: [&str; 3] = ["α", "lr", "η"];

/// The most numbers that a rule may keep, counted in pairs: a matrix is two of them, a number one.
pub const MOST_STATE: usize = 20;

/// Of a state's name, what it begins with: `m₀ = ...`.
const FIRST: char = '₀';

/// A rule that has been read.
#[derive(Clone, Debug)]
pub struct ParsedRule {
    text: Arc<str>,
    /// A step.
    step: Program,
    /// What the states begin with, where that is not 0.
    start: Option<Program>,
}

impl PartialEq for ParsedRule {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl ParsedRule {
    /// The rule that stands where nobody has typed one: gradient descent with momentum.
    pub const DEFAULT: &'static str = "g = ∇f(x); m ← β·m + (1 - β)·g; x ← x - α·m";

    /// Reads a rule, as `g = ∇f(x); m ← β·m + (1 - β)·g; x ← x - α·m`, or as it can be typed,
    /// `m = beta*m + (1 - beta)*grad f(x); x = x - lr*m`.
    ///
    /// # Errors
    /// The first mistake in the text, or else what does not fit together, at its characters.
    pub fn read(text: &str) -> Result<Self, ParseError> {
        Self::read_without_slips(text, |_| true)
    }

    /// Reads a rule as [`ParsedRule::read`] does, and refuses settings whose names are most likely slips (`X`, `bta` beside
    /// `beta`), unless `is_meant` says of one, as it is typed, that somebody has given it a value.
    ///
    /// # Errors
    /// The first mistake in the text, or else its first slip.
    pub fn read_without_slips(text: &str, is_meant: impl Fn(&str) -> bool) -> Result<Self, ParseError> {
        let mut step = read(text)?;
        for (name, line) in IMPLIED.iter().rev() {
            let is_assigned = step.iter().any(|assignment| assignment.name == *name);
            let is_read = step.iter().any(|assignment| assignment.expression.reads(name));
            if is_read && !is_assigned {
                step.splice(0..0, read(line)?);
            }
        }
        let rate = rate_name(&step)?;
        if let Some(rate) = rate {
            for assignment in &mut step {
                assignment.expression.rename(rate, RATES[0]);
            }
        }
        let starts: Vec<Option<String>> = step.iter().map(|assignment| begun(assignment, &step)).collect();
        let mut of_start = Vec::new();
        let mut of_step = Vec::new();
        for (assignment, state) in step.into_iter().zip(starts) {
            match state {
                Some(state) => of_start.push(Assignment { name: format!("{state}{FIRST}"), ..assignment }),
                None => of_step.push(assignment),
            }
        }
        if let Some(assignment) = of_step.iter().find(|assignment| assignment.name == "t") {
            return Err(assignment.error("`t` counts the steps: give another name to what is kept"));
        }
        let step = Program::of(of_step, &GIVEN, true)?;
        if !step.assignments().iter().any(|assignment| assignment.name == "x") {
            let end = text.chars().count();
            let of_axis = step.assignments().iter().find(|assignment| assignment.name == "y");
            let others = |name: &str| {
                ["w", "W", "θ", "X", "p", "params", "weights", "w_t", "x_t", "x_new"].contains(&name)
            };
            let other = step.assignments().iter().rev().find(|assignment| others(&assignment.name));
            return Err(match of_axis.or(other) {
                Some(y) if y.name == "y" => {
                    y.error("`x` is the whole position, with both coordinates: write `x = x - lr*g`")
                }
                Some(other) => other.error(format!(
                    "the position is called `x`, with both coordinates, and nothing moves it: write `x` for `{}`",
                    name::typed(&other.name)
                )),
                None => ParseError::new(
                    end,
                    0,
                    "nothing moves `x`: a step ends with the new position, as in `x = x - lr*g`",
                ),
            });
        }
        if let Some(error) = stays_zero(&step, &of_start) {
            return Err(error);
        }
        let start = start_of(of_start, &step)?;
        let rule = Self { text: text.into(), step, start };
        rule.check(text, is_meant)?;
        Ok(rule)
    }

    /// What can be set, and how much is kept.
    fn check(&self, text: &str, is_meant: impl Fn(&str) -> bool) -> Result<(), ParseError> {
        let place = |name: &str| self.place(name).unwrap_or((text.chars().count(), 0));
        let error = |name: &str, message: String| {
            let (at, length) = place(name);
            Err(ParseError::new(at, length, message))
        };
        let settings: Vec<String> = self.settings().map(key_of).collect();
        for (index, name) in self.settings().enumerate() {
            let key = &settings[index];
            if !key.is_ascii() || key == "step" {
                return error(
                    name,
                    format!("`{name}` is no name for a setting: take Latin or Greek letters, digits and `_`"),
                );
            }
            if settings[..index].contains(key) {
                return error(
                    name,
                    format!("`{name}` would be the setting `{key}`, as another name is already"),
                );
            }
            if index == MOST_CONSTANTS {
                return error(
                    name,
                    format!(
                        "`{key}` is one setting too many: {MOST_CONSTANTS} are allowed, and there are {} already",
                        settings[..index].join(", ")
                    ),
                );
            }
            let known = self.step.assignments().iter().map(|assignment| assignment.name.as_str());
            let known = known.chain(GIVEN.map(|(name, _)| name)).chain(["g"]);
            if !is_meant(key)
                && let Some(other) = settings.iter().find(|other| is_same_but_for_signs(other, key))
            {
                return error(
                    name,
                    format!(
                        "`{key}` and `{other}` would be two settings: write the same name at both places"
                    ),
                );
            }
            if !is_meant(key)
                && key != SEED
                && let Some(meant) = slip(key, known)
            {
                return error(
                    name,
                    format!(
                        "`{key}` would be a setting: did you mean {meant}? A setting needs a name that says nothing else"
                    ),
                );
            }
        }
        let mut room = MOST_STATE;
        for state in self.states() {
            let pairs = state.1.width().div_ceil(2);
            if pairs > room {
                return error(
                    state.0,
                    format!(
                        "`{}` is too much to keep: a rule keeps at most {MOST_STATE} vectors",
                        name::typed(state.0)
                    ),
                );
            }
            room -= pairs;
        }
        Ok(())
    }

    /// Where a name is read first, in characters, and how long it is.
    fn place(&self, name: &str) -> Option<(usize, usize)> {
        let programs = self.start.iter().chain([&self.step]);
        let mut places: Vec<_> = programs
            .flat_map(Program::assignments)
            .filter_map(|assignment| assignment.expression.place_of(name))
            .collect();
        places.sort_unstable();
        places.first().copied()
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a step does.
    pub fn step(&self) -> &Program {
        &self.step
    }

    /// What gives the states their first values, before the first step; none where all are 0.
    pub fn start(&self) -> Option<&Program> {
        self.start.as_ref()
    }

    /// The names of what can be set, as they are printed, the learning rate first; each once.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        let programs = || [Some(&self.step), self.start.as_ref()].into_iter().flatten();
        let all = programs().flat_map(|program| program.variables().iter());
        let mut names: Vec<&str> = Vec::new();
        for variable in all.filter(|variable| variable.role == Role::Constant) {
            if !names.contains(&variable.name.as_str()) {
                names.push(&variable.name);
            }
        }
        names.sort_by_key(|name| *name != RATES[0]);
        names.into_iter()
    }

    /// What is kept from step to step: names as they are printed, and kinds.
    pub fn states(&self) -> impl Iterator<Item = (&str, Shape)> {
        let kept = self.step.variables().iter().filter(|variable| variable.role == Role::State);
        kept.map(|variable| (variable.name.as_str(), variable.shape))
    }

    /// What of that moves x, in this step or in a later one: not what only looks on, as the best loss so far does.
    pub fn moving_states(&self) -> impl Iterator<Item = (&str, Shape)> {
        let mut moving = vec!["x"];
        loop {
            let mut read = moving.clone();
            for line in self.step.assignments().iter().rev() {
                if let Some(at) = read.iter().position(|name| *name == line.name) {
                    read.swap_remove(at);
                    for name in line.expression.names().iter().map(String::as_str) {
                        if !read.contains(&name) {
                            read.push(name);
                        }
                    }
                }
            }
            let is_new = |name: &str| read.contains(&name) && !moving.contains(&name);
            let found: Vec<&str> = self.states().map(|(name, _)| name).filter(|name| is_new(name)).collect();
            if found.is_empty() {
                break;
            }
            moving.extend(found);
        }
        self.states().filter(move |(name, _)| moving.contains(name))
    }

    /// Whether it draws random numbers.
    pub fn draws(&self) -> bool {
        let is_draw = |node: &Node| matches!(node, Node::Call(function, _) if function.draws());
        let programs = self.start.iter().chain([&self.step]);
        programs.flat_map(Program::assignments).any(|line| line.expression.nodes().iter().any(is_draw))
    }

    /// The lines of a step: the names that are assigned, what they are equal to as it is printed, and the kinds.
    pub fn lines(&self) -> Vec<(String, String, Shape)> {
        let shapes = self.step.assigned_shapes();
        let lines = self.step.assignments().iter().zip(shapes);
        lines
            .map(|(assignment, shape)| {
                (assignment.name.clone(), assignment.expression.written(Spelling::Printed), shape)
            })
            .collect()
    }
}

/// The key under which a setting stands in a document: its name as it is typed; the learning rate's is `lr`.
pub fn key_of(name: &str) -> String {
    if name == RATES[0] { "lr".to_owned() } else { name::typed(name).replace('*', "_star") }
}

/// The name that the learning rate has in a rule, if it is not the usual one.
fn rate_name(step: &[Assignment]) -> Result<Option<&'static str>, ParseError> {
    let is_free = |name: &str| {
        step.iter().any(|assignment| assignment.expression.reads(name))
            && step.iter().all(|assignment| assignment.name != name)
    };
    let free: Vec<&'static str> = RATES.into_iter().filter(|name| is_free(name)).collect();
    match free[..] {
        [] | ["α"] => Ok(None),
        [only] => Ok(Some(only)),
        ["α", "lr", ..] => {
            let place = step.iter().find_map(|assignment| assignment.expression.place_of("lr"));
            let (at, length) = place.unwrap_or_default();
            Err(ParseError::new(
                at,
                length,
                "`lr` is the learning rate, and so is `alpha` (α): use one of the two",
            ))
        }
        // Beside another learning rate η is a setting of its own.
        ["lr", ..] => Ok(Some("lr")),
        _ => Ok(None),
    }
}

/// The state that an assignment gives its first value: `m₀` is that of m, and so are `m_0` and, where the name has no
/// place for a lowered digit, `v_max0`, if nothing reads them.
fn begun(assignment: &Assignment, all: &[Assignment]) -> Option<String> {
    let is_state = |of: &str| {
        let first = all.iter().position(|assignment| assignment.name == of);
        of != "x" && first.is_some_and(|first| all[..=first].iter().any(|line| line.expression.reads(of)))
    };
    if let Some(of) = assignment.name.strip_suffix(FIRST).filter(|of| is_state(of)) {
        return Some(of.to_owned());
    }
    let typed = name::typed(&assignment.name);
    let of = name::printed(typed.strip_suffix("_0").or_else(|| typed.strip_suffix('0'))?);
    let is_read = all.iter().any(|line| line.expression.reads(&assignment.name));
    (!is_read && is_state(&of)).then_some(of)
}

/// What to say of a state that nothing gives a first value and that a step leaves at 0, for it only multiplies it.
fn stays_zero(step: &Program, starts: &[Assignment]) -> Option<ParseError> {
    let has_start = |state: &str| {
        starts.iter().any(|line| line.name.strip_suffix(FIRST).is_some_and(|begun| begun == state))
    };
    let states = step.variables().iter().filter(|variable| variable.role == Role::State);
    let mut zero: Vec<&str> =
        states.map(|state| state.name.as_str()).filter(|state| !has_start(state)).collect();
    loop {
        let mut now: Vec<(&str, bool)> = zero.iter().map(|state| (*state, true)).collect();
        for line in step.assignments() {
            let is_zero = |name: &str| {
                now.iter().rev().find(|(known, _)| *known == name).is_some_and(|(_, zero)| *zero)
            };
            let made = line.expression.vanishes(is_zero);
            now.push((&line.name, made));
        }
        let before = zero.len();
        zero.retain(|state| {
            now.iter().rev().find(|(known, _)| known == state).is_some_and(|(_, is_zero)| *is_zero)
        });
        if zero.len() == before {
            break;
        }
    }
    // Of what a step leaves as it is nobody expects anything.
    let line = step.assignments().iter().find(|line| {
        zero.contains(&line.name.as_str()) && !matches!(line.expression.nodes(), [Node::Name(_)])
    })?;
    let name = name::typed(&line.name);
    let is_rate = RATES.contains(&line.name.as_str());
    Some(line.error(if is_rate {
        format!(
            "`{name}` is assigned here, so that it is kept, and it is 0 at first: give the card a schedule, or write \
             what it begins with, as in `{name}0 = 0.1`"
        )
    } else {
        format!("`{name}` is 0 at first and stays 0: write what it begins with, as in `{name}0 = 1`")
    }))
}

/// The program of first values, each under its state's name with a ₀.
fn start_of(assignments: Vec<Assignment>, step: &Program) -> Result<Option<Program>, ParseError> {
    let Some(first) = assignments.first().cloned() else { return Ok(None) };
    let names: Vec<(String, Shape)> = assignments
        .iter()
        .filter_map(|assignment| {
            let state = step.variable(assignment.name.strip_suffix(FIRST)?)?;
            Some((assignment.name.clone(), state.shape))
        })
        .collect();
    let names = names.iter().map(|(name, shape)| (name.as_str(), *shape));
    let given: Vec<(&str, Shape)> = GIVEN.into_iter().chain(names).collect();
    let names_surface = assignments
        .iter()
        .any(|assignment| IMPLIED.iter().any(|(name, _)| assignment.expression.reads(name)));
    let start = if names_surface { None } else { Some(Program::of(assignments, &given, true)?) };
    let Some(start) = start.filter(|start| start.asks().next().is_none()) else {
        return Err(first.error(
            "before the first step the surface cannot be asked: write it in the step, as in `m = grad(x) if t = 1 else m`",
        ));
    };
    Ok(Some(start))
}
