//! Features that differ by five orders of magnitude.

use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::{normals, uniform};

/// The lecture's rows and others like them.
pub static BADLY_SCALED: DataSet = DataSet {
    name: "BadlyScaled",
    summary: "Two features that differ by a factor of 100,000: a valley so narrow that plain gradient descent \
              gets nowhere in it, until the features are standardized.",
    source: "the first three rows as lectures on feature scaling show them; the others drawn evenly from 50..350 and 0.001..0.004, with \
             t = 0.001 x1 + 1500 x2 + noise of deviation 0.2, under which the three are ordinary",
    columns: ["x1", "x2", "t"],
    rows,
};

const SEED: u64 = 1148;
const LECTURE: [Row; 3] = [[114.8, 0.00323, 5.1], [338.1, 0.00183, 3.2], [98.8, 0.00279, 4.1]];

fn rows() -> Vec<Row> {
    let drawn = (3..64).map(|row| {
        let x1 = rounded(50.0 + 300.0 * uniform(SEED, row, 2), 10.0);
        let x2 = rounded(0.001 + 0.003 * uniform(SEED, row, 3), 100_000.0);
        [x1, x2, rounded(0.001 * x1 + 1500.0 * x2 + 0.2 * normals(SEED, row).x, 10.0)]
    });
    LECTURE.into_iter().chain(drawn).collect()
}
