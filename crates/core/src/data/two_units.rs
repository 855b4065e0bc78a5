//! What two hidden units computed.

use super::data_set::{DataSet, rounded};
use super::rows::Row;
use crate::math::random::{normals, uniform};

/// Data of a network of two units that may change places.
pub static TWO_UNITS: DataSet = DataSet {
    name: "TwoUnits",
    summary: "The output of a network of two tanh units that share their input, tanh(w1 x1 + x2) + tanh(w2 x1 + x2): \
              the units may change places, so there are two minima that mirror each other.",
    source: "x1 drawn evenly from -2..2, the offset x2 from -0.5..0.5, t with w = (2, -0.7) and noise of \
             deviation 0.05",
    columns: ["x1", "offset", "t"],
    rows,
};

const SEED: u64 = 27;

fn rows() -> Vec<Row> {
    let row = |row| {
        let x1 = rounded(4.0 * uniform(SEED, row, 2) - 2.0, 100.0);
        let x2 = rounded(uniform(SEED, row, 3) - 0.5, 100.0);
        let output = libm::tanh(2.0 * x1 + x2) + libm::tanh(-0.7 * x1 + x2);
        [x1, x2, rounded(output + 0.05 * normals(SEED, row).x, 1000.0)]
    };
    (0..64).map(row).collect()
}
