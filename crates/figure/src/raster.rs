//! Pictures made of cells of colour.

use crate::color::Rgba;
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;

/// A picture made of cells of colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// How many cells lie side by side.
    pub columns: usize,
    /// How many lie one above the other.
    pub rows: usize,
    /// Their colours, row by row from the top left.
    pub cells: Vec<Rgba>,
    /// Whether colours go over into each other. Then the centres of the outermost cells lie on the border of
    /// the picture's place; else their outer edges do.
    pub is_smooth: bool,
}

impl Raster {
    /// Where all of its cells lie, the outer halves of the outermost included, if it has `place`.
    pub fn whole(&self, place: Rect) -> Rect {
        let [width, height] = place.size();
        let half = |length: f64, cells: usize| {
            if self.is_smooth && cells > 1 { length / (cells - 1) as f64 / 2.0 } else { 0.0 }
        };
        place.grown(Vector2::new(half(width, self.columns), half(height, self.rows)))
    }

    /// Its colour at parts of the way across and down its place, from 0 to 1; nothing at all where it has no cells.
    pub fn color(&self, across: f64, down: f64) -> Rgba {
        let ([columns, rows], cell) = ([self.columns, self.rows], |column: usize, row: usize| {
            self.cells.get(row * self.columns + column).copied().unwrap_or(Rgba::TRANSPARENT)
        });
        if columns == 0 || rows == 0 {
            return Rgba::TRANSPARENT;
        }
        if !self.is_smooth {
            let at = |part: f64, count: usize| (part * count as f64).within(0.0, (count - 1) as f64) as usize;
            return cell(at(across, columns), at(down, rows));
        }
        let at = |part: f64, count: usize| {
            let last = (count - 1) as f64;
            let place = (part * last).within(0.0, last);
            let low = (place as usize).min(count.saturating_sub(2));
            (low, (low + 1).min(count - 1), place - low as f64)
        };
        let ((left, right, x), (top, bottom, y)) = (at(across, columns), at(down, rows));
        cell(left, top).mixed(cell(right, top), x).mixed(cell(left, bottom).mixed(cell(right, bottom), x), y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_cells_go_over_into_each_other_and_others_do_not() {
        let cells = vec![Rgba::gray(0), Rgba::gray(100), Rgba::gray(200), Rgba::gray(100)];
        let smooth = Raster { columns: 2, rows: 2, cells, is_smooth: true };
        assert_eq!(smooth.color(0.0, 0.0), Rgba::gray(0));
        assert_eq!(smooth.color(0.5, 0.0), Rgba::gray(50));
        assert_eq!(smooth.color(1.0, 1.0), Rgba::gray(100));
        assert_eq!(smooth.color(0.0, 2.0), Rgba::gray(200));
        let hard = Raster { is_smooth: false, ..smooth.clone() };
        assert_eq!([hard.color(0.4, 0.4), hard.color(0.6, 0.4)], [Rgba::gray(0), Rgba::gray(100)]);
        let place = Rect::new(Vector2::zeros(), Vector2::new(10.0, 20.0));
        assert_eq!(hard.whole(place), place);
        assert_eq!(smooth.whole(place), place.grown(Vector2::new(5.0, 10.0)));
        let none = Raster { columns: 0, rows: 0, cells: Vec::new(), is_smooth: true };
        assert_eq!(none.color(0.5, 0.5), Rgba::TRANSPARENT);
    }
}
