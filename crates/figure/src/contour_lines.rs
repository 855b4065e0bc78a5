//! Contour lines on the paper.

use crate::polyline::{Polyline, without_straight_points};
use crate::viewport::ToPaper;
use thalweg_analysis::field::contour::Contours;

/// All lines, in their places on the paper.
pub fn contour_lines(contours: &Contours, to: &ToPaper) -> Vec<Polyline> {
    let line = |line: thalweg_analysis::field::contour::Contour<'_>| Polyline {
        points: without_straight_points(line.points.iter().map(|point| to.place(*point))),
        closed: line.closed,
        before: 0.0,
    };
    contours.lines().map(line).collect()
}
