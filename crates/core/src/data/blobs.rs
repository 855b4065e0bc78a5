//! Two classes that overlap.

use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::normals;

/// Two round clusters.
pub static BLOBS: DataSet = DataSet {
    name: "Blobs",
    summary: "Two classes in round clusters that overlap: a line through the origin separates most of them, none \
              all, so the logistic loss has a minimum.",
    source: "classes in turn, about (-1.2, -0.8) for 0 and (1.2, 0.8) for 1, with normal deviations of 1",
    columns: ["x1", "x2", "class"],
    rows: || (0..64).map(|row| row_of(SEED, row, 1.0)).collect(),
};

const SEED: u64 = 64;

/// One point of the two clusters, which are `deviation` wide.
pub(super) fn row_of(seed: u64, row: u64, deviation: f64) -> Row {
    let class = (row % 2) as f64;
    let side = 2.0 * class - 1.0;
    let around = normals(seed, row) * deviation;
    [rounded(1.2 * side + around.x, 100.0), rounded(0.8 * side + around.y, 100.0), class]
}
