//! What is told of widgets that are dragged: never under the hand.

use egui::{RectAlign, Response, Tooltip, Ui, WidgetText};

/// Tells something of a widget while no button is down on it: one that came up before would stay, and cover what is
/// next to it.
pub fn at_rest(response: Response, text: impl Into<WidgetText>) -> Response {
    if response.is_pointer_button_down_on() { response } else { response.on_hover_text(text) }
}

/// Tells something of an entry of a menu beside it: below it would cover the next ones.
pub fn of_entry(response: Response, add: impl FnOnce(&mut Ui)) -> Response {
    let mut tip = Tooltip::for_enabled(&response);
    tip.popup = tip
        .popup
        .align(RectAlign::RIGHT_START)
        .align_alternatives(&[RectAlign::LEFT_START, RectAlign::BOTTOM_START])
        .gap(14.0);
    tip.show(add);
    response
}

/// Tells a sentence of an entry of a menu beside it.
pub fn of_entry_text(response: Response, text: impl Into<WidgetText>) -> Response {
    of_entry(response, |ui| {
        ui.set_max_width(280.0);
        ui.label(text);
    })
}
