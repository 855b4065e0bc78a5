//! The focused card's schedule: a chooser, its settings, the curve of the learning rate over the
//! steps, and what is known of the sums of the rates.

use super::notation;
use super::setting;
use super::theme::Palette;
use super::tip;
use super::typed_field::TypedField;
use crate::app::entry_name::file_name;
use crate::app::text_size;
use crate::words::text;
use egui::{ComboBox, Label, RichText, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;
use thalweg_core::catalogue::schedules;
use thalweg_core::formula::limits::MOST_CHARACTERS;
use thalweg_core::formula::parsed_rate::ParsedRate;
use thalweg_core::math::within::Within;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::run::prepared_schedule::moved_momentum;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::value::Value;
use thalweg_scenario::Runner;
use thalweg_session::{RunnerEdit, Session};

const HEIGHT: f32 = 40.0;

/// Shows them; nothing for a method that has no learning rate.
pub fn show(ui: &mut Ui, session: &Session, runner: &Runner, run: &Run, push: &mut impl FnMut(RunnerEdit)) {
    if !runner.optimizer.of.has_learning_rate() {
        return;
    }
    let chosen = &runner.schedule;
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("schedule").size(text_size::LABEL));
        let combo = ComboBox::from_id_salt("schedule")
            .selected_text(chosen.of.title())
            .width(ui.available_width() - 8.0)
            .show_ui(ui, |ui| {
                for schedule in schedules::ALL {
                    let here = **schedule == *chosen.of;
                    let response = ui.selectable_label(here, schedule.title());
                    let response = tip::of_entry(response, |ui| about(ui, schedule));
                    if response.clicked() && !here {
                        push(RunnerEdit::ChooseSchedule(schedule));
                    }
                }
            });
        combo.response.labelled_by(label.id).on_hover_ui(|ui| about(ui, &chosen.of));
    });
    // A rate that stays needs no picture, and the card its room.
    if chosen.of.is_constant() {
        return;
    }
    ui.push_id("of the schedule", |ui| {
        let parts = chosen.parts();
        let of_parts: usize = parts.iter().map(|part| part.values.len()).sum();
        for (param, value) in chosen.settings().take(chosen.values.len() - of_parts) {
            if let Some(value) = row(ui, chosen, param, value) {
                push(RunnerEdit::SetSchedule(param.key.clone(), value));
            }
        }
        for index in 0..parts.len() {
            ui.push_id(index, |ui| part(ui, chosen, &parts, index, push));
        }
        if !parts.is_empty() {
            another(ui, chosen, push);
        }
    });
    if chosen.settings().any(|(param, value)| param.key == "cycle_momentum" && *value == Value::Switch(true))
        && moved_momentum(chosen, &runner.optimizer.of.params).is_none()
    {
        let told = format!(
            "{} has no momentum that could be moved: it keeps what it has.",
            runner.optimizer.of.name
        );
        ui.add(Label::new(RichText::new(told).size(text_size::HINT).weak()).wrap());
    }
    curve(ui, session, runner, run);
    let said = notation::said(ui.ctx(), chosen.sums().words());
    ui.add(Label::new(RichText::new(said).size(text_size::HINT).weak()).wrap()).on_hover_text(notation::said(
        ui.ctx(),
        "Were the run to go on without end. Σα = ∞: the steps suffice for any distance. Σα² < ∞: the noise \
         of a noisy gradient dies out. Robbins and Monro (1951) ask for both.",
    ));
}

/// A setting of a schedule: a row, or the field for its formula.
fn row(ui: &mut Ui, schedule: &Chosen<Schedule>, param: &Param, value: &Value) -> Option<Value> {
    let Value::Rate(rate) = value else { return setting::row(ui, param, value, &[]) };
    let name = notation::said(ui.ctx(), "α(t) =");
    let label = ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        ui.label(format!("{}: {}.", param.key, param.doc));
        ui.label("The first step is t = 0.");
    });
    // What has a slider already is meant.
    let read = |text: &str| {
        let is_meant = |key: &str| schedule.of.params.iter().any(|param| param.key == key);
        ParsedRate::read_without_slips(text, is_meant)
    };
    let field = TypedField {
        salt: "rate",
        over: rate.text(),
        most: MOST_CHARACTERS,
        rows: (2, 2),
        has_lines: false,
        keeps: "the last formula that could be read runs on",
    };
    field.show(ui, &label, read).map(|read| Value::Rate(Arc::new(read)))
}

/// A part of a sequence: which schedule it is, and its settings.
fn part(
    ui: &mut Ui,
    sequence: &Chosen<Schedule>,
    parts: &[Chosen<Schedule>],
    index: usize,
    push: &mut impl FnMut(RunnerEdit),
) {
    let Some(part) = parts.get(index) else { return };
    let mut replace = |schedule: Option<Chosen<Schedule>>| {
        if let Some(schedule) = schedule {
            push(RunnerEdit::ReplaceSchedule(Box::new(schedule)));
        }
    };
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(format!("part {}", index + 1)).size(text_size::LABEL));
        let may_go = parts.len() > 2;
        let room = ui.available_width() - if may_go { 34.0 } else { 8.0 };
        let combo =
            ComboBox::from_id_salt("part").selected_text(part.of.title()).width(room).show_ui(ui, |ui| {
                for schedule in schedules::ALL {
                    let replaced = sequence.with_part_replaced(index, schedule);
                    let here = **schedule == *part.of;
                    if replaced.is_some()
                        && ui
                            .selectable_label(here, schedule.title())
                            .on_hover_ui(|ui| about(ui, schedule))
                            .clicked()
                        && !here
                    {
                        replace(replaced);
                    }
                }
            });
        combo.response.labelled_by(label.id).on_hover_ui(|ui| about(ui, &part.of));
        if may_go {
            let button = ui.small_button("×").on_hover_text("Take this schedule out of the sequence");
            button.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("Remove part {}", index + 1))
            });
            if button.clicked() {
                replace(sequence.without_part(index));
            }
        }
    });
    for (param, value) in part.settings() {
        if let Some(value) = row(ui, part, param, value) {
            push(RunnerEdit::SetSchedule(format!("{}.{}", index + 1, param.key).into(), value));
        }
    }
}

/// What adds another part, where there is room for one.
fn another(ui: &mut Ui, sequence: &Chosen<Schedule>, push: &mut impl FnMut(RunnerEdit)) {
    let Some(longer) = sequence.with_part(&Chosen::default()) else { return };
    let button = ui.small_button(RichText::new("+ another schedule").size(text_size::HINT));
    if button.on_hover_text("Adds a schedule behind the last one, a hundred steps later").clicked() {
        push(RunnerEdit::ReplaceSchedule(Box::new(longer)));
    }
}

fn about(ui: &mut Ui, schedule: &Schedule) {
    ui.set_max_width(340.0);
    ui.label(schedule.summary);
    let formula = notation::of(ui.ctx()).formula(schedule.formula, false);
    notation::label(ui, &formula, text_size::VALUE, Palette::of(ui).ink);
    ui.label(RichText::new(schedule.source).weak());
    file_name(ui, schedule);
}

/// The learning rate from the first step to the last, with the cursor's place.
fn curve(ui: &mut Ui, session: &Session, runner: &Runner, run: &Run) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let now = run.learning_rate(session.cursor());
    let told = format!(
        "Learning rate over the steps; at step {} it is {}",
        text::count(session.cursor()),
        text::number(now)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    response.on_hover_text(&told);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let palette = Palette::of(ui);
    let steps = session.scenario().steps;
    let plot = rect.shrink2(vec2(2.0, 4.0));
    let columns = columns(steps, plot.width(), |step| run.learning_rate(step));
    let top = columns.iter().map(|(_, _, high)| *high).fold(0.0, f64::max);
    let at = |share: f32, rate: f64| {
        let height = if top > 0.0 { (rate / top) as f32 } else { 0.0 };
        pos2(plot.left() + share * plot.width(), plot.bottom() - height * plot.height())
    };
    ui.painter().rect_filled(rect, 3.0, ui.visuals().extreme_bg_color);
    let stroke = Stroke::new(1.5, palette.runner(runner.color));
    let points = columns.iter().flat_map(|(share, low, high)| [at(*share, *low), at(*share, *high)]);
    ui.painter().add(Shape::line(points.collect(), stroke));
    let here = at(session.cursor() as f32 / steps.max(1) as f32, if now.is_finite() { now } else { 0.0 });
    ui.painter().vline(here.x, rect.y_range(), Stroke::new(1.0, palette.quiet));
    ui.painter().circle_filled(here, 2.5, palette.ink);
}

/// The curve as the screen can show it: for each column its place from 0 to 1 and the lowest and
/// the highest rate. Of a long race a fixed number of steps in each column is looked at, so that
/// drawing does not cost more the longer it is.
fn columns(steps: u32, width: f32, rate: impl Fn(u32) -> f64) -> Vec<(f32, f64, f64)> {
    const LOOKS: u32 = 8;
    let count = (width.within(1.0, 4000.0) as u32).min(steps.max(1));
    let place = |look: u32| (u64::from(look) * u64::from(steps) / u64::from(count * LOOKS)) as u32;
    (0..=count)
        .filter_map(|column| {
            let looks = (column * LOOKS..((column + 1) * LOOKS).min(count * LOOKS + 1)).map(place);
            let rates = looks.map(&rate).filter(|rate| rate.is_finite());
            let (low, high) = rates
                .fold((f64::INFINITY, 0.0), |(low, high), rate| (f64::min(low, rate), f64::max(high, rate)));
            (low <= high).then_some((column as f32 / count as f32, low, high))
        })
        .collect()
}
