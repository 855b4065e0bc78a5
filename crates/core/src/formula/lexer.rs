//! From characters to the words of a formula.

use super::dialect::Dialect;
use super::name::RAISED_DIGITS;
use super::parse_error::ParseError;
use super::stray::{command, stray};
use super::token::{Token, TokenKind};

/// Takes one word after the other off a text, as they are asked for.
pub(super) struct Lexer {
    characters: Vec<char>,
    at: usize,
    dialect: Dialect,
    /// How many parentheses are open: within them the end of a line separates nothing.
    open: usize,
}

const RAISED_MINUS: char = '⁻';

/// Whether a name of a step may begin with this: a letter of any alphabet.
fn begins_symbol(c: char) -> bool {
    c.is_alphabetic() && c != 'ⁿ'
}

/// Whether such a name may go on with this: letters, digits, lowered signs, a hat, a prime.
pub(super) fn continues_symbol(c: char) -> bool {
    begins_symbol(c) || c.is_ascii_digit() || matches!(c, '_' | '₀'..='₉' | '₊' | '₋' | '\u{302}' | '∞' | '′')
}

/// What a raised digit stands for.
fn raised_digit(c: char) -> Option<i32> {
    (0..).zip(RAISED_DIGITS).find(|(_, raised)| *raised == c).map(|(digit, _)| digit)
}

impl Lexer {
    pub fn new(characters: Vec<char>, dialect: Dialect) -> Self {
        Self { characters, at: 0, dialect, open: 0 }
    }

    /// The word as it is written.
    pub fn written(&self, token: &Token) -> String {
        self.characters.iter().skip(token.at).take(token.length).collect()
    }

    pub fn next(&mut self) -> Token {
        let lines_end = self.dialect == Dialect::Step && self.open == 0;
        self.skip(|space| space.is_whitespace() && !(lines_end && space == '\n'));
        let at = self.at;
        let kind = match self.peek(0) {
            None => TokenKind::End,
            Some('*') if self.peek(1) == Some('*') => self.sign('^', 2),
            // As MATLAB and Julia write what goes by elements; here it does so by itself.
            Some('.') if self.dialect == Dialect::Step && self.peek(1) == Some('*') => self.sign('⊙', 2),
            Some('.') if self.dialect == Dialect::Step && self.peek(1) == Some('/') => self.sign('/', 2),
            Some('.') if self.dialect == Dialect::Step && self.peek(1) == Some('^') => self.sign('^', 2),
            Some('\\') => self.command(),
            Some('!') if self.peek(1) == Some('=') => {
                self.at += 2;
                TokenKind::Wrong(stray('≠', self.dialect).replace('≠', "!="))
            }
            Some(sign @ ('+' | '-' | '*' | '/' | '^' | ',' | '≤' | '≥' | '|')) => self.sign(sign, 1),
            Some('(') => {
                self.open += 1;
                self.sign('(', 1)
            }
            Some(')') => {
                self.open = self.open.saturating_sub(1);
                self.sign(')', 1)
            }
            Some('0'..='9' | '.') => match self.number() {
                Ok(number) => TokenKind::Number(number),
                Err(ParseError { at, length, message }) => {
                    return Token { kind: TokenKind::Wrong(message), at, length };
                }
            },
            Some(sign @ ('<' | '>')) if self.peek(1) == Some('=') => {
                self.sign(if sign == '<' { '≤' } else { '≥' }, 2)
            }
            Some('=') => {
                let length = if self.peek(1) == Some('=') { 2 } else { 1 };
                self.sign('=', length)
            }
            Some(raised) if RAISED_DIGITS.contains(&raised) || raised == RAISED_MINUS => self.raised(),
            Some(other) => match self.dialect {
                Dialect::Function => self.plain(other),
                Dialect::Step => self.printed(other),
            },
        };
        Token { kind, at, length: self.at - at }
    }

    /// What begins with this character in a typed function.
    fn plain(&mut self, first: char) -> TokenKind {
        if first.is_ascii_alphabetic() {
            self.skip(|next| next.is_ascii_alphanumeric() || next == '_');
            return TokenKind::Name;
        }
        if matches!(first, '<' | '>') {
            return self.sign(first, 1);
        }
        self.at += 1;
        TokenKind::Wrong(stray(first, self.dialect))
    }

    /// What begins with this character in a line of a step.
    fn printed(&mut self, first: char) -> TokenKind {
        match (first, self.peek(1)) {
            ('·' | '⋅' | '×', _) => self.sign('·', 1),
            ('−', _) => self.sign('-', 1),
            ('>', Some('>')) => self.sign('≻', 2),
            (':', Some('=')) => self.sign('=', 2),
            ('←', _) => self.sign('=', 1),
            ('\n', _) => self.sign(';', 1),
            (sign @ ('⊙' | '√' | '‖' | '<' | '>' | '≻' | ';'), _) => self.sign(sign, 1),
            ('∇', next) => {
                let word = if next == Some('²') { "∇²f" } else { "∇f" };
                if word.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c)) {
                    self.at += word.chars().count();
                    return TokenKind::Name;
                }
                self.at += 1;
                TokenKind::Wrong(
                    "`∇` stands before `f` alone: write the gradient `∇f(x)` and the Hessian `∇²f(x)`".into(),
                )
            }
            _ if begins_symbol(first) => {
                self.skip(continues_symbol);
                // The lowest value of f is written `f*`: a star that touches no operand behind it.
                let touches =
                    self.peek(1).is_some_and(|next| next.is_alphanumeric() || "(.+-√".contains(next));
                if self.peek(0) == Some('*') && !touches && self.characters.get(self.at - 1) == Some(&'f') {
                    let alone = self.at < 2 || !continues_symbol(self.characters[self.at - 2]);
                    self.at += usize::from(alone);
                }
                TokenKind::Name
            }
            _ => {
                self.at += 1;
                TokenKind::Wrong(stray(first, self.dialect))
            }
        }
    }

    /// A command of LaTeX, from its backslash on.
    fn command(&mut self) -> TokenKind {
        let from = self.at + 1;
        self.at = from;
        self.skip(|next| next.is_ascii_alphabetic());
        let name: String = self.characters[from..self.at].iter().collect();
        TokenKind::Wrong(command(&name, self.dialect))
    }

    fn sign(&mut self, sign: char, length: usize) -> TokenKind {
        self.at += length;
        TokenKind::Sign(sign)
    }

    /// A whole number in raised digits.
    fn raised(&mut self) -> TokenKind {
        let negative = self.peek(0) == Some(RAISED_MINUS);
        self.at += usize::from(negative);
        let mut value = None;
        while let Some(digit) = self.peek(0).and_then(raised_digit) {
            value = Some(value.unwrap_or(0_i32).saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        match value {
            Some(value) if value <= 1024 => TokenKind::Raised(if negative { -value } else { value }),
            Some(_) => {
                TokenKind::Wrong("this power is too large: at most 1024 is written in raised digits".into())
            }
            None => TokenKind::Wrong("a raised sign stands before raised digits, as in `⁻¹`".into()),
        }
    }

    /// Whether this word stands next, behind the one ahead.
    pub fn is_word_ahead(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c))
            && self.peek(word.chars().count()).is_none_or(|next| !continues_symbol(next))
    }

    /// Whether the next character, behind the word ahead, is this one.
    pub fn is_ahead(&self, character: char) -> bool {
        self.peek(0) == Some(character)
    }

    /// Whether what follows the word ahead makes it the name of an assignment: one `=` or an arrow.
    pub fn assigns(&self) -> bool {
        let mut rest = self.characters.iter().skip(self.at).skip_while(|space| **space == ' ');
        match (rest.next(), rest.next()) {
            (Some('='), next) => next != Some(&'='),
            (Some('←'), _) | (Some(':'), Some('=')) | (Some('<'), Some('-')) => true,
            _ => false,
        }
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
