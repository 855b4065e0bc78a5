//! Figures as pixels.

use super::glyph_path::GlyphPaths;
use super::mesh_pixels::{PixelGrid, mesh_pixels};
use super::paper::Paper;
use super::png::Pixels;
use super::primitive::{Dashes, Primitive, PrimitiveShape, primitives};
use super::typeface::Typeface;
use crate::color::Rgba;
use crate::figure::{Figure, FigureLayer};
use crate::item::TextItem;
use crate::raster::Raster;
use crate::shaded_mesh::ShadedMesh;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::ops::Range;
use thalweg_core::math::within::Within;
use tiny_skia::{
    FillRule, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, PremultipliedColorU8, Stroke, StrokeDash,
    Transform,
};

/// The most pixels on a side.
pub const MOST_PIXELS: u32 = 16_384;

/// A canvas of pixels that figures of one size are drawn on, one after the other. The lowest layers, as long as they
/// do not change, are drawn once. The arithmetic is that of single numbers, so that every machine makes the same
/// bits.
pub struct Canvas<'a> {
    typeface: &'a Typeface,
    glyphs: GlyphPaths,
    page: Rect,
    scale: f64,
    ground: Option<Rgba>,
    pixmap: Pixmap,
    /// What layers are cut off at.
    masks: Vec<(Rect, Mask)>,
    /// The layers of the figure before.
    before: Vec<FigureLayer>,
    /// How many of the lowest layers did not change, and what they look like.
    kept: Option<(usize, Pixmap)>,
}

impl std::fmt::Debug for Canvas<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Canvas").field("page", &self.page).field("scale", &self.scale).finish_non_exhaustive()
    }
}

impl<'a> Canvas<'a> {
    /// A canvas for a page, with so many pixels to a point; none where it would have no pixels, or too many.
    pub fn new(page: Rect, scale: f64, paper: &Paper<'_>, typeface: &'a Typeface) -> Option<Self> {
        let side = |length: f64| {
            let pixels = libm::round(length * scale);
            (pixels >= 1.0 && pixels <= f64::from(MOST_PIXELS)).then_some(pixels as u32)
        };
        let [width, height] = page.size();
        let pixmap = Pixmap::new(side(width)?, side(height)?)?;
        let (glyphs, ground) = (GlyphPaths::default(), paper.ground);
        let (masks, before) = (Vec::new(), Vec::new());
        Some(Self { typeface, glyphs, page, scale, ground, pixmap, masks, before, kept: None })
    }

    /// Draws a figure of the canvas's page, in place of the one before.
    pub fn draw(&mut self, figure: &Figure) {
        let same = figure.layers.iter().zip(&self.before).take_while(|(now, before)| now == before).count();
        let from = match &self.kept {
            Some((count, kept)) if *count <= same => {
                self.pixmap.data_mut().copy_from_slice(kept.data());
                *count
            }
            _ => {
                let ground = self.ground.unwrap_or(Rgba::TRANSPARENT);
                self.pixmap.fill(tiny_skia::Color::from_rgba8(
                    ground.red,
                    ground.green,
                    ground.blue,
                    ground.alpha,
                ));
                self.kept = None;
                0
            }
        };
        for (index, layer) in figure.layers.iter().enumerate().skip(from) {
            if index == same && index > from {
                self.kept = Some((index, self.pixmap.clone()));
            }
            self.layer(layer);
        }
        if same == figure.layers.len() && same > from {
            self.kept = Some((same, self.pixmap.clone()));
        }
        self.before.clone_from(&figure.layers);
    }

    /// Its width and its height in pixels.
    pub fn size(&self) -> [u32; 2] {
        [self.pixmap.width(), self.pixmap.height()]
    }

    /// What is on it.
    pub fn pixels(&self) -> Pixels {
        let rgba = self.pixmap.clone().take_demultiplied();
        Pixels { width: self.pixmap.width(), height: self.pixmap.height(), rgba }
    }

    /// The place on the canvas of one on the paper, in pixels.
    fn place(&self) -> Transform {
        let ([left, top], scale) = (self.page.min.map(|side| (side * self.scale) as f32), self.scale as f32);
        Transform::from_row(scale, 0.0, 0.0, scale, -left, -top)
    }

    fn layer(&mut self, layer: &FigureLayer) {
        let clip = layer.clip.and_then(|clip| self.mask(&clip));
        let area = layer.clip.unwrap_or(self.page);
        for primitive in layer.items.iter().flat_map(primitives) {
            self.put(&primitive, clip, &area);
        }
    }

    /// The number of the mask of a rectangle.
    fn mask(&mut self, clip: &Rect) -> Option<usize> {
        if let Some(known) = self.masks.iter().position(|(of, _)| of == clip) {
            return Some(known);
        }
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        let path = path(&PrimitiveShape::Panel { rect: *clip, radius: 0.0 })?;
        mask.fill_path(&path, FillRule::Winding, true, self.place());
        self.masks.push((*clip, mask));
        Some(self.masks.len() - 1)
    }

    fn put(&mut self, primitive: &Primitive, clip: Option<usize>, area: &Rect) {
        match primitive {
            Primitive::Fill(outline, color) => {
                if let Some(path) = path(outline) {
                    self.fill(&path, *color, self.place(), clip);
                }
            }
            Primitive::Line(outline, width, color, dashes) => {
                if let Some(path) = path(outline) {
                    self.line(&path, *width, *color, *dashes, clip);
                }
            }
            Primitive::Mesh(mesh) => self.mesh(mesh, area),
            Primitive::Raster(raster, place, opacity) => self.raster(raster, place, *opacity, area),
            Primitive::Text(text) => self.text(text, clip),
        }
    }

    fn fill(&mut self, path: &Path, color: Rgba, to: Transform, clip: Option<usize>) {
        let mask = clip.map(|clip| &self.masks[clip].1);
        self.pixmap.fill_path(path, &paint(color), FillRule::Winding, to, mask);
    }

    fn line(&mut self, path: &Path, width: f64, color: Rgba, dashes: Option<Dashes>, clip: Option<usize>) {
        let dash = dashes.and_then(|(pattern, before)| {
            StrokeDash::new(pattern.iter().map(|length| *length as f32).collect(), before as f32)
        });
        let stroke = Stroke { width: width as f32, line_join: LineJoin::Round, dash, ..Stroke::default() };
        let (to, mask) = (self.place(), clip.map(|clip| &self.masks[clip].1));
        self.pixmap.stroke_path(path, &paint(color), &stroke, to, mask);
    }

    /// The pixels whose middles lie in an area, as ranges of columns and rows.
    fn pixels_in(&self, area: &Rect) -> [Range<u32>; 2] {
        let pixels = |axis: usize, count: u32| {
            let at = |side: f64| {
                let pixel = libm::ceil((side - self.page.min[axis]) * self.scale - 0.5);
                pixel.within(0.0, f64::from(count)) as u32
            };
            at(area.min[axis])..at(area.max[axis])
        };
        [pixels(0, self.pixmap.width()), pixels(1, self.pixmap.height())]
    }

    /// A surface, within an area.
    fn mesh(&mut self, mesh: &ShadedMesh, area: &Rect) {
        let [columns, rows] = self.pixels_in(&area.intersection(&self.page));
        let size = [columns.len(), rows.len()];
        let first = Vector2::new(f64::from(columns.start), f64::from(rows.start));
        let corner = Vector2::from(self.page.min) + first / self.scale;
        let colors = mesh_pixels(mesh, PixelGrid { corner, scale: self.scale, size });
        let width = self.pixmap.width();
        let pixels = self.pixmap.pixels_mut();
        for (row, colors) in rows.zip(colors.chunks(size[0].max(1))) {
            let start = (row * width + columns.start) as usize;
            for (pixel, color) in pixels[start..].iter_mut().zip(colors) {
                *pixel = over(*color, *pixel);
            }
        }
    }

    /// A picture, pixel by pixel, within an area.
    fn raster(&mut self, raster: &Raster, place: &Rect, opacity: f64, area: &Rect) {
        let seen = raster.whole(*place).intersection(area).intersection(&self.page);
        if seen.area() <= 0.0 {
            return;
        }
        let (width, [columns, rows]) = (self.pixmap.width(), self.pixels_in(&seen));
        let part = |axis: usize, pixel: u32| {
            let at = (f64::from(pixel) + 0.5) / self.scale + self.page.min[axis];
            (at - place.min[axis]) / place.size()[axis]
        };
        let across: Vec<f64> = columns.clone().map(|pixel| part(0, pixel)).collect();
        let downs: Vec<(u32, f64)> = rows.map(|row| (row, part(1, row))).collect();
        let pixels = self.pixmap.pixels_mut();
        for (row, down) in downs {
            let start = (row * width + columns.start) as usize;
            for (pixel, across) in pixels[start..].iter_mut().zip(&across) {
                let color = raster.color(*across, down);
                *pixel = over(color.faded(opacity.within(0.0, 1.0)), *pixel);
            }
        }
    }

    fn text(&mut self, item: &TextItem, clip: Option<usize>) {
        let line = self.typeface.line(&item.string, item.size, item.kind);
        let ([left, top], center) = (item.rect.min.map(|side| side as f32), item.rect.center());
        let mut to = self.place();
        if item.is_upright {
            to = to.pre_concat(Transform::from_rotate_at(-90.0, center.x as f32, center.y as f32));
        }
        let to = to.pre_translate(left, top);
        for run in &line.runs {
            let (mut at, size) = (run.start, run.size);
            for glyph in &run.glyphs {
                let [x, y] =
                    [at.x + glyph.offset.x * size, at.y - glyph.offset.y * size].map(|side| side as f32);
                at.x += glyph.advance * size;
                if let Some(path) = self.glyphs.of(self.typeface, run.face, glyph.id) {
                    let to = to.pre_concat(Transform::from_row(size as f32, 0.0, 0.0, size as f32, x, y));
                    let mask = clip.map(|clip| &self.masks[clip].1);
                    self.pixmap.fill_path(path, &paint(item.color), FillRule::Winding, to, mask);
                }
            }
        }
        for (hat, width) in &line.hats {
            let outline = PrimitiveShape::Lines(vec![(hat.to_vec(), false)]);
            if let Some(path) =
                path(&outline).and_then(|path| path.transform(Transform::from_translate(left, top)))
            {
                self.line(&path, *width, item.color, None, clip);
            }
        }
    }
}

/// The path of a shape, in points of the paper; none where there is nothing to see of it.
pub(super) fn path(outline: &PrimitiveShape) -> Option<Path> {
    let mut path = PathBuilder::new();
    match outline {
        PrimitiveShape::Lines(lines) => {
            for (places, is_closed) in lines {
                add(&mut path, places, *is_closed);
            }
        }
        PrimitiveShape::Circle { center, radius } => {
            path.push_circle(center.x as f32, center.y as f32, *radius as f32);
        }
        PrimitiveShape::Panel { rect, radius } => {
            let [width, height] = rect.size();
            if !(width > 0.0 && height > 0.0) {
                return None;
            }
            let radius = radius.within(0.0, width.min(height) / 2.0);
            let [[left, top], [right, bottom]] =
                [rect.min, rect.max].map(|corner| corner.map(|side| side as f32));
            let radius = radius as f32;
            path.move_to(left + radius, top);
            path.line_to(right - radius, top);
            path.quad_to(right, top, right, top + radius);
            path.line_to(right, bottom - radius);
            path.quad_to(right, bottom, right - radius, bottom);
            path.line_to(left + radius, bottom);
            path.quad_to(left, bottom, left, bottom - radius);
            path.line_to(left, top + radius);
            path.quad_to(left, top, left + radius, top);
            path.close();
        }
    }
    path.finish()
}

/// A line through places; those that are nowhere are left out.
fn add(path: &mut PathBuilder, places: &[Vector2<f64>], is_closed: bool) {
    let mut before = None;
    let mut count = 0;
    for place in places.iter().map(|place| [place.x as f32, place.y as f32]) {
        if before == Some(place) || !place.iter().all(|side| side.is_finite()) {
            continue;
        }
        let [x, y] = place;
        match before {
            None => path.move_to(x, y),
            Some(_) => path.line_to(x, y),
        }
        before = Some(place);
        count += 1;
    }
    if is_closed && count > 1 {
        path.close();
    }
}

fn paint(color: Rgba) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(color.red, color.green, color.blue, color.alpha);
    paint
}

/// A colour over a pixel.
fn over(color: Rgba, below: PremultipliedColorU8) -> PremultipliedColorU8 {
    let alpha = u32::from(color.alpha);
    let mix = |above: u8, below: u8| {
        ((u32::from(above) * alpha + u32::from(below) * (255 - alpha) + 127) / 255) as u8
    };
    let opacity = mix(255, below.alpha());
    let [red, green, blue] =
        [(color.red, below.red()), (color.green, below.green()), (color.blue, below.blue())]
            .map(|(a, b)| mix(a, b).min(opacity));
    PremultipliedColorU8::from_rgba(red, green, blue, opacity).unwrap_or(below)
}
