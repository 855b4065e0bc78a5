//! Numbers as people read them.

use nalgebra::Vector2;
use thalweg_core::objective::objective::Objective;

/// `value` in at most four significant digits: "0.0198", "-2.5", "1.2e-7", "∞".
pub fn number(value: f64) -> String {
    digits(value, 4)
}

/// `value` in at most `digits` significant digits.
pub fn digits(value: f64, digits: u8) -> String {
    if value.is_nan() {
        return "undefined".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // The exponent after rounding, so that 9.9999 is "10" and not "10.00".
    let scientific = format!("{value:.*e}", usize::from(digits.saturating_sub(1)));
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        let decimals = usize::try_from(i32::from(digits) - 1 - exponent).unwrap_or(0);
        trim(&format!("{value:.decimals$}")).to_owned()
    } else {
        format!("{}e{exponent}", trim(mantissa))
    }
}

/// Without the zeros that say nothing.
fn trim(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// A point, "(x, y)".
pub fn point(x: f64, y: f64) -> String {
    format!("({}, {})", number(x), number(y))
}

/// Where a point of a surface is: "(x, y)", or of a function of x alone "x".
pub fn place(objective: &Objective, at: Vector2<f64>) -> String {
    if objective.is_univariate() { number(at.x) } else { point(at.x, at.y) }
}

/// A whole number with its thousands set apart: "1,000,000".
pub fn count(value: u32) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (value, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (0.019_801_98, "0.0198"),
            (9.999_99, "10"),
            (123_456.0, "123456"),
            (1_234_567.0, "1.235e6"),
            (1.2e-7, "1.2e-7"),
            (f64::NAN, "undefined"),
            (f64::NEG_INFINITY, "-∞"),
            (1e308, "1e308"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(count(12), "12");
    }
}
