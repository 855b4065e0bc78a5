//! Arithmetic without the rounding error that would spoil an answer.

use crate::math::within::Within;

/// a d - b c, correct to about one rounding even where the two products nearly cancel.
///
/// The fused operation is meant: `mul_add` rounds once on every machine, whether the processor has
/// the instruction or not, so what it gives is reproducible. Its second use recovers exactly what
/// the rounding of `b * c` lost. Source: W. Kahan, after Jeannerod, Louvet and Muller, Mathematics
/// of Computation 82 (2013), 2245-2264, which bounds the error by 1.5 units in the last place.
pub fn difference_of_products(a: f64, d: f64, b: f64, c: f64) -> f64 {
    let product = b * c;
    let lost = (-b).mul_add(c, product);
    a.mul_add(d, -product) + lost
}

/// The power of two by which numbers of at most `largest` in absolute value have to be multiplied
/// to lie below 4, so that their squares cannot overflow; 1 where there is nothing to scale.
/// Multiplying by a power of two is exact.
pub fn moderating_scale(largest: f64) -> f64 {
    // The exponent is kept where the factor and its reciprocal are both normal numbers.
    let (_, exponent) = libm::frexp(largest);
    if largest > 0.0 && largest.is_finite() {
        libm::scalbn(1.0, (-exponent).within(-1022, 1022))
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_survives_cancellation() {
        // (2^27 + 1)² - 2^27 (2^27 + 2) = 1; the products need 55 bits and round to the same number.
        let n = 134_217_728.0;
        assert_eq!((n + 1.0) * (n + 1.0) - n * (n + 2.0), 0.0);
        assert_eq!(difference_of_products(n + 1.0, n + 1.0, n, n + 2.0), 1.0);
    }

    #[test]
    fn the_scale_brings_any_finite_number_near_one() {
        for largest in [5e-324, 1e-300, 0.3, 1.0, 2.0, 1e300, f64::MAX] {
            let scaled = largest * moderating_scale(largest);
            assert!(scaled < 4.0 && scaled > 0.0, "{largest} became {scaled}");
        }
        for largest in [0.0, f64::INFINITY, f64::NAN] {
            assert_eq!(moderating_scale(largest), 1.0);
        }
    }
}
