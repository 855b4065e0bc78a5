//! The state of reading: the words of a text, one after the other, and the parts that were made of them.

use super::dialect::Dialect;
use super::expression::{Node, Place, VARIABLES};
use super::lexer::Lexer;
use super::limits::{DEEPEST, LONGEST_NAME, MOST_CONSTANTS};
use super::name;
use super::parse_error::ParseError;
use super::token::{Token, TokenKind};

/// Reads expressions off a text, one after the other.
pub(super) struct Parser {
    lexer: Lexer,
    pub ahead: Token,
    /// The word before the one ahead.
    before: Option<Token>,
    /// The word before that.
    two_before: Option<Token>,
    pub dialect: Dialect,
    /// Whether `^T` is a transpose.
    pub transposes: bool,
    pub depth: usize,
    /// How many random numbers the text has drawn so far.
    pub draws: u32,
    /// Where the bars of the absolute value stand that was read last.
    pub last_bars: Option<(usize, usize)>,
    pub nodes: Vec<Node>,
    pub places: Vec<Place>,
    pub names: Vec<String>,
}

impl Parser {
    /// At the first word of a text of at most so many characters.
    pub fn new(text: &str, dialect: Dialect, most: usize) -> Result<Self, ParseError> {
        let characters: Vec<char> = text.chars().collect();
        let count = characters.len();
        if count > most {
            let message = format!("the formula has {count} characters: at most {most} are allowed");
            return Err(ParseError::new(most, count - most, message));
        }
        let mut lexer = Lexer::new(characters, dialect);
        let ahead = lexer.next();
        let (nodes, places, names) = (Vec::with_capacity(count), Vec::with_capacity(count), Vec::new());
        let transposes = dialect == Dialect::Step;
        Ok(Self {
            lexer,
            ahead,
            before: None,
            two_before: None,
            dialect,
            transposes,
            depth: 0,
            draws: 0,
            last_bars: None,
            nodes,
            places,
            names,
        })
    }

    /// The word ahead, taken.
    pub fn advance(&mut self) -> Token {
        let next = self.lexer.next();
        let taken = std::mem::replace(&mut self.ahead, next);
        self.two_before = self.before.replace(taken.clone());
        taken
    }

    /// The word as it is written.
    pub fn written(&self, token: &Token) -> String {
        self.lexer.written(token)
    }

    pub fn push(&mut self, node: Node, token: &Token) -> usize {
        self.nodes.push(node);
        self.places.push(Place { at: token.at, length: token.length, star: token.is('*') });
        self.nodes.len() - 1
    }

    /// Whether the word ahead is this one of the language's own words.
    pub fn is_word(&self, word: &str) -> bool {
        self.ahead.kind == TokenKind::Name && self.lexer.written(&self.ahead) == word
    }

    /// Whether `<-` is ahead, which is two words.
    pub fn is_arrow(&self) -> bool {
        self.ahead.is('<') && self.lexer.is_ahead('-')
    }

    /// Whether an operator with `=` in one, as `-=`, is ahead.
    pub fn updates(&self) -> Option<char> {
        let signs = ['+', '-', '*', '·', '/'];
        signs.into_iter().find(|sign| self.ahead.is(*sign) && self.lexer.is_ahead('='))
    }

    /// What to say of a point behind a name, as other languages have it.
    pub fn pointed(&self, name: &str) -> Option<ParseError> {
        if self.written(&self.ahead) != "." {
            return None;
        }
        let message = if self.lexer.is_word_ahead("grad") {
            format!("the gradient at `{name}` is written `grad({name})`")
        } else if ["data", "clone", "copy", "T", "item"].iter().any(|word| self.lexer.is_word_ahead(word)) {
            format!("`.` is not needed: `{name}` is a value by itself, and its transpose is `{name}^T`")
        } else {
            format!("`{name}.` is not needed: functions and names stand alone, as in `sqrt(v)` and `m`")
        };
        Some(self.ahead.error(message))
    }

    /// The word that was taken last, if it is a number.
    pub fn number_before(&self) -> Option<String> {
        let number = self.before.as_ref().filter(|token| matches!(token.kind, TokenKind::Number(_)))?;
        Some(self.written(number))
    }

    /// Whether the word before the one that was taken last is one of these signs.
    pub fn follows(&self, signs: &[char]) -> bool {
        self.two_before.as_ref().is_some_and(|token| signs.iter().any(|sign| token.is(*sign)))
    }

    pub fn deeper(&mut self) -> Result<(), ParseError> {
        if self.depth == DEEPEST {
            return Err(self.ahead.error(format!(
                "nested too deep: parentheses, signs and powers may stand {DEEPEST} deep in each other"
            )));
        }
        self.depth += 1;
        Ok(())
    }

    /// The index of a name, new or known.
    fn index(&mut self, name: String) -> usize {
        self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    /// The index of a step's name, in whichever spelling.
    pub fn symbol(&mut self, token: &Token, name: &str) -> Result<usize, ParseError> {
        Self::check_length(token, name)?;
        Ok(self.index(name::printed(name)))
    }

    /// The index of a function's variable or named constant.
    pub fn constant(&mut self, token: &Token, name: String) -> Result<usize, ParseError> {
        if self.names.contains(&name) {
            return Ok(self.index(name));
        }
        if name == "f" {
            return Err(token.error(
                "`f` is the function itself: write only what it equals, and give a constant another name",
            ));
        }
        Self::check_length(token, &name)?;
        let constants = &self.names[VARIABLES.len()..];
        if constants.len() == MOST_CONSTANTS {
            return Err(token.error(format!(
                "`{name}` is one named constant too many: {MOST_CONSTANTS} are allowed, and there are {} already",
                constants.join(", ")
            )));
        }
        Ok(self.index(name))
    }

    fn check_length(token: &Token, name: &str) -> Result<(), ParseError> {
        if token.length <= LONGEST_NAME {
            return Ok(());
        }
        Err(token.error(format!(
            "the name `{name}` has {} characters: at most {LONGEST_NAME} are allowed",
            token.length
        )))
    }

    /// The word as a message names it.
    pub fn quoted(&self, token: &Token) -> String {
        let written = self.written(token);
        if written == "\n" { "the end of the line".into() } else { format!("`{written}`") }
    }

    /// What to say where a word is wanted; a word that is none has its own message.
    pub fn expected(&self, message: &str) -> ParseError {
        match &self.ahead.kind {
            TokenKind::Wrong(wrong) => self.ahead.error(wrong.clone()),
            _ => self.ahead.error(message),
        }
    }

    pub fn missing_operand(&self) -> ParseError {
        let allowed = match self.dialect {
            Dialect::Function => "a number, x, y, a name, a function or `(`",
            Dialect::Step => "a number, a name, a function or `(`",
        };
        let before = self.before.as_ref().map(|before| self.written(before));
        let here = self.quoted(&self.ahead);
        let after = before.as_ref().map_or_else(String::new, |before| format!(" after `{before}`"));
        self.ahead.error(match (&self.ahead.kind, before.as_deref()) {
            (TokenKind::Wrong(message), _) => message.clone(),
            (TokenKind::Sign(')'), Some("(")) => {
                format!("there is nothing in the parentheses: write {allowed}")
            }
            (TokenKind::Sign(')'), None) => "this `)` closes nothing: there is no `(` before it".into(),
            (TokenKind::Sign('/'), Some("/")) => {
                format!("something is missing before {here}{after}: a quotient without its remainder is `floor(a/b)`")
            }
            (TokenKind::End, _) => format!("something is missing{after}: write {allowed}"),
            _ => format!("something is missing before {here}{after}: write {allowed}"),
        })
    }

    /// What to say of a word that cannot follow a complete operand.
    pub fn unexpected(&self) -> ParseError {
        let before = self.before.as_ref().map(|before| self.written(before)).unwrap_or_default();
        let here = self.quoted(&self.ahead);
        self.ahead.error(match &self.ahead.kind {
            TokenKind::Wrong(message) => message.clone(),
            TokenKind::Name if self.dialect == Dialect::Step && self.lexer.assigns() => {
                format!("`;` is missing before {here}: it stands between two assignments, as in `m = beta*m + g; x = x - lr*m`")
            }
            TokenKind::Number(_) | TokenKind::Name | TokenKind::Sign('(' | '√') => {
                format!("an operator is missing between `{before}` and {here}: to multiply, write `*`")
            }
            TokenKind::Sign(')') => "this `)` closes nothing: there is no `(` before it".into(),
            TokenKind::Sign(',') => match self.dialect {
                Dialect::Function => {
                    "a comma stands only between the arguments of a function, as in `min(x, y)`; \
                                      a decimal point is written `.`"
                }
                Dialect::Step => {
                    "a comma stands only between the arguments of a function; \
                                  a decimal point is written `.`, and between two assignments stands `;`"
                }
            }
            .into(),
            TokenKind::Sign('=') if self.dialect == Dialect::Function => {
                "write only what f(x, y) equals; two values are compared in a choice, as in `x if x = y else 0`"
                    .into()
            }
            TokenKind::Sign('<' | '>' | '≤' | '≥' | '=' | '≻') => {
                format!("{here} compares only in a condition, as in `a if b < c else d`")
            }
            TokenKind::Sign(_) | TokenKind::Raised(_) | TokenKind::End => {
                format!("{here} cannot follow `{before}`")
            }
        })
    }
}
