//! The cobweb of a function of x alone: each step from the diagonal to the line of what follows x, and back.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartDot, ChartHeading, ChartLine, ChartPlace, HeadingKey};
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::columns;
use crate::charts::scale::ChartScale;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::ticks::TickRule;
use nalgebra::Vector2;
use thalweg_core::objective::view::View;
use thalweg_core::run::run::Run;
use thalweg_scenario::{ChartKind, Layer};
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry =
    ChartEntry { kind: ChartKind::named("Cobweb"), is_univariate: true, start: || Box::new(CobwebChart) };

/// The newest steps, and the next ones, that are drawn.
const STEPS: u32 = 400;

/// Nothing is kept: what it draws is short.
struct CobwebChart;

impl ChartSource for CobwebChart {
    fn update(&mut self, _session: &Session, _budget: &dyn FigureBudget) -> bool {
        false
    }

    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let objective = &session.race().problem().objective;
        let (from, to) = session.scenario().view.x;
        let mut chart = Chart {
            heading: heading(scheme),
            told: "cobweb: x after each step over x before it".to_owned(),
            view: View { x: (from, to), y: (from, to) },
            scale: ChartScale::Linear,
            ticks: [TickRule::Even(5.0); 2],
            bands: Vec::new(),
            rules: Vec::new(),
            lines: Vec::new(),
            dots: Vec::new(),
            notes: Vec::new(),
            has_names: false,
            message: "",
        };
        if !objective.is_univariate() {
            chart.message = "for a function of x alone";
            return chart;
        }
        let Some((runner, run)) = session.focused() else {
            chart.message = "nobody races";
            return chart;
        };
        let cursor = session.cursor();
        let diagonal = Stroke::new(1.0, scheme.quiet);
        chart.lines.push(line("x after = x before", vec![vec![[from, from], [to, to]]], diagonal));
        let lr = run.learning_rate(cursor);
        if run.optimizer().has_learning_rate() && lr.is_finite() {
            let next = |x: f64| x - lr * objective.value_gradient(Vector2::new(x, 0.0)).gradient.x;
            let count = columns(width);
            let at = |index: usize| from + (to - from) * index as f64 / count as f64;
            let places: Vec<ChartPlace> = (0..=count).map(|index| [at(index), next(at(index))]).collect();
            let name = format!("x - α f'(x), α = {}", crate::numbers::number(lr));
            chart.lines.push(line(&name, pieces(places, to - from), Stroke::new(1.6, scheme.ink)));
        }
        let color = scheme.runner(runner.color);
        let first = cursor.saturating_sub(STEPS);
        if session.scenario().show.layers.has(Layer::Future) {
            let ahead = Stroke::new(1.0, scheme.ahead(color));
            chart.lines.push(line("", vec![web(run, cursor, cursor + STEPS)], ahead));
        }
        chart.lines.push(line("steps", vec![web(run, first, cursor)], Stroke::new(1.4, color)));
        if let Some(x) = place(run, cursor).filter(|x| x.abs() < MOST) {
            chart.dots.push(ChartDot { at: [x, x], color, is_open: false });
        }
        chart
    }
}

/// Places beyond this are not drawn.
const MOST: f64 = 1e12;

/// Where a run is at a step.
fn place(run: &Run, step: u32) -> Option<f64> {
    run.trajectory().at(step).map(|sample| sample.position.x)
}

/// The steps of a run between two: up or down from the diagonal to what follows, and across to the diagonal.
fn web(run: &Run, first: u32, last: u32) -> Vec<ChartPlace> {
    let mut places: Vec<ChartPlace> = Vec::new();
    let mut before: Option<f64> = None;
    for step in first..=last {
        let Some(x) = place(run, step).filter(|x| x.abs() < MOST) else { break };
        if let Some(before) = before {
            places.push([before, x]);
        }
        places.push([x, x]);
        before = Some(x);
    }
    places
}

/// A line in pieces, cut where it is not finite or jumps by far more than what is seen.
fn pieces(places: Vec<ChartPlace>, seen: f64) -> Vec<Vec<ChartPlace>> {
    let mut pieces: Vec<Vec<ChartPlace>> = vec![Vec::new()];
    for place in places {
        let is_seen = place[1].abs() < MOST;
        let last = pieces.last().and_then(|piece| piece.last()).copied();
        let jumps = last.is_some_and(|last: ChartPlace| (place[1] - last[1]).abs() > 2.0 * seen);
        if !is_seen || jumps {
            pieces.push(Vec::new());
        }
        if let Some(piece) = pieces.last_mut().filter(|_| is_seen) {
            piece.push(place);
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

fn line(name: &str, pieces: Vec<Vec<ChartPlace>>, stroke: Stroke) -> ChartLine<'static> {
    ChartLine {
        name: name.to_owned(),
        pieces: pieces.into(),
        here: f64::INFINITY,
        behind: stroke,
        ahead: None,
        values: None,
        is_over_steps: false,
    }
}

fn heading(scheme: &Scheme) -> ChartHeading {
    let key = |text, about, color| HeadingKey { text, about, color };
    ChartHeading {
        title: "cobweb".to_owned(),
        about: "Each step of the focused runner goes upright from the diagonal to the place that follows, and level back \
                to the diagonal. Gradient descent follows the line x - α f'(x): it comes to rest where that crosses the \
                diagonal with a slope between -1 and 1, which is 1 - α f''. The steps of a method that remembers leave \
                the line."
            .to_owned(),
        keys: vec![key("x - α f'(x)", "What follows x by gradient descent, at this step's learning rate", scheme.ink)],
        note: None,
    }
}
