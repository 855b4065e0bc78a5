//! The chart of the decay: the errors along the eigenvectors, measured and predicted.

use super::companions::{Companions, TOOLTIP};
use super::curve::{Curve, PALER};
use super::entry::{ChartEntry, ChartView};
use super::heading::heading;
use super::line_chart::{LineChart, Reduced};
use super::scale::Axis;
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::words::{spectrum, text};
use egui::Ui;
use thalweg_analysis::spectral::decay::ErrorDecay;
use thalweg_figure::dash;
use thalweg_scenario::{ChartKind, XAxis};
use thalweg_session::{FrameTimer, Session};

/// The row of the table of charts.
pub const CHART: ChartEntry = ChartEntry {
    kind: ChartKind::DECAY,
    title: "decay",
    needs: Needs::NOTHING,
    start: || Box::<DecayChart>::default(),
};

/// The errors along the eigenvectors, measured and predicted: of the focused runner, and of those pinned.
#[derive(Default)]
struct DecayChart {
    decay: ErrorDecay,
    companions: Companions<ErrorDecay>,
    reduced: Reduced,
}

impl ChartView for DecayChart {
    fn update(&mut self, session: &Session, timer: &FrameTimer) -> bool {
        !self.decay.update(session.focused_run(), session.race().problem(), || timer.is_over())
    }

    fn update_pinned(&mut self, session: &Session, timer: &FrameTimer) -> bool {
        self.companions.update(session, |decay, run, problem| !decay.update(run, problem, || timer.is_over()))
    }

    fn heading(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        let (title, tooltip) = words(&self.decay, context.show().over);
        heading(ui, &title).on_hover_text(tooltip);
    }

    /// Draws the measured error along each eigenvector at the critical point that the run tends to, with the
    /// prediction of the linear theory laid over it where there is one.
    fn plot(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let (session, palette) = (context.session, &context.palette);
        let mut curves = Vec::new();
        for companion in self.companions.shown(session) {
            for (i, component) in companion.series.components().iter().enumerate() {
                curves.push(Curve {
                    name: format!("{}, along {}", companion.name, NAMES[i]),
                    version: Some(companion.series.version()),
                    color: palette.axes[i].gamma_multiply(PALER),
                    values: &component.measured,
                    run: None,
                    dash: Some(companion.dash),
                    is_pinned: true,
                    is_measured: true,
                    width: 1.6,
                });
            }
        }
        for (i, component) in self.decay.components().iter().enumerate() {
            curves.push(Curve {
                name: format!("measured along {}", NAMES[i]),
                version: Some(self.decay.version()),
                color: palette.axes[i],
                values: &component.measured,
                run: None,
                dash: None,
                is_pinned: false,
                is_measured: true,
                width: 3.0,
            });
            if let Some(predicted) = &component.predicted {
                curves.push(Curve {
                    name: format!("predicted along {}", NAMES[i]),
                    version: Some(self.decay.version()),
                    color: palette.ink,
                    values: predicted,
                    run: None,
                    dash: Some(dash::PREDICTED),
                    is_pinned: false,
                    // It may fall without end; the measurement decides what is shown.
                    is_measured: false,
                    width: 1.2,
                });
            }
        }
        let chart = LineChart {
            id: "decay",
            title: words(&self.decay, context.show().over).0,
            axis: Axis::Log { above: 0.0 },
            over: XAxis::Steps,
            end: f64::from(session.scenario().steps),
        };
        chart.plot(ui, &curves, &mut self.reduced, session);
    }
}

const NAMES: [&str; 2] = ["v₁", "v₂"];

fn words(decay: &ErrorDecay, over: XAxis) -> (String, String) {
    let title = match decay.reference() {
        Some(critical) => {
            format!("error along v₁, v₂ from {}", text::point(critical.at.x, critical.at.y))
        }
        None => "error along the eigenvectors".to_owned(),
    };
    // Beside two charts over something else.
    let title = if over == XAxis::Steps { title } else { format!("over steps: {title}") };
    let tip = match decay.missing().map(spectrum::missing_prediction) {
        Some(reason) => format!("Solid: measured. No prediction: {reason}"),
        None => "Solid: measured. Dashed in ink: predicted by the linear theory, |1 - αλ|^t for gradient descent. \
                 On a quadratic the two are the same."
            .to_owned(),
    };
    let from = decay.reference().map_or_else(String::new, |critical| {
        let point = text::point(critical.at.x, critical.at.y);
        format!("Measured from the {} {point}. ", critical.kind.name())
    });
    (title, format!("{from}{tip} {TOOLTIP}"))
}
