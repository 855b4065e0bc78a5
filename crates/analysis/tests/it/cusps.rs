//! Critical points and lines of them where slopes have no bound, and stretches of minima shorter than a cell of the
//! search, against pencil and paper.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use PointKind::{Maximum, Minimum, Saddle};
use std::f64::consts::FRAC_PI_4;
use thalweg_analysis::local::critical_search::{CriticalSearch, SearchLimit};
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::view::View;
use thalweg_testing::typed;

const VIEW: View = View { x: (-4.0, 4.0), y: (-3.0, 3.0) };

/// How near to its place a point is found: beside a cusp rounding moves f by the root of what it moves the point.
const NEAR: f64 = 3e-6;

/// A function as it is typed, with the kinds and places of its critical points.
type CuspCase = (&'static str, &'static [(PointKind, f64, f64)]);

/// What is listed is there, nothing else, and a look at each place says the same.
#[test]
fn points_on_cusps_are_found_wherever_the_cusp_lies() {
    let root = 1.0 / 5.0_f64.sqrt();
    let cases: &[CuspCase] = &[
        ("sqrt(abs(x)) - y^2", &[(Saddle, 0.0, 0.0)]),
        ("y^2 - sqrt(abs(x - 0.5))", &[(Saddle, 0.5, 0.0)]),
        ("sqrt(abs(x + 2*y)) + (x - y - 0.3)^2", &[(Minimum, 0.2, -0.1)]),
        ("sqrt(abs(x + 2*y)) - (x - y - 0.3)^2", &[(Saddle, 0.2, -0.1)]),
        ("((x + y)^2)^(1/3) + (x - y - 1)^2", &[(Minimum, 0.5, -0.5)]),
        ("abs(x - 3*y + 1)^0.7 + (3*x + y)^2", &[(Minimum, -0.1, 0.3)]),
        ("-sqrt(abs(x - y)) - (x + y - 1)^2", &[(Maximum, 0.5, 0.5)]),
        ("-(abs(2*x - y))^0.6 + (x + 2*y - 1)^2", &[(Saddle, 0.2, 0.4)]),
        (
            "sqrt(abs(x + y)) + sin(x - y)/4",
            &[
                (Minimum, -FRAC_PI_4, FRAC_PI_4),
                (Saddle, FRAC_PI_4, -FRAC_PI_4),
                (Minimum, 3.0 * FRAC_PI_4, -3.0 * FRAC_PI_4),
                (Saddle, -3.0 * FRAC_PI_4, 3.0 * FRAC_PI_4),
            ],
        ),
        ("sqrt(abs(y - x^2/4)) + (x - 1)^2", &[(Minimum, 1.0, 0.25)]),
        (
            "sqrt(abs(x^2 + y^2 - 1)) + x/2",
            &[(Minimum, -1.0, 0.0), (Saddle, 1.0, 0.0), (Maximum, 0.447_213_595_499_958, 0.0)],
        ),
        ("sqrt(abs(x + y)) + sqrt(abs(x - 2*y))", &[(Minimum, 0.0, 0.0)]),
        ("sqrt(abs(x + y)) + x", &[]),
    ];
    assert!((root - 0.447_213_595_499_958).abs() < 1e-15);
    for (text, wanted) in cases {
        let objective = typed(text);
        let survey = CriticalSearch::of(&objective, VIEW);
        let found: Vec<_> =
            survey.points().iter().map(|found| (found.kind, found.at.x, found.at.y)).collect();
        assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
        for (kind, x, y) in *wanted {
            let near = |found: &&(PointKind, f64, f64)| {
                found.0 == *kind && (found.1 - x).abs() <= NEAR && (found.2 - y).abs() <= NEAR
            };
            assert_eq!(found.iter().filter(near).count(), 1, "{text}: {kind:?} at ({x}, {y}): {found:?}");
        }
        for point in survey.points() {
            let nature = objective.nature(point.at);
            let told = (nature.kind, nature.is_critical);
            assert_eq!(told, (point.kind, true), "{text}: {:?}: {nature:?}", point.at);
        }
    }
}

/// Lines along which a cusp is level, and stretches of minima that no row of nodes need meet.
#[test]
fn level_cusps_and_short_stretches_are_lines() {
    for (text, points, lines, kind) in [
        ("sqrt(abs(x)) + 0*y", 0, 1, Minimum),
        // Of x alone it is a point.
        ("sqrt(abs(x))", 1, 0, Minimum),
        ("sqrt(abs(x + y))", 0, 1, Minimum),
        ("-abs(x - 2*y + 0.3)^0.3", 0, 1, Maximum),
        ("(x + y)^(2/3) + 5", 0, 0, Minimum),
        ("((x - 3*y)^2)^(1/3) + 5", 0, 1, Minimum),
        ("sqrt(abs(x^2 + y^2 - 1))", 1, 1, Minimum),
        ("max(x^2, y^2) + 0.1*x", 0, 1, Minimum),
        ("max(x^2, y^2) + 0.03*x", 0, 1, Minimum),
        ("max(abs(x), abs(y) - 0.03)", 0, 1, Minimum),
        ("max((x - y)^2, (x + y)^2) + 0.05*(x - y)", 0, 1, Minimum),
        ("-max(x^2, y^2) - 0.1*y", 0, 1, Maximum),
    ] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        let found: Vec<_> =
            survey.points().iter().map(|found| (found.kind, found.at.x, found.at.y)).collect();
        assert_eq!(survey.lines().len(), lines, "{text}: {found:?} {:?}", survey.lines());
        assert_eq!(found.len(), points, "{text}: {found:?}");
        for line in survey.lines() {
            assert!(line.kind == kind && line.points.len() >= 2, "{text}: {line:?}");
        }
    }
}

/// What the search cannot list, it says.
#[test]
fn a_plain_smaller_than_a_cell_is_told() {
    for text in [
        "max(x^2 + y^2, 1e-4)",
        "max((x - 0.3)^2 + y^2 - 1e-3, 0)^2",
        "max(max(abs(x) - 0.02, abs(y)), 0.02)",
    ] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        assert_eq!(survey.limit(), Some(SearchLimit::PartlyFlat), "{text}");
    }
}

/// Convex functions whose pieces meet at the minimum in narrow wedges, or with slopes that nearly oppose each other: no
/// corner of a cell shows them. Their minima by nested golden sections with 50 digits.
#[test]
fn minima_of_convex_functions_in_narrow_wedges_are_found() {
    let cases = [
        (
            "max(max(0.7*x - 0.4*y - 1.9, -2*x + 1.5*y + 1.64), -0.9*x - 1.9) + abs(-x - y)^1.5",
            View { x: (-2.440_803_199, 3.645_274_219), y: (-1.050_326_025, 1.332_649_068) },
            [0.769_022_994_804_141_6, -0.770_335_744_225_693_5],
        ),
        (
            "max(max(-1.6*x + y + 1.9, -0.12*x - 0.34*y + 1.6), 1.25*x - 1.6*y - 1) + max(1.48*x + 0.99*y - 0.2, \
             0.1*x + 1.24*y - 1.3) + max((-1.46*x - 0.1*y + 1)^2, (-1.5*y - 1.86)^2) + max(-0.4*x + 0.3, -2*x + 1.29*y - 2)",
            View { x: (-1.367_693_308, 1.393_291_404), y: (-3.245_411_253, 1.625_169_836) },
            [0.435_195_262_825_449_5, -1.589_010_654_482_031_2],
        ),
        (
            "max(max(1.8*x - 1.64*y - 1.1, -1.4*x + 0.57*y - 1.7), -x + 1.3*y - 0.66) + sqrt((x + 1.2*y + 0.9)^2 + \
             (-2*x - 1.53*y - 1.2)^2) + max(max(-1.5*x - 0.37*y + 1.7, 0.76*x + 1.4*y - 1), 2*x + 0.3*y - 1.4)",
            View { x: (-3.728_774_897, 2.468_526_004), y: (-2.102_850_267, 2.052_646_825) },
            [-0.285_516_574_810_299_9, -0.421_580_411_383_959_1],
        ),
        (
            "abs(1.69*x + 0.5*y + 0.34) + max(exp(-0.9*x - 1.2*y + 2), -2*x + 2*y - 0.63)",
            View { x: (-1.561_459_381, 1.150_584_653), y: (-1.456_456_770, 3.636_079_954) },
            [0.050_762_062_580_201_4, 1.201_002_337_186_117_5],
        ),
        (
            "max((0.67*x + 0.9*y - 0.8)^2, (-1.6*x + 1.5*y - 2)^2) + exp(1.4*x + 1.28*y - 1.7) + \
             abs(-1.01*x + y - 1) + abs(0.5*x - 1.2)",
            View { x: (-3.170_245_744, 3.164_445_716), y: (-1.065_449_380, 1.161_902_700) },
            [-0.360_576_923_076_922_9, 0.635_817_307_692_308_4],
        ),
    ];
    for (text, view, [x, y]) in cases {
        let objective = typed(text);
        // Where the nodes of the search lie must not matter.
        for part in [0.0, 0.013, 0.029, 0.041] {
            let wider = |(low, high): (f64, f64)| (low - part * (high - low), high + part * (high - low));
            let view = View { x: wider(view.x), y: wider(view.y) };
            let survey = CriticalSearch::of(&objective, view);
            let found = survey.points();
            assert!(found.len() == 1 && survey.lines().is_empty(), "{text} in {view:?}: {found:?}");
            let off = (found[0].at.x - x).hypot(found[0].at.y - y);
            assert!(found[0].kind == Minimum && off <= 1e-9, "{text} in {view:?}: {found:?}, off by {off}");
        }
    }
}
