//! A chart as data: what is above it, its axes, and its lines and marks in the axes' own units.

use super::scale::ChartScale;
use crate::axes::Axes;
use crate::color::Rgba;
use crate::plot::Plot;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::TextMeasure;
use crate::ticks::TickRule;
use crate::viewport::Rect;
use std::sync::Arc;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::objective::view::View;

/// The least room for the numbers at the left, in points.
const MARGIN: f64 = 38.0;

/// A place on a chart: along the horizontal axis, and the height that the chart's scale gives.
pub type ChartPlace = [f64; 2];

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// What is written above it.
    pub heading: ChartHeading,
    /// What it says to whoever cannot see it.
    pub told: String,
    /// What is seen of its axes; heights are those of the scale.
    pub view: View,
    /// How values become heights.
    pub scale: ChartScale,
    /// The marks of its axes, as far as there is room.
    pub ticks: [TickRule; 2],
    /// The areas, the lowest first.
    pub bands: Vec<ChartBand>,
    /// The straight lines across it or up.
    pub rules: Vec<ChartRule>,
    /// The lines, the lowest first.
    pub lines: Vec<ChartLine<'a>>,
    /// The dots, the lowest first.
    pub dots: Vec<ChartDot>,
    /// What is written in its upper right corner, line by line.
    pub notes: Vec<ChartNote>,
    /// Whether its lines' names stand below the notes.
    pub has_names: bool,
    /// What is written in its middle where there is nothing to draw.
    pub message: &'static str,
}

/// What is written above a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartHeading {
    /// What the chart shows.
    pub title: String,
    /// The title at length, for whoever asks; may be empty.
    pub about: String,
    /// What the colours mean, beside the title.
    pub keys: Vec<HeadingKey>,
    /// A line below the title, and the same at length.
    pub note: Option<(String, String)>,
}

/// The meaning of a colour.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadingKey {
    /// In a word.
    pub text: &'static str,
    /// At length, for whoever asks.
    pub about: &'static str,
    /// The colour.
    pub color: Rgba,
}

/// An area between two lines with as many points each, one above the other.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartBand {
    /// The lower and the upper line.
    pub edges: [Vec<ChartPlace>; 2],
    /// Its colour.
    pub fill: Rgba,
}

/// A straight line from one side to the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartRule {
    /// The axis that it stands on: 0 for an upright line.
    pub axis: usize,
    /// Where it stands on that axis.
    pub at: f64,
    /// How it is drawn.
    pub stroke: Stroke,
}

/// A line.
#[derive(Clone, Debug)]
pub struct ChartLine<'a> {
    /// What it is called.
    pub name: String,
    /// Its pieces, no more points in them than its columns can show.
    pub pieces: Arc<[Vec<ChartPlace>]>,
    /// Up to this place on the horizontal axis it lies behind the cursor.
    pub here: f64,
    /// How it is drawn behind the cursor.
    pub behind: Stroke,
    /// How it is drawn where it is still to come; none where that is hidden.
    pub ahead: Option<Stroke>,
    /// The values at all steps, of which somebody who points at the line is told one; none where the
    /// line is not to be pointed at.
    pub values: Option<&'a MinMaxPyramid>,
    /// Whether the horizontal axis counts steps.
    pub is_over_steps: bool,
}

/// A dot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartDot {
    /// Where.
    pub at: ChartPlace,
    /// Its colour.
    pub color: Rgba,
    /// Whether it is a ring.
    pub is_open: bool,
}

/// A line of text in the upper right corner.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartNote {
    /// The text.
    pub text: String,
    /// Its colour.
    pub color: Rgba,
    /// A stretch of the line that it explains.
    pub sample: Option<Stroke>,
}

impl Chart<'_> {
    /// The axes.
    pub(super) fn axes(&self) -> Axes<'static> {
        Axes { names: ["", ""], ticks: self.ticks, margin: MARGIN, has_grid: true }
    }

    /// Where the axes lie on a page.
    pub fn plot(&self, page: Rect, scheme: Scheme, measure: &dyn TextMeasure) -> Plot {
        let frame = self.axes().frame(page, measure, |_| self.view);
        Plot::new(self.view, frame, scheme)
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.bands.is_empty() && self.lines.iter().all(|line| line.pieces.iter().all(Vec::is_empty))
    }
}
