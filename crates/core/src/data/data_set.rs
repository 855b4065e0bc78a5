//! A set of data that comes with the program.

use super::rows::{Row, Table};

/// A set of data that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct DataSet {
    /// The name in a preset.
    pub name: &'static str,
    /// What is to be seen on it, in one sentence.
    pub summary: &'static str,
    /// Where it comes from: the recipe, or the publication.
    pub source: &'static str,
    /// What the three columns are called.
    pub columns: [&'static str; 3],
    /// The rows, the same at each call.
    pub rows: fn() -> Vec<Row>,
}

impl PartialEq for DataSet {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl DataSet {
    /// Its rows under its name.
    pub fn table(&self) -> Table {
        let columns = self.columns.map(str::to_owned);
        Table { name: self.name.to_owned(), columns, rows: (self.rows)(), ..Table::default() }
    }
}

/// `value` rounded to a whole number of parts, of which there are `parts` (a power of ten) in 1: what
/// is written with as many digits reads back to the same bits. Never -0.
pub(super) fn rounded(value: f64, parts: f64) -> f64 {
    // A whole number over a power of ten is the nearest to the decimal number: one rounding.
    (value * parts).round() / parts + 0.0
}
