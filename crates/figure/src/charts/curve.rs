//! One line of a chart.

use crate::color::Rgba;
use crate::dash::DashPattern;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::math::within::Within;
use thalweg_core::run::run::Run;
use thalweg_scenario::XAxis;

/// The number of a run, and how often its values have begun anew.
pub type Version = (u64, u64);

/// How much of their colour pinned lines have.
pub const PALER: f64 = 0.75;

/// One line of a chart, with all its values.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// What it is called; a line without a name lies behind another one, and is not to be pointed at.
    pub name: String,
    /// New whenever the values begin anew; while it stays, they only grow. None if nobody knows.
    pub version: Option<Version>,
    /// Its colour.
    pub color: Rgba,
    /// The value at each step.
    pub values: &'a MinMaxPyramid,
    /// Who knows what the steps have cost.
    pub run: Option<&'a Run>,
    /// How often a step goes through the data.
    pub passes: f64,
    /// How it is dashed, if it is.
    pub dash: Option<DashPattern>,
    /// Whether it is that of a pinned runner.
    pub is_pinned: bool,
    /// Whether the chart is as high as it is.
    pub is_measured: bool,
    /// How wide it is, in points.
    pub width: f64,
}

impl<'a> Curve<'a> {
    /// A solid line of the usual width, of a run that goes on.
    pub fn new(name: String, color: Rgba, values: &'a MinMaxPyramid) -> Self {
        let (version, run, dash) = (None, None, None);
        Self {
            name,
            version,
            color,
            values,
            run,
            passes: 1.0,
            dash,
            is_pinned: false,
            is_measured: true,
            width: 1.6,
        }
    }

    /// The line as that of a pinned runner: paler, and dashed.
    pub fn pinned(self, dash: DashPattern) -> Self {
        Self { color: self.color.faded(PALER), dash: Some(dash), is_pinned: true, ..self }
    }
}

impl Curve<'_> {
    /// Where a step lies on the horizontal axis.
    pub fn place(&self, over: XAxis, step: usize) -> f64 {
        match (over, self.run) {
            (XAxis::Evaluations, Some(run)) => run.cost(u32::try_from(step).unwrap_or(u32::MAX)),
            (XAxis::Passes, _) => step as f64 * self.passes,
            _ => step as f64,
        }
    }

    /// The first step after those of the column that step `from` lies in, of columns of this width.
    /// `like` is how many steps the column before holds: where this one holds about as many, few
    /// looks find its end, and the logarithm of their number elsewhere: costs never fall.
    pub fn column_end(&self, over: XAxis, from: usize, width: f64, like: usize) -> usize {
        let edge = ((self.place(over, from) / width).floor() + 1.0) * width;
        let within = |step: usize| self.place(over, step) < edge;
        // All below `low` are within, and nothing from `high` on.
        let (mut low, mut high) = (from + 1, self.values.len());
        let (mut probe, mut stride) = (from + like, 1);
        while low < high {
            probe = probe.within(low, high - 1);
            if within(probe) {
                low = probe + 1;
                probe += stride;
            } else {
                high = probe;
                probe = probe.saturating_sub(stride);
            }
            stride = if stride < high - low { stride * 2 } else { 1.max((high - low) / 2) };
        }
        low
    }
}
