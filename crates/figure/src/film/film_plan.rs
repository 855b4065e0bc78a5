//! Which steps a film shows, and how fast.

use super::film_recording::FrameRate;
use thalweg_core::math::within::Within;

/// How fast a film is at most if nothing is said, in pictures a second, and where its length is given.
const USUAL: f64 = 25.0;
const FAST: f64 = 50.0;
/// How fast it is at least, and how long its way takes then, in seconds.
const SLOWEST: f64 = 4.0;
const SHORT: f64 = 8.0;
/// How long the way takes at most if nothing is said, in seconds.
const LONG: f64 = 40.0;
/// How long the last picture stays, in seconds, and as a part of a film whose length is given.
const HOLD: f64 = 1.5;
const HOLD_PART: f64 = 0.2;
/// The units in a second that lengths are counted in.
const UNITS: f64 = 1000.0;

/// What is wanted of a film.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FilmWish {
    /// The first step; none for the start.
    pub from: Option<u32>,
    /// The last step; none for the last that is made.
    pub to: Option<u32>,
    /// How long it is to last, in seconds.
    pub seconds: Option<f64>,
    /// How many pictures a second has at most.
    pub per_second: Option<f64>,
}

/// The steps of a film, in the order of its pictures, and its speed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmPlan {
    /// The first step.
    pub from: u32,
    /// The last step.
    pub to: u32,
    /// How many steps a picture takes.
    pub stride: u32,
    /// How fast the pictures follow each other.
    pub rate: FrameRate,
    /// For how many pictures' time the last one is shown.
    pub hold: u32,
}

impl FilmPlan {
    /// The plan for a run whose last step is `last`, in a format that shows at most so many pictures a second. What
    /// lies beyond the last step is left out.
    pub fn of(wish: &FilmWish, last: u32, most_per_second: f64) -> Self {
        let to = wish.to.unwrap_or(last).min(last);
        let from = wish.from.unwrap_or(0).min(to);
        let way = f64::from(to - from);
        let usual = if wish.seconds.is_some() { FAST } else { USUAL };
        let fastest = wish.per_second.unwrap_or(usual).within(1.0 / UNITS, most_per_second);
        let hold = wish.seconds.map_or(HOLD, |seconds| HOLD.min(HOLD_PART * seconds));
        // In how many pictures the way is to be made at most.
        let most = (wish.seconds.map_or(LONG, |seconds| seconds - hold) * fastest).floor().max(2.0);
        let stride = (way / (most - 1.0)).ceil().max(1.0) as u32;
        let plan = Self { from, to, stride, rate: FrameRate { frames: 1, seconds: 1 }, hold: 1 };
        let count = f64::from(plan.frames());
        let per_second = match (wish.seconds, wish.per_second) {
            (Some(seconds), _) => (count / (seconds - hold)).min(fastest),
            (None, Some(_)) => fastest,
            (None, None) => (count / SHORT).round().within(SLOWEST, USUAL).min(fastest),
        };
        let rate = rate(per_second);
        // Where a length is given, the last picture stays for what the others leave of it.
        let hold = match wish.seconds {
            Some(seconds) => seconds * rate.per_second() - (count - 1.0),
            None => hold * rate.per_second(),
        };
        Self { rate, hold: hold.round().max(1.0) as u32, ..plan }
    }

    /// How many pictures it has.
    pub fn frames(&self) -> u32 {
        (self.to - self.from).div_ceil(self.stride) + 1
    }

    /// The steps that its pictures show: the last one is always among them.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = u32> {
        let (from, to, stride) = (self.from, self.to, self.stride);
        // An iterator that knows its length counts in `usize`.
        (0..self.frames() as usize)
            .map(move |frame| from.saturating_add((frame as u32).saturating_mul(stride)).min(to))
    }

    /// How long it lasts, in seconds.
    pub fn seconds(&self) -> f64 {
        f64::from(self.frames() - 1 + self.hold) / self.rate.per_second()
    }
}

/// A speed in whole numbers, as small as they can be.
fn rate(per_second: f64) -> FrameRate {
    let (mut frames, mut seconds) = ((per_second * UNITS).round().within(1.0, 1e9) as u32, UNITS as u32);
    let (mut large, mut small) = (frames, seconds);
    while small > 0 {
        (large, small) = (small, large % small);
    }
    frames /= large;
    seconds /= large;
    FrameRate { frames, seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(
        from: Option<u32>,
        to: Option<u32>,
        seconds: Option<f64>,
        per_second: Option<f64>,
        last: u32,
    ) -> FilmPlan {
        FilmPlan::of(&FilmWish { from, to, seconds, per_second }, last, 50.0)
    }

    #[test]
    fn every_step_is_shown_where_that_does_not_take_too_long() {
        let film = plan(None, None, None, None, 300);
        assert_eq!((film.stride, film.frames(), film.rate), (1, 301, FrameRate { frames: 25, seconds: 1 }));
        assert_eq!(film.steps().collect::<Vec<_>>(), (0..=300).collect::<Vec<_>>());
        assert!((film.seconds() - 13.52).abs() < 0.03, "{}", film.seconds());
        let film = plan(None, None, None, None, 40);
        assert_eq!((film.stride, film.rate), (1, FrameRate { frames: 5, seconds: 1 }));
        let film = plan(None, None, None, None, 5000);
        assert_eq!((film.stride, film.frames()), (6, 835));
        assert_eq!(film.steps().last(), Some(5000));
    }

    #[test]
    fn a_film_lasts_as_long_as_it_is_to() {
        for (seconds, per_second, last) in [
            (10.0, None, 300),
            (5.0, None, 40),
            (3.0, Some(30.0), 1000),
            (0.5, Some(10.0), 7),
            (60.0, None, 100_000),
        ] {
            let film = plan(None, None, Some(seconds), per_second, last);
            let frame = 1.0 / film.rate.per_second();
            assert!((film.seconds() - seconds).abs() < 0.6 * frame, "{film:?} lasts {}", film.seconds());
            assert!(film.rate.per_second() <= per_second.unwrap_or(50.0) + 1e-9);
            assert_eq!((film.steps().next(), film.steps().last()), (Some(0), Some(last)));
        }
    }

    #[test]
    fn odd_wishes_are_met_as_far_as_they_go() {
        let film = plan(Some(90), Some(1000), None, Some(1e9), 100);
        assert_eq!((film.from, film.to, film.rate.per_second()), (90, 100, 50.0));
        let film = plan(Some(7), Some(3), None, None, 100);
        assert_eq!((film.steps().collect::<Vec<_>>(), film.hold > 0), (vec![3], true));
        let film = plan(None, None, Some(1e-9), Some(1e-9), 0);
        assert_eq!(film.steps().collect::<Vec<_>>(), [0]);
        let film = plan(None, None, Some(1.0), None, u32::MAX);
        assert_eq!(film.steps().last(), Some(u32::MAX));
    }
}
