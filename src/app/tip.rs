//! What is told of widgets that are dragged: never under the hand.

use egui::{Response, WidgetText};

/// Tells something of a widget while no button is down on it: one that came up before would stay, and cover what is
/// next to it.
pub fn at_rest(response: Response, text: impl Into<WidgetText>) -> Response {
    if response.is_pointer_button_down_on() { response } else { response.on_hover_text(text) }
}
