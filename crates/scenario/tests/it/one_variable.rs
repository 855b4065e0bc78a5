//! The lessons on functions of one variable: each claim of their notes.

use super::lessons::{at, close, edited};
use super::stories::{changed, end, moved, preset, run};
use nalgebra::Vector2;
use std::collections::BTreeSet;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::run::trajectory::Trajectory;

/// Where a run is at each step.
fn places(run: &Trajectory) -> Vec<f64> {
    run.samples().iter().map(|sample| sample.position.x).collect()
}

/// How many places a run goes through from a step on, told apart by a millionth.
fn count_of_places(run: &Trajectory, from: usize) -> usize {
    let digits = |x: &f64| libm::rint(x * 1e6) as i64;
    places(run)[from..].iter().map(digits).collect::<BTreeSet<_>>().len()
}

#[test]
fn one_variable_slope_and_step() {
    let (scenario, runs) = preset("one-variable-slope-and-step");
    assert!(scenario.surface.is_univariate());
    let way = places(&runs[0]);
    close(way[1] - way[0], 0.25, 1e-15);
    for pair in way.windows(2) {
        close(pair[1] - pair[0], -0.1 * pair[0], 1e-15);
    }
    assert!(way[22].abs() < 0.1 * 2.5 && way[21].abs() > 0.1 * 2.5 && way.last() != Some(&0.0));
    let other = places(&moved("one-variable-slope-and-step", [2.0, 0.0])[0]);
    assert!(other[1] < other[0]);
    let steeper = edited("one-variable-slope-and-step", "curvature: 1", "curvature: 4");
    let steeper = places(&run(&steeper)[0]);
    assert!(steeper[1] - steeper[0] > way[1] - way[0]);
}

#[test]
fn one_variable_rates() {
    let (scenario, runs) = preset("one-variable-rates");
    let ends: Vec<f64> = runs.iter().map(|run| end(run)[0].abs()).collect();
    close(ends[0], 0.0018, 5e-5);
    assert_eq!(at(&runs[1], 1).x, 0.0);
    close(ends[3], 19.0, 0.5);
    for (run, factor) in runs.iter().zip([0.9, 0.0, -0.9, -1.05]) {
        for pair in places(run).windows(2) {
            close(pair[1], factor * pair[0], 1e-13 * pair[0].abs());
        }
    }
    let at_edge = places(&changed("one-variable-rates", 3, "lr", 2.0)[3]);
    assert!(at_edge.iter().all(|x| x.abs() == 1.0));
    let twice = edited("one-variable-rates", "curvature: 1", "curvature: 2");
    let runs = run(&twice);
    assert!(end(&runs[1])[0].abs() == 1.0 && end(&runs[2])[0].abs() > 100.0);
    assert_eq!(scenario.runners[2].optimizer.number("lr"), Some(1.9));
}

#[test]
fn one_variable_newton() {
    let (scenario, runs) = preset("one-variable-newton");
    let newton = places(&runs[2]);
    for (x, told, within) in [
        (newton[1], 1.327, 5e-4),
        (newton[2], 1.040, 5e-4),
        (newton[3], 1.0008, 5e-5),
        (newton[4], 1.000_000_3, 5e-8),
    ] {
        close(x, told, within);
    }
    assert_eq!(newton[6], 1.0);
    // Near the minimum, where f'' = 6.
    let descent = places(&runs[0]);
    close((descent[12] - 1.0) / (descent[11] - 1.0), 0.4, 1e-3);
    let ends: Vec<f64> = moved("one-variable-newton", [-0.6, 0.0]).iter().map(|run| end(run)[0]).collect();
    assert!((ends[0] - 1.0).abs() < 1e-3 && ends[1] == 1.0 && ends[2] == -1.0, "{ends:?}");
    let objective = scenario.problem().objective;
    let kind = |x: f64| objective.nature(Vector2::new(x, 0.0)).kind;
    assert_eq!([kind(-1.0), kind(1.0)], [PointKind::Maximum, PointKind::Minimum]);
    // The polynomial of degree 3 is the function.
    let series = objective.taylor_series(2.2).unwrap();
    for x in [-2.5, -1.0, 0.3, 2.0] {
        close(series.polynomial(3, x - 2.2), objective.value(Vector2::new(x, 0.0)), 1e-12);
    }
}

#[test]
fn one_variable_period_doubling() {
    let (_, runs) = preset("one-variable-period-doubling");
    close(end(&runs[0])[0], 1.0, 1e-12);
    let counts: Vec<usize> = runs.iter().map(|run| count_of_places(run, 300)).collect();
    assert_eq!(counts[..3], [1, 2, 4]);
    assert!(counts[3] > 90, "{counts:?}");
    let mut two = places(&runs[1])[399..].to_vec();
    two.sort_by(f64::total_cmp);
    close(two[0], 0.795, 5e-4);
    close(two[1], 1.123, 5e-4);
    assert!(count_of_places(&changed("one-variable-period-doubling", 2, "lr", 0.37)[2], 300) > 90);
    // With a tilt f'' differs in the two wells, and so does the edge.
    let tilted = edited("one-variable-period-doubling", "tilt: 0", "tilt: 0.2").problem().objective;
    let bends: Vec<f64> = tilted
        .critical_points()
        .iter()
        .filter(|point| point.kind == PointKind::Minimum)
        .map(|point| tilted.value_gradient_hessian(point.at).hessian.m11)
        .collect();
    assert!(bends.len() == 2 && (bends[0] - bends[1]).abs() > 0.3, "{bends:?}");
}
