//! Where the axes of plots have their marks.

use egui_plot::GridMark;

/// Marks at multiples of 1, 2 or 5 times a power of ten, at most `count` and a few.
pub fn even((low, high): (f64, f64), count: f64) -> Vec<GridMark> {
    let raw = (high - low) / count;
    let unit = 10_f64.powf(raw.log10().floor());
    let step = unit * [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * unit >= raw).unwrap_or(10.0);
    every((low, high), step)
}

/// Marks at the multiples of `step`: at most a few dozen, and none where numbers end.
pub fn every((low, high): (f64, f64), step: f64) -> Vec<GridMark> {
    const MOST: i32 = 40;
    if !(step > 0.0 && step.is_finite() && low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    let first = (low / step).ceil();
    let mark = |i| GridMark { value: (first + f64::from(i)) * step, step_size: step };
    (0..MOST).map(mark).take_while(|mark| mark.value <= high).collect()
}
