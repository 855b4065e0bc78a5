//! From an expression back to text: as it is typed, or as textbooks print it.

use super::dialect::Dialect;
use super::expression::{Expression, Node};
use super::function::Function;
use super::lexer::continues_symbol;
use super::name::{self, RAISED_DIGITS};
use super::operator::{Operator, Relation};

/// How an expression is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// With a keyboard's signs: `beta1*m + (1 - beta1)*g`.
    Typed,
    /// As textbooks have it: `β₁·m + (1 - β₁)·g`.
    Printed,
}

/// How tight what is written binds, as the reader has it.
const CHOICE: u8 = 0;
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const SIGN: u8 = 3;
const POWER: u8 = 4;
const WHOLE: u8 = 5;

impl Expression {
    /// The text that says this. Read again it is the same expression: a function as it is typed, a line in both
    /// spellings.
    pub fn written(&self, spelling: Spelling) -> String {
        let writer = Writer { expression: self, spelling };
        writer.part(self.nodes.len() - 1, CHOICE)
    }
}

struct Writer<'a> {
    expression: &'a Expression,
    spelling: Spelling,
}

impl Writer<'_> {
    /// A part, in parentheses if it binds less tight than asked for.
    fn part(&self, index: usize, tightness: u8) -> String {
        let (text, binds) = self.node(index);
        if binds < tightness { format!("({text})") } else { text }
    }

    fn node(&self, index: usize) -> (String, u8) {
        match self.expression.nodes[index] {
            Node::Number(number) => (self.number(number), WHOLE),
            Node::Name(name) => (self.name(name), WHOLE),
            Node::Group(inner) => (format!("({})", self.part(inner, CHOICE)), WHOLE),
            Node::Negative(inner) => (format!("-{}", self.part(inner, SIGN)), SIGN),
            Node::Transposed(inner) => (format!("{}^T", self.part(inner, WHOLE)), POWER),
            Node::Join(operator, left, right) => self.join(operator, left, right),
            Node::Call(function, arguments) => {
                (self.call(function, &arguments[..function.arguments()]), WHOLE)
            }
            Node::Choice { then, relation, left, right, otherwise } => {
                let sign = match self.spelling {
                    Spelling::Typed => Relation::typed(relation),
                    Spelling::Printed => Relation::printed(relation),
                };
                let [then, left, right] = [then, left, right].map(|part| self.part(part, SUM));
                (format!("{then} if {left} {sign} {right} else {}", self.part(otherwise, CHOICE)), CHOICE)
            }
        }
    }

    fn join(&self, operator: Operator, left: usize, right: usize) -> (String, u8) {
        let (binds, left_binds, right_binds) = match operator {
            Operator::Add | Operator::Subtract => (SUM, SUM, PRODUCT),
            Operator::Power => (POWER, WHOLE, SIGN),
            _ => (PRODUCT, PRODUCT, SIGN),
        };
        if operator == Operator::Power && self.spelling == Spelling::Printed {
            let root = matches!(self.expression.nodes[left], Node::Call(Function::Sqrt, _));
            // `√x²` could be taken for the root of a square.
            let base = if root { self.with_spelling(Spelling::Typed, left) } else { self.part(left, WHOLE) };
            return match self.raised(right) {
                Some(raised) => (format!("{base}{raised}"), binds),
                None => (format!("{base}^{}", self.exponent(right, right_binds)), binds),
            };
        }
        let sign = match self.spelling {
            Spelling::Typed => operator.typed(),
            Spelling::Printed => operator.printed(),
        };
        let left = self.part(left, left_binds);
        let right = match operator {
            Operator::Power => self.exponent(right, right_binds),
            _ => self.part(right, right_binds),
        };
        (format!("{left}{sign}{right}"), binds)
    }

    /// What stands behind `^`, where a T by itself would be read as a transpose.
    fn exponent(&self, index: usize, tightness: u8) -> String {
        let text = self.part(index, tightness);
        let behind = text.strip_prefix('T').map(|rest| rest.chars().next());
        let is_name = behind.is_some_and(|next| next.is_none_or(|next| !continues_symbol(next)));
        if is_name && self.expression.dialect == Dialect::Step { format!("({text})") } else { text }
    }

    /// The root's name, and what it is of in this writer's own spelling.
    fn with_spelling(&self, spelling: Spelling, root: usize) -> String {
        match (spelling, self.expression.nodes[root]) {
            (Spelling::Typed, Node::Call(function, [of, ..])) => {
                format!("{}({})", function.typed(), self.part(of, CHOICE))
            }
            _ => self.part(root, WHOLE),
        }
    }

    /// A whole power in raised digits; none of another.
    fn raised(&self, exponent: usize) -> Option<String> {
        let (sign, whole) = match self.expression.nodes[exponent] {
            Node::Negative(inner) => ("⁻", inner),
            _ => ("", exponent),
        };
        match self.expression.nodes[whole] {
            Node::Number(number) if number.fract() == 0.0 && number <= 1024.0 => {
                Some(raised_digits(sign, number as u32))
            }
            _ => None,
        }
    }

    fn call(&self, function: Function, arguments: &[usize]) -> String {
        let texts: Vec<_> = arguments.iter().map(|argument| self.part(*argument, CHOICE)).collect();
        let text = match texts.last() {
            // The seed and the step are not written, and the first draw needs no number.
            Some(number) if function.draws() => {
                if number == "1" {
                    String::new()
                } else {
                    number.clone()
                }
            }
            _ => texts.join(", "),
        };
        match (self.spelling, function) {
            (Spelling::Typed, _) => format!("{}({text})", function.typed()),
            // Two bars that touch would be those of a length.
            (_, Function::Abs)
                if matches!(self.expression.nodes[arguments[0]], Node::Call(Function::Abs, _)) =>
            {
                format!("| {text} |")
            }
            (_, Function::Abs) => format!("|{text}|"),
            (_, Function::Norm) => format!("‖{text}‖"),
            (_, Function::Sqrt) => match self.expression.nodes[arguments[0]] {
                Node::Number(_) | Node::Name(_) => format!("√{text}"),
                _ => format!("√({text})"),
            },
            (..) => format!("{}({text})", function.printed()),
        }
    }

    fn name(&self, index: usize) -> String {
        let name = &self.expression.names[index];
        match (self.expression.dialect, self.spelling) {
            (Dialect::Function, Spelling::Printed) => name::printed(name),
            (Dialect::Function, Spelling::Typed) | (Dialect::Step, Spelling::Printed) => name.clone(),
            (Dialect::Step, Spelling::Typed) => name::typed(name),
        }
    }

    /// The shortest that is read as this number.
    fn number(&self, number: f64) -> String {
        match (self.expression.dialect, self.spelling, number) {
            (Dialect::Function, Spelling::Typed, std::f64::consts::PI) => "pi".into(),
            (Dialect::Function, Spelling::Printed, std::f64::consts::PI) => "π".into(),
            (Dialect::Function, _, std::f64::consts::E) => "e".into(),
            _ => plain_number(number),
        }
    }
}

/// The shortest that is read as this number, with an exponent where that is far from 1.
pub(super) fn plain_number(number: f64) -> String {
    if number == 0.0 || (1e-5..1e15).contains(&number.abs()) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// A whole number in raised digits.
pub(super) fn raised_digits(sign: &str, number: u32) -> String {
    let digits = number.to_string();
    sign.chars().chain(digits.bytes().map(|digit| RAISED_DIGITS[usize::from(digit - b'0')])).collect()
}
