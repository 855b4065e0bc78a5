//! The plot of the plane: the surface as colour and contour lines, the paths on it, and the
//! pointer's work: moving the start, the view, and asking what is below it.

mod arrows;
mod camera;
mod captions;
mod cloud;
mod eigenbasis;
mod equal_axes_plot;
mod ink;
mod model;
mod outline;
mod overlay;
mod paths;
mod picture;
mod regions;
mod starts;
mod thin;
mod vectors;

pub use captions::label;
pub use eigenbasis::Eigenbasis;
pub use overlay::critical_mark;

use super::theme::Palette;
use crate::app::context::{FrameContext, Pointed};
use captions::Captions;
use egui::{PointerButton, Rect, Response, Ui};
use egui_plot::{GridMark, PlotTransform};
use equal_axes_plot::{EqualAxesPlot, Shown};
use nalgebra::Vector2;
use std::cell::Cell;
use std::ops::RangeInclusive;
use thalweg_core::objective::view::View;
use thalweg_scenario::{Layer, Start};
use thalweg_session::{Edit, Session};

/// What is kept between frames, so that only what changed is drawn anew.
#[derive(Default)]
pub struct Plane {
    picture: picture::Picture,
    tints: regions::Tints,
    model: model::Model,
    cloud: cloud::Cloud,
    paths: paths::Paths,
    /// The plot's inner rectangle in the last frame.
    frame: Option<Rect>,
}

impl Plane {
    /// The part of the plane that is seen; none before the first frame.
    pub fn seen(&self, session: &Session) -> Option<View> {
        self.frame.map(|frame| camera::fit(session.scenario().view, frame.size()))
    }

    /// Shows the plot.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let (session, caches, palette) = (context.session, context.caches, context.palette);
        let mut maps = caches.maps.borrow_mut();
        let layers = session.scenario().show.layers;
        let view = session.scenario().view;
        let sheet = EqualAxesPlot {
            id: "plane",
            name: "Contour plot of the surface with the paths",
            axes: session.scenario().surface.of.axes(),
            ticks: [7.0, 5.0],
            margin: 44.0,
            size: ui.available_size(),
            view,
        };
        let Shown { response, transform, view: bounds } = sheet.show(ui, &mut self.frame);
        let frame = *transform.frame();
        act(ui, &response, &transform, context);

        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let mut captions = Captions::new(&painter, frame, &palette);
        self.picture.show(&painter, &transform, session, &palette);
        if layers.has(Layer::Starts) {
            starts::show(&painter, &transform, session, &mut maps.starts, &palette);
        }
        if layers.has(Layer::Contours) {
            self.picture.lines(&painter, &transform, session, &palette);
        }
        let window = ink::Window { view: bounds, frame, scale: ui.ctx().pixels_per_point() };
        self.tints.show(&painter, &transform, window, session, caches.analysis.regions(), &mut captions);
        if layers.has(Layer::Model) {
            let levels = self.picture.levels().unwrap_or_default();
            let truth = caches.analysis.surface();
            self.model.show(&painter, window, session, levels, truth, &mut captions);
        }
        if layers.has(Layer::CriticalPoint) {
            overlay::critical_points(&painter, &transform, &caches.analysis, &palette);
        }
        overlay::looked_at(&painter, &transform, session, &palette);
        if layers.has(Layer::Axes) {
            overlay::quadratic_model(&painter, &transform, context, &mut captions);
        }
        let mut ends = caches.ends.borrow_mut();
        let ends = ends.of(session);
        self.cloud.show(&painter, &transform, session, ends, layers.has(Layer::Future), &palette);
        let sampling = caches.noise.sampling().filter(|_| layers.has(Layer::Batches));
        let arrows = sampling.and_then(|found| arrows::Arrows::of(&transform, session, found, &palette));
        if let Some(arrows) = &arrows {
            arrows.cloud(&painter, &palette);
        }
        let future = layers.has(Layer::Future);
        self.paths.show(&painter, &transform, session, future, &palette, &mut captions);
        // Above the runner's marker: a short one would be hidden below it.
        if let Some(arrows) = &arrows {
            arrows.step(&painter, &palette);
        }
        overlay::start(&painter, &transform, session, &palette, &mut captions);
        if layers.has(Layer::Vectors) {
            vectors::show(&painter, &transform, context, &mut captions);
        }
        if layers.has(Layer::Direction) {
            model::direction(&painter, &transform, session, &palette, &mut captions);
        }
        overlay::levels(self.picture.levels(), &palette, &mut captions);
        let pointer = response.hover_pos().filter(|pointer| frame.contains(*pointer));
        point(&caches.pointed, &painter, &transform, pointer, &palette);
        if let Some(pointer) = pointer {
            let nearest = self.paths.nearest(session, &transform, pointer);
            overlay::readout(&painter, &transform, session, pointer, nearest, &palette, &mut captions);
            if layers.has(Layer::Starts) {
                starts::readout(&transform, &maps.starts, pointer, &palette, &mut captions);
            }
        }
        if layers.has(Layer::Starts) {
            starts::key(ui.ctx(), session, &mut maps.starts, &palette, &mut captions);
        }
        captions.show();
    }
}

/// Tells the eigenbasis view what the pointer is over, and shows what it is over there.
fn point(
    pointed: &Cell<Option<Pointed>>,
    painter: &egui::Painter,
    transform: &PlotTransform,
    pointer: Option<egui::Pos2>,
    palette: &Palette,
) {
    let at = pointer.map(|pointer| transform.value_from_position(pointer));
    if let Some(at) = at {
        pointed.set(Some(Pointed { at: Vector2::new(at.x, at.y), in_eigenbasis: false }));
    } else if pointed.get().is_some_and(|pointed| !pointed.in_eigenbasis) {
        pointed.set(None);
    }
    if let Some(pointed) = pointed.get().filter(|pointed| pointed.in_eigenbasis) {
        overlay::cross(painter, to_screen(transform, pointed.at), palette);
    }
}

/// The screen's point for a point of the plane. Exact in f64 up to here; far points are kept
/// within what the screen's arithmetic can bear.
fn to_screen(transform: &PlotTransform, p: Vector2<f64>) -> egui::Pos2 {
    const FAR: f64 = 1e6;
    let (frame, bounds) = (transform.frame(), transform.bounds());
    let [left, bottom] = bounds.min();
    let x = f64::from(frame.left()) + (p.x - left) / bounds.width() * f64::from(frame.width());
    let y = f64::from(frame.bottom()) - (p.y - bottom) / bounds.height() * f64::from(frame.height());
    egui::pos2(x.clamp(-FAR, FAR) as f32, y.clamp(-FAR, FAR) as f32)
}

fn act(ui: &Ui, response: &Response, transform: &PlotTransform, context: &FrameContext<'_>) {
    let session = context.session;
    let at = |pointer| {
        let point = transform.value_from_position(pointer);
        Vector2::new(point.x, point.y)
    };
    let moves_start =
        response.clicked_by(PointerButton::Primary) || response.dragged_by(PointerButton::Primary);
    if moves_start && let Some(pointer) = response.interact_pointer_pos() {
        let start = at(pointer);
        let start = [start.x, start.y].map(|value| camera::round(value, transform));
        context.push(Edit::SetStart(Start::At(start)));
    }
    let mut view = session.scenario().view;
    if response.dragged_by(PointerButton::Secondary) || response.dragged_by(PointerButton::Middle) {
        let [dx, dy] = transform.dvalue_dpos();
        let delta = response.drag_delta();
        view = camera::pan(view, -f64::from(delta.x) * dx, -f64::from(delta.y) * dy);
    }
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = f64::from((-scroll / 240.0).exp() / pinch);
        if (factor - 1.0).abs() > 1e-6 {
            view = camera::zoom(view, at(pointer), factor);
        }
    }
    if view != session.scenario().view {
        context.push(Edit::SetView(view));
    }
}

/// Tick labels: plain where that is short, powers of ten where it is not.
pub fn tick(mark: GridMark, _range: &RangeInclusive<f64>) -> String {
    if mark.value.abs() < mark.step_size * 1e-6 {
        return "0".to_owned();
    }
    let needed = (mark.value.abs() / mark.step_size).log10().ceil().clamp(0.0, 14.0) as u8 + 1;
    crate::words::text::digits(mark.value, needed)
}
