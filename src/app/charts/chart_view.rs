//! A chart on the screen: its heading as text that can be asked, and its figure.

use super::chart_zoom;
use crate::app::color::color;
use crate::app::notation;
use crate::app::paint;
use crate::app::paint::{FigurePainter, FontMeasure};
use crate::app::text_size;
use egui::{Id, Label, Response, RichText, Sense, Ui, WidgetInfo, vec2};
use thalweg_figure::charts::chart::{Chart, ChartHeading};
use thalweg_figure::numbers;
use thalweg_figure::scheme::Scheme;

/// Writes what is above a chart. A title alone keeps to one line, so that the charts stay equal; what does not
/// fit is told when the pointer is over it.
pub fn heading(ui: &mut Ui, heading: &ChartHeading) {
    let shown = notation::of(ui.ctx());
    let hint = |text: &str| RichText::new(shown.said(text)).size(text_size::HINT);
    let asked = |response: Response, about: &str| {
        if !about.is_empty() {
            response.on_hover_text(shown.said(about));
        }
    };
    if heading.keys.is_empty() && heading.note.is_none() {
        asked(ui.add(Label::new(hint(&heading.title)).truncate()), &heading.about);
        return;
    }
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        asked(ui.label(hint(&heading.title)), &heading.about);
        for key in &heading.keys {
            asked(ui.label(hint(key.text).color(color(key.color))), key.about);
        }
    });
    if let Some((note, about)) = &heading.note {
        let note = RichText::new(shown.said(note)).size(text_size::FINE).weak();
        asked(ui.add(Label::new(note).wrap()), about);
    }
}

/// Draws a chart of this height in all the width that there is, as much of it as somebody chose to see, and says
/// what `name` and the chart tell. `id` is the chart's. Gives what is done on it, where it was drawn.
pub fn plot(
    ui: &mut Ui,
    id: Id,
    mut chart: Chart<'_>,
    height: f32,
    scheme: Scheme,
    name: &str,
) -> Option<Response> {
    let room = ui.allocate_space(vec2(ui.available_width(), height)).1;
    let page = paint::page(room);
    let painter = ui.painter().clone();
    let measure = FontMeasure(&painter);
    let whole = chart.view;
    chart.view = chart_zoom::seen(ui, id, whole);
    let plot = chart.plot(page, scheme, &measure);
    let response = ui.interact(room, ui.scope_id().with("chart"), Sense::hover());
    response.widget_info(|| {
        let (from, to) = chart.view.x;
        let part = if chart.view == whole {
            String::new()
        } else {
            format!("; seen from {} to {}", numbers::number(from), numbers::number(to))
        };
        WidgetInfo::labeled(egui::Role::Image, true, format!("{name}{}{part}", chart.told))
    });
    if ui.ctx().will_discard() {
        return None;
    }
    // The frame above it takes what is done with the pointer.
    let pointer = ui.ctx().pointer_hover_pos().filter(|_| response.contains_pointer()).map(paint::place);
    // Nothing in it is shared between frames.
    FigurePainter::default().paint(&painter, &chart.figure(page, &plot, &measure, pointer));
    // Above it, for the rectangle that is drawn to be zoomed to.
    Some(chart_zoom::interact(ui, id, whole, &plot.frame))
}
