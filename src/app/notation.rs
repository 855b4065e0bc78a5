//! Formulas on the screen: raised and lowered parts, and hats, for which no font at hand has glyphs.

use crate::words::text;
use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Sense, Shape, Stroke, Ui, WidgetInfo, pos2};
use std::sync::Arc;
use thalweg_core::formula::numbers::Piece;

/// The sign that puts a hat on the letter before it.
const HAT: char = '\u{302}';

/// A formula that was laid out.
pub struct Formula {
    galley: Arc<Galley>,
    /// The letters, by their places in the text that is shown, that have hats.
    hats: Vec<usize>,
    size: f32,
}

/// Lays out a formula: `^` raises the letters, the number or the parentheses behind it, `_` lowers a word.
pub fn layout(painter: &Painter, formula: &str, size: f32, color: Color32, width: f32) -> Formula {
    let (mut job, mut hats, mut shown) = (LayoutJob::default(), Vec::new(), 0);
    job.wrap.max_width = width;
    let mut left: Vec<char> = formula.chars().collect();
    while !left.is_empty() {
        let (length, format) = run(&left, size, color);
        let mut written = String::new();
        for c in left.drain(..length) {
            match c {
                HAT => hats.push(shown - 1),
                '^' | '_' => {}
                c => {
                    written.push(c);
                    shown += 1;
                }
            }
        }
        job.append(&written, 0.0, format);
    }
    Formula { galley: painter.layout_job(job), hats, size }
}

/// How many characters come next that are set alike, and how.
fn run(left: &[char], size: f32, color: Color32) -> (usize, TextFormat) {
    let normal = TextFormat { font_id: FontId::proportional(size), color, ..TextFormat::default() };
    let small = |valign| TextFormat { font_id: FontId::proportional(size * 0.72), valign, ..normal.clone() };
    let word = |c: &char| c.is_alphanumeric() || *c == '.';
    match left[0] {
        '^' => {
            let length = if left.get(1) == Some(&'(') {
                let mut depth = 0;
                left[1..]
                    .iter()
                    .take_while(|c| {
                        let open = depth > 0 || **c == '(';
                        depth += i32::from(**c == '(') - i32::from(**c == ')');
                        open
                    })
                    .count()
            } else {
                left[1..].iter().take_while(|c| word(c)).count()
            };
            (1 + length, small(Align::TOP))
        }
        '_' => (1 + left[1..].iter().take_while(|c| word(c)).count(), small(Align::BOTTOM)),
        _ => (left.iter().take_while(|c| !matches!(c, '^' | '_')).count(), normal),
    }
}

impl Formula {
    /// How much room it takes.
    pub fn size(&self) -> egui::Vec2 {
        self.galley.size()
    }

    /// Draws it with its upper left corner at `at`.
    pub fn paint(&self, painter: &Painter, at: Pos2, color: Color32) {
        painter.galley(at, Arc::clone(&self.galley), color);
        for letter in &self.hats {
            let [from, to] = [0, 1]
                .map(|next| self.galley.pos_from_cursor(CCursor::new(letter + next)).translate(at.to_vec2()));
            // Above small letters, of which all that wear hats are.
            let middle = pos2(f32::midpoint(from.left(), to.left()), from.bottom() - self.size * 1.05);
            let (half, high) = (self.size * 0.2, self.size * 0.16);
            let points =
                vec![pos2(middle.x - half, middle.y + high), middle, pos2(middle.x + half, middle.y + high)];
            painter.add(Shape::line(points, Stroke::new(self.size * 0.085, color)));
        }
    }
}

/// A formula as a label, over several lines where it has to be.
pub fn label(ui: &mut Ui, formula: &str, size: f32, color: Color32) -> egui::Response {
    let laid = layout(ui.painter(), formula, size, color, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(laid.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, formula));
    laid.paint(ui.painter(), rect.min, color);
    response
}

/// A formula with its numbers, as text.
pub fn numbers(row: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Number(number) => text::number(*number),
    };
    row.iter().map(piece).collect()
}
