//! The words of a typed formula.

use super::ParseError;
use super::mistake::stray;

/// A word, and where it stands, in characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: usize,
    pub length: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    Name(String),
    /// One of `+ - * / ^ ( ) ,`.
    Sign(char),
    /// What is no word of a formula, and what is wrong with it: told where it is come across, after
    /// what may be wrong to its left.
    Wrong(String),
    End,
}

impl Token {
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// A mistake that concerns this word.
    pub fn mistake(&self, message: impl Into<String>) -> ParseError {
        ParseError::new(self.at, self.length, message)
    }
}

/// Takes one word after the other off a text, as they are asked for.
pub(super) struct Words {
    characters: Vec<char>,
    at: usize,
}

impl Words {
    pub fn new(characters: Vec<char>) -> Self {
        Self { characters, at: 0 }
    }

    /// The word as it is written.
    pub fn written(&self, token: &Token) -> String {
        self.characters.iter().skip(token.at).take(token.length).collect()
    }

    pub fn next(&mut self) -> Token {
        self.skip(char::is_whitespace);
        let at = self.at;
        let kind = match self.peek(0) {
            None => Kind::End,
            Some('*') if self.peek(1) == Some('*') => {
                self.at += 2;
                Kind::Wrong("`**` is not allowed: for a power write `^`".into())
            }
            Some(sign @ ('+' | '-' | '*' | '/' | '^' | '(' | ')' | ',')) => {
                self.at += 1;
                Kind::Sign(sign)
            }
            Some('0'..='9' | '.') => match self.number() {
                Ok(number) => Kind::Number(number),
                Err(ParseError { at, length, message }) => {
                    return Token { kind: Kind::Wrong(message), at, length };
                }
            },
            Some(letter) if letter.is_ascii_alphabetic() => {
                self.skip(|next| next.is_ascii_alphanumeric() || next == '_');
                Kind::Name(self.characters[at..self.at].iter().collect())
            }
            Some(other) => {
                self.at += 1;
                Kind::Wrong(stray(other))
            }
        };
        Token { kind, at, length: self.at - at }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn skip(&mut self, these: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&these) {
            self.at += 1;
        }
    }

    fn digits(&mut self) -> usize {
        let from = self.at;
        self.skip(|digit| digit.is_ascii_digit());
        self.at - from
    }

    fn number(&mut self) -> Result<f64, ParseError> {
        let from = self.at;
        let mut digits = self.digits();
        if self.peek(0) == Some('.') {
            self.at += 1;
            digits += self.digits();
        }
        if digits == 0 {
            return Err(ParseError::new(
                from,
                1,
                "a decimal point alone is no number: write digits, as in `0.5`",
            ));
        }
        if self.peek(0) == Some('.') {
            return Err(ParseError::new(self.at, 1, "a second decimal point: a number has at most one"));
        }
        // `2e` without digits is not an exponent: the letter is a word of its own.
        let signed = usize::from(matches!(self.peek(1), Some('+' | '-')));
        if matches!(self.peek(0), Some('e' | 'E'))
            && self.peek(1 + signed).is_some_and(|next| next.is_ascii_digit())
        {
            self.at += 1 + signed;
            self.digits();
        }
        let written: String = self.characters[from..self.at].iter().collect();
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => {
                let message = format!("`{written}` is too large: the largest number is about 1.8e308");
                Err(ParseError::new(from, self.at - from, message))
            }
        }
    }
}
