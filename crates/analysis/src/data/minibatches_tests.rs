//! The spread of possible gradients, against the theory and against the steps themselves.

use super::*;
use std::sync::Arc;
use thalweg_core::catalogue::surfaces;
use thalweg_core::data;
use thalweg_core::math::within::Within;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

fn objective(surface: &str, rows: Option<usize>) -> Objective {
    let mut chosen = Chosen::with_defaults(surfaces::find(surface).expect("a surface"));
    if let Some(rows) = rows {
        let mut table = data::find("Outliers").expect("a set").table();
        let given = table.rows.clone();
        table.rows = (0..rows).map(|i| given[i % given.len()].map(|v| v + 1e-3 * (i % 7) as f64)).collect();
        for row in &mut table.rows {
            row[2] = row[2].within(0.0, 1.0);
        }
        assert!(chosen.set("data", Value::Data(Arc::new(table))));
    }
    Objective::new(&chosen)
}

fn batch(size: u32, replacement: bool) -> Gradient {
    Gradient::Minibatch { size, seed: 3, replacement }
}

fn at(objective: &Objective, gradient: Gradient, step: u32, p: [f64; 2]) -> Option<GradientSample> {
    GradientSample::at(objective, gradient, step, Vector2::from(p), &mut None)
}

#[test]
fn the_mean_of_the_examples_gradients_is_the_gradient() {
    for surface in ["LinearRegression", "LogisticRegression", "SigmoidSquaredError", "TinyNet"] {
        let mut chosen = Chosen::with_defaults(surfaces::find(surface).expect("a surface"));
        assert!(chosen.set("l2", Value::Number(0.3)));
        let objective = Objective::new(&chosen);
        let p = Vector2::new(0.7, -1.3);
        let each: Vec<_> = objective.example_gradients(p).collect();
        let mean: Vector2<f64> = each.iter().sum::<Vector2<f64>>() / each.len() as f64;
        assert!((mean - objective.value_gradient(p).gradient).norm() < 1e-13, "{surface}");
        assert_eq!(each.len(), objective.examples().expect("data").len());
    }
}

#[test]
fn the_measured_error_is_the_predicted_one() {
    for (rows, size, replacement) in [
        (None, 1, false),
        (None, 4, false),
        (None, 4, true),
        (None, 32, false),
        (None, 63, false),
        (None, 64, true),
        (Some(1000), 16, false),
        (Some(1000), 700, false),
    ] {
        let objective = objective("LogisticRegression", rows);
        let found = at(&objective, batch(size, replacement), 4, [-1.0, 0.5]).expect("a batch");
        let ratio = found.measured / found.predicted;
        // The relative standard error of a root mean square over m draws is some 1/√(2m).
        let bound = 4.5 / (2.0 * found.measured_over as f64).sqrt();
        assert!((ratio - 1.0).abs() < bound, "{rows:?} {size} {replacement}: {ratio}");
        assert!(found.measured_over > 200 && found.measured_over <= MEASURED);
        assert_eq!(found.possible.len(), KEPT);
        assert_eq!(found.drawn.len(), size as usize);
    }
}

/// Of batches of one, whole shuffles hold every one of them equally often.
#[test]
fn single_examples_without_replacement_are_measured_exactly() {
    let found = at(&objective("LinearRegression", None), batch(1, false), 0, [0.3, 0.1]).expect("a batch");
    assert!((found.measured / found.sigma - 1.0).abs() < 1e-12);
    assert!((found.predicted - found.sigma).abs() < 1e-12 * found.sigma);
    assert!((libm::hypot(found.along[0], found.along[1]) - found.sigma).abs() < 1e-12 * found.sigma);
}

/// The last batch of an epoch, of what is left over, has the error of its own size.
#[test]
fn a_smaller_last_batch_is_told_as_what_it_is() {
    let found =
        at(&objective("LogisticRegression", None), batch(10, false), 13, [1.0, 1.0]).expect("a batch");
    let turn = Some(BatchIndex { epoch: 1, batch: 6, batches: 7 });
    assert_eq!(found.origin, GradientOrigin::Batch { size: 4, rows: 64, turn });
    let wanted = found.sigma / 2.0 * (60.0_f64 / 63.0).sqrt();
    assert!((found.predicted - wanted).abs() < 1e-12 * wanted);
}

#[test]
fn the_own_gradient_is_that_of_the_step() {
    let objective = objective("LogisticRegression", None);
    let p = Vector2::new(-3.0, -2.0);
    for gradient in [batch(4, false), batch(4, true), Gradient::Noise { sigma: 0.3, seed: 7 }] {
        for step in [0, 1, 77] {
            let mut scene = StochasticOracle::new(&objective, gradient, EvaluationCounter::default());
            let seen = scene.begin(step, p, objective.value_gradient(p));
            let found = GradientSample::at(&objective, gradient, step, p, &mut None).expect("not exact");
            assert_eq!(found.own, seen.gradient);
            assert_eq!(found.drawn, scene.drawn().unwrap_or_default());
        }
    }
}

#[test]
fn the_exact_gradient_has_no_others() {
    let objective = objective("LogisticRegression", None);
    assert!(at(&objective, Gradient::Exact, 0, [0.0, 0.0]).is_none());
    // A batch of all examples, or of a surface that is not a mean, is exact.
    assert!(at(&objective, batch(64, false), 0, [0.0, 0.0]).is_none());
    let saddle = Objective::new(&Chosen::with_defaults(surfaces::find("Saddle").expect("a surface")));
    assert!(at(&saddle, batch(4, true), 0, [0.0, 0.0]).is_none());
}

#[test]
fn added_noise_has_the_length_of_both_its_coordinates() {
    let saddle = Objective::new(&Chosen::with_defaults(surfaces::find("Saddle").expect("a surface")));
    let found = at(&saddle, Gradient::Noise { sigma: 0.5, seed: 9 }, 3, [1.0, 1.0]).expect("noise");
    assert_eq!(found.origin, GradientOrigin::Noise { sigma: 0.5 });
    assert!((found.predicted - 0.5_f64.sqrt()).abs() < 1e-15);
    assert!((found.measured / found.predicted - 1.0).abs() < 0.15);
}

/// The others are kept while they fit, and drawn anew where they do not.
#[test]
fn others_are_kept_only_for_the_same_source() {
    let objective = objective("LogisticRegression", None);
    let mut kept = None;
    let p = Vector2::new(0.2, 0.4);
    for gradient in [batch(4, false), batch(8, false), batch(8, true), batch(4, false)] {
        for step in 0..3 {
            let found = GradientSample::at(&objective, gradient, step, p, &mut kept).expect("a batch");
            let fresh = GradientSample::at(&objective, gradient, step, p, &mut None).expect("a batch");
            assert_eq!(found.possible, fresh.possible);
        }
    }
}

#[test]
fn the_work_is_bounded_and_nothing_panics_far_out() {
    let large = objective("LogisticRegression", Some(10_000));
    for (size, replacement) in [(1, false), (3333, false), (9999, false), (10_000, true), (1, true)] {
        let found = at(&large, batch(size, replacement), 2, [1.0, 2.0]).expect("a batch");
        assert!(found.measured_over >= 40 && found.measured_over <= MEASURED, "{size} {replacement}");
        assert!(found.measured_over * size as usize <= WORK + 10_000, "{size} {replacement}");
    }
    let objective = objective("LinearRegression", None);
    for p in [[f64::NAN, 0.0], [f64::INFINITY, 1.0], [1e300, -1e300], [1e12, 1e12]] {
        let found = at(&objective, batch(4, false), 2, p).expect("a batch");
        let _ = (found.angle(), found.ratio());
    }
}

#[test]
fn angle_and_ratio_are_those_of_the_plane() {
    let mut found =
        at(&objective("LinearRegression", None), batch(4, false), 0, [1.0, 1.0]).expect("a batch");
    found.full = Vector2::new(2.0, 0.0);
    for (own, angle, ratio) in [
        ([4.0, 0.0], 0.0, 2.0),
        ([0.0, -1.0], std::f64::consts::FRAC_PI_2, 0.5),
        ([-1e-200, 0.0], std::f64::consts::PI, 5e-201),
    ] {
        found.own = Vector2::from(own);
        assert!((found.angle().expect("two directions") - angle).abs() < 1e-15);
        assert!((found.ratio().expect("a ratio") / ratio - 1.0).abs() < 1e-15);
    }
    found.full = Vector2::zeros();
    assert_eq!((found.angle(), found.ratio()), (None, None));
    found.own = Vector2::new(f64::NAN, 1.0);
    found.full = Vector2::new(1.0, 1.0);
    assert_eq!((found.angle(), found.ratio()), (None, None));
}
