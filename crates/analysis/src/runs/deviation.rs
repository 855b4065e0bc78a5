//! How far two runs are from each other at each step.

use crate::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::run::trajectory::Sample;

/// How many steps are taken in at a time.
const INTAKE: usize = 1 << 16;

/// The distance of two runs after each step, in units of the plane; it grows with them.
#[derive(Clone, Debug, Default)]
pub struct RunDeviation {
    values: MinMaxPyramid,
}

impl RunDeviation {
    /// Takes in what both runs have made since the last time, or a part of it. Whether something is left.
    pub fn update(&mut self, one: &[Sample], other: &[Sample]) -> bool {
        let from = self.values.len();
        let pairs = one.iter().zip(other).skip(from);
        for (one, other) in pairs.take(INTAKE) {
            let apart = one.position - other.position;
            self.values.push(libm::hypot(apart.x, apart.y));
        }
        self.values.len() < one.len().min(other.len())
    }

    /// The distance after each step, as far as both runs go.
    pub fn values(&self) -> &MinMaxPyramid {
        &self.values
    }
}
