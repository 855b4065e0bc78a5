//! Where the axes of egui's plots have their marks: as figures have them.

use egui_plot::GridMark;
use std::ops::RangeInclusive;
use thalweg_figure::ticks;
use thalweg_figure::ticks::Tick;

/// Marks of a figure's axis, for a plot.
pub fn marks(ticks: &[Tick]) -> Vec<GridMark> {
    ticks.iter().map(|tick| GridMark { value: tick.value, step_size: tick.step }).collect()
}

/// A mark of a plot, for a figure.
pub fn tick(mark: GridMark) -> Tick {
    Tick { value: mark.value, step: mark.step_size }
}

/// Marks of a linear axis; see [`ticks::even`].
pub fn even(bounds: (f64, f64), count: f64) -> Vec<GridMark> {
    marks(&ticks::even(bounds, count))
}

/// The number beside a mark of a linear axis.
pub fn label(mark: GridMark, _range: &RangeInclusive<f64>) -> String {
    tick(mark).label()
}
