//! What a typed function comes down to: a straight line of operations on a few registers.

use super::machine::run;
use super::register_file::{RegisterFile, Step};
use super::registers::{X, Y};
use crate::math::number::Number;
use crate::math::wide::{LANES, Lanes, Wide};

/// How many wide numbers of a row each step works on: enough that looking at the step is soon paid,
/// few enough that all registers stay in the nearest cache.
const WIDES: usize = 8;

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
    fn at_in<T: Number, F: RegisterFile<T, 1>>(&self, registers: &mut F, x: T, y: T) -> T {
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

    fn row_in<F: RegisterFile<Lanes, WIDES>>(&self, registers: &mut F, xs: &[f64], y: f64, out: &mut [f64]) {
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
