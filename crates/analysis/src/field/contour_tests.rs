//! What contour lines must be, whatever the grid.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use thalweg_core::objective::view::View;

fn length(line: &Contour<'_>) -> f64 {
    let open: f64 = line.points.windows(2).map(|pair| (pair[1] - pair[0]).norm()).sum();
    let last = line.points[line.points.len() - 1];
    if line.closed { open + (line.points[0] - last).norm() } else { open }
}

fn edges(line: &Contour<'_>) -> Vec<[Vector2<f64>; 2]> {
    let mut edges: Vec<_> = line.points.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    if line.closed {
        edges.push([line.points[line.points.len() - 1], line.points[0]]);
    }
    edges
}

#[test]
fn circles_are_circles() {
    let grid = Grid::of(View::square(2.0), 201, 201, |x, y| x * x + y * y);
    let levels = [0.25, 1.0, 2.25];
    let contours = Contours::trace(&grid, &levels);
    assert_eq!(contours.lines().len(), 3);
    for (index, line) in contours.lines().enumerate() {
        assert_eq!((line.level, line.closed), (index, true));
        let radius = levels[index].sqrt();
        assert!((length(&line) / (TAU * radius) - 1.0).abs() < 1e-3);
        for point in line.points {
            assert!((point.norm_squared() - levels[index]).abs() < 2e-4);
        }
        // Higher ground, which is outside, on the left: clockwise, so the area is negative.
        let area: f64 = edges(&line).iter().map(|[a, b]| (a.x * b.y - b.x * a.y) / 2.0).sum();
        assert!((area / (TAU / 2.0 * radius * radius) + 1.0).abs() < 1e-3);
    }
}

#[test]
fn a_tilted_plane_has_straight_open_lines_wherever_the_grid_lies() {
    for shift in [0.0, 0.013, 0.37] {
        let view = View { x: (-1.0 + shift, 1.0 + shift), y: (-1.0, 1.0) };
        let grid = Grid::of(view, 40, 31, |x, y| 3.0 * (x - shift) + 4.0 * y);
        let contours = Contours::trace(&grid, &[-1.0, 0.0, 1.0]);
        assert_eq!(contours.lines().len(), 3);
        for line in contours.lines() {
            // 4y = level - 3x from x = -1 to 1.
            assert!(!line.closed && (length(&line) - 2.5).abs() < 1e-12, "{}", length(&line));
        }
    }
}

#[test]
fn total_length_hardly_depends_on_where_the_nodes_fall() {
    let total = |shift: f64| {
        let view = View { x: (-2.0 + shift, 2.0 + shift), y: (-2.0 + shift / 3.0, 2.0 + shift / 3.0) };
        let grid = Grid::of(view, 257, 257, |x, y| x * x + 3.0 * y * y + x * y);
        Contours::trace(&grid, &[0.3, 0.9, 1.7]).lines().map(|line| length(&line)).sum::<f64>()
    };
    let here = total(0.0);
    for shift in [0.001, 0.004, 0.007, 0.05] {
        assert!((total(shift) / here - 1.0).abs() < 1e-4);
    }
}

#[test]
fn an_ambiguous_cell_is_decided_by_its_saddle() {
    let cell = |sw: f64, se: f64, nw: f64, ne: f64| {
        let values = [sw, se, nw, ne];
        Grid::of(View::square(1.0), 2, 2, |x, y| values[usize::from(x > 0.0) + 2 * usize::from(y > 0.0)])
    };
    let ways = |grid: &Grid| -> Vec<bool> {
        // Whether each line cuts off a low corner.
        let contours = Contours::trace(grid, &[0.0]);
        let cuts = contours.lines().map(|line| {
            let [a, b] = [line.points[0], line.points[1]];
            let corner = Vector2::new((a.x + b.x).signum(), (a.y + b.y).signum());
            let (column, row) = (usize::from(corner.x > 0.0), usize::from(corner.y > 0.0));
            grid.row(row)[column] < 0.0
        });
        cuts.collect()
    };
    assert_eq!(ways(&cell(3.0, -1.0, -1.0, 3.0)), [true, true]);
    assert_eq!(ways(&cell(1.0, -3.0, -3.0, 1.0)), [false, false]);
    assert_eq!(ways(&cell(-1.0, 3.0, 3.0, -1.0)), [true, true]);
    assert_eq!(ways(&cell(-3.0, 1.0, 1.0, -3.0)), [false, false]);
    // The saddle itself: both lines through the middle, none lost.
    let grid = Grid::of(View::square(1.0), 50, 50, |x, y| x * x - y * y);
    let contours = Contours::trace(&grid, &[0.0]);
    let total: f64 = contours.lines().map(|line| length(&line)).sum();
    assert!((total - 4.0 * 2.0_f64.sqrt()).abs() < 0.05, "{total}");
}

#[test]
fn a_constant_or_a_level_outside_has_no_lines() {
    let grid = Grid::of(View::square(1.0), 20, 20, |_, _| 1.0);
    assert_eq!(Contours::trace(&grid, &[0.0, 1.0, 2.0]).lines().len(), 0);
    assert_eq!(Contours::trace(&grid, &[]).lines().len(), 0);
    for (columns, rows) in [(0, 0), (1, 5), (5, 1), (0, 9)] {
        let grid = Grid::of(View::square(1.0), columns, rows, |x, y| x + y);
        assert_eq!(Contours::trace(&grid, &[0.0]).lines().len(), 0);
    }
}

#[test]
fn a_level_at_the_nodes_themselves_has_no_points_twice() {
    let grid = Grid::of(View::square(3.0), 7, 7, |x, y| x.abs().max(y.abs()));
    let contours = Contours::trace(&grid, &[0.0, 1.0, 2.0]);
    // Level 0 is met at one node only: nothing. Levels 1 and 2 are squares through nodes, whose
    // corners linear interpolation cuts.
    let lines: Vec<_> = contours.lines().map(|line| (line.level, line.closed, length(&line))).collect();
    let corners = 4.0 * 2.0_f64.sqrt();
    assert_eq!(lines.len(), 2);
    for ((level, closed, length), expected) in lines.into_iter().zip([corners, 8.0 + corners]) {
        assert!(level > 0 && closed && (length - expected).abs() < 1e-12, "{level} {length}");
    }
    for line in contours.lines() {
        assert!(edges(&line).iter().all(|[a, b]| a != b));
    }
    // A single peak exactly at the level shrinks to a point, and is left out.
    let peak = Grid::of(View::square(1.0), 3, 3, |x, y| if x == 0.0 && y == 0.0 { 1.0 } else { 0.0 });
    assert_eq!(Contours::trace(&peak, &[1.0]).lines().len(), 0);
}

#[test]
fn lines_end_at_holes() {
    let grid = Grid::of(View::square(1.0), 41, 41, |x, y| if x > 0.0 && y > 0.0 { f64::NAN } else { x - y });
    let contours = Contours::trace(&grid, &[0.0]);
    assert_eq!(contours.lines().len(), 1);
    for line in contours.lines() {
        assert!(!line.closed && line.points.iter().all(|point| point.x <= 0.0 && point.y <= 0.0));
    }
    // A ring round a hole stays closed; a ring through one is cut.
    let ring = |hole: f64| {
        let f = |x: f64, y: f64| {
            if (x - hole).abs() < 0.1 && y.abs() < 0.1 { f64::INFINITY } else { x * x + y * y }
        };
        let grid = Grid::of(View::square(1.0), 64, 64, f);
        Contours::trace(&grid, &[0.25]).lines().map(|line| line.closed).collect::<Vec<_>>()
    };
    assert_eq!((ring(0.0), ring(0.5)), (vec![true], vec![false]));
}

#[test]
fn huge_values_and_views_do_not_overflow() {
    let view = View { x: (-1e308, 1e308), y: (-1e308, 1e308) };
    let grid = Grid::of(view, 9, 9, |x, y| x / 2.0 + y / 2.0);
    for line in Contours::trace(&grid, &[-1e307, 1e307]).lines() {
        assert!(line.points.iter().all(|point| point.x.is_finite() && point.y.is_finite()));
    }
    let cliff = Grid::of(View::square(1.0), 2, 2, |x, _| x * f64::MAX);
    let contours = Contours::trace(&cliff, &[0.0]);
    assert!(contours.lines().all(|line| line.points.iter().all(|point| point.x == 0.0)));
    assert_eq!(contours.lines().len(), 1);
}

const SIDE: usize = 8;

fn values() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![
        6 => -4.0..4.0_f64,
        3 => (-4..5_i32).prop_map(f64::from),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
    ];
    prop::collection::vec(value, SIDE * SIDE)
}

proptest! {
    /// On a grid with unit cells: every line is a chain of steps each within one cell, every
    /// vertex is where its edge meets the level, high ground is on the left, and every edge that
    /// crosses a level and borders a whole cell is met exactly once.
    #[test]
    fn lines_separate_high_from_low(values in values(), mut levels in prop::collection::vec(-4.0..4.0_f64, 1..6)) {
        levels.push(1.0);
        levels.sort_unstable_by(f64::total_cmp);
        let view = View { x: (0.0, (SIDE - 1) as f64), y: (0.0, (SIDE - 1) as f64) };
        let mut next = values.iter().copied();
        let grid = Grid::of(view, SIDE, SIDE, |_, _| next.next().unwrap_or(0.0));
        let contours = Contours::trace(&grid, &levels);
        prop_assert_eq!(&contours, &Contours::trace(&grid, &levels));
        let value = |x: usize, y: usize| values[y * SIDE + x];
        let mut met: BTreeMap<(usize, u64, u64), usize> = BTreeMap::new();
        let mut last = 0;
        for line in contours.lines() {
            prop_assert!(line.level >= last && line.points.len() >= 2);
            last = line.level;
            let level = levels[line.level];
            for point in line.points {
                let (x, y) = (point.x.floor() as usize, point.y.floor() as usize);
                let (fx, fy) = (point.x.fract(), point.y.fract());
                prop_assert!(fx == 0.0 || fy == 0.0);
                let here = value(x, y);
                let on_edge = match (fx > 0.0, fy > 0.0) {
                    (true, _) => here * (1.0 - fx) + value(x + 1, y) * fx,
                    (_, true) => here * (1.0 - fy) + value(x, y + 1) * fy,
                    _ => here,
                };
                prop_assert!((on_edge - level).abs() < 1e-9, "{on_edge} {level}");
                *met.entry((line.level, point.x.to_bits(), point.y.to_bits())).or_default() += 1;
            }
            for [a, b] in edges(&line) {
                prop_assert!(a != b);
                let middle = (a + b) / 2.0;
                let (x, y) = (middle.x.floor().min(6.0) as usize, middle.y.floor().min(6.0) as usize);
                let reach = (a - b).abs();
                prop_assert!(reach.x <= 1.0 && reach.y <= 1.0, "a jump from {a} to {b}");
                if levels.iter().filter(|other| **other == level).count() == 1 && middle.x.fract() != 0.0 && middle.y.fract() != 0.0 {
                    // A point just left of the step, by the bilinear interpolant's sign at a corner.
                    let side = |cx: usize, cy: usize| {
                        let corner = Vector2::new(cx as f64, cy as f64) - a;
                        (b - a).perp(&corner)
                    };
                    // Some corner on the left is high, or some corner on the right is low.
                    let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
                    let high_left = corners.iter().any(|(x, y)| side(*x, *y) > -1e-9 && value(*x, *y) >= level);
                    let low_right = corners.iter().any(|(x, y)| side(*x, *y) < 1e-9 && value(*x, *y) < level);
                    prop_assert!(high_left && low_right);
                }
            }
        }
        let whole = |x: usize, y: usize| {
            x + 1 < SIDE && y + 1 < SIDE
                && [(0, 0), (1, 0), (1, 1), (0, 1)].iter().all(|(dx, dy)| value(x + dx, y + dy).is_finite())
        };
        for (index, level) in levels.iter().enumerate() {
            for y in 0..SIDE {
                for x in 0..SIDE {
                    let right = x + 1 < SIDE && (whole(x, y) || y > 0 && whole(x, y - 1));
                    if right && (value(x, y) > *level) != (value(x + 1, y) > *level)
                        && value(x, y) != *level && value(x + 1, y) != *level {
                        let (a, b) = (value(x, y), value(x + 1, y));
                        let at = between([x as f64, (x + 1) as f64], [a, b], *level);
                        let times = met.get(&(index, at.to_bits(), (y as f64).to_bits())).copied();
                        prop_assert_eq!(times, Some(1), "edge at {} {}", x, y);
                    }
                }
            }
        }
    }
}

#[test]
fn crossings_are_as_many_as_the_points_of_the_lines() {
    let grid = Grid::of(View::square(3.0), 90, 70, |x, y| {
        if x + y > 4.0 { f64::NAN } else { x * x - 2.0 * y + libm::sin(4.0 * x) * libm::cos(3.0 * y) }
    });
    let levels = [-9.0, -5.3, -2.1, 0.4, 3.3, 7.7, 90.0];
    let crossings = Contours::crossings(&grid, &levels);
    let mut points = vec![0; levels.len()];
    for line in Contours::trace(&grid, &levels).lines() {
        points[line.level] += line.points.len();
    }
    assert!(points.iter().sum::<usize>() > 500 && crossings.len() == levels.len());
    for (crossings, points) in crossings.iter().zip(points) {
        // At the border of the hole there are edges that belong to no whole cell.
        assert!((points..=points + 8).contains(crossings), "{crossings} {points}");
    }
}
