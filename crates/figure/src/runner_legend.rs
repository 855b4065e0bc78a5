//! Who is who: the runners' markers and names, and the pinned runs' lines.

use crate::dash;
use crate::item::{Item, TextItem};
use crate::marker::{Marker, MarkerShape};
use crate::numbers;
use crate::pinned_names::name_of;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Ending;
use thalweg_scenario::Layer;
use thalweg_session::Session;

/// The size of the letters, in points, how far entries are apart, and how far lines are.
const SIZE: f64 = 13.0;
const GAP: f64 = 18.0;
const LEADING: f64 = 4.0;
/// How long the sample of a line is, and how far its name is from it.
const SAMPLE: f64 = 26.0;
const SAMPLE_GAP: f64 = 6.0;
/// How large a marker is.
const RADIUS: f64 = 5.5;

/// How entries follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendLayout {
    /// Side by side, in as many lines as they need.
    Rows,
    /// One below the other, each with its loss at the cursor.
    Column,
}

/// An entry: a sample of a line, with a marker on it or none, and words.
struct LegendEntry {
    stroke: Stroke,
    shape: Option<MarkerShape>,
    name: String,
    value: String,
}

/// The legend at the top of a page, and how high it is. It shows who is shown, as they are at the cursor.
pub fn runner_legend(
    session: &Session,
    page: Rect,
    layout: LegendLayout,
    scheme: &Scheme,
    measure: &dyn TextMeasure,
) -> (Vec<Item>, f64) {
    let mut items = Vec::new();
    let height = measure.size("0", SIZE, TextKind::Plain).y;
    let (mut at, mut lines) = (Vector2::from(page.min), 0);
    for entry in entries(session, scheme) {
        let most = page.size()[0] - SAMPLE - SAMPLE_GAP;
        let value = if layout == LegendLayout::Column { &*entry.value } else { "" };
        let value_room = measure.size(value, SIZE, TextKind::Plain);
        let free = most - if value.is_empty() { 0.0 } else { value_room.x + GAP };
        let name = measure.fitted(&entry.name, free, SIZE);
        let room = measure.size(&name, SIZE, TextKind::Plain);
        let is_first = lines == 0;
        let is_over = at.x > page.min[0] && at.x + SAMPLE + SAMPLE_GAP + room.x > page.max[0];
        if is_first || is_over || layout == LegendLayout::Column {
            let down = if is_first { 0.0 } else { height + LEADING };
            (at, lines) = (Vector2::new(page.min[0], at.y + down), lines + 1);
        }
        let middle = at.y + height / 2.0;
        let [from, to] = [0.0, SAMPLE].map(|along| Vector2::new(at.x + along, middle));
        items.push(Item::line(Polyline::segment(from, to), &[entry.stroke]));
        if let Some(shape) = entry.shape {
            let fill = scheme.runner(shape.color);
            items.push(Item::Marker(Marker {
                shape,
                center: (from + to) / 2.0,
                radius: RADIUS,
                fill,
                edge: scheme.halo.with_alpha(255),
            }));
        }
        let mut write = |left: f64, string: &str, room: Vector2<f64>, color| {
            if !string.is_empty() {
                let rect = Rect::new(Vector2::new(left, at.y), room);
                let string = string.to_owned();
                items.push(Item::Text(TextItem {
                    string,
                    kind: TextKind::Plain,
                    size: SIZE,
                    color,
                    rect,
                    is_upright: false,
                }));
            }
        };
        write(to.x + SAMPLE_GAP, &name, room, scheme.ink);
        write(page.max[0] - value_room.x, value, value_room, scheme.quiet);
        at.x = to.x + SAMPLE_GAP + room.x + GAP;
    }
    let height = if lines == 0 { 0.0 } else { f64::from(lines) * (height + LEADING) };
    (items, height)
}

fn entries(session: &Session, scheme: &Scheme) -> Vec<LegendEntry> {
    let cursor = session.cursor();
    let mut entries = Vec::new();
    for (index, (runner, run)) in session.runners().enumerate().filter(|(_, (runner, _))| !runner.hidden) {
        let stroke = Stroke::new(2.0, scheme.runner(runner.color));
        let shape = Some(MarkerShape::of(&session.scenario().runners, index));
        let name = [&*runner.name(), &state(run, cursor)].concat();
        entries.push(LegendEntry { stroke, shape, name, value: value(run, cursor) });
    }
    if session.scenario().show.layers.has(Layer::PinnedRuns) {
        for (pin, pinned) in session.pinned_runs() {
            for (runner, run, _) in pinned.runners() {
                let stroke =
                    Stroke::new(1.5, scheme.runner(runner.color)).dashed(dash::of_mark(pinned.mark()));
                let name = name_of(&pin.name, runner) + &state(run, cursor);
                entries.push(LegendEntry { stroke, shape: None, name, value: value(run, cursor) });
            }
        }
    }
    entries
}

/// What became of a run that has left, up to a step.
fn state(run: &Run, cursor: u32) -> String {
    let ending = run.trajectory().ending().filter(|ending| ending.step <= cursor);
    match ending {
        Some(Ending { cause, step, .. }) if cause.is_divergence() => format!(" (diverged at step {step})"),
        Some(Ending { cause, step, .. }) if cause.is_escape() => format!(" (falls for ever, step {step})"),
        _ => String::new(),
    }
}

/// The loss of a run at a step, or at its last one.
fn value(run: &Run, cursor: u32) -> String {
    let trajectory = run.trajectory();
    let sample = trajectory.at(cursor.min(trajectory.last_step()));
    sample.map_or_else(String::new, |sample| format!("f = {}", numbers::number(sample.loss)))
}
