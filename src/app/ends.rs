//! Where the cloud's runs end: found once, told in words, and marked alike in plot and panel.

use super::cache::Derived;
use super::theme::Palette;
use egui::{Color32, Painter, Pos2, Stroke, vec2};
use thalweg_analysis::runs::basins::{BasinOutcome, Basins};
use thalweg_core::run::run::Run;
use thalweg_scenario::Color;
use thalweg_session::Session;

/// The colours of the most visited places; those behind them are grey, like runs that end alone, and
/// blue is left to the runner that mostly leads the picture.
const COLORS: [Color; 5] = [Color::Green, Color::Purple, Color::Orange, Color::Sky, Color::Yellow];

/// The ends of the session's cloud, kept until a further run ends.
#[derive(Default)]
pub struct CloudEnds(Derived<(u64, usize), Basins>);

impl CloudEnds {
    /// The ends, if there is a cloud.
    pub fn of(&mut self, session: &Session) -> Option<&Basins> {
        let (multi_start, version) = session.multi_start()?;
        let done = multi_start.runs().iter().filter(|run| Run::is_done(run)).count();
        // Measured by where the starts lie: a view that moves regroups nothing.
        let scale = session.scenario().cloud?.draw.within.diagonal();
        Some(self.0.get_or((version, done), || Basins::of(multi_start, scale)))
    }
}

/// The colour of what became of a run.
pub fn color(outcome: BasinOutcome, palette: &Palette) -> Color32 {
    match outcome {
        BasinOutcome::Group(index) => COLORS.get(index).map_or(palette.quiet, |color| palette.runner(*color)),
        BasinOutcome::Diverged => palette.alarm,
        BasinOutcome::Alone | BasinOutcome::Running => palette.quiet,
    }
}

/// The mark of a run's end: filled where runs meet, a cross where it diverged, else hollow.
pub fn mark(painter: &Painter, outcome: BasinOutcome, at: Pos2, radius: f32, palette: &Palette) {
    let color = color(outcome, palette);
    match outcome {
        BasinOutcome::Group(_) => {
            painter.circle_filled(at, radius + 1.0, palette.halo);
            painter.circle_filled(at, radius, color);
        }
        BasinOutcome::Diverged => {
            for width in [3.6, 1.6] {
                let stroke = Stroke::new(width, if width > 2.0 { palette.halo } else { color });
                for (dx, dy) in [(radius, radius), (radius, -radius)] {
                    painter.line_segment([at - vec2(dx, dy), at + vec2(dx, dy)], stroke);
                }
            }
        }
        BasinOutcome::Alone | BasinOutcome::Running => {
            painter.circle_stroke(at, radius, Stroke::new(3.0, palette.halo));
            painter.circle_stroke(at, radius, Stroke::new(1.3, color));
        }
    }
}
