//! A map over settings or starts: a colour for each cell, and what the colours mean.

use crate::captions;
use crate::color::Rgba;
use crate::figure::Figure;
use crate::item::{Item, TextItem};
use crate::numbers;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::scheme::{Scheme, Theme};
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::borrow::Cow;
use std::sync::Arc;
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::outcome::{CellResult, OutcomeClassifier, RunOutcome};
use thalweg_analysis::sweep::plan::SweepPlan;
use thalweg_analysis::sweep::theory::SweepTheory;
use thalweg_core::math::within::Within;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::objective::Objective;
use thalweg_scenario::{MapMetric, Notation};

/// Below this part of the largest, losses above the lowest count as none.
const FLOOR: f64 = 1e-12;
/// How much room the names below a map take, in points, and the size of their letters.
const FOOT: f64 = 15.0;
const SMALL: f64 = 11.0;

/// What became of runs, as a legend tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeShare {
    /// Its colour.
    pub color: Rgba,
    /// What became of them.
    pub outcome: RunOutcome,
    /// In a few words, as "minimum (1, 1)".
    pub words: String,
    /// Which part of the cells, from 0 to 1.
    pub share: f64,
}

impl OutcomeShare {
    /// With its share: "minimum (1, 1) 62 %".
    pub fn told(&self) -> String {
        let percent = 100.0 * self.share;
        let percent = if percent < 1.0 { "<1".to_owned() } else { format!("{percent:.0}") };
        format!("{} {percent} %", self.words)
    }
}

/// What the colours of a map mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapLegend {
    /// What the ramp of colours goes from and to; none where there is no ramp.
    pub ramp: Option<[String; 2]>,
    /// The kinds of runs that have a colour of their own, the most frequent first.
    pub kinds: Vec<OutcomeShare>,
}

/// How losses are turned into parts of the ramp: by the logarithm of what they are above the lowest.
struct LossRamp {
    base: f64,
    /// Natural logarithms.
    ends: (f64, f64),
    /// Whether there are losses below the one end, and above the other.
    is_cut: [bool; 2],
}

impl LossRamp {
    /// The ramp of these cells. `lowest` is the lowest loss that is known of, `start` that at the start: what ends
    /// higher has only risen, and would leave the others no colours.
    fn of(found: &[&CellResult], lowest: Option<f64>, start: f64) -> Self {
        let finite = || {
            let kept = found.iter().filter(|cell| !cell.outcome.has_left() && cell.loss.is_finite());
            kept.map(|cell| cell.loss)
        };
        let base = finite().chain(lowest).fold(f64::INFINITY, f64::min);
        let highest = finite().fold(f64::NEG_INFINITY, f64::max) - base;
        let is_above = start - base > 0.0 && start - base < highest;
        let most = if is_above { start - base } else { highest };
        let lowest = finite().map(|loss| loss - base).filter(|above| *above > 0.0).fold(most, f64::min);
        let least = lowest.max(most * FLOOR).max(f64::MIN_POSITIVE);
        Self {
            base,
            ends: (libm::log(least), libm::log(most.max(least))),
            is_cut: [lowest < least, is_above],
        }
    }

    /// What stands at its ends.
    fn told(&self) -> [String; 2] {
        let [below, above] = self.is_cut.map(|is_cut| is_cut && self.ends.0 < self.ends.1);
        let end = |sign: &str, end: f64| format!("{sign}{}", numbers::digits(libm::exp(end), 2));
        [end(if below { "≤ " } else { "" }, self.ends.0), end(if above { "≥ " } else { "" }, self.ends.1)]
    }

    fn part(&self, loss: f64) -> f64 {
        let (from, to) = self.ends;
        let above = libm::log((loss - self.base).max(f64::MIN_POSITIVE));
        ((above - from) / (to - from).max(f64::MIN_POSITIVE)).within(0.0, 1.0)
    }
}

/// The colours of a map's cells, and what they mean. `found` gives the cell in a column and a row, or the one
/// that stands for it.
pub fn map_raster<'a>(
    plan: &SweepPlan,
    found: impl Fn(usize, usize) -> Option<&'a CellResult>,
    objective: &Objective,
    metric: MapMetric,
    scheme: &Scheme,
) -> (Raster, MapLegend) {
    let (columns, rows) = (plan.x().count(), plan.y().map_or(1, SweepAxis::count));
    // Pictures run from the top down.
    let places = (0..rows).rev().flat_map(|row| (0..columns).map(move |column| (column, row)));
    let found: Vec<Option<&CellResult>> = places.map(|(column, row)| found(column, row)).collect();
    let all: Vec<&CellResult> = found.iter().copied().flatten().collect();
    // Of a map over starts, the highest of its corners.
    let (right, top) = (columns.saturating_sub(1), rows.saturating_sub(1));
    let corners = [(0, 0), (right, 0), (0, top), (right, top)];
    let starts = corners.map(|(column, row)| objective.value(plan.cell(column, row).start));
    let start = starts.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let losses = LossRamp::of(&all, objective.lowest_known(), start);
    let arrived = || all.iter().filter(|cell| cell.outcome.has_arrived()).map(|cell| cell.step);
    let (first, last) = (arrived().min().unwrap_or(0), arrived().max().unwrap_or(1));
    let ln = |step: u32| libm::log(f64::from(step + 1));
    // From the fewest steps to the most, by their logarithms.
    let speed =
        |cell: &CellResult| (ln(cell.step) - ln(first)) / (ln(last) - ln(first)).max(f64::MIN_POSITIVE);
    let color = |cell: &CellResult| match metric {
        MapMetric::Steps if cell.outcome.has_arrived() => Scheme::map(speed(cell)),
        MapMetric::Loss if !cell.outcome.has_left() => Scheme::map(losses.part(cell.loss)),
        _ => outcome_color(cell.outcome, plan.judge(), speed(cell), scheme),
    };
    let cells = found.iter().map(|cell| cell.map_or(Rgba::TRANSPARENT, color)).collect();
    let ramp = match metric {
        MapMetric::Steps if arrived().next().is_some() => {
            Some([first, last].map(|steps| format!("{} steps", numbers::count(steps))))
        }
        MapMetric::Loss if losses.base.is_finite() => Some(losses.told()),
        _ => None,
    };
    let kinds = kinds(plan, &all, metric, scheme);
    (Raster { columns, rows, cells, is_smooth: false }, MapLegend { ramp, kinds })
}

/// The colour of an outcome; the slower, from 0 to 1, the paler.
fn outcome_color(outcome: RunOutcome, judge: &OutcomeClassifier, slow: f64, scheme: &Scheme) -> Rgba {
    match outcome {
        RunOutcome::Minimum(index) => scheme.minimum_reached(judge.minimum_number(index), slow),
        RunOutcome::CriticalPoint(_) => scheme.ink,
        RunOutcome::Elsewhere => scheme.quiet,
        RunOutcome::NoLongerFalling => scheme.stuck(),
        RunOutcome::OnItsWay => scheme.moving(),
        RunOutcome::FallsForEver => scheme.falling(),
        RunOutcome::Diverged => scheme.hole(),
    }
}

/// The kinds that the ramp does not show, with their shares.
fn kinds(plan: &SweepPlan, all: &[&CellResult], metric: MapMetric, scheme: &Scheme) -> Vec<OutcomeShare> {
    let is_plain = |outcome: RunOutcome| match metric {
        MapMetric::Steps => !outcome.has_arrived(),
        MapMetric::Loss => outcome.has_left(),
        MapMetric::Outcome => true,
    };
    let mut counts: Vec<(RunOutcome, usize)> = Vec::new();
    for cell in all {
        match counts.iter_mut().find(|(outcome, _)| *outcome == cell.outcome) {
            Some((_, count)) => *count += 1,
            None => counts.push((cell.outcome, 1)),
        }
    }
    counts.retain(|(outcome, _)| is_plain(*outcome));
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let kind = |(outcome, count)| OutcomeShare {
        color: outcome_color(outcome, plan.judge(), 0.0, scheme),
        outcome,
        words: outcome_label(outcome, plan.judge()),
        share: count as f64 / all.len().max(1) as f64,
    };
    counts.into_iter().map(kind).collect()
}

/// An outcome in a few words, with its place where it has one: "minimum (1, 1)".
pub fn outcome_label(outcome: RunOutcome, classifier: &OutcomeClassifier) -> String {
    match outcome {
        RunOutcome::Minimum(index) | RunOutcome::CriticalPoint(index) => {
            classifier.point(index).map_or_else(String::new, |point| {
                let kind = match point.kind {
                    PointKind::Inconclusive => "critical point",
                    kind => kind.name(),
                };
                format!("{kind} {}", numbers::point(point.at.x, point.at.y))
            })
        }
        RunOutcome::Elsewhere => "at rest elsewhere".to_owned(),
        RunOutcome::NoLongerFalling => "no longer falling".to_owned(),
        RunOutcome::OnItsWay => "still on its way".to_owned(),
        RunOutcome::FallsForEver => "falling for ever".to_owned(),
        RunOutcome::Diverged => "diverged".to_owned(),
    }
}

/// What a map over settings shows.
#[derive(Clone, Copy, Debug)]
pub struct MapInput<'a> {
    /// The part of the paper that it takes up, with the names below it.
    pub page: Rect,
    /// The theme.
    pub theme: Theme,
    /// What varies along it, and upward.
    pub axes: (&'a SweepAxis, Option<&'a SweepAxis>),
    /// Its cells, as far as there are any.
    pub raster: Option<&'a Arc<Raster>>,
    /// Whether they are those of an earlier map.
    pub is_old: bool,
    /// What theory says of it.
    pub theory: Option<&'a SweepTheory>,
    /// The parts of the two axes that the present settings are at.
    pub present: Option<[f64; 2]>,
    /// The symbols of what varies.
    pub notation: Notation,
}

/// Where the cells lie on the page of a map.
pub fn map_frame(page: Rect) -> Rect {
    Rect { min: page.min, max: [page.max[0], page.max[1] - FOOT] }
}

/// The map: its cells, theory's lines, a cross at the present settings, and the ends of its axes.
pub fn map(input: &MapInput<'_>, measure: &dyn TextMeasure) -> Figure {
    let (scheme, frame) = (Scheme::new(input.theme), map_frame(input.page));
    let mut figure = Figure::new(input.page);
    let ground = Item::Panel { rect: frame, radius: 0.0, fill: scheme.core, stroke: None };
    let opacity = if input.is_old { 0.35 } else { 1.0 };
    let cells = input.raster.map(|raster| Item::Raster { raster: Arc::clone(raster), place: frame, opacity });
    figure.push("map", Some(frame), [Some(ground), cells].into_iter().flatten().collect());
    let place = |part: [f64; 2]| {
        let [x, y] = part.map(|part| part.within(-10.0, 10.0));
        frame.part(x, 1.0 - y)
    };
    if let Some(SweepTheory { edge, best }) = input.theory {
        let strokes = vec![Stroke::new(3.5, scheme.halo), Stroke::new(1.5, scheme.alarm)];
        let segment =
            |[from, to]: &[Vector2<f64>; 2]| Polyline::segment(place((*from).into()), place((*to).into()));
        let lines = edge.iter().map(segment).collect();
        let best = best.map(|best| Item::Circle {
            center: place(best.into()),
            radius: 5.0,
            fill: scheme.halo,
            stroke: Some(Stroke::new(2.0, scheme.alarm)),
        });
        let edge = Item::Lines { lines, strokes };
        figure.push("theory", Some(frame), [edge].into_iter().chain(best).collect());
    }
    if let Some(present) = input.present.filter(|parts| parts.iter().all(|part| part.is_finite())) {
        let at = place(present);
        let arms = [Vector2::new(9.0, 0.0), Vector2::new(0.0, 9.0)];
        let lines = arms.map(|arm| Polyline::segment(at - arm, at + arm));
        let strokes = vec![Stroke::new(4.0, scheme.halo), Stroke::new(1.5, scheme.ink)];
        figure.push("present", Some(frame), vec![Item::Lines { lines: lines.into(), strokes }]);
    }
    let (x, y) = input.axes;
    figure.push("axes", None, foot(x, input.notation, frame, &scheme, measure));
    if let Some(y) = y {
        let (from, to) = y.ends();
        let top = format!("{} {}", symbol(y.varied(), &input.notation), numbers::digits(to, 3));
        let corner = |y: f64, inward: f64| frame.part(0.0, y) + Vector2::new(5.0, inward);
        let write = |at, part, text: &str| captions::label(measure, at, part, text, scheme.ink, &scheme).0;
        let ends = [
            write(corner(0.0, 3.0), [0.0, 0.0], &top),
            write(corner(1.0, -3.0), [0.0, 1.0], &numbers::digits(from, 3)),
        ];
        figure.push("captions", None, ends.into_iter().flatten().collect());
    }
    figure
}

/// The values at the ends of the horizontal axis, and its name between them.
fn foot(
    axis: &SweepAxis,
    notation: Notation,
    frame: Rect,
    scheme: &Scheme,
    measure: &dyn TextMeasure,
) -> Vec<Item> {
    let (from, to) = axis.ends();
    let spread = if axis.is_log() { ", logarithmic" } else { "" };
    let write = |across: f64, string: String| {
        let room = measure.size(&string, SMALL, TextKind::Plain);
        let corner = frame.part(across, 1.0) + Vector2::new(-across * room.x, 1.0);
        let (kind, size, color) = (TextKind::Plain, SMALL, scheme.quiet);
        Item::Text(TextItem { string, kind, size, color, rect: Rect::new(corner, room), is_upright: false })
    };
    vec![
        write(0.0, numbers::digits(from, 3)),
        write(0.5, format!("{}{spread} →", symbol(axis.varied(), &notation))),
        write(1.0, numbers::digits(to, 3)),
    ]
}

/// The symbol of what varies along an axis, or its key where it has none.
pub fn symbol<'a>(varied: &'a Varied, notation: &Notation) -> Cow<'a, str> {
    match varied {
        Varied::Setting(param, _) | Varied::Schedule(param, _) if !param.symbol.is_empty() => {
            notation.symbol(param)
        }
        Varied::StartX => Cow::Owned(format!("start {}", notation.point.symbol())),
        _ => Cow::Borrowed(varied.key()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(loss: f64) -> CellResult {
        CellResult { outcome: RunOutcome::OnItsWay, step: 9, loss, end: nalgebra::Vector2::zeros() }
    }

    /// Cells that only just failed to count as diverged leave the others their colours.
    #[test]
    fn the_losses_of_runs_that_only_rose_do_not_stretch_the_scale() {
        let cells = [1e-8, 1e-3, 0.5, 3e20, 6e25].map(cell);
        let all: Vec<_> = cells.iter().collect();
        let ramp = LossRamp::of(&all, Some(0.0), 2.5);
        let parts = cells.map(|cell| ramp.part(cell.loss));
        assert!(parts.is_sorted() && parts[0] < 0.01 && parts[1] > 0.4 && parts[2] < 0.95, "{parts:?}");
        assert_eq!((parts[3], parts[4]), (1.0, 1.0));
        assert_eq!(ramp.told(), ["1e-8".to_owned(), "≥ 2.5".to_owned()]);
        // Where all fell, the scale is theirs.
        let ramp = LossRamp::of(&all[..3], Some(0.0), 2.5);
        assert_eq!(ramp.told()[1], "0.5");
        assert_eq!(ramp.part(0.5), 1.0);
    }
}
