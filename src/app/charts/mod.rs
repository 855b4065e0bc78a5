//! The charts below the plot: loss, gradient norm, and the decay along the eigenvectors.

mod chart;
mod companions;
mod components;
mod decay;
mod hover;
mod scale;
mod sharpness;

use super::cache::Incremental;
use super::context::FrameContext;
use super::dash;
use super::dash::Pattern;
use super::pinned;
use super::theme::Palette;
use crate::words::text;
use chart::{Chart, Reduced};
use egui::{Color32, Label, Response, RichText, ScrollArea, Ui, vec2};
use scale::Axis;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;
use thalweg_scenario::{ChartKind, Layer, Runner, XAxis};
use thalweg_session::Session;

/// A quantity over the steps of one run, by the run's number.
type Trace = Incremental<u64, MinMaxPyramid>;

/// How many steps a trace takes in within a frame.
const INTAKE: usize = 1 << 16;

/// Takes in what was computed since the last frame, or a part of it: a path that is pinned is there all at
/// once. Whether something is left.
fn take_in(trace: &mut Trace, version: u64, samples: &[Sample], quantity: impl Fn(&Sample) -> f64) -> bool {
    trace.advance(version, |values| {
        for sample in samples.iter().skip(values.len()).take(INTAKE) {
            values.push(quantity(sample));
        }
        values.len() < samples.len()
    })
}

/// The number of a run, and how often its values have begun anew.
type Version = (u64, u64);

/// How much paler pinned lines are.
const PALER: f32 = 0.75;

/// One line of a chart.
struct Curve<'a> {
    name: String,
    /// New whenever the values begin anew; while it stays, they only grow. None if nobody knows.
    version: Option<Version>,
    color: Color32,
    values: &'a MinMaxPyramid,
    /// Who knows what the steps have cost.
    run: Option<&'a Run>,
    dash: Option<Pattern>,
    is_pinned: bool,
    /// Whether the chart is as high as it is.
    is_measured: bool,
    width: f32,
}

impl Curve<'_> {
    /// Where a step lies on the horizontal axis.
    fn place(&self, over: XAxis, step: usize) -> f64 {
        match (over, self.run) {
            (XAxis::Evaluations, Some(run)) => run.cost(u32::try_from(step).unwrap_or(u32::MAX)),
            _ => step as f64,
        }
    }

    /// The first step after those of the column that step `from` lies in, of columns of this width.
    /// `like` is how many steps the column before holds: where this one holds about as many, few
    /// looks find its end, and the logarithm of their number elsewhere: costs never fall.
    fn column_end(&self, over: XAxis, from: usize, width: f64, like: usize) -> usize {
        let edge = ((self.place(over, from) / width).floor() + 1.0) * width;
        let within = |step: usize| self.place(over, step) < edge;
        // All below `low` are within, and nothing from `high` on.
        let (mut low, mut high) = (from + 1, self.values.len());
        let (mut probe, mut stride) = (from + like, 1);
        while low < high {
            probe = probe.clamp(low, high - 1);
            if within(probe) {
                low = probe + 1;
                probe += stride;
            } else {
                high = probe;
                probe = probe.saturating_sub(stride);
            }
            stride = if stride < high - low { stride * 2 } else { 1.max((high - low) / 2) };
        }
        low
    }
}

/// Where the axis of costs ends, and who goes on beyond, how far.
pub struct End {
    at: f64,
    /// The name of the longest run where it is cut off, and where it ends.
    pub beyond: Option<(String, String)>,
}

/// How much longer than the second longest line the longest may be before it is cut.
const MOST_TIMES: f64 = 4.0;

/// How narrow a chart may be, in points, and what the bar takes that scrolls through them.
const NARROWEST: f32 = 130.0;
const SCROLL_BAR: f32 = 8.0;

/// The charts' caches.
#[derive(Default)]
pub struct Charts {
    losses: Vec<Trace>,
    norms: Vec<Trace>,
    /// The same of the pinned paths, one after the other.
    pinned_losses: Vec<Trace>,
    pinned_norms: Vec<Trace>,
    decay: decay::DecayChart,
    companions: companions::Companions,
    sharpness: sharpness::SharpnessChart,
    reduced: Reduced,
}

impl Charts {
    /// Shows the charts side by side.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let session = context.session;
        if self.update(session) {
            ui.ctx().request_repaint();
        }
        let over = session.scenario().show.over;
        let end = end(session, over);
        let palette = Palette::of(ui);
        let room = ui.available_size();
        // Where three would be too narrow to read, two are seen at a time.
        let (gap, three) = (6.0, room.x > 3.0 * NARROWEST);
        let width = if three { (room.x - 2.0 * gap) / 3.0 } else { (room.x - gap) / 2.0 };
        let size = vec2(width, room.y - if three { 0.0 } else { SCROLL_BAR });
        let row = |ui: &mut Ui| {
            ui.set_height(size.y);
            ui.spacing_mut().item_spacing.x = gap;
            let counted = if over == XAxis::Steps { "" } else { " over evaluations" };
            let lowest = lowest_known(session);
            let losses = curves(session, &self.losses, &self.pinned_losses, &palette);
            let axis = Axis::for_losses(lowest, &losses);
            let title = match axis {
                Axis::Log { above: 0.0 } => format!("loss f{counted}"),
                Axis::Log { above } => {
                    format!("loss above the minimum, f - ({}){counted}", text::number(above))
                }
                Axis::Linear => format!("loss f{counted} (linear: it goes below zero)"),
            };
            let tooltip = String::new();
            Chart { id: "loss", size, title, tooltip, axis, over, end: end.at }.show(
                ui,
                &losses,
                &mut self.reduced,
                session,
            );
            let (title, tooltip) = (format!("gradient norm |∇f|{counted}"), String::new());
            let axis = Axis::Log { above: 0.0 };
            let norms = curves(session, &self.norms, &self.pinned_norms, &palette);
            Chart { id: "gradient norm", size, title, tooltip, axis, over, end: end.at }.show(
                ui,
                &norms,
                &mut self.reduced,
                session,
            );
            match session.scenario().show.chart {
                ChartKind::Components => {
                    components::show(
                        ui,
                        size,
                        session,
                        context.caches.analysis.components(),
                        &self.companions,
                    );
                }
                ChartKind::Decay => self.decay.show(ui, size, session, &self.companions, &mut self.reduced),
                ChartKind::Sharpness => {
                    self.sharpness.show(ui, size, session, &self.companions, &mut self.reduced);
                }
            }
        };
        ScrollArea::horizontal()
            .auto_shrink(false)
            .scroll([!three, false])
            .show(ui, |ui| ui.horizontal_top(row));
    }

    /// Whether something is left to take in.
    fn update(&mut self, session: &Session) -> bool {
        let mut left = false;
        let runners = session.scenario().runners.len();
        self.losses.resize_with(runners, Trace::default);
        self.norms.resize_with(runners, Trace::default);
        for (index, (_, run)) in session.runners().enumerate() {
            let (version, samples) = (session.run_version(index), run.trajectory().samples());
            left |= take_in(&mut self.losses[index], version, samples, |sample| sample.loss);
            left |= take_in(&mut self.norms[index], version, samples, |sample| sample.grad_norm);
        }
        let pinned: Vec<_> = session.pinned_runs().flat_map(|(_, pinned)| pinned.runners()).collect();
        self.pinned_losses.resize_with(pinned.len(), Trace::default);
        self.pinned_norms.resize_with(pinned.len(), Trace::default);
        let traces = self.pinned_losses.iter_mut().zip(&mut self.pinned_norms);
        for ((_, run, version), (losses, norms)) in pinned.into_iter().zip(traces) {
            let samples = run.trajectory().samples();
            left |= take_in(losses, version, samples, |sample| sample.loss);
            left |= take_in(norms, version, samples, |sample| sample.grad_norm);
        }
        left |= self.companions.update(session);
        left |= match session.scenario().show.chart {
            // Its series are the eigenbasis view's, too.
            ChartKind::Components => false,
            ChartKind::Decay => self.decay.update(session),
            ChartKind::Sharpness => self.sharpness.update(session),
        };
        left
    }
}

/// A chart's title, on as many lines as it needs.
fn heading(ui: &mut Ui, title: &str) -> Response {
    ui.add(Label::new(RichText::new(title).size(11.5)).wrap())
}

/// The lines of the runners that are shown, and of the pinned ones behind them.
fn curves<'a>(
    session: &'a Session,
    traces: &'a [Trace],
    pinned: &'a [Trace],
    palette: &Palette,
) -> Vec<Curve<'a>> {
    let curve = |name: String, runner: &Runner, run: &'a Run, trace: &'a Trace| Curve {
        name,
        version: trace.key().map(|version| (*version, 0)),
        color: palette.runner(runner.color),
        values: trace.value(),
        run: Some(run),
        dash: None,
        is_pinned: false,
        is_measured: true,
        width: 1.6,
    };
    let shown = session.scenario().show.layers.has(Layer::PinnedRuns);
    let pinned_runs = session.pinned_runs().filter(|_| shown).flat_map(|(pin, pinned)| {
        pinned.runners().map(|(runner, run, _)| {
            (pinned::name_of(&pin.name, runner), dash::of_mark(pinned.mark()), runner, run)
        })
    });
    let pinned_runs = pinned_runs.zip(pinned).map(|((name, dash, runner, run), trace)| {
        let curve = curve(name, runner, run, trace);
        let color = curve.color.gamma_multiply(PALER);
        Curve { color, dash: Some(dash), is_pinned: true, width: 1.3, ..curve }
    });
    let runners = session.runners().zip(traces).filter(|((runner, _), _)| !runner.hidden);
    let runners = runners.map(|((runner, run), trace)| curve(runner.name().to_owned(), runner, run, trace));
    pinned_runs.chain(runners).collect()
}

/// The value of the lowest known minimum, if any is known.
fn lowest_known(session: &Session) -> Option<f64> {
    let objective = &session.race().problem().objective;
    let minima = objective.critical_points().iter().filter(|point| point.kind == PointKind::Minimum);
    minima.map(|point| objective.value(point.at)).min_by(f64::total_cmp)
}

/// How far the axis goes: as far as the longest line, unless that would leave the others no room.
pub fn end(session: &Session, over: XAxis) -> End {
    if over == XAxis::Steps {
        return End { at: f64::from(session.scenario().steps), beyond: None };
    }
    let shown = session.runners().filter(|(runner, _)| !runner.hidden);
    let mut costs: Vec<_> = shown.map(|(runner, run)| (run.cost(u32::MAX), runner.name())).collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let longest = costs.first().map_or(1.0, |(cost, _)| *cost);
    let next = costs.get(1).map_or(longest, |(cost, _)| *cost);
    if next > 0.0 && longest > MOST_TIMES * next {
        let beyond = (costs[0].1.to_owned(), text::count(longest.ceil().min(f64::from(u32::MAX)) as u32));
        End { at: MOST_TIMES * next, beyond: Some(beyond) }
    } else {
        End { at: longest, beyond: None }
    }
}
