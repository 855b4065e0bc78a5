//! The language of formulas: functions of x and y that somebody types, and the lines of an optimizer's step.
//!
//! A text becomes an [`Expression`](expression::Expression), a tree of what it says. Of a function, with values for
//! its named constants, that makes a [`Tape`](tape::Tape): a straight line of operations over any
//! [`Number`](crate::math::number::Number), so that the exact gradient and Hessian come from dual numbers as they
//! do for the surfaces of the table. Several assignments make a [`Program`](program::Program), run step by step on
//! the same operations; one line by itself is [evaluated](evaluate::EvaluatedLine) with all its parts. An expression
//! is [written](write::Spelling) again as it is typed or as it is printed, and with its
//! [numbers](numbers::Piece).

pub mod assignment;
pub mod bindings;
mod builder;
mod check;
pub mod code;
mod compile;
pub mod dialect;
pub mod evaluate;
pub mod expression;
pub mod function;
mod lexer;
pub mod limits;
pub mod linear_part;
mod lower;
mod machine;
mod matrix;
pub mod name;
pub mod numbers;
mod operation;
pub mod operator;
mod parse;
pub mod parse_error;
pub mod parsed_formula;
pub mod parsed_rate;
pub mod parsed_rule;
mod parser;
pub mod program;
pub(crate) mod register_file;
mod registers;
mod routine;
mod setting_slip;
pub mod shape;
mod slip;
mod stray;
pub mod tape;
#[cfg(test)]
mod tests;
mod token;
mod unknown;
pub mod write;
