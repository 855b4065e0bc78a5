//! Figures as PDF: lines as lines, text as text with its fonts in the file.

use super::mesh_pixels::mesh_raster;
use super::paper::Paper;
use super::primitive::{Dashes, Primitive, PrimitiveShape, primitives};
use super::typeface::{GlyphRun, Typeface};
use crate::color::Rgba;
use crate::figure::Figure;
use crate::item::TextItem;
use crate::raster::Raster;
use crate::viewport::Rect;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect as PdfRect, Size, Transform};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use tiny_skia::PathSegment;

/// Points of a PDF page, 72 to an inch, in one of the paper, 96 to an inch.
const POINT: f32 = 0.75;

/// Why a figure cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfError(String);

impl std::fmt::Display for PdfError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PdfError {}

/// The figure as the content of a file of one page. Nothing in it tells of the time.
///
/// # Errors
/// The page has no size that a page can have.
pub fn pdf(figure: &Figure, paper: &Paper<'_>, typeface: &Typeface) -> Result<Vec<u8>, PdfError> {
    let [width, height] = figure.page.size().map(|length| length as f32 * POINT);
    let settings = PageSettings::from_wh(width, height)
        .ok_or_else(|| PdfError(format!("a page of {width} x {height} points is none")))?;
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(paper.title.to_owned()).creator("Thalweg".to_owned()));
    let mut page = document.start_page_with(settings);
    let fonts = (0..Typeface::FACES).map(|face| Font::new(Typeface::data(face).into(), 0)).collect();
    PdfSheet { surface: page.surface(), typeface, fonts }.draw(figure, paper);
    page.finish();
    document.finish().map_err(|error| PdfError(format!("{error:?}")))
}

struct PdfSheet<'a, 'b> {
    surface: Surface<'a>,
    typeface: &'b Typeface,
    fonts: Vec<Option<Font>>,
}

impl PdfSheet<'_, '_> {
    fn draw(mut self, figure: &Figure, paper: &Paper<'_>) {
        let [left, top] = figure.page.min.map(|side| side as f32 * -POINT);
        self.surface.push_transform(&Transform::from_row(POINT, 0.0, 0.0, POINT, left, top));
        if let Some(ground) = paper.ground {
            self.put(&Primitive::Fill(PrimitiveShape::Panel { rect: figure.page, radius: 0.0 }, ground));
        }
        for layer in &figure.layers {
            let clip = layer.clip.and_then(|rect| path(&PrimitiveShape::Panel { rect, radius: 0.0 }));
            if let Some(clip) = &clip {
                self.surface.push_clip_path(clip, &FillRule::NonZero);
            }
            for primitive in layer.items.iter().flat_map(primitives) {
                self.put(&primitive);
            }
            if clip.is_some() {
                self.surface.pop();
            }
        }
        self.surface.pop();
        self.surface.finish();
    }

    fn put(&mut self, primitive: &Primitive) {
        match primitive {
            Primitive::Fill(outline, color) => {
                if let Some(path) = path(outline) {
                    self.surface.set_stroke(None);
                    self.surface.set_fill(Some(fill(*color)));
                    self.surface.draw_path(&path);
                }
            }
            Primitive::Line(outline, width, color, dashes) => self.line(outline, *width, *color, *dashes),
            Primitive::Mesh(mesh) => {
                if let Some((raster, place)) = mesh_raster(mesh) {
                    self.raster(&raster, place, 1.0);
                }
            }
            Primitive::Raster(raster, place, opacity) => self.raster(raster, *place, *opacity),
            Primitive::Text(text) => self.text(text),
        }
    }

    fn line(&mut self, outline: &PrimitiveShape, width: f64, color: Rgba, dashes: Option<Dashes>) {
        let Some(path) = path(outline) else { return };
        let dash = dashes.map(|(pattern, before)| StrokeDash {
            array: pattern.iter().map(|length| *length as f32).collect(),
            offset: before as f32,
        });
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: rgb::Color::new(color.red, color.green, color.blue).into(),
            width: width as f32,
            line_join: LineJoin::Round,
            opacity: opacity(f64::from(color.alpha) / 255.0),
            dash,
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
    }

    fn raster(&mut self, raster: &Raster, place: Rect, part: f64) {
        let whole = raster.whole(place);
        let ([left, top], [width, height]) =
            (whole.min.map(|side| side as f32), whole.size().map(|length| length as f32));
        let Some(size) = Size::from_wh(width, height) else { return };
        // One without cells shows nothing.
        let Ok(image) = Image::from_custom(RasterImage::of(raster), raster.is_smooth) else { return };
        self.surface.push_transform(&Transform::from_translate(left, top));
        self.surface.push_opacity(opacity(part));
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.pop();
    }

    fn text(&mut self, item: &TextItem) {
        let line = self.typeface.line(&item.string, item.size, item.kind);
        let center = item.rect.center();
        if item.is_upright {
            self.surface.push_transform(&Transform::from_rotate_at(-90.0, center.x as f32, center.y as f32));
        }
        let [left, top] = item.rect.min.map(|side| side as f32);
        self.surface.push_transform(&Transform::from_translate(left, top));
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(item.color)));
        for run in &line.runs {
            self.glyphs(run);
        }
        for (hat, width) in &line.hats {
            self.line(&PrimitiveShape::Lines(vec![(hat.to_vec(), false)]), *width, item.color, None);
        }
        self.surface.pop();
        if item.is_upright {
            self.surface.pop();
        }
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        let Some(Some(font)) = self.fonts.get(run.face) else { return };
        let glyphs = run.glyphs.iter().map(|glyph| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id),
            text_range: glyph.range.clone(),
            x_advance: glyph.advance as f32,
            x_offset: glyph.offset.x as f32,
            y_offset: glyph.offset.y as f32,
            y_advance: 0.0,
            location: None,
        });
        let glyphs: Vec<_> = glyphs.collect();
        let start = Point::from_xy(run.start.x as f32, run.start.y as f32);
        self.surface.draw_glyphs(start, &glyphs, font.clone(), &run.text, run.size as f32, false);
    }
}

/// The cells of a raster, colours and opacity apart, as PDF has them.
#[derive(Clone, Hash)]
struct RasterImage {
    colors: Vec<u8>,
    opacities: Option<Vec<u8>>,
    size: (u32, u32),
}

impl RasterImage {
    fn of(raster: &Raster) -> Self {
        let colors = raster.cells.iter().flat_map(|cell| [cell.red, cell.green, cell.blue]).collect();
        let is_opaque = raster.cells.iter().all(|cell| cell.alpha == 255);
        let opacities = (!is_opaque).then(|| raster.cells.iter().map(|cell| cell.alpha).collect());
        Self { colors, opacities, size: (raster.columns as u32, raster.rows as u32) }
    }
}

impl CustomImage for RasterImage {
    fn color_channel(&self) -> &[u8] {
        &self.colors
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        self.opacities.as_deref()
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

fn opacity(part: f64) -> NormalizedF32 {
    NormalizedF32::new(part as f32).unwrap_or(NormalizedF32::ONE)
}

fn fill(color: Rgba) -> Fill {
    Fill {
        paint: rgb::Color::new(color.red, color.green, color.blue).into(),
        opacity: opacity(f64::from(color.alpha) / 255.0),
        rule: FillRule::NonZero,
    }
}

/// The path of a shape; none where there is nothing to see of it.
fn path(outline: &PrimitiveShape) -> Option<Path> {
    if let PrimitiveShape::Panel { rect, radius: 0.0 } = outline {
        let [left, top, right, bottom] =
            [rect.min[0], rect.min[1], rect.max[0], rect.max[1]].map(|side| side as f32);
        let mut path = PathBuilder::new();
        path.push_rect(PdfRect::from_ltrb(left, top, right, bottom)?);
        return path.finish();
    }
    let mut path = PathBuilder::new();
    for segment in super::canvas::path(outline)?.segments() {
        match segment {
            PathSegment::MoveTo(to) => path.move_to(to.x, to.y),
            PathSegment::LineTo(to) => path.line_to(to.x, to.y),
            PathSegment::QuadTo(over, to) => path.quad_to(over.x, over.y, to.x, to.y),
            PathSegment::CubicTo(from, over, to) => path.cubic_to(from.x, from.y, over.x, over.y, to.x, to.y),
            PathSegment::Close => path.close(),
        }
    }
    path.finish()
}
