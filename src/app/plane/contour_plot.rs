//! The plot of the plane: its figure, and the pointer's work: moving the start, the view, and asking what is
//! below it.

use super::pointer;
use crate::app::context::{FrameContext, Pane, Pointed};
use crate::app::frame_share::FrameShare;
use crate::app::paint;
use crate::app::paint::{FigurePainter, FontMeasure};
use crate::app::picture_dialog::plot_menu;
use crate::app::story;
use crate::words::description::description;
use egui::{Context, Id, Sense, Ui, WidgetInfo};
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::runs::basins::Basins;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::objective::view::View;
use thalweg_core::run::run::Run;
use thalweg_figure::findings::Findings;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::plane::{self, PlaneInput, ShownStarts};
use thalweg_figure::plane_figure::PlaneFigure;
use thalweg_figure::plot::Plot;
use thalweg_figure::settings_map::shown_starts;
use thalweg_scenario::{Layer, MapMetric};
use thalweg_session::Session;

/// The plot, with what is kept between frames, so that only what changed is drawn anew.
#[derive(Default)]
pub struct ContourPlot {
    figure: PlaneFigure,
    painter: FigurePainter,
    /// The width and the height of the plot's inner rectangle in the last frame.
    size: Option<[f64; 2]>,
    /// The plot as it was drawn last, with its widget.
    last: Option<(Id, Plot)>,
    /// Whether a drag has hold of the ring that marks the start.
    holds_start: bool,
}

impl ContourPlot {
    /// The part of the plane that is seen; none before the first frame.
    pub fn seen(&self, session: &Session) -> Option<View> {
        let objective = &session.race().problem().objective;
        self.size.map(|size| plane::seen(objective, session.scenario().view, size))
    }

    /// Takes in what the pointer asks for on the plot that was drawn last.
    pub fn collect(&mut self, ctx: &Context, context: &FrameContext<'_>) {
        let Some((id, plot)) = &self.last else { return };
        let Some(response) = ctx.read_response(*id) else { return };
        let session = context.session;
        // On a graph the hand says where along x; what y would be stays.
        let objective = &session.race().problem().objective;
        let is_graph = objective.is_univariate();
        let start = Vector2::from(session.scenario().start.point());
        let on_plot = if is_graph { Vector2::new(start.x, objective.value(start)) } else { start };
        let ring = plot.to.place(on_plot);
        pointer::move_start(&response, plot, context, (&mut self.holds_start, ring), |point| {
            if is_graph { Vector2::new(point.x, start.y) } else { point }
        });
        pointer::move_view(ctx, &response, plot, context);
    }

    /// Its figure.
    pub fn figure(&self) -> &PlaneFigure {
        &self.figure
    }

    /// Shows the plot.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let page = ui.allocate_space(ui.available_size()).1;
        let painter = ui.painter().clone();
        let measure = FontMeasure(&painter);
        let mut ends = context.caches.ends.borrow_mut();
        let session = context.session;
        let step = shown_step(context);
        let found = Findings { step: step.as_deref(), ..found(context, ends.of(session), starts(context)) };
        let input = PlaneInput::of(session, paint::page(page), context.palette.scheme.theme, found);
        let plot = input.plot(&measure);
        let id = ui.scope_id().with("plane");
        let response = ui.interact(paint::rect(&plot.frame), id, Sense::click_and_drag());
        let name = if input.objective.is_univariate() {
            "Graph of the function with the runners on it"
        } else {
            "Contour plot of the surface with the paths"
        };
        response.widget_info(|| described(context, name));
        response.context_menu(|ui| plot_menu(ui, context, PictureKind::Plane));
        self.last = Some((id, plot));
        if ui.ctx().will_discard() {
            return;
        }

        let pointed = &context.caches.pointed;
        let pointing = if let Some(pointer) = pointer::on(&response, &plot) {
            let place = paint::place(pointer);
            let (at, step) = (plot.to.plane(place), self.figure.nearest(&input, &plot, place));
            pointed.set(Some(Pointed { at, step, pane: Pane::Plane }));
            pointer::told(context, &input, at, step)
        } else {
            if pointed.get().is_some_and(|pointed| pointed.pane == Pane::Plane) {
                pointed.set(None);
            }
            pointer::pointed_elsewhere(context, Pane::Plane)
        };
        let (figure, is_whole) =
            self.figure.compose(&input, &plot, &pointing, &measure, &mut FrameShare::new(context.session));
        self.painter.paint(&painter, &figure);
        story::paint_guesses(&painter, context.session, &context.palette, |at| Some(plot.to.place(at)));
        // What looks at the part that is seen follows a frame of another size in the next.
        let size = plot.frame.size();
        if self.size.replace(size) != Some(size) || !is_whole {
            ui.ctx().request_repaint();
        }
    }
}

/// What a screen reader is told of a plot: its name, and what there is to be seen in it.
pub fn described(context: &FrameContext<'_>, name: &str) -> WidgetInfo {
    let session = context.session;
    let mut diagnoses = context.caches.diagnoses.borrow_mut();
    let ending = |index, run: &Run| diagnoses.of(session, index, run).map(str::to_owned);
    let mut info = WidgetInfo::labeled(egui::Role::Image, true, name);
    info.current_text_value = Some(description(session, ending));
    info
}

/// What is known for the pictures of the plane.
pub fn found<'a>(
    context: &FrameContext<'a>,
    ends: Option<&'a Basins>,
    starts: Option<ShownStarts>,
) -> Findings<'a> {
    let (session, caches) = (context.session, context.caches);
    Findings {
        ends,
        step: None,
        estimate: caches.readings.estimate(session).map(|estimate| estimate.spectrum),
        sample: caches.noise.sampling(),
        critical: caches.analysis.critical(),
        critical_lines: caches.analysis.survey().map_or(&[][..], |survey| survey.lines()),
        regions: caches.analysis.regions(),
        truth: caches.analysis.surface(),
        starts,
    }
}

/// The focused runner's next step, where it is shown.
pub fn shown_step(context: &FrameContext<'_>) -> Option<Arc<StepTrace>> {
    let has_step = context.show().layers.has(Layer::Vectors);
    has_step.then(|| context.caches.readings.step(context.session)).flatten()
}

/// The map over starts, where it is switched on and there is any of it.
pub fn starts(context: &FrameContext<'_>) -> Option<ShownStarts> {
    let session = context.session;
    if !context.show().layers.has(Layer::Starts) {
        return None;
    }
    let mut maps = context.caches.maps.borrow_mut();
    let (raster, legend) = maps.starts.picture(session, MapMetric::Outcome, &context.palette)?;
    let kinds = legend.kinds.clone();
    let (job, is_old) = maps.starts.shown()?;
    shown_starts(raster, job.plan(), is_old, &kinds)
}
