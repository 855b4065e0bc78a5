//! The left panel: the surface and the runners, each a card.

use super::advice;
use super::card_menu;
use super::context::FrameContext;
use super::setting;
use super::setting::Mark;
use super::theme::{Palette, popup_height};
use super::{
    dataset, formula, gradient, marker, modifiers, notation, pinned, pointing, race, recorded_path_row,
    rule_editor, schedule, start, tip,
};
use crate::app::entry_name::file_name;
use crate::app::text_size;
use egui::{
    Button, ComboBox, Frame, Id, Label, Margin, Rect, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui,
    UiBuilder, WidgetInfo, vec2,
};
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::method::description::Group;
use thalweg_core::objective::surface::Surface;
use thalweg_core::run::modified_method::WITH;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{ChangedPlace, MAX_LABEL, Runner};
use thalweg_session::{Command, Edit, RunnerEdit, Session, has_room_for_runner};

/// In a panel lower than this, in points, all of it scrolls.
const LOW: f32 = 470.0;

/// Shows the panel.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let all = |ui: &mut Ui, runners_scroll: bool| {
        above(ui, context);
        if runners_scroll {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| runners(ui, context));
        } else {
            runners(ui, context);
        }
    };
    // The surface stays in sight while the runners scroll, unless it would leave them no room.
    if ui.available_height() > LOW {
        all(ui, true);
    } else {
        ScrollArea::vertical().id_salt("all cards").auto_shrink(false).show(ui, |ui| all(ui, false));
    }
}

/// What is above the runners.
fn above(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    surface(ui, context);
    let is_of_race = |place: &ChangedPlace| {
        let part = place.key.split('.').next().unwrap_or_default();
        place.runner.is_none() && ["gradient", "stop", "cloud"].contains(&part)
    };
    pointing::around(ui, is_of_race, |ui| race::show(ui, context));
    ui.separator();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Runners").strong());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(has_room_for_runner(session.scenario()), |ui| {
                ui.menu_button("+ Add", |ui| {
                    // More methods than a small screen is high.
                    ScrollArea::vertical().max_height(popup_height(ui.ctx())).show(ui, |ui| {
                        if let Some(optimizer) = method_list(ui, None) {
                            context.push(Edit::AddRunner(optimizer));
                            ui.close();
                        }
                    });
                })
                .response
                .on_hover_text("Add a runner")
                .on_disabled_hover_text("No room: take a runner out, or make the race shorter");
            });
            pinned::button(ui, context);
        });
    });
    pinned::list(ui, context);
}

fn runners(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    if session.scenario().runners.is_empty() {
        ui.add_space(8.0);
        ui.label(RichText::new("Nobody races yet. Add a runner, or open a lesson.").weak());
    }
    for (index, (runner, run)) in session.runners().enumerate() {
        ui.push_id(index, |ui| card(ui, context, index, runner, run));
    }
}

fn surface(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let chosen = &session.scenario().surface;
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("Surface").strong());
        let combo = ComboBox::from_id_salt("surface")
            .selected_text(chosen.of.title())
            .width(ui.available_width() - 8.0)
            .show_ui(ui, |ui| {
                // What one types oneself first: it is what many look for, and would be far down.
                let is_own = |entry: &&&'static Surface| {
                    entry.params.iter().any(|param| matches!(param.kind, Kind::Formula { .. }))
                };
                let own = surfaces::ALL.iter().filter(is_own);
                for entry in own.chain(surfaces::ALL.iter().filter(|entry| !is_own(entry))).copied() {
                    let here = entry.name == chosen.of.name;
                    let response = ui.selectable_label(here, entry.title());
                    let response = tip::of_entry(response, |ui| about_surface(ui, entry));
                    if response.clicked() && !here {
                        context.push(Edit::ChooseSurface(entry));
                    }
                }
            });
        combo.response.labelled_by(label.id).on_hover_ui(|ui| about_surface(ui, &chosen.of));
    });
    ui.add(Label::new(RichText::new(chosen.of.formula).size(text_size::LABEL).weak()).wrap()).on_hover_ui(
        |ui| {
            about_surface(ui, &chosen.of);
            ui.label(RichText::new(chosen.of.source).weak());
        },
    );
    for (param, value) in chosen.settings() {
        match value {
            Value::Formula(typed) => pointing::around(
                ui,
                |place| place.runner.is_none() && place.key.starts_with("surface."),
                |ui| formula::show(ui, param, typed, &mut |command| context.push(command)),
            ),
            Value::Data(table) => {
                dataset::show(ui, context, param, table, &mut |command| context.push(command));
            }
            _ => {
                let is_here = |place: &ChangedPlace| {
                    place.runner.is_none() && place.key.strip_prefix("surface.") == Some(&param.key)
                };
                let is_idle = is_fitted(chosen) && param.key == "intercept";
                let value = pointing::around(ui, is_here, |ui| {
                    ui.add_enabled_ui(!is_idle, |ui| setting::row(ui, param, value, &[])).inner
                });
                if let Some(value) = value {
                    context.push(Edit::SetSurface(param.key.clone(), value));
                }
                if is_idle {
                    ui.label(RichText::new("not used: the intercept is fitted").size(text_size::HINT).weak());
                }
            }
        }
    }
    let is_start = |place: &ChangedPlace| place.key == "start" || place.key == "surface";
    pointing::around(ui, is_start, |ui| start::show(ui, context));
}

/// Whether the intercept of the model is the one that fits best, whatever is set.
fn is_fitted(surface: &Chosen<Surface>) -> bool {
    surface.settings().any(|(param, value)| param.key == "fit_intercept" && *value == Value::Switch(true))
}

fn card(ui: &mut Ui, context: &FrameContext<'_>, index: usize, runner: &Runner, run: &Run) {
    let session = context.session;
    let focused = session.focus() == index;
    let palette = Palette::of(ui);
    let color = palette.runner(runner.color);
    let edge = if focused { Stroke::new(1.5, color) } else { ui.visuals().widgets.noninteractive.bg_stroke };
    let frame = Frame::new()
        .fill(ui.visuals().faint_bg_color)
        .stroke(edge)
        .corner_radius(5.0)
        .inner_margin(Margin::symmetric(7, 5));
    let mut push = |command| context.push(Edit::Runner(index, command));
    // The card senses clicks below its widgets: sensed afterwards, it would take theirs.
    let below = UiBuilder::new().sense(Sense::click());
    let response = ui.scope_builder(below, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let is_mine = |place: &ChangedPlace| place.runner == Some(index);
            let is_of = |place: &ChangedPlace, part: &str| {
                is_mine(place) && place.key.split('.').next() == Some(part)
            };
            let is_head = |place: &ChangedPlace| {
                ["label", "optimizer", "color", "hidden"].iter().any(|key| is_of(place, key))
            };
            let is_named = pointing::around(ui, is_head, |ui| header(ui, context, index, runner, &mut push));
            let marks = advice::marks(context, index, run);
            let settings = runner.optimizer.settings();
            let settings = settings.filter(|(param, _)| !param.key.starts_with(WITH));
            let settings = settings.filter(|(_, value)| focused || !matches!(value, Value::Rule(_)));
            for (param, value) in settings.take(if focused { usize::MAX } else { 1 }) {
                let marks: &[Mark] = if param.key == "lr" { &marks } else { &[] };
                let is_here = |place: &ChangedPlace| is_mine(place) && place.key == param.key;
                if let Value::Rule(rule) = value {
                    pointing::around(ui, is_here, |ui| {
                        rule_editor::show(ui, param, &runner.optimizer, rule, &mut push);
                    });
                    continue;
                }
                if let Some(value) = pointing::around(ui, is_here, |ui| setting::row(ui, param, value, marks))
                {
                    push(RunnerEdit::Set(param.key.clone(), value));
                }
            }
            if focused {
                advice::best_button(ui, context, runner, &mut push);
                let is_schedule = |place: &ChangedPlace| is_of(place, "schedule");
                pointing::around(ui, is_schedule, |ui| schedule::show(ui, session, runner, run, &mut push));
                let is_gradient = |place: &ChangedPlace| is_of(place, "gradient");
                pointing::around(ui, is_gradient, |ui| gradient::of_runner(ui, session, runner, &mut push));
                let is_list = |place: &ChangedPlace| is_mine(place) && place.key == "with";
                pointing::around(ui, is_list, |ui| modifiers::show(ui, index, runner, &mut push));
            }
            recorded_path_row::show(ui, session, runner, run);
            advice::outcome(ui, context, index, run);
            is_named
        })
    });
    if focused {
        keep_in_sight(ui, session, index, response.response.rect);
    }
    if (response.response.clicked() || response.inner.inner) && !focused {
        context.push(Command::Focus(index));
    }
}

/// Brings the card into sight when the panels begin to look at its runner.
fn keep_in_sight(ui: &Ui, session: &Session, index: usize, card: Rect) {
    let id = Id::unique("the card that was brought into sight");
    let now = session.id(index);
    if ui.data(|data| data.get_temp(id)) != Some(now) {
        ui.scroll_to_rect(card, None);
        ui.data_mut(|data| data.insert_temp(id, now));
    }
}

/// Shows the first line. Whether its name was clicked.
fn header(
    ui: &mut Ui,
    context: &FrameContext<'_>,
    index: usize,
    runner: &Runner,
    push: &mut impl FnMut(RunnerEdit),
) -> bool {
    let palette = Palette::of(ui);
    let (focused, round) = (context.session.focus() == index, marker::round(context.session, index));
    let mut is_named = false;
    ui.horizontal(|ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::click());
        let what = if runner.hidden { "Show" } else { "Hide" };
        response.widget_info(|| {
            WidgetInfo::selected(
                egui::Role::CheckBox,
                true,
                !runner.hidden,
                format!("{what} {}", runner.name()),
            )
        });
        let color = palette.runner(runner.color);
        let fill = if runner.hidden { egui::Color32::TRANSPARENT } else { color };
        marker::paint(ui.painter(), (runner.color, round), rect.center(), 6.0, fill, color);
        let key = if index < 9 { format!(" ({})", index + 1) } else { String::new() };
        if response.on_hover_text(format!("{what} this path{key}")).clicked() {
            push(RunnerEdit::Hide(!runner.hidden));
        }

        let editing = ui.scope_id().with("renaming");
        let menu_width = 26.0;
        let width = ui.available_width() - menu_width - 8.0;
        if ui.data(|data| data.get_temp::<bool>(editing)).unwrap_or(false) {
            rename(ui, runner, width, editing, push);
        } else {
            let mut name = RichText::new(notation::said(ui.ctx(), &runner.name()));
            if focused {
                name = name.strong();
            }
            let button = Button::new(name).frame(false).truncate();
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let response = ui.allocate_ui_with_layout(vec2(width, 18.0), layout, |ui| {
                ui.set_min_width(width);
                ui.add(button)
            });
            let response =
                response.inner.on_hover_text("Click: the panels look at this runner. Double click: rename");
            is_named = response.clicked();
            if response.double_clicked() {
                ui.data_mut(|data| data.insert_temp(editing, true));
            }
        }
        let menu = ui.menu_button("…", |ui| card_menu::show(ui, (context, index), runner, editing, push));
        menu.response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, true, format!("Menu of {}", runner.name()))
        });
    });
    if focused {
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new("method").size(text_size::LABEL));
            ComboBox::from_id_salt("method")
                .selected_text(runner.optimizer.of.title())
                .width(ui.available_width() - 4.0)
                .show_ui(ui, |ui| {
                    let is_rule = runner.optimizer.rule().is_some();
                    ui.label(RichText::new("Yours").size(text_size::HINT).weak());
                    let own = ui.selectable_label(is_rule, "own rule").on_hover_text(
                        "An update rule that you type: it begins as this method's own lines, where these are all \
                         formulas.",
                    );
                    if own.clicked() && !is_rule {
                        push(RunnerEdit::MakeRule(None));
                    }
                    if let Some(optimizer) = method_list(ui, Some(&runner.optimizer.of)) {
                        push(RunnerEdit::Choose(optimizer));
                    }
                })
                .response
                .labelled_by(label.id)
                .on_hover_ui(|ui| about(ui, &runner.optimizer.of));
        });
    } else if !runner.label.is_empty() {
        ui.label(RichText::new(runner.optimizer.of.title()).size(text_size::HINT).weak());
    }
    is_named
}

fn rename(ui: &mut Ui, runner: &Runner, width: f32, editing: egui::Id, push: &mut impl FnMut(RunnerEdit)) {
    let mut label = runner.label.clone();
    let field = TextEdit::singleline(&mut label)
        .hint_text(runner.optimizer.of.title())
        .desired_width(width)
        .char_limit(MAX_LABEL);
    let response = ui.add(field);
    if response.changed() {
        push(RunnerEdit::Rename(label));
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<bool>(editing));
    } else if !response.has_focus() {
        response.request_focus();
    }
}

/// All methods under their groups; gives the one that was clicked.
fn method_list(ui: &mut Ui, current: Option<&Optimizer>) -> Option<&'static Optimizer> {
    let mut chosen = None;
    for group in Group::ALL {
        ui.label(RichText::new(group.name()).size(text_size::HINT).weak());
        for optimizer in optimizers::ALL.iter().filter(|optimizer| optimizer.group == group) {
            let here = current.is_some_and(|current| current.name == optimizer.name);
            let response = ui.selectable_label(here, optimizer.title());
            let response = tip::of_entry(response, |ui| about(ui, optimizer));
            if response.clicked() && !here {
                chosen = Some(*optimizer);
            }
        }
    }
    chosen
}

fn about(ui: &mut Ui, optimizer: &Optimizer) {
    ui.set_max_width(340.0);
    ui.label(optimizer.summary.clone());
    let shown = notation::of(ui.ctx());
    for line in optimizer.update() {
        let line = shown.formula_of(&optimizer.params, &line);
        notation::label(ui, &line, 13.0, Palette::of(ui).ink);
    }
    ui.label(RichText::new(optimizer.source.clone()).weak());
    file_name(ui, optimizer);
}

fn about_surface(ui: &mut Ui, surface: &Surface) {
    ui.set_max_width(320.0);
    ui.label(surface.summary);
    file_name(ui, surface);
}
