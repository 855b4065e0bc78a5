//! The focused card's modifiers: what acts on the method, in order, with their settings.

use super::entry_name::file_name;
use super::setting;
use super::theme::Palette;
use super::tip;
use super::{notation, pointing};
use crate::app::text_size;
use egui::{Align, Button, Layout, RichText, Role, Ui, WidgetInfo};
use std::borrow::Cow;
use thalweg_core::catalogue::modifiers;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::run::modified_method::WITH;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_scenario::{ChangedPlace, Runner};
use thalweg_session::RunnerEdit;

/// Shows them; nothing for a path that was made elsewhere.
pub fn show(ui: &mut Ui, index: usize, runner: &Runner, push: &mut impl FnMut(RunnerEdit)) {
    if runner.optimizer.recorded_path().is_some() {
        return;
    }
    let list = runner.optimizer.modifiers();
    let count = list.len();
    for (place, modifier) in list.iter().enumerate() {
        ui.push_id((WITH, place), |ui| {
            head(ui, place, count, modifier, push);
            for (param, value) in modifier.settings() {
                let key = format!("{WITH}{}.{}", place + 1, param.key);
                let named = format!("{WITH}{}.{}", modifier.of.name, param.key);
                let is_here = |changed: &ChangedPlace| {
                    changed.runner == Some(index) && [&key, &named].contains(&&changed.key)
                };
                if let Some(value) = pointing::around(ui, is_here, |ui| setting::row(ui, param, value, &[])) {
                    push(RunnerEdit::Set(Cow::Owned(key), value));
                }
            }
        });
    }
    let fits = |modifier: &Modifier| {
        let last = list.iter().position(|other| other.of.stands_apart).unwrap_or(count);
        let mut more = list.clone();
        let Some(of) = modifiers::find(modifier.name) else { return false };
        more.insert(last, Chosen::with_defaults(of));
        runner.optimizer.modifiers_fault(&more).is_none()
    };
    ui.menu_button(RichText::new("+ Modifier").size(text_size::LABEL), |ui| {
        for modifier in modifiers::ALL {
            let button = ui.add_enabled(fits(modifier), Button::new(modifier.title()).frame(false));
            let button = button.on_disabled_hover_text("No room for this one beside the others");
            if tip::of_entry(button, |ui| about(ui, modifier)).clicked() {
                push(RunnerEdit::AddModifier(modifier));
                ui.close();
            }
        }
    })
    .response
    .on_hover_text(
        "What acts on any method: clipping, weight decay, a box, averaging... They act in their order, on the gradients \
         that the method sees or on the points that it goes to.",
    );
}

/// The name of a modifier, and what moves it and takes it out.
fn head(
    ui: &mut Ui,
    place: usize,
    count: usize,
    modifier: &Chosen<Modifier>,
    push: &mut impl FnMut(RunnerEdit),
) {
    let name = modifier.of.title();
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(format!("with {name}")).size(text_size::LABEL).strong());
        label.on_hover_ui(|ui| about(ui, &modifier.of));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut button = |sign: &str, says: String, is_there: bool| {
                let button = Button::new(RichText::new(sign).size(text_size::LABEL)).frame(false);
                let response = ui.add_enabled(is_there, button);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, is_there, &says));
                response.on_hover_text(&says).clicked()
            };
            if button("×", format!("Take {name} out"), true) {
                push(RunnerEdit::RemoveModifier(place));
            }
            if button("↓", format!("{name} acts later"), place + 1 < count) {
                push(RunnerEdit::MoveModifier(place, place + 1));
            }
            if button("↑", format!("{name} acts earlier"), place > 0) {
                push(RunnerEdit::MoveModifier(place, place - 1));
            }
        });
    });
}

fn about(ui: &mut Ui, modifier: &Modifier) {
    ui.set_max_width(340.0);
    ui.label(modifier.summary);
    notation::label(ui, modifier.formula, 13.0, Palette::of(ui).ink);
    ui.label(RichText::new(modifier.source).weak());
    file_name(ui, modifier);
}
