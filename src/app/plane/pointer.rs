//! What the pointer does on a plot of the plane, and what it is told there.

use super::{camera, fingers};
use crate::app::context::{FrameContext, Pane};
use crate::app::paint;
use crate::app::story;
use crate::words::{sweep, text};
use egui::{Context, PointerButton, Pos2, Response};
use nalgebra::Vector2;
use thalweg_analysis::sweep::axis::SweepAxis;
use thalweg_core::objective::view::View;
use thalweg_figure::captions::Corner;
use thalweg_figure::plane::{PlaneInput, Pointing};
use thalweg_figure::plot::Plot;
use thalweg_figure::run_paths::PathStep;
use thalweg_scenario::{Layer, Start};
use thalweg_session::{Command, Edit, Guess};

/// Where the pointer is, if it is on the plot.
pub fn on(response: &Response, plot: &Plot) -> Option<Pos2> {
    let frame = paint::rect(&plot.frame);
    response.hover_pos().filter(|pointer| frame.contains(*pointer))
}

/// Whether a click means a place: it moves the start there, or is a guess. Where many look on, only a guess is a click.
pub fn is_clicked(response: &Response, context: &FrameContext<'_>) -> bool {
    let is_meant = !context.role.needs_ring() || story::asks_for_place(context.session);
    is_meant && response.clicked_by(PointerButton::Primary) && fingers::may_click(&response.ctx)
}

/// Whether the primary button went down on the ring that marks the start; `ring` is where that lies.
pub fn is_on_ring(response: &Response, ring: Option<Vector2<f64>>) -> bool {
    // Where the button went down, not where the drag was noticed.
    let from = response.ctx.input(|input| input.pointer.press_origin());
    let is_near = |(from, ring): (Pos2, Pos2)| from.distance(ring) < fingers::reach(&response.ctx);
    from.zip(ring.map(paint::pos)).is_some_and(is_near)
}

/// The start is taken where the primary button is; `point` gives the point of the plane of one of the plot. `hold` says
/// whether a drag has hold of the ring, which lies at the place `ring`.
pub fn move_start(
    response: &Response,
    plot: &Plot,
    context: &FrameContext<'_>,
    (hold, ring): (&mut bool, Vector2<f64>),
    point: impl Fn(Vector2<f64>) -> Vector2<f64>,
) {
    if response.drag_started_by(PointerButton::Primary) {
        *hold = is_on_ring(response, Some(ring));
    }
    let may_drag = *hold || !context.role.needs_ring();
    let is_clicked = is_clicked(response, context);
    let is_dragged =
        may_drag && response.dragged_by(PointerButton::Primary) && fingers::may_drag(&response.ctx);
    if is_clicked || is_dragged {
        put_start(response, plot, context, |place| Some(point(plot.to.plane(place))));
    }
}

/// The start is put where the pointer is; `point` gives the point of the plane at a place, if one is there.
/// `plot` says how many digits it is worth.
pub fn put_start(
    response: &Response,
    plot: &Plot,
    context: &FrameContext<'_>,
    point: impl Fn(Vector2<f64>) -> Option<Vector2<f64>>,
) {
    let pointer = response.interact_pointer_pos();
    if let Some(point) = pointer.and_then(|pointer| point(paint::place(pointer))) {
        let is_click = response.clicked_by(PointerButton::Primary);
        if story::asks_for_place(context.session) {
            if is_click {
                let at = Vector2::from(camera::round(point, &plot.to));
                let at = context.session.race().problem().objective.in_domain(at);
                context.push(Command::Guess(Guess::Place(at.into())));
            }
            return;
        }
        let start = Start::At(camera::round(point, &plot.to));
        if start != context.session.scenario().start {
            context.push(Edit::SetStart(start));
        }
    }
}

/// The view is dragged with another button or by two fingers, and zoomed by wheel and pinch.
pub fn move_view(ctx: &Context, response: &Response, plot: &Plot, context: &FrameContext<'_>) {
    let point = |place: Pos2| plot.to.plane(paint::place(place));
    move_view_by(ctx, response, context, point, |place| Some(point(place)));
}

/// The view is dragged with another button or by two fingers, where `level` gives the points of the plane that are dragged
/// along, and
/// zoomed around what `point` gives at a place, if something is there.
pub fn move_view_by(
    ctx: &Context,
    response: &Response,
    context: &FrameContext<'_>,
    level: impl Fn(Pos2) -> Vector2<f64>,
    point: impl Fn(Pos2) -> Option<Vector2<f64>>,
) {
    let old = context.session.scenario().view;
    let mut view: View = old;
    if (response.dragged_by(PointerButton::Secondary) || response.dragged_by(PointerButton::Middle))
        && let Some(to) = response.interact_pointer_pos()
    {
        view = camera::pan(view, level(to - response.drag_delta()) - level(to));
    }
    let pair = fingers::pair(ctx).filter(|(middle, _)| response.interact_rect.contains(*middle));
    if let Some((middle, by)) = pair {
        view = camera::pan(view, level(middle - by) - level(middle));
    }
    // With two fingers, around the middle between them.
    let fixed = pair.map(|(middle, _)| middle).or(response.hover_pos());
    if let Some(fixed) = fixed.and_then(point) {
        let (scroll, pinch) = ctx.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = f64::from((-scroll / 240.0).exp() / pinch);
        if (factor - 1.0).abs() > 1e-6 {
            view = camera::zoom(view, fixed, factor);
        }
    }
    if view != old {
        context.push(Edit::SetView(view));
    }
}

/// What is marked of what the pointer is over in another view than this.
pub fn pointed_elsewhere(context: &FrameContext<'_>, pane: Pane) -> Pointing {
    let pointed = context.caches.pointed.get().filter(|pointed| pointed.pane != pane);
    Pointing {
        elsewhere: pointed.map(|pointed| pointed.at),
        step: pointed.and_then(|pointed| pointed.step),
        lines: Vec::new(),
    }
}

/// What is told of the point below the pointer: x, y and f, the nearest step of the nearest path, and what
/// becomes of a run from there.
pub fn told(
    context: &FrameContext<'_>,
    input: &PlaneInput<'_>,
    point: Vector2<f64>,
    step: Option<PathStep>,
) -> Pointing {
    let (session, scheme) = (context.session, &context.palette.scheme);
    let ink = scheme.ink;
    let value = input.objective.value(point);
    let digits = |value| text::digits(value, 4);
    let [x, y] = input.axes;
    let here = if input.objective.is_univariate() {
        let here = input.objective.value_gradient_hessian(input.objective.in_domain(point));
        let [slope, bend] = [here.gradient.x, here.hessian.m11].map(text::number);
        format!("{x} {}   f {}   f' {slope}   f'' {bend}", digits(point.x), text::number(value))
    } else {
        format!("{x} {}   {y} {}   f {}", digits(point.x), digits(point.y), text::number(value))
    };
    let mut lines = vec![(Corner::TopLeft, here, ink)];
    if let Some((step, (runner, run))) =
        step.and_then(|step| Some((step.step, session.runners().nth(step.runner)?)))
        && let Some(sample) = run.trajectory().at(step)
    {
        let at = text::place(input.objective, sample.position);
        let (name, step) = (runner.name(), text::count(step));
        let told = format!("{name}, step {step}: {at}, f {}", text::number(sample.loss));
        lines.push((Corner::TopLeft, told, scheme.runner(runner.color)));
    }
    if input.layers.has(Layer::Starts)
        && let Some(told) = run_from(context, point)
    {
        lines.push((Corner::BottomRight, told, ink));
    }
    Pointing { elsewhere: None, step, lines }
}

/// What becomes of a run from a point, as the map over starts knows it.
fn run_from(context: &FrameContext<'_>, point: Vector2<f64>) -> Option<String> {
    let maps = context.caches.maps.borrow();
    let (job, false) = maps.starts.shown()? else { return None };
    let (x, y) = (job.plan().x(), job.plan().y());
    let (along, up) = (x.part(point.x), y.map_or(0.0, |y| y.part(point.y)));
    if !((0.0..1.0).contains(&along) && (0.0..1.0).contains(&up)) {
        return None;
    }
    let index = |part: f64, count: usize| (part * count as f64) as usize;
    let found = job.found(index(along, x.count()), index(up, y.map_or(1, SweepAxis::count)))?;
    Some(format!("from here it {}", sweep::predicate(found, job.plan().judge())))
}
