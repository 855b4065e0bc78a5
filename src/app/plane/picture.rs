//! The surface's picture: colours from a texture, contour lines from one cached mesh. Drawn anew
//! only when the surface, the view or the theme changes.

use super::thin;
use crate::analysis::contour::{Contour, Contours};
use crate::analysis::grid::Grid;
use crate::analysis::levels::Levels;
use crate::app::theme::Palette;
use crate::descent::surface::View;
use crate::session::Session;
use egui::epaint::{PathShape, PathStroke, TessellationOptions, Tessellator};
use egui::{ColorImage, Context, Mesh, Painter, Rect, Shape, Stroke, TextureHandle, TextureOptions, pos2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use std::sync::Arc;

/// How many contour lines are aimed at.
const LINES: usize = 20;
/// Screen points between two nodes of the grid: while the view moves, and once it rests.
const COARSE: f32 = 5.0;
const FINE: f32 = 2.4;

/// What the picture depends on.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    surface: u64,
    view: View,
    frame: Rect,
    scale: f32,
    palette: Palette,
}

/// The cached picture.
#[derive(Default)]
pub struct Picture {
    key: Option<Key>,
    fine: bool,
    texture: Option<TextureHandle>,
    lines: Option<Arc<Mesh>>,
    levels: Vec<f64>,
}

impl Picture {
    /// The levels of the contour lines, ascending.
    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// Paints it; samples the surface anew where that is needed.
    pub fn show(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        session: &Session,
        contours: bool,
        palette: &Palette,
    ) {
        let (frame, bounds) = (*transform.frame(), transform.bounds());
        let ([left, bottom], [right, top]) = (bounds.min(), bounds.max());
        let key = Key {
            surface: session.surface_version(),
            view: View { x: (left, right), y: (bottom, top) },
            frame,
            scale: painter.ctx().pixels_per_point(),
            palette: *palette,
        };
        if self.key != Some(key) {
            // A first picture at once; the fine one as soon as the view rests for a frame.
            self.sample(painter.ctx(), session, key, COARSE);
            self.fine = false;
            self.key = Some(key);
            painter.ctx().request_repaint();
        } else if !self.fine {
            self.sample(painter.ctx(), session, key, FINE);
            self.fine = true;
        }
        if let Some(texture) = &self.texture {
            // The grid's nodes are the texels' centres.
            let [width, height] = texture.size().map(|texels| 0.5 / texels as f32);
            let uv = Rect::from_min_max(pos2(width, height), pos2(1.0 - width, 1.0 - height));
            painter.image(texture.id(), frame, uv, egui::Color32::WHITE);
        }
        if contours && let Some(lines) = &self.lines {
            painter.add(Shape::Mesh(Arc::clone(lines)));
        }
    }

    fn sample(&mut self, ctx: &Context, session: &Session, key: Key, spacing: f32) {
        let nodes = |length: f32| ((length / spacing).ceil() as usize).clamp(2, 1024);
        let (columns, rows) = (nodes(key.frame.width()), nodes(key.frame.height()));
        let grid = Grid::sample(&session.race().course().terrain, key.view, columns, rows);
        let levels = Levels::choose(&grid, LINES);
        self.texture = Some(self.paint(ctx, &grid, &levels, &key.palette));
        let contours = Contours::trace(&grid, levels.values());
        self.lines = Some(Arc::new(mesh(contours.lines(), &key)));
        self.levels = levels.values().to_vec();
    }

    fn paint(&mut self, ctx: &Context, grid: &Grid, levels: &Levels, palette: &Palette) -> TextureHandle {
        let ramp: Vec<_> = (0..=255_u8).map(|i| palette.surface(f32::from(i) / 255.0)).collect();
        let (columns, rows) = (grid.columns(), grid.rows());
        let mut pixels = Vec::with_capacity(columns * rows);
        // Images run from the top down, grids from the bottom up.
        for row in (0..rows).rev() {
            pixels.extend(grid.row(row).iter().map(|value| {
                if value.is_finite() { ramp[(levels.shade(*value) * 255.0) as usize] } else { palette.hole() }
            }));
        }
        let image = ColorImage::new([columns, rows], pixels);
        match self.texture.take() {
            Some(mut texture) => {
                texture.set(image, TextureOptions::LINEAR);
                texture
            }
            None => ctx.load_texture("surface", image, TextureOptions::LINEAR),
        }
    }
}

/// All lines as one mesh in screen points, tessellated once.
fn mesh<'a>(lines: impl Iterator<Item = Contour<'a>>, key: &Key) -> Mesh {
    let mut tessellator = Tessellator::new(key.scale, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    let (view, frame) = (key.view, key.frame);
    let stroke = PathStroke::from(Stroke::new(1.0, key.palette.contour));
    for line in lines {
        let place = |p: &Vector2<f64>| {
            let x = (p.x - view.x.0) / (view.x.1 - view.x.0);
            let y = (p.y - view.y.0) / (view.y.1 - view.y.0);
            pos2(frame.left() + x as f32 * frame.width(), frame.bottom() - y as f32 * frame.height())
        };
        let points = thin::without_straight_points(line.points.iter().map(place));
        let shape = PathShape {
            points,
            closed: line.closed,
            fill: egui::Color32::TRANSPARENT,
            stroke: stroke.clone(),
        };
        tessellator.tessellate_path(&shape, &mut mesh);
    }
    mesh
}
