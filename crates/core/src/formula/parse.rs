//! From words to an [`Expression`], by operator precedence.
//!
//! Source: Pratt, *Top down operator precedence*, POPL 1973.

use super::dialect::Dialect;
use super::expression::{Expression, Node, Place, VARIABLES};
use super::function::{Function, FunctionName, spellings};
use super::limits::MOST_CHARACTERS;
use super::operator::{Operator, Relation};
use super::parse_error::ParseError;
use super::parser::Parser;
use super::token::{Token, TokenKind};
use super::unknown::no_function;

/// The setting that random numbers are drawn from.
pub(super) const SEED: &str = "seed";
/// What counts the steps.
const STEP: &str = "t";
/// The largest number of a draw.
const MOST_DRAWS: f64 = 1000.0;

/// How tight a sign before its operand binds: tighter than `*`, looser than `^`.
const SIGN: u8 = 3;
/// How tight a power binds.
const POWER: u8 = 4;

/// Words that are no names.
pub(super) const RESERVED: [&str; 2] = ["if", "else"];

/// The signs between which an absolute value and a length stand.
const BARS: [(char, Function); 2] = [('|', Function::Abs), ('‖', Function::Norm)];

impl Expression {
    /// Reads a function of x and y.
    ///
    /// # Errors
    ///
    /// The first [`ParseError`] of the text, from the left. No text makes this panic.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Self::read(text, Dialect::Function)
    }

    /// Reads a line of a step: what stands right of its equals sign.
    ///
    /// # Errors
    ///
    /// The first [`ParseError`] of the text, from the left. No text makes this panic.
    pub fn parse_line(text: &str) -> Result<Self, ParseError> {
        Self::read(text, Dialect::Step)
    }

    fn read(text: &str, dialect: Dialect) -> Result<Self, ParseError> {
        let mut parser = Parser::new(text, dialect, MOST_CHARACTERS)?;
        if parser.ahead.kind == TokenKind::End {
            return Err(parser.ahead.error(match dialect {
                Dialect::Function => "there is no formula: write one in x and y, as in `x^2 + 10*y^2`",
                Dialect::Step => "there is no formula: write what the line is equal to, as in `x - lr*g`",
            }));
        }
        let expression = parser.expression()?;
        if parser.ahead.kind == TokenKind::End { Ok(expression) } else { Err(parser.unexpected()) }
    }
}

impl Parser {
    /// The expression that begins here, up to a word that does not belong to it.
    pub fn expression(&mut self) -> Result<Expression, ParseError> {
        if self.dialect == Dialect::Function {
            self.names = VARIABLES.map(str::to_owned).into();
        }
        self.depth = 0;
        self.choice()?;
        Ok(Expression {
            dialect: self.dialect,
            nodes: std::mem::take(&mut self.nodes),
            places: std::mem::take(&mut self.places),
            names: std::mem::take(&mut self.names),
        })
    }

    /// An operand, or a choice between two.
    fn choice(&mut self) -> Result<usize, ParseError> {
        let then = self.operand(0)?;
        if !self.is_word("if") {
            return Ok(then);
        }
        self.deeper()?;
        let at = self.advance();
        let left = self.operand(0)?;
        let relation = match self.ahead.kind {
            TokenKind::Sign('<') => Relation::Less,
            TokenKind::Sign('>') => Relation::Greater,
            TokenKind::Sign('≤') => Relation::AtMost,
            TokenKind::Sign('≥') => Relation::AtLeast,
            TokenKind::Sign('=') => Relation::Equal,
            TokenKind::Sign('≻') => Relation::PositiveDefinite,
            _ => {
                return Err(self.expected("a condition compares two values with `<`, `>`, `<=`, `>=` or `=`"));
            }
        };
        self.advance();
        let right = self.operand(0)?;
        if !self.is_word("else") {
            return Err(self.expected("what else? A choice is written `a if b < c else d`"));
        }
        self.advance();
        let otherwise = self.choice()?;
        self.depth -= 1;
        Ok(self.push(Node::Choice { then, relation, left, right, otherwise }, &at))
    }

    /// The operator that is ahead, how tight it binds, and what its right operand has to bind as.
    fn infix(&self) -> Option<(Operator, u8, u8)> {
        if self.dialect == Dialect::Step && self.is_word("mod") {
            return Some((Operator::Modulo, 2, 3));
        }
        let TokenKind::Sign(sign) = self.ahead.kind else { return None };
        match sign {
            '+' => Some((Operator::Add, 1, 2)),
            '-' => Some((Operator::Subtract, 1, 2)),
            '*' | '·' => Some((Operator::Multiply, 2, 3)),
            '⊙' => Some((Operator::Each, 2, 3)),
            '/' => Some((Operator::Divide, 2, 3)),
            // To the right: the right operand may be a power again.
            '^' => Some((Operator::Power, POWER, POWER)),
            _ => None,
        }
    }

    /// Reads as far as operators bind at least as tight as `tightness`.
    fn operand(&mut self, tightness: u8) -> Result<usize, ParseError> {
        self.deeper()?;
        let mut left = self.prefix()?;
        loop {
            if let TokenKind::Raised(exponent) = self.ahead.kind {
                left = self.raise(left, exponent)?;
                continue;
            }
            let beside = self.is_beside_number()?;
            let infix = if beside { Some((Operator::Multiply, 2, 3)) } else { self.infix() };
            let Some((operator, binds, right)) = infix else { break };
            if binds < tightness {
                break;
            }
            if beside {
                let sign = Token { kind: TokenKind::Sign('*'), ..self.ahead.clone() };
                let right = self.operand(right)?;
                left = self.push(Node::Join(operator, left, right), &sign);
                continue;
            }
            let sign = self.advance();
            left = if operator == Operator::Power && self.transposes && self.is_word("T") {
                self.advance();
                self.push(Node::Transposed(left), &sign)
            } else {
                let right = self.operand(right)?;
                self.push(Node::Join(operator, left, right), &sign)
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// A power in raised digits, which are ahead.
    fn raise(&mut self, base: usize, exponent: i32) -> Result<usize, ParseError> {
        let raised = self.advance();
        let mut power = self.push(Node::Number(f64::from(exponent.abs())), &raised);
        if exponent < 0 {
            power = self.push(Node::Negative(power), &raised);
        }
        if matches!(self.ahead.kind, TokenKind::Raised(_)) || self.ahead.is('^') {
            return Err(self.ahead.error("a power of a power needs parentheses, as in `(x²)²`"));
        }
        Ok(self.push(Node::Join(Operator::Power, base, power), &raised))
    }

    fn prefix(&mut self) -> Result<usize, ParseError> {
        match self.ahead.kind {
            TokenKind::Number(number) => {
                let token = self.advance();
                Ok(self.push(Node::Number(number), &token))
            }
            TokenKind::Name if self.is_word("if") => Err(self
                .ahead
                .error("what is chosen comes first: write `a if b < c else d`, as in `x^2 if x > 0 else 0`")),
            TokenKind::Name if RESERVED.iter().any(|word| self.is_word(word)) => Err(self.missing_operand()),
            TokenKind::Name => self.name(),
            TokenKind::Sign('-') => {
                let sign = self.advance();
                let of = self.operand(SIGN)?;
                Ok(self.push(Node::Negative(of), &sign))
            }
            TokenKind::Sign('+') => {
                self.advance();
                self.operand(SIGN)
            }
            TokenKind::Sign('(') => {
                let open = self.advance();
                let inner = self.choice()?;
                self.close(&open)?;
                Ok(self.push(Node::Group(inner), &open))
            }
            TokenKind::Sign('√') => self.root(),
            TokenKind::Sign(sign) if let Some((_, function)) = BARS.iter().find(|(bar, _)| *bar == sign) => {
                let open = self.advance();
                let inner = self.choice()?;
                if !self.ahead.is(sign) {
                    return Err(if self.ahead.kind == TokenKind::End {
                        open.error(format!(
                            "this `{sign}` is never closed: write the `{sign}` that belongs to it"
                        ))
                    } else {
                        self.unexpected()
                    });
                }
                let close = self.advance();
                // `||g||` is the length, as a keyboard has it: two bars that touch on either side.
                let within = (open.at + 1, close.at.wrapping_sub(1));
                if self.dialect == Dialect::Step
                    && self.last_bars == Some(within)
                    && let Some(Node::Call(of @ Function::Abs, _)) = self.nodes.get_mut(inner)
                {
                    *of = Function::Norm;
                    self.places[inner] = Place { at: open.at, length: 2, star: false };
                    return Ok(inner);
                }
                self.last_bars = Some((open.at, close.at));
                Ok(self.push(Node::Call(*function, [inner; 3]), &open))
            }
            TokenKind::Sign(_) | TokenKind::Raised(_) | TokenKind::Wrong(_) | TokenKind::End => {
                Err(self.missing_operand())
            }
        }
    }

    /// Whether a product is ahead that is written without a sign, as in `2x` and `2(x + 1)`.
    ///
    /// # Errors
    /// Where it is not clear what the factors are: behind `/` and `^`.
    fn is_beside_number(&self) -> Result<bool, ParseError> {
        let is_word = RESERVED.iter().any(|word| self.is_word(word))
            || (self.dialect == Dialect::Step && self.is_word("mod"));
        let begins = matches!(self.ahead.kind, TokenKind::Name | TokenKind::Sign('(' | '√'));
        let Some(number) = self.number_before().filter(|_| begins && !is_word) else { return Ok(false) };
        if self.follows(&['/', '^']) {
            return Err(self.ahead.error(format!(
                "an operator is missing between `{number}` and `{}`: behind `/` and `^` write the `*`, and \
                 parentheses around what belongs together",
                self.written(&self.ahead)
            )));
        }
        Ok(true)
    }

    /// `√` and what it is of: one operand, or parentheses, which belong to it.
    fn root(&mut self) -> Result<usize, ParseError> {
        self.deeper()?;
        let sign = self.advance();
        let inner = if self.ahead.is('(') {
            let open = self.advance();
            let inner = self.choice()?;
            self.close(&open)?;
            inner
        } else {
            self.prefix()?
        };
        self.depth -= 1;
        Ok(self.push(Node::Call(Function::Sqrt, [inner; 3]), &sign))
    }

    /// The parenthesis that closes `open`.
    fn close(&mut self, open: &Token) -> Result<(), ParseError> {
        if self.ahead.is(')') {
            self.advance();
            return Ok(());
        }
        Err(if self.ahead.kind == TokenKind::End {
            open.error("this `(` is never closed: write the `)` that belongs to it")
        } else {
            self.unexpected()
        })
    }

    fn name(&mut self) -> Result<usize, ParseError> {
        let token = self.advance();
        let name = self.written(&token);
        let function = spellings(self.dialect).iter().find(|known| known.name == name).copied();
        // `grad f(x)` is the gradient as `grad(x)` is.
        let asks = function.is_some_and(|known| {
            matches!(known.function, Function::Gradient | Function::Hessian) && !name.contains('f')
        });
        if asks && self.is_word("f") {
            self.advance();
        }
        if self.ahead.is('(') {
            return match function {
                Some(spelling) if spelling.function.draws() => self.draw(&token, spelling),
                Some(function) => self.call(&token, function),
                None => Err(token.error(no_function(&name, self.dialect))),
            };
        }
        if self.dialect == Dialect::Step
            && let Some(pointed) = self.pointed(&name)
        {
            return Err(pointed);
        }
        if self.dialect == Dialect::Function && self.written(&self.ahead) == "." {
            // As MATLAB and Julia write what goes by elements.
            if VARIABLES.contains(&name.as_str()) {
                return Err(self.ahead.error(
                    "`.` is not allowed: operators stand alone, as in `x^2`, and a decimal point follows a digit",
                ));
            }
            return Err(token.error(format!(
                "`{name}.` is not needed: functions stand alone, as in `sin(x)`, and so do names"
            )));
        }
        // The value of the surface is called f as the surface itself.
        if let Some(function) = function.filter(|function| function.function != Function::Value) {
            if function.function.draws() {
                return Err(token.error(format!(
                    "`{name}` is a function: write `{name}()`, a random vector for each step"
                )));
            }
            let (what, arguments) = match function.arguments {
                1 => ("argument", "x"),
                2 => ("arguments", "x, y"),
                _ => ("arguments", "x, a, b"),
            };
            return Err(token.error(format!(
                "`{name}` is a function: it needs its {what} in parentheses, as in `{name}({arguments})`"
            )));
        }
        let node = match (self.dialect, name.as_str()) {
            (Dialect::Function, "pi") => Node::Number(std::f64::consts::PI),
            (Dialect::Function, "e") => Node::Number(std::f64::consts::E),
            (Dialect::Function, _) => Node::Name(self.constant(&token, name)?),
            (Dialect::Step, _) => Node::Name(self.symbol(&token, &name)?),
        };
        Ok(self.push(node, &token))
    }

    /// A random vector: of the seed, the step and the number of the draw, which is written where it is not the next.
    fn draw(&mut self, token: &Token, spelling: FunctionName) -> Result<usize, ParseError> {
        let name = spelling.name;
        let open = self.advance();
        let number = match self.ahead.kind {
            TokenKind::Number(number) if number.fract() == 0.0 && (1.0..=MOST_DRAWS).contains(&number) => {
                self.advance();
                number as u32
            }
            _ => self.draws + 1,
        };
        if !self.ahead.is(')') && self.ahead.kind != TokenKind::End {
            return Err(self.expected(&format!(
                "`{name}()` takes nothing but the number of the draw, as in `{name}(2)`: scale it outside, as in \
                 `sigma*{name}()`"
            )));
        }
        self.close(&open)?;
        self.draws = self.draws.max(number);
        let mut made_of = [0; 3];
        for (part, name) in made_of.iter_mut().zip([SEED, STEP]) {
            let index = self.symbol(token, name)?;
            *part = self.push(Node::Name(index), token);
        }
        made_of[2] = self.push(Node::Number(f64::from(number)), token);
        Ok(self.push(Node::Call(spelling.function, made_of), token))
    }

    /// A function's arguments in their parentheses, which are ahead.
    fn call(&mut self, token: &Token, spelling: FunctionName) -> Result<usize, ParseError> {
        let FunctionName { function, name, arguments: count } = spelling;
        let open = self.advance();
        let wants = match count {
            1 => format!("`{name}` takes one argument, as in `{name}(x)`"),
            2 => format!("`{name}` takes two arguments, as in `{name}(x, y)`"),
            _ => format!("`{name}` takes three arguments, as in `{name}(x, a, b)`"),
        };
        let mut arguments = [0; 3];
        for given in 0..count {
            if self.ahead.is(')') {
                let there = ["there is none", "there is one", "there are two"][given.min(2)];
                return Err(self.ahead.error(format!("{wants}; {there}")));
            }
            if given > 0 {
                if !self.ahead.is(',') {
                    self.close(&open)?;
                }
                self.advance();
            }
            let argument = self.choice()?;
            // Those that do not count are like the last that does.
            arguments[given..].fill(argument);
        }
        if self.ahead.is(',') {
            return Err(self.ahead.error(format!("{wants}; there are more")));
        }
        self.close(&open)?;
        Ok(self.push(Node::Call(function, arguments), token))
    }
}
