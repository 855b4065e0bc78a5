//! What is said about the data in words: the title, the key of the marks, the runners' errors, and
//! an example below the pointer.

use super::model::DataModel;
use crate::app::notation;
use crate::app::theme::Palette;
use crate::app::{marker, paint};
use crate::words::text;
use egui::{
    Align, Color32, FontId, Label, Layout, Painter, Pos2, RichText, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};
use std::fmt::Write;
use thalweg_analysis::data::data_fit::{DataFit, DataPoint};
use thalweg_core::data::rows::Table;
use thalweg_core::objective::prediction::Shows;
use thalweg_figure::data_plot::data_mark;
use thalweg_scenario::base_name;

/// Below this width in screen points there is room for less.
const NARROW: f32 = 215.0;

/// Which data they are, and how many.
pub fn title(ui: &mut Ui, fit: &DataFit, table: &Table, scaled: bool) {
    // Of a file the last part of its name; the whole is in the tooltip.
    let name = base_name(&table.name);
    let described = |name: &str| {
        let standardized = if scaled { ", standardized" } else { "" };
        format!("data: {name}, {} rows{standardized}", text::count(table.len() as u32))
    };
    let mut words = described(name);
    let mut tip = described(&table.name);
    if fit.is_thinned() {
        let _ = write!(words, ", {} shown", text::count(fit.dots().len() as u32));
        let _ = write!(tip, "\n{} of them are drawn, evenly chosen; the loss is over all", fit.dots().len());
    }
    tip += match fit.shows() {
        Shows::Boundary => {
            "\nThe axes are the two features. Each runner's line is where its model changes its mind; it \
             goes through the origin where the intercept b is 0."
        }
        Shows::Curve => {
            "\nThe target over the first feature. Each runner's curve is what its model says where the \
             second feature is at its mean."
        }
    };
    if table.left_out > 0 {
        let _ = write!(words, ", {} left out", text::count(table.left_out as u32));
        tip += "\nRows of the file with empty cells are left out.";
    }
    ui.add(Label::new(RichText::new(words).size(11.5)).truncate()).on_hover_text(tip);
}

/// What is known of one example, and what the models say of it.
pub fn tooltip(
    fit: &DataFit,
    table: &Table,
    scaled: bool,
    dot: &DataPoint,
    models: &[DataModel<'_>],
) -> String {
    let mut words = format!("row {}", text::count(dot.place + 1));
    let given = table.rows.get(dot.place as usize);
    let seen = fit.rows().get(dot.place as usize);
    for (column, name) in table.columns.iter().enumerate() {
        let (Some(given), Some(seen)) = (given.map(|row| row[column]), seen.map(|row| row[column])) else {
            continue;
        };
        let _ = write!(words, "\n{name} = {}", text::digits(given, 6));
        if scaled && given != seen {
            let _ = write!(words, ", seen by the model as {}", text::number(seen));
        }
    }
    for model in models.iter().take(6) {
        let Some(output) = fit.output(model.weights, dot.place) else { continue };
        let says = match fit.shows() {
            Shows::Boundary if output.is_nan() => "undefined".to_owned(),
            Shows::Boundary => format!("class {}", u8::from(output >= 0.0)),
            Shows::Curve => text::number(output),
        };
        let _ = write!(words, "\n{}: {says}", model.runner.name());
    }
    words
}

/// What the marks mean.
pub fn key(ui: &mut Ui, fit: &DataFit, batch: Option<Color32>) {
    let palette = Palette::of(ui);
    let narrow = ui.available_width() < NARROW;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
        let entry = |ui: &mut Ui, words: &str, tip: &str, draw: &dyn Fn(&Painter, Pos2)| {
            // A mark stays beside its words, and they in one line.
            let font = FontId::proportional(11.5);
            let words = ui.painter().layout_no_wrap(words.to_owned(), font, palette.ink);
            let room = vec2(18.0 + words.size().x + 8.0, words.size().y.max(16.0));
            let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
            draw(ui.painter(), pos2(rect.left() + 7.0, rect.center().y));
            let at = pos2(rect.left() + 18.0, rect.center().y - words.size().y / 2.0);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.text()));
            ui.painter().galley(at, words, palette.ink);
            response.on_hover_text(tip);
        };
        let example = |painter: &Painter, at: Pos2, is_one| {
            let mark = data_mark(paint::place(at), is_one, 1.0, fit.shows(), &palette.scheme);
            paint::items(painter, &[mark]);
        };
        match fit.shows() {
            Shows::Boundary => {
                for (is_one, words) in [(true, "class 1"), (false, "class 0")] {
                    entry(
                        ui,
                        words,
                        "An example of this class (target at least 1/2: class 1)",
                        &|painter, at| {
                            example(painter, at, is_one);
                        },
                    );
                }
            }
            Shows::Curve => {
                let tip = format!(
                    "An example; a curve is drawn where the second feature is {}, its mean",
                    text::number(fit.second_mean())
                );
                entry(ui, "example", &tip, &|painter, at| {
                    example(painter, at, false);
                });
            }
        }
        if let Some(color) = batch {
            let tip = "The examples whose gradient the focused runner's next step is given";
            entry(ui, if narrow { "batch" } else { "this step's batch" }, tip, &|painter, at| {
                painter.circle_stroke(at, 5.5, Stroke::new(1.8, color));
            });
        }
    });
}

/// The runners with their errors.
pub fn legend(ui: &mut Ui, fit: &DataFit, models: &[DataModel<'_>]) {
    let palette = Palette::of(ui);
    let narrow = ui.available_width() < NARROW;
    for model in models {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let color = palette.runner(model.runner.color);
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
            marker::paint(ui.painter(), (model.runner.color, model.round), rect.center(), 4.5, color, color);
            let (error, tip) = match (fit.shows(), model.error) {
                (_, None) => ("diverged".to_owned(), "Its weights are not finite: there is no line"),
                (Shows::Boundary, Some(share)) => {
                    let wrong = (share * fit.rows().len() as f64).round() as u32;
                    let rows = fit.rows().len() as u32;
                    // Where there is little room, the name is worth more than the word; where both counts are long,
                    // the share says more.
                    let count = if narrow {
                        String::new()
                    } else if rows < 1000 {
                        format!("{} of {} wrong, ", text::count(wrong), text::count(rows))
                    } else {
                        "wrong: ".to_owned()
                    };
                    let words = format!("{count}{}", percent(share));
                    (words, BOUNDARY_TIP)
                }
                (Shows::Curve, Some(mean)) => (
                    if narrow { text::number(mean) } else { format!("squared error {}", text::number(mean)) },
                    "The mean square of the residuals over all examples, without the penalty; the loss f is half of it, \
                     so that its gradient has no factor 2",
                ),
            };
            let name = notation::said(ui.ctx(), &model.runner.name());
            let mut name = RichText::new(name).size(11.5);
            if model.is_focused {
                name = name.strong();
            }
            // The number is what changes: a long name gives way to it.
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(error).size(11.5).color(palette.quiet)).on_hover_text(tip);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(name).truncate());
                });
            });
        });
    }
}

const BOUNDARY_TIP: &str = "How many examples lie on the wrong side of its line, of all of them; on the shaded side \
                            the focused runner's model says class 1";

fn percent(share: f64) -> String {
    format!("{} %", text::digits(share * 100.0, 3))
}
