//! The chooser of a model's data: the built-in sets, or a CSV file.

use super::context::{Action, FrameContext};
use crate::app::text_size;
use egui::{ComboBox, RichText, Ui};
use std::path::Path;
use thalweg_core::data;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::value::Value;
use thalweg_session::{Command, Edit};

/// Shows the chooser.
pub fn show(
    ui: &mut Ui,
    context: &FrameContext<'_>,
    param: &Param,
    table: &data::rows::Table,
    push: &mut impl FnMut(Command),
) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("data").size(text_size::LABEL)).on_hover_text(format!(
            "{}. In a preset: {}, {}.",
            param.doc,
            param.key,
            param.allowed()
        ));
        let file = Path::new(&table.name).file_name().map(|name| name.to_string_lossy());
        let shown = file.as_deref().unwrap_or(&table.name);
        ComboBox::from_id_salt("data")
            .selected_text(shown)
            .width(ui.available_width() - 8.0)
            .height(420.0)
            .show_ui(ui, |ui| {
                for set in data::ALL {
                    let value = Value::Data(set.table().into());
                    let here = set.name == table.name;
                    let entry = egui::Button::selectable(here, set.name);
                    let response = ui
                        .add_enabled(param.accepts(&value), entry)
                        .on_hover_text(set.summary)
                        .on_disabled_hover_text("This model takes targets from 0 to 1");
                    if response.clicked() && !here {
                        push(Edit::SetSurface(param.key.clone(), value).into());
                    }
                }
                ui.separator();
                if ui.button("CSV file…").on_hover_text("Two features and a target in each row").clicked() {
                    context.act(Action::AskData);
                }
            })
            .response
            .labelled_by(label.id)
            .on_hover_text(table.name.as_str());
    });
}
