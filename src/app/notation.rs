//! Formulas on the screen: raised and lowered parts, and hats, for which no font at hand has glyphs.

use crate::words::text;
use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{
    Align, Color32, Context, FontId, Galley, Id, Painter, Pos2, Sense, Shape, Stroke, Ui, WidgetInfo, pos2,
};
use std::sync::Arc;
use thalweg_core::formula::numbers::Piece;
use thalweg_figure::formula_runs::{LetterStanding, SMALL, formula_runs};
use thalweg_scenario::Notation;

/// Keeps the notation of what is open, for all that is drawn from now on.
pub fn keep(ctx: &Context, notation: Notation) {
    ctx.data_mut(|data| data.insert_temp(Id::NULL, notation));
}

/// The notation of what is open.
pub fn of(ctx: &Context) -> Notation {
    ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default()
}

/// A text with the symbols of the notation of what is open.
pub fn said(ctx: &Context, text: &str) -> String {
    of(ctx).said(text).into_owned()
}

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
    for run in formula_runs(formula) {
        hats.extend(run.hats.iter().map(|hat| shown + hat));
        shown += run.text.chars().count();
        job.append(&run.text, 0.0, format(run.standing, size, color));
    }
    Formula { galley: painter.layout_job(job), hats, size }
}

/// How letters are set that stand so.
fn format(standing: LetterStanding, size: f32, color: Color32) -> TextFormat {
    let small = FontId::proportional(size * SMALL as f32);
    match standing {
        LetterStanding::Normal => TextFormat::simple(FontId::proportional(size), color),
        LetterStanding::Raised => TextFormat { valign: Align::TOP, ..TextFormat::simple(small, color) },
        LetterStanding::Lowered => TextFormat { valign: Align::BOTTOM, ..TextFormat::simple(small, color) },
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
    let width = ui.available_width();
    shown(ui, formula, &layout(ui.painter(), formula, size, color, width), color)
}

/// A formula as a label on one line, in a table whose columns are as wide as they need.
pub fn line(ui: &mut Ui, formula: &str, size: f32, color: Color32) -> egui::Response {
    shown(ui, formula, &layout(ui.painter(), formula, size, color, f32::INFINITY), color)
}

fn shown(ui: &mut Ui, formula: &str, laid: &Formula, color: Color32) -> egui::Response {
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
