//! The chart of the runners' losses.

use super::comparison::{Comparison, counted};
use super::entry::{ChartEntry, ChartView};
use super::heading::heading;
use super::scale::Axis;
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::words::text;
use egui::Ui;
use thalweg_scenario::ChartKind;
use thalweg_session::{FrameTimer, Session};

/// The row of the table of charts.
pub const CHART: ChartEntry = ChartEntry {
    kind: ChartKind::LOSS,
    title: "loss",
    needs: Needs::NOTHING,
    start: || Box::new(LossChart(Comparison::of(|sample| sample.loss))),
};

struct LossChart(Comparison);

impl LossChart {
    fn axis(&self, context: &FrameContext<'_>) -> Axis {
        let curves = self.0.curves(context.session, &context.palette);
        Axis::for_losses(context.session.race().problem().objective.lowest_known(), &curves)
    }
}

impl ChartView for LossChart {
    fn update(&mut self, session: &Session, _timer: &FrameTimer) -> bool {
        self.0.update(session)
    }

    fn heading(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        heading(ui, &title(self.axis(context), context));
    }

    fn plot(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let axis = self.axis(context);
        self.0.plot(ui, context, "loss", title(axis, context), axis);
    }
}

fn title(axis: Axis, context: &FrameContext<'_>) -> String {
    let counted = counted(context.show().over);
    match axis {
        Axis::Log { above: 0.0 } => format!("loss f{counted}"),
        Axis::Log { above } => format!("loss above the minimum, f - ({}){counted}", text::number(above)),
        Axis::Linear => format!("loss f{counted} (linear: it goes below zero)"),
    }
}
