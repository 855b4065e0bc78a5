//! Half a cosine wave.

/// Half a cosine wave from 1 at `part` 0 to `low` at `part` 1.
pub(super) fn half_wave(low: f64, part: f64) -> f64 {
    low + (1.0 - low) * (1.0 + libm::cos(std::f64::consts::PI * part)) / 2.0
}
