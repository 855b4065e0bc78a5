//! The chart of the lengths of the runners' gradients.

use super::comparison::{Comparison, counted};
use super::entry::{ChartEntry, ChartView};
use super::heading::heading;
use super::scale::Axis;
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use egui::Ui;
use thalweg_scenario::ChartKind;
use thalweg_session::{FrameTimer, Session};

/// The row of the table of charts.
pub const CHART: ChartEntry = ChartEntry {
    kind: ChartKind::GRADIENT_NORM,
    title: "gradient norm",
    needs: Needs::NOTHING,
    start: || Box::new(GradientNormChart(Comparison::of(|sample| sample.grad_norm))),
};

struct GradientNormChart(Comparison);

impl ChartView for GradientNormChart {
    fn update(&mut self, session: &Session, _timer: &FrameTimer) -> bool {
        self.0.update(session)
    }

    fn heading(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        heading(ui, &title(context));
    }

    fn plot(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        self.0.plot(ui, context, "gradient norm", title(context), Axis::Log { above: 0.0 });
    }
}

fn title(context: &FrameContext<'_>) -> String {
    format!("gradient norm |∇f|{}", counted(context.show().over))
}
