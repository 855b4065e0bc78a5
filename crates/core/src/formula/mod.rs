//! A function of x and y that somebody typed: read once, then evaluated millions of times.
//!
//! The text becomes an [`Expression`] (what it says), which together with values for its named
//! constants becomes a [`Tape`] (what to do): a straight line of operations over any
//! [`Number`](crate::math::number::Number), so that the exact gradient and Hessian come from dual numbers as they
//! do for the surfaces of the table.

mod build;
mod mistake;
mod parse;
mod registers;
mod tape;
#[cfg(test)]
mod tests;
mod token;

pub use mistake::ParseError;
pub use tape::Tape;

/// The most characters that a text may have.
pub const MOST_CHARACTERS: usize = 500;
/// The most named constants that a text may have.
pub const MOST_CONSTANTS: usize = 8;
/// The most characters that the name of a constant may have.
pub const LONGEST_NAME: usize = 16;
/// How deep parentheses, signs and powers may nest: it bounds the stack that reading takes.
pub const DEEPEST: usize = 64;

/// What a typed text says: a function of x, y and named constants.
///
/// The language: numbers (`1`, `.5`, `2e-3`), the variables `x` and `y`, `pi` and `e`, `+ - * / ^`,
/// parentheses, the functions `exp`, `log` (natural, also `ln`), `sqrt`, `abs`, `sin`, `cos`, `tan`
/// (radians), `tanh`, `min` and `max`. Any other name is a constant that is given its value later.
/// `^` binds tightest, to the right: `2^3^2` is 512 and `-x^2` is -(x²).
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Each after those that it is made of; the last is the whole.
    nodes: Vec<Node>,
    /// The named constants, in order of first appearance.
    constants: Vec<String>,
}

impl Expression {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// The first [`ParseError`] of the text, from the left. No text makes this panic.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse::parse(text)
    }

    /// The names of the constants, each once, in order of first appearance.
    pub fn constants(&self) -> &[String] {
        &self.constants
    }

    /// The function with the named constants put in, in the order of [`Expression::constants`];
    /// a value that is missing is NaN.
    pub fn program(&self, constants: &[f64]) -> Tape {
        build::tape(&self.nodes, constants)
    }
}

/// A part of an expression; the parts that it is made of are given by their index.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Node {
    Number(f64),
    X,
    Y,
    /// A named constant.
    Constant(usize),
    Negative(usize),
    Call(Function, usize),
    Join(Operator, usize, usize),
}

/// The functions of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Exp,
    Log,
    Sqrt,
    Abs,
    Sin,
    Cos,
    Tan,
    Tanh,
}

/// What joins two parts, written between them or (`min`, `max`) before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Minimum,
    Maximum,
}
