//! Points about a line.

use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::{normals, uniform};

/// One feature and the bias.
pub static LINE: DataSet = DataSet {
    name: "Line",
    summary: "Points about a line: the second feature is 1 in all rows, so the weights are the line's slope and \
              intercept.",
    source: "x1 drawn evenly from -2..2, t = 1.5 x1 - 0.5 + noise of deviation 0.3",
    columns: ["x1", "bias", "t"],
    rows,
};

const SEED: u64 = 15;

fn rows() -> Vec<Row> {
    let row = |row| {
        let x1 = rounded(4.0 * uniform(SEED, row, 2) - 2.0, 100.0);
        [x1, 1.0, rounded(1.5 * x1 - 0.5 + 0.3 * normals(SEED, row).x, 100.0)]
    };
    (0..64).map(row).collect()
}
