//! Pinning the present paths, and what is pinned: names, and a way to be rid of them.

use super::Queue;
use super::theme::Palette;
use crate::scenario::MAX_LABEL;
use crate::session::{Command, Session};
use egui::{Align, Layout, RichText, TextEdit, Ui, WidgetInfo, vec2};

/// The button that pins.
pub fn button(ui: &mut Ui, session: &Session, queue: &mut Queue) {
    let tip = "Pin the present paths: they stay as ghosts in the plots and in the charts of loss and gradient norm, whatever is changed (P)";
    let full = "Nothing to pin, or no room: take pinned paths away, or make the race shorter";
    let button = ui.add_enabled(session.can_pin(), egui::Button::new("Pin"));
    if button.on_hover_text(tip).on_disabled_hover_text(full).clicked() {
        queue.push(Command::Pin(name(session)));
    }
}

/// A name that tells what was pinned: the focused runner's method with its rate.
pub fn name(session: &Session) -> String {
    let Some((runner, _)) = session.focused() else { return String::new() };
    let rate = runner.optimizer.number("lr").filter(|_| runner.optimizer.of.has_learning_rate());
    let rate = rate.map_or_else(String::new, |rate| format!(", α {}", super::text::digits(rate, 4)));
    let name = format!("{}{rate}", runner.name());
    name.chars().take(MAX_LABEL).collect()
}

/// A row for each pinned race.
pub fn list(ui: &mut Ui, session: &Session, queue: &mut Queue) {
    for (index, (ghost, pinned)) in session.ghosts().enumerate() {
        ui.push_id(("ghost", index), |ui| {
            ui.horizontal(|ui| {
                let palette = Palette::of(ui);
                for (runner, ..) in pinned.runners().take(4) {
                    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 14.0), egui::Sense::hover());
                    let stroke = egui::Stroke::new(1.6, palette.runner(runner.color));
                    ui.painter().circle_stroke(rect.center(), 4.0, stroke);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let remove = ui.small_button("×").on_hover_text("Take these pinned paths away");
                    remove.widget_info(|| {
                        WidgetInfo::labeled(egui::Role::Button, true, format!("Unpin {}", ghost.name))
                    });
                    if remove.clicked() {
                        queue.push(Command::RemoveGhost(index));
                    }
                    let mut name = ghost.name.clone();
                    let field = TextEdit::singleline(&mut name)
                        .char_limit(MAX_LABEL)
                        .hint_text(RichText::new("pinned").weak())
                        .font(egui::FontId::proportional(12.0))
                        .desired_width(ui.available_width() - 10.0);
                    let field = ui.add(field).on_hover_text("The pinned paths' name: click to change it");
                    field.widget_info(|| {
                        WidgetInfo::labeled(egui::Role::TextInput, true, "Name of the pinned paths")
                    });
                    if field.changed() {
                        queue.push(Command::RenameGhost(index, name));
                    }
                });
            });
        });
    }
}
