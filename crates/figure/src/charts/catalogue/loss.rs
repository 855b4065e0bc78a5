//! The chart of the runners' losses.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartHeading};
use crate::charts::comparison::{Comparison, counted, end};
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::LineChart;
use crate::charts::scale::ChartScale;
use crate::numbers;
use crate::scheme::Scheme;
use thalweg_scenario::{ChartKind, HeightScale, XAxis};
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("Loss"),
    is_univariate: false,
    start: || Box::new(LossChart(Comparison::of(|sample| sample.loss))),
};

struct LossChart(Comparison);

impl ChartSource for LossChart {
    fn update(&mut self, session: &Session, _budget: &dyn FigureBudget) -> bool {
        self.0.update(session)
    }

    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let (over, wanted) = (session.scenario().show.over, session.scenario().show.lines.scale);
        let (curves, reduced) = self.0.curves(session, scheme);
        let scale = match wanted {
            HeightScale::Linear => ChartScale::Linear,
            HeightScale::Auto | HeightScale::Log => {
                ChartScale::for_losses(session.race().problem().objective.lowest_known(), &curves)
            }
        };
        let title = title(scale, over, wanted == HeightScale::Linear);
        let heading = ChartHeading { title: title.clone(), ..ChartHeading::default() };
        let chart = LineChart { heading, title, scale, over, end: end(session, over).at };
        chart.of(&curves, reduced, session, width, scheme)
    }
}

fn title(scale: ChartScale, over: XAxis, is_wanted: bool) -> String {
    let counted = counted(over);
    match scale {
        // What is less than any rounding of f is no minimum to tell of.
        ChartScale::Log { above } if above.abs() < 1e-15 => format!("loss f{counted}"),
        ChartScale::Log { above } => {
            let sign = if above < 0.0 { '+' } else { '-' };
            format!("loss above the minimum, f {sign} {}{counted}", numbers::number(above.abs()))
        }
        ChartScale::Linear if is_wanted => format!("loss f{counted}"),
        ChartScale::Linear => format!("loss f{counted} (linear: it goes below zero)"),
    }
}
