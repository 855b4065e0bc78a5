//! The rectangles that runs are kept in by their modifiers.

use crate::item::Item;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::run_paths::ShownRunner;
use crate::stroke::Stroke;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;

/// A frame for each visible runner that is kept in a part of the plane, in its colour.
pub fn region_items(plot: &Plot, runners: &[ShownRunner<'_>]) -> Vec<Item> {
    let mut items = Vec::new();
    for runner in runners.iter().filter(|runner| !runner.is_hidden) {
        let settings = runner.run.settings();
        for place in runner.run.optimizer().modifiers().iter().flat_map(|stack| stack.places()) {
            let Some(region) = place.of.region else { continue };
            let [low, high] = region(place.own(settings));
            let corners = [low, Vector2::new(high.x, low.y), high, Vector2::new(low.x, high.y)];
            let frame = Polyline::closed(corners.map(|corner| plot.to.place(near(plot, corner))).to_vec());
            let color = plot.scheme.runner(runner.shape.color);
            let strokes = [Stroke::new(4.0, plot.scheme.halo), Stroke::new(1.8, color)];
            items.push(Item::line(frame, &strokes.map(|stroke| stroke.dashed(&[6.0, 4.0]))));
        }
    }
    items
}

/// A corner that is far outside of what is seen, not so far.
fn near(plot: &Plot, corner: Vector2<f64>) -> Vector2<f64> {
    let side = |at: f64, (low, high): (f64, f64)| at.within(2.0 * low - high, 2.0 * high - low);
    Vector2::new(side(corner.x, plot.view.x), side(corner.y, plot.view.y))
}
