//! What is drawn on a PDF's page.

use super::deflated::deflated;
use super::mesh_pixels::mesh_raster;
use super::paper::Paper;
use super::pdf_font::PdfFont;
use super::primitive::{Dashes, Primitive, PrimitiveShape, primitives};
use super::typeface::{TextLine, Typeface};
use crate::color::Rgba;
use crate::figure::Figure;
use crate::item::TextItem;
use crate::raster::Raster;
use crate::viewport::Rect;
use pdf_writer::types::LineJoinStyle;
use pdf_writer::{Content, Filter, Name, Pdf, Ref};
use tiny_skia::PathSegment;

/// Points of a PDF page, 72 to an inch, in one of the paper, 96 to an inch.
pub(super) const POINT: f64 = 0.75;

/// The page's content, and what that refers to.
pub(super) struct PdfSheet<'a> {
    typeface: &'a Typeface,
    pub(super) content: Content,
    pub(super) fonts: Vec<PdfFont>,
    pub(super) images: Vec<PdfImage>,
    /// The opacities asked for, in the order of their numbers.
    pub(super) opacities: Vec<f32>,
}

impl<'a> PdfSheet<'a> {
    pub(super) fn new(typeface: &'a Typeface) -> Self {
        let (content, fonts) = (Content::new(), PdfFont::all());
        Self { typeface, content, fonts, images: Vec::new(), opacities: Vec::new() }
    }

    /// The name of an opacity in the list of the page's resources.
    pub(super) fn opacity_name(number: usize) -> String {
        format!("G{number}")
    }

    pub(super) fn draw(&mut self, figure: &Figure, paper: &Paper<'_>) {
        let [left, bottom] = [figure.page.min[0], figure.page.max[1]].map(|side| side * POINT);
        // Down, as on the paper, and its corner in the page's.
        let [point, left, bottom] = [POINT, -left, bottom].map(|number| number as f32);
        self.content.transform([point, 0.0, 0.0, -point, left, bottom]);
        self.content.set_line_join(LineJoinStyle::RoundJoin);
        if let Some(ground) = paper.ground {
            self.put(&Primitive::Fill(PrimitiveShape::Panel { rect: figure.page, radius: 0.0 }, ground));
        }
        for layer in &figure.layers {
            let clip = layer.clip.filter(|clip| clip.area() > 0.0);
            if let Some(clip) = clip {
                self.content.save_state();
                self.outline(&PrimitiveShape::Panel { rect: clip, radius: 0.0 });
                self.content.clip_nonzero().end_path();
            }
            for primitive in layer.items.iter().flat_map(primitives) {
                self.put(&primitive);
            }
            if clip.is_some() {
                self.content.restore_state();
            }
        }
    }

    fn put(&mut self, primitive: &Primitive) {
        match primitive {
            Primitive::Fill(outline, color) => {
                self.opacity(f64::from(color.alpha) / 255.0);
                let [red, green, blue] = parts(*color);
                self.content.set_fill_rgb(red, green, blue);
                if self.outline(outline) {
                    self.content.fill_nonzero();
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

    /// Takes an opacity, from 0 to 1, for what comes.
    fn opacity(&mut self, opacity: f64) {
        let opacity = opacity as f32;
        let number = self.opacities.iter().position(|known| *known == opacity).unwrap_or_else(|| {
            self.opacities.push(opacity);
            self.opacities.len() - 1
        });
        self.content.set_parameters(Name(Self::opacity_name(number).as_bytes()));
    }

    fn line(&mut self, outline: &PrimitiveShape, width: f64, color: Rgba, dashes: Option<Dashes>) {
        self.opacity(f64::from(color.alpha) / 255.0);
        let [red, green, blue] = parts(color);
        self.content.set_stroke_rgb(red, green, blue).set_line_width(width as f32);
        let (pattern, before) =
            dashes.map_or((Vec::new(), 0.0), |(pattern, before)| (pattern.to_vec(), before));
        self.content.set_dash_pattern(pattern.iter().map(|length| *length as f32), before as f32);
        if self.outline(outline) {
            self.content.stroke();
        }
    }

    /// Draws the path of a shape, and says whether there is anything to see of it.
    fn outline(&mut self, outline: &PrimitiveShape) -> bool {
        if let PrimitiveShape::Panel { rect, radius: 0.0 } = outline {
            let [[left, top], [width, height]] =
                [rect.min, rect.size()].map(|corner| corner.map(|side| side as f32));
            let is_there = width > 0.0 && height > 0.0;
            if is_there {
                self.content.rect(left, top, width, height);
            }
            return is_there;
        }
        let Some(path) = super::canvas::path(outline) else { return false };
        let mut pen = [0.0, 0.0];
        for segment in path.segments() {
            let content = &mut self.content;
            match segment {
                PathSegment::MoveTo(to) => content.move_to(to.x, to.y),
                PathSegment::LineTo(to) => content.line_to(to.x, to.y),
                PathSegment::QuadTo(over, to) => {
                    let third = |side: f32, over: f32| side + 2.0 / 3.0 * (over - side);
                    let [fx, fy] = [third(pen[0], over.x), third(pen[1], over.y)];
                    content.cubic_to(fx, fy, third(to.x, over.x), third(to.y, over.y), to.x, to.y)
                }
                PathSegment::CubicTo(from, over, to) => {
                    content.cubic_to(from.x, from.y, over.x, over.y, to.x, to.y)
                }
                PathSegment::Close => content.close_path(),
            };
            if let PathSegment::MoveTo(to)
            | PathSegment::LineTo(to)
            | PathSegment::QuadTo(_, to)
            | PathSegment::CubicTo(_, _, to) = segment
            {
                pen = [to.x, to.y];
            }
        }
        true
    }

    fn raster(&mut self, raster: &Raster, place: Rect, part: f64) {
        let whole = raster.whole(place);
        let [left, bottom] = [whole.min[0], whole.max[1]].map(|side| side as f32);
        let [width, height] = whole.size().map(|length| length as f32);
        // One without cells shows nothing.
        if raster.cells.is_empty() || !(width > 0.0 && height > 0.0) {
            return;
        }
        self.content.save_state();
        self.opacity(part);
        self.content.transform([width, 0.0, 0.0, -height, left, bottom]);
        self.content.x_object(Name(PdfImage::name(self.images.len()).as_bytes()));
        self.content.restore_state();
        self.images.push(PdfImage::of(raster));
    }

    fn text(&mut self, item: &TextItem) {
        let line = self.typeface.line(&item.string, item.size, item.kind);
        let [left, top] = item.rect.min;
        self.content.save_state();
        if item.is_upright {
            // A quarter turn to the left about the middle.
            let center = item.rect.center();
            let [x, y] = [center.x + (top - center.y), center.y - (left - center.x)].map(|side| side as f32);
            self.content.transform([0.0, -1.0, 1.0, 0.0, x, y]);
        } else {
            self.content.transform([1.0, 0.0, 0.0, 1.0, left as f32, top as f32]);
        }
        self.letters(&line, item.color);
        for (hat, width) in &line.hats {
            self.line(&PrimitiveShape::Lines(vec![(hat.to_vec(), false)]), *width, item.color, None);
        }
        self.content.restore_state();
    }

    fn letters(&mut self, line: &TextLine, color: Rgba) {
        self.opacity(f64::from(color.alpha) / 255.0);
        let [red, green, blue] = parts(color);
        self.content.set_fill_rgb(red, green, blue);
        self.content.begin_text();
        for run in &line.runs {
            if let Some(font) = self.fonts.iter_mut().find(|font| font.is(run.face)) {
                font.show(&mut self.content, run);
            }
        }
        self.content.end_text();
    }
}

/// The cells of a raster, colours and opacity apart, as PDF has them.
pub(super) struct PdfImage {
    colors: Vec<u8>,
    opacities: Option<Vec<u8>>,
    size: [i32; 2],
    is_smooth: bool,
}

impl PdfImage {
    fn of(raster: &Raster) -> Self {
        let colors = raster.cells.iter().flat_map(|cell| [cell.red, cell.green, cell.blue]).collect();
        let is_opaque = raster.cells.iter().all(|cell| cell.alpha == 255);
        let opacities = (!is_opaque).then(|| raster.cells.iter().map(|cell| cell.alpha).collect());
        // No raster is so large that its counts have another sign.
        let size = [raster.columns, raster.rows].map(|count| i32::try_from(count).unwrap_or(i32::MAX));
        Self { colors, opacities, size, is_smooth: raster.is_smooth }
    }

    /// Its name in the list of the page's resources.
    pub(super) fn name(number: usize) -> String {
        format!("I{number}")
    }

    /// Writes it into the file, as the object `id`; `next` gives numbers of further ones.
    pub(super) fn write(&self, pdf: &mut Pdf, id: Ref, next: &mut Ref) {
        let [width, height] = self.size;
        let mask = self.opacities.as_ref().map(|opacities| (opacities, next.bump()));
        let colors = deflated(&self.colors);
        let mut image = pdf.image_xobject(id, &colors);
        image.filter(Filter::FlateDecode);
        image.width(width).height(height).bits_per_component(8);
        image.color_space().device_rgb();
        image.interpolate(self.is_smooth);
        if let Some((_, mask)) = mask {
            image.s_mask(mask);
        }
        drop(image);
        if let Some((opacities, mask)) = mask {
            let opacities = deflated(opacities);
            let mut image = pdf.image_xobject(mask, &opacities);
            image.filter(Filter::FlateDecode);
            image.width(width).height(height).bits_per_component(8);
            image.color_space().device_gray();
            image.interpolate(self.is_smooth);
        }
    }
}

/// Red, green and blue, from 0 to 1.
fn parts(color: Rgba) -> [f32; 3] {
    [color.red, color.green, color.blue].map(|part| f32::from(part) / 255.0)
}
