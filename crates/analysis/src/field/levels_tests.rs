//! What levels and colours must be, surface by surface and for any grid.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use super::*;
use proptest::prelude::*;
use std::f64::consts::{E, PI, TAU};
use thalweg_core::objective::view::View;

fn surfaces() -> Vec<(&'static str, Grid)> {
    let grid = |half: f64, f: fn(f64, f64) -> f64| Grid::of(View::square(half), 256, 256, f);
    vec![
        ("saddle", grid(2.0, |x, y| x * x - y * y)),
        ("narrow", grid(3.0, |x, y| 0.5 * (x * x + 1000.0 * y * y))),
        (
            "Rosenbrock",
            Grid::of(View { x: (-2.0, 2.0), y: (-1.0, 3.0) }, 256, 256, |x, y| {
                (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
            }),
        ),
        ("Rastrigin", grid(5.12, |x, y| 20.0 + x * x + y * y - 10.0 * ((TAU * x).cos() + (TAU * y).cos()))),
        ("Easom", grid(10.0, |x, y| -x.cos() * y.cos() * (-(x - PI).powi(2) - (y - PI).powi(2)).exp())),
        (
            "Ackley",
            grid(5.0, |x, y| {
                let root = (0.5 * (x * x + y * y)).sqrt();
                -20.0 * (-0.2 * root).exp() - (0.5 * ((TAU * x).cos() + (TAU * y).cos())).exp() + E + 20.0
            }),
        ),
        ("holes", grid(1.0, |x, y| (x * y).ln())),
        ("offset", grid(1.0, |x, y| 1e6 + 0.25 * (x + y))),
        ("steps", grid(1.0, |x, y| (4.0 * (x + y)).floor() / 10.0)),
    ]
}

#[test]
fn levels_are_enough_distinct_and_within() {
    for (name, grid) in surfaces() {
        let levels = Levels::choose(&grid, 20);
        let values = levels.values();
        assert!(values.len() >= 8 && values.len() <= 20, "{name}: {values:?}");
        assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{name}: {values:?}");
        let (min, max) = extremes(&grid);
        assert!(values[0] > min && values[values.len() - 1] < max, "{name}: {values:?}");
        // Round: few digits in all, or few beside the size of the range.
        assert!(values.iter().all(|value| value.to_string().len() <= 12), "{name}: {values:?}");
    }
}

fn extremes(grid: &Grid) -> (f64, f64) {
    let finite = grid.values().iter().copied().filter(|value| value.is_finite());
    finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
}

#[test]
fn floor_and_walls_both_have_lines() {
    let share = |grid: &Grid, from: f64, to: f64| {
        let inside = grid.values().iter().filter(|value| **value >= from && **value < to).count();
        inside as f64 / grid.values().len() as f64
    };
    for (name, grid) in surfaces() {
        if name == "Easom" || name == "steps" {
            continue;
        }
        let levels = Levels::choose(&grid, 20);
        let mut edges = vec![f64::NEG_INFINITY];
        edges.extend(levels.values());
        edges.push(f64::INFINITY);
        for pair in edges.windows(2) {
            let share = share(&grid, pair[0], pair[1]);
            assert!(share < 0.2, "{name}: a band without lines, {pair:?}: {share}");
        }
    }
    // Lines near the bottom of the valley, where the race is decided.
    let rosenbrock = Levels::choose(&surfaces()[2].1, 20);
    assert!(
        rosenbrock.values()[0] < 2.0 && rosenbrock.values()[19.min(rosenbrock.values().len() - 1)] > 600.0
    );
    // Easom's dip has lines although it is a hundredth of the picture.
    let easom = Levels::choose(&surfaces()[4].1, 20);
    assert!(easom.values().iter().filter(|level| **level < -0.05 && **level > -0.95).count() >= 8);
    // The saddle is as high as it is deep, and so are its levels.
    let saddle = Levels::choose(&surfaces()[0].1, 20);
    let below = saddle.values().iter().filter(|level| **level < 0.0).count();
    let above = saddle.values().iter().filter(|level| **level > 0.0).count();
    assert!(below.abs_diff(above) <= 1, "{saddle:?}");
}

#[test]
fn colours_are_shares_of_the_picture() {
    for (name, grid) in surfaces() {
        let levels = Levels::choose(&grid, 20);
        let (min, max) = extremes(&grid);
        assert_eq!((levels.shade(min), levels.shade(max)), (0.0, 1.0), "{name}");
        assert_eq!(levels.shade(f64::NEG_INFINITY), 0.0);
        assert_eq!(levels.shade(f64::INFINITY), 1.0);
        assert_eq!(levels.shade(f64::NAN), 0.0);
        if matches!(name, "Easom" | "steps") {
            continue;
        }
        let mut tenths = [0; 10];
        let finite: Vec<f64> = grid.values().iter().copied().filter(|v| v.is_finite()).collect();
        for value in &finite {
            tenths[((levels.shade(*value) * 10.0) as usize).min(9)] += 1;
        }
        for tenth in tenths {
            let share = f64::from(tenth) / finite.len() as f64;
            assert!((0.07..0.13).contains(&share), "{name}: {tenths:?}");
        }
    }
}

/// What hardly differs has one shade: no cliff on a plain, however much of the picture it is.
#[test]
fn a_plain_amid_the_values_has_one_shade() {
    let bump = |x: f64, y: f64| x * (-x * x - y * y).exp();
    for half in [3.0, 4.0, 6.0] {
        let levels = Levels::choose(&Grid::of(View::square(half), 256, 256, bump), 20);
        let step = levels.shade(1e-3) - levels.shade(-1e-3);
        assert!(step < 0.02, "{half}: {step}");
        assert!((0.4..0.6).contains(&levels.shade(0.0)), "{half}");
    }
}

#[test]
fn nothing_to_choose_from() {
    for value in [3.0, 0.0, f64::NAN, f64::INFINITY] {
        let levels = Levels::choose(&Grid::of(View::square(1.0), 16, 16, |_, _| value), 20);
        assert!(levels.values().is_empty());
        assert_eq!(levels.shade(value), 0.5);
    }
    assert!(Levels::choose(&Grid::blank(View::square(1.0), 0, 0), 20).values().is_empty());
}

#[test]
fn a_small_pan_leaves_most_levels_where_they_are() {
    let at = |shift: f64| {
        let view = View { x: (-2.0 + shift, 2.0 + shift), y: (-1.0, 3.0) };
        let f = |x: f64, y: f64| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
        Levels::choose(&Grid::of(view, 256, 256, f), 20).values().to_vec()
    };
    let (here, there) = (at(0.0), at(0.01));
    let kept = here.iter().filter(|level| there.contains(level)).count();
    assert!(kept * 10 >= here.len() * 7, "{here:?} {there:?}");
}

proptest! {
    #[test]
    fn any_grid_has_ordered_levels_and_a_rising_scale(
        values in prop::collection::vec(prop::num::f64::ANY, 36),
        count in 0_usize..40,
    ) {
        let mut next = values.iter().copied();
        let grid = Grid::of(View::square(1.0), 6, 6, |_, _| next.next().unwrap_or(0.0));
        let levels = Levels::choose(&grid, count);
        prop_assert!(levels.values().len() <= count);
        prop_assert!(levels.values().windows(2).all(|pair| pair[0] < pair[1]));
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let shades: Vec<f32> = sorted.iter().map(|value| levels.shade(*value)).collect();
        prop_assert!(shades.iter().all(|shade| (0.0..=1.0).contains(shade)));
        prop_assert!(shades.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
