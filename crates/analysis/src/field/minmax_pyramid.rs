//! A series of values reduced to what the columns of a chart can show.

use std::ops::Range;

/// How many entries of one level make one of the next.
const FANOUT: usize = 16;

/// A growing series with a pyramid of extremes over it, for charts of a million steps.
///
/// Values that are not finite are gaps: they are counted as steps, and never as extremes.
#[derive(Clone, Debug, Default)]
pub struct MinMaxPyramid {
    /// NaN for a gap.
    values: Vec<f64>,
    /// Level 0 over 16 values, each further one over 16 entries of the one below.
    levels: Vec<Vec<Extremes>>,
}

#[derive(Clone, Copy, Debug)]
struct Extremes {
    min: f64,
    max: f64,
    gap: bool,
}

impl Extremes {
    const EMPTY: Self = Self { min: f64::INFINITY, max: f64::NEG_INFINITY, gap: false };

    #[inline]
    fn add(&mut self, value: f64) {
        // `min` and `max` pass NaN over.
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        self.gap |= value.is_nan();
    }

    #[inline]
    fn merge(&mut self, other: &Self) {
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.gap |= other.gap;
    }
}

/// What one column of pixels shows of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelColumn {
    /// The smallest finite value.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// The first finite value.
    pub first: f64,
    /// The last.
    pub last: f64,
    /// Whether a value among them is not finite: a line must not be drawn across.
    pub gap: bool,
}

impl MinMaxPyramid {
    /// The pyramid of an empty series.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many values there are, gaps counted.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values; NaN for a gap.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Appends a value (in the chart's scale: a logarithm is taken by the caller, once). Amortised
    /// constant cost.
    #[inline]
    pub fn push(&mut self, value: f64) {
        self.values.push(if value.is_finite() { value } else { f64::NAN });
        if self.values.len().is_multiple_of(FANOUT) {
            self.close_block();
        }
    }

    /// Only whole blocks have an entry; what comes after is read value by value.
    fn close_block(&mut self) {
        let mut entry = Extremes::EMPTY;
        for value in &self.values[self.values.len() - FANOUT..] {
            entry.add(*value);
        }
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let entries = &mut self.levels[level];
            entries.push(entry);
            if !entries.len().is_multiple_of(FANOUT) {
                return;
            }
            entry = Extremes::EMPTY;
            for below in &entries[entries.len() - FANOUT..] {
                entry.merge(below);
            }
        }
    }

    /// The smallest and largest finite value of the steps in `range` (cut to the series), or
    /// `None` if there is none. Costs the logarithm of the range's length.
    pub fn query(&self, range: Range<usize>) -> Option<(f64, f64)> {
        let Extremes { min, max, .. } = self.extremes(range);
        (min <= max).then_some((min, max))
    }

    fn extremes(&self, range: Range<usize>) -> Extremes {
        let mut found = Extremes::EMPTY;
        let (mut start, mut end) = (range.start, range.end.min(self.values.len()));
        if start >= end {
            return found;
        }
        // Single values up to the next whole block at both ends; then the same with blocks.
        while start < end && !start.is_multiple_of(FANOUT) {
            found.add(self.values[start]);
            start += 1;
        }
        while start < end && !end.is_multiple_of(FANOUT) {
            end -= 1;
            found.add(self.values[end]);
        }
        for entries in &self.levels {
            (start, end) = (start / FANOUT, end / FANOUT);
            while start < end && !start.is_multiple_of(FANOUT) {
                found.merge(&entries[start]);
                start += 1;
            }
            while start < end && !end.is_multiple_of(FANOUT) {
                end -= 1;
                found.merge(&entries[end]);
            }
        }
        found
    }

    /// What a column over the steps in `range` shows, or `None` if no value there is finite.
    pub fn column(&self, range: Range<usize>) -> Option<PixelColumn> {
        let range = range.start..range.end.min(self.values.len());
        let Extremes { min, max, gap } = self.extremes(range.clone());
        if min > max {
            return None;
        }
        let first = self.finite(range.clone(), false);
        let last = self.finite(range, true);
        Some(PixelColumn { min, max, first, last, gap })
    }

    /// The first or last finite value of a range that has one: gaps lie at the end of a run, so
    /// that halving the range finds it at once or in logarithmic time.
    fn finite(&self, mut range: Range<usize>, from_end: bool) -> f64 {
        while range.len() > 1 {
            let nearest = self.values[if from_end { range.end - 1 } else { range.start }];
            if !nearest.is_nan() {
                return nearest;
            }
            let middle = usize::midpoint(range.start, range.end);
            let (near, far) = if from_end {
                (middle..range.end, range.start..middle)
            } else {
                (range.start..middle, middle..range.end)
            };
            range = if self.query(near.clone()).is_some() { near } else { far };
        }
        self.values[range.start]
    }

    /// The series in `count` columns of equal width from step `start` to step `end` (fractions
    /// allowed; what lies outside the series is `None`, as is a column between two steps). Some
    /// tens of nanoseconds for each column, however many steps it holds.
    pub fn columns(
        &self,
        start: f64,
        end: f64,
        count: usize,
    ) -> impl Iterator<Item = Option<PixelColumn>> + '_ {
        let edge = move |index: usize| {
            let t = index as f64 / count as f64;
            // Also turns NaN and what is negative into 0, and what is huge into the end.
            (start * (1.0 - t) + end * t).ceil() as usize
        };
        (0..count).map(move |index| self.column(edge(index)..edge(index + 1)))
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(values: &[f64], range: Range<usize>) -> Option<PixelColumn> {
        let steps = values.get(range.start..range.end.min(values.len())).unwrap_or(&[]);
        let finite: Vec<f64> = steps.iter().copied().filter(|value| value.is_finite()).collect();
        Some(PixelColumn {
            min: finite.iter().copied().reduce(f64::min)?,
            max: finite.iter().copied().reduce(f64::max)?,
            first: *finite.first()?,
            last: *finite.last()?,
            gap: finite.len() < steps.len(),
        })
    }

    proptest! {
        #[test]
        fn the_same_as_reading_every_value(
            count in 0_usize..9000,
            ranges in prop::collection::vec((0_usize..9500, 0_usize..9500), 30),
            gaps in prop::collection::vec((0_usize..9000, 1_usize..600), 0..4),
        ) {
            let mut values: Vec<f64> = (0..count).map(|t| ((t * t) as f64 * 0.37).sin() * 1e3).collect();
            for (at, length) in gaps {
                for (index, value) in values.iter_mut().skip(at).take(length).enumerate() {
                    *value = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY][index % 3];
                }
            }
            let mut pyramid = MinMaxPyramid::new();
            for value in &values {
                pyramid.push(*value);
            }
            for (a, b) in ranges {
                let range = a.min(b)..a.max(b);
                prop_assert_eq!(pyramid.column(range.clone()), plain(&values, range.clone()));
                let extremes = plain(&values, range.clone()).map(|column| (column.min, column.max));
                prop_assert_eq!(pyramid.query(range), extremes);
            }
        }
    }

    #[test]
    fn columns_cover_every_step_once() {
        let mut pyramid = MinMaxPyramid::new();
        (0..1000).for_each(|step| pyramid.push(f64::from(step)));
        let columns: Vec<_> = pyramid.columns(0.0, 1000.0, 7).flatten().collect();
        assert_eq!((columns[0].first, columns[6].last), (0.0, 999.0));
        assert!(columns.windows(2).all(|pair| pair[0].last + 1.0 == pair[1].first));
        assert_eq!(pyramid.columns(-10.0, 0.0, 5).flatten().count(), 0);
        assert_eq!(pyramid.columns(995.0, 2000.0, 5).flatten().count(), 1);
        for (start, end) in [(f64::NAN, 1.0), (-1e300, 1e300), (5.0, 2.0), (f64::NEG_INFINITY, f64::INFINITY)]
        {
            assert_eq!(pyramid.columns(start, end, 9).count(), 9);
        }
    }
}
