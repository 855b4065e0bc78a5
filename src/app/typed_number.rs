//! What is typed into a number's field and not taken: it is said at the field why, so that nothing vanishes without a
//! word.

use super::theme::Palette;
use crate::app::text_size;
use egui::{DragValue, Response, RichText, Stroke, StrokeKind, Tooltip, Ui};
use std::cell::RefCell;
use std::time::Duration;

/// How long it is said, in seconds.
const STAYS: f64 = 6.0;

/// The text that was typed into a field in this frame, if one was.
#[derive(Default)]
pub struct TypedNumber(RefCell<Option<String>>);

/// A text that was not taken.
#[derive(Clone)]
struct Refused {
    text: String,
    since: f64,
}

impl TypedNumber {
    /// The field, which from now on tells what is typed into it.
    pub fn of<'a>(&'a self, field: DragValue<'a>) -> DragValue<'a> {
        field.custom_parser(move |text| {
            *self.0.borrow_mut() = Some(text.to_owned());
            read(text)
        })
    }

    /// Says at the field what it takes, for a while after it did not take what was typed.
    pub fn tell(self, ui: &Ui, response: &Response, is_taken: impl Fn(f64) -> bool, takes: &str) {
        let (ctx, id) = (&response.ctx, response.id.with("refused"));
        let now = ctx.input(|input| input.time);
        if let Some(text) = self.0.into_inner() {
            let is_refused = !read(&text).is_some_and(is_taken);
            ctx.data_mut(|data| {
                data.remove::<Refused>(id);
                if is_refused {
                    data.insert_temp(id, Refused { text, since: now });
                }
            });
        }
        let Some(Refused { text, since }) = ctx.data(|data| data.get_temp::<Refused>(id)) else { return };
        let left = since + STAYS - now;
        if left <= 0.0 || response.dragged() || response.has_focus() {
            ctx.data_mut(|data| data.remove::<Refused>(id));
            return;
        }
        ctx.request_repaint_after(Duration::from_secs_f64(left));
        let alarm = Palette::of(ui).alarm;
        ui.painter().rect_stroke(response.rect, 2.0, Stroke::new(1.5, alarm), StrokeKind::Outside);
        let text: String = text.chars().take(24).collect();
        Tooltip::always_open(ctx.clone(), response.layer_id, response.id, response.rect).show(|ui| {
            ui.label(RichText::new(format!("Not taken: {text}")).color(alarm));
            ui.label(RichText::new(format!("Takes {takes}.")).size(text_size::LABEL));
        });
    }
}

/// The number that a text stands for, as fields read it.
fn read(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    text.replace('−', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!([" 1 000 ", "−2.5", "1e-3"].map(read), [Some(1000.0), Some(-2.5), Some(1e-3)]);
        assert_eq!(["xyz", "", "1,5"].map(read), [None; 3]);
    }
}
