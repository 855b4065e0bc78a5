//! The field for a typed function, and the sliders of the constants that it names. What is typed
//! counts as soon as it can be read; until then the last good function stays.

use super::setting;
use super::theme::Palette;
use crate::app::text_size;
use egui::text::{LayoutJob, TextFormat};
use egui::util::IdTypeMap;
use egui::{Color32, Context, FontId, Label, RichText, Stroke, TextBuffer, TextEdit, Ui};
use thalweg_core::formula::limits::MOST_CHARACTERS;
use thalweg_core::formula::parse_error::ParseError;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::value::Value;
use thalweg_session::{Command, Edit};

/// A text that is not (yet) what the session has.
#[derive(Clone)]
pub(super) struct Draft {
    pub text: String,
    /// The text of the session for which it was typed: a draft for another one is stale.
    pub over: String,
}

/// Forgets what was typed and never became a function or a rule: another scenario or surface is open.
pub fn forget_drafts(ctx: &Context) {
    ctx.data_mut(IdTypeMap::remove_by_type::<Draft>);
}

const SIZE: f32 = 12.5;

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
    let label = label.inner;
    let id = label.id.with("formula");
    let kept = ui.data(|data| data.get_temp::<Draft>(id)).filter(|draft| draft.over == typed.text());
    let mut text = kept.map_or_else(|| typed.text().to_owned(), |draft| draft.text);
    // What has a slider already is meant.
    let read = |text: &str| {
        ParsedFormula::read_without_slips(text, |name| typed.constants().any(|(known, _)| known == name))
    };
    let mistake = read(&text).err();
    let palette = Palette::of(ui);
    let (ink, alarm) = (ui.visuals().text_color(), palette.alarm);
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        let mut job = marked(text.as_str(), mistake.as_ref(), ink, alarm);
        job.wrap.max_width = width;
        ui.painter().layout_job(job)
    };
    let field = TextEdit::multiline(&mut text)
        .id(id.with("field"))
        .desired_rows(2)
        .desired_width(ui.available_width() - 8.0)
        .char_limit(MOST_CHARACTERS)
        .return_key(None)
        .layouter(&mut layouter);
    let response = ui.add(field).labelled_by(label.id);
    if response.changed() {
        if let Ok(read) = read(&text) {
            ui.data_mut(|data| data.remove::<Draft>(id));
            push(Edit::SetSurface(param.key.clone(), Value::Formula(read.with_values_of(typed))).into());
        } else {
            let draft = Draft { text, over: typed.text().to_owned() };
            ui.data_mut(|data| data.insert_temp(id, draft));
        }
    }
    if let Some(mistake) = &mistake {
        let told = format!("{}; the plot still shows the last one that could be read", mistake.message);
        ui.add(Label::new(RichText::new(told).size(text_size::HINT).color(alarm)).wrap());
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

/// The text with the mistake underlined; at its end there is nothing to underline.
pub(super) fn marked(text: &str, mistake: Option<&ParseError>, ink: Color32, alarm: Color32) -> LayoutJob {
    let font = FontId::monospace(SIZE);
    let plain = TextFormat::simple(font.clone(), ink);
    let wrong = TextFormat { underline: Stroke::new(2.0, alarm), ..TextFormat::simple(font, alarm) };
    let place = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(offset, _)| offset);
    let (from, to) = mistake
        .map_or((text.len(), text.len()), |mistake| (place(mistake.at), place(mistake.at + mistake.length)));
    let mut job = LayoutJob::default();
    for (part, format) in [(&text[..from], &plain), (&text[from..to], &wrong), (&text[to..], &plain)] {
        if !part.is_empty() {
            job.append(part, 0.0, format.clone());
        }
    }
    job
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

    #[test]
    fn the_mistake_is_marked_at_its_characters() {
        let text = "é + 2x";
        let mistake = ParsedFormula::read(text).expect_err("é is no letter of a formula");
        let job = marked(text, Some(&mistake), Color32::BLACK, Color32::RED);
        let wrong: Vec<_> = job.sections.iter().filter(|part| part.format.color == Color32::RED).collect();
        assert_eq!(wrong.len(), 1);
        assert_eq!(job.text, text);
        let end = marked("x +", ParsedFormula::read("x +").err().as_ref(), Color32::BLACK, Color32::RED);
        assert_eq!(end.text, "x +");
    }
}
