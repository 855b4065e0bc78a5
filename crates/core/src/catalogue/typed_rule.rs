//! An optimizer made of an update rule that was typed. What is said of it comes from its text alone.

use super::rule_method::TypedRule;
use super::typed_setting;
use crate::formula::code::SurfaceQuery;
use crate::formula::expression::Expression;
use crate::formula::parsed_rule::{ParsedRule, key_of};
use crate::formula::shape::Shape;
use crate::formula::write::Spelling;
use crate::method::description::{Description, Group, Lines, Slot, SlotForm};
use crate::method::found_law::FoundLaw;
use crate::method::found_scales::FoundScales;
use crate::method::state::{METHOD_SLOTS, State};
use crate::method::theory::Theory;
use crate::method::update_equation::{EquationRule, UpdateEquation, ValueType};
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::chosen::Chosen;
use crate::spec::param::Param;
use crate::spec::settings::Settings;
use crate::spec::value::Value;
use nalgebra::Vector2;
use std::borrow::Cow;
use std::sync::Arc;

/// What such an optimizer is called in a document.
pub const NAME: &str = "Rule";
/// The key of the rule itself among its settings.
pub const STEP: &str = "step";

/// The optimizer that a rule is, with default settings.
///
/// ```
/// use std::sync::Arc;
/// use thalweg_core::catalogue::typed_rule;
/// use thalweg_core::formula::parsed_rule::ParsedRule;
/// use thalweg_core::spec::value::Value;
///
/// let rule = ParsedRule::read("m = beta*m + grad(x); x = x - lr*m")?;
/// let mut momentum = typed_rule::chosen(&Arc::new(rule));
/// assert!(momentum.set("beta", Value::Number(0.5)));
/// assert_eq!(momentum.number("lr"), Some(0.01));
/// # Ok::<(), thalweg_core::formula::parse_error::ParseError>(())
/// ```
pub fn chosen(rule: &Arc<ParsedRule>) -> Chosen<Optimizer> {
    let mut chosen = Chosen::with_defaults(optimizer(rule));
    let _ = chosen.set(STEP, Value::Rule(Arc::clone(rule)));
    chosen
}

/// The optimizer that a rule is, with the settings that it shares with another.
pub fn with_settings_of(rule: &Arc<ParsedRule>, other: &Chosen<Optimizer>) -> Chosen<Optimizer> {
    let mut chosen = chosen(rule);
    for (param, value) in other.settings().filter(|(param, _)| param.key != STEP) {
        let _ = chosen.set(&param.key, value.clone());
    }
    chosen
}

/// A rule for anybody to begin with, with the settings that it shares with another method.
pub fn typical(other: &Chosen<Optimizer>) -> Chosen<Optimizer> {
    match ParsedRule::read(ParsedRule::DEFAULT) {
        Ok(rule) => with_settings_of(&Arc::new(rule), other),
        // A test reads it.
        Err(_) => other.clone(),
    }
}

/// A built-in method's step with its settings, as a rule to begin with; none where a line of it is no formula.
///
/// Settings whose keys differ from their symbols' names keep their values.
pub fn rule_of(method: &Chosen<Optimizer>) -> Option<Chosen<Optimizer>> {
    if let Some(rule) = method.rule() {
        return Some(with_settings_of(rule, method));
    }
    let settings = method.prepare();
    let mut lines = Vec::new();
    // A setting that a line changes for the rest of the step, as a decaying rate, has another name from there on.
    let mut changed: Vec<(String, String)> = Vec::new();
    for line in method.of.lines(&settings) {
        let EquationRule::Formula(formula) = &line.rule else { return None };
        let mut expression = Expression::parse_line(formula).ok()?;
        for (from, to) in &changed {
            expression.rename(from, to);
        }
        let mut name = line.name.clone().into_owned();
        if method.of.symbols().any(|symbol| symbol == name) {
            let other = format!("{name}_t");
            changed.push((std::mem::replace(&mut name, other.clone()), other));
        }
        lines.push(format!("{name} = {}", expression.written(Spelling::Printed)));
    }
    // What a state begins with, where that is not 0.
    let mut state = State::at(Vector2::from([f64::NAN; 2]));
    method.of.executor().start(&settings, &mut state);
    for (slot, value) in method.of.slots.iter().zip(&state.slots).filter(|(slot, _)| slot.exists(&settings)) {
        if value.x.is_nan() && value.y.is_nan() {
            lines.push(format!("{}₀ = x", slot.symbol));
        } else if *value != Vector2::zeros() {
            let own = format!("{}₀", slot.symbol);
            let same = || method.of.symbols().zip(settings.numbers).filter(|(_, number)| *number == value.x);
            let number = same().find(|(symbol, _)| *symbol == own).or_else(|| same().next());
            let (symbol, _) = number.filter(|_| value.x == value.y)?;
            // Of r₀ the rule makes what r begins with: the number itself needs another name.
            let other = format!("{}_init", slot.symbol);
            lines.push(format!("{}₀ = {other}", slot.symbol));
            changed.push((symbol.to_owned(), other));
        }
    }
    let rule = Arc::new(ParsedRule::read(&lines.join("\n")).ok()?);
    let mut chosen = chosen(&rule);
    for (param, value) in method.settings() {
        let _ = chosen.set(&key_of(&param.symbol), value.clone());
        for (_, other) in changed.iter().filter(|(from, _)| *from == param.symbol) {
            let _ = chosen.set(&key_of(other), value.clone());
        }
    }
    Some(chosen)
}

/// The optimizer that a rule is.
fn optimizer(rule: &Arc<ParsedRule>) -> Arc<Optimizer> {
    let description = description(rule);
    let kept: usize = description.slots.len() + rule.step().carried().len().div_ceil(2);
    Arc::new(match kept {
        0 => Optimizer::new(description, EveryNumber(TypedRule::<0>::of(rule))),
        1..=2 => Optimizer::new(description, EveryNumber(TypedRule::<2>::of(rule))),
        3..=6 => Optimizer::new(description, EveryNumber(TypedRule::<6>::of(rule))),
        _ => Optimizer::new(description, EveryNumber(TypedRule::<METHOD_SLOTS>::of(rule))),
    })
}

fn description(rule: &Arc<ParsedRule>) -> Description {
    let asks_hessian = rule.step().asks().any(|question| question == SurfaceQuery::Hessian);
    let text: Vec<&str> = rule.text().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut params = vec![Param::rule(
        STEP,
        "the update rule: assignments with `;` between them, the last to x; `normal()` and `uniform()` draw a random \
             vector for each step, from the setting `seed`",
    )];
    params.extend(rule.settings().map(setting));
    let defaults: Vec<Value> =
        params.iter().filter(|param| param.key != STEP).map(Param::default_value).collect();
    let settings = Settings::of(&defaults);
    let theory = match FoundLaw::of(rule, &settings) {
        Ok(law) => Theory::Found(Arc::new(law)),
        Err(why) => match FoundScales::of(rule, &settings) {
            Some(scales) => Theory::Scaled(Arc::new(scales)),
            None => Theory::None(why),
        },
    };
    Description {
        name: Cow::Borrowed(NAME),
        title: Cow::Borrowed("own rule"),
        summary: Cow::Owned(format!("Your own rule: {}.", text.join("; "))),
        lines: Lines::Fixed(Cow::Owned(rule.lines().into_iter().map(line).collect())),
        source: Cow::Borrowed("yours"),
        group: if asks_hessian { Group::SecondOrder } else { Group::FirstOrder },
        params: Cow::Owned(params),
        slots: Cow::Owned(rule.states().flat_map(slots).collect()),
        theory,
        ..Description::PLAIN
    }
}

/// A line of the step.
fn line((name, formula, shape): (String, String, Shape)) -> UpdateEquation {
    let sort = match shape {
        Shape::Number => ValueType::Number,
        Shape::Matrix => ValueType::Matrix,
        _ if name == "x" => ValueType::Point,
        _ => ValueType::Direction,
    };
    let says = match name.as_str() {
        "x" => "the next position",
        "g" if formula == "∇f(x)" => "the gradient where x stands: it leads uphill",
        _ => "",
    };
    let rule = EquationRule::Formula(Cow::Owned(formula));
    UpdateEquation { name: Cow::Owned(name), rule, sort, says: Cow::Borrowed(says) }
}

/// The slots that a state takes.
fn slots((name, shape): (&str, Shape)) -> Vec<Slot> {
    let slot = |form: SlotForm| Slot {
        name: Cow::Owned(key_of(name)),
        symbol: Cow::Owned(name.to_owned()),
        form,
        ..Slot::new("", "", "kept from step to step")
    };
    match shape {
        Shape::Number => vec![slot(SlotForm::Number)],
        Shape::Matrix => vec![slot(SlotForm::FirstRow), slot(SlotForm::SecondRow)],
        _ => vec![slot(SlotForm::Vector)],
    }
}

/// A setting, with the default and the slider that one of this name usually has.
fn setting(name: &str) -> Param {
    let key = key_of(name);
    if key == "lr" {
        return Param::learning_rate(0.01);
    }
    typed_setting::number(name, key, "a number that the rule names")
}
