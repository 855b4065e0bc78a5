//! A path that is read is written, and reads back as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_scenario::{read_path, write_path};

fuzz_target!(|bytes: &[u8]| {
    let Ok(path) = read_path("a.csv", bytes, &[]) else { return };
    assert!(path.has_steps());
    let text = write_path(&path);
    let again = read_path("a.csv", text.as_bytes(), &[]).expect("what was written is read");
    let bits = |points: &[[f64; 2]]| {
        points.iter().flatten().map(|value| value.to_bits() << 1 >> 1).collect::<Vec<_>>()
    };
    let is_nan = |points: &[[f64; 2]]| points.iter().flatten().any(|value| value.is_nan());
    assert!(is_nan(&path.points) || bits(&again.points) == bits(&path.points), "{text}");
    assert!((0.0..=1.0).contains(&path.share_shown()) || is_nan(&path.points));
});
