//! Random numbers that are functions: what is drawn follows from a seed, a step and an index alone.
//!
//! A generator with a state, as the crate `rand` has them, gives its numbers in one order only.
//! Here the noise of step 700 must be had without that of the steps before it, must be the same for
//! every runner whoever is asked first, and must come back after a step back: so the numbers are
//! hashed from a counter (J. Salmon, M. Moraes, R. Dror and D. Shaw, "Parallel random numbers: as
//! easy as 1, 2, 3", SC 2011). The hash is the output function of SplitMix64 (G. Steele, D. Lea and
//! C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), which steps through
//! its states by addition, so that the n-th output is as near as the first.
//!
//! Only integer arithmetic and `libm` are used: the same bits on every machine. Nothing here is
//! fit for secrets.

use nalgebra::Vector2;
use std::f64::consts::TAU;

/// By how much SplitMix64's state grows from one output to the next: 2^64 over the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The output function of SplitMix64: a bijection in which each bit of `state` reaches all others.
const fn mixed(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The output number `n`, from 0, of a SplitMix64 that is seeded with `seed`.
const fn output(seed: u64, n: u64) -> u64 {
    mixed(seed.wrapping_add(n.wrapping_add(1).wrapping_mul(GOLDEN)))
}

/// 64 random bits, those of `index` at `step` (or epoch, or row) under `seed`.
///
/// Each of the three is mixed before the next is added, so seeds that differ by one are as
/// unrelated as any others.
pub const fn bits(seed: u64, step: u64, index: u64) -> u64 {
    output(output(mixed(seed), step), index)
}

/// A number from 0 (included) to 1 (not included), evenly spread: a multiple of 2^-53.
pub fn uniform(seed: u64, step: u64, index: u64) -> f64 {
    const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
    (bits(seed, step, index) >> 11) as f64 * UNIT
}

/// Two independent numbers from the normal distribution with mean 0 and variance 1; always finite
/// (none is beyond 8.6). They are made of the bits with indices 0 and 1.
///
/// Source: G. Box and M. Muller, Annals of Mathematical Statistics 29 (1958), 610-611.
pub fn normals(seed: u64, step: u64) -> Vector2<f64> {
    // From 0 (not included) to 1: the logarithm is finite.
    let part = 1.0 - uniform(seed, step, 0);
    let radius = (-2.0 * libm::log(part)).sqrt();
    let (sine, cosine) = libm::sincos(TAU * uniform(seed, step, 1));
    Vector2::new(radius * cosine, radius * sine)
}

/// A whole number below `n`, each as probable as the others but for a part of `n` / 2^64; 0 where
/// `n` is 0.
///
/// Source: D. Lemire, "Fast random integer generation in an interval", ACM Transactions on Modeling
/// and Computer Simulation 29 (2019), without its rejections: they would need further bits, and
/// what they remove cannot be noticed with 64 of them.
pub fn below(seed: u64, step: u64, index: u64, n: u32) -> u32 {
    ((u128::from(bits(seed, step, index)) * u128::from(n)) >> 64) as u32
}

/// The numbers below `n` in a random order, that of `epoch` under `seed`: what drawing without
/// replacement goes through. Takes a time in proportion to `n`.
///
/// Source: Fisher and Yates's shuffle as in D. Knuth, The Art of Computer Programming 2, 3.4.2,
/// algorithm P.
pub fn shuffled(seed: u64, epoch: u64, n: u32) -> Vec<u32> {
    let mut order: Vec<u32> = (0..n).collect();
    for last in (1..n).rev() {
        let other = below(seed, epoch, u64::from(last), last + 1);
        order.swap(last as usize, other as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(value: f64) -> f64 {
        value * value
    }

    /// Mean, and mean of the squares.
    fn moments(values: impl Iterator<Item = f64>) -> (f64, f64) {
        let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for value in values {
            count += 1.0;
            sum += value;
            squares += value * value;
        }
        (sum / count, squares / count)
    }

    /// Pearson's statistic against equal shares, in standard deviations from its mean (its mean is
    /// `counts.len() - 1` and its variance twice that).
    fn excess(counts: &[u32]) -> f64 {
        let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
        let squares: f64 = counts.iter().map(|&count| square(f64::from(count) - expected)).sum();
        let freedom = (counts.len() - 1) as f64;
        (squares / expected - freedom) / (2.0 * freedom).sqrt()
    }

    /// Three readings of one counter, so that no test looks along one axis only.
    const AXES: [fn(u64) -> [u64; 3]; 3] = [|i| [i, 5, 2], |i| [5, i, 2], |i| [5, 2, i]];

    #[test]
    fn the_hash_is_that_of_splitmix64() {
        // The first outputs of the reference implementation (S. Vigna's splitmix64.c).
        assert_eq!(output(0, 0), 0xe220_a839_7b1d_cdaf);
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        for (n, expected) in (0..).zip(expected) {
            assert_eq!(output(1_234_567, n), expected);
        }
    }

    #[test]
    fn the_bits_are_those_of_every_version_before() {
        // A change here changes the path of every stored run with noise.
        // Computed apart from this code, in another language.
        assert_eq!(bits(0, 0, 0), 0xa706_dd2f_4d19_7e6f);
        assert_eq!(bits(7, 300, 1), 0xbaa9_f7a5_a7d1_7df9);
        assert_eq!(bits(u64::MAX, u64::MAX, u64::MAX), 0xdd2e_1269_81c8_585f);
        assert_eq!(uniform(7, 0, 0).to_bits(), 0x3fe7_8b8d_0179_078d);
        assert_eq!(normals(7, 0).x.to_bits(), 0x3ff7_8796_95a0_bb18);
        assert_eq!(normals(7, 0).y.to_bits(), 0xbfe6_9ca2_473c_57e7);
        assert_eq!([0, 1, 2, 3].map(|step| below(7, step, 0, 1000)), [735, 777, 565, 818]);
        assert_eq!(shuffled(7, 0, 8), [7, 3, 5, 6, 0, 1, 2, 4]);
        assert_eq!(shuffled(7, 1, 8), [0, 4, 6, 7, 2, 5, 3, 1]);
    }

    #[test]
    fn one_bit_of_the_input_changes_half_of_the_output() {
        // Each of the 64 x 64 pairs changes with probability 1/2: of 400 trials 200 ± 10, and among
        // 3 x 4096 pairs some are off by 4.5 of these, hardly one by 6.
        for axis in 0..3 {
            for bit in 0..64 {
                let mut changed = [0_u32; 64];
                for trial in 0..400_u64 {
                    let mut input = [trial, 3 * trial, 7 * trial];
                    let before = bits(input[0], input[1], input[2]);
                    input[axis] ^= 1 << bit;
                    let difference = before ^ bits(input[0], input[1], input[2]);
                    for (place, count) in changed.iter_mut().enumerate() {
                        *count += u32::from(difference >> place & 1 == 1);
                    }
                }
                for count in changed {
                    assert!(count.abs_diff(200) < 65, "input {axis}, bit {bit}: {count} of 400");
                }
            }
        }
    }

    #[test]
    fn uniform_numbers_fill_the_unit_interval_evenly() {
        const COUNT: u64 = 100_000;
        for at in AXES {
            let draw = |i| {
                let [seed, step, index] = at(i);
                uniform(seed, step, index)
            };
            let (mean, squares) = moments((0..COUNT).map(draw));
            // The standard errors are 0.0009 and 0.0009.
            assert!((mean - 0.5).abs() < 0.004, "{mean}");
            assert!((squares - 1.0 / 3.0).abs() < 0.004, "{squares}");
            let mut counts = [0; 100];
            for i in 0..COUNT {
                assert!((0.0..1.0).contains(&draw(i)));
                counts[(draw(i) * 100.0) as usize] += 1;
            }
            assert!(excess(&counts).abs() < 4.5, "{}", excess(&counts));
        }
    }

    #[test]
    fn neighbours_have_nothing_to_do_with_each_other() {
        const COUNT: u64 = 50_000;
        for at in AXES {
            let draw = |i| {
                let [seed, step, index] = at(i);
                uniform(seed, step, index) - 0.5
            };
            for distance in [1, 2, 3, 16, 1000] {
                let products = (0..COUNT).map(|i| 12.0 * draw(i) * draw(i + distance));
                // A correlation; its standard error is 0.0045.
                assert!(moments(products).0.abs() < 0.02, "distance {distance}");
            }
            // Pairs of neighbours fill the square evenly.
            let mut counts = [0; 256];
            for i in 0..COUNT {
                let cell = |value: f64| ((value + 0.5) * 16.0) as usize;
                counts[16 * cell(draw(i)) + cell(draw(i + 1))] += 1;
            }
            assert!(excess(&counts).abs() < 4.5, "{}", excess(&counts));
        }
    }

    #[test]
    fn the_three_inputs_do_not_stand_for_each_other() {
        // (seed, step, index) hashed by a sum or by "or" would give the same bits at many places.
        let mut seen: Vec<_> = (0..40 * 40 * 40).map(|i| bits(i / 1600, i / 40 % 40, i % 40)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 64_000);
    }

    #[test]
    fn normal_numbers_are_normal_and_independent() {
        const COUNT: u64 = 100_000;
        let drawn: Vec<_> = (0..COUNT).map(|step| normals(3, step)).collect();
        for axis in 0..2 {
            let (mean, variance) = moments(drawn.iter().map(|pair| pair[axis]));
            // Standard errors: 0.0032, 0.0045, and those of the third and fourth moment 0.012 and 0.031.
            assert!(mean.abs() < 0.015, "{mean}");
            assert!((variance - 1.0).abs() < 0.02, "{variance}");
            let (third, _) = moments(drawn.iter().map(|pair| pair[axis] * square(pair[axis])));
            let (fourth, _) = moments(drawn.iter().map(|pair| square(square(pair[axis]))));
            assert!(third.abs() < 0.06, "{third}");
            assert!((fourth - 3.0).abs() < 0.15, "{fourth}");
            let within = |bound: f64| moments(drawn.iter().map(|pair| f64::from(pair[axis].abs() < bound))).0;
            assert!((within(1.0) - 0.682_689).abs() < 0.007);
            assert!((within(2.0) - 0.954_500).abs() < 0.004);
        }
        let (product, _) = moments(drawn.iter().map(|pair| pair.x * pair.y));
        assert!(product.abs() < 0.015, "{product}");
        // Not only uncorrelated: neither are the squares correlated.
        let (product, _) = moments(drawn.iter().map(|pair| (square(pair.x) - 1.0) * (square(pair.y) - 1.0)));
        assert!(product.abs() < 0.04, "{product}");
        // The next step, and the same step of the next seed, are other draws.
        let (product, _) = moments(drawn.windows(2).map(|pair| pair[0].dot(&pair[1])));
        assert!(product.abs() < 0.025, "{product}");
        let (product, _) = moments((0..).zip(&drawn).map(|(step, pair)| pair.dot(&normals(4, step))));
        assert!(product.abs() < 0.025, "{product}");
    }

    #[test]
    fn normal_numbers_are_finite_whatever_the_bits() {
        for extreme in [0.0, 1.0 - f64::EPSILON / 2.0] {
            let radius = (-2.0 * libm::log(1.0 - extreme)).sqrt();
            assert!((0.0..8.6).contains(&radius), "{radius}");
        }
        for i in 0..1000 {
            assert!(normals(u64::MAX - i, i).iter().all(|value| value.is_finite()));
        }
    }

    #[test]
    fn numbers_below_n_are_even_and_below() {
        let mut counts = [0; 37];
        for step in 0..50_000 {
            counts[below(11, step, 0, 37) as usize] += 1;
        }
        assert!(excess(&counts).abs() < 4.5, "{}", excess(&counts));
        for step in 0..100 {
            assert_eq!(below(11, step, 0, 0), 0);
            assert_eq!(below(11, step, 0, 1), 0);
            assert!(below(11, step, 0, u32::MAX) < u32::MAX);
        }
    }

    #[test]
    fn a_shuffle_is_a_permutation_and_every_order_comes() {
        for n in [0, 1, 2, 7, 64, 1000] {
            let mut order = shuffled(2, 9, n);
            order.sort_unstable();
            assert!(order.into_iter().eq(0..n));
        }
        // All 24 orders of four, and every number at every place of ten.
        let mut orders = [0; 256];
        let mut places = [[0; 10]; 10];
        for epoch in 0..24_000 {
            let order = shuffled(5, epoch, 4);
            orders[order.iter().fold(0, |code, number| 4 * code + *number as usize)] += 1;
            for (place, number) in shuffled(6, epoch, 10).into_iter().enumerate() {
                places[place][number as usize] += 1;
            }
        }
        let orders: Vec<_> = orders.into_iter().filter(|count| *count > 0).collect();
        assert_eq!(orders.len(), 24);
        assert!(excess(&orders).abs() < 4.5, "{}", excess(&orders));
        for counts in places {
            assert!(excess(&counts).abs() < 4.5, "{}", excess(&counts));
        }
    }
}
