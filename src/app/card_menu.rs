//! The menu on a runner's card.

use super::context::{Action, FrameContext};
use super::theme::Palette;
use super::{comparison_window, copy_code, marker};
use egui::{Button, Sense, Ui, WidgetInfo, vec2};
use thalweg_scenario::{Color, Runner};
use thalweg_session::{Command, Edit, RunnerEdit};

/// Shows it; `editing` is where it is kept that the name is being typed.
pub fn show(
    ui: &mut Ui,
    (context, index): (&FrameContext<'_>, usize),
    runner: &Runner,
    editing: egui::Id,
    push: &mut impl FnMut(RunnerEdit),
) {
    if ui.button("Rename").clicked() {
        ui.data_mut(|data| data.insert_temp(editing, true));
        ui.close();
    }
    let is_recorded = comparison_window::is_recorded(runner);
    if runner.optimizer.rule().is_none() && !is_recorded && ui.button("Change its rule").clicked() {
        push(RunnerEdit::MakeRule(None));
        // Its editor stands on the card that is looked at.
        context.act(Action::Do(Command::Focus(index)));
        ui.close();
    }
    if ui.button("Duplicate").clicked() {
        push(RunnerEdit::Duplicate);
        ui.close();
    }
    places(ui, context, index);
    ui.horizontal(|ui| {
        let palette = Palette::of(ui);
        for color in Color::ALL {
            let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
            response.widget_info(|| {
                WidgetInfo::selected(egui::Role::RadioButton, true, color == runner.color, color.name())
            });
            let fill = palette.runner(color);
            let edge = if color == runner.color { palette.ink } else { fill };
            marker::paint(ui.painter(), (color, 0), rect.center(), 6.5, fill, edge);
            if response.on_hover_text(color.name()).clicked() {
                push(RunnerEdit::Recolor(color));
                ui.close();
            }
        }
    });
    ui.separator();
    comparison_window::entries(ui, context, index);
    if !is_recorded {
        copy_code::entries(ui, context, index);
        ui.separator();
    }
    if ui.button("Remove").clicked() {
        push(RunnerEdit::Remove);
        ui.close();
    }
}

/// What shows a runner alone, and what moves its card.
fn places(ui: &mut Ui, context: &FrameContext<'_>, index: usize) {
    let runners = &context.session.scenario().runners;
    let is_alone = runners.iter().enumerate().all(|(other, runner)| runner.hidden == (other != index));
    let last = runners.len().saturating_sub(1);
    for (name, is_there, edit) in [
        (if is_alone { "Show all" } else { "Show it alone" }, last > 0, Edit::Solo(index)),
        ("Move up", index > 0, Edit::MoveRunner(index, index.saturating_sub(1))),
        ("Move down", index < last, Edit::MoveRunner(index, index + 1)),
    ] {
        if ui.add_enabled(is_there, Button::new(name)).clicked() {
            context.push(edit);
            ui.close();
        }
    }
}
