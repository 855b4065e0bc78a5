//! From an expression and its constants to operations: each value is computed once, what is
//! constant is computed now, and the cheapest operation with the same result is chosen.
//!
//! "The same" is meant to the bit, infinities and NaN included: 0 x stays an operation, for x may
//! be infinite, and x - x and x / x stay too.

use super::registers::{Operation, VARIABLES, allocate};
use super::tape::{Code, Tape, X, Y};
use super::{Function, Node, Operator};
use std::cell::Cell;

/// The largest whole power that is made of multiplications.
const LARGEST_WHOLE_POWER: f64 = 1024.0;

/// A constant, or a value by its index.
#[derive(Clone, Copy)]
enum Part {
    Constant(f64),
    Value(usize),
}

use Part::{Constant, Value};

pub(super) fn tape(nodes: &[Node], constants: &[f64]) -> Tape {
    let variable = |of_x| Operation { code: Code::Load, a: 0, b: 0, constant: 0.0, of_x };
    let mut builder = Builder { values: vec![variable(true), variable(false)] };
    let mut parts: Vec<Part> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let part = match *node {
            Node::Number(number) => Constant(number),
            Node::X => Value(usize::from(X)),
            Node::Y => Value(usize::from(Y)),
            Node::Constant(index) => Constant(constants.get(index).copied().unwrap_or(f64::NAN)),
            Node::Negative(of) => builder.negative(parts[of]),
            Node::Call(function, of) => builder.unary(code_of(function), parts[of]),
            Node::Join(operator, left, right) => builder.join(operator, parts[left], parts[right]),
        };
        parts.push(part);
    }
    let result = builder.value(parts.last().copied().unwrap_or(Constant(f64::NAN)));
    builder.fuse(result);
    allocate(&builder.values, result)
}

fn code_of(function: Function) -> Code {
    match function {
        Function::Exp => Code::Exp,
        Function::Log => Code::Log,
        Function::Sqrt => Code::Sqrt,
        Function::Abs => Code::Abs,
        Function::Sin => Code::Sin,
        Function::Cos => Code::Cos,
        Function::Tan => Code::Tan,
        Function::Tanh => Code::Tanh,
    }
}

/// The result of an operation on constants: by the same arithmetic as everywhere.
fn fold(code: Code, a: f64, b: f64, constant: f64) -> f64 {
    let [a, b, to] = [a, b, f64::NAN].map(|number| [Cell::new(number)]);
    code.apply(&a, &b, constant, &to);
    let [result] = to;
    result.into_inner()
}

struct Builder {
    values: Vec<Operation>,
}

impl Builder {
    /// The value of an operation: the one that is there already, or a new one.
    fn push(&mut self, code: Code, a: usize, b: usize, constant: f64) -> Part {
        // What commutes is written in one order. (The larger and the smaller of two do not commute:
        // where they are equal, they have the derivative of the first.)
        let (a, b) = if matches!(code, Code::Add | Code::Multiply) { (a.min(b), a.max(b)) } else { (a, b) };
        let known = self.values.iter().skip(VARIABLES).position(|known| {
            (known.code, known.a, known.b) == (code, a, b) && known.constant.to_bits() == constant.to_bits()
        });
        if let Some(known) = known {
            return Value(known + VARIABLES);
        }
        let mut operation = Operation { code, a, b, constant, of_x: false };
        operation.of_x = operation.operands().any(|operand| self.values[operand].of_x);
        self.values.push(operation);
        Value(self.values.len() - 1)
    }

    /// A part as a value, whatever it is.
    fn value(&mut self, part: Part) -> usize {
        let part = match part {
            Constant(constant) => self.push(Code::Load, 0, 0, constant),
            value @ Value(_) => value,
        };
        if let Value(value) = part { value } else { usize::from(X) }
    }

    /// An operation on one part, with a constant.
    fn with(&mut self, code: Code, part: Part, constant: f64) -> Part {
        match part {
            Constant(part) => Constant(fold(code, part, part, constant)),
            Value(value) => self.push(code, value, value, constant),
        }
    }

    fn unary(&mut self, code: Code, part: Part) -> Part {
        self.with(code, part, 0.0)
    }

    fn negative(&mut self, part: Part) -> Part {
        match part {
            Value(value) if self.values[value].code == Code::Negate => Value(self.values[value].a),
            _ => self.unary(Code::Negate, part),
        }
    }

    fn join(&mut self, operator: Operator, left: Part, right: Part) -> Part {
        if operator == Operator::Power {
            return self.power(left, right);
        }
        let code = match operator {
            Operator::Add => Code::Add,
            Operator::Subtract => Code::Subtract,
            Operator::Multiply => Code::Multiply,
            Operator::Divide => Code::Divide,
            Operator::Minimum => Code::Minimum,
            Operator::Maximum => Code::Maximum,
            Operator::Power => Code::Power,
        };
        match (operator, left, right) {
            (_, Constant(left), Constant(right)) => Constant(fold(code, left, right, 0.0)),
            (Operator::Multiply, one, part) | (Operator::Multiply | Operator::Divide, part, one)
                if matches!(one, Constant(1.0)) =>
            {
                part
            }
            (Operator::Add, Constant(constant), part) | (Operator::Add, part, Constant(constant)) => {
                self.with(Code::AddConstant, part, constant)
            }
            (Operator::Multiply, Constant(constant), part)
            | (Operator::Multiply, part, Constant(constant)) => self.with(Code::Scale, part, constant),
            (Operator::Subtract, part, Constant(constant)) => {
                self.with(Code::SubtractConstant, part, constant)
            }
            (Operator::Subtract, Constant(constant), part) => self.with(Code::FromConstant, part, constant),
            (Operator::Divide, part, Constant(constant)) => self.with(Code::DivideConstant, part, constant),
            (Operator::Divide, Constant(constant), part) => self.with(Code::OverConstant, part, constant),
            (_, left, right) => {
                let (left, right) = (self.value(left), self.value(right));
                self.multiply_or(code, left, right)
            }
        }
    }

    /// A value by itself is its square.
    fn multiply_or(&mut self, code: Code, left: usize, right: usize) -> Part {
        if code == Code::Multiply && left == right {
            self.unary(Code::Square, Value(left))
        } else {
            self.push(code, left, right, 0.0)
        }
    }

    fn power(&mut self, base: Part, exponent: Part) -> Part {
        match (base, exponent) {
            // The number nearest to e stands for e itself, and exp is nearer to that.
            (Constant(std::f64::consts::E), _) => self.unary(Code::Exp, exponent),
            (_, Constant(exponent)) if exponent.fract() == 0.0 && exponent.abs() <= LARGEST_WHOLE_POWER => {
                let power = self.whole_power(base, exponent.abs() as u32);
                if exponent < 0.0 { self.with(Code::OverConstant, power, 1.0) } else { power }
            }
            (_, Constant(exponent)) => self.with(Code::PowerConstant, base, exponent),
            _ => {
                let (base, exponent) = (self.value(base), self.value(exponent));
                self.push(Code::Power, base, exponent, 0.0)
            }
        }
    }

    /// By squaring, in the order of [`Number::powi`](crate::math::number::Number::powi), whose bits it has.
    fn whole_power(&mut self, base: Part, exponent: u32) -> Part {
        let (mut result, mut base, mut left) = (None, base, exponent);
        loop {
            if left & 1 == 1 {
                result = Some(result.map_or(base, |result| self.join(Operator::Multiply, result, base)));
            }
            left >>= 1;
            if left == 0 {
                return result.unwrap_or(Constant(1.0));
            }
            base = self.unary(Code::Square, base);
        }
    }

    /// Joins operations that often follow each other into one, where nothing else reads what
    /// stands between: each step costs the time to look at it.
    fn fuse(&mut self, result: usize) {
        let mut readers = vec![0_usize; self.values.len()];
        readers[result] = 1;
        for value in (VARIABLES..self.values.len()).rev() {
            if readers[value] > 0 {
                for operand in self.values[value].operands() {
                    readers[operand] += 1;
                }
            }
        }
        for value in VARIABLES..self.values.len() {
            let outer = self.values[value];
            // What does not depend on x is left to be computed once for a row.
            let inner = |operand: usize| {
                (operand >= VARIABLES && readers[operand] == 1 && self.values[operand].of_x == outer.of_x)
                    .then(|| self.values[operand])
            };
            if let Some(joined) = join_square(&outer, inner).or_else(|| join_sum(&outer, inner)) {
                self.values[value] = Operation { of_x: outer.of_x, ..joined };
            }
        }
    }
}

/// The square of a sum or difference in one.
fn join_square(outer: &Operation, inner: impl Fn(usize) -> Option<Operation>) -> Option<Operation> {
    if outer.code != Code::Square {
        return None;
    }
    let inner = inner(outer.a)?;
    let code = match inner.code {
        Code::Add => Code::AddSquare,
        Code::Subtract => Code::SubtractSquare,
        Code::SubtractConstant => Code::ShiftSquare,
        Code::FromConstant => Code::FromSquare,
        _ => return None,
    };
    Some(Operation { code, ..inner })
}

/// A sum or difference with a square or a multiple in one.
fn join_sum(outer: &Operation, inner: impl Fn(usize) -> Option<Operation>) -> Option<Operation> {
    let fused = |rest: usize, operand: usize| {
        let inner = inner(operand)?;
        let code = match (outer.code, inner.code) {
            (Code::Add, Code::Square) => Code::MoreSquare,
            (Code::Subtract, Code::Square) => Code::LessSquare,
            (Code::Add, Code::Scale) => Code::MoreScaled,
            _ => return None,
        };
        Some(Operation { code, a: rest, b: inner.a, ..inner })
    };
    match outer.code {
        Code::Add => fused(outer.a, outer.b).or_else(|| fused(outer.b, outer.a)),
        Code::Subtract => fused(outer.a, outer.b),
        _ => None,
    }
}
