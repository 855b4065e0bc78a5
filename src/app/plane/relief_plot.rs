//! The relief: its figure, and the pointer's work: turning it, moving the start on it, moving the view, and asking
//! what is below it.

use super::contour_plot::{described, found, shown_step, starts};
use super::{fingers, pointer};
use crate::app::context::{Action, FrameContext, Pane, Pointed};
use crate::app::frame_share::FrameShare;
use crate::app::paint;
use crate::app::paint::{FigurePainter, FontMeasure};
use crate::app::picture_dialog::plot_menu;
use crate::app::story;
use egui::{Context, Id, PointerButton, Pos2, Response, Sense, Ui};
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;
use thalweg_figure::findings::Findings;
use thalweg_figure::ground::Ground;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::plane::{PlaneInput, Pointing};
use thalweg_figure::plane_figure::PlaneFigure;
use thalweg_figure::relief::relief_figure::ReliefFigure;
use thalweg_figure::relief::relief_view::Camera;
use thalweg_figure::viewport::fit;
use thalweg_scenario::ViewState;
use thalweg_session::Session;

/// How far a point of drag turns the relief, in degrees: to the side, and up.
const TURN: [f64; 2] = [0.4, 0.3];
/// How far it turns by itself, in degrees a second.
const PACE: f64 = 12.0;
/// As much of the time between two frames as counts: after a pause it does not jump.
const LONGEST: f64 = 0.1;

/// What a drag has hold of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Hold {
    #[default]
    Nothing,
    View,
    Start,
}

/// The relief, with what is kept between frames.
#[derive(Default)]
pub struct ReliefPlot {
    figure: ReliefFigure,
    painter: FigurePainter,
    /// Its widget, and the width and the height that the plane would have in its place.
    last: Option<(Id, [f64; 2])>,
    hold: Hold,
    /// How far it has turned by itself from where the document looks at it, in degrees, and when it last did.
    turned: f64,
    since: Option<f64>,
}

impl ReliefPlot {
    /// The part of the plane that is seen; none before the first frame.
    pub fn seen(&self, session: &Session) -> Option<View> {
        self.last.map(|(_, size)| fit(session.scenario().view, size))
    }

    /// Takes in what the pointer asks for on the relief that was drawn last.
    pub fn collect(&mut self, ctx: &Context, context: &FrameContext<'_>) {
        let Some(response) = self.last.and_then(|(id, _)| ctx.read_response(id)) else { return };
        let Some(land) = self.figure.land() else { return };
        if response.drag_started_by(PointerButton::Primary) {
            let start = context.session.scenario().start.point().into();
            let ring = land.spot(start).map(|spot| spot.at);
            self.hold = if pointer::is_on_ring(&response, ring) { Hold::Start } else { Hold::View };
        }
        let is_clicked = pointer::is_clicked(&response, context);
        let is_dragged = response.dragged_by(PointerButton::Primary) && fingers::may_drag(ctx);
        let moves_start = is_clicked || (self.hold == Hold::Start && is_dragged);
        if moves_start {
            pointer::put_start(&response, &land.floor, context, |place| land.seen_at(place));
        } else if self.hold == Hold::View && is_dragged {
            let by = response.drag_delta();
            let [side, up] = [-f64::from(by.x) * TURN[0], f64::from(by.y) * TURN[1]];
            context.act(Action::TurnRelief(side, up));
        } else {
            let on_plane = |place: Pos2| land.seen_at(paint::place(place));
            let level = |place: Pos2| land.at_height(paint::place(place), 0.5);
            pointer::move_view_by(ctx, &response, context, level, on_plane);
        }
        if !response.dragged_by(PointerButton::Primary) {
            self.hold = Hold::Nothing;
        }
    }

    /// Turns it while it is to turn by itself.
    fn turn(&mut self, ctx: &Context, session: &Session) -> Camera {
        let show = &session.scenario().show;
        if show.turning {
            let now = ctx.input(|input| input.time);
            let passed = self.since.map_or(0.0, |since| (now - since).within(0.0, LONGEST));
            self.since = Some(now);
            self.turned = (self.turned + passed * PACE).rem_euclid(360.0);
            ctx.request_repaint();
        } else {
            (self.since, self.turned) = (None, 0.0);
        }
        Camera { azimuth: show.azimuth + self.turned, elevation: show.elevation }
    }

    /// What is shown with the relief looked at from where it has turned to, and turned on by so many degrees to
    /// the side and up. A hand that turns it takes over: then it turns no longer by itself.
    pub fn turned(&self, show: &ViewState, side: f64, up: f64) -> ViewState {
        let has_turned = if show.turning { self.turned } else { 0.0 };
        ViewState { turning: false, ..show.clone() }.turned(has_turned + side, up)
    }

    /// Shows it, beside the figure of the plane where there is one.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>, beside: Option<&PlaneFigure>) {
        let page = ui.allocate_space(ui.available_size()).1;
        let painter = ui.painter().clone();
        let measure = FontMeasure(&painter);
        let session = context.session;
        let mut ends = context.caches.ends.borrow_mut();
        let step = shown_step(context);
        let found = Findings { step: step.as_deref(), ..found(context, ends.of(session), starts(context)) };
        let input = PlaneInput::of(session, paint::page(page), context.palette.scheme.theme, found);
        let plot = input.plot(&measure);
        let id = ui.scope_id().with("relief");
        let response = ui.interact(page, id, Sense::click_and_drag());
        let name = "Relief of the surface with the paths";
        response.widget_info(|| described(context, name));
        response.context_menu(|ui| plot_menu(ui, context, PictureKind::Relief));
        self.last = Some((id, plot.frame.size()));
        if ui.ctx().will_discard() {
            return;
        }

        let pointing = self.pointing(&response, context, &input);
        let camera = self.turn(ui.ctx(), session);
        context.caches.turned.set(self.turned);
        self.figure.stand_beside(beside);
        let mut share = FrameShare::new(session);
        let (figure, is_whole) = self.figure.compose(&input, camera, &plot, &pointing, &measure, &mut share);
        self.painter.paint(&painter, &figure);
        if let Some(land) = self.figure.land() {
            let seen = |at| land.spot(at).filter(|spot| !spot.is_hidden).map(|spot| spot.at);
            story::paint_guesses(&painter, session, &context.palette, seen);
        }
        if !is_whole {
            ui.ctx().request_repaint();
        }
    }

    /// What is told of what the pointer is over, here or elsewhere.
    fn pointing(&self, response: &Response, context: &FrameContext<'_>, input: &PlaneInput<'_>) -> Pointing {
        let pointed = &context.caches.pointed;
        let here = response.hover_pos().filter(|_| self.hold != Hold::View);
        let point = here.zip(self.figure.land()).and_then(|(at, land)| land.seen_at(paint::place(at)));
        if let Some(point) = point {
            let step = self.figure.nearest(input, point);
            pointed.set(Some(Pointed { at: point, step, pane: Pane::Relief }));
            return pointer::told(context, input, point, step);
        }
        if pointed.get().is_some_and(|pointed| pointed.pane == Pane::Relief) {
            pointed.set(None);
        }
        pointer::pointed_elsewhere(context, Pane::Relief)
    }
}
