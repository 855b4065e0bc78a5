//! How far two runs are from each other at each step.

use crate::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::{Cause, Sample};

/// How many steps are taken in at a time.
const INTAKE: usize = 1 << 16;

/// The distance of two runs after each step, in units of the plane; it grows with them.
#[derive(Clone, Debug, Default)]
pub struct RunDeviation {
    values: MinMaxPyramid,
}

impl RunDeviation {
    /// Takes in what both runs have made since the last time, or a part of it; a run that has ended before the last step stays
    /// where it is. Whether something is left.
    pub fn update(&mut self, one: &Run, other: &Run) -> bool {
        let samples = [one, other].map(|run| run.trajectory().samples());
        let counts = samples.map(<[Sample]>::len);
        // More steps may be asked for: then a run goes on that has come to their end.
        let stays =
            |run: &Run| run.trajectory().ending().is_some_and(|ending| ending.cause != Cause::StepLimit);
        let known = match [one, other].map(stays) {
            [true, true] => counts[0].max(counts[1]),
            [true, false] => counts[1],
            [false, true] => counts[0],
            [false, false] => counts[0].min(counts[1]),
        };
        let place = |of: &[Sample], step: usize| of.get(step).or(of.last()).map(|sample| sample.position);
        let from = self.values.len();
        for step in (from..known).take(INTAKE) {
            let apart = place(samples[0], step).zip(place(samples[1], step)).map(|(one, other)| one - other);
            self.values.push(apart.map_or(f64::NAN, |apart| libm::hypot(apart.x, apart.y)));
        }
        self.values.len() < known
    }

    /// The distance after each step, as far as either run goes.
    pub fn values(&self) -> &MinMaxPyramid {
        &self.values
    }
}
