//! What a map looks like: a colour for each cell, and what the colours mean.

use super::Job;
use crate::app::theme::Palette;
use crate::words::{sweep, text};
use egui::{Color32, ColorImage, Context, TextureHandle, TextureOptions};
use thalweg_analysis::sweep::axis::SweepAxis;
use thalweg_analysis::sweep::outcome::{CellResult, RunOutcome};
use thalweg_scenario::MapMetric;

/// Below this part of the largest, losses above the lowest count as none.
const FLOOR: f64 = 1e-12;

/// What became of runs, as a legend tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// Its colour.
    pub color: Color32,
    /// What became of them.
    pub outcome: RunOutcome,
    /// In a few words, as "minimum (1, 1)".
    pub words: String,
    /// Which part of the cells, from 0 to 1.
    pub share: f64,
}

impl Kind {
    /// With its share: "minimum (1, 1) 62 %".
    pub fn told(&self) -> String {
        let percent = 100.0 * self.share;
        let percent = if percent < 1.0 { "<1".to_owned() } else { format!("{percent:.0}") };
        format!("{} {percent} %", self.words)
    }
}

/// What the colours of a map mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// What the ramp of colours goes from and to; none where there is no ramp.
    pub ramp: Option<[String; 2]>,
    /// The kinds of runs that have a colour of their own, the most frequent first.
    pub kinds: Vec<Kind>,
}

/// How losses are turned into parts of the ramp: by the logarithm of what they are above the lowest.
struct Losses {
    base: f64,
    /// Natural logarithms.
    ends: (f64, f64),
}

impl Losses {
    fn of(found: &[&CellResult], lowest: Option<f64>) -> Self {
        let finite = || {
            found
                .iter()
                .filter(|cell| !cell.outcome.has_diverged() && cell.loss.is_finite())
                .map(|cell| cell.loss)
        };
        let base = finite().chain(lowest).fold(f64::INFINITY, f64::min);
        let most = finite().fold(f64::NEG_INFINITY, f64::max) - base;
        let least = finite().map(|loss| loss - base).filter(|above| *above > 0.0).fold(most, f64::min);
        let least = least.max(most * FLOOR).max(f64::MIN_POSITIVE);
        Self { base, ends: (least.ln(), most.max(least).ln()) }
    }

    fn part(&self, loss: f64) -> f32 {
        let (from, to) = self.ends;
        let above = (loss - self.base).max(f64::MIN_POSITIVE).ln();
        ((above - from) / (to - from).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0) as f32
    }
}

/// The picture of a map, one texel for each cell, and its legend. `lowest` is the lowest loss that is
/// known of.
pub fn picture(
    job: &Job,
    lowest: Option<f64>,
    quantity: MapMetric,
    palette: &Palette,
) -> (ColorImage, Legend) {
    let (columns, rows) = (job.plan().x().count(), job.plan().y().map_or(1, SweepAxis::count));
    // Images run from the top down.
    let places = (0..rows).rev().flat_map(|row| (0..columns).map(move |column| (column, row)));
    let found: Vec<Option<&CellResult>> = places.map(|(column, row)| job.found(column, row)).collect();
    let all: Vec<&CellResult> = found.iter().copied().flatten().collect();
    let losses = Losses::of(&all, lowest);
    let arrived = || all.iter().filter(|cell| cell.outcome.has_arrived()).map(|cell| cell.step);
    let (first, last) = (arrived().min().unwrap_or(0), arrived().max().unwrap_or(1));
    let ln = |step: u32| f64::from(step + 1).ln();
    // From the fewest steps to the most, by their logarithms.
    let speed = |cell: &CellResult| {
        ((ln(cell.step) - ln(first)) / (ln(last) - ln(first)).max(f64::MIN_POSITIVE)) as f32
    };
    let color = |cell: &CellResult| match quantity {
        MapMetric::Steps if cell.outcome.has_arrived() => Palette::map(speed(cell)),
        MapMetric::Loss if !cell.outcome.has_diverged() => Palette::map(losses.part(cell.loss)),
        _ => plain(cell.outcome, speed(cell), palette),
    };
    let texels = found.iter().map(|cell| cell.map_or(Color32::TRANSPARENT, color)).collect();
    let ramp = match quantity {
        MapMetric::Steps if arrived().next().is_some() => {
            Some([first, last].map(|steps| format!("{} steps", text::count(steps))))
        }
        MapMetric::Loss if losses.base.is_finite() => {
            let end = |end: f64| text::digits(end.exp(), 2);
            Some([end(losses.ends.0), end(losses.ends.1)])
        }
        _ => None,
    };
    let kinds = kinds(job, &all, quantity, palette);
    (ColorImage::new([columns, rows], texels), Legend { ramp, kinds })
}

/// The colour of an outcome; the slower, the paler.
fn plain(outcome: RunOutcome, slow: f32, palette: &Palette) -> Color32 {
    match outcome {
        RunOutcome::Minimum(index) => palette.minimum(index, slow),
        RunOutcome::CriticalPoint(_) => palette.ink,
        RunOutcome::Elsewhere => palette.quiet,
        RunOutcome::NoLongerFalling => palette.stuck(),
        RunOutcome::OnItsWay => palette.moving(),
        RunOutcome::Diverged => palette.hole(),
    }
}

/// The kinds that the ramp does not show, with their shares.
fn kinds(job: &Job, all: &[&CellResult], quantity: MapMetric, palette: &Palette) -> Vec<Kind> {
    let is_plain = |outcome: RunOutcome| match quantity {
        MapMetric::Steps => !outcome.has_arrived(),
        MapMetric::Loss => outcome.has_diverged(),
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
    let kind = |(outcome, count)| Kind {
        color: plain(outcome, 0.0, palette),
        outcome,
        words: sweep::label(outcome, job.plan().judge()),
        share: count as f64 / all.len().max(1) as f64,
    };
    counts.into_iter().map(kind).collect()
}

/// Puts a picture where the old one was.
pub fn load(ctx: &Context, old: Option<TextureHandle>, image: ColorImage) -> TextureHandle {
    match old {
        Some(mut texture) => {
            texture.set(image, TextureOptions::NEAREST);
            texture
        }
        None => ctx.load_texture("map", image, TextureOptions::NEAREST),
    }
}
