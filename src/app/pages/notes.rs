//! A lesson's text. Of a long one only the part that is seen is drawn; how high the rest is, is kept.

use egui::{Pos2, Rect, Ui, vec2};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};
use pulldown_cmark::{Event, Parser};
use std::ops::Range;
use thalweg_scenario::text::markdown::MARKDOWN;

/// A text up to this length, in bytes, is drawn as a whole; a longer one in parts that are about as long.
const PART: usize = 2048;

/// What is kept of the text between frames.
#[derive(Default)]
pub struct Notes {
    text: String,
    parts: Vec<Part>,
    /// The width and the scale that the heights are of.
    drawn: (f32, f32),
    markdown: CommonMarkCache,
}

/// Some of the blocks of a text, which can be drawn without the rest.
struct Part {
    text: String,
    /// How high it is, once it has been drawn.
    height: Option<f32>,
}

impl Notes {
    /// Shows the text.
    pub fn show(&mut self, ui: &mut Ui, text: &str) {
        if self.text != text {
            text.clone_into(&mut self.text);
            self.parts = parts(text);
            self.markdown = CommonMarkCache::default();
        }
        let drawn = (ui.available_width(), ui.ctx().pixels_per_point());
        if self.drawn != drawn {
            self.drawn = drawn;
            self.parts.iter_mut().for_each(|part| part.height = None);
        }
        for (index, part) in self.parts.iter_mut().enumerate() {
            let top = ui.cursor().min;
            if let Some(height) = part.height
                && !ui.is_rect_visible(Rect::from_min_size(Pos2::new(top.x, top.y), vec2(drawn.0, height)))
            {
                ui.allocate_space(vec2(drawn.0, height));
                continue;
            }
            let shown =
                ui.push_id(index, |ui| CommonMarkViewer::new().show(ui, &mut self.markdown, &part.text));
            part.height = Some(shown.response.rect.height());
        }
    }
}

/// A text in parts, each some of its blocks together with what its links refer to.
fn parts(text: &str) -> Vec<Part> {
    let part = |text: String| Part { text, height: None };
    if text.len() <= PART {
        return vec![part(text.to_owned())];
    }
    let parser = Parser::new_ext(text, MARKDOWN);
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
    let definitions: Vec<_> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    let definitions: String = definitions.into_iter().flat_map(|span| ["\n\n", slice(span)]).collect();
    let (mut found, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    for (event, place) in parser.into_offset_iter() {
        match event {
            Event::Start(_) => {
                // Between two blocks that stand in no other.
                if depth == 0 && place.start >= begin + PART {
                    found.push(part(format!("{}{definitions}", slice(begin..place.start))));
                    begin = place.start;
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found.push(part(format!("{}{definitions}", slice(begin..text.len()))));
    found
}
