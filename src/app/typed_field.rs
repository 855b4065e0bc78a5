//! The field for a text of the formula language. What is typed counts as soon as it can be read; until then the last one that
//! could be read stays.

use super::theme::Palette;
use crate::app::text_size;
use egui::text::{LayoutJob, TextFormat};
use egui::util::IdTypeMap;
use egui::{Color32, Context, FontId, Label, Response, RichText, Stroke, TextBuffer, TextEdit, Ui};
use thalweg_core::formula::parse_error::ParseError;

/// A text that is not (yet) what the session has.
#[derive(Clone)]
struct Draft {
    text: String,
    /// The text of the session for which it was typed: a draft for another one is stale.
    over: String,
}

/// Forgets what was typed and could never be read: another scenario or surface is open.
pub fn forget_drafts(ctx: &Context) {
    ctx.data_mut(IdTypeMap::remove_by_type::<Draft>);
}

const SIZE: f32 = 12.5;

/// What a field is for.
#[derive(Clone, Copy, Debug)]
pub struct TypedField<'f> {
    /// What tells it from the others under the same label.
    pub salt: &'static str,
    /// The text of the session.
    pub over: &'f str,
    /// How many characters it takes.
    pub most: usize,
    /// How many lines are seen, at least and at most.
    pub rows: (usize, usize),
    /// Whether it has several lines.
    pub has_lines: bool,
    /// What goes on while there is a mistake.
    pub keeps: &'static str,
}

impl TypedField<'_> {
    /// Shows the field, and the mistake in it if there is one; gives what was typed, once it can be read.
    pub fn show<T>(
        self,
        ui: &mut Ui,
        label: &Response,
        read: impl Fn(&str) -> Result<T, ParseError>,
    ) -> Option<T> {
        let id = label.id.with(self.salt);
        let kept = ui.data(|data| data.get_temp::<Draft>(id)).filter(|draft| draft.over == self.over);
        let mut text = kept.map_or_else(|| self.over.to_owned(), |draft| draft.text);
        let mistake = read(&text).err();
        let (ink, alarm) = (ui.visuals().text_color(), Palette::of(ui).alarm);
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            let mut job = marked(text.as_str(), mistake.as_ref(), ink, alarm);
            job.wrap.max_width = width;
            ui.painter().layout_job(job)
        };
        let (least, most) = self.rows;
        let rows = text.lines().count().clamp(least, most);
        let mut field = TextEdit::multiline(&mut text)
            .id(id.with("field"))
            .desired_rows(rows)
            .desired_width(ui.available_width() - 8.0)
            .char_limit(self.most)
            .layouter(&mut layouter);
        if !self.has_lines {
            field = field.return_key(None);
        }
        let response = ui.add(field).labelled_by(label.id);
        let mut typed = None;
        if response.changed() {
            if let Ok(read) = read(&text) {
                ui.data_mut(|data| data.remove::<Draft>(id));
                typed = Some(read);
            } else {
                let draft = Draft { text, over: self.over.to_owned() };
                ui.data_mut(|data| data.insert_temp(id, draft));
            }
        }
        if let Some(mistake) = &mistake {
            let told = format!("{}; {}", mistake.message, self.keeps);
            ui.add(Label::new(RichText::new(told).size(text_size::HINT).color(alarm)).wrap());
        }
        typed
    }
}

/// The text with the mistake underlined; at its end there is nothing to underline.
fn marked(text: &str, mistake: Option<&ParseError>, ink: Color32, alarm: Color32) -> LayoutJob {
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

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::formula::parsed_formula::ParsedFormula;

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
