//! What a typed formula comes down to: a straight line of operations on a few registers.

use super::wide::{LANES, Wide};
use crate::descent::Number;
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

    /// The operation itself. The places may be the same.
    ///
    /// Each arm writes to the place itself: what the arms handed to one common write would go
    /// through memory once more.
    #[inline]
    pub fn apply<T: Number>(self, a: &Cell<T>, b: &Cell<T>, c: f64, to: &Cell<T>) {
        let (a, b) = (|| a.get(), || b.get());
        match self {
            Self::Load => to.set(T::of(c)),
            Self::Add => to.set(a() + b()),
            Self::Subtract => to.set(a() - b()),
            Self::Multiply => to.set(a() * b()),
            Self::Divide => to.set(a() / b()),
            Self::AddConstant => to.set(a() + c),
            Self::SubtractConstant => to.set(a() - c),
            Self::FromConstant => to.set(-a() + c),
            Self::Scale => to.set(a() * c),
            Self::DivideConstant => to.set(a() / c),
            Self::OverConstant => to.set(T::of(c) / a()),
            Self::Negate => to.set(-a()),
            Self::Square => to.set(a().square()),
            Self::AddSquare => to.set((a() + b()).square()),
            Self::SubtractSquare => to.set((a() - b()).square()),
            Self::ShiftSquare => to.set((a() - c).square()),
            Self::FromSquare => to.set((-a() + c).square()),
            Self::LessSquare => to.set(a() - b().square()),
            Self::MoreSquare => to.set(a() + b().square()),
            Self::MoreScaled => to.set(a() + b() * c),
            _ => to.set(self.call(a(), b(), c)),
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
            0..=4 => self.at_within(&mut [T::of(0.0); 4], x, y),
            5..=8 => self.at_within(&mut [T::of(0.0); 8], x, y),
            9..=16 => self.at_within(&mut [T::of(0.0); 16], x, y),
            _ => self.at_beyond(x, y),
        }
    }

    fn at_within<T: Number, const N: usize>(&self, registers: &mut [T; N], x: T, y: T) -> T {
        self.at_in(Cell::from_mut(registers).as_array_of_cells(), x, y)
    }

    #[cold]
    fn at_beyond<T: Number>(&self, x: T, y: T) -> T {
        let mut registers = vec![T::of(0.0); self.registers];
        self.at_in(Cell::from_mut(&mut registers[..]).as_slice_of_cells(), x, y)
    }

    #[inline]
    fn at_in<T: Number, F: File<T> + ?Sized>(&self, registers: &F, x: T, y: T) -> T {
        registers.at(X).set(x);
        registers.at(Y).set(y);
        run(&self.steps, registers);
        registers.at(self.result).get()
    }

    /// f at each of `xs` on the line of constant `y`, written to `out`: the same bits as
    /// [`Tape::at`], several points for each operation.
    ///
    /// As many as the shorter of `xs` and `out` has.
    pub fn row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        let count = xs.len().min(out.len());
        let (xs, out) = (&xs[..count], &mut out[..count]);
        match self.registers {
            0..=4 => self.row_within(&mut [Wide::of(0.0); 4], xs, y, out),
            5..=8 => self.row_within(&mut [Wide::of(0.0); 8], xs, y, out),
            9..=16 => self.row_within(&mut [Wide::of(0.0); 16], xs, y, out),
            _ => {
                let mut registers = vec![Wide::of(0.0); self.registers];
                self.row_in(Cell::from_mut(&mut registers[..]).as_slice_of_cells(), xs, y, out);
            }
        }
    }

    fn row_within<const N: usize>(&self, registers: &mut [Wide; N], xs: &[f64], y: f64, out: &mut [f64]) {
        self.row_in(Cell::from_mut(registers).as_array_of_cells(), xs, y, out);
    }

    fn row_in<F: File<Wide> + ?Sized>(&self, registers: &F, xs: &[f64], y: f64, out: &mut [f64]) {
        let (once, each) = self.steps.split_at(self.without_x.min(self.steps.len()));
        registers.at(Y).set(Wide::of(y));
        run(once, registers);
        for (xs, out) in xs.chunks(LANES).zip(out.chunks_mut(LANES)) {
            registers.at(X).set(Wide::from_slice(xs));
            run(each, registers);
            registers.at(self.result).get().copy_to(out);
        }
    }
}

/// The registers. None of the register numbers in a tape is out of their range.
trait File<T> {
    fn at(&self, register: u16) -> &Cell<T>;
}

impl<T, const N: usize> File<T> for [Cell<T>; N] {
    #[inline]
    fn at(&self, register: u16) -> &Cell<T> {
        // The remainder changes no number, but it spares the check of the bounds.
        &self[usize::from(register) % N]
    }
}

impl<T> File<T> for [Cell<T>] {
    #[inline]
    fn at(&self, register: u16) -> &Cell<T> {
        &self[usize::from(register)]
    }
}

#[inline]
fn run<T: Number, F: File<T> + ?Sized>(steps: &[Step], registers: &F) {
    for step in steps {
        let [a, b, to] = [step.a, step.b, step.to].map(|register| registers.at(register));
        step.code.apply(a, b, step.constant, to);
    }
}
