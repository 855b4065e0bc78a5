//! Figures on the screen: the only place that turns what they are made of into shapes of egui.

use super::color::color;
use super::notation;
use super::plot_weight;
use super::theme::Palette;
use egui::epaint::{CircleShape, PathShape, TessellationOptions, Tessellator, TextShape};
use egui::{
    Color32, ColorImage, FontId, Mesh, Painter, Pos2, Rect, Shape, StrokeKind, TextureHandle, TextureOptions,
    pos2,
};
use nalgebra::Vector2;
use std::collections::HashMap;
use std::sync::Arc;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_figure::color::Rgba;
use thalweg_figure::critical_marks;
use thalweg_figure::dash;
use thalweg_figure::dash::DashPattern;
use thalweg_figure::figure::Figure;
use thalweg_figure::item::{Item, TextItem};
use thalweg_figure::marker_parts::marker_parts;
use thalweg_figure::polyline::Polyline;
use thalweg_figure::raster::Raster;
use thalweg_figure::shaded_mesh::ShadedMesh;
use thalweg_figure::stroke::Stroke;
use thalweg_figure::text_measure::{TextKind, TextMeasure};
use thalweg_figure::viewport;

/// Lines with fewer points than this are tessellated anew in each frame.
const FEW: usize = 48;

/// A place of a figure, for egui.
pub fn pos(at: Vector2<f64>) -> Pos2 {
    pos2(at.x as f32, at.y as f32)
}

/// A place of the screen, for a figure.
pub fn place(at: Pos2) -> Vector2<f64> {
    Vector2::new(f64::from(at.x), f64::from(at.y))
}

/// A rectangle of a figure, for egui.
pub fn rect(rect: &viewport::Rect) -> Rect {
    Rect::from_min_max(pos(rect.min.into()), pos(rect.max.into()))
}

/// A rectangle of the screen, for a figure.
pub fn page(rect: Rect) -> viewport::Rect {
    viewport::Rect { min: place(rect.min).into(), max: place(rect.max).into() }
}

fn pen(stroke: &Stroke) -> egui::Stroke {
    egui::Stroke::new(stroke.width as f32, color(stroke.color))
}

/// The room that text takes in the window's fonts.
pub struct FontMeasure<'a>(pub &'a Painter);

impl TextMeasure for FontMeasure<'_> {
    fn size(&self, text: &str, size: f64, kind: TextKind) -> Vector2<f64> {
        let (size, color) = (size as f32, Color32::PLACEHOLDER);
        let size = size * plot_weight::of(self.0.ctx()) as f32;
        let size = match kind {
            TextKind::Plain => {
                self.0.layout_no_wrap(text.to_owned(), FontId::proportional(size), color).size()
            }
            TextKind::Formula => notation::layout(self.0, text, size, color, f32::INFINITY).size(),
        };
        Vector2::new(f64::from(size.x), f64::from(size.y))
    }
}

/// Lines that are shared between figures, with the meshes that were made of them.
struct SharedLines {
    lines: Arc<[Polyline]>,
    meshes: Vec<(Vec<Stroke>, f32, Arc<Mesh>)>,
}

/// Draws figures, and keeps what it made of lines, meshes and rasters while the figures share them.
#[derive(Default)]
pub struct FigurePainter {
    lines: HashMap<usize, SharedLines>,
    meshes: Vec<(Arc<ShadedMesh>, Arc<Mesh>)>,
    rasters: Vec<(Arc<Raster>, TextureHandle)>,
}

impl FigurePainter {
    /// Draws a figure where it says, in points of the screen.
    pub fn paint(&mut self, painter: &Painter, figure: &Figure) {
        // What no figure shares any longer will not be asked for again.
        self.lines.retain(|_, kept| Arc::strong_count(&kept.lines) > 1);
        self.meshes.retain(|(kept, _)| Arc::strong_count(kept) > 1);
        let weight = plot_weight::of(painter.ctx());
        for layer in &figure.layers {
            let clip = layer
                .clip
                .as_ref()
                .map_or(painter.clip_rect(), |clip| rect(clip).intersect(painter.clip_rect()));
            let painter = painter.with_clip_rect(clip);
            for item in &layer.items {
                match item {
                    Item::Lines { lines, strokes } if points(lines) >= FEW => {
                        let strokes = plot_weight::strokes(strokes, weight);
                        painter.add(Shape::Mesh(self.mesh(lines, &strokes, painter.pixels_per_point())));
                    }
                    Item::Mesh(shaded) => {
                        painter.add(Shape::Mesh(self.shaded(shaded)));
                    }
                    Item::Raster { raster, place, opacity } => {
                        self.raster(&painter, raster, rect(place), *opacity);
                    }
                    item => self::item(&painter, &plot_weight::item(item, weight)),
                }
            }
        }
    }

    /// The mesh of lines with strokes.
    fn mesh(&mut self, lines: &Arc<[Polyline]>, strokes: &[Stroke], scale: f32) -> Arc<Mesh> {
        let new = || SharedLines { lines: Arc::clone(lines), meshes: Vec::new() };
        let kept = self.lines.entry(Arc::as_ptr(lines).cast::<Polyline>() as usize).or_insert_with(new);
        let known = kept.meshes.iter().find(|(of, at, _)| of == strokes && *at == scale);
        if let Some((.., mesh)) = known {
            return Arc::clone(mesh);
        }
        let mesh = kept.recolored(strokes, scale).unwrap_or_else(|| Arc::new(mesh(lines, strokes, scale)));
        // Behind the cursor and before it, and a few from a moment ago.
        if kept.meshes.len() > 3 {
            kept.meshes.remove(0);
        }
        kept.meshes.push((strokes.to_vec(), scale, Arc::clone(&mesh)));
        mesh
    }

    /// The mesh of a surface.
    fn shaded(&mut self, shaded: &Arc<ShadedMesh>) -> Arc<Mesh> {
        let known = self.meshes.iter().find(|(kept, _)| Arc::ptr_eq(kept, shaded));
        if let Some((_, mesh)) = known {
            return Arc::clone(mesh);
        }
        let mesh = Arc::new(self::shaded(shaded));
        self.meshes.push((Arc::clone(shaded), Arc::clone(&mesh)));
        mesh
    }

    fn raster(&mut self, painter: &Painter, raster: &Arc<Raster>, place: Rect, opacity: f64) {
        let known = self.rasters.iter().position(|(kept, _)| Arc::ptr_eq(kept, raster));
        let index = known.unwrap_or_else(|| {
            let options = if raster.is_smooth { TextureOptions::LINEAR } else { TextureOptions::NEAREST };
            let pixels = raster.cells.iter().map(|cell| color(*cell)).collect();
            let image = ColorImage::new([raster.columns, raster.rows], pixels);
            // One that no figure shares any longer makes way for it.
            let free = self.rasters.iter().position(|(kept, _)| Arc::strong_count(kept) == 1);
            let texture = match free.map(|index| self.rasters.swap_remove(index)) {
                Some((_, mut texture)) => {
                    texture.set(image, options);
                    texture
                }
                None => painter.ctx().load_texture("raster", image, options),
            };
            self.rasters.push((Arc::clone(raster), texture));
            self.rasters.len() - 1
        });
        let texture = &self.rasters[index].1;
        // The grid's nodes are the texels' centres.
        let inset = |texels: usize| if raster.is_smooth { 0.5 / texels as f32 } else { 0.0 };
        let (x, y) = (inset(raster.columns), inset(raster.rows));
        let uv = Rect::from_min_max(pos2(x, y), pos2(1.0 - x, 1.0 - y));
        let tint = Color32::from_white_alpha((opacity * 255.0).round() as u8);
        painter.image(texture.id(), place, uv, tint);
    }
}

impl SharedLines {
    /// A mesh of a single solid stroke in another colour: of a cloud's many lines only the vertices change.
    fn recolored(&mut self, strokes: &[Stroke], scale: f32) -> Option<Arc<Mesh>> {
        let [Stroke { width, color: wanted, dash: None }] = strokes else { return None };
        // Lines that are drawn in two colours within a frame keep a mesh for each.
        if self.meshes.len() < 3 {
            return None;
        }
        let index = self.meshes.iter().position(|(of, at, mesh)| match &of[..] {
            [of] => {
                let same = of.width == *width && of.dash.is_none() && *at == scale;
                same && Arc::strong_count(mesh) == 1
            }
            _ => false,
        })?;
        let (.., mut mesh) = self.meshes.swap_remove(index);
        // What a line that is thinner than a pixel is left with of its colour.
        let inner = color(*wanted).gamma_multiply((*width as f32 * scale).min(1.0));
        let vertices = &mut Arc::make_mut(&mut mesh).vertices;
        for vertex in vertices.iter_mut().filter(|vertex| vertex.color != Color32::TRANSPARENT) {
            vertex.color = inner;
        }
        Some(mesh)
    }
}

fn points(lines: &[Polyline]) -> usize {
    lines.iter().map(|line| line.points.len()).sum()
}

/// All lines as one mesh, all with the first stroke, then all with the next. `scale` is the number of pixels in
/// a point.
fn mesh(lines: &[Polyline], strokes: &[Stroke], scale: f32) -> Mesh {
    let mut tessellator = Tessellator::new(scale, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for stroke in strokes {
        for line in lines {
            for path in paths(line, stroke) {
                tessellator.tessellate_path(&path, &mut mesh);
            }
        }
    }
    mesh
}

/// A line as egui draws it: whole, or in its dashes.
fn paths(line: &Polyline, stroke: &Stroke) -> Vec<PathShape> {
    match stroke.dash {
        None => path(&line.points, line.closed, pen(stroke)).into_iter().collect(),
        Some(pattern) => {
            let mut points = line.points.clone();
            if line.closed {
                points.extend(line.points.first());
            }
            let dashes = dash::cut(&points, pattern, line.before, dash::MOST);
            dashes.iter().filter_map(|dash| path(dash, false, pen(stroke))).collect()
        }
    }
}

/// A line through places, or round them. None where they are all one to an f32 or one is nowhere: egui would make
/// corners of it that are no numbers.
fn path(places: &[Vector2<f64>], is_closed: bool, stroke: egui::Stroke) -> Option<PathShape> {
    let mut points: Vec<_> = places.iter().map(|place| pos(*place)).collect();
    if !points.iter().all(|point| point.is_finite()) {
        return None;
    }
    points.dedup();
    let first = *points.first()?;
    if is_closed && points.len() > 1 && points.last() == Some(&first) {
        points.pop();
    }
    if points.len() < 2 {
        return None;
    }
    // At a corner where a ring turns back, egui's miter goes to infinity; that of a line is cut off.
    if is_closed && !turns_back(&points) {
        return Some(PathShape::closed_line(points, stroke));
    }
    points.extend(is_closed.then_some(first));
    Some(PathShape::line(points, stroke))
}

/// Whether a ring goes back, somewhere, where it came from.
fn turns_back(ring: &[Pos2]) -> bool {
    let before = ring.iter().cycle().skip(ring.len() - 1);
    ring.iter().zip(before).zip(ring.iter().cycle().skip(1)).any(|((at, before), after)| {
        let (came, goes) = (*at - *before, *after - *at);
        let (along, across) = (came.dot(goes), came.x * goes.y - came.y * goes.x);
        along < 0.0 && across.abs() <= -1e-3 * along
    })
}

/// Draws items that are not kept from frame to frame.
pub fn items(painter: &Painter, items: &[Item]) {
    let weight = plot_weight::of(painter.ctx());
    for item in items {
        self::item(painter, &plot_weight::item(item, weight));
    }
}

fn item(painter: &Painter, item: &Item) {
    match item {
        Item::Lines { lines, strokes } => {
            for stroke in strokes {
                let paths = lines.iter().flat_map(|line| paths(line, stroke));
                painter.extend(paths.map(Shape::Path));
            }
        }
        Item::Area { corners, fill } => area(painter, corners, *fill),
        Item::Band { edges, fill } => band(painter, edges, *fill),
        Item::Mesh(shaded) => {
            painter.add(Shape::mesh(self::shaded(shaded)));
        }
        Item::Circle { center, radius, fill, stroke } => {
            painter.add(CircleShape {
                center: pos(*center),
                radius: *radius as f32,
                fill: color(*fill),
                stroke: stroke.as_ref().map_or(egui::Stroke::NONE, pen),
            });
        }
        Item::Panel { rect: place, radius, fill, stroke } => {
            let stroke = stroke.as_ref().map_or(egui::Stroke::NONE, pen);
            painter.rect(rect(place), *radius as f32, color(*fill), stroke, StrokeKind::Inside);
        }
        // Its parts follow from its size, which is as it is to be.
        Item::Marker(marker) => marker_parts(marker).iter().for_each(|part| self::item(painter, part)),
        Item::Text(text) => self::text(painter, text),
        // Only figures have rasters, and their painter draws them.
        Item::Raster { .. } => {}
    }
}

/// An area, as triangles around the mean of its corners.
fn area(painter: &Painter, corners: &[Vector2<f64>], fill: Rgba) {
    let mut mesh = Mesh::default();
    let mean = corners.iter().sum::<Vector2<f64>>() / corners.len().max(1) as f64;
    mesh.colored_vertex(pos(mean), color(fill));
    for corner in corners {
        mesh.colored_vertex(pos(*corner), color(fill));
    }
    let count = corners.len() as u32;
    for corner in 0..count {
        mesh.add_triangle(0, corner + 1, (corner + 1) % count + 1);
    }
    painter.add(Shape::mesh(mesh));
}

/// An area between two lines, as triangles from one to the other.
fn band(painter: &Painter, [one, other]: &[Vec<Vector2<f64>>; 2], fill: Rgba) {
    let mut mesh = Mesh::default();
    for (one, other) in one.iter().zip(other) {
        mesh.colored_vertex(pos(*one), color(fill));
        mesh.colored_vertex(pos(*other), color(fill));
    }
    for column in 1..(mesh.vertices.len() / 2) as u32 {
        let corner = 2 * column;
        mesh.add_triangle(corner - 2, corner - 1, corner);
        mesh.add_triangle(corner - 1, corner, corner + 1);
    }
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
}

/// A surface, as two triangles for each quadrilateral.
fn shaded(shaded: &ShadedMesh) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.reserve_triangles(2 * shaded.quads.len());
    mesh.reserve_vertices(shaded.vertices.len());
    for (at, fill) in shaded.vertices.iter().zip(&shaded.colors) {
        mesh.colored_vertex(pos(*at), color(*fill));
    }
    for [a, b, c, d] in &shaded.quads {
        mesh.add_triangle(*a, *b, *c);
        mesh.add_triangle(*a, *c, *d);
    }
    mesh
}

fn text(painter: &Painter, text: &TextItem) {
    let string = notation::said(painter.ctx(), &text.string);
    let (at, ink) = (pos(text.rect.min.into()), color(text.color));
    let font = FontId::proportional(text.size as f32);
    match text.kind {
        TextKind::Formula => {
            notation::layout(painter, &string, text.size as f32, ink, f32::INFINITY).paint(painter, at, ink);
        }
        TextKind::Plain if text.is_upright => {
            let galley = painter.layout_no_wrap(string, font, ink);
            let corner = rect(&text.room()).left_bottom();
            painter.add(TextShape::new(corner, galley, ink).with_angle(-std::f32::consts::FRAC_PI_2));
        }
        TextKind::Plain => {
            let galley = painter.layout_no_wrap(string, font, ink);
            painter.galley(at, galley, ink);
        }
    }
}

/// A line on the screen cut into dashes; see [`dash::cut`].
pub fn dashed(line: &[Pos2], pattern: DashPattern, before: f64, stroke: egui::Stroke) -> Vec<Shape> {
    let line: Vec<_> = line.iter().map(|point| place(*point)).collect();
    let dashes = dash::cut(&line, pattern, before, dash::MOST);
    dashes.iter().filter_map(|dash| path(dash, false, stroke)).map(Shape::Path).collect()
}

/// The mark of one kind of critical point.
pub fn critical_mark(painter: &Painter, kind: PointKind, at: Pos2, palette: &Palette) {
    items(painter, &critical_marks::critical_mark(kind, place(at), &palette.scheme));
}
