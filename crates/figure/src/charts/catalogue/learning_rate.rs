//! The chart of the runners' learning rates.

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
    kind: ChartKind::named("LearningRate"),
    is_univariate: false,
    start: || Box::new(LearningRateChart(Comparison::exact(|sample| sample.lr))),
};

struct LearningRateChart(Comparison);

impl ChartSource for LearningRateChart {
    fn update(&mut self, session: &Session, _budget: &dyn FigureBudget) -> bool {
        self.0.update(session)
    }

    /// Linear unless it is to be logarithmic: a schedule is a shape, and many end at zero.
    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let show = &session.scenario().show;
        let title = format!("learning rate α{}", counted(show.over));
        let heading = ChartHeading {
            title: title.clone(),
            about: "The rate of the step that leaves from each place: what is set, times the schedule's factor, or what \
                    the method finds itself"
                .to_owned(),
            ..ChartHeading::default()
        };
        let (curves, reduced) = self.0.curves(session, scheme);
        let scale = match show.lines.scale {
            HeightScale::Log => ChartScale::Log { above: 0.0 },
            HeightScale::Auto | HeightScale::Linear => ChartScale::Linear,
        };
        let chart = LineChart { heading, title, scale, over: show.over, end: end(session, show.over).at };
        chart.of(&curves, reduced, session, width, scheme)
    }
}
