//! Choosing where gradients come from: for the race, and for one runner alone.

use super::context::FrameContext;
use super::setting;
use super::tip;
use crate::app::text_size;
use egui::{Button, ComboBox, RichText, Ui};
use std::borrow::Cow;
use thalweg_core::method::gradient;
use thalweg_core::method::gradient::{EXACT, GradientMode};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::value::Value;
use thalweg_scenario::Runner;
use thalweg_session::{Edit, RunnerEdit, Session, can_give};

/// What was chosen.
enum GradientChange {
    /// The race's source; only for a runner.
    AsRace,
    GradientMode(&'static GradientMode),
    Setting(Cow<'static, str>, Value),
}

/// The race's: for all runners that have none of their own.
pub fn of_race(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let chosen = &session.scenario().gradient;
    match rows(ui, session, Some(chosen), None) {
        Some(GradientChange::GradientMode(source)) => context.push(Edit::ChooseGradient(source)),
        Some(GradientChange::Setting(key, value)) => context.push(Edit::SetGradient(key, value)),
        Some(GradientChange::AsRace) | None => {}
    }
}

/// A runner's own, where it could matter: the race's is not exact, or the surface is a mean over
/// data, or the runner has one already.
pub fn of_runner(ui: &mut Ui, session: &Session, runner: &Runner, push: &mut impl FnMut(RunnerEdit)) {
    let scenario = session.scenario();
    if *scenario.gradient.of == EXACT && runner.gradient.is_none() && !scenario.surface.of.is_mean() {
        return;
    }
    let as_race = format!("as the race: {}", scenario.gradient.of.title());
    match rows(ui, session, runner.gradient.as_ref(), Some(&as_race)) {
        Some(GradientChange::AsRace) => push(RunnerEdit::ChooseGradient(None)),
        Some(GradientChange::GradientMode(source)) => push(RunnerEdit::ChooseGradient(Some(source))),
        Some(GradientChange::Setting(key, value)) => push(RunnerEdit::SetGradient(key, value)),
        None => {}
    }
}

fn rows(
    ui: &mut Ui,
    session: &Session,
    chosen: Option<&Chosen<GradientMode>>,
    as_race: Option<&str>,
) -> Option<GradientChange> {
    let mut change = None;
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("gradient").size(text_size::LABEL)).on_hover_text(
            "What each step is told of the slope: exactly, with noise, or from a few examples of the data",
        );
        let shown = chosen.map_or(as_race.unwrap_or_default(), |chosen| chosen.of.title());
        let combo = ComboBox::from_id_salt("gradient")
            .selected_text(shown)
            .width(ui.available_width() - 8.0)
            .show_ui(ui, |ui| {
                if let Some(as_race) = as_race {
                    let response = ui
                        .selectable_label(chosen.is_none(), as_race)
                        .on_hover_text("What the race's settings say");
                    if response.clicked() && chosen.is_some() {
                        change = Some(GradientChange::AsRace);
                    }
                }
                for source in gradient::ALL {
                    let here = chosen.is_some_and(|chosen| *chosen.of == **source);
                    let response = ui
                        .add_enabled(can_give(session.scenario(), source), Button::selectable(here, source.title()));
                    let response = tip::of_entry(response, |ui| about(ui, source))
                        .on_disabled_hover_text(
                            "Needs examples to choose from: a surface that is a mean over data, such as linear regression",
                        );
                    if response.clicked() && !here {
                        change = Some(GradientChange::GradientMode(source));
                    }
                }
            });
        let response = combo.response.labelled_by(label.id);
        if let Some(chosen) = chosen {
            response.on_hover_ui(|ui| about(ui, &chosen.of));
        }
    });
    ui.push_id("of the gradient", |ui| {
        for (param, value) in chosen.into_iter().flat_map(Chosen::settings) {
            if let Some(value) = setting::row(ui, param, value, &[]) {
                change = Some(GradientChange::Setting(param.key.clone(), value));
            }
        }
    });
    change
}

fn about(ui: &mut Ui, source: &GradientMode) {
    ui.set_max_width(340.0);
    ui.label(source.summary);
    ui.label(RichText::new(source.formula).strong());
    ui.label(RichText::new(source.source).weak());
}
