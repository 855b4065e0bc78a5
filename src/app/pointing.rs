//! Points at a control for a short while: where a link of the notes has changed something.

use super::theme::Palette;
use egui::{Context, Id, Rect, Stroke, StrokeKind, Ui};
use std::time::Duration;
use thalweg_scenario::ChangedPlace;

/// For how long, in seconds.
const SHOWN: f64 = 3.0;
/// For how long what is pointed at is brought into sight: until the card that has it is open.
const SOUGHT: f64 = 0.4;

/// What is pointed at.
#[derive(Clone)]
struct PointedControls {
    places: Vec<ChangedPlace>,
    since: f64,
}

fn id() -> Id {
    Id::unique("what a link points at")
}

/// Begins to point at the controls of these places.
pub fn begin(ctx: &Context, places: Vec<ChangedPlace>) {
    let since = ctx.input(|input| input.time);
    ctx.data_mut(|data| data.insert_temp(id(), PointedControls { places, since }));
    ctx.request_repaint();
}

/// Draws what `add` adds to a column, with a frame around it where it is the control of a place that is pointed at.
pub fn around<R>(ui: &mut Ui, is: impl Fn(&ChangedPlace) -> bool, add: impl FnOnce(&mut Ui) -> R) -> R {
    let top = ui.cursor().top();
    let added = add(ui);
    let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=ui.cursor().top());
    mark(ui, rect.shrink2(egui::vec2(0.0, 1.0)), is);
    added
}

/// Puts a frame around the control of a place that is pointed at, and brings it into sight.
pub fn mark(ui: &Ui, rect: Rect, is: impl Fn(&ChangedPlace) -> bool) {
    let Some(PointedControls { places, since }) = ui.data(|data| data.get_temp::<PointedControls>(id()))
    else {
        return;
    };
    let passed = ui.input(|input| input.time) - since;
    if passed > SHOWN {
        ui.data_mut(|data| data.remove::<PointedControls>(id()));
    } else if places.iter().any(is) && rect.is_positive() {
        let stroke = Stroke::new(2.0, Palette::of(ui).pointed);
        ui.painter().rect_stroke(rect.expand(1.5), 4.0, stroke, StrokeKind::Outside);
        if passed < SOUGHT {
            ui.scroll_to_rect(rect.expand(8.0), None);
            ui.ctx().request_repaint();
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(SHOWN - passed + 0.05));
        }
    }
}
