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

    /// Reads a text as [`ParsedFormula::read`] does, and refuses constants whose names are most likely slips (`xy`,
    /// `X`, `sinx`), unless `is_meant` says that somebody has given them a value.
    ///
    /// # Errors
    /// The first mistake in the text, or else its first slip.
    pub fn read_without_slips(text: &str, is_meant: impl Fn(&str) -> bool) -> Result<Self, ParseError> {
        let read = Self::read(text)?;
        read.expression.slip(is_meant).map_or(Ok(read), Err)
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text says.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// Whether it has x or y.
    pub fn has_variable(&self) -> bool {
        self.expression.has_variable()
    }

    /// Whether it has x and no y.
    pub fn is_univariate(&self) -> bool {
        self.expression.is_univariate()
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
    fn names_that_are_slips_are_told_with_what_was_meant() {
        for (text, at, name, words) in [
            ("x^2 + xy + y^2", 6, "xy", "`x*y`"),
            ("x*y + 3*yx", 8, "yx", "`y*x`"),
            ("x*xx", 2, "xx", "`x*x`"),
            ("X^2+Y^2", 0, "X", "written x and y, did you mean `x`"),
            ("x + Y", 4, "Y", "`y`"),
            ("x1^2 + x2^2", 0, "x1", "written x and y, did you mean `x`"),
            ("x + x2", 4, "x2", "`x^2`"),
            ("w1^2 + x", 0, "w1", "written x and y"),
            ("y + x_1", 4, "x_1", "written x and y"),
            ("y3 + x", 0, "y3", "`y^3` or `3*y`"),
            ("sinx", 0, "sinx", "`sin(x)`"),
            ("2*sinx + y", 2, "sinx", "`sin(x)`"),
            ("Sinx + y", 0, "Sinx", "`sin(x)`"),
            ("sin2x", 0, "sin2x", "`sin(2*x)`"),
            ("expxy*x", 0, "expxy", "`exp(x*y)`"),
            ("tanhx", 0, "tanhx", "`tanh(x)`"),
            ("lnx + logy", 0, "lnx", "`ln(x)`"),
            ("xsiny", 0, "xsiny", "`x*sin(y)`"),
            ("a*x^2 + ax + y", 8, "ax", "`a*x`"),
            ("a + b*y + bxy", 10, "bxy", "`b*x*y`"),
            ("pix + y", 0, "pix", "`pi*x`"),
            ("2*Pi*x", 2, "Pi", "`pi`"),
            ("SIN + x", 0, "SIN", "`sin(x)`"),
        ] {
            let slip = ParsedFormula::read_without_slips(text, |_| false).expect_err(text);
            assert_eq!((slip.at, slip.length), (at, name.len()), "{text}: {slip}");
            assert!(
                slip.message.contains(&format!("`{name}`")) && slip.message.contains(words),
                "{text}: {slip}"
            );
            // With a value of its own it is meant.
            let meant = ParsedFormula::read_without_slips(text, |_| true);
            assert!(meant.is_ok() && ParsedFormula::read(text).is_ok(), "{text}");
        }
    }

    /// What is advised can be read, and is no slip any more.
    #[test]
    fn the_names_of_constants_are_left_alone() {
        let mut names =
            vec!["a", "k", "b2", "x0", "y0", "x_0", "s", "mu", "tau", "theta", "c1", "dx", "cost", "E", "my"];
        let greek = [
            "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "kappa", "lambda", "nu", "xi", "rho",
            "sigma", "phi", "psi", "omega", "eps",
        ];
        names.extend(greek);
        names.extend([
            "width", "scale", "height", "radius", "depth", "tilt", "xmin", "xmax", "x_max", "ymid", "offset",
        ]);
        for name in names {
            let text = format!("x^2 + {name}*y");
            let read = ParsedFormula::read_without_slips(&text, |_| false);
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }

    #[test]
    fn values_stay_with_their_names_while_the_text_changes() {
        let mut typed = ParsedFormula::read("a*x^2 + b*y^2").expect("right");
        assert!(typed.set("b", 7.0) && !typed.set("c", 1.0) && !typed.set("a", f64::NAN));
        assert_eq!(typed.tape().at(2.0, 1.0), 11.0);
        let next = ParsedFormula::read("b*x + c").expect("right").with_values_of(&typed);
        assert_eq!(next.constants().collect::<Vec<_>>(), [("b", 7.0), ("c", 1.0)]);
    }
}
