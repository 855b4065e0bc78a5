//! The map over starts: where the focused runner ends from each point of the view.

use super::captions::{Captions, Corner};
use super::to_screen;
use crate::app::maps::Kept;
use crate::app::theme::Palette;
use crate::words::sweep;
use egui::{Color32, Context, Painter, Pos2, Rect, pos2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use thalweg_scenario::MapMetric;
use thalweg_session::Session;

/// Paints the map where its part of the plane is now: an older one is pale until there is a new one.
pub fn show(
    painter: &Painter,
    transform: &PlotTransform,
    session: &Session,
    kept: &mut Kept,
    palette: &Palette,
) {
    let Some((texture, _)) = kept.picture(painter.ctx(), session, MapMetric::Outcome, palette) else {
        return;
    };
    let texture = texture.id();
    let Some((job, is_old)) = kept.shown() else { return };
    let Some(y) = job.plan().y() else { return };
    let (x, y) = (job.plan().x().ends(), y.ends());
    let corner = |x, y| to_screen(transform, Vector2::new(x, y));
    let place = Rect::from_two_pos(corner(x.0, y.0), corner(x.1, y.1));
    let tint = Color32::from_white_alpha(if is_old { 90 } else { 225 });
    painter.image(texture, place, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), tint);
}

/// What becomes of a run from below the pointer, in a corner.
pub fn readout(
    transform: &PlotTransform,
    kept: &Kept,
    pointer: Pos2,
    palette: &Palette,
    captions: &mut Captions,
) {
    let Some((job, false)) = kept.shown() else { return };
    let Some(y) = job.plan().y() else { return };
    let (x, at) = (job.plan().x(), transform.value_from_position(pointer));
    let (along, up) = (x.part(at.x), y.part(at.y));
    if !((0.0..1.0).contains(&along) && (0.0..1.0).contains(&up)) {
        return;
    }
    let index = |part: f64, count: usize| (part * count as f64) as usize;
    if let Some(found) = job.found(index(along, x.count()), index(up, y.count())) {
        let text = format!("from here it {}", sweep::predicate(found, job.plan().judge()));
        captions.corner(Corner::BottomRight, &text, palette.ink);
    }
}

/// What the colours mean, in a corner: whoever looks at the plot need not look for it elsewhere.
pub fn key(ctx: &Context, session: &Session, kept: &mut Kept, palette: &Palette, captions: &mut Captions) {
    const MOST: usize = 7;
    let Some((_, legend)) = kept.picture(ctx, session, MapMetric::Outcome, palette) else { return };
    for kind in legend.kinds.iter().take(MOST) {
        captions.key(Corner::TopRight, kind.color, &kind.told());
    }
    if legend.kinds.len() > MOST {
        let told = format!("and {} more", legend.kinds.len() - MOST);
        captions.corner(Corner::TopRight, &told, palette.quiet);
    }
}
