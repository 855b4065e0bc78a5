//! Two classes and a few points far out with the wrong label.

use super::blobs;
use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::normals;

/// Clusters as in `Blobs`, and six wrong labels.
pub static OUTLIERS: DataSet = DataSet {
    name: "Outliers",
    summary: "Two classes in clusters and six points far out with the wrong label: the cross-entropy turns its line \
              to them, the squared error of a sigmoid gives them up.",
    source: "58 points as in Blobs with deviations of 0.8, then six about (-6, -2) with deviations of 0.5, which \
             lie well within class 0 and are labelled 1",
    columns: ["x1", "x2", "class"],
    rows,
};

const SEED: u64 = 58;
/// How many of the rows, the first ones, are labelled as they should be.
pub(super) const RIGHT: u64 = 58;

fn rows() -> Vec<Row> {
    let wrong = |row| {
        let around = normals(SEED, row) * 0.5;
        [rounded(around.x - 6.0, 100.0), rounded(around.y - 2.0, 100.0), 1.0]
    };
    (0..RIGHT).map(|row| blobs::row_of(SEED, row, 0.8)).chain((RIGHT..64).map(wrong)).collect()
}
