//! The lines of charts reduced to what their columns can show, kept while nothing about them changes.

use super::chart::ChartPlace;
use super::curve::{Curve, Version};
use super::scale::{ChartScale, Extent};
use std::sync::Arc;
use thalweg_scenario::XAxis;

/// What a reduced line depends on, besides its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// What lies along the horizontal axis.
    pub over: XAxis,
    /// How far it goes.
    pub end: f64,
    /// How many columns it has.
    pub columns: usize,
    /// How values become heights.
    pub scale: ChartScale,
}

/// A line as its columns can show it.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Its pieces: between them are steps without a value.
    pub pieces: Arc<[Vec<ChartPlace>]>,
    /// How far it reaches.
    pub extent: Extent,
}

/// The reduced lines of a chart, by their places in it: a paused frame, and one that only moves the cursor,
/// reduces none.
#[derive(Debug, Default)]
pub struct Reduced(Vec<Option<ReducedLine>>);

/// What a line was reduced from, and to.
#[derive(Debug)]
struct ReducedLine {
    /// Lines of one run have one version: their names tell them apart.
    name: String,
    version: Option<Version>,
    length: usize,
    sight: Sight,
    outline: Outline,
}

impl Reduced {
    /// The line at a place in the chart.
    pub fn of(&mut self, index: usize, curve: &Curve<'_>, sight: Sight) -> Outline {
        let (version, length) = (curve.version, curve.values.len());
        if self.0.len() <= index {
            self.0.resize_with(index + 1, || None);
        }
        let slot = &mut self.0[index];
        let kept = slot.as_ref().filter(|kept| {
            let same = kept.name == curve.name && (kept.length, kept.sight) == (length, sight);
            same && version.is_some() && kept.version == version
        });
        if let Some(kept) = kept {
            return kept.outline.clone();
        }
        let outline = reduce(curve, sight);
        let (name, kept) = (curve.name.clone(), outline.clone());
        *slot = Some(ReducedLine { name, version, length, sight, outline: kept });
        outline
    }
}

/// At most four points for each column: the first, least, greatest and last value.
fn reduce(curve: &Curve<'_>, sight: Sight) -> Outline {
    let Sight { over, end, columns, scale } = sight;
    let mut points: Vec<ChartPlace> = Vec::new();
    let mut extent = Extent::default();
    let width = end / columns as f64;
    let (mut from, mut like) = (0, 1);
    while from < curve.values.len() {
        // A line that goes on far beyond the axis would have no end of columns.
        if curve.place(over, from) > 1.1 * end {
            break;
        }
        let to = curve.column_end(over, from, width, like);
        let steps = from..to;
        (from, like) = (to, steps.len());
        let Some(column) = curve.values.column(steps.clone()) else { continue };
        let (first, last) = (curve.place(over, steps.start), curve.place(over, to - 1));
        let middle = f64::midpoint(first, last);
        // By way of the extremes, in the order in which a line that only rises or only falls meets them.
        let (near, far) =
            if column.first < column.last { (column.min, column.max) } else { (column.max, column.min) };
        let corners = [(first, column.first), (middle, near), (middle, far), (last, column.last)];
        for (place, value) in if steps.len() == 1 { &corners[..1] } else { &corners[..] } {
            if let Some(height) = scale.height(*value) {
                extent.add(height);
                points.push([*place, height]);
            }
        }
    }
    Outline { pieces: Arc::new([points]), extent }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgba;
    use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
    use thalweg_core::catalogue::{optimizers, surfaces};
    use thalweg_core::objective::objective::Objective;
    use thalweg_core::run::problem::Problem;
    use thalweg_core::run::run::Run;
    use thalweg_core::spec::chosen::Chosen;

    fn curve<'a>(
        name: &str,
        version: Option<Version>,
        values: &'a MinMaxPyramid,
        run: Option<&'a Run>,
    ) -> Curve<'a> {
        let name = name.to_owned();
        Curve { name, version, run, ..Curve::new(String::new(), Rgba::BLACK, values) }
    }

    /// Two lines of one run have the same version and length; when a line comes in before them, each is at the
    /// place of the other.
    #[test]
    fn lines_of_one_run_are_not_taken_for_each_other() {
        let pyramid = |height: f64| {
            let mut values = MinMaxPyramid::new();
            (0..100).for_each(|_| values.push(height));
            values
        };
        let (low, high) = (pyramid(1.0), pyramid(2.0));
        let sight = Sight { over: XAxis::Steps, end: 99.0, columns: 50, scale: ChartScale::Linear };
        let mut reduced = Reduced::default();
        for (name, values, height) in [("low", &low, 1.0), ("high", &high, 2.0), ("low", &low, 1.0)] {
            let outline = reduced.of(0, &curve(name, Some((7, 0)), values, None), sight);
            let points = outline.pieces.concat();
            assert!(!points.is_empty() && points.iter().all(|point| point[1] == height), "{name}");
        }
    }

    /// Every step is in one column, in order, no column is wider than it may be, and there are no
    /// more of them than were asked for: whatever a step costs.
    #[test]
    fn columns_hold_every_step_once() {
        let surface = Chosen::with_defaults(surfaces::find("Rosenbrock").expect("known"));
        let problem = Problem::new(Objective::new(&surface), nalgebra::Vector2::new(-1.2, 1.0), 5000);
        for name in ["GradientDescent", "Newton", "Sophia", "Bfgs", "SteepestDescent", "NewtonArmijo"] {
            let mut run = Run::new(&Chosen::with_defaults(optimizers::find(name).expect(name)), &problem);
            run.advance(&problem, u32::MAX);
            let mut values = MinMaxPyramid::new();
            run.trajectory().samples().iter().for_each(|sample| values.push(sample.loss));
            let curve = curve(name, None, &values, Some(&run));
            for over in [XAxis::Steps, XAxis::Evaluations] {
                let end = curve.place(over, values.len() - 1);
                let width = end / 90.0;
                let (mut from, mut count) = (0, 0);
                while from < values.len() {
                    let to = curve.column_end(over, from, width, 1);
                    for like in [2, 50, 1 << 40] {
                        assert_eq!(curve.column_end(over, from, width, like), to, "{name}");
                    }
                    assert!(to > from && to <= values.len());
                    assert!(curve.place(over, to - 1) - curve.place(over, from) <= width, "{name}");
                    (from, count) = (to, count + 1);
                }
                assert!(count <= 91, "{name}: {count}");
                let sight = Sight { over, end, columns: 90, scale: ChartScale::Log { above: 0.0 } };
                let points = reduce(&curve, sight).pieces.concat();
                assert!(points.is_sorted_by(|a, b| a[0] <= b[0]) && points.len() <= 4 * 91, "{name}");
            }
        }
    }
}
