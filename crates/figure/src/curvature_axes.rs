//! The curvature at a point: the eigenvectors of the Hessian as the axes of the local quadratic's ellipse.

use crate::captions::{Caption, Captions, Rank};
use crate::color::Rgba;
use crate::item::Item;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::math::within::Within;
use thalweg_core::objective::critical_point::PointKind;

/// Half the longest and the shortest axis of the local quadratic, in points.
const LONG: f64 = 80.0;
const SHORT: f64 = 7.0;

/// What a runner believes of the curvature where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownEstimate {
    /// Its quadratic.
    pub spectrum: Spectrum,
    /// The runner's colour.
    pub color: Rgba,
    /// The start, from which its name keeps away.
    pub start: Vector2<f64>,
}

/// The axes of the quadratic at `point`: long where the surface is flat, short where it is steep. Directions in
/// which the surface falls are dashed.
pub fn curvature_items(
    plot: &Plot,
    point: Vector2<f64>,
    spectrum: &Spectrum,
    estimate: Option<&ShownEstimate>,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let scheme = &plot.scheme;
    let roots = spectrum.values.map(|value| value.abs().sqrt());
    let flattest = roots[0].min(roots[1]);
    if !(roots[0].is_finite() && roots[1].is_finite() && roots[0].max(roots[1]) > 0.0) {
        return Vec::new();
    }
    let at = plot.to.place(point);
    // Of a place that is not seen nothing sticks out at the frame.
    if !plot.frame.contains(at.into()) {
        return Vec::new();
    }
    let half =
        |root: f64| (LONG * if root > 0.0 { (flattest / root).max(0.0) } else { 1.0 }).within(SHORT, LONG);
    let axes = [0, 1].map(|i| turned(spectrum.vectors[i]) * half(roots[i]));
    let mut items = Vec::new();
    if PointKind::of(spectrum) == PointKind::Minimum {
        items.push(Item::line(Polyline::ellipse(at, axes), &[Stroke::new(1.0, scheme.quiet)]));
    }
    for (i, axis) in axes.into_iter().enumerate() {
        let line = Polyline::segment(at - axis, at + axis);
        let stroke = Stroke::new(2.0, scheme.axes[i]);
        let stroke = if spectrum.values[i] < 0.0 { stroke.dashed(&[5.0, 4.0]) } else { stroke };
        items.push(Item::line(line, &[Stroke::new(4.0, scheme.halo), stroke]));
        captions.add(Caption::new(["v₁", "v₂"][i], scheme.axes[i], at + axis, axis, Rank::Direction));
    }
    if let Some(estimate) = estimate {
        let (item, tip) = estimated_item(plot, at, estimate, flattest);
        items.push(item);
        // At the end that is not the start's.
        let start = plot.to.place(estimate.start);
        let is_near = |tip: Vector2<f64>| (at + tip - start).norm() < (at - tip - start).norm();
        let tip = if is_near(tip) { -tip } else { tip };
        captions.add(Caption::new("estimate", estimate.color, at + tip, tip, Rank::Place));
    }
    items
}

/// The ellipse of the quadratic that a runner believes in, in the scale of the true one, whose flattest curvature
/// has the root `flattest`; and its long half axis. Dashed, so that the true one shows below it where the two
/// are the same.
fn estimated_item(
    plot: &Plot,
    at: Vector2<f64>,
    estimate: &ShownEstimate,
    flattest: f64,
) -> (Item, Vector2<f64>) {
    let roots = estimate.spectrum.values.map(f64::sqrt);
    let scale = LONG * if flattest > 0.0 { flattest } else { roots[0] };
    // A belief may be far flatter than the truth: it may be longer, but must end.
    let half = |root: f64| (scale / root).within(SHORT, 3.0 * LONG);
    let axes = [0, 1].map(|i| turned(estimate.spectrum.vectors[i]) * half(roots[i]));
    let strokes = [Stroke::new(4.5, plot.scheme.halo), Stroke::new(2.2, estimate.color)];
    let ellipse = Polyline::ellipse(at, axes);
    (Item::line(ellipse, &strokes.map(|stroke| stroke.dashed(&[7.0, 5.0]))), axes[0])
}

/// A direction of the plane on the paper, where y goes down.
fn turned(direction: Vector2<f64>) -> Vector2<f64> {
    Vector2::new(direction.x, -direction.y)
}
