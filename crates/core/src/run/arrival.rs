//! When a run has arrived: the one rule for tables, maps and tuning.

use super::trajectory::Sample;

/// The step at which a run has arrived: from there on the gradient's length is at most `tolerance`, to the last of
/// its samples. `None` for a run that is not below at its end, however often it was before.
pub fn arrived_at(samples: &[Sample], tolerance: f64) -> Option<u32> {
    let is_above = |sample: &Sample| sample.grad_norm > tolerance || sample.grad_norm.is_nan();
    let above = samples.iter().rposition(is_above);
    let step = above.map_or(0, |step| step + 1);
    (step < samples.len()).then(|| u32::try_from(step).unwrap_or(u32::MAX))
}

/// Where tolerances lie of which a square tells what the length does: [`norm`](super::record::norm) is the root of
/// the square between 1e-140 and 1e140.
const SQUARES: std::ops::RangeInclusive<f64> = 1e-139..=1e139;

/// A gradient's length is at most `tolerance` if, and only if, its square is less than this; none where squares
/// over- or underflow.
pub(crate) fn square_bound(tolerance: f64) -> Option<f64> {
    if !SQUARES.contains(&tolerance) {
        return None;
    }
    let mut bound = tolerance * tolerance;
    // The square is rounded, and so is the root.
    while bound.sqrt() > tolerance {
        bound = bound.next_down();
    }
    while bound.sqrt() <= tolerance {
        bound = bound.next_up();
    }
    Some(bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::record::norm;
    use nalgebra::Vector2;

    fn samples(norms: &[f64]) -> Vec<Sample> {
        let sample = |grad_norm: &f64| Sample {
            position: Vector2::zeros(),
            loss: 0.0,
            grad_norm: *grad_norm,
            lr: f64::NAN,
        };
        norms.iter().map(sample).collect()
    }

    /// Who was below and is not at the end has not arrived.
    #[test]
    fn a_run_has_arrived_once_it_stays_below() {
        for (norms, arrived) in [
            (&[][..], None),
            (&[1.0], Some(0)),
            (&[2.0, 1.0], Some(1)),
            (&[2.0, 0.5, 2.0], None),
            (&[0.5, 2.0, 0.5, 0.1], Some(2)),
            (&[0.5, f64::NAN], None),
            (&[f64::NAN, 0.5], Some(1)),
        ] {
            assert_eq!(arrived_at(&samples(norms), 1.0), arrived, "{norms:?}");
        }
    }

    #[test]
    fn the_square_tells_what_the_length_does() {
        for tolerance in [1e-139, 3e-7, 1e-3, 0.1, 1.0, 7.3, 1e100] {
            let bound = square_bound(tolerance).expect("its square is a number");
            let mut length = tolerance * (1.0 - 8.0 * f64::EPSILON);
            for _ in 0..64 {
                for gradient in [Vector2::new(length, 0.0), Vector2::new(0.6 * length, 0.8 * length)] {
                    let square = gradient.x * gradient.x + gradient.y * gradient.y;
                    assert_eq!(square < bound, norm(gradient) <= tolerance, "{tolerance} {length}");
                }
                length = length.next_up();
            }
        }
        assert_eq!([0.0, 1e-200, 1e200, f64::NAN].map(square_bound), [None; 4]);
    }
}
