//! The data beside the contour plot: the points, and what every runner's model makes of them at the
//! cursor's step.

mod model;
mod words;

use super::context::FrameContext;
use super::paint::{FigurePainter, FontMeasure};
use super::picture_dialog::plot_menu;
use super::theme::Palette;
use super::{marker, paint};
use egui::{Color32, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};
use model::DataModel;
use thalweg_analysis::data::data_fit::{DataFit, DataPoint};
use thalweg_core::data::rows::Table;
use thalweg_core::objective::prediction::Shows;
use thalweg_figure::data_plot;
use thalweg_figure::data_plot::DataInput;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::shown_data;
use thalweg_session::Session;

/// Screen points from the pointer to a point that it asks for.
const REACH: f64 = 9.0;

/// What a runner's error depends on.
type PlotPlace = (u64, u64, u32);

/// The view of the data, with what is kept between frames.
#[derive(Default)]
pub struct DataView {
    surface: Option<u64>,
    fit: Option<DataFit>,
    /// Each runner's error, with what it was computed for.
    errors: Vec<Option<(PlotPlace, Option<f64>)>>,
}

impl DataView {
    /// Whether the surface that is open has data to show.
    pub fn has_data(session: &Session) -> bool {
        session.scenario().surface.of.prediction.is_some()
    }

    /// Shows the view.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let session = context.session;
        if self.surface != Some(session.surface_version()) {
            self.surface = Some(session.surface_version());
            self.fit = DataFit::of(&session.race().problem().objective);
            self.errors.clear();
        }
        let Some(fit) = &self.fit else { return };
        let models = models(session, fit, &mut self.errors);
        let Some(table) = shown_data::table(session) else { return };
        let scaled = shown_data::is_standardized(session);
        words::title(ui, fit, table, scaled);
        let lines = 2.0 + models.len().min(6) as f32;
        let room = (ui.available_height() - 18.0 * lines - 8.0).max(80.0);
        let height = room.min(ui.available_width() * 1.3);
        let batch =
            context.caches.noise.sampling().map(|sampling| fit.dots_of(&sampling.drawn)).unwrap_or_default();
        let batch_color = session
            .focused()
            .map_or(Color32::TRANSPARENT, |(runner, _)| Palette::of(ui).runner(runner.color));
        plot(ui, context, (fit, table, scaled), &models, &batch, vec2(ui.available_width(), height));
        words::key(ui, fit, (!batch.is_empty()).then_some(batch_color));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| words::legend(ui, fit, &models));
    }
}

/// Every visible runner's weights at the cursor.
fn models<'a>(
    session: &'a Session,
    fit: &DataFit,
    errors: &mut Vec<Option<(PlotPlace, Option<f64>)>>,
) -> Vec<DataModel<'a>> {
    errors.resize_with(session.scenario().runners.len(), || None);
    session
        .runners()
        .enumerate()
        .filter(|(_, (runner, _))| !runner.hidden)
        .filter_map(|(index, (runner, run))| {
            let step = session.cursor().min(run.trajectory().last_step());
            let position = run.trajectory().at(step)?.position;
            let weights = [position.x, position.y];
            let place = (session.surface_version(), session.run_version(index), step);
            let slot = errors.get_mut(index)?;
            let error = match slot {
                Some((known, error)) if *known == place => *error,
                _ => slot.insert((place, fit.error(weights))).1,
            };
            let round = marker::round(session, index);
            Some(DataModel { runner, round, weights, is_focused: session.focus() == index, error })
        })
        .collect()
}

/// The plot, and what the pointer is told there.
fn plot(
    ui: &mut Ui,
    context: &FrameContext<'_>,
    (fit, table, scaled): (&DataFit, &Table, bool),
    models: &[DataModel<'_>],
    batch: &[DataPoint],
    size: Vec2,
) {
    let (session, palette) = (context.session, context.palette);
    let page = ui.allocate_space(size).1;
    let painter = ui.painter().clone();
    let measure = FontMeasure(&painter);
    let Some(names) = shown_data::axis_names(session, fit) else { return };
    // Those in sight stand in both lists in the same order.
    let mut errors = models.iter().map(|model| model.error.is_some());
    let shown = shown_data::models(session, |_, _| errors.next().unwrap_or(false));
    let mut input = DataInput {
        page: paint::page(page),
        theme: palette.scheme.theme,
        fit,
        axes: names.each_ref().map(|name| &**name),
        models: shown,
        batch,
        pointed: None,
    };
    let plot = input.plot(&measure);
    let response = ui.interact(paint::rect(&plot.frame), ui.scope_id().with("data"), Sense::click());
    response.widget_info(|| {
        let what = match fit.shows() {
            Shows::Boundary => "Data with the runners' boundaries",
            Shows::Curve => "Data with the runners' curves",
        };
        WidgetInfo::labeled(egui::Role::Image, true, what)
    });
    response.context_menu(|ui| plot_menu(ui, context, PictureKind::Data));
    input.pointed = response.hover_pos().and_then(|pointer| {
        let distance = |dot: &&DataPoint| (plot.to.place(dot.at.into()) - paint::place(pointer)).norm();
        let nearest = fit.dots().iter().chain(batch).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.filter(|dot| distance(dot) <= REACH).copied()
    });
    // Nothing in it is shared between frames.
    FigurePainter::default().paint(&painter, &data_plot::data(&input, &plot, &measure));
    if let Some(dot) = input.pointed {
        response.on_hover_text_at_pointer(words::tooltip(fit, table, scaled, &dot, models));
    }
}
