//! What a reduced path must be, whatever the path.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use super::*;
use nalgebra::Vector2;
use proptest::prelude::*;
use thalweg_core::math::within::Within;

const TO: ToPaper = ToPaper { scale: [100.0, -100.0], offset: [400.0, 300.0] };
const RECT: Rect = Rect { min: [0.0, 0.0], max: [800.0, 600.0] };

fn sample(x: f64, y: f64) -> Sample {
    Sample { position: Vector2::new(x, y), loss: 0.0, grad_norm: 0.0, lr: 0.0 }
}

fn reduce(samples: &[Sample]) -> PathReducer {
    let mut reducer = PathReducer::new(TO, RECT);
    reducer.push(samples);
    reducer
}

fn lines(reducer: &PathReducer) -> Vec<Vec<[f32; 2]>> {
    reducer.runs().map(<[_]>::to_vec).collect()
}

/// The distance of a pixel from the nearest line.
fn distance(reducer: &PathReducer, p: [f64; 2]) -> f64 {
    let p = Vector2::from(p);
    let mut best = f64::INFINITY;
    for run in reducer.runs() {
        for pair in run.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|q| Vector2::from(q.map(f64::from)));
            let along = b - a;
            let t = ((p - a).dot(&along) / along.norm_squared().max(1e-12)).within(0.0, 1.0);
            best = best.min((a + along * t - p).norm());
        }
    }
    best
}

#[test]
fn a_plain_path_is_kept_as_it_is() {
    let samples = [sample(-2.0, 1.0), sample(0.0, 1.0), sample(0.0, -1.0), sample(1.0, 2.0)];
    let expected = [[200.0, 200.0], [400.0, 200.0], [400.0, 400.0], [500.0, 100.0]];
    assert_eq!(lines(&reduce(&samples)), [expected]);
}

#[test]
fn a_slow_path_is_one_line() {
    for pixels in [0.01, 0.2, 0.36, 0.4, 0.49, 0.6, 0.8] {
        for turn in [0.0_f64, 0.3, 0.8, 2.0] {
            let at = |step: u32| f64::from(step) * pixels / 100.0;
            let count = (200.0 / pixels) as u32;
            let samples: Vec<_> =
                (0..count).map(|t| sample(at(t) * turn.cos(), at(t) * turn.sin())).collect();
            let reducer = reduce(&samples);
            assert_eq!(reducer.runs().len(), 1, "{pixels} {turn}");
            assert!(reducer.points().len() < 700);
        }
    }
}

#[test]
fn an_excursion_is_kept_and_the_return_as_well() {
    let mut samples = vec![sample(0.0, 0.0); 500];
    samples[250] = sample(0.5, 0.7);
    assert_eq!(lines(&reduce(&samples)), [[[400.0, 300.0], [450.0, 230.0]]]);
    samples.push(sample(1.0, 0.0));
    assert_eq!(reduce(&samples).points().len(), 4);
}

#[test]
fn nothing_is_joined_across_what_is_not_finite() {
    let nan = sample(f64::NAN, 0.0);
    let infinite = sample(0.0, f64::INFINITY);
    let samples = [
        sample(0.0, 0.0),
        sample(1.0, 0.0),
        nan,
        sample(1.0, 1.0),
        infinite,
        sample(2.0, 2.0),
        sample(2.002, 2.0),
        nan,
    ];
    let expected = [[[400.0, 300.0], [500.0, 300.0]], [[600.0, 100.0], [600.2, 100.0]]];
    assert_eq!(lines(&reduce(&samples)), expected);
    assert_eq!(reduce(&samples).tip(), None);
}

#[test]
fn a_line_to_infinity_keeps_its_direction() {
    for far in [1e3, 1e6, 1e12, 1e100, 1e306] {
        for (x, y) in [(1.0, 0.5), (-1.0, 0.25), (0.5, -1.0), (0.0, 1.0), (-1.0, -0.5)] {
            for samples in [
                [sample(0.25, 0.25), sample(x * far, y * far)],
                [sample(x * far, y * far), sample(0.25, 0.25)],
            ] {
                let reducer = reduce(&samples);
                assert_eq!(reducer.points().len(), 2);
                for point in reducer.points() {
                    let [px, py] = point.map(f64::from);
                    assert!(RECT.enlarged(MARGIN).contains([px, py]), "{point:?}");
                    let (dx, dy) = ((px - 425.0) / 100.0, -(py - 275.0) / 100.0);
                    // Far away, the start is as good as the origin.
                    let off = (dx * y - dy * x).abs();
                    assert!(off < 1e-4 + 20.0 / far, "{far} {x} {y}: {point:?}, off by {off}");
                }
            }
        }
    }
    // From far to far, across the picture and past it.
    assert_eq!(
        lines(&reduce(&[sample(-100.0, 0.0), sample(100.0, 0.0)])),
        [[[-16.0, 300.0], [816.0, 300.0]]]
    );
    assert!(lines(&reduce(&[sample(-100.0, 0.0), sample(0.0, 100.0)])).is_empty());
    assert!(lines(&reduce(&[sample(f64::MAX, f64::MIN), sample(f64::MIN, f64::MIN)])).is_empty());
}

#[test]
fn a_million_oscillations_are_bounded_by_the_screen() {
    // Back and forth over 300 pixels, drifting slowly; then a narrowing spiral.
    let swing = |step: u32| {
        let t = f64::from(step);
        sample(if step.is_multiple_of(2) { 1.5 } else { -1.5 }, 1.0 - t * 1e-6)
    };
    let samples: Vec<_> = (0..1_000_000).map(swing).collect();
    let reducer = reduce(&samples);
    assert!(reducer.points().len() < 2000, "{}", reducer.points().len());
    let spiral = |step: u32| {
        let t = f64::from(step);
        let r = 2.0 * (1.0 - t / 1e6);
        sample(r * (t * 0.3).cos(), r * (t * 0.3).sin())
    };
    let samples: Vec<_> = (0..1_000_000).map(spiral).collect();
    let reducer = reduce(&samples);
    assert!(reducer.points().len() < 150_000, "{}", reducer.points().len());
    for step in (0..1_000_000).step_by(9973) {
        let Sample { position, .. } = samples[step];
        let off = distance(&reducer, TO.at(position.x, position.y));
        assert!(off < 1.5, "step {step} is {off} pixels from any line");
    }
}

#[test]
fn odd_rectangles_do_not_panic() {
    let samples: Vec<_> = (0..100).map(|t| sample(f64::from(t).sin(), f64::from(t).cos())).collect();
    for (min, max) in [(0.0, 0.0), (5.0, -500.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (-1e9, 1e9)] {
        let mut reducer = PathReducer::new(TO, Rect { min: [min; 2], max: [max; 2] });
        reducer.push(&samples);
        assert!(reducer.points().iter().all(|point| point.iter().all(|v| v.is_finite())));
    }
}

fn path() -> impl Strategy<Value = Vec<Sample>> {
    let length = prop_oneof![Just(0.0), 0.0..0.004_f64, 0.0..0.02_f64, 0.0..1.0_f64, 0.0..20.0_f64];
    let leg = (1_usize..300, length, 0.0..6.3_f64, 0.0..2.0_f64, prop::bool::weighted(0.1));
    prop::collection::vec(leg, 1..12).prop_map(|legs| {
        let (mut x, mut y) = (0.0_f64, 0.0_f64);
        let mut samples = Vec::new();
        for (count, length, direction, turn, broken) in legs {
            for step in 0..count {
                let angle = direction + turn * step as f64;
                (x, y) = (x + length * angle.cos(), y + length * angle.sin());
                samples.push(sample(x, y));
            }
            if broken {
                samples.push(sample(f64::NEG_INFINITY, y));
            }
        }
        samples
    })
}

proptest! {
    #[test]
    fn pieces_and_boxes_change_nothing(samples in path(), piece in 1_usize..200) {
        let whole = reduce(&samples);
        let mut pieces = PathReducer::new(TO, RECT);
        for piece in samples.chunks(piece) {
            pieces.push(piece);
        }
        prop_assert_eq!(lines(&whole), lines(&pieces));
        let mut boxes = Boxes::new();
        boxes.push(&samples);
        let mut boxed = PathReducer::new(TO, RECT);
        boxed.push_with(&samples, &boxes, samples.len() / 2);
        boxed.push_with(&samples, &boxes, samples.len());
        prop_assert_eq!(lines(&whole), lines(&boxed));
        prop_assert_eq!((whole.tip(), whole.len()), (boxed.tip(), boxed.len()));
    }

    /// Every visible step lies on a line, and every line where the path went: along a segment,
    /// never between points that are not neighbours.
    #[test]
    fn what_is_drawn_is_the_path(samples in path()) {
        let reducer = reduce(&samples);
        let pixels: Vec<[f64; 2]> = samples.iter().map(|s| TO.at(s.position.x, s.position.y)).collect();
        // The very last steps, and a path that never left its first pixel, are not drawn yet.
        for (index, p) in pixels.iter().enumerate().step_by(17) {
            if RECT.contains(*p) && reducer.tip().is_none_or(|tip| (tip[0] - p[0]).hypot(tip[1] - p[1]) > 0.8) {
                let neighbours = [index.wrapping_sub(1), index + 1].map(|i| pixels.get(i).copied());
                let alone = neighbours.iter().all(|n| n.is_none_or(|n| !(n[0].is_finite() && n[1].is_finite())));
                if !alone {
                    let off = distance(&reducer, *p);
                    prop_assert!(off < 1.2, "step {index} is {off} pixels from any line");
                }
            }
        }
        for run in reducer.runs() {
            prop_assert!(run.len() >= 2);
            for pair in run.windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|p| Vector2::from(p.map(f64::from)));
                let middle = (a + b) / 2.0;
                let near = pixels.windows(2).any(|ends| {
                    let [from, to] = [ends[0], ends[1]].map(Vector2::from);
                    let along = to - from;
                    let t = ((middle - from).dot(&along) / along.norm_squared().max(1e-12)).within(0.0, 1.0);
                    (from + along * t - middle).norm() < 0.5
                });
                prop_assert!(near, "a line at {middle} where the path never was");
            }
        }
    }
}
