//! Which part of the plane is seen.

use egui::Vec2;
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use thalweg_core::objective::view::View;

/// The smallest and the largest extent of a view.
const EXTENTS: (f64, f64) = (1e-12, 1e12);

/// The view made as wide or as high as the plot, so that a unit is equally long both ways.
pub fn fit(view: View, size: Vec2) -> View {
    let (width, height) = (f64::from(size.x.max(1.0)), f64::from(size.y.max(1.0)));
    let ((x, half_x), (y, half_y)) = (centre(view.x), centre(view.y));
    let unit = (half_x / width).max(half_y / height);
    View { x: around(x, unit * width), y: around(y, unit * height) }
}

/// The view moved.
pub fn pan(view: View, dx: f64, dy: f64) -> View {
    let shift = |(min, max): (f64, f64), by: f64| (min + by, max + by);
    keep_sane(View { x: shift(view.x, dx), y: shift(view.y, dy) }, view)
}

/// The view made `factor` times as large, around `fixed`.
pub fn zoom(view: View, fixed: Vector2<f64>, factor: f64) -> View {
    let scale =
        |(min, max): (f64, f64), fixed: f64| (fixed + (min - fixed) * factor, fixed + (max - fixed) * factor);
    keep_sane(View { x: scale(view.x, fixed.x), y: scale(view.y, fixed.y) }, view)
}

/// `value` rounded to what a pixel can tell apart, so that a dragged start has few digits.
pub fn round(value: f64, transform: &PlotTransform) -> f64 {
    let pixel = transform.dvalue_dpos()[0].abs();
    let unit = 10_f64.powf((pixel * 0.5).log10().floor());
    let rounded = (value / unit).round() * unit;
    // Written and read once: the shortest digits, without the product's rounding error.
    let decimals = (-unit.log10().round()).max(0.0) as usize;
    format!("{rounded:.decimals$}").parse().unwrap_or(value)
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

fn centre((min, max): (f64, f64)) -> (f64, f64) {
    (min / 2.0 + max / 2.0, (max / 2.0 - min / 2.0).max(f64::MIN_POSITIVE))
}

fn around(centre: f64, half: f64) -> (f64, f64) {
    (centre - half, centre + half)
}
