//! The step of a path that lies nearest to the cursor.

use crate::bbox_pyramid::{BLOCK, Boxes, FANOUT, steps_of};
use crate::viewport::ToPaper;
use nalgebra::Vector2;
use thalweg_core::run::trajectory::Sample;

/// The step that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The step's number.
    pub step: u32,
    /// Its distance from the cursor in pixels.
    pub distance: f64,
}

impl Boxes {
    /// The step among `samples` nearest to the pixel `cursor` and not farther than `radius`
    /// pixels; of equally near ones the first. `samples` are the steps that were pushed, or their
    /// beginning, up to what is drawn; `place` says where each of them lies, as they were pushed.
    ///
    /// Exact: branch and bound over the boxes, nearest first (Roussopoulos, Kelley and Vincent,
    /// SIGMOD 1995). Some microseconds on a million steps.
    pub fn nearest(
        &self,
        samples: &[Sample],
        place: impl Fn(&Sample) -> Vector2<f64>,
        to: &ToPaper,
        cursor: [f64; 2],
        radius: f64,
    ) -> Option<Nearest> {
        let samples = &samples[..samples.len().min(self.len())];
        let mut best = NearestSoFar { step: usize::MAX, squared: radius * radius };
        // Blocks to look into, the nearest last: (distance squared, level, index).
        let mut open: Vec<(f64, usize, usize)> = Vec::with_capacity(4 * FANOUT);
        if let Some(top) = self.levels().checked_sub(1) {
            open.extend((0..self.level(top).len()).map(|index| (0.0, top, index)));
        }
        while let Some((bound, level, index)) = open.pop() {
            if !best.may_be_beaten(bound, index * steps_of(level)) {
                continue;
            }
            let Some(below) = level.checked_sub(1) else {
                let first = index * BLOCK;
                let steps = &samples[first.min(samples.len())..(first + BLOCK).min(samples.len())];
                let squared = |sample: &Sample| {
                    let place = place(sample);
                    let [x, y] = to.at(place.x, place.y);
                    let (dx, dy) = (x - cursor[0], y - cursor[1]);
                    dx * dx + dy * dy
                };
                // Most blocks hold nothing better, which is seen faster without asking where.
                // NaN is passed over.
                let mut least = [f64::INFINITY; 4];
                for four in steps.chunks(4) {
                    for (least, sample) in least.iter_mut().zip(four) {
                        let squared = squared(sample);
                        *least = if squared < *least { squared } else { *least };
                    }
                }
                if least.iter().any(|least| best.may_be_beaten(*least, first)) {
                    for (offset, sample) in steps.iter().enumerate() {
                        best.offer(squared(sample), first + offset);
                    }
                }
                continue;
            };
            let start = open.len();
            let children = self.level(below);
            for (child, block) in children.iter().enumerate().skip(index * FANOUT).take(FANOUT) {
                let bound = block.rect.on_paper(to).distance_squared(cursor);
                let first = child * steps_of(below);
                if first < samples.len() && best.may_be_beaten(bound, first) {
                    open.push((bound, below, child));
                }
            }
            open[start..].sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.2.cmp(&a.2)));
        }
        (best.step != usize::MAX).then(|| Nearest { step: best.step as u32, distance: best.squared.sqrt() })
    }
}

struct NearestSoFar {
    step: usize,
    squared: f64,
}

impl NearestSoFar {
    /// Whether steps from `first` on, at least so far away, can be better.
    fn may_be_beaten(&self, squared: f64, first: usize) -> bool {
        squared < self.squared || (squared == self.squared && first <= self.step)
    }

    /// A distance that is NaN is never better.
    fn offer(&mut self, squared: f64, step: usize) {
        if squared < self.squared || (squared == self.squared && step < self.step) {
            *self = Self { step, squared };
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(x: f64, y: f64) -> Sample {
        Sample { position: Vector2::new(x, y), loss: 0.0, grad_norm: 0.0, lr: 0.0 }
    }

    fn position(sample: &Sample) -> Vector2<f64> {
        sample.position
    }

    fn plain(samples: &[Sample], to: &ToPaper, cursor: [f64; 2], radius: f64) -> Option<Nearest> {
        let mut best: Option<Nearest> = None;
        for (step, sample) in samples.iter().enumerate() {
            let [x, y] = to.at(sample.position.x, sample.position.y);
            let (dx, dy) = (x - cursor[0], y - cursor[1]);
            let distance = (dx * dx + dy * dy).sqrt();
            if distance <= radius && best.is_none_or(|best| distance < best.distance) {
                best = Some(Nearest { step: step as u32, distance });
            }
        }
        best
    }

    const TO: ToPaper = ToPaper { scale: [100.0, -80.0], offset: [400.0, 300.0] };

    proptest! {
        #[test]
        fn the_same_as_looking_at_every_step(
            turn in 0.0..3.0_f64,
            shrink in 0.99..1.0001_f64,
            count in 1_usize..9000,
            shown in 0_usize..9000,
            cursor in prop::array::uniform2(0.0..800.0_f64),
            hole in 0_usize..9000,
        ) {
            let spiral = |step: usize| {
                let (t, r) = (turn * step as f64, 3.0 * shrink.powf(step as f64));
                if step == hole { sample(f64::NAN, f64::INFINITY) } else { sample(r * t.cos(), r * t.sin()) }
            };
            let samples: Vec<Sample> = (0..count).map(spiral).collect();
            let mut boxes = Boxes::new();
            boxes.push(&samples);
            let shown = &samples[..shown.min(count)];
            for radius in [5.0, 40.0, 1e9] {
                prop_assert_eq!(boxes.nearest(shown, position, &TO, cursor, radius), plain(shown, &TO, cursor, radius));
            }
        }
    }

    #[test]
    fn of_equal_ones_the_first() {
        let samples: Vec<Sample> = (0..5000).map(|step| sample(f64::from(step % 2), 0.0)).collect();
        let mut boxes = Boxes::new();
        boxes.push(&samples);
        let found = boxes.nearest(&samples, position, &TO, [497.0, 304.0], 12.0);
        assert_eq!(found, Some(Nearest { step: 1, distance: 5.0 }));
        assert_eq!(boxes.nearest(&samples, position, &TO, [450.0, 300.0], 12.0), None);
        assert_eq!(Boxes::new().nearest(&[], position, &TO, [0.0, 0.0], 12.0), None);
    }
}
