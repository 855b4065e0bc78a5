//! The chart of how far the runners are from a recorded path, or else from the focused runner, at the same step.

use crate::budget::FigureBudget;
use crate::cache::Incremental;
use crate::charts::chart::{Chart, ChartHeading};
use crate::charts::curve::Curve;
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::LineChart;
use crate::charts::reduced::Reduced;
use crate::charts::scale::ChartScale;
use crate::scheme::Scheme;
use thalweg_analysis::runs::deviation::RunDeviation;
use thalweg_scenario::{ChartKind, HeightScale, Layer, Runner, XAxis};
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("Deviation"),
    is_univariate: false,
    start: || Box::<DeviationChart>::default(),
};

/// The distances of all runners from the one that they are held against, by the numbers of both runs.
#[derive(Default)]
struct DeviationChart {
    series: Vec<Incremental<(u64, u64), RunDeviation>>,
    reduced: Reduced,
}

/// The place of the runner that the others are held against: the first recorded path that is shown, or the focused one.
fn reference(session: &Session) -> Option<usize> {
    let runners = &session.scenario().runners;
    let is_path = |runner: &Runner| runner.optimizer.recorded_path().is_some() && !runner.hidden;
    let place = runners.iter().position(is_path).unwrap_or(session.focus());
    (place < runners.len()).then_some(place)
}

impl ChartSource for DeviationChart {
    fn update(&mut self, session: &Session, _budget: &dyn FigureBudget) -> bool {
        self.series.resize_with(session.scenario().runners.len(), Incremental::default);
        let Some(place) = reference(session) else { return false };
        let Some((_, held_against)) = session.runners().nth(place) else { return false };
        let against = session.run_version(place);
        let mut left = false;
        for ((index, (_, run)), series) in session.runners().enumerate().zip(&mut self.series) {
            let key = (session.run_version(index), against);
            left |= series.advance(key, |series| series.update(run, held_against));
        }
        left
    }

    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let Self { series, reduced } = self;
        let place = reference(session);
        let name = place.and_then(|place| session.scenario().runners.get(place));
        let name = name.map_or_else(|| "a runner".into(), Runner::name);
        let title = format!("distance from {name}");
        let about = format!(
            "How far every runner is from {name} at the same step: a path that was made elsewhere shows from which step on it \
             goes another way, and how fast. What is equal to the last bit is at no height of a logarithmic axis."
        );
        let heading = ChartHeading { title: title.clone(), about, ..ChartHeading::default() };
        let others = session
            .runners()
            .enumerate()
            .zip(&*series)
            .filter(|((index, (runner, _)), _)| Some(*index) != place && !runner.hidden);
        let curves: Vec<_> = others
            .map(|((_, (runner, _)), series)| {
                let color = scheme.runner(runner.color);
                let curve = Curve::new(runner.name().into_owned(), color, series.value().values());
                Curve { version: series.key().copied(), ..curve }
            })
            .collect();
        let scale = match session.scenario().show.lines.scale {
            HeightScale::Linear => ChartScale::Linear,
            HeightScale::Auto | HeightScale::Log => ChartScale::Log { above: 0.0 },
        };
        let end = f64::from(session.scenario().steps);
        let chart = LineChart { heading, title, scale, over: XAxis::Steps, end };
        let chart = chart.of(&curves, reduced, session, width, scheme);
        // What is still to come may be hidden, and equal places have no height.
        let shown = if session.scenario().show.layers.has(Layer::Future) {
            usize::MAX
        } else {
            session.cursor() as usize + 1
        };
        let differs = |curve: &Curve<'_>| curve.values.query(0..shown).is_some_and(|(_, most)| most > 0.0);
        let message = match (curves.is_empty(), curves.iter().any(differs)) {
            (true, _) if session.scenario().runners.is_empty() => chart.message,
            (true, _) => "there is nobody else: add a runner",
            (false, false) => "no step differs so far",
            (false, true) => "",
        };
        Chart { message, ..chart }
    }
}
