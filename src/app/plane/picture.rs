//! The surface's picture: colours from a texture, contour lines from one cached mesh. Drawn anew
//! only when the surface, the view or the theme changes.

use super::thin;
use crate::app::allowance;
use crate::app::theme::Palette;
use egui::epaint::{PathShape, PathStroke, TessellationOptions, Tessellator};
use egui::{ColorImage, Context, Mesh, Painter, Rect, Shape, Stroke, TextureHandle, TextureOptions, pos2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::field::contour::{Contour, Contours};
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::field::levels::Levels;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_session::Session;

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

impl Key {
    fn now(painter: &Painter, transform: &PlotTransform, session: &Session, palette: &Palette) -> Self {
        let bounds = transform.bounds();
        let ([left, bottom], [right, top]) = (bounds.min(), bounds.max());
        Self {
            surface: session.surface_version(),
            view: View { x: (left, right), y: (bottom, top) },
            frame: *transform.frame(),
            scale: painter.ctx().pixels_per_point(),
            palette: *palette,
        }
    }
}

/// A picture that is being sampled, bite by bite over as many frames as it takes.
struct Job {
    key: Key,
    objective: Objective,
    grid: Grid,
    /// The first node that is not sampled yet.
    next: usize,
    fine: bool,
}

impl Job {
    fn new(key: Key, objective: Objective, fine: bool) -> Self {
        let spacing = if fine { FINE } else { COARSE };
        let nodes = |length: f32| ((length / spacing).ceil() as usize).clamp(2, 1024);
        let (columns, rows) = (nodes(key.frame.width()), nodes(key.frame.height()));
        Self { key, objective, grid: Grid::blank(key.view, columns, rows), next: 0, fine }
    }

    /// Samples on for some time. Whether all is sampled.
    fn go_on(&mut self) -> bool {
        let spell = allowance::PICTURE.begin();
        // A row at a time, or less where each node looks at much data.
        let examples = self.objective.examples().map_or(1, <[_]>::len).max(1);
        let bite = self.grid.columns().min(100_000 / examples).max(1);
        let all = self.grid.columns() * self.grid.rows();
        while self.next < all && !spell.is_over() {
            self.grid.fill_nodes(&self.objective, self.next, bite);
            self.next += bite;
        }
        self.next >= all
    }
}

/// The cached picture.
#[derive(Default)]
pub struct Picture {
    /// What the texture and the lines show.
    shown: Option<Key>,
    job: Option<Job>,
    fine: bool,
    texture: Option<TextureHandle>,
    lines: Option<Arc<Mesh>>,
    levels: Vec<f64>,
}

impl Picture {
    /// The levels of the contour lines, ascending; none while nothing is sampled yet.
    pub fn levels(&self) -> Option<&[f64]> {
        self.shown.map(|_| self.levels.as_slice())
    }

    /// Paints the colours; samples the surface anew where that is needed.
    pub fn show(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        session: &Session,
        palette: &Palette,
    ) {
        let key = Key::now(painter, transform, session, palette);
        self.work(painter.ctx(), session, key);
        let Some(shown) = &self.shown else { return };
        if let Some(texture) = &self.texture {
            // The grid's nodes are the texels' centres.
            let [width, height] = texture.size().map(|texels| 0.5 / texels as f32);
            let uv = Rect::from_min_max(pos2(width, height), pos2(1.0 - width, 1.0 - height));
            // An older picture lies where its part of the plane is now.
            let corner = |x, y| super::to_screen(transform, Vector2::new(x, y));
            let place = Rect::from_two_pos(
                corner(shown.view.x.0, shown.view.y.0),
                corner(shown.view.x.1, shown.view.y.1),
            );
            painter.image(texture.id(), place, uv, egui::Color32::WHITE);
        }
    }

    /// Paints the contour lines, if they are those of what is seen.
    pub fn lines(&self, painter: &Painter, transform: &PlotTransform, session: &Session, palette: &Palette) {
        let key = Key::now(painter, transform, session, palette);
        if let (Some(shown), Some(lines)) = (&self.shown, &self.lines)
            && *shown == (Key { surface: shown.surface, ..key })
        {
            painter.add(Shape::Mesh(Arc::clone(lines)));
        }
    }

    /// A first picture as soon as possible, the fine one once nothing changes. A job that has begun
    /// is brought to its end, or a picture that changes with every frame would never be seen.
    fn work(&mut self, ctx: &Context, session: &Session, key: Key) {
        let objective = || session.race().problem().objective.clone();
        let stale = self.shown != Some(key);
        match &self.job {
            // Of a fine picture that nobody will see nothing is lost.
            Some(job) if job.key != key && job.fine => self.job = Some(Job::new(key, objective(), false)),
            None if stale => self.job = Some(Job::new(key, objective(), false)),
            None if !self.fine => self.job = Some(Job::new(key, objective(), true)),
            _ => {}
        }
        let Some(mut job) = self.job.take() else { return };
        if job.go_on() {
            self.fine = job.fine;
            self.shown = Some(job.key);
            self.take(ctx, &job);
        } else {
            self.job = Some(job);
        }
        if self.job.is_some() || !self.fine || self.shown != Some(key) {
            ctx.request_repaint();
        }
    }

    fn take(&mut self, ctx: &Context, job: &Job) {
        let levels = Levels::choose(&job.grid, LINES);
        self.texture = Some(self.paint(ctx, &job.grid, &levels, &job.key.palette));
        let contours = Contours::trace(&job.grid, levels.values());
        self.lines = Some(Arc::new(mesh(contours.lines(), &job.key)));
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
