//! Levy's function number 13: a bowl under three waves.

use super::symmetry::quadrants;
use crate::math::number::Number;
use crate::objective::critical_point::PointKind;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use std::f64::consts::PI;

/// sin²(3πx) + (x - 1)² (1 + sin²(3πy)) + (y - 1)² (1 + sin²(2πy)): waves on a bowl.
pub static LEVY_N13: Surface = Surface {
    name: "LevyN13",
    title: "Lévy N. 13",
    summary: "A bowl corrugated by waves that grow with the distance: rough far out, smooth near the minimum.",
    formula: "sin(3·π·x)² + (x - 1)²·(1 + sin(3·π·y)²) + (y - 1)²·(1 + sin(2·π·y)²)",
    source: "Surjanovic and Bingham, Virtual Library of Simulation Experiments: Levy function N. 13",
    view: View { x: (-1.0, 3.0), y: (-1.0, 3.0) },
    start: [2.6, -0.4],
    critical: |_| {
        // Within 0.7 of the minimum in each direction; beyond, the pattern goes on.
        let points = [
            (PointKind::Minimum, 0.0, 0.0),
            (PointKind::Minimum, 0.32961947454831364, 0.0),
            (PointKind::Minimum, 0.32833394343682754, 0.26610679945381777),
            (PointKind::Saddle, 0.327563786413233, 0.24346205275770982),
            (PointKind::Minimum, 0.6592207973868849, 0.0),
            (PointKind::Minimum, 0.6591770000849688, 0.32516848750535043),
            (PointKind::Saddle, 0.6518715112701359, 0.17728869490916943),
            (PointKind::Saddle, 0.16856475835144047, 0.0),
            (PointKind::Minimum, 0.6567921403362471, 0.601990640346352),
            (PointKind::Saddle, 0.6520610446021073, 0.5200832502648598),
            (PointKind::Saddle, 0.5057041558595501, 0.0),
            (PointKind::Saddle, 0.5058227046585777, 0.31810387220613645),
            (PointKind::Maximum, 0.5114317691335706, 0.18508715444625845),
        ];
        quadrants([1.0, 1.0], &points).collect()
    },
    functions: SurfaceFunctions::of::<LevyN13>(),
    ..Surface::PLAIN
};

struct LevyN13;

impl LossFunction for LevyN13 {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        let wave = |t: T, frequency: f64| (t * (frequency * PI)).sin().square();
        let walls = (x - 1.0).square() * (wave(y, 3.0) + 1.0) + (y - 1.0).square() * (wave(y, 2.0) + 1.0);
        wave(x, 3.0) + walls
    }
}
