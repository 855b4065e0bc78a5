//! A word of a formula.

use super::parse_error::ParseError;

/// A word, and where it stands, in characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub at: usize,
    pub length: usize,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Number(f64),
    /// A name, also of a function, as it is written.
    Name,
    /// One of `+ - * / ^ ( ) ,`; `| < > ≤ ≥ =`; in a step also one of `· ⊙ √ ‖ ≻ ;`, however it is spelled.
    Sign(char),
    /// A whole number in raised digits.
    Raised(i32),
    /// What is no word of a formula, and what is wrong with it: told where it is come across, after
    /// what may be wrong to its left.
    Wrong(String),
    End,
}

impl Token {
    pub fn is(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// An error that concerns this word.
    pub fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError::new(self.at, self.length, message)
    }
}
