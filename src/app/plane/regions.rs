//! Regions of the plane as a tint with a border: where the Hessian is positive definite, and where
//! gradient descent is stable.

use super::captions::{Captions, Corner};
use super::ink;
use super::ink::Window;
use super::to_screen;
use crate::app::theme::Palette;
use crate::words::{local, text};
use egui::{Color32, ColorImage, Mesh, Painter, Rect, Shape, Stroke, TextureHandle, TextureOptions, pos2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::regions::{RegionExtent, Regions};
use thalweg_core::objective::view::View;
use thalweg_scenario::Layer;
use thalweg_session::Session;

/// Which region, with what else it depends on.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    Convex,
    /// With the learning rate and the weight decay.
    Stable(f64, f64),
}

#[derive(Clone, Copy, PartialEq)]
struct Key {
    surface: u64,
    view: View,
    which: Which,
    window: Window,
    palette: Palette,
}

struct Drawn {
    key: Key,
    extent: RegionExtent,
    tint: TextureHandle,
    border: Arc<Mesh>,
}

/// Both regions on the screen.
#[derive(Default)]
pub struct Tints {
    convex: Option<Drawn>,
    stable: Option<Drawn>,
}

impl Tints {
    /// Draws those that are switched on, as far as their eigenvalues are known.
    pub fn show(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        window: Window,
        session: &Session,
        regions: Option<&Regions>,
        captions: &mut Captions,
    ) {
        let palette = captions.palette();
        let layers = session.scenario().show.layers;
        let Some(regions) = regions else { return };
        let key = |which| Key {
            surface: session.surface_version(),
            view: regions.view(),
            which,
            window: Window { view: regions.view(), ..window },
            palette,
        };
        if layers.has(Layer::Convex) {
            let grid = || regions.definite();
            let extent = show(&mut self.convex, painter, transform, key(Which::Convex), palette.convex, grid);
            let told = format!("positive definite Hessian{}", local::extent(extent));
            captions.corner(Corner::BottomLeft, &told, palette.convex);
        }
        if layers.has(Layer::Stable) {
            match rate(session) {
                Some((lr, decay)) => {
                    let key = key(Which::Stable(lr, decay));
                    let grid = || regions.stable(lr, decay);
                    let extent = show(&mut self.stable, painter, transform, key, palette.stable, grid);
                    let told = format!(
                        "gradient descent stable at α = {}{}",
                        text::number(lr),
                        local::extent(extent)
                    );
                    captions.corner(Corner::BottomLeft, &told, palette.stable);
                }
                None => {
                    captions.corner(Corner::BottomLeft, "no learning rate to be stable at", palette.stable);
                }
            }
        }
    }
}

/// The focused runner's learning rate at the cursor, and its weight decay.
fn rate(session: &Session) -> Option<(f64, f64)> {
    let (runner, run) = session.focused()?;
    let lr = run.learning_rate(session.cursor());
    let sane = run.optimizer().has_learning_rate() && lr > 0.0 && lr.is_finite();
    sane.then(|| (lr, runner.optimizer.number("weight_decay").unwrap_or(0.0)))
}

fn show(
    drawn: &mut Option<Drawn>,
    painter: &Painter,
    transform: &PlotTransform,
    key: Key,
    color: Color32,
    grid: impl FnOnce() -> Grid,
) -> RegionExtent {
    let now = match drawn.take() {
        Some(drawn) if drawn.key == key => drawn,
        old => draw(old.map(|old| old.tint), painter, key, color, &grid()),
    };
    let now = drawn.insert(now);
    let View { x, y } = now.key.view;
    let corner = |x, y| to_screen(transform, Vector2::new(x, y));
    let place = Rect::from_two_pos(corner(x.0, y.0), corner(x.1, y.1));
    let [width, height] = now.tint.size().map(|texels| 0.5 / texels as f32);
    let uv = Rect::from_min_max(pos2(width, height), pos2(1.0 - width, 1.0 - height));
    painter.image(now.tint.id(), place, uv, Color32::WHITE);
    // The border was drawn for one place; while the view moves, the tint alone follows.
    if place.min.distance(now.key.window.frame.min) < 0.5 && !now.border.is_empty() {
        painter.add(Shape::Mesh(Arc::clone(&now.border)));
    }
    now.extent
}

fn draw(old: Option<TextureHandle>, painter: &Painter, key: Key, color: Color32, grid: &Grid) -> Drawn {
    let fill = color.gamma_multiply(0.2);
    let mut pixels = Vec::with_capacity(grid.columns() * grid.rows());
    for row in (0..grid.rows()).rev() {
        pixels.extend(
            grid.row(row).iter().map(|margin| if *margin > 0.0 { fill } else { Color32::TRANSPARENT }),
        );
    }
    let image = ColorImage::new([grid.columns(), grid.rows()], pixels);
    let tint = match old {
        Some(mut texture) => {
            texture.set(image, TextureOptions::LINEAR);
            texture
        }
        None => painter.ctx().load_texture("region", image, TextureOptions::LINEAR),
    };
    let stroke = Stroke::new(1.5, color);
    let border = ink::mesh(&Contours::trace(grid, &[0.0]), &key.window, &[stroke], None);
    Drawn { key, extent: RegionExtent::of(grid), tint, border: Arc::new(border) }
}
