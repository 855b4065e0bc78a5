//! Maps over parameters and over starts.

use super::entry::PageEntry;
use super::map_zoom;
use super::parts;
use super::side::{UPWARD, Wanted, as_side, side, title};
use crate::app::color::color;
use crate::app::context::FrameContext;
use crate::app::maps;
use crate::app::maps::KeptMap;
use crate::app::needs::Needs;
use crate::app::paint::FontMeasure;
use crate::app::picture_dialog::plot_menu;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::app::{paint, table};
use crate::words::{sweep, text};
use egui::{
    Label, PointerButton, ProgressBar, Rect, Response, RichText, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::theory::SweepTheory;
use thalweg_core::spec::value::Value;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::settings_map;
use thalweg_figure::sweep_map;
use thalweg_figure::sweep_map::{MapInput, MapLegend, OutcomeShare, symbol};
use thalweg_scenario::{Layer, MapAxis, MapMetric, MapView, Page, Start};
use thalweg_session::{Edit, RunnerEdit};

/// The height of the map on the screen.
const HEIGHT: f32 = 208.0;
/// The height of a map in which a single setting varies.
const STRIP: f32 = 80.0;
/// What is told of the cell below the pointer takes so much of the panel's height.
const TOLD: f32 = 32.0;

/// The row of the table of pages.
pub const PAGE: PageEntry = PageEntry { page: Page::named("Map"), needs: Needs::SETTINGS_MAP, show };

/// Shows the page.
fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    if session.focused().is_none() {
        ui.add(Label::new("No runner: there is nothing to map.").wrap());
        return;
    }
    parts::runner(ui, session, table::tolerance_width(ui), |ui| table::tolerance(ui, context));
    match settings_map::settings_axes(session) {
        Some((x, y)) => settings(ui, context, (&x, y.as_ref())),
        None => {
            ui.add(Label::new("This method has no numbers to vary.").wrap());
        }
    }
    ui.separator();
    starts(ui, context, &mut context.caches.maps.borrow_mut().starts);
}

fn settings(ui: &mut Ui, context: &FrameContext<'_>, (x, y): (&SweepAxis, Option<&SweepAxis>)) {
    let session = context.session;
    let mut maps = context.caches.maps.borrow_mut();
    let theory = maps.theory(session, x, y);
    let kept = &mut maps.settings;
    let map = &session.scenario().show.map;
    if let Some(Wanted(Some(side))) = side(ui, "along", session, Some(x), y) {
        // What lay upward lies along now: the two change places.
        let swapped = y.filter(|y| y.varied().name() == side.key).map(|_| as_side(x));
        let y = swapped.or_else(|| map.y.clone());
        context.change_show(|show| show.map = MapView { x: Some(side), y, ..map.clone() });
    }
    if let Some(Wanted(side)) = side(ui, UPWARD, session, y, Some(x)) {
        let swaps = |side: &MapAxis| x.varied().name() == side.key;
        let swapped = side.as_ref().filter(|side| swaps(side)).and(y).map(as_side);
        let x = swapped.or_else(|| map.x.clone());
        context.change_show(|show| show.map = MapView { x, y: side, ..map.clone() });
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new("colour").size(text_size::LABEL));
        for (quantity, name, tip) in [
            (MapMetric::Steps, "steps", "How many steps the run takes to arrive"),
            (MapMetric::Loss, "loss", "How far the loss at the run's end is above the lowest known"),
            (MapMetric::Outcome, "outcome", "At which minimum the run arrives, or what else becomes of it"),
        ] {
            if ui.selectable_label(map.quantity == quantity, name).on_hover_text(tip).clicked() {
                context.change_show(|show| show.map.quantity = quantity);
            }
        }
        let whole = |axis: &SweepAxis| settings_map::along(session, axis.varied().clone());
        let is_part = |axis: &SweepAxis| whole(axis).is_some_and(|whole| whole.ends() != axis.ends());
        if is_part(x) || y.is_some_and(is_part) {
            let tip = "Shows the whole ranges again";
            if ui.small_button("whole").on_hover_text(tip).clicked() {
                let [x, y] = [Some(x), y].map(|axis| axis.and_then(whole).map(|axis| as_side(&axis)));
                context.change_show(|show| show.map = MapView { x, y, ..show.map.clone() });
            }
        }
    });
    let size = vec2(ui.available_width(), if y.is_some() { HEIGHT } else { STRIP });
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let shown = context.show().notation;
    let names = (title(x.varied(), shown), y.map(|y| title(y.varied(), shown)));
    let told = names.1.map_or_else(|| names.0.clone(), |y| format!("{} and {y}", names.0));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, format!("Map over {told}")));
    response.context_menu(|ui| plot_menu(ui, context, PictureKind::Map));
    let pointed = draw(ui, context, kept, (rect, theory), (x, y), &response);
    aim(context, &response, paint::rect(&sweep_map::map_frame(paint::page(rect))), (x, y));
    if let Some((x, y)) =
        map_zoom::zoomed(ui, &response, paint::rect(&sweep_map::map_frame(paint::page(rect))), (x, y))
    {
        context.change_show(|show| {
            show.map = MapView { x: Some(x), y: y.or(show.map.y.take()), ..show.map.clone() }
        });
    }
    status(ui, kept);
    // With or without words, what is below stays where it is.
    let pointed = RichText::new(pointed.unwrap_or_default()).size(text_size::LABEL);
    ui.scope(|ui| {
        ui.set_min_height(TOLD);
        ui.add(Label::new(pointed).wrap());
    });
    let palette = Palette::of(ui);
    if let Some((_, drawn)) = kept.picture(session, map.quantity, &palette) {
        legend(ui, drawn, map.quantity);
    }
}

/// The map with the cross at the present settings. Gives what there is to say of the cell below the pointer.
fn draw(
    ui: &Ui,
    context: &FrameContext<'_>,
    kept: &mut KeptMap,
    (page, theory): (Rect, Option<SweepTheory>),
    (x, y): (&SweepAxis, Option<&SweepAxis>),
    response: &Response,
) -> Option<String> {
    let (session, palette) = (context.session, &context.palette);
    let metric = session.scenario().show.map.quantity;
    let raster = kept.picture(session, metric, palette).map(|(raster, _)| raster);
    let input = MapInput {
        page: paint::page(page),
        theme: palette.scheme.theme,
        axes: (x, y),
        raster: raster.as_ref(),
        is_old: kept.shown().is_some_and(|(_, is_old)| is_old),
        theory: theory.as_ref(),
        present: settings_map::present_parts(session, x, y),
        notation: context.show().notation,
    };
    let painter = ui.painter();
    kept.painter.paint(painter, &sweep_map::map(&input, &FontMeasure(painter)));
    let frame = paint::rect(&sweep_map::map_frame(input.page));
    let pointer = response.hover_pos().filter(|pointer| frame.contains(*pointer));
    // The cross lies within a cell, and the run there is not the cell's: the card tells of it.
    let parts = parts(frame, pointer?);
    let (job, is_old) = kept.shown()?;
    if is_old {
        return None;
    }
    let index = |axis: &SweepAxis, part: f64| ((part * axis.count() as f64) as usize).min(axis.count() - 1);
    let (column, row) = (index(x, parts[0]), y.map_or(0, |y| index(y, parts[1])));
    let found = job.found(column, row)?;
    // The cell's own values: the run is theirs, not that of the place within the cell.
    let at = |axis: &SweepAxis, index| {
        let symbol = symbol(axis.varied(), &context.show().notation);
        format!("{symbol} {}", text::digits(axis.value(index), 4))
    };
    let at = [Some(at(x, column)), y.map(|y| at(y, row))].into_iter().flatten().collect::<Vec<_>>();
    Some(format!("cell at {}: {}", at.join(", "), sweep::sentence(found, job.plan().judge())))
}

/// Which parts of the two axes a point of the screen is at.
fn parts(frame: Rect, at: egui::Pos2) -> [f64; 2] {
    let x = (at.x - frame.left()) / frame.width();
    let y = (frame.bottom() - at.y) / frame.height();
    [x, y].map(f64::from)
}

/// A click or a drag takes the settings below the pointer.
fn aim(
    context: &FrameContext<'_>,
    response: &Response,
    frame: Rect,
    (x, y): (&SweepAxis, Option<&SweepAxis>),
) {
    let session = context.session;
    let primary = PointerButton::Primary;
    if !(response.clicked_by(primary) || response.dragged_by(primary)) {
        return;
    }
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let [along, up] = parts(frame, pointer);
    for (axis, part) in [(Some(x), along), (y, up)] {
        if let Some(axis) = axis
            && let Some(value) = maps::by_hand(axis, part)
        {
            let command = match axis.varied() {
                Varied::Setting(param, _) => RunnerEdit::Set(param.key.clone(), value),
                Varied::Schedule(param, _) => RunnerEdit::SetSchedule(param.key.clone(), value),
                Varied::StartX | Varied::StartY => {
                    if let Value::Number(x) = value {
                        let [_, y] = session.scenario().start.point();
                        context.push(Edit::SetStart(Start::At([x, y])));
                    }
                    continue;
                }
            };
            context.push(Edit::Runner(session.focus(), command));
        }
    }
}

/// How far the map is, and a button to stop it.
fn status(ui: &mut Ui, kept: &mut KeptMap) {
    ui.horizontal(|ui| {
        ui.set_min_height(18.0);
        if let Some(progress) = kept.progress() {
            ui.add(ProgressBar::new(progress).desired_width(150.0).desired_height(8.0));
            if ui.small_button("Cancel").on_hover_text("Stops computing; what is there stays").clicked() {
                kept.cancel();
            }
        } else if kept.is_cancelled() {
            ui.label(RichText::new("cancelled: coarser than it could be").size(text_size::LABEL).weak());
            if ui.small_button("Compute").on_hover_text("Computes the map to its end").clicked() {
                kept.again();
                ui.ctx().request_repaint();
            }
        } else if let Some((job, _)) = kept.shown() {
            let runs = job.plan().order().len() as u32;
            ui.label(RichText::new(format!("{} runs", text::count(runs))).size(text_size::LABEL).weak()).on_hover_text(
                "Each cell is one run of the race with its values. Click or drag to take the values below the pointer: \
                 the cross is the present setting. The wheel zooms, and so does a drag with the right button. Where the surface is quadratic, the line is the edge of stability by \
                 the theory, and the ring the best values.",
            );
        }
    });
}

fn legend(ui: &mut Ui, legend: &MapLegend, quantity: MapMetric) {
    if let Some([from, to]) = &legend.ramp {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(from).size(text_size::HINT));
            let (rect, response) = ui.allocate_exact_size(vec2(96.0, 10.0), Sense::hover());
            for index in 0..24 {
                let left = rect.left() + rect.width() * index as f32 / 24.0;
                let strip = Rect::from_min_size(
                    pos2(left, rect.top()),
                    vec2(rect.width() / 24.0 + 0.5, rect.height()),
                );
                ui.painter().rect_filled(strip, 0.0, Palette::map((index as f32 + 0.5) / 24.0));
            }
            ui.label(RichText::new(to).size(text_size::HINT));
            response.on_hover_text(match quantity {
                MapMetric::Loss => {
                    "The loss at the end of the run, above the lowest that is known of: a logarithmic scale"
                }
                _ => "The steps until the run arrives: a logarithmic scale",
            });
            if quantity == MapMetric::Loss {
                ui.label(RichText::new("above the lowest f").size(text_size::HINT).weak());
            }
        });
    }
    chips(ui, &legend.kinds);
}

/// What the plain colours mean, and how many cells have them.
fn chips(ui: &mut Ui, kinds: &[OutcomeShare]) {
    const MOST: usize = 7;
    ui.spacing_mut().item_spacing.y = 1.0;
    for kind in kinds.iter().take(MOST) {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            let border = Stroke::new(1.0, Palette::of(ui).quiet);
            ui.painter().rect(rect, 2.0, color(kind.color), border, egui::StrokeKind::Inside);
            ui.label(RichText::new(kind.told()).size(text_size::HINT))
                .on_hover_text(sweep::meaning(kind.outcome));
        });
    }
    if kinds.len() > MOST {
        ui.label(RichText::new(format!("and {} more", kinds.len() - MOST)).size(text_size::HINT));
    }
}

/// The map over starts: its switch, and what its colours mean.
fn starts(ui: &mut Ui, context: &FrameContext<'_>, kept: &mut KeptMap) {
    let session = context.session;
    let mut shown = session.scenario().show.layers.has(Layer::Starts);
    let tip = "Colours the plane by where this runner ends from each start, the slower the paler; click the plane to \
               start there";
    if ui.checkbox(&mut shown, "Map over starts, on the plane").on_hover_text(tip).changed() {
        context.change_show(|show| show.layers = show.layers.with(Layer::Starts, shown));
    }
    if !shown {
        return;
    }
    status(ui, kept);
    let palette = Palette::of(ui);
    if let Some((_, drawn)) = kept.picture(session, MapMetric::Outcome, &palette) {
        chips(ui, &drawn.kinds);
    }
}
