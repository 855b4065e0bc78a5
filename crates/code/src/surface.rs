//! The surface of a program: its loss as a function of Python, and the data that it is a mean over.

use super::code_error::CodeError;
use super::expression_writer::{KnownName, PythonText, Target, float, python};
use super::identifier::identifier;
use super::language::Language;
use std::fmt::Write;
use thalweg_core::Objective;
use thalweg_core::Surface;
use thalweg_core::data::rows::{Row, TARGET};
use thalweg_core::formula::expression::Expression;
use thalweg_core::formula::name;
use thalweg_core::formula::shape::Shape;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

/// The loss in Python.
#[derive(Clone, Debug)]
pub struct SurfaceText {
    /// The data, if it is a mean over some; else empty.
    pub data: String,
    /// The function `f` of both coordinates.
    pub function: String,
    /// What it calls that the program has to define.
    pub calls: Vec<&'static str>,
}

/// The lines of a loss, each a name and a formula.
type LossLines = Vec<(String, Expression)>;

/// Writes the loss for a library.
///
/// # Errors
/// The surface has no formula.
pub fn surface(chosen: &Chosen<Surface>, language: Language) -> Result<SurfaceText, CodeError> {
    let objective = Objective::new(chosen);
    let examples = objective.examples();
    let (lines, constants) = lines(chosen, &objective)?;
    let axes = chosen.of.axes().map(identifier);
    let mut varying: Vec<String> = chosen.of.axes().map(str::to_owned).into();
    if examples.is_some() {
        varying.extend(["x₁", "x₂", "t"].map(str::to_owned));
    }
    let mut function = format!("def f({}, {}):\n", axes[0], axes[1]);
    let used = |name: &str| lines.iter().any(|(_, line)| line.names().iter().any(|used| used == name));
    let constants: Vec<(String, f64)> = constants.into_iter().filter(|(name, _)| used(name)).collect();
    if !constants.is_empty() {
        let names: Vec<String> = constants.iter().map(|(name, _)| identifier(name)).collect();
        let values: Vec<String> = constants.iter().map(|(_, value)| float(*value)).collect();
        // Writing to a string does not fail.
        let _ = writeln!(function, "    {} = {}", names.join(", "), values.join(", "));
    }
    if examples.is_some() {
        function.push_str("    x1, x2, t = DATA.T\n");
    }
    let mut calls = Vec::new();
    for (index, (name, line)) in lines.iter().enumerate() {
        let known = |name: &str| {
            let varies = varying.iter().any(|varying| varying == name);
            let is_constant = constants.iter().any(|(constant, _)| constant == name);
            (varies || is_constant).then_some(KnownName { shape: Shape::Number, varies })
        };
        let PythonText { text, calls: called, .. } = python(line, Target::Loss(language), known)?;
        calls.extend(called);
        let is_last = index + 1 == lines.len();
        let _ = match (is_last, examples) {
            (false, _) => writeln!(function, "    {} = {text}", identifier(name)),
            (true, None) => {
                // PyTorch has no gradient of what does not depend on x and y.
                let is_flat = chosen.typed().is_some_and(|typed| !typed.has_variable());
                let rest = if is_flat && language == Language::PyTorch { " + 0*x" } else { "" };
                writeln!(function, "    return {text}{rest}")
            }
            (true, Some(_)) => {
                let mean = match language {
                    Language::NumPy => {
                        calls.push("mean");
                        "mean"
                    }
                    Language::PyTorch => "torch.mean",
                    Language::Optax => "jnp.mean",
                };
                let l2 = float(chosen.number("l2").unwrap_or(0.0));
                writeln!(function, "    return {mean}({text}) + {l2}/2*({}**2 + {}**2)", axes[0], axes[1])
            }
        };
        varying.push(name.clone());
    }
    let data = examples.map_or_else(String::new, |rows| data(chosen, rows, language));
    Ok(SurfaceText { data, function, calls })
}

/// The lines of a loss, and its constants with their values.
fn lines(
    chosen: &Chosen<Surface>,
    objective: &Objective,
) -> Result<(LossLines, Vec<(String, f64)>), CodeError> {
    if let Some(typed) = chosen.typed() {
        let constants = typed.constants().map(|(name, value)| (name.to_owned(), value));
        return Ok((vec![("f".to_owned(), typed.expression().clone())], constants.collect()));
    }
    let whole = [("f", chosen.of.formula)];
    let lines = if chosen.of.lines.is_empty() { &whole[..] } else { chosen.of.lines };
    let read = |(name, text): &(&str, &str)| {
        let line =
            Expression::parse_line(text).map_err(|_| CodeError::NoFormula(chosen.of.name.to_owned()))?;
        Ok((name::printed(name), line))
    };
    let lines = lines.iter().map(read).collect::<Result<LossLines, CodeError>>()?;
    // An intercept that is fitted out is 0 on data that are centred.
    let intercept = objective.intercept();
    let constants = chosen.settings().filter_map(|(param, value)| match value {
        Value::Number(_) if param.key == "intercept" => Some((name::printed(&param.key), intercept)),
        Value::Number(number) => Some((name::printed(&param.key), *number)),
        _ => None,
    });
    Ok((lines, constants.collect()))
}

/// How many columns a line of data has at most.
const WIDTH: usize = 100;

/// The examples, as the loss reads them.
fn data(chosen: &Chosen<Surface>, rows: &[Row], language: Language) -> String {
    let table = chosen.settings().find_map(|(_, value)| match value {
        Value::Data(table) => Some(table),
        _ => None,
    });
    let is_on =
        |key: &str| chosen.settings().any(|(param, value)| param.key == key && *value == Value::Switch(true));
    let mut text = String::new();
    if let Some(table) = table {
        let columns: Vec<String> =
            table.columns.iter().map(|column| thalweg_scenario::printable(column)).collect();
        let name = thalweg_scenario::printable(thalweg_scenario::base_name(&table.name));
        let classes = table.with_classes();
        let differ = |raw: &[Row]| raw.iter().zip(rows).any(|(raw, row)| raw[TARGET] != row[TARGET]);
        let is_centred = differ(&table.rows) && differ(&classes);
        let how = match (is_on("standardize"), is_centred) {
            (false, true) if is_on("fit_intercept") => {
                "; features and target with mean 0, which fits the intercept"
            }
            (true, true) => "; features with mean 0 and standard deviation 1, the target with mean 0",
            (true, false) => "; features with mean 0 and standard deviation 1",
            _ => "",
        };
        let _ = writeln!(text, "# The data {name}: {}{how}", columns.join(", "));
    }
    let array = match language {
        Language::NumPy => "np.array",
        Language::PyTorch => "torch.tensor",
        Language::Optax => "jnp.array",
    };
    let _ = writeln!(text, "DATA = {array}([");
    let mut line = String::from("   ");
    for row in rows {
        let row = format!(" ({}),", row.map(float).join(", "));
        if line.len() + row.len() > WIDTH && line.len() > 3 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        line.push_str(&row);
    }
    text.push_str(&line);
    text.push_str("\n])\n");
    text
}
