//! The field for an update rule. What is typed counts as soon as it can be read; until then the last good rule runs on.

use super::typed_field::TypedField;
use crate::app::text_size;
use egui::{RichText, ScrollArea, Ui};
use std::sync::{Arc, LazyLock};
use thalweg_core::catalogue::{optimizers, typed_rule};
use thalweg_core::formula::limits::MOST_PROGRAM_CHARACTERS;
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::value::Value;
use thalweg_session::RunnerEdit;

/// What can be written, for the tooltip.
const HELP: &str = "One assignment after the other, with ; or a new line between them. x is the position, both \
     coordinates at once, and the last line moves it. grad f(x), hess f(x) and f(x) ask the surface, at any point. t \
     counts the steps from 1. What is read before it is set is kept from step to step, 0 at first or what m0 = ... \
     says. Any other name becomes a slider; lr (or alpha) is the learning rate. .* multiplies coordinate by \
     coordinate, dot(a, b) is the scalar product, norm(a) the length, a*b^T a matrix, H^-1*g solves; a if b < c else d \
     chooses. normal() and uniform() draw a random vector for each step, from the slider seed.";

/// Shows the field; gives what the user asks for.
pub fn show(
    ui: &mut Ui,
    param: &Param,
    optimizer: &Chosen<Optimizer>,
    rule: &ParsedRule,
    push: &mut impl FnMut(RunnerEdit),
) {
    let label = ui.horizontal(|ui| {
        let label = ui.label(RichText::new("a step").size(text_size::LABEL)).on_hover_ui(|ui| {
            ui.set_max_width(360.0);
            ui.label(HELP);
        });
        beginnings(ui, push);
        label
    });
    // What has a slider already is meant.
    let read = |text: &str| {
        let is_meant = |key: &str| optimizer.of.params.iter().any(|param| param.key == key);
        ParsedRule::read_without_slips(text, is_meant)
    };
    let field = TypedField {
        salt: "rule",
        over: rule.text(),
        most: MOST_PROGRAM_CHARACTERS,
        rows: (3, 8),
        has_lines: true,
        keeps: "the last rule that could be read runs on",
    };
    if let Some(read) = field.show(ui, &label.inner, read) {
        push(RunnerEdit::Set(param.key.clone(), Value::Rule(Arc::new(read))));
    }
}

/// The text of every built-in method that is all formulas: read once, for it never changes.
static BEGINNINGS: LazyLock<Vec<(&'static Optimizer, String)>> = LazyLock::new(|| {
    let text = |method: &&'static Optimizer| {
        let rule = typed_rule::rule_of(&Chosen::with_defaults(*method))?;
        Some((*method, rule.rule().map(|rule| rule.text().to_owned()).unwrap_or_default()))
    };
    optimizers::ALL.iter().filter_map(text).collect()
});

/// The lines of every built-in method that is all formulas, to begin with.
fn beginnings(ui: &mut Ui, push: &mut impl FnMut(RunnerEdit)) {
    ui.menu_button(RichText::new("begin with").size(text_size::LABEL), |ui| {
        ScrollArea::vertical().max_height(super::theme::popup_height(ui.ctx())).show(ui, |ui| {
            for (method, text) in BEGINNINGS.iter() {
                if ui.button(method.title()).on_hover_text(RichText::new(text).monospace()).clicked() {
                    push(RunnerEdit::MakeRule(Some(method)));
                    ui.close();
                }
            }
        });
    });
}
