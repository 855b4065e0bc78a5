//! From operations as they are meant to those that are made: each value is computed once, what is
//! constant is computed now, and the cheapest operation with the same result is chosen.
//!
//! "The same" is meant to the bit, infinities and NaN included: 0 x stays an operation, for x may
//! be infinite, and x - x and x / x stay too.

use super::code::{Code, EQUAL, SurfaceQuery};
use super::machine::run;
use super::operation::Operation;
use super::register_file::Step;

/// The largest whole power that is made of multiplications.
const LARGEST_WHOLE_POWER: f64 = 1024.0;

/// A constant, or a value by its index.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    Constant(f64),
    Value(usize),
}

use Operand::{Constant, Value};

/// The result of an operation on constants: by the same arithmetic as everywhere.
fn fold(code: Code, a: f64, b: f64, constant: f64) -> f64 {
    let mut registers = [[a], [b], [f64::NAN]];
    run(&[Step { code, to: 2, a: 0, b: 1, constant, alike: 1 }], &mut registers);
    let [_, _, [result]] = registers;
    result
}

/// The values so far. The first are the inputs, whose own operation is never made.
pub(super) struct Builder {
    values: Vec<Operation>,
    inputs: usize,
    /// The inputs that hold a point, f there and its gradient there, each the first.
    answers: Option<[usize; 3]>,
    /// What has been asked at that point.
    asked: Vec<SurfaceQuery>,
    /// The input that counts the steps, and inputs that are others to its power, each behind its base.
    counter: Option<usize>,
    carried: Vec<[usize; 2]>,
    /// Inputs to the power of the counter that had to be computed.
    raised: Vec<usize>,
}

impl Builder {
    /// With so many inputs; whether the first of them is x, for rows of which what does not depend on it is
    /// computed once.
    pub fn new(inputs: usize, first_is_x: bool) -> Self {
        let mut values = Vec::with_capacity(inputs + 32);
        values.resize(inputs, Operation::input());
        if let (Some(first), true) = (values.first_mut(), first_is_x) {
            first.of_x = true;
        }
        Self {
            values,
            inputs,
            answers: None,
            asked: Vec::new(),
            counter: None,
            carried: Vec::new(),
            raised: Vec::new(),
        }
    }

    /// All values, with operations joined where that changes nothing for these that are wanted.
    pub fn finish(mut self, wanted: &[usize]) -> Vec<Operation> {
        self.fuse(wanted);
        self.values
    }

    /// The value of an operation: the one that is there already, or a new one.
    fn push(&mut self, code: Code, a: usize, b: usize, constant: f64) -> Operand {
        // What commutes is written in one order. (The larger and the smaller of two do not commute:
        // where they are equal, they have the derivative of the first.)
        let (a, b) = if matches!(code, Code::Add | Code::Multiply) { (a.min(b), a.max(b)) } else { (a, b) };
        self.add(Operation { code, a, b, constant, ..Operation::input() })
    }

    /// An operation as it is: the same that is there already, or a new one.
    fn add(&mut self, mut operation: Operation) -> Operand {
        let known = self.values.iter().skip(self.inputs).position(|known| known.is_same(&operation));
        if let Some(known) = known {
            return Value(known + self.inputs);
        }
        operation.of_x = operation.operands().any(|operand| self.values[operand].of_x);
        self.values.push(operation);
        Value(self.values.len() - 1)
    }

    /// An operand as a value, whatever it is.
    pub fn value(&mut self, operand: Operand) -> usize {
        let operand = match operand {
            Constant(constant) => self.push(Code::Load, 0, 0, constant),
            value @ Value(_) => value,
        };
        if let Value(value) = operand { value } else { 0 }
    }

    /// Inputs that answer where the surface is asked at a point that is an input, too: f there, and its gradient.
    pub fn answer_at(&mut self, point: usize, value: usize, gradient: usize) {
        self.answers = Some([point, value, gradient]);
    }

    /// The input that counts the steps, and inputs that are others to its power, each behind its base.
    pub fn carry(&mut self, counter: usize, carried: Vec<[usize; 2]>) {
        (self.counter, self.carried) = (Some(counter), carried);
    }

    /// The inputs to the power of the counter that are not carried.
    pub fn raised(&self) -> Vec<usize> {
        self.raised.clone()
    }

    /// What has been asked there.
    pub fn asked_at_start(&self) -> Vec<SurfaceQuery> {
        self.asked.clone()
    }

    /// What the surface answers to a question at a point: as many values as it has numbers.
    pub fn ask(&mut self, question: SurfaceQuery, [x, y]: [Operand; 2]) -> Vec<Operand> {
        let (x, y) = (self.value(x), self.value(y));
        if let Some([point, value, gradient]) = self.answers
            && (x, y) == (point, point + 1)
            && question != SurfaceQuery::Hessian
        {
            if !self.asked.contains(&question) {
                self.asked.push(question);
            }
            let at = if question == SurfaceQuery::Value { value } else { gradient };
            return (at..at + question.answers()).map(Value).collect();
        }
        let first = self.push(question.code(), x, y, 0.0);
        let asked = self.value(first);
        let rest = (1..question.answers()).map(|place| self.push(Code::Answer, asked, asked, place as f64));
        std::iter::once(first).chain(rest.collect::<Vec<_>>()).collect()
    }

    /// `then` where a < b or where a = b, as the code says; otherwise `otherwise`.
    pub fn choose(&mut self, code: Code, [a, b]: [Operand; 2], [then, otherwise]: [Operand; 2]) -> Operand {
        self.choose_with(code, [a, b], [then, otherwise], 0.0)
    }

    /// Of a function: `then` where a < b, the border where a = b, which belongs to the side that `c` says, otherwise
    /// `otherwise`; see [`Code::SelectByOrder`].
    pub fn choose_by_order(&mut self, c: f64, compared: [Operand; 2], from: [Operand; 2]) -> Operand {
        self.choose_with(Code::Order, compared, from, c)
    }

    fn choose_with(
        &mut self,
        code: Code,
        [a, b]: [Operand; 2],
        [then, otherwise]: [Operand; 2],
        constant: f64,
    ) -> Operand {
        if let (Constant(a), Constant(b)) = (a, b) {
            let holds = match code {
                Code::Equal => a == b,
                Code::Order if a.is_nan() || b.is_nan() => return Constant(f64::NAN),
                Code::Order => (a < b && constant != EQUAL) || (a == b && constant != 0.0),
                _ => a < b,
            };
            return if holds { then } else { otherwise };
        }
        let [a, b, then, otherwise] = [a, b, then, otherwise].map(|operand| self.value(operand));
        if then == otherwise && code != Code::Order {
            return Value(then);
        }
        self.add(Operation { code, a, b, constant, chosen: Some([then, otherwise]), ..Operation::input() })
    }

    /// A random number of the seed and the step, of this place among those that are drawn.
    pub fn draw(&mut self, code: Code, [seed, step]: [Operand; 2], place: f64) -> Operand {
        let (seed, step) = (self.value(seed), self.value(step));
        self.push(code, seed, step, place)
    }

    /// An operation on one part, with a constant.
    fn with(&mut self, code: Code, operand: Operand, constant: f64) -> Operand {
        match operand {
            Constant(operand) => Constant(fold(code, operand, operand, constant)),
            Value(value) => self.push(code, value, value, constant),
        }
    }

    /// An operation on one part.
    pub fn unary(&mut self, code: Code, operand: Operand) -> Operand {
        match operand {
            Value(value) if code == Code::Negate && self.values[value].code == Code::Negate => {
                Value(self.values[value].a)
            }
            _ => self.with(code, operand, 0.0),
        }
    }

    /// An operation on two parts.
    pub fn binary(&mut self, code: Code, left: Operand, right: Operand) -> Operand {
        match (code, left, right) {
            (Code::Power, left, right) => self.power(left, right),
            (_, Constant(left), Constant(right)) => Constant(fold(code, left, right, 0.0)),
            (Code::Multiply, one, part) | (Code::Multiply | Code::Divide, part, one)
                if matches!(one, Constant(1.0)) =>
            {
                part
            }
            (Code::Add, Constant(constant), part) | (Code::Add, part, Constant(constant)) => {
                self.with(Code::AddConstant, part, constant)
            }
            (Code::Multiply, Constant(constant), part) | (Code::Multiply, part, Constant(constant)) => {
                self.with(Code::Scale, part, constant)
            }
            (Code::Subtract, part, Constant(constant)) => self.with(Code::SubtractConstant, part, constant),
            (Code::Subtract, Constant(constant), part) => self.with(Code::FromConstant, part, constant),
            (Code::Divide, part, Constant(constant)) => self.with(Code::DivideConstant, part, constant),
            (Code::Divide, Constant(constant), part) => self.with(Code::OverConstant, part, constant),
            (_, left, right) => {
                let (left, right) = (self.value(left), self.value(right));
                self.multiply_or(code, left, right)
            }
        }
    }

    /// A value by itself is its square.
    fn multiply_or(&mut self, code: Code, left: usize, right: usize) -> Operand {
        if code == Code::Multiply && left == right {
            self.unary(Code::Square, Value(left))
        } else {
            self.push(code, left, right, 0.0)
        }
    }

    fn power(&mut self, base: Operand, exponent: Operand) -> Operand {
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
                if self.counter == Some(exponent) && base < self.inputs {
                    if let Some([_, power]) = self.carried.iter().find(|[of, _]| *of == base) {
                        return Value(*power);
                    }
                    if !self.raised.contains(&base) {
                        self.raised.push(base);
                    }
                }
                self.push(Code::Power, base, exponent, 0.0)
            }
        }
    }

    /// By squaring, in the order of [`Number::powi`](crate::math::number::Number::powi), whose bits it has.
    fn whole_power(&mut self, base: Operand, exponent: u32) -> Operand {
        let (mut result, mut base, mut left) = (None, base, exponent);
        loop {
            if left & 1 == 1 {
                result = Some(result.map_or(base, |result| self.binary(Code::Multiply, result, base)));
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
    fn fuse(&mut self, wanted: &[usize]) {
        let inputs = self.inputs;
        let mut readers = vec![0_usize; self.values.len()];
        for value in wanted {
            readers[*value] += 1;
        }
        for value in (inputs..self.values.len()).rev() {
            if readers[value] > 0 {
                for operand in self.values[value].operands() {
                    readers[operand] += 1;
                }
            }
        }
        for value in inputs..self.values.len() {
            let outer = self.values[value];
            // What does not depend on x is left to be computed once for a row.
            let inner = |operand: usize| {
                (operand >= inputs && readers[operand] == 1 && self.values[operand].of_x == outer.of_x)
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
