//! A series over the steps, and its exponential moving average.

use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;

/// A series that grows, with the average of it that is asked for.
#[derive(Debug, Default)]
pub struct SmoothedSeries {
    values: MinMaxPyramid,
    /// The weight of what came before; 0 for no average.
    weight: f64,
    /// The average without its correction, and what the weights in it sum up to.
    state: [f64; 2],
    averages: MinMaxPyramid,
    /// How often the average has begun anew.
    begun: u64,
}

impl SmoothedSeries {
    /// Asks for an average with another weight of what came before, from 0 (none) to below 1.
    pub fn smooth_by(&mut self, weight: f64) {
        if weight != self.weight {
            (self.weight, self.state, self.averages) = (weight, [0.0; 2], MinMaxPyramid::new());
            self.begun += 1;
        }
    }

    /// The next value.
    pub fn push(&mut self, value: f64) {
        self.values.push(value);
    }

    /// Averages what came since the last time, at most so many values. Whether something is left.
    pub fn catch_up(&mut self, most: usize) -> bool {
        if self.weight <= 0.0 {
            return false;
        }
        let Self { values, weight, state: [sum, weights], averages, .. } = self;
        for value in values.values().iter().skip(averages.len()).take(most) {
            // What is no number is none of the average, and a gap in it.
            if value.is_finite() {
                *sum = *weight * *sum + (1.0 - *weight) * value;
                *weights = *weight * *weights + (1.0 - *weight);
                averages.push(*sum / *weights);
            } else {
                averages.push(*value);
            }
        }
        averages.len() < values.len()
    }

    /// The values.
    pub fn values(&self) -> &MinMaxPyramid {
        &self.values
    }

    /// The average after each of them, as of the values so far, whose weights sum up to one; none where none is asked
    /// for.
    pub fn smoothed(&self) -> Option<&MinMaxPyramid> {
        (self.weight > 0.0).then_some(&self.averages)
    }

    /// New whenever what is averaged begins anew.
    pub fn version(&self) -> u64 {
        self.begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_is_that_of_adam_with_its_correction() {
        let mut series = SmoothedSeries::default();
        for value in [4.0, 2.0, f64::NAN, 8.0] {
            series.push(value);
        }
        assert!(series.smoothed().is_none() && !series.catch_up(10));
        series.smooth_by(0.5);
        assert!(series.catch_up(2) && !series.catch_up(10));
        let averages = series.smoothed().expect("it is asked for").values();
        // (2 + 1)/(1/4 + 1/2), and (3/4 + ... + 4) by the sum of its weights.
        assert_eq!(averages[..2], [4.0, (0.5 * 2.0 + 1.0) / 0.75]);
        assert!(averages[2].is_nan());
        assert_eq!(averages[3], (0.5 * 2.0 + 4.0) / 0.875);
        let version = series.version();
        series.smooth_by(0.9);
        assert!(series.version() > version && series.smoothed().is_some_and(MinMaxPyramid::is_empty));
        series.catch_up(10);
        // A constant is its own average from the first step on.
        let mut constant = SmoothedSeries::default();
        constant.smooth_by(0.99);
        (0..5).for_each(|_| constant.push(7.0));
        constant.catch_up(10);
        let averages = constant.smoothed().expect("it is asked for").values();
        assert!(averages.iter().all(|average| (average - 7.0).abs() < 1e-12), "{averages:?}");
    }
}
