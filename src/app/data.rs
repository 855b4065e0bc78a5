//! The data beside the contour plot: the points, and what every runner's model makes of them at the
//! cursor's step.

mod marks;
mod words;

use super::context::FrameContext;
use super::theme::Palette;
use super::{marker, static_plot, ticks};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, ScrollArea, Sense, Shape, Stroke, Ui};
use egui::{WidgetInfo, pos2, vec2};
use egui_plot::{GridMark, PlotBounds};
use marks::{ShownModel, mark};
use thalweg_analysis::data::data_fit::{DataFit, DataPoint};
use thalweg_core::data::rows::{TARGET, Table};
use thalweg_core::objective::prediction::Shows;
use thalweg_core::objective::view::View;
use thalweg_core::spec::value::Value;
use thalweg_session::Session;

/// Screen points from the pointer to a point that it asks for.
const REACH: f32 = 9.0;
/// Screen points between two points of a curve.
const SPACING: f32 = 2.0;

/// So many points are drawn smaller, and so many rings thinner.
const CROWD: usize = 150;

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

/// The picture's corner points and extent: what a point of the data is on the screen.
#[derive(Clone, Copy)]
struct DataSheet {
    frame: Rect,
    extent: View,
}

impl DataSheet {
    /// All values are within the extent or, for curves, some thousand times its height from it.
    fn place(&self, at: [f64; 2]) -> Pos2 {
        let [x, y] = [share(at[0], self.extent.x), share(at[1], self.extent.y)].map(|part| part as f32);
        pos2(self.frame.left() + x * self.frame.width(), self.frame.bottom() - y * self.frame.height())
    }
}

/// How far `value` is on the way from one end to the other.
fn share(value: f64, (low, high): (f64, f64)) -> f64 {
    (value - low) / (high - low)
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
        let table = session.scenario().surface.values.iter().find_map(|value| match value {
            Value::Data(table) => Some(&**table),
            _ => None,
        });
        let Some(table) = table else { return };
        let scaled = is_standardized(session);
        words::title(ui, fit, table, scaled);
        let lines = 2.0 + models.len().min(6) as f32;
        let room = (ui.available_height() - 18.0 * lines - 8.0).max(80.0);
        let height = room.min(ui.available_width() * 1.3);
        let batch =
            context.caches.noise.sampling().map(|sampling| fit.dots_of(&sampling.drawn)).unwrap_or_default();
        let batch_color = session
            .focused()
            .map_or(Color32::TRANSPARENT, |(runner, _)| Palette::of(ui).runner(runner.color));
        plot(ui, fit, table, scaled, &models, (&batch, batch_color), height);
        words::key(ui, fit, (!batch.is_empty()).then_some(batch_color));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| words::legend(ui, fit, &models));
    }
}

/// Every visible runner's weights at the cursor.
fn models<'a>(
    session: &'a Session,
    fit: &DataFit,
    errors: &mut Vec<Option<(PlotPlace, Option<f64>)>>,
) -> Vec<ShownModel<'a>> {
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
            Some(ShownModel { runner, round, weights, is_focused: session.focus() == index, error })
        })
        .collect()
}

fn is_standardized(session: &Session) -> bool {
    let mut settings = session.scenario().surface.settings();
    settings.any(|(param, value)| param.key == "standardize" && *value == Value::Switch(true))
}

/// What an axis is called: the table's column, and what became of it.
fn axis_name(table: &Table, fit: &DataFit, axis: usize, scaled: bool) -> String {
    let column = if axis == 1 && fit.shows() == Shows::Curve { TARGET } else { axis };
    let name = table.columns.get(column).map_or("", String::as_str);
    match (scaled, column) {
        (true, TARGET) => {
            // A regression's target is centred, another's stays as it is: the examples tell.
            let same = fit.rows().first().map(|row| row[TARGET]) == table.rows.first().map(|row| row[TARGET]);
            if same { name.to_owned() } else { format!("{name}, centred") }
        }
        (true, _) => format!("{name}, standardized"),
        (false, _) => name.to_owned(),
    }
}

fn plot(
    ui: &mut Ui,
    fit: &DataFit,
    table: &Table,
    scaled: bool,
    models: &[ShownModel<'_>],
    batch: (&[DataPoint], Color32),
    height: f32,
) {
    let palette = Palette::of(ui);
    let extent = fit.extent();
    // The plot itself goes from 0 to 1: data of any size are then nothing that its arithmetic
    // could not bear.
    let response = static_plot::plot("data")
        .height(height)
        .grid_color(palette.quiet.gamma_multiply(0.3))
        .label_formatter(|_| None)
        .x_axis_label(axis_name(table, fit, 0, scaled))
        .y_axis_label(axis_name(table, fit, 1, scaled))
        .x_axis_formatter(move |mark, _| tick(mark, extent.x))
        .y_axis_formatter(move |mark, _| tick(mark, extent.y))
        .x_grid_spacer(move |_| marks(extent.x, 4.0))
        .y_grid_spacer(move |_| marks(extent.y, 5.0))
        .y_axis_min_width(36.0)
        .sense(Sense::hover())
        .show(ui, |plot| plot.set_plot_bounds(PlotBounds::from_min_max([0.0, 0.0], [1.0, 1.0])));
    let frame = *response.transform.frame();
    let response = response.response;
    response.widget_info(|| {
        let what = match fit.shows() {
            Shows::Boundary => "Data with the runners' boundaries",
            Shows::Curve => "Data with the runners' curves",
        };
        WidgetInfo::labeled(egui::Role::Image, true, what)
    });
    let sheet = DataSheet { frame, extent };
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    shade(&painter, sheet, fit, models, &palette);
    let size = if fit.dots().len() > CROWD { 0.7 } else { 1.0 };
    for dot in fit.dots() {
        mark(&painter, sheet.place(dot.at), *dot, size, fit.shows(), &palette);
    }
    let (batch, color) = batch;
    let ring = Stroke::new(if batch.len() > CROWD { 1.0 } else { 1.8 }, color);
    for dot in batch {
        let at = sheet.place(dot.at);
        mark(&painter, at, *dot, size, fit.shows(), &palette);
        painter.circle_stroke(at, 6.0 * size, ring);
    }
    for is_on_top in [false, true] {
        for model in models.iter().filter(|model| model.is_focused == is_on_top) {
            line(&painter, sheet, fit, model, &palette);
        }
    }
    out_of_sight(&painter, frame, fit, models, &palette);
    let Some(pointer) = response.hover_pos() else { return };
    let distance = |dot: &&DataPoint| sheet.place(dot.at).distance_sq(pointer);
    let nearest = fit.dots().iter().chain(batch).min_by(|a, b| distance(a).total_cmp(&distance(b)));
    if let Some(dot) = nearest.filter(|dot| distance(dot) <= REACH * REACH) {
        painter.circle_stroke(sheet.place(dot.at), 8.0, Stroke::new(1.5, palette.ink));
        response.on_hover_text_at_pointer(words::tooltip(fit, table, scaled, dot, models));
    }
}

/// The side on which the focused runner's model says class 1.
fn shade(painter: &Painter, sheet: DataSheet, fit: &DataFit, models: &[ShownModel<'_>], palette: &Palette) {
    let Some(model) = models.iter().find(|model| model.is_focused) else { return };
    if fit.shows() == Shows::Boundary
        && let Some(boundary) = fit.boundary(model.weights)
        && boundary.ones.len() > 2
    {
        let corners = boundary.ones.iter().map(|at| sheet.place(*at)).collect();
        let fill = palette.runner(model.runner.color).gamma_multiply(0.13);
        painter.add(Shape::convex_polygon(corners, fill, Stroke::NONE));
    }
}

/// A runner's line or curve.
fn line(painter: &Painter, sheet: DataSheet, fit: &DataFit, model: &ShownModel<'_>, palette: &Palette) {
    let color = palette.runner(model.runner.color);
    let pieces: Vec<Vec<Pos2>> = match fit.shows() {
        Shows::Boundary => {
            let ends = fit.boundary(model.weights).and_then(|boundary| boundary.line);
            ends.map(|ends| ends.map(|at| sheet.place(at)).to_vec()).into_iter().collect()
        }
        Shows::Curve => {
            let columns = (sheet.frame.width() / SPACING).clamp(16.0, 1024.0) as usize;
            let curve = fit.curve(model.weights, columns);
            curve.iter().map(|piece| piece.iter().map(|at| sheet.place(*at)).collect()).collect()
        }
    };
    let width = if model.is_focused { 3.0 } else { 1.6 };
    for piece in pieces {
        painter.add(Shape::line(piece.clone(), Stroke::new(width + 2.0, palette.halo)));
        painter.add(Shape::line(piece, Stroke::new(width, color)));
    }
}

/// Says so where the focused runner's line is not to be seen.
fn out_of_sight(painter: &Painter, frame: Rect, fit: &DataFit, models: &[ShownModel<'_>], palette: &Palette) {
    let Some(model) = models.iter().find(|model| model.is_focused) else { return };
    let words = match fit.shows() {
        Shows::Boundary if fit.boundary(model.weights).is_none() => "no line at these weights",
        Shows::Curve if model.error.is_none() => "no curve at these weights",
        Shows::Curve if !fit.is_in_sight(&fit.curve(model.weights, 64)) => "its curve is far from the data",
        _ => return,
    };
    let at = frame.center_bottom() - vec2(0.0, 6.0);
    let text = format!("{}: {words}", model.runner.name());
    let color = palette.runner(model.runner.color);
    let galley = painter.layout(text, FontId::proportional(11.5), color, frame.width() - 8.0);
    let rect = Align2::CENTER_BOTTOM.anchor_size(at, galley.size());
    painter.rect_filled(rect.expand2(vec2(3.0, 1.0)), 3.0, palette.halo);
    painter.galley(rect.min, galley, color);
}

/// The marks of an axis, as parts of its length.
fn marks(range: (f64, f64), count: f64) -> Vec<GridMark> {
    let width = range.1 - range.0;
    let part =
        |mark: GridMark| GridMark { value: share(mark.value, range), step_size: mark.step_size / width };
    ticks::even(range, count).into_iter().map(part).collect()
}

/// The label of such a mark.
fn tick(mark: GridMark, range: (f64, f64)) -> String {
    let width = range.1 - range.0;
    let value = range.0 + mark.value * width;
    ticks::label(GridMark { value, step_size: mark.step_size * width }, &(range.0..=range.1))
}
