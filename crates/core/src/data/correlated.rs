//! Features that say nearly the same.

use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::normals;

/// A valley along the diagonal.
pub static CORRELATED: DataSet = DataSet {
    name: "Correlated",
    summary: "Two features of the same scale and a correlation of about 0.95: a narrow valley turned by 45 degrees, \
              which standardizing does not widen.",
    source: "x1 normal, x2 = 0.95 x1 + 0.312 times another normal number, t = 2 x1 - x2 + noise of \
             deviation 0.3",
    columns: ["x1", "x2", "t"],
    rows,
};

const SEED: u64 = 95;

fn rows() -> Vec<Row> {
    let row = |row: u64| {
        let features = normals(SEED, 2 * row);
        let x1 = rounded(features.x, 100.0);
        // 0.312 is about the root of 1 - 0.95²: both features have variance 1.
        let x2 = rounded(0.95 * features.x + 0.312 * features.y, 100.0);
        [x1, x2, rounded(2.0 * x1 - x2 + 0.3 * normals(SEED, 2 * row + 1).x, 100.0)]
    };
    (0..64).map(row).collect()
}
