//! The bar at the top: lessons, files, what is shown, and what is open.

use super::context::{Action, FrameContext};
use super::lessons::Lessons;
use super::notation_menu;
use super::picture_dialog;
use super::present::Present;
use super::setting;
use super::theme::{Palette, popup_height};
use super::tip;
use crate::app::text_size;
use crate::files::earlier_session::EarlierSession;
use crate::native::IS_DESKTOP;
use egui::{Checkbox, RichText, ScrollArea, Ui};
use thalweg_core::spec::param::{Alternative, Param};
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Layer, Record, Relief, ViewState};
use thalweg_session::{Command, Session};

/// Below this width, in points, all menus are in one.
const NARROW: f32 = 600.0;

/// How wide a slider makes a menu, in points.
const MENU_WIDTH: f32 = 240.0;

/// Shows the bar.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>, lessons: &Lessons, earlier: &[EarlierSession]) {
    let session = context.session;
    egui::MenuBar::new().ui(ui, |ui| {
        let is_narrow = ui.available_width() < NARROW;
        if is_narrow {
            ui.menu_button(RichText::new("Menu").strong(), |ui| {
                menus(ui, context, lessons, earlier);
                ui.separator();
                ui.horizontal(|ui| {
                    zoom(ui);
                    theme(ui, context);
                });
            });
        } else {
            ui.label(RichText::new("Thalweg").strong().size(text_size::TITLE));
            menus(ui, context, lessons, earlier);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if !is_narrow {
                theme(ui, context);
                zoom(ui);
                ui.separator();
            }
            // Of a function of x alone there is no relief.
            if !session.scenario().surface.is_univariate() {
                reliefs(ui, context);
                ui.separator();
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| title(ui, session));
        });
    });
}

/// The menus.
fn menus(ui: &mut Ui, context: &FrameContext<'_>, lessons: &Lessons, earlier: &[EarlierSession]) {
    ui.menu_button("Lessons", |ui| lessons.menu(ui, context));
    ui.menu_button("File", |ui| files(ui, context, earlier));
    ui.menu_button("Edit", |ui| edit(ui, context));
    ui.menu_button("View", |ui| {
        // At large text the list is longer than the window is high.
        ScrollArea::vertical().max_height(popup_height(ui.ctx())).show(ui, |ui| view(ui, context));
    });
    if ui.button("Keys").on_hover_text("All keys (?)").clicked() {
        context.act(Action::ToggleHelp);
        ui.close();
    }
}

fn theme(ui: &mut Ui, context: &FrameContext<'_>) {
    let other = if ui.visuals().dark_mode { "Light" } else { "Dark" };
    if ui.button(other).on_hover_text("Light or dark (T)").clicked() {
        context.act(Action::ToggleTheme);
    }
}

fn title(ui: &mut Ui, session: &Session) {
    ui.add_space(12.0);
    let scenario = session.scenario();
    let title = scenario.shown_title();
    let mut shown = RichText::new(title).strong();
    if session.is_changed() {
        shown = RichText::new(format!("{title} *")).strong();
    }
    let response = ui.add(egui::Label::new(shown).truncate());
    let place =
        session.file().map_or_else(|| "not saved in a file".to_owned(), |path| path.display().to_string());
    let changed = if session.is_changed() { "changed since it was opened; " } else { "" };
    response.on_hover_text(format!("{changed}{place}"));
}

/// The choice between plane, relief and both.
fn reliefs(ui: &mut Ui, context: &FrameContext<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    // From right to left.
    for relief in Relief::ALL.into_iter().rev() {
        let Alternative { name, doc } = &Relief::NAMES[relief as usize];
        let is_shown = context.show().relief == relief;
        if ui.selectable_label(is_shown, *name).on_hover_text(format!("Show {doc} (3)")).clicked() {
            context.change_show(|show| show.relief = relief);
        }
    }
}

fn zoom(ui: &mut Ui) {
    let ctx = ui.ctx().clone();
    let factor = ctx.zoom_factor();
    if ui.button("A+").on_hover_text("Larger (Ctrl + plus)").clicked() {
        ctx.set_zoom_factor((factor + 0.1).min(2.5));
    }
    if ui.button("A-").on_hover_text("Smaller (Ctrl + minus)").clicked() {
        ctx.set_zoom_factor((factor - 0.1).max(0.6));
    }
    if (factor - 1.0).abs() > 0.01 {
        let text = RichText::new(format!("{:.0} %", factor * 100.0))
            .size(text_size::HINT)
            .color(Palette::of(ui).quiet);
        ui.label(text);
    }
}

fn files(ui: &mut Ui, context: &FrameContext<'_>, earlier: &[EarlierSession]) {
    let session = context.session;
    let entry = |ui: &mut Ui, label: &str, keys: &str, action: Action| {
        if ui.add(egui::Button::new(label).shortcut_text(keys)).clicked() {
            context.act(action);
            ui.close();
        }
    };
    entry(ui, "New", "Ctrl+N", Action::New);
    entry(ui, "Open…", "Ctrl+O", Action::AskOpen);
    entry(ui, "Save", "Ctrl+S", Action::Save);
    if IS_DESKTOP {
        entry(ui, "Save as…", "Ctrl+Shift+S", Action::AskSaveAs);
    }
    ui.add_enabled_ui(!earlier.is_empty(), |ui| {
        ui.menu_button("Earlier sessions", |ui| sessions(ui, context, earlier))
            .response
            .on_hover_text("What was open before, and what other windows had open")
            .on_disabled_hover_text("What was open before this window was opened on a preset comes here");
    });
    entry(ui, "Copy link", "", Action::CopyLink);
    entry(ui, "Copy embed code", "", Action::CopyEmbedCode);
    ui.separator();
    entry(ui, "Export CSV…", "Ctrl+E", Action::AskExport);
    entry(ui, "Export picture or film…", "Ctrl+Shift+E", Action::ShowPictures(picture_dialog::seen(session)));
    ui.separator();
    let reset = egui::Button::new("Reset");
    if ui
        .add_enabled(session.is_changed(), reset)
        .on_hover_text("Back to what was opened or saved last")
        .clicked()
    {
        context.push(Command::Reset);
        ui.close();
    }
    if IS_DESKTOP {
        ui.separator();
        entry(ui, "Quit", "Ctrl+Q", Action::Quit);
    }
}

/// The length of paths, no wider than the entries of the menu.
fn trail_row(ui: &mut Ui, param: &Param, value: &Value) -> Option<Value> {
    let is_whole = *value == Value::Number(0.0);
    let row = ui.scope(|ui| {
        ui.set_max_width(MENU_WIDTH);
        let changed = setting::row(ui, param, value, &[]);
        if is_whole {
            ui.label(RichText::new("0: paths are drawn whole").size(text_size::HINT).weak());
        }
        changed
    });
    row.inner
}

/// What was open before, the latest first.
fn sessions(ui: &mut Ui, context: &FrameContext<'_>, earlier: &[EarlierSession]) {
    for session in earlier {
        let scenario = &session.session.scenario;
        let title = scenario.shown_title();
        let changed = if scenario == &session.session.opened { "" } else { " *" };
        let age = session.written.elapsed().map_or_else(|_| String::new(), |age| ago(age.as_secs()));
        if ui.add(egui::Button::new(format!("{title}{changed}")).shortcut_text(age)).clicked() {
            context.act(Action::GoBack(Box::new(session.clone())));
            ui.close();
        }
    }
}

/// How long ago something was, in words.
fn ago(seconds: u64) -> String {
    let of = |count: u64, unit: &str| format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
    match seconds {
        0..60 => "just now".to_owned(),
        60..3600 => of(seconds / 60, "minute"),
        3600..86_400 => of(seconds / 3600, "hour"),
        _ => of(seconds / 86_400, "day"),
    }
}

fn edit(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    for (verb, keys, what, command) in [
        ("Undo", "Ctrl+Z", session.undoable(), Command::Undo),
        ("Redo", "Ctrl+Y", session.redoable(), Command::Redo),
    ] {
        let told = what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {what}"));
        if ui.add_enabled(what.is_some(), egui::Button::new(told).shortcut_text(keys)).clicked() {
            context.push(command);
            ui.close();
        }
    }
}

fn view(ui: &mut Ui, context: &FrameContext<'_>) {
    let fit = ui.add(egui::Button::new("Fit").shortcut_text("F"));
    let says = "Back to what the lesson shows; once more, and the paths that leave it are in the view, too";
    if tip::of_entry_text(fit, says).clicked() {
        context.push(context.session.fit());
        ui.close();
    }
    ui.separator();
    let is_univariate = context.session.scenario().surface.is_univariate();
    for relief in Relief::ALL.into_iter().filter(|_| !is_univariate) {
        let Alternative { name, doc } = &Relief::NAMES[relief as usize];
        if ui.radio(context.show().relief == relief, *name).on_hover_text(format!("Show {doc} (3)")).clicked()
        {
            context.change_show(|show| show.relief = relief);
        }
    }
    notation_menu::show(ui, context);
    let mut turning = context.show().turning;
    let is_seen = context.session.scenario().relief().has_relief();
    let switch = ui.add_enabled(is_seen, Checkbox::new(&mut turning, "Turn the relief slowly"));
    if tip::of_entry_text(switch, "Until it is turned by hand (drag, Shift + arrow keys)").changed() {
        context.act(Action::ToggleTurning);
    }
    ui.separator();
    let layers = context.show().layers;
    // What there is none of on a graph.
    let is_of_plane = |layer| matches!(layer, Layer::Contours | Layer::Direction | Layer::Eigenbasis);
    for entry in Layer::TABLE.iter().filter(|entry| !(is_univariate && is_of_plane(entry.layer))) {
        let mut shown = layers.has(entry.layer);
        if tip::of_entry_text(ui.checkbox(&mut shown, entry.title), entry.doc).changed() {
            context.change_show(|show| show.layers = layers.with(entry.layer, shown));
        }
    }
    ui.separator();
    if let Some((param, value)) =
        ViewState::field("trail").and_then(|field| field.param().zip(field.value(context.show())))
        && let Some(Value::Number(trail)) = trail_row(ui, param, &value)
    {
        context.change_show(|show| show.trail = trail as u32);
    }
    let present = egui::Button::new("Present").shortcut_text("F5");
    if ui.add(present).on_hover_text("The plane as large as the screen, for a class").clicked() {
        context.act(Action::Present(Present::Toggle));
        ui.close();
    }
    if ui.add(egui::Button::new("Light or dark").shortcut_text("T")).clicked() {
        context.act(Action::ToggleTheme);
        ui.close();
    }
}
