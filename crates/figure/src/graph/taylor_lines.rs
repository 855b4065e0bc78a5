//! The Taylor polynomials of a function of x alone around a point: tangent, parabola, and those of higher degree.

use super::graph_line::graph_line;
use crate::captions::{Caption, Captions, Rank};
use crate::color::Rgba;
use crate::item::Item;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use nalgebra::Vector2;
use thalweg_core::math::series::Series;

/// How strong the line of the highest degree is, and by how much of that each lower one is weaker.
const WIDTH: f64 = 2.0;
const FADE: f64 = 0.72;

/// The polynomials of the degrees from 1 to `highest`, as far as the function has them, around `x`.
pub fn taylor_items(
    plot: &Plot,
    (series, x): (&Series, f64),
    highest: usize,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let Some(highest) = series.degree().map(|degree| degree.min(highest)).filter(|degree| *degree > 0) else {
        return Vec::new();
    };
    let mut items = Vec::new();
    for degree in 1..=highest {
        // One that adds nothing to that before lies on it.
        if degree > 1 && series.coefficients[degree] == 0.0 {
            continue;
        }
        let lines = graph_line(plot, |xs, heights| {
            for (at, height) in xs.iter().zip(heights) {
                *height = series.polynomial(degree, at - x);
            }
        });
        let color = color(&plot.scheme, degree, highest);
        if let Some((end, out)) = label_place(plot, &lines, degree) {
            captions.add(Caption::new(name(degree), color.with_alpha(255), end, out, Rank::Region));
        }
        let stroke = Stroke::new(if degree == highest { WIDTH } else { 1.4 }, color);
        // The tangent is no approximation that is to be told from the graph: it touches it.
        let stroke = if degree == 1 { stroke } else { stroke.dashed(&[6.0, 3.5]) };
        items.push(Item::Lines { lines: lines.into(), strokes: vec![stroke] });
    }
    items
}

/// What a degree's line is called.
fn name(degree: usize) -> String {
    match degree {
        1 => "tangent".to_owned(),
        2 => "parabola".to_owned(),
        _ => format!("degree {degree}"),
    }
}

fn color(scheme: &Scheme, degree: usize, highest: usize) -> Rgba {
    if degree == 1 {
        return scheme.quiet;
    }
    scheme.model.faded(libm::pow(FADE, (highest - degree) as f64).max(0.3))
}

/// Where a line is named: near where it leaves the plot on the right, or on the left for every second one.
fn label_place(plot: &Plot, lines: &[Polyline], degree: usize) -> Option<(Vector2<f64>, Vector2<f64>)> {
    let inside = plot.frame.enlarged(-12.0);
    let mut places =
        lines.iter().flat_map(|line| &line.points).filter(|place| inside.contains((**place).into()));
    let place = if degree.is_multiple_of(2) { places.next() } else { places.next_back() };
    place.map(|place| (*place, Vector2::new(0.0, -1.0)))
}
