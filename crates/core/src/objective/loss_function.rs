//! A loss as a formula in two variables, and what the formula reads.

use super::tensor_spline::TensorSpline;
use crate::data::rows::Row;
use crate::formula::tape::Tape;
use crate::math::number::Number;
use crate::math::simd::{self, Task};
use crate::math::wide::{LANES, Lanes, Wide};
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::settings::{MAX_CHOICES, MAX_NUMBERS};
use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

/// A formula in two variables, written once for every number type.
pub trait LossFunction {
    /// Whether the formula reads what the surface is made of besides its numbers, [`Constants::matter`]. Has to be
    /// true then: where it is not, runs side by side are given none, and see NaN (a test sweeps all surfaces).
    const HAS_MATTER: bool = false;

    /// Turns the settings into the constants that [`LossFunction::at`] reads (a turned axis into its
    /// cosine and sine, say). Called once for a scenario, not once for a point.
    fn prepare(constants: Constants) -> Constants {
        constants
    }

    /// The value at (x, y).
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T;

    /// The value at each of `xs` on the line of constant `y`, written to `out`: the bits of [`LossFunction::at`].
    fn row(constants: &Constants, xs: &[f64], y: f64, out: &mut [f64]) {
        simd::dispatch(AlongRow::<Self> { constants, xs, y, out, of: PhantomData });
    }
}

/// The question for the values along a row, several side by side.
struct AlongRow<'a, F: ?Sized> {
    constants: &'a Constants,
    xs: &'a [f64],
    y: f64,
    out: &'a mut [f64],
    of: PhantomData<F>,
}

impl<F: LossFunction + ?Sized> Task for AlongRow<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { constants, xs, y, out, .. } = self;
        let y = Lanes::of(y);
        for (xs, out) in xs.chunks(LANES).zip(out.chunks_mut(LANES)) {
            // Behind the last x, what nobody reads.
            let mut x = [0.0; LANES];
            x[..xs.len()].copy_from_slice(xs);
            let Wide(values) = F::at(constants, Wide(x), y);
            for (out, value) in out.iter_mut().zip(values) {
                *out = value;
            }
        }
    }
}

/// What a formula reads: the surface's settings, and what they refer to, ready for use.
#[derive(Clone, Debug)]
pub struct Constants {
    /// The numbers, in the order of the parameters, then zeros.
    pub numbers: [f64; MAX_NUMBERS],
    /// The switches and choices, in the order of the parameters, then zeros.
    pub choices: [usize; MAX_CHOICES],
    /// What [`LossFunction::prepare`] has made of the numbers.
    pub derived: [f64; 2],
    /// What the formula is made of, where that is not numbers alone.
    pub matter: SurfaceData,
}

/// What a surface is made of besides its numbers.
#[derive(Clone, Debug)]
pub enum SurfaceData {
    /// Nothing: the formula stands in the program.
    None,
    /// A function that was typed.
    Formula(Arc<Tape>),
    /// The examples that it is a mean over.
    Examples(Arc<Vec<Row>>),
    /// The spline through samples.
    Grid(Arc<TensorSpline>),
}

impl Index<NumberKey> for Constants {
    type Output = f64;

    #[inline(always)]
    fn index(&self, key: NumberKey) -> &f64 {
        &self.numbers[key.0]
    }
}

impl Index<ChoiceKey> for Constants {
    type Output = usize;

    #[inline(always)]
    fn index(&self, key: ChoiceKey) -> &usize {
        &self.choices[key.0]
    }
}
