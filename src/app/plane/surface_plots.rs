//! The plane and the relief, one of them or both, where the window has room for them.

use super::contour_plot::ContourPlot;
use super::fingers;
use super::relief_plot::ReliefPlot;
use crate::app::context::FrameContext;
use egui::{Context, Rect, Ui, UiBuilder};
use thalweg_core::objective::view::View;
use thalweg_scenario::ViewState;
use thalweg_session::Session;

/// How far the plane and the relief are apart, in points.
const BETWEEN: f32 = 6.0;

/// The plane and the relief.
#[derive(Default)]
pub struct SurfacePlots {
    plane: ContourPlot,
    relief: ReliefPlot,
}

impl SurfacePlots {
    /// The part of the plane that is seen; none before the first frame.
    pub fn seen(&self, session: &Session) -> Option<View> {
        let has_plane = session.scenario().relief().has_plane();
        if has_plane { self.plane.seen(session) } else { self.relief.seen(session) }
    }

    /// Takes in what the pointer asks for on the plots that were drawn last.
    pub fn collect(&mut self, ctx: &Context, context: &FrameContext<'_>) {
        fingers::follow(ctx);
        let shown = context.session.scenario().relief();
        if shown.has_plane() {
            self.plane.collect(ctx, context);
        }
        if shown.has_relief() {
            self.relief.collect(ctx, context);
        }
    }

    /// What is shown with the relief turned by so many degrees to the side and up, from where it is.
    pub fn turned(&self, show: &ViewState, side: f64, up: f64) -> ViewState {
        self.relief.turned(show, side, up)
    }

    /// What is shown with the relief turning by itself, or stopped where it is.
    pub fn toggled(&self, show: &ViewState) -> ViewState {
        ViewState { turning: !show.turning, ..self.turned(show, 0.0, 0.0) }
    }

    /// Shows the plane, the relief, or both side by side: one above the other where that leaves them more room.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let shown = context.session.scenario().relief();
        let room = ui.available_rect_before_wrap();
        let has_both = shown.has_plane() && shown.has_relief();
        let [first, second] = if has_both { halves(room) } else { [room; 2] };
        let mut within = |rect: Rect, id: &str| ui.new_child(UiBuilder::new().id_salt(id).max_rect(rect));
        if shown.has_plane() {
            self.plane.show(&mut within(first, "contour plot"), context);
        }
        if shown.has_relief() {
            let beside = has_both.then(|| self.plane.figure());
            self.relief.show(&mut within(second, "relief plot"), context, beside);
        }
        ui.advance_cursor_after_rect(room);
    }
}

/// Two halves of a room, side by side or one above the other.
fn halves(room: Rect) -> [Rect; 2] {
    let [mut first, mut second] = [room; 2];
    if room.width() > 0.9 * room.height() {
        first.set_right(room.center().x - BETWEEN / 2.0);
        second.set_left(room.center().x + BETWEEN / 2.0);
    } else {
        first.set_bottom(room.center().y - BETWEEN / 2.0);
        second.set_top(room.center().y + BETWEEN / 2.0);
    }
    [first, second]
}
