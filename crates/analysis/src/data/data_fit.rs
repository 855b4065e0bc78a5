//! What a model makes of its data, as it is to be drawn: the points, and for given weights the line
//! between the classes or the curve through them.

use thalweg_core::data::rows::{Row, TARGET};
use thalweg_core::math::random;
use thalweg_core::math::within::Within;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::prediction::{Prediction, Shows};
use thalweg_core::objective::view::View;

/// The most points that are drawn.
pub const MOST_POINTS: usize = 1000;
/// The part of the data's extent that is left free at each side.
const AIR: f64 = 0.07;
/// How far beyond the extent a curve is followed, in its heights: far enough that it leaves the
/// picture in the right direction, and near enough for the screen's arithmetic.
const BEYOND: f64 = 1e3;

/// One example in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DataPoint {
    /// Its place in the data, from 0.
    pub place: u32,
    /// Where it is drawn: the two features, or the first feature and the target.
    pub at: [f64; 2],
    /// Whether its target is at least 1/2: class 1. Of no meaning for a curve.
    pub is_one: bool,
}

/// The points of a surface's data, and the picture's extent.
#[derive(Clone, Debug)]
pub struct DataFit {
    prediction: Prediction,
    intercept: f64,
    rows: Vec<Row>,
    dots: Vec<DataPoint>,
    extent: View,
    second_mean: f64,
}

/// What a model with given weights makes of the plane of the two features.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionBoundary {
    /// The ends of the line where the output is 0, within the extent; none if it does not cross it.
    pub line: Option<[[f64; 2]; 2]>,
    /// The corners of the part of the extent where the model says class 1; empty if there is none.
    pub ones: Vec<[f64; 2]>,
}

impl DataFit {
    /// The picture of a surface that is a mean over data; none of any other.
    pub fn of(objective: &Objective) -> Option<Self> {
        let (prediction, rows) = (objective.prediction()?, objective.examples()?.to_vec());
        let place = |row: &Row| match prediction.shows {
            Shows::Boundary => [row[0], row[1]],
            Shows::Curve => [row[0], row[TARGET]],
        };
        let axis = |axis: usize| {
            let values = rows.iter().map(|row| place(row)[axis]);
            let (low, high) =
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
            // A line between classes without an intercept goes through the origin: without it the picture has no line.
            match prediction.shows {
                Shows::Boundary => airy(low.min(0.0), high.max(0.0)),
                Shows::Curve => airy(low, high),
            }
        };
        let extent = View { x: axis(0), y: axis(1) };
        let dots = evenly(rows.len())
            .map(|index| DataPoint {
                place: index as u32,
                at: place(&rows[index]),
                is_one: rows[index][TARGET] >= 0.5,
            })
            .collect();
        let second_mean = rows.iter().map(|row| row[1] / rows.len() as f64).sum();
        let intercept = objective.intercept();
        Some(Self { prediction, intercept, rows, dots, extent, second_mean })
    }

    /// How it is drawn.
    pub fn shows(&self) -> Shows {
        self.prediction.shows
    }

    /// The examples that the loss is a mean over, as the model sees them: standardized if asked.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The points to draw: all examples, or [`MOST_POINTS`] of them, evenly chosen.
    pub fn dots(&self) -> &[DataPoint] {
        &self.dots
    }

    /// Whether some examples are left out of the picture.
    pub fn is_thinned(&self) -> bool {
        self.dots.len() < self.rows.len()
    }

    /// The points of the examples with these places, each once, at most [`MOST_POINTS`].
    pub fn dots_of(&self, places: &[u32]) -> Vec<DataPoint> {
        let mut places: Vec<u32> = evenly(places.len()).map(|index| places[index]).collect();
        places.sort_unstable();
        places.dedup();
        let dot = |place: &u32| {
            let row = self.rows.get(*place as usize)?;
            let at = match self.prediction.shows {
                Shows::Boundary => [row[0], row[1]],
                Shows::Curve => [row[0], row[TARGET]],
            };
            Some(DataPoint { place: *place, at, is_one: row[TARGET] >= 0.5 })
        };
        places.iter().filter_map(dot).collect()
    }

    /// The part of the plane that holds all of the data, with some air: of the two features with the
    /// origin, or of the first feature and the target.
    pub fn extent(&self) -> View {
        self.extent
    }

    /// The mean of the second feature, at which a curve is drawn.
    pub fn second_mean(&self) -> f64 {
        self.second_mean
    }

    /// The line between the classes at these weights; none where they are both zero or not finite,
    /// where there is no line.
    pub fn boundary(&self, weights: [f64; 2]) -> Option<DecisionBoundary> {
        let size = weights[0].abs().max(weights[1].abs());
        if !(weights.iter().all(|weight| weight.is_finite()) && size > 0.0) {
            return None;
        }
        // The output is linear in the weights with the intercept: larger ones have the same line.
        let (weights, intercept) = (weights.map(|weight| weight / size), self.intercept / size);
        let View { x: (left, right), y: (bottom, top) } = self.extent;
        let corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
        let outputs = corners.map(|corner| (self.prediction.output)(weights, intercept, corner));
        if !outputs.iter().all(|output| output.is_finite()) {
            return None;
        }
        let (mut ends, mut ones) = (Vec::new(), Vec::new());
        for (here, next) in [(0, 1), (1, 2), (2, 3), (3, 0)] {
            let (a, b) = (outputs[here], outputs[next]);
            if a >= 0.0 {
                ones.push(corners[here]);
            }
            if (a >= 0.0) != (b >= 0.0) {
                // It is linear in the features too: exact but for rounding. Halves cannot overflow.
                let part = (a / 2.0) / (a / 2.0 - b / 2.0);
                // Outputs that underflow say no more than that it is between the two.
                let part = if part.is_nan() { 0.5 } else { part };
                let end = [0, 1].map(|i| {
                    let (from, to) = (corners[here][i], corners[next][i]);
                    (from * (1.0 - part) + to * part).within(from.min(to), from.max(to))
                });
                ends.push(end);
                ones.push(end);
            }
        }
        let line = if let [one, other] = ends[..] { Some([one, other]) } else { None };
        Some(DecisionBoundary { line, ones })
    }

    /// The output over the first feature, at the mean of the second, as points at `columns` places
    /// from one end of the extent to the other, in pieces where it is not finite. Values far beyond
    /// the extent are kept near it.
    pub fn curve(&self, weights: [f64; 2], columns: usize) -> Vec<Vec<[f64; 2]>> {
        let View { x: (left, right), y: (bottom, top) } = self.extent;
        let reach = (top - bottom) * BEYOND;
        let mut pieces = vec![Vec::new()];
        for column in 0..columns.max(2) {
            let part = column as f64 / (columns.max(2) - 1) as f64;
            let x = left * (1.0 - part) + right * part;
            let y = (self.prediction.output)(weights, self.intercept, [x, self.second_mean]);
            if y.is_nan() {
                pieces.push(Vec::new());
            } else if let Some(piece) = pieces.last_mut() {
                piece.push([x, y.within(bottom - reach, top + reach)]);
            }
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    /// Whether a part of such a curve lies within the extent.
    pub fn is_in_sight(&self, pieces: &[Vec<[f64; 2]>]) -> bool {
        let (bottom, top) = self.extent.y;
        pieces.iter().flat_map(|piece| piece.windows(2)).any(|ends| {
            let [a, b] = [ends[0][1], ends[1][1]];
            a.min(b) <= top && a.max(b) >= bottom
        })
    }

    /// How far the model is from the data: for a line the share of examples on its wrong side, for a
    /// curve the mean square distance of output and target, in the target's unit squared; none
    /// where the weights are not finite. It takes no part of the penalty.
    pub fn error(&self, weights: [f64; 2]) -> Option<f64> {
        if !weights.iter().all(|weight| weight.is_finite()) {
            return None;
        }
        let of = |&[x1, x2, target]: &Row| {
            let output = (self.prediction.output)(weights, self.intercept, [x1, x2]);
            match self.prediction.shows {
                Shows::Boundary => f64::from(u8::from((output >= 0.0) != (target >= 0.5))),
                Shows::Curve => (output - target) * (output - target),
            }
        };
        Some(self.rows.iter().map(of).sum::<f64>() / self.rows.len() as f64)
    }

    /// What the model says of an example at these weights.
    pub fn output(&self, weights: [f64; 2], place: u32) -> Option<f64> {
        self.rows
            .get(place as usize)
            .map(|&[x1, x2, _]| (self.prediction.output)(weights, self.intercept, [x1, x2]))
    }
}

/// At most [`MOST_POINTS`] indices below `count`, one from each of as many equal stretches: drawn at
/// random within it, the same at each call, since a table may be regular (every second row of
/// another class).
fn evenly(count: usize) -> impl Iterator<Item = usize> {
    let kept = count.min(MOST_POINTS);
    (0..kept).map(move |index| {
        let (from, to) = (index * count / kept, (index + 1) * count / kept);
        from + random::below(0, 0, index as u64, (to - from) as u32) as usize
    })
}

/// From `low` to `high` with air on both sides; also where both are the same, or differ by so little
/// that an axis cannot show it.
fn airy(low: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    let size = low.abs().max(high.abs());
    if width > 1e-9 * size {
        (low - AIR * width, high + AIR * width)
    } else {
        let half = if size > 0.0 { size / 2.0 } else { 1.0 };
        (low - half, high + half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::data;
    use thalweg_core::data::rows::Table;
    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::value::Value;

    fn fit_of(surface: &str, rows: Vec<Row>) -> DataFit {
        let mut chosen = Chosen::with_defaults(surfaces::find(surface).expect("a surface"));
        let table = Table {
            name: String::new(),
            columns: ["a", "b", "c"].map(str::to_owned),
            rows,
            ..Table::default()
        };
        assert!(chosen.set("data", Value::Data(Arc::new(table))));
        DataFit::of(&Objective::new(&chosen)).expect("data")
    }

    #[test]
    fn every_surface_on_data_has_a_picture_and_no_other_has_one() {
        for surface in surfaces::ALL {
            let fit = DataFit::of(&Objective::new(&Chosen::with_defaults(*surface)));
            assert_eq!(fit.is_some(), surface.is_mean(), "{}", surface.name);
            let Some(fit) = fit else { continue };
            let View { x, y } = fit.extent();
            for dot in fit.dots() {
                assert!(x.0 < dot.at[0] && dot.at[0] < x.1 && y.0 < dot.at[1] && dot.at[1] < y.1);
            }
            assert!(!fit.is_thinned() && fit.dots().len() == fit.rows().len());
        }
    }

    /// A table in which every second row is of another class is seen as one of two classes.
    #[test]
    fn what_is_left_out_of_a_large_table_has_no_pattern() {
        for count in [2000, 4000, 10_000] {
            let rows = (0..count).map(|row| [f64::from(row), 1.0, f64::from(row % 2)]).collect();
            let fit = fit_of("LogisticRegression", rows);
            let ones = fit.dots().iter().filter(|dot| fit.rows()[dot.place as usize][TARGET] == 1.0).count();
            assert!(fit.is_thinned() && (430..570).contains(&ones), "{ones} of {}", fit.dots().len());
        }
    }

    /// Where the loss is lowest, the model's error is that of the loss.
    #[test]
    fn the_error_is_that_of_the_loss() {
        for (name, factor) in [("ZeroOne", 1.0), ("LinearRegression", 2.0), ("TinyNet", 2.0)] {
            let objective = Objective::new(&Chosen::with_defaults(surfaces::find(name).expect("a surface")));
            let fit = DataFit::of(&objective).expect("data");
            for weights in [[0.0, 0.0], [1.0, -0.3], [-2.0, 5.0]] {
                let error = fit.error(weights).expect("finite");
                let loss = objective.value(weights.into());
                assert!((error - factor * loss).abs() < 1e-12, "{name}: {error} {loss}");
            }
            assert_eq!(fit.error([f64::NAN, 0.0]), None);
        }
    }

    #[test]
    fn the_line_is_where_the_output_is_zero_and_the_ones_lie_on_the_side_of_class_1() {
        for surface in ["LogisticRegression", "SigmoidSquaredError", "ZeroOne"] {
            let fit =
                DataFit::of(&Objective::new(&Chosen::with_defaults(surfaces::find(surface).expect("one"))))
                    .expect("data");
            for turn in 0..48 {
                let (sine, cosine) = libm::sincos(f64::from(turn) * 0.131);
                for size in [1e-12, 1.0, 1e12, 1e300] {
                    let weights = [cosine * size, sine * size];
                    let DecisionBoundary { line, ones } = fit.boundary(weights).expect("weights");
                    for [x, y] in line.expect("it goes through the origin, which is within") {
                        assert!((cosine * x + sine * y).abs() < 1e-12, "{x} {y}");
                        let View { x: (left, right), y: (bottom, top) } = fit.extent();
                        assert!((left..=right).contains(&x) && (bottom..=top).contains(&y));
                    }
                    assert!(ones.len() >= 3);
                    assert!(ones.iter().all(|[x, y]| cosine * x + sine * y > -1e-12));
                }
            }
            for weights in [[0.0, 0.0], [f64::NAN, 1.0], [1.0, f64::INFINITY]] {
                assert_eq!(fit.boundary(weights), None);
            }
        }
    }

    #[test]
    fn a_curve_is_finite_and_crosses_the_extent_in_the_right_place() {
        let fit = DataFit::of(&Objective::new(&Chosen::with_defaults(
            surfaces::find("LinearRegression").expect("a surface"),
        )))
        .expect("data");
        let pieces = fit.curve([1.5, -0.5], 11);
        assert_eq!((pieces.len(), pieces[0].len()), (1, 11));
        for [x, y] in &pieces[0] {
            assert!((y - (1.5 * x - 0.5)).abs() < 1e-12);
        }
        assert_eq!([pieces[0][0][0], pieces[0][10][0]], [fit.extent().x.0, fit.extent().x.1]);
        for weights in [[1e300, 1e300], [-1e12, 3.0], [f64::INFINITY, 0.0], [f64::NAN, 0.0]] {
            for point in fit.curve(weights, 100).iter().flatten() {
                assert!(point.iter().all(|v| v.is_finite() && v.abs() < 1e5), "{weights:?}: {point:?}");
            }
        }
        assert!(fit.curve([f64::NAN, 0.0], 100).is_empty());
        // A steep one crosses the extent between two columns; one that is high above does not.
        for (weights, seen) in
            [([1.5, -0.5], true), ([1e9, 0.0], true), ([0.0, 1e9], false), ([f64::NAN, 0.0], false)]
        {
            assert_eq!(fit.is_in_sight(&fit.curve(weights, 100)), seen, "{weights:?}");
        }
    }

    #[test]
    fn large_data_are_thinned_evenly_and_odd_data_have_an_extent() {
        let rows = |count: usize| (0..count).map(|i| [i as f64, 1.0, f64::from(u8::from(i % 2 == 1))]);
        let fit = fit_of("LogisticRegression", rows(2500).collect());
        assert!(fit.is_thinned());
        assert_eq!(fit.dots().len(), MOST_POINTS);
        let of_stretch = |(index, dot): (usize, &DataPoint)| {
            let place = dot.place as usize;
            index * 2500 / MOST_POINTS <= place && place < (index + 1) * 2500 / MOST_POINTS
        };
        assert!(fit.dots().iter().enumerate().all(of_stretch));
        // A batch is shown in full, also what the picture leaves out.
        let batch: Vec<_> = fit.dots_of(&[1, 7, 7, 9999]).iter().map(|dot| dot.place).collect();
        assert_eq!(batch, [1, 7]);
        for value in [0.0, 5.0, -1e100, 1e-300] {
            for surface in ["LogisticRegression", "LinearRegression"] {
                let fit = fit_of(surface, vec![[value, value, 1.0], [value, value, 1.0]]);
                let View { x, y } = fit.extent();
                assert!(x.0 < value && value < x.1 && y.0 < y.1 && (x.1 - x.0).is_finite());
                let _ = (fit.boundary([1.0, 1e12]), fit.curve([1.0, 1e12], 5), fit.error([1.0, 1.0]));
            }
        }
        let set = data::find("BadlyScaled").expect("a set").table();
        let fit = fit_of("LinearRegression", set.rows);
        assert!((fit.second_mean() - 0.0025).abs() < 3e-4);
    }
}
