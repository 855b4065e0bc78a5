//! The surface as a mesh on the paper: in the colours of its shades, in a light that tells its slopes.

use super::height_field::{CELLS, HeightField, NODES};
use super::relief_view::ReliefView;
use crate::color::Rgba;
use crate::scheme::Scheme;
use crate::shaded_mesh::ShadedMesh;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_core::math::within::Within;

/// Where the light comes from: how far from the right, from whoever looks, and from above. It turns with
/// whoever looks.
const LIGHT: [f64; 3] = [-0.55, 0.25, 0.8];
/// How much darker what turns away from the light is at most, and how much brighter what turns to it. Little:
/// the colour says how high the surface is.
const SHADOW: f64 = 0.26;
const GLOW: f64 = 0.22;
/// How much darker the surface is from below.
const UNDERSIDE: f64 = 0.3;

/// How many cells along each side are one in the coarser mesh.
const COARSE: usize = 3;

/// How a node is coloured: its shade's colour, and the upward normal of the surface, of length 1; none where it has no
/// height.
pub type NodeTint = Option<(Rgba, [f64; 3])>;

/// How the nodes are coloured, row by row: the same in every view of this size.
pub fn tints(field: &HeightField, view: &ReliefView, scheme: &Scheme) -> Vec<NodeTint> {
    let ramp: Vec<Rgba> = (0..=255_u8).map(|i| scheme.surface(f64::from(i) / 255.0)).collect();
    let tint = |(index, (_, height)): (usize, (Vector2<f64>, f64))| {
        let normal = view.normal(field.slope(index % NODES, index / NODES));
        height.is_finite().then(|| (ramp[(height * 255.0) as usize], normal))
    };
    field.nodes().enumerate().map(tint).collect()
}

/// The mesh, its farthest cells first; `places` are those of the nodes, row by row. With a coarser one, where somebody
/// has to write each of the cells.
pub fn relief_mesh(
    field: &HeightField,
    view: &ReliefView,
    (places, tints): (&[Vector2<f64>], &[NodeTint]),
    has_coarser: bool,
) -> ShadedMesh {
    let of = |step: usize| mesh(field, view, (places, tints), step);
    ShadedMesh { coarser: has_coarser.then(|| Arc::new(of(COARSE))), ..of(1) }
}

/// The mesh of squares of `step` by `step` cells.
fn mesh(
    field: &HeightField,
    view: &ReliefView,
    (places, tints): (&[Vector2<f64>], &[NodeTint]),
    step: usize,
) -> ShadedMesh {
    let mut mesh = ShadedMesh::default();
    let light = view.direction(LIGHT);
    let cells = CELLS / step;
    mesh.vertices.reserve((cells + 1) * (cells + 1));
    mesh.colors.reserve((cells + 1) * (cells + 1));
    for (row, column) in (0..=cells).flat_map(|row| (0..=cells).map(move |column| (row, column))) {
        let node = row * step * NODES + column * step;
        // No cell has a node without height for a corner.
        let color = tints[node].map_or(Rgba::TRANSPARENT, |(color, normal)| lit(color, normal, light));
        mesh.vertex(places[node], color);
    }
    let above = mesh.vertices.len() as u32;
    let mut has_underside = false;
    let far_first = |near: f64| move |index: usize| if near > 0.5 { index } else { cells - 1 - index };
    let [near_x, near_y] = view.near();
    mesh.quads.reserve(cells * cells);
    for row in (0..cells).map(far_first(near_y)) {
        for column in (0..cells).map(far_first(near_x)) {
            let Some(heights) = field.square(column * step, row * step, step) else { continue };
            let node = |across: usize, up: usize| ((row + up) * (cells + 1) + column + across) as u32;
            let mut quad = [node(0, 0), node(1, 0), node(1, 1), node(0, 1)];
            if !HeightField::bends_up(heights) {
                quad.rotate_left(1);
            }
            if is_from_below(mesh.corners(quad)) {
                has_underside = true;
                quad = quad.map(|corner| corner + above);
            }
            mesh.quads.push(quad);
        }
    }
    if has_underside {
        for index in 0..mesh.vertices.len() {
            let color = mesh.colors[index];
            mesh.vertex(mesh.vertices[index], color.mixed(Rgba::BLACK.with_alpha(color.alpha), UNDERSIDE));
        }
    }
    mesh
}

/// Whether a cell is seen from below: then its corners go round the other way on the paper.
fn is_from_below(corners: [Vector2<f64>; 4]) -> bool {
    let (one, other) = (corners[2] - corners[0], corners[3] - corners[1]);
    // Counterclockwise on the floor is clockwise where y goes down.
    one.x * other.y - one.y * other.x > 0.0
}

/// A colour on a slope in the light; on level ground it is the colour itself (Lambert's law).
fn lit(color: Rgba, normal: [f64; 3], light: [f64; 3]) -> Rgba {
    let falls: f64 = normal.iter().zip(light).map(|(normal, light)| normal * light).sum();
    let more = falls.max(0.0) / light[2] - 1.0;
    if more < 0.0 {
        color.mixed(Rgba::BLACK, SHADOW * more.abs().within(0.0, 1.0))
    } else {
        color.mixed(Rgba::WHITE, GLOW * more.within(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relief::relief_view::Camera;
    use crate::scheme::Theme;
    use crate::viewport::Rect;

    const FRAME: Rect = Rect { min: [0.0, 0.0], max: [600.0, 400.0] };

    fn view(azimuth: f64) -> ReliefView {
        ReliefView::new(Camera { azimuth, elevation: 30.0 }, [3.0, 2.0], FRAME)
    }

    fn made(field: &HeightField, view: &ReliefView, scheme: &Scheme) -> ShadedMesh {
        let (places, tints) = (view.places(field.nodes()), tints(field, view, scheme));
        relief_mesh(field, view, (&places, &tints), true)
    }

    #[test]
    fn level_ground_has_the_colour_of_the_plane_and_holes_have_none() {
        for theme in [Theme::Light, Theme::Dark] {
            let scheme = Scheme::new(theme);
            let flat = made(&HeightField::of(|_| 0.5), &view(-60.0), &scheme);
            assert_eq!(flat.quads.len(), CELLS * CELLS);
            let coarser = flat.coarser.expect("a coarser one");
            assert_eq!((coarser.quads.len(), CELLS % COARSE), (CELLS * CELLS / (COARSE * COARSE), 0));
            assert!(
                flat.colors
                    .iter()
                    .chain(&coarser.colors)
                    .all(|color| *color == scheme.surface(127.0 / 255.0))
            );
            let hole = HeightField::of(|p| if p.x < 0.501 { f64::NAN } else { 0.5 });
            assert_eq!(made(&hole, &view(-60.0), &scheme).quads.len(), CELLS * (CELLS / 2 - 1));
        }
    }

    /// Whatever is before something else comes later: seen from each side, the cells in the same direction
    /// come ever nearer.
    #[test]
    fn the_farthest_cells_come_first() {
        for azimuth in [-60.0, 30.0, 120.0, 210.0] {
            let view = view(azimuth);
            let mesh = made(&HeightField::of(|p| p.x * p.y), &view, &Scheme::new(Theme::Light));
            let node = |corner: u32| {
                let index = corner as usize % ((CELLS + 1) * (CELLS + 1));
                Vector2::new((index % (CELLS + 1)) as f64, (index / (CELLS + 1)) as f64)
            };
            let cell = |quad: &[u32; 4]| quad.iter().map(|corner| node(*corner)).sum::<Vector2<f64>>() / 4.0;
            let mut drawn = std::collections::HashSet::new();
            let way = view.way();
            for quad in &mesh.quads {
                let at = cell(quad);
                // Its neighbours towards whoever looks are still to come.
                for next in [Vector2::new(way.x.signum(), 0.0), Vector2::new(0.0, way.y.signum())] {
                    let next = at + next;
                    assert!(!drawn.contains(&(next.x as i64, next.y as i64)), "{azimuth}: {at:?}");
                }
                drawn.insert((at.x as i64, at.y as i64));
            }
            assert_eq!(drawn.len(), CELLS * CELLS);
        }
    }

    /// A sheet that falls away from whoever looks, steeper than the line of sight, shows its other side.
    #[test]
    fn the_underside_is_darker() {
        let scheme = Scheme::new(Theme::Light);
        let sheet = HeightField::of(|p| 1.0 - p.y);
        let view = ReliefView::new(Camera { azimuth: -90.0, elevation: 10.0 }, [3.0, 2.0], FRAME);
        let mesh = made(&sheet, &view, &scheme);
        let nodes = (CELLS + 1) * (CELLS + 1);
        assert_eq!(mesh.vertices.len(), 2 * nodes);
        assert!(mesh.quads.iter().flatten().all(|corner| *corner as usize >= nodes));
        assert!(mesh.colors[nodes].brightness() < mesh.colors[0].brightness());
        let seen = ReliefView::new(Camera { azimuth: 90.0, elevation: 10.0 }, [3.0, 2.0], FRAME);
        assert_eq!(made(&sheet, &seen, &scheme).vertices.len(), nodes);
    }

    #[test]
    fn light_tells_slopes_and_leaves_the_shade_readable() {
        let scheme = Scheme::new(Theme::Light);
        let view = view(-60.0);
        let light = view.direction(LIGHT);
        let toward = light.map(|part| part * 1.0);
        let color = scheme.surface(0.5);
        let bright = lit(color, toward, light).brightness();
        let dark = lit(color, toward.map(|part| -part), light).brightness();
        assert!(dark < color.brightness() && color.brightness() < bright);
        assert!(bright - dark < 0.5, "{dark} {bright}");
    }
}
