//! A path that is read is written, and reads back as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_scenario::{read_path, write_path};

fuzz_target!(|bytes: &[u8]| {
    let Ok(path) = read_path("a.csv", bytes, &[]) else { return };
    assert!(path.has_steps());
    let text = write_path(&path);
    let again = read_path("a.csv", text.as_bytes(), &[]).expect("what was written is read");
    assert_eq!(again.points.len(), path.points.len(), "{text}");
    let is_nan = |points: &[[f64; 2]]| points.iter().flatten().any(|value| value.is_nan());
    let is_same = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
    assert!(again.points.as_flattened().iter().zip(path.points.as_flattened()).all(is_same), "{text}");
    assert!((0.0..=1.0).contains(&path.share_shown()) || is_nan(&path.points));
});
