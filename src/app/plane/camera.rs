//! How a hand moves what is seen of the plane.

use nalgebra::Vector2;
use thalweg_core::objective::view::View;
use thalweg_figure::viewport::ToPaper;

/// The smallest and the largest extent of a view.
const EXTENTS: (f64, f64) = (1e-12, 1e12);

/// The view moved.
pub fn pan(view: View, by: Vector2<f64>) -> View {
    let shift = |(min, max): (f64, f64), by: f64| (min + by, max + by);
    keep_sane(View { x: shift(view.x, by.x), y: shift(view.y, by.y) }, view)
}

/// The view made `factor` times as large, around `fixed`.
pub fn zoom(view: View, fixed: Vector2<f64>, factor: f64) -> View {
    let scale =
        |(min, max): (f64, f64), fixed: f64| (fixed + (min - fixed) * factor, fixed + (max - fixed) * factor);
    keep_sane(View { x: scale(view.x, fixed.x), y: scale(view.y, fixed.y) }, view)
}

/// A point of the plane rounded to what a place on the screen can tell apart, so that a dragged start has few
/// digits.
pub fn round(point: Vector2<f64>, to: &ToPaper) -> [f64; 2] {
    let unit = 10_f64.powf((0.5 / to.scale[0].abs()).log10().floor());
    [point.x, point.y].map(|value| {
        let rounded = (value / unit).round() * unit;
        // Written and read once: the shortest digits, without the product's rounding error.
        let decimals = (-unit.log10().round()).max(0.0) as usize;
        format!("{rounded:.decimals$}").parse().unwrap_or(value)
    })
}

/// The new view, or the old one where the new is smaller or larger than numbers can tell apart.
fn keep_sane(new: View, old: View) -> View {
    let sane = |(min, max): (f64, f64)| {
        let extent = max - min;
        let far = min.abs().max(max.abs());
        extent >= EXTENTS.0.max(far * 1e-11) && extent <= EXTENTS.1 && far <= EXTENTS.1
    };
    if sane(new.x) && sane(new.y) { new } else { old }
}
