//! e^x, ln and tanh of several numbers side by side, with the bits that `libm` gives for each: its algorithms (FreeBSD's
//! msun, e_exp.c, e_log.c, s_expm1.c, s_tanh.c), the same operations in the same order, with choices in place of branches.
//!
//! Where a number is so large, so small or so odd that these algorithms treat it apart, `libm` itself is asked.

use super::number::Number;
use super::wide::Wide;

const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const INVERSE_LN2: f64 = std::f64::consts::LOG2_E;

/// Below, the nearest multiple of ln 2 is taken to be 0: a little above ln 2 / 2.
const HALF_LN2: f64 = f64::from_bits(0x3fd6_2e43 << 32);
/// Added to a whole number of at most 2^51, it leaves the number in the lowest bits; to any other, it rounds.
const TO_WHOLE: f64 = 6_755_399_441_055_744.0;
/// The exponent's bits of 1.
const ONE: u64 = 0x3ff;

/// `from` plus the terms of a polynomial in `x`: `of[0] + x (of[1] + x (...))`.
#[inline(always)]
fn polynomial<const N: usize>(x: Wide<N>, of: &[f64]) -> Wide<N> {
    let mut terms = of.iter().rev();
    let mut sum = Wide::of(terms.next().copied().unwrap_or(0.0));
    for term in terms {
        sum = x * sum + *term;
    }
    sum
}

/// 2^k, for whole numbers from -1022 to 1023.
#[inline(always)]
fn power_of_two<const N: usize>(k: Wide<N>) -> Wide<N> {
    k.map(|k| f64::from_bits((k + TO_WHOLE).to_bits().wrapping_add(ONE) << 52))
}

/// The multiple of ln 2 that is taken from x; 0 near 0. Of numbers below 2^50.
#[inline(always)]
fn multiple_of_ln2<const N: usize>(x: Wide<N>) -> Wide<N> {
    let size = x.map(f64::abs);
    let wanted = size * INVERSE_LN2 + 0.5;
    // Cut off: rounded, and one less where that went up.
    let rounded = (wanted + TO_WHOLE) - TO_WHOLE;
    let cut = wanted.select_less(rounded, rounded - 1.0, rounded);
    let zero = Wide::of(0.0);
    let k = size.select_less(Wide::of(HALF_LN2), zero, cut);
    x.select_less(zero, -k, k)
}

/// e^x.
#[inline(always)]
pub(super) fn exp<const N: usize>(x: Wide<N>) -> Wide<N> {
    const TINY: f64 = f64::from_bits(0x3e30_0001 << 32);
    const P: [f64; 5] = [
        1.666_666_666_666_660_2e-1,
        -2.777_777_777_701_559_3e-3,
        6.613_756_321_437_934e-5,
        -1.653_390_220_546_525_2e-6,
        4.138_136_797_057_238_5e-8,
    ];
    let size = x.map(f64::abs);
    // Beyond, it overflows or loses digits.
    if !size.are_below(708.0) {
        return x.map(libm::exp);
    }
    let k = multiple_of_ln2(x);
    let (high, low) = (x - k * LN2_HIGH, k * LN2_LOW);
    let part = high - low;
    let square = part * part;
    let c = part - square * polynomial(square, &P);
    let y = (part * c / (Wide::of(2.0) - c) - low + high) + 1.0;
    size.select_less(Wide::of(TINY), x + 1.0, y * power_of_two(k))
}

/// The natural logarithm.
#[inline(always)]
pub(super) fn ln<const N: usize>(x: Wide<N>) -> Wide<N> {
    /// The high bits of 1 less those of the root of 1/2.
    const ABOVE_ROOT: u64 = (0x3ff0_0000 - 0x3fe6_a09e) << 32;
    const ROOT: u64 = 0x3fe6_a09e << 32;
    const FRACTION: u64 = (1 << 52) - 1;
    /// 2^52, and its bits.
    const LARGE: f64 = 4_503_599_627_370_496.0;
    const EVEN: [f64; 3] = [3.999_999_999_940_942e-1, 2.222_219_843_214_978_4e-1, 1.531_383_769_920_937_3e-1];
    const ODD: [f64; 4] = [
        6.666_666_666_666_735e-1,
        2.857_142_874_366_239e-1,
        1.818_357_216_161_805e-1,
        1.479_819_860_511_658_6e-1,
    ];
    // What is negative, 0, subnormal, infinite or NaN.
    let is_plain = x.are_below(f64::INFINITY) && (-x).are_below((-f64::MIN_POSITIVE).next_up());
    if !is_plain {
        return x.map(libm::log);
    }
    let moved = |x: f64| x.to_bits().wrapping_add(ABOVE_ROOT);
    let k = x.map(|x| f64::from_bits((moved(x) >> 52) | LARGE.to_bits())) - (LARGE + ONE as f64);
    let f = x.map(|x| f64::from_bits((moved(x) & FRACTION) + ROOT)) - 1.0;
    let half_square = f * 0.5 * f;
    let s = f / (f + 2.0);
    let z = s * s;
    let w = z * z;
    let r = z * polynomial(w, &ODD) + w * polynomial(w, &EVEN);
    s * (half_square + r) + k * LN2_LOW - half_square + f + k * LN2_HIGH
}

/// The hyperbolic tangent.
#[inline(always)]
pub(super) fn tanh<const N: usize>(x: Wide<N>) -> Wide<N> {
    /// From here on it is 1 less something; from here on it is from e^2x, below from e^-2x; from here on it is 1.
    const FAR: f64 = f64::from_bits(0x3fe1_93eb << 32);
    const MIDDLE: f64 = f64::from_bits(0x3fd0_58af << 32);
    const WHOLE: f64 = f64::from_bits(0x4034_0001 << 32);
    let size = x.map(f64::abs);
    if !size.are_below(f64::INFINITY) {
        return x.map(libm::tanh);
    }
    let middle = Wide::of(MIDDLE);
    let t = exp_less_one(size.select_less(middle, size * -2.0, size * 2.0));
    let near = size.select_less(middle, -t, t) / (t + 2.0);
    let far = Wide::of(1.0) - Wide::of(2.0) / (t + 2.0);
    let far = size.select_less(Wide::of(WHOLE), far, Wide::of(1.0));
    size.select_less(Wide::of(FAR), near, far).zip(x, f64::copysign)
}

/// e^x - 1, from -0.52 to 40.1; beyond, some number.
#[inline(always)]
fn exp_less_one<const N: usize>(x: Wide<N>) -> Wide<N> {
    const Q: [f64; 6] = [
        1.0,
        -3.333_333_333_333_313e-2,
        1.587_301_587_254_814_6e-3,
        -7.936_507_578_674_88e-5,
        4.008_217_827_329_362e-6,
        -2.010_992_181_836_243_7e-7,
    ];
    let (zero, one) = (Wide::of(0.0), Wide::of(1.0));
    let k = multiple_of_ln2(x);
    let (high, low) = (x - k * LN2_HIGH, k * LN2_LOW);
    let x = high - low;
    let c = (high - x) - low;
    let half = x * 0.5;
    let square = x * half;
    let r = polynomial(square, &Q);
    let t = Wide::of(3.0) - r * half;
    let e = square * ((r - t) / (Wide::of(6.0) - x * t));
    let at_none = x - (x * e - square);
    let e = x * (e - c) - c - square;
    let at_minus_one = (x - e) * 0.5 - 0.5;
    let at_one = x.select_less(Wide::of(-0.25), (e - (x + 0.5)) * -2.0, (x - e) * 2.0 + 1.0);
    let (power, inverse) = (power_of_two(k), power_of_two(-k));
    let small = (x - e + (one - inverse)) * power;
    let large = (x - (e + inverse) + 1.0) * power;
    let huge = (x - e + 1.0) * power - 1.0;
    let large = k.select_less(Wide::of(57.0), large, huge);
    let more = k.select_less(Wide::of(20.0), small, large);
    let positive = k.select_less(Wide::of(2.0), at_one, more);
    let not_negative = zero.select_less(k, positive, at_none);
    k.select_less(zero, at_minus_one, not_negative)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::wide::LANES;

    /// Numbers of all sizes and signs, in and around every border of the algorithms.
    fn numbers() -> Vec<f64> {
        let borders = [
            0.0,
            f64::MIN_POSITIVE,
            5e-324,
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
            1.0,
            0.25,
            20.0,
            708.0,
            708.396_418_532_264_1,
            709.782_712_893_384,
            745.133_219_101_941_1,
            0.5_f64.sqrt(),
            2.0_f64.sqrt(),
            f64::from_bits(0x3fd6_2e42 << 32),
            f64::from_bits(0x3fd6_2e43 << 32),
            f64::from_bits(0x3ff0_a2b2 << 32),
            f64::from_bits(0x3e30_0000 << 32),
            f64::from_bits(0x3e30_0001 << 32),
            f64::from_bits(0x3c90_0000 << 32),
            f64::from_bits(0x3fe1_93ea << 32),
            f64::from_bits(0x3fe1_93eb << 32),
            f64::from_bits(0x3fd0_58ae << 32),
            f64::from_bits(0x3fd0_58af << 32),
            f64::from_bits(0x4034_0000 << 32),
            f64::from_bits(0x4034_0001 << 32),
        ];
        let half_logs = (1..1100).map(|k| f64::from(k) * std::f64::consts::LN_2 / 2.0);
        let halved = half_logs.clone().map(|x| x / 2.0);
        let around = borders.into_iter().chain(half_logs).chain(halved).flat_map(|x| {
            let near = |ulp: i64| f64::from_bits(x.to_bits().wrapping_add_signed(ulp));
            (-3..=3).map(near).chain([1 << 20, -(1 << 20), 1 << 32, -(1 << 32)].map(near)).collect::<Vec<_>>()
        });
        let mut state = 1_u64;
        let mut bits = move || {
            // Knuth's MMIX generator.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 11
        };
        let any: Vec<f64> = (0..30_000).map(|_| f64::from_bits((bits() << 11) ^ bits())).collect();
        let part = |bits: u64| bits as f64 / (1_u64 << 53) as f64;
        let usual: Vec<f64> =
            (0..100_000).map(|index| part(bits()) * [1.0, 3.0, 45.0, 750.0][index % 4]).collect();
        let all = around.chain(any).chain(usual);
        all.flat_map(|x| [x, -x]).collect()
    }

    fn same_bits(wide: impl Fn(Wide<LANES>) -> Wide<LANES>, one: impl Fn(f64) -> f64) {
        let numbers = numbers();
        // Side by side with odd ones, and, sorted, with others of its size.
        let mut sorted = numbers.clone();
        sorted.sort_by(f64::total_cmp);
        let mut odd = 0;
        for xs in numbers.as_chunks::<LANES>().0.iter().chain(sorted.as_chunks::<LANES>().0) {
            let Wide(found) = wide(Wide(*xs));
            for (x, found) in xs.iter().zip(found) {
                let expected = one(*x);
                assert!(
                    found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
                    "{x:e}: {found:e}, but it is {expected:e}"
                );
                odd += usize::from(!expected.is_finite());
            }
        }
        assert!(odd > 50, "{odd} odd ones among {}", numbers.len());
    }

    #[test]
    fn exponentials_have_the_bits_of_one_by_itself() {
        same_bits(exp, libm::exp);
    }

    #[test]
    fn logarithms_have_the_bits_of_one_by_itself() {
        same_bits(ln, libm::log);
    }

    #[test]
    fn hyperbolic_tangents_have_the_bits_of_one_by_itself() {
        // Only what is no number is odd.
        same_bits(tanh, libm::tanh);
    }
}
