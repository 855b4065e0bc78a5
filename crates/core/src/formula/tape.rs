//! What a typed formula comes down to: a straight line of operations on a few registers.

use crate::math::number::Number;
use crate::math::wide::Wide;
use std::cell::Cell;

/// What one step does with its operands a and b, or with a and its constant c.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// c
    Load,
    /// a + b
    Add,
    /// a - b
    Subtract,
    /// a b
    Multiply,
    /// a / b
    Divide,
    /// a^b
    Power,
    /// The smaller of a and b, NaN if either is.
    Minimum,
    /// The larger of a and b, NaN if either is.
    Maximum,
    /// a + c
    AddConstant,
    /// a - c
    SubtractConstant,
    /// c - a
    FromConstant,
    /// a c
    Scale,
    /// a / c
    DivideConstant,
    /// c / a
    OverConstant,
    /// a^c
    PowerConstant,
    /// -a
    Negate,
    /// a²
    Square,
    /// (a + b)²
    AddSquare,
    /// (a - b)²
    SubtractSquare,
    /// (a - c)²
    ShiftSquare,
    /// (c - a)²
    FromSquare,
    /// a - b²
    LessSquare,
    /// a + b²
    MoreSquare,
    /// a + b c
    MoreScaled,
    Exp,
    Log,
    Sqrt,
    Abs,
    Sin,
    Cos,
    Tan,
    Tanh,
}

impl Code {
    /// How many operands it reads.
    pub const fn operands(self) -> usize {
        match self {
            Self::Load => 0,
            Self::Add
            | Self::Subtract
            | Self::Multiply
            | Self::Divide
            | Self::Power
            | Self::Minimum
            | Self::Maximum
            | Self::AddSquare
            | Self::SubtractSquare
            | Self::LessSquare
            | Self::MoreSquare
            | Self::MoreScaled => 2,
            _ => 1,
        }
    }

    /// The operation itself, on each of K numbers side by side. The places may be the same.
    ///
    /// Each arm writes to the place itself: what the arms handed to one common write would go
    /// through memory once more.
    #[inline]
    pub fn apply<T: Number, const K: usize>(
        self,
        a: &Places<T, K>,
        b: &Places<T, K>,
        c: f64,
        to: &Places<T, K>,
    ) {
        match self {
            Self::Load => each(a, b, to, |_, _| T::of(c)),
            Self::Add => each(a, b, to, |a, b| a + b),
            Self::Subtract => each(a, b, to, |a, b| a - b),
            Self::Multiply => each(a, b, to, |a, b| a * b),
            Self::Divide => each(a, b, to, |a, b| a / b),
            Self::AddConstant => each(a, b, to, |a, _| a + c),
            Self::SubtractConstant => each(a, b, to, |a, _| a - c),
            Self::FromConstant => each(a, b, to, |a, _| -a + c),
            Self::Scale => each(a, b, to, |a, _| a * c),
            Self::DivideConstant => each(a, b, to, |a, _| a / c),
            Self::OverConstant => each(a, b, to, |a, _| T::of(c) / a),
            Self::Negate => each(a, b, to, |a, _| -a),
            Self::Square => each(a, b, to, |a, _| a.square()),
            Self::AddSquare => each(a, b, to, |a, b| (a + b).square()),
            Self::SubtractSquare => each(a, b, to, |a, b| (a - b).square()),
            Self::ShiftSquare => each(a, b, to, |a, _| (a - c).square()),
            Self::FromSquare => each(a, b, to, |a, _| (-a + c).square()),
            Self::LessSquare => each(a, b, to, |a, b| a - b.square()),
            Self::MoreSquare => each(a, b, to, |a, b| a + b.square()),
            Self::MoreScaled => each(a, b, to, |a, b| a + b * c),
            _ => each(a, b, to, |a, b| self.call(a, b, c)),
        }
    }

    /// The operations that take long by themselves.
    #[inline(never)]
    fn call<T: Number>(self, a: T, b: T, c: f64) -> T {
        match self {
            Self::Power => a.pow(b),
            Self::PowerConstant => a.powf(c),
            Self::Minimum => undefined_with(a.minimum(b), b),
            Self::Maximum => undefined_with(a.maximum(b), b),
            Self::Exp => a.exp(),
            Self::Log => a.ln(),
            Self::Sqrt => a.sqrt(),
            Self::Abs => absolute(a),
            Self::Sin => a.sin(),
            Self::Cos => a.cos(),
            Self::Tan => a.tan(),
            Self::Tanh => a.tanh(),
            _ => T::of(f64::NAN),
        }
    }
}

/// The places of K numbers side by side.
type Places<T, const K: usize> = [Cell<T>; K];

#[inline]
fn each<T: Copy, const K: usize>(
    a: &Places<T, K>,
    b: &Places<T, K>,
    to: &Places<T, K>,
    of: impl Fn(T, T) -> T,
) {
    for (to, (a, b)) in to.iter().zip(a.iter().zip(b)) {
        to.set(of(a.get(), b.get()));
    }
}

/// `chosen`, but NaN where `other` is: the trait's selections keep one side where the two do not
/// compare.
#[inline]
fn undefined_with<T: Number>(chosen: T, other: T) -> T {
    let below_all = other.select_less(T::of(f64::INFINITY), chosen, other);
    T::of(f64::NEG_INFINITY).select_less(other, chosen, below_all)
}

/// |a| with the derivative 0 at 0, the middle of those on either side.
#[inline]
fn absolute<T: Number>(a: T) -> T {
    let zero = T::of(0.0);
    // Zero stays zero, also its derivatives, and loses its sign; NaN stays NaN.
    let not_above = a * 0.0 + 0.0;
    a.select_less(zero, -a, zero.select_less(a, a, not_above))
}

/// One operation, and the registers that it reads and writes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub code: Code,
    pub to: u16,
    pub a: u16,
    pub b: u16,
    pub constant: f64,
}

impl PartialEq for Step {
    /// To the bit: a constant that is NaN equals itself, and 0 is not -0.
    fn eq(&self, other: &Self) -> bool {
        (self.code, self.to, self.a, self.b) == (other.code, other.to, other.a, other.b)
            && self.constant.to_bits() == other.constant.to_bits()
    }
}

/// How many numbers of a row stand side by side: so many that they stay in the processor's vector
/// registers.
const LANES: usize = 8;

type Lanes = Wide<LANES>;

/// How many wide numbers of a row each step works on: enough that looking at the step is soon paid,
/// few enough that all registers stay in the nearest cache.
const WIDES: usize = 8;

/// The register that holds x at the beginning.
pub(super) const X: u16 = 0;
/// The register that holds y at the beginning.
pub(super) const Y: u16 = 1;

/// A typed formula with its constants put in, ready to be evaluated.
///
/// Plain data. The same tape gives the same bits on every machine, whichever way it is evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// What does not depend on x, then the rest.
    pub(super) steps: Vec<Step>,
    /// How many of the steps do not depend on x.
    pub(super) without_x: usize,
    /// How many registers there are, at least two.
    pub(super) registers: usize,
    /// The register that holds the value at the end.
    pub(super) result: u16,
}

impl Tape {
    /// The value at (x, y), with whatever derivatives the number type carries.
    #[inline]
    pub fn at<T: Number>(&self, x: T, y: T) -> T {
        // The more registers there are, the longer it takes to clear them.
        match self.registers {
            0..=4 => self.at_in(&mut [[T::of(0.0)]; 4], x, y),
            5..=8 => self.at_in(&mut [[T::of(0.0)]; 8], x, y),
            9..=16 => self.at_in(&mut [[T::of(0.0)]; 16], x, y),
            _ => self.at_in(&mut vec![[T::of(0.0)]; self.registers], x, y),
        }
    }

    #[inline]
    fn at_in<T: Number, F: File<T, 1>>(&self, registers: &mut F, x: T, y: T) -> T {
        registers.set(X, [x]);
        registers.set(Y, [y]);
        run(&self.steps, registers);
        let [value] = registers.get(self.result);
        value
    }

    /// f at each of `xs` on the line of constant `y`, written to `out`: the same bits as
    /// [`Tape::at`], several points for each operation.
    ///
    /// As many as the shorter of `xs` and `out` has.
    pub fn row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        let count = xs.len().min(out.len());
        let (xs, out) = (&xs[..count], &mut out[..count]);
        let zero = [Lanes::of(0.0); WIDES];
        match self.registers {
            0..=4 => self.row_in(&mut [zero; 4], xs, y, out),
            5..=8 => self.row_in(&mut [zero; 8], xs, y, out),
            9..=16 => self.row_in(&mut [zero; 16], xs, y, out),
            _ => self.row_in(&mut vec![zero; self.registers], xs, y, out),
        }
    }

    fn row_in<F: File<Lanes, WIDES>>(&self, registers: &mut F, xs: &[f64], y: f64, out: &mut [f64]) {
        let (once, each) = self.steps.split_at(self.without_x.min(self.steps.len()));
        registers.set(Y, [Lanes::of(y); WIDES]);
        run(once, registers);
        let (xs, last_xs) = xs.as_chunks();
        let (out, last_out) = out.as_chunks_mut();
        for (xs, out) in xs.chunks(WIDES).zip(out.chunks_mut(WIDES)) {
            // Where fewer numbers are left, those behind them compute what nobody reads.
            let [to_x, ..] = registers.places([X; 3]);
            for (to, x) in to_x.iter().zip(xs) {
                to.set(Wide(*x));
            }
            run(each, registers);
            let [result, ..] = registers.places([self.result; 3]);
            for (out, wide) in out.iter_mut().zip(result) {
                *out = wide.get().0;
            }
        }
        if !last_xs.is_empty() {
            let mut x = [0.0; LANES];
            x[..last_xs.len()].copy_from_slice(last_xs);
            registers.set(X, [Wide(x); WIDES]);
            run(each, registers);
            let [Wide(values), ..] = registers.get(self.result);
            last_out.copy_from_slice(&values[..last_out.len()]);
        }
    }
}

/// The registers, each of K numbers. None of the register numbers in a tape is out of their range.
trait File<T, const K: usize> {
    fn get(&self, register: u16) -> [T; K];
    fn set(&mut self, register: u16, value: [T; K]);
    /// The places of the registers a, b and to, two or three of which may be the same.
    fn places(&mut self, registers: [u16; 3]) -> [&Places<T, K>; 3];
}

impl<T: Copy, const K: usize, const N: usize> File<T, K> for [[T; K]; N] {
    // The remainders change no number, but they spare the check of the bounds.
    #[inline]
    fn get(&self, register: u16) -> [T; K] {
        self[usize::from(register) % N]
    }
    #[inline]
    fn set(&mut self, register: u16, value: [T; K]) {
        self[usize::from(register) % N] = value;
    }
    #[inline]
    fn places(&mut self, registers: [u16; 3]) -> [&Places<T, K>; 3] {
        let cells = Cell::from_mut(self).as_array_of_cells();
        registers.map(|register| cells[usize::from(register) % N].as_array_of_cells())
    }
}

impl<T: Copy, const K: usize> File<T, K> for Vec<[T; K]> {
    #[inline]
    fn get(&self, register: u16) -> [T; K] {
        self[usize::from(register)]
    }
    #[inline]
    fn set(&mut self, register: u16, value: [T; K]) {
        self[usize::from(register)] = value;
    }
    #[inline]
    fn places(&mut self, registers: [u16; 3]) -> [&Places<T, K>; 3] {
        let cells = Cell::from_mut(self.as_mut_slice()).as_slice_of_cells();
        registers.map(|register| cells[usize::from(register)].as_array_of_cells())
    }
}

#[inline]
fn run<T: Number, const K: usize, F: File<T, K>>(steps: &[Step], registers: &mut F) {
    for step in steps {
        let [a, b, to] = registers.places([step.a, step.b, step.to]);
        step.code.apply(a, b, step.constant, to);
    }
}
