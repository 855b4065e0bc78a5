//! The spline against cubics, which it is, against scipy's, and against what it promises between cells.

use super::*;
use crate::math::dual::Dual;
use crate::math::wide::Wide;

fn grid(xs: &[f64], ys: &[f64], f: impl Fn(f64, f64) -> f64) -> TensorSpline {
    let values = ys.iter().flat_map(|y| xs.iter().map(|x| f(*x, *y))).collect();
    let grid = LossGrid { xs: xs.to_vec(), ys: ys.to_vec(), values, ..LossGrid::default() };
    TensorSpline::new(&grid).expect("a grid")
}

const XS: [f64; 6] = [-2.0, -1.25, 0.0, 0.5, 1.75, 3.0];
const YS: [f64; 5] = [-1.0, 0.25, 0.5, 2.0, 2.5];

/// A spline with one cubic at both ends is that cubic, where there is one.
#[test]
fn a_bicubic_polynomial_is_met_everywhere() {
    fn f<T: Number>(x: T, y: T) -> T {
        (x.powi(3) * 0.5 - x * x + x * 3.0 - 1.0) * (y.powi(3) - y * y * 2.0 + y * 0.25 + 4.0)
    }
    let spline = grid(&XS, &YS, f);
    for (x, y) in [(-2.0, -1.0), (-1.9, 2.4), (0.0, 0.5), (0.3, 0.3), (2.9, -0.2), (3.0, 2.5), (1.75, 1.0)] {
        let dual = |at: f64, along: fn(f64) -> Dual<f64>| along(at);
        let second = |x: f64, y: f64| spline.at(Dual::x(dual(x, Dual::x)), Dual::y(dual(y, Dual::y)));
        let exact = f(Dual::x(dual(x, Dual::x)), Dual::y(dual(y, Dual::y)));
        let found = second(x, y);
        let close = |found: f64, exact: f64| (found - exact).abs() < 1e-11 * (1.0 + exact.abs());
        assert!(close(found.value.value, exact.value.value), "{x}, {y}");
        for i in [0, 1] {
            assert!(close(found.slope[i].value, exact.slope[i].value), "{x}, {y}: slope {i}");
            for j in [0, 1] {
                let (found, exact) = (found.slope[i].slope[j], exact.slope[i].slope[j]);
                assert!(
                    (found - exact).abs() < 1e-10 * (1.0 + exact.abs()),
                    "{x}, {y}: {i}{j}: {found} {exact}"
                );
            }
        }
    }
}

/// Value, gradient and Hessian are the same from both sides of every edge between cells.
#[test]
fn cells_meet_with_two_derivatives() {
    let spline = grid(&XS, &YS, |x, y| libm::sin(2.0 * x + y) + libm::exp(-y * y) * x);
    let polynomial = |x: f64, y: f64, cell: (usize, usize)| {
        let mut read = spline.read(XS[cell.0] + 1e-9, YS[cell.1] + 1e-9);
        // The cell's own polynomial, also on its far edge.
        read[0] = XS[cell.0];
        let at = |x: Dual<Dual<f64>>, y: Dual<Dual<f64>>| {
            let (u, v) = ((x - read[0]) / read[1], (y - read[2]) / read[3]);
            let mut sum = Dual::of(0.0);
            for j in 0..4_usize {
                for i in 0..4_usize {
                    sum += u.powi(i as u32) * v.powi(j as u32) * read[4 + 4 * j + i];
                }
            }
            sum
        };
        let found = at(Dual::x(Dual::x(x)), Dual::y(Dual::y(y)));
        let slope = |i: usize| found.slope[i];
        [
            found.value.value,
            slope(0).value,
            slope(1).value,
            slope(0).slope[0],
            slope(0).slope[1],
            slope(1).slope[1],
        ]
    };
    let same = |one: [f64; 6], other: [f64; 6], place: (f64, f64)| {
        for (one, other) in one.into_iter().zip(other) {
            assert!((one - other).abs() < 1e-10 * (1.0 + one.abs()), "{place:?}: {one} {other}");
        }
    };
    for (column, x) in XS.into_iter().enumerate().take(XS.len() - 1).skip(1) {
        for (row, pair) in YS.windows(2).enumerate() {
            let at = (x, f64::midpoint(pair[0], pair[1]));
            same(polynomial(at.0, at.1, (column - 1, row)), polynomial(at.0, at.1, (column, row)), at);
        }
    }
    for (row, y) in YS.into_iter().enumerate().take(YS.len() - 1).skip(1) {
        for (column, pair) in XS.windows(2).enumerate() {
            let at = (f64::midpoint(pair[0], pair[1]), y);
            same(polynomial(at.0, at.1, (column, row - 1)), polynomial(at.0, at.1, (column, row)), at);
        }
    }
}

/// The nodes have their values, outside there is none, and lanes have the bits of single numbers.
#[test]
fn the_data_end_where_they_end() {
    let f = |x: f64, y: f64| libm::sin(x) * libm::cos(2.0 * y);
    let spline = grid(&XS, &YS, f);
    for x in XS {
        for y in YS {
            assert!((spline.at(x, y) - f(x, y)).abs() < 1e-15, "{x}, {y}");
        }
    }
    assert_eq!(spline.extent(), [(-2.0, 3.0), (-1.0, 2.5)]);
    for (x, y) in
        [(-2.000_001, 0.0), (3.1, 0.0), (0.0, -1.1), (0.0, 2.6), (f64::NAN, 0.0), (0.0, f64::INFINITY)]
    {
        assert!(spline.at(x, y).is_nan(), "{x}, {y}");
    }
    let (x, y) = ([-2.0, 0.1, 2.9, 7.0], [2.5, 0.3, -0.9, 0.0]);
    let Wide(lanes) = spline.at(Wide(x), Wide(y));
    for lane in 0..4 {
        assert_eq!(lanes[lane].to_bits(), spline.at(x[lane], y[lane]).to_bits());
    }
}

#[test]
fn what_is_no_grid_is_told() {
    let grid = LossGrid {
        xs: vec![0.0, 1.0, 2.0, 3.0],
        ys: vec![0.0, 1.0, 2.0, 4.0],
        values: vec![1.0; 16],
        ..LossGrid::default()
    };
    assert_eq!(grid.fault(), None);
    let mut hole = grid.clone();
    hole.values[6] = f64::INFINITY;
    for (wrong, words) in [
        (LossGrid { xs: vec![0.0, 1.0], ..grid.clone() }, "found 2 different values of x"),
        (LossGrid { ys: vec![0.0, 1.0, 1.0, 2.0], ..grid.clone() }, "1 is followed by 1"),
        (LossGrid { values: vec![1.0; 15], ..grid.clone() }, "found 15 values; 4 x 4 nodes have 16"),
        (hole, "the loss at (2, 1) is inf"),
    ] {
        assert!(wrong.fault().is_some_and(|fault| fault.contains(words)), "{words}: {:?}", wrong.fault());
        assert_eq!(TensorSpline::new(&wrong), None);
    }
}

/// `RectBivariateSpline(xs, ys, f, s=0).ev(x, y, dx, dy)` of SciPy 1.17.1 for f = x² y/(1 + y²) + x - √(9 + x y): value, gradient
/// and Hessian (xx, xy, yy).
#[allow(clippy::unreadable_literal, clippy::excessive_precision, reason = "as SciPy has printed them")]
const SCIPY: [(f64, f64, [f64; 6]); 7] = [
    (
        -1.9,
        -0.9,
        [
            -6.994282688484498,
            3.055209650914799,
            0.472319659523046,
            -1.003851127793894,
            -0.3311060089272933,
            6.74076792965435,
        ],
    ),
    (
        -1.0,
        0.3,
        [
            -3.6771286725525694,
            0.40424535658888894,
            0.8951259799604779,
            0.5457886371144314,
            -1.6237339518298162,
            -0.724657875570549,
        ],
    ),
    (
        0.2,
        0.4,
        [
            -2.799664592525535,
            1.0700184723726678,
            -0.007531544022842679,
            0.6834096036051875,
            0.0913460585515382,
            -0.03767286513977692,
        ],
    ),
    (
        0.7,
        1.3,
        [
            -2.1871909263605542,
            1.5387100279760701,
            -0.16419056592560843,
            1.0780983971466933,
            -0.3030457737533509,
            -0.21287501795051586,
        ],
    ),
    (
        2.0,
        2.2,
        [
            -0.19707556628606476,
            2.1633831854574197,
            -0.8310992788940896,
            0.7562528530264374,
            -0.6715260629136595,
            1.5102927786887608,
        ],
    ),
    (
        2.9,
        -0.5,
        [
            -2.863332890874851,
            -0.98846322116831,
            4.698293087465433,
            -0.7137357891874055,
            3.4042501722086844,
            8.465273160421665,
        ],
    ),
    (
        1.75,
        0.5,
        [
            -0.1674512724941344,
            2.3204463295388384,
            1.3614819310788342,
            0.8020165956065457,
            1.7221320645241236,
            -3.548869882138524,
        ],
    ),
];

#[test]
fn it_is_the_spline_of_scipy() {
    let spline = grid(&XS, &YS, |x, y| x * x * y / (1.0 + y * y) + x - (9.0 + x * y).sqrt());
    for (x, y, expected) in SCIPY {
        let found = spline.at(Dual::x(Dual::x(x)), Dual::y(Dual::y(y)));
        let slope = found.slope;
        let found = [
            found.value.value,
            slope[0].value,
            slope[1].value,
            slope[0].slope[0],
            slope[0].slope[1],
            slope[1].slope[1],
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-12 * (1.0 + expected.abs()),
                "{x}, {y}: {found}, not {expected}"
            );
        }
    }
}

/// Where rounding leaves no spline there is none, and never one that is not a number at its nodes.
#[test]
fn nodes_may_be_too_unevenly_spaced() {
    let xs = vec![-1e12, -1.0, -1.0 + 2e-12, 1e12];
    let values = (0..16).map(|place| if place % 3 == 0 { 1e100 } else { -1e100 }).collect();
    let grid = LossGrid { ys: xs.clone(), xs, values, ..LossGrid::default() };
    assert_eq!((grid.fault(), TensorSpline::new(&grid)), (None, None));
}
