//! Formulas of a learning rate, of any text.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use proptest::prelude::*;
use proptest::sample::select;
use thalweg_core::formula::parsed_rate::ParsedRate;

const FRAGMENTS: [&str; 40] = [
    "lr", "t", "T", "total", "α₀", "gamma", "γ", "W", "x", "f(x)", "grad(x)", "e1", "I", "normal()", "0.5",
    "2", "1e-3", "pi", "e", " + ", " - ", "*", "·", "/", "^", "^T", "^2", "²", "(", ")", ")", "cos(", "min(",
    ", ", " if ", " else ", " < ", " = ", "; ", "|",
];

proptest! {
    /// No text makes it panic; a mistake has a place; what is printed is read as the same.
    #[test]
    fn a_rate_of_any_text_is_read_or_told(parts in prop::collection::vec(select(&FRAGMENTS[..]), 0..16)) {
        let text = parts.concat();
        match ParsedRate::read(&text) {
            Err(mistake) => {
                prop_assert!(mistake.at + mistake.length <= text.chars().count(), "{text:?}: {mistake:?}");
                prop_assert!(!mistake.message.is_empty() && !mistake.message.contains('\n'), "{text:?}: {mistake:?}");
            }
            Ok(rate) => {
                let again = ParsedRate::read(&rate.printed());
                prop_assert!(again.is_ok(), "{text:?} is printed {:?}: {again:?}", rate.printed());
                let again = again.expect("read");
                let settings = [7.0, 0.9, 0.3, 2.0];
                for step in [0, 1, 30] {
                    let [one, other] = [&rate, &again].map(|rate| rate.at(&settings, 0.1, step));
                    prop_assert!(one.to_bits() == other.to_bits() || (one.is_nan() && other.is_nan()), "{text:?} at {step}");
                }
            }
        }
    }
}
