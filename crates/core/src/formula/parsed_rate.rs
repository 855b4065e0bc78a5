//! A learning rate as somebody types it: a formula of the step.

use super::assignment::Assignment;
use super::bindings::predefined;
use super::dialect::Dialect;
use super::expression::{Expression, Node, Place};
use super::function::Function;
use super::limits::{MOST_CHARACTERS, MOST_CONSTANTS};
use super::name;
use super::parse_error::ParseError;
use super::parser::Parser;
use super::program::Program;
use super::shape::Shape;
use super::token::TokenKind;
use super::write::Spelling;
use crate::suggest::near;
use std::sync::Arc;

/// What counts the steps: 0 at the first.
pub const COUNTER: &str = "t";
/// The rate that is set, as it is printed.
pub const SET_RATE: &str = "α₀";
/// The total number of steps, as it is printed.
pub const TOTAL: &str = "T";
/// The key of the total number of steps among the settings, as the other schedules have it.
pub const TOTAL_KEY: &str = "total";

/// Other names for the rate that is set, as they are printed.
const SET_RATES: [&str; 5] = ["lr", "α", "η", "lr₀", "η₀"];
/// Other names for the total number of steps.
const TOTALS: [&str; 2] = ["total", "steps"];
/// What others call the step's number, the rate that is set and the total.
const COUNTERS: [&str; 8] = ["step", "epoch", "k", "n", "i", "iter", "iteration", "time"];
const OTHER_RATES: [&str; 7] =
    ["base_lr", "lr_max", "max_lr", "eta_max", "initial_lr", "learning_rate", "alpha_max"];
const OTHER_TOTALS: [&str; 6] = ["T_max", "t_max", "tmax", "N", "total_steps", "num_steps"];

/// The name of what the formula gives, which nobody can type.
const RESULT: &str = "α(t)";

/// A formula of the step that has been read.
#[derive(Clone, Debug)]
pub struct ParsedRate {
    text: Arc<str>,
    program: Program,
    settings: Vec<String>,
    places: RatePlaces,
}

/// Where the program has its numbers.
#[derive(Clone, Debug, Default)]
struct RatePlaces {
    counter: Option<usize>,
    rate: Option<usize>,
    result: usize,
    /// In the order of the settings.
    settings: Vec<usize>,
}

impl PartialEq for ParsedRate {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl ParsedRate {
    /// The formula that stands where nobody has typed one: half a cosine wave.
    pub const DEFAULT: &'static str = "lr*(1 + cos(pi*min(t, T)/T))/2";

    /// Reads a formula of the step, as `lr*0.99^t` or `0.5*lr*(1 + cos(pi*t/T))`: `t` is how many steps were made before, `lr`
    /// the rate that is set, `T` the total number of steps, and any other name a setting.
    ///
    /// ```
    /// use thalweg_core::formula::parsed_rate::ParsedRate;
    ///
    /// let rate = ParsedRate::read("lr*gamma^t")?;
    /// assert_eq!(rate.settings().collect::<Vec<_>>(), ["γ"]);
    /// assert_eq!(rate.at(&[0.5], 0.1, 2), 0.1 * 0.25);
    /// # Ok::<(), thalweg_core::formula::parse_error::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// The first mistake in the text, at its characters.
    pub fn read(text: &str) -> Result<Self, ParseError> {
        Self::read_without_slips(text, |_| true)
    }

    /// Reads a formula as [`ParsedRate::read`] does, and refuses settings whose names are most likely slips (`epoch`, `LR`),
    /// unless `is_meant` says of one, as it is typed, that somebody has given it a value.
    ///
    /// # Errors
    /// The first mistake in the text, or else its first slip.
    pub fn read_without_slips(text: &str, is_meant: impl Fn(&str) -> bool) -> Result<Self, ParseError> {
        let mut expression = read(text)?;
        for (names, name) in [(&SET_RATES[..], SET_RATE), (&TOTALS[..], TOTAL)] {
            for other in names {
                expression.rename(other, name);
            }
        }
        refuse(&expression)?;
        let kind = |name: &str| Some(predefined(name).map_or(Shape::Number, |value| value.shape()));
        if let Some(shape) =
            expression.shapes(kind)?.last().copied().flatten().filter(|shape| *shape != Shape::Number)
        {
            let message = format!("this is {}: a learning rate is one number", shape.name());
            return Err(ParseError::new(0, text.chars().count(), message));
        }
        let settings = settings(&expression, is_meant)?;
        let place = Place { at: 0, length: text.chars().count(), star: false };
        let assignment = Assignment { name: RESULT.to_owned(), expression, place };
        let given = [COUNTER, SET_RATE, RESULT].map(|name| (name, Shape::Number));
        let program = Program::of(vec![assignment], &given, false)?;
        let at = |name: &str| program.variable(name).map(|variable| variable.at);
        let places = RatePlaces {
            counter: at(COUNTER),
            rate: at(SET_RATE),
            result: at(RESULT).unwrap_or_default(),
            settings: settings.iter().filter_map(|name| at(name)).collect(),
        };
        Ok(Self { text: text.into(), program, settings, places })
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says.
    pub fn expression(&self) -> Option<&Expression> {
        self.program.assignments().first().map(|assignment| &assignment.expression)
    }

    /// The formula as it is printed, with α₀ for the rate that is set.
    pub fn printed(&self) -> String {
        self.expression().map_or_else(String::new, |expression| expression.written(Spelling::Printed))
    }

    /// The names of what can be set besides the learning rate, as they are printed, the total first; each once.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.settings.iter().map(String::as_str)
    }

    /// The learning rate of the step before which so many were made, where `set` is set; the settings are numbers in the order
    /// of [`ParsedRate::settings`], and one that is missing is NaN.
    pub fn at(&self, settings: &[f64], set: f64, step: u32) -> f64 {
        let mut values = [f64::NAN; MOST_NUMBERS];
        let mut put = |place: Option<usize>, number: f64| {
            if let Some(place) = place.and_then(|place| values.get_mut(place)) {
                *place = number;
            }
        };
        put(self.places.counter, f64::from(step));
        put(self.places.rate, set);
        for (place, number) in self.places.settings.iter().zip(settings) {
            put(Some(*place), *number);
        }
        self.program.run(&mut values, |_, _| [f64::NAN; 3]);
        values.get(self.places.result).copied().unwrap_or(f64::NAN)
    }
}

/// The most numbers that a formula begins with: the counter, the rate that is set, the result, and the settings.
const MOST_NUMBERS: usize = MOST_CONSTANTS + 3;

/// The key under which a setting stands in a document.
pub fn key_of(name: &str) -> String {
    if name == TOTAL { TOTAL_KEY.to_owned() } else { name::typed(name) }
}

/// The tree of a text; a `T` behind `^` is the total, not a transpose.
fn read(text: &str) -> Result<Expression, ParseError> {
    let mut parser = Parser::new(text, Dialect::Step, MOST_CHARACTERS)?;
    parser.transposes = false;
    if parser.ahead.kind == TokenKind::End {
        return Err(parser
            .ahead
            .error(format!("there is no formula: write the learning rate of step t, {EXAMPLE}")));
    }
    // What stands before an equals sign is left out: there is one thing that the formula can give.
    if let Some(equals) =
        text.find('=').filter(|equals| is_title(&text[..*equals]) && !text[equals + 1..].starts_with('='))
    {
        let at = text[..equals].chars().count();
        return Err(ParseError::new(at, 1, format!("write only what the learning rate equals, {EXAMPLE}")));
    }
    let expression = parser.expression()?;
    if parser.ahead.kind == TokenKind::End { Ok(expression) } else { Err(parser.unexpected()) }
}

/// How a formula may look.
const EXAMPLE: &str = "as in `lr*0.99^t`";

/// Whether this is a name for the rate as a whole: `lr`, `lr(t)`, `alpha_t`.
fn is_title(text: &str) -> bool {
    let bare = text.trim().trim_end_matches("(t)").trim_end_matches("_t").trim();
    bare == "rate" || bare == "alpha" || bare == "eta" || SET_RATES.contains(&bare)
}

/// Refuses what asks where the run is: a schedule knows the step alone.
fn refuse(expression: &Expression) -> Result<(), ParseError> {
    for (index, node) in expression.nodes().iter().enumerate() {
        if let Node::Call(Function::Value | Function::Gradient | Function::Hessian, _) = node {
            return Err(expression.error(
                index,
                "a schedule knows the step `t` alone, and cannot ask the surface: `ReduceOnPlateau` watches the loss, and a \
                 typed rule (`Rule`) may do both",
            ));
        }
        if let Node::Call(function, _) = node
            && function.draws()
        {
            return Err(expression.error(
                index,
                "a schedule is the same in every run: only rules (`Rule`) draw random numbers",
            ));
        }
        if let Node::Name(name) = node
            && expression.names()[*name] == RESULT
        {
            return Err(expression.error(index, "the rate cannot be made of itself"));
        }
    }
    Ok(())
}

/// The names of what can be set, the total first.
fn settings(expression: &Expression, is_meant: impl Fn(&str) -> bool) -> Result<Vec<String>, ParseError> {
    let has_counter = expression.reads(COUNTER);
    let mut settings: Vec<String> = Vec::new();
    for name in expression.constants() {
        let is_known = [COUNTER, SET_RATE].contains(&name.as_str()) || predefined(name).is_some();
        if is_known || settings.contains(name) {
            continue;
        }
        let (at, length) = expression.place_of(name).unwrap_or_default();
        let key = key_of(name);
        if !key.is_ascii() || key.contains('*') || key == "rate" {
            let message =
                format!("`{name}` is no name for a setting: take Latin or Greek letters, digits and `_`");
            return Err(ParseError::new(at, length, message));
        }
        if settings.iter().any(|other| key_of(other) == key) {
            let message = format!("`{name}` would be the setting `{key}`, as another name is already");
            return Err(ParseError::new(at, length, message));
        }
        if settings.len() == MOST_CONSTANTS {
            let all: Vec<String> = settings.iter().map(|name| key_of(name)).collect();
            let message = format!(
                "`{key}` is one setting too many: {MOST_CONSTANTS} are allowed, and there are {} already",
                all.join(", ")
            );
            return Err(ParseError::new(at, length, message));
        }
        if !is_meant(&key)
            && let Some(meant) = slip(&key, has_counter)
        {
            let message =
                format!("`{key}` would be a setting: {meant}; a setting needs a name that says nothing else");
            return Err(ParseError::new(at, length, message));
        }
        settings.push(name.clone());
    }
    settings.sort_by_key(|name| name != TOTAL);
    Ok(settings)
}

/// What somebody probably meant who wrote this for a setting.
fn slip(key: &str, has_counter: bool) -> Option<String> {
    let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(key));
    if ["f", "g", "x", "y"].contains(&key) {
        return Some("a schedule knows the step `t` alone, not where the run is".to_owned());
    }
    if is_one_of(&COUNTERS) && !has_counter {
        return Some("did you mean `t`, the number of steps made so far?".to_owned());
    }
    if is_one_of(&OTHER_RATES) || key.eq_ignore_ascii_case("lr") {
        return Some("did you mean `lr`, the rate that is set?".to_owned());
    }
    if is_one_of(&OTHER_TOTALS) {
        return Some("did you mean `T`, the total number of steps?".to_owned());
    }
    let usual = ["pi", "gamma", "lambda", "decay", "warmup", "period"];
    let most = |known: &str| usize::from(key.len() > 3 && known.len() > 3);
    let likely = if usual.contains(&key) { Vec::new() } else { near(key, usual, most) };
    likely.first().map(|meant| format!("did you mean `{meant}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> ParsedRate {
        ParsedRate::read_without_slips(text, |_| false).unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
    }

    #[test]
    fn the_rate_of_a_step_is_what_the_formula_says() {
        let cosine = rate(ParsedRate::DEFAULT);
        assert_eq!(cosine.settings().collect::<Vec<_>>(), ["T"]);
        for (step, expected) in [(0, 0.1), (150, 0.05), (300, 0.0), (1000, 0.0)] {
            assert!((cosine.at(&[300.0], 0.1, step) - expected).abs() < 1e-17, "{step}");
        }
        for (text, settings, set, step, expected) in [
            ("lr*γ^t", &[0.5][..], 4.0, 3, 0.5),
            ("eta0/(1 + c*t)", &[2.0], 3.0, 4, 1.0 / 3.0),
            ("alpha*gamma^T", &[2.0, 0.5], 8.0, 7, 2.0),
            ("alpha*gamma^-T", &[2.0, 0.5], 8.0, 7, 32.0),
            ("lr if t < warmup else lr/10", &[5.0], 1.0, 5, 0.1),
            ("0.25", &[], 1.0, 9, 0.25),
            ("lr*min(1, (t + 1)/warmup)", &[10.0], 1.0, 4, 0.5),
            ("lr*0.1^floor(t/30)", &[], 1.0, 59, 0.1),
            ("α₀·(1 − t/total)²", &[10.0], 4.0, 5, 1.0),
            ("lr*(1 - steps/T)", &[10.0], 4.0, 5, 0.0),
            ("e^-t*lr", &[], 1.0, 0, 1.0),
        ] {
            let found = rate(text).at(settings, set, step);
            assert!((found - expected).abs() < 1e-15, "{text}: {found}");
        }
        assert!(rate("lr/t").at(&[], 1.0, 0).is_infinite(), "what it is, is not hidden");
    }

    #[test]
    fn what_is_printed_can_be_read_again() {
        for text in
            ["lr*gamma^T", "lr*gamma^(T/2)", "lr*gamma^-T", "alpha*(1 - t/T)^p", "lr*2^T^2", "lr*T_0^T_0"]
        {
            let (typed, printed) = (rate(text), rate(text).printed());
            // Also where `^T` would be a transpose.
            let line =
                Expression::parse_line(&printed).unwrap_or_else(|mistake| panic!("{printed}: {mistake}"));
            assert!(!line.nodes().iter().any(|node| matches!(node, Node::Transposed(_))), "{printed}");
            let settings = [9.5, 0.7, 0.9];
            assert_eq!(rate(&printed).at(&settings, 0.1, 3), typed.at(&settings, 0.1, 3), "{printed}");
        }
    }

    #[test]
    fn mistakes_are_told_at_their_characters() {
        for (text, at, words) in [
            ("", 0, "write the learning rate of step t"),
            ("lr*", 3, "something is missing after `*`"),
            ("lr*0.9^epoch", 7, "did you mean `t`"),
            ("lr/(1 + k)", 8, "did you mean `t`"),
            ("LR*0.9^t", 0, "did you mean `lr`"),
            ("lr*(1 - t/T_max)", 10, "did you mean `T`"),
            ("lr = 0.1", 3, "write only what the learning rate equals"),
            ("lr(t) = lr/t", 6, "write only what the learning rate equals"),
            ("lr*cosine(t)", 3, "there is no function `cosine`"),
            ("lr*norm(grad f(x))", 8, "knows the step `t` alone"),
            ("lr*f(x)", 3, "`ReduceOnPlateau` watches the loss"),
            ("lr*x", 3, "a schedule knows the step `t` alone"),
            ("lr*e1", 0, "a learning rate is one number"),
            ("lr*gama^t", 3, "did you mean `gamma`"),
            ("lr*(1 - t/T", 3, "never closed"),
            ("lr, 0.1", 2, "a comma stands only between"),
            ("lr; 0.1", 2, "`;` cannot follow `lr`"),
            ("lr*t if t < 5", 13, "what else?"),
            ("a*b*c*d*k1*k2*k3*k4*k5", 20, "one setting too many"),
        ] {
            let told = ParsedRate::read_without_slips(text, |_| false).expect_err(text);
            assert!(told.at == at && told.message.contains(words), "{text}: {told:?}");
        }
        // With a value of its own a name is meant.
        assert!(ParsedRate::read_without_slips("lr/(1 + k)", |key| key == "k").is_ok());
        let long = format!("lr*{}1", "1*".repeat(300));
        assert!(ParsedRate::read(&long).is_err());
    }
}
