//! What is drawn on the plane, laid on the surface in relief: lines follow it, and rasters colour it.

use super::height_field::{CELLS, NODES};
use super::land::Land;
use super::relief_mesh::NodeTint;
use crate::ground::{Ground, GroundLines, LaidLines, Spot};
use crate::item::Item;
use crate::plot::Plot;
use crate::raster::Raster;
use crate::run_path::hidden_stroke;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;

/// A raster over the floor's plot that colours the surface above it.
#[derive(Clone, Debug)]
pub struct Coat {
    raster: Arc<Raster>,
    place: Rect,
    opacity: f64,
}

/// Two are equal that have the same raster in the same place; its cells are not compared.
impl PartialEq for Coat {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.raster, &other.raster) && (self.place, self.opacity) == (other.place, other.opacity)
    }
}

impl Coat {
    /// Parts what is drawn on the floor's plot into rasters, and what is laid on the surface.
    pub fn split(items: impl IntoIterator<Item = Item>) -> (Vec<Self>, Vec<Item>) {
        let (mut coats, mut others) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Raster { raster, place, opacity } => coats.push(Self { raster, place, opacity }),
                other => others.push(other),
            }
        }
        (coats, others)
    }
}

/// The nodes' colours below coats, the first lowest.
pub fn coated(tints: &[NodeTint], coats: &[Coat], floor: &Plot) -> Vec<NodeTint> {
    let at = |index: usize| {
        let unit = Vector2::new((index % NODES) as f64, (index / NODES) as f64) / CELLS as f64;
        floor.frame.part(unit.x, 1.0 - unit.y)
    };
    let coat = |(index, tint): (usize, &NodeTint)| {
        let (base, normal) = (*tint)?;
        let color = coats.iter().fold(base, |below, coat| {
            let [width, height] = coat.place.size();
            let way = at(index) - Vector2::from(coat.place.min);
            let (across, down) = (way.x / width, way.y / height);
            if !((0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down)) {
                return below;
            }
            let color = coat.raster.color(across, down);
            let part = f64::from(color.alpha) / 255.0 * coat.opacity;
            below.mixed(color.with_alpha(below.alpha), part)
        });
        Some((color, normal))
    };
    tints.iter().enumerate().map(coat).collect()
}

/// Where a place of the floor's plot lies on the paper; none beyond the floor.
pub fn on_surface(land: &Land, place: Vector2<f64>) -> Option<Spot> {
    land.spot(land.point(land.unit_of_floor(place.into())))
}

/// What is drawn on the floor's plot as it lies on the surface: lines, and circles where their centres are. What
/// something lies before is dotted.
pub fn draped(land: &Land, items: impl IntoIterator<Item = Item>) -> Vec<Item> {
    items.into_iter().flat_map(|item| drape(land, item)).collect()
}

fn drape(land: &Land, item: Item) -> Vec<Item> {
    match item {
        Item::Lines { lines, strokes } => {
            let mut laid = LaidLines::default();
            for line in lines.iter() {
                let first = line.points.first().filter(|_| line.closed);
                let unit = |point: &Vector2<f64>| land.unit_of_floor((*point).into());
                let line_on_floor: Vec<_> = line.points.iter().chain(first).map(unit).collect();
                land.lay_on_surface(&line_on_floor, line.before, &mut laid);
            }
            let GroundLines { seen, hidden } = laid.into();
            // The lowest of several is the rim that keeps them readable.
            let body = if strokes.len() > 1 { strokes.get(1) } else { strokes.first() };
            let body = body.filter(|stroke| stroke.color != land.floor.scheme.halo).map(hidden_stroke);
            let mut items = Vec::new();
            if let Some(stroke) = body.filter(|_| !hidden.is_empty()) {
                items.push(Item::Lines { lines: hidden, strokes: vec![stroke] });
            }
            if !seen.is_empty() {
                items.push(Item::Lines { lines: seen, strokes });
            }
            items
        }
        Item::Circle { center, radius, fill, stroke } => match on_surface(land, center) {
            Some(Spot { at, is_hidden }) => {
                let stroke = if is_hidden { stroke.as_ref().map(hidden_stroke) } else { stroke };
                vec![Item::Circle { center: at, radius, fill, stroke }]
            }
            None => Vec::new(),
        },
        // Nothing else is drawn so.
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgba;
    use crate::polyline::Polyline;
    use crate::relief::height_field::HeightField;
    use crate::relief::horizons::Horizons;
    use crate::relief::relief_view::{Camera, ReliefView};
    use crate::scheme::{Scheme, Theme};
    use crate::stroke::Stroke;
    use thalweg_core::objective::view::View;

    fn land(height: impl Fn(Vector2<f64>) -> f64) -> Land {
        let frame = Rect::new(Vector2::new(5.0, 7.0), Vector2::new(400.0, 300.0));
        let floor = Plot::new(View { x: (-2.0, 2.0), y: (10.0, 13.0) }, frame, Scheme::new(Theme::Light));
        let view = ReliefView::new(Camera { azimuth: -90.0, elevation: 20.0 }, frame.size(), frame);
        let field = HeightField::of(height);
        let horizons = Horizons::new(&field, &view, &view.places(field.nodes()), None);
        Land { floor, view, field: field.into(), horizons, frame, version: 1 }
    }

    /// A line over a ridge is drawn as it is before the ridge, and dotted behind it, without its rim.
    #[test]
    fn lines_follow_the_surface_and_are_dotted_behind_it() {
        let land = land(|p| 1.0 - 2.0 * (p.y - 0.5).abs());
        let halo = Stroke::new(5.0, land.floor.scheme.halo);
        let line = Polyline::segment(Vector2::new(100.0, 300.0), Vector2::new(100.0, 20.0));
        let strokes = [halo, Stroke::new(2.0, Rgba::BLACK)];
        let items = draped(&land, [Item::line(line.clone(), &strokes)]);
        let [Item::Lines { strokes: behind, .. }, Item::Lines { strokes: before, lines }] = &items[..] else {
            panic!("{items:?}")
        };
        assert_eq!(before[..], strokes);
        assert!(behind.len() == 1 && behind[0].dash.is_some() && behind[0].color != halo.color);
        let top = land.view.place(Vector2::new(95.0 / 400.0, 0.5), 1.0);
        let end = lines[0].points.last().expect("a point");
        assert!((end - top).norm() < 0.2, "{end:?} {top:?}");
        assert_eq!(draped(&land, [Item::line(line, &[halo])]).len(), 1, "a rim alone is nothing behind");
    }

    #[test]
    fn rasters_colour_the_surface_where_they_lie() {
        let land = land(|_| 0.5);
        let [left, right] = [Rgba::hex(0xFF_0000), Rgba::TRANSPARENT];
        let raster = Arc::new(Raster { columns: 2, rows: 1, cells: vec![left, right], is_smooth: false });
        let item = Item::Raster { raster, place: land.floor.frame, opacity: 0.5 };
        let ring = Item::ring(Vector2::new(205.0, 157.0), 4.0, Stroke::new(1.0, Rgba::BLACK));
        let (coats, others) = Coat::split([item, ring]);
        assert_eq!((coats.len(), others.len()), (1, 1));
        let base = Some((Rgba::hex(0x00_00FF), [0.0, 0.0, 1.0]));
        let mut tints = vec![base; NODES * NODES];
        tints[0] = None;
        let coated = coated(&tints, &coats, &land.floor);
        let colors = |row: usize| {
            [1, CELLS - 1].map(|column: usize| coated[row * NODES + column].map(|(color, _)| color))
        };
        assert_eq!(colors(5), [Some(Rgba::hex(0x80_0080)), Some(Rgba::hex(0x00_00FF))]);
        assert_eq!(coated[0], None);
        let [Item::Circle { center, .. }] = &draped(&land, others)[..] else { panic!("no ring") };
        assert!((center - land.view.place(Vector2::new(0.5, 0.5), 0.5)).norm() < 1e-9);
    }
}
