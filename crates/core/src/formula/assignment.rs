//! The assignments of a step, read from its text.

use super::dialect::Dialect;
use super::expression::{Expression, Place};
use super::function::spellings;
use super::limits::{LONGEST_NAME, MOST_PROGRAM_CHARACTERS};
use super::name;
use super::parse::RESERVED;
use super::parse_error::ParseError;
use super::parser::Parser;
use super::token::{Token, TokenKind};

/// One assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The name that gets the value, as it is printed.
    pub name: String,
    /// What it is equal to.
    pub expression: Expression,
    /// Where the name stands.
    pub(super) place: Place,
}

impl Assignment {
    /// An error that concerns the name.
    pub(super) fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError::new(self.place.at, self.place.length, message)
    }
}

/// The assignments of a text.
pub(super) fn read(text: &str) -> Result<Vec<Assignment>, ParseError> {
    let mut parser = Parser::new(text, Dialect::Step, MOST_PROGRAM_CHARACTERS)?;
    let mut assignments = Vec::new();
    loop {
        while parser.ahead.is(';') {
            parser.advance();
        }
        if parser.ahead.kind == TokenKind::End {
            break;
        }
        let (name, place) = target(&mut parser)?;
        let is_arrow = parser.is_arrow();
        if !is_arrow && !parser.ahead.is('=') {
            if let Some(pointed) = parser.pointed(&name::typed(&name)) {
                return Err(pointed);
            }
            if let Some(sign) = parser.updates() {
                let name = name::typed(&name);
                return Err(parser
                    .ahead
                    .error(format!("`{sign}=` is not known here: write `{name} = {name} {sign} ...`")));
            }
            return Err(match &parser.ahead.kind {
                TokenKind::Wrong(message) => parser.ahead.error(message.clone()),
                _ => parser.ahead.error(format!("`=` is missing: {STATEMENT}")),
            });
        }
        parser.advance();
        if is_arrow {
            parser.advance();
        }
        let expression = parser.expression()?;
        if !(parser.ahead.is(';') || parser.ahead.kind == TokenKind::End) {
            return Err(if parser.ahead.is('=') {
                parser.ahead.error("a second `=`: between two assignments stands `;`")
            } else {
                parser.unexpected()
            });
        }
        assignments.push(Assignment { name, expression, place });
    }
    if assignments.is_empty() {
        return Err(parser.ahead.error(format!("there is no step: {STATEMENT}")));
    }
    Ok(assignments)
}

/// How an assignment is written, in words.
const STATEMENT: &str = "an assignment is written `name = formula`, as in `x = x - lr*g`";

/// The name that an assignment begins with.
fn target(parser: &mut Parser) -> Result<(String, Place), ParseError> {
    let token: Token = parser.ahead.clone();
    let written = parser.written(&token);
    let wrong = match &token.kind {
        TokenKind::Wrong(message) => Some(message.clone()),
        TokenKind::Name if RESERVED.contains(&written.as_str()) => {
            Some(format!("`{written}` is no name: {STATEMENT}"))
        }
        TokenKind::Name
            if spellings(Dialect::Step).iter().any(|known| known.name == written) && written != "f" =>
        {
            Some(format!("`{written}` is a function: give the value another name"))
        }
        TokenKind::Name if token.length > LONGEST_NAME => Some(format!(
            "the name `{written}` has {} characters: at most {LONGEST_NAME} are allowed",
            token.length
        )),
        TokenKind::Name => None,
        _ => Some(format!("{} begins no assignment: {STATEMENT}", parser.quoted(&token))),
    };
    if let Some(message) = wrong {
        return Err(token.error(message));
    }
    parser.advance();
    Ok((name::printed(&written), Place { at: token.at, length: token.length, star: false }))
}
