//! One row for one setting: its name, a slider, and a field to type into.

use super::text;
use super::theme::Palette;
use crate::descent::param::{Kind, Param, Range, Scale, Value};
use egui::{Align, DragValue, Layout, Response, RichText, Slider, SliderClamping, Stroke, Ui, pos2, vec2};

/// A value worth marking on a slider: the edge of stability, the best one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub value: f64,
    /// What it is, for the tooltip.
    pub label: String,
}

const LABEL_WIDTH: f32 = 98.0;
const FIELD_WIDTH: f32 = 62.0;

/// Shows the row; gives the value that the user chose, if it is another one.
pub fn row(ui: &mut Ui, param: &Param, value: Value, marks: &[Mark]) -> Option<Value> {
    ui.horizontal(|ui| {
        let label = name(ui, param, marks);
        match (param.kind, value) {
            (Kind::Number { range, slider, scale, .. }, Value::Number(number)) => {
                let dragged = drag(ui, &label, number, slider, scale, marks);
                let dragged = dragged.map(|dragged| if range.whole { dragged.round() } else { dragged });
                let typed = field(ui, &label, number, range, slider, scale, param.unit);
                dragged.or(typed).filter(|chosen| *chosen != number).map(Value::Number)
            }
            (Kind::Switch { .. }, Value::Switch(mut on)) => {
                let response = ui.checkbox(&mut on, "").labelled_by(label.id);
                response.changed().then_some(Value::Switch(on))
            }
            (Kind::Choice { alternatives }, Value::Choice(index)) => {
                let mut chosen = index;
                let shown = alternatives.get(index).map_or("", |alternative| alternative.name);
                egui::ComboBox::from_id_salt(param.key)
                    .selected_text(shown)
                    .width(ui.available_width() - 8.0)
                    .show_ui(ui, |ui| {
                        for (i, alternative) in alternatives.iter().enumerate() {
                            ui.selectable_value(&mut chosen, i, alternative.name)
                                .on_hover_text(alternative.doc);
                        }
                    })
                    .response
                    .labelled_by(label.id);
                (chosen != index).then_some(Value::Choice(chosen))
            }
            _ => None,
        }
    })
    .inner
}

fn name(ui: &mut Ui, param: &Param, marks: &[Mark]) -> Response {
    let response = ui
        .allocate_ui_with_layout(
            vec2(LABEL_WIDTH, ui.spacing().interact_size.y),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(LABEL_WIDTH);
                ui.add(egui::Label::new(RichText::new(param.title()).size(12.0)).truncate())
            },
        )
        .inner;
    response.on_hover_ui(|ui| {
        ui.set_max_width(280.0);
        ui.label(format!("{}: {}.", param.title(), param.doc));
        ui.label(format!("In a preset: {}, {}.", param.key, param.allowed()));
        for mark in marks {
            ui.label(format!("| {}: {}", mark.label, text::number(mark.value)));
        }
    })
}

fn drag(
    ui: &mut Ui,
    label: &Response,
    number: f64,
    ends: (f64, f64),
    scale: Scale,
    marks: &[Mark],
) -> Option<f64> {
    let mut chosen = None;
    ui.spacing_mut().slider_width = (ui.available_width() - FIELD_WIDTH - 14.0).max(40.0);
    let slider = Slider::from_get_set(ends.0..=ends.1, |new| {
        if let Some(new) = new {
            chosen = Some(new);
        }
        new.unwrap_or(number)
    })
    .logarithmic(scale == Scale::Log)
    .clamping(SliderClamping::Never)
    .show_value(false);
    let response = ui.add(slider).labelled_by(label.id);
    paint_marks(ui, &response, ends, scale, marks);
    // Dragged values are rounded to what a person would say; the exact ones are typed.
    if response.changed() { chosen.and_then(|value| text::digits(value, 3).parse().ok()) } else { None }
}

fn paint_marks(ui: &Ui, slider: &Response, ends: (f64, f64), scale: Scale, marks: &[Mark]) {
    let palette = Palette::of(ui);
    let rail = slider.rect.x_range().shrink(slider.rect.height() / 2.5);
    for mark in marks {
        let place = match scale {
            Scale::Linear => (mark.value - ends.0) / (ends.1 - ends.0),
            Scale::Log => (mark.value / ends.0).log10() / (ends.1 / ends.0).log10(),
        };
        if (0.0..=1.0).contains(&place) {
            let x = egui::lerp(rail.min..=rail.max, place as f32);
            let y = slider.rect.y_range();
            ui.painter().line_segment([pos2(x, y.min), pos2(x, y.max)], Stroke::new(1.5, palette.alarm));
        }
    }
}

fn field(
    ui: &mut Ui,
    label: &Response,
    number: f64,
    range: Range,
    ends: (f64, f64),
    scale: Scale,
    unit: &str,
) -> Option<f64> {
    let mut chosen = number;
    let speed = match scale {
        Scale::Linear => (ends.1 - ends.0) / 400.0,
        Scale::Log => number.abs().max(1e-12) * 0.01,
    };
    let widget = DragValue::new(&mut chosen)
        .speed(speed)
        .range(range.min..=range.max)
        .clamp_existing_to_range(false)
        .max_decimals(12)
        .update_while_editing(false)
        .custom_formatter(|value, _| shown(value))
        .suffix(unit);
    ui.add_sized(vec2(FIELD_WIDTH, ui.spacing().interact_size.y), widget).labelled_by(label.id);
    // Leaving the field untouched must not round the value to what is shown of it.
    let untouched = shown(number).parse() == Ok(chosen);
    (!untouched && chosen != number && range.contains(chosen)).then_some(chosen)
}

fn shown(value: f64) -> String {
    text::digits(value, 5)
}
