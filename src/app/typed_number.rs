//! What is typed into a number's field and not taken: it is said at the field why, so that nothing vanishes without a
//! word.

use super::theme::Palette;
use crate::app::text_size;
use egui::{DragValue, Response, RichText, Stroke, StrokeKind, Tooltip, Ui};
use std::cell::RefCell;
use std::time::Duration;

/// How long it is said, in seconds.
const STAYS: f64 = 6.0;

/// What was typed into a field in this frame, if something was.
#[derive(Default)]
pub struct TypedNumber(RefCell<Option<TypedText>>);

struct TypedText {
    text: String,
    is_taken: bool,
}

/// A text that was not taken.
#[derive(Clone)]
struct Refused {
    text: String,
    since: f64,
}

impl TypedNumber {
    /// The field, which from now on tells what is typed into it. What is not taken leaves the number as it was: a
    /// field's range by itself would take the nearest.
    pub fn of<'a>(&'a self, field: DragValue<'a>, is_taken: impl 'a + Fn(f64) -> bool) -> DragValue<'a> {
        field.custom_parser(move |text| {
            let number = read(text).filter(|number| is_taken(*number));
            *self.0.borrow_mut() = Some(TypedText { text: text.to_owned(), is_taken: number.is_some() });
            number
        })
    }

    /// Says at the field what it takes, for a while after it did not take what was typed.
    pub fn tell(self, ui: &Ui, response: &Response, takes: &str) {
        let (ctx, id) = (&response.ctx, response.id.with("refused"));
        let now = ctx.input(|input| input.time);
        if let Some(TypedText { text, is_taken }) = self.0.into_inner() {
            ctx.data_mut(|data| {
                data.remove::<Refused>(id);
                if !is_taken {
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
