//! Two classes with a gap between them.

use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::normals;

/// Two clusters on the two sides of a line.
pub static SEPARABLE: DataSet = DataSet {
    name: "Separable",
    summary: "Two classes that the line 0.6 x1 + 0.8 x2 = 0 separates without an error: the logistic loss has no \
              minimum, it falls for ever as the weights grow, unless l2 is above 0.",
    source: "classes in turn; along (0.6, 0.8) at least 0.4 away from the line, on the side of the class, by a \
             normal number's absolute value more; along the line normal",
    columns: ["x1", "x2", "class"],
    rows,
};

const SEED: u64 = 68;

fn rows() -> Vec<Row> {
    let row = |row: u64| {
        let class = (row % 2) as f64;
        let around = normals(SEED, row);
        let across = (2.0 * class - 1.0) * (0.4 + around.x.abs());
        let (x1, x2) = (0.6 * across - 0.8 * around.y, 0.8 * across + 0.6 * around.y);
        [rounded(x1, 100.0), rounded(x2, 100.0), class]
    };
    (0..64).map(row).collect()
}
