//! Outlines of glyphs as paths.

use super::typeface::Typeface;
use skrifa::outline::OutlinePen;
use std::collections::HashMap;
use tiny_skia::{Path, PathBuilder};

/// Outlines that were made before, in units of a size of 1, right and down.
#[derive(Debug, Default)]
pub struct GlyphPaths {
    known: HashMap<(usize, u32), Option<Path>>,
}

impl GlyphPaths {
    /// The outline of a glyph of a face; none where there is nothing to see of it.
    pub fn of(&mut self, typeface: &Typeface, face: usize, glyph: u32) -> Option<&Path> {
        let made = || {
            let mut pen = GlyphPen(PathBuilder::new());
            typeface.outline(face, glyph, &mut pen);
            pen.0.finish()
        };
        self.known.entry((face, glyph)).or_insert_with(made).as_ref()
    }
}

/// Draws a path, down where fonts go up.
struct GlyphPen(PathBuilder);

impl OutlinePen for GlyphPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, -cy, x, -y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, -ay, bx, -by, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
