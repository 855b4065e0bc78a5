//! A step written down line by line: what a method's own description says of it. From these lines come the
//! reference, the tooltips, and the step taken apart with its numbers (`analysis::runs::step_trace`).

use super::step_record::StepRecord;
use crate::formula::shape::Tensor;
use std::borrow::Cow;

/// What kind of thing a line's value is: how it may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// One number.
    Number,
    /// A point of the plane.
    Point,
    /// A way from one point of the plane to another: an arrow in the plane's own scale.
    Displacement,
    /// An arrow whose length is in other units, as a gradient's.
    Direction,
    /// A number for each coordinate that is no arrow: a size or a rate.
    PerCoordinate,
    /// A matrix.
    Matrix,
}

/// Where a line's value comes from.
#[derive(Clone, Debug)]
pub enum EquationRule {
    /// The formula's text is what is evaluated; see [`Expression`](crate::formula::expression::Expression).
    Formula(Cow<'static, str>),
    /// Kept from the step before, or told by the step itself; the words say how.
    Known(&'static str, fn(&StepRecord) -> Tensor),
    /// The length of the step along this direction, which a search has found.
    Searched(&'static str, LineSearch),
}

/// How the length of a step is searched for; see [`line_search`](super::line_search).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSearch {
    /// The first minimiser along the direction.
    Exact,
    /// Backtracking until Armijo's condition holds.
    Armijo,
    /// The strong Wolfe conditions.
    Wolfe,
}

impl LineSearch {
    /// The search in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Exact => "the first minimiser of f(x + a·d), searched along d",
            Self::Armijo => {
                "the first of α₀, α₀·ρ, α₀·ρ², ... at which f(x + a·d) ≤ f(x) + c₁·a·(g·d), tried one by one"
            }
            Self::Wolfe => {
                "searched along d until f has fallen enough and the slope along d is at most c₂ of what it was \
                 (strong Wolfe conditions)"
            }
        }
    }
}

/// One line of a step.
#[derive(Clone, Debug)]
pub struct UpdateEquation {
    /// The symbol that gets the value: a new one, or one that is there already and changes.
    pub name: Cow<'static, str>,
    /// Where the value comes from.
    pub rule: EquationRule,
    /// What kind of thing it is.
    pub sort: ValueType,
    /// The meaning, in a few words.
    pub says: Cow<'static, str>,
}

impl UpdateEquation {
    const fn of(sort: ValueType, name: &'static str, formula: &'static str, says: &'static str) -> Self {
        let rule = EquationRule::Formula(Cow::Borrowed(formula));
        Self { name: Cow::Borrowed(name), rule, sort, says: Cow::Borrowed(says) }
    }

    /// A number.
    pub const fn number(name: &'static str, formula: &'static str, says: &'static str) -> Self {
        Self::of(ValueType::Number, name, formula, says)
    }

    /// A point of the plane.
    pub const fn point(name: &'static str, formula: &'static str, says: &'static str) -> Self {
        Self::of(ValueType::Point, name, formula, says)
    }

    /// A way in the plane.
    pub const fn displacement(name: &'static str, formula: &'static str, says: &'static str) -> Self {
        Self::of(ValueType::Displacement, name, formula, says)
    }

    /// An arrow in units of its own.
    pub const fn direction(name: &'static str, formula: &'static str, says: &'static str) -> Self {
        Self::of(ValueType::Direction, name, formula, says)
    }

    /// A number for each coordinate.
    pub const fn each(name: &'static str, formula: &'static str, says: &'static str) -> Self {
        Self::of(ValueType::PerCoordinate, name, formula, says)
    }

    /// A matrix.
    pub const fn matrix(name: &'static str, formula: &'static str, says: &'static str) -> Self {
        Self::of(ValueType::Matrix, name, formula, says)
    }

    /// A number that is kept from the step before; `how` says so.
    pub const fn kept(
        name: &'static str,
        how: &'static str,
        value: fn(&StepRecord) -> Tensor,
        says: &'static str,
    ) -> Self {
        let rule = EquationRule::Known(how, value);
        Self { name: Cow::Borrowed(name), rule, sort: ValueType::Number, says: Cow::Borrowed(says) }
    }

    /// The equation with a value of another sort.
    pub const fn sort(mut self, sort: ValueType) -> Self {
        self.sort = sort;
        self
    }

    /// The step's length `a` along a direction.
    pub const fn searched(along: &'static str, how: LineSearch) -> Self {
        let says = "the step's length along d, found by trials (0 if no step leads down)";
        let rule = EquationRule::Searched(along, how);
        Self { name: Cow::Borrowed("a"), rule, sort: ValueType::Number, says: Cow::Borrowed(says) }
    }

    /// The line in symbols: "m ← β₁·m + (1 - β₁)·g". A symbol that is there before it changes (`←`), a
    /// new one is what the line says (`=`).
    pub fn text(&self, is_there: bool) -> String {
        let Self { name, rule, .. } = self;
        match rule {
            EquationRule::Formula(formula) if is_there => format!("{name} ← {formula}"),
            EquationRule::Formula(formula) => format!("{name} = {formula}"),
            EquationRule::Known(how, _) => format!("{name}: {how}"),
            EquationRule::Searched(_, how) => format!("{name}: {}", how.words()),
        }
    }
}
