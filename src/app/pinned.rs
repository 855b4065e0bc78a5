//! Pinning the present paths, and what is pinned: names, and a way to be rid of them.

use super::context::FrameContext;
use super::paint;
use super::theme::Palette;
use crate::words::text;
use egui::{Align, Color32, Layout, Response, RichText, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2};
use thalweg_core::spec::described::Described;
use thalweg_figure::dash;
use thalweg_scenario::MAX_LABEL;
use thalweg_session::{Edit, PinnedRace, Session, can_pin};

/// The button that pins.
pub fn button(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let tip = "Pin the present paths: they stay as ghosts in the plots, in the charts and in the table, whatever is changed (P)";
    let full = "Nothing to pin, or no room: take pinned paths away, or make the race shorter";
    let button = ui.add_enabled(can_pin(session.scenario()), egui::Button::new("Pin"));
    if button.on_hover_text(tip).on_disabled_hover_text(full).clicked() {
        context.push(Edit::Pin(name(session)));
    }
}

/// A name that tells what was pinned: of a single runner its rate, which is what will differ, and its method;
/// several are counted.
pub fn name(session: &Session) -> String {
    let mut shown = session.scenario().runners.iter().filter(|runner| !runner.hidden);
    let (Some(runner), None) = (shown.next(), shown.next()) else {
        return format!("pin {}", session.pinned_runs().count() + 1);
    };
    let rate = runner.optimizer.number("lr").filter(|_| runner.optimizer.of.has_learning_rate());
    let symbol = session.scenario().show.notation.rate.symbol();
    let rate = rate.map_or_else(String::new, |rate| format!("{symbol} {}, ", text::digits(rate, 4)));
    let name = format!("{rate}{}", runner.name());
    name.chars().take(MAX_LABEL).collect()
}

/// Which race it is: "Rosenbrock from (-1.2, 1), 300 steps".
pub fn race(pinned: &PinnedRace) -> String {
    let of = pinned.of();
    let [x, y] = of.start.point();
    format!("{} from {}, {} steps", of.surface.of.title(), text::point(x, y), text::count(of.steps))
}

/// A stretch of line as the pinned race's are dashed.
pub fn swatch(ui: &mut Ui, pinned: &PinnedRace, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(34.0, 14.0), Sense::hover());
    let line = [rect.left_center(), rect.right_center()];
    let dashes = paint::dashed(&line, dash::of_mark(pinned.mark()), 0.0, Stroke::new(1.6, color));
    ui.painter().extend(dashes);
    response
}

/// A row for each pinned race.
pub fn list(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    for (index, (pin, pinned)) in session.pinned_runs().enumerate() {
        ui.push_id(("ghost", index), |ui| {
            ui.horizontal(|ui| {
                let palette = Palette::of(ui);
                swatch(ui, pinned, palette.ink)
                    .on_hover_text("How the paths and lines of this pin are dashed");
                for (runner, ..) in pinned.runners().take(4) {
                    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 14.0), Sense::hover());
                    let stroke = Stroke::new(1.6, palette.runner(runner.color));
                    ui.painter().circle_stroke(rect.center(), 4.0, stroke);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let remove = ui.small_button("×").on_hover_text("Take these pinned paths away");
                    remove.widget_info(|| {
                        WidgetInfo::labeled(egui::Role::Button, true, format!("Unpin {}", pin.name))
                    });
                    if remove.clicked() {
                        context.push(Edit::RemovePinned(index));
                    }
                    let mut name = pin.name.clone();
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
                        context.push(Edit::RenamePinned(index, name));
                    }
                });
            });
        });
    }
}
