//! One row for one setting: its name, a slider, and a field to type into.

use super::notation;
use super::slider;
use super::slider::Rail;
use super::theme::Palette;
use super::tip;
use super::typed_number::TypedNumber;
use crate::app::text_size;
use crate::words::text;
use egui::{Align, DragValue, Layout, Response, RichText, Stroke, TextEdit, Ui, pos2, vec2};
use thalweg_core::spec::param::{Kind, Param, Scale};
use thalweg_core::spec::range::Range;
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;
use thalweg_scenario::base_name;

/// A value worth marking on a slider: the edge of stability, the best one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub value: f64,
    /// What it is, for the tooltip.
    pub label: String,
    /// Whether it stays behind another one.
    pub quiet: bool,
}

const LABEL_WIDTH: f32 = 98.0;
const FIELD_WIDTH: f32 = 62.0;
const GAP: f32 = 7.0;
/// How long a slider is at least in one row with its name, and how high one is in a row of its own, in points: all are
/// alike, and a pixel of a short one over decades would be more than a step that one wants to make.
const LONG: f32 = 200.0;
const SLIDER_HEIGHT: f32 = 15.0;

/// Shows the row; gives the value that the user chose, if it is another one.
pub fn row(ui: &mut Ui, param: &Param, value: &Value, marks: &[Mark]) -> Option<Value> {
    if let (Kind::Number { range, slider, scale, .. }, &Value::Number(number)) = (param.kind, value) {
        let rail = Rail { ends: slider, scale, is_whole: range.whole };
        let label = |ui: &mut Ui, width| name(ui, param, marks, width);
        let takes = param.allowed();
        return self::number(ui, label, number, (range, rail), (marks, &param.unit, &takes))
            .map(Value::Number);
    }
    ui.horizontal(|ui| {
        let label = name(ui, param, marks, LABEL_WIDTH);
        match (param.kind, value) {
            (Kind::Switch { .. }, &Value::Switch(mut on)) => {
                let response = ui.checkbox(&mut on, "").labelled_by(label.id);
                response.changed().then_some(Value::Switch(on))
            }
            (Kind::Choice { alternatives }, &Value::Choice(index)) => {
                let mut chosen = index;
                let shown = alternatives.get(index).map_or("", |alternative| alternative.name);
                egui::ComboBox::from_id_salt(param.key.clone())
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
            (Kind::Path, Value::Path(path)) => {
                let steps = path.points.len().saturating_sub(1) as u32;
                file(ui, &path.name, &format!("{} steps", text::count(steps)));
                None
            }
            (Kind::Grid, Value::Grid(grid)) => {
                file(ui, &grid.name, &format!("{} × {} samples", grid.xs.len(), grid.ys.len()));
                None
            }
            (Kind::Steps { .. }, Value::Steps(steps)) => list(ui, &label, *steps).map(Value::Steps),
            _ => None,
        }
    })
    .inner
}

/// A number: its name, a slider, and a field to type into, in one row where that leaves the slider at least so long;
/// else the slider lies below them, as wide as there is room. Gives the value that was chosen, if it is another one.
fn number(
    ui: &mut Ui,
    name: impl FnOnce(&mut Ui, f32) -> Response,
    number: f64,
    (range, rail): (Range, Rail),
    (marks, unit, takes): (&[Mark], &str, &str),
) -> Option<f64> {
    let beside = ui.available_width() - LABEL_WIDTH - FIELD_WIDTH - 2.0 * GAP;
    let (dragged, typed) = if beside >= LONG {
        ui.horizontal(|ui| {
            let label = name(ui, LABEL_WIDTH);
            let dragged = drag(ui, &label, number, rail, (marks, beside));
            (dragged, field(ui, &label, number, (range, rail), (unit, takes)))
        })
        .inner
    } else {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let (label, typed) = ui
                .horizontal(|ui| {
                    let label = name(ui, ui.available_width() - FIELD_WIDTH - GAP);
                    let typed = field(ui, &label, number, (range, rail), (unit, takes));
                    (label, typed)
                })
                .inner;
            let width = ui.available_width() - 2.0;
            ui.spacing_mut().interact_size.y = SLIDER_HEIGHT;
            (drag(ui, &label, number, rail, (marks, width)), typed)
        })
        .inner
    };
    let dragged = dragged.map(|number| range.rounded(number)).filter(|number| range.contains(*number));
    dragged.or(typed).filter(|chosen| *chosen != number)
}

/// What is in a file, by the last part of its name.
fn file(ui: &mut Ui, name: &str, content: &str) {
    let short = base_name(name);
    let words = RichText::new(format!("{short}, {content}")).size(text_size::LABEL);
    ui.add(egui::Label::new(words).truncate()).on_hover_text(format!("{name}\n{content}"));
}

/// A field for a list of steps. What is typed counts when the field is left, if it can be read;
/// until then it is shown in the colour of alarm while it cannot.
fn list(ui: &mut Ui, label: &Response, steps: Steps) -> Option<Steps> {
    let (id, draft) = (label.id.with("list"), label.id.with("draft"));
    // A draft of a field that went away with its card must not come back later.
    let editing = ui.memory(|memory| memory.has_focus(id) || memory.had_focus_last_frame(id));
    let kept = ui.data(|data| data.get_temp::<String>(draft)).filter(|_| editing);
    let mut text = kept.unwrap_or_else(|| steps.to_string());
    let read = Steps::typed(&text);
    let mut field = TextEdit::singleline(&mut text)
        .id(id)
        .desired_width(ui.available_width() - 8.0)
        .hint_text("30, 60, 90");
    if read.is_none() {
        field = field.text_color(Palette::of(ui).alarm);
    }
    let mut response = ui.add(field).labelled_by(label.id);
    if read.is_none() {
        response = response.on_hover_text(format!("This is not {}.", Steps::allowed()));
    }
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(draft, text.clone()));
    }
    if !response.lost_focus() {
        return None;
    }
    ui.data_mut(|data| data.remove::<String>(draft));
    Steps::typed(&text).filter(|typed| *typed != steps)
}

fn name(ui: &mut Ui, param: &Param, marks: &[Mark], width: f32) -> Response {
    let title = notation::of(ui.ctx()).title(param);
    titled(ui, &title, width).on_hover_ui(|ui| {
        ui.set_max_width(280.0);
        ui.label(format!("{title}: {}.", param.doc));
        ui.label(format!("In a preset: {}, {}.", param.key, param.allowed()));
        for mark in marks {
            ui.label(format!("| {}: {}", mark.label, text::number(mark.value)));
        }
    })
}

/// The ends of the slider of a typed function's constant: what one is likely to want, and more can
/// be typed.
const CONSTANT: Rail = Rail { ends: (-10.0, 10.0), scale: Scale::Linear, is_whole: false };

/// A row for a constant of a typed function; gives its new value.
pub fn constant(ui: &mut Ui, name: &str, value: f64) -> Option<f64> {
    ui.push_id(name, |ui| {
        let label = |ui: &mut Ui, width| {
            titled(ui, name, width)
                .on_hover_text(format!("{name}: a constant of the function. Any number can be typed."))
        };
        number(ui, label, value, (Range::ANY, CONSTANT), (&[], "", "any number"))
    })
    .inner
}

fn titled(ui: &mut Ui, title: &str, width: f32) -> Response {
    ui.allocate_ui_with_layout(
        vec2(width, ui.spacing().interact_size.y),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.set_min_width(width);
            ui.add(egui::Label::new(RichText::new(title).size(text_size::LABEL)).truncate())
        },
    )
    .inner
}

fn drag(
    ui: &mut Ui,
    label: &Response,
    number: f64,
    rail: Rail,
    (marks, width): (&[Mark], f32),
) -> Option<f64> {
    ui.spacing_mut().slider_width = width.max(40.0);
    let (response, chosen) = slider::show(ui, label, number, rail);
    paint_marks(ui, &response, rail, marks);
    let told = marks.iter().map(|mark| format!("| {}: {}\n", mark.label, text::number(mark.value)));
    tip::at_rest(response, told.collect::<String>() + slider::HOW);
    chosen
}

fn paint_marks(ui: &Ui, response: &Response, rail: Rail, marks: &[Mark]) {
    let palette = Palette::of(ui);
    let travel = slider::travel(response);
    for mark in marks {
        let place = rail.place(mark.value);
        if (0.0..=1.0).contains(&place) {
            let x = egui::lerp(travel.min..=travel.max, place as f32);
            let y = response.rect.y_range();
            let stroke =
                if mark.quiet { Stroke::new(1.0, palette.quiet) } else { Stroke::new(1.5, palette.alarm) };
            ui.painter().line_segment([pos2(x, y.min), pos2(x, y.max)], stroke);
        }
    }
}

fn field(
    ui: &mut Ui,
    label: &Response,
    number: f64,
    (range, rail): (Range, Rail),
    (unit, takes): (&str, &str),
) -> Option<f64> {
    let (mut chosen, typed) = (number, TypedNumber::default());
    let speed = match rail.scale {
        // A drag over some points moves a whole number on by one.
        _ if range.whole => (number.abs() * 0.01).max(0.2),
        Scale::Linear => (rail.ends.1 - rail.ends.0) / 1000.0,
        Scale::Log => number.abs().max(1e-12) * 0.004,
    };
    let widget = DragValue::new(&mut chosen)
        .speed(speed)
        .range(range.min..=range.max)
        .clamp_existing_to_range(false)
        .max_decimals(12)
        .update_while_editing(false)
        .custom_formatter(|value, _| shown(value))
        .suffix(unit);
    let size = vec2(FIELD_WIDTH, ui.spacing().interact_size.y);
    let response = ui
        .add_sized(size, typed.of(widget, |number| range.contains(range.rounded(number))))
        .labelled_by(label.id);
    typed.tell(ui, &response, takes);
    tip::at_rest(response, "Click to type, or drag: with Shift, ten times finer");
    chosen = range.rounded(chosen);
    // Leaving the field untouched must not round the value to what is shown of it.
    let untouched = shown(number).parse() == Ok(chosen);
    (!untouched && chosen != number && range.contains(chosen)).then_some(chosen)
}

fn shown(value: f64) -> String {
    let plain = text::digits(value, 5);
    // A small number with many zeros would be wider than its field, and push the panel.
    if plain.chars().count() > 8 && value.abs() < 0.01 && value != 0.0 {
        format!("{value:.3e}")
    } else {
        plain
    }
}
