//! What a lesson has to show at a step, with its runs made.

use nalgebra::Vector2;
use thalweg_analysis::field::grid::Grid;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_figure::pictures::Pictures;
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::FixedMeasure;
use thalweg_figure::viewport::Rect;
use thalweg_scenario::{Scenario, open_preset};
use thalweg_session::{Playback, Session};

/// A scenario at a part of its run, from 0 to 1.
pub fn made(scenario: Scenario, part: f64) -> Session {
    let mut session = Session::new(scenario);
    while !session.compute(|| false) {}
    let step = (f64::from(session.finish_line()) * part) as u32;
    session.apply(Playback::Seek(step));
    session
}

/// A lesson at a part of its run, from 0 to 1.
pub fn lesson(name: &str, part: f64) -> Session {
    made(open_preset(name).unwrap(), part)
}

/// Its pictures, in letters that are the same everywhere.
pub fn pictures(session: &Session, theme: Theme) -> Pictures<'_> {
    Pictures { session, theme, measure: &FixedMeasure, kept: None }
}

/// A page of this size.
pub fn page(size: [f64; 2]) -> Rect {
    Rect::new(Vector2::zeros(), size.into())
}

/// Whether the surface is the same all over a view, or nowhere finite.
pub fn is_flat(objective: &Objective, view: View) -> bool {
    let grid = Grid::sample(objective, view, 24, 24);
    let finite = grid.values().iter().copied().filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    high.is_nan() || high <= low
}
