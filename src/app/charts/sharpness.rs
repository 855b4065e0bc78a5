//! The chart of the sharpness: along the focused runner's path, beside the edge of stability.

use super::companions::{Companions, TOOLTIP};
use super::curve::{Curve, PALER};
use super::entry::{ChartEntry, ChartView};
use super::line_chart::{LineChart, Reduced};
use super::scale::Axis;
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::app::text_size;
use crate::app::theme::Palette;
use egui::{Color32, Label, RichText, Ui};
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_analysis::spectral::sharpness::Sharpness;
use thalweg_core::method::description::Group;
use thalweg_core::method::theory::Theory;
use thalweg_scenario::{ChartKind, XAxis};
use thalweg_session::{FrameTimer, Session};

/// The row of the table of charts.
pub const CHART: ChartEntry = ChartEntry {
    kind: ChartKind::SHARPNESS,
    title: "sharpness",
    needs: Needs::NOTHING,
    start: || Box::<SharpnessChart>::default(),
};

/// A series with its name, its colour and its width.
type SharpnessLine<'a> = (&'static str, &'a MinMaxPyramid, Color32, f32);

/// What there is to draw of one run: a method without an edge has gaps throughout, and no word for them.
fn entries<'a>(series: &'a Sharpness, palette: &Palette) -> Vec<SharpnessLine<'a>> {
    let all = [
        ("surface", &series.plain, palette.axes[0], 1.6),
        ("scaled", &series.preconditioned, palette.axes[1], 1.6),
        ("edge", &series.edge, palette.alarm, 1.3),
    ];
    all.into_iter().filter(|(_, values, ..)| values.query(0..values.len()).is_some()).collect()
}

/// The sharpness along the path of the focused runner, and of those pinned.
#[derive(Default)]
struct SharpnessChart {
    sharpness: Sharpness,
    companions: Companions<Sharpness>,
    reduced: Reduced,
}

impl ChartView for SharpnessChart {
    fn update(&mut self, session: &Session, timer: &FrameTimer) -> bool {
        !self.sharpness.update(session.focused_run(), session.race().problem(), || timer.is_over())
    }

    fn update_pinned(&mut self, session: &Session, timer: &FrameTimer) -> bool {
        self.companions
            .update(session, |sharpness, run, problem| !sharpness.update(run, problem, || timer.is_over()))
    }

    fn heading(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        let (session, drawn) = (context.session, entries(&self.sharpness, &context.palette));
        ui.spacing_mut().item_spacing.y = 1.0;
        legend(ui, &drawn);
        let told = told(session, drawn.is_empty());
        let told = Label::new(RichText::new(told).size(text_size::FINE).weak()).wrap();
        ui.add(told).on_hover_text(format!("{} {TOOLTIP}", about(session)));
    }

    fn plot(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let (session, palette) = (context.session, &context.palette);
        let drawn = entries(&self.sharpness, palette);
        let mut curves = Vec::new();
        for companion in self.companions.shown(session) {
            for (name, values, color, width) in entries(companion.series, palette) {
                curves.push(Curve {
                    name: format!("{}, {name}", companion.name),
                    version: Some((companion.version, 0)),
                    color: color.gamma_multiply(PALER),
                    values,
                    run: None,
                    dash: Some(companion.dash),
                    is_pinned: true,
                    is_measured: true,
                    width,
                });
            }
        }
        for (name, values, color, width) in &drawn {
            curves.push(Curve {
                name: (*name).to_owned(),
                version: session.focused().map(|_| (session.run_version(session.focus()), 0)),
                color: *color,
                values,
                run: None,
                dash: None,
                is_pinned: false,
                is_measured: true,
                width: *width,
            });
        }
        let chart = LineChart {
            id: "sharpness",
            title: "sharpness along the path".to_owned(),
            axis: Axis::Log { above: 0.0 },
            over: XAxis::Steps,
            end: f64::from(session.scenario().steps),
        };
        chart.plot(ui, &curves, &mut self.reduced, session);
    }
}

/// What the colours mean.
fn legend(ui: &mut Ui, drawn: &[SharpnessLine<'_>]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        ui.label(RichText::new("sharpness λmax").size(text_size::HINT)).on_hover_text(
            "The larger eigenvalue where the focused runner stands: the curvature along the direction that curves \
             most. No line where every direction curves down.",
        );
        for (name, _, color, _) in drawn {
            let tip = match *name {
                "surface" => "Of the Hessian, as the surface has it",
                "scaled" => "Of the preconditioned Hessian: as the method's own scales make it",
                _ => "The largest that is stable at the step's learning rate",
            };
            ui.label(RichText::new(*name).size(text_size::HINT).color(*color)).on_hover_text(tip);
        }
    });
}

/// What there is to see, or why there is not more.
fn told(session: &Session, is_empty: bool) -> &'static str {
    let Some((_, run)) = session.focused() else { return "nobody races" };
    match run.optimizer().theory {
        _ if is_empty => "nothing curves up along this path",
        Theory::Linear(_) if run.optimizer().group == Group::SecondOrder => {
            "no edge: the step divides by the curvature, whatever it is"
        }
        Theory::Linear(_) => "above the edge, steps along that direction grow",
        Theory::Preconditioned { .. } => "above the edge, steps grow until the scales follow",
        Theory::None(_) => "no edge is known for this method",
    }
}

/// What the chart shows, at length.
fn about(session: &Session) -> &'static str {
    let Some((_, run)) = session.focused() else { return "" };
    match run.optimizer().theory {
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
