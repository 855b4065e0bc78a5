//! The part of a picture that differs from the one before.

/// A rectangle of a picture, around all that differs from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramePatch<T> {
    /// Its column and its row in the picture, counted from the upper left.
    pub corner: [usize; 2],
    /// How many columns and rows it has.
    pub size: [usize; 2],
    /// Its cells, row by row, and whether they differ.
    pub cells: Vec<(T, bool)>,
    /// How many pictures' time it is shown.
    pub frames: u32,
}

impl<T: Copy> FramePatch<T> {
    /// The patch around places, ascending, of a picture with so many columns; none where there are no places.
    pub fn around(places: &[usize], shown: &[T], columns: usize) -> Option<Self> {
        let (first, last) = (places.first()?, places.last()?);
        let (top, bottom) = (first / columns, last / columns);
        let left = places.iter().map(|place| place % columns).min()?;
        let right = places.iter().map(|place| place % columns).max()?;
        let size = [right - left + 1, bottom - top + 1];
        let mut cells = Vec::with_capacity(size[0] * size[1]);
        for row in top..=bottom {
            let start = row * columns + left;
            cells.extend(shown[start..start + size[0]].iter().map(|cell| (*cell, false)));
        }
        for place in places {
            let (row, column) = (place / columns - top, place % columns - left);
            cells[row * size[0] + column].1 = true;
        }
        Some(Self { corner: [left, top], size, cells, frames: 0 })
    }

    /// Whether every cell differs.
    pub fn is_whole(&self) -> bool {
        self.cells.iter().all(|(_, differs)| *differs)
    }
}
