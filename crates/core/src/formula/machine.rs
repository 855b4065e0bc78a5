//! How steps on a file of registers are run.

use super::code::{Code, EQUAL, undefined_with};
use super::register_file::{CellRow, RegisterFile, Step};
use crate::math::number::Number;
use crate::math::within::Within;
use std::array::from_fn;
use std::cell::Cell;

/// Makes the steps, one after the other, with the vector instructions of who calls it; what to do is looked up once for those
/// of one kind that follow each other.
#[inline(always)]
pub(super) fn run_here<T: Number, const K: usize, F: RegisterFile<T, K>>(steps: &[Step], registers: &mut F) {
    let mut left = steps;
    while let [first, ..] = left {
        let (alike, rest) = left.split_at(first.alike.within(1, left.len()));
        first.code.apply_all_here(alike, registers);
        left = rest;
    }
}

/// Makes the steps, one after the other, by one function for register files of all sizes.
#[inline]
pub(super) fn run<T: Number, const K: usize, F: RegisterFile<T, K>>(steps: &[Step], registers: &mut F) {
    for step in steps {
        apply(step, registers.places([step.a, step.b, step.to]));
    }
}

#[inline]
fn apply<T: Number, const K: usize>(step: &Step, places: [&CellRow<T, K>; 3]) {
    step.code.apply_all_here(std::slice::from_ref(step), &mut StepPlaces(places));
}

/// The places of one step, as a register file that has no others.
struct StepPlaces<'p, T, const K: usize>([&'p CellRow<T, K>; 3]);

impl<T: Copy, const K: usize> RegisterFile<T, K> for StepPlaces<'_, T, K> {
    fn get(&self, _: u16) -> [T; K] {
        from_fn(|place| self.0[0][place].get())
    }
    fn set(&mut self, _: u16, value: [T; K]) {
        self.0[2].iter().zip(value).for_each(|(to, value)| to.set(value));
    }
    #[inline(always)]
    fn places(&mut self, _: [u16; 3]) -> [&CellRow<T, K>; 3] {
        self.0
    }
}

/// Tells each step how many of one kind begin with it.
pub(super) fn count_alike(steps: &mut [Step]) {
    for at in (0..steps.len()).rev() {
        let next = steps.get(at + 1).filter(|next| next.code == steps[at].code);
        steps[at].alike = 1 + next.map_or(0, |next| next.alike);
    }
}

impl Code {
    /// The operation itself, of steps that all have it, on each of K numbers side by side, with the vector instructions of who
    /// calls it. The places of a step may be the same.
    ///
    /// Each arm writes to the place itself: what the arms handed to one common write would go
    /// through memory once more.
    #[inline(always)]
    pub(super) fn apply_all_here<T: Number, const K: usize, F: RegisterFile<T, K>>(
        self,
        steps: &[Step],
        registers: &mut F,
    ) {
        match self {
            Self::Load => all(steps, registers, |_, _, c| T::of(c)),
            Self::Add => all(steps, registers, |a, b, _| a + b),
            Self::Subtract => all(steps, registers, |a, b, _| a - b),
            Self::Multiply => all(steps, registers, |a, b, _| a * b),
            Self::Divide => all(steps, registers, |a, b, _| a / b),
            Self::AddConstant => all(steps, registers, |a, _, c| a + c),
            Self::SubtractConstant => all(steps, registers, |a, _, c| a - c),
            Self::FromConstant => all(steps, registers, |a, _, c| -a + c),
            Self::Scale => all(steps, registers, |a, _, c| a * c),
            Self::DivideConstant => all(steps, registers, |a, _, c| a / c),
            Self::OverConstant => all(steps, registers, |a, _, c| T::of(c) / a),
            Self::Negate => all(steps, registers, |a, _, _| -a),
            Self::Square => all(steps, registers, |a, _, _| a.square()),
            Self::AddSquare => all(steps, registers, |a, b, _| (a + b).square()),
            Self::SubtractSquare => all(steps, registers, |a, b, _| (a - b).square()),
            Self::ShiftSquare => all(steps, registers, |a, _, c| (a - c).square()),
            Self::FromSquare => all(steps, registers, |a, _, c| (-a + c).square()),
            Self::LessSquare => all(steps, registers, |a, b, _| a - b.square()),
            Self::MoreSquare => all(steps, registers, |a, b, _| a + b.square()),
            Self::MoreScaled => all(steps, registers, |a, b, c| a + b * c),
            Self::Sqrt => all(steps, registers, |a, _, _| a.sqrt()),
            Self::Less => all(steps, registers, |a, b, _| a.select_less(b, T::of(1.0), T::of(0.0))),
            Self::Power | Self::PowerConstant => self.power_all(steps, registers),
            Self::Select => {
                for step in steps {
                    let [a, b, to] = registers.places([step.a, step.b, step.to]);
                    select(a, b, to);
                }
            }
            Self::SelectByOrder => {
                for step in steps {
                    let [a, b, to] = registers.places([step.a, step.b, step.to]);
                    select_by_order(a, b, step.constant, to);
                }
            }
            _ => all(steps, registers, |a, b, c| self.call(a, b, c)),
        }
    }

    /// Powers, which take long: where all K numbers are one and the same, they are found once.
    #[inline(always)]
    fn power_all<T: Number, const K: usize, F: RegisterFile<T, K>>(self, steps: &[Step], registers: &mut F) {
        for step in steps {
            let [a, b, to] = registers.places([step.a, step.b, step.to]);
            if is_uniform(a) && is_uniform(b) {
                let power = a.first().zip(b.first()).map(|(a, b)| self.call(a.get(), b.get(), step.constant));
                for (to, power) in to.iter().zip(power.into_iter().cycle()) {
                    to.set(power);
                }
            } else {
                each(a, b, to, |a, b| self.call(a, b, step.constant));
            }
        }
    }
}

/// a where `to` holds 1, else b. Out of the way of the operations that make functions.
#[inline(never)]
fn select<T: Number, const K: usize>(a: &CellRow<T, K>, b: &CellRow<T, K>, to: &CellRow<T, K>) {
    for (to, (a, b)) in to.iter().zip(a.iter().zip(b)) {
        to.set(T::of(0.0).select_less(to.get(), a.get(), b.get()));
    }
}

/// What the order of two numbers, in `to`, chooses of a and b.
#[inline(never)]
fn select_by_order<T: Number, const K: usize>(
    a: &CellRow<T, K>,
    b: &CellRow<T, K>,
    c: f64,
    to: &CellRow<T, K>,
) {
    let zero = T::of(0.0);
    for (to, (a, b)) in to.iter().zip(a.iter().zip(b)) {
        let (a, b, order) = (a.get(), b.get(), to.get());
        let border = if c == 0.0 { b.at_border(a) } else { a.at_border(b) };
        // What does not compare chooses nothing.
        let border = undefined_with(border, order);
        // Equality is a border, and all else beside it.
        let below = if c == EQUAL { b } else { a };
        to.set(zero.select_less(order, below, order.select_less(zero, b, border)));
    }
}

/// Whether several numbers are one and the same: powers of settings and of the step's number, which take long, are then
/// found once. Zeros of both signs are equal, but not one number.
#[inline(always)]
fn is_uniform<T: Number, const K: usize>(row: &CellRow<T, K>) -> bool {
    let over = |number: &Cell<T>| T::of(1.0) / number.get();
    let is_first =
        |first: &Cell<T>, other: &Cell<T>| other.get() == first.get() && over(other) == over(first);
    K > 1 && row.split_first().is_some_and(|(first, rest)| rest.iter().all(|other| is_first(first, other)))
}

/// What `of` makes of both operands and the constant of each step.
#[inline(always)]
fn all<T: Copy, const K: usize, F: RegisterFile<T, K>>(
    steps: &[Step],
    registers: &mut F,
    of: impl Fn(T, T, f64) -> T,
) {
    for step in steps {
        let [a, b, to] = registers.places([step.a, step.b, step.to]);
        each(a, b, to, |a, b| of(a, b, step.constant));
    }
}

#[inline(always)]
fn each<T: Copy, const K: usize>(
    a: &CellRow<T, K>,
    b: &CellRow<T, K>,
    to: &CellRow<T, K>,
    of: impl Fn(T, T) -> T,
) {
    for (to, (a, b)) in to.iter().zip(a.iter().zip(b)) {
        to.set(of(a.get(), b.get()));
    }
}
