//! In which order the cells of a map are computed.

use std::ops::Range;

/// Coarse to fine: first every sixteenth cell along both sides, then every eighth, fourth, second,
/// and all. No cell is computed twice. Until a cell's own turn comes, the last one before it to the
/// lower left stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepOrder {
    columns: usize,
    /// The cells, row by row from the lower left, by their turn.
    places: Vec<u32>,
    /// Behind the last cell of each level.
    ends: Vec<usize>,
}

/// How many levels there are; the cells of the first are 2 to the power of one less apart.
const LEVELS: usize = 5;

impl SweepOrder {
    /// The order of a map of so many columns and rows.
    pub fn new(columns: usize, rows: usize) -> Self {
        let mut places = Vec::with_capacity(columns * rows);
        let mut ends = Vec::with_capacity(LEVELS);
        for level in 0..LEVELS {
            let apart = 1 << (LEVELS - 1 - level);
            let is_new = |column: usize, row: usize| {
                level == 0 || !(column.is_multiple_of(2 * apart) && row.is_multiple_of(2 * apart))
            };
            for row in (0..rows).step_by(apart) {
                let new = (0..columns).step_by(apart).filter(|column| is_new(*column, row));
                places.extend(new.map(|column| (row * columns + column) as u32));
            }
            ends.push(places.len());
        }
        Self { columns, places, ends }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        self.ends.len()
    }

    /// The turns of the cells that a level adds.
    pub fn level(&self, level: usize) -> Range<usize> {
        let end = |level: usize| self.ends.get(level).copied().unwrap_or(self.places.len());
        level.checked_sub(1).map_or(0, end)..end(level)
    }

    /// How many cells lie between those that are known once a level is done, along each side.
    pub fn apart(&self, level: usize) -> usize {
        1 << (LEVELS - 1).saturating_sub(level)
    }

    /// Whether a level is complete when so many cells are computed.
    pub fn is_end(&self, turns: usize) -> bool {
        self.ends.contains(&turns)
    }

    /// The cells that may stand for the one in a column and a row, itself first: row by row from the
    /// lower left.
    pub fn stand_ins(&self, column: usize, row: usize) -> impl Iterator<Item = usize> {
        let columns = self.columns;
        (0..LEVELS).map(move |level| {
            let down = |place: usize| place >> level << level;
            down(row) * columns + down(column)
        })
    }

    /// The cell whose turn comes after `turn` others, row by row from the lower left.
    pub fn index(&self, turn: usize) -> usize {
        self.places.get(turn).map_or(0, |place| *place as usize)
    }

    /// Its column and row.
    pub fn place(&self, turn: usize) -> (usize, usize) {
        let index = self.index(turn);
        (index % self.columns, index / self.columns)
    }
}
