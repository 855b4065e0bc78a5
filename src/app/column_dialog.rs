//! Which columns of a file of data are the features and which is the target, chosen beside a preview.

use super::dataset;
use super::dialog;
use super::theme::Palette;
use crate::app::text_size;
use egui::{ComboBox, Context, Grid, Key, RichText, ScrollArea, Ui};
use thalweg_core::data::rows::Table;
use thalweg_scenario::{ColumnPreview, PREVIEW_ROWS, TableColumns, base_name};
use thalweg_session::Session;

/// What the columns of a model are called here: two features and the target.
const ROLES: [&str; 3] = ["first feature", "second feature", "target"];
const FIRST: usize = 0;
const SECOND: usize = 1;
const TARGET: usize = 2;
/// What is chosen for the second feature where there is none.
const NO_FEATURE: &str = "none: w₂ is the intercept";
/// The widest that a column of the preview is drawn, in letters.
const MOST_LETTERS: usize = 18;

/// A file, and what is chosen of it.
struct OpenColumns {
    columns: TableColumns,
    /// The names of the columns in each role; none for a second feature that there is not.
    chosen: [Option<String>; 3],
    /// The data in them, or what is wrong with it.
    read: Result<Table, String>,
}

impl OpenColumns {
    fn new(columns: TableColumns) -> Self {
        let mut guess = columns.guess();
        let target = guess.pop();
        let mut features = guess.into_iter();
        let chosen = [features.next(), features.next(), target];
        let mut open = Self { columns, chosen, read: Err(String::new()) };
        open.read();
        open
    }

    fn read(&mut self) {
        let chosen: Vec<String> = self.chosen.iter().flatten().cloned().collect();
        let [Some(_), _, Some(_)] = &self.chosen else {
            self.read = Err("choose a feature and a target".to_owned());
            return;
        };
        self.read = self.columns.table(&chosen).map_err(|faults| {
            let Some(first) = faults.first() else { return String::new() };
            let more =
                if faults.len() > 1 { format!(" (and {} more)", faults.len() - 1) } else { String::new() };
            format!("line {}, column {}: {}{more}", first.line, first.column, first.message)
        });
    }

    fn role(&self, column: &ColumnPreview) -> Option<usize> {
        self.chosen.iter().position(|chosen| chosen.as_ref() == Some(&column.name))
    }
}

/// The dialog; nothing is asked at first.
#[derive(Default)]
pub struct ColumnDialog {
    open: Option<OpenColumns>,
}

impl ColumnDialog {
    /// Asks which columns are meant.
    pub fn ask(&mut self, columns: TableColumns) {
        self.open = Some(OpenColumns::new(columns));
    }

    /// Whether it asks.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Shows the dialog, and gives the model the data that were chosen. What there is to tell, and whether that is a
    /// failure.
    pub fn show(&mut self, ctx: &Context, session: &mut Session) -> Option<(String, bool)> {
        let open = self.open.as_mut()?;
        let mut is_open = !ctx.input(|input| input.key_pressed(Key::Escape));
        // Of a list that is open, Enter chooses the entry.
        let enter = !egui::Popup::is_any_open(ctx) && ctx.input(|input| input.key_pressed(Key::Enter));
        let mut is_confirmed = enter && ctx.memory(|memory| memory.focused().is_none());
        let mut is_left = false;
        dialog::large(ctx, format!("Columns of {}", base_name(&open.columns.name)))
            .id(egui::Id::unique("columns of a file"))
            .open(&mut is_open)
            .show(ctx, |ui| {
                ui.set_max_width(dialog::width(ctx, 620.0));
                choices(ui, open);
                ui.add_space(6.0);
                preview(ui, open);
                ui.add_space(6.0);
                told(ui, open);
                ui.add_space(4.0);
                ui.horizontal(|ui| {
                    let can = open.read.is_ok();
                    is_confirmed |= ui.add_enabled(can, egui::Button::new("Use these columns")).clicked();
                    is_left = ui.button("Cancel").clicked();
                });
            });
        let table = if is_confirmed { open.read.as_ref().ok().cloned() } else { None };
        if table.is_some() || is_left || !is_open {
            self.open = None;
        }
        dataset::fit(session, table?)
    }
}

/// The three lists to choose from.
fn choices(ui: &mut Ui, open: &mut OpenColumns) {
    let mut asked = None;
    Grid::new("roles").num_columns(2).spacing([10.0, 5.0]).show(ui, |ui| {
        for (role, name) in ROLES.into_iter().enumerate() {
            let label = ui.label(name);
            let none = if role == SECOND { NO_FEATURE } else { "" };
            let shown = open.chosen[role].as_deref().unwrap_or(none);
            ComboBox::from_id_salt(name)
                .selected_text(shortened(shown))
                .width(220.0)
                .show_ui(ui, |ui| {
                    if role == SECOND {
                        let is_here = open.chosen[SECOND].is_none();
                        if ui.selectable_label(is_here, NO_FEATURE).clicked() {
                            asked = Some((role, None));
                        }
                    }
                    for column in &open.columns.columns {
                        let fits = if role == TARGET { column.is_target() } else { column.is_feature() };
                        let is_here = open.chosen[role].as_ref() == Some(&column.name);
                        let entry = egui::Button::selectable(is_here, shortened(&column.name));
                        let why = if role == TARGET { "numbers, or two words" } else { "numbers" };
                        let response = ui.add_enabled(fits, entry).on_disabled_hover_text(format!(
                            "A {name} is {why}, in a column with a name of its own"
                        ));
                        if response.clicked() {
                            asked = Some((role, Some(column.name.clone())));
                        }
                    }
                })
                .response
                .labelled_by(label.id);
            ui.end_row();
        }
    });
    if let Some((role, name)) = asked {
        // A column that has a role already changes places with the one that had this role.
        let before = open.chosen[role].clone();
        let other =
            (FIRST..=TARGET).find(|other| *other != role && name.is_some() && open.chosen[*other] == name);
        if let Some(other) = other {
            let fits = |column: &&ColumnPreview| {
                Some(&column.name) == before.as_ref() && (other == TARGET || column.is_feature())
            };
            open.chosen[other] =
                if open.columns.columns.iter().any(|column| fits(&column)) { before } else { None };
        }
        open.chosen[role] = name;
        open.read();
    }
}

/// The first rows; the chosen columns are strong and say what they are.
fn preview(ui: &mut Ui, open: &OpenColumns) {
    let palette = Palette::of(ui);
    ScrollArea::horizontal().max_width(ui.available_width()).show(ui, |ui| {
        Grid::new("preview").num_columns(open.columns.columns.len()).striped(true).spacing([14.0, 3.0]).show(
            ui,
            |ui| {
                let roles: Vec<_> = open.columns.columns.iter().map(|column| open.role(column)).collect();
                for role in &roles {
                    let said = ["x₁", "x₂", "target"];
                    ui.label(
                        RichText::new(role.map_or("", |role| said[role]))
                            .size(text_size::HINT)
                            .color(palette.ink),
                    );
                }
                ui.end_row();
                for (column, role) in open.columns.columns.iter().zip(&roles) {
                    let name = RichText::new(shortened(&column.name)).strong();
                    ui.label(if role.is_some() { name } else { name.weak() });
                }
                ui.end_row();
                for row in 0..PREVIEW_ROWS.min(open.columns.rows) {
                    for (column, role) in open.columns.columns.iter().zip(&roles) {
                        let cell = RichText::new(shortened(column.cells.get(row).map_or("", String::as_str)));
                        ui.label(if role.is_some() { cell } else { cell.weak() });
                    }
                    ui.end_row();
                }
            },
        );
    });
    let more = open.columns.rows.saturating_sub(PREVIEW_ROWS);
    if more > 0 {
        ui.label(RichText::new(format!("and {more} more rows")).size(text_size::HINT).weak());
    }
}

/// What the choice comes to.
fn told(ui: &mut Ui, open: &OpenColumns) {
    let (text, color) = match &open.read {
        Ok(table) => {
            let left_out = match table.left_out {
                0 => String::new(),
                1 => "; 1 with an empty cell is left out".to_owned(),
                some => format!("; {some} with empty cells are left out"),
            };
            let target = match table.first_without_class() {
                None => "can be a number or a class",
                Some(_) => "is a number, for a regression",
            };
            (format!("{} rows{left_out}. The target {target}.", table.len()), ui.visuals().text_color())
        }
        Err(why) => (why.clone(), Palette::of(ui).alarm),
    };
    ui.label(RichText::new(text).color(color));
}

/// A cell as far as there is room for it.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_LETTERS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MOST_LETTERS - 1).collect();
    short.push('…');
    short
}
