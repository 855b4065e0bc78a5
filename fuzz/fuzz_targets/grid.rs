//! A sampled loss that is read is written, reads back as the same, and has a spline with values of its own at the samples.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_core::objective::tensor_spline::TensorSpline;
use thalweg_scenario::{read_grid, write_grid};

fuzz_target!(|bytes: &[u8]| {
    let Ok(grid) = read_grid("a.csv", bytes, &[]) else { return };
    let text = write_grid(&grid);
    let again = read_grid("a.csv", text.as_bytes(), &[]).expect("what was written is read");
    assert!(again == grid, "{text}");
    let spline = TensorSpline::new(&grid).expect("a grid without a fault");
    let (x, y) = (grid.xs[0], grid.ys[0]);
    let (found, sample): (f64, f64) = (spline.at(x, y), grid.values[0]);
    assert!(found == sample, "{found} is not {sample}");
});
