//! The last curvatures of a surface whose every look at its data takes long.

use super::derivatives::ValueGradientHessian;
use nalgebra::Vector2;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many examples make it worthwhile to remember.
const MANY: usize = 1000;
/// How many points are remembered: as many as a window asks for again and again.
const POINTS: usize = 32;

/// What was asked for last, latest first. Whoever asks again at the very same point gets the same bits
/// sooner, and learns nothing else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo(Option<Arc<Mutex<Found>>>);

/// What was found where.
type Found = VecDeque<(Place, ValueGradientHessian)>;

/// A point, to the bit.
type Place = [u64; 2];

impl Memo {
    /// For a mean over so many examples; one that remembers nothing where they are few.
    pub(crate) fn of(examples: usize) -> Self {
        Self((examples >= MANY).then(Arc::default))
    }

    /// What is remembered of `p`, or else what `ask` finds there.
    #[inline]
    pub(crate) fn at(
        &self,
        p: Vector2<f64>,
        ask: impl FnOnce() -> ValueGradientHessian,
    ) -> ValueGradientHessian {
        match &self.0 {
            None => ask(),
            Some(kept) => {
                let place: Place = [p.x.to_bits(), p.y.to_bits()];
                // Whatever another thread did, the list holds nothing but what was found.
                let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
                let found = lock().iter().find(|(of, _)| *of == place).map(|(_, found)| *found);
                found.unwrap_or_else(|| {
                    let found = ask();
                    let mut kept = lock();
                    kept.truncate(POINTS - 1);
                    kept.push_front((place, found));
                    found
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Matrix2;
    use std::cell::Cell;

    fn asked(memo: &Memo, points: &[[f64; 2]]) -> u32 {
        let asked = Cell::new(0);
        for point in points {
            let ask = || {
                asked.set(asked.get() + 1);
                let gradient = Vector2::from(*point);
                ValueGradientHessian { value: point[0], gradient, hessian: Matrix2::identity() }
            };
            assert_eq!(memo.at(Vector2::from(*point), ask).gradient, Vector2::from(*point));
        }
        asked.get()
    }

    #[test]
    fn the_same_point_is_asked_for_once_while_it_is_remembered() {
        let memo = Memo::of(MANY);
        assert_eq!(asked(&memo, &[[1.0, 2.0], [1.0, 2.0], [0.0, 0.0], [1.0, 2.0]]), 2);
        // A zero of the other sign is another point.
        assert_eq!(asked(&memo, &[[-0.0, 0.0], [0.0, 0.0]]), 1);
        let many: Vec<_> = (0..100).map(|x| [f64::from(x), 5.0]).collect();
        assert_eq!(asked(&memo, &many), 100);
        assert_eq!(asked(&memo, &[[99.0, 5.0], [1.0, 2.0]]), 1);
        assert_eq!(asked(&Memo::of(MANY - 1), &[[1.0, 2.0], [1.0, 2.0]]), 2);
    }
}
