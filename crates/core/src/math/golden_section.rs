//! The least value of a function of one variable that falls and then rises, by golden sections (Kiefer, Proceedings of the
//! American Mathematical Society 4 (1953), 502-506).

/// The part of a stretch at which it is divided, from either end.
pub const SECTION: f64 = 0.381_966_011_250_105_1;

/// The stretch between `from` and `to` in which a function is least, after so many divisions: each leaves 0.618 of it and asks
/// the function once. Where it does not fall and then rise, the stretch of one of its least values, and what is NaN counts as
/// more than anything.
pub fn least_between((mut from, mut to): (f64, f64), divisions: u32, of: impl Fn(f64) -> f64) -> (f64, f64) {
    let mut low = from + SECTION * (to - from);
    let mut high = to - SECTION * (to - from);
    let (mut at_low, mut at_high) = (of(low), of(high));
    for _ in 0..divisions {
        if at_low <= at_high || at_high.is_nan() {
            (to, high, at_high) = (high, low, at_low);
            low = from + SECTION * (to - from);
            at_low = of(low);
        } else {
            (from, low, at_low) = (low, high, at_high);
            high = to - SECTION * (to - from);
            at_high = of(high);
        }
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_value_is_closed_in() {
        for least in [-0.9, 0.0, 0.3, 0.99] {
            let (from, to) = least_between((-1.0, 1.0), 60, |at| (at - least).abs());
            assert!(from <= least + 1e-15 && least <= to + 1e-15 && to - from < 1e-11, "{from} to {to}");
        }
        let (from, _) = least_between((0.0, 1.0), 60, |at| if at > 0.5 { f64::NAN } else { -at });
        assert!((from - 0.5).abs() < 1e-11, "{from}");
    }
}
