//! Paths reduced to the screen, from a thousand steps to a million; hovering; charts.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

mod harness;

use nalgebra::Vector2;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::run::trajectory::Sample;
use thalweg_figure::bbox_pyramid::Boxes;
use thalweg_figure::simplify::PathReducer;
use thalweg_figure::viewport::{Rect, ToPaper};

const TO: ToPaper = ToPaper { scale: [200.0, -200.0], offset: [500.0, 350.0] };
const RECT: Rect = Rect { min: [0.0, 0.0], max: [1000.0, 700.0] };

/// A path of one kind: (name, position at a step of so many).
type PathKind = (&'static str, fn(f64, f64) -> (f64, f64));

const KINDS: [PathKind; 4] = [
    ("arrives", |t, _| (2.0 * 0.99_f64.powf(t), 1.5 * 0.999_f64.powf(t))),
    ("spirals", |t, n| (1.5 * (1.0 - t / n) * (t * 0.3).cos(), 1.5 * (1.0 - t / n) * (t * 0.3).sin())),
    ("swings", |t, _| (1.5 * (t * 3.1).cos(), (t * 1e-3).sin())),
    ("jumps", |t, _| (2.0 * (t * t * 0.7).sin(), 1.5 * (t * t * t * 0.3).cos())),
];

fn path((_, at): PathKind, count: u32) -> Vec<Sample> {
    let sample = |step: u32| {
        let (x, y) = at(f64::from(step), f64::from(count));
        Sample { position: Vector2::new(x, y), loss: x * x + y * y, grad_norm: 1.0, lr: 0.1 }
    };
    (0..count).map(sample).collect()
}

fn reduced(samples: &[Sample]) -> PathReducer {
    let mut reducer = PathReducer::new(TO, RECT);
    reducer.push(samples);
    reducer
}

fn main() {
    for count in [1000, 100_000, 1_000_000] {
        for kind in KINDS {
            let samples = path(kind, count);
            let mut boxes = Boxes::new();
            boxes.push(&samples);
            let mut reducer = reduced(&samples);
            println!(
                "{} {count}: {} points in {} lines",
                kind.0,
                reducer.points().len(),
                reducer.runs().len()
            );
            harness::compare(
                "  a new view, with the boxes (beside: every step)",
                || {
                    let mut reducer = PathReducer::new(TO, RECT);
                    reducer.push_with(&samples, &boxes, samples.len());
                    reducer
                },
                || reduced(&samples),
            );
            let newest = &samples[samples.len() - 1000..];
            harness::compare(
                "  1000 steps more (beside: their boxes)",
                || reducer.push(newest),
                || {
                    let mut boxes = Boxes::new();
                    boxes.push(newest);
                    boxes
                },
            );
            harness::measure("  the step nearest to the cursor", || {
                boxes.nearest(&samples, |sample| sample.position, &TO, [510.0, 345.0], 12.0)
            });
        }
    }
    let mut pyramid = MinMaxPyramid::new();
    let values: Vec<f64> = (0..1_000_000).map(|t| (f64::from(t) * 0.37).sin()).collect();
    harness::measure("a million values pushed into a pyramid", || {
        pyramid = MinMaxPyramid::new();
        for value in &values {
            pyramid.push(*value);
        }
    });
    let columns = |end: f64| pyramid.columns(0.0, end, 1000).flatten().map(|column| column.max).sum::<f64>();
    harness::measure("1000 columns of a chart of them", || columns(1e6));
    harness::measure("the same of the first thousand", || columns(1e3));
}
