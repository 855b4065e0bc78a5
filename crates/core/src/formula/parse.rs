//! From words to an [`Expression`], by operator precedence.
//!
//! Source: Pratt, *Top down operator precedence*, POPL 1973.

use super::token::{Kind, Token, Words};
use super::{
    DEEPEST, Expression, Function, LONGEST_NAME, MOST_CHARACTERS, MOST_CONSTANTS, Node, Operator, ParseError,
};

/// How tight a sign before its operand binds: tighter than `*`, looser than `^`.
const SIGN: u8 = 3;

/// What a name means that is followed by a parenthesis.
#[derive(Clone, Copy)]
enum Callable {
    One(Function),
    Two(Operator),
}

const FUNCTIONS: [(&str, Callable); 11] = [
    ("exp", Callable::One(Function::Exp)),
    ("log", Callable::One(Function::Log)),
    ("ln", Callable::One(Function::Log)),
    ("sqrt", Callable::One(Function::Sqrt)),
    ("abs", Callable::One(Function::Abs)),
    ("sin", Callable::One(Function::Sin)),
    ("cos", Callable::One(Function::Cos)),
    ("tan", Callable::One(Function::Tan)),
    ("tanh", Callable::One(Function::Tanh)),
    ("min", Callable::Two(Operator::Minimum)),
    ("max", Callable::Two(Operator::Maximum)),
];

/// The operator that a word is, how tight it binds, and what its right operand has to bind as.
fn infix(token: &Token) -> Option<(Operator, u8, u8)> {
    let Kind::Sign(sign) = token.kind else { return None };
    match sign {
        '+' => Some((Operator::Add, 1, 2)),
        '-' => Some((Operator::Subtract, 1, 2)),
        '*' => Some((Operator::Multiply, 2, 3)),
        '/' => Some((Operator::Divide, 2, 3)),
        // To the right: the right operand may be a power again.
        '^' => Some((Operator::Power, 4, 4)),
        _ => None,
    }
}

pub(super) fn parse(text: &str) -> Result<Expression, ParseError> {
    let characters: Vec<char> = text.chars().collect();
    let count = characters.len();
    if count > MOST_CHARACTERS {
        let message = format!("the formula has {count} characters: at most {MOST_CHARACTERS} are allowed");
        return Err(ParseError::new(MOST_CHARACTERS, count - MOST_CHARACTERS, message));
    }
    let mut words = Words::new(characters);
    let ahead = words.next();
    if ahead.kind == Kind::End {
        return Err(ahead.mistake("there is no formula: write one in x and y, as in `x^2 + 10*y^2`"));
    }
    let mut parser =
        Parser { words, ahead, before: None, depth: 0, nodes: Vec::new(), constants: Vec::new() };
    parser.operand(0)?;
    if parser.ahead.kind == Kind::End {
        Ok(Expression { nodes: parser.nodes, constants: parser.constants })
    } else {
        Err(parser.unexpected())
    }
}

struct Parser {
    words: Words,
    ahead: Token,
    /// The word before the one ahead.
    before: Option<Token>,
    depth: usize,
    nodes: Vec<Node>,
    constants: Vec<String>,
}

impl Parser {
    fn advance(&mut self) -> Token {
        let next = self.words.next();
        let taken = std::mem::replace(&mut self.ahead, next);
        self.before = Some(taken.clone());
        taken
    }

    fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Reads as far as operators bind at least as tight as `tightness`.
    fn operand(&mut self, tightness: u8) -> Result<usize, ParseError> {
        if self.depth == DEEPEST {
            return Err(self.ahead.mistake(format!(
                "nested too deep: parentheses, signs and powers may stand {DEEPEST} deep in each other"
            )));
        }
        self.depth += 1;
        let mut left = self.prefix()?;
        while let Some((operator, binds, right)) = infix(&self.ahead) {
            if binds < tightness {
                break;
            }
            self.advance();
            let right = self.operand(right)?;
            left = self.push(Node::Join(operator, left, right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Result<usize, ParseError> {
        match self.ahead.kind {
            Kind::Number(number) => {
                self.advance();
                Ok(self.push(Node::Number(number)))
            }
            Kind::Name(_) => self.name(),
            Kind::Sign('-') => {
                self.advance();
                let of = self.operand(SIGN)?;
                Ok(self.push(Node::Negative(of)))
            }
            Kind::Sign('+') => {
                self.advance();
                self.operand(SIGN)
            }
            Kind::Sign('(') => {
                let open = self.advance();
                let inner = self.operand(0)?;
                self.close(&open)?;
                Ok(inner)
            }
            Kind::Sign(_) | Kind::Wrong(_) | Kind::End => Err(self.missing_operand()),
        }
    }

    /// The parenthesis that closes `open`.
    fn close(&mut self, open: &Token) -> Result<(), ParseError> {
        if self.ahead.is(')') {
            self.advance();
            return Ok(());
        }
        Err(if self.ahead.kind == Kind::End {
            open.mistake("this `(` is never closed: write the `)` that belongs to it")
        } else {
            self.unexpected()
        })
    }

    fn name(&mut self) -> Result<usize, ParseError> {
        let token = self.advance();
        let name = self.words.written(&token);
        let function = FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, callable)| *callable);
        if self.ahead.is('(') {
            return match function {
                Some(function) => self.call(&name, function),
                None => Err(token.mistake(no_function(&name))),
            };
        }
        if let Some(function) = function {
            let arguments = if matches!(function, Callable::One(_)) { "x" } else { "x, y" };
            let what = if arguments.len() == 1 { "argument" } else { "arguments" };
            return Err(token.mistake(format!(
                "`{name}` is a function: it needs its {what} in parentheses, as in `{name}({arguments})`"
            )));
        }
        let node = match name.as_str() {
            "x" => Node::X,
            "y" => Node::Y,
            "pi" => Node::Number(std::f64::consts::PI),
            "e" => Node::Number(std::f64::consts::E),
            _ => Node::Constant(self.constant(&token, name)?),
        };
        Ok(self.push(node))
    }

    /// The index of a named constant, new or known.
    fn constant(&mut self, token: &Token, name: String) -> Result<usize, ParseError> {
        if let Some(known) = self.constants.iter().position(|known| *known == name) {
            return Ok(known);
        }
        if name == "f" {
            return Err(token.mistake(
                "`f` is the function itself: write only what it equals, and give a constant another name",
            ));
        }
        if token.length > LONGEST_NAME {
            return Err(token.mistake(format!(
                "the name `{name}` has {} characters: at most {LONGEST_NAME} are allowed",
                token.length
            )));
        }
        if self.constants.len() == MOST_CONSTANTS {
            return Err(token.mistake(format!(
                "`{name}` is one named constant too many: {MOST_CONSTANTS} are allowed, and there are {} already",
                self.constants.join(", ")
            )));
        }
        self.constants.push(name);
        Ok(self.constants.len() - 1)
    }

    /// A function's arguments in their parentheses, which are ahead.
    fn call(&mut self, name: &str, function: Callable) -> Result<usize, ParseError> {
        let open = self.advance();
        let wants = match function {
            Callable::One(_) => format!("`{name}` takes one argument, as in `{name}(x)`"),
            Callable::Two(_) => format!("`{name}` takes two arguments, as in `{name}(x, y)`"),
        };
        if self.ahead.is(')') {
            return Err(self.ahead.mistake(format!("{wants}; there is none")));
        }
        let first = self.operand(0)?;
        let node = match function {
            Callable::One(function) => Node::Call(function, first),
            Callable::Two(_) if self.ahead.is(')') => {
                return Err(self.ahead.mistake(format!("{wants}; there is one")));
            }
            Callable::Two(operator) => {
                if !self.ahead.is(',') {
                    self.close(&open)?;
                }
                self.advance();
                Node::Join(operator, first, self.operand(0)?)
            }
        };
        if self.ahead.is(',') {
            return Err(self.ahead.mistake(format!("{wants}; there are more")));
        }
        self.close(&open)?;
        Ok(self.push(node))
    }

    fn missing_operand(&self) -> ParseError {
        let allowed = "a number, x, y, a name, a function or `(`";
        let before = self.before.as_ref().map(|before| self.words.written(before));
        let here = self.words.written(&self.ahead);
        let after = before.as_ref().map_or_else(String::new, |before| format!(" after `{before}`"));
        self.ahead.mistake(match (&self.ahead.kind, before.as_deref()) {
            (Kind::Wrong(message), _) => message.clone(),
            (Kind::Sign(')'), Some("(")) => format!("there is nothing in the parentheses: write {allowed}"),
            (Kind::Sign(')'), None) => "this `)` closes nothing: there is no `(` before it".into(),
            (Kind::End, _) => format!("something is missing{after}: write {allowed}"),
            _ => format!("something is missing before `{here}`{after}: write {allowed}"),
        })
    }

    /// What to say of a word that cannot follow a complete operand.
    fn unexpected(&self) -> ParseError {
        let before = self.before.as_ref().map(|before| self.words.written(before)).unwrap_or_default();
        let here = self.words.written(&self.ahead);
        self.ahead.mistake(match &self.ahead.kind {
            Kind::Wrong(message) => message.clone(),
            Kind::Number(_) | Kind::Name(_) | Kind::Sign('(') => {
                format!("an operator is missing between `{before}` and `{here}`: to multiply, write `*`")
            }
            Kind::Sign(')') => "this `)` closes nothing: there is no `(` before it".into(),
            Kind::Sign(',') => "a comma stands only between the arguments of `min` and `max`; \
                                a decimal point is written `.`"
                .into(),
            Kind::Sign(_) | Kind::End => format!("`{here}` cannot follow `{before}`"),
        })
    }
}

/// What to say of a name before a parenthesis that is no function's.
fn no_function(name: &str) -> String {
    let what = match name {
        "x" | "y" => "a variable",
        "pi" | "e" => "a number",
        "f" => return "`f` is the function itself: write only what it equals".into(),
        "pow" => return "there is no function `pow`: for a power write `^`, as in `x^2`".into(),
        _ => {
            let folded = name.to_lowercase();
            let most = if name.len() > 3 { 2 } else { 1 };
            let mut near: Vec<_> = FUNCTIONS
                .iter()
                .map(|(known, _)| (strsim::damerau_levenshtein(&folded, known), *known))
                .filter(|(distance, _)| *distance <= most)
                .collect();
            near.sort_unstable();
            let near: Vec<_> = near.iter().take(3).map(|(_, known)| format!("`{known}`")).collect();
            let known = if near.is_empty() {
                format!("the functions are {}", FUNCTIONS.map(|(known, _)| known).join(", "))
            } else {
                format!("did you mean {}", near.join(" or "))
            };
            return format!("there is no function `{name}`: {known}; to multiply, write `{name}*(...)`");
        }
    };
    format!("`{name}` is {what}, not a function: to multiply, write `{name}*(...)`")
}
