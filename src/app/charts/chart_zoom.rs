//! What part of a chart is seen: dragged, and zoomed with the wheel or by a rectangle.

use egui::{Color32, Id, Response, Ui, UiBuilder, Vec2};
use egui_plot::{Plot, PlotBounds};
use thalweg_core::objective::view::View;
use thalweg_figure::viewport::Rect;

/// A chart is never zoomed in more than this often.
const MOST: f64 = 1e4;

/// How far the wheel is turned, in points, to see e times less of a chart.
const WHEEL: f64 = 200.0;

/// Bounds with so many times fewer of each unit between them, `at` staying where it is.
fn zoomed(bounds: &PlotBounds, at: [f64; 2], times: f64) -> PlotBounds {
    let part = |ends: [f64; 2]| [0, 1].map(|axis| at[axis] + (ends[axis] - at[axis]) / times);
    PlotBounds::from_min_max(part(bounds.min()), part(bounds.max()))
}

/// The part of a chart that somebody chose.
#[derive(Clone, Copy, Debug, PartialEq)]
struct ChosenView {
    view: View,
    /// How many of it fit side by side into the whole chart.
    times: f64,
}

/// How many times more columns than usual a chart needs, so that what is seen of it is drawn to the point.
pub fn columns_factor(ui: &Ui, id: Id) -> f64 {
    ui.data(|data| data.get_temp::<ChosenView>(id)).map_or(1.0, |chosen| chosen.times.max(1.0))
}

/// What is seen of a chart; `whole` is all of it.
pub fn seen(ui: &Ui, id: Id, whole: View) -> View {
    ui.data(|data| data.get_temp::<ChosenView>(id)).map_or(whole, |chosen| chosen.view)
}

/// Takes in what is done with the pointer over a chart's frame: a drag moves it, the wheel or two fingers zoom, a drag with the right button zooms to a rectangle, a double click shows all of it again. Gives what else is done there.
pub fn interact(ui: &mut Ui, id: Id, whole: View, frame: &Rect) -> Response {
    let view = seen(ui, id, whole);
    let bounds = PlotBounds::from_min_max([view.x.0, view.y.0], [view.x.1, view.y.1]);
    let plot = Plot::new(id.with("plot"))
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .show_x(false)
        .show_y(false)
        .cursor_color(Color32::TRANSPARENT)
        .set_margin_fraction(Vec2::ZERO)
        .allow_scroll(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .min_size(Vec2::ZERO);
    let place = crate::app::paint::rect(frame);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    let plot = plot.width(place.width()).height(place.height());
    let shown = plot.show(&mut child, |plot| plot.set_plot_bounds(bounds));
    let mut now = *shown.transform.bounds();
    if let Some(pointer) = shown.response.hover_pos() {
        let turned =
            ui.input(|input| if input.modifiers.any() { 0.0 } else { input.smooth_scroll_delta().y });
        if turned != 0.0 {
            let at = shown.transform.value_from_position(pointer);
            now = zoomed(&now, [at.x, at.y], libm::exp(f64::from(turned) / WHEEL));
        }
    }
    if shown.response.double_clicked() {
        ui.data_mut(|data| data.remove::<ChosenView>(id));
    } else if now != bounds
        && let Some(chosen) = chosen(&now, whole)
    {
        ui.data_mut(|data| data.insert_temp(id, chosen));
        ui.ctx().request_repaint();
    }
    shown.response
}

/// The part of a chart within these bounds, if it is one that can be drawn.
fn chosen(bounds: &PlotBounds, whole: View) -> Option<ChosenView> {
    let ([left, low], [right, high]) = (bounds.min(), bounds.max());
    let is_seen = |(from, to): (f64, f64), (first, last): (f64, f64)| {
        from.is_finite()
            && to.is_finite()
            && to - from > (last - first) / MOST
            && to - from < (last - first) * MOST
    };
    let view = View { x: (left, right), y: (low, high) };
    let times = (whole.x.1 - whole.x.0) / (right - left);
    (is_seen(view.x, whole.x) && is_seen(view.y, whole.y)).then_some(ChosenView { view, times })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_that_can_be_drawn_are_chosen() {
        let whole = View { x: (0.0, 100.0), y: (-4.0, 2.0) };
        let of = |min, max| chosen(&PlotBounds::from_min_max(min, max), whole);
        assert_eq!(
            of([10.0, -1.0], [20.0, 1.0]),
            Some(ChosenView { view: View { x: (10.0, 20.0), y: (-1.0, 1.0) }, times: 10.0 })
        );
        assert_eq!(of([10.0, -1.0], [10.0, 1.0]), None);
        assert_eq!(of([10.0, -1.0], [10.000_001, 1.0]), None);
        assert_eq!(of([f64::NAN, -1.0], [20.0, 1.0]), None);
        assert_eq!(of([-1e9, -1.0], [1e9, 1.0]), None);
    }
}
