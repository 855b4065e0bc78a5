//! The third chart as the sharpness: along the focused runner's path, beside the edge of stability.

use super::Curve;
use super::chart::{Chart, Reduced};
use super::scale::Axis;
use crate::analysis::series::Pyramid;
use crate::analysis::sharpness::Sharpness;
use crate::app::theme::Palette;
use crate::descent::optimizer::{Group, Theory};
use crate::scenario::Over;
use crate::session::Session;
use egui::{Color32, Label, RichText, Ui, Vec2, vec2};
use egui_plot::LineStyle;
use std::time::{Duration, Instant};

/// How long a frame may look at steps.
const BUDGET: Duration = Duration::from_millis(4);

/// The series, kept while the run lasts.
#[derive(Default)]
pub struct SharpnessChart(Sharpness);

impl SharpnessChart {
    /// Takes in what was computed since the last frame, as far as there is time.
    pub fn update(&mut self, ui: &Ui, session: &Session) {
        let run = session.focused().map(|(_, lane)| (session.version(session.focus()), lane));
        let began = Instant::now();
        if !self.0.update(run, session.race().course(), || began.elapsed() > BUDGET) {
            ui.ctx().request_repaint();
        }
    }

    /// Draws it.
    pub fn show(&self, ui: &mut Ui, size: Vec2, session: &Session, kept: &mut Reduced) {
        let palette = Palette::of(ui);
        let version = session.focused().map(|_| session.version(session.focus()));
        let curve = |name: &str, values, color, width| Curve {
            name: name.to_owned(),
            version,
            color,
            values,
            lane: None,
            style: LineStyle::Solid,
            width,
        };
        let series: [(&str, &Pyramid, Color32, f32); 3] = [
            ("surface", &self.0.plain, palette.axes[0], 1.6),
            ("scaled", &self.0.preconditioned, palette.axes[1], 1.6),
            ("edge", &self.0.edge, palette.alarm, 1.3),
        ];
        // A method without an edge has gaps throughout, and no word for them.
        let drawn = series.into_iter().filter(|(_, values, ..)| values.query(0..values.len()).is_some());
        let drawn: Vec<_> = drawn.collect();
        let curves: Vec<_> =
            drawn.iter().map(|(name, values, color, width)| curve(name, *values, *color, *width)).collect();
        ui.vertical(|ui| {
            ui.set_width(size.x);
            ui.spacing_mut().item_spacing.y = 1.0;
            legend(ui, &drawn);
            let told = told(session, &curves);
            let heading = Label::new(RichText::new(told).size(11.0).weak()).wrap();
            ui.add(heading).on_hover_text(about(session));
            let chart = Chart {
                id: "sharpness",
                size: vec2(size.x, ui.available_height()),
                title: "sharpness along the path".to_owned(),
                tooltip: String::new(),
                axis: Axis::Log { above: 0.0 },
                over: Over::Steps,
                end: f64::from(session.scenario().steps),
            };
            chart.plot(ui, &curves, kept, session);
        });
    }
}

/// What the colours mean.
fn legend(ui: &mut Ui, drawn: &[(&str, &Pyramid, Color32, f32)]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        ui.label(RichText::new("sharpness λmax").size(11.5)).on_hover_text(
            "The larger eigenvalue where the focused runner stands: the curvature along the direction that curves \
             most. No line where every direction curves down.",
        );
        for (name, _, color, _) in drawn {
            let tip = match *name {
                "surface" => "Of the Hessian, as the surface has it",
                "scaled" => "Of the preconditioned Hessian: as the method's own scales make it",
                _ => "The largest that is stable at the step's learning rate",
            };
            ui.label(RichText::new(*name).size(11.5).color(*color)).on_hover_text(tip);
        }
    });
}

/// What there is to see, or why there is not more.
fn told(session: &Session, curves: &[Curve<'_>]) -> &'static str {
    let Some((_, lane)) = session.focused() else { return "nobody races" };
    match lane.optimizer().theory {
        _ if curves.is_empty() => "nothing curves up along this path",
        Theory::Linear(_) if lane.optimizer().group == Group::SecondOrder => {
            "no edge: the step divides by the curvature, whatever it is"
        }
        Theory::Linear(_) => "above the edge, steps along that direction grow",
        Theory::Preconditioned { .. } => "above the edge, steps grow until the scales follow",
        Theory::None(_) => "no edge is known for this method",
    }
}

/// The same at length.
fn about(session: &Session) -> &'static str {
    let Some((_, lane)) = session.focused() else { return "" };
    match lane.optimizer().theory {
        Theory::Linear(_) => {
            "The edge is the sharpest curvature that is stable at the step's learning rate: 2/α for gradient descent, \
             2(1+β)/α for momentum. It is computed from the method's iteration matrix."
        }
        Theory::Preconditioned { .. } => {
            "A method that gives each coordinate a scale of its own sees the curvature of D^½ H D^½. The edge is the \
             largest eigenvalue of that which is stable at the step's learning rate: (2 + 2β₁)/((1 - β₁)α) for Adam."
        }
        Theory::None(why) => why,
    }
}
