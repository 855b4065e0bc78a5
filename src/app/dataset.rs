//! A model's data: the chooser, with the built-in sets or a CSV file, and what becomes of a table that was read.

use super::context::{Action, FrameContext};
use crate::app::text_size;
use egui::{ComboBox, RichText, Ui};
use std::sync::Arc;
use thalweg_core::catalogue::surfaces;
use thalweg_core::data;
use thalweg_core::data::rows::{TARGET, Table};
use thalweg_core::objective::surface::Surface;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::value::Value;
use thalweg_scenario::base_name;
use thalweg_session::{Command, Edit, Session};

/// Shows the chooser.
pub fn show(
    ui: &mut Ui,
    context: &FrameContext<'_>,
    param: &Param,
    table: &Table,
    push: &mut impl FnMut(Command),
) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("data").size(text_size::LABEL)).on_hover_text(format!(
            "{}. In a preset: {}, {}.",
            param.doc,
            param.key,
            param.allowed()
        ));
        let shown = base_name(&table.name);
        ComboBox::from_id_salt("data")
            .selected_text(shown)
            .width(ui.available_width() - 8.0)
            .show_ui(ui, |ui| {
                for set in data::ALL {
                    let value = Value::Data(set.table().into());
                    let here = set.name == table.name;
                    let entry = egui::Button::selectable(here, set.name);
                    let response = ui
                        .add_enabled(param.accepts(&value), entry)
                        .on_hover_text(set.summary)
                        .on_disabled_hover_text("This model takes targets from 0 to 1, or -1 and 1");
                    if response.clicked() && !here {
                        push(Edit::SetSurface(param.key.clone(), value).into());
                    }
                }
                ui.separator();
                if ui
                    .button("CSV file…")
                    .on_hover_text("One or two features and a target in each row")
                    .clicked()
                {
                    context.act(Action::AskData);
                }
            })
            .response
            .labelled_by(label.id)
            .on_hover_text(table.name.as_str());
    });
}

/// Gives the model a table; a surface that is no model makes way for the simplest one for such targets. Says why the model does
/// not take it, where that is so, or how many rows were left out; and whether that is a failure.
pub fn fit(session: &mut Session, table: Table) -> Option<(String, bool)> {
    if !session.scenario().surface.of.is_mean() {
        let of_classes = table.has_two_classes();
        let suits = |surface: &&Surface| {
            let takes = surface.params.iter().find_map(|param| match param.kind {
                Kind::Data { classes, .. } => Some(classes),
                _ => None,
            });
            takes == Some(of_classes)
        };
        let model = surfaces::ALL.iter().copied().find(suits)?;
        session.apply(Edit::ChooseSurface(model));
    }
    let surface = &session.scenario().surface.of;
    let wrong = table.first_without_class().map(|row| (row + 1, table.rows[row][TARGET]));
    let left_out = table.left_out;
    let value = Value::Data(Arc::new(table));
    match surface.params.iter().find(|param| matches!(param.kind, Kind::Data { .. })) {
        Some(param) if param.accepts(&value) => {
            let key = param.key.clone();
            session.apply(Edit::SetSurface(key, value));
            let plural =
                if left_out == 1 { "row with an empty cell is" } else { "rows with empty cells are" };
            (left_out > 0).then(|| (format!("{left_out} {plural} left out."), false))
        }
        _ => {
            let (row, target) = wrong.unwrap_or_default();
            let name = surface.title();
            let fault = format!(
                "{name} takes targets from 0 to 1, or -1 and 1; row {row} has {target}. Nothing was changed."
            );
            Some((fault, true))
        }
    }
}
