//! Draws a text in Markdown. Of a long one only the part that is seen is laid out; how high the rest is, is kept.

use super::blocks::{BlockKind, NotesBlock, Span, SpanFace, blocks};
use crate::app::fonts::{BOLD, ITALIC};
use crate::app::theme::Palette;
use egui::text::{LayoutJob, TextFormat};
use egui::text_selection::LabelSelectionState;
use egui::{
    Align, Color32, CursorIcon, FontFamily, FontId, Galley, Pos2, Rect, Response, Role, Sense, Stroke,
    TextStyle, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// How far a list is moved in, in sizes of the text.
const INDENT: f32 = 1.25;
/// What is between two blocks, and between two items of a list, in sizes of the text.
const APART: f32 = 0.6;
const CLOSE: f32 = 0.22;
/// How much larger a heading is than the text, by its level.
const HEADINGS: [f32; 6] = [1.35, 1.2, 1.1, 1.0, 1.0, 1.0];

/// What is kept of a text between frames.
#[derive(Default)]
pub struct MarkdownView {
    text: String,
    blocks: Vec<(NotesBlock, Option<f32>)>,
    /// The width, the scale and the size that the heights are of.
    drawn: (f32, f32, f32),
}

/// How a link looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkLook {
    /// An address, or the name of what is opened.
    Reference,
    /// What is done at once.
    Task,
    /// A key.
    Key,
    /// It cannot be followed.
    Broken,
}

impl MarkdownView {
    /// Shows the text as wide as there is room; gives the destination of the link that was followed. `look` tells
    /// how a link looks, and what is said of it, by its destination.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        text: &str,
        mut look: impl FnMut(&str) -> (LinkLook, String),
    ) -> Option<String> {
        if self.text != text {
            text.clone_into(&mut self.text);
            self.blocks = blocks(text).into_iter().map(|block| (block, None)).collect();
        }
        let size = TextStyle::Body.resolve(ui.style()).size;
        let drawn = (ui.available_width(), ui.ctx().pixels_per_point(), size);
        if self.drawn != drawn {
            self.drawn = drawn;
            self.blocks.iter_mut().for_each(|(_, height)| *height = None);
        }
        let mut followed = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, (block, height)) in self.blocks.iter_mut().enumerate() {
            if index > 0 {
                ui.add_space(size * if block.is_close { CLOSE } else { APART });
            }
            let top = ui.cursor().min;
            if let Some(height) = *height
                && !ui.is_rect_visible(Rect::from_min_size(top, vec2(drawn.0, height)))
            {
                ui.allocate_space(vec2(drawn.0, height));
                continue;
            }
            ui.push_id(index, |ui| {
                let clicked = show_block(ui, block, size, &mut look);
                followed = followed.take().or(clicked);
            });
            *height = Some(ui.cursor().min.y - top.y);
        }
        followed
    }
}

fn show_block(
    ui: &mut Ui,
    block: &NotesBlock,
    size: f32,
    look: &mut impl FnMut(&str) -> (LinkLook, String),
) -> Option<String> {
    let palette = Palette::of(ui);
    if block.kind == BlockKind::Rule {
        ui.separator();
        return None;
    }
    let looks: Vec<_> = block.links.iter().map(|link| look(link)).collect();
    let indent = block.depth as f32 * INDENT * size;
    let width = (ui.available_width() - indent).max(40.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job(block, size, width, &looks, &palette)));
    let (rect, _) = ui.allocate_exact_size(vec2(indent + width, galley.size().y), Sense::hover());
    let at = pos2(rect.left() + indent, rect.top());
    if let Some(marker) = &block.marker {
        let font = FontId::new(size, FontFamily::Proportional);
        let place = pos2(at.x - 0.3 * size, at.y);
        ui.painter().text(place, egui::Align2::RIGHT_TOP, marker, font, palette.ink);
    } else if block.depth > 0 && block.kind == BlockKind::Paragraph {
        // A quotation, or a further paragraph of an item.
        let line = rect.y_range();
        ui.painter().vline(at.x - 0.6 * size, line, Stroke::new(1.0, ui.visuals().weak_text_color()));
    }
    if block.kind == BlockKind::Code {
        ui.painter().rect_filled(rect.expand(2.0), 3.0, ui.visuals().code_bg_color);
    }
    let place = Rect::from_min_size(at, galley.size());
    let text = ui.interact(place, ui.scope_id().with("text"), Sense::click_and_drag() - Sense::FOCUSABLE);
    text.widget_info(|| WidgetInfo::labeled(Role::Label, true, block.text()));
    if text.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Text);
    }
    let no_line = Stroke::NONE;
    LabelSelectionState::label_text_selection(ui, &text, at, Arc::clone(&galley), palette.ink, no_line);
    let mut followed = None;
    for (index, (destination, (look, says))) in block.links.iter().zip(&looks).enumerate() {
        let Some(link) = link(ui, block, index, &galley, at) else { continue };
        if link.hovered() || link.has_focus() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            for line in lines_of(block, index, &galley) {
                let line = line.translate(at.to_vec2());
                let color = color(*look, &palette, ui.visuals().hyperlink_color);
                ui.painter().hline(line.x_range(), line.bottom(), Stroke::new(1.0, color));
            }
        }
        if link.clicked() {
            followed = Some(destination.clone());
        }
        if !says.is_empty() {
            link.on_hover_text(says);
        }
    }
    followed
}

/// What a link of the block is clicked on: all the pieces of lines that it takes.
fn link(ui: &Ui, block: &NotesBlock, index: usize, galley: &Galley, at: Pos2) -> Option<Response> {
    let lines = lines_of(block, index, galley);
    let pieces = lines.iter().enumerate().map(|(number, line)| {
        let sense = if number == 0 { Sense::click() } else { Sense::click() - Sense::FOCUSABLE };
        ui.interact(
            line.translate(at.to_vec2()).expand2(vec2(1.0, 0.0)),
            ui.scope_id().with((index, number)),
            sense,
        )
    });
    let mut pieces = pieces.collect::<Vec<_>>().into_iter();
    let first = pieces.next()?;
    let says: String =
        block.spans.iter().filter(|span| span.link == Some(index)).map(|span| span.text.as_str()).collect();
    first.widget_info(|| WidgetInfo::labeled(Role::Link, true, &says));
    Some(pieces.fold(first, |all, piece| all | piece))
}

/// Where a link of the block stands, line by line, from the upper left of the text.
fn lines_of(block: &NotesBlock, index: usize, galley: &Galley) -> Vec<Rect> {
    // One letter is one glyph, and a line break has none.
    let letters: Vec<bool> = block
        .spans
        .iter()
        .flat_map(|span| span.text.chars().map(move |_| span.link == Some(index)))
        .collect();
    let (mut lines, mut next) = (Vec::new(), 0);
    for row in &galley.rows {
        let mut piece: Option<Rect> = None;
        for glyph in &row.glyphs {
            if letters.get(next) == Some(&true) {
                let left = row.pos.x + glyph.pos.x;
                let glyph = Rect::from_min_max(
                    pos2(left, row.pos.y),
                    pos2(left + glyph.advance_width, row.pos.y + row.size.y),
                );
                piece = Some(piece.map_or(glyph, |piece| piece.union(glyph)));
            }
            next += 1;
        }
        next += usize::from(row.ends_with_newline);
        lines.extend(piece);
    }
    lines
}

fn color(look: LinkLook, palette: &Palette, usual: Color32) -> Color32 {
    match look {
        LinkLook::Broken => palette.alarm,
        LinkLook::Key => palette.ink,
        LinkLook::Reference | LinkLook::Task => usual,
    }
}

fn job(
    block: &NotesBlock,
    size: f32,
    width: f32,
    looks: &[(LinkLook, String)],
    palette: &Palette,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for span in &block.spans {
        let look = span.link.and_then(|link| looks.get(link)).map(|(look, _)| *look);
        job.append(&span.text, 0.0, format(block.kind, span, size, look, palette));
    }
    job
}

fn format(kind: BlockKind, span: &Span, size: f32, look: Option<LinkLook>, palette: &Palette) -> TextFormat {
    let style = span.style;
    let (size, is_heading) = match kind {
        BlockKind::Heading(level) => {
            (size * HEADINGS.get(usize::from(level) - 1).copied().unwrap_or(1.0), true)
        }
        _ => (size, false),
    };
    let is_code = style.face == SpanFace::Code || kind == BlockKind::Code || look == Some(LinkLook::Key);
    let family = if is_code {
        FontFamily::Monospace
    } else if style.face == SpanFace::Strong || is_heading || look == Some(LinkLook::Task) {
        FontFamily::Name(BOLD.into())
    } else if style.face == SpanFace::Emphasized {
        FontFamily::Name(ITALIC.into())
    } else {
        FontFamily::Proportional
    };
    let size = if is_code { size * 0.95 } else { size };
    let color = look.map_or(palette.ink, |look| color(look, palette, palette.link));
    let background = match look {
        Some(LinkLook::Task) => palette.task,
        _ if is_code && kind != BlockKind::Code => palette.code,
        _ => Color32::TRANSPARENT,
    };
    let line = if look.is_some() { Stroke::new(0.6, color.gamma_multiply(0.6)) } else { Stroke::NONE };
    TextFormat {
        font_id: FontId::new(size, family),
        color,
        background,
        underline: if look == Some(LinkLook::Key) { Stroke::NONE } else { line },
        strikethrough: if style.is_struck { Stroke::new(1.0, palette.ink) } else { Stroke::NONE },
        valign: Align::BOTTOM,
        ..TextFormat::default()
    }
}
