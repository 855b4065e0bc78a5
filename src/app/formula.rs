//! The field for a typed function, and the sliders of the constants that it names. What is typed
//! counts as soon as it can be read; until then the last good function stays.

use super::setting;
use super::typed_field::TypedField;
use crate::app::text_size;
use egui::{Label, RichText, Ui};
use thalweg_core::formula::limits::MOST_CHARACTERS;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::value::Value;
use thalweg_session::{Command, Edit};

/// Shows the field and the sliders; gives what the user asks for.
pub fn show(ui: &mut Ui, param: &Param, typed: &ParsedFormula, push: &mut impl FnMut(Command)) {
    let label = ui.horizontal(|ui| {
        let label = ui.label(RichText::new("f(x, y) =").size(text_size::LABEL)).on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(format!("{}: {}.", param.key, param.doc));
            ui.label("Powers bind tightest: -x^2 is -(x^2), 2^3^2 is 2^9. Behind a number a product needs no sign: 2x.");
        });
        examples(ui, param, typed, push);
        label
    });
    // What has a slider already is meant.
    let read = |text: &str| {
        ParsedFormula::read_without_slips(text, |name| typed.constants().any(|(known, _)| known == name))
    };
    let field = TypedField {
        salt: "formula",
        over: typed.text(),
        most: MOST_CHARACTERS,
        rows: (2, 2),
        has_lines: false,
        keeps: "the plot still shows the last one that could be read",
    };
    if let Some(read) = field.show(ui, &label.inner, read) {
        push(Edit::SetSurface(param.key.clone(), Value::Formula(read.with_values_of(typed))).into());
    }
    if let Some(remark) = crate::words::formula::remark(typed) {
        ui.add(Label::new(RichText::new(remark).size(text_size::HINT)).wrap());
    }
    for (name, value) in typed.constants() {
        if let Some(value) = setting::constant(ui, name, value) {
            push(Edit::SetConstant(name.to_owned(), value).into());
        }
    }
}

/// Functions to begin with.
const EXAMPLES: &[(&str, &str)] = &[
    ("bowl with two curvatures", "(a*x^2 + b*y^2)/2"),
    ("Rosenbrock's valley", "(1-x)^2 + b*(y-x^2)^2"),
    ("egg box", "sin(a*x)*cos(y) + 0.1*(x^2 + y^2)"),
    ("saddle with walls", "x^2*y^2/4 + x^2/2 - y^2/2 + y^4/8"),
    ("sharp valley", "abs(x) + b*abs(y - sin(x))"),
    ("crater with a hole", "log(x^2 + y^2) + (x^2 + y^2)/4"),
    ("a gentle hump", "-exp(-(x^2 + y^2)/s^2)"),
    ("larger of two bowls", "max((x-1)^2 + y^2, (x+1)^2 + y^2)"),
];

fn examples(ui: &mut Ui, param: &Param, typed: &ParsedFormula, push: &mut impl FnMut(Command)) {
    ui.menu_button(RichText::new("examples").size(text_size::LABEL), |ui| {
        for (name, text) in EXAMPLES {
            if ui.button(*name).on_hover_text(RichText::new(*text).monospace()).clicked() {
                // A test reads them all.
                if let Ok(read) = ParsedFormula::read(text) {
                    push(
                        Edit::SetSurface(param.key.clone(), Value::Formula(read.with_values_of(typed)))
                            .into(),
                    );
                }
                ui.close();
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_can_be_read() {
        for (name, text) in EXAMPLES {
            assert!(ParsedFormula::read(text).is_ok(), "{name}");
        }
    }
}
