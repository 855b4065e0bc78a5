//! A chart of lines: reduced to its columns, over steps or over what they cost.

use super::chart::{Chart, ChartDot, ChartHeading, ChartLine, ChartRule};
use super::curve::Curve;
use super::reduced::{Reduced, Sight};
use super::scale::{ChartScale, Extent};
use super::told;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::ticks::TickRule;
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;
use thalweg_scenario::{Layer, XAxis};
use thalweg_session::Session;

/// Points of the paper between two columns.
const SPACING: f64 = 2.0;
/// How wide lines are where they are still to come, in points.
const AHEAD: f64 = 1.2;

/// What a chart of lines is, besides its curves.
#[derive(Clone, Debug)]
pub struct LineChart {
    /// What is above it.
    pub heading: ChartHeading,
    /// What it is for whoever cannot see it.
    pub title: String,
    /// How values become heights.
    pub scale: ChartScale,
    /// What lies along the horizontal axis.
    pub over: XAxis,
    /// How far it goes.
    pub end: f64,
}

/// How many columns a chart of this width in points has.
pub fn columns(width: f64) -> usize {
    ((width / SPACING) as usize).within(16, 2048)
}

/// What is seen of the horizontal axis that goes to this end: a little more at both sides.
pub fn horizontal(end: f64) -> (f64, f64) {
    (-0.01 * end, 1.05 * end)
}

impl LineChart {
    /// The chart of curves.
    pub fn of<'a>(
        self,
        curves: &[Curve<'a>],
        kept: &mut Reduced,
        session: &Session,
        width: f64,
        scheme: &Scheme,
    ) -> Chart<'a> {
        let Self { heading, title, scale, over, end } = self;
        let (cursor, end) = (session.cursor() as usize, end.max(1.0));
        let future = session.scenario().show.layers.has(Layer::Future);
        let sight = Sight { over, end, columns: columns(width), scale };
        let mut extent = Extent::default();
        let (mut lines, mut dots) = (Vec::new(), Vec::new());
        for (index, curve) in curves.iter().enumerate() {
            let outline = kept.of(index, curve, sight);
            let here = cursor.min(curve.values.len().saturating_sub(1));
            if curve.is_measured {
                // Where what is to come is hidden, the axis does not tell it.
                extent.add_all(if future {
                    outline.extent
                } else {
                    Extent::so_far(curve.values, here, scale)
                });
            }
            let (stroke, dash) = (Stroke::new(curve.width, curve.color), curve.dash);
            lines.push(ChartLine {
                name: curve.name.clone(),
                pieces: outline.pieces,
                here: curve.place(over, here),
                behind: Stroke { dash, ..stroke },
                ahead: future.then(|| Stroke { dash, ..Stroke::new(AHEAD, scheme.ahead(curve.color)) }),
                values: (!curve.name.is_empty()).then_some(curve.values),
                is_over_steps: over == XAxis::Steps,
            });
            // Over steps one upright line is the cursor; here everybody is somewhere else.
            if over != XAxis::Steps
                && !curve.name.is_empty()
                && let Some(height) = curve.values.values().get(here).and_then(|value| scale.height(*value))
            {
                let at = [curve.place(over, here), height];
                dots.push(ChartDot { at, color: curve.color, is_open: curve.is_pinned });
            }
        }
        let rule = |axis, at| ChartRule { axis, at, stroke: Stroke::new(1.0, scheme.quiet) };
        let cursor_rule = (over == XAxis::Steps).then(|| rule(0, cursor as f64));
        let zero = (scale == ChartScale::Linear).then(|| rule(1, 0.0));
        let pinned = curves.iter().zip(&lines).filter(|(curve, _)| curve.is_pinned && !curve.name.is_empty());
        let pinned: Vec<_> =
            pinned.map(|(_, line)| format!("; {}", told::words(line, cursor as f64))).collect();
        // Passes over the data may be less than one.
        let across = if over == XAxis::Passes { TickRule::Even(3.0) } else { TickRule::Whole(3.0) };
        let nobody = session.scenario().runners.is_empty();
        Chart {
            heading,
            told: title + &pinned.concat(),
            view: View { x: horizontal(end), y: extent.padded(scale) },
            scale,
            ticks: [across, scale.ticks()],
            bands: Vec::new(),
            rules: cursor_rule.into_iter().chain(zero).collect(),
            lines,
            dots,
            notes: Vec::new(),
            has_names: session.scenario().show.lines.names,
            message: match (extent.is_empty(), nobody) {
                (false, _) => "",
                (true, true) => "nobody races",
                (true, false) => "nothing to draw here",
            },
        }
    }
}
