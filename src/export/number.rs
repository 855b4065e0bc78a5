//! Numbers as text.

use std::fmt::Write;

/// The shortest decimal digits that read back to the same bits, as `300`, `-0.25`, `1e-8`, `2.5e300`,
/// with an exponent below 1e-4 and from 1e16 on; `NaN`, `inf` and `-inf` for what is not finite.
///
/// A whole number has no `.0`: every reader of data takes it for a number all the same.
#[derive(Default)]
pub struct Text {
    buffer: zmij::Buffer,
    large: String,
}

impl Text {
    /// Room for the text of one number.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text of `value`.
    pub fn of(&mut self, value: f64) -> &str {
        let size = value.abs();
        if size == 0.0 || (1e-4..1e16).contains(&size) {
            let text = self.buffer.format_finite(value);
            text.strip_suffix(".0").unwrap_or(text)
        } else if value.is_finite() {
            // The buffer has limits of its own, and puts a plus sign into the exponent.
            self.large.clear();
            // Writing to a string does not fail.
            let _ = write!(self.large, "{value:e}");
            &self.large
        } else if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        }
    }
}

/// The text of `value` to the last bit.
pub fn exact(value: f64) -> String {
    Text::new().of(value).to_owned()
}

/// The text of `value` rounded to `digits` significant digits, for a person's eye. What has more
/// digits before the point than that gets an exponent, so that no digit is made up.
pub fn rounded(value: f64, digits: usize) -> String {
    let places = digits.saturating_sub(1);
    let text = format!("{value:.places$e}");
    let value: f64 = text.parse().unwrap_or(value);
    let exponent = text.split_once('e').and_then(|(_, exponent)| exponent.parse::<usize>().ok());
    if exponent.is_some_and(|exponent| exponent >= digits) { format!("{value:e}") } else { exact(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_shortest_that_a_person_would_write() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (300.0, "300"),
            (-0.25, "-0.25"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-4, "0.0001"),
            (1e-5, "1e-5"),
            (1e-8, "1e-8"),
            (1e15, "1000000000000000"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (1e16, "1e16"),
            (-1.5e-300, "-1.5e-300"),
            (1e22, "1e22"),
            (123_456.0, "123456"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(exact(value), text);
        }
        assert_eq!(rounded(2.0 / 3.0, 6), "0.666667");
        assert_eq!(rounded(-1_234_567.0, 3), "-1.23e6");
        assert_eq!(rounded(999.9, 3), "1e3");
        assert_eq!(rounded(123.0, 3), "123");
        assert_eq!(rounded(f64::NAN, 3), "NaN");
        assert_eq!(rounded(f64::NEG_INFINITY, 3), "-inf");
    }

    proptest::proptest! {
        #[test]
        fn every_number_reads_back_to_the_same_bits(bits: u64) {
            let value = f64::from_bits(bits);
            let back: f64 = exact(value).parse().expect("a number");
            assert!(back.to_bits() == bits || (back.is_nan() && value.is_nan()));
        }
    }
}
