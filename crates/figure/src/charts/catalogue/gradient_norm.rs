//! The chart of the lengths of the runners' gradients.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartHeading};
use crate::charts::comparison::{Comparison, counted, end};
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::LineChart;
use crate::charts::scale::ChartScale;
use crate::scheme::Scheme;
use thalweg_scenario::{ChartKind, HeightScale};
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("GradientNorm"),
    is_univariate: false,
    start: || Box::new(GradientNormChart(Comparison::of(|sample| sample.grad_norm))),
};

struct GradientNormChart(Comparison);

impl ChartSource for GradientNormChart {
    fn update(&mut self, session: &Session, _budget: &dyn FigureBudget) -> bool {
        self.0.update(session)
    }

    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let over = session.scenario().show.over;
        let title = format!("gradient norm |∇f|{}", counted(over));
        let heading = ChartHeading { title: title.clone(), ..ChartHeading::default() };
        let (curves, reduced) = self.0.curves(session, scheme);
        let scale = match session.scenario().show.lines.scale {
            HeightScale::Linear => ChartScale::Linear,
            HeightScale::Auto | HeightScale::Log => ChartScale::Log { above: 0.0 },
        };
        let chart = LineChart { heading, title, scale, over, end: end(session, over).at };
        chart.of(&curves, reduced, session, width, scheme)
    }
}
