//! What the charts of loss and gradient norm have in common: a quantity of every runner, over the steps or over
//! what they cost.

use super::curve::Curve;
use super::reduced::Reduced;
use super::smoothed_series::SmoothedSeries;
use crate::cache::Incremental;
use crate::dash;
use crate::numbers;
use crate::pinned_names;
use crate::scheme::Scheme;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;
use thalweg_scenario::{Layer, Runner, XAxis};
use thalweg_session::Session;

/// A quantity over the steps of one run, by the run's number.
type Trace = Incremental<u64, SmoothedSeries>;

/// How many steps a trace takes in at a time.
const INTAKE: usize = 1 << 16;

/// How wide the lines of pinned runners are, in points.
const PINNED: f64 = 1.3;

/// How wide a line is of which an average is drawn, and how much of its colour it has lost.
const RAW: f64 = 1.0;
const FAINT: f64 = 0.3;

/// Takes in what was computed since the last time, or a part of it: a path that is pinned is there all at
/// once. Whether something is left.
fn take_in(
    trace: &mut Trace,
    version: u64,
    samples: &[Sample],
    quantity: impl Fn(&Sample) -> f64,
    weight: f64,
) -> bool {
    trace.advance(version, |series| {
        series.smooth_by(weight);
        for sample in samples.iter().skip(series.values().len()).take(INTAKE) {
            series.push(quantity(sample));
        }
        let is_behind = series.catch_up(INTAKE);
        is_behind || series.values().len() < samples.len()
    })
}

/// A quantity of all runners, the pinned ones with them.
#[derive(Debug)]
pub struct Comparison {
    quantity: fn(&Sample) -> f64,
    /// Whether the document's smoothing counts here.
    is_smoothed: bool,
    traces: Vec<Trace>,
    /// The traces of the pinned paths, one after the other.
    pinned: Vec<Trace>,
    reduced: Reduced,
}

impl Comparison {
    /// The comparison of a quantity, with nothing taken in yet.
    pub fn of(quantity: fn(&Sample) -> f64) -> Self {
        let (traces, pinned, reduced) = (Vec::new(), Vec::new(), Reduced::default());
        Self { quantity, is_smoothed: true, traces, pinned, reduced }
    }

    /// A quantity that is no noisier than what is set: it is never smoothed.
    pub fn exact(quantity: fn(&Sample) -> f64) -> Self {
        Self { is_smoothed: false, ..Self::of(quantity) }
    }

    /// Takes in what was computed since the last time. Whether something is left.
    pub fn update(&mut self, session: &Session) -> bool {
        let mut left = false;
        let weight = if self.is_smoothed { session.scenario().show.lines.smoothing } else { 0.0 };
        self.traces.resize_with(session.scenario().runners.len(), Trace::default);
        for ((index, (_, run)), trace) in session.runners().enumerate().zip(&mut self.traces) {
            let samples = run.trajectory().samples();
            left |= take_in(trace, session.run_version(index), samples, self.quantity, weight);
        }
        let pinned: Vec<_> = session.pinned_runs().flat_map(|(_, pinned)| pinned.runners()).collect();
        self.pinned.resize_with(pinned.len(), Trace::default);
        for ((_, run, version), trace) in pinned.into_iter().zip(&mut self.pinned) {
            left |= take_in(trace, version, run.trajectory().samples(), self.quantity, weight);
        }
        left
    }

    /// The lines of the runners that are shown, and of the pinned ones behind them; and where they are kept
    /// once they are reduced.
    pub fn curves<'a>(
        &'a mut self,
        session: &'a Session,
        scheme: &Scheme,
    ) -> (Vec<Curve<'a>>, &'a mut Reduced) {
        let Self { traces, pinned, reduced, .. } = self;
        (curves(session, traces, pinned, scheme), reduced)
    }
}

/// What a title says of an axis that is not the usual one.
pub fn counted(over: XAxis) -> &'static str {
    match over {
        XAxis::Steps => "",
        XAxis::Evaluations => " over evaluations",
        XAxis::Passes => " over passes",
    }
}

/// How often a step of a run goes through the data: once, or with a minibatch of B of n examples B/n times.
pub fn passes_of_step(session: &Session, run: &Run) -> f64 {
    let examples = session.race().problem().objective.examples().map(<[_]>::len);
    match (run.gradient(), examples) {
        (Gradient::Minibatch { size, .. }, Some(all)) if all > 0 => (f64::from(size) / all as f64).min(1.0),
        _ => 1.0,
    }
}

/// The lines of the runners that are shown, and of the pinned ones behind them.
fn curves<'a>(
    session: &'a Session,
    traces: &'a [Trace],
    pinned: &'a [Trace],
    scheme: &Scheme,
) -> Vec<Curve<'a>> {
    // What is averaged lies behind its average, faint and without a name.
    let lines = |name: String, runner: &Runner, run: &'a Run, trace: &'a Trace| {
        let (color, series) = (scheme.runner(runner.color), trace.value());
        let version = trace.key().map(|version| (*version, series.version()));
        let passes = passes_of_step(session, run);
        let line = move |name, color, values| Curve {
            version,
            run: Some(run),
            passes,
            ..Curve::new(name, color, values)
        };
        let behind = series
            .smoothed()
            .map(|_| Curve { width: RAW, ..line(String::new(), color.faded(FAINT), series.values()) });
        let front = line(name, color, series.smoothed().unwrap_or(series.values()));
        behind.into_iter().chain([front])
    };
    let shown = session.scenario().show.layers.has(Layer::PinnedRuns);
    let pinned_runs = session.pinned_runs().filter(|_| shown).flat_map(|(pin, pinned)| {
        let dash = dash::of_mark(pinned.mark());
        pinned
            .runners()
            .map(move |(runner, run, _)| (pinned_names::name_of(&pin.name, runner), dash, runner, run))
    });
    let pinned_runs = pinned_runs.zip(pinned).flat_map(|((name, dash, runner, run), trace)| {
        let named = lines(name, runner, run, trace).filter(|line| !line.name.is_empty());
        named.map(move |line| Curve { width: PINNED, ..line.pinned(dash) })
    });
    let runners = session.runners().zip(traces).filter(|((runner, _), _)| !runner.hidden);
    let runners =
        runners.flat_map(|((runner, run), trace)| lines(runner.name().into_owned(), runner, run, trace));
    let mut all: Vec<_> = pinned_runs.chain(runners).collect();
    // No average lies below what another one was made of.
    all.sort_by_key(|curve| !curve.name.is_empty());
    all
}

/// Where the axis of costs ends, and who goes on beyond, how far.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// Where it ends.
    pub at: f64,
    /// The name of the longest run where it is cut off, and where it ends.
    pub beyond: Option<(String, String)>,
}

/// How much longer than the second longest line the longest may be before it is cut.
const MOST_TIMES: f64 = 4.0;

/// How far the axis goes: as far as the longest line, unless that would leave the others no room.
pub fn end(session: &Session, over: XAxis) -> End {
    if over == XAxis::Steps {
        return End { at: f64::from(session.scenario().steps), beyond: None };
    }
    let shown = session.runners().filter(|(runner, _)| !runner.hidden);
    let cost = |run: &Run| match over {
        XAxis::Passes => f64::from(run.trajectory().last_step()) * passes_of_step(session, run),
        _ => run.cost(u32::MAX),
    };
    let mut costs: Vec<_> = shown.map(|(runner, run)| (cost(run), runner.name())).collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let longest = costs.first().map_or(1.0, |(cost, _)| *cost);
    let next = costs.get(1).map_or(longest, |(cost, _)| *cost);
    if next > 0.0 && longest > MOST_TIMES * next {
        let goes_to = numbers::count(longest.ceil().min(f64::from(u32::MAX)) as u32);
        End { at: MOST_TIMES * next, beyond: Some((costs[0].1.clone().into_owned(), goes_to)) }
    } else {
        End { at: longest, beyond: None }
    }
}
