//! A typed function together with the values of the constants that it names.

use super::expression::Expression;
use super::parse_error::ParseError;
use super::tape::Tape;
use std::sync::Arc;

/// A text that has been read, and a finite value for each of its named constants.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedFormula {
    text: Arc<str>,
    expression: Arc<Expression>,
    values: Vec<f64>,
}

impl ParsedFormula {
    /// The value of a constant that nobody has given one.
    const DEFAULT: f64 = 1.0;

    /// Reads a text; every constant is 1.
    ///
    /// # Errors
    /// The first mistake in the text.
    pub fn read(text: &str) -> Result<Self, ParseError> {
        let expression = Expression::parse(text)?;
        let values = vec![Self::DEFAULT; expression.constants().len()];
        Ok(Self { text: text.into(), expression: Arc::new(expression), values })
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The named constants with their values, in the order in which the text names them.
    pub fn constants(&self) -> impl Iterator<Item = (&str, f64)> {
        self.expression.constants().iter().map(String::as_str).zip(self.values.iter().copied())
    }

    /// Gives a constant its value. False, and nothing changed, if there is none of that name or
    /// the value is not finite.
    pub fn set(&mut self, name: &str, value: f64) -> bool {
        let place = self.expression.constants().iter().position(|constant| constant == name);
        match place.and_then(|place| self.values.get_mut(place)) {
            Some(place) if value.is_finite() => {
                *place = value;
                true
            }
            _ => false,
        }
    }

    /// The formula with the values that `other` has for constants of the same names: typing on
    /// does not move the sliders.
    #[must_use]
    pub fn with_values_of(mut self, other: &Self) -> Self {
        for (name, value) in other.constants() {
            self.set(name, value);
        }
        self
    }

    /// What is evaluated.
    pub fn tape(&self) -> Tape {
        self.expression.tape(&self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_with_their_names_while_the_text_changes() {
        let mut typed = ParsedFormula::read("a*x^2 + b*y^2").expect("right");
        assert!(typed.set("b", 7.0) && !typed.set("c", 1.0) && !typed.set("a", f64::NAN));
        assert_eq!(typed.tape().at(2.0, 1.0), 11.0);
        let next = ParsedFormula::read("b*x + c").expect("right").with_values_of(&typed);
        assert_eq!(next.constants().collect::<Vec<_>>(), [("b", 7.0), ("c", 1.0)]);
    }
}
